//! An archive in memory, in the shapes of the Wayback Machine's answers.

use std::sync::Mutex;
use std::time::Duration;

use citecheck::archive::ArchiveOptions;
use citecheck::article::{self, ReadOptions};
use citecheck::check::{CheckOptions, CopyOptions, Facts, assemble, cited_urls, find_copies};
use citecheck::fetch::{
    Exchange, ExchangeResult, FetchOptions, Fetcher, Request, Transport, WireResponse,
};
use citecheck::model::{
    CheckedArticle, FailureKind, FetchFailure, FetchOutcome, FetchResult, HttpResponse,
    InputFormat, LinkFacts, Network, SkipReason,
};
use jiff::Timestamp;
use tokio::sync::watch;
use tokio::time::Instant;
use url::Url;

/// What a request is answered with: status, header fields, body; or why not.
pub(crate) enum Answer {
    Http(u16, Vec<(&'static str, String)>, String),
    Failed(FailureKind),
    Skipped(SkipReason),
}

pub(crate) fn html(body: &str) -> Answer {
    answer(200, &[("content-type", "text/html")], body)
}

pub(crate) fn answer(status: u16, headers: &[(&'static str, &str)], body: &str) -> Answer {
    let headers = headers
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()));
    Answer::Http(status, headers.collect(), body.to_owned())
}

type Handler = dyn Fn(&Request, usize) -> Answer + Send + Sync;

/// A transport that answers by a function of the request and of how often its URL was asked before.
pub(crate) struct Fake {
    handler: Box<Handler>,
    live: bool,
    log: Mutex<Vec<(Instant, Request)>>,
}

impl Fake {
    pub(crate) fn live(
        handler: impl Fn(&Request, usize) -> Answer + Send + Sync + 'static,
    ) -> Self {
        Self {
            handler: Box::new(handler),
            live: true,
            log: Mutex::default(),
        }
    }

    pub(crate) fn replay(self) -> Self {
        Self {
            live: false,
            ..self
        }
    }

    pub(crate) fn asked(&self) -> Vec<String> {
        let log = self.log.lock().unwrap();
        log.iter()
            .map(|(_, request)| request.url.to_string())
            .collect()
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        let log = self.log.lock().unwrap();
        log.iter().map(|(_, request)| request.clone()).collect()
    }

    /// When each request was made, from the first on.
    pub(crate) fn times(&self) -> Vec<Duration> {
        let log = self.log.lock().unwrap();
        log.iter().map(|(at, _)| *at - log[0].0).collect()
    }
}

impl Transport for Fake {
    async fn exchange(&self, request: &Request) -> Exchange {
        let before = {
            let mut log = self.log.lock().unwrap();
            let before = log.iter().filter(|(_, it)| it.url == request.url).count();
            log.push((Instant::now(), request.clone()));
            before
        };
        let result = match (self.handler)(request, before) {
            Answer::Http(status, headers, body) => ExchangeResult::Response(WireResponse {
                status,
                headers: headers
                    .into_iter()
                    .map(|(name, value)| (name.to_owned(), value))
                    .collect(),
                body: body.into_bytes(),
                truncated: None,
                peer: None,
            }),
            Answer::Failed(kind) => ExchangeResult::Failed(FetchFailure {
                kind,
                detail: "it failed".to_owned(),
            }),
            Answer::Skipped(reason) => ExchangeResult::Skipped(reason),
        };
        Exchange {
            url: request.url.clone(),
            at: self.now(),
            attempts: 1,
            result,
        }
    }

    fn is_live(&self) -> bool {
        self.live
    }

    fn now(&self) -> Timestamp {
        "2026-11-22T00:00:00Z".parse().unwrap()
    }

    fn request_headers(&self, _: &Request) -> Vec<(String, String)> {
        Vec::new()
    }

    async fn network_is_down(&self) -> bool {
        false
    }
}

/// The facts of a link that answered so.
pub(crate) fn link(url: &Url, status: u16) -> LinkFacts {
    LinkFacts::of(FetchOutcome {
        requested: url.clone(),
        hops: Vec::new(),
        landed: url.clone(),
        fetched_at: "2026-11-22T00:00:00Z".parse().unwrap(),
        attempts: 1,
        result: FetchResult::Response(HttpResponse {
            status,
            headers: Vec::new(),
            body: Vec::new(),
            truncated: None,
        }),
    })
}

/// A run over an article whose links all answered with one status.
pub(crate) struct Run {
    pub(crate) facts: Facts,
    pub(crate) article: CheckedArticle,
    pub(crate) transport: Fake,
    pub(crate) text: String,
}

pub(crate) async fn run(text: &str, status: u16, transport: Fake, archives: ArchiveOptions) -> Run {
    run_of(text, |url| link(url, status), transport, archives).await
}

/// The same over links of which those facts are known.
pub(crate) async fn run_of(
    text: &str,
    known: impl Fn(&Url) -> LinkFacts,
    transport: Fake,
    archives: ArchiveOptions,
) -> Run {
    let options = ReadOptions::default();
    let article = article::read("a.wiki", text, InputFormat::Wikitext, &options);
    let articles = vec![article];
    let urls = cited_urls(&articles);
    let mut facts: Facts = urls.iter().map(|url| (url.clone(), known(url))).collect();
    let fetcher = Fetcher::new(transport, FetchOptions::default());
    let copies = CopyOptions {
        archives,
        save: None,
    };
    let (_keep, stop) = watch::channel(false);
    find_copies(&fetcher, &articles, &mut facts, &copies, stop).await;
    let now = "2026-11-22T00:00:00Z".parse().unwrap();
    let options = CheckOptions::at(now, Network::Live);
    let report = assemble(articles, &facts, &options, now, false);
    let article = report.articles.into_iter().next().unwrap();
    Run {
        facts,
        article,
        text: text.to_owned(),
        transport: log_of(&fetcher),
    }
}

fn log_of(fetcher: &Fetcher<Fake>) -> Fake {
    let fake = fetcher.transport();
    let log = std::mem::take(&mut *fake.log.lock().unwrap());
    Fake {
        handler: Box::new(|_, _| answer(500, &[], "")),
        live: fake.live,
        log: Mutex::new(log),
    }
}

impl Run {
    /// The finding of that rule, as message and evidence lines.
    pub(crate) fn told(&self, rule: &str) -> Option<String> {
        let finding = self.article.findings.iter().find(|it| it.name == rule)?;
        let mut told = finding.message.clone();
        for evidence in &finding.evidence {
            told.push_str(&format!(
                "\n{}: {} ({})",
                evidence.what, evidence.value, evidence.source
            ));
        }
        Some(told)
    }

    /// The text with the fix of that rule made.
    pub(crate) fn fixed(&self, rule: &str) -> Option<String> {
        let finding = self.article.findings.iter().find(|it| it.name == rule)?;
        let fix = finding.fix.clone()?;
        Some(citecheck::fix::apply(&self.text, &[fix]).text)
    }

    /// The copies that were found for the first reference.
    pub(crate) fn copies(&self) -> Vec<String> {
        let link = self.article.references[0].link.as_ref().unwrap();
        link.copies
            .iter()
            .map(|copy| copy.url.to_string())
            .collect()
    }
}

/// One capture of an archive: its instant, the status in the index, what playing it gives.
pub(crate) type Capture = (&'static str, &'static str, &'static str);

const PAGE: &str = "<html lang=en><title>A river in spring</title><h1>A river in spring</h1><p>The \
    river rose by two metres in the night, and the lower bridge was closed to carts until the \
    water fell again on the third day.</p>";
const NOT_FOUND: &str = "<title>Page not found</title><h1>Page not found</h1><p>Sorry.</p>";
const WALL: &str = "<title>Just a moment...</title><script>window._cf_chl_opt={cvId:'3'}</script>";
const HOME: &str = "<title>News of the day</title><h1>News of the day</h1><p>Ten stories of this \
    morning, from the harbour to the hills, and the weather of the days to come.</p>";

/// A Wayback Machine with captures of `https://news.com/a`. What playing one gives:
///
/// `page`, `not-found`, `wall`, `home`: a page with status 200; a number: an archived answer of that status;
/// `own`: a page of the archive itself; `jump STAMP`: the archive's redirect to that capture;
/// `to ADDRESS`: an archived redirect; `busy`: the archive turns the request away.
pub(crate) fn wayback(captures: &'static [Capture]) -> impl Fn(&Request, usize) -> Answer {
    move |request, _| {
        let url = request.url.as_str();
        if url.contains("/cdx/") {
            return answer(
                200,
                &[("content-type", "application/json")],
                &cdx(request, captures),
            );
        }
        if url.contains("/available") {
            return answer(200, &[], r#"{"archived_snapshots":{}}"#);
        }
        let played = captures.iter().find(|(at, _, _)| url.contains(at));
        let Some((at, _, shows)) = played else {
            return answer(
                404,
                &[("content-type", "text/html")],
                "<title>Wayback</title>",
            );
        };
        let dated = jiff::civil::DateTime::strptime("%Y%m%d%H%M%S", at).unwrap();
        let dated = dated.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        let memento = [
            ("content-type", "text/html"),
            ("memento-datetime", dated.as_str()),
        ];
        match *shows {
            "page" => answer(200, &memento, PAGE),
            "not-found" => answer(200, &memento, NOT_FOUND),
            "home" => answer(200, &memento, HOME),
            "wall" => answer(200, &memento, WALL),
            "own" => html("<title>Wayback Machine</title><h1>Wayback Machine</h1>"),
            "busy" => answer(429, &[], "slow down"),
            other => match other.split_once(' ') {
                Some(("jump", to)) => {
                    let to = format!("https://web.archive.org/web/{to}id_/https://news.com/a");
                    let reason = ("x-archive-redirect-reason", "found capture");
                    answer(302, &[("location", &to), reason], "")
                }
                Some(("to", to)) => {
                    let [kind, dated] = memento;
                    answer(301, &[kind, dated, ("location", to)], "")
                }
                _ => answer(other.parse().unwrap(), &memento, "an archived error"),
            },
        }
    }
}

fn cdx(request: &Request, captures: &[Capture]) -> String {
    let mut query = request.url.query_pairs();
    let page = query
        .find(|(name, _)| name == "url")
        .unwrap()
        .1
        .into_owned();
    let mut rows = vec![
        r#"["urlkey","timestamp","original","mimetype","statuscode","digest","length"]"#.to_owned(),
    ];
    for (at, status, _) in captures.iter().filter(|(_, status, _)| !status.is_empty()) {
        rows.push(format!(
            r#"["com,news)/a","{at}","{page}","text/html","{status}","{at}","900"]"#
        ));
    }
    format!("[{}]", rows.join(",\n"))
}
