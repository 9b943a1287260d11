//! Many URLs at once: politeness, fairness, stopping.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use citecheck::fetch::{Ask, Event, FetchOptions, Robots, fetch_all};
use citecheck::model::{FetchOutcome, FetchResult, SkipReason};
use tokio::sync::watch;
use url::Url;

use super::play::{Log, ok, play, play_watched};
use super::support::{Reply, Server, answer, page};
use super::{fetcher, options};

/// Options under which `hosts` all lead to loopback.
fn options_for(hosts: &[&str]) -> FetchOptions {
    let here: IpAddr = "127.0.0.1".parse().unwrap();
    let resolve = hosts.iter().map(|host| ((*host).to_owned(), vec![here]));
    FetchOptions {
        resolve: resolve.collect::<BTreeMap<_, _>>(),
        ..options()
    }
}

async fn run(options: FetchOptions, urls: &[Url]) -> Vec<FetchOutcome> {
    let (_keep, stop) = watch::channel(false);
    let mut outcomes = Vec::new();
    let asks: Vec<Ask> = urls.iter().cloned().map(Ask::from).collect();
    fetch_all(&Arc::new(fetcher(options)), &asks, stop, |event| {
        if let Event::Finished(outcome, _) = event {
            outcomes.push(outcome);
        }
    })
    .await;
    outcomes
}

fn paths(outcomes: &[FetchOutcome]) -> Vec<&str> {
    outcomes
        .iter()
        .map(|outcome| outcome.requested.path())
        .collect()
}

#[tokio::test]
async fn every_url_is_fetched_once() {
    let server = Server::start(|_| page("x")).await;
    let urls: Vec<Url> = ["/a", "/b#x", "/a", "/b#y", "/c"]
        .iter()
        .map(|path| server.url(path))
        .collect();
    let outcomes = run(options(), &urls).await;
    let mut paths = paths(&outcomes);
    paths.sort_unstable();
    assert_eq!(paths, ["/a", "/b", "/c"]);
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_slow_host_holds_up_its_own_urls_only() {
    let server = Server::start(|request| {
        if request.host.starts_with("slow") {
            Reply::Hang
        } else {
            page("fast")
        }
    })
    .await;
    let mut urls: Vec<Url> = (0..3)
        .map(|n| server.url_on("slow.example", &format!("/slow{n}")))
        .collect();
    urls.extend((0..20).map(|n| server.url_on("fast.example", &format!("/fast{n}"))));
    let options = options_for(&["slow.example", "fast.example"]);
    let (stop, stopped) = watch::channel(false);
    let mut answered = 0;
    let urls: Vec<Ask> = urls.into_iter().map(Ask::from).collect();
    fetch_all(&Arc::new(fetcher(options)), &urls, stopped, |event| {
        if let Event::Finished(outcome, _) = event {
            answered += usize::from(outcome.attempts == 1);
            if answered == 20 {
                stop.send(true).unwrap(); // the slow host would never end
            }
        }
    })
    .await;
    assert_eq!(answered, 20);
    let slow = |path: &str| path.starts_with("/slow");
    let asked = server
        .requests()
        .iter()
        .filter(|request| slow(&request.path))
        .count();
    assert_eq!(asked, 2);
}

#[tokio::test]
async fn no_more_exchanges_run_at_once_than_allowed() {
    let server =
        Server::start(|_| Reply::After(Duration::from_millis(5), answer(200, "", ""))).await;
    let hosts: Vec<String> = (0..12).map(|n| format!("h{n}.example")).collect();
    let names: Vec<&str> = hosts.iter().map(String::as_str).collect();
    let options = FetchOptions {
        concurrency: 3,
        ..options_for(&names)
    };
    let urls: Vec<Url> = names.iter().map(|host| server.url_on(host, "/")).collect();
    let began = Instant::now();
    assert_eq!(run(options, &urls).await.len(), 12);
    assert!(server.most_in_flight() <= 3);
    // Twelve of 5 ms each, three at a time.
    assert!(Duration::from_millis(19) <= began.elapsed());
}

#[tokio::test]
async fn stopping_abandons_what_is_under_way_and_skips_the_rest() {
    let server = Server::start(|request| match request.path.as_str() {
        "/done" => page("x"),
        _ => Reply::Hang,
    })
    .await;
    let hosts = ["one.example", "two.example"];
    let urls = [
        server.url_on("one.example", "/done"),
        server.url_on("one.example", "/never"),
        server.url_on("two.example", "/hangs"),
        server.url_on("two.example", "/later"),
    ];
    let (stop, stopped) = watch::channel(false);
    let mut finished = Vec::new();
    let mut started = Vec::new();
    let began = Instant::now();
    let options = FetchOptions {
        per_host: 1,
        ..options_for(&hosts)
    };
    let fetcher = Arc::new(fetcher(options));
    let urls = urls.map(Ask::from);
    fetch_all(&fetcher, &urls, stopped, |event| match event {
        Event::Started(url) => started.push(url.path().to_owned()),
        Event::Finished(outcome, _) => {
            if outcome.requested.path() == "/done" {
                stop.send(true).unwrap();
            }
            finished.push(outcome);
        }
    })
    .await;
    assert!(began.elapsed() < Duration::from_secs(5));
    let skipped: Vec<&str> = finished
        .iter()
        .filter(|outcome| outcome.result == FetchResult::Skipped(SkipReason::Interrupted))
        .map(|outcome| outcome.requested.path())
        .collect();
    assert_eq!(finished.len(), 4);
    assert_eq!(skipped, ["/never", "/hangs", "/later"]);
    assert!(started.iter().all(|path| path != "/later"));
}

#[tokio::test]
async fn a_run_that_is_stopped_before_it_starts_asks_nothing() {
    let server = Server::start(|_| page("x")).await;
    let (_keep, stopped) = watch::channel(true);
    let mut finished = 0;
    fetch_all(
        &Arc::new(fetcher(options())),
        &[Ask::from(server.url("/"))],
        stopped,
        |event| {
            finished += usize::from(matches!(event, Event::Finished(..)));
        },
    )
    .await;
    assert_eq!((finished, server.accepted()), (1, 0));
}

#[tokio::test]
async fn a_retry_after_holds_the_whole_host() {
    let server = Server::start(|request| match (request.path.as_str(), request.before) {
        ("/busy", 0) => Reply::Raw(answer(429, "Retry-After: 1", "")),
        _ => page("x"),
    })
    .await;
    let urls = [server.url("/busy"), server.url("/other")];
    let options = FetchOptions {
        per_host: 1,
        ..options()
    };
    let outcomes = run(options, &urls).await;
    assert_eq!(outcomes.len(), 2);
    let times: Vec<Instant> = server.requests().iter().map(|request| request.at).collect();
    let [first, second, third] = times.as_slice() else {
        panic!("{times:?}");
    };
    assert!(Duration::from_millis(990) <= *second - *first);
    assert!(second <= third);
}

/// Addresses on many hosts, for which only the number of slots limits how many are asked at once.
fn on_many_hosts(count: usize) -> (FetchOptions, Vec<String>) {
    let options = FetchOptions {
        interval: Duration::ZERO,
        robots: Robots::Ignore,
        ..FetchOptions::default()
    };
    let urls = (0..count).map(|n| format!("http://h{}.example/{n}", n % 100));
    (options, urls.collect())
}

#[tokio::test(start_paused = true)]
async fn servers_that_are_faster_than_their_pages_are_read_have_few_answers_wait() {
    let (options, urls) = on_many_hosts(1_000);
    let (mut taken, mut most) = (0, 0);
    let watch = |log: &Log| {
        taken += 1;
        most = most.max(log.answered() - taken);
    };
    let played = play_watched(options, &urls, |_| (0, ok()), watch).await;
    assert_eq!(played.outcomes.len(), urls.len());
    // Eight, and those that were under way when the eighth came.
    assert!(most <= 16, "{most} answers waited");
}

#[tokio::test(start_paused = true)]
async fn servers_that_are_slow_are_asked_all_at_once() {
    let (options, urls) = on_many_hosts(640);
    let most = options.concurrency;
    let played = play(options, &urls, |_| (1_000, ok())).await;
    assert_eq!(played.log.most, most);
    assert!(played.took < Duration::from_secs(11), "{:?}", played.took);
}
