//! Titles that no quotation marks enclose: books in English, everything on other wikis.

use std::ops::Range;

use super::names;
use super::phrases::WORDS;
use super::place::{char_at, trimmed};
use super::rest::Rest;
use super::segments::{self, Kind};

impl Rest<'_, '_> {
    /// Reads a title without marks and what follows it. `structured` says whether the head has
    /// shown that the entry is a citation; text that nothing shows to be one is a title as a
    /// whole.
    pub(super) fn unquoted(&mut self, from: usize, structured: bool) {
        let scan = self.scan;
        self.commas |= scan
            .language
            .is_some_and(|tag| WORDS.commas.contains(tag.primary()));
        let cuts = self.cuts(from, true);
        let mut segments = segments::split(scan.text, from..scan.end, &cuts);
        let structured = structured
            || !cuts.removed.is_empty()
            || segments
                .iter()
                .skip(1)
                .any(|segment| scan.is_structure(segment));
        if !structured {
            if !self.ends_with_date(from) {
                let whole = trimmed(scan.text, from..scan.end);
                self.reading.title = Some(whole).filter(|title| !title.is_empty());
                return;
            }
            self.commas = true;
            segments = segments::split(scan.text, from..scan.end, &self.cuts(from, true));
        }
        self.take_author(&mut segments);
        let Some(first) = segments.first().cloned() else {
            return;
        };
        // "Titel. In: Bote": what the work's own word introduces ends the title.
        let is_work =
            |segment: &Range<usize>| segments::without_on(scan.text, segment.clone()) != *segment;
        let work = segments.iter().skip(1).position(is_work);
        let more = work.unwrap_or_else(|| self.up_to_mark(&segments).max(self.of_book(&segments)));
        let last = segments.get(more).map_or(first.end, |last| last.end);
        self.reading.title = Some(scan.without_groups(first.start..last));
        let rest = segments.get(more + 1..).unwrap_or_default();
        let texts = self.classify(rest, false);
        if work.is_none() && rest.iter().any(|segment| self.is_book(segment)) {
            let publisher = texts.last().cloned();
            self.reading.publisher = publisher.map(|at| segments::without_place(scan.text, at));
        } else {
            self.assign(&texts);
        }
    }

    /// "Mario Rossi, Titolo": where commas separate, a name may stand before the title.
    fn take_author(&mut self, segments: &mut Vec<Range<usize>>) {
        let scan = self.scan;
        let is_title = |range: &Range<usize>| {
            scan.date(range).is_none()
                && segments::without_on(scan.text, range.clone()) == *range
                && segments::kind(scan.shown(range)) == Kind::Text
        };
        let author = segments.first().filter(|first| {
            self.commas
                && !self.dated
                && names::is_given_first(scan.shown(first))
                && char_at(scan.text, first.end) == Some(',')
                && segments.get(1).is_some_and(is_title)
        });
        if let Some(author) = author.cloned() {
            self.reading.names = names::read(scan.shown(&author), scan.language);
            self.reading.authors_at = Some(author);
            segments.remove(0);
        }
    }

    /// Whether a text without other structure ends like CS2: ", Publisher, March 5, 1960".
    fn ends_with_date(&self, from: usize) -> bool {
        let scan = self.scan;
        let shown = scan
            .shown(&(from..scan.end))
            .trim_end()
            .trim_end_matches('.');
        let end = from + shown.len();
        let last = scan.dates.iter().find(|found| found.end == end);
        let start = match last {
            Some(found) => Some(found.start),
            None => shown.rfind(", ").map(|at| from + at + 1),
        };
        let Some(start) = start.filter(|start| from < *start) else {
            return false;
        };
        let before = scan.shown(&(from..start)).trim_end();
        // "Decree of the Council, 5 May 2010" is as well a title as a whole.
        let parts = before.matches(", ").count();
        let year = || 2 < parts && scan.date(&(start..end)).is_some();
        before.ends_with(',') && (last.is_some() && 0 < parts || year())
    }

    /// How many segments behind the first belong to the title: up to the language or edition in
    /// parentheses that CS1 prints behind the title of a book.
    fn up_to_mark(&self, segments: &[Range<usize>]) -> usize {
        let scan = self.scan;
        let is_marked = |segment: &Range<usize>| {
            let behind = trimmed(scan.text, segment.end..scan.end).start;
            scan.groups.iter().any(|group| {
                // Without a date in the head the language stands behind the work.
                let in_language =
                    self.dated && group.start == behind && scan.language_of(group).is_some();
                in_language || group.end == segment.end && scan.is_edition(group)
            })
        };
        if segments.first().is_some_and(is_marked) {
            return 0;
        }
        let is_text = |segment: &&Range<usize>| segments::kind(scan.shown(segment)) == Kind::Text;
        let mut texts = segments.iter().take_while(is_text).take(4).skip(1);
        texts.position(is_marked).map_or(0, |at| at + 1)
    }

    /// How many segments behind the first belong to the title of a book: all but the publisher,
    /// which stands last before pages and ISBN.
    fn of_book(&self, segments: &[Range<usize>]) -> usize {
        let scan = self.scan;
        let is_text = |segment: &&Range<usize>| {
            segments::kind(scan.shown(segment)) == Kind::Text && scan.date(segment).is_none()
        };
        let texts: Vec<&Range<usize>> = segments.iter().take_while(is_text).collect();
        let is_placed =
            |last: &&Range<usize>| segments::without_place(scan.text, (*last).clone()) != **last;
        let placed = 1 < texts.len() && texts.last().is_some_and(is_placed);
        let mut shown = segments.iter().map(|segment| scan.shown(segment));
        let numbered = shown.clone().any(|shown| shown.starts_with("ISBN"));
        let in_series =
            shown.any(|shown| segments::kind(shown) == Kind::Volume || shown.starts_with("Volume"));
        let has_edition = texts.first().is_some_and(|first| {
            // A form may stand between: "(Print) (5th ed.)".
            let near = first.start..first.end + 40;
            let mut groups = scan.groups.iter();
            groups.any(|group| near.contains(&group.start) && scan.is_edition(group))
        });
        let is_book = self.dated && (numbered || placed) && !in_series && !has_edition;
        if is_book && texts.len() <= 5 {
            texts.len().saturating_sub(2)
        } else {
            0
        }
    }

    /// Whether a segment occurs behind books alone.
    fn is_book(&self, segment: &Range<usize>) -> bool {
        let shown = self.scan.shown(segment);
        match segments::kind(shown) {
            Kind::Pages | Kind::Edition => true,
            Kind::Identifier => shown.starts_with("ISBN") || shown.starts_with("OCLC"),
            Kind::Text => segments::without_place(self.scan.text, segment.clone()) != *segment,
            Kind::Volume => false,
        }
    }
}
