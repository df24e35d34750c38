//! The short reference that staff say aloud: `C-7K2M-91Q`. Made from the random id, so it tells no order of arrival.

use data_encoding::{Encoding, Specification};
use std::sync::LazyLock;
use uuid::Uuid;

/// Crockford's 32 signs: no I, L, O, U, which are misheard or misread.
static SIGNS: LazyLock<Option<Encoding>> = LazyLock::new(|| {
    let mut specification = Specification::new();
    specification.symbols.push_str("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    specification.encoding().ok()
});

/// The reference of a contact.
pub(crate) fn reference(contact: Uuid) -> String {
    with_letter('C', contact)
}

/// The reference of a case: `K-7K2M-91Q`.
pub(crate) fn case_reference(case: Uuid) -> String {
    with_letter('K', case)
}

/// The reference of a file: `F-7K2M-91Q`. A copy is saved under it, for the sender's own name for the file is a trace.
pub(crate) fn file_reference(file: Uuid) -> String {
    with_letter('F', file)
}

/// What staff call a record in the ledger: by the act that was done to it, or by the name of the detail that names it.
#[must_use]
pub fn record_reference(what: &str, id: Uuid) -> String {
    if what == "file" {
        return file_reference(id);
    }
    if what.starts_with("case.") || ["into", "from", "other"].contains(&what) { case_reference(id) } else { reference(id) }
}

/// 35 bits of the id as seven signs.
fn with_letter(letter: char, id: Uuid) -> String {
    let bytes = id.as_bytes();
    let text = SIGNS.as_ref().map(|signs| signs.encode(&bytes[..5])).unwrap_or_default();
    match (text.get(..4), text.get(4..7)) {
        (Some(first), Some(second)) => format!("{letter}-{first}-{second}"),
        _ => format!("{letter}-{id}"),
    }
}

/// The 35 bits that a typed reference of a contact or a case stands for, in small letters or without its strokes too; `None`
/// when it is none.
pub(crate) fn bits(typed: &str) -> Option<u64> {
    let typed: String = typed.trim().to_ascii_uppercase().chars().filter(|sign| *sign != '-' && *sign != ' ').collect();
    let signs = typed.strip_prefix(['C', 'K']).filter(|signs| signs.len() == 7)?;
    // A sign more makes eight, which are five bytes; what it stands for is cut off again.
    let bytes = SIGNS.as_ref()?.decode(format!("{signs}0").as_bytes()).ok()?;
    Some(bytes.iter().fold(0, |bits, byte| bits << 8 | u64::from(*byte)) >> 5)
}

/// The bits of an id that its reference shows.
pub(crate) fn bits_of(contact: Uuid) -> u64 {
    contact.as_bytes().iter().take(5).fold(0, |bits, byte| bits << 8 | u64::from(*byte)) >> 5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_short_and_has_no_misheard_sign() {
        let reference = reference(Uuid::from_u128(0x0123_4567_89ab_4def_8123_4567_89ab_cdef));
        assert_eq!(reference, "C-04HM-ASW");
        assert!(!reference[2..].contains(['I', 'L', 'O', 'U']));
    }

    #[test]
    fn a_typed_reference_leads_back_to_its_id() {
        let id = Uuid::from_u128(0x0123_4567_89ab_4def_8123_4567_89ab_cdef);
        for typed in ["C-04HM-ASW", " c04hmasw ", "c-04hm-asw"] {
            assert_eq!(bits(typed), Some(bits_of(id)), "{typed}");
        }
        for typed in ["", "C-04HM-AS", "04HM-ASW", "C-04HM-ASU", "cars", "C-04HM-ASWX"] {
            assert_eq!(bits(typed), None, "{typed}");
        }
    }
}
