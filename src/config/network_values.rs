//! Values that name places in a network: addresses of hosts, name servers, proxies.

use std::net::IpAddr;
use std::net::SocketAddr;

use url::{Host, Url};

/// Schemes of proxies.
const PROXY_SCHEMES: [&str; 4] = ["http", "https", "socks5", "socks5h"];

/// Reads an address given for a host, `HOST:PORT:ADDR[,ADDR]` as curl's `--resolve` has it: the
/// host in lower case with the port, without one where that is `*`, and its addresses.
///
/// # Errors
///
/// What is wrong, completing "… is wrong: it": another form, no host name, no address.
///
/// # Examples
///
/// ```
/// let (host, addresses) = citecheck::config::resolved("News.example:443:192.0.2.7").unwrap();
/// assert_eq!((host.as_str(), addresses.len()), ("news.example:443", 1));
/// ```
pub fn resolved(text: &str) -> Result<(String, Vec<IpAddr>), String> {
    let hint = || "must be HOST:PORT:ADDRESS, such as \"news.example:443:192.0.2.7\"".to_owned();
    let mut parts = text.trim().splitn(3, ':');
    let (host, port, addresses) = (parts.next(), parts.next(), parts.next());
    let (Some(host), Some(port), Some(addresses)) = (host, port, addresses) else {
        return Err(hint());
    };
    if host.contains('*') {
        return Err(format!(
            "must name one host each, and `{host}` is none; a name server of your own \
             (--dns-server) answers for all of them"
        ));
    }
    let host = host_name(host).ok_or_else(hint)?;
    let host = match port.parse::<u16>() {
        Ok(1..) => format!("{host}:{port}"),
        Err(_) if port == "*" => host,
        Ok(0) | Err(_) => return Err(hint()),
    };
    let read = |address: &str| {
        let address = address.trim();
        let inner = address
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'));
        inner.unwrap_or(address).parse::<IpAddr>().ok()
    };
    let addresses: Option<Vec<IpAddr>> = addresses.split(',').map(read).collect();
    Ok((host, addresses.ok_or_else(hint)?))
}

/// Reads the address of a name server, with a port where it is not 53.
///
/// # Errors
///
/// What is wrong: no address.
pub fn dns_server(text: &str) -> Result<SocketAddr, String> {
    let text = text.trim();
    let with_port = text.parse::<SocketAddr>();
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    with_port
        .or_else(|_| {
            bare.parse::<IpAddr>()
                .map(|address| SocketAddr::new(address, 53))
        })
        .map_err(|_| {
            "must be the address of a name server, such as \"9.9.9.9\" or \"[2620:fe::fe]:53\""
                .to_owned()
        })
}

/// Reads the address of a proxy; without a scheme it is an `http` one.
///
/// # Errors
///
/// What is wrong: no address, or a scheme that is no proxy's. The text itself, which may hold a
/// password, is not in the message.
pub fn proxy(text: &str) -> Result<Url, String> {
    let text = text.trim();
    let hint = || {
        "must be the address of a proxy, such as \"http://proxy.example:3128\" or \
         \"socks5://127.0.0.1:1080\""
            .to_owned()
    };
    let whole = if text.contains("://") {
        text.to_owned()
    } else {
        format!("http://{text}")
    };
    let url = Url::parse(&whole).map_err(|_| hint())?;
    let sound = PROXY_SCHEMES.contains(&url.scheme())
        && url.host_str().is_some_and(|host| !host.is_empty());
    if sound { Ok(url) } else { Err(hint()) }
}

/// A host name in the form that requests carry: lower case, `xn--` for other scripts; `None` for
/// addresses and what is no name.
pub(super) fn host_name(text: &str) -> Option<String> {
    match Host::parse(text.trim().trim_end_matches('.')).ok()? {
        Host::Domain(name) => Some(name),
        Host::Ipv4(_) | Host::Ipv6(_) => None,
    }
}
