//! Segments in which commas set dates, pages and identifiers off from a name.

use std::ops::Range;

use super::rest::Rest;
use super::scan::Scan;
use super::segments::{self, Cuts, Kind};

impl Rest<'_, '_> {
    /// The segments, with those cut at commas that hold dates, pages or identifiers behind a name:
    /// "Oxford University Press, Oxford 2004, ISBN …, S. 33".
    pub(super) fn apart(&self, segments: &[Range<usize>]) -> Vec<Range<usize>> {
        let scan = self.scan;
        let mut parts = Vec::with_capacity(segments.len());
        for segment in segments {
            let cuts = Cuts {
                commas: true,
                whole: self.whole(),
                ..scan.plain_cuts()
            };
            let pieces = segments::split(scan.text, segment.clone(), &cuts);
            let is_told = |piece: &Range<usize>| {
                segments::kind(scan.shown(piece)) != Kind::Text
                    || scan.date(piece).is_some()
                    || place_and_year(scan, piece).is_some()
            };
            let first = pieces.iter().position(is_told);
            let rest = first
                .and_then(|first| pieces.get(first..))
                .unwrap_or_default();
            if pieces.len() < 2 || rest.is_empty() {
                parts.push(segment.clone());
                continue;
            }
            if let Some(last) = first.and_then(|first| pieces.get(first.checked_sub(1)?)) {
                parts.push(segment.start..last.end);
            }
            let told = |piece: &Range<usize>| {
                let year = place_and_year(scan, piece).filter(|_| scan.date(piece).is_none());
                year.unwrap_or(piece.clone())
            };
            parts.extend(rest.iter().map(told));
        }
        parts
    }
}

/// The year of "Oxford 2004".
fn place_and_year(scan: &Scan<'_>, piece: &Range<usize>) -> Option<Range<usize>> {
    let (place, year) = scan.shown(piece).rsplit_once(' ')?;
    let at = piece.end - year.len()..piece.end;
    let is_year = year.len() == 4 && scan.date(&at).is_some();
    let is_place = place.starts_with(char::is_uppercase)
        && place.split_whitespace().count() <= 3
        && place
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '/' | '.'));
    (is_year && is_place).then_some(at)
}
