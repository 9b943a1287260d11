//! `URL007` tracking-parameters.

use super::edits::in_field;
use super::parameters::addresses;
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::links::{UrlFault, archive, tracking_parameters, url_fault};
use crate::model::{Evidence, Finding, Safety, Severity};

declare_rule! {
    /// ## What it does
    /// Reports parameters of an address that only tell where a reader came from: `utm_source`,
    /// `fbclid`, `gclid` …
    ///
    /// ## Why it matters
    /// They make one page look like many, tell the site a wrong story about its readers, and often
    /// carry the editor's own trail.
    ///
    /// ## Example
    /// `https://news.example/quake?id=7&utm_source=feed`: the fix leaves `?id=7` and changes no
    /// other byte.
    ///
    /// ## Limits
    /// Takes away only what the table of known names lists, some of them only on their own site;
    /// parameters that may select content stay. Addresses of archived copies are left alone: the
    /// copy was made under that very address.
    TRACKING_PARAMETERS {
        code: "URL007",
        name: "tracking-parameters",
        severity: Severity::Note,
        fix: FixAvailability::Sometimes,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let found = addresses(ctx).filter_map(|(name, field)| {
        let url = field.value.as_str();
        if name == "archive-url" || archive::read(url).is_some() {
            return None;
        }
        // What is no address yet is mended first.
        if !matches!(url_fault(url), None | Some(UrlFault::UnicodeHost)) {
            return None;
        }
        let stretches = tracking_parameters(url);
        if stretches.is_empty() {
            return None;
        }
        let tracking = stretches
            .iter()
            .filter_map(|stretch| url.get(stretch.clone()));
        let tracking = tracking.map(|text| text.trim_matches(['?', '&', '#']));
        let tracking: Vec<&str> = tracking.collect();
        let message = format!("{name} tells where its reader came from");
        let mut finding = ctx.finding_at(&TRACKING_PARAMETERS, name, message);
        let evidence = Evidence::new("tracking", tracking.join("&"), "citation");
        finding.evidence.push(evidence);
        let edits: Option<Vec<_>> = stretches
            .into_iter()
            .map(|stretch| in_field(field, stretch, ""))
            .collect();
        let edits = edits.unwrap_or_default();
        finding.fix = ctx.fix("remove the tracking parameters", Safety::Safe, edits);
        Some(finding)
    });
    found.collect()
}
