//! Baselines: what a finding is known again by, and what an update keeps.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use citecheck::article::{self, ReadOptions};
use citecheck::check::{Baseline, CheckOptions, Facts, Ground, assemble, hold_back, update};
use citecheck::model::{InputFormat, Network, Report};
use jiff::Timestamp;
use proptest::prelude::*;

fn report(text: &str) -> Report {
    let article = article::read(
        "./lists/a.wiki",
        text,
        InputFormat::Wikitext,
        &ReadOptions::default(),
    );
    let now: Timestamp = "2026-03-01T00:00:00Z".parse().unwrap();
    let options = CheckOptions::at(now, Network::Offline);
    assemble(vec![article], &Facts::new(), &options, now, false)
}

/// References with faults of their own; some cite nothing that has an address.
fn entry(which: u8) -> String {
    let page = which / 3;
    match which % 3 {
        0 => format!(
            "Текст.<ref>{{{{cite web |title=Річка {page} |url=http://www.river.example/{page}?utm_source=x \
             |date=31 February 2020 |access-date=32 May 2021}}}}</ref>\n"
        ),
        1 => format!(
            "文。<ref name=\"川{page}\">{{{{cite book |title=川 {page} |date=99 March}}}}</ref>\n\n"
        ),
        _ => {
            format!("Text.<ref>[https://bank.example/{page}]</ref> <ref name=\"gone {page}\" />\n")
        }
    }
}

fn identities(text: &str) -> Vec<String> {
    let known = update(&Baseline::default(), &report(text), &Ground::default()).baseline;
    let lines = known.iter().map(|(identity, known)| {
        let count = known.count;
        format!(
            "{} {} {} {count}",
            identity.article, identity.about, identity.rule
        )
    });
    lines.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn other_references_change_no_identity(
        others in proptest::collection::btree_set(0_u8..40, 0..8),
        which in 40_u8..70,
        at in 0_usize..9,
    ) {
        let alone = identities(&entry(which));
        let mut texts: Vec<String> = others.iter().map(|other| entry(*other)).collect();
        texts.insert(at.min(texts.len()), entry(which));
        let among = identities(&texts.concat());
        prop_assert!(!alone.is_empty());
        for identity in alone {
            prop_assert!(among.contains(&identity), "{identity} not in {among:?}");
        }
    }

    #[test]
    fn what_was_taken_in_is_held_back_in_any_order(
        (which, mixed) in proptest::collection::vec(0_u8..40, 1..8)
            .prop_flat_map(|which| (Just(which.clone()), Just(which).prop_shuffle())),
    ) {
        let text: String = which.iter().map(|which| entry(*which)).collect();
        let before = update(&Baseline::default(), &report(&text), &Ground::default()).baseline;
        let read = Baseline::read(&before.write()).unwrap();
        prop_assert_eq!(&read, &before);
        let mixed: String = mixed.iter().map(|which| entry(*which)).collect();
        let mut again = report(&mixed);
        let all: usize = again.articles.iter().map(|it| it.findings.len()).sum();
        let compared = hold_back(&mut again, &before, "known.json", &Ground::default());
        prop_assert_eq!((compared.known, compared.stale.len()), (all, 0));
        prop_assert_eq!(again.counts.baselined, all);
        prop_assert!(again.counts.rules.is_empty());
    }

    #[test]
    fn no_text_is_more_than_refused(text in "\\PC{0,80}|\\{\"baseline\":1,\"findings\":\\[\\PC{0,40}") {
        let _ = Baseline::read(&text);
    }
}

#[test]
fn a_run_that_was_partial_or_in_trouble_takes_nothing_out() {
    let text: String = (0..3).map(entry).collect();
    let all = update(&Baseline::default(), &report(&text), &Ground::default()).baseline;
    let mut less = report(&entry(0));
    assert!(update(&all, &less, &Ground::default()).baseline.len() < all.len());
    less.run.partial = true;
    assert_eq!(update(&all, &less, &Ground::default()).baseline, all);
    less.run.partial = false;
    less.run.trouble = Some("no network".to_owned());
    assert_eq!(update(&all, &less, &Ground::default()).baseline, all);
    assert!(
        hold_back(&mut less, &all, "known.json", &Ground::default())
            .stale
            .is_empty()
    );
}

#[test]
fn what_deceives_reviewers_is_escaped_in_the_file() {
    let text =
        "A.<ref>{{cite web |title=a\u{202e}b |url=https://x.example/\u{202e} |date=99}}</ref>";
    let written = update(&Baseline::default(), &report(text), &Ground::default())
        .baseline
        .write();
    assert!(!written.contains('\u{202e}'), "{written}");
    Baseline::read(&written).unwrap();
}

#[test]
fn an_article_may_be_named_by_its_whole_path_and_be_gone() {
    let known = update(&Baseline::default(), &report(&entry(0)), &Ground::default()).baseline;
    let mut elsewhere = report(&entry(0));
    let name = "/builds/7/lists/a.wiki";
    elsewhere.articles.first_mut().unwrap().input = name.to_owned();
    let mut ground = Ground {
        root: "/builds/7".to_owned(),
        here: "/builds/7".to_owned(),
        ..Ground::default()
    };
    let before = elsewhere.clone();
    hold_back(&mut elsewhere, &known, "known.json", &ground);
    assert!(elsewhere.articles.iter().all(|it| it.findings.is_empty()));
    assert_eq!(update(&known, &before, &ground).baseline, known);

    let mut nothing = report("");
    nothing.articles.clear();
    assert_eq!(update(&known, &nothing, &ground).baseline, known);
    ground.gone.insert("lists/a.wiki".to_owned());
    assert!(update(&known, &nothing, &ground).baseline.is_empty());
    nothing.run.limited_to = Some("changed since main".to_owned());
    assert_eq!(update(&known, &nothing, &ground).baseline, known);
}

#[test]
fn counts_of_any_size_are_taken() {
    let most = usize::MAX;
    let line = |about: &str| {
        format!(r#"{{"article":"a.wiki","about":"{about}","rule":"dead-link","count":{most}}}"#)
    };
    let text = format!(
        r#"{{"baseline":1,"findings":[{},{}]}}"#,
        line("x"),
        line("y")
    );
    let baseline = Baseline::read(&text).unwrap();
    assert_eq!(baseline.len(), most);
    let gone = Ground {
        gone: ["a.wiki".to_owned()].into(),
        ..Ground::default()
    };
    let made = update(&baseline, &report(""), &gone);
    assert_eq!((made.added, made.removed), (0, most));
    assert!(made.baseline.is_empty());
}
