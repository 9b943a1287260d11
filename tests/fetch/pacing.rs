//! The pace of each host, played through in a time that is not the clock's.
#![expect(
    clippy::indexing_slicing,
    reason = "counts and pauses that are missing are to fail the test"
)]

use std::time::Duration;

use citecheck::fetch::{FetchOptions, HostOptions, Robots};
use citecheck::model::FailureKind;

use super::play::{Act, Played, ok, play, status, urls, with};

fn polite() -> FetchOptions {
    FetchOptions {
        robots: Robots::Ignore,
        ..FetchOptions::default()
    }
}

const A: &str = "a.example";

fn near(found: f64, expected: f64) -> bool {
    (found - expected).abs() < 0.01 + expected / 50.0
}

/// A host that allows so many requests in each window of time, from the first request on.
struct Window {
    most: usize,
    seconds: u64,
    /// Whether it says how long to wait.
    tells: bool,
}

/// Plays such a host; a fixed window starts with the first request after the one before.
async fn play_window(window: Window, count: usize, latency: u64) -> Played {
    let state = std::sync::Mutex::new((Duration::ZERO, 0));
    let length = Duration::from_secs(window.seconds);
    play(polite(), &urls(A, count), move |seen| {
        let mut state = state.lock().unwrap();
        if state.0 + length <= seen.at {
            *state = (seen.at, 0);
        }
        state.1 += 1;
        let left = (state.0 + length).saturating_sub(seen.at);
        let left = left.as_secs_f64().ceil();
        let act = match (state.1 <= window.most, window.tells) {
            (true, _) => ok(),
            (false, true) => with(429, "retry-after", &left.to_string()),
            (false, false) => status(429),
        };
        (latency, act)
    })
    .await
}

#[tokio::test(start_paused = true)]
async fn the_pause_follows_how_long_the_host_takes() {
    for (latency, after_forty) in [
        (1, 0.025),  // no faster than a quarter of the first pause
        (100, 0.05), // two at a time
        (1000, 0.5),
        (4000, 2.0),
        (120_000, 60.0), // two in flight, whatever the longest pause
    ] {
        let played = play(polite(), &urls(A, 60), move |_| (latency, ok())).await;
        let pauses = played.pauses(A);
        let late: f64 = pauses[39..].iter().sum::<f64>() / 20.0;
        assert!(near(late, after_forty), "{latency} ms: {late}");
        assert!(played.log.most_per_host <= 2);
        assert!(near(pauses[0], 0.1), "{latency} ms: {}", pauses[0]);
    }
}

#[tokio::test(start_paused = true)]
async fn the_pause_gets_shorter_step_by_step_and_only_by_success() {
    for (code, shorter) in [
        (200, true),
        (301, false),
        (304, true),
        (404, false),
        (403, false),
        (500, false),
    ] {
        let options = FetchOptions {
            retries: 0,
            ..polite()
        };
        let played = play(options, &urls(A, 30), move |_| (1, status(code))).await;
        let pauses = played.pauses(A);
        let got_shorter = played.shortest_pause(A) < 0.09;
        assert_eq!(got_shorter, shorter || code == 301, "{code}: {pauses:?}");
        for pair in pauses.windows(2) {
            assert!(pair[0] * 0.85 <= pair[1] + 0.002, "{code}: {pauses:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_host_is_given_what_its_settings_say() {
    for (per_host, interval_ms) in [(1, 100), (2, 100), (3, 0), (8, 0), (0, 50)] {
        let options = FetchOptions {
            per_host,
            interval: Duration::from_millis(interval_ms),
            ..polite()
        };
        let played = play(options, &urls(A, 40), |_| (5000, ok())).await;
        assert_eq!(played.log.most_per_host, per_host.max(1));
        assert!(Duration::from_millis(interval_ms).as_secs_f64() <= played.shortest_pause(A));
    }
}

#[tokio::test(start_paused = true)]
async fn hosts_may_differ() {
    let hosts = vec![
        HostOptions {
            pattern: "www.slow.example".to_owned(),
            interval: Some(Duration::from_secs(3)),
            ..HostOptions::default()
        },
        HostOptions {
            pattern: "*.slow.example".to_owned(),
            per_host: Some(1),
            retries: Some(0),
            ..HostOptions::default()
        },
        HostOptions {
            pattern: "*.never.example".to_owned(),
            skip: true,
            ..HostOptions::default()
        },
    ];
    let options = FetchOptions { hosts, ..polite() };
    let names = [
        "www.slow.example",
        "m.slow.example",
        "never.example",
        "other.example",
    ];
    let all: Vec<String> = names.iter().flat_map(|host| urls(host, 4)).collect();
    let played = play(options, &all, |_| (200, status(500))).await;
    assert!(3.0 <= played.shortest_pause("www.slow.example"));
    assert_eq!(played.times("m.slow.example").len(), 4);
    assert_eq!(played.times("never.example").len(), 0);
    assert_eq!(played.times("other.example").len(), 12);
    assert_eq!(played.counts()["Excluded"], 4);
}

#[tokio::test(start_paused = true)]
async fn a_slow_host_holds_up_its_own_urls_only() {
    let mut all = urls("slow.example", 40);
    all.extend(urls("throttles.example", 10));
    all.extend(urls("fast.example", 40));
    let options = FetchOptions {
        concurrency: 3,
        ..polite()
    };
    let played = play(options, &all, |seen| match seen.url.host_str().unwrap() {
        "slow.example" => (20_000, ok()),
        "throttles.example" if seen.before == 0 => (10, with(429, "retry-after", "30")),
        _ => (10, ok()),
    })
    .await;
    // Two of three slots go to the slow host, none to the one that waits.
    let last = played.times("fast.example").pop().unwrap();
    assert!(last < 5.0, "{last}");
    assert_eq!(played.counts()["200"], 90);
    assert_eq!(played.log.most, 3);
}

#[tokio::test(start_paused = true)]
async fn the_order_of_the_list_changes_nothing() {
    let hosts: Vec<String> = (0..4).map(|n| format!("h{n}.example")).collect();
    let blocks: Vec<String> = hosts.iter().flat_map(|host| urls(host, 100)).collect();
    let mixed: Vec<String> = (0..100)
        .flat_map(|n| hosts.iter().map(move |host| format!("http://{host}/{n}")))
        .collect();
    let options = FetchOptions {
        concurrency: 4,
        ..polite()
    };
    let one = play(options.clone(), &blocks, |_| (50, ok())).await;
    let other = play(options, &mixed, |_| (50, ok())).await;
    let share = one.took.as_secs_f64() / other.took.as_secs_f64();
    assert!(
        (0.97..1.03).contains(&share),
        "{:?} {:?}",
        one.took,
        other.took
    );
}

#[tokio::test(start_paused = true)]
async fn a_host_that_allows_so_much_is_asked_so_much() {
    for (most, seconds, tells, count, longest, busy) in [
        (20, 2, true, 200, 23.0, 5),
        (20, 2, false, 200, 40.0, 6),
        (10, 1, true, 200, 30.0, 8),
        (10, 60, true, 30, 200.0, 12),
        (100, 10, true, 300, 40.0, 6),
    ] {
        let window = Window {
            most,
            seconds,
            tells,
        };
        let played = play_window(window, count, 50).await;
        let refused = played.of(A).filter(|asked| asked.status == 429).count();
        let took = played.took.as_secs_f64();
        assert_eq!(
            played.counts().get("200"),
            Some(&count),
            "{:?}",
            played.counts()
        );
        assert!(took <= longest, "{most} per {seconds} s: {took}");
        assert!(refused <= busy, "{most} per {seconds} s: {refused}");
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_is_asked_of_a_host_while_it_wants_a_pause() {
    for (value, least, most) in [
        ("3", 3.0, 3.2),
        ("120", 120.0, 120.2),
        ("Thu, 01 Jan 2026 00:00:08 GMT", 7.9, 8.2), // the fifth request comes within a second
        ("0", 0.0, 0.5),
        ("soon", 0.0, 1.5),
        ("", 0.0, 1.5),
        ("-1", 0.0, 1.5),
        ("Wed, 31 Dec 2025 00:00:00 GMT", 0.0, 1.5),
    ] {
        for code in [429, 503] {
            let played = play(polite(), &urls(A, 30), move |seen| {
                let turned_away = seen.number == 5;
                (
                    5,
                    if turned_away {
                        with(code, "retry-after", value)
                    } else {
                        ok()
                    },
                )
            })
            .await;
            assert_eq!(played.counts()["200"], 30, "{value}");
            let times = played.times(A);
            let gap = times[6] - times[5];
            let (low, high) = if value.starts_with("Thu") {
                (8.0 - times[5] - 0.01, most)
            } else {
                (least, most)
            };
            assert!(low <= gap && gap <= high, "{code} {value}: {gap}");
            // Slower than it was, and on its way back.
            let pauses = played.pauses(A);
            assert!(pauses[4] < pauses[7], "{code} {value}: {pauses:?}");
        }
    }
}

/// Some pages of a host want a pause, whatever its pace: each is kept, and no more is made of it.
#[tokio::test(start_paused = true)]
async fn pages_that_want_a_pause_do_not_make_the_host_slow() {
    for (per_host, interval_ms, every) in [
        (2, 100, 2),
        (2, 100, 1),
        (1, 100, 2),
        (8, 20, 1),
        (128, 0, 1),
        (128, 0, 2),
    ] {
        let options = FetchOptions {
            per_host,
            interval: Duration::from_millis(interval_ms),
            ..polite()
        };
        let played = play(options, &urls(A, 80), move |seen| {
            let number: usize = seen.url.path().trim_start_matches('/').parse().unwrap();
            let act = if number.is_multiple_of(every) && seen.before == 0 {
                with(429, "retry-after", "3")
            } else {
                ok()
            };
            (50, act)
        })
        .await;
        let case = format!("{per_host} at once, {interval_ms} ms, every {every}");
        assert_eq!(played.counts()["200"], 80, "{case}: {:?}", played.counts());
        let away = played.of(A).filter(|asked| asked.status == 429);
        let away: Vec<f64> = away.map(|asked| asked.at.as_secs_f64() + 0.05).collect();
        // Every answer's pause, unless some came while others were under way.
        let pauses = 3.0 * f64::from(u32::try_from(away.len()).unwrap());
        let took = played.took.as_secs_f64();
        assert!(took < pauses + 45.0, "{case}: {took}");
        for at in played.times(A) {
            let early = away.iter().any(|end| *end < at && at < *end + 2.99);
            assert!(!early, "{case}: {at}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_host_recovers_step_by_step() {
    let played = play(polite(), &urls(A, 4000), |seen| {
        let turned_away = seen.number == 5;
        (
            20,
            if turned_away {
                with(503, "retry-after", "2")
            } else {
                ok()
            },
        )
    })
    .await;
    let pauses = played.pauses(A);
    assert!(0.1 <= pauses[8], "{}", pauses[8]);
    assert!(pauses[3900] < 0.03, "{}", pauses[3900]);
    for pair in pauses[8..].windows(2) {
        assert!(pair[0] * 0.7 <= pair[1] + 0.002, "{pair:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_host_that_wants_a_long_pause_is_left_alone() {
    for value in [
        "121",
        "86400",
        "99999999999999999999",
        "Fri, 02 Jan 2026 00:00:00 GMT",
    ] {
        let mut all = urls(A, 50);
        all.extend(urls("b.example", 50));
        let played = play(polite(), &all, move |seen| {
            let away = seen.url.host_str() == Some(A) && 10 <= seen.number;
            (
                5,
                if away {
                    with(429, "retry-after", value)
                } else {
                    ok()
                },
            )
        })
        .await;
        let counts = played.counts();
        assert!((1..=2).contains(&counts["429"]), "{counts:?}");
        assert!(50 < counts["200"], "{counts:?}");
        assert_eq!(counts.values().sum::<usize>(), 100);
        assert_eq!(counts["HostPaused"], 100 - counts["200"] - counts["429"]);
        assert!(played.took < Duration::from_secs(20), "{:?}", played.took);
        let skipped = played
            .outcomes
            .iter()
            .filter(|outcome| outcome.attempts == 0);
        assert_eq!(skipped.count(), counts["HostPaused"]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_pause_ends_early_when_the_host_turns_out_to_want_a_longer_one() {
    let played = play(polite(), &urls(A, 9), |seen| match seen.number {
        0 => (10, with(429, "retry-after", "100")),
        _ => (400, with(429, "retry-after", "1000")),
    })
    .await;
    // One waits for the first pause to end when the second answer comes.
    assert!(played.took < Duration::from_secs(101), "{:?}", played.took);
    assert!(played.times(A).len() <= 3);
    assert!(!played.counts().contains_key("200"));
}

#[tokio::test(start_paused = true)]
async fn only_what_may_pass_is_asked_again() {
    use FailureKind as K;
    let again = [K::Connect, K::DnsTemporary, K::Reset, K::Timeout];
    for kind in FailureKind::ALL {
        let played = play(polite(), &urls(A, 1), move |_| (5, Act::Fail(kind))).await;
        let asked = if again.contains(&kind) { 3 } else { 1 };
        assert_eq!(played.times(A).len(), asked, "{kind:?}");
        assert_eq!(played.counts()[kind.as_str()], 1);
    }
    for code in [
        200, 404, 410, 403, 451, 501, 505, 999, 408, 425, 429, 500, 502, 503, 504, 520,
    ] {
        let played = play(polite(), &urls(A, 1), move |_| (5, status(code))).await;
        let again = matches!(code, 408 | 425 | 429 | 500 | 502..=504 | 520);
        assert_eq!(played.times(A).len(), if again { 3 } else { 1 }, "{code}");
    }
}

#[tokio::test(start_paused = true)]
async fn who_waits_for_a_retry_holds_no_slot() {
    let options = FetchOptions {
        concurrency: 1,
        per_host: 1,
        backoff: Duration::from_secs(1000),
        ..polite()
    };
    let mut all = urls(A, 10);
    all.extend(urls("b.example", 10));
    let played = play(options, &all, |seen| {
        let fails = seen.url.path() == "/0" && seen.before == 0;
        (5, if fails { status(500) } else { ok() })
    })
    .await;
    assert_eq!(played.counts()["200"], 20);
    let others = played.log.asked.iter().filter(|asked| asked.path != "/0");
    let last = others.map(|asked| asked.at).max().unwrap();
    assert!(last < Duration::from_secs(3), "{last:?}");
}

#[tokio::test(start_paused = true)]
async fn a_host_that_does_not_answer_is_asked_for_a_few_urls_only() {
    use FailureKind as K;
    for (kind, millis) in [
        (K::Timeout, 60_000),
        (K::Connect, 5),
        (K::Unreachable, 5),
        (K::Reset, 5),
        (K::DnsTemporary, 5000),
    ] {
        let played = play(polite(), &urls(A, 300), move |_| (millis, Act::Fail(kind))).await;
        let counts = played.counts();
        assert!((4..=6).contains(&counts[kind.as_str()]), "{counts:?}");
        assert_eq!(counts["HostPaused"] + counts[kind.as_str()], 300);
        assert!(played.took < Duration::from_secs(200), "{:?}", played.took);
    }
    // What is no trouble of the host's, or costs nothing to learn of each URL, is learnt.
    for kind in [K::Dns, K::TlsExpired, K::Protocol] {
        let played = play(polite(), &urls(A, 30), move |_| (5, Act::Fail(kind))).await;
        assert_eq!(played.counts()[kind.as_str()], 30);
    }
}

#[tokio::test(start_paused = true)]
async fn a_host_that_answers_now_and_then_is_asked_for_all() {
    let played = play(polite(), &urls(A, 60), |seen| {
        let fails = !seen.url.path().ends_with('3');
        (
            100,
            if fails && seen.number % 4 != 0 {
                Act::Fail(FailureKind::Reset)
            } else {
                ok()
            },
        )
    })
    .await;
    assert!(
        !played.counts().contains_key("HostPaused"),
        "{:?}",
        played.counts()
    );
}

#[tokio::test(start_paused = true)]
async fn a_host_that_turns_everything_away_is_left_alone() {
    let played = play(polite(), &urls(A, 300), |_| {
        (5, with(429, "retry-after", "60"))
    })
    .await;
    let counts = played.counts();
    assert!(counts["429"] <= 6, "{counts:?}");
    assert_eq!(counts["429"] + counts["HostPaused"], 300);
    assert!(played.times(A).len() <= 9);
}

#[tokio::test(start_paused = true)]
async fn redirects_wait_for_the_turn_of_the_host_they_lead_to() {
    let mut all: Vec<String> = (0..200)
        .map(|n| format!("http://h{n}.example/{n}"))
        .collect();
    all.extend(urls("far.example", 5));
    let played = play(polite(), &all, |seen| {
        let path = seen.url.path();
        match seen.url.host_str().unwrap() {
            "far.example" => (1000, ok()),
            _ => (
                5,
                with(302, "location", &format!("http://far.example{path}x")),
            ),
        }
    })
    .await;
    assert_eq!(played.counts()["200"], 205);
    assert!(played.log.most_per_host <= 2);
    // The others are not kept from the network by those that wait.
    let last = (0..200).filter_map(|n| played.times(&format!("h{n}.example")).pop());
    assert!(last.fold(0.0, f64::max) < 10.0);
}
