//! Pages on which a log-in form stands in the place of the text.
//!
//! A password field alone says nothing: forums and shops carry a hidden one on every page. What
//! counts is a field, or a heading that asks to log in, and next to nothing beside it.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};

use super::not_found::own_chars;
use super::outline::{Outline, RegionKind};
use super::phrases::{Phrases, fold};
use super::signals::{NEAR_EMPTY_CHARS, signal};
use super::text::head;
use crate::model::{PageSignal, SignalKind};

/// Visible characters up to which a page with a password field may be a form and nothing else.
/// Articles with a form in a corner are longer.
const FORM_CHARS: usize = 2_500;

/// The same where the title asks to log in: terms of use and a warning to strangers may follow.
const TITLED_FORM_CHARS: usize = 4_000;

/// The same where only labels and buttons say so, and how long such a page's source may be: what
/// else has a password field somewhere, and a page for a script to fill, is far longer.
const BARE_FORM_CHARS: usize = 1_100;
const BARE_FORM_BYTES: usize = 110_000;

/// The same where no words that are known say so: a name, a slogan and a line of small print.
const SILENT_FORM_CHARS: usize = 400;

/// Text outside links, labels and menus, in characters, that a form may have beside it.
const OWN_CHARS: usize = 600;

/// The same where the form stands in the midst of it and has labels.
const LABELLED_OWN_CHARS: usize = 900;

/// The same where no words say that it is a form for visitors who are known.
const SILENT_OWN_CHARS: usize = 200;

/// What may stand beside the words in a title, as [`length`] counts it; the same where the words
/// mean other things too and nothing but the page's bareness speaks for a form.
const MORE_IN_TITLE: usize = 24;
const MORE_IN_BARE_TITLE: usize = 8;

/// The longest title that may be the name of a site or a service, as [`length`] counts it.
const NAME_LENGTH: usize = 60;

/// How much of the source is searched for a password field.
const MARKUP_BYTES: usize = 400_000;

static PASSWORD_FIELD: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let spellings = ["type=\"password\"", "type='password'", "type=password"];
    let mut builder = AhoCorasickBuilder::new();
    builder.ascii_case_insensitive(true).build(spellings).ok()
});

/// Words for logging in, and for what is asked then.
static WORDS: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::read(include_str!("data/login_words.tsv")));

/// Words that mean nothing else.
static PLAIN_WORDS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::read_where(include_str!("data/login_words.tsv"), |mark| mark.is_none())
});

/// What visitors are asked to log in for on pages that they can read without.
static COMMENTING: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::read(include_str!("data/comment_words.tsv")));

/// A page as far as it helps to tell a form from a page that has one.
struct Page<'a> {
    outline: &'a Outline,
    source: &'a str,
    /// Visible characters.
    chars: usize,
    /// Characters of sentences.
    own_chars: usize,
}

/// Looks for a password field on a page whose heading asks to log in, or that is little but labels.
pub(super) fn collect(
    outline: &Outline,
    source: &str,
    text_chars: usize,
    signals: &mut Vec<PageSignal>,
) {
    if TITLED_FORM_CHARS < text_chars {
        return;
    }
    let page = Page {
        outline,
        source,
        chars: text_chars,
        own_chars: own_chars(outline),
    };
    let found = titled(&page)
        .or_else(|| headed(&page))
        .or_else(|| labelled(&page))
        .or_else(|| silent(&page))
        .or_else(|| in_template(&page));
    signals.extend(found);
}

/// The title, or the first heading, asks to log in and says hardly anything else.
fn titled(page: &Page<'_>) -> Option<PageSignal> {
    let field = 0 < page.outline.credentials.in_page;
    // Single sign-on asks for no password at first.
    let alone = page.chars < BARE_FORM_CHARS && page.own_chars <= OWN_CHARS;
    if !field && (!alone || is_a_work(page.outline)) {
        return None;
    }
    let first = page.outline.blocks.iter().find(|block| block.heading == 1);
    let first = first.filter(|_| alone);
    let first = first.map(|block| page.outline.block_text(*block));
    let mut titles = [page.outline.title.as_str()].into_iter().chain(first);
    let words = if alone && field { &WORDS } else { &PLAIN_WORDS };
    let bare = alone && page.chars < SILENT_FORM_CHARS;
    let title = titles.find(|title| {
        is_title_of_form(title, words, MORE_IN_TITLE)
            || bare && is_title_of_form(title, &WORDS, MORE_IN_BARE_TITLE)
    })?;
    Some(signal(SignalKind::LoginForm, title, "heading"))
}

/// A heading asks to log in, among others.
fn headed(page: &Page<'_>) -> Option<PageSignal> {
    let little = page.chars <= FORM_CHARS && page.own_chars <= OWN_CHARS;
    if !little || !page.has_field_in_source() {
        return None;
    }
    let outline = page.outline;
    let headings = outline.blocks.iter().filter(|block| block.heading != 0);
    let headings = headings.map(|block| outline.block_text(*block)).take(8);
    let heading = [outline.title.as_str()]
        .into_iter()
        .chain(headings)
        .find(|heading| WORDS.find(heading).is_some() && !COMMENTING.begins_in(heading))?;
    Some(signal(SignalKind::LoginForm, heading, "heading"))
}

/// A label or a button speaks of logging in.
fn labelled(page: &Page<'_>) -> Option<PageSignal> {
    let outline = page.outline;
    let fields = outline.credentials;
    if BARE_FORM_CHARS <= page.chars {
        return None;
    }
    // A form in the page's head or a column may belong to an article of a few lines.
    let in_text =
        0 < fields.in_text() && page.own_chars <= LABELLED_OWN_CHARS && !is_a_work(outline);
    let anywhere = page.own_chars <= OWN_CHARS
        && page.source.len() < BARE_FORM_BYTES
        && outline.json_ld.is_empty()
        && page.has_field_in_source();
    if !in_text && !anywhere {
        return None;
    }
    let labels = outline.field_labels.lines();
    let mut labels = labels.filter(|_| 0 < fields.shown());
    let said = lines_of_page(outline)
        .find(|line| is_label(line))
        .or_else(|| labels.find(|label| is_label(label)))?;
    // Scripts and style sheets speak of password fields that no page has.
    let source = if 0 < fields.in_page {
        "main text"
    } else {
        "source"
    };
    Some(signal(SignalKind::LoginForm, said, source))
}

/// The page has a field and nothing that it could be there for but to let in who is known.
fn silent(page: &Page<'_>) -> Option<PageSignal> {
    let outline = page.outline;
    // A script-filled page has its form hidden, and the title of what will stand there.
    let silent = 0 < outline.credentials.shown()
        && length(&outline.title) <= NAME_LENGTH
        && page.chars + text_chars_of(&outline.noscript) < SILENT_FORM_CHARS
        && page.own_chars <= SILENT_OWN_CHARS
        && !is_a_work(outline);
    let excerpt = || format!("a password field and {} characters of text", page.chars);
    silent.then(|| signal(SignalKind::LoginForm, &excerpt(), "form"))
}

/// A script shows one of the page's templates, and there is a form among them.
fn in_template(page: &Page<'_>) -> Option<PageSignal> {
    let outline = page.outline;
    let empty = page.chars < NEAR_EMPTY_CHARS
        && text_chars_of(&outline.noscript) < SILENT_FORM_CHARS
        && !is_a_work(outline);
    if !empty || outline.credentials.in_template == 0 {
        return None;
    }
    let said = outline.template.lines().map(str::trim);
    let said = said.into_iter().find(|line| is_label(line))?;
    Some(signal(SignalKind::LoginForm, said, "<template>"))
}

/// The title and the lines in which a page may ask its visitor to log in for its sake: not for
/// commenting on it.
pub(super) fn own_lines(outline: &Outline) -> String {
    let lines: Vec<&str> = [outline.title.as_str(), outline.noscript.as_str()]
        .into_iter()
        .chain(lines_of_page(outline))
        .collect();
    lines.join("\n")
}

fn lines_of_page(outline: &Outline) -> impl Iterator<Item = &str> {
    let blocks = outline.blocks.iter();
    blocks
        .filter(|block| !outline.is_within(block.region, RegionKind::Comments))
        .map(|block| outline.block_text(*block))
        .filter(|line| !COMMENTING.begins_in(line))
}

impl Page<'_> {
    fn has_field_in_source(&self) -> bool {
        0 < self.outline.credentials.in_page
            || PASSWORD_FIELD
                .as_ref()
                .is_some_and(|search| search.is_match(head(self.source, MARKUP_BYTES)))
    }
}

/// Whether the page says of itself that it is an article, a film, a piece of music.
fn is_a_work(outline: &Outline) -> bool {
    let kinds = ["article", "video", "music", "book"];
    let declared = outline.meta("og:type").next().is_some_and(|declared| {
        let declared = declared.to_ascii_lowercase();
        kinds.iter().any(|kind| declared.starts_with(kind))
    });
    let types = ["Article\"", "BlogPosting\"", "VideoObject\"", "articleBody"];
    declared
        || outline
            .json_ld
            .iter()
            .any(|script| types.iter().any(|kind| script.contains(kind)))
}

/// Whether a part of the title asks to log in and says hardly anything else.
fn is_title_of_form(title: &str, words: &Phrases, most_more: usize) -> bool {
    let parts = title.split(['|', '–', '—', '·', ':', '•', '»', '›', '‹', '/', '・']);
    let mut parts = parts.flat_map(|part| part.split(" - "));
    parts.any(|part| {
        let folded = fold(part);
        let said = words.find_folded(&folded);
        said.is_some_and(|(start, end)| {
            let (before, after) = (folded.get(..start), folded.get(end..));
            let more = [before, after].into_iter().flatten().map(length);
            more.sum::<usize>() <= most_more
        })
    })
}

/// Characters; those of scripts in which a few make a sentence count thrice.
fn length(text: &str) -> usize {
    text.chars()
        .map(|c| if c < '\u{0900}' { 1 } else { 3 })
        .sum()
}

/// Whether a line is short and speaks of logging in.
fn is_label(line: &str) -> bool {
    const LABEL_BYTES: usize = 120;
    line.len() < LABEL_BYTES && WORDS.find(line).is_some()
}

/// Characters of a piece of markup that are no tags.
fn text_chars_of(markup: &str) -> usize {
    let outside = markup.split('<').enumerate().map(|(at, piece)| match at {
        0 => piece,
        _ => piece.split_once('>').map_or("", |(_, text)| text),
    });
    outside.map(|text| text.trim().chars().count()).sum()
}
