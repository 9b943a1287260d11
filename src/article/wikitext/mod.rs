//! Wikitext → [`Article`](crate::model::Article).

mod anchors;
mod article;
mod copies;
mod counts;
mod entries;
mod ignores;
mod language;
mod links;
mod short;
mod sources;
mod tags;
mod unclosed;

pub(super) use article::read;
pub(super) use sources::of_text as sources_of;
