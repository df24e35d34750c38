//! What a supervisor sees at a glance: how much is due by what, by whose clock and in whose hands. Each number is what the list
//! of the same filters would show.

use std::collections::BTreeMap;

use time::OffsetDateTime;
use uuid::Uuid;

use plainsight_vocabulary::Urgency;

use super::tally::{Came, Waited, Week};
use super::{Counts, Eyes, Filter, Index, SETTLED};
use crate::header::Header;

/// How much there is to do of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) overdue: usize,
    pub(crate) hour: usize,
    pub(crate) shift: usize,
    pub(crate) open: usize,
}

/// What lies in one pair of hands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hand {
    pub(crate) count: usize,
    /// When the oldest of it came.
    pub(crate) oldest: Option<OffsetDateTime>,
}

/// All numbers of the board.
#[derive(Debug, Default)]
pub(crate) struct Board {
    counts: Counts,
    kinds: [Line; Self::KINDS.len()],
    pub(crate) teams: BTreeMap<Uuid, Line>,
    pub(crate) languages: BTreeMap<String, Line>,
    pub(crate) hands: BTreeMap<Uuid, Hand>,
    pub(crate) nobodys: Hand,
}

impl Line {
    /// The filters of its columns.
    pub(crate) const COLUMNS: [Filter; 4] = [Filter::Overdue, Filter::Hour, Filter::DueSoon, Filter::Open];

    pub(crate) fn numbers(&self) -> [usize; 4] {
        [self.overdue, self.hour, self.shift, self.open]
    }

    /// One more, in those of its columns that take it.
    fn add(&mut self, [overdue, hour, shift, open]: [bool; 4]) {
        self.overdue += usize::from(overdue);
        self.hour += usize::from(hour);
        self.shift += usize::from(shift);
        self.open += usize::from(open);
    }
}

impl Hand {
    fn add(&mut self, header: &Header) {
        self.count += 1;
        let came = header.clocks.arrived;
        self.oldest = Some(self.oldest.map_or(came, |oldest| oldest.min(came)));
    }
}

impl Board {
    /// The kinds of clocks, by how soon they run out.
    pub(crate) const KINDS: [Filter; 4] = [Filter::Danger, Filter::ToRead, Filter::ToAnswer, Filter::ToTell];

    pub(crate) fn count(&self, filter: Filter) -> usize {
        filter.among(&self.counts)
    }

    pub(crate) fn kinds(&self) -> impl Iterator<Item = (Filter, Line)> {
        Self::KINDS.into_iter().zip(self.kinds)
    }

    fn add(&mut self, id: Uuid, header: &Header, eyes: &Eyes<'_>) {
        let mut taken = [false; Filter::ALL.len()];
        for ((taken, count), filter) in taken.iter_mut().zip(&mut self.counts).zip(Filter::ALL) {
            *taken = filter.takes(id, header, eyes);
            *count += usize::from(*taken);
        }
        let taken = |filter: Filter| Filter::ALL.into_iter().zip(taken).any(|(each, taken)| taken && each == filter);
        if !taken(Filter::Open) {
            return;
        }
        let columns = Line::COLUMNS.map(taken);
        for (line, kind) in self.kinds.iter_mut().zip(Self::KINDS) {
            if taken(kind) {
                line.add(columns);
            }
        }
        self.teams.entry(header.team).or_default().add(columns);
        match self.languages.get_mut(&header.language) {
            Some(line) => line.add(columns),
            None => self.languages.entry(header.language.clone()).or_default().add(columns),
        }
        for hand in &header.hands {
            self.hands.entry(*hand).or_default().add(header);
        }
        if header.hands.is_empty() {
            self.nobodys.add(header);
        }
    }
}

impl Index {
    /// The board of these eyes. Only contacts for which something is due are looked at one by one.
    pub(crate) fn board(&self, eyes: &Eyes<'_>) -> Board {
        let rows = self.rows.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut board = Board::default();
        for ((_, _, _, id), header) in rows.in_order.range(..SETTLED).filter(|(_, header)| eyes.see(header)) {
            if !header.is_case() {
                board.add(*id, header, eyes);
            }
        }
        for counts in rows.settled_before(eyes) {
            board.counts.iter_mut().zip(counts).for_each(|(count, settled)| *count += settled);
        }
        board
    }

    /// What came to these teams in each of these hours since 1970.
    pub(crate) fn came(&self, teams: &[Uuid], hours: impl Iterator<Item = i64>) -> Vec<Came> {
        let rows = self.rows.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        hours.map(|hour| rows.tally.within(teams, hour)).collect()
    }

    /// How long people waited for the first reading.
    pub(crate) fn waited(&self, teams: &[Uuid], urgency: Urgency, week: Week, now: OffsetDateTime) -> Waited {
        self.rows.read().unwrap_or_else(std::sync::PoisonError::into_inner).tally.waited(teams, urgency, week, now)
    }

    /// Since when readings have been counted.
    pub(crate) fn counted_since(&self) -> Option<OffsetDateTime> {
        self.rows.read().unwrap_or_else(std::sync::PoisonError::into_inner).tally.since()
    }
}
