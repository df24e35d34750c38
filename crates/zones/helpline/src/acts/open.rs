//! An adviser opens a contact: the ledger first, then the content.

use time::OffsetDateTime;
use uuid::Uuid;
use zeroize::Zeroizing;

use plainsight_ledger::Actor;
use plainsight_people::{SignedIn, Unlocked};
use plainsight_store::work;
use plainsight_vault::{Contact, EnvelopePlace, Kind, OpenError, Role, SecretKey, VerifyingKey, envelope};
use plainsight_vocabulary::ConsentLevel;

use super::answer::{put, seal_paper};
use super::events::{self, Event};
use crate::attached::{Attached, Cleaning, Custody};
use crate::cabinet::Cabinet;
use crate::dialogue::{paused, too_many};
use crate::form::FormKey;
use crate::header::Header;
use crate::message::{From, Mark, Message, Note, Review, UrgentReferral};
use crate::records::papers::PaperKind;
use crate::records::{contacts, keystore, papers};
use crate::report::Report;
use crate::search::said::Said;
use crate::trouble::Trouble;

/// A contact as the desk reads it.
pub(crate) struct OpenContact {
    pub(crate) id: Uuid,
    pub(crate) header: Header,
    pub(crate) report: Report,
    /// All that is said in the folder, as search needs it.
    pub(crate) said: Said,
    /// Whether the reporter holds a receipt: an answer here reaches them.
    pub(crate) mailbox: bool,
    /// In order of time.
    pub(crate) papers: Vec<(Uuid, OffsetDateTime, Paper)>,
}

/// One opened paper of the folder.
pub(crate) enum Paper {
    Message(Message),
    Note(Note),
    UrgentReferral(UrgentReferral),
    Review(Review),
    File(Attached),
    Cleaning(Cleaning),
    Custody(Custody),
    /// It does not open here, or was not written by whom it names. What it was, if that is known.
    Damaged(Option<PaperKind>),
}

impl PaperKind {
    pub(crate) fn envelope(self) -> Kind {
        match self {
            Self::Message => Kind::Message,
            Self::Note | Self::CaseEntry | Self::File | Self::Cleaning | Self::Custody => Kind::Note,
            Self::UrgentReferral | Self::Review => Kind::UrgentReferral,
        }
    }
}

/// A folder that a member may work on: its row and its secret key. Somebody who holds no key of the team gets
/// `NotFound`, as if it did not exist.
pub(crate) struct Held {
    pub(crate) row: contacts::Model,
    pub(crate) key: SecretKey<Contact>,
}

/// A contact to work on; a case is none.
pub(crate) async fn hold(cabinet: &Cabinet, who: &SignedIn, contact: Uuid) -> Result<Held, Trouble> {
    let (held, header) = hold_folder(cabinet, who, contact).await?;
    if header.is_case() { Err(Trouble::NotFound) } else { Ok(held) }
}

/// A contact or a case to work on, and its header as it was read.
pub(crate) async fn hold_folder(cabinet: &Cabinet, who: &SignedIn, contact: Uuid) -> Result<(Held, Header), Trouble> {
    let row = contacts::find(cabinet.store.content().read(), cabinet.organisation, contact).await?.ok_or(Trouble::NotFound)?;
    let header = cabinet.open_header(contact, &row.header)?;
    match key_of(cabinet, who, contact).await? {
        Found::Key(key) => Ok((Held { row, key }, header)),
        Found::Nothing if who.unlocked.held_teams().any(|team| team == header.team) => Err(Trouble::Erased),
        Found::Nothing | Found::NotTheirs => Err(Trouble::NotFound),
    }
}

/// What the keystore has for a member of a contact.
pub(crate) enum Found {
    Key(SecretKey<Contact>),
    /// It is sealed to teams whose key they do not hold.
    NotTheirs,
    Nothing,
}

pub(crate) async fn key_of(cabinet: &Cabinet, who: &SignedIn, contact: Uuid) -> Result<Found, Trouble> {
    let wraps = keystore::of_contact(cabinet.store.keystore().read(), cabinet.organisation, contact).await?;
    unwrap_key(cabinet, &who.unlocked, contact, wraps)
}

/// The key of a contact out of its wraps.
pub(crate) fn unwrap_key(cabinet: &Cabinet, unlocked: &Unlocked, contact: Uuid, wraps: Vec<keystore::Model>) -> Result<Found, Trouble> {
    if wraps.is_empty() {
        return Ok(Found::Nothing);
    }
    for wrap in wraps {
        let Ok(epoch) = u32::try_from(wrap.epoch) else { continue };
        let Some(team_key) = unlocked.team_key(wrap.team, epoch) else { continue };
        let seed = envelope::open(&wrap.wrapped, &cabinet.envelope(Kind::ContactKey, epoch, contact), team_key)?;
        let seed = <[u8; 32]>::try_from(seed.as_slice()).map(Zeroizing::new).map_err(|_| Trouble::Damaged("a contact key"))?;
        return Ok(Found::Key(SecretKey::from_seed(*seed)));
    }
    Ok(Found::NotTheirs)
}

/// Opens a contact for reading. The entry in the ledger is on the disk before anything is shown; what the header knows
/// of times is rounded, at the first reading and when the reporter has written again.
pub(crate) async fn open(cabinet: &Cabinet, who: &SignedIn, contact: Uuid) -> Result<OpenContact, Trouble> {
    open_knowing(cabinet, who, contact, |_| 0).await
}

/// Opens a contact, knowing how many reports lie in others whose writer may be reached at the same number: when that makes
/// three, a mark in the folder says so, and the dialogue waits for a supervisor from then on.
pub(crate) async fn open_knowing(
    cabinet: &Cabinet,
    who: &SignedIn,
    contact: Uuid,
    elsewhere: impl FnOnce(&Said) -> usize,
) -> Result<OpenContact, Trouble> {
    let held = hold(cabinet, who, contact).await?;
    let mailbox = held.row.locate.is_some();
    let (report, mut papers) = folder(cabinet, &held).await?;
    let said = Said::of(&report, papers.iter().map(|(_, _, paper)| paper));
    let elsewhere = if said.reports > 0 { elsewhere(&said) } else { 0 };
    if too_many(said.reports, elsewhere) && !paused(&report, &papers) {
        papers.extend(mark_source(cabinet, who, &held, elsewhere).await?);
    }
    let reading = Reading {
        anonymous: report.naming == Some(ConsentLevel::Anonymous),
        paused: paused(&report, &papers),
        shown: papers.iter().map(|(id, _, _)| *id).collect(),
    };
    let header = mark_read(cabinet, who, contact, reading).await?;
    Ok(OpenContact { id: contact, header, report, said, mailbox, papers })
}

/// Puts the mark into the folder, once for so many reports elsewhere: what a supervisor has looked at is not asked again.
async fn mark_source(
    cabinet: &Cabinet,
    who: &SignedIn,
    held: &Held,
    elsewhere: usize,
) -> Result<Option<(Uuid, OffsetDateTime, Paper)>, Trouble> {
    let contact = held.row.id;
    let form = FormKey::of_record(cabinet, contact, "source", &elsewhere.to_string());
    let note = Note::new(who.member.id, cabinet.now(), String::new(), Some(Mark::Source));
    let row = seal_paper(cabinet, who, held, PaperKind::Note, &[], &note, Some(form))?;
    let (id, inside) = (row.id, cabinet.clone());
    let new = cabinet.store.content().tx("helpline.mark_source", work!([inside, row], |tx| put(&inside, tx, row).await)).await?;
    Ok(new.then(|| (id, cabinet.now(), Paper::Note(note))))
}

/// The first report and what followed, in order of time.
pub(crate) type Folder = (Report, Vec<(Uuid, OffsetDateTime, Paper)>);

pub(crate) async fn folder(cabinet: &Cabinet, held: &Held) -> Result<Folder, Trouble> {
    let staff = plainsight_people::verifying_keys(cabinet.store.content().read(), cabinet.organisation).await?;
    let papers = papers::of_contact(cabinet.store.content().read(), cabinet.organisation, held.row.id).await?;
    open_folder(cabinet, held, papers, &staff)
}

/// The papers of a contact or a case that are about files, in order of time, without an entry in the ledger: whoever hands a file
/// out writes that one.
pub(crate) async fn read_papers(
    cabinet: &Cabinet,
    who: &SignedIn,
    folder: Uuid,
) -> Result<(Held, Vec<(Uuid, OffsetDateTime, Paper)>), Trouble> {
    let (held, _) = hold_folder(cabinet, who, folder).await?;
    let staff = plainsight_people::verifying_keys(cabinet.store.content().read(), cabinet.organisation).await?;
    let papers = papers::of_contact(cabinet.store.content().read(), cabinet.organisation, folder).await?;
    let opened = open_papers(cabinet, &held, papers.into_iter().filter(is_about_a_file), &staff);
    Ok((held, opened))
}

/// Whether a paper tells of a file.
pub(crate) fn is_about_a_file(paper: &papers::Model) -> bool {
    matches!(PaperKind::parse(&paper.kind), Some(PaperKind::File | PaperKind::Cleaning | PaperKind::Custody))
}

/// A folder that was fetched already.
pub(crate) fn open_folder(cabinet: &Cabinet, held: &Held, papers: Vec<papers::Model>, staff: &[VerifyingKey]) -> Result<Folder, Trouble> {
    let report = open_report(cabinet, held, staff)?;
    Ok((report, open_papers(cabinet, held, papers, staff)))
}

/// Opens papers and puts them in order of time.
pub(crate) fn open_papers(
    cabinet: &Cabinet,
    held: &Held,
    papers: impl IntoIterator<Item = papers::Model>,
    staff: &[VerifyingKey],
) -> Vec<(Uuid, OffsetDateTime, Paper)> {
    let mut opened = Vec::new();
    for paper in papers {
        // One bad paper must not close the whole folder: it stands there as one that cannot be trusted.
        let damaged = |error: Trouble| {
            tracing::error!(%error, "a paper of a contact does not open");
            Paper::Damaged(PaperKind::parse(&paper.kind))
        };
        let content = open_paper(cabinet, held, &paper, staff);
        let (at, content) = match cabinet.open_time("helpline_papers", paper.id, "at", &paper.at) {
            Ok(at) => (at, content.unwrap_or_else(damaged)),
            // Without its time it has no place in the order: it stands first.
            Err(error) => (OffsetDateTime::UNIX_EPOCH, damaged(error)),
        };
        opened.push((paper.id, at, content));
    }
    opened.sort_by_key(|(id, at, _)| (*at, *id));
    opened
}

/// What a member has read of a contact.
#[derive(Clone)]
pub(crate) struct Reading {
    pub(crate) anonymous: bool,
    /// The dialogue waits for a supervisor.
    pub(crate) paused: bool,
    pub(crate) shown: Vec<Uuid>,
}

/// Writes down that a member reads a contact.
pub(crate) async fn mark_read(cabinet: &Cabinet, who: &SignedIn, contact: Uuid, reading: Reading) -> Result<Header, Trouble> {
    let member = who.member.id;
    let inside = cabinet.clone();
    cabinet
        .store
        .content()
        .tx(
            "helpline.open",
            work!([inside, reading], |tx| {
                // Asked again under the lock: what the reporter wrote since the folder was read is not shown, and stays unread.
                let row = contacts::find_to_change(tx, inside.organisation, contact).await?.ok_or(Trouble::NotFound)?;
                let read_before = inside.open_header(contact, &row.header)?.flags.read;
                let later = papers::ids(tx, inside.organisation, contact, PaperKind::Message).await?;
                let unread = later.iter().any(|paper| !reading.shown.contains(paper));
                let change = |header: &mut Header| {
                    // What is still being written down is not read by looking into it: it waits to be finished.
                    header.flags.read |= !header.flags.unfinished;
                    header.flags.reporter_wrote &= unread;
                    header.flags.supervisor_due = reading.paused;
                    // Nobody has looked at what came just now: its clock and its alarm run on.
                    if !unread {
                        header.alarm.attend();
                        // The clock of what is still being written down runs on.
                        if !header.flags.unfinished {
                            header.clocks.round(reading.anonymous);
                        }
                    }
                };
                let header = inside.change_header(tx, contact, change).await?;
                if header.flags.read && !read_before {
                    events::note(&inside, tx, contact, Event::Read).await?;
                }
                inside.record(tx, Actor::Member(member), "contact.opened", contact, serde_json::json!({})).await?;
                Ok::<_, Trouble>(header)
            }),
        )
        .await
}

/// Opens the first report and checks who wrote it: what came over the site or from another system carries no signature, what an
/// adviser wrote down carries theirs.
pub(crate) fn open_report(cabinet: &Cabinet, held: &Held, staff: &[VerifyingKey]) -> Result<Report, Trouble> {
    if held.row.report.is_empty() {
        return Err(Trouble::Erased);
    }
    let epoch = u32::try_from(held.row.epoch).map_err(|_| Trouble::Damaged("the epoch of a contact"))?;
    let place = cabinet.envelope(Kind::Report, epoch, held.row.id);
    let (text, signed) = open_either(&held.row.report, &place, &held.key, staff)?;
    let report: Report = serde_json::from_slice(&text).map_err(|_| Trouble::Damaged("a report"))?;
    if signed == report.was_written_down() { Ok(report) } else { Err(Trouble::Damaged("the signature of a report")) }
}

/// Opens an envelope, signed by one of the staff or by nobody.
fn open_either<R: Role>(
    sealed: &[u8],
    place: &EnvelopePlace<'_>,
    key: &SecretKey<R>,
    staff: &[VerifyingKey],
) -> Result<(Zeroizing<Vec<u8>>, bool), OpenError> {
    match envelope::open(sealed, place, key) {
        Ok(text) => Ok((text, false)),
        Err(OpenError::Signed) => Ok((envelope::open_signed(sealed, place, key, staff)?.plaintext, true)),
        Err(error) => Err(error),
    }
}

/// Opens a paper and checks who wrote it: what the desk wrote carries the signature of a member, what the reporter added
/// carries none and can never pass for ours.
fn open_paper(cabinet: &Cabinet, held: &Held, paper: &papers::Model, staff: &[VerifyingKey]) -> Result<Paper, Trouble> {
    let kind = PaperKind::parse(&paper.kind).ok_or(Trouble::Damaged("the kind of a paper"))?;
    let place = cabinet.paper_envelope(kind.envelope(), paper.contact, paper.id);
    let damaged = |_| Trouble::Damaged("a paper of a contact");
    match kind {
        PaperKind::Message => return Ok(Paper::Message(open_message(&paper.sealed, &place, &held.key, staff)?)),
        PaperKind::File => return Ok(Paper::File(open_file_paper(&paper.sealed, &place, &held.key, staff)?)),
        _ => {}
    }
    let opened = envelope::open_signed(&paper.sealed, &place, &held.key, staff)?;
    Ok(match kind {
        PaperKind::Cleaning => Paper::Cleaning(serde_json::from_slice(&opened.plaintext).map_err(damaged)?),
        PaperKind::Custody => Paper::Custody(serde_json::from_slice(&opened.plaintext).map_err(damaged)?),
        PaperKind::Message | PaperKind::File | PaperKind::Note => Paper::Note(serde_json::from_slice(&opened.plaintext).map_err(damaged)?),
        PaperKind::UrgentReferral => Paper::UrgentReferral(serde_json::from_slice(&opened.plaintext).map_err(damaged)?),
        PaperKind::Review => Paper::Review(serde_json::from_slice(&opened.plaintext).map_err(damaged)?),
        PaperKind::CaseEntry => return Err(Trouble::Damaged("a paper of a contact")),
    })
}

/// Opens what a folder says of a file. One that we put there is signed.
fn open_file_paper(
    sealed: &[u8],
    place: &EnvelopePlace<'_>,
    key: &SecretKey<Contact>,
    staff: &[VerifyingKey],
) -> Result<Attached, Trouble> {
    let (text, signed) = open_either(sealed, place, key, staff)?;
    let file: Attached = serde_json::from_slice(&text).map_err(|_| Trouble::Damaged("the paper of a file"))?;
    match (file.from, signed) {
        (From::Desk, true) | (From::Reporter, false) => Ok(file),
        _ => Err(Trouble::Damaged("the signature of a file")),
    }
}

/// Opens a message with the contact's key or with the reporter's mailbox. A message of the desk must be signed.
pub(crate) fn open_message<R: Role>(
    sealed: &[u8],
    place: &EnvelopePlace<'_>,
    key: &SecretKey<R>,
    staff: &[VerifyingKey],
) -> Result<Message, Trouble> {
    let (text, signed) = open_either(sealed, place, key, staff)?;
    let message: Message = serde_json::from_slice(&text).map_err(|_| Trouble::Damaged("a message"))?;
    match (message.from, signed) {
        (From::Desk, true) | (From::Reporter, false) => Ok(message),
        _ => Err(Trouble::Damaged("the signature of a message")),
    }
}
