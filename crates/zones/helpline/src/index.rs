//! The desk's list in memory: the headers of all contacts, in the order of what is due. Headers are sealed, so no
//! database could sort them; here 100,000 of them are sorted once and kept up with what changes.

mod board;
mod filter;
mod tally;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{Arc, RwLock};

use time::OffsetDateTime;
use tokio::sync::Mutex;
use uuid::Uuid;

use plainsight_vocabulary::{Urgency, WeeklyHours};

use crate::cabinet::Cabinet;
use crate::header::{Due, Header};
use crate::index::tally::Tally;
use crate::records::{changes, contacts};
use crate::search::library::View;
use crate::search::shelf::Hits;
use crate::trouble::Trouble;
use crate::watch::{AHEAD, Alert, TOGETHER, next_alert};

pub(crate) use board::{Board, Hand, Line};
pub(crate) use filter::{CaseFilter, Eyes, Filter};
pub(crate) use tally::{ENOUGH, Waited, Week};

/// Changes may become visible a little out of order (PostgreSQL): so many are looked at again each time.
const LOOK_BACK: i64 = 256;

/// A page of the list.
pub(crate) struct Listed {
    pub(crate) rows: Vec<(Uuid, Header)>,
    /// How many the filter takes in all.
    pub(crate) found: usize,
    /// For each filter, how many it takes.
    pub(crate) counts: [usize; Filter::ALL.len()],
}

/// A page of the list of cases.
#[derive(Default)]
pub(crate) struct CasesListed {
    pub(crate) rows: Vec<(Uuid, Header)>,
    pub(crate) found: usize,
    pub(crate) counts: [usize; CaseFilter::ALL.len()],
}

impl CasesListed {
    pub(crate) fn count(&self, filter: CaseFilter) -> usize {
        CaseFilter::ALL.into_iter().zip(self.counts).find(|(each, _)| *each == filter).map_or(0, |(_, count)| count)
    }
}

/// A page of what a search found.
pub(crate) struct Picked {
    pub(crate) rows: Vec<(Uuid, Header)>,
    pub(crate) found: usize,
}

/// What is to be done, by who has it in hand.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Load {
    pub(crate) by_member: HashMap<Uuid, usize>,
    pub(crate) nobody: usize,
}

impl Listed {
    pub(crate) fn count(&self, filter: Filter) -> usize {
        filter.among(&self.counts)
    }
}

/// Danger first, then by when the next thing is due; what asks for nothing stands last.
type Place = (bool, bool, OffsetDateTime, Uuid);

/// What is found in one of so many is found often.
const OFTEN: usize = 64;

/// Ids are random already: their own bytes are as good as a hash of them.
#[derive(Default)]
struct ById(u64);

impl Hasher for ById {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word.iter_mut().zip(chunk).for_each(|(byte, each)| *byte = *each);
            self.0 ^= u64::from_le_bytes(word);
        }
    }
}

/// From here on nothing is due.
const SETTLED: Place = (true, false, time::PrimitiveDateTime::MIN.assume_utc(), Uuid::nil());

fn place(id: Uuid, header: &Header) -> Place {
    match header.next_due() {
        Some((due, by)) => (false, due != Due::Danger, by, id),
        None => (true, true, header.clocks.feedback_by, id),
    }
}

/// How many contacts each filter takes.
type Counts = [usize; Filter::ALL.len()];

#[derive(Default)]
struct Rows {
    by_id: HashMap<Uuid, (Place, u64)>,
    in_order: BTreeMap<Place, Header>,
    /// By team and language: of the contacts for which nothing is due, how many each filter takes.
    settled: HashMap<Uuid, HashMap<String, Counts>>,
    /// When what came, and how long it waited to be read.
    tally: Tally,
    /// The places of cases.
    cases: BTreeSet<Place>,
    /// Which contact was put in when, for whoever follows what changes.
    by_serial: BTreeMap<u64, Uuid>,
    serial: u64,
}

impl Rows {
    fn put(&mut self, id: Uuid, header: Header, now: Option<OffsetDateTime>) {
        let place = place(id, &header);
        self.serial += 1;
        if let Some((old, serial)) = self.by_id.insert(id, (place, self.serial)) {
            if let Some(before) = self.in_order.remove(&old) {
                self.count_settled(id, &before, |count| *count = count.saturating_sub(1));
                self.tally.replaced(&before, &header, now);
            }
            self.cases.remove(&old);
            self.by_serial.remove(&serial);
        }
        self.by_serial.insert(self.serial, id);
        self.count_settled(id, &header, |count| *count += 1);
        self.tally.came(&header);
        if header.is_case() {
            self.cases.insert(place);
        }
        self.in_order.insert(place, header);
    }
}

impl Rows {
    /// What is counted of the settled contacts that these eyes see.
    fn settled_before<'a>(&'a self, eyes: &'a Eyes<'_>) -> impl Iterator<Item = &'a Counts> {
        let languages = eyes.teams.iter().filter_map(|team| self.settled.get(team)).flatten();
        languages.filter(|(language, _)| eyes.speak_of(language)).map(|(_, counts)| counts)
    }

    /// How many of what was found these eyes see and every filter takes, and the places of the first of them. What is found
    /// almost everywhere is met soon by whoever goes through the list; what is rare is looked up.
    fn first(&self, eyes: &Eyes<'_>, filters: &[Filter], found: &[Uuid], need: usize) -> (usize, Vec<Place>) {
        let takes = |place: &Place, header: &Header| eyes.see(header) && eyes.take(filters, place.3, header);
        let often = found.len().saturating_mul(OFTEN) > self.by_id.len();
        // What is found lies on shelves of teams that these eyes see.
        let whole = filters.is_empty() && eyes.language.is_none();
        let mut places: Vec<Place> = if often && (whole || filters.iter().any(|filter| !filter.takes_settled())) {
            let found: HashSet<Uuid, BuildHasherDefault<ById>> = found.iter().copied().collect();
            let among = |place: &Place| found.contains(&place.3);
            if whole {
                return (found.len(), self.in_order.keys().filter(|place| among(place)).take(need).copied().collect());
            }
            let unsettled = self.in_order.range(..SETTLED);
            unsettled.filter(|(place, header)| among(place) && takes(place, header)).map(|(place, _)| *place).collect()
        } else {
            let places = found.iter().filter_map(|id| Some(self.by_id.get(id)?.0));
            places.filter(|place| self.in_order.get(place).is_some_and(|header| takes(place, header))).collect()
        };
        let count = places.len();
        // Of many only those of the page are put in order.
        if need < places.len() {
            places.select_nth_unstable(need);
            places.truncate(need);
        }
        places.sort_unstable();
        (count, places)
    }

    fn count_settled(&mut self, id: Uuid, header: &Header, change: impl Fn(&mut usize)) {
        if header.next_due().is_some() {
            return;
        }
        let (view, now) = (View::default(), OffsetDateTime::UNIX_EPOCH);
        let nobody = Eyes { member: Uuid::nil(), teams: &[], speaks: &[], now, view: &view, language: None, whose: None };
        let languages = self.settled.entry(header.team).or_default();
        if !languages.contains_key(&header.language) {
            languages.insert(header.language.clone(), [0; Filter::ALL.len()]);
        }
        let Some(counts) = languages.get_mut(&header.language) else { return };
        for (count, filter) in counts.iter_mut().zip(Filter::ALL) {
            if filter.takes_settled() && filter.takes(id, header, &nobody) {
                change(count);
            }
        }
    }
}

/// The list, shared by all who are signed in.
#[derive(Clone)]
pub(crate) struct Index {
    rows: Arc<RwLock<Rows>>,
    seen: Arc<Mutex<Seen>>,
}

/// Which changes are in the list already.
#[derive(Default)]
struct Seen {
    /// `None` before the first reading.
    newest: Option<i64>,
    /// Those of the last `LOOK_BACK`: one of a lower number may still appear among them.
    recent: HashSet<i64>,
}

impl Index {
    pub(crate) fn new() -> Self {
        Self { rows: Arc::default(), seen: Arc::default() }
    }

    /// Catches up with what changed since the last time.
    pub(crate) async fn catch_up(&self, cabinet: &Cabinet) -> Result<(), Trouble> {
        let mut seen = self.seen.lock().await;
        let database = cabinet.store.content().read();
        let Some(last) = seen.newest else {
            // The numbers before the headers: what changes between the two is looked at again, never passed over.
            let newest = changes::newest(database).await?.map_or(0, |change| change.number);
            let recent = changes::from(database, newest - LOOK_BACK).await?;
            let newest = recent.last().map_or(newest, |change| change.number);
            self.read_all(cabinet).await?;
            self.rows.write().unwrap_or_else(std::sync::PoisonError::into_inner).tally.begin(cabinet.now());
            *seen = Seen { newest: Some(newest), recent: recent.iter().map(|change| change.number).collect() };
            return Ok(());
        };
        let changed = changes::from(database, last - LOOK_BACK).await?;
        let Some(newest) = changed.last().map(|change| change.number).filter(|newest| *newest > 0) else { return Ok(()) };
        // Older changes than the oldest kept one are missing: so many came that they were swept.
        if changed.first().is_some_and(|change| change.number > last + 1) {
            self.read_all(cabinet).await?;
        } else {
            let mut ids: Vec<Uuid> = changed
                .iter()
                .filter(|change| change.organisation == cabinet.organisation && !seen.recent.contains(&change.number))
                .map(|change| change.contact)
                .collect();
            ids.sort_unstable();
            ids.dedup();
            for some in ids.chunks(500) {
                self.put(cabinet, contacts::headers_of(database, cabinet.organisation, some).await?)?;
            }
        }
        let recent = changed.into_iter().map(|change| change.number).filter(|number| *number >= newest - LOOK_BACK).collect();
        *seen = Seen { newest: Some(newest), recent };
        Ok(())
    }

    async fn read_all(&self, cabinet: &Cabinet) -> Result<(), Trouble> {
        self.put(cabinet, contacts::headers(cabinet.store.content().read(), cabinet.organisation).await?)
    }

    fn put(&self, cabinet: &Cabinet, sealed: Vec<(Uuid, Vec<u8>)>) -> Result<(), Trouble> {
        let mut opened = Vec::with_capacity(sealed.len());
        for (id, header) in sealed {
            opened.push((id, cabinet.open_header(id, &header)?));
        }
        let mut rows = self.rows.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        let now = Some(cabinet.now());
        for (id, header) in opened {
            rows.put(id, header, now);
        }
        Ok(())
    }

    /// Puts a header in that lies in no database.
    pub(crate) fn put_for_measure(&self, id: Uuid, header: Header) {
        self.rows.write().unwrap_or_else(std::sync::PoisonError::into_inner).put(id, header, None);
    }

    /// The rows that these eyes may see and every filter takes, from `skip` on.
    pub(crate) fn list(&self, eyes: &Eyes<'_>, filters: &[Filter], skip: usize, take: usize) -> Listed {
        let rows = self.rows.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut listed = Listed { rows: Vec::new(), found: 0, counts: [0; Filter::ALL.len()] };
        let show = |listed: &mut Listed, id: Uuid, header: &Header| {
            if listed.found >= skip && listed.rows.len() < take {
                listed.rows.push((id, header.clone()));
            }
            listed.found += 1;
        };
        let theirs = |(_, header): &(&Place, &Header)| eyes.see(header);
        for ((_, _, _, id), header) in rows.in_order.range(..SETTLED).filter(theirs) {
            for (count, each) in listed.counts.iter_mut().zip(Filter::ALL) {
                *count += usize::from(each.takes(*id, header, eyes));
            }
            if eyes.take(filters, *id, header) {
                show(&mut listed, *id, header);
            }
        }
        for counts in rows.settled_before(eyes) {
            listed.counts.iter_mut().zip(counts).for_each(|(count, settled)| *count += settled);
        }
        // Of one list it is known how long it is: the page is all that has to be looked for.
        let known = match filters {
            [one] => Some(listed.count(*one)),
            _ => None,
        };
        if filters.iter().all(|filter| filter.takes_settled()) {
            for ((_, _, _, id), header) in rows.in_order.range(SETTLED..).filter(theirs) {
                if known.is_some_and(|known| listed.found >= known || listed.rows.len() == take) {
                    break;
                }
                if eyes.take(filters, *id, header) {
                    show(&mut listed, *id, header);
                }
            }
        }
        listed.found = known.unwrap_or(listed.found);
        listed
    }

    /// Those of the found contacts that these eyes may see and every filter takes, from `skip` on: first what was found as it
    /// was typed, then other spellings, each in the order of the list.
    pub(crate) fn pick(&self, eyes: &Eyes<'_>, filters: &[Filter], found: &Hits, skip: usize, take: usize) -> Picked {
        let rows = self.rows.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        let end = skip.saturating_add(take);
        let (close, mut places) = rows.first(eyes, filters, &found.close, end);
        let (sounding, more) = rows.first(eyes, filters, &found.sounding, end.saturating_sub(places.len()));
        places.extend(more);
        let page = places.iter().skip(skip).take(take);
        let page = page.filter_map(|place| Some((place.3, rows.in_order.get(place)?.clone()))).collect();
        Picked { rows: page, found: close + sounding }
    }

    /// The cases that these eyes may see and the filter takes, what is to be looked at first on top.
    pub(crate) fn cases(&self, eyes: &Eyes<'_>, filter: CaseFilter, skip: usize, take: usize) -> CasesListed {
        let rows = self.rows.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut listed = CasesListed::default();
        let each = rows.cases.iter().filter_map(|place| Some((place, rows.in_order.get(place)?)));
        for ((_, _, _, id), header) in each.filter(|(_, header)| eyes.teams.contains(&header.team)) {
            for (count, each) in listed.counts.iter_mut().zip(CaseFilter::ALL) {
                *count += usize::from(each.takes(*id, header, eyes));
            }
            if filter.takes(*id, header, eyes) {
                if listed.found >= skip && listed.rows.len() < take {
                    listed.rows.push((*id, header.clone()));
                }
                listed.found += 1;
            }
        }
        listed
    }

    /// The contacts or cases whose reference shows these bits, among what these teams may see.
    pub(crate) fn referred(&self, teams: &[Uuid], bits: u64, case: bool) -> Vec<Uuid> {
        let rows = self.rows.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        let fits = rows.by_id.iter().filter(|(id, _)| crate::reference::bits_of(**id) == bits);
        fits.filter(|(_, (place, _))| {
            rows.in_order.get(place).is_some_and(|header| header.is_case() == case && teams.contains(&header.team))
        })
        .map(|(id, _)| *id)
        .collect()
    }

    /// The header of a contact or a case, if these teams may see it.
    pub(crate) fn header(&self, teams: &[Uuid], contact: Uuid) -> Option<Header> {
        let rows = self.rows.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        let (place, _) = rows.by_id.get(&contact)?;
        rows.in_order.get(place).filter(|header| teams.contains(&header.team)).cloned()
    }

    /// A team's contacts that changed since this serial number, in the order of the list, and the newest number: with none,
    /// all of them.
    pub(crate) fn changed(&self, team: Uuid, since: Option<u64>) -> (Vec<Uuid>, u64) {
        let rows = self.rows.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        let ids = match since {
            None => rows.in_order.iter().filter(|(_, header)| header.team == team).map(|((.., id), _)| *id).collect(),
            Some(since) => {
                let newer = rows.by_serial.range(since + 1..).filter_map(|(_, id)| Some((rows.by_id.get(id)?.0, *id)));
                let mut places: Vec<(Place, Uuid)> =
                    newer.filter(|(place, _)| rows.in_order.get(place).is_some_and(|header| header.team == team)).collect();
                places.sort_unstable();
                places.into_iter().map(|(_, id)| id).collect()
            }
        };
        (ids, rows.serial)
    }

    /// How much each member has in hand of what is to be done, and how much nobody has.
    pub(crate) fn load(&self, teams: &[Uuid]) -> Load {
        let rows = self.rows.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut load = Load::default();
        let open = rows.in_order.iter().take_while(|((nothing, ..), _)| !nothing).map(|(_, header)| header);
        for header in open.filter(|header| teams.contains(&header.team)) {
            if header.hands.is_empty() {
                load.nobody += 1;
            }
            for hand in &header.hands {
                *load.by_member.entry(*hand).or_default() += 1;
            }
        }
        load
    }

    /// Of which contacts each team must be told now; a team of which nobody must be told anything is not there. What would be
    /// told again soon is told with the rest.
    pub(crate) fn alerts(&self, now: OffsetDateTime, staffed: Option<&WeeklyHours>) -> BTreeMap<Uuid, Vec<(Uuid, Alert)>> {
        let rows = self.rows.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut by_team: BTreeMap<Uuid, Vec<(Uuid, Alert)>> = BTreeMap::new();
        for ((nothing, calm, by, id), header) in &rows.in_order {
            if *nothing || (*calm && *by > now + AHEAD) {
                break;
            }
            let Some(alert) = next_alert(header, staffed) else { continue };
            if alert.at <= now || (alert.again && !alert.pressing && alert.at <= now + TOGETHER) {
                by_team.entry(header.team).or_default().push((*id, alert));
            }
        }
        by_team.retain(|_, alerts| alerts.iter().any(|(_, alert)| alert.at <= now));
        by_team
    }

    /// How many open contacts are in danger, for the colour of nothing but the number in the navigation.
    pub(crate) fn danger(&self, teams: &[Uuid]) -> usize {
        let rows = self.rows.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        rows.in_order
            .values()
            .take_while(|header| header.urgency == Urgency::Danger)
            .filter(|header| teams.contains(&header.team) && matches!(header.next_due(), Some((Due::Danger, _))))
            .count()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::Duration;

    use super::*;
    use crate::header::tests::header;
    use crate::header::{Alarm, Flags, Folder};

    const TEAMS: [Uuid; 2] = [Uuid::from_u128(1), Uuid::from_u128(2)];

    fn any_header() -> impl Strategy<Value = Header> {
        let urgency = prop::sample::select(vec![Urgency::Danger, Urgency::Soon, Urgency::Normal]);
        let flags = prop::collection::vec(prop::bool::weighted(0.4), 14);
        (0_usize..2, urgency, flags, -20_i64..20, prop::bool::weighted(0.1), 0_u128..4).prop_map(
            |(team, urgency, flags, hours, case, hand)| {
                let flag = |place: usize| flags.get(place).copied().unwrap_or_default();
                let mut header = header();
                header.team = TEAMS[team];
                header.urgency = urgency;
                header.flags = Flags {
                    read: flag(0),
                    reporter_wrote: flag(1),
                    acknowledged: flag(2),
                    waiting_for_reporter: flag(3),
                    safe: flag(4),
                    referred: flag(5),
                    review_due: flag(6),
                    supervisor_due: flag(7),
                    unfinished: flag(8),
                    closed: flag(9),
                    held: flag(0),
                    in_case: flag(1),
                    withdrawn: flag(10),
                    erased: flag(11),
                    told_outcome: flag(12),
                };
                let at = header.clocks.arrived + Duration::hours(hours);
                header.clocks.read_by = at;
                header.clocks.acknowledge_by = at;
                header.clocks.feedback_by = at;
                header.alarm = Alarm { seen: flag(5), on: flag(13), attended: flag(3), ..Alarm::default() };
                header.hands = if hand == 3 { Vec::new() } else { vec![Uuid::from_u128(hand)] };
                if flag(13) {
                    header.language = "ro".to_owned();
                }
                header.folder = if case { Folder::Case } else { Folder::Contact };
                header
            },
        )
    }

    proptest! {
        /// What is counted as headers come in is what looking at each of them would give: for every list, alone or narrowed by
        /// another, page by page, and for nobody more than their own teams.
        #[test]
        fn a_list_is_what_looking_at_every_header_gives(
            puts in prop::collection::vec((0_u128..8, any_header()), 0..30),
            (one, other) in (prop::sample::select(Filter::ALL.to_vec()), prop::option::of(prop::sample::select(Filter::ALL.to_vec()))),
            both_teams in any::<bool>(),
            language in prop::option::of(prop::sample::select(vec!["other", "ro"])),
            (skip, take) in (0_usize..4, 0_usize..4),
            narrowed in any::<bool>(),
        ) {
            let index = Index::new();
            let mut known: BTreeMap<Uuid, Header> = BTreeMap::new();
            for (id, header) in puts {
                index.put_for_measure(Uuid::from_u128(id), header.clone());
                known.insert(Uuid::from_u128(id), header);
            }
            let view = View::default();
            let speaks = ["other".to_owned()];
            let teams = if both_teams { &TEAMS[..] } else { &TEAMS[..1] };
            let now = header().clocks.arrived;
            let eyes = Eyes { member: Uuid::from_u128(1), teams, speaks: &speaks, now, view: &view, language, whose: Some(Uuid::from_u128(2)) };
            let mut rows: Vec<(Place, Uuid)> = known.iter().map(|(id, header)| (place(*id, header), *id)).collect();
            rows.retain(|(_, id)| teams.contains(&known[id].team) && language.is_none_or(|language| known[id].language == language));
            rows.sort_unstable();
            let filters: Vec<Filter> = std::iter::once(one).chain(other).collect();
            let takes = |filter: Filter, id: &Uuid| filter.takes(*id, &known[id], &eyes);
            let wanted: Vec<Uuid> = rows.iter().map(|(_, id)| *id).filter(|id| filters.iter().all(|filter| takes(*filter, id))).collect();
            let listed = index.list(&eyes, &filters, skip, take);
            prop_assert_eq!(listed.found, wanted.len());
            let page: Vec<Uuid> = wanted.into_iter().skip(skip).take(take).collect();
            prop_assert_eq!(listed.rows.into_iter().map(|(id, _)| id).collect::<Vec<_>>(), page);
            prop_assert_eq!(listed.counts, Filter::ALL.map(|filter| rows.iter().filter(|(_, id)| takes(filter, id)).count()));

            // So is what a search found, whichever half of it.
            let filters = if narrowed { &filters[..] } else { &[] };
            let theirs = known.keys().copied().filter(|id| teams.contains(&known[id].team));
            let (close, sounding): (Vec<Uuid>, Vec<Uuid>) = theirs.partition(|id| id.as_u128() % 3 != 0);
            let half = |found: &[Uuid]| -> Vec<Uuid> {
                let seen = rows.iter().map(|(_, id)| *id).filter(|id| found.contains(id));
                seen.filter(|id| filters.iter().all(|filter| takes(*filter, id))).collect()
            };
            let wanted = [half(&close), half(&sounding)].concat();
            let picked = index.pick(&eyes, filters, &Hits { close, sounding }, skip, take);
            prop_assert_eq!(picked.found, wanted.len());
            let page: Vec<Uuid> = wanted.into_iter().skip(skip).take(take).collect();
            prop_assert_eq!(picked.rows.into_iter().map(|(id, _)| id).collect::<Vec<_>>(), page);
        }
    }
}
