//! HTML → [`Article`](crate::model::Article): Parsoid, the classic parser, the mobile page, what a
//! browser or a reader view saved.

mod article;
mod cite;
mod coins;
mod dom;
mod embedded;
mod entries;
mod italics;
mod json;
mod links;
mod markup;
mod page;
mod params;
mod parsoid;
mod place;
mod reftags;
mod short;
mod shown;
mod source;
mod sources;
mod visible;

pub(super) use article::read;
