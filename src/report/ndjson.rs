//! A stream of JSON objects, one on each line, in the order in which a reader needs them: the run,
//! each article with its references and findings, what is to translate, the totals.

use std::io::{self, Write};

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use crate::model::{
    CheckedReference, Counts, Finding, InputFormat, LanguageTag, Problem, Report, Run,
    SourceCounts, TodoItem, Tool,
};

use super::json::{line, pretty};

/// One line of the stream. Fields are those of the JSON report.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "kebab-case")]
enum Line<'a> {
    /// The first line: version of the format, program and circumstances.
    Run {
        schema: u32,
        tool: &'a Tool,
        run: &'a Run,
    },
    /// An article; its references and findings follow.
    Article {
        article: &'a str,
        format: InputFormat,
        title: Option<&'a str>,
        language: Option<&'a LanguageTag>,
        counts: Option<SourceCounts>,
        references: usize,
        findings: usize,
        problems: &'a [Problem],
    },
    /// A reference of the article.
    Reference {
        article: &'a str,
        #[serde(flatten)]
        it: &'a CheckedReference,
    },
    /// A finding; of the run where `article` is `null`.
    Finding {
        article: Option<&'a str>,
        #[serde(flatten)]
        it: &'a Finding,
    },
    /// A source to translate.
    Todo {
        #[serde(flatten)]
        it: &'a TodoItem,
    },
    /// The last line: a stream without it was cut off.
    Summary { counts: &'a Counts },
}

/// The stream, ending with a line feed.
pub(super) fn render(report: &Report) -> String {
    let mut bytes = Vec::new();
    // A vector takes what is written to it.
    let _ = write(report, &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// As [`render`], written line by line.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut put = |it: &Line<'_>| writeln!(out, "{}", line(it));
    put(&Line::Run {
        schema: report.schema,
        tool: &report.tool,
        run: &report.run,
    })?;
    for it in &report.findings {
        put(&Line::Finding { article: None, it })?;
    }
    for article in &report.articles {
        let name = article.input.as_str();
        put(&Line::Article {
            article: name,
            format: article.format,
            title: article.title.as_deref(),
            language: article.language.as_ref(),
            counts: article.counts,
            references: article.references.len(),
            findings: article.findings.len(),
            problems: &article.problems,
        })?;
        for block in article.references.blocks() {
            for it in block.iter() {
                put(&Line::Reference { article: name, it })?;
            }
        }
        for it in &article.findings {
            put(&Line::Finding {
                article: Some(name),
                it,
            })?;
        }
    }
    for it in &report.todo {
        put(&Line::Todo { it })?;
    }
    put(&Line::Summary {
        counts: &report.counts,
    })
}

/// The JSON Schema (draft 2020-12) of each line, indented, ending with a line feed.
#[must_use]
pub fn stream_schema() -> String {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    pretty(&settings.into_generator().into_root_schema_for::<Line<'_>>())
}
