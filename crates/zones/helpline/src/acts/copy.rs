//! All that is kept about somebody who asks for a copy: what lies in the contacts of their request, and in the cases that it has to
//! do with. Each folder is in the ledger as opened before it is shown; nothing counts as read by it.
//!
//! What is decided about a passage is kept in the folder of the request, a paper each, until the request is answered. It is sealed to
//! the folder that the passage comes from: with that folder its draft is erased.

use std::collections::BTreeMap;

use uuid::Uuid;

use plainsight_ledger::Actor;
use plainsight_people::SignedIn;
use plainsight_store::work;
use plainsight_vault::envelope;

use super::answer::seal_content;
use super::case::{CaseFolder, OpenCase, read};
use super::open::{Folder, Held, folder, hold, hold_folder};
use crate::cabinet::Cabinet;
use crate::copy_draft::{Draft, Sent, Taken, take};
use crate::form::FormKey;
use crate::records::papers::{self, PaperKind};
use crate::records::{SUPERVISOR, ZONE, contacts};
use crate::trouble::Trouble;

/// So often is tried again when a colleague keeps what they decided at the same moment.
const TRIES: u32 = 5;

/// What a copy is made from.
pub(crate) struct Gathered {
    /// The contacts of the request, in the order of their ids.
    pub(crate) contacts: Vec<(Uuid, Folder)>,
    /// The cases that the request has to do with.
    pub(crate) cases: Vec<CaseFolder>,
    /// What is kept and cannot be opened with these keys.
    pub(crate) unread: Vec<Uuid>,
    request: Uuid,
    /// The folders that were opened, the request's own among them.
    held: BTreeMap<Uuid, Held>,
}

/// Which passage it is, and the folder that it comes from.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Origin {
    pub(crate) key: String,
    pub(crate) folder: Uuid,
}

/// Opens everything that a request reaches, for [`note_shown`] before any of it is shown. What was erased is not kept any more; what
/// does not open with these keys is named.
pub(crate) async fn gather(cabinet: &Cabinet, who: &SignedIn, request: &OpenCase) -> Result<Gathered, Trouble> {
    if !who.member.holds(ZONE, SUPERVISOR) {
        return Err(Trouble::NotFound);
    }
    let id = request.main().ok_or(Trouble::NotFound)?.id;
    let (own, _) = hold_folder(cabinet, who, id).await?;
    let held = BTreeMap::from([(id, own)]);
    let mut gathered = Gathered { contacts: Vec::new(), cases: Vec::new(), unread: Vec::new(), request: id, held };
    for contact in &request.together.contacts {
        match hold(cabinet, who, *contact).await {
            Ok(held) => {
                gathered.contacts.push((*contact, folder(cabinet, &held).await?));
                gathered.held.insert(*contact, held);
            }
            Err(Trouble::NotFound) => gathered.unread.push(*contact),
            Err(Trouble::Erased) => {}
            Err(error) => return Err(error),
        }
    }
    let mut waiting: Vec<Uuid> = request.together.relations.keys().copied().collect();
    while let Some(case) = waiting.pop() {
        if gathered.cases.iter().any(|folder| folder.id == case) {
            continue;
        }
        match read(cabinet, who, case).await {
            Ok((held, folder)) => {
                waiting.extend(&folder.case.absorbed);
                gathered.cases.push(folder);
                gathered.held.insert(case, held);
            }
            Err(Trouble::NotFound) => gathered.unread.push(case),
            Err(Trouble::Erased) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(gathered)
}

/// Writes into the ledger that what comes from these folders is shown.
pub(crate) async fn note_shown(cabinet: &Cabinet, who: &SignedIn, gathered: &Gathered, folders: &[Uuid]) -> Result<(), Trouble> {
    let opened = gathered.contacts.iter().map(|(id, _)| (*id, "contact.opened"));
    let opened = opened.chain(gathered.cases.iter().map(|case| (case.id, "case.opened")));
    let opened: Vec<_> = opened.filter(|(id, _)| folders.contains(id)).collect();
    let (inside, member) = (cabinet.clone(), who.member.id);
    cabinet
        .store
        .content()
        .tx(
            "helpline.show_copy",
            work!([inside, opened], |tx| {
                for (id, act) in opened {
                    inside.record(tx, Actor::Member(member), act, id, serde_json::json!({ "for": "copy" })).await?;
                }
                Ok::<_, Trouble>(())
            }),
        )
        .await
}

/// What was decided so far.
pub(crate) struct Drafts {
    /// As they lie in the folder.
    rows: BTreeMap<Uuid, Vec<u8>>,
    of: BTreeMap<String, Draft>,
}

impl Drafts {
    pub(crate) fn get(&self, key: &str) -> Option<&Draft> {
        self.of.get(key)
    }

    /// When something was last kept.
    pub(crate) fn last(&self) -> Option<time::OffsetDateTime> {
        self.of.values().map(|draft| draft.at).max()
    }
}

impl Gathered {
    /// The folder to which the draft of a passage is sealed: where it comes from, or the request's own for what does not open.
    fn home(&self, origin: &Origin) -> Option<&Held> {
        self.held.get(&origin.folder).or_else(|| self.held.get(&self.request))
    }

    fn paper(&self, cabinet: &Cabinet, origin: &Origin) -> Uuid {
        FormKey::of_record(cabinet, self.request, "copy-passage", &origin.key).row()
    }
}

/// What was decided so far about these passages. One that does not open is as if nobody had decided.
pub(crate) async fn drafts(cabinet: &Cabinet, gathered: &Gathered, passages: &[Origin]) -> Result<Drafts, Trouble> {
    let read = cabinet.store.content().read();
    let staff = plainsight_people::verifying_keys(read, cabinet.organisation).await?;
    let rows = papers::sealed(read, cabinet.organisation, gathered.request, PaperKind::CopyPassage).await?;
    let mut of = BTreeMap::new();
    for origin in passages {
        let id = gathered.paper(cabinet, origin);
        let (Some(sealed), Some(home)) = (rows.get(&id), gathered.home(origin)) else { continue };
        let place = cabinet.paper_envelope(PaperKind::CopyPassage.envelope(), gathered.request, id);
        let opened = envelope::open_signed(sealed, &place, &home.key, &staff).map_err(Trouble::from);
        let draft = opened.and_then(|it| serde_json::from_slice(&it.plaintext).map_err(|_| Trouble::Damaged("a part of a copy")));
        match draft {
            Ok(draft) => drop(of.insert(origin.key.clone(), draft)),
            Err(error) => tracing::error!(%error, "what was decided about a passage does not open"),
        }
    }
    Ok(Drafts { rows, of })
}

/// Keeps what a member decided about some of the passages. Gives the keys of those on which a colleague decided otherwise since the
/// page was made: theirs stand. What was kept of a passage that is not there any more is deleted.
pub(crate) async fn keep(
    cabinet: &Cabinet,
    who: &SignedIn,
    gathered: &Gathered,
    passages: &[Origin],
    sent: &BTreeMap<Origin, Sent>,
) -> Result<Vec<String>, Trouble> {
    let (member, now, request) = (who.member.id, cabinet.now(), gathered.request);
    for _ in 0..TRIES {
        let Drafts { rows, of } = drafts(cabinet, gathered, passages).await?;
        let known: Vec<Uuid> = passages.iter().map(|origin| gathered.paper(cabinet, origin)).collect();
        let mut gone: Vec<Uuid> = rows.keys().filter(|id| !known.contains(id)).copied().collect();
        let (mut new, mut clashes) = (Vec::new(), Vec::new());
        for (origin, sent) in sent {
            match take(of.get(&origin.key), sent.clone(), member, now) {
                Taken::Stays => {}
                Taken::Clash => clashes.push(origin.key.clone()),
                Taken::Keep(draft) => {
                    let Some(home) = gathered.home(origin) else { continue };
                    let id = gathered.paper(cabinet, origin);
                    let (key, signer) = (home.key.public(), Some(&who.unlocked.signing));
                    new.push(seal_content(cabinet, (request, id), now, PaperKind::CopyPassage, &[&key], signer, &draft)?);
                    gone.extend(rows.contains_key(&id).then_some(id));
                }
            }
        }
        if new.is_empty() && gone.is_empty() {
            return Ok(clashes);
        }
        let inside = cabinet.clone();
        let stored = cabinet
            .store
            .content()
            .tx(
                "helpline.keep_copy",
                work!([inside, rows, gone, new], |tx| {
                    contacts::find_to_change(tx, inside.organisation, request).await?.ok_or(Trouble::NotFound)?;
                    if papers::sealed(tx, inside.organisation, request, PaperKind::CopyPassage).await? != rows {
                        return Err(Trouble::Meanwhile);
                    }
                    papers::delete(tx, inside.organisation, request, gone).await?;
                    let detail = serde_json::json!({ "passages": new.len() });
                    for paper in new {
                        papers::insert(tx, paper).await?;
                    }
                    inside.record(tx, Actor::Member(member), "case.copy_kept", request, detail).await
                }),
            )
            .await;
        match stored {
            Err(Trouble::Meanwhile) => {}
            stored => return stored.map(|()| clashes),
        }
    }
    Err(Trouble::Meanwhile)
}
