//! The part of the parser that passes over text outside references.

use super::parse::Parser;
use super::slice::Slice;

/// Longest name of a template, in bytes.
const LONGEST_NAME: usize = 300;

impl Parser<'_, '_> {
    /// Goes to the next tag or wanted template and takes it; `false` at the scope's end.
    pub(super) fn skim(&mut self) -> bool {
        let rest = self.rest();
        let Some(skip) = memchr::memchr2(b'<', b'{', rest) else {
            return false;
        };
        let is_tag = rest.get(skip) == Some(&b'<');
        self.at += skip;
        if is_tag {
            self.angle();
            return true;
        }
        let run = self.run_of(b'{');
        if 2 <= run && self.wants(self.at + run) {
            self.open_braces();
        } else {
            self.at += run;
        }
        true
    }

    /// Whether the template whose name begins at `from` is wanted.
    fn wants(&self, from: usize) -> bool {
        let rest = self.bytes.get(from..self.limit).unwrap_or_default();
        let ends = |byte: &u8| matches!(byte, b'|' | b'{' | b'}' | b'[' | b']');
        let mut window = rest.iter().take(LONGEST_NAME);
        let Some(length) = window.position(ends) else {
            return false;
        };
        let name = Slice::of(self.source, from, from + length).text().trim();
        if name.starts_with("<!--") {
            return true; // rare, and the comment may hold what ends the window
        }
        let comment = memchr::memchr(b'<', name.as_bytes());
        let name = comment.and_then(|at| name.get(..at)).unwrap_or(name);
        let name = name.trim_end();
        self.wanted.is_some_and(|wanted| wanted(name))
    }
}
