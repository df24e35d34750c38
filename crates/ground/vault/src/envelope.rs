//! Envelope v1: content sealed to people. `docs/envelope.md` has the layout.

use rand_core::CryptoRng;
use subtle::ConstantTimeEq;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::aead;
use crate::error::{OpenError, SealError};
use crate::framing::{Framed, take, take_array};
use crate::hpke_base;
use crate::kdf;
use crate::keys::{Recipient, Role, SecretKey, SigningKey, VerifyingKey};
use crate::padding;
use crate::secret::Secret;

const MAGIC: &[u8; 4] = b"PSEV";
/// HPKE base mode with X-Wing (0x647A), HKDF-SHA256 and ChaCha20-Poly1305 for the wraps; XChaCha20-Poly1305 inside.
const SUITE_1: u16 = 1;
const ZONE: usize = 16;
const HEADER: usize = 4 + 2 + 1 + 16 + ZONE + 4 + 1;
const WRAP: usize = hpke_base::OVERHEAD + 32;
const COMMITMENT: usize = 32;

const UNSIGNED: u8 = 0;
const SIGNED: u8 = 1;
const SIGNATURE_CONTEXT: &str = "envelope";

/// What an envelope holds. The kind fixes the count of wraps, so that it tells nothing about who can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Kind {
    /// A report as it was sent.
    Report = 1,
    /// A later message, from either side.
    Message = 2,
    /// A note of staff.
    Note = 3,
    /// The key of a contact or case, wrapped to a team.
    ContactKey = 4,
    /// The key of a team, granted to a member: seal it with [`seal_signed`], a grant is nothing without its holder.
    TeamGrant = 5,
    /// An urgent referral.
    UrgentReferral = 6,
    /// A share of a recovery key, for an officer or from an officer to whom they agree to help: seal it with [`seal_signed`].
    RecoveryShare = 7,
    /// The key of a file: for those who clean it, or for those who keep the originals.
    FileKey = 8,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Report,
        Self::Message,
        Self::Note,
        Self::ContactKey,
        Self::TeamGrant,
        Self::UrgentReferral,
        Self::RecoveryShare,
        Self::FileKey,
    ];

    /// How many wraps every envelope of this kind has; dummies fill what recipients leave.
    pub const fn wraps(self) -> usize {
        match self {
            Self::Report | Self::Message | Self::Note | Self::UrgentReferral => 2,
            Self::ContactKey | Self::TeamGrant | Self::RecoveryShare | Self::FileKey => 1,
        }
    }

    fn from_code(code: u8) -> Result<Self, OpenError> {
        Self::ALL.into_iter().find(|kind| *kind as u8 == code).ok_or(OpenError::UnknownKind(code))
    }
}

/// Where an envelope lives: on its outside all but the record, which is bound without being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EnvelopePlace<'a> {
    /// What it holds.
    pub kind: Kind,
    /// The organisation it belongs to.
    pub organisation: Uuid,
    /// The zone it belongs to, 1 to 16 lower-case letters, digits or dashes.
    pub zone: &'a str,
    /// The epoch of the team key (or other key) it is sealed to.
    pub epoch: u32,
    /// The record it belongs to.
    pub record: Uuid,
}

impl EnvelopePlace<'_> {
    fn header(&self) -> Result<[u8; HEADER], SealError> {
        let zone = zone_field(self.zone).ok_or_else(|| SealError::ZoneName(self.zone.to_owned()))?;
        let mut header = [0; HEADER];
        header[..4].copy_from_slice(MAGIC);
        header[4..6].copy_from_slice(&SUITE_1.to_be_bytes());
        header[6] = self.kind as u8;
        header[7..23].copy_from_slice(self.organisation.as_bytes());
        header[23..39].copy_from_slice(&zone);
        header[39..43].copy_from_slice(&self.epoch.to_be_bytes());
        // The counts are 1 or 2.
        header[43] = self.kind.wraps() as u8;
        Ok(header)
    }
}

fn zone_field(zone: &str) -> Option<[u8; ZONE]> {
    let fits =
        (1..=ZONE).contains(&zone.len()) && zone.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    fits.then(|| {
        let mut field = [0; ZONE];
        field[..zone.len()].copy_from_slice(zone.as_bytes());
        field
    })
}

/// What anyone can read on an envelope without a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    /// What it holds.
    pub kind: Kind,
    /// The organisation it belongs to.
    pub organisation: Uuid,
    /// The zone it belongs to.
    pub zone: String,
    /// The epoch of the key it is sealed to.
    pub epoch: u32,
}

/// Reads the outside of an envelope, for example to choose the key of its epoch.
///
/// # Errors
/// [`OpenError::NotAnEnvelope`], [`OpenError::UnknownSuite`], [`OpenError::UnknownKind`], [`OpenError::Malformed`].
pub fn outside(sealed: &[u8]) -> Result<Outside, OpenError> {
    let parsed = Parsed::read(sealed)?;
    let zone = String::from_utf8(parsed.zone.iter().copied().take_while(|byte| *byte != 0).collect()).map_err(|_| OpenError::Malformed)?;
    if zone_field(&zone) != Some(parsed.zone) {
        return Err(OpenError::Malformed);
    }
    Ok(Outside { kind: parsed.kind, organisation: parsed.organisation, zone, epoch: parsed.epoch })
}

/// The length of an envelope with an unsigned content of `length` bytes.
pub fn sealed_length(kind: Kind, length: usize) -> usize {
    around(kind) + padding::envelope_class(length.saturating_add(1))
}

/// The length of an envelope with a signed content of `length` bytes.
pub fn signed_length(kind: Kind, length: usize) -> usize {
    around(kind) + padding::envelope_class(length.saturating_add(1 + 32 + 64))
}

const fn around(kind: Kind) -> usize {
    HEADER + kind.wraps() * WRAP + COMMITMENT + aead::NONCE + aead::TAG
}

/// Seals a content to its recipients.
///
/// # Errors
/// See [`SealError`].
pub fn seal(
    place: &EnvelopePlace<'_>,
    recipients: &[&dyn Recipient],
    plaintext: &[u8],
    rng: &mut (impl CryptoRng + ?Sized),
) -> Result<Vec<u8>, SealError> {
    seal_parts(place, recipients, &[&[UNSIGNED], plaintext], rng)
}

/// Signs a content for its place, then seals signature and content: nobody outside learns who wrote it.
///
/// # Errors
/// See [`SealError`].
pub fn seal_signed(
    place: &EnvelopePlace<'_>,
    recipients: &[&dyn Recipient],
    plaintext: &[u8],
    signer: &SigningKey,
    rng: &mut (impl CryptoRng + ?Sized),
) -> Result<Vec<u8>, SealError> {
    let signer_bytes = signer.verifying_key().to_bytes();
    let signature = signer.sign(SIGNATURE_CONTEXT, &signed_message(place, &signer_bytes, plaintext));
    seal_parts(place, recipients, &[&[SIGNED], &signer_bytes, &signature, plaintext], rng)
}

/// Opens an unsigned envelope in its place.
///
/// # Errors
/// See [`OpenError`]; [`OpenError::Signed`] when there is a signature inside that this call would not check.
pub fn open<R: Role>(sealed: &[u8], place: &EnvelopePlace<'_>, key: &SecretKey<R>) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let padded = open_padded(sealed, place, key)?;
    match content(&padded)?.split_first() {
        Some((&UNSIGNED, plaintext)) => Ok(Zeroizing::new(plaintext.to_vec())),
        Some((&SIGNED, _)) => Err(OpenError::Signed),
        _ => Err(OpenError::Malformed),
    }
}

/// A signed content, and whose signature it was that fitted.
#[derive(Debug)]
pub struct Opened {
    /// The content.
    pub plaintext: Zeroizing<Vec<u8>>,
    /// One of the keys that the reader trusts.
    pub signer: VerifyingKey,
}

/// Opens a signed envelope in its place. `trusted` are the keys whose signature the reader accepts.
///
/// # Errors
/// See [`OpenError`]; [`OpenError::NotSigned`], [`OpenError::UnknownSigner`], [`OpenError::BadSignature`].
pub fn open_signed<R: Role>(
    sealed: &[u8],
    place: &EnvelopePlace<'_>,
    key: &SecretKey<R>,
    trusted: &[VerifyingKey],
) -> Result<Opened, OpenError> {
    let padded = open_padded(sealed, place, key)?;
    let mut rest = content(&padded)?;
    match take_array(&mut rest) {
        Some([SIGNED]) => {}
        Some([UNSIGNED]) => return Err(OpenError::NotSigned),
        _ => return Err(OpenError::Malformed),
    }
    let signer_bytes: [u8; 32] = take_array(&mut rest).ok_or(OpenError::Malformed)?;
    let signature = take_array(&mut rest).ok_or(OpenError::Malformed)?;
    let signer = trusted.iter().find(|known| known.to_bytes() == signer_bytes).ok_or(OpenError::UnknownSigner)?;
    signer.verify(SIGNATURE_CONTEXT, &signed_message(place, &signer_bytes, rest), &signature).map_err(|_| OpenError::BadSignature)?;
    Ok(Opened { plaintext: Zeroizing::new(rest.to_vec()), signer: *signer })
}

fn signed_message(place: &EnvelopePlace<'_>, signer: &[u8; 32], plaintext: &[u8]) -> Vec<u8> {
    Framed::new("plainsight/envelope/1/signed")
        .field(&[place.kind as u8])
        .field(place.organisation.as_bytes())
        .field(place.zone.as_bytes())
        .field(&place.epoch.to_be_bytes())
        .field(place.record.as_bytes())
        .field(signer)
        .field(plaintext)
        .bytes()
}

fn seal_parts(
    place: &EnvelopePlace<'_>,
    recipients: &[&dyn Recipient],
    parts: &[&[u8]],
    rng: &mut (impl CryptoRng + ?Sized),
) -> Result<Vec<u8>, SealError> {
    let room = place.kind.wraps();
    if recipients.is_empty() {
        return Err(SealError::NoRecipient);
    }
    if recipients.len() > room {
        return Err(SealError::TooManyRecipients { room, given: recipients.len() });
    }
    let length: usize = parts.iter().map(|part| part.len()).sum();
    if length > padding::LONGEST {
        return Err(SealError::TooLong(length));
    }
    let data_key = Secret::random(rng);
    let mut wraps = Vec::with_capacity(room);
    for recipient in recipients {
        wraps.push(wrap(place, *recipient, &data_key, rng)?);
    }
    while wraps.len() < room {
        // A dummy is a real wrap of a real key to a key pair that nobody keeps: there is nothing to tell it by.
        let nobody = SecretKey::<crate::keys::Team>::generate(rng).public();
        wraps.push(wrap(place, &nobody, &Secret::random(rng), rng)?);
    }
    assemble(place, &wraps, &data_key, parts, rng)
}

fn wrap(
    place: &EnvelopePlace<'_>,
    recipient: &dyn Recipient,
    data_key: &Secret,
    rng: &mut (impl CryptoRng + ?Sized),
) -> Result<Vec<u8>, SealError> {
    let header = place.header()?;
    hpke_base::wrap(recipient.kem(), &wrap_info(recipient.role()), &wrap_data(&header, &place.record), data_key.expose(), rng)
        .ok_or(SealError::RecipientKey)
}

fn assemble(
    place: &EnvelopePlace<'_>,
    wraps: &[Vec<u8>],
    data_key: &Secret,
    parts: &[&[u8]],
    rng: &mut (impl CryptoRng + ?Sized),
) -> Result<Vec<u8>, SealError> {
    let length = parts.iter().map(|part| part.len()).sum();
    let padded = padding::pad(parts, padding::envelope_class(length));
    let mut out = before_nonce(place, wraps, data_key)?;
    let nonce = aead::nonce(rng);
    let body = aead::seal(body_key(data_key).expose(), &nonce, &body_data(&out, &place.record), &padded);
    out.extend_from_slice(&nonce);
    out.extend_from_slice(&body);
    Ok(out)
}

/// Header, wraps and commitment.
fn before_nonce(place: &EnvelopePlace<'_>, wraps: &[Vec<u8>], data_key: &Secret) -> Result<Vec<u8>, SealError> {
    let mut out = place.header()?.to_vec();
    for wrap in wraps {
        out.extend_from_slice(wrap);
    }
    out.extend_from_slice(commitment(data_key).expose());
    Ok(out)
}

fn wrap_info(role: &str) -> Vec<u8> {
    Framed::new("plainsight/envelope/1/wrap").field(role.as_bytes()).bytes()
}

fn wrap_data(header: &[u8], record: &Uuid) -> Vec<u8> {
    [header, record.as_bytes()].concat()
}

fn body_data(before_nonce: &[u8], record: &Uuid) -> Vec<u8> {
    [before_nonce, record.as_bytes()].concat()
}

fn body_key(data_key: &Secret) -> Secret {
    kdf::derive(data_key.expose(), b"plainsight/envelope/1/body")
}

fn commitment(data_key: &Secret) -> Secret {
    kdf::derive(data_key.expose(), b"plainsight/envelope/1/commitment")
}

struct Parsed<'a> {
    kind: Kind,
    organisation: Uuid,
    zone: [u8; ZONE],
    epoch: u32,
    header: &'a [u8],
    wraps: &'a [u8],
    commitment: [u8; COMMITMENT],
    before_nonce: &'a [u8],
    nonce: [u8; aead::NONCE],
    body: &'a [u8],
}

impl<'a> Parsed<'a> {
    fn read(sealed: &'a [u8]) -> Result<Self, OpenError> {
        let mut rest = sealed;
        if take(&mut rest, MAGIC.len()).ok_or(OpenError::Malformed)? != MAGIC {
            return Err(OpenError::NotAnEnvelope);
        }
        let suite = u16::from_be_bytes(take_array(&mut rest).ok_or(OpenError::Malformed)?);
        if suite != SUITE_1 {
            return Err(OpenError::UnknownSuite(suite));
        }
        let [code] = take_array(&mut rest).ok_or(OpenError::Malformed)?;
        let kind = Kind::from_code(code)?;
        let organisation = Uuid::from_bytes(take_array(&mut rest).ok_or(OpenError::Malformed)?);
        let zone = take_array(&mut rest).ok_or(OpenError::Malformed)?;
        let epoch = u32::from_be_bytes(take_array(&mut rest).ok_or(OpenError::Malformed)?);
        let [count] = take_array(&mut rest).ok_or(OpenError::Malformed)?;
        if usize::from(count) != kind.wraps() {
            return Err(OpenError::Malformed);
        }
        let wraps = take(&mut rest, kind.wraps() * WRAP).ok_or(OpenError::Malformed)?;
        let commitment = take_array(&mut rest).ok_or(OpenError::Malformed)?;
        let (before_nonce, _) = sealed.split_at(sealed.len() - rest.len());
        let nonce = take_array(&mut rest).ok_or(OpenError::Malformed)?;
        if rest.len() < aead::TAG + padding::ENVELOPE_CLASSES[0] {
            return Err(OpenError::Malformed);
        }
        let (header, _) = sealed.split_at(HEADER);
        Ok(Self { kind, organisation, zone, epoch, header, wraps, commitment, before_nonce, nonce, body: rest })
    }
}

fn open_padded<R: Role>(sealed: &[u8], place: &EnvelopePlace<'_>, key: &SecretKey<R>) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let parsed = Parsed::read(sealed)?;
    let expected = place.header().map_err(|_| OpenError::WrongPlace)?;
    if parsed.header != expected {
        return Err(OpenError::WrongPlace);
    }
    let info = wrap_info(R::NAME);
    let data = wrap_data(parsed.header, &place.record);
    let data_key = parsed
        .wraps
        .chunks_exact(WRAP)
        .find_map(|wrapped| hpke_base::unwrap(key.expose(), &info, &data, wrapped))
        .ok_or(OpenError::NotForThisKey)?;
    let data_key: &[u8; 32] = data_key.as_slice().try_into().map_err(|_| OpenError::Malformed)?;
    let data_key = Secret::copy_of(data_key);
    if !bool::from(commitment(&data_key).expose().as_slice().ct_eq(&parsed.commitment)) {
        return Err(OpenError::KeyCommitment);
    }
    aead::open(body_key(&data_key).expose(), &parsed.nonce, &body_data(parsed.before_nonce, &place.record), parsed.body)
        .ok_or(OpenError::Damaged)
}

fn content(padded: &[u8]) -> Result<&[u8], OpenError> {
    padding::unpad(padded, |length| Some(padding::envelope_class(length))).ok_or(OpenError::Padding)
}

#[cfg(test)]
mod tests;
