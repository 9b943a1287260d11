//! `citecheck init`: settings and a workflow to begin with.

use super::place::Place;

const SETTINGS: &str = "citecheck.toml";
const WORKFLOW: &str = ".github/workflows/citecheck.yml";
const UKRAINIAN: &str = "Річка.<ref>{{Cite web |назва=Річка навесні |url=https://river.example/ \
    |дата=3 травня 2019 |мова=uk}}</ref>\n== Примітки ==\n{{reflist}}\n[[Категорія:Річки]]\n";

#[test]
fn settings_and_workflow_are_written_and_hold() {
    let place = Place::new();
    place.write("статті/річка.wiki", UKRAINIAN);
    place.write("more lists/a.wikitext", super::FAULTY);
    place.write("node_modules/x/a.wiki", super::FAULTY);
    place.write("notes.txt", super::SOUND);
    place.write(".git/HEAD", "");
    let (status, out, said) = place.run(&["init"]);
    assert_eq!((status, out.as_str()), (0, ""), "{said}");
    assert!(
        said.contains("wrote citecheck.toml and .github/workflows/citecheck.yml"),
        "{said}"
    );
    assert!(
        said.contains("next: citecheck check 'more lists' статті\n"),
        "{said}"
    );
    let workflow = place.read(WORKFLOW);
    let inputs = "          INPUTS: |\n            more lists\n            статті\n";
    assert!(workflow.contains(inputs), "{workflow}");
    let version = env!("CARGO_PKG_VERSION");
    assert!(
        workflow.contains(&format!(
            "cargo install citecheck --version {version} --locked"
        )),
        "{workflow}"
    );
    assert!(
        !workflow.contains('@') || !workflow.contains("@INPUTS"),
        "{workflow}"
    );
    let (status, _, said) = place.run(&["check", "--print-config"]);
    assert_eq!(status, 0, "{said}");
    // The languages found are named, and what can be switched on is valid when it is.
    let settings = place.read(SETTINGS);
    assert!(settings.contains("uk"), "{settings}");
    let is_setting = |line: &str| {
        line.contains(" = ")
            || line.starts_with("# [") && !line.contains(' ')
            || line == "# [[ignore]]"
    };
    let switched_on: Vec<&str> = settings
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(setting) if is_setting(line) => setting,
            Some(_) | None => line,
        })
        .collect();
    let switched_on = switched_on.join("\n");
    assert!(
        switched_on.contains("\n[[ignore]]\nrule = "),
        "{switched_on}"
    );
    place.write(SETTINGS, &switched_on);
    let (status, shown, said) = place.run(&["check", "--print-config"]);
    assert_eq!(status, 0, "{said}");
    assert!(
        shown.contains("contact = \"audit@wiki.example\""),
        "{shown}"
    );
}

#[test]
fn what_exists_is_kept_unless_told_otherwise() {
    for there in [SETTINGS, WORKFLOW] {
        let place = Place::new();
        place.write(there, "mine");
        let before = place.names();
        let (status, _, said) = place.run(&["init"]);
        assert_eq!(status, 2);
        assert!(said.contains(&format!("{there} exists; --force")), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
        assert_eq!(place.names(), before, "all or nothing");
        assert_eq!(place.read(there), "mine");
        assert_eq!(
            place.run(&["init", "--force", "--quiet"]),
            (0, String::new(), String::new())
        );
        assert_ne!(place.read(there), "mine");
        assert_ne!(place.read(SETTINGS), "");
    }
    let place = Place::new();
    place.write(WORKFLOW, "mine");
    let (status, _, said) = place.run(&["init", "--no-workflow"]);
    assert_eq!(status, 0, "{said}");
    assert_eq!(place.read(WORKFLOW), "mine");
}

#[test]
fn printing_writes_nothing() {
    let place = Place::new();
    let (status, out, _) = place.run(&["init", "--print"]);
    assert_eq!(status, 0);
    assert!(out.starts_with("# citecheck.toml\n"), "{out}");
    assert!(
        out.contains("\n# .github/workflows/citecheck.yml\n"),
        "{out}"
    );
    assert!(place.names().is_empty());
    assert_eq!(
        place.run(&["init", "--print"]).1,
        out,
        "the same folder gives the same"
    );
}

#[test]
fn what_is_missing_is_said() {
    let place = Place::new();
    let (status, _, said) = place.run(&["init"]);
    assert_eq!(status, 0);
    assert!(
        said.contains("no articles in wikitext here: name yours in the workflow"),
        "{said}"
    );
    assert!(said.contains("move .github"), "{said}");
    assert!(place.read(WORKFLOW).contains("\n            articles\n"));
}

#[test]
fn names_that_are_markup_elsewhere_stay_out_of_the_workflow() {
    let place = Place::new();
    for name in [
        "${{ github.token }}",
        "a\nrun: x",
        "-n",
        " b",
        "c`d`",
        "e: f",
        "$(g)",
    ] {
        place.write(&format!("{name}/a.wiki"), super::FAULTY);
    }
    let (status, out, _) = place.run(&["init", "--print"]);
    assert_eq!(status, 0);
    assert!(
        out.contains("INPUTS: |\n            articles\n        run:"),
        "{out}"
    );
}

#[test]
fn the_action_is_pinned() {
    let place = Place::new();
    let commit = "0123456789abcdef0123456789abcdef01234567";
    let action = format!("owner/citecheck@{commit}");
    let (status, out, said) = place.run(&["init", "--print", "--action", &action]);
    assert_eq!(status, 0, "{said}");
    assert!(
        out.contains(&format!("      - uses: {action}\n        with:\n")),
        "{out}"
    );
    assert!(
        out.contains("          inputs: |\n            articles\n"),
        "{out}"
    );
    for wrong in [
        "owner/citecheck",
        "owner/citecheck@v1",
        "owner/citecheck@0123456",
        &format!("citecheck@{commit}"),
        &format!("owner/cite check@{commit}"),
        &format!("owner/x\n@{commit}"),
    ] {
        let (status, _, said) = place.run(&["init", "--print", "--action", wrong]);
        assert_eq!(status, 2, "{wrong}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
}

/// GitHub puts off what is scheduled for the beginning of an hour.
#[test]
fn the_schedule_avoids_the_full_hour_and_differs_by_folder() {
    let mut seen = std::collections::BTreeSet::new();
    for folder in ["a", "articles", "wiki", "річки", "川"] {
        let place = Place::new();
        place.write(&format!("{folder}/.keep"), "");
        let (_, out, _) = place.run_in(folder, &["init", "--print"]);
        let cron = out
            .lines()
            .find_map(|line| line.split_once("cron: "))
            .unwrap()
            .1;
        let minute: u32 = cron
            .trim_matches('"')
            .split(' ')
            .next()
            .unwrap()
            .parse()
            .unwrap();
        assert!((7..54).contains(&minute), "{cron}");
        seen.insert(cron.to_owned());
    }
    assert!(3 < seen.len(), "{seen:?}");
}
