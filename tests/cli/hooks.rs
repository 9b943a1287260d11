//! The hooks of `.pre-commit-hooks.yaml`: what pre-commit runs over the files of a commit.

use super::place::Place;

/// The arguments after `citecheck` of each hook.
fn hooks() -> Vec<Vec<String>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/.pre-commit-hooks.yaml");
    let manifest = std::fs::read_to_string(path).unwrap();
    let entries = manifest
        .lines()
        .filter_map(|line| line.trim().strip_prefix("entry: citecheck "));
    entries
        .map(|entry| entry.split(' ').map(str::to_owned).collect())
        .collect()
}

#[test]
fn hooks_pass_what_is_sound_and_stop_what_is_not() {
    let place = Place::new();
    place.write(
        "sound.wiki",
        super::FAULTY.replace("31 February", "1 February"),
    );
    place.write("faulty.wiki", super::FAULTY);
    place.write("plain.wiki", "A text that cites nothing.\n");
    let hooks = hooks();
    assert_eq!(hooks.len(), 2);
    for hook in hooks {
        let run = |files: &[&str]| {
            let mut args: Vec<&str> = hook.iter().map(String::as_str).collect();
            if !args.contains(&"--offline") {
                args.push("--offline");
            }
            place.run(&[&args[..], files].concat())
        };
        let (status, _, said) = run(&["sound.wiki", "plain.wiki"]);
        assert_eq!((status, said.as_str()), (0, ""), "{hook:?}");
        let (status, out, _) = run(&["plain.wiki", "faulty.wiki"]);
        assert_eq!(status, 1, "{hook:?}");
        assert!(out.contains("faulty.wiki:2:"), "{out}");
    }
}

#[test]
fn without_the_flag_an_article_without_references_is_an_error() {
    let place = Place::new();
    place.write("plain.wiki", "A text that cites nothing.\n");
    let (status, _, said) = place.run(&["check", "--offline", "plain.wiki"]);
    assert_eq!(status, 2);
    assert!(said.contains("has no references"), "{said}");
    assert_eq!(
        place
            .run(&["check", "--offline", "--allow-empty", "plain.wiki"])
            .0,
        0
    );
    place.write("new.wiki", "");
    let both = [
        "check",
        "--offline",
        "--allow-empty",
        "new.wiki",
        "plain.wiki",
    ];
    assert_eq!(place.run(&both).0, 0, "nothing is written there yet");
    assert_eq!(place.run(&["check", "--offline", "new.wiki"]).0, 2);
}
