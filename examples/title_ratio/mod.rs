//! How alike two titles are, as rapidfuzz's `token_set_ratio` counts it.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

/// Letters and digits in compatible form and lower case, one space between words.
pub(crate) fn normal(text: &str) -> String {
    let folded: String = text
        .nfkc()
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// 100 where all words of one text are in the other, else the likeness of what they share with
/// what either has beyond it; 0 to 100.
pub(crate) fn token_set(a: &str, b: &str) -> f64 {
    let (a, b) = (normal(a), normal(b));
    let words = |text: &str| -> BTreeSet<String> { text.split(' ').map(str::to_owned).collect() };
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let (a, b) = (words(&a), words(&b));
    let joined = |words: &mut dyn Iterator<Item = &String>| {
        words.map(String::as_str).collect::<Vec<_>>().join(" ")
    };
    let both = joined(&mut a.intersection(&b));
    let only_a = joined(&mut a.difference(&b));
    let only_b = joined(&mut b.difference(&a));
    if !both.is_empty() && (only_a.is_empty() || only_b.is_empty()) {
        return 100.0;
    }
    let with = |rest: &str| format!("{both} {rest}").trim().to_owned();
    let whole = indel_ratio(&with(&only_a), &with(&only_b));
    if both.is_empty() {
        return whole;
    }
    [only_a, only_b]
        .iter()
        .map(|rest| indel_ratio(&both, &with(rest)))
        .fold(whole, f64::max)
}

/// Twice the longest common subsequence by the length of both, times 100.
#[expect(clippy::cast_precision_loss, reason = "titles are short")]
fn indel_ratio(a: &str, b: &str) -> f64 {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut row = vec![0usize; b.len() + 1];
    for of_a in &a {
        let mut before = 0;
        let mut left = 0;
        for (of_b, cell) in b.iter().zip(row.iter_mut().skip(1)) {
            let above = *cell;
            *cell = if of_a == of_b {
                before + 1
            } else {
                above.max(left)
            };
            (before, left) = (above, *cell);
        }
    }
    let common = row.last().copied().unwrap_or_default();
    200.0 * common as f64 / (a.len() + b.len()).max(1) as f64
}
