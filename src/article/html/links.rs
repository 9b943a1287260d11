//! Links out of the wiki.

use scraper::ElementRef;
use url::Url;

use super::parsoid::is_external;
use super::visible::{Step, is_aside, walk};

/// A link out of the wiki.
#[derive(Debug, Clone)]
pub(super) struct Link<'p> {
    pub(super) url: String,
    pub(super) label: String,
    pub(super) element: ElementRef<'p>,
}

/// Hosts that resolve identifiers: links to them stand for a number, not for the source.
const RESOLVERS: [&str; 16] = [
    "doi.org",
    "worldcat.org",
    "ncbi.nlm.nih.gov",
    "europepmc.org",
    "adsabs.harvard.edu",
    "semanticscholar.org",
    "handle.net",
    "arxiv.org",
    "jstor.org",
    "zbmath.org",
    "ams.org",
    "lccn.loc.gov",
    "openlibrary.org",
    "d-nb.info",
    "portal.issn.org",
    "wikidata.org",
];

/// The links out of the wiki in an element, in order.
pub(super) fn of(element: ElementRef<'_>) -> Vec<Link<'_>> {
    let mut links = Vec::new();
    walk(element, &mut |step| {
        let Step::Enter(inner) = step else {
            return false;
        };
        if is_aside(&inner) {
            return true;
        }
        if let Some(href) = address(inner) {
            let label: String = inner.text().collect();
            links.push(Link {
                url: absolute(href),
                label: label.split_whitespace().collect::<Vec<_>>().join(" "),
                element: inner,
            });
            return true;
        }
        false
    });
    links
}

/// The address of an element that is a link out of the wiki. A browser that saves a page makes
/// every address absolute: links to pages of a wiki are told by what the wiki wrote beside them.
fn address(element: ElementRef<'_>) -> Option<&str> {
    let value = element.value();
    let href = value.attr("href").filter(|_| value.name() == "a")?.trim();
    let has = |class: &str| value.classes().any(|own| own == class);
    if !is_external(href) || has("extiw") || value.attr("rel") == Some("mw:WikiLink") {
        return None;
    }
    let is_marked = has("external") || value.attr("rel") == Some("mw:ExtLink");
    (is_marked || !is_wiki_page(href)).then_some(href)
}

/// Whether an address is one of a page of a Wikimedia wiki, its special pages included.
fn is_wiki_page(href: &str) -> bool {
    let rest = href.split_once("//").map_or(href, |(_, rest)| rest);
    let Some((host, path)) = rest.split_once('/') else {
        return false;
    };
    let site = host.rsplit_once('.').and_then(|(before, top)| {
        let name = before.rsplit('.').next()?;
        (top == "org").then_some(name)
    });
    site == Some("wikipedia") && (path.starts_with("wiki/") || path.starts_with("w/index.php"))
}

fn absolute(href: &str) -> String {
    if href.starts_with("//") {
        format!("https:{href}")
    } else {
        href.to_owned()
    }
}

/// Whether an address is one of a service that resolves identifiers.
pub(super) fn is_resolver(url: &str) -> bool {
    let Some(host) = Url::parse(url)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
    else {
        return false;
    };
    RESOLVERS.iter().any(|known| {
        host.strip_suffix(known)
            .is_some_and(|before| before.is_empty() || before.ends_with('.'))
    })
}
