//! Years of calendars that count from elsewhere, copied into a citation as they stood on the page.

use jiff::civil::Date;

use crate::model::{CitedDate, Evidence};

/// Years by which the Buddhist calendar of Thailand is ahead of the common one.
const BUDDHIST: (&str, i16) = ("the Buddhist calendar", -543);

/// Calendars with what makes a year of theirs a common one; a year of the Solar Hijri calendar begins in
/// March and so is in two.
const CALENDARS: [(&str, i16); 3] = [
    BUDDHIST,
    ("the Solar Hijri calendar", 621),
    ("the Solar Hijri calendar", 622),
];

/// Years that pages of the web and what they are scans of are from.
const EARLIEST: i16 = 1900;

/// A cited year that is one of another calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OtherYear {
    cited: i16,
    meant: i16,
    calendar: &'static str,
}

impl OtherYear {
    /// Of a date in the future: the year that it may mean, which is not.
    pub(super) fn of_future(date: CitedDate, today: Date) -> Option<Self> {
        let cited = date.earliest().year();
        let (calendar, years) = BUDDHIST;
        let meant = cited.checked_add(years)?;
        let ahead = today.year() < cited && (EARLIEST..=today.year()).contains(&meant);
        ahead.then_some(Self {
            cited,
            meant,
            calendar,
        })
    }

    /// Of a date that a page contradicts: the page's year, if that is what it means.
    pub(super) fn of_page(date: CitedDate, page: CitedDate) -> Option<Self> {
        let (cited, meant) = (date.earliest().year(), page.earliest().year());
        let mut calendars = CALENDARS.into_iter();
        let (calendar, _) =
            calendars.find(|(_, years)| cited.checked_add(*years) == Some(meant))?;
        Some(Self {
            cited,
            meant,
            calendar,
        })
    }

    /// The end of a message: `; in the Buddhist calendar 2562 is the year 2019`.
    pub(super) fn hint(self) -> String {
        let Self {
            cited,
            meant,
            calendar,
        } = self;
        format!("; in {calendar} {cited} is the year {meant}")
    }

    /// The year meant.
    pub(super) fn evidence(self) -> Evidence {
        Evidence::new("year meant", self.meant.to_string(), self.calendar)
    }
}
