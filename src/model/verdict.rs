//! What a link is judged to be.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Evidence;

/// The judgement on one fetched URL, with what decided it.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The judgement.
    pub link: LinkVerdict,
    /// Why, for people: a lowercase fragment.
    pub reason: String,
    /// Probability that the judgement is right, 0 to 1, rounded to two decimals.
    pub confidence: f64,
    /// The facts that decided.
    pub evidence: Vec<Evidence>,
}

/// Verdicts on a link. "Alive" says that the page answers, never that it supports the article.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum LinkVerdict {
    /// The page answers.
    Alive,
    /// A permanent redirect leads to the page's new address.
    Moved,
    /// The address now leads to the site's front page.
    RedirectedToHomePage,
    /// An error page served as if it were the page.
    #[serde(rename = "soft-404")]
    Soft404,
    /// The server says that the page does not exist (404, 410).
    Gone,
    /// The host name does not exist.
    NoSuchHost,
    /// The host refuses connections.
    Refused,
    /// The certificate or handshake is at fault; readers see a warning.
    TlsError,
    /// Server errors, timeouts and broken connections: may pass.
    Unstable,
    /// The site turns robots away; a reader may see the page.
    Blocked,
    /// A log-in form stands in the page's place.
    LoginWall,
    /// The page is there; only subscribers read all of it.
    Paywalled,
    /// A question for consent stands in the page's place.
    ConsentWall,
    /// The domain is for sale, or shows only advertisements.
    Parked,
    /// Another owner's content stands under the address.
    Usurped,
    /// The page lives, but title and text are another page's.
    Drifted,
    /// Not a web address that can be asked.
    UnsupportedScheme,
    /// A loopback or private address, which is not asked.
    PrivateAddress,
    /// Not asked; the reason is given.
    Skipped,
    /// The answer allows no judgement; the reason is given.
    Unknown,
}

impl LinkVerdict {
    /// Every verdict, from sound to unjudged.
    pub const ALL: [Self; 20] = [
        Self::Alive,
        Self::Moved,
        Self::RedirectedToHomePage,
        Self::Soft404,
        Self::Gone,
        Self::NoSuchHost,
        Self::Refused,
        Self::TlsError,
        Self::Unstable,
        Self::Blocked,
        Self::LoginWall,
        Self::Paywalled,
        Self::ConsentWall,
        Self::Parked,
        Self::Usurped,
        Self::Drifted,
        Self::UnsupportedScheme,
        Self::PrivateAddress,
        Self::Skipped,
        Self::Unknown,
    ];

    /// Whether the page that answered is the one that was cited, as far as the link tells: no
    /// error page, wall or front page.
    #[must_use]
    pub const fn is_cited_page(self) -> bool {
        matches!(self, Self::Alive | Self::Moved | Self::Paywalled)
    }

    /// Whether there was no page for a reason that may pass: only a history tells such a link from a
    /// dead one.
    #[must_use]
    pub const fn may_pass(self) -> bool {
        matches!(self, Self::Unstable | Self::Refused | Self::TlsError)
    }

    /// The word used in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Alive => "alive",
            Self::Moved => "moved",
            Self::RedirectedToHomePage => "redirected-to-home-page",
            Self::Soft404 => "soft-404",
            Self::Gone => "gone",
            Self::NoSuchHost => "no-such-host",
            Self::Refused => "refused",
            Self::TlsError => "tls-error",
            Self::Unstable => "unstable",
            Self::Blocked => "blocked",
            Self::LoginWall => "login-wall",
            Self::Paywalled => "paywalled",
            Self::ConsentWall => "consent-wall",
            Self::Parked => "parked",
            Self::Usurped => "usurped",
            Self::Drifted => "drifted",
            Self::UnsupportedScheme => "unsupported-scheme",
            Self::PrivateAddress => "private-address",
            Self::Skipped => "skipped",
            Self::Unknown => "unknown",
        }
    }
}
