//! What the program prints of hostile titles and addresses, in every format.

use std::process::{Command, Stdio};

use citecheck::report::Format;
use serde_json::Value;

use super::demand;
use crate::server::shown::title;
use crate::world::World;

/// What a run printed: the format, standard output, standard error.
struct Printed {
    format: &'static str,
    out: String,
    error: String,
}

/// Checks an article in every format, its links on the world's server.
async fn check(article: String) -> Vec<Printed> {
    let run = move |format: Format| {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("article.wiki"), &article).unwrap();
        let output = Command::new(assert_cmd::cargo::cargo_bin!("citecheck"))
            .current_dir(folder.path())
            .args([
                "check",
                "article.wiki",
                "--allow-private",
                "--interval",
                "0ms",
                "-vv",
            ])
            .args([
                "--color",
                "never",
                "--article-language",
                "en",
                "--format",
                format.as_str(),
            ])
            .stdin(Stdio::null())
            .output()
            .unwrap();
        Printed {
            format: format.as_str(),
            out: String::from_utf8(output.stdout).unwrap(),
            error: String::from_utf8(output.stderr).unwrap(),
        }
    };
    let all = move || Format::ALL.into_iter().map(run).collect();
    tokio::task::spawn_blocking(all).await.unwrap()
}

/// A reference with the page's own title and another one, so that findings quote both.
fn article(world: &World, names: &[&str]) -> String {
    let cite = |name: &&str| {
        let url = format!("http://127.0.0.1:{}/shown/{name}", world.http.port());
        let title = title(name).replace(['\n', '\r', '|', '{', '}', '<'], " ");
        format!(
            "It turned.<ref>{{{{cite web |url={url} |title={title} |language=uk}}}}</ref>\
             <ref>{{{{cite web |url={url}?2 |title=Quite another title of some length}}}}</ref>\n"
        )
    };
    names.iter().map(cite).collect()
}

/// Whether a character acts instead of being seen. Isolates are what reports put around others'
/// text themselves.
fn acts(c: char) -> bool {
    let isolates = matches!(c, '\u{2068}' | '\u{2069}');
    (c.is_control() && c != '\n')
        || (matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}' | '\u{e0000}'..='\u{e007f}')
            && !isolates)
}

pub(crate) async fn terminal_controls(world: &World) -> Result<(), String> {
    for printed in check(article(world, &["terminal"])).await {
        let is_json = serde_json::from_str::<Value>(&printed.out).is_ok();
        // A program that reads JSON gets the text as it is; C0 is escaped there in any case.
        let harmful = |c: char| {
            if is_json {
                c.is_control() && c != '\n'
            } else {
                acts(c)
            }
        };
        for text in [&printed.out, &printed.error] {
            // RFC 4180 ends lines with both.
            let text = text.replace("\r\n", "\n");
            let found: Vec<char> = text.chars().filter(|c| harmful(*c)).collect();
            demand(found.is_empty(), format!("{}: {found:?}", printed.format))?;
        }
        let is_todo = matches!(
            printed.format,
            "todo" | "todo-csv" | "po" | "xliff" | "xliff2"
        );
        let titled = is_todo || printed.out.contains("Mill");
        demand(titled, format!("{}: no title", printed.format))?;
    }
    Ok(())
}

pub(crate) async fn spreadsheet_formulas(world: &World) -> Result<(), String> {
    for printed in check(article(world, &["formula", "formula-at", "formula-minus"])).await {
        match printed.format {
            "json" => {
                let kept = printed.out.contains("\"=HYPERLINK(\\\"http://evil.example");
                demand(kept, "json: the title is not as it was")?;
            }
            "csv" | "todo-csv" | "tsv" => {
                let cells = printed.out.split(['\t', ',', '\n']);
                let cells = cells.map(|cell| cell.trim_start_matches('"'));
                let formula =
                    |cell: &&str| cell.starts_with(['=', '@', '+']) || cell.starts_with("-1");
                let found: Vec<&str> = cells.filter(formula).collect();
                demand(found.is_empty(), format!("{}: {found:?}", printed.format))?;
            }
            _ => {}
        }
    }
    Ok(())
}

pub(crate) async fn markup_in_titles(world: &World) -> Result<(), String> {
    for printed in check(article(world, &["markup"])).await {
        // A workflow command is a line of a log: nothing in its message is markup.
        let links: &[&str] = match printed.format {
            "html" => &[],
            "markdown" | "todo" => &["](javascript:"],
            _ => continue,
        };
        let tags = ["<img", "<nowiki>", "</script> | a", "<!-- <"];
        for active in tags.iter().chain(links) {
            // Within a code span Markdown shows what it finds.
            let plain = without_code_spans(&printed.out);
            demand(
                !plain.contains(active),
                format!("{}: {active}", printed.format),
            )?;
        }
    }
    Ok(())
}

/// The text without what stands between backticks of a line.
fn without_code_spans(text: &str) -> String {
    let line = |line: &str| line.split('`').step_by(2).collect::<Vec<_>>().join("``");
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

pub(crate) async fn markup_in_addresses(world: &World) -> Result<(), String> {
    let port = world.http.port();
    let article = format!(
        "It turned.<ref>{{{{cite web |url=http://127.0.0.1:{port}/none?a]]>&b=\"--><x>'%00 \
         |title=Mill and wheel}}}}</ref>\n"
    );
    for printed in check(article).await {
        if printed.format == "json" || printed.format == "sarif" {
            let parsed = serde_json::from_str::<Value>(&printed.out);
            demand(parsed.is_ok(), format!("{}: {parsed:?}", printed.format))?;
        } else if matches!(printed.format, "markdown" | "todo" | "html") {
            let plain = without_code_spans(&printed.out);
            for active in ["<x>", "\"--><"] {
                demand(
                    !plain.contains(active),
                    format!("{}: {active}", printed.format),
                )?;
            }
        } else if matches!(printed.format, "junit" | "xliff" | "xliff2" | "xml") {
            // `]]>` must not stand in text, nor `<` or a bare quote in a value.
            demand(
                !printed.out.contains("a]]>&b"),
                format!("{}: raw", printed.format),
            )?;
        }
    }
    Ok(())
}

pub(crate) async fn forged_lines(world: &World) -> Result<(), String> {
    let port = world.http.port();
    let address = format!(
        "<ref>{{{{cite web |url=http://127.0.0.1:{port}/none%0d%0a::error::forged |title=Mill and \
         wheel}}}}</ref>\n"
    );
    for printed in check(article(world, &["lines"]) + &address).await {
        for line in printed.out.lines().chain(printed.error.lines()) {
            let line = line.trim_start();
            let forged = [
                "::error::forged",
                "::warning file=x::forged",
                "::notice::forged",
            ];
            let found = forged.iter().any(|forged| line.starts_with(forged));
            demand(!found, format!("{}: {line}", printed.format))?;
        }
    }
    Ok(())
}

pub(crate) async fn credentials(world: &World) -> Result<(), String> {
    let port = world.http.port();
    let article = format!(
        "It turned.<ref>{{{{cite web |url=http://reader:hunter2@127.0.0.1:{port}/status/404 \
         |title=Mill and wheel}}}}</ref>\n"
    );
    for printed in check(article).await {
        for text in [&printed.out, &printed.error] {
            let line = text.lines().find(|line| line.contains("hunter2"));
            demand(
                line.is_none(),
                format!("{}: {}", printed.format, line.unwrap_or_default()),
            )?;
        }
    }
    Ok(())
}

/// Whoever interrupts a run gets what is done, marked as partial, and status 130.
pub(crate) async fn interrupted(world: &World) -> Result<(), String> {
    let port = world.http.port();
    let list = format!(
        "1. ^ \"The mill turns again\". The Post. http://127.0.0.1:{port}/page/done\n\
         2. ^ \"The mill turns again\". The Post. http://127.0.0.1:{port}/many/hang\n"
    );
    let run = move || {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("list.txt"), list).unwrap();
        let mut child = Command::new(assert_cmd::cargo::cargo_bin!("citecheck"))
            .current_dir(folder.path())
            .args([
                "check",
                "list.txt",
                "--allow-private",
                "--format",
                "json",
                "-v",
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log =
            std::io::BufRead::lines(std::io::BufReader::new(child.stderr.take().unwrap()));
        let hanging = log.find(|line| line.as_ref().is_ok_and(|line| line.contains("/many/hang")));
        let pid = child.id().to_string();
        Command::new("kill").args(["-INT", &pid]).status().unwrap();
        let rest = log.count();
        let output = child.wait_with_output().unwrap();
        (hanging.is_some(), rest, output)
    };
    let (begun, _, output) = tokio::task::spawn_blocking(run).await.unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    let partial = out.contains("\"partial\": true");
    demand(
        begun && output.status.code() == Some(130) && partial,
        format!(
            "begun: {begun}, status {:?}, partial: {partial}",
            output.status.code()
        ),
    )
}
