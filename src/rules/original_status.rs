//! What a citation with an archived copy says of its original.

use super::rule::SourceContext;
use crate::model::{Evidence, Finding, UrlStatus};

/// Where an archived copy is cited, names it and proposes `|url-status=` for the original, so that
/// readers are sent to the copy alone; nothing where the citation says so already.
pub(super) fn propose(ctx: &SourceContext<'_>, finding: &mut Finding, status: &str) {
    let citation = &ctx.source.citation;
    let Some(archive) = &citation.archive_url else {
        return;
    };
    let copy = Evidence::new("archived copy", archive.clone(), "citation");
    finding.evidence.push(copy);
    let description = format!("say that the original is {status}");
    finding.fix = match citation.url_status {
        Some(UrlStatus::Usurped | UrlStatus::Unfit | UrlStatus::Deviated) => None,
        Some(UrlStatus::Live | UrlStatus::Dead | UrlStatus::BotUnknown) => {
            ctx.replace_field(&description, "url-status", status.to_owned())
        }
        None => ctx.add_fields(&description, &[("url-status", status)]),
    };
}
