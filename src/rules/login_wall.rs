//! `LNK013` login-wall.

use super::rule::{Check, FixAvailability, Needs, SourceContext, declare_rule};
use crate::model::{Finding, LinkVerdict, Severity};

declare_rule! {
    /// ## What it does
    /// Reports links at which a log-in form stands in the page's place.
    ///
    /// ## Why it matters
    /// Nothing is known about the page behind it, and most readers cannot see it either.
    ///
    /// ## Example
    /// `https://members.example/report/7` leads to `/login?next=/report/7`; or the server answers 401 and
    /// names how to log in.
    ///
    /// ## Limits
    /// Never says that the page behind the form exists or does not. A form beside an article is none.
    LOGIN_WALL {
        code: "LNK013",
        name: "login-wall",
        severity: Severity::Note,
        fix: FixAvailability::Never,
        needs: Needs::Network,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let found = ctx.finding_if(&LOGIN_WALL, LinkVerdict::LoginWall, |reason| {
        format!("a log-in form stands before the page ({reason}); check by hand")
    });
    found.into_iter().collect()
}
