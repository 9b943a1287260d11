//! Pages whose bytes, or whose declared encodings, are not quite what they say.

use citecheck::page::decode;

const LABELS_WITHOUT_ENCODING: [&str; 4] =
    ["hz-gb-2312", "iso-2022-kr", "iso-2022-cn", "replacement"];

#[test]
fn labels_that_no_reader_supports_lose_no_text() {
    for label in LABELS_WITHOUT_ENCODING {
        let http = format!("text/html; charset={label}");
        let meta = format!("<meta charset={label}>");
        let xml = format!("<?xml version=\"1.0\" encoding=\"{label}\"?>");
        for (head, http) in [("", Some(http.as_str())), (&meta, None), (&xml, None)] {
            let page = format!("{head}<p>The hedgehog lives in the wood.</p>");
            assert_eq!(decode(page.as_bytes(), http).text, page, "{label}");
            let korean = "고슴도치와 친구들은 숲에서 살고 있습니다. 매일 아침 새들이 노래합니다.";
            let (body, _, _) = encoding_rs::EUC_KR.encode(korean);
            let body = [head.as_bytes(), &body].concat();
            let decoded = decode(&body, http);
            assert_eq!(decoded.text, format!("{head}{korean}"), "{label}");
            assert_eq!(decoded.charset, "EUC-KR", "{label}");
        }
    }
}

#[test]
fn a_label_without_encoding_leaves_the_word_to_the_next_one() {
    let body = b"<meta charset=hz-gb-2312><meta charset=windows-1252><p>Caf\xe9</p>";
    let decoded = decode(body, Some("text/html; charset=iso-2022-kr"));
    assert_eq!(decoded.charset, "windows-1252");
    assert!(decoded.text.ends_with("<p>Café</p>"));
}

/// Sentences in scripts, most of which no encoding but Unicode has.
const SCRIPTS: [(&str, &str); 12] = [
    ("Bengali", "সজারু বনে বাস করে এবং প্রতিদিন সকালে পাখিরা গান গায়।"),
    (
        "Tamil",
        "முள்ளம்பன்றி காட்டில் வாழ்கிறது, தினமும் காலையில் பறவைகள் பாடுகின்றன.",
    ),
    ("Telugu", "ముళ్ళపంది అడవిలో నివసిస్తుంది, ప్రతి ఉదయం పక్షులు పాడతాయి."),
    ("Gujarati", "શાહુડી જંગલમાં રહે છે અને દરરોજ સવારે પક્ષીઓ ગાય છે."),
    (
        "Sinhala",
        "ඉත්තෑවා කැලයේ ජීවත් වන අතර සෑම උදෑසනකම කුරුල්ලෝ ගායනා කරති.",
    ),
    ("Amharic", "ጃርት በጫካ ውስጥ ይኖራል፣ በየቀኑ ጠዋት ወፎች ይዘምራሉ።"),
    ("Khmer", "សត្វប្រមារស់នៅក្នុងព្រៃ ហើយបក្សីច្រៀងរៀងរាល់ព្រឹក។"),
    (
        "Burmese",
        "ဖြူကောင်သည် တောထဲတွင် နေထိုင်ပြီး မနက်တိုင်း ငှက်များ သီချင်းဆိုကြသည်။",
    ),
    (
        "Kannada",
        "ಮುಳ್ಳುಹಂದಿ ಕಾಡಿನಲ್ಲಿ ವಾಸಿಸುತ್ತದೆ, ಪ್ರತಿದಿನ ಬೆಳಿಗ್ಗೆ ಹಕ್ಕಿಗಳು ಹಾಡುತ್ತವೆ.",
    ),
    (
        "Malayalam",
        "മുള്ളൻപന്നി കാട്ടിൽ വസിക്കുന്നു, എല്ലാ ദിവസവും രാവിലെ പക്ഷികൾ പാടുന്നു.",
    ),
    ("Devanagari", "साही जंगल में रहती है और हर सुबह पक्षी गाते हैं।"),
    (
        "Cyrillic",
        "Їжак живе в лісі, а щоранку тут співають пташки.",
    ),
];

#[test]
fn utf8_with_a_broken_byte_beats_any_declaration() {
    let declared = [
        "windows-1252",
        "iso-8859-1",
        "windows-1251",
        "gb18030",
        "big5",
        "shift_jis",
        "utf-8",
    ];
    for (script, text) in SCRIPTS {
        let body = [text.as_bytes(), b" caf\xe9 <p>", text.as_bytes()].concat();
        for label in declared {
            let with_meta = [format!("<meta charset={label}>").as_bytes(), &body].concat();
            let http = format!("text/html; charset={label}");
            for decoded in [decode(&with_meta, None), decode(&body, Some(&http))] {
                assert_eq!(decoded.charset, "UTF-8", "{script} as {label}");
                let whole = decoded.text.matches(text).count();
                assert_eq!(whole, 2, "{script} as {label}");
            }
        }
    }
}

#[test]
fn a_byte_broken_far_into_a_long_page_does_not_count_more() {
    let (_, text) = SCRIPTS[0];
    let long = text.repeat(1 + (300 << 10) / text.len());
    let body = [long.as_bytes(), b" caf\xe9"].concat();
    for label in ["windows-1252", "windows-1251", "gb18030"] {
        let decoded = decode(&body, Some(&format!("text/html; charset={label}")));
        assert_eq!(decoded.charset, "UTF-8", "{label}");
        assert!(decoded.text.starts_with(&long), "{label}");
    }
}

#[test]
fn two_declarations_do_not_outvote_the_bytes() {
    let text = "Ёжик собирает грибы и ягоды, а вечером пьёт чай с мёдом и слушает птиц.";
    let (body, _, _) = encoding_rs::WINDOWS_1251.encode(text);
    let body = [b"<meta charset=iso-8859-1>".as_slice(), &body].concat();
    let decoded = decode(&body, Some("text/html; charset=windows-1252"));
    assert!(decoded.text.contains(text), "{}", decoded.text);
}
