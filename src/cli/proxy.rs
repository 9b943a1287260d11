//! The settings of the network and what the environment and files add to them.

use std::path::Path;

use anyhow::{Result, anyhow, bail};
use citecheck::config::Settings;
use citecheck::fetch::FetchOptions;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use url::Url;

use super::archives;
use super::text::read_file;
use super::voice::say;

/// The settings as `fetch` takes them, with proxies and secrets of the environment and the
/// certificates of files.
pub(super) fn options(settings: &Settings) -> Result<FetchOptions> {
    let mut options = settings.fetch_options(&variable)?;
    options.hosts.splice(0..0, archives::never_asked());
    for file in &settings.fetch.ca_files {
        options.extra_roots.extend(certificates(Path::new(file))?);
    }
    Ok(options)
}

/// The settings for a recording, which needs neither secrets nor proxies.
pub(super) fn without_environment(settings: &Settings) -> Result<FetchOptions> {
    let mut settings = settings.clone();
    for host in &mut settings.hosts {
        host.headers.clear();
    }
    Ok(settings.fetch_options(&|_| None)?)
}

/// Says which proxy is asked through, and what is then its duty.
pub(super) fn tell(options: &FetchOptions) {
    let proxies = &options.proxies;
    let mut named: Vec<String> = [&proxies.http, &proxies.https]
        .into_iter()
        .flatten()
        .map(shown)
        .collect();
    named.dedup();
    if !named.is_empty() {
        say(&format!(
            "asking through the proxy {}: it looks up the names, so keeping away from private \
             addresses is its duty",
            named.join(" and ")
        ));
    }
}

/// A proxy's scheme, host and port: no name, no password.
fn shown(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let port = url
        .port()
        .map_or_else(String::new, |port| format!(":{port}"));
    format!("{}://{host}{port}", url.scheme())
}

fn certificates(file: &Path) -> Result<Vec<Vec<u8>>> {
    let text = read_file(file)?;
    let mut found = Vec::new();
    for certificate in CertificateDer::pem_slice_iter(&text) {
        let certificate = certificate.map_err(|problem| {
            anyhow!(
                "{} is no file of certificates (PEM): {problem}",
                file.display()
            )
        })?;
        found.push(certificate.as_ref().to_vec());
    }
    if found.is_empty() {
        bail!(
            "{} holds no certificate; it takes PEM, which begins with -----BEGIN CERTIFICATE-----",
            file.display()
        );
    }
    Ok(found)
}

/// What an environment variable holds; one that is no text counts as not set.
fn variable(name: &str) -> Option<String> {
    std::env::var_os(name)?.into_string().ok()
}
