//! Targets for fuzzing: plain functions of bytes, which panic when a rule is broken. Not part of the interface.

use crate::{Name, NameIndex, likeness};

/// Two names, divided by a line end: comparing is bounded and symmetric, and what was added is found.
pub fn names(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (one, other) = text.split_once('\n').unwrap_or((&text, ""));
    let (first, second) = (Name::new(one), Name::new(other));
    let alike = likeness(&first, &second);
    assert!((0.0..=1.0 + 1e-9).contains(&alike), "{one:?} {other:?}: {alike}");
    assert!((alike - likeness(&second, &first)).abs() < 1e-9, "{one:?} {other:?}");
    let mut index = NameIndex::default();
    for name in [one, other] {
        let Ok(number) = index.add(name) else { continue };
        assert_eq!(index.add(name).ok(), Some(number), "{name:?}");
    }
    for (name, words) in [(one, &first), (other, &second)] {
        let found = index.search(name, 5);
        let again = index.clone().add(name).ok();
        // A name of nothing but initials and particles may find nothing: they are everybody's.
        let says = words.words().iter().any(|word| !word.is_initial() && !word.is_particle());
        assert!(!says || found.iter().any(|hit| Some(hit.name) == again), "{name:?} is not found by itself: {found:?}");
    }
}
