//! What the rules on addresses and archives say of citations, and what their fixes make of them.
#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "helpers of a test"
)]

use citecheck::article::{ReadOptions, read};
use citecheck::check::{CheckOptions, Facts, assemble};
use citecheck::links;
use citecheck::model::{Finding, InputFormat, LanguageTag, Network, Safety, Severity};
use proptest::prelude::*;

const CASES: &str = include_str!("data/rules-links.tsv");

/// The findings of this part of the rules, and nothing about dates, titles and languages.
fn findings(language: &str, citation: &str) -> (String, Vec<Finding>) {
    let text = format!("A sentence.<ref>{citation}</ref>\n");
    let options = ReadOptions {
        language: LanguageTag::parse(language),
    };
    let article = read("case.wiki", &text, InputFormat::Wikitext, &options);
    let now = "2026-11-22T00:00:00Z".parse().unwrap();
    let options = CheckOptions::at(now, Network::Offline);
    let report = assemble(vec![article], &Facts::new(), &options, now, false);
    let ours = |finding: &Finding| {
        let code = finding.rule.0.as_ref();
        let archives = code.starts_with("ARC") && code != "ARC001";
        archives || code.starts_with("URL") || matches!(code, "CIT002" | "CIT010")
    };
    let mut findings = report.articles.into_iter().next().unwrap().findings;
    findings.retain(ours);
    (text, findings)
}

fn names(findings: &[Finding]) -> String {
    let names: Vec<&str> = findings
        .iter()
        .map(|finding| finding.name.as_ref())
        .collect();
    if names.is_empty() {
        "-".to_owned()
    } else {
        names.join(" ")
    }
}

/// The text after all edits of all fixes.
fn fixed(text: &str, findings: &[Finding]) -> String {
    let fixes = findings.iter().filter_map(|finding| finding.fix.as_ref());
    let mut edits: Vec<_> = fixes.flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|edit| edit.start);
    let mut text = text.to_owned();
    for edit in edits.into_iter().rev() {
        assert!(
            text.get(edit.start..edit.end).is_some(),
            "{edit:?} in {text}: {}",
            names(findings)
        );
        text.replace_range(edit.start..edit.end, &edit.replacement);
    }
    text
}

#[test]
fn citations_are_judged_and_mended() {
    let mut wrong = Vec::new();
    for line in CASES.lines().filter(|line| !line.starts_with('#')) {
        let line = line.replace("R/", "https://web.archive.org/web/");
        let columns: Vec<&str> = line.split('\t').collect();
        let &[language, citation, rules, expect] = columns.as_slice() else {
            panic!("four columns: {line}");
        };
        let (text, findings) = findings(language, citation);
        if names(&findings) != rules {
            wrong.push(format!(
                "{citation}\n  fires {}\n  not   {rules}",
                names(&findings)
            ));
        }
        let fixed = fixed(&text, &findings);
        let fixed = &fixed["A sentence.<ref>".len()..fixed.len() - "</ref>\n".len()];
        let expect = if expect == "=" { citation } else { expect };
        if fixed != expect {
            wrong.push(format!("{citation}\n  becomes {fixed}\n  not     {expect}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn what_fixes_add_is_laid_out_as_the_rest() {
    const COPY: &str = "https://web.archive.org/web/20190503000000/https://a.example/x";
    let spaced = "\n | title = Quake\n | url = https://a.example/x";
    for (before, after) in [
        (
            format!("{{{{cite web{spaced}\n | archive-url = {COPY}\n}}}}"),
            format!(
                "{{{{cite web{spaced}\n | archive-url = {COPY}\n | archive-date = 2019-05-03\n}}}}"
            ),
        ),
        (
            format!("{{{{cite web|title=Quake|url=https://a.example/x|archive-url={COPY}}}}}"),
            format!(
                "{{{{cite web|title=Quake|url=https://a.example/x|archive-url={COPY}|archive-date=2019-05-03}}}}"
            ),
        ),
        (
            format!(
                "{{{{cite web\n| archive-url={COPY}\n| archive-date=3 May 2019\n| title=Quake\n}}}}"
            ),
            format!(
                "{{{{cite web\n| url=https://a.example/x\n| archive-url={COPY}\n| archive-date=3 May 2019\n| title=Quake\n}}}}"
            ),
        ),
        (
            format!(
                "{{{{cite web\n |title=Quake\n |url={COPY}\n |archive-date=3 May 2019\n}}}}"
            ),
            format!(
                "{{{{cite web\n |title=Quake\n |url=https://a.example/x\n |archive-url={COPY}\n |archive-date=3 May 2019\n}}}}"
            ),
        ),
        (
            "{{cite book\n| title     = [https://a.example/x Quake]\n| publisher = Val\n}}"
                .to_owned(),
            "{{cite book\n| title     = Quake\n| url       = https://a.example/x\n| publisher = Val\n}}"
                .to_owned(),
        ),
        (
            "{{cite journal\n|title=Quake\n|url=https://doi.org/10.1000/182\n}}".to_owned(),
            "{{cite journal\n|title=Quake\n|url=https://doi.org/10.1000/182\n|doi=10.1000/182\n}}"
                .to_owned(),
        ),
        (
            "{{cite web\n |title=Quake\n |url=https://a.example/x\n |url-status=live\n}}".to_owned(),
            "{{cite web\n |title=Quake\n |url=https://a.example/x\n}}".to_owned(),
        ),
    ] {
        let (text, findings) = findings("en", &before);
        let fixed = fixed(&text, &findings);
        assert_eq!(fixed, format!("A sentence.<ref>{after}</ref>\n"));
    }
}

#[test]
fn a_fix_leaves_nothing_of_its_own_to_fix() {
    for line in CASES.lines().filter(|line| !line.starts_with('#')) {
        let line = line.replace("R/", "https://web.archive.org/web/");
        let columns: Vec<&str> = line.split('\t').collect();
        let &[language, _, rules, expect] = columns.as_slice() else {
            panic!("four columns: {line}");
        };
        if expect != "=" {
            let (_, again) = findings(language, expect);
            let again = again.iter().map(|finding| finding.name.as_ref());
            let again: Vec<&str> = again.filter(|name| rules.contains(name)).collect();
            assert_eq!(again, Vec::<&str>::new(), "{expect}");
        }
    }
}

#[test]
fn only_what_changes_no_meaning_is_safe() {
    let safe = |language: &str, citation: &str| {
        let (_, findings) = findings(language, citation);
        let fix = findings.into_iter().find_map(|finding| finding.fix);
        fix.unwrap().safety == Safety::Safe
    };
    assert!(safe(
        "en",
        "{{cite web |url=https://a.example/?fbclid=b |title=Q}}"
    ));
    assert!(safe(
        "en",
        "{{cite web |url=http://www.nytimes.com/x |title=Q}}"
    ));
    assert!(safe(
        "en",
        "{{cite web |url=https://a.example |title=Q |url-status=live}}"
    ));
    assert!(!safe(
        "en",
        "{{cite web |url=http://old.office.gov/x |title=Q}}"
    ));
    assert!(!safe("en", "{{cite web |url=www.a.example/x |title=Q}}"));
    assert!(!safe(
        "en",
        "{{cite web |url=https://doi.org/10.1000/182 |title=Q}}"
    ));
}

#[test]
fn severity_follows_what_readers_see() {
    let severity = |language: &str, citation: &str| {
        let (_, findings) = findings(language, citation);
        findings.first().map(|finding| finding.severity).unwrap()
    };
    let copy = "https://archive.ph/AbC";
    let hidden = format!("{{{{cite web |url=https://a.example |title=Q |archive-url={copy}}}}}");
    assert_eq!(severity("en", &hidden), Severity::Warning);
    assert_eq!(severity("ja", &hidden), Severity::Note);
    let moved = "{{cite web |url=https://a.example/x |title=Q |archive-date=2019-05-03 \
                 |archive-url=https://web.archive.org/web/20190503000000/http://a.example/y}}";
    assert_eq!(severity("en", moved), Severity::Note);
    let other = moved.replace("http://a.example/y", "http://b.example/z");
    assert_eq!(severity("en", &other), Severity::Warning);
    let undated = "{{Internetquelle |url=https://a.example/x |titel=B |abruf=2019-05-03 \
                   |archiv-url=https://web.archive.org/web/https://a.example/x}}";
    assert_eq!(severity("de", undated), Severity::Note);
}

#[test]
fn copied_and_rendered_citations_get_no_edits() {
    let html = "<ol class=\"references\"><li id=\"cite_note-1\"><span class=\"reference-text\">\
                <a class=\"external\" href=\"https://a.example/x?fbclid=b\">Quake</a></span></li></ol>";
    let article = read(
        "case.html",
        html,
        InputFormat::Html,
        &ReadOptions::default(),
    );
    let now = "2026-11-22T00:00:00Z".parse().unwrap();
    let options = CheckOptions::at(now, Network::Offline);
    let report = assemble(vec![article], &Facts::new(), &options, now, false);
    let findings = report.articles.iter().flat_map(|article| &article.findings);
    let tracking: Vec<_> = findings
        .filter(|finding| finding.name == "tracking-parameters")
        .collect();
    assert_eq!(tracking.len(), 1);
    assert!(tracking.iter().all(|finding| finding.fix.is_none()));
}

/// Texts that look like addresses.
fn addresses() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("http://".to_owned()),
        Just("web.archive.org/web/".to_owned()),
        Just("20190503000000".to_owned()),
        Just("?url=".to_owned()),
        Just("&utm_source=b".to_owned()),
        Just("&amp;".to_owned()),
        Just("#".to_owned()),
        Just("%2".to_owned()),
        Just("地.example/".to_owned()),
        ".{0,6}",
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_address_is_read_without_panic(url in addresses()) {
        let _ = links::archive::read(&url);
        let _ = links::wayback_fault(&url);
        let _ = links::identifier(&url);
        let _ = links::proxied(&url);
        let _ = links::serves_https(&url);
        let _ = links::embedded_url(&url);
        if let Some(fault) = links::url_fault(&url)
            && let Some(repaired) = links::repaired(&url, fault)
        {
            prop_assert!(links::url_fault(&repaired).is_none());
        }
        prop_assert!(links::same_page(&url, &url));
        let clean = links::without_tracking(&url);
        prop_assert!(clean.len() <= url.len());
    }

    #[test]
    fn any_parameters_are_judged_without_panic(value in ".{0,40}", url in addresses()) {
        for parameter in ["title", "url-status", "archive-date", "format"] {
            let citation = format!("{{{{cite web |url={url} |{parameter}={value}}}}}");
            let (text, findings) = findings("en", &citation);
            for fix in findings.iter().filter_map(|finding| finding.fix.as_ref()) {
                for edit in &fix.edits {
                    prop_assert!(text.get(edit.start..edit.end).is_some());
                }
                prop_assert!(fix.edits.is_sorted_by(|a, b| a.end <= b.start));
            }
        }
    }
}
