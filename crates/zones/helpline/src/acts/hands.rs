//! In whose hands a contact is. Nobody owns one: several may have it in hand, everybody on the team may act on it, and it is
//! given on with a word of what is to be done.

use uuid::Uuid;

use plainsight_ledger::Actor;
use plainsight_people::acts::team::list_teams;
use plainsight_people::{ActError, People, SignedIn};
use plainsight_store::work;

use super::answer::{self, seal_paper};
use super::open::{hold, hold_folder};
use crate::cabinet::Cabinet;
use crate::form::Written;
use crate::header::{Header, MOST_HANDS};
use crate::message::{Mark, Note};
use crate::records::papers::PaperKind;
use crate::trouble::Trouble;

/// Takes a contact in hand.
pub(crate) async fn take(cabinet: &Cabinet, who: &SignedIn, contact: Uuid) -> Result<(), Trouble> {
    let member = who.member.id;
    change_hands(cabinet, who, contact, "contact.taken", move |header| add(header, member)).await
}

/// Lets go of a contact.
pub(crate) async fn let_go(cabinet: &Cabinet, who: &SignedIn, contact: Uuid) -> Result<(), Trouble> {
    let member = who.member.id;
    change_hands(cabinet, who, contact, "contact.let_go", move |header| header.hands.retain(|hand| *hand != member)).await
}

/// Gives a contact into the hands of a colleague who can open it, with what they must know.
///
/// `NotFound` when the colleague does not hold the key of the contact's team: it would lie in hands that cannot open it.
pub(crate) async fn hand_over(
    cabinet: &Cabinet,
    people: &People,
    who: &SignedIn,
    contact: Uuid,
    to: Uuid,
    word: Written,
) -> Result<(), Trouble> {
    let held = hold(cabinet, who, contact).await?;
    let team = cabinet.open_header(contact, &held.row.header)?.team;
    if !colleagues(cabinet, people, team).await?.contains(&to) {
        return Err(Trouble::NotFound);
    }
    let key = word.key("hand-over").map(|key| key.with(to.as_bytes()));
    let note = Note { to: Some(to), ..Note::new(who.member.id, cabinet.now(), word.text, Some(Mark::HandedOver)) };
    let paper = seal_paper(cabinet, who, &held, PaperKind::Note, &[], &note, key)?;
    let member = who.member.id;
    let detail = serde_json::json!({ "to": to });
    answer::add(cabinet, who, paper, "contact.handed_over", detail, move |header| {
        header.hands.retain(|hand| *hand != member);
        add(header, to);
    })
    .await
}

/// Who can open what belongs to this team: the holders of its key.
pub(crate) async fn colleagues(cabinet: &Cabinet, people: &People, team: Uuid) -> Result<Vec<Uuid>, ActError> {
    let teams = list_teams(people, cabinet.now()).await?;
    Ok(teams.into_iter().find(|listed| listed.id == team).map(|listed| listed.holders).unwrap_or_default())
}

/// Puts somebody's hands to it; with too many at it, the first to have taken it steps back.
fn add(header: &mut Header, member: Uuid) {
    header.hands.retain(|hand| *hand != member);
    if header.hands.len() >= MOST_HANDS {
        header.hands.remove(0);
    }
    header.hands.push(member);
}

async fn change_hands(
    cabinet: &Cabinet,
    who: &SignedIn,
    contact: Uuid,
    act: &'static str,
    change: impl Fn(&mut Header) + Clone + Send + Sync + 'static,
) -> Result<(), Trouble> {
    hold_folder(cabinet, who, contact).await?;
    let member = who.member.id;
    let inside = cabinet.clone();
    cabinet
        .store
        .content()
        .tx(
            "helpline.hands",
            work!([inside, change], |tx| {
                inside.change_header(tx, contact, change).await?;
                inside.record(tx, Actor::Member(member), act, contact, serde_json::json!({})).await
            }),
        )
        .await
}
