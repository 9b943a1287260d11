//! The objects of PDF's syntax (ISO 32000-1, 7.3), as far as metadata need them.

/// How deep arrays and dictionaries are followed.
const MAX_DEPTH: usize = 12;

/// Bytes of one dictionary that are read.
const MAX_BYTES: usize = 16 << 10;

/// A value in a dictionary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Object {
    Name(Vec<u8>),
    Text(Vec<u8>),
    Number(usize),
    /// The number of an indirect object.
    Reference(usize),
    /// Anything else.
    Other,
}

/// The entries of a dictionary, in order; of one that is cut off those that are whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Dictionary(Vec<(Vec<u8>, Object)>);

impl Dictionary {
    /// Reads one from the start of the bytes.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let bytes = bytes.get(..MAX_BYTES.min(bytes.len()))?;
        let mut reader = Reader { rest: bytes };
        reader.space();
        reader.take(b"<<").then(|| reader.entries(0))
    }

    pub(super) fn get(&self, key: &str) -> Option<&Object> {
        let found = self.0.iter().find(|(name, _)| name == key.as_bytes());
        found.map(|(_, value)| value)
    }

    pub(super) fn reference(&self, key: &str) -> Option<usize> {
        match self.get(key)? {
            Object::Reference(number) => Some(*number),
            Object::Name(_) | Object::Text(_) | Object::Number(_) | Object::Other => None,
        }
    }

    pub(super) fn number(&self, key: &str) -> Option<usize> {
        match self.get(key)? {
            Object::Number(number) => Some(*number),
            Object::Name(_) | Object::Text(_) | Object::Reference(_) | Object::Other => None,
        }
    }

    pub(super) fn text(&self, key: &str) -> Option<&[u8]> {
        match self.get(key)? {
            Object::Text(bytes) => Some(bytes),
            Object::Name(_) | Object::Number(_) | Object::Reference(_) | Object::Other => None,
        }
    }

    pub(super) fn is_of(&self, key: &str, name: &str) -> bool {
        self.get(key) == Some(&Object::Name(name.as_bytes().to_vec()))
    }
}

/// Reads a string from the start of the bytes.
pub(super) fn text(bytes: &[u8]) -> Option<Vec<u8>> {
    let bytes = bytes.get(..MAX_BYTES.min(bytes.len()))?;
    let mut reader = Reader { rest: bytes };
    reader.space();
    match reader.object(MAX_DEPTH)? {
        Object::Text(text) => Some(text),
        Object::Name(_) | Object::Number(_) | Object::Reference(_) | Object::Other => None,
    }
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, start: &[u8]) -> bool {
        let after = self.rest.strip_prefix(start);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    /// What stands up to the first byte that is not so.
    fn run(&mut self, is: impl Fn(u8) -> bool) -> &'a [u8] {
        let length = self.rest.iter().take_while(|byte| is(**byte)).count();
        let (run, rest) = self.rest.split_at(length);
        self.rest = rest;
        run
    }

    /// White space and comments.
    fn space(&mut self) {
        loop {
            self.run(is_space);
            if !self.take(b"%") {
                return;
            }
            self.run(|byte| !matches!(byte, b'\r' | b'\n'));
        }
    }

    fn entries(&mut self, depth: usize) -> Dictionary {
        let mut entries = Vec::new();
        loop {
            self.space();
            if self.rest.is_empty() || self.take(b">>") {
                return Dictionary(entries);
            }
            if !self.take(b"/") {
                self.next();
                continue;
            }
            let name = self.run(is_regular).to_vec();
            self.space();
            if let Some(value) = self.object(depth) {
                entries.push((name, value));
            }
        }
    }

    fn object(&mut self, depth: usize) -> Option<Object> {
        match self.rest.first()? {
            b'/' => {
                self.next();
                Some(Object::Name(self.run(is_regular).to_vec()))
            }
            b'(' => self.literal().map(Object::Text),
            b'<' if self.take(b"<<") => {
                if depth < MAX_DEPTH {
                    self.entries(depth + 1);
                }
                Some(Object::Other)
            }
            b'<' => {
                self.next();
                let digits = self.run(|byte| byte != b'>');
                self.take(b">").then(|| Object::Text(from_hex(digits)))
            }
            b'[' => {
                self.next();
                self.array(depth);
                Some(Object::Other)
            }
            b'0'..=b'9' => Some(self.number()),
            _ => {
                self.run(is_regular);
                Some(Object::Other)
            }
        }
    }

    fn array(&mut self, depth: usize) {
        loop {
            self.space();
            if self.rest.is_empty() || self.take(b"]") {
                return;
            }
            let before = self.rest.len();
            if depth < MAX_DEPTH {
                self.object(depth + 1);
            }
            if self.rest.len() == before {
                self.next();
            }
        }
    }

    /// A number, or a reference `12 0 R`.
    fn number(&mut self) -> Object {
        let Some(number) = whole(self.run(is_regular)) else {
            return Object::Other;
        };
        let mut ahead = Reader { rest: self.rest };
        ahead.space();
        let generation = ahead.run(|byte| byte.is_ascii_digit());
        ahead.space();
        if !generation.is_empty() && ahead.take(b"R") {
            self.rest = ahead.rest;
            return Object::Reference(number);
        }
        Object::Number(number)
    }

    /// A string in parentheses, its escapes undone; `None` when it is cut off.
    fn literal(&mut self) -> Option<Vec<u8>> {
        self.next();
        let (mut text, mut open) = (Vec::new(), 1usize);
        loop {
            match self.next()? {
                b'(' => {
                    open += 1;
                    text.push(b'(');
                }
                b')' => {
                    open -= 1;
                    if open == 0 {
                        return Some(text);
                    }
                    text.push(b')');
                }
                b'\\' => self.escape(&mut text)?,
                byte => text.push(byte),
            }
        }
    }

    fn escape(&mut self, text: &mut Vec<u8>) -> Option<()> {
        let byte = self.next()?;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' | b'f' => text.push(b' '),
            b'\r' => {
                self.take(b"\n");
            }
            b'\n' => {}
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    if let Some(digit @ b'0'..=b'7') = self.rest.first() {
                        value = 8 * value + u32::from(digit - b'0');
                        self.next();
                    }
                }
                text.push(u8::try_from(value & 0xff).unwrap_or_default());
            }
            other => text.push(other),
        }
        Some(())
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte)
        && !matches!(
            byte,
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
        )
}

/// A whole number of decimal digits.
pub(super) fn whole(digits: &[u8]) -> Option<usize> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

fn from_hex(digits: &[u8]) -> Vec<u8> {
    let values: Vec<u8> = digits
        .iter()
        .filter_map(|digit| char::from(*digit).to_digit(16))
        .filter_map(|digit| u8::try_from(digit).ok())
        .collect();
    let pairs = values.chunks(2);
    pairs
        .map(|pair| match pair {
            [high, low] => 16 * high + low,
            [high] => 16 * high,
            _ => 0,
        })
        .collect()
}
