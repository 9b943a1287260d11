//! Addresses as articles write them, and findings over several runs.

use citecheck::article::{ReadOptions, read};
use citecheck::check::{CheckOptions, Facts, assemble, cited_urls};
use citecheck::model::{
    FetchOutcome, FetchResult, HttpResponse, InputFormat, LinkFacts, LinkHistory, Network,
};
use jiff::Timestamp;
use url::Url;

use super::demand;

/// What is written in an article, the address that is asked, if any. What was written stays as it
/// was.
const REPAIRS: &[(&str, &str)] = &[
    ("//host.example/path", "https://host.example/path"),
    ("http:/host.example/path", "http://host.example/path"),
    ("www.host.example/path", ""),
    ("http//host.example/path", ""),
    (
        "http://host.example/path_(mill)",
        "http://host.example/path_(mill)",
    ),
    (" http://host.example/ ", "http://host.example/"),
];

pub(crate) fn repaired_addresses() -> Result<(), String> {
    for (written, asked) in REPAIRS {
        let text = format!("It turned.<ref>{{{{cite web |url={written} |title=Mill}}}}</ref>");
        let article = read("-", &text, InputFormat::Wikitext, &ReadOptions::default());
        let source = article.references.first().and_then(|it| it.sources.first());
        let kept = source
            .and_then(|it| it.citation.url.clone())
            .unwrap_or_default();
        demand(
            kept == written.trim(),
            format!("`{written}` is kept as `{kept}`"),
        )?;
        let urls = cited_urls(&[article]);
        let found = urls.first().map_or("", Url::as_str);
        demand(
            found == *asked,
            format!("`{written}` is asked as `{found}`"),
        )?;
    }
    // In running text a bracket or full stop ends the sentence, not the address.
    for (text, asked) in [
        (
            "1. ^ Mill (http://host.example/path).",
            "http://host.example/path",
        ),
        (
            "1. ^ Mill. http://host.example/path.",
            "http://host.example/path",
        ),
        (
            "1. ^ Mill, http://host.example/path, 2019.",
            "http://host.example/path",
        ),
    ] {
        let article = read("-", text, InputFormat::Text, &ReadOptions::default());
        let urls = cited_urls(&[article]);
        let found = urls.first().map_or("", Url::as_str);
        demand(found == asked, format!("`{text}` is asked as `{found}`"))?;
    }
    Ok(())
}

/// What may pass is a warning until it was seen often enough, then an error.
pub(crate) fn confirmed_failures() -> Result<(), String> {
    for (failures, confirmed, expected) in [(1, false, "unstable-link"), (3, true, "dead-link")] {
        let names = findings(failures, confirmed);
        demand(
            names.iter().any(|name| name == expected)
                && (confirmed || !names.iter().any(|name| name == "dead-link")),
            format!("{failures} failures give {names:?}"),
        )?;
    }
    Ok(())
}

fn findings(failures: u32, confirmed: bool) -> Vec<String> {
    let now: Timestamp = "2026-11-22T00:00:00Z".parse().unwrap();
    let text = "It turned.<ref>{{cite web |url=http://host.example/mill |title=Mill}}</ref>";
    let article = read("-", text, InputFormat::Wikitext, &ReadOptions::default());
    let url: Url = "http://host.example/mill".parse().unwrap();
    let response = HttpResponse {
        status: 500,
        headers: Vec::new(),
        body: Vec::new(),
        truncated: None,
    };
    let outcome = FetchOutcome {
        requested: url.clone(),
        hops: Vec::new(),
        landed: url.clone(),
        fetched_at: now,
        attempts: 3,
        result: FetchResult::Response(response),
    };
    let week_ago: Timestamp = "2026-11-15T00:00:00Z".parse().unwrap();
    let mut facts = LinkFacts::of(outcome);
    facts.history = Some(Box::new(LinkHistory {
        first_seen: week_ago,
        last_alive: None,
        dead_since: Some(week_ago),
        failures,
        confirmed,
        checks: failures,
    }));
    let options = CheckOptions::at(now, Network::Live);
    let report = assemble(
        vec![article],
        &Facts::from([(url, facts)]),
        &options,
        now,
        false,
    );
    let findings = report.articles.iter().flat_map(|article| &article.findings);
    findings.map(|finding| finding.name.to_string()).collect()
}
