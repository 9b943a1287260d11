//! How pages are asked for: limits, patience and politeness.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

/// Settings of a [`Fetcher`](super::Fetcher) and its [`LiveTransport`](super::LiveTransport).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchOptions {
    /// The `User-Agent` sent; see [`user_agent`].
    pub user_agent: String,
    /// Whether loopback, private and other local addresses may be asked.
    pub allow_private: bool,
    /// Time for looking up the name, connecting and the TLS handshake.
    pub connect_timeout: Duration,
    /// Time for one exchange from lookup to the last byte of the body.
    pub timeout: Duration,
    /// Time that all exchanges for one URL may take together before no further redirect or retry
    /// is begun. Waiting for the host's turn does not count.
    pub patience: Duration,
    /// Most bytes of a body that are kept, as sent and again once decoded.
    pub body_limit_bytes: usize,
    /// Most redirects followed for one URL.
    pub max_redirects: usize,
    /// How often a URL is asked again after a failure that may pass.
    pub retries: u32,
    /// Pause before the first retry, doubled for each further one and shortened at random by up
    /// to half. Zero for none.
    pub backoff: Duration,
    /// Longest `Retry-After` that is waited for; an answer that asks for more stands as it is.
    pub retry_after_limit: Duration,
    /// Most exchanges at the same time, all hosts together.
    pub concurrency: usize,
    /// Pause between the end of one exchange with a host and the start of the next.
    pub interval: Duration,
    /// Certificates (DER) of authorities trusted besides those of the system.
    pub extra_roots: Vec<Vec<u8>>,
    /// Addresses for host names (lower case) that are not to be looked up, as with curl's
    /// `--resolve`; an empty list means that the name does not exist. The address rules apply.
    pub resolve: BTreeMap<String, Vec<IpAddr>>,
    /// Names that exist whenever the network does, for
    /// [`Fetcher::network_is_down`](super::Fetcher::network_is_down).
    pub control_names: Vec<String>,
}

impl Default for FetchOptions {
    fn default() -> Self {
        Self {
            user_agent: user_agent(None),
            allow_private: false,
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(30),
            patience: Duration::from_secs(60),
            body_limit_bytes: 5 << 20,
            max_redirects: 10,
            retries: 2,
            backoff: Duration::from_secs(1),
            retry_after_limit: Duration::from_secs(20),
            concurrency: 64,
            interval: Duration::from_millis(500),
            extra_roots: Vec::new(),
            resolve: BTreeMap::new(),
            control_names: ["www.wikipedia.org", "example.com", "www.iana.org"]
                .map(str::to_owned)
                .to_vec(),
        }
    }
}

/// The `User-Agent`: program, version, home page, and whom to write to.
///
/// `contact` is an address or page of whoever runs the check, as Wikimedia's User-Agent policy
/// asks for.
///
/// # Examples
///
/// ```
/// let agent = citecheck::fetch::user_agent(Some("editor@example.org"));
/// assert!(agent.starts_with("citecheck/"));
/// assert!(agent.ends_with(" (citation checker; editor@example.org)"));
/// ```
#[must_use]
pub fn user_agent(contact: Option<&str>) -> String {
    // Stock firewall rules turn away any agent with the word "link" in its name.
    let version = env!("CARGO_PKG_VERSION");
    let contact = contact.map_or_else(String::new, |contact| format!("; {contact}"));
    format!("citecheck/{version} (citation checker{contact})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_agent_lacks_the_word_that_firewalls_block() {
        assert!(!FetchOptions::default().user_agent.contains("link"));
    }
}
