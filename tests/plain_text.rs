//! Reference lists copied from rendered pages, in every form and language.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a test helper may panic, read files and index what it made"
)]

use std::fmt::Write as _;

use citecheck::article::{ReadOptions, text};
use citecheck::model::{Article, Citation, CitedDate, LanguageTag, Person};
use proptest::prelude::*;

fn read(text: &str) -> Article {
    text::read("list", text, &ReadOptions::default())
}

fn names(people: &[Person]) -> Vec<String> {
    let name = |person: &Person| match person {
        Person::Split { last, first } => format!("{last}|{first}"),
        Person::Whole { name } => name.clone(),
    };
    people.iter().map(name).collect()
}

/// The fields of a citation that are there, one per line.
fn shown(citation: &Citation) -> String {
    let mut lines = String::new();
    let texts = [
        ("title", &citation.title),
        ("trans-title", &citation.trans_title),
        ("work", &citation.work),
        ("publisher", &citation.publisher),
        ("agency", &citation.agency),
        ("via", &citation.via),
        ("url", &citation.url),
        ("archive-url", &citation.archive_url),
    ];
    for (name, value) in texts {
        if let Some(value) = value {
            writeln!(lines, "{name} = {value}").unwrap();
        }
    }
    let dates = [
        ("date", citation.date),
        ("access-date", citation.access_date),
        ("archive-date", citation.archive_date),
    ];
    for (name, value) in dates {
        if let Some(value) = value {
            writeln!(lines, "{name} = {value}").unwrap();
        }
    }
    let languages: Vec<String> = citation
        .language
        .iter()
        .map(LanguageTag::to_string)
        .collect();
    let lists = [
        ("authors", names(&citation.authors)),
        ("editors", names(&citation.editors)),
        ("languages", languages),
    ];
    for (name, list) in lists.iter().filter(|(_, list)| !list.is_empty()) {
        writeln!(lines, "{name} = {}", list.join("; ")).unwrap();
    }
    lines
}

fn expected(case: &toml::Table) -> String {
    let order = [
        "title",
        "trans-title",
        "work",
        "publisher",
        "agency",
        "via",
        "url",
        "archive-url",
        "date",
        "access-date",
        "archive-date",
        "authors",
        "editors",
        "languages",
    ];
    let mut lines = String::new();
    for name in order {
        match case.get(name) {
            Some(toml::Value::String(value)) => writeln!(lines, "{name} = {value}").unwrap(),
            Some(toml::Value::Array(list)) => {
                let list: Vec<&str> = list.iter().map(|value| value.as_str().unwrap()).collect();
                writeln!(lines, "{name} = {}", list.join("; ")).unwrap();
            }
            _ => {}
        }
    }
    lines
}

#[test]
fn citations_of_every_wiki_come_apart_into_their_fields() {
    let table: toml::Table = std::fs::read_to_string("tests/data/plain-citations.toml")
        .unwrap()
        .parse()
        .unwrap();
    let mut wrong = String::new();
    for case in table["case"].as_array().unwrap() {
        let case = case.as_table().unwrap();
        let text = case["text"].as_str().unwrap();
        let options = ReadOptions {
            language: LanguageTag::parse(case["language"].as_str().unwrap()),
        };
        let article = text::read("list", &format!(" 1. ^ {text}\n"), &options);
        let found = shown(&article.references[0].sources[0].citation);
        let expected = expected(case);
        if found != expected {
            writeln!(wrong, "{text}\n--- read\n{found}--- expected\n{expected}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn check_list(list: &str, expected: &[(u32, &str)]) {
    let article = read(list);
    let found: Vec<(u32, &str)> = article
        .references
        .iter()
        .map(|found| {
            (
                found.number,
                found.sources[0].citation.title.as_deref().unwrap_or(""),
            )
        })
        .collect();
    assert_eq!(found, expected, "{list}");
    for reference in &article.references {
        assert!(
            reference
                .span
                .text(list)
                .is_some_and(|entry| entry.contains('"')),
            "{list}"
        );
    }
}

#[test]
fn lists_are_numbered_in_many_ways() {
    let ab = [(1, "A"), (2, "B")];
    for list in [
        "1. \"A\". Bote.\n2. \"B\". Bote.",
        "References\n\n  1. ^ \"A\". Bote.\n  2. ^ a b \"B\". Bote.\n",
        "Einzelnachweise\n1. ↑ \"A\". Bote.\n2. ↑ a b c \"B\". Bote.\n\nWeblinks\nBote",
        "Примітки\n\n[1] \"A\". Вісті.\n[2] \"B\". Вісті.",
        "Примечания\n1. ↑ Перейти обратно: 1 2 \"A\". Вести.\n2. ↑ \"B\". Вести.",
        "参考文献\n1. ^ 1.0 1.1 \"A\". 报.\n2. ^ \"B\". 报.",
        "Références\n↑ a et b \"A\", Le Phare\n↑ \"B\", Le Phare"
            .replace("a et b", "a b")
            .as_str(),
        "^ \"A\". Bote.\n^ a b \"B\". Bote.",
        "المراجع\n١. ^ \"A\". المنارة.\n٢. ^ \"B\". المنارة.",
        "منابع\n۱. ↑ ۱٫۰ ۱٫۱ \"A\". فانوس.\n۲. ↑ \"B\". فانوس."
            .replace("۱٫۰ ۱٫۱ ", "")
            .as_str(),
        "อ้างอิง\n1. ↑ 1.0 1.1 \"A\". ประภาคาร.\n2. ↑ \"B\". ประภาคาร.",
        "脚注\n1. ^ a b \"A\". 新聞。\n2. ^ \"B\". 新聞。",
        "1.\n^ \"A\". Bote.\n2.\n^ a b \"B\". Bote.",
        "1. Jump up ^ \"A\". Bote.\n2. ^ Jump up to: a b \"B\". Bote.",
        "1. \"A\". Bote.\n2. a b \"B\". Bote.",
        "1) \"A\". Bote.\r\n2) \"B\". Bote.\r\n",
        "\u{feff}1.\t\"A\". Bote.\n2.\t\"B\". Bote.",
        "References[edit]\n\"A\". Bote. Retrieved 3 May 2019.\n\"B\". Bote. Retrieved 3 May 2019.\n",
    ] {
        check_list(list, &ab);
    }
}

#[test]
fn wrapped_lines_are_joined_and_missing_numbers_survived() {
    check_list(
        "1. \"A title that\n   goes on\". Bote. Retrieved\n   15. May 2019.\n\n4. \"B\". Bote.\n7. \"C\". Bote.",
        &[(1, "A title that goes on"), (4, "B"), (7, "C")],
    );
    check_list(
        "  9. ^ \"A\". Bote, it was\n14. The rest of it.\n 15. ^ \"B\". Bote.",
        &[(9, "A"), (15, "B")],
    );
    let list = "1. \"A title that\n   goes on\". Bote.";
    let article = read(list);
    let title = &article.references[0].sources[0].citation.fields["title"];
    assert_eq!(title.value, "A title that\n   goes on");
    assert_eq!(title.span.text(list), Some(title.value.as_str()));
}

#[test]
fn text_behind_the_list_is_no_entry() {
    check_list(
        "References\n1. ^ \"A\". Bote.\n2. ^ \"B\". Bote.\n\nExternal links\n3. ^ \"C\". Bote.\n",
        &[(1, "A"), (2, "B")],
    );
}

#[test]
fn marks_in_the_prose_give_uses_and_claims() {
    let article = read(
        "Haddon Harbour\n\nHaddon is old.[1] It burned in 1666,[2] and again in May 2019.[1][2]:12\n\n\
         Nobody knows why.[3][note 1] The end.\n\nReferences\n\n1. ^ a b \"A\". Bote.\n2. ^ \"B\". Bote.\n3. ^ \"C\". Bote.\n4. ^ \"D\". Bote.\n",
    );
    assert_eq!(article.title.as_deref(), Some("Haddon Harbour"));
    let burned = "It burned in 1666, and again in May 2019.";
    let claims: Vec<Vec<&str>> = article
        .references
        .iter()
        .map(|found| found.claims.iter().map(String::as_str).collect())
        .collect();
    assert_eq!(
        claims,
        [
            vec!["Haddon is old.", burned],
            vec![burned],
            vec!["Nobody knows why."],
            vec![]
        ]
    );
    let uses: Vec<u32> = article.references.iter().map(|found| found.uses).collect();
    assert_eq!(uses, [2, 2, 1, 1]);
}

#[test]
fn marks_are_read_in_every_script() {
    for (prose, claim) in [
        (
            "Порт\n\nПорт старий. Він згорів у 1666 р.[1] Потім його відбудували.\n",
            "Він згорів у 1666 р.",
        ),
        (
            "Hafen\n\nEr ist alt. Er brannte am 4. Mai.[1] Dann nicht.\n",
            "Er brannte am 4. Mai.",
        ),
        ("الميناء\n\nالميناء قديم. هل احترق؟[١] لا.\n", "هل احترق؟"),
        ("بندر\n\nبندر قدیمی است. سوخت.[۱] سپس نه.\n", "سوخت."),
        (
            "港\n\n港は古い。1666年に焼けた。[1]その後再建。\n",
            "1666年に焼けた。",
        ),
        ("ท่าเรือ\n\nท่าเรือเก่า[2] ถูกไฟไหม้[1] แล้วสร้างใหม่\n", "ถูกไฟไหม้"),
    ] {
        let article = read(&format!("{prose}\n1. ^ \"A\". Bote.\n2. ^ \"B\". Bote.\n"));
        assert_eq!(article.references[0].claims, [claim]);
    }
}

#[test]
fn the_articles_language_comes_from_its_phrases_and_headings() {
    for (list, tag) in [
        ("1. \"A\". Tide. Retrieved 3 May 2019.", "en"),
        (
            "1. A. In: Bote. 3. Mai 2019, abgerufen am 4. Mai 2019.",
            "de",
        ),
        ("1. A. Вісті. Процитовано 4 травня 2019.", "uk"),
        ("1. A. Вести. Дата обращения: 4 мая 2019.", "ru"),
        ("1. A. 灯台新聞. 2019年5月4日閲覧。", "ja"),
        ("1. A. المنارة. اطلع عليه بتاريخ 4 مايو 2019.", "ar"),
        ("อ้างอิง\n1. A. ประภาคาร.", "th"),
        ("منابع\n1. A. فانوس.", "fa"),
    ] {
        assert_eq!(read(list).language.unwrap().as_str(), tag, "{list}");
    }
}

#[test]
fn citations_alone_need_neither_numbers_nor_a_heading() {
    let titles = |text: &str| -> Vec<String> {
        let references = read(text).references.into_iter();
        references
            .filter_map(|reference| reference.sources[0].citation.title.clone())
            .collect()
    };
    let one = "Vale, Ann (3 May 2019). \"A day in town\". The Gazette. Retrieved 4 May 2019.";
    assert_eq!(titles(one), ["A day in town"]);
    let uk = "Вал, Анна (3 травня 2019). «День у місті». Газета. Процитовано 4 травня 2019.";
    assert_eq!(
        titles(&format!("{one}\n{uk}\n")),
        ["A day in town", "День у місті"]
    );
    let wrapped = one.replace(" The", "\nThe").replace(" 4 May", "\n4 May");
    assert_eq!(
        titles(&format!("{wrapped}\n\n{wrapped}")),
        ["A day in town"; 2]
    );
    // Prose beside them is not made a reference, nor are they found in it.
    let prose = "It rained on 3 May 2019. \"A day in town\", said Ann Vale, \"is a day lost\".";
    assert!(read(prose).references.is_empty());
    assert!(read(&format!("{prose}\n\n{one}")).references.is_empty());
}

#[test]
fn a_text_without_a_list_has_no_references_and_says_so() {
    let article = read("Haddon Harbour\n\nIt is old. There are 3.5 million stones.\n");
    assert!(article.references.is_empty());
    assert_eq!(article.problems.len(), 1);
}

#[test]
fn hostile_length_is_quick() {
    let day: CitedDate = "2019-05-03".parse().unwrap();
    for piece in [
        "\"",
        "[1]",
        "1. ^ ",
        "(",
        "\n",
        "\n1. ",
        "“",
        "; A, B",
        "3 May 2019 ",
        "()",
        "[1] a. ",
        "http://",
    ] {
        let text = format!(
            "Haddon\n\n{0}\n\n1. ^ {0}\n2. ^ \"A\". 3 May 2019.\n",
            piece.repeat(300_000 / piece.len())
        );
        let article = read(&text);
        let last = article.references.last().unwrap();
        let citation = &last.sources[0].citation;
        assert!(piece.contains('1') || citation.date == Some(day), "{piece}");
    }
}

proptest! {
    #[test]
    fn any_text_reads_with_spans_that_say_what_they_cover(
        lines in prop::collection::vec("( ?[0-9]{1,2}\\. )?(\\^ (a b )?)?[\\PC]{0,40}(\\([0-9]{4}\\)\\. )?[\"“„«「]?\\PC{0,40}[\"”“»」]?[.。,]? \\PC{0,30}(Retrieved 3 May 2019\\.|\\(in German\\)|\\[trans\\])?", 0..12)
    ) {
        let text = lines.join("\n");
        let article = read(&text);
        let mut last = 0;
        for reference in &article.references {
            prop_assert!(last < reference.number);
            last = reference.number;
            prop_assert!(reference.span.text(&text).is_some());
            for source in &reference.sources {
                prop_assert!(source.span.text(&text).is_some());
                for (name, field) in &source.citation.fields {
                    prop_assert_eq!(field.span.text(&text), Some(field.value.as_str()), "{}", name);
                    prop_assert!(!field.value.is_empty());
                }
            }
        }
    }
}

#[test]
fn claims_have_no_bullet_and_no_gap_where_a_mark_stood() {
    let text =
        "* The pier fell [1].\n• Two rose.[2]\n\nReferences\n\n1. ^ \"A\". B.\n2. ^ \"C\". D.\n";
    let article = read(text);
    let claims: Vec<_> = article
        .references
        .iter()
        .map(|r| r.claims.clone())
        .collect();
    assert_eq!(claims, [["The pier fell."], ["Two rose."]]);
}

/// The texts of every reference's sources.
fn entries(text: &str) -> Vec<Vec<String>> {
    let texts = |sources: &[citecheck::model::Source]| {
        let text = |source: &citecheck::model::Source| source.citation.raw["text"].clone();
        sources.iter().map(text).collect()
    };
    let references = read(text).references;
    references
        .iter()
        .map(|reference| texts(&reference.sources))
        .collect()
}

#[test]
fn broken_words_and_addresses_are_joined() {
    let cases = [
        ("a well-\nknown tide", "a well-known tide"),
        ("tides 2003–\n2005 rise", "tides 2003–2005 rise"),
        ("tides –\nand storms", "tides – and storms"),
        (
            "https://tide.example/a/\nb-\nc?d=\n1. Tide",
            "https://tide.example/a/b-c?d=1. Tide",
        ),
        ("港が再\n開した。橋", "港が再開した。橋"),
        ("місто і\nміст", "місто і міст"),
        ("สะพาน\nแม่น้ำ", "สะพาน แม่น้ำ"),
        ("المدينة\nوالنهر", "المدينة والنهر"),
        ("شهر و\nرود", "شهر و رود"),
        ("Stadt und\nFluss", "Stadt und Fluss"),
    ];
    for (lines, joined) in cases {
        let list = format!("1. ^ {lines}\n2. ^ Tide");
        assert_eq!(entries(&list), [[joined], ["Tide"]], "{lines}");
    }
}

#[test]
fn marks_of_direction_and_line_ends_of_every_kind_are_no_text() {
    for list in [
        "\u{202b}1.\u{202c} ^ المنارة\r\n\u{202b}2.\u{202c} ^ الجسر",
        "\u{2068}1.\u{2069} ^ المنارة\n\u{2068}2.\u{2069} ^ الجسر",
        "\u{200b}1. ^ \u{200b}المنارة\n\u{200b}2. ^ الجسر",
        "1.\u{a0}^\u{a0}المنارة\r2.\u{a0}^\u{a0}الجسر",
        "۱. ↑ المنارة\n۲. ↑ الجسر",
    ] {
        assert_eq!(entries(list), [["المنارة"], ["الجسر"]], "{list:?}");
    }
}

#[test]
fn what_a_page_prints_below_its_list_is_no_reference() {
    for below in [
        "Retrieved from \"https://tide.example/w/index.php?title=X&oldid=1\"",
        "This page was last edited on 4 May 2024, at 10:00 (UTC).",
        "Kategorien: Hafen | Flut",
        "Категорії: Порти",
        "カテゴリ: 港",
        "تصنيفات: موانئ",
        "หมวดหมู่: ท่าเรือ",
        "رده‌ها: بندرها",
    ] {
        let list = format!("1. ^ Vale\n2. ^ Osei\n{below}\nmore");
        assert_eq!(entries(&list), [["Vale"], ["Osei"]], "{below}");
    }
}

#[test]
fn notes_by_letters_and_parts_of_references_are_told_from_references() {
    let list = "The tide rose.[a][1]\nNotes\na. ^ Twice a\nday.\nReferences\n1. ^ Vale\n1.1 ^ p. 3\n2. ^ Osei";
    let article = read(list);
    let told: Vec<_> = article
        .references
        .iter()
        .map(|reference| {
            (
                reference.number,
                reference.group.as_deref(),
                reference.main,
                reference.details.as_deref(),
                reference.sources[0].citation.raw["text"].as_str(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (1, None, None, None, "Vale"),
            (2, None, None, None, "Osei"),
            (3, None, Some(1), Some("p. 3"), "p. 3"),
            (4, Some("lower-alpha"), None, None, "Twice a day."),
        ]
    );
    assert_eq!(
        article.references[3].kind,
        citecheck::model::ReferenceKind::Note
    );
}

#[test]
fn works_of_one_entry_are_told_apart_where_that_is_certain() {
    let one = "\"Port\". The Tide. 4 May 2019. Retrieved 6 May 2019.";
    let two = "Vale, Ann (2001). Tides. Accra: Shore Press. ISBN 978-0-00-000000-2.";
    assert_eq!(entries(&format!("1. ^ {one} {two}")), [[one, two]]);
    let first = "\"Port\". The Tide. 4 May 2019";
    assert_eq!(entries(&format!("1. ^ {first}; {one}")), [[first, one]]);
    // A quotation, a remark and one work with semicolons are no second work.
    for single in [
        "\"Port\". The Tide. 4 May 2019. Retrieved 6 May 2019. \"The port is open. It was shut.\"",
        "\"Port\". The Tide. 4 May 2019. Retrieved 6 May 2019. See also the appendix.",
        "\"Port; \"Bridge\"\". The Tide. 4 May 2019. Retrieved 6 May 2019.",
    ] {
        assert_eq!(entries(&format!("1. ^ {single}")), [[single]]);
    }
    let article = read(&format!("1. ^ {one} {two}"));
    let second = &article.references[0].sources[1];
    let span = second.citation.fields["title"].span;
    let list = format!("1. ^ {one} {two}");
    assert_eq!(span.text(&list), Some("Tides"));
    assert_eq!(second.span.text(&list), Some(two));
}

#[test]
fn a_lone_name_behind_a_title_is_a_guess() {
    use citecheck::model::FieldSource::{Guess, Text};
    let cases = [
        ("\"Port\". The Tide. 4 May 2019.", "work", Guess),
        ("\"Port\". tide.example. 4 May 2019.", "work", Text),
        ("\"Port\". The Tide. 12 (3): 4–5. 2019.", "title", Text),
        (
            "«Порт». Хвиля. 4 травня 2019. Процитовано 6 травня 2019.",
            "work",
            Guess,
        ),
        ("„Hafen“. Die Flut. 4. Mai 2019.", "work", Guess),
        ("\"الميناء\". المنارة. 4 مايو 2019.", "work", Guess),
        ("「港」『海』2019年5月4日。", "work", Text),
        ("\"ท่าเรือ\". คลื่น. 4 พฤษภาคม 2019.", "work", Guess),
        ("«بندر». موج. ۴ مهٔ ۲۰۱۹.", "work", Guess),
    ];
    for (text, field, source) in cases {
        let citation = text::citation(text, None);
        assert_eq!(citation.fields[field].source, source, "{text}");
    }
}
