//! Long lists are the same lists, packed or not.

use std::fmt::Write as _;

use citecheck::article::{ReadOptions, read};
use citecheck::check::{CheckOptions, Facts, assemble};
use citecheck::model::{Article, CheckedReference, InputFormat, Network, Packed, Reference};
use jiff::Timestamp;
use proptest::prelude::*;

/// Made-up sources of every shape that a citation has: persons of both kinds, dates of all
/// precisions, layouts, markup, scripts, faults.
const SOURCES: [&str; 8] = [
    "{{cite news |last=Коваль |first=Ольга |title=Новини порту |url=https://a.example/1 |date=2021-05 |language=uk}}",
    "{{cite web |author=[[Müller|A. Müller]] |title=Der ''Hafen'' |url=http://b.example/2 |date=c. 1999 |access-date=3. Mai 2020 |url-status=bot: unknown |archive-url=https://web.archive.example/x |archive-date=2020-05-04}}",
    "{{cite book\r\n | title  = 港の歴史\r\n | year   = 1987\r\n | isbn   = 4-00-000000-0\r\n | vauthors = Sato T, Ito K\r\n}}",
    "[https://c.example/3 تقرير الميناء] صحيفة",
    "{{cite journal |title=รายงาน |doi=10.1000/1 |date=Spring 2004 |pages=1–5 |unknown=x |title=again}}",
    "{{cite web |url=//d.example/4 |script-title=fa:بندر |trans-title=Port}}",
    "plain words, no template <!-- note -->",
    "{{cite news |title=no end",
];

fn long_article(references: usize) -> Article {
    let mut text = String::from("The harbour opened in 1890.");
    for (number, source) in (0..references).zip(SOURCES.iter().cycle()) {
        let _ = write!(
            text,
            "<ref name=\"r{number}\">{source} <!--{number}--></ref>"
        );
    }
    read(
        "long.wiki",
        &text,
        InputFormat::Wikitext,
        &ReadOptions::default(),
    )
}

proptest! {
    #[test]
    fn a_packed_list_is_the_list(
        items in proptest::collection::vec(any::<(u32, String)>(), 0..1200),
        at in any::<prop::sample::Index>(),
    ) {
        let mut plain = items;
        let mut packed: Packed<(u32, String)> = plain.iter().cloned().collect();
        prop_assert_eq!(packed.len(), plain.len());
        prop_assert_eq!(&packed, &Packed::from(plain.clone()));
        let blocks: Vec<_> = packed.blocks().flat_map(std::borrow::Cow::into_owned).collect();
        prop_assert_eq!(&blocks, &plain);
        let json = serde_json::to_string(&packed).unwrap();
        prop_assert_eq!(&json, &serde_json::to_string(&plain).unwrap());
        let read: Packed<(u32, String)> = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&read, &packed);
        packed.edit(|item| item.0 ^= 1);
        for item in &mut plain {
            item.0 ^= 1;
        }
        if !plain.is_empty() {
            let at = at.index(plain.len());
            prop_assert_eq!(packed.get(at), plain.get(at));
            packed.get_mut(at).unwrap().1.push('x');
            plain.get_mut(at).unwrap().1.push('x');
        }
        prop_assert_eq!(packed.get(plain.len()), None);
        prop_assert_eq!(packed.last(), plain.last());
        prop_assert!(packed.iter().eq(&plain));
        prop_assert_eq!(format!("{packed:?}"), format!("{plain:?}"));
        prop_assert_eq!(packed.into_iter().collect::<Vec<_>>(), plain);
    }
}

/// A list is packed 256 at a time: the items of a short one are as they were read.
#[test]
fn references_come_out_as_they_went_in() {
    let short: Vec<Reference> = long_article(200).references.into_iter().collect();
    assert!(short.len() == 200);
    let long: Packed<Reference> = short.iter().cycle().take(1000).cloned().collect();
    for (at, reference) in short.iter().cycle().take(1000).enumerate() {
        assert_eq!(long.get(at), Some(reference), "{at}");
    }
}

#[test]
fn checked_references_come_out_as_they_went_in() {
    let options = CheckOptions::at(Timestamp::UNIX_EPOCH, Network::Offline);
    let check = |references| {
        let articles = vec![long_article(references)];
        let report = assemble(articles, &Facts::new(), &options, options.now, false);
        report.articles.into_iter().next().expect("an article")
    };
    let (short, long) = (check(200), check(1000));
    let of_short: Vec<&CheckedReference> = short.references.iter().collect();
    let of_long: Vec<&CheckedReference> = long.references.iter().take(200).collect();
    assert_eq!(of_short.len(), 200);
    assert_eq!(of_long, of_short);
    assert_eq!(long.references.len(), 1000);
    let numbers = long.references.iter().map(|reference| reference.number);
    assert!(numbers.eq(1..=1000));
}

#[test]
fn findings_of_a_long_list_are_those_of_its_parts() {
    let options = CheckOptions::at(Timestamp::UNIX_EPOCH, Network::Offline);
    let report = assemble(
        vec![long_article(1000)],
        &Facts::new(),
        &options,
        options.now,
        false,
    );
    let findings = &report.articles.first().unwrap().findings;
    let count = |name: &str| findings.iter().filter(|it| it.name == name).count();
    // One source of eight has neither template nor address.
    let spans: Vec<_> = findings.iter().map(|finding| finding.span).collect();
    assert!(spans.is_sorted());
    assert_eq!(count("unused-reference"), 0);
    assert_eq!(count("unknown-parameter"), 1000 / SOURCES.len());
}

#[test]
fn pages_are_packed_whole() {
    // No field may be left out when it is empty: the format has no names to tell by.
    let page = |number: usize| {
        let day = 1 + number % 28;
        let html = format!(
            "<html lang=uk><title>Шторм номер {number}</title><h1>Шторм номер {number}</h1>\
             <meta property=article:published_time content=2019-05-{day:02}T22:30:00Z>\
             <p class=date>{day} травня 2019</p><p>Хвилі зруйнували стару пристань уночі."
        );
        citecheck::page::read(&citecheck::page::PageInput {
            body: html.as_bytes(),
            ..Default::default()
        })
    };
    let plain: Vec<_> = (0..600).map(page).collect();
    let packed: Packed<citecheck::model::PageEvidence> = plain.iter().cloned().collect();
    let mut blocks = packed.blocks();
    let first = blocks.next().expect("600 pages");
    assert!(
        matches!(first, std::borrow::Cow::Owned(_)),
        "a whole block is packed"
    );
    let all: Vec<_> = first
        .into_owned()
        .into_iter()
        .chain(blocks.flat_map(std::borrow::Cow::into_owned))
        .collect();
    assert_eq!(all, plain);
}
