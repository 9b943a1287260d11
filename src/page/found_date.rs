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
}

/// What kind of place a date stands in. Each has its weight in the table of `date_weights`.
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
    /// HTTP `Last-Modified`.
    LastModified,
}

impl FoundDate {
    /// Whether it has a day.
    pub(super) fn is_day(&self) -> bool {
        self.date.as_day().is_some()
    }
}
