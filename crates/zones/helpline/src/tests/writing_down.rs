//! A call that is written down while it lasts: kept again and again, finished once, and nothing is lost when it drops.

use axum::http::StatusCode;
use plainsight_people::SignedIn;
use plainsight_vocabulary::{Answer, Channel};
use time::Duration;
use uuid::Uuid;

use super::browser::Page;
use super::desk_pages::desk;
use super::paging::{Night, TEAM};
use super::world::{CANARY, MINUTE, World, lies_in, on_both};
use crate::acts::write_down::{Kept, keep};
use crate::fields::Fields;
use crate::header::Due;
use crate::report::LONGEST_TEXT;
use crate::trouble::Trouble;
use crate::written_down::{Marks, Sheet};

fn sheet(body: &str) -> Sheet {
    Sheet::sent(&Fields::parse(body.as_bytes()))
}

async fn kept(world: &World, who: &SignedIn, id: Uuid, body: &str, saw: &Marks, finish: bool) -> Result<Kept, Trouble> {
    keep(&world.desk, who, &world.intake().await, id, &sheet(body), saw, finish).await
}

/// The marks that a page carries of what its fields held.
fn saw(page: &Page) -> String {
    page.html.split("name=\"saw\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

fn new_id(world: &World) -> Uuid {
    world.desk.new_id()
}

#[tokio::test]
async fn the_first_keeping_makes_a_contact_that_waits_to_be_finished() {
    on_both(|world| async move {
        let id = new_id(&world);
        let blank = Sheet::blank("en").marks();
        let first = kept(&world, &world.ana, id, "channel=phone&words=they+took", &blank, false).await.unwrap();
        let header = world.header(id).await;
        assert!(header.flags.unfinished && !header.flags.read);
        assert_eq!((header.next_due(), header.hands), (Some((Due::Read, world.now() + Duration::HOUR)), vec![world.ana.member.id]));
        // The line drops; a colleague opens it, and it still waits.
        let opened = world.open(&world.ben, id).await.unwrap();
        assert_eq!((opened.report.words.as_str(), opened.report.channel, opened.mailbox), ("they took", Channel::Phone, false));
        assert_eq!(world.header(id).await.next_due().map(|due| due.0), Some(Due::Read));
        kept(&world, &world.ben, id, "channel=phone&words=they+took+her+phone&place=Alder+Row", &first.sheet.marks(), true).await.unwrap();
        let header = world.header(id).await;
        assert!(!header.flags.unfinished && header.flags.read && header.flags.acknowledged, "who was spoken with has been answered");
        assert_eq!(header.next_due().map(|due| due.0), Some(Due::Feedback));
        let late = kept(&world, &world.ana, id, "words=other", &first.sheet.marks(), false).await;
        assert!(matches!(late, Err(Trouble::Finished)));
        let acts: Vec<String> = world.acts().await;
        assert_eq!(acts, ["contact.taken_down", "contact.opened", "contact.written_down"]);
    })
    .await;
}

/// A letter has been read, and nobody has answered it.
#[tokio::test]
async fn what_nobody_was_spoken_with_about_is_still_to_be_answered() {
    on_both(|world| async move {
        let id = new_id(&world);
        kept(&world, &world.ana, id, "channel=letter&words=dear+sirs", &Marks::default(), true).await.unwrap();
        assert_eq!(world.header(id).await.next_due().map(|due| due.0), Some(Due::Acknowledge));
    })
    .await;
}

#[tokio::test]
async fn danger_that_is_heard_pages_the_team_if_the_adviser_is_gone() {
    on_both(|world| async move {
        let night = Night::begin(&world).await;
        let id = new_id(&world);
        let first = kept(&world, &world.ana, id, "words=locked+in", &Marks::default(), false).await.unwrap();
        assert_eq!(world.header(id).await.alarm.number, 0);
        let second = kept(&world, &world.ana, id, "words=locked+in&danger=yes", &first.sheet.marks(), false).await.unwrap();
        assert!(night.tick(&world).await.is_empty(), "the adviser is at it");
        world.clock.advance(16 * MINUTE);
        assert!(night.tick(&world).await.is_empty());
        world.clock.advance(16 * MINUTE);
        assert_eq!(night.tick(&world).await, TEAM, "nothing was typed for a quarter of an hour, and nobody passed it on");
        // Unticked by mistake it stays a danger, until somebody says why it is none.
        kept(&world, &world.ana, id, "words=locked+in&danger=no", &second.sheet.marks(), true).await.unwrap();
        assert_eq!(world.header(id).await.next_due().map(|due| due.0), Some(Due::Danger));
        assert_eq!(world.open(&world.ana, id).await.unwrap().report.danger, Some(Answer::No));
        // Heard in the first words, it is the same.
        let other = new_id(&world);
        kept(&world, &world.ana, other, "danger=yes", &Marks::default(), false).await.unwrap();
        assert!(night.tick(&world).await.is_empty());
        world.clock.advance(32 * MINUTE);
        night.tick(&world).await;
        world.clock.advance(16 * MINUTE);
        assert!(!night.tick(&world).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_is_kept_is_sealed_and_signed_and_opens_for_nobody_without_the_teams_key() {
    on_both(|world| async move {
        let id = new_id(&world);
        let body = format!("words={CANARY}&place={CANARY}&advice={CANARY}&address={CANARY}&code-word={CANARY}&interpreter={CANARY}");
        kept(&world, &world.ana, id, &body, &Marks::default(), false).await.unwrap();
        assert!(!lies_in(&world.everything_stored().await, CANARY));
        assert!(matches!(world.open(&world.new, id).await, Err(Trouble::NotFound)));
        assert!(matches!(kept(&world, &world.new, id, "words=x", &Marks::default(), false).await, Err(Trouble::NotFound)));
        // Somebody who can write to the database, but signs nothing, cannot put words into an adviser's mouth.
        let row = world.row(id).await;
        let key = crate::acts::open::hold(&world.desk, &world.ana, id).await.unwrap().key;
        let forged = crate::report::Report { channel: Channel::Phone, ..super::world::normal() };
        let place = world.desk.envelope(plainsight_vault::Kind::Report, u32::try_from(row.epoch).unwrap(), id);
        let text = serde_json::to_vec(&forged).unwrap();
        let sealed = plainsight_vault::envelope::seal(&place, &[&key.public()], &text, &mut world.desk.rng()).unwrap();
        world.tamper("helpline_contacts", "report", id, Some(sealed)).await;
        assert!(matches!(world.open(&world.ana, id).await, Err(Trouble::Damaged(_))));
    })
    .await;
}

#[tokio::test]
async fn one_page_that_keeps_twice_at_once_makes_one_contact() {
    on_both(|world| async move {
        let id = new_id(&world);
        let blank = Sheet::blank("en").marks();
        let both = futures_util::future::join(
            kept(&world, &world.ana, id, "channel=phone&language=en&reach=nobody&words=a", &blank, false),
            kept(&world, &world.ana, id, "channel=phone&language=en&reach=nobody&words=a", &blank, false),
        )
        .await;
        assert!(both.0.is_ok() && both.1.is_ok());
        assert_eq!(world.acts().await, ["contact.taken_down"]);
        assert_eq!(world.open(&world.ana, id).await.unwrap().report.words, "a");
    })
    .await;
}

#[tokio::test]
async fn a_call_is_written_down_from_its_page_and_a_clash_is_shown_by_field() {
    on_both(|world| async move {
        let (ana, ben) = (desk(&world, &world.ana), desk(&world, &world.ben));
        let begun = ana.get("/helpline/call").await;
        let path = begun.location().to_owned();
        let page = ana.get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        page.check_decent();
        assert!(page.html.find("name=\"safe\"").unwrap() < page.html.find("name=\"words\"").unwrap(), "safety first");
        let marks = saw(&page);
        let base = [("channel", "phone"), ("language", "en"), ("reach", "nobody")];
        let with = |more: &[(&'static str, &'static str)]| [base.as_slice(), more].concat();
        let quiet = ana.post(&path, &[with(&[("words", "a man"), ("go", "quiet")]).as_slice(), &[("saw", marks.as_str())]].concat()).await;
        assert_eq!(quiet.status, StatusCode::OK);
        assert!(quiet.html.contains("Kept at 10:20"), "{}", quiet.html);
        let second = ben.get(&path).await;
        assert!(second.text().contains("a man"));
        let theirs = saw(&second);
        ben.post(
            &path,
            &[with(&[("words", "a man and a boy"), ("place", "Alder Row"), ("go", "keep")]).as_slice(), &[("saw", theirs.as_str())]]
                .concat(),
        )
        .await;
        let clash = ana
            .post(
                &path,
                &[with(&[("words", "two men"), ("times", "evenings"), ("go", "finish")]).as_slice(), &[("saw", theirs.as_str())]].concat(),
            )
            .await;
        assert_eq!((clash.status, clash.summary_targets()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["words".to_owned()]));
        clash.check_decent();
        let text = clash.text();
        assert!(
            text.contains("“a man and a boy”")
                && text.contains("two men")
                && clash.html.contains("Alder Row")
                && clash.html.contains("evenings")
        );
        // Having seen both, the adviser makes one of the two.
        let seen = saw(&clash);
        let fields = with(&[("words", "two men and a boy"), ("place", "Alder Row"), ("times", "evenings"), ("go", "finish")]);
        let done = ana.post(&path, &[fields.as_slice(), &[("saw", seen.as_str())]].concat()).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        let contact = ana.get(done.location()).await;
        contact.check_decent();
        assert!(contact.text().contains("two men and a boy") && !contact.html.contains("id=\"reply-form\""));
        assert!(contact.text().contains("They have no number to read answers with"));
        // Gone on with from an old page, nothing is saved over it and nothing typed is lost.
        let late =
            ben.post(&path, &[with(&[("words", "late words"), ("go", "keep")]).as_slice(), &[("saw", seen.as_str())]].concat()).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.text().contains("late words"));
        assert_eq!(ana.get(&path).await.status, StatusCode::SEE_OTHER);
    })
    .await;
}

#[tokio::test]
async fn bad_input_is_told_by_field_and_what_was_typed_is_kept() {
    on_both(|world| async move {
        let ana = desk(&world, &world.ana);
        let path = ana.get("/helpline/call").await.location().to_owned();
        let empty = ana.post(&path, &[("go", "finish"), ("channel", "phone")]).await;
        assert_eq!((empty.status, empty.summary_targets()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["words".to_owned()]));
        assert!(world.acts().await.is_empty(), "an empty sheet is no contact");
        let fields = [("go", "finish"), ("words", "a man"), ("reach", "telephone"), ("address", "Maria"), ("saw", &saw(&empty))];
        let name = ana.post(&path, &fields).await;
        assert_eq!(name.summary_targets(), ["address"]);
        assert!(name.html.contains("Maria"));
        let novel = "x".repeat(LONGEST_TEXT + 1);
        let long = ana
            .post(
                &path,
                &[
                    ("go", "keep"),
                    ("words", &novel),
                    ("reach", "telephone"),
                    ("address", "Maria"),
                    ("place", "Alder Row"),
                    ("saw", &saw(&name)),
                ],
            )
            .await;
        assert_eq!(long.summary_targets(), ["words"]);
        assert!(long.html.contains(&novel), "what was pasted comes back");
        let opened = ana.get(&path).await;
        for kept in ["Maria", "a man", "Alder Row"] {
            assert!(opened.html.contains(kept), "{kept} is kept, though it could not be finished");
        }
        // For who does not work here, and for ids of nothing, it looks the same as everywhere.
        let outsider = super::world::member(&world.people, "out", &["people:administrator"]).await;
        assert_eq!(desk(&world, &outsider).get(&path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(desk(&world, &world.new).get(&path).await.status, StatusCode::OK);
        assert!(!desk(&world, &world.new).get(&path).await.html.contains("Maria"));
        // Who holds no team's key is told before a whole call is typed, and loses nothing of what was.
        let keyless = desk(&world, &world.new);
        assert!(keyless.get(&path).await.text().contains("You hold no team’s key yet"));
        let refused = keyless.post(&path, &[("go", "finish"), ("words", "a long story")]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.text().contains("a long story"));
    })
    .await;
}
