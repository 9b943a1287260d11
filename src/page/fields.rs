//! What the walk keeps of a page's fields.

use super::attributes::AttrName;
use super::outline::{Outline, RegionKind};
use super::tree::Element;

/// Fields that are looked at: whoever is asked to log in meets one of the first.
const MAX_FIELDS: usize = 1_000;
const MAX_LABELS_BYTES: usize = 2_000;

/// Parts of a page that frame its text.
const FRAME: [RegionKind; 5] = [
    RegionKind::Header,
    RegionKind::Nav,
    RegionKind::Aside,
    RegionKind::Footer,
    RegionKind::Comments,
];

impl Outline {
    /// Takes in an `<input>` of a region.
    pub(super) fn take_field(&mut self, element: Element<'_, '_>, region: usize) {
        if MAX_FIELDS <= self.fields {
            return;
        }
        self.fields += 1;
        let hidden = self.is_within(region, RegionKind::Hidden);
        if !hidden {
            for label in labels(element) {
                if self.field_labels.len() < MAX_LABELS_BYTES {
                    self.field_labels.push_str(label);
                    self.field_labels.push('\n');
                }
            }
        }
        if asks_for_credentials(element) {
            let framed = || FRAME.into_iter().any(|kind| self.is_within(region, kind));
            let in_frame = !hidden && framed();
            self.credentials.in_page += 1;
            self.credentials.hidden += usize::from(hidden);
            self.credentials.in_frame += usize::from(in_frame);
        }
    }
}

/// Whether a field asks for the password, or the name, of somebody who has an account: by its type,
/// by what it tells browsers to fill in (HTML, "autofill"), or by its name where a script turns the
/// type. A new password is asked of somebody who has none yet, but by its type alone it is one.
pub(super) fn asks_for_credentials(element: Element<'_, '_>) -> bool {
    let is =
        |value: &str, words: &[&str]| words.iter().any(|word| value.eq_ignore_ascii_case(word));
    let value = |name| element.attribute(&name).unwrap_or_default();
    let filled_in = value(AttrName::Autocomplete);
    is(value(AttrName::Type).trim(), &["password"])
        || filled_in
            .split_ascii_whitespace()
            .any(|token| is(token, &["current-password", "username"]))
        || is(
            value(AttrName::Name),
            &["password", "passwd", "pwd", "j_username", "loginfmt"],
        )
}

/// What a field or a button says in its attributes.
fn labels<'a>(element: Element<'a, '_>) -> impl Iterator<Item = &'a str> {
    let kind = element.attribute(&AttrName::Type).unwrap_or_default();
    let button = kind.eq_ignore_ascii_case("submit") || kind.eq_ignore_ascii_case("button");
    let labels = element.attrs.iter().filter(move |attr| {
        matches!(attr.name, AttrName::Placeholder | AttrName::AriaLabel)
            || button && attr.name == AttrName::Value
    });
    labels.map(|attr| &*attr.value)
}
