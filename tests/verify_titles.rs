//! Cited titles held against those of a page.

use citecheck::model::PageEvidence;
use citecheck::page::{PageInput, read};
use citecheck::rules::verify::{Answer, CitedTitles, TitleRelation, verify_title};
use proptest::prelude::*;

const ENGLISH: &str = "The old bridge over the river was closed on Monday, and nobody in the town \
    knows when it will be open again, said the mayor, who had hoped for more money this year.";
const UKRAINIAN: &str = "Старий міст через річку закрили в понеділок, і ніхто в місті не знає, коли \
    його знову відкриють, сказав міський голова, який сподівався цього року на більше коштів.";
const JAPANESE: &str =
    "川にかかる古い橋は月曜日に閉鎖され、いつ再開されるか町の人は誰も知らないと町長は話した。";

fn page(title: &str, text: &str) -> PageEvidence {
    let html = format!(
        "<title>{title}</title><h1>{title}</h1><p>{}</p>",
        text.repeat(4)
    );
    read(&PageInput {
        body: html.as_bytes(),
        content_type: Some("text/html; charset=utf-8"),
        ..PageInput::default()
    })
}

fn check(cited: &str, title: &str, text: &str, answer: Answer, kind: Option<TitleRelation>) {
    let cited_titles = CitedTitles {
        title: Some(cited),
        ..CitedTitles::default()
    };
    let found = verify_title(cited_titles, &page(title, text));
    assert_eq!(
        (found.answer, found.kind),
        (answer, kind),
        "{cited} / {title}"
    );
}

#[test]
fn what_is_edited_shortened_or_romanised_is_borne_out() {
    use TitleRelation::{Edited, Same, Shortened, UpdatedHeadline};
    for (cited, title, text, kind) in [
        (
            "Bridge closed: “no money”",
            "Bridge closed – ‘no money’",
            ENGLISH,
            Same,
        ),
        (
            "Old bridge closed",
            "Old bridge closed until the end of the year",
            ENGLISH,
            Shortened,
        ),
        (
            "Old bridge over river closed by mayor",
            "Mayor has closed the old bridge over the river",
            ENGLISH,
            Shortened,
        ),
        (
            "Old bridge over river closed on Monday",
            "Old bridge over river is shut for repair",
            ENGLISH,
            Edited,
        ),
        (
            "Mayor closes bridge after storm in valley",
            "Storm in the valley: roads are flooded",
            ENGLISH,
            UpdatedHeadline,
        ),
        (
            "Staryi mist cherez richku zakryly",
            "Старий міст через річку закрили",
            UKRAINIAN,
            Same,
        ),
        (
            "古い橋が閉鎖、再開は未定",
            "古い橋が閉鎖，再開は未定！",
            JAPANESE,
            Same,
        ),
    ] {
        check(cited, title, text, Answer::Supported, Some(kind));
    }
}

#[test]
fn another_page_contradicts_and_another_language_does_not() {
    use TitleRelation::{DifferentPage, NotComparable};
    check(
        "Parliament votes on the new budget for schools",
        "Ten recipes for a warm summer evening",
        ENGLISH,
        Answer::Contradicted,
        Some(DifferentPage),
    );
    check(
        "Парламент проголосував за новий бюджет для шкіл",
        "Десять рецептів для теплого літнього вечора",
        UKRAINIAN,
        Answer::Contradicted,
        Some(DifferentPage),
    );
    for (cited, title, text) in [
        (
            "The parliament votes on the new budget for schools",
            "Старий міст через річку закрили",
            UKRAINIAN,
        ),
        (
            "Старий міст через річку закрили в понеділок",
            "町長、古い橋の閉鎖を発表",
            JAPANESE,
        ),
        ("Budget", "Ten recipes for a warm summer evening", ENGLISH),
    ] {
        check(cited, title, text, Answer::Unknown, Some(NotComparable));
    }
    // Names and numbers stand in titles about anything.
    check(
        "Parliament votes on the new budget for schools in 2024",
        "Ten recipes for a warm summer evening in 2024",
        ENGLISH,
        Answer::Contradicted,
        Some(DifferentPage),
    );
}

#[test]
fn a_word_or_a_phrase_of_all_notices_bears_out_nothing() {
    use TitleRelation::NotComparable;
    for (cited, title, text, kind) in [
        (
            "News",
            "News from the valley this evening",
            ENGLISH,
            Some(NotComparable),
        ),
        (
            "Новини",
            "Новини Харкова сьогодні ввечері",
            UKRAINIAN,
            Some(NotComparable),
        ),
        (
            "東京都",
            "東京都知事選挙の結果を発表した",
            JAPANESE,
            Some(NotComparable),
        ),
        // Another notice, or a new headline: both say what they are in the same words.
        (
            "図書館の休館についてのお知らせ",
            "新しい橋の建設についてのお知らせ",
            JAPANESE,
            None,
        ),
    ] {
        check(cited, title, text, Answer::Unknown, kind);
    }
}

#[test]
fn the_title_of_an_error_page_tells_nothing() {
    for title in [
        "404 Not Found",
        "Page not found",
        "Just a moment...",
        "Access Denied",
        "Attention Required! | Cloudflare",
        "Seite nicht gefunden",
        "Сторінку не знайдено",
        "Страница не найдена",
        "ページが見つかりません",
        "页面不存在",
        "الصفحة غير موجودة",
        "صفحه یافت نشد",
        "ไม่พบหน้า",
        "페이지를 찾을 수 없습니다",
        "Strona nie została znaleziona",
        "Sidan kunde inte hittas",
    ] {
        check(
            "Parliament votes on the new budget for schools",
            title,
            "",
            Answer::Unknown,
            Some(TitleRelation::ErrorPage),
        );
    }
}

proptest! {
    #[test]
    fn any_two_titles_are_compared(cited in ".{0,80}", title in ".{0,80}") {
        let found = page(&title.replace('<', ""), ENGLISH);
        let cited = CitedTitles { title: Some(&cited), ..CitedTitles::default() };
        let _ = verify_title(cited, &found);
    }

    #[test]
    fn a_title_bears_itself_out(title in "[a-zа-яα-ωא-תa-z]{4,9}( [a-zа-яα-ωא-ת]{4,9}){2,8}") {
        let found = page(&title, ENGLISH);
        let cited = CitedTitles { title: Some(&title), ..CitedTitles::default() };
        prop_assert_eq!(verify_title(cited, &found).answer, Answer::Supported);
    }
}

#[test]
fn long_titles_are_compared() {
    let long = "слово ".repeat(200_000);
    let found = page(&long, ENGLISH);
    let cited = CitedTitles {
        title: Some(&long),
        ..CitedTitles::default()
    };
    assert_eq!(verify_title(cited, &found).answer, Answer::Supported);
}
