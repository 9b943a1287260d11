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
