//! A web server on loopback with one misbehaviour per path.
//!
//! On bare sockets, since HTTP libraries refuse to send what hostile servers do. The first segment
//! of a path names the file here that knows the behaviour, the second the behaviour.

mod content;
pub(crate) mod dns;
mod foreign;
mod headers;
mod mislabelled;
mod pages;
mod redirect;
mod robots;
pub(crate) mod shown;
mod size;
mod slow;
mod status;
pub(crate) mod tcp;
pub(crate) mod tls;
mod walls;

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with one request.
pub(crate) enum Reply {
    /// Sends these bytes, head included, and closes.
    Bytes(Vec<u8>),
    /// The same after a while.
    After(Duration, Vec<u8>),
    /// Sends these bytes, then never more; without bytes it never answers.
    Stall(Vec<u8>),
    /// Sends these bytes, then resets the connection.
    Reset(Vec<u8>),
    /// Sends the first, then the second so many times.
    Repeat(Vec<u8>, Vec<u8>, usize),
    /// Sends the first, then the second over and over with a pause before each.
    Drip(Vec<u8>, &'static [u8], Duration),
}

/// A request as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    /// Path and query.
    pub(crate) target: String,
    /// `Host`, port included.
    pub(crate) host: String,
    /// The whole head.
    pub(crate) head: String,
    /// How often this path was asked of this host before.
    pub(crate) before: usize,
    pub(crate) at: Instant,
}

impl Request {
    /// The first value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut fields = self.head.lines().filter_map(|line| line.split_once(':'));
        let found = fields.find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim())
    }

    pub(crate) fn port(&self) -> &str {
        self.host.rsplit(':').next().unwrap_or_default()
    }
}

/// What all listeners of a run have seen.
#[derive(Debug, Default)]
pub(crate) struct Log {
    requests: Mutex<Vec<Request>>,
    /// Requests under way now, and the most ever, by host; in all under the empty name.
    in_flight: Mutex<HashMap<String, (usize, usize)>>,
    accepted: Mutex<HashMap<u16, usize>>,
}

impl Log {
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    /// How often a path was asked of a host.
    pub(crate) fn asked(&self, host: &str, target: &str) -> usize {
        let requests = self.requests.lock().unwrap();
        let same = |request: &&Request| request.host == host && request.target == target;
        requests.iter().filter(same).count()
    }

    /// The most requests that were under way at once at a host; at all hosts for an empty name.
    pub(crate) fn most_in_flight(&self, host: &str) -> usize {
        self.in_flight
            .lock()
            .unwrap()
            .get(host)
            .map_or(0, |it| it.1)
    }

    pub(crate) fn accepted(&self, port: u16) -> usize {
        *self.accepted.lock().unwrap().get(&port).unwrap_or(&0)
    }

    pub(crate) fn accept(&self, port: u16) {
        *self.accepted.lock().unwrap().entry(port).or_default() += 1;
    }

    fn begin(&self, request: Request) {
        let mut flights = self.in_flight.lock().unwrap();
        for host in [request.host.clone(), String::new()] {
            let (now, most) = flights.entry(host).or_default();
            *now += 1;
            *most = (*most).max(*now);
        }
        drop(flights);
        self.requests.lock().unwrap().push(request);
    }

    fn end(&self, host: &str) {
        let mut flights = self.in_flight.lock().unwrap();
        for host in [host, ""] {
            if let Some((now, _)) = flights.get_mut(host) {
                *now -= 1;
            }
        }
    }
}

/// Serves every behaviour on a free port of 127.0.0.1.
pub(crate) async fn start(log: &Arc<Log>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let log = Arc::clone(log);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            log.accept(address.port());
            let log = Arc::clone(&log);
            tokio::spawn(async move { serve(stream, &log).await });
        }
    });
    address
}

/// Reads one request, answers it and ends the connection.
pub(crate) async fn serve(mut stream: impl Connection, log: &Log) {
    let Some(request) = read_request(&mut stream, log).await else {
        return;
    };
    log.begin(request.clone());
    let reply = reply(&request);
    let done = || log.end(&request.host);
    match reply {
        Reply::Bytes(bytes) => send(stream, &bytes, done).await,
        Reply::After(wait, bytes) => {
            tokio::time::sleep(wait).await;
            send(stream, &bytes, done).await;
        }
        Reply::Stall(bytes) => {
            let _ = stream.write_all(&bytes).await;
            let _ = stream.flush().await;
            let _ = stream.read(&mut [0; 64]).await;
            done();
        }
        Reply::Reset(bytes) => {
            let _ = stream.write_all(&bytes).await;
            let _ = stream.flush().await;
            // The bytes would be thrown away with the connection if the reset overtook them.
            tokio::time::sleep(Duration::from_millis(50)).await;
            done();
            stream.reset();
        }
        Reply::Repeat(head, again, times) => {
            let mut open = stream.write_all(&head).await.is_ok();
            for _ in 0..times {
                open = open && stream.write_all(&again).await.is_ok();
                if !open {
                    break;
                }
            }
            send(stream, b"", done).await;
        }
        Reply::Drip(head, again, pause) => {
            let mut open = stream.write_all(&head).await.is_ok();
            while open {
                let _ = stream.flush().await;
                tokio::time::sleep(pause).await;
                open = stream.write_all(again).await.is_ok();
            }
            done();
        }
    }
}

async fn send(mut stream: impl Connection, bytes: &[u8], done: impl FnOnce()) {
    // Counted off before the last byte goes out: the client may be back at once.
    done();
    let _ = stream.write_all(bytes).await;
    let _ = stream.shutdown().await;
    // Reading on until the client closes keeps the kernel from resetting early.
    let _ = stream.read(&mut [0; 64]).await;
}

async fn read_request(stream: &mut impl Connection, log: &Log) -> Option<Request> {
    let mut head = Vec::new();
    let mut buffer = [0; 4096];
    while !head.ends_with(b"\r\n\r\n") {
        let count = stream.read(&mut buffer).await.ok()?;
        if count == 0 {
            return None;
        }
        head.extend_from_slice(&buffer[..count]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let mut request = Request {
        target: head.split(' ').nth(1).unwrap_or_default().to_owned(),
        host: String::new(),
        before: 0,
        at: Instant::now(),
        head,
    };
    request.host = request.header("host").unwrap_or_default().to_owned();
    request.before = log.asked(&request.host, &request.target);
    Some(request)
}

fn reply(request: &Request) -> Reply {
    let path = request.target.split('?').next().unwrap_or_default();
    let mut parts = path.splitn(4, '/').skip(1);
    let (category, name) = (
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default(),
    );
    let found = match category {
        "robots.txt" => Some(robots::reply(request)),
        "" => Some(pages::front()),
        "page" => Some(pages::article()),
        "slow" => slow::reply(name),
        "size" => size::reply(name),
        "headers" => headers::reply(name),
        "redirect" => redirect::reply(name, request),
        "status" => status::reply(name, request),
        "content" => content::reply(name, path).or_else(|| mislabelled::reply(name)),
        "shown" => shown::reply(name),
        "wall" => walls::reply(name),
        "not-found" => Some(foreign::not_found(name)),
        "parked" => Some(foreign::parked(name)),
        "many" => Some(status::many(name, request)),
        _ => None,
    };
    // A site of manners: what is not there is said not to be there.
    found.unwrap_or_else(|| Reply::Bytes(answer(404, "Content-Type: text/html", pages::NOTHING)))
}

/// A connection that can be torn down without a goodbye.
pub(crate) trait Connection: AsyncRead + AsyncWrite + Unpin + Send {
    fn reset(self);
}

impl Connection for TcpStream {
    fn reset(self) {
        self.set_zero_linger().unwrap();
    }
}

impl Connection for tokio_rustls::server::TlsStream<TcpStream> {
    fn reset(self) {
        self.get_ref().0.set_zero_linger().unwrap();
    }
}

/// A whole answer: status line, header fields (one per line), body.
pub(crate) fn answer(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let length = format!("Content-Length: {}\n{headers}", body.len());
    let mut bytes = head(&format!("HTTP/1.1 {status} Status"), &length);
    bytes.extend(body);
    bytes
}

/// A status line and header fields (one per line), with the empty line that ends them.
pub(crate) fn head(status_line: &str, headers: &str) -> Vec<u8> {
    let mut text = format!("{status_line}\r\n");
    for line in headers.lines().filter(|line| !line.is_empty()) {
        text.push_str(line);
        text.push_str("\r\n");
    }
    text.push_str("Connection: close\r\n\r\n");
    text.into_bytes()
}

/// A page of HTML with status 200.
pub(crate) fn html(body: impl AsRef<[u8]>) -> Reply {
    Reply::Bytes(answer(200, "Content-Type: text/html; charset=utf-8", body))
}

/// The same with further header fields.
pub(crate) fn html_with(headers: &str, body: impl AsRef<[u8]>) -> Reply {
    let headers = format!("Content-Type: text/html; charset=utf-8\n{headers}");
    Reply::Bytes(answer(200, &headers, body))
}
