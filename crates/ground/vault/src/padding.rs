//! Padding: what a watcher of sizes may learn.
//!
//! A padded value is its length (4 bytes, most significant first), the bytes, and zeros up to a size class. The length
//! field counts towards the class.

use zeroize::Zeroizing;

/// The size classes of envelopes, in bytes; above the last one, Padmé.
pub const ENVELOPE_CLASSES: [usize; 4] = [2 << 10, 8 << 10, 32 << 10, 128 << 10];

/// The size classes of form state, in bytes; nothing is larger.
pub const FORM_STATE_CLASSES: [usize; 3] = [4 << 10, 16 << 10, 64 << 10];

/// Bytes of the length field.
pub const LENGTH_FIELD: usize = 4;

/// The longest value that may be padded, so that no class overflows on any machine.
pub(crate) const LONGEST: usize = (1 << 31) - 1;

/// The padded size of an envelope's content of `length` bytes.
pub fn envelope_class(length: usize) -> usize {
    let needed = length.saturating_add(LENGTH_FIELD);
    ENVELOPE_CLASSES.into_iter().find(|class| needed <= *class).unwrap_or_else(|| padme(needed))
}

/// The padded size of a form state's content of `length` bytes; `None` when it does not fit in the largest class.
pub fn form_state_class(length: usize) -> Option<usize> {
    let needed = length.checked_add(LENGTH_FIELD)?;
    FORM_STATE_CLASSES.into_iter().find(|class| needed <= *class)
}

/// Padmé (Nikitin and others, "Reducing metadata leakage from encrypted files and communication with PURBs", 2019,
/// section 4): at most 12 % longer, and a length tells no more than O(log log n) bits.
pub fn padme(length: usize) -> usize {
    if length < 2 {
        return length;
    }
    let exponent = length.ilog2();
    let kept = exponent.ilog2() + 1;
    let mask = (1_usize << (exponent - kept.min(exponent))) - 1;
    length.checked_add(mask).map_or(length, |sum| sum & !mask)
}

/// Lays `parts` one after another behind their length and fills up to `size`, which the caller took from a class.
pub(crate) fn pad(parts: &[&[u8]], size: usize) -> Zeroizing<Vec<u8>> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let mut padded = Zeroizing::new(Vec::with_capacity(size));
    padded.extend_from_slice(&u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes());
    for part in parts {
        padded.extend_from_slice(part);
    }
    padded.resize(size, 0);
    padded
}

/// The content of a padded value, if `size_of` gives its size and all the filling is zero.
pub(crate) fn unpad(padded: &[u8], size_of: impl Fn(usize) -> Option<usize>) -> Option<&[u8]> {
    let (length, rest) = padded.split_first_chunk::<LENGTH_FIELD>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (content, filling) = rest.split_at_checked(length)?;
    let canonical = size_of(length) == Some(padded.len()) && filling.iter().all(|byte| *byte == 0);
    canonical.then_some(content)
}
