//! Totals of a run.

use std::collections::BTreeMap;

use crate::model::{CheckedArticle, CheckedReference, Counts, Finding, TodoItem, TodoState, Work};

/// Counts what the articles hold; `run_findings` are those about the run itself.
pub(super) fn counts(
    articles: &[CheckedArticle],
    todo: &[TodoItem],
    run_findings: &[Finding],
) -> Counts {
    let mut counts = Counts::default();
    counts.count_todo(todo);
    for block in articles
        .iter()
        .flat_map(|article| article.references.blocks())
    {
        counts.references += block.len();
        let works = block.iter().flat_map(CheckedReference::works);
        works.for_each(|work| count_work(&mut counts, work));
    }
    let of_articles = articles.iter().flat_map(|article| &article.findings);
    for finding in of_articles.chain(run_findings) {
        add(&mut counts.severities, finding.severity.as_str());
        add(&mut counts.rules, &finding.name);
    }
    counts
}

impl Counts {
    /// Counts the sources of a to-do list by their states, as after some were taken out of it.
    pub fn count_todo(&mut self, todo: &[TodoItem]) {
        let of_state = |state| todo.iter().filter(|item| item.state == state).count();
        self.todo = of_state(TodoState::NeedsTranslation);
        self.translated = of_state(TodoState::Translated);
        self.rejected = of_state(TodoState::Rejected);
    }
}

fn count_work(counts: &mut Counts, work: Work<'_>) {
    if let Some(link) = work.link {
        counts.urls += 1;
        add(&mut counts.verdicts, link.verdict.as_str());
    }
    if let Some(language) = work.language {
        add(&mut counts.languages, language.tag.as_str());
    }
}

fn add(totals: &mut BTreeMap<String, usize>, key: &str) {
    *totals.entry(key.to_owned()).or_default() += 1;
}
