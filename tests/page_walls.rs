//! Bodies → verdicts: made-up error pages, walls and placeholders in many languages and scripts are
//! told, and ordinary pages beside them are not.
#![expect(clippy::unwrap_used, reason = "helpers of a test")]

use citecheck::check::read_page;
use citecheck::model::{
    Citation, FetchOutcome, FetchResult, HostProbe, HttpResponse, LinkFacts, LinkVerdict,
    SignalKind, Verdict,
};
use citecheck::page::{PageInput, read};
use citecheck::rules::{judge, wants_probe};
use jiff::Timestamp;

const CITED: &str = "https://news.example/2019/harbour-rebuilt";

/// Bodies with the verdict that a citation without a title gets:
/// `verdict <TAB> status <TAB> body`.
const CASES: [&str; 2] = [
    include_str!("data/page-walls.tsv"),
    include_str!("data/login-walls.tsv"),
];

fn facts(status: u16, body: &str) -> LinkFacts {
    let url: url::Url = CITED.parse().unwrap();
    read_page(FetchOutcome {
        requested: url.clone(),
        hops: Vec::new(),
        landed: url,
        fetched_at: Timestamp::UNIX_EPOCH,
        attempts: 1,
        result: FetchResult::Response(HttpResponse {
            status,
            headers: vec![(
                "content-type".to_owned(),
                "text/html; charset=utf-8".to_owned(),
            )],
            body: body.as_bytes().to_vec(),
            truncated: None,
        }),
    })
}

fn untitled(facts: &LinkFacts) -> Verdict {
    judge(facts, &Citation::default())
}

fn titled(facts: &LinkFacts, title: &str) -> Verdict {
    let citation = Citation {
        title: Some(title.to_owned()),
        ..Citation::default()
    };
    judge(facts, &citation)
}

/// `{TEXT}` in a case: a paragraph of an article.
const TEXT: &str = "The council voted for a new quay after the storm of the winter had broken the old \
    one in three places, and the first ships are to moor there before the next autumn comes. ";

#[test]
fn bodies_are_judged_in_many_languages() {
    let mut wrong = Vec::new();
    let lines = CASES.into_iter().flat_map(str::lines);
    for line in lines.filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.splitn(3, '\t').collect();
        let &[expect, status, body] = columns.as_slice() else {
            panic!("three columns: {line}");
        };
        let body = body.replace("{TEXT}", &TEXT.repeat(12));
        let facts = facts(status.parse().unwrap(), &body);
        let verdict = untitled(&facts);
        if verdict.link.as_str() != expect {
            let signals = facts.page.map(|page| page.signals);
            wrong.push(format!(
                "{expect}, not {} ({}): {line}\n  {signals:?}",
                verdict.link.as_str(),
                verdict.reason
            ));
        }
        assert!((0.5..=1.0).contains(&verdict.confidence), "{line}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_of_walls_yield_to_the_cited_title() {
    for body in [
        "<title>This domain is for sale: the trade in names</title><p>How names are sold.",
        "<title>Site not found</title><h1>Site not found: notes on lost towns</h1><p>A poem.",
        "<title>404 Not Found</title><h1>Page not found</h1><p>A song of 2004.",
    ] {
        let facts = facts(200, body);
        let title = body.split(['<', '>']).nth(2).unwrap();
        let verdict = titled(&facts, title);
        assert_eq!(
            verdict.link,
            LinkVerdict::Alive,
            "{body}: {}",
            verdict.reason
        );
        assert_ne!(untitled(&facts).link, LinkVerdict::Alive, "{body}");
    }
}

#[test]
fn words_of_the_sites_name_are_not_the_cited_title() {
    let facts = facts(
        200,
        "<title>Page not found | Halvern Courier</title><h1>Page not found</h1>",
    );
    let verdict = titled(
        &facts,
        "Halvern ferry runs aground, says the Courier of Sallow Bay",
    );
    assert_eq!(verdict.link, LinkVerdict::Soft404, "{}", verdict.reason);
}

fn probed(facts: &LinkFacts, status: Option<u16>, similarity: f64) -> LinkFacts {
    let url: url::Url = CITED.parse().unwrap();
    let mut facts = facts.clone();
    facts.probe = Some(Box::new(HostProbe {
        url: url.clone(),
        landed: url,
        status,
        similarity,
    }));
    facts
}

/// An error page in words that no table has.
const ODD: &str = "<title>Halvern Courier</title><p>Whoever seeks this leaf seeks in vain. The \
    archive of the house is kept by its clerks, who are in on the mornings of market days and glad \
    of letters.";
/// The whole of a site, as far as anybody can tell.
const TINY: &str = "<title>Halvern lighthouse</title><p>The light burns from dusk to dawn.";

#[test]
fn the_same_page_for_an_address_that_cannot_exist_makes_a_soft_404() {
    let odd = facts(200, ODD);
    assert_eq!(untitled(&odd).link, LinkVerdict::Alive);
    assert!(wants_probe(&odd));
    for (status, similarity, expect) in [
        (Some(200), 1.0, LinkVerdict::Soft404),
        (Some(200), 0.95, LinkVerdict::Soft404),
        (Some(200), 0.4, LinkVerdict::Alive),
        (Some(404), 1.0, LinkVerdict::Alive),
        (Some(503), 1.0, LinkVerdict::Alive),
        (None, 0.0, LinkVerdict::Alive),
    ] {
        let probed = probed(&odd, status, similarity);
        let verdict = untitled(&probed);
        assert_eq!(verdict.link, expect, "{status:?} {similarity}");
        assert!(!wants_probe(&probed), "asked once");
        if expect == LinkVerdict::Soft404 {
            assert!(untitled(&odd).confidence <= verdict.confidence);
            let named = titled(&probed, "Halvern Courier");
            assert_eq!(named.link, LinkVerdict::Alive, "the cited title is there");
        }
    }
}

#[test]
fn a_site_of_one_short_page_misses_nothing_but_a_cited_title() {
    let probed = probed(&facts(200, TINY), Some(200), 1.0);
    assert_eq!(untitled(&probed).link, LinkVerdict::Alive);
    let named = titled(&probed, "Storm of the century sinks seven boats");
    assert_eq!(named.link, LinkVerdict::Soft404);
}

#[test]
fn a_shell_that_a_script_fills_is_unknown_whatever_the_probe_finds() {
    for body in [
        "<title>App</title><div id=root></div><script src=/app.js></script>",
        "<title>Zeitung</title><div id=app></div><script src=/x.js></script><noscript>Bitte aktivieren Sie JavaScript</noscript>",
        "<script src=/a.js></script><div class=page></div>",
    ] {
        let facts = facts(200, body);
        assert!(!wants_probe(&facts), "{body}");
        let verdict = untitled(&probed(&facts, Some(200), 1.0));
        assert_eq!(verdict.link, LinkVerdict::Unknown, "{body}");
    }
}

#[test]
fn only_what_looks_like_an_error_page_is_followed_by_a_probe() {
    let article = format!(
        "<title>Harbour rebuilt</title><h1>Harbour rebuilt</h1><p>{}",
        TEXT.repeat(20)
    );
    for (status, body) in [
        (200, article.as_str()),
        (404, ODD),
        (503, ODD),
        (
            200,
            "<title>Just a moment...</title><script>window._cf_chl_opt={}</script>",
        ),
        (
            200,
            "<title>Log in</title><h1>Log in</h1><input type=password>",
        ),
        (
            200,
            "<title>Page not found</title><h1>Page not found</h1><p>Sorry.",
        ),
        (200, ""),
    ] {
        assert!(!wants_probe(&facts(status, body)), "{status} {body:.60}");
    }
}

#[test]
fn usurpation_needs_several_signs() {
    let casino = "<html lang=id><title>Situs slot gacor dan togel online</title>\
        <meta name=description content='Daftar situs judi online dengan bonus'>\
        <h1>Slot online</h1><p>Selamat datang di situs kami, mainkan permainan dari rumah kapan saja dengan mudah.";
    let facts = facts(200, casino);
    let title = "Minutes of the harbour council of Halvern";
    assert_eq!(titled(&facts, title).link, LinkVerdict::Usurped);
    assert_eq!(
        untitled(&facts).link,
        LinkVerdict::Alive,
        "no title to miss"
    );
    for subject in [
        "How slot gacor sites lure the young",
        "Situs judi online dan hukum di Indonesia",
    ] {
        let verdict = titled(&facts, subject);
        assert_ne!(verdict.link, LinkVerdict::Usurped, "{subject}");
    }
    let article = format!(
        "<html lang=en><title>Online casino bill passes</title><h1>Online casino bill passes</h1><p>{}",
        TEXT.repeat(6)
    );
    let article = self::facts(200, &article);
    let verdict = titled(&article, "Parliament adopts gambling law after long debate");
    assert_ne!(verdict.link, LinkVerdict::Usurped, "an edited headline");
}

#[test]
fn drift_needs_more_than_another_title() {
    let page = |published: &str| {
        let title = "Seven quick dinners with beans and barley";
        facts(
            200,
            &format!(
                "<html lang=en><title>{title}</title><meta property=article:published_time content={published}>\
                 <h1>{title}</h1><p>{}",
                TEXT.repeat(8)
            ),
        )
    };
    let cite = |title: &str, read: &str| Citation {
        title: Some(title.to_owned()),
        access_date: Some(citecheck::model::CitedDate::day(read.parse().unwrap())),
        ..Citation::default()
    };
    let other = "Minutes of the council about the northern harbour";
    let later = page("2024-05-05T10:00:00Z");
    let of = |facts: &LinkFacts, citation: &Citation| judge(facts, citation);
    let drifted = of(&later, &cite(other, "2019-03-03"));
    assert_eq!(drifted.link, LinkVerdict::Drifted, "{}", drifted.reason);
    assert!(drifted.confidence < 0.8, "one sign beside the titles");
    for (title, read) in [
        // Read after it was published, so the editor saw this page.
        (other, "2024-06-06"),
        // A word in common.
        (
            "Beans of the northern islands and how they grow",
            "2019-03-03",
        ),
        // Another language: not to be compared.
        (
            "Protokoll des Gemeinderates über den nördlichen Hafen",
            "2019-03-03",
        ),
    ] {
        let verdict = of(&later, &cite(title, read));
        assert_ne!(verdict.link, LinkVerdict::Drifted, "{title} {read}");
    }
}

#[test]
fn what_shows_nothing_at_all_is_blank() {
    let blank = |body: &str| {
        let page = read(&PageInput {
            body: body.as_bytes(),
            ..PageInput::default()
        });
        page.signals.iter().any(|it| it.kind == SignalKind::Blank)
    };
    for body in [
        "<html><head></head><body></body></html>",
        " \r\n\t ",
        "<p> </p>",
    ] {
        assert!(blank(body), "{body:?}");
    }
    for body in [
        "<html><body><img src=/scan.png></body></html>",
        "<frameset><frame src=/a></frameset>",
        "<title>The mill</title>",
        "<script src=/a.js></script>",
        "<p>ok",
    ] {
        assert!(!blank(body), "{body:?}");
    }
}

#[test]
fn errors_in_json_are_told_from_records() {
    let says = |body: &str| {
        let page = read(&PageInput {
            body: body.as_bytes(),
            content_type: Some("application/json"),
            ..PageInput::default()
        });
        page.signals
            .iter()
            .any(|it| it.kind == SignalKind::NotFound)
    };
    for body in [
        r#"{"error":"Not Found"}"#,
        r#"{"error":{"code":404,"message":"page not found"}}"#,
        r#"{"type":"about:blank","title":"Not Found","status":404}"#,
        r#" {"statusCode":"404","msg":"Seite nicht gefunden"}"#,
    ] {
        assert!(says(body), "{body}");
    }
    for body in [
        r#"{"title":"Not Found","year":2019}"#,
        r#"{"code":404,"name":"Mill Lane"}"#,
        r#"{"message":"The council said the missing page was not found in the parish archive"}"#,
        r#"["Not Found"]"#,
        "{broken",
    ] {
        assert!(!says(body), "{body}");
    }
}

#[test]
fn a_long_article_about_error_pages_is_no_error_page() {
    let paragraph = "The council voted to repair the old mill by the river before the winter. ";
    let page = |title: &str| {
        let body = format!(
            "<title>{title}</title><h1>{title}</h1><p>{}</p>",
            paragraph.repeat(30)
        );
        let page = read(&PageInput {
            body: body.as_bytes(),
            ..PageInput::default()
        });
        page.signals
            .iter()
            .any(|it| it.kind == SignalKind::NotFound)
    };
    assert!(!page("404: the history of the page not found"));
    assert!(!page("A short history of the page not found"));
    assert!(page("Page not found – Halvern Courier"));
    assert!(page("Error 404: Page not found"));
}

#[test]
fn the_only_line_of_a_page_is_its_heading() {
    for (body, expect) in [
        ("502 Bad Gateway", LinkVerdict::Unstable),
        (
            "<html><body>Service Unavailable</body></html>",
            LinkVerdict::Unstable,
        ),
        ("<div>FORBIDDEN</div>", LinkVerdict::Blocked),
        ("<p>The forbidden city opens at nine", LinkVerdict::Alive),
    ] {
        assert_eq!(untitled(&facts(200, body)).link, expect, "{body}");
    }
}
