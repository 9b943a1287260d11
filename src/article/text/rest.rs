//! What follows a title: work, publisher, dates, languages, in the order the templates print them.

use std::ops::Range;

use super::assign::join_journal;
use super::lists::LISTS;
use super::names;
use super::phrases::{Role, WORDS, leading_word};
use super::place::{char_at, char_before, trimmed};
use super::quotes::{brackets, inside};
use super::reading::Reading;
use super::scan::{Scan, read_date};
use super::segments::{self, Cuts, Kind};

/// The part of an entry behind its head, being read.
pub(super) struct Rest<'a, 'r> {
    pub(super) scan: &'a Scan<'a>,
    pub(super) reading: &'r mut Reading,
    /// Whether the head has dated the work.
    pub(super) dated: bool,
    /// Whether commas separate the fields.
    pub(super) commas: bool,
    /// Whether a volume was read, as of a journal.
    pub(super) in_volumes: bool,
}

impl<'a> Rest<'a, '_> {
    /// Reads what follows a title in quotation marks; `title` is between them.
    pub(super) fn behind_quoted(&mut self, title: Range<usize>, behind: usize) {
        let text = self.scan.text;
        let open = char_before(text, title.start);
        let title = self.without_separator(trimmed(text, title), behind);
        let bracketed = self.scan.shown(&title).starts_with('[')
            && brackets(text, title.clone()).first() == Some(&title);
        if bracketed {
            // CS1 prints a citation that has a translated title alone like this.
            self.reading.trans_title = Some(inside(text, &title));
        }
        self.reading.title = Some(title).filter(|title| !title.is_empty());
        let mut from = self.groups_behind(behind);
        let follows = text.get(from..).unwrap_or_default().trim_start();
        self.commas |= follows.starts_with([',', '，', '、', '،'])
            || open.is_some_and(|c| matches!(c, '「' | '『' | '《'));
        if self.commas {
            from = self.editors_between(from);
        }
        let cuts = self.cuts(behind, false);
        let segments = segments::split(text, from..self.scan.end, &cuts);
        let segments = self.apart(&segments);
        let mut texts = self.classify(&segments, true);
        self.join_listed(&mut texts);
        // 『日本の橋』岩波書店: these marks enclose books.
        let of_book = open == Some('『') || open == Some('《') && self.has_book(&segments);
        if of_book {
            self.assign_book(&texts);
        } else {
            self.assign(&texts);
        }
    }

    /// A title without the separator that American style sets inside the marks.
    fn without_separator(&self, title: Range<usize>, behind: usize) -> Range<usize> {
        let follows = self
            .scan
            .text
            .get(behind..)
            .unwrap_or_default()
            .trim_start();
        let shown = self.scan.shown(&title);
        let stop = shown.ends_with('.') && !shown.ends_with("..");
        let separates = stop && !follows.is_empty() && !follows.starts_with(['.', ',']);
        match char_before(self.scan.text, title.end) {
            Some(c) if separates || matches!(c, ',' | '،') => {
                title.start..(title.end - c.len_utf8()).max(title.start)
            }
            _ => title,
        }
    }

    /// Reads the brackets that follow the title at once; gives where the text goes on.
    fn groups_behind(&mut self, behind: usize) -> usize {
        let scan = self.scan;
        let mut from = behind;
        loop {
            let next = trimmed(scan.text, from..scan.end).start;
            let Some(group) = scan.groups.iter().find(|group| group.start == next) else {
                return from;
            };
            let within = inside(scan.text, group);
            if char_at(scan.text, group.start) == Some('[') {
                if self.reading.trans_title.is_none() && scan.is_translation(&within) {
                    self.reading.trans_title = Some(within);
                }
            } else if scan.language_of(group).is_none() && !scan.is_format(group) {
                return from;
            }
            from = group.end;
        }
    }

    /// What is cut out of the text from `from` on, and what is never cut; `title` says whether a
    /// title without marks is part of it, which may have brackets of its own. Notes the dates whose
    /// phrases say what they are, and the languages.
    pub(super) fn cuts(&mut self, from: usize, title: bool) -> Cuts<'a> {
        let scan = self.scan;
        let mut removed: Vec<Range<usize>> = Vec::new();
        for (role, found, phrase) in &scan.roles {
            if phrase.start < from {
                continue;
            }
            let value = Some((Some(found.date), found.start..found.end));
            match role {
                Role::Access => self.reading.access_date = value,
                Role::Archive => self.reading.archive_date = value,
            }
            removed.push(phrase.clone());
        }
        for group in &scan.groups {
            if let Some(languages) = scan.language_of(group) {
                let within = inside(scan.text, group);
                self.reading.languages.get_or_insert((languages, within));
                removed.push(group.clone());
            } else if !title && char_at(scan.text, group.start) == Some('[')
                || scan.is_format(group)
                || scan.is_identifiers(group)
                || removed.iter().any(|phrase| group.contains(&phrase.start))
            {
                removed.push(group.clone());
            }
        }
        let addresses = [&self.reading.url, &self.reading.archive_url];
        let addresses = addresses.into_iter().flatten();
        removed.extend(addresses.filter(|url| from <= url.start).cloned());
        Cuts {
            language: scan.language,
            removed: merged(removed),
            whole: self.whole(),
            commas: self.commas,
            unstopped: self.is_unstopped(from),
        }
    }

    /// What is never cut: dates and brackets.
    pub(super) fn whole(&self) -> Vec<Range<usize>> {
        let dates = self.scan.dates.iter().map(|found| found.start..found.end);
        let mut whole: Vec<Range<usize>> = dates.chain(self.scan.groups.iter().cloned()).collect();
        whole.sort_by_key(|range| range.start);
        whole
    }

    /// Sorts segments by kind; gives those that are plain text.
    pub(super) fn classify(&mut self, parts: &[Range<usize>], quoted: bool) -> Vec<Range<usize>> {
        let scan = self.scan;
        let mut texts: Vec<Range<usize>> = Vec::new();
        let first = self.reading.title.as_ref().map_or(0, |title| title.end);
        let tails = scan.roles.iter().map(|(_, _, phrase)| phrase.start);
        let tail = tails.filter(|at| first <= *at).min();
        let mut is_over = false;
        for (at, part) in parts.iter().enumerate() {
            is_over |= tail.is_some_and(|tail| tail < part.start);
            if let Some(via) = self.via(part) {
                self.reading.via = Some(via);
                continue;
            }
            if let Some((role, value)) = WORDS.role_of_start(scan.shown(part)) {
                is_over |= self.undated_phrase(role, part, value);
            }
            // CS1 prints `quote` last; only a title stands in these marks before it.
            is_over |= !texts.is_empty() && scan.shown(part).starts_with(['"', '“', '„']);
            if is_over {
                continue;
            }
            let part = trimmed(scan.text, self.without_date(part.clone()));
            match segments::kind(scan.shown(&part)) {
                Kind::Volume => {
                    self.in_volumes = true;
                    join_journal(scan, &mut texts);
                }
                Kind::Pages | Kind::Identifier | Kind::Edition => {}
                Kind::Text if part.is_empty() => {}
                Kind::Text if quoted && texts.is_empty() => {
                    texts.extend(self.collection(part, at + 1 < parts.len()));
                }
                Kind::Text => texts.push(segments::without_on(scan.text, part)),
            }
        }
        texts
    }

    /// A segment "Retrieved 2014" or "Archived from the original"; whether it is one.
    fn undated_phrase(&mut self, role: Role, part: &Range<usize>, value: usize) -> bool {
        let rest = self.scan.shown(&(part.start + value..part.end)).trim();
        if rest.is_empty() || rest.starts_with('(') && rest.len() < 12 {
            return true;
        }
        let Some(date) = read_date(rest, self.scan.language) else {
            return false;
        };
        let at = part.end - rest.len()..part.end;
        match role {
            Role::Access => self.reading.access_date = Some((date.date(), at)),
            Role::Archive => self.reading.archive_date = Some((date.date(), at)),
        }
        true
    }

    /// Takes a date that is all of a segment, or stands at its end; gives what is left.
    fn without_date(&mut self, part: Range<usize>) -> Range<usize> {
        let scan = self.scan;
        if let Some(date) = scan.date(&part) {
            self.reading.date = Some((date.date(), part.clone()));
            return part.end..part.end;
        }
        let mut dates = scan.dates.iter();
        if let Some(found) = dates.find(|found| found.start == part.start && found.end < part.end)
            && char_at(scan.text, found.end) == Some(',')
        {
            // "4. Mai 2019, ISSN 1234-5679"
            self.reading.date = Some((Some(found.date), found.start..found.end));
            return found.end + 1..part.end;
        }
        let mut dates = scan.dates.iter();
        if let Some(found) = dates.find(|found| found.start == part.start && found.end < part.end) {
            // 2019年5月4日付朝刊
            let behind = scan.shown(&(found.end..part.end));
            let rest = LISTS.without_date_suffix(behind);
            let is_page = rest
                .chars()
                .all(|c| c.is_numeric() || matches!(c, '面' | '版'));
            if rest.len() < behind.len() && is_page {
                self.reading.date = Some((Some(found.date), found.start..found.end));
                return part.end..part.end;
            }
        }
        // "2003: 45" is how Chinese citations print year and page.
        if let Some((year, page)) = scan.shown(&part).split_once([':', '：'])
            && let Some(date) = scan.date(&(part.start..part.start + year.len()))
            && scan.language.is_some_and(|tag| tag.primary() == "zh")
            && page.trim().starts_with(|c: char| c.is_ascii_digit())
        {
            self.reading.date = Some((date.date(), part.start..part.start + year.len()));
            return part.end..part.end;
        }
        let mut groups = scan.groups.iter();
        if let Some(group) = groups.find(|group| group.end == part.end && part.start < group.start)
        {
            let within = inside(scan.text, group);
            if let Some(date) = scan.date(&within) {
                self.reading.date = Some((date.date(), within));
                return part.start..group.start;
            }
        }
        let mut dates = scan.dates.iter();
        let last = dates.find(|found| part.start < found.start && found.end == part.end);
        let Some(found) = last else {
            return part;
        };
        let before = scan.shown(&(part.start..found.start)).trim_end();
        let kept = before.trim_end_matches([',', '，', '،', '、', ' ']);
        let ends = before.ends_with(['.', '』', '」', '》', '”', '»']);
        if kept.len() == before.len() && !ends {
            return part; // "Chronicle of 3 May 2019"
        }
        self.reading.date = Some((Some(found.date), found.start..found.end));
        part.start..part.start + kept.len()
    }

    /// "In Serpell, James (ed.)" and the like: takes the editors, gives the work if it follows at
    /// once.
    fn collection(&mut self, part: Range<usize>, more: bool) -> Option<Range<usize>> {
        let scan = self.scan;
        let on = segments::without_on(scan.text, part.clone());
        if on != part {
            return Some(on);
        }
        let shown = scan.shown(&part);
        let behind = leading_word(shown, &WORDS.r#in).and_then(|length| shown.get(length..));
        let Some(behind) = behind.filter(|rest| rest.starts_with(char::is_whitespace)) else {
            return Some(part);
        };
        let shown = behind.trim();
        let rest = part.end - shown.len()..part.end;
        let named = names::read(shown, scan.language);
        if !named.editors.is_empty() {
            self.reading.names.editors = named.editors.into_iter().chain(named.authors).collect();
            self.reading.editors_at = Some(rest);
            return None;
        }
        let listed = names::leading(shown).map(|length| rest.start + length);
        let mut words = shown.split_whitespace();
        let is_name = shown.contains(';')
            || (2..=4).contains(&words.clone().count())
                && words.all(|word| word.starts_with(char::is_uppercase));
        if listed.is_none() && !(is_name && more) {
            return Some(rest);
        }
        let editors = trimmed(scan.text, rest.start..listed.unwrap_or(rest.end));
        self.reading.names.editors = names::read(scan.shown(&editors), scan.language).authors;
        self.reading.editors_at = Some(editors);
        listed.map(|start| trimmed(scan.text, start..rest.end))
    }

    /// The deliverer in "– via X".
    fn via(&self, part: &Range<usize>) -> Option<Range<usize>> {
        let scan = self.scan;
        let before = scan.text.get(..part.start)?.trim_end();
        let length = leading_word(scan.shown(part), &WORDS.via)?;
        let via = scan.without_groups(trimmed(scan.text, part.start + length..part.end));
        (before.ends_with(['–', '—', '-']) && !via.is_empty()).then_some(via)
    }
}

/// Sorted ranges with those that touch or overlap joined.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}
