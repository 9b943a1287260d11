//! The entries of a page's reference list, and the citations that stand in no list.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use scraper::{ElementRef, Selector};

use super::links;
use super::page::selector;
use super::reftags::RefTag;
use super::source::Page;
use super::visible::{Step, entry_of, is_entry, walk};
use crate::model::ReferenceKind;

/// An entry of the list, or a citation that stands in none.
#[derive(Debug)]
pub(super) struct Entry<'p> {
    pub(super) element: ElementRef<'p>,
    pub(super) kind: ReferenceKind,
    pub(super) id: Option<String>,
    pub(super) name: Option<String>,
    pub(super) group: Option<String>,
    pub(super) details: Option<String>,
    /// Index of the entry whose part it is.
    pub(super) main: Option<usize>,
    /// Its bytes in the source.
    pub(super) range: Range<usize>,
    /// How many back-links it has.
    pub(super) back_links: usize,
    /// Index of its tag, where the page shows no text of it.
    pub(super) unlisted: Option<usize>,
}

/// The entries of the page: list items first, then `<ref>` tags that no list shows, then works.
pub(super) fn find<'p>(page: &'p Page<'_>, tags: &[RefTag<'p>]) -> Vec<Entry<'p>> {
    let items = items(page);
    let mut entries: Vec<Entry<'p>> = Vec::with_capacity(items.len());
    let mut last = 0;
    for element in items {
        let range = page.range(element).unwrap_or(last..last);
        last = range.end;
        entries.push(Entry {
            kind: ReferenceKind::Footnote,
            id: element.value().attr("id").map(str::to_owned),
            name: element.value().attr("id").and_then(name),
            group: group(element),
            details: None,
            main: None,
            range,
            back_links: back_links(element),
            unlisted: None,
            element,
        });
    }
    let listed = entries.len();
    from_tags(&mut entries, page, tags);
    parts(&mut entries, listed, tags);
    works(&mut entries, page);
    entries
}

/// The list items of the reference list: those that the wiki software names, else those of lists
/// that look like one.
fn items<'p>(page: &'p Page<'_>) -> Vec<ElementRef<'p>> {
    static NOTES: LazyLock<Selector> = LazyLock::new(|| selector("li[id^=cite_note]"));
    static LISTS: LazyLock<Selector> = LazyLock::new(|| {
        selector("ol.references > li, ol.mw-references > li, .reflist ol > li, .references > li")
    });
    let items: Vec<ElementRef<'_>> = page.html.select(&NOTES).collect();
    if !items.is_empty() {
        return items;
    }
    let items = outermost(page.html.select(&LISTS));
    if !items.is_empty() {
        return items;
    }
    outermost(lists_of_links(page))
}

/// Those of some elements, in the order of the page, that are in none of the others.
fn outermost<'p>(elements: impl IntoIterator<Item = ElementRef<'p>>) -> Vec<ElementRef<'p>> {
    let mut kept: Vec<ElementRef<'p>> = Vec::new();
    for element in elements {
        let inside = kept.last().is_some_and(|outer| {
            element
                .ancestors()
                .any(|ancestor| ancestor.id() == outer.id())
        });
        if !inside {
            kept.push(element);
        }
    }
    kept
}

/// The items of numbered lists most of whose items are citations or hold links out of the wiki.
fn lists_of_links<'p>(page: &'p Page<'_>) -> Vec<ElementRef<'p>> {
    static LIST: LazyLock<Selector> = LazyLock::new(|| selector("ol"));
    let mut found = Vec::new();
    let mut behind = 0;
    for list in page.html.select(&LIST) {
        // A list in a list that was looked through is no list of its own.
        let start = page.tag(list).map_or(behind, |tag| tag.start);
        if start < behind {
            continue;
        }
        let items: Vec<ElementRef<'_>> = list
            .child_elements()
            .filter(|item| item.value().name() == "li")
            .collect();
        let citing = items.iter().filter(|item| cites(**item)).count();
        if !items.is_empty() && items.len() <= citing * 2 {
            found.extend(items);
            behind = page.range(list).map_or(behind, |range| range.end);
        }
    }
    found
}

fn cites(item: ElementRef<'_>) -> bool {
    let mut found = false;
    walk(item, &mut |step| {
        if let Step::Enter(inner) = step {
            found |= inner.value().name() == "cite";
        }
        found
    });
    found || !links::of(item).is_empty()
}

fn back_links(element: ElementRef<'_>) -> usize {
    let mut count = 0;
    walk(element, &mut |step| {
        let Step::Enter(inner) = step else {
            return false;
        };
        let value = inner.value();
        if let Some(several) = value.attr("pcs-back-links") {
            count += several.matches("cite_ref").count();
        } else if value
            .attr("href")
            .is_some_and(|href| href.contains("cite_ref"))
        {
            count += 1;
        }
        is_entry(&inner)
    });
    count
}

/// The group that the list of an entry names; lists of parts are in lists.
fn group(element: ElementRef<'_>) -> Option<String> {
    let lists = element.ancestors().filter_map(ElementRef::wrap).take(4);
    let group = lists
        .filter_map(|list| list.value().attr("data-mw-group"))
        .map(str::trim)
        .next()?;
    (!group.is_empty()).then(|| group.to_owned())
}

/// The name that an `id` such as `cite_note-NAME-12` holds; none for `cite_note-12` and for the
/// names that short footnotes are given.
fn name(id: &str) -> Option<String> {
    let rest = id.strip_prefix("cite_note-")?;
    let (name, number) = rest.rsplit_once('-')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let given = is_number && !name.is_empty() && !name.starts_with("FOOTNOTE");
    given.then(|| name.replace('_', " "))
}

/// Takes over what the tags say of their entries, and makes entries of those that no list shows.
fn from_tags<'p>(entries: &mut Vec<Entry<'p>>, page: &Page<'_>, tags: &[RefTag<'p>]) {
    let mut ids: HashMap<String, usize> = entries
        .iter()
        .enumerate()
        .filter_map(|(index, entry)| Some((entry.id.clone()?, index)))
        .collect();
    for (number, tag) in tags.iter().enumerate() {
        // A tag that the parser made up stands nowhere in the page.
        let Some(range) = page.range(tag.element) else {
            continue;
        };
        let index = *ids.entry(tag.entry.clone()).or_insert(entries.len());
        if index == entries.len() {
            entries.push(Entry {
                element: tag.element,
                kind: ReferenceKind::Footnote,
                id: Some(tag.entry.clone()),
                name: None,
                group: None,
                details: None,
                main: None,
                range,
                back_links: 0,
                unlisted: Some(number),
            });
        }
        let Some(entry) = entries.get_mut(index) else {
            continue;
        };
        if entry.unlisted.is_some() && tag.html.is_some() {
            entry.unlisted = Some(number);
        }
        let written = tag
            .name
            .as_ref()
            .filter(|name| !name.starts_with("FOOTNOTE"));
        if let Some(name) = written {
            entry.name = Some(name.clone());
        }
        entry.group = entry.group.take().or_else(|| tag.group.clone());
        entry.details = entry.details.take().or_else(|| tag.details.clone());
    }
}

/// Tells of which reference each sub-reference is a part: of the one that it stands in, else of
/// the one that its tag names.
fn parts(entries: &mut [Entry<'_>], listed: usize, tags: &[RefTag<'_>]) {
    let nodes: HashMap<_, usize> = entries
        .iter()
        .enumerate()
        .map(|(index, entry)| (entry.element.id(), index))
        .collect();
    let mains: HashMap<&str, &str> = tags
        .iter()
        .filter_map(|tag| Some((tag.entry.as_str(), tag.main.as_deref()?)))
        .collect();
    let named: HashMap<(Option<String>, String), usize> = entries
        .iter()
        .enumerate()
        .filter_map(|(index, entry)| Some(((entry.group.clone(), entry.name.clone()?), index)))
        .collect();
    for (index, entry) in entries.iter_mut().enumerate() {
        let mut outer = entry.element.ancestors().take(8);
        let outer = outer.find_map(|node| nodes.get(&node.id()));
        let by_name = || {
            let name = mains.get(entry.id.as_deref()?)?;
            named.get(&(entry.group.clone(), (*name).to_owned()))
        };
        let main = outer.filter(|_| index < listed).or_else(by_name);
        entry.main = main.copied().filter(|main| *main != index);
    }
}

/// Adds the citations that stand in no entry.
fn works<'p>(entries: &mut Vec<Entry<'p>>, page: &'p Page<'_>) {
    static CITES: LazyLock<Selector> =
        LazyLock::new(|| selector("cite.citation, cite.cs1, .ouvrage"));
    let listed: HashSet<_> = entries.iter().map(|entry| entry.element.id()).collect();
    let mut known = HashSet::new();
    for element in page.html.select(&CITES) {
        let mut outer = element.ancestors().map(|node| node.id());
        if outer.any(|node| listed.contains(&node) || known.contains(&node)) {
            continue;
        }
        known.insert(element.id());
        let Some(range) = page.range(element) else {
            continue;
        };
        entries.push(Entry {
            element,
            kind: ReferenceKind::Work,
            id: element.value().attr("id").map(str::to_owned),
            name: None,
            group: None,
            details: None,
            main: None,
            range,
            back_links: 0,
            unlisted: None,
        });
    }
}

/// The group that a mark shows: `[note 1]` is of group "note", `[a]` of "lower-alpha".
pub(super) fn group_of_mark(mark: &str) -> Option<String> {
    let mark = mark.trim().trim_matches(['[', ']', ' ', '\u{a0}']);
    let is_place = |c: char| c.is_numeric() || c == '.';
    let name = mark.trim_end_matches(is_place).trim();
    if !name.contains(char::is_alphabetic) {
        return None; // `[1]`, and `[1.2]` for a part of it
    }
    if name != mark {
        return Some(name.to_owned());
    }
    if 2 < name.chars().count() {
        return None;
    }
    let lower = name.chars().all(char::is_lowercase);
    let upper = name.chars().all(char::is_uppercase);
    let kind = if lower { "lower-alpha" } else { "upper-alpha" };
    (lower || upper).then(|| kind.to_owned())
}

/// The text of the first mark of each entry.
pub(super) fn first_marks(page: &Page<'_>, ids: &HashMap<String, usize>) -> HashMap<usize, String> {
    static LINKS: LazyLock<Selector> = LazyLock::new(|| selector("a[href*='#']"));
    let mut marks = HashMap::new();
    for link in page.html.select(&LINKS) {
        let entry = link
            .value()
            .attr("href")
            .and_then(|href| entry_of(href, ids));
        if let Some(entry) = entry {
            marks.entry(entry).or_insert_with(|| link.text().collect());
        }
    }
    marks
}
