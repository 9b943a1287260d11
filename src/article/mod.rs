//! Wikitext, HTML and plain text → [`Article`](crate::model::Article) with its references.

mod catalogue;
mod claims;
mod fields;
mod html;
mod layout;
pub mod lazy;
pub mod links;
mod people;
mod read;
pub mod sentences;
mod tables;
pub mod text;
mod urls;
mod wikitext;

pub use read::{ReadOptions, detect_format, read};
