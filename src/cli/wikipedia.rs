//! Addresses of Wikipedia articles, and where their wikitext is.

use anyhow::{Result, bail};
use citecheck::languages::tag_for_name;
use citecheck::model::LanguageTag;
use url::Url;

/// Subdomains that are no language tags, or not those of their language.
const SUBDOMAINS: [(&str, &str); 14] = [
    ("als", "gsw"),
    ("bat-smg", "sgs"),
    ("be-x-old", "be-tarask"),
    ("cbk-zam", "cbk"),
    ("eml", "egl"),
    ("fiu-vro", "vro"),
    ("map-bms", "jv"),
    ("no", "nb"),
    ("nrm", "nrf"),
    ("roa-rup", "rup"),
    ("simple", "en"),
    ("zh-classical", "lzh"),
    ("zh-min-nan", "nan"),
    ("zh-yue", "yue"),
];

/// The address of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ArticleAddress {
    /// `uk.wikipedia.org`.
    pub(super) host: String,
    /// The title with spaces.
    pub(super) title: String,
    /// The wiki's language.
    pub(super) language: Option<LanguageTag>,
    scheme: String,
}

impl ArticleAddress {
    /// Reads `https://LANG.wikipedia.org/wiki/TITLE`, the mobile site's included.
    pub(super) fn parse(text: &str) -> Result<Self> {
        let way_out =
            "give https://LANG.wikipedia.org/wiki/TITLE, or save the page and give the file";
        let Ok(url) = Url::parse(text) else {
            bail!("{text} is no address; {way_out}");
        };
        let host = url
            .host_str()
            .unwrap_or_default()
            .replace(".m.wikipedia.", ".wikipedia.");
        let Some(subdomain) = host
            .strip_suffix(".wikipedia.org")
            .filter(|label| !label.contains('.'))
        else {
            bail!("{text} is no Wikipedia article; {way_out}");
        };
        let title = title_of(&url).filter(|title| !title.is_empty());
        let Some(title) = title.filter(|_| subdomain != "www") else {
            bail!("{text} names no article; {way_out}");
        };
        let other = SUBDOMAINS.iter().find(|(label, _)| *label == subdomain);
        let code = other.map_or(subdomain, |(_, tag)| *tag);
        Ok(Self {
            language: LanguageTag::parse(code).or_else(|| tag_for_name(code)),
            title,
            scheme: url.scheme().to_owned(),
            host,
        })
    }

    /// Where the article's wikitext is.
    pub(super) fn raw(&self) -> Result<Url> {
        let mut url = Url::parse(&format!("{}://{}/w/index.php", self.scheme, self.host))?;
        url.query_pairs_mut()
            .append_pair("title", &self.title.replace(' ', "_"))
            .append_pair("action", "raw");
        Ok(url)
    }

    /// The same wiki's article of another title.
    pub(super) fn with_title(&self, title: &str) -> Self {
        Self {
            title: spaced(title),
            ..self.clone()
        }
    }
}

/// The title in `/wiki/TITLE` or in `?title=TITLE`.
fn title_of(url: &Url) -> Option<String> {
    if let Some(path) = url.path().strip_prefix("/wiki/") {
        // The path is no form, in which these three would mean something.
        let path = path
            .replace('+', "%2B")
            .replace('=', "%3D")
            .replace('&', "%26");
        let (title, _) = url::form_urlencoded::parse(path.as_bytes()).next()?;
        return Some(spaced(&title));
    }
    let (_, title) = url.query_pairs().find(|(key, _)| key == "title")?;
    Some(spaced(&title))
}

fn spaced(title: &str) -> String {
    title.replace('_', " ").trim().to_owned()
}

/// Where a redirect page leads: `#REDIRECT [[Title#Section]]` in any language.
pub(super) fn redirect_target(wikitext: &str) -> Option<String> {
    let rest = wikitext.trim_start().strip_prefix('#')?;
    let (word, rest) = rest.split_once("[[")?;
    let word = word.trim_end().trim_end_matches(':').trim_end();
    if word.is_empty() || 40 < word.chars().count() || word.contains(['\n', ' ', '[']) {
        return None;
    }
    let (link, _) = rest.split_once("]]")?;
    let title = link.split(['|', '#']).next()?;
    let title = spaced(title.trim_start_matches(':'));
    (!title.is_empty() && !title.contains('\n')).then_some(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_articles_are_read() {
        let check = |text: &str, language: &str, title: &str, raw: &str| {
            let address = ArticleAddress::parse(text).unwrap();
            assert_eq!(address.language.as_ref().unwrap().as_str(), language);
            assert_eq!(address.title, title);
            assert_eq!(address.raw().unwrap().as_str(), raw);
        };
        check(
            "https://uk.wikipedia.org/wiki/Річка_Либідь#Історія",
            "uk",
            "Річка Либідь",
            "https://uk.wikipedia.org/w/index.php?title=%D0%A0%D1%96%D1%87%D0%BA%D0%B0_\
             %D0%9B%D0%B8%D0%B1%D1%96%D0%B4%D1%8C&action=raw",
        );
        check(
            "https://de.m.wikipedia.org/wiki/C%2B%2B",
            "de",
            "C++",
            "https://de.wikipedia.org/w/index.php?title=C%2B%2B&action=raw",
        );
        check(
            "https://simple.wikipedia.org/wiki/E=mc²_&_more",
            "en",
            "E=mc² & more",
            "https://simple.wikipedia.org/w/index.php?title=E%3Dmc%C2%B2_%26_more&action=raw",
        );
        check(
            "https://ar.wikipedia.org/w/index.php?title=نهر&oldid=1",
            "ar",
            "نهر",
            "https://ar.wikipedia.org/w/index.php?title=%D9%86%D9%87%D8%B1&action=raw",
        );
    }

    #[test]
    fn other_addresses_are_refused_with_the_way_out() {
        for text in [
            "https://news.example/wiki/X",
            "https://wikipedia.org/wiki/X",
            "https://www.wikipedia.org/wiki/X",
            "https://en.wikipedia.org/wiki/",
            "https://en.wikipedia.org.evil.example/wiki/X",
            "https://",
        ] {
            let error = ArticleAddress::parse(text).unwrap_err().to_string();
            assert!(
                error.contains("https://LANG.wikipedia.org/wiki/TITLE"),
                "{error}"
            );
        }
    }

    #[test]
    fn redirects_are_followed_in_any_language() {
        let check = |text: &str, expect: Option<&str>| {
            assert_eq!(redirect_target(text).as_deref(), expect, "{text}");
        };
        check("#REDIRECT [[River_bank#Left|x]]", Some("River bank"));
        check("#WEITERLEITUNG[[Fluss]]", Some("Fluss"));
        check("\n#ПЕРЕНАПРАВЛЕННЯ: [[Річка]]", Some("Річка"));
        check("#転送 [[川]]", Some("川"));
        check("# a list [[item]]", None);
        check("An article [[link]]", None);
        check("#[[x]]", None);
    }
}
