//! What somebody can do to a recovery who writes the database past the desk: spoil it, and nothing more.

use plainsight_people::acts::recovery::{agree, ask, list_recovery, make_recovery, stop, try_share};
use plainsight_people::recovery::{Concern, RecoveryRefused, WAIT};
use sea_orm::Value;
use uuid::Uuid;

use crate::recovery::{Office, finish_as, refusal, ripe, tell_all};
use crate::world::{Person, World, on_both};

const SHARE: [&str; 9] = ["organisation", "zone", "officer", "number", "position", "commitment", "tried_at", "proof", "sealed"];
const ANSWER: [&str; 5] = ["organisation", "request", "officer", "proof", "sealed"];

async fn tries(world: &World, person: &Person) -> RecoveryRefused {
    refusal(try_share(&world.people, &*world.unlocked(person).await, "helpline").await)
}

fn of(column: &'static str, id: Uuid) -> [(&'static str, Value); 1] {
    [(column, id.into())]
}

#[tokio::test]
async fn a_share_in_another_place_counts_for_nothing() {
    on_both(|world| async move {
        let office = Office::open(&world).await;
        // Ben's share copied to Ana, who is no officer.
        world.copy_row("recovery_shares", &SHARE, &of("officer", office.ben.id), &[("officer", office.ana.id.into())]).await;
        assert_eq!(tries(&world, &office.ana).await, RecoveryRefused::NotAnOfficer);
        // Mara's row with what was sealed to Ben; another place, another number, another hash, no proof.
        let mara = of("officer", office.mara.id);
        let theirs = world.cell("recovery_shares", "sealed", &of("officer", office.ben.id)).await.unwrap();
        let forged: [(&str, Value); 5] = [
            ("sealed", theirs.into()),
            ("position", 1.into()),
            ("number", 2.into()),
            ("commitment", vec![0_u8; 32].into()),
            ("proof", vec![0_u8; 32].into()),
        ];
        for (column, value) in forged {
            let (kept_bytes, kept_number): (Option<Vec<u8>>, i32) = match column {
                "position" => (None, 2),
                "number" => (None, 1),
                _ => (world.cell("recovery_shares", column, &mara).await, 0),
            };
            world.overwrite("recovery_shares", column, value, &mara).await;
            assert_eq!(tries(&world, &office.mara).await, RecoveryRefused::NotAnOfficer, "{column}");
            let back: Value = kept_bytes.map_or_else(|| kept_number.into(), Into::into);
            world.overwrite("recovery_shares", column, back, &mara).await;
        }
        try_share(&world.people, &*world.unlocked(&office.mara).await, "helpline").await.unwrap();
        // The date of one officer's drill is not that of another's.
        let tried = world.cell("recovery_shares", "tried_at", &mara).await.unwrap();
        world.overwrite("recovery_shares", "tried_at", tried, &of("officer", office.olu.id)).await;
        let concerns = list_recovery(&world.people, world.now()).await.unwrap()[0].concerns(world.now());
        assert_eq!(concerns, [Concern::DrillDue(vec![office.ben.id, office.olu.id])]);
    })
    .await;
}

/// The shares of a key that was replaced make neither the old key nor the new one.
#[tokio::test]
async fn a_share_of_an_older_key_is_refused() {
    on_both(|world| async move {
        let office = Office::open(&world).await;
        let mara = of("officer", office.mara.id);
        let mut old: Vec<(&str, Value)> = Vec::new();
        for column in ["commitment", "proof", "sealed"] {
            old.push((column, world.cell("recovery_shares", column, &mara).await.unwrap().into()));
        }
        office.make(&world, &office.ana, 2).await.unwrap();
        for (column, value) in old {
            world.overwrite("recovery_shares", column, value, &mara).await;
        }
        assert_eq!(tries(&world, &office.mara).await, RecoveryRefused::NotAnOfficer);
        let nia = world.adviser("nia").await;
        let request = office.ask(&world, &office.ben, &nia).await.unwrap();
        assert_eq!(refusal(agree(&world.people, &*world.unlocked(&office.mara).await, request).await), RecoveryRefused::NotAnOfficer);
        // A key that is asked for stands until that is over, and what was asked of the key before stays over.
        assert_eq!(refusal(office.make(&world, &office.ana, 2).await), RecoveryRefused::AskedFor);
        stop(&world.people, &*world.unlocked(&office.ana).await, request).await.unwrap();
        office.make(&world, &office.ana, 2).await.unwrap();
        assert_eq!(refusal(agree(&world.people, &*world.unlocked(&office.mara).await, request).await), RecoveryRefused::Over);
    })
    .await;
}

#[tokio::test]
async fn an_agreement_that_was_forged_or_moved_does_not_count() {
    on_both(|world| async move {
        let office = Office::open(&world).await;
        let nia = world.adviser("nia").await;
        let (ben, mara) = (world.unlocked(&office.ben).await, world.unlocked(&office.mara).await);
        // Two requests, to each of which one officer agreed.
        let first = ask(&world.people, &ben, &[office.team], nia.id, "one").await.unwrap();
        let second = ask(&world.people, &mara, &[office.team], nia.id, "two").await.unwrap();
        for request in [first, second] {
            tell_all(&world, request).await;
        }
        world.clock.advance(WAIT);
        let few = RecoveryRefused::TooFew { agreed: 1, need: 2 };
        // Mara's agreement to the second, moved to the first; Ben's to the first, copied under another name.
        world.copy_row("recovery_answers", &ANSWER, &of("request", second), &[("request", first.into())]).await;
        assert_eq!(refusal(finish_as(&world, &nia, first).await), few);
        world
            .copy_row(
                "recovery_answers",
                &ANSWER,
                &[("request", first.into()), ("officer", office.ben.id.into())],
                &[("officer", office.olu.id.into())],
            )
            .await;
        assert_eq!(refusal(finish_as(&world, &nia, first).await), few);
        assert!(world.unlocked(&nia).await.newest(office.team).is_none());
        // In its own place it counts, beside whatever else lies there.
        agree(&world.people, &*world.unlocked(&office.mara).await, second).await.unwrap_err();
        agree(&world.people, &ben, second).await.unwrap();
        finish_as(&world, &nia, second).await.unwrap();
    })
    .await;
}

/// The member whom a request names, the moment of telling, the key and what it covers: a changed row is refused.
#[tokio::test]
async fn changed_requests_keys_and_covers_are_refused() {
    on_both(|world| async move {
        let office = Office::open(&world).await;
        let (nia, mal) = (world.adviser("nia").await, world.adviser("mal").await);
        let request = ripe(&world, &office, &nia).await;
        let row = of("id", request);
        world.overwrite("recovery_requests", "target", mal.id, &row).await;
        assert_eq!(refusal(finish_as(&world, &mal, request).await), RecoveryRefused::NotOurRow);
        assert!(list_recovery(&world.people, world.now()).await.unwrap()[0].requests.is_empty());
        world.overwrite("recovery_requests", "target", nia.id, &row).await;

        // The day of an older request does not become that of a new one.
        let told = world.cell("recovery_requests", "about", &row).await.unwrap();
        let new = office.ask(&world, &office.ben, &nia).await.unwrap();
        world.overwrite("recovery_requests", "about", told, &of("id", new)).await;
        assert_eq!(refusal(finish_as(&world, &nia, new).await), RecoveryRefused::NotOurRow);

        // A key of somebody's own in place of the recovery key: it is worth nothing, and nothing more is sealed to it.
        let zone: [(&str, Value); 1] = [("zone", "helpline".into())];
        let own = world.cell("members", "public_key", &of("id", mal.id)).await.unwrap();
        let kept = world.cell("recovery_keys", "public_key", &zone).await.unwrap();
        world.overwrite("recovery_keys", "public_key", own, &zone).await;
        assert_eq!(refusal(finish_as(&world, &nia, request).await), RecoveryRefused::NotOurRow);
        let before = world.cell("recovery_teams", "sealed", &of("team", office.team)).await;
        let ana = world.unlocked(&office.ana).await;
        plainsight_people::acts::team::rotate_team(&world.people, &ana, office.team).await.unwrap();
        assert_eq!(world.cell("recovery_teams", "sealed", &of("team", office.team)).await, before);
        world.overwrite("recovery_keys", "public_key", kept, &zone).await;

        // The key went on in between and is not covered: what is brought back would not be the newest.
        assert_eq!(refusal(finish_as(&world, &nia, request).await), RecoveryRefused::NotCovered);
        assert!(world.unlocked(&nia).await.newest(office.team).is_none());
        assert!(world.unlocked(&mal).await.newest(office.team).is_none());
    })
    .await;
}

/// A recovery key past the desk makes nobody an officer; a holder makes a good one in its place.
#[tokio::test]
async fn a_used_key_does_not_come_back_by_a_flag() {
    on_both(|world| async move {
        let office = Office::open(&world).await;
        let nia = world.adviser("nia").await;
        let request = ripe(&world, &office, &nia).await;
        finish_as(&world, &nia, request).await.unwrap();
        let zone: [(&str, Value); 1] = [("zone", "helpline".into())];
        world.overwrite("recovery_keys", "used", false, &zone).await;
        assert_eq!(refusal(office.ask(&world, &office.ben, &nia).await), RecoveryRefused::NotOurRow);
        let holder = world.unlocked(&nia).await;
        let (number, _) = make_recovery(&world.people, &holder, "helpline", &[office.ben.id, office.mara.id], 2).await.unwrap();
        assert_eq!(number, 2);
    })
    .await;
}
