//! The options of how the network is asked, and how they are laid over the settings.

use std::net::IpAddr;
use std::net::SocketAddr;
use std::path::PathBuf;

use citecheck::config::{
    FetchSettings, ProxyChoice, ROBOTS, dns_server, patience, pause, proxy, resolved, time_limit,
};
use citecheck::fetch::Robots;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use jiff::SignedDuration;
use url::Url;

/// How the network is asked.
#[derive(Debug, Args)]
#[command(next_help_heading = "Asking")]
pub(super) struct NetworkArgs {
    /// Most requests at the same time, all hosts together [default: 64]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    concurrency: Option<u32>,
    /// Most requests to one host at the same time [default: 2]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000))]
    per_host: Option<u32>,
    /// Pause between the starts of two requests to a host, to begin with; it follows how fast
    /// the host answers [default: 100ms]
    #[arg(long, value_name = "DURATION", value_parser = pause)]
    interval: Option<SignedDuration>,
    /// Time for one request, such as 90s [default: 60s, of which the answer's header may take 30s]
    #[arg(long, value_name = "DURATION", value_parser = patience)]
    timeout: Option<SignedDuration>,
    /// Time for the whole run, such as 10m; then it ends with what is done
    #[arg(long, value_name = "DURATION", value_parser = time_limit)]
    max_duration: Option<SignedDuration>,
    /// Judge links alone, by status and redirects: no page is read, so that error pages which answer
    /// 200 pass for alive; rules about the citations themselves and the to-do list are left out
    #[arg(long)]
    links_only: bool,
    /// What to make of robots.txt [default: crawl-delay]
    #[arg(long, value_name = "WHAT", value_parser = robots())]
    robots: Option<Robots>,
    /// Ask a site that turns robots away once more with the header fields that browsers send;
    /// the User-Agent stays citecheck's own
    #[arg(long)]
    browser_retry: bool,
    /// Whom sites can write to, for the User-Agent: an e-mail address or a page
    #[arg(long, value_name = "WHO", value_parser = contact)]
    contact: Option<String>,
    /// Ask through this proxy
    #[arg(
        long,
        value_name = "URL",
        value_parser = proxy,
        conflicts_with = "no_proxy",
        help = PROXY
    )]
    proxy: Option<Url>,
    /// Ask through no proxy, whatever the settings and the environment say
    #[arg(long)]
    no_proxy: bool,
    /// Take this address for a host and port (* for all) instead of looking it up; may be repeated
    #[arg(long, value_name = "HOST:PORT:ADDRESS", value_parser = resolved)]
    resolve: Vec<(String, Vec<IpAddr>)>,
    /// Ask this name server instead of the system's; may be repeated
    #[arg(long, value_name = "ADDRESS", value_parser = dns_server)]
    dns_server: Vec<SocketAddr>,
    /// Also trust the authorities whose certificates (PEM) are in a file; may be repeated
    #[arg(long, value_name = "FILE")]
    ca_file: Vec<PathBuf>,
}

impl NetworkArgs {
    /// Lays them over the settings.
    pub(super) fn lay_over(&self, fetch: &mut FetchSettings) {
        let set = |number: &mut usize, flag: Option<u32>| {
            *number = flag.map_or(*number, |flag| flag as usize);
        };
        set(&mut fetch.concurrency, self.concurrency);
        set(&mut fetch.per_host, self.per_host);
        fetch.interval = self.interval.unwrap_or(fetch.interval);
        fetch.timeout = self.timeout.or(fetch.timeout);
        fetch.max_duration = self.max_duration.or(fetch.max_duration);
        fetch.links_only |= self.links_only;
        fetch.robots = self.robots.unwrap_or(fetch.robots);
        fetch.browser_retry |= self.browser_retry;
        if self.contact.is_some() {
            fetch.contact.clone_from(&self.contact);
        }
        if let Some(proxy) = &self.proxy {
            fetch.proxy = ProxyChoice::Through(proxy.clone());
        } else if self.no_proxy {
            fetch.proxy = ProxyChoice::Direct;
        }
        for (host, _) in &self.resolve {
            let named = host.split(':').next().unwrap_or_default();
            let every = host == named;
            let of_host = |known: &str| known.split(':').next() == Some(named);
            (fetch.resolve).retain(|known, _| known != host && !(every && of_host(known)));
        }
        for (host, addresses) in &self.resolve {
            let known = fetch.resolve.entry(host.clone()).or_default();
            known.extend(addresses);
        }
        if !self.dns_server.is_empty() {
            fetch.dns_servers.clone_from(&self.dns_server);
        }
        let files = self.ca_file.iter().map(|file| file.display().to_string());
        fetch.ca_files.extend(files);
    }
}

const PROXY: &str = "Ask through this proxy (http, https, socks5, socks5h) [default: as HTTP_PROXY, \
    HTTPS_PROXY, ALL_PROXY and NO_PROXY say]";

fn robots() -> impl TypedValueParser<Value = Robots> {
    PossibleValuesParser::new(ROBOTS.map(|(word, _)| word)).try_map(|word| {
        let found = ROBOTS.iter().find(|(known, _)| *known == word);
        found.map(|(_, robots)| *robots).ok_or("unknown word")
    })
}

fn contact(text: &str) -> Result<String, String> {
    let text = text.trim();
    let fits = |c: char| c == ' ' || c.is_ascii_graphic();
    if text.is_empty() || !text.chars().all(fits) {
        return Err("must be ASCII, since it is sent in a header".to_owned());
    }
    Ok(text.to_owned())
}
