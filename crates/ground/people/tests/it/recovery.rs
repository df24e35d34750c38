//! Recovery: k of n officers bring a team's key back, after a day in which anybody concerned could say stop.

use plainsight_people::acts::member::{change_roles, close_member, reset_member};
use plainsight_people::acts::recovery::{
    Due, addresses, agree, ask, begin_telling, cover_teams, finish, list_recovery, make_recovery, note_told, stop, try_share,
};
use plainsight_people::acts::rota::set_pager;
use plainsight_people::acts::team::{create_team, grant_team, list_teams, remove_from_team, rotate_team, team_public_key};
use plainsight_people::recovery::{Concern, LASTS, RecoveryRefused, WAIT};
use plainsight_people::{ActError, RoleConflict};
use plainsight_vault::{EnvelopePlace, Kind, envelope};
use time::Duration;
use uuid::Uuid;

use crate::world::{ADMINISTRATION, Person, World, on_both, roles};

/// A night desk that Ana alone holds, and three officers of whom two are needed. Ben is an adviser, Mara and Olu are not.
pub(crate) struct Office {
    pub(crate) ana: Person,
    pub(crate) ben: Person,
    pub(crate) mara: Person,
    pub(crate) olu: Person,
    pub(crate) team: Uuid,
}

impl Office {
    pub(crate) async fn open(world: &World) -> Self {
        let (ana, ben) = (world.adviser("ana").await, world.adviser("ben").await);
        let mara = world.add("mara", &["people:administrator"]).await;
        let olu = world.add("olu", &["care:navigator"]).await;
        let team = world.team(&ana).await;
        let office = Self { ana, ben, mara, olu, team };
        office.make(world, &office.ana, 2).await.unwrap();
        office
    }

    pub(crate) async fn make(&self, world: &World, maker: &Person, need: u8) -> Result<(u32, Vec<Uuid>), ActError> {
        let officers = [self.ben.id, self.mara.id, self.olu.id];
        make_recovery(&world.people, &*world.unlocked(maker).await, "helpline", &officers, need).await
    }

    pub(crate) async fn ask(&self, world: &World, officer: &Person, target: &Person) -> Result<Uuid, ActError> {
        ask(&world.people, &*world.unlocked(officer).await, &[self.team], target.id, "Ana is gone").await
    }
}

/// What is refused, by the rules of recovery.
pub(crate) fn refusal<T: std::fmt::Debug>(outcome: Result<T, ActError>) -> RecoveryRefused {
    match outcome {
        Err(ActError::Recovery(refused)) => refused,
        other => panic!("{other:?}"),
    }
}

async fn agree_as(world: &World, officer: &Person, request: Uuid) -> Result<(), ActError> {
    agree(&world.people, &*world.unlocked(officer).await, request).await
}

pub(crate) async fn finish_as(world: &World, member: &Person, request: Uuid) -> Result<Vec<Uuid>, ActError> {
    finish(&world.people, &*world.unlocked(member).await, request).await
}

/// Everybody with an open account is reached.
pub(crate) async fn tell_all(world: &World, request: Uuid) {
    let everybody = addresses(&world.people).await.unwrap().into_keys().collect();
    note_told(&world.people, request, &everybody).await.unwrap();
}

/// What the worker is to tell now, as if ten minutes had gone by since it last looked.
async fn to_tell(world: &World) -> Vec<Uuid> {
    world.clock.advance(Duration::minutes(10));
    begin_telling(&world.people).await.unwrap().into_iter().map(|due| due.request).collect()
}

async fn concerns(world: &World) -> Vec<Concern> {
    list_recovery(&world.people, world.now()).await.unwrap()[0].concerns(world.now())
}

async fn holds(world: &World, person: &Person, team: Uuid) -> bool {
    world.unlocked(person).await.newest(team).is_some()
}

/// Asked, agreed to by a second officer, told, and a day gone by.
pub(crate) async fn ripe(world: &World, office: &Office, target: &Person) -> Uuid {
    let request = office.ask(world, &office.ben, target).await.unwrap();
    agree_as(world, &office.mara, request).await.unwrap();
    tell_all(world, request).await;
    world.clock.advance(WAIT);
    request
}

/// The whole way: what was sealed while somebody still held the key opens for the member whom two officers named, and the
/// recovery key is worth nothing afterwards.
#[tokio::test]
async fn what_was_sealed_before_everybody_left_opens_again() {
    on_both(|world| async move {
        let office = Office::open(&world).await;
        rotate_team(&world.people, &*world.unlocked(&office.ana).await, office.team).await.unwrap();
        let (epoch, public) = team_public_key(world.db.content().read(), world.organisation, office.team).await.unwrap();
        let record = Uuid::from_u128(77);
        let place = EnvelopePlace { kind: Kind::ContactKey, organisation: world.organisation, zone: "helpline", epoch, record };
        let mut rng = <rand::rngs::StdRng as rand::SeedableRng>::seed_from_u64(3);
        let sealed = envelope::seal(&place, &[&public], b"the locked door", &mut rng).unwrap();
        let nia = world.adviser("nia").await;
        close_member(&world.people, ADMINISTRATION, office.ana.id).await.unwrap();
        assert!(list_teams(&world.people, world.now()).await.unwrap()[0].holders.is_empty(), "nobody holds it any more");

        let request = ripe(&world, &office, &nia).await;
        let before = world.unlocked(&nia).await;
        assert!(before.newest(office.team).is_none());
        assert_eq!(finish(&world.people, &before, request).await.unwrap(), [office.team]);
        let unlocked = world.unlocked(&nia).await;
        let key = unlocked.team_key(office.team, epoch).expect("the newest key");
        assert_eq!(envelope::open(&sealed, &place, key).unwrap().as_slice(), b"the locked door");
        assert!(unlocked.team_key(office.team, 1).is_some(), "and what was sealed to the epochs before it");

        // Used up: nothing more comes out of it, and the team is due for a key that it never covered.
        assert_eq!(concerns(&world).await, [Concern::UsedUp]);
        assert!(list_teams(&world.people, world.now()).await.unwrap()[0].rotation_due);
        for table in ["recovery_shares", "recovery_teams", "recovery_answers"] {
            assert_eq!(world.count(table, &[]).await, 0, "{table}");
        }
        assert_eq!(refusal(finish_as(&world, &nia, request).await), RecoveryRefused::Over);
        assert_eq!(refusal(office.ask(&world, &office.ben, &office.ben).await), RecoveryRefused::UsedUp);
        assert_eq!(refusal(try_share(&world.people, &*world.unlocked(&office.ben).await, "helpline").await), RecoveryRefused::UsedUp);
        rotate_team(&world.people, &unlocked, office.team).await.unwrap();
        assert_eq!(world.count("recovery_teams", &[]).await, 0, "nothing new is sealed to a used key");

        // A new one is made by whoever holds the key now.
        assert_eq!(office.make(&world, &nia, 2).await.unwrap(), (2, vec![office.team]));
        assert_eq!(concerns(&world).await, [Concern::DrillDue(vec![office.ben.id, office.mara.id, office.olu.id])]);
    })
    .await;
}

#[tokio::test]
async fn one_officer_too_few_gives_nothing() {
    on_both(|world| async move {
        let office = Office::open(&world).await;
        let nia = world.adviser("nia").await;
        let request = office.ask(&world, &office.ben, &nia).await.unwrap();
        tell_all(&world, request).await;
        world.clock.advance(WAIT);
        assert_eq!(refusal(finish_as(&world, &nia, request).await), RecoveryRefused::TooFew { agreed: 1, need: 2 });
        // The same officer twice, whoever is no officer, and an officer who finishes for themselves add nothing.
        assert_eq!(refusal(agree_as(&world, &office.ben, request).await), RecoveryRefused::AgreedAlready);
        for stranger in [&office.ana, &nia] {
            assert_eq!(refusal(agree_as(&world, stranger, request).await), RecoveryRefused::NotAnOfficer);
        }
        assert_eq!(refusal(finish_as(&world, &office.mara, request).await), RecoveryRefused::NotForYou);
        assert!(!holds(&world, &nia, office.team).await);
        agree_as(&world, &office.olu, request).await.unwrap();
        assert_eq!(finish_as(&world, &nia, request).await.unwrap(), [office.team]);
    })
    .await;
}

/// The day counts from when everybody was told, not from when somebody asked.
#[tokio::test]
async fn nothing_is_finished_before_everybody_was_told_for_a_day() {
    on_both(|world| async move {
        let office = Office::open(&world).await;
        let nia = world.adviser("nia").await;
        let request = office.ask(&world, &office.ben, &nia).await.unwrap();
        agree_as(&world, &office.mara, request).await.unwrap();
        world.clock.advance(WAIT * 2);
        assert_eq!(refusal(finish_as(&world, &nia, request).await), RecoveryRefused::NotToldYet);
        assert_eq!(to_tell(&world).await, [request]);
        tell_all(&world, request).await;
        let until = world.now() + WAIT;
        assert!(to_tell(&world).await.is_empty());
        world.clock.advance(until - world.now() - Duration::SECOND);
        // Told a second time, the day does not begin anew, nor earlier.
        tell_all(&world, request).await;
        assert_eq!(refusal(finish_as(&world, &nia, request).await), RecoveryRefused::TooEarly { until });
        assert!(!holds(&world, &nia, office.team).await);
        world.clock.advance(Duration::SECOND);
        finish_as(&world, &nia, request).await.unwrap();
        assert!(holds(&world, &nia, office.team).await);
    })
    .await;
}

/// What nothing can become of, or what is damaged, is told to nobody: else everybody would be paged for ever.
#[tokio::test]
async fn a_request_that_cannot_be_told_is_closed_and_holds_up_no_other() {
    on_both(|world| async move {
        let office = Office::open(&world).await;
        let nia = world.adviser("nia").await;
        office.ask(&world, &office.ben, &nia).await.unwrap();
        let told = office.ask(&world, &office.ben, &nia).await.unwrap();
        tell_all(&world, told).await;
        world.clock.advance(LASTS);
        let new = office.ask(&world, &office.ben, &nia).await.unwrap();
        assert_eq!(to_tell(&world).await, [new], "too old, with nobody to tell in between");
        assert_eq!(world.count("recovery_requests", &[("open", true.into())]).await, 1, "what is over is closed");
        assert_eq!(world.count("recovery_answers", &[]).await, 1, "and what officers gave to it is gone");
        assert_eq!(to_tell(&world).await, [new]);
        let closed: Vec<_> = world.entries().await.into_iter().filter(|entry| entry.act == "recovery.over").collect();
        assert_eq!(closed.len(), 2, "each once");

        // A row that was changed, and a recovery key that was: neither is told of, and both can be mended.
        let row = [("id", new.into())];
        world.overwrite("recovery_requests", "target", office.ana.id, &row).await;
        assert!(to_tell(&world).await.is_empty());
        world.overwrite("recovery_requests", "target", nia.id, &row).await;
        let zone = [("zone", "helpline".into())];
        world.overwrite("recovery_keys", "need", 1, &zone).await;
        assert!(to_tell(&world).await.is_empty());
        world.overwrite("recovery_keys", "need", 2, &zone).await;
        assert_eq!(to_tell(&world).await, [new]);
    })
    .await;
}

#[tokio::test]
async fn everybody_is_told_wherever_they_are_reached() {
    on_both(|world| async move {
        let office = Office::open(&world).await;
        let page = async |address: Option<&str>| set_pager(&world.people, ADMINISTRATION, office.ana.id, address).await.unwrap();
        page(Some("pager-ana@example.org")).await;
        close_member(&world.people, ADMINISTRATION, office.olu.id).await.unwrap();
        let told = async || {
            let mut told: Vec<String> =
                addresses(&world.people).await.unwrap().values().flatten().map(|it| it.address.to_string()).collect();
            told.sort();
            told
        };
        let own = ["ana@example.org", "ben@example.org", "mara@example.org", "pager-ana@example.org"];
        assert_eq!(told().await, own);
        // However often somebody else changes it, the member's own address hears of it for a month.
        for number in 0..9 {
            let elsewhere = format!("elsewhere-{number}@example.org");
            page(Some(&elsewhere)).await;
        }
        page(None).await;
        let all = told().await;
        assert!(own.iter().all(|address| all.iter().any(|it| it == address)), "{all:?}");
        world.clock.advance(Duration::days(30));
        assert_eq!(told().await, &own[..3]);
    })
    .await;
}

/// Whoever was not reached is tried again, and the day waits for the officers and holders, three days at most.
#[tokio::test]
async fn the_day_waits_for_who_could_say_stop() {
    on_both(|world| async move {
        let office = Office::open(&world).await;
        let nia = world.adviser("nia").await;
        let request = office.ask(&world, &office.ben, &nia).await.unwrap();
        agree_as(&world, &office.mara, request).await.unwrap();
        let due = begin_telling(&world.people).await.unwrap();
        let all = [office.ana.id, office.ben.id, office.mara.id, office.olu.id, nia.id].into();
        assert_eq!(due, [Due { request, unreached: all }]);
        assert!(begin_telling(&world.people).await.unwrap().is_empty(), "that they are tried is written down first");

        // All but Ana, who holds the key, and whose mail does not come through.
        let but_ana = [office.ben.id, office.mara.id, office.olu.id, nia.id].into();
        note_told(&world.people, request, &but_ana).await.unwrap();
        let listed = list_recovery(&world.people, world.now()).await.unwrap().remove(0).requests.remove(0);
        assert_eq!((listed.unreached, listed.ready_at), (vec![office.ana.id], None));
        assert_eq!(refusal(finish_as(&world, &nia, request).await), RecoveryRefused::NotToldYet);
        world.clock.advance(Duration::minutes(10));
        assert_eq!(begin_telling(&world.people).await.unwrap(), [Due { request, unreached: [office.ana.id].into() }]);

        world.clock.advance(Duration::hours(72));
        note_told(&world.people, request, &[].into()).await.unwrap();
        assert_eq!(refusal(finish_as(&world, &nia, request).await), RecoveryRefused::TooEarly { until: world.now() + WAIT });
        assert_eq!(to_tell(&world).await, [request], "Ana is tried all the same");
        note_told(&world.people, request, &[office.ana.id].into()).await.unwrap();
        assert!(to_tell(&world).await.is_empty(), "everybody knows");
        world.clock.advance(WAIT);
        finish_as(&world, &nia, request).await.unwrap();
        let told: Vec<_> = world.entries().await.into_iter().filter(|entry| entry.act == "recovery.told").collect();
        assert_eq!(told.len(), 1, "the day begins once");
    })
    .await;
}

#[tokio::test]
async fn stopped_is_stopped_and_too_late_is_too_late() {
    on_both(|world| async move {
        let office = Office::open(&world).await;
        let nia = world.adviser("nia").await;
        let request = ripe(&world, &office, &nia).await;
        assert_eq!(refusal(stop(&world.people, &*world.unlocked(&nia).await, request).await), RecoveryRefused::NotAnOfficer);
        // Who holds a key of the zone stops it.
        stop(&world.people, &*world.unlocked(&office.ana).await, request).await.unwrap();
        assert_eq!(refusal(finish_as(&world, &nia, request).await), RecoveryRefused::Over);
        assert_eq!(refusal(agree_as(&world, &office.olu, request).await), RecoveryRefused::Over);
        assert_eq!(refusal(stop(&world.people, &*world.unlocked(&office.ana).await, request).await), RecoveryRefused::Over);
        assert_eq!(world.count("recovery_answers", &[]).await, 0, "what officers gave to it is gone");
        assert!(!holds(&world, &nia, office.team).await);

        // So does an officer; and what was agreed to long ago is over by itself.
        let second = ripe(&world, &office, &nia).await;
        stop(&world.people, &*world.unlocked(&office.olu).await, second).await.unwrap();
        assert_eq!(refusal(finish_as(&world, &nia, second).await), RecoveryRefused::Over);
        let third = ripe(&world, &office, &nia).await;
        world.clock.advance(LASTS);
        assert_eq!(refusal(finish_as(&world, &nia, third).await), RecoveryRefused::Over);
        assert!(list_recovery(&world.people, world.now()).await.unwrap()[0].requests.is_empty());
        let stopped = world.entries().await.into_iter().filter(|entry| entry.act == "recovery.stopped").count();
        assert_eq!(stopped, 2);
    })
    .await;
}

/// A reset gives an account new keys and no share: who resets officers gets nothing, and what a reset officer had agreed to
/// counts no more.
#[tokio::test]
async fn an_officer_who_was_reset_or_left_no_longer_counts() {
    on_both(|world| async move {
        let office = Office::open(&world).await;
        let nia = world.adviser("nia").await;
        let request = ripe(&world, &office, &nia).await;
        let handed = reset_member(&world.people, ADMINISTRATION, office.mara.id, None).await.unwrap();
        let mara = Person::of("mara", &handed);
        assert_eq!(refusal(finish_as(&world, &nia, request).await), RecoveryRefused::TooFew { agreed: 1, need: 2 });
        assert_eq!(refusal(try_share(&world.people, &*world.unlocked(&mara).await, "helpline").await), RecoveryRefused::NotAnOfficer);
        assert_eq!(refusal(office.ask(&world, &mara, &nia).await), RecoveryRefused::NotAnOfficer);
        assert!(concerns(&world).await.contains(&Concern::NoneToSpare));
        // As an auditor, Olu would audit what they can do; so they no longer can.
        change_roles(&world.people, ADMINISTRATION, office.olu.id, &roles(&["people:auditor"])).await.unwrap();
        assert_eq!(concerns(&world).await[0], Concern::TooFew { counting: 1, need: 2 });
        assert_eq!(refusal(agree_as(&world, &office.olu, request).await), RecoveryRefused::NotAnOfficer);
        assert_eq!(refusal(finish_as(&world, &nia, request).await), RecoveryRefused::TooFew { agreed: 1, need: 2 });
    })
    .await;
}

/// An administrator who resets the member whom a request names is not given the key in their place.
#[tokio::test]
async fn a_reset_of_the_member_who_is_named_ends_the_request() {
    on_both(|world| async move {
        let office = Office::open(&world).await;
        let nia = world.adviser("nia").await;
        let request = ripe(&world, &office, &nia).await;
        let handed = reset_member(&world.people, ADMINISTRATION, nia.id, None).await.unwrap();
        let taken = Person::of("nia", &handed);
        assert_eq!(refusal(finish_as(&world, &taken, request).await), RecoveryRefused::OtherAccount);
        assert_eq!(refusal(agree_as(&world, &office.olu, request).await), RecoveryRefused::OtherAccount);
        assert!(!holds(&world, &taken, office.team).await);
    })
    .await;
}

#[tokio::test]
async fn a_recovery_key_is_made_by_a_holder_for_officers_who_may_be_one() {
    on_both(|world| async move {
        let (ana, ben, cat) = (world.adviser("ana").await, world.adviser("ben").await, world.adviser("cat").await);
        let maud = world.add("maud", &["people:auditor"]).await;
        let ivo = world.add("ivo", &["intelligence:analyst"]).await;
        world.team(&ana).await;
        let make = async |maker: &Person, zone: &str, officers: &[Uuid], need: u8| {
            make_recovery(&world.people, &*world.unlocked(maker).await, zone, officers, need).await
        };
        let two = [ben.id, cat.id];
        assert!(matches!(make(&ben, "helpline", &two, 2).await, Err(ActError::NotAHolder)));
        assert!(matches!(make(&ana, "care", &two, 2).await, Err(ActError::NotAHolder)), "the key of another zone");
        let eight: Vec<Uuid> = (0..8).map(Uuid::from_u128).collect();
        for (officers, need) in [(&two[..], 1), (&two[..], 3), (&[ben.id, ben.id], 2), (&[ben.id], 1), (&eight, 2), (&[], 0)] {
            assert_eq!(refusal(make(&ana, "helpline", officers, need).await), RecoveryRefused::Numbers, "{need} of {}", officers.len());
        }
        let own = make(&ana, "helpline", &[ben.id, maud.id], 2).await;
        assert!(matches!(own, Err(ActError::RoleConflict(RoleConflict::OwnAuditor))), "{own:?}");
        let sides = make(&ana, "helpline", &[ben.id, ivo.id], 2).await;
        assert!(matches!(sides, Err(ActError::RoleConflict(RoleConflict::BothSides { .. }))), "{sides:?}");
        assert!(matches!(make(&ana, "helpline", &[ben.id, Uuid::from_u128(1)], 2).await, Err(ActError::NotFound)));
        assert_eq!(concerns(&world).await, [Concern::NoKey], "nothing of it was kept");
        make(&ana, "helpline", &two, 2).await.unwrap();
        assert_eq!(concerns(&world).await[0], Concern::NoneToSpare);
    })
    .await;
}

/// Whoever made an account, a team and a recovery key first keeps nobody from making one with officers whom they trust. The last
/// way to a key that nobody holds stays.
#[tokio::test]
async fn a_recovery_key_goes_unless_it_is_the_last_way_to_a_teams_key() {
    on_both(|world| async move {
        let office = Office::open(&world).await;
        let nia = world.adviser("nia").await;
        let day = world.team(&nia).await;
        let state = async || list_recovery(&world.people, world.now()).await.unwrap().remove(0);
        // Nor while somebody asks with the one that stands: the request would be thrown away.
        let asked = office.ask(&world, &office.ben, &nia).await.unwrap();
        assert_eq!(refusal(office.make(&world, &nia, 2).await), RecoveryRefused::AskedFor);
        stop(&world.people, &*world.unlocked(&office.ana).await, asked).await.unwrap();
        assert_eq!(office.make(&world, &nia, 2).await.unwrap(), (2, vec![day]));
        assert_eq!(state().await.uncovered, [office.team], "Ana sees that hers is not covered any more");
        cover_teams(&world.people, &*world.unlocked(&office.ana).await, "helpline").await.unwrap();
        close_member(&world.people, ADMINISTRATION, office.ana.id).await.unwrap();
        assert_eq!(refusal(office.make(&world, &nia, 2).await), RecoveryRefused::StillNeeded);
        assert!(state().await.covered.contains(&office.team), "and nothing was thrown away");
    })
    .await;
}

/// A team is covered by the hand of its own holders, and by nobody else's; a covered team stays covered.
#[tokio::test]
async fn a_team_is_covered_by_its_holders_and_stays_covered() {
    on_both(|world| async move {
        let office = Office::open(&world).await;
        let state = async || list_recovery(&world.people, world.now()).await.unwrap().remove(0);
        assert_eq!(state().await.covered, [office.team]);
        rotate_team(&world.people, &*world.unlocked(&office.ana).await, office.team).await.unwrap();
        assert_eq!(state().await.covered, [office.team], "the new key follows the one before");
        grant_team(&world.people, &*world.unlocked(&office.ana).await, office.team, office.ben.id).await.unwrap();
        remove_from_team(&world.people, &*world.unlocked(&office.ana).await, office.team, office.ben.id).await.unwrap();
        assert_eq!(state().await.covered, [office.team]);

        // A team that is made while a recovery key stands begins without: the key may be of somebody whom its holder does not know.
        let nia = world.adviser("nia").await;
        let day = world.team(&nia).await;
        assert_eq!((state().await.covered, state().await.uncovered), (vec![office.team], vec![day]));
        cover_teams(&world.people, &*world.unlocked(&nia).await, "helpline").await.unwrap();
        assert!(state().await.covered.contains(&day));

        // Ana holds both: she makes a new one, which covers both. Had she held one, the other would be said to be missing.
        grant_team(&world.people, &*world.unlocked(&nia).await, day, office.ana.id).await.unwrap();
        assert_eq!(office.make(&world, &office.ana, 3).await.unwrap().0, 2);
        assert!(state().await.uncovered.is_empty());
        close_member(&world.people, ADMINISTRATION, office.olu.id).await.unwrap();
        assert_eq!(office_of_two(&world, &office, &nia).await.unwrap(), (3, vec![day]), "a key that three must open and two are left");
        assert_eq!(state().await.uncovered, [office.team]);
        assert!(concerns(&world).await.contains(&Concern::NotCovered(office.team)));
        let missing = office.ask(&world, &office.ben, &nia).await;
        assert_eq!(refusal(missing), RecoveryRefused::NotCovered);
        rotate_team(&world.people, &*world.unlocked(&office.ana).await, office.team).await.unwrap();
        assert_eq!(state().await.uncovered, [office.team], "nobody covered it behind Ana's back");
        let stranger = cover_teams(&world.people, &*world.unlocked(&office.ben).await, "helpline").await;
        assert!(matches!(stranger, Err(ActError::NotAHolder)));
        let mut covered = cover_teams(&world.people, &*world.unlocked(&office.ana).await, "helpline").await.unwrap();
        covered.sort();
        let mut both = vec![office.team, day];
        both.sort();
        assert_eq!(covered, both);
        assert!(state().await.uncovered.is_empty());
    })
    .await;
}

async fn office_of_two(world: &World, office: &Office, maker: &Person) -> Result<(u32, Vec<Uuid>), ActError> {
    make_recovery(&world.people, &*world.unlocked(maker).await, "helpline", &[office.ben.id, office.mara.id], 2).await
}

#[tokio::test]
async fn a_drill_is_dated_and_due_again_after_half_a_year() {
    on_both(|world| async move {
        let office = Office::open(&world).await;
        for officer in [&office.ben, &office.mara] {
            try_share(&world.people, &*world.unlocked(officer).await, "helpline").await.unwrap();
        }
        assert_eq!(concerns(&world).await, [Concern::DrillDue(vec![office.olu.id])]);
        assert_eq!(refusal(try_share(&world.people, &*world.unlocked(&office.ana).await, "helpline").await), RecoveryRefused::NotAnOfficer);
        let nowhere = try_share(&world.people, &*world.unlocked(&office.ben).await, "care").await;
        assert_eq!(refusal(nowhere), RecoveryRefused::NoKey);
        try_share(&world.people, &*world.unlocked(&office.olu).await, "helpline").await.unwrap();
        assert!(concerns(&world).await.is_empty());
        let state = list_recovery(&world.people, world.now()).await.unwrap().remove(0).key.unwrap();
        assert_eq!(state.last_drill(), Some(world.now()));
        world.clock.advance(Duration::days(180));
        assert!(matches!(concerns(&world).await.as_slice(), [Concern::DrillDue(late)] if late.len() == 3));
        assert_eq!(world.entries().await.into_iter().filter(|entry| entry.act == "recovery.tried").count(), 3);
    })
    .await;
}

/// Who asks names teams of one zone, a reason, and somebody who may read there.
#[tokio::test]
async fn a_request_names_who_may_have_the_key() {
    on_both(|world| async move {
        let office = Office::open(&world).await;
        let ben = world.unlocked(&office.ben).await;
        let asked = async |teams: &[Uuid], target: Uuid, reason: &str| ask(&world.people, &ben, teams, target, reason).await;
        let day = create_team(&world.people, &*world.unlocked(&office.ana).await, "helpline", "Day desk").await.unwrap();
        cover_teams(&world.people, &*world.unlocked(&office.ana).await, "helpline").await.unwrap();
        assert!(matches!(asked(&[office.team], office.mara.id, "gone").await, Err(ActError::NoRoleInZone)));
        let maud = world.add("maud", &["people:auditor"]).await;
        assert!(matches!(asked(&[office.team], maud.id, "gone").await, Err(ActError::RoleConflict(_))));
        assert!(matches!(asked(&[office.team], Uuid::from_u128(9), "gone").await, Err(ActError::NotFound)));
        assert_eq!(refusal(asked(&[office.team], office.ben.id, " ").await), RecoveryRefused::Reason);
        assert_eq!(refusal(asked(&[office.team], office.ben.id, &"x".repeat(501)).await), RecoveryRefused::Reason);
        assert_eq!(refusal(asked(&[], office.ben.id, "gone").await), RecoveryRefused::Teams);
        assert_eq!(refusal(asked(&[office.team, office.team], office.ben.id, "gone").await), RecoveryRefused::Teams);
        // Two lost teams come back with one request: there is no second.
        let request = asked(&[office.team, day], office.ben.id, " gone ").await.unwrap();
        let listed = list_recovery(&world.people, world.now()).await.unwrap().remove(0).requests.remove(0);
        assert_eq!((listed.id, listed.reason.as_str(), listed.agreed.as_slice()), (request, "gone", &[office.ben.id][..]));
        assert!(listed.ready_at.is_none(), "nobody was told yet");
        agree_as(&world, &office.olu, request).await.unwrap();
        tell_all(&world, request).await;
        world.clock.advance(WAIT);
        finish_as(&world, &office.ben, request).await.unwrap();
        assert!(holds(&world, &office.ben, office.team).await && holds(&world, &office.ben, day).await);
    })
    .await;
}

/// No name and no reason stands in the ledger, and every step does.
#[tokio::test]
async fn every_step_is_in_the_ledger_without_a_word_of_the_reason() {
    on_both(|world| async move {
        let office = Office::open(&world).await;
        let request = ripe(&world, &office, &office.ben).await;
        finish_as(&world, &office.ben, request).await.unwrap();
        let entries: Vec<_> = world.entries().await.into_iter().filter(|entry| entry.act.starts_with("recovery.")).collect();
        let acts: Vec<&str> = entries.iter().map(|entry| entry.act.as_str()).collect();
        assert_eq!(acts, ["recovery.made", "recovery.asked", "recovery.agreed", "recovery.told", "recovery.finished"]);
        assert!(entries.iter().all(|entry| !entry.detail.to_string().contains("gone")));
    })
    .await;
}
