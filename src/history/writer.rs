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

/// Times that entries are tried to be written while another program holds the file; each waits for
/// its turn as long as any transaction does.
const TRIES: usize = 4;

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
    pub fn start(mut store: Store) -> Self {
        let (sender, receiver) = sync_channel(ON_THE_WAY);
        let thread = thread::spawn(move || write_all(|batch| store.write(batch), &receiver));
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

fn write_all(
    mut write: impl FnMut(Vec<Entry>) -> Result<usize, HistoryError>,
    entries: &Receiver<Entry>,
) -> Option<Lost> {
    let mut lost: Option<Lost> = None;
    while let Ok(first) = entries.recv() {
        let batch: Vec<Entry> = std::iter::once(first)
            .chain(entries.try_iter().take(BATCH - 1))
            .collect();
        let size = batch.len();
        if let Some(lost) = &mut lost {
            lost.entries += size;
        } else if let Err(error) = write_patiently(&mut write, batch) {
            lost = Some(Lost {
                error,
                entries: size,
            });
        }
    }
    lost
}

/// Writes a batch, and tries again while all that is wrong is that the file is in use.
fn write_patiently(
    write: &mut impl FnMut(Vec<Entry>) -> Result<usize, HistoryError>,
    batch: Vec<Entry>,
) -> Result<usize, HistoryError> {
    for _ in 1..TRIES {
        match write(batch.clone()) {
            Err(HistoryError::Busy { .. }) => {}
            done => return done,
        }
    }
    write(batch)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    /// What is lost of three entries, and how many were written, when the file is in use for so
    /// many tries.
    fn lost(busy: usize) -> (Option<usize>, usize) {
        let (sender, receiver) = sync_channel(ON_THE_WAY);
        for number in 0..3 {
            let url = format!("https://a.example/{number}").parse().unwrap();
            let at = Timestamp::UNIX_EPOCH;
            sender.send(Entry::Retracted { url, at }).unwrap();
        }
        drop(sender);
        let (mut tries, mut written) = (0, 0);
        let write = |batch: Vec<Entry>| {
            tries += 1;
            if tries <= busy {
                let path = "h.db".to_owned();
                return Err(HistoryError::Busy { path });
            }
            written += batch.len();
            Ok(batch.len())
        };
        let lost = write_all(write, &receiver);
        (lost.map(|lost| lost.entries), written)
    }

    #[test]
    fn a_file_in_use_is_tried_again_and_not_for_ever() {
        assert_eq!(lost(0), (None, 3));
        assert_eq!(lost(TRIES - 1), (None, 3));
        assert_eq!(lost(TRIES), (Some(3), 0));
    }
}
