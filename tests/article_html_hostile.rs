//! Reading HTML that nobody would write: bounded work, and spans that hold.
#![expect(
    clippy::unwrap_used,
    reason = "a test fails where a span does not hold"
)]

use citecheck::article::{ReadOptions, read};
use citecheck::model::{Article, InputFormat, Span};
use citecheck::wikitext::decode_entities;
use proptest::prelude::*;

fn article(source: &str) -> Article {
    read("-", source, InputFormat::Html, &ReadOptions::default())
}

/// Whether bytes of a page are a value, white space and character references aside.
fn spells(text: &str, value: &str) -> bool {
    let decoded = decode_entities(text);
    decoded.split_whitespace().eq(value.split_whitespace())
}

/// Whether every span lies in its entry on character boundaries, and is either the entry's or that
/// of the value.
fn check(source: &str, article: &Article) {
    let mut numbers: Vec<u32> = article.references.iter().map(|r| r.number).collect();
    numbers.dedup();
    assert_eq!(numbers.len(), article.references.len());
    for reference in &article.references {
        let item = reference.span;
        let inside = |span: Span| item.start <= span.start && span.end <= item.end;
        assert!(item.text(source).is_some());
        assert!(!reference.sources.is_empty());
        for cited in &reference.sources {
            assert!(inside(cited.span) && cited.span.text(source).is_some());
            for field in cited.citation.fields.values() {
                let text = field.span.text(source).unwrap();
                assert!(inside(field.span));
                assert!(
                    field.span == item || spells(text, &field.value),
                    "{field:?}"
                );
            }
            for parameter in &cited.parameters {
                let text = parameter.value_span.text(source).unwrap();
                assert!(inside(parameter.span) && inside(parameter.value_span));
                let exact = parameter.value_span != item;
                assert!(!exact || spells(text, &parameter.value), "{parameter:?}");
            }
        }
    }
}

#[test]
fn floods_are_read_in_bounded_time() {
    let entry =
        "<li id=\"cite_note-1\"><cite class=\"citation\">Vale, A. (2019). \"T\".</cite></li>";
    let many = 1_000_000;
    let numbered = |write: &dyn Fn(usize) -> String| (0..20_000).map(write).collect::<String>();
    for source in [
        entry.repeat(1_500),
        "<li id=\"cite_note-x\">".repeat(1_500),
        "<ol class=\"references\"><li>".repeat(30_000),
        "<div>".repeat(100_000),
        "<cite class=\"citation\">".repeat(6_000),
        "<a href=\"#cite_note-1\"><table><b>".repeat(20_000),
        format!("<ol class=\"references\"><li>{}", "<".repeat(many)),
        format!(
            "<ol class=\"references\"><li>x<li>{}",
            "<a ".repeat(many / 4)
        ),
        format!(
            "<ol class=\"references\"><li>{}",
            "<style>x</style><style".repeat(30_000)
        ),
        format!("<li{}>x", numbered(&|n| format!(" a{n}=\">\""))),
        format!(
            "<li id='cite_note-1' data-mw='{}'>x",
            "{\"a\":".repeat(many)
        ),
        format!(
            "<li id='cite_note-1'><cite data-mw='{}'>x",
            "[".repeat(many)
        ),
        format!(
            "<li id='cite_note-1'><cite data-mw='{{\"parts\":[{{\"template\":{{\"target\":{{\"wt\":\
             \"cite web\"}},\"params\":{{\"title\":{{\"wt\":\"{}\"}}}}}}}}]}}'>x</cite>",
            "{{[[".repeat(many / 4)
        ),
        format!(
            "<li id='cite_note-1'><cite data-mw='{{\"parts\":[{{\"template\":{{\"target\":{{\"wt\":\
             \"cite web\"}},\"params\":{{{}\"z\":{{\"wt\":\"z\"}}}}}}}}]}}'>x</cite>",
            numbered(&|n| format!("\"k{n}\":{{\"wt\":\"\\u0041{n}\"}},"))
        ),
    ] {
        check(&source, &article(&source));
    }
}

#[test]
fn addresses_that_run_code_are_none() {
    let source = "<ol class=\"references\"><li id=\"cite_note-1\"><a class=\"external text\" \
                  href=\"javascript:alert(1)\">\"Rain\"</a> <a href=\" JavaScript:x()\">y</a> \
                  <a href=\"data:text/html,x\">z</a></li></ol>";
    let read = article(source);
    let urls = read.references.iter().flat_map(|r| &r.sources);
    assert!(urls.into_iter().all(|source| source.citation.url.is_none()));
}

#[test]
fn an_id_given_twice_is_two_entries() {
    let source = "<p>A.<a href=\"#cite_note-1\">[1]</a></p><ol class=\"references\">\
                  <li id=\"cite_note-1\">One.</li><li id=\"cite_note-1\">Two.</li></ol>";
    let read = article(source);
    let shown: Vec<&str> = read
        .references
        .iter()
        .map(|reference| reference.span.text(source).unwrap())
        .collect();
    let expect = [
        "<li id=\"cite_note-1\">One.</li>",
        "<li id=\"cite_note-1\">Two.</li>",
    ];
    assert_eq!(shown, expect);
}

/// Pieces of pages, whole and broken.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("<ol class=\"references\">"),
        Just("</ol>"),
        Just("<li id=\"cite_note-a-1\">"),
        Just("<li id='cite_note-2' data-mw-group=n>"),
        Just("</li>"),
        Just("<li>"),
        Just("<span class=\"reference-text\">"),
        Just("</span>"),
        Just("<cite class=\"citation web cs1\" id=CITEREFVale2019>"),
        Just("</cite>"),
        Just("<i>"),
        Just("</i>"),
        Just("<a class=\"external text\" href=\"https://a.example/?a=1&amp;b=2\">"),
        Just("<a href=//web.archive.org/web/20190102030405/http://a.example/x>"),
        Just("<a href=\"#CITEREFVale2019\">"),
        Just("<a href=\"#cite_note-a-1\">"),
        Just("</a>"),
        Just(
            "<sup class=reference typeof=\"mw:Extension/ref\" data-mw='{\"name\":\"ref\",\"attrs\":{\"name\":\"q\"},\"body\":{\"html\":\"<cite class=citation>T. 2019</cite>\"}}'>"
        ),
        Just("</sup>"),
        Just(
            "<cite about=\"#m\" typeof=\"mw:Transclusion\" data-mw='{\"parts\":[\"x\",{\"template\":{\"target\":{\"wt\":\"cite web\"},\"params\":{\"title\":{\"wt\":\" R &amp; [[a|b]] \"},\"2\":{\"wt\":\"\"},\"url\":{\"wt\":\"https://a.example/?a=1&amp;b\"},\"quote\":{\"wt\":\"a|b\\n}}\"},\"date\":{\"wt\":\"3 травня 2019\"}}}}]}'>"
        ),
        Just(
            "<cite data-mw=\"{&quot;parts&quot;:[{&quot;template&quot;:{&quot;target&quot;:{&quot;wt&quot;:&quot;cite book&quot;},&quot;params&quot;:{&quot;title&quot;:{&quot;wt&quot;:&quot;雨 &lt;b>&quot;}}}}]}\">"
        ),
        Just(
            "<span class=\"Z3988\" title=\"rft.atitle=Rain&amp;rft.jtitle=The+Day&amp;rft.date=2019-05-03&amp;rft.issn=0000-0000&amp;rft.aulast=V%C3%A4le&amp;rft.aufirst=A\">"
        ),
        Just("<span class=\"reference-accessdate\">. Retrieved 12&nbsp;November 2020"),
        Just("<span class=languageicon>(de)"),
        Just("<!-- x -->"),
        Just("<script>'<li id=\"cite_note-9\">'</script>"),
        Just("<style>li{}</style>"),
        Just("<table><tr><td>"),
        Just("<br>"),
        Just("&amp;"),
        Just("&#8211;"),
        Just("&nbsp;\u{a0} \r\n"),
        Just("Vale, Ann (3 May 2019). \"Rain\". The Day. Retrieved 12 November 2020. "),
        Just("Коваль, О. (3 травня 2019). «Дощ». Процитовано 12 листопада 2020. "),
        Just("山田花子 (2019年5月3日). “雨”. 新聞. 2020年11月12日閲覧。"),
        Just("المطر، ٣ مايو ٢٠١٩"),
        Just("<"),
        Just("\""),
        Just(">"),
        Just("é"),
    ];
    prop::collection::vec(
        prop_oneof![9 => piece.prop_map(str::to_owned), 1 => "\\PC{0,6}"],
        0..60,
    )
    .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) })]

    #[test]
    fn spans_hold_in_any_page(source in pieces()) {
        check(&source, &article(&source));
    }

    #[test]
    fn spans_hold_in_any_entry(inner in pieces()) {
        let source = format!("<ol class=\"references\"><li id=\"cite_note-1\"><span \
                              class=\"reference-text\">{inner}</span></li></ol>");
        check(&source, &article(&source));
    }

    #[test]
    fn a_parameter_is_read_as_it_is(
        keys in prop::collection::btree_set("[a-z]{1,6}|[а-я]{2,5}|[1-9]", 1..6),
        values in prop::collection::vec("([a-zа-я雨 ]|\\{\\{|\\}\\}|\\[\\[|\\]\\]|[|=<>&\"'\\\\\n]|</?ref>|<nowiki>|<!--|&amp;){0,12}", 6),
    ) {
        let quoted = |text: &str| serde_json::to_string(text).unwrap();
        let params: Vec<String> = keys
            .iter()
            .zip(&values)
            .map(|(key, value)| format!("{}:{{\"wt\":{}}}", quoted(key), quoted(value)))
            .collect();
        let data = format!(
            "{{\"parts\":[{{\"template\":{{\"target\":{{\"wt\":\"cite web\"}},\"params\":{{{}}}}}}}]}}",
            params.join(",")
        );
        let data = data.replace('&', "&amp;").replace('\'', "&apos;").replace('<', "&lt;");
        let source = format!(
            "<ol class=\"references\"><li id=\"cite_note-1\"><cite class=\"citation\" \
             data-mw='{data}'>x</cite></li></ol>"
        );
        let read = article(&source);
        check(&source, &read);
        let cited = &read.references.first().unwrap().sources.first().unwrap();
        let found: Vec<(String, String)> = cited
            .citation
            .raw
            .iter()
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        let expect: Vec<(String, String)> = keys
            .iter()
            .zip(&values)
            .map(|(key, value)| (key.clone(), value.trim().to_owned()))
            .collect();
        prop_assert_eq!(found, expect);
    }
}
