//! CS1's verdict on the dates of a citation.
//!
//! A value → its digits and what stands between them (`shape`) → the form that it is in, with the
//! checks of that form (`forms`) → the checks of the parameter that holds it (`judge`) → those of
//! the template as a whole (`template`). [`day`] reads and writes whole days in CS1's forms.

mod day;
mod forms;
mod judge;
mod names;
mod reason;
mod shape;
mod template;

pub use day::{DayForm, day, write_day};
pub use forms::Form;
pub use judge::{Accepted, DateParameter, judge};
pub use reason::Reason;
pub use template::{FieldVerdict, Verdict, YearBesideDate, template};
