//! Settings: defaults, then `citecheck.toml`, then flags.
//!
//! Reading is pure: the text of the file comes in, settings or the first fault come out. Who
//! finds and opens the file is `cli`.

mod error;
mod keys;
mod print;
mod read;
mod settings;
mod value;

pub use error::{ConfigError, Place};
pub use print::to_toml;
pub use read::read;
pub use settings::{Color, FailOn, FetchSettings, Settings};

/// The name of the file that is looked for.
pub const FILE_NAME: &str = "citecheck.toml";
