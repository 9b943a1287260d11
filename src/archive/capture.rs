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
    /// Whether the page may have worked then: a success, or a status that is not told.
    #[must_use]
    pub fn may_work(&self) -> bool {
        matches!(self.status, None | Some(200 | 203 | 206))
    }

    /// Whether it was answered with a redirect: readers of the copy are led on to where that led.
    #[must_use]
    pub fn leads_on(&self) -> bool {
        matches!(self.status, Some(301 | 302 | 303 | 307 | 308))
    }

    /// Its address in an archive whose addresses begin so, without the archive's additions.
    #[must_use]
    pub fn raw_address(&self, playback: &Url) -> Option<Url> {
        let stamp = super::stamp::write(self.captured);
        let original = without_default_port(&self.original);
        Url::parse(&format!("{playback}{stamp}id_/{original}")).ok()
    }
}

/// Old captures are listed as of `http://a.example:80/`, and found without the port as well.
fn without_default_port(address: &str) -> String {
    for (scheme, port) in [("http://", ":80"), ("https://", ":443")] {
        if let Some(rest) = address.strip_prefix(scheme) {
            let (host, path) = rest
                .split_at_checked(rest.find('/').unwrap_or(rest.len()))
                .unwrap_or((rest, ""));
            return format!("{scheme}{}{path}", host.strip_suffix(port).unwrap_or(host));
        }
    }
    address.to_owned()
}
