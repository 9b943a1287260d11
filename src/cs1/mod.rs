//! What English Wikipedia's Module:Citation/CS1 makes of a citation, to the letter.
//!
//! The module renders the templates of Citation Style 1 and 2 and shows an error for what it does
//! not take. It is stricter than a reader: `12th May 2009` is a day for [`crate::dates`] and an
//! error for CS1. Followed is revision 1333433129 of its `Date_validation`, for English names.

pub mod dates;
mod table;
mod templates;

pub use templates::{Template, UrlDemand, is_template, template, without_comments};
