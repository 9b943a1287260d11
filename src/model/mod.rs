//! The nouns of the path: plain data passed between the stages.
//!
//! No input or output, no policy, no imports from other modules. Everything here can be written
//! to disk and judged again later without the stage that made it.

mod article;
mod citation;
mod cited_date;
mod finding;
mod language;
mod layout;
mod link;
mod outcome;
mod packed;
mod page;
mod person;
mod reference;
mod report;
mod span;
mod todo;
mod verdict;
mod wanted;

pub use article::{
    Article, DateStyle, IgnoreKind, IgnoreMark, InputFormat, Problem, SourceCounts, UndefinedName,
};
pub use citation::{Citation, Field, FieldSource, Person, UrlStatus};
pub use cited_date::{CitedDate, DatePoint, Season};
pub use finding::{Edit, Evidence, Excerpt, Finding, Fix, RuleCode, Safety, Severity};
pub use language::{DetectedLanguage, LanguageAlternative, LanguageShare, LanguageTag, Script};
pub use layout::{Blank, Layout, LineBreak};
pub use link::{CopySearch, Fingerprint, HostProbe, LinkFacts, LinkHistory, Memento, OtherForm};
pub use outcome::{
    FailureKind, FetchFailure, FetchOutcome, FetchResult, Hop, HttpResponse, SkipReason, Truncation,
};
pub use packed::Packed;
pub(crate) use packed::Parcel;
pub use page::{
    DateCandidate, DateKind, PageDate, PageEvidence, PageSignal, SignalKind, TitleCandidate,
};
pub use reference::{Parameter, Reference, ReferenceKind, Source};
pub use report::{
    CheckedArticle, CheckedReference, CheckedSource, Counts, LanguageOrigin, LinkHop, LinkReport,
    Network, ReferenceLanguage, Report, Run, SCHEMA_VERSION, Shard, Tool, Work,
};
pub use span::Span;
pub use todo::{Counted, TodoItem, TodoState};
pub use verdict::{LinkVerdict, Verdict};
pub use wanted::Wanted;
