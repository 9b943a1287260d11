//! Answers of the Wayback Machine's availability API: the capture nearest to an instant.
//!
//! Source: <https://archive.org/help/wayback_api.php>.

use serde::Deserialize;
use url::Url;

use super::address::copy_address;
use super::capture::Capture;
use super::stamp;

#[derive(Deserialize)]
struct Answer {
    archived_snapshots: Snapshots,
}

#[derive(Deserialize)]
struct Snapshots {
    closest: Option<Closest>,
}

#[derive(Deserialize)]
struct Closest {
    #[serde(default)]
    available: bool,
    url: String,
    timestamp: String,
    #[serde(default)]
    status: Option<String>,
}

/// Reads an answer: one capture, or none where it says that there is none; `None` for what is no
/// answer.
#[must_use]
pub fn closest(body: &str) -> Option<Vec<Capture>> {
    let answer: Answer = serde_json::from_str(body).ok()?;
    let Some(closest) = answer.archived_snapshots.closest.filter(|it| it.available) else {
        return Some(Vec::new());
    };
    let captured = stamp::read(&closest.timestamp)?;
    let copy = copy_address(&Url::parse(&closest.url).ok()?)?;
    Some(vec![Capture {
        captured,
        original: copy.original.into(),
        status: closest.status.and_then(|status| status.parse().ok()),
    }])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(body: &str, expect: Option<&[(&str, &str, Option<u16>)]>) {
        let found = closest(body);
        let found: Option<Vec<_>> = found.as_ref().map(|copies| {
            let of = |copy: &Capture| {
                let at = stamp::write(copy.captured);
                (copy.original.clone(), at, copy.status)
            };
            copies.iter().map(of).collect()
        });
        let expect: Option<Vec<_>> = expect.map(|copies| {
            let of = |(page, at, status): &(&str, &str, Option<u16>)| {
                ((*page).to_owned(), (*at).to_owned(), *status)
            };
            copies.iter().map(of).collect()
        });
        assert_eq!(found, expect, "{body}");
    }

    #[test]
    fn answers_are_read() {
        check(
            r#"{"url":"river.com/a","archived_snapshots":{"closest":{"available":true,"url":
            "http://web.archive.org/web/20190102030405/http://river.com/a","timestamp":
            "20190102030405","status":"200"}}}"#,
            Some(&[("http://river.com/a", "20190102030405", Some(200))]),
        );
        check(r#"{"archived_snapshots":{}}"#, Some(&[]));
        check(
            r#"{"url":"river.com/a","archived_snapshots":{"closest":null}}"#,
            Some(&[]),
        );
        check("<html>busy", None);
        check("{}", None);
        check("", None);
        check(
            r#"{"archived_snapshots":{"closest":{"available":true,"url":"x","timestamp":"y"}}}"#,
            None,
        );
    }
}
