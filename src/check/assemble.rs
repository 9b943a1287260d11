//! Articles and facts → report.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Timestamp;
use url::Url;

use super::counts::counts;
use super::excerpt::excerpt;
use super::facts::{Facts, read_url};
use super::ignores::Filter;
use super::options::CheckOptions;
use super::reported::{Seen, checked_reference};
use super::source_language::source_language;
use super::todo::todo;
use crate::model::{
    Article, CheckedArticle, CheckedReference, Counts, FetchOutcome, FetchResult, Finding,
    LanguageTag, LinkFacts, LinkVerdict, Network, Reference, Report, Run, SCHEMA_VERSION,
    SkipReason, Source, TodoItem, Tool, Verdict,
};
use crate::rules::{ArticleContext, Check, Needs, RULES, Rule, SourceContext, judge};

/// Judges the articles by the facts and makes the report.
///
/// URLs without facts count as skipped. `finished` is when the facts were complete, and `partial`
/// whether gathering them was interrupted. The same input gives the same report.
#[must_use]
pub fn assemble(
    articles: Vec<Article>,
    facts: &Facts,
    options: &CheckOptions,
    finished: Timestamp,
    partial: bool,
) -> Report {
    let mut filter = Filter::new(options);
    let mut todos = Vec::new();
    let mut checked = Vec::new();
    let language = common_language(&articles, options);
    for article in articles {
        let readers = options.readers.clone().or_else(|| article.language.clone());
        let (article, todo) = check_article(article, readers.as_ref(), facts, &mut filter, options);
        todos.extend(todo);
        checked.push(article);
    }
    let findings = filter.unused(&checked, partial || !options.pages);
    let counts = Counts {
        ignored: filter.ignored_count(),
        ..counts(&checked, &todos, &findings)
    };
    let run = Run {
        started: options.now,
        finished,
        network: options.network,
        language,
        partial,
        pages: options.pages,
        trouble: None,
        shard: None,
        limited_to: None,
    };
    Report {
        schema: SCHEMA_VERSION,
        tool: tool(),
        run,
        articles: checked,
        todo: todos,
        findings,
        counts,
    }
}

/// The articles' references without any finding: what `citecheck extract` prints. Languages are
/// named as far as citation and title tell.
#[must_use]
pub fn extract(articles: Vec<Article>) -> Vec<CheckedArticle> {
    articles
        .into_iter()
        .map(|article| {
            let (language, text) = (article.language.clone(), article.text);
            let references = article.references.into_iter().map(|reference| {
                let seen = reference.sources.iter().map(|source| Seen {
                    language: source_language(&source.citation, None, language.as_ref()),
                    ..Seen::default()
                });
                let seen = seen.collect();
                checked_reference(reference, seen, &text)
            });
            CheckedArticle {
                references: references.collect(),
                counts: article.counts,
                input: article.input,
                format: article.format,
                title: article.title,
                language: article.language,
                findings: Vec::new(),
                problems: article.problems,
            }
        })
        .collect()
}

/// This program and its version.
#[must_use]
pub fn tool() -> Tool {
    Tool {
        name: env!("CARGO_PKG_NAME").to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

/// The readers' language, if it is one for the whole run.
fn common_language(articles: &[Article], options: &CheckOptions) -> Option<LanguageTag> {
    if options.readers.is_some() {
        return options.readers.clone();
    }
    let first = articles.first()?.language.clone()?;
    articles
        .iter()
        .all(|article| article.language.as_ref() == Some(&first))
        .then_some(first)
}

fn check_article(
    article: Article,
    readers: Option<&LanguageTag>,
    facts: &Facts,
    filter: &mut Filter<'_>,
    options: &CheckOptions,
) -> (CheckedArticle, Vec<TodoItem>) {
    let context = ArticleContext {
        article: &article,
        now: options.now,
        readers,
    };
    let (references, noted) = (article.references)
        .map_aside(|reference| check_reference(reference, &context, facts, options));
    let mut findings = article_findings(&context, options);
    let mut todo = Vec::new();
    for noted in noted {
        findings.extend(noted.findings);
        todo.extend(noted.todo);
    }
    findings.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
    for finding in &mut findings {
        finding.excerpt = (finding.span).and_then(|span| excerpt(&article.text, span));
        if let Some(fix) = &mut finding.fix {
            fix.summary.clone_from(&fix.description);
        }
    }
    let findings = if options.ignores.is_empty() {
        filter.apply(findings, &article.input, &BTreeMap::new())
    } else {
        filter.apply(findings, &article.input, &urls_by_number(&article))
    };
    let checked = CheckedArticle {
        references,
        counts: article.counts,
        input: article.input,
        format: article.format,
        title: article.title,
        language: article.language,
        findings,
        problems: article.problems,
    };
    (checked, todo)
}

/// What is to be said of a reference.
struct Noted {
    findings: Vec<Finding>,
    todo: Vec<TodoItem>,
}

/// A reference with what is known of it, and what is to be said of it.
fn check_reference(
    reference: Reference,
    article: &ArticleContext<'_>,
    facts: &Facts,
    options: &CheckOptions,
) -> (CheckedReference, Noted) {
    let language = article.article.language.as_ref();
    let sources = reference.sources.iter();
    let mut seen: Vec<Seen<'_>> = sources
        .map(|source| look_up(source, facts, options, language))
        .collect();
    let mut findings = Vec::new();
    for (source, seen) in reference.sources.iter().zip(&mut seen) {
        let context = SourceContext {
            article: *article,
            reference: &reference,
            source,
            link: seen.link.or(seen.not_asked.as_deref()),
            copy: seen.copy,
            verdict: seen.verdict.as_ref(),
            page: seen.cited_page(),
            language: seen.language.as_ref(),
        };
        findings.extend(source_findings(&context, options));
        seen.not_asked = None;
    }
    let checked = checked_reference(reference, seen, &article.article.text);
    let todo = todo(article.article, &checked, article.readers);
    (checked, Noted { findings, todo })
}

fn urls_by_number(article: &Article) -> BTreeMap<u32, Vec<String>> {
    let mut urls: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for reference in article.references.blocks().flat_map(Cow::into_owned) {
        let sources = reference.sources.into_iter();
        let cited = sources.filter_map(|source| source.citation.url);
        urls.entry(reference.number).or_default().extend(cited);
    }
    urls
}

/// The rules that a run is about.
fn rules(options: &CheckOptions) -> impl Iterator<Item = &'static Rule> {
    let all = !options.links_only;
    RULES
        .iter()
        .copied()
        .filter(move |rule| all || rule.needs == Needs::Network)
}

fn article_findings(context: &ArticleContext<'_>, options: &CheckOptions) -> Vec<Finding> {
    let checks = rules(options).map(|rule| match rule.check {
        Check::Article(check) => check(context),
        Check::Source(_) | Check::Run => Vec::new(),
    });
    checks.flatten().collect()
}

fn source_findings(context: &SourceContext<'_>, options: &CheckOptions) -> Vec<Finding> {
    let checks = rules(options).map(|rule| match rule.check {
        Check::Source(check) => check(context),
        Check::Article(_) | Check::Run => Vec::new(),
    });
    checks.flatten().collect()
}

fn look_up<'f>(
    source: &Source,
    facts: &'f Facts,
    options: &CheckOptions,
    language: Option<&LanguageTag>,
) -> Seen<'f> {
    let mut seen = Seen::default();
    if let Some(url) = &source.citation.url {
        match read_url(url) {
            Err(reason) => {
                let evidence = Vec::new();
                seen.verdict = Some(Verdict {
                    link: LinkVerdict::Unknown,
                    reason,
                    confidence: 1.0,
                    evidence,
                });
            }
            Ok(url) => {
                seen.link = facts.get(&url);
                if seen.link.is_none() {
                    seen.not_asked = Some(Box::new(not_asked(url, options.network)));
                }
                let link = seen.link.or(seen.not_asked.as_deref());
                seen.verdict = link.map(|link| judge(link, &source.citation));
            }
        }
    }
    let copy = source.citation.archive_url.as_deref();
    let copy = copy.and_then(|copy| read_url(copy).ok());
    seen.copy = copy.and_then(|copy| facts.get(&copy));
    if !options.links_only {
        seen.language = source_language(&source.citation, seen.cited_page(), language);
    }
    seen
}

fn not_asked(url: Url, network: Network) -> LinkFacts {
    let reason = match network {
        Network::Offline => SkipReason::Offline,
        Network::Replay => SkipReason::NotRecorded,
        Network::Live => SkipReason::Interrupted,
    };
    LinkFacts::of(FetchOutcome {
        requested: url.clone(),
        hops: Vec::new(),
        landed: url,
        fetched_at: Timestamp::UNIX_EPOCH,
        attempts: 0,
        result: FetchResult::Skipped(reason),
    })
}
