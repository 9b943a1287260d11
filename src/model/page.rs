//! What was read out of a page, each value with where it was read.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CitedDate, DetectedLanguage};

/// Evidence extracted from one response body.
///
/// Candidates are listed, never only the winner: rules weigh them, and a finding quotes its
/// sources so that an editor can check the checker.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PageEvidence {
    /// The page's title without its site's name; `None` when it has none.
    pub title: Option<String>,
    /// When the page says it was published; `None` when nothing trustworthy tells.
    pub published: Option<PageDate>,
    /// When the page says it was last changed.
    pub modified: Option<PageDate>,
    /// The language of the main text.
    pub language: Option<DetectedLanguage>,
    /// What the body is, by its bytes first and the declared type second: `text/html`,
    /// `application/pdf`. HTML and plain text are read, and the metadata of PDF; of other types
    /// nothing is told.
    pub media_type: String,
    /// The character encoding used to read the body, by its WHATWG name (`UTF-8`); empty when
    /// the body is no text.
    pub charset: String,
    /// Words of the main text; characters for scripts that put no space between words.
    pub words: usize,
    /// Length of the visible text in Unicode scalar values, white space folded; what a script
    /// would add is not in it.
    pub text_chars: usize,
    /// Title candidates, most trustworthy first, duplicates removed.
    pub titles: Vec<TitleCandidate>,
    /// Every date found, most trustworthy first.
    pub dates: Vec<DateCandidate>,
    /// What speaks for an error page, a wall or a placeholder. Facts that rules weigh.
    pub signals: Vec<PageSignal>,
}

/// A title and where it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TitleCandidate {
    /// The title, white space folded.
    pub value: String,
    /// Where it was read: `JSON-LD headline`, `og:title`, `<h1>`, `<title>` …
    pub source: String,
}

/// A date of the page with how far it is trusted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PageDate {
    /// The date in the page's own time zone, at the precision given.
    pub date: CitedDate,
    /// Where it was read.
    pub source: String,
    /// Probability that it is what it says, 0 to 1, rounded to three decimals.
    pub confidence: f64,
}

/// A date and where on the page it was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DateCandidate {
    /// The date in the page's own time zone, at the precision given.
    pub date: CitedDate,
    /// What the page says it is the date of.
    pub kind: DateKind,
    /// Where it was read: `JSON-LD datePublished`, `URL path` …
    pub source: String,
    /// Probability that it is the day of publication, by all that the page tells of that day: next
    /// to nothing for dates of running text and of other articles beside it. 0 to 1, rounded to
    /// three decimals.
    #[serde(default = "sure")]
    pub confidence: f64,
    /// Whether it was written in UTC and no other place tells the local day, which may be the one
    /// before or after.
    #[serde(default)]
    pub utc: bool,
}

/// What dates that were saved without a confidence have: they support what they say.
fn sure() -> f64 {
    1.0
}

/// What a date on a page is the date of.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DateKind {
    /// Publication.
    Published,
    /// Last change.
    Modified,
    /// Creation.
    Created,
    /// The page does not say.
    Unknown,
}

/// Something on a page that speaks for an error page, a wall or a placeholder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PageSignal {
    /// What it speaks for.
    pub kind: SignalKind,
    /// The words or marker found, cut to a short excerpt.
    pub excerpt: String,
    /// Where: `<title>`, `<h1>`, `main text`, `markup` …
    pub source: String,
}

/// What a signal speaks for. One alone never proves a soft 404.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SignalKind {
    /// A heading, or a line of a page of few lines, that says that there is no such page and
    /// nothing else.
    NotFound,
    /// "Page not found" among other words, in a short line of text, or a status number.
    NotFoundWords,
    /// Beside such words the page has little text of its own, though perhaps menus and lists.
    LittleText,
    /// Marks that site software leaves in the source of its "not found" page.
    NotFoundMarkup,
    /// A heading that says that something went wrong, and not what.
    ErrorHeading,
    /// The page asks search engines not to list it.
    NotIndexed,
    /// Hardly any text.
    NearEmpty,
    /// No text, no title, and no picture, frame or script in their place.
    Blank,
    /// A bot check or access refusal that stands alone on the page.
    Challenge,
    /// A heading that says that the server does not work and nothing else, on a page with little
    /// text.
    ServerTrouble,
    /// A page that only a script fills.
    ScriptOnly,
    /// What a hosting product says of a site that it does not have, or no longer.
    HostGone,
    /// The domain is for sale, has run out, or shows only advertisements.
    Parked,
    /// A form that asks for a password, with little text beside it.
    LoginForm,
    /// The address to which a page with hardly any text sends the browser on.
    LeadsOn,
    /// A question for consent that stands alone on the page.
    ConsentQuestion,
    /// The page says that only subscribers read all of it.
    Paywall,
    /// The trade of those who take lapsed domains over, in the page's title, headings or
    /// description: gambling and the like.
    TakeoverTrade,
    /// What a short page may have that answers every address alike and yet is no error page: words
    /// of a check for robots, or an element that a script fills.
    SameForAll,
}
