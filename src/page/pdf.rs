//! What a PDF says of itself: title, dates and language of its metadata, and the dates that come
//! with it. Its pages are not read.

use memchr::memmem;

use super::found_date::FoundDate;
use super::instant;
use super::pdf_file::PdfFile;
use super::pdf_objects::Dictionary;
use super::{pdf_text, pdf_xmp};
use crate::languages;
use crate::model::{
    CitedDate, DateCandidate, DateKind, DatePoint, DetectedLanguage, Evidence, PageDate,
    PageEvidence, TitleCandidate,
};

/// The longest title that is taken for one, in characters.
const LONGEST_TITLE: usize = 400;

/// How far a language is trusted: programs write that of their own menus, English most of all.
/// Neither outweighs what an editor wrote.
const ENGLISH: f64 = 0.4;
const NOT_ENGLISH: f64 = 0.55;

/// Properties of XMP that hold dates: name, what it is the date of, and, for the day of
/// publication, how far it is trusted. What is below 0.6 supports a cited date and contradicts
/// none: a file is often made, and described, long after its text came out.
const XMP_DATES: &[(&str, DateKind, Option<f64>)] = &[
    ("prism:publicationDate", DateKind::Published, Some(0.55)),
    ("prism:coverDate", DateKind::Published, Some(0.5)),
    ("prism:onlineDate", DateKind::Published, Some(0.5)),
    ("dc:date", DateKind::Unknown, Some(0.4)),
    ("xmp:CreateDate", DateKind::Created, None),
    ("xap:CreateDate", DateKind::Created, None),
    ("xmp:ModifyDate", DateKind::Modified, None),
    ("xap:ModifyDate", DateKind::Modified, None),
];

/// How far the day on which a file was made or changed is that of publication.
const OF_THE_FILE: f64 = 0.1;

/// How far the date of a file's last change is trusted to be that.
const MODIFIED: f64 = 0.6;

/// How far the date in the address is that of publication: of the document, or of one that was
/// put there later.
const ADDRESS_DAY: f64 = 0.5;
const ADDRESS_MONTH: f64 = 0.4;

/// Reads the metadata of a PDF, cut off or not. Of an encrypted one only what is not encrypted.
/// `around` are the dates that address and HTTP tell.
pub(super) fn read(body: &[u8], around: &[FoundDate]) -> PageEvidence {
    let file = PdfFile::open(body);
    let catalog = file.catalog();
    let packet = packet(&file, catalog.as_ref(), body);
    let info = file.info().filter(|_| !file.is_encrypted);
    let mut page = PageEvidence {
        media_type: "application/pdf".to_owned(),
        ..PageEvidence::default()
    };
    if let Some(packet) = &packet {
        take_title(
            &mut page,
            pdf_xmp::value(packet, "dc:title"),
            "XMP dc:title",
        );
        take_xmp_dates(&mut page, packet);
    }
    if let Some(info) = &info {
        let title = file.text(info, "Title").map(|title| pdf_text::text(&title));
        take_title(&mut page, title, "PDF title");
        for (key, kind, source) in [
            ("CreationDate", DateKind::Created, "PDF CreationDate"),
            ("ModDate", DateKind::Modified, "PDF ModDate"),
        ] {
            if let Some(date) = file.text(info, key).and_then(|date| pdf_text::date(&date)) {
                take_date(&mut page, date, (kind, None), source);
            }
        }
    }
    take_dates_around(&mut page, around);
    page.title = page.titles.first().map(|title| title.value.clone());
    let declared = catalog
        .filter(|_| !file.is_encrypted)
        .and_then(|catalog| file.text(&catalog, "Lang"))
        .map(|language| pdf_text::text(&language));
    let in_packet = packet.and_then(|packet| pdf_xmp::value(&packet, "dc:language"));
    page.language = language(declared, "PDF Lang", &page)
        .or_else(|| language(in_packet, "XMP dc:language", &page));
    page
}

/// The document's own packet: the one that the catalog names, else the last that is about a PDF
/// (pictures within have packets, too).
fn packet(file: &PdfFile<'_>, catalog: Option<&Dictionary>, body: &[u8]) -> Option<String> {
    let named = catalog
        .and_then(|catalog| catalog.reference("Metadata"))
        .and_then(|number| file.stream(number))
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .filter(|packet| packet.contains("<rdf:RDF"));
    named.or_else(|| {
        let plain = memmem::rfind_iter(body, b"<rdf:RDF").take(16);
        let packets = plain.filter_map(|at| {
            let rest = body.get(at..body.len().min(at + (256 << 10)))?;
            let end = memmem::find(rest, b"</rdf:RDF>")?;
            rest.get(..end).map(String::from_utf8_lossy)
        });
        let mut own = packets
            .filter(|packet| packet.contains("application/pdf") || packet.contains("pdf:Producer"));
        own.next().map(std::borrow::Cow::into_owned)
    })
}

fn take_title(page: &mut PageEvidence, title: Option<String>, source: &str) {
    let Some(value) = title.filter(|title| is_title(title)) else {
        return;
    };
    if page.titles.iter().all(|known| known.value != value) {
        let source = source.to_owned();
        page.titles.push(TitleCandidate { value, source });
    }
}

/// Whether it was written by people: no placeholder, no name of a file, and not letters alone that
/// no word is made of.
fn is_title(title: &str) -> bool {
    let small = title.to_lowercase();
    let letters = small.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 2 || LONGEST_TITLE < title.chars().count() {
        return false;
    }
    let mut rows = include_str!("data/pdf_titles.tsv").lines();
    !rows.any(|row| match row.split_once('\t') {
        Some(("is", words)) => small == words,
        Some(("starts", words)) => small.starts_with(words),
        Some(("ends", words)) => small.ends_with(words),
        _ => false,
    })
}

fn take_xmp_dates(page: &mut PageEvidence, packet: &str) {
    for (property, kind, confidence) in XMP_DATES {
        let value = pdf_xmp::value(packet, property);
        let Some(date) = value.and_then(|value| instant::read(&value, None)) else {
            continue;
        };
        let source = format!("XMP {property}");
        if let Some(confidence) = confidence
            && page.published.is_none()
        {
            page.published = Some(PageDate {
                date: date.date,
                source: source.clone(),
                confidence: *confidence,
            });
        }
        take_date(page, date.date, (*kind, *confidence), &source);
    }
}

/// Dates from outside of the file, where it says nothing better. When a server's copy was written
/// is no day on which its text was changed.
fn take_dates_around(page: &mut PageEvidence, around: &[FoundDate]) {
    for found in around {
        let confidence = match found.date.from {
            _ if found.kind != DateKind::Published => OF_THE_FILE,
            DatePoint::Day(_) => ADDRESS_DAY,
            DatePoint::Month(..) | DatePoint::Season(..) | DatePoint::Year(_) => ADDRESS_MONTH,
        };
        // A month is often that of an upload, as with web pages no day of publication.
        let is_day = found.kind == DateKind::Published && found.is_day();
        if is_day && page.published.is_none() {
            page.published = Some(PageDate {
                date: found.date,
                source: found.source.clone(),
                confidence,
            });
        }
        let known = |one: &DateCandidate| one.date == found.date && one.kind == found.kind;
        if !page.dates.iter().any(known) {
            page.dates.push(DateCandidate {
                date: found.date,
                kind: found.kind,
                source: found.source.clone(),
                confidence,
                utc: found.utc.is_some(),
            });
        }
    }
}

fn take_date(
    page: &mut PageEvidence,
    date: CitedDate,
    (kind, published): (DateKind, Option<f64>),
    source: &str,
) {
    if kind == DateKind::Modified && page.modified.is_none() {
        page.modified = Some(PageDate {
            date,
            source: source.to_owned(),
            confidence: MODIFIED,
        });
    }
    let known = |one: &DateCandidate| one.date == date && one.kind == kind;
    if !page.dates.iter().any(known) {
        page.dates.push(DateCandidate {
            date,
            kind,
            source: source.to_owned(),
            confidence: published.unwrap_or(OF_THE_FILE),
            utc: false,
        });
    }
}

/// A declared language, unless the title is in letters that it is not written in.
fn language(
    declared: Option<String>,
    source: &'static str,
    page: &PageEvidence,
) -> Option<DetectedLanguage> {
    let value = declared?;
    let tag = languages::tag_for_name(&value)?;
    let title = page.title.as_deref().unwrap_or_default();
    if languages::is_in_script_of(title, &tag) == Some(false) {
        return None;
    }
    let english = tag.primary() == "en";
    Some(DetectedLanguage {
        tag,
        confidence: if english { ENGLISH } else { NOT_ENGLISH },
        alternatives: Vec::new(),
        shares: Vec::new(),
        evidence: vec![Evidence::new("language", value, source)],
    })
}
