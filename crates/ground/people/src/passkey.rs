//! Passkeys (WebAuthn): a second factor equal to the six-digit code. A passkey never opens a key.
//!
//! The checks of the standard are made by the library `passkey-auth`. Two things it would do by itself are taken from
//! it: the challenge is ours ([`crate::challenge`]), and so is the clock, so that its own check of age is passed over.
//!
//! Only passkeys that keep themselves (*discoverable* ones) are made, and signing in asks for any of this desk's with an
//! empty list. A list of what a name may use would have to be made up for names that do not exist, with numbers, lengths
//! and ways of transport like those of real ones, for good; this way the page knows nothing that it could tell. The price:
//! a security key that has no room for passkeys cannot be used.

use axum::http::Uri;
use data_encoding::BASE64URL_NOPAD;
use passkey_auth::{
    AuthenticationResponse, AuthenticationState, Challenge, CosePublicKey, CredentialId, Error, PasskeyCredential, RegistrationResponse,
    RegistrationState, Webauthn,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::challenge::{LIVES, Ours};

/// What is shown beside the passkey on the member's device; neutral, like every title we show.
const CALLED: &str = "Help and advice desk";
/// Longest answer of a browser that is read. The largest real ones hold some hundreds of bytes.
const LONGEST_ANSWER: usize = 16 * 1024;
/// The library passes over its own check of age, by the system's clock, when this is the moment of the challenge.
const AGE_IS_CHECKED_HERE: u64 = u64::MAX;
/// ECDSA on P-256, and Ed25519, in the numbers of COSE.
const ALGORITHMS: [i32; 2] = [-7, -8];

/// Why a passkey was not taken. None of it is told to whoever signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasskeyRefused {
    /// The browser sent something else than the answer of a passkey.
    #[error("that is no answer of a passkey")]
    NotRead,
    /// The challenge is not ours, is for something else, is older than five minutes, or was used.
    #[error("the passkey took longer than five minutes, or answered once before: begin again")]
    Challenge,
    /// Another place, another passkey, or a signature that is wrong.
    #[error("the passkey does not fit this desk or this account")]
    Wrong,
    /// The passkey counts how often it is used, and has counted less than before: there are two of it.
    #[error("the passkey may have been copied: its counter went back. Remove it and add another")]
    Copied,
    /// It stands there already.
    #[error("this passkey is in the account already")]
    Known,
    /// More than an account may hold.
    #[error("an account holds ten passkeys at most: remove one first")]
    TooMany,
    /// The name is empty or too long.
    #[error("a passkey needs a name of at most 60 letters")]
    Name,
}

impl From<Error> for PasskeyRefused {
    fn from(error: Error) -> Self {
        // What the library says may hold parts of an answer; only its kind goes on.
        match error {
            Error::CounterReplay { .. } => Self::Copied,
            Error::ChallengeMismatch | Error::CeremonyExpired { .. } => Self::Challenge,
            Error::Base64(_) | Error::ClientData(_) | Error::AuthData(_) | Error::Cbor(_) => Self::NotRead,
            _ => Self::Wrong,
        }
    }
}

/// The place that passkeys are made for: the host of the desk's address, and the address that browsers name as theirs.
#[derive(Clone, Debug)]
pub struct RelyingParty {
    library: Webauthn,
}

impl RelyingParty {
    /// The desk at this address, as people type it. None where no browser makes passkeys: without `https` (but for
    /// `localhost`), or at a number instead of a name.
    #[must_use]
    pub fn at(origin: &str) -> Option<Self> {
        let address: Uri = origin.trim_end_matches('/').to_ascii_lowercase().parse().ok()?;
        let (scheme, host) = (address.scheme_str()?, address.host()?);
        let safe = scheme == "https" || (scheme == "http" && host == "localhost");
        let is_number = host.starts_with('[') || host.parse::<std::net::Ipv4Addr>().is_ok();
        if !safe || is_number || address.path() != "/" || address.query().is_some() {
            return None;
        }
        // Browsers leave out the port that a scheme has anyway.
        let port = address.port_u16().filter(|port| (scheme, *port) != ("https", 443) && (scheme, *port) != ("http", 80));
        let origin = port.map_or_else(|| format!("{scheme}://{host}"), |port| format!("{scheme}://{host}:{port}"));
        Some(Self { library: Webauthn::new(host, CALLED, &origin).strict_base64(true).require_user_handle(true) })
    }

    /// What a browser needs to ask for a passkey of this desk, whoever it is.
    pub(crate) fn to_sign_in(&self, challenge: &Ours) -> Value {
        json!({
            "challenge": BASE64URL_NOPAD.encode(challenge.as_bytes()),
            "rpId": self.library.rp_id(),
            "allowCredentials": [],
            "userVerification": "preferred",
            "timeout": LIVES.whole_milliseconds() as u64,
        })
    }

    /// What a browser needs to make a passkey for this member; `known` are those they have.
    pub(crate) fn to_add(&self, challenge: &Ours, owner: &Owner<'_>, known: &[Credential]) -> Value {
        let parameters = ALGORITHMS.map(|number| json!({ "type": "public-key", "alg": number }));
        let known = known.iter().map(|it| json!({ "type": "public-key", "id": BASE64URL_NOPAD.encode(&it.id) })).collect::<Vec<_>>();
        json!({
            "challenge": BASE64URL_NOPAD.encode(challenge.as_bytes()),
            "rp": { "id": self.library.rp_id(), "name": CALLED },
            "user": { "id": BASE64URL_NOPAD.encode(owner.handle), "name": owner.sign_in_name, "displayName": owner.name },
            "pubKeyCredParams": parameters,
            "excludeCredentials": known,
            "authenticatorSelection": { "residentKey": "required", "requireResidentKey": true, "userVerification": "preferred" },
            "attestation": "none",
            "timeout": LIVES.whole_milliseconds() as u64,
        })
    }

    /// The passkey that a browser has made.
    pub(crate) fn made(&self, challenge: &Ours, answer: &Answer, handle: &[u8; 32]) -> Result<Made, PasskeyRefused> {
        let response: RegistrationResponse = answer.parse()?;
        let state = RegistrationState { challenge: ours(challenge), user_id: handle.to_vec(), created_at: AGE_IS_CHECKED_HERE };
        let made = self.library.finish_registration(&state, &response)?;
        if made.id.as_bytes().is_empty() {
            return Err(PasskeyRefused::NotRead);
        }
        Ok(Made { credential: Credential { id: made.id.0, key: made.public_key_cose.0 }, counter: made.counter })
    }

    /// The counter after this use, if this passkey has signed the challenge here and belongs to the handle.
    pub(crate) fn used(
        &self,
        challenge: &Ours,
        answer: &Answer,
        handle: &[u8],
        credential: &Credential,
        counter: u32,
    ) -> Result<u32, PasskeyRefused> {
        let response: AuthenticationResponse = answer.parse()?;
        let id = CredentialId(credential.id.clone());
        let state = AuthenticationState {
            challenge: ours(challenge),
            allow_credentials: vec![id.clone()],
            created_at: AGE_IS_CHECKED_HERE,
            user_handle: Some(handle.to_vec()),
        };
        let key = CosePublicKey(credential.key.clone());
        let stored = PasskeyCredential { id, public_key_cose: key, counter, transports: Vec::new(), aaguid: [0; 16] };
        Ok(self.library.finish_authentication(&state, &response, &stored)?.new_counter)
    }
}

fn ours(challenge: &Ours) -> Challenge {
    Challenge(challenge.as_bytes().to_vec())
}

/// Whose passkey is made.
pub(crate) struct Owner<'a> {
    /// Says nothing to whoever reads it from the device; see `acts::passkey`.
    pub(crate) handle: &'a [u8; 32],
    pub(crate) sign_in_name: &'a str,
    pub(crate) name: &'a str,
}

/// Name and public key of a passkey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Credential {
    pub(crate) id: Vec<u8>,
    /// As the device gave it: a COSE key.
    pub(crate) key: Vec<u8>,
}

impl Credential {
    /// A passkey that nobody has, of the name that was answered: what an unknown name is tried against. The key is the
    /// base point of P-256, so that a signature is looked at.
    pub(crate) fn nobodys(id: Vec<u8>) -> Self {
        const KEY: &[u8] = b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20\
            \x6b\x17\xd1\xf2\xe1\x2c\x42\x47\xf8\xbc\xe6\xe5\x63\xa4\x40\xf2\x77\x03\x7d\x81\x2d\xeb\x33\xa0\xf4\xa1\x39\x45\xd8\x98\xc2\x96\
            \x22\x58\x20\
            \x4f\xe3\x42\xe2\xfe\x1a\x7f\x9b\x8e\xe7\xeb\x4a\x7c\x0f\x9e\x16\x2b\xce\x33\x57\x6b\x31\x5e\xce\xcb\xb6\x40\x68\x37\xbf\x51\xf5";
        Self { id, key: KEY.to_vec() }
    }
}

/// A passkey fresh from the browser.
pub(crate) struct Made {
    pub(crate) credential: Credential,
    pub(crate) counter: u32,
}

/// What a browser's passkey answered, as the page's script writes it down: not believed in any part.
pub(crate) struct Answer<'a>(&'a str);

impl<'a> Answer<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self(text)
    }

    fn parse<T: serde::de::DeserializeOwned>(&self) -> Result<T, PasskeyRefused> {
        if self.0.len() > LONGEST_ANSWER {
            return Err(PasskeyRefused::NotRead);
        }
        serde_json::from_str(self.0).map_err(|_| PasskeyRefused::NotRead)
    }

    /// Which passkey answers, and the challenge that it says it signed.
    pub(crate) fn claims(&self) -> Result<Claims, PasskeyRefused> {
        #[derive(Deserialize)]
        struct Outer {
            id: String,
            #[serde(rename = "clientDataJSON")]
            client_data: String,
            #[serde(rename = "userHandle", default)]
            handle: Option<String>,
        }
        #[derive(Deserialize)]
        struct Inner {
            challenge: String,
            #[serde(rename = "crossOrigin", default)]
            cross_origin: bool,
        }
        let decode = |text: &str| BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| PasskeyRefused::NotRead);
        let outer: Outer = self.parse()?;
        let inner: Inner = serde_json::from_slice(&decode(&outer.client_data)?).map_err(|_| PasskeyRefused::NotRead)?;
        // A page of ours stands in no frame of anybody's; the library does not look.
        if inner.cross_origin {
            return Err(PasskeyRefused::Wrong);
        }
        let handle = outer.handle.as_deref().map(decode).transpose()?.unwrap_or_default();
        Ok(Claims { id: decode(&outer.id)?, challenge: decode(&inner.challenge)?, handle })
    }
}

/// What an answer says of itself before anything is proved.
pub(crate) struct Claims {
    pub(crate) id: Vec<u8>,
    pub(crate) challenge: Vec<u8>,
    /// Whose passkey it says it is; empty when it says nothing.
    pub(crate) handle: Vec<u8>,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn place(origin: &str) -> Option<String> {
        RelyingParty::at(origin).map(|it| it.library.rp_id().to_owned())
    }

    #[test]
    fn a_desk_has_passkeys_where_browsers_make_them() {
        for (origin, host) in [
            ("https://desk.example.org", Some("desk.example.org")),
            ("https://Desk.Example.org/", Some("desk.example.org")),
            ("https://desk.example.org:8443", Some("desk.example.org")),
            ("http://localhost:8081", Some("localhost")),
            ("http://desk.example.org", None),
            ("http://127.0.0.1:8081", None),
            ("https://192.0.2.7", None),
            ("https://[2001:db8::1]", None),
            ("https://desk.example.org/desk", None),
            ("desk.example.org", None),
            ("", None),
        ] {
            assert_eq!(place(origin).as_deref(), host, "{origin}");
        }
    }

    #[test]
    fn what_is_no_answer_is_not_read() {
        let long = format!("{{\"id\":\"{}\"}}", "A".repeat(LONGEST_ANSWER));
        for text in
            ["", "{}", "null", "[]", "{\"id\":\"!\",\"clientDataJSON\":\"e30\"}", "{\"id\":\"AA\",\"clientDataJSON\":\"e30\"}", &long]
        {
            assert_eq!(Answer::new(text).claims().err(), Some(PasskeyRefused::NotRead), "{}", text.len());
        }
    }

    /// The browser says when a page of another place stood around ours.
    #[test]
    fn an_answer_from_within_a_frame_is_refused() {
        let said = |data: &str| format!("{{\"id\":\"AA\",\"clientDataJSON\":\"{}\"}}", BASE64URL_NOPAD.encode(data.as_bytes()));
        let framed = said("{\"challenge\":\"AA\",\"crossOrigin\":true}");
        assert_eq!(Answer::new(&framed).claims().err(), Some(PasskeyRefused::Wrong));
        assert!(Answer::new(&said("{\"challenge\":\"AA\",\"crossOrigin\":false}")).claims().is_ok());
    }
}
