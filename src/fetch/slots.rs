//! How many requests may be under way, all hosts together, and how many answers may wait unread.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep_until};

/// Answers that may wait for whoever takes them until nothing new is asked.
const MOST_WAITING: usize = 8;
/// Requests that may be under way at the start of a run; each [`STEP`] one more, for until answers
/// have come nobody knows whether they come faster than they are taken.
const AT_FIRST: usize = 8;
const STEP: Duration = Duration::from_millis(1);

/// Slots for requests, of which answers that wait to be taken hold some as well: the more of them
/// wait, the fewer requests go out. So a server that is faster than the reading of its pages is
/// asked no faster than they are read, and a run that is killed has few answers to lose.
#[derive(Debug)]
pub(super) struct Slots {
    /// Lets those through who come first.
    line: Arc<Semaphore>,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    most: usize,
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Debug, Default)]
struct State {
    asking: usize,
    waiting: usize,
    began: Option<Instant>,
}

/// The right to make a request, for as long as it takes.
#[derive(Debug)]
pub(super) struct Slot {
    shared: Arc<Shared>,
    _place: Option<OwnedSemaphorePermit>,
}

/// An answer that waits to be taken, until this is dropped.
#[derive(Debug)]
pub(super) struct Waiting(Arc<Shared>);

/// What the answer to a wish for a slot may be.
enum Wish {
    Granted,
    /// Not before then, or before something changes.
    At(Instant),
    /// Not before something changes.
    Later,
}

impl Slots {
    pub(super) fn new(most: usize) -> Self {
        let most = most.clamp(1, Semaphore::MAX_PERMITS);
        Self {
            line: Arc::new(Semaphore::new(most)),
            shared: Arc::new(Shared {
                most,
                state: Mutex::default(),
                changed: Notify::new(),
            }),
        }
    }

    /// Waits for a slot.
    pub(super) async fn take(&self) -> Slot {
        // The semaphore is never closed; without a permit there would only be less patience.
        let place = Arc::clone(&self.line).acquire_owned().await.ok();
        loop {
            let changed = self.shared.changed.notified();
            match self.shared.wish(Instant::now()) {
                Wish::Granted => break,
                Wish::At(instant) => tokio::select! {
                    () = changed => {}
                    () = sleep_until(instant) => {}
                },
                Wish::Later => changed.await,
            }
        }
        Slot {
            shared: Arc::clone(&self.shared),
            _place: place,
        }
    }

    /// Counts an answer among those that wait.
    pub(super) fn answered(&self) -> Waiting {
        self.shared.state().waiting += 1;
        Waiting(Arc::clone(&self.shared))
    }
}

impl Shared {
    fn wish(&self, now: Instant) -> Wish {
        let mut state = self.state();
        let began = *state.began.get_or_insert(now);
        let weight = self.most.div_ceil(MOST_WAITING);
        let taken = state.asking + weight.saturating_mul(state.waiting);
        if self.most <= taken {
            return Wish::Later;
        }
        let steps = (now - began).as_millis() / STEP.as_millis();
        let open = AT_FIRST.saturating_add(usize::try_from(steps).unwrap_or(usize::MAX));
        if open <= taken {
            return Wish::At(now + STEP);
        }
        state.asking += 1;
        Wish::Granted
    }

    /// Counts are whole at any moment, so a panic elsewhere does not spoil them.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut state = self.shared.state();
        state.asking = state.asking.saturating_sub(1);
        drop(state);
        self.shared.changed.notify_waiters();
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.waiting = state.waiting.saturating_sub(1);
        drop(state);
        self.0.changed.notify_waiters();
    }
}
