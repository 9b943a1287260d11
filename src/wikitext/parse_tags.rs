//! The part of the parser that takes comments and tags.

use super::document::NodeKind;
use super::parse::{Open, OpenKind, Parser};
use super::tag::{self, TagName};

impl Parser<'_, '_> {
    /// Takes what begins with the `<` here.
    pub(super) fn angle(&mut self) {
        let rest = self.rest();
        if rest.starts_with(b"<!--") {
            self.comment();
            return;
        }
        let Some(name) = tag::name_at(rest.get(1..).unwrap_or_default()) else {
            self.at += 1;
            return;
        };
        match (name, tag::opening_end(rest)) {
            (TagName::Ref, None) => {
                self.fault(self.at, "ref tag has no closing bracket");
                self.at += 1;
            }
            (TagName::References | TagName::Raw(_), None) => self.at += 1,
            (_, Some((end, true))) => self.empty_tag(name, self.at + end),
            (TagName::Ref, Some((end, false))) => self.open_ref(self.at + end),
            (TagName::References, Some((end, false))) => self.open_references(self.at + end),
            (TagName::Raw(_), Some((end, false))) => self.raw(name, self.at + end),
        }
    }

    fn empty_tag(&mut self, name: TagName, end: usize) {
        let kind = match name {
            TagName::Ref => NodeKind::EmptyRef,
            TagName::References => NodeKind::References,
            TagName::Raw(_) => NodeKind::Raw,
        };
        self.push_tag(kind, (end, end), end);
        self.at = end;
    }

    fn comment(&mut self) {
        let inner = self.at + 4;
        if let Some(end) = self.comment_end(self.at) {
            self.push_tag(NodeKind::Comment, (inner, end - 3), end);
            self.at = end;
        } else {
            self.fault(self.at, "comment is not closed");
            self.at = inner;
        }
    }

    /// One past the `-->` of the comment at `at`.
    fn comment_end(&mut self, at: usize) -> Option<usize> {
        let known = self.unclosed_comment;
        if known.0 <= at && self.limit <= known.1 {
            return None;
        }
        let rest = self.bytes.get(at + 4..self.limit)?;
        let found = memchr::memmem::find(rest, b"-->");
        if found.is_none() && known.1 <= self.limit {
            self.unclosed_comment = (at, self.limit);
        }
        found.map(|length| at + 4 + length + 3)
    }

    /// Start and end of the tag that closes `name`, searched from `from`.
    fn closing(&mut self, name: TagName, from: usize) -> Option<(usize, usize)> {
        let known = self.unclosed.get(name.index()).copied()?;
        if known.0 <= from && self.limit <= known.1 {
            return None;
        }
        let rest = self.bytes.get(from..self.limit)?;
        let found = memchr::memmem::find_iter(rest, b"</").find_map(|at| {
            let end = tag::closing_end(rest.get(at..)?, name)?;
            Some((from + at, from + at + end))
        });
        if found.is_none()
            && known.1 <= self.limit
            && let Some(memo) = self.unclosed.get_mut(name.index())
        {
            *memo = (from, self.limit);
        }
        found
    }

    fn raw(&mut self, name: TagName, inner: usize) {
        if let Some((inner_end, end)) = self.closing(name, inner) {
            self.push_tag(NodeKind::Raw, (inner, inner_end), end);
            self.at = end;
        } else {
            self.at = inner;
        }
    }

    fn open_references(&mut self, inner: usize) {
        let nested = self
            .open
            .iter()
            .any(|open| matches!(open.kind, OpenKind::Scope { .. }));
        let close = self.closing(TagName::References, inner);
        match close {
            Some((inner_end, end)) if !nested => {
                self.enter(NodeKind::References, (inner, inner_end), end);
            }
            Some(_) | None => {
                self.push_tag(NodeKind::References, (inner, inner), inner);
                self.at = inner;
            }
        }
    }

    fn open_ref(&mut self, inner: usize) {
        if let Some((inner_end, end)) = self.ref_close(inner) {
            self.enter(NodeKind::Ref, (inner, inner_end), end);
            self.in_reference = true;
        } else {
            self.fault(self.at, "ref tag is not closed");
            self.at = inner;
        }
    }

    /// Goes on with the content of a tag.
    fn enter(&mut self, kind: NodeKind, inner: (usize, usize), end: usize) {
        self.push_tag(kind, inner, end);
        let outer_limit = self.limit;
        self.open.push(Open {
            kind: OpenKind::Scope {
                outer_limit,
                outer_floor: self.floor,
            },
            node: self.nodes.len() - 1,
            start: self.at,
            first_part: self.open_parts.len(),
        });
        self.floor = self.open.len();
        (self.at, self.limit) = inner;
    }

    /// Start and end of the `</ref>` that closes a `<ref>` whose content begins at `from`; `None`
    /// when another reference or the list begins first.
    fn ref_close(&mut self, from: usize) -> Option<(usize, usize)> {
        let mut at = from;
        loop {
            let rest = self.bytes.get(at..self.limit)?;
            let skip = memchr::memchr(b'<', rest)?;
            at += skip;
            let rest = rest.get(skip..)?;
            if let Some(length) = tag::closing_end(rest, TagName::Ref) {
                return Some((at, at + length));
            }
            at = if rest.starts_with(b"<!--") {
                self.comment_end(at).unwrap_or(at + 1)
            } else if rest.starts_with(b"</") {
                if tag::name_at(rest.get(2..)?) == Some(TagName::References) {
                    return None;
                }
                at + 2
            } else {
                match tag::name_at(rest.get(1..)?) {
                    Some(TagName::References) => return None,
                    Some(TagName::Ref) => {
                        let (length, empty) = tag::opening_end(rest).unwrap_or((1, true));
                        if !empty {
                            return None;
                        }
                        at + length
                    }
                    Some(name @ TagName::Raw(_)) => match self.closing(name, at + 1) {
                        Some((_, end)) => end,
                        None => at + 1,
                    },
                    None => at + 1,
                }
            };
        }
    }
}
