//! Elements that the walk is in, as far as leaving them matters.

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Capture {
    Visible,
    Title,
    JsonLd,
    NoScript,
    Template,
}

/// What ends when an element is left.
pub(super) struct Frame {
    pub(super) depth: usize,
    pub(super) is_block: bool,
    pub(super) region: Option<usize>,
    pub(super) region_start: usize,
    pub(super) link_start: Option<usize>,
    pub(super) mark: Option<usize>,
    pub(super) heading: Option<u8>,
    pub(super) item: Option<bool>,
    pub(super) capture: Option<Capture>,
}

impl Frame {
    /// An element whose end means nothing yet; `at` is the length of the text so far.
    pub(super) fn new(depth: usize, at: usize) -> Self {
        Self {
            depth,
            is_block: false,
            region: None,
            region_start: at,
            link_start: None,
            mark: None,
            heading: None,
            item: None,
            capture: None,
        }
    }
}
