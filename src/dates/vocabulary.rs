//! What words mean in and around dates: the tables in `data/`, ready for look-up.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::calendar::{BUDDHIST, Calendar};
use super::fold::without_accents;
use super::lexer::{Piece, Pieces, fold_word};
use crate::model::{LanguageTag, Season};

/// One meaning of a word or phrase.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Sense {
    /// The name of a month.
    Month(MonthName),
    /// A season or quarter.
    Season(Season),
    /// A feast, with the month that it falls in; 0 when that differs from year to year.
    Feast(u8),
    /// Says in which calendar a year is.
    Calendar(Calendar),
    /// Anything else.
    Class(Class),
}

/// The name of a month in one language.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct MonthName {
    /// 1 to 12.
    pub(super) month: u8,
    /// The calendar that has this month.
    pub(super) calendar: Calendar,
    /// The tag of the language.
    pub(super) language: &'static str,
    /// How much beside it is needed to take it for a month.
    pub(super) rank: Rank,
}

/// How surely a word is a month where its language is not known; the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// Its name and nothing else.
    Name,
    /// An abbreviation.
    Abbreviation,
    /// A word in other languages, too.
    WordElsewhere,
    /// An everyday word in other languages.
    EverydayWord,
}

/// Classes of words, as the head of `data/words.tsv` explains them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Connective,
    Lead,
    YearMark,
    YearEnding,
    YearBefore,
    DayMark,
    DayBefore,
    MonthMark,
    MonthBefore,
    Ordinal,
    First,
    Range,
    Circa,
    CircaAfter,
    Undated,
    Counter,
    QuarterMark,
    Weekday,
    WeekdayShort,
    WeekdayBefore,
    TimeLead,
    TimeMark,
    Zone,
}

const CLASSES: [(&str, Class); 23] = [
    ("connective", Class::Connective),
    ("lead", Class::Lead),
    ("year-mark", Class::YearMark),
    ("year-ending", Class::YearEnding),
    ("year-before", Class::YearBefore),
    ("day-mark", Class::DayMark),
    ("day-before", Class::DayBefore),
    ("month-mark", Class::MonthMark),
    ("month-before", Class::MonthBefore),
    ("ordinal", Class::Ordinal),
    ("first", Class::First),
    ("range", Class::Range),
    ("circa", Class::Circa),
    ("circa-after", Class::CircaAfter),
    ("undated", Class::Undated),
    ("counter", Class::Counter),
    ("quarter-mark", Class::QuarterMark),
    ("weekday", Class::Weekday),
    ("weekday-short", Class::WeekdayShort),
    ("weekday-before", Class::WeekdayBefore),
    ("time-lead", Class::TimeLead),
    ("time-mark", Class::TimeMark),
    ("zone", Class::Zone),
];

/// All that is known about a word.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Entry {
    /// Its meanings.
    pub(super) senses: Vec<Sense>,
    /// Whether a longer phrase begins with it.
    pub(super) longer: bool,
}

impl Entry {
    /// Whether the word is of a class.
    pub(super) fn is(&self, class: Class) -> bool {
        self.senses.contains(&Sense::Class(class))
    }
}

/// How the numbers of x/y/2024 are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// The first is the day.
    DayFirst,
    /// The language does not say.
    Unsettled,
}

/// The tables.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    entries: HashMap<String, Entry>,
    orders: HashMap<&'static str, Order>,
    year_first: Vec<&'static str>,
}

/// The tables, built when first used.
pub(super) static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut vocabulary = Vocabulary::default();
    for line in include_str!("data/months.tsv").lines() {
        vocabulary.add_months(line);
    }
    for line in include_str!("data/words.tsv").lines() {
        vocabulary.add_words(line);
    }
    vocabulary
});

impl Vocabulary {
    /// What a folded word or phrase means; the words of a phrase are parted by one space.
    pub(super) fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.get(key)
    }

    /// The order of numeric dates in a text of this language. The tag, then its language alone,
    /// is looked up; languages that the table does not name write the day first.
    pub(super) fn order(&self, language: Option<&LanguageTag>) -> Order {
        let Some(tag) = language else {
            return Order::Unsettled;
        };
        let named = self
            .orders
            .get(tag.as_str())
            .or_else(|| self.orders.get(tag.primary()));
        named.copied().unwrap_or(Order::DayFirst)
    }

    /// Whether the language writes 2024.1.3.
    pub(super) fn is_year_first(&self, language: Option<&LanguageTag>) -> bool {
        language.is_some_and(|tag| self.year_first.contains(&tag.primary()))
    }

    fn add_months(&mut self, line: &'static str) -> Option<()> {
        let mut cells = line.split('\t');
        let language = cells.next()?;
        let calendar = match cells.next()? {
            "gregorian" => Calendar::Common,
            "buddhist" => Calendar::Thai,
            "persian" => Calendar::Persian,
            "islamic" => Calendar::Islamic,
            _ => return None,
        };
        let plain = match cells.next()? {
            "name" => Rank::Name,
            "abbr" => Rank::Abbreviation,
            _ => return None,
        };
        for (month, cell) in (1..=12).zip(cells) {
            for name in cell.split('|').filter(|name| !name.is_empty()) {
                let (name, rank) = match (name.strip_suffix('?'), name.strip_suffix('!')) {
                    (Some(name), _) => (name, Rank::WordElsewhere),
                    (_, Some(name)) => (name, Rank::EverydayWord),
                    (None, None) => (name, plain),
                };
                let sense = MonthName {
                    month,
                    calendar,
                    language,
                    rank,
                };
                self.add(name, &Sense::Month(sense));
            }
        }
        Some(())
    }

    fn add_words(&mut self, line: &'static str) -> Option<()> {
        let mut cells = line.split('\t');
        let (class, value, _) = (cells.next()?, cells.next()?, cells.next()?);
        let words = cells.next()?.split('|').filter(|word| !word.is_empty());
        match (class, value) {
            ("order", _) => {
                let order = if value == "day-first" {
                    Order::DayFirst
                } else {
                    Order::Unsettled
                };
                self.orders.extend(words.map(|tag| (tag, order)));
            }
            ("year-first", _) => self.year_first.extend(words),
            _ => {
                let sense = sense(class, value)?;
                for word in words {
                    self.add(word, &sense);
                }
            }
        }
        Some(())
    }

    /// Adds a meaning, and a mark on everything that the phrase begins with.
    fn add(&mut self, phrase: &str, sense: &Sense) {
        let words: Vec<&str> = Pieces::new(phrase)
            .filter(|(piece, ..)| matches!(piece, Piece::Letters(_)))
            .filter_map(|(_, start, end)| phrase.get(start..end))
            .collect();
        let mut key = String::new();
        for (at, word) in words.iter().enumerate() {
            if 0 < at {
                key.push(' ');
            }
            fold_word(word, &mut key);
            if at + 1 < words.len() {
                self.entry(without_accents(&key)).longer = true;
                self.entry(key.clone()).longer = true;
            }
        }
        let plain = without_accents(&key);
        for key in if plain == key {
            vec![key]
        } else {
            vec![key, plain]
        } {
            let senses = &mut self.entry(key).senses;
            if !senses.contains(sense) {
                senses.push(sense.clone());
            }
        }
    }

    fn entry(&mut self, key: String) -> &mut Entry {
        self.entries.entry(key).or_default()
    }
}

fn sense(class: &str, value: &str) -> Option<Sense> {
    Some(match class {
        "season" => Sense::Season(match value {
            "spring" => Season::Spring,
            "summer" => Season::Summer,
            "autumn" => Season::Autumn,
            "winter" => Season::Winter,
            _ => return None,
        }),
        "quarter" => Sense::Season(quarter(value.parse().ok()?)?),
        "feast" => Sense::Feast(value.parse().ok()?),
        "era" => Sense::Calendar(Calendar::Era(value.parse().ok()?)),
        "calendar" => Sense::Calendar(match value {
            "common" => Calendar::Common,
            "buddhist" => BUDDHIST,
            "islamic" => Calendar::Islamic,
            "persian" => Calendar::Persian,
            _ => return None,
        }),
        _ => Sense::Class(CLASSES.iter().find(|(name, _)| *name == class)?.1),
    })
}

/// The quarter of a year, 1 to 4.
pub(super) fn quarter(number: u32) -> Option<Season> {
    Some(match number {
        1 => Season::FirstQuarter,
        2 => Season::SecondQuarter,
        3 => Season::ThirdQuarter,
        4 => Season::FourthQuarter,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_tables_is_understood() {
        let mut vocabulary = Vocabulary::default();
        for line in include_str!("data/months.tsv")
            .lines()
            .filter(|line| !is_head(line))
        {
            assert_eq!(line.split('\t').count(), 15, "{line}");
            assert!(vocabulary.add_months(line).is_some(), "{line}");
        }
        for line in include_str!("data/words.tsv")
            .lines()
            .filter(|line| !is_head(line))
        {
            assert_eq!(line.split('\t').count(), 4, "{line}");
            assert!(vocabulary.add_words(line).is_some(), "{line}");
        }
        assert!(!vocabulary.entries.contains_key(""));
    }

    fn is_head(line: &str) -> bool {
        line.starts_with('#') || line.starts_with("language\t") || line.starts_with("class\t")
    }

    /// A new name must not silently change what another language's name means.
    #[test]
    fn only_the_known_names_mean_two_months() {
        let mut double: Vec<&str> = VOCABULARY
            .entries
            .iter()
            .filter(|(_, entry)| {
                let mut months = entry.senses.iter().filter_map(|sense| {
                    let Sense::Month(name) = sense else {
                        return None;
                    };
                    let known = name.rank != Rank::EverydayWord;
                    known.then_some((name.month, name.calendar))
                });
                months
                    .next()
                    .is_some_and(|first| months.any(|other| other != first))
            })
            .map(|(key, _)| key.as_str())
            .collect();
        double.sort_unstable();
        assert_eq!(double, ["listopad", "listopada", "srp"]);
    }
}
