//! Lines of a terminal: widths as terminals count them, and wrapping in every script.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Closing marks, small kana and the like, which never begin a line.
const NEVER_FIRST: &str = "、。，．・：；！？」』）】〉》〕］｝ー々ゝゞぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ…‥,.!?:;)]}»”’%％";
/// Opening marks, which never end a line.
const NEVER_LAST: &str = "「『（【〈《〔［｛([{«“‘";

/// More marks than this on one column are no writing system.
const CHARACTERS_PER_COLUMN: usize = 4;

/// Columns that a text takes.
pub(super) fn columns(text: &str) -> usize {
    text.width()
}

/// Text and spaces up to a column.
pub(super) fn pad(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(columns(text))))
}

/// The text, or as much of its beginning as fits with an ellipsis.
pub(super) fn shorten(text: &str, width: usize) -> String {
    let longest = width.saturating_mul(CHARACTERS_PER_COLUMN);
    if columns(text) <= width && text.chars().nth(longest).is_none() {
        return text.to_owned();
    }
    let text: String = text.chars().take(longest).collect();
    let mut kept = String::new();
    let mut used = 1;
    for grapheme in text.graphemes(true) {
        used += columns(grapheme);
        if width < used {
            break;
        }
        kept.push_str(grapheme);
    }
    format!("{}…", kept.trim_end())
}

/// Breaks a text into lines of at most `width` columns; never empty.
///
/// Breaks at spaces and between ideographs and kana. A word too long for a line is broken
/// between characters, except addresses: a broken address cannot be copied or followed.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut used) = (String::new(), 0);
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let mut space = usize::from(!line.is_empty());
        for piece in pieces(word, width) {
            let takes = columns(&piece);
            if width < used + space + takes && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                (used, space) = (0, 0);
            }
            if space == 1 {
                line.push(' ');
            }
            line.push_str(&piece);
            used += space + takes;
            space = 0;
        }
    }
    lines.push(line);
    lines
}

/// The parts of a word between which a line may end.
fn pieces(word: &str, width: usize) -> Vec<String> {
    if word.contains("://") {
        return vec![word.to_owned()];
    }
    let mut pieces: Vec<String> = Vec::new();
    let (mut previous, mut used) = ("", 0);
    for grapheme in word.graphemes(true) {
        let takes = columns(grapheme);
        match pieces.last_mut() {
            Some(piece) if holds_together(previous, grapheme) && used + takes <= width => {
                piece.push_str(grapheme);
                used += takes;
            }
            Some(_) | None => {
                pieces.push(grapheme.to_owned());
                used = takes;
            }
        }
        previous = grapheme;
    }
    pieces
}

fn holds_together(before: &str, after: &str) -> bool {
    let wide = |grapheme: &str| columns(grapheme) == 2;
    (!wide(before) && !wide(after)) || NEVER_FIRST.contains(after) || NEVER_LAST.contains(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_in_every_script() {
        let check = |text: &str, width: usize, expect: &[&str]| {
            let lines = wrap(text, width);
            assert_eq!(lines, expect);
            assert!(lines.iter().all(|line| columns(line) <= width));
        };
        check("one two three", 7, &["one two", "three"]);
        check("日本語の見出し。次", 8, &["日本語の", "見出し。", "次"]);
        check("「東京」は都", 6, &["「東", "京」は", "都"]);
        check("Відносини України", 10, &["Відносини", "України"]);
        check("ไทยไทยไทยไทย", 6, &["ไทยไทย", "ไทยไทย"]);
        check("aaaaaaaaaa", 4, &["aaaa", "aaaa", "aa"]);
        check("", 4, &[""]);
    }

    #[test]
    fn addresses_stay_whole() {
        let lines = wrap("see https://news.example/a/long/path now", 10);
        assert_eq!(lines, ["see", "https://news.example/a/long/path", "now"]);
    }

    #[test]
    fn shortened_text_fits_and_says_so() {
        assert_eq!(shorten("東京都", 5), "東京…");
        assert_eq!(shorten("abc", 3), "abc");
        assert_eq!(shorten("ab cdef", 4), "ab…");
    }
}
