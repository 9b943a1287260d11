//! How the measuring programs print a figure: what is measured, how many of how many, the share.
#![expect(
    clippy::print_stdout,
    reason = "shared by programs for developers that print"
)]

/// Prints `title  1118 of 1136  98.41 %`, the share rounded down.
pub(crate) fn print(measure: &str, right: usize, all: usize) {
    println!("{}", line(measure, right, all));
}

/// The same as a text.
pub(crate) fn line(measure: &str, right: usize, all: usize) -> String {
    // Hundredths of a per cent.
    let share = 10_000 * right / all.max(1);
    let (whole, part) = (share / 100, share % 100);
    format!("{measure:<44} {right:>6} of {all:>6}  {whole:>3}.{part:02} %")
}
