//! Which requests go through a proxy.

use url::Url;

use super::address::has_ending;
use super::options::Proxies;
use crate::model::{FailureKind, FetchFailure};

impl Proxies {
    /// The proxy that the URL is asked through; `None` when its host is asked itself, which a
    /// proxy's own name never is.
    pub(super) fn for_url(&self, url: &Url) -> Option<&Url> {
        let proxy = match url.scheme() {
            "http" => self.http.as_ref(),
            "https" => self.https.as_ref(),
            _ => None,
        };
        let host = url.host_str().unwrap_or_default();
        // The one name that is let into the local network: nobody but a proxy is reached by it.
        if self.hosts().any(|name| name == host) {
            return proxy.or(self.http.as_ref()).or(self.https.as_ref());
        }
        proxy.filter(|_| !self.bypasses(host))
    }

    /// The names of the proxies themselves, which may well be in the local network.
    pub(super) fn hosts(&self) -> impl Iterator<Item = &str> {
        [&self.http, &self.https]
            .into_iter()
            .flatten()
            .filter_map(Url::host_str)
    }

    /// As programs read `NO_PROXY`: a name stands for the names below it too.
    fn bypasses(&self, host: &str) -> bool {
        self.bypass.iter().any(|entry| {
            let entry = entry.trim().trim_start_matches('.');
            let address = entry.trim_start_matches('[').trim_end_matches(']');
            let named = !entry.is_empty() && has_ending(host, entry);
            entry == "*" || named || host.trim_matches(['[', ']']) == address
        })
    }
}

/// What failed on the way through `proxy`: a proxy that is away says nothing about the link.
pub(super) fn failed_through(proxy: &Url, url: &Url, failure: FetchFailure) -> FetchFailure {
    let of_target = url
        .host_str()
        .is_some_and(|host| failure.detail.contains(&format!("host `{host}`")));
    let kind = match failure.kind {
        FailureKind::Dns | FailureKind::DnsTemporary | FailureKind::PrivateAddress if of_target => {
            return failure;
        }
        FailureKind::Connect
        | FailureKind::Dns
        | FailureKind::DnsTemporary
        | FailureKind::PrivateAddress
        | FailureKind::Unreachable => FailureKind::Unreachable,
        kind @ (FailureKind::BadRedirect
        | FailureKind::Protocol
        | FailureKind::Reset
        | FailureKind::Timeout
        | FailureKind::Tls
        | FailureKind::TlsExpired
        | FailureKind::TlsOldProtocol
        | FailureKind::TlsUnknownIssuer
        | FailureKind::TlsWrongHost
        | FailureKind::TooManyHeaders
        | FailureKind::TooManyRedirects
        | FailureKind::UnsupportedScheme) => kind,
    };
    let host = proxy.host_str().unwrap_or_default();
    FetchFailure {
        kind,
        detail: format!("through the proxy {host}: {}", failure.detail),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_chooses_the_proxy_and_some_hosts_need_none() {
        let proxies = Proxies {
            http: Some("http://one.example:3128".parse().unwrap()),
            https: Some("socks5h://two.example".parse().unwrap()),
            bypass: [
                ".near.example",
                "here.example",
                "192.0.2.7",
                "[2001:db8::1]",
                "",
            ]
            .map(str::to_owned)
            .to_vec(),
        };
        let check = |url: &str, expect: Option<&str>| {
            let found = proxies.for_url(&url.parse().unwrap());
            assert_eq!(found.and_then(Url::host_str), expect, "{url}");
        };
        check("http://far.example/", Some("one.example"));
        check("https://far.example/", Some("two.example"));
        check("https://near.example/", None);
        check("https://a.near.example/", None);
        check("https://a.here.example/", None);
        check("https://where.example/", Some("two.example"));
        check("http://192.0.2.7/", None);
        check("http://[2001:db8::1]/", None);
        let all = Proxies {
            bypass: vec!["*".to_owned()],
            ..proxies.clone()
        };
        assert_eq!(all.for_url(&"http://far.example/".parse().unwrap()), None);
    }
}
