//! The citation templates of the Wikipedias and what their parameters mean.

use std::sync::LazyLock;

use super::tables::{ByLanguage, FILES, Tables};
use crate::model::{DateStyle, UrlStatus};
use crate::wikitext::fold_name;

/// What a template is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TemplateKind {
    /// Cites a work.
    Citation,
    /// Tells of an archived copy, of the source before it or as a source of its own.
    Archive,
    /// Says that the link before it is dead.
    DeadLink,
    /// Holds the list of references of a group; `""` for the nameless one.
    ReferenceList(&'static str),
    /// Makes a note in that group, unless the note names one itself.
    Note(&'static str),
    /// Makes a footnote as a `<ref>` tag does.
    Footnote,
    /// Uses references by their names.
    Use,
    /// Makes a footnote that names works by author and year.
    ShortFootnote,
    /// Names works by author and year where it stands.
    ShortCitation,
    /// Names a citation so that short footnotes find it.
    Anchor,
    /// Says how the article's dates are written.
    DateStyle(DateStyle),
    /// Names the language of the source beside it.
    Language,
    /// Cites nothing.
    Other,
}

/// A CS1 parameter that a wiki's parameter stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Canonical {
    /// CS1's name; `#` where the number of a list goes.
    pub(super) name: &'static str,
    /// The number written with it.
    pub(super) number: Option<u16>,
}

impl Canonical {
    /// The name with its number; the first of a list has none.
    pub(super) fn key(self) -> String {
        match self.number {
            Some(number) if 1 < number => self.name.replace('#', &number.to_string()),
            _ => self.name.replace('#', ""),
        }
    }
}

/// The languages in the order in which their names count.
#[derive(Debug, Clone)]
pub(super) struct Preference {
    /// Place in the order, by place in [`FILES`].
    rank: Vec<u16>,
    /// The first language.
    pub(super) first: &'static str,
}

/// The tables of all languages.
pub(super) static TABLES: LazyLock<Tables> = LazyLock::new(Tables::read);

impl Preference {
    /// The article's own language, then English, then the others.
    pub(super) fn of(language: Option<&str>) -> Self {
        Self::with(&[], language)
    }

    /// Those languages, then the article's own, then English, then the others.
    pub(super) fn with(languages: &[&str], own: Option<&str>) -> Self {
        let own = own.map(wiki_language);
        let class = |language: &str| {
            if languages.contains(&language) {
                0
            } else if Some(language) == own {
                1000
            } else {
                2000
            }
        };
        let rank: Vec<u16> = FILES
            .iter()
            .zip(0_u16..)
            .map(|((language, _), index)| class(language) + index)
            .collect();
        let ranked = FILES.iter().zip(&rank);
        let first = ranked.min_by_key(|(_, rank)| **rank);
        Self {
            first: first.map_or("en", |((language, _), _)| *language),
            rank,
        }
    }

    fn rank(&self, language: u8) -> u16 {
        let rank = self.rank.get(usize::from(language));
        rank.copied().unwrap_or(u16::MAX)
    }

    /// What the first of the languages that has a name says of it, and its rank.
    fn first_of<T: Copy>(&self, map: &ByLanguage<T>, key: &str) -> Option<(u16, T)> {
        let known = map.get(key)?.iter();
        let ranked = known.map(|(language, value)| (self.rank(*language), *value));
        ranked.min_by_key(|(rank, _)| *rank)
    }
}

/// The language whose table holds the names that a language's wiki uses.
pub(super) fn wiki_language(language: &str) -> &str {
    match language {
        "nb" | "nn" => "no",
        "arz" | "ary" => "ar",
        "bs" | "sh" => "hr",
        "simple" => "en",
        other => other,
    }
}

/// All names as the files write them, `#` where a number may stand.
pub(super) fn spellings() -> impl Iterator<Item = &'static str> {
    let lines = FILES.iter().flat_map(|(_, table)| table.lines());
    lines
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(_, list)| list.split(';').map(str::trim))
}

/// The name of a template as it is looked up: folded, without its namespace.
pub(super) fn template_key(name: &str) -> String {
    let key = fold_name(name);
    if !key.contains(':') {
        return key;
    }
    let mut rest = key.strip_prefix(':').unwrap_or(&key);
    // `{{subst:Template:Cite web}}` has two.
    for _ in 0..2 {
        let mut namespaces = TABLES.namespaces.iter();
        let stripped = namespaces.find_map(|namespace| rest.strip_prefix(namespace.as_str()));
        rest = stripped.unwrap_or(rest);
    }
    rest.to_owned()
}

/// What the template of that key is for, and the languages whose wikis have it, in the order
/// given.
pub(super) fn template_kind(
    key: &str,
    order: &Preference,
) -> Option<(TemplateKind, Vec<&'static str>)> {
    let Some(known) = TABLES.templates.get(key) else {
        let mut prefixes = TABLES.prefixes.iter();
        let known = prefixes.any(|prefix| key.starts_with(prefix.as_str()));
        return known.then(|| (TemplateKind::Citation, vec!["en"]));
    };
    let (_, kind) = order.first_of(&TABLES.templates, key)?;
    let mut languages: Vec<u8> = known
        .iter()
        .filter(|(_, other)| *other == kind)
        .map(|(language, _)| *language)
        .collect();
    languages.sort_by_key(|language| order.rank(*language));
    let names = languages
        .into_iter()
        .filter_map(|language| FILES.get(usize::from(language)));
    Some((kind, names.map(|(language, _)| *language).collect()))
}

/// The CS1 parameter that a parameter of a template stands for, in the first of the languages
/// that knows its name.
pub(super) fn parameter(template: &str, name: &str, order: &Preference) -> Option<Canonical> {
    let key = fold_name(name);
    let (numbered, number) = without_number(&key);
    let exceptions = TABLES.exceptions.get(template);
    let parameters = &TABLES.parameters;
    let exact = |found: Option<(u16, &'static str)>| {
        let number = None;
        found.map(|(rank, name)| (rank, Canonical { name, number }))
    };
    let numbered = numbered
        .and_then(|key| order.first_of(parameters, &key))
        .map(|(rank, name)| (rank, Canonical { name, number }));
    let candidates = [
        exact(exceptions.and_then(|of| order.first_of(of, &key))),
        exact(order.first_of(parameters, &key)),
        numbered,
    ];
    let first = candidates
        .into_iter()
        .flatten()
        .min_by_key(|(rank, _)| *rank);
    first.map(|(_, canonical)| canonical)
}

/// What a parameter is in all templates of a kind that is no citation: `text`, `name` or `group`
/// of `note`.
pub(super) fn parameter_of(kind: &str, name: &str, order: &Preference) -> Option<&'static str> {
    let of = TABLES.exceptions.get(kind)?;
    order.first_of(of, &fold_name(name)).map(|(_, what)| what)
}

/// What a value of `url-status` or `dead-url` says.
pub(super) fn url_status(value: &str, order: &Preference) -> Option<UrlStatus> {
    let found = order.first_of(&TABLES.statuses, &fold_name(value));
    found.map(|(_, status)| status)
}

/// A folded name with the first number in it replaced by `#`, in any digits.
fn without_number(key: &str) -> (Option<String>, Option<u16>) {
    let Some(start) = key.find(|c| digit(c).is_some()) else {
        return (None, None);
    };
    let (before, rest) = key.split_at_checked(start).unwrap_or((key, ""));
    let end = rest.find(|c| digit(c).is_none()).unwrap_or(rest.len());
    let (digits, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let number = digits
        .chars()
        .filter_map(digit)
        .try_fold(0u16, |number, digit| {
            number.checked_mul(10)?.checked_add(digit)
        });
    (Some(format!("{before}#{after}")), number)
}

/// The value of a decimal digit of the scripts that wikis number parameters in.
pub(super) fn digit(c: char) -> Option<u16> {
    const ZEROS: [u32; 7] = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10];
    let code = u32::from(c);
    let value = ZEROS
        .iter()
        .find_map(|zero| code.checked_sub(*zero).filter(|value| *value < 10));
    value.and_then(|value| u16::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(language: &str, template: &str, name: &str, expect: Option<&str>) {
        let names = Preference::of(Some(language));
        let found = parameter(&fold_name(template), name, &names).map(Canonical::key);
        assert_eq!(found.as_deref(), expect, "{language} {template} {name}");
    }

    #[test]
    fn parameters_of_many_wikis_have_their_cs1_name() {
        check("en", "cite web", "accessdate", Some("access-date"));
        check("en", "cite news", "newspaper", Some("work"));
        check("en", "cite book", "author2-last", Some("last2"));
        check("en", "cite book", "last1", Some("last"));
        check("en", "cite book", "s2cid", Some("s2cid"));
        check("de", "Internetquelle", "Hrsg", Some("publisher"));
        check("de", "Literatur", "Hrsg", Some("editor"));
        check("de", "Internetquelle", "abruf", Some("access-date"));
        check("fr", "Lien web", "consulté le", Some("access-date"));
        check("fr", "Lien web", "site", Some("work"));
        check("fr", "Ouvrage", "prénom2", Some("first2"));
        check("uk", "Cite web", "назва", Some("title"));
        check("ru", "Статья", "издание", Some("work"));
        check("ru", "Книга", "издание", Some("edition"));
        check("ar", "استشهاد ويب", "تاريخ الوصول", Some("access-date"));
        check("fa", "یادکرد وب", "نام خانوادگی۲", Some("last2"));
        check("fa", "یادکرد وب", "accessdate", Some("access-date"));
        check("ja", "Cite web", "title", Some("title"));
        check("ko", "웹 인용", "확인날짜", Some("access-date"));
        check("th", "อ้างอิงเว็บ", "url", Some("url"));
        check("de", "Internetquelle", "kommentar", None);
    }
}
