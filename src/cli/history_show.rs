//! A history for people and as JSON.

use anyhow::{Result, bail};
use citecheck::fetch::request_url;
use citecheck::history::{Confirm, Observation, Standing, Store, standing, summarise};
use citecheck::model::{FailureKind, LinkHistory, LinkVerdict};
use citecheck::report;
use jiff::Timestamp;
use serde::Serialize;
use url::Url;

use super::output::print;
use super::voice::one_line;

/// Which links to list.
#[derive(Debug)]
pub(super) struct Which<'a> {
    /// Addresses that fit; `*` stands for any characters.
    pub(super) pattern: Option<&'a str>,
    /// Only dead ones.
    pub(super) dead: bool,
    /// Only suspect ones.
    pub(super) suspect: bool,
}

impl Which<'_> {
    fn takes(&self, url: &Url, standing: Standing) -> bool {
        let fits = self
            .pattern
            .is_none_or(|pattern| fits(pattern, url.as_str()));
        let stands = match standing {
            Standing::Dead => !self.suspect,
            Standing::Suspect => !self.dead,
            Standing::Alive | Standing::Unknown => !self.dead && !self.suspect,
        };
        fits && stands
    }
}

/// A link as a line of JSON.
#[derive(Serialize)]
struct Listed<'a> {
    url: &'a Url,
    standing: &'static str,
    #[serde(flatten)]
    history: &'a LinkHistory,
}

/// An observation as JSON.
#[derive(Serialize)]
struct Shown<'a> {
    at: Timestamp,
    verdict: LinkVerdict,
    status: Option<u16>,
    failure: Option<&'static str>,
    landed: Option<&'a Url>,
}

/// Prints the links by address.
pub(super) fn list(store: &Store, which: &Which<'_>, confirm: Confirm, json: bool) -> Result<()> {
    store.each(|url, seen| {
        let Some((history, standing)) = summarise(seen, confirm).zip(standing(seen, confirm))
        else {
            return Ok(());
        };
        if !which.takes(url, standing) {
            return Ok(());
        }
        let line = if json {
            report::line(&Listed {
                url,
                standing: standing.as_str(),
                history: &history,
            })
        } else {
            row(url, standing, &history)
        };
        print(format!("{line}\n").as_bytes())
    })
}

/// Prints all that was seen of a link.
pub(super) fn show(store: &Store, url: &Url, confirm: Confirm, json: bool) -> Result<()> {
    let url = request_url(url);
    let seen = store.observations(&url)?;
    let Some((history, standing)) = summarise(&seen, confirm).zip(standing(&seen, confirm)) else {
        bail!("{url} was never seen; `citecheck history list` shows what was");
    };
    let mut page = String::new();
    if json {
        for seen in &seen {
            page.push_str(&report::line(&Shown {
                at: seen.at,
                verdict: seen.verdict,
                status: seen.status,
                failure: seen.failure.map(FailureKind::as_str),
                landed: seen.landed.as_ref(),
            }));
            page.push('\n');
        }
    } else {
        page = format!("{}\n\n", row(&url, standing, &history));
        for seen in &seen {
            page.push_str(&told(seen));
            page.push('\n');
        }
    }
    print(page.as_bytes())
}

fn row(url: &Url, standing: Standing, history: &LinkHistory) -> String {
    let day = |at: Option<Timestamp>| {
        at.map_or_else(|| "-".to_owned(), |at| at.strftime("%Y-%m-%d").to_string())
    };
    format!(
        "{:<8} {:<10} {:>3} {:<10} {:>4}  {}",
        standing.as_str(),
        day(history.dead_since),
        history.failures,
        day(history.last_alive),
        history.checks,
        one_line(url.as_str())
    )
}

fn told(seen: &Observation) -> String {
    let status = seen.status.map(|status| status.to_string());
    let failure = seen.failure.map(|failure| failure.as_str().to_owned());
    let landed = seen
        .landed
        .as_ref()
        .map(|url| format!("-> {}", one_line(url.as_str())));
    let rest: Vec<String> = [status, failure, landed].into_iter().flatten().collect();
    format!(
        "{}  {:<23} {}",
        seen.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        seen.verdict.as_str(),
        rest.join(" ")
    )
    .trim_end()
    .to_owned()
}

/// Whether the text fits a pattern in which `*` stands for any characters; without one the
/// pattern is the text's beginning.
fn fits(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    if !pattern.contains('*') {
        return true;
    }
    let mut parts: Vec<&str> = parts.collect();
    let last = parts.pop().unwrap_or_default();
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else {
            return false;
        };
        rest = after;
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_beginnings_and_stars() {
        let check = |pattern: &str, text: &str, expect: bool| {
            assert_eq!(fits(pattern, text), expect, "{pattern} {text}");
        };
        check("https://a.example/", "https://a.example/b", true);
        check("https://b.example/", "https://a.example/b", false);
        check("*", "https://a.example/b", true);
        check("*.pdf", "https://a.example/b.pdf", true);
        check("*.pdf", "https://a.example/b.pdf?x", false);
        check("https://*/b", "https://a.example/b", true);
        check("*a*b*", "https://a.example/b", true);
        check("*b*a*c", "https://a.example/b", false);
        check("a*a", "a", false);
    }
}
