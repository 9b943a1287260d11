//! How much memory the program takes while it reads everything that the server has.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use super::demand;
use crate::case::cases;
use crate::world::World;

/// The most that a debug build may ever hold in memory, whatever servers send: bodies of a gigabyte
/// are among them.
const LIMIT_KIB: u64 = 190 << 10;

/// Names that stand for our server, so that many bodies are under way at once.
const HOSTS: usize = 8;

/// Checks an article that cites every large or odd body of our server, with the usual limits, and
/// says how much memory was resident at most, if it was too much.
pub(crate) async fn of_one_run(world: &World) -> Result<(), String> {
    let cases = cases();
    let port = world.http.port();
    let ours = cases
        .iter()
        .filter_map(|case| case.ask.strip_prefix("{http}"));
    let bodies = ["/content/", "/size/", "/slow/endless"];
    let ours = ours.filter(|path| bodies.iter().any(|start| path.starts_with(start)));
    let cite = |(nth, path): (usize, &str)| {
        let here = format!("http://h{}.example:{port}", nth % HOSTS);
        let url = world.address(&format!("{here}{path}")).replace(' ', "%20");
        format!("<ref>{{{{cite web |url={url} |title=The mill turns again}}}}</ref>\n")
    };
    let citations: Vec<String> = ours.enumerate().map(cite).collect();
    let asked = citations.len();
    let run = move || peak_of(&citations.concat(), port);
    let Some(peak) = tokio::task::spawn_blocking(run).await.unwrap() else {
        return Ok(()); // this system does not tell
    };
    let came = format!("{peak} KiB resident while {asked} addresses are asked in one run");
    demand(peak < LIMIT_KIB, came)
}

/// The most KiB resident, as Linux tells whenever the program logs that a link is asked.
fn peak_of(article: &str, port: u16) -> Option<u64> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("article.wiki"), article).unwrap();
    let mut child = Command::new(assert_cmd::cargo::cargo_bin!("citecheck"))
        .current_dir(folder.path())
        .args([
            "check",
            "article.wiki",
            "--allow-private",
            "--interval",
            "0ms",
            "-v",
        ])
        .args((0..HOSTS).map(|nth| format!("--resolve=h{nth}.example:{port}:127.0.0.1")))
        .args([
            "--timeout",
            "2s",
            "--format",
            "json",
            "--output",
            "json=out.json",
        ])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    for _ in BufReader::new(child.stderr.take().unwrap()).lines() {
        let text = std::fs::read(&status).unwrap_or_default();
        peak = high_water(&String::from_utf8_lossy(&text)).or(peak);
    }
    let ended = child.wait().unwrap();
    assert!(matches!(ended.code(), Some(0 | 1)), "{ended}");
    peak
}

fn high_water(status: &str) -> Option<u64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}
