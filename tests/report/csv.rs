//! CSV: read back by a reader that keeps to RFC 4180.

use std::collections::BTreeMap;

use citecheck::model::{CheckedSource, Report, Span};
use citecheck::report::Format;

use crate::reports::{attacks, clean, hostile, many_languages};
use crate::shown;

fn rows(report: &Report) -> Vec<BTreeMap<String, String>> {
    let text = shown(report, Format::Csv);
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

#[test]
fn a_row_is_a_finding_or_a_work_without_any() {
    let rows = rows(&many_languages());
    // One finding of the run and one of the article; four references with one each, three without.
    assert_eq!(rows.len(), 2 + 7);
    let gone = rows.iter().find(|row| row["reference"] == "2").unwrap();
    let expect = [
        ("article", "rivers.wiki"),
        ("title", "„Die Saison am Fluss“"),
        ("url", "https://fluss.example/saison"),
        ("cited_date", "2019-05-03"),
        ("language", "de"),
        ("verdict", "gone"),
        ("severity", "error"),
        ("rule", "dead-link"),
        ("line", "12"),
        ("fix_safety", "for review"),
    ];
    for (column, value) in expect {
        assert_eq!(gone[column], value, "{column}");
    }
    let sound = rows.iter().find(|row| row["reference"] == "7").unwrap();
    assert_eq!((&*sound["severity"], &*sound["verdict"]), ("", "alive"));
    assert_eq!(
        rows.iter()
            .filter(|row| row["reference"].is_empty())
            .count(),
        2
    );
}

#[test]
fn each_work_of_a_reference_has_its_findings() {
    let mut report = many_languages();
    let article = report.articles.first_mut().unwrap();
    let at = article.findings.first().unwrap().span.unwrap();
    article.references.edit(|reference| {
        if reference.number == 2 {
            reference.further.push(CheckedSource {
                template: None,
                citation: citecheck::model::Citation {
                    title: Some("Another".to_owned()),
                    ..Default::default()
                },
                span: Span {
                    start: at.start,
                    end: at.end,
                    ..at
                },
                language: None,
                link: None,
                page: None,
            });
        }
    });
    let rows = rows(&report);
    let works: Vec<_> = rows.iter().filter(|row| row["reference"] == "2").collect();
    assert_eq!(works.len(), 2);
    assert_eq!((&*works[0]["work"], &*works[0]["rule"]), ("1", ""));
    assert_eq!((&*works[1]["work"], &*works[1]["rule"]), ("2", "dead-link"));
    assert_eq!(works[1]["title"], "Another");
}

#[test]
fn no_cell_is_a_formula_or_breaks_its_row() {
    let columns = rows(&clean())[0].len();
    for attack in attacks() {
        for row in rows(&hostile(&attack.text)) {
            assert_eq!(row.len(), columns);
            for (column, cell) in row {
                let first = cell
                    .trim_start_matches(['\u{200b}', ' ', '\t', '\u{feff}'])
                    .chars()
                    .next();
                let formula = first.is_some_and(|c| "=+-@＝＋－＠\t\r".contains(c));
                assert!(!formula, "{column}: {cell:?} of {:?}", attack.text);
                assert!(!cell.contains(char::is_control), "{column}: {cell:?}");
            }
        }
    }
}
