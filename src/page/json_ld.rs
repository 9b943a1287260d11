//! JSON-LD: the node that describes the page's own article, and the others.

use serde_json::{Map, Value};
use url::Url;

use super::json_script::parse;

/// A node with what evidence is read from.
#[derive(Debug, Default, Clone)]
pub(super) struct LdNode {
    /// What the node is to the page.
    pub(super) rank: LdRank,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) created: Option<String>,
    /// When what it describes begins and ends: an event, an offer.
    pub(super) takes_place: Vec<String>,
    pub(super) headline: Option<String>,
    /// What an article or page is called where it has no headline of its own.
    pub(super) name: Option<String>,
    /// The name of the site or of its publisher.
    pub(super) site: Option<String>,
    pub(super) language: Option<String>,
}

/// What a node is to the page, best first.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LdRank {
    /// The article (recipe, video, post …) that the page is about.
    Article,
    /// The page.
    Page,
    /// Anything else: comments, related articles, the organisation.
    #[default]
    Other,
}

/// Values looked at in one page, and nodes kept.
const MAX_VALUES: usize = 20_000;
const MAX_NODES: usize = 200;

/// Reads all scripts; nodes in order of rank, then of the page.
///
/// `page_urls` are the addresses that the page goes by: its own and the canonical one.
pub(super) fn read(scripts: &[String], page_urls: &[String]) -> Vec<LdNode> {
    let own: Vec<String> = page_urls.iter().map(|url| comparable(url)).collect();
    let values: Vec<Value> = scripts.iter().flat_map(|script| parse(script)).collect();
    let mut found: Vec<(i32, LdNode)> = Vec::new();
    let top = Standing {
        penalty: 0,
        may_be_site: true,
    };
    let mut open: Vec<(&Value, Standing)> = values.iter().rev().map(|value| (value, top)).collect();
    let mut seen = 0usize;
    while let Some((value, standing)) = open.pop() {
        seen += 1;
        if MAX_VALUES < seen || MAX_NODES < found.len() {
            break;
        }
        match value {
            Value::Array(items) => open.extend(items.iter().rev().map(|item| (item, standing))),
            Value::Object(map) => {
                found.extend(node(map, standing, &own));
                for (key, inner) in map.iter().rev() {
                    if inner.is_object() || inner.is_array() {
                        open.push((inner, standing.under(key)));
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    ranked(found)
}

/// Where a node stands.
#[derive(Debug, Clone, Copy)]
struct Standing {
    /// How far it is from the page.
    penalty: i32,
    /// Whether an organisation here is the page's own, and none that it tells of or that wrote it.
    may_be_site: bool,
}

/// From this penalty on, a node belongs to something that the page tells of.
const FAR: i32 = 6;

impl Standing {
    /// Of a node under a property of this one.
    fn under(self, key: &str) -> Self {
        let penalty = self.penalty + penalty_of(key);
        let names = matches!(key, "publisher" | "isPartOf") || key == "@graph" && self.may_be_site;
        Self {
            penalty,
            may_be_site: names && penalty < FAR,
        }
    }
}

/// Properties whose dates are of what takes place, and not of the page that tells of it.
const EVENT_DATES: [&str; 4] = ["startDate", "endDate", "doorTime", "validThrough"];

/// Only the best article is the page's; the rest are others. `found` is in page order.
fn ranked(mut found: Vec<(i32, LdNode)>) -> Vec<LdNode> {
    let best = |rank: LdRank| {
        let of_rank = found
            .iter()
            .enumerate()
            .filter(|(_, (score, node))| node.rank == rank && 0 < *score);
        // The first of equals: later ones are usually teasers.
        of_rank
            .max_by_key(|(at, (score, _))| (*score, std::cmp::Reverse(*at)))
            .map(|(at, _)| at)
    };
    let kept = [best(LdRank::Article), best(LdRank::Page)];
    for (at, (_, node)) in found.iter_mut().enumerate() {
        if !kept.contains(&Some(at)) {
            node.rank = LdRank::Other;
        }
    }
    found.sort_by_key(|(_, node)| node.rank);
    found.into_iter().map(|(_, node)| node).collect()
}

/// What a property says about the nodes under it: nearer to the page or farther from it.
fn penalty_of(key: &str) -> i32 {
    match key {
        "@graph" | "mainEntity" | "mainEntityOfPage" => 0,
        "comment" | "review" | "reviews" | "itemListElement" | "relatedLink" | "citation"
        | "mentions" | "isBasedOn" | "suggestedAnswer" | "acceptedAnswer" | "hasPart"
        | "subjectOf" | "blogPost" | "blogPosts" | "workExample" | "about" => 10,
        _ => 2,
    }
}

fn node(map: &Map<String, Value>, standing: Standing, own: &[String]) -> Option<(i32, LdNode)> {
    let text = |key: &str| map.get(key).and_then(first_text);
    let publisher = || text("publisher").filter(|_| standing.penalty < FAR);
    let is_site = |types: &[&str]| standing.may_be_site && names_site(types);
    let types: Vec<&str> = match map.get("@type") {
        Some(Value::String(name)) => vec![name],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let (rank, base) = types
        .iter()
        .map(|name| rank_of_type(name))
        .min_by_key(|(rank, score)| (*rank, -score))
        .unwrap_or((LdRank::Other, 0));
    let node = LdNode {
        rank,
        published: text("datePublished").or_else(|| text("uploadDate")),
        modified: text("dateModified"),
        created: text("dateCreated"),
        takes_place: EVENT_DATES.iter().filter_map(|key| text(key)).collect(),
        headline: text("headline"),
        name: text("name").filter(|_| rank != LdRank::Other),
        site: publisher().or_else(|| is_site(&types).then(|| text("name"))?),
        language: text("inLanguage"),
    };
    let tells = node.published.is_some()
        || node.modified.is_some()
        || node.created.is_some()
        || !node.takes_place.is_empty()
        || node.headline.is_some()
        || node.name.is_some()
        || node.site.is_some()
        || node.language.is_some();
    if !tells {
        return None;
    }
    let dated = i32::from(node.published.is_some());
    Some((
        base + dated + address_score(map, own) - standing.penalty,
        node,
    ))
}

/// Whether a node of these types may name the site.
fn names_site(types: &[&str]) -> bool {
    let names = |name: &&str| name.ends_with("WebSite") || name.ends_with("Organization");
    types.iter().any(names)
}

/// Types of works that a page is usually about, with how surely.
fn rank_of_type(name: &str) -> (LdRank, i32) {
    let name = name.rsplit(['/', ':', '#']).next().unwrap_or(name);
    match name {
        "BlogPosting"
        | "LiveBlogPosting"
        | "SocialMediaPosting"
        | "DiscussionForumPosting"
        | "Report"
        | "NewsStory" => (LdRank::Article, 8),
        _ if name.ends_with("Article") => (LdRank::Article, 8),
        "Recipe" | "HowTo" | "Book" | "Thesis" | "Dataset" | "PodcastEpisode" | "Episode"
        | "Review" | "ScholarlyWork" | "CreativeWork" | "Question" | "Course" | "Periodical"
        | "Chapter" | "Legislation" | "PressRelease" => (LdRank::Article, 5),
        "VideoObject" | "AudioObject" | "Photograph" | "MediaObject" => (LdRank::Article, 3),
        _ if name.ends_with("Page") => (LdRank::Page, 4),
        _ => (LdRank::Other, 0),
    }
}

/// Whether the node says that it is this page, or another.
fn address_score(map: &Map<String, Value>, own: &[String]) -> i32 {
    let named = ["url", "mainEntityOfPage", "@id"]
        .into_iter()
        .filter_map(|key| {
            let value = map.get(key)?;
            let text = value.as_str().or_else(|| {
                let inner = value.as_object()?;
                inner.get("@id").or_else(|| inner.get("url"))?.as_str()
            })?;
            text.contains('/').then(|| comparable(text))
        });
    let named: Vec<String> = named.filter(|url| !url.is_empty()).collect();
    if own.is_empty() || named.is_empty() {
        0
    } else if named.iter().any(|url| own.contains(url)) {
        4
    } else {
        -2
    }
}

/// An address without scheme, `www.`, query, fragment and final slash.
pub(super) fn comparable(url: &str) -> String {
    let rest = url.split(['#', '?']).next().unwrap_or_default();
    let rest = rest.split_once("//").map_or(rest, |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    rest.trim_end_matches('/').to_lowercase()
}

/// The addresses that a page goes by.
pub(super) fn page_urls(url: Option<&Url>, canonical: Option<&str>) -> Vec<String> {
    let mut urls: Vec<String> = url.map(|url| url.as_str().to_owned()).into_iter().collect();
    let absolute = canonical.map(|href| match url.map(|base| base.join(href)) {
        Some(Ok(joined)) => joined.into(),
        Some(Err(_)) | None => href.to_owned(),
    });
    urls.extend(absolute);
    urls
}

/// A text, or the first of several, or the text of a value object.
fn first_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Array(items) => items
            .first()
            .filter(|item| !item.is_array())
            .and_then(first_text),
        Value::Object(map) => {
            let inner = map.get("@value").or_else(|| map.get("name"))?.as_str()?;
            Some(inner.trim().to_owned()).filter(|text| !text.is_empty())
        }
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(script: &str) -> LdNode {
        read(&[script.to_owned()], &["https://news.example/a".to_owned()])
            .into_iter()
            .next()
            .unwrap_or_default()
    }

    #[test]
    fn the_article_node_wins_over_the_first_node() {
        let node = best(
            r#"{"@graph":[{"@type":"WebSite","datePublished":"2001-01-01"},
            {"@type":"NewsArticle","url":"https://news.example/other","datePublished":"2020-01-01"},
            {"@type":["NewsArticle"],"mainEntityOfPage":{"@id":"https://news.example/a/"},
             "headline":"Ціни на газ","datePublished":"2024-11-03T10:00:00+02:00"}]}"#,
        );
        assert_eq!(node.rank, LdRank::Article);
        assert_eq!(node.published.as_deref(), Some("2024-11-03T10:00:00+02:00"));
        assert_eq!(node.headline.as_deref(), Some("Ціни на газ"));
    }

    #[test]
    fn broken_scripts_are_repaired() {
        for script in [
            "<!-- {\"@type\":\"NewsArticle\",\"datePublished\":\"2024-11-03\"} -->",
            "{\"@type\":\"NewsArticle\",\"description\":\"two\nlines\",\"datePublished\":\"2024-11-03\",}",
            "//<![CDATA[\n{\"@type\":\"NewsArticle\",\"a\":\"it\\'s\",\"datePublished\":\"2024-11-03\"};\n//]]>",
        ] {
            assert_eq!(
                best(script).published.as_deref(),
                Some("2024-11-03"),
                "{script}"
            );
        }
    }

    #[test]
    fn comments_are_not_the_article() {
        let node = best(
            r#"{"@type":"Recipe","name":"Borschtsch","review":[{"@type":"Review","datePublished":"2021-05-05"}]}"#,
        );
        assert_eq!(node.published, None);
    }
}
