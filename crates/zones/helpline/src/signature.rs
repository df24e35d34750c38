//! Signed webhooks after Standard Webhooks 1.0 (<https://www.standardwebhooks.com>): the headers `webhook-id`,
//! `webhook-timestamp` and `webhook-signature`, symmetric signatures `v1` (HMAC-SHA256).

use hmac::{Hmac, KeyInit, Mac};
use rand::Rng;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::Sha256;
use time::{Duration, OffsetDateTime};
use zeroize::Zeroizing;

/// How far the time of a message may lie from ours, either way.
const TOLERANCE: Duration = Duration::minutes(5);
/// By what a secret is known.
const PREFIX: &str = "whsec_";
/// How many bytes a secret may have (specification, "Signature scheme").
const BYTES: std::ops::RangeInclusive<usize> = 24..=64;
/// The longest id of a message that is looked at.
const LONGEST_ID: usize = 256;
/// So many signatures in one header are tried: two are there while a secret changes.
const MOST_SIGNATURES: usize = 8;

/// The secret that both sides share.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Secret(Zeroizing<Vec<u8>>);

shows_nothing!(Secret);

/// Why a message is not believed. The sender is told: without the secret it cannot use the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotBelieved {
    #[error("the header `webhook-id` is missing, longer than 256 characters, or holds others than letters, digits, `_`, `-` and `.`")]
    Id,
    #[error("the header `webhook-timestamp` is missing or is no whole number of seconds since 1970")]
    Time,
    #[error("the time in `webhook-timestamp` lies more than five minutes from ours: is the sender's clock right?")]
    TooFar,
    #[error("the header `webhook-signature` holds no signature `v1,...` that fits")]
    Signature,
}

/// The three headers of a message.
#[derive(Clone, Copy)]
pub(crate) struct Headers<'a> {
    pub(crate) id: Option<&'a str>,
    pub(crate) timestamp: Option<&'a str>,
    pub(crate) signature: Option<&'a str>,
}

impl Secret {
    pub(crate) fn draw(rng: &mut impl Rng) -> Self {
        let mut bytes = Zeroizing::new(vec![0; 32]);
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// As it is shown and entered: `whsec_` and base 64.
    pub(crate) fn text(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("{PREFIX}{}", data_encoding::BASE64.encode(&self.0)))
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        let bytes = Zeroizing::new(data_encoding::BASE64.decode(text.strip_prefix(PREFIX)?.as_bytes()).ok()?);
        BYTES.contains(&bytes.len()).then_some(Self(bytes))
    }

    fn mac(&self, id: &str, timestamp: &str, body: &[u8]) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        for part in [id.as_bytes(), b".", timestamp.as_bytes(), b".", body] {
            mac.update(part);
        }
        Some(mac)
    }

    /// What stands in `webhook-signature`.
    pub(crate) fn sign(&self, id: &str, at: OffsetDateTime, body: &[u8]) -> String {
        let mac = self.mac(id, &at.unix_timestamp().to_string(), body);
        mac.map_or_else(String::new, |mac| format!("v1,{}", data_encoding::BASE64.encode(&mac.finalize().into_bytes())))
    }

    /// The id of a message that is believed. The same id again is the same message, whatever its time says by then.
    pub(crate) fn check<'a>(&self, headers: Headers<'a>, body: &[u8], now: OffsetDateTime) -> Result<&'a str, NotBelieved> {
        let id = headers.id.filter(|id| is_id(id)).ok_or(NotBelieved::Id)?;
        let timestamp = headers.timestamp.ok_or(NotBelieved::Time)?;
        let seconds: i64 = timestamp.parse().map_err(|_| NotBelieved::Time)?;
        let at = OffsetDateTime::from_unix_timestamp(seconds).map_err(|_| NotBelieved::Time)?;
        if (now - at).abs() > TOLERANCE {
            return Err(NotBelieved::TooFar);
        }
        let given = headers.signature.unwrap_or_default().split(' ').filter_map(|one| one.strip_prefix("v1,")).take(MOST_SIGNATURES);
        let fits = |one: &str| {
            let bytes = data_encoding::BASE64.decode(one.as_bytes()).ok()?;
            // In constant time, as the library does it.
            self.mac(id, timestamp, body)?.verify_slice(&bytes).ok()
        };
        if given.into_iter().any(|one| fits(one).is_some()) { Ok(id) } else { Err(NotBelieved::Signature) }
    }
}

/// A full stop parts what is signed; the specification allows it in an id all the same, for the time has none.
fn is_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= LONGEST_ID && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Zeroizing::new(String::deserialize(deserializer)?);
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("a damaged secret of a webhook"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    /// The example that the specification and its libraries share.
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    const AT: i64 = 1_614_265_330;
    const BODY: &[u8] = br#"{"test": 2432232314}"#;
    const SIGNED: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    fn at(seconds: i64) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp(seconds).unwrap()
    }

    fn check(headers: Headers<'_>, body: &[u8], now: i64) -> Result<String, NotBelieved> {
        Secret::parse(SECRET).unwrap().check(headers, body, at(now)).map(str::to_owned)
    }

    const GOOD: Headers<'static> = Headers { id: Some(ID), timestamp: Some("1614265330"), signature: Some(SIGNED) };

    #[test]
    fn signs_and_believes_as_the_standard_does() {
        assert_eq!(Secret::parse(SECRET).unwrap().sign(ID, at(AT), BODY), SIGNED);
        assert_eq!(check(GOOD, BODY, AT).unwrap(), ID);
        let several = format!("v1a,AAAA v1,{} {SIGNED}", "A".repeat(44));
        assert_eq!(check(Headers { signature: Some(&several), ..GOOD }, BODY, AT).unwrap(), ID, "one of several is enough");
    }

    #[test]
    fn five_minutes_either_way_and_no_second_more() {
        for (now, believed) in [(AT - 301, false), (AT - 300, true), (AT + 300, true), (AT + 301, false)] {
            assert_eq!(check(GOOD, BODY, now).is_ok(), believed, "{now}");
        }
        assert_eq!(check(GOOD, BODY, AT + 301), Err(NotBelieved::TooFar));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let wrong = [
            (Headers { id: None, ..GOOD }, NotBelieved::Id),
            (Headers { id: Some("a b"), ..GOOD }, NotBelieved::Id),
            (Headers { timestamp: None, ..GOOD }, NotBelieved::Time),
            (Headers { timestamp: Some("1614265330.0"), ..GOOD }, NotBelieved::Time),
            (Headers { timestamp: Some("99999999999999999"), ..GOOD }, NotBelieved::Time),
            (Headers { signature: None, ..GOOD }, NotBelieved::Signature),
            (Headers { signature: Some("v1,"), ..GOOD }, NotBelieved::Signature),
            (Headers { signature: Some(&SIGNED[3..]), ..GOOD }, NotBelieved::Signature),
            (Headers { id: Some("msg_other"), ..GOOD }, NotBelieved::Signature),
            (Headers { timestamp: Some("1614265331"), ..GOOD }, NotBelieved::Signature),
        ];
        for (headers, why) in wrong {
            assert_eq!(check(headers, BODY, AT), Err(why), "{:?} {:?}", headers.id, headers.signature);
        }
        assert_eq!(check(GOOD, b"{}", AT), Err(NotBelieved::Signature));
    }

    #[test]
    fn a_secret_of_another_length_or_writing_is_none() {
        for wrong in ["", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_AAAA", &format!("whsec_{}", "A".repeat(88))] {
            assert!(Secret::parse(wrong).is_none(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn what_one_side_signs_the_other_believes_and_nobody_elses_secret_does(seed: u64, body: Vec<u8>, id in "[A-Za-z0-9_.-]{1,40}") {
            let (ours, theirs) = (Secret::draw(&mut StdRng::seed_from_u64(seed)), Secret::draw(&mut StdRng::seed_from_u64(!seed)));
            let signed = ours.sign(&id, at(AT), &body);
            let headers = Headers { id: Some(&id), timestamp: Some("1614265330"), signature: Some(&signed) };
            prop_assert_eq!(ours.check(headers, &body, at(AT)), Ok(id.as_str()));
            prop_assert_eq!(theirs.check(headers, &body, at(AT)), Err(NotBelieved::Signature));
            prop_assert!(Secret::parse(&ours.text()).unwrap() == ours);
        }
    }
}
