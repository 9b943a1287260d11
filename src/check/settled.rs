//! Whether a run that says nothing has seen that there is nothing to say.

use crate::model::{LinkVerdict, Network, Run, Work};
use crate::rules::{Needs, Rule};

/// What the conditions of a run let its rules see.
#[derive(Debug, Clone, Copy)]
pub(super) struct Settled {
    asked: bool,
    pages: bool,
    /// Whether every link was asked, and by this run.
    whole: bool,
}

impl Settled {
    pub(super) fn by(run: &Run) -> Self {
        Self {
            asked: run.network != Network::Offline,
            pages: run.pages,
            whole: !run.partial && run.trouble.is_none() && run.shard.is_none(),
        }
    }

    /// Whether the rule would have said at a work what it has to say there.
    pub(super) fn at(self, rule: &Rule, work: Work<'_>) -> bool {
        match rule.needs {
            Needs::Article => true,
            Needs::Network => {
                self.whole && Self::link(work) && (!Self::needs_page(rule) || Self::page(work))
            }
        }
    }

    /// Whether the rule could say what it has to say. A run about links alone leaves the others
    /// out.
    pub(super) fn ran(self, rule: &Rule) -> bool {
        match rule.needs {
            Needs::Article => self.pages,
            Needs::Network => self.asked && (self.pages || !Self::needs_page(rule)),
        }
    }

    pub(super) fn needs_link(rule: &Rule) -> bool {
        rule.needs == Needs::Network
    }

    /// Whether the rule compares the citation with its page: dates, titles, languages.
    pub(super) fn needs_page(rule: &Rule) -> bool {
        let of_links = ["LNK", "ARC", "RUN"];
        let links = of_links.iter().any(|group| rule.code.starts_with(group));
        rule.needs == Needs::Network && !links
    }

    /// Whether a link's answer tells what has become of it: a site that turns readers away today,
    /// is out of order or puts something before the page hides whether it is still there.
    pub(super) fn link(work: Work<'_>) -> bool {
        work.link.is_none_or(|link| match link.verdict {
            LinkVerdict::Skipped
            | LinkVerdict::Unknown
            | LinkVerdict::Unstable
            | LinkVerdict::Refused
            | LinkVerdict::TlsError
            | LinkVerdict::LoginWall
            | LinkVerdict::ConsentWall
            | LinkVerdict::Blocked => false,
            LinkVerdict::Alive
            | LinkVerdict::Paywalled
            | LinkVerdict::Soft404
            | LinkVerdict::Gone
            | LinkVerdict::NoSuchHost
            | LinkVerdict::Parked
            | LinkVerdict::Usurped
            | LinkVerdict::Moved
            | LinkVerdict::RedirectedToHomePage
            | LinkVerdict::Drifted
            | LinkVerdict::UnsupportedScheme
            | LinkVerdict::PrivateAddress => true,
        })
    }

    /// Whether the cited page was read, if there is one to read.
    pub(super) fn page(work: Work<'_>) -> bool {
        work.link.is_none() || work.cited_page().is_some()
    }
}
