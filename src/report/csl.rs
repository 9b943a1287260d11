//! CSL-JSON 1.0.2: the items that Zotero, citeproc and Pandoc read.
//!
//! <https://github.com/citation-style-language/schema/blob/v1.0.2/schemas/input/csl-data.json>. What
//! CSL has no variable for stands in `custom`: article, number of the reference, translated title.

use serde_json::{Map, Value, json};

use crate::model::{CheckedArticle, CitedDate, DatePoint, Person, Season};

use super::bibliography::{Item, items, some};
use super::json::pretty;
use super::safe::shown_address;

/// Variables that are parameters of CS1 as they stand.
const PARAMETERS: [(&str, &str); 13] = [
    ("publisher-place", "location"),
    ("volume", "volume"),
    ("issue", "issue"),
    ("page", "pages"),
    ("page", "page"),
    ("edition", "edition"),
    ("collection-title", "series"),
    ("ISBN", "isbn"),
    ("ISSN", "issn"),
    ("DOI", "doi"),
    ("PMID", "pmid"),
    ("PMCID", "pmc"),
    ("genre", "type"),
];

/// The cited works of the articles as a JSON array, ending with a line feed.
#[must_use]
pub fn csl_json(articles: &[CheckedArticle]) -> String {
    let items: Vec<Value> = items(articles).iter().map(item).collect();
    pretty(&items)
}

fn item(item: &Item<'_>) -> Value {
    let mut fields = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            fields.entry(name.to_owned()).or_insert(value);
        }
    };
    let text = |value: Option<String>| value.map(Value::String);
    let citation = &item.citation;
    put("id", Some(json!(item.key)));
    put("type", Some(json!(item.csl)));
    put("title", text(item.title()));
    put("container-title", text(item.container()));
    put("author", names(&citation.authors));
    put("editor", names(&citation.editors));
    put("issued", citation.date.map(date));
    put("accessed", citation.access_date.map(date));
    put(
        "language",
        item.language.as_ref().map(|tag| json!(tag.as_str())),
    );
    put(
        "publisher",
        text(citation.publisher.as_deref().and_then(some)),
    );
    put("source", text(citation.via.as_deref().and_then(some)));
    put("URL", text(item.url()));
    put("archive_location", text(item.archive_url()));
    for (variable, parameter) in PARAMETERS {
        put(variable, text(item.field(parameter)));
    }
    let custom = json!({
        "article": shown_address(item.article),
        "reference": item.reference,
        "trans-title": citation.trans_title.as_deref().and_then(some),
        "script-title": citation.script_title.as_deref().and_then(some),
        "agency": citation.agency.as_deref().and_then(some),
        "archive-date": citation.archive_date.map(|date| date.to_string()),
    });
    put("custom", Some(custom));
    Value::Object(fields)
}

fn names(people: &[Person]) -> Option<Value> {
    let names: Vec<Value> = people
        .iter()
        .filter_map(|person| match person {
            Person::Split { last, first } => match (some(last), some(first)) {
                (Some(last), Some(first)) => Some(json!({ "family": last, "given": first })),
                (Some(name), None) | (None, Some(name)) => Some(json!({ "literal": name })),
                (None, None) => None,
            },
            Person::Whole { name } => some(name).map(|name| json!({ "literal": name })),
        })
        .collect();
    (!names.is_empty()).then(|| json!(names))
}

/// A date at the precision written.
fn date(date: CitedDate) -> Value {
    let points = [Some(date.from), date.to];
    let parts: Vec<Value> = points.into_iter().flatten().map(parts).collect();
    let mut value = json!({ "date-parts": parts });
    if let Some(fields) = value.as_object_mut() {
        if let DatePoint::Season(_, season) = date.from {
            fields.extend(number(season).map(|number| ("season".to_owned(), json!(number))));
        }
        if date.approximate {
            fields.insert("circa".to_owned(), json!(true));
        }
    }
    value
}

fn parts(point: DatePoint) -> Value {
    match point {
        DatePoint::Year(year) | DatePoint::Season(year, _) => json!([year]),
        DatePoint::Month(year, month) => json!([year, month]),
        DatePoint::Day(day) => json!([day.year(), day.month(), day.day()]),
    }
}

/// CSL numbers seasons from spring; of quarters it knows nothing.
const fn number(season: Season) -> Option<u8> {
    match season {
        Season::Spring => Some(1),
        Season::Summer => Some(2),
        Season::Autumn => Some(3),
        Season::Winter => Some(4),
        Season::FirstQuarter
        | Season::SecondQuarter
        | Season::ThirdQuarter
        | Season::FourthQuarter => None,
    }
}
