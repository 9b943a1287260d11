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
    nodes: Vec<Node>,
    /// The byte that leads to a node.
    byte: Vec<u8>,
    /// The node that each byte leads to from the first one: most steps end there.
    from_root: Vec<u32>,
    prior: Vec<f32>,
    low: f32,
    step: f32,
    /// One row of steps per feature.
    weights: Vec<u8>,
}

/// A step of the search for features. All that is asked of it stands together, since nodes lie
/// scattered in memory.
#[derive(Debug, Clone, Copy)]
struct Node {
    /// Children stand together, ascending by byte.
    first_child: u32,
    children: u16,
    /// The node of the longest proper suffix.
    fallback: u32,
    /// The longest feature that ends here.
    feature: u32,
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
            nodes: numbered(children, terminal),
            byte,
            from_root: vec![0; 256],
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
                    _ => self.next(self.node(node).map_or(0, |it| it.fallback as usize), byte),
                };
                let inherited = self.node(fallback).map_or(NONE, |it| it.feature);
                if let Some(slot) = self.nodes.get_mut(child) {
                    slot.fallback = u32::try_from(fallback).unwrap_or_default();
                    if slot.feature == NONE {
                        slot.feature = inherited;
                    }
                }
            }
        }
    }

    fn node(&self, at: usize) -> Option<&Node> {
        self.nodes.get(at)
    }

    fn children(&self, node: usize) -> std::ops::Range<usize> {
        self.node(node).map_or(0..0, Node::places)
    }

    /// The node that a byte leads to: of the longest suffix of what was read that a feature begins
    /// with.
    fn next(&self, mut node: usize, byte: u8) -> usize {
        while node != 0 {
            let Some(here) = self.node(node) else {
                return 0;
            };
            let children = here.places();
            let start = children.start;
            let found = self.byte.get(children).and_then(|bytes| match bytes {
                [] => None,
                [only] => (*only == byte).then_some(0),
                _ => bytes.binary_search(&byte).ok(),
            });
            if let Some(at) = found {
                return start + at;
            }
            node = here.fallback as usize;
        }
        let known = self.from_root.get(usize::from(byte));
        known.map_or(0, |at| *at as usize)
    }

    fn score(&self, text: &str) -> Option<Scores> {
        let mut found: Vec<u32> = Vec::with_capacity(text.len());
        let mut node = 0;
        for byte in text.bytes() {
            node = self.next(node, byte);
            let feature = self.node(node).map(|it| it.feature);
            found.extend(feature.filter(|feature| *feature != NONE));
        }
        if found.is_empty() {
            return None;
        }
        found.sort_unstable();
        let (sums, total) = self.sums(&found);
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

    /// Steps of each column over the features, which are sorted, each weighed by how often it
    /// occurs; and the weights' sum.
    fn sums(&self, found: &[u32]) -> (Vec<f32>, f32) {
        let columns = self.prior.len();
        let mut rows: Vec<(usize, &[u8])> = Vec::with_capacity(found.len());
        for same in found.chunk_by(|a, b| a == b) {
            let start = same.first().map(|feature| *feature as usize * columns);
            let row = start.and_then(|start| self.weights.get(start..start + columns));
            rows.extend(row.map(|row| (same.len(), row)));
        }
        // The table is larger than the processor's caches. Asked for together, rows come together.
        let ends = rows.iter().map(|(_, row)| (row.first(), row.last()));
        std::hint::black_box(ends.fold(0, |sum: u32, (first, last)| {
            sum.wrapping_add(u32::from(*first.unwrap_or(&0)))
                .wrapping_add(u32::from(*last.unwrap_or(&0)))
        }));
        rows.sort_by_key(|(times, _)| *times);
        let (mut sums, mut total) = (vec![0.0_f32; columns], 0.0_f32);
        let mut steps = vec![0_u16; columns];
        for alike in rows.chunk_by(|a, b| a.0 == b.0) {
            let times = alike.first().map_or(1, |(times, _)| *times);
            let weight = f32::from(u16::try_from(times).unwrap_or(u16::MAX)).ln_1p();
            // Steps are bytes: the sum of so many of them fits.
            for rows in alike.chunks(usize::from(u16::MAX / u16::from(u8::MAX))) {
                steps.fill(0);
                for (_, row) in rows {
                    for (sum, step) in steps.iter_mut().zip(*row) {
                        *sum += u16::from(*step);
                    }
                }
                for (sum, steps) in sums.iter_mut().zip(&steps) {
                    *sum += weight * f32::from(*steps);
                }
                total += weight * f32::from(u16::try_from(rows.len()).unwrap_or(u16::MAX));
            }
        }
        (sums, total)
    }
}

impl Node {
    fn places(&self) -> std::ops::Range<usize> {
        let start = self.first_child as usize;
        start..start + usize::from(self.children)
    }
}

/// The nodes by how many children each has and whether a feature ends in it.
fn numbered(children: &[u8], terminal: &[u8]) -> Vec<Node> {
    let (mut first_child, mut feature) = (1, 0);
    let counts = children.iter().zip(terminal);
    counts
        .map(|(count, terminal)| {
            let is_feature = *terminal != 0;
            let node = Node {
                first_child,
                children: u16::from(*count),
                fallback: 0,
                feature: if is_feature { feature } else { NONE },
            };
            first_child += u32::from(*count);
            feature += u32::from(is_feature);
            node
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
