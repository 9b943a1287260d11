//! One pass over the source, with an explicit stack.
//!
//! Follows `MediaWiki`'s preprocessor (which tags hide their content, how runs of braces pair up),
//! but what is not closed costs only itself: the preprocessor lets an unclosed `[[` or `<ref>`
//! swallow what follows.

use super::document::{Document, Fault, Node, NodeKind, Part, narrow};
use super::marks;
use super::tag::TagName;

/// Braces and brackets open at once; deeper ones stay text. `MediaWiki` stops at 40 templates.
const DEEPEST: usize = 100;

/// Braces or brackets in a row; longer runs are taken in pieces.
const LONGEST_RUN: usize = 64;

/// Bytes of an ordinary article per construct, to ask for memory once.
const BYTES_PER_NODE: usize = 160;

/// Longest source, in bytes: places in it fit into 32 bits.
const LONGEST: usize = u32::MAX as usize;

/// Tells a template that matters by its name.
pub(super) type Wanted<'w> = &'w dyn Fn(&str) -> bool;

/// Parses a source; where `wanted` is given, references and the templates that it accepts.
pub(super) fn parse<'s>(source: &'s str, wanted: Option<Wanted<'_>>) -> Document<'s> {
    let mut parser = Parser {
        source,
        bytes: source.as_bytes(),
        at: 0,
        limit: source.len().min(LONGEST),
        floor: 0,
        wanted,
        in_reference: false,
        nodes: Vec::with_capacity(source.len() / BYTES_PER_NODE),
        parts: Vec::new(),
        faults: Vec::new(),
        open: Vec::new(),
        open_parts: Vec::new(),
        unclosed: [(0, 0); TagName::COUNT],
        unclosed_comment: (0, 0),
        out_of_order: false,
        dropped: false,
    };
    parser.run();
    let Parser {
        mut nodes,
        parts,
        mut faults,
        out_of_order,
        dropped,
        ..
    } = parser;
    if dropped {
        nodes.retain(|node| node.end != 0);
    }
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

pub(super) struct Parser<'s, 'w> {
    pub(super) source: &'s str,
    pub(super) bytes: &'s [u8],
    pub(super) at: usize,
    /// Where the innermost scope's content ends.
    pub(super) limit: usize,
    /// How many constructs are open outside the innermost scope, and it.
    pub(super) floor: usize,
    /// Which templates outside references are read; all constructs are when it is `None`.
    pub(super) wanted: Option<Wanted<'w>>,
    /// Whether the innermost scope is a reference.
    pub(super) in_reference: bool,
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
    /// Whether some node turned out not to be closed.
    dropped: bool,
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

impl Parser<'_, '_> {
    fn run(&mut self) {
        loop {
            let skims = self.wanted.is_some() && !self.in_reference && self.nothing_open();
            let more = if skims { self.skim() } else { self.step() };
            if !more && !self.leave_scope() {
                return;
            }
        }
    }

    /// Whether no braces or brackets are open in the innermost scope.
    fn nothing_open(&self) -> bool {
        self.open.len() == self.floor
    }

    /// Takes marks until a scope ends or begins; `false` at its end.
    fn step(&mut self) -> bool {
        let rest = self.bytes.get(..self.limit).unwrap_or_default();
        let Some((at, mark)) = marks::next(rest, self.at) else {
            return false;
        };
        self.at = at;
        match mark {
            b'<' => self.angle(),
            b'{' => self.open_braces(),
            b'}' => self.close_braces(),
            b'[' => self.open_link(),
            b']' => self.close_link(),
            b'|' => self.pipe(),
            b'=' => self.equals(),
            _ => self.at += 1,
        }
        true
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
                // A reference holds no other one.
                self.in_reference = false;
                return true;
            }
            self.dropped = true;
        }
        false
    }

    pub(super) fn rest(&self) -> &[u8] {
        self.bytes.get(self.at..self.limit).unwrap_or_default()
    }

    /// How often `byte` stands here in a row, as far as that can matter.
    pub(super) fn run_of(&self, byte: u8) -> usize {
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

    pub(super) fn open_braces(&mut self) {
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
        self.open_parts.push(Part::at(start + marks));
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
            self.open_parts.push(Part::at(self.at));
        }
    }

    fn equals(&mut self) {
        if self.top_has_parts()
            && let Some(part) = self.open_parts.last_mut()
        {
            part.found_equals(self.at);
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
        if braces && 0 < links {
            self.drop_links(links);
        }
        braces
    }

    /// Forgets so many links on top, in one pass over their parts.
    fn drop_links(&mut self, count: usize) {
        self.dropped = true;
        let lowest = self.open.len() - count;
        let mut firsts = self.open.drain(lowest..).map(|link| link.first_part);
        let mut next = firsts.next();
        let Some(first) = next else { return };
        let mut kept = first;
        for index in first..self.open_parts.len() {
            let Some(part) = self.open_parts.get(index).copied() else {
                break;
            };
            if next == Some(index) {
                next = firsts.next();
                let before = kept.checked_sub(1);
                if let Some(before) = before.and_then(|at| self.open_parts.get_mut(at)) {
                    before.absorb(part);
                }
            } else if let Some(place) = self.open_parts.get_mut(kept) {
                *place = part;
                kept += 1;
            }
        }
        self.open_parts.truncate(kept);
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
                first_part: narrow(first_part),
                part_count: narrow(part_count),
            };
        }
    }
}
