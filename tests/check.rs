//! Articles and facts → report: settings are applied, and the same input gives the same report.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of a test"
)]

use std::collections::BTreeMap;

use citecheck::check::{CheckOptions, Facts, Ignore, RuleLevel, assemble, cited_urls, extract};
use citecheck::model::{
    Article, Citation, CitedDate, FetchOutcome, FetchResult, Field, FieldSource, HttpResponse,
    InputFormat, LanguageTag, LinkFacts, LinkVerdict, Network, Reference, Report, Severity, Source,
    Span,
};
use jiff::Timestamp;

const NOW: &str = "2026-11-22T00:00:00Z";

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn source(url: Option<&str>, language: &str) -> Source {
    let citation = Citation {
        title: Some("A title of some length".to_owned()),
        url: url.map(str::to_owned),
        language: LanguageTag::parse(language).into_iter().collect(),
        ..Citation::default()
    };
    let span = Span {
        start: 10,
        end: 20,
        line: 1,
        column: 11,
    };
    Source {
        template: Some("cite web".to_owned()),
        citation,
        span,
        ..Source::default()
    }
}

fn article(sources: Vec<Source>) -> Article {
    let references = (1..).zip(sources).map(|(number, source)| Reference {
        number,
        names: Vec::new(),
        group: None,
        uses: 1,
        span: source.span,
        claims: vec!["It happened.".to_owned()],
        sources: vec![source],
        ..Reference::default()
    });
    Article {
        input: "references/case.wiki".to_owned(),
        format: InputFormat::Wikitext,
        text: String::new(),
        title: None,
        language: LanguageTag::parse("en"),
        references: references.collect(),
        problems: Vec::new(),
        undefined: Vec::new(),
        ignores: Vec::new(),
        date_style: None,
        counts: None,
    }
}

fn answered(url: &str, status: u16) -> Facts {
    let url: url::Url = url.parse().unwrap();
    let response = HttpResponse {
        status,
        headers: Vec::new(),
        body: Vec::new(),
        truncated: None,
    };
    let outcome = FetchOutcome {
        requested: url.clone(),
        hops: Vec::new(),
        landed: url.clone(),
        fetched_at: now(),
        attempts: 1,
        result: FetchResult::Response(response),
    };
    Facts::from([(url, LinkFacts::of(outcome))])
}

fn check(article: Article, facts: &Facts, options: &CheckOptions) -> Report {
    assemble(vec![article], facts, options, now(), false)
}

fn names(report: &Report) -> Vec<&str> {
    let of_articles = report.articles.iter().flat_map(|article| &article.findings);
    of_articles
        .chain(&report.findings)
        .map(|finding| finding.name.as_ref())
        .collect()
}

#[test]
fn each_url_is_asked_once_without_its_fragment() {
    let urls = [
        "https://a.example/x#one",
        "https://a.example/x#two",
        "//b.example/y",
        "no url",
    ];
    let sources = urls.iter().map(|url| source(Some(url), "en")).collect();
    let cited: Vec<String> = cited_urls(&[article(sources)])
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(cited, ["https://a.example/x", "https://b.example/y"]);
}

#[test]
fn url_without_facts_is_skipped_never_dead() {
    for network in [Network::Live, Network::Replay, Network::Offline] {
        let options = CheckOptions::at(now(), network);
        let article = article(vec![source(Some("https://a.example/x"), "en")]);
        let report = check(article, &Facts::new(), &options);
        let link = report.articles[0].references[0].link.as_ref().unwrap();
        assert_eq!((link.verdict, link.attempts), (LinkVerdict::Skipped, 0));
        assert_eq!(names(&report), Vec::<&str>::new());
    }
}

#[test]
fn text_that_is_no_url_is_reported_as_unchecked() {
    let options = CheckOptions::at(now(), Network::Live);
    let report = check(
        article(vec![source(Some("not a url"), "en")]),
        &Facts::new(),
        &options,
    );
    assert_eq!(names(&report), ["unchecked-link"]);
}

#[test]
fn levels_raise_lower_and_silence_rules() {
    let severity = |level: Option<RuleLevel>| {
        let mut options = CheckOptions::at(now(), Network::Live);
        options
            .levels
            .extend(level.map(|level| ("dead-link".to_owned(), level)));
        let article = article(vec![source(Some("https://a.example/x"), "en")]);
        let report = check(article, &answered("https://a.example/x", 404), &options);
        report.articles[0]
            .findings
            .first()
            .map(|finding| finding.severity)
    };
    assert_eq!(severity(None), Some(Severity::Error));
    assert_eq!(
        severity(Some(RuleLevel::At(Severity::Note))),
        Some(Severity::Note)
    );
    assert_eq!(severity(Some(RuleLevel::Off)), None);
}

fn ignore(rule: &str, url: &str) -> Ignore {
    Ignore {
        rule: Some(rule.to_owned()),
        url: Some(url.to_owned()),
        reference: None,
        article: Some("case.wiki".to_owned()),
        reason: "checked by hand".to_owned(),
        place: "citecheck.toml:3".to_owned(),
    }
}

#[test]
fn ignore_hides_what_it_names_and_is_reported_when_it_names_nothing() {
    let run = |ignore: Ignore, status: u16| {
        let mut options = CheckOptions::at(now(), Network::Live);
        options.ignores.push(ignore);
        let article = article(vec![source(Some("https://a.example/x"), "en")]);
        let report = check(article, &answered("https://a.example/x", status), &options);
        names(&report).join(" ")
    };
    assert_eq!(run(ignore("dead-link", "https://a.example/*"), 404), "");
    assert_eq!(
        run(ignore("dead-link", "https://b.example/*"), 404),
        "dead-link unused-ignore"
    );
    assert_eq!(
        run(ignore("soft-404", "https://a.example/*"), 404),
        "dead-link unused-ignore"
    );
}

#[test]
fn ignore_of_what_the_run_did_not_look_at_is_not_called_unused() {
    let run = |ignore: Ignore, status: u16| {
        let mut options = CheckOptions::at(now(), Network::Live);
        options.ignores.push(ignore);
        let article = article(vec![source(Some("https://a.example/x"), "en")]);
        let report = check(article, &answered("https://a.example/x", status), &options);
        names(&report).contains(&"unused-ignore")
    };
    let anywhere = |rule: &str, url: &str| Ignore {
        article: None,
        ..ignore(rule, url)
    };
    // Another run's article cites it, or none.
    assert!(!run(anywhere("dead-link", "https://b.example/*"), 404));
    assert!(run(anywhere("soft-404", "https://a.example/*"), 404));
    // A page that was not read may have another date all the same.
    assert!(!run(ignore("date-mismatch", "https://a.example/*"), 404));
    // Out of order today, gone or there again tomorrow.
    assert!(!run(ignore("dead-link", "https://a.example/*"), 503));
    let mut elsewhere = ignore("dead-link", "https://a.example/*");
    elsewhere.article = Some("other.wiki".to_owned());
    assert!(!run(elsewhere, 404));
}

#[test]
fn ignore_of_a_link_that_was_not_asked_is_not_called_unused() {
    let mut options = CheckOptions::at(now(), Network::Offline);
    options
        .ignores
        .push(ignore("dead-link", "https://a.example/*"));
    let article = article(vec![source(Some("https://a.example/x"), "en")]);
    assert_eq!(
        names(&check(article, &Facts::new(), &options)),
        Vec::<&str>::new()
    );
}

#[test]
fn ignore_of_a_further_work_that_was_not_asked_is_not_called_unused() {
    let mut options = CheckOptions::at(now(), Network::Replay);
    options
        .ignores
        .push(ignore("dead-link", "https://b.example/*"));
    let mut article = article(vec![source(Some("https://a.example/x"), "en")]);
    let further = source(Some("https://b.example/y"), "en");
    article.references.get_mut(0).unwrap().sources.push(further);
    let report = check(article, &answered("https://a.example/x", 403), &options);
    assert_eq!(names(&report), ["blocked-by-site"]);
}

#[test]
fn ignore_for_an_article_that_was_not_read_is_not_called_unused() {
    let mut options = CheckOptions::at(now(), Network::Live);
    let elsewhere = Some("other.wiki".to_owned());
    options.ignores.push(Ignore {
        article: elsewhere,
        ..ignore("bare-url", "*")
    });
    let article = article(vec![source(Some("https://a.example/x"), "en")]);
    let report = check(article, &answered("https://a.example/x", 403), &options);
    assert_eq!(names(&report), ["blocked-by-site"]);
}

#[test]
fn todo_lists_sources_in_other_languages_than_the_readers() {
    let tags = ["en", "uk", "de", "ar", "ja", "th", "fa"];
    let sources = || tags.iter().map(|tag| source(None, tag)).collect();
    let listed = |readers: Option<&str>| -> Vec<String> {
        let mut options = CheckOptions::at(now(), Network::Offline);
        options.readers = readers.and_then(LanguageTag::parse);
        let report = check(article(sources()), &Facts::new(), &options);
        report
            .todo
            .iter()
            .map(|item| item.language.to_string())
            .collect()
    };
    assert_eq!(listed(None), ["uk", "de", "ar", "ja", "th", "fa"]);
    assert_eq!(listed(Some("uk")), ["en", "de", "ar", "ja", "th", "fa"]);
}

#[test]
fn todo_says_what_to_add() {
    let options = CheckOptions::at(now(), Network::Offline);
    let report = check(article(vec![source(None, "uk")]), &Facts::new(), &options);
    let item = &report.todo[0];
    assert_eq!(item.wikitext, "|trans-title=");
    assert_eq!(item.words, 5);
    assert_eq!(item.claims, ["It happened."]);
}

#[test]
fn findings_come_by_place_then_by_rule() {
    let mut late = source(Some("https://a.example/x"), "en");
    late.span = Span {
        start: 500,
        end: 600,
        line: 9,
        column: 1,
    };
    late.citation.access_date = Some("2030-01-01".parse::<CitedDate>().unwrap());
    late.citation.date = Some("2031-01-01".parse::<CitedDate>().unwrap());
    let early = source(Some("https://a.example/x"), "en");
    let options = CheckOptions::at(now(), Network::Live);
    let facts = answered("https://a.example/x", 410);
    let report = check(article(vec![late, early]), &facts, &options);
    let found: Vec<_> = report.articles[0]
        .findings
        .iter()
        .map(|finding| (finding.reference, finding.rule.0.as_ref()))
        .collect();
    let expect = [
        (2, "CIT003"),
        (2, "LNK001"),
        (1, "DAT002"),
        (1, "DAT002"),
        (1, "DAT003"),
        (1, "LNK001"),
    ];
    assert_eq!(found, expect.map(|(number, rule)| (Some(number), rule)));
}

#[test]
fn report_survives_being_saved_and_counts_add_up() {
    let options = CheckOptions::at(now(), Network::Live);
    let facts = answered("https://a.example/x", 404);
    let sources = vec![
        source(Some("https://a.example/x"), "uk"),
        source(None, "en"),
    ];
    let report = check(article(sources), &facts, &options);
    let json = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<Report>(&json).unwrap(), report);
    assert_eq!((report.counts.references, report.counts.urls), (2, 1));
    assert_eq!(
        report.counts.verdicts,
        BTreeMap::from([("gone".to_owned(), 1)])
    );
    assert_eq!(report.counts.rules["dead-link"], 1);
}

#[test]
fn extract_names_languages_without_judging() {
    let articles = extract(vec![article(vec![source(
        Some("https://a.example/x"),
        "ja",
    )])]);
    let reference = &articles[0].references[0];
    assert_eq!(reference.language.as_ref().unwrap().tag.as_str(), "ja");
    assert_eq!(reference.link, None);
}

#[test]
fn short_title_is_not_called_foreign_on_thin_evidence() {
    let foreign = |article_language: &str, title: &str| {
        let mut source = source(None, "");
        source.citation.title = Some(title.to_owned());
        let mut article = article(vec![source]);
        article.language = LanguageTag::parse(article_language);
        let options = CheckOptions::at(now(), Network::Offline);
        let report = check(article, &Facts::new(), &options);
        report.todo.first().map(|item| item.language.to_string())
    };
    for (language, title) in [
        ("uk", "Новини дня"),
        ("uk", "Кобзар"),
        ("en", "Home"),
        ("en", "Marathon Berlin"),
        ("en", "Putin in Kyiv"),
        ("de", "Grün Berlin"),
    ] {
        assert_eq!(foreign(language, title), None, "{title}");
    }
    for (title, expect) in [
        ("Нова мішень ЗСУ: перші солдати стали ціллю", "uk"),
        ("Überschwemmung in Köln: Rhein tritt über die Ufer", "de"),
        ("東京で大雪", "ja"),
        ("น้ำท่วมกรุงเทพ", "th"),
        ("سیل در تهران خسارت زد", "fa"),
        ("زلزال يضرب المدينة القديمة", "ar"),
    ] {
        assert_eq!(foreign("en", title).as_deref(), Some(expect), "{title}");
    }
}

#[test]
fn nothing_is_to_be_added_where_no_template_surely_takes_it() {
    let wikitext = |template: Option<&str>, parameter: &str| {
        let mut source = source(None, "");
        source.citation.title =
            Some("Überschwemmung in Köln: Rhein tritt über die Ufer".to_owned());
        source.template = template.map(str::to_owned);
        let span = source.span;
        let title = Field {
            parameter: Some(parameter.to_owned()),
            value: "Überschwemmung".to_owned(),
            span,
            source: FieldSource::Template,
        };
        source.citation.fields.insert("title".to_owned(), title);
        let options = CheckOptions::at(now(), Network::Offline);
        let report = check(article(vec![source]), &Facts::new(), &options);
        report.todo[0].wikitext.clone()
    };
    let all = "|language=de |trans-title=".to_owned();
    assert_eq!(wikitext(Some("cite web"), "title"), all);
    assert_eq!(wikitext(Some("Internetquelle"), "titel"), String::new());
    assert_eq!(wikitext(Some("Книга"), "назва"), String::new());
    assert_eq!(wikitext(None, "title"), String::new());
}
