//! Date strings in every language → [`CitedDate`], at the precision written.
//!
//! Text → tokens (`lexer`, words looked up in `vocabulary`) → the parts of a date (`parts`) → a
//! date (`patterns`, `numeric`, `calendar`). [`read`] wants the whole text to be one date,
//! [`find_all`] takes what stands in running text and is stricter. The names of months, the words
//! around dates and the lengths of months of the Umm al-Qura calendar are tables in `data/`.
//!
//! Read: Gregorian dates of some 130 languages, Buddhist years (Thai), the Persian calendar, the
//! Islamic one as Umm al-Qura has it, Japanese eras, the years of the Republic of China, decimal
//! digits of every script and Chinese numerals. Not read: Hebrew, Ethiopian, Bengali and Nepali
//! calendars, years BC, two-digit years; they are [`DateReading::Unrecognised`], never guessed.
//!
//! [`CitedDate`]: crate::model::CitedDate

mod calendar;
mod digits;
mod edges;
mod fold;
mod lexer;
mod marks;
mod numeric;
mod parts;
mod patterns;
mod ranges;
mod reader;
mod running;
mod times;
mod vocabulary;
mod whole;
mod write;

pub use running::{FoundDate, find_all};
pub use whole::{DateReading, read};
pub use write::write_like;
