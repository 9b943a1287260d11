//! Asking name servers of the user's choice instead of the system's.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{NameServerConfig, ResolveHosts, ResolverConfig, ResolverOpts};
use hickory_resolver::net::NetError;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::RecordType;

use super::names::LookupError;

/// A client of name servers, by UDP and, for long answers, TCP.
///
/// Unlike the system's it says whether a name does not exist or the server failed.
pub(super) fn client(
    servers: &[SocketAddr],
    patience: Duration,
) -> Result<TokioResolver, NetError> {
    let servers = servers.iter().map(|server| {
        let mut settings = NameServerConfig::udp_and_tcp(server.ip());
        for connection in &mut settings.connections {
            connection.port = server.port();
        }
        settings
    });
    let config = ResolverConfig::from_name_servers(servers.collect());
    let mut options = ResolverOpts::default();
    options.use_hosts_file = ResolveHosts::Never;
    options.attempts = 2;
    options.timeout = patience / 3;
    TokioResolver::builder_with_config(config, TokioRuntimeProvider::default())
        .with_options(options)
        .build()
}

/// The addresses of `host`, by both versions of IP.
pub(super) async fn lookup(client: &TokioResolver, host: &str) -> Result<Vec<IpAddr>, LookupError> {
    let name = format!("{}.", host.trim_end_matches('.')); // no search domains
    let error = match client.lookup_ip(name.as_str()).await {
        Ok(found) => return Ok(found.iter().collect()),
        Err(error) => error,
    };
    let missing =
        error.is_nx_domain() || error.is_no_records_found() && has_no_address(client, &name).await;
    if missing {
        return Err(LookupError::NotFound(host.to_owned()));
    }
    let detail = error.to_string().to_lowercase();
    Err(LookupError::Temporary(host.to_owned(), detail))
}

/// Whether there is certainly an address of neither kind: that one kind is missing says nothing
/// while the server failed to answer for the other, nor that an alias leads to none: its chain may
/// be broken or go in a circle.
async fn has_no_address(client: &TokioResolver, name: &str) -> bool {
    let (four, six, alias) = tokio::join!(
        client.ipv4_lookup(name),
        client.ipv6_lookup(name),
        client.lookup(name, RecordType::CNAME),
    );
    four.is_err_and(|error| error.is_no_records_found())
        && six.is_err_and(|error| error.is_no_records_found())
        && alias.is_err_and(|error| error.is_no_records_found())
}
