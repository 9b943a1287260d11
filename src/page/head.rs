//! What the walk keeps of `<meta>` and `<link>` tags.

use super::attributes::AttrName;
use super::outline::{Link, Meta, Outline};
use super::text::bounded;
use super::tree::Element;

/// Bounds on what is kept of one page.
const MAX_METAS: usize = 500;
const MAX_LINKS: usize = 300;

impl Outline {
    /// Keeps a `<meta>` tag that has a value.
    pub(super) fn take_meta(&mut self, element: Element<'_, '_>) {
        // Some write `value` for `content`.
        let content = element.attribute(&AttrName::Content);
        let Some(content) = content.or_else(|| element.attribute(&AttrName::Value)) else {
            return;
        };
        for name in [
            AttrName::Name,
            AttrName::Property,
            AttrName::Itemprop,
            AttrName::HttpEquiv,
        ] {
            if let Some(name) = element.attribute(&name)
                && self.metas.len() < MAX_METAS
            {
                self.metas.push(Meta {
                    name: name.trim().to_lowercase(),
                    content: bounded(content).to_owned(),
                });
            }
        }
    }

    /// Keeps a `<link>` that names the page itself or its versions.
    pub(super) fn take_link(&mut self, element: Element<'_, '_>) {
        let rel = element.attribute(&AttrName::Rel);
        let (Some(rel), Some(href)) = (rel, element.attribute(&AttrName::Href)) else {
            return;
        };
        let rel = rel.to_ascii_lowercase();
        let wanted = rel.contains("canonical") || rel.contains("alternate");
        if wanted && self.links.len() < MAX_LINKS {
            self.links.push(Link {
                rel,
                href: bounded(href).to_owned(),
                hreflang: element.attribute(&AttrName::Hreflang).map(str::to_owned),
            });
        }
    }
}
