//! Dates from what a reader sees, with their place on the page.

use super::date_candidates::made;
use super::date_labels::{self, DateLabel};
use super::found_date::{FoundDate, Origin};
use super::instant;
use super::outline::{Block, Mark, MarkSource, Outline, RegionKind};
use super::short_date;
use super::text::head;
use crate::dates::{self, FoundDate as FoundInText};
use crate::model::{DateKind, LanguageTag};

/// How far before and after the headline a date belongs to it, in bytes of visible text.
const BEFORE_HEADLINE: usize = 500;
const AFTER_HEADLINE: usize = 1_000;

/// A line no longer than this may be a label with its date.
const LINE_BYTES: usize = 240;

/// What may stand beside the date on a line that is "a date and hardly anything else", in bytes.
const REST_OF_DATE_LINE: usize = 60;

/// So many words in small letters, and an end like one, make a sentence.
const SMALL_WORDS: usize = 3;

/// Longest text of an element marked as a date that is one.
const MARK_BYTES: usize = 200;

/// How much running text is searched, in bytes, and how many dates of it are kept.
const PROSE_BYTES: usize = 6_000;
const MAX_PROSE: usize = 12;

/// Short lines searched for a date: more of them make a list.
const MAX_LINES: usize = 150;

/// Dates kept from side matter: enough to support a cited date, never to choose one.
const MAX_BESIDE: usize = 12;

/// Gathers the dates of marked elements, then those of the text.
pub(super) fn collect(outline: &Outline, language: Option<&LanguageTag>) -> Vec<FoundDate> {
    let reader = Reader {
        outline,
        language,
        heads: [outline.headline_at(), outline.content_at()],
    };
    let mut found = Vec::new();
    reader.read_marks(&mut found);
    reader.read_blocks(&mut found);
    found
}

struct Reader<'a> {
    outline: &'a Outline,
    language: Option<&'a LanguageTag>,
    /// Where the headline and where the text begin.
    heads: [Option<usize>; 2],
}

impl Reader<'_> {
    fn is_head(&self, at: usize) -> bool {
        let [headline, content] = self.heads;
        let near = |head: usize, after: usize| {
            head.saturating_sub(BEFORE_HEADLINE) <= at && at <= head + after
        };
        headline.is_some_and(|head| near(head, AFTER_HEADLINE))
            || content.is_some_and(|head| near(head, 0))
            || self.heads == [None, None]
    }

    fn read_marks(&self, found: &mut Vec<FoundDate>) {
        let mut beside = 0usize;
        for mark in &self.outline.marks {
            let origin = self.origin_of_mark(mark);
            if origin == Origin::Beside {
                beside += 1;
                if MAX_BESIDE < beside {
                    continue;
                }
            }
            let place = place_of_mark(mark, origin);
            let value = mark.value.as_deref();
            if let Some(instant) = value.and_then(|value| instant::read(value, self.language)) {
                let kind = self.kind_of_mark(mark);
                found.push(FoundDate {
                    at: Some(mark.start),
                    ..made(instant, (origin, kind), place)
                });
            } else {
                self.read_mark_text(mark, (origin, &place), found);
            }
        }
    }

    fn read_mark_text(&self, mark: &Mark, place: (Origin, &str), found: &mut Vec<FoundDate>) {
        let text = self.outline.slice(mark.start, mark.end);
        if !may_hold_date(text) || MARK_BYTES < text.len() {
            return;
        }
        let dates = self.dates_of_place(text);
        let labels = labels_of(text, &dates);
        for (at, (date, label)) in dates.iter().zip(labels).enumerate().take(3) {
            let kind = match label {
                Some(DateLabel::Published) => DateKind::Published,
                Some(DateLabel::Modified) => DateKind::Modified,
                Some(DateLabel::Other) => continue,
                // The second date of an element is not what the element is called.
                None if at == 0 => self.kind_of_mark(mark),
                None => DateKind::Unknown,
            };
            found.push(FoundDate {
                date: date.date,
                other: None,
                kind,
                origin: place.0,
                source: place.1.to_owned(),
                utc: None,
                at: Some(mark.start + date.start),
                linked: false,
            });
        }
    }

    /// The dates of a text that stands where pages have theirs: a year of two digits is one there.
    fn dates_of_place(&self, text: &str) -> Vec<FoundInText> {
        let found = dates::find_all(text, self.language);
        if !found.is_empty() {
            return found;
        }
        let short = short_date::find(text, self.language);
        let short = short.map(|(date, start, end)| FoundInText { date, start, end });
        short.into_iter().collect()
    }

    /// What a mark's date is of: its name, else the label before it on its line.
    fn kind_of_mark(&self, mark: &Mark) -> DateKind {
        if mark.kind != DateKind::Unknown {
            return mark.kind;
        }
        let start = mark.start.saturating_sub(80);
        let start = (start..=mark.start)
            .find(|at| self.outline.text.is_char_boundary(*at))
            .unwrap_or(mark.start);
        // Of its own line: what stands above may be the headline.
        let before = self.outline.text.get(start..mark.start).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        match date_labels::label(line, "") {
            Some(DateLabel::Published) => DateKind::Published,
            Some(DateLabel::Modified) => DateKind::Modified,
            Some(DateLabel::Other) | None => DateKind::Unknown,
        }
    }

    fn origin_of_mark(&self, mark: &Mark) -> Origin {
        let beside = self.outline.is_beside(mark.region);
        // A share bar or a hidden element may hold the article's own date for machines.
        let for_machines = mark.source == MarkSource::Property && mark.value.is_some();
        let own_box = |kind| self.outline.is_within(mark.region, kind);
        let harmless = for_machines
            && !own_box(RegionKind::Comments)
            && !own_box(RegionKind::Related)
            && !own_box(RegionKind::Nav);
        if beside && !harmless && self.outline.is_foreign(mark.region) {
            return Origin::Beside;
        }
        let head = self.is_head(mark.start);
        match (mark.source, head) {
            (MarkSource::Property, _) => Origin::Property,
            (MarkSource::Time, true) => Origin::TimeHead,
            (MarkSource::Time, false) => Origin::TimeBody,
            (MarkSource::Data | MarkSource::Class, true) => Origin::ClassHead,
            (MarkSource::Data | MarkSource::Class, false) => Origin::ClassBody,
            (MarkSource::Byline, true) => Origin::Byline,
            (MarkSource::Byline, false) => Origin::Prose,
        }
    }

    fn read_blocks(&self, found: &mut Vec<FoundDate>) {
        let (mut prose_bytes, mut prose, mut lead_done, mut lines) =
            (0usize, 0usize, false, 0usize);
        let mut previous = "";
        for block in &self.outline.blocks {
            let text = self.outline.block_text(*block);
            if self.outline.is_beside(block.region) && self.outline.is_foreign(block.region) {
                if self.outline.is_within(block.region, RegionKind::Footer) {
                    self.read_foot(*block, text, found);
                }
                continue;
            }
            let is_line = text.len() <= LINE_BYTES;
            let is_lead = !is_line && !lead_done && self.is_head(block.start);
            lead_done |= is_lead;
            if is_line && lines < MAX_LINES && may_hold_date(text) {
                lines += 1;
                self.read_line(*block, text, previous, found);
            } else if !is_line && prose_bytes < PROSE_BYTES && prose < MAX_PROSE {
                prose_bytes += text.len();
                prose += self.read_paragraph(*block, is_lead, found);
            }
            // A headline is no label, whatever its last word.
            previous = if 0 < block.heading { "" } else { text };
        }
    }

    /// A line at the foot of the page: only what says when the page was changed.
    fn read_foot(&self, block: Block, text: &str, found: &mut Vec<FoundDate>) {
        if LINE_BYTES < text.len() || !may_hold_date(text) {
            return;
        }
        let dates = dates::find_all(text, self.language);
        let labels = labels_of(text, &dates);
        let mut labelled = dates.iter().zip(labels);
        if let Some((date, _)) = labelled.find(|(_, label)| *label == Some(DateLabel::Modified)) {
            found.push(FoundDate {
                date: date.date,
                other: None,
                kind: DateKind::Modified,
                origin: Origin::Foot,
                source: "labelled text at the foot".to_owned(),
                utc: None,
                at: Some(block.start + date.start),
                linked: false,
            });
        }
    }

    /// A short line: label and date, or a date alone.
    fn read_line(&self, block: Block, text: &str, previous: &str, found: &mut Vec<FoundDate>) {
        let head = self.is_head(block.start);
        let dates = if head {
            self.dates_of_place(text)
        } else {
            dates::find_all(text, self.language)
        };
        let labels = labels_of(text, &dates);
        let sentence = is_sentence(text);
        for (date, own) in dates.iter().zip(labels).take(3) {
            let rest = text.len().saturating_sub(date.end - date.start);
            // A label may stand on the line above its date.
            let above = || {
                let near = previous.len() <= 40 && rest <= REST_OF_DATE_LINE;
                near.then(|| date_labels::label(previous, "")).flatten()
            };
            let (origin, kind, source) = match own.or_else(above) {
                Some(DateLabel::Published) => (Origin::Label, DateKind::Published, "labelled text"),
                Some(DateLabel::Modified) => (Origin::Label, DateKind::Modified, "labelled text"),
                Some(DateLabel::Other) => continue,
                None if 0 < block.heading => (Origin::Lead, DateKind::Unknown, "heading"),
                None if head && rest <= REST_OF_DATE_LINE && !sentence => (
                    Origin::DateLine,
                    DateKind::Unknown,
                    "line near the headline",
                ),
                None => (Origin::Prose, DateKind::Unknown, "main text"),
            };
            found.push(FoundDate {
                date: date.date,
                other: None,
                kind,
                origin,
                source: source.to_owned(),
                utc: None,
                at: Some(block.start + date.start),
                linked: 2 * block.link_bytes > block.bytes(),
            });
        }
    }

    /// Running text. A date at the very start of the first paragraph is the place-and-date line
    /// of news agencies.
    fn read_paragraph(&self, block: Block, is_lead: bool, found: &mut Vec<FoundDate>) -> usize {
        let text = head(self.outline.block_text(block), PROSE_BYTES);
        if !may_hold_date(text) {
            return 0;
        }
        let dates = dates::find_all(text, self.language);
        for date in dates.iter().take(MAX_PROSE) {
            let lead = is_lead && date.start <= 40;
            found.push(FoundDate {
                date: date.date,
                other: None,
                kind: DateKind::Unknown,
                origin: if lead { Origin::Lead } else { Origin::Prose },
                source: if lead {
                    "start of the text"
                } else {
                    "main text"
                }
                .to_owned(),
                utc: None,
                at: Some(block.start + date.start),
                linked: false,
            });
        }
        dates.len().min(MAX_PROSE)
    }
}

/// How a report names a marked element and its place.
fn place_of_mark(mark: &Mark, origin: Origin) -> String {
    let name = match mark.source {
        MarkSource::Property => format!("itemprop {}", mark.name),
        MarkSource::Time => "<time>".to_owned(),
        MarkSource::Data => format!("{} attribute", mark.name),
        MarkSource::Class => "element of class \"date\"".to_owned(),
        MarkSource::Byline => "byline".to_owned(),
    };
    let near = matches!(
        origin,
        Origin::TimeHead | Origin::ClassHead | Origin::Byline
    );
    if near {
        format!("{name} near the headline")
    } else if origin == Origin::Beside {
        format!("{name} beside the text")
    } else {
        name
    }
}

/// The labels of the dates of a text. A label belongs to the date after it, or, where none stands
/// before the first date and one after the last, to the date before it.
fn labels_of(text: &str, dates: &[FoundInText]) -> Vec<Option<DateLabel>> {
    let leading = |text: &str| date_labels::label(text.lines().next_back().unwrap_or_default(), "");
    let before_first = dates.first().and_then(|date| text.get(..date.start));
    let after_last = dates.last().and_then(|date| text.get(date.end..));
    let follow =
        before_first.and_then(leading).is_none() && after_last.and_then(label_after).is_some();
    let starts = dates.iter().skip(1).map(|date| date.start);
    let mut from = 0;
    dates
        .iter()
        .zip(starts.chain([text.len()]))
        .map(|(date, next)| {
            let before = text.get(from..date.start).unwrap_or_default();
            let after = text.get(date.end..next).unwrap_or_default();
            from = date.end;
            if follow {
                label_after(after)
            } else {
                leading(before)
            }
        })
        .collect()
}

/// The label right after a date, or after its time of day.
fn label_after(after: &str) -> Option<DateLabel> {
    let line = after.lines().next().unwrap_or_default();
    let clock = |c: char| c.is_numeric() || " :.,時分秒时시분초点點".contains(c);
    let has_clock = line.trim_start().starts_with(char::is_numeric);
    let after_clock = || date_labels::label("", line.trim_start_matches(clock));
    date_labels::label("", line).or_else(|| has_clock.then(after_clock).flatten())
}

/// Whether a line is a sentence of the text: it ends as one and has words that only sentences have.
fn is_sentence(text: &str) -> bool {
    let ends = text
        .trim_end()
        .ends_with(['.', '!', '?', '。', '।', '؟', '！', '？', '…', '۔']);
    let words = text.split_whitespace();
    let small = words.filter(|word| word.chars().next().is_some_and(char::is_lowercase));
    let cased = text.chars().any(char::is_uppercase);
    ends && (SMALL_WORDS <= small.count() || !cased)
}

/// A quick look: a date has four digits in a row or three short numbers, or digits or numerals of
/// another script.
fn may_hold_date(text: &str) -> bool {
    let (mut run, mut short) = (0usize, 0usize);
    for c in text.chars().chain([' ']) {
        match c {
            '0'..='9' => run += 1,
            '月' => return true,
            _ if c.is_numeric() => return true,
            _ => {
                match run {
                    4 | 8 => return true,
                    1 | 2 => short += 1,
                    _ => {}
                }
                if 3 <= short {
                    return true;
                }
                run = 0;
            }
        }
    }
    false
}
