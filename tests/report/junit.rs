//! `JUnit` XML: well-formed, with counts that are those of its cases.

use citecheck::model::{LinkVerdict, Report, Severity};
use citecheck::report::Format;
use quick_xml::events::{BytesStart, Event};

use crate::reports::{attacks, clean, hostile, many_languages, partial};
use crate::shown;

/// An element with its attributes and its text.
#[derive(Debug, Default, Clone, PartialEq)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
}

impl Element {
    fn get(&self, name: &str) -> &str {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        &found.unwrap_or_else(|| panic!("{name} of {self:?}")).1
    }
}

fn started(tag: &BytesStart<'_>) -> Element {
    let attributes = tag.attributes().map(Result::unwrap).map(|it| {
        let key = String::from_utf8(it.key.as_ref().to_vec()).unwrap();
        (key, it.unescape_value().unwrap().into_owned())
    });
    Element {
        name: String::from_utf8(tag.name().as_ref().to_vec()).unwrap(),
        attributes: attributes.collect(),
        text: String::new(),
    }
}

/// Every element in the order of the document.
fn elements(report: &Report) -> Vec<Element> {
    let xml = shown(report, Format::Junit);
    let legal = |c: char| matches!(c, '\n' | ' '..='\u{FFFD}' | '\u{10000}'..);
    assert!(xml.chars().all(legal), "{xml}");
    let mut reader = quick_xml::Reader::from_str(&xml);
    let (mut elements, mut open) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                open.push(elements.len());
                elements.push(started(&tag));
            }
            Event::Empty(tag) => elements.push(started(&tag)),
            Event::End(_) => drop(open.pop().unwrap()),
            Event::Text(text) => {
                if let Some(at) = open.last() {
                    elements[*at].text.push_str(&text.decode().unwrap());
                }
            }
            Event::GeneralRef(named) => {
                let named = String::from_utf8(named.to_vec()).unwrap();
                let text = quick_xml::escape::unescape(&format!("&{named};"))
                    .unwrap()
                    .into_owned();
                elements[*open.last().unwrap()].text.push_str(&text);
            }
            Event::Decl(_) => {}
            Event::Eof => break,
            other @ (Event::CData(_) | Event::Comment(_) | Event::PI(_) | Event::DocType(_)) => {
                panic!("{other:?}")
            }
        }
    }
    assert!(open.is_empty());
    elements
}

fn named<'a>(elements: &'a [Element], name: &str) -> Vec<&'a Element> {
    elements.iter().filter(|it| it.name == name).collect()
}

#[test]
fn counts_are_those_of_the_cases() {
    let hostile = attacks().into_iter().map(|attack| hostile(&attack.text));
    for report in [many_languages(), clean(), partial()]
        .into_iter()
        .chain(hostile)
    {
        let elements = elements(&report);
        let total = |attribute: &str| -> usize {
            let suites = named(&elements, "testsuite");
            suites
                .iter()
                .map(|it| it.get(attribute).parse::<usize>().unwrap())
                .sum()
        };
        assert_eq!(total("tests"), named(&elements, "testcase").len());
        assert_eq!(total("failures"), named(&elements, "failure").len());
        assert_eq!(total("skipped"), named(&elements, "skipped").len());
        let articles = report.articles.iter().flat_map(|it| &it.findings);
        let mut errors: Vec<_> = articles
            .chain(&report.findings)
            .filter(|it| it.severity == Severity::Error)
            .collect();
        errors.dedup_by_key(|it| it.reference);
        assert_eq!(errors.is_empty(), total("failures") == 0);
    }
}

#[test]
fn errors_fail_their_reference_and_nothing_else_does() {
    let elements = elements(&many_languages());
    let failures = named(&elements, "failure");
    assert_eq!(failures.len(), 1);
    assert_eq!(failures[0].get("type"), "dead-link");
    assert_eq!(
        failures[0].get("message"),
        "the server says that the page does not exist"
    );
    let text = "error: the server says that the page does not exist [dead-link]\n  \
                at rivers.wiki:12:17\n  status: 410 (HTTP)\n";
    assert!(failures[0].text.starts_with(text), "{}", failures[0].text);
    let out = &named(&elements, "system-out")[0].text;
    assert!(out.contains("[3] النهر الذي"), "{out}");
    assert!(out.contains("warning: cited with 2019-05-03"), "{out}");
    let err = &named(&elements, "system-err")[0].text;
    assert_eq!(
        err,
        "line 40, column 7: `<ref>` is never closed; read up to the next one"
    );
    let case = named(&elements, "testcase");
    let case = case
        .iter()
        .find(|it| it.get("name").starts_with("[2]"))
        .unwrap();
    assert_eq!(case.get("classname"), "rivers.wiki");
}

#[test]
fn links_that_were_not_asked_are_skipped() {
    let mut report = partial();
    let elements = elements(&report);
    assert_eq!(
        named(&elements, "skipped")[0].get("message"),
        "the link was not asked"
    );
    let article = report.articles.first_mut().unwrap();
    article
        .references
        .edit(|it| it.link.as_mut().unwrap().verdict = LinkVerdict::Alive);
    assert!(named(&self::elements(&report), "skipped").is_empty());
}
