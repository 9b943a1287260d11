//! Addresses at which sites ask who the visitor is.

use std::sync::LazyLock;

use url::Url;

use super::canonical::canonical;
use super::percent;

/// Parameters by which one script shows different pages.
const CHOOSES: [&str; 9] = [
    "action", "mode", "do", "act", "op", "page", "view", "title", "cmd",
];

/// How plainly an address is that of a log-in page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LoginAddress {
    /// Pages for members, accounts and sessions stand there, those to log in among them.
    Perhaps,
    /// Nothing else stands there.
    Sure,
}

/// What an address tells of a log-in page by its host, its path and the parameters that choose a
/// page (`?action=login`); `None` if nothing.
///
/// The words stand in `data/login-addresses.tsv`, in many languages.
///
/// # Examples
///
/// ```
/// use citecheck::links::{LoginAddress, login_address};
///
/// let of = |url: &str| login_address(&url.parse().unwrap());
/// assert_eq!(of("https://news.example/users/sign_in"), Some(LoginAddress::Sure));
/// assert_eq!(of("https://news.example/account/"), Some(LoginAddress::Perhaps));
/// assert_eq!(of("https://news.example/2024/new-login-for-all-readers"), None);
/// ```
#[must_use]
pub fn login_address(url: &Url) -> Option<LoginAddress> {
    let host = url.host_str().unwrap_or_default().to_ascii_lowercase();
    let label = host.split('.').next().unwrap_or_default();
    let path = percent::decoded(url.path()).to_lowercase();
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let chosen: Vec<String> = url
        .query_pairs()
        .filter(|(name, _)| CHOOSES.contains(&name.as_ref()))
        .map(|(_, value)| value.to_lowercase())
        .collect();
    let joined: Vec<String> = parts.iter().map(|part| joined(part)).collect();
    let is_there = |row: &Row| match row.place {
        Place::Host => {
            let before = host.strip_suffix(row.what);
            before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
        }
        // A label alone is no host of a site.
        Place::Label => label == row.what && label.len() < host.len(),
        Place::Segment => joined.iter().any(|part| part == row.what),
        Place::Word => {
            let mut said = parts
                .iter()
                .copied()
                .chain(chosen.iter().map(String::as_str));
            said.any(|part| has_word(part, row.what))
        }
        Place::Path => row.what.split_once('/').is_some_and(|(first, second)| {
            let pairs = joined.iter().zip(joined.iter().skip(1));
            pairs.into_iter().any(|(a, b)| a == first && b == second)
        }),
    };
    let there = ROWS.iter().filter(|row| is_there(row));
    there.map(|row| row.sure).max()
}

/// Whether the query of an address holds another one, whole or without its host, to come back to:
/// `?next=/report/7`, `?ReturnUrl=https%3A%2F%2F…`, whatever the name of the parameter.
///
/// The front page has nothing to tell it by and is never found.
#[must_use]
pub fn leads_back(from: &Url, to: &Url) -> bool {
    if from.path().trim_matches('/').is_empty() {
        return false;
    }
    let whole = canonical(from.as_str());
    let path = percent::decoded(from.path());
    let path = path.trim_end_matches('/');
    to.query_pairs().any(|(_, value)| {
        // Encoded twice where it passed two redirects.
        let value = percent::decoded(&value);
        let own = value.split(['?', '#']).next().unwrap_or_default();
        canonical(&value) == whole || own.trim_end_matches('/') == path
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Host,
    Label,
    Segment,
    Word,
    Path,
}

/// One line of the table.
struct Row {
    place: Place,
    what: &'static str,
    sure: LoginAddress,
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let lines = include_str!("data/login-addresses.tsv").lines();
    lines
        .filter(|line| !line.starts_with('#'))
        .filter_map(row)
        .collect()
});

fn row(line: &'static str) -> Option<Row> {
    let mut columns = line.split('\t');
    let place = match columns.next()? {
        "host" => Place::Host,
        "label" => Place::Label,
        "segment" => Place::Segment,
        "word" => Place::Word,
        "path" => Place::Path,
        _ => return None,
    };
    let what = columns.next()?;
    let sure = match columns.next()? {
        "sure" => LoginAddress::Sure,
        "perhaps" => LoginAddress::Perhaps,
        _ => return None,
    };
    Some(Row { place, what, sure })
}

/// A part of a path without its ending, parameters and joints: `Sign_In.aspx;v=1` is `signin`.
fn joined(part: &str) -> String {
    name(part).replace(['-', '_', ' ', '+'], "")
}

/// Whether a word stands in a part of a path that is no headline. Two words may make one.
fn has_word(part: &str, word: &str) -> bool {
    const MOST_WORDS: usize = 3;
    let words: Vec<&str> = part
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let pairs = words.iter().zip(words.iter().skip(1));
    let mut pairs = pairs.map(|(a, b)| [*a, *b].concat());
    words.len() <= MOST_WORDS && (words.contains(&word) || pairs.any(|pair| pair == word))
}

fn name(part: &str) -> &str {
    part.split(['.', ';']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        let data = include_str!("data/login-addresses.tsv");
        let lines = data.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(lines.count(), ROWS.len());
        for row in ROWS.iter() {
            assert!(!row.what.contains(['-', '_']) && !row.what.is_empty());
        }
    }
}
