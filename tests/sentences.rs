//! Which sentence a reference mark supports.
#![expect(clippy::unwrap_used, reason = "a test helper may panic")]

use citecheck::article::sentences::Sentences;
use proptest::prelude::*;

/// `marked` is a text with `‡` where marks stood; gives the sentence of each.
fn supported(marked: &str) -> Vec<String> {
    let (mut text, mut marks) = (String::new(), Vec::new());
    for c in marked.chars() {
        if c == '‡' {
            marks.push(text.len());
        } else {
            text.push(c);
        }
    }
    let sentences = Sentences::new(&text, &marks);
    let range_of = |mark: &usize| sentences.supporting(*mark).unwrap();
    marks
        .iter()
        .map(|mark| text.get(range_of(mark)).unwrap().to_owned())
        .collect()
}

fn check(marked: &str, expected: &[&str]) {
    assert_eq!(supported(marked), expected, "{marked}");
}

#[test]
fn mark_behind_a_full_stop_belongs_to_the_sentence_before() {
    check("One fell. Two rose.‡ Three left.", &["Two rose."]);
    check("One fell. Two rose. ‡Three left.", &["Two rose."]);
    check(
        "One fell.‡‡‡ Two rose.‡",
        &["One fell.", "One fell.", "One fell.", "Two rose."],
    );
}

#[test]
fn mark_inside_a_sentence_gives_the_whole_sentence() {
    check(
        "It rained. In May,‡ after rain‡, two rose. Three left.",
        &["In May, after rain, two rose."; 2],
    );
    check("Two fields\n\nIn all, two rose‡", &["In all, two rose"]);
}

#[test]
fn abbreviations_initials_and_numbers_do_not_end_a_sentence() {
    for sentence in [
        "Dr. J. R. Vale of St. Albans spoke to Gen. Ito.",
        "The U.S. Navy paid 3.5 million, e.g. for No. 7.",
        "Am 4. November sprach Prof. Kunz im 2. Weltkrieg z. B. mit Nr. 3.",
        "У 2020 р. Київ і ім. Шевченка, т. зв. Площа.",
        "В г. Москве на ул. Ленина стоял проф. Иванов.",
        "See example.org for it.",
        "Tokio… oder Kyōto wächst.",
    ] {
        check(
            &format!("Nothing came. {sentence}‡ Then more."),
            &[sentence],
        );
    }
    check("It came in 2014. Then it left.‡", &["Then it left."]);
}

#[test]
fn mark_shows_that_an_abbreviation_ended_the_sentence() {
    check(
        "They left at 5 p.m.‡ Nobody came.‡",
        &["They left at 5 p.m.", "Nobody came."],
    );
}

#[test]
fn quotations_stay_with_the_sentence_that_holds_them() {
    check(
        "One. He said: \"I came. I saw.\"‡ Two.",
        &["He said: \"I came. I saw.\""],
    );
    check(
        "One. Er sagte: „Ich kam. Ich sah.“‡ Zwei.",
        &["Er sagte: „Ich kam. Ich sah.“"],
    );
    check(
        "One. \"Why? Me?\" asked she.‡",
        &["\"Why? Me?\" asked she."],
    );
    check(
        "One. It (born 1950. Later sold) died.‡",
        &["It (born 1950. Later sold) died."],
    );
    check("He said \"it is grave.\". She left.‡", &["She left."]);
}

#[test]
fn every_script_has_its_own_ends() {
    check(
        "雨が降った。彼は「行く。来る。」と言った。‡次の文。",
        &["彼は「行く。来る。」と言った。"],
    );
    check("下雨了。他走了。‡她来了！", &["他走了。"]);
    check("نزل المطر. هل جاء أحد؟‡ لا.", &["هل جاء أحد؟"]);
    check("بارش ہوئی۔ وہ آیا۔‡ پھر گیا۔", &["وہ آیا۔"]);
    check("باران آمد. او رفت.‡ سپس برگشت.", &["او رفت."]);
    check("बारिश हुई। वह आया।‡ फिर गया।", &["वह आया।"]);
    check("Йшов дощ. Він прийшов.‡ Потім пішов.", &["Він прийшов."]);
    check("Անձրև եկավ։ Նա եկավ։‡ Հետո գնաց։", &["Նա եկավ։"]);
    check("ฝนตก‡ เขามา แล้ว‡ ไป", &["ฝนตก", "เขามา แล้ว"]);
}

#[test]
fn wrapped_lines_are_one_paragraph_and_headings_are_not() {
    let long = "The committee met in the old town hall of the northern city of";
    check(
        &format!("First.\n{long}\nHaddon and decided.‡"),
        &[&format!("{long}\nHaddon and decided.")],
    );
    check("A heading\nThe text of it.‡", &["The text of it."]);
}

#[test]
fn text_without_ends_is_cut_to_a_bounded_length() {
    let long = "word ".repeat(2000);
    let claim = supported(&format!("{long}‡")).remove(0);
    assert!(claim.chars().count() <= 600, "{}", claim.len());
}

#[test]
fn hostile_length_is_quick() {
    for text in ["\"", "“", ".", "a.", "(", "ก", "\n", "1. "] {
        let text = text.repeat(1_000_000 / text.len());
        let marks: Vec<usize> = (0..text.len()).step_by(12).collect();
        let sentences = Sentences::new(&text, &marks);
        assert!(
            sentences
                .supporting(text.len())
                .is_none_or(|range| range.end <= text.len())
        );
    }
}

proptest! {
    #[test]
    fn any_text_splits_on_character_boundaries(text in "\\PC{0,200}", marks in prop::collection::btree_set(0usize..400, 0..9)) {
        let marks: Vec<usize> = marks.into_iter().collect();
        let sentences = Sentences::new(&text, &marks);
        for mark in marks {
            if let Some(range) = sentences.supporting(mark) {
                prop_assert!(text.get(range).is_some_and(|sentence| !sentence.is_empty()));
            }
        }
    }
}
