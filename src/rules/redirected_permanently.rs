//! `LNK003` redirected-permanently.

use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::model::{Finding, LinkVerdict, Severity};

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
    REDIRECTED_PERMANENTLY {
        code: "LNK003",
        name: "redirected-permanently",
        severity: Severity::Note,
        fix: FixAvailability::Sometimes,
        check: Check::Source(check),
    }
}

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
    finding.fix = new_address.and_then(|evidence| {
        ctx.replace_field(
            "replace the URL with its new address",
            "url",
            evidence.value.replace('|', "%7C"),
        )
    });
    vec![finding]
}
