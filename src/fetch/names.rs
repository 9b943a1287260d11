//! Host names to addresses: looked up once, judged, and only then connected to.

use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use hickory_resolver::TokioResolver;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::Url;

use super::address::{has_ending, private_detail};
use super::live::ClientError;
use super::name_servers;
use super::options::FetchOptions;

/// How the system's resolver words "there is no such name": glibc, musl, BSD and macOS, Windows.
/// The standard library passes on the words alone.
const NOT_FOUND: &[&str] = &[
    "Name or service not known",
    "No address associated with",
    "Name does not resolve",
    "Name has no usable address",
    "nodename nor servname provided",
    "hostname nor servname provided",
    "No such host is known",
    "The requested name is valid, but no data",
];

/// Why a name gave no address to connect to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum LookupError {
    /// The name does not exist, or has no address.
    #[error("host `{0}` does not exist")]
    NotFound(String),
    /// The resolver could not tell.
    #[error("host `{0}` could not be looked up: {1}")]
    Temporary(String, String),
    /// Every address it has is a private one.
    #[error("host `{0}` leads to a private address: {1}")]
    Private(String, String),
}

/// The resolver, which hands out vetted addresses only, so that what is connected to is what was
/// judged: a second lookup could give another answer (DNS rebinding).
#[derive(Debug, Clone)]
pub(super) struct Names(Arc<Settings>);

struct Settings {
    fixed: BTreeMap<String, Vec<IpAddr>>,
    control: Vec<String>,
    /// Names of proxies, which the user chose and nobody else: they may have any address.
    proxies: Vec<String>,
    /// Name servers other than the system's.
    servers: Option<TokioResolver>,
    allow_private: bool,
    timeout: Duration,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("fixed", &self.fixed)
            .field("allow_private", &self.allow_private)
            .finish_non_exhaustive()
    }
}

impl Names {
    /// # Errors
    ///
    /// When the name servers of the settings cannot be used.
    pub(super) fn new(options: &FetchOptions) -> Result<Self, ClientError> {
        // Half, so that a lookup that hangs is known as one and not as a slow connection.
        let timeout = options.connect_timeout / 2;
        let servers = match options.dns_servers.as_slice() {
            [] => None,
            servers => Some(name_servers::client(servers, timeout)),
        };
        Ok(Self(Arc::new(Settings {
            fixed: options.resolve.clone(),
            control: options.control_names.clone(),
            proxies: options.proxies.hosts().map(str::to_owned).collect(),
            servers: servers
                .transpose()
                .map_err(|error| ClientError::NameServers(error.into()))?,
            allow_private: options.allow_private,
            timeout,
        })))
    }

    /// The addresses of `host` that may be connected to; never empty.
    async fn vetted(&self, host: &str, port: Option<u16>) -> Result<Vec<IpAddr>, LookupError> {
        let all = self.lookup(host, port).await?;
        let chosen = self.0.proxies.iter().any(|proxy| proxy == host);
        if self.0.allow_private || chosen {
            return Ok(all);
        }
        let (private, public): (Vec<IpAddr>, Vec<IpAddr>) = all
            .into_iter()
            .partition(|ip| private_detail(*ip).is_some());
        match private.first().copied().and_then(private_detail) {
            Some(detail) if public.is_empty() => Err(LookupError::Private(host.to_owned(), detail)),
            _ => Ok(public),
        }
    }

    /// Looks a name up. Without a network some resolvers say of every name that it does not exist,
    /// so that is believed only while names that surely exist are found, or of names that surely
    /// do not (RFC 2606).
    async fn lookup(&self, host: &str, port: Option<u16>) -> Result<Vec<IpAddr>, LookupError> {
        let found = self.ask(host, port).await;
        // Name servers of the user's choice say which of the two it is.
        let surely = |host: &str| {
            self.0.servers.is_some()
                || self.fixed(host, port).is_some()
                || ["invalid", "example", "test"]
                    .iter()
                    .any(|top| has_ending(host, top))
        };
        match found {
            Err(LookupError::NotFound(name)) if !surely(host) && self.all_unreachable().await => {
                let detail = "nor any other name: the network may be away".to_owned();
                Err(LookupError::Temporary(name, detail))
            }
            found => found,
        }
    }

    /// The addresses that the settings give for the host.
    fn fixed(&self, host: &str, port: Option<u16>) -> Option<&Vec<IpAddr>> {
        let of_port = port.and_then(|port| self.0.fixed.get(&format!("{host}:{port}")));
        of_port.or_else(|| self.0.fixed.get(host))
    }

    async fn ask(&self, host: &str, port: Option<u16>) -> Result<Vec<IpAddr>, LookupError> {
        let missing = || LookupError::NotFound(host.to_owned());
        if has_ending(host, "invalid") {
            return Err(missing()); // RFC 6761: never exists, and is not to be asked for
        }
        if let Some(fixed) = self.fixed(host, port) {
            return Some(fixed.clone())
                .filter(|fixed| !fixed.is_empty())
                .ok_or_else(missing);
        }
        let asked = async {
            match &self.0.servers {
                Some(servers) => name_servers::lookup(servers, host).await,
                None => system_lookup(host).await,
            }
        };
        match tokio::time::timeout(self.0.timeout, asked).await {
            Ok(Ok(addresses)) if addresses.is_empty() => Err(missing()),
            Ok(found) => found,
            Err(_) => {
                let detail = "the resolver did not answer".to_owned();
                Err(LookupError::Temporary(host.to_owned(), detail))
            }
        }
    }

    /// Whether none of the control names can be looked up.
    pub(super) async fn all_unreachable(&self) -> bool {
        let lookups = self.0.control.iter().map(|name| self.ask(name, Some(80)));
        !self.0.control.is_empty() && join_all(lookups).await.iter().all(Result::is_err)
    }
}

async fn system_lookup(host: &str) -> Result<Vec<IpAddr>, LookupError> {
    match tokio::net::lookup_host((host, 0)).await {
        Ok(addresses) => Ok(addresses.map(|address| address.ip()).collect()),
        Err(error) => Err(lookup_error(host, &error)),
    }
}

/// Unknown wording counts as temporary: "no such host" must not rest on a guess.
fn lookup_error(host: &str, error: &io::Error) -> LookupError {
    let detail = error.to_string();
    if NOT_FOUND.iter().any(|words| detail.contains(words)) {
        return LookupError::NotFound(host.to_owned());
    }
    let detail = detail
        .strip_prefix("failed to lookup address information: ")
        .unwrap_or(&detail);
    LookupError::Temporary(host.to_owned(), detail.to_lowercase())
}

tokio::task_local! {
    /// Hosts with their ports that a request may connect to: whoever looks names up is told the
    /// name alone.
    static ASKED_FOR: Vec<(String, u16)>;
}

/// Runs a request to `url`, perhaps through a proxy, so that names are looked up for its port.
pub(super) async fn for_port<T>(
    url: &Url,
    proxy: Option<&Url>,
    request: impl Future<Output = T>,
) -> T {
    let places = proxy.into_iter().chain([url]).filter_map(|url| {
        let port = url.port_or_known_default()?;
        Some((url.host_str()?.to_owned(), port))
    });
    ASKED_FOR.scope(places.collect(), request).await
}

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let names = self.clone();
        // Asked for before anything is waited for: then it is still whoever connects who asks.
        let port = ASKED_FOR
            .try_with(|places| {
                let mut places = places.iter();
                let found = places.find(|(host, _)| host == name.as_str());
                found.map(|(_, port)| *port)
            })
            .ok()
            .flatten();
        Box::pin(async move {
            let addresses = names.vetted(name.as_str(), port).await?;
            let addresses: Addrs = Box::new(addresses.into_iter().map(|ip| SocketAddr::new(ip, 0)));
            Ok(addresses)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clear_no_means_that_a_host_does_not_exist() {
        let check = |words: &str, found: bool| {
            let error = io::Error::other(format!("failed to lookup address information: {words}"));
            let missing = matches!(lookup_error("a.example", &error), LookupError::NotFound(_));
            assert_eq!(missing, !found, "{words}");
        };
        check("Name or service not known", false);
        check("No address associated with hostname", false);
        check("nodename nor servname provided, or not known", false);
        check("Name does not resolve", false);
        check("Temporary failure in name resolution", true);
        check("Non-recoverable failure in name resolution", true);
        check("Try again", true);
    }

    #[tokio::test]
    async fn of_mixed_answers_the_public_ones_are_used() {
        let check = |all: &[&str], expect: Result<&[&str], &str>| {
            let parse = |list: &[&str]| -> Vec<IpAddr> {
                list.iter().map(|ip| ip.parse().unwrap()).collect()
            };
            let names = Names::new(&FetchOptions {
                resolve: BTreeMap::from([("mixed.example".to_owned(), parse(all))]),
                ..FetchOptions::default()
            })
            .unwrap();
            let expect = expect.map(parse).map_err(str::to_owned);
            async move {
                let found = names.vetted("mixed.example", None).await;
                let found = found.map_err(|error| error.to_string());
                assert_eq!(found, expect);
            }
        };
        check(&["10.0.0.5", "8.8.8.8", "::1"], Ok(&["8.8.8.8"])).await;
        check(
            &["2606:4700::1111", "169.254.169.254"],
            Ok(&["2606:4700::1111"]),
        )
        .await;
        let refused = "host `mixed.example` leads to a private address: 10.0.0.5 is no public \
                       address (private network)";
        check(&["10.0.0.5", "64:ff9b::808:808"], Err(refused)).await;
    }
}
