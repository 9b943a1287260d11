//! Blocks of text set on a terminal's page.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style as Ansi};

use super::format::Style;
use super::layout::{columns, shorten, wrap};
use super::safe::{isolate, isolate_runs, no_command, web_address};

/// A page that narrower terminals than this still get.
const NARROWEST: usize = 40;
/// Longer lines than this are hard to read, however wide the terminal.
const WIDEST: usize = 120;

/// Terminals drop links longer than about this many bytes.
const LONGEST_LINK: usize = 2000;

/// What a piece of text is, and so how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Plain,
    Strong,
    Heading,
    Faint,
    Error,
    Warning,
    Note,
    Good,
    Address,
}

impl Ink {
    const fn ansi(self) -> Ansi {
        let plain = Ansi::new();
        match self {
            Self::Plain => plain,
            Self::Strong => plain.bold(),
            Self::Heading => plain.bold().underline(),
            Self::Faint => plain.dimmed(),
            Self::Error => AnsiColor::Red.on_default().bold(),
            Self::Warning => AnsiColor::Yellow.on_default().bold(),
            Self::Note => AnsiColor::Cyan.on_default().bold(),
            Self::Good => AnsiColor::Green.on_default(),
            Self::Address => AnsiColor::Blue.on_default(),
        }
    }
}

/// How right-to-left text in a block is kept from its surroundings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bidi {
    /// Text of our own.
    Ours,
    /// A value from elsewhere, as a whole.
    Value,
    /// A sentence of ours that quotes values.
    Runs,
}

/// A paragraph with something left of its first line and something after its last.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block<'a> {
    /// What stands left of the first line.
    pub(super) lead: &'a str,
    pub(super) lead_ink: Ink,
    /// Column where the text begins, on every line.
    pub(super) column: usize,
    /// The text, already [visible](super::safe::visible).
    pub(super) text: &'a str,
    pub(super) ink: Ink,
    pub(super) bidi: Bidi,
    /// What follows the text, faint; on a line of its own when it does not fit.
    pub(super) tail: &'a str,
    /// Most lines; the rest is cut off with an ellipsis.
    pub(super) most: usize,
}

impl<'a> Block<'a> {
    /// Plain text at a column.
    pub(super) const fn at(column: usize, text: &'a str) -> Self {
        Self {
            lead: "",
            lead_ink: Ink::Plain,
            column,
            text,
            ink: Ink::Plain,
            bidi: Bidi::Ours,
            tail: "",
            most: 8,
        }
    }
}

/// A page being written.
#[derive(Debug)]
pub(super) struct Page {
    out: String,
    style: Style,
}

impl Page {
    pub(super) fn new(style: Style) -> Self {
        let width = style.width.clamp(NARROWEST, WIDEST);
        Self {
            out: String::new(),
            style: Style { width, ..style },
        }
    }

    pub(super) const fn width(&self) -> usize {
        self.style.width
    }

    /// The text written, ending with one line feed.
    pub(super) fn finish(self) -> String {
        format!("{}\n", self.out.trim_end_matches('\n'))
    }

    /// An empty line, unless there is one or nothing precedes.
    pub(super) fn blank(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// Sets a block.
    pub(super) fn block(&mut self, block: &Block<'_>) {
        // A lead that leaves no room for text gets a line of its own.
        let column = block.column.min(self.style.width / 2);
        let room = self.style.width - column;
        let text = shorten(block.text, room.saturating_mul(block.most));
        // After wrapping: the break of a line is what makes a command of its words.
        let lines: Vec<String> = wrap(&text, room)
            .iter()
            .map(|line| no_command(line))
            .collect();
        let own_line = block.lead.is_empty() || column <= columns(block.lead);
        if own_line && !block.lead.is_empty() {
            self.painted(block.lead_ink, &isolate(block.lead));
            self.out.push('\n');
        }
        if text.is_empty() && block.tail.is_empty() && own_line {
            return;
        }
        let last = lines.len().saturating_sub(1);
        let mut used = 0;
        for (at, line) in lines.iter().enumerate() {
            if at == 0 && !own_line {
                self.painted(block.lead_ink, &isolate(block.lead));
                self.spaces(column - columns(block.lead));
            } else {
                self.spaces(column);
            }
            let isolated = match block.bidi {
                Bidi::Ours => line.clone(),
                Bidi::Value => isolate(line),
                Bidi::Runs => isolate_runs(line),
            };
            self.painted(block.ink, &isolated);
            used = columns(line);
            if at < last {
                self.out.push('\n');
            }
        }
        if !block.tail.is_empty() {
            self.tail(block.tail, column, used);
        }
        self.end_line();
    }

    fn tail(&mut self, tail: &str, column: usize, used: usize) {
        let room = self.style.width - column;
        if room < used + 2 + columns(tail) {
            self.out.push('\n');
            self.spaces(column);
        } else if 0 < used {
            self.spaces(2);
        }
        let shown = isolate_runs(&no_command(&shorten(tail, room)));
        self.painted(Ink::Faint, &shown);
    }

    /// An address on a line of its own, never broken: a broken one cannot be copied.
    pub(super) fn address(&mut self, column: usize, shown: &str, target: &str) {
        self.spaces(column);
        let shown = isolate(&no_command(shown));
        self.linked(Ink::Address, &shown, Some(target));
        self.end_line();
    }

    /// Text that leads to a web address, where the terminal follows links.
    fn linked(&mut self, ink: Ink, shown: &str, target: Option<&str>) {
        let link = target.filter(|_| self.style.hyperlinks);
        let link = link.and_then(web_address);
        match link.filter(|link| link.len() <= LONGEST_LINK) {
            Some(target) => {
                let _ = write!(self.out, "\u{1b}]8;;{target}\u{1b}\\");
                self.painted(ink, shown);
                self.out.push_str("\u{1b}]8;;\u{1b}\\");
            }
            None => self.painted(ink, shown),
        }
    }

    /// Pieces that stand one after the other on one line, already safe and cut to fit.
    pub(super) fn line(&mut self, column: usize, pieces: &[(Ink, &str)]) {
        self.spaces(column);
        for (ink, text) in pieces {
            self.painted(*ink, text);
        }
        self.end_line();
    }

    /// The name of a rule, with a link to what a wiki says of it, and the place of its finding, which
    /// is never broken: a broken path opens nothing.
    pub(super) fn origin(&mut self, column: usize, name: &str, help: Option<&str>, at: &str) {
        self.spaces(column);
        let shown = isolate(&no_command(name));
        self.linked(Ink::Faint, &shown, help);
        if !at.is_empty() {
            let at = format!("at {}", isolate(&no_command(at)));
            if self.style.width < column + columns(name) + 1 + columns(&at) {
                self.end_line();
                self.spaces(column);
            } else {
                self.spaces(1);
            }
            self.painted(Ink::Faint, &at);
        }
        self.end_line();
    }

    /// A rule across the page.
    pub(super) fn line_across(&mut self) {
        let line = "─".repeat(self.width().min(80));
        self.painted(Ink::Faint, &line);
        self.end_line();
    }

    /// Columns of text in inks, one after the other, each padded to its width.
    pub(super) fn row(&mut self, column: usize, cells: &[(Ink, &str, usize)]) {
        self.spaces(column);
        for (ink, text, width) in cells {
            self.painted(*ink, &isolate(text));
            self.spaces(width.saturating_sub(columns(text)));
        }
        self.end_line();
    }

    /// A total and its parts with commas between, broken between parts: "7: 5 alive, 2 gone".
    pub(super) fn flow(&mut self, lead: &str, head: &str, pieces: &[(Ink, String)]) {
        self.painted(Ink::Strong, lead);
        self.out.push_str(head);
        let colon = if pieces.is_empty() || head.is_empty() {
            ""
        } else {
            ": "
        };
        self.out.push_str(colon);
        let column = columns(lead);
        let mut used = column + columns(head) + colon.len();
        for (at, (ink, text)) in pieces.iter().enumerate() {
            let comma = if at + 1 < pieces.len() { "," } else { "" };
            if self.style.width < used + columns(text) + 1 {
                self.end_line();
                self.spaces(column);
                used = column;
            }
            self.painted(*ink, text);
            self.out.push_str(comma);
            self.out.push(' ');
            used += columns(text) + 2;
        }
        self.end_line();
    }

    fn painted(&mut self, ink: Ink, text: &str) {
        let ansi = ink.ansi();
        if self.style.color && ansi != Ansi::new() && !text.trim().is_empty() {
            let _ = write!(self.out, "{ansi}{text}{ansi:#}");
        } else {
            self.out.push_str(text);
        }
    }

    fn spaces(&mut self, count: usize) {
        self.out.push_str(&" ".repeat(count));
    }

    fn end_line(&mut self) {
        let end = self.out.trim_end_matches(' ').len();
        self.out.truncate(end);
        self.out.push('\n');
    }
}
