//! Many addresses in one run: what hosts see of it.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use citecheck::fetch::{Ask, Event, FetchOptions, Fetcher, LiveTransport, Robots, fetch_all};
use citecheck::model::{FetchOutcome, FetchResult};
use tokio::sync::watch;
use url::Url;

use super::demand;
use crate::world::World;

/// Options as by default but for the hosts of `urls`, which are on loopback.
fn options(urls: &[Url]) -> FetchOptions {
    let here = vec![IpAddr::V4(Ipv4Addr::LOCALHOST)];
    let hosts = urls.iter().filter_map(Url::host_str);
    let resolve: BTreeMap<_, _> = hosts.map(|host| (host.to_owned(), here.clone())).collect();
    FetchOptions {
        allow_private: true,
        resolve,
        robots: Robots::Ignore,
        ..FetchOptions::default()
    }
}

async fn fetch(
    options: FetchOptions,
    urls: &[Url],
    mut until: impl FnMut(&FetchOutcome) -> bool,
) -> Vec<FetchOutcome> {
    let (stop, stopped) = watch::channel(false);
    let fetcher = Arc::new(Fetcher::new(LiveTransport::new(&options).unwrap(), options));
    let asks: Vec<Ask> = urls.iter().cloned().map(Ask::from).collect();
    let mut outcomes = Vec::new();
    let all = fetch_all(&fetcher, &asks, stopped, |event| {
        if let Event::Finished(outcome, _) = event {
            if until(&outcome) {
                let _ = stop.send(true);
            }
            outcomes.push(outcome);
        }
    });
    let _ = tokio::time::timeout(Duration::from_secs(60), all).await;
    outcomes
}

fn never(_: &FetchOutcome) -> bool {
    false
}

fn urls(world: &World, hosts: impl Iterator<Item = String>, path: &str) -> Vec<Url> {
    let port = world.http.port();
    hosts
        .map(|host| Url::parse(&format!("http://{host}:{port}{path}")).unwrap())
        .collect()
}

/// When a host was asked, in order.
fn times(world: &World, host: &str) -> Vec<Instant> {
    let requests = world.log.requests();
    let own = requests
        .iter()
        .filter(|request| request.host.starts_with(host));
    own.map(|request| request.at).collect()
}

fn gaps(times: &[Instant]) -> Vec<Duration> {
    times
        .iter()
        .zip(times.iter().skip(1))
        .map(|(first, second)| *second - *first)
        .collect()
}

/// Spellings that mean one address to every server.
pub(crate) async fn same_address_once(world: &World) -> Result<(), String> {
    let port = world.http.port();
    let spellings = [
        format!("HTTP://SAME.EXAMPLE:{port}/a/../page/./same?x=1&utm_source=y#z"),
        format!("http://same.example:{port}/page/same?x=1&utm_source=y"),
        format!("http://same.example:{port}/page/same?x=1&utm_source=y#"),
        format!("http://reader:secret@same.example:{port}/%61/%2e%2e/page/same?x=1&utm_source=y"),
    ];
    let urls = spellings.map(|text| Url::parse(&text).unwrap());
    let outcomes = fetch(options(&urls), &urls, never).await;
    let asked = world.log.asked(
        &format!("same.example:{port}"),
        "/page/same?x=1&utm_source=y",
    );
    demand(
        (outcomes.len(), asked) == (1, 1),
        format!("{} outcomes, {asked} requests", outcomes.len()),
    )
}

/// Spellings that may mean different things to a server.
pub(crate) async fn other_address_kept(world: &World) -> Result<(), String> {
    let port = world.http.port();
    let paths = [
        "/page/a%2Fb",
        "/page/a/b",
        "/page/A",
        "/page/a",
        "/page/a%20b",
        "/page/a+b",
        "/page/q?a+b",
        "/page/q?a%20b",
        "/page/q?",
        "/page/q?a=1&b=2",
        "/page/q?b=2&a=1",
        "/page/a/",
    ];
    let urls: Vec<Url> = paths
        .iter()
        .map(|path| Url::parse(&format!("http://other.example:{port}{path}")).unwrap())
        .collect();
    let options = FetchOptions {
        interval: Duration::ZERO,
        ..options(&urls)
    };
    let outcomes = fetch(options, &urls, never).await;
    let host = format!("other.example:{port}");
    let missing: Vec<_> = paths
        .iter()
        .filter(|path| world.log.asked(&host, path) != 1)
        .collect();
    demand(
        outcomes.len() == paths.len() && missing.is_empty(),
        format!("not asked once: {missing:?}"),
    )
}

/// Hosts that never answer leave the network to the others.
pub(crate) async fn slow_hosts_hold_up_none(world: &World) -> Result<(), String> {
    let slow = urls(
        world,
        (0..100).map(|n| format!("slow{n}.example")),
        "/many/hang",
    );
    let fast = urls(
        world,
        (0..40).map(|n| format!("fast{n}.example")),
        "/many/5",
    );
    let all: Vec<Url> = slow.into_iter().chain(fast).collect();
    let options = FetchOptions {
        concurrency: 256,
        ..options(&all)
    };
    let (mut answered, began) = (0, Instant::now());
    fetch(options, &all, |outcome| {
        answered += usize::from(outcome.requested.path() == "/many/5");
        answered == 40
    })
    .await;
    demand(
        answered == 40 && began.elapsed() < Duration::from_secs(20),
        format!("{answered} of 40"),
    )
}

/// A host that asks for a pause gets it for all of its addresses.
pub(crate) async fn retry_after_holds_the_host(world: &World) -> Result<(), String> {
    let hosts = || std::iter::once("limit.example".to_owned());
    let all = [
        urls(world, hosts(), "/many/limit"),
        urls(world, hosts(), "/many/0"),
    ]
    .concat();
    let options = FetchOptions {
        per_host: 1,
        ..options(&all)
    };
    let outcomes = fetch(options, &all, never).await;
    let answered = outcomes
        .iter()
        .all(|it| matches!(&it.result, FetchResult::Response(r) if r.status == 200));
    let gaps = gaps(&times(world, "limit.example"));
    let first = gaps.first().copied().unwrap_or_default();
    demand(
        answered && gaps.len() == 2 && Duration::from_millis(990) <= first,
        format!("gaps {gaps:?}, all answered: {answered}"),
    )
}

/// `Crawl-delay: 1` is kept between requests.
pub(crate) async fn crawl_delay_spaces_requests(world: &World) -> Result<(), String> {
    let host = "robots-second.example";
    let all: Vec<Url> = ["/page/1", "/page/2", "/page/3"]
        .iter()
        .flat_map(|path| urls(world, std::iter::once(host.to_owned()), path))
        .collect();
    let options = FetchOptions {
        robots: Robots::CrawlDelay,
        ..options(&all)
    };
    fetch(options, &all, never).await;
    let requests = world.log.requests();
    let pages = requests
        .iter()
        .filter(|it| it.host.starts_with(host) && it.target != "/robots.txt");
    let gaps = gaps(&pages.map(|request| request.at).collect::<Vec<_>>());
    // A request that a busy machine brings late is nearer to the next one.
    let kept = gaps.len() == 2 && gaps.iter().all(|gap| Duration::from_millis(700) <= *gap);
    demand(kept, format!("gaps {gaps:?}"))
}

/// `Crawl-delay: 86400` is kept up to the longest pause that the settings allow.
pub(crate) async fn crawl_delay_of_a_day_is_capped(world: &World) -> Result<(), String> {
    let longest = Duration::from_millis(200);
    let host = "robots-day.example";
    let all: Vec<Url> = ["/page/1", "/page/2", "/page/3"]
        .iter()
        .flat_map(|path| urls(world, std::iter::once(host.to_owned()), path))
        .collect();
    let options = FetchOptions {
        robots: Robots::CrawlDelay,
        max_interval: longest,
        ..options(&all)
    };
    let answered = fetch(options, &all, never).await.len();
    let gaps = gaps(&times(world, host));
    // One request that a busy machine brings late is as much nearer to the next one.
    let slack = Duration::from_millis(100);
    let whole: Duration = gaps.iter().sum();
    demand(
        answered == 3 && gaps.len() == 3 && 3 * longest <= whole + slack,
        format!("{answered} of 3, gaps {gaps:?}"),
    )
}

/// Twenty addresses on one host do not hold up twenty hosts listed after them, and never more
/// than two of them are under way.
pub(crate) async fn host_by_host(world: &World) -> Result<(), String> {
    let one = (0..20).flat_map(|n| {
        urls(
            world,
            std::iter::once("busy.example".to_owned()),
            &format!("/many/{}", n + 10),
        )
    });
    let many = urls(
        world,
        (0..20).map(|n| format!("idle{n}.example")),
        "/many/1",
    );
    let all: Vec<Url> = one.chain(many).collect();
    let mut order = Vec::new();
    fetch(options(&all), &all, |outcome| {
        order.push(outcome.requested.host_str().unwrap_or_default().to_owned());
        false
    })
    .await;
    let last_idle = order
        .iter()
        .rposition(|host| host.starts_with("idle"))
        .unwrap_or(usize::MAX);
    let most = world
        .log
        .most_in_flight(&format!("busy.example:{}", world.http.port()));
    let starts = times(world, "busy.example");
    let took = starts
        .iter()
        .max()
        .zip(starts.iter().min())
        .map(|(last, first)| *last - *first)
        .unwrap_or_default();
    // A quarter of the pause to begin with, nineteen times.
    let least = Duration::from_millis(19 * 25 - 25);
    demand(
        order.len() == 40 && last_idle < 30 && (1..=2).contains(&most) && least <= took,
        format!(
            "the last other host came as number {last_idle} of {}, {most} in flight, \
             all asked within {took:?}",
            order.len()
        ),
    )
}

/// Each name of a machine is a host of its own; how many are asked at once is the run's limit.
pub(crate) async fn one_machine_many_names(world: &World) -> Result<(), String> {
    let all = urls(
        world,
        (0..50).map(|n| format!("cdn{n}.example")),
        "/many/100",
    );
    let options = FetchOptions {
        concurrency: 8,
        ..options(&all)
    };
    fetch(options, &all, never).await;
    let requests = world.log.requests();
    let mut starts: Vec<Instant> = requests
        .iter()
        .filter(|it| it.host.starts_with("cdn"))
        .map(|it| it.at)
        .collect();
    starts.sort();
    // Each answer takes 100 ms, so that nine starts take longer than that.
    let window = Duration::from_millis(90);
    let too_many = starts
        .windows(9)
        .filter(|starts| starts[8] - starts[0] < window)
        .count();
    demand(
        starts.len() == 50 && too_many == 0,
        format!(
            "{} asked, {too_many} times more than 8 at once",
            starts.len()
        ),
    )
}

/// A host that grows slower is asked less often.
pub(crate) async fn pause_follows_latency(world: &World) -> Result<(), String> {
    let host = || std::iter::once("tired.example".to_owned());
    let all: Vec<Url> = (300..310)
        .flat_map(|millis| urls(world, host(), &format!("/many/{millis}")))
        .collect();
    let options = FetchOptions {
        interval: Duration::from_millis(20),
        per_host: 2,
        ..options(&all)
    };
    fetch(options, &all, never).await;
    let gaps = gaps(&times(world, "tired.example"));
    // Without it two start at a time, 20 ms apart, as soon as the two before them are done.
    let last = gaps.iter().rev().take(3).min().copied().unwrap_or_default();
    demand(
        gaps.len() == 9 && Duration::from_millis(50) <= last,
        format!("pauses of {gaps:?} between answers that take 300 ms"),
    )
}
