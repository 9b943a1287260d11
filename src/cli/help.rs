//! What the help of commands says below their options: examples, and what their end means.

pub(super) const COLOR: &str = "Use colour [default: auto, or as NO_COLOR and CLICOLOR_FORCE say]";

pub(super) const INPUTS: &str = "Files (.wiki, .wikitext, .html, .htm, .txt), folders, `-` for standard \
    input, or addresses such as https://uk.wikipedia.org/wiki/Київ";

pub(super) const TOP_HELP: &str = "\
Examples:
  citecheck check article.wiki
  citecheck check https://uk.wikipedia.org/wiki/Київ --language uk
  citecheck check references/ --offline --format todo
  citecheck explain dead-link

Exit status: 0 nothing at or above --fail-on, 1 findings, 2 citecheck could not do its work,
130 interrupted (what was done is reported).";

pub(super) const CHECK_HELP: &str = "\
Examples:
  citecheck check article.wiki
      every cited URL is asked; findings by reference, with their evidence
  citecheck check references/demo.wiki --replay references/demo.warc.gz --fail-on never
      without network, from a recording
  citecheck check list.txt --offline --format todo > todo.md
      only the sources to translate, as a check-list
  citecheck check article.wiki --language uk --output po=uk.po
      the sources that a Ukrainian reader cannot read, for a translation tool
  citecheck check list.txt --links-from https://en.wikipedia.org/wiki/TITLE
      a copied list has no URLs: take them from the article
  citecheck check addresses.txt --links-only
      a list of addresses, one on each line
  citecheck check references --output json=run.json --output markdown=summary.md
      a report for people on the terminal, others in files
  citecheck check article.wiki --reference 12
      one reference, after it was mended
  citecheck check articles/ --update-baseline
  citecheck check articles/ --baseline citecheck-baseline.json
      what is known is written down once; then only what is new is reported
  citecheck check articles/ --changed-since origin/main
      for a pull request: only the references that it touches
  citecheck check articles/ --shard 2/8 --output json=part-2.json
      an eighth of a long audit; `citecheck report part-*.json` puts the parts together
  citecheck check --print-config
      the settings that apply here

Exit status: 0 nothing at or above --fail-on, 1 findings, 2 citecheck could not do its work,
130 interrupted (what was done is reported). When the time of --max-duration is up, or the network
is away, what was done is reported as well, and the status is 2; for the time, it is 1 if there are
findings and 0 with --fail-on never.";

pub(super) const EXTRACT_HELP: &str = "\
Examples:
  citecheck extract article.wiki
  citecheck extract list.txt --article-language uk
  citecheck extract article.wiki --format bibtex > article.bib
  citecheck extract article.wiki --format csl-json > article.json
  pbpaste | citecheck extract - --input-format text";

pub(super) const INSPECT_HELP: &str = "\
Examples:
  citecheck inspect page.html --url https://news.example/2024/05/story
  citecheck inspect --batch pages.jsonl > read.jsonl
  citecheck inspect --text --batch titles.tsv > languages.tsv

A line of a batch is {\"id\":\"1\",\"file\":\"page.html\",\"url\":\"https://news.example/\"}; `file` is
relative to the current directory, `url` may be missing, other keys are ignored. With
\"cited\":{\"date\":\"3 May 2024\",\"title\":\"A storm\",\"language\":\"en\",\"access-date\":\"2024-05-04\"}, each
of which may be missing, the answer's `verify` says whether the page bears it out (supported,
contradicted or unknown) and in `date_kind` and `title_kind` how the two are related. A line
that names no page that can be read is answered with an `error`, and the exit status is 2 in the
end. A text whose language cannot be told is answered with `und`.";

pub(super) const REPORT_HELP: &str = "\
Examples:
  citecheck check article.wiki --output json=run.json
  citecheck report run.json --format markdown >> \"$GITHUB_STEP_SUMMARY\"
  citecheck report run.json --format todo
  citecheck report part-*.json --baseline citecheck-baseline.json --fail-on error
      the parts of an audit that ran with --shard, and what is new in it";

pub(super) const RULES_HELP: &str = "\
Example:
  citecheck rules

The severity of a rule is set in citecheck.toml:
  [rules]
  redirected-permanently = \"off\"";

pub(super) const EXPLAIN_HELP: &str = "\
Examples:
  citecheck explain dead-link
  citecheck explain DAT001";

pub(super) const COMPLETIONS_HELP: &str = "\
Examples:
  citecheck completions bash > ~/.local/share/bash-completion/completions/citecheck
  citecheck completions fish > ~/.config/fish/completions/citecheck.fish";

pub(super) const MAN_HELP: &str = "\
Examples:
  citecheck man | man -l -
  citecheck man check > citecheck-check.1";

pub(super) const SCHEMA_HELP: &str = "\
Example:
  citecheck schema > citecheck.schema.json
  citecheck schema --format ndjson > citecheck-line.schema.json";
