//! A web server on loopback that misbehaves as told, for tests.
//!
//! On bare sockets, since HTTP libraries refuse to send what hostile servers do.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use url::Url;

/// What the server does with one request.
pub(crate) enum Reply {
    /// Sends these bytes, head included, and closes.
    Raw(Vec<u8>),
    /// The same after a while.
    After(Duration, Vec<u8>),
    /// Never answers.
    Hang,
    /// Sends these bytes, then never more.
    Stall(Vec<u8>),
    /// Sends these bytes, then resets the connection.
    Reset(Vec<u8>),
    /// Sends the first, then the second over and over.
    Endless(Vec<u8>, Vec<u8>),
    /// The same with a pause before each.
    Drip(Vec<u8>, Vec<u8>, Duration),
    /// Sends these bytes and waits for the next request on the same connection.
    Keep(Vec<u8>),
}

/// A request as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) path: String,
    pub(crate) host: String,
    /// The whole head.
    pub(crate) head: String,
    /// How often this path was asked for before.
    pub(crate) before: usize,
    pub(crate) at: Instant,
}

type Handler = dyn Fn(&Request) -> Reply + Send + Sync;

pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    log: Arc<Log>,
}

#[derive(Default)]
struct Log {
    requests: Mutex<Vec<Request>>,
    accepted: Mutex<usize>,
    /// Requests under way now, and the most ever, by host.
    in_flight: Mutex<HashMap<String, (usize, usize)>>,
}

impl Server {
    pub(crate) async fn start(handler: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        Self::start_on("127.0.0.1:0", None, handler).await
    }

    pub(crate) async fn start_on(
        address: &str,
        tls: Option<TlsAcceptor>,
        handler: impl Fn(&Request) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let log = Arc::new(Log::default());
        let server_log = Arc::clone(&log);
        let handler: Arc<Handler> = Arc::new(handler);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                *server_log.accepted.lock().unwrap() += 1;
                let (log, handler, tls) = (server_log.clone(), handler.clone(), tls.clone());
                tokio::spawn(async move {
                    match tls {
                        None => serve(stream, &log, &*handler).await,
                        Some(tls) => {
                            if let Ok(stream) = tls.accept(stream).await {
                                serve(stream, &log, &*handler).await;
                            }
                        }
                    }
                });
            }
        });
        Self { address, log }
    }

    pub(crate) fn url(&self, path: &str) -> Url {
        Url::parse(&format!("http://{}{path}", self.address)).unwrap()
    }

    /// The same server under another name.
    pub(crate) fn url_on(&self, host: &str, path: &str) -> Url {
        Url::parse(&format!("http://{host}:{}{path}", self.address.port())).unwrap()
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.log.requests.lock().unwrap().clone()
    }

    pub(crate) fn accepted(&self) -> usize {
        *self.log.accepted.lock().unwrap()
    }

    /// The most requests that were under way at once, per host.
    pub(crate) fn most_in_flight(&self) -> usize {
        let hosts = self.log.in_flight.lock().unwrap();
        hosts.values().map(|(_, most)| *most).max().unwrap_or(0)
    }
}

async fn serve(mut stream: impl Connection, log: &Log, handler: &Handler) {
    while let Some(kept) = serve_one(stream, log, handler).await {
        stream = kept;
    }
}

/// Answers one request; gives the connection back if it is to be kept.
async fn serve_one<C: Connection>(mut stream: C, log: &Log, handler: &Handler) -> Option<C> {
    let request = read_request(&mut stream, log).await?;
    {
        let mut hosts = log.in_flight.lock().unwrap();
        let host = hosts.entry(request.host.clone()).or_default();
        host.0 += 1;
        host.1 = host.1.max(host.0);
    }
    let reply = handler(&request);
    let host = request.host.clone();
    // Counted off before the last byte goes out: the client may be back at once.
    let done = || log.in_flight.lock().unwrap().get_mut(&host).unwrap().0 -= 1;
    match reply {
        Reply::Raw(bytes) => {
            done();
            let _ = stream.write_all(&bytes).await;
            let _ = stream.shutdown().await;
            // Reading on until the client closes keeps the kernel from resetting early.
            let _ = stream.read(&mut [0; 64]).await;
        }
        Reply::After(wait, bytes) => {
            tokio::time::sleep(wait).await;
            done();
            let _ = stream.write_all(&bytes).await;
            let _ = stream.shutdown().await;
        }
        Reply::Hang => {
            let _ = stream.read(&mut [0; 64]).await;
            done();
        }
        Reply::Stall(bytes) => {
            let _ = stream.write_all(&bytes).await;
            let _ = stream.flush().await;
            let _ = stream.read(&mut [0; 64]).await;
            done();
        }
        Reply::Reset(bytes) => {
            done();
            let _ = stream.write_all(&bytes).await;
            stream.reset();
        }
        Reply::Endless(head, again) => {
            let _ = stream.write_all(&head).await;
            while stream.write_all(&again).await.is_ok() {}
            done();
        }
        Reply::Drip(head, again, pause) => {
            let _ = stream.write_all(&head).await;
            loop {
                tokio::time::sleep(pause).await;
                if stream.write_all(&again).await.is_err() || stream.flush().await.is_err() {
                    break;
                }
            }
            done();
        }
        Reply::Keep(bytes) => {
            done();
            stream.write_all(&bytes).await.ok()?;
            return Some(stream);
        }
    }
    None
}

async fn read_request(stream: &mut impl Connection, log: &Log) -> Option<Request> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if stream.read(&mut byte).await.ok()? == 0 {
            return None;
        }
        head.extend(byte);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let host = head
        .lines()
        .find_map(|line| {
            line.to_ascii_lowercase()
                .strip_prefix("host:")
                .map(str::to_owned)
        })
        .unwrap_or_default()
        .trim()
        .to_owned();
    let mut requests = log.requests.lock().unwrap();
    let before = requests
        .iter()
        .filter(|request| request.path == path)
        .count();
    let request = Request {
        path,
        host,
        head,
        before,
        at: Instant::now(),
    };
    requests.push(request.clone());
    Some(request)
}

trait Connection: AsyncRead + AsyncWrite + Unpin + Send {
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
    let mut bytes = format!(
        "HTTP/1.1 {status} Status\r\nContent-Length: {}\r\n",
        body.len()
    );
    for line in headers.lines().filter(|line| !line.is_empty()) {
        bytes.push_str(line);
        bytes.push_str("\r\n");
    }
    let mut bytes = format!("{bytes}Connection: close\r\n\r\n").into_bytes();
    bytes.extend(body);
    bytes
}

pub(crate) fn page(body: impl AsRef<[u8]>) -> Reply {
    Reply::Raw(answer(200, "Content-Type: text/html", body))
}

pub(crate) fn redirect(status: u16, location: &str) -> Reply {
    Reply::Raw(answer(status, &format!("Location: {location}"), ""))
}
