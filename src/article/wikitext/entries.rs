//! The entries of the reference list, as the tags and templates of an article make them.

use std::collections::HashMap;

use crate::model::{Problem, ReferenceKind, UndefinedName};
use crate::wikitext::{Places, Slice};

/// Groups that keep their order; a text with more is no article.
const MOST_GROUPS: usize = 200;

/// An entry of the reference list, with the tags that make and use it.
#[derive(Debug)]
pub(super) struct Entry<'s> {
    pub(super) kind: ReferenceKind,
    pub(super) names: Vec<String>,
    pub(super) group: Option<String>,
    pub(super) details: Option<String>,
    /// What the entry was made as: the place of it among all.
    pub(super) id: usize,
    /// The entry that this one is a part of.
    pub(super) main: Option<usize>,
    /// What it says; of the first tag when several say something.
    pub(super) definition: Option<Definition<'s>>,
    /// First bytes of the tags and templates that use it.
    pub(super) uses: Vec<usize>,
    /// Whether readers find it in a list, after it in the text, or in no list.
    rank: Rank,
    /// The first tag of it.
    first: Slice<'s>,
    /// Byte by which its first use is ordered; behind all others when there is none.
    first_use: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Listed,
    InText,
    Work,
}

/// What an entry says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Definition<'s> {
    /// With its tags or braces.
    pub(super) whole: Slice<'s>,
    pub(super) content: Slice<'s>,
}

/// Under which name an entry is found.
#[derive(Debug, Clone, Default)]
pub(super) struct Key {
    pub(super) group: Option<String>,
    pub(super) name: Option<String>,
}

/// The place of a tag or template that makes or uses an entry.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'s> {
    pub(super) whole: Slice<'s>,
    /// Byte by which it is ordered among others.
    pub(super) order: usize,
    /// Whether it stands in the text: what stands in a list is no use.
    pub(super) uses: bool,
}

/// Collects the entries of an article.
pub(super) struct Entries<'p, 's> {
    places: &'p Places<'s>,
    list: Vec<Entry<'s>>,
    by_name: HashMap<(Option<String>, String), usize>,
    parts: HashMap<(usize, String), usize>,
    pub(super) problems: Vec<Problem>,
}

/// All entries that say something, in the order in which readers see them.
pub(super) struct Collected<'s> {
    pub(super) entries: Vec<Entry<'s>>,
    pub(super) undefined: Vec<UndefinedName>,
    pub(super) problems: Vec<Problem>,
}

impl<'p, 's> Entries<'p, 's> {
    pub(super) fn new(places: &'p Places<'s>) -> Self {
        Self {
            places,
            list: Vec::new(),
            by_name: HashMap::new(),
            parts: HashMap::new(),
            problems: Vec::new(),
        }
    }

    /// Takes a tag or template that makes or uses the entry of that name; gives its number.
    pub(super) fn take(
        &mut self,
        kind: ReferenceKind,
        key: Key,
        content: Option<Slice<'s>>,
        place: Place<'s>,
    ) -> usize {
        let id = self.entry(key, place);
        self.define(id, kind, content, place.whole);
        self.used(id, place);
        id
    }

    /// Takes a use of a part of an entry, such as a page.
    pub(super) fn take_part(
        &mut self,
        kind: ReferenceKind,
        key: Key,
        contents: (Option<Slice<'s>>, Slice<'s>),
        place: Place<'s>,
    ) {
        let (content, details) = contents;
        let group = key.group.clone();
        let main = self.entry(key, place);
        self.define(main, kind, content, place.whole);
        let known = (main, details.text().to_owned());
        let new = self.list.len();
        let id = *self.parts.entry(known).or_insert(new);
        if id == new {
            self.push(Key { group, name: None }, place);
            if let Some(entry) = self.list.last_mut() {
                entry.main = Some(main);
                entry.kind = kind;
                entry.details = Some(details.text().to_owned());
                entry.definition = Some(Definition {
                    whole: place.whole,
                    content: details,
                });
            }
        }
        self.used(id, place);
    }

    /// Takes a work that no footnote holds.
    pub(super) fn take_work(&mut self, content: Slice<'s>, place: Place<'s>) {
        let id = self.take(ReferenceKind::Work, Key::default(), Some(content), place);
        if let Some(entry) = self.list.get_mut(id) {
            entry.rank = Rank::Work;
            entry.uses.clear();
        }
    }

    /// Takes a short citation; equal footnotes have one name.
    pub(super) fn take_short(&mut self, key: Key, is_footnote: bool, place: Place<'s>) {
        let content = Some(place.whole);
        let id = self.entry(key, place);
        if let Some(entry) = self.list.get_mut(id)
            && entry.definition.is_none()
        {
            entry.names.clear(); // made by the template, not by the editor
            if !is_footnote {
                entry.rank = Rank::InText;
            }
            self.define(id, ReferenceKind::ShortFootnote, content, place.whole);
        }
        self.used(id, place);
    }

    fn define(
        &mut self,
        id: usize,
        kind: ReferenceKind,
        content: Option<Slice<'s>>,
        whole: Slice<'s>,
    ) {
        let (Some(content), Some(entry)) = (content, self.list.get_mut(id)) else {
            return;
        };
        let Some(before) = entry.definition else {
            entry.kind = kind;
            entry.definition = Some(Definition { whole, content });
            return;
        };
        if before.content.trim().text() != content.trim().text() {
            let name = entry.names.first().map_or("", String::as_str);
            let message = format!("reference name `{name}` is given to two different texts");
            self.problem(whole.start(), message);
        }
    }

    fn used(&mut self, id: usize, place: Place<'s>) {
        if let Some(entry) = self.list.get_mut(id).filter(|_| place.uses) {
            entry.uses.push(place.whole.start());
            entry.first_use = entry.first_use.min(place.order);
        }
    }

    fn entry(&mut self, key: Key, place: Place<'s>) -> usize {
        let new = self.list.len();
        if let Some(name) = &key.name {
            let known = (key.group.clone(), name.clone());
            let index = *self.by_name.entry(known).or_insert(new);
            if index != new {
                return index;
            }
        }
        self.push(key, place);
        new
    }

    fn push(&mut self, key: Key, place: Place<'s>) {
        self.list.push(Entry {
            kind: ReferenceKind::Footnote,
            names: key.name.into_iter().collect(),
            group: key.group,
            details: None,
            id: self.list.len(),
            main: None,
            definition: None,
            uses: Vec::new(),
            rank: Rank::Listed,
            first: place.whole,
            first_use: usize::MAX,
        });
    }

    pub(super) fn problem(&mut self, at: usize, message: String) {
        let (line, column) = self.places.line_and_column(at);
        self.problems.push(Problem {
            line,
            column,
            message,
        });
    }

    /// Groups in the order of their first tag, the nameless one first; in each the entries in the
    /// order of their first use, those that are never used last, parts behind their whole. Then
    /// what stands in no list.
    pub(super) fn finish(mut self) -> Collected<'s> {
        let mut groups: Vec<Option<String>> = vec![None];
        for entry in &self.list {
            if !groups.contains(&entry.group) && groups.len() < MOST_GROUPS {
                groups.push(entry.group.clone());
            }
        }
        let undefined = self.undefined();
        let defined: Vec<bool> = self.list.iter().map(|e| e.definition.is_some()).collect();
        let first_uses = self.first_uses();
        let is_defined = |id: usize| defined.get(id).copied().unwrap_or_default();
        let mut entries = std::mem::take(&mut self.list);
        entries.retain(|entry| is_defined(entry.id) && entry.main.is_none_or(is_defined));
        entries.sort_by_cached_key(|entry| {
            let group = groups.iter().position(|group| *group == entry.group);
            let whole = entry.main.unwrap_or(entry.id);
            let first_use = first_uses.get(whole).copied().unwrap_or(usize::MAX);
            let place = (group.unwrap_or(usize::MAX), first_use, whole);
            (entry.rank, place, entry.main.is_some(), entry.first_use)
        });
        Collected {
            entries,
            undefined,
            problems: self.problems,
        }
    }

    /// First uses of the entries, by number; the use of a part is one of the whole.
    fn first_uses(&self) -> Vec<usize> {
        let mut first: Vec<usize> = self.list.iter().map(|entry| entry.first_use).collect();
        for part in &self.list {
            if let Some(whole) = part.main.and_then(|main| first.get_mut(main)) {
                *whole = part.first_use.min(*whole);
            }
        }
        first
    }

    fn undefined(&self) -> Vec<UndefinedName> {
        let entries = self.list.iter().filter(|entry| entry.definition.is_none());
        let names = entries.map(|entry| UndefinedName {
            name: entry.names.first().cloned().unwrap_or_default(),
            group: entry.group.clone(),
            span: self.places.span(entry.first.start(), entry.first.end()),
        });
        let mut names: Vec<UndefinedName> = names.collect();
        names.sort_by_key(|name| name.span);
        names
    }
}
