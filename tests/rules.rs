//! The rule registry stays complete, unique and documented; each rule does what its page says.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    clippy::disallowed_methods,
    reason = "helpers of a test"
)]

mod common;

use std::collections::BTreeSet;
use std::fs;

use citecheck::model::{Evidence, Severity, UrlStatus};
use citecheck::rules::{Needs, RULES, by_name, help_page, unused_ignore};
use common::Case;

#[test]
fn codes_and_names_are_unique_and_sorted() {
    let codes: Vec<_> = RULES.iter().map(|rule| rule.code).collect();
    assert!(codes.is_sorted(), "keep RULES in code order: {codes:?}");
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), RULES.len());
    let names: BTreeSet<_> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), RULES.len());
}

#[test]
fn every_rule_explains_itself() {
    for rule in RULES {
        for heading in [
            "## What it does",
            "## Why it matters",
            "## Example",
            "## Limits",
        ] {
            assert!(
                rule.docs.contains(heading),
                "{} lacks `{heading}`",
                rule.name
            );
        }
    }
}

#[test]
fn help_pages_are_pages_about_rules() {
    let table = include_str!("../src/rules/data/help-pages.tsv");
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    let mut seen = BTreeSet::new();
    for row in rows {
        let (name, page) = row.split_once('\t').unwrap();
        let rule = by_name(name).unwrap_or_else(|| panic!("no rule `{name}`"));
        assert!(seen.insert(rule.name), "{name} has two pages");
        assert_eq!(help_page(name), Some(page));
        let url = url::Url::parse(page).unwrap();
        assert_eq!((url.scheme(), url.as_str()), ("https", page));
    }
    assert!(40 < seen.len());
    assert_eq!(help_page("no-such-rule"), None);
}

#[test]
fn every_rule_file_is_registered() {
    let support = [
        "mod",
        "rule",
        "judge",
        "known_site",
        "titles",
        "title_letters",
        "verify",
        "cs1_dates",
        "date_order",
        "date_rewrite",
        "cs1",
        "edit_summary",
        "other_calendar",
        "generic",
        "help",
        "invisible",
        "merge",
        "original_status",
        "edits",
        "written_names",
        "addressing",
        "archive_fix",
        "parameters",
    ];
    let on_disk: BTreeSet<String> = fs::read_dir("src/rules")
        .unwrap()
        .map(|entry| {
            entry
                .unwrap()
                .file_name()
                .to_string_lossy()
                .replace(".rs", "")
        })
        .filter(|name| name != "data" && !support.contains(&name.as_str()))
        .map(|name| name.replace('_', "-"))
        .collect();
    let registered: BTreeSet<String> = RULES.iter().map(|rule| rule.name.to_owned()).collect();
    assert_eq!(on_disk, registered);
}

#[test]
fn rules_that_look_at_links_or_pages_need_the_network() {
    // They say no more with a page than without.
    let quotes_only = ["bare-url", "title-language-mismatch"];
    for rule in RULES {
        let file = format!("src/rules/{}.rs", rule.name.replace('-', "_"));
        let source = fs::read_to_string(file).unwrap();
        let looks = ["ctx.page", "ctx.outcome", "ctx.verdict", "ctx.language"]
            .iter()
            .any(|part| source.contains(part));
        if looks && !quotes_only.contains(&rule.name) {
            assert_eq!(rule.needs, Needs::Network, "{}", rule.name);
        }
    }
}

#[test]
fn rules_are_found_by_name_and_code() {
    assert_eq!(by_name("dead-link").unwrap().code, "LNK001");
    assert_eq!(by_name("lnk001").unwrap().name, "dead-link");
    assert!(by_name("dead-links").is_none());
}

#[test]
fn sound_reference_is_silent() {
    let case = Case::web().date("2024-11-03").published("2024-11-03", 0.95);
    assert_eq!(case.names(), Vec::<String>::new());
}

#[test]
fn date_mismatch_needs_a_trusted_contradiction() {
    let mismatch = Case::web().date("2023-11-03").published("2024-11-03", 0.95);
    let findings = mismatch.findings();
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].name, "date-mismatch");
    assert!(
        findings[0].message.contains("only the year differs"),
        "{}",
        findings[0].message
    );
    assert_eq!(findings[0].evidence[1].source, "JSON-LD datePublished");

    for silent in [
        Case::web().date("2023-11-03").published("2024-11-03", 0.5),
        Case::web().date("2024-11-04").published("2024-11-03", 0.95),
        Case::web().date("2024").published("2024-11-03", 0.95),
        Case::web().date("2024-11").published("2024-11-03", 0.95),
        Case::web().date("2023~").published("2024-11-03", 0.95),
        // The cited date stands elsewhere on the page, as its last change.
        Case::web()
            .date("2023-11-03")
            .published("2024-11-03", 0.95)
            .also_dated("2023-11-03"),
    ] {
        assert_eq!(silent.names(), Vec::<String>::new());
    }
}

#[test]
fn swapped_day_and_month_is_told() {
    let case = Case::web().date("2024-03-11").published("2024-11-03", 0.95);
    assert!(
        case.findings()[0]
            .message
            .contains("day and month are swapped")
    );
}

#[test]
fn dates_in_the_future_are_reported_a_day_of_grace_given() {
    // The run is at 2026-11-22.
    assert_eq!(
        Case::web().access_date("2026-11-24").names(),
        ["date-in-future"]
    );
    assert_eq!(
        Case::web().access_date("2026-11-23").names(),
        Vec::<String>::new()
    );
    assert_eq!(Case::web().date("2027-03").names(), Vec::<String>::new());
    assert_eq!(Case::web().date("2029").names(), ["date-in-future"]);
    let read_before_written = Case::web().date("2027-03-01").access_date("2026-03-01");
    assert_eq!(
        read_before_written.names(),
        ["date-in-future", "access-date-before-publication"]
    );
}

/// One finding with the way out, not three that are all about the year.
#[test]
fn years_of_other_calendars_are_told_as_such() {
    let said = |case: Case| {
        let findings = case.findings();
        let names: Vec<_> = findings.iter().map(|it| it.name.to_string()).collect();
        (names, findings[0].message.clone())
    };
    let thai = Case::web().date("2562-05-03").access_date("2019-06-01");
    let (names, message) = said(thai);
    assert_eq!(names, ["date-in-future"]);
    let hint = "date 2562-05-03 lies in the future; in the Buddhist calendar 2562 is the year 2019";
    assert_eq!(message, hint);
    for (cited, page, hint) in [
        (
            "1398-05-13",
            "2019-08-04",
            "in the Solar Hijri calendar 1398 is the year 2019",
        ),
        (
            "1398-11-13",
            "2020-02-02",
            "in the Solar Hijri calendar 1398 is the year 2020",
        ),
    ] {
        let (names, message) = said(Case::web().date(cited).published(page, 0.95));
        assert_eq!(names, ["date-mismatch"]);
        assert!(message.ends_with(hint), "{message}");
    }
    // A year that is no likely one of another calendar is mistyped.
    let (names, message) = said(Case::web().date("2300-05-03").access_date("2019-06-01"));
    assert_eq!(names, ["date-in-future", "access-date-before-publication"]);
    assert!(!message.contains("calendar"), "{message}");
}

#[test]
fn access_before_publication_is_a_note_when_one_day_apart() {
    let severity = |date: &str, access: &str| {
        let findings = Case::web().date(date).access_date(access).findings();
        findings.first().map(|finding| finding.severity)
    };
    assert_eq!(
        severity("2024-11-03", "2023-11-03"),
        Some(Severity::Warning)
    );
    assert_eq!(severity("2024-11-03", "2024-11-02"), Some(Severity::Note));
    assert_eq!(severity("2024-11", "2024-11-02"), None);
    assert_eq!(severity("2024", "2024-01-02"), None);
}

#[test]
fn impossible_dates_are_errors_and_unknown_forms_notes() {
    let severity = |value: &str| {
        let findings = Case::web().written("date", value).findings();
        findings
            .first()
            .map(|finding| (finding.name.to_string(), finding.severity))
    };
    let named = |severity| Some(("invalid-date".to_owned(), severity));
    assert_eq!(severity("some time ago"), named(Severity::Note));
    assert_eq!(severity("{{date|2024}}"), None);
    assert_eq!(severity(""), None);
}

#[test]
fn archive_date_must_be_the_day_of_the_capture() {
    let copy = "https://web.archive.org/web/20240102030405/https://news.example/a";
    let wrong = Case::web().archive(copy, "2023-01-02");
    let findings = wrong.findings();
    assert_eq!(findings[0].name, "archive-date-mismatch");
    assert_eq!(
        findings[0].fix.as_ref().unwrap().edits[0].replacement,
        "2024-01-02"
    );
    assert_eq!(
        Case::web().archive(copy, "2024-01-02").names(),
        Vec::<String>::new()
    );
    let other = "https://archive.example/abc";
    assert_eq!(
        Case::web().archive(other, "2023-01-02").names(),
        Vec::<String>::new()
    );
}

#[test]
fn dead_link_weighs_the_archived_copy() {
    let copy = "https://web.archive.org/web/20240102030405/https://news.example/a";
    let severity = |case: Case| {
        let findings = case.status(404).findings();
        assert_eq!(findings[0].name, "dead-link");
        (
            findings[0].severity,
            findings[0]
                .fix
                .clone()
                .map(|fix| fix.edits[0].replacement.clone()),
        )
    };
    assert_eq!(severity(Case::web()), (Severity::Error, None));
    assert_eq!(
        severity(Case::web().archive(copy, "2024-01-02")),
        (Severity::Note, None)
    );
    let live = Case::web()
        .archive(copy, "2024-01-02")
        .url_status(UrlStatus::Live, "live");
    assert_eq!(severity(live), (Severity::Warning, Some("dead".to_owned())));
}

#[test]
fn foreign_source_needs_language_and_translated_title() {
    let foreign = |tag| Case::web().page_language(tag, 0.97);
    assert_eq!(
        foreign("uk").names(),
        ["needs-translation", "language-missing"]
    );
    assert_eq!(
        foreign("uk").language(&["uk"]).names(),
        ["needs-translation"]
    );
    assert_eq!(
        foreign("uk").language(&["uk"]).trans_title().names(),
        Vec::<String>::new()
    );
    assert_eq!(foreign("en").names(), Vec::<String>::new());
    let guess = |confidence| Case::web().page_language("uk", confidence).names();
    assert_eq!(guess(0.49), Vec::<String>::new());
    assert_eq!(guess(0.5), ["needs-translation"]);
    for tag in ["de", "ar", "ja", "th", "fa"] {
        assert_eq!(
            foreign(tag).language(&[tag]).trans_title().names(),
            Vec::<String>::new()
        );
    }
}

#[test]
fn only_a_certain_page_contradicts_the_cited_language() {
    let case = |confidence| {
        Case::web()
            .page_language("uk", confidence)
            .language(&["ru"])
            .trans_title()
            .names()
    };
    assert_eq!(case(0.97), ["language-mismatch"]);
    assert_eq!(case(0.7), Vec::<String>::new());
    let several = Case::web()
        .page_language("uk", 0.97)
        .language(&["ru", "uk"])
        .trans_title();
    assert_eq!(several.names(), Vec::<String>::new());
}

#[test]
fn missing_url_is_asked_of_web_citations_only() {
    let template = |name: &str| Case::without_url(name).names();
    assert_eq!(template("cite web"), ["missing-url"]);
    assert_eq!(template("Internetquelle"), ["missing-url"]);
    assert_eq!(template("Cita web"), ["missing-url"]);
    assert_eq!(template("یادکرد وب"), ["missing-url"]);
    assert_eq!(
        Case::without_url("Cite web").findings()[0].message,
        "{{Cite web}} cites a web page but gives no URL"
    );
    assert_eq!(template("cite book"), Vec::<String>::new());
    assert_eq!(template("Literatur"), Vec::<String>::new());
    let accessed = Case::without_url("cite news").access_date("2024-11-03");
    assert_eq!(accessed.names(), ["access-date-without-url"]);
    // CS1 wants a URL of a web page whatever else is given; others take an identifier.
    let identified = |name: &str| Case::without_url(name).raw("doi", "10.1000/182").names();
    assert_eq!(identified("cite web"), ["missing-url"]);
    assert_eq!(identified("Internetquelle"), Vec::<String>::new());
}

#[test]
fn bare_url_offers_the_page_title() {
    let findings = Case::bare("https://news.example/a").findings();
    assert_eq!(findings[0].name, "bare-url");
    let title = Evidence::new("page title", "Quake shakes the coast of Example", "<h1>");
    assert!(findings[0].evidence.contains(&title));
}

#[test]
fn text_beside_a_url_describes_it() {
    for (text, bare) in [
        ("https://news.example/a", true),
        ("https://news.example/a retrieved", true),
        ("[PDF] https://news.example/a", true),
        (
            "Report of the council, 5 May 2025: https://news.example/a",
            false,
        ),
        ("Офіційний сайт: https://news.example/a", false),
        ("市議会 https://news.example/a", false),
        ("تقرير المجلس https://news.example/a", false),
        ("รายงานของสภา https://news.example/a", false),
    ] {
        let names = Case::bare("https://news.example/a")
            .raw("text", text)
            .names();
        assert_eq!(names.contains(&"bare-url".to_owned()), bare, "{text}");
    }
}

#[test]
fn unused_ignore_names_its_place() {
    let finding = unused_ignore("dead-link", "paywalled", "citecheck.toml:4");
    assert_eq!(finding.name, "unused-ignore");
    assert_eq!(finding.reference, None);
    assert_eq!(finding.evidence[0].source, "citecheck.toml:4");
}

#[test]
fn template_that_is_never_closed_is_no_bare_url() {
    let broken = Case::bare("https://news.example/a").raw("text", "{{cite web |url=https://…");
    assert!(!broken.names().contains(&"bare-url".to_owned()));
}
