//! Tokens → the parts that a date is made of.

use super::calendar::Calendar;
use super::digits::CHINESE;
use super::edges::{stuck_after, stuck_before};
use super::lexer::{Digits, Token, TokenKind};
use super::marks::{Behind, marked};
use super::parts::{Context, Glue, Month, Number, Part, PartKind, named_month};
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
            TokenKind::Punctuation(c) => self.punctuation(c, token, at),
            TokenKind::Number(digits) => self.number(digits, token, at),
            TokenKind::Word(entry, _) => {
                let used = match entry {
                    Some(entry) => self.word(entry, token, at),
                    None => self.behind_number(None, token, at),
                };
                if !used && !self.roman_month(token) {
                    self.push(PartKind::Other, token);
                    self.pending.counter = entry.is_some_and(|entry| entry.is(Class::Counter));
                }
            }
        }
    }

    fn punctuation(&mut self, c: char, token: Token, at: usize) {
        let glue = match c {
            '.' | '॰' | '。' | '．' | '·' => Glue::DOT,
            ',' | '،' | '、' | '，' => Glue::COMMA,
            '-' | '\u{2010}' | '\u{2011}' | '\u{FF0D}' => Glue::HYPHEN,
            '–' | '—' | '−' | '~' | '〜' | '～' => Glue::DASH,
            '/' | '／' => Glue::SLASH,
            '\'' | '’' | '‘' | '\u{2BC}' | '`' | '׳' | '״' => Glue::APOSTROPHE,
            '(' | '（' if self.last_is_month() && self.is_month_at(at + 1) => {
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
        self.pending = Pending::default();
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
        self.behind_number(Some(entry), token, at)
            || self.month(entry, token)
            || self.season(entry, token)
            || self.before_number(entry, token)
            || self.between(entry, first)
            || self.around(entry, token, first)
    }

    /// Takes a word that says what the number just read is.
    fn behind_number(&mut self, entry: Option<&Entry>, token: Token, at: usize) -> bool {
        let behind = Behind {
            word: self.text.get(token.start..token.end).unwrap_or_default(),
            entry,
            glue: self.glue,
            next: self.tokens.get(at + 1).map(|next| next.kind),
        };
        let Some(last) = self.parts.last_mut() else {
            return false;
        };
        let Some(kind) = last.number().and_then(|number| marked(number, behind)) else {
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
        let linked = self.glue.has(Glue::WORD.with(Glue::HYPHEN));
        let Some(month) = named_month(entry, linked, self.context) else {
            return false;
        };
        let slash = self.glue.within(Glue::SLASH.with(Glue::SPACE)) && self.glue.has(Glue::SLASH);
        let again = self.open || slash;
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
            return false;
        }
        true
    }

    fn is_month_at(&self, at: usize) -> bool {
        let kind = self.tokens.get(at).map(|token| token.kind);
        matches!(kind, Some(TokenKind::Word(Some(entry), _)) if is_month(entry))
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
