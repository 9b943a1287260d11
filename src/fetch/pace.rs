//! How fast one host is asked: a pause that follows how it answers, and when to leave it alone.
//!
//! Works on instants that it is given, so that every case can be played through in a test.
//!
//! The pause between two starts moves towards the time that the host takes for an answer, divided
//! by how many exchanges it may have at once: Scrapy's `AutoThrottle`, with its rule that an answer
//! that is no success may only lengthen the pause. Being turned away (429, 503) lengthens it to
//! what the host seems to allow; time without being turned away shortens it again, step by step.

use std::time::Duration;

use tokio::time::Instant;

/// How much shorter than at the start the pause of a fast host may get. A browser that opens one
/// page asks its host for dozens of files within a second, so a host takes this much for granted.
const FASTER: u32 = 4;
/// The pause that being turned away leads to at least, should the settings ask for none.
const LEAST_SLOWDOWN: Duration = Duration::from_millis(100);
/// How many times longer the pause may get from being turned away once: a `Retry-After` is often
/// a fixed number that says little about the rate that would have been fine.
const MOST_SLOWDOWN: u32 = 4;
/// How long a host that turned requests away is asked at the pace it got before it is asked a
/// little faster again; doubled each time that it turns one away.
const QUIET: Duration = Duration::from_secs(20);
/// How often a request must be turned away that came no sooner than the host asks for until
/// turning away is known to have nothing to do with the pace.
const MOST_IN_VAIN: u32 = 2;
/// URLs in a row without any answer (timeout, refused connection) until a host counts as down.
const MOST_SILENT: u32 = 4;
/// Requests in a row turned away until a host is left alone.
const MOST_BUSY: u32 = 8;
/// How long a host that is down is left alone. Longer than most runs; a fetcher that lives on
/// tries it again.
const DOWN: Duration = Duration::from_secs(600);
/// So far into the future that nothing is due then, and still within what an instant holds.
const FAR: Duration = Duration::from_secs(30 * 24 * 3600);

/// What the settings say about a host.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// The pause to begin with; zero to follow the host only if it asks for less.
    pub(super) interval: Duration,
    /// The longest pause.
    pub(super) longest: Duration,
    /// Exchanges at the same time.
    pub(super) at_once: u32,
}

/// What an exchange said about its host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// A success or a redirect, after so long.
    Served(Duration),
    /// Another answer, after so long.
    Answered(Duration),
    /// The host asks for fewer requests.
    Busy {
        /// Ask nothing for so long.
        wait: Duration,
        /// Whether the host named that time, to the second.
        named: bool,
    },
    /// The host wants nothing for longer than is waited for.
    Away(Duration),
    /// Nothing answered within so long; whether that was the URL's first try.
    Silent(Duration, bool),
    /// Nothing that says anything about the host.
    Nothing,
}

/// Whether the host may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// Now.
    Now,
    /// Not before.
    At(Instant),
    /// Not in this run.
    Closed,
}

/// One host's pace.
#[derive(Debug)]
pub(super) struct Pace {
    limits: Limits,
    /// Between the starts of two exchanges.
    delay: Duration,
    /// What `delay` may not fall below: what `robots.txt` asks for.
    asked_for: Duration,
    /// The same: what being turned away has taught.
    learned: Duration,
    /// `learned` before its last step down: where to go back to if that was too fast.
    proven: Duration,
    next: Instant,
    closed_until: Option<Instant>,
    /// Since when, and how often, the host has served without its pace being loosened.
    since: Option<Instant>,
    served: u32,
    /// When it last turned a request away, and how often that made it slower.
    busy_at: Option<Instant>,
    slowed: u32,
    /// The longest pause that it has named: the time over which it counts, if it counts.
    named: Duration,
    /// How often it turned a request away that came after a pause as long as that.
    in_vain: u32,
    /// When the last exchange began, and the pause before it.
    started: Option<Instant>,
    pause: Duration,
    /// When the pace last changed for being turned away or not.
    stepped_at: Instant,
    busy_in_a_row: u32,
    silent_in_a_row: u32,
}

impl Pace {
    pub(super) fn new(limits: Limits, now: Instant) -> Self {
        Self {
            limits,
            delay: limits.interval.min(limits.longest),
            asked_for: Duration::ZERO,
            learned: Duration::ZERO,
            proven: Duration::ZERO,
            next: now,
            closed_until: None,
            since: None,
            served: 0,
            busy_at: None,
            slowed: 0,
            named: Duration::ZERO,
            in_vain: 0,
            started: None,
            pause: Duration::ZERO,
            stepped_at: now,
            busy_in_a_row: 0,
            silent_in_a_row: 0,
        }
    }

    /// Whether the host may be asked.
    pub(super) fn turn(&self, now: Instant) -> Turn {
        if self.closed_until.is_some_and(|until| now < until) {
            Turn::Closed
        } else if now < self.next {
            Turn::At(self.next)
        } else {
            Turn::Now
        }
    }

    /// Notes that an exchange starts.
    pub(super) fn start(&mut self, now: Instant) {
        self.since.get_or_insert(now);
        let before = self.started.replace(now);
        self.pause = before.map_or(Duration::ZERO, |before| now - before);
        self.hold(now, self.delay);
    }

    /// Keeps to the `Crawl-delay` of `robots.txt`, up to the longest pause.
    pub(super) fn ask_for(&mut self, crawl_delay: Duration, now: Instant) {
        self.asked_for = crawl_delay.min(self.limits.longest);
        self.settle();
        // The request for robots.txt itself is what the first page has to keep away from.
        self.hold(now, self.asked_for);
    }

    /// Takes in what an exchange that began at `started` has come to.
    pub(super) fn answered(&mut self, sign: Sign, started: Instant, now: Instant) {
        match sign {
            Sign::Served(latency) => {
                self.alive();
                self.served = self.served.saturating_add(1);
                self.recover(now);
                self.follow(latency, true);
            }
            Sign::Answered(latency) => {
                self.alive();
                self.follow(latency, false);
            }
            Sign::Busy { wait, named } => self.busy(wait, named, started, now),
            Sign::Away(wait) => self.close(wait, now),
            Sign::Silent(latency, first) => {
                self.silent_in_a_row += u32::from(first);
                self.follow(latency, false);
                if MOST_SILENT <= self.silent_in_a_row {
                    self.close(DOWN, now);
                }
            }
            Sign::Nothing => {}
        }
    }

    /// Whether nothing about the host would be lost if it were forgotten.
    pub(super) fn is_as_new(&self, now: Instant) -> bool {
        let open = self.turn(now) == Turn::Now;
        open && self.learned.is_zero() && self.asked_for.is_zero() && self.silent_in_a_row == 0
    }

    fn alive(&mut self) {
        self.busy_in_a_row = 0;
        self.silent_in_a_row = 0;
        self.closed_until = None;
    }

    fn hold(&mut self, now: Instant, wait: Duration) {
        self.next = self.next.max(now + wait.min(FAR));
    }

    fn close(&mut self, wait: Duration, now: Instant) {
        let until = now + wait.min(FAR);
        self.closed_until = Some(self.closed_until.map_or(until, |before| before.max(until)));
    }

    /// Moves the pause towards what the host's own speed suggests.
    fn follow(&mut self, latency: Duration, shorter: bool) {
        let interval = self.limits.interval;
        if interval.is_zero() {
            return self.settle();
        }
        let target = latency / self.limits.at_once.max(1);
        let mean = self.delay.saturating_add(target) / 2;
        if self.delay < target {
            // One slow page is no slow host, so that it takes several to get far.
            self.delay = mean.min(self.delay.saturating_mul(2));
        } else if shorter && interval < self.delay {
            self.delay = mean.max(interval);
        } else if shorter {
            let step = self.delay / 10 * 9;
            self.delay = step.max(target).max(interval / FASTER);
        }
        self.settle();
    }

    fn settle(&mut self) {
        let least = self.asked_for.max(self.learned);
        if self.limits.interval.is_zero() {
            self.delay = least;
        }
        self.delay = self.delay.max(least).min(self.limits.longest);
    }

    fn busy(&mut self, wait: Duration, named: bool, started: Instant, now: Instant) {
        self.hold(now, wait);
        let known = self.busy_at.is_some_and(|at| started <= at);
        if known {
            return; // under way when the host said so of another one: the same news
        }
        self.busy_at = Some(now);
        self.busy_in_a_row += 1;
        if MOST_BUSY <= self.busy_in_a_row {
            return self.close(DOWN, now);
        }
        if named {
            self.named = self.named.max(wait);
            if self.is_in_vain(started) {
                return;
            }
        }
        let usual = self.limits.interval.max(LEAST_SLOWDOWN);
        let slower = if named {
            let most = self.delay.max(usual).saturating_mul(MOST_SLOWDOWN);
            let least = self.delay.saturating_add(self.delay / 4);
            let slower = self.seems_allowed(wait, now).max(least).min(most);
            // Whoever keeps the pause that was named between any two is within any count.
            slower.min(self.named.max(usual))
        } else {
            self.delay.saturating_mul(2).max(usual)
        };
        self.learned = slower.max(self.proven).min(self.limits.longest);
        self.proven = self.learned;
        self.delay = self.delay.max(self.learned);
        self.stepped_at = now;
        self.slowed += 1;
        self.settle();
    }

    /// Whether a request was turned away though the pace cannot be why: it came as long after the
    /// one before it as the host ever asked to wait. Some pages turn each visitor away once, and
    /// no pace would change that.
    ///
    /// Once may be chance. Then the pace is left as it is, and from the second time on it is what
    /// it was before it was slowed down.
    fn is_in_vain(&mut self, started: Instant) -> bool {
        if MOST_IN_VAIN <= self.in_vain {
            return true;
        }
        let kept = self.started == Some(started) && self.named <= self.pause;
        if !kept || self.named.is_zero() {
            return false;
        }
        self.in_vain += 1;
        if self.in_vain == MOST_IN_VAIN {
            self.learned = Duration::ZERO;
            self.proven = Duration::ZERO;
            self.slowed = 0;
            self.delay = self.delay.min(self.limits.interval);
            self.settle();
        }
        true
    }

    /// The pause at which the host would have served as much in the same time: what it served
    /// until it had enough, over the time until it takes more, and a little on top.
    ///
    /// `Retry-After` is rounded up to full seconds, so that up to one of them is not meant.
    fn seems_allowed(&self, wait: Duration, now: Instant) -> Duration {
        let Some(since) = self.since.filter(|_| 0 < self.served) else {
            return Duration::ZERO;
        };
        let meant = wait.saturating_sub(Duration::from_secs(1));
        let mean = (now - since).saturating_add(meant) / self.served;
        mean.saturating_add(mean / 20)
    }

    /// One step back towards the usual pace, if the host has been content for long enough.
    fn recover(&mut self, now: Instant) {
        if self.learned.is_zero() {
            return;
        }
        let quiet = QUIET.saturating_mul(1 << self.slowed.saturating_sub(1).min(6));
        if now < self.stepped_at + quiet {
            return;
        }
        self.proven = self.learned;
        self.learned = self.learned / 4 * 3;
        self.stepped_at = now;
        self.since = Some(now);
        self.served = 0;
        let usual = self.limits.interval / FASTER;
        if self.learned <= usual.max(Duration::from_millis(1)) {
            self.learned = Duration::ZERO;
            self.proven = Duration::ZERO;
            self.slowed = 0;
        }
        if !self.limits.interval.is_zero() {
            self.delay = self.delay / 4 * 3;
        }
        self.settle();
    }
}
