//! `LNK003` redirected-permanently.

use super::edits::parameter_address;
use super::rule::{Check, FixAvailability, Needs, SourceContext, declare_rule};
use super::titles::TitleWords;
use crate::model::{Finding, Fix, LinkVerdict, Safety, Severity};

declare_rule! {
    /// ## What it does
    /// Reports URLs that a permanent redirect (301, 308) sends to the page's new address.
    ///
    /// ## Why it matters
    /// Redirects are dropped when sites are rebuilt; the new address outlives them.
    ///
    /// ## Example
    /// `http://news.example/story?id=7` → 301 → `https://news.example/2019/quake`: the fix
    /// replaces `|url=`.
    ///
    /// ## Limits
    /// Silent when only the scheme, `www.` or a final slash changes, and for temporary redirects.
    /// Whether the new page says what the old one said is for `title-mismatch` and the editor.
    ///
    /// ## Fix
    /// Safe where a title of the page at the new address has nearly all words of the cited title,
    /// three at least, and no archived copy of the old address is cited; else for review.
    REDIRECTED_PERMANENTLY {
        code: "LNK003",
        name: "redirected-permanently",
        severity: Severity::Note,
        fix: FixAvailability::Sometimes,
        needs: Needs::Network,
        check: Check::Source(check),
    }
}

/// From this likeness on, two titles are one.
const SAME_TITLE: f64 = 0.9;

/// Shorter titles say too little of a page.
const TITLE_WORDS: usize = 3;

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let Some(verdict) = ctx
        .verdict
        .filter(|verdict| verdict.link == LinkVerdict::Moved)
    else {
        return Vec::new();
    };
    let mut finding = ctx.finding_at(
        &REDIRECTED_PERMANENTLY,
        "url",
        format!("moved: {}", verdict.reason),
    );
    finding.evidence.clone_from(&verdict.evidence);
    let new_address = verdict
        .evidence
        .iter()
        .find(|evidence| evidence.what == "new address");
    let fix = new_address.and_then(|evidence| {
        ctx.replace_field(
            "replace the URL with its new address",
            "url",
            parameter_address(&evidence.value),
        )
    });
    finding.fix = fix.map(|fix| Fix {
        safety: safety(ctx),
        ..fix
    });
    vec![finding]
}

/// Whether the page at the new address is the one cited, beyond doubt.
fn safety(ctx: &SourceContext<'_>) -> Safety {
    let citation = &ctx.source.citation;
    let title = citation.script_title.as_ref().or(citation.title.as_ref());
    let words = title.map(|title| TitleWords::new(title));
    let titles = ctx.page.map_or(&[][..], |page| page.titles.as_slice());
    let same = words.is_some_and(|words| {
        TITLE_WORDS <= words.len()
            && titles
                .iter()
                .any(|found| SAME_TITLE <= TitleWords::new(&found.value).likeness(&words))
    });
    if same && citation.archive_url.is_none() {
        Safety::Safe
    } else {
        Safety::Review
    }
}
