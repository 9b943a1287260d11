//! The archived copy of a dead link: told in its finding, and written into the citation as a fix.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::cs1;
use super::dead_link::confirmed;
use super::edits::{parameter_address, replaced, set};
use super::rule::SourceContext;
use crate::cs1::dates::{DayForm, day, write_day};
use crate::dates;
use crate::model::{
    CopySearch, DateStyle, Edit, Evidence, Finding, Fix, LinkVerdict, Memento, Safety, UrlStatus,
    Wanted,
};

/// From this many days on, a copy may show another page than the one that was read.
const FAR_DAYS: u64 = 180;

/// A parameter's words for a link that is dead, usurped, unfit or live; `-` for none.
type Words = [&'static str; 4];

static WORDS: LazyLock<HashMap<String, Words>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for line in cs1::lines(include_str!("data/url-status-words.tsv")) {
        let mut columns = line.split('\t');
        let (Some(names), Some(dead), Some(usurped), Some(unfit), Some(live)) = (
            columns.next(),
            columns.next(),
            columns.next(),
            columns.next(),
            columns.next(),
        ) else {
            continue;
        };
        for name in names.split(';') {
            words.insert(folded(name.trim()), [dead, usurped, unfit, live]);
        }
    }
    words
});

/// Tells in the finding of a dead link which archived copy there is, and adds the fix that cites
/// it; or why none was found. Nothing where no archive was asked, or a copy is cited already.
///
/// The fix is for review, and gives `archive-url`, `archive-date` and `url-status` the template's
/// own names: only those that are proven, the last only where its word is known. The date is written
/// as the citation's other dates are.
pub(super) fn offer(ctx: &SourceContext<'_>, finding: &mut Finding) {
    if ctx.source.citation.archive_url.is_some() {
        return;
    }
    let Some(copy) = best(ctx) else {
        tell_no_copy(ctx, finding);
        return;
    };
    tell(ctx, finding, copy);
    if finding.fix.is_none() {
        finding.fix = cite(ctx, copy);
    }
}

/// As [`offer`], of a citation whose own copy shows nothing: the fix replaces it.
pub(super) fn offer_another(ctx: &SourceContext<'_>, finding: &mut Finding) {
    match best(ctx) {
        Some(copy) => {
            tell(ctx, finding, copy);
            finding.fix = replace(ctx, copy);
        }
        None => tell_no_copy(ctx, finding),
    }
}

/// The copy that this citation wants most: other citations of the page may want others.
fn best<'a>(ctx: &SourceContext<'a>) -> Option<&'a Memento> {
    let wanted = Wanted::of(&ctx.source.citation);
    let copies = ctx.link?.copies.iter().filter(|copy| copy.vetted);
    copies.min_by_key(|copy| wanted.rank(copy.captured))
}

fn tell(ctx: &SourceContext<'_>, finding: &mut Finding, copy: &Memento) {
    let day = day_of(copy);
    let source = format!("{}, {day}", copy.archive);
    finding
        .evidence
        .push(Evidence::new("archived copy", copy.url.to_string(), source));
    let wanted = Wanted::of(&ctx.source.citation);
    let off = wanted.days_off(copy.captured);
    if let Some(off) = off.filter(|off| FAR_DAYS < *off) {
        let from = match wanted {
            Wanted::Read(_) => "the access-date",
            Wanted::Published(_) | Wanted::Earliest => "the date",
        };
        let far = format!("; the nearest archived copy is {off} days from {from}");
        finding.message.push_str(&far);
    }
}

fn tell_no_copy(ctx: &SourceContext<'_>, finding: &mut Finding) {
    let search = ctx.link.and_then(|link| link.copy_search);
    if let Some(search) = search.filter(|search| *search != CopySearch::Found) {
        let told = Evidence::new("archived copy", search.as_str(), "archives");
        finding.evidence.push(told);
    }
}

fn cite(ctx: &SourceContext<'_>, copy: &Memento) -> Option<Fix> {
    let address = parameter_address(copy.url.as_str());
    let date = written_day(ctx, day_of(copy));
    let mut fields = vec![("archive-url", address.as_str()), ("archive-date", &date)];
    let mut edits = Vec::new();
    match status(ctx) {
        Status::Add(word) => fields.push(("url-status", word)),
        Status::Set(edit) => edits.push(edit),
        Status::Keep => {}
    }
    let fix = ctx.add_fields("cite the archived copy", &fields)?;
    edits.extend(fix.edits);
    ctx.fix(&fix.description, Safety::Review, edits)
}

fn replace(ctx: &SourceContext<'_>, copy: &Memento) -> Option<Fix> {
    let fields = &ctx.source.citation.fields;
    let address = fields
        .get("archive-url")
        .filter(|it| it.parameter.is_some())?;
    let mut edits = vec![replaced(
        address.span.start..address.span.end,
        parameter_address(copy.url.as_str()),
    )];
    if let Some(date) = fields.get("archive-date") {
        date.parameter.as_ref()?;
        let written = written_day(ctx, day_of(copy));
        edits.push(replaced(date.span.start..date.span.end, written));
    }
    ctx.fix("cite a copy that shows the page", Safety::Review, edits)
}

/// What becomes of `url-status`.
enum Status {
    Add(&'static str),
    Set(Edit),
    Keep,
}

fn status(ctx: &SourceContext<'_>) -> Status {
    let of = |name: &str| {
        let words = WORDS.get(&folded(name)).map(|words| word(ctx, *words));
        words.filter(|word| *word != "-")
    };
    let mut written = ctx.source.parameters.iter().filter(|parameter| {
        matches!(parameter.field.as_deref(), Some("url-status" | "dead-link"))
            && cs1::is_set(parameter)
    });
    match written.next_back() {
        Some(parameter) if ctx.source.citation.url_status == Some(UrlStatus::Live) => {
            let word = parameter.name.as_deref().and_then(of);
            word.map_or(Status::Keep, |word| {
                Status::Set(set(parameter, word.to_owned()))
            })
        }
        Some(_) => Status::Keep,
        None => {
            let name = ctx.own_name("url-status");
            name.as_deref()
                .and_then(of)
                .map_or(Status::Keep, Status::Add)
        }
    }
}

/// The word for what became of the link: one that may be back keeps its place before the copy.
fn word(ctx: &SourceContext<'_>, [dead, usurped, unfit, live]: Words) -> &'static str {
    if confirmed(ctx).is_some() {
        return dead;
    }
    match ctx.verdict.map(|verdict| verdict.link) {
        Some(LinkVerdict::Usurped) => usurped,
        Some(LinkVerdict::Parked) => unfit,
        Some(LinkVerdict::Unstable | LinkVerdict::Refused | LinkVerdict::TlsError) => live,
        Some(_) | None => dead,
    }
}

/// The day of capture, UTC, as CS1 compares it with `archive-date`.
fn day_of(copy: &Memento) -> Date {
    copy.captured.to_zoned(TimeZone::UTC).date()
}

/// The day as the citation writes its days, else as the article says that it does, else with the
/// year first.
fn written_day(ctx: &SourceContext<'_>, copied: Date) -> String {
    let fields = &ctx.source.citation.fields;
    let language = ctx.article.article.language.as_ref();
    let own = ["access-date", "archive-date", "date"].into_iter();
    let mut own = own.filter_map(|field| fields.get(field));
    let like_own = own.find_map(|field| match day(&field.value) {
        Some((_, form)) => Some(write_day(copied, form)),
        None if cs1::is_rendered(ctx) && cs1::in_english(ctx) => None,
        None => dates::write_like(&field.value, copied, language),
    });
    like_own.unwrap_or_else(|| {
        let style = ctx
            .article
            .article
            .date_style
            .filter(|_| cs1::is_rendered(ctx));
        let style = style.unwrap_or(DateStyle::YearMonthDay);
        write_day(
            copied,
            DayForm {
                style,
                short: false,
            },
        )
    })
}

fn folded(name: &str) -> String {
    let kept = name
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-'));
    kept.flat_map(char::to_lowercase).collect()
}
