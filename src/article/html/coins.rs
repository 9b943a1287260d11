//! `COinS`: the machine-readable copy of a citation that the citation templates print beside it
//! (`<span class="Z3988" title="ctx_ver=Z39.88-2004&…">`, `OpenURL` 1.0 key/value pairs).

use crate::model::{Citation, CitedDate, Person};

/// What a `COinS` title holds of a citation: title, date, people, work, publisher, address.
///
/// CS1 writes `rft.date` in ISO form, names as `Last, First` and the cited address as the first
/// `rft_id` that is an address.
pub(super) fn read(title: &str) -> Citation {
    let pairs: Vec<(String, String)> = url::form_urlencoded::parse(title.as_bytes())
        .map(|(key, value)| (key.into_owned(), value.trim().to_owned()))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let all = |key: &'static str| {
        let matching = pairs.iter().filter(move |(name, _)| name == key);
        matching.map(|(_, value)| value.as_str())
    };
    let first = |key| all(key).next().map(str::to_owned);
    // For a part of a book `atitle` is the chapter: CS1's `title` is the book's.
    let (atitle, btitle) = (first("rft.atitle"), first("rft.btitle"));
    let is_part = btitle.is_some();
    let title = btitle.or_else(|| if is_part { None } else { atitle.clone() });
    Citation {
        title: title.or_else(|| first("rft.title")),
        work: first("rft.jtitle"),
        publisher: first("rft.pub"),
        date: all("rft.date").next().and_then(date),
        authors: authors(&all),
        url: all("rft_id")
            .find(|id| id.starts_with("http:") || id.starts_with("https:"))
            .map(str::to_owned),
        ..Citation::default()
    }
}

/// `2024-11-03`, `2024-11`, `2024`; ranges as `2009-01/2009-03`.
fn date(text: &str) -> Option<CitedDate> {
    text.parse().ok()
}

fn authors<'a, I: Iterator<Item = &'a str>>(all: &impl Fn(&'static str) -> I) -> Vec<Person> {
    let last = all("rft.aulast").next();
    let given = all("rft.aufirst").next();
    let first = match (last, given) {
        (Some(last), Some(first)) => Some(Person::Split {
            last: last.to_owned(),
            first: first.to_owned(),
        }),
        (Some(name), None) => Some(Person::Whole {
            name: name.to_owned(),
        }),
        _ => None,
    };
    let same = |name: &str| match &first {
        Some(Person::Split { last, first }) => name == format!("{last}, {first}"),
        Some(Person::Whole { name: known }) => name == known,
        None => false,
    };
    let others = all("rft.au")
        .filter(|name| !same(name))
        .map(|name| match name.split_once(", ") {
            Some((last, first)) if !first.contains(',') => Person::Split {
                last: last.to_owned(),
                first: first.to_owned(),
            },
            _ => Person::Whole {
                name: name.to_owned(),
            },
        });
    let others: Vec<Person> = others.collect();
    first.into_iter().chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn article_and_chapter_are_told_apart() {
        let news = read(
            "rft.genre=article&rft.jtitle=The+Gazette&rft.atitle=A+day&rft.date=2019-05-03\
             &rft.aulast=Vale&rft.aufirst=Ann&rft.au=Roe%2C+Bo&rft_id=https%3A%2F%2Fa.example%2Fx",
        );
        assert_eq!(news.title.as_deref(), Some("A day"));
        assert_eq!(news.work.as_deref(), Some("The Gazette"));
        assert_eq!(
            news.date.map(|date| date.to_string()).as_deref(),
            Some("2019-05-03")
        );
        assert_eq!(news.url.as_deref(), Some("https://a.example/x"));
        assert_eq!(news.authors.len(), 2);
        let part = read("rft.genre=bookitem&rft.atitle=Chapter&rft.btitle=Book&rft.pub=P");
        assert_eq!(part.title.as_deref(), Some("Book"));
        assert_eq!(part.publisher.as_deref(), Some("P"));
    }
}
