//! `CIT008` missing-pipe.

use super::cs1;
use super::edits::in_value;
use super::invisible::marked;
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::model::{Evidence, Finding, Fix, Parameter, Safety, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a parameter that swallowed the next one because the `|` between them is missing.
    ///
    /// ## Why it matters
    /// The value shows both, and what the second one said is lost.
    ///
    /// ## Example
    /// `|title=Rain url=https://news.example/a`: the fix writes the `|` before `url=`.
    ///
    /// ## Limits
    /// Only the templates of CS1, and only words that are CS1 parameters. Addresses, quotations
    /// and formulas may hold such a word by chance; addresses are only looked at after a space, and
    /// quotations are not.
    MISSING_PIPE {
        code: "CIT008",
        name: "missing-pipe",
        severity: Severity::Warning,
        fix: FixAvailability::Sometimes,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    if !cs1::is_cs1(ctx.source) {
        return Vec::new();
    }
    let quotes = ["quote", "quotation", "trans-quote", "script-quote"];
    let found = cs1::named(ctx.source).filter_map(|(name, parameter)| {
        if quotes.contains(&name) {
            return None;
        }
        let (at, swallowed) = swallowed(&parameter.value)?;
        if swallowed == name {
            return None; // a text about itself, or pasted twice
        }
        let given = cs1::named(ctx.source).any(|(other, _)| other == swallowed);
        let message = format!("no pipe between {name} and {swallowed}");
        let mut finding = ctx.finding(&MISSING_PIPE, message);
        finding.fix = fix(ctx, parameter, at).filter(|_| !given);
        finding
            .evidence
            .push(Evidence::new("swallowed", swallowed, "citation"));
        Some(cs1::at_value(finding, name, parameter))
    });
    found.collect()
}

/// The first CS1 parameter that stands with its `=` inside a value, and where.
pub(super) fn swallowed(value: &str) -> Option<(usize, String)> {
    let mut word: Option<(usize, String)> = None;
    let mut before_word = ' ';
    let mut closed = false;
    for (at, c, plain) in marked(value) {
        if !plain {
            word = None;
            before_word = '}';
            continue;
        }
        match c {
            '=' => {
                if let Some((at, name)) = word.take()
                    && 1 < name.len()
                    && cs1::field(&name).is_some()
                {
                    return Some((at, name));
                }
            }
            c if c.is_whitespace() => closed = word.is_some(),
            c if c.is_ascii_alphanumeric() || c == '-' => match &mut word {
                Some((_, name)) if !closed => name.push(c),
                _ if before_word.is_whitespace() && c.is_ascii_alphabetic() => {
                    word = Some((at, c.to_string()));
                    closed = false;
                }
                _ => word = None,
            },
            _ => word = None,
        }
        before_word = c;
    }
    None
}

fn fix(ctx: &SourceContext<'_>, parameter: &Parameter, at: usize) -> Option<Fix> {
    let edit = in_value(parameter, at..at, "|")?;
    ctx.fix("write the missing pipe", Safety::Review, vec![edit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_parameters_after_a_space_are_swallowed() {
        for (value, expect) in [
            ("Rain url=https://a.example", Some("url")),
            ("Rain access-date = 3 May 2019", Some("access-date")),
            ("https://a.example/x title=Rain", Some("title")),
            ("https://a.example/x?title=Rain&page=3", None),
            ("E = mc2", None),
            ("What colour = happiness", None),
            ("Rain<ref name=title>", None),
            ("{{lang|uk|a title=b}}", None),
            ("title=Rain", Some("title")),
            ("Дощ date=2019", Some("date")),
            ("雨 date=2019", Some("date")),
            ("my title is = here", None),
        ] {
            let found = swallowed(value).map(|(_, name)| name);
            assert_eq!(found.as_deref(), expect, "{value}");
        }
    }
}
