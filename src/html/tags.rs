//! Tags that a bounded parse treats in a way of its own.

use html5ever::local_name;
use html5ever::tokenizer::Tag;

/// Elements whose content is not markup: left out, their content would be read as such.
pub(crate) fn switches_tokenizer(tag: &Tag) -> bool {
    matches!(
        tag.name,
        local_name!("script")
            | local_name!("style")
            | local_name!("title")
            | local_name!("textarea")
            | local_name!("noscript")
            | local_name!("iframe")
            | local_name!("xmp")
            | local_name!("noembed")
            | local_name!("noframes")
            | local_name!("plaintext")
    )
}

/// Makes a formatting element a `<span>`: they are reopened in every later block until they are
/// closed, and a `<span>` is not.
pub(crate) fn unformat(tag: &mut Tag) {
    if matches!(
        tag.name,
        local_name!("b")
            | local_name!("big")
            | local_name!("code")
            | local_name!("em")
            | local_name!("font")
            | local_name!("i")
            | local_name!("nobr")
            | local_name!("s")
            | local_name!("small")
            | local_name!("strike")
            | local_name!("strong")
            | local_name!("tt")
            | local_name!("u")
    ) {
        tag.name = local_name!("span");
    }
}
