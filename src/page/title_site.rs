//! The names that a page's site goes by.

use super::json_ld::LdNode;
use super::outline::Outline;
use super::text;
use super::title_parts::key;

/// `<meta>` names that hold the site's name or that of its app.
const META_NAMES: &[&str] = &[
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "al:ios:app_name",
    "al:android:app_name",
    "twitter:app:name:iphone",
    "twitter:app:name:ipad",
    "twitter:app:name:googleplay",
    "twitter:site",
    "publisher",
];

/// Labels of hosts that name no site.
const PLAIN_LABELS: &[&str] = &["www", "com", "org", "net", "gov", "news", "blog", "web"];

/// Names kept of one page.
const MAX_NAMES: usize = 40;

/// Names are compared by so many of their first bytes: some signs stand for whole phrases.
const MAX_NAME_BYTES: usize = 200;

/// How surely a text is the site's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// Nothing says so.
    None,
    /// It holds the name, or is a part of it.
    Part,
    /// The page or its address say so.
    Same,
}

/// Names of a site, folded for comparison.
pub(super) struct SiteNames {
    /// As the page says.
    named: Vec<String>,
    /// Labels of the host without its suffix.
    labels: Vec<String>,
}

impl SiteNames {
    /// Gathers them from `<meta>`, JSON-LD and the host.
    pub(super) fn read(outline: &Outline, nodes: &[LdNode], host: Option<&str>) -> Self {
        let metas = META_NAMES
            .iter()
            .filter_map(|name| outline.meta(name).next());
        let publishers = nodes.iter().filter_map(|node| node.site.as_deref());
        let mut named: Vec<String> = Vec::new();
        for name in metas.chain(publishers) {
            let name = key(text::head(name, MAX_NAME_BYTES));
            let known = named.contains(&name) || MAX_NAMES <= named.len();
            if 1 < name.chars().count() && !known {
                named.push(name);
            }
        }
        // A title has the letters that Punycode stands for.
        let (host, _) = idna::domain_to_unicode(host.unwrap_or_default());
        let labels: Vec<&str> = host.split('.').collect();
        let kept = labels.len().saturating_sub(1);
        let labels = labels
            .into_iter()
            .take(kept)
            .filter(|label| 3 <= label.len() && !PLAIN_LABELS.contains(label))
            .map(key)
            .collect();
        Self { named, labels }
    }

    /// How surely a text is the site's name and nothing else; `name` is its key.
    pub(super) fn likeness(&self, text: &str, name: &str) -> Likeness {
        if name.is_empty() {
            return Likeness::None;
        }
        let bare = bare(name);
        let length = name.chars().count();
        let is = |known: &String| known == name || known == bare;
        let longer_by = |known: &String, by: usize| {
            4 <= known.chars().count()
                && length <= known.chars().count() + by
                && name.contains(known.as_str())
        };
        if self.named.iter().any(is)
            || self
                .labels
                .iter()
                .any(|label| is(label) || longer_by(label, 12))
        {
            return Likeness::Same;
        }
        let part_of = |known: &String| {
            4 <= length && known.chars().count() <= 2 * length && known.contains(name)
        };
        let initials = initials(text);
        let abbreviated = |label: &String| 3 <= label.len() && *label == initials;
        let like = self
            .labels
            .iter()
            .any(|label| part_of(label) || abbreviated(label))
            || self
                .named
                .iter()
                .any(|known| part_of(known) || longer_by(known, 14));
        if like { Likeness::Part } else { Likeness::None }
    }
}

/// A name without what hosts and mastheads put around it.
fn bare(name: &str) -> &str {
    let start = name
        .strip_prefix("www")
        .or_else(|| name.strip_prefix("the"));
    let name = start.unwrap_or(name);
    let ends = ["online", "com", "org", "net"];
    let end = ends.iter().find_map(|end| name.strip_suffix(end));
    end.unwrap_or(name)
}

fn initials(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let first = words.filter_map(|word| word.chars().next());
    first.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_any_length_are_bounded() {
        let nodes: Vec<LdNode> = ('a'..='z')
            .map(|letter| LdNode {
                site: Some(format!("{letter}{}", "ﷺ".repeat(15_000))),
                ..LdNode::default()
            })
            .collect();
        let site = SiteNames::read(&Outline::default(), &nodes, None);
        assert_eq!(site.named.len(), 26);
        // One sign is eighteen letters and spaces.
        let longest = site.named.iter().map(|name| name.chars().count()).max();
        assert!(longest.is_some_and(|longest| longest < 18 * MAX_NAME_BYTES / 3));
    }
}
