//! What a run takes from the history, and what it gives to it.

use citecheck::article::{ReadOptions, read};
use citecheck::check::{Memory, RecallOptions, recall};
use citecheck::history::{Confirm, Entry, Observation, Store};
use citecheck::model::{
    Article, FailureKind, FetchFailure, FetchOutcome, FetchResult, HttpResponse, InputFormat,
    LinkFacts, LinkVerdict, SkipReason,
};
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use url::Url;

fn url(path: &str) -> Url {
    Url::parse("https://river.example/")
        .unwrap()
        .join(path)
        .unwrap()
}

fn at(hours: i64) -> Timestamp {
    Timestamp::from_second(1_772_000_000 + hours * 3600).unwrap()
}

fn facts(path: &str, result: FetchResult) -> LinkFacts {
    LinkFacts::of(FetchOutcome {
        requested: url(path),
        hops: Vec::new(),
        landed: url(path),
        fetched_at: at(0),
        attempts: 1,
        result,
    })
}

fn response(path: &str, status: u16) -> LinkFacts {
    let etag = ("etag".to_owned(), "\"a\"".to_owned());
    facts(
        path,
        FetchResult::Response(HttpResponse {
            status,
            headers: vec![etag],
            body: Vec::new(),
            truncated: None,
        }),
    )
}

fn failed(path: &str, kind: FailureKind) -> LinkFacts {
    let detail = kind.as_str().to_owned();
    facts(path, FetchResult::Failed(FetchFailure { kind, detail }))
}

fn options(hours: i64, max_age: i64) -> RecallOptions {
    RecallOptions {
        now: at(hours),
        max_age: SignedDuration::from_hours(max_age),
        spare: true,
        reader: "1".to_owned(),
        confirm: Confirm::default(),
    }
}

#[test]
fn facts_are_used_again_while_they_are_young() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&folder.path().join("h.db")).unwrap();
    let seen = response("a", 200);
    let entry = Entry::Seen {
        url: url("a"),
        observation: Observation::of(&seen, LinkVerdict::Alive).unwrap(),
        facts: Some(Box::new(("1".to_owned(), seen))),
    };
    store.write(vec![entry]).unwrap();
    let check = |options: &RecallOptions, expect: &str| {
        let recalled = recall(&store, &[url("a"), url("b")], options).unwrap();
        let asked = recalled.asks.iter().find(|ask| ask.url == url("a"));
        let told = match asked {
            None => "reused",
            Some(ask) if ask.validators.is_some() => "validated",
            Some(_) => "asked",
        };
        assert_eq!(told, expect, "{options:?}");
        assert_eq!(recalled.reused.len() + recalled.asks.len(), 2);
    };
    check(&options(0, 1), "reused");
    check(&options(23, 24), "reused");
    check(&options(24, 24), "validated");
    check(&options(0, 0), "validated");
    // A clock that was an hour ahead would spare requests for ever.
    check(&options(-1, 24), "validated");
    let spare = false;
    check(
        &RecallOptions {
            spare,
            ..options(0, 24)
        },
        "asked",
    );
    // What another version read from the page may be less than what this one reads.
    let reader = "2".to_owned();
    check(
        &RecallOptions {
            reader,
            ..options(0, 24)
        },
        "asked",
    );
}

fn article(text: &str) -> Vec<Article> {
    vec![read(
        "case.wiki",
        text,
        InputFormat::Wikitext,
        &ReadOptions::default(),
    )]
}

/// What is remembered of a run in which this happened: `path verdict`.
fn remembered(happened: &[LinkFacts], network_down: bool) -> Vec<String> {
    let folder: TempDir = tempfile::tempdir().unwrap();
    let file = folder.path().join("h.db");
    let articles = article("");
    let mut memory = Memory::new(Store::open(&file).unwrap(), &articles, "1");
    for facts in happened {
        memory.finished(facts);
    }
    assert_eq!(memory.close(network_down), None);
    let mut all = Vec::new();
    let take = |url: &Url, seen: &[Observation]| {
        all.push(format!("{} {}", url.path(), seen[0].verdict.as_str()));
        Ok::<(), citecheck::history::HistoryError>(())
    };
    Store::open_existing(&file).unwrap().each(take).unwrap();
    all
}

#[test]
fn a_network_that_is_away_is_no_fact_about_links() {
    let silent = [
        failed("a", FailureKind::Timeout),
        failed("b", FailureKind::Dns),
    ];
    assert_eq!(remembered(&silent, true), [""; 0]);
    assert_eq!(
        remembered(&silent, false),
        ["/a unstable", "/b no-such-host"]
    );
    // A sign of life, even of a host that refuses, makes facts of them all.
    let mut alive = silent.to_vec();
    alive.push(failed("c", FailureKind::Connect));
    alive.push(failed("d", FailureKind::Timeout));
    let all = [
        "/a unstable",
        "/b no-such-host",
        "/c refused",
        "/d unstable",
    ];
    assert_eq!(remembered(&alive, true), all);
}

#[test]
fn what_was_not_asked_is_not_remembered() {
    let mut private = failed("a", FailureKind::PrivateAddress);
    private.outcome.attempts = 0;
    let skipped = [
        SkipReason::Interrupted,
        SkipReason::Robots,
        SkipReason::HostPaused,
        SkipReason::NotRecorded,
    ];
    let skipped = skipped.map(|reason| facts("a", FetchResult::Skipped(reason)));
    assert_eq!(remembered(&skipped, false), [""; 0]);
    assert_eq!(remembered(&[private], false), [""; 0]);
    // An answer of 304 to a page of which nothing is kept.
    assert_eq!(remembered(&[response("a", 304)], false), [""; 0]);
}
