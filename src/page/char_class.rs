//! What characters are, as far as telling words apart goes: looked up once for all.

use std::sync::LazyLock;

use crate::languages::table_of_characters;

/// What a character is; several may be true.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct CharClass(u8);

const ALPHANUMERIC: u8 = 1;
const LETTER: u8 = 2;
const CAPITAL: u8 = 4;
const UNSPACED: u8 = 8;

impl CharClass {
    fn look_up(c: char) -> Self {
        let mut class = 0;
        for (is, bit) in [
            (c.is_alphanumeric(), ALPHANUMERIC),
            (c.is_alphabetic(), LETTER),
            (!c.to_lowercase().eq([c]), CAPITAL),
            (is_unspaced(c), UNSPACED),
        ] {
            class |= if is { bit } else { 0 };
        }
        Self(class)
    }

    pub(super) fn is_alphanumeric(self) -> bool {
        self.0 & ALPHANUMERIC != 0
    }

    pub(super) fn is_letter(self) -> bool {
        self.0 & LETTER != 0
    }

    /// Whether it is another character in lower case.
    pub(super) fn is_capital(self) -> bool {
        self.0 & CAPITAL != 0
    }

    /// As [`is_unspaced`].
    pub(super) fn is_unspaced(self) -> bool {
        self.0 & UNSPACED != 0
    }
}

/// The classes of the Basic Multilingual Plane: looking each up in Unicode's tables would cost more
/// than all other reading of a long text.
static CLASSES: LazyLock<Vec<CharClass>> =
    LazyLock::new(|| table_of_characters(CharClass::look_up));

/// The table of classes.
#[derive(Debug, Clone, Copy)]
pub(super) struct CharClasses(&'static [CharClass]);

impl CharClasses {
    pub(super) fn get() -> Self {
        Self(&CLASSES)
    }

    pub(super) fn of(self, c: char) -> CharClass {
        let known = self.0.get(c as usize).copied();
        known.unwrap_or_else(|| CharClass::look_up(c))
    }
}

/// Whether the character belongs to a script that writes words without spaces.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}'
        | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}'
        | '\u{20000}'..='\u{3ffff}')
}
