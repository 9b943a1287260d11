//! What all wikis call templates and parameters, in one table that is asked once per name.
//!
//! Gives the same answers as the catalogue, which looks through the languages one after another.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::folded::{Folded, NameHasher};
use crate::article::catalogue::{
    self, Canonical, TABLES, TemplateKind, template_key, wiki_language,
};
use crate::article::tables::{FILES, Tables};
use crate::wikitext::{self, fold_name};

type Table<V> = HashMap<Box<[u8]>, V, BuildHasherDefault<NameHasher>>;

/// The place of a language in the catalogue.
type Language = u8;

/// No beginning of a template's name in the tables has more characters.
const LONGEST_PREFIX: usize = 40;

/// A set of languages of the catalogue, which has fewer than 128.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Languages(u128);

impl Languages {
    fn contains(self, language: Language) -> bool {
        self.0 >> language & 1 == 1
    }

    fn insert(&mut self, language: Language) {
        self.0 |= 1 << language;
    }

    /// Their tags, in the catalogue's order.
    pub(super) fn tags(self) -> impl Iterator<Item = &'static str> {
        let all = FILES.iter().zip(0..);
        all.filter(move |(_, language)| self.contains(*language))
            .map(|((name, _), _)| *name)
    }
}

/// What a template is for, in the languages whose wikis have it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known {
    pub(super) kind: Option<TemplateKind>,
    pub(super) languages: Languages,
    /// Which of the templates it is that have parameters of their own.
    special: Option<u16>,
}

/// What a template is for, by language.
#[derive(Debug, Default)]
struct Template {
    uses: Vec<(Language, TemplateKind)>,
    special: Option<u16>,
}

/// What a parameter's name stands for in one language.
#[derive(Debug, Clone, Copy)]
struct Meaning {
    language: Language,
    /// The only template in which it has this meaning, by [`Known::special`].
    special: Option<u16>,
    name: &'static str,
}

/// All that a parameter's name may stand for.
#[derive(Debug, Clone, Copy, Default)]
struct Meanings {
    exact: &'static [Meaning],
    /// What it stands for with `#` for the number in it.
    listed: &'static [Meaning],
    number: Option<u16>,
    /// What it stands for where all languages agree and the template has no names of its own.
    settled: Option<Canonical>,
}

/// Names folded, to what they stand for.
#[derive(Debug, Default)]
struct Index {
    templates: Table<Template>,
    parameters: Table<Vec<Meaning>>,
    prefixes: Vec<&'static str>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut index = Index::default();
    index.fill(&TABLES);
    index
});

/// The usual spellings of names, which need no folding.
#[derive(Debug, Default)]
struct Spellings {
    templates: Table<&'static Template>,
    parameters: Table<Meanings>,
}

static SPELLINGS: LazyLock<Spellings> = LazyLock::new(|| {
    let mut spellings = Spellings::default();
    for name in catalogue::spellings() {
        if name.contains('#') {
            spellings.add(&name.replace('#', ""));
            (1..=9).for_each(|number| spellings.add(&name.replace('#', &number.to_string())));
            continue;
        }
        spellings.add(name);
        spellings.add(&fold_name(name));
        let mut rest = name.chars();
        if let Some(first) = rest.next() {
            let rest = rest.as_str();
            spellings.add(&format!("{}{rest}", first.to_lowercase()));
            spellings.add(&format!("{}{rest}", first.to_uppercase()));
        }
    }
    spellings
});

impl Spellings {
    fn add(&mut self, name: &str) {
        let Some(folded) = Folded::of(name) else {
            return;
        };
        let template = INDEX.templates.get(folded.bytes());
        if let Some(template) = template.filter(|template| !template.uses.is_empty()) {
            self.templates.insert(name.as_bytes().into(), template);
        }
        let meanings = Meanings::of(&folded);
        if !meanings.exact.is_empty() || !meanings.listed.is_empty() {
            self.parameters.insert(name.as_bytes().into(), meanings);
        }
    }
}

impl Index {
    fn fill(&mut self, tables: &'static Tables) {
        let key = |name: &str| Box::<[u8]>::from(name.as_bytes());
        self.prefixes
            .extend(tables.prefixes.iter().map(String::as_str));
        for (name, uses) in &tables.templates {
            let template = self.templates.entry(key(name)).or_default();
            template.uses.clone_from(uses);
        }
        for ((template, parameters), special) in tables.exceptions.iter().zip(0..) {
            let template = self.templates.entry(key(template)).or_default();
            template.special = Some(special);
            for (name, meanings) in parameters {
                self.mean(key(name), meanings, Some(special));
            }
        }
        for (name, meanings) in &tables.parameters {
            self.mean(key(name), meanings, None);
        }
    }

    fn mean(
        &mut self,
        key: Box<[u8]>,
        meanings: &[(Language, &'static str)],
        special: Option<u16>,
    ) {
        let all = self.parameters.entry(key).or_default();
        all.extend(meanings.iter().map(|(language, name)| Meaning {
            language: *language,
            special,
            name,
        }));
    }
}

/// The place of a language in the catalogue, by the language of an article.
pub(super) fn own_language(language: Option<&str>) -> Option<Language> {
    let own = wiki_language(language?);
    let place = FILES.iter().position(|(name, _)| *name == own)?;
    Language::try_from(place).ok()
}

/// What the template of that name is for. In an article of the language `own` its wiki's names
/// count first, then English ones, then those of others.
pub(super) fn template(name: &str, own: Option<Language>) -> Known {
    if let Some(template) = SPELLINGS.templates.get(name.as_bytes()) {
        return template.known(own);
    }
    let without_namespace;
    let name = if name.contains(':') {
        without_namespace = template_key(name);
        without_namespace.as_str()
    } else {
        name
    };
    let Some(folded) = Folded::of(name) else {
        // No table has so long a name, but it may begin as those of citations do.
        let beginning: String = wikitext::folded(name).take(LONGEST_PREFIX).collect();
        return by_prefix(&beginning).unwrap_or_default();
    };
    let found = INDEX.templates.get(folded.bytes());
    let special = found.and_then(|template| template.special);
    let known = found.map(|template| template.known(own));
    let known = known.filter(|known| known.kind.is_some());
    let prefixed = || by_prefix(std::str::from_utf8(folded.bytes()).ok()?);
    let unknown = Known {
        special,
        ..Known::default()
    };
    known
        .or_else(prefixed)
        .map_or(unknown, |known| Known { special, ..known })
}

/// What the beginning of a template's name tells.
fn by_prefix(folded: &str) -> Option<Known> {
    let mut prefixes = INDEX.prefixes.iter();
    prefixes.any(|prefix| folded.starts_with(prefix)).then(|| {
        let mut languages = Languages::default();
        languages.insert(0); // English
        Known {
            kind: Some(TemplateKind::Citation),
            languages,
            special: None,
        }
    })
}

impl Template {
    fn known(&self, own: Option<Language>) -> Known {
        let mine = self
            .uses
            .iter()
            .find(|(language, _)| Some(*language) == own);
        let kind = mine.or(self.uses.first()).map(|(_, kind)| *kind);
        let mut languages = Languages::default();
        for (language, other) in &self.uses {
            if Some(*other) == kind {
                languages.insert(*language);
            }
        }
        Known {
            kind,
            languages,
            special: self.special,
        }
    }
}

/// The CS1 parameter that a parameter of a template stands for: in the languages that have the
/// template first, then in the article's own, then in any. `position` names one without a name.
pub(super) fn parameter(
    name: Option<&str>,
    position: usize,
    template: Known,
    own: Option<Language>,
) -> Option<Canonical> {
    let Some(name) = name else {
        return Meanings::of(&Folded::of_position(position)).choose(template, own);
    };
    if let Some(meanings) = SPELLINGS.parameters.get(name.as_bytes()) {
        return meanings.choose(template, own);
    }
    Meanings::of(&Folded::of(name)?).choose(template, own)
}

/// How far down in the order of preference a language stands.
type Rank = (bool, bool, Language);

impl Meanings {
    fn of(folded: &Folded) -> Self {
        let get = |folded: &Folded| {
            let found = INDEX.parameters.get(folded.bytes());
            found.map_or(&[] as &[_], Vec::as_slice)
        };
        let numbered = folded.numbered();
        let mut meanings = Self {
            exact: get(folded),
            listed: numbered.as_ref().map_or(&[], |(key, _)| get(key)),
            number: numbered.and_then(|(_, number)| number),
            settled: None,
        };
        meanings.settled = match (meanings.exact, meanings.listed) {
            (all, []) => agreed(all).map(|name| Canonical { name, number: None }),
            ([], all) => agreed(all).map(|name| Canonical {
                name,
                number: meanings.number,
            }),
            _ => None,
        };
        meanings
    }

    #[inline]
    fn choose(&self, template: Known, own: Option<Language>) -> Option<Canonical> {
        match self.settled {
            Some(settled) if template.special.is_none() => Some(settled),
            _ => self.weigh(template, own),
        }
    }

    fn weigh(&self, template: Known, own: Option<Language>) -> Option<Canonical> {
        let rank = |meaning: &Meaning| -> Rank {
            let preferred = template.languages.contains(meaning.language);
            (!preferred, Some(meaning.language) != own, meaning.language)
        };
        let exact = self
            .exact
            .iter()
            .filter(|meaning| meaning.special.is_none() || meaning.special == template.special)
            .min_by_key(|meaning| (rank(meaning), meaning.special.is_none()));
        // No template has listed parameters of its own.
        let listed = self
            .listed
            .iter()
            .filter(|meaning| meaning.special.is_none())
            .min_by_key(|meaning| rank(meaning));
        let listed = listed.filter(|listed| exact.is_none_or(|exact| rank(listed) < rank(exact)));
        let number = listed.and(self.number);
        let name = listed.or(exact)?.name;
        Some(Canonical { name, number })
    }
}

/// The meaning that all have, those in single templates left out.
fn agreed(meanings: &[Meaning]) -> Option<&'static str> {
    let mut everywhere = meanings.iter().filter(|meaning| meaning.special.is_none());
    let first = everywhere.next()?;
    everywhere
        .all(|other| other.name == first.name)
        .then_some(first.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every name of every language, and some that none has, read both ways.
    #[test]
    fn one_table_gives_the_same_answers_as_one_language_after_another() {
        assert!(FILES.len() < 128);
        let mut templates: Vec<&str> = INDEX
            .templates
            .keys()
            .filter_map(|key| std::str::from_utf8(key).ok())
            .collect();
        templates.extend(["citesomething", "nosuch"]);
        let mut parameters: Vec<String> = INDEX
            .parameters
            .keys()
            .filter_map(|key| String::from_utf8(key.to_vec()).ok())
            .collect();
        parameters.extend(catalogue::spellings().map(str::to_owned));
        let numbered = parameters.iter().filter(|name| name.contains('#'));
        let numbered: Vec<String> = numbered.map(|name| name.replace('#', "3")).collect();
        parameters.extend(numbered);
        parameters.extend(["nosuch", "title7", "1", "2"].map(str::to_owned));
        for own in [
            None,
            Some("de"),
            Some("uk"),
            Some("ar"),
            Some("ja"),
            Some("nb"),
            Some("xx"),
        ] {
            let names = catalogue::Preference::of(own);
            let place = own_language(own);
            for (at, name) in templates.iter().enumerate() {
                let known = template(name, place);
                let (kind, languages) = catalogue::template_kind(name, &names)
                    .map_or((None, Vec::new()), |(kind, languages)| {
                        (Some(kind), languages)
                    });
                assert_eq!(known.kind, kind, "{name} in {own:?}");
                let sorted = catalogue::Preference::with(&languages, own);
                // All pairs would be millions: each template takes a few of them.
                for parameter_name in parameters.iter().skip(at % 997).step_by(997) {
                    let found = parameter(Some(parameter_name), 0, known, place);
                    let expect = catalogue::parameter(name, parameter_name, &sorted);
                    assert_eq!(found, expect, "{parameter_name} of {name} in {own:?}");
                    let capital = parameter_name.to_uppercase();
                    let found = parameter(Some(&capital), 0, known, place);
                    let expect = catalogue::parameter(name, &capital, &sorted);
                    assert_eq!(found, expect, "{capital} of {name} in {own:?}");
                }
            }
        }
    }
}
