//! What keeps a run from asking, and how it is told.

use std::fmt;
use std::net::SocketAddr;

use url::Url;

use crate::fetch::FetchOptions;

/// What keeps a run from asking.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Trouble {
    /// No host name can be looked up.
    NoNames,
    /// No host name can be looked up at the name servers that were named to be asked.
    NameServers(Vec<SocketAddr>),
    /// Names are found, but no host answers, not even those that always do.
    NoAnswers,
    /// Something in between answers for every host: the portal of a hotel or a train, which wants
    /// a log-in first (RFC 8910).
    Portal {
        /// The host that it leads to; `None` when it answers in each host's own name.
        host: Option<String>,
    },
    /// The proxy lets nothing through.
    Proxy {
        /// Its host and port.
        proxy: String,
        /// What asking through it failed of, where no answer came.
        why: Option<String>,
    },
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoNames => f.write_str("no host name can be looked up; check the connection"),
            Self::NoAnswers => {
                f.write_str("no host answers, not even those that always do; check the connection")
            }
            Self::Portal { host: Some(host) } => write!(
                f,
                "every site leads to {host}, a portal in between; log in there with a browser"
            ),
            Self::Portal { host: None } => f.write_str(
                "one and the same page answers for every site, a portal in between; log in there \
                 with a browser",
            ),
            Self::NameServers(servers) => {
                let list: Vec<String> = servers.iter().map(ToString::to_string).collect();
                let (noun, verb) = match servers.as_slice() {
                    [_] => ("name server", "tells"),
                    _ => ("name servers", "tell"),
                };
                let list = list.join(", ");
                write!(f, "the {noun} {list} {verb} no name; check the address")
            }
            Self::Proxy { proxy, why } => {
                write!(f, "the proxy {proxy} lets nothing through")?;
                if let Some(why) = why {
                    write!(f, " ({why})")?;
                }
                f.write_str("; check its address")
            }
        }
    }
}

impl Trouble {
    /// That names are not found, where they are looked up as the options say.
    pub(super) fn of_names(options: &FetchOptions) -> Self {
        match options.dns_servers.as_slice() {
            [] => Self::NoNames,
            servers => Self::NameServers(servers.to_vec()),
        }
    }

    /// That nothing comes through the proxy for plain HTTP; `why`, where no answer came.
    pub(super) fn of_proxy(options: &FetchOptions, why: Option<&str>) -> Self {
        let proxy = options.proxies.http.as_ref();
        let host = proxy.and_then(Url::host_str).unwrap_or_default();
        let port = proxy.and_then(Url::port_or_known_default);
        // What a failed request says names the proxy first.
        let why = why.map(|why| {
            let named = why.strip_prefix(&format!("through the proxy {host}: "));
            named.unwrap_or(why).to_owned()
        });
        Self::Proxy {
            proxy: port.map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")),
            why: why.filter(|why| !why.is_empty()),
        }
    }
}
