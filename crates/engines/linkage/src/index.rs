//! Records that come one by one: each gets its links at once, and the groups are what they would be had all records come
//! together. What people decided about two records is kept beside it, and taken back without a trace.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use plainsight_names::Watch;

use crate::blocks::{Blocks, Parted};
use crate::build::TableBuilder;
use crate::cluster::{DECIDED, Known, Pair, part_into_groups};
use crate::field::{Comparer, Memory};
use crate::model::{Model, Part, Scale};
use crate::run::{Linked, Options, RunError, Weighed, between, dedupe, explain, fits, groups, joining, least};
use crate::table::{BadCell, Table, TableError};

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

/// What came of a new record.
#[derive(Clone, Debug, PartialEq)]
pub struct Added {
    /// Its number.
    pub record: u32,
    /// Its links, in the order of the other records.
    pub links: Vec<Pair>,
    /// Links of other records that are none any more: so many share what brought them together that only neighbours are
    /// compared.
    pub parted: Vec<(u32, u32)>,
    /// Every record whose group has another first record now, with it.
    pub moved: Vec<(u32, u32)>,
    /// Cells of it that could not be read.
    pub bad: Vec<BadCell>,
}

/// What holds a group together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Held {
    /// Evidence.
    Link(Pair),
    /// The decision of this number.
    Decided(u64, Decision),
}

/// Linked records to which others can be added.
///
/// How frequent values are stays as it was in the records that the index began with, so that the weight of two records never
/// changes: one that was told stays true. [`TableBuilder::going_on`] makes the table that a batch needs for the same answer.
#[derive(Debug)]
pub struct Index {
    table: TableBuilder,
    model: Model,
    scale: Scale,
    across: bool,
    blocks: Vec<Blocks>,
    /// The links of each record that has any.
    links: FxHashMap<u32, Vec<(u32, f32)>>,
    group: Vec<u32>,
    decisions: BTreeMap<u64, Decision>,
    memory: Memory,
}

impl Index {
    /// Links the records of a table and keeps them ready for others.
    ///
    /// # Errors
    /// When the model does not fit the records, or somebody stopped it.
    pub fn new(table: Table, model: Model, options: &Options, watch: &dyn Watch) -> Result<Self, RunError> {
        let run = if options.across { between } else { dedupe };
        let linked = run(&table, &model, options, watch)?;
        Self::of(table, model, &linked, options)
    }

    /// An index of records that were linked already, by the same model and options.
    ///
    /// # Errors
    /// When the model does not fit the records.
    pub fn of(table: Table, model: Model, linked: &Linked, options: &Options) -> Result<Self, RunError> {
        Self::made_of(table, model, &linked.pairs, linked.clusters.clone(), options)
    }

    /// An index that was kept: its records, with how frequent values were in the first of them
    /// ([`TableBuilder::going_on`]), its model and its [`Self::links`].
    ///
    /// # Errors
    /// When the model does not fit the records, or somebody stopped it.
    pub fn again(table: Table, model: Model, links: &[Pair], options: &Options, watch: &dyn Watch) -> Result<Self, RunError> {
        let group = groups(&table, &model, links, options, watch)?;
        Self::made_of(table, model, links, group, options)
    }

    fn made_of(table: Table, model: Model, pairs: &[Pair], group: Vec<u32>, options: &Options) -> Result<Self, RunError> {
        fits(&table, &model)?;
        let blocks = model.rules.iter().map(|rule| Blocks::new(&table, rule)).collect();
        let mut links: FxHashMap<u32, Vec<(u32, f32)>> = FxHashMap::default();
        for pair in pairs {
            links.entry(pair.one).or_default().push((pair.other, pair.weight));
            links.entry(pair.other).or_default().push((pair.one, pair.weight));
        }
        Ok(Self {
            scale: Scale::new(&model),
            model,
            across: options.across,
            blocks,
            links,
            group,
            decisions: BTreeMap::new(),
            memory: Memory::new(),
            table: TableBuilder::going_on(table, options.threads),
        })
    }

    /// The model.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Why two records have their weight: the prior and every field, in bits.
    ///
    /// # Errors
    /// When the model does not fit the records.
    pub fn explain(&mut self, one: u32, other: u32) -> Result<Vec<Part>, RunError> {
        explain(self.table.table(), &self.model, one, other)
    }

    /// The records of the group of a record, in order.
    #[must_use]
    pub fn members(&self, record: u32) -> Vec<u32> {
        let Some(leader) = self.group.get(record as usize) else { return Vec::new() };
        let mut members = self.connected(record).0;
        members.retain(|row| self.group.get(*row as usize) == Some(leader));
        members.sort_unstable();
        members
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.group.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.group.is_empty()
    }

    /// For every record, the first record of its group.
    #[must_use]
    pub fn groups(&self) -> &[u32] {
        &self.group
    }

    /// All links, in order.
    #[must_use]
    pub fn links(&self) -> Vec<Pair> {
        let each = |(one, others): (&u32, &Vec<(u32, f32)>)| {
            let one = *one;
            let later = others.iter().filter(move |(other, _)| one < *other);
            later.map(move |(other, weight)| Pair { one, other: *other, weight: *weight }).collect::<Vec<Pair>>()
        };
        let mut links: Vec<Pair> = self.links.iter().flat_map(each).collect();
        links.sort_unstable_by_key(|pair| (pair.one, pair.other));
        links
    }

    /// Adds a record: a cell a column, in the order of the table.
    ///
    /// # Errors
    /// [`TableError::Full`].
    pub fn add<'a>(&mut self, file: u16, cells: impl IntoIterator<Item = &'a str>) -> Result<Added, TableError> {
        self.table.push(file, cells)?;
        let row = self.group.len() as u32;
        // Only what was read can be known to be wrong.
        self.table.table();
        let bad = self.table.take_bad();
        let table = self.table.table();
        let mut candidates: Vec<u32> = Vec::new();
        let mut parted = Parted::default();
        for blocks in &mut self.blocks {
            let arrival = blocks.add(table, row);
            candidates.extend(arrival.candidates);
            parted.pairs.extend(arrival.parted.pairs);
            parted.among.extend(arrival.parted.among);
        }
        candidates.sort_unstable();
        candidates.dedup();
        let mut found = Vec::new();
        if let Ok(comparer) = Comparer::new(table, &self.model.fields()) {
            let least = least(&self.model);
            for other in candidates {
                if self.across && table.file(row) == table.file(other) {
                    continue;
                }
                let weight = self.scale.weight(&comparer.see(&mut self.memory, other, row));
                if weight >= least {
                    found.push(Pair { one: other, other: row, weight: weight as f32 });
                }
            }
        }
        self.group.push(row);
        for pair in &found {
            self.links.entry(pair.one).or_default().push((row, pair.weight));
            self.links.entry(row).or_default().push((pair.one, pair.weight));
        }
        let parted = self.part(parted);
        let touched: Vec<u32> = parted.iter().flat_map(|(one, other)| [*one, *other]).chain([row]).collect();
        let moved = self.regroup(&touched);
        Ok(Added { record: row, links: found, parted, moved, bad })
    }

    /// Takes out the links of pairs that no rule brings together any more: a batch would not have looked at them.
    fn part(&mut self, parted: Parted) -> Vec<(u32, u32)> {
        let mut doubtful: Vec<(u32, u32)> = parted.pairs.into_iter().filter(|(one, other)| self.linked(*one, *other)).collect();
        for block in parted.among {
            let members: FxHashSet<u32> = block.iter().copied().collect();
            for one in &block {
                let others = self.links.get(one).into_iter().flatten().map(|(other, _)| *other);
                doubtful.extend(others.filter(|other| one < other && members.contains(other)).map(|other| (*one, other)));
            }
        }
        doubtful.sort_unstable();
        doubtful.dedup();
        let mut lost = Vec::new();
        for (one, other) in doubtful {
            let table = self.table.table();
            if self.blocks.iter_mut().any(|blocks| blocks.bring_together(table, one, other)) {
                continue;
            }
            for (from, to) in [(one, other), (other, one)] {
                if let Some(links) = self.links.get_mut(&from) {
                    links.retain(|(each, _)| *each != to);
                }
            }
            lost.push((one, other));
        }
        lost
    }

    fn linked(&self, one: u32, other: u32) -> bool {
        self.links.get(&one).is_some_and(|links| links.iter().any(|(each, _)| *each == other))
    }

    /// Keeps a decision under a number of its own. Deciding again under a number takes the place of what was decided before.
    /// Gives the records that moved to another group, with its first record.
    ///
    /// Where decisions contradict each other, who was said to be apart stays apart.
    pub fn decide(&mut self, number: u64, decision: Decision) -> Vec<(u32, u32)> {
        let before = self.decisions.insert(number, decision);
        let (one, other) = decision.rows();
        let mut touched = vec![one, other];
        touched.extend(before.into_iter().flat_map(|before| <[u32; 2]>::from(before.rows())));
        self.regroup(&touched)
    }

    /// Takes a decision back: the groups are what they would be had it never been made.
    pub fn take_back(&mut self, number: u64) -> Vec<(u32, u32)> {
        let Some(decision) = self.decisions.remove(&number) else { return Vec::new() };
        let (one, other) = decision.rows();
        self.regroup(&[one, other])
    }

    /// What holds the group of a record together: links of evidence between its members, strongest first, then decisions.
    #[must_use]
    pub fn held_by(&self, record: u32) -> Vec<Held> {
        let Some(leader) = self.group.get(record as usize).copied() else { return Vec::new() };
        let (_, links) = self.connected(record);
        let inside = |row: u32| self.group.get(row as usize) == Some(&leader);
        let evidence = links.into_iter().filter(|link| link.weight != DECIDED && inside(link.one) && inside(link.other));
        let decided = self.decisions.iter().filter(|(_, decision)| {
            let (one, other) = decision.rows();
            matches!(decision, Decision::Same(..)) && inside(one) && inside(other)
        });
        evidence.map(Held::Link).chain(decided.map(|(number, decision)| Held::Decided(*number, *decision))).collect()
    }

    /// Every record that links or decisions connect with one, and the links, strongest first.
    fn connected(&self, row: u32) -> (Vec<u32>, Vec<Pair>) {
        let mut decided: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for decision in self.decisions.values() {
            let (one, other) = decision.rows();
            // Of a record that is still to come, a decision waits for it.
            let here = (other as usize) < self.group.len();
            if matches!(decision, Decision::Same(..)) && one != other && here {
                decided.entry(one).or_default().push(other);
                decided.entry(other).or_default().push(one);
            }
        }
        let mut met: FxHashSet<u32> = FxHashSet::default();
        let (mut waiting, mut links) = (vec![row], Vec::new());
        met.insert(row);
        while let Some(one) = waiting.pop() {
            let evidence = self.links.get(&one).into_iter().flatten().copied();
            let same = decided.get(&one).into_iter().flatten().map(|other| (*other, DECIDED));
            for (other, weight) in evidence.chain(same) {
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
        (met.into_iter().collect(), links)
    }

    /// Groups anew what is connected with these records.
    fn regroup(&mut self, touched: &[u32]) -> Vec<(u32, u32)> {
        let (mut done, mut moved): (FxHashSet<u32>, Vec<(u32, u32)>) = (FxHashSet::default(), Vec::new());
        let known_rows = self.group.len();
        for row in touched.iter().filter(|row| (**row as usize) < known_rows) {
            if done.contains(row) {
                continue;
            }
            let (rows, links) = self.connected(*row);
            let mut leaders: FxHashMap<u32, u32> = rows.iter().map(|row| (*row, *row)).collect();
            if !links.is_empty() {
                let apart = self.decisions.values().filter(|decision| matches!(decision, Decision::Apart(..)));
                let apart: FxHashSet<(u32, u32)> = apart.map(|decision| decision.rows()).collect();
                let table = self.table.table();
                if let Ok(comparer) = Comparer::new(table, &self.model.fields()) {
                    let weighed = Weighed { comparer: &comparer, scale: &self.scale, across: self.across };
                    let known = Decided { weighed, apart: &apart };
                    leaders.extend(part_into_groups(&links, joining(&self.scale), &mut self.memory, &known));
                }
            }
            done.extend(rows);
            for (row, leader) in leaders {
                if let Some(place) = self.group.get_mut(row as usize).filter(|place| **place != leader) {
                    *place = leader;
                    moved.push((row, leader));
                }
            }
        }
        moved.sort_unstable();
        moved
    }
}

/// What a model says of two records, and what people decided.
struct Decided<'a> {
    weighed: Weighed<'a>,
    apart: &'a FxHashSet<(u32, u32)>,
}

impl Known<Memory> for Decided<'_> {
    fn evidence(&self, memory: &mut Memory, one: u32, other: u32) -> f64 {
        self.weighed.evidence(memory, one, other)
    }

    fn apart(&self, one: u32, other: u32) -> bool {
        self.weighed.apart(one, other) || self.apart.contains(&(one.min(other), one.max(other)))
    }
}
