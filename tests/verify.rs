//! What a page says of itself, held against what is cited.

use citecheck::dates::{self, DateReading};
use citecheck::model::{CitedDate, LanguageTag, PageEvidence};
use citecheck::page::{PageInput, read};
use citecheck::rules::verify::{Answer, DateMismatch, verify_date};

fn page(html: &str) -> PageEvidence {
    read(&PageInput {
        body: html.as_bytes(),
        ..PageInput::default()
    })
}

fn date(text: &str, language: &str) -> CitedDate {
    let tag = LanguageTag::parse(language);
    let DateReading::Date(date) = dates::read(text, tag.as_ref()) else {
        unreachable!("{text} is a date");
    };
    date
}

/// Articles of 3 November 2024 that were changed on 9 November, in several languages, each with a
/// list of other articles beside it.
fn articles() -> Vec<(&'static str, String)> {
    [
        (
            "en",
            "Storm closes the harbour",
            "3 November 2024",
            "Updated 9 November 2024",
            "17 October 2024",
        ),
        (
            "de",
            "Sturm sperrt den Hafen",
            "3. November 2024",
            "Aktualisiert: 9. November 2024",
            "17. Oktober 2024",
        ),
        (
            "uk",
            "Шторм закрив порт",
            "3 листопада 2024",
            "Оновлено 9 листопада 2024",
            "17 жовтня 2024",
        ),
        (
            "ja",
            "暴風雨で港が閉鎖",
            "2024年11月3日",
            "更新 2024年11月9日",
            "2024年10月17日",
        ),
        (
            "th",
            "พายุปิดท่าเรือ",
            "3 พฤศจิกายน 2567",
            "อัปเดต 9 พฤศจิกายน 2567",
            "17 ตุลาคม 2567",
        ),
        (
            "fa",
            "توفان بندر را بست",
            "۱۳ آبان ۱۴۰۳",
            "به‌روزرسانی ۱۹ آبان ۱۴۰۳",
            "۲۶ مهر ۱۴۰۳",
        ),
        (
            "ar",
            "عاصفة تغلق الميناء",
            "3 نوفمبر 2024",
            "تم التحديث 9 نوفمبر 2024",
            "17 أكتوبر 2024",
        ),
    ]
    .map(|(language, title, published, updated, other)| {
        let html = format!(
            "<html lang={language}><title>{title}</title>\
             <meta property=article:published_time content='2024-11-03T09:00:00+02:00'>\
             <meta property=article:modified_time content='2024-11-09T09:00:00+02:00'>\
             <article><h1>{title}</h1><p class=date>{published}</p><p>{updated}</p></article>\
             <aside class=related><ul><li><a href=/b>{title}</a> <span class=date>{other}</span>\
             </ul></aside>"
        );
        (language, html)
    })
    .into()
}

#[test]
fn a_cited_date_is_held_against_everything_the_page_says() {
    let cases = [
        ("2024-11-03", Answer::Supported, None),
        ("2024-11", Answer::Supported, None),
        ("2024", Answer::Supported, None),
        (
            "2024-11-04",
            Answer::Supported,
            Some(DateMismatch::OffByADay),
        ),
        (
            "2024-11-09",
            Answer::Supported,
            Some(DateMismatch::ModifiedDate),
        ),
        (
            "2024-03-11",
            Answer::Contradicted,
            Some(DateMismatch::DayMonthSwapped),
        ),
        (
            "2023-11-03",
            Answer::Contradicted,
            Some(DateMismatch::WrongYear),
        ),
        (
            "2025-01-15",
            Answer::Contradicted,
            Some(DateMismatch::AccessDate),
        ),
        ("2024-11-20", Answer::Contradicted, None),
        // The day of another article beside it is not this one's.
        ("2024-10-17", Answer::Contradicted, None),
        ("2019", Answer::Contradicted, None),
    ];
    let access = date("2025-01-15", "en");
    for (language, html) in articles() {
        let page = page(&html);
        for (cited, answer, kind) in cases {
            let verified = verify_date(date(cited, "en"), Some(access), &page);
            assert_eq!(
                (verified.answer, verified.kind),
                (answer, kind),
                "{language} {cited}"
            );
            let by = verified.by.expect("the page says something");
            assert!(
                !by.value.is_empty() && !by.source.is_empty(),
                "{language} {cited}"
            );
        }
    }
}

#[test]
fn an_instant_in_utc_is_of_either_day() {
    let html = "<meta property=article:published_time content='2024-11-03T22:30:00Z'><h1>T</h1>";
    let page = page(html);
    for (cited, answer) in [
        ("2024-11-03", Answer::Supported),
        ("2024-11-04", Answer::Supported),
        ("2024-11-06", Answer::Contradicted),
    ] {
        let verified = verify_date(date(cited, "en"), None, &page);
        assert_eq!((verified.answer, verified.kind), (answer, None), "{cited}");
    }
}

#[test]
fn thin_evidence_contradicts_nothing() {
    for html in [
        "<h1>A page without any date</h1><p>Some text.</p>",
        "<h1>Report</h1><p>On 3 November 2024 the storm reached the coast, and many houses lost \
         their roofs before the evening came.</p>",
        "<h1>Report</h1><footer>© 2024 The Harbour</footer>",
    ] {
        let verified = verify_date(date("2019-05-05", "en"), None, &page(html));
        assert_eq!(verified.answer, Answer::Unknown, "{html}");
    }
}
