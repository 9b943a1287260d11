//! Reports for people and programs: one file per format.
//!
//! Every format renders the same [`Report`](crate::model::Report), so that a saved JSON report
//! can be rendered again in any other. Titles, addresses and messages come from strangers: what
//! could move a cursor, hide text or open a link is made visible first.

mod bibliography;
mod bibtex;
mod correction;
mod csl;
mod csv;
mod fingerprint;
mod format;
mod github;
mod handoff;
mod html;
mod json;
mod junit;
mod layout;
mod locator;
mod markdown;
mod markup;
mod ndjson;
mod next_steps;
mod page;
mod po;
mod safe;
mod sarif;
mod sarif_result;
mod sarif_rules;
mod source_line;
mod subject;
mod summary;
mod tally;
mod terminal;
mod todo;
mod todo_csv;
mod xliff;
mod xliff2;
mod xml;

pub use bibtex::bibtex;
pub use csl::csl_json;
pub use format::{Format, Style, UnknownFormat, nearest, render, write};
pub use json::{line, pretty, schema};
pub use ndjson::stream_schema;
pub use safe::for_terminal;
