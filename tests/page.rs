//! What is read from a page: through the public API, on pages made for the purpose.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test helper may panic"
)]

use citecheck::model::{DateKind, PageEvidence, SignalKind};
use citecheck::page::{PageInput, body_kind, decode, read};
use proptest::prelude::*;
use url::Url;

fn page(html: &str) -> PageEvidence {
    read(&PageInput {
        body: html.as_bytes(),
        content_type: Some("text/html; charset=utf-8"),
        ..PageInput::default()
    })
}

fn page_at(html: &str, url: &str) -> PageEvidence {
    let url = Url::parse(url).unwrap();
    read(&PageInput {
        body: html.as_bytes(),
        url: Some(&url),
        ..PageInput::default()
    })
}

#[test]
fn bodies_are_named_by_their_bytes_first() {
    for (body, declared, expect) in [
        (&b"<!DOCTYPE html><p>x"[..], None, "text/html"),
        (b"\xef\xbb\xbf  <html>", Some("text/plain"), "text/html"),
        (
            b"<?xml version=\"1.0\"?><!DOCTYPE html><html>",
            Some("application/xml"),
            "text/html",
        ),
        (
            b"<?xml version=\"1.0\"?><rss>",
            Some("application/rss+xml"),
            "application/rss+xml",
        ),
        (b"%PDF-1.7", Some("text/html"), "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", Some("text/html"), "image/png"),
        (b"\xff\xd8\xff\xe0", None, "image/jpeg"),
        (b"RIFF\0\0\0\0WEBPVP8", None, "image/webp"),
        (b"{\"a\": 1}", Some("application/json"), "application/json"),
        (b"[{\"a\": 1}]", None, "application/json"),
        (
            b"PK\x03\x04",
            Some("application/epub+zip"),
            "application/epub+zip",
        ),
        (b"\0\x01\x02binary", None, "application/octet-stream"),
        (
            b"Plain words.",
            Some("text/plain; charset=utf-8"),
            "text/plain",
        ),
        (b"Plain words.", None, "text/plain"),
        (b"", None, "text/html"),
        (b"BM25 is a ranking function", None, "text/plain"),
        (b"body{color:red}", Some("text/css"), "text/css"),
    ] {
        assert_eq!(
            body_kind(body, declared).media_type(),
            expect,
            "{body:?} {declared:?}"
        );
    }
}

#[test]
fn other_types_leave_the_evidence_empty() {
    let evidence = read(&PageInput {
        body: b"%PDF-1.7 <title>no page</title>",
        ..PageInput::default()
    });
    assert_eq!(evidence.media_type, "application/pdf");
    assert_eq!(evidence.title, None);
    assert_eq!(evidence.charset, "");
    assert_eq!(evidence.words, 0);
}

#[test]
fn plain_text_has_words() {
    let evidence = read(&PageInput {
        body: "Північна Корея направила військових.".as_bytes(),
        content_type: Some("text/plain"),
        ..PageInput::default()
    });
    assert_eq!(evidence.media_type, "text/plain");
    assert_eq!(evidence.words, 4);
    assert_eq!(evidence.charset, "UTF-8");
}

/// Encodes a page and checks that its title survives, under each way of (not) declaring it.
fn check_charset(label: &str, title: &str, sentence: &str) {
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
    let html = |meta: &str| {
        let text =
            format!("<html><head>{meta}<title>{title}</title></head><body><p>{sentence}</p>");
        let (bytes, _, unmappable) = encoding.encode(&text);
        assert!(!unmappable, "{label}");
        bytes.into_owned()
    };
    let meta = format!("<meta http-equiv=\"Content-Type\" content=\"text/html; charset={label}\">");
    let http = format!("text/html; charset={label}");
    for (body, content_type) in [
        (html(""), Some(http.as_str())),
        (html(&meta), Some("text/html")),
        (html(""), None),
        // Declared as UTF-8, which the bytes contradict.
        (html(""), Some("text/html; charset=utf-8")),
        (html("<meta charset=utf-8>"), None),
    ] {
        let evidence = read(&PageInput {
            body: &body,
            content_type,
            ..PageInput::default()
        });
        assert_eq!(
            evidence.title.as_deref(),
            Some(title),
            "{label} {content_type:?}"
        );
        assert_eq!(
            evidence.charset,
            encoding.name(),
            "{label} {content_type:?}"
        );
    }
}

#[test]
fn charsets_are_told_with_and_without_a_declaration() {
    let ukrainian = "Їжак і його друзі живуть у лісі, де щоранку співають пташки. Вони збирають \
        гриби та ягоди, а ввечері п'ють чай із медом.";
    check_charset("windows-1251", "Їжак у лісі", ukrainian);
    check_charset("koi8-u", "Їжак у лісі", ukrainian);
    check_charset(
        "shift_jis",
        "森の動物たち",
        "森の中でハリネズミとその友達が暮らしています。毎朝、鳥たちが歌います。",
    );
    check_charset(
        "euc-jp",
        "森の動物たち",
        "森の中でハリネズミとその友達が暮らしています。毎朝、鳥たちが歌います。",
    );
    check_charset(
        "gb18030",
        "森林里的动物",
        "刺猬和它的朋友们住在森林里,每天早上小鸟都会唱歌。他们一起采蘑菇和浆果。",
    );
    check_charset(
        "big5",
        "森林裡的動物",
        "刺蝟和牠的朋友們住在森林裡,每天早上小鳥都會唱歌。他們一起採蘑菇和漿果。",
    );
    check_charset(
        "euc-kr",
        "숲속의 동물들",
        "고슴도치와 친구들은 숲에서 살고 있습니다. 매일 아침 새들이 노래합니다.",
    );
    check_charset(
        "windows-1256",
        "حيوانات الغابة",
        "يعيش القنفذ وأصدقاؤه في الغابة حيث تغني الطيور كل صباح. يجمعون الفطر والتوت معا.",
    );
    check_charset(
        "windows-874",
        "สัตว์ในป่า",
        "เม่นและเพื่อนๆอาศัยอยู่ในป่าที่ซึ่งนกร้องเพลงทุกเช้าพวกเขาเก็บเห็ดและผลเบอร์รี่ด้วยกัน",
    );
}

/// A page in one encoding that is declared as another is read as what it is.
fn check_mended(truth: &str, declared: &[&str], text: &str) {
    let encoding = encoding_rs::Encoding::for_label(truth.as_bytes()).unwrap();
    let page = format!("<html><body><p>{text}</p>");
    let (body, _, unmappable) = encoding.encode(&page);
    assert!(!unmappable, "{truth}");
    for declared in [truth].iter().chain(declared) {
        let http = format!("text/html; charset={declared}");
        assert_eq!(
            decode(&body, Some(&http)).text,
            page,
            "{truth} as {declared}"
        );
        let mut with_meta = format!("<meta charset=\"{declared}\">").into_bytes();
        with_meta.extend_from_slice(&body);
        let decoded = decode(&with_meta, None);
        assert!(decoded.text.contains(text), "{truth} as {declared} in meta");
        // What only one of two witnesses says is not held against the other.
        let decoded = decode(&with_meta, Some(&format!("text/html; charset={truth}")));
        assert!(decoded.text.contains(text), "{truth} in HTTP, {declared}");
    }
}

#[test]
fn a_wrong_declaration_is_noticed_and_mended() {
    let western = ["utf-8", "windows-1252", "iso-8859-1"];
    let with = |more: &[&'static str]| [western.as_slice(), more].concat();
    check_mended(
        "windows-1251",
        &with(&["koi8-r", "iso-8859-5", "ibm866"]),
        "Ёжик собирает грибы и ягоды, а вечером пьёт чай с мёдом и слушает птиц.",
    );
    check_mended(
        "koi8-u",
        &with(&["windows-1251", "koi8-r"]),
        "Їжак збирає гриби та ягоди, а ввечері п'є чай із медом і слухає пташок. Ґава їсть.",
    );
    check_mended(
        "windows-1250",
        &with(&["iso-8859-2"]),
        "Jeż zbiera grzyby, świeże jagody i żołędzie, a wieczorem piją ciepłą herbatę.",
    );
    check_mended(
        "iso-8859-2",
        &with(&["windows-1250"]),
        "Jeż zbiera grzyby, świeże jagody i żołędzie, a wieczorem piją ciepłą herbatę.",
    );
    check_mended(
        "windows-1252",
        &["utf-8", "windows-1250", "windows-1251", "gb18030"],
        "Le hérisson très âgé préfère les mûres à la forêt où règne la paix, où il a été élevé.",
    );
    check_mended(
        "euc-kr",
        &with(&["gb18030", "big5"]),
        "고슴도치와 친구들은 숲에서 살고 있습니다. 매일 아침 새들이 노래합니다.",
    );
    check_mended(
        "shift_jis",
        &with(&["euc-jp", "gb18030"]),
        "森の中でハリネズミとその友達が暮らしています。毎朝、鳥たちが歌います。",
    );
    check_mended(
        "gb18030",
        &with(&["big5", "euc-kr"]),
        "刺猬和它的朋友们住在森林里,每天早上小鸟都会唱歌。他们一起采蘑菇和浆果。",
    );
    check_mended(
        "big5",
        &with(&["gb18030", "euc-kr"]),
        "刺蝟和牠的朋友們住在森林裡,每天早上小鳥都會唱歌。他們一起採蘑菇和漿果。",
    );
    check_mended(
        "windows-1256",
        &western,
        "يعيش القنفذ وأصدقاؤه في الغابة حيث تغني الطيور كل صباح. يجمعون الفطر والتوت معا.",
    );
    check_mended(
        "windows-1253",
        &western,
        "Ο σκαντζόχοιρος μαζεύει μανιτάρια και το βράδυ πίνει τσάι με μέλι στο δάσος.",
    );
}

#[test]
fn a_right_declaration_stands_where_little_speaks() {
    for (label, text) in [
        ("windows-1251", "News: Їжак"),
        ("windows-1250", "Dvořák and Čapek, by Łukasz Żak"),
        ("iso-8859-2", "Dvořák and Čapek, by Łukasz Żak"),
        ("windows-1252", "Søren Kierkegård, «Ærø», 5 £ ±3 m²"),
        ("windows-1257", "Ąžuolas and Šķēle, by Jānis"),
        ("gb18030", "About 刺猬"),
        ("gb18030", "Ёжик собирает грибы и ягоды"),
        ("shift_jis", "Menu: ﾒﾆｭｰ 森"),
        ("euc-kr", "About 숲"),
        ("iso-2022-jp", "About 森の動物"),
        ("windows-1254", "İğne ile Şükrü"),
    ] {
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
        let (body, _, _) = encoding.encode(text);
        let decoded = decode(&body, Some(&format!("text/html; charset={label}")));
        assert_eq!(decoded.text, text, "{label}");
    }
}

#[test]
fn a_few_broken_bytes_do_not_make_a_page_another_encoding() {
    let text = "Größe, Straße, Grüße, Äpfel und Öl für schöne Mädchen. ".repeat(3);
    let mut body = text.clone().into_bytes();
    body.extend_from_slice(b"caf\xe9 ");
    for declared in [None, Some("text/html; charset=utf-8")] {
        let decoded = decode(&body, declared);
        assert_eq!(decoded.charset, "UTF-8", "{declared:?}");
        assert!(decoded.text.starts_with(&text), "{declared:?}");
    }
    // Cut off within a character.
    let cut = "Їжак у лісі".as_bytes();
    let decoded = decode(
        &cut[..cut.len() - 1],
        Some("text/html; charset=windows-1251"),
    );
    assert_eq!(decoded.charset, "UTF-8");
    let (cut, _, _) = encoding_rs::SHIFT_JIS.encode("森の中でハリネズミとその友達");
    let decoded = decode(&cut[..cut.len() - 1], Some("text/html; charset=shift_jis"));
    assert!(decoded.text.starts_with("森の中でハリネズミとその友"));
    // A line in UTF-8 within a page of another encoding.
    let russian = "Ёжик собирает грибы и ягоды, а вечером пьёт чай. ".repeat(4);
    let (page, _, _) = encoding_rs::WINDOWS_1251.encode(&russian);
    let mixed = [page.as_ref(), "Ёжик".as_bytes()].concat();
    let decoded = decode(&mixed, Some("text/html; charset=windows-1251"));
    assert_eq!(decoded.charset, "windows-1251");
    assert!(decoded.text.starts_with(&russian));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_decoded(
        body in prop::collection::vec(any::<u8>(), 0..300),
        label in prop::sample::select(vec!["utf-8", "shift_jis", "windows-1252", "big5", "x", ""]),
    ) {
        let decoded = decode(&body, Some(&format!("text/html; charset={label}")));
        prop_assert!(!decoded.charset.is_empty());
        prop_assert!(decoded.text.len() <= 3 * body.len());
    }
}

#[test]
fn utf8_bytes_beat_a_wrong_declaration() {
    let evidence = read(&PageInput {
        body: "<title>Größe</title>".as_bytes(),
        content_type: Some("text/html; charset=iso-8859-1"),
        ..PageInput::default()
    });
    assert_eq!(evidence.title.as_deref(), Some("Größe"));
    assert_eq!(evidence.charset, "UTF-8");
}

#[test]
fn titles_lose_the_name_of_their_site_on_evidence_only() {
    for (html, url, expect) in [
        (
            "<meta property='og:site_name' content='Новини Києва'><title>Ціни на газ - Новини Києва</title>",
            "https://example.org/a",
            "Ціни на газ",
        ),
        (
            "<title>Gaspreise steigen | Morgenblatt</title>",
            "https://www.morgenblatt.example/a",
            "Gaspreise steigen",
        ),
        (
            "<title>天然ガス価格が上昇 | 朝の新聞</title><h1>天然ガス価格が上昇</h1>",
            "https://example.org/a",
            "天然ガス価格が上昇",
        ),
        (
            "<title>ارتفاع أسعار الغاز - صحيفة الصباح</title><meta property=og:site_name content='صحيفة الصباح'>",
            "https://example.org/a",
            "ارتفاع أسعار الغاز",
        ),
        (
            "<title>ราคาก๊าซสูงขึ้น | หนังสือพิมพ์เช้า</title><meta property=og:site_name content='หนังสือพิมพ์เช้า'>",
            "https://example.org/a",
            "ราคาก๊าซสูงขึ้น",
        ),
        (
            "<title>قیمت گاز بالا رفت | روزنامه بامداد</title><h1>قیمت گاز بالا رفت</h1>",
            "https://example.org/a",
            "قیمت گاز بالا رفت",
        ),
        // Nothing shows that the last part is not of the title.
        (
            "<title>Gas prices - a history</title>",
            "https://example.org/a",
            "Gas prices - a history",
        ),
        // A kicker in the heading is no part of the headline.
        (
            "<meta property=og:title content='Warum Brot teurer wird'><h1><span>Preise</span> Warum Brot teurer wird</h1>",
            "https://example.org/a",
            "Warum Brot teurer wird",
        ),
        // A slogan is not the title, even as the only heading.
        (
            "<meta property=og:title content='Warum Brot teurer wird'><h1>Täglich frisch für Sie</h1>",
            "https://example.org/a",
            "Warum Brot teurer wird",
        ),
        ("<title>A &amp; B</title>", "https://example.org/a", "A & B"),
        (
            "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Bread &amp; salt\"}</script><title>x</title>",
            "https://example.org/a",
            "Bread & salt",
        ),
    ] {
        assert_eq!(page_at(html, url).title.as_deref(), Some(expect), "{html}");
    }
}

#[test]
fn the_title_as_written_stays_a_candidate() {
    let evidence = page_at(
        "<title>Brot | Morgenblatt</title><h1>Brot</h1>",
        "https://example.org/",
    );
    let values: Vec<&str> = evidence
        .titles
        .iter()
        .map(|title| title.value.as_str())
        .collect();
    assert_eq!(values, ["Brot", "Brot | Morgenblatt"]);
    assert_eq!(evidence.titles[0].source, "<h1>");
}

fn check_published(html: &str, expect: Option<&str>) {
    let evidence = page(html);
    let published = evidence
        .published
        .as_ref()
        .map(|date| date.date.to_string());
    assert_eq!(published.as_deref(), expect, "{html}\n{:?}", evidence.dates);
}

#[test]
fn machine_readable_dates_are_the_publication_date() {
    check_published(
        "<meta property=article:published_time content='2024-11-03T23:30:00-05:00'>",
        Some("2024-11-03"),
    );
    check_published(
        "<meta name=citation_publication_date content='2019/05/30'>",
        Some("2019-05-30"),
    );
    check_published(
        "<script type=application/ld+json>{\"@graph\":[{\"@type\":\"WebSite\",\"datePublished\":\"2001-01-01\"},\
         {\"@type\":\"NewsArticle\",\"datePublished\":\"2024-11-03\"}]}</script>",
        Some("2024-11-03"),
    );
    check_published(
        "<h1>T</h1><span itemprop=datePublished content=2024-11-03>gestern</span>",
        Some("2024-11-03"),
    );
    check_published(
        "<h1>T</h1><time datetime=2024-11-03>3 листопада</time>",
        Some("2024-11-03"),
    );
}

#[test]
fn visible_dates_are_read_in_every_language() {
    for (lang, label, date) in [
        ("uk", "Опубліковано:", "3 листопада 2024 р."),
        ("de", "Veröffentlicht am", "3. November 2024"),
        ("ar", "تاريخ النشر:", "3 نوفمبر 2024"),
        ("ja", "公開日：", "2024年11月3日"),
        ("th", "เผยแพร่เมื่อ", "3 พฤศจิกายน 2567"),
        ("fa", "تاریخ انتشار:", "۱۳ آبان ۱۴۰۳"),
        ("en", "Published on", "November 3, 2024"),
        ("ko", "입력", "2024년 11월 3일"),
        ("fr", "Publié le", "3 novembre 2024"),
    ] {
        check_published(
            &format!("<html lang={lang}><h1>T</h1><p>{label} {date}</p>"),
            Some("2024-11-03"),
        );
        check_published(
            &format!("<html lang={lang}><h1>T</h1><div class=post-date>{date}</div>"),
            Some("2024-11-03"),
        );
    }
}

#[test]
fn a_date_told_twice_is_surer() {
    let confidence = |html: &str, url: &str| page_at(html, url).published.unwrap().confidence;
    let meta = "<meta property=article:published_time content=2024-11-03><h1>T</h1>";
    let once = confidence(meta, "https://news.example/t");
    let twice = confidence(meta, "https://news.example/2024/11/03/t");
    assert!(once < twice, "{once} {twice}");
}

#[test]
fn a_list_of_articles_and_a_home_page_have_no_publication_date() {
    let teaser = |day: u8| {
        format!(
            "<article><h2>News</h2><span class=date>{day} November 2024</span><p>x</p></article>"
        )
    };
    let list: String = (1..9).map(teaser).collect();
    check_published(&format!("<h1>All news</h1>{list}"), None);
    let home = page_at(
        "<h1>Paper</h1><p class=date>3 November 2024</p>",
        "https://news.example/",
    );
    assert_eq!(home.published, None);
}

#[test]
fn modified_dates_are_told_apart() {
    let evidence = page(
        "<meta property=article:modified_time content=2024-11-05>\
         <meta property=article:published_time content=2024-11-03>",
    );
    assert_eq!(evidence.published.unwrap().date.to_string(), "2024-11-03");
    assert_eq!(evidence.modified.unwrap().date.to_string(), "2024-11-05");
    assert!(
        evidence
            .dates
            .iter()
            .any(|date| date.kind == DateKind::Modified)
    );
}

#[test]
fn the_address_tells_a_day() {
    let evidence = page_at("<h1>T</h1><p>x", "https://news.example/2024/11/03/t.html");
    let published = evidence.published.unwrap();
    assert_eq!(published.date.to_string(), "2024-11-03");
    assert_eq!(published.source, "URL path");
}

#[test]
fn dates_of_other_things_are_not_the_publication_date() {
    let text = "A long paragraph of running text that has nothing to do with dates. ".repeat(8);
    for beside in [
        "<footer>© 2019–2024 Morgenblatt</footer>",
        "<footer>Stand: 03.11.2024</footer>",
        "<aside class=sidebar><time datetime=2024-11-03>3 Nov</time></aside>",
        "<div class=comments><time datetime=2024-11-03>3 Nov</time> First!</div>",
        "<section class=related-posts><time datetime=2024-11-03>3 Nov</time> Other</section>",
        "<script type=application/ld+json>{\"@type\":\"Organization\",\"foundingDate\":\"1999-01-01\"}</script>",
    ] {
        check_published(&format!("<h1>T</h1><p>{text}</p>{beside}"), None);
    }
}

#[test]
fn a_year_stays_a_year() {
    let evidence = page("<meta name=citation_date content=2019><h1>T</h1>");
    let written: Vec<String> = evidence
        .dates
        .iter()
        .map(|date| date.date.to_string())
        .collect();
    assert_eq!(written, ["2019"]);
}

#[test]
fn an_instant_in_utc_is_the_readers_local_day() {
    let evidence = page_at(
        "<meta property=article:published_time content='2024-11-03T23:30:00Z'><h1>T</h1>",
        "https://news.example/2024/11/04/t",
    );
    assert_eq!(evidence.published.unwrap().date.to_string(), "2024-11-04");
}

#[test]
fn words_of_the_main_text_leave_out_menus() {
    let paragraph = "Слово за слово тече оповідь про ліс, річку і людей, що живуть поруч із ними. ";
    let html = format!(
        "<nav><a href=/>Головна</a> <a href=/n>Новини</a></nav><article><h1>Ліс</h1><p>{}</p></article>\
         <footer>Усі права захищено</footer>",
        paragraph.repeat(3)
    );
    assert_eq!(page(&html).words, 1 + 3 * 15);
}

#[test]
fn the_language_of_a_page_is_named() {
    for (lang, sentence) in [
        (
            "uk",
            "Північна Корея направила до Росії тисячі військових, повідомила розвідка.",
        ),
        (
            "de",
            "Nordkorea hat nach Angaben des Geheimdienstes Tausende Soldaten nach Russland geschickt.",
        ),
        (
            "en",
            "North Korea has sent thousands of soldiers to Russia, the intelligence service said.",
        ),
        (
            "ar",
            "أرسلت كوريا الشمالية آلاف الجنود إلى روسيا وفقا لجهاز الاستخبارات.",
        ),
        (
            "fa",
            "کره شمالی به گفته سازمان اطلاعات هزاران سرباز به روسیه فرستاده است.",
        ),
        (
            "ja",
            "情報機関によると、北朝鮮は数千人の兵士をロシアに派遣した。",
        ),
        (
            "th",
            "เกาหลีเหนือส่งทหารหลายพันนายไปยังรัสเซียตามรายงานของหน่วยข่าวกรอง",
        ),
    ] {
        let menu = "<nav><a href=/>Home</a> <a href=/n>News of the day and of the week</a></nav>";
        let evidence = page(&format!(
            "{menu}<article><h1>…</h1><p>{sentence}</p></article>"
        ));
        let language = evidence.language.unwrap();
        assert_eq!(language.tag.primary(), lang, "{sentence}");
    }
}

#[test]
fn declarations_that_name_no_language_are_left_out() {
    let evidence = page(
        "<html lang=utf-8><meta name=language content=xyzzy><p>Die Soldaten sind gestern in Russland angekommen.</p>",
    );
    let language = evidence.language.unwrap();
    assert_eq!(language.tag.as_str(), "de");
    assert!(
        language
            .evidence
            .iter()
            .all(|evidence| evidence.what != "declared")
    );
}

#[test]
fn a_list_of_links_is_its_own_text() {
    let list = "<li><a href=/a>Довідник із налаштування сервера</a></li>".repeat(60);
    let html = format!(
        "<ul>{list}</ul><p>Copyright 2019 The Foundation. Licensed under the terms of the public licence that governs it and all of its documents, see there for details and for the names of those who wrote them.</p>"
    );
    assert!(60 * 4 <= page(&html).words);
}

fn signals(html: &str) -> Vec<(SignalKind, String)> {
    let evidence = page(html);
    let pairs = evidence
        .signals
        .into_iter()
        .map(|signal| (signal.kind, signal.source));
    pairs.collect()
}

#[test]
fn not_found_pages_say_so_in_many_languages() {
    for title in [
        "Page not found",
        "404 Not Found",
        "Sorry, we can’t find that page",
        "Home » Page not found",
        "Error 404 | Example",
        "Seite nicht gefunden",
        "Page introuvable",
        "Página no encontrada",
        "Сторінку не знайдено",
        "Страница не найдена",
        "الصفحة غير موجودة",
        "صفحه یافت نشد",
        "ページが見つかりません",
        "お探しのページは見つかりませんでした",
        "페이지를 찾을 수 없습니다",
        "页面不存在",
        "ไม่พบหน้านี้",
        "Không tìm thấy trang",
        "पृष्ठ नहीं मिला",
        "Sayfa bulunamadı",
        "SAYFA BULUNAMADI",
        "הדף לא נמצא",
        "Η σελίδα δεν βρέθηκε",
        "გვერდი ვერ მოიძებნა",
    ] {
        let found = signals(&format!("<title>{title}</title><p>…"));
        assert!(
            found.contains(&(SignalKind::NotFound, "<title>".to_owned())),
            "{title}: {found:?}"
        );
    }
}

#[test]
fn headings_that_speak_about_missing_pages_do_not_say_that_one_is_missing() {
    for title in [
        "Page not found: why the web forgets",
        "What “404 page not found” really means",
        "「ページが見つかりません」の歴史",
        "«Страница не найдена»: история одной ошибки",
        "„Seite nicht gefunden“ – ein Nachruf",
        "صفحه «یافت نشد» و تاریخ آن",
        "ประวัติของ “ไม่พบหน้านี้”",
        "Що означає «сторінку не знайдено»",
        "ماذا تعني عبارة «الصفحة غير موجودة»",
        "The missing page of the diary",
        "Broken link found in the bridge's chain",
        "Windows 7 nicht mehr verfügbar",
        "HTTP 404 - Encyclopaedia",
        "404 (song)",
    ] {
        let text = "The bridge was closed on Monday after an inspection of its piers. ".repeat(9);
        let found = signals(&format!("<title>{title}</title><h1>{title}</h1><p>{text}"));
        let says = found.iter().any(|(kind, _)| *kind == SignalKind::NotFound);
        assert!(!says, "{title}: {found:?}");
    }
}

#[test]
fn refusals_and_faults_served_as_pages_are_told_by_a_heading_that_says_nothing_else() {
    let check = |title: &str, expect: Option<SignalKind>| {
        let kinds = [SignalKind::Challenge, SignalKind::ServerTrouble];
        let found = signals(&format!("<title>{title}</title><h1>{title}</h1><p>nginx"));
        let found = found.iter().map(|(kind, _)| *kind);
        let found = found.into_iter().find(|kind| kinds.contains(kind));
        assert_eq!(found, expect, "{title}");
    };
    for title in [
        "403 Forbidden",
        "Error 403 (Forbidden)",
        "401 Authorization Required",
        "Zugriff verweigert",
        "Доступ заборонено",
        "الوصول مرفوض",
        "アクセスが拒否されました",
        "การเข้าถึงถูกปฏิเสธ",
        "دسترسی ممنوع",
    ] {
        check(title, Some(SignalKind::Challenge));
    }
    for title in [
        "502 Bad Gateway",
        "HTTP Status 503 – Service Unavailable",
        "news.example | 522: Connection timed out",
        "Error 500",
        "Interner Serverfehler",
        "Внутрішня помилка сервера",
        "خطأ داخلي في الخادم",
        "خطای داخلی سرور",
        "内部サーバーエラー",
        "เซิร์ฟเวอร์ขัดข้อง",
    ] {
        check(title, Some(SignalKind::ServerTrouble));
    }
    for title in [
        "The forbidden city",
        "Forbidden love in old Vienna",
        "Fiat 500",
        "500",
        "Bad gateway to the mountains",
        "Verbotener Zugriff auf Akten",
        "Error correction",
        "メンテナンス中の橋",
    ] {
        check(title, None);
    }
}

#[test]
fn menus_and_lists_of_other_articles_are_no_text_of_an_error_page() {
    let menu = "<li><a href=/s>A section of the paper with a long name</a>".repeat(40);
    let error = signals(&format!(
        "<title>Page not found</title><nav><ul>{menu}</ul></nav><h1>Not found</h1>"
    ));
    assert!(
        error.contains(&(SignalKind::LittleText, "main text".to_owned())),
        "{error:?}"
    );
    let text = "The bridge was closed on Monday after an inspection of its piers. ".repeat(20);
    let article = signals(&format!("<title>Page not found</title><p>{text}"));
    assert_eq!(
        article,
        [(SignalKind::NotFound, "<title>".to_owned())],
        "a film may be called so"
    );
}

#[test]
fn what_readers_write_below_an_article_says_nothing_about_it() {
    let found = signals(
        "<title>Bridge closed</title><h1>Bridge closed</h1><p>The bridge is closed until spring.\
         <section class=comments><p>404 not found<p>Your link says: page not found</section>",
    );
    let says = |kind: &SignalKind| matches!(kind, SignalKind::NotFound | SignalKind::NotFoundWords);
    assert!(!found.iter().any(|(kind, _)| says(kind)), "{found:?}");
}

#[test]
fn ordinary_articles_give_no_signal() {
    let text = "Im Jahr 404 zog das Heer über die Alpen, und niemand hielt es auf. ".repeat(60);
    for html in [
        format!("<title>Das Jahr 404 nach Christus</title><h1>Peugeot 404</h1><p>{text}"),
        format!(
            "<title>x</title><p>{text}<p>A link to a page that was not found is a broken link."
        ),
        format!(
            "<title>x</title><script src=/cdn-cgi/challenge-platform/scripts/jsd/main.js></script><p>{text}"
        ),
    ] {
        assert_eq!(signals(&html), [], "{html:.80}");
    }
}

#[test]
fn walls_are_told_by_their_markers() {
    for html in [
        "<title>Just a moment...</title><script>window._cf_chl_opt={}</script>",
        "<title>Access Denied</title><h1>Access Denied</h1>Reference #18.2d351ab8.1557333295.a4e16ab",
        "<script>var dd={'rt':'c'}</script><script src=https://ct.captcha-delivery.com/c.js></script>",
        "<div id=\"px-captcha\"></div>",
        "<p>Request unsuccessful. Incapsula incident ID: 443000270</p>",
        "<script id=\"anubis_challenge\">{}</script><h1>Making sure you're not a bot!</h1>",
    ] {
        let found = signals(html);
        assert!(
            found.iter().any(|(kind, _)| *kind == SignalKind::Challenge),
            "{html}: {found:?}"
        );
    }
}

#[test]
fn pages_for_scripts_to_fill_are_told() {
    let found = signals(
        "<div id=root></div><noscript>You need to enable JavaScript</noscript><script></script>",
    );
    let kinds: Vec<SignalKind> = found.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, [SignalKind::NearEmpty, SignalKind::ScriptOnly]);
}

fn numbered(count: usize, before: &str, after: &str) -> String {
    let mut text = String::new();
    for n in 0..count {
        text.push_str(before);
        text.push_str(&n.to_string());
        text.push_str(after);
    }
    text
}

/// Pages that make a naive parser slow: each must be read in time that grows with its length.
#[test]
fn hostile_pages_are_read_in_bounded_time() {
    let megabyte = |unit: &str| unit.repeat(1_000_000 / unit.len());
    for body in [
        megabyte("<div>"),
        megabyte("<div><table><td></div>"),
        megabyte("<b><i><p>"),
        megabyte("<a><p>x"),
        megabyte("</p>"),
        megabyte("<a"),
        megabyte("<"),
        megabyte("<!--"),
        megabyte("&amp"),
        format!("<p {}>", megabyte("a1 ")),
        numbered(100_000, "<html a", ">"),
        numbered(60_000, "<font a=", ">") + &megabyte("<p>x</p>"),
        format!("<script type=application/ld+json>{}", megabyte("[")),
        megabyte("2024-11-03 "),
        megabyte("<time datetime=2024-11-03>"),
        megabyte("<div class='date comment related'>3 May 2024</div>"),
        format!("<title>{}</title>", megabyte("a | b - ")),
        format!("<h1>{}</h1>", megabyte("404 ")),
    ] {
        let evidence = page(&body);
        assert_eq!(evidence.media_type, "text/html", "{body:.40}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read(body in proptest::collection::vec(any::<u8>(), 0..400)) {
        let evidence = read(&PageInput { body: &body, ..PageInput::default() });
        prop_assert!(evidence.text_chars <= body.len() * 4);
    }

    #[test]
    fn any_markup_is_read(parts in proptest::collection::vec(
        prop::sample::select(vec![
            "<div class=date>", "</div>", "<time datetime=", "2024-11-03", ">", "<h1>", "404", "<a href=x>",
            "<script type=application/ld+json>", "{\"@type\":\"Article\",", "\"headline\":\"й\"", "}", "</script>",
            "<meta property=article:published_time content='", "'", "<table>", "<p>", "ü", "日本", "&#1;", "<svg>", "<title>",
        ]), 0..60)) {
        let html = parts.concat();
        let evidence = page(&html);
        for signal in evidence.signals {
            prop_assert!(signal.excerpt.chars().count() <= 120);
        }
    }
}

#[test]
fn dates_are_read_where_software_hides_them() {
    for html in [
        "<meta name=pubdate value='2024-11-03T10:00:00+01:00'><h1>Title</h1>",
        "<h1>Title</h1><relative-time datetime='2024-11-03T10:00:00+01:00'>on Nov 3</relative-time>",
        "<h1>Title</h1><x-timeago ts='2024-11-03T10:00:00+01:00'>3 d</x-timeago>",
        // No program reads this JSON: a bracket is missing.
        "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"author\":[{\"name\":\"A\"},\
         \"datePublished\" : \"2024-11-03T10:00:00+01:00\"}</script><h1>Title</h1>",
        "<html lang=de><h1>Haushalt beschlossen</h1><span>03.11.24</span><p>Der Rat hat am Abend \
         den Haushalt beschlossen, gegen die Stimmen der Opposition.",
        "<h1>Title</h1><div class=authored>3 November 2024</div>",
    ] {
        check_published(html, Some("2024-11-03"));
    }
    // Version numbers, and years of two digits far from the headline, are no dates.
    let far = format!(
        "<html lang=de><h1>Titel</h1>{}<p>03.11.24</p>",
        "<p>Wort und Wort</p>".repeat(120)
    );
    check_published(&far, None);
}

#[test]
fn an_archived_copy_is_no_younger_than_its_capture() {
    let copy = "https://web.archive.org/web/20190102030405/https://news.example/2018/12/30/a";
    let found = page_at("<h1>Title</h1><p>Text.</p>", copy);
    assert_eq!(found.published.unwrap().date.to_string(), "2018-12-30");
    let capture = found.dates.last().unwrap();
    assert_eq!(capture.date.to_string(), "2019-01-02");
    assert!(
        capture.source.starts_with("capture by "),
        "{}",
        capture.source
    );
    let clock = "<h1>Title</h1><p class=date>3 November 2024</p>";
    let copy = "https://web.archive.org/web/20190102030405/https://news.example/a";
    assert_eq!(page_at(clock, copy).published, None);
    assert!(page_at(clock, "https://news.example/a").published.is_some());
}

#[test]
fn a_year_alone_stays_a_year() {
    check_published(
        "<meta name=citation_publication_date content=2019><h1>Paper</h1>",
        Some("2019"),
    );
    check_published(
        "<meta name=citation_publication_date content=2019/05><h1>Paper</h1>",
        Some("2019-05"),
    );
    check_published("<h1>Title</h1><footer>© 2019 Paper</footer>", None);
}

#[test]
fn the_title_is_what_most_places_agree_on() {
    for (html, url, expect) in [
        // The first heading is the site's slogan, the second the headline.
        (
            "<title>Brücke gesperrt | Flussblatt</title><h1>Nachrichten für das Tal</h1>\
             <h1>Brücke gesperrt</h1>",
            "https://example.org/a",
            "Brücke gesperrt",
        ),
        // The only heading is the site's name.
        (
            "<title>Річка вийшла з берегів | Вісті долини</title><h1>Вісті долини</h1>\
             <meta property=og:title content='Річка вийшла з берегів'>",
            "https://example.org/a",
            "Річка вийшла з берегів",
        ),
        // Of two parts the address tells which is the title.
        (
            "<title>Example Gazette | Old bridge closes for good</title>",
            "https://example.org/2024/old-bridge-closes-for-good.html",
            "Old bridge closes for good",
        ),
        // The headline is a lower heading.
        (
            "<title>Flussblatt » Archiv » Brücke im Tal gesperrt</title><h1>Flussblatt</h1>\
             <h2>Brücke im Tal gesperrt</h2>",
            "https://flussblatt.example/a",
            "Brücke im Tal gesperrt",
        ),
        // JSON-LD names the publisher, whose name the title ends in.
        (
            "<script type='application/ld+json'>{\"@type\":\"Organization\",\"name\":\"河の新聞\"}\
             </script><title>古い橋が閉鎖へ、住民は反対-河の新聞</title>",
            "https://example.org/a",
            "古い橋が閉鎖へ、住民は反対",
        ),
        // An answer to a question on the page is not its title.
        (
            "<script type='application/ld+json'>{\"@type\":\"FAQPage\",\"mainEntity\":[{\"@type\":\
             \"Question\",\"name\":\"How old is it?\"}]}</script><title>The old bridge</title>\
             <h1>The old bridge</h1>",
            "https://example.org/a",
            "The old bridge",
        ),
        // The sign by which a heading is linked to is not of the heading.
        (
            "<h1>Setting up a site¶</h1>",
            "https://example.org/a",
            "Setting up a site",
        ),
    ] {
        assert_eq!(page_at(html, url).title.as_deref(), Some(expect), "{html}");
    }
}

#[test]
fn titles_of_any_length_and_number_are_read() {
    let long = "word ".repeat(200_000);
    let parts = "part | ".repeat(10_000);
    let headings = "<h1>Heading - a | b: c</h1><h1>Other » one</h1>".repeat(150);
    for html in [
        format!("<title>{long}</title><meta property=og:title content='{long}'><h1>{long}</h1>"),
        format!("<title>{parts}</title><meta property=og:title content='{parts}'><h1>{parts}</h1>"),
        format!("<title>{}</title>", "|".repeat(1_000_000)),
        format!("<title>{}</title><h1>-</h1>", "\u{301}".repeat(100_000)),
        headings,
    ] {
        let found = page_at(&html, "https://example.org/%ff%%/a?b=c");
        assert!(found.titles.len() <= 20);
        assert!(found.titles.iter().all(|title| title.value.len() <= 1_000));
    }
}

#[test]
fn days_before_the_web_are_told_by_data_alone() {
    check_published("<h1>Olena Teliha</h1><p class=date>21 July 1906</p>", None);
    check_published(
        "<meta property=article:published_time content=1932-01-05><h1>From the archive</h1>",
        Some("1932-01-05"),
    );
}

#[test]
fn a_label_belongs_to_its_own_date() {
    for line in [
        "2 June 2024 Updated 5 June 2024",
        "2. Juni 2024, aktualisiert 5. Juni 2024",
        "2 червня 2024 Оновлено: 5 червня 2024",
        "2024年6月2日 更新 2024年6月5日",
        "2024年6月2日公開 2024年6月5日更新",
        "2 June 2024 | Last modified on 5 June 2024",
        "Published 2 June 2024, updated 5 June 2024",
    ] {
        let found = page(&format!("<h1>Storm over the coast</h1><p>{line}</p>"));
        let told = found.published.map(|date| date.date.to_string());
        assert_eq!(
            told.as_deref(),
            Some("2024-06-02"),
            "{line}\n{:?}",
            found.dates
        );
        let changed = found.modified.map(|date| date.date.to_string());
        assert_eq!(
            changed.as_deref(),
            Some("2024-06-05"),
            "{line}\n{:?}",
            found.dates
        );
    }
}

#[test]
fn what_is_seen_near_the_headline_may_be_of_something_else() {
    let text =
        "<p>Many roofs were damaged, and the ferries stayed in the harbour until the evening.";
    for line in [
        "<figure><img><figcaption>The tower on 3 March 2011. Photo: Ann</figcaption></figure>",
        "<p>The storm of 3 March 2011 was worse, residents say.</p>",
        "<p>嵐は2011年3月3日のものよりひどかった。</p>",
        "<p>Painted: 14 October 1866</p>",
        "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"datePublished\":\"1970-01-01\"}</script>",
        "<script type=application/ld+json>{\"@type\":\"ItemList\",\"itemListElement\":[{\"@type\":\
         \"NewsArticle\",\"headline\":\"B\",\"datePublished\":\"2025-07-01\"}]}</script>",
    ] {
        let found = page(&format!("<h1>Storm over the coast</h1>{line}{text}"));
        let sure = found.published.filter(|date| 0.6 <= date.confidence);
        assert_eq!(sure, None, "{line}\n{:?}", found.dates);
    }
    // The day in the site's head is the day on which the page was asked for.
    let html = format!(
        "<header><div class=date>Sunday, 22 November 2026</div></header><h1>Storm over the coast</h1>\
         <p class=byline>By Ann Cole, 12 March 2024</p>{text}"
    );
    check_published(&html, Some("2024-03-12"));
    // A headline's last word is no label.
    check_published(
        &format!("<html lang=de><h1>Sturm deckt Dächer ab</h1><p>14.05.2024</p>{text}"),
        Some("2024-05-14"),
    );
}

#[test]
fn markup_in_utf_16_is_markup() {
    let html = "<html lang=uk><title>Шторм закрив порт</title><h1>Шторм закрив порт</h1>\
        <p class=date>3 листопада 2024</p>";
    let units = || html.encode_utf16();
    let little: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(units().flat_map(u16::to_le_bytes))
        .collect();
    let big: Vec<u8> = [0xfe, 0xff]
        .into_iter()
        .chain(units().flat_map(u16::to_be_bytes))
        .collect();
    for body in [little, big] {
        let found = read(&PageInput {
            body: &body,
            ..PageInput::default()
        });
        assert_eq!(found.title.as_deref(), Some("Шторм закрив порт"));
        assert_eq!(
            found.published.map(|date| date.date.to_string()).as_deref(),
            Some("2024-11-03")
        );
    }
}

#[test]
fn what_follows_a_labelled_date_is_no_label_of_it() {
    for line in [
        "Updated 3 June 2024, posted in News",
        "Last updated: 3 June 2024. Posted by Ann Cole",
        "Aktualisiert am 3. Juni 2024, erschienen in Lokales",
    ] {
        let found = page(&format!("<h1>Storm over the coast</h1><p>{line}</p>"));
        let changed = found.modified.map(|date| date.date.to_string());
        assert_eq!(
            changed.as_deref(),
            Some("2024-06-03"),
            "{line}\n{:?}",
            found.dates
        );
    }
    let html = "<html lang=de><h1>Haushalt beschlossen</h1><p>30.1.21</p><p>Der Rat hat am Abend \
        den Haushalt beschlossen, gegen die Stimmen der Opposition.";
    check_published(html, Some("2021-01-30"));
}
