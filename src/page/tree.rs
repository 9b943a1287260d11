//! The tree of a page: what html5ever's rules build, and no more than evidence is read from.
//!
//! Nodes stand in one list and name each other by place, attributes in another; values are pieces
//! of the page.

use html5ever::tendril::StrTendril;
use html5ever::tree_builder::NodeOrText;
use html5ever::{LocalName, QualName};

use super::attributes::{Attr, AttrName};

/// A node's place in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NodeId(u32);

impl NodeId {
    pub(super) const DOCUMENT: Self = Self(0);
}

/// What a node is.
#[derive(Debug)]
pub(super) enum NodeKind {
    Document,
    /// What a `<template>` holds.
    Fragment,
    Element(QualName, AttrRange),
    Text(StrTendril),
    Comment,
}

/// The attributes of an element: first and one past the last.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct AttrRange(u32, u32);

#[derive(Debug)]
struct Node {
    parent: Option<NodeId>,
    previous: Option<NodeId>,
    next: Option<NodeId>,
    first_child: Option<NodeId>,
    last_child: Option<NodeId>,
    kind: NodeKind,
}

/// A page's tree; `'t` is the page.
#[derive(Debug)]
pub(super) struct Tree<'t> {
    nodes: Vec<Node>,
    attrs: Vec<Attr<'t>>,
    /// The attributes that tags carry by number.
    lists: Vec<AttrRange>,
}

/// An element as it is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'a, 't> {
    pub(super) name: &'a LocalName,
    /// In the order of [`AttrName`], each once.
    pub(super) attrs: &'a [Attr<'t>],
}

impl<'a> Element<'a, '_> {
    /// An attribute's value.
    pub(super) fn attribute(&self, name: &AttrName<'_>) -> Option<&'a str> {
        let found = self.attrs.iter().find(|attr| attr.name == *name);
        found.map(|attr| &*attr.value)
    }
}

/// A node as it is looked at.
pub(super) enum Content<'a, 't> {
    Element(Element<'a, 't>),
    Text(&'a str),
    /// A node that is nothing but its children.
    Group,
    Nothing,
}

impl<'t> Tree<'t> {
    pub(super) fn new(bytes: usize) -> Self {
        let mut tree = Self {
            nodes: Vec::with_capacity(bytes / 48 + 16),
            attrs: Vec::with_capacity(bytes / 96 + 16),
            lists: Vec::with_capacity(bytes / 128 + 16),
        };
        tree.add(NodeKind::Document);
        tree
    }

    pub(super) fn root() -> NodeId {
        NodeId::DOCUMENT
    }

    pub(super) fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id)?.parent
    }

    pub(super) fn first_child(&self, id: NodeId) -> Option<NodeId> {
        self.node(id)?.first_child
    }

    pub(super) fn next_sibling(&self, id: NodeId) -> Option<NodeId> {
        self.node(id)?.next
    }

    pub(super) fn content(&self, id: NodeId) -> Content<'_, 't> {
        let Some(node) = self.node(id) else {
            return Content::Nothing;
        };
        match &node.kind {
            NodeKind::Document | NodeKind::Fragment => Content::Group,
            NodeKind::Comment => Content::Nothing,
            NodeKind::Text(text) => Content::Text(text),
            NodeKind::Element(name, AttrRange(start, end)) => Content::Element(Element {
                name: &name.local,
                attrs: self
                    .attrs
                    .get(*start as usize..*end as usize)
                    .unwrap_or_default(),
            }),
        }
    }

    pub(super) fn kind(&self, id: NodeId) -> Option<&NodeKind> {
        self.node(id).map(|node| &node.kind)
    }

    fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0 as usize)
    }

    fn node_mut(&mut self, id: NodeId) -> Option<&mut Node> {
        self.nodes.get_mut(id.0 as usize)
    }

    pub(super) fn add(&mut self, kind: NodeKind) -> NodeId {
        let id = NodeId(place(self.nodes.len()));
        self.nodes.push(Node {
            parent: None,
            previous: None,
            next: None,
            first_child: None,
            last_child: None,
            kind,
        });
        id
    }

    /// Puts a node that has no parent behind its new parent's last child, or before a sibling.
    pub(super) fn insert(&mut self, id: NodeId, parent: NodeId, before: Option<NodeId>) {
        let previous = match before {
            Some(before) => self.node(before).and_then(|node| node.previous),
            None => self.node(parent).and_then(|node| node.last_child),
        };
        if let Some(node) = self.node_mut(id) {
            node.parent = Some(parent);
            node.previous = previous;
            node.next = before;
        }
        match previous.and_then(|previous| self.node_mut(previous)) {
            Some(previous) => previous.next = Some(id),
            None => {
                if let Some(parent) = self.node_mut(parent) {
                    parent.first_child = Some(id);
                }
            }
        }
        match before.and_then(|before| self.node_mut(before)) {
            Some(before) => before.previous = Some(id),
            None => {
                if let Some(parent) = self.node_mut(parent) {
                    parent.last_child = Some(id);
                }
            }
        }
    }

    pub(super) fn detach(&mut self, id: NodeId) {
        let Some(node) = self.node_mut(id) else {
            return;
        };
        let (previous, next) = (node.previous.take(), node.next.take());
        let parent = node.parent.take();
        match previous.and_then(|previous| self.node_mut(previous)) {
            Some(previous) => previous.next = next,
            None => {
                if let Some(parent) = parent.and_then(|parent| self.node_mut(parent)) {
                    parent.first_child = next;
                }
            }
        }
        match next.and_then(|next| self.node_mut(next)) {
            Some(next) => next.previous = previous,
            None => {
                if let Some(parent) = parent.and_then(|parent| self.node_mut(parent)) {
                    parent.last_child = previous;
                }
            }
        }
    }

    /// Puts a node or text behind the last child, or before a sibling; text joins text.
    pub(super) fn place(
        &mut self,
        what: NodeOrText<NodeId>,
        parent: NodeId,
        before: Option<NodeId>,
    ) {
        let id = match what {
            NodeOrText::AppendNode(id) => {
                self.detach(id);
                id
            }
            NodeOrText::AppendText(text) => {
                let previous = match before {
                    Some(before) => self.node(before).and_then(|node| node.previous),
                    None => self.node(parent).and_then(|node| node.last_child),
                };
                let previous = previous.and_then(|previous| self.node_mut(previous));
                if let Some(NodeKind::Text(known)) = previous.map(|node| &mut node.kind) {
                    known.push_tendril(&text);
                    return;
                }
                self.add(NodeKind::Text(text))
            }
        };
        self.insert(id, parent, before);
    }

    /// Keeps a tag's attributes; gives the number of their list.
    pub(super) fn keep(&mut self, attrs: &mut Vec<Attr<'t>>) -> usize {
        let start = place(self.attrs.len());
        self.attrs.append(attrs);
        self.lists.push(AttrRange(start, place(self.attrs.len())));
        self.lists.len() - 1
    }

    pub(super) fn list(&self, number: Option<usize>) -> AttrRange {
        let list = number.and_then(|number| self.lists.get(number));
        list.copied().unwrap_or_default()
    }

    /// Adds those attributes to an element that it does not have.
    pub(super) fn add_attrs(&mut self, target: NodeId, more: AttrRange) {
        let Some(NodeKind::Element(_, own)) = self.kind(target) else {
            return;
        };
        let own = *own;
        let within = |range: AttrRange| {
            let range = range.0 as usize..range.1 as usize;
            self.attrs.get(range).unwrap_or_default()
        };
        let known = within(own);
        let is_new = |attr: &&Attr<'_>| known.iter().all(|known| known.name != attr.name);
        let new = within(more).iter().filter(is_new);
        let room = MAX_ATTRIBUTES.saturating_sub(known.len());
        let mut all: Vec<Attr<'t>> = new.take(room).cloned().collect();
        if all.is_empty() {
            return;
        }
        // Moved, not copied: a page may repeat the tag for as long as it lasts.
        if let Some(known) = self.attrs.get_mut(own.0 as usize..own.1 as usize) {
            all.extend(known.iter_mut().map(Attr::take));
        }
        all.sort_by(|a, b| a.name.cmp(&b.name));
        let start = place(self.attrs.len());
        self.attrs.append(&mut all);
        let range = AttrRange(start, place(self.attrs.len()));
        if let Some(NodeKind::Element(_, own)) = self.node_mut(target).map(|node| &mut node.kind) {
            *own = range;
        }
    }

    /// How many nodes the node made last is in, counted up to a limit.
    pub(super) fn depth_of_last(&self, most: usize) -> usize {
        let last = NodeId(place(self.nodes.len().saturating_sub(1)));
        let around = std::iter::successors(self.parent(last), |id| self.parent(*id));
        around.take(most).count()
    }
}

/// Attributes of an element that several tags give it: `<html>` and `<body>` may stand twice.
const MAX_ATTRIBUTES: usize = 250;

fn place(length: usize) -> u32 {
    // A page has fewer bytes than this; a tree of it has no more nodes.
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::dom::parse;

    /// The attributes of the page's `<body>`, name and value.
    fn of_body<'a>(tree: &'a Tree<'_>) -> Vec<(&'a AttrName<'a>, &'a str)> {
        let all = (0..place(tree.nodes.len())).map(|at| tree.content(NodeId(at)));
        let elements = all.filter_map(|content| match content {
            Content::Element(element) => Some(element),
            Content::Text(_) | Content::Group | Content::Nothing => None,
        });
        let mut bodies = elements.filter(|element| &**element.name == "body");
        let attrs = bodies.next().map_or(&[][..], |body| body.attrs);
        attrs
            .iter()
            .map(|attr| (&attr.name, &*attr.value))
            .collect()
    }

    #[test]
    fn a_tag_that_is_repeated_adds_what_is_new() {
        let tree = parse("<body class=&lt;a id=a>x<body id=b lang=uk>y<body lang=de>");
        assert_eq!(
            of_body(&tree),
            [
                (&AttrName::Class, "<a"),
                (&AttrName::Id, "a"),
                (&AttrName::Lang, "uk"),
            ]
        );
    }

    #[test]
    fn what_a_repeated_tag_said_before_is_held_once() {
        let long = "&amp;".repeat(2_000);
        let more: Vec<String> = (0..100)
            .map(|at| format!("<body data-date{at}=x>"))
            .collect();
        let page = format!("<body class=\"{long}\">{}", more.concat());
        let tree = parse(&page);
        let held: usize = tree.attrs.iter().map(|attr| attr.value.len()).sum();
        assert!((2_000..3_000).contains(&held), "{held}");
        assert_eq!(of_body(&tree).len(), 101);
    }
}
