//! The checks. To add one: write its file, then add its two lines below.

mod access_date_before_publication;
mod archive_date_before_publication;
mod archive_date_mismatch;
mod bare_url;
mod blocked_by_site;
mod date_format_mixed;
mod date_in_future;
mod date_mismatch;
mod date_range_hyphen;
mod dead_link;
mod invalid_date;
mod isbn_on_older_book;
mod language_mismatch;
mod language_missing;
mod missing_url;
mod needs_translation;
mod redirected_permanently;
mod redirected_to_home_page;
mod redundant_year;
mod soft_404;
mod title_mismatch;
mod unchecked_link;
mod unstable_link;
mod unused_ignore;

mod edits;
mod cs1_dates;
mod date_order;
mod date_rewrite;
mod judge;
mod rule;
mod titles;
mod wayback;

pub use judge::judge;
pub use rule::{ArticleContext, Check, FixAvailability, Needs, Rule, SourceContext};
pub use unused_ignore::unused_ignore;

/// Every rule, in code order; reports, `explain`, the docs page and the config keys read this.
pub static RULES: &[&Rule] = &[
    &archive_date_before_publication::ARCHIVE_DATE_BEFORE_PUBLICATION,
    &bare_url::BARE_URL,
    &missing_url::MISSING_URL,
    &date_mismatch::DATE_MISMATCH,
    &date_in_future::DATE_IN_FUTURE,
    &access_date_before_publication::ACCESS_DATE_BEFORE_PUBLICATION,
    &invalid_date::INVALID_DATE,
    &archive_date_mismatch::ARCHIVE_DATE_MISMATCH,
    &date_format_mixed::DATE_FORMAT_MIXED,
    &date_range_hyphen::DATE_RANGE_HYPHEN,
    &redundant_year::REDUNDANT_YEAR,
    &isbn_on_older_book::ISBN_ON_OLDER_BOOK,
    &needs_translation::NEEDS_TRANSLATION,
    &language_mismatch::LANGUAGE_MISMATCH,
    &language_missing::LANGUAGE_MISSING,
    &dead_link::DEAD_LINK,
    &soft_404::SOFT_404,
    &redirected_permanently::REDIRECTED_PERMANENTLY,
    &redirected_to_home_page::REDIRECTED_TO_HOME_PAGE,
    &blocked_by_site::BLOCKED_BY_SITE,
    &unstable_link::UNSTABLE_LINK,
    &unchecked_link::UNCHECKED_LINK,
    &unused_ignore::UNUSED_IGNORE,
    &title_mismatch::TITLE_MISMATCH,
];

/// The rule of that name or code.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Rule> {
    RULES
        .iter()
        .copied()
        .find(|rule| rule.name == name || rule.code.eq_ignore_ascii_case(name))
}
