//! Reading date strings and finding dates in running text, in the languages of the world.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test helper may panic; offsets must be sliceable, that is the test"
)]

use std::fmt::Write;

use citecheck::dates::{DateReading, find_all, read};
use citecheck::model::{CitedDate, DatePoint, LanguageTag, Season};
use jiff::civil::Date;
use proptest::prelude::*;

fn said(reading: &DateReading) -> String {
    match reading {
        DateReading::Date(date) => date.to_string(),
        DateReading::Ambiguous(a, b) => format!("either {a} {b}"),
        DateReading::Undated => "undated".to_owned(),
        DateReading::Impossible(_) => "impossible".to_owned(),
        DateReading::Unrecognised => "nothing".to_owned(),
        other => panic!("{other:?} is not in the table's language"),
    }
}

fn found(text: &str, language: Option<&LanguageTag>) -> String {
    let dates: Vec<String> = find_all(text, language)
        .iter()
        .map(|found| found.date.to_string())
        .collect();
    dates.join(" ")
}

/// Runs a table of `language, text, expected` lines and reports all that differ.
fn check(table: &str, answer: impl Fn(&str, Option<&LanguageTag>) -> String) {
    let mut differing = String::new();
    for line in table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
    {
        let mut cells = line.split('\t');
        let (tag, text, expected) = (
            cells.next().unwrap(),
            cells.next().unwrap(),
            cells.next().unwrap(),
        );
        let text = text.replace("\\n", "\n");
        let answer = answer(&text, LanguageTag::parse(tag).as_ref());
        if answer != expected {
            writeln!(differing, "[{tag}] {text:?}: {answer}, not {expected}").unwrap();
        }
    }
    assert!(differing.is_empty(), "\n{differing}");
}

#[test]
fn whole_texts_are_read_as_dates() {
    check(include_str!("dates_read.tsv"), |text, language| {
        said(&read(text, language))
    });
}

#[test]
fn dates_are_found_in_running_text() {
    check(include_str!("dates_find.tsv"), found);
}

#[test]
fn found_dates_say_where_they_stand() {
    for (text, expected) in [
        ("«Річка». 3 листопада 2024 р. — так", "3 листопада 2024 р"),
        ("今日は令和6年11月5日に", "令和6年11月5日"),
        ("2024-11-03T10:15:00Z", "2024-11-03"),
        ("le 3 mai 2019 à 08h07", "3 mai 2019"),
        ("le 3 mai 2019. Il dit", "3 mai 2019"),
        ("on the 3rd of May 2019, he", "3rd of May 2019"),
        ("٣ نوفمبر ٢٠٢٤م.", "٣ نوفمبر ٢٠٢٤م"),
    ] {
        let places: Vec<&str> = find_all(text, None)
            .iter()
            .map(|found| &text[found.start..found.end])
            .collect();
        assert_eq!(places, [expected]);
    }
}

#[test]
fn reasons_are_told() {
    assert_eq!(
        read("31 April 2024", None),
        DateReading::Impossible("month 4 has 30 days, not 31".to_owned())
    );
}

/// Quadratic work on any of these would take minutes.
#[test]
fn hostile_texts_take_linear_time() {
    for unit in [
        "1 ", "1.1.", "May ", "3 May ", "2009-", "年", "一", "0", "พ.ศ.", "n.d.", "(", "~ ",
    ] {
        let text = unit.repeat(300_000 / unit.len());
        let _found = find_all(&text, None);
        let _reading = read(&text, None);
    }
}

fn point() -> impl Strategy<Value = DatePoint> {
    let season = prop::sample::select(vec![
        Season::Spring,
        Season::Summer,
        Season::Autumn,
        Season::Winter,
        Season::FirstQuarter,
        Season::SecondQuarter,
        Season::ThirdQuarter,
        Season::FourthQuarter,
    ]);
    prop_oneof![
        (0..=9999_i16).prop_map(DatePoint::Year),
        (0..=9999_i16, season).prop_map(|(year, season)| DatePoint::Season(year, season)),
        (0..=9999_i16, 1..=12_i8).prop_map(|(year, month)| DatePoint::Month(year, month)),
        (0..=9999_i16, 1..=12_i8, 1..=28_i8)
            .prop_map(|(year, month, day)| DatePoint::Day(Date::new(year, month, day).unwrap())),
    ]
}

proptest! {
    #[test]
    fn dates_are_read_back_as_written(
        from in point(),
        to in prop::option::of(point()),
        approximate: bool,
    ) {
        let (from, to) = match to {
            Some(to) if to.may_precede(from) => (to, Some(from)),
            to => (from, to.filter(|to| from.may_precede(*to))),
        };
        let date = CitedDate { from, to, approximate };
        prop_assert!(date.earliest() <= date.latest());
        prop_assert_eq!(read(&date.to_string(), None), DateReading::Date(date));
    }

    #[test]
    fn every_day_is_found_by_its_name(year in 1000..=2100_i16, month in 1..=12_i8, day in 1..=28_i8) {
        let date = Date::new(year, month, day).unwrap();
        for format in ["%-d %B %Y", "%B %-d, %Y", "%d %b %Y", "%Y-%m-%d", "%d.%m.%Y"] {
            let text = format!("Seen {}, they say", date.strftime(format));
            let found = find_all(&text, None);
            prop_assert_eq!(found.len(), 1, "{}", text);
            prop_assert_eq!(found[0].date, CitedDate::day(date), "{}", text);
        }
    }

    #[test]
    fn any_text_is_survived(text in "\\PC*", tag in "(de|uk|th|fa|ja|en)?") {
        survives(&text, &tag)?;
    }

    #[test]
    fn text_made_of_pieces_of_dates_is_survived(
        pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..40),
        tag in "(de|uk|th|fa|ja|en)?",
    ) {
        survives(&pieces.concat(), &tag)?;
    }
}

const PIECES: &[&str] = &[
    "3",
    "2024",
    "11",
    "999",
    "31",
    "0",
    "64",
    " ",
    " ",
    ".",
    ",",
    "-",
    "–",
    "/",
    ":",
    "\n",
    "(",
    ")",
    "May",
    "листопада",
    "listopada",
    "พ.ศ.",
    "มีนาคม",
    "年",
    "月",
    "日",
    "令和",
    "元",
    "тн",
    "tháng",
    "năm",
    "mar",
    "آبان",
    "۱۴۰۳",
    "رجب",
    "c.",
    "n.d.",
    "st",
    "de",
    "р.",
    "Q",
    "Winter",
    "bis",
    "T",
    "\u{200f}",
    "\u{301}",
    "a",
    "Uhr",
    "星期",
    "一",
    "十",
    "日",
    "no.",
];

fn survives(text: &str, tag: &str) -> Result<(), TestCaseError> {
    let language = LanguageTag::parse(tag);
    let _reading = read(text, language.as_ref());
    let mut last = 0;
    for found in find_all(text, language.as_ref()) {
        prop_assert!(last <= found.start && found.start < found.end);
        prop_assert!(text.get(found.start..found.end).is_some());
        last = found.end;
    }
    Ok(())
}
