//! What earlier runs saw of each URL, kept in one SQLite file.
//!
//! An [`Observation`] is one answer, or its absence, at an instant. All of them are kept as rows
//! of a few bytes; the whole [`LinkFacts`](crate::model::LinkFacts) only of the last one, by which
//! a run can do without asking again. [`summarise`] derives from the row what rules read:
//! since when a link fails, and whether often enough to call it dead.
//!
//! The file is safe with several runs at once, and loses no committed row when a run is killed:
//! SQLite's write-ahead log, short transactions, and a schema that is only ever added to.

mod error;
mod lines;
mod observation;
mod packed;
mod prune;
mod schema;
mod store;
mod summary;
mod write;
mod writer;

pub use error::{BadLine, HistoryError};
pub use lines::{Imported, export, import};
pub use observation::{Bearing, Observation};
pub use prune::{Pruned, kept, prune};
pub use store::{Known, Store};
pub use summary::{Confirm, Standing, standing, summarise};
pub use write::Entry;
pub use writer::{Lost, Writer};
