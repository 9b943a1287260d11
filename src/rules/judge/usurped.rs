//! Whether another owner's content stands under the address.
//!
//! Lapsed domains are bought for their links and filled with gambling and the like. Articles about
//! those trades exist, so that much has to agree: the cited title is known and nowhere on the
//! page, the citation has nothing of the page's subject, and the page advertises the trade in
//! several places.

use super::answer::{Answer, evidence, verdict};
use super::confidence::of_points;
use super::redirects::same_host;
use crate::languages;
use crate::model::{Evidence, LinkVerdict, SignalKind, UrlStatus, Verdict};
use crate::rules::titles::TitleWords;

/// Points that are needed: more than for an error page, which accuses nobody.
const NEEDED: u32 = 4;

/// A title of fewer words says too little to be missed.
const FEWEST_WORDS: usize = 3;

/// Counts what agrees.
pub(super) fn judge(answer: Answer<'_>) -> Option<Verdict> {
    let citation = answer.citation;
    let title = citation.script_title.as_ref().or(citation.title.as_ref())?;
    let trade: Vec<_> = answer.signals(SignalKind::TakeoverTrade).collect();
    let long_enough = FEWEST_WORDS <= TitleWords::new(title).len();
    if trade.len() < 2 || !long_enough || answer.title_is_there() {
        return None;
    }
    if trade.iter().any(|signal| is_about(answer, &signal.excerpt)) {
        return None;
    }
    let places = u32::try_from(trade.len()).unwrap_or(u32::MAX);
    let other_host = !same_host(&answer.outcome.requested, &answer.outcome.landed);
    let known = matches!(
        citation.url_status,
        Some(UrlStatus::Usurped | UrlStatus::Unfit)
    );
    // One point for the missing title.
    let points = 1
        + places
        + u32::from(other_language(answer, title))
        + u32::from(other_host)
        + u32::from(known);
    if points < NEEDED {
        return None;
    }
    let reason = "the page advertises another trade, and nothing cited is there";
    let mut usurped = verdict(LinkVerdict::Usurped, reason, of_points(points - 1));
    usurped.evidence.extend(trade.into_iter().map(evidence));
    usurped
        .evidence
        .push(Evidence::new("cited title", title.clone(), "citation"));
    Some(usurped)
}

/// Whether the citation or its address shares a word with what the page says of its trade.
fn is_about(answer: Answer<'_>, said: &str) -> bool {
    let citation = answer.citation;
    let said = TitleWords::new(said);
    let address = &answer.outcome.requested;
    let path = address.path().replace(['-', '_', '/', '.'], " ");
    let cited = [
        citation.title.as_deref(),
        citation.script_title.as_deref(),
        citation.trans_title.as_deref(),
        citation.work.as_deref(),
        citation.publisher.as_deref(),
        Some(path.as_str()),
    ];
    let mut cited = cited.into_iter().flatten();
    cited.any(|text| 0.0 < TitleWords::new(text).likeness(&said))
}

fn other_language(answer: Answer<'_>, title: &str) -> bool {
    let found = answer.page.and_then(|page| page.language.as_ref());
    let cited = languages::detect(title, &[]);
    match (cited, found) {
        (Some(cited), Some(found)) => !languages::same_language(&cited.tag, &found.tag),
        _ => false,
    }
}
