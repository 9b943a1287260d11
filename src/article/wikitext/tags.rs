//! `<ref>` tags → the entries of the reference list.

use std::collections::HashMap;

use crate::article::catalogue::{self, TemplateKind};
use crate::article::fields::Reading;
use crate::model::Problem;
use crate::wikitext::{
    Document, Node, NodeKind, Places, Slice, decode_entities, fold_name, is_reference_mark,
};

/// An entry of the reference list, with the tags that make and use it.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) names: Vec<String>,
    pub(super) group: Option<String>,
    /// The tag with the content; the first one when several have.
    pub(super) definition: Option<Node>,
    /// First bytes of the tags, or templates such as `{{r}}`, that use it.
    pub(super) uses: Vec<usize>,
    /// First byte of the first tag of it.
    first: usize,
    /// First byte of its first use; behind all others when there is none.
    first_use: usize,
}

/// All entries in the order in which readers see them, and what is wrong with their tags.
pub(super) fn entries(
    document: &Document<'_>,
    places: &Places<'_>,
    reading: &Reading,
) -> (Vec<Entry>, Vec<Problem>) {
    let mut collector = Collector {
        document,
        places,
        entries: Vec::new(),
        by_name: HashMap::new(),
        problems: Vec::new(),
    };
    let mut list = List::default();
    for node in document.nodes() {
        if list.end <= node.start {
            list = List::default();
        }
        match node.kind {
            NodeKind::Ref | NodeKind::EmptyRef => collector.tag(node, &list),
            NodeKind::References => list = List::of_tag(document, node),
            NodeKind::Template => {
                let kind = kind(document, node, reading);
                if kind == Some(TemplateKind::ReferenceList) && list.end == 0 {
                    list = List::of_template(document, node);
                } else if list.end == 0 {
                    collector.short_use(node);
                }
            }
            NodeKind::Comment | NodeKind::Raw | NodeKind::Argument | NodeKind::Link => {}
        }
    }
    collector.finish()
}

/// What the template at a node is for.
pub(super) fn kind(
    document: &Document<'_>,
    node: &Node,
    reading: &Reading,
) -> Option<TemplateKind> {
    let template = document.template(node)?;
    let key = fold_name(template.name().text());
    catalogue::template_kind(&key, &reading.names).map(|(kind, _)| kind)
}

/// The list of references that the parser is in; its tags define and do not use.
#[derive(Default)]
struct List {
    end: usize,
    group: Option<String>,
}

impl List {
    fn of_tag(document: &Document<'_>, node: &Node) -> Self {
        let group = document.attributes(node).get("group").map(value);
        let end = node.end;
        Self { end, group }
    }

    fn of_template(document: &Document<'_>, node: &Node) -> Self {
        let template = document.template(node);
        let group = template.and_then(|template| template.get("group"));
        Self {
            end: node.end,
            group: group.filter(|group| !group.is_blank()).map(value),
        }
    }
}

fn value(slice: Slice<'_>) -> String {
    decode_entities(slice.text()).trim().to_owned()
}

struct Collector<'d, 's> {
    document: &'d Document<'s>,
    places: &'d Places<'s>,
    entries: Vec<Entry>,
    by_name: HashMap<(Option<String>, String), usize>,
    problems: Vec<Problem>,
}

impl Collector<'_, '_> {
    fn tag(&mut self, node: &Node, list: &List) {
        let attributes = self.document.attributes(node);
        if attributes.get("follow").is_some() {
            return; // goes on with the text of another entry
        }
        let own = attributes.get("group").map(value);
        let group = own.or_else(|| list.group.clone());
        let name = attributes.get("name").map(value);
        let defines = node.kind == NodeKind::Ref && !self.document.inner(node).is_blank();
        if name.is_none() && !defines {
            self.problem(node.start, "reference has neither name nor content");
            return;
        }
        let index = self.entry(group, name.as_deref(), node.start);
        let defined = self.entries.get(index).and_then(|entry| entry.definition);
        if defines && let Some(before) = defined {
            let text = |node: &Node| self.document.inner(node).trim().text();
            if text(&before) != text(node) {
                let name = name.unwrap_or_default();
                let message = format!("reference name `{name}` is given to two different texts");
                self.problem(node.start, &message);
            }
        }
        if let Some(entry) = self.entries.get_mut(index) {
            if defines {
                entry.definition.get_or_insert(*node);
            }
            if list.end == 0 {
                entry.uses.push(node.start);
                entry.first_use = entry.first_use.min(node.start);
            }
        }
    }

    /// `{{r|name|name}}` uses references by name.
    fn short_use(&mut self, node: &Node) {
        let Some(template) = self.document.template(node) else {
            return;
        };
        if !is_reference_mark(template.name().text()) {
            return;
        }
        let group = template
            .get("group")
            .filter(|group| !group.is_blank())
            .map(value);
        for parameter in template
            .parameters()
            .filter(|p| p.name.is_none() && !p.value.is_blank())
        {
            let name = value(parameter.value);
            let index = self.entry(group.clone(), Some(&name), node.start);
            if let Some(entry) = self.entries.get_mut(index) {
                entry.uses.push(node.start);
                entry.first_use = entry.first_use.min(node.start);
            }
        }
    }

    fn entry(&mut self, group: Option<String>, name: Option<&str>, first: usize) -> usize {
        let new = self.entries.len();
        if let Some(name) = name {
            let key = (group.clone(), name.to_owned());
            let index = *self.by_name.entry(key).or_insert(new);
            if index != new {
                return index;
            }
        }
        self.entries.push(Entry {
            names: name.map(str::to_owned).into_iter().collect(),
            group,
            definition: None,
            uses: Vec::new(),
            first,
            first_use: usize::MAX,
        });
        new
    }

    fn problem(&mut self, at: usize, message: &str) {
        let (line, column) = self.places.line_and_column(at);
        self.problems.push(Problem {
            line,
            column,
            message: message.to_owned(),
        });
    }

    /// Groups in the order of their first tag, the nameless one first; in each the entries in the
    /// order of their first use, those that are never used last.
    fn finish(mut self) -> (Vec<Entry>, Vec<Problem>) {
        let mut groups: Vec<Option<String>> = vec![None];
        for entry in &self.entries {
            if !groups.contains(&entry.group) && groups.len() < MOST_GROUPS {
                groups.push(entry.group.clone());
            }
        }
        let entries = std::mem::take(&mut self.entries);
        let (mut defined, undefined): (Vec<Entry>, Vec<Entry>) = entries
            .into_iter()
            .partition(|entry| entry.definition.is_some());
        for entry in undefined {
            let name = entry.names.first().map_or("", String::as_str);
            self.problem(
                entry.first,
                &format!("reference name `{name}` is not defined"),
            );
        }
        defined.sort_by_key(|entry| {
            let group = groups.iter().position(|group| *group == entry.group);
            (group.unwrap_or(usize::MAX), entry.first_use)
        });
        (defined, self.problems)
    }
}

/// Groups that keep their order; a text with more is no article.
const MOST_GROUPS: usize = 200;
