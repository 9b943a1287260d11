//! What an element is to the walk by its name alone.

use html5ever::{LocalName, local_name};

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
pub(super) fn role(name: &LocalName) -> ElementRole {
    match *name {
        local_name!("script") => ElementRole::Script,
        local_name!("title") => ElementRole::Title,
        local_name!("noscript") => ElementRole::NoScript,
        local_name!("template") => ElementRole::Template,
        local_name!("input") => ElementRole::Input,
        local_name!("meta") => ElementRole::Meta,
        local_name!("link") => ElementRole::Link,
        local_name!("br") => ElementRole::LineBreak,
        local_name!("style")
        | local_name!("svg")
        | local_name!("select")
        | local_name!("datalist")
        | local_name!("iframe")
        | local_name!("object")
        | local_name!("embed")
        | local_name!("canvas")
        | local_name!("audio")
        | local_name!("video")
        | local_name!("textarea")
        | local_name!("img")
        | local_name!("base")
        | local_name!("annotation")
        | local_name!("noembed")
        | local_name!("noframes")
        | local_name!("rp")
        | local_name!("rt") => ElementRole::Skip,
        local_name!("h1") => ElementRole::Block(1),
        local_name!("h2") => ElementRole::Block(2),
        local_name!("h3") => ElementRole::Block(3),
        local_name!("h4") => ElementRole::Block(4),
        local_name!("h5") => ElementRole::Block(5),
        local_name!("h6") => ElementRole::Block(6),
        local_name!("address")
        | local_name!("article")
        | local_name!("aside")
        | local_name!("blockquote")
        | local_name!("body")
        | local_name!("button")
        | local_name!("caption")
        | local_name!("center")
        | local_name!("dd")
        | local_name!("details")
        | local_name!("dialog")
        | local_name!("dir")
        | local_name!("div")
        | local_name!("dl")
        | local_name!("dt")
        | local_name!("fieldset")
        | local_name!("figcaption")
        | local_name!("figure")
        | local_name!("footer")
        | local_name!("form")
        | local_name!("header")
        | local_name!("hgroup")
        | local_name!("hr")
        | local_name!("html")
        | local_name!("legend")
        | local_name!("li")
        | local_name!("main")
        | local_name!("menu")
        | local_name!("nav")
        | local_name!("ol")
        | local_name!("p")
        | local_name!("pre")
        | local_name!("section")
        | local_name!("summary")
        | local_name!("table")
        | local_name!("tbody")
        | local_name!("td")
        | local_name!("tfoot")
        | local_name!("th")
        | local_name!("thead")
        | local_name!("tr")
        | local_name!("ul") => ElementRole::Block(0),
        _ => ElementRole::Inline,
    }
}

/// Whether the element shows something that is no text.
pub(super) fn shows_media(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("img")
            | local_name!("picture")
            | local_name!("svg")
            | local_name!("canvas")
            | local_name!("video")
            | local_name!("audio")
            | local_name!("iframe")
            | local_name!("frame")
            | local_name!("frameset")
            | local_name!("embed")
            | local_name!("object")
            | local_name!("applet")
            | local_name!("input")
            | local_name!("math")
    )
}
