//! Facts about a link → what it is judged to be.
//!
//! One file answers one question; `verdict` asks them in order. Confidence is the probability that
//! the judgement is right and depends on the kind of evidence; `confidence` says how.

mod answer;
mod confidence;
mod consent;
mod drifted;
mod failure;
mod host_gone;
mod login;
mod parked;
mod paywall;
mod probe;
mod redirects;
mod script_only;
mod soft_404;
mod status;
mod trouble;
mod usurped;
mod verdict;
mod wall;

pub use probe::wants_probe;
pub use verdict::judge;
