//! What is known of the cited URLs.

use std::collections::{BTreeMap, HashSet};

use url::Url;

use crate::fetch::request_url;
use crate::model::{Article, LinkFacts};

/// Facts by [`request_url`].
pub type Facts = BTreeMap<Url, LinkFacts>;

/// The URLs that the articles cite, each once, in order of first appearance.
#[must_use]
pub fn cited_urls(articles: &[Article]) -> Vec<Url> {
    let mut seen = HashSet::new();
    let mut urls = Vec::new();
    for block in articles
        .iter()
        .flat_map(|article| article.references.blocks())
    {
        let sources = block.iter().flat_map(|reference| &reference.sources);
        let cited = sources.filter_map(|source| source.citation.url.as_deref());
        for url in cited.filter_map(|url| read_url(url).ok()) {
            if seen.insert(url.clone()) {
                urls.push(url);
            }
        }
    }
    urls
}

/// Reads a cited URL as readers' browsers do, without what a request does not carry (fragment,
/// user name): the key of [`Facts`].
///
/// # Errors
///
/// A text that is no absolute URL; the message is a lowercase fragment.
pub(super) fn read_url(text: &str) -> Result<Url, String> {
    let text = text.trim();
    let absolute = match text.strip_prefix("//") {
        Some(rest) => format!("https://{rest}"),
        None => text.to_owned(),
    };
    let url = Url::parse(&absolute).map_err(|error| format!("not a web address: {error}"))?;
    Ok(request_url(&url))
}
