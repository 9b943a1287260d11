//! Names of sources that stay the same while an article is edited.

use crate::links::canonical_part;
use crate::model::{Citation, LanguageTag, Person};

/// The name of a source in a to-do list: its article, the source itself, the two languages.
pub(super) fn id(article: &str, source: &str, from: &LanguageTag, into: &LanguageTag) -> String {
    format!("{}.{source}.{from}_{into}", article_part(article))
}

/// What stands for an article in the names of its sources: eight hexadecimal digits.
///
/// The article counts by its file name alone, so that the name does not depend on where a run was
/// started.
pub(crate) fn article_part(article: &str) -> String {
    let file = article.rsplit(['/', '\\']).next().unwrap_or(article);
    let digits = format!("{:016x}", fnv1a(file));
    digits.chars().take(8).collect()
}

/// What names a work for good: its address in the form by which pages are compared, else its title
/// with who wrote it and where it appeared.
///
/// Two citations of one address have one name. Ten hexadecimal digits.
///
/// # Examples
///
/// ```
/// use citecheck::check::source_key;
/// use citecheck::model::Citation;
///
/// let citation = |url: &str, title: &str| Citation {
///     url: Some(url.to_owned()),
///     title: Some(title.to_owned()),
///     ..Citation::default()
/// };
/// let key = source_key(&citation("https://richka.example/novyny?utm_source=x", "Річка"));
/// assert_eq!(key, source_key(&citation("http://www.richka.example/novyny", "Річка вийшла")));
/// assert_eq!(key.len(), 10);
/// ```
#[must_use]
pub fn source_key(citation: &Citation) -> String {
    let named = if let Some(url) = &citation.url {
        canonical_part(url)
    } else {
        let author = citation.authors.first().map(|author| match author {
            Person::Split { last, first } => format!("{last} {first}"),
            Person::Whole { name } => name.clone(),
        });
        let title = citation.script_title.as_ref().or(citation.title.as_ref());
        let parts = [title, citation.work.as_ref(), author.as_ref()];
        let parts = parts.map(|part| letters(part.map_or("", String::as_str)));
        parts.join("\n")
    };
    short(&named)
}

/// What tells titles of one address apart: six hexadecimal digits.
pub(super) fn title_key(title: &str) -> String {
    short(&letters(title)).chars().take(6).collect()
}

fn short(text: &str) -> String {
    let digits = format!("{:016x}", fnv1a(text));
    digits.chars().take(10).collect()
}

/// Letters and digits in lower case: what is left of a text when its marks are mended.
fn letters(text: &str) -> String {
    let kept = text.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

/// FNV-1a of 64 bits: the same on every machine and in every version, which the standard library's
/// hashes do not promise.
fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_everywhere_and_for_good() {
        let (uk, en) = (
            LanguageTag::from_static("uk"),
            LanguageTag::from_static("en"),
        );
        let citation = Citation {
            url: Some("https://richka.example/1".to_owned()),
            ..Citation::default()
        };
        let name = |article: &str| id(article, &source_key(&citation), &uk, &en);
        assert_eq!(name("articles/rivers.wiki"), name("C:\\x\\rivers.wiki"));
        assert_ne!(name("rivers.wiki"), name("banks.wiki"));
        // Names stand in files that translators keep: they must not change.
        assert_eq!(name("rivers.wiki"), "cf6a3d28.4da51349da.uk_en");
    }

    #[test]
    fn works_without_an_address_are_known_by_what_they_are() {
        let key = |title: &str, work: &str| {
            source_key(&Citation {
                title: Some(title.to_owned()),
                work: Some(work.to_owned()),
                ..Citation::default()
            })
        };
        assert_eq!(key("Die Flut", "Zeit"), key("„Die Flut“", "ZEIT"));
        assert_ne!(key("Die Flut", "Zeit"), key("Die Flut", "Welt"));
    }
}
