//! Links between a page, its copies and their lists, as in `Link` headers and `TimeMaps`.
//!
//! Sources: RFC 8288 and 6690 (`application/link-format`), RFC 7089 (relations of Memento).

use jiff::Timestamp;
use url::Url;

use super::stamp;

/// More links than are looked at.
const MOST_LINKS: usize = 20_000;

/// One link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MementoLink {
    /// Where it leads.
    pub url: Url,
    /// Its relations, in lower case: `memento`, `first`, `timemap`, `original` …
    pub relations: Vec<String>,
    /// When the copy it leads to was made, UTC.
    pub captured: Option<Timestamp>,
}

impl MementoLink {
    /// Whether it has that relation.
    #[must_use]
    pub fn is(&self, relation: &str) -> bool {
        self.relations.iter().any(|own| own == relation)
    }
}

/// Reads links; relative ones are taken from `base`. What cannot be read is left out.
#[must_use]
pub fn read_links(text: &str, base: &Url) -> Vec<MementoLink> {
    let mut links = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('<') {
        let Some((target, after)) = after.split_once('>') else {
            break;
        };
        let (parameters, after) = after
            .split_at_checked(end_of_parameters(after))
            .unwrap_or((after, ""));
        rest = after;
        if let Ok(url) = base.join(target.trim()) {
            links.push(link(url, parameters));
        }
        if MOST_LINKS <= links.len() {
            break;
        }
    }
    links
}

/// The byte of the comma behind the parameters; commas within quotes are none.
fn end_of_parameters(text: &str) -> usize {
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => return at,
            _ => {}
        }
    }
    text.len()
}

fn link(url: Url, parameters: &str) -> MementoLink {
    let value = |name: &str| {
        parameters.split(';').find_map(|parameter| {
            let (own, value) = parameter.split_once('=')?;
            own.trim()
                .eq_ignore_ascii_case(name)
                .then(|| value.trim().trim_matches('"'))
        })
    };
    let relations = value("rel").unwrap_or_default();
    MementoLink {
        url,
        relations: relations
            .split_ascii_whitespace()
            .map(str::to_ascii_lowercase)
            .collect(),
        captured: value("datetime").and_then(stamp::read_http_date),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_read() {
        let text = "<http://river.com/a,b>; rel=\"original\",\n\
            <http://w.example/map/http://river.com/a,b>; rel=\"self\"; \
            type=\"application/link-format\"; from=\"Wed, 02 Jan 2019 03:04:05 GMT\",\n\
            <20190102030405/http://river.com/a,b>; rel=\"first memento\"; \
            datetime=\"Wed, 02 Jan 2019 03:04:05 GMT\",\n\
            <http://w.example/20190202030405/x>; REL=memento; datetime=\"soon\",\n\
            <http://[>; rel=memento, <unended";
        let Ok(base) = Url::parse("http://w.example/map/") else {
            return;
        };
        let links = read_links(text, &base);
        let shown: Vec<String> = links
            .iter()
            .map(|link| {
                let at = link.captured.map(stamp::write).unwrap_or_default();
                format!("{} {} {at}", link.url, link.relations.join("+"))
            })
            .collect();
        assert_eq!(
            shown,
            [
                "http://river.com/a,b original ",
                "http://w.example/map/http://river.com/a,b self ",
                "http://w.example/map/20190102030405/http://river.com/a,b first+memento \
                 20190102030405",
                "http://w.example/20190202030405/x memento ",
            ]
        );
        assert!(links.iter().any(|link| link.is("memento")));
        assert!(read_links("", &base).is_empty());
    }
}
