//! Where a `robots.txt` is read and heeded; what it says is read by [`Rules`].

use std::time::Duration;

use url::Url;

use super::address;
use super::coding;
use super::fetcher::Fetcher;
use super::options::Robots;
use super::politeness::{Gate, Host};
use super::redirect;
use super::robots::{MOST_BYTES, Rules, token};
use super::transport::{Exchange, ExchangeResult, Request, Transport};

/// Redirects followed to the file, as RFC 9309 has it.
const MOST_REDIRECTS: usize = 5;
/// Time for the servers to give the file, redirects and all: the pages wait for it.
const PATIENCE: Duration = Duration::from_secs(10);
/// The pause for a site that cannot say which it wants.
const CAUTIOUS: Duration = Duration::from_secs(1);

/// Asks the site of `page` for its `robots.txt` and reads what it asks of the robot called
/// `agent`.
///
/// No such file (4xx): all is allowed. No telling (5xx, no answer): all is allowed at a slow pace,
/// since that a site has trouble is no word against visitors.
async fn ask<T: Transport>(transport: &T, gate: &Gate, page: &Url, agent: &str) -> Rules {
    match fetch(transport, gate, page).await {
        Some(Reply::File(body)) => Rules::parse(&body, agent),
        Some(Reply::Missing) => Rules::default(),
        None => Rules::at_pace(CAUTIOUS),
    }
}

enum Reply {
    File(Vec<u8>),
    Missing,
}

/// The file, or `None` when the site cannot tell.
async fn fetch<T: Transport>(transport: &T, gate: &Gate, page: &Url) -> Option<Reply> {
    let mut at = page.join("/robots.txt").ok()?;
    let mut left = PATIENCE;
    // As with pages: what is for a host's own visitors is not sent where others led.
    let mut same_origin = true;
    for _ in 0..=MOST_REDIRECTS {
        // A redirect to where nobody may go leads to no file.
        if address::check_scheme(&at).is_err() {
            return Some(Reply::Missing);
        }
        same_origin &= at.origin() == page.origin();
        let request = Request {
            needs_body: true,
            host_headers: same_origin,
            ..Request::to(at.clone())
        };
        let exchange = exchange(transport, gate, &request, &mut left).await?;
        let response = match exchange.result {
            ExchangeResult::Response(response) => response,
            ExchangeResult::Failed(_) => return None,
            ExchangeResult::Skipped(_) => return Some(Reply::Missing),
        };
        match redirect::target(&at, &response) {
            Some(Ok(target)) => at = target,
            None if (200..300).contains(&response.status) => {
                let (body, _) = coding::decode(&response.headers, response.body, MOST_BYTES);
                return Some(Reply::File(body));
            }
            None if response.status == 429 || 500 <= response.status => return None,
            Some(Err(_)) | None => return Some(Reply::Missing),
        }
    }
    Some(Reply::Missing)
}

/// Asks when it is the host's turn, which may be long after: only what the server takes counts
/// against the time that is left.
async fn exchange<T: Transport>(
    transport: &T,
    gate: &Gate,
    request: &Request,
    left: &mut Duration,
) -> Option<Exchange> {
    let permit = gate.enter(&request.url).await.ok()?;
    let started = permit.started();
    let asked = tokio::time::timeout(*left, transport.exchange(request));
    let exchange = asked.await.ok()?;
    *left = left.saturating_sub(started.elapsed());
    permit.done(&exchange, 0, Duration::ZERO);
    Some(exchange)
}

impl<T: Transport> Fetcher<T> {
    /// Reads a host's `robots.txt` if the settings want it, once, before `pages` of it are asked.
    ///
    /// For its pace alone it is asked only if there is more than one page: the file would cost the
    /// host as much as the page does.
    pub(super) async fn prepare(&self, host: &Host, page: &Url, pages: usize) {
        let wanted = match self.options().robots {
            Robots::Ignore => false,
            Robots::CrawlDelay => 1 < pages && self.transport().is_live(),
            Robots::Obey => true,
        };
        if !wanted || host.is_excluded() || address::check_scheme(page).is_err() {
            return;
        }
        let agent = token(&self.options().user_agent);
        host.rules
            .get_or_init(|| async {
                let rules = ask(self.transport(), self.gate(), page, agent).await;
                if let Some(delay) = rules.delay {
                    host.ask_for(delay);
                }
                // Kept for as long as the host is, and there may be many.
                let obeyed = self.options().robots == Robots::Obey;
                Some(rules).filter(|_| obeyed).unwrap_or_default()
            })
            .await;
    }

    /// Whether `robots.txt` asks robots to stay away from the page, and is obeyed.
    pub(super) async fn is_disallowed(&self, page: &Url) -> bool {
        if self.options().robots != Robots::Obey {
            return false;
        }
        let host = self.gate().host(page);
        self.prepare(&host, page, 1).await;
        host.rules.get().is_some_and(|rules| !rules.allow(page))
    }
}
