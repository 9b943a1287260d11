//! A value as runs of digits and what stands between them.

/// The most runs of digits that a date has: two days with two years.
const MOST: usize = 4;

/// A value taken apart.
#[derive(Debug, Default)]
pub(super) struct Shape<'v> {
    /// What stands before the first run of digits and between them.
    pub(super) texts: Vec<&'v str>,
    /// The runs of ASCII digits.
    pub(super) digits: Vec<&'v str>,
    /// The letter behind the last run that tells works of one year apart: `2009a`.
    pub(super) letter: Option<char>,
}

impl<'v> Shape<'v> {
    /// Takes a value apart; `None` when it does not end in digits, with at most a letter behind
    /// them, or has too many.
    pub(super) fn of(value: &'v str) -> Option<Self> {
        let mut shape = Self::default();
        let mut rest = value;
        loop {
            let Some(at) = rest.find(|c: char| c.is_ascii_digit()) else {
                let mut letters = rest.chars();
                shape.letter = letters.next().filter(|c| c.is_alphabetic());
                let is_end = rest.is_empty() || shape.letter.is_some() && letters.next().is_none();
                return (is_end && !shape.digits.is_empty()).then_some(shape);
            };
            let (text, digits) = rest.split_at_checked(at)?;
            let end = digits
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(digits.len());
            let (digits, after) = digits.split_at_checked(end)?;
            if shape.digits.len() == MOST {
                return None;
            }
            shape.texts.push(text);
            shape.digits.push(digits);
            rest = after;
        }
    }
}

/// A year of three or four digits, no zero before them.
pub(super) fn year(digits: &str) -> Option<i16> {
    let plain = matches!(digits.len(), 3 | 4) && !digits.starts_with('0');
    plain.then(|| digits.parse().ok()).flatten()
}

/// The number of a day, no zero before it.
pub(super) fn day_number(digits: &str) -> Option<u8> {
    let plain = matches!(digits.len(), 1 | 2) && !digits.starts_with('0');
    plain.then(|| digits.parse().ok()).flatten()
}

/// The name in a text that has spaces on the sides where numbers are.
pub(super) fn name(text: &str, before: bool, after: bool) -> Option<&str> {
    let spaced = (!before || text.starts_with(' ')) && (!after || text.ends_with(' '));
    spaced.then(|| text.trim_matches(' '))
}

/// Whether the text is a comma and spaces.
pub(super) fn is_comma(text: &str) -> bool {
    text.strip_prefix(',').is_some_and(is_spaces)
}

/// Whether the text is spaces, at least one.
pub(super) fn is_spaces(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte == b' ')
}

/// Whether the text is a dash of ranges and nothing else.
pub(super) fn is_dash(text: &str) -> bool {
    matches!(text, "-" | "–")
}

/// Whether the text is a dash between spaces.
pub(super) fn is_spaced_dash(text: &str) -> bool {
    text.starts_with(' ') && text.ends_with(' ') && is_dash(text.trim_matches(' '))
}

/// What stands on the two sides of a dash between spaces, which come off.
pub(super) fn around_spaced_dash(text: &str) -> Option<(&str, &str)> {
    let (left, right) = around_dash(text)?;
    (left.ends_with(' ') && right.starts_with(' '))
        .then(|| (left.trim_end_matches(' '), right.trim_start_matches(' ')))
}

/// What stands on the two sides of the first dash.
pub(super) fn around_dash(text: &str) -> Option<(&str, &str)> {
    text.split_once(['-', '–'])
}
