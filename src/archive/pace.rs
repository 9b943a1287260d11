//! How often one archive is asked.

use std::time::Duration;

use tokio::time::Instant;

/// The first pause after a 429, unless `Retry-After` asks for a longer one; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(60);
const MINUTE: Duration = Duration::from_secs(60);

/// A token bucket with pauses.
///
/// A quarter of a minute's requests may go out at once, the rest evenly, so that no stretch of a
/// minute, wherever it begins, has more than the rate. Holds no clock: the caller says when it is.
#[derive(Debug, Clone)]
pub struct Pace {
    /// Time for one token to come back.
    step: Duration,
    /// How far ahead of the even pace requests may run.
    ahead: Duration,
    /// When the even pace would have the next request go out.
    due: Option<Instant>,
    paused_until: Option<Instant>,
    /// Times in a row that the archive turned a request away.
    refusals: u32,
}

impl Pace {
    /// A pace of at most `rate` requests within any minute; 0 counts as 1.
    #[must_use]
    pub fn new(rate: u32) -> Self {
        let rate = rate.max(1);
        let burst = (rate / 4).max(1);
        // Rounded up, for a step that is short by a nanosecond puts one too many into a minute.
        let step = MINUTE / (rate - burst + 1) + Duration::from_nanos(1);
        Self {
            step,
            ahead: step * (burst - 1),
            due: None,
            paused_until: None,
            refusals: 0,
        }
    }

    /// When the next request may go out; `now` or later.
    #[must_use]
    pub fn ready_at(&self, now: Instant) -> Instant {
        let even = self.due.and_then(|due| due.checked_sub(self.ahead));
        let ready = even.map_or(now, |even| even.max(now));
        self.paused_until.map_or(ready, |until| until.max(ready))
    }

    /// Takes a token for a request that goes out `now`.
    pub fn take(&mut self, now: Instant) {
        self.due = Some(self.due.map_or(now, |due| due.max(now)) + self.step);
    }

    /// For how long the archive has still to be left alone after it turned a request away.
    #[must_use]
    pub fn pause(&self, now: Instant) -> Duration {
        let until = self.paused_until;
        until.map_or(Duration::ZERO, |until| until.saturating_duration_since(now))
    }

    /// The archive turned a request away: nothing goes out for as long as it asks for, and at least
    /// for a minute, two, four …: some ask for nothing, and turn the next request away as well.
    pub fn refused(&mut self, now: Instant, retry_after: Option<Duration>) {
        let doubled = FIRST_PAUSE.saturating_mul(1_u32.wrapping_shl(self.refusals.min(16)));
        self.refusals = self.refusals.saturating_add(1);
        let pause = retry_after.map_or(doubled, |asked| asked.max(doubled));
        // Past what the clock can tell, any pause is longer than a run waits.
        let until = now
            .checked_add(pause)
            .or_else(|| now.checked_add(MINUTE * 60 * 24));
        self.paused_until = self.paused_until.max(until);
    }

    /// The archive answered.
    pub fn answered(&mut self) {
        self.refusals = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// When `count` requests go out that are made as early as may be, in milliseconds.
    fn schedule(rate: u32, count: usize) -> Vec<u128> {
        let start = Instant::now();
        let mut pace = Pace::new(rate);
        let mut now = start;
        let mut sent = Vec::new();
        for _ in 0..count {
            now = pace.ready_at(now);
            pace.take(now);
            sent.push((now - start).as_millis());
        }
        sent
    }

    #[tokio::test(start_paused = true)]
    async fn no_minute_has_more_than_the_rate() {
        for rate in [1, 2, 3, 4, 5, 20, 24, 60, 1000] {
            let sent = schedule(rate, 3 * rate as usize + 3);
            for from in &sent {
                let within = sent
                    .iter()
                    .filter(|at| (*from..from + 60_000).contains(*at));
                assert!(within.count() <= rate as usize, "{rate}: {sent:?}");
            }
            // Nor is it far below: the third minute is not begun late.
            let last = sent.last().copied().unwrap_or_default();
            assert!(
                last <= 240_000 + 60_000 * 3 / u128::from(rate),
                "{rate}: {last}"
            );
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_few_requests_need_not_wait() {
        let sent = schedule(20, 6);
        assert_eq!(sent, [0, 0, 0, 0, 0, 3750]);
    }

    #[tokio::test(start_paused = true)]
    async fn pauses_double_until_an_answer() {
        let start = Instant::now();
        let mut pace = Pace::new(1000);
        let mut now = start;
        let mut pauses = Vec::new();
        for _ in 0..3 {
            pace.refused(now, None);
            let ready = pace.ready_at(now);
            pauses.push((ready - now).as_secs());
            now = ready;
        }
        pace.answered();
        pace.refused(now, None);
        pauses.push((pace.ready_at(now) - now).as_secs());
        now = pace.ready_at(now);
        pace.refused(now, Some(Duration::from_secs(700)));
        pauses.push((pace.ready_at(now) - now).as_secs());
        // A shorter pause does not end a longer one.
        pace.refused(now, Some(Duration::ZERO));
        pauses.push((pace.ready_at(now) - now).as_secs());
        now = pace.ready_at(now);
        // Nor does one of nothing end the doubling.
        pace.refused(now, Some(Duration::ZERO));
        pauses.push((pace.ready_at(now) - now).as_secs());
        assert_eq!(pauses, [60, 120, 240, 60, 700, 700, 480]);
        pace.refused(now, Some(Duration::MAX));
        assert!(now + Duration::from_secs(3600) <= pace.ready_at(now));
    }
}
