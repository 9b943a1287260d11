//! One question to each host that asks for it: what does it answer to a URL that cannot exist?
//!
//! Bar-Yossef et al., "Sic transit gloria telae" (2004): a host that answers such a URL with the
//! page that it gives for the cited one has no such page. It costs a request, so that only links
//! that look like error pages, and at most one for each host, are followed by one.

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::watch;
use url::Url;

use super::facts::Facts;
use super::readers::read_page;
use crate::fetch::{Ask, Event, Fetcher, Transport, fetch_all};
use crate::model::{FetchResult, HostProbe, LinkFacts};
use crate::rules::wants_probe;

/// Letters of the name that cannot exist (Bar-Yossef used 25, too).
const LETTERS: usize = 25;

/// How much of the likeness is left when the two pages bear other titles: an error page with the
/// site's menus is not the cited page with the same menus.
const OTHER_TITLE: f64 = 0.5;

/// Asks each host of a link that wants it for a sibling that cannot exist, and keeps with every
/// such link of the host how much the answer is like the link's own page.
///
/// Siblings are asked through the same fetcher, so that its pauses, limits and address rules hold,
/// and a recording has them. A host that does not answer, or a recording without the question,
/// changes nothing. `tell` hears of every link of which more is known now.
pub(super) async fn probe_hosts<T: Transport + 'static>(
    fetcher: &Arc<Fetcher<T>>,
    facts: &mut Facts,
    stop: watch::Receiver<bool>,
    mut tell: impl FnMut(&LinkFacts),
) {
    let mut wanting: BTreeMap<String, Vec<Url>> = BTreeMap::new();
    let mut asks: Vec<Ask> = Vec::new();
    for (url, link) in facts.iter() {
        if let Some(sibling) = sibling_to_ask(link) {
            let host = link.outcome.requested.origin().ascii_serialization();
            let urls = wanting.entry(host).or_default();
            if urls.is_empty() {
                asks.push(Ask::from(sibling));
            }
            urls.push(url.clone());
        }
    }
    if asks.is_empty() {
        return;
    }
    let mut answers: BTreeMap<String, LinkFacts> = BTreeMap::new();
    fetch_all(fetcher, &asks, stop, |event| match event {
        Event::Started(_) => {}
        Event::Finished(outcome, room) => {
            let host = outcome.requested.origin().ascii_serialization();
            answers.insert(host, read_page(outcome));
            drop(room);
        }
    })
    .await;
    for (host, urls) in wanting {
        let Some(answer) = answers.get(&host) else {
            continue;
        };
        for url in urls {
            if let Some(link) = facts.get_mut(&url) {
                link.probe = compared(answer, link).map(Box::new);
                if link.probe.is_some() {
                    tell(link);
                }
            }
        }
    }
}

/// What is still to be asked before the link is judged; `None` when nothing is.
pub(super) fn sibling_to_ask(link: &LinkFacts) -> Option<Url> {
    let wanted = wants_probe(link);
    sibling(&link.outcome.requested).filter(|_| wanted)
}

/// The answer beside a link's own; `None` if nobody was asked.
fn compared(answer: &LinkFacts, link: &LinkFacts) -> Option<HostProbe> {
    let status = match &answer.outcome.result {
        FetchResult::Response(response) => Some(response.status),
        FetchResult::Failed(_) => None,
        FetchResult::Skipped(_) => return None,
    };
    let (a, b) = (answer.fingerprint.as_ref(), link.fingerprint.as_ref());
    let likeness = a.zip(b).map_or(0.0, |(a, b)| a.similarity(b));
    let title = |facts: &LinkFacts| facts.page.as_ref().and_then(|page| page.title.clone());
    let similarity = if title(answer) == title(link) {
        likeness
    } else {
        likeness * OTHER_TITLE
    };
    Some(HostProbe {
        url: answer.outcome.requested.clone(),
        landed: answer.outcome.landed.clone(),
        status,
        similarity,
    })
}

/// The URL beside the given one under a name that nobody gave to a page; the same for the same
/// URL, so that a recording has it. `None` for a URL that has no path.
fn sibling(url: &Url) -> Option<Url> {
    let last = url.path_segments()?.rfind(|part| !part.is_empty())?;
    // A server may hand `.html` to another program than `.php`.
    let ending = last
        .rsplit_once('.')
        .map(|(_, ending)| ending)
        .filter(|ending| (1..=5).contains(&ending.len()))
        .filter(|ending| ending.bytes().all(|b| b.is_ascii_alphanumeric()))
        .map(|ending| format!(".{ending}"));
    let name = format!("{}{}", letters(url.as_str()), ending.unwrap_or_default());
    let mut sibling = url.clone();
    sibling.set_query(None);
    sibling.set_fragment(None);
    sibling
        .path_segments_mut()
        .ok()?
        .pop_if_empty()
        .pop()
        .push(&name);
    Some(sibling)
}

/// Letters that look drawn by lot and follow from the seed.
fn letters(seed: &str) -> String {
    const ALPHABET: &[u8] = b"abcdefghijklmnopqrstuvwxyz";
    let mut state = seed.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let drawn = (0..LETTERS).filter_map(|_| {
        // Knuth's linear congruential generator; its upper bits are the good ones.
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let at = usize::try_from((state >> 33) % 26).ok()?;
        ALPHABET.get(at).map(|letter| char::from(*letter))
    });
    drawn.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sibling_keeps_folder_and_ending_and_is_always_the_same() {
        for (url, folder, ending) in [
            (
                "https://a.example/news/2019/quake.html",
                "/news/2019/",
                ".html",
            ),
            ("https://a.example/news/quake/?page=2#top", "/news/", ""),
            ("https://a.example/story.php?id=55", "/", ".php"),
            (
                "https://a.example/новини/аварія",
                "/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8/",
                "",
            ),
            ("https://a.example/v1.2-notes-of-release", "/", ""),
        ] {
            let made = Url::parse(url).ok().and_then(|url| sibling(&url));
            let again = Url::parse(url).ok().and_then(|url| sibling(&url));
            assert_eq!(made, again);
            let path = made.map(|made| made.path().to_owned()).unwrap_or_default();
            let name = path
                .strip_prefix(folder)
                .and_then(|name| name.strip_suffix(ending));
            let name = name.unwrap_or_default();
            assert_eq!(name.len(), LETTERS, "{url} → {path}");
            assert!(name.bytes().all(|b| b.is_ascii_lowercase()), "{path}");
        }
        assert_eq!(
            Url::parse("https://a.example/")
                .ok()
                .and_then(|url| sibling(&url)),
            None
        );
    }
}
