//! References read lazily: what they hold, and that they are those of the other readers.
#![expect(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a test may panic and read files of this repository"
)]

use citecheck::article::lazy::{self, Form, Reference, Template, TemplateUse};
use citecheck::article::{ReadOptions, read};
use citecheck::model::{InputFormat, LanguageTag};
use citecheck::wikitext::{Document, Node, NodeKind, Slice, fold_name};
use proptest::prelude::*;

fn options(language: &str) -> ReadOptions {
    ReadOptions {
        language: LanguageTag::parse(language),
    }
}

/// Fields of all citations as `name=value`, those of one citation joined by `, `.
#[track_caller]
fn check(language: &str, source: &str, expect: &[&str]) {
    let references = lazy::references(source, &options(language));
    let mut found = Vec::new();
    for citation in references
        .iter()
        .flat_map(|reference| reference.citations().collect::<Vec<_>>())
    {
        let fields = citation.fields().map(|field| {
            let name = field.name().map_or("?".to_owned(), |name| name.to_string());
            format!("{name}={}", field.value().text())
        });
        found.push(fields.collect::<Vec<_>>().join(", "));
    }
    assert_eq!(found, expect, "{source}");
}

#[test]
fn fields_have_their_cs1_name_in_every_language() {
    check(
        "en",
        "<ref>{{Cite web |url=https://a.example |last2=Doe |nosuch=1 |title=}}</ref>",
        &["url=https://a.example, last2=Doe, ?=1, title="],
    );
    check(
        "uk",
        "<ref>{{cite web|назва=День|url=https://a.example|дата публікації=3 травня 2019|work=Час}}</ref>",
        &["title=День, url=https://a.example, ?=3 травня 2019, work=Час"],
    );
    check(
        "de",
        "<ref>{{Internetquelle |autor=A |titel=Tag |abruf=2019-05-03}}</ref>",
        &["author=A, title=Tag, access-date=2019-05-03"],
    );
    check(
        "ar",
        "<ref>{{استشهاد ويب|عنوان=يوم|تاريخ الوصول=3 مايو 2019}}</ref>",
        &["title=يوم, access-date=3 مايو 2019"],
    );
    check(
        "fa",
        "<ref>{{یادکرد وب|عنوان=روز|نام خانوادگی۲=ب}}</ref>",
        &["title=روز, last2=ب"],
    );
    check(
        "ja",
        "<ref>{{Cite web|title=日|url=https://a.example}}</ref>",
        &["title=日, url=https://a.example"],
    );
    check(
        "th",
        "<ref>{{อ้างอิงเว็บ|url=https://a.example}}</ref>",
        &["url=https://a.example"],
    );
}

#[test]
fn a_name_of_any_length_may_begin_as_those_of_citations_do() {
    let name = format!("Cite {}", "something ".repeat(30));
    let source = format!("<ref>{{{{{name}|url=https://a.example}}}}</ref>");
    check("en", &source, &["url=https://a.example"]);
}

#[test]
fn the_article_s_language_settles_what_wikis_call_differently() {
    let source = "<ref>{{cite web|série=A|url=https://a.example}}</ref>";
    check("fr", source, &["work=A, url=https://a.example"]);
    check("pt", source, &["series=A, url=https://a.example"]);
}

#[test]
fn positional_parameters_are_known_by_their_place() {
    let source = "<ref>{{wayback|url=https://a.example|A|B}}</ref>";
    let references = lazy::references(source, &options("en"));
    let reference = references.iter().next().unwrap();
    let template = reference.templates().next().unwrap();
    let names: Vec<_> = template
        .fields()
        .map(|field| field.name().map(|name| name.to_string()))
        .collect();
    assert_eq!(
        names,
        [Some("url".to_owned()), Some("title".to_owned()), None]
    );
    assert_eq!(template.get("title").unwrap().value().text(), "A");
}

#[test]
fn what_references_do_not_need_is_passed_over() {
    let source =
        "{{box|[[a]]}} <ref>{{b|[[c]]}}</ref> {{box|{{{d}}}}} [[e]] {{cite web|{{f}}}} {{g}}";
    let part = Document::parse_references(source, &is_wanted);
    let found: Vec<&str> = part
        .nodes()
        .iter()
        .map(|node| source.get(node.start..node.end).unwrap())
        .collect();
    let expect = [
        "<ref>{{b|[[c]]}}</ref>",
        "{{b|[[c]]}}",
        "[[c]]",
        "{{cite web|{{f}}}}",
        "{{f}}",
    ];
    assert_eq!(found, expect);
}

#[test]
fn citations_count_once_and_templates_all() {
    let source = "<ref>{{small|{{cite web|title={{lang|de|Tag}}|url=https://a.example}}}} {{dead link}}</ref>";
    let references = lazy::references(source, &options("en"));
    let reference = references.iter().next().unwrap();
    let names = |templates: Vec<Template<'_, '_>>| -> Vec<String> {
        let names = templates.iter().map(|template| template.name().text());
        names.map(str::to_owned).collect()
    };
    assert_eq!(names(reference.citations().collect()), ["cite web"]);
    let all = ["small", "cite web", "lang", "dead link"];
    assert_eq!(names(reference.templates().collect()), all);
    let last = reference.templates().last().unwrap();
    assert_eq!(last.usage(), Some(TemplateUse::DeadLink));
    check(
        "en",
        "<ref>{{my source|title=A|url=https://a.example}} {{my box|a=b}}</ref>",
        &["title=A, url=https://a.example"],
    );
}

#[test]
fn references_tell_form_name_and_group() {
    let source = "A<ref name=\"a &amp; b\" group=n>x</ref> B<ref name=c /> C<ref name='d'> </ref>
        {{cite book|title=T<ref>y</ref>}} <references group=\"m\"><ref name=e>z</ref></references>
        {{reflist|group=k|refs=<ref name=f>w</ref>}} <nowiki><ref>no</ref></nowiki><ref>v</ref>";
    let references = lazy::references(source, &options("en"));
    let told: Vec<_> = references
        .iter()
        .map(|reference| {
            let name = reference.name().unwrap_or_default().into_owned();
            let group = reference.group().unwrap_or_default().into_owned();
            (reference.form(), name, group, reference.is_in_list())
        })
        .collect();
    let expect = [
        (Form::Footnote, "a & b", "n", false),
        (Form::Use, "c", "", false),
        (Form::Use, "d", "", false),
        (Form::Work, "", "", false),
        (Form::Footnote, "", "", false),
        (Form::Footnote, "e", "m", true),
        (Form::Footnote, "f", "k", true),
        (Form::Footnote, "", "", false),
    ];
    let expect =
        expect.map(|(form, name, group, list)| (form, name.to_owned(), group.to_owned(), list));
    assert_eq!(told, expect);
}

#[test]
fn links_beside_templates_are_told() {
    let source = "<ref>{{cite web|url=https://a.example}} [https://b.example B] {{small|https://c.example}}</ref>";
    let references = lazy::references(source, &options("en"));
    let links = references.iter().next().unwrap().links();
    let links: Vec<_> = links
        .iter()
        .map(|link| (link.url.text(), link.label.map(Slice::text)))
        .collect();
    assert_eq!(
        links,
        [
            ("https://b.example", Some("B")),
            ("https://c.example", None)
        ]
    );
}

#[test]
fn what_a_field_means_is_told_on_request() {
    let source = "<ref>{{Internetquelle |url=[https://a.example/?a&amp;b x] |titel=''Der [[Tag|Tag]]'' |datum=3. Mai 2019 |sprache=uk}}</ref>";
    let references = lazy::references(source, &options("de"));
    let reference = references.iter().next().unwrap();
    let citation = reference.citations().next().unwrap();
    let field = |name| citation.get(name).unwrap();
    assert_eq!(field("title").text(), "Der Tag");
    assert_eq!(field("date").date().unwrap().to_string(), "2019-05-03");
    assert_eq!(
        field("url").address().as_deref(),
        Some("https://a.example/?a&b")
    );
    assert_eq!(
        field("language").languages(),
        [LanguageTag::parse("uk").unwrap()]
    );
    assert!(citation.get("publisher").is_none());
}

/// Checks that the eager reader gives the references of the lazy one, field by field.
fn agrees(source: &str, options: &ReadOptions) -> Result<(), TestCaseError> {
    let article = read("a.wiki", source, InputFormat::Wikitext, options);
    let unclosed = |problem: &citecheck::model::Problem| problem.message.contains("closed");
    if article.problems.iter().any(unclosed) {
        return Ok(()); // the eager reader guesses what an unclosed template was to hold
    }
    let references = lazy::references(source, options);
    let all: Vec<Reference<'_, '_>> = references.iter().collect();
    for eager in &article.references {
        let Some(lazy) = all
            .iter()
            .find(|lazy| lazy.span() == (eager.span.start..eager.span.end))
        else {
            continue; // kinds of references that tags do not make
        };
        if let Some(name) = eager.names.first() {
            let lazy_name = lazy.name();
            prop_assert_eq!(lazy_name.as_deref(), Some(name.as_str()));
        }
        for citation in lazy.citations() {
            let whole = citation.whole();
            let Some(source) = eager.sources.iter().find(|source| {
                (source.span.start, source.span.end) == (whole.start(), whole.end())
            }) else {
                return Err(TestCaseError::fail(format!("{} is not read", whole.text())));
            };
            prop_assert_eq!(source.template.as_deref(), Some(citation.name().text()));
            let lazy_fields: Vec<_> = citation
                .fields()
                .map(|field| {
                    let name = field.written_name().map(|name| name.text().to_owned());
                    let value = field.value().text().to_owned();
                    (
                        name,
                        value,
                        field.name().map(|name| name.to_string()),
                        field.span(),
                    )
                })
                .collect();
            let eager_fields: Vec<_> = source
                .parameters
                .iter()
                .map(|parameter| {
                    let span = parameter.value_span.start..parameter.value_span.end;
                    (
                        parameter.name.clone(),
                        parameter.value.clone(),
                        parameter.field.clone(),
                        span,
                    )
                })
                .collect();
            prop_assert_eq!(lazy_fields, eager_fields);
            if let Some(title) = citation
                .get("title")
                .filter(|_| source.citation.title.is_some())
            {
                prop_assert_eq!(
                    title.value().text(),
                    source.citation.fields["title"].value.as_str()
                );
            }
        }
    }
    Ok(())
}

#[test]
fn our_own_articles_are_read_alike_both_ways() {
    let source = std::fs::read_to_string("references/demo.wiki").unwrap();
    for language in ["en", "uk", "de"] {
        agrees(&source, &options(language)).unwrap();
    }
    let count = lazy::references(&source, &options("en")).iter().count();
    assert!(5 < count, "only {count} references in the demonstration");
}

/// Pieces of wikitext that fit together in many right and wrong ways.
const PIECES: [&str; 38] = [
    "{{",
    "}}",
    "{{{",
    "}}}",
    "{",
    "}",
    "{{cite web",
    "{{Internetquelle",
    "{{reflist",
    "{{small",
    "{{Литература",
    "{{<!-- | -->Cite_web",
    "|",
    "|title=",
    "|назва=",
    "|titel = ",
    "|url=https://a.example/?a=b",
    "|1=",
    "|date=2019",
    "=",
    "[[",
    "]]",
    "[https://a.example ",
    "]",
    "<ref>",
    "</ref>",
    "<ref name=a>",
    "<ref name=\"b\" />",
    "<references>",
    "</references>",
    "<!--",
    "-->",
    "<nowiki>",
    "</nowiki>",
    "<ref",
    " ",
    "日本",
    "text\n",
];

fn wikitext() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(PIECES.as_slice());
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// What a construct is and where it stands.
fn shape(node: &Node) -> (NodeKind, usize, usize, usize, usize) {
    (
        node.kind,
        node.start,
        node.end,
        node.inner_start,
        node.inner_end,
    )
}

fn is_wanted(name: &str) -> bool {
    fold_name(name) == "citeweb"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn both_readers_agree(source in wikitext(), language in prop::sample::select(vec!["en", "de", "uk"])) {
        agrees(&source, &options(language))?;
    }

    /// The pass over references alone gives what the pass over everything gives of them.
    #[test]
    fn parsing_references_alone_misses_and_invents_nothing(source in wikitext()) {
        let whole = Document::parse(&source);
        let part = Document::parse_references(&source, &is_wanted);
        let all: Vec<_> = whole.nodes().iter().map(shape).collect();
        for node in part.nodes() {
            prop_assert!(all.contains(&shape(node)), "invented: {:?} in {}", node, source);
            let Some(template) = part.template(node) else { continue };
            let other = whole.nodes().iter().find(|other| shape(other) == shape(node)).unwrap();
            let parameters: Vec<_> = template.parameters().collect();
            let other: Vec<_> = whole.template(other).unwrap().parameters().collect();
            prop_assert_eq!(parameters, other);
        }
        let found: Vec<_> = part.nodes().iter().map(shape).collect();
        let mut reference_end = 0;
        for node in whole.nodes() {
            let is_tag = !matches!(
                node.kind,
                NodeKind::Template | NodeKind::Argument | NodeKind::Link
            );
            let wanted = whole.template(node).is_some_and(|template| is_wanted(template.name().text()));
            if is_tag || wanted || node.start < reference_end {
                prop_assert!(found.contains(&shape(node)), "missed: {:?} in {}", node, source);
            }
            if node.kind == NodeKind::Ref {
                reference_end = node.end;
            }
        }
        prop_assert_eq!(whole.faults(), part.faults());
    }

    #[test]
    fn spans_cover_what_they_claim(source in prop_oneof![wikitext(), any::<String>()]) {
        let references = lazy::references(&source, &options("en"));
        for reference in references.iter() {
            prop_assert!(source.get(reference.span()).is_some());
            let content = reference.content();
            prop_assert_eq!(source.get(content.start()..content.end()), Some(content.text()));
            for link in reference.links() {
                prop_assert_eq!(source.get(link.url.start()..link.url.end()), Some(link.url.text()));
            }
            for template in reference.templates() {
                let whole = template.whole();
                prop_assert!(whole.text().starts_with("{{") && whole.text().ends_with("}}"));
                prop_assert!(reference.span().start <= whole.start() && whole.end() <= reference.span().end);
                for field in template.fields() {
                    prop_assert_eq!(source.get(field.span()), Some(field.value().text()));
                    prop_assert_eq!(field.value().text().trim(), field.value().text());
                    let _ = (field.text(), field.date(), field.address(), field.languages());
                }
            }
        }
    }
}

/// Sources that could make a careless reader slow or greedy.
#[test]
fn hostile_sources_give_no_more_constructs_than_they_have_marks() {
    let pieces = [
        "{{",
        "{{{{{{",
        "[[",
        "<ref",
        "<ref<ref",
        "<ref>",
        "|",
        "=",
        "<ref>{{cite web|",
        "<!--",
        "<ref name=\"",
        "{{cite web|[[|",
        "{{cite web",
        "</ref>",
        "<ref>//",
        "<nowiki>",
        "{{<!--",
        "<ref>{{a|{{b|",
        "}}",
        "{{cite web|[[}}",
        "<references>",
        "-{",
        "{{cite web|a=<ref>",
    ];
    for piece in pieces {
        for (before, after) in [
            ("", ""),
            ("<ref>{{cite web|", "}}</ref>"),
            ("{{cite web|", "}}"),
        ] {
            let source = format!("{before}{}{after}", piece.repeat(20_000));
            let references = lazy::references(&source, &options("en"));
            let nodes = references.document().nodes().len();
            assert!(nodes <= source.len() / 4, "{nodes} constructs of {piece}");
            let fields = references
                .iter()
                .flat_map(|reference| reference.templates().collect::<Vec<_>>())
                .map(|template| template.fields().count());
            // Every field has its mark, in each of at most 100 templates around it.
            assert!(fields.sum::<usize>() <= source.len(), "fields of {piece}");
        }
    }
}
