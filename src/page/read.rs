//! Response bytes → evidence.

use url::Url;

use super::found_date::FoundDate;
use super::outline::Outline;
use super::page_kind::PageKind;
use super::sniff::{BodyKind, body_kind};
use super::{
    charset, date_candidates, date_choice, date_text, declared, dom, fingerprint, json_error,
    json_ld, main_text, pdf, signals, titles, walk,
};
use crate::languages::{self, DeclaredLanguage};
use crate::links::archive;
use crate::model::{DetectedLanguage, Fingerprint, LanguageTag, PageEvidence};

/// A response body with what the response said about it.
#[derive(Debug, Clone, Copy, Default)]
pub struct PageInput<'a> {
    /// The body with content codings removed, charset untouched.
    pub body: &'a [u8],
    /// HTTP `Content-Type`.
    pub content_type: Option<&'a str>,
    /// HTTP `Content-Language`.
    pub content_language: Option<&'a str>,
    /// HTTP `Last-Modified`.
    pub last_modified: Option<&'a str>,
    /// The address that gave the body.
    pub url: Option<&'a Url>,
}

/// Main text below this does not make sure of a page's language.
const THIN_TEXT_BYTES: usize = 40;

/// How sure one can be of the language of a page with hardly any text.
const MOST_ON_THIN_TEXT: f64 = 0.85;

/// Reads a page: charset, titles, dates, language and signals, each with its source.
///
/// Any bytes are read; what they lack is absent from the answer. HTML is parsed once; plain text
/// has words and a language; a PDF has what its metadata and its address say; of other types
/// ([`PageEvidence::media_type`] names them) nothing is read. The work grows with the length of the body alone.
///
/// # Examples
///
/// ```
/// use citecheck::page::{PageInput, read};
///
/// let body = "<title>Запуск | Новини</title><meta property='article:published_time' \
///     content='2024-11-03T10:00:00+02:00'><h1>Запуск</h1>";
/// let page = read(&PageInput { body: body.as_bytes(), ..PageInput::default() });
/// assert_eq!(page.title.as_deref(), Some("Запуск"));
/// assert_eq!(page.published.unwrap().date.to_string(), "2024-11-03");
/// ```
#[must_use]
pub fn read(input: &PageInput<'_>) -> PageEvidence {
    reading(input).page
}

/// All that one reading of a page gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// What [`read()`] gives.
    pub page: PageEvidence,
    /// What the page's title and main text look like, to compare it with another page; `None`
    /// where there is no text.
    pub fingerprint: Option<Fingerprint>,
}

/// As [`read()`], with a sketch of the text by which two pages are compared.
#[must_use]
pub fn reading(input: &PageInput<'_>) -> Reading {
    if let Some(page) = json_error::read(input.body) {
        return Reading {
            page,
            fingerprint: None,
        };
    }
    let kind = body_kind(input.body, input.content_type);
    let media_type = kind.media_type().to_owned();
    match kind {
        BodyKind::Html => read_html(input, media_type),
        BodyKind::Text => read_text(input, media_type),
        BodyKind::Other(_) if media_type == "application/pdf" => Reading {
            page: pdf::read(input.body, &dates_around(input)),
            fingerprint: None,
        },
        BodyKind::Other(_) => Reading {
            page: PageEvidence {
                media_type,
                ..PageEvidence::default()
            },
            fingerprint: None,
        },
    }
}

/// What address and HTTP header say of a body's date; those of an archived copy are its page's.
fn dates_around(input: &PageInput<'_>) -> Vec<FoundDate> {
    let copy = input.url.and_then(|url| archive::read(url.as_str()));
    let original = copy.as_ref().and_then(|copy| copy.original.as_deref());
    let url = original.or(input.url.map(Url::as_str));
    let urls: Vec<String> = url.map(str::to_owned).into_iter().collect();
    // An archive's header tells when it answered.
    let last_modified = input.last_modified.filter(|_| copy.is_none());
    date_candidates::collect(&Outline::default(), &[], &urls, last_modified, None)
}

fn read_text(input: &PageInput<'_>, media_type: String) -> Reading {
    let decoded = charset::decode(input.body, input.content_type);
    let declared = declared::declared(&Outline::default(), &[], input.content_language, input.url);
    let page = PageEvidence {
        media_type,
        charset: decoded.charset.to_owned(),
        language: page_language(&decoded.text, &declared),
        words: main_text::count_words(&decoded.text),
        text_chars: visible_chars(&decoded.text),
        signals: signals::of_text(&decoded.text),
        ..PageEvidence::default()
    };
    Reading {
        page,
        fingerprint: fingerprint::fingerprint("", &decoded.text, input.url),
    }
}

fn read_html(input: &PageInput<'_>, media_type: String) -> Reading {
    let decoded = charset::decode(input.body, input.content_type);
    let outline = walk::walk(&dom::parse(&decoded.text));
    let canonical = outline
        .links
        .iter()
        .find(|link| link.rel.contains("canonical"))
        .map(|link| link.href.as_str())
        .or_else(|| outline.meta("og:url").next());
    let copy = input.url.and_then(|url| archive::read(url.as_str()));
    let original = copy.as_ref().and_then(|copy| copy.original.as_deref());
    let original = original.and_then(|url| Url::parse(url).ok());
    // What an archived copy says, its page said.
    let url = original.as_ref().or(input.url);
    let urls = json_ld::page_urls(url, canonical);
    let nodes = json_ld::read(&outline.json_ld, &urls);
    let main = main_text::main_text(&outline);
    let declared = declared::declared(&outline, &nodes, input.content_language, url);
    let language = page_language(&main, &declared);
    let tag = language
        .as_ref()
        .map(|language| regional(&language.tag, &outline));

    let mut found =
        date_candidates::collect(&outline, &nodes, &urls, input.last_modified, tag.as_ref());
    found.extend(date_text::collect(&outline, tag.as_ref()));
    found.extend(copy.as_ref().and_then(date_candidates::of_capture));
    let words = main_text::count_words(&main);
    let kind = PageKind::of(&outline, &nodes, url, words);
    let dates = date_choice::choose(&found, kind, outline.headline_at());
    let titles = titles::titles(&outline, &nodes, url);
    let text_chars = folded_chars(&outline.text);
    let mut signals = signals::signals(&outline, &decoded.text, &main, text_chars);
    if text_chars == 0 && titles.is_empty() && !outline.shows_media && outline.scripts == 0 {
        signals.push(signals::blank("markup"));
    }
    let page = PageEvidence {
        title: titles.first().map(|title| title.value.clone()),
        published: dates.published,
        modified: dates.modified,
        language,
        media_type,
        charset: decoded.charset.to_owned(),
        words,
        text_chars,
        titles,
        dates: dates.candidates,
        signals,
    };
    Reading {
        page,
        fingerprint: fingerprint::fingerprint(&outline.title, &main, input.url),
    }
}

/// The language of a page. "Loading…" is hardly the page that readers see, whatever the template
/// around it declares.
fn page_language(main: &str, declared: &[DeclaredLanguage]) -> Option<DetectedLanguage> {
    let mut language = languages::detect(main, declared)?;
    if main.trim().len() < THIN_TEXT_BYTES {
        language.confidence = language.confidence.min(MOST_ON_THIN_TEXT);
    }
    Some(language)
}

/// The language with the region that the page declares for it: what tells American from British
/// numeric dates.
fn regional(tag: &LanguageTag, outline: &Outline) -> LanguageTag {
    let declared = [
        outline.html_lang.as_deref(),
        outline.meta("og:locale").next(),
    ];
    declared
        .into_iter()
        .flatten()
        .filter_map(LanguageTag::parse)
        .find(|known| known.primary() == tag.primary() && known != tag)
        .unwrap_or_else(|| tag.clone())
}

/// As [`visible_chars`] of a text whose white space is spaces and line ends.
fn folded_chars(text: &str) -> usize {
    let bytes = text.as_bytes();
    let space = |byte: &u8| matches!(byte, b' ' | b'\n');
    let neighbours = bytes.iter().zip(bytes.iter().skip(1));
    let more = neighbours.filter(|(a, b)| space(a) & space(b)).count();
    text.chars().count() - more - usize::from(bytes.first().is_some_and(space))
}

/// Characters that a reader sees, white space folded.
fn visible_chars(text: &str) -> usize {
    let (mut chars, mut after_space) = (0usize, true);
    for c in text.chars() {
        // The letters before the first white space beyond ASCII's are most of any text.
        let space = match c {
            '!'..='~' | '\u{a1}'..='\u{167f}' => false,
            _ => c.is_whitespace(),
        };
        chars += usize::from(!(space && after_space));
        after_space = space;
    }
    chars
}
