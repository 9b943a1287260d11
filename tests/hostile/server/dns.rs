//! A name server on loopback (RFC 1035 over UDP) whose answers depend on the first label.

use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};

use tokio::net::UdpSocket;

const A: u16 = 1;
const CNAME: u16 = 5;
const NOERROR: u8 = 0;
const SERVFAIL: u8 = 2;
const NXDOMAIN: u8 = 3;
const REFUSED: u8 = 5;

/// Serves until the tests end.
pub(crate) async fn start() -> SocketAddr {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let address = socket.local_addr().unwrap();
    // How often each name was asked for.
    let mut counts: HashMap<String, usize> = HashMap::new();
    tokio::spawn(async move {
        let mut buffer = [0; 1500];
        while let Ok((count, from)) = socket.recv_from(&mut buffer).await {
            let Some(question) = Question::read(&buffer[..count]) else {
                continue;
            };
            let count = counts.entry(question.name.clone()).or_default();
            let before = *count;
            *count += 1;
            if let Some(answer) = question.answer(before) {
                let _ = socket.send_to(&answer, from).await;
            }
        }
    });
    address
}

struct Question {
    id: [u8; 2],
    name: String,
    kind: u16,
    /// Name, type and class as they came.
    raw: Vec<u8>,
}

impl Question {
    fn read(packet: &[u8]) -> Option<Self> {
        let mut labels = Vec::new();
        let mut at = 12;
        loop {
            let length = usize::from(*packet.get(at)?);
            if length == 0 {
                break;
            }
            let label = packet.get(at + 1..at + 1 + length)?;
            labels.push(String::from_utf8_lossy(label).to_lowercase());
            at += 1 + length;
        }
        let kind = packet.get(at + 1..at + 3)?;
        Some(Self {
            id: [packet[0], packet[1]],
            name: labels.join("."),
            kind: u16::from_be_bytes([kind[0], kind[1]]),
            raw: packet.get(12..at + 5)?.to_vec(),
        })
    }

    /// The answer; `None` for silence. `before` counts questions for the name, of any type.
    fn answer(&self, before: usize) -> Option<Vec<u8>> {
        let here = Ipv4Addr::LOCALHOST;
        let label = self.name.split('.').next().unwrap_or_default();
        let address = |ip: Ipv4Addr| vec![(A, ip.octets().to_vec())];
        let alias = |to: &str| vec![(CNAME, name(&format!("{to}.dns.test")))];
        let step = label
            .strip_prefix("chain")
            .and_then(|step| step.parse::<u32>().ok());
        let (code, records) = match (label, self.kind, step) {
            ("silent", ..) => return None,
            ("nxdomain", ..) => (NXDOMAIN, vec![]),
            ("servfail", ..) => (SERVFAIL, vec![]),
            ("refused", ..) => (REFUSED, vec![]),
            ("loop-a", ..) => (NOERROR, alias("loop-b")),
            ("loop-b", ..) => (NOERROR, alias("loop-a")),
            (_, _, Some(step)) => (NOERROR, alias(&format!("chain{}", step + 1))),
            ("private", A, _) => (NOERROR, address(Ipv4Addr::new(10, 0, 0, 5))),
            ("mixed", A, _) => {
                let both = [Ipv4Addr::new(203, 0, 113, 7), Ipv4Addr::new(10, 0, 0, 5)];
                (NOERROR, both.into_iter().flat_map(address).collect())
            }
            // The first lookup asks for two types of address; later ones find another place.
            ("rebind", A, _) if 2 <= before => (NOERROR, address(Ipv4Addr::new(127, 0, 0, 2))),
            ("recovers", A, _) if before < 2 => (SERVFAIL, vec![]),
            ("many", A, _) => (NOERROR, vec![(A, here.octets().to_vec()); 25]),
            ("empty", ..) => (NOERROR, vec![]),
            (_, A, _) => (NOERROR, address(here)),
            _ => (NOERROR, vec![]),
        };
        Some(self.packet(code, &records))
    }

    fn packet(&self, code: u8, records: &[(u16, Vec<u8>)]) -> Vec<u8> {
        let count = u16::try_from(records.len()).unwrap().to_be_bytes();
        // A response, recursion desired and available; one question.
        let mut packet = [&self.id[..], &[0x81, 0x80 | code, 0, 1], &count, &[0; 4]].concat();
        packet.extend(&self.raw);
        for (kind, data) in records {
            packet.extend([0xc0, 12]); // the name of the question
            packet.extend(kind.to_be_bytes());
            packet.extend([0, 1, 0, 0, 0, 0]); // class IN, to be kept for 0 s
            packet.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
            packet.extend(data);
        }
        packet
    }
}

fn name(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for label in text.split('.') {
        bytes.push(u8::try_from(label.len()).unwrap());
        bytes.extend(label.bytes());
    }
    bytes.push(0);
    bytes
}
