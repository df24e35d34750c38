//! A file is handed out on a ticket, parcel by parcel. The entry in the ledger is on the disk before the first byte.

use std::sync::Arc;

use bytes::Bytes;
use futures_util::{Stream, stream};
use time::OffsetDateTime;
use uuid::Uuid;

use plainsight_ledger::{Actor, OpenedEntry};
use plainsight_media::Kind;
use plainsight_people::SignedIn;
use plainsight_store::work;

use super::custody::key_of_original;
use super::open::{Found, Held, Paper, open_papers, read_papers, unwrap_key};
use super::stow::read_parcel;
use crate::attached::CleaningEnd;
use crate::cabinet::{Cabinet, hour};
use crate::exhibit::exhibits;
use crate::parcel::{FileKey, Layout, PARCEL};
use crate::range::Span;
use crate::records::{ZONE, contacts, files, keystore, papers};
use crate::reference::file_reference;
use crate::ticket::{Purpose, Ticket, Tickets};
use crate::trouble::Trouble;

/// A file that may be fetched now.
pub(crate) struct Handing {
    cabinet: Cabinet,
    /// Whose parcels they are.
    file: Uuid,
    key: FileKey,
    pub(crate) layout: Layout,
    /// What it is; none for an original, which is what it is.
    pub(crate) kind: Option<Kind>,
    /// Under which name it is saved.
    pub(crate) name: String,
    pub(crate) purpose: Purpose,
}

/// Draws a ticket for the cleaned copy of a file.
pub(crate) async fn draw(
    cabinet: &Cabinet,
    tickets: &Tickets,
    who: &SignedIn,
    (folder, file): (Uuid, Uuid),
    purpose: Purpose,
) -> Result<String, Trouble> {
    let (_, papers) = read_papers(cabinet, who, folder).await?;
    let found = exhibits(&papers);
    let exhibit = found.iter().find(|exhibit| exhibit.id == file).ok_or(Trouble::NotFound)?;
    let (paper, _) = exhibit.copy().ok_or(Trouble::NotFound)?;
    let ticket = Ticket::new(&who.unlocked, (folder, file), paper, purpose);
    Ok(tickets.draw(ticket, cabinet.now(), &mut cabinet.rng()))
}

/// What a ticket is good for at this moment, with its entry in the ledger when it is fetched with for the first time.
pub(crate) async fn hand_out(cabinet: &Cabinet, tickets: &Tickets, token: &str) -> Result<Handing, Trouble> {
    let shown = tickets.show(token, cabinet.now()).ok_or(Trouble::DeadTicket)?;
    let ticket = shown.ticket;
    let read = cabinet.store.content().read();
    let row = contacts::find(read, cabinet.organisation, ticket.folder).await?.ok_or(Trouble::DeadTicket)?;
    let is_case = cabinet.open_header(ticket.folder, &row.header)?.is_case();
    let wraps = keystore::of_contact(cabinet.store.keystore().read(), cabinet.organisation, ticket.folder).await?;
    let Found::Key(key) = unwrap_key(cabinet, &shown.unlocked, ticket.folder, wraps)? else { return Err(Trouble::DeadTicket) };
    let paper = papers::find(read, cabinet.organisation, ticket.folder, ticket.paper).await?.ok_or(Trouble::DeadTicket)?;
    let staff = plainsight_people::verifying_keys(read, cabinet.organisation).await?;
    let held = Held { row, key };
    let paper = open_papers(cabinet, &held, [paper], &staff).pop().map(|(_, _, paper)| paper);
    if let Some(Paper::File(file)) = &paper
        && ticket.purpose == Purpose::Original
    {
        let key = key_of_original(cabinet, &shown.unlocked, &held, (ticket.file, file)).await?;
        // That it was opened is in the ledger since the ticket was drawn, which is good once.
        if !tickets.spend(token) {
            return Err(Trouble::DeadTicket);
        }
        return Ok(Handing {
            cabinet: cabinet.clone(),
            file: ticket.file,
            key,
            layout: Layout::of(file.size).ok_or(Trouble::Damaged("the size of a file"))?,
            kind: None,
            name: format!("{}.original", file_reference(ticket.file)),
            purpose: ticket.purpose,
        });
    }
    let Some(Paper::Cleaning(cleaning)) = paper else { return Err(Trouble::Damaged("the paper of a cleaning")) };
    let CleaningEnd::Copy(copy) = cleaning.end else { return Err(Trouble::DeadTicket) };
    let there = files::find(read, cabinet.organisation, copy.file).await?.is_some_and(|row| row.contact == Some(ticket.folder));
    if !there {
        return Err(Trouble::FileGone);
    }
    let kind = Kind::parse(&copy.kind);
    let ending = kind.map_or("bin", Kind::ending);
    let handing = Handing {
        cabinet: cabinet.clone(),
        file: copy.file,
        key: copy.key.clone(),
        layout: Layout::of(copy.size).ok_or(Trouble::Damaged("the size of a file"))?,
        kind,
        name: format!("{}.{ending}", file_reference(ticket.file)),
        purpose: ticket.purpose,
    };
    if shown.first {
        let act = match (is_case, ticket.purpose) {
            (false, Purpose::Look) => "contact.file_looked_at",
            (false, _) => "contact.file_saved",
            (true, Purpose::Look) => "case.file_looked_at",
            (true, _) => "case.file_saved",
        };
        note(cabinet, &ticket, act).await?;
        tickets.used(token, cabinet.now());
    }
    Ok(handing)
}

/// Who fetched the copy or the original of a file, or tried, since it came: as the ledger has it, the oldest first.
pub(crate) async fn fetchings(cabinet: &Cabinet, folder: Uuid, (file, came): (Uuid, OffsetDateTime)) -> Result<Vec<OpenedEntry>, Trouble> {
    const AT_A_TIME: u64 = 1000;
    const ACTS: [&str; 4] = ["contact.file_looked_at", "contact.file_saved", "case.file_looked_at", "case.file_saved"];
    let (mut found, mut before) = (Vec::new(), None);
    loop {
        let page = cabinet.ledger.read(cabinet.store.content().read(), cabinet.organisation, ZONE, before, AT_A_TIME).await?;
        let Some(oldest) = page.last() else { break };
        // What came at an hour stands under that hour.
        let older = oldest.hour < hour(came);
        before = Some(oldest.seq);
        let of_file = |entry: &OpenedEntry| {
            entry.record == Some(folder) && ACTS.contains(&entry.act.as_str()) && entry.detail == serde_json::json!({ "file": file })
        };
        found.extend(page.into_iter().filter(of_file));
        if older {
            break;
        }
    }
    found.reverse();
    Ok(found)
}

async fn note(cabinet: &Cabinet, ticket: &Ticket, act: &'static str) -> Result<(), Trouble> {
    let inside = cabinet.clone();
    let (member, folder, file) = (ticket.member, ticket.folder, ticket.file);
    cabinet
        .store
        .content()
        .tx(
            "helpline.hand_out",
            work!([inside], |tx| inside.record(tx, Actor::Member(member), act, folder, serde_json::json!({ "file": file })).await),
        )
        .await
}

impl Handing {
    pub(crate) fn size(&self) -> u64 {
        self.layout.size()
    }

    /// The bytes of a span, a parcel at a time. A parcel that does not open ends the stream: what does not open is not given out.
    pub(crate) fn stream(self: Arc<Self>, span: Span) -> impl Stream<Item = Result<Bytes, Trouble>> + Send {
        stream::try_unfold(span.first, move |at| {
            let handing = Arc::clone(&self);
            async move {
                if at > span.last {
                    return Ok(None);
                }
                let piece = handing.piece(at, span.last).await?;
                let next = at + piece.len() as u64;
                Ok(Some((piece, next)))
            }
        })
    }

    /// What the parcel in which `from` lies holds from there on, but for what comes after `last`.
    pub(crate) async fn piece(&self, from: u64, last: u64) -> Result<Bytes, Trouble> {
        let parcel = PARCEL as u64;
        let number = u32::try_from(from / parcel).map_err(|_| Trouble::Damaged("a parcel of a file"))?;
        let holds = read_parcel(&self.cabinet, self.file, &self.key, self.layout, number).await?;
        let begin = u64::from(number) * parcel;
        let (start, end) = ((from - begin) as usize, (last + 1 - begin).min(parcel) as usize);
        let piece = holds.get(start..end.min(holds.len())).filter(|piece| !piece.is_empty());
        Ok(Bytes::copy_from_slice(piece.ok_or(Trouble::Damaged("a parcel of a file"))?))
    }
}
