//! Whether a hand-off to translators is what its readers take for one, whatever is written in it.

use quick_xml::Reader;
use quick_xml::events::Event;

/// No cell is calculated, and every row has as many cells as the header.
pub(crate) fn is_table(output: &str) {
    let mut reader = csv::Reader::from_reader(output.as_bytes());
    for row in reader.records() {
        for cell in &row.unwrap() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t']), "{cell}");
        }
    }
}

/// Every line is a comment or one string, and every string ends on its line.
pub(crate) fn is_catalogue(output: &str) {
    for line in output.lines() {
        // gettext's lexer joins what follows such a line to it, comments too.
        assert!(!line.ends_with('\\'), "the next line is swallowed: {line}");
        if line.is_empty() || (line.starts_with('#') && !line.starts_with("#~ ")) {
            continue;
        }
        let line = line.trim_start_matches("#~ ");
        let words = ["msgctxt ", "msgid ", "msgstr ", ""];
        let text = words.iter().find_map(|word| line.strip_prefix(word));
        let text = text.unwrap().strip_prefix('"').expect(line);
        let mut closed = false;
        let mut rest = text.chars();
        while let Some(c) = rest.next() {
            assert!(!closed, "text behind a string: {line}");
            match c {
                '\\' => assert!(matches!(rest.next(), Some('\\' | '"' | 'n')), "{line}"),
                '"' => closed = true,
                _ => {}
            }
        }
        assert!(closed, "a string runs on: {line}");
    }
}

/// Well-formed, of the elements that it should have and no other, without a character that XML
/// forbids.
pub(crate) fn is_xliff(output: &str, text: &str) {
    const ELEMENTS: [&str; 19] = [
        "xliff",
        "file",
        "header",
        "tool",
        "note",
        "notes",
        "body",
        "trans-unit",
        "unit",
        "segment",
        "source",
        "target",
        "context-group",
        "context",
        "count-group",
        "count",
        "group",
        "skeleton",
        "phase",
    ];
    let mut reader = Reader::from_str(output);
    reader.config_mut().check_end_names = true;
    let mut depth = 0usize;
    loop {
        match reader.read_event().expect(text) {
            Event::Start(tag) => {
                depth += 1;
                let name = tag.name();
                let name = std::str::from_utf8(name.as_ref()).unwrap();
                assert!(ELEMENTS.contains(&name), "<{name}> of {text:?}");
                tag.attributes()
                    .for_each(|attribute| drop(attribute.expect(text)));
            }
            Event::Empty(tag) => tag
                .attributes()
                .for_each(|attribute| drop(attribute.expect(text))),
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            Event::Text(_) | Event::Decl(_) | Event::GeneralRef(_) => {}
            Event::Comment(_) | Event::CData(_) | Event::PI(_) | Event::DocType(_) => {
                unreachable!("markup of {text:?} in {output}")
            }
        }
    }
    assert_eq!(depth, 0, "{text:?}");
    assert!(!output.contains(['\u{fffe}', '\u{ffff}']), "{text:?}");
}
