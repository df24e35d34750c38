//! Which key opens which class of column (keys.md), with what somebody may have taken.

use plainsight_people::acts::member::reset_member;
use plainsight_people::acts::sign_in::unlock;
use plainsight_people::{People, Settings, SignedIn};
use plainsight_store::{Holder, StoreError, load_service_ring, work};
use plainsight_vault::{InstanceKey, Kind, SecretKey, Team, envelope};

use super::world::{CANARY, COMMAND_LINE, World, full_report, lies_in, on_both};
use crate::acts::answer::{note, reply};
use crate::acts::withdraw::{Withdrawn, withdraw};
use crate::cabinet::Cabinet;
use crate::records::{ZONE, contacts, keystore, papers};
use crate::trouble::Trouble;

/// P columns: report and papers of a contact, and the wrap of its key.
async fn people_sealed(world: &World, contact: uuid::Uuid) -> Vec<(Kind, Vec<u8>)> {
    let read = world.db.content().read();
    let mut columns = vec![(Kind::Report, world.row(contact).await.report)];
    for paper in papers::of_contact(read, world.organisation, contact).await.unwrap() {
        columns.push((if paper.kind == "note" { Kind::Note } else { Kind::Message }, paper.sealed));
    }
    for wrap in keystore::of_contact(world.db.keystore().read(), world.organisation, contact).await.unwrap() {
        columns.push((Kind::ContactKey, wrap.wrapped));
    }
    columns
}

#[tokio::test]
async fn an_unlocked_member_of_the_team_opens_p_and_s() {
    on_both(|world| async move {
        let filed = world.file(&full_report()).await;
        note(&world.desk, &world.ana, filed.contact, "a note".into()).await.unwrap();
        let opened = world.open(&world.ben, filed.contact).await.unwrap();
        assert!(opened.report == full_report());
        assert_eq!(opened.papers.len(), 1);
        assert_eq!(opened.header.team, world.team);
    })
    .await;
}

/// A seized running server where nobody of the team is signed in: S opens, P does not.
#[tokio::test]
async fn the_desk_without_a_member_of_the_team_reads_headers_and_no_content() {
    on_both(|world| async move {
        let filed = world.file(&full_report()).await;
        reply(&world.desk, &world.ana, filed.contact, "a reply".into(), false).await.unwrap();
        note(&world.desk, &world.ana, filed.contact, "a note".into()).await.unwrap();
        assert_eq!(world.header(filed.contact).await.team, world.team, "S opens");
        assert!(matches!(world.open(&world.new, filed.contact).await, Err(Trouble::NotFound)));
        // Every key that the process holds, tried on every P column.
        let columns = people_sealed(&world, filed.contact).await;
        assert_eq!(columns.len(), 4);
        for (kind, sealed) in columns {
            for row in [filed.contact, world.team] {
                for column in ["report", "sealed", "wrapped"] {
                    assert!(world.desk.ring.open(&world.desk.column("helpline_contacts", row, column), &sealed).is_err());
                    assert!(world.desk.ring.open(&world.desk.column("helpline_papers", row, column), &sealed).is_err());
                }
            }
            let place = world.desk.envelope(kind, 1, filed.contact);
            for seed in [world.desk_key.to_bytes(), world.public_key.to_bytes(), world.pepper()] {
                assert!(envelope::open(&sealed, &place, &SecretKey::<Team>::from_seed(*seed)).is_err());
            }
            assert!(envelope::open(&sealed, &place, &world.new.unlocked.member).is_err());
        }
    })
    .await;
}

/// The public process holds no private key and no key to what the staff's tables hold.
#[tokio::test]
async fn the_public_process_opens_headers_and_neither_content_nor_staff() {
    on_both(|world| async move {
        let filed = world.file(&full_report()).await;
        let row = world.row(filed.contact).await;
        assert!(world.public.open_header(filed.contact, &row.header).is_ok(), "it must change headers when a reporter writes");
        let read = world.db.content().read();
        let staff = load_service_ring(read, world.organisation, "people", Holder::Public, &world.public_key).await;
        assert!(matches!(staff, Err(StoreError::NoServiceKey { .. })));
        let as_desk = load_service_ring(read, world.organisation, ZONE, Holder::Desk, &world.public_key).await;
        assert!(matches!(as_desk, Err(StoreError::Sealed { .. })));
        let (clock, entropy) = (world.clock.clone(), world.entropy.clone());
        assert!(People::open(&world.db, world.organisation, &world.public_key, clock, entropy, Settings::default()).await.is_err());
        for (kind, sealed) in people_sealed(&world, filed.contact).await {
            let place = world.public.envelope(kind, 1, filed.contact);
            let key = SecretKey::<Team>::from_seed(*world.public_key.to_bytes());
            assert!(envelope::open(&sealed, &place, &key).is_err());
            assert!(world.public.ring.open(&world.public.column("helpline_contacts", filed.contact, "report"), &sealed).is_err());
        }
    })
    .await;
}

/// A copy of both databases without the key files: only C is read.
#[tokio::test]
async fn a_stolen_copy_without_the_key_files_opens_nothing_sealed() {
    on_both(|world| async move {
        let filed = world.file(&full_report()).await;
        let stranger = InstanceKey::generate(&mut world.entropy.rng());
        for holder in [Holder::Desk, Holder::Public] {
            let taken = Cabinet::open(
                &world.db,
                world.organisation,
                (holder, &stranger),
                world.clock.clone(),
                world.entropy.clone(),
                world.desk.tombstones.clone(),
            )
            .await;
            assert!(matches!(taken.err(), Some(StoreError::Sealed { .. })));
        }
        let (clock, entropy) = (world.clock.clone(), world.entropy.clone());
        assert!(People::open(&world.db, world.organisation, &stranger, clock, entropy, Settings::default()).await.is_err());
        let stored = world.everything_stored().await;
        for text in [CANARY, "ana@example.org", "\"urgency\"", "Night team", &filed.receipt.digits()] {
            assert!(!lies_in(&stored, text), "{text}");
        }
    })
    .await;
}

/// Erasure reaches into backups: content of before, keystore of after.
#[tokio::test]
async fn an_old_backup_of_the_content_does_not_open_after_the_key_was_erased() {
    on_both(|world| async move {
        let filed = world.file(&full_report()).await;
        let backup = world.row(filed.contact).await;
        assert_eq!(withdraw(&world.public, &world.pepper(), &filed.root).await.unwrap(), Withdrawn::Erased);
        world.run("DELETE FROM helpline_contacts").await;
        let restore = backup.clone();
        world
            .db
            .content()
            .tx("test.restore", work!([restore], |tx| contacts::insert(tx, restore).await.map_err(StoreError::from)))
            .await
            .unwrap();
        assert!(!world.row(filed.contact).await.report.is_empty());
        for who in [&world.sue, &world.ana, &world.ben] {
            assert!(matches!(world.open(who, filed.contact).await, Err(Trouble::Erased)));
        }
        // Not with the team's key in hand either.
        let place = world.desk.envelope(Kind::Report, 1, filed.contact);
        let team_key = world.sue.unlocked.team_key(world.team, 1).unwrap();
        assert!(envelope::open(&backup.report, &place, team_key).is_err());
        assert!(envelope::open(&backup.report, &place, &filed.root.mailbox()).is_err());
    })
    .await;
}

/// keys.md: an administrator's reset gives an account without keys.
#[tokio::test]
async fn an_administrator_who_resets_every_account_reads_nothing() {
    on_both(|world| async move {
        let filed = world.file(&full_report()).await;
        let mut taken_over = Vec::new();
        for who in [&world.sue, &world.ana, &world.ben, &world.new] {
            let handed = reset_member(&world.people, COMMAND_LINE, who.member.id, None).await.unwrap();
            let proved = unlock(&world.people, handed.id, handed.words.unwrap()).await.unwrap();
            taken_over.push(SignedIn { member: proved.member, unlocked: proved.unlocked, proved: world.now() });
        }
        for who in &taken_over {
            assert_eq!(who.unlocked.held_teams().count(), 0);
            assert!(matches!(world.open(who, filed.contact).await, Err(Trouble::NotFound)));
            assert!(plainsight_people::acts::team::grant_team(&world.people, &who.unlocked, world.team, who.member.id).await.is_err());
        }
        assert!(!world.header(filed.contact).await.flags.read);
    })
    .await;
}
