//! What is read from the metadata of PDF files made for the purpose.
#![expect(clippy::unwrap_used, reason = "a test helper may panic")]

use std::fmt::Write as _;
use std::io::Write as _;

use citecheck::model::{CitedDate, DateKind, PageEvidence};
use citecheck::page::{PageInput, read};
use citecheck::rules::verify::{Answer, CitedTitles, verify_date, verify_title};
use proptest::prelude::*;

const INFO: &str = "1 0 obj\n<< /Title (Das Wetter im M\\344rz) /CreationDate (D:20190503101500+02'00') \
    /ModDate (D:20190601) /Producer (x) >>\nendobj\n";
const CATALOG: &str = "2 0 obj\n<< /Type /Catalog /Lang (de-DE) /Pages 3 0 R >>\nendobj\n";
const TRAILER: &str = "trailer\n<< /Size 9 /Root 2 0 R /Info 1 0 R >>\nstartxref\n0\n%%EOF\n";

fn read_pdf(parts: &[&[u8]]) -> PageEvidence {
    let body = [b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n", parts.concat().as_slice()].concat();
    read(&PageInput {
        body: &body,
        content_type: Some("application/pdf"),
        ..PageInput::default()
    })
}

fn dates(page: &PageEvidence) -> Vec<(DateKind, String)> {
    let dates = page.dates.iter();
    dates.map(|one| (one.kind, one.date.to_string())).collect()
}

fn title_of(written: &[u8]) -> Option<String> {
    let info = [b"1 0 obj <</Title ", written, b">> endobj\n"].concat();
    read_pdf(&[&info, TRAILER.as_bytes()]).title
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn stream(number: usize, dictionary: &str, content: &[u8]) -> Vec<u8> {
    let head = format!(
        "{number} 0 obj\n<< {dictionary} /Length {} >>\nstream\r\n",
        content.len()
    );
    [head.as_bytes(), content, b"\nendstream\nendobj\n"].concat()
}

#[test]
fn information_and_catalog_are_read() {
    let parts = [INFO.as_bytes(), CATALOG.as_bytes(), TRAILER.as_bytes()];
    let page = read_pdf(&parts);
    assert_eq!(page.media_type, "application/pdf");
    assert_eq!(page.title.as_deref(), Some("Das Wetter im März"));
    assert_eq!(page.titles.first().unwrap().source, "PDF title");
    let language = page.language.as_ref().unwrap();
    assert_eq!(language.tag.primary(), "de");
    assert!(language.confidence < 0.6, "declared, not read");
    assert_eq!(
        page.published, None,
        "a file's date is no day of publication"
    );
    assert_eq!(
        dates(&page),
        [
            (DateKind::Created, "2019-05-03".to_owned()),
            (DateKind::Modified, "2019-06-01".to_owned())
        ]
    );
    // Without the end of the file there is no trailer.
    let cut = read_pdf(&parts[..2]);
    assert_eq!((cut.title, cut.language), (page.title, page.language));
}

/// A file without metadata of its own, as it came from an address.
fn read_from(url: &str, parts: &[&[u8]], last_modified: Option<&str>) -> PageEvidence {
    let body = [b"%PDF-1.6\n", parts.concat().as_slice()].concat();
    let url = url::Url::parse(url).unwrap();
    read(&PageInput {
        body: &body,
        content_type: Some("application/pdf"),
        last_modified,
        url: Some(&url),
        ..PageInput::default()
    })
}

#[test]
fn the_address_of_a_file_tells_its_date() {
    let cited = |day| CitedDate::day(jiff::civil::date(2019, 5, day));
    for url in [
        "https://news.example/2019/05/03/rain.pdf",
        "https://web.archive.org/web/20210102030405/https://news.example/2019/05/03/rain.pdf",
    ] {
        let page = read_from(url, &[CATALOG.as_bytes(), TRAILER.as_bytes()], None);
        let published = page.published.as_ref().unwrap();
        assert_eq!(published.date.to_string(), "2019-05-03", "{url}");
        let answer = |day| verify_date(cited(day), None, &page).answer;
        assert_eq!(answer(3), Answer::Supported, "{url}");
        assert_eq!(answer(20), Answer::Unknown, "{url}: contradicts none");
    }
    let month = "https://news.example/uploads/2019/05/rain.pdf";
    let page = read_from(month, &[TRAILER.as_bytes()], None);
    assert_eq!(page.published, None, "a month is often that of an upload");
    assert_eq!(dates(&page), [(DateKind::Published, "2019-05".to_owned())]);
    // What the file itself says of its publication goes first.
    let later = "https://news.example/2021/05/03/rain.pdf";
    let page = read_from(later, &[PACKET.as_bytes()], None);
    assert_eq!(page.published.unwrap().date.to_string(), "2020-01-15");
}

#[test]
fn the_header_of_a_file_is_no_day_of_a_change() {
    let header = Some("Fri, 03 May 2019 08:00:00 GMT");
    let page = read_from(
        "https://news.example/rain.pdf",
        &[TRAILER.as_bytes()],
        header,
    );
    assert_eq!(
        dates(&page),
        [(DateKind::Modified, "2019-05-03".to_owned())]
    );
    assert!(page.dates.iter().all(|one| one.confidence < 0.2));
    assert_eq!((page.published, page.modified), (None, None));
    let copy = "https://web.archive.org/web/20210102030405/https://news.example/rain.pdf";
    let page = read_from(copy, &[TRAILER.as_bytes()], header);
    assert_eq!(dates(&page), [], "an archive tells when it answered");
}

#[test]
fn a_file_supports_a_citation_and_contradicts_none() {
    let page = read_pdf(&[INFO.as_bytes(), CATALOG.as_bytes(), TRAILER.as_bytes()]);
    let cited = |title| CitedTitles {
        title: Some(title),
        ..CitedTitles::default()
    };
    let answer = |title| verify_title(cited(title), &page).answer;
    assert_eq!(answer("Das Wetter im März"), Answer::Supported);
    assert_eq!(
        answer("Bericht der Stadt über ihre Wälder und Wiesen"),
        Answer::Unknown
    );
    let day = |day| CitedDate::day(jiff::civil::date(2019, 5, day));
    assert_eq!(verify_date(day(3), None, &page).answer, Answer::Supported);
    assert_eq!(verify_date(day(20), None, &page).answer, Answer::Unknown);
}

#[test]
fn strings_are_read_in_every_way_of_writing_them() {
    for (written, expect) in [
        (
            b"(Caf\\351 \\(neu\\) am (alten) Markt)".as_slice(),
            "Café (neu) am (alten) Markt",
        ),
        (b"(Zwei \\\r\nZeilen)", "Zwei Zeilen"),
        (b"<FEFF041F043E0433043E04340430>", "Погода"),
        (b"<fffe1f043e0433043e04340430 04>", "Погода"),
        (b"(\xef\xbb\xbf\xe5\xa4\xa9\xe6\xb0\x97)", "天気"),
        (b"(\xe5\xa4\xa9\xe6\xb0\x97)", "天気"),
        (b"(\x8dWort\x8e \x84 \xa0)", "“Wort” — €"),
        (b"<57657474657 2>", "Wetter"),
    ] {
        assert_eq!(title_of(written).as_deref(), Some(expect));
    }
}

/// A title written as a string of bytes in an encoding that no PDF may use, or may.
fn title_in(label: &str, title: &str) -> Option<String> {
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
    let (bytes, _, unmappable) = encoding.encode(title);
    assert!(!unmappable, "{title}");
    let mut digits = String::new();
    for byte in bytes.iter() {
        write!(digits, "{byte:02x}").unwrap();
    }
    title_of(format!("<{digits}>").as_bytes())
}

#[test]
fn titles_in_the_encoding_of_a_system_are_read() {
    for (label, title) in [
        ("windows-1251", "Отчёт о погоде"),
        ("windows-1251", "Звіт про погоду за 2019 рік"),
        ("windows-1253", "Ετήσια έκθεση για τον καιρό"),
        ("windows-1255", "דוח שנתי על מזג האוויר"),
        ("windows-1256", "التقرير السنوي عن الطقس"),
        ("gb18030", "关于天气的年度报告"),
        ("big5", "關於天氣的年度報告"),
        ("shift_jis", "天気についての年次報告"),
        ("euc-kr", "날씨에 대한 연례 보고서"),
    ] {
        assert_eq!(title_in(label, title).as_deref(), Some(title), "{label}");
    }
    // Too short to tell; in no language all letters have accents.
    for title in ["Погода", "ГОДОВОЙ ОТЧЕТ"] {
        assert_eq!(title_in("windows-1251", title), None, "{title}");
    }
}

#[test]
fn western_titles_stay_western() {
    for title in [
        "Café",
        "Das Wetter im März",
        "Ärzte für Äthiopien",
        "ÉCOLE FRANÇAISE D'ÉTÉ",
        "Árið í Æðey",
        "Ærø",
        "Où l'été s'achève: «Noël à Besançon»",
        "Été",
        "São João não é só à mão",
        "El Niño: ¿qué pasó?",
        "Blåbærsyltetøy på øya",
        "ÜBERGRÖSSE",
        "Þórður á Þingvöllum",
        "Ça",
        "°C à 20 m²",
    ] {
        assert_eq!(title_in("windows-1252", title).as_deref(), Some(title));
    }
}

#[test]
fn strings_that_stand_elsewhere_are_read() {
    let info = "1 0 obj <</Title 4 0 R /CreationDate 5 0 R /ModDate 1 0 R>> endobj\n";
    let strings = "4 0 obj\n(Das Wetter)\nendobj 5 0 obj (D:20190503) endobj\n";
    for parts in [
        vec![info.as_bytes(), strings.as_bytes(), TRAILER.as_bytes()],
        vec![info.as_bytes(), strings.as_bytes()],
    ] {
        let page = read_pdf(&parts);
        assert_eq!(page.title.as_deref(), Some("Das Wetter"));
        assert_eq!(
            dates(&page),
            [(DateKind::Created, "2019-05-03".to_owned())],
            "no dictionary is a date"
        );
    }
}

#[test]
fn properties_are_read_however_their_tags_are_spaced() {
    for tag in [
        "dc:title",
        "dc:title ",
        "dc:title\n",
        "dc:title rdf:parseType='x'",
    ] {
        let packet = format!(
            "<rdf:RDF pdf:Producer='x'><dc:titles>Other</dc:titles><dc:title/>\
             <{tag}>Weather</dc:title ></rdf:RDF>"
        );
        let page = read_pdf(&[packet.as_bytes()]);
        assert_eq!(page.title.as_deref(), Some("Weather"), "{tag:?}");
    }
}

#[test]
fn placeholders_and_file_names_are_no_titles() {
    for written in [
        "()",
        "(Microsoft Word - bericht_2.doc)",
        "(untitled)",
        "(bericht.indd)",
        "(12-34)",
        "(PowerPoint Presentation)",
    ] {
        assert_eq!(title_of(written.as_bytes()), None, "{written}");
    }
    assert_eq!(
        title_of(b"(Scan of a letter)").as_deref(),
        Some("Scan of a letter")
    );
}

const PACKET: &str = "<?xpacket begin='' ?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF>\
    <rdf:Description xmp:CreateDate=\"2020-02-03T10:00:00Z\" pdf:Producer='x'>\
    <dc:title><rdf:Alt><rdf:li xml:lang=\"fr\">Temps</rdf:li>\
    <rdf:li xml:lang=\"x-default\">Weather &amp; crops</rdf:li></rdf:Alt></dc:title>\
    <dc:language><rdf:Bag><rdf:li>fr</rdf:li></rdf:Bag></dc:language>\
    <prism:publicationDate>2020-01-15</prism:publicationDate>\
    </rdf:Description></rdf:RDF></x:xmpmeta>";

#[test]
fn xmp_is_read_plain_and_deflated_and_goes_first() {
    let catalog = "2 0 obj <</Type/Catalog/Metadata 7 0 R>> endobj\n";
    let packed = stream(
        7,
        "/Type/Metadata/Filter/FlateDecode",
        &deflated(PACKET.as_bytes()),
    );
    let plain = stream(7, "/Type/Metadata", PACKET.as_bytes());
    let whole: Vec<Vec<&[u8]>> = vec![
        vec![
            catalog.as_bytes(),
            &packed,
            INFO.as_bytes(),
            TRAILER.as_bytes(),
        ],
        vec![
            catalog.as_bytes(),
            &plain,
            INFO.as_bytes(),
            TRAILER.as_bytes(),
        ],
        vec![&plain, INFO.as_bytes()],
    ];
    for parts in whole {
        let page = read_pdf(&parts);
        let titles: Vec<&str> = page.titles.iter().map(|one| one.value.as_str()).collect();
        assert_eq!(titles, ["Weather & crops", "Das Wetter im März"]);
        assert_eq!(page.language.as_ref().unwrap().tag.primary(), "fr");
        let published = page.published.as_ref().unwrap();
        assert_eq!(published.date.to_string(), "2020-01-15");
        assert!(published.confidence < 0.7, "supports, does not contradict");
        assert!(dates(&page).contains(&(DateKind::Created, "2020-02-03".to_owned())));
    }
}

#[test]
fn objects_in_streams_are_read() {
    let catalog = "<</Type/Catalog/Lang(uk)>>";
    let objects = format!("2 0 1 {} {catalog}<</Title(Doshch)>>", catalog.len());
    let header = objects.find("<<").unwrap();
    let dictionary = format!("/Type/ObjStm/N 2/First {header}/Filter/FlateDecode");
    let packed = stream(5, &dictionary, &deflated(objects.as_bytes()));
    let table = stream(6, "/Type/XRef/Root 2 0 R/Info 1 0 R", b"");
    let page = read_pdf(&[&packed, &table]);
    assert_eq!(page.title.as_deref(), Some("Doshch"));
    let unnamed = read_pdf(&[&packed]);
    assert_eq!(unnamed.title, None, "nothing tells whose title it is");
}

#[test]
fn a_catalog_behind_many_objects_is_found_without_an_information_dictionary() {
    let mut table = String::new();
    let mut objects = String::new();
    for number in 10..500 {
        write!(table, "{number} {} ", objects.len()).unwrap();
        objects += "<</Type/Font>>";
    }
    write!(table, "2 {} ", objects.len()).unwrap();
    objects += "<</Type/Catalog/Lang(uk)>>";
    let dictionary = format!("/Type/ObjStm/N 491/First {}", table.len());
    let packed = stream(5, &dictionary, (table + &objects).as_bytes());
    // As PDF 2.0 has it, where XMP says all.
    let end = stream(6, "/Type/XRef/Root 2 0 R", b"");
    let page = read_pdf(&[&packed, &end]);
    assert_eq!(page.language.unwrap().tag.primary(), "uk");
}

#[test]
fn the_last_revision_counts() {
    let later = "1 0 obj <</Title (Neue Fassung)>> endobj\n";
    let page = read_pdf(&[
        INFO.as_bytes(),
        TRAILER.as_bytes(),
        later.as_bytes(),
        TRAILER.as_bytes(),
    ]);
    assert_eq!(page.title.as_deref(), Some("Neue Fassung"));
}

#[test]
fn an_encrypted_file_tells_nothing() {
    let trailer = "trailer <</Root 2 0 R/Info 1 0 R/Encrypt 8 0 R>>\n";
    let page = read_pdf(&[INFO.as_bytes(), CATALOG.as_bytes(), trailer.as_bytes()]);
    assert_eq!(
        (page.title, page.language, page.dates),
        (None, None, vec![])
    );
    assert_eq!(page.media_type, "application/pdf");
}

#[test]
fn an_encrypted_file_that_is_cut_off_tells_nothing() {
    let info =
        "1 0 obj <</Title (qx\\(Zw Kjq vbn)/CreationDate (\\221\\004xk\\332\\001)>> endobj\n";
    let page = read_pdf(&[info.as_bytes(), CATALOG.as_bytes()]);
    assert_eq!(page.title, None, "its date is no date");
    for handler in ["Standard", "Adobe.PubSec"] {
        let encryption = format!("8 0 obj <</Filter/{handler}/V 2/R 3/P -44>> endobj\n");
        let parts = [INFO.as_bytes(), CATALOG.as_bytes(), encryption.as_bytes()];
        let page = read_pdf(&parts);
        assert_eq!((page.title, page.language), (None, None), "{handler}");
    }
    // A font's encoding is no encryption.
    let font = "8 0 obj <</Type/Font/Encoding/StandardEncoding>> endobj\n";
    let page = read_pdf(&[INFO.as_bytes(), font.as_bytes()]);
    assert_eq!(page.title.as_deref(), Some("Das Wetter im März"));
}

#[test]
fn the_date_of_an_annotation_is_not_that_of_the_file() {
    let note =
        "5 0 obj <</Type/Annot/Subtype/Text/Title (Reader)/CreationDate (D:20210101)>> endobj\n";
    let attached = "6 0 obj <</Type/EmbeddedFile/Params <</CreationDate (D:20210102)>>>> endobj\n";
    let unnamed = "7 0 obj <</Subtype/Popup/Title (Reader)/CreationDate (D:20210103)>> endobj\n";
    let others = [note, attached, unnamed].concat();
    let root = "trailer <</Root 2 0 R>>\n";
    let page = read_pdf(&[CATALOG.as_bytes(), others.as_bytes(), root.as_bytes()]);
    assert_eq!((page.title.as_deref(), dates(&page)), (None, vec![]));
    let page = read_pdf(&[INFO.as_bytes(), others.as_bytes()]);
    assert_eq!(page.title.as_deref(), Some("Das Wetter im März"));
}

#[test]
fn hostile_files_are_bounded() {
    // Streams that inflate a thousandfold, an object within itself, lengths and numbers beyond
    // any, brackets without an end.
    let bomb = stream(
        7,
        "/Type/ObjStm/First 99/Filter/FlateDecode",
        &deflated(&vec![b'0'; 64 << 20]),
    );
    let bombs: Vec<&[u8]> = vec![bomb.as_slice(); 70];
    let same = stream(
        8,
        "/Type/ObjStm/First 400000",
        [
            b"2 400000 ".repeat(44_444),
            b"    <<".to_vec(),
            b"/A 1".repeat(50_000),
        ]
        .concat()
        .as_slice(),
    );
    for parts in [
        bombs,
        vec![same.as_slice()],
        vec![
            b"1 0 obj <</Title ".as_slice(),
            &[b'('; 100_000],
            TRAILER.as_bytes(),
        ],
        vec![
            b"1 0 obj <</A ".as_slice(),
            &b"<<".repeat(100_000),
            TRAILER.as_bytes(),
        ],
        vec![
            b"1 0 obj <</A ".as_slice(),
            &[b'['; 100_000],
            TRAILER.as_bytes(),
        ],
        vec![b"99999999999999999999999 0 obj <</Length 99999999999999999999>> stream\n"],
        vec![
            b"1 0 obj 1 0 R endobj 2 0 obj <</Type/Catalog/Metadata 2 0 R>> endobj\n",
            TRAILER.as_bytes(),
        ],
    ] {
        assert_eq!(read_pdf(&parts).title, None);
    }
}

const PIECES: [&str; 26] = [
    "1 0 obj\n",
    "2 0 obj",
    "<<",
    ">>",
    "/Title",
    "(abc)",
    "(",
    ")",
    "\\",
    "\\7",
    "<FEFF00",
    ">",
    "/CreationDate(D:2019",
    "/Type/Catalog",
    "/Lang(de)",
    "/Metadata 1 0 R",
    "trailer",
    "/Root 2 0 R",
    "/Info 1 0 R",
    "stream\r\n",
    "endstream",
    "/Filter/FlateDecode",
    "/Type/ObjStm",
    "/First 3",
    "<rdf:RDF><dc:title>",
    "[",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_file_is_read(
        pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..60),
        bytes in prop::collection::vec(any::<u8>(), 0..60),
    ) {
        let page = read_pdf(&[pieces.concat().as_bytes(), &bytes]);
        prop_assert_eq!(page.media_type, "application/pdf");
        prop_assert!(page.published.is_none_or(|date| date.confidence < 0.7));
    }
}
