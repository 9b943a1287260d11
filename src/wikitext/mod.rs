//! A scanner over `MediaWiki` source, with the byte place of everything it finds.
//!
//! [`Document::parse`] makes one pass and yields a flat list of [`Node`]s: comments, tags whose
//! content is no wikitext, references, templates, links. Everything else is asked of it when it is
//! wanted: the parameters of a [`Template`], the [`Attributes`] of a tag, the external links of a
//! stretch, the text that readers see.

mod document;
mod entities;
mod external;
mod flatten;
mod inline;
mod marks;
mod names;
mod parse;
mod parse_skim;
mod parse_tags;
mod places;
mod slice;
mod tag;
mod visible;

pub use document::{Document, Fault, Node, NodeKind, Parameter, Template};
pub use entities::decode_entities;
pub use external::{ExternalLink, external_links, find_urls};
pub use flatten::{
    Mark, MarkedText, TemplateRole, marked_text, marked_text_by, plain_text, plain_text_of,
};
pub use inline::{Namespace, is_reference_mark, namespace};
pub use names::{fold_name, folded};
pub use places::Places;
pub use slice::Slice;
pub use tag::Attributes;
