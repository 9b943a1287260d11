//! Attributes that evidence is read from.

use std::borrow::Cow;

use super::text::head;
use crate::html::{TextPlace, decoded};

/// Of longer values the beginning is read.
const LONGEST_VALUE_BYTES: usize = 64 << 10;
/// Labels in attributes are shorter.
const LONGEST_LABEL_BYTES: usize = 80;

/// The attributes that are read, in alphabetical order: what several of them say of an element is
/// weighed in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum AttrName<'t> {
    AriaLabel,
    Autocomplete,
    Class,
    Content,
    /// `data-…` with a date in it, by its whole name.
    Data(Cow<'t, str>),
    Datetime,
    Hidden,
    Href,
    Hreflang,
    HttpEquiv,
    Id,
    Itemprop,
    Itemtype,
    Lang,
    Name,
    Placeholder,
    Property,
    Pubdate,
    Rel,
    Role,
    /// `ts`: the instant of elements that show it relative to now.
    Stamp,
    Style,
    Title,
    Type,
    Value,
}

/// An attribute with its value, character references read.
#[derive(Debug, Clone)]
pub(super) struct Attr<'t> {
    pub(super) name: AttrName<'t>,
    pub(super) value: Cow<'t, str>,
}

impl<'t> Attr<'t> {
    /// `None` for an attribute that tells nothing.
    pub(super) fn read(name: &'t str, value: &'t str) -> Option<Self> {
        let name = name_of(name)?;
        let value = decoded(head(value, LONGEST_VALUE_BYTES), TextPlace::Attribute);
        let label = matches!(
            name,
            AttrName::AriaLabel | AttrName::Placeholder | AttrName::Value
        );
        let tells = if label {
            // What a field or button says of itself; never what was filled in for somebody.
            value.len() <= LONGEST_LABEL_BYTES
        } else if name == AttrName::Style {
            value.contains("none")
        } else if name == AttrName::Autocomplete {
            value.contains("username") || value.contains("password")
        } else {
            true
        };
        tells.then_some(Self { name, value })
    }

    /// The attribute; its name alone stays.
    pub(super) fn take(&mut self) -> Self {
        Self {
            name: self.name.clone(),
            value: std::mem::take(&mut self.value),
        }
    }

    /// Whether it says of a script that it holds JSON-LD.
    pub(super) fn is_json_ld(&self) -> bool {
        self.name == AttrName::Type && self.value.to_ascii_lowercase().contains("ld+json")
    }
}

fn name_of(name: &str) -> Option<AttrName<'_>> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        let lower = name.to_ascii_lowercase();
        return match plain_name(&lower) {
            None if is_date(&lower) => Some(AttrName::Data(Cow::Owned(lower))),
            plain => plain,
        };
    }
    match plain_name(name) {
        None if is_date(name) => Some(AttrName::Data(Cow::Borrowed(name))),
        plain => plain,
    }
}

fn plain_name(name: &str) -> Option<AttrName<'static>> {
    Some(match name {
        "aria-label" => AttrName::AriaLabel,
        "autocomplete" => AttrName::Autocomplete,
        "class" => AttrName::Class,
        "content" => AttrName::Content,
        "datetime" => AttrName::Datetime,
        "hidden" => AttrName::Hidden,
        "href" => AttrName::Href,
        "hreflang" => AttrName::Hreflang,
        "http-equiv" => AttrName::HttpEquiv,
        "id" => AttrName::Id,
        "itemprop" => AttrName::Itemprop,
        "itemtype" => AttrName::Itemtype,
        "lang" => AttrName::Lang,
        "name" => AttrName::Name,
        "placeholder" => AttrName::Placeholder,
        "property" => AttrName::Property,
        "pubdate" => AttrName::Pubdate,
        "rel" => AttrName::Rel,
        "role" => AttrName::Role,
        "style" => AttrName::Style,
        "title" => AttrName::Title,
        "ts" => AttrName::Stamp,
        "type" => AttrName::Type,
        "value" => AttrName::Value,
        _ => return None,
    })
}

fn is_date(name: &str) -> bool {
    name.strip_prefix("data-").is_some_and(|rest| {
        rest.contains("date") || rest.contains("time") || rest.contains("publish")
    })
}
