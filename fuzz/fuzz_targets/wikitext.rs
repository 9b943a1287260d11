//! Any text as wikitext: `cargo +nightly fuzz run wikitext`.
#![no_main]

use citecheck::model::InputFormat;
use libfuzzer_sys::fuzz_target;

#[path = "../invariants.rs"]
mod invariants;

fuzz_target!(|text: &str| invariants::article(text, InputFormat::Wikitext));
