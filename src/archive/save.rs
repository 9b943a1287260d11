//! Asking the Wayback Machine to save a page (SPN2, "Save Page Now").
//!
//! Source: the SPN2 API documentation of the Internet Archive. Its limits have moved more than once,
//! so that a refusal of any kind only puts the page off to another run.

use std::fmt;
use std::time::Duration;

use serde::Deserialize;
use tokio::time::{Instant, sleep_until};
use url::{Url, form_urlencoded};

use super::client::Archives;
use super::stamp;
use crate::fetch::{Request, Transport};
use crate::model::{FetchOutcome, FetchResult};

/// Times that the state of a job is asked for; then it is left to itself.
const MOST_POLLS: u32 = 8;
/// Pause before each.
const POLL_PAUSE: Duration = Duration::from_secs(10);

/// What the archive says of pages that it could not fetch tomorrow either.
const LASTING: [&str; 6] = [
    "error:not-found",
    "error:blocked-url",
    "error:invalid-url-syntax",
    "error:invalid-host-resolution",
    "error:no-access",
    "error:gone",
];

/// The key of an account of the Internet Archive: `ACCESS:SECRET`.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    /// Reads a key; `None` for what has no two parts of visible ASCII.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (access, secret) = text.trim().split_once(':')?;
        let sound = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_graphic());
        (sound(access) && sound(secret)).then(|| Self(text.trim().to_owned()))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

/// What came of asking for a page to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// It was; the address of the copy.
    Copy(Url),
    /// Not now; why, for people: a lowercase fragment. Another run may try again.
    Deferred(String),
    /// The archive could not fetch the page, or does not take it; why.
    Failed(String),
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Answer {
    job_id: Option<String>,
    status: Option<String>,
    status_ext: Option<String>,
    message: Option<String>,
    timestamp: Option<String>,
    original_url: Option<String>,
}

impl<T: Transport> Archives<'_, T> {
    /// Asks for a page to be saved and waits a while for it.
    ///
    /// Requests count as all others do. Nothing is handed in by a replay.
    pub async fn save(&mut self, page: &Url, key: &Key) -> Saved {
        let deferred = |why: &str| Saved::Deferred(why.to_owned());
        let Some(endpoint) = self
            .options
            .save
            .clone()
            .filter(|it| self.may_know(it, page))
        else {
            return deferred("no archive to save it in");
        };
        if !self.fetcher.transport().is_live() {
            return deferred("a recording saves nothing");
        }
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("url", page.as_str())
            .append_pair("skip_first_archive", "1")
            .finish();
        let request = Request {
            form: Some(form),
            fields: fields(key),
            ..Request::to(endpoint.clone())
        };
        let answer = match self.answer(&request).await {
            Ok(answer) => answer,
            Err(saved) => return saved,
        };
        let Some(job) = answer.job_id.as_deref().filter(|job| is_job(job)) else {
            return refusal(&answer);
        };
        let Ok(status) = Url::parse(&format!(
            "{}/status/{job}",
            endpoint.as_str().trim_end_matches('/')
        )) else {
            return deferred("the archive gave no job");
        };
        self.poll(page, &status, key).await
    }

    async fn poll(&mut self, page: &Url, status: &Url, key: &Key) -> Saved {
        let request = Request {
            fields: fields(key),
            ..Request::to(status.clone())
        };
        for _ in 0..MOST_POLLS {
            sleep_until(Instant::now() + POLL_PAUSE).await;
            let answer = match self.answer(&request).await {
                Ok(answer) => answer,
                Err(saved) => return saved,
            };
            match answer.status.as_deref() {
                Some("pending") => {}
                Some("success") => return self.saved(page, &answer),
                Some(_) | None => return refusal(&answer),
            }
        }
        Saved::Deferred("the archive is still at it".to_owned())
    }

    fn saved(&self, page: &Url, answer: &Answer) -> Saved {
        let at = answer.timestamp.as_deref().and_then(stamp::read);
        let original = answer.original_url.as_deref().unwrap_or(page.as_str());
        let copy = at
            .zip(self.options.playback.as_ref())
            .and_then(|(at, playback)| {
                Url::parse(&format!("{playback}{}/{original}", stamp::write(at))).ok()
            });
        copy.map_or_else(
            || Saved::Deferred("the archive did not say where the copy is".to_owned()),
            Saved::Copy,
        )
    }

    async fn answer(&mut self, request: &Request) -> Result<Answer, Saved> {
        let outcome: FetchOutcome = self.ask(request).await.map_err(|why| {
            let why = why
                .search()
                .map_or("the archive was not asked", |end| end.as_str());
            Saved::Deferred(why.trim_start_matches("not looked up: ").to_owned())
        })?;
        let FetchResult::Response(response) = &outcome.result else {
            return Err(Saved::Deferred("the archive did not answer".to_owned()));
        };
        if response.status == 401 || response.status == 403 {
            return Err(Saved::Failed(
                "the archive does not take the key".to_owned(),
            ));
        }
        serde_json::from_slice(&response.body)
            .map_err(|_| Saved::Deferred("the archive gave a page instead of an answer".to_owned()))
    }
}

fn fields(key: &Key) -> Vec<(&'static str, String)> {
    vec![
        ("accept", "application/json".to_owned()),
        ("authorization", format!("LOW {}", key.0)),
    ]
}

/// A name that can stand in an address.
fn is_job(name: &str) -> bool {
    let sound = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    (1..=100).contains(&name.len()) && name.bytes().all(sound)
}

/// Limits pass; what the archive cannot fetch stays so.
fn refusal(answer: &Answer) -> Saved {
    let code = answer.status_ext.as_deref().unwrap_or_default();
    let message = answer.message.as_deref().unwrap_or(code);
    let message: String = message
        .chars()
        .filter(|c| !c.is_control())
        .take(200)
        .collect();
    let message = if message.is_empty() {
        "the archive gave no job".to_owned()
    } else {
        message
    };
    if LASTING.contains(&code) {
        Saved::Failed(message)
    } else {
        Saved::Deferred(message)
    }
}
