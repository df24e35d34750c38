//! The committed test vectors: what other implementations check themselves against. `vectors/README.md` describes them.
//!
//! `UPDATE_VECTORS=1` writes them anew from a seeded source; without it they are only read.

use std::fs;
use std::path::PathBuf;

use data_encoding::{BASE64, HEXLOWER};
use plainsight_vault::password::{unwrap_member, wrap_member};
use plainsight_vault::{
    ColumnPlace, DataKeyRing, DayKeys, EnvelopePlace, InstanceKey, Kind, Mailbox, Member, PasswordCost, Receipt, SecretKey, SigningKey,
    SiteSalt, Team, WordList, envelope, padding, stretch,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::rng;

fn vectors(name: &str, make: impl FnOnce() -> Vec<Value>) -> Vec<Value> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("vectors").join(format!("{name}.json"));
    if std::env::var_os("UPDATE_VECTORS").is_some() {
        fs::write(&file, serde_json::to_string_pretty(&make()).unwrap() + "\n").unwrap();
    }
    let read: Vec<Value> = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    assert!(!read.is_empty());
    read
}

fn text<'a>(vector: &'a Value, name: &str) -> &'a str {
    vector[name].as_str().unwrap_or_else(|| panic!("no text {name} in {vector}"))
}

fn number(vector: &Value, name: &str) -> u64 {
    vector[name].as_u64().unwrap_or_else(|| panic!("no number {name} in {vector}"))
}

fn hex(vector: &Value, name: &str) -> Vec<u8> {
    HEXLOWER.decode(text(vector, name).as_bytes()).unwrap()
}

fn hex32(vector: &Value, name: &str) -> [u8; 32] {
    hex(vector, name).try_into().unwrap()
}

fn base64(vector: &Value, name: &str) -> Vec<u8> {
    BASE64.decode(text(vector, name).as_bytes()).unwrap()
}

fn uuid(vector: &Value, name: &str) -> Uuid {
    text(vector, name).parse().unwrap()
}

fn random_id(source: &mut impl rand_core::CryptoRng) -> Uuid {
    let mut bytes = [0; 16];
    source.fill_bytes(&mut bytes);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

const KINDS: [(&str, Kind); 7] = [
    ("report", Kind::Report),
    ("message", Kind::Message),
    ("note", Kind::Note),
    ("contact key", Kind::ContactKey),
    ("team grant", Kind::TeamGrant),
    ("urgent referral", Kind::UrgentReferral),
    ("recovery share", Kind::RecoveryShare),
];

#[test]
fn padding_sizes() {
    let lengths = [0, 1, 2044, 2045, 8188, 8189, 32_764, 32_765, 65_532, 65_533, 131_068, 131_069, 200_000, 1_000_000, 50_000_000];
    let sizes = |length: usize| json!({"length": length, "envelope": padding::envelope_class(length), "form_state": padding::form_state_class(length)});
    for vector in vectors("padding", || lengths.map(sizes).to_vec()) {
        assert_eq!(sizes(number(&vector, "length") as usize), vector);
    }
}

#[test]
fn receipts() {
    let made = || {
        let mut rng = rng(20);
        let salt = SiteSalt::generate(&mut rng);
        let pepper = InstanceKey::generate(&mut rng).pepper();
        (0..12)
            .map(|count| {
                let receipt = Receipt::generate(&mut rng);
                let mut vector = json!({
                    "digits": receipt.digits().as_str(),
                    "english": receipt.words(WordList::english()).join(" "),
                    "romanian": receipt.words(WordList::romanian()).join(" "),
                });
                // One stretch is enough to fix the derivation, and each costs a fifth of a second.
                if count == 0 {
                    let root = stretch(&receipt, &salt).unwrap();
                    vector["stretched"] = json!({
                        "site_salt": HEXLOWER.encode(&salt.0),
                        "root": HEXLOWER.encode(root.to_bytes().as_slice()),
                        "pepper": HEXLOWER.encode(pepper.as_slice()),
                        "locate": HEXLOWER.encode(&root.locate(&pepper)),
                        "mailbox_seed": HEXLOWER.encode(root.mailbox().seed().as_slice()),
                        "mailbox_fingerprint": HEXLOWER.encode(&root.mailbox().public().fingerprint()),
                    });
                }
                vector
            })
            .collect()
    };
    let mut stretched_ones = 0;
    for vector in vectors("receipt", made) {
        let receipt = Receipt::parse(text(&vector, "digits")).unwrap();
        assert_eq!(receipt.digits().as_str(), text(&vector, "digits"));
        for (language, list) in [("english", WordList::english()), ("romanian", WordList::romanian())] {
            assert_eq!(receipt.words(list).join(" "), text(&vector, language));
            assert_eq!(Receipt::parse(text(&vector, language)), Ok(receipt.clone()));
        }
        let stretched = &vector["stretched"];
        if !stretched.is_null() {
            stretched_ones += 1;
            let root = stretch(&receipt, &SiteSalt(hex(stretched, "site_salt").try_into().unwrap())).unwrap();
            assert_eq!(*root.to_bytes(), hex32(stretched, "root"));
            assert_eq!(root.locate(&hex32(stretched, "pepper")), hex32(stretched, "locate"));
            assert_eq!(*root.mailbox().seed(), hex32(stretched, "mailbox_seed"));
            assert_eq!(root.mailbox().public().fingerprint(), hex32(stretched, "mailbox_fingerprint"));
        }
    }
    assert_eq!(stretched_ones, 1);
}

#[test]
fn columns() {
    let made = || {
        let mut rng = rng(21);
        let contents: [&[u8]; 3] = [b"", b"a@example.org", "ședință la 9:00".as_bytes()];
        let seal = |content: &[u8]| {
            let key = *InstanceKey::generate(&mut rng).to_bytes();
            let (organisation, row) = (random_id(&mut rng), random_id(&mut rng));
            let place = ColumnPlace { organisation, zone: "helpline", table: "contacts", row, column: "header" };
            let sealed = DataKeyRing::new(5, &key).seal(&place, content, &mut rng);
            json!({
                "key": HEXLOWER.encode(&key), "epoch": 5, "organisation": organisation, "zone": "helpline", "table": "contacts", "row": row,
                "column": "header", "plaintext": HEXLOWER.encode(content), "sealed": HEXLOWER.encode(&sealed),
            })
        };
        contents.map(seal).to_vec()
    };
    for vector in vectors("column", made) {
        let place = ColumnPlace {
            organisation: uuid(&vector, "organisation"),
            zone: text(&vector, "zone"),
            table: text(&vector, "table"),
            row: uuid(&vector, "row"),
            column: text(&vector, "column"),
        };
        let ring = DataKeyRing::new(number(&vector, "epoch") as u32, &hex32(&vector, "key"));
        assert_eq!(ring.open(&place, &hex(&vector, "sealed")).unwrap().as_slice(), hex(&vector, "plaintext"));
    }
}

#[test]
fn envelopes() {
    let made = || {
        let mut rng = rng(22);
        let mut made = Vec::new();
        for (name, kind) in KINDS {
            let signer = (name == "team grant").then(|| SigningKey::generate(&mut rng));
            let (organisation, record) = (random_id(&mut rng), random_id(&mut rng));
            let place = EnvelopePlace { kind, organisation, zone: "helpline", epoch: 12, record };
            let seed = *InstanceKey::generate(&mut rng).to_bytes();
            let content = format!("a {name}");
            let (role, key): (&str, Box<dyn plainsight_vault::Recipient>) = match kind {
                Kind::Message => ("mailbox", Box::new(SecretKey::<Mailbox>::from_seed(seed).public())),
                Kind::TeamGrant => ("member", Box::new(SecretKey::<Member>::from_seed(seed).public())),
                _ => ("team", Box::new(SecretKey::<Team>::from_seed(seed).public())),
            };
            let sealed = match &signer {
                None => envelope::seal(&place, &[key.as_ref()], content.as_bytes(), &mut rng),
                Some(signer) => envelope::seal_signed(&place, &[key.as_ref()], content.as_bytes(), signer, &mut rng),
            };
            made.push(json!({
                "kind": name, "organisation": organisation, "zone": "helpline", "epoch": 12, "record": record, "role": role,
                "seed": HEXLOWER.encode(&seed), "signer": signer.map(|signer| HEXLOWER.encode(&signer.verifying_key().to_bytes())),
                "plaintext": HEXLOWER.encode(content.as_bytes()), "sealed": BASE64.encode(&sealed.unwrap()),
            }));
        }
        made
    };
    let read = vectors("envelope", made);
    assert_eq!(read.len(), KINDS.len());
    for vector in read {
        let (_, kind) = KINDS.into_iter().find(|(name, _)| *name == text(&vector, "kind")).unwrap();
        let place = EnvelopePlace {
            kind,
            organisation: uuid(&vector, "organisation"),
            zone: text(&vector, "zone"),
            epoch: number(&vector, "epoch") as u32,
            record: uuid(&vector, "record"),
        };
        let (sealed, seed) = (base64(&vector, "sealed"), hex32(&vector, "seed"));
        let opened = match text(&vector, "role") {
            "mailbox" => envelope::open(&sealed, &place, &SecretKey::<Mailbox>::from_seed(seed)),
            "team" => envelope::open(&sealed, &place, &SecretKey::<Team>::from_seed(seed)),
            "member" => {
                let signer = plainsight_vault::VerifyingKey::from_bytes(&hex(&vector, "signer")).unwrap();
                envelope::open_signed(&sealed, &place, &SecretKey::<Member>::from_seed(seed), &[signer]).map(|opened| opened.plaintext)
            }
            other => panic!("unknown role {other}"),
        };
        assert_eq!(opened.unwrap().as_slice(), hex(&vector, "plaintext"));
        assert_eq!(envelope::outside(&sealed).unwrap().kind, kind);
    }
}

#[test]
fn form_states() {
    let made = || {
        let mut rng = rng(23);
        let master = *InstanceKey::generate(&mut rng).to_bytes();
        let now = 1_795_500_000;
        let keys = DayKeys::derive(&master, DayKeys::day_of(now));
        let state = keys.seal(b"typed", now, &mut rng).unwrap();
        vec![json!({
            "master": HEXLOWER.encode(&master), "day": keys.day(), "sealed_at": now, "plaintext": HEXLOWER.encode(b"typed"), "state": state,
        })]
    };
    for vector in vectors("form_state", made) {
        let keys = DayKeys::derive(&hex32(&vector, "master"), number(&vector, "day") as i64);
        let sealed_at = number(&vector, "sealed_at") as i64;
        let opened = keys.open(text(&vector, "state"), sealed_at + 60).unwrap();
        assert_eq!(opened.plaintext.as_slice(), hex(&vector, "plaintext"));
        assert_eq!((opened.sealed_at, opened.expired), (sealed_at, false));
    }
}

#[test]
fn passwords() {
    let made = || {
        let mut rng = rng(24);
        let pepper = *InstanceKey::generate(&mut rng).pepper();
        let wrapped =
            wrap_member(b"a member's secret", "correct horse battery staple", &pepper, &mut rng, PasswordCost::light_for_tests_only());
        vec![json!({
            "password": "correct horse battery staple", "pepper": HEXLOWER.encode(&pepper), "secret": HEXLOWER.encode(b"a member's secret"),
            "wrapped": HEXLOWER.encode(&wrapped.unwrap()),
        })]
    };
    for vector in vectors("password", made) {
        let secret = unwrap_member(&hex(&vector, "wrapped"), text(&vector, "password"), &hex32(&vector, "pepper")).unwrap();
        assert_eq!(secret.as_slice(), hex(&vector, "secret"));
    }
}

#[test]
fn instances() {
    let derive = |key: [u8; 32]| {
        let key = InstanceKey::from_bytes(key);
        json!({
            "key": HEXLOWER.encode(key.to_bytes().as_slice()),
            "pepper": HEXLOWER.encode(key.pepper().as_slice()),
            "signing_public": HEXLOWER.encode(&key.signing_key().verifying_key().to_bytes()),
            "form_state_master": HEXLOWER.encode(key.subkey("form-state").as_slice()),
        })
    };
    for vector in vectors("instance", || vec![derive([0; 32]), derive(*InstanceKey::generate(&mut rng(25)).to_bytes())]) {
        assert_eq!(derive(hex32(&vector, "key")), vector);
    }
}
