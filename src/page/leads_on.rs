//! Where a page without text of its own sends the browser on to.
//!
//! Servers redirect by their status; log-in gates, single sign-on and old sites do so by a
//! `<meta>` tag or one line of script as well. Here it is only said where to.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

use super::outline::Outline;
use super::signals::signal;
use super::text::bounded;
use crate::model::{PageSignal, SignalKind};

/// Visible characters up to which a page may be there only to send on.
const PASSING_CHARS: usize = 300;

/// Seconds after which a reader has begun to read.
const SOON_SECONDS: u32 = 15;

/// How long the source of a page may be whose script sends on: longer ones go elsewhere only if
/// something happens.
const PASSING_BYTES: usize = 12_000;

/// How often a script may name the browser's address before the rest is not looked at.
const MOST_PLACES: usize = 40;

static PLACE: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let spellings = [
        "location.replace",
        "location.assign",
        "location.href",
        "location",
    ];
    let mut builder = AhoCorasickBuilder::new();
    // The longest spelling, so that what follows it is the address.
    builder
        .match_kind(MatchKind::LeftmostLongest)
        .build(spellings)
        .ok()
});

/// Looks for a refresh, and for scripts that set the browser's address to a written one.
pub(super) fn collect(
    outline: &Outline,
    source: &str,
    text_chars: usize,
    signals: &mut Vec<PageSignal>,
) {
    if PASSING_CHARS < text_chars {
        return;
    }
    if let Some(to) = outline.meta("refresh").find_map(refreshed) {
        signals.push(signal(SignalKind::LeadsOn, to, "<meta refresh>"));
    } else if source.len() <= PASSING_BYTES
        && let Some(to) = scripted(source)
    {
        signals.push(signal(SignalKind::LeadsOn, to, "script"));
    }
}

/// `0; url='/login'` (HTML, "refresh" state).
fn refreshed(content: &str) -> Option<&str> {
    let (seconds, rest) = content.split_once([';', ','])?;
    let whole = seconds.trim().split('.').next()?;
    if SOON_SECONDS < whole.parse().ok()? {
        return None;
    }
    let rest = rest.trim_start();
    let (name, to) = rest.split_at_checked(3)?;
    let to = to.trim_start().strip_prefix('=')?;
    let to = to.trim().trim_matches(['"', '\'']);
    (name.eq_ignore_ascii_case("url") && !to.is_empty()).then_some(to)
}

/// `location.href = "/login?next=" + …`: the address as far as it is written, in a script that goes
/// there whatever happens.
fn scripted(source: &str) -> Option<&str> {
    // Of the same length, so that places hold.
    let lower = source.to_ascii_lowercase();
    let mut from = 0;
    while let Some(start) = lower.get(from..)?.find("<script") {
        let start = from + start;
        let end = lower.get(start..)?.find("</script");
        let end = end.map_or(lower.len(), |end| start + end);
        if let Some(to) = source.get(start..end).and_then(sent_by) {
            return Some(to);
        }
        from = end;
    }
    None
}

fn sent_by(script: &str) -> Option<&str> {
    let places = PLACE.as_ref()?.find_iter(script).take(MOST_PLACES);
    places.into_iter().find_map(|found| {
        let (before, rest) = (script.get(..found.start())?, script.get(found.end()..)?);
        let part_of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '$');
        let conditional = ["if", "?", "function", "=>"]
            .iter()
            .any(|word| before.contains(word));
        if conditional || before.ends_with(part_of_name) {
            return None;
        }
        let rest = rest.trim_start().strip_prefix(['=', '('])?.trim_start();
        let quote = rest
            .chars()
            .next()
            .filter(|c| matches!(c, '"' | '\'' | '`'))?;
        let written = bounded(rest.get(1..)?);
        let to = written.split(quote).next()?;
        (written.len() != to.len() && !to.is_empty()).then_some(to)
    })
}
