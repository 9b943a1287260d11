//! The room for bodies: what bounds memory when every server sends without end.

use std::cell::RefCell;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

/// Bodies up to this size need no room of their own: with hundreds under way this is what each
/// may hold.
pub(super) const SMALL_BYTES: usize = 16 << 10;
/// Bodies up to this size share the room for [`MEDIUM_BODIES`]; larger ones need the next as well.
pub(super) const MEDIUM_BYTES: usize = 256 << 10;
const MEDIUM_BODIES: usize = 24;
/// What the bodies may hold together that grow past [`MEDIUM_BYTES`]; one always may.
const LARGE_BYTES: usize = 10 << 20;

/// A body that has outgrown one size waits for room of the next. Whoever has room of the largest
/// size waits for nobody but the network, so that all move on. So nobody has any while waiting for
/// a host's turn, which those may have who wait for room.
#[derive(Debug, Clone)]
pub(super) struct Room {
    medium: Arc<Semaphore>,
    large: Arc<Semaphore>,
}

/// The room that a body takes up, until it is dropped; other bodies wait for it.
#[derive(Debug, Default)]
#[must_use = "the room is free once this is dropped, which is to be when the body is"]
pub struct Lease {
    medium: Option<OwnedSemaphorePermit>,
    large: Option<OwnedSemaphorePermit>,
    /// How long it has been waited for.
    waited: Duration,
}

impl Lease {
    /// How long room has been waited for: no server's doing.
    pub(super) fn waited(&self) -> Duration {
        self.waited
    }
}

impl Room {
    /// Room for bodies of at most `limit` bytes each.
    pub(super) fn new(limit: usize) -> Self {
        let large = LARGE_BYTES.checked_div(limit).unwrap_or(1).clamp(1, 64);
        Self {
            medium: Arc::new(Semaphore::new(MEDIUM_BODIES)),
            large: Arc::new(Semaphore::new(large)),
        }
    }

    /// Waits until there is room for a body of so many bytes; gives how long that took.
    pub(super) async fn hold(&self, lease: &mut Lease, bytes: usize) -> Duration {
        let medium = lease.medium.is_none() && SMALL_BYTES < bytes;
        let large = lease.large.is_none() && MEDIUM_BYTES < bytes;
        if !medium && !large {
            return Duration::ZERO;
        }
        let began = Instant::now();
        // The semaphores are never closed: without a permit, memory would only be less bounded.
        if medium {
            lease.medium = Arc::clone(&self.medium).acquire_owned().await.ok();
        }
        if large {
            lease.large = Arc::clone(&self.large).acquire_owned().await.ok();
        }
        let waited = began.elapsed();
        lease.waited += waited;
        waited
    }
}

tokio::task_local! {
    /// The room of whoever asked, and where a transport leaves the lease of the body that it
    /// hands over.
    static ASKED_FROM: (Room, RefCell<Lease>);
}

/// Runs an exchange and gives the lease of its body besides, so that the room is taken up for as
/// long as whoever asked has the body.
pub(super) async fn with_lease<T>(room: &Room, exchange: impl Future<Output = T>) -> (T, Lease) {
    ASKED_FROM
        .scope((room.clone(), RefCell::default()), async {
            let result = exchange.await;
            (result, ASKED_FROM.with(|(_, lease)| lease.take()))
        })
        .await
}

/// The room of whoever asked, if they care for it.
pub(super) fn of_asker() -> Option<Room> {
    ASKED_FROM.try_with(|(room, _)| room.clone()).ok()
}

/// Leaves the lease to whoever asked, if they care for it.
pub(super) fn pass_on(lease: Lease) {
    let _ = ASKED_FROM.try_with(|(_, place)| place.replace(lease));
}
