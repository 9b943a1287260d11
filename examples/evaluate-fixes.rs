//! Measures what fixing does to articles: `cargo run --release --example evaluate-fixes -- FOLDER`.
//!
//! For every `.wikitext` file of `FOLDER`, in three settings (no fixes, the safe ones, all): bytes
//! outside the edits are as they were, a second run changes nothing, the same references are read
//! again. Prints totals, and each article that breaks one of these. Without a network only the
//! fixes of static rules can be made; to try the machinery on more, `--stress` also adds a made-up
//! parameter to each template, moves each title, and repeats fixes that never come to rest.
#![expect(
    clippy::print_stdout,
    reason = "a program for developers reads files and prints"
)]

mod figures;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use citecheck::article::{ReadOptions, read};
use citecheck::check::{CheckOptions, Facts, assemble};
use citecheck::fix::{Selection, Settled, diff, settle};
use citecheck::model::{
    Article, CheckedArticle, Edit, Finding, Fix, InputFormat, LanguageTag, Network, RuleCode,
    Safety, Severity,
};
use jiff::Timestamp;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| ".".to_owned());
    let stress = arguments.next().as_deref() == Some("--stress");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "wikitext"))
        .collect();
    files.sort();
    let nothing = Selection {
        rules: vec!["none".to_owned()],
        ..Selection::default()
    };
    let all = Selection {
        review: true,
        ..Selection::default()
    };
    let settings = [
        ("none", nothing),
        ("safe", Selection::default()),
        ("all", all),
    ];
    for (name, selection) in settings {
        let mut totals = Totals::default();
        for file in &files {
            let text = String::from_utf8(std::fs::read(file)?)?;
            let faults = totals.measure(file, &text, &selection, stress);
            for fault in faults {
                println!("{}: {fault}", file.display());
            }
        }
        totals.print(name);
    }
    Ok(())
}

#[derive(Default)]
struct Totals {
    articles: usize,
    changed: usize,
    fixes: usize,
    dropped: usize,
    /// Articles whose bytes outside the edits differ, or whose diff does not tell the change.
    inexact: usize,
    /// Articles that a second run changes.
    restless: usize,
    /// Articles whose references are not read as before.
    reread_otherwise: usize,
    rules: BTreeMap<String, usize>,
}

impl Totals {
    fn print(&self, setting: &str) {
        let sound = [
            ("exact outside the edits", self.inexact),
            ("a second run changes nothing", self.restless),
            ("same references read again", self.reread_otherwise),
        ];
        for (measure, faulty) in sound {
            let measure = format!("{setting}: {measure}");
            figures::print(&measure, self.articles - faulty, self.articles);
        }
        println!(
            "{setting}: {} articles changed, {} fixes made, {} dropped; {:?}",
            self.changed, self.fixes, self.dropped, self.rules
        );
    }

    fn measure(
        &mut self,
        file: &Path,
        text: &str,
        selection: &Selection,
        stress: bool,
    ) -> Vec<String> {
        let name = file.to_string_lossy();
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        let language = stem.split("__").next().and_then(LanguageTag::parse);
        let mut judge = |text: &str| judged(&name, text, language.clone(), stress);
        let before = judge(text);
        let settled = settle(text, selection, &mut judge);
        self.articles += 1;
        self.changed += usize::from(settled.text != text);
        self.fixes += settled.applied.len();
        self.dropped += settled.dropped.len();
        for fix in &settled.applied {
            *self.rules.entry(fix.rule.clone()).or_default() += 1;
        }
        let mut faults = Vec::new();
        if edited(text, &settled.edits).as_deref() != Some(&settled.text)
            || diff("a", text, &settled.edits).is_empty() != (settled.text == text)
        {
            self.inexact += 1;
            faults.push("bytes outside the edits differ".to_owned());
        }
        let again = settle(&settled.text, selection, &mut judge);
        if again.text != settled.text {
            self.restless += 1;
            faults.push(format!("a second run changes more: {:?}", again.applied));
        }
        if !same_references(&before, &settled) {
            self.reread_otherwise += 1;
            faults.push("references are read otherwise".to_owned());
        }
        faults
    }
}

/// Edits made by the plainest means.
fn edited(text: &str, edits: &[Edit]) -> Option<String> {
    let mut result = text.to_owned();
    for edit in edits.iter().rev() {
        result.get(edit.start..edit.end)?;
        result.replace_range(edit.start..edit.end, &edit.replacement);
    }
    Some(result)
}

fn same_references(before: &CheckedArticle, after: &Settled) -> bool {
    let (old, new) = (&before.references, &after.article.references);
    old.len() == new.len()
        && old.iter().zip(new).all(|(old, new)| {
            old.names == new.names
                && old.group == new.group
                && old.uses == new.uses
                && old.further.len() == new.further.len()
        })
}

fn judged(name: &str, text: &str, language: Option<LanguageTag>, stress: bool) -> CheckedArticle {
    let article = read(name, text, InputFormat::Wikitext, &ReadOptions { language });
    let made_up = if stress {
        made_up(&article, text)
    } else {
        Vec::new()
    };
    let now: Timestamp = "2026-11-22T00:00:00Z"
        .parse()
        .unwrap_or(Timestamp::UNIX_EPOCH);
    let options = CheckOptions::at(now, Network::Offline);
    let report = assemble(vec![article], &Facts::new(), &options, now, false);
    let mut checked = report
        .articles
        .into_iter()
        .next()
        .unwrap_or(CheckedArticle {
            input: String::new(),
            format: InputFormat::Wikitext,
            title: None,
            language: None,
            references: Vec::new().into(),
            counts: None,
            findings: Vec::new(),
            problems: Vec::new(),
        });
    checked.findings.extend(made_up);
    checked
}

/// Fixes that no rule makes: some sound, some useless, some harmful, many in each other's way.
fn made_up(article: &Article, text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    for reference in &article.references {
        let mut make = |rule: &'static str, edit: Edit| {
            found.push(Finding {
                rule: RuleCode("TST001".into()),
                name: rule.into(),
                severity: Severity::Note,
                reference: Some(reference.number),
                message: String::new(),
                evidence: Vec::new(),
                span: None,
                excerpt: None,
                fix: Some(Fix {
                    summary: String::new(),
                    description: rule.to_owned(),
                    safety: Safety::Safe,
                    edits: vec![edit],
                }),
            });
        };
        for source in &reference.sources {
            let insert = |at: usize, replacement: String| Edit {
                start: at,
                end: at,
                replacement,
            };
            if let Some(layout) = source.layout
                && !source.citation.raw.contains_key("made-up")
            {
                make(
                    "added",
                    insert(layout.end, layout.parameter("made-up", "x")),
                );
                make("added-twice", insert(layout.end, " <!-- a -->".to_owned()));
            }
            if let Some(title) = source.citation.fields.get("title")
                && source.template.is_some()
                && text.get(title.span.start..title.span.end) == Some(&title.value)
            {
                let value = &title.value;
                if !value.ends_with('!') {
                    let replacement = format!("{value}!");
                    let (start, end) = (title.span.start, title.span.end);
                    make(
                        "cried",
                        Edit {
                            start,
                            end,
                            replacement,
                        },
                    );
                }
                if reference.number % 7 == 0 {
                    make("endless", insert(title.span.start, "o".to_owned()));
                }
                if reference.number % 5 == 0 {
                    make("breaking", insert(title.span.end, "}}</ref>".to_owned()));
                }
            }
        }
    }
    found
}
