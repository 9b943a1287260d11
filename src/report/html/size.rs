//! How much of each reference a page has room for.

/// What a page of many references tells of each. What it leaves out is said on the page and is in
/// the JSON report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Room {
    /// Which entries are shown as they were written.
    pub(super) sources: Sources,
    /// Most sentences shown of those that a source supports.
    pub(super) claims: usize,
    /// Most characters of a value of evidence.
    pub(super) value: usize,
    /// Whether what stands elsewhere on the page is not said again: the address behind a title, the
    /// translated title and the sentences of a source to translate.
    pub(super) once: bool,
    /// What is left out, for the reader; empty if nothing.
    pub(super) left_out: &'static str,
}

/// Which entries are shown as they were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sources {
    /// All.
    All,
    /// Those with findings.
    WithFindings,
    /// Those with a correction.
    WithCorrections,
    /// Those with a correction, in one text with what is corrected: the change stands in it.
    Corrected,
}

/// Bytes up to which a page is no burden to a browser.
pub(super) const COMFORTABLE: usize = 7_800_000;

/// From all there is to the least that is of use.
pub(super) const ROOMS: [Room; 5] = [
    Room {
        sources: Sources::All,
        claims: 20,
        value: 2_000,
        once: false,
        left_out: "",
    },
    Room {
        sources: Sources::WithFindings,
        claims: 5,
        value: 1_000,
        once: false,
        left_out: "the wikitext of references without findings",
    },
    Room {
        sources: Sources::WithCorrections,
        claims: 2,
        value: 300,
        once: true,
        left_out: "the wikitext of references without a correction, and all but two of the sentences \
                   that a reference supports",
    },
    Room {
        sources: Sources::WithCorrections,
        claims: 1,
        value: 120,
        once: true,
        left_out: "the wikitext of references without a correction, all but one of the sentences \
                   that a reference supports, and the ends of long values",
    },
    Room {
        sources: Sources::Corrected,
        claims: 1,
        value: 80,
        once: true,
        left_out: "the wikitext of references without a correction, all but one of the sentences \
                   that a reference supports, and the ends of long values",
    },
];
