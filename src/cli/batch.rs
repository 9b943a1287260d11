//! `citecheck inspect --batch`: many saved pages, on all cores, answered in order.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use anyhow::{Result, anyhow};
use citecheck::{languages, report};
use serde::Serialize;
use serde_json::Value;
use url::Url;

use super::cited::Verified;
use super::inspect::{Inspected, read_page};
use super::output::print;
use super::text::read_file;
use super::voice::one_line;

/// Prints one JSON line for each line of the list, in its order; gives how many lines told of no
/// page that could be read.
pub(super) fn inspect(list: &Path) -> Result<usize> {
    let bytes = read_file(list)?;
    // A damaged line costs itself only: it is no JSON then, or names no file.
    let text = String::from_utf8_lossy(&bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let lines: Vec<(usize, &str)> = (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty())
        .collect();
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let mut failed = 0;
    in_order(&lines, workers, answer, |answer| {
        let line = match answer {
            Ok(line) => line,
            Err(line) => {
                failed += 1;
                line
            }
        };
        print(format!("{line}\n").as_bytes())
    })?;
    Ok(failed)
}

/// Prints the language of each text of a list of `id<TAB>text`, in its order; gives how many lines
/// had no tab, and so no text.
pub(super) fn texts(list: &Path) -> Result<usize> {
    let bytes = read_file(list)?;
    let text = String::from_utf8_lossy(&bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let workers = thread::available_parallelism().map_or(1, usize::from);
    in_order(&lines, workers, language, |answer| {
        print(format!("{answer}\n").as_bytes())
    })?;
    Ok(lines.iter().filter(|line| !line.contains('\t')).count())
}

/// A text's id with its language and how sure that is; a line without a tab is all id.
fn language(line: &&str) -> String {
    let (id, text) = line.split_once('\t').unwrap_or((line, ""));
    // An id is given back as it is, but never as a command to the terminal.
    let id = if id.contains(char::is_control) {
        Cow::Owned(one_line(id))
    } else {
        Cow::Borrowed(id)
    };
    match languages::detect(text, &[]) {
        Some(found) => format!("{id}\t{}\t{}", found.tag, found.confidence),
        None => format!("{id}\tund\t0"),
    }
}

/// Runs `work` over the items on several threads and hands the results over in the items' order.
fn in_order<T: Sync, R: Send>(
    items: &[T],
    workers: usize,
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<()>,
) -> Result<()> {
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        // Bounded, so that workers wait for the reader of the output and memory stays small.
        let (send, receive) = mpsc::sync_channel(workers * 4);
        for _ in 0..workers.min(items.len()) {
            let (send, next, work) = (send.clone(), &next, &work);
            scope.spawn(move || {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(at) else { return };
                    if send.send((at, work(item))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        let mut early = BTreeMap::new();
        let mut due = 0;
        for (at, result) in receive {
            early.insert(at, result);
            while let Some(result) = early.remove(&due) {
                take(result)?;
                due += 1;
            }
        }
        Ok(())
    })
}

/// The answer to one line of the list: what the page holds, or else what is wrong with the line.
fn answer((number, line): &(usize, &str)) -> Result<String, String> {
    let parsed = serde_json::from_str::<Value>(line);
    let id = parsed
        .as_ref()
        .ok()
        .and_then(|value| value.get("id"))
        .cloned();
    let id = id.unwrap_or(Value::Null);
    match parsed
        .map_err(|problem| anyhow!("not JSON: {}", of_one_line(&problem)))
        .and_then(|value| page(id.clone(), &value))
    {
        Ok(inspected) => Ok(report::line(&inspected)),
        Err(error) => {
            #[derive(Serialize)]
            struct Failed {
                id: Value,
                line: usize,
                error: String,
            }
            Err(report::line(&Failed {
                id,
                line: *number,
                error: format!("{error:#}"),
            }))
        }
    }
}

/// What is wrong with the JSON of one line, without the number that the line has in itself.
fn of_one_line(problem: &serde_json::Error) -> String {
    let text = problem.to_string();
    match text.rsplit_once(" at line ") {
        Some((what, _)) => format!("{what} at column {}", problem.column()),
        None => text,
    }
}

fn page(id: Value, line: &Value) -> Result<Inspected> {
    let file = line.get("file").and_then(Value::as_str);
    let file = file.ok_or_else(|| anyhow!("no `file`"))?;
    let url = match line.get("url") {
        None | Some(Value::Null) => None,
        // An address that cannot be read tells nothing; the page still does.
        Some(url) => url.as_str().and_then(|url| Url::parse(url).ok()),
    };
    let page = read_page(Path::new(file), url.as_ref())?;
    let cited = line.get("cited").filter(|cited| !cited.is_null());
    let verify = cited.map(|cited| Verified::new(cited, &page)).transpose()?;
    Ok(Inspected::new(id, page, verify))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<u64> = (0..200).collect();
        let slow_start = |item: &u64| {
            if *item < 4 {
                thread::yield_now();
            }
            *item
        };
        let mut taken = Vec::new();
        let all = in_order(&items, 3, slow_start, |item| {
            taken.push(item);
            Ok(())
        });
        assert!(all.is_ok());
        assert_eq!(taken, items);
    }

    #[test]
    fn a_faulty_line_is_answered_with_its_id() {
        let check = |line: &str, expect: &str| {
            assert_eq!(answer(&(7, line)), Err(expect.to_owned()));
        };
        check(
            "{\"id\":7}",
            "{\"id\":7,\"line\":7,\"error\":\"no `file`\"}",
        );
        check(
            "{",
            "{\"id\":null,\"line\":7,\"error\":\"not JSON: EOF while parsing an object at column 1\"}",
        );
        let missing = answer(&(2, "{\"id\":\"a\",\"file\":\"/no/such/page.html\"}")).unwrap_err();
        assert!(
            missing.starts_with(
                "{\"id\":\"a\",\"line\":2,\"error\":\"cannot read /no/such/page.html: "
            )
        );
    }
}
