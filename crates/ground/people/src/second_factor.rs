//! The six-digit code: a time-based one-time password (RFC 6238, SHA-1, 30 seconds, six digits, which every
//! authenticator application reads).
//!
//! It is a second factor only: it never opens a key. One step of skew is accepted on either side, and a step
//! that was used once is never accepted again, nor any before it (RFC 6238 section 5.2).

use rand_core::CryptoRng;
use time::OffsetDateTime;
use totp_rs::{Builder, Totp};
use zeroize::Zeroizing;

/// Length of the shared secret in bytes (160 bits, RFC 4226 section 4).
pub(crate) const SECRET_BYTES: usize = 20;

/// What is wrong with a stored or a given second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// The stored secret has not `SECRET_BYTES` bytes.
    #[error("the second-factor secret is damaged")]
    Secret,
    /// The issuer or account name holds a colon or is empty.
    #[error("the name for the authenticator application may not be empty or hold a colon")]
    Label,
}

/// A member's shared secret. Zeroized on drop.
pub struct CodeSecret(Zeroizing<Vec<u8>>);

impl CodeSecret {
    /// A fresh secret.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = Zeroizing::new(vec![0_u8; SECRET_BYTES]);
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// A secret as it was stored.
    ///
    /// # Errors
    /// [`CodeError::Secret`] when the length is wrong.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CodeError> {
        if bytes.len() == SECRET_BYTES { Ok(Self(Zeroizing::new(bytes.to_vec()))) } else { Err(CodeError::Secret) }
    }

    /// The bytes to store, sealed.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    fn totp(&self) -> Result<Totp, CodeError> {
        Builder::new().with_secret(self.0.to_vec()).with_skew(1).build().map_err(|_| CodeError::Secret)
    }

    /// The code at `now`.
    ///
    /// # Errors
    /// [`CodeError::Secret`] when the secret is damaged.
    pub fn code_at(&self, now: OffsetDateTime) -> Result<String, CodeError> {
        Ok(self.totp()?.generate(unix(now)).to_string())
    }

    /// The step that `typed` proves, if it is right at `now` and later than the step used last.
    ///
    /// Spaces are ignored, because applications show the code as `123 456`.
    ///
    /// # Errors
    /// [`CodeError::Secret`] when the secret is damaged.
    pub fn check(&self, typed: &str, now: OffsetDateTime, used: Option<u64>) -> Result<Option<u64>, CodeError> {
        let digits: Zeroizing<String> = Zeroizing::new(typed.chars().filter(|c| !c.is_whitespace()).collect());
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Ok(None);
        }
        let step = self.totp()?.check(&digits, unix(now));
        Ok(step.filter(|step| used.is_none_or(|used| *step > used)))
    }

    /// The secret for an authenticator application: as typed text (base 32) and as an `otpauth://` address.
    ///
    /// # Errors
    /// [`CodeError::Label`] when issuer or account cannot stand in such an address.
    pub fn enrolment(&self, issuer: &str, account: &str) -> Result<Enrolment, CodeError> {
        if issuer.is_empty() || account.is_empty() {
            return Err(CodeError::Label);
        }
        let totp = Builder::new()
            .with_secret(self.0.to_vec())
            .with_issuer(Some(issuer))
            .with_account_name(account)
            .build()
            .map_err(|_| CodeError::Label)?;
        Ok(Enrolment {
            secret: Zeroizing::new(totp.secret().to_base32()),
            address: Zeroizing::new(totp.to_url().map_err(|_| CodeError::Label)?),
        })
    }
}

/// What is shown once, when an account is made or reset.
pub struct Enrolment {
    /// The secret in base 32, to type into an application.
    pub secret: Zeroizing<String>,
    /// The same as an `otpauth://totp/...` address, for a QR code.
    pub address: Zeroizing<String>,
}

fn unix(now: OffsetDateTime) -> u64 {
    u64::try_from(now.unix_timestamp()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use time::Duration;

    /// The secret of RFC 6238 appendix B; the six-digit codes are the last six of the eight printed there.
    fn rfc() -> CodeSecret {
        CodeSecret::from_bytes(b"12345678901234567890").unwrap()
    }

    fn at(unix: i64) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp(unix).unwrap()
    }

    #[test]
    fn gives_the_codes_of_the_standard() {
        for (time, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")] {
            assert_eq!(rfc().code_at(at(time)).unwrap(), code);
        }
    }

    #[test]
    fn accepts_one_step_of_skew_and_no_more() {
        let now = at(1_234_567_890);
        let code = rfc().code_at(now).unwrap();
        for (seconds, right) in [(-60, false), (-30, true), (0, true), (30, true), (60, false)] {
            let found = rfc().check(&code, now + Duration::seconds(seconds), None).unwrap();
            assert_eq!(found.is_some(), right, "{seconds}");
        }
    }

    #[test]
    fn a_used_step_and_all_before_it_are_refused() {
        let now = at(1_234_567_890);
        let code = rfc().code_at(now).unwrap();
        let step = rfc().check(&code, now, None).unwrap().unwrap();
        assert_eq!(rfc().check(&code, now, Some(step)).unwrap(), None);
        assert_eq!(rfc().check(&code, now, Some(step + 1)).unwrap(), None);
        assert_eq!(rfc().check(&code, now, Some(step - 1)).unwrap(), Some(step));
    }

    #[test]
    fn reads_a_code_with_a_space_and_nothing_else() {
        let now = at(59);
        assert!(rfc().check("287 082", now, None).unwrap().is_some());
        for wrong in ["", "28708", "2870822", "28708a", "２８７０８２"] {
            assert_eq!(rfc().check(wrong, now, None).unwrap(), None, "{wrong}");
        }
    }

    #[test]
    fn the_address_is_the_one_applications_read() {
        let shown = rfc().enrolment("Help and advice", "night@example.org").unwrap();
        assert_eq!(shown.secret.as_str(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert!(shown.address.starts_with("otpauth://totp/"), "{}", *shown.address);
        assert!(shown.address.contains(shown.secret.as_str()));
        assert!(rfc().enrolment("a:b", "c").is_err());
        assert!(rfc().enrolment("a", "").is_err());
    }
}
