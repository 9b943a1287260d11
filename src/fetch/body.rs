//! Reading the body of an answer: how much, how long, and how many at once.

use std::time::Duration;

use reqwest::Response;
use tokio::time::{Instant, timeout_at};

use super::room::{self, Lease, Room};
use crate::model::Truncation;

/// Enough of an image, film or document to see what it is; citecheck does not read on.
const MEDIA_LIMIT_BYTES: usize = 256 << 10;
/// Enough of the body of a redirect, which nobody reads.
const REDIRECT_LIMIT_BYTES: usize = 64 << 10;
/// Time for a body to get up to speed.
const START: Duration = Duration::from_secs(10);
/// What a chunk costs on the wire besides its content: length, line ends.
const CHUNK_BYTES: usize = 6;
/// What all chunks of a body may cost so, unless their content is more.
const MOST_CHUNKS_BYTES: usize = 1 << 20;

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

/// Reads a body until it ends, or a limit does; what arrived is kept in any case.
///
/// Waiting for room is not held against the server.
pub(super) async fn read(
    mut response: Response,
    headers: &[(String, String)],
    limits: Limits,
    room: &Room,
    deadline: Instant,
) -> Body {
    let most = limit(response.status().as_u16(), headers, limits.bytes);
    let mut intake = Intake::new(most, limits, deadline);
    let room = room::of_asker().unwrap_or_else(|| room.clone());
    let mut lease = Lease::default();
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
        let waited = room.hold(&mut lease, intake.bytes.len()).await;
        intake.put_off(waited);
        if room::MEDIUM_BYTES < intake.bytes.len() {
            // Once and for all: growing by doubling would hold the body twice over.
            intake
                .bytes
                .reserve_exact(most.saturating_sub(intake.bytes.len()));
        }
    };
    room::pass_on(lease);
    Body {
        bytes: intake.bytes,
        truncated,
    }
}

/// What has arrived of one body, and by when more must.
struct Intake {
    bytes: Vec<u8>,
    received: usize,
    /// What the chunks cost besides.
    chunks: usize,
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
            chunks: 0,
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
        self.chunks += CHUNK_BYTES;
        taken.len() == chunk.len() && self.chunks <= self.received.max(MOST_CHUNKS_BYTES)
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
