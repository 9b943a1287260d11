//! The spans of an entry's parts.

use std::ops::Range;

use scraper::ElementRef;

use super::shown::written;
use super::source::Page;
use crate::model::Span;

/// Where what an entry tells stands.
///
/// A span is that of the exact bytes where the source has the value as one stretch: text between
/// two tags or the value of an attribute, character references and white space aside. Else it is
/// the entry's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'p> {
    pub(super) page: &'p Page<'p>,
    /// The whole entry.
    pub(super) item: Span,
    /// Whether the page is the article's, not one out of an attribute.
    pub(super) own: bool,
}

impl<'p> Place<'p> {
    pub(super) fn at(&self, range: Option<Range<usize>>) -> Span {
        range
            .filter(|range| {
                let inside = self.item.start <= range.start && range.end <= self.item.end;
                self.own && inside && self.source().get(range.clone()).is_some()
            })
            .map_or(self.item, |range| self.page.span(&range))
    }

    pub(super) fn source(&self) -> &'p str {
        self.page.source
    }

    /// The bytes of an attribute that is that value and nothing else.
    pub(super) fn attribute(
        &self,
        element: ElementRef<'_>,
        name: &str,
        value: &str,
    ) -> Option<Range<usize>> {
        let whole = self.page.attribute(element, name)?;
        let text = self.source().get(whole.clone())?;
        let blank = text.len() - text.trim_start().len();
        let start = whole.start + blank;
        let length = spelled(text.trim_start(), value)?;
        let rest = self.source().get(start + length..whole.end)?;
        rest.trim().is_empty().then_some(start..start + length)
    }

    /// The bytes of a `key=value` pair of an attribute in form encoding, where the value is
    /// written as it is.
    pub(super) fn pair(
        &self,
        element: ElementRef<'_>,
        key: &str,
        value: &str,
    ) -> Option<Range<usize>> {
        let whole = self.page.attribute(element, "title")?;
        let text = self.source().get(whole.clone())?;
        let wanted = format!("{key}={value}");
        text.match_indices(&wanted).find_map(|(at, _)| {
            let end = at + wanted.len();
            let ends = text
                .get(end..)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('&'));
            let begins = at == 0
                || text
                    .get(..at)
                    .is_some_and(|before| before.ends_with(['&', ';']));
            let start = whole.start + end - value.len();
            (ends && begins).then_some(start..whole.start + end)
        })
    }
}

/// How many bytes at the start of a source spell a value.
pub(super) fn spelled(source: &str, value: &str) -> Option<usize> {
    let mut at = 0;
    for c in value.chars() {
        at += written(source.get(at..)?, c)?;
    }
    Some(at)
}
