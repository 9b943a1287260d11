//! By what a finding is known again.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::links::canonical_part;
use crate::model::{CheckedArticle, CheckedReference, Citation, Finding, Span};

/// Most characters of a title or text in an identity.
const MOST_CHARS: usize = 200;

/// By what a finding is known again in a later run, whatever else of the article changes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Identity {
    /// The article's input as seen from the folder of the baseline, with `/` between folders and no
    /// `./` before them.
    pub article: String,
    /// The cited URL as [`canonical_part`] writes it. Of a work without one `title: …`, of one
    /// without title `text: …` with its entry; of what concerns no reference the text in question.
    pub about: String,
    /// Name of the rule.
    pub rule: String,
}

/// What the works of an article's references are called in identities.
#[derive(Debug)]
pub(super) struct Subjects {
    article: String,
    /// By number of the reference, for those that findings are about.
    works: BTreeMap<u32, Vec<(Span, String)>>,
}

impl Subjects {
    pub(super) fn of(article: &CheckedArticle, name: String) -> Self {
        let findings = article.findings.iter();
        let wanted: BTreeSet<u32> = findings.filter_map(|finding| finding.reference).collect();
        let mut works = BTreeMap::new();
        for block in article.references.blocks() {
            let concerned = block.iter().filter(|it| wanted.contains(&it.number));
            works.extend(concerned.map(|reference| (reference.number, subjects(reference))));
        }
        Self {
            article: name,
            works,
        }
    }

    pub(super) fn identity(&self, finding: &Finding) -> Identity {
        let works = finding.reference.and_then(|number| self.works.get(&number));
        let about = works.map_or_else(|| place(finding), |works| subject(works, finding.span));
        Identity {
            article: self.article.clone(),
            about,
            rule: finding.name.to_string(),
        }
    }
}

/// The article's input as identities have it.
pub(in crate::check) fn article_key(input: &str) -> String {
    let input = input.replace('\\', "/");
    let mut rest = input.as_str();
    while let Some(inner) = rest.strip_prefix("./") {
        rest = inner.trim_start_matches('/');
    }
    rest.to_owned()
}

/// The same, of a file as seen from the folder `root`, where the run was made in the folder `here`;
/// both are whole paths, or empty where nothing is known of them. What does not lie in `root` keeps
/// its name.
pub(super) fn rooted(input: &str, root: &str, here: &str) -> String {
    let key = article_key(input);
    let (root, here) = (article_key(root), article_key(here));
    if root.is_empty() || key == "-" || key.contains("://") {
        return key;
    }
    let is_whole = key.starts_with('/') || key.get(1..3) == Some(":/");
    let whole = if is_whole {
        key.clone()
    } else {
        format!("{here}/{key}")
    };
    let mut steps: Vec<&str> = Vec::new();
    for step in whole.split('/').filter(|step| *step != ".") {
        if step == ".." && 1 < steps.len() {
            steps.pop();
        } else {
            steps.push(step);
        }
    }
    let whole = steps.join("/");
    let rest = whole.strip_prefix(root.trim_end_matches('/'));
    let below = rest.and_then(|rest| rest.strip_prefix('/'));
    below.map(str::to_owned).unwrap_or(key)
}

/// What the works of a reference are called, in order.
pub(super) fn subjects(reference: &CheckedReference) -> Vec<(Span, String)> {
    let entry = reference.source.as_deref().unwrap_or_default();
    let further = reference.further.iter();
    let works = std::iter::once((reference.span, &reference.citation))
        .chain(further.map(|source| (source.span, &source.citation)));
    works
        .map(|(span, citation)| (span, about(citation, entry)))
        .collect()
}

/// The work that a place is about: the first one's is the whole entry.
fn subject(works: &[(Span, String)], place: Option<Span>) -> String {
    let holds =
        |span: &Span| place.is_some_and(|place| span.start <= place.start && place.end <= span.end);
    let further = works.iter().skip(1).find(|(span, _)| holds(span));
    let found = further.or_else(|| works.first());
    found.map_or_else(String::new, |(_, about)| about.clone())
}

fn about(citation: &Citation, entry: &str) -> String {
    let url = citation.url.as_deref().map(str::trim);
    if let Some(url) = url.filter(|url| !url.is_empty()) {
        return canonical_part(url);
    }
    let title = citation.title.as_ref().or(citation.script_title.as_ref());
    match title {
        Some(title) => format!("title: {}", on_one_line(title)),
        None => format!("text: {}", on_one_line(entry)),
    }
}

/// The text that a finding about no reference is about.
fn place(finding: &Finding) -> String {
    let excerpt = finding.excerpt.as_ref();
    let text = excerpt.and_then(|it| it.text.get(it.start..it.end));
    on_one_line(text.unwrap_or_default())
}

fn on_one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(MOST_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_named_from_the_folder_of_the_baseline() {
        for (input, here, expect) in [
            ("a.wiki", "/r", "a.wiki"),
            ("././a.wiki", "/r", "a.wiki"),
            ("a.wiki", "/r/lists", "lists/a.wiki"),
            ("../a.wiki", "/r/lists", "a.wiki"),
            ("/r/lists/a.wiki", "/elsewhere", "lists/a.wiki"),
            ("../a.wiki", "/r", "../a.wiki"),
            ("/rest/a.wiki", "/r", "/rest/a.wiki"),
            ("-", "/r/lists", "-"),
            (
                "https://uk.wikipedia.org/wiki/Київ",
                "/r",
                "https://uk.wikipedia.org/wiki/Київ",
            ),
            ("..", "/", ".."),
        ] {
            assert_eq!(rooted(input, "/r", here), expect, "{input} in {here}");
        }
        assert_eq!(rooted("lists\\a.wiki", "C:\\r", "C:\\r"), "lists/a.wiki");
        assert_eq!(rooted("C:\\r\\a.wiki", "C:\\r", "C:\\x"), "a.wiki");
        assert_eq!(rooted("./a.wiki", "", ""), "a.wiki");
    }
}
