//! Addresses taken over from another reading of the same article.
#![expect(
    clippy::indexing_slicing,
    reason = "a test helper may index what it made"
)]

use citecheck::article::{ReadOptions, links::attach_links, text};

/// Reads `wanting` and `having` as lists and gives the addresses that the first one then has.
fn attached(wanting: &[&str], having: &[&str]) -> Vec<Option<String>> {
    let list = |entries: &[&str]| {
        let lines = entries
            .iter()
            .enumerate()
            .map(|(at, entry)| format!("{}. ^ {entry}\n", at + 1));
        text::read("list", &lines.collect::<String>(), &ReadOptions::default())
    };
    let (mut article, source) = (list(wanting), list(having));
    let count = attach_links(&mut article, &source);
    let urls: Vec<Option<String>> = article
        .references
        .iter()
        .map(|found| found.sources[0].citation.url.clone())
        .collect();
    assert!(count <= urls.iter().flatten().count());
    urls
}

fn check(wanting: &[&str], having: &[&str], expected: &[&str]) {
    let found = attached(wanting, having);
    let found: Vec<&str> = found
        .iter()
        .map(|url| url.as_deref().unwrap_or(""))
        .collect();
    assert_eq!(found, expected, "{wanting:?}");
}

#[test]
fn titles_match_whatever_their_marks_and_order() {
    check(
        &[
            "\"Перша партія — сьогодні\". Вісті.",
            "„Der Tag danach“. Bote.",
            "«روز بعد». خبر.",
        ],
        &[
            "\"روز بعد\". خبر. https://c.example/",
            "\"Der Tag danach\". Bote. https://b.example/",
            "\"перша партія: сьогодні\". Вісті. https://a.example/",
        ],
        &[
            "https://a.example/",
            "https://b.example/",
            "https://c.example/",
        ],
    );
}

#[test]
fn entries_that_either_side_lacks_get_nothing() {
    check(
        &["\"Only here\". Bote.", "\"On both sides\". Bote."],
        &[
            "\"Only there\". Bote. https://a.example/",
            "\"On both sides\". Bote. https://b.example/",
        ],
        &["", "https://b.example/"],
    );
}

#[test]
fn dates_tell_equal_titles_apart_and_rule_matches_out() {
    check(
        &[
            "\"Chart\". Bote. 2019-05-03.",
            "\"Chart\". Bote. 2020-06-04.",
            "\"Chart\". Bote. 2021-01-01.",
        ],
        &[
            "\"Chart\". Bote. 2020-06-04. https://b.example/",
            "\"Chart\". Bote. 2019-05-03. https://a.example/",
        ],
        &["https://a.example/", "https://b.example/", ""],
    );
    check(
        &["\"Chart\". Bote. 2019-05-03."],
        &["\"Chart\". Bote. 2020-06-04. https://b.example/"],
        &[""],
    );
}

#[test]
fn order_decides_between_equals_only_where_it_was_kept() {
    let wanting = ["\"Start\". A.", "\"Chart\".", "\"Chart\".", "\"End\". A."];
    check(
        &wanting,
        &[
            "\"Start\". A. https://s.example/",
            "\"Chart\". https://1.example/",
            "\"Chart\". https://2.example/",
            "\"End\". A. https://e.example/",
        ],
        &[
            "https://s.example/",
            "https://1.example/",
            "https://2.example/",
            "https://e.example/",
        ],
    );
    check(
        &wanting,
        &[
            "\"End\". A. https://e.example/",
            "\"Chart\". https://1.example/",
            "\"Chart\". https://2.example/",
            "\"Start\". A. https://s.example/",
        ],
        &["https://s.example/", "", "", "https://e.example/"],
    );
}

#[test]
fn one_address_for_two_equals_is_doubtful() {
    check(
        &["\"Start\". A.", "\"Chart\".", "\"Chart\"."],
        &[
            "\"Start\". A. https://s.example/",
            "\"Chart\". https://1.example/",
        ],
        &["https://s.example/", "", ""],
    );
}

#[test]
fn a_title_with_its_publisher_run_in_matches_between_its_neighbours() {
    check(
        &[
            "\"Start\". A.",
            "Statement on the closing of the harbour Harbour Office",
            "\"End\". A.",
        ],
        &[
            "\"Start\". A. https://s.example/",
            "Statement on the closing of the harbour https://h.example/",
            "\"End\". A. https://e.example/",
        ],
        &[
            "https://s.example/",
            "https://h.example/",
            "https://e.example/",
        ],
    );
    check(
        &[
            "\"Start\". A.",
            "Something else entirely was written",
            "\"End\". A.",
        ],
        &[
            "\"Start\". A. https://s.example/",
            "Statement on the closing of the harbour https://h.example/",
            "\"End\". A. https://e.example/",
        ],
        &["https://s.example/", "", "https://e.example/"],
    );
}

#[test]
fn addresses_that_are_there_already_stay() {
    let found = attached(&["\"Chart\". https://own.example/"], &[]);
    assert_eq!(found, [Some("https://own.example/".to_owned())]);
}
