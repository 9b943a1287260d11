//! Where redirects lead: the front page, the page's new address, an error page.

use url::Url;

use super::answer::{Answer, verdict};
use super::confidence::{OBSERVED, WORDS, of_points};
use crate::model::{Evidence, LinkVerdict, Verdict};

/// Whether the address of a page now leads to a site's front page.
pub(super) fn home(answer: Answer<'_>) -> Option<Verdict> {
    let (from, to) = (&answer.outcome.requested, &answer.outcome.landed);
    if answer.outcome.hops.is_empty() || is_home(from) || !is_home(to) {
        return None;
    }
    if answer.title_is_there() {
        return None;
    }
    let confidence = if answer.title_is_cited() {
        of_points(3)
    } else {
        WORDS
    };
    let reason = format!("the address leads to the front page {to}");
    let mut home = verdict(LinkVerdict::RedirectedToHomePage, reason, confidence);
    home.evidence
        .push(Evidence::new("final URL", to.to_string(), "redirects"));
    Some(home)
}

/// Whether permanent redirects lead to a new address of the page.
pub(super) fn moved(answer: Answer<'_>) -> Option<Verdict> {
    let hops = &answer.outcome.hops;
    let permanent = hops
        .iter()
        .take_while(|hop| matches!(hop.status, 301 | 308))
        .count();
    if permanent == 0 {
        return None;
    }
    let address = hops
        .get(permanent)
        .map_or(&answer.outcome.landed, |hop| &hop.url);
    if same_document(&answer.outcome.requested, address) {
        return None;
    }
    let reason = format!("the new address is {address}");
    let confidence = if answer.title_is_there() {
        OBSERVED
    } else {
        WORDS
    };
    let mut moved = verdict(LinkVerdict::Moved, reason, confidence);
    moved.evidence.push(Evidence::new(
        "new address",
        address.to_string(),
        "redirects",
    ));
    Some(moved)
}

/// Whether the URL is a site's front page: no path, an index file, or a language's front page.
pub(super) fn is_home(url: &Url) -> bool {
    let mut segments = url
        .path_segments()
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty());
    let (first, second) = (segments.next(), segments.next());
    let index = |part: &str| {
        let name = part.split('.').next().unwrap_or_default();
        part.contains('.') && matches!(name, "index" | "default" | "home" | "main")
    };
    // `en`, `en-gb`, `pt_BR`
    let language = |part: &str| {
        let letters = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_alphabetic());
        part.split(['-', '_']).count() <= 2 && part.split(['-', '_']).all(letters)
    };
    let plain_path = match (first, second) {
        (None, _) => true,
        (Some(first), None) => index(first) || language(first) || first == "home",
        (Some(first), Some(second)) => {
            language(first) && index(second) && segments.next().is_none()
        }
    };
    // A query may be the whole address of a document: `/?p=123`. What counts visitors is none.
    let counts = |name: &str| name.starts_with("utm_") || matches!(name, "ref" | "from" | "src");
    plain_path
        && url
            .query_pairs()
            .all(|(name, value)| value.is_empty() || counts(&name))
}

/// Whether two URLs differ only in what sites change without moving a document.
pub(super) fn same_document(a: &Url, b: &Url) -> bool {
    let path = |url: &Url| url.path().trim_end_matches('/').to_owned();
    same_host(a, b) && path(a) == path(b) && a.query() == b.query()
}

/// Whether two URLs are of one host, with or without `www.`.
pub(super) fn same_host(a: &Url, b: &Url) -> bool {
    let host = |url: &Url| {
        let host = url.host_str().unwrap_or_default();
        host.strip_prefix("www.").unwrap_or(host).to_owned()
    };
    host(a) == host(b) && port(a) == port(b)
}

/// An explicit port; the usual ports of http and https count as none, so that an upgrade to https
/// is no move.
fn port(url: &Url) -> Option<u16> {
    url.port().filter(|port| !matches!(port, 80 | 443))
}

/// The words of an address's path and host, in lower case.
pub(super) fn words_of(url: &Url) -> Vec<String> {
    let text = format!("{}/{}", url.path(), url.host_str().unwrap_or_default());
    text.to_ascii_lowercase()
        .split(|c: char| !c.is_ascii_alphanumeric())
        .map(str::to_owned)
        .collect()
}

/// Whether redirects lead to an address that says that it is an error page's.
pub(super) fn leads_to_error_path(from: &Url, to: &Url) -> bool {
    from != to && is_error_path(to) && !is_error_path(from)
}

fn is_error_path(url: &Url) -> bool {
    const SAID: [&str; 8] = [
        "notfound",
        "not-found",
        "not_found",
        "error404",
        "404error",
        "error-page",
        "errorpage",
        "page-unavailable",
    ];
    let path = url.path().to_ascii_lowercase();
    let last = path.rsplit('/').find(|part| !part.is_empty());
    let name = last.and_then(|last| last.split('.').next());
    SAID.iter().any(|word| path.contains(word))
        || words_of(url).iter().any(|word| word == "404")
        || matches!(name, Some("error" | "err" | "fehler" | "erreur" | "errore"))
}
