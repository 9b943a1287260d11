//! Pages on which a log-in form stands in the place of the text.
//!
//! A password field alone says nothing: forums and shops carry a hidden one on every page.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};

use super::not_found::own_chars;
use super::outline::Outline;
use super::phrases::{Phrases, fold};
use super::signals::signal;
use super::text::head;
use crate::model::{PageSignal, SignalKind};

/// Visible characters up to which a page with a password field may be a form and nothing else.
/// Articles with a form in a corner are longer.
const FORM_CHARS: usize = 2_500;

/// The same where only labels and buttons say so, and how long such a page's source may be: what
/// else has a password field somewhere, and a page for a script to fill, is far longer.
const BARE_FORM_CHARS: usize = 1_100;
const BARE_FORM_BYTES: usize = 110_000;

/// Text outside links, labels and menus, in characters, that a form may have beside it.
const OWN_CHARS: usize = 600;

/// How much of the source is searched for a password field.
const MARKUP_BYTES: usize = 400_000;

static PASSWORD_FIELD: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let spellings = ["type=\"password\"", "type='password'", "type=password"];
    let mut builder = AhoCorasickBuilder::new();
    builder.ascii_case_insensitive(true).build(spellings).ok()
});

static WORDS: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::read(include_str!("data/login_words.tsv")));

/// Looks for a password field on a page whose heading asks to log in, or that is little but labels.
pub(super) fn collect(
    outline: &Outline,
    source: &str,
    text_chars: usize,
    signals: &mut Vec<PageSignal>,
) {
    if FORM_CHARS < text_chars || OWN_CHARS < own_chars(outline) {
        return;
    }
    // Single sign-on asks for no password at first.
    let first = outline.blocks.iter().filter(|block| block.heading == 1);
    let first = first.take(1).map(|block| outline.block_text(*block));
    let mut titles = [outline.title.as_str()].into_iter().chain(first);
    if text_chars < BARE_FORM_CHARS
        && let Some(title) = titles.find(|title| is_title_of_form(title))
    {
        signals.push(signal(SignalKind::LoginForm, title, "heading"));
        return;
    }
    let field = PASSWORD_FIELD
        .as_ref()
        .is_some_and(|search| search.is_match(head(source, MARKUP_BYTES)));
    if !field {
        return;
    }
    let headings = outline.blocks.iter().filter(|block| block.heading != 0);
    let headings = headings.map(|block| outline.block_text(*block)).take(8);
    let said = [outline.title.as_str()]
        .into_iter()
        .chain(headings)
        .find(|heading| WORDS.find(heading).is_some());
    if let Some(heading) = said {
        signals.push(signal(SignalKind::LoginForm, heading, "heading"));
    } else if text_chars < BARE_FORM_CHARS
        && source.len() < BARE_FORM_BYTES
        && outline.json_ld.is_empty()
        && let Some(said) = label(outline)
    {
        signals.push(signal(SignalKind::LoginForm, said, "main text"));
    }
}

/// Whether a part of the title asks to log in and says hardly anything else.
fn is_title_of_form(title: &str) -> bool {
    const MORE_BYTES: usize = 24;
    let parts = title.split(['|', '–', '—', '·', ':', '•', '»']);
    let mut parts = parts.flat_map(|part| part.split(" - "));
    parts.any(|part| {
        let folded = fold(part);
        let said = WORDS.find(&folded);
        said.is_some_and(|(start, end)| folded.len() - (end - start) <= MORE_BYTES)
    })
}

/// A short line of the text that speaks of logging in.
fn label(outline: &Outline) -> Option<&str> {
    const LABEL_BYTES: usize = 120;
    let blocks = outline.blocks.iter();
    blocks
        .filter(|block| block.bytes() < LABEL_BYTES)
        .map(|block| outline.block_text(*block))
        .find(|text| WORDS.find(text).is_some())
}
