//! HTML: one file that an editor opens in a browser.
//!
//! It asks nothing of any network and holds all of its text as markup, so that it is whole where
//! scripts are off; `app.js` adds filters, sorting, copying and what is kept in the browser. A
//! content security policy names the script and the style by their hashes: should anything of a
//! stranger ever become markup, it would not run.

mod beyond;
mod chart;
mod correction;
mod detail;
mod entry;
mod markup;
mod next;
mod overview;
mod page;
mod size;
mod table;
mod todo;

pub(super) use page::render;
