//! Which of the texts behind a title is the work, the publisher, the agency.

use std::ops::Range;

use super::lists::LISTS;
use super::phrases::{WORDS, is_unspaced, leading_word};
use super::place::{char_at, trimmed};
use super::rest::Rest;
use super::scan::Scan;
use super::segments;

impl Rest<'_, '_> {
    /// The first text behind the title is the work, the second the publisher, the third the
    /// agency: the text cannot tell more.
    pub(super) fn assign(&mut self, texts: &[Range<usize>]) {
        let scan = self.scan;
        let clean = |range: &Range<usize>| {
            let range = scan.without_groups(trimmed(scan.text, range.clone()));
            let range = segments::unquoted(scan.text, range);
            let range = trimmed(scan.text, segments::without_pages(scan.text, range));
            let range = segments::unquoted(scan.text, range);
            Some(range).filter(|range| !range.is_empty())
        };
        let mut texts: Vec<Range<usize>> = texts.to_vec();
        let agency = texts
            .iter()
            .rposition(|range| LISTS.is_agency(scan.shown(range)))
            // Editors name an agency that stands alone behind the work as its publisher as well.
            .filter(|at| 1 < *at)
            .map(|at| texts.remove(at));
        if self.is_published(&texts) {
            self.assign_book(&texts);
            self.reading.agency = agency;
            return;
        }
        // "Rivers and law. Cambridge Studies. Cambridge: University Press": a series stands before
        // the publisher, whose place tells it; where commas separate no agency is printed.
        let behind = texts.get(1..).unwrap_or_default();
        let placed = behind.iter().rposition(|range| self.is_placed(range));
        let last = || {
            WORDS
                .commas_of(scan.language)
                .then(|| behind.len().checked_sub(1))
                .flatten()
        };
        let at = placed.or_else(last).map_or(1, |at| at + 1);
        self.reading.work = texts.first().and_then(clean);
        self.reading.agency = agency.or_else(|| texts.get(at + 1).and_then(clean));
        let publisher = texts.get(at).and_then(clean);
        self.reading.publisher = publisher.map(|at| segments::without_place(scan.text, at));
        self.doubt(&texts);
    }

    pub(super) fn is_placed(&self, range: &Range<usize>) -> bool {
        segments::without_place(self.scan.text, range.clone()) != *range
    }

    /// Whether the one text behind a title names its publisher: by its place, or by a word that
    /// only publishers have.
    fn is_published(&self, texts: &[Range<usize>]) -> bool {
        let [only] = texts else {
            return false;
        };
        let shown = self.scan.shown(only);
        let marked = segments::unquoted(self.scan.text, only.clone()) != *only;
        let placed = || self.is_placed(only) && !self.in_volumes;
        !marked && (placed() || !self.in_volumes && LISTS.is_publisher(shown))
    }

    /// Notes which of the work, the publisher and the agency could be another of the three.
    fn doubt(&mut self, texts: &[Range<usize>]) {
        let is_host = |shown: &str| shown.contains('.') && !shown.contains(' ');
        let work = self.reading.work.as_ref();
        let marked = texts
            .first()
            .is_some_and(|first| segments::unquoted(self.scan.text, first.clone()) != *first);
        let alone = texts.len() == 1;
        self.reading.doubt.work =
            alone && !marked && work.is_some_and(|work| !is_host(self.scan.shown(work)));
        let publisher = texts.get(1).filter(|_| texts.len() == 2);
        self.reading.doubt.publisher = publisher.is_some_and(|publisher| {
            !self.is_placed(publisher) && !LISTS.is_publisher(self.scan.shown(publisher))
        });
    }
}

/// Joins "Anim. Reprod. Sci." or "Acta Chemica. Series A": short words in a row before a volume
/// are one abbreviated journal, and some words continue a journal's name.
pub(super) fn join_journal(scan: &Scan<'_>, texts: &mut Vec<Range<usize>>) {
    let is_short = |range: &&Range<usize>| {
        let shown = scan.shown(range);
        let mut words = shown.split(' ');
        let last = words.next_back().unwrap_or_default();
        words.clone().count() <= 2
            && words.all(|word| word.ends_with('.'))
            && last.chars().count() <= 12
            && !last.chars().any(is_unspaced)
            && char_at(scan.text, range.end) == Some('.')
    };
    let continues =
        |range: &&Range<usize>| leading_word(scan.shown(range), &WORDS.journal_parts).is_some();
    // What stood between, a date or a language, ends the name.
    let adjoins = |at: usize| {
        let pair = texts.get(at.wrapping_sub(1)).zip(texts.get(at));
        pair.is_none_or(|(a, b)| scan.shown(&(a.end..b.start)).trim() == ".")
    };
    let short = texts.iter().take_while(is_short).count();
    let run = (0..short).take_while(|at| adjoins(*at)).count();
    let parts = texts.iter().skip(1).take_while(continues).count();
    let (joined, stop) = if 1 < run { (run, 1) } else { (parts + 1, 0) };
    if 1 < joined
        && let (Some(first), Some(last)) = (texts.first(), texts.get(joined - 1))
    {
        let whole = first.start..last.end + stop;
        texts.splice(..joined, [whole]);
    }
}
