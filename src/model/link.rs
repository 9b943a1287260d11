//! What is known of one cited URL: everything that the judgement of a link reads.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{FetchOutcome, PageEvidence};

/// Everything known of one URL.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LinkFacts {
    /// What happened when it was asked; the body is no longer in it.
    pub outcome: FetchOutcome,
    /// What was read from the body, whatever the status; `None` without a body.
    pub page: Option<Box<PageEvidence>>,
    /// What the body looks like, to compare it with another one; `None` where there is no text.
    pub fingerprint: Option<Fingerprint>,
    /// What a URL that cannot exist on the same host gave; `None` if none was asked.
    pub probe: Option<Box<HostProbe>>,
    /// What another address of the site tells of the page; `None` if none was asked.
    #[serde(default)]
    pub other_form: Option<Box<OtherForm>>,
    /// What earlier runs saw; `None` without a history.
    #[serde(skip)]
    pub history: Option<Box<LinkHistory>>,
    /// Archived copies that were found and vetted, in order of preference.
    #[serde(skip)]
    pub copies: Vec<Memento>,
    /// How the search for them ended; `None` if no archive was asked.
    #[serde(skip)]
    pub copy_search: Option<CopySearch>,
}

impl LinkFacts {
    /// The facts of an outcome alone, without page, history or copies.
    #[must_use]
    pub const fn of(outcome: FetchOutcome) -> Self {
        Self {
            outcome,
            page: None,
            fingerprint: None,
            probe: None,
            other_form: None,
            history: None,
            copies: Vec::new(),
            copy_search: None,
        }
    }
}

/// A sketch of a page's text, of fixed size, by which two pages are compared.
///
/// Min-hash values of overlapping runs of words (or characters, for scripts without spaces): the
/// share of equal values estimates how much two texts have in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint(pub Vec<u32>);

impl Fingerprint {
    /// How much of the two texts is common, 0 to 1; 0 if the sketches are of different sizes.
    #[must_use]
    pub fn similarity(&self, other: &Self) -> f64 {
        if self.0.len() != other.0.len() || self.0.is_empty() {
            return 0.0;
        }
        let equal = self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count();
        let (equal, all) = (
            u32::try_from(equal).unwrap_or(0),
            u32::try_from(self.0.len()).unwrap_or(1),
        );
        f64::from(equal) / f64::from(all)
    }
}

/// What a host answers to a URL that cannot exist.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HostProbe {
    /// The URL that was made up.
    pub url: Url,
    /// Where it led.
    pub landed: Url,
    /// The status of its answer; `None` when there was none.
    pub status: Option<u16>,
    /// How much its body has in common with the cited page's, 0 to 1.
    pub similarity: f64,
}

/// What another address tells of a page, where its own answer does not: a service of the site that
/// says whether a video was removed, for example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherForm {
    /// The address that was asked.
    pub url: Url,
    /// The status of its answer; `None` when there was none.
    pub status: Option<u16>,
}

/// What earlier runs saw of a URL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LinkHistory {
    /// When it was first asked, UTC.
    pub first_seen: Timestamp,
    /// When it last answered as alive, UTC; `None` if never.
    pub last_alive: Option<Timestamp>,
    /// When the present unbroken row of failures began, UTC; `None` if the last answer was none.
    pub dead_since: Option<Timestamp>,
    /// Failures in that row that count: each at least the settings' days after the one before.
    pub failures: u32,
    /// Whether there are enough of them to call the link dead.
    pub confirmed: bool,
    /// How often it was asked in all, this run included.
    pub checks: u32,
}

/// How the search for archived copies of a page ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum CopySearch {
    /// A copy that shows the page was found.
    Found,
    /// The archives that were asked have none that shows the page.
    NoneFound,
    /// The archive does not give out copies of this site.
    Excluded,
    /// Broken off: an archive asked for a longer pause than the run waits.
    Paused,
    /// Broken off: the requests that the run may make of archives were used up.
    BudgetSpent,
    /// Broken off: an archive did not answer, or not in a way that is understood.
    Unreachable,
    /// Broken off: the run was interrupted.
    Interrupted,
    /// Not begun: no public archive can have a page of a private network or under a reserved name,
    /// and none is to hear of it.
    NotPublic,
}

impl CopySearch {
    /// The end of the search for people: a lowercase fragment.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::NoneFound => "none found",
            Self::Excluded => "the archive does not give out copies of this site",
            Self::Paused => {
                "not looked up: the archive asked for a longer pause than the run waits"
            }
            Self::BudgetSpent => "not looked up: the run's requests to archives were used up",
            Self::Unreachable => "not looked up: the archive did not answer",
            Self::Interrupted => "not looked up: the run was interrupted",
            Self::NotPublic => "not looked up: the address is on no public network",
        }
    }
}

/// An archived copy of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Memento {
    /// The archive: `Wayback Machine`, or the host of another.
    pub archive: String,
    /// The address of the copy.
    pub url: Url,
    /// The address that was archived.
    pub original: Url,
    /// When it was archived, UTC.
    pub captured: Timestamp,
    /// Whether the copy itself was read and shows a page, no error and no wall.
    pub vetted: bool,
}
