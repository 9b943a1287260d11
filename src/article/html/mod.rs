//! HTML → [`Article`](crate::model::Article): Parsoid, the classic parser, the mobile page, what a
//! browser or a reader view saved.

mod article;
mod cite;
mod coins;
mod entries;
mod locate;
mod page;
mod parsoid;
mod visible;

pub(super) use article::read;
