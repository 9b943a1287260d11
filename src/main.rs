//! The `citecheck` command.

fn main() {}
