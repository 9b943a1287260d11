//! Any text as a date: `cargo +nightly fuzz run dates`.
#![no_main]

use citecheck::dates::{self, DateReading};
use citecheck::model::{CitedDate, LanguageTag};
use libfuzzer_sys::fuzz_target;

/// One language for each calendar, script and order of day and month.
const LANGUAGES: [&str; 10] = ["en", "uk", "de", "ar", "ja", "th", "fa", "zh", "he", "hu"];

fuzz_target!(|input: (u8, &str)| {
    let (choice, text) = input;
    let language = LANGUAGES
        .get(usize::from(choice) % (LANGUAGES.len() + 1))
        .and_then(|code| LanguageTag::parse(code));
    if let DateReading::Date(date) = dates::read(text, language.as_ref()) {
        assert!(date.earliest() <= date.latest(), "{date} ends before it begins");
        let written = date.to_string();
        assert_eq!(written.parse::<CitedDate>().ok(), Some(date), "{written} is read otherwise");
    }
    for found in dates::find_all(text, language.as_ref()) {
        assert!(text.get(found.start..found.end).is_some(), "{found:?} cuts a character");
    }
});
