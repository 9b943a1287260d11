//! From a URL to what happened when it was asked: live, recorded and replayed.
//!
//! Facts only; whether a link is dead is judged elsewhere. A [`Transport`] makes one exchange, a
//! [`Fetcher`] follows redirects and retries, [`fetch_all`] fetches many URLs politely.
//! `address` alone decides which addresses may be asked.

mod address;
mod body;
mod coding;
mod cookies;
mod failure;
mod fetcher;
mod http_block;
mod journey;
mod live;
mod name_servers;
mod names;
mod options;
mod pace;
mod politeness;
mod proxies;
mod recording;
mod redirect;
mod refresh;
mod replay;
mod retry;
mod revisit;
mod robots;
mod robots_file;
mod room;
mod schedule;
mod sent;
mod slots;
mod tls;
mod transport;
mod warc_reader;

pub use address::is_private;
pub use fetcher::Fetcher;
pub use live::{ClientError, LiveTransport};
pub use options::{FetchOptions, HostOptions, Proxies, Robots, user_agent};
pub use recording::{RecordError, Recorder, RecordingTransport};
pub use replay::{ReplayError, ReplayTransport};
pub(crate) use retry::retry_after;
pub use room::Lease;
pub use schedule::{Event, fetch_all};
pub use transport::{
    Ask, Exchange, ExchangeResult, Request, Transport, Validators, WireResponse, request_url,
};
