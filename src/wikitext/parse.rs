//! One pass over the source, with an explicit stack.
//!
//! Follows `MediaWiki`'s preprocessor (which tags hide their content, how runs of braces pair up),
//! but what is not closed costs only itself: the preprocessor lets an unclosed `[[` or `<ref>`
//! swallow what follows.

use super::document::{Document, Fault, Node, NodeKind, Part};
use super::tag::TagName;

/// Braces and brackets open at once; deeper ones stay text. `MediaWiki` stops at 40 templates.
const DEEPEST: usize = 100;

/// Braces or brackets in a row; longer runs are taken in pieces.
const LONGEST_RUN: usize = 64;

/// Parses a source.
pub(super) fn parse(source: &str) -> Document<'_> {
    let mut parser = Parser {
        bytes: source.as_bytes(),
        at: 0,
        limit: source.len(),
        floor: 0,
        nodes: Vec::new(),
        parts: Vec::new(),
        faults: Vec::new(),
        open: Vec::new(),
        open_parts: Vec::new(),
        unclosed: [(0, 0); TagName::COUNT],
        unclosed_comment: (0, 0),
        out_of_order: false,
    };
    parser.run();
    let Parser {
        mut nodes,
        parts,
        mut faults,
        out_of_order,
        ..
    } = parser;
    nodes.retain(|node| node.end != 0);
    if out_of_order {
        nodes.sort_by_key(|node| (node.start, std::cmp::Reverse(node.end)));
    }
    faults.sort_by_key(|fault| fault.at);
    Document {
        source,
        nodes,
        parts,
        faults,
    }
}

pub(super) struct Parser<'s> {
    pub(super) bytes: &'s [u8],
    pub(super) at: usize,
    /// Where the innermost scope's content ends.
    pub(super) limit: usize,
    /// How many constructs are open outside the innermost scope, and it.
    pub(super) floor: usize,
    /// Nodes by start; one that turns out not to be closed keeps `end == 0`.
    pub(super) nodes: Vec<Node>,
    parts: Vec<Part>,
    faults: Vec<Fault>,
    pub(super) open: Vec<Open>,
    /// Parts of the constructs in `open`, those of an inner one after those of an outer one.
    pub(super) open_parts: Vec<Part>,
    /// By tag: a stretch known to hold no closing tag of that name, so that a source full of
    /// opening tags is not searched again and again.
    pub(super) unclosed: [(usize, usize); TagName::COUNT],
    pub(super) unclosed_comment: (usize, usize),
    out_of_order: bool,
}

pub(super) struct Open {
    pub(super) kind: OpenKind,
    pub(super) node: usize,
    pub(super) start: usize,
    pub(super) first_part: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum OpenKind {
    /// A run of so many `{`.
    Braces(usize),
    /// `[[`
    Link,
    /// The content of a tag; what is opened in it cannot be closed outside.
    Scope {
        outer_limit: usize,
        outer_floor: usize,
    },
}

impl Parser<'_> {
    fn run(&mut self) {
        loop {
            let rest = self.bytes.get(self.at..self.limit).unwrap_or_default();
            let Some(skip) = rest.iter().position(|byte| is_mark(*byte)) else {
                if !self.leave_scope() {
                    return;
                }
                continue;
            };
            self.at += skip;
            match rest.get(skip) {
                Some(b'<') => self.angle(),
                Some(b'{') => self.open_braces(),
                Some(b'}') => self.close_braces(),
                Some(b'[') => self.open_link(),
                Some(b']') => self.close_link(),
                Some(b'|') => self.pipe(),
                _ => self.equals(),
            }
        }
    }

    /// Drops what is open in the innermost scope; `false` when the source is at its end.
    fn leave_scope(&mut self) -> bool {
        while let Some(open) = self.open.pop() {
            self.open_parts.truncate(open.first_part);
            if let OpenKind::Scope {
                outer_limit,
                outer_floor,
            } = open.kind
            {
                self.at = self
                    .nodes
                    .get(open.node)
                    .map_or(self.limit, |node| node.end);
                self.limit = outer_limit;
                self.floor = outer_floor;
                return true;
            }
        }
        false
    }

    pub(super) fn rest(&self) -> &[u8] {
        self.bytes.get(self.at..self.limit).unwrap_or_default()
    }

    /// How often `byte` stands here in a row, as far as that can matter.
    fn run_of(&self, byte: u8) -> usize {
        let run = self.rest().iter().take(LONGEST_RUN);
        run.take_while(|b| **b == byte).count()
    }

    pub(super) fn fault(&mut self, at: usize, message: &'static str) {
        self.faults.push(Fault { at, message });
    }

    pub(super) fn push_tag(&mut self, kind: NodeKind, inner: (usize, usize), end: usize) {
        self.nodes.push(Node {
            kind,
            start: self.at,
            end,
            inner_start: inner.0,
            inner_end: inner.1,
            first_part: 0,
            part_count: 0,
        });
    }

    fn open_braces(&mut self) {
        let run = self.run_of(b'{');
        if 2 <= run && self.open.len() - self.floor < DEEPEST {
            self.push_open(OpenKind::Braces(run), NodeKind::Template, self.at, run);
        }
        self.at += run;
    }

    fn open_link(&mut self) {
        let run = self.run_of(b'[');
        if 2 <= run && self.open.len() - self.floor < DEEPEST {
            self.push_open(OpenKind::Link, NodeKind::Link, self.at + run - 2, 2);
        }
        self.at += run;
    }

    fn push_open(&mut self, kind: OpenKind, node: NodeKind, start: usize, marks: usize) {
        self.open.push(Open {
            kind,
            node: self.nodes.len(),
            start,
            first_part: self.open_parts.len(),
        });
        self.open_parts.push(Part {
            start: start + marks,
            equals: None,
        });
        self.nodes.push(Node {
            kind: node,
            start,
            end: 0,
            inner_start: start + marks,
            inner_end: start + marks,
            first_part: 0,
            part_count: 0,
        });
    }

    fn pipe(&mut self) {
        self.at += 1;
        if self.top_has_parts() {
            self.open_parts.push(Part {
                start: self.at,
                equals: None,
            });
        }
    }

    fn equals(&mut self) {
        if self.top_has_parts()
            && let Some(part) = self.open_parts.last_mut()
        {
            part.equals.get_or_insert(self.at);
        }
        self.at += 1;
    }

    fn top_has_parts(&self) -> bool {
        self.open.last().is_some_and(|open| match open.kind {
            OpenKind::Braces(_) | OpenKind::Link => true,
            OpenKind::Scope { .. } => false,
        })
    }

    fn close_link(&mut self) {
        let run = self.run_of(b']');
        let top_is_link = self
            .open
            .last()
            .is_some_and(|top| top.kind == OpenKind::Link);
        if 2 <= run && top_is_link {
            if let Some(open) = self.open.pop() {
                self.finish(&open, NodeKind::Link, open.start, 2);
            }
            self.at += 2;
        } else {
            self.at += run;
        }
    }

    fn close_braces(&mut self) {
        let run = self.run_of(b'}');
        if run < 2 || !self.drop_unclosed_links() {
            self.at += run;
            return;
        }
        let Some(open) = self.open.pop() else {
            return;
        };
        let OpenKind::Braces(count) = open.kind else {
            return;
        };
        let (kind, marks) = if 3 <= count.min(run) {
            (NodeKind::Argument, 3)
        } else {
            (NodeKind::Template, 2)
        };
        let left = count - marks;
        self.finish(&open, kind, open.start + left, marks);
        self.at += marks;
        if 2 <= left {
            // What was closed is the beginning of the first part of the braces outside it.
            self.out_of_order = true;
            self.push_open(OpenKind::Braces(left), NodeKind::Template, open.start, left);
        }
    }

    /// Forgets links that are open above the innermost braces, giving their `|` to the braces.
    /// `false` when no braces are open in this scope.
    fn drop_unclosed_links(&mut self) -> bool {
        let links = self
            .open
            .iter()
            .rev()
            .take_while(|open| open.kind == OpenKind::Link)
            .count();
        let below = self.open.len().checked_sub(links + 1);
        let braces = below
            .and_then(|index| self.open.get(index))
            .is_some_and(|open| matches!(open.kind, OpenKind::Braces(_)));
        if braces {
            for _ in 0..links {
                self.drop_link();
            }
        }
        braces
    }

    fn drop_link(&mut self) {
        let Some(link) = self.open.pop() else { return };
        let dropped = self.open_parts.remove(link.first_part);
        if let Some(before) = link.first_part.checked_sub(1)
            && let Some(part) = self.open_parts.get_mut(before)
        {
            part.equals = part.equals.or(dropped.equals);
        }
    }

    fn finish(&mut self, open: &Open, kind: NodeKind, start: usize, marks: usize) {
        let first_part = self.parts.len();
        let drained = self.open_parts.drain(open.first_part..);
        self.parts.extend(drained);
        let part_count = self.parts.len() - first_part;
        if let Some(node) = self.nodes.get_mut(open.node) {
            *node = Node {
                kind,
                start,
                end: self.at + marks,
                inner_start: start + marks,
                inner_end: self.at,
                first_part,
                part_count,
            };
        }
    }
}

/// The bytes that the parser stops at.
const fn is_mark(byte: u8) -> bool {
    matches!(byte, b'<' | b'{' | b'}' | b'[' | b']' | b'|' | b'=')
}
