//! Danger pages people at any hour, and does not stop before somebody has looked.

use std::sync::{Arc, Mutex};

use plainsight_people::SignedIn;
use plainsight_people::acts::member::close_member;
use plainsight_people::acts::rota::{NewSlot, add_slot, set_pager};
use plainsight_people::acts::team::grant_team;
use plainsight_store::{Clock, Handlers, JobError};
use plainsight_vocabulary::WeeklyHours;
use time::Duration;
use uuid::Uuid;

use super::desk_pages::desk;
use super::referring::call;
use super::world::{CANARY, COMMAND_LINE, MINUTE, World, danger, full_report, mark_safe, member, normal, on_both, refer};
use crate::acts::refer::review;
use crate::header::Due;
use crate::jobs::{Clockwork, DANGER_PAGE, DangerPage, Notice, Pager, Paging, REVIEW_ALARM, ReviewAlarm};
use crate::report::Report;

/// Writes down who was told what; the line may be cut.
#[derive(Default)]
struct Recorder {
    told: Mutex<Vec<(String, String, String)>>,
    cut: Mutex<bool>,
}

impl Pager for Recorder {
    fn page<'a>(&'a self, address: &'a str, subject: &'a str, body: &'a str) -> Paging<'a> {
        let answer = if *self.cut.lock().unwrap() {
            Err("no line".to_owned())
        } else {
            self.told.lock().unwrap().push((address.to_owned(), subject.to_owned(), body.to_owned()));
            Ok(())
        };
        Box::pin(std::future::ready(answer))
    }
}

impl Recorder {
    /// Who was told since the last time, in the order of the alphabet.
    fn told(&self) -> Vec<String> {
        let mut told: Vec<String> = self.told.lock().unwrap().drain(..).map(|(address, _, _)| address).collect();
        told.sort();
        told
    }
}

pub(super) struct Night {
    recorder: Arc<Recorder>,
    handlers: Handlers,
    clocks: Clockwork,
}

/// Weekdays from nine to five.
fn office_hours() -> Option<WeeklyHours> {
    Some(WeeklyHours::parse("Europe/London", &["mon-fri 09:00-17:00"]).unwrap())
}

impl Night {
    pub(super) async fn begin(world: &World) -> Self {
        for who in [&world.sue, &world.ana, &world.ben, &world.new] {
            let address = format!("{}@pager.example.org", who.member.name);
            set_pager(&world.people, COMMAND_LINE, who.member.id, Some(&address)).await.unwrap();
        }
        let recorder = Arc::new(Recorder::default());
        let notice = Notice { subject: "Something waits".to_owned(), body: "Please sign in.".to_owned() };
        let clockwork = Clockwork::new(world.desk.clone(), world.people.clone(), recorder.clone(), notice, 15 * MINUTE, office_hours());
        let (danger, review, clocks) = (clockwork.clone(), clockwork.clone(), clockwork);
        let handlers = Handlers::new()
            .register(DANGER_PAGE, 1, move |_, job: DangerPage| {
                let clockwork = danger.clone();
                async move { clockwork.page_danger(job).await.map_err(|_| JobError::Retry { code: "helpline" }) }
            })
            .register(REVIEW_ALARM, 1, move |_, job: ReviewAlarm| {
                let clockwork = review.clone();
                async move { clockwork.alarm_review(job).await.map_err(|_| JobError::Retry { code: "helpline" }) }
            });
        Self { recorder, handlers, clocks }
    }

    /// Whether nobody can be told.
    pub(super) fn cut(&self, cut: bool) {
        *self.recorder.cut.lock().unwrap() = cut;
    }

    /// The worker looks at the clocks; who was told?
    pub(super) async fn look(&self) -> Vec<String> {
        self.clocks.watch().await.unwrap();
        self.recorder.told()
    }

    /// The worker looks for what is due; who was told?
    pub(super) async fn tick(&self, world: &World) -> Vec<String> {
        let clock: Arc<dyn Clock> = world.clock.clone();
        world.desk.jobs.run_due(&world.db, world.organisation, &self.handlers, &clock, &world.entropy).await.unwrap();
        self.recorder.told()
    }
}

pub(super) const TEAM: [&str; 3] = ["ana@pager.example.org", "ben@pager.example.org", "sue@pager.example.org"];

pub(super) async fn on_rota(world: &World, who: &SignedIn) -> Uuid {
    let weekday = world.now().weekday().number_from_monday();
    let new = NewSlot { team: world.team, member: who.member.id, weekday, from: 0, to: 24 * 60 - 1, zone: "Europe/London" };
    add_slot(&world.people, COMMAND_LINE, &new).await.unwrap()
}

/// Whoever was never given the team's key can open nothing: with nobody else on the rota, the whole team is told at once.
#[tokio::test]
async fn who_stands_on_the_rota_without_a_key_is_not_paged() {
    on_both(|world| async move {
        let night = Night::begin(&world).await;
        on_rota(&world, &world.new).await;
        world.file(&danger()).await;
        assert_eq!(night.tick(&world).await, TEAM, "as in a hole");
        let shift = desk(&world, &world.sue).get("/helpline/shift").await;
        shift.check_decent();
        assert!(shift.text().contains("nobody. A danger pages the whole team.") && shift.text().contains("new cannot open yet"));
        // Beside somebody who can, they alone are told.
        on_rota(&world, &world.ben).await;
        world.file(&danger()).await;
        assert_eq!(night.tick(&world).await, ["ben@pager.example.org"]);
        grant_team(&world.people, &world.sue.unlocked, world.team, world.new.member.id).await.unwrap();
        world.file(&danger()).await;
        assert_eq!(night.tick(&world).await, ["ben@pager.example.org", "new@pager.example.org"]);
        assert!(!desk(&world, &world.sue).get("/helpline/shift").await.text().contains("cannot open yet"));
    })
    .await;
}

#[tokio::test]
async fn first_who_is_on_call_then_after_a_quarter_of_an_hour_the_whole_team_until_it_is_dealt_with() {
    on_both(|world| async move {
        let night = Night::begin(&world).await;
        on_rota(&world, &world.ben).await;
        let filed = world.file(&danger()).await;
        assert_eq!(night.tick(&world).await, ["ben@pager.example.org"]);
        world.clock.advance(15 * MINUTE - Duration::SECOND);
        assert!(night.tick(&world).await.is_empty());
        world.clock.advance(2 * Duration::SECOND);
        assert_eq!(night.tick(&world).await, TEAM, "who holds no key of the team cannot open what waits");
        world.clock.advance(16 * MINUTE);
        assert_eq!(night.tick(&world).await, TEAM, "and again");
        // Whoever opens it is at it, for a round; an adviser may be called away.
        world.open(&world.ana, filed.contact).await.unwrap();
        world.clock.advance(16 * MINUTE);
        assert!(night.tick(&world).await.is_empty());
        world.open(&world.ana, filed.contact).await.unwrap();
        world.clock.advance(16 * MINUTE);
        assert!(night.tick(&world).await.is_empty());
        world.clock.advance(16 * MINUTE);
        assert_eq!(night.tick(&world).await, TEAM, "nobody has been at it for a quarter of an hour");
        mark_safe(&world.desk, &world.ana, filed.contact, "police are there".into()).await.unwrap();
        world.clock.advance(16 * MINUTE);
        assert!(night.tick(&world).await.is_empty());
        assert!(world.waiting_jobs().await.is_empty());
        let acts = world.acts().await;
        let count = |act: &str| acts.iter().filter(|each| *each == act).count();
        assert_eq!((count("alarm.danger_paged"), count("alarm.danger_in_hand")), (4, 2));
    })
    .await;
}

/// Passed on by telephone, it is with those who can go there.
#[tokio::test]
async fn an_urgent_referral_ends_the_paging_and_not_the_danger() {
    on_both(|world| async move {
        let night = Night::begin(&world).await;
        let filed = world.file(&danger()).await;
        night.tick(&world).await;
        refer(&world.desk, &world.ana, filed.contact, call(&world)).await.unwrap();
        world.clock.advance(16 * MINUTE);
        assert!(night.tick(&world).await.is_empty());
        assert_eq!(world.header(filed.contact).await.next_due().map(|due| due.0), Some(Due::Danger));
    })
    .await;
}

#[tokio::test]
async fn a_danger_that_was_dealt_with_pages_nobody() {
    on_both(|world| async move {
        let night = Night::begin(&world).await;
        let filed = world.file(&danger()).await;
        mark_safe(&world.desk, &world.ana, filed.contact, "met".into()).await.unwrap();
        assert!(night.tick(&world).await.is_empty());
        assert!(world.waiting_jobs().await.is_empty());
        world.file(&normal()).await;
        world.clock.advance(Duration::hours(1));
        assert!(night.tick(&world).await.is_empty(), "what is no danger pages nobody");
    })
    .await;
}

/// The notice lies in a mailbox that others may see.
#[tokio::test]
async fn the_notice_is_the_fixed_text_and_holds_nothing_of_the_contact() {
    on_both(|world| async move {
        let night = Night::begin(&world).await;
        let filed = world.file(&Report { danger: danger().danger, ..full_report() }).await;
        let clock: Arc<dyn Clock> = world.clock.clone();
        world.desk.jobs.run_due(&world.db, world.organisation, &night.handlers, &clock, &world.entropy).await.unwrap();
        let told = night.recorder.told.lock().unwrap().clone();
        assert_eq!(told.len(), 3);
        for (_, subject, body) in told {
            assert_eq!((subject.as_str(), body.as_str()), ("Something waits", "Please sign in."));
            assert!(!body.contains(CANARY) && !body.contains(&filed.contact.to_string()));
        }
    })
    .await;
}

#[tokio::test]
async fn when_nobody_could_be_told_it_is_tried_again_in_a_minute_and_written_down() {
    on_both(|world| async move {
        let night = Night::begin(&world).await;
        on_rota(&world, &world.ben).await;
        world.file(&danger()).await;
        *night.recorder.cut.lock().unwrap() = true;
        assert!(night.tick(&world).await.is_empty());
        assert_eq!(world.acts().await.last().map(String::as_str), Some("alarm.danger_not_paged"));
        *night.recorder.cut.lock().unwrap() = false;
        world.clock.advance(59 * Duration::SECOND);
        assert!(night.tick(&world).await.is_empty());
        world.clock.advance(2 * Duration::SECOND);
        assert_eq!(night.tick(&world).await, TEAM);
        assert_eq!(world.acts().await.last().map(String::as_str), Some("alarm.danger_paged"));
    })
    .await;
}

/// A colleague who left must not be told, and must not keep the others from being told.
#[tokio::test]
async fn a_closed_account_is_never_paged_and_stops_nobody_from_being_paged() {
    on_both(|world| async move {
        let night = Night::begin(&world).await;
        on_rota(&world, &world.ben).await;
        close_member(&world.people, COMMAND_LINE, world.ben.member.id).await.unwrap();
        world.file(&danger()).await;
        let rest = ["ana@pager.example.org", "sue@pager.example.org"];
        assert_eq!(night.tick(&world).await, rest, "the turn of somebody who left is a hole");
        world.clock.advance(16 * MINUTE);
        assert_eq!(night.tick(&world).await, rest);
    })
    .await;
}

#[tokio::test]
async fn when_nobody_is_on_the_rota_or_nobody_there_has_a_pager_the_whole_team_is_told() {
    on_both(|world| async move {
        let night = Night::begin(&world).await;
        world.file(&danger()).await;
        assert_eq!(night.tick(&world).await, TEAM);
        on_rota(&world, &world.ben).await;
        set_pager(&world.people, COMMAND_LINE, world.ben.member.id, None).await.unwrap();
        world.file(&danger()).await;
        assert_eq!(night.tick(&world).await, ["ana@pager.example.org", "sue@pager.example.org"]);
        // Nobody of the team can be reached: then everybody who works in the helpline, and nobody else.
        let elsewhere = member(&world.people, "kim", &["care:navigator"]).await;
        set_pager(&world.people, COMMAND_LINE, elsewhere.member.id, Some("kim@pager.example.org")).await.unwrap();
        for who in [&world.ana, &world.sue] {
            set_pager(&world.people, COMMAND_LINE, who.member.id, None).await.unwrap();
        }
        world.file(&danger()).await;
        assert_eq!(night.tick(&world).await, ["new@pager.example.org"]);
    })
    .await;
}

/// practice 5.0 rule 1: unreviewed at 24 h alarms.
#[tokio::test]
async fn an_unreviewed_referral_alarms_after_a_day_and_every_day_until_it_is_reviewed() {
    on_both(|world| async move {
        let night = Night::begin(&world).await;
        let filed = world.file(&normal()).await;
        refer(&world.desk, &world.ana, filed.contact, call(&world)).await.unwrap();
        world.clock.advance(Duration::hours(24) - Duration::SECOND);
        assert!(night.tick(&world).await.is_empty());
        for _ in 0..3 {
            world.clock.advance(2 * Duration::SECOND);
            assert_eq!(night.tick(&world).await, TEAM);
            world.clock.advance(Duration::hours(24) - 2 * Duration::SECOND);
            assert!(night.tick(&world).await.is_empty());
        }
        review(&world.desk, &world.ben, filed.contact, "right".into()).await.unwrap();
        world.clock.advance(Duration::hours(30));
        assert!(night.tick(&world).await.is_empty());
        assert!(world.waiting_jobs().await.is_empty());
        assert_eq!(world.acts().await.iter().filter(|act| *act == "alarm.review_overdue").count(), 3);
    })
    .await;
}
