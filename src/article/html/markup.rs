//! Elements of a rendered citation whose class tells what they hold.

use scraper::ElementRef;

use super::cite::Rendered;
use super::shown::Shown;
use super::visible::{Step, is_aside, walk};
use crate::dates;
use crate::languages;
use crate::model::{FieldSource, LanguageTag};

/// Classes of the day on which an editor looked at the source.
const ACCESSED: [&str; 1] = ["reference-accessdate"];
/// Classes of the marks that name a source's language.
const LANGUAGE: [&str; 4] = ["languageicon", "indicateur-langue", "ref-lang", "ref-info"];

/// Adds what marked elements tell to what was read from the text.
pub(super) fn read(
    rendered: &mut Rendered<'_, '_>,
    element: ElementRef<'_>,
    language: Option<&LanguageTag>,
) {
    let mut marked = Vec::new();
    walk(element, &mut |step| {
        let Step::Enter(inner) = step else {
            return false;
        };
        if is_aside(&inner) {
            return true;
        }
        let has = |classes: &[&str]| inner.value().classes().any(|own| classes.contains(&own));
        let is_date = has(&ACCESSED);
        if is_date || has(&LANGUAGE) {
            marked.push((is_date, inner));
        }
        is_date
    });
    for (is_date, inner) in marked {
        if is_date {
            accessed(rendered, inner, language);
        } else {
            named(rendered, inner);
        }
    }
}

fn accessed(
    rendered: &mut Rendered<'_, '_>,
    element: ElementRef<'_>,
    language: Option<&LanguageTag>,
) {
    let shown = Shown::of(rendered.place.page, element);
    let found = dates::find_all(&shown.text, language);
    let [found] = found.as_slice() else { return };
    let range = found.start..found.end;
    let value = shown.text.get(range.clone()).unwrap_or_default();
    let span = rendered.place.at(shown.in_source(&range));
    rendered.note("access-date", value, FieldSource::Markup, span);
    rendered.citation.access_date = Some(found.date);
}

fn named(rendered: &mut Rendered<'_, '_>, element: ElementRef<'_>) {
    if !rendered.citation.language.is_empty() {
        return;
    }
    let shown = Shown::of(rendered.place.page, element);
    let brackets = ['(', ')', '[', ']', '（', '）', ' '];
    let text = shown.text.trim_matches(brackets);
    let title = element.value().attr("title").unwrap_or_default();
    for value in [text, title] {
        let (tags, unknown) = languages::read_cited(value);
        if !tags.is_empty() && unknown.is_empty() {
            let span = rendered.place.at(shown.find(value));
            rendered.note("language", value, FieldSource::Markup, span);
            rendered.citation.language = tags;
            return;
        }
    }
}
