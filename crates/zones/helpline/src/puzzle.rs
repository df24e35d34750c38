//! A place in the line, and the puzzle that goes with it. Both travel in the encrypted form state and are bound to exactly
//! what is sent, so the server remembers nothing and still no place and no solution serves twice.

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::form::FormKey;

/// A puzzle that was given longer ago (milliseconds) counts no more: solutions cannot be hoarded for one great flood.
const HOLDS: i64 = 10 * 60 * 1000;
/// A solution is so many letters from `a` to `p`: with the 32 of the question it fills one block of SHA-256, so that a
/// browser and we compute one block and nothing else.
const SOLUTION: usize = 8;

/// Since when somebody waits, and until when at most.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Place {
    /// For which form with which content.
    of: [u8; 16],
    /// In milliseconds, as all here. Never changes: who waits longer only comes forward.
    pub(crate) since: i64,
    /// From then on it may be sent without work.
    pub(crate) turn: i64,
    /// When the puzzle was given.
    given: i64,
    /// How hard it is: so many bits must be zero.
    pub(crate) bits: u8,
}

impl Place {
    pub(crate) fn new(form: &FormKey, now: i64, turn: i64, bits: u8) -> Self {
        Self { of: of(form), since: now, turn, given: now, bits }
    }

    /// Whether this is the place of that form with that content. What was changed since is another sending: otherwise one
    /// place would do for a thousand reports.
    pub(crate) fn is_of(&self, form: &FormKey) -> bool {
        self.of == of(form)
    }

    /// The same place with a later turn and a new puzzle, for whoever was not reached in time.
    pub(crate) fn again(&self, now: i64, turn: i64, bits: u8) -> Self {
        Self { turn, given: now, bits, ..self.clone() }
    }

    /// The same place, with a new puzzle if the old one has run out.
    pub(crate) fn fresh(self, now: i64, bits: u8) -> Self {
        if self.holds(now) { self } else { Self { given: now, bits, ..self } }
    }

    /// What the browser is asked. Nobody can know it before the form was sent: the form's key is in it, which no page shows.
    pub(crate) fn question(&self, form: &FormKey) -> String {
        let hash = Sha256::new()
            .chain_update(b"plainsight puzzle v1")
            .chain_update(form.bytes())
            .chain_update(self.since.to_be_bytes())
            .chain_update(self.given.to_be_bytes())
            .chain_update([self.bits])
            .finalize();
        HEXLOWER.encode(&hash[..16])
    }

    /// Whether this solves the puzzle of this place and this form, in time. The hash that is looked at is one.
    pub(crate) fn is_solved(&self, form: &FormKey, solution: &str, now: i64) -> bool {
        let well_formed = solution.len() == SOLUTION && solution.bytes().all(|letter| matches!(letter, b'a'..=b'p'));
        well_formed && self.is_of(form) && self.holds(now) && zeros(&self.question(form), solution) >= u32::from(self.bits)
    }

    /// A clock that was put back takes nothing from anybody.
    fn holds(&self, now: i64) -> bool {
        now.saturating_sub(self.given) <= HOLDS
    }
}

fn of(form: &FormKey) -> [u8; 16] {
    let mut of = [0; 16];
    of.copy_from_slice(&form.hash()[..16]);
    of
}

/// How many bits are zero at the beginning of the hash of question and solution.
fn zeros(question: &str, solution: &str) -> u32 {
    let hash = Sha256::new().chain_update(question).chain_update(solution).finalize();
    let mut first = [0; 8];
    first.copy_from_slice(&hash[..8]);
    u64::from_be_bytes(first).leading_zeros()
}

/// Solves a puzzle as the script of the waiting page does.
#[cfg(test)]
pub(crate) fn solve(question: &str, bits: u8) -> String {
    let letters = |number: u32| (0..8).rev().map(|place| char::from(b'a' + (number >> (4 * place) & 15) as u8)).collect::<String>();
    (0..u32::MAX).map(letters).find(|solution| zeros(question, solution) >= u32::from(bits)).expect("a solution")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::SeedableRng;

    const NOW: i64 = 1_796_121_630_000;

    fn form(seed: u64) -> FormKey {
        FormKey::draw(&mut rand::rngs::StdRng::seed_from_u64(seed))
    }

    #[test]
    fn a_solution_is_for_one_form_with_one_content_and_for_ten_minutes() {
        let own = form(1).with(b"what I saw");
        let place = Place::new(&own, NOW, NOW + 5_000, 10);
        let solution = solve(&place.question(&own), 10);
        assert!(place.is_solved(&own, &solution, NOW) && place.is_solved(&own, &solution, NOW + HOLDS));
        assert!(!place.is_solved(&own, &solution, NOW + HOLDS + 1), "too late");
        for other in [form(2).with(b"what I saw"), form(1).with(b"something else"), form(1)] {
            assert!(!place.is_of(&other) && !place.is_solved(&other, &solution, NOW));
            // Nor where the other has a place of its own, of the same moment.
            let theirs = Place::new(&other, NOW, NOW + 5_000, 10);
            assert_ne!(theirs.question(&other), place.question(&own));
        }
        // Another time, another puzzle; what is harder is another too.
        let later = place.again(NOW + 1, NOW + 9_000, 10);
        assert!(later.question(&own) != place.question(&own) && later.since == place.since);
        assert_ne!(place.again(NOW, NOW, 11).question(&own), place.question(&own));
    }

    #[test]
    fn a_puzzle_that_holds_stays_and_one_that_ran_out_is_given_anew() {
        let place = Place::new(&form(1), NOW, NOW + 5_000, 19);
        assert!(place.clone().fresh(NOW + HOLDS, 21) == place);
        let fresh = place.clone().fresh(NOW + HOLDS + 1, 21);
        assert_eq!((fresh.since, fresh.turn, fresh.bits), (place.since, place.turn, 21));
        assert_ne!(fresh.question(&form(1)), place.question(&form(1)));
    }

    /// The journey in `tests/browser/flood.test.mjs` finds the same answer to the same question.
    #[test]
    fn an_answer_is_the_one_that_the_script_finds() {
        let question = "0123456789abcdef0123456789abcdef";
        assert_eq!((solve(question, 12).as_str(), zeros(question, "aaaaafok")), ("aaaaafok", 14));
    }

    proptest! {
        /// Anybody may post anything as a solution.
        #[test]
        fn what_is_no_solution_is_not_taken(posted in ".{0,20}", bits in 40..60_u8) {
            let place = Place::new(&form(1), NOW, NOW, bits);
            prop_assert!(!place.is_solved(&form(1), &posted, NOW));
        }
    }
}
