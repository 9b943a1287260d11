//! Settings files as people write them, and the faults that they are told.
#![expect(clippy::unwrap_used, reason = "a test helper may panic")]

use citecheck::check::RuleLevel;
use citecheck::config::{Settings, read, to_toml};
use citecheck::report::Format;
use proptest::prelude::*;

#[test]
fn every_key_is_read() {
    let settings = read(
        r#"
        format = "json"
        fail-on = "warning"
        language = "uk"
        article-language = "pt-br"
        color = "never"
        [fetch]
        concurrency = 8
        interval = "1s 500ms"
        timeout = "10s"
        connect-timeout = "2s"
        retries = 0
        max-redirects = 5
        max-body = "800 kB"
        user-agent = "tests/1"
        contact = "editor@wiki.example"
        allow-private = true
        [rules]
        dead-link = "warning"
        bare-url = "off"
        [[ignore]]
        rule = "dead-link"
        url = "https://archive.example/"
        reference = 7
        article = "demo.wiki"
        reason = "перевірено вручну"
        "#,
        "x.toml",
    )
    .unwrap();
    assert_eq!(settings.format, Format::Json);
    assert_eq!(
        settings.article_language.as_ref().unwrap().as_str(),
        "pt-BR"
    );
    assert_eq!(settings.fetch.interval.as_millis(), 1500);
    assert_eq!(settings.fetch.max_body_bytes, 800_000);
    assert_eq!(settings.rules.get("bare-url"), Some(&RuleLevel::Off));
    let ignore = settings.ignores.first().unwrap();
    assert_eq!(ignore.url.as_deref(), Some("https://archive.example/*"));
    assert_eq!(ignore.place, "x.toml:21");
    assert_eq!(printed_and_read(&settings), settings);
}

/// Places aside, which are those of the printed text.
fn printed_and_read(settings: &Settings) -> Settings {
    let mut again = read(&to_toml(settings), "x.toml").unwrap();
    for (ignore, before) in again.ignores.iter_mut().zip(&settings.ignores) {
        ignore.place.clone_from(&before.place);
    }
    again
}

#[test]
fn printed_defaults_are_the_defaults() {
    let settings = Settings::default();
    assert_eq!(printed_and_read(&settings), settings);
    assert_eq!(read("", "x.toml"), Ok(settings));
}

/// Faulty files with what is said about them.
const FAULTS: &[(&str, &str)] = &[
    (
        "\n\n[fetch]\nintervall = '1s'",
        "unknown key `intervall` in citecheck.toml:4; did you mean `interval`?",
    ),
    (
        "timeout = '3s'",
        "unknown key `timeout` in citecheck.toml:1; it belongs into [fetch]",
    ),
    (
        "ignores = []",
        "unknown key `ignores` in citecheck.toml:1; did you mean `ignore`?",
    ),
    (
        "\u{feff}'мова' = 'uk'",
        "unknown key `мова` in citecheck.toml:1; known: format, fail-on, language, \
         article-language, color, fetch, rules, ignore",
    ),
    (
        "[rules]\ndead-lnk = 'off'",
        "unknown rule `dead-lnk` in citecheck.toml:2; did you mean `dead-link`?",
    ),
    (
        "[rules]\nx = 'off'",
        "unknown rule `x` in citecheck.toml:2; `citecheck rules` lists them",
    ),
    (
        "[rules]\ndead-link = 'warn'",
        "`dead-link` in citecheck.toml:2 is `'warn'`, but must be one of \"off\", \"note\", \
         \"warning\", \"error\"; did you mean \"warning\"?",
    ),
    (
        "fail-on = true",
        "`fail-on` in citecheck.toml:1 is `true`, but must be one of \"error\", \"warning\", \
         \"never\"",
    ),
    (
        "[fetch]\nconcurrency = 0",
        "`concurrency` in citecheck.toml:2 is `0`, but must be a whole number from 1 to 10000",
    ),
    (
        "[fetch]\ntimeout = 30",
        "`timeout` in citecheck.toml:2 is `30`, but must be a duration with its unit, such as \
         \"500ms\" or \"30s\"",
    ),
    (
        "[fetch]\nmax-body = 'much'",
        "`max-body` in citecheck.toml:2 is `'much'`, but must be a size such as \"5MiB\"",
    ),
    (
        "[fetch]\ncontact = \"a\\r\\nb\"",
        "`contact` in citecheck.toml:2 is `\"a\\r\\nb\"`, but must be ASCII without control \
         characters, since it is sent in a header",
    ),
    (
        "language = '?'",
        "`language` in citecheck.toml:1 is `'?'`, but must be a language tag such as \"uk\" or \
         \"pt-BR\"",
    ),
    (
        "rules = 1",
        "`rules` in citecheck.toml:1 is `1`, but must be a table: [rules]",
    ),
    (
        "[ignore]",
        "`ignore` in citecheck.toml:1 is `[ignore]`, but must be a list of tables: [[ignore]]",
    ),
    (
        "\n[[ignore]]\nrule = 'dead-link'",
        "the [[ignore]] in citecheck.toml:2 has no `reason`; say why the finding is accepted",
    ),
    (
        "[[ignore]]\nrule = 'dead-link'\nreason = ' '",
        "`reason` in citecheck.toml:3 is `' '`, but must be a text",
    ),
    (
        "[[ignore]]\nreason = 'x'",
        "the [[ignore]] in citecheck.toml:1 would hide everything; give a `rule`, `url` or \
         `reference`",
    ),
    (
        "[[ignore]]\nurls = 'x'",
        "unknown key `urls` in citecheck.toml:2; did you mean `url`?",
    ),
    (
        "[[ignore]]\nrule = 'soft404'\nreason = 'x'",
        "unknown rule `soft404` in citecheck.toml:2; did you mean `soft-404`?",
    ),
];

#[test]
fn faults_name_file_line_key_and_the_way_out() {
    for (text, expect) in FAULTS {
        let error = read(text, "citecheck.toml").unwrap_err().to_string();
        assert_eq!(error, *expect, "{text}");
    }
}

#[test]
fn a_text_that_is_no_toml_is_told_with_its_line() {
    let error = read("format = 'json'\nfail-on = ", "a.toml")
        .unwrap_err()
        .to_string();
    assert!(error.starts_with("a.toml:2 is not valid TOML: "), "{error}");
    assert_eq!(error.lines().count(), 1);
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,80}|(\\[|\\]|[a-z]|=|'|\\n|[0-9]){0,60}") {
        let _ = read(&text, "x.toml");
    }
}
