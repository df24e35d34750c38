use std::collections::BTreeSet;

use plainsight_vault::padding::{ENVELOPE_CLASSES, FORM_STATE_CLASSES, LENGTH_FIELD, envelope_class, form_state_class, padme};
use plainsight_vault::{Kind, envelope};
use proptest::prelude::*;
use rand::RngExt;

use crate::rng;

#[test]
fn ten_thousand_messages_up_to_128_kib_have_at_most_six_sizes() {
    let mut rng = rng(1);
    let sizes: BTreeSet<usize> = (0..10_000).map(|_| envelope::sealed_length(Kind::Message, rng.random_range(0..=128 << 10))).collect();
    assert!(sizes.len() <= 6, "{sizes:?}");
    assert!(sizes.len() >= 4, "the lengths drawn reach every class: {sizes:?}");
}

#[test]
fn classes_are_left_at_their_edges() {
    for class in ENVELOPE_CLASSES {
        assert_eq!(envelope_class(class - LENGTH_FIELD), class);
        assert!(envelope_class(class - LENGTH_FIELD + 1) > class);
    }
    for class in FORM_STATE_CLASSES {
        assert_eq!(form_state_class(class - LENGTH_FIELD), Some(class));
        assert_ne!(form_state_class(class - LENGTH_FIELD + 1), Some(class));
    }
    assert_eq!(form_state_class(FORM_STATE_CLASSES[2]), None);
}

#[test]
fn padme_gives_the_values_of_its_paper() {
    // Worked from the definition: exponent, bits of the exponent, the rest of the bits cleared upwards.
    for (length, padded) in [(0, 0), (1, 1), (8, 8), (9, 10), (100, 104), (1000, 1024), (131_073, 135_168), (1_000_000, 1_015_808)] {
        assert_eq!(padme(length), padded, "{length}");
    }
}

proptest! {
    #[test]
    fn padme_is_at_most_an_eighth_longer_and_stays_where_it_is(length in 0_usize..1 << 40) {
        let padded = padme(length);
        prop_assert!(padded >= length);
        prop_assert!((padded - length) * 100 <= length * 12);
        prop_assert_eq!(padme(padded), padded);
    }

    #[test]
    fn a_longer_message_is_never_shorter_sealed(one in 0_usize..1 << 22, other in 0_usize..1 << 22) {
        let (short, long) = if one < other { (one, other) } else { (other, one) };
        prop_assert!(envelope_class(short) <= envelope_class(long));
        prop_assert!(envelope_class(long) >= long + LENGTH_FIELD);
    }
}
