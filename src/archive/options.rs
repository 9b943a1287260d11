//! Which archives are asked, and how often.

use std::time::Duration;

use url::Url;

/// Settings of [`Archives`](super::Archives).
///
/// Archives that are [never asked](super::never_asked) are left out of all lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchiveOptions {
    /// The Wayback Machine's availability API; `None` not to ask it.
    pub availability: Option<Url>,
    /// A CDX server of the same archive; `None` not to ask it.
    pub cdx: Option<Url>,
    /// What the addresses of that archive's copies begin with: timestamp and page follow.
    pub playback: Option<Url>,
    /// `TimeGate`s of further archives: the page's address follows (RFC 7089).
    pub timegates: Vec<Url>,
    /// `TimeMap`s of further archives: the page's address follows.
    pub timemaps: Vec<Url>,
    /// Where pages are handed in to be saved (SPN2); `None` never to.
    pub save: Option<Url>,
    /// Most requests to one archive within any minute, all its addresses together; at least 1.
    pub rate: u32,
    /// Most requests to all archives in a run.
    pub budget: u32,
    /// Longest pause that is waited for when an archive asks for one.
    pub patience: Duration,
}

impl Default for ArchiveOptions {
    fn default() -> Self {
        Self {
            availability: Url::parse("https://archive.org/wayback/available").ok(),
            cdx: Url::parse("https://web.archive.org/cdx/search/cdx").ok(),
            playback: Url::parse("https://web.archive.org/web/").ok(),
            timegates: Vec::new(),
            timemaps: Vec::new(),
            save: Url::parse("https://web.archive.org/save").ok(),
            rate: 20,
            budget: 60,
            patience: Duration::from_secs(120),
        }
    }
}
