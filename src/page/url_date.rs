//! Dates in the path of a URL.

use jiff::civil::Date;
use url::Url;

use crate::model::{CitedDate, DatePoint};

/// Years that a web page's address can mean; other numbers are identifiers.
const YEARS: std::ops::RangeInclusive<i16> = 1993..=2099;

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// The date that a path tells, to the day or to the month.
///
/// Read are `/2024/11/03/`, `/2024/nov/03/`, `/2024-11-03-slug`, `/20241103/`, `/03-11-2024/`,
/// `/slug-2024-11-03`, and `/2024/11/` or `/2024-11/` for a month. A year alone is no date: it is
/// as often a topic.
pub(super) fn read(url: &Url) -> Option<CitedDate> {
    let segments: Vec<&str> = url.path_segments()?.take(30).collect();
    in_segments(&segments)
        .or_else(|| segments.iter().rev().find_map(|segment| in_slug(segment)))
        .map(CitedDate::day)
        .or_else(|| month_in_segments(&segments))
}

/// Year, month and day in three segments; the last may go on (`03-slug`, `03.html`).
fn in_segments(segments: &[&str]) -> Option<Date> {
    // `2024-11/03` is `2024/11/03`.
    let parts: Vec<&str> = segments
        .iter()
        .flat_map(|segment| match segment.split_once('-') {
            Some((year, month)) if year.len() == 4 && month.len() == 2 => vec![year, month],
            _ => vec![*segment],
        })
        .collect();
    parts.windows(3).find_map(|window| match window {
        [year, month, day] => {
            let (number, rest) = leading_number(day)?;
            let ends = rest.is_empty() || rest.starts_with(['-', '_', '.']);
            let year = year_of(year)?;
            (ends && day.len() - rest.len() <= 2)
                .then(|| Date::new(year, month_of(month)?, number).ok())
                .flatten()
        }
        _ => None,
    })
}

fn month_in_segments(segments: &[&str]) -> Option<CitedDate> {
    let date = |year: i16, month: i8| CitedDate::point(DatePoint::Month(year, month));
    let pair = segments.windows(2).find_map(|window| match window {
        [year, month] => Some(date(year_of(year)?, month_of(month)?)),
        _ => None,
    });
    pair.or_else(|| {
        segments.iter().find_map(|segment| {
            let (year, month) = segment.split_once(['-', '_'])?;
            let two = month.len() == 2;
            Some(date(year_of(year)?, month_of(month).filter(|_| two)?))
        })
    })
}

fn year_of(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok().filter(|_| text.len() == 4)?;
    YEARS.contains(&year).then_some(year)
}

fn month_of(text: &str) -> Option<i8> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) && text.len() <= 2 {
        return text.parse().ok().filter(|month| (1..=12).contains(month));
    }
    let lower = text.to_ascii_lowercase();
    let named = MONTHS
        .iter()
        .position(|name| lower.starts_with(name) && lower.len() <= 9)?;
    i8::try_from(named + 1).ok()
}

fn leading_number(text: &str) -> Option<(i8, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    Some((digits.parse().ok()?, rest))
}

/// A date among the numbers of one segment: `2024-11-03`, `20241103`, `03-11-2024`.
fn in_slug(segment: &str) -> Option<Date> {
    let runs: Vec<&str> = segment
        .split(|c: char| !c.is_ascii_digit())
        .take(60)
        .collect();
    let compact = runs.iter().find_map(|run| {
        let (year, rest) = run.split_at_checked(4).filter(|_| run.len() == 8)?;
        let (month, day) = rest.split_at_checked(2)?;
        Date::new(year_of(year)?, month_of(month)?, day.parse().ok()?).ok()
    });
    // Neighbouring runs with exactly one other character between them.
    compact.or_else(|| {
        runs.windows(3).find_map(|window| {
            let [first, second, third] = window else {
                return None;
            };
            let date = |year: &str, day: &str| {
                let day: i8 = day.parse().ok().filter(|_| day.len() == 2)?;
                let two = second.len() == 2;
                Date::new(year_of(year)?, month_of(second).filter(|_| two)?, day).ok()
            };
            date(first, third).or_else(|| date(third, first))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, expect: Option<&str>) {
        let url = Url::parse(&format!("https://news.example{path}")).unwrap();
        let date = read(&url).map(|date| date.to_string());
        assert_eq!(date.as_deref(), expect, "{path}");
    }

    #[test]
    fn paths_tell_dates() {
        check("/2024/11/03/slug.html", Some("2024-11-03"));
        check("/world/2024/nov/3/slug", Some("2024-11-03"));
        check("/2024/11/03-slug.html", Some("2024-11-03"));
        check("/news/2024-11-03-slug", Some("2024-11-03"));
        check("/news/slug-2024-11-03/", Some("2024-11-03"));
        check("/a/20241103/slug", Some("2024-11-03"));
        check("/nachrichten/slug-03-11-2024.html", Some("2024-11-03"));
        check("/local/2024-11/03/c_1.htm", Some("2024-11-03"));
        check("/2024/11/slug", Some("2024-11"));
        check("/2024-11/slug", Some("2024-11"));
    }

    #[test]
    fn numbers_are_no_dates() {
        for path in [
            "/",
            "/2024/slug",
            "/a-20249999",
            "/id/12345678",
            "/2024/13/01",
            "/v/1-2-3",
        ] {
            check(path, None);
        }
    }
}
