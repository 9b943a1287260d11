//! What a reference cites: citations at its top, and links beside them.

use super::reference::Reference;
use super::template::Template;
use crate::article::catalogue::TemplateKind;
use crate::wikitext::{ExternalLink, Node, Slice, external_links};

/// The citations among the templates of a reference that are in no other one.
pub(super) struct Citations<I> {
    templates: I,
    taken: usize,
}

impl<I> Citations<I> {
    pub(super) const fn of(templates: I) -> Self {
        Self {
            templates,
            taken: 0,
        }
    }
}

impl<'r, 's: 'r, I: Iterator<Item = Template<'r, 's>>> Iterator for Citations<I> {
    type Item = Template<'r, 's>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let template = self.templates.next()?;
            let whole = template.whole();
            if whole.start() < self.taken {
                continue;
            }
            let cites = template.cites();
            if cites || is_closed(&template) {
                self.taken = whole.end();
            }
            if cites {
                return Some(template);
            }
        }
    }
}

/// Whether what is in a template that cites nothing is no business of the reference.
fn is_closed(template: &Template<'_, '_>) -> bool {
    matches!(
        template.kind(),
        Some(TemplateKind::Archive | TemplateKind::DeadLink | TemplateKind::Language)
    )
}

/// The links of a reference, by first byte.
pub(super) fn links<'s>(reference: &Reference<'_, 's>, inside: &[Node]) -> Vec<ExternalLink<'s>> {
    let document = reference.all.document();
    let mut links = Vec::new();
    if may_hold_link(reference, reference.content(), inside) {
        links = external_links(document, reference.content());
    }
    let mut taken = 0;
    for template in reference.templates() {
        let whole = template.whole();
        if whole.start() < taken {
            continue;
        }
        if template.cites() || is_closed(&template) {
            taken = whole.end();
            continue;
        }
        for field in template.fields() {
            if holds_slashes(field.value().text()) {
                links.extend(external_links(document, field.value()));
            }
        }
    }
    links.sort_by_key(|link| link.whole.start());
    links
}

/// Whether there is a `//` outside of all constructs.
fn may_hold_link(reference: &Reference<'_, '_>, content: Slice<'_>, inside: &[Node]) -> bool {
    let source = reference.all.document();
    let mut at = content.start();
    for node in inside {
        if node.start < at {
            continue;
        }
        if holds_slashes(source.slice(at, node.start).text()) {
            return true;
        }
        at = node.end;
    }
    holds_slashes(source.slice(at, content.end().max(at)).text())
}

fn holds_slashes(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut slashes = memchr::memchr_iter(b'/', bytes);
    slashes.any(|at| bytes.get(at + 1) == Some(&b'/'))
}
