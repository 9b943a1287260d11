//! Edits of edited text → edits of the text that it came from.

use crate::model::Edit;

/// A text as it came out of another: stretches kept of that one, and new text between them.
#[derive(Debug, Clone)]
pub(super) struct Pieces(Vec<Piece>);

#[derive(Debug, Clone)]
enum Piece {
    /// Bytes of the first text.
    Kept(usize, usize),
    /// New text.
    New(String),
}

impl Piece {
    fn len(&self) -> usize {
        match self {
            Self::Kept(start, end) => end - start,
            Self::New(text) => text.len(),
        }
    }

    /// The piece cut at a byte.
    fn cut(&self, at: usize) -> (Self, Self) {
        match self {
            Self::Kept(start, end) => {
                (Self::Kept(*start, start + at), Self::Kept(start + at, *end))
            }
            Self::New(text) => {
                let (left, right) = text.split_at_checked(at).unwrap_or((text, ""));
                (Self::New(left.to_owned()), Self::New(right.to_owned()))
            }
        }
    }
}

impl Pieces {
    /// A text of so many bytes, unchanged.
    pub(super) fn whole(bytes: usize) -> Self {
        Self(vec![Piece::Kept(0, bytes)])
    }

    /// Makes edits, in order and not overlapping, of the text as it is now.
    pub(super) fn edit(&mut self, edits: &[Edit]) {
        let mut old = std::mem::take(&mut self.0).into_iter();
        let mut rest = old.next();
        let mut at = 0;
        for edit in edits {
            take(&mut old, &mut rest, edit.start - at, |piece| {
                self.0.push(piece);
            });
            take(&mut old, &mut rest, edit.end - edit.start, |_| ());
            self.0.push(Piece::New(edit.replacement.clone()));
            at = edit.end;
        }
        self.0.extend(rest);
        self.0.extend(old);
    }

    /// For bytes of the text as it is now, in order, where they stand in the first text; new text
    /// stands where it was put.
    pub(super) fn origins(&self, bytes: &[usize]) -> Vec<usize> {
        let mut pieces = self.0.iter();
        let (mut piece, mut at, mut origin) = (pieces.next(), 0, 0);
        let mut found = Vec::with_capacity(bytes.len());
        for byte in bytes {
            while let Some(current) = piece
                && at + current.len() < *byte
            {
                at += current.len();
                if let Piece::Kept(_, end) = current {
                    origin = *end;
                }
                piece = pieces.next();
            }
            found.push(match piece {
                Some(Piece::Kept(start, _)) => start + byte.saturating_sub(at),
                Some(Piece::New(_)) | None => origin,
            });
        }
        found
    }

    /// The edits of the first text that give the text as it is now: by place, apart from each
    /// other.
    pub(super) fn edits(&self, first: &str) -> Vec<Edit> {
        let mut edits = Vec::new();
        let (mut at, mut added) = (0, String::new());
        let end = Piece::Kept(first.len(), first.len());
        for piece in self.0.iter().chain([&end]) {
            match piece {
                Piece::New(text) => added.push_str(text),
                Piece::Kept(start, stop) => {
                    let is_end = *start == first.len();
                    if at < *start || (!added.is_empty() && (start < stop || is_end)) {
                        edits.push(Edit {
                            start: at,
                            end: *start,
                            replacement: std::mem::take(&mut added),
                        });
                    }
                    at = at.max(*stop);
                }
            }
        }
        edits.retain(|edit| first.get(edit.start..edit.end) != Some(&edit.replacement));
        edits
    }
}

/// Hands over the next bytes, cutting a piece where they end.
fn take(
    old: &mut std::vec::IntoIter<Piece>,
    rest: &mut Option<Piece>,
    mut bytes: usize,
    mut to: impl FnMut(Piece),
) {
    while 0 < bytes {
        let Some(piece) = rest.take() else { return };
        if piece.len() <= bytes {
            bytes -= piece.len();
            to(piece);
            *rest = old.next();
        } else {
            let (left, right) = piece.cut(bytes);
            to(left);
            *rest = Some(right);
            return;
        }
    }
}
