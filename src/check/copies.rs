//! Archived copies of dead links, and whether the copies that are cited show anything.

use std::collections::{BTreeSet, HashMap, HashSet};

use tokio::sync::watch;
use url::Url;

use super::facts::{Facts, read_url};
use super::readers::read_page;
use crate::archive::{
    ArchiveOptions, Archives, Key, Play, Played, Saved, Search, Unanswered, copy_address,
    is_copy_address, never_asked,
};
use crate::fetch::{Fetcher, Transport};
use crate::links::archive;
use crate::model::{
    Article, Citation, CopySearch, FetchResult, LinkFacts, LinkVerdict, Memento, Source, Wanted,
};
use crate::rules::{copy_fault, is_confirmed_dead, judge};

/// Most copies of one page that are tried.
const MOST_TRIED: usize = 5;

/// What is asked of archives.
#[derive(Debug, Clone, Default)]
pub struct CopyOptions {
    /// Which archives are asked, and how often.
    pub archives: ArchiveOptions,
    /// The key with which living pages that no archive has are handed in; `None` hands in none.
    pub save: Option<Key>,
}

/// What asking for a page to be saved came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveReport {
    /// The page.
    pub page: Url,
    /// What came of it.
    pub saved: Saved,
}

/// A page with what the citations of it say.
struct Page {
    url: Url,
    citations: Vec<Citation>,
    /// How much the link needs a copy, as [`need`] says.
    need: Option<u8>,
}

/// Looks for archived copies of dead and suspect links, and plays the copies that are cited.
///
/// Facts of links get [`LinkFacts::copies`] and [`LinkFacts::copy_search`]; what a cited copy shows
/// is put into the facts under the copy's own address, as if the site had answered, so that it is
/// judged as any page is. Verdicts on links are not touched. What matters most is asked first: the
/// cited copies of dead links, copies of those without a working one, then the cited copies of
/// living links, for as long as the budget lasts. Nothing is asked where bodies are not kept. A cited address that is itself an archive's is
/// looked at as a link only.
pub async fn find_copies<T: Transport>(
    fetcher: &Fetcher<T>,
    articles: &[Article],
    facts: &mut Facts,
    options: &CopyOptions,
    stop: watch::Receiver<bool>,
) -> Vec<SaveReport> {
    // A run that reads no pages could not tell a copy of one from a copy of an error.
    if !fetcher.options().keep_bodies {
        return Vec::new();
    }
    let mut archives = Archives::new(fetcher, options.archives.clone(), stop);
    let pages = cited_pages(articles, facts, options.save.is_some());
    let (sought, living) = by_need(&pages);
    for page in &sought {
        play_cited(&mut archives, page, facts).await;
    }
    for page in &sought {
        if !has_working_copy(page, facts) {
            search(&mut archives, page, facts).await;
        }
    }
    for page in &living {
        play_cited(&mut archives, page, facts).await;
        if has_faulty_copy(page, facts) {
            search(&mut archives, page, facts).await;
        }
    }
    match &options.save {
        Some(key) => save_missing(&mut archives, &living, facts, key).await,
        None => Vec::new(),
    }
}

/// The cited pages that something is asked for, each once, in order of first appearance: those
/// that need a copy or have one, and when pages are `saved` all of them.
fn cited_pages(articles: &[Article], facts: &Facts, saved: bool) -> Vec<Page> {
    let mut needs: HashMap<Url, Option<u8>> = HashMap::new();
    let mut copied: HashSet<Url> = HashSet::new();
    let blocks = || {
        articles
            .iter()
            .flat_map(|article| article.references.blocks())
    };
    for block in blocks() {
        for source in block.iter().flat_map(|reference| &reference.sources) {
            let Some((url, facts)) = cited_url(source).and_then(|url| facts.get_key_value(&url))
            else {
                continue;
            };
            if !needs.contains_key(url) {
                let need = need(facts, judge(facts, &source.citation).link);
                needs.insert(url.clone(), need);
            }
            if source.citation.archive_url.is_some() {
                copied.insert(url.clone());
            }
        }
    }
    let mut pages: Vec<Page> = Vec::new();
    let mut places: HashMap<Url, usize> = HashMap::new();
    for block in blocks() {
        for source in block.iter().flat_map(|reference| &reference.sources) {
            let known = cited_url(source).and_then(|url| Some((needs.get(&url).copied()?, url)));
            let Some((need, url)) = known else {
                continue;
            };
            if need.is_none() && !saved && !copied.contains(&url) {
                continue;
            }
            let place = *places.entry(url.clone()).or_insert(pages.len());
            if place == pages.len() {
                let citations = Vec::new();
                pages.push(Page {
                    url,
                    citations,
                    need,
                });
            }
            if let Some(page) = pages.get_mut(place) {
                let mut citation = source.citation.clone();
                citation.raw.clear();
                page.citations.push(citation);
            }
        }
    }
    pages
}

fn cited_url(source: &Source) -> Option<Url> {
    let url = read_url(source.citation.url.as_deref()?).ok()?;
    (!is_copy_address(&url)).then_some(url)
}

/// The pages for which a copy is sought, the surely dead first, and the living ones.
fn by_need(pages: &[Page]) -> (Vec<&Page>, Vec<&Page>) {
    let (mut sought, living): (Vec<&Page>, Vec<&Page>) =
        pages.iter().partition(|page| page.need.is_some());
    sought.sort_by_key(|page| page.need);
    (sought, living)
}

/// How much a link needs a copy, the lowest the most; `None` where readers have the page, or nothing
/// is known against it.
fn need(facts: &LinkFacts, verdict: LinkVerdict) -> Option<u8> {
    if is_confirmed_dead(facts, verdict) {
        return Some(0);
    }
    match verdict {
        LinkVerdict::Gone | LinkVerdict::NoSuchHost => Some(0),
        LinkVerdict::Soft404
        | LinkVerdict::Parked
        | LinkVerdict::Usurped
        | LinkVerdict::RedirectedToHomePage => Some(1),
        LinkVerdict::Drifted | LinkVerdict::Refused | LinkVerdict::Unstable => Some(2),
        LinkVerdict::Alive
        | LinkVerdict::Moved
        | LinkVerdict::TlsError
        | LinkVerdict::Blocked
        | LinkVerdict::LoginWall
        | LinkVerdict::Paywalled
        | LinkVerdict::ConsentWall
        | LinkVerdict::UnsupportedScheme
        | LinkVerdict::PrivateAddress
        | LinkVerdict::Skipped
        | LinkVerdict::Unknown => None,
    }
}

/// The copies that citations of a page name, each once.
fn cited_copies(page: &Page) -> Vec<Url> {
    let mut seen = BTreeSet::new();
    let cited = page
        .citations
        .iter()
        .filter_map(|citation| read_url(citation.archive_url.as_deref()?).ok());
    cited
        .filter(|url| !never_asked(url) && seen.insert(url.clone()))
        .collect()
}

/// Plays the copies that are cited and puts what they show into the facts.
async fn play_cited<T: Transport>(archives: &mut Archives<'_, T>, page: &Page, facts: &mut Facts) {
    for url in cited_copies(page) {
        if facts.contains_key(&url) {
            continue;
        }
        let found = match archives.play(&url, &page.url).await {
            Play::Copy(played) => {
                let copy = memento(&played, false);
                LinkFacts {
                    copies: vec![copy],
                    copy_search: Some(CopySearch::Found),
                    ..read_page(played.outcome)
                }
            }
            Play::NoCopy(outcome) => LinkFacts {
                // Only archives that date their copies say by it that they have none.
                copy_search: copy_address(&url).map(|_| CopySearch::NoneFound),
                ..read_page(*outcome)
            },
            Play::Unanswered(_) => continue,
        };
        facts.insert(url, found);
    }
}

/// Whether every citation of the page names a copy that shows it, or may.
fn has_working_copy(page: &Page, facts: &Facts) -> bool {
    page.citations.iter().all(|citation| {
        let copy = citation.archive_url.as_deref();
        let copy = copy.and_then(|copy| read_url(copy).ok());
        copy.is_some_and(|copy| {
            !never_asked(&copy)
                && facts
                    .get(&copy)
                    .is_none_or(|facts| copy_fault(facts, citation).is_none())
        })
    })
}

/// Whether a citation of the page names a copy that shows nothing, or one in an archive that no
/// citation should use.
fn has_faulty_copy(page: &Page, facts: &Facts) -> bool {
    page.citations.iter().any(|citation| {
        let copy = citation.archive_url.as_deref();
        let copy = copy.and_then(|copy| read_url(copy).ok());
        copy.is_some_and(|copy| {
            let shown = facts.get(&copy);
            never_asked(&copy) || shown.is_some_and(|it| copy_fault(it, citation).is_some())
        })
    })
}

/// Looks for copies of a page and tries them until one shows it, for each day that is wanted.
async fn search<T: Transport>(archives: &mut Archives<'_, T>, page: &Page, facts: &mut Facts) {
    let mut wanted: Vec<(Wanted, &Citation)> = Vec::new();
    for citation in &page.citations {
        let own = Wanted::of(citation);
        if wanted.iter().all(|(known, _)| *known != own) {
            wanted.push((own, citation));
        }
    }
    let mut copies: Vec<Memento> = Vec::new();
    let mut end = None;
    for (wanted, citation) in wanted {
        match best(archives, page, wanted, citation).await {
            Ok(Some(copy)) if copies.contains(&copy) => {}
            Ok(Some(copy)) => copies.push(copy),
            Ok(None) => end = end.or(Some(CopySearch::NoneFound)),
            Err(why) => end = end.or(why),
        }
    }
    if !copies.is_empty() {
        end = Some(CopySearch::Found);
    }
    // Where no archive was asked, that may be for the page's sake.
    let end = end.or_else(|| (archives.leaves_out(&page.url)).then_some(CopySearch::NotPublic));
    if let Some(facts) = facts.get_mut(&page.url) {
        facts.copies = copies;
        facts.copy_search = end;
    }
}

/// The copy most wanted among those that show the page; `None` where none does.
async fn best<T: Transport>(
    archives: &mut Archives<'_, T>,
    page: &Page,
    wanted: Wanted,
    citation: &Citation,
) -> Result<Option<Memento>, Option<CopySearch>> {
    let mut tried = BTreeSet::new();
    let mut end: Option<CopySearch> = None;
    let mut asked = false;
    for place in Search::ALL {
        if place == Search::Other && end.is_some() {
            continue;
        }
        let found = match archives.search(&page.url, wanted, place).await {
            Ok(found) => found,
            Err(why) => {
                asked |= why.is_some();
                end = end.or(why);
                continue;
            }
        };
        asked = true;
        for copy in found {
            if MOST_TRIED <= tried.len() {
                return end.map_or(Ok(None), |end| Err(Some(end)));
            }
            if !tried.insert(copy.clone()) {
                continue;
            }
            match archives.play(&copy, &page.url).await {
                Play::Copy(played) => {
                    if let Some(copy) = vetted(*played, citation) {
                        return Ok(Some(copy));
                    }
                }
                Play::NoCopy(_) | Play::Unanswered(Unanswered::Refused) => {}
                // One copy may be out of reach for long, as archives' disks fail, and others not.
                Play::Unanswered(Unanswered::Unreachable) => {
                    end = end.or(Unanswered::Unreachable.search());
                }
                Play::Unanswered(why) => return Err(why.search()),
            }
        }
    }
    if let Some(end) = end {
        return Err(Some(end));
    }
    if asked { Ok(None) } else { Err(None) }
}

/// The copy, if what it shows is the page: no error page, wall or front page.
fn vetted(played: Played, citation: &Citation) -> Option<Memento> {
    let copy = memento(&played, true);
    let facts = read_page(played.outcome);
    judge(&facts, citation).link.is_cited_page().then_some(copy)
}

fn memento(played: &Played, vetted: bool) -> Memento {
    let known = archive::read(played.view.as_str()).map(|copy| copy.service.name.to_owned());
    let host = played.view.host_str().unwrap_or_default();
    Memento {
        archive: known.unwrap_or_else(|| host.to_owned()),
        url: played.view.clone(),
        original: played.original.clone(),
        captured: played.captured,
        vetted,
    }
}

/// Hands in the living pages that have no copy, neither in the citation nor in the archives.
async fn save_missing<T: Transport>(
    archives: &mut Archives<'_, T>,
    living: &[&Page],
    facts: &Facts,
    key: &Key,
) -> Vec<SaveReport> {
    let mut reports = Vec::new();
    for page in living {
        let cited = page.citations.iter().any(|it| it.archive_url.is_some());
        let Some((own, citation)) = facts.get(&page.url).zip(page.citations.first()) else {
            continue;
        };
        let shows = judge(own, citation).link.is_cited_page();
        let answered = matches!(own.outcome.result, FetchResult::Response(_));
        if cited || !shows || !answered {
            continue;
        }
        match archives
            .search(&page.url, Wanted::Earliest, Search::Preferred)
            .await
        {
            Ok(found) if found.is_empty() => {
                let saved = archives.save(&page.url, key).await;
                let page = page.url.clone();
                reports.push(SaveReport { page, saved });
            }
            Ok(_) | Err(Some(CopySearch::Excluded) | None) => {}
            Err(Some(why)) => {
                let saved = Saved::Deferred(why.as_str().to_owned());
                let page = page.url.clone();
                reports.push(SaveReport { page, saved });
            }
        }
    }
    reports
}
