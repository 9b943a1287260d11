//! What the walk keeps of `<meta>` and `<link>` tags.

use scraper::node::Element;

use super::element;
use super::outline::{Link, Meta, Outline};
use super::text::bounded;

/// Bounds on what is kept of one page.
const MAX_METAS: usize = 500;
const MAX_LINKS: usize = 300;

impl Outline {
    /// Keeps a `<meta>` tag that has a value.
    pub(super) fn take_meta(&mut self, element: &Element) {
        let attribute = |name| element::attribute(element, name);
        let Some(content) = attribute("content") else {
            return;
        };
        for name in ["name", "property", "itemprop", "http-equiv"] {
            if let Some(name) = attribute(name)
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
    pub(super) fn take_link(&mut self, element: &Element) {
        let attribute = |name| element::attribute(element, name);
        let (Some(rel), Some(href)) = (attribute("rel"), attribute("href")) else {
            return;
        };
        let rel = rel.to_ascii_lowercase();
        let wanted = rel.contains("canonical") || rel.contains("alternate");
        if wanted && self.links.len() < MAX_LINKS {
            self.links.push(Link {
                rel,
                href: bounded(href).to_owned(),
                hreflang: attribute("hreflang").map(str::to_owned),
            });
        }
    }
}
