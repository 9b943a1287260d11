//! Copies that citations name: what is said of those that show nothing.

use citecheck::archive::ArchiveOptions;

use super::fake::{Capture, Fake, answer, run, wayback};

fn cited(archive: &str) -> String {
    format!(
        "A.<ref>{{{{cite web |url=https://news.com/a |title=A river in spring |archive-url={archive} \
         |archive-date=3 May 2019 |access-date=5 May 2019}}}}</ref>"
    )
}

const COPY: &str = "https://web.archive.org/web/20190503000000/https://news.com/a";

/// What playing the cited copy gives, and what is said of it.
const COPIES: &[(&str, Option<&str>)] = &[
    ("page", None),
    ("not-found", Some("an error page")),
    (
        "wall",
        Some("as archived, a bot check of Cloudflare stands before the page"),
    ),
    ("404", Some("an archived 404")),
    ("503", Some("as archived, the server answers 503")),
    ("429", Some("as archived, the server answers 429")),
    ("own", Some("the archive answers with a page of its own")),
    ("jump 20190401000000", None),
    ("jump 20190503000000", Some("its redirects lead nowhere")),
];

#[tokio::test(start_paused = true)]
async fn cited_copies_are_looked_at() {
    for (shows, expect) in COPIES {
        let captures = vec![
            ("20190503000000", "", *shows),
            ("20190401000000", "", "page"),
        ];
        let captures: &'static [Capture] = captures.leak();
        for status in [200, 404] {
            let fake = Fake::live(wayback(captures));
            let found = run(&cited(COPY), status, fake, ArchiveOptions::default()).await;
            let told = found.told("dead-archive");
            assert_eq!(told.is_some(), expect.is_some(), "{shows}: {told:?}");
            if *shows != "not-found" {
                let told = told.unwrap_or_default();
                assert!(told.contains(expect.unwrap_or_default()), "{shows}: {told}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_copy_that_the_archive_lacks_is_missed() {
    let found = run(
        &cited(COPY),
        404,
        Fake::live(wayback(&[])),
        ArchiveOptions::default(),
    )
    .await;
    let told = found.told("dead-archive").unwrap();
    assert!(told.contains("the archive has no copy there"), "{told}");
    assert!(
        told.contains("archived copy: none found (archives)"),
        "{told}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_copy_that_shows_the_page_takes_the_place_of_one_that_does_not() {
    for (shows, status) in [
        ("not-found", 200),
        ("not-found", 404),
        ("429", 404),
        ("wall", 404),
    ] {
        let captures = vec![
            ("20190503000000", "200", shows),
            ("20190402000000", "200", "page"),
        ];
        let captures: &'static [Capture] = captures.leak();
        let fake = Fake::live(wayback(captures));
        let found = run(&cited(COPY), status, fake, ArchiveOptions::default()).await;
        let expect = cited("https://web.archive.org/web/20190402000000/https://news.com/a");
        let expect = expect.replace("3 May 2019", "2 April 2019");
        assert_eq!(
            found.fixed("dead-archive"),
            Some(expect),
            "{shows} {status}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_working_copy_needs_no_search() {
    let captures: &[Capture] = &[("20190503000000", "200", "page")];
    let fake = Fake::live(wayback(captures));
    let found = run(&cited(COPY), 404, fake, ArchiveOptions::default()).await;
    assert_eq!(
        found.transport.asked(),
        ["https://web.archive.org/web/20190503000000id_/https://news.com/a"]
    );
}

#[tokio::test(start_paused = true)]
async fn an_archive_that_does_not_answer_proves_nothing() {
    for status in [500, 502, 429, 200] {
        let fake = Fake::live(move |_, _| match status {
            200 => super::fake::Answer::Failed(citecheck::model::FailureKind::Timeout),
            status => answer(status, &[], ""),
        });
        let found = run(&cited(COPY), 404, fake, ArchiveOptions::default()).await;
        assert_eq!(found.told("dead-archive"), None, "{status}");
        assert!(found.told("dead-link").is_some(), "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn some_archives_are_never_asked() {
    for top in ["today", "is", "ph", "fo", "li", "md", "vn"] {
        let copy = format!("https://archive.{top}/AbC12");
        let captures: &[Capture] = &[("20190502000000", "200", "page")];
        let fake = Fake::live(wayback(captures));
        let found = run(&cited(&copy), 404, fake, ArchiveOptions::default()).await;
        let asked = found.transport.asked();
        assert!(
            asked
                .iter()
                .all(|url| !url.contains(&format!("archive.{top}/"))),
            "{asked:?}"
        );
        let other = "https://web.archive.org/web/20190502000000/https://news.com/a";
        let expect = cited(other).replace("3 May", "2 May");
        assert_eq!(found.fixed("deprecated-archive"), Some(expect));
        assert_eq!(found.told("dead-archive"), None);
    }
}

#[tokio::test(start_paused = true)]
async fn a_copy_out_of_reach_is_not_the_end() {
    let captures: &[Capture] = &[
        ("20190401000000", "200", "page"),
        ("20190502000000", "200", ""),
    ];
    let fake = Fake::live(move |request, before| {
        if request.url.path().contains("/20190502000000id_/") {
            return answer(503, &[], "");
        }
        wayback(captures)(request, before)
    });
    let text = cited(COPY)
        .replace(" |archive-url=", " |x=")
        .replace("|archive-date", "|y");
    let found = run(&text, 404, fake, ArchiveOptions::default()).await;
    assert_eq!(
        found.copies(),
        ["https://web.archive.org/web/20190401000000/https://news.com/a"]
    );
}

#[tokio::test(start_paused = true)]
async fn copies_in_undated_archives_are_judged_as_pages_are() {
    for (status, expect) in [(200, false), (404, true), (403, false), (503, false)] {
        let fake = Fake::live(move |request, _| match request.url.host_str() {
            Some("ghostarchive.org") => answer(
                status,
                &[("content-type", "text/html")],
                "<title>A river in spring</title>",
            ),
            _ => answer(404, &[], ""),
        });
        let copy = "https://ghostarchive.org/archive/AbC12";
        let found = run(&cited(copy), 404, fake, ArchiveOptions::default()).await;
        assert_eq!(found.told("dead-archive").is_some(), expect, "{status}");
    }
}
