//! Items packed together.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::sync::OnceLock;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Items, packed or not or both.
#[derive(Clone)]
pub(super) struct Block<T> {
    /// `None` once items may have changed, or where they could not be packed.
    bytes: Option<Box<[u8]>>,
    items: OnceLock<Vec<T>>,
}

/// One value, packed as the items of a list are.
#[derive(Debug, Clone)]
pub(crate) struct Parcel<T> {
    bytes: Box<[u8]>,
    of: PhantomData<fn() -> T>,
}

impl<T: Serialize + DeserializeOwned> Parcel<T> {
    /// Packs a value; `None` where it cannot be.
    pub(crate) fn of(value: &T) -> Option<Self> {
        let bytes = postcard::to_allocvec(value).ok()?.into_boxed_slice();
        let of = PhantomData;
        Some(Self { bytes, of })
    }

    pub(crate) fn open(&self) -> Option<T> {
        postcard::from_bytes(&self.bytes).ok()
    }
}

impl<T> Default for Block<T> {
    fn default() -> Self {
        Self {
            bytes: None,
            items: OnceLock::new(),
        }
    }
}

impl<T: Serialize + DeserializeOwned> Block<T> {
    pub(super) fn of(items: Vec<T>) -> Self {
        let plain = postcard::to_allocvec(&items).ok();
        // What would not come back stays as it is.
        let sound = plain.filter(|plain| {
            postcard::from_bytes::<Vec<T>>(plain).is_ok_and(|back| back.len() == items.len())
        });
        match sound {
            Some(plain) => Self {
                bytes: Some(lz4_flex::compress_prepend_size(&plain).into_boxed_slice()),
                items: OnceLock::new(),
            },
            None => Self {
                bytes: None,
                items: OnceLock::from(items),
            },
        }
    }

    pub(super) fn look(&self) -> Cow<'_, [T]>
    where
        T: Clone,
    {
        match self.items.get() {
            Some(items) => Cow::Borrowed(items),
            None => Cow::Owned(self.unpacked()),
        }
    }

    pub(super) fn items(&self) -> &Vec<T> {
        self.items.get_or_init(|| self.unpacked())
    }

    pub(super) fn items_mut(&mut self) -> Option<&mut Vec<T>> {
        self.items();
        self.bytes = None;
        self.items.get_mut()
    }

    pub(super) fn into_items(mut self) -> Vec<T> {
        self.items.take().unwrap_or_else(|| self.unpacked())
    }

    #[expect(
        clippy::expect_used,
        reason = "`of` has read these very bytes back, and they never leave the block"
    )]
    fn unpacked(&self) -> Vec<T> {
        let Some(bytes) = &self.bytes else {
            return Vec::new();
        };
        let plain = lz4_flex::decompress_size_prepended(bytes).expect("bytes of this block");
        postcard::from_bytes(&plain).expect("items of this block")
    }
}
