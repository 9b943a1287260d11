//! Names and addresses: which server says what, and which address is connected to.

use std::net::SocketAddr;

use citecheck::fetch::FetchOptions;
use citecheck::model::FailureKind;
use tokio::net::{TcpSocket, TcpStream, UdpSocket};
use tokio::time::{Duration, timeout};

use super::support::{Server, page};
use super::{failure, fetcher, options, response};

/// A name server: `gone.…` does not exist, `empty.…` has no address, `broken.…` is a failure of
/// the server, `silent.…` gets no answer, all else is at 127.0.0.1.
async fn name_server() -> SocketAddr {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let address = socket.local_addr().unwrap();
    tokio::spawn(async move {
        let mut buffer = [0; 512];
        while let Ok((length, from)) = socket.recv_from(&mut buffer).await {
            let question = buffer.get(..length).unwrap_or_default();
            if let Some(answer) = dns_answer(question) {
                let _ = socket.send_to(&answer, from).await;
            }
        }
    });
    address
}

fn dns_answer(question: &[u8]) -> Option<Vec<u8>> {
    let end = 12 + question.get(12..)?.iter().position(|byte| *byte == 0)? + 5;
    let (id, asked) = (question.get(..2)?, question.get(12..end)?);
    let is_a = asked.ends_with(&[0, 1, 0, 1]);
    let first = asked.get(1..usize::from(*asked.first()?) + 1)?;
    let (code, address) = match first.to_ascii_lowercase().as_slice() {
        b"gone" => (3, false),
        b"empty" => (0, false),
        b"broken" => (2, false),
        b"silent" => return None,
        _ => (0, is_a),
    };
    let mut answer = id.to_vec();
    answer.extend([0x81, 0x80 | code, 0, 1, 0, u8::from(address), 0, 0, 0, 0]);
    answer.extend(asked);
    if address {
        answer.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1]);
    }
    Some(answer)
}

#[tokio::test]
async fn name_servers_tell_what_is_missing_from_what_failed() {
    let server = Server::start(|_| page("found")).await;
    let fetcher = fetcher(FetchOptions {
        dns_servers: vec![name_server().await],
        connect_timeout: Duration::from_millis(600),
        control_names: Vec::new(),
        retries: 0,
        ..options()
    });
    let outcome = fetcher.fetch(&server.url_on("page.site.org", "/")).await;
    assert_eq!(response(&outcome).body, b"found");
    for (host, kind) in [
        ("gone.site.org", FailureKind::Dns),
        ("empty.site.org", FailureKind::Dns),
        ("broken.site.org", FailureKind::DnsTemporary),
        ("silent.site.org", FailureKind::DnsTemporary),
    ] {
        let outcome = fetcher.fetch(&server.url_on(host, "/")).await;
        assert_eq!(failure(&outcome).0, kind, "{host}: {outcome:?}");
    }
}

#[tokio::test]
async fn what_a_name_server_says_is_vetted() {
    let server = Server::start(|_| page("secret")).await;
    let fetcher = fetcher(FetchOptions {
        dns_servers: vec![name_server().await],
        allow_private: false,
        ..options()
    });
    let outcome = fetcher.fetch(&server.url_on("rebound.site.org", "/")).await;
    assert_eq!(failure(&outcome).0, FailureKind::PrivateAddress);
    assert_eq!(server.accepted(), 0);
}

/// A socket that listens and takes nobody in: who connects waits for ever.
async fn black_hole(address: SocketAddr) -> Vec<TcpStream> {
    let socket = TcpSocket::new_v6().unwrap();
    socket.bind(address).unwrap();
    let listener = socket.listen(1).unwrap();
    let mut full = Vec::new();
    while let Ok(Ok(stream)) =
        timeout(Duration::from_millis(100), TcpStream::connect(address)).await
    {
        full.push(stream);
        assert!(full.len() < 64, "the queue of the listener has no end");
    }
    std::mem::forget(listener);
    full
}

#[tokio::test]
async fn a_broken_ipv6_does_not_keep_from_ipv4() {
    let server = Server::start(|_| page("by four")).await;
    let port = server.address.port();
    let _full = black_hole(SocketAddr::new("::1".parse().unwrap(), port)).await;
    let addresses = vec!["::1".parse().unwrap(), "127.0.0.1".parse().unwrap()];
    let fetcher = fetcher(FetchOptions {
        resolve: [("both.example".to_owned(), addresses)].into(),
        retries: 0,
        ..options()
    });
    let outcome = fetcher.fetch(&server.url_on("both.example", "/")).await;
    assert_eq!(response(&outcome).body, b"by four");
}
