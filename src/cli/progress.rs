//! The bar on standard error: how many links are done, how fast, and which host is waited for.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use url::Url;

use super::voice::one_line;

/// Progress over the links of a run.
#[derive(Debug)]
pub(super) struct Bar {
    line: ProgressBar,
    /// Links under way in the order they began: the first is the one waited for longest.
    under_way: BTreeMap<usize, Url>,
    begun: usize,
}

impl Bar {
    /// Starts a bar; one that is not shown takes no notice of anything.
    pub(super) fn new(links: usize, shown: bool) -> Self {
        let bar = if shown && 0 < links {
            ProgressBar::new(links as u64)
        } else {
            ProgressBar::hidden()
        };
        let template = "{pos}/{len} links {bar:24.green} {rate:.dim} {msg}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            let rate = |state: &ProgressState, out: &mut dyn Write| {
                let _ = write!(out, "{:.1}/s", state.per_sec());
            };
            bar.set_style(style.progress_chars("━╸─").with_key("rate", rate));
        }
        if shown {
            bar.enable_steady_tick(Duration::from_millis(200));
        }
        Self {
            line: bar,
            under_way: BTreeMap::new(),
            begun: 0,
        }
    }

    /// A link's turn has come.
    pub(super) fn started(&mut self, url: &Url) {
        self.under_way.insert(self.begun, url.clone());
        self.begun += 1;
        self.show();
    }

    /// A link is done.
    pub(super) fn finished(&mut self, url: &Url) {
        let found = self
            .under_way
            .iter()
            .find(|(_, under_way)| *under_way == url);
        if let Some(number) = found.map(|(number, _)| *number) {
            self.under_way.remove(&number);
        }
        self.line.inc(1);
        self.show();
    }

    /// The bar, for what has to be said while it stands.
    pub(super) fn bar(&self) -> ProgressBar {
        self.line.clone()
    }

    /// Takes the bar away.
    pub(super) fn end(self) {
        self.line.finish_and_clear();
    }

    fn show(&self) {
        let oldest = self.under_way.values().next();
        let host = oldest.and_then(Url::host_str).unwrap_or_default();
        self.line.set_message(match self.under_way.len() {
            0 => String::new(),
            1 => format!("waiting for {}", one_line(host)),
            more => format!("waiting for {} and {} more", one_line(host), more - 1),
        });
    }
}
