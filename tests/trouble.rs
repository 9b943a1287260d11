//! Our own network away, or something in between that answers for every host: nothing is said of
//! the links then, and nothing is made of many dead links in a row while the network is well.
#![expect(clippy::unwrap_used, reason = "helpers of a test")]

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use citecheck::check::{Gathered, Memory, Progress, Trouble, gather};
use citecheck::fetch::{
    Ask, Exchange, ExchangeResult, FetchOptions, Fetcher, Proxies, Request, Transport, WireResponse,
};
use citecheck::history::{HistoryError, Store};
use citecheck::model::{FailureKind, FetchFailure, FetchResult, LinkFacts, SkipReason};
use jiff::Timestamp;
use tokio::sync::watch;
use url::Url;

/// What comes of asking for a URL, as the nth exchange of the run.
type Answer = fn(&Url, usize) -> ExchangeResult;

/// A network made up for a test.
struct World {
    answer: Answer,
    /// From which exchange on no name can be looked up.
    nameless_from: usize,
    live: bool,
    asked: AtomicUsize,
}

impl Transport for World {
    async fn exchange(&self, request: &Request) -> Exchange {
        let nth = self.asked.fetch_add(1, Ordering::Relaxed);
        Exchange {
            url: request.url.clone(),
            at: Timestamp::UNIX_EPOCH,
            attempts: 1,
            result: (self.answer)(&request.url, nth),
        }
    }

    fn is_live(&self) -> bool {
        self.live
    }

    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }

    fn request_headers(&self, _: &Request) -> Vec<(String, String)> {
        Vec::new()
    }

    async fn network_is_down(&self) -> bool {
        self.nameless_from <= self.asked.load(Ordering::Relaxed)
    }
}

fn page(status: u16, headers: &[(&str, &str)], body: &str) -> ExchangeResult {
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    ExchangeResult::Response(WireResponse {
        status,
        headers: headers.iter().map(own).collect(),
        body: body.as_bytes().to_vec(),
        truncated: None,
        peer: None,
    })
}

/// The page that belongs to the address.
fn own_page(url: &Url, _: usize) -> ExchangeResult {
    page(200, &[("content-type", "text/html")], url.as_str())
}

fn fails(kind: FailureKind) -> ExchangeResult {
    ExchangeResult::Failed(FetchFailure {
        kind,
        detail: "it fails".to_owned(),
    })
}

fn is_control(url: &Url) -> bool {
    url.host_str().unwrap().ends_with(".control")
}

/// A run over links that are on as many hosts.
struct Case {
    links: Vec<String>,
    answer: Answer,
    nameless_from: usize,
    live: bool,
    options: FetchOptions,
}

fn case(links: usize, answer: Answer) -> Case {
    Case {
        links: (0..links)
            .map(|at| format!("http://host{at}.net/page"))
            .collect(),
        answer,
        nameless_from: usize::MAX,
        live: true,
        options: FetchOptions {
            control_names: ["a.control", "b.control", "c.control"]
                .map(str::to_owned)
                .to_vec(),
            concurrency: 1,
            interval: Duration::ZERO,
            retries: 0,
            ..FetchOptions::default()
        },
    }
}

/// What came of it, and how often anything was asked. The history knows afterwards what the run
/// tells of links, and nothing else.
async fn run(case: Case) -> (Gathered, usize) {
    let world = World {
        answer: case.answer,
        nameless_from: case.nameless_from,
        live: case.live,
        asked: AtomicUsize::new(0),
    };
    let fetcher = Arc::new(Fetcher::new(world, case.options));
    let links = case.links.iter().map(|link| Url::parse(link).unwrap());
    let asks: Vec<Ask> = links.map(Ask::from).collect();
    let (_keep, stop) = watch::channel(false);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("history.db");
    let mut memory = Memory::new(Store::open(&file).unwrap(), &[], "1");
    let gathered = gather(&fetcher, &asks, stop, |progress| match progress {
        Progress::Started(_) => {}
        Progress::Finished(facts) => memory.finished(facts),
        Progress::Completed(facts) => memory.completed(facts),
    })
    .await;
    assert_eq!(gathered.facts.len(), asks.len(), "every link has its facts");
    assert_eq!(memory.close(&gathered.facts, gathered.partial), None);
    let mut remembered = Vec::new();
    let take = |url: &Url, _: &[_]| {
        remembered.push(url.clone());
        Ok::<(), HistoryError>(())
    };
    Store::open(&file).unwrap().each(take).unwrap();
    let asked = |facts: &&LinkFacts| 0 < facts.outcome.attempts;
    let asked = gathered.facts.values().filter(asked);
    let asked: Vec<Url> = asked.map(|facts| facts.outcome.requested.clone()).collect();
    assert_eq!(remembered, asked);
    (gathered, fetcher.transport().asked.load(Ordering::Relaxed))
}

fn not_asked(gathered: &Gathered) -> usize {
    let away = FetchResult::Skipped(SkipReason::NoNetwork);
    let facts = gathered.facts.values();
    facts.filter(|facts| facts.outcome.result == away).count()
}

#[tokio::test]
async fn without_a_network_nothing_is_said_of_any_link() {
    for links in [1, 3, 200] {
        let case = Case {
            nameless_from: 0,
            ..case(links, |_, _| fails(FailureKind::DnsTemporary))
        };
        let (gathered, _) = run(case).await;
        assert_eq!(gathered.trouble, Some(Trouble::NoNames));
        assert_eq!(not_asked(&gathered), links);
        assert!(gathered.partial);
    }
}

#[tokio::test]
async fn a_network_that_goes_away_ends_the_run_and_what_was_seen_before_stays() {
    let case = Case {
        nameless_from: 20,
        ..case(400, |url, nth| {
            if nth < 20 {
                own_page(url, nth)
            } else {
                fails(FailureKind::Dns)
            }
        })
    };
    let (gathered, asked) = run(case).await;
    assert_eq!(gathered.trouble, Some(Trouble::NoNames));
    assert_eq!(not_asked(&gathered), 380, "none of them is called dead");
    assert!(asked < 100, "{asked} were asked in vain");
}

/// The row is long enough for a look with its last link, or has grown since the last look.
#[tokio::test]
async fn a_network_that_goes_away_near_the_end_is_noticed() {
    for silent in [8, 9, 12, 15, 16] {
        let case = Case {
            nameless_from: 20,
            ..case(20 + silent, |url, nth| {
                if nth < 20 {
                    own_page(url, nth)
                } else {
                    fails(FailureKind::Dns)
                }
            })
        };
        let (gathered, _) = run(case).await;
        assert_eq!(gathered.trouble, Some(Trouble::NoNames), "{silent}");
        assert_eq!(not_asked(&gathered), silent);
    }
}

#[tokio::test]
async fn routes_may_be_away_while_names_are_known() {
    let case = case(40, |_, _| fails(FailureKind::Unreachable));
    let (gathered, _) = run(case).await;
    assert_eq!(gathered.trouble, Some(Trouble::NoAnswers));
    assert_eq!(not_asked(&gathered), 40);
}

#[tokio::test]
async fn many_dead_links_in_a_row_are_dead_while_the_network_is_well() {
    // One function for each kind: a pointer to one carries nothing with it.
    let answers: [(&str, Answer); 4] = [
        ("names", |url, nth| well_or(url, nth, FailureKind::Dns)),
        ("refused", |url, nth| {
            well_or(url, nth, FailureKind::Connect)
        }),
        ("timeouts", |url, nth| {
            well_or(url, nth, FailureKind::Timeout)
        }),
        ("certificates", |url, nth| {
            well_or(url, nth, FailureKind::TlsUnknownIssuer)
        }),
    ];
    for (kind, answer) in answers {
        let (gathered, asked) = run(case(50, answer)).await;
        assert_eq!(gathered.trouble, None, "{kind}");
        assert_eq!(not_asked(&gathered), 0);
        assert!(!gathered.partial);
        assert!(
            asked <= 50 + 4 * 3,
            "{asked}: the network is looked at now and then"
        );
    }
}

fn well_or(url: &Url, nth: usize, kind: FailureKind) -> ExchangeResult {
    if is_control(url) {
        own_page(url, nth)
    } else {
        fails(kind)
    }
}

/// A hotel's: http leads to the portal, https fails, for its certificate is another's.
fn hotel(url: &Url, nth: usize) -> ExchangeResult {
    if url.host_str() == Some("login.hotel.net") {
        own_page(url, nth)
    } else if url.scheme() == "http" {
        page(302, &[("location", "http://login.hotel.net/welcome")], "")
    } else {
        fails(FailureKind::TlsWrongHost)
    }
}

#[tokio::test]
async fn a_portal_to_which_every_site_leads_is_told_by_its_name() {
    for links in [4, 60] {
        let mut case = case(links, hotel);
        for (at, link) in case.links.iter_mut().enumerate() {
            if at % 3 == 1 {
                *link = link.replace("http:", "https:");
            }
        }
        let (gathered, _) = run(case).await;
        let host = Some("login.hotel.net".to_owned());
        assert_eq!(gathered.trouble, Some(Trouble::Portal { host }));
        assert_eq!(not_asked(&gathered), links);
    }
}

#[tokio::test]
async fn a_portal_may_answer_in_the_name_of_every_host() {
    let answers: [Answer; 2] = [
        |_, _| page(200, &[], "<title>Welcome aboard</title>"),
        |_, _| page(511, &[], "log in"),
    ];
    for answer in answers {
        let (gathered, _) = run(case(30, answer)).await;
        assert_eq!(gathered.trouble, Some(Trouble::Portal { host: None }));
        assert_eq!(not_asked(&gathered), 30);
    }
}

#[tokio::test]
async fn sites_that_lead_to_one_other_site_are_no_portal() {
    let (gathered, _) = run(case(40, |url, nth| {
        if is_control(url) {
            own_page(url, nth)
        } else {
            hotel(url, nth)
        }
    }))
    .await;
    assert_eq!(gathered.trouble, None);
    assert_eq!(not_asked(&gathered), 0);
}

#[tokio::test]
async fn a_proxy_that_lets_nothing_through_is_told() {
    let answers: [Answer; 3] = [
        |_, _| fails(FailureKind::Connect),
        |_, _| page(407, &[], "who are you?"),
        |_, _| page(503, &[], "no upstream"),
    ];
    for answer in answers {
        let mut case = case(30, answer);
        let proxy = Url::parse("http://proxy.net:3128").unwrap();
        case.options.proxies = Proxies {
            http: Some(proxy.clone()),
            https: Some(proxy),
            bypass: Vec::new(),
        };
        // Names are the proxy's business; that none is known here says nothing.
        case.nameless_from = 0;
        let (gathered, _) = run(case).await;
        let told = gathered.trouble.as_ref().unwrap().to_string();
        assert!(
            told.starts_with("the proxy proxy.net:3128 lets nothing through"),
            "{told}"
        );
        assert_eq!(not_asked(&gathered), 30);
    }
}

#[tokio::test]
async fn name_servers_that_were_named_are_told_when_they_know_no_name() {
    let mut case = case(1, |_, _| fails(FailureKind::DnsTemporary));
    case.nameless_from = 0;
    case.options.dns_servers = vec!["192.0.2.1:53".parse().unwrap()];
    let (gathered, _) = run(case).await;
    let told = gathered.trouble.unwrap().to_string();
    assert_eq!(
        told,
        "the name server 192.0.2.1:53 tells no name; check the address"
    );
}

#[tokio::test]
async fn a_proxy_that_is_away_is_told_of_a_single_link() {
    let mut case = case(1, |_, _| fails(FailureKind::Unreachable));
    case.options.proxies.http = Url::parse("socks5://127.0.0.1:9").ok();
    case.nameless_from = 0;
    let (gathered, _) = run(case).await;
    let told = gathered.trouble.unwrap().to_string();
    assert!(
        told.starts_with("the proxy 127.0.0.1:9 lets nothing"),
        "{told}"
    );
}

#[tokio::test]
async fn servers_in_trouble_are_not_the_network() {
    let (gathered, _) = run(case(30, |_, _| page(503, &[], "busy"))).await;
    assert_eq!(gathered.trouble, None);
    assert_eq!(not_asked(&gathered), 0);
}

#[tokio::test]
async fn addresses_given_by_the_settings_and_recordings_say_nothing_of_the_network() {
    let away: Answer = |_, _| fails(FailureKind::Connect);
    let mut given = case(30, away);
    given.nameless_from = 0;
    let address: IpAddr = "192.0.2.1".parse().unwrap();
    for at in 0..30 {
        let host = format!("host{at}.net");
        given.options.resolve.insert(host, vec![address]);
    }
    let mut literal = case(0, away);
    literal.nameless_from = 0;
    literal.links = (1..=30).map(|at| format!("http://9.9.9.{at}/")).collect();
    let recorded = Case {
        live: false,
        ..case(30, away)
    };
    for case in [given, literal, recorded] {
        let (gathered, _) = run(case).await;
        assert_eq!(gathered.trouble, None);
        assert_eq!(not_asked(&gathered), 0);
    }
}
