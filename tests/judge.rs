//! Facts about a link → verdict: living links are not called dead, dead ones are named.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    reason = "helpers of a test"
)]

use citecheck::model::{
    Citation, FailureKind, FetchFailure, FetchOutcome, FetchResult, Hop, HttpResponse, LinkFacts,
    LinkVerdict, PageEvidence, PageSignal, SignalKind, SkipReason, TitleCandidate,
};
use citecheck::rules::judge;
use jiff::Timestamp;

const CITED: &str = "https://news.example/2019/quake-shakes-coast";

/// Kinds with the place of each.
type Signals<'a> = &'a [(SignalKind, &'a str)];

/// A response with a page that bears `title`, after redirects `(status, to)`.
struct Given<'a> {
    status: u16,
    hops: &'a [(u16, &'a str)],
    headers: &'a [(&'a str, &'a str)],
    title: &'a str,
    signals: Signals<'a>,
}

const FINE: Given<'_> = Given {
    status: 200,
    hops: &[],
    headers: &[],
    title: "Quake shakes coast",
    signals: &[],
};

fn check(given: &Given<'_>, expect: LinkVerdict) {
    check_url(CITED, given, expect);
}

fn check_url(cited: &str, given: &Given<'_>, expect: LinkVerdict) {
    check_cited(cited, Some("Quake shakes coast"), given, expect);
}

fn check_cited(cited: &str, title: Option<&str>, given: &Given<'_>, expect: LinkVerdict) {
    let mut at: url::Url = cited.parse().unwrap();
    let requested = at.clone();
    let mut hops = Vec::new();
    for (status, to) in given.hops {
        hops.push(Hop {
            url: at.clone(),
            status: *status,
        });
        at = at.join(to).unwrap();
    }
    let headers = given
        .headers
        .iter()
        .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
        .collect();
    let response = HttpResponse {
        status: given.status,
        headers,
        body: Vec::new(),
        truncated: None,
    };
    let outcome = FetchOutcome {
        requested,
        hops,
        landed: at,
        fetched_at: Timestamp::UNIX_EPOCH,
        attempts: 1,
        result: FetchResult::Response(response),
    };
    let titles = vec![TitleCandidate {
        value: given.title.to_owned(),
        source: "<title>".to_owned(),
    }];
    let signals = given.signals.iter().map(|(kind, source)| PageSignal {
        kind: *kind,
        excerpt: "words".to_owned(),
        source: (*source).to_owned(),
    });
    let page = PageEvidence {
        titles,
        signals: signals.collect(),
        words: 300,
        ..PageEvidence::default()
    };
    let citation = Citation {
        title: title.map(str::to_owned),
        ..Citation::default()
    };
    let facts = LinkFacts {
        page: Some(Box::new(page)),
        ..LinkFacts::of(outcome)
    };
    let verdict = judge(&facts, &citation);
    assert_eq!(verdict.link, expect, "{cited}: {}", verdict.reason);
    assert_eq!(verdict.evidence[0].value, given.status.to_string());
}

#[test]
fn statuses_are_told_apart() {
    for (status, expect) in [
        (200, LinkVerdict::Alive),
        (203, LinkVerdict::Alive),
        (404, LinkVerdict::Gone),
        (410, LinkVerdict::Gone),
        (401, LinkVerdict::Blocked),
        (403, LinkVerdict::Blocked),
        (429, LinkVerdict::Blocked),
        (451, LinkVerdict::Blocked),
        (999, LinkVerdict::Blocked),
        (500, LinkVerdict::Unstable),
        (503, LinkVerdict::Unstable),
        (530, LinkVerdict::Unstable),
        (408, LinkVerdict::Unstable),
        (418, LinkVerdict::Unknown),
        (304, LinkVerdict::Unknown),
    ] {
        check(&Given { status, ..FINE }, expect);
    }
}

#[test]
fn failures_are_told_apart() {
    for kind in FailureKind::ALL {
        let expect = match kind {
            FailureKind::Dns => LinkVerdict::NoSuchHost,
            FailureKind::Connect => LinkVerdict::Refused,
            FailureKind::TlsExpired
            | FailureKind::TlsWrongHost
            | FailureKind::TlsUnknownIssuer
            | FailureKind::TlsOldProtocol
            | FailureKind::Tls => LinkVerdict::TlsError,
            FailureKind::DnsTemporary
            | FailureKind::Unreachable
            | FailureKind::Reset
            | FailureKind::Timeout => LinkVerdict::Unstable,
            FailureKind::PrivateAddress => LinkVerdict::PrivateAddress,
            FailureKind::UnsupportedScheme => LinkVerdict::UnsupportedScheme,
            _ => LinkVerdict::Unknown,
        };
        let failure = FetchFailure {
            kind,
            detail: "detail".to_owned(),
        };
        assert_eq!(bodiless(FetchResult::Failed(failure)), expect, "{kind:?}");
    }
}

#[test]
fn what_was_not_asked_is_skipped_never_dead() {
    for reason in [
        SkipReason::NotRecorded,
        SkipReason::Offline,
        SkipReason::Interrupted,
    ] {
        assert_eq!(bodiless(FetchResult::Skipped(reason)), LinkVerdict::Skipped);
    }
}

fn bodiless(result: FetchResult) -> LinkVerdict {
    let url: url::Url = CITED.parse().unwrap();
    let outcome = FetchOutcome {
        requested: url.clone(),
        hops: Vec::new(),
        landed: url,
        fetched_at: Timestamp::UNIX_EPOCH,
        attempts: 1,
        result,
    };
    judge(&LinkFacts::of(outcome), &Citation::default()).link
}

#[test]
fn empty_answer_is_unknown() {
    let response = HttpResponse {
        status: 200,
        headers: Vec::new(),
        body: Vec::new(),
        truncated: None,
    };
    assert_eq!(
        bodiless(FetchResult::Response(response)),
        LinkVerdict::Unknown
    );
}

#[test]
fn bot_walls_are_blocked_whatever_the_status() {
    for status in [200, 202, 403, 404, 503] {
        let headers = &[("cf-mitigated", "challenge")];
        check(
            &Given {
                status,
                headers,
                ..FINE
            },
            LinkVerdict::Blocked,
        );
        let signals = &[(SignalKind::Challenge, "markup")];
        check(
            &Given {
                status,
                signals,
                ..FINE
            },
            LinkVerdict::Blocked,
        );
    }
    let headers = &[("cf-ray", "8abc"), ("server", "cloudflare")];
    check(&Given { headers, ..FINE }, LinkVerdict::Alive);
}

#[test]
fn permanent_redirect_to_another_address_is_moved() {
    let to = "https://news.example/archive/quake";
    for status in [301, 308] {
        check(
            &Given {
                hops: &[(status, to)],
                ..FINE
            },
            LinkVerdict::Moved,
        );
    }
    for status in [302, 303, 307] {
        check(
            &Given {
                hops: &[(status, to)],
                ..FINE
            },
            LinkVerdict::Alive,
        );
    }
}

#[test]
fn scheme_host_prefix_and_slash_are_no_move() {
    for (from, to) in [
        ("http://news.example/a", "https://news.example/a"),
        ("https://news.example/a", "https://www.news.example/a"),
        ("https://news.example/a", "https://news.example/a/"),
    ] {
        check_url(
            from,
            &Given {
                hops: &[(301, to)],
                ..FINE
            },
            LinkVerdict::Alive,
        );
    }
}

#[test]
fn page_that_leads_home_is_told_unless_it_bears_the_title() {
    for home in [
        "https://news.example/",
        "https://other.example/index.html",
        "/de/",
    ] {
        let gone_home = Given {
            hops: &[(302, home)],
            title: "Example News",
            ..FINE
        };
        check(&gone_home, LinkVerdict::RedirectedToHomePage);
    }
    check(
        &Given {
            hops: &[(302, "/")],
            ..FINE
        },
        LinkVerdict::Alive,
    );
    let to_query = Given {
        hops: &[(302, "/?p=123")],
        title: "Example News",
        ..FINE
    };
    check(&to_query, LinkVerdict::Alive);
    let home = Given {
        hops: &[(301, "/en/")],
        title: "Example News",
        ..FINE
    };
    check_url("https://news.example/", &home, LinkVerdict::Moved);
}

#[test]
fn one_clue_alone_makes_no_soft_404() {
    let title = (SignalKind::NotFound, "<title>");
    let mention = (SignalKind::NotFoundWords, "<h1>");
    let text = (SignalKind::NotFoundWords, "main text");
    let empty = (SignalKind::NearEmpty, "visible text");
    let little = (SignalKind::LittleText, "main text");
    let cases: &[(Signals<'_>, LinkVerdict, LinkVerdict)] = &[
        // signals, verdict with another title cited, verdict with none cited
        (&[title], LinkVerdict::Soft404, LinkVerdict::Alive),
        (&[title, little], LinkVerdict::Soft404, LinkVerdict::Soft404),
        (&[title, empty], LinkVerdict::Soft404, LinkVerdict::Soft404),
        (&[text, empty], LinkVerdict::Soft404, LinkVerdict::Alive),
        (&[text, little], LinkVerdict::Soft404, LinkVerdict::Alive),
        (
            &[mention, text, little],
            LinkVerdict::Soft404,
            LinkVerdict::Soft404,
        ),
        (&[mention, little], LinkVerdict::Soft404, LinkVerdict::Alive),
        (&[mention], LinkVerdict::Alive, LinkVerdict::Alive),
        (&[text], LinkVerdict::Alive, LinkVerdict::Alive),
        (&[empty], LinkVerdict::Alive, LinkVerdict::Alive),
        (&[little], LinkVerdict::Alive, LinkVerdict::Alive),
    ];
    for (signals, other, bare) in cases {
        let given = Given {
            signals,
            title: "Oops",
            ..FINE
        };
        check(&given, *other);
        check_cited(CITED, None, &given, *bare);
        // The cited title stands on the page.
        check(&Given { signals, ..FINE }, LinkVerdict::Alive);
    }
}

#[test]
fn page_that_tells_of_a_fault_may_come_back() {
    let signals = &[(SignalKind::ServerTrouble, "main text")];
    let given = Given {
        signals,
        title: "502 Bad Gateway",
        ..FINE
    };
    check(&given, LinkVerdict::Unstable);
    check_cited(CITED, None, &given, LinkVerdict::Unstable);
    check(&Given { signals, ..FINE }, LinkVerdict::Alive);
}

#[test]
fn words_of_a_wall_yield_to_the_cited_title_and_marks_of_a_product_do_not() {
    for (source, expect) in [
        ("main text", LinkVerdict::Alive),
        ("visible text", LinkVerdict::Blocked),
        ("markup", LinkVerdict::Blocked),
    ] {
        let signals = &[(SignalKind::Challenge, source)];
        check(&Given { signals, ..FINE }, expect);
        let other = Given {
            signals,
            title: "Access denied",
            ..FINE
        };
        check(&other, LinkVerdict::Blocked);
    }
}

#[test]
fn front_pages_are_told_by_language_and_despite_campaign_marks() {
    for (home, expect) in [
        ("/en-gb/", LinkVerdict::RedirectedToHomePage),
        ("/?utm_source=old", LinkVerdict::RedirectedToHomePage),
        ("/?ref=404", LinkVerdict::RedirectedToHomePage),
        ("/?id=44", LinkVerdict::Alive),
        ("/news-uk/", LinkVerdict::Alive),
    ] {
        let given = Given {
            hops: &[(302, home)],
            title: "Example News",
            ..FINE
        };
        check(&given, expect);
    }
}

#[test]
fn landing_on_an_error_path_counts() {
    let hops: &[(u16, &str)] = &[(302, "/404.html")];
    check(
        &Given {
            hops,
            title: "Oops",
            ..FINE
        },
        LinkVerdict::Soft404,
    );
    check_url("https://news.example/404.html", &FINE, LinkVerdict::Alive);
}

#[test]
fn log_in_page_is_a_wall() {
    for path in [
        "/users/sign_in",
        "/accounts/log-in/",
        "/oauth/authorize?x=1",
    ] {
        let given = Given {
            hops: &[(302, path)],
            title: "Welcome",
            ..FINE
        };
        check(&given, LinkVerdict::LoginWall);
    }
    let hops: &[(u16, &str)] = &[(302, "/login?next=/2019/quake")];
    check(
        &Given {
            hops,
            title: "Sign in",
            ..FINE
        },
        LinkVerdict::LoginWall,
    );
}

#[test]
fn addresses_of_log_in_pages_are_known_in_many_languages_and_products() {
    let leads_to = |from: &str, to: &str, expect| {
        let given = Given {
            hops: &[(302, to)],
            title: "Halvern",
            ..FINE
        };
        check_cited(from, None, &given, expect);
    };
    for to in [
        "/wp-login.php?redirect_to=x",
        "/index.php?title=Special:UserLogin",
        "/ucp.php?mode=login",
        "/cas/login?service=x",
        "/adfs/ls/?wa=wsignin1.0",
        "/idp/profile/SAML2/Redirect/SSO?execution=e1s1",
        "/realms/halvern/protocol/openid-connect/auth?client_id=x",
        "/Shibboleth.sso/Login?target=x",
        "/user/log-in",
        "/session/new",
        "/anmelden",
        "/iniciar-sesion/",
        "/se-connecter.html",
        "/ua/увійти",
        "/%D0%B2%D0%BE%D0%B9%D1%82%D0%B8/",
        "/ログイン",
        "https://accounts.google.com/v3/x",
        "https://login.microsoftonline.com/common/x",
        "https://halvern.cloudflareaccess.com/x",
        "https://login.halvern.example/",
        // What may be other pages, with the address to come back to.
        "/account?next=/2019/quake-shakes-coast",
        "/members/?ReturnUrl=https%3A%2F%2Fnews.example%2F2019%2Fquake-shakes-coast",
        "https://id.news.example/start?back=https%253A%252F%252Fnews.example%252F2019%252Fquake-shakes-coast",
        "https://auth.news.example/?u=%2F2019%2Fquake-shakes-coast%3Fpage%3D2",
    ] {
        leads_to(CITED, to, LinkVerdict::LoginWall);
    }
    for to in [
        "/2019/06/what-the-new-login-page-of-halvern-means",
        "/members/",
        "/account?next=/2019/another-page",
        "/authors/?from=/2019/quake-shakes-coast",
        "/loginsky/ships",
        "https://authors.example/x",
    ] {
        leads_to(CITED, to, LinkVerdict::Alive);
    }
    // Who cites the log-in page itself is led nowhere else.
    leads_to("https://news.example/login", "/login/", LinkVerdict::Alive);
}

#[test]
fn answers_that_name_a_wall_or_hold_nothing_are_told_by_their_headers() {
    for (status, headers, expect) in [
        (
            401,
            [("www-authenticate", "Basic realm=x")],
            LinkVerdict::LoginWall,
        ),
        (401, [("server", "x")], LinkVerdict::Blocked),
        (402, [("server", "x")], LinkVerdict::Paywalled),
        // A title was read in spite of it; without one nobody knows what the bytes are.
        (200, [("content-encoding", "compress")], LinkVerdict::Alive),
        (200, [("content-encoding", "gzip, br")], LinkVerdict::Alive),
        (204, [("server", "x")], LinkVerdict::Unknown),
        (205, [("server", "x")], LinkVerdict::Unknown),
        (
            405,
            [("x-amzn-waf-action", "captcha")],
            LinkVerdict::Blocked,
        ),
        (
            200,
            [("x-vercel-mitigated", "challenge")],
            LinkVerdict::Blocked,
        ),
        (200, [("cf-mitigated", "log")], LinkVerdict::Alive),
        (404, [("cf-mitigated", "challenge")], LinkVerdict::Blocked),
        (521, [("server", "cloudflare")], LinkVerdict::Unstable),
    ] {
        let headers = &headers;
        check(
            &Given {
                status,
                headers,
                ..FINE
            },
            expect,
        );
    }
}

#[test]
fn addresses_of_walls_are_told_whatever_stands_there() {
    for (to, expect) in [
        (
            "https://consent.news.example/save?x",
            LinkVerdict::ConsentWall,
        ),
        (
            "https://guce.news.example/collectConsent",
            LinkVerdict::ConsentWall,
        ),
        ("/authwall?trk=x", LinkVerdict::LoginWall),
        ("https://sso.news.example/auth", LinkVerdict::LoginWall),
    ] {
        let hops: &[(u16, &str)] = &[(302, to)];
        check(&Given { hops, ..FINE }, expect);
    }
}

#[test]
fn the_kind_of_a_certificate_fault_is_in_the_reason() {
    for (kind, detail, word) in [
        (FailureKind::TlsExpired, "handshake failed", "expired"),
        (
            FailureKind::TlsWrongHost,
            "handshake failed",
            "another host",
        ),
        (FailureKind::TlsUnknownIssuer, "", "vouches"),
        (FailureKind::TlsOldProtocol, "alert 70", "no longer safe"),
        (
            FailureKind::TlsExpired,
            "certificate expired on 2026-01-01",
            "2026",
        ),
    ] {
        let failure = FetchFailure {
            kind,
            detail: detail.to_owned(),
        };
        let url: url::Url = CITED.parse().unwrap();
        let outcome = FetchOutcome {
            requested: url.clone(),
            hops: Vec::new(),
            landed: url,
            fetched_at: Timestamp::UNIX_EPOCH,
            attempts: 1,
            result: FetchResult::Failed(failure),
        };
        let verdict = judge(&LinkFacts::of(outcome), &Citation::default());
        assert!(verdict.reason.contains(word), "{}", verdict.reason);
    }
}
