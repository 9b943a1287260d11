//! What bounds the work that a hostile page can make of its parse, wherever pages are parsed.

mod flood;
mod tags;

pub(crate) use flood::{Attributes, without_floods};
pub(crate) use tags::{switches_tokenizer, unformat};
