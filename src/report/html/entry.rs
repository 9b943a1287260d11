//! A reference with its findings, as rows and details show it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::model::{
    CheckedArticle, CheckedReference, Citation, CitedDate, DatePoint, Finding, LanguageTag,
    LinkVerdict, Safety, Season, Severity,
};

use super::markup;

/// An article with its place among the articles of a report.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) article: &'a CheckedArticle,
    /// From 1.
    pub(super) position: usize,
    /// The instant of the run.
    pub(super) started: Timestamp,
    /// Whether there are others.
    pub(super) several: bool,
}

impl Place<'_> {
    /// The anchor of a reference: `ref-12`, `a2-ref-12` where there are several articles.
    pub(super) fn anchor(&self, number: u32) -> String {
        if self.several {
            format!("a{}-ref-{number}", self.position)
        } else {
            format!("ref-{number}")
        }
    }

    /// Whether the article has a reference of that number: they are numbered from 1 without gaps.
    pub(super) fn has(&self, number: u32) -> bool {
        let last = self.article.references.len();
        usize::try_from(number).is_ok_and(|number| (1..=last).contains(&number))
    }

    /// The article's title, or its input where it has none.
    pub(super) fn name(&self) -> &str {
        let titled = self
            .article
            .title
            .as_deref()
            .filter(|title| !title.is_empty());
        titled.unwrap_or(&self.article.input)
    }
}

/// A reference with what was found about it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) place: Place<'a>,
    pub(super) reference: &'a CheckedReference,
    /// The worst first.
    pub(super) findings: &'a [&'a Finding],
}

impl<'a> Entry<'a> {
    /// The title as cited.
    pub(super) fn title(&self) -> Option<&'a str> {
        let citation = &self.reference.citation;
        let titles = [&citation.title, &citation.script_title];
        titles
            .into_iter()
            .find_map(|title| title.as_deref().filter(|title| !title.is_empty()))
    }

    /// The source's language.
    pub(super) fn language(&self) -> Option<&'a LanguageTag> {
        let known = self.reference.language.as_ref().map(|known| &known.tag);
        known.or_else(|| self.reference.citation.language.first())
    }

    /// What its links are judged to be, each verdict once.
    pub(super) fn verdicts(&self) -> Vec<LinkVerdict> {
        let links = self.reference.works().filter_map(|work| work.link);
        let mut verdicts: Vec<LinkVerdict> = Vec::new();
        for link in links {
            if !verdicts.contains(&link.verdict) {
                verdicts.push(link.verdict);
            }
        }
        verdicts
    }

    /// The hosts of its links, each once.
    pub(super) fn hosts(&self) -> Vec<String> {
        let mut hosts: Vec<String> = Vec::new();
        for work in self.reference.works() {
            if let Some(host) = work.citation.url.as_deref().and_then(markup::host)
                && !hosts.contains(&host)
            {
                hosts.push(host);
            }
        }
        hosts
    }

    /// The day that the page says it was published.
    pub(super) fn published(&self) -> Option<CitedDate> {
        let work = self.reference.works().next()?;
        Some(work.cited_page()?.published.as_ref()?.date)
    }

    /// Whether there is a correction, and whether one of them may be made unseen.
    pub(super) fn correction(&self) -> Option<Safety> {
        let fixes = self
            .findings
            .iter()
            .filter_map(|finding| finding.fix.as_ref());
        fixes.map(|fix| fix.safety).min()
    }
}

/// Findings of an article by reference, the worst first, then as they came.
pub(super) fn by_reference(article: &CheckedArticle) -> BTreeMap<u32, Vec<&Finding>> {
    let mut groups: BTreeMap<u32, Vec<&Finding>> = BTreeMap::new();
    for finding in &article.findings {
        if let Some(number) = finding.reference {
            groups.entry(number).or_default().push(finding);
        }
    }
    for findings in groups.values_mut() {
        findings.sort_by_key(|finding| Reverse(finding.severity));
    }
    groups
}

/// A kind of verdict, by what a reader has to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Readers get the page.
    Works,
    /// Something is in the way, or has moved: to be looked at.
    Look,
    /// Readers do not get the page.
    Broken,
    /// Not known.
    Open,
}

impl Kind {
    pub(super) const ALL: [Self; 4] = [Self::Works, Self::Look, Self::Broken, Self::Open];

    pub(super) const fn of(verdict: LinkVerdict) -> Self {
        match verdict {
            LinkVerdict::Alive | LinkVerdict::Paywalled => Self::Works,
            LinkVerdict::Soft404
            | LinkVerdict::Gone
            | LinkVerdict::NoSuchHost
            | LinkVerdict::Refused
            | LinkVerdict::Parked
            | LinkVerdict::Usurped
            | LinkVerdict::TlsError => Self::Broken,
            LinkVerdict::Moved
            | LinkVerdict::RedirectedToHomePage
            | LinkVerdict::Unstable
            | LinkVerdict::Blocked
            | LinkVerdict::LoginWall
            | LinkVerdict::ConsentWall
            | LinkVerdict::Drifted
            | LinkVerdict::UnsupportedScheme
            | LinkVerdict::PrivateAddress => Self::Look,
            LinkVerdict::Skipped | LinkVerdict::Unknown => Self::Open,
        }
    }

    /// Its class in the style sheet.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Works => "ok",
            Self::Look => "look",
            Self::Broken => "bad",
            Self::Open => "open",
        }
    }

    /// For the legend.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Works => "working",
            Self::Look => "to look at",
            Self::Broken => "broken",
            Self::Open => "not known",
        }
    }
}

/// A verdict in words: `redirected to home page`.
pub(super) fn words(verdict: LinkVerdict) -> String {
    verdict.as_str().replace('-', " ").replace("tls", "TLS")
}

/// The class of a severity in the style sheet.
pub(super) const fn severity_class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "e",
        Severity::Warning => "w",
        Severity::Note => "n",
    }
}

/// A date for people: `2019-05-03`, `2019-05`, `spring 2019`, `c. 2019`, `2009-01 – 2009-03`.
pub(super) fn date(date: CitedDate) -> String {
    let circa = if date.approximate { "c. " } else { "" };
    match date.to {
        Some(to) => format!("{circa}{} – {}", point(date.from), point(to)),
        None => format!("{circa}{}", point(date.from)),
    }
}

/// A date that was cited: as [`date`], or as written where that could not be read.
pub(super) fn day(
    citation: &Citation,
    field: &str,
    read: Option<CitedDate>,
    readers: Option<&LanguageTag>,
) -> Option<String> {
    if let Some(read) = read {
        return Some(date(read));
    }
    let written = &citation.fields.get(field)?.value;
    if written.is_empty() {
        return None;
    }
    let mut shown: String = written.chars().take(WRITTEN_DATE).collect();
    if shown.len() < written.len() {
        shown.push('…');
    }
    Some(markup::quoted(&shown, readers))
}

/// Most characters shown of a date that could not be read.
const WRITTEN_DATE: usize = 40;

fn point(point: DatePoint) -> String {
    let DatePoint::Season(year, season) = point else {
        return point.to_string();
    };
    let name = match season {
        Season::Spring => "spring",
        Season::Summer => "summer",
        Season::Autumn => "autumn",
        Season::Winter => "winter",
        Season::FirstQuarter => "first quarter",
        Season::SecondQuarter => "second quarter",
        Season::ThirdQuarter => "third quarter",
        Season::FourthQuarter => "fourth quarter",
    };
    format!("{name} {year}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_in_words() {
        let check = |edtf: &str, expect: &str| assert_eq!(date(edtf.parse().unwrap()), expect);
        check("2019-05-03", "2019-05-03");
        check("2019-21", "spring 2019");
        check("1999~", "c. 1999");
        check("2009-01/2009-03", "2009-01 – 2009-03");
    }
}
