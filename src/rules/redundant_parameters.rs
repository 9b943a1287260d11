//! `CIT006` redundant-parameters.

use std::collections::BTreeMap;

use super::cs1;
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::model::{Finding, Parameter, Safety, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a parameter that is given twice, by one name or by two names for one field.
    ///
    /// ## Why it matters
    /// Only one of them is shown. Which one is not what the editor of the other expects.
    ///
    /// ## Example
    /// `|url=https://news.example/a |title=Rain |url=https://news.example/a`,
    /// `|website=News |newspaper=News`: the fix removes one of two that say the same, or the empty
    /// one.
    ///
    /// ## Limits
    /// Two names for one field count in CS1's templates, by CS1's names; an empty one is allowed
    /// there. Of one name given twice the last counts on every wiki.
    REDUNDANT_PARAMETERS {
        code: "CIT006",
        name: "redundant-parameters",
        severity: Severity::Warning,
        fix: FixAvailability::Sometimes,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let mut findings = repeated(ctx);
    if cs1::is_cs1(ctx.source) {
        findings.extend(aliases(ctx));
    }
    findings
}

/// One name given twice.
fn repeated(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let mut last: BTreeMap<&str, &Parameter> = BTreeMap::new();
    let mut findings = Vec::new();
    for parameter in &ctx.source.parameters {
        let Some(name) = parameter.name.as_deref().filter(|name| !name.is_empty()) else {
            continue;
        };
        let Some(before) = last.insert(name, parameter) else {
            continue;
        };
        let (said, says) = (cs1::given(&before.value), cs1::given(&parameter.value));
        let same = said == says;
        let message = match (same, said.is_empty(), says.is_empty()) {
            (true, ..) => format!("{name} is given twice"),
            (false, true, _) => format!("{name} is given twice, first without a value"),
            (false, _, true) => {
                format!("{name} is given twice; the last one counts, which is empty")
            }
            (false, ..) => format!("{name} is given twice with different values; the last counts"),
        };
        let mut finding = ctx.finding(&REDUNDANT_PARAMETERS, message);
        finding.fix = if says.is_empty() && !same {
            // What comes next looks back at the one that stays.
            last.insert(name, before);
            // A value that is not shown now would be.
            ctx.removal("remove the empty one", Safety::Review, &[parameter])
        } else if same || said.is_empty() {
            ctx.removal("remove the one that is not shown", Safety::Safe, &[before])
        } else {
            ctx.removal(
                "remove the one that is not shown",
                Safety::Review,
                &[before],
            )
        };
        finding.evidence.push(cs1::evidence(name, before));
        findings.push(cs1::at_value(finding, name, parameter));
    }
    findings
}

/// Two names for one field.
fn aliases(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let mut fields: BTreeMap<(usize, u32), Vec<(&str, &Parameter)>> = BTreeMap::new();
    for (name, parameter) in cs1::named(ctx.source) {
        let Some(field) = cs1::field(name) else {
            continue;
        };
        let names = fields.entry(field).or_default();
        // The last of one name counts; the earlier ones are reported as such.
        names.retain(|(known, _)| *known != name);
        names.push((name, parameter));
    }
    let mut findings = Vec::new();
    for given in fields.into_values() {
        let [(first, shown), .., (name, parameter)] = given.as_slice() else {
            continue;
        };
        let names: Vec<&str> = given.iter().map(|(name, _)| *name).collect();
        let message = format!("more than one of {} is given", names.join(", "));
        let mut finding = ctx.finding(&REDUNDANT_PARAMETERS, message);
        let same = cs1::given(&shown.value) == cs1::given(&parameter.value);
        if same && given.len() == 2 {
            finding.fix = ctx.removal("remove the second name", Safety::Safe, &[parameter]);
        }
        finding.evidence.push(cs1::evidence(first, shown));
        findings.push(cs1::at_value(finding, name, parameter));
    }
    findings
}
