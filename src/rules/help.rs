//! Where a wiki tells more about what a rule finds.

static TABLE: &str = include_str!("data/help-pages.tsv");

/// The public page on which editors of a wiki explain what the rule of that name finds and what to do
/// about it; `None` where none is known.
///
/// # Examples
///
/// ```
/// use citecheck::rules::help_page;
///
/// let page = help_page("invalid-date").unwrap_or_default();
/// assert!(page.starts_with("https://en.wikipedia.org/wiki/"));
/// assert_eq!(help_page("no-such-rule"), None);
/// ```
#[must_use]
pub fn help_page(name: &str) -> Option<&'static str> {
    super::cs1::lines(TABLE).find_map(|line| {
        let (rule, page) = line.split_once('\t')?;
        (rule == name).then(|| page.trim())
    })
}
