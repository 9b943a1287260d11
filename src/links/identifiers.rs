//! Identifiers in the addresses of landing pages.

use super::archive::host_and_path;
use super::percent;

/// An identifier that an address is made of, sound by its check digit or shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identifier {
    /// CS1's parameter: `doi`, `isbn` …
    pub parameter: &'static str,
    /// Its value as CS1 takes it.
    pub value: String,
}

/// The identifier whose landing page an address is; `None` for other addresses, and where the
/// check digit or the shape is wrong.
///
/// Knows DOI (ISO 26324), ISBN (ISO 2108), PMID, PMC, arXiv, JSTOR, OCLC, Handle, SSRN, Semantic
/// Scholar, bibcode and LCCN.
#[must_use]
pub fn identifier(url: &str) -> Option<Identifier> {
    let url = url.split('#').next().unwrap_or(url);
    let (host, path) = host_and_path(url)?;
    let path = percent::decoded(path);
    let path = path.as_str();
    let (page, query) = path.split_once('?').unwrap_or((path, ""));
    let page = page.trim_end_matches('/');
    let found =
        |parameter, value: Option<String>| value.map(|value| Identifier { parameter, value });
    match host.as_str() {
        "doi.org" | "dx.doi.org" => found("doi", doi(page)),
        "ncbi.nlm.nih.gov" if page.starts_with("pubmed/") => {
            found("pmid", number(page.strip_prefix("pubmed/")?, 8))
        }
        "pubmed.ncbi.nlm.nih.gov" => found("pmid", number(page, 8)),
        "ncbi.nlm.nih.gov" => found("pmc", pmc(page.strip_prefix("pmc/articles/")?)),
        "pmc.ncbi.nlm.nih.gov" => found("pmc", pmc(page.strip_prefix("articles/")?)),
        "arxiv.org" => {
            let kinds = ["abs/", "pdf/", "html/"];
            let paper = kinds.iter().find_map(|kind| page.strip_prefix(kind))?;
            found("arxiv", arxiv(paper.trim_end_matches(".pdf")))
        }
        "jstor.org" => found("jstor", number(page.strip_prefix("stable/")?, 9)),
        "worldcat.org" if page.starts_with("isbn/") => {
            found("isbn", isbn(page.strip_prefix("isbn/")?))
        }
        "worldcat.org" => {
            let number_of = page.strip_prefix("oclc/");
            found(
                "oclc",
                number(number_of.or_else(|| page.strip_prefix("title/"))?, 10),
            )
        }
        "hdl.handle.net" => found("hdl", handle(page)),
        "openlibrary.org" => found("isbn", isbn(page.strip_prefix("isbn/")?)),
        "semanticscholar.org" | "api.semanticscholar.org" => {
            found("s2cid", number(page.strip_prefix("CorpusID:")?, 9))
        }
        "ssrn.com" | "papers.ssrn.com" => found("ssrn", ssrn(page, query)),
        "ui.adsabs.harvard.edu" | "adsabs.harvard.edu" => found("bibcode", bibcode(page)),
        "lccn.loc.gov" => found("lccn", number(page, 10).filter(|value| 8 <= value.len())),
        _ if host.starts_with("books.google.") || host.starts_with("google.") => {
            let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            let given = pairs.filter(|(name, _)| matches!(*name, "isbn" | "vid"));
            let mut values = given.map(|(_, value)| value.trim_start_matches("ISBN"));
            found("isbn", values.find_map(isbn))
        }
        _ => None,
    }
}

/// Whether a text is an ISBN of ten or thirteen digits with a right check digit; hyphens and
/// spaces do not count.
fn isbn(text: &str) -> Option<String> {
    let text = text.trim();
    let digits: Vec<u32> = text
        .chars()
        .filter(|c| !matches!(c, '-' | ' '))
        .enumerate()
        .map(|(at, c)| match c {
            'X' | 'x' if at == 9 => Some(10),
            _ => c.to_digit(10),
        })
        .collect::<Option<_>>()?;
    let weighed = |weight: &dyn Fn(usize) -> u32| -> u32 {
        let digits = digits.iter().enumerate();
        digits.map(|(at, digit)| digit * weight(at)).sum()
    };
    let bookland = digits.starts_with(&[9, 7, 8]) || digits.starts_with(&[9, 7, 9]);
    let sound = match digits.len() {
        10 => weighed(&|at| u32::try_from(10 - at).unwrap_or(0)) % 11 == 0,
        13 => bookland && weighed(&|at| if at % 2 == 0 { 1 } else { 3 }) % 10 == 0,
        _ => false,
    };
    sound.then(|| text.to_owned())
}

/// `10.1000/182`: a registrant of four to nine digits, perhaps with more after a dot.
fn doi(text: &str) -> Option<String> {
    let (registrant, suffix) = text.split_once('/')?;
    let code = registrant.strip_prefix("10.")?;
    let first = code.split('.').next()?;
    let numeric = first.bytes().all(|byte| byte.is_ascii_digit());
    let sound = numeric && (4..=9).contains(&first.len()) && !suffix.trim().is_empty();
    let odd =
        suffix.contains(|c: char| c.is_whitespace() || matches!(c, '|' | '{' | '}' | '[' | ']'));
    (sound && !odd).then(|| text.to_owned())
}

fn number(text: &str, most: usize) -> Option<String> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (digits && text.len() <= most && !text.starts_with('0')).then(|| text.to_owned())
}

fn pmc(text: &str) -> Option<String> {
    number(text.strip_prefix("PMC")?, 8)
}

/// `2101.00001` (since April 2007, month 01 to 12) or `hep-th/9901001`, perhaps with a version.
fn arxiv(text: &str) -> Option<String> {
    let bare = match text.rsplit_once('v') {
        Some((before, version)) if number(version, 3).is_some() => before,
        Some(_) | None => text,
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let month = |part: &str| matches!(part.get(2..4)?.parse(), Ok(1..=12)).then_some(());
    if let Some((archive, paper)) = bare.split_once('/') {
        let named = |byte: u8| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'.');
        let named = !archive.is_empty() && archive.bytes().all(named);
        (named && paper.len() == 7 && digits(paper)).then_some(())?;
        month(paper)?;
    } else {
        let (date, paper) = bare.split_once('.')?;
        let sound = date.len() == 4 && digits(date) && digits(paper);
        (sound && (4..=5).contains(&paper.len())).then_some(())?;
        month(date)?;
    }
    Some(text.to_owned())
}

fn handle(text: &str) -> Option<String> {
    let (prefix, suffix) = text.split_once('/')?;
    let numeric = prefix.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let odd = suffix.contains(|c: char| c.is_whitespace() || matches!(c, '|' | '{' | '}'));
    (numeric && 2 <= prefix.len() && !suffix.is_empty() && !odd).then(|| text.to_owned())
}

fn ssrn(page: &str, query: &str) -> Option<String> {
    let in_query = query.split('&').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        matches!(name, "abstract_id" | "abstract").then_some(value)
    });
    let in_path = || page.strip_prefix("abstract=");
    number(in_query.or_else(in_path)?, 7)
}

/// Nineteen characters: year, journal, volume, page, initial.
fn bibcode(page: &str) -> Option<String> {
    let code = page.strip_prefix("abs/")?.split('/').next()?;
    let year = code.get(..4)?.parse::<u16>().ok()?;
    let shape = code.len() == 19
        && code
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'&'));
    (shape && (1000..2100).contains(&year)).then(|| code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_read_where_they_are_sound() {
        for (url, expect) in [
            ("https://doi.org/10.1000/182", Some("doi=10.1000/182")),
            ("http://dx.doi.org/10.1000%2F182", Some("doi=10.1000/182")),
            ("https://doi.org/11.1000/182", None),
            ("https://doi.org/10.10/182", None),
            (
                "https://www.ncbi.nlm.nih.gov/pubmed/123456",
                Some("pmid=123456"),
            ),
            (
                "https://pubmed.ncbi.nlm.nih.gov/123456/",
                Some("pmid=123456"),
            ),
            ("https://pubmed.ncbi.nlm.nih.gov/?term=quake", None),
            (
                "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123456/",
                Some("pmc=123456"),
            ),
            (
                "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123456/pdf/a.pdf",
                None,
            ),
            (
                "https://arxiv.org/abs/2101.00001v2",
                Some("arxiv=2101.00001v2"),
            ),
            (
                "https://arxiv.org/pdf/2101.00001.pdf",
                Some("arxiv=2101.00001"),
            ),
            ("https://arxiv.org/abs/2113.00001", None),
            (
                "https://arxiv.org/abs/hep-th/9901001",
                Some("arxiv=hep-th/9901001"),
            ),
            (
                "https://www.jstor.org/stable/4026964?seq=1",
                Some("jstor=4026964"),
            ),
            ("https://www.jstor.org/stable/10.2307/4026964", None),
            ("https://www.worldcat.org/oclc/12345", Some("oclc=12345")),
            (
                "https://www.worldcat.org/isbn/9780306406157",
                Some("isbn=9780306406157"),
            ),
            ("https://www.worldcat.org/isbn/9780306406158", None),
            (
                "https://books.google.com/books?vid=ISBN0306406152&pg=PA1",
                Some("isbn=0306406152"),
            ),
            (
                "https://books.google.de/books?isbn=080442957X",
                Some("isbn=080442957X"),
            ),
            ("https://books.google.com/books?id=abc", None),
            (
                "https://hdl.handle.net/2027/mdp.39015",
                Some("hdl=2027/mdp.39015"),
            ),
            (
                "https://papers.ssrn.com/sol3/papers.cfm?abstract_id=512922",
                Some("ssrn=512922"),
            ),
            (
                "https://ui.adsabs.harvard.edu/abs/1974AJ.....79..819H/abstract",
                Some("bibcode=1974AJ.....79..819H"),
            ),
            ("https://a.example/doi/10.1000/182", None),
            ("", None),
        ] {
            let found = identifier(url).map(|id| format!("{}={}", id.parameter, id.value));
            assert_eq!(found.as_deref(), expect, "{url}");
        }
    }
}
