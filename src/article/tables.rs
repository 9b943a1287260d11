//! The tables of the languages: one data file each under `data/citations/`.
//!
//! To add a language, add its file there and its line to [`FILES`]; nothing else knows languages.
//! The head of the English file says how a table is written.

use std::collections::HashMap;

use super::catalogue::TemplateKind;
use crate::model::{DateStyle, UrlStatus};
use crate::wikitext::fold_name;

/// English first: its names work on every wiki. Where languages share a template's name and the
/// article's language is not known, the first one counts.
pub(super) const FILES: [(&str, &str); 55] = [
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

/// By folded name: the languages that have it, by their place in [`FILES`], and what it is there.
pub(super) type ByLanguage<T> = HashMap<String, Vec<(u8, T)>>;

/// All tables, by name.
#[derive(Debug, Default)]
pub(super) struct Tables {
    pub(super) templates: ByLanguage<TemplateKind>,
    /// Beginnings of the names of citation templates.
    pub(super) prefixes: Vec<String>,
    /// What stands before a template's name: its namespace, `subst:`.
    pub(super) namespaces: Vec<String>,
    pub(super) parameters: ByLanguage<&'static str>,
    /// Parameters that mean something else in one template, by template.
    pub(super) exceptions: HashMap<String, ByLanguage<&'static str>>,
    pub(super) statuses: ByLanguage<UrlStatus>,
}

impl Tables {
    pub(super) fn read() -> Self {
        let mut tables = Self::default();
        for ((_, table), index) in FILES.iter().zip(0..) {
            for line in table.lines().filter(|line| !line.starts_with('#')) {
                if let Some((what, list)) = line.split_once('\t') {
                    for name in list.split(';') {
                        tables.add(index, what, fold_name(name));
                    }
                }
            }
        }
        tables
    }

    fn add(&mut self, language: u8, what: &'static str, key: String) {
        if let Some(kind) = kind(what) {
            add(&mut self.templates, language, key, kind);
        } else if what == "template-prefix" {
            self.prefixes.push(key);
        } else if what == "template-namespace" {
            self.namespaces.push(format!("{key}:"));
        } else if let Some((_, status)) = what.split_once("url-status=") {
            add(&mut self.statuses, language, key, url_status(status));
        } else if let Some((parameter, template)) = what.split_once('@') {
            let of = self.exceptions.entry(fold_name(template)).or_default();
            add(of, language, key, parameter);
        } else {
            if key.contains('#') {
                let without = key.replace('#', "");
                add(&mut self.parameters, language, without, what);
            }
            add(&mut self.parameters, language, key, what);
        }
    }
}

/// The first line of a table that has a name counts.
fn add<T>(map: &mut ByLanguage<T>, language: u8, key: String, value: T) {
    let known = map.entry(key).or_default();
    if known.last().is_none_or(|(last, _)| *last != language) {
        known.push((language, value));
    }
}

fn kind(what: &'static str) -> Option<TemplateKind> {
    let (what, of) = what.split_once('=').unwrap_or((what, ""));
    Some(match what {
        "template" => TemplateKind::Citation,
        "archive-template" => TemplateKind::Archive,
        "dead-template" => TemplateKind::DeadLink,
        "reflist-template" => TemplateKind::ReferenceList(of),
        "note-template" => TemplateKind::Note(of),
        "footnote-template" => TemplateKind::Footnote,
        "use-template" => TemplateKind::Use,
        "short-footnote-template" => TemplateKind::ShortFootnote,
        "short-citation-template" => TemplateKind::ShortCitation,
        "anchor-template" => TemplateKind::Anchor,
        "date-style-template" => TemplateKind::DateStyle(match of {
            "mdy" => DateStyle::MonthDayYear,
            "ymd" => DateStyle::YearMonthDay,
            _ => DateStyle::DayMonthYear,
        }),
        "language-template" => TemplateKind::Language,
        "other-template" => TemplateKind::Other,
        _ => return None,
    })
}

fn url_status(status: &str) -> UrlStatus {
    match status {
        "dead" => UrlStatus::Dead,
        "deviated" => UrlStatus::Deviated,
        "unfit" => UrlStatus::Unfit,
        "usurped" => UrlStatus::Usurped,
        "bot: unknown" => UrlStatus::BotUnknown,
        _ => UrlStatus::Live,
    }
}

#[cfg(test)]
mod tests {
    use super::FILES;

    #[test]
    fn every_table_line_names_something() {
        for (language, table) in FILES {
            for line in table.lines().filter(|line| !line.starts_with('#')) {
                let columns: Vec<&str> = line.split('\t').collect();
                assert_eq!(columns.len(), 2, "{language}: {line}");
                let named = columns.iter().all(|column| !column.trim().is_empty());
                assert!(named, "{language}: {line}");
            }
        }
    }
}
