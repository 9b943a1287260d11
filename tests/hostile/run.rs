//! One case: asked, judged, compared.

use std::sync::Arc;
use std::time::Duration;

use citecheck::check::gather;
use citecheck::fetch::{Ask, Exchange, Fetcher, LiveTransport, Request, Transport};
use citecheck::model::{Citation, FetchResult, LinkFacts};
use citecheck::rules::judge;
use jiff::Timestamp;
use tokio::sync::watch;
use url::Url;

use super::case::Case;
use super::world::World;

/// No address may hold a run up for longer, whatever its server does.
const DEADLINE: Duration = Duration::from_secs(60);

/// Asks and compares; what came instead, if it is not as expected.
pub(crate) async fn run(case: &Case, world: &World) -> Result<(), String> {
    let text = world.address(&case.ask);
    let Ok(url) = Url::parse(&text) else {
        return expect(case, "not-a-url", "");
    };
    let facts = tokio::time::timeout(DEADLINE, ask(case, world, &url)).await;
    let Ok(facts) = facts else {
        return Err(format!("no end within {} s", DEADLINE.as_secs()));
    };
    let facts = facts.ok_or("no facts at all")?;
    let citation = Citation {
        title: case.setting("title").map(str::to_owned),
        ..Citation::default()
    };
    let verdict = judge(&facts, &citation);
    let evidence: Vec<String> = verdict
        .evidence
        .iter()
        .map(|evidence| format!("{} {} ({})", evidence.what, evidence.value, evidence.source))
        .collect();
    let said = format!("{}; {}", verdict.reason, evidence.join("; "));
    if said.chars().any(char::is_control) {
        return Err(format!("control characters in {said:?}"));
    }
    expect(case, verdict.link.as_str(), &said)?;
    compare_failure(case, &facts)?;
    compare_requests(case, world, &facts)
}

fn expect(case: &Case, verdict: &str, said: &str) -> Result<(), String> {
    let shown: String = said.chars().take(160).collect();
    if !case.verdicts.iter().any(|expected| expected == verdict) {
        return Err(format!("{verdict}: {shown}"));
    }
    match &case.says {
        Some(words) if !said.to_lowercase().contains(words) => {
            Err(format!("{verdict} without `{words}`: {shown}"))
        }
        _ => Ok(()),
    }
}

fn compare_failure(case: &Case, facts: &LinkFacts) -> Result<(), String> {
    let Some(expected) = &case.failure else {
        return Ok(());
    };
    let found = if let FetchResult::Failed(failure) = &facts.outcome.result {
        failure.kind.as_str()
    } else {
        "no failure"
    };
    if expected.split('|').any(|kind| kind == found) {
        return Ok(());
    }
    Err(format!("failure {found}"))
}

fn compare_requests(case: &Case, world: &World, facts: &LinkFacts) -> Result<(), String> {
    let requested = &facts.outcome.requested;
    let host = requested.host_str().unwrap_or_default();
    let host = format!("{host}:{}", requested.port_or_known_default().unwrap_or(0));
    let query = requested
        .query()
        .map_or_else(String::new, |query| format!("?{query}"));
    let target = format!("{}{query}", requested.path());
    let asked = world.log.asked(&host, &target);
    match case.asked {
        Some((least, most)) if asked < least || most < asked => Err(format!("asked {asked} times")),
        _ => Ok(()),
    }
}

async fn ask(case: &Case, world: &World, url: &Url) -> Option<LinkFacts> {
    let options = world.options(case);
    let (_keep, stop) = watch::channel(false);
    let asks = [Ask::from(url.clone())];
    let gathered = if World::is_guarded(case) {
        let mut guarded = options.clone();
        guarded.allow_private = false;
        let transport = Doorway {
            open: LiveTransport::new(&options).unwrap(),
            guarded: LiveTransport::new(&guarded).unwrap(),
        };
        gather(
            &Arc::new(Fetcher::new(transport, guarded)),
            &asks,
            stop,
            |_| {},
        )
        .await
    } else {
        let transport = LiveTransport::new(&options).unwrap();
        gather(
            &Arc::new(Fetcher::new(transport, options)),
            &asks,
            stop,
            |_| {},
        )
        .await
    };
    gathered.facts.into_values().next()
}

/// Lets one name through to loopback, as if it were public, and keeps the rules for all else.
struct Doorway {
    open: LiveTransport,
    guarded: LiveTransport,
}

impl Transport for Doorway {
    async fn exchange(&self, request: &Request) -> Exchange {
        if request.url.host_str() == Some("start.example") {
            self.open.exchange(request).await
        } else {
            self.guarded.exchange(request).await
        }
    }

    fn is_live(&self) -> bool {
        true
    }

    fn now(&self) -> Timestamp {
        self.guarded.now()
    }

    fn request_headers(&self, request: &Request) -> Vec<(String, String)> {
        self.guarded.request_headers(request)
    }

    async fn network_is_down(&self) -> bool {
        false
    }
}
