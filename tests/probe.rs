//! One question to a host that asks for it, through the same fetcher as everything else.
#![expect(clippy::unwrap_used, reason = "helpers of a test")]

use std::sync::{Arc, Mutex};

use citecheck::check::gather;
use citecheck::fetch::{
    Ask, Exchange, ExchangeResult, FetchOptions, Fetcher, Request, Transport, WireResponse,
};
use citecheck::model::{Citation, LinkVerdict};
use citecheck::rules::judge;
use jiff::Timestamp;
use tokio::sync::watch;
use url::Url;

/// A site that answers known paths with their pages and others as `unknown` says.
struct Site {
    pages: Vec<(&'static str, &'static str)>,
    unknown: (u16, &'static str),
    asked: Mutex<Vec<String>>,
}

impl Transport for Site {
    async fn exchange(&self, request: &Request) -> Exchange {
        let path = request.url.path().to_owned();
        let page = self.pages.iter().find(|(known, _)| *known == path);
        let (status, body) = page.map_or(self.unknown, |(_, body)| (200, *body));
        self.asked.lock().unwrap().push(path);
        Exchange {
            url: request.url.clone(),
            at: Timestamp::UNIX_EPOCH,
            attempts: 1,
            result: ExchangeResult::Response(WireResponse {
                status,
                headers: vec![("content-type".to_owned(), "text/html".to_owned())],
                body: body.as_bytes().to_vec(),
                truncated: None,
                peer: None,
            }),
        }
    }

    fn is_live(&self) -> bool {
        false
    }

    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }

    fn request_headers(&self, _: &Request) -> Vec<(String, String)> {
        Vec::new()
    }

    async fn network_is_down(&self) -> bool {
        false
    }
}

/// An error page in words that no table has.
const VAIN: &str = "<title>Halvern Courier</title><p>Whoever seeks this leaf seeks in vain. The \
    archive of the house is kept by its clerks, who are in on the mornings of market days and glad \
    of letters.";
/// The only page of a site that answers every path with it.
const ALONE: &str = "<title>Halvern lighthouse</title><p>The light burns from dusk to dawn.";
/// A living page of few words.
const SHORT: &str = "<title>Ferry times</title><h1>Ferry times</h1><p>The ferry leaves at noon.";

/// Verdicts on `paths` in order, and which paths were asked for.
async fn visited(site: Site, paths: &[&str]) -> (Vec<LinkVerdict>, Vec<String>) {
    let fetcher = Arc::new(Fetcher::new(site, FetchOptions::default()));
    let urls: Vec<Url> = paths
        .iter()
        .map(|path| {
            Url::parse("https://news.example")
                .unwrap()
                .join(path)
                .unwrap()
        })
        .collect();
    let asks: Vec<Ask> = urls.iter().cloned().map(Ask::from).collect();
    let (_stop, stopped) = watch::channel(false);
    let gathered = gather(&fetcher, &asks, stopped, |_| {}).await;
    let verdicts = urls.iter().map(|url| {
        let facts = gathered.facts.get(url).unwrap();
        judge(facts, &Citation::default()).link
    });
    let asked = fetcher.transport().asked.lock().unwrap().clone();
    (verdicts.collect(), asked)
}

#[tokio::test]
async fn a_host_that_answers_everything_is_asked_once_and_found_out() {
    let site = Site {
        pages: vec![("/times", SHORT)],
        unknown: (200, VAIN),
        asked: Mutex::default(),
    };
    let paths = ["/news/quake", "/news/flood", "/times"];
    let (verdicts, asked) = visited(site, &paths).await;
    let expect = [
        LinkVerdict::Soft404,
        LinkVerdict::Soft404,
        LinkVerdict::Alive,
    ];
    assert_eq!(verdicts, expect);
    assert_eq!(asked.len(), paths.len() + 1, "{asked:?}");
}

#[tokio::test]
async fn a_site_of_one_short_page_raises_no_alarm() {
    let site = Site {
        pages: Vec::new(),
        unknown: (200, ALONE),
        asked: Mutex::default(),
    };
    let (verdicts, asked) = visited(site, &["/light"]).await;
    assert_eq!(verdicts, [LinkVerdict::Alive]);
    assert_eq!(asked.len(), 2, "{asked:?}");
}

#[tokio::test]
async fn an_honest_host_leaves_its_short_pages_alive() {
    let site = Site {
        pages: vec![("/times", SHORT), ("/odd", VAIN)],
        unknown: (404, VAIN),
        asked: Mutex::default(),
    };
    let (verdicts, asked) = visited(site, &["/times", "/odd"]).await;
    assert_eq!(verdicts, [LinkVerdict::Alive, LinkVerdict::Alive]);
    assert_eq!(asked.len(), 3, "{asked:?}");
}

#[tokio::test]
async fn nobody_is_asked_for_a_shell_that_is_the_same_everywhere() {
    let shell = "<title>App</title><div id=root></div><script src=/app.js></script>";
    let site = Site {
        pages: Vec::new(),
        unknown: (200, shell),
        asked: Mutex::default(),
    };
    let (verdicts, asked) = visited(site, &["/news/quake"]).await;
    assert_eq!(verdicts, [LinkVerdict::Unknown]);
    assert_eq!(asked, ["/news/quake"]);
}

#[tokio::test]
async fn what_may_be_a_wall_or_a_frame_is_no_error_page_for_being_the_same_everywhere() {
    let walls = [
        "<title>Halvern Courier</title><p>Our guard wants to know that you are human. Drag the slider \
         to the right and you will be sent on to what you came for in a moment or two.",
        "<title>Галверн</title><p>Підтвердьте, що ви не робот: перетягніть повзунок праворуч, і за \
         мить ви побачите сторінку, по яку прийшли. Дякуємо за терпіння.",
        "<title>新聞</title><p>続行する前に、あなたがロボットではないことを確認してください。右へ\
         スライドすると、まもなく目的のページが表示されます。ご協力に感謝いたします。",
        "<title>Halvern</title><nav>News Weather Harbour Letters Archive Sport Markets Ferry times \
         Notices Shipping forecast About the house and its people</nav><div id=app></div>\
         <script src=/app.js></script><p>All that happens between the two lighthouses and beyond.",
    ];
    for wall in walls {
        let site = Site {
            pages: Vec::new(),
            unknown: (200, wall),
            asked: Mutex::default(),
        };
        let (verdicts, _) = visited(site, &["/news/quake"]).await;
        assert_ne!(verdicts, [LinkVerdict::Soft404], "{wall}");
    }
}
