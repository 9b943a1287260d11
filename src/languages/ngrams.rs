//! The second opinion: a naive Bayes classifier over short byte strings, the model of py3langid.
//!
//! `data/make-model.py` makes the model file and describes its layout. Unpacked on first use
//! (about 16 MB); a run that detects no language does not pay for it.

use std::io::Read;
use std::sync::LazyLock;

use flate2::read::ZlibDecoder;

/// What an unpacked model may take; the real one has 14.5 MB.
const MODEL_LIMIT_BYTES: u64 = 64 << 20;

/// No feature ends in this node.
const NONE: u32 = u32::MAX;

static MODEL: LazyLock<Option<Model>> =
    LazyLock::new(|| Model::unpack(include_bytes!("data/ngram-model.bin")));

struct Model {
    /// The languages, each once.
    tags: Vec<&'static str>,
    /// Column of weights → place in `tags`; a language with two scripts has two columns.
    tag_of_column: Vec<usize>,
    /// Node → its first child; children stand together, ascending by byte. One entry more than
    /// there are nodes.
    first_child: Vec<u32>,
    /// The byte that leads to a node.
    byte: Vec<u8>,
    /// The node of the longest proper suffix.
    fallback: Vec<u32>,
    /// The node that each byte leads to from the first one: most steps end there.
    from_root: Vec<u32>,
    /// The longest feature that ends in a node.
    feature: Vec<u32>,
    prior: Vec<f32>,
    low: f32,
    step: f32,
    /// One row of steps per feature.
    weights: Vec<u8>,
}

/// How the languages of the model fit a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scores {
    /// Log posterior of each of the [`tags`], not normalised; the better column of a language with
    /// two.
    pub(super) logs: Vec<f32>,
    /// Length of the text scored, in bytes.
    pub(super) bytes: usize,
}

/// The languages of the model, each once.
pub(super) fn tags() -> &'static [&'static str] {
    MODEL.as_ref().map_or(&[], |model| &model.tags)
}

/// Scores a text, which should be composed (NFC); `None` when no known string occurs in it.
pub(super) fn score(text: &str) -> Option<Scores> {
    MODEL.as_ref()?.score(text)
}

impl Model {
    fn unpack(packed: &[u8]) -> Option<Self> {
        let mut raw = Vec::new();
        ZlibDecoder::new(packed)
            .take(MODEL_LIMIT_BYTES)
            .read_to_end(&mut raw)
            .ok()?;
        let mut reader = Reader { rest: &raw };
        let [nodes, features, languages, tag_bytes] = [
            reader.number()?,
            reader.number()?,
            reader.number()?,
            reader.number()?,
        ];
        // The tags live as long as the program: leaking them once is what a static would do.
        let tags = String::from_utf8(reader.bytes(tag_bytes)?.to_vec())
            .ok()?
            .leak();
        let children = reader.bytes(nodes)?;
        let byte: Vec<u8> = std::iter::once(0)
            .chain(reader.bytes(nodes.checked_sub(1)?)?.iter().copied())
            .collect();
        let terminal = reader.bytes(nodes)?;
        let (low, step) = (reader.float()?, reader.float()?);
        let prior = (0..languages)
            .map(|_| reader.float())
            .collect::<Option<Vec<f32>>>()?;
        let columns = reader.bytes(features.checked_mul(languages)?)?;
        let (mut distinct, mut tag_of_column) = (Vec::new(), Vec::with_capacity(languages));
        for tag in tags.split(' ') {
            let known = distinct.iter().position(|known| *known == tag);
            tag_of_column.push(known.unwrap_or(distinct.len()));
            if known.is_none() {
                distinct.push(tag);
            }
        }
        let mut model = Self {
            tags: distinct,
            tag_of_column,
            first_child: first_children(children),
            byte,
            fallback: vec![0; nodes],
            from_root: vec![0; 256],
            feature: number_features(terminal),
            prior,
            low,
            step,
            weights: transposed(columns, features, languages),
        };
        for child in model.children(0) {
            let byte = model.byte.get(child).copied()?;
            *model.from_root.get_mut(usize::from(byte))? = u32::try_from(child).ok()?;
        }
        model.link();
        (model.tag_of_column.len() == languages).then_some(model)
    }

    /// Finds every node's fallback, breadth first, and lets it inherit the feature of that.
    fn link(&mut self) {
        for node in 0..self.byte.len() {
            for child in self.children(node) {
                let Some(byte) = self.byte.get(child).copied() else {
                    continue;
                };
                let fallback = match node {
                    0 => 0,
                    _ => self.next(self.fallback.get(node).map_or(0, |at| *at as usize), byte),
                };
                let inherited = self.feature.get(fallback).copied().unwrap_or(NONE);
                if let Some(slot) = self.fallback.get_mut(child) {
                    *slot = u32::try_from(fallback).unwrap_or_default();
                }
                if let Some(slot) = self.feature.get_mut(child).filter(|slot| **slot == NONE) {
                    *slot = inherited;
                }
            }
        }
    }

    fn children(&self, node: usize) -> std::ops::Range<usize> {
        let start = self.first_child.get(node).map_or(0, |at| *at as usize);
        let end = self
            .first_child
            .get(node + 1)
            .map_or(start, |at| *at as usize);
        start..end
    }

    /// The node after one more byte.
    fn next(&self, mut node: usize, byte: u8) -> usize {
        while node != 0 {
            let children = self.children(node);
            let start = children.start;
            let found = self.byte.get(children).and_then(|bytes| match bytes {
                [] => None,
                [only] => (*only == byte).then_some(0),
                _ => bytes.binary_search(&byte).ok(),
            });
            if let Some(at) = found {
                return start + at;
            }
            node = self.fallback.get(node).map_or(0, |at| *at as usize);
        }
        let known = self.from_root.get(usize::from(byte));
        known.map_or(0, |at| *at as usize)
    }

    fn score(&self, text: &str) -> Option<Scores> {
        let mut found: Vec<u32> = Vec::with_capacity(text.len());
        let mut node = 0;
        for byte in text.bytes() {
            node = self.next(node, byte);
            found.extend(
                self.feature
                    .get(node)
                    .copied()
                    .filter(|feature| *feature != NONE),
            );
        }
        if found.is_empty() {
            return None;
        }
        found.sort_unstable();
        let languages = self.prior.len();
        let (mut sums, mut total) = (vec![0.0_f32; languages], 0.0_f32);
        for same in found.chunk_by(|a, b| a == b) {
            let Some(row) = same.first().and_then(|feature| {
                self.weights
                    .get(*feature as usize * languages..)?
                    .get(..languages)
            }) else {
                continue;
            };
            let weight = f32::from(u16::try_from(same.len()).unwrap_or(u16::MAX)).ln_1p();
            total += weight;
            for (sum, step) in sums.iter_mut().zip(row) {
                *sum += weight * f32::from(*step);
            }
        }
        let scores = sums
            .iter()
            .zip(&self.prior)
            .map(|(sum, prior)| sum.mul_add(self.step, total.mul_add(self.low, *prior)));
        let mut logs = vec![f32::NEG_INFINITY; self.tags.len()];
        for (place, score) in self.tag_of_column.iter().zip(scores) {
            if let Some(best) = logs.get_mut(*place) {
                *best = best.max(score);
            }
        }
        Some(Scores {
            logs,
            bytes: text.len(),
        })
    }
}

fn first_children(children: &[u8]) -> Vec<u32> {
    let mut next = 1;
    let mut first = Vec::with_capacity(children.len() + 1);
    for count in children {
        first.push(next);
        next += u32::from(*count);
    }
    first.push(next);
    first
}

fn number_features(terminal: &[u8]) -> Vec<u32> {
    let mut next = 0;
    terminal
        .iter()
        .map(|is_feature| {
            next += u32::from(*is_feature);
            if *is_feature == 0 { NONE } else { next - 1 }
        })
        .collect()
}

/// Language by language → feature by feature. In strips of features, so that what is written
/// stays in the processor's cache.
fn transposed(columns: &[u8], features: usize, languages: usize) -> Vec<u8> {
    const STRIP: usize = 256;
    let mut rows = vec![0; columns.len()];
    if languages == 0 || features == 0 {
        return rows;
    }
    for (strip, rows) in rows.chunks_mut(STRIP * languages).enumerate() {
        for (language, column) in columns.chunks(features).enumerate() {
            let steps = column.iter().skip(strip * STRIP);
            let slots = rows.iter_mut().skip(language).step_by(languages);
            slots.zip(steps).for_each(|(slot, step)| *slot = *step);
        }
    }
    rows
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<usize> {
        let bytes = self.bytes(4)?.try_into().ok()?;
        usize::try_from(u32::from_le_bytes(bytes)).ok()
    }

    fn float(&mut self) -> Option<f32> {
        Some(f32::from_le_bytes(self.bytes(4)?.try_into().ok()?))
    }
}
