//! Two dates that are the ends of one: `2–12 February 2009`, `January–March 2009`, `1999–2000`.

use super::calendar::Converted;
use super::parts::{Context, Glue, Part, PartKind};
use super::patterns::{Fields, Outcome, either, fields};
use crate::model::{CitedDate, DatePoint};

/// Between the ends of a range.
const BETWEEN: Glue = Glue::DASH
    .with(Glue::HYPHEN)
    .with(Glue::RANGE)
    .with(Glue::SLASH);

/// Whether the part may be the first of a range's end.
pub(super) fn may_end_range(part: &Part) -> bool {
    part.glue.has(BETWEEN)
        && part
            .glue
            .within(BETWEEN.with(Glue::SPACE).with(Glue::DOT).with(Glue::WORD))
}

/// Reads all parts as a range that begins its second end at `middle`.
pub(super) fn range(parts: &[Part], middle: usize, context: Context<'_>) -> Outcome {
    let Some((left, right)) = parts.split_at_checked(middle) else {
        return Outcome::Nothing;
    };
    let slash = right.first().is_some_and(|part| part.glue.has(Glue::SLASH));
    let read = |or| {
        let left = fields(left, or, context)?;
        let right = winter(left, right, context).or_else(|| fields(right, or, context))?;
        Some(ends(left, right, slash, context))
    };
    either(parts, |or| read(or).unwrap_or(Outcome::Nothing))
}

/// "Winter 2008–09": the season again, a year later.
fn winter(left: Fields, right: &[Part], context: Context<'_>) -> Option<Fields> {
    let (season, year) = (left.season?, left.year?);
    let [
        Part {
            kind: PartKind::Number(number),
            ..
        },
    ] = right
    else {
        return None;
    };
    let following = year.following();
    let last_two = u32::try_from(following.value()).ok()? % 100;
    let same = match number.digits.len {
        2 => number.digits.value == last_two,
        _ => super::patterns::year(*number, None, context)?.value() == following.value(),
    };
    same.then_some(Fields {
        season: Some(season),
        year: Some(following),
        ..Fields::default()
    })
}

fn ends(mut left: Fields, mut right: Fields, slash: bool, context: Context<'_>) -> Outcome {
    let both_years = left.year.is_some() && right.year.is_some();
    left.year = left.year.or(right.year);
    right.year = right.year.or(left.year);
    if left.month.is_none() && left.day.is_some() {
        left.month = right.month;
    }
    if right.month.is_none() && right.day.is_some() {
        right.month = left.month;
    }
    let kind = |fields: Fields| {
        (
            fields.month.is_some(),
            fields.day.is_some(),
            fields.season.is_some(),
            fields.feast,
        )
    };
    if kind(left) != kind(right) || slash && both_years && left.month.is_some() {
        return Outcome::Nothing;
    }
    match (left.resolve(context), right.resolve(context)) {
        (Converted::Points(from, _), Converted::Points(start, end)) => {
            let to = end.unwrap_or(start);
            order(from, to, both_years)
        }
        (Converted::Impossible(reason), _) | (_, Converted::Impossible(reason)) => {
            Outcome::Impossible(reason)
        }
        (Converted::Unknown, _) | (_, Converted::Unknown) => Outcome::Nothing,
    }
}

fn order(from: DatePoint, to: DatePoint, both_years: bool) -> Outcome {
    if from == to {
        return Outcome::Nothing;
    }
    if from.may_precede(to) {
        return Outcome::Date(CitedDate {
            from,
            to: Some(to),
            approximate: false,
        });
    }
    let months = matches!((from, to), (DatePoint::Month(..), DatePoint::Month(..)));
    if months && !both_years {
        // "December–January 2009" may begin in the year before.
        return Outcome::Nothing;
    }
    Outcome::Impossible("the range ends before it begins".to_owned())
}
