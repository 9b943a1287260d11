//! Archived copies of pages: which there are, and what each shows.
//!
//! Asks the Wayback Machine (CDX, availability) and any archive that speaks Memento (RFC 7089:
//! `TimeGate`, `TimeMap`). Facts only: a copy is played as its site once answered, and whether that
//! is the page is judged elsewhere. An archive is asked rarely ([`Pace`]), since the Internet
//! Archive shuts out for an hour who is not, and archives that no citation should use are never
//! asked at all.

mod address;
mod answers;
mod availability;
mod capture;
mod cdx;
mod client;
mod link_format;
mod options;
mod order;
mod pace;
mod play;
mod save;
mod search;
mod stamp;

pub use crate::links::archive::playback_hosts;
pub use address::{CopyAddress, copy_address, is_copy_address, is_local, never_asked};
pub use availability::closest;
pub use capture::Capture;
pub use cdx::{CdxPage, is_exclusion, read_cdx};
pub use client::{Archives, Unanswered};
pub use link_format::{MementoLink, read_links};
pub use options::ArchiveOptions;
pub use order::in_order;
pub use pace::Pace;
pub use play::{Play, Played};
pub use save::{Key, Saved};
pub use search::Search;
