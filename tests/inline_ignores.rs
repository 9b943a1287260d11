//! Ignores that stand in the article: where they are read, what they hide, when they are told.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use citecheck::article::{self, ReadOptions};
use citecheck::check::{CheckOptions, Facts, assemble};
use citecheck::fix::{Selection, settle};
use citecheck::model::{
    Article, FetchOutcome, FetchResult, Finding, HttpResponse, IgnoreKind, InputFormat, LinkFacts,
    Network, Report,
};
use jiff::Timestamp;
use proptest::prelude::*;

fn now() -> Timestamp {
    "2026-03-01T00:00:00Z".parse().unwrap()
}

fn read(text: &str) -> Article {
    article::read(
        "a.wiki",
        text,
        InputFormat::Wikitext,
        &ReadOptions::default(),
    )
}

/// Every link answers so.
fn report(text: &str, result: &FetchResult) -> Report {
    let article = read(text);
    let facts: Facts = citecheck::check::cited_urls(std::slice::from_ref(&article))
        .into_iter()
        .map(|url| {
            let outcome = FetchOutcome {
                requested: url.clone(),
                hops: Vec::new(),
                landed: url.clone(),
                fetched_at: now(),
                attempts: 1,
                result: result.clone(),
            };
            (url, LinkFacts::of(outcome))
        })
        .collect();
    let options = CheckOptions::at(now(), Network::Live);
    assemble(vec![article], &facts, &options, now(), false)
}

fn answer(status: u16) -> FetchResult {
    FetchResult::Response(HttpResponse {
        status,
        headers: Vec::new(),
        body: Vec::new(),
        truncated: None,
    })
}

fn findings(report: &Report) -> impl Iterator<Item = &Finding> {
    report.articles.iter().flat_map(|it| &it.findings)
}

/// Findings of a rule: the numbers of their references.
fn of(report: &Report, rule: &str) -> Vec<Option<u32>> {
    let found = findings(report).filter(|it| it.name == rule);
    found.map(|it| it.reference).collect()
}

fn cite(page: &str) -> String {
    format!("{{{{cite web |title=A river |url=https://river.example/{page} |date=3 May 2019}}}}")
}

#[test]
fn a_mark_is_meant_for_the_reference_that_it_stands_in_or_beside() {
    let (a, b) = (cite("a"), cite("b"));
    let mark = "<!-- citecheck-ignore: dead-link -- known -->";
    for (text, expect) in [
        (format!("T.<ref>{a}{mark}</ref> U.<ref>{b}</ref>"), Some(1)),
        (format!("T.<ref>{mark}{a}</ref> U.<ref>{b}</ref>"), Some(1)),
        (
            format!(
                "T.<ref>{a}</ref> U.<ref>{{{{cite web |title=X {mark} |url=https://x.example/}}}}</ref>"
            ),
            Some(2),
        ),
        (format!("T.<ref>{a}</ref>{mark} U.<ref>{b}</ref>"), Some(1)),
        // Both beside it: as with {{cbignore}}, the one before.
        (format!("T.<ref>{a}</ref>{mark}<ref>{b}</ref>"), Some(1)),
        (
            format!("T.<ref>{a}</ref> {{{{dead link|date=May 2020}}}} <!-- so --> {mark}"),
            Some(1),
        ),
        (
            format!("T.<ref>{a}</ref> U. {mark} <ref>{b}</ref>"),
            Some(2),
        ),
        (
            format!("T.<ref>{a}</ref>\n\n{mark}\n\n* Слово.<ref>{b}</ref>\nV."),
            Some(2),
        ),
        (format!("{mark}\r\n<ref>{a}</ref>"), Some(1)),
        (format!("{mark}\n{mark}\nT.<ref>{a}</ref>"), Some(1)),
        (
            format!("{mark}\nNo reference here.\nT.<ref>{a}</ref>"),
            None,
        ),
        (format!("T. {mark} U.<ref>{a}</ref>"), None),
        (format!("== 文献 ==\n* {a}{mark}\n* {b}"), Some(1)),
        (
            format!("<references>\n{mark}\n<ref name=x>{a}</ref>\n</references>\nT.<ref name=x />"),
            Some(1),
        ),
        (
            format!("N.{{{{efn|A note.<ref>{a}{mark}</ref>}}}}"),
            Some(1),
        ),
    ] {
        let article = read(&text);
        let found: Vec<Option<u32>> = article.ignores.iter().map(|it| it.reference).collect();
        assert!(
            !found.is_empty() && found.iter().all(|it| *it == expect),
            "{text}: {found:?}"
        );
        let first = article.ignores.first().unwrap();
        assert_eq!(first.span.text(&text), Some(mark), "{text}");
    }
    let raw = format!("<nowiki>{mark}</nowiki><ref>{a}</ref><!-- citecheck-ignored: x -->");
    assert_eq!(read(&raw).ignores, []);
}

#[test]
fn rules_and_reasons_are_read_in_any_script() {
    let a = cite("a");
    for (comment, rules, reason) in [
        (
            "citecheck-ignore: dead-link -- down since May",
            "dead-link",
            Some("down since May"),
        ),
        (
            "citecheck-ignore: LNK001, title-mismatch — сайт лежить",
            "LNK001 title-mismatch",
            Some("сайт лежить"),
        ),
        (
            "citecheck-ignore dead-link، soft-404 -- پیوند",
            "dead-link soft-404",
            Some("پیوند"),
        ),
        (
            "\ncitecheck-ignore:\ndead-link、soft-404 – 確認済み\n",
            "dead-link soft-404",
            Some("確認済み"),
        ),
        ("citecheck-ignore: all", "all", None),
        ("citecheck-ignore", "", None),
        ("citecheck-ignore: -- why", "", Some("why")),
    ] {
        let article = read(&format!("<ref>{a}<!--{comment}--></ref>"));
        let mark = article.ignores.first().unwrap();
        assert_eq!(mark.rules.join(" "), rules, "{comment}");
        assert_eq!(mark.reason.as_deref(), reason, "{comment}");
        assert_eq!(mark.kind, IgnoreKind::Comment);
    }
}

#[test]
fn marks_hide_what_they_name_and_nothing_else() {
    let (a, b) = (cite("a"), cite("b"));
    let text = format!(
        "T.<ref>{a}<!-- citecheck-ignore: lnk001 -- the host is down --></ref> U.<ref>{b}</ref>"
    );
    let report = report(&text, &answer(404));
    assert_eq!(of(&report, "dead-link"), [Some(2)]);
    assert_eq!(report.counts.ignored, 1);
    assert_eq!(of(&report, "unused-ignore"), []);
}

#[test]
fn cbignore_hides_what_concerns_the_link_where_its_documentation_puts_it() {
    let a = cite("a");
    for text in [
        format!("<ref>{a}{{{{dead link}}}}{{{{cbignore}}}}</ref>"),
        format!("<ref>{a}{{{{Cbignore}}}}{{{{dead link}}}}</ref>"),
        format!("<ref>{a}{{{{dead link}}}}</ref>{{{{cbignore}}}}"),
        format!("<ref>{a}</ref>{{{{cbignore}}}}{{{{dead link}}}}"),
        format!("* {a}{{{{dead link}}}}{{{{cbignore}}}}"),
        format!("* {a}{{{{cbignore}}}}"),
        "<ref>[https://river.example/a A river]{{cbignore|bot=medic}}</ref>".to_owned(),
    ] {
        let dead = report(&text, &answer(404));
        assert_eq!(of(&dead, "dead-link"), [], "{text}");
        assert!(0 < dead.counts.ignored, "{text}");
        // Bots heed it whatever is found here.
        assert_eq!(
            of(&report(&text, &answer(200)), "unused-ignore"),
            [],
            "{text}"
        );
    }
    let other = format!("<ref>{a}</ref>{{{{cbignore}}}}<ref>{}</ref>", cite("b"));
    assert_eq!(of(&report(&other, &answer(404)), "dead-link"), [Some(2)]);
}

#[test]
fn a_mark_that_hides_nothing_is_told_only_where_the_link_was_seen() {
    let text = format!(
        "T.<ref>{}<!-- citecheck-ignore: soft-404 -- x --></ref>",
        cite("a")
    );
    assert_eq!(of(&report(&text, &answer(404)), "unused-ignore"), [Some(1)]);
    assert_eq!(of(&report(&text, &answer(503)), "unused-ignore"), []);
    assert_eq!(of(&report(&text, &answer(403)), "unused-ignore"), []);
    let pages = text.replace("soft-404", "date-mismatch");
    // A page that is gone compares with nothing.
    assert_eq!(of(&report(&pages, &answer(404)), "unused-ignore"), []);
}

#[test]
fn the_fix_of_a_stale_mark_takes_it_away_with_its_line() {
    let a = cite("a");
    for (text, expect) in [
        (
            format!("T.<ref>{a}<!-- citecheck-ignore: soft-404 -- x --></ref> U."),
            format!("T.<ref>{a}</ref> U."),
        ),
        (
            format!("T.\n  <!-- citecheck-ignore: soft-404 -- x --> \n<ref>{a}</ref> U."),
            format!("T.\n<ref>{a}</ref> U."),
        ),
    ] {
        let selection = Selection {
            review: true,
            rules: vec!["unused-ignore".to_owned()],
        };
        let fixed = settle(&text, &selection, &mut |text| {
            let report = report(text, &answer(404));
            report.articles.into_iter().next().unwrap()
        });
        assert_eq!(fixed.text, expect);
    }
}

#[test]
fn marks_that_cannot_be_followed_are_told() {
    let a = cite("a");
    for (text, expect) in [
        (
            format!("<ref>{a}<!-- citecheck-ignore: dead-lnk -- x --></ref>"),
            "did you mean `dead-link`?",
        ),
        (
            format!("<ref>{a}<!-- citecheck-ignore: мертве -- x --></ref>"),
            "`citecheck rules` lists them",
        ),
        (
            format!("<ref>{a}<!-- citecheck-ignore: dead-link --></ref>"),
            "gives no reason",
        ),
        (
            format!("<ref>{a}<!-- citecheck-ignore --></ref>"),
            "names no rule",
        ),
        (
            format!(
                "Text.\n\n<!-- citecheck-ignore: dead-link -- x -->\n\nText.\n\n<ref>{a}</ref>"
            ),
            "at no reference",
        ),
    ] {
        let report = report(&text, &answer(404));
        let problems: Vec<&str> = (report.articles.iter())
            .flat_map(|it| &it.problems)
            .map(|it| it.message.as_str())
            .collect();
        assert!(
            matches!(problems.as_slice(), [one] if one.contains(expect)),
            "{text}: {problems:?}"
        );
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text in "(<ref>|</ref>|<!-- citecheck-ignore|: a|, |-->|--|\\{\\{cbignore\\}\\}|\\{\\{cite web\\||\\}\\}|\n| |x|ї){0,40}") {
        let article = read(&text);
        for mark in &article.ignores {
            prop_assert!(mark.span.text(&text).is_some());
        }
        let report = assemble(
            vec![article],
            &Facts::new(),
            &CheckOptions::at(now(), Network::Offline),
            now(),
            false,
        );
        prop_assert_eq!(report.articles.len(), 1);
    }
}
