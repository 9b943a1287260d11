//! CS1's date rules, as the library has them and as the rules report them.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::format_collect,
    clippy::wildcard_enum_match_arm,
    reason = "helpers of a test"
)]

use std::fs;
use std::process::Command;

use citecheck::article::{ReadOptions, read};
use citecheck::check::{CheckOptions, Facts, assemble};
use citecheck::cs1::dates::{DateParameter, Verdict, day, judge, template, write_day};
use citecheck::cs1::is_template;
use citecheck::model::{
    CheckedArticle, DateStyle, Finding, InputFormat, LanguageTag, Network, Parameter, Safety,
    Severity, Span,
};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 22);

/// The lines of a table, comments left out.
fn rows(file: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(format!("tests/data/{file}")).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect()
}

fn now() -> Timestamp {
    "2026-11-22T00:00:00Z".parse().unwrap()
}

fn checked_as(
    text: &str,
    language: Option<&'static str>,
    style: Option<DateStyle>,
) -> CheckedArticle {
    let options = ReadOptions {
        language: language.map(LanguageTag::from_static),
    };
    let mut article = read("a.wiki", text, InputFormat::Wikitext, &options);
    article.date_style = article.date_style.or(style);
    let options = CheckOptions::at(now(), Network::Offline);
    let report = assemble(vec![article], &Facts::default(), &options, now(), false);
    report.articles.into_iter().next().unwrap()
}

fn checked(text: &str) -> CheckedArticle {
    checked_as(text, None, None)
}

fn cite(parameters: &str) -> String {
    format!("<ref>{{{{cite web |url=https://a.example/b |title=A day |{parameters}}}}}</ref>\n")
}

fn of<'a>(article: &'a CheckedArticle, rule: &str) -> Vec<&'a Finding> {
    let findings = article.findings.iter();
    findings.filter(|finding| finding.name == rule).collect()
}

/// The text with a finding's edits made.
fn fixed(text: &str, finding: &Finding) -> String {
    let mut text = text.to_owned();
    for edit in finding.fix.as_ref().unwrap().edits.iter().rev() {
        text.replace_range(edit.start..edit.end, &edit.replacement);
    }
    text
}

#[test]
fn values_are_judged_as_cs1_judges_them() {
    let mut wrong = Vec::new();
    let rows = rows("cs1_verdicts.tsv");
    for row in &rows {
        let parameter = DateParameter::of(&row[0]).unwrap();
        let value = row[1].replace('␣', " ").replace('⍽', "\u{a0}");
        let verdict = match judge(parameter, &value, TODAY) {
            Ok(_) => "ok".to_owned(),
            Err(reason) => format!("{reason:?}"),
        };
        if verdict != row[2] {
            wrong.push(format!("{}={}: {verdict}, not {}", row[0], row[1], row[2]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(150 < rows.len());
}

#[test]
fn parameters_are_judged_together() {
    let mut wrong = Vec::new();
    for row in rows("cs1_templates.tsv") {
        let text = cite(&row[0]);
        let article = checked(&text);
        let mut named: Vec<String> = of(&article, "invalid-date")
            .iter()
            .map(|finding| {
                let source = &finding.evidence[0].source;
                source.trim_matches(['|', '=']).to_lowercase()
            })
            .collect();
        named.sort();
        let named = if named.is_empty() {
            "—".to_owned()
        } else {
            named.join(" ")
        };
        if named != row[1] {
            wrong.push(format!("{}: {named}, not {}", row[0], row[1]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_finding_names_parameter_value_and_reason() {
    let text = cite("accessdate = May 2019");
    let article = checked(&text);
    let finding = of(&article, "invalid-date")[0];
    assert_eq!(finding.severity, Severity::Error);
    let evidence: Vec<(&str, &str, &str)> = finding
        .evidence
        .iter()
        .map(|one| (one.what.as_ref(), one.value.as_str(), one.source.as_ref()))
        .collect();
    let expected = [
        ("cited access-date", "May 2019", "|accessdate="),
        ("reason", "it must be one whole day", "CS1"),
    ];
    assert_eq!(evidence, expected);
    assert_eq!(finding.span.unwrap().text(&text), Some("May 2019"));
}

#[test]
fn what_can_be_read_one_way_is_rewritten() {
    let mut wrong = Vec::new();
    for row in rows("cs1_fixes.tsv") {
        let text = cite(&row[0]);
        let article = checked(&text);
        let finding = of(&article, "invalid-date")[0];
        let fix = finding.fix.as_ref();
        let value = fix.map_or("—", |fix| fix.edits[0].replacement.as_str());
        let safety = fix.map_or("—", |fix| match fix.safety {
            Safety::Safe => "safe",
            _ => "review",
        });
        if (value, safety) != (row[1].as_str(), row[2].as_str()) {
            wrong.push(format!("{}: {value} ({safety})", row[0]));
        }
        if fix.is_some() {
            let again = checked(&fixed(&text, finding));
            assert!(of(&again, "invalid-date").is_empty(), "{}", row[0]);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_declared_order_is_kept_where_nothing_else_tells() {
    let text = cite("date=Feb. 12, 2009");
    let article = checked_as(&text, None, Some(DateStyle::DayMonthYear));
    let fix = of(&article, "invalid-date")[0].fix.as_ref().unwrap();
    assert_eq!(fix.edits[0].replacement, "12 February 2009");
}

#[test]
fn other_wikis_and_templates_are_judged_loosely() {
    let strange = |name: &str, field: &str, value: &str, language| {
        let text =
            format!("<ref>{{{{{name} |url=https://a.example |title=X |{field}={value}}}}}</ref>");
        of(&checked_as(&text, Some(language), None), "invalid-date").len()
    };
    assert_eq!(strange("cite web", "date", "12th February 2009", "en"), 1);
    assert_eq!(
        strange("Cite_web", "date", "12th February 2009", "en-GB"),
        1
    );
    assert_eq!(strange("citation", "date", "12th February 2009", "en"), 1);
    assert_eq!(strange("citeweb", "date", "12th February 2009", "en"), 1);
    assert_eq!(
        strange("Internetquelle", "abruf", "3. Februar 2019", "de"),
        0
    );
    assert_eq!(
        strange("Internetquelle", "abruf", "31. Februar 2019", "de"),
        1
    );
    assert_eq!(strange("cite web", "date", "3 лютого 2019", "uk"), 0);
    assert_eq!(strange("cite web", "access-date", "Лютий 2019", "uk"), 0);
    assert_eq!(strange("cite web", "date", "31 лютого 2019", "uk"), 1);
    assert_eq!(strange("cite web", "تاریخ", "۳ فروردین ۱۳۹۸", "fa"), 0);
    assert_eq!(strange("استشهاد ويب", "تاريخ", "3 فبراير 2019", "ar"), 0);
    assert_eq!(strange("Cite web", "date", "2019年2月3日", "ja"), 0);
    assert_eq!(strange("cite web", "date", "3 กุมภาพันธ์ 2562", "th"), 0);
    assert_eq!(strange("cite bible", "date", "12th February 2009", "en"), 0);
}

#[test]
fn archive_dates_are_the_day_of_the_capture_in_their_own_form() {
    let mismatch = |url: &str, more: &str| {
        let text = cite(&format!("archive-url={url}|{more}"));
        let article = checked(&text);
        let found = of(&article, "archive-date-mismatch");
        found.first().map(|finding| {
            let fix = finding.fix.as_ref().unwrap();
            assert_eq!(fix.safety, Safety::Safe);
            fix.edits[0].replacement.clone()
        })
    };
    let copy = "https://web.archive.org/web/20190907235959/https://a.example/b";
    let said = |more| mismatch(copy, more);
    assert_eq!(said("archive-date=7 September 2019"), None);
    assert_eq!(
        said("archive-date=8 September 2019").as_deref(),
        Some("7 September 2019")
    );
    assert_eq!(
        said("archive-date=8 Aug 2019").as_deref(),
        Some("7 Sep 2019")
    );
    assert_eq!(
        said("archivedate=Aug 8, 2019").as_deref(),
        Some("Sep 7, 2019")
    );
    assert_eq!(
        said("archive-date=August 8, 2019").as_deref(),
        Some("September 7, 2019")
    );
    assert_eq!(
        said("archive-date=2019-09-08").as_deref(),
        Some("2019-09-07")
    );
    // CS1 looks no further where a date is wrong.
    assert_eq!(said("archive-date=8 September 2019|date=last year"), None);
    let without_scheme = "//web.archive.org/web/20190907000000/https://a.example/b";
    assert!(mismatch(without_scheme, "archive-date=8 September 2019").is_some());
    for other in [
        "https://archive.example/20190907000000/https://a.example/b",
        "https://web.archive.org/web/201909/https://a.example/b",
        "https://wayback.archive-it.org/1/20190907000000/https://a.example/b",
    ] {
        assert_eq!(
            mismatch(other, "archive-date=8 September 2019"),
            None,
            "{other}"
        );
    }
}

#[test]
fn what_is_before_the_publication_is_reported() {
    let found = |parameters: &str| {
        let article = checked(&cite(parameters));
        let order = article.findings.iter();
        let order = order.filter(|finding| finding.name.ends_with("-before-publication"));
        let told = order.map(|finding| (finding.rule.0.to_string(), finding.severity));
        told.collect::<Vec<_>>()
    };
    let archive = "archive-url=https://archive.example/1|archive-date";
    let one = |code: &str, severity| vec![(code.to_owned(), severity)];
    let warning = Severity::Warning;
    assert_eq!(
        found("date=9 May 2019|access-date=8 May 2018"),
        one("DAT003", warning)
    );
    assert_eq!(
        found("date=9 May 2019|access-date=8 May 2019"),
        one("DAT003", Severity::Note)
    );
    assert_eq!(
        found(&format!("date=9 May 2019|{archive}=7 May 2019")),
        one("ARC001", warning)
    );
    assert_eq!(
        found(&format!("date=9 May 2019|{archive}=8 May 2019")),
        one("ARC001", Severity::Note)
    );
    let later = "https://web.archive.org/web/20190601000000/https://a.example/b";
    for silent in [
        "date=9 May 2019|access-date=9 May 2019".to_owned(),
        "date=May 2019|access-date=1 May 2019".to_owned(),
        "date=c. 2019|access-date=1 May 2010".to_owned(),
        format!("date=9 May 2019|{archive}=9 May 2019"),
        format!("date=2019|{archive}=2 January 2019"),
        // The copy is of a later day: the archive-date alone is wrong.
        format!("date=9 May 2019|archive-url={later}|archive-date=1 May 2019"),
    ] {
        assert_eq!(found(&silent), [], "{silent}");
    }
}

#[test]
fn hyphens_in_ranges_become_en_dashes() {
    let text = cite("date=May-June 2019|access-date=2019-06-03");
    let article = checked(&text);
    let findings = of(&article, "date-range-hyphen");
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].severity, Severity::Note);
    assert_eq!(findings[0].fix.as_ref().unwrap().safety, Safety::Safe);
    let text = fixed(&text, findings[0]);
    assert!(text.contains("|date=May–June 2019|"), "{text}");
    assert!(of(&checked(&text), "date-range-hyphen").is_empty());
    let rejected = checked(&cite("date=May-June 2019|access-date=June 2019"));
    assert!(of(&rejected, "date-range-hyphen").is_empty());
}

#[test]
fn a_year_that_the_date_says_goes() {
    let finding = |parameters: &str| {
        let text = cite(parameters);
        let article = checked(&text);
        let found = of(&article, "redundant-year").first().copied().cloned();
        (text, found)
    };
    let (text, found) = finding("date=3 May 2019 |year=2019 |access-date=2019-06-03");
    let found = found.unwrap();
    assert_eq!(found.severity, Severity::Note);
    let text = fixed(&text, &found);
    assert!(text.contains("|date=3 May 2019 |access-date="), "{text}");
    for kept in [
        "date=3 May 2019a|year=2019",
        "date=2018–2019|year=2019",
        "date=2019|year=2019b",
    ] {
        let found = finding(kept).1.unwrap();
        assert!(found.fix.is_none(), "{kept}");
    }
    for silent in [
        "year=2019",
        "date=2019-05-03|year=2019a",
        "date=3 May 2019|year=2018",
    ] {
        assert!(finding(silent).1.is_none(), "{silent}");
    }
}

#[test]
fn books_older_than_the_isbn_are_noted() {
    let noted = |parameters: &str, language| {
        let text = format!("<ref>{{{{cite book |title=A day |{parameters}}}}}</ref>");
        of(
            &checked_as(&text, Some(language), None),
            "isbn-on-older-book",
        )
        .len()
    };
    assert_eq!(noted("date=1927 |isbn=978-0-15-662870-9", "en"), 1);
    assert_eq!(noted("year=1964 |isbn=978-0-15-662870-9", "de"), 1);
    assert_eq!(noted("year=1965 |isbn=978-0-15-662870-9", "en"), 0);
    assert_eq!(noted("date=c. 1927 |isbn=978-0-15-662870-9", "en"), 0);
    assert_eq!(noted("date=1927", "en"), 0);
    assert_eq!(noted("date=1927 |isbn=", "en"), 0);
}

#[test]
fn mixed_orders_of_days_are_counted_once_per_article() {
    let mixed = |dates: &[&str], style| {
        let text: String = dates.iter().map(|parameters| cite(parameters)).collect();
        let article = checked_as(&text, None, style);
        let found = of(&article, "date-format-mixed");
        assert!(found.len() <= 1);
        found.first().map(|finding| {
            assert_eq!(finding.fix.as_ref().unwrap().safety, Safety::Review);
            let again = checked_as(&fixed(&text, finding), None, style);
            assert!(of(&again, "date-format-mixed").is_empty());
            let edits = finding.fix.as_ref().unwrap().edits.iter();
            let edits = edits.map(|edit| edit.replacement.clone());
            edits.collect::<Vec<_>>().join("; ")
        })
    };
    let dmy = Some(DateStyle::DayMonthYear);
    let mixed_two = ["date=3 May 2019", "date=4 Jun 2019", "date=Jul 5, 2019"];
    assert_eq!(mixed(&mixed_two, None).as_deref(), Some("5 Jul 2019"));
    assert_eq!(
        mixed(&mixed_two, Some(DateStyle::MonthDayYear)).as_deref(),
        Some("May 3, 2019; Jun 4, 2019")
    );
    assert_eq!(
        mixed(
            &["date=3 May 2019", "date=4 June 2019", "date=2019-07-05"],
            None
        )
        .as_deref(),
        Some("5 July 2019")
    );
    // The order that the fewest dates break, not the one that most dates of publication have.
    let beside = [
        "date=2019-05-03|access-date=3 June 2019",
        "date=2019-05-04|access-date=4 June 2019",
        "access-date=5 June 2019",
    ];
    assert_eq!(
        mixed(&beside, None).as_deref(),
        Some("3 May 2019; 4 May 2019")
    );
    for silent in [
        [
            "date=3 May 2019|access-date=2019-06-01",
            "date=4 May 2019|access-date=6 June 2019",
        ],
        ["date=3 May 2019", "date=May 2019"],
        ["date=3 May 2019", "date=May–June 2019"],
        ["access-date=2019-06-01", "access-date=2019-06-02"],
    ] {
        assert_eq!(mixed(&silent, None), None, "{silent:?}");
        assert_eq!(mixed(&silent, dmy), None, "{silent:?}");
    }
    let ukrainian = cite("date=3 May 2019") + &cite("date=May 3, 2019");
    let article = checked_as(&ukrainian, Some("uk"), None);
    assert!(of(&article, "date-format-mixed").is_empty());
}

#[test]
fn templates_are_known_by_their_names_and_redirects() {
    for name in [
        "cite web",
        "Cite_News",
        "citebook",
        "Citation",
        "Template:Cite journal",
        "cite <!-- x -->web",
    ] {
        assert!(is_template(name), "{name}");
    }
    for name in [
        "",
        "Internetquelle",
        "citation needed",
        "cite court",
        "webarchive",
        "sfn",
    ] {
        assert!(!is_template(name), "{name}");
    }
}

#[test]
fn a_template_of_very_many_dates_is_one_template() {
    let dates = "|date=31 April 2019".repeat(20_000);
    let article = checked(&cite(&format!("access-date=2019-05-01{dates}")));
    assert_eq!(of(&article, "invalid-date").len(), 1);
    let long = "9".repeat(300_000) + " May";
    let article = checked(&cite(&format!("date={long}")));
    let found = of(&article, "invalid-date");
    assert_eq!(found.len(), 1);
    assert!(found[0].message.len() < 200);
    assert_eq!(found[0].evidence[0].value, long);
}

/// The program itself, over articles of many shapes: exactly the rejected fields are reported.
#[test]
fn the_command_reports_exactly_the_rejected_fields() {
    let rows: Vec<(String, String, bool)> = rows("cs1_verdicts.tsv")
        .into_iter()
        .filter(|row| matches!(row[0].as_str(), "date" | "access-date" | "archive-date"))
        .map(|row| {
            let value = row[1].replace('␣', " ").replace('⍽', "\u{a0}");
            (row[0].clone(), value, row[2] == "ok")
        })
        .collect();
    let reference = |(name, value, _): &(String, String, bool)| {
        let archive = if name == "archive-date" {
            "|archive-url=https://archive.example/1"
        } else {
            ""
        };
        format!(
            "<ref>{{{{cite web|url=https://a.example/b|title=A day{archive}|{name}={value}}}}}</ref>"
        )
    };
    let folder = tempfile::tempdir().unwrap();
    let bare: String = rows.iter().map(|row| reference(row) + "\n").collect();
    let prose: String = rows
        .iter()
        .map(|row| {
            format!(
                "The ferry ran aground in the night and was refloated.{}\r\n\r\n",
                reference(row)
            )
        })
        .collect();
    let many = bare.repeat(20);
    for (name, text) in [
        ("bare.wiki", &bare),
        ("prose.wiki", &prose),
        ("many.wiki", &many),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_citecheck"))
            .args([
                "check",
                "--offline",
                "--now",
                "2026-11-22T00:00:00Z",
                "--format",
                "json",
            ])
            .args(["--fail-on", "never"])
            .arg(&path)
            .output()
            .unwrap();
        let report: citecheck::model::Report = serde_json::from_slice(&output.stdout).unwrap();
        let article = &report.articles[0];
        let mut found: Vec<u32> = of(article, "invalid-date")
            .iter()
            .map(|finding| finding.reference.unwrap())
            .collect();
        found.sort_unstable();
        let expected: Vec<u32> = (1..)
            .zip(rows.iter().cycle().take(article.references.len()))
            .filter(|(_, row)| !row.2)
            .map(|(number, _)| number)
            .collect();
        assert_eq!(found, expected, "{name}");
        assert_eq!(article.references.len() % rows.len(), 0, "{name}");
    }
}

fn parameter(name: &str, value: &str) -> Parameter {
    Parameter {
        name: Some(name.to_owned()),
        value: value.to_owned(),
        field: None,
        span: Span::default(),
        value_span: Span::default(),
    }
}

/// Values near to dates, and any others.
fn value() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just(" ".to_owned()),
        Just("–".to_owned()),
        Just("-".to_owned()),
        Just(", ".to_owned()),
        Just("May".to_owned()),
        Just("Winter".to_owned()),
        Just("c. ".to_owned()),
        Just("<!--".to_owned()),
        "[0-9]{1,4}[a-z]?",
        "\\PC{0,3}",
    ];
    proptest::collection::vec(piece, 0..9).prop_map(|pieces| pieces.concat())
}

const NAMES: [&str; 8] = [
    "date",
    "year",
    "publication-date",
    "access-date",
    "accessdate",
    "archive-date",
    "air-date",
    "Date",
];

proptest! {
    #[test]
    fn every_value_has_a_verdict(value in value()) {
        for parameter in DateParameter::ALL {
            let accepted = judge(parameter, &value, TODAY).is_ok();
            // What is no date is no date in any parameter: `date` takes the most forms.
            let reaches_further = [DateParameter::Year, DateParameter::PmcEmbargoDate];
            if accepted && !reaches_further.contains(&parameter) {
                prop_assert!(judge(DateParameter::Date, &value, TODAY).is_ok());
            }
        }
        let _ = day(&value);
    }

    #[test]
    fn every_template_has_verdicts(
        values in proptest::collection::vec((0..NAMES.len(), value()), 0..6),
    ) {
        let parameters: Vec<Parameter> = values
            .iter()
            .map(|(name, value)| parameter(NAMES[*name], value))
            .collect();
        let verdicts = template(&parameters, TODAY);
        prop_assert!(verdicts.len() <= DateParameter::ALL.len());
        for field in verdicts {
            let unread = field.verdict == Verdict::Unread;
            prop_assert_eq!(unread, field.value.contains("{{"));
        }
    }

    #[test]
    fn what_is_written_is_read_again(days in 0_i32..160_000, style in 0_usize..3, short: bool) {
        let at = date(1582, 1, 1).saturating_add(jiff::Span::new().days(days));
        let styles = [DateStyle::DayMonthYear, DateStyle::MonthDayYear, DateStyle::YearMonthDay];
        let form = citecheck::cs1::dates::DayForm { style: styles[style], short };
        let written = write_day(at, form);
        let (again, read_form) = day(&written).unwrap();
        prop_assert_eq!(again, at);
        prop_assert_eq!(read_form.style, form.style);
        prop_assert_eq!(write_day(at, read_form), written);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_article_is_checked_without_panic(values in proptest::collection::vec(value(), 1..4)) {
        let cited = values
            .iter()
            .map(|value| cite(&format!("date={value}|year={value}|isbn={value}")));
        let _ = checked(&cited.collect::<String>());
    }
}
