//! Tokens → the parts that a date is made of.

use super::calendar::Calendar;
use super::digits::CHINESE;
use super::edges::{stuck_after, stuck_before};
use super::lexer::{Digits, Token, TokenKind};
use super::parts::{Context, Glue, Mark, Month, Number, Part, PartKind, named_month};
use super::vocabulary::{Class, Entry, Sense, quarter};

/// The parts of a text, and the glue behind the last.
pub(super) fn parts(text: &str, tokens: &[Token], context: Context<'_>) -> (Vec<Part>, Glue) {
    let mut reader = Reader {
        text,
        tokens,
        context,
        parts: Vec::with_capacity(tokens.len() / 2),
        glue: Glue::default(),
        pending: Pending::default(),
        open: false,
    };
    for at in 0..tokens.len() {
        reader.take(at);
    }
    (reader.parts, reader.glue.settled())
}

/// What a word said about the number that follows.
#[derive(Debug, Clone, Copy, Default)]
struct Pending {
    calendar: Option<Calendar>,
    next: Option<Next>,
    /// It counts things: `No.`
    counter: bool,
    /// Where the word stands.
    start: Option<usize>,
}

/// What the next number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Month,
    Quarter,
    Weekday,
}

struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
    context: Context<'a>,
    parts: Vec<Part>,
    glue: Glue,
    pending: Pending,
    /// Within the brackets of a month's second name: مارس (آذار).
    open: bool,
}

impl Reader<'_> {
    fn take(&mut self, at: usize) {
        let Some(token) = self.tokens.get(at).copied() else {
            return;
        };
        match token.kind {
            TokenKind::Space(lines) => {
                self.glue.add(Glue::SPACE);
                (0..lines).for_each(|_| self.glue.add(Glue::LINE));
            }
            TokenKind::Punctuation(c) => self.punctuation(c, token),
            TokenKind::Number(digits) => self.number(digits, token, at),
            TokenKind::Word(entry, _) => {
                let used = entry.is_some_and(|entry| self.word(entry, token, at));
                if !used && !self.roman_month(token) {
                    self.push(PartKind::Other, token);
                }
            }
        }
    }

    fn punctuation(&mut self, c: char, token: Token) {
        let glue = match c {
            '.' | '॰' | '。' | '．' | '·' => Glue::DOT,
            ',' | '،' | '、' | '，' => Glue::COMMA,
            '-' | '\u{2010}' | '\u{2011}' | '\u{FF0D}' => Glue::HYPHEN,
            '–' | '—' | '−' | '~' | '〜' | '～' => Glue::DASH,
            '/' | '／' => Glue::SLASH,
            '\'' | '’' | '‘' | '\u{2BC}' | '`' | '׳' | '״' => Glue::APOSTROPHE,
            '(' | '（' if self.last_is_month() => {
                self.open = true;
                return;
            }
            ')' | '）' if self.open => {
                self.open = false;
                return;
            }
            '°' if self.last_number().is_some() => return,
            _ => return self.push(PartKind::Other, token),
        };
        self.glue.add(glue);
    }

    fn push(&mut self, kind: PartKind, token: Token) {
        let other = matches!(kind, PartKind::Other);
        if other
            && let Some(last) = self.parts.last_mut()
            && matches!(last.kind, PartKind::Other)
        {
            // Running text has long stretches of nothing; one part stands for all of it.
            last.end = token.end;
        } else {
            self.parts.push(Part {
                kind,
                start: self.pending.start.unwrap_or(token.start),
                end: token.end,
                glue: self.glue.settled(),
                stuck_before: false,
                stuck_after: false,
            });
        }
        self.glue = Glue::default();
        self.pending = Pending {
            counter: other && self.pending.counter,
            ..Pending::default()
        };
        self.open &= !other;
    }

    fn number(&mut self, digits: Digits, token: Token, at: usize) {
        let counted = self.pending.counter && !self.glue.has(Glue::COMMA);
        let number = Number {
            digits,
            mark: None,
            calendar: self.pending.calendar,
            letter: false,
        };
        let kind = match (digits.value, self.pending.next) {
            _ if 9 < digits.len => PartKind::Other,
            (month @ 1..=12, Some(Next::Month)) => PartKind::Month(Month::numbered(month)),
            (number, Some(Next::Quarter)) => {
                quarter(number).map_or(PartKind::Other, PartKind::Season)
            }
            (_, Some(Next::Weekday)) => PartKind::Weekday,
            (_, Some(Next::Month) | None) => PartKind::Number(number),
        };
        let stuck_before = counted || stuck_before(self.text, self.tokens, at);
        self.push(kind, token);
        self.pending.counter = false;
        let stuck_after = stuck_after(self.text, self.tokens, at);
        if let Some(part) = self.parts.last_mut() {
            part.stuck_before = stuck_before;
            part.stuck_after = stuck_after;
        }
    }

    /// Takes a known word; `false` when it means nothing here.
    fn word(&mut self, entry: &'static Entry, token: Token, at: usize) -> bool {
        let first = !self.parts.iter().any(|part| {
            matches!(
                part.kind,
                PartKind::Number(_) | PartKind::Month(_) | PartKind::Other
            )
        });
        if first && self.context.whole && entry.is(Class::Weekday) && !is_month(entry) {
            self.push(PartKind::Weekday, token);
            return true;
        }
        self.behind_number(entry, token, at)
            || self.month(entry, token)
            || self.season(entry, token)
            || self.before_number(entry, token)
            || self.between(entry, first)
            || self.around(entry, token, first)
    }

    /// Marks of the number just read: 2024 *р.*, 3*日*, 11*월*, 3*rd*, 2009*a*.
    fn behind_number(&mut self, entry: &Entry, token: Token, at: usize) -> bool {
        let attached = !self.glue.has(Glue::SPACE);
        let near = Glue::SPACE
            .with(Glue::DOT)
            .with(Glue::HYPHEN)
            .with(Glue::APOSTROPHE);
        let before_sign = self.glue;
        let word = self.text.get(token.start..token.end).unwrap_or_default();
        let Some(last) = self.parts.last_mut().filter(|_| before_sign.within(near)) else {
            return false;
        };
        let PartKind::Number(mut number) = last.kind else {
            return false;
        };
        let Digits { value, len, zero } = number.digits;
        let calendar = entry.senses.iter().find_map(|sense| match sense {
            Sense::Calendar(calendar) if 3 <= len => Some(*calendar),
            Sense::Month(_)
            | Sense::Season(_)
            | Sense::Feast(_)
            | Sense::Class(_)
            | Sense::Calendar(_) => None,
        });
        let roman = before_sign.has(Glue::DOT) && Month::roman(word).is_some();
        let year_like = 3 <= len || number.calendar.is_some() || zero == CHINESE;
        let kind = if let (Some(calendar), None) = (calendar, number.calendar) {
            number.calendar = Some(calendar);
            PartKind::Number(number)
        } else if entry.is(Class::YearMark)
            && (year_like || word.starts_with(['年', '년']))
            && (attached || !is_bare_letter(word, self.tokens.get(at + 1)))
            || attached && year_like && entry.is(Class::YearEnding)
        {
            number.mark = Some(Mark::Year);
            PartKind::Number(number)
        } else if len <= 2 && entry.is(Class::MonthMark) && (1..=12).contains(&value) {
            PartKind::Month(Month::numbered(value))
        } else if len <= 2 && entry.is(Class::DayMark) {
            number.mark = Some(Mark::Day);
            PartKind::Number(number)
        } else if len == 1 && entry.is(Class::QuarterMark) && quarter(value).is_some() {
            quarter(value).map_or(last.kind, PartKind::Season)
        } else if len <= 2 && attached && !roman && entry.is(Class::Ordinal) {
            last.kind
        } else if matches!(len, 3 | 4) && before_sign == Glue::default() && is_year_letter(word) {
            number.letter = true;
            PartKind::Number(number)
        } else {
            return false;
        };
        last.kind = kind;
        last.end = token.end;
        last.stuck_after = false;
        self.glue = Glue::default();
        true
    }

    /// The month of 28.I.1932.
    fn roman_month(&mut self, token: Token) -> bool {
        let parted = Glue::DOT.with(Glue::HYPHEN).with(Glue::SLASH);
        let near = self.glue.within(parted.with(Glue::SPACE))
            && self.glue.has(if self.context.whole {
                parted.with(Glue::SPACE)
            } else {
                parted
            });
        let word = self.text.get(token.start..token.end).unwrap_or_default();
        let behind_number = self
            .parts
            .last()
            .is_some_and(|last| last.number().is_some());
        let Some(month) = Month::roman(word).filter(|_| near && behind_number) else {
            return false;
        };
        self.push(PartKind::Month(month), token);
        true
    }

    fn month(&mut self, entry: &Entry, token: Token) -> bool {
        let linked = self.glue.has(Glue::WORD);
        let Some(month) = named_month(entry, linked, self.context) else {
            return false;
        };
        let again = self.open || self.glue.within(Glue::SLASH) && self.glue.has(Glue::SLASH);
        if again
            && let Some(last) = self.parts.last_mut()
            && let PartKind::Month(before) = last.kind
            && before.meant == month.meant
        {
            // One month under both its names, as Arabic papers write it.
            last.end = token.end;
            self.glue = Glue::default();
            return true;
        }
        let stuck = self.glue.within(Glue::HYPHEN.with(Glue::APOSTROPHE))
            && self.glue != Glue::default()
            && self
                .parts
                .last()
                .is_some_and(|last| matches!(last.kind, PartKind::Other));
        self.push(PartKind::Month(month), token);
        if let Some(part) = self.parts.last_mut() {
            part.stuck_before = stuck;
        }
        true
    }

    fn season(&mut self, entry: &Entry, token: Token) -> bool {
        let kind = entry.senses.iter().find_map(|sense| match sense {
            Sense::Season(season) => Some(PartKind::Season(*season)),
            Sense::Feast(month) => Some(PartKind::Feast(*month)),
            Sense::Month(_) | Sense::Calendar(_) | Sense::Class(_) => None,
        });
        let Some(kind) = kind.filter(|_| self.context.whole) else {
            return false;
        };
        self.push(kind, token);
        true
    }

    /// Words that say what the next number is: 令和*6*年, พ.ศ. *2567*, tháng *11*, Q*1*.
    fn before_number(&mut self, entry: &Entry, token: Token) -> bool {
        let mut pending = self.pending;
        let calendar = entry.senses.iter().find_map(|sense| match sense {
            Sense::Calendar(calendar) => Some(*calendar),
            Sense::Month(_) | Sense::Season(_) | Sense::Feast(_) | Sense::Class(_) => None,
        });
        if calendar.is_some() {
            pending.calendar = calendar;
        } else if entry.is(Class::First) && matches!(pending.calendar, Some(Calendar::Era(_))) {
            let digits = Digits {
                value: 1,
                len: 1,
                zero: CHINESE,
            };
            let calendar = pending.calendar;
            let number = Number {
                digits,
                mark: None,
                calendar,
                letter: false,
            };
            self.push(PartKind::Number(number), token);
            return true;
        } else if entry.is(Class::MonthBefore) {
            pending.next = Some(Next::Month);
        } else if self.context.whole && entry.is(Class::QuarterMark) {
            pending.next = Some(Next::Quarter);
        } else if self.context.whole && entry.is(Class::WeekdayBefore) {
            pending.next = Some(Next::Weekday);
        } else {
            return false;
        }
        pending.start.get_or_insert(token.start);
        self.pending = pending;
        true
    }

    fn between(&mut self, entry: &Entry, first: bool) -> bool {
        let connective = entry.is(Class::Connective)
            || entry.is(Class::YearBefore)
            || entry.is(Class::DayBefore);
        let range = entry.is(Class::Range) && !first;
        if range {
            self.glue.add(Glue::RANGE);
        }
        if connective {
            self.glue.add(Glue::WORD);
        }
        range || connective
    }

    fn around(&mut self, entry: &Entry, token: Token, first: bool) -> bool {
        let circa = entry.is(Class::Circa) && first || entry.is(Class::CircaAfter);
        if self.context.whole && circa {
            self.push(PartKind::Circa, token);
        } else if self.context.whole && entry.is(Class::Weekday) {
            self.push(PartKind::Weekday, token);
        } else if !(self.context.whole && first && entry.is(Class::Lead)) {
            self.pending.counter |= entry.is(Class::Counter);
            return false;
        }
        true
    }

    fn last_is_month(&self) -> bool {
        self.parts
            .last()
            .is_some_and(|part| matches!(part.kind, PartKind::Month(_)))
    }

    fn last_number(&self) -> Option<&Part> {
        self.parts
            .last()
            .filter(|part| matches!(part.kind, PartKind::Number(_)) && self.glue == Glue::default())
    }
}

fn is_month(entry: &Entry) -> bool {
    entry
        .senses
        .iter()
        .any(|sense| matches!(sense, Sense::Month(_)))
}

/// Whether the word is one letter without the dot of an abbreviation: a word of another language
/// than the one that marks years with it.
fn is_bare_letter(word: &str, next: Option<&Token>) -> bool {
    let dotted = matches!(
        next.map(|token| token.kind),
        Some(TokenKind::Punctuation('.'))
    );
    matches!(word.as_bytes(), [letter] if letter.is_ascii_alphabetic()) && !dotted
}

/// Whether the letter tells years apart (2009*a*); `s` makes a decade.
fn is_year_letter(word: &str) -> bool {
    matches!(word.as_bytes(), [letter] if letter.is_ascii_alphabetic() && !b"sS".contains(letter))
}
