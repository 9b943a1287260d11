//! A server on loopback that knows what it was asked, and can stop answering.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

use super::place::Place;

/// A request: its address, whether it was asked only if changed, and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) url: String,
    pub(crate) conditional: bool,
    pub(crate) agent: String,
}

#[derive(Default)]
struct State {
    asked: Vec<Asked>,
    /// Requests after so many get no answer.
    hold_after: Option<usize>,
    /// Whether every address has the same page, those that cannot exist among them.
    answers_all: bool,
    /// The version of pages that have changed since.
    versions: BTreeMap<String, u32>,
}

/// Several origins, so that several links are under way.
#[derive(Clone)]
pub(crate) struct Server {
    origins: Vec<String>,
    state: Arc<(Mutex<State>, Condvar)>,
}

impl Server {
    pub(crate) fn start(origins: usize) -> Self {
        let listeners: Vec<TcpListener> = (0..origins)
            .map(|_| TcpListener::bind("127.0.0.1:0").unwrap())
            .collect();
        let origin = |listener: &TcpListener| format!("http://{}", listener.local_addr().unwrap());
        let server = Self {
            origins: listeners.iter().map(origin).collect(),
            state: Arc::default(),
        };
        for (listener, origin) in listeners.into_iter().zip(server.origins.clone()) {
            let server = server.clone();
            thread::spawn(move || {
                for stream in listener.incoming().map_while(Result::ok) {
                    let (server, origin) = (server.clone(), origin.clone());
                    thread::spawn(move || server.answer(stream, &origin));
                }
            });
        }
        server
    }

    /// `n` addresses, host after host.
    pub(crate) fn urls(&self, n: usize) -> Vec<String> {
        let origin = |at: usize| &self.origins[at % self.origins.len()];
        (0..n).map(|at| format!("{}/{at}", origin(at))).collect()
    }

    /// From now on, and after so many requests in all, none is answered.
    pub(crate) fn hold_after(&self, requests: Option<usize>) {
        self.state.0.lock().unwrap().hold_after = requests;
        self.state.1.notify_all();
    }

    /// From now on every address has the same page of few words.
    pub(crate) fn answer_all(&self) {
        self.state.0.lock().unwrap().answers_all = true;
    }

    /// The page is another one from now on.
    pub(crate) fn change(&self, url: &str) {
        let mut state = self.state.0.lock().unwrap();
        *state.versions.entry(url.to_owned()).or_default() += 1;
    }

    /// Waits until so many requests have come in all.
    pub(crate) fn wait_for(&self, requests: usize) {
        let state = self.state.0.lock().unwrap();
        let waiting = |state: &mut State| state.asked.len() < requests;
        drop(self.state.1.wait_while(state, waiting).unwrap());
    }

    /// What was asked since the last time.
    pub(crate) fn take(&self) -> Vec<Asked> {
        std::mem::take(&mut self.state.0.lock().unwrap().asked)
    }

    fn answer(&self, mut stream: TcpStream, origin: &str) {
        let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
        let Some(Ok(request)) = lines.next() else {
            return;
        };
        let path = request.split(' ').nth(1).unwrap();
        if path == "/robots.txt" {
            // Asked of every host with several pages, and no link of any list.
            let none = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            let _ = stream.write_all(none.as_bytes());
            return;
        }
        let url = format!("{origin}{path}");
        let headers: Vec<String> = lines
            .map_while(Result::ok)
            .take_while(|line| !line.is_empty())
            .map(|line| line.to_lowercase())
            .collect();
        let known = |name: &str| {
            let line = headers.iter().find_map(|line| line.strip_prefix(name))?;
            Some(line.trim().to_owned())
        };
        let (etag, date) = (known("if-none-match:"), known("if-modified-since:"));
        let mut state = self.state.0.lock().unwrap();
        state.asked.push(Asked {
            url: url.clone(),
            conditional: etag.is_some() || date.is_some(),
            agent: known("user-agent:").unwrap_or_default(),
        });
        self.state.1.notify_all();
        let number = state.asked.len();
        let held = |state: &mut State| state.hold_after.is_some_and(|after| after < number);
        let version = {
            let state = self.state.1.wait_while(state, held).unwrap();
            state.versions.get(&url).copied().unwrap_or_default()
        };
        if self.state.0.lock().unwrap().answers_all {
            let body = "<title>Halvern Courier</title><p>Whoever seeks this leaf seeks in vain.";
            let _ = write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: \"all\"\r\n\
                 Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            );
            return;
        }
        let text = page(&url, version, etag.as_deref(), date.as_deref());
        let _ = stream.write_all(text.as_bytes());
    }
}

/// A page by its `ETag`; one of three by its date only, and one whose path ends in 9 gone.
fn page(url: &str, version: u32, etag: Option<&str>, date: Option<&str>) -> String {
    let number: usize = url.rsplit('/').next().unwrap().parse().unwrap();
    let status = if url.ends_with('9') {
        "404 Not Found"
    } else {
        "200 OK"
    };
    let own = format!("\"v{version}\"");
    let dated = number.is_multiple_of(3);
    let day = format!("Mon, 02 Mar 2020 0{version}:00:00 GMT");
    let validator = if dated {
        format!("Last-Modified: {day}")
    } else {
        format!("ETag: {own}")
    };
    let same = if dated {
        date == Some(day.to_lowercase().as_str())
    } else {
        etag == Some(own.as_str())
    };
    if same {
        return format!("HTTP/1.1 304 Not Modified\r\n{validator}\r\nConnection: close\r\n\r\n");
    }
    // Long enough to be no error page: none of these hosts is asked for one that cannot exist.
    let text =
        "<p>The river rose by two metres in the night, and the lower bridge was closed.".repeat(10);
    let body = format!("<title>River {version}</title><h1>A river in spring {version}</h1>{text}");
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html\r\n{validator}\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    )
}

/// A folder with a list that cites the addresses.
pub(crate) fn place(urls: &[String]) -> Place {
    let place = Place::new();
    let lines: Vec<String> = urls
        .iter()
        .enumerate()
        .map(|(at, url)| {
            format!(
                "{}. ^ \"A river in spring\". The Post. 3 May 2019. {url}\n",
                at + 1
            )
        })
        .collect();
    place.write("list.txt", lines.concat());
    place
}

/// Arguments of a run that asks loopback, without pauses.
pub(crate) const LIVE: [&str; 8] = [
    "check",
    "list.txt",
    "--allow-private",
    "--interval",
    "0ms",
    "--quiet",
    "--format",
    "json",
];

/// Values of the first works' links in a report, by a pointer below `link`.
pub(crate) fn links(json: &str, pointer: &str) -> Vec<String> {
    let report: serde_json::Value = serde_json::from_str(json).unwrap();
    let references = report.pointer("/articles/0/references").unwrap();
    let value = |reference: &serde_json::Value| {
        let value = reference.pointer(&format!("/link{pointer}")).unwrap();
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    references.as_array().unwrap().iter().map(value).collect()
}
