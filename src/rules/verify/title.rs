//! A cited title against the titles of a page.

use super::Verification;
use super::title_relation::{Comparable, TitleRelation};
use crate::languages;
use crate::model::{Citation, Evidence, PageEvidence, SignalKind, TitleCandidate};
use crate::rules::generic::is_generic_title;
use crate::rules::titles::TitleWords;

/// From this likeness on, two titles may be one.
const ALIKE: f64 = 0.25;

/// A title of fewer words says too little to contradict.
const FEWEST_WORDS: usize = 3;

/// The titles that a citation gives of one work.
#[derive(Debug, Clone, Copy, Default)]
pub struct CitedTitles<'a> {
    /// `title`.
    pub title: Option<&'a str>,
    /// `script-title`: the title in the source's own script.
    pub script_title: Option<&'a str>,
    /// `trans-title`: a translation.
    pub trans_title: Option<&'a str>,
}

impl<'a> CitedTitles<'a> {
    /// The titles of a citation.
    #[must_use]
    pub fn of(citation: &'a Citation) -> Self {
        Self {
            title: citation.title.as_deref(),
            script_title: citation.script_title.as_deref(),
            trans_title: citation.trans_title.as_deref(),
        }
    }

    fn each(self) -> impl Iterator<Item = &'a str> {
        [self.title, self.script_title, self.trans_title]
            .into_iter()
            .flatten()
    }

    /// The title by which the page is recognised.
    fn own(self) -> Option<&'a str> {
        self.script_title.or(self.title)
    }
}

/// Holds the cited titles against all titles of a page.
///
/// A title is supported where the page bears it, a part of it, or one that was edited since; what
/// the two are to each other is the answer's kind. It is contradicted where all titles of the page
/// are others, are long enough to tell, and are in the language that is cited.
#[must_use]
pub fn verify_title(cited: CitedTitles<'_>, page: &PageEvidence) -> Verification<TitleRelation> {
    let (Some(own), Some(best)) = (cited.own(), page.titles.first()) else {
        return Verification::unknown();
    };
    let closest = closest(cited, page);
    if let Some((relation, found)) = closest {
        return Verification::supported(evidence(found)).of_kind(Some(relation));
    }
    if is_error_page(page) {
        return Verification::unknown().of_kind(Some(TitleRelation::ErrorPage));
    }
    if !comparable(own, page) {
        return Verification::unknown().of_kind(Some(TitleRelation::NotComparable));
    }
    if any_alike(cited, page) {
        // A few words in common: another article on the subject, or a new headline.
        return Verification::unknown();
    }
    Verification::contradicted(evidence(best)).of_kind(Some(TitleRelation::DifferentPage))
}

fn evidence(found: &TitleCandidate) -> Evidence {
    Evidence::new("page title", found.value.clone(), found.source.clone())
}

/// The title of the page that is nearest to a cited one, with what they are to each other.
fn closest<'a>(
    cited: CitedTitles<'_>,
    page: &'a PageEvidence,
) -> Option<(TitleRelation, &'a TitleCandidate)> {
    let cited: Vec<Comparable> = cited.each().map(Comparable::new).collect();
    let related = page.titles.iter().filter_map(|found| {
        let title = Comparable::new(&found.value);
        let relations = cited.iter().filter_map(|cited| cited.relation(&title));
        Some((relations.min()?, found))
    });
    related.min_by_key(|(relation, _)| *relation)
}

/// Whether the page is an error page, a wall or a placeholder by its own title.
fn is_error_page(page: &PageEvidence) -> bool {
    let told = page.signals.iter().any(|signal| {
        let says_so = matches!(
            signal.kind,
            SignalKind::NotFound
                | SignalKind::Challenge
                | SignalKind::ServerTrouble
                | SignalKind::ErrorHeading
                | SignalKind::HostGone
                | SignalKind::Parked
        );
        says_so
            && matches!(
                signal.source.as_str(),
                "<title>" | "<h1>" | "heading" | "title"
            )
    });
    told || page
        .titles
        .iter()
        .any(|title| is_generic_title(&title.value))
}

/// Whether any cited title may be any title of the page.
pub(crate) fn any_alike(cited: CitedTitles<'_>, page: &PageEvidence) -> bool {
    let cited: Vec<TitleWords> = cited.each().map(TitleWords::new).collect();
    page.titles.iter().any(|title| {
        let found = TitleWords::new(&title.value);
        cited.iter().any(|words| ALIKE <= words.likeness(&found))
    })
}

/// Whether the cited title and the page's titles are long enough and in one language.
fn comparable(cited: &str, page: &PageEvidence) -> bool {
    // A file's own title is often that of its template, or a working title.
    if page.media_type == "application/pdf" {
        return false;
    }
    let long = |title: &str| FEWEST_WORDS <= TitleWords::new(title).len();
    if !long(cited) || !page.titles.iter().any(|title| long(&title.value)) {
        return false;
    }
    match (languages::detect(cited, &[]), &page.language) {
        (Some(cited), Some(found)) => languages::same_language(&cited.tag, &found.tag),
        _ => false,
    }
}
