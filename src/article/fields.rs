//! A citation template's parameters → [`Citation`].

use std::collections::{BTreeMap, BTreeSet};

use super::catalogue::{self, Preference};
use super::people::People;
use crate::dates::{self, DateReading};
use crate::languages;
use crate::links::archive;
use crate::model::{
    Citation, CitedDate, Field, FieldSource, LanguageTag, Parameter, Span, UrlStatus,
};
use crate::wikitext::{decode_entities, find_urls, plain_text};

/// A parameter as the editor wrote it.
#[derive(Debug, Clone)]
pub(super) struct Written<'a> {
    /// Its name; its position, from 1, when it has none.
    pub(super) name: std::borrow::Cow<'a, str>,
    /// Its value, trimmed.
    pub(super) value: &'a str,
    /// Where the value stands.
    pub(super) span: Span,
    /// The whole parameter, from its `|` on.
    pub(super) whole: Span,
    /// Whether its name is written.
    pub(super) named: bool,
}

/// How an article's citations are to be understood.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    /// The article's language.
    pub(super) language: Option<LanguageTag>,
    /// Names of templates and parameters, the article's own language first.
    pub(super) names: Preference,
}

impl Reading {
    pub(super) fn new(language: Option<LanguageTag>) -> Self {
        let names = Preference::of(language.as_ref().map(LanguageTag::primary));
        Self { language, names }
    }

    /// The same, with the languages of a template preferred for its parameters.
    pub(super) fn preferring(&self, languages: &[&str]) -> Self {
        let own = self.language.as_ref().map(LanguageTag::primary);
        Self {
            language: self.language.clone(),
            names: Preference::with(languages, own),
        }
    }

    /// Reads a date; ambiguous and impossible ones are none.
    pub(super) fn date(&self, text: &str) -> Option<CitedDate> {
        let text = plain_text(text);
        let template = LanguageTag::parse(self.names.first);
        let mut languages = vec![self.language.clone(), template, LanguageTag::parse("en")];
        languages.dedup();
        for language in languages {
            match dates::read(&text, language.as_ref()) {
                DateReading::Date(date) => return Some(date),
                DateReading::Unrecognised => {}
                DateReading::Ambiguous(..) | DateReading::Undated | DateReading::Impossible(_) => {
                    return None;
                }
            }
        }
        None
    }
}

/// Reads the parameters of a citation template, in the order written.
///
/// `languages` are those whose wikis have the template: their names for parameters count first,
/// then the article's, then all others, since wikis mix them.
pub(super) fn citation(
    template: &str,
    parameters: &[Written<'_>],
    languages: &[&str],
    reading: &Reading,
) -> Citation {
    let reading = reading.preferring(languages);
    let template = catalogue::template_key(template);
    let (mut authors, mut editors) = (People::default(), People::default());
    let mut citation = Citation::default();
    // As in `MediaWiki`, the last of several parameters of one name counts, even when empty.
    for parameter in parameters {
        let value = parameter.value.to_owned();
        citation.raw.insert(parameter.name.trim().to_owned(), value);
    }
    let repeats = citation.raw.len() < parameters.len();
    let last = if repeats {
        last_of_each(parameters)
    } else {
        BTreeSet::new()
    };
    for (index, parameter) in parameters.iter().enumerate() {
        if repeats && !last.contains(&index) {
            continue;
        }
        let name = parameter.name.trim();
        let known = catalogue::parameter(&template, name, &reading.names);
        let Some(known) = known.filter(|_| !parameter.value.is_empty()) else {
            continue;
        };
        authors.take("author", known.name, known.number, parameter.value);
        editors.take("editor", known.name, known.number, parameter.value);
        let field = Field {
            parameter: Some(name.to_owned()),
            value: parameter.value.to_owned(),
            span: parameter.span,
            source: FieldSource::Template,
        };
        citation.fields.entry(known.key()).or_insert(field);
    }
    citation.authors = authors.into_list();
    citation.editors = editors.into_list();
    fill(&mut citation, &reading);
    citation
}

fn last_of_each(parameters: &[Written<'_>]) -> BTreeSet<usize> {
    let named = parameters.iter().enumerate();
    let last: BTreeMap<&str, usize> = named
        .map(|(index, parameter)| (parameter.name.trim(), index))
        .collect();
    last.into_values().collect()
}

/// The parameters themselves, with CS1's names for those that a table knows.
pub(super) fn parameters(
    template: &str,
    parameters: &[Written<'_>],
    languages: &[&str],
    reading: &Reading,
) -> Vec<Parameter> {
    let reading = reading.preferring(languages);
    let template = catalogue::template_key(template);
    parameters
        .iter()
        .map(|parameter| {
            let name = parameter.name.trim();
            let known = catalogue::parameter(&template, name, &reading.names);
            Parameter {
                name: parameter.named.then(|| name.to_owned()),
                value: parameter.value.to_owned(),
                field: known.map(catalogue::Canonical::key),
                span: parameter.whole,
                value_span: parameter.span,
            }
        })
        .collect()
}

/// Whether parameters are those of a citation: a title or an address, and something more.
pub(super) fn looks_like_citation(citation: &Citation) -> bool {
    let has = |name: &str| citation.fields.contains_key(name);
    (has("title") || has("chapter")) && (has("url") || has("date") || has("year"))
        || has("url") && (has("access-date") || has("archive-url") || has("publisher"))
}

fn fill(citation: &mut Citation, reading: &Reading) {
    let fields = std::mem::take(&mut citation.fields);
    let value = |name: &str| fields.get(name).map(|field| field.value.as_str());
    let text = |name: &str| value(name).map(plain_text).filter(|text| !text.is_empty());
    let title = |name: &str| text(name).map(|title| without_outer_quotes(&title).to_owned());
    let date = |name: &str| value(name).and_then(|value| reading.date(value));
    citation.title = title("title").or_else(|| title("chapter"));
    citation.trans_title = title("trans-title").or_else(|| title("trans-chapter"));
    citation.quote = title("quote");
    citation.trans_quote = title("trans-quote");
    citation.work = text("work").or_else(|| text("book-title"));
    citation.publisher = text("publisher");
    citation.agency = text("agency");
    citation.via = text("via");
    citation.date = date("date")
        .or_else(|| split_date(["year", "month", "day"], &value, reading))
        .or_else(|| date("publication-date"));
    citation.access_date = date("access-date").or_else(|| {
        split_date(
            ["access-year", "access-month", "access-day"],
            &value,
            reading,
        )
        .or_else(|| split_date(["access-year", "access-monthday", ""], &value, reading))
    });
    citation.archive_date = date("archive-date");
    citation.url = value("url")
        .or_else(|| value("chapter-url"))
        .and_then(address);
    citation.archive_url = value("archive-url").and_then(address);
    citation.language = value("language").map_or_else(Vec::new, cited_languages);
    script_title(citation, value("script-title"));
    let dead = value("dead-link")
        .filter(|value| catalogue::url_status(value, &reading.names) != Some(UrlStatus::Live));
    let status = value("url-status").and_then(|value| catalogue::url_status(value, &reading.names));
    citation.url_status = status.or_else(|| dead.map(|_| UrlStatus::Dead));
    citation.fields = fields;
}

/// A date whose year, month and day are parameters of their own. The year may hold more: a whole
/// date.
fn split_date<'a>(
    [year, month, day]: [&str; 3],
    value: &impl Fn(&str) -> Option<&'a str>,
    reading: &Reading,
) -> Option<CitedDate> {
    let year = value(year)?;
    let Some(month) = value(month) else {
        return reading.date(year);
    };
    let joined = match value(day) {
        Some(day) if month.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{year}-{month:0>2}-{day:0>2}")
        }
        Some(day) => format!("{day} {month} {year}"),
        None if month.bytes().all(|byte| byte.is_ascii_digit()) => format!("{year}-{month:0>2}"),
        None => format!("{month} {year}"),
    };
    reading.date(&joined).or_else(|| reading.date(year))
}

/// The address in a parameter's value, which may be an external link.
pub(super) fn address(value: &str) -> Option<String> {
    let value = value.trim();
    let has_markup = value.contains("{{") || value.contains("<!--");
    let unwrapped = if value.starts_with('[') {
        let (start, end) = find_urls(value).first().copied()?;
        value.get(start..end)?.to_owned()
    } else if has_markup {
        plain_text(value)
    } else {
        value.to_owned()
    };
    let address = decode_entities(&unwrapped);
    (!address.is_empty()).then_some(address)
}

/// The languages that a `language` parameter names.
pub(super) fn cited_languages(value: &str) -> Vec<LanguageTag> {
    let text = if value.contains("{{") {
        value.to_owned()
    } else {
        plain_text(value)
    };
    languages::read_cited(&text).0
}

/// `script-title=ja:東京`: the prefix is the language of the title.
fn script_title(citation: &mut Citation, value: Option<&str>) {
    let Some(text) = value.map(plain_text).filter(|text| !text.is_empty()) else {
        return;
    };
    let prefix = text.split_once(':').and_then(|(prefix, rest)| {
        let tag = LanguageTag::parse(prefix).filter(|_| prefix.len() <= 8)?;
        Some((tag, rest.trim()))
    });
    let title = match &prefix {
        Some((tag, rest)) => {
            if citation.language.is_empty() {
                citation.language.push(tag.clone());
            }
            rest
        }
        None => text.as_str(),
    };
    citation.script_title = Some(without_outer_quotes(title).to_owned());
}

/// A title without the quotation marks around the whole of it.
pub(super) fn without_outer_quotes(title: &str) -> &str {
    const PAIRS: [(char, char); 10] = [
        ('"', '"'),
        ('“', '”'),
        ('„', '“'),
        ('„', '”'),
        ('«', '»'),
        ('»', '«'),
        ('‘', '’'),
        ('「', '」'),
        ('『', '』'),
        ('‹', '›'),
    ];
    let title = title.trim();
    for (open, close) in PAIRS {
        let inner = title
            .strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close));
        let Some(inner) = inner.filter(|inner| !inner.trim().is_empty()) else {
            continue;
        };
        // "A" and "B": the first mark is not closed by the last one.
        let mut depth = 0_i32;
        let balanced = open != close
            && inner.chars().all(|c| {
                depth += i32::from(c == open) - i32::from(c == close);
                0 <= depth
            });
        if balanced || (open == close && !inner.contains(open)) {
            return inner.trim();
        }
    }
    title
}

/// Adds what is known of an archived copy, unless the citation names one itself.
pub(super) fn add_archive(
    citation: &mut Citation,
    url: &str,
    date: Option<CitedDate>,
    field: Field,
) {
    if citation.archive_url.is_some() {
        return;
    }
    citation.archive_url = Some(url.to_owned());
    let told = archive::read(url).and_then(|copy| copy.date);
    citation.archive_date = citation.archive_date.or(date).or(told);
    citation.fields.insert("archive-url".to_owned(), field);
}

/// A citation that is nothing but text: `raw` holds it.
pub(super) fn text_citation(text: &str) -> Citation {
    Citation {
        raw: BTreeMap::from([("text".to_owned(), text.to_owned())]),
        ..Citation::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_around_the_whole_title_go() {
        for (title, expect) in [
            ("\"A day\"", "A day"),
            ("„Ein Tag“", "Ein Tag"),
            ("«День»", "День"),
            ("「日」", "日"),
            ("\"A\" and \"B\"", "\"A\" and \"B\""),
            ("«А» і «Б»", "«А» і «Б»"),
            ("A \"day\"", "A \"day\""),
            ("«День «Б»»", "День «Б»"),
            ("\"\"", "\"\""),
        ] {
            assert_eq!(without_outer_quotes(title), expect);
        }
    }
}
