//! What the rules say of a link with a history.

use citecheck::article::{ReadOptions, read};
use citecheck::check::{CheckOptions, Facts, assemble, read_page};
use citecheck::model::{
    FailureKind, FetchFailure, FetchOutcome, FetchResult, HttpResponse, InputFormat, LanguageTag,
    LinkFacts, LinkHistory, Network,
};
use url::Url;

const TEXT: &str = "A river.<ref>{{cite web |title=A river in spring |date=3 May 2019 \
    |url=https://river.example/spring |website=The Post}}</ref>\n";

/// `503` or the name of a failure; `200` is a page that tells of a fault.
fn result(text: &str) -> FetchResult {
    if let Some(kind) = FailureKind::from_name(text) {
        return FetchResult::Failed(FetchFailure {
            kind,
            detail: text.to_owned(),
        });
    }
    let told = "<title>502 Bad Gateway</title><h1>502 Bad Gateway</h1>";
    let html = ("content-type".to_owned(), "text/html".to_owned());
    FetchResult::Response(HttpResponse {
        status: text.parse().unwrap(),
        headers: vec![html],
        body: if text == "200" {
            told.into()
        } else {
            Vec::new()
        },
        truncated: None,
    })
}

fn history(failures: u32, confirmed: bool) -> LinkHistory {
    LinkHistory {
        first_seen: "2026-01-01T06:00:00Z".parse().unwrap(),
        last_alive: Some("2026-02-01T06:00:00Z".parse().unwrap()),
        dead_since: (0 < failures).then(|| "2026-03-01T06:00:00Z".parse().unwrap()),
        failures,
        confirmed,
        checks: 9,
    }
}

/// Findings about links: `name severity: message [evidence]`.
fn findings(answer: &str, history: Option<LinkHistory>) -> String {
    let options = ReadOptions {
        language: LanguageTag::parse("en"),
    };
    let article = read("case.wiki", TEXT, InputFormat::Wikitext, &options);
    let url = Url::parse("https://river.example/spring").unwrap();
    let facts = LinkFacts {
        history: history.map(Box::new),
        ..read_page(FetchOutcome {
            requested: url.clone(),
            hops: Vec::new(),
            landed: url.clone(),
            fetched_at: "2026-03-15T06:00:00Z".parse().unwrap(),
            attempts: 1,
            result: result(answer),
        })
    };
    let options = CheckOptions::at("2026-03-15T06:00:00Z".parse().unwrap(), Network::Live);
    let facts = Facts::from([(url, facts)]);
    let report = assemble(vec![article], &facts, &options, options.now, false);
    let findings = report.articles.iter().flat_map(|article| &article.findings);
    let links = findings.filter(|finding| finding.rule.0.starts_with("LNK"));
    let told: Vec<String> = links
        .map(|finding| {
            let told = finding.evidence.iter().filter(|it| it.source == "history");
            let told: Vec<String> = told.map(|it| format!("{} {}", it.what, it.value)).collect();
            format!(
                "{} {}: {} [{}]",
                finding.name,
                finding.severity.as_str(),
                finding.message,
                told.join(", ")
            )
        })
        .collect();
    told.join("\n")
}

#[test]
fn failures_are_suspect_until_they_are_confirmed() {
    let check = |answer: &str, history: Option<LinkHistory>, expect: &str| {
        assert_eq!(findings(answer, history), expect, "{answer}");
    };
    check(
        "503",
        None,
        "unstable-link warning: no page today, which may pass: the server answers 503 []",
    );
    check(
        "503",
        Some(history(2, false)),
        "unstable-link warning: no page today, which may pass: the server answers 503 [failing \
         since 2026-03-01, counted failures 2, last alive 2026-02-01]",
    );
    check(
        "503",
        Some(history(3, true)),
        "dead-link error: dead link: the server answers 503; confirmed: 3 failures since \
         2026-03-01 [failing since 2026-03-01, counted failures 3, last alive 2026-02-01]",
    );
    check(
        "404",
        Some(history(1, false)),
        "dead-link error: dead link: the server answers 404 (not found) [failing since \
         2026-03-01, counted failures 1, last alive 2026-02-01]",
    );
}

#[test]
fn what_is_confirmed_needs_a_failure_today_as_well() {
    let name = |answer: &str| {
        let text = findings(answer, Some(history(3, true)));
        text.split(':').next().unwrap().to_owned()
    };
    for answer in [
        "500",
        "timeout",
        "reset",
        "connect",
        "tls",
        "tls-old-protocol",
    ] {
        assert_eq!(name(answer), "dead-link error", "{answer}");
    }
    for answer in ["200", "tls-expired", "tls-wrong-host", "tls-unknown-issuer"] {
        assert_eq!(name(answer), "unstable-link warning", "{answer}");
    }
    for answer in ["403", "429", "451", "protocol", "too-many-redirects"] {
        assert!(!name(answer).starts_with("dead-link"), "{answer}");
    }
}
