//! `CIT003` duplicate-reference.

use std::collections::HashMap;

use super::merge::{self, Difference};
use super::rule::{ArticleContext, Check, FixAvailability, declare_rule};
use crate::links::canonical_part;
use crate::model::{
    Article, Evidence, Finding, InputFormat, Reference, ReferenceKind, Severity, Source,
};

declare_rule! {
    /// ## What it does
    /// Reports two references of an article that cite the same address.
    ///
    /// ## Why it matters
    /// Readers see one source as two, and only one of them gets mended when the link dies. The fix
    /// names the first and uses the name in place of the others.
    ///
    /// ## Example
    /// Two times `<ref>{{cite web |url=https://news.example/a |title=Rain}}</ref>`: the second
    /// becomes `<ref name="news.example 2019" />`.
    ///
    /// ## Limits
    /// Wikitext only. Addresses count as the same whatever their scheme, `www.`, tracking
    /// parameters and last slash. References whose titles, pages or quotations differ cite
    /// different things at one address: that is a note, and there is no fix. Two that both have
    /// names are left for the editor to merge.
    DUPLICATE_REFERENCE {
        code: "CIT003",
        name: "duplicate-reference",
        severity: Severity::Warning,
        fix: FixAvailability::Sometimes,
        check: Check::Article(check),
    }
}

fn check(ctx: &ArticleContext<'_>) -> Vec<Finding> {
    if ctx.article.format != InputFormat::Wikitext {
        return Vec::new();
    }
    let groups = same_address(ctx.article);
    if groups.is_empty() {
        return Vec::new();
    }
    let mut taken = merge::names(ctx.article);
    let references = &ctx.article.references;
    let findings = groups.iter().flat_map(|group| {
        let group: Vec<Cited<'_>> = (group.iter())
            .filter_map(|at| cited(references.get(*at)?))
            .collect();
        let mut findings = Vec::new();
        for (at, again) in group.iter().enumerate() {
            let before = group.get(..at).unwrap_or_default();
            findings.extend(compare(ctx, before, again));
        }
        let fix = merge::fix(&group, &mut taken);
        let fixable = findings
            .iter_mut()
            .find(|it| it.severity == Severity::Warning);
        if let Some(finding) = fixable {
            finding.fix = fix;
        }
        findings
    });
    findings.collect()
}

/// The places of references that cite one address, where there are several.
fn same_address(article: &Article) -> Vec<Vec<usize>> {
    let mut by_address: HashMap<(Option<String>, String), usize> = HashMap::new();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut at = 0;
    for block in article.references.blocks() {
        for reference in &*block {
            if let Some(cited) = cited(reference) {
                let address = cited.source.citation.url.as_deref().unwrap_or_default();
                let key = (reference.group.clone(), canonical_part(address));
                let place = *by_address.entry(key).or_insert(groups.len());
                match groups.get_mut(place) {
                    Some(group) => group.push(at),
                    None => groups.push(vec![at]),
                }
            }
            at += 1;
        }
    }
    groups.retain(|group| 1 < group.len());
    groups
}

/// A reference is compared with so many before it that have its address: pages of one book.
const COMPARED: usize = 50;

/// A reference that cites one work with an address.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cited<'a> {
    pub(super) reference: &'a Reference,
    pub(super) source: &'a Source,
}

fn cited(reference: &Reference) -> Option<Cited<'_>> {
    let [source] = reference.sources.as_slice() else {
        return None;
    };
    let whole = reference.details.is_none() && reference.main.is_none();
    let cites = source
        .citation
        .url
        .as_ref()
        .is_some_and(|url| !url.is_empty());
    let footnote = reference.kind == ReferenceKind::Footnote;
    (whole && cites && footnote).then_some(Cited { reference, source })
}

/// The finding about a reference that cites again what one before it cites.
fn compare(ctx: &ArticleContext<'_>, before: &[Cited<'_>], again: &Cited<'_>) -> Option<Finding> {
    let same = before
        .iter()
        .take(COMPARED)
        .find(|first| merge::difference(first, again) == Difference::None);
    let (first, difference) = match same {
        Some(first) => (first, Difference::None),
        None => (before.first()?, merge::difference(before.first()?, again)),
    };
    let number = first.reference.number;
    let message = match &difference {
        Difference::None => format!("cites the same as reference {number}"),
        Difference::Field(field) => {
            format!("cites the same address as reference {number}, with a {field} of its own")
        }
        Difference::Text => {
            format!("cites the same address as reference {number}, with other text beside it")
        }
    };
    let mut finding = ctx.finding(&DUPLICATE_REFERENCE, message);
    finding.reference = Some(again.reference.number);
    finding.span = Some(again.reference.span);
    if difference != Difference::None {
        finding.severity = Severity::Note;
    }
    for (what, cited) in [("first cited", first), ("cited again", again)] {
        let span = cited.reference.span;
        finding.evidence.push(Evidence::new(
            what,
            cited.source.citation.url.clone().unwrap_or_default(),
            format!(
                "reference {} at {}:{}",
                cited.reference.number, span.line, span.column
            ),
        ));
    }
    Some(finding)
}
