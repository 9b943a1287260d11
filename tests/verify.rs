//! What a page says of itself, held against what is cited.

use citecheck::dates::{self, DateReading};
use citecheck::model::{CitedDate, LanguageTag, PageEvidence};
use citecheck::page::{PageInput, read};
use citecheck::rules::verify::{Answer, DateMismatch, verify_date, verify_language};

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
        // Nobody knows when it came out.
        "<h1>Storm over the coast</h1><p>Updated 3 June 2024</p>",
        "<h1>Шторм над узбережжям</h1><p>Оновлено 3 червня 2024</p>",
        "<h1>A page without any date</h1><p>Some text.</p>",
        "<h1>Report</h1><p>On 3 November 2024 the storm reached the coast, and many houses lost \
         their roofs before the evening came.</p>",
        "<h1>Report</h1><footer>© 2024 The Harbour</footer>",
    ] {
        let verified = verify_date(date("2019-05-05", "en"), None, &page(html));
        assert_eq!(verified.answer, Answer::Unknown, "{html}");
    }
}

/// What a page that is told by its head alone says of cited dates.
fn check(html: &str, cases: &[(&str, Answer, Option<DateMismatch>)]) {
    let page = page(html);
    for (cited, answer, kind) in cases {
        let verified = verify_date(date(cited, "en"), None, &page);
        let told = (verified.answer, verified.kind);
        assert_eq!(told, (*answer, *kind), "{cited} {html}\n{:?}", page.dates);
    }
}

#[test]
fn the_issue_that_a_page_names_is_as_good_as_its_day() {
    let journal = "<meta name=citation_online_date content=2018/10/02>\
        <meta name=citation_publication_date content=2019/03><h1>Paper on reefs</h1>";
    check(
        journal,
        &[
            ("2019-03", Answer::Supported, None),
            ("2019", Answer::Supported, None),
            ("2018-10", Answer::Supported, None),
            ("2018-10-02", Answer::Supported, None),
            ("2017", Answer::Contradicted, None),
            // A month bears out no day of it.
            ("2019-03-20", Answer::Contradicted, None),
        ],
    );
    let line = "<meta property=article:published_time content=2019-03-05T08:00:00+01:00>\
        <h1>Paper on reefs</h1><p>First published: November 2018</p>";
    check(line, &[("2018-11", Answer::Supported, None)]);
}

#[test]
fn a_year_alone_contradicts_nothing_and_is_no_day_apart() {
    let year = "<meta property=article:published_time content=2019><h1>Story of a reef</h1>";
    check(
        year,
        &[
            ("2019", Answer::Supported, None),
            ("2019-05-05", Answer::Supported, None),
            ("2018", Answer::Unknown, None),
            ("2018-12-31", Answer::Unknown, None),
        ],
    );
}

#[test]
fn a_changed_comment_is_no_change_of_the_page() {
    let html = "<meta property=article:published_time content=2019-03-05T08:00:00+01:00>\
        <h1>Story of a reef</h1><div class=comments><p>edited <time itemprop=dateModified \
        datetime=2015-06-01>1 June 2015</time></p></div>";
    check(html, &[("2015-06-01", Answer::Contradicted, None)]);
    let changed = "<meta property=article:published_time content=2018-12-30T08:00:00+01:00>\
        <meta property=article:modified_time content=2019-02-01T08:00:00+01:00><h1>A reef</h1>";
    check(
        changed,
        &[
            (
                "2019-02-01",
                Answer::Supported,
                Some(DateMismatch::ModifiedDate),
            ),
            ("2019", Answer::Supported, None),
        ],
    );
}

#[test]
fn a_page_in_two_languages_is_in_either() {
    let english = "The council met in the evening and spoke of the harbour for many hours. ";
    let german = "Der Rat kam am Abend zusammen und sprach viele Stunden über den Hafen. ";
    let html = format!(
        "<html lang=de><h1>Harbour / Hafen</h1><p>{}</p><p>{}</p>",
        english.repeat(9),
        german.repeat(7)
    );
    let page = page(&html);
    let tags = |tag: &str| LanguageTag::parse(tag).into_iter().collect::<Vec<_>>();
    for (tag, answer) in [("en", Answer::Supported), ("de", Answer::Supported)] {
        assert_eq!(verify_language(&tags(tag), &page).answer, answer, "{tag}");
    }
    assert_ne!(
        verify_language(&tags("fr"), &page).answer,
        Answer::Supported
    );
    let found = page.language.expect("two languages");
    assert!(found.confidence <= 0.85, "{found:?}");
}
