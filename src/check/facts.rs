//! What is known of the cited URLs.

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use crate::fetch::request_url;
use crate::model::{Article, LinkFacts};

/// Facts by [`request_url`].
pub type Facts = BTreeMap<Url, LinkFacts>;

/// The URLs that the articles cite, each once, in order of first appearance.
#[must_use]
pub fn cited_urls(articles: &[Article]) -> Vec<Url> {
    let references = articles.iter().flat_map(|article| &article.references);
    let sources = references.flat_map(|reference| &reference.sources);
    let mut seen = BTreeSet::new();
    sources
        .filter_map(|source| source.citation.url.as_deref())
        .filter_map(|url| read_url(url).ok())
        .filter(|url| seen.insert(url.clone()))
        .collect()
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
