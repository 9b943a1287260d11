//! What all hand-offs to translators say of a source, in plain words.

use std::collections::{BTreeMap, BTreeSet};

use crate::languages;
use crate::model::{Counted, LanguageTag, Report, TodoItem, TodoState};

use super::safe::{shown_address, visible, web_address};
use super::tally::{Amount, counted, listed};

/// Sentences shown for one source; a reference used all over an article supports many.
const CLAIMS: usize = 5;

/// References without a title that are named.
const SHOWN: usize = 20;

/// A text that a translator is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit<'a> {
    /// Which text of the source it is.
    pub(super) part: Part,
    /// The text.
    pub(super) source: &'a str,
    /// Its translation, where the citation has one that its readers can read.
    pub(super) target: Option<&'a str>,
}

/// A text of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The title.
    Title,
    /// What the citation quotes.
    Quote,
}

impl Part {
    /// The parameter that its translation goes into, by CS1's name.
    pub(super) const fn parameter(self) -> &'static str {
        match self {
            Self::Title => "trans-title",
            Self::Quote => "trans-quote",
        }
    }

    /// The word for it.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Quote => "quote",
        }
    }
}

impl Unit<'_> {
    /// Names it in a file: the item's name, with the part unless it is the title.
    pub(super) fn id(&self, item: &TodoItem) -> String {
        match self.part {
            Part::Title => item.id.clone(),
            Part::Quote => format!("{}.quote", item.id),
        }
    }

    /// The state of this text: one may be translated while the other is not.
    pub(super) const fn state(&self, item: &TodoItem) -> TodoState {
        match (item.state, self.target) {
            (TodoState::NeedsTranslation, Some(_)) => TodoState::Translated,
            (state, _) => state,
        }
    }
}

/// The texts of a source that there are to translate: its title, and its quotation where the
/// translation of that has a place; none where the citation has no title.
pub(super) fn units(item: &TodoItem) -> impl Iterator<Item = Unit<'_>> {
    let title = item.title.as_deref().map(|source| Unit {
        part: Part::Title,
        source,
        target: own_title(item),
    });
    let has_place = item.parameters.contains_key("trans-quote")
        || item.trans_quote.is_some()
        || !is_theirs(item);
    let quote = item.quote.as_deref().filter(|_| has_place);
    let quote = quote.map(|source| Unit {
        part: Part::Quote,
        source,
        target: own_quote(item),
    });
    let texts = title.into_iter().chain(quote);
    texts.filter(|unit| !unit.source.trim().is_empty())
}

/// The translated title, if it is in the readers' language.
pub(super) fn own_title(item: &TodoItem) -> Option<&str> {
    item.trans_title.as_deref().filter(|_| is_theirs(item))
}

/// The translated quotation, if it is in the readers' language.
pub(super) fn own_quote(item: &TodoItem) -> Option<&str> {
    item.trans_quote.as_deref().filter(|_| is_theirs(item))
}

/// Whether what is translated in the article is in the language of these readers, and what they
/// translate can be written into it.
fn is_theirs(item: &TodoItem) -> bool {
    match (&item.article_language, &item.target) {
        (Some(own), Some(readers)) => languages::same_language(own, readers),
        _ => true,
    }
}

/// What a row of its own says of a text that cannot be written back into the article.
pub(super) fn elsewhere(item: &TodoItem, unit: &Unit<'_>) -> Option<String> {
    let own = item
        .article_language
        .as_ref()
        .filter(|_| !is_theirs(item))?;
    let there = match unit.part {
        Part::Title => &item.trans_title,
        Part::Quote => &item.trans_quote,
    };
    let there = there.as_ref();
    let there = there.map_or_else(String::new, |text| format!(", where it is: {text}"));
    Some(format!("not for the article, which is in {own}{there}"))
}

/// For which readers a list is that cannot be written back, a sentence for each two languages.
fn not_for_the_article(report: &Report) -> Vec<String> {
    let items = listed(report).into_iter().filter(|item| !is_theirs(item));
    let pairs: BTreeSet<_> = items
        .filter_map(|item| Some((item.target.as_ref()?, item.article_language.as_ref()?)))
        .collect();
    let told = pairs.into_iter().map(|(readers, own)| {
        format!(
            "For readers of {readers}; the article is in {own}: `citecheck todo apply` takes \
             translations into {own}, so that these cannot be written back into it."
        )
    });
    told.collect()
}

/// How many sources a list holds from one language into another, in the order of the languages.
pub(super) fn pairs<'a>(items: &[&'a TodoItem]) -> Vec<Pair<'a>> {
    let mut pairs: BTreeMap<_, Vec<&TodoItem>> = BTreeMap::new();
    for item in items {
        let key = (&item.language, item.target.as_ref());
        pairs.entry(key).or_default().push(item);
    }
    let pair = |((from, into), items)| Pair { from, into, items };
    pairs.into_iter().map(pair).collect()
}

/// Two languages, and the sources to translate from one into the other.
#[derive(Debug)]
pub(super) struct Pair<'a> {
    /// The sources' language.
    pub(super) from: &'a LanguageTag,
    /// The readers' language.
    pub(super) into: Option<&'a LanguageTag>,
    /// The sources.
    pub(super) items: Vec<&'a TodoItem>,
}

impl Pair<'_> {
    /// "uk → en: 3 sources, 1,260 words"
    pub(super) fn describe(&self) -> String {
        format!(
            "{} → {}: {}, {}",
            self.from,
            self.into.map_or("und", LanguageTag::as_str),
            counted(self.items.len(), "source"),
            Amount::total(self.items.iter().copied()).describe()
        )
    }
}

/// The language that all of them have; "mul", BCP 47's tag for several, where they differ, and
/// "und" without any.
pub(super) fn common<'a>(tags: impl Iterator<Item = Option<&'a LanguageTag>>) -> &'a str {
    let mut tags: Vec<Option<&LanguageTag>> = tags.collect();
    tags.sort();
    tags.dedup();
    match tags.as_slice() {
        [] | [None] => "und",
        [Some(one)] => one.as_str(),
        _ => "mul",
    }
}

/// What a translator should know of a source, each with what it is.
pub(super) fn context(item: &TodoItem, unit: &Unit<'_>) -> Vec<(&'static str, String)> {
    let mut told = vec![(
        "languages",
        format!(
            "{} into {}",
            named(&item.language),
            item.target.as_ref().map_or_else(|| "?".to_owned(), named)
        ),
    )];
    let times = if 1 < item.uses {
        format!(", cited {} times", item.uses)
    } else {
        String::new()
    };
    told.push((
        "reference",
        format!(
            "{} of {}: {}{times}",
            references(item),
            visible(&item.article),
            unit.part.as_str()
        ),
    ));
    if let Some(url) = &item.url {
        told.push((
            "address",
            web_address(url).unwrap_or_else(|| shown_address(url)),
        ));
    }
    for claim in item.claims.iter().take(CLAIMS) {
        told.push(("supports", visible(claim)));
    }
    if CLAIMS < item.claims.len() {
        let more = counted(item.claims.len() - CLAIMS, "more sentence");
        told.push(("supports", more));
    }
    let in_article = match unit.part {
        Part::Title => &item.trans_title,
        Part::Quote => &item.trans_quote,
    };
    if unit.target.is_none()
        && let Some(other) = in_article
    {
        told.push(("in the article", visible(other)));
    }
    told.push(("to translate", measure(item)));
    match (&item.template, item.parameters.get(unit.part.parameter())) {
        // Reports older than the article's language name a parameter for all.
        (Some(template), Some(name)) if is_theirs(item) => {
            told.push((
                "goes into",
                format!("|{}= of {{{{{}}}}}", visible(name), visible(template)),
            ));
        }
        (Some(template), None) if has_no_place(item) => told.push((
            "goes into",
            format!(
                "nothing: {{{{{}}}}} is not known to take a translated title",
                visible(template)
            ),
        )),
        _ => {}
    }
    told.push(("state", unit.state(item).as_str().to_owned()));
    if let Some(reason) = &item.reason {
        told.push(("reason", visible(reason)));
    }
    told
}

fn named(tag: &LanguageTag) -> String {
    format!("{} ({tag})", languages::english_name(tag))
}

/// The sources of a list that have no text to translate, in a sentence.
pub(super) fn untitled(items: &[&TodoItem]) -> Option<String> {
    let without: Vec<&&TodoItem> = items
        .iter()
        .filter(|item| units(item).next().is_none())
        .collect();
    if without.is_empty() {
        return None;
    }
    let some = without
        .iter()
        .take(SHOWN)
        .map(|item| item.reference.to_string());
    let some = some.collect::<Vec<_>>().join(", ");
    let more = if SHOWN < without.len() { ", …" } else { "" };
    Some(format!(
        "Not in this file, since no title is cited: {} (reference {some}{more}).",
        counted(without.len(), "source")
    ))
}

/// "420 words", "8 words of the title; the page was not read (gone)".
pub(super) fn measure(item: &TodoItem) -> String {
    let amount = Amount::of(item).describe();
    match item.counted {
        Counted::Page => amount,
        Counted::Title => {
            let why = match item.verdict {
                Some(verdict) => format!(" ({})", verdict.as_str().replace('-', " ")),
                None => String::new(),
            };
            format!("{amount} of the title; the page was not read{why}")
        }
    }
}

/// "2, 5 and 9"; the first alone in reports older than the others.
pub(super) fn numbers(item: &TodoItem) -> String {
    let all: Vec<String> = item.references.iter().map(ToString::to_string).collect();
    match all.as_slice() {
        [] => item.reference.to_string(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// "Reference 2", "References 2, 5 and 9".
pub(super) fn references(item: &TodoItem) -> String {
    let ending = if 1 < item.references.len() { "s" } else { "" };
    format!("Reference{ending} {}", numbers(item))
}

/// Whether the template has no parameter for a translated title, though the citation lacks it.
pub(super) fn has_no_place(item: &TodoItem) -> bool {
    is_theirs(item)
        && item.template.is_some()
        && item.trans_title.is_none()
        && !item.parameters.contains_key("trans-title")
}

/// What a list does not show, a sentence each.
pub(super) fn left_out(report: &Report) -> Vec<String> {
    let counts = &report.counts;
    let mut said = not_for_the_article(report);
    if !report.run.all_todo {
        let mut done = Vec::new();
        if 0 < counts.translated {
            done.push(format!(
                "{} translated",
                counted(counts.translated, "source")
            ));
        }
        if 0 < counts.rejected {
            done.push(format!("{} rejected", counted(counts.rejected, "source")));
        }
        if !done.is_empty() {
            said.push(format!(
                "Left out: {}; `--all-todo` shows them.",
                done.join(", ")
            ));
        }
    }
    if 0 < counts.unknown_language {
        said.push(format!(
            "Not judged: {} whose language is not known.",
            counted(counts.unknown_language, "source")
        ));
    }
    let by_title = listed(report)
        .iter()
        .filter(|item| item.counted == Counted::Title)
        .count();
    if 0 < by_title {
        let are = if by_title == 1 {
            "is counted by its title"
        } else {
            "are counted by their titles"
        };
        said.push(format!(
            "{} {are} alone, for no page was read.",
            counted(by_title, "source")
        ));
    }
    said
}
