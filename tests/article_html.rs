//! Reading articles in HTML: Parsoid, classic parser, reader view.
#![expect(
    clippy::indexing_slicing,
    reason = "a test fails where a reference or field is missing"
)]

use citecheck::article::{ReadOptions, read};
use citecheck::model::{Article, CitedDate, InputFormat, LanguageTag, Person};

fn page(body: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>Rain - Wikipedia</title></head><body>\
         <h1 id=\"firstHeading\">Rain</h1>{body}</body></html>"
    )
}

fn article(source: &str) -> Article {
    read(
        "rain.html",
        source,
        InputFormat::Html,
        &ReadOptions::default(),
    )
}

fn day(date: Option<CitedDate>) -> Option<String> {
    date.map(|date| date.to_string())
}

#[test]
fn classic_page_is_read_from_its_machine_readable_copy_and_text() {
    let source = page(
        "<p>It was dry. It <i>rained</i>.<sup id=\"cite_ref-x_1-0\" class=\"reference\">\
         <a href=\"#cite_note-x-1\">[1]</a></sup> Then snow<sup class=\"reference\">\
         <a href=\"#cite_note-x-1\">[1]</a></sup> fell.</p><ol class=\"references\">\
         <li id=\"cite_note-x-1\"><span class=\"mw-cite-backlink\">^ <a href=\"#cite_ref-x_1-0\">a</a>\
         </span> <span class=\"reference-text\"><cite class=\"citation news cs1\">Vale, Ann (3 May \
         2019). <a class=\"external text\" href=\"https://a.example/x\">\"Rain\"</a>. <i>The Gazette\
         </i><span class=\"reference-accessdate\">. Retrieved 12 November 2020</span>.</cite><span \
         class=\"Z3988\" title=\"rft.genre=article&amp;rft.jtitle=The+Gazette&amp;rft.atitle=Rain\
         &amp;rft.date=2019-05-03&amp;rft.aulast=Vale&amp;rft.aufirst=Ann&amp;\
         rft_id=https%3A%2F%2Fa.example%2Fx\"></span></span></li></ol>",
    );
    let article = article(&source);
    assert_eq!(article.title.as_deref(), Some("Rain"));
    assert_eq!(
        article.language.as_ref().map(LanguageTag::as_str),
        Some("en")
    );
    assert_eq!(article.references.len(), 1);
    let reference = &article.references[0];
    assert_eq!((reference.number, reference.uses), (1, 2));
    assert_eq!(reference.names, ["x"]);
    assert_eq!(reference.claims, ["It rained.", "Then snow fell."]);
    let written = reference.span.text(&source).unwrap();
    assert!(written.starts_with("<li id=\"cite_note-x-1\">") && written.ends_with("</li>"));
    let citation = &reference.sources[0].citation;
    assert_eq!(citation.title.as_deref(), Some("Rain"));
    assert_eq!(citation.work.as_deref(), Some("The Gazette"));
    assert_eq!(citation.url.as_deref(), Some("https://a.example/x"));
    assert_eq!(day(citation.date).as_deref(), Some("2019-05-03"));
    assert_eq!(day(citation.access_date).as_deref(), Some("2020-11-12"));
    let ann = Person::Split {
        last: "Vale".to_owned(),
        first: "Ann".to_owned(),
    };
    assert_eq!(citation.authors, [ann]);
    assert_eq!(
        citation.fields["date"].span.text(&source),
        Some("3 May 2019")
    );
}

#[test]
fn template_parameters_of_parsoid_win() {
    let source = page(
        "<p>Дощ.<sup class=\"mw-ref\" typeof=\"mw:Extension/ref\"><a href=\"./Rain#cite_note-1\">[1]\
         </a></sup></p><ol class=\"mw-references references\"><li id=\"cite_note-1\">\
         <a rel=\"mw:referencedBy\" href=\"./Rain#cite_ref-1\">↑</a> <span id=\"t\" \
         class=\"mw-reference-text\"><cite about=\"#mwt1\" typeof=\"mw:Transclusion\" data-mw='\
         {\"parts\":[{\"template\":{\"target\":{\"wt\":\"Internetquelle\"},\"params\":{\
         \"titel\":{\"wt\":\"Regen &amp; [[Schnee]]\"},\"url\":{\"wt\":\"https://a.example/x\"},\
         \"datum\":{\"wt\":\"2019-05-03\"},\"abruf\":{\"wt\":\"2020-11-12\"}}}}]}'>shown</cite>\
         </span></li></ol>",
    );
    let article = article(&source);
    let source = &article.references[0].sources[0];
    assert_eq!(source.template.as_deref(), Some("Internetquelle"));
    assert_eq!(source.citation.title.as_deref(), Some("Regen & Schnee"));
    assert_eq!(
        day(source.citation.access_date).as_deref(),
        Some("2020-11-12")
    );
    assert_eq!(
        source.citation.fields["access-date"].parameter.as_deref(),
        Some("abruf")
    );
    assert_eq!(article.references[0].claims, ["Дощ."]);
}

#[test]
fn archived_copy_and_original_are_told_apart() {
    let source = page(
        "<ol class=\"references\"><li id=\"cite_note-1\"><cite class=\"citation web\"><a \
         href=\"//web.archive.org/web/20190102030405/http://a.example/x\">\"Rain\"</a>. Archived \
         from <a href=\"http://a.example/x\">the original</a> on 2 January 2019.</cite></li></ol>",
    );
    let citation = article(&source).references[0].sources[0].citation.clone();
    assert_eq!(citation.title.as_deref(), Some("Rain"));
    assert_eq!(citation.url.as_deref(), Some("http://a.example/x"));
    let copy = "https://web.archive.org/web/20190102030405/http://a.example/x";
    assert_eq!(citation.archive_url.as_deref(), Some(copy));
    assert_eq!(day(citation.archive_date).as_deref(), Some("2019-01-02"));
}

#[test]
fn identifier_link_is_not_the_address() {
    let source = page(
        "<ol class=\"references\"><li id=\"cite_note-1\"><cite class=\"citation journal\">Vale, A. \
         (2019). \"Rain\". <i>Hydrology</i>. <a href=\"https://doi.org/10.1/x\">10.1/x</a>.</cite>\
         </li></ol>",
    );
    let citation = article(&source).references[0].sources[0].citation.clone();
    assert_eq!(citation.title.as_deref(), Some("Rain"));
    assert_eq!(citation.url, None);
}

#[test]
fn reader_view_keeps_links_only() {
    let source = "<html><body><p>Rain fell.<a href=\"#n1\">1</a> Snow fell.<a href=\"#n2\">2</a></p>\
                  <ol><li id=\"n1\"><a href=\"https://a.example/x\">\"Rain\"</a>. The Gazette. \
                  Retrieved 12 November 2020.</li><li id=\"n2\"><a href=\"https://b.example\">\"Snow\
                  \"</a>. The Mail.</li></ol></body></html>";
    let article = article(source);
    let shown: Vec<_> = article
        .references
        .iter()
        .map(|r| {
            let citation = &r.sources[0].citation;
            (
                r.claims.join("|"),
                citation.title.clone().unwrap(),
                citation.url.clone().unwrap(),
            )
        })
        .collect();
    let of =
        |claim: &str, title: &str, url: &str| (claim.to_owned(), title.to_owned(), url.to_owned());
    assert_eq!(
        shown,
        [
            of("Rain fell.", "Rain", "https://a.example/x"),
            of("Snow fell.", "Snow", "https://b.example"),
        ]
    );
}

#[test]
fn notes_of_another_group_come_last() {
    let source = page(
        "<p>A.<sup class=\"reference\"><a href=\"#cite_note-1\">[a]</a></sup> B.<sup \
         class=\"reference\"><a href=\"#cite_note-2\">[1]</a></sup></p><ol class=\"references\">\
         <li id=\"cite_note-1\">Note.</li></ol><ol class=\"references\"><li id=\"cite_note-2\">\
         <a href=\"https://a.example\">T</a></li></ol>",
    );
    let article = article(&source);
    let shown: Vec<_> = article
        .references
        .iter()
        .map(|r| (r.number, r.group.as_deref(), r.claims.join("|")))
        .collect();
    assert_eq!(
        shown,
        [
            (1, None, "B.".to_owned()),
            (2, Some("lower-alpha"), "A.".to_owned())
        ]
    );
}

#[test]
fn page_without_list_says_so() {
    let article = article("<html><body><p>Nothing here.</p></body></html>");
    assert!(article.references.is_empty());
    assert_eq!(article.problems.len(), 1);
}

#[test]
fn hostile_pages_take_bounded_time() {
    for piece in [
        "<li id=\"cite_note-1\">",
        "<cite>",
        "<ol class=\"references\"><li>",
        "<ul><li id=\"cite_note-x\">",
        "<a href=\"#cite_note-1\">",
        "<span class=\"citation\">",
        "<sup class=\"reference\">",
    ] {
        let source = piece.repeat(2_000);
        let read = article(&source);
        for reference in read.references {
            assert!(reference.span.text(&source).is_some());
        }
    }
}
