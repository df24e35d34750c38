//! What is done with a case. Each thing is an entry in its folder, signed by who did it; what touches two folders is written
//! into both or into neither.

use std::collections::BTreeMap;

use time::{Date, OffsetDateTime};
use uuid::Uuid;
use zeroize::Zeroizing;

use plainsight_ledger::Actor;
use plainsight_people::SignedIn;
use plainsight_store::work;
use plainsight_vault::{Kind, Root, VerifyingKey, envelope};
use plainsight_vocabulary::Urgency;

use super::answer::{put, seal_paper};
use super::case_write::{Cases, Deed, Writing, write};
use super::file::{epoch_column, make_key_for, size_class, store_key};
use super::open::{Found, Held, Paper, hold, hold_folder, is_about_a_file, key_of, open_papers};
use crate::asked::{Asked, Wish};
use crate::cabinet::{Cabinet, hour};
use crate::case::{Case, Entry, FIRST_LOOK, Opening, Relation, Together, What, together};
use crate::form::Written;
use crate::header::{Alarm, Clocks, Flags, Folder, Header, Retention, Told};
use crate::message::{Mark, Note};
use crate::records::papers::{self, PaperKind};
use crate::records::{SUPERVISOR, ZONE, changes, contacts, keystore};
use crate::trouble::Trouble;

/// The folder of one case, opened.
pub(crate) struct CaseFolder {
    pub(crate) id: Uuid,
    pub(crate) header: Header,
    pub(crate) opening: Opening,
    /// In the order in which they were written; `None` for one that does not open or was not written by whom it names.
    pub(crate) entries: Vec<Option<Entry>>,
    pub(crate) case: Case,
    /// What is told of the files that were put into it, in order of time.
    pub(crate) files: Vec<(Uuid, OffsetDateTime, Paper)>,
}

/// A case as the desk reads it, with those that were merged into it.
pub(crate) struct OpenCase {
    /// The case itself first.
    pub(crate) folders: Vec<CaseFolder>,
    pub(crate) together: Together,
}

impl OpenCase {
    pub(crate) fn main(&self) -> Option<&CaseFolder> {
        self.folders.first()
    }
}

/// Opens a case for reading: the ledger first, then the content.
pub(crate) async fn open(cabinet: &Cabinet, who: &SignedIn, case: Uuid) -> Result<OpenCase, Trouble> {
    let mut folders: Vec<CaseFolder> = Vec::new();
    let mut waiting = vec![case];
    while let Some(id) = waiting.pop() {
        if folders.iter().any(|folder| folder.id == id) {
            continue;
        }
        match read(cabinet, who, id).await {
            Ok((_, folder)) => {
                waiting.extend(&folder.case.absorbed);
                folders.push(folder);
            }
            // One that was merged into it and can no longer be opened must not close the whole.
            Err(Trouble::NotFound | Trouble::Erased) if id != case => {}
            Err(error) => return Err(error),
        }
    }
    let (inside, member) = (cabinet.clone(), who.member.id);
    cabinet
        .store
        .content()
        .tx(
            "helpline.open_case",
            work!([inside], |tx| inside.record(tx, Actor::Member(member), "case.opened", case, serde_json::json!({})).await),
        )
        .await?;
    let cases: BTreeMap<Uuid, Case> = folders.iter().map(|folder| (folder.id, folder.case.clone())).collect();
    let together = together(case, &cases);
    Ok(OpenCase { folders, together })
}

/// The folder of a case, and what is needed to write into it.
pub(super) async fn read(cabinet: &Cabinet, who: &SignedIn, case: Uuid) -> Result<(Held, CaseFolder), Trouble> {
    let (held, header) = hold_folder(cabinet, who, case).await?;
    if !header.is_case() {
        return Err(Trouble::NotFound);
    }
    let content = cabinet.store.content().read();
    let staff = plainsight_people::verifying_keys(content, cabinet.organisation).await?;
    let papers = papers::of_contact(content, cabinet.organisation, case).await?;
    let (of_files, papers) = papers.into_iter().partition(is_about_a_file);
    let (opening, entries) = open_folder(cabinet, &held, papers, &staff)?;
    let files = open_papers(cabinet, &held, of_files, &staff);
    let state = Case::of(&opening, entries.iter().flatten());
    Ok((held, CaseFolder { id: case, header, opening, entries, case: state, files }))
}

/// The opening of a case and its entries in their order.
pub(crate) fn open_folder(
    cabinet: &Cabinet,
    held: &Held,
    papers: Vec<papers::Model>,
    staff: &[VerifyingKey],
) -> Result<(Opening, Vec<Option<Entry>>), Trouble> {
    if held.row.report.is_empty() {
        return Err(Trouble::Erased);
    }
    let epoch = u32::try_from(held.row.epoch).map_err(|_| Trouble::Damaged("the epoch of a case"))?;
    let place = cabinet.envelope(Kind::Report, epoch, held.row.id);
    let opened = envelope::open_signed(&held.row.report, &place, &held.key, staff)?;
    let opening = serde_json::from_slice(&opened.plaintext).map_err(|_| Trouble::Damaged("the opening of a case"))?;
    let mut entries: Vec<Option<Entry>> = papers
        .into_iter()
        .filter(|paper| PaperKind::parse(&paper.kind) == Some(PaperKind::CaseEntry))
        .map(|paper| {
            let place = cabinet.paper_envelope(PaperKind::CaseEntry.envelope(), paper.contact, paper.id);
            let opened = envelope::open_signed(&paper.sealed, &place, &held.key, staff);
            let entry = opened
                .map_err(Trouble::from)
                .and_then(|opened| serde_json::from_slice(&opened.plaintext).map_err(|_| Trouble::Damaged("an entry of a case")));
            entry.inspect_err(|error| tracing::error!(%error, "an entry of a case does not open")).ok()
        })
        .collect();
    entries.sort_by_key(|entry| entry.as_ref().map_or(0, |entry| entry.number));
    Ok((opening, entries))
}

/// A request about data, with which a case begins.
pub(crate) struct Request<'a> {
    /// The team that answers it. It may be that nothing is kept, and no contact is in it.
    pub(crate) team: Uuid,
    pub(crate) wish: Wish,
    pub(crate) came: Date,
    /// Who asks, and how we know that it is they.
    pub(crate) from: &'a str,
}

/// Begins a case with contacts of one team. One form begins one case, however often it is pressed.
pub(crate) async fn begin(cabinet: &Cabinet, who: &SignedIn, put_in: &[Uuid], title: Written) -> Result<Uuid, Trouble> {
    begin_again(cabinet, who, put_in, None, title).await
}

/// Begins the case of a request about data, with a contact in it or none yet.
pub(crate) async fn begin_request(
    cabinet: &Cabinet,
    who: &SignedIn,
    contact: Option<Uuid>,
    request: &Request<'_>,
    title: Written,
) -> Result<Uuid, Trouble> {
    if !who.member.holds(ZONE, SUPERVISOR) {
        return Err(Trouble::NotFound);
    }
    begin_again(cabinet, who, contact.as_slice(), Some(request), title).await
}

async fn begin_again(
    cabinet: &Cabinet,
    who: &SignedIn,
    put_in: &[Uuid],
    request: Option<&Request<'_>>,
    title: Written,
) -> Result<Uuid, Trouble> {
    match begin_once(cabinet, who, put_in, request, title.clone()).await {
        // Pressed twice at once: the other press was first, and this one finds what it made.
        Err(Trouble::Meanwhile) => begin_once(cabinet, who, put_in, request, title).await,
        done => done,
    }
}

async fn begin_once(
    cabinet: &Cabinet,
    who: &SignedIn,
    put_in: &[Uuid],
    request: Option<&Request<'_>>,
    title: Written,
) -> Result<Uuid, Trouble> {
    let mut team = request.map(|request| request.team);
    let mut held = Vec::new();
    let mut class = Retention::Ordinary;
    for contact in put_in {
        let (contact, header) = hold_folder(cabinet, who, *contact).await?;
        if header.is_case() || team.is_some_and(|team| team != header.team) {
            return Err(Trouble::NotFound);
        }
        team = Some(header.team);
        class = class.max(header.retention);
        held.push(contact);
    }
    let team = team.ok_or(Trouble::NotFound)?;
    let key = title.key("begin-case").map(|key| put_in.iter().fold(key, |key, contact| key.with(contact.as_bytes())));
    let id = key.as_ref().map_or_else(|| cabinet.new_id(), crate::form::FormKey::row);
    if contacts::find(cabinet.store.content().read(), cabinet.organisation, id).await?.is_some() {
        return Ok(id);
    }
    let (epoch, team_key) = who.unlocked.newest(team).ok_or(Trouble::NotFound)?;
    let (case_key, wrap) = match key_of(cabinet, who, id).await? {
        Found::NotTheirs => return Err(Trouble::NotFound),
        // Left by a press that was cut off between the key and the case.
        Found::Key(key) => (key, None),
        Found::Nothing => {
            let (key, wrap) = make_key_for(cabinet, team, epoch, &team_key.public(), id)?;
            (key, Some(wrap))
        }
    };
    let (now, member) = (cabinet.now(), who.member.id);
    let opening = Opening { title: title.text.clone(), at: now, member };
    let text = Zeroizing::new(serde_json::to_vec(&opening).map_err(|_| Trouble::Damaged("the opening of a case"))?);
    let place = cabinet.envelope(Kind::Report, epoch, id);
    let sealed = envelope::seal_signed(&place, &[&case_key.public()], &text, &who.unlocked.signing, &mut cabinet.rng())?;
    // Nobody holds a receipt: the mailbox is one that nobody can open.
    let mut nobody = [0; 32];
    rand::Rng::fill_bytes(&mut cabinet.rng(), &mut nobody);
    let asked = request.map(|request| Asked::new(request.wish, request.came));
    let look_again = asked.and_then(|asked| asked.look_again(now)).unwrap_or(now + FIRST_LOOK);
    let header = Header { retention: class, ..new_header(cabinet.organisation, team, member, sealed.len(), now, look_again) };
    let row = contacts::Model {
        organisation: cabinet.organisation,
        id,
        header: cabinet.seal_header(id, &header)?,
        locate: None,
        mailbox_key: Root::from_bytes(nobody).mailbox().public().to_bytes().to_vec(),
        contact_key: case_key.public().to_bytes().to_vec(),
        epoch: epoch_column(epoch)?,
        report: sealed,
    };
    let case = Held { row: row.clone(), key: case_key };
    let mut whats: Vec<(What, &str)> = request.iter().map(|it| (What::Asked { wish: it.wish, came: it.came }, it.from)).collect();
    whats.extend(put_in.iter().map(|contact| (What::PutIn { contact: *contact }, "")));
    let mut papers = Vec::new();
    for (number, (what, text)) in (1_u32..).zip(whats) {
        let entry = Entry { number, what, text: text.to_owned(), at: now, member };
        papers.push(seal_paper(cabinet, who, &case, PaperKind::CaseEntry, &[], &entry, None)?);
    }
    let first = if request.is_some() { 2 } else { 1 };
    for (number, contact) in (first..).zip(&held) {
        let note = Note { case: Some(id), case_entry: number, ..Note::new(member, now, String::new(), Some(Mark::InCase)) };
        papers.push(seal_paper(cabinet, who, contact, PaperKind::Note, &[], &note, None)?);
    }
    if let Some(wrap) = wrap
        && let Err(error) = store_key(cabinet, wrap).await
    {
        // The same form was pressed twice at once, and the other press was first.
        let there = !keystore::of_contact(cabinet.store.keystore().read(), cabinet.organisation, id).await?.is_empty();
        return Err(if there { Trouble::Meanwhile } else { error.into() });
    }
    let act = if asked.is_some() { "case.asked" } else { "case.begun" };
    let mut touched = put_in.to_vec();
    touched.sort_unstable();
    let inside = cabinet.clone();
    let stored = cabinet
        .store
        .content()
        .tx(
            "helpline.begin_case",
            work!([inside, row, papers, touched], |tx| {
                contacts::insert(tx, row).await?;
                for paper in papers {
                    put(&inside, tx, paper).await?;
                }
                changes::note(tx, inside.organisation, id).await?;
                for contact in touched {
                    inside.change_header(tx, contact, |header| header.flags.in_case = true).await?;
                }
                inside.record(tx, Actor::Member(member), act, id, serde_json::json!({})).await
            }),
        )
        .await;
    match stored {
        Err(_) if contacts::find(cabinet.store.content().read(), cabinet.organisation, id).await?.is_some() => Ok(id),
        stored => stored.map(|()| id),
    }
}

fn new_header(organisation: Uuid, team: Uuid, member: Uuid, sealed_size: usize, now: OffsetDateTime, look_again: OffsetDateTime) -> Header {
    let (arrived, look_again) = (hour(now), hour(look_again));
    Header {
        version: 1,
        organisation,
        team,
        urgency: Urgency::Normal,
        language: "other".to_owned(),
        clocks: Clocks { arrived, read_by: arrived, acknowledge_by: arrived, feedback_by: look_again },
        retention: Retention::Ordinary,
        size: size_class(sealed_size),
        flags: Flags { read: true, acknowledged: true, ..Flags::default() },
        alarm: Alarm::default(),
        told: Told::default(),
        hands: vec![member],
        folder: Folder::Case,
        settled: None,
    }
}

/// Puts a contact into a case, or takes it out. What is put into a case that was merged goes where that goes on.
pub(crate) async fn put_in(
    cabinet: &Cabinet,
    who: &SignedIn,
    case: Uuid,
    contact: Uuid,
    inside: bool,
    reason: Written,
) -> Result<(), Trouble> {
    let case = if inside { Cases::default().root(cabinet, who, case).await? } else { case };
    let held = hold(cabinet, who, contact).await?;
    let header = cabinet.open_header(contact, &held.row.header)?;
    let (_, folder) = read(cabinet, who, case).await?;
    if folder.header.team != header.team {
        return Err(Trouble::NotFound);
    }
    if folder.case.contacts.contains(&contact) == inside {
        return Ok(());
    }
    let (what, mark, act) = if inside {
        (What::PutIn { contact }, Mark::InCase, "case.put_in")
    } else {
        (What::TookOut { contact }, Mark::OutOfCase, "case.took_out")
    };
    let class = inside.then_some(header.retention);
    write(cabinet, who, act, Writing { contact: Some((held, mark)), class, ..Writing::new(vec![Deed { case, what }], reason) }).await
}

/// Writes one thing into a case. `look_again` names when it is looked at again, where a member said so.
pub(crate) async fn add(
    cabinet: &Cabinet,
    who: &SignedIn,
    case: Uuid,
    what: What,
    text: Written,
    look_again: Option<OffsetDateTime>,
) -> Result<(), Trouble> {
    let act = match &what {
        What::Noted => "case.noted",
        What::Titled { .. } => "case.titled",
        What::Decided { .. } => "case.decided",
        What::LookAgain { .. } => "case.look_again",
        What::Closed => "case.closed",
        What::Reopened => "case.reopened",
        What::Held if who.member.holds(ZONE, SUPERVISOR) => "case.held",
        What::HoldEnded if who.member.holds(ZONE, SUPERVISOR) => "case.hold_ended",
        What::Answered { .. } if who.member.holds(ZONE, SUPERVISOR) => "case.answered",
        // These touch another folder and have an act of their own.
        _ => return Err(Trouble::NotFound),
    };
    write(cabinet, who, act, Writing { look_again, ..Writing::new(vec![Deed { case, what }], text) }).await
}

/// Takes the two months more that the law allows for a request, with the reason that whoever asks has to be told.
pub(crate) async fn more_time(cabinet: &Cabinet, who: &SignedIn, case: Uuid, reason: Written) -> Result<(), Trouble> {
    let (_, folder) = read(cabinet, who, case).await?;
    // Within the first month the person is to be told of it: after that there is nothing to take.
    let today = cabinet.now().date();
    let asked = folder.case.waiting().filter(|asked| today <= asked.by && who.member.holds(ZONE, SUPERVISOR));
    let by = asked.ok_or(Trouble::NotFound)?.at_the_latest();
    write(cabinet, who, "case.more_time", Writing::new(vec![Deed { case, what: What::MoreTime { by } }], reason)).await
}

/// Says how two cases have to do with each other, in both folders; with no relation, that they have not.
pub(crate) async fn relate(
    cabinet: &Cabinet,
    who: &SignedIn,
    (one, other): (Uuid, Uuid),
    relation: Option<Relation>,
    reason: Written,
) -> Result<(), Trouble> {
    let what = |other| relation.map_or(What::Unrelated { other }, |relation| What::Related { other, relation });
    let mut deeds = vec![Deed { case: one, what: what(other) }];
    match same_team(cabinet, who, one, other).await {
        Ok(()) => deeds.push(Deed { case: other, what: what(one) }),
        // Of one that was erased there is only this half left to say.
        Err(Trouble::Erased) if relation.is_none() => {}
        Err(error) => return Err(error),
    }
    let act = if relation.is_some() { "case.related" } else { "case.unrelated" };
    write(cabinet, who, act, Writing::new(deeds, reason)).await
}

/// Lets a case go on in another. Nothing is moved: `part` makes both what they were.
pub(crate) async fn merge(cabinet: &Cabinet, who: &SignedIn, from: Uuid, into: Uuid, reason: Written) -> Result<(), Trouble> {
    let into = Cases::default().root(cabinet, who, into).await?;
    let (_, folder) = read(cabinet, who, from).await?;
    if folder.case.into.is_some() || into == from {
        return Err(Trouble::NotFound);
    }
    same_team(cabinet, who, from, into).await?;
    let deeds = vec![Deed { case: from, what: What::MergedInto { case: into } }, Deed { case: into, what: What::Absorbed { case: from } }];
    write(cabinet, who, "case.merged", Writing::new(deeds, reason)).await
}

/// Makes a case that was merged one of its own again.
pub(crate) async fn part(cabinet: &Cabinet, who: &SignedIn, case: Uuid, reason: Written) -> Result<(), Trouble> {
    let (_, folder) = read(cabinet, who, case).await?;
    let Some(into) = folder.case.into else { return Ok(()) };
    let deeds = vec![Deed { case, what: What::PartedFrom { case: into } }, Deed { case: into, what: What::LetGo { case } }];
    write(cabinet, who, "case.parted", Writing::new(deeds, reason)).await
}

async fn same_team(cabinet: &Cabinet, who: &SignedIn, one: Uuid, other: Uuid) -> Result<(), Trouble> {
    let (_, one_header) = hold_folder(cabinet, who, one).await?;
    let (_, other_header) = hold_folder(cabinet, who, other).await?;
    let fits = one != other && one_header.is_case() && other_header.is_case() && one_header.team == other_header.team;
    if fits { Ok(()) } else { Err(Trouble::NotFound) }
}
