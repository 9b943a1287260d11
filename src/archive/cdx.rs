//! Answers of CDX servers: one capture a row.
//!
//! Source: the Wayback CDX Server's documentation (internetarchive/wayback). Rows come as text,
//! parted by spaces, or as JSON, an array of arrays whose first names the columns.

use std::collections::BTreeMap;

use super::capture::Capture;
use super::stamp;

/// The columns of text rows, which always stand in this order.
const COLUMNS: [&str; 6] = [
    "urlkey",
    "timestamp",
    "original",
    "mimetype",
    "statuscode",
    "digest",
];

/// More rows than any question asks for; what an answer has beyond is not read.
const MOST_ROWS: usize = 10_000;

/// One answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CdxPage {
    /// The captures by time, one for each instant.
    pub captures: Vec<Capture>,
    /// What asks for the rest; `None` if this is all.
    pub resume_key: Option<String>,
}

struct Row<'a> {
    capture: Capture,
    digest: &'a str,
}

/// Reads an answer, text or JSON; `None` for what is neither, such as an error page.
///
/// A repeated capture (`warc/revisit`, status `-`) gets the status of the one that it repeats, which
/// has the same digest, if that is in the answer. Of several captures of one instant the one that may
/// work stays. Rows that cannot be read are left out.
#[must_use]
pub fn read_cdx(body: &str) -> Option<CdxPage> {
    let body = body.trim_start_matches('\u{feff}').trim_start_matches(' ');
    if body.starts_with('[') {
        let rows: Vec<Vec<String>> = serde_json::from_str(body).ok()?;
        return Some(page_of_json(&rows));
    }
    if body.trim_start().starts_with(['<', '{']) {
        return None;
    }
    page_of_text(body)
}

/// Whether an answer says that the archive gives out nothing of this site.
#[must_use]
pub fn is_exclusion(status: u16, body: &str) -> bool {
    status == 403 && body.contains("AccessControlException") || body.contains("Blocked Site Error")
}

fn page_of_text(body: &str) -> Option<CdxPage> {
    let mut lines = body.lines().map(str::trim_end);
    let mut rows = Vec::new();
    let mut strange = 0;
    for line in lines
        .by_ref()
        .take_while(|line| !line.is_empty())
        .take(MOST_ROWS)
    {
        let cells: Vec<&str> = line.split(' ').collect();
        match row(&cells, &COLUMNS) {
            Some(row) => rows.push(row),
            None => strange += 1,
        }
    }
    if rows.is_empty() && 0 < strange {
        return None;
    }
    let key = lines.find(|line| !line.is_empty());
    Some(CdxPage {
        captures: captures(rows),
        resume_key: key.filter(|key| !key.contains(' ')).map(str::to_owned),
    })
}

fn page_of_json(rows: &[Vec<String>]) -> CdxPage {
    let Some((names, rows)) = rows.split_first() else {
        return CdxPage::default();
    };
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let end = rows.iter().position(Vec::is_empty).unwrap_or(rows.len());
    let cells = rows.iter().take(end.min(MOST_ROWS)).map(|cells| {
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        cells
    });
    let cells: Vec<Vec<&str>> = cells.collect();
    let found = cells.iter().filter_map(|cells| row(cells, &names));
    let key = rows.get(end + 1).and_then(|cells| cells.first());
    CdxPage {
        captures: captures(found.collect()),
        resume_key: key.cloned(),
    }
}

fn row<'a>(cells: &[&'a str], names: &[&str]) -> Option<Row<'a>> {
    let cell = |name: &str| {
        let at = names.iter().position(|other| *other == name)?;
        cells.get(at).copied()
    };
    let original = cell("original").filter(|original| !original.is_empty())?;
    Some(Row {
        capture: Capture {
            captured: stamp::read(cell("timestamp")?)?,
            original: original.to_owned(),
            status: cell("statuscode").and_then(|status| status.parse().ok()),
        },
        digest: cell("digest").unwrap_or_default(),
    })
}

fn captures(mut rows: Vec<Row<'_>>) -> Vec<Capture> {
    let told: BTreeMap<&str, u16> = rows
        .iter()
        .filter(|row| !row.digest.is_empty())
        .filter_map(|row| Some((row.digest, row.capture.status?)))
        .collect();
    for row in &mut rows {
        row.capture.status = row.capture.status.or(told.get(row.digest).copied());
    }
    let mut captures: Vec<Capture> = rows.into_iter().map(|row| row.capture).collect();
    captures.sort_by_key(|capture| (capture.captured, !capture.may_work()));
    captures.dedup_by_key(|capture| capture.captured);
    captures
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `timestamp status` of each capture, and the resume key.
    #[track_caller]
    fn check(body: &str, expect: &[(&str, Option<u16>)], key: Option<&str>) {
        let Some(page) = read_cdx(body) else {
            panic!("not read: {body}");
        };
        let found: Vec<_> = page
            .captures
            .iter()
            .map(|capture| (stamp::write(capture.captured), capture.status))
            .collect();
        let expect: Vec<_> = expect
            .iter()
            .map(|(at, status)| ((*at).to_owned(), *status))
            .collect();
        assert_eq!(found, expect, "{body}");
        assert_eq!(page.resume_key.as_deref(), key, "{body}");
    }

    #[test]
    fn text_rows_are_read() {
        check("", &[], None);
        check("\n", &[], None);
        check(
            "com,river)/a 20190102030405 http://river.com/a text/html 200 AAA 1811\n\
             com,river)/a 20190202030405 http://river.com/a warc/revisit - AAA 600\n\
             com,river)/a 20190302030405 http://river.com/a warc/revisit - BBB 600\n\
             com,river)/a 20190402030405 http://river.com/a text/html 404 CCC 600\n",
            &[
                ("20190102030405", Some(200)),
                ("20190202030405", Some(200)),
                ("20190302030405", None),
                ("20190402030405", Some(404)),
            ],
            None,
        );
    }

    #[test]
    fn one_instant_is_one_capture_and_the_one_that_works() {
        check(
            "com,river)/ 20190102030405 http://river.com/ text/html 301 AAA 400\n\
             com,river)/ 20190102030405 https://river.com/ text/html 200 BBB 4000\n\
             com,river)/ 20190102030405 http://river.com:80/ text/html 200 BBB 4000\n",
            &[("20190102030405", Some(200))],
            None,
        );
    }

    #[test]
    fn what_follows_a_blank_line_is_the_resume_key() {
        let row = "com,river)/ 20190102030405 http://river.com/ text/html 200 AAA 400\n";
        let one = [("20190102030405", Some(200))];
        check(
            &format!("{row}\ncom%2Criver%29%2F+2019010203040%3A\n"),
            &one,
            Some("com%2Criver%29%2F+2019010203040%3A"),
        );
        check(&format!("{row}\n"), &one, None);
    }

    #[test]
    fn json_rows_are_read_by_the_names_of_their_columns() {
        check("[]", &[], None);
        check(r#"[["urlkey","timestamp","original"]]"#, &[], None);
        check(
            r#"[["timestamp","original","statuscode","digest"],
                ["20190102030405","http://river.com/a","200","AAA"],
                ["2019","http://river.com/a","200","AAA"],
                ["20190202030405","http://river.com/a","-","AAA"],
                [],
                ["com%2Criver%29%2F+20190202030406"]]"#,
            &[("20190102030405", Some(200)), ("20190202030405", Some(200))],
            Some("com%2Criver%29%2F+20190202030406"),
        );
    }

    #[test]
    fn other_bodies_are_no_answer() {
        for body in [
            "<html><title>Busy</title>",
            "{\"error\":\"busy\"}",
            "[[1,2]]",
            "[[\"timestamp\"",
            "java.lang.RuntimeException: too many open files",
        ] {
            assert_eq!(read_cdx(body), None, "{body}");
        }
    }

    #[test]
    fn exclusions_are_told_from_other_refusals() {
        let blocked = "org.archive.wayback.exception.AdministrativeAccessControlException: Blocked \
                       Site Error";
        assert!(is_exclusion(403, blocked));
        assert!(!is_exclusion(403, "Forbidden"));
        assert!(!is_exclusion(503, ""));
    }
}
