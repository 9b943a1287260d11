//! Any text as a rendered page: `cargo +nightly fuzz run html`.
#![no_main]

use citecheck::model::InputFormat;
use libfuzzer_sys::fuzz_target;

#[path = "../invariants.rs"]
mod invariants;

fuzz_target!(|text: &str| invariants::article(text, InputFormat::Html));
