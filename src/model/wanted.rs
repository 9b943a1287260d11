//! Which archived copy of a page an article wants.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Citation, CitedDate};

/// The state of the page that the editor saw, as far as the citation tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// As it was when somebody read it: the nearest copy from before the end of that day or month,
    /// else the nearest after.
    Read(CitedDate),
    /// As it was published: the nearest copy from the day before on, time zones being what they are,
    /// else the nearest before.
    Published(CitedDate),
    /// Any: the earliest copy.
    Earliest,
}

impl Wanted {
    /// What a citation tells: its `access-date`, else its `date`.
    #[must_use]
    pub fn of(citation: &Citation) -> Self {
        let read = citation.access_date.map(Self::Read);
        let published = citation.date.map(Self::Published);
        read.or(published).unwrap_or(Self::Earliest)
    }

    /// The end of the day or month meant, or its beginning, UTC: what distances are taken from.
    #[must_use]
    pub fn instant(self) -> Option<Timestamp> {
        match self {
            Self::Read(date) => end_of(date.latest()),
            Self::Published(date) => {
                let day = date.earliest();
                start_of(day.yesterday().unwrap_or(day))
            }
            Self::Earliest => None,
        }
    }

    /// How a copy of that instant is ranked: the lowest is the best.
    #[must_use]
    pub fn rank(self, captured: Timestamp) -> (bool, u64) {
        let wanted = self.instant().unwrap_or(Timestamp::MIN);
        let wrong_side = match self {
            Self::Read(_) => wanted < captured,
            Self::Published(_) | Self::Earliest => captured < wanted,
        };
        (
            wrong_side,
            captured.as_second().abs_diff(wanted.as_second()),
        )
    }

    /// Days between a copy and the day that was wanted; `None` where no day was.
    #[must_use]
    pub fn days_off(self, captured: Timestamp) -> Option<u64> {
        const DAY: u64 = 24 * 60 * 60;
        let (from, to) = match self {
            Self::Earliest => return None,
            Self::Read(date) | Self::Published(date) => {
                (start_of(date.earliest())?, end_of(date.latest())?)
            }
        };
        let off = if captured < from {
            captured.as_second().abs_diff(from.as_second())
        } else if to < captured {
            captured.as_second().abs_diff(to.as_second())
        } else {
            0
        };
        Some(off.div_ceil(DAY))
    }
}

fn start_of(day: Date) -> Option<Timestamp> {
    let start = day.to_zoned(TimeZone::UTC).ok()?;
    Some(start.timestamp())
}

fn end_of(day: Date) -> Option<Timestamp> {
    let end = day.at(23, 59, 59, 0).to_zoned(TimeZone::UTC).ok()?;
    Some(end.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_of_days() {
        let off = |wanted: Wanted, at: &str| {
            let at: Option<Timestamp> = at.parse().ok();
            at.and_then(|at| wanted.days_off(at))
        };
        let date = |text: &str| text.parse().unwrap_or(CitedDate::day(Date::ZERO));
        let read = Wanted::Read(date("2019-05-05"));
        assert_eq!(off(read, "2019-05-05T12:00:00Z"), Some(0));
        assert_eq!(off(read, "2019-05-04T23:59:59Z"), Some(1));
        assert_eq!(off(read, "2019-05-06T00:00:00Z"), Some(1));
        assert_eq!(off(read, "2020-05-05T00:00:00Z"), Some(366));
        assert_eq!(
            off(Wanted::Read(date("2019-05")), "2019-05-01T00:00:00Z"),
            Some(0)
        );
        assert_eq!(off(Wanted::Earliest, "2019-05-01T00:00:00Z"), None);
    }
}
