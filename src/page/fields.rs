//! What the walk keeps of a page's fields.

use scraper::node::Element;

use super::element::{asks_for_credentials, field_labels};
use super::outline::{Outline, RegionKind};

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
    pub(super) fn take_field(&mut self, element: &Element, region: usize) {
        if MAX_FIELDS <= self.fields {
            return;
        }
        self.fields += 1;
        let hidden = self.is_within(region, RegionKind::Hidden);
        if !hidden {
            for label in field_labels(element) {
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
