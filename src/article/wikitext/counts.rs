//! What a source consists of, as other parsers count it.

use std::collections::HashSet;

use crate::model::SourceCounts;
use crate::wikitext::{Document, Node, NodeKind, Slice};

/// Counts the constructs of a source.
///
/// A template in a template counts too, and so does every parameter, empty ones included. An
/// address is what follows a `//`, with `http:` or `https:` before it, up to white space or one
/// of `[]{}|<>"`; comments are left out.
pub(super) fn counts(document: &Document<'_>) -> SourceCounts {
    let mut counts = SourceCounts::default();
    let mut names: HashSet<&str> = HashSet::new();
    let mut urls: HashSet<&str> = HashSet::new();
    let mut inside = 0;
    for node in document.nodes() {
        match node.kind {
            NodeKind::Ref | NodeKind::EmptyRef => {
                counts.ref_tags += 1;
                let attributes = document.attributes(node);
                names.extend(attributes.get("name").map(Slice::text));
                if node.kind == NodeKind::EmptyRef {
                    counts.self_closing += 1;
                    continue;
                }
                counts.with_content += 1;
                if inside <= node.start {
                    addresses(document, node, &mut urls);
                }
                inside = inside.max(node.end);
            }
            NodeKind::Template if node.start < inside => {
                counts.templates += 1;
                let template = document.template(node);
                let parameters = template.map(|template| template.parameters().count());
                counts.parameters += parameters.unwrap_or_default();
            }
            NodeKind::Template
            | NodeKind::Comment
            | NodeKind::Raw
            | NodeKind::References
            | NodeKind::Argument
            | NodeKind::Link => {}
        }
    }
    counts.names = names.len();
    counts.distinct_urls = urls.len();
    counts
}

fn addresses<'s>(document: &Document<'s>, node: &Node, urls: &mut HashSet<&'s str>) {
    let mut at = node.inner_start;
    let nodes = document.nodes_in(node.inner_start, node.inner_end).iter();
    for comment in nodes.filter(|node| node.kind == NodeKind::Comment) {
        urls.extend(addresses_in(document.slice(at, comment.start).text()));
        at = comment.end;
    }
    urls.extend(addresses_in(document.slice(at, node.inner_end).text()));
}

fn addresses_in(text: &str) -> impl Iterator<Item = &str> {
    let mut after = 0;
    memchr::memmem::find_iter(text.as_bytes(), b"//").filter_map(move |at| {
        let before = text.get(after..at)?;
        let schemes = ["https:", "http:"];
        let scheme = schemes.iter().find(|scheme| before.ends_with(**scheme));
        let start = at - scheme.map_or(0, |scheme| scheme.len());
        let rest = text.get(at + 2..)?;
        let ends = |c: char| c.is_whitespace() || "[]{}|<>\"".contains(c);
        let length = rest.find(ends).unwrap_or(rest.len());
        if length == 0 {
            return None;
        }
        after = at + 2 + length;
        text.get(start..after)
    })
}
