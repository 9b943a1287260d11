//! Articles in wikitext with everything that they say.

use std::collections::BTreeSet;
use std::fs;

use citecheck::article::{ReadOptions, read};
use citecheck::model::{Article, Citation, InputFormat, LanguageTag, Person, Reference};

use crate::score::Scores;

/// For every article: `counts`, `references` and `fields`: which of the expected lines are read;
/// `nothing-added`: which of those that are read are expected; `spans`: which fields stand where
/// they say, as written.
pub(crate) fn scores() -> Scores {
    let mut scores = Scores::default();
    let mut names: Vec<String> = fs::read_dir("tests/quality/articles")
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
        .filter_map(|name| Some(name.strip_suffix(".wiki")?.to_owned()))
        .collect();
    names.sort();
    for name in names {
        let source = crate::corpus(&format!("articles/{name}.wiki"));
        let language = name.split_once('-').map_or(name.as_str(), |(tag, _)| tag);
        let options = ReadOptions {
            language: LanguageTag::parse(language),
        };
        let article = read(&name, &source, InputFormat::Wikitext, &options);
        let expected = crate::corpus(&format!("articles/{name}.txt"));
        compare(&name, &expected, &lines(&article), &mut scores);
        spans(&article, &source, &mut scores);
    }
    scores
}

fn compare(name: &str, expected: &str, read: &[String], scores: &mut Scores) {
    let expected: Vec<&str> = expected.lines().filter(|line| !line.is_empty()).collect();
    let found: BTreeSet<&str> = read.iter().map(String::as_str).collect();
    for line in &expected {
        let measure = match line.split_once(' ') {
            Some(("count", _)) => "counts",
            Some((number, _)) if number.contains('.') => "fields",
            Some(_) | None => "references",
        };
        let miss = || format!("{name}.wiki: not read: {line}");
        scores.count(measure, found.contains(line), miss);
    }
    // An article that two parsers would count in two ways states no counts.
    for line in read.iter().filter(|line| !line.starts_with("count ")) {
        let right = expected.contains(&line.as_str());
        let miss = || format!("{name}.wiki: not expected: {line}");
        scores.count("nothing-added", right, miss);
    }
}

/// `count ref_tags 5`, `undefined x`, `problem 3: …`; `2 note #group =name (details) <1 ×2` per
/// reference; `2.1 template cite web >7`, `2.1 title T` … per source and field.
fn lines(article: &Article) -> Vec<String> {
    let counts = article.counts.unwrap_or_default();
    let counts = [
        ("ref_tags", counts.ref_tags),
        ("self_closing", counts.self_closing),
        ("with_content", counts.with_content),
        ("names", counts.names),
        ("templates", counts.templates),
        ("parameters", counts.parameters),
        ("distinct_urls", counts.distinct_urls),
    ];
    let mut lines: Vec<String> = counts
        .iter()
        .map(|(name, count)| format!("count {name} {count}"))
        .collect();
    let undefined = article.undefined.iter();
    lines.extend(undefined.map(|undefined| format!("undefined {}", undefined.name)));
    let problems = article.problems.iter();
    lines.extend(problems.map(|problem| format!("problem {}: {}", problem.line, problem.message)));
    for reference in &article.references {
        lines.push(head(reference));
        for (source, at) in reference.sources.iter().zip(1..) {
            let place = format!("{}.{at}", reference.number);
            let template = source.template.as_deref().unwrap_or("-");
            let cites = source.cites.map(|number| format!(" >{number}"));
            let cites = cites.unwrap_or_default();
            lines.push(format!("{place} template {template}{cites}"));
            let fields = fields(&source.citation).into_iter();
            lines.extend(fields.map(|(field, value)| format!("{place} {field} {value}")));
        }
    }
    lines
}

fn head(reference: &Reference) -> String {
    let kind = serde_json::to_value(reference.kind).unwrap();
    let mut parts = vec![reference.number.to_string()];
    parts.extend(kind.as_str().map(str::to_owned));
    parts.extend(reference.group.as_ref().map(|group| format!("#{group}")));
    parts.extend(reference.names.iter().map(|name| format!("={name}")));
    parts.extend(reference.details.as_ref().map(|part| format!("({part})")));
    parts.extend(reference.main.map(|main| format!("<{main}")));
    parts.push(format!("×{}", reference.uses));
    parts.join(" ")
}

fn fields(citation: &Citation) -> Vec<(&'static str, String)> {
    let texts = [
        ("title", &citation.title),
        ("trans-title", &citation.trans_title),
        ("script-title", &citation.script_title),
        ("work", &citation.work),
        ("publisher", &citation.publisher),
        ("agency", &citation.agency),
        ("via", &citation.via),
        ("url", &citation.url),
        ("archive-url", &citation.archive_url),
    ];
    let dates = [
        ("date", citation.date),
        ("access-date", citation.access_date),
        ("archive-date", citation.archive_date),
    ];
    let mut fields: Vec<(&str, String)> = texts
        .into_iter()
        .filter_map(|(name, text)| Some((name, text.clone()?)))
        .collect();
    fields.extend(
        dates
            .into_iter()
            .filter_map(|(name, date)| Some((name, date?.to_string()))),
    );
    fields.extend(citation.authors.iter().map(|one| ("author", person(one))));
    fields.extend(citation.editors.iter().map(|one| ("editor", person(one))));
    let languages = citation.language.iter();
    fields.extend(languages.map(|tag| ("language", tag.to_string())));
    if let Some(status) = citation.url_status {
        let status = serde_json::to_value(status).unwrap();
        fields.extend(status.as_str().map(|word| ("url-status", word.to_owned())));
    }
    fields
}

fn person(person: &Person) -> String {
    match person {
        Person::Split { last, first } => format!("{last}, {first}"),
        Person::Whole { name } => name.clone(),
    }
}

/// A field's span holds its value as written; a parameter's holds its own.
fn spans(article: &Article, source: &str, scores: &mut Scores) {
    for reference in &article.references {
        for one in &reference.sources {
            for (name, field) in &one.citation.fields {
                let there = field.span.text(source);
                let right = there == Some(field.value.as_str());
                scores.count("spans", right, || {
                    format!(
                        "{}: {name} {:?} stands at {there:?}",
                        article.input, field.value
                    )
                });
            }
            for parameter in &one.parameters {
                let there = parameter.value_span.text(source);
                let right = there == Some(parameter.value.as_str());
                scores.count("spans", right, || {
                    format!("{}: {:?} stands at {there:?}", article.input, parameter)
                });
            }
        }
    }
}
