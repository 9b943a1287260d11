//! The way back of a hand-off to translators: PO, XLIFF 1.2 and 2.0, and tables → edits of wikitext.
//!
//! [`read`] takes a file as translation tools write it back and gives its [`Entry`]s; [`plan`]
//! finds the citations that they are about and says what is to be written, and what is not and
//! why. [`Memory`] is what editors decided, as a text that a team keeps beside its settings.

mod catalogue;
mod entry;
mod memory;
mod outcome;
mod plan;
mod read;
mod table;
mod value;
mod xliff;

pub use entry::{Entry, EntryState, Part};
pub use memory::{Decided, Memory, MemoryError};
pub use outcome::{Outcome, What};
pub use plan::{Plan, plan};
pub use read::{Handoff, Kind, ReadError, read};
pub use value::{Unwritable, wikitext_value};
