//! What a wikitext source consists of, by place.

use super::parse;
use super::slice::Slice;
use super::tag::Attributes;

/// A parsed source: a flat list of the constructs in it.
///
/// Parsing never fails: what is not closed or makes no sense stays plain text and is listed under
/// [`Document::faults`]. Nothing of the source is copied.
#[derive(Debug)]
pub struct Document<'s> {
    pub(super) source: &'s str,
    pub(super) nodes: Vec<Node>,
    pub(super) parts: Vec<Part>,
    pub(super) faults: Vec<Fault>,
}

/// A construct of the source.
///
/// Constructs nest: one stands in another when its bytes do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// First byte of what stands between the opening and closing marks.
    pub inner_start: usize,
    /// One past the last byte of it; equals `inner_start` for a self-closing tag.
    pub inner_end: usize,
    pub(super) first_part: u32,
    pub(super) part_count: u32,
}

/// Kinds of constructs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NodeKind {
    /// `<!-- … -->`
    Comment,
    /// A tag whose content is no wikitext: `<nowiki>`, `<pre>`, `<syntaxhighlight>`, `<math>` ….
    Raw,
    /// `<ref …>…</ref>`
    Ref,
    /// `<ref … />`
    EmptyRef,
    /// `<references>…</references>` or `<references />`
    References,
    /// `{{name|…}}`
    Template,
    /// `{{{name|…}}}`
    Argument,
    /// `[[target|label]]`
    Link,
}

/// Where a `|`-separated part begins, and its first `=`.
///
/// Narrow, since a source has one for every few dozen bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    start: u32,
    /// 0, which no part can have, for none.
    equals: u32,
}

impl Part {
    #[inline]
    pub(super) fn at(start: usize) -> Self {
        Self {
            start: narrow(start),
            equals: 0,
        }
    }

    #[inline]
    pub(super) const fn start(self) -> usize {
        self.start as usize
    }

    #[inline]
    pub(super) fn equals(self) -> Option<usize> {
        (self.equals != 0).then_some(self.equals as usize)
    }

    /// Takes the first `=`; later ones belong to the value.
    pub(super) fn found_equals(&mut self, at: usize) {
        if self.equals == 0 {
            self.equals = narrow(at);
        }
    }

    /// Goes on with a part that was taken for one of its own.
    pub(super) fn absorb(&mut self, dropped: Self) {
        if self.equals == 0 {
            self.equals = dropped.equals;
        }
    }
}

/// The parser reads no source that is too long for this.
pub(super) fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Something that is not closed or makes no sense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Byte offset of it.
    pub at: usize,
    /// What is wrong: a lowercase fragment.
    pub message: &'static str,
}

/// A template call.
#[derive(Debug, Clone, Copy)]
pub struct Template<'d, 's> {
    document: &'d Document<'s>,
    node: Node,
}

/// A parameter of a template call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter<'s> {
    /// The name as written, trimmed; `None` for a positional parameter.
    pub name: Option<Slice<'s>>,
    /// The value, trimmed.
    pub value: Slice<'s>,
    /// The whole parameter without its `|`, white space included.
    pub whole: Slice<'s>,
}

impl<'s> Document<'s> {
    /// Parses a source in time linear to its length.
    ///
    /// What follows the first 4 GiB is taken for text.
    #[must_use]
    pub fn parse(source: &'s str) -> Self {
        parse::parse(source, None)
    }

    /// Parses references and nothing else: comments and tags everywhere, templates, arguments and
    /// links only in references and in templates whose name `wanted` accepts.
    ///
    /// What it gives is the same as that part of [`Document::parse`] in less time. The name comes
    /// trimmed; one that begins with a comment is not asked about and taken for wanted.
    #[must_use]
    pub fn parse_references(source: &'s str, wanted: &dyn Fn(&str) -> bool) -> Self {
        parse::parse(source, Some(wanted))
    }

    /// The source.
    #[must_use]
    pub const fn source(&self) -> &'s str {
        self.source
    }

    /// All constructs, by first byte; an outer one precedes those in it.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// What is not closed or makes no sense, by place.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// The constructs that begin in the bytes `start..end`.
    #[must_use]
    pub fn nodes_in(&self, start: usize, end: usize) -> &[Node] {
        let first = self.nodes.partition_point(|node| node.start < start);
        let last = self.nodes.partition_point(|node| node.start < end);
        self.nodes.get(first..last).unwrap_or_default()
    }

    /// The bytes `start..end` of the source.
    #[must_use]
    #[inline]
    pub fn slice(&self, start: usize, end: usize) -> Slice<'s> {
        Slice::of(self.source, start, end)
    }

    /// What stands between the opening and closing marks of a construct.
    #[must_use]
    #[inline]
    pub fn inner(&self, node: &Node) -> Slice<'s> {
        self.slice(node.inner_start, node.inner_end)
    }

    /// The attributes of a tag such as `<ref name="x">`; none for constructs that are no tags.
    #[must_use]
    pub fn attributes(&self, node: &Node) -> Attributes<'s> {
        let is_tag = match node.kind {
            NodeKind::Ref | NodeKind::EmptyRef | NodeKind::References | NodeKind::Raw => true,
            NodeKind::Comment | NodeKind::Template | NodeKind::Argument | NodeKind::Link => false,
        };
        let end = if is_tag { node.inner_start } else { node.start };
        Attributes::of(self.slice(node.start, end))
    }

    /// The template call that a construct is.
    #[must_use]
    #[inline]
    pub fn template(&self, node: &Node) -> Option<Template<'_, 's>> {
        (node.kind == NodeKind::Template).then_some(Template {
            document: self,
            node: *node,
        })
    }

    /// The parts of a template, argument or link between its `|`.
    #[inline]
    pub(super) fn parts(
        &self,
        node: Node,
    ) -> impl DoubleEndedIterator<Item = (Slice<'s>, Option<usize>)> + use<'_, 's> {
        let first = node.first_part as usize;
        let range = first..first + node.part_count as usize;
        let parts = self.parts.get(range).unwrap_or_default();
        let source = self.source;
        (0..parts.len()).filter_map(move |index| {
            let part = parts.get(index)?;
            let next = parts.get(index + 1);
            let end = next.map_or(node.inner_end, |next| next.start() - 1);
            Some((Slice::of(source, part.start(), end), part.equals()))
        })
    }
}

impl<'d, 's> Template<'d, 's> {
    /// The call with its braces.
    #[must_use]
    #[inline]
    pub fn whole(&self) -> Slice<'s> {
        self.document.slice(self.node.start, self.node.end)
    }

    /// The construct that it is.
    #[must_use]
    #[inline]
    pub const fn node(&self) -> &Node {
        &self.node
    }

    /// The name as written, trimmed, without comments at its end or start.
    #[must_use]
    pub fn name(&self) -> Slice<'s> {
        let Some((name, _)) = self.document.parts(self.node).next() else {
            return self.document.inner(&self.node).trim();
        };
        without_outer_comments(name)
    }

    /// The parameters in the order written; empty ones included.
    #[inline]
    pub fn parameters(&self) -> impl Iterator<Item = Parameter<'s>> + use<'d, 's> {
        self.document
            .parts(self.node)
            .skip(1)
            .map(|(whole, equals)| {
                let Some((name, value)) = equals.and_then(|at| whole.around(at)) else {
                    return Parameter {
                        name: None,
                        value: whole.trim(),
                        whole,
                    };
                };
                Parameter {
                    name: Some(without_outer_comments(name)),
                    value: value.trim(),
                    whole,
                }
            })
    }

    /// The value of the parameter of that name (exactly as given) or position (from 1).
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Slice<'s>> {
        let mut position = 0;
        let mut found = None;
        for parameter in self.parameters() {
            let matches = parameter.name.map_or_else(
                || {
                    position += 1;
                    name.parse() == Ok(position)
                },
                |written| written.text() == name,
            );
            if matches {
                found = Some(parameter.value); // as in MediaWiki, the last one counts
            }
        }
        found
    }
}

/// A name without the comments and white space around it.
#[inline]
fn without_outer_comments(slice: Slice<'_>) -> Slice<'_> {
    let slice = slice.trim();
    let bytes = slice.text().as_bytes();
    if bytes.first() == Some(&b'<') || bytes.last() == Some(&b'>') {
        without_comments(slice)
    } else {
        slice
    }
}

fn without_comments(mut slice: Slice<'_>) -> Slice<'_> {
    while let Some(at) = slice
        .text()
        .starts_with("<!--")
        .then(|| slice.text().find("-->"))
    {
        let after = at.and_then(|at| slice.split_at(slice.start() + at + 3));
        let Some((_, rest)) = after else { break };
        slice = rest.trim();
    }
    while slice.text().ends_with("-->") {
        let before = slice.text().rfind("<!--");
        let Some((rest, _)) = before.and_then(|at| slice.split_at(slice.start() + at)) else {
            break;
        };
        slice = rest.trim();
    }
    slice
}
