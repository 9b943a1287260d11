//! Bodies → what pages say, on all threads, while others are fetched.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, mpsc};

use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tokio::sync::mpsc::UnboundedSender;
use url::Url;

use crate::fetch::Lease;
use crate::model::{FetchOutcome, FetchResult, LinkFacts, Truncation};
use crate::page::{self, PageInput};

/// A body shorter than this is read sooner than it is handed to another thread.
const SHORT_BODY_BYTES: usize = 2_048;
/// Bodies longer than this are read one at a time, and all on the same thread: what a page of
/// megabytes takes besides is many times its size, and each thread keeps memory for the next.
const LONG_BODY_BYTES: usize = 512 << 10;

/// What the threads that read pages tell.
pub(super) enum News {
    Started(Url),
    Read(Box<LinkFacts>),
    Panicked(Box<dyn Any + Send>),
}

/// Threads that read pages while others are fetched.
pub(super) struct Readers {
    news: UnboundedSender<News>,
    reads_pages: bool,
    /// One permit for each page that may be read at the same time.
    free: Arc<Semaphore>,
    /// To the one thread that reads long pages.
    long: mpsc::Sender<(FetchOutcome, Lease)>,
}

impl Readers {
    /// As many as the runtime has workers. Without `reads_pages` bodies are let go unread.
    pub(super) fn new(news: UnboundedSender<News>, reads_pages: bool) -> Self {
        let threads = Handle::current().metrics().num_workers();
        let (long, waiting) = mpsc::channel();
        let teller = news.clone();
        if reads_pages {
            tokio::task::spawn_blocking(move || read_in_turn(&waiting, &teller));
        }
        Self {
            news,
            reads_pages,
            free: Arc::new(Semaphore::new(threads.max(1))),
            long,
        }
    }

    pub(super) fn tell(&self, news: News) {
        tell(&self.news, news);
    }

    /// Reads the page on a thread that is free; if there is none, at once: then the asking waits
    /// instead of bodies. The body's room is free once the body is gone.
    pub(super) fn take(&self, outcome: FetchOutcome, room: Lease) {
        if !self.reads_pages {
            let facts = LinkFacts::of(unread(outcome));
            return self.tell(News::Read(Box::new(facts)));
        }
        let size = body_of(&outcome).map_or(0, <[u8]>::len);
        if LONG_BODY_BYTES < size {
            // How many wait there is bounded by the room that their bodies have. The thread is there
            // for as long as this is.
            let _ = self.long.send((outcome, room));
            return;
        }
        let permit = Arc::clone(&self.free).try_acquire_owned();
        let (Ok(permit), false) = (permit, size < SHORT_BODY_BYTES) else {
            let read = Box::new(read_page(outcome));
            drop(room);
            return self.tell(News::Read(read));
        };
        let news = self.news.clone();
        tokio::task::spawn_blocking(move || {
            let read = read_apart(outcome);
            drop((room, permit));
            tell(&news, read);
        });
    }
}

/// Reads pages one after the other, until no more can come.
fn read_in_turn(waiting: &mpsc::Receiver<(FetchOutcome, Lease)>, listener: &UnboundedSender<News>) {
    while let Ok((outcome, room)) = waiting.recv() {
        let read = read_apart(outcome);
        drop(room);
        tell(listener, read);
    }
}

/// Reads the page; a panic is passed on.
fn read_apart(outcome: FetchOutcome) -> News {
    let read = catch_unwind(AssertUnwindSafe(|| Box::new(read_page(outcome))));
    read.map_or_else(News::Panicked, News::Read)
}

fn tell(listener: &UnboundedSender<News>, news: News) {
    // Nobody listens once gathering itself was given up.
    let _ = listener.send(news);
}

/// Takes the evidence out of the body and lets the body go.
#[must_use]
pub fn read_page(outcome: FetchOutcome) -> LinkFacts {
    let reading = read_body(&outcome);
    let (page, fingerprint) = reading.map_or((None, None), |reading| {
        (Some(reading.page), reading.fingerprint)
    });
    LinkFacts {
        page: page.map(Box::new),
        fingerprint,
        ..LinkFacts::of(without_body(outcome))
    }
}

fn read_body(outcome: &FetchOutcome) -> Option<page::Reading> {
    let FetchResult::Response(response) = &outcome.result else {
        return None;
    };
    if response.body.is_empty() {
        return None;
    }
    Some(page::reading(&PageInput {
        body: &response.body,
        content_type: response.header("content-type"),
        content_language: response.header("content-language"),
        last_modified: response.header("last-modified"),
        url: Some(&outcome.landed),
    }))
}

fn body_of(outcome: &FetchOutcome) -> Option<&[u8]> {
    match &outcome.result {
        FetchResult::Response(response) => Some(&response.body),
        FetchResult::Failed(_) | FetchResult::Skipped(_) => None,
    }
}

fn without_body(mut outcome: FetchOutcome) -> FetchOutcome {
    if let FetchResult::Response(response) = &mut outcome.result {
        response.body = Vec::new();
        response.shed_headers();
    }
    outcome
}

/// The outcome of a page that nobody reads, whether or not its body was kept.
fn unread(mut outcome: FetchOutcome) -> FetchOutcome {
    if let FetchResult::Response(response) = &mut outcome.result {
        response.body = Vec::new();
        response.truncated = Some(Truncation::Unread);
        response.shed_headers();
    }
    outcome
}
