//! What people decided about records, and the groups that evidence and decisions make.

use std::collections::BTreeMap;
use std::io::{self, Read, Seek};

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Index, IndexError};
use crate::cluster::{DECIDED, Known, Pair, part_into_groups};
use crate::field::{Comparer, Memory};
use crate::run::{RunError, Weighed, joining};
use crate::stock::{Records, Stock};

/// What somebody decided about two records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decision {
    /// They are the same, whatever the evidence: their groups become one as they are.
    Same(u32, u32),
    /// They are not the same, and never in one group.
    Apart(u32, u32),
}

impl Decision {
    fn rows(self) -> (u32, u32) {
        let (Self::Same(one, other) | Self::Apart(one, other)) = self;
        (one.min(other), one.max(other))
    }
}

/// What holds a group together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Held {
    /// Evidence.
    Link(Pair),
    /// The decision of this number.
    Decided(u64, Decision),
}

impl<F: Read + Seek, R: Records> Index<F, R> {
    /// Keeps a decision under a number of its own. Deciding again under a number takes the place of what was decided before.
    /// Gives the records that moved to another group, with its first record.
    ///
    /// Where decisions contradict each other, who was said to be apart stays apart.
    ///
    /// # Errors
    /// When the index or a record cannot be read.
    pub fn decide(&mut self, number: u64, decision: Decision) -> Result<Vec<(u32, u32)>, IndexError> {
        self.decide_all([(number, decision)])
    }

    /// Keeps several decisions at once, as [`Self::decide`] does each.
    ///
    /// # Errors
    /// When the index or a record cannot be read.
    pub fn decide_all(&mut self, decisions: impl IntoIterator<Item = (u64, Decision)>) -> Result<Vec<(u32, u32)>, IndexError> {
        let mut touched = Vec::new();
        for (number, decision) in decisions {
            touched.extend(self.forget(number));
            self.decisions.insert(number, decision);
            for record in <[u32; 2]>::from(decision.rows()) {
                self.about.entry(record).or_default().push(number);
                touched.push(record);
            }
        }
        self.regroup(&touched)
    }

    /// Takes a decision back: the groups are what they would be had it never been made.
    ///
    /// # Errors
    /// When the index or a record cannot be read.
    pub fn take_back(&mut self, number: u64) -> Result<Vec<(u32, u32)>, IndexError> {
        let touched = self.forget(number);
        self.regroup(&touched)
    }

    /// The records that a decision was about, which is none any more.
    fn forget(&mut self, number: u64) -> Vec<u32> {
        let Some(decision) = self.decisions.remove(&number) else { return Vec::new() };
        let records = <[u32; 2]>::from(decision.rows());
        for record in records {
            self.about.entry(record).or_default().retain(|each| *each != number);
        }
        records.to_vec()
    }

    /// The decisions about some records, each once, in the order of their numbers.
    fn decided(&self, records: &[u32]) -> Vec<(u64, Decision)> {
        let numbers = records.iter().filter_map(|record| self.about.get(record)).flatten();
        let found: BTreeMap<u64, Decision> = numbers.filter_map(|number| Some((*number, *self.decisions.get(number)?))).collect();
        found.into_iter().collect()
    }

    /// What holds the group of a record together: links of evidence between its members, strongest first, then decisions.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn held_by(&mut self, record: u32) -> Result<Vec<Held>, IndexError> {
        let members = self.members(record)?;
        let inside = |row: u32| members.binary_search(&row).is_ok();
        let (_, links) = self.connected(record)?;
        let evidence = links.into_iter().filter(|link| link.weight != DECIDED && inside(link.one) && inside(link.other));
        let decided = self.decided(&members).into_iter().filter(|(_, decision)| {
            let (one, other) = decision.rows();
            matches!(decision, Decision::Same(..)) && inside(one) && inside(other)
        });
        Ok(evidence.map(Held::Link).chain(decided.map(|(number, decision)| Held::Decided(number, decision))).collect())
    }

    /// Every record that links or decisions connect with one, and the links, strongest first.
    pub(super) fn connected(&mut self, record: u32) -> io::Result<(Vec<u32>, Vec<Pair>)> {
        let mut met: FxHashSet<u32> = FxHashSet::default();
        let (mut waiting, mut links) = (vec![record], Vec::new());
        met.insert(record);
        while let Some(one) = waiting.pop() {
            let mut others = self.links_of(one)?;
            for (_, decision) in self.decided(&[one]) {
                let (first, second) = decision.rows();
                let other = if first == one { second } else { first };
                // Of a record that is still to come, a decision waits for it.
                if matches!(decision, Decision::Same(..)) && first != second && other < self.stock.len() {
                    others.push((other, DECIDED));
                }
            }
            for (other, weight) in others {
                if one < other {
                    links.push(Pair { one, other, weight });
                }
                if met.insert(other) {
                    waiting.push(other);
                }
            }
        }
        links.sort_unstable_by(|left, right| {
            right.weight.total_cmp(&left.weight).then((left.one, left.other).cmp(&(right.one, right.other)))
        });
        links.dedup();
        Ok((met.into_iter().collect(), links))
    }

    /// Groups anew what is connected with these records.
    pub(super) fn regroup(&mut self, touched: &[u32]) -> Result<Vec<(u32, u32)>, IndexError> {
        let (mut done, mut moved): (FxHashSet<u32>, Vec<(u32, u32)>) = (FxHashSet::default(), Vec::new());
        for record in touched {
            if *record >= self.stock.len() || done.contains(record) {
                continue;
            }
            self.make_room();
            let (records, links) = self.connected(*record)?;
            let mut leaders: FxHashMap<u32, u32> = records.iter().map(|record| (*record, *record)).collect();
            if !links.is_empty() {
                for each in &records {
                    self.stock.row(*each)?;
                }
                let apart = self.decided(&records).into_iter().filter(|(_, decision)| matches!(decision, Decision::Apart(..)));
                let apart: FxHashSet<(u32, u32)> = apart.map(|(_, decision)| decision.rows()).collect();
                let comparer = Comparer::new(self.stock.table(), &self.model.fields()).map_err(RunError::Column)?;
                let weighed = Weighed { comparer: &comparer, scale: &self.scale, across: self.stock.shelf.across() };
                let known = Decided { weighed, stock: &self.stock, apart: &apart };
                leaders.extend(part_into_groups(&links, joining(&self.scale), &mut self.memory, &known));
            }
            done.extend(records);
            for (record, leader) in leaders {
                if self.group(record)? != leader {
                    self.group.insert(record, leader);
                    moved.push((record, leader));
                }
            }
        }
        moved.sort_unstable();
        Ok(moved)
    }
}

/// What a model says of two records, and what people decided.
struct Decided<'a, F, R> {
    weighed: Weighed<'a>,
    stock: &'a Stock<F, R>,
    apart: &'a FxHashSet<(u32, u32)>,
}

impl<F: Read + Seek, R: Records> Known<Memory> for Decided<'_, F, R> {
    fn evidence(&self, memory: &mut Memory, one: u32, other: u32) -> f64 {
        // All records of a part were pulled before it is grouped.
        let rows = self.stock.pulled(one).zip(self.stock.pulled(other));
        rows.map_or(0.0, |(one, other)| self.weighed.evidence(memory, one, other))
    }

    fn apart(&self, one: u32, other: u32) -> bool {
        let rows = self.stock.pulled(one).zip(self.stock.pulled(other));
        rows.is_some_and(|(one, other)| self.weighed.apart(one, other)) || self.apart.contains(&(one.min(other), one.max(other)))
    }
}
