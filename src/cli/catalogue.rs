//! What the program says about itself: rules, completions, manual, schema.

use std::fmt::Write as _;

use anyhow::{Context, Result, anyhow};
use citecheck::report::nearest;
use citecheck::rules::{RULES, Rule, by_name, help_page};
use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;

use super::args::Cli;

/// Columns of a page that fits any terminal.
const WIDTH: usize = 80;
/// Where what a rule does stands, below its name.
const INDENT: usize = 8;

/// Lists the rules in code order.
pub(super) fn rules() -> String {
    let widest =
        |text: fn(&Rule) -> &str| RULES.iter().map(|rule| text(rule).len()).max().unwrap_or(0);
    let names = widest(|rule| rule.name);
    let severities = widest(|rule| rule.severity.as_str());
    let needs = widest(|rule| rule.needs.as_str());
    let mut page = String::new();
    for rule in RULES {
        let _ = writeln!(
            page,
            "{}  {:names$}  {:severities$}  {:needs$}",
            rule.code,
            rule.name,
            rule.severity.as_str(),
            rule.needs.as_str(),
        );
        for line in lines(&first_sentence(rule.docs), WIDTH - INDENT) {
            let _ = writeln!(page, "{:INDENT$}{line}", "");
        }
    }
    page.push_str(
        "\n`article`: works with --offline; `network`: needs what links answer.\n\
         `citecheck explain RULE` says more; `[rules]` in citecheck.toml sets severities.\n",
    );
    page
}

/// A text in lines of at most `width` characters, broken at spaces.
fn lines(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) | None => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The first sentence under the first heading, on one line.
fn first_sentence(docs: &str) -> String {
    let body: Vec<&str> = docs
        .lines()
        .map(str::trim)
        .skip_while(|line| line.is_empty() || line.starts_with('#'))
        .take_while(|line| !line.is_empty())
        .collect();
    let body = body.join(" ");
    body.split_once(". ")
        .map_or(body.clone(), |(first, _)| format!("{first}."))
}

/// The rule of that name or code; the error tells which name is near.
pub(super) fn rule_named(name: &str) -> Result<&'static Rule> {
    by_name(name).ok_or_else(|| {
        let hint = nearest(name, RULES.iter().map(|rule| rule.name)).map_or_else(
            || "`citecheck rules` lists them".to_owned(),
            |nearest| format!("did you mean `{nearest}`?"),
        );
        anyhow!("unknown rule `{name}`; {hint}")
    })
}

/// The documentation of a rule.
pub(super) fn explain(name: &str) -> Result<String> {
    let rule = rule_named(name)?;
    let mut page = format!(
        "# {} ({}), {}\n\n",
        rule.name,
        rule.code,
        rule.severity.as_str()
    );
    for line in rule.docs.lines() {
        // Doc comments keep the space after their slashes.
        page.push_str(line.strip_prefix(' ').unwrap_or(line).trim_end());
        page.push('\n');
    }
    if let Some(help) = help_page(rule.name) {
        let _ = writeln!(page, "\n## More\n<{help}>");
    }
    Ok(page)
}

/// A completion script.
pub(super) fn completions(shell: Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "citecheck", &mut script);
    script
}

/// A manual page in roff.
pub(super) fn man(command: Option<&str>) -> Result<Vec<u8>> {
    let mut cli = Cli::command();
    cli.build();
    let page = match command {
        None => cli,
        Some(name) => {
            let known: Vec<String> = cli
                .get_subcommands()
                .map(|command| command.get_name().to_owned())
                .collect();
            let found = cli.find_subcommand(name).cloned();
            found.ok_or_else(|| anyhow!("no command `{name}`; known: {}", known.join(", ")))?
        }
    };
    let mut roff = Vec::new();
    Man::new(page)
        .render(&mut roff)
        .context("cannot make the manual page")?;
    Ok(roff)
}
