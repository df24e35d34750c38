//! Who reads the contacts into memory, and when it is forgotten. While a member who holds a team's key is unlocked, what the
//! team may open is read on, what is open first; when the last of them locks, signs out or is idle too long, all of it is
//! dropped. It is never written anywhere.

use std::collections::hash_map::{DefaultHasher, Entry};
use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, Weak};
use std::time::Duration;

use uuid::Uuid;

use plainsight_people::{SignedIn, Unlocked};
use plainsight_vault::VerifyingKey;

use super::alike::{Alike, MOST, alike};
use super::query::Query;
use super::said::Said;
use super::shelf::{Hits, Shelf, Why};
use crate::acts::case;
use crate::acts::open::{Found, Held, open_folder, unwrap_key};
use crate::cabinet::Cabinet;
use crate::case::Decision;
use crate::index::Index;
use crate::records::{contacts, keystore, papers};
use crate::trouble::Trouble;

/// So many contacts are opened at a time: whoever searches meanwhile waits no longer than for these.
const AT_A_TIME: usize = 64;
/// How often is looked for what changed, and whether anybody is still unlocked.
const PAUSE: Duration = Duration::from_secs(1);
/// After a fault of the database.
const AFTER_TROUBLE: Duration = Duration::from_secs(10);

/// What was read, by team.
#[derive(Clone, Default)]
pub(crate) struct Library(Arc<RwLock<HashMap<Uuid, Arc<TeamShelf>>>>);

/// One team's part, and whose keys keep it.
#[derive(Default)]
struct TeamShelf {
    shelf: RwLock<Shelf>,
    keys: Mutex<Vec<Weak<Unlocked>>>,
    reading: tokio::sync::Mutex<Reading>,
}

/// How far the reading has come.
#[derive(Default)]
struct Reading {
    since: Option<u64>,
    left: VecDeque<Uuid>,
    /// The same, to be asked.
    waiting: HashSet<Uuid>,
    /// What the keys so far did not open: sealed to a newer key of the team, which somebody holds who has not come yet.
    for_another: HashSet<Uuid>,
    /// The newest key that was tried.
    epoch: u32,
}

impl Reading {
    fn add_first(&mut self, id: Uuid) {
        if self.waiting.insert(id) {
            self.left.push_front(id);
        }
    }

    fn left(&self) -> usize {
        self.left.len() + self.for_another.len()
    }
}

/// How much of what a member may see has been read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Progress {
    pub(crate) read: usize,
    pub(crate) left: usize,
}

impl TeamShelf {
    /// The keys of somebody who is still unlocked: whose key of the team is the newest, for a colleague who has been idle since
    /// it was changed cannot open what came after.
    fn key(&self, team: Uuid) -> Option<Arc<Unlocked>> {
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        keys.retain(|key| key.strong_count() > 0);
        keys.iter().filter_map(Weak::upgrade).max_by_key(|key| newest(key, team))
    }

    fn add_key(&self, key: &Arc<Unlocked>) {
        let key = Arc::downgrade(key);
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        if !keys.iter().any(|known| known.ptr_eq(&key)) {
            keys.push(key);
        }
    }

    /// Opens the next contacts, if not more than `most` wait. Gives how many are left.
    async fn read_on(&self, cabinet: &Cabinet, index: &Index, team: Uuid, key: &Arc<Unlocked>, most: usize) -> Result<usize, Trouble> {
        let mut reading = self.reading.lock().await;
        let (changed, serial) = index.changed(team, reading.since);
        reading.since = Some(serial);
        if newest(key, team) > reading.epoch {
            reading.epoch = newest(key, team);
            for id in std::mem::take(&mut reading.for_another) {
                reading.add_first(id);
            }
        }
        // What changed now is read before what has been waiting: somebody may be looking for it.
        for id in changed.into_iter().rev() {
            reading.for_another.remove(&id);
            reading.add_first(id);
        }
        let next: Vec<Uuid> = reading.left.iter().take(AT_A_TIME).copied().collect();
        if next.is_empty() || reading.left.len() > most {
            return Ok(reading.left());
        }
        let fetched = self.fetch(cabinet, &next).await?;
        let (inside, key) = (cabinet.clone(), Arc::clone(key));
        let opened = tokio::task::spawn_blocking(move || open_all(&inside, &key, fetched)).await;
        let opened = opened.map_err(|_| Trouble::Damaged("what was read into memory"))?;
        let mut shelf = self.shelf.write().unwrap_or_else(PoisonError::into_inner);
        let mut gone = false;
        for (contact, opened) in opened {
            match opened {
                Opened::Said(mark, said) => shelf.put(contact, mark, &said),
                Opened::Gone => {
                    shelf.remove(contact);
                    gone = true;
                }
                Opened::NotWithThisKey => drop(reading.for_another.insert(contact)),
            }
        }
        if gone {
            shelf.forget_soon();
        }
        for id in next {
            reading.waiting.remove(&id);
            reading.left.pop_front();
        }
        Ok(reading.left())
    }

    /// The sealed folders of these contacts; of one that is read already and did not change, nothing.
    async fn fetch(&self, cabinet: &Cabinet, ids: &[Uuid]) -> Result<Fetched, Trouble> {
        let (content, organisation) = (cabinet.store.content().read(), cabinet.organisation);
        let rows = contacts::some(content, organisation, ids).await?;
        let mut papers: HashMap<Uuid, Vec<papers::Model>> = HashMap::new();
        for paper in papers::of_contacts(content, organisation, ids).await? {
            papers.entry(paper.contact).or_default().push(paper);
        }
        let mut wraps: HashMap<Uuid, Vec<keystore::Model>> = HashMap::new();
        for wrap in keystore::of_contacts(cabinet.store.keystore().read(), organisation, ids).await? {
            wraps.entry(wrap.contact).or_default().push(wrap);
        }
        let staff = plainsight_people::verifying_keys(content, organisation).await?;
        let shelf = self.shelf.read().unwrap_or_else(PoisonError::into_inner);
        let folders = rows
            .into_iter()
            .filter_map(|row| {
                let papers = papers.remove(&row.id).unwrap_or_default();
                let mark = mark(&row, &papers);
                (!shelf.holds(row.id, mark)).then(|| {
                    let wraps = wraps.remove(&row.id).unwrap_or_default();
                    Folder { row, papers, wraps, mark }
                })
            })
            .collect();
        Ok(Fetched { folders, staff })
    }
}

struct Fetched {
    folders: Vec<Folder>,
    staff: Vec<VerifyingKey>,
}

struct Folder {
    row: contacts::Model,
    papers: Vec<papers::Model>,
    wraps: Vec<keystore::Model>,
    mark: u64,
}

/// Tells whether a folder changed: its header does with every look at it.
fn mark(row: &contacts::Model, papers: &[papers::Model]) -> u64 {
    let mut hasher = DefaultHasher::new();
    row.report.hash(&mut hasher);
    let mut ids: Vec<Uuid> = papers.iter().map(|paper| paper.id).collect();
    ids.sort_unstable();
    ids.hash(&mut hasher);
    hasher.finish()
}

/// What opening a folder gave.
enum Opened {
    Said(u64, Said),
    /// Nobody can open it any more.
    Gone,
    /// Somebody else's key may.
    NotWithThisKey,
}

/// The newest key of a team that somebody holds.
fn newest(key: &Unlocked, team: Uuid) -> u32 {
    key.newest(team).map_or(0, |(epoch, _)| epoch)
}

/// What each of these contacts says.
fn open_all(cabinet: &Cabinet, key: &Unlocked, fetched: Fetched) -> Vec<(Uuid, Opened)> {
    let Fetched { folders, staff } = fetched;
    folders
        .into_iter()
        .map(|Folder { row, papers, wraps, mark }| {
            let id = row.id;
            let said = match unwrap_key(cabinet, key, id, wraps) {
                Ok(Found::Key(key)) => read(cabinet, &Held { row, key }, papers, &staff),
                Ok(Found::NotTheirs) => return (id, Opened::NotWithThisKey),
                Ok(Found::Nothing) => Err(Trouble::Erased),
                Err(error) => Err(error),
            };
            if let Err(error) = &said
                && !matches!(error, Trouble::Erased)
            {
                tracing::error!(%error, "a contact could not be read for searching");
            }
            (id, said.map_or(Opened::Gone, |said| Opened::Said(mark, said)))
        })
        .collect()
}

/// What a contact or a case says.
fn read(cabinet: &Cabinet, held: &Held, papers: Vec<papers::Model>, staff: &[VerifyingKey]) -> Result<Said, Trouble> {
    if cabinet.open_header(held.row.id, &held.row.header)?.is_case() {
        let (opening, entries) = case::open_folder(cabinet, held, papers, staff)?;
        return Ok(Said::of_case(&opening, &entries));
    }
    let (report, papers) = open_folder(cabinet, held, papers, staff)?;
    Ok(Said::of(&report, papers.iter().map(|(_, _, paper)| paper)))
}

impl Library {
    /// A member is here: what their teams may open is read and kept for as long as somebody of the team is unlocked.
    pub(crate) fn enter(&self, cabinet: &Cabinet, index: &Index, who: &SignedIn) {
        for team in who.unlocked.held_teams() {
            let mut teams = self.0.write().unwrap_or_else(PoisonError::into_inner);
            match teams.entry(team) {
                Entry::Occupied(known) => known.get().add_key(&who.unlocked),
                Entry::Vacant(free) => {
                    let part = Arc::new(TeamShelf::default());
                    part.add_key(&who.unlocked);
                    free.insert(Arc::clone(&part));
                    tokio::spawn(self.clone().keep_reading(cabinet.clone(), index.clone(), team, part));
                }
            }
        }
    }

    /// Puts a shelf in the place of what would have been read.
    pub(crate) fn put_for_measure(&self, team: Uuid, key: &Arc<Unlocked>, shelf: Shelf, index: &Index) {
        let part = Arc::new(TeamShelf::default());
        part.add_key(key);
        *part.shelf.write().unwrap_or_else(PoisonError::into_inner) = shelf;
        if let Ok(mut reading) = part.reading.try_lock() {
            *reading = Reading { since: Some(index.changed(team, None).1), epoch: newest(key, team), ..Reading::default() };
        }
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(team, part);
    }

    async fn keep_reading(self, cabinet: Cabinet, index: Index, team: Uuid, part: Arc<TeamShelf>) {
        loop {
            let left = match part.key(team) {
                Some(key) => match index.catch_up(&cabinet).await {
                    Ok(()) => part.read_on(&cabinet, &index, team, &key, usize::MAX).await,
                    Err(error) => Err(error),
                },
                None => {
                    let mut teams = self.0.write().unwrap_or_else(PoisonError::into_inner);
                    // Asked again under the lock: somebody may have come in at this moment.
                    if part.key(team).is_none() {
                        teams.remove(&team);
                        return;
                    }
                    continue;
                }
            };
            match left {
                Ok(0) => tokio::time::sleep(PAUSE).await,
                Ok(_) => tokio::task::yield_now().await,
                Err(error) => {
                    tracing::error!(%error, "reading for the search failed; trying again");
                    tokio::time::sleep(AFTER_TROUBLE).await;
                }
            }
        }
    }

    /// Reads what the index knows to have changed, so that what was just written is found. What waits in a long row is left to the
    /// reading that goes on by itself.
    /// A fault is no reason to show no page: what could not be read counts as left.
    pub(crate) async fn catch_up(&self, cabinet: &Cabinet, index: &Index, who: &SignedIn) -> Progress {
        self.enter(cabinet, index, who);
        let mut progress = Progress::default();
        for (team, part) in self.parts(who) {
            progress.left += part.read_on(cabinet, index, team, &who.unlocked, AT_A_TIME).await.unwrap_or_else(|error| {
                tracing::error!(%error, "reading for the search failed; trying again");
                1
            });
            progress.read += part.shelf.read().unwrap_or_else(PoisonError::into_inner).len();
        }
        progress
    }

    /// What a member may look at.
    pub(crate) fn view(&self, who: &SignedIn) -> View {
        View(self.parts(who).into_iter().map(|(_, part)| part).collect())
    }

    fn parts(&self, who: &SignedIn) -> Vec<(Uuid, Arc<TeamShelf>)> {
        let teams = self.0.read().unwrap_or_else(PoisonError::into_inner);
        who.unlocked.held_teams().filter_map(|team| Some((team, Arc::clone(teams.get(&team)?)))).collect()
    }

    /// How many teams' contacts are in memory now.
    #[cfg(test)]
    pub(crate) fn teams(&self) -> usize {
        self.0.read().unwrap_or_else(PoisonError::into_inner).len()
    }
}

/// The shelves that one member may look at: those of the teams whose key they hold.
#[derive(Clone, Default)]
pub(crate) struct View(Vec<Arc<TeamShelf>>);

impl View {
    fn shelves(&self) -> impl Iterator<Item = RwLockReadGuard<'_, Shelf>> {
        self.0.iter().map(|part| part.shelf.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether somebody under 18, or perhaps so, is concerned.
    pub(crate) fn child(&self, contact: Uuid) -> bool {
        self.shelves().any(|shelf| shelf.child(contact))
    }

    pub(crate) fn complaint(&self, contact: Uuid) -> bool {
        self.shelves().any(|shelf| shelf.complaint(contact))
    }

    /// Whether a case is a request about data that was not answered yet.
    pub(crate) fn asked(&self, case: Uuid) -> bool {
        self.shelves().any(|shelf| shelf.asked(case))
    }

    /// The title of a case, once it has been read.
    pub(crate) fn title(&self, case: Uuid) -> Option<String> {
        self.shelves().find_map(|shelf| shelf.title(case).map(str::to_owned))
    }

    /// What was decided last about a contact or a case, once it has been read.
    pub(crate) fn decision(&self, folder: Uuid) -> Option<Decision> {
        self.shelves().find_map(|shelf| shelf.decision(folder))
    }

    /// The cases that a contact is in, once it has been read.
    pub(crate) fn cases(&self, contact: Uuid) -> BTreeSet<Uuid> {
        self.shelves().find_map(|shelf| shelf.cases(contact).cloned()).unwrap_or_default()
    }

    pub(crate) fn find(&self, query: &Query) -> Hits {
        let mut found = Hits::default();
        for shelf in self.shelves() {
            let Hits { close, sounding } = shelf.find(query);
            found.close.extend(close);
            found.sounding.extend(sounding);
        }
        found
    }

    pub(crate) fn why(&self, query: &Query, contact: Uuid) -> Option<Why> {
        self.shelves().find_map(|shelf| shelf.why(query, contact))
    }

    /// How many reports lie in the other contacts whose writers may be reached where this one may.
    pub(crate) fn reports_from(&self, contact: Uuid, said: &Said) -> usize {
        self.shelves().map(|shelf| shelf.reports_from(said.reached_at(), contact)).sum()
    }

    /// Contacts that may be about the same.
    pub(crate) fn alike(&self, contact: Uuid, said: &Said) -> Vec<Alike> {
        let mut all: Vec<Alike> = self.shelves().flat_map(|shelf| alike(&shelf, contact, said)).collect();
        all.sort_by_key(Alike::place);
        all.truncate(MOST);
        all
    }
}
