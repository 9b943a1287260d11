//! What makes a reference in wikitext, in which list it stands, and what it points to.
#![expect(
    clippy::indexing_slicing,
    reason = "a test fails where a reference or field is missing"
)]

use citecheck::article::{ReadOptions, read};
use citecheck::model::{
    Article, DateStyle, FieldSource, InputFormat, LanguageTag, Reference, ReferenceKind,
};
use proptest::prelude::*;

fn article(language: &str, source: &str) -> Article {
    let options = ReadOptions {
        language: LanguageTag::parse(language),
    };
    read("article.wiki", source, InputFormat::Wikitext, &options)
}

/// One line per reference: number, kind, `#group`, `=name`, `(details)`, `<main`, times used,
/// then its sources: title or template, `>` and what it cites.
fn shown(reference: &Reference) -> String {
    let kind = match reference.kind {
        ReferenceKind::Footnote => "ref",
        ReferenceKind::Note => "note",
        ReferenceKind::ShortFootnote => "short",
        ReferenceKind::Work => "work",
        _ => "?",
    };
    let mut parts = vec![format!("{} {kind}", reference.number)];
    parts.extend(reference.group.as_ref().map(|group| format!("#{group}")));
    parts.extend(reference.names.iter().map(|name| format!("={name}")));
    parts.extend(reference.details.as_ref().map(|part| format!("({part})")));
    parts.extend(reference.main.map(|main| format!("<{main}")));
    parts.push(format!("×{}:", reference.uses));
    for source in &reference.sources {
        let title = source.citation.title.as_deref();
        let name = title.or(source.template.as_deref()).unwrap_or("-");
        let cites = source.cites.map(|number| format!(">{number}"));
        parts.push(format!("{name}{}", cites.unwrap_or_default()));
    }
    parts.join(" ")
}

#[track_caller]
fn check(language: &str, source: &str, expect: &[&str]) {
    let article = article(language, source);
    let found: Vec<String> = article.references.iter().map(shown).collect();
    assert_eq!(found, expect, "{source}");
}

#[track_caller]
fn check_problems(source: &str, expect: &[(usize, usize, &str)]) {
    let article = article("en", source);
    let found: Vec<_> = article
        .problems
        .iter()
        .map(|problem| (problem.line, problem.column, problem.message.as_str()))
        .collect();
    assert_eq!(found, expect, "{source}");
}

#[test]
fn attributes_in_any_quoting_name_one_reference() {
    for tag in [
        "<ref name=a/b />",
        "<ref name='a/b'/>",
        "<ref name=\"a/b\" />",
        "<REF NAME = a/b />",
        "<ref group=\"\" name=a/b />",
    ] {
        let source = format!("A.<ref name=\"a/b\">{{{{cite web|title=T|url=u}}}}</ref> B.{tag}");
        check("en", &source, &["1 ref =a/b ×2: T"]);
    }
    check(
        "en",
        "A.<ref name=\"x > y\">{{cite web|title=T}}</ref> B.<ref name='x > y' />",
        &["1 ref =x > y ×2: T"],
    );
}

#[test]
fn lists_define_and_the_text_uses() {
    for list in [
        "{{reflist|refs=<ref name=b>{{cite web|title=B}}</ref><ref name=a>{{cite web|title=A}}</ref>}}",
        "<references><ref name=b>{{cite web|title=B}}</ref><ref name=a>{{cite web|title=A}}</ref></references>",
        "{{#tag:references|<ref name=b>{{cite web|title=B}}</ref><ref name=a>{{cite web|title=A}}</ref>}}",
    ] {
        let source = format!("X.<ref name=a /> Y.<ref name=b /> Z.{{{{r|a|b}}}}\n{list}");
        check("en", &source, &["1 ref =a ×2: A", "2 ref =b ×2: B"]);
    }
    check(
        "en",
        "X.{{efn|name=n}}\n{{notelist|notes={{efn|name=n|Text}}}}",
        &["1 note #lower-alpha =n ×1: -"],
    );
}

#[test]
fn parts_follow_their_whole_and_hold_no_source_of_their_own() {
    check(
        "en",
        "A.<ref name=m details=\"p. 3\">{{cite book|title=M}}</ref> B.<ref>{{cite web|title=N}}</ref> \
         C.<ref name=m details='p. 4' /> D.<ref name=m details='p. 4'/> E.<ref name=m />",
        &[
            "1 ref =m ×4: M",
            "2 ref (p. 3) <1 ×1: ->1",
            "3 ref (p. 4) <1 ×2: ->1",
            "4 ref ×1: N",
        ],
    );
    check(
        "de",
        "A.<ref name=m details=\"S. 3\" />\n<references><ref name=m>{{Literatur|Titel=M}}</ref></references>",
        &["1 ref =m ×1: M", "2 ref (S. 3) <1 ×1: ->1"],
    );
    let article = article("en", "A.<ref name=m details=\"p. 3\" />");
    assert!(article.references.is_empty());
    assert_eq!(article.undefined[0].name, "m");
}

#[test]
fn notes_stand_in_their_groups_and_hold_references() {
    check(
        "en",
        "A.{{efn|Some say.<ref>{{cite web|title=S}}</ref>}} B.{{efn-ua|name=u|Other}} C.{{efn-ua|name=u}} \
         D.<ref name=u group=upper-alpha /> E.{{NoteTag|[https://n.example N]}}",
        &[
            "1 ref ×1: S",
            "2 note #lower-alpha ×1: -",
            "3 note #upper-alpha =u ×3: -",
            "4 note #note ×1: N",
        ],
    );
    // `MediaWiki` reads what is in a note before the note.
    check(
        "en",
        "A.{{refn|name=\"n\"|See.<ref>{{cite web|title=S}}</ref>}} B.{{#tag:ref|Text|name=\"t\"|group='k'}} \
         C.{{#tag:ref|{{cite web|title=T}}}} D.<ref group=k name=t />",
        &[
            "1 ref ×1: S",
            "2 note =n ×1: -",
            "3 ref ×1: T",
            "4 note #k =t ×2: -",
        ],
    );
    check(
        "fr",
        "A.{{note|texte=Dit.<ref>{{lien web|titre=L}}</ref>|groupe=n|nom=x}} B.{{note|groupe=n|nom=x}}",
        &["1 ref ×1: L", "2 note #n =x ×2: -"],
    );
    check(
        "he",
        "א.{{הערה|שם=ש|{{קישור כללי|כותרת=כ|כתובת=https://a.example}}}} ב.{{הערה|שם=ש}}",
        &["1 ref =ש ×2: כ"],
    );
    check(
        "ja",
        "雨。{{efn2|注}}雪。{{Refnest|group=\"注\"|二}}",
        &["1 note #注釈 ×1: -", "2 note #注 ×1: -"],
    );
}

#[test]
fn short_footnotes_point_to_their_work() {
    let works = "* {{cite book|last=Vale|first=A.|title=Rain|year=2005}}\n\
                 * {{citation|last1=Roe|last2=Vale|date=May 2006a|title=Snow}}\n\
                 * {{cite book|vauthors=Smith J, Doe AB|title=Hail|date=2007}}\n\
                 * {{cite book|editor-last=Ode|title=Fog|date=2008-02-03|ref=CITEREFFog}}\n\
                 * {{cite book|title=Wind|ref={{sfnref|The Wind|2009}}}}";
    let source = format!(
        "A.{{{{sfn|Vale|2005|p=3}}}} B.{{{{sfn|Vale|2005|p=3}}}} C.{{{{sfnp|Roe|Vale|2006a}}}} \
         D.<ref>{{{{harvnb|Smith|Doe|2007}}}}; {{{{harvnb|Ode|2008}}}}</ref> E.{{{{sfn|The Wind|2009}}}} \
         F.{{{{sfnm|1a1=Vale|1y=2005|1p=4|2a1=Roe|2a2=Vale|2y=2006a}}}} {{{{harvtxt|Fog|ref=Fog}}}} says.\n{works}"
    );
    check(
        "en",
        &source,
        &[
            "1 short ×2: sfn>7",
            "2 short ×1: sfnp>8",
            "3 ref ×1: harvnb>9 harvnb>10",
            "4 short ×1: sfn>11",
            "5 short ×1: sfnm>7 sfnm>8",
            "6 short ×1: harvtxt>10",
            "7 work ×3: Rain",
            "8 work ×2: Snow",
            "9 work ×1: Hail",
            "10 work ×2: Fog",
            "11 work ×1: Wind",
        ],
    );
}

#[test]
fn short_footnotes_of_other_wikis_point_to_their_work() {
    check(
        "ru",
        "А.{{sfn|Иванов|2005|с=12}}\n* {{книга|автор=Иванов И. И.|заглавие=Дождь|год=2005|ref=Иванов}}",
        &["1 short ×1: sfn>2", "2 work ×1: Дождь"],
    );
    check(
        "uk",
        "А.<ref>{{harvnb|Шевченко|2005|с=12}}</ref>\n* {{cite book|прізвище=Шевченко|ім'я=Т.|назва=Дощ|рік=2005}}",
        &["1 ref ×1: harvnb>2", "2 work ×1: Дощ"],
    );
    check(
        "fr",
        "A.<ref>{{harvsp|Vale|2005|p=3}}</ref>\n* {{ouvrage|nom=Vale|prénom=A.|titre=Pluie|année=2005}}",
        &["1 ref ×1: harvsp>2", "2 work ×1: Pluie"],
    );
    check(
        "pl",
        "A.{{odn|Kowalski|2005|s=3}}\n* {{cytuj książkę|nazwisko=Kowalski|imię=A.|tytuł=Deszcz|rok=2005|odn=tak}}",
        &["1 short ×1: odn>2", "2 work ×1: Deszcz"],
    );
    check(
        "es",
        "A.<ref>{{harvnb|Vale|2005|p=3}}</ref>\n* {{cita libro|apellidos=Vale|nombre=A.|título=Lluvia|año=2005}}",
        &["1 ref ×1: harvnb>2", "2 work ×1: Lluvia"],
    );
    check(
        "ja",
        "雨。{{sfn|田中|2005|p=3}}\n* {{cite book|last=田中|title=雨|year=2005}}",
        &["1 short ×1: sfn>2", "2 work ×1: 雨"],
    );
    check(
        "fa",
        "باران.<ref>{{پک|ایمانی|۱۳۸۴|ص=۳}}</ref>\n* {{یادکرد کتاب|نام خانوادگی=ایمانی|عنوان=باران|سال=۱۳۸۴}}",
        &["1 ref ×1: پک>2", "2 work ×1: باران"],
    );
}

#[test]
fn a_short_footnote_without_its_work_is_a_problem() {
    check_problems(
        "A.{{sfn|Vale|2005}}\nB.<ref>{{harvnb|Roe|1999}}</ref>\n* {{cite book|last=Vale|title=R|year=2005}}",
        &[(2, 8, "short footnote `Roe 1999` points to no work here")],
    );
    // Anchors are set by other means too.
    check_problems(
        "A.{{sfn|Vale|2005}}\n* <span id=\"CITEREFVale2005\">Vale (2005)</span>",
        &[],
    );
}

#[test]
fn works_that_no_footnote_holds_come_last() {
    check(
        "en",
        "{{Infobox x|source={{cite web|title=Box|url=https://b.example}}}}\n\
         A.<ref>{{cite web|title=A}}</ref>{{efn|See {{cite web|title=N}}.}}\n\
         * {{Template:Cite web|title=W|url=https://w.example}} {{dead link|date=May 2020}}\n\
         * {{cite web|title=V|url=https://v.example}}. {{webarchive|url=https://web.archive.org/web/20190102030405/https://v.example}}\n\
         {{citation needed span|text|date=May 2020}}<nowiki>{{cite web|title=No}}</nowiki><!-- {{cite web|title=No}} -->",
        &[
            "1 ref ×1: A",
            "2 note #lower-alpha ×1: N",
            "3 work ×1: Box",
            "4 work ×1: W",
            "5 work ×1: V",
        ],
    );
    let article = article(
        "en",
        "* {{cite web|title=V|url=https://v.example}} {{webarchive|url=https://web.archive.org/web/20190102030405/https://v.example}}",
    );
    let citation = &article.references[0].sources[0].citation;
    assert_eq!(
        citation.archive_url.as_deref(),
        Some("https://web.archive.org/web/20190102030405/https://v.example")
    );
}

#[test]
fn names_of_templates_are_found_however_they_are_written() {
    for name in [
        "cite web",
        "Cite web",
        "citeweb",
        "Cite-web",
        "cite_web",
        "Template:Cite web",
        "template:cite web",
        ":Template:Cite web",
        "subst:cite web",
        "#invoke:cite web",
        "Шаблон:Cite web",
        " Cite web <!-- c -->",
    ] {
        let source = format!("A.<ref>{{{{{name}\n|title=T|url=https://a.example}}}}</ref>");
        check("uk", &source, &["1 ref ×1: T"]);
    }
}

#[test]
fn what_is_not_closed_costs_only_itself() {
    let rest = "B.<ref>{{cite web|title=B}}</ref>";
    for (source, first) in [
        (
            "A.<ref>{{cite web|title=A|url=https://a.example</ref>",
            "1 ref ×1: A",
        ),
        (
            "A.<ref>{{cite web|title=A|url=https://a.example}</ref>",
            "1 ref ×1: A",
        ),
        (
            "A.<ref>{{cite web|title=A|work={{lang|de|W}}</ref>",
            "1 ref ×1: A",
        ),
        ("A.<ref>{{cite web|title=A|work=[[W}}</ref>", "1 ref ×1: A"),
        ("A.<ref>{{cite web|title=A}} tail ", "1 ref ×1: A"),
        ("A.<ref>[https://a.example A], 2019\n\n", "1 ref ×1: A"),
        ("A.<ref name=a>{{cite web|title=A\n* ", "1 ref =a ×1: A"),
        ("A.<ref>}}{{cite web|title=A}}}}</ref>", "1 ref ×1: A"),
    ] {
        check("en", &format!("{source}{rest}"), &[first, "2 ref ×1: B"]);
    }
    for source in [
        "A.<ref/>",
        "A.<ref></ref>",
        "A.<ref",
        "}} A. {{",
        "A.</ref>",
    ] {
        check("en", &format!("{source} {rest}"), &["1 ref ×1: B"]);
    }
    let long = format!("A.<ref>{}</ref>{rest}", "word ".repeat(3_300));
    check("en", &long, &["1 ref ×1: -", "2 ref ×1: B"]);
    check(
        "en",
        &format!("{rest} C.<ref>{{{{cite web|title=C"),
        &["1 ref ×1: B", "2 ref ×1: C"],
    );
}

#[test]
fn unclosed_template_keeps_its_fields_and_is_named() {
    let source = "A.<ref> {{cite web|url=https://a.example|title=Rain|date=May 2019</ref>";
    check_problems(
        source,
        &[(
            1,
            9,
            "template is never closed; it is read up to the end of the reference",
        )],
    );
    let article = article("en", source);
    let fields = &article.references[0].sources[0].citation.fields;
    for name in ["url", "title", "date"] {
        assert_eq!(
            fields[name].span.text(source),
            Some(fields[name].value.as_str())
        );
    }
    assert_eq!(fields["date"].value, "May 2019");
}

#[test]
fn undefined_names_tell_their_first_use() {
    let source = "A.<ref name=a /> B.{{r|b}} C.<ref name=a /> D.<ref name=c group=g />";
    let article = article("en", source);
    let found: Vec<_> = article
        .undefined
        .iter()
        .map(|name| {
            (
                name.name.as_str(),
                name.group.as_deref(),
                name.span.text(source),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("a", None, Some("<ref name=a />")),
            ("b", None, Some("{{r|b}}")),
            ("c", Some("g"), Some("<ref name=c group=g />")),
        ]
    );
}

#[test]
fn an_article_may_say_how_its_dates_are_written() {
    for (source, expect) in [
        (
            "{{Use dmy dates|date=May 2020}} A.",
            Some(DateStyle::DayMonthYear),
        ),
        ("{{use_mdy dates}} A.", Some(DateStyle::MonthDayYear)),
        ("{{dmy}} A.", Some(DateStyle::DayMonthYear)),
        ("A. <!-- {{use dmy dates}} -->", None),
    ] {
        assert_eq!(article("en", source).date_style, expect, "{source}");
    }
}

#[test]
fn counts_are_those_of_the_source() {
    let source = "A.<ref name=a>{{cite web|url=https://a.example/x|title={{lang|de|T}}|empty=}}</ref> \
                  B.<ref name=a /> C.<ref name=\"b\">[//b.example B] http://b.example/y. <!-- http://no.example --></ref> \
                  D.<ref></ref> {{cite web|url=https://no.example|title=Out}} <nowiki><ref>x</ref></nowiki>\
                  {{efn|N.<ref>https://a.example/x</ref>}}";
    let counts = article("en", source).counts.unwrap_or_default();
    assert_eq!(
        (
            counts.ref_tags,
            counts.self_closing,
            counts.with_content,
            counts.names
        ),
        (5, 1, 4, 2)
    );
    assert_eq!(
        (counts.templates, counts.parameters, counts.distinct_urls),
        (2, 5, 3)
    );
}

#[test]
fn the_last_of_equal_parameters_counts_even_when_empty() {
    for (source, expect) in [
        ("{{cite web|title=One|url=u|title=Two}}", Some("Two")),
        ("{{cite web|title=One|url=u|title=}}", None),
        ("{{cite web|title=One|url=u| title = Two }}", Some("Two")),
    ] {
        let article = article("en", &format!("A.<ref>{source}</ref>"));
        let found = &article.references[0].sources[0];
        assert_eq!(found.citation.title.as_deref(), expect, "{source}");
        assert_eq!(found.parameters.len(), 3, "{source}");
    }
}

#[test]
fn fields_tell_which_part_of_the_source_told_them() {
    let source = "A.<ref>Vale. [https://a.example Rain]. Retrieved 3 May 2019.</ref> \
                  B.<ref>{{cite web|title=T|url=https://b.example}} {{dead link}}</ref>";
    let article = article("en", source);
    let source_of = |at: usize, name: &str| {
        let fields = &article.references[at].sources[0].citation.fields;
        fields.get(name).map(|field| field.source)
    };
    assert_eq!(source_of(0, "url"), Some(FieldSource::Link));
    assert_eq!(source_of(0, "title"), Some(FieldSource::Link));
    assert_eq!(source_of(0, "access-date"), Some(FieldSource::Text));
    assert_eq!(source_of(1, "title"), Some(FieldSource::Template));
    assert_eq!(source_of(1, "dead-link"), Some(FieldSource::Template));
}

#[test]
fn several_copies_in_one_archive_template_are_all_read() {
    let source = "A.<ref>{{webarchive|url=https://web.archive.org/web/20190102030405/https://a.example|date=2019-01-02|title=A\
                  |url2=https://web.archive.org/web/20200102030405/https://b.example|date2=2020-01-02|title2=B}}</ref>";
    let article = article("en", source);
    let found: Vec<_> = article.references[0]
        .sources
        .iter()
        .map(|source| {
            (
                source.citation.title.as_deref(),
                source.citation.url.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            (Some("A"), Some("https://a.example")),
            (Some("B"), Some("https://b.example"))
        ]
    );
}

#[test]
fn markup_in_values_keeps_them_whole() {
    let source = "A.<ref>{{cite web|title=[[Rain|The ''rain'']] <!-- | x= --> and <nowiki>|</nowiki> {{lang|de|Regen}}\
                  |url=https://a.example|work=[[W (paper)|W]]}}</ref> \
                  B.<ref>{{small|{{cite web|title=In|url=https://b.example}}}} {{in lang|de}}</ref> \
                  C.<ref>{{cite web|title=One}}; {{cite web|title=Two}} {{cbignore}}</ref>";
    check(
        "en",
        source,
        &[
            "1 ref ×1: The rain and | Regen",
            "2 ref ×1: In",
            "3 ref ×1: One Two",
        ],
    );
    let article = article("en", source);
    let citation = &article.references[0].sources[0].citation;
    assert_eq!(citation.work.as_deref(), Some("W"));
    let language = &article.references[1].sources[0].citation.language;
    assert_eq!(language, &[LanguageTag::from_static("de")]);
}

proptest! {
    #[test]
    fn spans_cover_the_values_and_reading_again_finds_the_same(
        pieces in prop::collection::vec(piece(), 0..14)
    ) {
        let source = pieces.concat();
        let first = article("en", &source);
        for reference in &first.references {
            prop_assert!(reference.span.text(&source).is_some());
            for found in &reference.sources {
                prop_assert!(found.span.text(&source).is_some());
                for field in found.citation.fields.values() {
                    prop_assert_eq!(field.span.text(&source), Some(field.value.as_str()));
                }
                for parameter in &found.parameters {
                    let text = parameter.value_span.text(&source);
                    prop_assert_eq!(text, Some(parameter.value.as_str()));
                    prop_assert!(parameter.span.start <= parameter.value_span.start);
                    prop_assert!(parameter.value_span.end <= parameter.span.end);
                }
                if let Some(cites) = found.cites {
                    prop_assert!(first.references.iter().any(|r| r.number == cites));
                }
            }
        }
        for (reference, number) in first.references.iter().zip(1..) {
            prop_assert_eq!(reference.number, number);
        }
        prop_assert_eq!(first, article("en", &source));
    }
}

fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "It rained. ",
        "Дощ. ",
        "雨。",
        "<ref>",
        "</ref>",
        "<ref name=a>",
        "<ref name='a' />",
        "<ref name=a details=\"p. 3 é\" />",
        "<ref group=g>",
        "{{cite web|title=Rain é|url=https://a.example",
        "|date=3 May 2019|date=2020",
        "{{sfn|Vale|2005|p=3}}",
        "{{sfnm|1a1=Vale|1y=2005|2a1=Roe}}",
        "{{harvnb|Vale|2005}}",
        "{{cite book|last=Vale|year=2005|title=R}}",
        "{{efn|",
        "{{#tag:ref|x|name=a}}",
        "{{webarchive|url=https://web.archive.org/web/20190102030405/https://a.example|url2=https://b.example}}",
        "{{dead link}}",
        "{{r|a}}",
        "{{reflist|refs=",
        "<references>",
        "</references>",
        "[https://b.example B] Retrieved 4 May 2020. ",
        "}}",
        "}",
        "{{",
        "[[a|",
        "]]",
        "<!--",
        "-->",
        "<nowiki>",
        "</nowiki>",
        "\n",
        "\n\n* ",
        "|",
        "=",
    ])
}
