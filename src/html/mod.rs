//! Markup taken apart, and what bounds the work that a hostile page can make of its parse.

mod char_refs;
mod flood;
mod scan;
#[cfg(test)]
mod scan_tests;
mod tags;

pub(crate) use char_refs::{TextPlace, decoded};
pub(crate) use flood::{Attributes, Written, without_floods};
pub(crate) use scan::{Markup, ScannedTag, Scanner};
pub(crate) use tags::{switches_tokenizer, unformat};
