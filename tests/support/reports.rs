//! Hand-made reports: seven languages in five scripts, a clean one, a partial one, a hostile one.

use std::collections::BTreeMap;

use citecheck::model::*;

const STARTED: &str = "2026-03-01T12:00:00Z";

fn tag(text: &str) -> LanguageTag {
    LanguageTag::parse(text).unwrap()
}

fn span(line: usize, column: usize) -> Span {
    Span {
        start: line * 100,
        end: line * 100 + 40,
        line,
        column,
    }
}

fn reference(number: u32, language: &str, title: &str, url: &str) -> CheckedReference {
    CheckedReference {
        kind: ReferenceKind::Footnote,
        details: None,
        main: None,
        number,
        names: Vec::new(),
        group: None,
        uses: 1,
        template: Some("cite web".to_owned()),
        citation: Citation {
            title: Some(title.to_owned()),
            url: Some(url.to_owned()),
            date: Some("2019-05-03".parse().unwrap()),
            language: vec![tag(language)],
            authors: vec![Person::Whole {
                name: "Author".to_owned(),
            }],
            raw: BTreeMap::from([("title".to_owned(), title.to_owned())]),
            ..Citation::default()
        },
        span: span(number as usize + 10, 3),
        source: None,
        claims: vec![format!("Sentence {number} of the article.")],
        language: Some(ReferenceLanguage {
            tag: tag(language),
            confidence: 0.98,
            from: LanguageOrigin::Page,
        }),
        link: Some(LinkReport {
            verdict: LinkVerdict::Alive,
            reason: "the page answers".to_owned(),
            confidence: 0.9,
            evidence: Vec::new(),
            status: Some(200),
            final_url: Some(url.to_owned()),
            hops: vec![LinkHop {
                url: url.to_owned(),
                status: 301,
            }],
            attempts: 1,
            checked_at: Some(STARTED.parse().unwrap()),
            history: None,
            copies: Vec::new(),
            copy_search: None,
        }),
        page: Some(PageEvidence {
            title: Some(title.to_owned()),
            charset: "UTF-8".to_owned(),
            words: 420,
            ..PageEvidence::default()
        }),
        further: Vec::new(),
    }
}

fn finding(severity: Severity, name: &'static str, number: u32, message: &str) -> Finding {
    Finding {
        rule: RuleCode(format!("{}001", &name.to_uppercase().get(..3).unwrap()).into()),
        name: name.into(),
        severity,
        reference: Some(number),
        message: message.to_owned(),
        evidence: Vec::new(),
        span: Some(span(number as usize + 10, 17)),
        excerpt: None,
        fix: None,
    }
}

fn todo(number: u32, language: &str, title: &str, url: Option<&str>, words: usize) -> TodoItem {
    let takes = ["language", "trans-title", "trans-quote", "script-title"];
    TodoItem {
        id: format!("5a1e0000.{number:010}.{language}_en"),
        article: "rivers.wiki".to_owned(),
        article_language: Some(tag("en")),
        reference: number,
        references: vec![number],
        uses: 1,
        language: tag(language),
        target: Some(tag("en")),
        title: Some(title.to_owned()),
        script_title: None,
        page_title: None,
        trans_title: None,
        quote: None,
        trans_quote: None,
        url: url.map(str::to_owned),
        verdict: Some(LinkVerdict::Alive),
        words,
        counted: Counted::Page,
        title_words: title.split(' ').count(),
        claims: vec![format!("Sentence {number} of the article.")],
        template: Some("cite web".to_owned()),
        span: Some(span(number as usize + 10, 3)),
        parameters: takes.map(|name| (name.to_owned(), name.to_owned())).into(),
        state: TodoState::NeedsTranslation,
        reason: None,
        wikitext: format!("|language={language} |trans-title="),
    }
}

fn report(articles: Vec<CheckedArticle>, todo: Vec<TodoItem>) -> Report {
    let mut counts = Counts {
        todo: todo.len(),
        ..Counts::default()
    };
    for article in &articles {
        counts.references += article.references.len();
        for reference in &article.references {
            if let Some(link) = &reference.link {
                counts.urls += 1;
                *counts
                    .verdicts
                    .entry(link.verdict.as_str().to_owned())
                    .or_default() += 1;
            }
        }
        for finding in &article.findings {
            *counts
                .severities
                .entry(finding.severity.as_str().to_owned())
                .or_default() += 1;
        }
    }
    Report {
        schema: SCHEMA_VERSION,
        tool: Tool {
            name: "citecheck".to_owned(),
            version: "0.1.0".to_owned(),
        },
        run: Run {
            started: STARTED.parse().unwrap(),
            finished: STARTED.parse().unwrap(),
            network: Network::Replay,
            language: Some(tag("en")),
            partial: false,
            pages: true,
            trouble: None,
            shard: None,
            limited_to: None,
            all_todo: false,
        },
        articles,
        todo,
        findings: Vec::new(),
        counts,
    }
}

fn article(references: Vec<CheckedReference>, findings: Vec<Finding>) -> CheckedArticle {
    CheckedArticle {
        counts: None,
        input: "rivers.wiki".to_owned(),
        format: InputFormat::Wikitext,
        title: Some("Rivers of an invented country".to_owned()),
        language: Some(tag("en")),
        references: references.into(),
        findings,
        problems: Vec::new(),
    }
}

pub(crate) fn clean() -> Report {
    let sound = reference(1, "en", "A river in spring", "https://river.example/spring");
    report(vec![article(vec![sound], Vec::new())], Vec::new())
}

pub(crate) fn partial() -> Report {
    let mut late = reference(2, "en", "A river in autumn", "https://river.example/autumn");
    let link = late.link.as_mut().unwrap();
    (link.verdict, link.status, link.attempts) = (LinkVerdict::Skipped, None, 0);
    let sound = reference(1, "en", "A river in spring", "https://river.example/spring");
    let mut report = report(vec![article(vec![sound, late], Vec::new())], Vec::new());
    report.run.partial = true;
    report.run.network = Network::Live;
    report
}

/// What the references of [`many_languages`] cite.
const SOURCES: [(&str, &str, &str); 7] = [
    (
        "uk",
        "Річка, яка тече назад: відносини двох міст за сто років і що про них кажуть",
        "https://richka.example/novyny/2019",
    ),
    (
        "de",
        "„Die Saison am Fluss“",
        "https://fluss.example/saison",
    ),
    (
        "ar",
        "النهر الذي يعود إلى منبعه كل عام",
        "https://nahr.example/akhbar/النهر",
    ),
    (
        "ja",
        "川が戻る町：二つの都市の百年にわたる関係と、その周辺で語られてきた言い伝えについて",
        "https://kawa.example/kiji/2019",
    ),
    (
        "th",
        "แม่น้ำที่ไหลย้อนกลับทุกปีในฤดูฝนของเมืองสองเมือง",
        "https://maenam.example/khao",
    ),
    (
        "fa",
        "رودی که هر سال بازمی‌گردد",
        "https://rud.example/khabar",
    ),
    ("en", "A river in spring", "https://river.example/spring"),
];

pub(crate) fn many_languages() -> Report {
    let mut references: Vec<CheckedReference> = Vec::new();
    let mut items = Vec::new();
    for (at, (language, title, url)) in SOURCES.into_iter().enumerate() {
        let number = u32::try_from(at).unwrap() + 1;
        references.push(reference(number, language, title, url));
        if language != "en" {
            items.push(todo(number, language, title, Some(url), 420));
        }
    }
    for (number, verdict) in [(2, LinkVerdict::Gone), (5, LinkVerdict::Blocked)] {
        let reference = references
            .iter_mut()
            .find(|reference| reference.number == number);
        reference.unwrap().link.as_mut().unwrap().verdict = verdict;
    }
    if let Some(item) = items.first_mut() {
        item.trans_title = Some("The river that flows back".to_owned());
        item.quote = Some("Вона тече назад, і всі це бачать".to_owned());
        "|language=uk |trans-quote=".clone_into(&mut item.wikitext);
    }
    let mut book = todo(8, "uk", "Книга без адреси", None, 3);
    (book.counted, book.verdict) = (Counted::Title, None);
    (book.uses, book.references) = (3, vec![8, 11]);
    items.push(book);
    let mut article = article(references, sample_findings());
    article.problems.push(Problem {
        line: 40,
        column: 7,
        message: "`<ref>` is never closed; read up to the next one".to_owned(),
    });
    let second = CheckedArticle {
        counts: None,
        input: "lists/a-folder-with-a-long-name/seen-from-the-bank.txt".to_owned(),
        format: InputFormat::Text,
        title: None,
        language: None,
        references: Vec::new().into(),
        findings: Vec::new(),
        problems: Vec::new(),
    };
    let mut report = report(vec![article, second], items);
    report.counts.translated = 2;
    report.counts.unknown_language = 1;
    report.findings.push(Finding {
        reference: None,
        span: None,
        ..finding(
            Severity::Warning,
            "unused-ignore",
            0,
            "an ignore of `dead-link` for https://old.example/ matched nothing",
        )
    });
    report
}

fn sample_findings() -> Vec<Finding> {
    let mut gone = finding(
        Severity::Error,
        "dead-link",
        2,
        "the server says that the page does not exist",
    );
    gone.evidence = vec![
        Evidence::new("status", "410", "HTTP"),
        Evidence::new("attempts", "2", "run"),
        Evidence::new(
            "redirect",
            "https://fluss.example/neu/eine/sehr/lange/adresse/die/nicht/passt",
            "HTTP",
        ),
    ];
    gone.fix = Some(Fix {
        summary: "say that the link is dead".to_owned(),
        safety: Safety::Review,
        description: "say that the link is dead".to_owned(),
        edits: vec![Edit {
            start: 1240,
            end: 1240,
            replacement: " |url-status=dead".to_owned(),
        }],
    });
    let mut date = finding(
        Severity::Warning,
        "date-mismatch",
        3,
        "cited with 2019-05-03, but the page “النهر 7” says 2021-01-02",
    );
    date.evidence = vec![
        Evidence::new("cited date", "2019-05-03", "citation"),
        Evidence::new("published", "2021-01-02", "JSON-LD datePublished"),
        Evidence::new("visible text", "نُشر في 2 يناير 2021", "main text"),
    ];
    let mut blocked = finding(
        Severity::Note,
        "blocked-by-site",
        5,
        "the site turns robots away (403); a reader may still see the page, so this says nothing about the link",
    );
    blocked.evidence = vec![Evidence::new("status", "403", "HTTP")];
    let mut whole = finding(
        Severity::Note,
        "language-missing",
        0,
        "two thirds of the citations in other languages have no `language`",
    );
    (whole.reference, whole.span) = (None, None);
    let title = finding(
        Severity::Warning,
        "title-mismatch",
        4,
        "the page's title is 「川が戻らない町：二つの都市の百年にわたる関係」, which is not the title cited",
    );
    vec![gone, date, title, blocked, whole]
}

/// Puts an entry as written under a reference, and the finding about it at `place` of that line, with
/// an edit of it.
fn written(
    articles: &mut CheckedArticle,
    number: u32,
    (entry, place): (&str, &str),
    edit: Option<&str>,
) {
    let mut found = articles.findings.iter_mut();
    let found = found.find(|finding| finding.reference == Some(number));
    let found = found.unwrap();
    let at = entry.find(place).unwrap();
    found.excerpt = Some(Excerpt {
        text: entry.to_owned(),
        start: at,
        end: at + place.len(),
        cut_before: false,
        cut_after: false,
    });
    let reference = articles.references.get_mut(number as usize - 1).unwrap();
    reference.source = Some(entry.to_owned());
    if let Some(replacement) = edit {
        let start = reference.span.start + at;
        found.fix = Some(Fix {
            summary: "an edit summary".to_owned(),
            safety: Safety::Safe,
            description: "write it as the page has it".to_owned(),
            edits: vec![Edit {
                start,
                end: start + place.len(),
                replacement: replacement.to_owned(),
            }],
        });
    }
}

/// Entries as written in seven languages, each with a place in it and what is to take its place.
pub(crate) const WRITTEN: [(u32, &str, &str, &str); 7] = [
    (
        1,
        "Річка тече назад.<ref>{{cite news |title=Річка, яка тече назад |date=3 мая 2019 |url=https://richka.example/novyny/2019}}</ref>",
        "3 мая 2019",
        "3 травня 2019",
    ),
    (
        2,
        "{{Internetquelle |url=https://fluss.example/saison |titel=„Die Saison am Fluss“ |abruf=2020-02-31}}",
        "2020-02-31",
        "2020-02-29",
    ),
    (
        3,
        "{{cite news |title=النهر الذي يعود إلى منبعه |date=2019-05-03 |url=https://nahr.example/akhbar}}",
        "2019-05-03",
        "2021-01-02",
    ),
    (
        4,
        "{{cite web |title=川が戻る町：二つの都市 |url=https://kawa.example/kiji/2019 |date=2019年5月3日}}",
        "川が戻る町：二つの都市",
        "川が戻らない町：二つの都市",
    ),
    (
        5,
        "<ref>[https://maenam.example/khao แม่น้ำที่ไหลย้อนกลับ] 3 พ.ค. 2562</ref>",
        "3 พ.ค. 2562",
        "3 พ.ค. 2019",
    ),
    (
        6,
        "* {{یادکرد وب |عنوان=رودی که هر سال بازمی‌گردد |پیوند=https://rud.example/khabar |تاریخ=۱۳ خرداد ۱۳۹۸}}",
        "۱۳ خرداد ۱۳۹۸",
        "۱۳ اردیبهشت ۱۳۹۸",
    ),
    (
        7,
        "{{cite web |title=👩‍👩‍👧 at the river |url=https://river.example/spring}}",
        "https://river.example/spring",
        "https://river.example/spring |date=2019",
    ),
];

/// One article whose findings stand at places of lines in seven languages.
pub(crate) fn with_lines() -> Report {
    let mut report = many_languages();
    report.articles.truncate(1);
    report.findings.clear();
    let article = report.articles.first_mut().unwrap();
    article.findings.clear();
    for (number, entry, place, replacement) in WRITTEN {
        let found = finding(Severity::Warning, "date-mismatch", number, "it differs");
        article.findings.push(found);
        written(article, number, (entry, place), Some(replacement));
    }
    report
}

/// A text that tries something, and what of it must not stand in Markdown as it is.
pub(crate) struct Attack {
    pub(crate) text: String,
    pub(crate) never_in_markdown: Vec<String>,
}

/// What strangers write, and what of it must not stand in Markdown as it is.
const ATTACKS: &[(&str, &[&str])] = &[
    ("\u{1b}[2J\u{1b}[31mred", &[]),
    (
        "\u{1b}]8;;https://evil.example\u{7}click\u{1b}]8;;\u{7}",
        &[],
    ),
    ("\u{1b}]0;window title\u{7}", &[]),
    ("\u{9b}31m\u{9d}0;t\u{9c}", &[]),
    ("over\u{202e}drawkcab\u{202c}", &[]),
    ("iso\u{2067}late without end", &[]),
    ("\u{2069}\u{2069} ends what it did not begin", &[]),
    ("mark\u{200f}\u{200e}\u{61c}s", &[]),
    ("tags \u{e0041}\u{e0042}", &[]),
    (
        "line\nfeed\r\ncarriage\u{2028}separator\u{85}next",
        &["\nfeed", "\ncarriage"],
    ),
    ("\n# heading\n- [x] done\n```", &["\n# heading", "\n- [x]"]),
    ("bell\u{7} null\0 delete\u{7f} backspace\u{8}\u{8}", &[]),
    ("<script>alert(1)</script>", &["<script"]),
    ("<img src=x onerror=alert(1)>", &["<img"]),
    ("</details></td><h1>free", &["<h1>", "</td>"]),
    ("<!-- comment", &["<!--"]),
    ("[click](javascript:alert(1))", &["[click]("]),
    ("![x](https://evil.example/pixel.png)", &["![x]("]),
    ("javascript:alert(1)", &["(<javascript:", "<javascript:"]),
    (
        "data:text/html,<script>alert(1)</script>",
        &["<data:", "<script"],
    ),
    ("https://x.example/a|b)c>d`e\\f\"g", &["a|b)c>d"]),
    ("https://x.example/> [y](https://evil.example)", &["> [y]("]),
    ("| a | b |", &["| a | b |"]),
    ("``` `` ` code", &[]),
    (
        "`code` **bold** _em_ ~~del~~ $math$",
        &["**bold**", "~~del~~"],
    ),
    ("|trans-title=}}<ref>{{evil}}", &["<ref>{{"]),
    ("&lt;b&gt; &#x1b;", &[]),
    ("https://user:secret@x.example/", &["<https://user"]),
    ("שלום [עולם](javascript:x) 1", &["[עולם]("]),
    ("\u{feff}\u{200b}\u{2060}", &[]),
    ("", &[]),
    ("::set-output name=x::y", &["\n::set"]),
    ("\n::error file=a.wiki,line=1::fake", &["\n::error"]),
    ("\r\n  ::add-mask::a\n::stop-commands::x", &["\n  ::add"]),
    ("x %0A::error::fake %0D %25 %3A%2C", &[]),
    ("a,b:c::d,title=e::f", &[]),
    ("##[error]fake ##vso[task.setvariable variable=x]y", &[]),
    ("##teamcity[buildStatus text='x']", &[]),
    // Spreadsheets: formulas, also in full-width signs, and what splits a cell.
    ("=1+1", &[]),
    ("+1+1", &[]),
    ("-1+1", &[]),
    ("@SUM(A1:A9)", &[]),
    ("\t=1+1", &[]),
    ("\r=1+1", &[]),
    ("  =cmd|' /C calc'!A0", &[]),
    ("＝1+1", &[]),
    ("＋1＋1", &[]),
    ("－1", &[]),
    ("＠SUM(A1)", &[]),
    ("\u{200b}=1+1", &[]),
    ("\u{feff}=1+1", &[]),
    ("\"=HYPERLINK(\"\"https://evil.example\"\")\"", &[]),
    ("a\",\"b\r\nc;d\te", &["\nc;d"]),
    // XML: what it cannot hold, and what ends what holds it.
    (
        "\u{1}\u{2}\u{6}\u{8}\u{b}\u{c}\u{e}\u{f}\u{10}\u{1a}\u{1f}",
        &[],
    ),
    ("\u{fffe}\u{ffff}\u{fdd0}\u{1fffe}\u{10ffff}", &[]),
    ("]]> <![CDATA[ ]]>", &["<![CDATA["]),
    (
        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"b\">]>&a;",
        &["<?xml", "<!DOCTYPE"],
    ),
    ("&#0; &#xD800; &#x1b; &unknown; \\ud800 \\u0000", &[]),
    ("' onload='x \" onload=\"x", &[]),
    ("</failure></testcase><testcase name='x'/>", &["</failure>"]),
    ("a -- b --> c", &["-->"]),
    // Wikitext.
    ("x}}</ref>{{evil|a=b}}<ref>", &["</ref>"]),
    ("<nowiki>{{{1}}}</nowiki>", &["<nowiki>"]),
    ("[[Category:Evil]] {{!}} |url=https://evil.example", &[]),
    ("'''bold''' ~~~~ __NOTOC__", &["__NOTOC__"]),
    // TeX and BibTeX.
    ("\\write18{ls} \\input{/etc/passwd} \\immediate", &[]),
    ("}, url = {https://evil.example}}\n@misc{x,", &["\n@misc"]),
    ("{{{ unbalanced } \\} \\{ \" # % & $ ^ _ ~", &[]),
    ("trailing backslash \\", &[]),
    ("@string{a = \"b\"} @comment{x} @preamble{\"\\x\"}", &[]),
    // Gettext and printf.
    ("\"\nmsgid \"\"\nmsgstr \"x\\n\"", &["\nmsgid"]),
    ("%s %d %n %1$s %(name)s {0} {name}", &[]),
    // Script in a page.
    ("</script><script>alert(1)</script><!--", &["<script"]),
    ("';alert(1)//\";alert(1)//`${alert(1)}`", &[]),
    ("JaVa\tScRiPt:alert(1)", &["<JaVa", "<java"]),
    ("vbscript:x", &["<vbscript:"]),
    ("//evil.example/x", &[]),
    ("../../../../etc/passwd", &[]),
    ("C:\\Users\\x\\a b#c?d.wiki", &[]),
    ("名前 имя اسم ชื่อ नाम 🏔\u{fe0f} e\u{301}", &[]),
];

/// The table of attack strings, and some that are long.
pub(crate) fn attacks() -> Vec<Attack> {
    let long = ["long ".repeat(5_000), "長".repeat(9_000), "{".repeat(9_000)];
    let long = long.into_iter().map(|text| (text, &[][..]));
    (ATTACKS.iter())
        .map(|(text, never)| ((*text).to_owned(), *never))
        .chain(long)
        .map(|(text, never)| Attack {
            text,
            never_in_markdown: never.iter().map(|text| (*text).to_owned()).collect(),
        })
        .collect()
}

/// A report in which a stranger chose every text.
pub(crate) fn hostile(text: &str) -> Report {
    let some = || Some(text.to_owned());
    let mut cited = reference(1, "en", text, text);
    cited.claims = vec![text.to_owned()];
    (cited.names, cited.group, cited.details) = (vec![text.to_owned()], some(), some());
    cited.template = some();
    let citation = &mut cited.citation;
    (citation.trans_title, citation.script_title) = (some(), some());
    (citation.work, citation.publisher) = (some(), some());
    (citation.agency, citation.via, citation.archive_url) = (some(), some(), some());
    citation.authors = vec![
        Person::Whole {
            name: text.to_owned(),
        },
        Person::Split {
            last: text.to_owned(),
            first: text.to_owned(),
        },
    ];
    citation.editors.clone_from(&citation.authors);
    if let Some(link) = &mut cited.link {
        (link.reason, link.final_url) = (text.to_owned(), some());
        link.evidence = vec![Evidence::new("status", text, "HTTP")];
    }
    if let Some(page) = &mut cited.page {
        (page.charset, page.media_type) = (text.to_owned(), text.to_owned());
    }
    let mut found = finding(Severity::Error, "dead-link", 1, text);
    found.evidence = vec![Evidence::new(text.to_owned(), text, text.to_owned())];
    found.fix = Some(Fix {
        summary: text.to_owned(),
        safety: Safety::Review,
        description: text.to_owned(),
        edits: vec![Edit {
            start: 1240,
            end: 1240,
            replacement: text.to_owned(),
        }],
    });
    found.name = text.to_owned().into();
    found.excerpt = Some(Excerpt {
        text: format!("{text}{text}{text}"),
        start: text.len(),
        end: text.len() * 2,
        cut_before: true,
        cut_after: true,
    });
    cited.source = Some(format!("{text}{text}"));
    cited.span.start = 1240;
    let mut article = article(vec![cited], vec![found.clone()]);
    text.clone_into(&mut article.input);
    article.title = Some(text.to_owned());
    article.problems.push(Problem {
        line: 1,
        column: 1,
        message: text.to_owned(),
    });
    let mut report = report(vec![article.clone(), article], hostile_sources(text));
    report.run.all_todo = true;
    report.findings = vec![found];
    text.clone_into(&mut report.tool.version);
    report
}

/// Sources to translate in every state, of which a stranger chose every text.
fn hostile_sources(text: &str) -> Vec<TodoItem> {
    let mut item = todo(1, "de", text, Some(text), 3);
    text.clone_into(&mut item.article);
    item.trans_title = Some(text.to_owned());
    item.claims = vec![text.to_owned()];
    text.clone_into(&mut item.wikitext);
    for place in [
        &mut item.script_title,
        &mut item.page_title,
        &mut item.quote,
        &mut item.trans_quote,
        &mut item.template,
        &mut item.reason,
    ] {
        *place = Some(text.to_owned());
    }
    item.parameters
        .insert("trans-title".to_owned(), text.to_owned());
    let mut rejected = item.clone();
    rejected.state = TodoState::Rejected;
    rejected.id.push('r');
    let mut untitled = item.clone();
    (untitled.title, untitled.quote) = (None, None);
    vec![item, rejected, untitled]
}
