//! Counting for people: numbers with their nouns, and totals in the order that matters.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::languages;
use crate::model::{
    CheckedArticle, CheckedReference, Finding, Fix, LanguageTag, LinkVerdict, Network, Report,
    Safety, Severity, TodoItem, TodoState,
};

/// Languages written without spaces between words: their texts are counted in characters, as
/// [`PageEvidence::words`](crate::model::PageEvidence::words) says.
const COUNTED_IN_CHARACTERS: [&str; 8] = ["ja", "km", "lo", "my", "th", "wuu", "yue", "zh"];

/// A number with commas between thousands.
pub(super) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if 0 < at && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Whether a fix may be made unseen, in words.
pub(super) const fn safety(fix: &Fix) -> &'static str {
    match fix.safety {
        Safety::Safe => "safe",
        Safety::Review => "for review",
    }
}

/// "1 source", "1,204 sources".
pub(super) fn counted(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {noun}{ending}", thousands(number))
}

/// Every finding: of the run, then of each article.
pub(super) fn findings(report: &Report) -> impl Iterator<Item = &Finding> {
    let of_articles = report.articles.iter().flat_map(|article| &article.findings);
    report.findings.iter().chain(of_articles)
}

/// Findings by severity, worst first, only those that occur.
pub(super) fn severities(report: &Report) -> Vec<(Severity, usize)> {
    [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .map(|severity| {
            let of_it = |finding: &&Finding| finding.severity == severity;
            (severity, findings(report).filter(of_it).count())
        })
        .filter(|(_, count)| 0 < *count)
        .collect()
}

/// How many links of a live run were not asked in it, because the history knew them well enough, and
/// when the oldest of them was; `None` if all were.
pub(super) fn remembered(report: &Report) -> Option<(usize, Timestamp)> {
    let live = report.run.network == Network::Live;
    let blocks = (report.articles.iter())
        .filter(|_| live)
        .flat_map(|article| article.references.blocks());
    let mut before: Vec<Timestamp> = Vec::new();
    for block in blocks {
        let links = (block.iter().flat_map(CheckedReference::works)).filter_map(|work| work.link);
        let known = links.filter(|link| link.history.is_some());
        let seen = known.filter_map(|link| link.checked_at);
        before.extend(seen.filter(|at| *at < report.run.started));
    }
    let oldest = before.iter().min().copied()?;
    Some((before.len(), oldest))
}

/// "2 errors, 1 note"; "no findings", or no new ones where a baseline knows some.
pub(super) fn severity_line(report: &Report) -> String {
    let parts: Vec<String> = severities(report)
        .into_iter()
        .map(|(severity, count)| counted(count, severity.as_str()))
        .collect();
    if parts.is_empty() {
        return none_found(report).to_owned();
    }
    parts.join(", ")
}

/// What is said where nothing is listed.
pub(super) const fn none_found(report: &Report) -> &'static str {
    if report.counts.baselined == 0 {
        "no findings"
    } else {
        "no new findings"
    }
}

/// What was found and is not listed: `3 ignored, 12 known from the baseline`; `None` if nothing.
pub(super) fn held_back(report: &Report) -> Option<String> {
    let counts = [
        (report.counts.ignored, "ignored"),
        (report.counts.baselined, "known from the baseline"),
    ];
    let parts: Vec<String> = counts
        .into_iter()
        .filter(|(count, _)| 0 < *count)
        .map(|(count, how)| format!("{} {how}", thousands(count)))
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// What part of the references a run was about: `shard 2 of 8`; `None` if it was about all.
pub(super) fn limits(report: &Report) -> Option<String> {
    let shard = report.run.shard;
    let shard = shard.map(|shard| format!("shard {} of {}", shard.index, shard.of));
    let parts: Vec<String> = (report.run.limited_to.iter().cloned())
        .chain(shard)
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Links by verdict as words ("redirected to home page"), only those that occur.
pub(super) fn verdicts(report: &Report) -> Vec<(LinkVerdict, String, usize)> {
    LinkVerdict::ALL
        .into_iter()
        .filter_map(|verdict| {
            let count = *report.counts.verdicts.get(verdict.as_str())?;
            let words = verdict.as_str().replace('-', " ").replace("tls", "TLS");
            (0 < count).then_some((verdict, words, count))
        })
        .collect()
}

/// "30 alive, 2 gone".
pub(super) fn verdict_line(report: &Report) -> String {
    let parts: Vec<String> = verdicts(report)
        .into_iter()
        .map(|(_, words, count)| format!("{} {words}", thousands(count)))
        .collect();
    parts.join(", ")
}

/// The sources to translate out of one language.
#[derive(Debug)]
pub(super) struct LanguageTally<'a> {
    /// Its English name, first letter upper case as English has it.
    pub(super) english: String,
    /// Its own name; empty when that is the same.
    pub(super) native: String,
    /// The sources, those that help most readers first.
    pub(super) items: Vec<&'a TodoItem>,
    /// Words or characters of them together.
    pub(super) amount: Amount,
}

/// How much there is to translate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Amount {
    words: usize,
    characters: usize,
}

impl Amount {
    /// That of one source.
    pub(super) fn of(item: &TodoItem) -> Self {
        if COUNTED_IN_CHARACTERS.contains(&item.language.primary()) {
            Self {
                words: 0,
                characters: item.words,
            }
        } else {
            Self {
                words: item.words,
                characters: 0,
            }
        }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            words: self.words.saturating_add(other.words),
            characters: self.characters.saturating_add(other.characters),
        }
    }

    /// That of many sources together.
    pub(super) fn total<'a>(items: impl IntoIterator<Item = &'a TodoItem>) -> Self {
        items
            .into_iter()
            .map(Self::of)
            .fold(Self::default(), Self::plus)
    }

    /// "1,204 words", "300 characters", "1,204 words and 300 characters".
    pub(super) fn describe(self) -> String {
        match (self.words, self.characters) {
            (words, 0) => counted(words, "word"),
            (0, characters) => counted(characters, "character"),
            (words, characters) => {
                format!(
                    "{} and {}",
                    counted(words, "word"),
                    counted(characters, "character")
                )
            }
        }
    }
}

/// The sources that a to-do list shows, by article, and of each article those first that help most
/// readers: by uses in the article, then by length.
pub(super) fn listed(report: &Report) -> Vec<&TodoItem> {
    let asked = |item: &&TodoItem| match item.state {
        TodoState::NeedsTranslation => true,
        TodoState::Translated | TodoState::Rejected => report.run.all_todo,
    };
    let mut items: Vec<&TodoItem> = report.todo.iter().filter(asked).collect();
    let mut articles: BTreeMap<&str, usize> = BTreeMap::new();
    for item in &items {
        let next = articles.len();
        articles.entry(&item.article).or_insert(next);
    }
    items.sort_by_key(|item| {
        let article = articles.get(item.article.as_str());
        let helps = (Reverse(item.uses), Reverse(item.words));
        (article, item.state, helps, item.reference)
    });
    items
}

/// Sources to translate by language, by its English name; each language's as [`listed`].
pub(super) fn by_language(report: &Report) -> Vec<LanguageTally<'_>> {
    let mut groups: BTreeMap<(String, &LanguageTag), Vec<&TodoItem>> = BTreeMap::new();
    for item in listed(report) {
        let key = (languages::english_name(&item.language), &item.language);
        groups.entry(key).or_default().push(item);
    }
    groups
        .into_iter()
        .map(|((english, tag), items)| {
            let native = languages::native_name(tag);
            LanguageTally {
                native: if native == english {
                    String::new()
                } else {
                    native
                },
                english,
                amount: Amount::total(items.iter().copied()),
                items,
            }
        })
        .collect()
}

/// The languages that readers of the articles have, in English: "English", "German or Ukrainian".
pub(super) fn readers(report: &Report) -> Option<String> {
    let mut tags: Vec<&LanguageTag> = match &report.run.language {
        Some(tag) => vec![tag],
        None => report
            .articles
            .iter()
            .filter_map(|article| article.language.as_ref())
            .collect(),
    };
    tags.sort();
    tags.dedup();
    let names: Vec<String> = tags.into_iter().map(languages::english_name).collect();
    (!names.is_empty()).then(|| names.join(" or "))
}

/// An article's findings with the reference that each is about, article first, then by number.
pub(super) fn by_reference(article: &CheckedArticle) -> BTreeMap<Option<u32>, Vec<&Finding>> {
    let mut groups: BTreeMap<Option<u32>, Vec<&Finding>> = BTreeMap::new();
    for finding in &article.findings {
        groups.entry(finding.reference).or_default().push(finding);
    }
    groups
}

/// The references that an article has findings about, by number.
pub(super) fn by_number(article: &CheckedArticle) -> BTreeMap<u32, CheckedReference> {
    let findings = article.findings.iter();
    let named: BTreeSet<u32> = findings.filter_map(|finding| finding.reference).collect();
    let mut numbered = BTreeMap::new();
    for block in article.references.blocks() {
        for reference in block.iter().filter(|it| named.contains(&it.number)) {
            let known = numbered.entry(reference.number);
            known.or_insert_with(|| {
                let mut shown = reference.clone();
                // Long and not shown; of a long list many are kept.
                shown.page = None;
                shown.further = Vec::new();
                shown.citation.raw.clear();
                shown.citation.fields.clear();
                shown
            });
        }
    }
    numbered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_carry_commas_and_plurals() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(counted(1, "source"), "1 source");
        assert_eq!(counted(1200, "source"), "1,200 sources");
    }

    #[test]
    fn words_and_characters_are_not_added_up() {
        let amount = Amount {
            words: 1204,
            characters: 300,
        };
        assert_eq!(amount.describe(), "1,204 words and 300 characters");
        assert_eq!(Amount::default().describe(), "0 words");
    }
}
