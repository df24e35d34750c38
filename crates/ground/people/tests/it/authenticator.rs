//! A security key in software: makes passkeys and signs with them, rightly or, where a test wants it, wrongly.

use data_encoding::BASE64URL_NOPAD;
use p256::ecdsa::signature::Signer as _;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::browser::ORIGIN;

const HOST: &str = "desk.example.org";

/// Present, verified; attested data follows.
const FLAGS: u8 = 0b0000_0101;
const ATTESTED: u8 = 0b0100_0000;

enum Key {
    P256(p256::ecdsa::SigningKey),
    Ed25519(ed25519_dalek::SigningKey),
}

/// A passkey on a device.
pub(crate) struct Passkey {
    key: Key,
    id: Vec<u8>,
    handle: String,
    /// How often it says it was used; a key that does not count stays at zero.
    pub(crate) counter: u32,
    /// Where it says it is.
    pub(crate) host: String,
    /// Where the browser says it is.
    pub(crate) origin: String,
    pub(crate) flags: u8,
}

fn text(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

impl Passkey {
    /// On P-256, as most devices do.
    pub(crate) fn new(seed: u8) -> Self {
        Self::of(Key::P256(p256::ecdsa::SigningKey::from_slice(&[seed; 32]).unwrap()), seed)
    }

    /// On Ed25519, as some security keys do.
    pub(crate) fn edwards(seed: u8) -> Self {
        Self::of(Key::Ed25519(ed25519_dalek::SigningKey::from_bytes(&[seed; 32])), seed)
    }

    fn of(key: Key, seed: u8) -> Self {
        let (host, origin) = (HOST.to_owned(), ORIGIN.to_owned());
        Self { key, id: vec![seed; 16], handle: String::new(), counter: 0, host, origin, flags: FLAGS }
    }

    /// The same passkey on a second device.
    pub(crate) fn copied(&self) -> Self {
        let key = match &self.key {
            Key::P256(key) => Key::P256(key.clone()),
            Key::Ed25519(key) => Key::Ed25519(key.clone()),
        };
        let (id, handle) = (self.id.clone(), self.handle.clone());
        Self { key, id, handle, counter: self.counter, host: self.host.clone(), origin: self.origin.clone(), flags: self.flags }
    }

    /// The public key as a COSE map.
    fn cose(&self) -> Vec<u8> {
        match &self.key {
            Key::P256(key) => {
                let point = key.verifying_key().to_encoded_point(false);
                let head = [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20].as_slice();
                [head, point.x().unwrap(), &[0x22, 0x58, 0x20], point.y().unwrap()].concat()
            }
            Key::Ed25519(key) => {
                let head = [0xa4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21, 0x58, 0x20].as_slice();
                [head, key.verifying_key().as_bytes()].concat()
            }
        }
    }

    fn data(&self, flags: u8) -> Vec<u8> {
        [Sha256::digest(&self.host).as_slice(), &[flags], &self.counter.to_be_bytes()].concat()
    }

    fn client_data(&self, kind: &str, options: &Value) -> Vec<u8> {
        let said = json!({ "type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false });
        said.to_string().into_bytes()
    }

    /// Answers the options for adding a passkey, without a word about who made the device.
    pub(crate) fn make(&mut self, options: &Value) -> String {
        options["user"]["id"].as_str().unwrap().clone_into(&mut self.handle);
        let length = u16::try_from(self.id.len()).unwrap().to_be_bytes();
        let data = [self.data(self.flags | ATTESTED), vec![0; 16], length.to_vec(), self.id.clone(), self.cose()].concat();
        let size = u16::try_from(data.len()).unwrap().to_be_bytes();
        let attestation = [b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59".as_slice(), &size, &data].concat();
        let client = self.client_data("webauthn.create", options);
        json!({ "id": text(&self.id), "clientDataJSON": text(&client), "attestationObject": text(&attestation) }).to_string()
    }

    /// Answers the options for signing in.
    pub(crate) fn answer(&self, options: &Value) -> String {
        self.answer_as("webauthn.get", options)
    }

    pub(crate) fn answer_as(&self, kind: &str, options: &Value) -> String {
        let (data, client) = (self.data(self.flags), self.client_data(kind, options));
        let message = [data.as_slice(), Sha256::digest(&client).as_slice()].concat();
        let signature = match &self.key {
            Key::P256(key) => {
                let signature: p256::ecdsa::Signature = key.sign(&message);
                signature.to_der().as_bytes().to_vec()
            }
            Key::Ed25519(key) => ed25519_dalek::Signer::sign(key, &message).to_bytes().to_vec(),
        };
        let (id, handle) = (text(&self.id), &self.handle);
        let client = text(&client);
        json!({ "id": id, "clientDataJSON": client, "authenticatorData": text(&data), "signature": text(&signature), "userHandle": handle })
            .to_string()
    }
}
