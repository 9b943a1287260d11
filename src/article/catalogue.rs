//! The citation templates of the Wikipedias and what their parameters mean.
//!
//! One data file per language under `data/citations/`; the English one says how they are written.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::UrlStatus;
use crate::wikitext::fold_name;

/// English first: its names work on every wiki. Where languages share a template's name and the
/// article's language is not known, the first one counts.
const FILES: [(&str, &str); 55] = [
    ("en", include_str!("data/citations/en.tsv")),
    ("de", include_str!("data/citations/de.tsv")),
    ("fr", include_str!("data/citations/fr.tsv")),
    ("es", include_str!("data/citations/es.tsv")),
    ("it", include_str!("data/citations/it.tsv")),
    ("pt", include_str!("data/citations/pt.tsv")),
    ("ru", include_str!("data/citations/ru.tsv")),
    ("uk", include_str!("data/citations/uk.tsv")),
    ("pl", include_str!("data/citations/pl.tsv")),
    ("nl", include_str!("data/citations/nl.tsv")),
    ("sv", include_str!("data/citations/sv.tsv")),
    ("no", include_str!("data/citations/no.tsv")),
    ("da", include_str!("data/citations/da.tsv")),
    ("fi", include_str!("data/citations/fi.tsv")),
    ("cs", include_str!("data/citations/cs.tsv")),
    ("sk", include_str!("data/citations/sk.tsv")),
    ("hu", include_str!("data/citations/hu.tsv")),
    ("ro", include_str!("data/citations/ro.tsv")),
    ("tr", include_str!("data/citations/tr.tsv")),
    ("el", include_str!("data/citations/el.tsv")),
    ("bg", include_str!("data/citations/bg.tsv")),
    ("mk", include_str!("data/citations/mk.tsv")),
    ("sr", include_str!("data/citations/sr.tsv")),
    ("hr", include_str!("data/citations/hr.tsv")),
    ("sl", include_str!("data/citations/sl.tsv")),
    ("ca", include_str!("data/citations/ca.tsv")),
    ("gl", include_str!("data/citations/gl.tsv")),
    ("eu", include_str!("data/citations/eu.tsv")),
    ("eo", include_str!("data/citations/eo.tsv")),
    ("ar", include_str!("data/citations/ar.tsv")),
    ("fa", include_str!("data/citations/fa.tsv")),
    ("he", include_str!("data/citations/he.tsv")),
    ("ja", include_str!("data/citations/ja.tsv")),
    ("zh", include_str!("data/citations/zh.tsv")),
    ("ko", include_str!("data/citations/ko.tsv")),
    ("yue", include_str!("data/citations/yue.tsv")),
    ("vi", include_str!("data/citations/vi.tsv")),
    ("id", include_str!("data/citations/id.tsv")),
    ("ms", include_str!("data/citations/ms.tsv")),
    ("th", include_str!("data/citations/th.tsv")),
    ("hi", include_str!("data/citations/hi.tsv")),
    ("bn", include_str!("data/citations/bn.tsv")),
    ("ur", include_str!("data/citations/ur.tsv")),
    ("mr", include_str!("data/citations/mr.tsv")),
    ("et", include_str!("data/citations/et.tsv")),
    ("lv", include_str!("data/citations/lv.tsv")),
    ("lt", include_str!("data/citations/lt.tsv")),
    ("uz", include_str!("data/citations/uz.tsv")),
    ("af", include_str!("data/citations/af.tsv")),
    ("is", include_str!("data/citations/is.tsv")),
    ("ga", include_str!("data/citations/ga.tsv")),
    ("ast", include_str!("data/citations/ast.tsv")),
    ("be", include_str!("data/citations/be.tsv")),
    ("hy", include_str!("data/citations/hy.tsv")),
    ("az", include_str!("data/citations/az.tsv")),
];

/// What a template is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TemplateKind {
    /// Cites a work.
    Citation,
    /// Tells of an archived copy, of the source before it or as a source of its own.
    Archive,
    /// Says that the link before it is dead.
    DeadLink,
    /// Holds the list of references.
    ReferenceList,
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

/// What one language's wikis call things.
#[derive(Debug)]
pub(super) struct Names {
    /// The language.
    pub(super) language: &'static str,
    templates: HashMap<String, TemplateKind>,
    prefixes: Vec<String>,
    parameters: HashMap<String, &'static str>,
    /// Parameters that mean something else in one template, by template.
    exceptions: HashMap<String, HashMap<String, &'static str>>,
    statuses: HashMap<String, UrlStatus>,
}

static CATALOGUE: LazyLock<Vec<Names>> = LazyLock::new(|| {
    let files = FILES.iter();
    files
        .map(|(language, table)| Names::read(language, table))
        .collect()
});

/// The names of all languages in the order of preference: the article's own language, then
/// English, then the others.
pub(super) fn by_preference(language: Option<&str>) -> Vec<&'static Names> {
    let own = language.map(|language| match language {
        "nb" | "nn" => "no",
        "arz" | "ary" => "ar",
        "bs" | "sh" => "hr",
        "simple" => "en",
        other => other,
    });
    let mut names: Vec<&Names> = CATALOGUE.iter().collect();
    names.sort_by_key(|names| Some(names.language) != own);
    names
}

/// What the template of that folded name is for, and the languages whose wikis have it, in the
/// order given.
pub(super) fn template_kind(
    key: &str,
    names: &[&'static Names],
) -> Option<(TemplateKind, Vec<&'static str>)> {
    let mut found = None;
    let mut languages = Vec::new();
    for names in names {
        if let Some(kind) = names.templates.get(key)
            && *found.get_or_insert(*kind) == *kind
        {
            languages.push(names.language);
        }
    }
    if let Some(kind) = found {
        return Some((kind, languages));
    }
    let mut prefixes = names.iter().flat_map(|names| &names.prefixes);
    let known = prefixes.any(|prefix| key.starts_with(prefix.as_str()));
    known.then(|| (TemplateKind::Citation, vec!["en"]))
}

/// The CS1 parameter that a parameter of a template stands for, in the first of the languages
/// that knows its name.
pub(super) fn parameter(template: &str, name: &str, names: &[&'static Names]) -> Option<Canonical> {
    let key = fold_name(name);
    let (numbered, number) = without_number(&key);
    let exact = Canonical {
        name: "",
        number: None,
    };
    for names in names {
        let exception = names.exceptions.get(template).and_then(|of| of.get(&key));
        if let Some(name) = exception.or_else(|| names.parameters.get(&key)) {
            return Some(Canonical { name, ..exact });
        }
        if let Some(name) = numbered.as_ref().and_then(|key| names.parameters.get(key)) {
            return Some(Canonical { name, number });
        }
    }
    None
}

/// What a value of `url-status` or `dead-url` says.
pub(super) fn url_status(value: &str, names: &[&'static Names]) -> Option<UrlStatus> {
    let key = fold_name(value);
    names
        .iter()
        .find_map(|names| names.statuses.get(&key))
        .copied()
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
fn digit(c: char) -> Option<u16> {
    const ZEROS: [u32; 7] = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10];
    let code = u32::from(c);
    let value = ZEROS
        .iter()
        .find_map(|zero| code.checked_sub(*zero).filter(|value| *value < 10));
    value.and_then(|value| u16::try_from(value).ok())
}

impl Names {
    fn read(language: &'static str, table: &'static str) -> Self {
        let mut names = Self {
            language,
            templates: HashMap::new(),
            prefixes: Vec::new(),
            parameters: HashMap::new(),
            exceptions: HashMap::new(),
            statuses: HashMap::new(),
        };
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            if let Some((what, list)) = line.split_once('\t') {
                for name in list.split(';') {
                    names.add(what, name.trim());
                }
            }
        }
        names
    }

    fn add(&mut self, what: &'static str, name: &str) {
        let key = fold_name(name);
        let kind = match what {
            "template" => TemplateKind::Citation,
            "archive-template" => TemplateKind::Archive,
            "dead-template" => TemplateKind::DeadLink,
            "reflist-template" => TemplateKind::ReferenceList,
            "language-template" => TemplateKind::Language,
            "other-template" => TemplateKind::Other,
            "template-prefix" => {
                self.prefixes.push(key);
                return;
            }
            parameter => {
                self.add_parameter(parameter, key);
                return;
            }
        };
        self.templates.entry(key).or_insert(kind);
    }

    fn add_parameter(&mut self, what: &'static str, key: String) {
        if let Some((_, status)) = what.split_once("url-status=") {
            let status = match status {
                "dead" => UrlStatus::Dead,
                "deviated" => UrlStatus::Deviated,
                "unfit" => UrlStatus::Unfit,
                "usurped" => UrlStatus::Usurped,
                "bot: unknown" => UrlStatus::BotUnknown,
                _ => UrlStatus::Live,
            };
            self.statuses.entry(key).or_insert(status);
        } else if let Some((parameter, template)) = what.split_once('@') {
            let of = self.exceptions.entry(fold_name(template)).or_default();
            of.insert(key, parameter);
        } else {
            if key.contains('#') {
                let without = key.replace('#', "");
                self.parameters.entry(without).or_insert(what);
            }
            self.parameters.entry(key).or_insert(what);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(language: &str, template: &str, name: &str, expect: Option<&str>) {
        let names = by_preference(Some(language));
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

    #[test]
    fn every_table_line_names_something() {
        for (language, table) in FILES {
            for line in table.lines().filter(|line| !line.starts_with('#')) {
                let columns: Vec<&str> = line.split('\t').collect();
                assert_eq!(columns.len(), 2, "{language}: {line}");
            }
        }
    }
}
