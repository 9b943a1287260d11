//! From a URL to what happened when it was asked.
//!
//! Facts only; whether a link is dead is judged elsewhere. A [`Transport`] makes one exchange, a
//! [`Fetcher`] follows redirects and retries, [`fetch_all`] fetches many URLs politely.
//! `address` alone decides which addresses may be asked.

mod address;
mod coding;
mod failure;
mod fetcher;
mod live;
mod names;
mod options;
mod politeness;
mod redirect;
mod retry;
mod schedule;
mod tls;
mod transport;

pub use fetcher::Fetcher;
pub use live::{ClientError, LiveTransport};
pub use options::{FetchOptions, HOME_PAGE, user_agent};
pub use schedule::{Event, fetch_all};
pub use transport::{Exchange, ExchangeResult, Transport, WireResponse, request_url};
