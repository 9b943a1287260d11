//! Wikitext, HTML and plain text → [`Article`](crate::model::Article) with its references.

pub mod sentences;
