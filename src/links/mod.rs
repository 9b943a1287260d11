//! What the address of a page tells by itself: archived copies, canonical forms, tracking
//! parameters, hosts known to answer by https, identifiers, library proxies.
//!
//! Everything here works on strings as editors write them and never asks the network. What is
//! known of services and sites stands in the tables under `data/`.

pub mod archive;
mod canonical;
mod embedded;
mod identifiers;
mod login;
mod percent;
mod proxy;
pub mod quirks;
mod secure;
mod shape;
mod tracking;
mod wayback;

pub use archive::{ArchivedCopy, Service};
pub use canonical::{canonical, canonical_part, host, same_page};
pub use embedded::embedded_url;
pub use identifiers::{Identifier, identifier};
pub use login::{LoginAddress, leads_back, login_address};
pub use proxy::{Proxied, proxied};
pub use secure::{Https, serves_https};
pub use shape::{UrlFault, repaired, url_fault};
pub use tracking::{tracking_parameters, without_tracking};
pub use wayback::{WaybackFault, capture_day, wayback_fault};
