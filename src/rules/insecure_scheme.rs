//! `URL008` insecure-scheme.

use super::edits::in_field;
use super::parameters::addresses;
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::links::{Https, archive, serves_https};
use crate::model::{Evidence, Finding, Safety, Severity, UrlStatus};

declare_rule! {
    /// ## What it does
    /// Reports an `http` address of a host that is known to answer by `https`.
    ///
    /// ## Why it matters
    /// Anyone on the way can read and change what the reader gets, and every click takes a detour.
    ///
    /// ## Example
    /// `http://www.nytimes.com/…`: the fix makes it `https`.
    ///
    /// ## Limits
    /// Judges by a table of hosts, without asking them; where the table is not sure, the fix is for
    /// review. Addresses that the citation declares dead, or that an archived copy stands for, are
    /// left alone.
    INSECURE_SCHEME {
        code: "URL008",
        name: "insecure-scheme",
        severity: Severity::Note,
        fix: FixAvailability::Sometimes,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let citation = &ctx.source.citation;
    let gone = match citation.url_status {
        Some(UrlStatus::Live) => false,
        Some(
            UrlStatus::Dead
            | UrlStatus::Deviated
            | UrlStatus::Unfit
            | UrlStatus::Usurped
            | UrlStatus::BotUnknown,
        ) => true,
        None => citation.archive_url.is_some(),
    };
    let found = addresses(ctx).filter_map(|(name, field)| {
        let url = field.value.as_str();
        let scheme = url.get(.."http://".len())?;
        let http = scheme.eq_ignore_ascii_case("http://");
        let is_copy = name == "archive-url" || archive::read(url).is_some();
        // A port is one of http's.
        let authority = url.get(scheme.len()..)?.split('/').next()?;
        if !http || (gone && !is_copy) || authority.contains([':', '@']) {
            return None;
        }
        let (how, why) = serves_https(url)?;
        let safety = match how {
            Https::Sure => Safety::Safe,
            Https::Likely => Safety::Review,
        };
        let message = format!("{name} asks by http a host that answers by https");
        let mut finding = ctx.finding_at(&INSECURE_SCHEME, name, message);
        finding
            .evidence
            .push(Evidence::new("cited url", url, "citation"));
        finding
            .evidence
            .push(Evidence::new("https", why, "table of hosts"));
        let edit = in_field(field, 0..scheme.len(), "https://");
        let edits = edit.into_iter().collect();
        finding.fix = ctx.fix("ask by https", safety, edits);
        Some(finding)
    });
    found.collect()
}
