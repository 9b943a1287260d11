//! Severities and ignores of the settings, applied to findings.

use std::collections::BTreeMap;

use super::inline::Inline;
use super::options::{CheckOptions, Ignore, RuleLevel};
use super::settled::Settled;
use crate::model::{CheckedArticle, CheckedReference, Finding, Run, Work};
use crate::rules::{self, Rule, unused_ignore};

/// Applies the settings and remembers which ignores were of use.
#[derive(Debug)]
pub(super) struct Filter<'a> {
    options: &'a CheckOptions,
    used: Vec<bool>,
    ignored: usize,
}

impl<'a> Filter<'a> {
    pub(super) fn new(options: &'a CheckOptions) -> Self {
        Self {
            options,
            used: vec![false; options.ignores.len()],
            ignored: 0,
        }
    }

    /// How many findings were ignored.
    pub(super) const fn ignored_count(&self) -> usize {
        self.ignored
    }

    /// Counts findings that were ignored elsewhere.
    pub(super) const fn add_ignored(&mut self, number: usize) {
        self.ignored += number;
    }

    /// Takes out what is ignored or off, and sets severities. What the article itself ignores is
    /// not offered to the settings' ignores.
    pub(super) fn apply(
        &mut self,
        findings: Vec<Finding>,
        inline: &mut Inline,
        input: &str,
        urls: &BTreeMap<u32, Vec<String>>,
    ) -> Vec<Finding> {
        let mut kept = Vec::new();
        for finding in findings {
            if inline.hides(&finding) || self.ignored(&finding, input, urls) {
                self.ignored += 1;
            } else {
                kept.extend(self.levelled(finding));
            }
        }
        kept
    }

    /// The findings about ignores that matched nothing, in the order of the settings.
    pub(super) fn unused(&self, articles: &[CheckedArticle], run: &Run) -> Vec<Finding> {
        let entries = self.options.ignores.iter().zip(&self.used);
        entries
            .filter(|(ignore, used)| !**used && Self::could_match(ignore, articles, run))
            .map(|(ignore, _)| unused_ignore(&describe(ignore), &ignore.reason, &ignore.place))
            .filter_map(|finding| self.levelled(finding))
            .collect()
    }

    fn ignored(
        &mut self,
        finding: &Finding,
        input: &str,
        urls: &BTreeMap<u32, Vec<String>>,
    ) -> bool {
        let cited = finding.reference.and_then(|number| urls.get(&number));
        let mut hit = false;
        for (ignore, used) in self.options.ignores.iter().zip(&mut self.used) {
            let rule = ignore
                .rule
                .as_ref()
                .is_none_or(|rule| *rule == finding.name);
            let number = ignore
                .reference
                .is_none_or(|number| finding.reference == Some(number));
            let url = ignore.url.as_ref().is_none_or(|pattern| {
                cited.is_some_and(|urls| urls.iter().any(|url| glob(pattern, url)))
            });
            let article = ignore
                .article
                .as_ref()
                .is_none_or(|end| is_input(input, end));
            if rule && number && url && article {
                *used = true;
                hit = true;
            }
        }
        hit
    }

    fn levelled(&self, mut finding: Finding) -> Option<Finding> {
        match self.options.levels.get(finding.name.as_ref()) {
            None => {}
            Some(RuleLevel::Off) => return None,
            Some(RuleLevel::At(level)) => {
                let own = rules::by_name(&finding.name).map(|rule| rule.severity);
                let lowered = own.is_some_and(|own| finding.severity < own);
                finding.severity = if lowered {
                    finding.severity.min(*level)
                } else {
                    *level
                };
            }
        }
        Some(finding)
    }

    /// Whether the run looked at what the ignore is about: an article that was not read, a link
    /// that was not asked or a page that was not read cannot match.
    fn could_match(ignore: &Ignore, articles: &[CheckedArticle], run: &Run) -> bool {
        let settled = Settled::by(run);
        let rules: Vec<&Rule> = match ignore.rule.as_deref() {
            Some(name) => rules::by_name(name).into_iter().collect(),
            None => rules::RULES.to_vec(),
        };
        let is_part = run.shard.is_some() || run.limited_to.is_some();
        if is_part || !rules.iter().all(|rule| settled.ran(rule)) {
            return false;
        }
        let named = |article: &&CheckedArticle| {
            let end = ignore.article.as_ref();
            end.is_none_or(|end| is_input(&article.input, end))
        };
        let mut concerned = false;
        for article in articles.iter().filter(named) {
            // Whoever names the article means what is gone from it, too.
            concerned |= ignore.article.is_some();
            for block in article.references.blocks() {
                for work in block.iter().flat_map(|reference| works(ignore, reference)) {
                    concerned = true;
                    if !rules.iter().all(|rule| settled.at(rule, work)) {
                        return false;
                    }
                }
            }
        }
        concerned
    }
}

/// The works of a reference that an ignore is about.
fn works<'r>(
    ignore: &Ignore,
    reference: &'r CheckedReference,
) -> impl Iterator<Item = Work<'r>> + use<'r> {
    let number = ignore.reference;
    let is_meant = number.is_none_or(|number| number == reference.number);
    let pattern = ignore.url.clone();
    reference.works().filter(move |work| {
        let url = work.citation.url.as_ref();
        let fits = |pattern: &String| url.is_some_and(|url| glob(pattern, url));
        is_meant && pattern.as_ref().is_none_or(fits)
    })
}

fn describe(ignore: &Ignore) -> String {
    let rule = ignore
        .rule
        .clone()
        .unwrap_or_else(|| "every rule".to_owned());
    let parts = [
        ignore
            .reference
            .map(|number| format!("at reference {number}")),
        ignore.url.as_ref().map(|url| format!("at {url}")),
        ignore
            .article
            .as_ref()
            .map(|article| format!("in {article}")),
    ];
    let parts: Vec<String> = std::iter::once(rule)
        .chain(parts.into_iter().flatten())
        .collect();
    parts.join(" ")
}

fn is_input(input: &str, end: &str) -> bool {
    input
        .strip_suffix(end)
        .is_some_and(|before| before.is_empty() || before.ends_with(['/', '\\']))
}

/// Whether `text` has the shape of `pattern`, in which `*` stands for any characters.
///
/// Runs in linear time over the pieces between the stars: first and last piece are anchored, the
/// others are taken at their first place.
fn glob(pattern: &str, text: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(mut rest) = text.strip_prefix(pieces.next().unwrap_or_default()) else {
        return false;
    };
    let Some(last) = pieces.next_back() else {
        return rest.is_empty();
    };
    for piece in pieces {
        match rest.split_once(piece) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glob_takes_stars_for_any_characters() {
        for (pattern, text, expect) in [
            ("https://a.example/x", "https://a.example/x", true),
            ("https://a.example/x", "https://a.example/xy", false),
            ("https://a.example/*", "https://a.example/x/y", true),
            ("*.example/*", "https://a.example/x", true),
            ("*x", "x", true),
            ("ab*ba", "aba", false),
            ("*", "", true),
            (
                "https://*/2024/*/новини",
                "https://a.example/2024/11/новини",
                true,
            ),
        ] {
            assert_eq!(glob(pattern, text), expect, "{pattern} {text}");
        }
    }

    #[test]
    fn article_is_named_whole_or_by_the_end_of_its_path() {
        assert!(is_input("references/demo.wiki", "demo.wiki"));
        assert!(is_input("demo.wiki", "demo.wiki"));
        assert!(!is_input("references/mydemo.wiki", "demo.wiki"));
    }
}
