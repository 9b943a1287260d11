//! Tags and templates that make and use references → the entries of the reference list.

use super::entries::{Collected, Entries, Key, Place};
use super::{short, unclosed};
use crate::article::catalogue::{self, TemplateKind};
use crate::article::fields::Reading;
use crate::model::{DateStyle, ReferenceKind};
use crate::wikitext::{Document, Node, NodeKind, Places, Slice, Template, decode_entities};

/// All entries in the order in which readers see them, and how the article says that its dates
/// are written.
pub(super) fn entries<'s>(
    document: &Document<'s>,
    places: &Places<'s>,
    reading: &Reading,
) -> (Collected<'s>, Option<DateStyle>) {
    let mut collector = Collector {
        document,
        reading,
        entries: Entries::new(places),
        list: List::default(),
        tag_end: 0,
        held_end: 0,
        date_style: None,
    };
    let faults = document.faults().iter();
    let mut open = faults
        .filter(|fault| {
            document
                .slice(fault.at, fault.at + 4)
                .text()
                .eq_ignore_ascii_case("<ref")
        })
        .map(|fault| fault.at)
        .peekable();
    for node in document.nodes() {
        while let Some(at) = open.next_if(|at| *at <= node.start) {
            collector.unclosed(at);
        }
        if collector.list.end <= node.start {
            collector.list = List::default();
        }
        match node.kind {
            NodeKind::Ref | NodeKind::EmptyRef => collector.tag(node),
            NodeKind::References => collector.list = List::of_tag(document, node),
            NodeKind::Template => collector.template(node),
            NodeKind::Comment | NodeKind::Raw | NodeKind::Argument | NodeKind::Link => {}
        }
    }
    open.for_each(|at| collector.unclosed(at));
    (collector.entries.finish(), collector.date_style)
}

/// What a template is for.
pub(super) fn kind(template: &Template<'_, '_>, reading: &Reading) -> Option<TemplateKind> {
    let key = catalogue::template_key(template.name().text());
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

    fn of_template(template: &Template<'_, '_>, group: &str, reading: &Reading) -> Self {
        let named = parameter(template, "note", "group", reading);
        Self {
            end: template.node().end,
            group: named.map(value).or_else(|| filled(group)),
        }
    }
}

fn value(slice: Slice<'_>) -> String {
    decode_entities(slice.text()).trim().to_owned()
}

fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn parameter<'s>(
    template: &Template<'_, 's>,
    kind: &str,
    what: &str,
    reading: &Reading,
) -> Option<Slice<'s>> {
    let found = parameter_as_written(template, kind, what, reading);
    found.map(unquoted).filter(|value| !value.is_blank())
}

/// The parameter of a template that the tables call `what` for templates of its kind; `None` when
/// blank.
fn parameter_as_written<'s>(
    template: &Template<'_, 's>,
    kind: &str,
    what: &str,
    reading: &Reading,
) -> Option<Slice<'s>> {
    let mut position = 0_usize;
    let mut found = None;
    for parameter in template.parameters() {
        let is = |name: &str| catalogue::parameter_of(kind, name, &reading.names) == Some(what);
        let named = if let Some(name) = parameter.name {
            is(name.text())
        } else {
            position += 1;
            position == 1 && is("1")
        };
        if named {
            found = Some(parameter.value);
        }
    }
    found.filter(|value| !value.is_blank())
}

/// `{{#tag:ref|…|name="x"}}`: the quotation marks are no part of the name.
fn unquoted(value: Slice<'_>) -> Slice<'_> {
    let quoted = ['"', '\''].into_iter().any(|mark| {
        let text = value.text();
        1 < text.len() && text.starts_with(mark) && text.ends_with(mark)
    });
    if !quoted {
        return value;
    }
    let inner = value.split_at(value.start() + 1).map(|(_, rest)| rest);
    let inner = inner.and_then(|rest| rest.split_at(rest.end() - 1));
    inner.map_or(value, |(inner, _)| inner)
}

struct Collector<'d, 's> {
    document: &'d Document<'s>,
    reading: &'d Reading,
    entries: Entries<'d, 's>,
    list: List,
    /// Where the tag ends that the parser is in.
    tag_end: usize,
    /// Where the tag, note or citation ends that it is in: a work there is not one by itself.
    held_end: usize,
    date_style: Option<DateStyle>,
}

impl<'s> Collector<'_, 's> {
    fn tag(&mut self, node: &Node) {
        self.tag_end = self.tag_end.max(node.end);
        self.held_end = self.held_end.max(node.end);
        let attributes = self.document.attributes(node);
        if attributes.get("follow").is_some() {
            return; // goes on with the text of another entry
        }
        let own = attributes.get("group").map(value);
        let key = Key {
            group: own.or_else(|| self.list.group.clone()),
            name: attributes.get("name").map(value),
        };
        let content = Some(self.document.inner(node));
        let content = content.filter(|content| node.kind == NodeKind::Ref && !content.is_blank());
        if key.name.is_none() && content.is_none() {
            let message = "reference has neither name nor content".to_owned();
            self.entries.problem(node.start, message);
            return;
        }
        let place = self.place(node, node.start);
        let kind = ReferenceKind::Footnote;
        if let Some(details) = attributes.get("details") {
            let contents = (content, details);
            self.entries.take_part(kind, key, contents, place);
        } else {
            self.entries.take(kind, key, content, place);
        }
    }

    /// A `<ref>` that nothing closes: it holds the template that follows, else what is left of
    /// the paragraph, up to the next reference.
    fn unclosed(&mut self, at: usize) {
        let Some(tag) = unclosed::tag(self.document, at).filter(|_| self.held_end <= at) else {
            return;
        };
        let end = match self
            .document
            .nodes_in(tag.content.start(), tag.content.end())
        {
            [first, ..]
                if first.kind == NodeKind::Template
                    && self.is_beside(tag.content.start(), first.start) =>
            {
                self.with_what_is_beside(first)
            }
            _ => tag.content.end(),
        };
        self.held_end = self.held_end.max(end);
        let content = self.document.slice(tag.content.start(), end);
        let value = |slice: Slice<'_>| value(slice);
        let key = Key {
            group: tag.group.map(value).or_else(|| self.list.group.clone()),
            name: tag.name.map(value),
        };
        if !content.is_blank() {
            let place = Place {
                whole: self.document.slice(at, end),
                order: at,
                uses: self.list.end == 0,
            };
            let kind = ReferenceKind::Footnote;
            self.entries.take(kind, key, Some(content), place);
        }
    }

    fn place(&self, node: &Node, order: usize) -> Place<'s> {
        Place {
            whole: self.document.slice(node.start, node.end),
            order,
            uses: self.list.end == 0,
        }
    }

    fn template(&mut self, node: &Node) {
        let Some(template) = self.document.template(node) else {
            return;
        };
        match kind(&template, self.reading) {
            Some(TemplateKind::ReferenceList(group)) if self.list.end == 0 => {
                self.list = List::of_template(&template, group, self.reading);
            }
            Some(TemplateKind::Note(group)) => self.note(&template, group, ReferenceKind::Note),
            Some(TemplateKind::Footnote) => self.note(&template, "", ReferenceKind::Footnote),
            Some(TemplateKind::Use) if self.list.end == 0 => self.uses(&template),
            Some(TemplateKind::ShortFootnote) if self.tag_end <= node.start => {
                self.short(&template, true);
            }
            Some(TemplateKind::ShortCitation) if self.held_end <= node.start => {
                self.short(&template, false);
            }
            Some(TemplateKind::Citation) => self.citation(&template),
            Some(TemplateKind::DateStyle(style)) => {
                self.date_style.get_or_insert(style);
            }
            Some(
                TemplateKind::ReferenceList(_)
                | TemplateKind::Use
                | TemplateKind::ShortFootnote
                | TemplateKind::ShortCitation
                | TemplateKind::Archive
                | TemplateKind::DeadLink
                | TemplateKind::Anchor
                | TemplateKind::Language
                | TemplateKind::Other,
            )
            | None => {}
        }
    }

    /// `{{efn|text|name=…|group=…}}`; references in it come before it in the list, since
    /// `MediaWiki` reads them first.
    fn note(&mut self, template: &Template<'_, 's>, group: &str, kind: ReferenceKind) {
        let of = |what: &str| parameter(template, "note", what, self.reading);
        let key = Key {
            group: of("group").map(value).or_else(|| filled(group)),
            name: of("name").map(value),
        };
        let content = parameter_as_written(template, "note", "text", self.reading);
        let node = template.node();
        self.held_end = self.held_end.max(node.end);
        if key.name.is_some() || content.is_some() {
            let place = self.place(node, node.end - 1);
            // `{{#tag:ref|…|group=note}}` is how notes were made before there were templates.
            let is_note = key.group.is_some();
            let kind = if is_note { ReferenceKind::Note } else { kind };
            self.entries.take(kind, key, content, place);
        }
    }

    /// `{{r|name|name}}` uses references by name.
    fn uses(&mut self, template: &Template<'_, 's>) {
        let group = parameter(template, "note", "group", self.reading).map(value);
        let node = template.node();
        let names = template.parameters();
        for parameter in names.filter(|p| p.name.is_none() && !p.value.is_blank()) {
            let key = Key {
                group: group.clone(),
                name: Some(value(parameter.value)),
            };
            let place = self.place(node, node.start);
            self.entries.take(ReferenceKind::Footnote, key, None, place);
        }
    }

    fn short(&mut self, template: &Template<'_, 's>, is_footnote: bool) {
        let group = parameter(template, "note", "group", self.reading).map(value);
        let values = template
            .parameters()
            .map(|parameter| parameter.value.text());
        let name = is_footnote.then(|| short::footnote_name(values));
        let node = template.node();
        let place = self.place(node, node.start);
        self.entries
            .take_short(Key { group, name }, is_footnote, place);
    }

    /// A citation that stands by itself, with what tells of its link up to the end of the line.
    fn citation(&mut self, template: &Template<'_, 's>) {
        let node = template.node();
        if node.start < self.held_end || !cites(template) {
            return;
        }
        self.held_end = node.end;
        let end = self.with_what_is_beside(node);
        let content = self.document.slice(node.start, end);
        let place = self.place(node, node.start);
        self.entries.take_work(content, place);
    }

    /// Where the templates end that tell of the link of the one at `node`, on the same line.
    fn with_what_is_beside(&self, node: &Node) -> usize {
        let mut end = node.end;
        let after = self.document.nodes_in(node.end, self.line_end(node.end));
        for next in after.iter().filter(|next| next.kind == NodeKind::Template) {
            if next.start < end {
                continue;
            }
            let beside = self.document.template(next);
            let beside = beside.filter(|_| self.is_beside(end, next.start));
            match beside.and_then(|template| kind(&template, self.reading)) {
                Some(TemplateKind::Archive | TemplateKind::DeadLink | TemplateKind::Language) => {
                    end = next.end;
                }
                Some(_) | None => break,
            }
        }
        end
    }

    /// The end of the line, at most a thousand bytes on.
    fn line_end(&self, from: usize) -> usize {
        let rest = self.document.source().as_bytes().get(from..);
        let rest = rest.unwrap_or_default().iter().take(1000);
        from + rest.take_while(|byte| **byte != b'\n').count()
    }

    /// Whether nothing but space, stops and brackets stands between.
    fn is_beside(&self, from: usize, to: usize) -> bool {
        let between = self.document.slice(from, to).text();
        between
            .chars()
            .all(|c| c.is_whitespace() || matches!(c, '.' | ',' | ';' | '(' | ')' | '–' | '-'))
    }
}

/// Whether a template says something of a work: `{{citation needed span|date=…}}` does not.
fn cites(template: &Template<'_, '_>) -> bool {
    template
        .parameters()
        .any(|parameter| !parameter.value.is_blank())
}
