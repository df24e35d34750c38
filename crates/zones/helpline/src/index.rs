//! The desk's list in memory: the headers of all contacts, in the order of what is due. Headers are sealed, so no
//! database could sort them; here 100,000 of them are sorted once and kept up with what changes.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, RwLock};

use time::OffsetDateTime;
use tokio::sync::Mutex;
use uuid::Uuid;

use plainsight_vocabulary::{Urgency, WeeklyHours};

use crate::cabinet::Cabinet;
use crate::header::{Due, Header};
use crate::records::{changes, contacts};
use crate::search::library::View;
use crate::search::shelf::Hits;
use crate::trouble::Trouble;
use crate::watch::{AHEAD, Alert, TOGETHER, next_alert};

/// Changes may become visible a little out of order (PostgreSQL): so many are looked at again each time.
const LOOK_BACK: i64 = 256;

/// Which contacts a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Filter {
    /// Everything that somebody must do something about.
    Open,
    /// What the member has in hand.
    Mine,
    Danger,
    /// Somebody under 18, or perhaps so. The header does not say it: known of what has been read into memory.
    Child,
    /// Whoever writes about themselves or a child: read within the hour.
    Soon,
    New,
    /// Due within the shift.
    DueSoon,
    Overdue,
    /// In a language that the member speaks.
    Spoken,
    /// An adviser has not finished writing down what somebody said.
    Unfinished,
    Waiting,
    ReviewDue,
    /// A supervisor must look before the dialogue goes on.
    Supervisor,
    /// A complaint about us; known of what has been read into memory.
    Complaint,
    Withdrawn,
    Closed,
    All,
}

impl Filter {
    pub(crate) const ALL: [Self; 17] = [
        Self::Open,
        Self::Mine,
        Self::Danger,
        Self::Child,
        Self::Soon,
        Self::New,
        Self::DueSoon,
        Self::Overdue,
        Self::Spoken,
        Self::Unfinished,
        Self::Waiting,
        Self::ReviewDue,
        Self::Supervisor,
        Self::Complaint,
        Self::Withdrawn,
        Self::Closed,
        Self::All,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Mine => "mine",
            Self::Danger => "danger",
            Self::Child => "child",
            Self::Soon => "soon",
            Self::New => "new",
            Self::DueSoon => "due",
            Self::Overdue => "overdue",
            Self::Spoken => "spoken",
            Self::Unfinished => "unfinished",
            Self::Waiting => "waiting",
            Self::ReviewDue => "review",
            Self::Supervisor => "supervisor",
            Self::Complaint => "complaint",
            Self::Withdrawn => "withdrawn",
            Self::Closed => "closed",
            Self::All => "all",
        }
    }

    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|filter| filter.name() == name)
    }

    /// Whether it can take a contact for which nothing is due. These ask the header alone, not who looks and when: how many
    /// they take is counted as headers come in, for most contacts of a helpline are closed.
    fn takes_settled(self) -> bool {
        match self {
            Self::Open | Self::Unfinished | Self::Waiting | Self::ReviewDue | Self::Supervisor => true,
            Self::Withdrawn | Self::Closed | Self::All => true,
            Self::Mine | Self::Danger | Self::Child | Self::Soon | Self::New => false,
            Self::DueSoon | Self::Overdue | Self::Spoken | Self::Complaint => false,
        }
    }

    fn takes(self, id: Uuid, header: &Header, eyes: &Eyes<'_>) -> bool {
        let (flags, now) = (&header.flags, eyes.now);
        // Of what was erased only the list of all still shows that it was.
        if header.is_case() || (flags.erased && !matches!(self, Self::All | Self::Withdrawn)) {
            return false;
        }
        match self {
            Self::Child => header.next_due().is_some() && eyes.view.child(id),
            Self::Complaint => header.next_due().is_some() && eyes.view.complaint(id),
            Self::Mine => header.hands.contains(&eyes.member) && header.next_due().is_some(),
            Self::Soon => header.urgency == Urgency::Soon && matches!(header.next_due(), Some((Due::Read, _))),
            Self::DueSoon => header.due_by().is_some_and(|by| by >= now && by - now <= SHIFT),
            Self::Spoken => header.next_due().is_some() && eyes.speaks.contains(&header.language),
            Self::Unfinished => flags.unfinished && !flags.erased,
            Self::All => true,
            Self::Withdrawn => flags.withdrawn,
            Self::Closed => flags.closed,
            Self::Open => header.next_due().is_some() || flags.review_due,
            Self::Danger => matches!(header.next_due(), Some((Due::Danger, _))),
            Self::New => !flags.read && !flags.erased && header.next_due().is_some(),
            Self::Overdue => header.due_by().is_some_and(|by| by < now),
            Self::Waiting => flags.waiting_for_reporter && !flags.withdrawn,
            Self::ReviewDue => flags.review_due,
            Self::Supervisor => flags.supervisor_due && !flags.closed && !flags.withdrawn,
        }
    }
}

/// Which cases a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CaseFilter {
    Open,
    Mine,
    /// To be looked at again in this shift, or already.
    Due,
    /// Somebody asks about the data that is kept of them; known of what has been read into memory.
    Asked,
    Closed,
    All,
}

impl CaseFilter {
    pub(crate) const ALL: [Self; 6] = [Self::Open, Self::Mine, Self::Due, Self::Asked, Self::Closed, Self::All];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Mine => "mine",
            Self::Due => "due",
            Self::Asked => "asked",
            Self::Closed => "closed",
            Self::All => "all",
        }
    }

    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|filter| filter.name() == name)
    }

    fn takes(self, id: Uuid, header: &Header, eyes: &Eyes<'_>) -> bool {
        if header.flags.erased {
            return false;
        }
        match self {
            Self::Open => !header.flags.closed,
            Self::Mine => !header.flags.closed && header.hands.contains(&eyes.member),
            Self::Due => header.due_by().is_some_and(|by| by - eyes.now <= SHIFT),
            Self::Asked => !header.flags.closed && eyes.view.asked(id),
            Self::Closed => header.flags.closed,
            Self::All => true,
        }
    }
}

/// Due within so long is due in this shift.
const SHIFT: time::Duration = time::Duration::hours(8);

/// Who looks at a list, and when.
pub(crate) struct Eyes<'a> {
    pub(crate) member: Uuid,
    /// Whose contacts they may see.
    pub(crate) teams: &'a [Uuid],
    /// The tags of the languages they speak.
    pub(crate) speaks: &'a [String],
    pub(crate) now: OffsetDateTime,
    /// What has been read into memory: the header does not say whether a child is concerned.
    pub(crate) view: &'a View,
}

impl Eyes<'_> {
    fn take(&self, filters: &[Filter], id: Uuid, header: &Header) -> bool {
        filters.iter().all(|filter| filter.takes(id, header, self))
    }
}

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
        Filter::ALL.into_iter().zip(self.counts).find(|(each, _)| *each == filter).map_or(0, |(_, count)| count)
    }
}

/// Danger first, then by when the next thing is due; what asks for nothing stands last.
type Place = (bool, bool, OffsetDateTime, Uuid);

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
    /// By team: of the contacts for which nothing is due, how many each filter takes.
    settled: HashMap<Uuid, Counts>,
    /// The places of cases.
    cases: BTreeSet<Place>,
    /// Which contact was put in when, for whoever follows what changes.
    by_serial: BTreeMap<u64, Uuid>,
    serial: u64,
}

impl Rows {
    fn put(&mut self, id: Uuid, header: Header) {
        let place = place(id, &header);
        self.serial += 1;
        if let Some((old, serial)) = self.by_id.insert(id, (place, self.serial)) {
            if let Some(header) = self.in_order.remove(&old) {
                self.count_settled(id, &header, |count| *count = count.saturating_sub(1));
            }
            self.cases.remove(&old);
            self.by_serial.remove(&serial);
        }
        self.by_serial.insert(self.serial, id);
        self.count_settled(id, &header, |count| *count += 1);
        if header.is_case() {
            self.cases.insert(place);
        }
        self.in_order.insert(place, header);
    }
}

impl Rows {
    fn count_settled(&mut self, id: Uuid, header: &Header, change: impl Fn(&mut usize)) {
        if header.next_due().is_some() {
            return;
        }
        let nobody = Eyes { member: Uuid::nil(), teams: &[], speaks: &[], now: OffsetDateTime::UNIX_EPOCH, view: &View::default() };
        let counts = self.settled.entry(header.team).or_insert([0; Filter::ALL.len()]);
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
        for (id, header) in opened {
            rows.put(id, header);
        }
        Ok(())
    }

    /// Puts a header in that lies in no database.
    pub(crate) fn put_for_measure(&self, id: Uuid, header: Header) {
        self.rows.write().unwrap_or_else(std::sync::PoisonError::into_inner).put(id, header);
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
        let theirs = |(_, header): &(&Place, &Header)| eyes.teams.contains(&header.team);
        for ((_, _, _, id), header) in rows.in_order.range(..SETTLED).filter(theirs) {
            for (count, each) in listed.counts.iter_mut().zip(Filter::ALL) {
                *count += usize::from(each.takes(*id, header, eyes));
            }
            if eyes.take(filters, *id, header) {
                show(&mut listed, *id, header);
            }
        }
        for counts in eyes.teams.iter().filter_map(|team| rows.settled.get(team)) {
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
        let each = found.close.iter().map(|id| (false, id)).chain(found.sounding.iter().map(|id| (true, id)));
        let mut places: Vec<(bool, Place)> = each
            .filter_map(|(sounding, id)| {
                let (place, _) = rows.by_id.get(id)?;
                let header = rows.in_order.get(place)?;
                (eyes.teams.contains(&header.team) && eyes.take(filters, *id, header)).then_some((sounding, *place))
            })
            .collect();
        // Of many only those of the page are put in order.
        let (found, end) = (places.len(), skip.saturating_add(take));
        if end < places.len() {
            places.select_nth_unstable(end);
            places.truncate(end);
        }
        places.sort_unstable();
        let page = places.iter().skip(skip).take(take);
        let page = page.filter_map(|(_, place)| Some((place.3, rows.in_order.get(place)?.clone()))).collect();
        Picked { rows: page, found }
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
        let flags = prop::collection::vec(prop::bool::weighted(0.4), 13);
        (0_usize..2, urgency, flags, -20_i64..20, prop::bool::weighted(0.1), 0_u128..3).prop_map(
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
                header.alarm = Alarm { seen: flag(5), ..Alarm::default() };
                header.hands = vec![Uuid::from_u128(hand)];
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
            (skip, take) in (0_usize..4, 0_usize..4),
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
            let eyes = Eyes { member: Uuid::from_u128(1), teams, speaks: &speaks, now, view: &view };
            let mut rows: Vec<(Place, Uuid)> = known.iter().map(|(id, header)| (place(*id, header), *id)).collect();
            rows.retain(|(_, id)| teams.contains(&known[id].team));
            rows.sort_unstable();
            let filters: Vec<Filter> = std::iter::once(one).chain(other).collect();
            let takes = |filter: Filter, id: &Uuid| filter.takes(*id, &known[id], &eyes);
            let wanted: Vec<Uuid> = rows.iter().map(|(_, id)| *id).filter(|id| filters.iter().all(|filter| takes(*filter, id))).collect();
            let listed = index.list(&eyes, &filters, skip, take);
            prop_assert_eq!(listed.found, wanted.len());
            let page: Vec<Uuid> = wanted.into_iter().skip(skip).take(take).collect();
            prop_assert_eq!(listed.rows.into_iter().map(|(id, _)| id).collect::<Vec<_>>(), page);
            prop_assert_eq!(listed.counts, Filter::ALL.map(|filter| rows.iter().filter(|(_, id)| takes(filter, id)).count()));
        }
    }
}
