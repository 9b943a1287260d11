//! The details of a reference: evidence, correction, link, copies, page, sentences.

use std::fmt::Write as _;

use jiff::Timestamp;

use crate::model::{
    CitedDate, Evidence, Finding, LanguageTag, LinkReport, LinkVerdict, Memento, PageEvidence, Work,
};
use crate::report::safe::{shown_address, web_address};
use crate::report::tally::{counted, safety};
use crate::rules::help_page;

use super::correction;
use super::entry::{Entry, Place, date, day, severity_class, words};
use super::markup::{address, link, quoted, sentence, text};

use super::size::{Room, Sources};

/// Writes everything that is known of a reference.
pub(super) fn write(html: &mut String, entry: &Entry<'_>, room: &Room) {
    let reference = entry.reference;
    let language = entry.language();
    if !entry.findings.is_empty() {
        html.push_str("<ul class=\"F\">");
        for (at, found) in entry.findings.iter().enumerate() {
            // What opens the details says the message of the first one.
            finding(html, found, 0 < at, language, room);
        }
        html.push_str("</ul>");
    }
    let corrected = entry.correction().is_some();
    let shown = match room.sources {
        Sources::All => reference.source.is_some(),
        Sources::WithFindings => reference.source.is_some() && !entry.findings.is_empty(),
        Sources::WithCorrections | Sources::Corrected => false,
    };
    if shown || corrected {
        correction::write(html, entry, room);
    }
    claims(html, entry, room);
    let several = !reference.further.is_empty();
    for (at, work) in reference.works().enumerate() {
        if several {
            let _ = write!(
                html,
                "<h3>Work {} of {}</h3>",
                at + 1,
                reference.further.len() + 1
            );
        }
        facts(html, &work, at == 0, entry.place, room);
    }
}

/// One finding with its evidence, as an item of a list.
pub(super) fn finding(
    html: &mut String,
    finding: &Finding,
    with_message: bool,
    language: Option<&LanguageTag>,
    room: &Room,
) {
    let message = if with_message {
        sentence(&finding.message, language) + " "
    } else {
        String::new()
    };
    let name = format!("<code>{}</code>", text(&finding.name));
    // On a long page the same few pages would be named thousands of times.
    let help = help_page(&finding.name).filter(|_| !room.once);
    let name = help.map_or_else(|| name.clone(), |page| link(&name, page));
    let _ = write!(
        html,
        "<li><p><b class=\"s {}\">{}</b> {message}{name}",
        severity_class(finding.severity),
        finding.severity.as_str(),
    );
    if let Some(span) = finding.span {
        let _ = write!(
            html,
            " <small>line {}, column {}</small>",
            span.line, span.column
        );
    }
    html.push_str("</p>");
    if !finding.evidence.is_empty() {
        html.push_str("<dl>");
        for value in &finding.evidence {
            evidence(html, value, language, room);
        }
        html.push_str("</dl>");
    }
    if let Some(fix) = &finding.fix {
        let _ = write!(
            html,
            "<p class=\"fix\">Correction: {} <small>({})</small></p>",
            sentence(&fix.description, language),
            safety(fix)
        );
    }
    html.push_str("</li>");
}

fn evidence(html: &mut String, evidence: &Evidence, language: Option<&LanguageTag>, room: &Room) {
    let mut value: String = evidence.value.chars().take(room.value).collect();
    if value.len() < evidence.value.len() {
        value.push('…');
    }
    let shown = if value.contains("://") {
        address(&value)
    } else if evidence.what == "failure" {
        // A sentence of ours, which names hosts between backticks.
        sentence(&value, None)
    } else {
        // Quotations from a page are in its language; statuses, tags and dates are in none.
        let is_quotation = value.contains(' ') || !value.is_ascii();
        if is_quotation {
            quoted(&value, language)
        } else {
            text(&value)
        }
    };
    let _ = write!(
        html,
        "<dt>{}<dd>{shown} <small>{}</small>",
        text(&evidence.what),
        text(&evidence.source)
    );
}

fn claims(html: &mut String, entry: &Entry<'_>, room: &Room) {
    let claims = &entry.reference.claims;
    if claims.is_empty() {
        return;
    }
    html.push_str("<h3>Supports</h3>");
    let language = entry.place.article.language.as_ref();
    for claim in claims.iter().take(room.claims) {
        let _ = write!(
            html,
            "<blockquote{} dir=\"auto\">{}</blockquote>",
            super::markup::lang(language),
            text(claim)
        );
    }
    if room.claims < claims.len() {
        let more = counted(claims.len() - room.claims, "more sentence");
        let _ = write!(html, "<p>and {more}</p>");
    }
}

/// What the citation, the link and the page say, as pairs.
fn facts(html: &mut String, work: &Work<'_>, first: bool, place: Place<'_>, room: &Room) {
    let readers = place.article.language.as_ref();
    let citation = work.citation;
    let language = work.language.map(|known| &known.tag);
    let mut pairs = Pairs(String::new());
    if !first {
        let title = citation
            .title
            .as_deref()
            .or(citation.script_title.as_deref());
        pairs.add("title", title.map(|title| quoted(title, language)));
    }
    let translated = citation.trans_title.as_deref().filter(|_| !room.once);
    pairs.add(
        "translated title",
        translated.map(|title| quoted(title, readers)),
    );
    // The title of the first work is a link already.
    let shown = |url: &str| format!("<bdi dir=\"ltr\">{}</bdi>", text(&shown_address(url)));
    let url = citation.url.as_deref();
    let linked = first && url.and_then(web_address).is_some();
    if !linked {
        pairs.add("address", url.map(address));
    } else if !room.once {
        pairs.add("address", url.map(shown));
    }
    if !first {
        pairs.add("cited date", day(citation, "date", citation.date, readers));
    }
    let accessed = day(citation, "access-date", citation.access_date, readers);
    pairs.add("access-date", accessed);
    pairs.add(
        "archived copy cited",
        citation
            .archive_url
            .as_deref()
            .map(|url| cited_copy(url, citation.archive_date)),
    );
    if let Some(link) = work.link {
        link_facts(&mut pairs, link, url, place.started);
    }
    if let Some(page) = work.page {
        page_facts(&mut pairs, page, language, citation.title.as_deref());
    }
    if !pairs.0.is_empty() {
        let _ = write!(html, "<h3>Link and page</h3><dl>{}</dl>", pairs.0);
    }
}

struct Pairs(String);

impl Pairs {
    fn add(&mut self, label: &str, value: Option<String>) {
        if let Some(value) = value {
            let _ = write!(self.0, "<dt>{label}<dd>{value}");
        }
    }
}

fn cited_copy(url: &str, archived: Option<CitedDate>) -> String {
    let day = archived.map_or_else(String::new, |day| format!(", of {}", date(day)));
    format!("{}{day}", address(url))
}

fn link_facts(pairs: &mut Pairs, link: &LinkReport, cited: Option<&str>, started: Timestamp) {
    let status = link
        .status
        .map_or_else(String::new, |status| format!(", status {status}"));
    let day = |at: Timestamp| at.strftime("%Y-%m-%d").to_string();
    let before = link
        .checked_at
        .map(day)
        .filter(|asked| *asked < day(started));
    let asked = before.map_or_else(String::new, |asked| format!(", asked on {asked}"));
    // Of a page that answers, the verdict says it all.
    let reason = if link.verdict == LinkVerdict::Alive {
        String::new()
    } else {
        format!(": {}", sentence(&link.reason, None))
    };
    let judged = format!("{}{reason}{status}{asked}", words(link.verdict));
    // The table says that a link is alive.
    let plain = link.verdict == LinkVerdict::Alive && link.status == Some(200) && asked.is_empty();
    pairs.add("link", (!plain).then_some(judged));
    pairs.add("redirects", chain(link, cited));
    if let Some(history) = &link.history {
        pairs.add(
            "failing since",
            history.dead_since.map(|since| {
                let failures = usize::try_from(history.failures).unwrap_or(usize::MAX);
                let counted = counted(failures, "failure");
                let confirmed = if history.confirmed { ", confirmed" } else { "" };
                format!("{}, {counted}{confirmed}", since.strftime("%Y-%m-%d"))
            }),
        );
        let alive = history.last_alive.filter(|_| history.dead_since.is_some());
        pairs.add(
            "last alive",
            alive.map(|at| at.strftime("%Y-%m-%d").to_string()),
        );
    }
    if !link.copies.is_empty() {
        let copies: String = link.copies.iter().map(copy).collect();
        pairs.add("archived copies found", Some(format!("<ul>{copies}</ul>")));
    } else if let Some(search) = link.copy_search {
        pairs.add("archived copies", Some(search.as_str().to_owned()));
    }
}

/// Every address on the way with what it answered, if the way was longer than one.
fn chain(link: &LinkReport, cited: Option<&str>) -> Option<String> {
    let landed = link.final_url.as_deref();
    if link.hops.is_empty() && (landed.is_none() || landed == cited) {
        return None;
    }
    let mut steps = String::from("<ol>");
    for hop in &link.hops {
        let _ = write!(steps, "<li>{} {}</li>", hop.status, address(&hop.url));
    }
    if let Some(landed) = landed {
        let status = link
            .status
            .map_or_else(|| "no answer".to_owned(), |it| it.to_string());
        let _ = write!(steps, "<li>{status} {}</li>", address(landed));
    }
    Some(steps + "</ol>")
}

fn copy(copy: &Memento) -> String {
    let vetted = if copy.vetted {
        ", shows the page"
    } else {
        ", not looked at"
    };
    format!(
        "<li>{} <small>{}, {}{vetted}</small></li>",
        address(copy.url.as_str()),
        text(&copy.archive),
        copy.captured.strftime("%Y-%m-%d")
    )
}

fn page_facts(
    pairs: &mut Pairs,
    page: &PageEvidence,
    language: Option<&LanguageTag>,
    cited: Option<&str>,
) {
    let title = page.title.as_deref().filter(|title| Some(*title) != cited);
    pairs.add("page’s title", title.map(|title| quoted(title, language)));
    pairs.add(
        "published",
        page.published.as_ref().map(|published| {
            format!(
                "{} <small>{}</small>",
                date(published.date),
                text(&published.source)
            )
        }),
    );
    pairs.add(
        "changed",
        page.modified.as_ref().map(|modified| {
            format!(
                "{} <small>{}</small>",
                date(modified.date),
                text(&modified.source)
            )
        }),
    );
}
