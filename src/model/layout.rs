//! How a citation template is written, for edits that fit in.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How a template's parameters are laid out: what one that is added needs to look like the others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// Byte at which a further parameter stands: behind the last one, before the white space that
    /// leads to the closing braces.
    pub end: usize,
    /// Whether the last `|` has nothing behind it, so that a further parameter needs none.
    pub open: bool,
    /// Between a value and the next `|`.
    pub before_bar: Blank,
    /// Between `|` and the name.
    pub after_bar: Blank,
    /// Between the name and `=`.
    pub before_equals: Blank,
    /// Between `=` and the value.
    pub after_equals: Blank,
    /// Characters up to which names are padded, so that each `=` stands in one column; 0 where
    /// they are not.
    pub name_width: usize,
}

/// How a line ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum LineBreak {
    /// It does not.
    #[default]
    None,
    /// `\n`
    Lf,
    /// `\r\n`
    CrLf,
}

impl LineBreak {
    /// The characters; empty for none.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Lf => "\n",
            Self::CrLf => "\r\n",
        }
    }
}

/// A stretch of white space: a line break perhaps, then so many of one character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blank {
    /// The line break.
    pub line_break: LineBreak,
    /// The character.
    pub fill: char,
    /// How many of it.
    pub count: usize,
}

impl Default for Blank {
    fn default() -> Self {
        Self {
            line_break: LineBreak::None,
            fill: ' ',
            count: 0,
        }
    }
}

impl Blank {
    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.line_break.as_str().len() + self.count * self.fill.len_utf8()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }
}

impl fmt::Display for Blank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.line_break.as_str())?;
        (0..self.count).try_for_each(|_| write!(f, "{}", self.fill))
    }
}

impl Layout {
    /// A name with what stands between it and its value: `name = `.
    #[must_use]
    pub fn named(&self, name: &str) -> String {
        let padding = self.name_width.checked_sub(name.chars().count());
        let padded = Blank {
            count: padding.unwrap_or(self.before_equals.count.min(1)),
            ..Blank::default()
        };
        let before = if self.name_width == 0 {
            self.before_equals
        } else {
            padded
        };
        format!("{name}{before}={}", self.after_equals)
    }

    /// A whole parameter, from the white space before its `|` to its value.
    #[must_use]
    pub fn parameter(&self, name: &str, value: &str) -> String {
        format!(
            "{}|{}{}{value}",
            self.before_bar,
            self.after_bar,
            self.named(name)
        )
    }
}
