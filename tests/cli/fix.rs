//! `citecheck fix`.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread;

use super::place::Place;

/// A safe fix and, for review, another.
const RIVER: &str = "\
A river.<ref>{{cite web |title=A river in spring |url=https://river.example/spring
|archive-url=https://web.archive.org/web/20240102030405/https://river.example/spring
|archive-date=3 January 2024}}</ref>\r
A bank.<ref>{{cite news |title=Річка вийшла з берегів після трьох днів сильних дощів}}</ref>";

fn safe() -> String {
    RIVER.replace("3 January 2024", "2 January 2024")
}

fn all() -> String {
    safe().replace("дощів}}", "дощів |language=uk}}")
}

#[test]
fn the_fixed_text_is_printed_and_nothing_else() {
    let place = Place::new();
    place.write("a.wiki", RIVER);
    let (status, out, error) = place.run(&["fix", "a.wiki"]);
    assert_eq!((status, out), (0, safe()));
    assert!(
        error.contains("a.wiki: 1 fix made: 1 archive-date-mismatch"),
        "{error}"
    );
    assert!(error.contains("1 fix left for review"), "{error}");
    assert!(
        error.contains(
            "a.wiki: edit summary: Citation maintenance: correct archive date #citecheck"
        ),
        "{error}"
    );
    let (status, out, error) = place.run(&["fix", "--unsafe", "--quiet", "a.wiki"]);
    assert_eq!((status, out, error), (0, all(), String::new()));
    let (_, out, _) = place.run(&["fix", "a.wiki", "--unsafe", "--rule", "LNG003"]);
    assert!(
        out.contains("|language=uk}}") && out.contains("3 January"),
        "{out}"
    );
    let (status, out, _) = place.run_with(&["fix", "-"], RIVER);
    assert_eq!((status, out), (0, safe()));
    assert_eq!(place.read("a.wiki"), RIVER);
    // What is sound comes out as it went in.
    let (status, out, error) = place.run_with(&["fix", "-"], &safe());
    assert_eq!((status, out), (0, safe()));
    assert!(!error.contains("made"), "{error}");
}

#[test]
fn a_diff_tells_by_its_status_whether_there_is_anything_to_do() {
    let place = Place::new();
    place.write("a.wiki", RIVER);
    place.write("b.wiki", safe());
    let (status, out, _) = place.run(&["fix", "--diff", "a.wiki", "b.wiki"]);
    assert_eq!(status, 1);
    assert_eq!(
        out,
        "--- a.wiki\n+++ a.wiki\n@@ -1,4 +1,4 @@\n A river.<ref>{{cite web |title=A river in spring \
         |url=https://river.example/spring\n |archive-url=https://web.archive.org/web/\
         20240102030405/https://river.example/spring\n-|archive-date=3 January 2024}}</ref>\r\n\
         +|archive-date=2 January 2024}}</ref>\r\n A bank.<ref>{{cite news |title=Річка вийшла з \
         берегів після трьох днів сильних дощів}}</ref>\n\\ No newline at end of file\n"
    );
    let (status, out, _) = place.run(&["fix", "--diff", "b.wiki"]);
    assert_eq!((status, out.as_str()), (0, ""));
    let (_, out, _) = place.run(&["fix", "--diff", "--color", "always", "a.wiki"]);
    assert!(out.contains("\u{1b}[31m-|archive-date"), "{out}");
    assert_eq!(place.read("a.wiki"), RIVER);
}

/// Controls in an article: a terminal's, a direction's, a separator and a tag.
const ACTING: &str = "\u{1b}[2J\u{9b}1A\u{202e}x\u{2028}\u{e0041}";
const SEEN: &str = "\\u{1b}[2J\\u{9b}1A\\u{202e}x\\u{2028}\\u{e0041}";

#[test]
fn colours_show_what_would_act() {
    let place = Place::new();
    place.write("a.wiki", RIVER.replace("A bank", ACTING));
    let (_, out, _) = place.run(&["fix", "--diff", "--color", "always", "a.wiki"]);
    assert!(out.contains(SEEN), "{out:?}");
    // What another program reads is what is there.
    let (_, out, _) = place.run(&["fix", "--diff", "a.wiki"]);
    assert!(out.contains(ACTING), "{out:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_acts_on_a_terminal_with_or_without_colour() {
    use std::process::{Command, Stdio};
    let place = Place::new();
    place.write("a.wiki", RIVER.replace("A bank", ACTING));
    let program = place.command();
    let program = program.get_program().to_str().unwrap();
    for options in ["--diff --color never", "--diff --color always", "--quiet"] {
        // `script` gives the program a terminal.
        let command = format!("'{program}' fix {options} a.wiki");
        let mut script = Command::new("script");
        script.args(["-qec", &command, "/dev/null"]);
        script
            .current_dir(place.path(""))
            .env_remove("NO_COLOR")
            .stdin(Stdio::null());
        let out = String::from_utf8(script.output().unwrap().stdout).unwrap();
        assert!(out.contains(SEEN), "{options}: {out:?}");
    }
}

#[test]
fn files_are_written_whole_and_once() {
    let place = Place::new();
    place.write("articles/a.wiki", RIVER);
    place.write("articles/deeper/b.wikitext", RIVER);
    place.write("articles/sound.wiki", safe());
    place.write("articles/list.txt", "1. ^ \"A\". B. 2019.\n");
    let (status, out, error) = place.run(&["fix", "--write", "--unsafe", "articles"]);
    assert_eq!((status, out.as_str()), (0, ""), "{error}");
    assert_eq!(place.read("articles/a.wiki"), all());
    assert_eq!(place.read("articles/deeper/b.wikitext"), all());
    assert_eq!(place.names(), ["articles"]);
    let (status, _, error) = place.run(&["fix", "--write", "articles"]);
    assert_eq!((status, error.as_str()), (0, ""));
    assert_eq!(place.read("articles/a.wiki"), all());
    let (status, _, _) = place.run(&["fix", "--diff", "--unsafe", "articles"]);
    assert_eq!(status, 0);
    assert_eq!(place.read("articles/sound.wiki"), all());
}

#[test]
fn what_is_saved_meanwhile_is_not_overwritten() {
    let check = |saved: Option<&str>, expect: &str| {
        let place = Place::new();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let article = format!(
            "A.<ref>{{{{cite web |title=C |url={origin}/c}}}}</ref> B.<ref>{{{{cite news \
             |title=Річка вийшла з берегів після трьох днів сильних дощів}}}}</ref>\n"
        );
        place.write("a.wiki", &article);
        place.write("b.wiki", &article);
        // The page is asked for when the file has been read: it is then that somebody saves.
        let path = place.path("b.wiki");
        let saved = saved.map(str::to_owned);
        thread::spawn(move || {
            for stream in listener.incoming() {
                match &saved {
                    Some(text) => fs::write(&path, text).unwrap(),
                    None => drop(fs::remove_file(&path)),
                }
                let mut stream = stream.unwrap();
                let _ = stream.read(&mut [0; 1024]);
                let _ = stream.write_all(
                    b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                );
            }
        });
        let (status, out, error) = place.run(&[
            "fix",
            "--write",
            "--online",
            "--allow-private",
            "--unsafe",
            "--rule",
            "language-missing",
            "a.wiki",
            "b.wiki",
        ]);
        assert_eq!((status, out.as_str()), (2, ""), "{error}");
        assert!(error.contains(expect), "{error}");
        // Nor is the other file, nor does anything stay behind.
        assert_eq!(place.read("a.wiki"), article);
        place
    };
    let place = check(Some("Saved, річка"), "b.wiki was changed while this run");
    assert_eq!(place.read("b.wiki"), "Saved, річка");
    assert_eq!(place.names(), ["a.wiki", "b.wiki"]);
    let place = check(None, "cannot read b.wiki");
    assert_eq!(place.names(), ["a.wiki"]);
}

#[test]
fn a_file_that_is_named_twice_is_written_once() {
    let place = Place::new();
    place.write("a.wiki", RIVER);
    let (status, _, error) = place.run(&["fix", "--write", "a.wiki", "./a.wiki"]);
    assert_eq!(status, 0, "{error}");
    assert_eq!(place.read("a.wiki"), safe());
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_permissions_kept() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let place = Place::new();
    place.write("real.wiki", RIVER);
    let mode = fs::Permissions::from_mode(0o640);
    fs::set_permissions(place.path("real.wiki"), mode).unwrap();
    symlink("real.wiki", place.path("link.wiki")).unwrap();
    let (status, _, error) = place.run(&["fix", "--write", "link.wiki"]);
    assert_eq!(status, 0, "{error}");
    assert_eq!(place.read("real.wiki"), safe());
    let kept = fs::metadata(place.path("real.wiki")).unwrap().permissions();
    assert_eq!(kept.mode() & 0o777, 0o640);
    assert!(
        fs::symlink_metadata(place.path("link.wiki"))
            .unwrap()
            .is_symlink()
    );
    assert_eq!(place.names(), ["link.wiki", "real.wiki"]);
}

#[test]
fn settings_hold() {
    let place = Place::new();
    place.write("a.wiki", RIVER);
    place.write(
        "citecheck.toml",
        "[rules]\narchive-date-mismatch = \"off\"\n",
    );
    let (_, out, _) = place.run(&["fix", "a.wiki"]);
    assert_eq!(out, RIVER);
    place.write(
        "citecheck.toml",
        "[[ignore]]\nrule = \"language-missing\"\nreference = 2\nreason = \"known\"\n",
    );
    let (_, out, _) = place.run(&["fix", "--unsafe", "a.wiki"]);
    assert_eq!(out, safe());
}

/// A setting of audits says nothing about an article's own text.
#[test]
fn links_only_leaves_fixes_and_offline_checks_alone() {
    let place = Place::new();
    place.write("a.wiki", RIVER);
    place.write("citecheck.toml", "[fetch]\nlinks-only = true\n");
    let (_, out, _) = place.run(&["fix", "a.wiki"]);
    assert_eq!(out, safe());
    let (status, out, _) = place.run(&["check", "a.wiki", "--offline", "--fail-on", "warning"]);
    assert_eq!(status, 1);
    assert!(out.contains("archive-date-mismatch"), "{out}");
}

#[test]
fn a_recording_gives_new_addresses() {
    let place = Place::new();
    place.write("demo.wiki", fs::read("references/demo.wiki").unwrap());
    place.write("demo.warc.gz", fs::read("references/demo.warc.gz").unwrap());
    let replayed = ["fix", "demo.wiki", "--replay", "demo.warc.gz", "--write"];
    let (status, _, error) = place.run(&replayed);
    assert_eq!(status, 0, "{error}");
    assert!(error.contains("1 redirected-permanently"), "{error}");
    let once = place.read("demo.wiki");
    assert!(!once.contains("story.php?id=5512"));
    assert!(once.contains("url=https://halvern-courier.example/features/thirty-one-boats |"));
    let (status, _, _) = place.run(&replayed);
    assert_eq!(status, 0);
    assert_eq!(place.read("demo.wiki"), once);
}

#[test]
fn what_cannot_be_fixed_is_refused_with_the_way_out() {
    let place = Place::new();
    place.write("a.wiki", RIVER);
    place.write("b.wiki", RIVER);
    place.write(
        "page.html",
        "<html><p>A <a href=\"https://a.example\">b</a></p></html>",
    );
    place.write("list.txt", "1. ^ \"A\". B. 2019.\n");
    place.write("latin.wiki", b"A.<ref>\xe9t\xe9</ref>");
    let check = |args: &[&str], expect: &str| {
        let (status, out, error) = place.run(args);
        assert_eq!((status, out.as_str()), (2, ""), "{args:?}");
        assert!(error.contains(expect), "{args:?}: {error}");
        assert_eq!(error.lines().count(), 1, "{error}");
    };
    check(
        &["fix", "page.html"],
        "page.html is no wikitext (it looks like HTML)",
    );
    check(
        &["fix", "list.txt"],
        "list.txt is no wikitext (it looks like plain text)",
    );
    check(&["fix", "latin.wiki"], "latin.wiki is not UTF-8");
    check(&["fix", "a.wiki", "b.wiki"], "add --diff or --write");
    check(&["fix", "--write", "-"], "--write needs a file");
    check(
        &["fix", "--write", "--diff", "a.wiki"],
        "cannot be used with",
    );
    check(&["fix", "missing.wiki"], "no file or folder missing.wiki");
    check(
        &["fix", "--rule", "dead-lnk", "a.wiki"],
        "did you mean `dead-link`?",
    );
    check(&["fix"], "required");
    check(
        &["fix", "--write", "a.wiki", "latin.wiki"],
        "latin.wiki is not UTF-8",
    );
    // One input that cannot be read: none is written.
    assert_eq!(place.read("a.wiki"), RIVER);
}
