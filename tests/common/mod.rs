//! Builds the inputs of rules: a sound web citation and its page, to be spoiled one way at a time.

use citecheck::model::{
    Article, Blank, Citation, CitedDate, DateCandidate, DateKind, DetectedLanguage, FetchOutcome,
    FetchResult, Field, FieldSource, Finding, HttpResponse, InputFormat, LanguageOrigin,
    LanguageTag, Layout, LinkFacts, PageDate, PageEvidence, Reference, ReferenceLanguage, Source,
    Span, TitleCandidate, UrlStatus,
};
use citecheck::rules::{ArticleContext, Check, RULES, SourceContext, judge};
use jiff::Timestamp;

/// One reference with the facts about its link and page.
pub(crate) struct Case {
    template: Option<String>,
    citation: Citation,
    page: PageEvidence,
    status: u16,
}

const TITLE: &str = "Quake shakes the coast of Example";

impl Case {
    /// A citation that agrees with its page in everything.
    pub(crate) fn web() -> Self {
        let case = Self::without_url("cite web");
        let mut case = case.written("url", "https://news.example/a");
        case.citation.url = Some("https://news.example/a".to_owned());
        case
    }

    /// A citation without a URL.
    pub(crate) fn without_url(template: &str) -> Self {
        let citation = Citation {
            title: Some(TITLE.to_owned()),
            ..Citation::default()
        };
        let page = PageEvidence {
            titles: vec![TitleCandidate {
                value: TITLE.to_owned(),
                source: "<h1>".to_owned(),
            }],
            language: Some(detected("en", 0.99)),
            words: 400,
            ..PageEvidence::default()
        };
        let case = Self {
            template: Some(template.to_owned()),
            citation,
            page,
            status: 200,
        };
        case.written("title", TITLE)
    }

    /// A reference that is a URL alone.
    pub(crate) fn bare(url: &str) -> Self {
        let mut case = Self::web();
        case.template = None;
        case.citation = Citation {
            url: Some(url.to_owned()),
            ..Citation::default()
        };
        case
    }

    /// Writes a field without giving it a value that was read.
    pub(crate) fn written(mut self, field: &str, value: &str) -> Self {
        let span = Span {
            start: 20,
            end: 20 + value.len(),
            line: 1,
            column: 21,
        };
        let written = Field {
            parameter: Some(field.to_owned()),
            value: value.to_owned(),
            span,
            source: FieldSource::Template,
        };
        self.citation.fields.insert(field.to_owned(), written);
        self
    }

    pub(crate) fn raw(mut self, parameter: &str, value: &str) -> Self {
        self.citation
            .raw
            .insert(parameter.to_owned(), value.to_owned());
        self
    }

    pub(crate) fn date(mut self, date: &str) -> Self {
        self.citation.date = Some(read(date));
        self.written("date", date)
    }

    pub(crate) fn access_date(mut self, date: &str) -> Self {
        self.citation.access_date = Some(read(date));
        self.written("access-date", date)
    }

    pub(crate) fn archive(mut self, url: &str, date: &str) -> Self {
        self.citation.archive_url = Some(url.to_owned());
        self.citation.archive_date = Some(read(date));
        self.written("archive-url", url)
            .written("archive-date", date)
    }

    pub(crate) fn url_status(mut self, status: UrlStatus, written: &str) -> Self {
        self.citation.url_status = Some(status);
        self.written("url-status", written)
    }

    pub(crate) fn language(mut self, tags: &[&str]) -> Self {
        self.citation.language = tags
            .iter()
            .filter_map(|tag| LanguageTag::parse(tag))
            .collect();
        self.written("language", &tags.join(", "))
    }

    pub(crate) fn trans_title(mut self) -> Self {
        self.citation.trans_title = Some("A translated title".to_owned());
        self.written("trans-title", "A translated title")
    }

    /// What the page says of its publication.
    pub(crate) fn published(mut self, date: &str, confidence: f64) -> Self {
        let source = "JSON-LD datePublished".to_owned();
        self.page.published = Some(PageDate {
            date: read(date),
            source: source.clone(),
            confidence,
        });
        let candidate = DateCandidate {
            date: read(date),
            kind: DateKind::Published,
            source,
            confidence,
            utc: false,
        };
        self.page.dates.push(candidate);
        self
    }

    /// Another date on the page.
    pub(crate) fn also_dated(mut self, date: &str) -> Self {
        let source = "<time>".to_owned();
        let candidate = DateCandidate {
            date: read(date),
            kind: DateKind::Unknown,
            source,
            confidence: 0.05,
            utc: false,
        };
        self.page.dates.push(candidate);
        self
    }

    pub(crate) fn page_language(mut self, tag: &str, confidence: f64) -> Self {
        self.page.language = Some(detected(tag, confidence));
        self
    }

    pub(crate) fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// Names of the rules that fire.
    pub(crate) fn names(&self) -> Vec<String> {
        self.findings()
            .into_iter()
            .map(|finding| finding.name.into_owned())
            .collect()
    }

    /// What all rules say, in the order of the registry.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        let span = Span {
            start: 0,
            end: 400,
            line: 1,
            column: 1,
        };
        let source = Source {
            template: self.template.clone(),
            citation: self.citation.clone(),
            span,
            layout: self.template.as_ref().map(|_| layout(span)),
            ..Source::default()
        };
        let reference = Reference {
            number: 1,
            names: Vec::new(),
            group: None,
            uses: 1,
            span,
            claims: Vec::new(),
            sources: vec![source.clone()],
            ..Reference::default()
        };
        let article = Article {
            input: "case.wiki".to_owned(),
            format: InputFormat::Wikitext,
            text: String::new(),
            title: None,
            language: Some(LanguageTag::from_static("en")),
            references: vec![reference.clone()].into(),
            problems: Vec::new(),
            undefined: Vec::new(),
            ignores: Vec::new(),
            date_style: None,
            counts: None,
        };
        let now: Timestamp = "2026-11-22T00:00:00Z".parse().unwrap();
        let link = self.citation.url.as_ref().map(|url| LinkFacts {
            page: Some(Box::new(self.page.clone())),
            ..LinkFacts::of(answer(url, self.status))
        });
        let verdict = link.as_ref().map(|link| judge(link, &self.citation));
        let language = self.page.language.as_ref().map(|found| ReferenceLanguage {
            tag: found.tag.clone(),
            confidence: found.confidence,
            from: LanguageOrigin::Page,
        });
        let context = SourceContext {
            article: ArticleContext {
                article: &article,
                now,
                readers: article.language.as_ref(),
            },
            reference: &reference,
            source: &source,
            link: link.as_ref(),
            copy: None,
            verdict: verdict.as_ref(),
            page: (self.status == 200).then_some(&self.page),
            language: language.as_ref(),
        };
        let checks = RULES.iter().filter_map(|rule| match rule.check {
            Check::Source(check) => Some(check(&context)),
            _ => None,
        });
        checks.flatten().collect()
    }
}

/// Parameters parted as `|a=b |c=d`.
fn layout(span: Span) -> Layout {
    Layout {
        end: span.end - "}}".len(),
        before_bar: Blank {
            count: 1,
            ..Blank::default()
        },
        ..Layout::default()
    }
}

fn answer(url: &str, status: u16) -> FetchOutcome {
    let url: url::Url = url.parse().unwrap();
    FetchOutcome {
        requested: url.clone(),
        hops: Vec::new(),
        landed: url,
        fetched_at: Timestamp::UNIX_EPOCH,
        attempts: 1,
        result: FetchResult::Response(HttpResponse {
            status,
            headers: Vec::new(),
            body: Vec::new(),
            truncated: None,
        }),
    }
}

fn read(date: &str) -> CitedDate {
    date.parse().unwrap()
}

fn detected(tag: &str, confidence: f64) -> DetectedLanguage {
    DetectedLanguage {
        tag: LanguageTag::parse(tag).unwrap(),
        confidence,
        alternatives: Vec::new(),
        shares: Vec::new(),
        evidence: Vec::new(),
    }
}
