//! `--reference`, `--shard`, `--changed-since`: a run about a part of its inputs.

use std::process::Command;

use serde_json::Value;

use super::baseline::{count, faulty, rules};
use super::place::Place;
use super::server::serve;

fn json(place: &Place, args: &[&str]) -> (i32, Value) {
    let all = [&["check", "--format", "json"], args].concat();
    let (status, out, error) = place.run(&all);
    assert!(out.starts_with('{'), "{out}{error}");
    (status, serde_json::from_str(&out).unwrap())
}

fn numbers(report: &Value) -> Vec<u64> {
    let articles = report.get("articles").unwrap().as_array().unwrap().iter();
    let references = articles.flat_map(|it| it.get("references").unwrap().as_array().unwrap());
    references
        .map(|it| it.get("number").unwrap().as_u64().unwrap())
        .collect()
}

fn limited(report: &Value) -> &str {
    let limit = report.pointer("/run/limited_to").unwrap();
    limit.as_str().unwrap_or_default()
}

fn four(place: &Place) {
    let named = faulty("four", "Four").replace("<ref>", "<ref name=\"Річка 4\">");
    let all = ["one", "two", "three"]
        .map(|page| faulty(page, page))
        .concat();
    place.write("a.wiki", format!("{all}{named}U.<ref name=\"gone\" />\n"));
}

#[test]
fn one_reference_is_asked_and_told_alone() {
    let place = Place::new();
    let origin = serve();
    let cite =
        |page: &str| format!("T.<ref>{{{{cite web |title=A |url={origin}/{page}}}}}</ref>\n");
    place.write("a.wiki", ["x", "spring", "z"].map(cite).concat());
    let live = ["a.wiki", "--allow-private", "--interval", "0ms"];
    let (status, report) = json(&place, &[live.as_slice(), &["--reference", "2"]].concat());
    assert_eq!((status, numbers(&report)), (0, vec![2]));
    assert_eq!(
        (count(&report, "references"), count(&report, "urls")),
        (1, 1)
    );
    assert_eq!(limited(&report), "reference 2");
    let (status, report) = json(&place, &[live.as_slice(), &["--reference", "3"]].concat());
    assert_eq!((status, numbers(&report)), (1, vec![3]));
    assert!(rules(&report).contains(&"dead-link 3".to_owned()));
}

#[test]
fn references_are_named_by_number_range_and_name() {
    let place = Place::new();
    four(&place);
    for (wanted, expect, said) in [
        (vec!["2"], vec![2], "reference 2"),
        (vec!["1", "3-4"], vec![1, 3, 4], "references 1, 3-4"),
        (vec!["1,3–4"], vec![1, 3, 4], "references 1,3–4"),
        (vec!["Річка 4"], vec![4], "reference Річка 4"),
    ] {
        let mut args = vec!["a.wiki", "--offline"];
        args.extend(wanted.iter().flat_map(|it| ["--reference", it]));
        let (status, report) = json(&place, &args);
        assert_eq!(
            (status, numbers(&report)),
            (1, expect.clone()),
            "{wanted:?}"
        );
        assert_eq!(limited(&report), said);
        // What is about no reference, or another one, is not told.
        let told = rules(&report);
        let of_these = |it: &String| {
            expect
                .iter()
                .any(|number| it.ends_with(&format!(" {number}")))
        };
        assert!(told.iter().all(of_these), "{told:?}");
    }
    let (_, out, _) = place.run(&["check", "a.wiki", "--offline", "--reference", "2"]);
    assert!(out.contains("reference 2"), "{out}");
}

#[test]
fn references_that_are_not_there_are_told() {
    let place = Place::new();
    four(&place);
    place.write("b.wiki", faulty("b", "B"));
    for (args, expect) in [
        (
            vec!["a.wiki", "--reference", "99"],
            "a.wiki has no reference 99; it has 4",
        ),
        (
            vec!["a.wiki", "--reference", "3-9"],
            "a.wiki has no reference 9; it has 4",
        ),
        (
            vec!["a.wiki", "--reference", "0"],
            "a.wiki has no reference 0; it has 4",
        ),
        (
            vec!["a.wiki", "--reference", "Річка 5"],
            "did you mean `Річка 4`?",
        ),
        (
            vec!["a.wiki", "--reference", "4-2"],
            "has no reference `4-2`",
        ),
        (
            vec!["a.wiki", "b.wiki", "--reference", "1"],
            "2 articles were read; give one input",
        ),
        (vec!["a.wiki", "--shard", "9/8"], "not a part such as 2/8"),
        (vec!["a.wiki", "--shard", "0/8"], "not a part such as 2/8"),
        (vec!["a.wiki", "--shard", "2"], "not a part such as 2/8"),
        (
            vec!["a.wiki", "--shard", "1/2", "--reference", "1"],
            "cannot be used with",
        ),
    ] {
        let (status, out, error) = place.run(&[vec!["check", "--offline"], args].concat());
        assert_eq!((status, out.as_str()), (2, ""), "{error}");
        assert!(error.contains(expect), "{expect}: {error}");
    }
}

#[test]
fn shards_put_together_with_a_baseline_are_the_whole() {
    let place = Place::new();
    let cite = |host: u8| {
        format!(
            "T.<ref>{{{{cite web |title=Річка |url=https://h{host}.example/ |date=31 February 2020}}}}</ref>\n"
        )
    };
    place.write("a.wiki", (0..9).map(cite).collect::<String>());
    place.write("b.wiki", "T.<ref>{{cite book |title=川 |date=99}}</ref>\n");
    let inputs = ["a.wiki", "b.wiki", "--offline"];
    let (_, whole) = json(&place, &inputs);
    let mut seen = 0;
    for part in ["1/3", "2/3", "3/3"] {
        let file = format!("json=part-{}.json", &part.chars().next().unwrap());
        let args = [inputs.as_slice(), &["--shard", part, "--output", &file]].concat();
        let (_, report) = json(&place, &args);
        seen += count(&report, "references");
    }
    assert_eq!(seen, 10);
    let parts = ["part-3.json", "part-1.json", "part-2.json"];
    let report = |args: &[&str]| {
        let (status, out, error) = place.run(&[&["report", "--format", "json"], args].concat());
        let report = serde_json::from_str(&out).unwrap_or(Value::Null);
        (status, report, error)
    };
    let (status, merged, _) = report(&parts);
    assert_eq!(status, 0);
    for of in ["/counts", "/articles", "/todo"] {
        assert_eq!(merged.pointer(of), whole.pointer(of), "{of}");
    }
    assert_eq!(
        report(&[parts.as_slice(), &["--fail-on", "error"]].concat()).0,
        1
    );
    let known = ["--baseline", "known.json"];
    report(&[parts.as_slice(), &known, &["--update-baseline"]].concat());
    let (status, merged, _) =
        report(&[parts.as_slice(), &known, &["--fail-on", "warning"]].concat());
    assert_eq!((status, rules(&merged)), (0, vec![]));
    assert_eq!(
        count(&merged, "baselined"),
        u64::try_from(rules(&whole).len()).unwrap()
    );
    // A part says nothing of what the others look at.
    let args = [inputs.as_slice(), &["--shard", "1/3"], &known].concat();
    assert_eq!(rules(&json(&place, &args).1), Vec::<String>::new());
    let (status, _, error) = report(&["part-1.json", "part-1.json"]);
    assert_eq!(status, 2);
    assert!(error.contains("both hold shard 1 of 3"), "{error}");
    // One is missing: what is there is told, and that it is not all.
    let (status, merged, _) = report(&["part-1.json", "part-2.json", "--fail-on", "error"]);
    assert_ne!(status, 0);
    assert_eq!(limited(&merged), "shards 1, 2 of 3");
}

/// git in the test's folder, with nobody's settings.
fn git(place: &Place, args: &[&str]) {
    let output = Command::new("git")
        .args(["-c", "user.name=x", "-c", "user.email=x@x.example"])
        .args([
            "-c",
            "init.defaultBranch=main",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(args)
        .current_dir(place.path("."))
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .output()
        .unwrap();
    assert!(output.status.success(), "{args:?} {output:?}");
}

fn repository() -> Place {
    let place = Place::new();
    git(&place, &["init", "--quiet"]);
    four(&place);
    place.write("стаття.wiki", faulty("five", "П’ять"));
    place.write(
        "list.txt",
        "1. ^ \"A river\". The Post. 31 February 2019.\n2. ^ \"B\". The Post. 3 May 2019.\n",
    );
    git(&place, &["add", "."]);
    git(&place, &["commit", "--quiet", "--message", "one"]);
    place
}

#[test]
fn only_what_changed_since_a_revision_is_checked() {
    let place = repository();
    let since = |more: &[&str]| {
        let args = [
            &[
                "a.wiki",
                "стаття.wiki",
                "list.txt",
                "--offline",
                "--changed-since",
                "HEAD",
            ],
            more,
        ];
        json(&place, &args.concat())
    };
    let (status, report) = since(&[]);
    assert_eq!((status, numbers(&report)), (0, vec![]));
    assert_eq!(limited(&report), "changed since HEAD");

    // One line changes, one is inserted above; a file is new.
    let text = place.read("a.wiki");
    let new = faulty("new", "New");
    place.write(
        "a.wiki",
        format!("{new}\n{}", text.replace("title=three", "title=3")),
    );
    let list = place.read("list.txt");
    place.write("list.txt", list.replace("\"B\"", "\"C\""));
    place.write("-new.wiki", faulty("fresh", "Fresh"));
    let (status, report) = since(&["./-new.wiki", "--language", "en"]);
    assert_eq!((status, numbers(&report)), (1, vec![1, 4, 2, 1]));
    assert!(rules(&report).iter().all(|it| !it.starts_with("undefined")));

    // A file that was deleted since is passed over, one that never was is not.
    std::fs::remove_file(place.path("стаття.wiki")).unwrap();
    assert_eq!(numbers(&since(&[]).1), [1, 4, 2]);
    let (status, _, error) =
        place.run(&["check", "none.wiki", "--offline", "--changed-since", "HEAD"]);
    assert_eq!(status, 2);
    assert!(error.contains("none.wiki"), "{error}");
}

#[test]
fn in_a_paragraph_only_the_references_that_changed_count() {
    let place = repository();
    let paragraph = ["one", "two", "three"]
        .map(|page| faulty(page, page).replace('\n', " "))
        .concat();
    place.write("p.wiki", format!("{paragraph}\n"));
    git(&place, &["add", "."]);
    git(&place, &["commit", "--quiet", "--message", "two"]);
    let changed = paragraph
        .replace("title=two", "title=2")
        .replace("A river.", "The river.");
    place.write("p.wiki", format!("{changed}\n"));
    let args = ["p.wiki", "--offline", "--changed-since", "HEAD"];
    assert_eq!(numbers(&json(&place, &args).1), [2]);
    // A line taken out of the middle of a reference changes it.
    let long =
        "T.<ref>{{cite web\n|title=A\n|work=W\n|url=https://x.example/}}</ref>\nU.<ref>B.</ref>\n";
    place.write("p.wiki", long);
    git(
        &place,
        &["commit", "--quiet", "--all", "--message", "three"],
    );
    place.write("p.wiki", long.replace("|work=W\n", ""));
    assert_eq!(numbers(&json(&place, &args).1), [1]);
}

#[test]
fn what_others_did_since_the_fork_is_no_change() {
    let place = repository();
    git(&place, &["checkout", "--quiet", "-b", "mine"]);
    let text = place.read("a.wiki");
    place.write("a.wiki", text.replace("title=two", "title=2"));
    git(&place, &["commit", "--quiet", "--all", "--message", "mine"]);
    git(&place, &["checkout", "--quiet", "main"]);
    place.write("a.wiki", text.replace("title=one", "title=1"));
    git(
        &place,
        &["commit", "--quiet", "--all", "--message", "theirs"],
    );
    git(&place, &["checkout", "--quiet", "mine"]);
    let args = ["a.wiki", "--offline", "--changed-since", "main"];
    assert_eq!(numbers(&json(&place, &args).1), [2]);
}

#[test]
fn what_git_cannot_compare_is_told() {
    let place = repository();
    let outside = Place::new();
    outside.write("a.wiki", faulty("one", "One"));
    for (place, args, expect) in [
        (
            &place,
            ["a.wiki", "nowhere"],
            "git knows no revision `nowhere`",
        ),
        (&place, ["a.wiki", "--output=x"], "not a git revision"),
        (&place, ["-", "HEAD"], "which standard input is not"),
        (
            &outside,
            ["a.wiki", "HEAD"],
            "compares files of a git repository",
        ),
    ] {
        let [input, revision] = args;
        let (status, out, error) = place.run_with(
            &["check", input, "--offline", "--changed-since", revision],
            &faulty("one", "One"),
        );
        assert_eq!((status, out.as_str()), (2, ""), "{args:?} {error}");
        assert!(error.contains(expect), "{expect}: {error}");
        assert_eq!(error.lines().count(), 1, "{error}");
    }
    assert!(!place.path("x").exists());
    // A shallow clone says how to get the rest.
    place.write("a.wiki", faulty("two", "Two"));
    git(&place, &["commit", "--quiet", "--all", "--message", "two"]);
    let origin = format!("file://{}", place.path(".").display());
    git(
        &place,
        &["clone", "--quiet", "--depth", "1", &origin, "shallow"],
    );
    let (status, _, error) = place.run_in(
        "shallow",
        &["check", "a.wiki", "--offline", "--changed-since", "HEAD~1"],
    );
    assert_eq!(status, 2);
    assert!(error.contains("fetch-depth: 0"), "{error}");
}

#[test]
fn one_shard_of_several_passes_for_no_audit() {
    let place = Place::new();
    place.write(
        "a.wiki",
        "Rain.<ref>{{cite web |title=Rain |url=https://rain.example/1}}</ref>\n",
    );
    let part = [
        "check",
        "a.wiki",
        "--offline",
        "--shard",
        "1/2",
        "--output",
        "json=p.json",
    ];
    place.run(&part);
    assert_eq!(place.run(&["report", "p.json"]).0, 0, "to look at");
    let (status, _, said) = place.run(&["report", "p.json", "--fail-on", "error"]);
    assert_eq!(status, 2);
    assert!(said.contains("shard 1 of 2 alone"), "{said}");
}
