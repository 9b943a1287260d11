//! The language of titles, sentences and pages; all texts written for these tests.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test helper may panic"
)]

use citecheck::languages::{DeclaredLanguage, LanguageSignal, detect};
use citecheck::model::LanguageTag;
use proptest::prelude::*;

fn declared(tag: &str, signal: LanguageSignal) -> DeclaredLanguage {
    DeclaredLanguage {
        tag: LanguageTag::parse(tag).unwrap(),
        signal,
    }
}

fn check(cases: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (tag, text) in cases {
        let found = detect(text, &[]).map(|found| found.tag);
        if found.as_ref().map(LanguageTag::as_str) != Some(*tag) {
            wrong.push(format!("{text}: {found:?}, not {tag}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn titles_with_names_and_numbers_are_named() {
    check(&[
        ("en", "River ferry sinks near Kherson, 14 rescued"),
        ("en", "Bakery owner Yilmaz wins 2019 chess cup"),
        ("en", "Mayor Oleksandr Kovalenko opens tram line 5"),
        ("en", "The Sunday Interview: Paweł Nowak"),
        ("en", "Håkon Øverland: 'My boat is my home'"),
        ("en", "Kim Yong Bok visits Vladivostok school"),
        ("de", "Wolodymyr Kowalenko besucht Schule in Łódź"),
        ("uk", "Анналена Бербок відвідала школу в Полтаві"),
        ("ru", "Олександр Коваленко приехал в Тулу"),
        ("en", "How the town of Lüneburg saved its library"),
        ("en", "Budget 2021: what it means for farmers"),
        ("de", "Brücke bei Kassel nach 40 Jahren gesperrt"),
        ("de", "Bürgermeisterin Aylin Demir tritt zurück"),
        ("de", "Was die Ukraine jetzt braucht"),
        ("de", "Kleingärtner klagen gegen Autobahn A39"),
        ("uk", "У Житомирі відкрили новий дитячий садок"),
        ("uk", "Міська рада Полтави ухвалила бюджет-2024"),
        ("uk", "Чому подорожчав хліб: пояснює економіст"),
        ("ru", "В Туле открыли новый мост через Упу"),
        ("ru", "Почему дорожает хлеб: объясняет экономист"),
        ("be", "У Гродне адкрылі выставу маладых мастакоў"),
        ("bg", "Защо поскъпва хлябът: обяснява икономист"),
        ("mk", "Зошто поскапува лебот: објаснува економист"),
        ("sr", "Зашто поскупљује хлеб: објашњава економиста"),
        ("ar", "افتتاح مكتبة جديدة في مدينة طنطا بعد عامين من العمل"),
        ("fa", "چرا قیمت نان در تهران بالا می‌رود"),
        ("ur", "لاہور میں نئی لائبریری کا افتتاح ہو گیا"),
        ("ja", "新しい橋が開通、渋滞の解消に期待"),
        ("ja", "東京駅の工事はいつ終わるのか"),
        ("ja", "気象庁発表"),
        ("zh-Hans", "为什么面包又涨价了"),
        ("zh-Hant", "為什麼麵包又漲價了"),
        ("ko", "부산 새 도서관 문 열어"),
        ("th", "เปิดสะพานใหม่ข้ามแม่น้ำหลังก่อสร้างนานสองปี"),
        ("hi", "पटना में नया पुल खुला, लोगों को राहत"),
        ("mr", "पुण्यात नवीन ग्रंथालय सुरू झाले आहे"),
        ("he", "גשר חדש נפתח בחיפה אחרי שנתיים"),
        ("yi", "פֿאַר וואָס איז ברויט געוואָרן טײַער"),
        ("el", "Γιατί ακριβαίνει το ψωμί στη Θεσσαλονίκη"),
        ("ka", "თბილისში ახალი ხიდი გაიხსნა"),
        ("hy", "Երևանում նոր գրադարան է բացվել"),
        ("fr", "Le pont de Tours fermé pendant deux ans"),
        ("es", "El puente de Toledo cerrará durante dos años"),
        ("pt", "A ponte de Coimbra não abre antes de 2025"),
        ("it", "Il ponte di Pavia resta chiuso per due anni"),
        ("pl", "Dlaczego chleb znowu drożeje? Wyjaśnia ekonomistka"),
        ("cs", "Proč zdražuje chléb, vysvětluje ekonom"),
        ("nl", "Waarom brood in Utrecht duurder wordt"),
        ("sv", "Därför blir brödet dyrare i Uppsala"),
        ("tr", "Ankara'da yeni kütüphane iki yıl sonra açıldı"),
        ("hu", "Miért drágul újra a kenyér Szegeden"),
        ("fi", "Miksi leipä kallistuu taas Tampereella"),
        ("vi", "Vì sao giá bánh mì lại tăng ở Huế"),
        ("id", "Mengapa harga roti di Bandung akan naik lagi"),
    ]);
}

#[test]
fn words_of_another_script_do_not_count() {
    check(&[
        ("uk", "Як Microsoft і Google змінюють школи України"),
        ("ru", "Переход завода Siemens на новый график"),
        ("ja", "Google Mapsの新機能を使ってみた"),
        ("zh-Hans", "如何用 Python 读取 Excel 文件"),
        ("ko", "Netflix 새 드라마 촬영 시작"),
        ("ar", "شركة Apple تفتح مصنعا جديدا في مصر"),
        ("th", "บริษัท Toyota เปิดโรงงานใหม่"),
        ("en", "What “перемога” means to the people of Lviv"),
    ]);
}

#[test]
fn languages_that_text_cannot_tell_apart_are_one_group() {
    let found = detect("Zašto ponovo poskupljuje hljeb u gradu", &[]).unwrap();
    assert!(
        ["hr", "bs", "sr-Latn"].contains(&found.tag.as_str()),
        "{}",
        found.tag
    );
    assert!(0.8 < found.confidence);
    assert!(!found.alternatives.is_empty());
}

#[test]
fn declarations_are_weighed_and_never_override() {
    use LanguageSignal::{Host, HtmlLang, OpenGraph};
    let tag = |text: &str, declared: &[DeclaredLanguage]| {
        detect(text, declared).map(|found| found.tag.to_string())
    };
    let text = "Чому подорожчав хліб: пояснює економіст із Полтави";
    assert_eq!(tag(text, &[declared("en", HtmlLang)]).unwrap(), "uk");
    assert_eq!(
        tag(
            text,
            &[declared("en", HtmlLang), declared("en_US", OpenGraph)]
        )
        .unwrap(),
        "uk"
    );
    assert_eq!(
        tag("Angela Merkel", &[declared("de-DE", HtmlLang)]).unwrap(),
        "de"
    );
    assert_eq!(
        tag("Formati", &[declared("sq", HtmlLang), declared("sq", Host)]).unwrap(),
        "sq"
    );
    assert_eq!(tag("", &[declared("fa", HtmlLang)]).unwrap(), "fa");
    assert_eq!(tag("", &[declared("iw", HtmlLang)]).unwrap(), "he");
    assert_eq!(tag("", &[declared("de", LanguageSignal::UrlPath)]), None);
    assert_eq!(tag("", &[]), None);
}

#[test]
fn evidence_says_what_was_weighed_and_where_it_was_read() {
    let signals = [declared("uk", LanguageSignal::HtmlLang)];
    let found = detect("Міська рада Полтави ухвалила бюджет", &signals).unwrap();
    let evidence: Vec<(&str, &str)> = found
        .evidence
        .iter()
        .map(|it| (it.what.as_ref(), it.source.as_ref()))
        .collect();
    assert_eq!(
        evidence,
        [
            ("script", "text"),
            ("whatlang", "text"),
            ("py3langid", "text"),
            ("declared", "<html lang>")
        ]
    );
    assert_eq!(found.evidence[2].value, "uk");
    assert!(0.9 < found.confidence && found.confidence <= 1.0);
}

#[test]
fn nothing_is_named_without_letters_or_evidence() {
    for text in [
        "",
        "   ",
        "2024-11-03",
        "№ 17 — 45 %",
        "…",
        "\u{200b}\u{feff}",
        "🎉🎉",
        // One letter of an alphabet that many languages share.
        "T",
        "N",
        "І",
        "ع",
    ] {
        assert_eq!(detect(text, &[]), None, "{text:?}");
    }
}

#[test]
fn a_mixed_page_is_named_by_its_larger_part() {
    let german = "Der Gemeinderat hat am Montag beschlossen, das alte Schwimmbad noch in diesem \
                  Jahr zu sanieren, obwohl die Kosten deutlich gestiegen sind.\n";
    let english = "The council decided on Monday to repair the old swimming pool this year, \
                   although the costs have risen sharply since the first plan was drawn up.\n";
    let page = format!("{}{}", german.repeat(7), english.repeat(3));
    let found = detect(&page, &[]).unwrap();
    assert_eq!(found.tag.as_str(), "de");
    assert_eq!(found.shares[1].tag.as_str(), "en");
    assert!((found.shares[1].share - 0.3).abs() < 0.12);
}

#[test]
fn template_that_declares_english_does_not_outweigh_a_page_of_one_language() {
    let english = [declared("en", LanguageSignal::HtmlLang)];
    for (tag, sentence) in [
        (
            "pl",
            "Rada miasta przyjęła w poniedziałek budżet na przyszły rok, mimo sprzeciwu.\n",
        ),
        (
            "de",
            "Der Gemeinderat hat am Montag den Haushalt für das nächste Jahr beschlossen.\n",
        ),
        (
            "uk",
            "Міська рада в понеділок ухвалила бюджет на наступний рік попри заперечення.\n",
        ),
        (
            "th",
            "สภาเมืองอนุมัติงบประมาณสำหรับปีหน้าเมื่อวันจันทร์ แม้จะมีเสียงคัดค้าน\n",
        ),
    ] {
        let found = detect(&sentence.repeat(12), &english).unwrap();
        assert_eq!(found.tag.as_str(), tag);
        assert!(0.9 < found.confidence, "{tag} {}", found.confidence);
    }
}

#[test]
fn long_texts_cost_no_more_than_a_sample() {
    let page = "Міська рада ухвалила новий бюджет на наступний рік.\n".repeat(100_000);
    assert!(8 << 20 < page.len());
    assert_eq!(detect(&page, &[]).unwrap().tag.as_str(), "uk");
    let one_line = "ສະບາຍດີ".repeat(500_000);
    assert_eq!(detect(&one_line, &[]).unwrap().tag.as_str(), "lo");
}

#[test]
fn the_same_text_gives_the_same_answer() {
    let text = "Strogonoff de frango";
    assert_eq!(detect(text, &[]), detect(text, &[]));
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,200}") {
        if let Some(found) = detect(&text, &[]) {
            prop_assert!((0.0..=1.0).contains(&found.confidence));
        }
    }
}
