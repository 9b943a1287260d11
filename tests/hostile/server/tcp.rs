//! Listeners that speak no HTTP, and such as never answer at all.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

use super::Log;

/// What other services say first: name, bytes.
const BANNERS: &[(&str, &[u8])] = &[
    ("ssh", b"SSH-2.0-OpenSSH_9.2\x1b[2J\r\n"),
    ("smtp", b"220 mail.example ESMTP ready\r\n"),
    (
        "mysql",
        b"\x4a\0\0\0\x0a8.0.36\0\x08\0\0\0abcdefgh\0\xff\xf7",
    ),
    ("ftp", b"220 (vsFTPd 3.0.5)\r\n"),
    ("zeros", &[0; 4096]),
    ("tls-alert", b"\x15\x03\x03\0\x02\x02\x28"),
    ("close", b""),
];

/// Ports by the name of what listens there.
pub(crate) async fn start(log: &Arc<Log>) -> BTreeMap<String, u16> {
    let mut ports = BTreeMap::new();
    for (name, banner) in BANNERS {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        ports.insert((*name).to_owned(), port);
        let log = Arc::clone(log);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                log.accept(port);
                tokio::spawn(blurt(stream, banner));
            }
        });
    }
    ports.insert("closed".to_owned(), closed_port());
    ports
}

async fn blurt(mut stream: TcpStream, banner: &'static [u8]) {
    let _ = stream.write_all(banner).await;
    let _ = stream.shutdown().await;
    // Until the other side has had enough; a reset would overtake the banner.
    while stream
        .read(&mut [0; 1024])
        .await
        .is_ok_and(|count| 0 < count)
    {}
}

/// A port of 127.0.0.1 where nobody listens: bound, so that nobody else takes it, and no more.
fn closed_port() -> u16 {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let port = socket.local_addr().unwrap().port();
    Box::leak(Box::new(socket)); // for as long as the tests run
    port
}

/// Counts who connects, and answers nobody: what stands for the inside of a network.
pub(crate) async fn start_private(log: &Arc<Log>, address: &str) -> Option<SocketAddr> {
    let listener = TcpListener::bind(address).await.ok()?;
    let address = listener.local_addr().ok()?;
    let log = Arc::clone(log);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            log.accept(0);
            drop(stream);
        }
    });
    Some(address)
}

/// A port that swallows attempts to connect: its queue is full and stays so. `None` where the
/// address cannot be bound.
pub(crate) fn start_black_hole(address: SocketAddr) -> Option<SocketAddr> {
    let socket = if address.is_ipv4() {
        TcpSocket::new_v4()
    } else {
        TcpSocket::new_v6()
    };
    let socket = socket.ok()?;
    socket.bind(address).ok()?;
    let listener = socket.listen(1).ok()?;
    let address = listener.local_addr().ok()?;
    for _ in 0..8 {
        tokio::spawn(async move {
            let waiting = TcpStream::connect(address).await;
            std::future::pending::<()>().await;
            drop(waiting);
        });
    }
    tokio::spawn(async move {
        std::future::pending::<()>().await;
        drop(listener);
    });
    Some(address)
}
