//! Titles and names that robots and forms wrote, from `data/`.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::cs1::lines;

/// Longer titles are somebody's.
const LONGEST_TITLE_BYTES: usize = 400;

/// What may stand between a title and the site's name.
const SEPARATORS: [&str; 12] = [
    " - ", " – ", " — ", " | ", " · ", " • ", " :: ", " » ", " « ", " / ", "｜", "|",
];

#[derive(Default)]
struct Titles {
    alone: HashSet<&'static str>,
    part: HashSet<&'static str>,
    has: Vec<&'static str>,
    archived: HashSet<&'static str>,
}

static TITLES: LazyLock<Titles> = LazyLock::new(|| {
    let mut titles = Titles::default();
    for line in lines(include_str!("data/generic-titles.tsv")) {
        let mut columns = line.splitn(3, '\t');
        let (Some(kind), Some(_), Some(title)) = (columns.next(), columns.next(), columns.next())
        else {
            continue;
        };
        match kind {
            "alone" => {
                titles.alone.insert(title);
            }
            "part" => {
                titles.part.insert(title);
            }
            "has" => titles.has.push(title),
            _ => {
                titles.archived.insert(title);
            }
        }
    }
    titles
});

/// Whether a title is an error page's or an archive's and can be nothing else.
pub(super) fn is_generic_title(title: &str) -> bool {
    let Some(title) = folded(title) else {
        return false;
    };
    let titles = &*TITLES;
    let bare = bare(&title);
    titles.alone.contains(bare)
        || titles.part.contains(bare)
        || titles.has.iter().any(|text| title.contains(text))
        || parts(&title).any(|part| titles.part.contains(part))
}

/// Whether a title only says that there is an archived copy.
pub(super) fn is_archived_copy(title: &str) -> bool {
    folded(title).is_some_and(|title| TITLES.archived.contains(bare(&title)))
}

/// Lower case with single spaces and one kind of apostrophe; `None` for what is accepted as
/// written, and for long texts.
fn folded(title: &str) -> Option<String> {
    let accepted = title.starts_with("((") && title.ends_with("))");
    if accepted || LONGEST_TITLE_BYTES < title.len() {
        return None;
    }
    let words: Vec<&str> = title.split_whitespace().collect();
    Some(words.join(" ").to_lowercase().replace('’', "'"))
}

/// The title without brackets around it and signs at its end.
fn bare(title: &str) -> &str {
    let brackets = |c: char| matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>');
    let end = |c: char| matches!(c, '.' | '!' | '…' | '。' | '！' | ' ');
    title.trim_matches(brackets).trim_end_matches(end).trim()
}

/// The first and the last part of a title with a site's name beside it.
fn parts(title: &str) -> impl Iterator<Item = &str> {
    SEPARATORS.into_iter().flat_map(|separator| {
        let first = title.split_once(separator).map(|(first, _)| first);
        let last = title.rsplit_once(separator).map(|(_, last)| last);
        [first, last].into_iter().flatten().map(bare)
    })
}

/// How a generic name is recognised.
static NAMES: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    let table = lines(include_str!("data/generic-names.tsv"));
    table.filter_map(|line| line.split_once('\t')).collect()
});

/// What makes a name one that no person has; `None` for a person's.
pub(super) fn generic_name(name: &str) -> Option<&'static str> {
    if LONGEST_TITLE_BYTES < name.len() {
        return None;
    }
    let lower = name.to_lowercase();
    let has_word = |word: &str| {
        lower
            .split(|c: char| !c.is_alphabetic())
            .any(|part| part == word)
    };
    let matches = |kind: &str, text: &str| match kind {
        "alone" => lower == text,
        "word" => has_word(text),
        // CS1 takes `(ed.)` for an editor's mark in lower case alone.
        "ends" => name.ends_with(text),
        _ => lower.contains(text),
    };
    let found = NAMES.iter().find(|(kind, text)| matches(kind, text));
    found.map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_well_formed() {
        for line in lines(include_str!("data/generic-titles.tsv")) {
            let columns: Vec<&str> = line.split('\t').collect();
            let [kind, _, title] = columns.as_slice() else {
                unreachable!("{line}");
            };
            assert!(
                ["alone", "part", "has", "archived"].contains(kind),
                "{line}"
            );
            assert_eq!(folded(title).as_deref(), Some(*title), "{line}");
        }
        for (kind, text) in NAMES.iter() {
            assert!(["alone", "word", "has", "ends"].contains(kind), "{text}");
        }
    }

    #[test]
    fn titles_that_can_be_another_are_not_generic() {
        for (title, expect) in [
            ("Page not found", true),
            ("Page Not Found - Example News", true),
            ("404 Not Found", true),
            ("404", true),
            ("404 Media reports on leaks", false),
            ("[Unknown]", true),
            ("Unknown soldier is laid to rest", false),
            ("Unknown: a novel", false),
            ("Seite nicht gefunden – Beispielzeitung", true),
            ("Warum wird die Seite nicht gefunden?", false),
            ("Beispielzeitung | Seite nicht gefunden", true),
            ("Страница не найдена", true),
            ("Сторінку не знайдено | Вісті", true),
            ("ページが見つかりません", true),
            ("الصفحة غير موجودة", true),
            ("صفحه یافت نشد", true),
            ("ไม่พบหน้า", true),
            ("Архивированная копия", false),
            ("Not found in nature: the last dodo", false),
            ("((Page not found))", false),
            ("Access denied: how archives close", false),
            ("", false),
        ] {
            assert_eq!(is_generic_title(title), expect, "{title}");
        }
        for (title, expect) in [
            ("Archived copy", true),
            ("Archivierte Kopie", true),
            ("Архівована копія", true),
            ("アーカイブされたコピー", true),
            ("نسخة مؤرشفة", true),
            ("Archived copy of a letter", false),
        ] {
            assert_eq!(is_archived_copy(title), expect, "{title}");
        }
    }

    #[test]
    fn names_of_persons_are_not_generic() {
        for (name, expect) in [
            ("Reuters Staff", true),
            ("About Us", true),
            ("Submitted on 3 May", true),
            ("Vale, Ada (ed.)", true),
            ("Desk", true),
            ("Deskova, Ana", false),
            ("Newsom, Eva", false),
            ("Authorina, B.", false),
            ("Ada Vale", false),
            ("Олена Верба", false),
            ("佐藤花子", false),
        ] {
            assert_eq!(generic_name(name).is_some(), expect, "{name}");
        }
    }
}
