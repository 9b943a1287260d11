//! The order in which captures are tried.

use super::capture::Capture;
use crate::model::Wanted;

/// The captures that may show the page, the one most wanted first; those that lead on to another
/// address stand behind.
#[must_use]
pub fn in_order(captures: &[Capture], wanted: Wanted) -> Vec<Capture> {
    let useful = captures.iter().filter(|it| it.may_work() || it.leads_on());
    let mut ordered: Vec<Capture> = useful.cloned().collect();
    ordered.sort_by_key(|capture| (capture.leads_on(), wanted.rank(capture.captured)));
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::stamp;
    use crate::model::CitedDate;

    const CAPTURES: [(&str, Option<u16>); 6] = [
        ("20180101000000", Some(200)),
        ("20190503120000", Some(404)),
        ("20190504120000", Some(200)),
        ("20190505235959", None),
        ("20190506000000", Some(200)),
        ("20200101000000", Some(301)),
    ];

    #[track_caller]
    fn check(wanted: Wanted, expect: &[&str]) {
        let captures: Vec<Capture> = CAPTURES
            .iter()
            .filter_map(|(at, status)| {
                Some(Capture {
                    captured: stamp::read(at)?,
                    original: "http://river.com/a".to_owned(),
                    status: *status,
                })
            })
            .collect();
        let found: Vec<String> = in_order(&captures, wanted)
            .iter()
            .map(|capture| stamp::write(capture.captured))
            .collect();
        assert_eq!(found, expect, "{wanted:?}");
    }

    fn date(text: &str) -> CitedDate {
        text.parse().unwrap_or_else(|_| panic!("{text} is no date"))
    }

    #[test]
    fn the_nearest_copy_from_before_it_was_read_comes_first() {
        let moved = "20200101000000";
        let (old, before, day, after) = (
            "20180101000000",
            "20190504120000",
            "20190505235959",
            "20190506000000",
        );
        check(
            Wanted::Read(date("2019-05-05")),
            &[day, before, old, after, moved],
        );
        check(
            Wanted::Read(date("2019-05-04")),
            &[before, old, day, after, moved],
        );
        check(
            Wanted::Read(date("2019-05")),
            &[after, day, before, old, moved],
        );
        check(
            Wanted::Read(date("2017-01-01")),
            &[old, before, day, after, moved],
        );
        check(
            Wanted::Published(date("2019-05-05")),
            &[before, day, after, old, moved],
        );
        check(
            Wanted::Published(date("2021")),
            &[after, day, before, old, moved],
        );
        check(Wanted::Earliest, &[old, before, day, after, moved]);
    }
}
