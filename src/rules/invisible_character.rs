//! `TTL006` invisible-character.

use super::cs1;
use super::edits::in_value;
use super::invisible::{self, Cure, Invisible};
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::model::{Finding, Fix, Parameter, Safety, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a character in a citation that nobody sees: a zero-width space, a soft hyphen, a
    /// line break, a control character, or the mark of a letter that was lost.
    ///
    /// ## Why it matters
    /// It was pasted along and breaks searches, addresses and the data that others read; Wikipedia
    /// shows an error. The fix takes it out, or writes a common space for an odd one.
    ///
    /// ## Example
    /// `|title=Rain` + zero-width space + ` in Kyiv`.
    ///
    /// ## Limits
    /// The list is CS1's. No-break and hair spaces and soft hyphens count in English articles
    /// alone: French sets `« … »` with them. Joiners stay where Arabic, Indic and Mongolian
    /// scripts and emoji need them, and zero-width spaces between Thai, Lao, Khmer, Burmese and
    /// Tibetan letters. What a template or `<nowiki>` inside the value holds is not looked at. A
    /// lost letter (U+FFFD) has no fix.
    INVISIBLE_CHARACTER {
        code: "TTL006",
        name: "invisible-character",
        severity: Severity::Warning,
        fix: FixAvailability::Sometimes,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    if !cs1::is_cs1(ctx.source) {
        return Vec::new();
    }
    let english = cs1::in_english(ctx);
    let found = cs1::named(ctx.source).filter_map(|(name, parameter)| {
        let all = invisible::find(&parameter.value, english);
        let first = all.first()?;
        let mut message = format!("{} in {name} at position {}", first.name, first.position);
        if 1 < all.len() {
            message = format!("{message}, {} in all", all.len());
        }
        let mut finding = ctx.finding(&INVISIBLE_CHARACTER, message);
        finding.fix = fix(ctx, parameter, &all);
        Some(cs1::at_value(finding, name, parameter))
    });
    found.collect()
}

fn fix(ctx: &SourceContext<'_>, parameter: &Parameter, all: &[Invisible]) -> Option<Fix> {
    let edits = all.iter().map(|found| {
        let replacement = match found.cure {
            Cure::Remove => "",
            Cure::Space => " ",
            Cure::None => return None,
        };
        in_value(
            parameter,
            found.start..found.start + found.length,
            replacement,
        )
    });
    let edits = edits.collect::<Option<_>>()?;
    // The lines of a quotation may be those of a list or a poem.
    let quotes = parameter.name.as_deref();
    let quotes = quotes.is_some_and(|name| name.contains("quot"));
    let safety = if quotes && parameter.value.contains('\n') {
        Safety::Review
    } else {
        Safety::Safe
    };
    ctx.fix("remove what is invisible", safety, edits)
}
