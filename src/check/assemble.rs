//! Articles and facts → report.

use std::collections::BTreeMap;

use jiff::Timestamp;
use url::Url;

use super::counts::counts;
use super::facts::{Facts, read_url};
use super::ignores::Filter;
use super::options::CheckOptions;
use super::source_language::source_language;
use super::todo::todo;
use crate::model::{
    Article, CheckedArticle, CheckedReference, CheckedSource, Counts, FetchOutcome, FetchResult,
    Finding, LanguageTag, LinkFacts, LinkHop, LinkReport, LinkVerdict, Network, PageEvidence,
    Reference, ReferenceLanguage, Report, Run, SCHEMA_VERSION, SkipReason, Source, Tool, Verdict,
};
use crate::rules::{ArticleContext, Check, RULES, SourceContext, judge};

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
        let article = check_article(article, readers.as_ref(), facts, &mut filter, options);
        todos.extend(todo(&article, readers.as_ref()));
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
            let references = article.references.into_iter().map(|reference| {
                let seen = reference.sources.iter().map(|source| Seen {
                    language: source_language(&source.citation, None, article.language.as_ref()),
                    ..Seen::default()
                });
                let seen = seen.collect();
                checked_reference(reference, seen)
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

/// What was found out about one source.
#[derive(Default)]
struct Seen<'f> {
    verdict: Option<Verdict>,
    link: Option<&'f LinkFacts>,
    /// What stands for `link` where nothing is known; let go once rules have seen it, so that a
    /// run that asked nothing does not hold it for all references at once.
    not_asked: Option<Box<LinkFacts>>,
    copy: Option<&'f LinkFacts>,
    language: Option<ReferenceLanguage>,
}

impl Seen<'_> {
    /// The page, if it is the one that is cited.
    fn cited_page(&self) -> Option<&PageEvidence> {
        let verdict = self.verdict.as_ref()?.link;
        self.page().filter(|_| verdict.is_cited_page())
    }

    /// What was read from the body of a success.
    fn page(&self) -> Option<&PageEvidence> {
        let link = self.link?;
        let success = matches!(
            &link.outcome.result,
            FetchResult::Response(response) if (200..300).contains(&response.status)
        );
        link.page.as_ref().filter(|_| success)
    }
}

fn check_article(
    article: Article,
    readers: Option<&LanguageTag>,
    facts: &Facts,
    filter: &mut Filter<'_>,
    options: &CheckOptions,
) -> CheckedArticle {
    let context = ArticleContext {
        article: &article,
        now: options.now,
        readers,
    };
    let mut findings = article_findings(&context);
    let mut seen_by_reference = Vec::new();
    for reference in &article.references {
        let mut seen: Vec<Seen<'_>> = reference
            .sources
            .iter()
            .map(|source| look_up(source, facts, options.network, article.language.as_ref()))
            .collect();
        for (source, seen) in reference.sources.iter().zip(&mut seen) {
            findings.extend(source_findings(&SourceContext {
                article: context,
                reference,
                source,
                link: seen.link.or(seen.not_asked.as_deref()),
                copy: seen.copy,
                verdict: seen.verdict.as_ref(),
                page: seen.cited_page(),
                language: seen.language.as_ref(),
            }));
            seen.not_asked = None;
        }
        seen_by_reference.push(seen);
    }
    findings.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
    let findings = filter.apply(findings, &article.input, &urls_by_number(&article));
    let references = article.references.into_iter().zip(seen_by_reference);
    CheckedArticle {
        references: references
            .map(|(reference, seen)| checked_reference(reference, seen))
            .collect(),
        counts: article.counts,
        input: article.input,
        format: article.format,
        title: article.title,
        language: article.language,
        findings,
        problems: article.problems,
    }
}

fn urls_by_number(article: &Article) -> BTreeMap<u32, Vec<&str>> {
    let mut urls: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
    for reference in &article.references {
        let cited = reference
            .sources
            .iter()
            .filter_map(|source| source.citation.url.as_deref());
        urls.entry(reference.number).or_default().extend(cited);
    }
    urls
}

fn article_findings(context: &ArticleContext<'_>) -> Vec<Finding> {
    let checks = RULES.iter().map(|rule| match rule.check {
        Check::Article(check) => check(context),
        Check::Source(_) | Check::Run => Vec::new(),
    });
    checks.flatten().collect()
}

fn source_findings(context: &SourceContext<'_>) -> Vec<Finding> {
    let checks = RULES.iter().map(|rule| match rule.check {
        Check::Source(check) => check(context),
        Check::Article(_) | Check::Run => Vec::new(),
    });
    checks.flatten().collect()
}

fn look_up<'f>(
    source: &Source,
    facts: &'f Facts,
    network: Network,
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
                    seen.not_asked = Some(Box::new(not_asked(url, network)));
                }
                let link = seen.link.or(seen.not_asked.as_deref());
                seen.verdict = link.map(|link| judge(link, &source.citation));
            }
        }
    }
    let copy = source.citation.archive_url.as_deref();
    let copy = copy.and_then(|copy| read_url(copy).ok());
    seen.copy = copy.and_then(|copy| facts.get(&copy));
    seen.language = source_language(&source.citation, seen.cited_page(), language);
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

fn checked_reference(reference: Reference, seen: Vec<Seen<'_>>) -> CheckedReference {
    let points_to = reference.sources.iter().find_map(|source| source.cites);
    let mut sources = reference
        .sources
        .into_iter()
        .zip(seen)
        .map(|(source, seen)| CheckedSource {
            template: source.template,
            citation: source.citation,
            span: source.span,
            link: link_report(&seen),
            page: seen.page().cloned(),
            language: seen.language,
        });
    let main = sources.next();
    let further = sources.collect();
    let (template, citation, language, link, page) = main.map_or_else(
        || (None, crate::model::Citation::default(), None, None, None),
        |main| {
            (
                main.template,
                main.citation,
                main.language,
                main.link,
                main.page,
            )
        },
    );
    CheckedReference {
        number: reference.number,
        kind: reference.kind,
        details: reference.details,
        main: reference.main.or(points_to),
        names: reference.names,
        group: reference.group,
        uses: reference.uses,
        template,
        citation,
        span: reference.span,
        claims: reference.claims,
        language,
        link,
        page,
        further,
    }
}

fn link_report(seen: &Seen<'_>) -> Option<LinkReport> {
    let verdict = seen.verdict.as_ref()?;
    let mut report = LinkReport {
        verdict: verdict.link,
        reason: verdict.reason.clone(),
        confidence: verdict.confidence,
        evidence: verdict.evidence.clone(),
        status: None,
        final_url: None,
        hops: Vec::new(),
        attempts: 0,
        checked_at: None,
        history: None,
        copies: Vec::new(),
        copy_search: None,
    };
    // A link that was not asked has nothing to add to its verdict.
    let Some(link) = seen.link else {
        return Some(report);
    };
    let outcome = &link.outcome;
    report.history.clone_from(&link.history);
    report.copies.clone_from(&link.copies);
    report.copy_search = link.copy_search;
    let hop = |hop: &crate::model::Hop| LinkHop {
        url: hop.url.to_string(),
        status: hop.status,
    };
    report.hops = outcome.hops.iter().map(hop).collect();
    report.attempts = outcome.attempts;
    match &outcome.result {
        FetchResult::Skipped(_) => return Some(report),
        FetchResult::Failed(_) => {}
        FetchResult::Response(response) => report.status = Some(response.status),
    }
    report.final_url = Some(outcome.landed.to_string());
    report.checked_at = Some(outcome.fetched_at);
    Some(report)
}
