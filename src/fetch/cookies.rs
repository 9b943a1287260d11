//! The cookies of one journey: set and sent back on the way to one URL, then forgotten.
//!
//! Some sites set a cookie, redirect to the same address and answer only whom they know by then.
//! Cookies that lived longer would make what one link gives depend on which was asked before it.

use cookie_store::{CookieStore, RawCookie};
use url::Url;

use super::transport::WireResponse;

/// Most cookies that one host may set, as RFC 6265 asks of browsers.
const MOST_PER_HOST: usize = 50;
/// Most hosts that may.
const MOST_HOSTS: usize = 8;
/// Longest `Set-Cookie` that is heeded.
const MOST_BYTES: usize = 4096;

#[derive(Debug, Default)]
pub(super) struct Jar {
    /// Made with the first cookie: most journeys see none.
    store: Option<Box<CookieStore>>,
    set: Vec<(String, usize)>,
}

impl Jar {
    /// Keeps what the answer of `url` sets.
    pub(super) fn store(&mut self, url: &Url, response: &WireResponse) {
        let values = response
            .headers
            .iter()
            .filter(|(name, value)| name == "set-cookie" && value.len() <= MOST_BYTES);
        for (_, value) in values {
            let Ok(cookie) = RawCookie::parse(value.as_str()) else {
                continue;
            };
            if !self.has_room(url) {
                return;
            }
            let store = self.store.get_or_insert_default();
            // A cookie for somebody else, or one that is past, is not kept: nothing to be done.
            let _ = store.insert_raw(&cookie, url);
        }
    }

    /// The `Cookie` field for a request; `None` when there is nothing to send.
    pub(super) fn header(&self, url: &Url) -> Option<String> {
        let store = self.store.as_ref()?;
        let mut pairs: Vec<String> = store
            .get_request_values(url)
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.sort(); // the store is a hash map, and requests are to be the same each time
        Some(pairs.join("; ")).filter(|cookies| !cookies.is_empty())
    }

    /// Forgets all.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    fn has_room(&mut self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        let hosts = self.set.len();
        match self.set.iter_mut().find(|(known, _)| known == host) {
            Some((_, count)) => {
                *count += 1;
                *count <= MOST_PER_HOST
            }
            None if hosts < MOST_HOSTS => {
                self.set.push((host.to_owned(), 1));
                true
            }
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(set: &[&str], from: &str, to: &str) -> Option<String> {
        let mut jar = Jar::default();
        let response = WireResponse {
            status: 302,
            headers: set
                .iter()
                .map(|value| ("set-cookie".to_owned(), (*value).to_owned()))
                .collect(),
            body: Vec::new(),
            truncated: None,
            peer: None,
        };
        jar.store(&from.parse().unwrap(), &response);
        jar.header(&to.parse().unwrap())
    }

    #[test]
    fn cookies_go_back_only_where_they_belong() {
        let check = |set: &str, to: &str, expect: Option<&str>| {
            let found = sent(&[set], "https://www.a.example/dir/page", to);
            assert_eq!(found.as_deref(), expect, "{set} {to}");
        };
        check("n=v", "https://www.a.example/dir/x", Some("n=v"));
        check("n=v; Path=/", "https://www.a.example/", Some("n=v"));
        check("n=v", "https://www.a.example/other", None);
        check("n=v; Path=/", "https://a.example/", None);
        check(
            "n=v; Path=/; Domain=a.example",
            "https://b.a.example/",
            Some("n=v"),
        );
        check("n=v; Path=/; Domain=b.example", "https://b.example/", None);
        check("n=v; Path=/; Secure", "http://www.a.example/", None);
        check("n=v; Path=/; Max-Age=0", "https://www.a.example/", None);
        check("", "https://www.a.example/dir/x", None);
    }

    #[test]
    fn a_flood_of_cookies_is_bounded() {
        let many: Vec<String> = (0..200).map(|n| format!("n{n}=v; Path=/")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let sent_back = sent(&many, "https://a.example/", "https://a.example/").unwrap();
        assert_eq!(sent_back.split("; ").count(), MOST_PER_HOST);
        let large = format!("n={}; Path=/", "v".repeat(MOST_BYTES));
        let url = "https://a.example/";
        assert_eq!(sent(&[&large, "m=w"], url, url).as_deref(), Some("m=w"));
    }
}
