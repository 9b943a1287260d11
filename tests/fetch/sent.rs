//! What is sent with a request, when, and to whom.

use citecheck::fetch::{Ask, FetchOptions, HostOptions, Proxies, Request, Robots, Validators};
use citecheck::model::{FailureKind, FetchResult, SkipReason};
use url::Url;

use super::support::{Reply, Server, answer, page, redirect};
use super::{failure, fetcher, hops, options, response};

fn heads(server: &Server) -> Vec<String> {
    let requests = server.requests();
    requests
        .into_iter()
        .map(|request| request.head.to_lowercase())
        .collect()
}

#[tokio::test]
async fn an_unchanged_page_is_told_by_its_validators() {
    let server = Server::start(|request| {
        let known = request.head.contains("if-none-match: \"v1\"")
            && request
                .head
                .contains("if-modified-since: Thu, 01 Jan 2026 00:00:00 GMT");
        match request.path.as_str() {
            "/moved" => redirect(301, "/page"),
            "/never" => Reply::Raw(answer(304, "", "")),
            _ if known => Reply::Raw(answer(304, "ETag: \"v1\"", "")),
            _ => page("whole"),
        }
    })
    .await;
    let ask = |path: &str| Ask {
        url: server.url(path),
        validators: Some(Validators {
            etag: Some("\"v1\"".to_owned()),
            last_modified: Some("Thu, 01 Jan 2026 00:00:00 GMT".to_owned()),
        }),
    };
    let fetcher = fetcher(options());
    let outcome = fetcher.ask_again(&ask("/page")).await;
    assert_eq!((response(&outcome).status, outcome.attempts), (304, 1));
    // They are those of the page that was cited, not of where it leads to by now.
    let outcome = fetcher.ask_again(&ask("/moved")).await;
    assert_eq!(response(&outcome).body, b"whole");
    assert_eq!(
        response(&fetcher.fetch(&server.url("/page")).await).status,
        200
    );
    assert_eq!(
        response(&fetcher.fetch(&server.url("/never")).await).status,
        304
    );
}

#[tokio::test]
async fn validators_that_cannot_be_sent_are_left_out() {
    let server = Server::start(|_| page("whole")).await;
    let ask = Ask {
        url: server.url("/"),
        validators: Some(Validators {
            etag: Some("\"a\"\r\nX-Evil: 1".to_owned()),
            last_modified: None,
        }),
    };
    let outcome = fetcher(options()).ask_again(&ask).await;
    assert_eq!(response(&outcome).status, 200);
    assert!(!heads(&server).remove(0).contains("evil"));
}

#[tokio::test]
async fn a_second_try_opens_a_connection_of_its_own() {
    let keep = |status: u16, body: &str| {
        let length = body.len();
        format!("HTTP/1.1 {status} X\r\nContent-Length: {length}\r\n\r\n{body}").into_bytes()
    };
    let server = Server::start(move |request| match request.before {
        0 if request.path == "/busy" => Reply::Keep(keep(503, "")),
        _ => Reply::Keep(keep(200, "fine")),
    })
    .await;
    let fetcher = fetcher(options());
    for _ in 0..3 {
        fetcher.fetch(&server.url("/kept")).await;
    }
    assert_eq!(server.accepted(), 1, "one connection serves them all");
    let outcome = fetcher.fetch(&server.url("/busy")).await;
    assert_eq!((response(&outcome).status, outcome.attempts), (200, 2));
    assert_eq!(server.accepted(), 2);
}

#[tokio::test]
async fn who_turns_robots_away_is_asked_as_browsers_do_if_wanted() {
    let server = Server::start(|request| {
        let browser = request.head.contains("sec-fetch-mode: navigate");
        match request.path.as_str() {
            "/wall" => Reply::Raw(answer(403, "", "go away")),
            "/challenge" if !browser => Reply::Raw(answer(503, "cf-mitigated: challenge", "")),
            "/404" => Reply::Raw(answer(404, "", "")),
            path if browser => page(path),
            _ => Reply::Raw(answer(403, "", "robots not welcome")),
        }
    })
    .await;
    let wanted = || FetchOptions {
        browser_retry: true,
        retries: 0,
        ..options()
    };
    for (path, status, attempts) in [
        ("/page", 200, 2),
        ("/challenge", 200, 2),
        ("/wall", 403, 2),
        ("/404", 404, 1),
    ] {
        let outcome = fetcher(wanted()).fetch(&server.url(path)).await;
        assert_eq!(
            (response(&outcome).status, outcome.attempts),
            (status, attempts),
            "{path}"
        );
    }
    let heads = heads(&server);
    assert!(
        heads
            .iter()
            .all(|head| head.contains("user-agent: citecheck/"))
    );
    let outcome = fetcher(options()).fetch(&server.url("/page")).await;
    assert_eq!((response(&outcome).status, outcome.attempts), (403, 1));
}

#[tokio::test]
async fn fields_for_a_host_go_to_no_other() {
    let far = Server::start(|_| page("far")).await;
    let away = far.url_on("far.example", "/far").to_string();
    let server = Server::start(move |request| match request.path.as_str() {
        "/away" => redirect(302, &away),
        "/near" => redirect(302, "/landed"),
        _ => page("near"),
    })
    .await;
    let back = server.url("/home").to_string();
    let detour = Server::start(move |_| redirect(302, &back)).await;
    let mut options = options();
    options
        .resolve
        .insert("far.example".to_owned(), vec![far.address.ip()]);
    options.hosts.push(HostOptions {
        pattern: "127.0.0.1".to_owned(),
        headers: vec![("authorization".to_owned(), "Bearer secret".to_owned())],
        ..HostOptions::default()
    });
    let fetcher = fetcher(options);
    for url in [server.url("/near"), server.url("/away")] {
        fetcher.fetch(&url).await;
    }
    assert_eq!(heads(&server).len(), 3);
    assert!(
        heads(&server)
            .iter()
            .all(|head| head.contains("authorization: bearer secret"))
    );
    assert!(!heads(&far).remove(0).contains("secret"));
    // Back at the host, but by way of another origin.
    let outcome = fetcher.fetch(&detour.url("/")).await;
    assert_eq!(response(&outcome).body, b"near");
    assert!(!heads(&server).pop().unwrap().contains("secret"));
}

#[tokio::test]
async fn a_robots_file_elsewhere_is_asked_for_without_the_fields_for_its_host() {
    let far = Server::start(|_| page("")).await;
    let away = far.url_on("far.example", "/rules").to_string();
    let server = Server::start(move |request| match request.path.as_str() {
        "/robots.txt" => redirect(302, "/rules"),
        "/rules" => redirect(302, &away),
        _ => page("near"),
    })
    .await;
    let mut options = FetchOptions {
        robots: Robots::Obey,
        ..options()
    };
    options
        .resolve
        .insert("far.example".to_owned(), vec![far.address.ip()]);
    options.hosts = (["127.0.0.1", "far.example"].into_iter())
        .map(|host| HostOptions {
            pattern: host.to_owned(),
            headers: vec![("authorization".to_owned(), format!("Bearer {host}"))],
            ..HostOptions::default()
        })
        .collect();
    fetcher(options).fetch(&server.url("/page")).await;
    let near = heads(&server);
    assert_eq!(near.len(), 3);
    assert!(near.iter().all(|head| head.contains("bearer 127.0.0.1")));
    let far = heads(&far);
    assert!(far.len() == 1 && far.iter().all(|head| !head.contains("bearer")));
}

#[tokio::test]
async fn hosts_that_are_left_out_are_not_asked() {
    let server = Server::start(|_| page("x")).await;
    let mut options = options();
    options.hosts.push(HostOptions {
        pattern: "127.0.0.1".to_owned(),
        skip: true,
        ..HostOptions::default()
    });
    let fetcher = fetcher(options);
    for outcome in [
        fetcher.fetch(&server.url("/")).await,
        fetcher.exchange(&Request::to(server.url("/"))).await,
    ] {
        assert_eq!(outcome.result, FetchResult::Skipped(SkipReason::Excluded));
        assert_eq!((outcome.attempts, server.accepted()), (0, 0));
    }
}

#[tokio::test]
async fn cookies_live_as_long_as_the_way_to_one_url() {
    let server = Server::start(|request| {
        let known = request.head.contains("cookie: seen=1");
        match request.path.as_str() {
            "/page" if known => page("welcome back"),
            "/page" => Reply::Raw(answer(302, "Location: /page\nSet-Cookie: seen=1", "")),
            "/start" => Reply::Raw(answer(
                302,
                "Location: /page\nSet-Cookie: seen=1; Path=/",
                "",
            )),
            "/fickle" => {
                let set = format!("Location: /fickle\nSet-Cookie: n={}", request.before);
                Reply::Raw(answer(302, &set, ""))
            }
            _ => page(request.head.clone()),
        }
    })
    .await;
    let fetcher = fetcher(options());
    let outcome = fetcher.fetch(&server.url("/page")).await;
    assert_eq!(response(&outcome).body, b"welcome back");
    assert_eq!(hops(&outcome), [("/page", 302)]);
    let outcome = fetcher.fetch(&server.url("/start")).await;
    assert_eq!(hops(&outcome), [("/start", 302)]);
    let outcome = fetcher.fetch(&server.url("/fickle")).await;
    assert_eq!(failure(&outcome).0, FailureKind::TooManyRedirects);
    assert_eq!(hops(&outcome), [("/fickle", 302), ("/fickle", 302)]);
    let outcome = fetcher.fetch(&server.url("/echo")).await;
    assert!(!String::from_utf8_lossy(&response(&outcome).body).contains("cookie"));
}

#[tokio::test]
async fn pages_that_send_their_reader_on_are_hops() {
    let server = Server::start(|request| match request.path.as_str() {
        "/header" => Reply::Raw(answer(200, "Refresh: 0; url=/meta", "<p>moved")),
        "/meta" => page("<meta http-equiv=refresh content='5; url=/landed'>"),
        "/slow" => page("<meta http-equiv=refresh content='6; url=/landed'>"),
        "/itself" => page("<meta http-equiv=refresh content='0; url=/itself#top'>"),
        "/show/1" => page("<meta http-equiv=refresh content='3; url=2'>"),
        "/show/2" => page("<meta http-equiv=refresh content='3; url=1'>"),
        "/404" => Reply::Raw(answer(404, "Refresh: 0; url=/landed", "")),
        "/inside" => page("<meta http-equiv=refresh content='0; url=http://10.0.0.5/'>"),
        "/nowhere" => Reply::Raw(answer(200, "Refresh: 0; url=file:///etc/passwd", "stays")),
        _ => page("landed"),
    })
    .await;
    let fetcher = fetcher(options());
    for (path, led, status) in [
        ("/header", vec![("/header", 200), ("/meta", 200)], 200),
        ("/slow", vec![], 200),
        ("/itself", vec![], 200),
        ("/show/1", vec![("/show/1", 200)], 200),
        ("/404", vec![], 404),
        ("/nowhere", vec![], 200),
    ] {
        let outcome = fetcher.fetch(&server.url(path)).await;
        assert_eq!(hops(&outcome), led, "{path}");
        assert_eq!(response(&outcome).status, status, "{path}");
    }
}

#[tokio::test]
async fn a_proxy_is_asked_instead_of_the_host() {
    let proxy = Server::start(|_| page("from the proxy")).await;
    let options = FetchOptions {
        allow_private: false, // the proxy is local, and is let
        proxies: Proxies {
            http: Some(proxy.url_on("localhost", "/")),
            https: None,
            bypass: vec!["near.example".to_owned()],
        },
        resolve: [("near.example".to_owned(), Vec::new())].into(),
        retries: 0,
        ..options()
    };
    let fetcher = fetcher(options);
    let get = |url: &str| Url::parse(url).unwrap();
    let outcome = fetcher.fetch(&get("http://far.example/a?b")).await;
    assert_eq!(response(&outcome).body, b"from the proxy");
    assert!(
        heads(&proxy)
            .remove(0)
            .starts_with("get http://far.example/a?b http/1.1")
    );
    // What it is not to be asked for, and what nobody is.
    let outcome = fetcher.fetch(&get("http://near.example/")).await;
    assert_eq!(failure(&outcome).0, FailureKind::Dns);
    let outcome = fetcher.fetch(&get("http://10.0.0.5/")).await;
    assert_eq!(failure(&outcome).0, FailureKind::PrivateAddress);
    assert_eq!(proxy.requests().len(), 1);
}

#[tokio::test]
async fn a_proxy_name_leads_nobody_else_into_the_local_network() {
    let secret = Server::start(|_| page("secret")).await;
    let proxy = Server::start(|_| page("from the proxy")).await;
    let options = FetchOptions {
        allow_private: false,
        proxies: Proxies {
            http: Some(proxy.url_on("inside.example", "/")),
            https: None,
            bypass: vec!["inside.example".to_owned()],
        },
        resolve: [("inside.example".to_owned(), vec![proxy.address.ip()])].into(),
        retries: 0,
        ..options()
    };
    let fetcher = fetcher(options);
    let mut url = secret.url_on("inside.example", "/");
    let outcome = fetcher.fetch(&url).await;
    assert_eq!(response(&outcome).body, b"from the proxy");
    url.set_scheme("https").unwrap();
    let outcome = fetcher.fetch(&url).await;
    assert!(matches!(outcome.result, FetchResult::Failed(_)));
    assert_eq!(secret.accepted(), 0);
    assert!(heads(&proxy).pop().unwrap().starts_with("connect "));
}

#[tokio::test]
async fn a_proxy_that_is_away_says_nothing_about_the_link() {
    for proxy in [
        "http://gone.example:3128",
        "socks5h://127.0.0.77:1080",
        "http://127.0.0.77:3128",
    ] {
        let proxy = Url::parse(proxy).unwrap();
        let options = FetchOptions {
            proxies: Proxies {
                http: Some(proxy.clone()),
                https: Some(proxy.clone()),
                bypass: Vec::new(),
            },
            resolve: [("gone.example".to_owned(), Vec::new())].into(),
            retries: 0,
            ..options()
        };
        for url in ["http://far.example/", "https://far.example/"] {
            let outcome = fetcher(options.clone())
                .fetch(&Url::parse(url).unwrap())
                .await;
            let (kind, detail) = failure(&outcome);
            assert_eq!(kind, FailureKind::Unreachable, "{proxy} {url} {detail}");
            assert!(detail.starts_with("through the proxy"), "{detail}");
        }
    }
}
