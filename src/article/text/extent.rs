//! Where a title without quotation marks ends.

use std::ops::Range;

use super::lists::LISTS;
use super::names;
use super::phrases::{WORDS, is_unspaced};
use super::place::{char_at, trimmed};
use super::quotes::inside;
use super::rest::Rest;
use super::segments::{self, Cuts, Kind};
use crate::model::LanguageTag;

impl Rest<'_, '_> {
    fn is_text(&self, range: &Range<usize>) -> bool {
        let scan = self.scan;
        scan.date(range).is_none() && segments::kind(scan.shown(range)) == Kind::Text
    }

    fn has_plain_titles(&self) -> bool {
        self.scan
            .language
            .is_some_and(|tag| WORDS.plain_titles.contains(tag.primary()))
    }

    /// Whether templates of the language print a title without marks for works that are part of
    /// no other alone: what follows is a publisher.
    pub(super) fn is_untitled_work(&self) -> bool {
        let marks = self.scan.language.is_some_and(|tag| tag.primary() != "ja");
        self.dated && marks && !self.commas && !self.has_plain_titles()
    }

    /// "Сергей Кузнецов. Заголовок. Газета", "王小明. 标题. 报", "Vale, Ann. 标题. 报": a name, when a
    /// title and a work follow.
    pub(super) fn take_stopped_author(&mut self, segments: &mut Vec<Range<usize>>) {
        let scan = self.scan;
        let Some(first) = segments.first().cloned() else {
            return;
        };
        if self.dated || self.commas || char_at(scan.text, first.end) != Some('.') {
            return;
        }
        let shown = scan.shown(&first);
        let language = scan
            .language
            .filter(|tag| WORDS.stopped_authors.contains(tag.primary()))
            .map(LanguageTag::primary);
        let by_form = match language {
            Some("zh") => is_han_name(shown),
            Some(_) => (2..=3).contains(&shown.split(' ').count()) && names::is_given_first(shown),
            None => false,
        };
        // "Washington, D.C." is a place.
        let place = shown
            .split_once(", ")
            .is_some_and(|(_, region)| LISTS.is_region(region));
        let named = by_form || names::is_family_first(shown) && !place;
        let mut behind = segments.iter().skip(1);
        let title = behind.next().is_some_and(|title| {
            self.is_text(title) && segments::without_on(scan.text, title.clone()) == *title
        });
        if named && title && behind.next().is_some_and(|work| self.is_text(work)) {
            self.reading.names = names::read(shown, scan.language);
            self.reading.authors_at = Some(first);
            segments.remove(0);
        }
    }

    /// "Чому тріщать мости? Вісті": templates print no full stop behind `?`, `!` and `…`. What
    /// follows is the work where none stands behind.
    pub(super) fn split_question(&self, segments: &mut Vec<Range<usize>>) {
        let scan = self.scan;
        let Some(first) = segments
            .first()
            .cloned()
            .filter(|_| self.has_plain_titles())
        else {
            return;
        };
        let more = segments.iter().skip(1).any(|range| self.is_text(range));
        let shown = scan.shown(&first);
        let marks = shown.rmatch_indices(['?', '!', '…']);
        let split = marks
            .filter_map(|(at, mark)| Some((at, shown.get(at + mark.len()..)?)))
            .find(|(_, rest)| rest.starts_with([' ', '\u{a0}']));
        let Some((_, rest)) = split else {
            return;
        };
        let work = rest.trim_start();
        // "Krant (4 oktober 2005)", "Hírlap, 2016. május 2."
        let name = work.split([',', '(']).next().unwrap_or_default().trim_end();
        let is_host = name.contains('.') && !name.contains(' ');
        let is_name = name.split_whitespace().count() <= 4
            && name.starts_with(char::is_alphanumeric)
            && (!more || is_host);
        if is_name {
            let title = first.start..first.end - rest.len();
            segments.splice(..1, [title, first.end - work.len()..first.end]);
        }
    }

    /// "La ville, l'eau et le pont, Lyon": where commas separate, small letters continue a title.
    pub(super) fn join_clauses(&self, segments: &mut Vec<Range<usize>>) {
        let scan = self.scan;
        let Some(first) = segments.first().cloned() else {
            return;
        };
        if !self.commas || scan.shown(&first).ends_with(']') {
            return;
        }
        let continues = |range: &&Range<usize>| {
            let shown = scan.shown(range);
            let is_host = shown.contains('.') && !shown.contains(' ');
            shown.starts_with(char::is_lowercase)
                && !is_host
                && self.is_text(range)
                && !shown.starts_with("coll")
                && segments::without_on(scan.text, (*range).clone()) == **range
                && char_at(scan.text, first.end) == Some(',')
        };
        let mut more = segments
            .iter()
            .skip(1)
            .take(4)
            .take_while(continues)
            .count();
        // "Tytuł, który ma przecinek [online], Serwis"
        let online = |range: &&Range<usize>| scan.shown(range).ends_with(" [online]");
        let found = segments.iter().take(6).position(|range| online(&range));
        more = found.unwrap_or(more);
        // A work or a publisher has to follow.
        if let Some(last) = segments
            .get(more)
            .filter(|_| 0 < more && more + 1 < segments.len())
        {
            let whole = first.start..last.end;
            segments.splice(..=more, [whole]);
        }
    }

    /// How many segments behind the first belong to the title: up to what CS1 prints behind it at
    /// once, its translation or "(Report)". `None` where neither stands there.
    pub(super) fn up_to_form(&self, segments: &[Range<usize>]) -> Option<usize> {
        let scan = self.scan;
        if self.has_plain_titles() && !self.dated {
            return None;
        }
        let is_formed = |segment: &Range<usize>| {
            let behind = trimmed(scan.text, segment.end..scan.end).start;
            scan.groups.iter().any(|group| {
                let bracketed = char_at(scan.text, group.start) == Some('[');
                let ends = group.end == segment.end && segment.start < group.start;
                ends && bracketed && scan.is_translation(&inside(scan.text, group))
                    || (ends || group.start == behind) && !bracketed && scan.is_format(group)
            })
        };
        let texts = segments.iter().take(4);
        let mut texts = texts.take_while(|segment| self.is_text(segment));
        texts.position(is_formed)
    }

    /// Whether "(Report)" or "(Doctoral thesis)" stands behind the title: such works have a publisher.
    pub(super) fn has_type(&self, title: usize) -> bool {
        let scan = self.scan;
        !self.has_plain_titles()
            && scan.groups.iter().any(|group| {
                let near = title.saturating_sub(group.end.saturating_sub(group.start) + 1)
                    <= group.start
                    && group.start <= title + 40;
                near && scan.is_format(group) && scan.shown(group).contains(char::is_lowercase)
            })
    }

    /// How many segments behind the first belong to the title: up to the language or edition in
    /// parentheses that CS1 prints behind the title of a book.
    pub(super) fn up_to_mark(&self, segments: &[Range<usize>]) -> usize {
        let scan = self.scan;
        let is_marked = |segment: &Range<usize>| {
            let behind = trimmed(scan.text, segment.end..scan.end).start;
            scan.groups.iter().any(|group| {
                // Without a date in the head, and where web pages have no marks either, the
                // language stands behind the work.
                let in_language = self.dated
                    && !self.has_plain_titles()
                    && group.start == behind
                    && scan.language_of(group).is_some();
                in_language || group.end == segment.end && scan.is_edition(group)
            })
        };
        if segments.first().is_some_and(is_marked) {
            return 0;
        }
        let is_text = |segment: &&Range<usize>| segments::kind(scan.shown(segment)) == Kind::Text;
        let mut texts = segments.iter().take_while(is_text).take(4).skip(1);
        let marked = texts.position(is_marked).map_or(0, |at| at + 1);
        self.before_series(segments, marked)
    }

    /// How many segments behind the first belong to the title of a book: all but the publisher,
    /// which stands last before pages and ISBN.
    pub(super) fn of_book(&self, segments: &[Range<usize>]) -> usize {
        let scan = self.scan;
        let texts: Vec<&Range<usize>> = segments
            .iter()
            .take_while(|segment| self.is_text(segment))
            .collect();
        let placed = 1 < texts.len() && texts.last().is_some_and(|last| self.is_placed(last));
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
            self.before_series(segments, texts.len().saturating_sub(2))
        } else {
            0
        }
    }

    /// How many of so many segments behind the first stand before the name of a series.
    fn before_series(&self, segments: &[Range<usize>], more: usize) -> usize {
        let mut behind = segments.iter().skip(1).take(more);
        let series = behind.position(|range| {
            LISTS.is_series(self.scan.shown(&self.scan.without_groups(range.clone())))
        });
        series.unwrap_or(more)
    }

    /// Whether commas set identifiers off from a text that shows no other structure: "Titel. Verlag,
    /// Berlin 2004, ISBN …".
    pub(super) fn names_book(&self, segments: &[Range<usize>]) -> bool {
        let scan = self.scan;
        let cuts = Cuts {
            commas: true,
            whole: self.whole(),
            ..scan.plain_cuts()
        };
        let is_number = |piece: &Range<usize>| {
            let shown = scan.shown(piece);
            segments::kind(shown) == Kind::Identifier && shown.contains(|c: char| c.is_numeric())
        };
        let online = |group: &Range<usize>| scan.shown(group) == "[online]";
        1 < segments.len() && scan.groups.iter().any(online)
            || segments.iter().any(|segment| {
                segments::split(scan.text, segment.clone(), &cuts)
                    .iter()
                    .skip(1)
                    .any(is_number)
            })
    }
}

/// A Chinese name: a family name of one character and one or two more.
fn is_han_name(shown: &str) -> bool {
    let mut chars = shown.chars();
    let family = chars
        .next()
        .is_some_and(|c| WORDS.han_family_names.contains(&c));
    family && (1..=2).contains(&chars.clone().count()) && chars.all(is_unspaced)
}
