//! The header fields of a request: those of every request, and what this one carries besides.

use url::Url;

use super::options::{FetchOptions, HostOptions};
use super::transport::Request;

/// What stands in a recording for a secret.
pub(super) const REDACTED: &str = "[redacted]";
const ACCEPT: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/// What browsers send with the address that a reader typed in, `User-Agent` and client hints
/// apart: those would name another program.
const BROWSER_FIELDS: &[(&str, &str)] = &[
    (
        "accept",
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    ),
    ("accept-language", "en-US,en;q=0.5"),
    ("upgrade-insecure-requests", "1"),
    ("sec-fetch-dest", "document"),
    ("sec-fetch-mode", "navigate"),
    ("sec-fetch-site", "none"),
    ("sec-fetch-user", "?1"),
];

/// The fields that every request carries.
pub(super) fn plain(user_agent: &str) -> [(&'static str, &str); 4] {
    [
        ("user-agent", user_agent),
        ("accept", ACCEPT),
        // The page in its own language is what the article cites, so none is preferred.
        ("accept-language", "*"),
        ("accept-encoding", "gzip, deflate, br, zstd"),
    ]
}

/// What this request carries beyond or instead of [`plain`].
pub(super) fn special<'a>(
    request: &'a Request,
    hosts: &'a [HostOptions],
) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = Vec::new();
    if request.as_browser {
        fields.extend_from_slice(BROWSER_FIELDS);
    }
    if let Some(known) = &request.validators {
        let etag = known.etag.iter().map(|tag| ("if-none-match", tag.as_str()));
        let date = known.last_modified.iter();
        fields.extend(etag);
        fields.extend(date.map(|date| ("if-modified-since", date.as_str())));
    }
    if let Some(cookies) = &request.cookies {
        fields.push(("cookie", cookies));
    }
    let settings = settings_of(hosts, &request.url).filter(|_| request.host_headers);
    for (name, value) in settings.into_iter().flat_map(|settings| &settings.headers) {
        fields.push((name, value));
    }
    for (name, value) in &request.fields {
        fields.push((name, value));
    }
    fields
}

/// All fields, as they are written down: in the order in which they go out, without the values
/// that the settings give for the host, which may be secrets whatever the field is called.
pub(super) fn all(request: &Request, options: &FetchOptions) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let plain = plain(&options.user_agent).into_iter();
    let settings = settings_of(&options.hosts, &request.url).filter(|_| request.host_headers);
    let own: Vec<&str> = (settings.into_iter())
        .flat_map(|settings| &settings.headers)
        .map(|(name, _)| name.as_str())
        .collect();
    for (name, value) in plain.chain(special(request, &options.hosts)) {
        let value = if own.contains(&name) { REDACTED } else { value };
        match fields.iter_mut().find(|(known, _)| known == name) {
            Some((_, before)) => value.clone_into(before),
            None => fields.push((name.to_owned(), value.to_owned())),
        }
    }
    fields
}

/// The first of the settings whose pattern fits the URL's host.
pub(super) fn settings_of<'a>(hosts: &'a [HostOptions], url: &Url) -> Option<&'a HostOptions> {
    let host = url.host_str()?.trim_end_matches('.');
    hosts.iter().find(|settings| settings.fits(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_whole_labels_only() {
        let check = |pattern: &str, host: &str, expect: bool| {
            let options = HostOptions {
                pattern: pattern.to_owned(),
                ..HostOptions::default()
            };
            assert_eq!(options.fits(host), expect, "{pattern} {host}");
        };
        check("a.example", "a.example", true);
        check("a.example", "b.a.example", false);
        check("*.a.example", "a.example", true);
        check("*.a.example", "c.b.a.example", true);
        check("*.a.example", "ba.example", false);
        check("*.a.example", "example", false);
    }
}
