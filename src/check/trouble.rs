//! Is it the links, or our own network? What a row of failures tells.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use url::{Host, Url};

use crate::fetch::FetchOptions;
use crate::model::{FailureKind, FetchOutcome, FetchResult};

/// Hosts in a row from which nothing of their own came, after which the network is looked at; if
/// it is well, after twice as many the next time.
const LONG_ROW: usize = 8;
/// The same for a run in which nothing else came at all.
const WHOLE_RUN: usize = 3;

/// What one outcome says of the network.
#[derive(Debug, PartialEq, Eq)]
enum Sign {
    /// Nothing: the host is ours, or was not asked.
    None,
    /// Nothing came from the host.
    Silent,
    /// An answer that a portal could have given; an ordinary page is one that differs from the
    /// next.
    Answer(Key),
}

/// What the answers of a portal have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Key {
    Landed(String),
    Body(u64),
    Demanded,
}

/// Watches the outcomes of a run for a row of hosts that gave nothing of their own.
#[derive(Debug)]
pub(super) struct Watch {
    proxied: bool,
    /// Hosts whose addresses the settings give: they say nothing of the network.
    fixed: BTreeSet<String>,
    key: Option<Key>,
    /// Hosts and addresses that gave the answer with the key.
    alike: Vec<(String, Url)>,
    silent: Vec<(String, Url)>,
    /// Those that were silent after the last other answer and before the first with the key: of a
    /// portal's row, too, but no more in doubt than others while the key is of one host.
    earlier: Vec<(String, Url)>,
    /// How many of `silent` came before the last answer.
    answered_at: usize,
    /// Hosts of `silent`, and of all three: counted as they come, for a run may have thousands.
    silent_hosts: BTreeSet<String>,
    all_hosts: BTreeSet<String>,
    /// Whether more than one host gave the answer with the key.
    is_portal_like: bool,
    seen: usize,
    look_at: usize,
    /// How many hosts the row had when it was found long the last time.
    looked_at: usize,
}

impl Watch {
    pub(super) fn new(options: &FetchOptions) -> Self {
        Self {
            proxied: is_proxied(options),
            fixed: (options.resolve.keys())
                .map(|host| host.split(':').next().unwrap_or_default().to_owned())
                .collect(),
            key: None,
            alike: Vec::new(),
            silent: Vec::new(),
            earlier: Vec::new(),
            answered_at: 0,
            silent_hosts: BTreeSet::new(),
            all_hosts: BTreeSet::new(),
            is_portal_like: false,
            seen: 0,
            look_at: LONG_ROW,
            looked_at: 0,
        }
    }

    /// Takes notice of an outcome; `true` when the network should be looked at.
    pub(super) fn saw(&mut self, outcome: &FetchOutcome) -> bool {
        let sign = self.sign(outcome);
        let host = outcome.requested.host_str().unwrap_or_default().to_owned();
        let place = (host.clone(), outcome.requested.clone());
        match sign {
            Sign::None => return false,
            Sign::Silent => {
                self.silent.push(place);
                self.silent_hosts.insert(host.clone());
            }
            Sign::Answer(key) if self.key.as_ref() == Some(&key) => {
                let first = self.alike.first().map(|(host, _)| host);
                self.is_portal_like |= first != Some(&host);
                self.alike.push(place);
                self.answered_at = self.silent.len();
            }
            Sign::Answer(key) => self.begin_anew(key, place),
        }
        self.all_hosts.insert(host);
        self.seen += 1;
        let long = self.look_at <= self.hosts();
        if long {
            self.looked_at = self.hosts();
            self.look_at = self.looked_at.saturating_mul(2);
        }
        long
    }

    /// Begins a row with an answer that is another one than those before.
    fn begin_anew(&mut self, key: Key, place: (String, Url)) {
        self.key = Some(key);
        self.alike = vec![place];
        self.is_portal_like = false;
        self.earlier = std::mem::take(&mut self.silent);
        self.earlier
            .drain(..self.answered_at.min(self.earlier.len()));
        self.answered_at = 0;
        self.silent_hosts.clear();
        self.all_hosts = self.earlier.iter().map(|(host, _)| host.clone()).collect();
        self.look_at = LONG_ROW;
        self.looked_at = 0;
    }

    /// Whether the network should be looked at once more now that all is done: nothing but the
    /// row came of the run, or the row is long and has grown since it was looked at.
    pub(super) fn is_in_doubt(&self) -> bool {
        let hosts = self.hosts();
        let is_whole_run = WHOLE_RUN <= hosts && self.row().count() == self.seen;
        is_whole_run || LONG_ROW.max(self.looked_at + 1) <= hosts
    }

    /// The addresses in the present row.
    pub(super) fn row(&self) -> impl Iterator<Item = &Url> {
        self.places().map(|(_, url)| url)
    }

    fn places(&self) -> impl Iterator<Item = &(String, Url)> {
        let portal = self.is_portal_like;
        let of_portal = self.earlier.iter().chain(&self.alike);
        of_portal.filter(move |_| portal).chain(&self.silent)
    }

    /// How many hosts the row has.
    fn hosts(&self) -> usize {
        if self.is_portal_like {
            self.all_hosts.len()
        } else {
            self.silent_hosts.len()
        }
    }

    fn sign(&self, outcome: &FetchOutcome) -> Sign {
        let named = |url: &Url| matches!(url.host(), Some(Host::Domain(name)) if !self.fixed.contains(name));
        if !named(&outcome.requested) || outcome.attempts == 0 {
            return Sign::None;
        }
        match &outcome.result {
            FetchResult::Skipped(_) => Sign::None,
            FetchResult::Failed(failure) if is_silence(failure.kind) => Sign::Silent,
            FetchResult::Failed(_) => Sign::Answer(Key::Landed(String::new())),
            FetchResult::Response(response) => {
                let found = key(outcome, response.status);
                // Of a server behind no proxy they are its own trouble.
                let own = found == Key::Demanded && !self.proxied && response.status != 511;
                Sign::Answer(if own {
                    Key::Body(hash(&outcome.requested))
                } else {
                    found
                })
            }
        }
    }
}

/// What an answer has in common with those of a portal.
pub(super) fn key(outcome: &FetchOutcome, status: u16) -> Key {
    // 511 is a portal's own status (RFC 6585); the others are a proxy's.
    if matches!(status, 407 | 502 | 503 | 504 | 511) {
        return Key::Demanded;
    }
    if let Some(host) = foreign_landing(outcome) {
        return Key::Landed(host);
    }
    match &outcome.result {
        FetchResult::Response(response) if !response.body.is_empty() => {
            Key::Body(hash(&response.body))
        }
        // Of a page that was not read nothing is known: it counts as the host's own.
        FetchResult::Response(_) | FetchResult::Failed(_) | FetchResult::Skipped(_) => {
            Key::Body(hash(&outcome.requested))
        }
    }
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The host that answered in another one's place.
fn foreign_landing(outcome: &FetchOutcome) -> Option<String> {
    let own = |url: &Url| {
        let host = url.host_str().unwrap_or_default();
        host.strip_prefix("www.").unwrap_or(host).to_owned()
    };
    let (from, to) = (own(&outcome.requested), own(&outcome.landed));
    let within = |a: &str, b: &str| a.strip_suffix(b).is_some_and(|rest| rest.ends_with('.'));
    let same = from == to || within(&from, &to) || within(&to, &from);
    (!same).then_some(to)
}

/// Whether a failure may be the network's as well as the host's.
pub(super) const fn is_silence(kind: FailureKind) -> bool {
    match kind {
        FailureKind::Dns
        | FailureKind::DnsTemporary
        | FailureKind::Unreachable
        | FailureKind::Timeout
        | FailureKind::Connect
        | FailureKind::Reset
        | FailureKind::Tls
        | FailureKind::TlsUnknownIssuer
        | FailureKind::TlsWrongHost => true,
        FailureKind::BadRedirect
        | FailureKind::PrivateAddress
        | FailureKind::Protocol
        | FailureKind::TlsExpired
        | FailureKind::TlsOldProtocol
        | FailureKind::TooManyHeaders
        | FailureKind::TooManyRedirects
        | FailureKind::UnsupportedScheme => false,
    }
}

pub(super) fn is_proxied(options: &FetchOptions) -> bool {
    options.proxies.http.is_some() || options.proxies.https.is_some()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::model::{FetchFailure, HttpResponse};

    fn outcome(host: usize, page: usize, body: Option<&str>) -> FetchOutcome {
        let url = Url::parse(&format!("http://host{host}.net/{page}")).unwrap();
        FetchOutcome {
            requested: url.clone(),
            hops: Vec::new(),
            landed: url,
            fetched_at: Timestamp::UNIX_EPOCH,
            attempts: 1,
            result: body.map_or_else(
                || {
                    FetchResult::Failed(FetchFailure {
                        kind: FailureKind::Timeout,
                        detail: String::new(),
                    })
                },
                |body| {
                    FetchResult::Response(HttpResponse {
                        status: 200,
                        headers: Vec::new(),
                        body: body.as_bytes().to_vec(),
                        truncated: None,
                    })
                },
            ),
        }
    }

    /// Grows with the row only if every notice costs the same: else this takes minutes.
    #[test]
    fn thousands_of_equal_answers_of_one_host_cost_nothing() {
        let mut watch = Watch::new(&FetchOptions::default());
        for page in 0..5_000 {
            assert!(!watch.saw(&outcome(0, page, Some("one page for all"))));
        }
        assert_eq!(watch.row().count(), 0);
        assert!(!watch.is_in_doubt());
        watch.saw(&outcome(1, 0, Some("one page for all")));
        assert_eq!(watch.row().count(), 5_001, "another host makes it a portal");
        assert_eq!(watch.hosts(), 2);
    }

    #[test]
    fn hosts_are_counted_as_the_row_has_them() {
        let mut watch = Watch::new(&FetchOptions::default());
        let steps: [(usize, Option<&str>, usize); 9] = [
            (0, None, 1),
            (1, None, 2),
            (1, None, 2),
            (2, Some("portal"), 0),
            (1, None, 1),
            (2, Some("portal"), 1),
            // Now of the portal's row are those before its first answer, too.
            (3, Some("portal"), 4),
            (4, None, 5),
            (5, Some("own"), 0),
        ];
        for (page, (host, body, hosts)) in steps.into_iter().enumerate() {
            watch.saw(&outcome(host, page, body));
            assert_eq!(watch.hosts(), hosts, "{page}");
            let row: BTreeSet<&str> = watch.row().filter_map(Url::host_str).collect();
            assert_eq!(row.len(), hosts, "{page}");
        }
    }

    #[test]
    fn a_long_row_is_in_doubt_again_once_it_has_grown() {
        let mut watch = Watch::new(&FetchOptions::default());
        watch.saw(&outcome(0, 0, Some("own")));
        let looks: Vec<bool> = (1..=9)
            .map(|host| watch.saw(&outcome(host, 0, None)))
            .collect();
        let (last, before) = looks.split_last().unwrap();
        assert_eq!(before.iter().filter(|look| **look).count(), 1);
        assert!(before.ends_with(&[true]) && !last);
        assert!(watch.is_in_doubt(), "the ninth came after the look");
        let mut watch = Watch::new(&FetchOptions::default());
        watch.saw(&outcome(0, 0, Some("own")));
        for host in 1..=8 {
            watch.saw(&outcome(host, 0, None));
        }
        assert!(!watch.is_in_doubt(), "looked at already");
    }
}
