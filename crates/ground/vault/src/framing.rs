//! Length-prefixed fields: no two different lists of fields give the same bytes.

pub(crate) struct Framed(Vec<u8>);

impl Framed {
    /// Begins with a label that keeps the uses of this room apart.
    pub(crate) fn new(label: &str) -> Self {
        Self(Vec::with_capacity(192)).field(label.as_bytes())
    }

    /// Appends the length as four bytes, most significant first, and the bytes.
    pub(crate) fn field(mut self, bytes: &[u8]) -> Self {
        // A field of 4 GiB does not fit in the memory of the machines we run on; saturate rather than wrap.
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        self.0.extend_from_slice(&length.to_be_bytes());
        self.0.extend_from_slice(bytes);
        self
    }

    pub(crate) fn bytes(self) -> Vec<u8> {
        self.0
    }
}

/// Takes `count` bytes from the front.
pub(crate) fn take<'a>(from: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (front, rest) = from.split_at_checked(count)?;
    *from = rest;
    Some(front)
}

/// Takes an array from the front.
pub(crate) fn take_array<const N: usize>(from: &mut &[u8]) -> Option<[u8; N]> {
    let (front, rest) = from.split_first_chunk::<N>()?;
    *from = rest;
    Some(*front)
}
