//! What part of its articles a run is about: shards, and reports put together.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;

use citecheck::article::{self, ReadOptions};
use citecheck::check::{CheckOptions, Facts, Scope, assemble, cited_urls, merge};
use citecheck::model::{
    Article, FetchOutcome, FetchResult, HttpResponse, InputFormat, LanguageTag, LinkFacts, Network,
    Report, Shard,
};
use jiff::Timestamp;
use proptest::prelude::*;

fn now() -> Timestamp {
    "2026-03-01T00:00:00Z".parse().unwrap()
}

/// References of one work or two, of the same host or of two, without any address, with faults.
fn entry((host, other, kind): (u8, u8, u8)) -> String {
    let cite = |host: u8| {
        format!(
            "{{{{cite web |title=Річка {host} |url=http://h{host}.example/{kind} |date=31 February 2020}}}}"
        )
    };
    match kind % 5 {
        0 => format!("Text.<ref>{}</ref>\n", cite(host)),
        1 => format!("Текст.<ref>{}; {}</ref>\n", cite(host), cite(other)),
        2 => "文。<ref>{{cite book |title=川の本 |date=99 March}}</ref> <ref name=\"gone\" />\n"
            .to_owned(),
        3 => format!(
            "Text.<ref>{{{{cite book |title=A book}}}} {}</ref>\n",
            cite(host)
        ),
        _ => format!(
            "T.<ref name=x{host}>{}<!-- citecheck-ignore: dead-link --></ref>\n",
            cite(host)
        ),
    }
}

fn read(name: &str, entries: &[(u8, u8, u8)]) -> Article {
    let text: String = entries.iter().map(|it| entry(*it)).collect();
    article::read(name, &text, InputFormat::Wikitext, &ReadOptions::default())
}

fn run(articles: &[Article], shard: Option<Shard>) -> Report {
    let scope = Scope { shard, limit: None };
    let asked = cited_urls(&scope.narrowed(articles));
    let facts: Facts = asked
        .into_iter()
        .map(|url| {
            let response = HttpResponse {
                status: 404,
                headers: Vec::new(),
                body: Vec::new(),
                truncated: None,
            };
            let outcome = FetchOutcome {
                requested: url.clone(),
                hops: Vec::new(),
                landed: url.clone(),
                fetched_at: now(),
                attempts: 1,
                result: FetchResult::Response(response),
            };
            (url, LinkFacts::of(outcome))
        })
        .collect();
    let options = CheckOptions {
        scope,
        readers: LanguageTag::parse("en"),
        ..CheckOptions::at(now(), Network::Live)
    };
    assemble(articles.to_vec(), &facts, &options, now(), false)
}

fn parts(articles: &[Article], of: u32) -> Vec<(String, Report)> {
    let shards = (1..=of).map(|index| Shard { index, of });
    shards
        .map(|shard| (format!("{}.json", shard.index), run(articles, Some(shard))))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn shards_together_are_the_whole_run(
        one in proptest::collection::vec((0_u8..12, 0_u8..12, 0_u8..10), 1..12),
        two in proptest::collection::vec((0_u8..12, 0_u8..12, 0_u8..10), 1..6),
        of in 2_u32..6,
    ) {
        let articles = [read("one.wiki", &one), read("two.wiki", &two)];
        let whole = run(&articles, None);
        let mut parts = parts(&articles, of);
        parts.reverse();
        let mut merged = merge(parts).unwrap();
        prop_assert_eq!(&merged.counts, &whole.counts);
        for (merged, whole) in merged.articles.iter().zip(&whole.articles) {
            let list = |of: &citecheck::model::CheckedArticle| {
                let all = of.findings.iter().map(|it| format!("{} {:?} {:?}", it.name, it.reference, it.span));
                all.collect::<Vec<_>>()
            };
            prop_assert_eq!(list(merged), list(whole));
        }
        merged.run = whole.run.clone();
        prop_assert_eq!(merged, whole);
    }

    #[test]
    fn each_host_is_asked_by_one_shard(
        entries in proptest::collection::vec((0_u8..20, 0_u8..20, 0_u8..10), 1..20),
        of in 2_u32..9,
    ) {
        let articles = [read("one.wiki", &entries)];
        let all: BTreeSet<String> = cited_urls(&articles).iter().map(ToString::to_string).collect();
        let mut asked = BTreeSet::new();
        let mut hosts = BTreeSet::new();
        for index in 1..=of {
            let scope = Scope { shard: Some(Shard { index, of }), limit: None };
            let urls = cited_urls(&scope.narrowed(&articles));
            let of_shard: BTreeSet<String> = urls.iter().filter_map(|url| url.host_str().map(str::to_owned)).collect();
            for host in of_shard {
                prop_assert!(hosts.insert(host));
            }
            for url in urls {
                prop_assert!(asked.insert(url.to_string()));
            }
        }
        prop_assert_eq!(asked, all);
    }
}

#[test]
fn hosts_are_spread_evenly_and_stay_where_they_are() {
    let of = 8;
    let mut sizes = vec![0_usize; 8];
    for host in 0..8000 {
        let taken =
            (1..=of).filter(|index| Shard { index: *index, of }.takes(&format!("h{host}.example")));
        let taken: Vec<u32> = taken.collect();
        let [index] = taken.as_slice() else {
            panic!("{host}: {taken:?}")
        };
        *sizes.get_mut(usize::try_from(index - 1).unwrap()).unwrap() += 1;
    }
    assert!(
        sizes.iter().all(|size| (850..1150).contains(size)),
        "{sizes:?}"
    );
    // What other runs remember of a host lies with its shard.
    let of_host = |host: &str| {
        (1..=of)
            .find(|index| Shard { index: *index, of }.takes(host))
            .unwrap()
    };
    let kept = ["uk.wikipedia.org", "news.example", "xn--80ak6aa92e.example"].map(of_host);
    assert_eq!(kept, [1, 6, 6]);
}

#[test]
fn reports_that_do_not_go_together_are_refused() {
    let article = |name: &str| [read(name, &[(1, 1, 0)])];
    let whole = |name: &str| (format!("{name}.json"), run(&article(name), None));
    let part = |index, of| {
        let report = run(&article("a.wiki"), Some(Shard { index, of }));
        (format!("{index}-of-{of}.json"), report)
    };
    let refused = |reports| merge(reports).unwrap_err().to_string();
    assert_eq!(refused(vec![]), "no report to put together");
    assert_eq!(
        refused(vec![part(1, 2), part(1, 2)]),
        "1-of-2.json and 1-of-2.json both hold shard 1 of 2"
    );
    assert_eq!(
        refused(vec![part(1, 2), part(1, 3)]),
        "1-of-2.json is one of 2 shards, and 1-of-3.json one of 3"
    );
    assert_eq!(
        refused(vec![whole("a.wiki"), part(1, 3)]),
        "a.wiki.json is the report of a whole run, and 1-of-3.json that of shard 1 of 3"
    );
    assert_eq!(
        refused(vec![whole("a.wiki"), whole("a.wiki")]),
        "a.wiki.json and a.wiki.json both hold a.wiki"
    );
    let both = merge(vec![whole("a.wiki"), whole("b.wiki")]).unwrap();
    assert_eq!((both.articles.len(), both.counts.references), (2, 2));
    let (mut one, mut two) = (whole("a.wiki"), whole("b.wiki"));
    one.1.counts.ignored = usize::MAX;
    two.1.counts.ignored = 1;
    assert_eq!(merge(vec![one, two]).unwrap().counts.ignored, usize::MAX);
    let missing = merge(vec![part(1, 3), part(3, 3)]).unwrap();
    assert!(missing.run.partial);
    assert_eq!(missing.run.limited_to.as_deref(), Some("shards 1, 3 of 3"));
}
