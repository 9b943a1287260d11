//! Whole pages with what is true of them: dates, title, language, charset, and what comes of
//! holding citations against them.

use std::collections::BTreeMap;
use std::fs;

use citecheck::dates::{self, DateReading};
use citecheck::languages::same_language;
use citecheck::model::{CitedDate, LanguageShare, LanguageTag, PageDate, PageEvidence};
use citecheck::page::{PageInput, read};
use citecheck::rules::verify::{
    Answer, CitedTitles, Verification, verify_date, verify_language, verify_title,
};
use encoding_rs::{Encoding, UTF_8};
use jiff::ToSpan;
use serde::Deserialize;
use url::Url;

use crate::score::Scores;

const FOLDER: &str = "tests/quality/pages";
/// A date of publication below this confidence is no claim.
const CLAIMED: f64 = 0.5;
/// From this confidence on a page's date contradicts what an editor wrote.
const TRUSTED: f64 = 0.6;
/// A smaller part of a text is a quotation.
const PART: f64 = 0.1;
/// Days by which the wrong dates lie off the true one.
const OFF: [i64; 4] = [-400, -31, 31, 365];

/// What is true of one page: a table of `pages.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Truth {
    url: String,
    /// The day (month, year) of publication as EDTF; none where a reader finds none.
    published: Option<String>,
    /// The same of the last change.
    modified: Option<String>,
    title: String,
    language: String,
    /// The other language of a page in two.
    second: Option<String>,
    /// What the bytes are in; UTF-8 if not said. Declared is only what `content-type` and the
    /// page itself say.
    encoding: Option<String>,
    content_type: Option<String>,
    content_language: Option<String>,
    last_modified: Option<String>,
    /// `date 2024-11-03 supported`: what is cited, its value, the answer.
    #[serde(default)]
    cited: Vec<String>,
}

/// A page as it is read, beside its truth.
struct Page {
    name: String,
    truth: Truth,
    html: String,
    bytes: Vec<u8>,
    read: PageEvidence,
}

/// All files of the corpus by path, without what checking out does to line ends.
fn files() -> BTreeMap<String, String> {
    let mut names: Vec<String> = fs::read_dir(FOLDER)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .map(|name| format!("pages/{name}"))
        .collect();
    names.push("pages.toml".to_owned());
    let text = |name: String| (name.clone(), crate::corpus(&name).replace('\r', ""));
    names.into_iter().map(text).collect()
}

/// FNV-1a, 64 bits, over names and texts in order of names.
pub(crate) fn hash() -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for (name, text) in files() {
        for byte in name.bytes().chain([0]).chain(text.bytes()).chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}

fn pages() -> Vec<Page> {
    let mut files = files();
    let truths = files.remove("pages.toml").unwrap();
    let truths: BTreeMap<String, Truth> =
        toml::from_str(&truths).unwrap_or_else(|error| panic!("pages.toml: {error}"));
    let pages = truths
        .into_iter()
        .map(|(name, truth)| {
            let html = files.remove(&format!("pages/{name}.html"));
            let html = html.unwrap_or_else(|| panic!("{name}: no pages/{name}.html"));
            page(name, truth, html)
        })
        .collect();
    let unknown: Vec<&String> = files.keys().collect();
    assert!(unknown.is_empty(), "pages.toml does not know {unknown:?}");
    pages
}

fn page(name: String, truth: Truth, html: String) -> Page {
    let encoding = truth.encoding.as_ref().map_or(UTF_8, |label| {
        Encoding::for_label(label.as_bytes()).unwrap_or_else(|| panic!("{name}: {label}"))
    });
    let (bytes, used, unwritable) = encoding.encode(&html);
    assert!(
        !unwritable && used == encoding,
        "{name}: not all of it can be written in {}",
        encoding.name()
    );
    let bytes = bytes.into_owned();
    let url = Url::parse(&truth.url).unwrap_or_else(|error| panic!("{name}: {error}"));
    let host = url.host_str().unwrap_or_default();
    assert!(host.ends_with(".example"), "{name}: {host} may exist");
    let read = read(&PageInput {
        body: &bytes,
        content_type: truth.content_type.as_deref(),
        content_language: truth.content_language.as_deref(),
        last_modified: truth.last_modified.as_deref(),
        url: Some(&url),
    });
    Page {
        name,
        truth,
        html,
        bytes,
        read,
    }
}

/// `published`, `modified`, `title`, `language`, `charset`: which pages are read so;
/// `second-language`, `one-language`: in which the sections' languages are told. `trusted`: which of the dates of publication that may contradict an editor are right.
/// `undated`, `never-modified`: which pages without a date are given none. `verified`: which
/// citations get the answer that they should; `wrong-dates`: which dates off by weeks and years
/// are not borne out, `wrong-contradicted`: which of them are contradicted.
pub(crate) fn scores() -> Scores {
    let mut scores = Scores::default();
    for page in pages() {
        dated(&page, &mut scores);
        texts(&page, &mut scores);
        verified(&page, &mut scores);
    }
    scores
}

fn dated(page: &Page, scores: &mut Scores) {
    let Page {
        name, truth, read, ..
    } = page;
    let mut count = |measure: &str, right: bool, found: &Option<PageDate>, truth: &str| {
        scores.count(measure, right, || {
            let found = found.as_ref().map_or_else(
                || "none".to_owned(),
                |found| format!("{} of {} ({})", found.date, found.source, found.confidence),
            );
            format!("{name}: read {found}, true {truth}")
        });
    };
    let says = |found: &Option<PageDate>, truth: &str| {
        let found = found.as_ref().map(|found| found.date.to_string());
        found.as_deref() == Some(truth)
    };
    if let Some(truth) = &truth.published {
        let right = says(&read.published, truth);
        count("published", right, &read.published, truth);
    } else {
        let claim = read.published.as_ref();
        let right = claim.is_none_or(|found| found.confidence < CLAIMED);
        count("undated", right, &read.published, "none");
    }
    if read
        .published
        .as_ref()
        .is_some_and(|found| TRUSTED <= found.confidence)
    {
        let truth = truth.published.as_deref().unwrap_or("none");
        let right = says(&read.published, truth);
        count("trusted", right, &read.published, truth);
    }
    if let Some(truth) = &truth.modified {
        let right = says(&read.modified, truth);
        count("modified", right, &read.modified, truth);
    } else {
        let right = read.modified.is_none();
        count("never-modified", right, &read.modified, "none");
    }
}

fn texts(page: &Page, scores: &mut Scores) {
    let Page {
        name, truth, read, ..
    } = page;
    let title = read.title.as_deref().unwrap_or_default();
    let right = crate::rendered::folded(title) == crate::rendered::folded(&truth.title);
    scores.count("title", right, || {
        format!("{name}: read {title:?}, true {:?}", truth.title)
    });

    let wanted = tag(&truth.language);
    let found = read.language.as_ref();
    // A truth with a script or region stands for nothing else.
    let right = found.is_some_and(|found| {
        found.tag == wanted
            || wanted.as_str() == wanted.primary() && same_language(&found.tag, &wanted)
    });
    scores.count("language", right, || {
        let found = found.map(|found| (&found.tag, found.confidence));
        format!("{name}: read {found:?}, true {wanted}")
    });
    let shares = found.map_or(&[][..], |found| &found.shares);
    let miss = || format!("{name}: sections {shares:?}, second {:?}", truth.second);
    if let Some(second) = &truth.second {
        let second = tag(second);
        let right = shares.iter().any(|part| same_language(&part.tag, &second));
        scores.count("second-language", right, miss);
    } else {
        let other = |part: &LanguageShare| !same_language(&part.tag, &wanted) && PART <= part.share;
        scores.count("one-language", !shares.iter().any(other), miss);
    }

    // Several names may be right for one text: what counts is that it is read as it was written.
    let charset = &read.charset;
    let right = Encoding::for_label(charset.as_bytes())
        .is_some_and(|encoding| encoding.decode(&page.bytes).0 == page.html);
    scores.count("charset", right, || {
        let truth = truth.encoding.as_deref().unwrap_or("UTF-8");
        format!("{name}: read as {charset}, true {truth}")
    });
}

fn verified(page: &Page, scores: &mut Scores) {
    let Page {
        name, truth, read, ..
    } = page;
    let mut cited = truth.cited.clone();
    cited.extend(
        truth
            .published
            .iter()
            .map(|day| format!("date {day} supported")),
    );
    cited.push(format!("title {} supported", truth.title));
    cited.push(format!("language {} supported", truth.language));
    for line in &cited {
        let parts = line.split_once(' ').zip(line.rsplit_once(' '));
        let Some(((kind, _), (rest, answer))) = parts else {
            panic!("{name}: not `kind value answer`: {line}");
        };
        let value = rest.split_at(kind.len()).1.trim();
        let (said, why) = match kind {
            "date" => told(verify_date(date(value), None, read)),
            "title" => {
                let title = Some(value);
                let titles = CitedTitles {
                    title,
                    ..CitedTitles::default()
                };
                told(verify_title(titles, read))
            }
            "language" => told(verify_language(&[tag(value)], read)),
            other => panic!("{name}: `{other}` is not cited"),
        };
        scores.count("verified", said == answer, || {
            format!("{name}: {kind} {value}: {said} by {why}, true {answer}")
        });
    }
    let days = truth.published.iter().filter_map(|day| date(day).as_day());
    for day in days.flat_map(|day| OFF.map(|off| day + off.days())) {
        let (said, why) = told(verify_date(CitedDate::day(day), None, read));
        let miss = || format!("{name}: {day} is {said} by {why}");
        scores.count("wrong-dates", said != "supported", miss);
        scores.count("wrong-contradicted", said == "contradicted", miss);
    }
}

/// The answer in the corpus's words, with what it rests on.
fn told<K>(verification: Verification<K>) -> (&'static str, String) {
    let answer = match verification.answer {
        Answer::Supported => "supported",
        Answer::Contradicted => "contradicted",
        Answer::Unknown => "unknown",
    };
    let by = verification.by;
    let by = by.map(|by| format!("{} of {}", by.value, by.source));
    (answer, by.unwrap_or_else(|| "nothing".to_owned()))
}

fn tag(text: &str) -> LanguageTag {
    LanguageTag::parse(text).unwrap_or_else(|| panic!("`{text}` is no language tag"))
}

/// An EDTF date as the corpus has it.
fn date(text: &str) -> CitedDate {
    let DateReading::Date(date) = dates::read(text, None) else {
        panic!("`{text}` is no date");
    };
    date
}
