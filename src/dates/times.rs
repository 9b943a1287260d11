//! Times of the day beside a date, which are left out of it.

use super::lexer::{Letters, Token, TokenKind};
use super::vocabulary::Class;

/// The tokens without a time of the day, with its zone and the words that lead to it, before or
/// behind the date.
pub(super) fn without_times<'t>(tokens: &'t [Token], text: &str) -> &'t [Token] {
    let Some(at) = (0..tokens.len()).find(|at| is_time(tokens, *at)) else {
        return tokens;
    };
    let (date, time) = tokens.split_at_checked(at).unwrap_or((tokens, &[]));
    let lead = date.iter().rev().take_while(|token| leads(token)).count();
    let date = date.get(..date.len() - lead).unwrap_or_default();
    if !date.is_empty() {
        // "The day the 12:30 left" is no date with a time.
        return if time.iter().all(|token| belongs(token, text)) {
            date
        } else {
            tokens
        };
    }
    time.get(time_len(time)..).unwrap_or_default()
}

/// How many tokens the time takes that stands before a date: `14:30:05 UTC, `.
fn time_len(tokens: &[Token]) -> usize {
    let kind = |at: usize| tokens.get(at).map(|token| token.kind);
    let mut at = 1;
    loop {
        let parted = match kind(at) {
            Some(TokenKind::Punctuation(c)) => ":：.".contains(c),
            mark => is_word(mark, Class::TimeMark),
        };
        if !parted || !matches!(kind(at + 1), Some(TokenKind::Number(_))) {
            break;
        }
        at += 2;
    }
    let behind = tokens.iter().skip(at).take_while(|token| match token.kind {
        TokenKind::Space(_) => true,
        TokenKind::Punctuation(c) => ",،()-–—|·•.".contains(c),
        TokenKind::Word(Some(entry), _) => is_of_time(entry) && !entry.is(Class::Weekday),
        TokenKind::Word(None, _) | TokenKind::Number(_) => false,
    });
    at + behind.count()
}

/// Whether a time begins here: `14:30`, `14.30 Uhr`, `kl. 14.30`, `14h30`, `14時30分`.
fn is_time(tokens: &[Token], at: usize) -> bool {
    let kind = |offset: usize| tokens.get(at + offset).map(|token| token.kind);
    let Some(TokenKind::Number(hour)) = kind(0) else {
        return false;
    };
    if 2 < hour.len || 24 < hour.value {
        return false;
    }
    let is_minute = |kind: Option<TokenKind>| matches!(kind, Some(TokenKind::Number(minute)) if minute.len == 2 && minute.value < 60);
    let marked = |from: usize| {
        (from..from + 2).any(|offset| is_word(kind(offset), Class::TimeMark))
            && !is_word(kind(from), Class::DayMark)
    };
    match kind(1) {
        Some(TokenKind::Punctuation(':' | '：')) => is_minute(kind(2)),
        Some(TokenKind::Punctuation('.')) if is_minute(kind(2)) => {
            let led = tokens.iter().take(at).rev().find(|token| {
                !matches!(
                    token.kind,
                    TokenKind::Space(_) | TokenKind::Punctuation('.')
                )
            });
            marked(3)
                || led.is_some_and(|token| is_word(Some(token.kind), Class::TimeLead))
                    && !is_followed_by_year(tokens, at + 3)
        }
        _ => marked(1),
    }
}

/// 3.11.2024 after a word that leads to times is still a date.
fn is_followed_by_year(tokens: &[Token], at: usize) -> bool {
    matches!(
        tokens.get(at).map(|token| token.kind),
        Some(TokenKind::Punctuation('.'))
    ) && matches!(
        tokens.get(at + 1).map(|token| token.kind),
        Some(TokenKind::Number(_))
    )
}

fn is_word(kind: Option<TokenKind>, class: Class) -> bool {
    matches!(kind, Some(TokenKind::Word(Some(entry), _)) if entry.is(class))
}

/// What stands between a date and the time behind it.
fn leads(token: &Token) -> bool {
    match token.kind {
        TokenKind::Space(_) => true,
        TokenKind::Punctuation(c) => ",،、-–—|·•.;(".contains(c),
        TokenKind::Word(Some(entry), _) => entry.is(Class::TimeLead),
        TokenKind::Word(None, _) | TokenKind::Number(_) => false,
    }
}

/// What a time is made of.
fn belongs(token: &Token, text: &str) -> bool {
    match token.kind {
        TokenKind::Space(_) | TokenKind::Number(_) => true,
        TokenKind::Punctuation(c) => ":：.,+-−()（）/׳".contains(c),
        TokenKind::Word(Some(entry), _) if is_of_time(entry) => true,
        TokenKind::Word(_, Letters::Spaced) => {
            // Names of zones that are in no table.
            text.get(token.start..token.end).is_some_and(|word| {
                (1..=5).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase())
            })
        }
        TokenKind::Word(..) => false,
    }
}

fn is_of_time(entry: &super::vocabulary::Entry) -> bool {
    [Class::TimeMark, Class::Zone, Class::Weekday]
        .into_iter()
        .any(|class| entry.is(class))
}
