//! How html5ever's tree builder makes a page's tree.
//!
//! The builder never looks at attributes: its tags carry the number under which the tree keeps them.

use std::borrow::Cow;
use std::cell::{Ref, RefCell};

use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, LocalName, QualName, local_name, ns};

use super::attributes::Attr;
use super::tree::{NodeId, NodeKind, Tree};

/// The name under which a tag carries the number of its attributes.
const CARRIER: LocalName = local_name!("id");

/// A number as one character, surrogates left out: a string of it needs no room of its own.
fn character_of(number: usize) -> Option<char> {
    let number = u32::try_from(number).ok()?;
    char::from_u32(if number < 0xd800 {
        number
    } else {
        number + 0x800
    })
}

fn number_of(character: char) -> usize {
    let code = character as usize;
    if code < 0xd800 { code } else { code - 0x800 }
}

/// The number that a tag carries.
fn carried(attrs: &[Attribute]) -> Option<usize> {
    let carrier = attrs.iter().find(|attr| attr.name.local == CARRIER)?;
    carrier.value.chars().next().map(number_of)
}

/// The tree while it is built.
#[derive(Debug)]
pub(super) struct Planter<'t> {
    tree: RefCell<Tree<'t>>,
    /// For what is no element, which the tree builder never asks about.
    nameless: QualName,
}

impl<'t> Planter<'t> {
    /// `bytes` is the length of the page.
    pub(super) fn new(bytes: usize) -> Self {
        Self {
            tree: RefCell::new(Tree::new(bytes)),
            nameless: QualName::new(None, ns!(), local_name!("")),
        }
    }

    /// Keeps a tag's attributes; gives what the tag carries through the tree builder for them.
    pub(super) fn keep(&self, attrs: &mut Vec<Attr<'t>>) -> Option<Attribute> {
        let number = self.tree.borrow_mut().keep(attrs);
        let value = StrTendril::from_char(character_of(number)?);
        Some(Attribute {
            name: QualName::new(None, ns!(), CARRIER),
            value,
        })
    }

    /// How many elements the node made last is in, counted up to a limit.
    pub(super) fn depth(&self, most: usize) -> usize {
        self.tree.borrow().depth_of_last(most)
    }
}

impl<'t> TreeSink for Planter<'t> {
    type Handle = NodeId;
    type Output = Tree<'t>;
    type ElemName<'a>
        = Ref<'a, QualName>
    where
        Self: 'a;

    fn finish(self) -> Tree<'t> {
        self.tree.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        NodeId::DOCUMENT
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        Ref::map(self.tree.borrow(), |tree| match tree.kind(*target) {
            Some(NodeKind::Element(name, _)) => name,
            _ => &self.nameless,
        })
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> NodeId {
        let mut tree = self.tree.borrow_mut();
        let is_template = name.ns == ns!(html) && name.local == local_name!("template");
        let list = tree.list(carried(&attrs));
        let id = tree.add(NodeKind::Element(name, list));
        if is_template {
            let inner = tree.add(NodeKind::Fragment);
            tree.insert(inner, id, None);
        }
        id
    }

    fn create_comment(&self, _: StrTendril) -> NodeId {
        self.tree.borrow_mut().add(NodeKind::Comment)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> NodeId {
        self.tree.borrow_mut().add(NodeKind::Comment)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.tree.borrow_mut().place(child, *parent, None);
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeId,
        prev_element: &NodeId,
        child: NodeOrText<NodeId>,
    ) {
        let mut tree = self.tree.borrow_mut();
        match tree.parent(*element) {
            Some(parent) => tree.place(child, parent, Some(*element)),
            None => tree.place(child, *prev_element, None),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.tree.borrow().first_child(*target).unwrap_or(*target)
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, new_node: NodeOrText<NodeId>) {
        let mut tree = self.tree.borrow_mut();
        if let Some(parent) = tree.parent(*sibling) {
            tree.place(new_node, parent, Some(*sibling));
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attrs: Vec<Attribute>) {
        let mut tree = self.tree.borrow_mut();
        let more = tree.list(carried(&attrs));
        tree.add_attrs(*target, more);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.tree.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        let mut tree = self.tree.borrow_mut();
        while let Some(child) = tree.first_child(*node) {
            tree.detach(child);
            tree.insert(child, *new_parent, None);
        }
    }
}
