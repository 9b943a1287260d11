//! Whether the page lives, and title and text are another page's.
//!
//! Titles are edited, shortened and translated all the time: that two differ is for
//! `title-mismatch` to say. A page has drifted only if its own titles agree with each other, share
//! no word with the cited ones in the same language, and something besides the title shows that it
//! is another page.

use super::answer::{Answer, verdict};
use super::confidence::{of_points, rounded};
use super::redirects::{same_document, words_of};
use jiff::ToSpan;

use crate::languages;
use crate::model::{Evidence, LinkVerdict, PageEvidence, Verdict};
use crate::rules::titles::TitleWords;

/// Cited titles of fewer words share none by chance.
const FEWEST_WORDS: usize = 4;

/// Words that a text needs before it is about something.
const TEXT_WORDS: usize = 120;

/// How sure a page's language has to be.
const SURE: f64 = 0.8;

/// How sure its date has to be, which is a clue beside the titles.
const LIKELY: f64 = 0.7;

/// Looks for titles that contradict, and for what else shows it.
pub(super) fn judge(answer: Answer<'_>) -> Option<Verdict> {
    let page = answer.page?;
    let citation = answer.citation;
    let title = citation.script_title.as_ref().or(citation.title.as_ref())?;
    if page.words < TEXT_WORDS || !contradicts(answer, page, title) {
        return None;
    }
    let later = published_later(answer, page);
    let elsewhere = leads_elsewhere(answer);
    let clues: Vec<Evidence> = later.into_iter().chain(elsewhere).collect();
    if clues.is_empty() {
        return None;
    }
    // One clue beside the titles leaves much doubt.
    let points = u32::try_from(clues.len()).unwrap_or(u32::MAX);
    let reason = "title and text are another page's";
    let mut drifted = verdict(LinkVerdict::Drifted, reason, rounded(of_points(points)));
    let shown = page.titles.first();
    drifted.evidence.extend(
        shown.map(|title| Evidence::new("page title", title.value.clone(), title.source.clone())),
    );
    drifted.evidence.extend(clues);
    Some(drifted)
}

/// Whether no cited title shares a word with any title of the page, in the same language, and the
/// page's titles agree on what it is about.
fn contradicts(answer: Answer<'_>, page: &PageEvidence, title: &str) -> bool {
    let citation = answer.citation;
    let cited: Vec<TitleWords> = [
        &citation.title,
        &citation.script_title,
        &citation.trans_title,
    ]
    .into_iter()
    .flatten()
    .map(|title| TitleWords::new(title))
    .collect();
    let found: Vec<TitleWords> = page
        .titles
        .iter()
        .map(|title| TitleWords::new(&title.value))
        .collect();
    let shares = found
        .iter()
        .any(|found| cited.iter().any(|cited| 0.0 < cited.likeness(found)));
    let long = TitleWords::new(title).len() >= FEWEST_WORDS;
    let agree = match found.as_slice() {
        [first, others @ ..] => {
            FEWEST_WORDS <= first.len()
                && (others.is_empty() || others.iter().any(|other| 0.5 <= first.likeness(other)))
        }
        [] => false,
    };
    long && agree && !shares && same_language(page, title)
}

fn same_language(page: &PageEvidence, title: &str) -> bool {
    let cited = languages::detect(title, &[]);
    match (cited, &page.language) {
        (Some(cited), Some(found)) => {
            SURE <= found.confidence && languages::same_language(&cited.tag, &found.tag)
        }
        _ => false,
    }
}

/// The page was published after the editor read the cited one.
fn published_later(answer: Answer<'_>, page: &PageEvidence) -> Option<Evidence> {
    let read = answer.citation.access_date?;
    let published = page.published.as_ref()?;
    // The day after may be the same day in another time zone.
    let day_after = read.latest().saturating_add(1.day());
    let later = day_after < published.date.earliest() && LIKELY <= published.confidence;
    later.then(|| {
        let value = format!("{}, read {read}", published.date);
        Evidence::new("published", value, published.source.clone())
    })
}

/// Redirects lead to an address that has nothing of the cited one's.
fn leads_elsewhere(answer: Answer<'_>) -> Option<Evidence> {
    let (from, to) = (&answer.outcome.requested, &answer.outcome.landed);
    if answer.outcome.hops.is_empty() || same_document(from, to) {
        return None;
    }
    // A page that moves keeps its number or the words of its name.
    let telling = |word: &String| 3 <= word.len();
    let mut host: Vec<String> = to
        .host_str()
        .unwrap_or_default()
        .split('.')
        .map(str::to_owned)
        .collect();
    host.extend(["html", "php", "aspx", "www", "news"].map(str::to_owned));
    let old: Vec<String> = words_of(from).into_iter().filter(telling).collect();
    let kept = words_of(to)
        .into_iter()
        .filter(telling)
        .any(|word| !host.contains(&word) && old.contains(&word));
    (!kept).then(|| Evidence::new("final URL", to.to_string(), "redirects"))
}
