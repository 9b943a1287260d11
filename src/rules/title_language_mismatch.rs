//! `LNG005` title-language-mismatch.

use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::languages::{self, DeclaredLanguage, LanguageSignal};
use crate::model::{DetectedLanguage, Evidence, Finding, LanguageTag, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a title that is in another language than `language` says.
    ///
    /// ## Why it matters
    /// Either the language is wrong, or an editor's translation stands in the title's place, where
    /// nobody finds the source by it: translations belong in `trans-title`.
    ///
    /// ## Example
    /// `|title=Дощ у Києві не вщухає третій день |language=de`.
    ///
    /// ## Limits
    /// A title is thin evidence. It must be long, nearly certain (0.97) even though the citation
    /// says otherwise, and not in a close relative of the language cited,
    /// unless two of its words have letters that the cited one does not write (`і` in Russian). Titles in Latin script
    /// in a language that writes another are notes, as are titles in the article's own language:
    /// the source may have a second title. Silent where the page itself tells its language, which
    /// `language-mismatch` compares.
    TITLE_LANGUAGE_MISMATCH {
        code: "LNG005",
        name: "title-language-mismatch",
        severity: Severity::Warning,
        fix: FixAvailability::Never,
        check: Check::Source(check),
    }
}

/// Below this a title does not contradict an editor.
const CERTAIN: f64 = 0.97;

/// Fewer words than this may be a name, in scripts that write spaces.
const FEW_WORDS: usize = 6;

/// Fewer letters than this may be a name, in scripts that no language cited is written in.
const FEW_LETTERS: usize = 8;

/// So many words with letters that a language does not have are none of its own.
const FOREIGN_WORDS: usize = 2;

/// Languages whose headlines may look alike.
const RELATIVES: [&[&str]; 18] = [
    &["uk", "ru", "be", "rue", "bg", "mk", "sr", "cu", "mn"],
    &["cs", "sk", "pl", "sl", "hr", "hsb", "dsb", "csb", "szl"],
    &["da", "no", "nb", "nn", "sv", "is", "fo"],
    &[
        "es", "pt", "gl", "ca", "ast", "an", "oc", "it", "la", "ro", "fr", "eu", "ext", "mwl",
    ],
    &[
        "it", "scn", "nap", "vec", "lmo", "pms", "co", "sc", "la", "fur", "rm",
    ],
    &[
        "de", "nds", "lb", "nl", "af", "als", "gsw", "bar", "fy", "yi", "li", "zea",
    ],
    &["id", "ms", "jv", "su", "min", "ban", "tl", "ceb", "ilo"],
    &["tr", "az", "tk", "uz", "crh", "gag", "kk", "ky", "tt", "ba"],
    &[
        "fa", "ps", "ur", "ckb", "ku", "azb", "sd", "ug", "glk", "mzn", "pnb",
    ],
    &["hi", "mr", "ne", "sa", "bho", "mai", "new", "kok", "gom"],
    &["bn", "as", "bpy", "mni"],
    &["fi", "et", "vro", "krl", "olo"],
    &["en", "sco", "cy", "ga", "gd"],
    &["ar", "arz", "ary", "fa", "ur", "ckb"],
    &["rw", "rn", "lg", "sw", "ln"],
    &["zu", "xh", "nd", "nr", "ss"],
    &["st", "tn", "nso"],
    &["ay", "qu", "gn"],
];

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let citation = &ctx.source.citation;
    let (Some(title), None) = (&citation.title, &citation.script_title) else {
        return Vec::new();
    };
    // A page is the better witness: what it says of the language is another rule's finding.
    let read = ctx.page.is_some_and(|page| page.language.is_some());
    if read || citation.language.is_empty() || !citation.fields.contains_key("language") {
        return Vec::new();
    }
    let Some(found) = contradicting(title, &citation.language) else {
        return Vec::new();
    };
    let names: Vec<String> = citation
        .language
        .iter()
        .map(languages::english_name)
        .collect();
    let mut message = format!(
        "cited as {}, but the title is in {}",
        names.join(", "),
        languages::english_name(&found.tag)
    );
    let own = ctx.article.article.language.as_ref();
    let translated = own.is_some_and(|own| languages::same_language(own, &found.tag));
    if translated {
        message.push_str("; a translation belongs in trans-title");
    }
    let mut finding = ctx.finding_at(&TITLE_LANGUAGE_MISMATCH, "title", message);
    if translated || is_latin(title) {
        finding.severity = Severity::Note;
    }
    finding.evidence.extend(ctx.cited("language"));
    finding.evidence.extend(ctx.cited("title"));
    let language = Evidence::new("language", found.tag.to_string(), "cited title");
    finding.evidence.push(language);
    finding.evidence.extend(found.evidence);
    vec![finding]
}

/// The title's language, if it is certainly none of those cited.
fn contradicting(title: &str, cited: &[LanguageTag]) -> Option<DetectedLanguage> {
    let letters = title.chars().filter(|c| c.is_alphabetic()).count();
    let in_script = |tag| languages::is_in_script_of(title, tag).unwrap_or(true);
    let other_script = !cited.iter().any(in_script);
    let enough = if other_script && !is_latin(title) {
        FEW_LETTERS <= letters
    } else {
        FEW_WORDS <= title.split_whitespace().count()
    };
    if !enough {
        return None;
    }
    let found = languages::detect(title, &[])?;
    let close = |tag: &LanguageTag| {
        languages::same_language(tag, &found.tag)
            || RELATIVES
                .iter()
                .any(|group| group.contains(&tag.primary()) && group.contains(&found.tag.primary()))
    };
    if found.confidence < CERTAIN {
        return None;
    }
    if cited.iter().any(close) {
        return is_misspelt(title, cited, &found.tag).then_some(found);
    }
    // The editor's word weighs as much as a page's own declaration would.
    let declared: Vec<DeclaredLanguage> = cited
        .iter()
        .map(|tag| DeclaredLanguage {
            tag: tag.clone(),
            signal: LanguageSignal::Article,
        })
        .collect();
    let weighed = languages::detect(title, &declared)?;
    let stands = weighed.tag == found.tag && CERTAIN <= weighed.confidence;
    stands.then_some(weighed)
}

/// Whether a title has letters that none of the languages cited has, and all of the other's.
fn is_misspelt(title: &str, cited: &[LanguageTag], other: &LanguageTag) -> bool {
    let foreign = |tag| languages::words_in_foreign_letters(title, tag);
    foreign(other) == Some(0)
        && cited
            .iter()
            .all(|tag| foreign(tag).is_some_and(|words| FOREIGN_WORDS <= words))
}

/// Whether most letters are Latin.
fn is_latin(text: &str) -> bool {
    let latin = |c: &char| c.is_ascii_alphabetic() || ('\u{c0}'..='\u{24f}').contains(c);
    let letters = text.chars().filter(|c| c.is_alphabetic());
    let (mut all, mut found) = (0, 0);
    for c in letters {
        all += 1;
        found += usize::from(latin(&c));
    }
    all < 2 * found
}
