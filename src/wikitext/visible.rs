//! Text between constructs: quotes, character references, HTML tags, line markup.

use super::entities;
use super::external;

/// HTML tags longer than this are text.
const LONGEST_TAG: usize = 400;

/// Elements that end a paragraph.
const BLOCKS: [&str; 22] = [
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "dl",
    "dd",
    "dt",
    "tr",
    "td",
    "th",
    "table",
    "blockquote",
    "center",
    "hr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "gallery",
];

/// Collects text as readers see it, with white space collapsed.
pub(super) struct Visible {
    text: String,
    article: bool,
    /// Brackets of external links that are open.
    brackets: usize,
    line: Line,
    /// Whether a mark was set right at the end of the text.
    marked: bool,
}

/// What the line is that is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    Start,
    Prose,
    Heading,
    Cells,
    /// A line that shows nothing, such as `{| class=…`.
    Hidden,
}

impl Visible {
    pub(super) fn new(article: bool) -> Self {
        Self {
            text: String::new(),
            article,
            brackets: 0,
            line: if article { Line::Start } else { Line::Prose },
            marked: false,
        }
    }

    pub(super) fn into_text(mut self) -> String {
        self.text.truncate(self.text.trim_end().len());
        self.text
    }

    /// The place of a mark: after the text so far, white space left out.
    pub(super) fn mark(&mut self) -> usize {
        self.marked = true;
        self.text.trim_end_matches(' ').len()
    }

    pub(super) fn push_str(&mut self, text: &str) {
        text.chars().for_each(|c| self.push(c));
        if self.line == Line::Start && !text.is_empty() {
            self.line = Line::Prose;
        }
    }

    fn push(&mut self, c: char) {
        if c.is_whitespace() {
            if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
            return;
        }
        if self.marked {
            self.marked = false;
            // "end.<ref/>Next": the mark stands for the space between the sentences.
            if c.is_alphanumeric() && self.text.ends_with(['.', '!', '?']) {
                self.text.push(' ');
            }
        }
        self.text.push(c);
    }

    /// Ends the paragraph.
    pub(super) fn paragraph(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push_str("\n\n");
        }
        self.brackets = 0;
        self.marked = false;
        if self.article {
            self.line = Line::Start;
        }
    }

    /// Adds a stretch of wikitext that holds no constructs; `next` is the byte after it.
    pub(super) fn wikitext(&mut self, text: &str, next: Option<u8>) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let taken = if c == '\n' && self.article {
                self.newline(rest, next)
            } else if self.line == Line::Hidden {
                rest.find('\n').unwrap_or(rest.len())
            } else if self.line == Line::Start {
                self.line_start(rest)
            } else {
                self.prose(c, rest, next)
            };
            rest = rest.get(taken..).unwrap_or_default();
        }
    }

    fn newline(&mut self, rest: &str, next: Option<u8>) -> usize {
        let after = rest.as_bytes().get(1).copied().or(next);
        let second = rest.as_bytes().get(2).copied();
        let ends = match after {
            Some(b'\n' | b'*' | b'#' | b':' | b';' | b'=' | b'|' | b'!') | None => true,
            Some(b'{') => second == Some(b'|'),
            Some(_) => false,
        };
        if ends || matches!(self.line, Line::Heading | Line::Hidden) {
            self.paragraph();
        } else {
            self.push(' ');
        }
        1
    }

    /// Takes the marks that begin a line.
    fn line_start(&mut self, rest: &str) -> usize {
        let mut two = rest.bytes().take(2);
        match (two.next(), two.next()) {
            (Some(b'*' | b'#' | b':' | b';' | b' '), _) => 1,
            (Some(b'='), _) => {
                self.line = Line::Heading;
                1
            }
            (Some(b'{'), Some(b'|')) | (Some(b'|'), Some(b'-' | b'}')) => {
                self.line = Line::Hidden;
                2
            }
            (Some(b'|' | b'!'), second) => {
                self.line = Line::Cells;
                let marks = if second == Some(b'+') { 2 } else { 1 };
                marks + cell_attributes(rest.get(marks..).unwrap_or_default())
            }
            _ => {
                self.line = Line::Prose;
                0
            }
        }
    }

    fn prose(&mut self, c: char, rest: &str, next: Option<u8>) -> usize {
        match c {
            '\'' => self.quotes(rest),
            '&' => {
                let (character, length) = entities::decode(rest).unwrap_or(('&', 1));
                self.push(character);
                length
            }
            '<' => self.tag(rest),
            '[' => self.open_bracket(rest, next),
            ']' if 0 < self.brackets => {
                self.brackets -= 1;
                1
            }
            '=' if self.line == Line::Heading => 1,
            '|' | '!'
                if self.line == Line::Cells
                    && rest.as_bytes().get(1) == rest.as_bytes().first() =>
            {
                self.paragraph();
                self.line = Line::Cells;
                2 + cell_attributes(rest.get(2..).unwrap_or_default())
            }
            '-' if rest.starts_with("-{") => self.variants(rest),
            '_' if rest.starts_with("__") => magic_word(rest).unwrap_or_else(|| {
                self.push('_');
                1
            }),
            other => {
                self.push(other);
                self.run(rest, other.len_utf8())
            }
        }
    }

    /// Adds what follows byte `from` up to the next character that may mean something; gives the
    /// length of `rest` that is taken then.
    fn run(&mut self, rest: &str, from: usize) -> usize {
        if self.marked {
            return from; // the next character may need a space before it
        }
        let after = rest.get(from..).unwrap_or_default();
        let length = after.bytes().position(|byte| !is_plain(byte));
        let run = after.get(..length.unwrap_or(after.len()));
        self.text.push_str(run.unwrap_or_default());
        from + run.map_or(0, str::len)
    }

    fn quotes(&mut self, rest: &str) -> usize {
        let run = rest.bytes().take_while(|byte| *byte == b'\'').count();
        let shown = match run {
            1 | 4 => 1,
            0..=5 => 0,
            more => more - 5,
        };
        (0..shown).for_each(|_| self.push('\''));
        run
    }

    fn open_bracket(&mut self, rest: &str, next: Option<u8>) -> usize {
        let first = external::find_urls(rest.get(..rest.len().min(12)).unwrap_or(rest));
        if first.first().is_none_or(|(start, _)| *start != 1) {
            self.push('[');
            return 1;
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, ']' | '<' | '"'));
        if end.is_none() && next.is_none() {
            self.push_str(rest);
            return rest.len();
        }
        self.brackets += 1;
        end.unwrap_or(rest.len())
    }

    fn tag(&mut self, rest: &str) -> usize {
        let window = rest.as_bytes().get(1..).unwrap_or_default();
        let window = window
            .get(..LONGEST_TAG.min(window.len()))
            .unwrap_or_default();
        let name_start = usize::from(window.first() == Some(&b'/'));
        let name = window.get(name_start..).unwrap_or_default();
        let length = name
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric())
            .count();
        let name = name.get(..length).unwrap_or_default();
        let end = memchr::memchr2(b'>', b'<', window).filter(|at| window.get(*at) == Some(&b'>'));
        let (Some(end), true) = (end, name.first().is_some_and(u8::is_ascii_alphabetic)) else {
            self.push('<');
            return 1;
        };
        let is = |known: &&str| name.eq_ignore_ascii_case(known.as_bytes());
        if is(&"br") {
            self.push(' ');
        } else if BLOCKS.iter().any(is) {
            if self.article {
                self.paragraph();
            } else {
                self.push(' ');
            }
        }
        end + 2
    }

    /// Language variants: `-{text}-`, `-{zh-hans:one;zh-hant:two}-`; the first one is taken.
    fn variants(&mut self, rest: &str) -> usize {
        let body = rest.as_bytes().iter().skip(2).take(LONGEST_TAG);
        let end = body
            .clone()
            .zip(body.skip(1))
            .position(|pair| pair == (&b'}', &b'-'));
        let Some(inside) = end.and_then(|end| rest.get(2..2 + end)) else {
            self.push('-');
            return 1;
        };
        let text = inside.rsplit('|').next().unwrap_or(inside);
        let first = text.split(';').next().unwrap_or(text);
        let is_code = |code: &str| {
            code.trim()
                .bytes()
                .all(|b| b.is_ascii_alphabetic() || b == b'-')
        };
        let shown = match first.split_once(':') {
            Some((code, variant)) if is_code(code) => variant,
            _ => text,
        };
        self.push_str(&entities::decode_entities(shown));
        inside.len() + 4
    }
}

/// Whether a byte is, or belongs to, a character that means nothing but itself: no mark, no white
/// space, and no first byte of characters among which white space is.
const fn is_plain(byte: u8) -> bool {
    match byte {
        b'\''
        | b'&'
        | b'<'
        | b'['
        | b']'
        | b'='
        | b'|'
        | b'!'
        | b'-'
        | b'_'
        | 0xc2
        | 0xe1..=0xe3 => false,
        _ => byte.is_ascii_graphic() || 0x80 <= byte,
    }
}

/// Length of `style="…" |` before the content of a table cell, its `|` included.
fn cell_attributes(cell: &str) -> usize {
    let mut ends = cell.bytes().take(LONGEST_TAG);
    let end = ends.position(|byte| matches!(byte, b'|' | b'\n' | b'[' | b'<'));
    let Some((attributes, rest)) = end.and_then(|end| cell.split_at_checked(end)) else {
        return 0;
    };
    if attributes.contains('=') && rest.starts_with('|') && !rest.starts_with("||") {
        attributes.len() + 1
    } else {
        0
    }
}

/// Length of a switch such as `__NOTOC__`.
fn magic_word(rest: &str) -> Option<usize> {
    let body = rest.strip_prefix("__")?;
    let length = body.bytes().take_while(u8::is_ascii_uppercase).count();
    let closed = body.get(length..)?.starts_with("__");
    (0 < length && closed).then_some(length + 4)
}
