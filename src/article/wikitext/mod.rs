//! Wikitext → [`Article`](crate::model::Article).

mod article;
mod copies;
mod language;
mod links;
mod sources;
mod tags;

pub(super) use article::read;
pub(super) use sources::of_text as sources_of;
