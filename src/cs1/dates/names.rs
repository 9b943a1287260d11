//! The names that CS1 knows in dates.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::cs1::table::{entries, lines};

/// What a name in a date stands for, with the number that tells it from others of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    /// A month.
    Month(Month),
    /// A season; whether it may span two years.
    Season(u8, bool),
    /// A quarter or a feast.
    Other,
}

/// A month's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Month {
    /// 1 to 12.
    pub(super) number: u8,
    /// Whether the name is a long one.
    pub(super) long: bool,
    /// Whether the name is a short one; `May` is both.
    pub(super) short: bool,
}

impl Month {
    /// Whether both names are long or both short.
    pub(super) fn same_style(self, other: Self) -> bool {
        self.long && other.long || self.short && other.short
    }
}

struct Names {
    by_name: HashMap<&'static str, Name>,
    /// Long and short name by number.
    months: HashMap<u8, (&'static str, &'static str)>,
    circa: Vec<&'static str>,
    undated: Vec<&'static str>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut read = Names {
        by_name: HashMap::new(),
        months: HashMap::new(),
        circa: Vec::new(),
        undated: Vec::new(),
    };
    for line in lines(include_str!("../data/date_names.tsv")) {
        if let [kind, number, names] = line.as_slice() {
            read.add(kind, number.parse().unwrap_or_default(), names);
        }
    }
    read
});

impl Names {
    fn add(&mut self, kind: &str, number: u8, names: &'static str) {
        let name = match kind {
            "month" => return self.add_month(number, names),
            "circa" => return self.circa.extend(entries(names)),
            "undated" => return self.undated.extend(entries(names)),
            "season" => Name::Season(number, false),
            "season-of-two-years" => Name::Season(number, true),
            _ => Name::Other,
        };
        self.by_name.extend(entries(names).map(|text| (text, name)));
    }

    fn add_month(&mut self, number: u8, names: &'static str) {
        let mut names = entries(names);
        let (Some(long), Some(short)) = (names.next(), names.next()) else {
            return;
        };
        for text in [long, short] {
            let month = Month {
                number,
                long: text == long,
                short: text == short,
            };
            self.by_name.insert(text, Name::Month(month));
        }
        self.months.insert(number, (long, short));
    }
}

/// What a name stands for; several spaces between its words count as one.
pub(super) fn find(name: &str) -> Option<Name> {
    if name.contains("  ") && name.trim_matches(' ') == name {
        let words: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
        return NAMES.by_name.get(words.join(" ").as_str()).copied();
    }
    NAMES.by_name.get(name).copied()
}

/// The month of that name.
pub(super) fn month(name: &str) -> Option<Month> {
    match find(name)? {
        Name::Month(month) => Some(month),
        Name::Season(..) | Name::Other => None,
    }
}

/// The long and the short name of a month, from 1.
pub(super) fn of_month(number: u8) -> Option<(&'static str, &'static str)> {
    NAMES.months.get(&number).copied()
}

/// What follows a word for "circa" and one space.
pub(super) fn after_circa(value: &str) -> Option<&str> {
    let mut words = NAMES.circa.iter();
    words.find_map(|word| value.strip_prefix(word)?.strip_prefix(' '))
}

/// Whether the value says that there is no date, perhaps with a letter behind it.
pub(super) fn is_undated(value: &str) -> bool {
    NAMES.undated.iter().any(|word| {
        let rest = value.strip_prefix(word).map(str::as_bytes);
        matches!(rest, Some([])) || matches!(rest, Some([letter]) if letter.is_ascii_alphabetic())
    })
}
