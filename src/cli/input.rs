//! What the user names on the command line → articles.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{ErrorKind, stdin};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use citecheck::article::{self, ReadOptions};
use citecheck::model::{Article, FetchResult, InputFormat, LanguageTag, SkipReason};
use walkdir::WalkDir;

use super::network::Network;
use super::text::{decode, read_limited};
use super::voice::{say, shown};
use super::wikipedia::{ArticleAddress, redirect_target};

/// Endings of files that are read in a folder.
const ENDINGS: [&str; 7] = [
    "wiki",
    "wikitext",
    "mediawiki",
    "html",
    "htm",
    "xhtml",
    "txt",
];

/// Redirect pages followed from one article to the next.
const MOST_REDIRECTS: usize = 3;

/// How inputs are read.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    /// Where articles named by address come from.
    pub(super) network: &'a Network,
    /// How inputs are written, when the user says.
    pub(super) format: Option<InputFormat>,
    /// The articles' language, when the user says.
    pub(super) language: Option<LanguageTag>,
    /// Whether to keep quiet about files that are passed over.
    pub(super) quiet: bool,
    /// Whether wikitext without references is an article too: its constructs are counted.
    pub(super) keep_empty: bool,
}

/// What was read of all inputs.
#[derive(Debug)]
pub(super) struct Inputs {
    /// In the order given, files of a folder by name.
    pub(super) articles: Vec<Article>,
    /// Files of folders that could not be read; each has been told.
    pub(super) unread: usize,
}

/// An input with its text.
#[derive(Debug)]
pub(super) struct Named {
    /// As the user named it.
    pub(super) name: String,
    /// Its bytes, which are UTF-8.
    pub(super) text: String,
    /// How it is written, where that is known without looking.
    pub(super) format: Option<InputFormat>,
    /// Its language, where the address tells.
    pub(super) language: Option<LanguageTag>,
    /// Its title, where the address tells.
    pub(super) title: Option<String>,
}

impl Reader<'_> {
    /// Reads every input. A file of a folder that cannot be read is told and left out; one that is
    /// named itself fails the run.
    pub(super) async fn articles(&self, inputs: &[OsString]) -> Result<Inputs> {
        let mut all = Inputs {
            articles: Vec::new(),
            unread: 0,
        };
        for input in inputs {
            let path = Path::new(input);
            if path.is_dir() {
                self.folder(path, &mut all)?;
            } else if self.keep_empty
                && fs::metadata(path).is_ok_and(|it| it.is_file() && it.len() == 0)
            {
                // Nothing is written there yet.
            } else {
                all.articles.push(self.article(input).await?);
            }
        }
        Ok(all)
    }

    /// Reads one input that is no folder.
    pub(super) async fn article(&self, input: &OsString) -> Result<Article> {
        let article = self.read(self.text(input).await?)?;
        if !self.is_wanted(&article) {
            bail!(no_references(&article));
        }
        Ok(article)
    }

    /// Takes the text of one input that is no folder.
    pub(super) async fn text(&self, input: &OsString) -> Result<Named> {
        let name = shown(input);
        if is_address(input) {
            self.address(&name).await
        } else if name == "-" {
            let bytes = read_limited(&mut stdin().lock(), "standard input")?;
            Ok(Named {
                text: decode("standard input", bytes)?,
                ..Named::file(name)
            })
        } else {
            file(Path::new(input))
        }
    }

    fn is_wanted(&self, article: &Article) -> bool {
        let cites = !article.references.is_empty() || !article.undefined.is_empty();
        cites || self.keep_empty && article.counts.is_some()
    }

    fn folder(&self, folder: &Path, all: &mut Inputs) -> Result<()> {
        let (before, mut faults) = (all.articles.len(), Vec::new());
        for path in files_of(folder)? {
            match file(&path).and_then(|named| self.read(named)) {
                Ok(article) if self.is_wanted(&article) => all.articles.push(article),
                Ok(article) if !self.quiet => {
                    say(&format!("passed over: {}", no_references(&article)));
                }
                Ok(_) => {}
                Err(fault) => faults.push(fault),
            }
        }
        if before == all.articles.len() {
            // With nothing to go on with, the first fault says more than that nothing was found.
            if let Some(first) = faults.into_iter().next() {
                return Err(first);
            }
            let endings = ENDINGS.map(|ending| format!(".{ending}")).join(", ");
            bail!(
                "no article with references in the folder {}; files that end in {endings} are read",
                folder.display()
            );
        }
        all.unread += faults.len();
        for fault in faults {
            say(&format!("error: {fault:#}; it is left out"));
        }
        Ok(())
    }

    fn read(&self, named: Named) -> Result<Article> {
        let known = self.format.or(named.format);
        let known = known.or_else(|| article::detect_format(&named.name, &named.text));
        let Some(format) = known else {
            bail!(
                "cannot tell how {} is written; say it with --input-format",
                named.name
            );
        };
        let options = ReadOptions {
            language: self.language.clone().or(named.language),
        };
        let mut article = article::read(&named.name, &named.text, format, &options);
        article.title = article.title.or(named.title);
        Ok(article)
    }

    /// Asks for the wikitext of an article.
    async fn address(&self, name: &str) -> Result<Named> {
        let mut address = ArticleAddress::parse(name)?;
        for _ in 0..=MOST_REDIRECTS {
            let text = self.wikitext(&address).await?;
            match redirect_target(&text) {
                Some(target) => address = address.with_title(&target),
                None => {
                    return Ok(Named {
                        name: name.to_owned(),
                        text,
                        format: Some(InputFormat::Wikitext),
                        language: address.language,
                        title: Some(address.title),
                    });
                }
            }
        }
        bail!("{name} leads from redirect to redirect; give the address of the article itself")
    }

    async fn wikitext(&self, address: &ArticleAddress) -> Result<String> {
        let ArticleAddress { host, title, .. } = address;
        let outcome = self.network.fetch(&address.raw()?).await;
        match outcome.result {
            FetchResult::Response(response) => match response.status {
                200 if response.truncated.is_some() => {
                    bail!("the article `{title}` at {host} did not arrive whole; try again")
                }
                200 => decode(&format!("the article `{title}` at {host}"), response.body),
                404 => bail!("no article `{title}` at {host}; check the title"),
                status => bail!(
                    "{host} answered {status} for `{title}`; try again later, or save the article's wikitext and give the file"
                ),
            },
            FetchResult::Failed(failure) => {
                let why = if self.network.is_down().await {
                    "there is no network".to_owned()
                } else {
                    failure.detail
                };
                bail!(
                    "cannot read `{title}` from {host}: {why}; save the article's wikitext and give the file"
                )
            }
            FetchResult::Skipped(SkipReason::Offline) => {
                bail!(
                    "--offline reads no addresses; save the wikitext of `{title}` at {host} and give the file"
                )
            }
            FetchResult::Skipped(SkipReason::NotRecorded) => {
                bail!("the recording lacks `{title}` at {host}; record it with --record")
            }
            FetchResult::Skipped(SkipReason::Interrupted) | _ => {
                bail!("{host} gave no answer for `{title}`")
            }
        }
    }
}

impl Named {
    fn file(name: String) -> Self {
        Self {
            name,
            text: String::new(),
            format: None,
            language: None,
            title: None,
        }
    }
}

/// Whether an input is an address instead of a file.
pub(super) fn is_address(input: &OsString) -> bool {
    let input = input.to_string_lossy().to_ascii_lowercase();
    input.starts_with("https://") || input.starts_with("http://")
}

fn no_references(article: &Article) -> String {
    let name = if article.input == "-" {
        "standard input"
    } else {
        &article.input
    };
    let format = match article.format {
        InputFormat::Wikitext => "wikitext",
        InputFormat::Html => "HTML",
        InputFormat::Urls => "a list of addresses",
        InputFormat::Text | _ => "plain text",
    };
    let problem = article
        .problems
        .first()
        .map_or_else(String::new, |problem| {
            format!(" (line {}: {})", problem.line, problem.message)
        });
    format!(
        "{name} has no references, read as {format}{problem}; --input-format reads it as something else"
    )
}

fn file(path: &Path) -> Result<Named> {
    let name = path.display().to_string();
    let mut file = File::open(path).map_err(|problem| {
        let missing = problem.kind() == ErrorKind::NotFound;
        if missing && name.contains(".wikipedia.org/") {
            anyhow!("no file {name}; for the article give https://{name}")
        } else if missing {
            anyhow!("no file or folder {name}; check the name")
        } else {
            anyhow!(problem).context(format!("cannot read {name}"))
        }
    })?;
    let bytes = read_limited(&mut file, &name)?;
    Ok(Named {
        text: decode(&name, bytes)?,
        ..Named::file(name)
    })
}

/// Whether a file has an ending that is read in folders.
pub(super) fn is_article(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.to_ascii_lowercase().as_str()))
}

/// The files of a folder and those in it, by name, without hidden ones and READMEs.
pub(super) fn files_of(folder: &Path) -> Result<Vec<PathBuf>> {
    let named = |path: &Path, is: fn(&str) -> bool| {
        path.file_name()
            .and_then(|name| name.to_str())
            .is_some_and(is)
    };
    let mut files = Vec::new();
    let walk = WalkDir::new(folder).sort_by_file_name().into_iter();
    for entry in walk.filter_entry(|entry| {
        entry.depth() == 0 || !named(entry.path(), |name| name.starts_with('.'))
    }) {
        let entry =
            entry.with_context(|| format!("cannot read the folder {}", folder.display()))?;
        let readme = named(entry.path(), |name| {
            name.to_ascii_lowercase().starts_with("readme")
        });
        // A link to a file counts as the file; links to folders are not followed, for circles.
        let is_file = fs::metadata(entry.path()).is_ok_and(|found| found.is_file());
        if is_file && !readme && is_article(entry.path()) {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}
