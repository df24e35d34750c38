//! Signed heads and their text.

use plainsight_ledger::{Broken, HeadError, LedgerError, UntrustedHead, Why, sign_head, verify};
use plainsight_testkit::{TestDb, on_both};
use plainsight_vault::SigningKey;

use crate::world::{self, AT, ORGANISATION, OTHER, ZONE};

fn key() -> SigningKey {
    SigningKey::from_bytes([3; 32])
}

async fn text() -> String {
    let db = TestDb::sqlite(&world::migrations()).await;
    world::append(&db, ORGANISATION, ZONE, 1..4).await;
    sign_head(db.content().read(), ORGANISATION, ZONE, &key(), AT).await.unwrap().to_text()
}

#[tokio::test]
async fn a_head_survives_its_text_and_the_growth_of_the_chain() {
    on_both(world::migrations(), |db| async move {
        world::append(&db, ORGANISATION, ZONE, 1..4).await;
        let read = db.content().read();
        let head = sign_head(read, ORGANISATION, ZONE, &key(), AT).await.unwrap();
        assert_eq!((head.entries(), head.signed()), (3, AT));
        let again = UntrustedHead::parse(&head.to_text()).unwrap().trust(&key().verifying_key()).unwrap();
        assert_eq!(again, head);
        world::append(&db, ORGANISATION, ZONE, 4..9).await;
        assert_eq!(verify(read, ORGANISATION, ZONE, Some(&again)).await.unwrap().entries, 8);
        let other = verify(read, OTHER, ZONE, Some(&again)).await.unwrap_err();
        assert_eq!(other, LedgerError::Broken(Broken { at: 0, why: Why::OtherChain }));
    })
    .await;
}

#[tokio::test]
async fn a_broken_chain_is_not_signed() {
    on_both(world::migrations(), |db| async move {
        world::append(&db, ORGANISATION, ZONE, 1..4).await;
        world::tamper(&db, "UPDATE ledger_entries SET hour = hour + 3600 WHERE seq = 2", vec![]).await;
        let refused = sign_head(db.content().read(), ORGANISATION, ZONE, &key(), AT).await.unwrap_err();
        assert_eq!(refused, LedgerError::Broken(Broken { at: 2, why: Why::Changed }));
    })
    .await;
}

/// Any change of the text is found: as a line that cannot be read, another key, or a signature that does not fit.
#[tokio::test]
async fn any_changed_character_of_a_head_is_found() {
    let text = text().await;
    let original = UntrustedHead::parse(&text).unwrap();
    for (place, character) in text.char_indices() {
        for other in ['0', '1', 'f', 'z', '=', '\n', 'é'] {
            if other == character {
                continue;
            }
            let mut changed = text.clone();
            changed.replace_range(place..place + character.len_utf8(), &other.to_string());
            match UntrustedHead::parse(&changed) {
                Err(_) => {}
                // Capital digits, a longer spelling of the same time: the same head.
                Ok(same) if same == original => {}
                Ok(head) => assert!(head.trust(&key().verifying_key()).is_err(), "{changed}"),
            }
        }
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_head_is_named() {
    let text = text().await;
    let parse = |text: &str| UntrustedHead::parse(text).map(drop);
    let without = |name: &str| text.lines().filter(|line| !line.starts_with(name)).collect::<Vec<_>>().join("\n");
    assert_eq!(parse(""), Err(HeadError::Missing { name: "plainsight-ledger-head" }));
    assert_eq!(parse(&without("signature")), Err(HeadError::Missing { name: "signature" }));
    assert_eq!(parse(&without("hash")), Err(HeadError::Missing { name: "hash" }));
    assert_eq!(parse(&text.replace("entries=3", "entries=-3")), Err(HeadError::Malformed { name: "entries" }));
    assert_eq!(parse(&text.replace("entries=3", "entries=3\nentries=3")), Err(HeadError::Unexpected { line: 5 }));
    assert_eq!(parse(&format!("{text}note=by hand")), Err(HeadError::Unexpected { line: 9 }));
    assert_eq!(parse(&text.replace("ledger-head=1", "ledger-head=2")), Err(HeadError::UnknownVersion { version: "2".to_owned() }));
    let trust = |text: &str, key: SigningKey| UntrustedHead::parse(text).unwrap().trust(&key.verifying_key()).map(drop);
    assert_eq!(trust(&text, SigningKey::from_bytes([4; 32])), Err(HeadError::OtherKey));
    assert_eq!(trust(&text.replace("entries=3", "entries=2"), key()), Err(HeadError::BadSignature));
    // Typed in from paper: other line ends, order and spaces.
    let mut lines: Vec<String> = text.lines().map(|line| format!("  {} ", line.replacen('=', " = ", 1))).collect();
    lines.reverse();
    assert_eq!(trust(&lines.join("\r\n\r\n"), key()), Ok(()));
}

#[test]
fn hostile_text_is_refused_without_a_panic() {
    let seeds = ["", "=", "\u{feff}", "plainsight-ledger-head=1", "signature=\u{0}", "entries=99999999999999999999999"];
    for seed in seeds {
        assert!(UntrustedHead::parse(seed).is_err());
        assert!(UntrustedHead::parse(&seed.repeat(10_000)).is_err());
    }
}
