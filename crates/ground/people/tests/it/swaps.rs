//! What is sealed is sealed into its place: copied into another row it does not open, whoever it is copied by.

use std::collections::BTreeSet;

use plainsight_people::acts::member::list_members;
use plainsight_people::acts::passkey::list_passkeys;
use plainsight_people::acts::recovery::{ZoneRecovery, ask, list_recovery, make_recovery, try_share};
use plainsight_people::acts::rota::{NewSlot, absences, add_absence, add_slot, pager, set_pager, slots};
use plainsight_people::acts::sign_in::{SignInError, unlock};
use plainsight_people::acts::team::{create_team, list_teams, rotate_team};
use plainsight_people::desk_memory::SessionKey;
use plainsight_people::{ActError, tables};
use plainsight_store::Class;
use sea_orm::Value;
use time::Duration;
use uuid::Uuid;

use crate::authenticator::Passkey;
use crate::browser::Browser;
use crate::world::{ADMINISTRATION, Person, World, on_both};

/// Keyed hashes for looking up, and proofs that the desk wrote a row. They hold nothing that could be opened; what a copied
/// one does is tested with grants and sign-ins.
const HASHES: [(&str, &str); 10] = [
    ("members", "name_blind"),
    ("members", "email_blind"),
    ("members", "keys_proof"),
    ("team_epochs", "proof"),
    ("grants", "proof"),
    ("recovery_keys", "proof"),
    ("recovery_shares", "proof"),
    ("recovery_teams", "proof"),
    ("recovery_requests", "proof"),
    ("recovery_answers", "proof"),
];

/// Two of everything.
struct Two {
    members: [Person; 2],
    teams: [Uuid; 2],
    browsers: [Browser; 2],
    turns: [Uuid; 2],
    absences: [Uuid; 2],
    passkeys: [Uuid; 2],
    /// A team in each of two zones with a recovery key of its own, and a request for each.
    covered: [Uuid; 2],
    requests: [Uuid; 2],
}

/// The two zones of the recovery keys.
const ZONES: [&str; 2] = ["helpline", "care"];

impl Two {
    async fn of(world: &World) -> Self {
        let both = ["helpline:adviser", "care:navigator"];
        let members = [world.add("ana", &both).await, world.add("ben", &both).await];
        let teams = [world.team(&members[0]).await, world.team(&members[1]).await];
        let mut browsers = [Browser::at(&world.people), Browser::at(&world.people)];
        let (mut turns, mut away) = ([Uuid::nil(); 2], [Uuid::nil(); 2]);
        let mut passkeys = [Uuid::nil(); 2];
        for at in 0..2 {
            let member = &members[at];
            rotate_team(&world.people, &*world.unlocked(member).await, teams[at]).await.unwrap();
            set_pager(&world.people, ADMINISTRATION, member.id, Some("pager@example.org")).await.unwrap();
            let turn = NewSlot { team: teams[at], member: member.id, weekday: 1, from: 0, to: 480, zone: "UTC" };
            turns[at] = add_slot(&world.people, ADMINISTRATION, &turn).await.unwrap();
            let now = world.now();
            away[at] = add_absence(&world.people, ADMINISTRATION, member.id, now, now + Duration::days(1)).await.unwrap();
            passkeys[at] = world.add_passkey(member, &mut Passkey::new(if at == 0 { 1 } else { 2 }), "telephone").await.unwrap();
            browsers[at].sign_in(world, member).await;
        }
        let mut covered = teams;
        let mut requests = [Uuid::nil(); 2];
        covered[1] = create_team(&world.people, &*world.unlocked(&members[1]).await, ZONES[1], "Care desk").await.unwrap();
        let officers = [members[0].id, members[1].id];
        for at in 0..2 {
            let maker = world.unlocked(&members[at]).await;
            make_recovery(&world.people, &maker, ZONES[at], &officers, 2).await.unwrap();
            for member in &members {
                try_share(&world.people, &*world.unlocked(member).await, ZONES[at]).await.unwrap();
            }
            requests[at] = ask(&world.people, &maker, &[covered[at]], members[1].id, "gone").await.unwrap();
        }
        world.clock.advance(Duration::minutes(1));
        Self { members, teams, browsers, turns, absences: away, passkeys, covered, requests }
    }

    /// The key of the first or second row of a table; of epochs the second, which has one before it.
    fn key(&self, table: &str, at: usize) -> Vec<(&'static str, Value)> {
        match table {
            "members" => vec![("id", self.members[at].id.into())],
            "teams" => vec![("id", self.teams[at].into())],
            "team_epochs" => vec![("team", self.teams[at].into()), ("epoch", 2.into())],
            "grants" => vec![("team", self.teams[at].into())],
            "sessions" => vec![("key", SessionKey::of(self.browsers[at].session()).0.to_vec().into())],
            "rota_absences" => vec![("id", self.absences[at].into())],
            "passkeys" => vec![("id", self.passkeys[at].into())],
            "rota" => vec![("id", self.turns[at].into())],
            "recovery_keys" => vec![("zone", ZONES[at].into())],
            "recovery_shares" => vec![("zone", ZONES[1].into()), ("officer", self.members[at].id.into())],
            "recovery_teams" => vec![("team", self.covered[at].into())],
            "recovery_requests" => vec![("id", self.requests[at].into())],
            "recovery_answers" => vec![("request", self.requests[at].into())],
            other => panic!("{other} has a sealed column and no key here"),
        }
    }

    /// How recovery stands in the second zone.
    async fn care(&self, world: &World) -> Result<ZoneRecovery, ActError> {
        let zones = list_recovery(&world.people, world.now()).await?;
        Ok(zones.into_iter().find(|it| it.zone == ZONES[1]).expect("the second zone"))
    }

    /// Whether the second row's value is read as if nothing were amiss.
    async fn opens(&mut self, world: &World, table: &str, column: &str) -> bool {
        let (ben, team) = (&self.members[1], self.teams[1]);
        match (table, column) {
            ("members", "profile" | "roles") => list_members(&world.people).await.is_ok(),
            ("members", "code_secret" | "code_used") => {
                world.clock.advance(Duration::minutes(1));
                world.sign_in(ben).await.is_ok()
            }
            ("members", "pager") => pager(&world.people, ben.id).await.is_ok(),
            ("members", "wrapped") => {
                // With either password: Ana's opens her secret, but it is not Ben's.
                let mut opened = false;
                for member in &self.members {
                    let tried = unlock(&world.people, ben.id, member.password.clone().into()).await;
                    assert!(tried.is_ok() || matches!(tried, Err(SignInError::Refused | SignInError::Act(ActError::Sealed("members")))));
                    opened |= tried.is_ok();
                }
                opened
            }
            ("teams", "name") | ("team_epochs", "made_at") => list_teams(&world.people, world.now()).await.is_ok(),
            ("team_epochs", "previous") => world.unlocked(ben).await.team_key(team, 1).is_some(),
            ("grants", "sealed") => world.unlocked(ben).await.newest(team).is_some(),
            ("sessions", "data") => self.browsers[1].is_in().await,
            ("rota_absences", "absence") => absences(&world.people).await.is_ok(),
            ("passkeys", "credential" | "used") => {
                list_passkeys(&world.people, ben.id).await.is_ok_and(|all| all.iter().any(|it| it.known.is_some()))
            }
            ("rota", "slot") => slots(&world.people, team).await.is_ok(),
            ("recovery_keys", "made_at") => self.care(world).await.unwrap().key.unwrap().made_at.is_some(),
            ("recovery_shares", "sealed") => try_share(&world.people, &*world.unlocked(ben).await, ZONES[1]).await.is_ok(),
            ("recovery_shares", "tried_at") => {
                let care = self.care(world).await.unwrap();
                care.key.unwrap().officers.iter().all(|officer| officer.tried.is_some())
            }
            ("recovery_teams", "sealed") => self.care(world).await.unwrap().covered == [self.covered[1]],
            ("recovery_requests", "about") => self.care(world).await.is_ok_and(|care| care.requests.len() == 1),
            ("recovery_answers", "sealed") => self.care(world).await.unwrap().requests[0].agreed.len() == 1,
            other => panic!("{other:?} is sealed, and nothing here reads it"),
        }
    }
}

#[tokio::test]
async fn no_sealed_value_opens_in_another_row() {
    on_both(|world| async move {
        let mut two = Two::of(&world).await;
        let hashes = BTreeSet::from(HASHES);
        let sealed = tables().iter().flat_map(|table| {
            let columns = table.columns.iter().filter(|(_, class)| *class != Class::Clear);
            columns.map(|(column, _)| (table.table, *column)).filter(|place| !hashes.contains(place))
        });
        for (table, column) in sealed {
            assert!(two.opens(&world, table, column).await, "{table}.{column} does not open in its own row");
            let (from, to) = (two.key(table, 0), two.key(table, 1));
            let own = world.cell(table, column, &to).await.unwrap();
            let others = world.cell(table, column, &from).await.unwrap();
            assert_ne!(own, others, "{table}.{column}");
            world.overwrite(table, column, others, &to).await;
            assert!(!two.opens(&world, table, column).await, "{table}.{column} opens in another row");
            world.overwrite(table, column, own, &to).await;
            // A session that was found damaged may have been locked.
            world.clock.advance(Duration::minutes(1));
            two.browsers[1].sign_in(&world, &two.members[1]).await;
        }
    })
    .await;
}

/// The moments of two epochs of one team do not change places either: an old key would look new.
#[tokio::test]
async fn the_age_of_an_epoch_is_its_own() {
    on_both(|world| async move {
        let two = Two::of(&world).await;
        let (first, second) = ([("team", two.teams[0].into()), ("epoch", 1.into())], [("team", two.teams[0].into()), ("epoch", 2.into())]);
        let made = world.cell("team_epochs", "made_at", &first).await.unwrap();
        world.overwrite("team_epochs", "made_at", made, &second).await;
        assert!(matches!(list_teams(&world.people, world.now()).await, Err(ActError::Sealed("team_epochs"))));
    })
    .await;
}

/// A whole account copied over another, keys and proof with it, lets nobody in: the proof says whose keys they are.
#[tokio::test]
async fn a_copied_account_admits_nobody() {
    on_both(|world| async move {
        let two = Two::of(&world).await;
        let [ana, ben] = &two.members;
        for column in ["wrapped", "public_key", "verifying_key", "keys_proof"] {
            let others = world.cell("members", column, &[("id", ana.id.into())]).await.unwrap();
            world.overwrite("members", column, others, &[("id", ben.id.into())]).await;
        }
        let as_ben = world.try_sign_in("ben", &ana.password, &world.code(ben)).await;
        assert!(matches!(as_ben, Err(SignInError::Act(ActError::Sealed("members")))));
        assert!(unlock(&world.people, ben.id, ana.password.clone().into()).await.is_err());
    })
    .await;
}
