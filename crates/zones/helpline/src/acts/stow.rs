//! Files are put away: cut into parcels and sealed as they come, so that no file is ever whole in our memory. A file that
//! nobody sends dies after a day.

use sea_orm::ConnectionTrait;
use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use zeroize::Zeroizing;

use plainsight_store::{Tx, work};
use plainsight_vault::{Contact, Kind, PublicKey, Team, envelope};

use super::answer::seal_file_from_reporter;
use crate::attached::{Attached, Kept, Stowed};
use crate::cabinet::Cabinet;
use crate::message::From;
use crate::parcel::{FileKey, LARGEST, Layout, PARCEL};
use crate::records::{files, papers, parcels};
use crate::trouble::Trouble;

/// How long a file waits to be sent: as long as a form state lives.
pub(crate) const WAITS: Duration = Duration::hours(24);

/// The site value that names the team which keeps the originals.
pub const CUSTODIANS: &str = "helpline.custodians";

/// Begins a file that waits to be sent: an id, and a key that nobody has but whoever is given it here.
pub(crate) async fn begin(cabinet: &Cabinet) -> Result<(Uuid, FileKey), Trouble> {
    let (id, key) = (cabinet.new_id(), FileKey::draw(&mut cabinet.rng()));
    let until = cabinet.seal_time("helpline_files", id, "until", cabinet.now() + WAITS);
    let row = files::Model { organisation: cabinet.organisation, id, contact: None, until, key: Vec::new() };
    cabinet.store.content().tx("helpline.begin_file", work!([row], |tx| files::insert(tx, row).await.map_err(Trouble::from))).await?;
    Ok((id, key))
}

/// Puts down one parcel of a waiting file whose size was told before. Sent again after a lost answer it is the same one.
pub(crate) async fn put_parcel(
    cabinet: &Cabinet,
    file: Uuid,
    key: &FileKey,
    layout: Layout,
    number: u32,
    holds: &[u8],
) -> Result<(), Trouble> {
    if number >= layout.filled() || holds.len() != layout.holds(number) {
        return Err(Trouble::Damaged("a parcel of a file"));
    }
    // What only fills up comes first: once the last one that holds something is here, nothing is missing.
    if number + 1 == layout.filled() {
        for filling in layout.filled()..layout.parcels() {
            store_parcel(cabinet, file, key, (filling, layout.length(filling)), &[]).await?;
        }
    }
    store_parcel(cabinet, file, key, (number, layout.length(number)), holds).await
}

async fn store_parcel(cabinet: &Cabinet, file: Uuid, key: &FileKey, (number, length): (u32, usize), holds: &[u8]) -> Result<(), Trouble> {
    let organisation = cabinet.organisation;
    let sealed = key.seal(organisation, file, number, holds, length, &mut cabinet.rng());
    let row = parcels::Model { organisation, file, number: column(number)?, sealed };
    let inside = cabinet.clone();
    cabinet
        .store
        .content()
        .tx(
            "helpline.put_parcel",
            work!([inside, row], |tx| {
                // What was sent, or has died, is not changed any more.
                if fate_in(&inside, tx, file).await? != Fate::Waits {
                    return Err(Trouble::FileGone);
                }
                parcels::put(tx, row).await.map_err(Trouble::from)
            }),
        )
        .await
}

fn column(number: u32) -> Result<i32, Trouble> {
    i32::try_from(number).map_err(|_| Trouble::Damaged("a parcel of a file"))
}

/// A file that comes as a stream: its size is known when it has ended.
pub(crate) struct Stowing<'a> {
    cabinet: &'a Cabinet,
    id: Uuid,
    key: FileKey,
    /// Parcels that were stored.
    stored: u32,
    held: Zeroizing<Vec<u8>>,
    hash: Sha256,
}

/// What came of a stream.
pub(crate) struct Streamed {
    pub(crate) size: u64,
    pub(crate) hash: [u8; 32],
}

impl<'a> Stowing<'a> {
    pub(crate) fn new(cabinet: &'a Cabinet, id: Uuid, key: FileKey) -> Self {
        Self { cabinet, id, key, stored: 0, held: Zeroizing::new(Vec::with_capacity(PARCEL)), hash: Sha256::new() }
    }

    /// How many parcels it fills so far.
    pub(crate) fn parcels(&self) -> u32 {
        self.stored + 1
    }

    fn size(&self) -> u64 {
        u64::from(self.stored) * PARCEL as u64 + self.held.len() as u64
    }

    /// Takes what came. More than the largest file is refused, and what was stored of it dies by itself.
    pub(crate) async fn push(&mut self, mut bytes: &[u8]) -> Result<(), Trouble> {
        if self.size() + bytes.len() as u64 > LARGEST {
            return Err(Trouble::FileTooLarge);
        }
        self.hash.update(bytes);
        while !bytes.is_empty() {
            // A full one is stored when more comes: the last one may have to be filled up.
            if self.held.len() == PARCEL {
                store_parcel(self.cabinet, self.id, &self.key, (self.stored, PARCEL), &self.held).await?;
                self.stored += 1;
                self.held.clear();
            }
            let (now, later) = bytes.split_at(bytes.len().min(PARCEL - self.held.len()));
            self.held.extend_from_slice(now);
            bytes = later;
        }
        Ok(())
    }

    /// The stream has ended. A file with nothing in it is none.
    pub(crate) async fn finish(self) -> Result<Streamed, Trouble> {
        let layout = Layout::of(self.size()).ok_or(Trouble::FileEmpty)?;
        put_parcel(self.cabinet, self.id, &self.key, layout, self.stored, &self.held).await?;
        Ok(Streamed { size: layout.size(), hash: self.hash.finalize().into() })
    }
}

/// The parcels of a file that are here, of those that hold something.
pub(crate) async fn there(cabinet: &Cabinet, file: Uuid, layout: Layout) -> Result<Vec<u32>, Trouble> {
    let numbers = parcels::numbers(cabinet.store.content().read(), cabinet.organisation, file).await?;
    Ok(numbers.into_iter().filter_map(|number| u32::try_from(number).ok()).filter(|number| *number < layout.filled()).collect())
}

/// What one parcel holds of the file.
pub(crate) async fn read_parcel(
    cabinet: &Cabinet,
    file: Uuid,
    key: &FileKey,
    layout: Layout,
    number: u32,
) -> Result<Zeroizing<Vec<u8>>, Trouble> {
    let row = parcels::find(cabinet.store.content().read(), cabinet.organisation, file, column(number)?).await?;
    let mut holds = key.open(cabinet.organisation, file, number, &row.ok_or(Trouble::FileGone)?.sealed)?;
    if holds.len() != layout.length(number) {
        return Err(Trouble::Damaged("a parcel of a file"));
    }
    holds.truncate(layout.holds(number));
    Ok(holds)
}

/// The hash of a file that came in parcels, when all of them are here.
pub(crate) async fn hash(cabinet: &Cabinet, file: Uuid, key: &FileKey, layout: Layout) -> Result<[u8; 32], Trouble> {
    let mut hash = Sha256::new();
    for number in 0..layout.filled() {
        hash.update(read_parcel(cabinet, file, key, layout, number).await?);
    }
    Ok(hash.finalize().into())
}

/// How many parcels lie here of files that nobody has sent yet. Each file counts as one more: many small ones are many too.
pub(crate) async fn count_waiting(cabinet: &Cabinet) -> Result<u64, Trouble> {
    let read = cabinet.store.content().read();
    Ok(parcels::count_waiting(read, cabinet.organisation).await? + files::count_waiting(read, cabinet.organisation).await?)
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It waits to be sent.
    Waits,
    /// It is in a folder.
    Sent,
    /// Its day is over, or it was taken away.
    Gone,
}

/// What became of a file that was begun.
pub(crate) async fn fate(cabinet: &Cabinet, file: Uuid) -> Result<Fate, Trouble> {
    fate_in(cabinet, cabinet.store.content().read(), file).await
}

async fn fate_in(cabinet: &Cabinet, database: &impl ConnectionTrait, file: Uuid) -> Result<Fate, Trouble> {
    Ok(match files::find(database, cabinet.organisation, file).await? {
        None => Fate::Gone,
        Some(row) if row.contact.is_some() => Fate::Sent,
        Some(row) if cabinet.open_time("helpline_files", file, "until", &row.until)? > cabinet.now() => Fate::Waits,
        Some(_) => Fate::Gone,
    })
}

/// Whoever chose it takes it away again, before it is sent.
pub(crate) async fn take_back(cabinet: &Cabinet, file: Uuid) -> Result<(), Trouble> {
    let inside = cabinet.clone();
    cabinet
        .store
        .content()
        .tx(
            "helpline.take_file_back",
            work!([inside], |tx| {
                if files::find(tx, inside.organisation, file).await?.is_some_and(|row| row.contact.is_none()) {
                    let_go(&inside, tx, file).await?;
                }
                Ok::<_, Trouble>(())
            }),
        )
        .await
}

/// The files of a folder that is erased: nobody can open them from here on, and the worker sweeps them, some parcels at a time.
pub(crate) async fn let_go_of_all(cabinet: &Cabinet, tx: &Tx, contact: Uuid) -> Result<(), Trouble> {
    for row in files::of_contact(tx, cabinet.organisation, contact).await? {
        let_go(cabinet, tx, row.id).await?;
    }
    Ok(())
}

async fn let_go(cabinet: &Cabinet, tx: &Tx, file: Uuid) -> Result<(), Trouble> {
    let over = cabinet.seal_time("helpline_files", file, "until", OffsetDateTime::UNIX_EPOCH);
    Ok(files::let_go(tx, cabinet.organisation, file, over).await?)
}

/// The team that keeps the originals, under its key of this moment; none where nobody was named.
pub(crate) struct Custodians {
    pub(crate) team: Uuid,
    epoch: u32,
    key: PublicKey<Team>,
}

/// The id of the team that keeps the originals.
pub(crate) async fn custodians_team(cabinet: &Cabinet) -> Result<Option<Uuid>, Trouble> {
    let named = plainsight_store::site_value(cabinet.store.content().read(), cabinet.organisation, CUSTODIANS).await?;
    Ok(named.as_deref().and_then(|text| Uuid::parse_str(text).ok()))
}

pub(crate) async fn custodians(cabinet: &Cabinet) -> Result<Option<Custodians>, Trouble> {
    let Some(team) = custodians_team(cabinet).await? else { return Ok(None) };
    let database = cabinet.store.content().read();
    let (epoch, key) = plainsight_people::team_public_key(database, cabinet.organisation, team).await?;
    Ok(Some(Custodians { team, epoch, key }))
}

impl Custodians {
    /// Seals the key of an original to those who keep it.
    pub(crate) fn keep(&self, cabinet: &Cabinet, file: Uuid, key: &FileKey) -> Result<Kept, Trouble> {
        let place = cabinet.envelope(Kind::FileKey, self.epoch, file);
        let sealed = envelope::seal(&place, &[&self.key], key.bytes(), &mut cabinet.rng())?;
        Ok(Kept { team: self.team, epoch: self.epoch, sealed })
    }
}

/// A file on its way into a folder: the paper that tells of it, and its key, sealed to the folder for cleaning.
#[derive(Clone)]
pub(crate) struct ToAttach {
    paper: papers::Model,
    key: Vec<u8>,
}

impl ToAttach {
    pub(crate) fn new(paper: papers::Model, key: Vec<u8>) -> Self {
        Self { paper, key }
    }

    /// The file's id, which is its paper's.
    pub(crate) fn id(&self) -> Uuid {
        self.paper.id
    }
}

/// Makes the files of a reporter ready for a folder, with public keys alone. `at` is their place in the order of the folder.
pub(crate) async fn make_ready(
    cabinet: &Cabinet,
    contact: Uuid,
    contact_key: &PublicKey<Contact>,
    at: OffsetDateTime,
    stowed: &[Stowed],
) -> Result<Vec<ToAttach>, Trouble> {
    if stowed.is_empty() {
        return Ok(Vec::new());
    }
    let custodians = custodians(cabinet).await?;
    let ready = |file: &Stowed| {
        let attached = describe(cabinet, file, custodians.as_ref(), (From::Reporter, None), at)?;
        let paper = seal_file_from_reporter(cabinet, (contact, file.id), at, contact_key, &attached)?;
        Ok(ToAttach { paper, key: key_for_cleaning(cabinet, contact, contact_key, file)? })
    };
    stowed.iter().map(ready).collect()
}

/// What the folder is told of a file.
pub(crate) fn describe(
    cabinet: &Cabinet,
    file: &Stowed,
    custodians: Option<&Custodians>,
    (from, member): (From, Option<Uuid>),
    at: OffsetDateTime,
) -> Result<Attached, Trouble> {
    let kept = custodians.map(|custodians| custodians.keep(cabinet, file.id, &file.key)).transpose()?;
    Ok(Attached { name: file.name.clone(), size: file.size, hash: file.hash, from, at, member, kept, note: String::new() })
}

/// The key of a file for whoever holds the folder, as it lies in the file's row until there is a cleaned copy.
pub(crate) fn key_for_cleaning(
    cabinet: &Cabinet,
    contact: Uuid,
    contact_key: &PublicKey<Contact>,
    file: &Stowed,
) -> Result<Vec<u8>, Trouble> {
    let place = cabinet.paper_envelope(Kind::FileKey, contact, file.id);
    Ok(envelope::seal(&place, &[contact_key], file.key.bytes(), &mut cabinet.rng())?)
}

/// Puts files into a folder. One that died meanwhile is missing there, and its paper still tells that it was sent; one that
/// is in a folder already stays where it is.
pub(crate) async fn attach(cabinet: &Cabinet, tx: &Tx, ready: Vec<ToAttach>) -> Result<(), Trouble> {
    for ToAttach { paper, key } in ready {
        match fate_in(cabinet, tx, paper.id).await? {
            Fate::Waits => files::attach(tx, cabinet.organisation, paper.id, paper.contact, key).await?,
            Fate::Sent => continue,
            Fate::Gone => tracing::error!("a file that was sent lies here no longer"),
        }
        papers::insert(tx, paper).await?;
    }
    Ok(())
}

/// Puts a cleaned copy into the folder of its original. Its key lies in the paper that tells of it.
pub(crate) async fn attach_copy(cabinet: &Cabinet, tx: &Tx, folder: Uuid, copy: Uuid) -> Result<(), Trouble> {
    match fate_in(cabinet, tx, copy).await? {
        Fate::Waits => Ok(files::attach(tx, cabinet.organisation, copy, folder, Vec::new()).await?),
        Fate::Sent | Fate::Gone => Err(Trouble::FileGone),
    }
}

/// Sweeps files whose time in no folder is over: the parcels one by one, for a large file must not hold up those who write.
pub(crate) async fn sweep_files(cabinet: &Cabinet) -> Result<(), Trouble> {
    let (organisation, content) = (cabinet.organisation, cabinet.store.content());
    for files::Model { id, until, .. } in files::waiting(content.read(), organisation).await? {
        if cabinet.open_time("helpline_files", id, "until", &until)? > cabinet.now() {
            continue;
        }
        // From here on it takes no more parcels, and no report takes it.
        take_back(cabinet, id).await?;
        for number in parcels::numbers(content.read(), organisation, id).await? {
            let sweep = "helpline.sweep_parcel";
            content.tx(sweep, work!(|tx| parcels::forget(tx, organisation, id, number).await.map_err(Trouble::from))).await?;
        }
        content.tx("helpline.forget_file", work!(|tx| files::forget(tx, organisation, id).await.map_err(Trouble::from))).await?;
    }
    Ok(())
}
