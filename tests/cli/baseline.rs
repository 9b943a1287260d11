//! `--baseline`: what is known is held back, what is new is told.

use serde_json::Value;

use super::place::Place;
use super::server::serve;

/// A reference whose access date no calendar has.
pub(crate) fn faulty(page: &str, title: &str) -> String {
    format!(
        "A river.<ref>{{{{cite web |title={title} |url=https://river.example/{page} |date=3 May 2019 \
         |access-date=31 February 2020 |website=The Post}}}}</ref>\n"
    )
}

const OFFLINE: [&str; 4] = ["check", "a.wiki", "--offline", "--format"];

fn run(place: &Place, more: &[&str]) -> (i32, Value, String) {
    let (status, out, error) = place.run(&[&OFFLINE, ["json"].as_slice(), more].concat());
    (status, serde_json::from_str(&out).unwrap(), error)
}

pub(crate) fn count(report: &Value, of: &str) -> u64 {
    report
        .pointer(&format!("/counts/{of}"))
        .unwrap()
        .as_u64()
        .unwrap()
}

/// Findings in order, those of the run last: `dead-link 3`.
pub(crate) fn rules(report: &Value) -> Vec<String> {
    let list = |of: &Value| of.get("findings").unwrap().as_array().unwrap().clone();
    let articles = report.get("articles").unwrap().as_array().unwrap();
    let all = articles.iter().flat_map(list).chain(list(report));
    all.map(|finding| {
        let name = finding.get("name").unwrap().as_str().unwrap();
        format!("{name} {}", finding.get("reference").unwrap())
    })
    .collect()
}

#[test]
fn a_baseline_holds_back_what_it_knows_whatever_is_inserted_above() {
    let place = Place::new();
    let (one, two) = (faulty("one", "Весна на річці"), faulty("two", "川の春"));
    place.write("a.wiki", format!("{one}{two}"));
    assert_eq!(run(&place, &[]).0, 1);
    let (status, report, error) = run(&place, &["--update-baseline"]);
    assert_eq!((status, rules(&report)), (0, vec![]));
    assert!(error.contains("citecheck-baseline.json holds"), "{error}");
    let written = place.read("citecheck-baseline.json");
    assert!(
        written
            .lines()
            .any(|line| line.contains("river.example/one"))
    );

    let fresh = faulty("fresh", "فروردین");
    place.write("a.wiki", format!("Intro.\n\n{fresh}{two}\n{one}"));
    let (status, report, _) = run(&place, &["--baseline", "citecheck-baseline.json"]);
    assert_eq!(status, 1);
    let new = rules(&report);
    assert!(
        !new.is_empty() && new.iter().all(|it| it.ends_with(" 1")),
        "{new:?}"
    );
    assert!(1 < count(&report, "baselined"));
    assert_eq!(place.read("citecheck-baseline.json"), written);

    let (_, out, _) = place.run(&[
        "check",
        "a.wiki",
        "--offline",
        "--baseline",
        "citecheck-baseline.json",
    ]);
    assert!(out.contains("known from the baseline"), "{out}");
    place.write("a.wiki", format!("{two}{one}"));
    let known = [
        "check",
        "a.wiki",
        "--offline",
        "--baseline",
        "citecheck-baseline.json",
    ];
    for format in ["terminal", "markdown"] {
        let (_, out, _) = place.run(&[known.as_slice(), &["--format", format]].concat());
        assert!(out.contains("no new findings"), "{out}");
        assert!(out.contains("known from the baseline"), "{out}");
    }
}

#[test]
fn the_same_again_is_new() {
    let place = Place::new();
    let one = faulty("one", "A river");
    place.write("a.wiki", &one);
    run(&place, &["--update-baseline"]);
    place.write(
        "a.wiki",
        format!("{one}{}", one.replace("A river.", "A bank.")),
    );
    let (status, report, _) = run(&place, &["--baseline", "citecheck-baseline.json"]);
    assert_eq!(status, 1);
    assert!(rules(&report).contains(&"invalid-date 2".to_owned()));
}

#[test]
fn what_is_found_no_more_is_told_and_taken_out() {
    let place = Place::new();
    place.write("a.wiki", faulty("one", "A river"));
    place.write("b.wiki", faulty("two", "A bank"));
    let both = [
        "check",
        "a.wiki",
        "b.wiki",
        "--offline",
        "--update-baseline",
    ];
    assert_eq!(place.run(&both).0, 0);
    let before = place.read("citecheck-baseline.json");
    place.write("a.wiki", "Nothing.<ref>A book, page 3.</ref>\n");
    place.write("b.wiki", "Nothing.<ref>A book, page 3.</ref>\n");
    let known = ["--baseline", "citecheck-baseline.json"];

    let (status, report, _) = run(&place, &known);
    assert_eq!(status, 0);
    assert!(rules(&report).contains(&"stale-baseline null".to_owned()));
    assert_eq!(place.read("citecheck-baseline.json"), before);

    // What the run did not look at stays: the other article.
    let (_, report, _) = run(&place, &["--update-baseline"]);
    assert!(!rules(&report).contains(&"stale-baseline null".to_owned()));
    let after = place.read("citecheck-baseline.json");
    assert!(
        after.contains("b.wiki") && !after.contains("river.example/one"),
        "{after}"
    );
    let kept: Vec<&str> = before
        .lines()
        .filter(|line| line.contains("b.wiki"))
        .collect();
    let now: Vec<&str> = after
        .lines()
        .filter(|line| line.contains("b.wiki"))
        .collect();
    assert_eq!(kept, now);
}

#[test]
fn an_offline_run_says_nothing_of_links() {
    let place = Place::new();
    place.write("a.wiki", faulty("one", "A river"));
    place.write(
        "known.json",
        "{\"baseline\":1,\"findings\":[\n\
         {\"article\":\"./a.wiki\",\"about\":\"river.example/one\",\"rule\":\"dead-link\",\"count\":1},\n\
         {\"article\":\"a.wiki\",\"about\":\"river.example/one\",\"rule\":\"dead-link\",\"count\":1,\
         \"message\":\"answers 404\",\"reason\":\"the mirror is down\"}\n]}\n",
    );
    let (_, report, _) = run(&place, &["--baseline", "known.json"]);
    assert!(!rules(&report).contains(&"stale-baseline null".to_owned()));
    run(&place, &["--baseline", "known.json", "--update-baseline"]);
    let after = place.read("known.json");
    assert!(after.contains("the mirror is down"), "{after}");
    assert_eq!(after.matches("dead-link").count(), 1, "{after}");
    // Without --update-baseline the settings' file is read all the same.
    place.write("citecheck.toml", "baseline = \"known.json\"\n");
    assert_eq!(run(&place, &[]).0, 0);
    assert_eq!(run(&place, &["--no-baseline"]).0, 1);
}

#[test]
fn faults_of_a_baseline_are_told_with_their_place() {
    let place = Place::new();
    place.write("a.wiki", faulty("one", "A river"));
    place.write(
        "wrong.json",
        "{\"baseline\":1,\"findings\":[\n{\"article\":\"a.wiki\"}\n]}\n",
    );
    place.write("later.json", "{\"baseline\":2,\"entries\":[]}\n");
    place.write("list.txt", "no baseline\n");
    for (file, expect) in [
        (
            "gone.json",
            "no baseline gone.json; --update-baseline makes it",
        ),
        (
            "wrong.json",
            "cannot read wrong.json: no baseline in line 2: missing field",
        ),
        (
            "later.json",
            "cannot read later.json: version 2 of baselines is not known",
        ),
        ("list.txt", "no baseline in line 1"),
    ] {
        let (status, out, error) = place.run(&["check", "a.wiki", "--offline", "--baseline", file]);
        assert_eq!((status, out.as_str()), (2, ""), "{file}");
        assert!(error.contains(expect), "{file}: {error}");
    }
    let (status, _, error) = place.run(&[
        "check",
        "a.wiki",
        "--offline",
        "--update-baseline",
        "--baseline",
        "a.wiki",
    ]);
    assert_eq!(status, 2);
    assert!(error.contains("a.wiki"), "{error}");
}

#[test]
fn articles_that_left_a_folder_leave_the_baseline() {
    let place = Place::new();
    for name in ["a", "b", "c"] {
        place.write(&format!("lists/{name}.wiki"), faulty(name, "A river"));
    }
    place.write("other/d.wiki", faulty("d", "A river"));
    let update = ["--offline", "--update-baseline"];
    place.run(&[&["check", "lists", "other"], update.as_slice()].concat());
    std::fs::remove_file(place.path("lists/a.wiki")).unwrap();
    place.write("lists/b.wiki", "Nothing cited.\n");
    let whole = place.path("lists").display().to_string();
    let (status, _, error) = place.run(&[&["check", &whole], update.as_slice()].concat());
    assert_eq!(status, 0, "{error}");
    let left = place.read("citecheck-baseline.json");
    let articles = [
        "lists/a.wiki",
        "lists/b.wiki",
        "lists/c.wiki",
        "other/d.wiki",
    ];
    let there = articles.map(|name| left.contains(name));
    assert_eq!(there, [false, false, true, true], "{left}");
}

#[test]
fn a_run_whose_time_is_up_takes_in_what_it_found_and_drops_nothing() {
    let place = Place::new();
    let origin = serve();
    let cite =
        |page: &str| format!("T.<ref>{{{{cite web |title=A |url={origin}/{page}}}}}</ref>\n");
    place.write("a.wiki", ["gone", "slow"].map(cite).concat());
    let about = format!("{}/slow", origin.trim_start_matches("http://"));
    let known = ["dead-link", "title-mismatch", "invalid-date"].map(|rule| {
        format!("{{\"article\":\"a.wiki\",\"about\":\"{about}\",\"rule\":\"{rule}\",\"count\":1}}")
    });
    place.write(
        "known.json",
        format!(
            "{{\"baseline\":1,\"findings\":[\n{}\n]}}\n",
            known.join(",\n")
        ),
    );
    let live = [
        "check",
        "a.wiki",
        "--allow-private",
        "--interval",
        "0ms",
        "--max-duration",
        "2s",
        "--history",
        "seen.db",
        "--baseline",
        "known.json",
        "--format",
        "json",
    ];
    let (status, out, error) = place.run(&[live.as_slice(), &["--update-baseline"]].concat());
    assert_eq!(status, 2, "{error}");
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report.pointer("/run/partial").unwrap(), true);
    assert_eq!(rules(&report), Vec::<String>::new());
    let after = place.read("known.json");
    let lines: Vec<&str> = after
        .lines()
        .filter(|line| line.contains("/slow"))
        .collect();
    assert_eq!(lines.len(), 3, "{after}");
    assert!(after.contains("/gone\",\"rule\":\"dead-link\""), "{after}");
    // The shard of no host asks nothing and has all the time.
    let host = origin
        .trim_start_matches("http://")
        .split(':')
        .next()
        .unwrap();
    let of = 2;
    let mine = (1..=of).find(|index| citecheck::model::Shard { index: *index, of }.takes(host));
    let other = format!("{}/{of}", 3 - mine.unwrap());
    let (status, out, error) = place.run(&[live.as_slice(), &["--shard", &other]].concat());
    assert_eq!(status, 0, "{error}");
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report.pointer("/run/partial").unwrap(), false);
    assert_eq!(count(&report, "urls"), 0);
}

#[test]
fn a_baseline_of_the_settings_is_the_same_from_any_folder() {
    let place = Place::new();
    place.write("citecheck.toml", "baseline = \"known.json\"\n");
    place.write("lists/a.wiki", faulty("one", "A river"));
    let update = ["check", "lists", "--offline", "--update-baseline"];
    assert_eq!(place.run(&update).0, 0);
    assert!(place.read("known.json").contains("\"lists/a.wiki\""));
    let whole = place.path("lists/a.wiki").display().to_string();
    for (folder, input) in [
        (".", "lists/a.wiki"),
        ("lists", "a.wiki"),
        ("lists", whole.as_str()),
    ] {
        let (status, out, error) = place.run_in(folder, &["check", input, "--offline"]);
        assert_eq!(status, 0, "{folder} {input}: {out}{error}");
    }
    place.write("typo.toml", "baselin = \"known.json\"\n");
    let (_, _, error) = place.run(&["check", "lists", "--config", "typo.toml"]);
    assert!(error.contains("did you mean `baseline`?"), "{error}");
}
