//! Reading articles in wikitext: references, sources, fields, claims.
#![expect(
    clippy::indexing_slicing,
    reason = "a test fails where a reference or field is missing"
)]

use citecheck::article::{ReadOptions, detect_format, read};
use citecheck::model::{Article, Citation, InputFormat, LanguageTag, Person};
use proptest::prelude::*;

fn article(language: &str, source: &str) -> Article {
    let options = ReadOptions {
        language: LanguageTag::parse(language),
    };
    read("article.wiki", source, InputFormat::Wikitext, &options)
}

fn only_citation(language: &str, source: &str) -> Citation {
    let article = article(language, &format!("A.<ref>{source}</ref>"));
    assert_eq!(article.references.len(), 1, "{source}");
    let sources = &article.references[0].sources;
    assert_eq!(sources.len(), 1, "{source}");
    sources[0].citation.clone()
}

/// Title, address, date and access date.
#[track_caller]
fn check_citation(language: &str, source: &str, expect: [Option<&str>; 4]) {
    let citation = only_citation(language, source);
    let date = citation.date.map(|date| date.to_string());
    let access = citation.access_date.map(|date| date.to_string());
    let found = [
        citation.title.as_deref(),
        citation.url.as_deref(),
        date.as_deref(),
        access.as_deref(),
    ];
    assert_eq!(found, expect, "{source}");
}

#[test]
fn citation_templates_of_many_wikis() {
    let expect = |title| {
        [
            Some(title),
            Some("https://a.example/x"),
            Some("2019-05-03"),
            Some("2020-11-12"),
        ]
    };
    check_citation(
        "en",
        "{{cite web |url=https://a.example/x |title=Rain |date=3 May 2019 |access-date=2020-11-12}}",
        expect("Rain"),
    );
    check_citation(
        "en",
        "{{Cite_news|URL= https://a.example/x |title=\"Rain\"|day=3|month=May|year=2019|accessdate=November 12, 2020}}",
        expect("Rain"),
    );
    check_citation(
        "de",
        "{{Internetquelle |autor=A. Vale |url=https://a.example/x |titel=Regen |datum=2019-05-03 |abruf=2020-11-12}}",
        expect("Regen"),
    );
    check_citation(
        "de",
        "{{Literatur |Titel=Regen |Datum=2019-05-03 |Online=[https://a.example/x online] |Abruf=12. November 2020}}",
        expect("Regen"),
    );
    check_citation(
        "fr",
        "{{Lien web|titre=Pluie|url=https://a.example/x|jour=3|mois=mai|année=2019|site=Gazette|consulté le=12 novembre 2020}}",
        expect("Pluie"),
    );
    check_citation(
        "es",
        "{{cita web|título=Lluvia|url=https://a.example/x|fecha=3 de mayo de 2019|fechaacceso=12 de noviembre de 2020}}",
        expect("Lluvia"),
    );
    check_citation(
        "it",
        "{{Cita web|titolo=Pioggia|url=https://a.example/x|data=3 maggio 2019|accesso=12 novembre 2020}}",
        expect("Pioggia"),
    );
    check_citation(
        "pt",
        "{{citar web|título=Chuva|url=https://a.example/x|data=3 de maio de 2019|acessodata=12 de novembro de 2020}}",
        expect("Chuva"),
    );
}

#[test]
fn citation_templates_of_more_wikis() {
    let expect = |title| {
        [
            Some(title),
            Some("https://a.example/x"),
            Some("2019-05-03"),
            Some("2020-11-12"),
        ]
    };
    check_citation(
        "pl",
        "{{Cytuj |url=https://a.example/x |tytuł=Deszcz |data=2019-05-03 |data dostępu=2020-11-12}}",
        expect("Deszcz"),
    );
    check_citation(
        "nl",
        "{{Citeer web|url=https://a.example/x|titel=Regen|datum=3 mei 2019|bezochtdatum=12 november 2020}}",
        expect("Regen"),
    );
    check_citation(
        "sv",
        "{{webbref |url=https://a.example/x |titel=Regn |datum=3 maj 2019 |hämtdatum=12 november 2020}}",
        expect("Regn"),
    );
    check_citation(
        "no",
        "{{Kilde www|url=https://a.example/x|tittel=Regn|dato=3. mai 2019|besøksdato=12. november 2020}}",
        expect("Regn"),
    );
    check_citation(
        "fi",
        "{{Verkkoviite | Osoite = https://a.example/x | Nimeke = Sade | Ajankohta = 3.5.2019 | Viitattu = 12.11.2020}}",
        expect("Sade"),
    );
    check_citation(
        "cs",
        "{{Citace elektronického periodika | titul = Déšť | url = https://a.example/x | datum vydání = 2019-05-03 | datum přístupu = 2020-11-12}}",
        expect("Déšť"),
    );
    check_citation(
        "tr",
        "{{Web kaynağı|başlık=Yağmur|url=https://a.example/x|tarih=3 Mayıs 2019|erişimtarihi=12 Kasım 2020}}",
        expect("Yağmur"),
    );
}

#[test]
fn citation_templates_in_other_scripts() {
    let expect = |title| {
        [
            Some(title),
            Some("https://a.example/x"),
            Some("2019-05-03"),
            Some("2020-11-12"),
        ]
    };
    check_citation(
        "uk",
        "{{cite web|url=https://a.example/x|title=«Дощ»|date=3 травня 2019|accessdate=12 листопада 2020}}",
        expect("Дощ"),
    );
    check_citation(
        "ru",
        "{{Статья|автор=А. Вейл|заглавие=Дождь|ссылка=https://a.example/x|год=3 мая 2019|издание=Газета|accessdate=2020-11-12}}",
        expect("Дождь"),
    );
    check_citation(
        "mk",
        "{{Наведена мрежна страница|url=https://a.example/x|наслов=Дожд|date=3 мај 2019|accessdate=12 ноември 2020}}",
        expect("Дожд"),
    );
    check_citation(
        "ar",
        "{{استشهاد ويب|مسار=https://a.example/x|عنوان=مطر|تاريخ=3 مايو 2019|تاريخ الوصول=12 نوفمبر 2020}}",
        expect("مطر"),
    );
    check_citation(
        "fa",
        "{{یادکرد وب|نشانی=https://a.example/x|عنوان=باران|date=2019-05-03|تاریخ بازبینی=2020-11-12}}",
        expect("باران"),
    );
    check_citation(
        "he",
        "{{קישור כללי|כתובת=https://a.example/x|כותרת=גשם|תאריך=3 במאי 2019|תאריך_וידוא=12 בנובמבר 2020}}",
        expect("גשם"),
    );
    check_citation(
        "ja",
        "{{Cite web |和書|title=雨 |url=https://a.example/x |date=2019年5月3日 |accessdate=2020-11-12}}",
        expect("雨"),
    );
    check_citation(
        "ko",
        "{{웹 인용|url=https://a.example/x|제목=비|날짜=2019년 5월 3일|확인날짜=2020-11-12}}",
        expect("비"),
    );
    check_citation(
        "zh",
        "{{cite web|url=https://a.example/x|title=雨|date=2019-05-03|accessdate=2020年11月12日}}",
        expect("雨"),
    );
    check_citation(
        "th",
        "{{อ้างอิงเว็บ|url=https://a.example/x|title=ฝน|date=3 พฤษภาคม 2019|accessdate=12 พฤศจิกายน 2020}}",
        expect("ฝน"),
    );
    check_citation(
        "vi",
        "{{Chú thích web|url=https://a.example/x|tiêu đề=Mưa|ngày=3 tháng 5 năm 2019|ngày truy cập=2020-11-12}}",
        expect("Mưa"),
    );
}

#[test]
fn references_without_template() {
    let none = None;
    check_citation(
        "en",
        "[https://a.example/x ''Rain'']",
        [Some("Rain"), Some("https://a.example/x"), none, none],
    );
    check_citation(
        "en",
        "https://a.example/x",
        [none, Some("https://a.example/x"), none, none],
    );
    check_citation("en", "See Vale 1990, p. 5.", [none; 4]);
    check_citation(
        "uk",
        "[https://a.example/x «Дощ»]",
        [Some("Дощ"), Some("https://a.example/x"), none, none],
    );
    let article = article(
        "en",
        "A.<ref>[https://a.example B], [https://c.example D]</ref>",
    );
    let titles: Vec<_> = article.references[0]
        .sources
        .iter()
        .map(|source| source.citation.title.as_deref().unwrap())
        .collect();
    assert_eq!(titles, ["B", "D"]);
}

#[test]
fn people_are_told_apart() {
    let citation = only_citation(
        "en",
        "{{cite book|last1=Vale|first1=Ann|author2=Roe, Bo|last3=Poe|title=T|editor-last=Moe\
         |editor-first=Cy|editor2=[[Dee Zoe]]}}",
    );
    let split = |last: &str, first: &str| Person::Split {
        last: last.to_owned(),
        first: first.to_owned(),
    };
    let whole = |name: &str| Person::Whole {
        name: name.to_owned(),
    };
    assert_eq!(
        citation.authors,
        [split("Vale", "Ann"), whole("Roe, Bo"), whole("Poe")]
    );
    assert_eq!(citation.editors, [split("Moe", "Cy"), whole("Dee Zoe")]);
    let citation = only_citation(
        "en",
        "{{cite journal|title=T|vauthors=Vale A, Roe BC, et al.}}",
    );
    assert_eq!(citation.authors, [whole("Vale A"), whole("Roe BC")]);
    let citation = only_citation("fa", "{{یادکرد وب|عنوان=ب|نام خانوادگی=رضایی|نام=سارا}}");
    assert_eq!(citation.authors, [split("رضایی", "سارا")]);
    let citation = only_citation("de", "{{Internetquelle|titel=T|url=x|hrsg=Amt}}");
    assert_eq!(citation.publisher.as_deref(), Some("Amt"));
    let citation = only_citation("de", "{{Literatur|Titel=T|Hrsg=Ann Vale}}");
    assert_eq!(citation.editors, [whole("Ann Vale")]);
}

#[test]
fn fields_keep_name_value_and_place() {
    let source =
        "Ä.<ref>{{cite web |title = [[A|B]] ''C'' |website=W |accessdate= 2020-01-02 }}</ref>";
    let article = article("en", source);
    let citation = &article.references[0].sources[0].citation;
    assert_eq!(citation.title.as_deref(), Some("B C"));
    assert_eq!(citation.raw["title"], "[[A|B]] ''C''");
    for (name, parameter, value) in [
        ("title", "title", "[[A|B]] ''C''"),
        ("work", "website", "W"),
        ("access-date", "accessdate", "2020-01-02"),
    ] {
        let field = &citation.fields[name];
        assert_eq!(field.parameter.as_deref(), Some(parameter));
        assert_eq!(field.span.text(source), Some(value));
        assert_eq!(field.value, value);
    }
    let span = citation.fields["work"].span;
    assert_eq!((span.line, span.column), (1, source.find("W |").unwrap()));
}

#[test]
fn titles_in_their_own_script() {
    let citation = only_citation(
        "en",
        "{{cite web|url=x|script-title=ja:東京の雨|trans-title=Rain}}",
    );
    assert_eq!(citation.script_title.as_deref(), Some("東京の雨"));
    assert_eq!(citation.trans_title.as_deref(), Some("Rain"));
    assert_eq!(citation.language, [LanguageTag::from_static("ja")]);
    let citation = only_citation(
        "en",
        "{{cite book|chapter=C|title=The \"B\" {{lang|de|Ä}}}}",
    );
    assert_eq!(citation.title.as_deref(), Some("The \"B\" Ä"));
}

/// Address, archived copy, its day, status.
#[track_caller]
fn check_archive(language: &str, source: &str, expect: [Option<&str>; 4]) {
    let citation = only_citation(language, source);
    let date = citation.archive_date.map(|date| date.to_string());
    let status = citation.url_status.map(|status| format!("{status:?}"));
    let found = [
        citation.url.as_deref(),
        citation.archive_url.as_deref(),
        date.as_deref(),
        status.as_deref(),
    ];
    assert_eq!(found, expect, "{source}");
}

#[test]
fn archived_copies_and_dead_links() {
    let url = Some("http://a.example/x");
    let copy = Some("https://web.archive.org/web/20190102030405/http://a.example/x");
    let day = Some("2019-01-02");
    check_archive(
        "en",
        "{{cite web|url=http://a.example/x|title=T|archive-date=2 January 2019|url-status=live\
         |archive-url=https://web.archive.org/web/20190102030405/http://a.example/x}}",
        [url, copy, day, Some("Live")],
    );
    check_archive(
        "en",
        "[http://a.example/x T] {{webarchive|date=2 January 2019\
         |url=https://web.archive.org/web/20190102030405/http://a.example/x}}",
        [url, copy, day, None],
    );
    check_archive(
        "en",
        "{{webarchive|url=https://web.archive.org/web/20190102030405/http://a.example/x|title=T}}",
        [url, copy, day, None],
    );
    check_archive(
        "de",
        "{{Webarchiv|url=http://a.example/x|wayback=20190102030405|text=T}}",
        [url, copy, day, None],
    );
    check_archive(
        "ru",
        "[http://a.example/x T] {{Wayback|url=http://a.example/x|date=20190102030405}}",
        [url, copy, day, None],
    );
    check_archive(
        "en",
        "[http://a.example/x T] [https://web.archive.org/web/20190102030405/http://a.example/x Archived]",
        [url, copy, day, None],
    );
    check_archive(
        "en",
        "[https://web.archive.org/web/20190102030405/http://a.example/x T]",
        [url, copy, day, None],
    );
    check_archive(
        "en",
        "[http://a.example/x T] {{dead link|date=May 2019}}{{cbignore}}",
        [url, None, None, Some("Dead")],
    );
    check_archive(
        "de",
        "{{Internetquelle|url=http://a.example/x|titel=T|offline=1}}",
        [url, None, None, Some("Dead")],
    );
    check_archive(
        "en",
        "{{cite web|url=http://a.example/x|title=T|deadurl=no}}",
        [url, None, None, Some("Live")],
    );
    check_archive(
        "uk",
        "{{cite web|url=http://a.example/x|title=T}} {{недоступне посилання}}",
        [url, None, None, Some("Dead")],
    );
}

#[test]
fn numbers_follow_first_use_and_groups_come_after() {
    let source = "A.<ref name=b/> B.<ref group=n>N</ref> C.<ref>X</ref> D.<ref name=b/>\n\
                  {{reflist|refs=<ref name=\"b\">Y</ref><ref name=c>Z</ref>}}";
    let article = article("en", source);
    let shown: Vec<_> = article
        .references
        .iter()
        .map(|r| {
            let text = r.sources[0].citation.raw["text"].as_str();
            (r.number, r.uses, r.group.as_deref(), text)
        })
        .collect();
    assert_eq!(
        shown,
        [
            (1, 2, None, "Y"),
            (2, 1, None, "X"),
            (3, 0, None, "Z"),
            (4, 1, Some("n"), "N"),
        ]
    );
    assert_eq!(article.references[0].names, ["b"]);
    assert_eq!(
        article.references[0].span.text(source),
        Some("<ref name=\"b\">Y</ref>")
    );
    assert_eq!(article.references[0].claims, ["A.", "D."]);
    assert!(article.problems.is_empty());
}

#[test]
fn lists_of_other_wikis_define_without_using() {
    for (language, list) in [
        ("de", "<references><ref name=a>X</ref></references>"),
        ("pl", "{{Przypisy|<ref name=a>X</ref>}}"),
        ("ru", "{{примечания|refs=<ref name=a>X</ref>}}"),
        ("ko", "{{각주|refs=<ref name=a>X</ref>}}"),
        ("ar", "{{مراجع|refs=<ref name=a>X</ref>}}"),
        ("ja", "{{Reflist|refs=<ref name=a>X</ref>}}"),
    ] {
        let article = article(language, &format!("A.<ref name=a/>\n\n{list}"));
        let uses: Vec<u32> = article.references.iter().map(|r| r.uses).collect();
        assert_eq!(uses, [1], "{language}");
    }
}

#[test]
fn problems_tell_their_place() {
    let source = "A.<ref name=x/>\nÄ <ref>B\n<ref name=y>C</ref><ref name=y>D</ref>";
    let told: Vec<_> = article("en", source)
        .problems
        .into_iter()
        .map(|problem| (problem.line, problem.column, problem.message))
        .collect();
    assert_eq!(
        told,
        [
            (2, 3, "ref tag is not closed".to_owned()),
            (
                3,
                20,
                "reference name `y` is given to two different texts".to_owned()
            ),
        ]
    );
}

#[track_caller]
fn check_claims(language: &str, source: &str, expect: &[&str]) {
    let article = article(language, source);
    let claims: Vec<&str> = article
        .references
        .iter()
        .flat_map(|reference| reference.claims.iter().map(String::as_str))
        .collect();
    assert_eq!(claims, expect, "{source}");
}

#[test]
fn claims_are_the_sentences_before_the_marks() {
    check_claims(
        "en",
        "It rained. Dr. [[Vale|Ann Vale]] left ''early''.<ref>X</ref> B.",
        &["Dr. Ann Vale left early."],
    );
    check_claims(
        "en",
        "It rained<ref>X</ref> and snowed.<ref>Y</ref>",
        &["It rained and snowed.", "It rained and snowed."],
    );
    check_claims(
        "de",
        "Am 3. Mai regnete es z. B. hier.<ref>X</ref> Ende.",
        &["Am 3. Mai regnete es z. B. hier."],
    );
    check_claims(
        "uk",
        "Було сухо. У 2019 році пішов дощ.<ref>X</ref>",
        &["У 2019 році пішов дощ."],
    );
    check_claims(
        "ar",
        "كان الجو جافا. هل نزل المطر؟<ref>X</ref>",
        &["هل نزل المطر؟"],
    );
    check_claims("fa", "هوا خشک بود. باران آمد.<ref>X</ref>", &["باران آمد."]);
    check_claims(
        "ja",
        "晴れた。雨が降った。<ref>X</ref>雪だ。",
        &["雨が降った。"],
    );
    check_claims(
        "th",
        "ฝนตกหนัก<ref>X</ref> หิมะตก<ref>Y</ref>",
        &["ฝนตกหนัก", "หิมะตก"],
    );
    check_claims("hi", "सूखा था। बारिश हुई।<ref>X</ref>", &["बारिश हुई।"]);
    check_claims(
        "en",
        "* One.<ref>X</ref>\n* Two<ref>Y</ref>\n",
        &["One.", "Two"],
    );
    check_claims(
        "en",
        "{{Infobox|population = 5,000<ref>X</ref>}}\nText.",
        &["population: 5,000"],
    );
}

#[test]
fn article_language_is_told_by_its_wiki() {
    let source = "<ref>{{Internetquelle|url=https://a.example|titel=T}}</ref>[[Kategorie:X]]";
    let article = read("a", source, InputFormat::Wikitext, &ReadOptions::default());
    assert_eq!(
        article.language.as_ref().map(LanguageTag::as_str),
        Some("de")
    );
}

#[test]
fn formats_are_told_by_name_then_text() {
    for (name, text, expect) in [
        ("a/b.wikitext", "<html>", Some(InputFormat::Wikitext)),
        ("a.HTM", "", Some(InputFormat::Html)),
        (
            "https://x.example/a",
            "<p>a</p><a href=\"b\">c</a>",
            Some(InputFormat::Html),
        ),
        (
            "-",
            "'''A''' is [[b]].<ref>{{cite web}}</ref>",
            Some(InputFormat::Wikitext),
        ),
        ("list", "1. \"A\". B. 3 May 2019.", Some(InputFormat::Text)),
        ("-", "  \n", None),
        ("-", "\0\u{1}", None),
    ] {
        assert_eq!(detect_format(name, text), expect, "{name} {text}");
    }
}

#[test]
fn a_few_words_beside_english_templates_are_english_unless_they_say_otherwise() {
    for (prose, expect) in [
        ("Redirect.", "en"),
        ("Test.", "en"),
        ("Claim A.", "en"),
        ("C fact.", "en"),
        ("L1. L2. L3. L4.", "en"),
        ("Das Boot ist gesunken.", "de"),
        ("Kapal itu karam.", "id"),
        ("Корабель затонув.", "uk"),
        ("船が沈んだ。", "ja"),
        ("غرقت السفينة أمس.", "ar"),
        ("เรือจมเมื่อวาน", "th"),
    ] {
        let source = format!("{prose}<ref>{{{{cite web|title=T|url=https://a.example/}}}}</ref>");
        let article = read("a", &source, InputFormat::Wikitext, &ReadOptions::default());
        let language = article.language.as_ref().map(LanguageTag::as_str);
        assert_eq!(language, Some(expect), "{prose}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_and_fields_lie_where_they_say(
        pieces in proptest::collection::vec(piece(), 0..40),
    ) {
        let source = pieces.concat();
        for format in [InputFormat::Wikitext, InputFormat::Html] {
            let article = read("a", &source, format, &ReadOptions::default());
            for reference in &article.references {
                prop_assert!(reference.span.text(&source).is_some());
                prop_assert!(!reference.sources.is_empty());
                for field in reference.sources.iter().flat_map(|s| s.citation.fields.values()) {
                    let written = field.span.text(&source);
                    prop_assert!(written.is_some());
                    if format == InputFormat::Wikitext {
                        prop_assert_eq!(written.map(str::trim), Some(field.value.as_str()));
                    }
                }
            }
        }
    }
}

fn piece() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "<ref>",
        "</ref>",
        "<ref name=é/>",
        "<ref name=\"é\">",
        "{{cite web|",
        "{{",
        "}}",
        "|title=",
        "|url=",
        "https://a.example/ü ",
        "[https://b.example ",
        "]",
        "[[",
        "|",
        "=",
        "\n",
        "雨。",
        "{{webarchive|url=",
        "https://web.archive.org/web/20190102030405/http://c.example",
        "{{dead link}}",
        "{{in lang|de}}",
        "{{reflist|refs=",
        "<references>",
        "</references>",
        "|date=3 May 2019",
        "|last2=",
        "<li id=\"cite_note-1\">",
        "</li>",
        "<cite>",
        "</cite>",
        "<a href=\"https://d.example\">",
        "</a>",
        "<ol class=\"references\">",
        "</ol>",
        "<sup>",
        "<a href=\"#cite_note-1\">",
        "<!--",
        "-->",
        "Дощ. ",
        "\"",
        "<span class=\"Z3988\" title=\"",
        "rft.title=x&rft.date=2019",
        "\">",
        "Retrieved 3 May 2019",
        "{{r|é}}",
        "<p>",
        "مطر؟",
    ])
}

#[test]
fn short_use_by_template_gives_its_sentence_too() {
    let text = "Rain fell.<ref name=a>{{cite web|title=Rain|url=https://a.example/}}</ref> Wind \
                rose.{{r|a|b}} Snow came.<ref name=b>{{cite book|title=Snow}}</ref>";
    let article = article("en", text);
    let found: Vec<(u32, Vec<&str>)> = article
        .references
        .iter()
        .map(|r| (r.uses, r.claims.iter().map(String::as_str).collect()))
        .collect();
    assert_eq!(
        found,
        [
            (2, vec!["Rain fell.", "Wind rose."]),
            (2, vec!["Wind rose.", "Snow came."])
        ]
    );
}

#[test]
fn stub_without_prose_is_in_the_language_of_its_templates() {
    let language = |source: &str| {
        let options = ReadOptions::default();
        let article = read("stub.wiki", source, InputFormat::Wikitext, &options);
        article.language.map(|tag| tag.to_string())
    };
    let english =
        "B.<ref>{{cite web |title=Committee approves plan |url=https://a.example/}}</ref>";
    assert_eq!(language(english).as_deref(), Some("en"));
    let german = "B.<ref>{{Internetquelle |titel=Ein Plan |url=https://a.example/}}</ref>";
    assert_eq!(language(german).as_deref(), Some("de"));
    let ukrainian = "Міська рада ухвалила новий бюджет на наступний рік попри заперечення \
                     опозиції.<ref>{{cite web |title=Plan |url=https://a.example/}}</ref>";
    assert_eq!(language(ukrainian).as_deref(), Some("uk"));
}

#[test]
fn template_that_is_never_closed_is_named_with_its_place() {
    let source = "A.<ref>{{cite web |url=https://a.example/1 |title=Rain</ref>\n\
                  B.<ref>{{cite web |url=https://a.example/2 |title=Wind}}</ref>";
    let article = article("en", source);
    assert_eq!(article.references.len(), 2);
    let found: Vec<(usize, usize, &str)> = article
        .problems
        .iter()
        .map(|problem| (problem.line, problem.column, problem.message.as_str()))
        .collect();
    assert_eq!(
        found,
        [(
            1,
            8,
            "template is never closed; it is read up to the end of the reference"
        )]
    );
    assert_eq!(
        article.references[1].sources[0].citation.title.as_deref(),
        Some("Wind")
    );
}
