//! Edit summaries: in the wiki's language, short, and nothing of strangers in them.
#![expect(clippy::unwrap_used, reason = "a test helper may panic")]

use std::collections::{BTreeMap, BTreeSet};

use citecheck::model::{Edit, Fix, LanguageTag, Safety};
use citecheck::rules::{edit_summary, joined_edit_summary};

const TEXTS: &str = include_str!("../src/rules/data/edit-summaries.tsv");
const KINDS: &str = include_str!("../src/rules/data/edit-summary-kinds.tsv");

fn rows(table: &'static str) -> impl Iterator<Item = [&'static str; 3]> {
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    rows.map(|row| {
        let cells: Vec<&str> = row.split('\t').collect();
        cells.try_into().unwrap()
    })
}

fn fix(description: &str, replacement: &str) -> Fix {
    Fix {
        description: description.to_owned(),
        safety: Safety::Safe,
        edits: vec![Edit {
            start: 0,
            end: 0,
            replacement: replacement.to_owned(),
        }],
        summary: String::new(),
    }
}

fn tag(text: &str) -> LanguageTag {
    LanguageTag::parse(text).unwrap()
}

#[test]
fn each_kind_is_said_in_each_language() {
    let mut kinds: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for [kind, language, text] in rows(TEXTS) {
        assert!(
            kinds.entry(kind).or_default().insert(language),
            "{kind} {language} twice"
        );
        assert!(
            !text.trim().is_empty() && text.chars().count() < 60,
            "{text}"
        );
        let inert = |text: &str| {
            !text.contains(['[', ']', '{', '}', '<', '>', '|', '#', '*', '\'', '~'])
                && !text.chars().any(char::is_control)
        };
        assert!(inert(text), "{text}");
    }
    let languages = kinds.get("other").unwrap().clone();
    for (kind, known) in &kinds {
        assert_eq!(*known, languages, "{kind}");
    }
    for language in [
        "en", "uk", "de", "fr", "es", "it", "pl", "ru", "ar", "fa", "ja", "zh", "th", "tr", "pt",
        "nl", "cs", "he", "hi", "ko", "vi",
    ] {
        assert!(languages.contains(language), "{language}");
    }
    for [_, _, kind] in rows(KINDS) {
        assert!(kinds.contains_key(kind), "no text for {kind}");
    }
}

#[test]
fn one_fix_is_told_in_the_language_of_the_wiki() {
    let check = |rule: &str, description: &str, replacement: &str, language: &str, expect: &str| {
        let fix = fix(description, replacement);
        assert_eq!(edit_summary(rule, &fix, Some(&tag(language))), expect);
    };
    let moved = "https://news.example/neu";
    check(
        "redirected-permanently",
        "replace the URL with its new address",
        moved,
        "de",
        "Pflege der Einzelnachweise: Weblink aktualisiert (news.example) #citecheck",
    );
    check(
        "redirected-permanently",
        "replace the URL with its new address",
        moved,
        "uk",
        "Впорядкування джерел: оновлено посилання (news.example) #citecheck",
    );
    check(
        "language-missing",
        "name the source's language",
        " |language=ar",
        "fa",
        "نگهداری منابع: افزودن زبان منبع (ar) #citecheck",
    );
    check(
        "dead-link",
        "cite the archived copy",
        " |archive-url=https://web.archive.org/web/20200101000000/https://a.example/ |archive-date=2020-01-01",
        "ja",
        "出典の整備：アーカイブを追加 (web.archive.org) #citecheck",
    );
    check(
        "dead-link",
        "say that the original is dead",
        "dead",
        "zh-TW",
        "維護參考資料：更新連結狀態 #citecheck",
    );
    check(
        "invalid-date",
        "write the date as CS1 takes it",
        "2020",
        "pt-BR",
        "Manutenção de referências: corrigido o formato da data #citecheck",
    );
    // No words in Icelandic yet, and a rule of which nothing is said.
    check(
        "invalid-date",
        "write the date as CS1 takes it",
        "2020",
        "is",
        "Citation maintenance: fix date format #citecheck",
    );
    check(
        "no-such-rule",
        "do",
        "x",
        "en",
        "Citation maintenance: tidy citation #citecheck",
    );
}

#[test]
fn strangers_put_nothing_into_a_summary() {
    for hostile in [
        "https://a.example/]]{{evil}}/* x */",
        "http://[[Main Page]]/",
        "https://user:secret@a.example/",
        "https://p\u{430}ypal.example/\u{202e}",
        &format!("https://{}.example/", "a.".repeat(400)),
        "|language=[[x]]",
        "en\u{1b}[2J",
        "",
    ] {
        for rule in ["redirected-permanently", "language-missing", "dead-link"] {
            let summary = edit_summary(rule, &fix("do", hostile), None);
            let marks = ["[[", "{{", "/*", "secret", "\u{202e}", "\u{430}", "\u{1b}"];
            assert!(marks.iter().all(|it| !summary.contains(it)), "{summary}");
            assert!(summary.chars().count() <= 500);
            assert!(summary.ends_with(" #citecheck"));
        }
    }
}

#[test]
fn fixes_of_an_article_are_told_together() {
    let moved = (
        "redirected-permanently",
        "replace the URL with its new address",
    );
    let check = |language: &str, expect: &str| {
        let fixes = [moved, ("dead-link", "cite the archived copy"), moved];
        assert_eq!(joined_edit_summary(fixes, Some(&tag(language))), expect);
    };
    check(
        "en",
        "Citation maintenance: update link (2), add archived copy #citecheck",
    );
    check(
        "ar",
        "صيانة المراجع: تحديث الوصلة (2)، إضافة نسخة مؤرشفة #citecheck",
    );
    check(
        "ja",
        "出典の整備：リンクを更新 (2)、アーカイブを追加 #citecheck",
    );
    assert_eq!(joined_edit_summary([], None), "");
}

/// All kinds at once, in every language, are within what MediaWiki keeps.
#[test]
fn the_longest_summary_fits() {
    let languages: BTreeSet<&str> = rows(TEXTS).map(|[_, language, _]| language).collect();
    for language in languages {
        let fixes = rows(KINDS).flat_map(|row| std::iter::repeat_n(row, 1234));
        let fixes = fixes.map(|[rule, begins, _]| (rule, begins));
        let summary = joined_edit_summary(fixes, Some(&tag(language)));
        assert!(summary.chars().count() <= 500, "{language}: {summary}");
        assert!(summary.ends_with(" #citecheck"));
    }
}
