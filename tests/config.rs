//! Settings files as people write them, and the faults that they are told.
#![expect(clippy::unwrap_used, reason = "a test helper may panic")]

use std::time::Duration;

use citecheck::check::RuleLevel;
use citecheck::config::{ProxyChoice, Settings, proxies, read, to_toml};
use citecheck::fetch::{FetchOptions, Robots};
use citecheck::report::Format;
use proptest::prelude::*;
use url::Url;

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
        per-host = 3
        interval = "1s 500ms"
        max-interval = "1m"
        timeout = "10s"
        connect-timeout = "2s"
        first-byte-timeout = "5s"
        min-speed = 0
        retries = 0
        backoff = "0"
        retry-after-limit = "5m"
        max-duration = "48h"
        links-only = true
        robots = "obey"
        browser-retry = true
        proxy = "socks5://proxy.example:1080"
        proxy-bypass = [".intern.example", "10.0.0.1"]
        dns-servers = ["9.9.9.9", "[2620:fe::fe]:5353"]
        resolve = ["News.example:443:192.0.2.7,[2001:db8::7]"]
        ca-files = "office.pem"
        control-names = ["a.example"]
        max-redirects = 5
        max-body = "800 kB"
        user-agent = "tests/1"
        contact = "editor@wiki.example"
        allow-private = true
        [[host]]
        pattern = "*.Нові.example"
        per-host = 1
        interval = "5s"
        timeout = "2m"
        retries = 1
        headers = { Authorization = "env:NEWS_TOKEN", accept-language = "uk" }
        [[host]]
        pattern = "slow.example"
        skip = true
        reason = "its owner asked for it"
        [history]
        enabled = false
        file = "audit/history.db"
        max-age = "1w 12h"
        confirm = { failures = 5, days = 0 }
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
    assert_eq!(settings.history.max_age.as_hours(), 180);
    assert_eq!(settings.history.confirm.failures, 5);
    assert_eq!(settings.rules.get("bare-url"), Some(&RuleLevel::Off));
    let ignore = settings.ignores.first().unwrap();
    assert_eq!(ignore.url.as_deref(), Some("https://archive.example/*"));
    assert_eq!(ignore.place, "x.toml:53");
    let host = settings.hosts.first().unwrap();
    assert_eq!(host.pattern, "*.xn--b1avd1h.example");
    assert_eq!(host.place, "x.toml:34");
    assert_eq!(printed_and_read(&settings), settings);
}

/// Places aside, which are those of the printed text.
fn printed_and_read(settings: &Settings) -> Settings {
    let mut again = read(&to_toml(settings), "x.toml").unwrap();
    for (host, before) in again.hosts.iter_mut().zip(&settings.hosts) {
        host.place.clone_from(&before.place);
    }
    for (ignore, before) in again.ignores.iter_mut().zip(&settings.ignores) {
        ignore.place.clone_from(&before.place);
    }
    again
}

#[test]
fn archives_are_set() {
    let settings = read(
        r#"
        [archives]
        enabled = false
        availability = ""
        cdx = "https://cdx.archiv.org/"
        playback = "https://archiv.org/web/"
        timegates = ["https://gate.org/timegate/"]
        timemaps = ["https://gate.org/timemap/link/"]
        save = ""
        rate = 5
        budget = 12
        patience = "30s"
        "#,
        "x.toml",
    )
    .unwrap();
    let options = &settings.archives.options;
    assert!(!settings.archives.enabled);
    assert_eq!((options.rate, options.budget), (5, 12));
    assert_eq!(options.patience.as_secs(), 30);
    assert_eq!((&options.availability, &options.save), (&None, &None));
    assert_eq!(options.timegates.len(), 1);
    assert_eq!(printed_and_read(&settings), settings);
}

#[test]
fn printed_defaults_are_the_defaults() {
    let settings = Settings::default();
    assert_eq!(printed_and_read(&settings), settings);
    assert_eq!(read("", "x.toml"), Ok(settings));
}

/// No variable of the environment is set.
fn unset(_: &str) -> Option<String> {
    None
}

#[test]
fn defaults_are_those_of_fetching() {
    let options = Settings::default().fetch_options(&unset).unwrap();
    // Those of web archives.
    let hosts = options.hosts.clone();
    assert!(hosts.iter().all(|host| host.interval.is_some()));
    assert_eq!(
        options,
        FetchOptions {
            hosts,
            ..FetchOptions::default()
        }
    );
}

#[test]
fn settings_reach_fetching() {
    let settings = read(
        r#"
        [fetch]
        timeout = "5s"
        links-only = true
        robots = "ignore"
        browser-retry = true
        max-interval = "1s"
        interval = "2s"
        contact = "editor@wiki.example"
        dns-servers = "127.0.0.1:5353"
        resolve = ["a.example:*:192.0.2.1", "a.example:*:192.0.2.2", "b.example:80:::1"]
        [[host]]
        pattern = "*.news.example"
        timeout = "90s"
        headers = { authorization = "env:NEWS_TOKEN" }
        "#,
        "x.toml",
    )
    .unwrap();
    let token = |name: &str| (name == "NEWS_TOKEN").then(|| "Bearer 7\n".to_owned());
    let options = settings.fetch_options(&token).unwrap();
    let five = Duration::from_secs(5);
    assert_eq!(options.timeout, five);
    assert_eq!(
        options.connect_timeout, five,
        "no part is longer than the whole"
    );
    assert_eq!(options.first_byte_timeout, five);
    assert_eq!(options.max_interval, Duration::from_secs(2));
    assert!(!options.keep_bodies && options.browser_retry);
    assert_eq!(options.robots, Robots::Ignore);
    assert!(options.user_agent.ends_with("; editor@wiki.example)"));
    assert_eq!(options.dns_servers, ["127.0.0.1:5353".parse().unwrap()]);
    let of = |host: &str| options.resolve.get(host).unwrap().len();
    assert_eq!((of("a.example"), of("b.example:80")), (2, 1));
    let host = options.hosts.first().unwrap();
    assert_eq!(host.timeout, Some(Duration::from_secs(90)));
    let header = ("authorization".to_owned(), "Bearer 7".to_owned());
    assert_eq!(host.headers, [header]);
}

fn options(text: &str) -> FetchOptions {
    read(text, "x.toml")
        .unwrap()
        .fetch_options(&|_| None)
        .unwrap()
}

#[test]
fn more_time_for_a_request_is_more_time_for_its_answers_header() {
    let seconds = Duration::from_secs;
    for (text, header, of_host) in [
        ("", 30, None),
        ("[fetch]\ntimeout = '20s'", 20, None),
        ("[fetch]\ntimeout = '45s'", 45, None),
        ("[fetch]\ntimeout = '60s'", 60, None),
        (
            "[fetch]\ntimeout = '2m'\nfirst-byte-timeout = '10s'",
            10,
            None,
        ),
        (
            "[[host]]\npattern = 'a.example'\ntimeout = '90s'",
            30,
            Some(90),
        ),
        (
            "[fetch]\nfirst-byte-timeout = '10s'\n[[host]]\npattern = 'a.example'\ntimeout = '90s'",
            10,
            Some(10),
        ),
    ] {
        let options = options(text);
        assert_eq!(options.first_byte_timeout, seconds(header), "{text}");
        let host = options
            .hosts
            .iter()
            .find(|host| host.pattern == "a.example");
        let found = host.and_then(|host| host.first_byte_timeout);
        assert_eq!(found, of_host.map(seconds), "{text}");
    }
}

#[test]
fn a_contact_goes_into_any_user_agent_once() {
    for (text, agent) in [
        ("user-agent = 'audit/2'", "audit/2"),
        (
            "user-agent = 'audit/2'\ncontact = 'me@a.example'",
            "audit/2 (me@a.example)",
        ),
        (
            "user-agent = 'audit/2 (+me@a.example)'\ncontact = 'me@a.example'",
            "audit/2 (+me@a.example)",
        ),
    ] {
        assert_eq!(options(&format!("[fetch]\n{text}")).user_agent, agent);
    }
}

#[test]
fn hosts_may_be_named_by_address() {
    for (pattern, expect) in [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:DB8:0::7", "[2001:db8::7]"),
        ("[2001:db8::7]", "[2001:db8::7]"),
    ] {
        let found = options(&format!("[[host]]\npattern = '{pattern}'"));
        assert_eq!(found.hosts.first().unwrap().pattern, expect);
    }
}

#[test]
fn web_archives_are_asked_slowly_unless_settings_say_otherwise() {
    let first = |text: &str| {
        let options = options(text);
        let mut hosts = options.hosts.iter();
        hosts
            .find(|host| host.pattern == "web.archive.org")
            .unwrap()
            .clone()
    };
    let usual = first("[fetch]\ninterval = '0s'");
    assert_eq!(
        (usual.per_host, usual.interval),
        (Some(1), Some(Duration::from_secs(3)))
    );
    let own = first("[[host]]\npattern = 'web.archive.org'\ninterval = '1s'");
    assert_eq!(own.interval, Some(Duration::from_secs(1)));
    // More time is no leave to ask faster.
    for pattern in ["web.archive.org", "*.archive.org"] {
        let patient = first(&format!("[[host]]\npattern = '{pattern}'\ntimeout = '2m'"));
        assert_eq!(
            (patient.per_host, patient.interval, patient.timeout),
            (
                Some(1),
                Some(Duration::from_secs(3)),
                Some(Duration::from_secs(120))
            )
        );
    }
}

#[test]
fn a_secret_comes_from_the_environment_or_the_run_does_not_begin() {
    let text = "[[host]]\npattern = 'a.example'\nheaders = { Cookie = 'env:WALL' }";
    let settings = read(text, "x.toml").unwrap();
    let error = |value: Option<&'static str>| {
        let error = settings.fetch_options(&move |_| value.map(str::to_owned));
        error.unwrap_err().to_string()
    };
    let expect = "the [[host]] in x.toml:1 takes `cookie` from the environment variable WALL, \
                  which is not set";
    assert_eq!(error(None), expect);
    assert_eq!(error(Some(" ")), expect);
    let told = error(Some("s3cr3t\u{7}"));
    assert!(
        told.starts_with("the environment variable WALL holds characters"),
        "{told}"
    );
    assert!(!told.contains("s3cr3t"));
}

#[test]
fn secrets_are_neither_printed_nor_dumped_nor_told() {
    let text = "[fetch]\nproxy = 'http://me:s3cr3t@proxy.example:3128'\n[[host]]\n\
                pattern = 'a.example'\nheaders = { x-api-key = 's3cr3t', accept = 'text/html' }";
    let settings = read(text, "x.toml").unwrap();
    let printed = to_toml(&settings);
    assert!(!printed.contains("s3cr3t"), "{printed}");
    assert!(printed.contains("proxy.example:3128"), "{printed}");
    assert!(printed.contains("\"accept\" = \"text/html\""), "{printed}");
    assert!(!format!("{:?}", settings.hosts).contains("s3cr3t"));
    for faulty in [
        "[fetch]\nproxy = 'ftp://me:s3cr3t@proxy.example'",
        "[[host]]\npattern = 'a.example'\nheaders = { cookie = \"s3cr3t\\u0007\" }",
        "[[host]]\npattern = 'a.example'\nheaders = 's3cr3t'",
    ] {
        let told = read(faulty, "x.toml").unwrap_err().to_string();
        assert!(!told.contains("s3cr3t"), "{told}");
    }
}

/// The environment, what is set, and the proxies for http and https with the hosts asked without.
type ProxyCase = (
    &'static [(&'static str, &'static str)],
    ProxyChoice,
    (&'static str, &'static str, &'static [&'static str]),
);

#[test]
fn proxies_come_from_the_settings_or_by_convention_from_the_environment() {
    let env = ProxyChoice::Environment;
    let cases: [ProxyCase; 11] = [
        (&[], env.clone(), ("", "", &[])),
        (
            &[("HTTP_PROXY", "a:1"), ("https_proxy", "http://b:2")],
            env.clone(),
            ("http://a:1/", "http://b:2/", &[]),
        ),
        // Lower case goes before upper case, a scheme's own before the one for all.
        (
            &[
                ("http_proxy", "a:1"),
                ("HTTP_PROXY", "b:2"),
                ("ALL_PROXY", "socks5://c:3"),
            ],
            env.clone(),
            ("http://a:1/", "socks5://c:3", &[]),
        ),
        // A visitor of a CGI programme must not choose the proxy.
        (
            &[("REQUEST_METHOD", "GET"), ("HTTP_PROXY", "evil:1")],
            env.clone(),
            ("", "", &[]),
        ),
        (
            &[("REQUEST_METHOD", "GET"), ("http_proxy", "a:1")],
            env.clone(),
            ("http://a:1/", "", &[]),
        ),
        (
            &[
                ("all_proxy", "a:1"),
                ("NO_PROXY", "localhost, .intern.example,,10.0.0.1"),
            ],
            env.clone(),
            (
                "http://a:1/",
                "http://a:1/",
                &["own.example", "localhost", ".intern.example", "10.0.0.1"],
            ),
        ),
        (
            &[("all_proxy", "a:1"), ("no_proxy", "*")],
            env.clone(),
            ("http://a:1/", "http://a:1/", &["own.example", "*"]),
        ),
        (
            &[("HTTP_PROXY", " "), ("HTTPS_PROXY", "")],
            env.clone(),
            ("", "", &[]),
        ),
        (&[("HTTP_PROXY", "gopher://a:1")], env, ("", "", &[])),
        (&[("HTTP_PROXY", "a:1")], ProxyChoice::Direct, ("", "", &[])),
        (
            &[("HTTP_PROXY", "a:1"), ("no_proxy", "b")],
            ProxyChoice::Through("http://set:9".parse().unwrap()),
            ("http://set:9/", "http://set:9/", &["own.example", "b"]),
        ),
    ];
    for (environment, choice, (http, https, bypass)) in cases {
        let variable = |name: &str| {
            let found = environment.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let found = proxies(&choice, &["own.example".to_owned()], &variable);
        let shown = |url: Option<Url>| url.map_or_else(String::new, String::from);
        assert_eq!(shown(found.http), http, "{environment:?}");
        assert_eq!(shown(found.https), https, "{environment:?}");
        let expect: &[&str] = if http.is_empty() && https.is_empty() {
            &[]
        } else if bypass.is_empty() {
            &["own.example"]
        } else {
            bypass
        };
        assert_eq!(found.bypass, expect, "{environment:?}");
    }
}

/// Faulty files with what is said about them.
const FAULTS: &[(&str, &str)] = &[
    (
        "[archives]\ntimegates = ['https://archive.ph/timegate/']",
        "`timegates` in citecheck.toml:2 is `['https://archive.ph/timegate/']`, but names an \
         archive that is never asked",
    ),
    (
        "[archives]\ncdx = 'ftp://a.org'",
        "`cdx` in citecheck.toml:2 is `'ftp://a.org'`, but must be a web address, or \"\" for none",
    ),
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
         article-language, baseline, color, fetch, host, history, archives, rules, ignore",
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
        "[history]\nmax-age = '7'",
        "`max-age` in citecheck.toml:2 is `'7'`, but must be an age with its unit, such as \
         \"12h\", \"7d\" or \"4w\"",
    ),
    (
        "[history]\nconfirm = 3",
        "`confirm` in citecheck.toml:2 is `3`, but must be a table such as { failures = 3, days = \
         3 }",
    ),
    (
        "[history]\nconfirm = { failures = 0 }",
        "`confirm` in citecheck.toml:2 is `{ failures = 0 }`, but its `failures` must be a whole \
         number from 1 to 1000",
    ),
    (
        "[history]\nfiles = 'x'",
        "unknown key `files` in citecheck.toml:2; did you mean `file`?",
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
        "[fetch]\ntimeout = '0s'",
        "`timeout` in citecheck.toml:2 is `'0s'`, but must be longer than zero",
    ),
    (
        "[fetch]\ninterval = '25h'",
        "`interval` in citecheck.toml:2 is `'25h'`, but must be at most 24 hours",
    ),
    (
        "[fetch]\nmax-duration = '745h'",
        "`max-duration` in citecheck.toml:2 is `'745h'`, but must be at most 744 hours",
    ),
    (
        "[fetch]\nrobots = 'allow'",
        "`robots` in citecheck.toml:2 is `'allow'`, but must be one of \"ignore\", \
         \"crawl-delay\", \"obey\"",
    ),
    (
        "[fetch]\nproxy = 'ftp://a'",
        "`proxy` in citecheck.toml:2 is (not shown), but must be \"environment\", \"none\" or the \
         address of a proxy, such as \"http://proxy.example:3128\" or \"socks5://127.0.0.1:1080\"",
    ),
    (
        "[fetch]\ndns-servers = ['9.9.9']",
        "`dns-servers` in citecheck.toml:2 is `['9.9.9']`, but must be the address of a name \
         server, such as \"9.9.9.9\" or \"[2620:fe::fe]:53\"",
    ),
    (
        "[fetch]\nresolve = ['a.example:192.0.2.1']",
        "`resolve` in citecheck.toml:2 is `['a.example:192.0.2.1']`, but must be \
         HOST:PORT:ADDRESS, such as \"news.example:443:192.0.2.7\"",
    ),
    (
        "[fetch]\nresolve = ['192.0.2.1:80:192.0.2.1']",
        "`resolve` in citecheck.toml:2 is `['192.0.2.1:80:192.0.2.1']`, but must be \
         HOST:PORT:ADDRESS, such as \"news.example:443:192.0.2.7\"",
    ),
    (
        "[fetch]\nresolve = ['*.example:80:192.0.2.1']",
        "`resolve` in citecheck.toml:2 is `['*.example:80:192.0.2.1']`, but must name one host \
         each, and `*.example` is none; a name server of your own (--dns-server) answers for all \
         of them",
    ),
    (
        "[fetch]\nca-files = [1]",
        "`ca-files` in citecheck.toml:2 is `[1]`, but must be a list of texts",
    ),
    (
        "[host]\npattern = 'a.example'",
        "`host` in citecheck.toml:1 is `[host]`, but must be a list of tables: [[host]]",
    ),
    (
        "[[host]]\npattren = 'a.example'",
        "unknown key `pattren` in citecheck.toml:2; did you mean `pattern`?",
    ),
    (
        "[[host]]\nretries = 1",
        "the [[host]] in citecheck.toml:1 has no `pattern`; say which hosts it is for",
    ),
    (
        "[[host]]\npattern = 'a.example'\nskip = true",
        "the [[host]] in citecheck.toml:1 skips hosts without a `reason`; say why they are not \
         asked",
    ),
    (
        "[[host]]\npattern = 'https://a.example/'",
        "`pattern` in citecheck.toml:2 is `'https://a.example/'`, but must be the name of a host, \
         such as \"news.example\", or \"*.news.example\" for it and all names below, or an \
         address, such as \"192.0.2.7\"",
    ),
    (
        "[[host]]\npattern = 'a.example'\nheaders = { Host = 'b.example' }",
        "`headers` in citecheck.toml:3 is (not shown), but `host` is a header field that cannot \
         be set",
    ),
    (
        "[[host]]\npattern = 'a.example'\nheaders = { 'x y' = 'b' }",
        "`headers` in citecheck.toml:3 is (not shown), but names header fields with characters \
         that HTTP does not allow",
    ),
    (
        "[[host]]\npattern = 'a.example'\nheaders = { cookie = 'env:A B' }",
        "`headers` in citecheck.toml:3 is (not shown), but must name an environment variable \
         after `env:`",
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
