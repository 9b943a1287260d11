//! Reading the body of an answer: how much, how long, and how many at once.

use std::time::Duration;

use reqwest::Response;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, timeout_at};

use crate::model::Truncation;

/// Bodies up to this size need no permit: with hundreds under way this is what each may hold.
const SMALL_BYTES: usize = 16 << 10;
/// Bodies up to this size take turns in [`MEDIUM_BODIES`], larger ones in [`LARGE_BYTES`] too.
const MEDIUM_BYTES: usize = 192 << 10;
/// How many bodies may grow past [`SMALL_BYTES`] at the same time.
const MEDIUM_BODIES: usize = 48;
/// What the bodies may hold together that grow past [`MEDIUM_BYTES`]; one always may.
const LARGE_BYTES: usize = 16 << 20;
/// Enough of an image, film or document to see what it is; citecheck does not read on.
const MEDIA_LIMIT_BYTES: usize = 256 << 10;
/// Enough of the body of a redirect, which nobody reads.
const REDIRECT_LIMIT_BYTES: usize = 64 << 10;
/// Time for a body to get up to speed.
const START: Duration = Duration::from_secs(10);
/// What a chunk costs on the wire besides its content: length, line ends.
const CHUNK_BYTES: usize = 6;

/// The room for bodies: what bounds memory when every server sends without end.
///
/// A body that has outgrown one size waits for room of the next. Those of the largest size wait
/// for nobody but the network, so that all move on; waiting is not held against the server.
#[derive(Debug)]
pub(super) struct Room {
    medium: Semaphore,
    large: Semaphore,
    limits: Limits,
}

/// What holds for each body.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Most bytes, as sent.
    pub(super) bytes: usize,
    /// Fewest bytes a second, once [`START`] is over.
    pub(super) min_speed: u32,
    /// Whether the body is kept, or only read to its end.
    pub(super) keep: bool,
}

/// A body as far as it came.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) bytes: Vec<u8>,
    pub(super) truncated: Option<Truncation>,
}

impl Room {
    pub(super) fn new(limits: Limits) -> Self {
        let large = LARGE_BYTES
            .checked_div(limits.bytes)
            .unwrap_or(1)
            .clamp(1, 64);
        Self {
            medium: Semaphore::new(MEDIUM_BODIES),
            large: Semaphore::new(large),
            limits,
        }
    }

    /// Reads a body until it ends, or a limit does; what arrived is kept in any case.
    pub(super) async fn read(
        &self,
        mut response: Response,
        headers: &[(String, String)],
        deadline: Instant,
    ) -> Body {
        let most = limit(response.status().as_u16(), headers, self.limits.bytes);
        let mut intake = Intake::new(most, self.limits, deadline);
        let mut turns = Turns::default();
        let truncated = loop {
            let chunk = match timeout_at(intake.due(), response.chunk()).await {
                Ok(Ok(Some(chunk))) => chunk,
                Ok(Ok(None)) => break None,
                Ok(Err(error)) => break Some(broken(&error)),
                Err(_) => break Some(Truncation::TimeLimit),
            };
            if !intake.take(&chunk) {
                break Some(Truncation::SizeLimit);
            }
            drop(chunk);
            self.wait_for_room(&mut intake, &mut turns).await;
        };
        Body {
            bytes: intake.bytes,
            truncated,
        }
    }

    async fn wait_for_room<'a>(&'a self, intake: &mut Intake, turns: &mut Turns<'a>) {
        let medium = turns.medium.is_none() && SMALL_BYTES < intake.bytes.len();
        let large = turns.large.is_none() && MEDIUM_BYTES < intake.bytes.len();
        if !medium && !large {
            return;
        }
        let began = Instant::now();
        // The semaphores are never closed: without a permit, memory would only be less bounded.
        if medium {
            turns.medium = self.medium.acquire().await.ok();
        }
        if large {
            turns.large = self.large.acquire().await.ok();
            // Once and for all: growing by doubling would hold the body twice over.
            let missing = intake.most.saturating_sub(intake.bytes.len());
            intake.bytes.reserve_exact(missing);
        }
        intake.put_off(began.elapsed());
    }
}

#[derive(Debug, Default)]
struct Turns<'a> {
    medium: Option<SemaphorePermit<'a>>,
    large: Option<SemaphorePermit<'a>>,
}

/// What has arrived of one body, and by when more must.
struct Intake {
    bytes: Vec<u8>,
    received: usize,
    /// Received bytes with what their chunks cost besides.
    on_the_wire: usize,
    most: usize,
    limits: Limits,
    began: Instant,
    deadline: Instant,
}

impl Intake {
    fn new(most: usize, limits: Limits, deadline: Instant) -> Self {
        Self {
            bytes: Vec::new(),
            received: 0,
            on_the_wire: 0,
            most,
            limits,
            began: Instant::now(),
            deadline,
        }
    }

    /// Takes a chunk in; `false` when that was the last one.
    fn take(&mut self, chunk: &[u8]) -> bool {
        let room = self.most.saturating_sub(self.received);
        let taken = chunk.get(..room).unwrap_or(chunk);
        if self.limits.keep {
            self.bytes.extend_from_slice(taken);
        }
        self.received += taken.len();
        self.on_the_wire += chunk.len() + CHUNK_BYTES;
        taken.len() == chunk.len()
            && self.on_the_wire <= self.most.saturating_mul(2).max(SMALL_BYTES)
    }

    /// When the next chunk must be here: before the deadline, and before the speed since the start
    /// falls below the least.
    fn due(&self) -> Instant {
        let received = u64::try_from(self.received).unwrap_or(u64::MAX);
        let enough_for = match self.limits.min_speed {
            0 => return self.deadline,
            speed => Duration::from_secs(received / u64::from(speed)),
        };
        let due = self.began.checked_add(enough_for.max(START));
        due.map_or(self.deadline, |due| due.min(self.deadline))
    }

    fn put_off(&mut self, waited: Duration) {
        self.began += waited;
        self.deadline += waited;
    }
}

/// Why a body broke off: the connection did, or it was sent in a way that is not put up with.
fn broken(error: &reqwest::Error) -> Truncation {
    let mut next: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = next {
        // hyper ends a body whose chunks carry more extensions than 16 KiB with these words.
        if error.to_string().contains("extensions over limit") {
            return Truncation::SizeLimit;
        }
        next = error.source();
    }
    Truncation::Disconnect
}

/// Most bytes to be read of an answer.
fn limit(status: u16, headers: &[(String, String)], most: usize) -> usize {
    let value = |name: &str| {
        let found = headers.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.trim())
    };
    if (300..400).contains(&status) && value("location").is_some() {
        most.min(REDIRECT_LIMIT_BYTES)
    } else if value("content-type").is_some_and(is_media) {
        most.min(MEDIA_LIMIT_BYTES)
    } else {
        most
    }
}

fn is_media(content_type: &str) -> bool {
    const MEDIA: &[&str] = &[
        "audio/",
        "font/",
        "image/",
        "video/",
        "application/octet-stream",
        "application/pdf",
        "application/zip",
    ];
    let kind = content_type.to_ascii_lowercase();
    MEDIA.iter().any(|media| kind.starts_with(media)) && !kind.contains("xml")
}
