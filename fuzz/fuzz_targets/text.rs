//! Any text as a copied reference list: `cargo +nightly fuzz run text`.
#![no_main]

use citecheck::model::InputFormat;
use libfuzzer_sys::fuzz_target;

#[path = "../invariants.rs"]
mod invariants;

fuzz_target!(|text: &str| invariants::article(text, InputFormat::Text));
