//! Scanning `MediaWiki` source: what is found, where, and what malformed input costs.
#![expect(
    clippy::string_slice,
    reason = "a test slices by the spans that it checks"
)]

use citecheck::wikitext::{Document, NodeKind, external_links, marked_text, plain_text};
use proptest::prelude::*;

/// The references of a source by their content; `/` stands for a self-closing tag.
#[track_caller]
fn check_refs(source: &str, expect: &[&str], faults: &[(usize, &str)]) {
    let document = Document::parse(source);
    let found: Vec<&str> = document
        .nodes()
        .iter()
        .filter(|node| matches!(node.kind, NodeKind::Ref | NodeKind::EmptyRef))
        .map(|node| {
            let empty = node.kind == NodeKind::EmptyRef;
            if empty {
                "/"
            } else {
                document.inner(node).text()
            }
        })
        .collect();
    assert_eq!(found, expect, "{source}");
    let told: Vec<_> = document
        .faults()
        .iter()
        .map(|f| (f.at, f.message))
        .collect();
    assert_eq!(told, faults, "{source}");
}

#[test]
fn references_are_found_in_every_way_of_writing() {
    check_refs("a<ref>b</ref>c<REF name=x>d</Ref >", &["b", "d"], &[]);
    check_refs(
        "a<ref name=\"x\"/>b<ref name=x group=n />",
        &["/", "/"],
        &[],
    );
    check_refs("<ref name=\"a/b>c\">d</ref>", &["d"], &[]);
    check_refs("<ref name='Müller 2019'>日本語</ref>", &["日本語"], &[]);
    check_refs("<references><ref name=a>b</ref></references>", &["b"], &[]);
    check_refs(
        "{{reflist|refs=<ref name=a>{{cite|b}}</ref>}}",
        &["{{cite|b}}"],
        &[],
    );
    check_refs("<ref\nname=a\n>b</ref>", &["b"], &[]);
}

#[test]
fn hidden_text_has_no_references() {
    check_refs("<!-- <ref>a</ref> --><ref>b</ref>", &["b"], &[]);
    check_refs("<\n|--><ref name=x/>", &["/"], &[]);
    check_refs("<nowiki><ref>a</ref></nowiki><ref>b</ref>", &["b"], &[]);
    check_refs("<pre><ref>a</ref></pre><ref>b</ref>", &["b"], &[]);
    check_refs(
        "<syntaxhighlight lang=\"xml\"><ref/></syntaxhighlight>",
        &[],
        &[],
    );
    check_refs("<math>a<ref</math><ref>b</ref>", &["b"], &[]);
    check_refs("<refs>a</refs> <reference>b</reference> < ref>", &[], &[]);
}

#[test]
fn malformed_reference_costs_only_itself() {
    let unclosed = "ref tag is not closed";
    check_refs(
        "<ref>a <ref>b</ref><ref>c</ref>",
        &["b", "c"],
        &[(0, unclosed)],
    );
    check_refs("<ref name=x>a\n\nb<ref name=y/>", &["/"], &[(0, unclosed)]);
    check_refs("<ref>a</references><ref>b</ref>", &["b"], &[(0, unclosed)]);
    check_refs(
        "<ref name=x <ref>b</ref>",
        &["b"],
        &[(0, "ref tag has no closing bracket")],
    );
    check_refs("a</ref>b<ref>c</ref>", &["c"], &[]);
    check_refs(
        "<!-- a <ref>b</ref>",
        &["b"],
        &[(0, "comment is not closed")],
    );
    check_refs(
        "{{a|[[b|{{{c <ref>{{d}}</ref> }} <ref>e</ref>",
        &["{{d}}", "e"],
        &[],
    );
    check_refs("<nowiki><ref>b</ref>", &["b"], &[]);
}

#[test]
fn self_closing_tag_inside_a_reference_does_not_end_it() {
    check_refs(
        "<ref>a <ref name=x/> b</ref>",
        &["a <ref name=x/> b", "/"],
        &[],
    );
}

/// Templates as `name(key=value,…)`, positional ones without key.
#[track_caller]
fn check_templates(source: &str, expect: &[&str]) {
    let document = Document::parse(source);
    let found: Vec<String> = document
        .nodes()
        .iter()
        .filter_map(|node| document.template(node))
        .map(|template| {
            let parameters: Vec<String> = template
                .parameters()
                .map(|p| match p.name {
                    Some(name) => format!("{}={}", name.text(), p.value.text()),
                    None => p.value.text().to_owned(),
                })
                .collect();
            format!("{}({})", template.name().text(), parameters.join(","))
        })
        .collect();
    assert_eq!(found, expect, "{source}");
}

#[test]
fn templates_and_their_parameters() {
    check_templates(
        "{{Cite web |url = http://a.example/?b=c |title= D }}",
        &["Cite web(url=http://a.example/?b=c,title=D)"],
    );
    check_templates(
        "{{a|b|[[c|d]]|e={{f|g=h}}}}",
        &["a(b,[[c|d]],e={{f|g=h}})", "f(g=h)"],
    );
    check_templates(
        "{{a <!-- | --> |<nowiki>|</nowiki>|b}}",
        &["a(<nowiki>|</nowiki>,b)"],
    );
    check_templates("{{a|{{{1|b}}}|c}}", &["a({{{1|b}}},c)"]);
    check_templates("{{{{a}}|b}}", &["{{a}}(b)", "a()"]);
    check_templates(
        "{{a|x=<ref>{{b|c}}|d</ref>|e}}",
        &["a(x=<ref>{{b|c}}|d</ref>,e)", "b(c)"],
    );
}

#[test]
fn unclosed_brackets_cost_only_themselves() {
    check_templates("{{a|b=[[c|d=e}} {{f}}", &["a(b=[[c,d=e)", "f()"]);
    check_templates("{{a|b {{c|d}} e", &["c(d)"]);
    check_templates("[[a {{b|c]] d}} }} {{e}}", &["b(c]] d)", "e()"]);
}

#[test]
fn the_last_of_two_equal_parameters_counts() {
    let document = Document::parse("{{a|x|b=1|y|b=2}}");
    let template = document
        .template(document.nodes().first().unwrap())
        .unwrap();
    assert_eq!(template.get("b").unwrap().text(), "2");
    assert_eq!(template.get("2").unwrap().text(), "y");
    assert_eq!(template.get("c"), None);
}

#[test]
fn plain_text_is_what_readers_see() {
    for (source, expect) in [
        ("''A'' '''b''' '''''c''''' d's", "A b c d's"),
        (
            "[[Kyiv|Київ]], [[Львів]] та [[:de:Köln]]",
            "Київ, Львів та de:Köln",
        ),
        ("[http://a.example B ''c''] [http://a.example]d", "B c d"),
        ("a&nbsp;&ndash;&#32;b &amp; c", "a – b & c"),
        ("a{{!}}b {{lang|ja|東京}} {{unknown|x|y=z}}!", "a|b 東京 !"),
        ("a<!-- b --><br/>c <small>d</small> 1 < 2", "a c d 1 < 2"),
        ("<nowiki>[[a]] ''b''</nowiki>", "[[a]] ''b''"),
        ("a<ref>b</ref>, c<ref name=x/>", "a, c"),
        (
            "{{start date|1999|5|4}}, {{dts|2019|11}}",
            "1999-05-04, 2019-11",
        ),
        (
            "{{date|3 травня 2019}} {{start date|1999|df=y}}",
            "3 травня 2019 1999",
        ),
        ("  a \n b\u{a0}c ", "a b c"),
        ("-{zh-hans:计算机;zh-hant:電腦}-的", "计算机的"),
        ("-{臺灣}-", "臺灣"),
        ("[[Datei:x.jpg|mini|y]]a[[Kategorie:z]]", "a"),
        ("[1] a [b]", "[1] a [b]"),
        ("کتاب\u{200c}ها {{lang-fa|تهران}}", "کتاب\u{200c}ها تهران"),
    ] {
        assert_eq!(plain_text(source), expect, "{source}");
    }
}

#[track_caller]
fn check_marks(source: &str, expect: &str) {
    let document = Document::parse(source);
    let marked = marked_text(&document, &|template| template.name().text() == "reflist");
    let mut shown = marked.text.clone();
    let mut places: Vec<usize> = marked.marks.iter().map(|mark| mark.at).collect();
    places.sort_unstable();
    for at in places.into_iter().rev() {
        shown.insert(at, '^');
    }
    assert_eq!(shown.replace("\n\n", "\n"), expect, "{source}");
}

#[test]
fn article_text_keeps_paragraphs_and_marks() {
    check_marks(
        "A ''b''.<ref>x</ref> C\nd <ref/>.\n\nE.<ref name=y/>F",
        "A b.^ C d^ .\nE.^ F",
    );
    check_marks("== H ==\n* a<ref/>\n* b<ref/>\n", "H\na^\nb^");
    check_marks(
        "{| class=x\n|-\n! a\n| style=\"x\" | b<ref/> || c\n|}\nD",
        "a\nb^\nc\nD",
    );
    check_marks(
        "A [[File:x.jpg|thumb|Cap.<ref/>]] b {{Box|n=1|pop = 5<ref/>}} c.",
        "A b c.\npop: 5^\nCap.^",
    );
    check_marks("A.<ref/>\n{{reflist|refs=<ref>x</ref>}}", "A.^");
    check_marks("A.\n<references><ref>x</ref></references>", "A.");
}

proptest! {
    #[test]
    fn spans_lie_on_characters_and_nest(source in wikitext_like()) {
        let document = Document::parse(&source);
        let mut before = 0;
        let mut open: Vec<usize> = Vec::new();
        for node in document.nodes() {
            prop_assert!(before <= node.start && node.start < node.end);
            prop_assert!(node.end <= source.len());
            before = node.start;
            while open.last().is_some_and(|end| *end <= node.start) {
                open.pop();
            }
            prop_assert!(open.last().is_none_or(|end| node.end <= *end));
            open.push(node.end);
            let whole = &source[node.start..node.end];
            let marks = [
                (NodeKind::Template, "{{", "}}"),
                (NodeKind::Argument, "{{{", "}}}"),
                (NodeKind::Link, "[[", "]]"),
                (NodeKind::Comment, "<!--", "-->"),
            ];
            let (_, head, tail) = marks
                .into_iter()
                .find(|(kind, ..)| *kind == node.kind)
                .unwrap_or((node.kind, "<", ">"));
            prop_assert!(whole.starts_with(head) && whole.ends_with(tail), "{}", whole);
            let inner = document.inner(node);
            prop_assert!(node.start < inner.start() && inner.end() <= node.end);
            if let Some(template) = document.template(node) {
                for parameter in template.parameters() {
                    let value = parameter.value;
                    prop_assert_eq!(&source[value.start()..value.end()], value.text());
                }
            }
            for (_, value) in document.attributes(node).iter() {
                prop_assert_eq!(&source[value.start()..value.end()], value.text());
            }
        }
        for link in external_links(&document, document.slice(0, source.len())) {
            prop_assert_eq!(&source[link.url.start()..link.url.end()], link.url.text());
        }
        let _ = plain_text(&source);
        let marked = marked_text(&document, &|_| false);
        for mark in marked.marks {
            prop_assert!(marked.text.is_char_boundary(mark.at));
        }
    }
}

fn wikitext_like() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("{{"),
        Just("}}"),
        Just("{"),
        Just("}"),
        Just("[["),
        Just("]]"),
        Just("["),
        Just("]"),
        Just("|"),
        Just("="),
        Just("<ref>"),
        Just("<ref name=\"é\">"),
        Just("<ref name=x/>"),
        Just("</ref>"),
        Just("<!--"),
        Just("-->"),
        Just("<nowiki>"),
        Just("</nowiki>"),
        Just("<references>"),
        Just("</references>"),
        Just("<references/>"),
        Just("\n"),
        Just("''"),
        Just("http://a.example/語 "),
        Just("[http://a.example"),
        Just("-{"),
        Just("}-"),
        Just("&amp;"),
        Just("<ref name='"),
        Just("\""),
        Just("Київ"),
        Just("مرجع"),
        Just(" "),
        Just("File:"),
        Just("cite"),
        Just("<br>"),
        Just("<"),
        Just(">"),
        Just("/"),
        Just("!"),
        Just("lang"),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

#[test]
fn hostile_sources_take_linear_time() {
    for piece in [
        "<ref>",
        "<ref name=\"",
        "<nowiki>",
        "<!--",
        "{{",
        "[[",
        "{{a|",
        "[[a|",
        "<ref><nowiki>",
        "<references>",
        "[http://a.example ",
        "{{{{{",
        "}}",
        "]]",
        "<ref><!--",
        "-{",
        "<pre><ref>",
        "{{a|[[|||",
        "<ref <ref ",
        "|",
        "=",
        "'",
        "&",
        "<ref name=a/>",
    ] {
        let source = piece.repeat(400_000 / piece.len());
        let document = Document::parse(&source);
        let _ = marked_text(&document, &|_| false);
        let _ = external_links(&document, document.slice(0, source.len()));
    }
}
