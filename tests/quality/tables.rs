//! Tables of values with what they mean: dates, CS1's verdicts, languages.

use citecheck::cs1::dates::{DateParameter, judge};
use citecheck::dates::{DateReading, find_all, read};
use citecheck::languages::read_cited;
use citecheck::model::LanguageTag;
use jiff::civil::{Date, date};

use crate::rows;
use crate::score::Scores;

/// The day on which CS1's verdicts are asked for.
const TODAY: Date = date(2026, 11, 22);

/// `read`: of those that say a date, which are read so. `ambiguous`: which of those that read two
/// ways stay so. `never-wrong`: for which cases no date is given that they do not say. `found`:
/// which whole dates are found in a sentence.
pub(crate) fn dates() -> Scores {
    let mut scores = Scores::default();
    for row in rows("dates.tsv") {
        let [tag, text, truth] = row.as_slice() else {
            panic!("not three cells: {row:?}");
        };
        let tag = LanguageTag::parse(tag);
        let reading = read(text, tag.as_ref());
        let said = if let DateReading::Date(date) = &reading {
            date.to_string()
        } else if let DateReading::Ambiguous(first, second) = &reading {
            format!("ambiguous {first} {second}")
        } else {
            "none".to_owned()
        };
        let miss = || {
            let tag = tag.as_ref().map_or("-", LanguageTag::as_str);
            format!("{tag} {text}: read {said}, true {truth}")
        };
        scores.count("never-wrong", said == *truth || !is_date(&said), miss);
        if truth.starts_with("ambiguous") {
            scores.count("ambiguous", said == *truth, miss);
        } else if truth != "none" {
            scores.count("read", said == *truth, miss);
        }
        if let Ok(day) = truth.parse::<Date>() {
            let found = find_all(&format!("({text})"), tag.as_ref());
            let right = found
                .iter()
                .any(|found| found.date.to_string() == day.to_string());
            scores.count("found", right, || format!("{}; found {found:?}", miss()));
        }
    }
    scores
}

fn is_date(said: &str) -> bool {
    said != "none" && !said.starts_with("ambiguous")
}

/// `verdict`: good or bad, as CS1 says. `reason`: with the same reason.
pub(crate) fn cs1_dates() -> Scores {
    let mut scores = Scores::default();
    for row in rows("cs1-dates.tsv") {
        let [parameter, value, truth] = row.as_slice() else {
            panic!("not three cells: {row:?}");
        };
        let judged = judge(DateParameter::of(parameter).unwrap(), value, TODAY);
        let said = judged
            .err()
            .map_or_else(|| "ok".to_owned(), |reason| format!("{reason:?}"));
        let miss = || format!("{parameter}={value}: {said}, true {truth}");
        scores.count("verdict", (said == "ok") == (truth == "ok"), miss);
        scores.count("reason", said == *truth, miss);
    }
    scores
}

/// `tags`: which values of `language` give their tags and no others.
pub(crate) fn languages() -> Scores {
    let mut scores = Scores::default();
    for row in rows("languages.tsv") {
        let [value, truth] = row.as_slice() else {
            panic!("not two cells: {row:?}");
        };
        let (tags, _) = read_cited(value);
        let mut said: Vec<&str> = tags.iter().map(LanguageTag::as_str).collect();
        if said.is_empty() {
            said.push("none");
        }
        let said = said.join(" ");
        let miss = || format!("{value}: read {said}, true {truth}");
        scores.count("tags", said == *truth, miss);
    }
    scores
}
