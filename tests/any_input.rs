//! What holds for any input, by the same measure as the fuzz targets.
#![expect(clippy::expect_used, reason = "a test helper may panic")]

use citecheck::dates::{DateReading, read};
use citecheck::model::{InputFormat, LanguageTag};
use proptest::prelude::*;

#[path = "../fuzz/invariants.rs"]
mod invariants;

const FORMATS: [InputFormat; 4] = [
    InputFormat::Wikitext,
    InputFormat::Html,
    InputFormat::Text,
    InputFormat::Urls,
];

/// Inputs that once broke something, with what they broke.
const BROKE: [&str; 2] = [
    // A reference mark in a tag that the page does not show was one without a place.
    "<h\0 typeof=\"mw:Extension/ref\"data-mw='{}'><a href=#>",
    "i\u{8}\n^", // a mark alone was a reference without a place
];

#[test]
fn inputs_that_once_broke_something_are_read() {
    for text in BROKE {
        for format in FORMATS {
            invariants::article(text, format);
        }
    }
}

#[test]
fn dates_that_cannot_be_written_are_none() {
    for (language, text) in [("en", "8448/8288"), ("th", "พ.ศ./ 527"), ("th", "พ.ศ. 527")] {
        let language = LanguageTag::parse(language).unwrap();
        let reading = read(text, Some(&language));
        assert!(
            !matches!(reading, DateReading::Date(_)),
            "{text}: {reading:?}"
        );
    }
}

/// Pieces of all three formats, so that a text of them looks like an article by chance.
const PIECES: [&str; 40] = [
    "<ref>",
    "</ref>",
    "<ref name=a />",
    "<ref name=\"б\" group=g>",
    "<references />",
    "{{",
    "}}",
    "{{cite web",
    "|url=https://a.example/x",
    "|title=Дощ",
    "|date=3 May 2019",
    "|",
    "=",
    "[[",
    "]]",
    "[https://b.example ",
    "]",
    "{{sfn|Vale|2019}}",
    "{{efn|",
    "{{reflist|refs=",
    "<!--",
    "-->",
    "<nowiki>",
    "\n",
    " ",
    "1. ^ ",
    "^ a b ",
    "\"雨が降った\". ",
    "Retrieved 3 May 2019. ",
    "สมัย",
    "خبر",
    "<ol class=\"references\">",
    "<li id=\"cite_note-1\">",
    "</li></ol>",
    "<cite class=\"citation\">",
    "</cite>",
    "<span class=\"Z3988\" title=\"rft.btitle=x&amp;rft.date=2019\">",
    "</span>",
    "<sup class=\"reference\"><a href=\"#cite_note-1\">[1]</a></sup>",
    "&#x5b;",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_text_keeps_what_readers_rely_on(text in "\\PC{0,200}") {
        for format in FORMATS {
            invariants::article(&text, format);
        }
    }

    #[test]
    fn pieces_of_articles_keep_what_readers_rely_on(
        pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..40),
    ) {
        let text = pieces.concat();
        for format in FORMATS {
            invariants::article(&text, format);
        }
    }
}
