//! What findings are about: the reference, the work in it, and where that stands line by line.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{CheckedArticle, CheckedReference, Citation, Excerpt, Finding, Span};

/// A reference as far as findings about it need it.
#[derive(Debug)]
pub(super) struct Subject {
    span: Span,
    source: Option<String>,
    works: Vec<CitedWork>,
}

/// A work that a reference cites.
#[derive(Debug)]
pub(super) struct CitedWork {
    span: Span,
    /// `url` as cited.
    pub(super) url: Option<String>,
    /// `title`, or `script-title` where there is no other.
    pub(super) title: Option<String>,
}

/// The references that an article has findings about, by number.
pub(super) fn subjects(article: &CheckedArticle) -> BTreeMap<u32, Subject> {
    let findings = article.findings.iter();
    let named: BTreeSet<u32> = findings.filter_map(|finding| finding.reference).collect();
    let mut subjects = BTreeMap::new();
    for block in article.references.blocks() {
        for reference in block.iter().filter(|it| named.contains(&it.number)) {
            let known = subjects.entry(reference.number);
            known.or_insert_with(|| Subject::of(reference));
        }
    }
    subjects
}

impl Subject {
    fn of(reference: &CheckedReference) -> Self {
        let first = CitedWork::of(reference.span, &reference.citation);
        let further = reference.further.iter();
        let further = further.map(|source| CitedWork::of(source.span, &source.citation));
        Self {
            span: reference.span,
            source: reference.source.clone(),
            works: std::iter::once(first).chain(further).collect(),
        }
    }

    /// The work that a finding is about: of several the one that it stands in.
    pub(super) fn work(&self, finding: &Finding) -> Option<&CitedWork> {
        let within = |work: &&CitedWork| {
            finding
                .span
                .is_some_and(|span| work.span.start <= span.start && span.start <= work.span.end)
        };
        let further = self.works.iter().skip(1).find(within);
        further.or_else(|| self.works.first())
    }

    /// Line and column of a byte of the input, both from 1, the column in Unicode scalar values;
    /// `None` outside of the entry, or where the report does not hold it.
    fn position(&self, byte: usize) -> Option<(usize, usize)> {
        let source = self.source.as_deref()?;
        // Credentials are left out of saved reports, and what follows them has moved.
        let whole = source.len() == self.span.len();
        let before = source.get(..byte.checked_sub(self.span.start)?)?;
        whole.then(|| match before.rsplit_once('\n') {
            None => (self.span.line, self.span.column + before.chars().count()),
            Some((lines, last)) => {
                let lines = lines.matches('\n').count() + 1;
                (self.span.line + lines, last.chars().count() + 1)
            }
        })
    }
}

impl CitedWork {
    fn of(span: Span, citation: &Citation) -> Self {
        let title = citation.title.as_ref().or(citation.script_title.as_ref());
        Self {
            span,
            url: citation.url.clone(),
            title: title.cloned(),
        }
    }
}

/// A stretch of an input by lines and columns, both from 1, columns in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Region {
    /// Line and column of its first character.
    pub(super) start: (usize, usize),
    /// Line and column behind its last character.
    pub(super) end: (usize, usize),
    /// Whether the end is known; if not, it equals the start.
    pub(super) whole: bool,
}

/// Where a finding stands; its beginning alone if the report does not tell the rest.
pub(super) fn region(span: Span, excerpt: Option<&Excerpt>, subject: Option<&Subject>) -> Region {
    let start = (span.line.max(1), span.column.max(1));
    let of_line = || {
        let place = marked(span, excerpt?)?;
        Some((start.0, start.1 + place.chars().count()))
    };
    let end = subject.and_then(|subject| subject.position(span.end));
    let end = end.filter(|end| start <= *end).or_else(of_line);
    Region {
        start,
        end: end.unwrap_or(start),
        whole: end.is_some(),
    }
}

/// The stretch of the input that an edit replaces; `None` if the report does not tell.
pub(super) fn edited(start: usize, end: usize, subject: Option<&Subject>) -> Option<Region> {
    let subject = subject?;
    Some(Region {
        start: subject.position(start)?,
        end: subject.position(end)?,
        whole: true,
    })
}

/// The text of a place, if the excerpt holds all of it.
pub(super) fn marked(span: Span, excerpt: &Excerpt) -> Option<&str> {
    let place = excerpt.text.get(excerpt.start..excerpt.end)?;
    (place.len() == span.len()).then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject() -> Subject {
        let source = "<ref>{{cite web\n|title=Річка\r\n|url=x}}</ref>";
        Subject {
            span: Span {
                start: 100,
                end: 100 + source.len(),
                line: 7,
                column: 21,
            },
            source: Some(source.to_owned()),
            works: Vec::new(),
        }
    }

    #[test]
    fn bytes_have_lines_and_columns() {
        let check = |byte, expect| assert_eq!(subject().position(byte), expect);
        check(99, None);
        check(100, Some((7, 21)));
        check(105, Some((7, 26)));
        check(116, Some((8, 1)));
        check(123, Some((8, 8)));
        check(124, None); // inside a letter
        check(133, Some((8, 13)));
        check(135, Some((9, 1)));
        check(1000, None);
    }

    #[test]
    fn an_entry_without_its_credentials_tells_no_lines() {
        let mut shortened = subject();
        shortened.span.end += 7;
        assert_eq!(shortened.position(105), None);
    }

    #[test]
    fn the_end_is_told_by_the_entry_or_by_the_line() {
        let span = Span {
            start: 116,
            end: 133,
            line: 8,
            column: 1,
        };
        let excerpt = Excerpt {
            text: "|title=Річка".to_owned(),
            start: 0,
            end: 17,
            cut_before: false,
            cut_after: false,
        };
        let whole = Region {
            start: (8, 1),
            end: (8, 13),
            whole: true,
        };
        assert_eq!(region(span, None, Some(&subject())), whole);
        assert_eq!(region(span, Some(&excerpt), None), whole);
        let unknown = Region {
            end: (8, 1),
            whole: false,
            ..whole
        };
        assert_eq!(region(span, None, None), unknown);
    }
}
