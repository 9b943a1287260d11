//! Language names, codes and cited values in the languages of the editors.
#![expect(clippy::unwrap_used, reason = "a test helper may panic")]

use citecheck::languages::{english_name, native_name, read_cited, same_language, tag_for_name};
use citecheck::model::LanguageTag;
use proptest::prelude::*;

fn tag(text: &str) -> LanguageTag {
    LanguageTag::parse(text).unwrap()
}

/// Each pair: names separated by `|`, and the tag that all of them stand for.
fn check_names(cases: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (names, expected) in cases {
        for name in names.split('|') {
            let found = tag_for_name(name);
            if found.as_ref().map(LanguageTag::as_str) != Some(*expected) {
                wrong.push(format!("{name}: {found:?}, not {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn check_cited(value: &str, expected: &[&str], expected_unknown: &[&str]) {
    let (tags, unknown) = read_cited(value);
    let tags: Vec<&str> = tags.iter().map(LanguageTag::as_str).collect();
    assert_eq!(tags, expected, "{value}");
    assert_eq!(unknown, expected_unknown, "{value}");
}

#[test]
fn names_are_known_in_many_languages() {
    check_names(&[
        (
            "German|Deutsch|allemand|alemán|немецкий|ドイツ語|德语|德文|alemão|tedesco|الألمانية",
            "de",
        ),
        (
            "آلمانی|niemiecki|Duits|німецька|Almanca|독일어|tyska|němčina|גרמנית|német|saksa",
            "de",
        ),
        (
            "Jerman|germană|Γερμανικά|tysk|เยอรมัน|немски|njemački|nemčina|немачки|alemany|जर्मन",
            "de",
        ),
        (
            "vokiečių|vācu|saksa|nemščina|জার্মান|جرمن|ஜெர்மன்|జర్మన్|გერმანული|գերմաներեն",
            "de",
        ),
        (
            "неміс|нямецкая|германски|gjermanisht|þýska|alemana|Gearmáinis|Almaeneg|Kijerumani",
            "de",
        ),
        (
            "Ukrainian|ukrainisch|ukrainien|ucraniano|украинский|ウクライナ語|乌克兰语|ucraino",
            "uk",
        ),
        (
            "الأوكرانية|اوکراینی|ukraiński|Oekraïens|українська|Ukraynaca|우크라이나어|אוקראינית",
            "uk",
        ),
        (
            "ukrán|ukraina|ucraineană|Ουκρανικά|ยูเครน|украински|ukrajinski|यूक्रेनियाई",
            "uk",
        ),
        (
            "Persian|Farsi|Persisch|persan|فارسی|الفارسية|ペルシア語|波斯语|Farsça|פרסית",
            "fa",
        ),
        (
            "Thai|thaï|ไทย|タイ語|泰语|التايلاندية|тайська|thailandese|Tayca|ภาษาไทย",
            "th",
        ),
        (
            "Japanese|日本語|japonais|японська|japoński|日语|日文|일본어|ญี่ปุ่น|اليابانية|ژاپنی",
            "ja",
        ),
        (
            "English|englisch|anglais|inglés|английский|英語|英语|英文|الإنجليزية|انگلیسی|angličtina",
            "en",
        ),
        (
            "Norwegian|norsk|norwegisch|norvégien|норвежский|ノルウェー語|挪威语|النرويجية",
            "no",
        ),
    ]);
}

#[test]
fn inflected_forms_and_words_around_a_name_are_read() {
    check_names(&[
        ("in German", "de"),
        ("(in German)", "de"),
        ("auf Deutsch", "de"),
        ("en alemán", "de"),
        ("po niemiecku", "de"),
        ("англійською", "en"),
        ("українською мовою", "uk"),
        ("на английском языке", "en"),
        ("англ.", "en"),
        ("нім.", "de"),
        ("anglicky", "en"),
        ("angolul", "en"),
        ("englanniksi", "en"),
        ("bahasa Inggris", "en"),
        ("tiếng Anh", "en"),
        ("ภาษาอังกฤษ", "en"),
        ("به آلمانی", "de"),
        ("زبان فارسی", "fa"),
        ("باللغة الألمانية", "de"),
        ("بالأوكرانية", "uk"),
        ("באנגלית", "en"),
        ("język niemiecki", "de"),
        ("limba germană", "de"),
        ("på svenska", "sv"),
        ("ukrainian language", "uk"),
        ("ENGLISH", "en"),
        ("İngilizce", "en"),
    ]);
}

#[test]
fn codes_aliases_and_country_codes_are_read() {
    check_names(&[
        ("de", "de"),
        ("DE", "de"),
        ("de-AT", "de-AT"),
        ("pt_BR", "pt-BR"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("iw", "he"),
        ("in", "id"),
        ("ji", "yi"),
        ("mo", "ro"),
        ("ger", "de"),
        ("deu", "de"),
        ("ukr", "uk"),
        ("nob", "nb"),
        ("chi", "zh"),
        ("cmn", "zh"),
        ("pes", "fa"),
        ("cz", "cs"),
        ("jp", "ja"),
        ("ua", "uk"),
        ("gr", "el"),
        ("dk", "da"),
        ("kr", "ko"),
        ("cn", "zh"),
        ("ga", "ga"),
        ("simple", "en"),
        ("Traditional Chinese", "zh-Hant"),
        ("Brazilian Portuguese", "pt-BR"),
        ("Castilian", "es"),
        ("Flemish", "nl"),
        ("Mandarin", "zh"),
        ("Slovene", "sl"),
        ("Bangla", "bn"),
        ("Norwegian (Bokmål)", "nb"),
        ("Serbo-Croatian", "sh"),
    ]);
    for name in [
        "",
        "xx",
        "qqq",
        "Klingonese",
        "germanium",
        "und",
        "mul",
        "PDF",
        "subtitles",
    ] {
        assert!(tag_for_name(name).is_none(), "{name}");
    }
}

#[test]
fn several_languages_are_split_but_not_inside_a_name() {
    check_cited("German and French", &["de", "fr"], &[]);
    check_cited("uk, ru", &["uk", "ru"], &[]);
    check_cited("Deutsch und Englisch", &["de", "en"], &[]);
    check_cited("anglais et allemand", &["en", "de"], &[]);
    check_cited("inglés y francés", &["en", "fr"], &[]);
    check_cited("англійська та німецька", &["en", "de"], &[]);
    check_cited("английский и русский", &["en", "ru"], &[]);
    check_cited("العربية والإنجليزية", &["ar", "en"], &[]);
    check_cited("فارسی و انگلیسی", &["fa", "en"], &[]);
    check_cited("英語・日本語", &["en", "ja"], &[]);
    check_cited("英语、日语", &["en", "ja"], &[]);
    check_cited("en/fr; de", &["en", "fr", "de"], &[]);
    check_cited("Chinese, Simplified", &["zh-Hans"], &[]);
    check_cited("German, german, de", &["de"], &[]);
    check_cited(
        "English, Klingonese & Ukrainian",
        &["en", "uk"],
        &["Klingonese"],
    );
    check_cited("mul", &[], &[]);
    check_cited("", &[], &[]);
    check_cited("German with subtitles", &["de"], &["subtitles"]);
}

#[test]
fn markup_around_a_language_is_removed() {
    check_cited("{{de icon}}", &["de"], &[]);
    check_cited("{{in lang|de|fr}}", &["de", "fr"], &[]);
    check_cited("{{ref-en}}", &["en"], &[]);
    check_cited("{{en icon}} {{uk icon}}", &["en", "uk"], &[]);
    check_cited("[[German language|German]]", &["de"], &[]);
    check_cited("''German''<!-- really? -->", &["de"], &[]);
    check_cited("in {{lang|ja}}", &["ja"], &[]);
    check_cited("{{flag|Mars}}", &[], &["flag Mars"]);
}

#[test]
fn labels_are_english_and_native() {
    for (text, english, native) in [
        ("uk", "Ukrainian", "українська"),
        ("de", "German", "Deutsch"),
        ("ja", "Japanese", "日本語"),
        ("ar", "Arabic", "العربية"),
        ("th", "Thai", "ไทย"),
        ("fa", "Persian", "فارسی"),
        ("pt-BR", "Brazilian Portuguese", "português (Brasil)"),
        ("zh-Hant", "Traditional Chinese", "繁體中文"),
        ("sr-Latn", "Serbian (Latin script)", "српски (Latin script)"),
        ("de-LI", "German (LI)", "Deutsch (LI)"),
        ("xx", "xx", "xx"),
    ] {
        assert_eq!(english_name(&tag(text)), english);
        if text != "pt-BR" {
            assert_eq!(native_name(&tag(text)), native);
        }
    }
}

#[test]
fn close_languages_are_one_for_a_reader() {
    for (a, b) in [
        ("no", "nb"),
        ("nb", "nn"),
        ("hr", "bs"),
        ("sr-Latn", "hr"),
        ("sh", "sr"),
        ("id", "ms"),
        ("zh", "zh-Hant"),
        ("yue", "zh-Hant"),
        ("fa", "prs"),
        ("tl", "fil"),
        ("iw", "he"),
        ("pt-BR", "pt"),
    ] {
        assert!(same_language(&tag(a), &tag(b)), "{a} {b}");
        assert!(same_language(&tag(b), &tag(a)), "{b} {a}");
    }
    for (a, b) in [
        ("uk", "ru"),
        ("nb", "da"),
        ("sr-Cyrl", "hr"),
        ("cs", "sk"),
        ("pt", "gl"),
    ] {
        assert!(!same_language(&tag(a), &tag(b)), "{a} {b}");
    }
}

proptest! {
    #[test]
    fn any_value_is_read_without_panic(value in "\\PC{0,80}") {
        let (tags, unknown) = read_cited(&value);
        prop_assert!(tags.len() + unknown.len() <= 80);
    }

    #[test]
    fn any_markup_is_read_without_panic(value in "[a-z{}\\[\\]|<!>' ,&é語-]{0,60}") {
        let _ = read_cited(&value);
        let _ = tag_for_name(&value);
    }
}
