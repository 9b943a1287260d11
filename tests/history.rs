//! What is remembered of links: the summary of observations, the file, and who survives what.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test helper may panic"
)]

#[path = "history/file.rs"]
mod file;
#[path = "history/recall.rs"]
mod recall;
#[path = "history/rules.rs"]
mod rules;
#[path = "history/summary.rs"]
mod summary;
