//! The entries of a page's reference list.

use std::collections::HashMap;
use std::sync::LazyLock;

use scraper::{ElementRef, Html, Selector};

use super::cite;
use super::locate::Locator;
use super::page::selector;
use super::visible::{Step, entry_of, is_entry, walk};

/// An entry of the list.
#[derive(Debug)]
pub(super) struct Entry<'p> {
    pub(super) element: ElementRef<'p>,
    pub(super) id: Option<String>,
    /// Its bytes in the source.
    pub(super) place: (usize, usize),
    /// How many back-links it has.
    pub(super) back_links: usize,
    pub(super) group: Option<String>,
}

/// The list items of the reference list: those that the wiki software names, else those of lists
/// that look like one.
pub(super) fn find<'p>(page: &'p Html, locator: &Locator<'_>) -> Vec<Entry<'p>> {
    static NOTES: LazyLock<Selector> = LazyLock::new(|| selector("li[id^=cite_note]"));
    static LISTS: LazyLock<Selector> = LazyLock::new(|| {
        selector("ol.references > li, ol.mw-references > li, .reflist ol > li, .references > li")
    });
    let mut items: Vec<ElementRef<'_>> = page.select(&NOTES).collect();
    if items.is_empty() {
        items = outermost(page.select(&LISTS));
    }
    if items.is_empty() {
        items = outermost(lists_of_links(page));
    }
    let places = places(page, &items, locator);
    items
        .into_iter()
        .zip(places)
        .map(|(element, place)| Entry {
            place,
            id: element.value().attr("id").map(str::to_owned),
            back_links: back_links(element),
            group: group(element),
            element,
        })
        .collect()
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
fn lists_of_links(page: &Html) -> Vec<ElementRef<'_>> {
    static LIST: LazyLock<Selector> = LazyLock::new(|| selector("ol"));
    static CITE: LazyLock<Selector> = LazyLock::new(|| selector("cite"));
    let mut found = Vec::new();
    for list in page.select(&LIST) {
        let items: Vec<ElementRef<'_>> = list
            .child_elements()
            .filter(|item| item.value().name() == "li")
            .collect();
        let citing = items
            .iter()
            .filter(|item| item.select(&CITE).next().is_some() || !cite::links(**item).is_empty());
        if items.len() <= citing.count() * 2 {
            found.extend(items);
        }
    }
    found
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

fn group(element: ElementRef<'_>) -> Option<String> {
    let list = element.ancestors().find_map(ElementRef::wrap)?;
    let group = list.value().attr("data-mw-group").map(str::trim);
    group.filter(|group| !group.is_empty()).map(str::to_owned)
}

/// The name that an `id` such as `cite_note-NAME-12` holds; none for `cite_note-12` and for the
/// names that short footnotes are given.
pub(super) fn name(id: &str) -> Option<String> {
    let rest = id.strip_prefix("cite_note-")?;
    let (name, number) = rest.rsplit_once('-')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let given = is_number && !name.is_empty() && !name.starts_with("FOOTNOTE");
    given.then(|| name.replace('_', " "))
}

/// The group that a mark shows: `[note 1]` is of group "note", `[a]` of "lower-alpha".
pub(super) fn group_of_mark(mark: &str) -> Option<String> {
    let mark = mark.trim().trim_matches(['[', ']', ' ', '\u{a0}']);
    let name = mark.trim_end_matches(char::is_numeric).trim();
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
pub(super) fn first_marks(page: &Html, ids: &HashMap<String, usize>) -> HashMap<usize, String> {
    static LINKS: LazyLock<Selector> = LazyLock::new(|| selector("a[href*='#']"));
    let mut marks = HashMap::new();
    for link in page.select(&LINKS) {
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

/// The bytes of list items, which come in the order of the page: by `id`, else by counting, else
/// by the first address in them.
fn places(page: &Html, items: &[ElementRef<'_>], locator: &Locator<'_>) -> Vec<(usize, usize)> {
    static ITEM: LazyLock<Selector> = LazyLock::new(|| selector("li"));
    let all: Vec<ElementRef<'_>> = page.select(&ITEM).collect();
    let counted = all.len() == locator.item_count();
    let mut numbered = all.iter().enumerate();
    let mut last = 0;
    let mut places = Vec::with_capacity(items.len());
    for item in items {
        let index = numbered
            .find(|(_, element)| *element == item)
            .map(|(index, _)| index);
        let by_id = item.value().attr("id").and_then(|id| locator.by_id(id));
        let by_count = || {
            index
                .filter(|_| counted)
                .and_then(|index| locator.item(index))
        };
        let by_address = || {
            let links = cite::links(*item);
            locator.text(&links.first()?.url, last)
        };
        let place = by_id
            .or_else(by_count)
            .or_else(by_address)
            .unwrap_or((last, last));
        last = place.1;
        places.push(place);
    }
    places
}
