//! What an element is to the walk: read from its name and attributes.

use scraper::node::Element;

use super::class_words::{ClassWord, class_words};
use super::outline::{MarkSource, RegionKind};
use crate::model::DateKind;

/// What the walk does with an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ElementRole {
    /// Neither it nor what is in it is text of the page.
    Skip,
    Script,
    Title,
    NoScript,
    Template,
    Input,
    Meta,
    Link,
    LineBreak,
    /// Starts and ends a block; with the heading level, 0 for none.
    Block(u8),
    Inline,
}

/// Tells an element's role by its name.
pub(super) fn role(element: &Element) -> ElementRole {
    match element.name() {
        "script" => ElementRole::Script,
        "title" => ElementRole::Title,
        "noscript" => ElementRole::NoScript,
        "template" => ElementRole::Template,
        "input" => ElementRole::Input,
        "meta" => ElementRole::Meta,
        "link" => ElementRole::Link,
        "br" => ElementRole::LineBreak,
        "style" | "svg" | "select" | "datalist" | "iframe" | "object" | "embed" | "canvas"
        | "audio" | "video" | "textarea" | "img" | "base" | "annotation" | "noembed"
        | "noframes" | "rp" | "rt" => ElementRole::Skip,
        "h1" => ElementRole::Block(1),
        "h2" => ElementRole::Block(2),
        "h3" => ElementRole::Block(3),
        "h4" => ElementRole::Block(4),
        "h5" => ElementRole::Block(5),
        "h6" => ElementRole::Block(6),
        "address" | "article" | "aside" | "blockquote" | "body" | "button" | "caption"
        | "center" | "dd" | "details" | "dialog" | "dir" | "div" | "dl" | "dt" | "fieldset"
        | "figcaption" | "figure" | "footer" | "form" | "header" | "hgroup" | "hr" | "html"
        | "legend" | "li" | "main" | "menu" | "nav" | "ol" | "p" | "pre" | "section"
        | "summary" | "table" | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr" | "ul" => {
            ElementRole::Block(0)
        }
        _ => ElementRole::Inline,
    }
}

/// An element's attribute that has no namespace.
pub(super) fn attribute<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    // Few attributes are kept, so looking through them beats making a name to search by.
    element
        .attrs()
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// Whether a script holds JSON-LD.
pub(super) fn is_json_ld(element: &Element) -> bool {
    attribute(element, "type").is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"))
}

/// What attributes and name say about an element.
#[derive(Debug, Default)]
pub(super) struct Traits {
    pub(super) region: Option<RegionKind>,
    /// Whether name or role give the region, and not only a class.
    pub(super) certain: bool,
    pub(super) date: Option<DateTrait>,
    pub(super) item: bool,
    pub(super) mount_point: bool,
}

/// Why an element may hold a date.
#[derive(Debug)]
pub(super) struct DateTrait {
    pub(super) source: MarkSource,
    pub(super) name: String,
    pub(super) kind: DateKind,
    pub(super) value: Option<String>,
}

/// Reads what the walk needs to know about an element.
pub(super) fn read(element: &Element) -> Traits {
    let name = element.name();
    let mut traits = Traits {
        region: region_of_name(name),
        item: matches!(name, "li" | "td" | "th" | "dd" | "dt"),
        ..Traits::default()
    };
    let mut class_date = None;
    let mut role = None;
    let mut values = Values::default();
    for (key, value) in element.attrs() {
        match key {
            "class" | "id" => {
                if key == "id" {
                    traits.mount_point |= is_mount_point(value);
                }
                class_words(value, |word| {
                    take_word(word, name, &mut traits, &mut class_date);
                });
            }
            "role" => {
                role = region_of_role(value);
                traits.region = role.or(traits.region);
            }
            "hidden" => traits.region = Some(RegionKind::Hidden),
            "style" if hides(value) => traits.region = Some(RegionKind::Hidden),
            "itemtype" => traits.region = region_of_type(value).or(traits.region),
            "itemprop" | "property" => {
                if value
                    .split_ascii_whitespace()
                    .any(|prop| prop == "articleBody")
                {
                    traits.region = Some(RegionKind::Content);
                }
                values.property = Some(value);
            }
            "content" => values.content = Some(value),
            "datetime" => values.datetime = Some(value),
            "pubdate" => values.pubdate = true,
            "title" => values.title = Some(value),
            _ if key.starts_with("data-") => values.data = Some((key, value)),
            _ => {}
        }
    }
    if matches!(name, "html" | "body") {
        traits.region = None;
        return traits;
    }
    traits.certain =
        traits.region.is_some() && (traits.region == region_of_name(name) || traits.region == role);
    traits.date = date_trait(name, &values, class_date);
    traits
}

#[derive(Debug, Default)]
struct Values<'a> {
    property: Option<&'a str>,
    content: Option<&'a str>,
    datetime: Option<&'a str>,
    title: Option<&'a str>,
    data: Option<(&'a str, &'a str)>,
    pubdate: bool,
}

fn date_trait(name: &str, values: &Values<'_>, class_date: Option<ClassWord>) -> Option<DateTrait> {
    let class_kind = class_date.map_or(DateKind::Unknown, kind_of_class);
    let written = || values.datetime.or(values.content).map(str::to_owned);
    if let Some((property, kind)) = values.property.and_then(kind_of_property) {
        return Some(DateTrait {
            source: MarkSource::Property,
            name: property.to_owned(),
            kind,
            value: written(),
        });
    }
    if name == "time" {
        let kind = if values.pubdate {
            DateKind::Published
        } else {
            class_kind
        };
        return Some(DateTrait {
            source: MarkSource::Time,
            name: "time".to_owned(),
            kind,
            value: written().or_else(|| values.title.map(str::to_owned)),
        });
    }
    if let Some((key, value)) = values.data {
        let kind = match key {
            _ if key.contains("publish") => DateKind::Published,
            _ if key.contains("modif") || key.contains("update") => DateKind::Modified,
            _ => class_kind,
        };
        return Some(DateTrait {
            source: MarkSource::Data,
            name: key.to_owned(),
            kind,
            value: Some(value.to_owned()),
        });
    }
    let word = class_date?;
    let byline = word == ClassWord::Byline;
    Some(DateTrait {
        source: if byline {
            MarkSource::Byline
        } else {
            MarkSource::Class
        },
        name: if byline { "byline" } else { "date" }.to_owned(),
        kind: class_kind,
        value: values.title.or(values.datetime).map(str::to_owned),
    })
}

fn kind_of_class(word: ClassWord) -> DateKind {
    match word {
        ClassWord::Published => DateKind::Published,
        ClassWord::Modified => DateKind::Modified,
        ClassWord::Content
        | ClassWord::Nav
        | ClassWord::Footer
        | ClassWord::Aside
        | ClassWord::Comments
        | ClassWord::Related
        | ClassWord::Boilerplate
        | ClassWord::Hidden
        | ClassWord::Date
        | ClassWord::Byline => DateKind::Unknown,
    }
}

/// The first date property among the names of an `itemprop` or `property` attribute.
fn kind_of_property(value: &str) -> Option<(&str, DateKind)> {
    value.split_ascii_whitespace().find_map(|property| {
        let local = property.rsplit([':', '/', '#']).next().unwrap_or(property);
        let kind = match local.to_ascii_lowercase().as_str() {
            "datepublished" | "uploaddate" | "pubdate" | "issued" | "published_time" => {
                DateKind::Published
            }
            "datemodified" | "modified" | "modified_time" | "dateupdated" => DateKind::Modified,
            "datecreated" | "created" => DateKind::Created,
            "date" if property.contains(':') => DateKind::Unknown,
            _ => return None,
        };
        Some((property, kind))
    })
}

/// Puts a class word where it belongs. Elements that are the page's frame or its article by name
/// are not made a side matter by a class.
fn take_word(word: ClassWord, name: &str, traits: &mut Traits, date: &mut Option<ClassWord>) {
    let region = match word {
        ClassWord::Date | ClassWord::Byline => {
            date.get_or_insert(word);
            if *date == Some(ClassWord::Byline) {
                *date = Some(word);
            }
            return;
        }
        // `published updated` on one element says that both are the same day.
        ClassWord::Modified if *date == Some(ClassWord::Published) => return,
        ClassWord::Published | ClassWord::Modified => {
            *date = Some(word);
            return;
        }
        ClassWord::Content => RegionKind::Content,
        ClassWord::Nav => RegionKind::Nav,
        ClassWord::Footer => RegionKind::Footer,
        ClassWord::Aside => RegionKind::Aside,
        ClassWord::Comments => RegionKind::Comments,
        ClassWord::Related => RegionKind::Related,
        ClassWord::Boilerplate => RegionKind::Boilerplate,
        ClassWord::Hidden => RegionKind::Hidden,
    };
    let framed = matches!(name, "main" | "h1" | "header" | "time")
        || name == "article" && !matches!(region, RegionKind::Comments | RegionKind::Related);
    if framed && region.is_beside() {
        return;
    }
    // The first side matter stays: `<footer class="content">` is a footer.
    let keeps = traits.region.is_some_and(RegionKind::is_beside)
        || traits.region == Some(RegionKind::Content);
    if !keeps {
        traits.region = Some(region);
    }
}

fn region_of_name(name: &str) -> Option<RegionKind> {
    Some(match name {
        "article" => RegionKind::Article,
        "main" => RegionKind::Main,
        "header" => RegionKind::Header,
        "nav" => RegionKind::Nav,
        "footer" => RegionKind::Footer,
        "aside" => RegionKind::Aside,
        "button" => RegionKind::Form,
        _ => return None,
    })
}

fn region_of_role(role: &str) -> Option<RegionKind> {
    Some(match role {
        "main" => RegionKind::Main,
        "article" => RegionKind::Article,
        "navigation" | "menu" | "menubar" | "search" => RegionKind::Nav,
        "contentinfo" => RegionKind::Footer,
        "complementary" => RegionKind::Aside,
        "dialog" | "alertdialog" => RegionKind::Boilerplate,
        _ => return None,
    })
}

/// Regions by schema.org type.
fn region_of_type(itemtype: &str) -> Option<RegionKind> {
    let local = itemtype.rsplit(['/', '#', ':']).next().unwrap_or_default();
    Some(match local {
        "Comment" | "UserComments" | "Review" | "UserReview" => RegionKind::Comments,
        "WPFooter" => RegionKind::Footer,
        "WPSideBar" => RegionKind::Aside,
        "SiteNavigationElement" | "BreadcrumbList" => RegionKind::Nav,
        _ if local.ends_with("Article") || local == "BlogPosting" => RegionKind::Article,
        _ => return None,
    })
}

fn hides(style: &str) -> bool {
    let compact: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    compact.to_ascii_lowercase().contains("display:none")
}

/// Whether the element shows something that is no text.
pub(super) fn shows_media(element: &Element) -> bool {
    matches!(
        element.name(),
        "img"
            | "picture"
            | "svg"
            | "canvas"
            | "video"
            | "audio"
            | "iframe"
            | "frame"
            | "frameset"
            | "embed"
            | "object"
            | "applet"
            | "input"
            | "math"
    )
}

/// Whether a field asks for the password, or the name, of somebody who has an account: by its type,
/// by what it tells browsers to fill in (HTML, "autofill"), or by its name where a script turns the
/// type. A new password is asked of somebody who has none yet, but by its type alone it is one.
pub(super) fn asks_for_credentials(element: &Element) -> bool {
    let is =
        |value: &str, words: &[&str]| words.iter().any(|word| value.eq_ignore_ascii_case(word));
    element.attrs().any(|(key, value)| match key {
        "type" => is(value.trim(), &["password"]),
        "autocomplete" => value
            .split_ascii_whitespace()
            .any(|token| is(token, &["current-password", "username"])),
        "name" => is(
            value,
            &["password", "passwd", "pwd", "j_username", "loginfmt"],
        ),
        _ => false,
    })
}

/// What a field or a button says in its attributes.
pub(super) fn field_labels(element: &Element) -> impl Iterator<Item = &str> {
    let kind = attribute(element, "type").unwrap_or_default();
    let button = kind.eq_ignore_ascii_case("submit") || kind.eq_ignore_ascii_case("button");
    element.attrs().filter_map(move |(key, value)| match key {
        "placeholder" | "aria-label" => Some(value),
        "value" if button => Some(value),
        _ => None,
    })
}

/// Where the frameworks that render in the browser put a page.
fn is_mount_point(id: &str) -> bool {
    matches!(
        id,
        "root"
            | "app"
            | "__next"
            | "__nuxt"
            | "react-root"
            | "app-root"
            | "ember-app"
            | "svelte"
            | "___gatsby"
            | "main-app"
            | "mount"
            | "application"
    )
}
