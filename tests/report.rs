//! Every report format over hand-made reports.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test helper may panic"
)]

#[path = "report/bibliography.rs"]
mod bibliography;
#[path = "report/csv.rs"]
mod csv_table;
#[path = "report/github.rs"]
mod github;
#[path = "support/handoffs.rs"]
mod handoffs;
#[path = "report/html.rs"]
mod html;
#[path = "report/junit.rs"]
mod junit;
#[path = "report/ndjson.rs"]
mod ndjson;
#[path = "report/old.rs"]
mod old;
#[path = "support/reports.rs"]
mod reports;
#[path = "report/sarif.rs"]
mod sarif;

use citecheck::model::{LinkHistory, Network, Report};
use citecheck::report::{Format, Style, render, schema};
use reports::{Attack, WRITTEN, attacks, clean, hostile, many_languages, partial, with_lines};
use unicode_width::UnicodeWidthStr;

fn plain(width: usize) -> Style {
    Style {
        width,
        ..Style::default()
    }
}

fn shown(report: &Report, format: Format) -> String {
    render(report, format, &plain(80))
}

#[test]
fn terminal_at_80_columns() {
    insta::assert_snapshot!(shown(&many_languages(), Format::Terminal));
}

#[test]
fn terminal_at_200_columns() {
    insta::assert_snapshot!(render(&many_languages(), Format::Terminal, &plain(200)));
}

#[test]
fn source_lines_at_80_columns() {
    insta::assert_snapshot!(shown(&with_lines(), Format::Terminal));
}

#[test]
fn source_lines_at_40_columns() {
    insta::assert_snapshot!(render(&with_lines(), Format::Terminal, &plain(40)));
}

/// Carets stand in the columns of the place, whatever is before it; where no terminal can be trusted
/// with that, the place is in brackets.
#[test]
fn places_are_marked_where_they_are() {
    for width in [40, 60, 80, 120, 200] {
        let text = render(&with_lines(), Format::Terminal, &plain(width));
        let lines: Vec<&str> = text.lines().collect();
        let numbered = lines.iter().enumerate();
        let numbered = numbered.filter(|(_, line)| line.contains(" │ ") && !line.contains('^'));
        let sources: Vec<usize> = numbered.map(|(at, _)| at).collect();
        assert_eq!(sources.len(), WRITTEN.len(), "{text}");
        for (at, (_, _, place, _)) in sources.into_iter().zip(WRITTEN) {
            let [line, below, ..] = lines.get(at..).unwrap() else {
                panic!("the line is the last: {text}");
            };
            let plain: String = line
                .chars()
                .filter(|c| !matches!(c, '\u{2068}' | '\u{2069}'))
                .collect();
            let Some(caret) = below.find('^') else {
                let (_, inside) = plain.split_once('⟦').unwrap();
                let (inside, _) = inside.split_once('⟧').unwrap();
                assert!(place.starts_with(inside.trim_end_matches('…')), "{line}");
                continue;
            };
            let (ahead, carets) = below.split_at(caret);
            let marked = line.rfind(place).filter(|_| place.width() == carets.len());
            match marked {
                Some(start) => assert_eq!(line[..start].width(), ahead.width(), "{line}\n{below}"),
                None => assert!(line.ends_with('…'), "{line}\n{below}"),
            }
        }
    }
}

#[test]
fn what_cannot_be_seen_is_spelled_out() {
    let mut report = with_lines();
    let found = report.articles.first_mut().unwrap().findings.first_mut();
    let excerpt = found.unwrap().excerpt.as_mut().unwrap();
    "a\tb\u{200b}c\u{a0}d ##[error]x".clone_into(&mut excerpt.text);
    (excerpt.start, excerpt.end) = (3, 6);
    let text = shown(&report, Format::Terminal);
    let expected = "a    b\\u{200b}c d \\u{23}#[error]x\n";
    assert!(text.contains(expected), "{text}");
    assert!(text.contains("│       ^^^^^^^^\n"), "{text}");
}

#[test]
fn places_that_do_not_fit_their_line_are_left_out() {
    for (start, end) in [(5, 3), (1, 400), (0, 1), (usize::MAX, usize::MAX)] {
        let mut report = with_lines();
        let article = report.articles.first_mut().unwrap();
        article.findings.truncate(1);
        let first = article.findings.first_mut().unwrap();
        let excerpt = first.excerpt.as_mut().unwrap();
        (excerpt.start, excerpt.end) = (start, end);
        let text = shown(&report, Format::Terminal);
        assert!(!text.contains('│'), "{text}");
    }
}

#[test]
fn terminal_of_a_clean_run() {
    insta::assert_snapshot!(shown(&clean(), Format::Terminal));
}

/// What is offered for copying into a shell is made of what citecheck knows, or quoted.
#[test]
fn commands_of_a_report_from_elsewhere_are_harmless() {
    let text = shown(&hostile("$(touch x); y"), Format::Terminal);
    assert!(!text.contains("citecheck explain"), "{text}");
    assert!(
        text.contains("citecheck fix '$(touch x); y' '$(touch x); y' --unsafe"),
        "{text}"
    );
}

#[test]
fn terminal_of_a_partial_run() {
    insta::assert_snapshot!(shown(&partial(), Format::Terminal));
}

#[test]
fn links_that_were_not_asked_again_are_told() {
    let before = "2026-02-27T09:00:00Z".parse().unwrap();
    let seen = |history: Option<LinkHistory>| {
        let mut report = clean();
        report.run.network = Network::Live;
        let reference = report.articles.first_mut().unwrap().references.get_mut(0);
        let link = reference.unwrap().link.as_mut().unwrap();
        link.checked_at = Some(before);
        link.history = history;
        shown(&report, Format::Terminal)
    };
    assert!(!seen(None).contains("not asked again"));
    let told = seen(Some(LinkHistory {
        first_seen: before,
        last_alive: Some(before),
        dead_since: None,
        failures: 0,
        confirmed: false,
        checks: 1,
    }));
    let line = " history      1 link not asked again: as seen before, the oldest on 2026-02-27\n";
    assert!(told.contains(line), "{told}");
}

#[test]
fn markdown() {
    insta::assert_snapshot!(shown(&many_languages(), Format::Markdown));
}

#[test]
fn markdown_of_a_clean_run() {
    insta::assert_snapshot!(shown(&clean(), Format::Markdown));
}

#[test]
fn todo() {
    insta::assert_snapshot!(shown(&many_languages(), Format::Todo));
}

#[test]
fn todo_of_a_clean_run() {
    insta::assert_snapshot!(shown(&clean(), Format::Todo));
}

#[test]
fn todo_csv() {
    insta::assert_snapshot!(shown(&many_languages(), Format::TodoCsv).replace("\r\n", "\n"));
}

#[test]
fn po() {
    insta::assert_snapshot!(shown(&many_languages(), Format::Po));
}

#[test]
fn xliff() {
    insta::assert_snapshot!(shown(&many_languages(), Format::Xliff));
}

#[test]
fn xliff2() {
    insta::assert_snapshot!(shown(&many_languages(), Format::Xliff2));
}

#[test]
fn a_run_without_anything_to_translate_gives_documents_all_the_same() {
    assert_eq!(shown(&clean(), Format::TodoCsv).lines().count(), 1);
    handoffs::is_catalogue(&shown(&clean(), Format::Po));
    for format in [Format::Xliff, Format::Xliff2] {
        handoffs::is_xliff(&shown(&clean(), format), "A river");
    }
}

#[test]
fn colour_adds_nothing_but_escapes() {
    let report = many_languages();
    let coloured = Style {
        color: true,
        ..plain(100)
    };
    let text = render(&report, Format::Terminal, &coloured);
    assert!(text.contains("\u{1b}["), "no colour at all");
    let stripped = anstream::adapter::strip_str(&text).to_string();
    assert_eq!(stripped, render(&report, Format::Terminal, &plain(100)));
}

#[test]
fn hyperlinks_lead_to_web_addresses_only() {
    let linked = Style {
        hyperlinks: true,
        ..plain(80)
    };
    let text = render(&many_languages(), Format::Terminal, &linked);
    assert!(text.contains("\u{1b}]8;;https://fluss.example/saison\u{1b}\\"));
    let help =
        "\u{1b}]8;;https://en.wikipedia.org/wiki/Wikipedia:Link_rot\u{1b}\\dead-link\u{1b}]8;;";
    assert!(text.contains(help), "the name of a rule leads nowhere");
    for Attack { text, .. } in attacks() {
        let shown = render(&hostile(&text), Format::Terminal, &linked);
        for link in shown.split("\u{1b}]8;;").skip(1) {
            let target = link.split('\u{1b}').next().unwrap();
            assert!(target.is_empty() || target.starts_with("http"), "{target}");
        }
    }
}

#[test]
fn lines_fit_the_terminal_save_addresses_and_paths() {
    for width in [40, 60, 80, 120, 200] {
        for line in render(&with_lines(), Format::Terminal, &plain(width)).lines() {
            let source = [" │ ", "  + ", "  - "]
                .iter()
                .any(|sign| line.contains(sign));
            assert!(!source || line.width() <= width, "{line}");
        }
        for line in render(&many_languages(), Format::Terminal, &plain(width)).lines() {
            assert!(
                line.width() <= width
                    || line.contains("://")
                    || line.starts_with("lists/")
                    || line.starts_with("  citecheck "),
                "{} columns of {width}: {line}",
                line.width()
            );
        }
    }
}

#[test]
fn json_is_the_report_and_fits_its_schema() {
    let schema: serde_json::Value = serde_json::from_str(&schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for report in [many_languages(), clean(), partial()] {
        let json = shown(&report, Format::Json);
        assert_eq!(serde_json::from_str::<Report>(&json).unwrap(), report);
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        let faults: Vec<String> = validator
            .iter_errors(&value)
            .map(|e| e.to_string())
            .collect();
        assert!(faults.is_empty(), "{faults:?}");
    }
}

#[test]
fn the_schema_knows_every_field() {
    let schema: serde_json::Value = serde_json::from_str(&schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut value = serde_json::to_value(clean()).unwrap();
    value.as_object_mut().unwrap().remove("todo");
    assert!(
        !validator.is_valid(&value),
        "a report without `todo` is valid"
    );
}

/// One table of attack strings through all formats: nothing acts on a terminal, nothing is
/// markup, nothing but a web address is a link.
#[test]
fn hostile_text_is_harmless_in_every_format() {
    for attack in attacks() {
        let report = hostile(&attack.text);
        for format in Format::ALL {
            // RFC 4180 ends lines with both.
            let output = shown(&report, format).replace("\r\n", "\n");
            let bad = output.chars().find(|c| acts(*c));
            assert_eq!(bad, None, "{format} lets through {:?}", attack.text);
            match format {
                Format::Json => {
                    // The report as it was, but for what an address tells of who may read it.
                    let mut kept = hostile(&attack.text.replace("user:secret@", ""));
                    let mut read = serde_json::from_str::<Report>(&output).unwrap();
                    // Places are those of the article's own text.
                    without_excerpts(&mut kept);
                    without_excerpts(&mut read);
                    assert_eq!(read.todo, kept.todo, "{:?}", attack.text);
                    assert_eq!(read, kept);
                }
                Format::Markdown | Format::Todo => {
                    let prose = without_code(&output);
                    for raw in &attack.never_in_markdown {
                        assert!(
                            !prose.contains(raw.as_str()),
                            "{format}: {raw} of {:?} in\n{output}",
                            attack.text
                        );
                    }
                }
                Format::Html => html::is_no_markup(&attack.text, &output),
                Format::TodoCsv => handoffs::is_table(&output),
                Format::Po => handoffs::is_catalogue(&output),
                Format::Xliff | Format::Xliff2 => handoffs::is_xliff(&output, &attack.text),
                Format::Terminal | _ => {}
            }
        }
    }
}

fn without_excerpts(report: &mut Report) {
    let of_articles = report.articles.iter_mut().flat_map(|it| &mut it.findings);
    for finding in of_articles.chain(&mut report.findings) {
        finding.excerpt = None;
    }
}

/// Markdown without its code spans, in which nothing is markup, and without what is escaped.
fn without_code(markdown: &str) -> String {
    let (mut prose, mut rest) = (String::new(), markdown);
    while let Some(at) = rest.find(['`', '\\']) {
        prose.push_str(&rest[..at]);
        let from = &rest[at..];
        if let Some(escaped) = from.strip_prefix('\\') {
            prose.push('\\');
            rest = &escaped[escaped.chars().next().map_or(0, char::len_utf8)..];
            continue;
        }
        let fence = from.len() - from.trim_start_matches('`').len();
        let mut end = fence;
        loop {
            let found = from[end..].find('`').expect("code spans are closed") + end;
            let run = from[found..].len() - from[found..].trim_start_matches('`').len();
            end = found + run;
            if run == fence {
                break;
            }
        }
        assert!(!from[..end].contains('\n'), "a code span runs on: {from}");
        rest = &from[end..];
    }
    prose + rest
}

/// Controls, and direction changes other than our own isolates.
fn acts(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(
            c,
            '\u{202A}'..='\u{202E}' | '\u{2066}' | '\u{2067}' | '\u{200E}' | '\u{200F}'
        )
        || matches!(c, '\u{E0000}'..='\u{E007F}' | '\u{2028}' | '\u{2029}')
}

#[test]
fn isolates_are_closed_on_their_line() {
    let reports = attacks().into_iter().map(|attack| hostile(&attack.text));
    for report in reports.chain([many_languages(), with_lines()]) {
        for format in [Format::Terminal, Format::Markdown, Format::Todo] {
            for line in shown(&report, format).lines() {
                let mut depth = 0i32;
                for c in line.chars() {
                    depth += i32::from(c == '\u{2068}') - i32::from(c == '\u{2069}');
                    assert!((0..=1).contains(&depth), "{format}: {line}");
                }
                assert_eq!(depth, 0, "{format}: {line}");
            }
        }
    }
}

#[test]
fn huge_values_stay_small_on_a_terminal() {
    for text in [
        "a".repeat(200_000),
        "\u{300}".repeat(200_000),
        "漢".repeat(200_000),
    ] {
        let output = shown(&hostile(&text), Format::Terminal);
        assert!(output.len() < 200_000, "{} bytes", output.len());
    }
}

/// Writes the reports that `tests/readers/run` renders: what strangers may write, all in one; and
/// articles that cite it.
#[test]
#[ignore = "writes files for tests/readers/run"]
fn reports_for_readers() {
    let folder = std::env::var_os("CITECHECK_READERS").expect("names a folder");
    let folder = folder.into_string().unwrap();
    let write = |name: &str, text: &str| std::fs::write(format!("{folder}/{name}"), text).unwrap();
    std::fs::create_dir_all(format!("{folder}/articles")).unwrap();
    let mut all = many_languages();
    for (at, Attack { text, .. }) in attacks().into_iter().enumerate() {
        let report = hostile(&text);
        all.articles.extend(report.articles);
        all.todo.extend(report.todo);
        all.findings.extend(report.findings);
        let text = text.replace('\0', "");
        let article = format!(
            "Said.<ref>{{{{cite web |title={text} |last={text} |url=https://x.example/{at}}}}}</ref>"
        );
        write(&format!("articles/{at}.wiki"), &article);
    }
    write("hostile.json", &shown(&all, Format::Json));
    write("languages.json", &shown(&many_languages(), Format::Json));
    write("partial.json", &shown(&partial(), Format::Json));
}
