//! Names of tags, each looked up once.

use html5ever::LocalName;

/// A page has a few dozen names in thousands of tags, and html5ever's table of names is slower to
/// ask than the last answer.
#[derive(Debug)]
pub(super) struct TagNames<'t> {
    known: Vec<Option<(&'t str, LocalName)>>,
}

const SLOTS: usize = 256;

impl Default for TagNames<'_> {
    fn default() -> Self {
        Self {
            known: vec![None; SLOTS],
        }
    }
}

impl<'t> TagNames<'t> {
    /// The name of a tag as written.
    pub(super) fn name(&mut self, written: &'t str) -> LocalName {
        let Some(slot) = self.known.get_mut(slot(written)) else {
            return local(written);
        };
        if let Some((known, name)) = slot
            && *known == written
        {
            return name.clone();
        }
        let name = local(written);
        *slot = Some((written, name.clone()));
        name
    }
}

fn slot(written: &str) -> usize {
    let bytes = written.bytes();
    bytes.take(8).fold(written.len(), |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(usize::from(byte))
    }) % SLOTS
}

fn local(written: &str) -> LocalName {
    let name = written.replace('\0', "\u{fffd}");
    LocalName::from(name.to_ascii_lowercase())
}
