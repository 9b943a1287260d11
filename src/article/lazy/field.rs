//! Parameters of templates, and what they stand for.

use std::fmt;
use std::ops::Range;

use super::index::{self, Known};
use super::reference::References;
use super::template::Template;
use crate::article::catalogue::Canonical;
use crate::article::fields::{self, Reading};
use crate::model::{CitedDate, LanguageTag};
use crate::wikitext::{Parameter, Slice, plain_text};

/// A parameter of a template.
#[derive(Debug, Clone, Copy)]
pub struct Field<'r, 's> {
    all: &'r References<'s>,
    template: Known,
    parameter: Parameter<'s>,
    name: Option<FieldName>,
}

/// CS1's name of a parameter, such as `title` or `author-link2`.
///
/// It is written and compared with the number of its place in a list, which the first has not:
/// `last`, `last2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldName {
    canonical: Canonical,
}

impl FieldName {
    /// The name with a `#` where the number of a list goes: `last#`.
    #[must_use]
    pub const fn listed(self) -> &'static str {
        self.canonical.name
    }

    /// The number that was written with it.
    #[must_use]
    pub const fn number(self) -> Option<u16> {
        self.canonical.number
    }
}

impl fmt::Display for FieldName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((before, after)) = self.listed().split_once('#') else {
            return formatter.write_str(self.listed());
        };
        match self.number() {
            Some(number) if 1 < number => write!(formatter, "{before}{number}{after}"),
            _ => write!(formatter, "{before}{after}"),
        }
    }
}

impl PartialEq<&str> for FieldName {
    fn eq(&self, other: &&str) -> bool {
        self.listed() == *other || self.listed().contains('#') && self.canonical.key() == *other
    }
}

impl<'r, 's> Field<'r, 's> {
    #[inline]
    pub(super) fn of(
        template: &Template<'r, 's>,
        parameter: Parameter<'s>,
        position: usize,
    ) -> Self {
        let name = parameter.name.map(Slice::text);
        let canonical = index::parameter(name, position, template.known, template.all.own);
        Self {
            all: template.all,
            template: template.known,
            parameter,
            name: canonical.map(|canonical| FieldName { canonical }),
        }
    }

    /// CS1's name for it; `None` when no table knows the parameter.
    #[must_use]
    pub const fn name(&self) -> Option<FieldName> {
        self.name
    }

    /// Its name as written, trimmed; `None` for a positional parameter.
    #[must_use]
    pub const fn written_name(&self) -> Option<Slice<'s>> {
        self.parameter.name
    }

    /// Its value as written, trimmed, markup included.
    #[must_use]
    pub const fn value(&self) -> Slice<'s> {
        self.parameter.value
    }

    /// Where the value stands.
    #[must_use]
    pub const fn span(&self) -> Range<usize> {
        self.parameter.value.start()..self.parameter.value.end()
    }

    /// The whole parameter after its `|`, white space included.
    #[must_use]
    pub const fn whole(&self) -> Slice<'s> {
        self.parameter.whole
    }

    /// The value as readers see it: markup removed, character references decoded, white space
    /// collapsed.
    #[must_use]
    pub fn text(&self) -> String {
        plain_text(self.value().text())
    }

    /// The value as a date; `None` when it is none, or one that can be read in two ways.
    #[must_use]
    pub fn date(&self) -> Option<CitedDate> {
        let languages: Vec<&str> = self.template.languages.tags().collect();
        let reading = Reading::new(self.all.language.clone());
        reading.preferring(&languages).date(self.value().text())
    }

    /// The value as the address of a link.
    #[must_use]
    pub fn address(&self) -> Option<String> {
        fields::address(self.value().text())
    }

    /// The languages that the value names.
    #[must_use]
    pub fn languages(&self) -> Vec<LanguageTag> {
        fields::cited_languages(self.value().text())
    }
}
