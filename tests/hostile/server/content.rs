//! Pages that are hard to read, and pages that only look like something else.

use super::pages::{PARAGRAPHS, article_text, page};
use super::{Reply, html};

/// A page is padded to about this size: above the limit of most cases.
const FILLED: usize = 5 << 18;
/// Above the default limit for bodies: for paths that end in `/large`.
const LARGE: usize = 6 << 20;

pub(crate) fn reply(name: &str, path: &str) -> Option<Reply> {
    let size = if path.ends_with("/large") {
        LARGE
    } else {
        FILLED
    };
    markup_bomb(name, size)
        .or_else(|| data_bomb(name))
        .or_else(|| lookalike(name))
}

/// `piece` over and over after an article's beginning.
fn padded(start: &str, piece: &str, size: usize) -> Reply {
    html(format!("{start}{}", piece.repeat(size / piece.len())))
}

fn markup_bomb(name: &str, size: usize) -> Option<Reply> {
    let filled = |start: &str, piece: &str| padded(start, piece, size);
    let start = article_text();
    let start = start.trim_end_matches("</body></html>");
    Some(match name {
        "less-than" => filled("", "<"),
        "less-than-after-text" => filled(start, "<"),
        "greater-than" => filled(start, ">"),
        "ampersands" => filled(start, "&"),
        "quotes" => filled(start, "\"'"),
        "deep" => filled(start, "<div>"),
        "deep-inline" => filled(start, "<b><i>"),
        "deep-lists" => filled(start, "<ul><li>"),
        "deep-tables" => filled(start, "<table><tr><td>"),
        "deep-forms" => filled(start, "<svg><math>"),
        "misnested" => filled(start, "<a><b></a><p></b>"),
        "attributes" => html(format!("{start}<p {}>", "a=b ".repeat(1_000_000))),
        "attributes-distinct" => {
            let all: Vec<String> = (0..200_000).map(|n| format!("a{n}=b")).collect();
            let all = all.join(" ");
            html(format!("{start}<p {all}>end"))
        }
        "titles" => html("<title>The mill</title>".repeat(100_000) + PARAGRAPHS),
        "headings" => html(start.to_owned() + &"<h1>The mill</h1>".repeat(100_000)),
        "title-long" => html(page(&"mill ".repeat(500_000), PARAGRAPHS)),
        "word-long" => html(page("The mill", &format!("<p>{}", "x".repeat(size)))),
        "comment-open" => filled(start, "<!-- -"),
        "script-open" => filled(start, "<script>"),
        "title-open" => html(format!("<title>The mill {}", "and more ".repeat(100_000))),
        "entities" => filled(start, "&amp;&#x41;&CounterClockwiseContourIntegral;"),
        "entity-numbers" => html(page("&#0;&#x110000;&#xD800;&#99999999999;", PARAGRAPHS)),
        "doctype" => html(format!("<!DOCTYPE {}>{start}", "x ".repeat(500_000))),
        "entity-doctype" => html(format!(
            "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>{start}\
             &b;&b;"
        )),
        "noise" => {
            let noise = (0_u32..1 << 20).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0]);
            let noise: Vec<u8> = noise.collect();
            html([start.as_bytes(), &noise].concat())
        }
        "nul" => html(start.replace(' ', "\0 ")),
        "spaces" => filled(start, " \n\t"),
        "metas" => html(format!(
            "<head>{}</head>{start}",
            "<meta property=article:published_time content=2019-05-03>".repeat(50_000)
        )),
        "links" => html(start.to_owned() + &"<a href=/x>more</a> ".repeat(100_000)),
        "times" => {
            html(start.to_owned() + &"<time datetime=2019-05-03>3 May</time>".repeat(50_000))
        }
        "zalgo" => html(page(
            "The mill",
            &format!("<p>m{}", "\u{301}".repeat(1 << 20)),
        )),
        _ => return None,
    })
}

/// Bombs in what scripts and metadata hold.
fn data_bomb(name: &str) -> Option<Reply> {
    let json = |text: &str| {
        let script = format!("<script type=\"application/ld+json\">{text}</script><h1>");
        Some(html(article_text().replace("<h1>", &script)))
    };
    match name {
        "json-ld-deep" => json(&"{\"a\":[".repeat(800_000)),
        "json-ld-open" => json(&"[".repeat(2 << 20)),
        "json-ld-wide" => json(&format!(
            "{{\"@graph\":[{}{{}}]}}",
            "{\"@type\":\"Article\"},".repeat(100_000)
        )),
        "json-ld-long" => json(&format!(
            "{{\"@type\":\"Article\",\"headline\":\"{}\"}}",
            "m".repeat(4 << 20)
        )),
        "json-ld-dates" => json(
            "{\"@type\":\"NewsArticle\",\"datePublished\":\"9999-99-99\",\"dateModified\":\
             \"-0001-13-45T99:99:99+99:99\",\"dateCreated\":1e400}",
        ),
        "json-ld-numbers" => json(&format!(
            "{{\"@type\":\"Article\",\"wordCount\":{}}}",
            "9".repeat(1 << 20)
        )),
        "json-ld-same-key" => json(&format!(
            "{{{}\"a\":1}}",
            "\"datePublished\":\"2019-05-03\",".repeat(50_000)
        )),
        "json-ld-many" => {
            let script = "<script type=\"application/ld+json\">{\"@type\":\"Article\"}</script>";
            Some(html(
                article_text().replace("<h1>", &(script.repeat(20_000) + "<h1>")),
            ))
        }
        "date-bait" => Some(html(page(
            "The mill",
            &format!("<p>{}", "1 1 1 1-".repeat(200_000)),
        ))),
        "date-bait-months" => Some(html(page(
            "The mill",
            &format!("<p>{}", "3 May 3 May, ".repeat(100_000)),
        ))),
        "title-separators" => Some(html(page(&"a - b | ".repeat(20_000), PARAGRAPHS))),
        _ => None,
    }
}

/// What looks like an error page, a wall or another owner's, and is none; or the other way about.
fn lookalike(name: &str) -> Option<Reply> {
    let long = PARAGRAPHS.repeat(3);
    let titled = |title: &str, body: &str| html(page(title, body));
    Some(match name {
        "about-404" => titled(
            "404: the history of the page not found",
            &format!(
                "<p>“404 Not Found” is the answer that a web server gives when there is no such \
                 page. The number was chosen in 1992.</p>{long}"
            ),
        ),
        "about-gambling" => titled(
            "Council votes against casino by the river",
            &format!(
                "<p>The council turned down a casino with slot machines, poker and online betting \
                 by eleven votes to four. Gambling, its opponents said, would have ruined the \
                 quarter.</p>{long}"
            ),
        ),
        "about-domains" => titled(
            "Why half of the good domains are for sale",
            &format!(
                "<p>Type a word and add an ending: as often as not a page says “this domain is \
                 for sale”. Who buys them, and what is parked there?</p>{long}"
            ),
        ),
        "about-captcha" => titled(
            "Are you a robot? How the riddles of the web work",
            &format!("<p>“Checking your browser”, “verify you are human”: we asked.</p>{long}"),
        ),
        "login-form-below" => titled(
            "The mill turns again",
            &format!(
                "{long}<form action=/login><input type=password name=pw><button>Log in</button>\
                 </form>"
            ),
        ),
        "cookie-banner" => titled(
            "The mill turns again",
            &format!("<div id=consent>We use cookies. <button>Accept all</button></div>{long}"),
        ),
        "vendor-scripts" => titled(
            "The mill turns again",
            &format!(
                "{long}<script src=/cdn-cgi/challenge-platform/scripts/jsd/main.js></script>\
                 <script src=/_Incapsula_Resource?SWJIYLWA=1></script>\
                 <script src=https://js.datadome.co/tags.js></script>"
            ),
        ),
        "short-article" => titled(
            "Road closed",
            "<p>The road by the mill is closed on Monday.</p>",
        ),
        "short-correction" => titled(
            "Correction",
            "<p>In Tuesday's paper the mill was said to stand on the wrong bank. It stands on the \
             left one. We regret the error.</p>",
        ),
        "page-of-frames" => html("<html><title>The mill</title><frameset><frame src=/a></html>"),
        "empty-html" => html("<html><head></head><body></body></html>"),
        "one-word" => html("ok"),
        "spa" => html(
            "<!doctype html><html><head><title></title><script src=/a.js></script></head><body>\
             <noscript>You need to enable JavaScript to run this app.</noscript><div id=root>\
             </div></body></html>",
        ),
        "one-script" => html("<script src=/all.js></script>"),
        "lander" => html("<html><script>window.location.href=\"/lander\"</script></html>"),
        "error-landing" => titled("Oops", "<p>We looked everywhere.</p>"),
        _ => return None,
    })
}
