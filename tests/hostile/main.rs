//! What hostile servers do, and that it comes out as it must: `cases.tsv` against loopback.
//!
//! `pending.tsv` lists what is known to fail; a line there whose case passes is a failure too, so
//! that the list can only shrink.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test helper may panic, and has no readers but these tests"
)]

mod case;
mod run;
mod server;
mod special;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use case::{cases, pending};
use world::World;

/// Cases that are under way at once, and how many of them with bodies of megabytes.
const AT_ONCE: usize = 12;
const LARGE_AT_ONCE: usize = 1;

/// What takes longer is named.
const SLOW: Duration = Duration::from_secs(3);

#[test]
fn every_case_has_an_id_and_an_address_of_its_own() {
    let cases = cases();
    let ids: BTreeSet<&str> = cases.iter().map(|case| case.id.as_str()).collect();
    assert_eq!(ids.len(), cases.len());
    let mut asks = BTreeSet::new();
    for case in &cases {
        assert!(
            asks.insert((&case.ask, &case.settings)),
            "{} asks what another asks",
            case.id
        );
        let is_test = case.ask.starts_with("test:");
        assert!(
            is_test != case.verdicts.iter().any(|_| true),
            "{}: verdict or test",
            case.id
        );
    }
    for id in pending() {
        assert!(
            ids.contains(id.as_str()),
            "pending.tsv names {id}, which is no case"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_case_comes_out_as_expected() {
    let world = Arc::new(World::start().await);
    let pending = pending();
    let results = run_all(&world).await;
    let mut faults = String::new();
    for (id, (result, took)) in &results {
        if SLOW < *took {
            println!("{id} took {took:?}");
        }
        match (result, pending.contains(id)) {
            (Err(came), false) => writeln!(faults, "{id}\t{came}").unwrap(),
            (Ok(()), true) => {
                writeln!(faults, "{id}\tpasses now: delete its line in pending.tsv").unwrap();
            }
            (Ok(()), false) | (Err(_), true) => {}
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
    assert_eq!(
        world.intrusions(),
        0,
        "someone connected to a private address"
    );
    requests_give_nothing_away(&world);
    println!("{} cases", results.len());
}

async fn run_all(world: &Arc<World>) -> BTreeMap<String, (Result<(), String>, Duration)> {
    let (slots, large) = (
        Arc::new(Semaphore::new(AT_ONCE)),
        Arc::new(Semaphore::new(LARGE_AT_ONCE)),
    );
    let mut running = JoinSet::new();
    for case in cases() {
        let (world, slots, large) = (Arc::clone(world), Arc::clone(&slots), Arc::clone(&large));
        running.spawn(async move {
            let _turn = if case.setting("large").is_some() {
                (large.acquire_owned().await, None)
            } else {
                (slots.acquire_owned().await, None::<()>)
            };
            let begun = Instant::now();
            let result = match case.ask.strip_prefix("test:") {
                Some(name) => special::run(name, &world).await,
                None => run::run(&case, &world).await,
            };
            (case.id, (result, begun.elapsed()))
        });
    }
    let mut results = BTreeMap::new();
    while let Some(done) = running.join_next().await {
        let (id, result) = done.unwrap();
        results.insert(id, result);
    }
    results
}

/// Nothing that a server saw tells where a reader came from or who they are, and every request
/// says who asks.
fn requests_give_nothing_away(world: &World) {
    let requests = world.log.requests();
    assert!(!requests.is_empty());
    for request in requests {
        let head = &request.head;
        for name in ["referer", "authorization", "origin", "proxy-authorization"] {
            assert_eq!(request.header(name), None, "{head}");
        }
        // A server may know again whom it sent on to itself, and nobody else.
        let own = request.target == "/redirect/itself";
        assert!(own || request.header("cookie").is_none(), "{head}");
        let agent = request.header("user-agent").unwrap_or_default();
        assert!(agent.starts_with("citecheck/"), "{head}");
        assert!(head.starts_with("GET "), "{head}");
        assert!(!request.target.contains('#'), "{head}");
    }
}
