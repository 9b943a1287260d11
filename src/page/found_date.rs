//! A date with everything that tells how far to trust it.

use crate::model::{CitedDate, DateKind};

/// A date found on the page, before it is weighed.
#[derive(Debug, Clone)]
pub(super) struct FoundDate {
    pub(super) date: CitedDate,
    /// The other reading of an ambiguous number date.
    pub(super) other: Option<CitedDate>,
    pub(super) kind: DateKind,
    pub(super) origin: Origin,
    /// For people: `JSON-LD datePublished`, `URL path`.
    pub(super) source: String,
    /// Hour and minute when written in UTC.
    pub(super) utc: Option<(i8, i8)>,
    /// Where it stands, for dates that readers see: byte offset in the visible text.
    pub(super) at: Option<usize>,
    /// Whether it is part of a link.
    pub(super) linked: bool,
}

/// What kind of place a date stands in. `date_weights` says what each is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Origin {
    /// The URL's path has year, month and day.
    UrlDay,
    /// The URL's path has year and month.
    UrlMonth,
    /// `<meta>` that says when the article was published or changed.
    MetaArticle,
    /// `<meta>` of scholarly works.
    MetaCitation,
    /// `<meta>` that could mean anything.
    MetaGeneral,
    /// JSON-LD of the page's article.
    LdArticle,
    /// JSON-LD of the page itself.
    LdPage,
    /// JSON-LD of anything else.
    LdOther,
    /// Microdata or `RDFa` in the page's own text.
    Property,
    /// `<time>` near the headline.
    TimeHead,
    /// `<time>` elsewhere in the page's own text.
    TimeBody,
    /// An element near the headline whose class or data attribute names a date.
    ClassHead,
    /// Such an element elsewhere in the page's own text.
    ClassBody,
    /// A line near the headline that often holds a date.
    Byline,
    /// Visible text with a label such as "Published".
    Label,
    /// A line near the headline that is a date and hardly anything else.
    DateLine,
    /// The date line at the start of the first paragraph, or a date in the headline.
    Lead,
    /// Running text.
    Prose,
    /// Side matter: comments, related articles, footer.
    Beside,
    /// A line at the foot of the page that says when it was changed.
    Foot,
    /// JSON-LD of something that takes place on that day.
    Event,
    /// HTTP `Last-Modified`.
    LastModified,
    /// The day on which an archive saved the page.
    Capture,
}

/// Sources that are filled from one another: when two families tell the same day, they agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    /// Written for machines.
    Machines,
    /// The address.
    Address,
    /// What readers see where pages tell their date.
    Seen,
    /// Anything else.
    Rest,
}

impl Origin {
    pub(super) fn family(self) -> Family {
        match self {
            Self::MetaArticle
            | Self::MetaCitation
            | Self::MetaGeneral
            | Self::LdArticle
            | Self::LdPage
            | Self::LdOther
            | Self::Property => Family::Machines,
            Self::UrlDay => Family::Address,
            Self::TimeHead
            | Self::TimeBody
            | Self::ClassHead
            | Self::ClassBody
            | Self::Byline
            | Self::Label
            | Self::DateLine
            | Self::Lead => Family::Seen,
            Self::UrlMonth
            | Self::Prose
            | Self::Beside
            | Self::Foot
            | Self::Event
            | Self::LastModified
            | Self::Capture => Family::Rest,
        }
    }

    /// Whether it is seen near the headline.
    pub(super) fn is_at_headline(self) -> bool {
        matches!(
            self,
            Self::TimeHead | Self::ClassHead | Self::DateLine | Self::Byline
        )
    }

    /// How far a place is trusted, more is better: the order in which dates are listed, and which
    /// place is named for a day that several tell.
    pub(super) fn trust(self, kind: DateKind) -> u8 {
        let told = match self {
            Self::MetaCitation => 12,
            Self::LdArticle | Self::MetaArticle | Self::Property => 11,
            Self::UrlDay => 10,
            Self::TimeHead | Self::ClassHead => 9,
            Self::Label | Self::Byline => 8,
            Self::DateLine | Self::MetaGeneral => 7,
            Self::TimeBody => 6,
            Self::Lead => 5,
            Self::UrlMonth | Self::LdPage | Self::LdOther | Self::ClassBody => 4,
            Self::Beside | Self::Foot => 3,
            Self::Prose => 2,
            Self::LastModified | Self::Capture | Self::Event => 1,
        };
        match kind {
            DateKind::Published => told * 2,
            DateKind::Unknown | DateKind::Created => (told * 2).saturating_sub(3),
            DateKind::Modified => (told * 2).saturating_sub(12),
        }
    }
}

impl FoundDate {
    /// Whether it has a day.
    pub(super) fn is_day(&self) -> bool {
        self.date.as_day().is_some()
    }

    /// Whether it is told as published to machines, about this very article.
    pub(super) fn is_for_machines(&self) -> bool {
        self.kind == DateKind::Published
            && matches!(
                self.origin,
                Origin::MetaArticle | Origin::MetaCitation | Origin::LdArticle | Origin::Property
            )
    }

    /// Whether it can be a day of publication at all: no day of a capture, none that clocks begin
    /// with, none that nobody has seen.
    pub(super) fn may_be_published(&self) -> bool {
        let known = self.date.as_day().is_none_or(|day| {
            let epoch = day == jiff::civil::Date::constant(1970, 1, 1);
            (1500..2090).contains(&day.year()) && !epoch
        });
        known && self.origin != Origin::Capture
    }
}
