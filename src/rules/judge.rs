//! Facts about a link → what it is judged to be.

use url::Url;

use super::title_mismatch::any_alike;
use crate::model::{
    Citation, Evidence, FailureKind, FetchFailure, FetchOutcome, FetchResult, HttpResponse,
    LinkFacts, LinkVerdict, PageEvidence, PageSignal, SignalKind, Truncation, Verdict,
};

/// Judges a link by what happened when it was asked and by what the page shows.
///
/// `citation` tells which title the page should bear. Judging again under new rules needs no new
/// request.
#[must_use]
pub fn judge(facts: &LinkFacts, citation: &Citation) -> Verdict {
    let outcome = &facts.outcome;
    match &outcome.result {
        FetchResult::Skipped(reason) => verdict(LinkVerdict::Skipped, reason.as_str()),
        FetchResult::Failed(failure) => judge_failure(failure),
        FetchResult::Response(response) => {
            let facts = Answer {
                outcome,
                response,
                page: facts.page.as_ref(),
                citation,
            };
            let mut verdict = facts.judge();
            let status = Evidence::new("status", response.status.to_string(), "HTTP");
            verdict.evidence.insert(0, status);
            verdict
        }
    }
}

/// How sure a success is of which only status and redirects are known.
const UNREAD: f64 = 0.7;

fn verdict(link: LinkVerdict, reason: impl Into<String>) -> Verdict {
    Verdict {
        link,
        reason: reason.into(),
        confidence: 1.0,
        evidence: Vec::new(),
    }
}

fn judge_failure(failure: &FetchFailure) -> Verdict {
    let link = match failure.kind {
        FailureKind::Dns => LinkVerdict::NoSuchHost,
        FailureKind::DnsTemporary
        | FailureKind::Unreachable
        | FailureKind::Reset
        | FailureKind::Timeout => LinkVerdict::Unstable,
        FailureKind::Connect => LinkVerdict::Refused,
        FailureKind::TlsExpired
        | FailureKind::TlsWrongHost
        | FailureKind::TlsUnknownIssuer
        | FailureKind::TlsOldProtocol
        | FailureKind::Tls => LinkVerdict::TlsError,
        FailureKind::Protocol
        | FailureKind::TooManyHeaders
        | FailureKind::TooManyRedirects
        | FailureKind::BadRedirect => LinkVerdict::Unknown,
        FailureKind::PrivateAddress => LinkVerdict::PrivateAddress,
        FailureKind::UnsupportedScheme => LinkVerdict::UnsupportedScheme,
    };
    let mut verdict = verdict(link, failure.detail.clone());
    verdict.evidence.push(Evidence::new(
        "failure",
        failure.detail.clone(),
        failure.kind.as_str(),
    ));
    verdict
}

/// An answer with all that helps to judge it.
#[derive(Clone, Copy)]
struct Answer<'a> {
    outcome: &'a FetchOutcome,
    response: &'a HttpResponse,
    page: Option<&'a PageEvidence>,
    citation: &'a Citation,
}

impl<'a> Answer<'a> {
    fn judge(self) -> Verdict {
        if let Some(blocked) = self.wall() {
            return blocked;
        }
        match self.response.status {
            404 => verdict(LinkVerdict::Gone, "the server answers 404 (not found)"),
            410 => verdict(LinkVerdict::Gone, "the server answers 410 (gone)"),
            status @ (401 | 402 | 403 | 405 | 406 | 407 | 429 | 451 | 999) => {
                verdict(LinkVerdict::Blocked, format!("the server answers {status}"))
            }
            status @ (408 | 425 | 500..=599) => verdict(
                LinkVerdict::Unstable,
                format!("the server answers {status}"),
            ),
            200..=299 => self.judge_success(),
            status => verdict(LinkVerdict::Unknown, format!("the server answers {status}")),
        }
    }

    /// A bot check, whatever the status it comes with.
    fn wall(self) -> Option<Verdict> {
        let header = |name| self.response.header(name).map(|value| (name, value));
        let challenge = header("cf-mitigated")
            .filter(|(_, value)| value.eq_ignore_ascii_case("challenge"))
            .or_else(|| header("x-amzn-waf-action"))
            .or_else(|| header("x-vercel-mitigated"));
        if let Some((name, value)) = challenge {
            let mut wall = verdict(LinkVerdict::Blocked, "a bot check stands before the page");
            wall.evidence
                .push(Evidence::new("bot check", value, format!("HTTP {name}")));
            return Some(wall);
        }
        let signal = self.signal(SignalKind::Challenge)?;
        // A short article under the cited title may speak of robots and refusals; the words of
        // one product's wall are another matter.
        let success = (200..300).contains(&self.response.status);
        if success && signal.source == "main text" && self.title_is_there() {
            return None;
        }
        let mut wall = verdict(LinkVerdict::Blocked, "a bot check stands before the page");
        wall.evidence.push(evidence(signal));
        Some(wall)
    }

    fn judge_success(self) -> Verdict {
        if self.response.truncated == Some(Truncation::Unread) {
            return self.judge_unread();
        }
        if self.page.is_none() {
            return verdict(LinkVerdict::Unknown, "the answer is empty");
        }
        if let Some(home) = self.redirected_home() {
            return home;
        }
        if let Some(error_page) = self.soft_404() {
            return error_page;
        }
        if let Some(signal) = self.signal(SignalKind::ServerTrouble)
            && !self.title_is_there()
        {
            let mut trouble = verdict(LinkVerdict::Unstable, "the page tells of a fault");
            trouble.evidence.push(evidence(signal));
            return trouble;
        }
        if leads_to_login(&self.outcome.requested, &self.outcome.landed) {
            return verdict(LinkVerdict::Blocked, "the address leads to a log-in page");
        }
        if self.page.is_some_and(|page| page.titles.is_empty())
            && self.signal(SignalKind::ScriptOnly).is_some()
        {
            return verdict(LinkVerdict::Unknown, "only a script fills the page");
        }
        self.moved()
            .unwrap_or_else(|| verdict(LinkVerdict::Alive, self.how_it_answers()))
    }

    /// A success whose page nobody wanted: an error page or a wall may stand there.
    fn judge_unread(self) -> Verdict {
        let login = leads_to_login(&self.outcome.requested, &self.outcome.landed);
        let mut seen = if let Some(home) = self.redirected_home() {
            home
        } else if login {
            verdict(LinkVerdict::Blocked, "the address leads to a log-in page")
        } else {
            let alive = || verdict(LinkVerdict::Alive, self.how_it_answers());
            self.moved().unwrap_or_else(alive)
        };
        seen.confidence = UNREAD;
        seen
    }

    fn how_it_answers(self) -> &'static str {
        match self.response.truncated {
            None => "the page answers",
            Some(Truncation::SizeLimit) => "the page answers; its beginning was read",
            Some(Truncation::TimeLimit) => "the page answers, too slowly to be read to its end",
            Some(Truncation::Disconnect) => "the page answers, and breaks off",
            Some(Truncation::Unread) => "the server answers; the page was not read",
        }
    }

    fn redirected_home(self) -> Option<Verdict> {
        let (from, to) = (&self.outcome.requested, &self.outcome.landed);
        if self.outcome.hops.is_empty() || is_home(from) || !is_home(to) {
            return None;
        }
        if self.title_is_there() {
            return None;
        }
        let reason = format!("the address leads to the front page {to}");
        let mut home = verdict(LinkVerdict::RedirectedToHomePage, reason);
        home.evidence
            .push(Evidence::new("final URL", to.to_string(), "redirects"));
        Some(home)
    }

    /// Several weak signals together make a soft 404; none does alone. See `docs` of the rule.
    fn soft_404(self) -> Option<Verdict> {
        // The cited work may be about error pages.
        if self.title_is_there() {
            return None;
        }
        let page = self.page?;
        let error_path = leads_to_error_path(&self.outcome.requested, &self.outcome.landed);
        let empty = self.signal(SignalKind::NearEmpty).is_some();
        let little = self.signal(SignalKind::LittleText).is_some();
        let named = self.citation.title.is_some() || self.citation.script_title.is_some();
        let words = |in_text: bool| {
            page.signals.iter().any(|signal| {
                signal.kind == SignalKind::NotFoundWords
                    && (signal.source == "main text") == in_text
            })
        };
        let clues = [
            (
                2,
                self.signal(SignalKind::NotFound).is_some(),
                "it says so and nothing else",
            ),
            (1, words(false) || words(true), "words for it are there"),
            (1, words(false) && words(true), "in heading and text"),
            (2, error_path, "the address leads to an error page"),
            (1, empty, "there is hardly any text"),
            (1, little && !empty, "it has little text of its own"),
            (1, named, "the cited title is not there"),
        ];
        let points: u32 = clues.iter().filter(|clue| clue.1).map(|clue| clue.0).sum();
        let said: Vec<&PageSignal> = page
            .signals
            .iter()
            .filter(|signal| {
                matches!(
                    signal.kind,
                    SignalKind::NotFound | SignalKind::NotFoundWords
                )
            })
            .collect();
        if points < 3 || (said.is_empty() && !error_path) {
            return None;
        }
        let reasons: Vec<&str> = clues.iter().filter(|clue| clue.1).map(|c| c.2).collect();
        let mut error_page = verdict(LinkVerdict::Soft404, reasons.join(", "));
        error_page.evidence.extend(said.into_iter().map(evidence));
        if error_path {
            let landed = self.outcome.landed.to_string();
            error_page
                .evidence
                .push(Evidence::new("final URL", landed, "redirects"));
        }
        Some(error_page)
    }

    fn moved(self) -> Option<Verdict> {
        let hops = &self.outcome.hops;
        let permanent = hops
            .iter()
            .take_while(|hop| matches!(hop.status, 301 | 308))
            .count();
        if permanent == 0 {
            return None;
        }
        let address = hops
            .get(permanent)
            .map_or(&self.outcome.landed, |hop| &hop.url);
        if same_document(&self.outcome.requested, address) {
            return None;
        }
        let mut moved = verdict(LinkVerdict::Moved, format!("the new address is {address}"));
        moved.evidence.push(Evidence::new(
            "new address",
            address.to_string(),
            "redirects",
        ));
        Some(moved)
    }

    fn signal(self, kind: SignalKind) -> Option<&'a PageSignal> {
        self.page?.signals.iter().find(|signal| signal.kind == kind)
    }

    fn title_is_there(self) -> bool {
        self.page.is_some_and(|page| any_alike(self.citation, page))
    }
}

fn evidence(signal: &PageSignal) -> Evidence {
    let what = match signal.kind {
        SignalKind::NotFound | SignalKind::NotFoundWords => "not-found words",
        SignalKind::NearEmpty | SignalKind::LittleText => "text",
        SignalKind::Challenge => "bot check",
        SignalKind::ServerTrouble => "server",
        SignalKind::ScriptOnly => "script",
    };
    Evidence::new(what, signal.excerpt.clone(), signal.source.clone())
}

/// Whether the URL is a site's front page: no path, an index file, or a language's front page.
fn is_home(url: &Url) -> bool {
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
fn same_document(a: &Url, b: &Url) -> bool {
    let host = |url: &Url| {
        let host = url.host_str().unwrap_or_default();
        host.strip_prefix("www.").unwrap_or(host).to_owned()
    };
    let path = |url: &Url| url.path().trim_end_matches('/').to_owned();
    host(a) == host(b) && port(a) == port(b) && path(a) == path(b) && a.query() == b.query()
}

/// An explicit port; the usual ports of http and https count as none, so that an upgrade to https
/// is no move.
fn port(url: &Url) -> Option<u16> {
    url.port().filter(|port| !matches!(port, 80 | 443))
}

fn words_of(url: &Url) -> Vec<String> {
    let text = format!("{}/{}", url.path(), url.host_str().unwrap_or_default());
    text.to_ascii_lowercase()
        .split(|c: char| !c.is_ascii_alphanumeric())
        .map(str::to_owned)
        .collect()
}

fn leads_to_error_path(from: &Url, to: &Url) -> bool {
    let error = |url: &Url| {
        let path = url.path().to_ascii_lowercase();
        let said = [
            "notfound",
            "not-found",
            "not_found",
            "pagenotfound",
            "error404",
            "404error",
        ];
        said.iter().any(|word| path.contains(word)) || words_of(url).iter().any(|w| w == "404")
    };
    from != to && error(to) && !error(from)
}

fn leads_to_login(from: &Url, to: &Url) -> bool {
    let login = |url: &Url| {
        let words = words_of(url);
        let single = words.iter().any(|word| {
            matches!(
                word.as_str(),
                "login" | "signin" | "sso" | "logon" | "authwall" | "oauth" | "oauth2" | "saml"
            )
        });
        // `/users/sign_in`, `/log-in`
        let pairs = words.iter().zip(words.iter().skip(1));
        let mut pairs = pairs.map(|(a, b)| (a.as_str(), b.as_str()));
        single || pairs.any(|pair| matches!(pair, ("sign" | "log", "in")))
    };
    from != to && login(to) && !login(from)
}
