//! Writes into the folders of cases, all or none, and keeps the headers of their contacts true: whether a contact is in an open
//! case, so that it is not deleted under the hands of those who work on it.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use time::OffsetDateTime;
use uuid::Uuid;

use plainsight_ledger::Actor;
use plainsight_people::SignedIn;
use plainsight_store::{Tx, work};

use super::answer::{put, seal_paper};
use super::case::read;
use super::open::{Held, folder, hold};
use crate::asked::Asked;
use crate::cabinet::{Cabinet, hour};
use crate::case::{Case, Decision, FIRST_LOOK, What, cases_of};
use crate::form::Written;
use crate::header::{Header, Retention};
use crate::message::{Mark, Note};
use crate::records::contacts;
use crate::records::papers::{self, PaperKind};
use crate::trouble::Trouble;

/// So often is tried again when a colleague writes into the same case at the same moment.
const TRIES: u32 = 5;

/// What is written into one folder.
pub(super) struct Deed {
    pub(super) case: Uuid,
    pub(super) what: What,
}

/// What is written at once.
pub(super) struct Writing {
    pub(super) deeds: Vec<Deed>,
    pub(super) text: Written,
    /// The contact that is put in or taken out, and what its own folder says of it.
    pub(super) contact: Option<(Held, Mark)>,
    /// The class of what is put in: a case is kept as long as what is in it.
    pub(super) class: Option<Retention>,
    /// When a member said that the case is to be looked at again.
    pub(super) look_again: Option<OffsetDateTime>,
}

impl Writing {
    pub(super) fn new(deeds: Vec<Deed>, text: Written) -> Self {
        Self { deeds, text, contact: None, class: None, look_again: None }
    }
}

/// Whether this may be done with a case as it stands. Judged on the reading whose number of entries is asked again under the
/// lock: nothing slips in between.
fn judge(what: &What, case: &Case) -> Result<(), Trouble> {
    let elsewhere = matches!(what, What::PartedFrom { .. } | What::LetGo { .. } | What::Related { .. } | What::Unrelated { .. });
    if case.into.is_some() && !elsewhere {
        return Err(Trouble::Merged);
    }
    if case.waiting().is_some() && matches!(what, What::Closed | What::MergedInto { .. }) {
        return Err(Trouble::Unanswered);
    }
    let needs_open =
        matches!(what, What::PutIn { .. } | What::Absorbed { .. } | What::Decided { .. } | What::LookAgain { .. } | What::Closed);
    if case.closed && needs_open { Err(Trouble::CaseClosed) } else { Ok(()) }
}

/// Writes each deed into its folder, and what follows from them for contacts and merged cases.
pub(super) async fn write(cabinet: &Cabinet, who: &SignedIn, act: &'static str, writing: Writing) -> Result<(), Trouble> {
    let Some(about) = writing.deeds.first().map(|deed| deed.case) else { return Ok(()) };
    let (member, now) = (who.member.id, cabinet.now());
    let (class, look_again) = (writing.class, writing.look_again);
    for _ in 0..TRIES {
        let mut entries = Vec::new();
        for deed in &writing.deeds {
            let (held, folder) = read(cabinet, who, deed.case).await?;
            let number = u32::try_from(folder.entries.len() + 1).map_err(|_| Trouble::Damaged("a case with too many entries"))?;
            let entry = crate::case::Entry { number, what: deed.what.clone(), text: writing.text.text.clone(), at: now, member };
            let what = serde_json::to_vec(&deed.what).map_err(|_| Trouble::Damaged("an entry of a case"))?;
            let key = writing.text.key(act).map(|key| key.with(&what));
            let paper = seal_paper(cabinet, who, &held, PaperKind::CaseEntry, &[], &entry, key)?;
            let stored = papers::exists(cabinet.store.content().read(), cabinet.organisation, deed.case, paper.id).await?;
            if !stored {
                judge(&deed.what, &folder.case)?;
            }
            let mut after = folder.case.clone();
            after.take(&deed.what);
            let asked = after.asked;
            entries.push(Ready { paper, before: folder.entries.len(), what: deed.what.clone(), was_closed: folder.case.closed, asked });
        }
        let mut paper = None;
        if let (Some((held, mark)), Some(entry)) = (&writing.contact, entries.first()) {
            let number = u32::try_from(entry.before + 1).map_err(|_| Trouble::Damaged("a case with too many entries"))?;
            let note = Note::new(member, now, writing.text.text.clone(), Some(*mark));
            let note = Note { case: Some(about), case_entry: number, ..note };
            let key = writing.text.key(act).map(|key| key.with(about.as_bytes()));
            paper = Some(seal_paper(cabinet, who, held, PaperKind::Note, &[], &note, key)?);
        }
        let kept = kept_by(cabinet, who, &writing.deeds).await?;
        // One order of locks, whichever case is the first.
        entries.sort_by_key(|entry| entry.paper.contact);
        let inside = cabinet.clone();
        let stored = cabinet
            .store
            .content()
            .tx(
                "helpline.write_case",
                work!([inside, entries, paper, kept], |tx| {
                    let mut new = false;
                    for entry in entries {
                        new |= store_entry(&inside, tx, entry, now, class, look_again).await?;
                    }
                    if !new {
                        return Ok(());
                    }
                    let must = paper.as_ref().map(|paper| paper.contact);
                    if let Some(paper) = paper {
                        put(&inside, tx, paper).await?;
                    }
                    for (folder, roots) in kept {
                        mark_kept(&inside, tx, folder, &roots, must == Some(folder)).await?;
                    }
                    inside.record(tx, Actor::Member(member), act, about, serde_json::json!({})).await
                }),
            )
            .await;
        match stored {
            Err(Trouble::Meanwhile) => {}
            done => return done,
        }
    }
    Err(Trouble::Meanwhile)
}

/// The cases that were read, as they will be.
#[derive(Default)]
pub(super) struct Cases(BTreeMap<Uuid, Option<Case>>);

impl Cases {
    /// Reads a case, if it can be read.
    async fn load(&mut self, cabinet: &Cabinet, who: &SignedIn, case: Uuid) -> Result<Option<&Case>, Trouble> {
        match self.0.entry(case) {
            Entry::Occupied(known) => Ok(known.into_mut().as_ref()),
            Entry::Vacant(free) => match read(cabinet, who, case).await {
                Ok((_, folder)) => Ok(free.insert(Some(folder.case)).as_ref()),
                Err(Trouble::NotFound | Trouble::Erased) => Ok(free.insert(None).as_ref()),
                Err(error) => Err(error),
            },
        }
    }

    /// The case in which one goes on: itself, if it was not merged.
    pub(super) async fn root(&mut self, cabinet: &Cabinet, who: &SignedIn, case: Uuid) -> Result<Uuid, Trouble> {
        let mut seen = BTreeSet::from([case]);
        let mut here = case;
        while let Some(into) = self.load(cabinet, who, here).await?.and_then(|case| case.into) {
            if !seen.insert(into) {
                return Err(Trouble::Damaged("a case that was merged in a circle"));
            }
            here = into;
        }
        Ok(here)
    }
}

/// For each contact and each merged case that these deeds touch, the cases that keep it while they are open. Nothing for deeds
/// that change neither what is in a case nor whether it is open.
async fn kept_by(cabinet: &Cabinet, who: &SignedIn, deeds: &[Deed]) -> Result<Vec<(Uuid, Vec<Uuid>)>, Trouble> {
    let touches = |deed: &Deed| {
        matches!(
            deed.what,
            What::PutIn { .. }
                | What::TookOut { .. }
                | What::Closed
                | What::Reopened
                | What::MergedInto { .. }
                | What::PartedFrom { .. }
                | What::Absorbed { .. }
                | What::LetGo { .. }
        )
    };
    if !deeds.iter().any(touches) {
        return Ok(Vec::new());
    }
    // All that hangs together with these cases: up to where each goes on, and down to all that was merged into that.
    let mut cases = Cases::default();
    let mut waiting = Vec::new();
    for deed in deeds {
        waiting.push(cases.root(cabinet, who, deed.case).await?);
    }
    let (mut whole, mut inside) = (BTreeSet::new(), BTreeSet::new());
    while let Some(case) = waiting.pop() {
        if whole.insert(case)
            && let Some(case) = cases.load(cabinet, who, case).await?
        {
            waiting.extend(&case.absorbed);
            inside.extend(case.contacts.iter().copied());
        }
    }
    for deed in deeds {
        if let Some(Some(case)) = cases.0.get_mut(&deed.case) {
            case.take(&deed.what);
        }
        if let What::PutIn { contact } | What::TookOut { contact } = deed.what {
            inside.insert(contact);
        }
    }
    let mut kept: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for case in whole {
        let root = cases.root(cabinet, who, case).await?;
        kept.insert(case, if root == case { Vec::new() } else { vec![root] });
    }
    for contact in inside {
        let papers = match hold(cabinet, who, contact).await {
            Ok(held) => folder(cabinet, &held).await?.1,
            Err(Trouble::NotFound | Trouble::Erased) => continue,
            Err(error) => return Err(error),
        };
        let mut of_contact = cases_of(papers.iter().map(|(_, _, paper)| paper));
        for deed in deeds {
            match deed.what {
                What::PutIn { contact: each } if each == contact => drop(of_contact.insert(deed.case)),
                What::TookOut { contact: each } if each == contact => drop(of_contact.remove(&deed.case)),
                _ => {}
            }
        }
        let mut roots = Vec::new();
        for case in of_contact {
            roots.push(cases.root(cabinet, who, case).await?);
        }
        kept.insert(contact, roots);
    }
    Ok(kept.into_iter().collect())
}

/// Notes in the header of a contact or of a merged case whether one of these cases is open. Asked under the lock of that header:
/// of two who close two cases at once the later sees what the earlier did. `must`: it is the contact that is put in.
async fn mark_kept(cabinet: &Cabinet, tx: &Tx, folder: Uuid, roots: &[Uuid], must: bool) -> Result<(), Trouble> {
    let Some(row) = contacts::find_to_change(tx, cabinet.organisation, folder).await? else { return Ok(()) };
    let header = cabinet.open_header(folder, &row.header)?;
    if header.flags.erased {
        return if must { Err(Trouble::Erased) } else { Ok(()) };
    }
    let mut in_case = false;
    for root in roots {
        if let Some(row) = contacts::find(tx, cabinet.organisation, *root).await? {
            let flags = cabinet.open_header(*root, &row.header)?.flags;
            in_case |= !flags.closed && !flags.erased;
        }
    }
    if must || header.flags.in_case != in_case {
        cabinet.change_header(tx, folder, |header| header.flags.in_case = in_case).await?;
    }
    Ok(())
}

/// An entry that is sealed and waits to be stored.
#[derive(Clone)]
struct Ready {
    paper: papers::Model,
    /// How many entries the folder held when this one was made.
    before: usize,
    what: What,
    was_closed: bool,
    /// The request about data, as it stands after this entry.
    asked: Option<Asked>,
}

/// Stores an entry. False when it lies there already; `Meanwhile` when somebody else wrote since the folder was read.
async fn store_entry(
    cabinet: &Cabinet,
    tx: &Tx,
    entry: Ready,
    now: OffsetDateTime,
    class: Option<Retention>,
    look_again: Option<OffsetDateTime>,
) -> Result<bool, Trouble> {
    let Ready { paper, before, what, was_closed, asked } = entry;
    let case = paper.contact;
    contacts::find_to_change(tx, cabinet.organisation, case).await?.ok_or(Trouble::NotFound)?;
    if papers::exists(tx, cabinet.organisation, case, paper.id).await? {
        return Ok(false);
    }
    if papers::ids(tx, cabinet.organisation, case, PaperKind::CaseEntry).await?.len() != before {
        return Err(Trouble::Meanwhile);
    }
    papers::insert(tx, paper).await?;
    // What was prepared for an answer is not kept beside it.
    if matches!(what, What::Answered { .. } | What::Closed) {
        papers::delete_kind(tx, cabinet.organisation, case, PaperKind::CopyPassage).await?;
    }
    let change = |header: &mut Header| {
        header.retention = header.retention.max(class.unwrap_or(header.retention));
        change(header, &what, was_closed, now, look_again);
        // Whatever else is said, a request is looked at in time for its answer.
        if let Some(by) = asked.and_then(|asked| asked.look_again(now)) {
            header.clocks.feedback_by = header.clocks.feedback_by.min(hour(by));
        }
    };
    cabinet.change_header(tx, case, change).await?;
    Ok(true)
}

/// What an entry changes of the header: whether the case is open, how long it is kept, and when it is looked at again.
fn change(header: &mut Header, what: &What, was_closed: bool, now: OffsetDateTime, look_again: Option<OffsetDateTime>) {
    match what {
        What::Closed | What::MergedInto { .. } => header.flags.closed = true,
        What::Reopened => header.flags.closed = false,
        What::PartedFrom { .. } => header.flags.closed = was_closed,
        What::Held => header.flags.held = true,
        What::HoldEnded => header.flags.held = false,
        What::Decided { decision: Decision::DangerNow } => header.retention = Retention::Safeguarding,
        _ => {}
    }
    let by_itself = match what {
        What::Decided { decision } => now + decision.look_again_after(),
        // Whoever does something with a case looks at it.
        _ if header.clocks.feedback_by <= now => now + FIRST_LOOK,
        _ => header.clocks.feedback_by,
    };
    header.clocks.feedback_by = hour(look_again.unwrap_or(by_itself));
    // Whatever comes, its time of keeping begins anew.
    header.settled = None;
}
