//! Writing on a thread of its own, so that nobody who fetches waits for the disk.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use super::error::HistoryError;
use super::store::Store;
use super::write::Entry;

/// Entries on their way. The writer is much faster than the network; where a disk is not, those
/// who fetch wait rather than pile up pages in memory.
const ON_THE_WAY: usize = 64;

/// Most entries of one transaction.
const BATCH: usize = 100;

/// Takes entries and writes them as they come.
///
/// A transaction holds what has come while the one before was written, so that an entry is on
/// disk a moment after it was handed over, one by one when they come slowly and many at once when
/// they come fast.
#[derive(Debug)]
pub struct Writer {
    sender: SyncSender<Entry>,
    thread: JoinHandle<Option<Lost>>,
}

/// Entries that could not be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// Why the first of them could not; after that none was tried.
    pub error: HistoryError,
    /// How many.
    pub entries: usize,
}

impl Writer {
    /// Starts the thread.
    #[must_use]
    pub fn start(store: Store) -> Self {
        let (sender, receiver) = sync_channel(ON_THE_WAY);
        let thread = thread::spawn(move || write_all(store, &receiver));
        Self { sender, thread }
    }

    /// Hands an entry over.
    pub fn write(&self, entry: Entry) {
        // The thread ends only after this side does.
        let _ = self.sender.send(entry);
    }

    /// Waits until all is written; gives what could not be.
    #[must_use]
    pub fn finish(self) -> Option<Lost> {
        drop(self.sender);
        match self.thread.join() {
            Ok(lost) => lost,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }
}

fn write_all(mut store: Store, entries: &Receiver<Entry>) -> Option<Lost> {
    let mut lost: Option<Lost> = None;
    while let Ok(first) = entries.recv() {
        let batch: Vec<Entry> = std::iter::once(first)
            .chain(entries.try_iter().take(BATCH - 1))
            .collect();
        let size = batch.len();
        if let Some(lost) = &mut lost {
            lost.entries += size;
        } else if let Err(error) = store.write(batch) {
            lost = Some(Lost {
                error,
                entries: size,
            });
        }
    }
    lost
}
