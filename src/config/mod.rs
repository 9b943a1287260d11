//! Settings: defaults, then `citecheck.toml`, then flags.
//!
//! Reading is pure: the text of the file comes in, settings or the first fault come out. Who
//! finds and opens the file is `cli`.

mod archives;
mod error;
mod fetch_keys;
mod fetch_settings;
mod history;
mod host;
mod keys;
mod network_values;
mod options;
mod print;
mod proxies;
mod read;
mod settings;
mod value;

pub use archives::ArchiveSettings;
pub use error::{ConfigError, Place};
pub use fetch_settings::{FetchSettings, ProxyChoice, ROBOTS};
pub use history::{AGE, HistorySettings, read_age};
pub use host::{HeaderText, HostSettings};
pub use network_values::{dns_server, proxy, resolved};
pub use options::HeaderError;
pub use print::to_toml;
pub use proxies::proxies;
pub use read::read;
pub use settings::{Color, FailOn, Settings};
pub use value::{patience, pause, time_limit};

/// The name of the file that is looked for.
pub const FILE_NAME: &str = "citecheck.toml";
