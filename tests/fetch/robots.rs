//! What `robots.txt` changes, played through.
#![expect(
    clippy::indexing_slicing,
    reason = "counts and pauses that are missing are to fail the test"
)]

use std::time::Duration;

use citecheck::fetch::{FetchOptions, Robots};
use citecheck::model::FailureKind;

use super::play::{Act, Played, ok, play, status, text, urls, with};

const A: &str = "a.example";

fn options(robots: Robots) -> FetchOptions {
    FetchOptions {
        robots,
        ..FetchOptions::default()
    }
}

/// Plays a site with this `robots.txt`.
async fn site(robots: Robots, file: Act, count: usize) -> Played {
    play(options(robots), &urls(A, count), move |seen| {
        let is_file = seen.url.path() == "/robots.txt";
        (5, if is_file { file.clone() } else { ok() })
    })
    .await
}

fn asked_for_file(played: &Played) -> usize {
    let asked = played.log.asked.iter();
    asked.filter(|asked| asked.path == "/robots.txt").count()
}

#[tokio::test(start_paused = true)]
async fn the_file_is_asked_for_once_and_only_if_it_matters() {
    for (robots, count, expected) in [
        (Robots::Ignore, 50, 0),
        (Robots::CrawlDelay, 1, 0),
        (Robots::CrawlDelay, 2, 1),
        (Robots::CrawlDelay, 50, 1),
        (Robots::Obey, 1, 1),
        (Robots::Obey, 50, 1),
    ] {
        let played = site(robots, text(""), count).await;
        assert_eq!(asked_for_file(&played), expected, "{robots:?} {count}");
        assert_eq!(played.counts()["200"], count);
    }
}

#[tokio::test(start_paused = true)]
async fn a_crawl_delay_is_kept_up_to_a_limit() {
    for (file, pause) in [
        ("User-agent: *\nCrawl-delay: 2", 2.0),
        ("user-agent:*\ncrawl-delay:0.5 # half", 0.5),
        (
            "User-agent: CiteCheck/1.0\nCrawl-delay: 3\n\nUser-agent: *\nCrawl-delay: 9",
            3.0,
        ),
        (
            "User-agent: *\nCrawl-delay: 9\n\nUser-agent: citecheck\nAllow: /",
            0.025,
        ),
        (
            "User-agent: bingbot\nCrawl-delay: 9\nUser-agent: *\nDisallow: /x",
            0.025,
        ),
        ("User-agent: *\nCrawl-delay: 86400", 30.0),
        ("User-agent: *\nCrawl-delay: 1e300", 0.025),
        ("User-agent: *\nCrawl-delay: -5", 0.025),
        ("User-agent: *\nCrawl-delay: NaN", 0.025),
        ("User-agent: *\nCrawl-delay: soon", 0.025),
        ("Crawl-delay: 9", 0.025),
    ] {
        for robots in [Robots::CrawlDelay, Robots::Obey] {
            let played = site(robots, text(file), 30).await;
            let shortest = played.shortest_pause(A);
            assert!((shortest - pause).abs() < 0.006, "{file}: {shortest}");
        }
        let played = site(Robots::Ignore, text(file), 30).await;
        assert!(played.shortest_pause(A) < 0.03, "{file}");
    }
}

#[tokio::test(start_paused = true)]
async fn disallowed_pages_are_skipped_if_it_is_obeyed() {
    let file = "User-agent: *\nDisallow: /1\nAllow: /12\nDisallow: /2$";
    let played = site(Robots::Obey, text(file), 25).await;
    let counts = played.counts();
    // 1, 10, 11, 13 to 19; 2 but not 20 to 24.
    assert_eq!(counts["Robots"], 11, "{counts:?}");
    assert_eq!(counts["200"], 14);
    assert_eq!(played.times(A).len(), 15);
    let played = site(Robots::CrawlDelay, text(file), 25).await;
    assert_eq!(played.counts()["200"], 25);
}

#[tokio::test(start_paused = true)]
async fn a_site_that_cannot_tell_is_asked_slowly_and_one_without_rules_as_usual() {
    let moved = |to: &str| with(301, "location", to);
    for (file, pause) in [
        (status(404), 0.025),
        (status(403), 0.025),
        (status(401), 0.025),
        (status(500), 1.0),
        (status(503), 1.0),
        (Act::Fail(FailureKind::Reset), 1.0),
        (moved("/robots.txt"), 0.025),
        (moved("ftp://a.example/"), 0.025),
    ] {
        for robots in [Robots::CrawlDelay, Robots::Obey] {
            let played = site(robots, file.clone(), 30).await;
            let shortest = played.shortest_pause(A);
            let loops = asked_for_file(&played);
            assert!(loops <= 6, "{file:?}");
            if loops == 1 {
                assert!((shortest - pause).abs() < 0.006, "{file:?}: {shortest}");
            }
            assert_eq!(played.counts()["200"], 30);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_file_that_never_comes_holds_its_host_up_for_seconds_only() {
    let played = play(options(Robots::CrawlDelay), &urls(A, 5), |seen| {
        (
            if seen.url.path() == "/robots.txt" {
                60_000
            } else {
                5
            },
            ok(),
        )
    })
    .await;
    assert!(played.took < Duration::from_secs(16), "{:?}", played.took);
    assert_eq!(played.counts()["200"], 5);
}

#[tokio::test(start_paused = true)]
async fn redirects_are_followed_to_the_file_and_obeyed_on_the_way_to_pages() {
    let played = play(options(Robots::Obey), &urls(A, 2), |seen| {
        let act = match (seen.url.host_str().unwrap(), seen.url.path()) {
            (A, "/robots.txt") => with(302, "location", "http://b.example/rules"),
            ("b.example", "/rules") => text("User-agent: *\nDisallow: /0"),
            (A, "/1") => with(302, "location", "http://c.example/secret"),
            ("c.example", "/robots.txt") => text("User-agent: *\nDisallow: /secret"),
            _ => ok(),
        };
        (5, act)
    })
    .await;
    assert_eq!(played.counts()["Robots"], 2, "{:?}", played.log.asked);
    assert!(
        played
            .log
            .asked
            .iter()
            .all(|asked| asked.path != "/secret" && asked.path != "/0")
    );
}

#[tokio::test(start_paused = true)]
async fn a_huge_file_is_read_to_its_limit() {
    let mut file = "#".repeat(499 << 10);
    file.push_str("\nUser-agent: *\nCrawl-delay: 2\n");
    file.push_str(&"Disallow: /x\n".repeat(90_000));
    file.push_str("Crawl-delay: 20\n");
    let played = site(Robots::Obey, text(&file), 5).await;
    assert!((played.shortest_pause(A) - 2.0).abs() < 0.006);
}

#[tokio::test(start_paused = true)]
async fn waiting_for_a_slot_is_not_held_against_the_file() {
    let options = FetchOptions {
        concurrency: 1,
        ..options(Robots::Obey)
    };
    let pages: Vec<String> = (0..4).map(|n| format!("http://{n}.example/")).collect();
    let file = "User-agent: *\nDisallow: /";
    let played = play(options, &pages, move |_| (8_000, text(file))).await;
    assert_eq!(played.counts()["Robots"], 4, "{:?}", played.log.asked);
}
