//! Fixes in texts: what is written where, and what must stay as it is.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test helper may panic and read files"
)]

use citecheck::article::{ReadOptions, read};
use citecheck::check::{CheckOptions, Facts, assemble};
use citecheck::dates::write_like;
use citecheck::fix::{Dropped, Selection, Settled, Unapplied, apply, diff, settle};
use citecheck::model::{
    CheckedArticle, CheckedReference, Edit, Finding, Fix, InputFormat, LanguageTag, Network,
    Packed, RuleCode, Safety, Severity,
};
use citecheck::rules::{ArticleContext, SourceContext};
use jiff::civil::date;
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    language: String,
    before: String,
    after: String,
}

fn judged(text: &str, language: Option<&str>) -> CheckedArticle {
    let options = ReadOptions {
        language: language.and_then(LanguageTag::parse),
    };
    let article = read("a.wiki", text, InputFormat::Wikitext, &options);
    let options = CheckOptions::at("2026-11-22T00:00:00Z".parse().unwrap(), Network::Offline);
    let report = assemble(vec![article], &Facts::new(), &options, options.now, false);
    report.articles.into_iter().next().unwrap()
}

const ALL: Selection = Selection {
    review: true,
    rules: Vec::new(),
};

fn fixed(text: &str, language: &str) -> Settled {
    settle(text, &ALL, &mut |text| judged(text, Some(language)))
}

fn edit(start: usize, end: usize, replacement: &str) -> Edit {
    Edit {
        start,
        end,
        replacement: replacement.to_owned(),
    }
}

fn fix(edits: Vec<Edit>) -> Fix {
    Fix {
        description: "mend".to_owned(),
        safety: Safety::Safe,
        edits,
        summary: String::new(),
    }
}

#[test]
fn fixes_speak_the_wikis_words_in_the_citations_layout() {
    let cases = std::fs::read_to_string("tests/data/fixes.toml").unwrap();
    let cases: Cases = toml::from_str(&cases).unwrap();
    assert!(20 < cases.case.len());
    for case in cases.case {
        let settled = fixed(&case.before, &case.language);
        assert_eq!(settled.text, case.after, "{}", case.name);
        assert_eq!(settled.dropped, Vec::new(), "{}", case.name);
        let again = fixed(&case.after, &case.language);
        assert_eq!(again.text, case.after, "{} twice", case.name);
        assert_eq!(again.edits, Vec::new(), "{} twice", case.name);
    }
}

#[test]
fn only_safe_fixes_unless_all_are_asked_for() {
    let text = "A.<ref>{{cite web |title=Річка вийшла з берегів після трьох днів сильних дощів \
                |url=https://a.example/x \
                |archive-url=https://web.archive.org/web/20240102030405/https://a.example/x \
                |archive-date=2024-01-03}}</ref>";
    let run = |review: bool, rules: &[&str]| {
        let rules = rules.iter().map(|rule| (*rule).to_owned()).collect();
        let selection = Selection { review, rules };
        let settled = settle(text, &selection, &mut |text| judged(text, Some("en")));
        let rules: Vec<String> = settled.applied.into_iter().map(|fix| fix.rule).collect();
        (rules, selection.left_for_review(&settled.article))
    };
    let named = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(run(false, &[]), (named(&["archive-date-mismatch"]), 1));
    assert_eq!(
        run(true, &["language-missing"]),
        (named(&["language-missing"]), 0)
    );
    assert_eq!(run(false, &["language-missing"]), (named(&[]), 1));
    assert_eq!(run(true, &[]).0.len(), 2);
}

/// The text after the fix that a rule would make of its first source.
fn edited_by(text: &str, make: &dyn Fn(&SourceContext<'_>) -> Option<Fix>) -> Option<String> {
    let article = read(
        "a.wiki",
        text,
        InputFormat::Wikitext,
        &ReadOptions::default(),
    );
    let reference = &article.references[0];
    let context = ArticleContext {
        article: &article,
        now: "2026-11-22T00:00:00Z".parse().unwrap(),
        readers: None,
    };
    let fix = make(&SourceContext {
        article: context,
        reference,
        source: &reference.sources[0],
        link: None,
        copy: None,
        verdict: None,
        page: None,
        language: None,
    })?;
    Some(apply(text, &[fix]).text)
}

/// What a fix makes of citations; `None` where it is not offered.
#[track_caller]
fn check_edits(make: &dyn Fn(&SourceContext<'_>) -> Option<Fix>, cases: &[(&str, Option<&str>)]) {
    let article = |citation: &str| format!("A.<ref>{citation}</ref>");
    for (before, after) in cases {
        let found = edited_by(&article(before), make);
        assert_eq!(found, after.map(article), "{before}");
    }
}

#[test]
fn parameters_are_removed_and_renamed() {
    let named = |ctx: &SourceContext<'_>, name: &str| {
        let mut parameters = ctx.source.parameters.iter();
        let found = parameters.find(|parameter| parameter.name.as_deref() == Some(name));
        found.cloned()
    };
    check_edits(
        &|ctx| ctx.remove_parameter("remove", &named(ctx, "date")?),
        &[
            (
                "{{cite web |date=1 |title=a |url=b}}",
                Some("{{cite web |title=a |url=b}}"),
            ),
            (
                "{{cite web |title=a |date=1 |url=b}}",
                Some("{{cite web |title=a |url=b}}"),
            ),
            (
                "{{cite web|title=a|url=b|date=}}",
                Some("{{cite web|title=a|url=b}}"),
            ),
            (
                "{{cite web\n | title = a\n | date = 1\n | url = b\n}}",
                Some("{{cite web\n | title = a\n | url = b\n}}"),
            ),
            (
                "{{cite web\n | title = a\n | url = b\n | date = 1\n}}",
                Some("{{cite web\n | title = a\n | url = b\n}}"),
            ),
            ("{{cite web |title=a |url=b}}", None),
        ],
    );
    check_edits(
        &|ctx| ctx.rename_parameter("rename", &named(ctx, "adress")?, "url"),
        &[
            (
                "{{cite web |title=a |adress=b}}",
                Some("{{cite web |title=a |url=b}}"),
            ),
            (
                "{{cite web | adress = b | title = a }}",
                Some("{{cite web | url = b | title = a }}"),
            ),
            (
                "{{cite web\n | title  = a\n | adress = b\n | at     = c\n}}",
                Some("{{cite web\n | title  = a\n | url    = b\n | at     = c\n}}"),
            ),
            // Spaces that are not those of the others: where the name stands is not known.
            (
                "{{cite web |  adress=b |title=a}}",
                Some("{{cite web |url=b |title=a}}"),
            ),
            ("{{cite web |<!-- old -->adress=b |title=a}}", None),
        ],
    );
}

#[test]
fn parameters_are_put_behind_others() {
    check_edits(
        &|ctx| ctx.insert_after("insert", "archive-url", ("archive-date", "2024-01-02")),
        &[
            (
                "{{cite web |title=a |archive-url=b |url=c}}",
                Some("{{cite web |title=a |archive-url=b |archive-date=2024-01-02 |url=c}}"),
            ),
            (
                "{{cite web |title=a |url=c}}",
                Some("{{cite web |title=a |url=c |archive-date=2024-01-02}}"),
            ),
            (
                "{{cite web |archive-date= |archive-url=b |title=a}}",
                Some("{{cite web |archive-date=2024-01-02 |archive-url=b |title=a}}"),
            ),
            ("{{cite web |archive-date=5 |archive-url=b |title=a}}", None),
            ("[https://a.example b]", None),
        ],
    );
    check_edits(
        &|ctx| ctx.add_parameters("add", "|language=uk |trans-title=A day"),
        &[
            (
                "{{cite web|title=a|url=c}}",
                Some("{{cite web|title=a|url=c|language=uk|trans-title=A day}}"),
            ),
            ("{{Internetquelle |titel=a |url=c}}", None),
        ],
    );
}

#[test]
fn of_several_names_the_articles_own_is_taken() {
    let text = "A.<ref>{{Cita web|titolo=a|url=b}}</ref> B.<ref>{{Cita web|titolo=c|url=d\
                |dataaccesso=1}}</ref>";
    let add = |ctx: &SourceContext<'_>| ctx.add_fields("add", &[("access-date", "2")]);
    let added = edited_by(text, &add).unwrap();
    assert!(added.contains("|url=b|dataaccesso=2}}"), "{added}");
    let added = edited_by(&text.replace("|dataaccesso=1", ""), &add).unwrap();
    assert!(added.contains("|url=b|accesso=2}}"), "{added}");
}

#[test]
fn dates_keep_their_style() {
    let day = date(2024, 5, 2);
    for (language, like, expect) in [
        ("en", "2023-12-31", Some("2024-05-02")),
        ("en", "31 December 2023", Some("2 May 2024")),
        ("en", "December 31, 2023", Some("May 2, 2024")),
        ("en", "Dec 31, 2023", Some("May 2, 2024")),
        ("en", "31 Mar 2023", Some("2 May 2024")),
        ("de", "31.12.2023", Some("02.05.2024")),
        ("de", "31. Dezember 2023", Some("2. Mai 2024")),
        ("fr", "31 décembre 2023", Some("2 mai 2024")),
        ("uk", "31 грудня 2023", Some("2 травня 2024")),
        ("ru", "31 декабря 2023", Some("2 мая 2024")),
        ("ar", "31 ديسمبر 2023", Some("2 مايو 2024")),
        ("ja", "2023年12月31日", Some("2024年5月2日")),
        ("zh", "2023年12月31日", Some("2024年5月2日")),
        ("th", "31 ธันวาคม 2566", Some("2 พฤษภาคม 2567")),
        ("fa", "۳۱ دسامبر ۲۰۲۳", Some("۲ مهٔ ۲۰۲۴")),
        ("fa", "۱۰ دی ۱۴۰۲", None),
        ("hi", "३१ जनवरी २०२३", Some("२ मई २०२४")),
        ("en", "December 2023", None),
        ("en", "soon", None),
        ("en", "", None),
    ] {
        let language = LanguageTag::parse(language);
        assert_eq!(
            write_like(like, day, language.as_ref()).as_deref(),
            expect,
            "{like}"
        );
    }
}

#[test]
fn fixes_in_each_others_way_wait() {
    let check = |fixes: &[Fix], text: &str, reasons: &[Unapplied]| {
        let fixed = apply("abcdef", fixes);
        assert_eq!(fixed.text, text);
        let found: Vec<Unapplied> = fixed.skipped.iter().map(|skipped| skipped.reason).collect();
        assert_eq!(found, reasons, "{fixes:?}");
    };
    let one = |start, end, text| fix(vec![edit(start, end, text)]);
    check(&[], "abcdef", &[]);
    check(&[one(1, 2, "B"), one(2, 3, "C")], "aBCdef", &[]);
    check(
        &[one(1, 3, "X"), one(2, 4, "Y")],
        "aXdef",
        &[Unapplied::Conflict],
    );
    // The first by place, whatever the order of the list.
    check(
        &[one(2, 4, "Y"), one(1, 3, "X")],
        "aXdef",
        &[Unapplied::Conflict],
    );
    check(
        &[one(2, 2, "+"), one(2, 2, "-")],
        "ab+cdef",
        &[Unapplied::Conflict],
    );
    check(
        &[one(2, 2, "+"), one(1, 2, "")],
        "acdef",
        &[Unapplied::Conflict],
    );
    check(&[one(1, 2, "b")], "abcdef", &[Unapplied::NoChange]);
    check(&[one(5, 9, "")], "abcdef", &[Unapplied::Invalid]);
    check(&[fix(vec![])], "abcdef", &[Unapplied::Invalid]);
    // All of a fix or nothing.
    let both = fix(vec![edit(0, 1, "A"), edit(2, 3, "Z")]);
    check(
        &[one(0, 1, "Q"), both.clone()],
        "Qbcdef",
        &[Unapplied::Conflict],
    );
    check(&[both], "AbZdef", &[]);
    let across = fix(vec![edit(0, 2, "A"), edit(1, 3, "Z")]);
    check(&[across], "abcdef", &[Unapplied::Invalid]);
}

/// An article whose findings are what `made_up` says of its text.
fn with_findings(text: &str, made_up: &dyn Fn(&str) -> Vec<Fix>) -> CheckedArticle {
    let mut article = judged(text, Some("en"));
    article.findings = made_up_findings(made_up(text));
    article
}

fn made_up_findings(fixes: impl IntoIterator<Item = Fix>) -> Vec<Finding> {
    let findings = fixes.into_iter().map(|fix| Finding {
        rule: RuleCode("TST001".into()),
        name: "made-up".into(),
        severity: Severity::Note,
        reference: Some(1),
        message: String::new(),
        evidence: Vec::new(),
        span: None,
        excerpt: None,
        fix: Some(fix),
    });
    findings.collect()
}

const RIVER: &str = "A river.<ref name=\"r\">{{cite web |title=River |url=https://a.example/x}}</ref> \
                     And again.<ref name=\"r\" />\n";

#[test]
fn fixes_that_do_no_good_are_dropped() {
    let run = |made_up: &dyn Fn(&str) -> Vec<Fix>| {
        let settled = settle(RIVER, &Selection::default(), &mut |text| {
            with_findings(text, made_up)
        });
        let why: Vec<Dropped> = settled.dropped.iter().map(|dropped| dropped.why).collect();
        (settled.text, why)
    };
    let unchanged = |why: Dropped| (RIVER.to_owned(), vec![why]);
    let at = RIVER.find("River").unwrap();
    // It leaves its finding as it was, for ever.
    let endless = |_: &str| vec![fix(vec![edit(at, at, "o")])];
    assert_eq!(run(&endless), unchanged(Dropped::Useless));
    // It ends the template, the reference, the article.
    for harm in [
        "}}",
        "</ref>",
        "<!--",
        "<nowiki>",
        "</ref><ref>x",
        "{{",
        "<ref name=\"q\" />",
    ] {
        let harmful = |_: &str| vec![fix(vec![edit(at, at, harm)])];
        assert_eq!(run(&harmful).0, RIVER, "{harm}");
    }
    let unnamed = RIVER.find(" name=\"r\"").unwrap();
    let renaming = |_: &str| vec![fix(vec![edit(unnamed, unnamed + 9, "")])];
    assert_eq!(run(&renaming), unchanged(Dropped::Harmful));
    let outside = |_: &str| vec![fix(vec![edit(9000, 9001, "")])];
    assert_eq!(run(&outside), unchanged(Dropped::Invalid));
    // They undo each other: neither is made, so that no run depends on the one before.
    let swapped = |text: &str| {
        let (old, new) = if text.contains("River") {
            ("River", "Stream")
        } else {
            ("Stream", "River")
        };
        let at = text.find(old).unwrap();
        vec![fix(vec![edit(at, at + old.len(), new)])]
    };
    let (text, why) = run(&swapped);
    assert_eq!((text.as_str(), why.len()), (RIVER, 2));
    // The harmless one of two is made.
    let mixed = |text: &str| {
        let mut fixes = vec![fix(vec![edit(at, at, "}}")])];
        if !text.contains("http://") {
            let url = text.find("https").unwrap();
            fixes.push(fix(vec![edit(url + 4, url + 5, "")]));
        }
        fixes
    };
    let (text, why) = run(&mixed);
    assert_eq!(text, RIVER.replace("https", "http"));
    assert_eq!(why, [Dropped::Harmful]);
}

/// How often a text is read, and what becomes of fixes of each `a` of it, where those that make
/// it a `!` do harm.
fn readings(text: &str, harms: &dyn Fn(usize) -> bool) -> (usize, Settled) {
    let sound = with_findings(RIVER, &|_| Vec::new());
    let mut count = 0;
    let settled = settle(text, &Selection::default(), &mut |text| {
        count += 1;
        let mut article = sound.clone();
        article.findings = made_up_findings(text.match_indices('a').map(|(at, _)| {
            let new = if harms(at) { "!" } else { "b" };
            fix(vec![edit(at, at + 1, new)])
        }));
        if text.contains('!') {
            article.references = Packed::new();
        }
        article
    });
    (count, settled)
}

#[test]
fn the_article_is_read_a_bounded_number_of_times() {
    let check = |text: &str, harms: &dyn Fn(usize) -> bool, most: usize| {
        let (count, settled) = readings(text, harms);
        assert!(count <= most, "{count} readings");
        let dropped = |why: Dropped| settled.dropped.iter().filter(|it| it.why == why).count();
        let (harmful, untried) = (dropped(Dropped::Harmful), dropped(Dropped::Untried));
        assert_eq!(harmful + untried, settled.dropped.len());
        let all = text.matches('a').count();
        assert_eq!(settled.text.matches('a').count(), harmful + untried);
        assert_eq!(settled.applied.len() + harmful + untried, all);
        assert!(!settled.text.contains('!'));
        (settled.applied.len(), harmful, untried)
    };
    let all = "a.".repeat(240);
    assert_eq!(check(&all, &|_| false, 3), (240, 0, 0));
    for bad in [0, 2, 200, 478] {
        assert_eq!(check(&all, &|at| at == bad, 24), (239, 1, 0), "{bad}");
    }
    // Several that do harm are found among many that do not.
    assert_eq!(check(&all, &|at| at % 120 == 14, 90), (236, 4, 0));
    // Where all do harm, those not tried are told apart from those that were.
    let (made, harmful, untried) = check(&all, &|_| true, 301);
    assert!(made == 0 && 0 < untried, "{harmful} {untried}");
    // A long article is read less often, and most of its fixes are made all the same.
    let long = format!("{all}{}", "\n".repeat(4 << 20));
    let (made, _, untried) = check(&long, &|at| at % 120 == 0, 41);
    assert!(120 <= made && 0 < untried, "{made} {untried}");
}

#[test]
fn two_references_of_one_content_may_become_one() {
    let text = "A.<ref name=\"a\">{{cite web|title=T|url=https://a.example}}</ref> \
                B.<ref>{{cite web|title=T|url=https://a.example}}</ref>\n";
    let merge = |text: &str| {
        let Some(start) = text.find("<ref>") else {
            return Vec::new();
        };
        let end = start + text[start..].find("</ref>").unwrap() + "</ref>".len();
        vec![fix(vec![edit(start, end, "<ref name=\"a\" />")])]
    };
    let settled = settle(text, &Selection::default(), &mut |text| {
        with_findings(text, &merge)
    });
    assert_eq!(settled.dropped, Vec::new());
    assert_eq!(settled.article.references.len(), 1);
    assert_eq!(settled.article.references[0].uses, 2);
}

#[test]
fn definitions_without_a_use_may_go_with_their_names() {
    let check = |text: &str, expect: &str| {
        let only = Selection {
            rules: vec!["unused-reference".to_owned()],
            ..ALL
        };
        let settled = settle(text, &only, &mut |text| judged(text, None));
        assert_eq!(settled.text, expect);
        assert_eq!(settled.dropped, Vec::new(), "{text}");
    };
    check(
        "A.<ref name=\"a\" />\n<references>\n<ref name=\"a\">Річка</ref>\n\
         <ref name=\"Став\">Став</ref><ref name=\"نهر\">نهر</ref>\n</references>\n",
        "A.<ref name=\"a\" />\n<references>\n<ref name=\"a\">Річка</ref>\n\n</references>\n",
    );
    // The group's name of a reference that is used is not the one that goes.
    check(
        "A.<ref name=\"川\" group=\"n\" />\n<references group=\"n\"><ref name=\"川\" \
         group=\"n\">川</ref></references>\n<references><ref name=\"川\">池</ref></references>\n",
        "A.<ref name=\"川\" group=\"n\" />\n<references group=\"n\"><ref name=\"川\" \
         group=\"n\">川</ref></references>\n<references></references>\n",
    );
}

#[test]
fn diffs_are_those_that_patch_applies() {
    let check = |old: &str, edits: &[Edit], expect: &str| {
        assert_eq!(diff("a.wiki", old, edits), expect);
    };
    check("a\nb\n", &[], "");
    check(
        "a\nb",
        &[edit(3, 3, "!")],
        "--- a.wiki\n+++ a.wiki\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b!\n\\ No \
         newline at end of file\n",
    );
    check(
        "a\r\nb\r\n",
        &[edit(0, 1, "A")],
        "--- a.wiki\n+++ a.wiki\n@@ -1,2 +1,2 @@\n-a\r\n+A\r\n b\r\n",
    );
    // A whole line goes, one comes; far apart they are two hunks.
    check(
        "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n",
        &[edit(0, 2, ""), edit(18, 18, "9½\n")],
        "--- a.wiki\n+++ a.wiki\n@@ -1,4 +1,3 @@\n-1\n 2\n 3\n 4\n@@ -7,4 +6,5 @@\n 7\n 8\n 9\n\
         +9½\n 10\n",
    );
    check(
        "",
        &[edit(0, 0, "a\n")],
        "--- a.wiki\n+++ a.wiki\n@@ -0,0 +1 @@\n+a\n",
    );
}

/// Puts a diff's hunks into a text, as `patch` does.
fn patched(old: &str, diff: &str) -> String {
    let lines: Vec<&str> = old.split_inclusive('\n').collect();
    let (mut at, mut new) = (0, String::new());
    let mut shown = diff.split_inclusive('\n').skip(2).peekable();
    while let Some(line) = shown.next() {
        let (mark, rest) = line.split_at(1);
        let mut rest = rest.to_owned();
        if shown.peek().is_some_and(|next| next.starts_with('\\')) {
            rest.pop();
            shown.next();
        }
        match mark {
            "@" => {
                let range = line.split(' ').nth(1).unwrap().trim_start_matches('-');
                let mut range = range
                    .split(',')
                    .map(|number| number.parse::<usize>().unwrap());
                let first = range.next().unwrap();
                let count = range.next().unwrap_or(1);
                let start = if count == 0 { first } else { first - 1 };
                while at < start {
                    new.push_str(lines[at]);
                    at += 1;
                }
            }
            " " => {
                assert_eq!(lines[at], rest);
                new.push_str(&rest);
                at += 1;
            }
            "-" => {
                assert_eq!(lines[at], rest);
                at += 1;
            }
            "+" => new.push_str(&rest),
            other => panic!("{other}"),
        }
    }
    lines[at..].iter().for_each(|line| new.push_str(line));
    new
}

fn texts() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "\n",
        "\r\n",
        " ",
        "a",
        "річка",
        "川",
        "نهر",
        "<ref>",
        "</ref>",
        "<ref name=\"x\">",
        "<ref name=\"x\" />",
        "{{cite web",
        "{{Internetquelle",
        "{{یادکرد خبر",
        "}}",
        "|title=River",
        "| titel = Fluss",
        "|url=https://a.example/1",
        "|language=",
        "|",
        "<!--",
        "-->",
        "=",
        "|title=Річка вийшла з берегів після трьох днів сильних дощів",
        "|archive-url=https://web.archive.org/web/20240102030405/https://a.example/1",
        "|archive-date=2023-12-31",
        "|عنوان=رود",
        "<nowiki>",
        "</nowiki>",
        "{{Reflist}}",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

fn citations() -> impl Strategy<Value = String> {
    let parameters = prop::sample::select(vec![
        "|title=Річка вийшла з берегів після трьох днів сильних дощів",
        "| titel = Der Fluss",
        "|\nurl=https://a.example/1",
        " | date = ",
        "\n | language =",
        "|",
        "|| ",
        "<!-- c -->",
        "|archive-url=https://web.archive.org/web/20240102030405/https://a.example/1 ",
        "|archive-date=3 May 2019",
        "| archive-date = 2019-05-03\n",
        "|quote={{lang|de|Fluss}}",
        "\r\n| trans-title = a",
        "|1=[[A|b]]",
    ]);
    let template = prop::sample::select(vec![
        "cite web",
        "Internetquelle",
        "Lien web",
        "Cite news\n",
    ]);
    let one = (template, prop::collection::vec(parameters, 0..7));
    let one =
        one.prop_map(|(name, parts)| format!("A.<ref>{{{{{name}{}}}}}</ref>\n", parts.concat()));
    prop::collection::vec(one, 1..4).prop_map(|all| all.concat())
}

fn fixes() -> impl Strategy<Value = Vec<Fix>> {
    let one = (0..300_usize, 0..12_usize, "[a}{|<川]{0,3}")
        .prop_map(|(start, length, text)| edit(start, start + length, &text));
    let one = prop::collection::vec(one, 1..3).prop_map(fix);
    prop::collection::vec(one, 0..8)
}

/// What stands outside the edits stays: the edits alone make the one text of the other.
fn assert_exact(old: &str, edits: &[Edit], new: &str) {
    let mut by_hand = old.to_owned();
    let mut after = usize::MAX;
    for edit in edits.iter().rev() {
        assert!(edit.end <= after, "edits in order and apart");
        after = edit.start;
        by_hand.replace_range(edit.start..edit.end, &edit.replacement);
    }
    assert_eq!(by_hand, new);
    let shown = diff("a", old, edits);
    assert_eq!(shown.is_empty(), old == new);
    if !shown.is_empty() {
        assert_eq!(patched(old, &shown), new);
    }
}

/// Whether fixing leaves every use of a reference.
fn keeps_uses(text: &str) {
    let settled = fixed(text, "en");
    assert_exact(text, &settled.edits, &settled.text);
    let again = fixed(&settled.text, "en");
    assert_eq!(again.text, settled.text);
    // Only a repetition of another reference may go: it becomes a use of that one.
    let before = judged(text, Some("en")).references;
    let uses = |references: &Packed<CheckedReference>| -> u32 {
        references.iter().map(|reference| reference.uses).sum()
    };
    assert_eq!(uses(&before), uses(&settled.article.references), "{text}");
}

#[test]
fn a_definition_without_an_end_is_left_where_it_is() {
    keeps_uses("{{Reflist}}\n\n<ref><nowiki><ref name=\"x\" /></nowiki><ref name=\"x\">{{cite web");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_fixes_leave_what_they_do_not_edit(text in texts(), fixes in fixes()) {
        let fixed = apply(&text, &fixes);
        assert_exact(&text, &fixed.edits, &fixed.text);
        prop_assert_eq!(fixed.applied.len() + fixed.skipped.len(), fixes.len());
        prop_assert_eq!(&apply(&text, &[]).text, &text);
    }

    #[test]
    fn any_article_comes_to_rest(text in prop_oneof![texts(), citations()]) {
        keeps_uses(&text);
    }

    #[test]
    fn any_rules_come_to_rest(text in citations(), fixes in fixes()) {
        // Fixes that are found again in whatever text they left.
        let made_up = |_: &str| fixes.clone();
        let settled = settle(&text, &ALL, &mut |text| with_findings(text, &made_up));
        assert_exact(&text, &settled.edits, &settled.text);
    }
}
