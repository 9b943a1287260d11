//! Any bytes as a response body, of any encoding: `cargo +nightly fuzz run page`.
//!
//! A body that begins with `%PDF-` is read as a PDF.
#![no_main]

use citecheck::page::{PageInput, decode, read};
use libfuzzer_sys::fuzz_target;

const TYPES: [&str; 6] = [
    "text/html; charset=utf-8",
    "text/html; charset=windows-1251",
    "text/html; charset=shift_jis",
    "text/html; charset=gb18030",
    "text/plain",
    "application/pdf",
];

fuzz_target!(|input: (u8, &[u8])| {
    let (choice, body) = input;
    let content_type = TYPES.get(usize::from(choice) % (TYPES.len() + 1)).copied();
    let decoded = decode(body, content_type);
    assert!(decoded.text.len() <= 3 * body.len(), "more text than the bytes can hold");
    let page = read(&PageInput { body, content_type, ..PageInput::default() });
    for date in [&page.published, &page.modified].into_iter().flatten() {
        assert!((0.0..=1.0).contains(&date.confidence), "{date:?}");
    }
    assert!(page.titles.iter().all(|title| !title.value.is_empty()), "{:?}", page.titles);
});
