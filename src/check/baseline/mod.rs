//! What is known already: findings that a run need not tell again.
//!
//! A baseline is a file of JSON, version 1, with one finding on each line, in order:
//!
//! ```json
//! {"baseline":1,"findings":[
//! {"article":"river.wiki","about":"river.example/spring","rule":"dead-link","count":1,"message":"…"}
//! ]}
//! ```
//!
//! A finding is known again by its [`Identity`] and by how often that is found: never by lines,
//! numbers of references or messages, which change with every edit of an article and with every day.
//! `message` is what the finding said when it was taken in, for whoever reviews the file; a `reason`
//! that somebody writes beside it stays.

mod compare;
mod file;
mod identity;

pub use compare::{Compared, Ground, Update, hold_back, update};
pub use file::{Baseline, BaselineError, Known};
pub use identity::Identity;
pub(super) use identity::article_key;
