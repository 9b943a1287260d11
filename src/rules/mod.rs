//! The checks. To add one: write its file, then add its two lines below.

mod access_date_before_publication;
mod access_date_without_url;
mod archive_date_before_publication;
mod archive_date_mismatch;
mod archive_date_missing;
mod archive_date_without_archive_url;
mod archive_of_another_url;
mod archive_url_without_timestamp;
mod archive_url_without_url;
mod archived_copy_as_title;
mod bare_url;
mod blocked_by_site;
mod consent_wall;
mod content_drift;
mod date_format_mixed;
mod date_in_future;
mod date_mismatch;
mod date_range_hyphen;
mod dead_archive;
mod dead_link;
mod deprecated_archive;
mod duplicate_reference;
mod empty_citation;
mod external_link_in_parameter;
mod format_without_url;
mod generic_name;
mod generic_title;
mod identifier_in_url;
mod ignored_text;
mod insecure_scheme;
mod invalid_date;
mod invalid_parameter_value;
mod invalid_script_title;
mod invalid_url;
mod invisible_character;
mod isbn_on_older_book;
mod language_mismatch;
mod language_missing;
mod library_proxy_url;
mod login_wall;
mod malformed_archive_url;
mod markup_in_parameter;
mod missing_pipe;
mod missing_title;
mod missing_url;
mod needs_translation;
mod parked_domain;
mod paywalled;
mod redirected_permanently;
mod redirected_to_home_page;
mod redundant_parameters;
mod redundant_year;
mod soft_404;
mod stale_baseline;
mod title_language_mismatch;
mod title_letters;
mod title_mismatch;
mod tracking_parameters;
mod trans_title_without_title;
mod translation_in_wrong_script;
mod unchecked_link;
mod undefined_reference_name;
mod unknown_language;
mod unknown_parameter;
mod unknown_url_status;
mod unstable_link;
mod unused_ignore;
mod unused_reference;
mod url_status_without_archive;
mod usurped_domain;
mod wikilink_in_url_title;

mod addressing;
mod archive_fix;
mod cs1;
mod cs1_dates;
mod date_order;
mod date_rewrite;
mod edit_summary;
mod edits;
mod generic;
mod help;
mod invisible;
mod judge;
mod known_site;
mod merge;
mod original_status;
mod other_calendar;
mod parameters;
mod rule;
mod titles;
pub mod verify;
mod written_names;

pub use dead_archive::copy_fault;
pub use dead_link::is_confirmed_dead;
pub use edit_summary::{edit_summary, joined_edit_summary};
pub use help::help_page;
pub use judge::{judge, wants_probe};
pub use needs_translation::is_translated;
pub use rule::{ArticleContext, Check, FixAvailability, Needs, Rule, SourceContext};
pub use stale_baseline::stale_baseline;
pub use unused_ignore::{unused_ignore, unused_inline_ignore};

/// Every rule, in code order; reports, `explain`, the docs page and the config keys read this.
pub static RULES: &[&Rule] = &[
    &archive_date_before_publication::ARCHIVE_DATE_BEFORE_PUBLICATION,
    &archive_url_without_timestamp::ARCHIVE_URL_WITHOUT_TIMESTAMP,
    &archive_of_another_url::ARCHIVE_OF_ANOTHER_URL,
    &deprecated_archive::DEPRECATED_ARCHIVE,
    &url_status_without_archive::URL_STATUS_WITHOUT_ARCHIVE,
    &archive_date_without_archive_url::ARCHIVE_DATE_WITHOUT_ARCHIVE_URL,
    &archive_date_missing::ARCHIVE_DATE_MISSING,
    &archive_url_without_url::ARCHIVE_URL_WITHOUT_URL,
    &malformed_archive_url::MALFORMED_ARCHIVE_URL,
    &unknown_url_status::UNKNOWN_URL_STATUS,
    &dead_archive::DEAD_ARCHIVE,
    &bare_url::BARE_URL,
    &missing_url::MISSING_URL,
    &duplicate_reference::DUPLICATE_REFERENCE,
    &undefined_reference_name::UNDEFINED_REFERENCE_NAME,
    &unused_reference::UNUSED_REFERENCE,
    &redundant_parameters::REDUNDANT_PARAMETERS,
    &ignored_text::IGNORED_TEXT,
    &missing_pipe::MISSING_PIPE,
    &empty_citation::EMPTY_CITATION,
    &identifier_in_url::IDENTIFIER_IN_URL,
    &unknown_parameter::UNKNOWN_PARAMETER,
    &generic_name::GENERIC_NAME,
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
    &unknown_language::UNKNOWN_LANGUAGE,
    &title_language_mismatch::TITLE_LANGUAGE_MISMATCH,
    &invalid_script_title::INVALID_SCRIPT_TITLE,
    &dead_link::DEAD_LINK,
    &soft_404::SOFT_404,
    &redirected_permanently::REDIRECTED_PERMANENTLY,
    &redirected_to_home_page::REDIRECTED_TO_HOME_PAGE,
    &blocked_by_site::BLOCKED_BY_SITE,
    &unstable_link::UNSTABLE_LINK,
    &unchecked_link::UNCHECKED_LINK,
    &parked_domain::PARKED_DOMAIN,
    &usurped_domain::USURPED_DOMAIN,
    &content_drift::CONTENT_DRIFT,
    &login_wall::LOGIN_WALL,
    &paywalled::PAYWALLED,
    &consent_wall::CONSENT_WALL,
    &unused_ignore::UNUSED_IGNORE,
    &stale_baseline::STALE_BASELINE,
    &title_mismatch::TITLE_MISMATCH,
    &missing_title::MISSING_TITLE,
    &generic_title::GENERIC_TITLE,
    &trans_title_without_title::TRANS_TITLE_WITHOUT_TITLE,
    &translation_in_wrong_script::TRANSLATION_IN_WRONG_SCRIPT,
    &invisible_character::INVISIBLE_CHARACTER,
    &markup_in_parameter::MARKUP_IN_PARAMETER,
    &archived_copy_as_title::ARCHIVED_COPY_AS_TITLE,
    &invalid_url::INVALID_URL,
    &external_link_in_parameter::EXTERNAL_LINK_IN_PARAMETER,
    &wikilink_in_url_title::WIKILINK_IN_URL_TITLE,
    &library_proxy_url::LIBRARY_PROXY_URL,
    &access_date_without_url::ACCESS_DATE_WITHOUT_URL,
    &format_without_url::FORMAT_WITHOUT_URL,
    &tracking_parameters::TRACKING_PARAMETERS,
    &insecure_scheme::INSECURE_SCHEME,
    &invalid_parameter_value::INVALID_PARAMETER_VALUE,
];

/// The rule's name that a mistyped one most likely means; `None` when none is close: at most one
/// edit in three letters.
#[must_use]
pub fn nearest_name(given: &str) -> Option<&'static str> {
    let given: String = given.to_lowercase().replace('_', "-");
    let given: String = given.chars().take(60).collect();
    let allowed = given.chars().count().div_ceil(3);
    let edits = RULES
        .iter()
        .map(|rule| (strsim::damerau_levenshtein(&given, rule.name), rule.name));
    let close = edits.filter(|(edits, _)| *edits <= allowed);
    close.min().map(|(_, name)| name)
}

/// The rule of that name or code.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Rule> {
    RULES
        .iter()
        .copied()
        .find(|rule| rule.name == name || rule.code.eq_ignore_ascii_case(name))
}
