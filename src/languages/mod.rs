//! Language names ↔ BCP 47 tags, and the language of a text.
//!
//! [`detect`] weighs what the text tells (script, alphabet, function words, whatlang as the first
//! opinion and an n-gram model as the second) and what is declared around it. [`read_cited`] and
//! [`tag_for_name`] read languages as editors write them. What is known of languages lies in
//! `data/*.tsv`: adding a language is adding lines there.

mod address;
mod cited;
mod declared;
mod detect;
mod han;
mod knowledge;
mod letters;
mod names;
mod nearest;
mod ngrams;
mod opinion;
mod plane;
mod ranking;
mod same;
mod sample;
mod script;
mod sections;
mod survey;
mod written;

pub use address::{host_language, path_language};
pub use cited::read_cited;
pub use declared::{DeclaredLanguage, LanguageSignal};
pub use detect::detect;
pub use names::{english_name, known_tag, native_name, tag_for_name};
pub use nearest::nearest_language;
pub(crate) use plane::table as table_of_characters;
pub use same::same_language;
pub use script::mixes_scripts;
pub(crate) use written::letters_of_one_alphabet;
pub use written::{is_in_script_of, words_in_foreign_letters};
