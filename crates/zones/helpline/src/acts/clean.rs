//! Files are cleaned while somebody who holds the key of their folder is at the desk: the key of an original that waits opens
//! with the folder's alone, and no folder is open when nobody is. The work goes on behind the page, two files at a time.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::future::BoxFuture;
use time::OffsetDateTime;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::sync::Semaphore;
use uuid::Uuid;

use plainsight_apart::{Apart, CannotRun, CleanedCopy, Failed, Head, Outcome, Scanned, Scanner, clean as clean_apart};
use plainsight_ledger::Actor;
use plainsight_people::SignedIn;
use plainsight_store::work;
use plainsight_vault::{Contact, Kind, PublicKey, SigningKey, envelope};

use super::answer::{paper_id, seal_signed};
use super::open::{Held, Paper, hold_folder};
use super::stow::{Stowing, attach_copy, begin, read_parcel, take_back};
use crate::attached::{CleanCopy, Cleaning, CleaningEnd, Obstacle};
use crate::cabinet::Cabinet;
use crate::exhibit::{Exhibit, exhibits};
use crate::form::FormKey;
use crate::parcel::{FileKey, Layout};
use crate::records::papers::{self, PaperKind};
use crate::records::{SUPERVISOR, ZONE, contacts, files};
use crate::trouble::Trouble;

/// So much of a file is on its way to a worker or back at a time.
const ON_THE_WAY: usize = 1 << 16;
/// So many files are worked on at once.
const AT_ONCE: usize = 2;

/// What makes cleaned copies: reads a file and writes its copy, both in pieces.
pub trait Cleans: Send + Sync {
    /// Cleans what `input` gives. What went to `copy` is worth something only after `Ok`.
    fn clean(&self, input: DuplexStream, copy: DuplexStream) -> BoxFuture<'_, Result<Head, CannotRun>>;
}

impl Cleans for Apart {
    fn clean(&self, input: DuplexStream, copy: DuplexStream) -> BoxFuture<'_, Result<Head, CannotRun>> {
        Box::pin(clean_apart(self, input, copy))
    }
}

/// The desk's place for cleaning. Clones share the turns.
#[derive(Clone)]
pub struct Cleaner {
    how: Arc<dyn Cleans>,
    scanner: Option<Scanner>,
    turns: Arc<Semaphore>,
    /// The files that are worked on or wait for a turn.
    under_way: Arc<Mutex<HashSet<Uuid>>>,
}

impl Cleaner {
    /// Cleans with this worker; where the operator chose a scanner, nothing is cleaned that it was not asked about.
    pub fn new(how: impl Cleans + 'static, scanner: Option<Scanner>) -> Self {
        Self { how: Arc::new(how), scanner, turns: Arc::new(Semaphore::new(AT_ONCE)), under_way: Arc::default() }
    }

    /// Begins with every file of an opened folder that nobody has tried to clean yet. What is under way already is left alone.
    pub(crate) async fn begin(
        &self,
        cabinet: &Cabinet,
        who: &SignedIn,
        folder: Uuid,
        papers: &[(Uuid, OffsetDateTime, Paper)],
    ) -> Result<(), Trouble> {
        let waiting: Vec<Exhibit<'_>> = exhibits(papers).into_iter().filter(Exhibit::waits).collect();
        if waiting.is_empty() {
            return Ok(());
        }
        let (held, _) = hold_folder(cabinet, who, folder).await?;
        for exhibit in &waiting {
            self.begin_one(cabinet, who, &held, exhibit).await?;
        }
        Ok(())
    }

    /// A supervisor tries again what was tried in vain.
    pub(crate) async fn try_again(&self, cabinet: &Cabinet, who: &SignedIn, folder: Uuid, file: Uuid) -> Result<(), Trouble> {
        if !who.member.holds(ZONE, SUPERVISOR) {
            return Err(Trouble::NotFound);
        }
        let (held, papers) = super::open::read_papers(cabinet, who, folder).await?;
        let found = exhibits(&papers);
        let exhibit = found.iter().find(|exhibit| exhibit.id == file).ok_or(Trouble::NotFound)?;
        // Pressed twice, or done meanwhile.
        if exhibit.may_be_tried_again() { self.begin_one(cabinet, who, &held, exhibit).await } else { Ok(()) }
    }

    async fn begin_one(&self, cabinet: &Cabinet, who: &SignedIn, held: &Held, exhibit: &Exhibit<'_>) -> Result<(), Trouble> {
        let Some(taken) = self.take(exhibit.id) else { return Ok(()) };
        let row = files::find(cabinet.store.content().read(), cabinet.organisation, exhibit.id).await?;
        // Of a file that died before it was sent there is only the paper; of one whose key is gone, its custodians have it.
        let key = match row.filter(|row| row.contact == Some(held.row.id) && !row.key.is_empty()) {
            Some(row) => {
                let place = cabinet.paper_envelope(Kind::FileKey, held.row.id, exhibit.id);
                FileKey::from_bytes(&envelope::open(&row.key, &place, &held.key)?)
            }
            None => None,
        };
        let job = Job {
            cabinet: cabinet.clone(),
            folder: held.row.id,
            folder_key: held.key.public(),
            signing: who.unlocked.signing.clone(),
            member: who.member.id,
            file: exhibit.id,
            key,
            layout: Layout::of(exhibit.file.size),
            hash: exhibit.file.hash,
            kept: exhibit.file.kept.is_some(),
            attempt: exhibit.cleanings.len(),
        };
        let cleaner = self.clone();
        tokio::spawn(async move {
            // No more is held of a member than what signs: they may have locked the desk when its turn comes.
            let Ok(_turn) = cleaner.turns.acquire().await else { return };
            if let Err(error) = cleaner.do_it(&job).await {
                tracing::error!(%error, "a file could not be cleaned; it is tried again when its folder is opened next");
            }
            drop(taken);
        });
        Ok(())
    }

    fn take(&self, file: Uuid) -> Option<Taken> {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        under_way.insert(file).then(|| Taken { file, under_way: Arc::clone(&self.under_way) })
    }

    /// Whether this file is worked on or waits for a turn.
    pub(crate) fn is_at(&self, file: Uuid) -> bool {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner).contains(&file)
    }

    async fn do_it(&self, job: &Job) -> Result<(), Trouble> {
        let (end, copy) = match self.scan(job).await? {
            Some(end) => (end, None),
            None => {
                let copy = begin(&job.cabinet).await?;
                match self.clean(job, &copy).await {
                    Ok(end @ CleaningEnd::Copy(_)) => (end, Some(copy.0)),
                    Ok(end) => {
                        take_back(&job.cabinet, copy.0).await?;
                        (end, None)
                    }
                    Err(error) => {
                        take_back(&job.cabinet, copy.0).await?;
                        return Err(error);
                    }
                }
            }
        };
        let written = job.write_down(end, copy).await;
        if let (Ok(false) | Err(_), Some(copy)) = (&written, copy) {
            take_back(&job.cabinet, copy).await?;
        }
        written.map(drop)
    }

    /// What the scanner has against it; nothing where there is no scanner.
    async fn scan(&self, job: &Job) -> Result<Option<CleaningEnd>, Trouble> {
        let Some(scanner) = &self.scanner else { return Ok(None) };
        let (to, mut from) = duplex(ON_THE_WAY);
        let scan = async {
            let scanned = scanner.scan(&mut from).await;
            // What is still on its way has nowhere to go.
            drop(from);
            scanned
        };
        let (fed, scanned) = tokio::join!(job.feed(to), scan);
        if let Some(end) = lost(fed)? {
            return Ok(Some(end));
        }
        Ok(match scanned {
            Ok(Scanned::NothingKnown) => None,
            Ok(Scanned::Found(name)) => Some(CleaningEnd::Infected(name)),
            Err(error) => {
                tracing::error!(%error, "a file was not scanned, so it was not cleaned");
                Some(cannot(Obstacle::Scanner))
            }
        })
    }

    async fn clean(&self, job: &Job, (copy, copy_key): &(Uuid, FileKey)) -> Result<CleaningEnd, Trouble> {
        let (to_worker, from_us) = duplex(ON_THE_WAY);
        let (to_us, from_worker) = duplex(ON_THE_WAY);
        let stowing = Stowing::new(&job.cabinet, *copy, copy_key.clone());
        let (fed, cleaned, taken) = tokio::join!(job.feed(to_worker), self.how.clean(from_us, to_us), take(from_worker, stowing));
        if let Some(end) = lost(fed)? {
            return Ok(end);
        }
        let stowing = taken?;
        let head = match cleaned {
            Ok(head) => head,
            Err(error) => {
                tracing::error!(%error, "a file was not cleaned");
                return Ok(cannot(obstacle(&error)));
            }
        };
        // What came is what was sent: the hash in the paper is what a court is told.
        if head.input.sha256 != job.hash {
            return Ok(cannot(Obstacle::Lost));
        }
        match head.outcome {
            Outcome::Refused { reason, .. } => Ok(CleaningEnd::Cannot(reason.into())),
            Outcome::Cleaned(told) => {
                let streamed = stowing.finish().await?;
                Ok(CleaningEnd::Copy(described(*copy, copy_key, told, streamed.hash)))
            }
        }
    }
}

fn described(file: Uuid, key: &FileKey, told: CleanedCopy, hash: [u8; 32]) -> CleanCopy {
    CleanCopy {
        file,
        key: key.clone(),
        kind: told.kind.into(),
        size: told.output.length,
        hash,
        removed: told.removed.into_iter().map(|(code, count)| (code.into(), count)).collect(),
        kept: told.kept.into_iter().map(String::from).collect(),
    }
}

fn cannot(obstacle: Obstacle) -> CleaningEnd {
    CleaningEnd::Cannot(obstacle.name().to_owned())
}

/// A file that is not whole here cannot be cleaned; any other trouble is none of the file's.
fn lost(fed: Result<(), Trouble>) -> Result<Option<CleaningEnd>, Trouble> {
    match fed {
        Ok(()) => Ok(None),
        Err(Trouble::FileGone | Trouble::Damaged(_) | Trouble::Open(_)) => Ok(Some(cannot(Obstacle::Lost))),
        Err(error) => Err(error),
    }
}

fn obstacle(error: &CannotRun) -> Obstacle {
    match error {
        CannotRun::Answer(_) | CannotRun::Failed(Failed::Forbidden | Failed::TooMuchAnswer { .. }) => Obstacle::Attack,
        CannotRun::Failed(Failed::TookTooLong { .. }) => Obstacle::Time,
        CannotRun::Failed(Failed::TooMuchMemory { .. }) => Obstacle::Memory,
        CannotRun::Failed(_) => Obstacle::Worker,
    }
}

/// Stows what comes to its end.
async fn take<'a>(mut from: DuplexStream, mut stowing: Stowing<'a>) -> Result<Stowing<'a>, Trouble> {
    let mut chunk = vec![0; ON_THE_WAY];
    loop {
        match from.read(&mut chunk).await {
            // A pipe in memory ends, and never breaks.
            Ok(0) | Err(_) => return Ok(stowing),
            Ok(got) => stowing.push(chunk.get(..got).unwrap_or_default()).await?,
        }
    }
}

/// A file that is taken in hand until this is dropped.
struct Taken {
    file: Uuid,
    under_way: Arc<Mutex<HashSet<Uuid>>>,
}

impl Drop for Taken {
    fn drop(&mut self) {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.file);
    }
}

/// One file to be cleaned, and what is needed to write down what became of it.
struct Job {
    cabinet: Cabinet,
    folder: Uuid,
    folder_key: PublicKey<Contact>,
    signing: SigningKey,
    member: Uuid,
    file: Uuid,
    /// None where the parcels are gone.
    key: Option<FileKey>,
    layout: Option<Layout>,
    hash: [u8; 32],
    /// Whether the custodians have the key too.
    kept: bool,
    /// How often it was tried before.
    attempt: usize,
}

impl Job {
    /// Gives the file to whoever reads at the other end. One who reads no more says why themselves.
    async fn feed(&self, mut to: DuplexStream) -> Result<(), Trouble> {
        let (Some(key), Some(layout)) = (&self.key, self.layout) else { return Err(Trouble::FileGone) };
        for number in 0..layout.filled() {
            let holds = read_parcel(&self.cabinet, self.file, key, layout, number).await?;
            if to.write_all(&holds).await.is_err() {
                break;
            }
        }
        Ok(())
    }

    /// Writes down what became of it, once for each time that it was tried: false when somebody else was first. From then on the
    /// original opens for its custodians alone, unless it is to be tried again.
    async fn write_down(&self, end: CleaningEnd, copy: Option<Uuid>) -> Result<bool, Trouble> {
        let cabinet = &self.cabinet;
        let form = FormKey::of_record(cabinet, self.file, "cleaning", &self.attempt.to_string());
        let id = paper_id(&form, self.folder);
        let again = matches!(&end, CleaningEnd::Cannot(code) if Obstacle::parse(code).is_some_and(Obstacle::passes));
        let forget = self.kept && !again;
        let cleaning = Cleaning { of: self.file, end, at: cabinet.now(), member: self.member };
        let paper = seal_signed(cabinet, (self.folder, id), PaperKind::Cleaning, &self.folder_key, &self.signing, &cleaning)?;
        let (inside, folder, file, member) = (cabinet.clone(), self.folder, self.file, self.member);
        cabinet
            .store
            .content()
            .tx(
                "helpline.clean_file",
                work!([inside, paper], |tx| {
                    let row = contacts::find_to_change(tx, inside.organisation, folder).await?.ok_or(Trouble::NotFound)?;
                    let header = inside.open_header(folder, &row.header)?;
                    if header.flags.erased {
                        return Err(Trouble::Erased);
                    }
                    if papers::exists(tx, inside.organisation, folder, paper.id).await? {
                        return Ok(false);
                    }
                    if let Some(copy) = copy {
                        attach_copy(&inside, tx, folder, copy).await?;
                    }
                    papers::insert(tx, paper).await?;
                    if forget {
                        files::forget_key(tx, inside.organisation, file).await?;
                    }
                    let act = match (header.is_case(), copy) {
                        (false, Some(_)) => "contact.file_cleaned",
                        (false, None) => "contact.file_not_cleaned",
                        (true, Some(_)) => "case.file_cleaned",
                        (true, None) => "case.file_not_cleaned",
                    };
                    inside.record(tx, Actor::Member(member), act, folder, serde_json::json!({ "file": file })).await?;
                    Ok(true)
                }),
            )
            .await
    }
}
