//! Recovery: how a team's key comes back when everybody who held it is gone, by some of several officers together.
//!
//! Each organisation and zone has a recovery key pair of its own. Its secret lies nowhere: it is split into shares, of
//! which so many are needed, and each share is signed by who made the key and sealed to one officer. Teams seal their
//! newest key to the public half. An officer who agrees to a request seals their share anew to the one member whom the
//! request names; only that member can bring the shares together.
//!
//! Everything here is pure. Who may do what, and when, is in `acts/recovery`.

use blahaj::Sharks;
use plainsight_vault::SealError;
use plainsight_vault::envelope::{self, EnvelopePlace, Kind};
use plainsight_vault::keys::{Member, PublicKey, Recovery, SecretKey, SigningKey, Team, VerifyingKey};
use rand_core::CryptoRng;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use zeroize::Zeroizing;

/// So long after everybody was told does a recovery wait (keys.md): long enough for somebody to say stop.
pub const WAIT: Duration = Duration::hours(24);
/// A request that nobody finished is over after this: agreement that was given once does not wait for ever.
pub const LASTS: Duration = Duration::days(14);
/// Each officer tries their share at least this often.
pub const DRILL_AGE: Duration = Duration::days(180);
/// The most officers a recovery key has.
pub const MOST_OFFICERS: usize = 7;

const VERSION: u8 = 1;
const SHARE: u8 = b'S';
const ANSWER: u8 = b'A';
const TEAM: u8 = b'R';
/// Where on the curve, then a byte of it for each byte of the seed.
const SHARE_BYTES: usize = 1 + 32;

/// Why something about a recovery was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecoveryRefused {
    /// One officer alone would be a second holder whom nobody watches; more than seven forget.
    #[error("a recovery key has between two and {MOST_OFFICERS} officers, each named once, and needs at least two of them")]
    Numbers,
    /// The zone has no recovery key.
    #[error("there is no recovery key for this zone: somebody who holds a team's key makes one with `plainsight recovery make`")]
    NoKey,
    /// The recovery key was brought together once.
    #[error("this recovery key was used and is worth nothing any more: make a new one with `plainsight recovery make`")]
    UsedUp,
    /// A recovery key that works is not replaced while it is the last way to a team's key.
    #[error("the recovery key that stands is the last way to a team's key that nobody holds any more: bring that one back first")]
    StillNeeded,
    /// Somebody asks for a key: replacing the recovery key would throw the request away.
    #[error("somebody asks for a team's key with the recovery key that stands: wait until that is finished, or stop it")]
    AskedFor,
    /// The team's newest key was never sealed to the recovery key.
    #[error("the team's newest key is not covered by the recovery key, so no officer can bring it back")]
    NotCovered,
    /// No share of this key that counts is theirs.
    #[error("only an officer of this recovery key can do this")]
    NotAnOfficer,
    /// The row was not written by this desk: its keyed hash is wrong.
    #[error("a row of the recovery was not written by this desk")]
    NotOurRow,
    /// Does not open with the member's key, or the signature is missing or wrong.
    #[error("the share does not open, or is not signed by whom it names")]
    NotSigned,
    /// Opens, but is the share of another key, officer, place or request.
    #[error("this is not the share that was made for this officer")]
    OtherShare,
    /// What comes out is not the key that was to be recovered.
    #[error("the shares do not make the recovery key, or it does not open the team's key")]
    OtherKey,
    /// The officer agreed already.
    #[error("you have agreed to this already")]
    AgreedAlready,
    /// Too few officers agreed whose shares still count.
    #[error("{agreed} of {need} officers have agreed: the others do it with `plainsight recovery agree`")]
    TooFew {
        /// How many agreements count.
        agreed: usize,
        /// How many are needed.
        need: u8,
    },
    /// Those who could say stop were not told yet.
    #[error(
        "those who could stop it do not all know of it yet, and the 24 hours count from then: the desk must run, with a pager (see `plainsight doctor`)"
    )]
    NotToldYet,
    /// The delay is not over.
    #[error("everybody was told less than 24 hours ago: come back after {}", in_utc(*until))]
    TooEarly {
        /// When it is over.
        until: OffsetDateTime,
    },
    /// Stopped, finished, too old, or of a recovery key that was replaced.
    #[error("this request is over: it was stopped, finished or replaced, or is older than {} days", LASTS.whole_days())]
    Over,
    /// Another member is named.
    #[error("only the member whom the request names can finish it")]
    NotForYou,
    /// The member has other keys than when the request was made.
    #[error("the account that the request names was reset since: ask anew")]
    OtherAccount,
    /// Teams of several zones in one request.
    #[error("name teams of one zone, each once")]
    Teams,
    /// No reason, or a very long one.
    #[error("say why in at most 500 letters: the other officers decide by it")]
    Reason,
}

/// A moment to the minute, for who reads the command line.
#[must_use]
pub fn in_utc(at: OffsetDateTime) -> String {
    let at = at.to_offset(time::UtcOffset::UTC);
    format!("{} {:02}:{:02} UTC", at.date(), at.hour(), at.minute())
}

/// Which recovery key is meant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KeyPlace<'a> {
    pub(crate) organisation: Uuid,
    pub(crate) zone: &'a str,
    /// Counts the recovery keys of the zone.
    pub(crate) number: u32,
}

impl<'a> KeyPlace<'a> {
    fn envelope(&self, kind: Kind, record: Uuid) -> EnvelopePlace<'a> {
        EnvelopePlace { kind, organisation: self.organisation, zone: self.zone, epoch: self.number, record }
    }

    /// Organisation, zone and number, so framed that no two keys have the same bytes.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![VERSION];
        bytes.extend_from_slice(self.organisation.as_bytes());
        bytes.extend_from_slice(&self.number.to_be_bytes());
        bytes.extend_from_slice(&(self.zone.len() as u64).to_be_bytes());
        bytes.extend_from_slice(self.zone.as_bytes());
        bytes
    }
}

/// Whose share of which key, and how many make it whole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SharePlace<'a> {
    pub(crate) key: KeyPlace<'a>,
    pub(crate) need: u8,
    pub(crate) of: u8,
    pub(crate) officer: Uuid,
    /// From 1 on.
    pub(crate) position: u8,
}

impl SharePlace<'_> {
    /// Everything before the share.
    pub(crate) fn heading(&self) -> Vec<u8> {
        let mut bytes = self.key.bytes();
        bytes.extend_from_slice(&[SHARE, self.need, self.of, self.position]);
        bytes.extend_from_slice(self.officer.as_bytes());
        bytes
    }
}

/// A share on its way from an officer to the member whom a request names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AnswerPlace<'a> {
    pub(crate) share: SharePlace<'a>,
    pub(crate) request: Uuid,
    pub(crate) target: Uuid,
}

impl AnswerPlace<'_> {
    pub(crate) fn heading(&self) -> Vec<u8> {
        let mut bytes = self.share.heading();
        bytes.push(ANSWER);
        bytes.extend_from_slice(self.request.as_bytes());
        bytes.extend_from_slice(self.target.as_bytes());
        bytes
    }
}

/// One epoch of a team, sealed to a recovery key.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TeamPlace<'a> {
    pub(crate) key: KeyPlace<'a>,
    pub(crate) team: Uuid,
    pub(crate) epoch: u32,
}

impl TeamPlace<'_> {
    pub(crate) fn heading(&self) -> Vec<u8> {
        let mut bytes = self.key.bytes();
        bytes.push(TEAM);
        bytes.extend_from_slice(self.team.as_bytes());
        bytes.extend_from_slice(&self.epoch.to_be_bytes());
        bytes
    }
}

/// One officer's part of the secret. Fewer than are needed tell nothing about it.
#[derive(Clone)]
pub(crate) struct Share(Zeroizing<[u8; SHARE_BYTES]>);

impl Share {
    fn read(bytes: &[u8]) -> Option<Self> {
        Some(Self(Zeroizing::new(bytes.try_into().ok()?)))
    }

    pub(crate) fn position(&self) -> u8 {
        self.0.first().copied().unwrap_or_default()
    }

    /// What lies in clear beside the sealed share, so that a drill can tell the right one. A share has 32 random bytes:
    /// nobody finds it from its hash.
    pub(crate) fn commitment(&self, key: &KeyPlace<'_>) -> [u8; 32] {
        Sha256::new().chain_update(b"plainsight/recovery/1/share").chain_update(key.bytes()).chain_update(*self.0).finalize().into()
    }
}

/// Splits the seed of a recovery key into `of` shares, any `need` of which make it whole.
pub(crate) fn split(seed: &[u8; 32], need: u8, of: u8, rng: &mut impl CryptoRng) -> Vec<Share> {
    let shares = Sharks(need).dealer_rng(seed, rng).take(usize::from(of));
    let read = |share: blahaj::Share| Share::read(&Zeroizing::new(Vec::from(&share)));
    shares.filter_map(read).collect()
}

/// The seed that these shares make; nothing when they are too few or one stands twice.
pub(crate) fn combine(need: u8, shares: &[Share]) -> Option<Zeroizing<[u8; 32]>> {
    let mut positions: Vec<u8> = shares.iter().map(Share::position).collect();
    positions.sort_unstable();
    positions.dedup();
    if positions.len() != shares.len() || shares.len() < usize::from(need) || need == 0 {
        return None;
    }
    let read: Vec<blahaj::Share> = shares.iter().filter_map(|share| blahaj::Share::try_from(share.0.as_slice()).ok()).collect();
    let seed = Zeroizing::new(Sharks(need).recover(&read).ok()?);
    Some(Zeroizing::new(seed.as_slice().try_into().ok()?))
}

/// Signs and seals a share for its officer.
pub(crate) fn seal_share(
    place: &SharePlace<'_>,
    share: &Share,
    to: &PublicKey<Member>,
    maker: &SigningKey,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, SealError> {
    let mut plain = Zeroizing::new(place.heading());
    plain.extend_from_slice(share.0.as_slice());
    envelope::seal_signed(&place.key.envelope(Kind::RecoveryShare, place.officer), &[to], &plain, maker, rng)
}

/// Opens an officer's share and checks that it is the one that was made for them.
pub(crate) fn open_share(
    place: &SharePlace<'_>,
    sealed: &[u8],
    key: &SecretKey<Member>,
    maker: &VerifyingKey,
    commitment: &[u8],
) -> Result<Share, RecoveryRefused> {
    let envelope = place.key.envelope(Kind::RecoveryShare, place.officer);
    let plain = envelope::open_signed(sealed, &envelope, key, &[*maker]).map_err(|_| RecoveryRefused::NotSigned)?.plaintext;
    read_share(&place.heading(), &plain, place, commitment)
}

/// An officer's agreement: their share, signed by them and sealed to the member whom the request names.
pub(crate) fn seal_answer(
    place: &AnswerPlace<'_>,
    share: &Share,
    to: &PublicKey<Member>,
    officer: &SigningKey,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, SealError> {
    let mut plain = Zeroizing::new(place.heading());
    plain.extend_from_slice(share.0.as_slice());
    envelope::seal_signed(&place.share.key.envelope(Kind::RecoveryShare, place.request), &[to], &plain, officer, rng)
}

/// Opens what an officer sent, and checks that it is their share and for this request.
pub(crate) fn open_answer(
    place: &AnswerPlace<'_>,
    sealed: &[u8],
    key: &SecretKey<Member>,
    officer: &VerifyingKey,
    commitment: &[u8],
) -> Result<Share, RecoveryRefused> {
    let envelope = place.share.key.envelope(Kind::RecoveryShare, place.request);
    let plain = envelope::open_signed(sealed, &envelope, key, &[*officer]).map_err(|_| RecoveryRefused::NotSigned)?.plaintext;
    read_share(&place.heading(), &plain, &place.share, commitment)
}

fn read_share(heading: &[u8], plain: &[u8], place: &SharePlace<'_>, commitment: &[u8]) -> Result<Share, RecoveryRefused> {
    let share = plain.strip_prefix(heading).and_then(Share::read).ok_or(RecoveryRefused::OtherShare)?;
    let same = share.position() == place.position && bool::from(share.commitment(&place.key).ct_eq(commitment));
    if same { Ok(share) } else { Err(RecoveryRefused::OtherShare) }
}

/// Seals a team's key to the recovery key.
pub(crate) fn seal_team(
    place: &TeamPlace<'_>,
    key: &SecretKey<Team>,
    to: &PublicKey<Recovery>,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, SealError> {
    let mut plain = Zeroizing::new(place.heading());
    plain.extend_from_slice(&*key.seed());
    envelope::seal(&place.key.envelope(Kind::TeamGrant, place.team), &[to], &plain, rng)
}

/// Opens a team's key. It needs no signature: a key that does not fit the team's known public key is refused.
pub(crate) fn open_team(
    place: &TeamPlace<'_>,
    sealed: &[u8],
    key: &SecretKey<Recovery>,
    team_public: &PublicKey<Team>,
) -> Result<SecretKey<Team>, RecoveryRefused> {
    let plain = envelope::open(sealed, &place.key.envelope(Kind::TeamGrant, place.team), key).map_err(|_| RecoveryRefused::OtherKey)?;
    let seed = plain.strip_prefix(place.heading().as_slice()).and_then(|seed| <[u8; 32]>::try_from(seed).ok());
    let key = SecretKey::from_seed(*Zeroizing::new(seed.ok_or(RecoveryRefused::OtherKey)?));
    if key.public().to_bytes() == team_public.to_bytes() { Ok(key) } else { Err(RecoveryRefused::OtherKey) }
}

/// When a request may be finished.
///
/// # Errors
/// [`RecoveryRefused::NotToldYet`] before anybody was told, [`RecoveryRefused::TooEarly`] in the 24 hours after, [`RecoveryRefused::Over`] long after.
pub fn check_time(told: Option<OffsetDateTime>, now: OffsetDateTime) -> Result<(), RecoveryRefused> {
    let told = told.ok_or(RecoveryRefused::NotToldYet)?;
    let until = told.saturating_add(WAIT);
    if now < until {
        return Err(RecoveryRefused::TooEarly { until });
    }
    if now >= told.saturating_add(LASTS) { Err(RecoveryRefused::Over) } else { Ok(()) }
}

/// An officer as the desk lists them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Officer {
    /// The member.
    pub member: Uuid,
    /// Whether their share still counts: the account is open, was not reset, and may do this.
    pub counts: bool,
    /// When they last showed that their share opens.
    pub tried: Option<OffsetDateTime>,
}

/// A zone's recovery key as the desk lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyState {
    /// Counts the recovery keys of the zone.
    pub number: u32,
    /// How many officers are needed.
    pub need: u8,
    /// Who made it.
    pub made_by: Uuid,
    /// When; none if that does not open any more. Nothing depends on it.
    pub made_at: Option<OffsetDateTime>,
    /// Whether it was brought together, and is worth nothing any more.
    pub used: bool,
    /// Who has a share.
    pub officers: Vec<Officer>,
}

impl KeyState {
    /// Officers whose shares still count.
    #[must_use]
    pub fn counting(&self) -> usize {
        self.officers.iter().filter(|officer| officer.counts).count()
    }

    /// Since when it is known that every officer who counts can open their share; none while somebody never tried.
    #[must_use]
    pub fn last_drill(&self) -> Option<OffsetDateTime> {
        let tried: Option<Vec<_>> = self.officers.iter().filter(|it| it.counts).map(|it| it.tried).collect();
        tried?.into_iter().min()
    }
}

/// What wants attention about a zone's recovery, most urgent first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Concern {
    /// Rows of the zone's recovery are damaged or not this desk's, and were passed over.
    Damaged,
    /// No recovery key was ever made.
    NoKey,
    /// It was used; a new one must be made.
    UsedUp,
    /// Fewer officers than are needed have a share that counts: nothing can be recovered.
    TooFew {
        /// How many there are.
        counting: usize,
        /// How many are needed.
        need: u8,
    },
    /// If one more officer is lost, nothing can be recovered.
    NoneToSpare,
    /// These officers have not tried their share for 180 days, or never.
    DrillDue(Vec<Uuid>),
    /// This team's key is not sealed to the recovery key.
    NotCovered(Uuid),
}

/// What wants attention; `uncovered` are the zone's teams that the key does not cover.
#[must_use]
pub fn concerns(key: Option<&KeyState>, uncovered: &[Uuid], now: OffsetDateTime) -> Vec<Concern> {
    let Some(key) = key else { return vec![Concern::NoKey] };
    if key.used {
        return vec![Concern::UsedUp];
    }
    let mut found = Vec::new();
    let counting = key.counting();
    if counting < usize::from(key.need) {
        found.push(Concern::TooFew { counting, need: key.need });
    } else if counting == usize::from(key.need) {
        found.push(Concern::NoneToSpare);
    }
    found.extend(uncovered.iter().copied().map(Concern::NotCovered));
    let due = |officer: &&Officer| officer.counts && officer.tried.is_none_or(|tried| now - tried >= DRILL_AGE);
    let late: Vec<Uuid> = key.officers.iter().filter(due).map(|officer| officer.member).collect();
    if !late.is_empty() {
        found.push(Concern::DrillDue(late));
    }
    found
}

pub(crate) mod telling;
#[cfg(test)]
mod tests;
