//! A cited title against the titles of a page.

use serde::Serialize;

use super::Verification;
use crate::languages;
use crate::model::{Citation, Evidence, PageEvidence};
use crate::rules::titles::TitleWords;

/// How a cited title and the page's are related.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum TitleRelation {
    /// The page is another one.
    DifferentPage,
    /// Cited in another language than the page's, or too short to tell.
    NotComparable,
}

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
#[must_use]
pub fn verify_title(cited: CitedTitles<'_>, page: &PageEvidence) -> Verification<TitleRelation> {
    let (Some(own), Some(best)) = (cited.own(), page.titles.first()) else {
        return Verification::unknown();
    };
    let by = Evidence::new("page title", best.value.clone(), best.source.clone());
    if any_alike(cited, page) {
        return Verification::supported(by);
    }
    if !comparable(own, page) {
        return Verification::unknown().of_kind(Some(TitleRelation::NotComparable));
    }
    Verification::contradicted(by).of_kind(Some(TitleRelation::DifferentPage))
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
    let long = |title: &str| FEWEST_WORDS <= TitleWords::new(title).len();
    if !long(cited) || !page.titles.iter().any(|title| long(&title.value)) {
        return false;
    }
    match (languages::detect(cited, &[]), &page.language) {
        (Some(cited), Some(found)) => languages::same_language(&cited.tag, &found.tag),
        _ => false,
    }
}
