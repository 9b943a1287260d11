//! What stands right beside a number and makes it part of something else.

use super::lexer::{Letters, Token, TokenKind, is_western};

/// Whether a number is the tail of something: `v3`, `$3`, `10:3`, `img-3`.
pub(super) fn stuck_before(text: &str, tokens: &[Token], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at));
    // Particles of Hebrew and Arabic are written together with the number.
    let is_western_word = |token: &Token| {
        let word = text.get(token.start..token.end).unwrap_or_default();
        let spaced = matches!(token.kind, TokenKind::Word(_, Letters::Spaced));
        spaced && word.chars().next_back().is_some_and(is_western)
    };
    match before(1).map(|token| token.kind) {
        Some(TokenKind::Word(..)) => before(1).is_some_and(is_western_word),
        Some(TokenKind::Punctuation('-' | '/')) => before(2).is_some_and(is_western_word),
        Some(TokenKind::Punctuation(':')) => {
            before(2).is_some_and(|token| matches!(token.kind, TokenKind::Number(_)))
        }
        Some(TokenKind::Punctuation(c)) => "#$€£¥₴₽₹@_&+%^\\".contains(c),
        Some(TokenKind::Number(_) | TokenKind::Space(_)) | None => false,
    }
}

/// Whether a number is the head of something: `3D`, `20:15`, `3%`.
pub(super) fn stuck_after(text: &str, tokens: &[Token], at: usize) -> bool {
    let follows_number = || {
        matches!(
            tokens.get(at + 2).map(|token| token.kind),
            Some(TokenKind::Number(_))
        )
    };
    match tokens.get(at + 1).map(|token| (token.kind, token)) {
        Some((TokenKind::Word(_, Letters::Spaced), word)) => {
            let word = text.get(word.start..word.end).unwrap_or_default();
            let mut letters = word.chars();
            let (first, second) = (letters.next(), letters.next());
            // "2012Anche": where tags are dropped, the next sentence begins at the date.
            let sentence = first.is_some_and(char::is_uppercase)
                && second.is_some_and(char::is_lowercase)
                && is_year(tokens.get(at));
            !(sentence || word == "T" && follows_number()) && first.is_some_and(is_western)
        }
        Some((TokenKind::Punctuation(':'), _)) => follows_number(),
        Some((TokenKind::Punctuation(c), _)) => "%_@^\\".contains(c),
        Some((TokenKind::Word(..) | TokenKind::Number(_) | TokenKind::Space(_), _)) | None => false,
    }
}

fn is_year(token: Option<&Token>) -> bool {
    matches!(token.map(|token| token.kind), Some(TokenKind::Number(digits)) if digits.len == 4)
}
