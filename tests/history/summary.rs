//! Observations → since when a link fails, and whether that is confirmed.

use citecheck::history::{Bearing, Confirm, Observation, Standing, kept, standing, summarise};
use citecheck::model::{FailureKind, LinkVerdict};
use jiff::Timestamp;
use proptest::prelude::*;

/// Days (with hours after a dot) and verdicts, with a status or a failure: `1 unstable/503, 4.12 alive`.
fn row(text: &str) -> Vec<Observation> {
    let seen = |text: &str| {
        let (at, verdict) = text.trim().split_once(' ').unwrap();
        let (day, hour) = at.split_once('.').unwrap_or((at, "0"));
        let hours = day.parse::<i64>().unwrap() * 24 + hour.parse::<i64>().unwrap();
        let (verdict, answer) = verdict.split_once('/').unwrap_or((verdict, ""));
        Observation {
            at: Timestamp::from_second(hours * 3600).unwrap(),
            verdict: word(verdict),
            status: answer.parse().ok(),
            failure: FailureKind::from_name(answer),
            landed: None,
        }
    };
    text.split(',').map(seen).collect()
}

fn word(word: &str) -> LinkVerdict {
    let mut all = LinkVerdict::ALL.into_iter();
    all.find(|verdict| verdict.as_str() == word).unwrap()
}

/// `first-seen last-alive dead-since failures confirmed standing`, days, `-` for none.
fn told(observations: &[Observation], confirm: Confirm) -> String {
    let history = summarise(observations, confirm).unwrap();
    let day = |at: Timestamp| (at.as_second() / 86_400).to_string();
    let or = |at: Option<Timestamp>| at.map_or_else(|| "-".to_owned(), day);
    format!(
        "{} {} {} {} {} {}",
        day(history.first_seen),
        or(history.last_alive),
        or(history.dead_since),
        history.failures,
        history.confirmed,
        standing(observations, confirm).unwrap().as_str(),
    )
}

const CASES: &[(&str, &str)] = &[
    // One failure, then enough of them, at the right distance.
    ("1 unstable", "1 - 1 1 false suspect"),
    ("1 unstable, 4 unstable", "1 - 1 2 false suspect"),
    ("1 unstable, 4 unstable, 7 refused", "1 - 1 3 true dead"),
    (
        "1 unstable, 4 unstable, 6.23 unstable",
        "1 - 1 2 false suspect",
    ),
    (
        "1 unstable, 2 unstable, 3 unstable, 4 unstable",
        "1 - 1 2 false suspect",
    ),
    // Our own name server or network may be what fails.
    (
        "1 unstable/dns-temporary, 4 unstable/dns-temporary, 7 unstable/unreachable",
        "1 - - 0 false unknown",
    ),
    // Hundreds of failures in one outage are one.
    (
        "1 unstable, 1.1 unstable, 1.2 unstable, 1.3 unstable",
        "1 - 1 1 false suspect",
    ),
    // An alive answer resets, moved and paywalled pages are alive.
    (
        "1 unstable, 4 unstable, 5 alive, 7 unstable",
        "1 5 7 1 false suspect",
    ),
    (
        "1 unstable, 4 unstable, 7 unstable, 8 moved",
        "1 8 - 0 false alive",
    ),
    (
        "1 unstable, 4 unstable, 7 unstable, 8 paywalled",
        "1 8 - 0 false alive",
    ),
    // At the same instant alive wins, whichever run wrote first.
    ("7 unstable, 7 alive", "7 7 - 0 false alive"),
    // Walls, skipped, unknown and other pages neither count nor reset.
    (
        "1 unstable, 4 blocked, 7 unstable, 8 login-wall, 10 unstable",
        "1 - 1 3 true dead",
    ),
    (
        "1 unstable, 4 blocked, 7 consent-wall",
        "1 - 1 1 false suspect",
    ),
    ("1 alive, 4 blocked, 9 blocked", "1 1 - 0 false alive"),
    (
        "1 blocked, 4 unknown, 9 soft-404, 12 drifted",
        "1 - - 0 false unknown",
    ),
    // Gone and no such host are failures that need no confirmation.
    ("1 alive, 4 gone", "1 1 4 1 false dead"),
    ("1 alive, 4 no-such-host", "1 1 4 1 false dead"),
    ("1 gone, 4 unstable", "1 - 1 2 false suspect"),
    // A handshake that fails keeps readers out; a certificate's fault does not.
    (
        "1 tls-error/tls, 4 tls-error/tls, 7 tls-error/tls-old-protocol",
        "1 - 1 3 true dead",
    ),
    (
        "1 tls-error/tls-expired, 4 tls-error/tls-unknown-issuer, 7 unstable",
        "1 - 7 1 false suspect",
    ),
    // Nor does a page that tells of a fault with a status of success: it neither counts nor resets.
    (
        "1 unstable/200, 4 unstable/200, 7 unstable/200",
        "1 - - 0 false unknown",
    ),
    (
        "1 unstable/503, 4 unstable/200, 7 unstable/503, 10 unstable/503",
        "1 - 1 3 true dead",
    ),
];

#[test]
fn rows_of_observations_are_summed_up() {
    for (text, expect) in CASES {
        assert_eq!(told(&row(text), Confirm::default()), *expect, "{text}");
    }
}

#[test]
fn the_settings_say_what_confirms() {
    let check = |text: &str, failures: u32, days: u32, expect: &str| {
        assert_eq!(
            told(&row(text), Confirm { failures, days }),
            expect,
            "{text}"
        );
    };
    check("1 unstable", 1, 3, "1 - 1 1 true dead");
    check("1 unstable, 1.1 unstable", 2, 0, "1 - 1 2 true dead");
    check("1 unstable, 7 unstable", 2, 7, "1 - 1 1 false suspect");
    check("1 unstable, 8 unstable", 2, 7, "1 - 1 2 true dead");
    // Zero failures would confirm links that never failed.
    check("1 alive", 0, 0, "1 1 - 0 false alive");
}

#[test]
fn nothing_seen_is_no_history() {
    assert_eq!(summarise(&[], Confirm::default()), None);
    assert_eq!(standing(&[], Confirm::default()), None);
}

fn observations() -> impl Strategy<Value = Vec<Observation>> {
    let one = (
        0..60_i64,
        0..24_i64,
        prop::sample::select(LinkVerdict::ALL.to_vec()),
    );
    let one = one.prop_map(|(day, hour, verdict)| Observation {
        at: Timestamp::from_second((day * 24 + hour) * 3600).unwrap(),
        verdict,
        status: None,
        failure: (verdict == LinkVerdict::TlsError).then_some(FailureKind::Tls),
        landed: None,
    });
    prop::collection::vec(one, 1..40)
}

fn confirms() -> impl Strategy<Value = Confirm> {
    (1..6_u32, 0..10_u32).prop_map(|(failures, days)| Confirm { failures, days })
}

fn of(observations: &[Observation], bearing: Bearing) -> Vec<Timestamp> {
    let of = observations.iter().filter(|seen| seen.bearing() == bearing);
    of.map(|seen| seen.at).collect()
}

proptest! {
    #[test]
    fn order_does_not_matter(
        (sorted, shuffled) in observations()
            .prop_flat_map(|row| (Just(row.clone()), Just(row).prop_shuffle())),
        confirm in confirms(),
    ) {
        prop_assert_eq!(summarise(&sorted, confirm), summarise(&shuffled, confirm));
    }

    #[test]
    fn an_alive_answer_resets(mut row in observations(), confirm in confirms()) {
        let mut last = row[0].clone();
        last.verdict = LinkVerdict::Alive;
        last.at = row.iter().map(|seen| seen.at).max().unwrap();
        row.push(last.clone());
        let history = summarise(&row, confirm).unwrap();
        prop_assert_eq!(history.last_alive, Some(last.at));
        prop_assert_eq!((history.dead_since, history.failures), (None, 0));
        prop_assert!(!history.confirmed);
    }

    #[test]
    fn confirmation_needs_the_failures_and_the_days(row in observations(), confirm in confirms()) {
        let history = summarise(&row, confirm).unwrap();
        let failures = of(&row, Bearing::Failure);
        prop_assert!(history.failures as usize <= failures.len());
        prop_assert_eq!(history.confirmed, confirm.failures <= history.failures);
        if let Some(since) = history.dead_since {
            let span = failures.iter().max().unwrap().duration_since(since);
            let least = i64::from(history.failures - 1) * i64::from(confirm.days) * 24;
            prop_assert!(least <= span.as_hours());
            prop_assert!(of(&row, Bearing::Alive).iter().all(|alive| *alive < since));
        } else {
            prop_assert_eq!(history.failures, 0);
        }
    }

    #[test]
    fn what_says_nothing_changes_nothing(row in observations(), confirm in confirms()) {
        let telling: Vec<Observation> = row
            .iter()
            .filter(|seen| seen.bearing() != Bearing::Neither)
            .cloned()
            .collect();
        prop_assume!(!telling.is_empty());
        let (all, telling) = (summarise(&row, confirm).unwrap(), summarise(&telling, confirm).unwrap());
        prop_assert_eq!(
            (all.last_alive, all.dead_since, all.failures, all.confirmed),
            (telling.last_alive, telling.dead_since, telling.failures, telling.confirmed)
        );
    }

    #[test]
    fn pruning_keeps_what_the_summary_says(
        row in observations(),
        confirm in confirms(),
        before in 0..70_i64,
        keep in 0..4_usize,
    ) {
        let before = Timestamp::from_second(before * 86_400).unwrap();
        let left = kept(&row, before, keep, confirm);
        prop_assert!(left.iter().all(|seen| row.contains(seen)));
        prop_assert!(keep.min(row.len()) <= left.len());
        let newest = row.iter().map(|seen| seen.at).max().unwrap();
        if newest < before && keep == 0 {
            prop_assert!(left.is_empty());
            return Ok(());
        }
        let (whole, left) = (summarise(&row, confirm).unwrap(), summarise(&left, confirm).unwrap());
        prop_assert_eq!(
            (whole.first_seen, whole.last_alive, whole.dead_since, whole.confirmed),
            (left.first_seen, left.last_alive, left.dead_since, left.confirmed)
        );
    }
}

#[test]
fn pruning_leaves_the_newest_and_what_matters() {
    let check = |text: &str, before: i64, keep: usize, expect: &str| {
        let before = Timestamp::from_second(before * 86_400).unwrap();
        let left = kept(&row(text), before, keep, Confirm::default());
        let days: Vec<String> = left
            .iter()
            .map(|seen| (seen.at.as_second() / 86_400).to_string())
            .collect();
        assert_eq!(days.join(" "), expect, "{text}");
    };
    check("1 alive, 8 alive, 15 alive, 22 alive", 20, 0, "1 22");
    check("1 alive, 8 alive, 15 alive, 22 alive", 20, 2, "1 15 22");
    check("1 alive, 8 alive", 20, 0, "");
    check("1 alive, 8 alive", 20, 1, "1 8");
    check(
        "1 alive, 2 unstable, 3 unstable, 8 unstable, 20 unstable",
        15,
        0,
        "1 2 8 20",
    );
}

#[test]
fn standings_have_words() {
    let words = [
        Standing::Alive,
        Standing::Suspect,
        Standing::Dead,
        Standing::Unknown,
    ];
    assert_eq!(
        words.map(Standing::as_str),
        ["alive", "suspect", "dead", "unknown"]
    );
}
