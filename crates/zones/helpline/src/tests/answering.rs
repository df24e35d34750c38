//! What the desk writes reaches whom it is for, and nobody can write in the desk's name.

use plainsight_vault::{PublicKey, envelope};
use uuid::Uuid;

use super::world::{CANARY, Filed, MINUTE, World, danger, lies_in, mark_safe, normal, on_both};
use crate::acts::answer::{note, reply, seal_from_reporter};
use crate::acts::close::{close, reopen};
use crate::acts::come_back;
use crate::acts::open::{Paper, hold};
use crate::header::{Due, Header};
use crate::message::{From, Message};
use crate::records::papers::{self, PaperKind};

async fn mailbox(world: &World, filed: &Filed) -> Vec<Message> {
    come_back::read(&world.public, &world.pepper(), &filed.root).await.unwrap().messages
}

async fn stored(world: &World, contact: Uuid) -> Vec<papers::Model> {
    papers::of_contact(world.db.content().read(), world.organisation, contact).await.unwrap()
}

async fn insert(world: &World, paper: papers::Model) {
    use plainsight_store::{StoreError, work};
    world.db.content().tx("test.insert", work!([paper], |tx| papers::insert(tx, paper).await.map_err(StoreError::from))).await.unwrap();
}

fn kinds(papers: &[(Uuid, time::OffsetDateTime, Paper)]) -> Vec<&'static str> {
    let kind = |paper: &Paper| match paper {
        Paper::Message(message) if message.from == From::Desk => "desk",
        Paper::Message(_) => "reporter",
        Paper::Note(_) => "note",
        Paper::UrgentReferral(_) => "referral",
        Paper::Review(_) => "review",
        Paper::File(_) => "file",
        Paper::Cleaning(_) => "cleaning",
        Paper::Custody(_) => "custody",
        Paper::Damaged(_) => "damaged",
    };
    papers.iter().map(|(_, _, paper)| kind(paper)).collect()
}

#[tokio::test]
async fn a_reply_reaches_the_mailbox_of_its_receipt_and_no_other() {
    on_both(|world| async move {
        let (filed, other) = (world.file(&normal()).await, world.file(&normal()).await);
        reply(&world.desk, &world.ana, filed.contact, "we are here".into(), false).await.unwrap();
        let messages = mailbox(&world, &filed).await;
        assert_eq!(messages.len(), 1);
        assert_eq!((messages[0].from, messages[0].asks, messages[0].text.as_str()), (From::Desk, false, "we are here"));
        assert_eq!(messages[0].at.minute(), 0, "rounded to the hour");
        assert!(mailbox(&world, &other).await.is_empty());
        // Neither the service's key nor another receipt opens the stored envelope.
        let paper = stored(&world, filed.contact).await.remove(0);
        let place = world.public.paper_envelope(plainsight_vault::Kind::Message, filed.contact, paper.id);
        assert!(envelope::open_signed(&paper.sealed, &place, &other.root.mailbox(), &[]).is_err());
        assert!(world.desk.ring.open(&world.desk.column("helpline_papers", paper.id, "sealed"), &paper.sealed).is_err());
    })
    .await;
}

#[tokio::test]
async fn notes_are_read_by_the_team_and_never_in_the_mailbox() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        note(&world.desk, &world.ana, filed.contact, format!("{CANARY} a private note").into()).await.unwrap();
        world.clock.advance(MINUTE);
        reply(&world.desk, &world.ana, filed.contact, "thank you".into(), false).await.unwrap();
        assert_eq!(mailbox(&world, &filed).await.len(), 1);
        let opened = world.open(&world.ben, filed.contact).await.unwrap();
        assert_eq!(kinds(&opened.papers), ["note", "desk"]);
        // Not even when somebody who can write to the database calls the note a message.
        world.run("UPDATE helpline_papers SET kind = 'message'").await;
        assert_eq!(mailbox(&world, &filed).await.len(), 1);
        assert!(!lies_in(&world.everything_stored().await, CANARY));
    })
    .await;
}

/// The public process holds public keys only; whoever takes it over must not be able to speak as the helpline.
#[tokio::test]
async fn a_message_that_calls_itself_the_desks_and_is_not_signed_is_refused() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        reply(&world.desk, &world.ana, filed.contact, "a true reply".into(), false).await.unwrap();
        let key = PublicKey::from_bytes(&world.row(filed.contact).await.contact_key).unwrap();
        let (id, mailbox_key) = (world.public.new_id(), filed.root.mailbox().public());
        let forged = Message { asks: true, ..Message::new(From::Desk, world.now(), "call this number") };
        let paper = seal_from_reporter(&world.public, (filed.contact, id), world.now(), &key, &mailbox_key, &forged).unwrap();
        insert(&world, paper).await;
        let read = mailbox(&world, &filed).await;
        assert_eq!(read.iter().map(|message| message.text.as_str()).collect::<Vec<_>>(), ["a true reply"]);
        // One forged paper does not close the folder: it is shown as what it is.
        let mut shown = kinds(&world.open(&world.ana, filed.contact).await.unwrap().papers);
        shown.sort_unstable();
        assert_eq!(shown, ["damaged", "desk"]);
    })
    .await;
}

/// Signed by somebody who is no member, or by a member but as the reporter: refused.
#[tokio::test]
async fn a_signature_counts_only_when_a_member_made_it_under_the_desks_name() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        let key = PublicKey::<plainsight_vault::Contact>::from_bytes(&world.row(filed.contact).await.contact_key).unwrap();
        let mailbox_key = filed.root.mailbox().public();
        let stranger = plainsight_vault::SigningKey::generate(&mut world.entropy.rng());
        for (signer, from) in [(&stranger, From::Desk), (&world.ana.unlocked.signing, From::Reporter)] {
            let id = world.public.new_id();
            let message = Message { member: Some(world.ana.member.id), ..Message::new(from, world.now(), "forged") };
            let place = world.public.paper_envelope(plainsight_vault::Kind::Message, filed.contact, id);
            let text = serde_json::to_vec(&message).unwrap();
            let sealed = envelope::seal_signed(&place, &[&key, &mailbox_key], &text, signer, &mut world.entropy.rng()).unwrap();
            let at = world.public.seal_time("helpline_papers", id, "at", world.now());
            let kind = PaperKind::Message.name().to_owned();
            insert(&world, papers::Model { organisation: world.organisation, contact: filed.contact, id, kind, at, sealed }).await;
        }
        assert!(mailbox(&world, &filed).await.is_empty());
        assert_eq!(kinds(&world.open(&world.ana, filed.contact).await.unwrap().papers), ["damaged", "damaged"]);
    })
    .await;
}

/// A true reply to one reporter must not be shown to another, nor twice.
#[tokio::test]
async fn a_signed_message_that_is_copied_to_another_place_is_refused() {
    on_both(|world| async move {
        let (one, other) = (world.file(&normal()).await, world.file(&normal()).await);
        reply(&world.desk, &world.ana, one.contact, "go to the back door".into(), false).await.unwrap();
        let paper = stored(&world, one.contact).await.remove(0);

        // Copied as it is to another id, and to another contact under the same id.
        let copy_id = world.public.new_id();
        let at = world.public.seal_time("helpline_papers", copy_id, "at", world.now());
        insert(&world, papers::Model { id: copy_id, at, ..paper.clone() }).await;
        insert(&world, papers::Model { contact: other.contact, ..paper.clone() }).await;
        assert_eq!(mailbox(&world, &one).await.len(), 1);
        assert!(mailbox(&world, &other).await.is_empty());
        assert_eq!(kinds(&world.open(&world.ana, other.contact).await.unwrap().papers), ["damaged"]);
        world.run("DELETE FROM helpline_papers").await;

        // Sealed anew to the other contact by one who was its reader (the first reporter), with the member's signature
        // for the first contact inside and the same paper id.
        let key = PublicKey::<plainsight_vault::Contact>::from_bytes(&world.row(other.contact).await.contact_key).unwrap();
        let message = Message::new(From::Desk, world.now(), "go to the back door");
        let text = serde_json::to_vec(&message).unwrap();
        let signed_for = world.public.paper_envelope(plainsight_vault::Kind::Message, one.contact, paper.id);
        let there = world.public.paper_envelope(plainsight_vault::Kind::Message, other.contact, paper.id);
        assert_ne!(signed_for, there, "what is signed names the contact");
        let recipients: [&dyn plainsight_vault::Recipient; 2] = [&key, &other.root.mailbox().public()];
        let sealed = envelope::seal_signed(&signed_for, &recipients, &text, &world.ana.unlocked.signing, &mut world.entropy.rng()).unwrap();
        insert(&world, papers::Model { contact: other.contact, sealed, ..paper }).await;
        assert!(mailbox(&world, &other).await.is_empty());
        assert_eq!(kinds(&world.open(&world.ana, other.contact).await.unwrap().papers), ["damaged"]);
    })
    .await;
}

#[tokio::test]
async fn flags_say_what_was_done_and_what_is_waited_for() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        let flags = async || world.header(filed.contact).await.flags;
        world.open(&world.ana, filed.contact).await.unwrap();
        note(&world.desk, &world.ana, filed.contact, "a note".into()).await.unwrap();
        assert!(!flags().await.acknowledged, "a note is no answer");
        reply(&world.desk, &world.ana, filed.contact, "which street was it?".into(), true).await.unwrap();
        let after = flags().await;
        assert!(after.acknowledged && after.waiting_for_reporter);
        let form = crate::form::FormKey::new(&world.public);
        world.adds(&filed.root, &form, "by the station", None).await.unwrap();
        let after = flags().await;
        assert!(after.reporter_wrote && !after.waiting_for_reporter);
        assert_eq!(world.header(filed.contact).await.next_due().map(|due| due.0), Some(Due::Read));
        world.open(&world.ben, filed.contact).await.unwrap();
        reply(&world.desk, &world.ben, filed.contact, "thank you".into(), false).await.unwrap();
        let after = flags().await;
        assert!(!after.reporter_wrote && !after.waiting_for_reporter);
        assert_eq!(world.header(filed.contact).await.next_due().map(|due| due.0), Some(Due::Feedback));
    })
    .await;
}

#[tokio::test]
async fn a_danger_stays_first_until_an_adviser_says_that_it_is_dealt_with() {
    on_both(|world| async move {
        let filed = world.file(&danger()).await;
        world.open(&world.ana, filed.contact).await.unwrap();
        let due = |header: Header| header.next_due().map(|due| due.0);
        assert_eq!(due(world.header(filed.contact).await), Some(Due::Danger));
        mark_safe(&world.desk, &world.ana, filed.contact, "met".into()).await.unwrap();
        assert_eq!(due(world.header(filed.contact).await), Some(Due::Acknowledge));
    })
    .await;
}

/// No name and no text of anybody in the ledger: ids and codes.
#[tokio::test]
async fn each_act_is_one_entry_of_codes() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        let (desk, who, contact) = (&world.desk, &world.ana, filed.contact);
        world.open(who, contact).await.unwrap();
        reply(desk, who, contact, format!("{CANARY} reply").into(), false).await.unwrap();
        reply(desk, who, contact, format!("{CANARY} question").into(), true).await.unwrap();
        note(desk, who, contact, format!("{CANARY} note").into()).await.unwrap();
        mark_safe(desk, who, contact, format!("{CANARY} reason").into()).await.unwrap();
        close(desk, who, contact, format!("{CANARY} reason").into()).await.unwrap();
        reopen(desk, who, contact).await.unwrap();
        let expected = ["filed", "opened", "replied", "asked", "noted", "marked_safe", "closed", "reopened"];
        assert_eq!(world.acts().await, expected.map(|act| format!("contact.{act}")));
        for entry in world.ledger().await {
            assert_eq!(entry.record, Some(contact));
            assert_eq!(entry.detail, serde_json::json!({}), "{}", entry.act);
        }
    })
    .await;
}

#[tokio::test]
async fn who_holds_no_key_can_write_nothing() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        let (desk, who, contact) = (&world.desk, &world.new, filed.contact);
        let refused = [
            reply(desk, who, contact, "x".into(), false).await,
            note(desk, who, contact, "x".into()).await,
            mark_safe(desk, who, contact, "x".into()).await,
            close(desk, who, contact, "x".into()).await,
            reopen(desk, who, contact).await,
        ];
        assert!(refused.iter().all(|result| matches!(result, Err(crate::Trouble::NotFound))));
        assert_eq!(world.acts().await, ["contact.filed"]);
        assert!(hold(desk, who, contact).await.is_err());
    })
    .await;
}
