//! The whole page.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest as _, Sha256};

use crate::model::Report;
use crate::report::tally::{listed, severity_line};

use super::markup::text;
use super::size::{COMFORTABLE, ROOMS, Room};
use super::{beyond, overview, table, todo};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("app.js");

/// The report, ending with a line feed.
pub(in crate::report) fn render(report: &Report) -> String {
    let mut page = String::new();
    for room in &ROOMS {
        page = with(report, room);
        if page.len() <= COMFORTABLE {
            break;
        }
    }
    page
}

fn with(report: &Report, room: &Room) -> String {
    let mut html = String::new();
    head(&mut html, report);
    overview::write(&mut html, report, room.left_out);
    beyond::write(&mut html, report, room);
    table::write(&mut html, report, room);
    todo::write(&mut html, report, room);
    let _ = write!(
        html,
        "</main>\n<footer><p>{} {} · schema {} · <button type=\"button\" class=\"js link\" id=\"keys\">Keyboard shortcuts</button></p></footer>\n\
         {HELP}<script>{SCRIPT}</script>\n</body>\n</html>\n",
        text(&report.tool.name),
        text(&report.tool.version),
        report.schema
    );
    html
}

fn head(html: &mut String, report: &Report) {
    let title = match report.articles.as_slice() {
        [article] => text(overview::name(article)),
        articles => format!("{} articles", articles.len()),
    };
    let _ = write!(
        html,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src '{}'; style-src '{}'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}: {} – citecheck</title>\n<style>{STYLE}</style>\n</head>\n<body>\n",
        hash(SCRIPT),
        hash(STYLE),
        severity_line(report)
    );
    html.push_str("<a class=\"skip\" href=\"#main\">Skip to the report</a>\n<header>");
    html.push_str(
        "<div class=\"bar-top\"><p class=\"brand\">citecheck</p><nav aria-label=\"Views\"><ul>",
    );
    let _ = write!(
        html,
        "<li><a href=\"#summary\">Report</a></li><li><a href=\"#references\">References <small>{}</small></a></li>\
         <li><a href=\"#todo\">To translate <small>{}</small></a></li></ul></nav>\
         <button type=\"button\" class=\"js\" id=\"theme\">Theme: system</button></div>",
        report.counts.references,
        listed(report).len()
    );
    overview::heading(html, report);
    html.push_str("</header>\n<main id=\"main\" tabindex=\"-1\">\n");
}

/// A source expression of the content security policy: only this very text may run.
fn hash(content: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(content)))
}

const HELP: &str = "<dialog id=\"help\" aria-labelledby=\"h-help\"><h2 id=\"h-help\">Keyboard shortcuts</h2><dl>\
<dt><kbd>j</kbd></dt><dd>next reference with findings</dd>\
<dt><kbd>k</kbd></dt><dd>the one before</dd>\
<dt><kbd>o</kbd></dt><dd>open or close its details</dd>\
<dt><kbd>c</kbd></dt><dd>copy its corrected wikitext</dd>\
<dt><kbd>/</kbd></dt><dd>search</dd>\
<dt><kbd>t</kbd></dt><dd>sources to translate</dd>\
<dt><kbd>r</kbd></dt><dd>report</dd>\
<dt><kbd>?</kbd></dt><dd>this list</dd></dl>\
<label class=\"check\"><input type=\"checkbox\" id=\"keys-on\" checked> Single keys are shortcuts</label>\
<p><button type=\"button\" id=\"close\">Close</button></p></dialog><p id=\"said\" class=\"sr\" role=\"status\"></p>\n";
