//! Any bytes as a translated file: `cargo +nightly fuzz run handoff`.
#![no_main]

use citecheck::handoff::{read, wikitext_value};
use citecheck::wikitext::plain_text;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(file) = read(bytes) else {
        return;
    };
    for entry in file.entries {
        if let Ok(written) = wikitext_value(&entry.target) {
            assert!(!written.contains(['|', '{', '}', '<', '>', '\n']), "{written}");
            let shown = plain_text(&written);
            assert_eq!(wikitext_value(&shown).as_ref(), Ok(&written), "{shown}");
        }
    }
});
