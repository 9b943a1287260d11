//! Pages whose titles attack whoever prints them.

use super::pages::{PARAGRAPHS, page};
use super::{Reply, html};

/// Name and title.
const TITLES: &[(&str, &str)] = &[
    (
        "terminal",
        "Mill\u{1b}]0;owned\u{7}\u{1b}[2J\u{1b}]8;;http://evil.example\u{1b}\\wheel\u{9b}2J\u{202e}\
         llim\u{2066}x\u{200b}\u{feff}\u{e0041}",
    ),
    ("formula", "=HYPERLINK(\"http://evil.example\",\"Mill\")"),
    ("formula-at", "@SUM(1+1)*cmd|' /C calc'!A0"),
    ("formula-minus", "-1+1 mill wheel"),
    (
        "markup",
        "Mill | `wheel` [x](javascript:alert(1)) <img src=x onerror=alert(1)> {{db-g10}} <nowiki>\
         ''' ]] <!-- </script> | a",
    ),
    (
        "lines",
        "Mill\n::error::forged\r\n::warning file=x::forged\u{2028}::notice::forged",
    ),
];

pub(crate) fn title(name: &str) -> &'static str {
    let found = TITLES.iter().find(|(known, _)| *known == name);
    found.map(|(_, title)| *title).unwrap()
}

pub(crate) fn reply(name: &str) -> Option<Reply> {
    let known = TITLES.iter().any(|(known, _)| *known == name);
    known.then(|| html(page(&escaped(title(name)), PARAGRAPHS)))
}

/// As HTML, so that the title arrives as it stands above.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
