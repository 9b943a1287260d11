//! The references of an article and nothing that takes time to work out.
//!
//! [`references`] makes one pass over a wikitext. It finds every reference with its templates and
//! the place of each parameter, and copies nothing. What a field means is asked of it when wanted:
//! its text without markup, its date, its languages. [`article::read`](super::read) gives the same
//! references with everything worked out: texts, dates, and the sentences that they support.

mod field;
mod folded;
mod index;
mod reference;
mod template;
mod within;

pub use field::{Field, FieldName};
pub use reference::{Form, Reference, References, references};
pub use template::{Template, TemplateUse};
