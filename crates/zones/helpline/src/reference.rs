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

/// 35 bits of the id as seven signs.
pub fn reference(contact: Uuid) -> String {
    let bytes = contact.as_bytes();
    let text = SIGNS.as_ref().map(|signs| signs.encode(&bytes[..5])).unwrap_or_default();
    match (text.get(..4), text.get(4..7)) {
        (Some(first), Some(second)) => format!("C-{first}-{second}"),
        _ => format!("C-{contact}"),
    }
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
}
