//! The number that a passkey signs: ours, for one purpose, for five minutes, and once.
//!
//! It carries its own proof (time, a random part, and a keyed hash over both and the purpose), so that nothing is stored
//! when one is given out: whoever asks the door for a million of them fills no memory. The key is drawn at start, so
//! none outlives the program, and those that were used need remembering only in memory, and only until they are too
//! old. What is remembered is what a passkey of somebody here has signed; a stranger adds nothing to it.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use hmac::{Hmac, KeyInit as _, Mac as _};
use rand_core::CryptoRng;
use sha2::Sha256;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use zeroize::Zeroizing;

/// How long a challenge may be answered.
pub(crate) const LIVES: Duration = Duration::minutes(5);

const TIME: usize = 8;
const RANDOM: usize = 24;
const PROOF: usize = 32;

/// What a challenge is given out for. One for signing in adds no passkey, and one for adding lets nobody in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Signing in. Whose passkey will answer is not known yet: the name is looked at with everything else.
    SignIn,
    /// Adding a passkey to the account of this member.
    Add(Uuid),
}

/// Gives out challenges and takes each back once.
pub(crate) struct Challenges {
    /// As long as a block of the hash.
    key: Zeroizing<[u8; 64]>,
    /// When each used one was given out, and its random part.
    used: Mutex<BTreeSet<(i64, [u8; RANDOM])>>,
}

/// A challenge that was given out here for this purpose and is not too old.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ours {
    bytes: [u8; TIME + RANDOM + PROOF],
}

impl Ours {
    /// As it is given to a browser.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn given_out(&self) -> i64 {
        let (time, _) = self.bytes.split_first_chunk().unwrap_or((&[0; TIME], &[]));
        i64::from_be_bytes(*time)
    }

    fn random(&self) -> [u8; RANDOM] {
        let rest = self.bytes.get(TIME..).unwrap_or_default();
        rest.first_chunk().copied().unwrap_or_default()
    }
}

impl Challenges {
    pub(crate) fn new(rng: &mut impl CryptoRng) -> Self {
        let mut key = Zeroizing::new([0_u8; 64]);
        rng.fill_bytes(&mut *key);
        Self { key, used: Mutex::default() }
    }

    /// A fresh one.
    pub(crate) fn give(&self, purpose: Purpose, now: OffsetDateTime, rng: &mut impl CryptoRng) -> Ours {
        let mut random = [0_u8; RANDOM];
        rng.fill_bytes(&mut random);
        self.made_of(purpose, now.unix_timestamp(), random)
    }

    /// The challenge in an answer, if it is one of ours, for this purpose, given out in the last five minutes.
    pub(crate) fn read(&self, bytes: &[u8], purpose: Purpose, now: OffsetDateTime) -> Option<Ours> {
        let (time, rest) = bytes.split_first_chunk()?;
        let (random, _) = rest.split_first_chunk()?;
        let given_out = i64::from_be_bytes(*time);
        let ours = self.made_of(purpose, given_out, *random);
        let same: bool = subtle::ConstantTimeEq::ct_eq(ours.bytes.as_slice(), bytes).into();
        let age = now.unix_timestamp().checked_sub(given_out)?;
        (same && (0..LIVES.whole_seconds()).contains(&age)).then_some(ours)
    }

    /// Uses it up. False when it was used before.
    pub(crate) fn take(&self, ours: &Ours, now: OffsetDateTime) -> bool {
        let oldest = now.unix_timestamp().saturating_sub(LIVES.whole_seconds());
        // A panic elsewhere leaves the set whole: every change to it is one call.
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.retain(|(given_out, _)| *given_out > oldest);
        used.insert((ours.given_out(), ours.random()))
    }

    fn made_of(&self, purpose: Purpose, given_out: i64, random: [u8; RANDOM]) -> Ours {
        let (kind, member) = match purpose {
            Purpose::SignIn => (1_u8, Uuid::nil()),
            Purpose::Add(member) => (2, member),
        };
        let mut proof = Hmac::<Sha256>::new(&(*self.key).into());
        for part in [&[kind][..], member.as_bytes(), &given_out.to_be_bytes(), &random] {
            proof.update(part);
        }
        let mut bytes = [0_u8; TIME + RANDOM + PROOF];
        let parts = given_out.to_be_bytes().into_iter().chain(random).chain(proof.finalize().into_bytes());
        bytes.iter_mut().zip(parts).for_each(|(to, from)| *to = from);
        Ours { bytes }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use rand::SeedableRng as _;
    use rand::rngs::StdRng;
    use time::macros::datetime;

    use super::*;

    const NIGHT: OffsetDateTime = datetime!(2026-11-24 03:00 UTC);

    fn challenges() -> (Challenges, StdRng) {
        let mut rng = StdRng::seed_from_u64(1);
        (Challenges::new(&mut rng), rng)
    }

    #[test]
    fn one_is_taken_once() {
        let (challenges, mut rng) = challenges();
        let (one, other) = (challenges.give(Purpose::SignIn, NIGHT, &mut rng), challenges.give(Purpose::SignIn, NIGHT, &mut rng));
        assert_ne!(one, other);
        assert!(challenges.take(&one, NIGHT));
        assert!(!challenges.take(&one, NIGHT + LIVES - Duration::seconds(1)), "not even at the end of its time");
        assert!(challenges.take(&other, NIGHT));
    }

    /// A used one is remembered for as long as it would be read, and no longer: the memory does not grow.
    #[test]
    fn what_is_too_old_to_be_read_is_forgotten() {
        let (challenges, mut rng) = challenges();
        for minute in 0..60 {
            let now = NIGHT + Duration::minutes(minute);
            assert!(challenges.take(&challenges.give(Purpose::SignIn, now, &mut rng), now));
        }
        assert_eq!(challenges.used.lock().unwrap().len(), 5);
    }

    #[test]
    fn it_lives_five_minutes_and_not_before_it_was_made() {
        let (challenges, mut rng) = challenges();
        let one = challenges.give(Purpose::SignIn, NIGHT, &mut rng);
        for (seconds, lives) in [(-1, false), (0, true), (299, true), (300, false), (86_400, false)] {
            let read = challenges.read(one.as_bytes(), Purpose::SignIn, NIGHT + Duration::seconds(seconds));
            assert_eq!(read.is_some(), lives, "{seconds}");
        }
    }

    #[test]
    fn it_is_for_one_purpose_one_member_and_one_run_of_the_program() {
        let (challenges, mut rng) = challenges();
        let (ana, ben) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let purposes = [Purpose::SignIn, Purpose::Add(ana), Purpose::Add(ben)];
        for given in purposes {
            let one = challenges.give(given, NIGHT, &mut rng);
            for asked in purposes {
                assert_eq!(challenges.read(one.as_bytes(), asked, NIGHT).is_some(), given == asked, "{given:?} {asked:?}");
            }
            assert_eq!(Challenges::new(&mut rng).read(one.as_bytes(), given, NIGHT), None, "after a restart");
        }
    }

    #[test]
    fn every_byte_of_it_counts() {
        let (challenges, mut rng) = challenges();
        let one = challenges.give(Purpose::SignIn, NIGHT, &mut rng);
        for at in 0..one.as_bytes().len() {
            let mut changed = one.as_bytes().to_vec();
            changed[at] ^= 1;
            assert_eq!(challenges.read(&changed, Purpose::SignIn, NIGHT), None, "byte {at}");
        }
        assert_eq!(challenges.read(&one.as_bytes()[1..], Purpose::SignIn, NIGHT), None);
        assert_eq!(challenges.read(&[one.as_bytes(), &[0]].concat(), Purpose::SignIn, NIGHT), None);
        assert_eq!(challenges.read(&[], Purpose::SignIn, NIGHT), None);
    }
}
