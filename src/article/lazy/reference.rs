//! References as they stand in the source.

use std::borrow::Cow;
use std::ops::Range;

use super::index;
use super::template::Template;
use super::within::{self, Citations};
use crate::article::ReadOptions;
use crate::article::catalogue::TemplateKind;
use crate::model::LanguageTag;
use crate::wikitext::{Attributes, Document, ExternalLink, Node, NodeKind, Slice, decode_entities};

/// Finds the references of an article in wikitext.
///
/// Takes one pass, in time linear to the source. The language of the article settles what its
/// templates and parameters mean where wikis differ. It is not guessed: without it the names of
/// the template's own wiki count, then English ones.
///
/// # Examples
///
/// ```
/// use citecheck::article::{ReadOptions, lazy};
///
/// let text = "It rained.<ref name=a>{{Internetquelle |url=https://a.example |titel=''Regen''}}</ref>";
/// let references = lazy::references(text, &ReadOptions::default());
/// let reference = references.iter().next().unwrap();
/// assert_eq!(reference.name().as_deref(), Some("a"));
/// let template = reference.templates().next().unwrap();
/// let title = template.get("title").unwrap();
/// assert_eq!(title.value().text(), "''Regen''");
/// assert_eq!(&text[title.span()], "''Regen''");
/// assert_eq!(title.text(), "Regen");
/// ```
#[must_use]
pub fn references<'s>(source: &'s str, options: &ReadOptions) -> References<'s> {
    let own = index::own_language(options.language.as_ref().map(LanguageTag::primary));
    let wanted = |name: &str| index::template(name, own).kind.is_some_and(stands_alone);
    References {
        document: Document::parse_references(source, &wanted),
        language: options.language.clone(),
        own,
    }
}

/// Whether a template matters outside references too: what cites a work, what makes or uses a
/// footnote, and what holds the list, which may give its references a group.
const fn stands_alone(kind: TemplateKind) -> bool {
    match kind {
        TemplateKind::Citation
        | TemplateKind::ReferenceList(_)
        | TemplateKind::Note(_)
        | TemplateKind::Footnote
        | TemplateKind::Use
        | TemplateKind::ShortFootnote
        | TemplateKind::ShortCitation => true,
        TemplateKind::Archive
        | TemplateKind::DeadLink
        | TemplateKind::Anchor
        | TemplateKind::DateStyle(_)
        | TemplateKind::Language
        | TemplateKind::Other => false,
    }
}

/// The references of one source.
#[derive(Debug)]
pub struct References<'s> {
    document: Document<'s>,
    pub(super) language: Option<LanguageTag>,
    pub(super) own: Option<u8>,
}

impl<'s> References<'s> {
    /// All references, uses of references and works cited outside of them, in the order of the
    /// source.
    pub fn iter(&self) -> impl Iterator<Item = Reference<'_, 's>> {
        Walk {
            all: self,
            next: 0,
            list: 0..0,
            group: None,
            work_end: 0,
        }
    }

    /// What was found in the source: references with all that is in them, comments and tags.
    #[must_use]
    pub const fn document(&self) -> &Document<'s> {
        &self.document
    }
}

/// In which form a reference stands in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Form {
    /// `<ref>…</ref>`
    Footnote,
    /// `<ref name=… />`, or one whose content is blank.
    Use,
    /// A citation template outside of references.
    Work,
    /// A template that makes or uses a footnote, such as `{{efn|…}}` or `{{sfn|…}}`: the first of
    /// its [`templates`](Reference::templates).
    Template,
}

/// A reference.
#[derive(Debug, Clone, Copy)]
pub struct Reference<'r, 's> {
    pub(super) all: &'r References<'s>,
    form: Form,
    node: &'r Node,
    /// The constructs in its content.
    inside: &'r [Node],
    in_list: bool,
    list_group: Option<Slice<'s>>,
}

impl<'r, 's> Reference<'r, 's> {
    /// In which form it stands in the source.
    #[must_use]
    pub const fn form(&self) -> Form {
        self.form
    }

    /// Its bytes in the source, tags included.
    #[must_use]
    pub const fn span(&self) -> Range<usize> {
        self.node.start..self.node.end
    }

    /// What stands between its tags, trimmed; a [`Form::Work`] is its own content.
    #[must_use]
    pub fn content(&self) -> Slice<'s> {
        match self.form {
            Form::Footnote => self.all.document.inner(self.node).trim(),
            Form::Use => self.all.document.inner(self.node),
            Form::Work | Form::Template => self.all.document.slice(self.node.start, self.node.end),
        }
    }

    /// Whether it stands in the list of references, where a reference is defined and not used.
    #[must_use]
    pub const fn is_in_list(&self) -> bool {
        self.in_list
    }

    /// The attributes of its tag as written; none for a [`Form::Work`].
    #[must_use]
    pub fn attributes(&self) -> Attributes<'s> {
        self.all.document.attributes(self.node)
    }

    /// `name`, character references decoded.
    #[must_use]
    pub fn name(&self) -> Option<Cow<'s, str>> {
        self.attributes().get("name").map(decoded)
    }

    /// `group`, or that of the list in which it stands, character references decoded.
    #[must_use]
    pub fn group(&self) -> Option<Cow<'s, str>> {
        let own = self.attributes().get("group");
        own.or(self.list_group).map(decoded)
    }

    /// All templates in it, by first byte; those within templates come after the outer one.
    pub fn templates(&self) -> impl Iterator<Item = Template<'r, 's>> + use<'r, 's> {
        let all = self.all;
        let own = matches!(self.form, Form::Work | Form::Template).then_some(self.node);
        own.into_iter()
            .chain(self.inside)
            .filter_map(move |node| Template::at(all, node))
    }

    /// The templates that cite its works, without those in other citations: what cites a work by
    /// its name, and what no wiki is known to have but has the parameters of a citation.
    pub fn citations(&self) -> impl Iterator<Item = Template<'r, 's>> + use<'r, 's> {
        Citations::of(self.templates())
    }

    /// The links to other sites beside its templates, and in those that cite nothing.
    #[must_use]
    pub fn links(&self) -> Vec<ExternalLink<'s>> {
        match self.form {
            Form::Footnote | Form::Template => within::links(self, self.inside),
            Form::Use | Form::Work => Vec::new(),
        }
    }
}

/// An attribute's value as `MediaWiki` understands it.
fn decoded(value: Slice<'_>) -> Cow<'_, str> {
    let text = value.text();
    if text.contains('&') {
        Cow::Owned(decode_entities(text).trim().to_owned())
    } else {
        Cow::Borrowed(text)
    }
}

/// Goes through the constructs of a source.
struct Walk<'r, 's> {
    all: &'r References<'s>,
    next: usize,
    /// The list of references that is being read.
    list: Range<usize>,
    group: Option<Slice<'s>>,
    /// One past the last citation outside references.
    work_end: usize,
}

impl<'r, 's> Iterator for Walk<'r, 's> {
    type Item = Reference<'r, 's>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let node = self.all.document.nodes().get(self.next)?;
            self.next += 1;
            if self.list.end <= node.start {
                self.list = 0..0;
                self.group = None;
            }
            let form = match node.kind {
                NodeKind::Ref if self.all.document.inner(node).is_blank() => Some(Form::Use),
                NodeKind::Ref => Some(Form::Footnote),
                NodeKind::EmptyRef => Some(Form::Use),
                NodeKind::References => {
                    let group = self.all.document.attributes(node).get("group");
                    self.enter_list(node, group);
                    None
                }
                NodeKind::Template => self.template(node),
                NodeKind::Comment | NodeKind::Raw | NodeKind::Argument | NodeKind::Link => None,
            };
            if let Some(form) = form {
                return Some(self.reference(node, form));
            }
        }
    }
}

impl<'r, 's> Walk<'r, 's> {
    fn enter_list(&mut self, node: &Node, group: Option<Slice<'s>>) {
        self.list = node.start..node.end;
        self.group = group;
    }

    /// Looks at a template outside references.
    fn template(&mut self, node: &'r Node) -> Option<Form> {
        let template = Template::at(self.all, node)?;
        let kind = template.kind()?;
        if matches!(kind, TemplateKind::ReferenceList(_)) {
            if self.list.end == 0 {
                let group = self.all.document.template(node)?.get("group");
                self.enter_list(node, group.filter(|group| !group.is_blank()));
            }
            return None;
        }
        (stands_alone(kind) && self.work_end <= node.start).then(|| {
            self.work_end = node.end;
            if kind == TemplateKind::Citation {
                Form::Work
            } else {
                Form::Template
            }
        })
    }

    fn reference(&mut self, node: &'r Node, form: Form) -> Reference<'r, 's> {
        let after = self
            .all
            .document
            .nodes()
            .get(self.next..)
            .unwrap_or_default();
        let count = after
            .iter()
            .take_while(|inner| inner.start < node.inner_end)
            .count();
        if matches!(form, Form::Footnote | Form::Use) {
            // Templates in a reference are its own; a citation may hold a reference.
            self.next += count;
        }
        Reference {
            all: self.all,
            form,
            node,
            inside: after.get(..count).unwrap_or_default(),
            in_list: self.list.end != 0,
            list_group: self.group,
        }
    }
}
