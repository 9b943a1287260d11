//! Names of templates and parameters, as far as wikis tell them apart.

/// The key under which a template or parameter name is looked up.
///
/// Lower case, without spaces, `_`, `-` and invisible joiners: `Cite_web`, `cite-web`, `citeweb`
/// and `Cite web` are one. `MediaWiki` itself only ignores the case of the first letter and takes
/// `_` for a space, but nearly every wiki redirects the other spellings.
#[must_use]
pub fn fold_name(name: &str) -> String {
    folded(name).collect()
}

/// The characters of [`fold_name`], for a look-up that makes no string.
pub fn folded(name: &str) -> impl Iterator<Item = char> {
    let counts = |c: &char| {
        !(c.is_whitespace()
            || matches!(
                c,
                '_' | '-' | '\u{200b}'..='\u{200f}' | '\u{2010}'..='\u{2013}' | '\u{ad}'
            ))
    };
    name.chars().filter(counts).flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::fold_name;

    #[test]
    fn spellings_of_one_name_fold_together() {
        for name in ["Cite web", "cite_web", "citeweb", "Cite-web", " cite  Web "] {
            assert_eq!(fold_name(name), "citeweb");
        }
        assert_eq!(fold_name("یادکرد\u{200c}وب"), "یادکردوب");
        assert_eq!(fold_name("Недоступне посилання"), "недоступнепосилання");
    }
}
