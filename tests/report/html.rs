//! The HTML report as markup. What it does in a browser is tested in `tests/browser`.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use citecheck::model::{Edit, Field, FieldSource, Fix, Network, Report, Safety};
use citecheck::report::{Format, Style, render};
use scraper::{ElementRef, Html, Selector};
use sha2::{Digest as _, Sha256};

use super::acts;
use super::reports::{clean, hostile, many_languages, partial};

fn shown(report: &Report) -> Html {
    Html::parse_document(&render(report, Format::Html, &Style::default()))
}

fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(selector).unwrap();
    page.select(&selector).collect()
}

fn words(element: &ElementRef<'_>) -> String {
    let text: String = element.text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn of<'a>(page: &'a Html, selector: &str) -> ElementRef<'a> {
    let found = all(page, selector);
    assert!(!found.is_empty(), "no {selector}");
    found.first().copied().unwrap()
}

#[test]
fn only_the_script_and_the_style_of_the_page_may_run() {
    let page = shown(&many_languages());
    let policy = of(&page, "meta[http-equiv='Content-Security-Policy']")
        .attr("content")
        .unwrap();
    assert!(policy.starts_with("default-src 'none';"), "{policy}");
    for (selector, directive) in [("script", "script-src"), ("style", "style-src")] {
        let content: String = of(&page, selector).text().collect();
        let hash = BASE64_STANDARD.encode(Sha256::digest(content.as_bytes()));
        assert!(
            policy.contains(&format!("{directive} 'sha256-{hash}';")),
            "{policy}"
        );
    }
    assert!(all(&page, "[style], [src], link, base, iframe, object, img").is_empty());
}

#[test]
fn the_script_is_small() {
    let script: String = of(&shown(&clean()), "script").text().collect();
    assert!(script.len() < 40_000, "{} bytes", script.len());
}

#[test]
fn every_reference_has_a_row_that_can_be_linked_to() {
    let page = shown(&many_languages());
    assert_eq!(all(&page, "table.refs tbody:not(.g) tr").len(), 7);
    // There is a second article, so that anchors name theirs.
    let row = of(&page, "#a1-ref-2");
    assert_eq!(row.attr("data-v"), Some("gone"));
    assert_eq!(row.attr("data-r"), Some("dead-link"));
    let told = words(&row);
    for part in [
        "gone",
        "fluss.example",
        "2019-05-03",
        "German",
        "1 error",
        "410",
        "HTTP",
    ] {
        assert!(told.contains(part), "no {part} in {told}");
    }
    let one = shown(&clean());
    assert_eq!(all(&one, "#ref-1").len(), 1);
}

#[test]
fn anchors_are_there_once() {
    for report in [many_languages(), clean(), partial(), hostile("x")] {
        let page = shown(&report);
        let mut ids: Vec<&str> = all(&page, "[id]")
            .iter()
            .filter_map(|it| it.attr("id"))
            .collect();
        ids.sort_unstable();
        let before = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), before);
        for link in all(&page, "a[href^='#']") {
            let target = link.attr("href").unwrap().trim_start_matches('#');
            assert!(ids.contains(&target), "{target} leads nowhere");
        }
    }
}

#[test]
fn words_of_other_languages_say_so() {
    let page = shown(&many_languages());
    for (number, tag) in [
        (1, "uk"),
        (2, "de"),
        (3, "ar"),
        (4, "ja"),
        (5, "th"),
        (6, "fa"),
    ] {
        let title = of(&page, &format!("#a1-ref-{number} td:nth-child(3) bdi"));
        assert_eq!(title.attr("lang"), Some(tag));
        assert_eq!(title.attr("dir"), Some("auto"));
    }
    let quoted = of(&page, "#a1-ref-3 summary bdi");
    assert_eq!(
        (quoted.attr("lang"), words(&quoted).as_str()),
        (Some("ar"), "النهر 7")
    );
    for sentence in all(&page, "blockquote") {
        assert_eq!(sentence.attr("lang"), Some("en"));
    }
}

#[test]
fn a_correction_is_shown_beside_what_was_written() {
    let mut report = clean();
    let article = report.articles.first_mut().unwrap();
    let reference = article.references.get_mut(0).unwrap();
    reference.span.start = 100;
    let source = "<ref>{{cite web |title=Річка |language=ru}}</ref>\n";
    reference.source = Some(source.to_owned());
    let at = 100 + source.find("ru}}").unwrap();
    let fix = |start, end, replacement: &str, summary: &str| Fix {
        description: summary.to_owned(),
        summary: summary.to_owned(),
        safety: Safety::Safe,
        edits: vec![Edit {
            start,
            end,
            replacement: replacement.to_owned(),
        }],
    };
    let found = hostile("x")
        .articles
        .first()
        .unwrap()
        .findings
        .first()
        .unwrap()
        .clone();
    let mut finding = |fix: Fix| {
        let mut finding = found.clone();
        finding.fix = Some(fix);
        article.findings.push(finding);
    };
    finding(fix(at, at + 2, "uk", "name the language"));
    let before = 100 + source.find(" |language").unwrap();
    let dead = "say that the link is dead";
    finding(fix(before, before, " |url-status=dead", dead));
    // Another one of the same place, and one of another place of the article.
    finding(fix(at, at + 2, "be", "name another language"));
    finding(fix(7, 9, "far away", "edit another place"));
    let page = shown(&report);
    let copied: String = of(&page, ".diff pre.c").text().collect();
    let corrected = "<ref>{{cite web |title=Річка |url-status=dead |language=uk}}</ref>\n";
    assert_eq!(copied, corrected);
    let summary = words(&of(&page, ".sum .c"));
    assert_eq!(summary, "name the language; say that the link is dead");
    let written: String = of(&page, ".diff pre:not(.c)").text().collect();
    assert_eq!(
        written,
        "<ref>{{cite web |title=Річка |language=ru}}</ref>\n"
    );
    let told = words(&of(&page, "#ref-1"));
    for part in [
        "Made needless by the others, or to be made after themname another language",
        "Not in it, to be made one at a timeedit another place",
        "far away",
    ] {
        assert!(told.contains(part), "{part} is lost: {told}");
    }
    // What takes the whole entry away leaves nothing to copy.
    let article = report.articles.first_mut().unwrap();
    article.findings.truncate(0);
    let mut finding = found;
    finding.fix = Some(fix(100, 100 + source.len() - 1, "", "remove it"));
    finding.reference = Some(1);
    article.findings.push(finding);
    let page = shown(&report);
    assert!(words(&of(&page, "#ref-1")).contains("Remove this entry:"));
    assert!(all(&page, "#ref-1 .diff, #ref-1 pre.c").is_empty());
}

#[test]
fn what_an_article_is_called_and_when_it_was_cited() {
    let mut report = clean();
    let article = report.articles.first_mut().unwrap();
    article.title = None;
    article.input = "folder/річки/dnipro.wiki".to_owned();
    let reference = article.references.get_mut(0).unwrap();
    reference.citation.date = None;
    reference.citation.access_date = None;
    for (name, value) in [("date", "someday <b>in</b> May"), ("access-date", "lately")] {
        let field = Field {
            parameter: Some(name.to_owned()),
            value: value.to_owned(),
            span: reference.span,
            source: FieldSource::default(),
        };
        reference.citation.fields.insert(name.to_owned(), field);
    }
    let page = shown(&report);
    assert_eq!(words(&of(&page, "h1")), "dnipro.wiki");
    assert!(words(&of(&page, "header .facts")).starts_with("folder/річки/dnipro.wiki · "));
    assert_eq!(
        words(&of(&page, "#ref-1 > td:nth-child(5)")),
        "someday <b>in</b> May"
    );
    assert!(words(&of(&page, "#ref-1 .d")).contains("access-datelately"));
    let article = report.articles.first_mut().unwrap();
    article.input = "https://uk.wikipedia.org/wiki/Дніпро".to_owned();
    let named = words(&of(&shown(&report), "h1"));
    assert_eq!(named, "https://uk.wikipedia.org/wiki/Дніпро");
}

#[test]
fn what_a_run_lacks_is_told() {
    let told = |report: &Report| words(&of(&shown(report), "#summary"));
    assert!(told(&partial()).contains("Partial: the run ended before every link was asked"));
    let mut report = clean();
    report.run.pages = false;
    report.run.trouble = Some("the network <b>is</b> away".to_owned());
    report.counts.ignored = 3;
    let text = told(&report);
    for part in [
        "Pages not read: links were judged alone",
        "No network: the network <b>is</b> away.",
        "findings not listed: 3 ignored (settings or comments in the article)",
        "Nothing was found",
    ] {
        assert!(text.contains(part), "no {part} in {text}");
    }
    assert!(
        !text.contains("baseline") && !text.contains("Limited to"),
        "{text}"
    );
    let mut part = clean();
    part.run.limited_to = Some("changed since <main>".to_owned());
    part.counts.baselined = 1200;
    let text = told(&part);
    for part in [
        "Limited to: changed since <main>.",
        "findings not listed: 1,200 known from the baseline",
        "Nothing new was found",
    ] {
        assert!(text.contains(part), "no {part} in {text}");
    }
    report.run.network = Network::Offline;
    assert!(told(&report).contains("neither links nor pages were asked"));
    let text = words(&of(&shown(&many_languages()), "#beyond"));
    for part in [
        "an ignore of dead-link for https://old.example/ matched nothing",
        "line 40, column 7: <ref> is never closed",
        "two thirds of the citations",
    ] {
        assert!(text.contains(part), "no {part} in {text}");
    }
}

#[test]
fn sources_to_translate_are_a_list_by_language() {
    let page = shown(&many_languages());
    assert_eq!(all(&page, ".T > li").len(), 7);
    let first = of(&page, "#todo-uk");
    assert_eq!(words(&first), "Ukrainian (українська)");
    assert_eq!(all(&page, ".T > li label input[type=checkbox]").len(), 7);
    assert!(words(&of(&page, "#todo")).contains("citecheck todo apply FILE --article ARTICLE"));
    let mut report = many_languages();
    let item = report.todo.first_mut().unwrap();
    item.quote = Some("слова <b>річки".to_owned());
    item.trans_quote = None;
    let told = words(&of(&shown(&report), "#todo"));
    for part in [
        "Quotation: слова <b>річкиQuotation not translated",
        &format!("Id {}", report.todo.first().unwrap().id),
    ] {
        assert!(told.contains(part), "no {part} in {told}");
    }
}

#[test]
fn charts_have_their_numbers_as_text() {
    let page = shown(&many_languages());
    for figure in all(&page, "figure") {
        let rows = Selector::parse("tr").unwrap();
        assert!(figure.select(&rows).next().is_some(), "{}", words(&figure));
    }
    assert_eq!(
        words(&of(&page, "svg.strip desc")),
        "5 working, 1 to look at, 1 broken"
    );
    for picture in all(&page, "svg:not([role=img])") {
        assert_eq!(picture.attr("aria-hidden"), Some("true"));
    }
}

/// Whatever strangers write, a page has the elements and attributes of a harmless one; its links
/// lead to the web or into the page, and no character reference brings back what acts.
pub(crate) fn is_no_markup(attack: &str, page: &str) {
    let parts = |page: &str| -> BTreeSet<(String, String)> {
        let page = Html::parse_document(page);
        let elements = page.tree.values().filter_map(|node| node.as_element());
        let named = elements.flat_map(|element| {
            let attributes = element.attrs().map(|(name, _)| name.to_owned());
            let own = attributes.chain([String::new()]);
            own.map(|attribute| (element.name().to_owned(), attribute))
                .collect::<Vec<_>>()
        });
        named.collect()
    };
    let harmless = [
        "",
        "words",
        "https://x.example/",
        "a \"b\" `c` “d” سلام \u{200e}",
    ]
    .map(|text| parts(&render(&hostile(text), Format::Html, &Style::default())));
    let known: BTreeSet<_> = harmless.into_iter().flatten().collect();
    let made: Vec<_> = parts(page).difference(&known).cloned().collect();
    assert!(made.is_empty(), "{attack:?} makes {made:?}");
    let page = Html::parse_document(page);
    let mut scripts = 0;
    for node in page.tree.values() {
        if let Some(text) = node.as_text() {
            let bad = text.chars().find(|c| acts(*c) && *c != '\t');
            assert_eq!(bad, None, "{attack:?} comes back");
        }
        let Some(element) = node.as_element() else {
            continue;
        };
        scripts += usize::from(matches!(element.name(), "script" | "style"));
        for (name, value) in element.attrs() {
            assert_eq!(
                value.chars().find(|c| acts(*c)),
                None,
                "{name} of {attack:?}"
            );
        }
        if let Some(target) = element.attr("href") {
            let inside = target.starts_with('#');
            let web = target.starts_with("https://") || target.starts_with("http://");
            assert!(inside || web, "{attack:?} links to {target}");
            assert!(!target.contains("secret"), "{target}");
            assert_eq!(web, element.attr("rel") == Some("noreferrer noopener"));
        }
    }
    assert_eq!(scripts, 2, "{attack:?}");
}
