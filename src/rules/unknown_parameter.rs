//! `CIT011` unknown-parameter.

use std::collections::BTreeSet;

use super::cs1;
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::model::{Finding, Fix, Parameter, Safety, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a parameter that CS1 does not have, and the one that is probably meant.
    ///
    /// ## Why it matters
    /// What it says is not shown; Wikipedia shows an error in its place.
    ///
    /// ## Example
    /// `|acess-date=3 May 2019`: the fix writes `access-date`. An empty one is removed.
    ///
    /// ## Limits
    /// Only CS1's templates in English articles: other wikis have names of their own. Which
    /// parameter goes with which template is not tested, and some that CS1 gave up still pass.
    UNKNOWN_PARAMETER {
        code: "CIT011",
        name: "unknown-parameter",
        severity: Severity::Note,
        fix: FixAvailability::Sometimes,
        check: Check::Source(check),
    }
}

/// So many are told of one citation; each costs a look through all names.
const MOST: usize = 50;

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    if !cs1::is_cs1(ctx.source) || !cs1::in_english(ctx) {
        return Vec::new();
    }
    let given: BTreeSet<_> = cs1::named(ctx.source)
        .filter_map(|(name, _)| cs1::field(name))
        .collect();
    let named = ctx.source.parameters.iter();
    let named = named.filter_map(|parameter| Some((cs1::name(parameter)?, parameter)));
    let unknown = named.filter(|(name, _)| cs1::field(name).is_none() && is_plain(name));
    let found = unknown.take(MOST).map(|(name, parameter)| {
        let nearest = cs1::nearest_parameter(name).or_else(|| elsewhere(parameter));
        let set = cs1::is_set(parameter);
        let message = match (&nearest, set) {
            (_, false) => format!("CS1 has no parameter {name}, which is empty"),
            (Some(nearest), true) => {
                format!("CS1 has no parameter {name} and ignores it; perhaps {nearest} is meant")
            }
            (None, true) => format!("CS1 has no parameter {name} and ignores it"),
        };
        let mut finding = ctx.finding(&UNKNOWN_PARAMETER, message);
        finding.fix = match nearest {
            _ if !set => removal(ctx, parameter),
            // Its words are others: `deadurl=yes` is `url-status=dead`. One list of authors may
            // stand, and `coauthors` is the rest of one.
            Some(nearest)
                if !["url-status", "authors"].contains(&nearest.as_str())
                    && !cs1::field(&nearest).is_some_and(|field| given.contains(&field)) =>
            {
                ctx.rename_parameter(&format!("name it {nearest}"), parameter, &nearest)
            }
            Some(_) | None => None,
        };
        cs1::at_value(finding, name, parameter)
    });
    found.collect()
}

/// What the parameter is called in CS1, where it has its name from another wiki or from an older
/// CS1.
fn elsewhere(parameter: &Parameter) -> Option<String> {
    let field = parameter.field.as_deref()?;
    cs1::field(field).is_some().then(|| field.to_owned())
}

/// Whether a name is one that somebody typed, and no markup that writes one.
fn is_plain(name: &str) -> bool {
    !name.contains(['{', '<', '[', '\''])
}

fn removal(ctx: &SourceContext<'_>, parameter: &Parameter) -> Option<Fix> {
    // A comment may say why it is empty.
    let removed = parameter.value.is_empty().then_some(parameter)?;
    ctx.removal("remove the empty parameter", Safety::Safe, &[removed])
}
