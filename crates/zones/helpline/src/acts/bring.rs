//! A member of ours brings files: scanned letters, photographs that were handed over. They are originals as those that reporters
//! send, signed by who brings them.

use uuid::Uuid;

use plainsight_ledger::Actor;
use plainsight_people::SignedIn;
use plainsight_store::work;

use super::answer::seal_signed;
use super::open::{Held, read_papers};
use super::stow::{ToAttach, attach, custodians, describe, key_for_cleaning, take_back};
use crate::attached::{Attached, Stowed};
use crate::cabinet::Cabinet;
use crate::exhibit::exhibits;
use crate::message::From;
use crate::records::contacts;
use crate::records::papers::{self, PaperKind};
use crate::trouble::Trouble;

/// So often is tried again when somebody puts files into the same folder at the same moment.
const TRIES: u32 = 5;

/// Puts stowed files into the folder of a contact or a case, with what is said of them. The same bytes that the same member brought
/// with the same words are there once, however often a form was pressed.
pub(crate) async fn bring(cabinet: &Cabinet, who: &SignedIn, folder: Uuid, stowed: &[Stowed], note: &str) -> Result<(), Trouble> {
    for _ in 0..TRIES {
        match bring_once(cabinet, who, folder, stowed, note).await {
            Err(Trouble::Meanwhile) => {}
            done => return done,
        }
    }
    Err(Trouble::Meanwhile)
}

async fn bring_once(cabinet: &Cabinet, who: &SignedIn, folder: Uuid, stowed: &[Stowed], note: &str) -> Result<(), Trouble> {
    let (held, there) = read_papers(cabinet, who, folder).await?;
    let known = exhibits(&there);
    let same = |file: &Stowed, other: &Attached| other.member == Some(who.member.id) && other.hash == file.hash && other.note == note;
    let mut ready = Vec::new();
    for (place, file) in stowed.iter().enumerate() {
        let twice = stowed.iter().take(place).any(|other| other.hash == file.hash);
        if twice || known.iter().any(|exhibit| same(file, exhibit.file)) {
            take_back(cabinet, file.id).await?;
        } else {
            ready.push(sealed(cabinet, who, &held, file, note).await?);
        }
    }
    let before = papers::ids(cabinet.store.content().read(), cabinet.organisation, folder, PaperKind::File).await?;
    if ready.is_empty() {
        return Ok(());
    }
    let (inside, member, known) = (cabinet.clone(), who.member.id, known.len());
    if before.len() != known {
        return Err(Trouble::Meanwhile);
    }
    cabinet
        .store
        .content()
        .tx(
            "helpline.bring_files",
            work!([inside, ready], |tx| {
                let row = contacts::find_to_change(tx, inside.organisation, folder).await?.ok_or(Trouble::NotFound)?;
                let is_case = inside.open_header(folder, &row.header)?.is_case();
                // Under the lock: what somebody brought meanwhile may be the very same.
                if papers::ids(tx, inside.organisation, folder, PaperKind::File).await?.len() != known {
                    return Err(Trouble::Meanwhile);
                }
                let act = if is_case { "case.file_brought" } else { "contact.file_brought" };
                for file in &ready {
                    inside.record(tx, Actor::Member(member), act, folder, serde_json::json!({ "file": file.id() })).await?;
                }
                attach(&inside, tx, ready).await?;
                // Whatever is put in, its time of keeping begins anew.
                inside.change_header(tx, folder, |header| header.settled = None).await?;
                Ok(())
            }),
        )
        .await
}

async fn sealed(cabinet: &Cabinet, who: &SignedIn, held: &Held, file: &Stowed, note: &str) -> Result<ToAttach, Trouble> {
    let (folder, key) = (held.row.id, held.key.public());
    let custodians = custodians(cabinet).await?;
    let attached = describe(cabinet, file, custodians.as_ref(), (From::Desk, Some(who.member.id)), cabinet.now())?;
    let attached = Attached { note: note.to_owned(), ..attached };
    let paper = seal_signed(cabinet, (folder, file.id), PaperKind::File, &key, &who.unlocked.signing, &attached)?;
    Ok(ToAttach::new(paper, key_for_cleaning(cabinet, folder, &key, file)?))
}
