//! Handing in living pages that no archive has.

use citecheck::archive::{ArchiveOptions, Archives, Key, Saved};
use citecheck::fetch::{FetchOptions, Fetcher};
use tokio::sync::watch;
use url::Url;

use super::fake::{Fake, answer};

fn key() -> Key {
    Key::read("ACCESS:secret").unwrap()
}

async fn save(fake: Fake) -> (Saved, Fetcher<Fake>) {
    let fetcher = Fetcher::new(fake, FetchOptions::default());
    let (_keep, stop) = watch::channel(false);
    let page: Url = "https://news.com/a?b=c&d".parse().unwrap();
    let mut archives = Archives::new(&fetcher, ArchiveOptions::default(), stop);
    let saved = archives.save(&page, &key()).await;
    (saved, fetcher)
}

const JOB: &str = r#"{"url":"https://news.com/a?b=c&d","job_id":"spn2-0a"}"#;
const PENDING: &str = r#"{"status":"pending","job_id":"spn2-0a","resources":[]}"#;
const DONE: &str = r#"{"status":"success","job_id":"spn2-0a","timestamp":"20261122000000",
    "original_url":"https://news.com/a?b=c&d"}"#;

#[tokio::test(start_paused = true)]
async fn a_page_is_handed_in_and_its_copy_named() {
    let fake = Fake::live(|request, before| match &request.form {
        Some(_) => answer(200, &[("content-type", "application/json")], JOB),
        None if before < 2 => answer(200, &[], PENDING),
        None => answer(200, &[], DONE),
    });
    let (saved, fetcher) = save(fake).await;
    let copy = "https://web.archive.org/web/20261122000000/https://news.com/a?b=c&d";
    assert_eq!(saved, Saved::Copy(copy.parse().unwrap()));
    let requests = fetcher.transport().requests();
    let form = requests[0].form.as_deref().unwrap();
    assert!(
        form.starts_with("url=https%3A%2F%2Fnews.com%2Fa%3Fb%3Dc%26d&"),
        "{form}"
    );
    let authorized = ("authorization", "LOW ACCESS:secret".to_owned());
    assert!(requests.iter().all(|it| it.fields.contains(&authorized)));
    let asked = fetcher.transport().asked();
    assert_eq!(asked[1], "https://web.archive.org/save/status/spn2-0a");
    assert_eq!(asked.len(), 4);
}

/// What the archive answers to the form, and what comes of it.
const ANSWERS: &[(u16, &str, &str)] = &[
    (
        200,
        "<html><title>Save page</title>",
        "deferred: the archive gave a page instead of an answer",
    ),
    (
        200,
        r#"{"status":"error","status_ext":"error:user-session-limit","message":"You have already reached the limit of active Save Page Now sessions."}"#,
        "deferred: You have already reached the limit of active Save Page Now sessions.",
    ),
    (
        200,
        r#"{"status":"error","status_ext":"error:blocked-url","message":"This URL is in the block list."}"#,
        "failed: This URL is in the block list.",
    ),
    (
        200,
        r#"{"job_id":"../../etc"}"#,
        "deferred: the archive gave no job",
    ),
    (401, "{}", "failed: the archive does not take the key"),
    (502, "", "deferred: the archive did not answer"),
    (
        429,
        "",
        "deferred: the archive asked for a longer pause than the run waits",
    ),
];

#[tokio::test(start_paused = true)]
async fn what_the_archive_does_not_do_now_is_put_off() {
    for (status, body, expect) in ANSWERS {
        let (saved, _) = save(Fake::live(move |_, _| answer(*status, &[], body))).await;
        let told = match saved {
            Saved::Copy(copy) => copy.to_string(),
            Saved::Deferred(why) => format!("deferred: {why}"),
            Saved::Failed(why) => format!("failed: {why}"),
        };
        assert_eq!(told, *expect, "{body}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_job_that_does_not_end_is_left_to_itself() {
    let fake = Fake::live(|request, _| match &request.form {
        Some(_) => answer(200, &[], JOB),
        None => answer(200, &[], PENDING),
    });
    let (saved, fetcher) = save(fake).await;
    assert_eq!(
        saved,
        Saved::Deferred("the archive is still at it".to_owned())
    );
    assert_eq!(fetcher.transport().asked().len(), 9);
}

#[tokio::test(start_paused = true)]
async fn a_replay_hands_in_nothing() {
    let (saved, fetcher) = save(Fake::live(|_, _| answer(200, &[], JOB)).replay()).await;
    assert!(matches!(saved, Saved::Deferred(_)));
    assert!(fetcher.transport().asked().is_empty());
}

#[test]
fn keys_are_read_and_not_shown() {
    assert_eq!(format!("{:?}", key()), "Key(..)");
    for none in ["", "a", ":", "a:", ":b", "a b:c", "a:b\nc"] {
        assert_eq!(Key::read(none), None, "{none:?}");
    }
}
