//! Marks of the source by which findings are to be ignored, and the reference that each is meant for:
//! `<!-- citecheck-ignore: dead-link -- reason -->`, `{{cbignore}}`.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::article::catalogue::template_key;
use crate::model::{IgnoreKind, IgnoreMark};
use crate::wikitext::{Document, Node, NodeKind, Places, fold_name};

/// What a comment begins with that is such a mark.
const WORD: &str = "citecheck-ignore";

/// What stands between the rules and the reason.
const DASHES: [&str; 3] = ["--", "—", "–"];

static TEMPLATES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let table = include_str!("../data/ignore-templates.tsv");
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    let names = lines.filter_map(|line| line.split_once('\t'));
    names
        .flat_map(|(_, names)| names.split(';').map(fold_name))
        .collect()
});

/// A reference's number and its bytes.
pub(super) type Stretch = (u32, usize, usize);

/// The marks of a source, by place.
///
/// One is meant for the reference that it stands in, the innermost; else for the one that ends
/// before it with nothing but spaces, comments and templates between; else for the one that begins
/// behind it on the same line; and on a line of its own for the first of the next line that is no
/// such mark.
pub(super) fn marks(
    document: &Document<'_>,
    places: &Places<'_>,
    references: &[Stretch],
) -> Vec<IgnoreMark> {
    let nodes = document.nodes();
    let marks: Vec<(&Node, IgnoreMark)> = nodes
        .iter()
        .filter_map(|node| Some((node, mark(document, places, node)?)))
        .collect();
    if marks.is_empty() {
        return Vec::new();
    }
    let mut around = Around::of(document, references);
    let mut placed: Vec<IgnoreMark> = Vec::with_capacity(marks.len());
    let within = within(&marks, references);
    // From the last: what stands before another mark is meant for what that one is meant for.
    for ((node, mut mark), within) in marks.into_iter().zip(within).rev() {
        mark.reference = within
            .or_else(|| around.ended_before(node))
            .or_else(|| match mark.kind {
                IgnoreKind::Comment => around.begins_behind(node),
                IgnoreKind::Template => None,
            });
        placed.push(mark);
    }
    placed.reverse();
    placed
}

fn mark(document: &Document<'_>, places: &Places<'_>, node: &Node) -> Option<IgnoreMark> {
    let span = || places.span(node.start, node.end);
    match node.kind {
        NodeKind::Comment => {
            let text = document.inner(node).text().trim();
            let rest = text.strip_prefix(WORD)?;
            let said = rest.trim_start();
            let said = said.strip_prefix(':').unwrap_or(said);
            // `citecheck-ignored` is a word of somebody else's.
            if rest
                .starts_with(|c: char| c.is_alphanumeric() || c == '-' && !rest.starts_with("--"))
            {
                return None;
            }
            let dash = DASHES
                .iter()
                .filter_map(|dash| Some((said.find(dash)?, dash)));
            let (rules, reason) = match dash.min() {
                None => (said, ""),
                Some((at, dash)) => {
                    let (rules, reason) = said.split_at_checked(at).unwrap_or((said, ""));
                    (rules, reason.strip_prefix(dash).unwrap_or(reason))
                }
            };
            let rules =
                rules.split(|c: char| c == ',' || c == '،' || c == '、' || c.is_whitespace());
            let reason = reason.trim();
            Some(IgnoreMark {
                kind: IgnoreKind::Comment,
                rules: rules
                    .filter(|rule| !rule.is_empty())
                    .map(str::to_owned)
                    .collect(),
                reason: (!reason.is_empty()).then(|| reason.to_owned()),
                reference: None,
                span: span(),
            })
        }
        NodeKind::Template => {
            let template = document.template(node)?;
            let key = template_key(template.name().text());
            TEMPLATES.contains(&key).then(|| IgnoreMark {
                kind: IgnoreKind::Template,
                rules: Vec::new(),
                reason: None,
                reference: None,
                span: span(),
            })
        }
        NodeKind::Raw
        | NodeKind::Ref
        | NodeKind::EmptyRef
        | NodeKind::References
        | NodeKind::Argument
        | NodeKind::Link => None,
    }
}

/// The innermost reference that each mark stands in.
fn within(marks: &[(&Node, IgnoreMark)], references: &[Stretch]) -> Vec<Option<u32>> {
    let mut sorted = references.to_vec();
    sorted.sort_by_key(|(number, start, end)| (*start, Reverse(*end), *number));
    let mut coming = sorted.into_iter().peekable();
    let mut open: Vec<Stretch> = Vec::new();
    let mut found = Vec::with_capacity(marks.len());
    for (node, _) in marks {
        while let Some(next) = coming.next_if(|(_, start, _)| *start <= node.start) {
            open.retain(|(_, _, end)| next.1 < *end);
            open.push(next);
        }
        open.retain(|(_, _, end)| node.start < *end);
        let inner = open.iter().rev().find(|(_, _, end)| node.end <= *end);
        found.push(inner.map(|(number, _, _)| *number));
    }
    found
}

/// What stands before and behind the marks.
struct Around<'d, 's> {
    document: &'d Document<'s>,
    /// References by the byte behind them, and behind what follows them closely.
    ended: HashMap<usize, u32>,
    /// References by their first byte, and by that of marks that are meant for them.
    begins: HashMap<usize, u32>,
    /// First bytes of references, in order.
    starts: Vec<(usize, u32)>,
    /// By where the next line with anything on it begins: the first reference there.
    lines: HashMap<usize, Option<u32>>,
}

impl<'d, 's> Around<'d, 's> {
    fn of(document: &'d Document<'s>, references: &[Stretch]) -> Self {
        let mut ended = HashMap::new();
        let mut begins = HashMap::new();
        let mut starts = Vec::new();
        for (number, start, end) in references {
            ended.entry(*end).or_insert(*number);
            begins.entry(*start).or_insert(*number);
            starts.push((*start, *number));
        }
        starts.sort_unstable();
        let mut around = Self {
            document,
            ended,
            begins,
            starts,
            lines: HashMap::new(),
        };
        for node in document.nodes() {
            if matches!(node.kind, NodeKind::Comment | NodeKind::Template)
                && let Some(number) = around.ended_before(node)
            {
                around.ended.entry(node.end).or_insert(number);
            }
        }
        around
    }

    /// The reference that ends before it on its line.
    fn ended_before(&self, node: &Node) -> Option<u32> {
        let before = self.document.source().as_bytes().get(..node.start)?;
        let spaces = before.iter().rev().take_while(|byte| is_space(**byte));
        self.ended.get(&(node.start - spaces.count())).copied()
    }

    /// The reference that begins behind it on its line, or on the next one if it has a line of its
    /// own.
    fn begins_behind(&mut self, node: &Node) -> Option<u32> {
        let source = self.document.source();
        let behind = source.as_bytes().get(node.end..)?;
        let spaces = behind.iter().take_while(|byte| is_space(**byte)).count();
        let same_line = self.begins.get(&(node.end + spaces)).copied();
        let found = same_line.or_else(|| {
            let ends_line = matches!(behind.get(spaces), Some(b'\n' | b'\r'));
            (ends_line && self.begins_line(node)).then(|| self.on_next_line(node))?
        })?;
        self.begins.entry(node.start).or_insert(found);
        Some(found)
    }

    fn begins_line(&self, node: &Node) -> bool {
        let before = self.document.source().as_bytes().get(..node.start);
        let mut before = before.unwrap_or_default().iter().rev();
        matches!(before.find(|byte| !is_space(**byte)), None | Some(b'\n'))
    }

    fn on_next_line(&mut self, node: &Node) -> Option<u32> {
        let source = self.document.source();
        let behind = source.as_bytes().get(node.end..)?;
        let blank = behind.iter().take_while(|byte| byte.is_ascii_whitespace());
        let line = node.end + blank.count();
        if let Some(number) = self.begins.get(&line) {
            return Some(*number);
        }
        if let Some(known) = self.lines.get(&line) {
            return *known;
        }
        let first = self.starts.partition_point(|(start, _)| *start < line);
        let first = self.starts.get(first).copied();
        let found = first.filter(|(start, _)| {
            let between = source.as_bytes().get(line..*start).unwrap_or_default();
            !between.contains(&b'\n')
        });
        let found = found.map(|(_, number)| number);
        self.lines.insert(line, found);
        found
    }
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}
