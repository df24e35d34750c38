//! Another system that hands contacts in: a partner's form, a helpline app, a text gateway, a city's Open311 app. The issue of
//! its keys is here; that a person stands behind each contact it hands in is the same as everywhere.

use std::collections::VecDeque;

use rand::Rng;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use time::Date;
use uuid::Uuid;
use zeroize::Zeroizing;

use plainsight_vocabulary::Channel;

use crate::signature::Secret;

/// The longest name of a sender, in characters.
pub(crate) const LONGEST_NAME: usize = 80;
/// So many contacts a sender may hand in within an hour, unless somebody said otherwise: a stolen key must not bury the desk.
pub(crate) const PER_HOUR: u32 = 600;
/// By what a key is known when it turns up where it must not: scanners of source code look for such beginnings.
const PREFIX: &str = "psk1_";
/// So many forms are known again.
const FORMS: usize = 16;
/// Bytes of a key's secret.
const SECRET: usize = 32;

named! {
    /// What a sender may do.
    Scope {
        /// Hand in reports and get a receipt for each.
        Reports = "reports",
        /// Read and write in the mailbox of a receipt, for the person who holds it.
        Mailbox = "mailbox",
        /// Hand in text messages and mails by signed webhooks.
        Messages = "messages",
        /// Hand in requests of Open311.
        Open311 = "open311",
    }
}

/// By what way the contacts of a sender arrive.
pub(crate) const WAYS: [Channel; 4] = [Channel::App, Channel::Web, Channel::TextMessage, Channel::Email];

/// A sender as it is stored, sealed under the service's key: the public process has to know it without anybody signed in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sender {
    pub(crate) name: String,
    pub(crate) way: Channel,
    pub(crate) scopes: Vec<Scope>,
    pub(crate) per_hour: u32,
    pub(crate) keys: Vec<StoredKey>,
    /// What its signed messages are checked by.
    #[serde(default)]
    pub(crate) signs: Option<Secret>,
    /// Where it is told that something waits for somebody who came by it.
    #[serde(default)]
    pub(crate) hook: Option<Hook>,
    pub(crate) since: Date,
    #[serde(default)]
    pub(crate) ended: Option<Date>,
    /// The last forms by which something was changed: one form changes one thing, however often it is sent.
    #[serde(default)]
    pub(crate) forms: VecDeque<Uuid>,
}

/// Where events go, and what they are signed with.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Hook {
    pub(crate) address: String,
    pub(crate) secret: Secret,
    /// It answered that it wants no more (410 Gone).
    #[serde(default)]
    pub(crate) gone: bool,
}

/// What is kept of a key: enough to know it again.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredKey {
    pub(crate) number: u16,
    /// SHA-256; the secret has 256 random bits, so that nothing slower is needed.
    hash: [u8; 32],
    pub(crate) made: Date,
    #[serde(default)]
    pub(crate) ended: Option<Date>,
}

shows_nothing!(Sender, Hook, StoredKey, Key);

/// A key as the sender holds it: which sender, which of its keys, and the secret.
pub(crate) struct Key {
    pub(crate) sender: Uuid,
    number: u16,
    secret: Zeroizing<[u8; SECRET]>,
}

impl Key {
    /// Reads a key as it is sent. Anything else is no key; why is not said.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let bytes = Zeroizing::new(data_encoding::BASE32_NOPAD.decode(text.strip_prefix(PREFIX)?.to_ascii_uppercase().as_bytes()).ok()?);
        let (sender, rest) = bytes.split_at_checked(16)?;
        let (number, secret) = rest.split_at_checked(2)?;
        Some(Self {
            sender: Uuid::from_slice(sender).ok()?,
            number: u16::from_be_bytes(number.try_into().ok()?),
            secret: Zeroizing::new(secret.try_into().ok()?),
        })
    }

    /// As it is shown, once.
    pub(crate) fn text(&self) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new(self.sender.as_bytes().to_vec());
        bytes.extend(self.number.to_be_bytes());
        bytes.extend(*self.secret);
        Zeroizing::new(format!("{PREFIX}{}", data_encoding::BASE32_NOPAD.encode(&bytes).to_ascii_lowercase()))
    }

    fn hash(&self) -> [u8; 32] {
        Sha256::new().chain_update(b"plainsight sender key v1").chain_update(self.sender).chain_update(*self.secret).finalize().into()
    }
}

impl Sender {
    /// One that has no key yet.
    pub(crate) fn new(name: &str, way: Channel, scopes: Vec<Scope>, per_hour: u32, since: Date) -> Self {
        let name = name.to_owned();
        Self { name, way, scopes, per_hour, keys: Vec::new(), signs: None, hook: None, since, ended: None, forms: VecDeque::new() }
    }

    /// Gives it one more key; the ones before hold until somebody ends them, so that a sender can change without a gap.
    pub(crate) fn new_key(&mut self, id: Uuid, today: Date, rng: &mut impl Rng) -> Key {
        let mut secret = Zeroizing::new([0; SECRET]);
        rng.fill_bytes(&mut *secret);
        let number = self.keys.iter().map(|key| key.number).max().unwrap_or(0).saturating_add(1);
        let key = Key { sender: id, number, secret };
        self.keys.push(StoredKey { number, hash: key.hash(), made: today, ended: None });
        key
    }

    /// Whether this form comes for the first time.
    pub(crate) fn takes(&mut self, form: Uuid) -> bool {
        let new = !self.forms.contains(&form);
        if new {
            self.forms.push_back(form);
            while self.forms.len() > FORMS {
                self.forms.pop_front();
            }
        }
        new
    }

    /// Ends a key. False when it has none of this number that still holds.
    pub(crate) fn end_key(&mut self, number: u16, today: Date) -> bool {
        let found = self.keys.iter_mut().find(|key| key.number == number && key.ended.is_none());
        found.map(|key| key.ended = Some(today)).is_some()
    }

    /// Ends all of it: no key and no signature holds any more, and it is told nothing.
    pub(crate) fn end(&mut self, today: Date) {
        self.ended = Some(today);
        self.keys.iter_mut().for_each(|key| key.ended = key.ended.or(Some(today)));
        self.signs = None;
        self.hook = None;
    }

    /// Whether this is a key of it that holds.
    pub(crate) fn knows(&self, key: &Key) -> bool {
        let hash = key.hash();
        self.ended.is_none()
            && self.keys.iter().any(|stored| stored.number == key.number && stored.ended.is_none() && stored.hash.ct_eq(&hash).into())
    }

    pub(crate) fn may(&self, scope: Scope) -> bool {
        self.ended.is_none() && self.scopes.contains(&scope)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;
    use time::macros::date;

    const TODAY: Date = date!(2026 - 11 - 28);

    pub(crate) fn sender(scopes: &[Scope]) -> Sender {
        Sender::new("A partner's app", Channel::App, scopes.to_vec(), PER_HOUR, TODAY)
    }

    fn rng(seed: u64) -> StdRng {
        StdRng::seed_from_u64(seed)
    }

    #[test]
    fn a_key_is_known_until_it_is_ended_and_one_of_another_sender_never() {
        let (id, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let mut one = sender(&[Scope::Reports]);
        let first = Key::parse(&one.new_key(id, TODAY, &mut rng(1)).text()).unwrap();
        let second = one.new_key(id, TODAY, &mut rng(2));
        assert!(one.knows(&first) && one.knows(&second), "a new key ends no old one: the sender changes without a gap");
        let foreign = sender(&[]).new_key(other, TODAY, &mut rng(1));
        assert!(!one.knows(&foreign), "the same secret under another sender is another key");
        assert!(one.end_key(1, TODAY) && !one.end_key(1, TODAY) && !one.end_key(9, TODAY));
        assert!(!one.knows(&first) && one.knows(&second));
        one.end(TODAY);
        assert!(!one.knows(&second) && !one.may(Scope::Reports));
        assert_eq!(one.new_key(id, TODAY, &mut rng(3)).number, 3, "a number is never given twice");
    }

    /// What is stored must not be enough to make a key.
    #[test]
    fn what_is_stored_holds_no_key() {
        let mut one = sender(&[]);
        let key = one.new_key(Uuid::from_u128(1), TODAY, &mut rng(1));
        let stored = serde_json::to_string(&one).unwrap();
        assert!(!stored.contains(key.text().trim_start_matches(PREFIX)));
        assert!(!stored.contains(&data_encoding::BASE64.encode(&*key.secret)));
        assert_eq!(format!("{key:?} {one:?}"), "Key { .. } Sender { .. }");
    }

    proptest! {
        #[test]
        fn a_key_comes_back_from_its_text_and_a_changed_one_is_another(seed: u64, place in 5_usize..85, letter in "[a-z2-7]") {
            let mut one = sender(&[]);
            let text = one.new_key(Uuid::from_u128(seed.into()), TODAY, &mut rng(seed)).text();
            prop_assert!(one.knows(&Key::parse(&text).unwrap()));
            let mut changed = text.to_string();
            changed.replace_range(place..=place, &letter);
            prop_assert!(changed == *text || Key::parse(&changed).is_none_or(|key| !one.knows(&key)));
        }

        #[test]
        fn nothing_else_is_a_key(text in "\\PC{0,90}") {
            prop_assert!(Key::parse(&text).is_none());
        }
    }
}
