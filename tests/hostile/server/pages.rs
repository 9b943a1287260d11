//! Pages that the behaviours have in common, all written for these tests.

use super::{Reply, html};

/// Paragraphs of an ordinary article.
pub(crate) const PARAGRAPHS: &str = "\
<p>The old mill on the river Lenn was restored over six years by a society of neighbours, who \
began with the roof and ended with the wheel. On Sunday it ground rye for the first time since \
1961, and some four hundred people came to look at the flour.</p>\
<p>The wheel is of larch, as it was in the drawings of 1874 that a teacher found in the attic of \
the school. Three carpenters worked on it through the winter. The stones had lain in the garden \
of the parsonage, where they had served as a table and as a step.</p>\
<p>The society wants to open the house on the first weekend of every month from April to October. \
A baker in the next village has asked for ten sacks. Whether the water will be enough in a dry \
summer, nobody dares to say, since the upper pond lost its dam in the flood of 1932.</p>\
<p>The county gave a third of the money, a foundation another third, and the rest came from a \
raffle, two concerts and the sale of a calendar with old photographs of the valley.</p>";

/// What a page of manners says when there is nothing.
pub(crate) const NOTHING: &str =
    "<!doctype html><title>Not found</title><h1>Not found</h1><p>There is nothing here.</p>";

/// A page with a title and a body.
pub(crate) fn page(title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html><head><title>{title}</title></head><body><h1>{title}</h1>{body}\
         </body></html>"
    )
}

/// The whole ordinary article.
pub(crate) fn article_text() -> String {
    page("The mill turns again", PARAGRAPHS)
}

pub(crate) fn article() -> Reply {
    html(article_text())
}

/// A site's front page.
pub(crate) fn front() -> Reply {
    html(page(
        "The Lenn Valley Gazette",
        "<ul><li>Weather<li>Sports<li>Letters</ul>",
    ))
}
