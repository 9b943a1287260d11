//! What an element is to the walk: read from its name and attributes.

use html5ever::{LocalName, local_name};

use super::attributes::AttrName;
use super::class_words::{ClassWord, class_words};
use super::outline::{MarkSource, RegionKind};
use super::tree::Element;
use crate::model::DateKind;

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
pub(super) fn read(element: Element<'_, '_>) -> Traits {
    let name = element.name;
    let named = region_of_name(name);
    let mut traits = Traits {
        region: named,
        item: matches!(
            *name,
            local_name!("li")
                | local_name!("td")
                | local_name!("th")
                | local_name!("dd")
                | local_name!("dt")
        ),
        ..Traits::default()
    };
    let mut class_date = None;
    let mut role = None;
    let mut values = Values::default();
    for attr in element.attrs {
        let value = &*attr.value;
        match &attr.name {
            AttrName::Class | AttrName::Id => {
                if attr.name == AttrName::Id {
                    traits.mount_point |= is_mount_point(value);
                }
                class_words(value, |word| {
                    take_word(word, name, &mut traits, &mut class_date);
                });
            }
            AttrName::Role => {
                role = region_of_role(value);
                traits.region = role.or(traits.region);
            }
            AttrName::Hidden => traits.region = Some(RegionKind::Hidden),
            AttrName::Style if hides(value) => traits.region = Some(RegionKind::Hidden),
            AttrName::Itemtype => traits.region = region_of_type(value).or(traits.region),
            AttrName::Itemprop | AttrName::Property => {
                if value
                    .split_ascii_whitespace()
                    .any(|prop| prop == "articleBody")
                {
                    traits.region = Some(RegionKind::Content);
                }
                values.property = Some(value);
            }
            AttrName::Content => values.content = Some(value),
            AttrName::Datetime => values.datetime = Some(value),
            AttrName::Pubdate => values.pubdate = true,
            AttrName::Title => values.title = Some(value),
            AttrName::Stamp => values.stamp = Some(value),
            AttrName::Data(key) => values.data = Some((key, value)),
            AttrName::Href
            | AttrName::Hreflang
            | AttrName::HttpEquiv
            | AttrName::AriaLabel
            | AttrName::Autocomplete
            | AttrName::Lang
            | AttrName::Name
            | AttrName::Placeholder
            | AttrName::Rel
            | AttrName::Style
            | AttrName::Type
            | AttrName::Value => {}
        }
    }
    if matches!(*name, local_name!("html") | local_name!("body")) {
        traits.region = None;
        return traits;
    }
    traits.certain = traits.region.is_some() && (traits.region == named || traits.region == role);
    traits.date = date_trait(name, &values, class_date);
    traits
}

#[derive(Debug, Default)]
struct Values<'a> {
    property: Option<&'a str>,
    content: Option<&'a str>,
    datetime: Option<&'a str>,
    title: Option<&'a str>,
    stamp: Option<&'a str>,
    data: Option<(&'a str, &'a str)>,
    pubdate: bool,
}

fn date_trait(
    name: &LocalName,
    values: &Values<'_>,
    class_date: Option<ClassWord>,
) -> Option<DateTrait> {
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
    // Custom elements show an instant relative to now: `<relative-time>`, `<time-ago>`.
    let custom_time = || {
        let written = values.datetime.is_some() || values.stamp.is_some();
        written && name.contains('-') && name.contains("time")
    };
    if *name == local_name!("time") || custom_time() {
        let kind = if values.pubdate {
            DateKind::Published
        } else {
            class_kind
        };
        return Some(DateTrait {
            source: MarkSource::Time,
            name: "time".to_owned(),
            kind,
            value: written().or_else(|| values.stamp.or(values.title).map(str::to_owned)),
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
fn take_word(word: ClassWord, name: &LocalName, traits: &mut Traits, date: &mut Option<ClassWord>) {
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
    let framed = matches!(
        *name,
        local_name!("main") | local_name!("h1") | local_name!("header") | local_name!("time")
    ) || *name == local_name!("article")
        && !matches!(region, RegionKind::Comments | RegionKind::Related);
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

fn region_of_name(name: &LocalName) -> Option<RegionKind> {
    Some(match *name {
        local_name!("article") => RegionKind::Article,
        local_name!("main") => RegionKind::Main,
        local_name!("header") => RegionKind::Header,
        local_name!("nav") => RegionKind::Nav,
        local_name!("footer") => RegionKind::Footer,
        local_name!("aside") => RegionKind::Aside,
        local_name!("figcaption") => RegionKind::Related,
        local_name!("button") => RegionKind::Form,
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
