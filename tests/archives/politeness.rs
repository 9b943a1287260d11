//! How gently archives are asked.

use std::sync::Arc;
use std::time::Duration;

use citecheck::archive::{ArchiveOptions, Archives, Search};
use citecheck::check::{Progress, gather};
use citecheck::fetch::{Ask, FetchOptions, Fetcher};
use citecheck::model::{CopySearch, FailureKind, FetchResult, LinkVerdict, SkipReason, Wanted};
use tokio::sync::watch;
use url::Url;

use super::fake::{Answer, Capture, Fake, Run, answer, run, wayback};

const PAGE: &[Capture] = &[("20190503000000", "200", "page")];

/// An article that cites so many pages.
fn pages(count: usize) -> String {
    let cited = (0..count).map(|number| {
        format!(
            "A.<ref>{{{{cite web |url=https://news.com/a?{number} |title=A river in spring \
             |access-date=5 May 2019}}}}</ref>\n"
        )
    });
    cited.collect()
}

fn searches(run: &Run) -> Vec<Option<CopySearch>> {
    let links = run
        .article
        .references
        .iter()
        .map(|it| it.link.as_ref().unwrap());
    links.map(|link| link.copy_search).collect()
}

#[tokio::test(start_paused = true)]
async fn no_minute_sees_more_than_the_rate_over_all_addresses_of_an_archive() {
    let archives = ArchiveOptions {
        budget: 1000,
        ..ArchiveOptions::default()
    };
    let found = run(&pages(40), 404, Fake::live(wayback(PAGE)), archives).await;
    assert!(
        searches(&found)
            .iter()
            .all(|end| *end == Some(CopySearch::Found))
    );
    let times = found.transport.times();
    assert_eq!(times.len(), 80);
    for from in &times {
        let minute = *from..*from + Duration::from_secs(60);
        let within = times.iter().filter(|at| minute.contains(*at)).count();
        assert!(within <= 20, "{within} from {from:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_429_pauses_everything_and_is_asked_again_after_the_pause_only() {
    for (retry_after, pause) in [
        ("90", 90),
        ("", 60),
        ("0", 60),
        // The archive tells no time of its own: the fake's clock stands at midnight.
        ("Sun, 22 Nov 2026 00:01:10 GMT", 70),
    ] {
        let fake = Fake::live(move |request, before| {
            if request.url.path().starts_with("/cdx/") && before == 0 {
                return answer(429, &[("retry-after", retry_after)], "");
            }
            wayback(PAGE)(request, before)
        });
        let found = run(&pages(1), 404, fake, ArchiveOptions::default()).await;
        assert_eq!(searches(&found), [Some(CopySearch::Found)]);
        let times = found.transport.times();
        assert_eq!(times[1].as_secs(), pause, "{times:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_pause_that_is_too_long_ends_the_looking_and_nothing_else() {
    for retry_after in [
        "3600",
        "Sun, 22 Nov 2026 05:00:00 GMT",
        "99999999999999999999",
    ] {
        let fake = Fake::live(move |_, _| {
            let date = ("date", "Sun, 22 Nov 2026 00:00:00 GMT");
            answer(429, &[("retry-after", retry_after), date], "")
        });
        let found = run(&pages(3), 404, fake, ArchiveOptions::default()).await;
        assert_eq!(found.transport.asked().len(), 1, "{retry_after}");
        assert_eq!(searches(&found), [Some(CopySearch::Paused); 3]);
        let told = found.told("dead-link").unwrap();
        assert!(
            told.contains("not looked up: the archive asked for a longer pause"),
            "{told}"
        );
        let links = found
            .article
            .references
            .iter()
            .map(|it| it.link.as_ref().unwrap());
        assert!(
            links
                .into_iter()
                .all(|link| link.verdict == LinkVerdict::Gone)
        );
    }
}

#[tokio::test(start_paused = true)]
async fn pauses_that_double_past_patience_end_the_looking() {
    let fake = Fake::live(|_, _| answer(429, &[], ""));
    let found = run(&pages(2), 404, fake, ArchiveOptions::default()).await;
    let seconds: Vec<u64> = found
        .transport
        .times()
        .iter()
        .map(Duration::as_secs)
        .collect();
    assert_eq!(seconds, [0, 60, 180]);
    assert_eq!(searches(&found), [Some(CopySearch::Paused); 2]);
}

#[tokio::test(start_paused = true)]
async fn an_archived_429_is_a_copy_and_no_refusal() {
    let captures: &[Capture] = &[
        ("20190503000000", "200", "429"),
        ("20190502000000", "200", "page"),
    ];
    let found = run(
        &pages(1),
        404,
        Fake::live(wayback(captures)),
        ArchiveOptions::default(),
    )
    .await;
    assert_eq!(searches(&found), [Some(CopySearch::Found)]);
    assert_eq!(found.transport.times().last().unwrap().as_secs(), 0);
}

#[tokio::test(start_paused = true)]
async fn the_budget_bounds_what_is_asked() {
    let archives = ArchiveOptions {
        budget: 5,
        ..ArchiveOptions::default()
    };
    let found = run(&pages(4), 404, Fake::live(wayback(PAGE)), archives).await;
    assert_eq!(found.transport.asked().len(), 5);
    let (some, spent) = (Some(CopySearch::Found), Some(CopySearch::BudgetSpent));
    assert_eq!(searches(&found), [some, some, spent, spent]);
}

#[tokio::test(start_paused = true)]
async fn an_archive_that_is_down_is_left_alone() {
    let fake = Fake::live(|_, _| Answer::Failed(FailureKind::Timeout));
    let found = run(&pages(9), 404, fake, ArchiveOptions::default()).await;
    assert_eq!(found.transport.asked().len(), 3);
    assert_eq!(searches(&found), [Some(CopySearch::Unreachable); 9]);
}

#[tokio::test(start_paused = true)]
async fn public_archives_do_not_hear_of_private_pages() {
    for page in [
        "http://127.0.0.1:8000/a",
        "http://wiki/a",
        "https://river.example/a",
    ] {
        let text = pages(1).replace("https://news.com/a?0", page);
        let found = run(
            &text,
            404,
            Fake::live(wayback(PAGE)),
            ArchiveOptions::default(),
        )
        .await;
        assert!(found.transport.asked().is_empty(), "{page}");
        assert_eq!(searches(&found), [Some(CopySearch::NotPublic)], "{page}");
        // An archive of the same network may well have them.
        let archives = ArchiveOptions {
            availability: None,
            cdx: Some("http://127.0.0.1:9000/cdx/search/cdx".parse().unwrap()),
            playback: Some("http://127.0.0.1:9000/web/".parse().unwrap()),
            ..ArchiveOptions::default()
        };
        let found = run(&text, 404, Fake::live(wayback(PAGE)), archives).await;
        assert_eq!(searches(&found), [Some(CopySearch::Found)], "{page}");
    }
}

#[tokio::test(start_paused = true)]
async fn cited_pages_of_some_archives_are_left_out() {
    let fetcher = Fetcher::new(
        Fake::live(|_, _| answer(200, &[], "")),
        FetchOptions::default(),
    );
    let fetcher = Arc::new(fetcher);
    let urls: Vec<Url> = [
        "https://archive.is/AbC12",
        "https://www.archive.ph/2019/http://a.com/",
    ]
    .iter()
    .map(|url| url.parse().unwrap())
    .collect();
    let asks: Vec<Ask> = urls.iter().cloned().map(Ask::from).collect();
    let (_keep, stop) = watch::channel(false);
    let mut done = 0;
    let gathered = gather(&fetcher, &asks, stop, |progress| {
        done += usize::from(matches!(progress, Progress::Finished(_)));
    });
    let gathered = gathered.await;
    assert!(fetcher.transport().asked().is_empty());
    assert_eq!(
        (done, gathered.partial, gathered.trouble.is_some()),
        (2, false, false)
    );
    let results = gathered.facts.values().map(|facts| &facts.outcome.result);
    let excluded = FetchResult::Skipped(SkipReason::Excluded);
    assert!(results.into_iter().all(|result| *result == excluded));
}

#[tokio::test(start_paused = true)]
async fn an_interrupted_run_stops_asking() {
    let fake = Fake::live(|_, _| answer(429, &[], ""));
    let fetcher = Fetcher::new(fake, FetchOptions::default());
    let (stop, stopped) = watch::channel(false);
    let page: Url = "https://news.com/a".parse().unwrap();
    let mut archives = Archives::new(&fetcher, ArchiveOptions::default(), stopped);
    let search = archives.search(&page, Wanted::Earliest, Search::Preferred);
    let stopping = async {
        tokio::time::sleep(Duration::from_secs(5)).await;
        stop.send(true).unwrap();
    };
    let (found, ()) = tokio::join!(search, stopping);
    assert_eq!(found, Err(Some(CopySearch::Interrupted)));
    assert_eq!(fetcher.transport().asked().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_recording_without_answers_is_as_if_no_archive_was_asked() {
    let fake = Fake::live(|_, _| Answer::Skipped(SkipReason::NotRecorded)).replay();
    let found = run(&pages(1), 404, fake, ArchiveOptions::default()).await;
    assert_eq!(searches(&found), [None]);
    let told = found.told("dead-link").unwrap();
    assert!(!told.contains("archived copy"), "{told}");
}

#[tokio::test(start_paused = true)]
async fn replays_wait_for_nothing() {
    let archives = ArchiveOptions {
        budget: 1,
        ..ArchiveOptions::default()
    };
    let found = run(
        &pages(40),
        404,
        Fake::live(wayback(PAGE)).replay(),
        archives,
    )
    .await;
    assert_eq!(found.transport.times().last().unwrap().as_secs(), 0);
    assert!(
        searches(&found)
            .iter()
            .all(|end| *end == Some(CopySearch::Found))
    );
}

#[tokio::test(start_paused = true)]
async fn the_ordinary_pace_is_no_pause_that_patience_could_end() {
    let archives = ArchiveOptions {
        rate: 1,
        patience: Duration::from_secs(30),
        ..ArchiveOptions::default()
    };
    let found = run(&pages(1), 404, Fake::live(wayback(PAGE)), archives).await;
    assert_eq!(searches(&found), [Some(CopySearch::Found)]);
    assert_eq!(found.transport.times()[1].as_secs(), 60);
}
