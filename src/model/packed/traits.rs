//! What a packed list shares with other lists: comparison, conversion, reading and writing.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Index;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{DeserializeOwned, SeqAccess, Visitor};
use serde::ser::SerializeSeq as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::block::Block;
use super::{BLOCK, Packed};

impl<T> Default for Packed<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Serialize + DeserializeOwned> Index<usize> for Packed<T> {
    type Output = T;

    /// # Panics
    ///
    /// Behind the end.
    #[expect(clippy::expect_used, reason = "what indexing is expected to do")]
    fn index(&self, at: usize) -> &T {
        self.get(at).expect("an item at this place")
    }
}

impl<T: Serialize + DeserializeOwned> Extend<T> for Packed<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        items.into_iter().for_each(|item| self.push(item));
    }
}

impl<T: Serialize + DeserializeOwned> FromIterator<T> for Packed<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut list = Self::new();
        list.extend(items);
        list
    }
}

impl<T: Serialize + DeserializeOwned> From<Vec<T>> for Packed<T> {
    fn from(items: Vec<T>) -> Self {
        if items.len() < BLOCK {
            return Self {
                blocks: Vec::new(),
                open: items,
            };
        }
        items.into_iter().collect()
    }
}

impl<T: Serialize + DeserializeOwned + 'static> IntoIterator for Packed<T> {
    type Item = T;
    type IntoIter = Box<dyn Iterator<Item = T>>;

    /// The items in order; each block is unpacked when its turn comes.
    fn into_iter(self) -> Self::IntoIter {
        let whole = self.blocks.into_iter().flat_map(Block::into_items);
        Box::new(whole.chain(self.open))
    }
}

impl<'a, T: Serialize + DeserializeOwned> IntoIterator for &'a Packed<T> {
    type Item = &'a T;
    type IntoIter = Box<dyn Iterator<Item = &'a T> + 'a>;

    /// As [`Packed::iter`].
    fn into_iter(self) -> Self::IntoIter {
        Box::new(self.iter())
    }
}

impl<T: Serialize + DeserializeOwned + Clone + PartialEq> PartialEq for Packed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.blocks().zip(other.blocks()).all(|(a, b)| a == b)
    }
}

impl<T: Serialize + DeserializeOwned + Clone + fmt::Debug> fmt::Debug for Packed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut list = f.debug_list();
        for block in self.blocks() {
            list.entries(block.iter());
        }
        list.finish()
    }
}

impl<T: Serialize + DeserializeOwned + Clone + Send + Sync> Serialize for Packed<T> {
    /// Unpacks each block on another thread while the one before it is written.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.len()))?;
        let mut block = self.block(0);
        for at in 1..=self.blocks.len() {
            let mut next = Cow::Borrowed([].as_slice());
            let written = rayon::in_place_scope(|scope| {
                scope.spawn(|_| next = self.block(at));
                block
                    .iter()
                    .try_for_each(|item| list.serialize_element(item))
            });
            written?;
            block = next;
        }
        block
            .iter()
            .try_for_each(|item| list.serialize_element(item))?;
        list.end()
    }
}

impl<'de, T: Serialize + DeserializeOwned> Deserialize<'de> for Packed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Items(PhantomData))
    }
}

struct Items<T>(PhantomData<T>);

impl<'de, T: Serialize + DeserializeOwned> Visitor<'de> for Items<T> {
    type Value = Packed<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Packed<T>, A::Error> {
        let mut list = Packed::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(list)
    }
}

impl<T: JsonSchema> JsonSchema for Packed<T> {
    fn schema_name() -> Cow<'static, str> {
        Vec::<T>::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        Vec::<T>::schema_id()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<T>::json_schema(generator)
    }
}
