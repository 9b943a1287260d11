//! What readers see of small templates, and the names of namespaces.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::names::fold_name;

/// What a template leaves in running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inline {
    /// Always the same text.
    Text(&'static str),
    /// A positional argument, from 1; the last one before it when there are fewer.
    Argument(usize),
    /// The last positional argument.
    Last,
    /// The first two positional arguments with a space between.
    Two,
    /// Year, month and day as the first three positional arguments, or a date in the first.
    Date,
    /// A reference mark: it uses references by their names.
    Mark,
    /// Nothing.
    Nothing,
}

static TEMPLATES: LazyLock<HashMap<String, Inline>> = LazyLock::new(|| {
    include_str!("data/inline_templates.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(action, names)| {
            let inline = match action.split_once(' ') {
                Some(("text", text)) => Inline::Text(text),
                Some(("argument", number)) => Inline::Argument(number.parse().unwrap_or(1)),
                _ if action == "text" => Inline::Text(" "),
                _ if action == "last" => Inline::Last,
                _ if action == "two" => Inline::Two,
                _ if action == "date" => Inline::Date,
                _ if action == "mark" => Inline::Mark,
                _ => Inline::Nothing,
            };
            let names = names.split(' ').filter(|name| !name.is_empty());
            names.map(move |name| (fold_name(name), inline))
        })
        .collect()
});

/// What a template of that name leaves in running text.
pub(super) fn inline(name: &str) -> Inline {
    // Folding drops dashes, which are all that the names of some of these templates consist of.
    match name {
        "!" => return Inline::Text("|"),
        "-" => return Inline::Text(" "),
        "–" | "snd" | "spnd" => return Inline::Text(" – "),
        "—" => return Inline::Text(" — "),
        _ => {}
    }
    let key = fold_name(name);
    if let Some(known) = TEMPLATES.get(&key) {
        return *known;
    }
    // {{lang-de|Text}}, {{lang-zh-hant|…}}
    let is_language = name
        .get(..5)
        .is_some_and(|head| head.eq_ignore_ascii_case("lang-"));
    if is_language {
        Inline::Argument(1)
    } else {
        Inline::Nothing
    }
}

/// Whether a template of that name uses references by name, as `{{r|name}}` does.
#[must_use]
pub fn is_reference_mark(name: &str) -> bool {
    inline(name) == Inline::Mark
}

/// A namespace whose links are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Namespace {
    /// `[[File:…]]`
    File,
    /// `[[Category:…]]`
    Category,
}

static NAMESPACES: LazyLock<HashMap<String, (Namespace, &'static str)>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for line in include_str!("data/namespaces.tsv").lines() {
        let mut columns = line.split('\t');
        let Some(language) = columns.next().filter(|first| !first.starts_with('#')) else {
            continue;
        };
        for (namespace, column) in [Namespace::File, Namespace::Category].iter().zip(columns) {
            for name in column.split(';').filter(|name| !name.is_empty()) {
                names
                    .entry(fold_name(name))
                    .or_insert((*namespace, language));
            }
        }
    }
    names
});

/// The namespace that a link's target names, and the language whose wikis call it so (`en` for the
/// names that work everywhere, and where several languages share one, the first in the table).
#[must_use]
pub fn namespace(target: &str) -> Option<(Namespace, &'static str)> {
    let (name, _) = target.split_once(':')?;
    if 40 < name.len() {
        return None;
    }
    NAMESPACES.get(&fold_name(name)).copied()
}
