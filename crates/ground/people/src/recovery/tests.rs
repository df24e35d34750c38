#![allow(clippy::unwrap_used, clippy::expect_used)]
use proptest::prelude::*;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use time::macros::datetime;

use super::*;

const KEY: KeyPlace<'static> = KeyPlace { organisation: Uuid::from_u128(1), zone: "helpline", number: 3 };
const PLACE: SharePlace<'static> = SharePlace { key: KEY, need: 2, of: 3, officer: Uuid::from_u128(4), position: 1 };
const NIGHT: OffsetDateTime = datetime!(2026-11-24 03:00 UTC);

/// Every choice of `many` out of the shares.
fn choices(shares: &[Share], many: usize) -> Vec<Vec<Share>> {
    (0_u32..1 << shares.len())
        .filter(|chosen| chosen.count_ones() as usize == many)
        .map(|chosen| shares.iter().enumerate().filter(|(at, _)| chosen & (1 << at) != 0).map(|(_, share)| share.clone()).collect())
        .collect()
}

proptest! {
    // Each case tries every choice of every number of officers.
    #![proptest_config(ProptestConfig::with_cases(8))]

    /// Any that are needed make the secret, whichever they are and in whatever order; more do too.
    #[test]
    fn any_shares_that_are_enough_make_the_secret(seed: [u8; 32], random: u64, backwards: bool) {
        for of in 1..=7_u8 {
            for need in 1..=of {
                let shares = split(&seed, need, of, &mut StdRng::seed_from_u64(random));
                prop_assert_eq!(shares.len(), usize::from(of));
                for many in usize::from(need)..=usize::from(of) {
                    for mut chosen in choices(&shares, many) {
                        if backwards { chosen.reverse(); }
                        prop_assert_eq!(combine(need, &chosen).map(|seed| *seed), Some(seed));
                    }
                }
            }
        }
    }

    /// One too few make nothing, and whoever pretends that fewer are needed gets another secret.
    #[test]
    fn one_share_too_few_gives_nothing(seed: [u8; 32], random: u64) {
        for of in 2..=7_u8 {
            for need in 2..=of {
                let shares = split(&seed, need, of, &mut StdRng::seed_from_u64(random));
                for chosen in choices(&shares, usize::from(need) - 1) {
                    prop_assert!(combine(need, &chosen).is_none());
                    prop_assert_ne!(combine(need - 1, &chosen).map(|seed| *seed), Some(seed));
                }
            }
        }
    }
}

/// With one share too few, every secret is as likely as any other: for each there is a share that would make it.
#[test]
fn one_share_too_few_fits_every_secret() {
    let mut found = std::collections::BTreeSet::new();
    let first = split(&[9; 32], 2, 2, &mut StdRng::seed_from_u64(1)).remove(0);
    for byte in 0..=u8::MAX {
        let mut other = [byte; SHARE_BYTES];
        other[0] = 2;
        found.insert(combine(2, &[first.clone(), Share::read(&other).unwrap()]).unwrap()[0]);
    }
    assert_eq!(found.len(), 256);
}

#[test]
fn a_share_that_stands_twice_counts_once() {
    let shares = split(&[7; 32], 2, 3, &mut StdRng::seed_from_u64(1));
    assert!(combine(2, &[shares[0].clone(), shares[0].clone()]).is_none());
    assert!(combine(2, &[shares[0].clone(), shares[0].clone(), shares[1].clone()]).is_none());
    assert!(combine(0, &[]).is_none());
}

struct Scene {
    rng: StdRng,
    share: Share,
    officer: SecretKey<Member>,
    officer_signs: SigningKey,
    maker: SigningKey,
    target: SecretKey<Member>,
}

impl Scene {
    fn new() -> Self {
        let mut rng = StdRng::seed_from_u64(5);
        let share = split(&[7; 32], 2, 3, &mut rng).remove(0);
        let (officer, officer_signs, maker) =
            (SecretKey::generate(&mut rng), SigningKey::generate(&mut rng), SigningKey::generate(&mut rng));
        Self { share, officer, officer_signs, maker, target: SecretKey::generate(&mut rng), rng }
    }

    fn open(&self, place: &SharePlace<'_>, sealed: &[u8], commitment: &[u8]) -> Result<Vec<u8>, RecoveryRefused> {
        open_share(place, sealed, &self.officer, &self.maker.verifying_key(), commitment).map(|share| share.0.to_vec())
    }
}

#[test]
fn a_share_opens_for_its_officer_in_its_place_and_nowhere_else() {
    let mut scene = Scene::new();
    let sealed = seal_share(&PLACE, &scene.share, &scene.officer.public(), &scene.maker, &mut scene.rng).unwrap();
    let commitment = scene.share.commitment(&KEY);
    assert_eq!(scene.open(&PLACE, &sealed, &commitment), Ok(scene.share.0.to_vec()));
    let other = Uuid::from_u128(99);
    for key in [KeyPlace { organisation: other, ..KEY }, KeyPlace { zone: "care", ..KEY }, KeyPlace { number: 4, ..KEY }] {
        assert_eq!(scene.open(&SharePlace { key, ..PLACE }, &sealed, &commitment), Err(RecoveryRefused::NotSigned), "{key:?}");
    }
    assert_eq!(scene.open(&SharePlace { officer: other, ..PLACE }, &sealed, &commitment), Err(RecoveryRefused::NotSigned));
    for place in [SharePlace { need: 1, ..PLACE }, SharePlace { of: 4, ..PLACE }, SharePlace { position: 2, ..PLACE }] {
        assert_eq!(scene.open(&place, &sealed, &commitment), Err(RecoveryRefused::OtherShare), "{place:?}");
    }
    // Signed by somebody else, sealed to somebody else, or not the share that was promised.
    let forged = seal_share(&PLACE, &scene.share, &scene.officer.public(), &scene.officer_signs, &mut scene.rng).unwrap();
    assert_eq!(scene.open(&PLACE, &forged, &commitment), Err(RecoveryRefused::NotSigned));
    let theirs = seal_share(&PLACE, &scene.share, &scene.target.public(), &scene.maker, &mut scene.rng).unwrap();
    assert_eq!(scene.open(&PLACE, &theirs, &commitment), Err(RecoveryRefused::NotSigned));
    let second = split(&[7; 32], 2, 3, &mut scene.rng).remove(0);
    let wrong = seal_share(&PLACE, &second, &scene.officer.public(), &scene.maker, &mut scene.rng).unwrap();
    assert_eq!(scene.open(&PLACE, &wrong, &commitment), Err(RecoveryRefused::OtherShare));
}

#[test]
fn an_agreement_holds_for_one_request_and_one_member() {
    let mut scene = Scene::new();
    let place = AnswerPlace { share: PLACE, request: Uuid::from_u128(5), target: Uuid::from_u128(6) };
    let sealed = seal_answer(&place, &scene.share, &scene.target.public(), &scene.officer_signs, &mut scene.rng).unwrap();
    let commitment = scene.share.commitment(&KEY);
    let signs = scene.officer_signs.verifying_key();
    let open = |place: &AnswerPlace<'_>, signs: &VerifyingKey| {
        open_answer(place, &sealed, &scene.target, signs, &commitment).map(|share| share.0.to_vec())
    };
    assert_eq!(open(&place, &signs), Ok(scene.share.0.to_vec()));
    let other = Uuid::from_u128(99);
    assert_eq!(open(&AnswerPlace { request: other, ..place }, &signs), Err(RecoveryRefused::NotSigned));
    assert_eq!(open(&AnswerPlace { target: other, ..place }, &signs), Err(RecoveryRefused::OtherShare));
    let elsewhere = SharePlace { officer: other, ..PLACE };
    assert_eq!(open(&AnswerPlace { share: elsewhere, ..place }, &signs), Err(RecoveryRefused::OtherShare));
    assert_eq!(open(&place, &scene.maker.verifying_key()), Err(RecoveryRefused::NotSigned));
    // A share as the maker sealed it is no agreement, though the officer could sign nothing better.
    let kept = seal_share(&PLACE, &scene.share, &scene.target.public(), &scene.officer_signs, &mut scene.rng).unwrap();
    assert!(open_answer(&place, &kept, &scene.target, &signs, &commitment).is_err());
}

#[test]
fn a_covered_key_opens_in_its_place_and_is_the_teams_own() {
    let mut rng = StdRng::seed_from_u64(6);
    let (recovery, team) = (SecretKey::<Recovery>::generate(&mut rng), SecretKey::<Team>::generate(&mut rng));
    let place = TeamPlace { key: KEY, team: Uuid::from_u128(2), epoch: 4 };
    let sealed = seal_team(&place, &team, &recovery.public(), &mut rng).unwrap();
    let open = |place: &TeamPlace<'_>, key: &SecretKey<Recovery>, public: &PublicKey<Team>| {
        open_team(place, &sealed, key, public).map(|key| *key.seed())
    };
    assert_eq!(open(&place, &recovery, &team.public()), Ok(*team.seed()));
    let other = SecretKey::<Recovery>::generate(&mut rng);
    assert_eq!(open(&place, &other, &team.public()), Err(RecoveryRefused::OtherKey));
    assert_eq!(open(&place, &recovery, &SecretKey::<Team>::generate(&mut rng).public()), Err(RecoveryRefused::OtherKey));
    for moved in [
        TeamPlace { epoch: 5, ..place },
        TeamPlace { team: Uuid::from_u128(9), ..place },
        TeamPlace { key: KeyPlace { number: 4, ..KEY }, ..place },
    ] {
        assert_eq!(open(&moved, &recovery, &team.public()), Err(RecoveryRefused::OtherKey), "{moved:?}");
    }
}

#[test]
fn a_request_waits_a_day_from_the_telling_and_no_longer_than_a_fortnight() {
    let second = Duration::SECOND;
    assert_eq!(check_time(None, NIGHT), Err(RecoveryRefused::NotToldYet));
    assert_eq!(check_time(Some(NIGHT), NIGHT), Err(RecoveryRefused::TooEarly { until: NIGHT + WAIT }));
    assert_eq!(check_time(Some(NIGHT), NIGHT + WAIT - second), Err(RecoveryRefused::TooEarly { until: NIGHT + WAIT }));
    assert_eq!(check_time(Some(NIGHT), NIGHT + WAIT), Ok(()));
    assert_eq!(check_time(Some(NIGHT), NIGHT + LASTS - second), Ok(()));
    assert_eq!(check_time(Some(NIGHT), NIGHT + LASTS), Err(RecoveryRefused::Over));
}

fn state(counts: &[bool], tried: Option<OffsetDateTime>) -> KeyState {
    let officer = |(at, counts): (usize, &bool)| Officer { member: Uuid::from_u128(at as u128), counts: *counts, tried };
    let officers = counts.iter().enumerate().map(officer).collect();
    KeyState { number: 1, need: 2, made_by: Uuid::nil(), made_at: Some(NIGHT), used: false, officers }
}

#[test]
fn what_endangers_a_recovery_is_said_before_it_is_needed() {
    let ids = |all: &[u128]| all.iter().map(|id| Uuid::from_u128(*id)).collect::<Vec<_>>();
    let fresh = Some(NIGHT);
    assert_eq!(concerns(None, &ids(&[1]), NIGHT), [Concern::NoKey]);
    assert_eq!(concerns(Some(&state(&[true; 3], fresh)), &[], NIGHT), []);
    assert_eq!(concerns(Some(&state(&[true; 3], None)), &[], NIGHT), [Concern::DrillDue(ids(&[0, 1, 2]))]);
    let half_year = NIGHT + DRILL_AGE;
    assert_eq!(concerns(Some(&state(&[true; 3], fresh)), &[], half_year - Duration::SECOND), []);
    assert_eq!(concerns(Some(&state(&[true, false, true, true], fresh)), &[], half_year), [Concern::DrillDue(ids(&[0, 2, 3]))]);
    assert_eq!(concerns(Some(&state(&[true, false, true], fresh)), &[], NIGHT), [Concern::NoneToSpare]);
    let few = Concern::TooFew { counting: 1, need: 2 };
    assert_eq!(concerns(Some(&state(&[true, false, false], fresh)), &ids(&[7]), NIGHT), [few, Concern::NotCovered(Uuid::from_u128(7))]);
    let used = KeyState { used: true, ..state(&[true; 3], None) };
    assert_eq!(concerns(Some(&used), &ids(&[7]), half_year), [Concern::UsedUp]);
}

#[test]
fn a_drill_is_as_old_as_its_slowest_officer() {
    let mut key = state(&[true; 3], Some(NIGHT));
    key.officers[1].tried = Some(NIGHT - Duration::DAY);
    assert_eq!(key.last_drill(), Some(NIGHT - Duration::DAY));
    key.officers[2].tried = None;
    assert_eq!(key.last_drill(), None);
    key.officers[2].counts = false;
    assert_eq!(key.last_drill(), Some(NIGHT - Duration::DAY), "who no longer counts holds nobody up");
}
