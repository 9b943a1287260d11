//! Languages of a text's sections, and of texts in two scripts; all texts written for these tests.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test helper may panic"
)]

use citecheck::languages::{DeclaredLanguage, LanguageSignal, detect};
use citecheck::model::{DetectedLanguage, LanguageTag};
use citecheck::page::{PageInput, read};

const GERMAN: &str = "Der Gemeinderat hat am Montag beschlossen, das alte Schwimmbad noch in diesem \
                      Jahr zu sanieren, obwohl die Kosten deutlich gestiegen sind.";
const ENGLISH: &str = "The council decided on Monday to repair the old swimming pool this year, \
                       although the costs have risen sharply since the first plan was drawn up.";
const UKRAINIAN: &str = "Міська рада в понеділок ухвалила рішення відремонтувати старий басейн ще \
                         цього року, хоча витрати помітно зросли.";
const JAPANESE: &str =
    "市議会は月曜日、費用が大幅に増えたにもかかわらず、古いプールを今年中に改修することを決めた。";

fn declared(tag: &str) -> DeclaredLanguage {
    DeclaredLanguage {
        tag: LanguageTag::parse(tag).unwrap(),
        signal: LanguageSignal::HtmlLang,
    }
}

fn shares(found: &DetectedLanguage) -> Vec<(&str, f64)> {
    let shares = found.shares.iter();
    shares
        .map(|found| (found.tag.as_str(), found.share))
        .collect()
}

/// Paragraphs that occur so often, each language in one run.
fn page(parts: &[(&str, usize)]) -> String {
    let runs = parts
        .iter()
        .map(|(text, times)| format!("{text}\n").repeat(*times));
    runs.collect()
}

#[test]
fn sentences_in_close_languages_are_told_apart() {
    let mut wrong = Vec::new();
    for line in include_str!("languages_groups.tsv").lines() {
        if line.starts_with('#') {
            continue;
        }
        let (tags, text) = line.split_once('\t').unwrap();
        let found = detect(text, &[]).map(|found| found.tag.to_string());
        let found = found.unwrap_or_default();
        if !tags.split(' ').any(|tag| tag == found) {
            wrong.push(format!("{text}: {found}, not {tags}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_section_is_found_wherever_it_stands() {
    for parts in [
        [(GERMAN, 14), (ENGLISH, 6)],
        [(ENGLISH, 14), (GERMAN, 6)],
        [(UKRAINIAN, 14), (ENGLISH, 6)],
        [(JAPANESE, 20), (ENGLISH, 6)],
    ] {
        let [(larger, many), (smaller, few)] = parts;
        let half = many / 2;
        for text in [
            page(&[(larger, many), (smaller, few)]),
            page(&[(smaller, few), (larger, many)]),
            page(&[(larger, half), (smaller, few), (larger, half)]),
        ] {
            let found = detect(&text, &[]).unwrap();
            let tag = |text| detect(text, &[]).unwrap().tag;
            assert_eq!(found.tag, tag(larger));
            let shares = shares(&found);
            assert_eq!(shares.len(), 2, "{shares:?}");
            assert_eq!(shares[0].0, tag(larger).as_str());
            assert_eq!(shares[1].0, tag(smaller).as_str());
            assert!((0.15..0.45).contains(&shares[1].1), "{shares:?}");
            let sum: f64 = shares.iter().map(|(_, share)| share).sum();
            assert!((sum - 1.0).abs() < 0.002, "{shares:?}");
        }
    }
}

#[test]
fn text_in_one_language_is_one_section() {
    for text in [
        GERMAN.to_owned(),
        page(&[(GERMAN, 40)]),
        page(&[(UKRAINIAN, 3)]),
        page(&[(JAPANESE, 2000)]),
    ] {
        let found = detect(&text, &[]).unwrap();
        assert_eq!(shares(&found), [(found.tag.as_str(), 1.0)]);
    }
    let found = detect("", &[declared("de")]).unwrap();
    assert_eq!(shares(&found), []);
}

#[test]
fn alternatives_are_of_the_same_text_and_no_other_section() {
    let found = detect(&page(&[(GERMAN, 14), (ENGLISH, 6)]), &[]).unwrap();
    assert_eq!(found.alternatives, []);
}

#[test]
fn declaration_says_which_of_two_sections_is_the_page_own() {
    let text = page(&[(GERMAN, 11), (ENGLISH, 9)]);
    let tag = |declarations: &[DeclaredLanguage]| detect(&text, declarations).unwrap().tag;
    assert_eq!(tag(&[]).as_str(), "de");
    assert_eq!(tag(&[declared("en")]).as_str(), "en");
    assert_eq!(tag(&[declared("fr")]).as_str(), "de");
    // English is what templates say; a small section in it decides nothing.
    let text = page(&[(GERMAN, 15), (ENGLISH, 5)]);
    let found = detect(&text, &[declared("en")]).unwrap();
    assert_eq!(found.tag.as_str(), "de");
}

#[test]
fn page_tells_the_shares_of_its_main_text() {
    let paragraphs: String = (0..30)
        .map(|at| if at % 10 < 7 { GERMAN } else { ENGLISH })
        .map(|text| ["<p>", text, "</p>\n"].concat())
        .collect();
    let body = format!("<html lang=de><article>{paragraphs}</article></html>");
    let language = read(&PageInput {
        body: body.as_bytes(),
        ..PageInput::default()
    })
    .language
    .unwrap();
    let tags: Vec<&str> = language.shares.iter().map(|it| it.tag.as_str()).collect();
    assert_eq!(tags, ["de", "en"]);
    assert!((language.shares[1].share - 0.3).abs() < 0.1);
}

#[test]
fn latin_names_do_not_make_a_title_english() {
    let found = |text: &str, tags: &[&str]| {
        let declarations: Vec<_> = tags.iter().map(|tag| declared(tag)).collect();
        detect(text, &declarations).unwrap()
    };
    // Letters that touch the names are the sentence around them.
    assert_eq!(found("Paint StudioのQuick Layers", &[]).tag.as_str(), "ja");
    // A name that is most of the title: what the page declares decides.
    let title = "설치 안내 - Example Web Server Version 3";
    assert_eq!(found(title, &["ko"]).tag.as_str(), "ko");
    assert!(found(title, &[]).confidence < 0.9);
    let title = "Night Market Photo Walk Notes - 陳家鄉";
    assert!(found(title, &[]).confidence < 0.9);
    // A quoted word does not make an English title foreign.
    let quoted = found("What “перемога” means to the people of Lviv", &[]);
    assert_eq!(quoted.tag.as_str(), "en");
    assert_eq!(
        found("How α-helix proteins fold in the cell", &[])
            .tag
            .as_str(),
        "en"
    );
}

#[test]
fn page_without_text_is_not_surely_what_its_template_declares() {
    for text in ["", "404", "OK", "…", "Loading, please wait"] {
        let body = format!("<html lang=en><meta property=og:locale content=en_US><p>{text}</p>");
        let found = read(&PageInput {
            body: body.as_bytes(),
            ..PageInput::default()
        })
        .language;
        assert!(found.is_none_or(|found| found.confidence < 0.9), "{text:?}");
    }
}

#[test]
fn thin_evidence_names_a_language_without_being_sure() {
    for text in ["Grün Park", "Pan Kowal", "Formati", "Modules (MM)"] {
        let found = detect(text, &[]);
        assert!(found.is_none_or(|found| found.confidence < 0.9), "{text:?}");
    }
}
