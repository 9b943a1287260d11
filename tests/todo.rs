//! Hand-offs to translators on their way back: what tools write is read, and what is read is
//! written into the citations that it is about and nowhere else.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "a test helper may panic, slice and read files"
)]

#[path = "cli/place.rs"]
#[expect(dead_code, reason = "shared with tests that need more of it")]
mod place;

use citecheck::article::{self, ReadOptions};
use citecheck::check::{CheckOptions, Facts, assemble, extract};
use citecheck::fix::{Selection, settle};
use citecheck::handoff::{Entry, EntryState, What, plan, read};
use citecheck::model::{
    Article, CheckedArticle, InputFormat, LanguageTag, Network, Report, TodoItem, TodoState,
};
use citecheck::report::{Format, Style, render};
use jiff::Timestamp;
use place::Place;
use proptest::prelude::*;

fn now() -> Timestamp {
    "2026-03-01T12:00:00Z".parse().unwrap()
}

fn parsed(text: &str, language: &str) -> Article {
    let options = ReadOptions {
        language: LanguageTag::parse(language),
    };
    article::read("rivers.wiki", text, InputFormat::Wikitext, &options)
}

fn report(text: &str, language: &str, readers: Option<&str>) -> Report {
    let options = CheckOptions {
        readers: readers.and_then(LanguageTag::parse),
        ..CheckOptions::at(now(), Network::Offline)
    };
    let articles = vec![parsed(text, language)];
    assemble(articles, &Facts::new(), &options, now(), false)
}

fn todo(text: &str, language: &str) -> Vec<TodoItem> {
    report(text, language, None).todo
}

/// The text with the entries applied as `citecheck todo apply` does.
fn applied(text: &str, language: &str, entries: &[Entry]) -> String {
    let selection = Selection {
        review: true,
        rules: Vec::new(),
    };
    let judged = |text: &str| -> CheckedArticle {
        let article = parsed(text, language);
        let findings = plan(&article, entries, now()).findings;
        let mut checked = extract(vec![article]).remove(0);
        checked.findings = findings;
        checked
    };
    settle(text, &selection, &mut |text| judged(text)).text
}

fn outcomes(text: &str, language: &str, entries: &[Entry]) -> Vec<What> {
    let plan = plan(&parsed(text, language), entries, now());
    plan.outcomes.iter().map(|outcome| outcome.what).collect()
}

fn translated(item: &TodoItem, target: &str) -> Entry {
    Entry {
        id: item.id.clone(),
        source: item.title.clone().unwrap(),
        target: target.to_owned(),
        state: EntryState::Translated,
        ..Entry::default()
    }
}

/// Article language, citation, translation, citation with it.
const WRITTEN: [[&str; 4]; 9] = [
    [
        "en",
        "{{cite web |title=Річка вийшла з берегів після дощів |url=https://a.example/1}}",
        "The river burst its banks",
        "{{cite web |title=Річка вийшла з берегів після дощів |url=https://a.example/1 \
         |trans-title=The river burst its banks |language=uk}}",
    ],
    [
        "uk",
        "{{cite web |title=The river burst its banks after the rain |url=https://a.example/1}}",
        "Річка вийшла з берегів",
        "{{cite web |title=The river burst its banks after the rain |url=https://a.example/1 \
         |trans-title=Річка вийшла з берегів |language=en}}",
    ],
    [
        "en",
        "{{cite news\n | title    = 川が戻る町：二つの都市の百年にわたる関係\n | url      = \
         https://a.example/1\n | language = ja\n}}",
        "The town where the river returns",
        "{{cite news\n | title    = 川が戻る町：二つの都市の百年にわたる関係\n | url      = \
         https://a.example/1\n | language = ja\n | trans-title = The town where the river \
         returns\n}}",
    ],
    [
        "en",
        "{{cite web|title=النهر الذي يعود إلى منبعه كل عام|url=https://a.example/1|language=ar}}",
        "A | B }} <ref>",
        "{{cite web|title=النهر الذي يعود إلى منبعه كل عام|url=https://a.example/1|language=ar\
         |trans-title=A &#124; B &#125;&#125; &lt;ref&gt;}}",
    ],
    [
        "ar",
        "{{cite web |title=Die Saison am Fluss war lang und nass |url=https://a.example/1 \
         |language=de}}",
        "الموسم على النهر",
        "{{cite web |title=Die Saison am Fluss war lang und nass |url=https://a.example/1 \
         |language=de |trans-title=الموسم على النهر}}",
    ],
    [
        "en",
        "{{cite web |title=แม่น้ำที่ไหลย้อนกลับทุกปีในฤดูฝนของเมืองสองเมือง |url=https://a.example/1 \
         |trans-title= |language=th}}",
        "The river",
        "{{cite web |title=แม่น้ำที่ไหลย้อนกลับทุกปีในฤดูฝนของเมืองสองเมือง |url=https://a.example/1 \
         |trans-title=The river |language=th}}",
    ],
    [
        "en",
        "{{cite web |title=رودی که هر سال در بهار به سرچشمه بازمی‌گردد |url=https://a.example/1 \
         |language=fa}}",
        "The river that returns",
        "{{cite web |title=رودی که هر سال در بهار به سرچشمه بازمی‌گردد |url=https://a.example/1 \
         |language=fa |trans-title=The river that returns}}",
    ],
    [
        "es",
        "{{Cita web |título=The river burst its banks after the rain |url=https://a.example/1}}",
        "El río",
        "{{Cita web |título=The river burst its banks after the rain |url=https://a.example/1 \
         |título-trad=El río |idioma=en}}",
    ],
    // German Wikipedia's template has no parameter for it.
    [
        "de",
        "{{Internetquelle |titel=The river burst its banks after the rain \
         |url=https://a.example/1}}",
        "Der Fluss",
        "{{Internetquelle |titel=The river burst its banks after the rain \
         |url=https://a.example/1}}",
    ],
];

#[test]
fn translations_go_into_the_parameters_of_the_template() {
    for [language, citation, target, expect] in WRITTEN {
        let around = |citation: &str| format!("A.<ref>{citation}</ref>\r\nB. {{{{cn}}}}\n");
        let text = around(citation);
        let items = todo(&text, language);
        let [item] = items.as_slice() else {
            unreachable!("{citation}: {items:?}")
        };
        let entry = translated(item, target);
        let made = applied(&text, language, std::slice::from_ref(&entry));
        assert_eq!(made, around(expect));
        if citation == expect {
            assert_eq!(outcomes(&text, language, &[entry]), [What::NoPlace]);
        } else {
            assert_eq!(todo(&made, language)[0].state, TodoState::Translated);
            assert_eq!(outcomes(&made, language, &[entry]), [What::Written]);
        }
    }
}

const RIVERS: &str = "\
A.<ref name=\"a\">{{cite web |title=Die Saison am Fluss war lang |url=https://a.example/1 \
|quote=Sie war nass |language=de}}</ref> B.<ref name=\"a\" />
C.<ref>{{cite web |title=Die Saison am Fluss war lang |url=http://www.a.example/1/ |language=de}}</ref>
D.<ref>{{cite web |title=Нова річка |url=https://b.example/ |language=uk |trans-title=A new river}}</ref>
";

#[test]
fn a_source_is_asked_for_once_however_often_it_is_cited() {
    let items = todo(RIVERS, "en");
    let [river, done] = items.as_slice() else {
        unreachable!("{items:?}")
    };
    assert_eq!((river.uses, river.references.as_slice()), (3, &[1, 2][..]));
    assert_eq!(river.claims, ["A.", "B.", "C."]);
    assert_eq!(river.state, TodoState::NeedsTranslation);
    assert_eq!(done.state, TodoState::Translated);
    let counts = report(RIVERS, "en", None).counts;
    assert_eq!((counts.todo, counts.translated, counts.rejected), (1, 1, 0));
}

#[test]
fn names_stay_when_the_article_is_edited() {
    let before = todo(RIVERS, "en");
    let above =
        "Z.<ref>{{cite web |title=Zwei Flüsse und ein Berg |url=https://z.example/}}</ref>\n";
    let edited = format!("{above}{}", RIVERS.replace("war lang", "war sehr lang"));
    let after = todo(&edited, "en");
    let ids = |items: &[TodoItem]| items.iter().map(|item| item.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&before), ids(&after)[1..]);
    // The translation of another title is not written.
    let entry = translated(&before[0], "The season");
    assert_eq!(
        outcomes(&edited, "en", std::slice::from_ref(&entry)),
        [What::Changed; 2]
    );
    assert_eq!(applied(&edited, "en", &[entry]), edited);
}

#[test]
fn what_is_not_written_is_told() {
    let items = todo(RIVERS, "en");
    let (river, done) = (&items[0], &items[1]);
    let check = |entry: Entry, language: &str, expect: What| {
        let found = outcomes(RIVERS, language, std::slice::from_ref(&entry));
        assert_eq!(found.first(), Some(&expect), "{entry:?}");
        assert_eq!(applied(RIVERS, language, &[entry]), RIVERS);
    };
    check(
        translated(done, "Another river"),
        "en",
        What::OtherTranslation,
    );
    check(translated(done, "“A new river”"), "en", What::Written);
    check(translated(river, "Сезон"), "uk", What::OtherLanguage);
    let state = |state| Entry {
        state,
        ..translated(river, "The season")
    };
    check(state(EntryState::Unsure), "en", What::Unsure);
    check(state(EntryState::Rejected), "en", What::Rejected);
    let mut gone = translated(river, "The season");
    gone.id = gone.id.replace(&gone.id[9..19], "0123456789");
    check(gone, "en", What::Unknown);
}

#[test]
fn a_translation_into_the_articles_language_is_none_for_other_readers() {
    let item = |readers| report(RIVERS, "en", Some(readers)).todo.remove(1);
    let ukrainian = report(RIVERS, "en", Some("uk")).todo;
    assert_eq!(ukrainian.len(), 1, "{ukrainian:?}");
    let german = report(RIVERS, "en", Some("de")).todo;
    assert_eq!(german[0].state, TodoState::NeedsTranslation);
    assert_eq!(german[0].wikitext, "");
    assert!(german[0].id.ends_with(".uk_de"));
    assert_eq!(item("en").state, TodoState::Translated);
}

#[test]
fn a_title_in_other_letters_makes_a_script_title() {
    let text = "A.<ref>{{cite web |title=Нова річка |url=https://b.example/ |language=uk}}</ref>";
    let item = todo(text, "en").remove(0);
    let entry = Entry {
        transliteration: "Nova richka".to_owned(),
        ..translated(&item, "A new river")
    };
    assert_eq!(
        applied(text, "en", &[entry]),
        "A.<ref>{{cite web |title=Nova richka |url=https://b.example/ |language=uk \
         |trans-title=A new river |script-title=uk:Нова річка}}</ref>"
    );
}

#[test]
fn a_translation_that_is_left_out_leaves_its_other_letters_out() {
    let text = "A.<ref>{{cite web |title=Нова річка |url=https://b.example/}}</ref>";
    let item = todo(text, "en").remove(0);
    let lettered = Entry {
        transliteration: "Nova richka".to_owned(),
        ..translated(&item, "A new river")
    };
    for state in [EntryState::Rejected, EntryState::Unsure] {
        let entry = Entry {
            state,
            ..lettered.clone()
        };
        assert_eq!(applied(text, "en", &[entry]), text, "{state:?}");
    }
    assert_eq!(
        outcomes(text, "de", std::slice::from_ref(&lettered)),
        [What::OtherLanguage]
    );
    assert_eq!(applied(text, "de", &[lettered]), text);
}

#[test]
fn of_two_translations_of_one_text_one_is_written() {
    let text = "A.<ref>{{cite web |title=Нова річка |url=https://b.example/ |language=uk}}</ref>";
    let item = todo(text, "en").remove(0);
    let own = translated(&item, "A new river");
    // The same source of another article, in a file that is about both.
    let other = |target: &str| Entry {
        id: format!("00000000{}", &item.id[8..]),
        ..translated(&item, target)
    };
    let with = |title: &str| text.replace("}}", &format!(" |trans-title={title}}}}}"));
    let entries = [other("The new river"), own.clone()];
    assert_eq!(
        outcomes(text, "en", &entries),
        [What::OtherTranslation, What::Write]
    );
    assert_eq!(applied(text, "en", &entries), with("A new river"));
    let alike = [own.clone(), other("A new river")];
    assert_eq!(outcomes(text, "en", &alike), [What::Write, What::Write]);
    assert_eq!(applied(text, "en", &alike), with("A new river"));
    // Twice in one file under one name: nothing tells which is meant.
    let twice = [own.clone(), translated(&item, "The new river")];
    assert_eq!(
        outcomes(text, "en", &twice),
        [What::TwoTranslations, What::TwoTranslations]
    );
    assert_eq!(applied(text, "en", &twice), text);
    let alike = [own.clone(), translated(&item, " A new  river")];
    assert_eq!(applied(text, "en", &alike), with("A new river"));
    // Once one of them is in the article, it is the one.
    assert_eq!(
        outcomes(&with("A new river"), "en", &twice),
        [What::Written, What::OtherTranslation]
    );
    let unsure = Entry {
        state: EntryState::Unsure,
        ..translated(&item, "The new river")
    };
    assert_eq!(
        outcomes(text, "en", &[own, unsure]),
        [What::Write, What::Unsure]
    );
}

#[test]
fn an_id_that_stands_twice_is_written_once_or_not_at_all_in_each_form() {
    let text = "A.<ref>{{cite web |title=Нова річка |url=https://b.example/ |language=uk}}</ref>";
    let id = todo(text, "en").remove(0).id;
    let file = |form: usize, targets: [&str; 2]| -> String {
        let each = |of: &dyn Fn(&str) -> String| targets.map(of).concat();
        match form {
            0 => each(&|target| {
                format!("msgctxt \"{id}\"\nmsgid \"Нова річка\"\nmsgstr \"{target}\"\n\n")
            }),
            1 => {
                let rows = each(&|target| format!("{id},Нова річка,{target}\n"));
                format!("id,source,translation\n{rows}")
            }
            2 => {
                let units = each(&|target| {
                    format!(
                        "<trans-unit id=\"{id}\"><source>Нова річка</source>\
                         <target>{target}</target></trans-unit>"
                    )
                });
                format!("<xliff version=\"1.2\"><file><body>{units}</body></file></xliff>")
            }
            _ => {
                let units = each(&|target| {
                    format!(
                        "<unit id=\"{id}\"><segment><source>Нова річка</source>\
                         <target>{target}</target></segment></unit>"
                    )
                });
                format!("<xliff version=\"2.0\"><file>{units}</file></xliff>")
            }
        }
    };
    for form in 0..4 {
        let entries = |targets| read(file(form, targets).as_bytes()).unwrap().entries;
        let once = applied(text, "en", &entries(["New river", "New river"]));
        assert_eq!(once.matches("trans-title=New river").count(), 1, "{form}");
        let two = entries(["New river", "A new river"]);
        assert_eq!(outcomes(text, "en", &two), [What::TwoTranslations; 2]);
        assert_eq!(applied(text, "en", &two), text, "{form}");
    }
}

#[test]
fn the_text_itself_is_no_translation() {
    let text = "A.<ref>{{cite web |title=Нова річка |url=https://b.example/ |language=uk}}</ref>";
    let entry = translated(&todo(text, "en").remove(0), "«Нова річка».");
    assert_eq!(
        outcomes(text, "en", std::slice::from_ref(&entry)),
        [What::SameText]
    );
    assert_eq!(applied(text, "en", &[entry]), text);
}

/// The article's own translation is none for other readers, in no form.
#[test]
fn a_list_for_other_readers_promises_nothing_of_the_article() {
    let text = "A.<ref>{{cite web |title=Die Saison am Fluss war lang |language=de \
                |trans-title=The season |quote=Es war nass |trans-quote=It was wet}}</ref>\n\
                B.<ref>{{cite web |title=Die zweite Saison am Fluss |language=de}}</ref>\n";
    let report = report(text, "en", Some("uk"));
    assert_eq!((report.counts.todo, report.counts.translated), (2, 0));
    for item in &report.todo {
        assert!(item.parameters.is_empty() && item.wikitext.is_empty());
        assert_eq!(item.state, TodoState::NeedsTranslation);
    }
    let made = |format| render(&report, format, &Style::default());
    for format in [
        Format::Po,
        Format::Xliff,
        Format::Xliff2,
        Format::TodoCsv,
        Format::Todo,
    ] {
        let file = made(format);
        assert!(!file.contains("goes into"), "{file}");
        assert!(!file.contains("not known to take"), "{file}");
        assert!(!file.contains("Translated title: The season"), "{file}");
        assert!(!file.contains("Translated quotation: It was wet"), "{file}");
        assert!(file.contains("The season"), "{file}");
        if format == Format::TodoCsv {
            assert!(
                file.contains("not for the article, which is in en"),
                "{file}"
            );
        } else {
            assert!(
                file.contains("For readers of uk; the article is in en: "),
                "{file}"
            );
        }
        if format != Format::Todo {
            let entries = read(file.as_bytes()).unwrap().entries;
            assert_eq!(entries.len(), 3, "{file}");
            for entry in entries {
                assert_eq!(
                    (entry.target.as_str(), entry.state),
                    ("", EntryState::Untranslated)
                );
            }
        }
    }
    assert!(!made(Format::Xliff).contains("state=\"translated\""));
    assert!(!made(Format::Xliff2).contains("state=\"translated\""));
}

/// Files as tools write them back, each with what is read: target and state of each entry.
const FILES: &[(&str, &[(&str, EntryState)])] = &[
    (
        "\u{feff}msgid \"\"\r\nmsgstr \"\"\r\n\"Language: en\\n\"\r\n\r\n#. x\r\n#: a:1\r\n\
         msgctxt \"i\"\r\nmsgid \"\"\r\n\"Річ\"\r\n\"ка\"\r\nmsgstr \"\"\r\n\"The \"\r\n\"river\"\r\n\
         #, fuzzy\r\n#| msgid \"x\"\r\nmsgctxt \"j\"\r\nmsgid \"b\"\r\nmsgstr \"c\"\r\n\
         #~ msgctxt \"k\"\r\n#~ msgid \"d\"\r\n#~ msgstr \"e\"\r\n\r\n# rejected: a name\r\n\
         msgctxt \"l\"\r\nmsgid \"f\"\r\nmsgstr \"\"\r\n",
        &[
            ("The river", EntryState::Translated),
            ("c", EntryState::Unsure),
            ("", EntryState::Untranslated),
            ("", EntryState::Rejected),
        ],
    ),
    (
        "msgctxt \"i\"\nmsgid \"a\"\nmsgid_plural \"as\"\nmsgstr[0] \"\\\"b\\\" \\\\ \\t\"\nmsgstr[1] \"c\"\n",
        &[("\"b\" \\ \t", EntryState::Translated)],
    ),
    (
        "<?xml version='1.0'?><!DOCTYPE xliff [<!ENTITY e 'evil'>]><x:xliff xmlns:x='u' version='1.2'>\
         <x:file><x:body><x:group><x:trans-unit id='i'><x:source>a</x:source>\
         <x:target state='translated'>b &amp; <x:g id='1'>c</x:g><x:ph id='2'>{0}</x:ph>&#8212;\
         <![CDATA[<d>]]>&e;</x:target><x:alt-trans><x:target>z</x:target></x:alt-trans></x:trans-unit>\
         <x:trans-unit id='j' approved='no'><x:source>a</x:source><x:target state='needs-review-translation'>b\
         </x:target></x:trans-unit><x:trans-unit id='k' translate='no'><x:source>a</x:source>\
         </x:trans-unit><x:trans-unit id='l'><x:source>a</x:source><x:target state='needs-translation'/>\
         </x:trans-unit><x:trans-unit id='m'><x:source>a</x:source><x:target state='needs-translation'>b\
         </x:target></x:trans-unit></x:group></x:body></x:file></x:xliff>",
        &[
            ("b & c—<d>", EntryState::Translated),
            ("b", EntryState::Unsure),
            ("", EntryState::Rejected),
            ("", EntryState::Untranslated),
            ("b", EntryState::Translated),
        ],
    ),
    (
        "<xliff version='2.0' srcLang='uk'><file id='f'><unit id='i'><notes><note>x</note></notes>\
         <segment><source>a </source><target>b </target></segment><ignorable><source> </source>\
         <target> </target></ignorable><segment state='final'><source>c</source><target><pc id='1'>d</pc>\
         </target></segment></unit><unit id='j'><segment><source>a</source></segment></unit>\
         <unit id='k'><notes><note>rejected: a name</note></notes><segment><source>a</source></segment>\
         </unit><unit id='l'><segment><source>a</source><target>b</target></segment><segment>\
         <source>c</source></segment></unit></file></xliff>",
        &[
            ("b  d", EntryState::Translated),
            ("", EntryState::Untranslated),
            ("", EntryState::Rejected),
            ("", EntryState::Untranslated),
        ],
    ),
    (
        "\u{feff}ID;Source;Translation;State\r\ni;a;\"b;\r\nc\";needs-translation\r\nj;a;'=b;\r\nk;a;;Rejected\r\n;;;\r\nl;a\r\n",
        &[
            ("b;\r\nc", EntryState::Translated),
            ("=b", EntryState::Translated),
            ("", EntryState::Rejected),
            ("", EntryState::Untranslated),
        ],
    ),
    (
        "sep=\t\nid\ttranslation\ni\tb, c\n",
        &[("b, c", EntryState::Translated)],
    ),
];

#[test]
fn files_are_read_as_tools_write_them() {
    for (file, expect) in FILES {
        let entries = read(file.as_bytes()).unwrap().entries;
        let found: Vec<(&str, EntryState)> = entries
            .iter()
            .map(|entry| (entry.target.trim_end_matches('\n'), entry.state))
            .collect();
        assert_eq!(found, *expect, "{file}");
    }
    let utf_16 = "id\ttranslation\ni\tДощ\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes);
    let bytes: Vec<u8> = [0xff, 0xfe].into_iter().chain(utf_16).collect();
    assert_eq!(read(&bytes).unwrap().entries.remove(0).target, "Дощ");
}

#[test]
fn what_is_no_hand_off_is_refused_in_one_line() {
    for file in [
        "",
        "hello",
        "<html><p>x</p></html>",
        "<xliff><file>",
        "a,b\n1,2\n",
        "msgid \"a",
        "\u{0}",
        "msgid \"a\"\nmsgstr b\n",
    ] {
        let error = read(file.as_bytes()).unwrap_err().to_string();
        assert!(
            !error.contains('\n') && !error.is_empty(),
            "{file:?}: {error}"
        );
    }
    assert!(
        read(b"msgid \"\xff\"\n")
            .unwrap_err()
            .to_string()
            .contains("UTF-8")
    );
    let deep = "<xliff>".to_owned() + &"<g>".repeat(100_000);
    assert!(read(deep.as_bytes()).is_err());
}

#[test]
fn each_form_comes_back_as_it_went() {
    let items = report(RIVERS, "en", None);
    for format in [Format::Po, Format::Xliff, Format::Xliff2, Format::TodoCsv] {
        let file = render(&items, format, &Style::default());
        let entries = read(file.as_bytes()).unwrap().entries;
        let found: Vec<(&str, EntryState)> = entries
            .iter()
            .map(|entry| (entry.source.as_str(), entry.state))
            .collect();
        assert_eq!(
            found,
            [
                ("Die Saison am Fluss war lang", EntryState::Untranslated),
                ("Sie war nass", EntryState::Untranslated)
            ],
            "{format}"
        );
    }
}

#[test]
fn a_table_computes_nothing_and_comes_back_as_it_went() {
    for title in ["=1+1", "'=1+1", "\u{200b}=1+1", "＋річка", "'річка"] {
        let text = format!("A.<ref>{{{{cite web |title={title} |language=uk}}}}</ref>");
        let file = render(
            &report(&text, "en", None),
            Format::TodoCsv,
            &Style::default(),
        );
        let mut table = csv::Reader::from_reader(file.as_bytes());
        let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
        let shown = &rows[0][5];
        let hidden = ['\u{200b}', '\''];
        assert!(
            shown.starts_with('\'') || !shown.trim_start_matches(hidden).starts_with(['=', '＋']),
            "{shown:?}"
        );
        assert_eq!(read(file.as_bytes()).unwrap().entries[0].source, title);
    }
}

#[test]
fn the_command_shows_writes_and_remembers() {
    let place = Place::new();
    place.write("rivers.wiki", RIVERS);
    let check = [
        "check",
        "rivers.wiki",
        "--offline",
        "--article-language",
        "en",
        "-q",
    ];
    let listed = |more: &[&str]| {
        place
            .run(&[&check[..], &["--format", "po"], more].concat())
            .1
    };
    let file = listed(&[]);
    let file = file.replacen(
        "war lang\"\nmsgstr \"\"",
        "war lang\"\nmsgstr \"The season\"",
        1,
    );
    let file = file.replacen("nass\"\nmsgstr \"\"", "nass\"\nmsgstr \"It was wet\"", 1);
    place.write("titles.po", &file);
    let apply = [
        "todo",
        "apply",
        "titles.po",
        "--article",
        "rivers.wiki",
        "--article-language",
        "en",
    ];
    let (status, out, error) = place.run(&[&apply[..], &["--diff"]].concat());
    assert_eq!(status, 1, "{error}");
    assert!(
        out.contains("+A.<ref name=\"a\">{{cite web |title=Die Saison am Fluss war lang"),
        "{out}"
    );
    assert!(
        error.contains("rivers.wiki: 2 citations to translate\n"),
        "{error}"
    );
    let summary = "edit summary: Citation maintenance: add translation of title or quotation";
    assert!(error.contains(summary), "{error}");
    assert!(error.contains("#citecheck"), "{error}");
    assert_eq!(place.read("rivers.wiki"), RIVERS);
    let (status, out, _) = place.run(&apply);
    assert_eq!(status, 0);
    let expect = RIVERS
        .replacen(
            "language=de}}",
            "language=de |trans-title=The season |trans-quote=It was wet}}",
            1,
        )
        .replacen(
            "1/ |language=de}}",
            "1/ |language=de |trans-title=The season}}",
            1,
        );
    assert_eq!(out, expect);
    let (status, _, error) = place.run(&[&apply[..], &["--write"]].concat());
    assert_eq!(status, 0, "{error}");
    assert_eq!(place.read("rivers.wiki"), expect);
    let (status, out, _) = place.run(&[&apply[..], &["--diff"]].concat());
    assert_eq!((status, out.as_str()), (0, ""));
    // An older revision of the article does not ask again.
    place.write("rivers.wiki", RIVERS);
    assert!(!listed(&[]).contains("Die Saison"), "{}", listed(&[]));
    assert!(listed(&["--all-todo"]).contains("Die Saison"));
    let (status, _, error) = place.run(&["todo", "reject", "nonsense"]);
    assert_eq!(status, 2, "{error}");
}

#[test]
fn a_source_that_is_half_translated_is_asked_for_again() {
    let place = Place::new();
    place.write("rivers.wiki", RIVERS);
    let language = ["--article-language", "en", "-q"];
    let check = ["check", "rivers.wiki", "--offline", "--format", "po"];
    let (_, file, _) = place.run(&[&check[..], &language].concat());
    let title = "war lang\"\nmsgstr \"\"";
    let file = file.replacen(title, "war lang\"\nmsgstr \"The season\"", 1);
    place.write("titles.po", &file);
    let apply = [
        "todo",
        "apply",
        "titles.po",
        "--article",
        "rivers.wiki",
        "--write",
    ];
    let (status, _, error) = place.run(&[&apply[..], &language].concat());
    assert_eq!(status, 0, "{error}");
    assert!(
        place
            .read("rivers.wiki")
            .contains("|trans-title=The season")
    );
    let (_, left, _) = place.run(&[&check[..], &language].concat());
    assert!(
        left.contains("msgid \"Sie war nass\"\nmsgstr \"\""),
        "{left}"
    );
}

#[test]
fn a_file_of_another_article_or_language_is_no_success() {
    let place = Place::new();
    place.write("rivers.wiki", RIVERS);
    let check = |source: &str, into: &str, expect: &str| {
        let file = format!(
            "id,source,translation\n00000000.{source}.de_{into},Die Saison am Fluss war lang,X y\n"
        );
        place.write("titles.csv", file);
        let apply = ["todo", "apply", "titles.csv", "--article", "rivers.wiki"];
        let (status, out, error) = place.run(&[&apply[..], &["--article-language", "en"]].concat());
        assert_eq!((status, out.as_str()), (2, ""), "{error}");
        assert!(error.contains(expect), "{error}");
    };
    check(
        "0123456789",
        "en",
        "none of 1 source is cited in rivers.wiki",
    );
    let id = todo(RIVERS, "en").remove(0).id;
    check(&id[9..19], "uk", "into the language of rivers.wiki");
}

#[test]
fn what_is_rejected_is_not_asked_for_again() {
    let place = Place::new();
    place.write("rivers.wiki", RIVERS);
    let id = todo(RIVERS, "en").remove(0).id;
    let (status, _, error) = place.run(&["todo", "reject", &id, "--reason", "a name"]);
    assert_eq!(status, 0, "{error}");
    assert!(
        place
            .read("citecheck-todo.toml")
            .contains("reason = \"a name\"")
    );
    let check = [
        "check",
        "rivers.wiki",
        "--offline",
        "--article-language",
        "en",
        "-q",
        "--format",
    ];
    let (_, out, _) = place.run(&[&check[..], &["todo"]].concat());
    assert!(
        out.contains("1 source translated, 1 source rejected; `--all-todo`"),
        "{out}"
    );
    // Nor is it found.
    let (_, out, _) = place.run(&[&check[..], &["json"]].concat());
    let report: Report = serde_json::from_str(&out).unwrap();
    let found = report.articles.iter().flat_map(|article| &article.findings);
    let asked = found.filter(|finding| finding.name == "needs-translation");
    // Once for each of the two references that cite it.
    assert_eq!((asked.count(), report.counts.ignored), (0, 2));
    let (_, out, _) = place.run(&[&check[..], &["xliff", "--all-todo"]].concat());
    assert!(
        out.contains("translate=\"no\"") && out.contains("reason: a name"),
        "{out}"
    );
    let (_, out, _) = place.run(&[&check[..], &["po", "--all-todo"]].concat());
    assert!(
        out.contains("# rejected: a name\n") && out.contains("#~ msgid \"Die"),
        "{out}"
    );
    place.write(
        "citecheck-todo.toml",
        "[[item]]\nid = 'x'\nstate = 'done'\n",
    );
    let (status, _, error) = place.run(&[&check[..], &["todo"]].concat());
    assert_eq!(status, 2);
    assert!(
        error.contains("citecheck-todo.toml: `done` is no state"),
        "{error}"
    );
}

#[test]
fn one_language_makes_a_document_of_one_pair() {
    let place = Place::new();
    let text = format!("{RIVERS}E.<ref>{{{{cite web |title=Інша річка |language=uk}}}}</ref>\n");
    place.write("rivers.wiki", text);
    let check = [
        "check",
        "rivers.wiki",
        "--offline",
        "--article-language",
        "en",
        "-q",
        "--format",
    ];
    let (_, out, _) = place.run(&[&check[..], &["xliff2"]].concat());
    assert!(out.contains("srcLang=\"mul\" trgLang=\"en\""), "{out}");
    let (_, out, _) = place.run(&[&check[..], &["xliff2", "--source-language", "uk"]].concat());
    assert!(
        out.contains("srcLang=\"uk\"") && !out.contains("Saison"),
        "{out}"
    );
    let (_, out, _) = place.run(&[&check[..], &["po", "--source-language", "uk"]].concat());
    assert!(out.contains("X-Source-Language: uk"), "{out}");
    let (_, out, _) = place.run(&[&check[..], &["json", "--source-language", "uk"]].concat());
    let report: Report = serde_json::from_str(&out).unwrap();
    let left = report
        .todo
        .iter()
        .filter(|item| item.state == TodoState::NeedsTranslation);
    assert_eq!((report.counts.todo, left.count()), (1, 1));
}

proptest! {
    /// Whatever is translated, the text differs in the citation alone, and is read as written.
    #[test]
    fn any_translation_stays_in_its_place(target in "\\PC{0,60}|[|{}\\[\\]<>&'~_=:/#*a -]{0,30}") {
        let text = "A.<ref>{{cite web |title=Нова річка |url=https://b.example/}}</ref> {{x|y}}\n";
        let item = todo(text, "en").remove(0);
        let entry = translated(&item, &target);
        let made = applied(text, "en", std::slice::from_ref(&entry));
        let (before, after) = ("A.<ref>{{cite web |title=Нова річка |url=https://b.example/", "}}</ref> {{x|y}}\n");
        prop_assert!(made.starts_with(before) && made.ends_with(after), "{}", made);
        if made != text {
            let read = parsed(&made, "en").references.get(0).unwrap().sources[0].citation.clone();
            prop_assert!(read.trans_title.is_some(), "{}", made);
            prop_assert_eq!(outcomes(&made, "en", &[entry]), [What::Written]);
        }
    }

    /// No bytes make the readers panic, and what is read can be planned.
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), form in 0..4usize) {
        let start: &[u8] = [&b""[..], b"msgid \"a\"\n", b"<xliff><unit id='a'>", b"id,translation\n"][form];
        let bytes: Vec<u8> = start.iter().copied().chain(bytes).collect();
        if let Ok(file) = read(&bytes) {
            let _ = plan(&parsed(RIVERS, "en"), &file.entries, now());
        }
    }
}
