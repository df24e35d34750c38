//! Form state: what somebody has typed so far, carried by their own page and readable only by the server.
//! `docs/form-state.md` has the layout.

use std::fmt;

use data_encoding::BASE64URL_NOPAD;
use rand_core::CryptoRng;
use thiserror::Error;
use zeroize::{ZeroizeOnDrop, Zeroizing};

use crate::aead;
use crate::framing::{Framed, take_array};
use crate::kdf;
use crate::padding;
use crate::secret::Secret;

const VERSION: u8 = 1;
const STAMP: usize = 8;
/// Older state still shows what was typed, but nothing is sent with it. Seconds.
pub const OLDEST: i64 = 24 * 60 * 60;
const SECONDS_A_DAY: i64 = 24 * 60 * 60;

/// The longest content in bytes.
pub const LONGEST: usize = padding::FORM_STATE_CLASSES[2] - padding::LENGTH_FIELD - STAMP;

/// Why form state could not be sealed or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum FormStateError {
    /// Not written by this site, or altered on the way.
    #[error("this is not the state of a form")]
    Malformed,
    /// Written under the key of another day, which is gone (or of another version of the program).
    #[error("the key of this form's day is gone")]
    Unknown,
    /// More was typed than the largest class holds.
    #[error("{0} bytes are too many for the state of a form")]
    TooLong(usize),
}

/// Form state that was opened.
pub struct OpenedState {
    /// What was sealed.
    pub plaintext: Zeroizing<Vec<u8>>,
    /// Older than 24 hours: show it, ask to check it, and do not treat it as sent.
    pub expired: bool,
    /// When it was sealed, seconds since 1970.
    pub sealed_at: i64,
}

impl fmt::Debug for OpenedState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OpenedState(expired {}, plaintext [redacted])", self.expired)
    }
}

/// The keys of today and yesterday. They come from a master key, so they survive a restart; a key older than that is
/// not derived any more.
#[derive(Clone)]
pub struct DayKeys {
    day: i64,
    today: Secret,
    yesterday: Secret,
}

impl ZeroizeOnDrop for DayKeys {}

impl DayKeys {
    /// The keys for `day`, counted from 1 January 1970 in UTC.
    pub fn derive(master: &[u8; 32], day: i64) -> Self {
        Self { day, today: day_key(master, day), yesterday: day_key(master, day.saturating_sub(1)) }
    }

    /// The day of a moment in seconds since 1970.
    pub const fn day_of(unix: i64) -> i64 {
        unix.div_euclid(SECONDS_A_DAY)
    }

    /// The day these keys are for; derive new ones when it is over.
    pub fn day(&self) -> i64 {
        self.day
    }

    /// Seals a content under today's key, as base64url without padding characters.
    ///
    /// # Errors
    /// [`FormStateError::TooLong`].
    pub fn seal(&self, plaintext: &[u8], now_unix: i64, rng: &mut (impl CryptoRng + ?Sized)) -> Result<String, FormStateError> {
        let size = padding::form_state_class(plaintext.len().saturating_add(STAMP)).ok_or(FormStateError::TooLong(plaintext.len()))?;
        let nonce = aead::nonce(rng);
        let padded = padding::pad(&[&now_unix.to_be_bytes(), plaintext], size);
        let mut out = vec![VERSION];
        out.extend_from_slice(&self.day.to_be_bytes());
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&aead::seal(self.today.expose(), &nonce, &associated_data(self.day), &padded));
        Ok(BASE64URL_NOPAD.encode(&out))
    }

    /// Opens what was sealed today or yesterday.
    ///
    /// # Errors
    /// [`FormStateError::Malformed`], and [`FormStateError::Unknown`] for another day.
    pub fn open(&self, state: &str, now_unix: i64) -> Result<OpenedState, FormStateError> {
        let sealed = BASE64URL_NOPAD.decode(state.trim().as_bytes()).map_err(|_| FormStateError::Malformed)?;
        let mut rest = sealed.as_slice();
        let [version] = take_array(&mut rest).ok_or(FormStateError::Malformed)?;
        if version != VERSION {
            return Err(FormStateError::Unknown);
        }
        let day = i64::from_be_bytes(take_array(&mut rest).ok_or(FormStateError::Malformed)?);
        let nonce = take_array(&mut rest).ok_or(FormStateError::Malformed)?;
        if rest.len() < aead::TAG + padding::FORM_STATE_CLASSES[0] {
            return Err(FormStateError::Malformed);
        }
        let key = match day {
            _ if day == self.day => &self.today,
            _ if day == self.day.saturating_sub(1) => &self.yesterday,
            _ => return Err(FormStateError::Unknown),
        };
        let padded = aead::open(key.expose(), &nonce, &associated_data(day), rest).ok_or(FormStateError::Malformed)?;
        let mut content = padding::unpad(&padded, padding::form_state_class).ok_or(FormStateError::Malformed)?;
        let sealed_at = i64::from_be_bytes(take_array(&mut content).ok_or(FormStateError::Malformed)?);
        let expired = now_unix.saturating_sub(sealed_at) > OLDEST;
        Ok(OpenedState { plaintext: Zeroizing::new(content.to_vec()), expired, sealed_at })
    }
}

impl fmt::Debug for DayKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DayKeys(day {}, keys [redacted])", self.day)
    }
}

fn day_key(master: &[u8; 32], day: i64) -> Secret {
    kdf::derive(master, &Framed::new("plainsight/form-state/1/day").field(&day.to_be_bytes()).bytes())
}

fn associated_data(day: i64) -> Vec<u8> {
    Framed::new("plainsight/form-state").field(&[VERSION]).field(&day.to_be_bytes()).bytes()
}
