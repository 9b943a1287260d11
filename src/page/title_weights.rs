//! What speaks for a candidate to be the page's title, and how much.

/// A trait of a candidate, 1 where it holds unless said otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trait {
    // Where it stands whole.
    InCitation,
    InOpenGraph,
    InTitle,
    InHeading,
    InLdHeadline,
    InLdName,
    /// How many places written for machines hold it whole: a third each, up to three.
    Wholes,
    /// In how many of them it stands at all: a quarter each, up to four.
    Places,
    /// It is a part of a heading.
    PartOfHeading,
    // Beside the other titles.
    /// How alike the others are on the whole, 0 to 1.
    Likeness,
    /// How alike the likeliest is, 0 to 1.
    BestLikeness,
    /// There is no other.
    Alone,
    /// Another title holds it and more.
    Within,
    /// It holds another title and more.
    Contains,
    /// A title of several parts begins with it.
    Begins,
    // Of a heading.
    /// How alike the likeliest title written for machines is, 0 to 1.
    HeadingLikeness,
    HeadingAlike,
    HeadingFirst,
    HeadingOnly,
    HeadingLinked,
    HeadingInArticle,
    /// `<title>` holds it.
    HeadingInTitle,
    /// The page has it as a lower heading.
    LowerHeading,
    // What was cut off, and what was not.
    /// How many parts were cut off that nothing shows to be the site's name, up to two.
    UnknownCut,
    /// Such parts were cut off at a dash, and the page has no other title to compare with.
    Unconfirmed,
    ColonBefore,
    ColonBehind,
    BarWithin,
    DashWithin,
    ColonWithin,
    EndsInSite,
    // The site's name.
    IsSite,
    SiteOnHomePage,
    // The words of the address.
    /// The share of them that it has.
    AddressWords,
    NoAddressWord,
    // Its length.
    /// A fifth of the logarithm of its letters, those of scripts without spaces counted thrice.
    Length,
    Short,
    VeryShort,
}

impl Trait {
    /// Log-odds that a candidate with this trait is the title: fitted on 1,385 pages with known
    /// titles and rounded, but for `citation_title`, which few of them have. Fitted on four fifths
    /// of the sites, the title is the known one on 85.3 % of the pages of the last fifth.
    #[expect(clippy::match_same_arms, reason = "a table of figures, one line each")]
    pub(super) fn weight(self) -> f64 {
        match self {
            Self::InCitation => 1.0,
            Self::InOpenGraph => 1.1,
            Self::InTitle => -0.3,
            Self::InHeading => 0.1,
            Self::InLdHeadline => 1.0,
            Self::InLdName => -1.1,
            Self::Wholes => 0.6,
            Self::Places => 0.7,
            Self::PartOfHeading => -0.6,
            Self::Likeness => 1.1,
            Self::BestLikeness => 0.4,
            Self::Alone => 1.2,
            Self::Within => -0.2,
            Self::Contains => -2.3,
            Self::Begins => 1.4,
            Self::HeadingLikeness => 0.7,
            Self::HeadingAlike => 0.9,
            Self::HeadingFirst => 0.4,
            Self::HeadingOnly => 0.3,
            Self::HeadingLinked => -1.3,
            Self::HeadingInArticle => 0.4,
            Self::HeadingInTitle => -0.9,
            Self::LowerHeading => 2.0,
            // Set so that a dash alone cuts nothing.
            Self::Unconfirmed => -2.0,
            Self::UnknownCut => -0.7,
            Self::ColonBefore => -0.9,
            Self::ColonBehind => -1.2,
            Self::BarWithin => -1.8,
            Self::DashWithin => -0.6,
            Self::ColonWithin => 0.7,
            Self::EndsInSite => -1.3,
            Self::IsSite => -0.8,
            Self::SiteOnHomePage => 1.8,
            Self::AddressWords => 0.7,
            Self::NoAddressWord => -0.9,
            Self::Length => 1.7,
            Self::Short => -0.7,
            Self::VeryShort => -0.5,
        }
    }
}
