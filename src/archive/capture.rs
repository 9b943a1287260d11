//! A copy that an archive says it has.

use jiff::Timestamp;
use url::Url;

/// A copy, as an archive's index or Memento headers tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// When it was made, UTC to the second.
    pub captured: Timestamp,
    /// The page that was copied, as the archive writes it.
    pub original: String,
    /// The status with which the page was answered then; `None` where the index does not say.
    pub status: Option<u16>,
}

impl Capture {
    /// Whether the page may have worked then: a success, or a status that is not told. Redirects are
    /// no copies of a page.
    #[must_use]
    pub fn may_work(&self) -> bool {
        matches!(self.status, None | Some(200 | 203 | 206))
    }

    /// Its address in an archive whose addresses begin so, without the archive's additions.
    #[must_use]
    pub fn raw_address(&self, playback: &Url) -> Option<Url> {
        let stamp = super::stamp::write(self.captured);
        Url::parse(&format!("{playback}{stamp}id_/{}", self.original)).ok()
    }
}
