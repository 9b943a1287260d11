//! Articles and facts → report.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use url::Url;

use super::counts::counts;
use super::credentials;
use super::excerpt::excerpt;
use super::facts::{Facts, read_url};
use super::ignores::Filter;
use super::inline::Inline;
use super::options::CheckOptions;
use super::reported::{Seen, checked_reference};
use super::scope::{Home, Of};
use super::settled::Settled;
use super::source_language::source_language;
use super::todo::{Asked, asked, is_rejected, settled};
use crate::model::{
    Article, CheckedArticle, CheckedReference, Counts, FetchOutcome, FetchResult, Finding,
    LanguageTag, LinkFacts, LinkVerdict, Network, Packed, Reference, Report, Run, SCHEMA_VERSION,
    SkipReason, Source, TodoItem, Tool, Verdict,
};
use crate::rules::{ArticleContext, Check, Needs, RULES, Rule, SourceContext, edit_summary, judge};

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
    let mut run = Run {
        started: options.now,
        finished,
        network: options.network,
        language: common_language(&articles, options),
        partial,
        pages: options.pages,
        trouble: None,
        shard: None,
        limited_to: None,
        all_todo: options.all_todo,
    };
    options.scope.describe(&mut run);
    let mut filter = Filter::new(options);
    let mut todos = Vec::new();
    let mut checked = Vec::new();
    let mut unknown_language = 0;
    for article in articles {
        let readers = options.readers.clone().or_else(|| article.language.clone());
        let work = Work {
            facts,
            options,
            scope: Of::new(&options.scope, &article.input),
            settled: Settled::by(&run),
        };
        let (article, todo, unknown) = work.check_article(article, readers.as_ref(), &mut filter);
        todos.extend(settled(todo, options));
        unknown_language += unknown;
        checked.push(article);
    }
    let findings = filter.unused(&checked, &run);
    let counts = Counts {
        ignored: filter.ignored_count(),
        unknown_language,
        ..counts(&checked, &todos, &findings)
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

/// What an article is checked by.
struct Work<'a> {
    facts: &'a Facts,
    options: &'a CheckOptions,
    scope: Of<'a>,
    settled: Settled,
}

/// What is to be said of a reference.
struct Noted {
    number: u32,
    home: Home,
    /// Whether the run is about any work of it.
    is_taken: bool,
    findings: Vec<Finding>,
    todo: Vec<TodoItem>,
    /// Works whose language is not known.
    unknown: usize,
    /// Findings that a decision of editors answers.
    answered: usize,
}

impl Work<'_> {
    fn check_article(
        &self,
        article: Article,
        readers: Option<&LanguageTag>,
        filter: &mut Filter<'_>,
    ) -> (CheckedArticle, Vec<TodoItem>, usize) {
        let context = ArticleContext {
            article: &article,
            now: self.options.now,
            readers,
        };
        let (references, noted) =
            (article.references).map_aside(|reference| self.check_reference(reference, &context));
        let at_home = noted.iter().filter(|noted| noted.home.0);
        let homes: BTreeSet<u32> = at_home.map(|noted| noted.number).collect();
        let mut findings = article_findings(&context, self.options);
        if !self.options.scope.is_whole() {
            let is_home = |number: u32| homes.contains(&number);
            findings.retain(|finding| self.scope.takes_finding(finding, is_home));
        }
        let references = self.taken(references, &noted);
        let (mut todo, mut unknown) = (Vec::new(), 0);
        for noted in noted {
            findings.extend(noted.findings);
            todo.extend(noted.todo);
            unknown += noted.unknown;
            filter.add_ignored(noted.answered);
        }
        sort(&mut findings);
        let mut inline = Inline::of(&article);
        let urls = if self.options.ignores.is_empty() {
            BTreeMap::new()
        } else {
            urls_by_number(&article)
        };
        let mut findings = filter.apply(findings, &mut inline, &article.input, &urls);
        if !article.ignores.is_empty() {
            let unused = inline.unused(self.settled, &references, &homes);
            findings.extend(filter.apply(unused, &mut inline, &article.input, &urls));
            sort(&mut findings);
        }
        for finding in &mut findings {
            finding.excerpt = (finding.span).and_then(|span| excerpt(&article.text, span));
            credentials::take_out(&mut finding.message);
            for evidence in &mut finding.evidence {
                credentials::take_out(&mut evidence.value);
            }
            if let Some(fix) = &mut finding.fix {
                fix.summary = edit_summary(&finding.name, fix, article.language.as_ref());
            }
        }
        let mut problems = article.problems;
        problems.append(&mut inline.problems);
        problems.retain(|problem| self.scope.takes_line(problem.line));
        problems.sort();
        let checked = CheckedArticle {
            references,
            counts: article.counts,
            input: article.input,
            format: article.format,
            title: article.title,
            language: article.language,
            findings,
            problems,
        };
        (checked, todo, unknown)
    }

    /// The references that the run is about.
    fn taken(
        &self,
        references: Packed<CheckedReference>,
        noted: &[Noted],
    ) -> Packed<CheckedReference> {
        if self.options.scope.is_whole() {
            return references;
        }
        let taken = references.into_iter().zip(noted);
        let taken = taken.filter(|(_, noted)| noted.is_taken);
        taken.map(|(reference, _)| reference).collect()
    }

    /// A reference with what is known of it, and what is to be said of it.
    fn check_reference(
        &self,
        reference: Reference,
        article: &ArticleContext<'_>,
    ) -> (CheckedReference, Noted) {
        let language = article.article.language.as_ref();
        let (number, home) = (reference.number, self.scope.home(&reference));
        let mut is_taken = false;
        let mut all_seen = Vec::with_capacity(reference.sources.len());
        let (mut findings, mut todo, mut unknown) = (Vec::new(), Vec::new(), 0);
        let mut answered = 0;
        for source in &reference.sources {
            if !self.scope.takes(number, home, source) {
                all_seen.push(Seen::default());
                continue;
            }
            is_taken = true;
            let mut seen = look_up(source, self.facts, self.options, language);
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
            let mut of_source = source_findings(&context, self.options);
            match asked(&context) {
                Asked::Foreign(item) => {
                    if is_rejected(&item, &self.options.remembered) {
                        let all = of_source.len();
                        of_source.retain(|finding| finding.name != "needs-translation");
                        answered += all - of_source.len();
                    }
                    todo.push(*item);
                }
                // A run about links alone looked at no language.
                Asked::Unknown => unknown += usize::from(!self.options.links_only),
                Asked::No => {}
            }
            findings.extend(of_source);
            seen.not_asked = None;
            all_seen.push(seen);
        }
        let checked = checked_reference(reference, all_seen, &article.article.text);
        let noted = Noted {
            number,
            home,
            is_taken,
            findings,
            todo,
            unknown,
            answered,
        };
        (checked, noted)
    }
}

/// By place, then by rule.
fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
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
