//! The latest answers of archives, as many as fit.

use std::collections::{BTreeMap, VecDeque};

use url::Url;

use super::client::Unanswered;
use crate::model::{FetchOutcome, FetchResult};

/// Most bytes of bodies that are kept; a single body may have a few mebibytes.
const MOST: usize = 32 << 20;

/// What came of asking for an address.
type Answer = Result<FetchOutcome, Unanswered>;

/// Answers by address. Copies of pages are as large as pages, and a run may play thousands: when
/// bodies fill the room, the answers that came first go.
#[derive(Debug, Default)]
pub(super) struct Answers {
    known: BTreeMap<Url, Answer>,
    /// The addresses whose answers have a body, as they came.
    order: VecDeque<Url>,
    /// Bytes of bodies.
    held: usize,
}

impl Answers {
    pub(super) fn get(&self, url: &Url) -> Option<Answer> {
        self.known.get(url).cloned()
    }

    /// Keeps an answer; one that alone is larger than the room is not kept.
    pub(super) fn keep(&mut self, url: &Url, answer: &Answer) {
        let size = size(answer);
        if MOST < size || self.known.contains_key(url) {
            return;
        }
        while MOST - size < self.held
            && let Some(first) = self.order.pop_front()
        {
            let gone = self.known.remove(&first);
            self.held -= gone.as_ref().map_or(0, self::size);
        }
        self.held += size;
        if 0 < size {
            self.order.push_back(url.clone());
        }
        self.known.insert(url.clone(), answer.clone());
    }
}

fn size(answer: &Answer) -> usize {
    match answer {
        Ok(FetchOutcome {
            result: FetchResult::Response(response),
            ..
        }) => response.body.len(),
        Ok(_) | Err(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::model::HttpResponse;

    fn url(number: usize) -> Url {
        Url::parse(&format!("https://archive.example/{number}")).unwrap()
    }

    fn page(number: usize, size: usize) -> FetchOutcome {
        FetchOutcome {
            requested: url(number),
            hops: Vec::new(),
            landed: url(number),
            fetched_at: Timestamp::UNIX_EPOCH,
            attempts: 1,
            result: FetchResult::Response(HttpResponse {
                status: 200,
                headers: Vec::new(),
                body: vec![0; size],
                truncated: None,
            }),
        }
    }

    #[test]
    fn bodies_never_outgrow_the_room_and_the_latest_stay() {
        let mut answers = Answers::default();
        answers.keep(&url(100), &Err(Unanswered::Unreachable));
        for number in 0..10 {
            answers.keep(&url(number), &Ok(page(number, 5 << 20)));
            assert!(answers.held <= MOST, "{number}: {}", answers.held);
        }
        let kept: Vec<usize> = (0..10)
            .filter(|it| answers.get(&url(*it)).is_some())
            .collect();
        assert_eq!(kept, [4, 5, 6, 7, 8, 9]);
        assert_eq!(answers.get(&url(100)), Some(Err(Unanswered::Unreachable)));
        answers.keep(&url(11), &Ok(page(11, MOST + 1)));
        assert_eq!(answers.get(&url(11)), None);
    }
}
