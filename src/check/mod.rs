//! Runs articles through all stages: what is cited → what is there → what the rules say.
//!
//! [`assemble`] is pure: articles and facts in, report out. [`gather()`] is the part that asks a
//! network or a recording for the facts.

mod assemble;
mod away;
mod baseline;
mod copies;
mod counts;
mod credentials;
mod excerpt;
mod facts;
mod gather;
mod ignores;
mod inline;
mod look;
mod merge;
mod options;
mod other_form;
mod probe;
mod readers;
mod recall;
mod reported;
mod scope;
mod settled;
mod source_language;
mod todo;
mod todo_id;
mod trouble;

pub use assemble::{assemble, extract, tool};
pub use away::Trouble;
pub use baseline::{
    Baseline, BaselineError, Compared, Ground, Identity, Known, Update, hold_back, update,
};
pub use copies::{CopyOptions, SaveReport, find_copies};
pub use facts::{Facts, cited_urls};
pub use gather::{Gathered, Progress, gather};
pub use merge::{MergeError, merge};
pub use options::{CheckOptions, Ignore, Remembered, RuleLevel};
pub use readers::read_page;
pub use recall::{Memory, RecallOptions, Recalled, complete, recall};
pub use scope::{Limit, Scope, Selection};
pub(crate) use todo_id::article_part;
pub use todo_id::source_key;
