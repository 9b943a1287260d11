//! Which tags are one language for a reader.

use crate::model::LanguageTag;

use super::names::canonical;

/// Languages that share their written form so far that a text, or a citation, may name either.
const GROUPS: [&[&str]; 9] = [
    &["no", "nb", "nn"],
    &["hr", "bs", "sr", "sh", "cnr"],
    &["id", "ms", "zlm"],
    &["zh", "cmn", "yue", "wuu", "lzh", "hak", "gan"],
    &["fa", "prs", "pes"],
    &["tl", "fil"],
    &["ar", "arz", "ary", "apc", "acm", "arq"],
    &["ak", "tw", "fat"],
    &["sq", "als", "aln"],
];

/// Whether two tags are one language for a reader: the same language in whatever region or script,
/// or members of a group that text cannot tell apart (`no`, `nb` and `nn`; `hr`, `bs` and Serbian
/// in Latin script; `id` and `ms`; `zh` and its varieties; `tl` and `fil`; `fa` and `prs`).
///
/// Serbian marked as Cyrillic (`sr-Cyrl`) is in no group: its letters tell.
///
/// # Examples
///
/// ```
/// use citecheck::languages::same_language;
/// use citecheck::model::LanguageTag;
///
/// let tag = |text| LanguageTag::parse(text).unwrap();
/// assert!(same_language(&tag("hr"), &tag("sr-Latn")));
/// assert!(same_language(&tag("zh"), &tag("zh-Hant")));
/// assert!(!same_language(&tag("uk"), &tag("ru")));
/// ```
#[must_use]
pub fn same_language(a: &LanguageTag, b: &LanguageTag) -> bool {
    let (a, b) = (canonical(a), canonical(b));
    if a.primary() == b.primary() {
        return true;
    }
    let cyrillic = |tag: &LanguageTag| tag.as_str().split('-').any(|subtag| subtag == "Cyrl");
    !cyrillic(&a) && !cyrillic(&b) && grouped(a.primary(), b.primary())
}

/// Whether two language subtags are members of one group.
pub(super) fn grouped(a: &str, b: &str) -> bool {
    GROUPS
        .iter()
        .any(|group| group.contains(&a) && group.contains(&b))
}
