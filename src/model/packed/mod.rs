//! Long lists in little memory.

mod block;
mod traits;

use std::borrow::Cow;

use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

pub(crate) use block::Parcel;

use block::Block;

/// Items that are packed together. An ordinary article has fewer references and is never packed.
const BLOCK: usize = 256;

/// A list that keeps all but its end packed.
///
/// The references of a list of tens of thousands take several kilobytes each as they are used, and
/// some ten times less packed. [`blocks`](Self::blocks) goes through such a list in the memory of a few
/// hundred items. [`iter`](Self::iter), `get` and indexing are for lists of ordinary length: what
/// they touch is unpacked and stays so.
///
/// It is written and read as a plain array. Items that do not come back from a format without names
/// (postcard) are kept unpacked; fields that serde is told to skip are lost, as they are in any format.
///
/// # Examples
///
/// ```
/// use citecheck::model::Packed;
///
/// let list: Packed<u32> = (0..10_000).collect();
/// let sum: u32 = list.blocks().map(|block| block.iter().sum::<u32>()).sum();
/// assert_eq!((list.len(), list[7], sum), (10_000, 7, 49_995_000));
/// ```
#[derive(Clone)]
pub struct Packed<T> {
    /// Of [`BLOCK`] items each.
    blocks: Vec<Block<T>>,
    /// The items behind the last whole block.
    open: Vec<T>,
}

impl<T> Packed<T> {
    /// An empty list.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            blocks: Vec::new(),
            open: Vec::new(),
        }
    }

    /// How many items it has.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.blocks.len() * BLOCK + self.open.len()
    }

    /// Whether it has none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<T: Serialize + DeserializeOwned> Packed<T> {
    /// Adds an item at the end.
    pub fn push(&mut self, item: T) {
        self.open.push(item);
        if self.open.len() == BLOCK {
            self.blocks.push(Block::of(std::mem::take(&mut self.open)));
        }
    }

    /// The items in order, some hundred at a time; nothing is unpacked for longer than its block is
    /// looked at.
    pub fn blocks(&self) -> impl Iterator<Item = Cow<'_, [T]>>
    where
        T: Clone,
    {
        (0..=self.blocks.len()).map(|at| self.block(at))
    }

    /// One of the [`blocks`](Self::blocks); empty behind the last.
    pub(crate) fn block(&self, at: usize) -> Cow<'_, [T]>
    where
        T: Clone,
    {
        match self.blocks.get(at) {
            Some(block) => block.look(),
            None if at == self.blocks.len() => Cow::Borrowed(self.open.as_slice()),
            None => Cow::Borrowed(&[]),
        }
    }

    /// The items in order, all of them unpacked and kept so.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        let whole = self.blocks.iter().flat_map(Block::items);
        whole.chain(&self.open)
    }

    /// An item by its place, from 0.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<&T> {
        match self.blocks.get(at / BLOCK) {
            Some(block) => block.items().get(at % BLOCK),
            None => self.open.get(at.checked_sub(self.blocks.len() * BLOCK)?),
        }
    }

    /// The first item.
    #[must_use]
    pub fn first(&self) -> Option<&T> {
        self.get(0)
    }

    /// The last item.
    #[must_use]
    pub fn last(&self) -> Option<&T> {
        self.get(self.len().checked_sub(1)?)
    }

    /// An item to change. Its block is not packed again.
    #[must_use]
    pub fn get_mut(&mut self, at: usize) -> Option<&mut T> {
        let behind = self.blocks.len() * BLOCK;
        match self.blocks.get_mut(at / BLOCK) {
            Some(block) => block.items_mut()?.get_mut(at % BLOCK),
            None => self.open.get_mut(at.checked_sub(behind)?),
        }
    }

    /// Makes of each item one of another list and, aside, something else; both in order. Works on
    /// all cores, so that `make` is not called in order.
    pub(crate) fn map_aside<U, V>(&self, make: impl Fn(T) -> (U, V) + Sync) -> (Packed<U>, Vec<V>)
    where
        T: Clone + Send + Sync,
        U: Serialize + DeserializeOwned + Send,
        V: Send,
    {
        Packed::made(self.blocks.len(), |at| {
            self.block(at).into_owned().into_iter().map(&make).unzip()
        })
    }

    /// Makes a list and, aside, something else for each item, both in order, of places from 0 up to
    /// `len`. Works on all cores, as [`map_aside`](Self::map_aside) does.
    pub(crate) fn of_places<V: Send>(
        len: usize,
        make: impl Fn(usize) -> (T, V) + Sync,
    ) -> (Self, Vec<V>)
    where
        T: Send,
    {
        Packed::made(len / BLOCK, |at| {
            let first = at * BLOCK;
            (first..len.min(first + BLOCK)).map(&make).unzip()
        })
    }

    /// A list of so many whole blocks and what is left.
    fn made<V: Send>(
        whole: usize,
        make: impl Fn(usize) -> (Vec<T>, Vec<V>) + Sync,
    ) -> (Self, Vec<V>)
    where
        T: Send,
    {
        let blocks = (0..whole).into_par_iter().map(|at| {
            let (items, aside) = make(at);
            (Block::of(items), aside)
        });
        let (blocks, rows): (Vec<Block<T>>, Vec<Vec<V>>) = blocks.unzip();
        let (open, last) = make(whole);
        let aside = rows.into_iter().flatten().chain(last).collect();
        (Self { blocks, open }, aside)
    }

    /// Changes the items, in order.
    pub fn edit(&mut self, mut change: impl FnMut(&mut T)) {
        for block in &mut self.blocks {
            let mut items = std::mem::take(block).into_items();
            items.iter_mut().for_each(&mut change);
            *block = Block::of(items);
        }
        self.open.iter_mut().for_each(change);
    }
}
