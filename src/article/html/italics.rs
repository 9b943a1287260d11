//! Italic type, by which many wikis tell works from publishers.

use std::sync::LazyLock;

use scraper::{ElementRef, Html, Selector};

use super::dom::ITALIC;
use super::page::selector;
use super::parsoid::is_external;
use super::visible::{Step, is_aside, walk};

/// Fewest citations with a work in italics.
const FEWEST: usize = 2;
/// Of how many citations with an upright title one has a work in italics, at least.
const ONE_OF: usize = 5;

/// Whether what is in an element is italic by itself.
pub(super) fn is_italic(element: &ElementRef<'_>) -> bool {
    let value = element.value();
    let style = value.attr("style").unwrap_or_default();
    value.attr(ITALIC).is_some() || style.replace(' ', "").contains("font-style:italic")
}

/// Whether a page prints the works of its citations in italics: where the linked title is upright,
/// something behind it is not.
pub(super) fn mark_works(page: &Html) -> bool {
    static CITES: LazyLock<Selector> =
        LazyLock::new(|| selector("cite.citation, cite.cs1, .ouvrage"));
    let (mut upright, mut with_work) = (0_usize, 0_usize);
    for cite in page.select(&CITES) {
        if let Some(has_work) = has_work(cite) {
            upright += 1;
            with_work += usize::from(has_work);
        }
    }
    FEWEST <= with_work && upright <= with_work * ONE_OF
}

/// Whether something behind the linked title is italic; `None` where the title is, or has no link.
fn has_work(cite: ElementRef<'_>) -> Option<bool> {
    let (mut in_italics, mut linked) = (0_usize, false);
    let (mut italic_title, mut work) = (false, false);
    walk(cite, &mut |step| {
        match step {
            Step::Enter(element) => {
                if is_aside(&element) {
                    return true;
                }
                let italic = is_italic(&element);
                let href = element.value().attr("href");
                if !linked && href.is_some_and(is_external) {
                    linked = true;
                    italic_title = 0 < in_italics
                        || element.descendants().any(|inner| {
                            ElementRef::wrap(inner).is_some_and(|inner| is_italic(&inner))
                        });
                    return true;
                }
                in_italics += usize::from(italic);
                work |= italic && linked;
            }
            Step::Leave(element) => in_italics -= usize::from(is_italic(&element)).min(in_italics),
            Step::Text(_) => {}
        }
        italic_title
    });
    (linked && !italic_title).then_some(work)
}
