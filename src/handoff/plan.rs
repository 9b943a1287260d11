//! Which citations a translated file is about, and what is written into them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::entry::{Entry, EntryState, Name, Part};
use super::outcome::{Outcome, What};
use super::value::{folded, same_text, wikitext_value};
use crate::check::{article_part, source_key};
use crate::languages;
use crate::model::{Article, Edit, Finding, Fix, Reference, RuleCode, Safety, Severity, Source};
use crate::rules::{ArticleContext, SourceContext};

/// What a translated file comes to in one article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// What is to be written, as findings with their fixes, by place: what
    /// [`settle`](crate::fix::settle) takes.
    pub findings: Vec<Finding>,
    /// What becomes of each entry, in the file's order; one that is about several citations has
    /// several.
    pub outcomes: Vec<Outcome>,
}

/// Finds the citations that the entries are about, by the parts of their names that stay when an
/// article is edited or moved, and says what is to be written into them.
#[must_use]
pub fn plan(article: &Article, entries: &[Entry], now: Timestamp) -> Plan {
    let mut by_source: BTreeMap<&str, Vec<(usize, Name<'_>)>> = BTreeMap::new();
    let several = several(entries);
    for (at, entry) in entries.iter().enumerate() {
        if let Some(name) = entry.name() {
            by_source.entry(name.source).or_default().push((at, name));
        }
    }
    let context = ArticleContext {
        article,
        now,
        readers: None,
    };
    let mut found: Vec<Vec<(Option<u32>, What)>> = vec![Vec::new(); entries.len()];
    let mut articles: BTreeSet<&str> = BTreeSet::new();
    let mut plan = Plan::default();
    for reference in &article.references {
        for source in &reference.sources {
            let key = source_key(&source.citation);
            let Some(named) = by_source.get(key.as_str()) else {
                continue;
            };
            articles.extend(named.iter().map(|(_, name)| name.article));
            let citation = Citing {
                context,
                reference,
                source,
            };
            let (finding, whats) = citation.write(named, entries, &several);
            plan.findings.extend(finding);
            for (at, what) in whats {
                if let Some(found) = found.get_mut(at) {
                    found.push((Some(reference.number), what));
                }
            }
        }
    }
    for (entry, mut whats) in entries.iter().zip(found) {
        if whats.is_empty() {
            whats.push((None, missing(entry, &articles)));
        }
        // One address under several titles: the citations of another title are not meant.
        if whats.iter().any(|(_, what)| *what != What::Changed) {
            whats.retain(|(_, what)| *what != What::Changed);
        }
        plan.outcomes
            .extend(whats.into_iter().map(|(reference, what)| {
                Outcome {
                    id: entry
                        .name()
                        .map_or_else(|| entry.id.clone(), |name| name.item.to_owned()),
                    source: entry.source.clone(),
                    reference,
                    what,
                    reason: entry.reason.clone(),
                }
            }));
    }
    plan
}

/// The names that a file gives different translations: rows that were pasted, catalogues that were
/// merged. Nothing tells which of them is meant.
fn several(entries: &[Entry]) -> BTreeSet<&str> {
    let mut first: BTreeMap<&str, String> = BTreeMap::new();
    let mut several = BTreeSet::new();
    for entry in entries {
        let target = folded(&entry.target);
        if entry.state != EntryState::Translated || target.is_empty() {
            continue;
        }
        let id = entry.id.trim();
        if *first.entry(id).or_insert_with(|| target.clone()) != target {
            several.insert(id);
        }
    }
    several
}

fn missing(entry: &Entry, articles: &BTreeSet<&str>) -> What {
    match (entry.state, entry.name()) {
        (EntryState::Untranslated, _) => What::Untranslated,
        (_, Some(name)) if !articles.is_empty() && !articles.contains(name.article) => {
            What::OtherArticle
        }
        (_, _) => What::Unknown,
    }
}

/// Adds a parameter's value, unless there is one already: what becomes of it.
fn added(fields: &mut Vec<(&'static str, String)>, parameter: &'static str, value: String) -> What {
    match fields.iter().find(|(field, _)| *field == parameter) {
        Some((_, there)) if *there == value => What::Write,
        Some(_) => What::OtherTranslation,
        None => {
            fields.push((parameter, value));
            What::Write
        }
    }
}

/// A citation that entries are about.
struct Citing<'a> {
    context: ArticleContext<'a>,
    reference: &'a Reference,
    source: &'a Source,
}

impl Citing<'_> {
    /// What is to be written, and what becomes of each entry, by its place.
    fn write(
        &self,
        named: &[(usize, Name<'_>)],
        entries: &[Entry],
        several: &BTreeSet<&str>,
    ) -> (Option<Finding>, Vec<(usize, What)>) {
        let ctx = self.source_context();
        let mut fields: Vec<(&'static str, String)> = Vec::new();
        let mut other_letters = None;
        let mut with_letters = None;
        let mut whats = Vec::new();
        for (at, name) in self.own_first(named) {
            let Some(entry) = entries.get(*at) else {
                continue;
            };
            let code = || name.from.primary().to_owned();
            let what = match self.what(entry, name, &ctx) {
                Ok(_) if several.contains(entry.id.trim()) => What::TwoTranslations,
                Ok((parameter, value)) => match parameter {
                    Some(parameter) => added(&mut fields, parameter, value),
                    None if other_letters.is_none() => {
                        other_letters = Some((value, code()));
                        What::Write
                    }
                    None => What::OtherTranslation,
                },
                Err(what) => what,
            };
            let is_taken = matches!(what, What::Write | What::Written);
            if is_taken && name.part == Part::Title && with_letters.is_none() {
                let value = wikitext_value(&entry.transliteration).ok();
                with_letters = value.map(|value| (value, code()));
            }
            whats.push((*at, what));
        }
        let other_letters = other_letters.or(with_letters);
        // The order in which a reader meets them, whatever a tool's is.
        fields.sort_by_key(|(field, _)| *field != "trans-title");
        if !fields.is_empty() {
            fields.extend(self.language(named, &ctx));
        }
        let fix = self.fix(&ctx, &fields, other_letters);
        if fix.is_none() {
            for (_, what) in &mut whats {
                if *what == What::Write {
                    *what = What::NoPlace;
                }
            }
        }
        (fix.map(|fix| self.finding(fix)), whats)
    }

    /// The entries of this article before those of others that cite the source; else by the file.
    fn own_first<'n, 'e>(&self, named: &'n [(usize, Name<'e>)]) -> Vec<&'n (usize, Name<'e>)> {
        let own = article_part(&self.context.article.input);
        let mut ordered: Vec<_> = named.iter().collect();
        ordered.sort_by_key(|(_, name)| name.article != own);
        ordered
    }

    /// The parameter that an entry goes into, and its value there; no parameter for a title in
    /// other letters. Else what becomes of it.
    fn what(
        &self,
        entry: &Entry,
        name: &Name<'_>,
        ctx: &SourceContext<'_>,
    ) -> Result<(Option<&'static str>, String), What> {
        match entry.state {
            EntryState::Rejected => return Err(What::Rejected),
            EntryState::Untranslated => return Err(What::Untranslated),
            EntryState::Unsure => return Err(What::Unsure),
            EntryState::Translated => {}
        }
        if !self.is_same(entry, name.part) {
            return Err(What::Changed);
        }
        let own = self.context.article.language.as_ref();
        if own.is_some_and(|own| !languages::same_language(own, &name.into)) {
            return Err(What::OtherLanguage);
        }
        let citation = &self.source.citation;
        let (parameter, there) = match name.part {
            Part::Title => ("trans-title", citation.trans_title.as_ref()),
            Part::Quote => ("trans-quote", citation.trans_quote.as_ref()),
            Part::Transliteration => ("script-title", citation.script_title.as_ref()),
        };
        // A row whose only new text is the title in other letters.
        let target = entry.target.trim();
        if target.is_empty() {
            let there = citation.script_title.is_some();
            return Err(if there { What::Written } else { What::Write });
        }
        match there {
            Some(there) if same_text(there, target) => return Err(What::Written),
            Some(_) => return Err(What::OtherTranslation),
            None => {}
        }
        if name.part != Part::Transliteration && self.is_text(target, name.part) {
            return Err(What::SameText);
        }
        if ctx.own_name(parameter).is_none() {
            return Err(What::NoPlace);
        }
        let value = wikitext_value(target).map_err(What::Unwritable)?;
        let parameter = (name.part != Part::Transliteration).then_some(parameter);
        Ok((parameter, value))
    }

    /// Whether the citation still has the text that was translated.
    fn is_same(&self, entry: &Entry, part: Part) -> bool {
        // A table may come back without the column.
        entry.source.trim().is_empty() || self.is_text(&entry.source, part)
    }

    /// Whether it is the citation's own text.
    fn is_text(&self, other: &str, part: Part) -> bool {
        let citation = &self.source.citation;
        let title = citation.script_title.as_ref().or(citation.title.as_ref());
        let text = match part {
            Part::Title | Part::Transliteration => title,
            Part::Quote => citation.quote.as_ref(),
        };
        text.is_some_and(|text| same_text(text, other))
    }

    /// The source's language, where the citation does not say it.
    fn language(
        &self,
        named: &[(usize, Name<'_>)],
        ctx: &SourceContext<'_>,
    ) -> Option<(&'static str, String)> {
        let citation = &self.source.citation;
        let (_, name) = named.first()?;
        let said = !citation.language.is_empty() || citation.fields.contains_key("language");
        if said || ctx.own_name("language").is_none() {
            return None;
        }
        Some(("language", name.from.to_string()))
    }

    fn fix(
        &self,
        ctx: &SourceContext<'_>,
        fields: &[(&str, String)],
        other_letters: Option<(String, String)>,
    ) -> Option<Fix> {
        let mut fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(field, value)| (*field, value.as_str()))
            .collect();
        let mut edits: Vec<Edit> = Vec::new();
        let citation = &self.source.citation;
        let script;
        if let Some((letters, code)) = other_letters
            && citation.script_title.is_none()
            && ctx.own_name("script-title").is_some()
        {
            let title = citation.fields.get("title")?;
            script = format!("{code}:{}", title.value);
            let replaced =
                ctx.replace_field("write the title in other letters", "title", letters)?;
            edits.extend(replaced.edits);
            fields.push(("script-title", &script));
        }
        if fields.is_empty() {
            return None;
        }
        let added = ctx.add_fields("add the translation", &fields)?;
        edits.extend(added.edits);
        edits.sort_by_key(|edit| (edit.start, edit.end));
        Some(Fix {
            description: "add the translation".to_owned(),
            safety: Safety::Review,
            edits,
            summary: String::new(),
        })
    }

    fn finding(&self, fix: Fix) -> Finding {
        Finding {
            rule: RuleCode("translation".into()),
            name: "translation".into(),
            severity: Severity::Note,
            reference: Some(self.reference.number),
            message: "a translation is at hand".to_owned(),
            evidence: Vec::new(),
            span: Some(self.source.span),
            excerpt: None,
            fix: Some(fix),
        }
    }

    fn source_context(&self) -> SourceContext<'_> {
        SourceContext {
            article: self.context,
            reference: self.reference,
            source: self.source,
            link: None,
            copy: None,
            verdict: None,
            page: None,
            language: None,
        }
    }
}
