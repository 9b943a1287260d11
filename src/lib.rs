//! Checks the reference list of a Wikipedia-style article against the pages it cites.
//!
//! Data flows one way: article → [`model::Reference`] → [`model::FetchOutcome`] →
//! [`model::PageEvidence`] → [`model::Finding`] → [`model::Report`].
//! `tests/architecture.rs` holds the list of modules each module may import.

pub mod archive;
pub mod article;
pub mod check;
pub mod config;
pub mod cs1;
pub mod dates;
pub mod fetch;
pub mod fix;
pub mod handoff;
pub mod history;
mod html;
pub mod languages;
pub mod links;
pub mod model;
pub mod page;
pub mod report;
pub mod rules;
pub mod wikitext;
