//! Bodies of another type or encoding than declared.

use super::pages::{PARAGRAPHS, article_text, page};
use super::{Reply, answer};

const TEXT: &str = "The old mill on the river was restored over six years by its neighbours. ";

pub(crate) fn reply(name: &str) -> Option<Reply> {
    type_lie(name).or_else(|| charset_lie(name))
}

fn typed(content_type: &str, body: impl AsRef<[u8]>) -> Reply {
    let headers = format!("Content-Type: {content_type}");
    Reply::Bytes(answer(200, &headers, body))
}

fn type_lie(name: &str) -> Option<Reply> {
    let pdf = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog>>\nendobj\n";
    let jpeg = [&b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01"[..], &[7; 3000]].concat();
    let feed = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Mill</title><item><title>\
         Wheel</title><description>{TEXT}</description></item></channel></rss>"
    );
    Some(match name {
        "pdf-as-html" => typed("text/html", pdf),
        "pdf-late" => typed("text/html", [&b"\r\n\r\n  "[..], pdf].concat()),
        "jpeg-as-html" => typed("text/html", jpeg),
        "jpeg" => typed("image/jpeg", jpeg),
        "html-as-jpeg" => typed("image/jpeg", article_text()),
        "html-as-octets" => typed("application/octet-stream", article_text()),
        "html-as-text" => typed("text/plain", article_text()),
        "html-as-pdf" => typed("application/pdf", article_text()),
        "zip" => typed("application/zip", b"PK\x03\x04\x14\0\0\0\x08\0"),
        "plain" => typed("text/plain; charset=utf-8", TEXT.repeat(12)),
        "feed" => typed("application/rss+xml", feed),
        "feed-as-html" => typed("text/html", feed),
        "xml-bomb" => {
            let entities: Vec<String> = (1..9)
                .map(|n| format!("<!ENTITY e{n} \"{}\">", format!("&e{};", n - 1).repeat(10)))
                .collect();
            let entities = entities.concat();
            typed(
                "application/xml",
                format!(
                    "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e0 \"a\">{entities}]><x>&e8;"
                ),
            )
        }
        "xhtml-broken" => typed(
            "application/xhtml+xml",
            format!(
                "<?xml version=\"1.0\"?>{}",
                article_text().replace("</p>", "")
            ),
        ),
        "json" => typed(
            "application/json",
            format!("{{\"title\":\"Mill\",\"text\":\"{TEXT}\"}}"),
        ),
        "json-error" => typed(
            "application/json",
            "{\"error\":\"Not Found\",\"status\":404}",
        ),
        "json-error-as-html" => typed("text/html", "{\"code\":404,\"message\":\"page not found\"}"),
        "csv" => typed("text/csv", "year,sacks\n2019,412\n"),
        "unknown-bytes" => typed("text/html", [0x01, 0x02, 0xfe, 0x00].repeat(500)),
        "image-pixel" => typed(
            "image/gif",
            b"GIF89a\x01\0\x01\0\0\xff\0,\0\0\0\0\x01\0\x01\0\0\x02\0;",
        ),
        _ => return None,
    })
}

fn charset_lie(name: &str) -> Option<Reply> {
    let utf16 = |text: &str, little: bool| {
        let units = text.encode_utf16();
        let bytes = move |unit: u16| {
            if little {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            }
        };
        units.flat_map(bytes).collect::<Vec<u8>>()
    };
    let korean = "\u{bb3c}\u{b808}\u{bc29}\u{c544}\u{ac00} \u{b2e4}\u{c2dc} \u{b3cc}\u{b2e4}. ";
    Some(match name {
        "charset-lies" => {
            let text = page("물레방아", &format!("<p>{}", korean.repeat(60)));
            let text = text.replace("<head>", "<head><meta charset=shift_jis>");
            typed(
                "text/html; charset=utf-8",
                encoding_rs::EUC_KR.encode(&text).0,
            )
        }
        "utf-16le" => {
            let text = article_text();
            typed("text/html", [vec![0xff, 0xfe], utf16(&text, true)].concat())
        }
        "utf-16be-declared" => typed("text/html; charset=utf-16be", utf16(&article_text(), false)),
        "utf-16-odd" => {
            let mut bytes = [vec![0xff, 0xfe], utf16(&article_text(), true)].concat();
            bytes.pop();
            typed("text/html", bytes)
        }
        "surrogates" => {
            let lone = 0xd800_u16.to_le_bytes().repeat(200);
            let start = utf16(article_text().trim_end_matches("</body></html>"), true);
            typed("text/html", [vec![0xff, 0xfe], start, lone].concat())
        }
        "utf-7" => typed(
            "text/html; charset=utf-7",
            page(
                "The mill",
                &format!("{PARAGRAPHS}<p>+ADw-script+AD4-alert(1)+ADw-/script+AD4-"),
            ),
        ),
        "overlong" => {
            let mut bytes = article_text().into_bytes();
            bytes
                .extend(b"<p>\xc0\xaf\xe0\x80\xaf\xf0\x80\x80\xaf\xed\xa0\x80\xf8\x88\x80\x80\x80");
            typed("text/html; charset=utf-8", bytes)
        }
        "invalid-utf8" => typed(
            "text/html; charset=utf-8",
            article_text()
                .replace('e', "\u{1}")
                .into_bytes()
                .iter()
                .map(|b| if *b == 1 { 0xff } else { *b })
                .collect::<Vec<u8>>(),
        ),
        "charset-nonsense" => typed("text/html; charset=\"\0klingon", article_text()),
        "charset-long" => typed(
            &format!("text/html; charset={}", "x".repeat(60_000)),
            article_text(),
        ),
        "iso-2022" => typed(
            "text/html; charset=iso-2022-jp",
            [article_text().as_bytes(), b"\x1b$B\x1b(J<script>\x1b$B"].concat(),
        ),
        "bom-lies" => {
            let mut bytes = vec![0xfe, 0xff];
            bytes.extend(article_text().bytes());
            typed("text/html; charset=utf-8", bytes)
        }
        _ => return None,
    })
}
