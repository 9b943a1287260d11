//! `LNG006` invalid-script-title.

use super::cs1;
use super::edits::in_value;
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::languages;
use crate::model::{Finding, Fix, LanguageTag, Parameter, Safety, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a `script-title` without a language code that CS1 takes, or with a title that is in
    /// Latin script.
    ///
    /// ## Why it matters
    /// The code sets the font and the direction of the text; without it Wikipedia shows an error.
    ///
    /// ## Example
    /// `|script-title=東京で大雪`: the fix writes `ja:東京で大雪`.
    ///
    /// ## Limits
    /// The codes are CS1's list of languages in other scripts than Latin. `script-chapter`,
    /// `script-work` and the like are looked at as well.
    INVALID_SCRIPT_TITLE {
        code: "LNG006",
        name: "invalid-script-title",
        severity: Severity::Warning,
        fix: FixAvailability::Sometimes,
        check: Check::Source(check),
    }
}

/// Languages whose titles CS1 takes in a script of their own.
const CODES: [&str; 66] = [
    "ab", "am", "ar", "az", "be", "bg", "bn", "bo", "bs", "ce", "chr", "ckb", "dv", "dz", "el",
    "fa", "grc", "gu", "he", "hi", "hy", "ja", "ka", "kk", "km", "kn", "ko", "ku", "ky", "lo",
    "mk", "ml", "mn", "mni", "mr", "my", "ne", "or", "ota", "pa", "ps", "ru", "sd", "si", "sr",
    "syc", "ta", "te", "tg", "th", "ti", "tt", "ug", "uk", "ur", "uz", "yi", "yue", "zh", "zgh",
    "as", "sa", "sat", "lrc", "pnb", "tmr",
];

/// A language less certain than this is not proposed.
const CERTAIN: f64 = 0.9;

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    if !cs1::is_cs1(ctx.source) {
        return Vec::new();
    }
    let scripts = cs1::named(ctx.source).filter(|(name, _)| name.starts_with("script-"));
    let found = scripts.filter_map(|(name, parameter)| {
        let value = cs1::given(&parameter.value);
        // A template may write the code.
        if value.contains("{{") {
            return None;
        }
        let message = fault(name, &value)?;
        let mut finding = ctx.finding(&INVALID_SCRIPT_TITLE, message);
        if prefix(&value).is_none() {
            finding.fix = fix(ctx, parameter);
        }
        Some(cs1::at_value(finding, name, parameter))
    });
    found.collect()
}

/// The code before the colon and what follows it.
fn prefix(value: &str) -> Option<(&str, &str)> {
    let (code, title) = value.split_once(':')?;
    let code = code.trim();
    let is_code =
        (2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_code.then(|| (code, title.trim()))
}

fn fault(name: &str, value: &str) -> Option<String> {
    let Some((code, title)) = prefix(value) else {
        return Some(format!(
            "{name} lacks the code of its language, such as ja:"
        ));
    };
    if !CODES.contains(&code) {
        return Some(format!(
            "{name} begins with {code}:, which is no code that it takes"
        ));
    }
    if title.is_empty() {
        return Some(format!("{name} has a language and no title"));
    }
    let latin = LanguageTag::from_static("en");
    // Names and numbers stand in Latin letters in every script; all of the letters must.
    let all_latin = title
        .chars()
        .filter(|c| c.is_alphabetic())
        .all(|c| c.is_ascii_alphabetic() || ('\u{c0}'..='\u{24f}').contains(&c));
    let in_latin = all_latin && languages::is_in_script_of(title, &latin) == Some(true);
    in_latin.then(|| format!("{name} is in Latin script and belongs in the field without script-"))
}

/// Writes the code of the language cited, or of the one that the text tells.
fn fix(ctx: &SourceContext<'_>, parameter: &Parameter) -> Option<Fix> {
    let tag = if let [only] = ctx.source.citation.language.as_slice() {
        only.clone()
    } else {
        let found = languages::detect(&parameter.value, &[])?;
        (CERTAIN <= found.confidence).then_some(found.tag)?
    };
    let code = CODES.iter().find(|code| **code == tag.primary())?;
    let edit = in_value(parameter, 0..0, &format!("{code}:"))?;
    ctx.fix("name the title's language", Safety::Review, vec![edit])
}
