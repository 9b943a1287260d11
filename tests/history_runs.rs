//! Runs with a history against a server on loopback: what is asked again, what survives.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test helper may panic and read files"
)]

#[path = "history/killed.rs"]
mod killed;
#[path = "cli/place.rs"]
mod place;
#[path = "history/recorded.rs"]
mod recorded;
#[path = "history/server.rs"]
mod server;
#[path = "history/weekly.rs"]
mod weekly;
