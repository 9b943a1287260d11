//! `citecheck extract`: the references as JSON or as a bibliography, nothing judged.

use anyhow::Result;
use citecheck::check;
use citecheck::model::{
    CheckedArticle, CheckedReference, InputFormat, LanguageTag, Packed, Problem, SCHEMA_VERSION,
    SourceCounts, Tool, UndefinedName,
};
use citecheck::report;
use serde::Serialize;

use super::Ending;
use super::args::{ExtractArgs, ExtractFormat};
use super::check::{clock, runtime};
use super::input::{Inputs, Reader, is_address};
use super::network::Network;
use super::output::print;
use super::settings;

/// What is printed: a report without findings.
#[derive(Debug, Serialize)]
struct Extract<'a> {
    schema: u32,
    tool: Tool,
    articles: Vec<ExtractedArticle<'a>>,
}

/// As [`CheckedArticle`], without findings; names that no reference has are listed instead.
#[derive(Debug, Serialize)]
struct ExtractedArticle<'a> {
    input: &'a str,
    format: InputFormat,
    title: Option<&'a str>,
    language: Option<&'a LanguageTag>,
    counts: Option<SourceCounts>,
    references: &'a Packed<CheckedReference>,
    undefined: &'a [UndefinedName],
    problems: &'a [Problem],
}

/// Reads the articles and prints their references.
pub(super) fn extract(args: &ExtractArgs, quiet: bool) -> Result<Ending> {
    let mut settings = settings::load(args.read.config.as_deref())?;
    settings::lay_over(&mut settings, &args.read);
    let asks = args.read.record.is_some()
        || args.read.replay.is_some()
        || args.inputs.iter().any(is_address);
    let network = if asks {
        Network::open(&args.read, &settings, quiet, clock())?
    } else {
        Network::Offline
    };
    let reader = Reader {
        network: &network,
        format: args.read.input_format,
        language: settings.article_language.clone(),
        quiet,
        keep_empty: true,
    };
    let Inputs { articles, unread } = runtime()?.block_on(reader.articles(&args.inputs))?;
    network.finish()?;
    let undefined: Vec<Vec<UndefinedName>> = articles
        .iter()
        .map(|article| article.undefined.clone())
        .collect();
    let articles = check::extract(articles);
    let ending = if unread == 0 {
        Ending::Sound
    } else {
        Ending::Failed
    };
    match args.format {
        ExtractFormat::Json => {}
        ExtractFormat::CslJson => {
            print(report::csl_json(&articles).as_bytes())?;
            return Ok(ending);
        }
        ExtractFormat::Bibtex => {
            print(report::bibtex(&articles).as_bytes())?;
            return Ok(ending);
        }
    }
    let articles = articles.iter().zip(&undefined);
    print(
        report::pretty(&Extract {
            schema: SCHEMA_VERSION,
            tool: check::tool(),
            articles: articles
                .map(|(article, undefined)| extracted(article, undefined))
                .collect(),
        })
        .as_bytes(),
    )?;
    Ok(ending)
}

fn extracted<'a>(
    article: &'a CheckedArticle,
    undefined: &'a [UndefinedName],
) -> ExtractedArticle<'a> {
    ExtractedArticle {
        input: &article.input,
        format: article.format,
        title: article.title.as_deref(),
        language: article.language.as_ref(),
        counts: article.counts,
        references: &article.references,
        undefined,
        problems: &article.problems,
    }
}
