//! The value of a citation's `language` parameter.

use crate::model::LanguageTag;

use super::names::{names_no_language, tag_for_name};

/// A value that names more languages than this is no list of languages.
const MOST_PARTS: usize = 24;

/// The longest run of parts that is tried as one name: "Norwegian, Bokmål", "Bosnisch und …".
const LONGEST_RUN: usize = 3;

/// Words that stand between two languages, in the languages of the editors.
const CONJUNCTIONS: [&str; 32] = [
    "and",
    "und",
    "et",
    "y",
    "e",
    "i",
    "и",
    "та",
    "й",
    "і",
    "och",
    "og",
    "en",
    "ja",
    "és",
    "ve",
    "và",
    "dan",
    "şi",
    "și",
    "a",
    "oraz",
    "ir",
    "un",
    "eta",
    "και",
    "or",
    "with",
    "и/или",
    "и",
    "va",
    "و",
];

/// Templates around a code that stands as their arguments.
const WRAPPERS: [&str; 9] = [
    "in lang",
    "lang",
    "langue",
    "language",
    "language icon",
    "languageicon",
    "link language",
    "indicateur de langue",
    "lang icon",
];

/// Reads the value of a `language` parameter, which may name several: "German and French",
/// "uk, ru", "{{de icon}}", "{{in lang|de|fr}}", "anglais, allemand", "英語・日本語".
///
/// Gives the tags in the order written, each once, and the names that no table knows as written.
/// A separator inside a known name ("Chinese, Simplified") does not split it. Values such as `mul`
/// that name no single language give nothing.
///
/// # Examples
///
/// ```
/// use citecheck::languages::read_cited;
///
/// let (tags, unknown) = read_cited("ukrainisch und Klingonese");
/// assert_eq!(tags[0].as_str(), "uk");
/// assert_eq!(unknown, ["Klingonese"]);
/// ```
#[must_use]
pub fn read_cited(value: &str) -> (Vec<LanguageTag>, Vec<String>) {
    let plain = without_markup(value);
    let plain = plain.trim();
    let (mut tags, mut unknown) = (Vec::new(), Vec::new());
    let mut add = |tag: LanguageTag| {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    };
    if let Some(tag) = tag_for_name(plain) {
        add(tag);
        return (tags, unknown);
    }
    let parts: Vec<(usize, usize)> = parts(plain).into_iter().take(MOST_PARTS).collect();
    let mut at = 0;
    while let Some((start, end)) = parts.get(at).copied() {
        let run = (1..=LONGEST_RUN).rev().find_map(|length| {
            let (_, end) = parts.get(at + length - 1)?;
            Some((length, tag_for_name(plain.get(start..*end)?)?))
        });
        if let Some((length, tag)) = run {
            add(tag);
            at += length;
            continue;
        }
        at += 1;
        let name = plain.get(start..end).unwrap_or_default().trim();
        let name = name.trim_end_matches('.');
        if let Some(several) = words_that_are_names(name) {
            several.into_iter().for_each(&mut add);
        } else if !names_no_language(name) {
            unknown.push(name.to_owned());
        }
    }
    (tags, unknown)
}

/// The tags of names that have only spaces between them, as Arabic writes "العربية والإنجليزية".
fn words_that_are_names(part: &str) -> Option<Vec<LanguageTag>> {
    let words: Vec<&str> = part.split_whitespace().take(MOST_PARTS).collect();
    if words.len() < 2 || words.iter().any(|word| word.chars().count() < 3) {
        return None;
    }
    words.into_iter().map(tag_for_name).collect()
}

/// Byte ranges between separators: punctuation, and conjunctions that stand as words.
fn parts(text: &str) -> Vec<(usize, usize)> {
    let mut words: Vec<(usize, usize, bool)> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        let separates = matches!(
            c,
            ',' | ';'
                | '/'
                | '&'
                | '+'
                | '|'
                | '·'
                | '،'
                | '؛'
                | '、'
                | '，'
                | '；'
                | '・'
                | '•'
                | '\n'
        );
        if separates || c.is_whitespace() {
            if let Some(start) = start.take() {
                words.push((start, at, false));
            }
            if separates {
                words.push((at, at + c.len_utf8(), true));
            }
        } else if start.is_none() {
            start = Some(at);
        }
    }
    if let Some(start) = start {
        words.push((start, text.len(), false));
    }
    let mut parts: Vec<(usize, usize)> = Vec::new();
    let mut fresh = true;
    for (start, end, separates) in words {
        let word = text.get(start..end).unwrap_or_default().to_lowercase();
        if separates || (!fresh && CONJUNCTIONS.contains(&word.as_str())) {
            fresh = true;
        } else if fresh {
            parts.push((start, end));
            fresh = false;
        } else if let Some(last) = parts.last_mut() {
            last.1 = end;
        }
    }
    parts
}

/// The value as a reader sees it: link texts for links, codes for language templates, no comments.
fn without_markup(value: &str) -> String {
    let mut plain = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(c) = rest.chars().next() {
        let taken = if let Some(after) = rest.strip_prefix("<!--") {
            after.split_once("-->").map_or("", |(_, after)| after)
        } else if let Some(after) = rest.strip_prefix("{{") {
            let (body, after) = after.split_once("}}").unwrap_or((after, ""));
            push_separated(&mut plain, &template_languages(body));
            after
        } else if let Some(after) = rest.strip_prefix("[[") {
            let (link, after) = after.split_once("]]").unwrap_or((after, ""));
            plain.push_str(link.rsplit('|').next().unwrap_or(link));
            after
        } else if let Some(after) = rest.strip_prefix("''") {
            after.trim_start_matches('\'')
        } else if let Some((_, after)) = rest
            .strip_prefix('<')
            .and_then(|inside| inside.split_once('>'))
        {
            plain.push(' ');
            after
        } else {
            plain.push(c);
            rest.get(c.len_utf8()..).unwrap_or_default()
        };
        rest = taken;
    }
    plain
}

fn push_separated(plain: &mut String, names: &str) {
    let before = plain.trim_end();
    let goes_on = before.ends_with([',', ';', '/', '(']) || before.to_lowercase().ends_with("in");
    if !before.is_empty() && !goes_on {
        plain.push(',');
    }
    plain.push_str(names);
    plain.push(' ');
}

/// The codes or names in a template's source, separated by commas: `de icon`, `in lang|de|fr`,
/// `ref-en`, `de`. An unknown template stays as it is.
fn template_languages(body: &str) -> String {
    let mut arguments = body.split('|').map(str::trim);
    let name = arguments.next().unwrap_or_default();
    let lower = name.to_lowercase().replace('_', " ");
    if WRAPPERS.contains(&lower.as_str()) {
        let codes: Vec<&str> = arguments
            .filter(|text| !text.contains('=') && tag_for_name(text).is_some())
            .collect();
        return codes.join(",");
    }
    let bare = lower
        .strip_suffix(" icon")
        .or_else(|| lower.strip_prefix("ref-"))
        .or_else(|| lower.strip_prefix("lang-"))
        .unwrap_or(&lower);
    if tag_for_name(bare).is_some() {
        bare.to_owned()
    } else {
        body.replace('|', " ")
    }
}
