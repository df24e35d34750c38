//! Alarms: what in a ledger looks like one member taking much out in a short time. Pure: entries in, alarms out.
//!
//! An alarm is a question to ask and no proof: a busy night can look the same. The kind of an act is the last word of its code
//! (`contact.opened`, `list.exported`, `contacts.searched`), so that no zone has to be known here.

use std::collections::{BTreeMap, HashMap, VecDeque};

use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::entry::{OpenedActor, OpenedEntry};

/// What an alarm is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AlarmKind {
    /// Many different records were opened.
    ManyOpened,
    /// Many rows were exported.
    ManyRows,
    /// Exports were made many times.
    ManyExports,
    /// Searches were made many times. What was searched for is not in the ledger.
    ManySearches,
    /// Somebody searched for themselves: what is said of oneself, or of whom one lives with, is not looked up here.
    OwnSearches,
}

impl AlarmKind {
    /// Every kind, in the order in which pages show them.
    pub const ALL: [Self; 5] = [Self::ManyOpened, Self::ManyRows, Self::ManyExports, Self::ManySearches, Self::OwnSearches];

    /// As in the names of messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::ManyOpened => "opened",
            Self::ManyRows => "rows",
            Self::ManyExports => "exports",
            Self::ManySearches => "searches",
            Self::OwnSearches => "own",
        }
    }

    /// How long the window is. Two entries are in one window when less than this lies between them.
    pub fn window(self) -> Duration {
        match self {
            Self::ManyRows => Duration::days(1),
            Self::ManyOpened | Self::ManyExports | Self::ManySearches | Self::OwnSearches => Duration::hours(1),
        }
    }
}

/// How much one member may do within a window. One more is an alarm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Different records opened within an hour.
    pub opened: u64,
    /// Rows exported within 24 hours.
    pub rows: u64,
    /// Exports within an hour.
    pub exports: u64,
    /// Searches within an hour.
    pub searches: u64,
    /// Searches for oneself within an hour.
    pub own: u64,
}

impl Limits {
    /// An adviser who reads a contact with care needs minutes for it; a list is seldom longer than some hundred rows.
    pub const STANDARD: Self = Self { opened: 40, rows: 500, exports: 3, searches: 30, own: 0 };

    /// The limit of a kind.
    pub fn of(&self, kind: AlarmKind) -> u64 {
        match kind {
            AlarmKind::ManyOpened => self.opened,
            AlarmKind::ManyRows => self.rows,
            AlarmKind::ManyExports => self.exports,
            AlarmKind::ManySearches => self.searches,
            AlarmKind::OwnSearches => self.own,
        }
    }
}

/// One member who went over a limit, in windows that touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// What it is about.
    pub kind: AlarmKind,
    /// Who.
    pub member: Uuid,
    /// The first act in a window over the limit.
    pub from: OffsetDateTime,
    /// The last one.
    pub to: OffsetDateTime,
    /// The most that any one window held.
    pub count: u64,
}

/// What makes two acts one: the same record opened again does not count again.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Same {
    Record(Uuid),
    Never(usize),
}

struct Event {
    at: i64,
    same: Same,
    weight: u64,
}

/// Takes in the entries of a ledger, in any order, and keeps of them what alarms need.
#[derive(Default)]
pub struct Watch {
    events: BTreeMap<(Uuid, AlarmKind), Vec<Event>>,
    noted: usize,
}

impl Watch {
    /// Takes in one entry. What reporters and clocks did raises no alarm.
    pub fn note(&mut self, entry: &OpenedEntry) {
        let OpenedActor::Member(member) = entry.actor else { return };
        self.noted += 1;
        let never = Same::Never(self.noted);
        match entry.act.rsplit('.').next() {
            Some("opened") => self.add(member, AlarmKind::ManyOpened, entry, entry.record.map_or(never, Same::Record), 1),
            Some("searched") => {
                self.add(member, AlarmKind::ManySearches, entry, never, 1);
                if entry.detail.get("own").and_then(serde_json::Value::as_bool) == Some(true) {
                    self.add(member, AlarmKind::OwnSearches, entry, never, 1);
                }
            }
            Some("exported") => {
                self.add(member, AlarmKind::ManyExports, entry, never, 1);
                let rows = entry.detail.get("rows").and_then(serde_json::Value::as_u64).unwrap_or_default();
                self.add(member, AlarmKind::ManyRows, entry, never, rows);
            }
            _ => {}
        }
    }

    fn add(&mut self, member: Uuid, kind: AlarmKind, entry: &OpenedEntry, same: Same, weight: u64) {
        let at = entry.when().unix_timestamp();
        self.events.entry((member, kind)).or_default().push(Event { at, same, weight });
    }

    /// The alarms, the newest first.
    pub fn alarms(self, limits: &Limits) -> Vec<Alarm> {
        let mut alarms = Vec::new();
        for ((member, kind), events) in self.events {
            for Run { from, to, most } in over(events, kind.window().whole_seconds(), limits.of(kind)) {
                let [from, to] = [from, to].map(plainsight_store::from_unix);
                alarms.push(Alarm { kind, member, from, to, count: most });
            }
        }
        alarms.sort_by_key(|alarm| (std::cmp::Reverse(alarm.to), alarm.kind, alarm.member));
        alarms
    }
}

struct Run {
    from: i64,
    to: i64,
    most: u64,
}

/// The stretches in which a window that slides over the events holds more than the limit. Windows that touch are one stretch:
/// somebody who goes on for three hours is one alarm, not hundreds.
fn over(mut events: Vec<Event>, window: i64, limit: u64) -> Vec<Run> {
    events.sort_unstable_by_key(|event| event.at);
    let mut inside: VecDeque<&Event> = VecDeque::new();
    let mut times: HashMap<Same, usize> = HashMap::new();
    let mut held = 0_u64;
    let mut runs: Vec<Run> = Vec::new();
    for event in &events {
        while let Some(gone) = inside.pop_front_if(|first| event.at - first.at >= window) {
            let left = times.entry(gone.same).or_default();
            *left -= 1;
            if *left == 0 {
                held -= gone.weight;
                times.remove(&gone.same);
            }
        }
        inside.push_back(event);
        let again = times.entry(event.same).or_default();
        *again += 1;
        if *again == 1 {
            // A damaged number of rows must not wrap around to a small one.
            held = held.saturating_add(event.weight);
        }
        let Some(first) = inside.front().filter(|_| held > limit) else { continue };
        match runs.last_mut() {
            Some(run) if first.at <= run.to => (run.to, run.most) = (event.at, run.most.max(held)),
            _ => runs.push(Run { from: first.at, to: event.at, most: held }),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use serde_json::json;
    use time::macros::datetime;

    use super::*;

    const START: OffsetDateTime = datetime!(2026-11-24 03:00 UTC);
    const LIMITS: Limits = Limits { opened: 2, rows: 100, exports: 2, searches: 2, own: 1 };
    const ANA: Uuid = Uuid::from_u128(1);

    fn entry(member: Uuid, second: i64, act: &str, record: u128, rows: u64) -> OpenedEntry {
        let at = START + Duration::seconds(second);
        OpenedEntry {
            seq: 1,
            hour: at - Duration::seconds(at.unix_timestamp().rem_euclid(3600)),
            at: Some(at),
            actor: OpenedActor::Member(member),
            act: act.to_owned(),
            record: Some(Uuid::from_u128(record)),
            detail: json!({ "rows": rows, "own": record == 3 }),
        }
    }

    fn alarms<'a>(entries: impl IntoIterator<Item = &'a OpenedEntry>) -> Vec<Alarm> {
        let mut watch = Watch::default();
        entries.into_iter().for_each(|entry| watch.note(entry));
        watch.alarms(&LIMITS)
    }

    #[test]
    fn the_same_record_opened_again_counts_once() {
        let again: Vec<_> = (0..50).map(|second| entry(ANA, second, "contact.opened", u128::from(second % 2 == 0), 0)).collect();
        assert_eq!(alarms(&again), []);
        let third = entry(ANA, 60, "case.opened", 9, 0);
        let found = alarms(again.iter().chain([&third]));
        let [alarm] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((alarm.kind, alarm.member, alarm.count), (AlarmKind::ManyOpened, ANA, 3));
        assert_eq!((alarm.from, alarm.to), (START, START + Duration::seconds(60)));
    }

    #[test]
    fn an_hour_ends_before_the_same_second_of_the_next() {
        let at = |last| [0, 1, last].map(|second| entry(ANA, second, "contacts.searched", 1, 0));
        assert_eq!(alarms(&at(3599)).len(), 1);
        assert_eq!(alarms(&at(3600)), []);
    }

    #[test]
    fn rows_count_over_a_day_and_exports_over_an_hour() {
        let exports = |hours: &[i64], rows| -> Vec<AlarmKind> {
            let made: Vec<_> = hours.iter().map(|hour| entry(ANA, hour * 3600, "list.exported", 1, rows)).collect();
            alarms(&made).iter().map(|alarm| alarm.kind).collect()
        };
        assert_eq!(exports(&[0, 5, 10], 33), []);
        assert_eq!(exports(&[0, 5, 10], 34), [AlarmKind::ManyRows]);
        assert_eq!(exports(&[0, 5, 24], 34), []);
        assert_eq!(exports(&[0, 0, 0], 1), [AlarmKind::ManyExports]);
        assert_eq!(exports(&[0], u64::MAX), [AlarmKind::ManyRows]);
    }

    #[test]
    fn one_long_stretch_is_one_alarm_and_two_nights_are_two() {
        let search = |second| entry(ANA, second, "contacts.searched", 1, 0);
        let mut night: Vec<_> = (0..60).map(|step| search(step * 600)).collect();
        assert_eq!(alarms(&night).len(), 1);
        night.extend((0..60).map(|step| search(86_400 + step * 600)));
        let found = alarms(&night);
        assert_eq!(found.iter().map(|alarm| alarm.count).collect::<Vec<_>>(), [6, 6]);
        assert!(found.is_sorted_by(|one, other| one.from > other.from), "the newest first");
    }

    #[test]
    fn reporters_clocks_and_other_acts_raise_none() {
        let mut many: Vec<_> = (0..200).map(|record| entry(ANA, 0, "contact.replied", record, 500)).collect();
        many.extend((0..200).map(|record| OpenedEntry { actor: OpenedActor::Reporter, ..entry(ANA, 0, "contact.opened", record, 0) }));
        let clock = OpenedActor::System("helpline".to_owned());
        many.extend((0..200).map(|record| OpenedEntry { actor: clock.clone(), ..entry(ANA, 0, "list.exported", record, 500) }));
        assert_eq!(alarms(&many), []);
    }

    /// By the definition: is there an entry from which on a window holds more than the limit?
    fn by_hand(entries: &[OpenedEntry], member: Uuid, kind: AlarmKind) -> bool {
        let of_kind = |entry: &&OpenedEntry| {
            let act = match kind {
                AlarmKind::ManyOpened => "contact.opened",
                AlarmKind::ManyRows | AlarmKind::ManyExports => "list.exported",
                AlarmKind::ManySearches | AlarmKind::OwnSearches => "contacts.searched",
            };
            let own = kind != AlarmKind::OwnSearches || entry.detail["own"] == true;
            entry.actor == OpenedActor::Member(member) && entry.act == act && own
        };
        let ours: Vec<&OpenedEntry> = entries.iter().filter(of_kind).collect();
        ours.iter().any(|first| {
            let inside = ours.iter().filter(|entry| (first.when()..first.when() + kind.window()).contains(&entry.when()));
            let held = match kind {
                AlarmKind::ManyOpened => inside.map(|entry| entry.record).collect::<BTreeSet<_>>().len() as u64,
                AlarmKind::ManyRows => inside.map(|entry| entry.detail["rows"].as_u64().unwrap()).sum(),
                AlarmKind::ManyExports | AlarmKind::ManySearches | AlarmKind::OwnSearches => inside.count() as u64,
            };
            held > LIMITS.of(kind)
        })
    }

    /// Times on few seconds and at the edges of the windows, so that many come at once and some just miss each other.
    fn any_entry() -> impl Strategy<Value = OpenedEntry> {
        let act = prop::sample::select(vec!["contact.opened", "list.exported", "contacts.searched", "contact.noted"]);
        let second = prop::sample::select(vec![0_i64, 1, 1799, 3599, 3600, 3601, 7200, 86_399, 86_400, 90_000]);
        (1..3_u128, second, act, 0..4_u128, 0..60_u64)
            .prop_map(|(member, second, act, record, rows)| entry(Uuid::from_u128(member), second, act, record, rows))
    }

    fn some_entries() -> impl Strategy<Value = (Vec<OpenedEntry>, Vec<OpenedEntry>)> {
        prop::collection::vec(any_entry(), 0..24).prop_flat_map(|entries| (Just(entries.clone()), Just(entries).prop_shuffle()))
    }

    proptest! {
        /// An alarm fires if and only if a window holds more than the limit, and the order in which the entries come, those of
        /// one time among them, changes nothing of it.
        #[test]
        fn an_alarm_fires_iff_a_window_holds_more_than_the_limit((entries, shuffled) in some_entries()) {
            let found = alarms(&entries);
            prop_assert_eq!(&found, &alarms(&shuffled));
            for member in [ANA, Uuid::from_u128(2)] {
                for kind in AlarmKind::ALL {
                    let fires = found.iter().any(|alarm| alarm.member == member && alarm.kind == kind);
                    prop_assert_eq!(fires, by_hand(&entries, member, kind), "{} {:?}", member, kind);
                }
            }
            prop_assert!(found.iter().all(|alarm| alarm.count > LIMITS.of(alarm.kind) && alarm.from <= alarm.to));
        }
    }
}
