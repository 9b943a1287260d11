//! Titles that no quotation marks enclose: books in English, everything on other wikis.

use std::ops::Range;

use super::names;
use super::phrases::WORDS;
use super::place::{char_at, trimmed};
use super::quotes::inside;
use super::rest::Rest;
use super::segments::{self, Kind};

impl Rest<'_, '_> {
    /// Reads a title without marks and what follows it. `structured` says whether the head has
    /// shown that the entry is a citation; text that nothing shows to be one is a title as a
    /// whole.
    pub(super) fn unquoted(&mut self, from: usize, structured: bool) {
        let scan = self.scan;
        self.commas |= WORDS.commas_of(scan.language) || self.has_comma_tail(from);
        let cuts = self.cuts(from, true);
        let mut segments = segments::split(scan.text, from..scan.end, &cuts);
        let structured = structured
            || !cuts.removed.is_empty()
            || segments
                .iter()
                .skip(1)
                .any(|segment| scan.is_structure(segment))
            || self.names_book(&segments);
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
        self.take_stopped_author(&mut segments);
        self.split_question(&mut segments);
        self.take_year(&mut segments);
        self.join_clauses(&mut segments);
        let Some(first) = segments.first().cloned() else {
            return;
        };
        // "Titel. In: Bote": what the work's own word introduces ends the title.
        let is_work =
            |segment: &Range<usize>| segments::without_on(scan.text, segment.clone()) != *segment;
        let work = segments.iter().skip(1).position(is_work);
        let told = work.or_else(|| self.up_to_form(&segments));
        let more = told.unwrap_or_else(|| self.up_to_mark(&segments).max(self.of_book(&segments)));
        self.reading.doubt.title = told.is_none() && 0 < more;
        let last = segments.get(more).map_or(first.end, |last| last.end);
        self.reading.title = Some(scan.without_groups(first.start..last));
        let rest = self.apart(segments.get(more + 1..).unwrap_or_default());
        self.translation_behind(last);
        let texts = self.classify(&rest, false);
        let quoted = scan
            .language
            .is_some_and(|tag| WORDS.quoted_works.contains(tag.primary()))
            && texts
                .iter()
                .any(|range| segments::unquoted(scan.text, range.clone()) != *range);
        let mut texts = texts;
        self.join_listed(&mut texts);
        let told = self.has_book(&rest) || self.has_type(last);
        let paged =
            |range: &Range<usize>| segments::without_pages(scan.text, range.clone()) != *range;
        let alone = || self.is_untitled_work() && !texts.iter().any(paged);
        if work.is_none() && !quoted && (told || alone()) {
            self.assign_book(&texts);
            self.reading.doubt.publisher = !told;
        } else {
            self.assign(&texts);
        }
    }

    /// CS1 prints `[translated title]` behind the title of a book too.
    fn translation_behind(&mut self, title: usize) {
        let scan = self.scan;
        let mut groups = scan.groups.iter();
        // The title ends before its brackets or behind them.
        let group = groups.find(|group| {
            char_at(scan.text, group.start) == Some('[')
                && (group.end == title || trimmed(scan.text, title..scan.end).start == group.start)
        });
        let within = group.map(|group| inside(scan.text, group));
        if let Some(within) = within.filter(|within| scan.is_translation(within)) {
            self.reading.trans_title = Some(within);
        }
    }

    /// "Mario Rossi, Titolo": where commas separate, names may stand before the title.
    fn take_author(&mut self, segments: &mut Vec<Range<usize>>) {
        let scan = self.scan;
        let is_text = |range: &Range<usize>| {
            scan.date(range).is_none() && segments::kind(scan.shown(range)) == Kind::Text
        };
        let is_title = |range: &Range<usize>| {
            let shown = scan.shown(range);
            let is_host = shown.contains('.') && !shown.contains(' ');
            is_text(range) && !is_host && segments::without_on(scan.text, range.clone()) == *range
        };
        if !self.commas || self.dated {
            return;
        }
        let mut count = 0;
        while let Some(first) = segments.get(count) {
            let shown = names::without_editors(scan.shown(first));
            let agency = (2..=6).contains(&shown.len())
                && shown.bytes().all(|byte| byte.is_ascii_uppercase())
                && segments.get(count + 2).is_some_and(is_text);
            let named = (agency || names::is_given_first(shown) || names::is_pair(shown))
                && char_at(scan.text, first.end) == Some(',')
                && segments.get(count + 1).is_some_and(is_title)
                // A second name may as well be a title: more has to follow that is a work.
                && (count == 0 || segments.get(count + 2).is_some_and(is_text));
            if !named || count == 8 {
                break;
            }
            count += 1;
        }
        let last = count.checked_sub(1).and_then(|last| segments.get(last));
        let Some((first, last)) = segments.first().zip(last) else {
            return;
        };
        let at = first.start..last.end;
        self.reading.names = names::read(scan.shown(&at), scan.language);
        if self.reading.names.authors.is_empty() {
            self.reading.editors_at = Some(at);
        } else {
            self.reading.authors_at = Some(at);
        }
        segments.drain(..count);
    }

    /// "Vale, A., 1983. Title": a date before the title is the work's.
    fn take_year(&mut self, segments: &mut Vec<Range<usize>>) {
        let scan = self.scan;
        let year = segments
            .first()
            .filter(|_| 1 < segments.len() && !self.dated);
        let Some((at, date)) = year.and_then(|at| Some((at.clone(), scan.date(at)?))) else {
            return;
        };
        self.reading.date = Some((date.date(), at));
        self.dated = true;
        segments.remove(0);
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

    /// Whether what stands behind a title shows a book. Web pages have pages too: with a date of
    /// access it takes more than those.
    pub(super) fn has_book(&self, rest: &[Range<usize>]) -> bool {
        let of_web = self.reading.access_date.is_some();
        let is_pages =
            |segment: &Range<usize>| segments::kind(self.scan.shown(segment)) == Kind::Pages;
        let mut rest = rest.iter();
        rest.any(|segment| self.is_book(segment) && !(of_web && is_pages(segment)))
    }

    /// The last text behind the title of a book is its publisher.
    pub(super) fn assign_book(&mut self, texts: &[Range<usize>]) {
        let publisher = texts.last().cloned();
        let publisher = publisher.map(|at| self.scan.without_groups(at));
        self.reading.publisher = publisher.map(|at| segments::without_place(self.scan.text, at));
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
