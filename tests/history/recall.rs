//! What a run takes from the history, and what it gives to it.

use citecheck::article::{ReadOptions, read};
use citecheck::check::{Facts, Memory, RecallOptions, Recalled, complete, recall};
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

/// What is remembered of a run in which this happened: `path verdict`. The run ended before its
/// time, or found these links to have been asked in vain.
fn remembered(happened: &[LinkFacts], stopped: bool, in_vain: &[&str]) -> Vec<String> {
    let folder: TempDir = tempfile::tempdir().unwrap();
    let file = folder.path().join("h.db");
    let articles = article("");
    let mut memory = Memory::new(Store::open(&file).unwrap(), &articles, "1");
    for facts in happened {
        memory.finished(facts);
    }
    let gathered = in_vain.iter().map(|path| {
        let away = facts(path, FetchResult::Skipped(SkipReason::NoNetwork));
        (url(path), away)
    });
    assert_eq!(memory.close(&gathered.collect(), stopped), None);
    let mut all = Vec::new();
    let take = |url: &Url, seen: &[Observation]| {
        let verdicts: Vec<&str> = seen.iter().map(|seen| seen.verdict.as_str()).collect();
        all.push(format!("{} {}", url.path(), verdicts.join(" ")));
        Ok::<(), citecheck::history::HistoryError>(())
    };
    let store = Store::open_existing(&file).unwrap();
    store.each(take).unwrap();
    for path in in_vain {
        assert_eq!(store.known(&url(path)).unwrap(), None, "no facts either");
    }
    all
}

#[test]
fn a_network_that_is_away_is_no_fact_about_links() {
    let silent = [
        failed("a", FailureKind::Timeout),
        failed("b", FailureKind::Dns),
    ];
    // A run that was stopped did not look whether it was the network.
    assert_eq!(remembered(&silent, true, &[]), [""; 0]);
    let both = ["/a unstable", "/b no-such-host"];
    assert_eq!(remembered(&silent, false, &[]), both);
    // A sign of life makes facts of all failures before it, and says nothing of those after it:
    // the network may have been lost since.
    let mut lost = silent.to_vec();
    lost.push(response("c", 404));
    lost.push(failed("d", FailureKind::Timeout));
    lost.push(failed("e", FailureKind::Connect));
    let until_then = ["/a unstable", "/b no-such-host", "/c gone"];
    assert_eq!(remembered(&lost, true, &["d", "e"]), until_then);
    assert_eq!(remembered(&lost, true, &[]), until_then);
    let all = [&until_then[..], &["/d unstable", "/e refused"]].concat();
    assert_eq!(remembered(&lost, false, &[]), all);
}

#[test]
fn answers_that_turn_out_to_be_a_portals_are_taken_back() {
    let answers = ["a", "b", "c"].map(|path| response(path, 404));
    let one = remembered(&answers, true, &["b", "c"]);
    assert_eq!(one, ["/a gone"]);
    assert_eq!(remembered(&answers, true, &["a", "b", "c"]), [""; 0]);
}

#[test]
fn what_was_seen_before_the_portal_stays() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("h.db");
    let articles = article("");
    let before = response("a", 404);
    let mut memory = Memory::new(Store::open(&file).unwrap(), &articles, "1");
    memory.finished(&before);
    assert_eq!(memory.close(&Facts::new(), false), None);
    let mut portal = response("a", 200);
    portal.outcome.fetched_at = at(24);
    let mut away = facts("a", FetchResult::Skipped(SkipReason::NoNetwork));
    away.outcome.fetched_at = at(24);
    let mut memory = Memory::new(Store::open(&file).unwrap(), &articles, "1");
    memory.finished(&portal);
    let gathered = Facts::from([(url("a"), away)]);
    assert_eq!(memory.close(&gathered, true), None);
    let seen = Store::open(&file).unwrap().observations(&url("a")).unwrap();
    let seen: Vec<(Timestamp, LinkVerdict)> =
        seen.iter().map(|seen| (seen.at, seen.verdict)).collect();
    assert_eq!(seen, [(at(0), LinkVerdict::Gone)]);
}

#[test]
fn what_is_learnt_later_takes_the_place_of_what_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("h.db");
    let articles = article("");
    let mut seen = response("a", 200);
    let mut memory = Memory::new(Store::open(&file).unwrap(), &articles, "1");
    memory.finished(&seen);
    seen.outcome.result = response("a", 404).outcome.result;
    memory.completed(&seen);
    assert_eq!(memory.close(&Facts::new(), false), None);
    let store = Store::open(&file).unwrap();
    let all = store.observations(&url("a")).unwrap();
    let verdicts: Vec<LinkVerdict> = all.iter().map(|seen| seen.verdict).collect();
    assert_eq!(verdicts, [LinkVerdict::Gone]);
    assert_eq!(store.facts(&url("a")).unwrap(), Some(seen));
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
    assert_eq!(remembered(&skipped, false, &[]), [""; 0]);
    assert_eq!(remembered(&[private], false, &[]), [""; 0]);
    // An answer of 304 to a page of which nothing is kept.
    assert_eq!(remembered(&[response("a", 304)], false, &[]), [""; 0]);
}

#[test]
fn an_answer_of_304_stands_for_the_facts_that_were_asked_by() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("h.db");
    let mut store = Store::open(&file).unwrap();
    let entry = |facts: &LinkFacts, verdict| Entry::Seen {
        url: url("a"),
        observation: Observation::of(facts, verdict).unwrap(),
        facts: Some(Box::new(("1".to_owned(), facts.clone()))),
    };
    let alive = response("a", 200);
    store
        .write(vec![entry(&alive, LinkVerdict::Alive)])
        .unwrap();
    let recalled = recall(&store, &[url("a")], &options(48, 24)).unwrap();
    // Meanwhile another run gets something else.
    let mut other = response("a", 404);
    other.outcome.fetched_at = at(24);
    store.write(vec![entry(&other, LinkVerdict::Gone)]).unwrap();
    let mut unchanged = response("a", 304);
    unchanged.outcome.fetched_at = at(48);
    let writing = Store::open(&file).unwrap();
    let mut memory = Memory::new(writing, &[], "1").validating(&recalled.validated);
    memory.finished(&unchanged);
    let mut gathered = Facts::from([(url("a"), unchanged)]);
    assert_eq!(memory.close(&gathered, false), None);
    let options = options(48, 24);
    let Recalled {
        reused, validated, ..
    } = recalled;
    complete(&store, &mut gathered, reused, validated, &options).unwrap();
    let completed = &gathered[&url("a")];
    assert_eq!(completed.outcome.result, alive.outcome.result);
    assert_eq!(completed.outcome.fetched_at, at(48));
    let history = completed.history.as_ref().unwrap();
    assert_eq!(history.last_alive, Some(at(48)));
    assert_eq!(history.dead_since, None);
}
