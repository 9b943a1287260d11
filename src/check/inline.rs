//! Ignores that stand in the article: comments and templates beside a reference.

use std::collections::{BTreeMap, BTreeSet};

use super::settled::Settled;
use crate::model::{
    Article, CheckedReference, Edit, Finding, Fix, IgnoreKind, IgnoreMark, Packed, Problem, Safety,
    Span,
};
use crate::rules::{self, Rule, unused_inline_ignore};

/// What stands for every rule.
const ALL: &str = "all";

/// Groups of the rules that are about a link and its archived copy.
const OF_LINKS: [&str; 2] = ["LNK", "ARC"];

/// The ignores of an article.
#[derive(Debug)]
pub(super) struct Inline {
    marks: Vec<Mark>,
    /// By number of the reference: places in `marks`.
    by_reference: BTreeMap<u32, Vec<usize>>,
    pub(super) problems: Vec<Problem>,
}

#[derive(Debug)]
struct Mark {
    reference: u32,
    reason: Option<String>,
    span: Span,
    /// What takes it away.
    removal: Edit,
    ignores: Vec<Ignored>,
}

/// What a mark ignores.
#[derive(Debug)]
struct Ignored {
    what: What,
    used: bool,
}

#[derive(Debug, Clone, Copy)]
enum What {
    Rule(&'static Rule),
    All,
    /// Bots heed the template as well: whether it is of use to them is not known here.
    Links,
}

impl What {
    fn covers(self, finding: &Finding) -> bool {
        match self {
            Self::Rule(rule) => rule.name == finding.name,
            Self::All => true,
            Self::Links => OF_LINKS
                .iter()
                .any(|group| finding.rule.0.starts_with(group)),
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.name,
            Self::All => ALL,
            Self::Links => "links",
        }
    }
}

impl Inline {
    /// Reads the article's marks; those that name no rule, or stand at no reference, become
    /// problems.
    pub(super) fn of(article: &Article) -> Self {
        let mut inline = Self {
            marks: Vec::new(),
            by_reference: BTreeMap::new(),
            problems: Vec::new(),
        };
        for mark in &article.ignores {
            let ignores = match mark.kind {
                IgnoreKind::Template => vec![What::Links],
                IgnoreKind::Comment => inline.named(mark),
            };
            let Some(reference) = mark.reference else {
                if mark.kind == IgnoreKind::Comment {
                    inline.problem(
                        mark,
                        "citecheck-ignore stands at no reference; put it into the <ref>, behind it, \
                         or on a line of its own before it"
                            .to_owned(),
                    );
                }
                continue;
            };
            let places = inline.by_reference.entry(reference).or_default();
            places.push(inline.marks.len());
            inline.marks.push(Mark {
                reference,
                reason: mark.reason.clone(),
                span: mark.span,
                removal: removal(&article.text, mark.span),
                ignores: ignores
                    .into_iter()
                    .map(|what| Ignored { what, used: false })
                    .collect(),
            });
        }
        inline
    }

    /// The rules that a comment names.
    fn named(&mut self, mark: &IgnoreMark) -> Vec<What> {
        let mut ignores = Vec::new();
        for name in &mark.rules {
            if name.eq_ignore_ascii_case(ALL) {
                ignores.push(What::All);
            } else if let Some(rule) = rules::by_name(&name.to_lowercase()) {
                ignores.push(What::Rule(rule));
            } else {
                let hint = rules::nearest_name(name).map_or_else(
                    || "`citecheck rules` lists them".to_owned(),
                    |nearest| format!("did you mean `{nearest}`?"),
                );
                let shown: String = name.chars().take(40).collect();
                self.problem(
                    mark,
                    format!("unknown rule `{shown}` in citecheck-ignore; {hint}"),
                );
            }
        }
        if mark.rules.is_empty() {
            let message =
                "citecheck-ignore names no rule; write `citecheck-ignore: dead-link -- why`";
            self.problem(mark, message.to_owned());
        } else if mark.reason.is_none() {
            let message = "citecheck-ignore gives no reason; write one behind `--`";
            self.problem(mark, message.to_owned());
        }
        ignores
    }

    fn problem(&mut self, mark: &IgnoreMark, message: String) {
        self.problems.push(Problem {
            line: mark.span.line,
            column: mark.span.column,
            message,
        });
    }

    /// Whether a finding is to be ignored.
    pub(super) fn hides(&mut self, finding: &Finding) -> bool {
        let places = finding
            .reference
            .and_then(|number| self.by_reference.get(&number));
        let mut hit = false;
        for place in places.into_iter().flatten() {
            let ignores = self.marks.get_mut(*place).map(|mark| &mut mark.ignores);
            for ignored in ignores.into_iter().flatten() {
                if ignored.what.covers(finding) {
                    ignored.used = true;
                    hit = true;
                }
            }
        }
        hit
    }

    /// The findings about marks that hid nothing, though the run, which was about the references of
    /// those numbers, could have found it.
    pub(super) fn unused(
        &self,
        settled: Settled,
        references: &Packed<CheckedReference>,
        numbers: &BTreeSet<u32>,
    ) -> Vec<Finding> {
        let mut marked = BTreeMap::new();
        for block in references.blocks() {
            let wanted = block.iter().filter(|it| {
                numbers.contains(&it.number) && self.by_reference.contains_key(&it.number)
            });
            marked.extend(wanted.map(|reference| (reference.number, reference.clone())));
        }
        let mut findings = Vec::new();
        for mark in &self.marks {
            let Some(reference) = marked.get(&mark.reference) else {
                continue;
            };
            let unused = |it: &&Ignored| !it.used && is_known(it.what, settled, reference);
            let names: Vec<&str> = (mark.ignores.iter().filter(unused))
                .map(|ignored| ignored.what.name())
                .collect();
            if names.is_empty() {
                continue;
            }
            let whole = names.len() == mark.ignores.len();
            let fix = whole.then(|| Fix {
                description: "remove the ignore that matched nothing".to_owned(),
                safety: Safety::Review,
                edits: vec![mark.removal.clone()],
                summary: String::new(),
            });
            findings.push(unused_inline_ignore(
                &names,
                mark.reason.as_deref(),
                (mark.reference, mark.span),
                fix,
            ));
        }
        findings
    }
}

/// Whether the run would have found what is ignored.
fn is_known(what: What, settled: Settled, reference: &CheckedReference) -> bool {
    let known =
        |rule: &Rule| settled.ran(rule) && reference.works().all(|work| settled.at(rule, work));
    match what {
        What::Rule(rule) => known(rule),
        What::All => rules::RULES.iter().all(|rule| known(rule)),
        What::Links => false,
    }
}

/// Takes a comment away, with its line if nothing else stands there.
fn removal(text: &str, span: Span) -> Edit {
    let before = text.get(..span.start).unwrap_or_default();
    let behind = text.get(span.end..).unwrap_or_default();
    let line_before = before.trim_end_matches([' ', '\t']);
    let line_behind = behind.trim_start_matches([' ', '\t']);
    let line_break = ["\r\n", "\n"]
        .into_iter()
        .find(|end| line_behind.starts_with(end));
    let alone = line_before.is_empty() || line_before.ends_with('\n');
    let (start, end) = match line_break {
        Some(line_break) if alone => (
            line_before.len(),
            text.len() - line_behind.len() + line_break.len(),
        ),
        _ => (span.start, span.end),
    };
    Edit {
        start,
        end,
        replacement: String::new(),
    }
}
