//! What a batch line says that is cited, held against the page.

use anyhow::{Result, anyhow};
use citecheck::dates::{self, DateReading};
use citecheck::languages;
use citecheck::model::{CitedDate, LanguageTag, PageEvidence, SignalKind};
use citecheck::rules::verify::{
    Answer, CitedTitles, DateMismatch, TitleRelation, verify_date, verify_language, verify_title,
};
use serde::Serialize;
use serde_json::Value;

/// One answer for each value that the line cites.
#[derive(Debug, Serialize)]
pub(super) struct Verified {
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<Answer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_kind: Option<DateMismatch>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<Answer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title_kind: Option<TitleRelation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<Answer>,
}

impl Verified {
    /// Verifies the keys `date`, `title`, `language` and, to tell what a wrong date is,
    /// `access-date`. A value that cannot be read is `unknown`, as is everything where an error page
    /// or a wall stands in the page's place.
    ///
    /// # Errors
    ///
    /// When `cited` is no object of texts by these keys.
    pub(super) fn new(cited: &Value, page: &PageEvidence) -> Result<Self> {
        let fields = cited.as_object();
        let fields = fields.ok_or_else(|| anyhow!("`cited` is no object"))?;
        for (key, value) in fields {
            if !KEYS.contains(&key.as_str()) {
                return Err(anyhow!(
                    "`cited` has an unknown key `{key}`; known: {}",
                    KEYS.join(", ")
                ));
            }
            if !value.is_string() && !value.is_null() {
                return Err(anyhow!("`{key}` of `cited` is no text"));
            }
        }
        let text = |key: &str| cited.get(key).and_then(Value::as_str);
        let tags = text("language").map(|names| languages::read_cited(names).0);
        let tag = tags.as_ref().and_then(|tags| tags.first());
        let access = text("access-date").and_then(|date| readings(date, tag).into_iter().next());
        let date = text("date").map(|date| {
            let verified = readings(date, tag).into_iter();
            let verified = verified.map(|date| verify_date(date, access, page));
            // Of two readings of one date either may be the one meant.
            verified.min_by_key(|date| match date.answer {
                Answer::Supported => 0,
                Answer::Unknown => 1,
                Answer::Contradicted => 2,
            })
        });
        let title = text("title").map(|title| {
            let titles = CitedTitles {
                title: Some(title),
                ..CitedTitles::default()
            };
            verify_title(titles, page)
        });
        if shows_another(page) {
            let asked = |key: &str| text(key).map(|_| Answer::Unknown);
            return Ok(Self {
                date: asked("date"),
                date_kind: None,
                title: asked("title"),
                title_kind: title.and_then(|title| title.kind),
                language: asked("language"),
            });
        }
        Ok(Self {
            date_kind: date.iter().flatten().find_map(|date| date.kind),
            date: date.map(|date| date.map_or(Answer::Unknown, |date| date.answer)),
            title_kind: title.as_ref().and_then(|title| title.kind),
            title: title.map(|title| title.answer),
            language: tags.map(|tags| verify_language(&tags, page).answer),
        })
    }
}

/// What a line may cite.
const KEYS: [&str; 4] = ["date", "title", "language", "access-date"];

/// Whether something else stands in the page's place.
fn shows_another(page: &PageEvidence) -> bool {
    page.signals.iter().any(|signal| {
        matches!(
            signal.kind,
            SignalKind::NotFound
                | SignalKind::Challenge
                | SignalKind::ServerTrouble
                | SignalKind::HostGone
                | SignalKind::Parked
        )
    })
}

/// What a cited date can mean; nothing where it is none.
fn readings(date: &str, language: Option<&LanguageTag>) -> Vec<CitedDate> {
    let reading = dates::read(date, language);
    if let DateReading::Ambiguous(first, second) = reading {
        vec![first, second]
    } else if let DateReading::Date(date) = reading {
        vec![date]
    } else {
        Vec::new()
    }
}
