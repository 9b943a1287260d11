//! The file: what is written is there, whoever else writes, whatever state it is found in.

use std::fs;
use std::path::PathBuf;
use std::thread;

use citecheck::history::{
    Confirm, Entry, HistoryError, Imported, Observation, Pruned, Store, Writer, export, import,
    prune,
};
use citecheck::model::{
    FailureKind, FetchFailure, FetchOutcome, FetchResult, HttpResponse, LinkFacts, LinkVerdict,
    PageEvidence, TitleCandidate,
};
use jiff::Timestamp;
use tempfile::TempDir;
use url::Url;

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("kept/history.db")
    }

    fn store(&self) -> Store {
        Store::open(&self.file()).unwrap()
    }
}

fn url(path: &str) -> Url {
    Url::parse("https://river.example/")
        .unwrap()
        .join(path)
        .unwrap()
}

fn day(day: i64) -> Timestamp {
    Timestamp::from_second(1_772_000_000 + day * 86_400).unwrap()
}

/// A page of 200 with an `ETag`.
fn page(path: &str, at: Timestamp) -> LinkFacts {
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    LinkFacts {
        page: Some(Box::new(PageEvidence {
            titles: vec![TitleCandidate {
                value: "Річка навесні".to_owned(),
                source: "<h1>".to_owned(),
            }],
            ..PageEvidence::default()
        })),
        ..LinkFacts::of(FetchOutcome {
            requested: url(path),
            hops: Vec::new(),
            landed: url(path),
            fetched_at: at,
            attempts: 1,
            result: FetchResult::Response(HttpResponse {
                status: 200,
                headers: vec![
                    header("etag", "W/\"a\""),
                    header("set-cookie", "session=secret; Path=/"),
                    header("content-security-policy", "default-src 'self'"),
                ],
                body: Vec::new(),
                truncated: None,
            }),
        })
    }
}

fn failure(path: &str, at: Timestamp) -> LinkFacts {
    let mut facts = page(path, at);
    facts.page = None;
    facts.outcome.result = FetchResult::Failed(FetchFailure {
        kind: FailureKind::Connect,
        detail: "connection refused".to_owned(),
    });
    facts
}

fn entry(facts: &LinkFacts, verdict: LinkVerdict) -> Entry {
    Entry::Seen {
        url: facts.outcome.requested.clone(),
        observation: Observation::of(facts, verdict).unwrap(),
        facts: Some(Box::new(("1".to_owned(), facts.clone()))),
    }
}

fn alive(path: &str, at: i64) -> Entry {
    entry(&page(path, day(at)), LinkVerdict::Alive)
}

fn refused(path: &str, at: i64) -> Entry {
    entry(&failure(path, day(at)), LinkVerdict::Refused)
}

fn days(store: &Store, path: &str) -> Vec<i64> {
    let seen = store.observations(&url(path)).unwrap();
    seen.iter()
        .map(|seen| seen.at.duration_since(day(0)).as_hours() / 24)
        .collect()
}

fn exported(store: &Store) -> String {
    let mut text = Vec::new();
    export(store, |line| {
        text.extend_from_slice(line);
        Ok::<(), HistoryError>(())
    })
    .unwrap();
    String::from_utf8(text).unwrap()
}

#[test]
fn what_was_written_is_read_back() {
    let folder = Folder::new();
    let mut store = folder.store();
    assert_eq!(
        store.write(vec![alive("a", 0), refused("b", 0)]).unwrap(),
        2
    );
    drop(store);
    let store = folder.store();
    let known = store.known(&url("a")).unwrap().unwrap();
    assert_eq!((known.at, known.reader.as_str()), (day(0), "1"));
    assert_eq!(known.etag.as_deref(), Some("W/\"a\""));
    let facts = store.facts(&url("a")).unwrap().unwrap();
    assert_eq!(facts.page, page("a", day(0)).page);
    let seen = store.observations(&url("b")).unwrap();
    assert_eq!(
        seen,
        [Observation::of(&failure("b", day(0)), LinkVerdict::Refused).unwrap()]
    );
    assert_eq!(store.known(&url("b")).unwrap().unwrap().etag, None);
    assert_eq!(store.known(&url("c")).unwrap(), None);
    assert_eq!(store.observations(&url("c")).unwrap(), []);
}

#[test]
fn secrets_and_policies_are_not_kept() {
    let folder = Folder::new();
    let mut store = folder.store();
    store.write(vec![alive("a", 0)]).unwrap();
    let facts = store.facts(&url("a")).unwrap().unwrap();
    let FetchResult::Response(response) = facts.outcome.result else {
        panic!("no response");
    };
    assert_eq!(response.header("set-cookie"), None);
    assert_eq!(response.header("content-security-policy"), None);
}

#[test]
fn the_same_twice_is_there_once_and_only_the_latest_facts_stay() {
    let folder = Folder::new();
    let mut store = folder.store();
    assert_eq!(store.write(vec![alive("a", 5)]).unwrap(), 1);
    assert_eq!(store.write(vec![alive("a", 5), alive("a", 2)]).unwrap(), 1);
    assert_eq!(days(&store, "a"), [2, 5]);
    assert_eq!(store.known(&url("a")).unwrap().unwrap().at, day(5));
}

#[test]
fn an_unchanged_page_keeps_its_facts_with_the_new_instant() {
    let folder = Folder::new();
    let mut store = folder.store();
    let unchanged = |at| Entry::Unchanged {
        url: url("a"),
        at: day(at),
        since: day(0),
    };
    assert_eq!(
        store.write(vec![unchanged(1)]).unwrap(),
        0,
        "nothing to keep"
    );
    store.write(vec![alive("a", 0)]).unwrap();
    assert_eq!(store.write(vec![unchanged(7), unchanged(7)]).unwrap(), 1);
    assert_eq!(days(&store, "a"), [0, 7]);
    assert!(
        store
            .observations(&url("a"))
            .unwrap()
            .iter()
            .all(|seen| seen.verdict == LinkVerdict::Alive)
    );
    let facts = store.facts(&url("a")).unwrap().unwrap();
    assert_eq!(facts.outcome.fetched_at, day(7));
    assert_eq!(facts.page, page("a", day(0)).page);
}

#[test]
fn an_unchanged_page_is_what_it_was_asked_by_whatever_others_saw_since() {
    let folder = Folder::new();
    let mut store = folder.store();
    store.write(vec![alive("a", 0), refused("a", 3)]).unwrap();
    let unchanged = Entry::Unchanged {
        url: url("a"),
        at: day(7),
        since: day(0),
    };
    assert_eq!(store.write(vec![unchanged]).unwrap(), 1);
    let seen = store.observations(&url("a")).unwrap();
    let verdicts: Vec<LinkVerdict> = seen.iter().map(|seen| seen.verdict).collect();
    let (alive, refused) = (LinkVerdict::Alive, LinkVerdict::Refused);
    assert_eq!(verdicts, [alive, refused, alive]);
    assert_eq!(store.facts(&url("a")).unwrap(), None, "those of day 3");
}

/// A pipe that looks at the history while it is read.
struct Pipe(Folder);

impl std::io::Read for Pipe {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        let file = rusqlite::Connection::open(self.0.file()).unwrap();
        file.busy_timeout(std::time::Duration::ZERO).unwrap();
        file.execute_batch("BEGIN IMMEDIATE; COMMIT").unwrap();
        Ok(0)
    }
}

#[test]
fn others_may_write_while_an_import_waits_for_its_lines() {
    let folder = Folder::new();
    let mut store = folder.store();
    let pipe = std::io::BufReader::new(Pipe(folder));
    assert_eq!(import(&mut store, pipe).unwrap().read, 0);
}

fn response(facts: &mut LinkFacts) -> &mut HttpResponse {
    let response = match &mut facts.outcome.result {
        FetchResult::Response(response) => Some(response),
        FetchResult::Failed(_) | FetchResult::Skipped(_) | _ => None,
    };
    response.unwrap()
}

#[test]
fn what_validates_nothing_is_not_offered() {
    let check = |spoil: fn(&mut LinkFacts)| {
        let folder = Folder::new();
        let mut store = folder.store();
        let mut facts = page("a", day(0));
        spoil(&mut facts);
        store
            .write(vec![entry(&facts, LinkVerdict::Alive)])
            .unwrap();
        store.known(&url("a")).unwrap().unwrap().etag
    };
    assert!(check(|_| {}).is_some());
    assert_eq!(check(|facts| response(facts).status = 404), None);
    assert_eq!(
        check(|facts| response(facts).truncated = Some(citecheck::model::Truncation::Disconnect)),
        None
    );
    assert_eq!(
        check(|facts| {
            let url = facts.outcome.requested.clone();
            facts
                .outcome
                .hops
                .push(citecheck::model::Hop { url, status: 301 });
        }),
        None
    );
}

#[test]
fn a_page_too_large_to_keep_hides_no_older_facts() {
    let folder = Folder::new();
    let mut store = folder.store();
    store.write(vec![alive("a", 0)]).unwrap();
    let mut large = page("a", day(1));
    large.page = Some(Box::new(PageEvidence {
        title: Some("x".repeat(2 << 20)),
        ..PageEvidence::default()
    }));
    store
        .write(vec![entry(&large, LinkVerdict::Alive)])
        .unwrap();
    assert_eq!(days(&store, "a"), [0, 1]);
    assert_eq!(store.known(&url("a")).unwrap(), None);
}

#[test]
fn an_older_schema_is_brought_up_and_loses_nothing() {
    let folder = Folder::new();
    fs::create_dir_all(folder.file().parent().unwrap()).unwrap();
    let old = rusqlite::Connection::open(folder.file()).unwrap();
    // What the first schema was, before whole facts were kept.
    old.execute_batch(
        "PRAGMA application_id = 1667855461; PRAGMA user_version = 1;
         CREATE TABLE url (id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE);
         CREATE TABLE observation (url INTEGER NOT NULL REFERENCES url (id), at INTEGER NOT NULL,
             verdict TEXT NOT NULL, status INTEGER, failure TEXT, landed TEXT,
             PRIMARY KEY (url, at, verdict)) WITHOUT ROWID;
         INSERT INTO url VALUES (7, 'https://river.example/a');
         INSERT INTO observation VALUES (7, 1772000000000, 'gone', 404, NULL, NULL);",
    )
    .unwrap();
    drop(old);
    let mut store = folder.store();
    let seen = store.observations(&url("a")).unwrap();
    assert_eq!(
        (seen[0].at, seen[0].verdict, seen[0].status),
        (day(0), LinkVerdict::Gone, Some(404))
    );
    store.write(vec![alive("a", 3)]).unwrap();
    assert!(store.facts(&url("a")).unwrap().is_some());
    drop(store);
    assert_eq!(days(&folder.store(), "a"), [0, 3]);
}

/// Opens what `spoil` made of a history; gives the error, and whether the file is as it was.
fn opened(spoil: impl FnOnce(&PathBuf)) -> (HistoryError, bool) {
    let folder = Folder::new();
    let mut store = folder.store();
    store
        .write((0..50).map(|at| alive("a", at)).collect())
        .unwrap();
    drop(store);
    spoil(&folder.file());
    let before = fs::read(folder.file()).unwrap();
    let error = Store::open(&folder.file()).map(drop).unwrap_err();
    (error, fs::read(folder.file()).unwrap() == before)
}

#[test]
fn what_cannot_be_used_is_named_and_left_alone() {
    let sql = |sql: &'static str| {
        move |file: &PathBuf| {
            rusqlite::Connection::open(file)
                .unwrap()
                .execute_batch(sql)
                .unwrap();
        }
    };
    let (newer, same) = opened(sql("PRAGMA user_version = 99"));
    assert!(
        same && newer
            .to_string()
            .contains("newer citecheck (schema 99; this one knows 2)"),
        "{newer}"
    );
    let (foreign, same) = opened(sql("PRAGMA application_id = 5"));
    assert!(
        same && foreign.to_string().contains("no history of citecheck"),
        "{foreign}"
    );
    let (text, same) =
        opened(|file| fs::write(file, "a text, not a database\n".repeat(99)).unwrap());
    assert!(same && text.to_string().contains("is damaged"), "{text}");
    assert!(text.to_string().contains("move it away"), "{text}");
    let (header, same) = opened(|file| {
        let mut bytes = fs::read(file).unwrap();
        bytes[100..4096].fill(0xAA);
        fs::write(file, bytes).unwrap();
    });
    assert!(
        same && header.to_string().contains("is damaged"),
        "{header}"
    );
    for error in [newer, foreign, text, header] {
        assert!(!error.is_passing(), "{error}");
    }
}

#[test]
fn a_place_that_takes_no_file_is_passing() {
    let folder = Folder::new();
    drop(folder.store());
    let error = Store::open(&folder.file().join("below/history.db"))
        .map(drop)
        .unwrap_err();
    assert!(error.is_passing(), "{error}");
    let error = Store::open(folder.file().parent().unwrap())
        .map(drop)
        .unwrap_err();
    assert!(error.is_passing(), "{error}");
    let error = Store::open_existing(&folder.0.path().join("none.db"))
        .map(drop)
        .unwrap_err();
    assert!(matches!(error, HistoryError::Absent { .. }), "{error}");
}

#[test]
fn a_folder_of_its_own_is_kept_out_of_repositories() {
    let folder = Folder::new();
    drop(folder.store());
    let ignore = folder.file().parent().unwrap().join(".gitignore");
    assert_eq!(fs::read(ignore).unwrap(), b"*\n");
    drop(Store::open(&folder.0.path().join("beside.db")).unwrap());
    assert!(
        !folder.0.path().join(".gitignore").exists(),
        "not of a folder that was there"
    );
}

#[test]
fn several_at_once_lose_nothing() {
    let folder = Folder::new();
    thread::scope(|scope| {
        for run in 0..8 {
            let file = folder.file();
            scope.spawn(move || {
                let writer = Writer::start(Store::open(&file).unwrap());
                for at in 0..40 {
                    writer.write(alive("shared", run * 100 + at));
                    writer.write(refused(&format!("own-{run}"), at));
                }
                assert_eq!(writer.finish(), None);
            });
        }
    });
    let store = folder.store();
    assert_eq!(days(&store, "shared").len(), 8 * 40);
    for run in 0..8 {
        assert_eq!(days(&store, &format!("own-{run}")).len(), 40);
    }
    assert_eq!(store.known(&url("shared")).unwrap().unwrap().at, day(739));
}

#[test]
fn export_and_import_carry_everything_and_twice_is_once() {
    let (from, to) = (Folder::new(), Folder::new());
    let mut store = from.store();
    store
        .write(vec![
            alive("b", 0),
            refused("b", 3),
            alive("a", 0),
            alive("a", 7),
        ])
        .unwrap();
    let text = exported(&store);
    let short: Vec<String> = text
        .lines()
        .map(|line| {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            format!(
                "{} {} {}",
                line["url"],
                line["verdict"],
                line.get("facts").is_some()
            )
        })
        .collect();
    assert_eq!(
        short,
        [
            "\"https://river.example/a\" \"alive\" false",
            "\"https://river.example/a\" \"alive\" true",
            "\"https://river.example/b\" \"alive\" false",
            "\"https://river.example/b\" \"refused\" true",
        ]
    );
    let mut copy = to.store();
    let first = import(&mut copy, text.as_bytes()).unwrap();
    assert_eq!(first, Imported { new: 4, read: 4 });
    assert_eq!(
        import(&mut copy, text.as_bytes()).unwrap(),
        Imported { new: 0, read: 4 }
    );
    assert_eq!(exported(&copy), text);
    // In any order, on top of something else.
    let mut lines: Vec<&str> = text.lines().collect();
    lines.reverse();
    let mut other = Folder::new().store();
    other.write(vec![alive("a", 3)]).unwrap();
    import(&mut other, lines.join("\n").as_bytes()).unwrap();
    assert_eq!(days(&other, "a"), [0, 3, 7]);
    assert_eq!(
        other.known(&url("a")).unwrap(),
        store.known(&url("a")).unwrap()
    );
}

#[test]
fn bad_lines_are_numbered_and_nothing_is_taken_over() {
    let folder = Folder::new();
    let mut store = folder.store();
    store.write(vec![alive("a", 0)]).unwrap();
    let good = exported(&store);
    let before = good.clone();
    let other = good.replace("river.example/a\",\"at", "river.example/z\",\"at");
    let text = format!(
        "{}\n\n{{\"url\":7}}\n{}\nnot json\n{other}",
        good.trim().replace("river.example", "bank.example"),
        good.trim()
            .replace("\"verdict\":\"alive\"", "\"verdict\":\"fine\"")
    );
    let error = import(&mut store, text.as_bytes()).unwrap_err();
    let HistoryError::Lines(lines) = &error else {
        panic!("{error}");
    };
    let numbers: Vec<usize> = lines.iter().map(|line| line.number).collect();
    assert_eq!(numbers, [3, 4, 5, 6], "{error}");
    assert!(
        error
            .to_string()
            .starts_with("nothing was imported; line 3: "),
        "{error}"
    );
    assert_eq!(exported(&store), before);
    let endless = vec![b'x'; 5 << 20];
    let error = import(&mut store, endless.as_slice()).unwrap_err();
    assert!(error.to_string().contains("line 1: longer than"), "{error}");
}

#[test]
fn pruning_removes_rows_and_whole_urls() {
    let folder = Folder::new();
    let mut store = folder.store();
    let entries = (0..30)
        .map(|at| alive("kept", at))
        .chain([alive("old", 1), refused("old", 2)]);
    store.write(entries.collect()).unwrap();
    let pruned = prune(&mut store, day(20), 0, Confirm::default()).unwrap();
    assert_eq!(
        pruned,
        Pruned {
            observations: 19 + 2,
            urls: 1
        }
    );
    assert_eq!(
        days(&store, "kept"),
        [0].into_iter().chain(20..30).collect::<Vec<_>>()
    );
    assert!(store.facts(&url("kept")).unwrap().is_some());
    assert_eq!(store.facts(&url("old")).unwrap(), None);
    let again = prune(&mut store, day(20), 0, Confirm::default()).unwrap();
    assert_eq!(again, Pruned::default());
}
