//! Facts that speak for an error page: what says that there is no page, and how little else it says.

use std::sync::LazyLock;

use super::char_class::is_unspaced;
use super::outline::{Block, Outline};
use super::phrase_pairs::NOT_FOUND_PAIRS;
use super::phrases::{self, Phrases};
use super::signals::{MAX_OF_KIND, NEAR_EMPTY_CHARS, signal};
use super::status_page;
use super::text::head;
use crate::model::{PageSignal, SignalKind};

/// Text of its own, in characters, up to which a page may be an error page and nothing else.
const LITTLE_TEXT_CHARS: usize = 800;

/// Visible characters up to which every line of a page weighs like a heading: error pages are
/// often a few lines without any markup.
const FEW_LINES_CHARS: usize = 400;

/// A line of at least so many bytes is text and no label, button or date.
const SENTENCE_BYTES: usize = 40;

/// Error pages say it in a short sentence; articles about them in paragraphs. In bytes.
const SHORT_LINE_BYTES: usize = 400;

/// How much of the main text of a page with text of its own counts as its top, in bytes.
const TOP_BYTES: usize = 1_200;

/// Words that may stand beside a phrase ("Sorry, …") as long as it still says nothing else: so
/// many more than the phrase has.
const MORE_WORDS: usize = 2;

/// The same for scripts that write no spaces, in characters.
const MORE_CHARS: usize = 14;

/// Phrases for "this page does not exist"; those with a mark in the third column say so only
/// where they stand alone.
struct NotFound {
    phrases: Phrases,
    alone: Phrases,
}

static NOT_FOUND: LazyLock<NotFound> = LazyLock::new(|| {
    let data = include_str!("data/not_found.tsv");
    NotFound {
        phrases: Phrases::read_where(data, |mark| mark != Some("alone")),
        alone: Phrases::read_where(data, |mark| mark == Some("alone")),
    }
});

/// What headings of error pages say that do not tell the error.
static ERROR_HEADINGS: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::read(include_str!("data/error_headings.tsv")));

/// Words that stand beside a status number in titles of error pages; with any of them the number
/// is a status.
static STATUS_WORDS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("data/status_words.txt").lines();
    lines
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
});

/// Collects what says that there is no page, headings first, and whether there is other text.
pub(super) fn collect(
    outline: &Outline,
    main: &str,
    text_chars: usize,
    signals: &mut Vec<PageSignal>,
) {
    let own_chars = own_chars(outline);
    let little = own_chars <= LITTLE_TEXT_CHARS;
    if little {
        status_page::collect(outline, text_chars, signals);
        error_heading(outline, signals);
        not_indexed(outline, signals);
    }
    let mut found: Vec<PageSignal> = Vec::new();
    let mut add = |kind, text: &str, source: &str| {
        let one = signal(kind, text, source);
        // The same words in heading and text are one fact, named by its first place.
        if found.len() < MAX_OF_KIND && !found.iter().any(|known| known.excerpt == one.excerpt) {
            found.push(one);
        }
    };
    // A lone number over hardly any text is a status, in whatever language.
    let bare = text_chars < FEW_LINES_CHARS;
    let mut heading = |text: &str, source: &str| {
        if let Some(kind) = heading_says(text) {
            let kind = if bare && status_alone(text) {
                SignalKind::NotFound
            } else if !little && is_subject(text) {
                SignalKind::NotFoundWords
            } else {
                kind
            };
            add(kind, text, source);
        }
    };
    heading(&outline.title, "<title>");
    for block in headings(outline, if little { 6 } else { 1 }) {
        heading(outline.block_text(block), "<h1>");
    }
    if little {
        for block in own(outline).filter(|block| block.heading == 0) {
            let text = outline.block_text(block);
            match heading_says(text) {
                Some(SignalKind::NotFound) if text_chars < FEW_LINES_CHARS => {
                    add(SignalKind::NotFound, text, "main text");
                }
                // A number is a status in a heading, and any number in a text.
                Some(_)
                    if block.bytes() < SHORT_LINE_BYTES && text.contains(char::is_alphabetic) =>
                {
                    add(SignalKind::NotFoundWords, text, "main text");
                }
                Some(_) | None => {}
            }
        }
    } else {
        for line in head(main, TOP_BYTES).lines().map(str::trim) {
            let short = line.len() < SHORT_LINE_BYTES;
            if short && NOT_FOUND.phrases.find(line).is_some() {
                add(SignalKind::NotFoundWords, line, "main text");
            }
        }
    }
    let any = !found.is_empty();
    signals.append(&mut found);
    if any && little && NEAR_EMPTY_CHARS <= text_chars {
        let excerpt = format!("{own_chars} characters outside links and menus");
        signals.push(signal(SignalKind::LittleText, &excerpt, "main text"));
    }
}

/// A title or first heading that says that something went wrong, and not what.
fn error_heading(outline: &Outline, signals: &mut Vec<PageSignal>) {
    let first = headings(outline, 1).map(|block| outline.block_text(block));
    let said = [outline.title.as_str()].into_iter().chain(first);
    for heading in said {
        let parts = heading.split(['|', '–', '—', '·', '•', ':', '»']);
        let mut parts = parts.flat_map(|part| part.split(" - ")).chain([heading]);
        let says = parts.any(|part| {
            let folded = phrases::fold(part);
            ERROR_HEADINGS.find_folded(&folded) == Some((0, folded.len()))
        });
        if says {
            signals.push(signal(SignalKind::ErrorHeading, heading, "heading"));
            return;
        }
    }
}

/// Error pages ask not to be listed; so do some others.
fn not_indexed(outline: &Outline, signals: &mut Vec<PageSignal>) {
    let robots = outline.meta("robots").find(|content| {
        let mut words = content.split(|c: char| !c.is_ascii_alphabetic());
        words.any(|word| word.eq_ignore_ascii_case("noindex") || word.eq_ignore_ascii_case("none"))
    });
    if let Some(content) = robots {
        signals.push(signal(SignalKind::NotIndexed, content, "<meta robots>"));
    }
}

fn own(outline: &Outline) -> impl Iterator<Item = Block> {
    let blocks = outline.blocks.iter().copied();
    blocks.filter(|block| !outline.is_foreign(block.region))
}

fn headings(outline: &Outline, lowest: u8) -> impl Iterator<Item = Block> {
    const MOST: usize = 8;
    own(outline)
        .filter(move |block| (1..=lowest).contains(&block.heading))
        .take(MOST)
}

/// Characters of sentences that are neither links nor beside the page's own text. Characters of
/// scripts that write no spaces say about twice as much, and count so.
pub(super) fn own_chars(outline: &Outline) -> usize {
    outline
        .blocks
        .iter()
        .filter(|block| {
            block.heading == 0
                && SENTENCE_BYTES <= block.bytes()
                && !outline.is_beside(block.region)
        })
        .map(|block| {
            let text = outline.block_text(*block);
            let chars = text.chars().count() + unspaced(text);
            let share = block.bytes().saturating_sub(block.link_bytes);
            chars * share / block.bytes().max(1)
        })
        .sum()
}

/// Characters of scripts that write no spaces.
fn unspaced(text: &str) -> usize {
    // Below them stand all scripts whose characters have one or two bytes.
    if text.bytes().all(|byte| byte < 0xe0) {
        return 0;
    }
    text.chars().filter(|c| is_unspaced(*c)).count()
}

/// Whether a text says that there is no page and nothing else.
pub(super) fn says_only(text: &str) -> bool {
    heading_says(text) == Some(SignalKind::NotFound)
}

/// Whether a heading says that there is no page: [`SignalKind::NotFound`] if it says nothing
/// else, [`SignalKind::NotFoundWords`] if the words stand among others or it is a mere number.
fn heading_says(text: &str) -> Option<SignalKind> {
    const SEPARATORS: [char; 9] = ['|', '–', '—', '·', '•', '»', '/', '｜', '›'];
    const QUOTES: [char; 8] = ['"', '“', '„', '”', '«', '「', '『', '《'];
    // Who quotes the words writes about them.
    let quoted = text.contains(QUOTES);
    let mut said = None;
    let dashes = text.split(" - ");
    for part in dashes.flat_map(|part| part.split(SEPARATORS)) {
        match part_says(part) {
            Some(SignalKind::NotFound) if !quoted => return Some(SignalKind::NotFound),
            Some(_) => said = Some(SignalKind::NotFoundWords),
            None => {}
        }
    }
    said.or_else(|| {
        let across = phrase_in(&phrases::fold(text)).is_some();
        across.then_some(SignalKind::NotFoundWords)
    })
}

/// Whether the words stand among so many others that a page with text of its own is about them:
/// "404: a short history of the page not found".
fn is_subject(text: &str) -> bool {
    const SEPARATORS: [char; 10] = ['|', '–', '—', '·', '•', '»', '/', '｜', ':', '：'];
    let parts = text.split(" - ").flat_map(|part| part.split(SEPARATORS));
    let mut folded = parts.map(phrases::fold);
    !folded.any(|part| {
        let around = |(start, end): (usize, usize)| {
            let before = part.get(..start).unwrap_or_default();
            let after = part.get(end..).unwrap_or_default();
            before.split_whitespace().count() + after.split_whitespace().count()
        };
        let lone = NOT_FOUND.alone.find_folded(&part) == Some((0, part.len()));
        let said = phrase_in(&part).is_some_and(|found| around(found) <= MORE_WORDS);
        lone || said || status(&part) == Some(SignalKind::NotFound)
    })
}

fn part_says(part: &str) -> Option<SignalKind> {
    let folded = phrases::fold(part);
    if NOT_FOUND.alone.find_folded(&folded) == Some((0, folded.len())) {
        return Some(SignalKind::NotFound);
    }
    let Some((start, end)) = phrase_in(&folded) else {
        return status(&folded);
    };
    let phrase = folded.get(start..end).unwrap_or_default();
    let around = (
        folded.get(..start).unwrap_or_default(),
        folded.get(end..).unwrap_or_default(),
    );
    let size = |text: &str| {
        let unspaced = text.chars().filter(|c| is_unspaced(*c)).count();
        let words = text.split_whitespace().count();
        (words, unspaced)
    };
    let (before, after) = (size(around.0), size(around.1));
    let alone = before.0 + after.0 <= size(phrase).0 + MORE_WORDS
        && before.1 + after.1 <= MORE_CHARS
        // "Page not found: why the web forgets" has a subject.
        && !introduces(part, after.0);
    Some(if alone {
        SignalKind::NotFound
    } else {
        SignalKind::NotFoundWords
    })
}

/// Texts up to this many bytes are searched for pairs of words; in longer ones they meet by chance.
const PAIR_LINE_BYTES: usize = 300;

/// Where a folded text says that there is no page: the longest phrase, or else a pair of words.
fn phrase_in(folded: &str) -> Option<(usize, usize)> {
    let pair = || {
        NOT_FOUND_PAIRS
            .find(folded)
            .filter(|_| folded.len() < PAIR_LINE_BYTES)
    };
    let phrase = NOT_FOUND.phrases.find_folded(folded);
    match (phrase, pair()) {
        (Some(phrase), Some(pair)) => {
            let longer = |a: (usize, usize), b: (usize, usize)| b.1 - b.0 <= a.1 - a.0;
            Some(if longer(phrase, pair) { phrase } else { pair })
        }
        (phrase, pair) => phrase.or(pair),
    }
}

/// Whether more than a word or two follow a colon that the words stand before.
fn introduces(part: &str, words_after: usize) -> bool {
    let tail = part.split_once([':', '：']).map(|(lead, tail)| {
        let said_before = phrase_in(&phrases::fold(lead)).is_some();
        (said_before, tail.trim().is_empty())
    });
    tail == Some((true, false)) && 0 < words_after
}

/// Whether a text is nothing but a status number, with or without words that go with it.
fn status(folded: &str) -> Option<SignalKind> {
    let (mut number, mut word) = (false, folded == "not found");
    for part in folded.split_whitespace() {
        if matches!(part, "404" | "410" | "۴۰۴" | "٤٠٤") {
            number = true;
        } else if STATUS_WORDS.contains(&part) {
            // Protocol names alone are what an encyclopaedia has an article under.
            word |= !matches!(part, "http" | "https" | "status" | "code" | "html" | "file");
        } else if folded != "not found" {
            return None;
        }
    }
    match (number, word) {
        (_, true) if number || folded == "not found" => Some(SignalKind::NotFound),
        (true, _) => Some(SignalKind::NotFoundWords),
        (false, _) => None,
    }
}

/// Whether one part of a heading is a status number and nothing else.
fn status_alone(heading: &str) -> bool {
    heading
        .split(['|', '–', '—', '·', '-', ':'])
        .any(|part| matches!(part.trim(), "404" | "410" | "۴۰۴" | "٤٠٤"))
}
