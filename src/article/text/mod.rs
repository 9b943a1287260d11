//! Text copied from a rendered page → its references, read from what a reader sees.

mod apart;
mod assign;
mod build;
mod cs2;
mod ended;
mod extent;
mod head;
mod lines;
mod list;
mod lists;
mod marks;
mod names;
mod phrases;
mod place;
mod quotes;
mod reading;
mod rest;
mod scan;
mod segments;
mod several;
mod unmarked;
mod unquoted;

pub use build::{citation, read};
