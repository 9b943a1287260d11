//! Settings → what `fetch` takes.

use std::time::Duration;

use jiff::SignedDuration;
use thiserror::Error;

use crate::archive::playback_hosts;
use crate::fetch::{FetchOptions, HostOptions, user_agent};

use super::fetch_settings::FetchSettings;
use super::host::{HeaderText, HostSettings, is_header_value};
use super::proxies::proxies;
use super::settings::Settings;

/// The pause of a web archive's host to begin with: as many pages a minute as archives are asked
/// for copies.
const ARCHIVE_INTERVAL: Duration = Duration::from_secs(3);

/// A header field of `[[host]]` that cannot be sent.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum HeaderError {
    /// Its environment variable is not set.
    #[error(
        "the [[host]] in {place} takes `{header}` from the environment variable {variable}, which is not set"
    )]
    Unset {
        /// Where the entry stands.
        place: String,
        /// The header field.
        header: String,
        /// The variable.
        variable: String,
    },
    /// Its environment variable holds what no header field can.
    #[error(
        "the environment variable {variable} holds characters that the header field `{header}` of the [[host]] in {place} cannot"
    )]
    Value {
        /// Where the entry stands.
        place: String,
        /// The header field.
        header: String,
        /// The variable.
        variable: String,
    },
}

impl Settings {
    /// The settings as `fetch` takes them, without [`ca_files`](super::FetchSettings::ca_files),
    /// whose certificates are not read here. `variable` tells what an environment variable holds.
    ///
    /// # Errors
    ///
    /// When a header field is to be taken from a variable that is not set, or cannot be sent.
    pub fn fetch_options(
        &self,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<FetchOptions, HeaderError> {
        let fetch = &self.fetch;
        let defaults = FetchOptions::default();
        let timeout = fetch.timeout.map_or(defaults.timeout, time);
        let header = fetch.first_byte_timeout.map(time);
        let hosts = self.hosts.iter().map(|host| {
            let mut host = host_options(host, variable)?;
            // Whoever gives a host more time means the wait for its answer above all.
            host.first_byte_timeout = (host.timeout).map(|timeout| header.unwrap_or(timeout));
            Ok(host)
        });
        let own: Vec<HostOptions> = hosts.collect::<Result<_, _>>()?;
        Ok(FetchOptions {
            user_agent: agent(fetch),
            allow_private: fetch.allow_private,
            connect_timeout: time(fetch.connect_timeout).min(timeout),
            first_byte_timeout: header
                .or(fetch.timeout.map(time))
                .unwrap_or(defaults.first_byte_timeout)
                .min(timeout),
            timeout,
            min_speed: fetch.min_speed,
            // Retries and redirects add up; no URL holds a run up longer than two of its timeouts.
            patience: timeout.saturating_mul(2),
            body_limit_bytes: fetch.max_body_bytes,
            max_redirects: fetch.max_redirects,
            retries: fetch.retries,
            backoff: time(fetch.backoff),
            retry_after_limit: time(fetch.retry_after_limit),
            concurrency: fetch.concurrency,
            per_host: fetch.per_host,
            interval: time(fetch.interval),
            max_interval: time(fetch.max_interval).max(time(fetch.interval)),
            robots: fetch.robots,
            keep_bodies: !fetch.links_only,
            browser_retry: fetch.browser_retry,
            proxies: proxies(&fetch.proxy, &fetch.proxy_bypass, variable),
            dns_servers: fetch.dns_servers.clone(),
            hosts: with_archives(own),
            resolve: fetch.resolve.clone(),
            control_names: fetch.control_names.clone(),
            ..defaults
        })
    }
}

fn host_options(
    host: &HostSettings,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<HostOptions, HeaderError> {
    let mut headers = Vec::new();
    for (header, text) in &host.headers {
        let value = match text {
            HeaderText::Plain(text) => text.clone(),
            HeaderText::Variable(name) => {
                let (place, header, name) = (host.place.clone(), header.clone(), name.clone());
                let Some(value) = variable(&name).filter(|value| !value.trim().is_empty()) else {
                    return Err(HeaderError::Unset {
                        place,
                        header,
                        variable: name,
                    });
                };
                // A line feed at the end comes with `$(cat FILE)`'s relatives.
                let value = value.trim();
                if !is_header_value(value) {
                    return Err(HeaderError::Value {
                        place,
                        header,
                        variable: name,
                    });
                }
                value.to_owned()
            }
        };
        headers.push((header.clone(), value));
    }
    Ok(HostOptions {
        pattern: host.pattern.clone(),
        per_host: host.per_host,
        interval: host.interval.map(time),
        timeout: host.timeout.map(time),
        first_byte_timeout: None,
        retries: host.retries,
        headers,
        skip: host.skip,
    })
}

/// The `User-Agent`. Whom to write to goes into one's own as a comment, unless it is there already.
fn agent(fetch: &FetchSettings) -> String {
    match (&fetch.user_agent, &fetch.contact) {
        (None, contact) => user_agent(contact.as_deref()),
        (Some(own), Some(contact)) if !own.contains(contact.as_str()) => {
            format!("{own} ({contact})")
        }
        (Some(own), _) => own.clone(),
    }
}

/// Adds that web archives are asked one page at a time and with pauses, wherever a citation leads to
/// them: they serve everybody's links and lock those out who ask faster. What settings say of one
/// of them holds besides.
fn with_archives(own: Vec<HostOptions>) -> Vec<HostOptions> {
    let (mut hosts, mut others) = (Vec::new(), Vec::new());
    for host in playback_hosts() {
        let said = own.iter().find(|own| own.fits(host)).cloned();
        let list = if said.is_some() {
            &mut hosts
        } else {
            &mut others
        };
        let said = said.unwrap_or_default();
        list.push(HostOptions {
            pattern: host.to_owned(),
            per_host: said.per_host.or(Some(1)),
            interval: said.interval.or(Some(ARCHIVE_INTERVAL)),
            ..said
        });
    }
    // The first that fits is taken.
    hosts.into_iter().chain(own).chain(others).collect()
}

/// Settings hold no negative durations.
fn time(duration: SignedDuration) -> Duration {
    duration.unsigned_abs()
}
