//! An answer with all that helps to judge it.

use super::confidence::rounded;
use crate::model::{
    Citation, Evidence, FetchOutcome, HttpResponse, LinkFacts, LinkVerdict, PageEvidence,
    PageSignal, SignalKind, Verdict,
};
use crate::rules::titles::TitleWords;
use crate::rules::verify::{CitedTitles, any_alike};

/// From this likeness on, a page plainly bears a title.
const PLAIN: f64 = 0.6;

/// A response under the citation that led to it.
#[derive(Clone, Copy)]
pub(super) struct Answer<'a> {
    pub(super) facts: &'a LinkFacts,
    pub(super) outcome: &'a FetchOutcome,
    pub(super) response: &'a HttpResponse,
    pub(super) page: Option<&'a PageEvidence>,
    pub(super) citation: &'a Citation,
}

impl<'a> Answer<'a> {
    /// The first signal of a kind.
    pub(super) fn signal(self, kind: SignalKind) -> Option<&'a PageSignal> {
        self.signals(kind).next()
    }

    /// All signals of a kind.
    pub(super) fn signals(self, kind: SignalKind) -> impl Iterator<Item = &'a PageSignal> {
        let all = self.page.map_or(&[][..], |page| page.signals.as_slice());
        all.iter().filter(move |signal| signal.kind == kind)
    }

    pub(super) fn has(self, kind: SignalKind) -> bool {
        self.signal(kind).is_some()
    }

    /// Whether the page bears a title that may be the cited one.
    pub(super) fn title_is_there(self) -> bool {
        self.page
            .is_some_and(|page| any_alike(CitedTitles::of(self.citation), page))
    }

    /// Whether the page plainly bears the cited title: more than the words of a site's name, which
    /// stand on its error pages and walls, too.
    pub(super) fn bears_title(self) -> bool {
        let titles = self.page.map_or(&[][..], |page| page.titles.as_slice());
        let found: Vec<TitleWords> = titles
            .iter()
            .map(|title| TitleWords::new(&title.value))
            .collect();
        let citation = self.citation;
        let cited = [
            &citation.title,
            &citation.script_title,
            &citation.trans_title,
        ];
        cited.into_iter().flatten().any(|cited| {
            let cited = TitleWords::new(cited);
            found.iter().any(|found| PLAIN <= cited.likeness(found))
        })
    }

    /// Whether a title is cited at all.
    pub(super) fn title_is_cited(self) -> bool {
        self.citation.title.is_some() || self.citation.script_title.is_some()
    }

    /// The best signal of a kind that stands: marks of a product always, words that other pages
    /// print too only where the cited title is not there.
    pub(super) fn standing(self, kind: SignalKind) -> Option<&'a PageSignal> {
        let mark = self.signals(kind).find(|signal| is_mark(signal));
        // Comparing titles costs more than all else here.
        mark.or_else(|| self.signal(kind).filter(|_| !self.bears_title()))
    }
}

/// Whether a signal is the mark of one product, and no words that other pages print, too.
pub(super) fn is_mark(signal: &PageSignal) -> bool {
    signal.source != "main text"
}

/// A judgement without evidence yet.
pub(super) fn verdict(link: LinkVerdict, reason: impl Into<String>, confidence: f64) -> Verdict {
    Verdict {
        link,
        reason: reason.into(),
        confidence: rounded(confidence),
        evidence: Vec::new(),
    }
}

/// A signal as evidence.
pub(super) fn evidence(signal: &PageSignal) -> Evidence {
    let what = match signal.kind {
        SignalKind::NotFound | SignalKind::NotFoundWords => "not-found words",
        SignalKind::NotFoundMarkup => "not-found mark",
        SignalKind::ErrorHeading => "error heading",
        SignalKind::NotIndexed => "robots",
        SignalKind::NearEmpty | SignalKind::LittleText | SignalKind::Blank => "text",
        SignalKind::Challenge => "bot check",
        SignalKind::ServerTrouble => "server",
        SignalKind::ScriptOnly => "script",
        SignalKind::HostGone => "hosting error",
        SignalKind::Parked => "parked domain",
        SignalKind::LoginForm => "log-in form",
        SignalKind::LeadsOn => "leads on to",
        SignalKind::ConsentQuestion => "consent question",
        SignalKind::Paywall => "paywall",
        SignalKind::TakeoverTrade => "trade of the page",
        SignalKind::SameForAll => "may be alike for every address",
    };
    Evidence::new(what, signal.excerpt.clone(), signal.source.clone())
}
