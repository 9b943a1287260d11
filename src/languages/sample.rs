//! Stretches of a text that stand for the whole.

/// Texts up to this length are looked at as one stretch: titles and sentences.
const SHORT_BYTES: usize = 600;

/// Texts beyond this length are read in windows.
const WHOLE_BYTES: usize = 32 << 10;

const WINDOWS: usize = 8;

const WINDOW_BYTES: usize = 4 << 10;

/// A stretch shorter than this takes the next lines in.
const LEAST_BYTES: usize = 80;

const MOST_BYTES: usize = 400;

/// So many stretches are enough to find every language of a mixed page.
const STRETCHES: usize = 16;

/// So many stretches are enough to name the language of a page that is in one.
const CLOSELY: usize = 4;

/// Paragraphs, or joined lines, spread evenly over the text; at most a few thousand characters
/// whatever the length. Empty for blank text.
pub(super) fn stretches(text: &str) -> Vec<String> {
    let text = text.trim();
    if text.len() <= SHORT_BYTES {
        return if text.is_empty() {
            Vec::new()
        } else {
            vec![text.to_owned()]
        };
    }
    let mut found: Vec<String> = Vec::new();
    for window in windows(text) {
        let mut open = String::new();
        for line in window
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
        {
            if !open.is_empty() {
                open.push('\n');
            }
            open.push_str(line);
            if LEAST_BYTES <= open.len() {
                cut(&open, &mut found);
                open.clear();
            }
        }
        match found
            .last_mut()
            .filter(|last| open.len() < LEAST_BYTES && last.len() < MOST_BYTES)
        {
            Some(last) if !open.is_empty() => {
                last.push('\n');
                last.push_str(&open);
            }
            _ => cut(&open, &mut found),
        }
    }
    let all = found.len();
    if all <= STRETCHES {
        return found;
    }
    let spread = |at: usize| (at * all / STRETCHES, (at + 1) * all / STRETCHES);
    (0..STRETCHES)
        .filter_map(|at| {
            let (from, to) = spread(at);
            // The longest of its part of the text: headings and menus say less.
            found
                .get(from..to)?
                .iter()
                .max_by_key(|stretch| stretch.len())
                .cloned()
        })
        .collect()
}

/// Which of the stretches are read closely: the longest of each part of the text.
pub(super) fn read_closely(stretches: &[String]) -> Vec<bool> {
    let all = stretches.len();
    let mut chosen = vec![all <= CLOSELY; all];
    for part in 0..CLOSELY {
        let places = part * all / CLOSELY..(part + 1) * all / CLOSELY;
        let longest = places.max_by_key(|at| stretches.get(*at).map_or(0, String::len));
        if let Some(slot) = longest.and_then(|at| chosen.get_mut(at)) {
            *slot = true;
        }
    }
    chosen
}

fn windows(text: &str) -> Vec<&str> {
    if text.len() <= WHOLE_BYTES {
        return vec![text];
    }
    let step = text.len() / WINDOWS;
    (0..WINDOWS)
        .filter_map(|at| {
            let start = boundary(text, at * step);
            text.get(start..boundary(text, start + WINDOW_BYTES))
        })
        .collect()
}

/// The first character boundary at or after a byte.
fn boundary(text: &str, at: usize) -> usize {
    (at..text.len())
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(text.len())
}

/// Cuts a long paragraph at spaces, or anywhere in scripts without them.
fn cut(paragraph: &str, found: &mut Vec<String>) {
    let mut rest = paragraph;
    while MOST_BYTES < rest.len() {
        let most = boundary(rest, MOST_BYTES);
        let head = rest.get(..most).unwrap_or(rest);
        let at = head
            .rfind(char::is_whitespace)
            .filter(|at| LEAST_BYTES < *at)
            .unwrap_or(most);
        let (head, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
        found.push(head.to_owned());
        rest = tail.trim_start();
    }
    if !rest.is_empty() {
        found.push(rest.to_owned());
    }
}
