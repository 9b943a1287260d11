//! `URL004` library-proxy-url.

use super::edits::in_field;
use super::parameters::addresses;
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::links::proxied;
use crate::model::{Evidence, Finding, Safety, Severity};

declare_rule! {
    /// ## What it does
    /// Reports an address that leads through a library's proxy: The Wikipedia Library (CS1:
    /// Wikipedia Library link in `|url=`), EZ-proxies and their likes.
    ///
    /// ## Why it matters
    /// Only that library's readers can open it; everybody else meets a log-in page.
    ///
    /// ## Example
    /// `https://www-jstor-org.wikipedialibrary.idm.oclc.org/stable/4026964`: the fix gives
    /// `https://www.jstor.org/stable/4026964`.
    ///
    /// ## Limits
    /// Knows proxies by the host names that libraries commonly give them. The address behind is
    /// offered where the proxy's address tells it.
    LIBRARY_PROXY_URL {
        code: "URL004",
        name: "library-proxy-url",
        severity: Severity::Warning,
        fix: FixAvailability::Sometimes,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let found = addresses(ctx).filter_map(|(name, field)| {
        let proxy = proxied(&field.value)?;
        let message = format!("{name} leads through the proxy of {}", proxy.whose);
        let mut finding = ctx.finding_at(&LIBRARY_PROXY_URL, name, message);
        finding
            .evidence
            .push(Evidence::new("cited url", field.value.clone(), "citation"));
        if let Some(original) = proxy.original {
            let edit = in_field(field, 0..field.value.len(), &original);
            let edits = edit.into_iter().collect();
            finding.fix = ctx.fix("give the address behind it", Safety::Review, edits);
        }
        Some(finding)
    });
    found.collect()
}
