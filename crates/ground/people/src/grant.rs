//! Grants: how a team's secret key reaches a member, and how one epoch leads back to the one before.
//!
//! A grant is a fixed document (who grants which epoch of which team to whom, and the key), signed by the granting
//! holder and then sealed to the member's own key. Whoever opens it checks three things: the signature, that the
//! document says what its row says, and that the key inside is the secret half of the team's public key. So
//! nobody without the team's key can write a grant that opens, whatever else they hold.
//!
//! Each epoch after the first carries the secret key of the epoch before it, sealed to itself. A joiner therefore
//! costs one grant and reads what the team already has; a leaver keeps old epochs and can never reach a new one.

use plainsight_vault::SealError;
use plainsight_vault::envelope::{self, EnvelopePlace, Kind};
use plainsight_vault::keys::{Member, PublicKey, SecretKey, SigningKey, Team, VerifyingKey};
use rand_core::CryptoRng;
use uuid::Uuid;
use zeroize::Zeroizing;

const VERSION: u8 = 1;
const GRANT: u8 = b'G';
const CHAIN: u8 = b'C';
/// version, tag, team, member, granter, epoch, seed.
const GRANT_BYTES: usize = 2 + 16 * 3 + 4 + 32;
/// version, tag, team, epoch, seed.
const CHAIN_BYTES: usize = 2 + 16 + 4 + 32;

/// Why a grant or a chain link was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GrantRefused {
    /// The row was not written by this desk: its keyed hash is wrong.
    #[error("the grant's row was not written by this desk")]
    NotOurRow,
    /// Does not open with the member's key, or the granter's signature is missing or wrong.
    #[error("the grant does not open, or is not signed by the holder it names")]
    NotSigned,
    /// Opens, but says something else than its row.
    #[error("the grant speaks of another team, member, granter or epoch than its row")]
    OtherContent,
    /// The key inside is not the secret half of the team's public key.
    #[error("the granted key is not the team's key")]
    OtherKey,
    /// A row that the grant needs is missing or malformed.
    #[error("a key that the grant needs is missing or damaged")]
    Damaged,
}

/// What a grant is about: everything its row says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GrantPlace<'a> {
    pub(crate) organisation: Uuid,
    pub(crate) zone: &'a str,
    pub(crate) team: Uuid,
    pub(crate) member: Uuid,
    pub(crate) epoch: u32,
    pub(crate) id: Uuid,
    pub(crate) granted_by: Uuid,
}

impl GrantPlace<'_> {
    fn envelope(&self) -> EnvelopePlace<'_> {
        EnvelopePlace { kind: Kind::TeamGrant, organisation: self.organisation, zone: self.zone, epoch: self.epoch, record: self.id }
    }

    /// Everything before the key.
    fn heading(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(GRANT_BYTES);
        bytes.extend_from_slice(&[VERSION, GRANT]);
        bytes.extend_from_slice(self.team.as_bytes());
        bytes.extend_from_slice(self.member.as_bytes());
        bytes.extend_from_slice(self.granted_by.as_bytes());
        bytes.extend_from_slice(&self.epoch.to_be_bytes());
        bytes
    }

    /// What the desk's keyed hash covers, so that a row written past the desk is noticed. The member's public key is
    /// part of it: a grant from before a reset, put back afterwards, speaks of somebody who is no longer there.
    pub(crate) fn proven_bytes(&self, granter_key: &[u8], member_key: &[u8]) -> Vec<u8> {
        let mut bytes = self.heading();
        bytes.extend_from_slice(self.organisation.as_bytes());
        bytes.extend_from_slice(self.id.as_bytes());
        bytes.extend_from_slice(granter_key);
        bytes.extend_from_slice(member_key);
        bytes
    }
}

/// Signs and seals a team's key for one member.
pub(crate) fn seal_grant(
    place: &GrantPlace<'_>,
    key: &SecretKey<Team>,
    to: &PublicKey<Member>,
    signer: &SigningKey,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, SealError> {
    let mut plain = Zeroizing::new(place.heading());
    plain.extend_from_slice(&*key.seed());
    envelope::seal_signed(&place.envelope(), &[to], &plain, signer, rng)
}

/// Opens a grant and checks everything about it.
pub(crate) fn open_grant(
    place: &GrantPlace<'_>,
    sealed: &[u8],
    key: &SecretKey<Member>,
    granter: &VerifyingKey,
    team_public: &PublicKey<Team>,
) -> Result<SecretKey<Team>, GrantRefused> {
    let plain = envelope::open_signed(sealed, &place.envelope(), key, &[*granter]).map_err(|_| GrantRefused::NotSigned)?.plaintext;
    if plain.len() != GRANT_BYTES {
        return Err(GrantRefused::OtherContent);
    }
    let (heading, seed) = plain.split_at(GRANT_BYTES - 32);
    if heading != place.heading() {
        return Err(GrantRefused::OtherContent);
    }
    team_key(seed, team_public)
}

fn team_key(seed: &[u8], team_public: &PublicKey<Team>) -> Result<SecretKey<Team>, GrantRefused> {
    let seed: Zeroizing<[u8; 32]> = Zeroizing::new(seed.try_into().map_err(|_| GrantRefused::Damaged)?);
    let key = SecretKey::from_seed(*seed);
    if key.public().to_bytes() == team_public.to_bytes() { Ok(key) } else { Err(GrantRefused::OtherKey) }
}

/// One link of the chain: `epoch` of `team` leads to the epoch before it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ChainPlace<'a> {
    pub(crate) organisation: Uuid,
    pub(crate) zone: &'a str,
    pub(crate) team: Uuid,
    pub(crate) epoch: u32,
}

impl ChainPlace<'_> {
    fn envelope(&self) -> EnvelopePlace<'_> {
        EnvelopePlace { kind: Kind::TeamGrant, organisation: self.organisation, zone: self.zone, epoch: self.epoch, record: self.team }
    }

    fn heading(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(CHAIN_BYTES);
        bytes.extend_from_slice(&[VERSION, CHAIN]);
        bytes.extend_from_slice(self.team.as_bytes());
        bytes.extend_from_slice(&self.epoch.to_be_bytes());
        bytes
    }
}

/// Seals the key of the epoch before to this epoch's public key.
pub(crate) fn seal_previous(
    place: &ChainPlace<'_>,
    previous: &SecretKey<Team>,
    to: &PublicKey<Team>,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, SealError> {
    let mut plain = Zeroizing::new(place.heading());
    plain.extend_from_slice(&*previous.seed());
    envelope::seal(&place.envelope(), &[to], &plain, rng)
}

/// Opens the key of the epoch before. It needs no signature: a key that does not fit the known public key of that
/// epoch is refused.
pub(crate) fn open_previous(
    place: &ChainPlace<'_>,
    sealed: &[u8],
    key: &SecretKey<Team>,
    previous_public: &PublicKey<Team>,
) -> Result<SecretKey<Team>, GrantRefused> {
    let plain = envelope::open(sealed, &place.envelope(), key).map_err(|_| GrantRefused::NotSigned)?;
    if plain.len() != CHAIN_BYTES {
        return Err(GrantRefused::OtherContent);
    }
    let (heading, seed) = plain.split_at(CHAIN_BYTES - 32);
    if heading != place.heading() {
        return Err(GrantRefused::OtherContent);
    }
    team_key(seed, previous_public)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use rand::SeedableRng as _;
    use rand::rngs::StdRng;

    use super::*;

    /// A holder grants a team's key to a joiner.
    struct Scene {
        rng: StdRng,
        team: SecretKey<Team>,
        holder: SigningKey,
        joiner: SecretKey<Member>,
    }

    const PLACE: GrantPlace<'static> = GrantPlace {
        organisation: Uuid::from_u128(1),
        zone: "helpline",
        team: Uuid::from_u128(2),
        member: Uuid::from_u128(3),
        epoch: 4,
        id: Uuid::from_u128(5),
        granted_by: Uuid::from_u128(6),
    };

    impl Scene {
        fn new() -> Self {
            let mut rng = StdRng::seed_from_u64(7);
            Self { team: SecretKey::generate(&mut rng), holder: SigningKey::generate(&mut rng), joiner: SecretKey::generate(&mut rng), rng }
        }

        fn granted(&mut self) -> Vec<u8> {
            seal_grant(&PLACE, &self.team, &self.joiner.public(), &self.holder, &mut self.rng).unwrap()
        }

        fn open(&self, place: &GrantPlace<'_>, sealed: &[u8]) -> Result<[u8; 32], GrantRefused> {
            let key = open_grant(place, sealed, &self.joiner, &self.holder.verifying_key(), &self.team.public())?;
            Ok(*key.seed())
        }
    }

    #[test]
    fn a_grant_carries_the_key_to_the_member_it_names() {
        let mut scene = Scene::new();
        let sealed = scene.granted();
        assert_eq!(scene.open(&PLACE, &sealed), Ok(*scene.team.seed()));
    }

    #[test]
    fn a_changed_byte_anywhere_is_refused() {
        let mut scene = Scene::new();
        let sealed = scene.granted();
        // Every 37th byte and the ends: the envelope is padded to 2 KiB, and each opening costs a key exchange.
        for at in (0..sealed.len()).step_by(37).chain([sealed.len() - 1]) {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(scene.open(&PLACE, &changed), Err(GrantRefused::NotSigned), "byte {at}");
        }
        assert_eq!(scene.open(&PLACE, &[]), Err(GrantRefused::NotSigned));
    }

    #[test]
    fn an_unsigned_grant_is_refused() {
        let mut scene = Scene::new();
        let mut plain = PLACE.heading();
        plain.extend_from_slice(&*scene.team.seed());
        let sealed = envelope::seal(&PLACE.envelope(), &[&scene.joiner.public()], &plain, &mut scene.rng).unwrap();
        assert_eq!(scene.open(&PLACE, &sealed), Err(GrantRefused::NotSigned));
    }

    #[test]
    fn a_grant_signed_by_somebody_else_is_refused() {
        let mut scene = Scene::new();
        let other = SigningKey::generate(&mut scene.rng);
        let sealed = seal_grant(&PLACE, &scene.team, &scene.joiner.public(), &other, &mut scene.rng).unwrap();
        assert_eq!(scene.open(&PLACE, &sealed), Err(GrantRefused::NotSigned));
    }

    #[test]
    fn a_grant_of_another_key_is_refused_however_well_signed() {
        let mut scene = Scene::new();
        let invented = SecretKey::<Team>::generate(&mut scene.rng);
        let sealed = seal_grant(&PLACE, &invented, &scene.joiner.public(), &scene.holder, &mut scene.rng).unwrap();
        assert_eq!(scene.open(&PLACE, &sealed), Err(GrantRefused::OtherKey));
    }

    #[test]
    fn a_grant_does_not_open_in_another_row() {
        let mut scene = Scene::new();
        let sealed = scene.granted();
        let other = Uuid::from_u128(99);
        // What the envelope is bound to, and what only the document says.
        for place in [
            GrantPlace { organisation: other, ..PLACE },
            GrantPlace { zone: "care", ..PLACE },
            GrantPlace { epoch: 5, ..PLACE },
            GrantPlace { id: other, ..PLACE },
        ] {
            assert_eq!(scene.open(&place, &sealed), Err(GrantRefused::NotSigned), "{place:?}");
        }
        for place in [GrantPlace { team: other, ..PLACE }, GrantPlace { member: other, ..PLACE }, GrantPlace { granted_by: other, ..PLACE }]
        {
            assert_eq!(scene.open(&place, &sealed), Err(GrantRefused::OtherContent), "{place:?}");
        }
    }

    #[test]
    fn a_chain_link_is_not_a_grant_and_leads_only_to_the_known_key() {
        let mut scene = Scene::new();
        let next = SecretKey::<Team>::generate(&mut scene.rng);
        let place = ChainPlace { organisation: PLACE.organisation, zone: PLACE.zone, team: PLACE.team, epoch: 5 };
        let link = seal_previous(&place, &scene.team, &next.public(), &mut scene.rng).unwrap();
        let opened = open_previous(&place, &link, &next, &scene.team.public()).unwrap();
        assert_eq!(*opened.seed(), *scene.team.seed());
        assert_eq!(open_previous(&place, &link, &next, &next.public()).err(), Some(GrantRefused::OtherKey));
        // Who holds only the epoch before does not get further.
        assert_eq!(open_previous(&place, &link, &scene.team, &scene.team.public()).err(), Some(GrantRefused::NotSigned));
    }
}
