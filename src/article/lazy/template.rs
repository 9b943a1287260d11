//! Templates in references.

use super::field::Field;
use super::index::{self, Known};
use super::reference::References;
use crate::article::catalogue::TemplateKind;
use crate::wikitext::{self, Node, Slice};

/// A template in a reference.
#[derive(Debug, Clone, Copy)]
pub struct Template<'r, 's> {
    pub(super) all: &'r References<'s>,
    call: wikitext::Template<'r, 's>,
    name: Slice<'s>,
    pub(super) known: Known,
}

/// What a template is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TemplateUse {
    /// It cites a work.
    Citation,
    /// It tells of an archived copy.
    Archive,
    /// It says that the link before it is dead.
    DeadLink,
    /// It names the language of the source beside it.
    Language,
    /// It holds the list of references.
    ReferenceList,
    /// It makes a note: `{{efn}}`.
    Note,
    /// It makes a footnote as a `<ref>` tag does: `{{refn}}`.
    Footnote,
    /// It uses references by their names: `{{r}}`.
    Use,
    /// It makes a footnote that names works by author and year: `{{sfn}}`.
    ShortFootnote,
    /// It names works by author and year where it stands: `{{harvnb}}`.
    ShortCitation,
    /// It is known to cite nothing.
    Other,
}

impl<'r, 's> Template<'r, 's> {
    pub(super) fn at(all: &'r References<'s>, node: &'r Node) -> Option<Self> {
        let call = all.document().template(node)?;
        let name = call.name();
        Some(Self {
            all,
            call,
            name,
            known: index::template(name.text(), all.own),
        })
    }

    pub(super) const fn kind(&self) -> Option<TemplateKind> {
        self.known.kind
    }

    /// Its name as written, without the comments and white space around it.
    #[must_use]
    pub const fn name(&self) -> Slice<'s> {
        self.name
    }

    /// The call with its braces.
    #[must_use]
    pub fn whole(&self) -> Slice<'s> {
        self.call.whole()
    }

    /// What it is for, as its name tells; `None` when no table knows the name.
    #[must_use]
    pub fn usage(&self) -> Option<TemplateUse> {
        self.known.kind.map(|kind| match kind {
            TemplateKind::Citation => TemplateUse::Citation,
            TemplateKind::Archive => TemplateUse::Archive,
            TemplateKind::DeadLink => TemplateUse::DeadLink,
            TemplateKind::Language => TemplateUse::Language,
            TemplateKind::ReferenceList(_) => TemplateUse::ReferenceList,
            TemplateKind::Note(_) => TemplateUse::Note,
            TemplateKind::Footnote => TemplateUse::Footnote,
            TemplateKind::Use => TemplateUse::Use,
            TemplateKind::ShortFootnote => TemplateUse::ShortFootnote,
            TemplateKind::ShortCitation => TemplateUse::ShortCitation,
            TemplateKind::Anchor | TemplateKind::DateStyle(_) | TemplateKind::Other => {
                TemplateUse::Other
            }
        })
    }

    /// Whether it cites a work: by its name, or when no table knows that, by its parameters.
    #[must_use]
    pub fn cites(&self) -> bool {
        match self.known.kind {
            Some(kind) => kind == TemplateKind::Citation,
            None => self.looks_like_citation(),
        }
    }

    /// Tags of the languages whose wikis have a template of this name, in no special order.
    pub fn languages(&self) -> impl Iterator<Item = &'static str> {
        self.known.languages.tags()
    }

    /// All its parameters in the order written, those that are empty or unknown too.
    pub fn fields(&self) -> impl Iterator<Item = Field<'r, 's>> + use<'r, 's> {
        let template = *self;
        let mut position = 0;
        self.call.parameters().map(move |parameter| {
            if parameter.name.is_none() {
                position += 1;
            }
            Field::of(&template, parameter, position)
        })
    }

    /// The first parameter with a value that stands for a CS1 parameter, such as `access-date`,
    /// `last` or `last2`; of one name given twice the last, as in `MediaWiki`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Field<'r, 's>> {
        let stands = |field: &Field<'_, '_>| field.name().is_some_and(|known| known == name);
        let written = |field: &Field<'_, 's>| field.written_name().map(Slice::text);
        let again = |first: &Field<'_, 's>| {
            let behind = self
                .fields()
                .filter(|field| first.span().end < field.span().start);
            let name = written(first);
            name.is_some()
                && behind
                    .map(|field| written(&field))
                    .any(|other| other == name)
        };
        self.fields()
            .filter(|field| stands(field))
            .find(|field| !field.value().text().is_empty() && !again(field))
    }

    /// As `fields::looks_like_citation` has it.
    fn looks_like_citation(&self) -> bool {
        const NAMES: [&str; 8] = [
            "title",
            "chapter",
            "url",
            "date",
            "year",
            "access-date",
            "archive-url",
            "publisher",
        ];
        let mut found = [false; NAMES.len()];
        for field in self
            .fields()
            .filter(|field| !field.value().text().is_empty())
        {
            for (name, found) in NAMES.iter().zip(&mut found) {
                *found |= field.name().is_some_and(|known| known == *name);
            }
        }
        let [title, chapter, url, date, year, access, archive, publisher] = found;
        (title || chapter) && (url || date || year) || url && (access || archive || publisher)
    }
}
