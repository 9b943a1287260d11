//! Fixes applied to wikitext, byte-exact outside what they edit.
//!
//! [`apply`] makes the edits of one pass. [`settle`] goes on until there is nothing left to fix,
//! reads the article again after each pass, and drops every fix that does harm or no good, so that
//! a second run changes nothing. [`diff`] shows the outcome. All of it is pure: the article is read
//! and judged by a function that the caller gives.

mod apply;
mod compose;
mod diff;
mod settle;
mod shape;
mod trial;

pub use apply::{Fixed, Skipped, Unapplied, apply};
pub use diff::diff;
pub use settle::{AppliedFix, Dropped, DroppedFix, Selection, Settled, settle};
