//! The language that an address tells.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::declared::{DeclaredLanguage, LanguageSignal};
use super::names::tag_for_name;

/// Top-level domains and labels, from the data file.
struct AddressLanguages {
    countries: HashMap<&'static str, &'static str>,
    labels: HashSet<&'static str>,
}

static KNOWN: LazyLock<AddressLanguages> = LazyLock::new(|| {
    let mut known = AddressLanguages {
        countries: HashMap::new(),
        labels: HashSet::new(),
    };
    for line in include_str!("data/host-languages.tsv").lines() {
        let mut columns = line.split('\t');
        match (columns.next(), columns.next(), columns.next()) {
            (Some("country"), Some(domain), Some(language)) => {
                known.countries.insert(domain, language);
            }
            (Some("label"), Some(language), None) => {
                known.labels.insert(language);
            }
            _ => {}
        }
    }
    known
});

/// The language that a host name (lower case) declares: by a label in front such as `de.`, else
/// by its country.
///
/// `None` for hosts of no one language (`.com`, `.ch`).
#[must_use]
pub fn host_language(host: &str) -> Option<DeclaredLanguage> {
    let labels: Vec<&str> = host.split('.').collect();
    let label = labels.first().filter(|_| 2 < labels.len());
    let by_label = label.and_then(|label| KNOWN.labels.get(*label).copied());
    let language = by_label.or_else(|| {
        labels
            .last()
            .and_then(|last| KNOWN.countries.get(*last).copied())
    })?;
    Some(DeclaredLanguage {
        tag: tag_for_name(language)?,
        signal: LanguageSignal::Host,
    })
}

/// The language code in the first or second segment of a URL's path: `/uk/news/…`, `/en-us/…`.
#[must_use]
pub fn path_language(path: &str) -> Option<DeclaredLanguage> {
    let code = path
        .trim_start_matches('/')
        .split('/')
        .take(2)
        .find_map(|segment| {
            let lower = segment.to_ascii_lowercase();
            let primary = lower.split(['-', '_']).next().unwrap_or_default();
            let shaped = lower == primary || lower.len() == 5;
            (shaped && KNOWN.labels.contains(primary)).then(|| lower.clone())
        })?;
    Some(DeclaredLanguage {
        tag: tag_for_name(&code)?,
        signal: LanguageSignal::UrlPath,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_tell_their_language() {
        let host = |host| host_language(host).map(|found| found.tag.to_string());
        for (name, expect) in [
            ("www.beispiel.de", Some("de")),
            ("news.beispiel.at", Some("de")),
            ("visnyk.ua", Some("uk")),
            ("shimbun.jp", Some("ja")),
            ("khao.th", Some("th")),
            ("khabar.ir", Some("fa")),
            ("ar.news.com", Some("ar")),
            ("news.com", None),
            ("beispiel.ch", None),
            ("", None),
        ] {
            assert_eq!(host(name).as_deref(), expect, "{name}");
        }
        let path = |path| path_language(path).map(|found| found.tag.to_string());
        assert_eq!(path("/uk/news/1").as_deref(), Some("uk"));
        assert_eq!(path("/news/de/1").as_deref(), Some("de"));
        assert_eq!(path("/news/1/de"), None);
    }
}
