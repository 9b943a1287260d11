//! Which copies of a page there are.

use jiff::Timestamp;
use url::Url;

use super::address::{copy_address, never_asked};
use super::availability::closest;
use super::capture::Capture;
use super::cdx::{is_exclusion, read_cdx};
use super::client::{Archives, Unanswered, is_memento};
use super::link_format::{MementoLink, read_links};
use super::order::in_order;
use super::stamp;
use crate::fetch::Transport;
use crate::model::{CopySearch, FetchOutcome, FetchResult, HttpResponse, Wanted};

/// Rows asked of a CDX server on one side of the day that is wanted: more than are tried, since
/// redirects to `https` are captured beside each page.
const ROWS: &str = "12";

/// Where and on which side of the wanted day copies are looked for; each costs requests of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Search {
    /// The Wayback Machine, on the side of the day that is preferred.
    Preferred,
    /// The Wayback Machine, on its other side.
    Other,
    /// The further archives of the settings.
    Elsewhere,
}

impl Search {
    /// All searches, in the order in which they are made.
    pub const ALL: [Self; 3] = [Self::Preferred, Self::Other, Self::Elsewhere];
}

impl<T: Transport> Archives<'_, T> {
    /// Looks for copies of a page; addresses of copies that may show it, the most wanted first.
    ///
    /// # Errors
    ///
    /// How the search ended, where it could not be made to its end; `None` where no archive was asked.
    pub async fn search(
        &mut self,
        page: &Url,
        wanted: Wanted,
        search: Search,
    ) -> Result<Vec<Url>, Option<CopySearch>> {
        match search {
            Search::Preferred => self.wayback(page, wanted, true).await,
            Search::Other if wanted == Wanted::Earliest => Err(None),
            Search::Other => self.wayback(page, wanted, false).await,
            Search::Elsewhere => self.elsewhere(page, wanted).await,
        }
    }

    async fn wayback(
        &mut self,
        page: &Url,
        wanted: Wanted,
        preferred: bool,
    ) -> Result<Vec<Url>, Option<CopySearch>> {
        let Some(playback) = self.options.playback.clone() else {
            return Err(None);
        };
        let captures = match self.index(page, wanted, preferred).await {
            Some(Ok(captures)) => captures,
            Some(Err(Ended(end @ (CopySearch::Excluded | CopySearch::Interrupted)))) => {
                return Err(Some(end));
            }
            // The other side of the day is no question for the availability API.
            Some(Err(Ended(end))) if !preferred => return Err(Some(end)),
            failed => match self.nearest(page, wanted).await {
                Some(Ok(captures)) => captures,
                Some(Err(Ended(end))) => return Err(Some(end)),
                None => return Err(failed.and_then(Result::err).map(|Ended(end)| end)),
            },
        };
        let ordered = in_order(&captures, wanted);
        Ok(ordered
            .iter()
            .filter_map(|capture| capture.raw_address(&playback))
            .collect())
    }

    /// What the CDX server has; `None` where it is not to be asked.
    async fn index(
        &mut self,
        page: &Url,
        wanted: Wanted,
        preferred: bool,
    ) -> Option<Result<Vec<Capture>, Ended>> {
        let mut url = self
            .options
            .cdx
            .clone()
            .filter(|cdx| self.may_know(cdx, page))?;
        {
            let mut query = url.query_pairs_mut();
            query
                .append_pair("url", page.as_str())
                .append_pair("output", "json");
            // Statuses that are not told (`-`) are those of repeated captures.
            query.append_pair("filter", "!statuscode:[45]..");
            let before = match wanted {
                Wanted::Read(_) => preferred,
                Wanted::Published(_) | Wanted::Earliest => !preferred,
            };
            let at = wanted.instant().map(stamp::write);
            match at {
                Some(at) if before => {
                    query.append_pair("to", &at);
                    query.append_pair("limit", &format!("-{ROWS}"));
                }
                Some(at) => {
                    query.append_pair("from", &at).append_pair("limit", ROWS);
                }
                None => {
                    query.append_pair("limit", ROWS);
                }
            }
        }
        Some(match self.text(&url).await {
            Err(why) => Err(Ended::from(why)?),
            Ok((status, text)) if is_exclusion(status, &text) => Err(Ended(CopySearch::Excluded)),
            Ok((200, text)) => match read_cdx(&text) {
                Some(page) => Ok(page.captures),
                None => Err(Ended(CopySearch::Unreachable)),
            },
            Ok(_) => Err(Ended(CopySearch::Unreachable)),
        })
    }

    /// What the availability API has; `None` where it is not to be asked.
    async fn nearest(&mut self, page: &Url, wanted: Wanted) -> Option<Result<Vec<Capture>, Ended>> {
        let endpoint = self.options.availability.clone();
        let mut url = endpoint.filter(|api| self.may_know(api, page))?;
        {
            let mut query = url.query_pairs_mut();
            query.append_pair("url", page.as_str());
            // Without an instant the API gives the latest copy.
            let at = wanted
                .instant()
                .map_or_else(|| "1996".to_owned(), stamp::write);
            query.append_pair("timestamp", &at);
        }
        Some(match self.text(&url).await {
            Err(why) => Err(Ended::from(why)?),
            Ok((200, text)) => match closest(&text) {
                Some(captures) => Ok(captures),
                None => Err(Ended(CopySearch::Unreachable)),
            },
            Ok(_) => Err(Ended(CopySearch::Unreachable)),
        })
    }

    async fn elsewhere(
        &mut self,
        page: &Url,
        wanted: Wanted,
    ) -> Result<Vec<Url>, Option<CopySearch>> {
        let mut copies: Vec<(Timestamp, Url)> = Vec::new();
        let mut end = None;
        let mut answered = false;
        let gates = self.options.timegates.clone();
        let maps = self.options.timemaps.clone();
        let asked = gates.iter().map(|gate| (gate, true));
        let asked = asked.chain(maps.iter().map(|map| (map, false)));
        for (endpoint, is_gate) in asked {
            if !self.may_know(endpoint, page) {
                continue;
            }
            let Ok(url) = Url::parse(&format!("{endpoint}{page}")) else {
                continue;
            };
            match self.mementos(&url, wanted, is_gate).await {
                Ok(found) => {
                    answered = true;
                    copies.extend(found);
                }
                Err(why) => end = end.or(why.search()),
            }
        }
        copies.retain(|(_, url)| !never_asked(url));
        copies.sort_by_key(|(captured, _)| wanted.rank(*captured));
        copies.dedup();
        if copies.is_empty() && (end.is_some() || !answered) {
            return Err(end);
        }
        Ok(copies.into_iter().map(|(_, url)| url).collect())
    }

    /// The copies that a `TimeGate` or a `TimeMap` tells of.
    async fn mementos(
        &mut self,
        url: &Url,
        wanted: Wanted,
        is_gate: bool,
    ) -> Result<Vec<(Timestamp, Url)>, Unanswered> {
        let fields = match wanted.instant().filter(|_| is_gate) {
            Some(at) => vec![("accept-datetime", stamp::write_http_date(at))],
            None => Vec::new(),
        };
        let outcome = self.get(url, fields).await?;
        let FetchResult::Response(response) = &outcome.result else {
            return Err(Unanswered::Unreachable);
        };
        let links = if is_gate {
            gate_links(&outcome.landed, response)
        } else {
            read_links(&text_of(response), &outcome.landed)
        };
        let copies = links.into_iter().filter(|link| link.is("memento"));
        let copies = copies.filter_map(|link| {
            let captured = link
                .captured
                .or_else(|| copy_address(&link.url).map(|copy| copy.captured))?;
            Some((captured, link.url))
        });
        Ok(copies.collect())
    }

    async fn text(&mut self, url: &Url) -> Result<(u16, String), Unanswered> {
        let outcome: FetchOutcome = self.get(url, Vec::new()).await?;
        match &outcome.result {
            FetchResult::Response(response) => Ok((response.status, text_of(response))),
            FetchResult::Failed(_) | FetchResult::Skipped(_) => Err(Unanswered::Unreachable),
        }
    }
}

/// How a search ended before its end.
struct Ended(CopySearch);

impl Ended {
    fn from(why: Unanswered) -> Option<Self> {
        why.search().map(Self)
    }
}

/// What a `TimeGate` answers: a redirect to the copy, or the copy itself, and links to others.
fn gate_links(url: &Url, response: &HttpResponse) -> Vec<MementoLink> {
    let header = response.header("link").unwrap_or_default();
    let mut links = read_links(header, url);
    let target = if (300..400).contains(&response.status) {
        response.header("location")
    } else if is_memento(response) {
        response.header("content-location").or(Some(url.as_str()))
    } else {
        None
    };
    let dated = response.header("memento-datetime");
    if let Some(target) = target.and_then(|target| url.join(target).ok()) {
        links.push(MementoLink {
            captured: dated.and_then(stamp::read_http_date),
            relations: vec!["memento".to_owned()],
            url: target,
        });
    }
    links
}

fn text_of(response: &HttpResponse) -> String {
    String::from_utf8_lossy(&response.body).into_owned()
}
