//! Response bytes → [`PageEvidence`](crate::model::PageEvidence): charset, titles, dates,
//! language and signals of a page, each with where it was read.
//!
//! One parse and one walk serve everything: [`read()`] decodes the bytes, parses them into a
//! bounded tree, takes the tree apart into an outline (metadata, text blocks with their regions,
//! marked elements) and reads every kind of evidence from that. Facts only: what a phrase or a
//! date means for a citation is for the rules to say. What words in many languages mean stands in
//! the data files under `src/page/data`.

mod attributes;
mod char_class;
mod charset;
mod charset_declared;
mod charset_judge;
mod class_words;
mod date_candidates;
mod date_choice;
mod date_days;
mod date_labels;
mod date_text;
mod date_weights;
mod declared;
mod dom;
mod element;
mod element_role;
mod fields;
mod fingerprint;
mod found_date;
mod frame;
mod head;
mod instant;
mod json_error;
mod json_ld;
mod json_script;
mod leads_on;
mod login;
mod main_text;
mod markers;
mod not_found;
mod outline;
mod page_kind;
mod paywall;
mod pdf;
mod pdf_file;
mod pdf_objects;
mod pdf_text;
mod pdf_xmp;
mod phrase_pairs;
mod phrases;
mod planter;
mod read;
mod short_date;
mod signals;
mod sniff;
mod status_page;
mod tag_names;
mod takeover;
mod text;
mod title_candidates;
mod title_parts;
mod title_site;
mod title_sources;
mod title_weights;
mod titles;
mod tree;
mod url_date;
mod walk;

pub use charset::{Decoded, decode};
pub use read::{PageInput, Reading, read, reading};
pub use sniff::{BodyKind, body_kind};
