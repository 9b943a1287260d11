//! What the rules on titles, languages, parameters and the list's structure say of an article's
//! source, without network: cases in `data/static-rules.toml`.
#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "helpers of a test"
)]

use citecheck::article::{ReadOptions, read};
use citecheck::check::{CheckOptions, Facts, assemble};
use citecheck::model::{
    Article, Finding, InputFormat, LanguageTag, Network, Reference, ReferenceKind, Safety,
    Severity, Source, Span, UndefinedName,
};
use proptest::prelude::*;
use serde::Deserialize;

/// The rules that the cases are about; what others say is theirs.
const RULES: [&str; 20] = [
    "missing-title",
    "generic-title",
    "trans-title-without-title",
    "translation-in-wrong-script",
    "invisible-character",
    "markup-in-parameter",
    "archived-copy-as-title",
    "unknown-language",
    "title-language-mismatch",
    "invalid-script-title",
    "duplicate-reference",
    "undefined-reference-name",
    "unused-reference",
    "redundant-parameters",
    "ignored-text",
    "missing-pipe",
    "empty-citation",
    "unknown-parameter",
    "generic-name",
    // Speaks of the same citations as "empty-citation".
    "missing-url",
];

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What it shows.
    name: String,
    /// The article's language.
    #[serde(default = "english")]
    language: String,
    source: String,
    /// Names of the rules that fire, with `:note` where the finding is one.
    #[serde(default)]
    finds: Vec<String>,
    /// The source after safe fixes.
    safe: Option<String>,
    /// The source after all fixes.
    fixed: Option<String>,
    /// A part of some message.
    says: Option<String>,
}

fn english() -> String {
    "en".to_owned()
}

fn findings(article: Article) -> Vec<Finding> {
    let now = "2026-11-22T00:00:00Z".parse().unwrap();
    let options = CheckOptions::at(now, Network::Offline);
    let report = assemble(vec![article], &Facts::new(), &options, now, false);
    let found = report.articles.into_iter().flat_map(|it| it.findings);
    found
        .filter(|finding| RULES.contains(&finding.name.as_ref()))
        .collect()
}

fn of_source(language: &str, source: &str) -> Vec<Finding> {
    let options = ReadOptions {
        language: LanguageTag::parse(language),
    };
    findings(read("case.wiki", source, InputFormat::Wikitext, &options))
}

fn named(finding: &Finding) -> String {
    let own = citecheck::rules::by_name(&finding.name).unwrap().severity;
    match (own, finding.severity) {
        (Severity::Warning, Severity::Note) => format!("{}:note", finding.name),
        _ => finding.name.to_string(),
    }
}

/// Applies the fixes, last edit first.
fn fixed(source: &str, findings: &[Finding], safe_only: bool) -> String {
    let mut edits: Vec<_> = findings
        .iter()
        .filter_map(|finding| finding.fix.as_ref())
        .filter(|fix| !safe_only || fix.safety == Safety::Safe)
        .flat_map(|fix| &fix.edits)
        .collect();
    edits.sort_by_key(|edit| (edit.start, edit.end));
    let mut text = source.to_owned();
    for edit in edits.into_iter().rev() {
        text.replace_range(edit.start..edit.end, &edit.replacement);
    }
    text
}

#[test]
fn cases() {
    let cases: Cases = toml::from_str(include_str!("data/static-rules.toml")).unwrap();
    let mut wrong = Vec::new();
    for case in &cases.case {
        let found = of_source(&case.language, &case.source);
        let names: Vec<String> = found.iter().map(named).collect();
        if names != case.finds {
            wrong.push(format!("{}: {names:?}, not {:?}", case.name, case.finds));
        }
        for (expect, safe_only) in [(&case.safe, true), (&case.fixed, false)] {
            let Some(expect) = expect else { continue };
            let text = fixed(&case.source, &found, safe_only);
            if text != *expect {
                wrong.push(format!(
                    "{}: fixed to\n  {text}, not\n  {expect}",
                    case.name
                ));
            }
            let again = of_source(&case.language, &text);
            if fixed(&text, &again, safe_only) != text {
                wrong.push(format!("{}: fixed twice differs", case.name));
            }
        }
        if let Some(says) = &case.says
            && !found.iter().any(|finding| finding.message.contains(says))
        {
            let said: Vec<_> = found.iter().map(|finding| &finding.message).collect();
            wrong.push(format!("{}: says {said:?}, not {says}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_a_case_that_fires() {
    let cases: Cases = toml::from_str(include_str!("data/static-rules.toml")).unwrap();
    let fires = |rule: &&str| {
        let mut found = cases.case.iter().flat_map(|case| &case.finds);
        found.any(|name| name.trim_end_matches(":note") == *rule)
    };
    let silent: Vec<&str> = RULES.into_iter().filter(|rule| !fires(rule)).collect();
    // These come from what the reader notes; they are built below.
    assert_eq!(silent, ["undefined-reference-name", "missing-url"]);
}

#[test]
fn undefined_names_are_told_with_the_name_that_is_like_them() {
    let mut article = read(
        "case.wiki",
        "",
        InputFormat::Wikitext,
        &ReadOptions::default(),
    );
    let span = Span {
        start: 5,
        end: 29,
        line: 1,
        column: 6,
    };
    article.undefined.push(UndefinedName {
        name: "vale2019".to_owned(),
        group: None,
        span,
    });
    article.references.push(Reference {
        number: 1,
        names: vec!["Vale 2019".to_owned()],
        uses: 1,
        kind: ReferenceKind::Footnote,
        sources: vec![Source::default()],
        ..Reference::default()
    });
    let found = findings(article);
    let [finding] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(finding.name, "undefined-reference-name");
    assert_eq!(finding.message, "no reference is called vale2019");
    assert_eq!(finding.span, Some(span));
    assert_eq!(finding.evidence.first().unwrap().value, "Vale 2019");
}

proptest! {
    #[test]
    fn any_citation_is_judged_and_edits_fit(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "|", "=", "title", "url", "https://a.example/x", " ", "\n", "''", "{{", "}}",
                "<!--", "-->", "<nowiki>", "</math>", "\u{200b}", "\u{fffd}", "Дощ", "雨", "quote",
                "last2", "script-title", "ja:", "<ref>", "</ref>", "{{cite web", "<", ">", "1",
            ]),
            0..40,
        )
    ) {
        let source = format!("A.<ref>{{{{cite web {}}}}}</ref>", pieces.concat());
        for finding in of_source("en", &source) {
            for edit in finding.fix.iter().flat_map(|fix| &fix.edits) {
                prop_assert!(edit.start <= edit.end);
                let _ = &source[edit.start..edit.end];
            }
        }
    }
}
