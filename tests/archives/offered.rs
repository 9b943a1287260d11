//! The copy that is offered for a dead link, and the fix that cites it.

use citecheck::archive::ArchiveOptions;
use citecheck::model::{
    CopySearch, FailureKind, FetchFailure, FetchResult, LinkFacts, LinkHistory, PageEvidence,
    PageSignal, SignalKind,
};

use super::fake::{Capture, Fake, answer, link, run, run_of, wayback};

const CITED: &str = "A.<ref>{{cite web |url=https://news.com/a |title=A river in spring \
    |access-date=5 May 2019}}</ref>";

fn fixed(rest: &str) -> String {
    CITED.replace("}}", &format!(" {rest}}}}}"))
}

async fn copy_of(text: &str, captures: &'static [Capture]) -> (Option<String>, Option<String>) {
    let found = run(
        text,
        404,
        Fake::live(wayback(captures)),
        ArchiveOptions::default(),
    )
    .await;
    (found.fixed("dead-link"), found.copies().first().cloned())
}

/// Captures, and the instant of the one that is offered.
const CHOICES: &[(&str, &[Capture], Option<&str>)] = &[
    ("nothing archived", &[], None),
    (
        "the nearest before it was read, not the nearest",
        &[
            ("20190101000000", "200", "page"),
            ("20190420000000", "200", "page"),
            ("20190506000000", "200", "page"),
        ],
        Some("20190420000000"),
    ),
    (
        "the day itself counts as before",
        &[
            ("20190101000000", "200", "page"),
            ("20190505235000", "200", "page"),
        ],
        Some("20190505235000"),
    ),
    (
        "else the nearest after",
        &[
            ("20210101000000", "200", "page"),
            ("20200101000000", "200", "page"),
        ],
        Some("20200101000000"),
    ),
    (
        "no archived errors and redirects",
        &[
            ("20190101000000", "200", "page"),
            ("20190502000000", "404", "404"),
            ("20190503000000", "301", "to https://news.com/"),
        ],
        Some("20190101000000"),
    ),
    (
        "a redirect to the page is taken where nothing else is",
        &[
            ("20190402000000", "", "page"),
            (
                "20190503000000",
                "301",
                "to https://web.archive.org/web/20190402000000id_/https://news.com/b",
            ),
        ],
        Some("20190503000000"),
    ),
    (
        "a redirect to the same page counts as the copy that it leads to",
        &[
            ("20190402000000", "", "page"),
            (
                "20190503000000",
                "301",
                "to https://web.archive.org/web/20190402000000id_/https://news.com/a",
            ),
        ],
        Some("20190402000000"),
    ),
    (
        "repeated captures have no status",
        &[
            ("20190101000000", "200", "page"),
            ("20190502000000", "-", "page"),
        ],
        Some("20190502000000"),
    ),
    (
        "error pages, walls and pages of the archive are passed over",
        &[
            ("20190101000000", "200", "page"),
            ("20190430000000", "200", "own"),
            ("20190501000000", "200", "not-found"),
            ("20190502000000", "200", "wall"),
            ("20190503000000", "200", "429"),
        ],
        Some("20190101000000"),
    ),
    (
        "the other side is tried when one side has none that works",
        &[
            ("20190501000000", "200", "not-found"),
            ("20190601000000", "200", "page"),
        ],
        Some("20190601000000"),
    ),
    (
        "five are tried and no more",
        &[
            ("20190101000000", "200", "page"),
            ("20190425000000", "200", "404"),
            ("20190426000000", "200", "404"),
            ("20190427000000", "200", "404"),
            ("20190428000000", "200", "404"),
            ("20190429000000", "200", "404"),
        ],
        None,
    ),
    (
        "a jump to the nearest capture is a copy of that time",
        &[
            ("20190503000000", "200", "jump 20190401000000"),
            ("20190401000000", "", "page"),
        ],
        Some("20190401000000"),
    ),
    (
        "archived redirects are followed within the archive",
        &[
            ("20190101000000", "", "page"),
            (
                "20190503000000",
                "200",
                "to https://web.archive.org/web/20190101000000id_/https://news.com/b",
            ),
        ],
        Some("20190503000000"),
    ),
    (
        "a redirect that is archived as it was leads to the copy of its target",
        &[("20190503000000", "200", "to https://news.com/a?moved")],
        None,
    ),
    (
        "an archived redirect to the front page is no copy",
        &[
            ("20190101000000", "", "home"),
            (
                "20190503000000",
                "200",
                "to https://web.archive.org/web/20190101000000id_/https://news.com/",
            ),
        ],
        None,
    ),
];

#[tokio::test(start_paused = true)]
async fn the_copy_most_wanted_that_shows_the_page_is_offered() {
    for (name, captures, expect) in CHOICES {
        let (fix, copy) = copy_of(CITED, captures).await;
        let address =
            expect.map(|at| format!("https://web.archive.org/web/{at}/https://news.com/a"));
        assert_eq!(copy, address, "{name}");
        assert_eq!(fix.is_some(), address.is_some(), "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn redirects_leave_the_archive_for_nothing() {
    let captures: &[Capture] = &[("20190503000000", "200", "to https://news.com/b")];
    let fake = Fake::live(wayback(captures));
    let found = run(CITED, 404, fake, ArchiveOptions::default()).await;
    let asked = found.transport.asked();
    assert!(
        asked.iter().all(|url| url.contains("archive.org/")),
        "{asked:?}"
    );
    assert!(
        asked.contains(&"https://web.archive.org/web/20190503000000id_/https://news.com/b".into()),
        "{asked:?}"
    );
}

/// A citation, and what the fix makes of it when the copy is of 3 May 2019.
const FIXES: &[(&str, &str)] = &[
    (
        "A.<ref>{{cite web |url=https://news.com/a |title=A river in spring |access-date=5 May 2019}}</ref>",
        "A.<ref>{{cite web |url=https://news.com/a |title=A river in spring |access-date=5 May 2019 |archive-url=https://web.archive.org/web/20190503000000/https://news.com/a |archive-date=3 May 2019 |url-status=dead}}</ref>",
    ),
    (
        "A.<ref>{{cite web|url=https://news.com/a|title=A river in spring|access-date=2019-05-05|url-status=live}}</ref>",
        "A.<ref>{{cite web|url=https://news.com/a|title=A river in spring|access-date=2019-05-05|url-status=dead|archive-url=https://web.archive.org/web/20190503000000/https://news.com/a|archive-date=2019-05-03}}</ref>",
    ),
    (
        "A.<ref>{{cite web |url=https://news.com/a |title=A river in spring |date=May 1, 2019 |archive-url= |archive-date=}}</ref>",
        "A.<ref>{{cite web |url=https://news.com/a |title=A river in spring |date=May 1, 2019 |archive-url=https://web.archive.org/web/20190503000000/https://news.com/a |archive-date=May 3, 2019 |url-status=dead}}</ref>",
    ),
    (
        "{{Use mdy dates}}A.<ref>{{cite web |url=https://news.com/a |title=A river in spring}}</ref>",
        "{{Use mdy dates}}A.<ref>{{cite web |url=https://news.com/a |title=A river in spring |archive-url=https://web.archive.org/web/20190503000000/https://news.com/a |archive-date=May 3, 2019 |url-status=dead}}</ref>",
    ),
    (
        "Ein Satz.<ref>{{Internetquelle |url=https://news.com/a |titel=A river in spring |abruf=2019-05-05}}</ref>",
        "Ein Satz.<ref>{{Internetquelle |url=https://news.com/a |titel=A river in spring |abruf=2019-05-05 |archiv-url=https://web.archive.org/web/20190503000000/https://news.com/a |archiv-datum=2019-05-03 |offline=ja}}</ref>",
    ),
    (
        "Una frase.<ref>{{Cita web |url=https://news.com/a |titolo=A river in spring |accesso=5 maggio 2019}}</ref>",
        "Una frase.<ref>{{Cita web |url=https://news.com/a |titolo=A river in spring |accesso=5 maggio 2019 |urlarchivio=https://web.archive.org/web/20190503000000/https://news.com/a |dataarchivio=3 maggio 2019 |urlmorto=sì}}</ref>",
    ),
    (
        "Una frase.<ref>{{Cita web |url=https://news.com/a |título=A river in spring |fechaacceso=5 de mayo de 2019}}</ref>",
        "Una frase.<ref>{{Cita web |url=https://news.com/a |título=A river in spring |fechaacceso=5 de mayo de 2019 |urlarchivo=https://web.archive.org/web/20190503000000/https://news.com/a |fechaarchivo=3 de mayo de 2019}}</ref>",
    ),
    (
        "Речення.<ref>{{cite web |url=https://news.com/a |title=A river in spring |access-date=5 травня 2019 |language=uk}}</ref>",
        "Речення.<ref>{{cite web |url=https://news.com/a |title=A river in spring |access-date=5 травня 2019 |language=uk |archive-url=https://web.archive.org/web/20190503000000/https://news.com/a |archive-date=3 травня 2019 |url-status=dead}}</ref>",
    ),
];

#[tokio::test(start_paused = true)]
async fn the_copy_is_cited_in_the_words_and_dates_of_the_citation() {
    for (text, expect) in FIXES {
        let (fix, _) = copy_of(text, &[("20190503000000", "200", "page")]).await;
        assert_eq!(fix.as_deref(), Some(*expect), "{text}");
    }
}

#[tokio::test(start_paused = true)]
async fn settled_fixes_cite_the_copy_once() {
    let captures: &[Capture] = &[("20190503000000", "200", "page")];
    let found = run(
        CITED,
        404,
        Fake::live(wayback(captures)),
        ArchiveOptions::default(),
    )
    .await;
    let selection = citecheck::fix::Selection {
        review: true,
        rules: vec!["dead-link".to_owned()],
    };
    let settled = citecheck::fix::settle(CITED, &selection, &mut |text| {
        let article = citecheck::article::read(
            "a.wiki",
            text,
            citecheck::model::InputFormat::Wikitext,
            &citecheck::article::ReadOptions::default(),
        );
        let now = "2026-11-22T00:00:00Z".parse().unwrap();
        let options = citecheck::check::CheckOptions::at(now, citecheck::model::Network::Live);
        let report = citecheck::check::assemble(vec![article], &found.facts, &options, now, false);
        report.articles.into_iter().next().unwrap()
    });
    let rest = "|archive-url=https://web.archive.org/web/20190503000000/https://news.com/a \
                |archive-date=3 May 2019 |url-status=dead";
    assert_eq!(settled.text, fixed(rest), "{:?}", settled.dropped);
}

#[tokio::test(start_paused = true)]
async fn copies_far_from_the_access_date_come_with_a_warning() {
    for (at, expect) in [
        ("20181201000000", None),
        ("20181101000000", Some("185 days")),
    ] {
        let captures: &'static [Capture] = Box::leak(Box::new([(at, "200", "page")]));
        let fake = Fake::live(wayback(captures));
        let found = run(CITED, 404, fake, ArchiveOptions::default()).await;
        let told = found.told("dead-link").unwrap();
        assert_eq!(
            told.contains("days from the access-date"),
            expect.is_some(),
            "{told}"
        );
        assert!(told.contains(expect.unwrap_or_default()), "{told}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_date_of_publication_and_nothing_are_the_next_best() {
    const CAPTURES: &[Capture] = &[
        ("20170101000000", "200", "page"),
        ("20190101000000", "200", "page"),
        ("20210101000000", "200", "page"),
    ];
    for (date, expect) in [
        ("|date=1 May 2018", "20190101000000"),
        ("|date=2022", "20210101000000"),
        ("", "20170101000000"),
    ] {
        let text = format!(
            "A.<ref>{{{{cite web |url=https://news.com/a |title=A river in spring {date}}}}}</ref>"
        );
        let (_, copy) = copy_of(&text, CAPTURES).await;
        assert!(copy.unwrap().contains(expect), "{date}");
    }
}

#[tokio::test(start_paused = true)]
async fn without_an_index_the_availability_api_is_asked() {
    let fake = Fake::live(|request, _| {
        let url = request.url.as_str();
        if url.contains("/cdx/") {
            return answer(502, &[], "busy");
        }
        if url.contains("/available") {
            let body = r#"{"archived_snapshots":{"closest":{"available":true,"status":"200",
                "url":"http://web.archive.org/web/20190503000000/https://news.com/a",
                "timestamp":"20190503000000"}}}"#;
            return answer(200, &[], body);
        }
        wayback(&[("20190503000000", "200", "page")])(request, 0)
    });
    let found = run(CITED, 404, fake, ArchiveOptions::default()).await;
    assert_eq!(
        found.copies(),
        ["https://web.archive.org/web/20190503000000/https://news.com/a"]
    );
}

#[tokio::test(start_paused = true)]
async fn excluded_sites_are_asked_for_once() {
    let fake = Fake::live(|_, _| {
        let fault = "org.archive.wayback.exception.AdministrativeAccessControlException: Blocked \
                     Site Error";
        answer(403, &[("x-archive-wayback-runtime-error", fault)], fault)
    });
    let found = run(CITED, 404, fake, ArchiveOptions::default()).await;
    assert_eq!(found.transport.asked().len(), 1);
    let link = found.article.references[0].link.as_ref().unwrap();
    assert_eq!(link.copy_search, Some(CopySearch::Excluded));
    let told = found.told("dead-link").unwrap();
    assert!(told.contains("does not give out copies"), "{told}");
}

#[tokio::test(start_paused = true)]
async fn other_archives_are_asked_by_timegate_and_timemap() {
    let memento = "https://archiv.org/web/20190503000000/https://news.com/a";
    let gate = "https://archiv.org/timegate/https://news.com/a";
    let map = "https://archiv.org/timemap/https://news.com/a";
    for by_gate in [true, false] {
        let fake = Fake::live(move |request, _| {
            let url = request.url.as_str();
            let links = format!(
                "<https://archive.ph/20190504000000/https://news.com/a>; rel=\"memento\"; \
                 datetime=\"Sat, 04 May 2019 00:00:00 GMT\", <{memento}>; rel=\"memento\"; \
                 datetime=\"Fri, 03 May 2019 00:00:00 GMT\", <{map}>; rel=\"timemap\""
            );
            if url == gate {
                let wanted = request
                    .fields
                    .iter()
                    .find(|(name, _)| *name == "accept-datetime");
                assert_eq!(wanted.unwrap().1, "Sun, 05 May 2019 23:59:59 GMT");
                answer(
                    302,
                    &[
                        ("vary", "accept-datetime"),
                        ("location", memento),
                        ("link", &links),
                    ],
                    "",
                )
            } else if url == map {
                answer(200, &[("content-type", "application/link-format")], &links)
            } else if url.starts_with("https://archiv.org/web/20190503000000id_/") {
                wayback(&[("20190503000000", "200", "page")])(request, 0)
            } else {
                answer(404, &[], "")
            }
        });
        let archives = ArchiveOptions {
            availability: None,
            cdx: None,
            timegates: if by_gate {
                vec!["https://archiv.org/timegate/".parse().unwrap()]
            } else {
                vec![]
            },
            timemaps: if by_gate {
                vec![]
            } else {
                vec!["https://archiv.org/timemap/".parse().unwrap()]
            },
            ..ArchiveOptions::default()
        };
        let found = run(CITED, 404, fake, archives).await;
        assert_eq!(found.copies(), [memento], "{:?}", found.transport.asked());
        let told = found.told("dead-link").unwrap();
        assert!(told.contains("(archiv.org, 2019-05-03)"), "{told}");
    }
}

#[tokio::test(start_paused = true)]
async fn links_that_may_be_back_stay_before_their_copy() {
    let captures: &[Capture] = &[("20190503000000", "200", "page")];
    let found = run(
        CITED,
        503,
        Fake::live(wayback(captures)),
        ArchiveOptions::default(),
    )
    .await;
    let fix = found.fixed("unstable-link").unwrap();
    assert!(fix.ends_with("|url-status=live}}</ref>"), "{fix}");
}

#[tokio::test(start_paused = true)]
async fn what_a_parked_domain_held_is_cited_from_the_archive() {
    let captures: &[Capture] = &[("20190503000000", "200", "page")];
    let known = |url: &url::Url| LinkFacts {
        page: Some(Box::new(PageEvidence {
            media_type: "text/html".to_owned(),
            signals: vec![PageSignal {
                kind: SignalKind::Parked,
                excerpt: "a company that parks domains".to_owned(),
                source: "markup".to_owned(),
            }],
            ..PageEvidence::default()
        })),
        ..link(url, 200)
    };
    let transport = Fake::live(wayback(captures));
    let found = run_of(CITED, known, transport, ArchiveOptions::default()).await;
    let fix = found.fixed("parked-domain").unwrap();
    assert!(fix.ends_with("|url-status=unfit}}</ref>"), "{fix}");
    assert!(fix.contains("|archive-date=3 May 2019"), "{fix}");
}

#[tokio::test(start_paused = true)]
async fn living_links_and_refusals_need_no_copy() {
    for status in [200, 403, 429] {
        let fake = Fake::live(wayback(&[("20190503000000", "200", "page")]));
        let found = run(CITED, status, fake, ArchiveOptions::default()).await;
        assert!(found.transport.asked().is_empty(), "{status}");
    }
}

/// A failure that may pass, of a link whose failures the history confirms or does not.
async fn confirmed(kind: Option<FailureKind>, confirmed: bool) -> (Option<String>, usize) {
    let captures: &[Capture] = &[("20190503000000", "200", "page")];
    let known = |url: &url::Url| {
        let mut facts = link(url, 503);
        if let Some(kind) = kind {
            facts.outcome.result = FetchResult::Failed(FetchFailure {
                kind,
                detail: "it fails".to_owned(),
            });
        }
        facts.history = Some(Box::new(LinkHistory {
            first_seen: "2026-01-01T00:00:00Z".parse().unwrap(),
            last_alive: None,
            dead_since: Some("2026-10-01T00:00:00Z".parse().unwrap()),
            failures: 3,
            confirmed,
            checks: 3,
        }));
        facts
    };
    let transport = Fake::live(wayback(captures));
    let found = run_of(CITED, known, transport, ArchiveOptions::default()).await;
    (found.fixed("dead-link"), found.copies().len())
}

#[tokio::test(start_paused = true)]
async fn a_link_that_the_history_confirms_dead_is_cited_as_dead() {
    for kind in [
        None,
        Some(FailureKind::Connect),
        Some(FailureKind::Tls),
        Some(FailureKind::TlsOldProtocol),
    ] {
        let (fix, copies) = confirmed(kind, true).await;
        let fix = fix.unwrap_or_default();
        assert!(fix.ends_with("|url-status=dead}}</ref>"), "{kind:?}: {fix}");
        assert_eq!(copies, 1, "{kind:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn no_copy_is_sought_for_a_handshake_that_nothing_confirms() {
    for (kind, confirmed_dead) in [(FailureKind::Tls, false), (FailureKind::TlsExpired, true)] {
        let (_, copies) = confirmed(Some(kind), confirmed_dead).await;
        assert_eq!(copies, 0, "{kind:?}");
    }
}
