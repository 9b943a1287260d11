//! Archived copies: which are found, offered and refused, and how gently archives are asked.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::format_push_string,
    reason = "helpers of a test"
)]

#[path = "archives/cited.rs"]
mod cited;
#[path = "archives/fake.rs"]
mod fake;
#[path = "archives/offered.rs"]
mod offered;
#[path = "archives/politeness.rs"]
mod politeness;
#[path = "archives/saving.rs"]
mod saving;
