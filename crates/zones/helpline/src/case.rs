//! A case: contacts that are looked at together, with what was decided about them. All of it lies sealed in the folder of the
//! case, one entry for each thing that was done; what the case is now is read off the entries. Which contacts belong together
//! is nowhere else.
//!
//! To merge is to say in both folders that one case went into the other. Nothing is moved, so that to part them again is to
//! say so: each is then as if they had never been merged.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use crate::acts::open::Paper;
use crate::asked::{Answered, Asked, Wish};
use crate::message::{Mark, Note};

/// The first paper of a case's folder.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Opening {
    pub(crate) title: String,
    #[serde(with = "time::serde::timestamp")]
    pub(crate) at: OffsetDateTime,
    pub(crate) member: Uuid,
}

/// Something that was done with a case.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// Its place among the entries of the case, from 1: two may be written in one second.
    pub(crate) number: u32,
    pub(crate) what: What,
    /// The reason, or what is noted.
    pub(crate) text: String,
    #[serde(with = "time::serde::timestamp")]
    pub(crate) at: OffsetDateTime,
    pub(crate) member: Uuid,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "did", rename_all = "kebab-case")]
pub(crate) enum What {
    Noted,
    Titled {
        title: String,
    },
    PutIn {
        contact: Uuid,
    },
    TookOut {
        contact: Uuid,
    },
    Decided {
        decision: Decision,
    },
    LookAgain {
        on: Date,
    },
    Related {
        other: Uuid,
        relation: Relation,
    },
    Unrelated {
        other: Uuid,
    },
    /// This case goes on in another.
    MergedInto {
        case: Uuid,
    },
    /// ... and is a case of its own again.
    PartedFrom {
        case: Uuid,
    },
    /// Another case goes on in this one.
    Absorbed {
        case: Uuid,
    },
    /// ... and is a case of its own again.
    LetGo {
        case: Uuid,
    },
    Closed,
    Reopened,
    /// It may not be deleted: a legal hold.
    Held,
    HoldEnded,
    /// Somebody asks about the data that is kept of them; who, and how we know, is the text.
    Asked {
        wish: Wish,
        came: Date,
    },
    /// The answer takes longer; why is the text.
    MoreTime {
        by: Date,
    },
    /// What the answer was; why, or in which words, is the text.
    Answered {
        answered: Answered,
        /// The copy that was given, in full.
        copy: Option<String>,
    },
}

shows_nothing!(Opening, Entry, What);

named! {
    /// What is done about a case.
    Decision {
        /// Somebody is in danger: an urgent referral, or emergency services are on their way.
        DangerNow = "danger-now",
        Investigate = "investigate",
        Advise = "advise",
        /// Rights at work were broken; that does not reach slavery.
        LabourAbuse = "labour-abuse",
        Information = "information",
        NotSlavery = "not-slavery",
        /// Outside the country.
        International = "international",
        /// Told to harm somebody, or out of hatred. Suspected, never sure.
        Malicious = "malicious",
    }
}

named! {
    /// How two cases have to do with each other.
    Relation {
        SamePeople = "same-people",
        SamePlace = "same-place",
        SameVehicle = "same-vehicle",
        SameExploiter = "same-exploiter",
        Other = "other",
    }
}

impl Decision {
    /// When somebody looks at the case again, unless a day is named: a case that nobody looks at is forgotten.
    pub(crate) fn look_again_after(self) -> Duration {
        match self {
            Self::DangerNow => Duration::days(1),
            Self::Investigate => Duration::days(7),
            _ => Duration::days(28),
        }
    }
}

/// A new case is looked at again after this.
pub(crate) const FIRST_LOOK: Duration = Duration::days(7);

/// What a case is, by its own folder alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Case {
    pub(crate) title: String,
    /// In the order of their random ids.
    pub(crate) contacts: BTreeSet<Uuid>,
    pub(crate) decision: Option<Decision>,
    pub(crate) relations: BTreeMap<Uuid, Relation>,
    /// The case in which this one goes on.
    pub(crate) into: Option<Uuid>,
    /// The cases that go on in this one.
    pub(crate) absorbed: BTreeSet<Uuid>,
    pub(crate) closed: bool,
    /// Somebody asks about the data that is kept of them.
    pub(crate) asked: Option<Asked>,
}

impl Case {
    /// What stands in the folder, in the order in which it was done.
    pub(crate) fn of<'a>(opening: &Opening, entries: impl IntoIterator<Item = &'a Entry>) -> Self {
        let mut case = Self { title: opening.title.clone(), ..Self::default() };
        for entry in entries {
            case.take(&entry.what);
        }
        case
    }

    /// The request about data, while it waits for its answer.
    pub(crate) fn waiting(&self) -> Option<Asked> {
        self.asked.filter(|asked| asked.answered.is_none())
    }

    pub(crate) fn take(&mut self, what: &What) {
        match what {
            What::Noted | What::LookAgain { .. } | What::Held | What::HoldEnded => {}
            What::Titled { title } => self.title.clone_from(title),
            What::PutIn { contact } => drop(self.contacts.insert(*contact)),
            What::TookOut { contact } => drop(self.contacts.remove(contact)),
            What::Decided { decision } => self.decision = Some(*decision),
            What::Related { other, relation } => drop(self.relations.insert(*other, *relation)),
            What::Unrelated { other } => drop(self.relations.remove(other)),
            What::MergedInto { case } => self.into = Some(*case),
            What::PartedFrom { case } => self.into = self.into.filter(|into| into != case),
            What::Absorbed { case } => drop(self.absorbed.insert(*case)),
            What::LetGo { case } => drop(self.absorbed.remove(case)),
            What::Closed => self.closed = true,
            What::Reopened => self.closed = false,
            What::Asked { wish, came } => self.asked = Some(Asked::new(*wish, *came)),
            What::MoreTime { by } => self.asked = self.asked.map(|asked| Asked { by: *by, ..asked }),
            What::Answered { answered, .. } => self.asked = self.asked.map(|asked| Asked { answered: Some(*answered), ..asked }),
        }
    }
}

/// The cases that a contact is in, by its own folder: of each case the last entry that put it in or took it out.
pub(crate) fn cases_of<'a>(papers: impl IntoIterator<Item = &'a Paper>) -> BTreeSet<Uuid> {
    let mut last: BTreeMap<Uuid, (u32, bool)> = BTreeMap::new();
    for paper in papers {
        if let Paper::Note(Note { marks: Some(mark @ (Mark::InCase | Mark::OutOfCase)), case: Some(case), case_entry, .. }) = paper {
            let entry = last.entry(*case).or_default();
            *entry = (*entry).max((*case_entry, *mark == Mark::InCase));
        }
    }
    last.into_iter().filter(|(_, (_, inside))| *inside).map(|(case, _)| case).collect()
}

/// A case with those that were merged into it, and into those.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Together {
    /// The case itself first.
    pub(crate) cases: Vec<Uuid>,
    pub(crate) contacts: BTreeSet<Uuid>,
    pub(crate) relations: BTreeMap<Uuid, Relation>,
}

/// All that belongs to a case while others are merged into it. A case that is not in `cases` counts for nothing.
pub(crate) fn together(root: Uuid, cases: &BTreeMap<Uuid, Case>) -> Together {
    let mut all = Together::default();
    let mut waiting = vec![root];
    while let Some(id) = waiting.pop() {
        let Some(case) = cases.get(&id).filter(|_| !all.cases.contains(&id)) else { continue };
        all.cases.push(id);
        all.contacts.extend(&case.contacts);
        for (other, relation) in &case.relations {
            all.relations.entry(*other).or_insert(*relation);
        }
        waiting.extend(case.absorbed.iter().rev());
    }
    let cases = &all.cases;
    all.relations.retain(|other, _| !cases.contains(other));
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn id(number: u8) -> Uuid {
        Uuid::from_u128(u128::from(number) + 1)
    }

    /// What is done with one of a few cases.
    #[derive(Clone, Debug)]
    enum Act {
        On(u8, What),
        Merge(u8, u8),
        Part(u8),
    }

    fn any_what() -> impl Strategy<Value = What> {
        let contact = (0_u8..5).prop_map(|number| id(100 + number));
        let case = (0_u8..4).prop_map(id);
        prop_oneof![
            contact.clone().prop_map(|contact| What::PutIn { contact }),
            contact.prop_map(|contact| What::TookOut { contact }),
            prop::sample::select(Decision::ALL).prop_map(|decision| What::Decided { decision }),
            (case.clone(), prop::sample::select(Relation::ALL)).prop_map(|(other, relation)| What::Related { other, relation }),
            case.prop_map(|other| What::Unrelated { other }),
            "[a-c]".prop_map(|title| What::Titled { title }),
            prop::sample::select(vec![What::Closed, What::Reopened, What::Noted]),
        ]
    }

    fn any_act() -> impl Strategy<Value = Act> {
        prop_oneof![
            4 => (0_u8..4, any_what()).prop_map(|(case, what)| Act::On(case, what)),
            2 => (0_u8..4, 0_u8..4).prop_map(|(from, into)| Act::Merge(from, into)),
            1 => (0_u8..4).prop_map(Act::Part),
        ]
    }

    /// The case in which one goes on, and on.
    fn root(cases: &BTreeMap<Uuid, Case>, mut case: Uuid) -> Uuid {
        while let Some(into) = cases[&case].into {
            case = into;
        }
        case
    }

    fn four() -> BTreeMap<Uuid, Case> {
        (0..4).map(|number| (id(number), Case::default())).collect()
    }

    fn part(cases: &mut BTreeMap<Uuid, Case>, case: Uuid) {
        if let Some(into) = cases[&case].into {
            cases.get_mut(&case).unwrap().take(&What::PartedFrom { case: into });
            cases.get_mut(&into).unwrap().take(&What::LetGo { case });
        }
    }

    proptest! {
        /// Whatever is merged and parted in between, in the end each case is what was done with it and no trace is left. What is
        /// done with a merged case is done with the one in which it goes on.
        #[test]
        fn a_case_that_was_merged_and_parted_is_as_if_it_had_never_been_merged(acts in prop::collection::vec(any_act(), 0..40)) {
            let (mut merged, mut never) = (four(), four());
            for act in acts {
                match act {
                    Act::On(case, what) => {
                        let root = root(&merged, id(case));
                        merged.get_mut(&root).unwrap().take(&what);
                        never.get_mut(&root).unwrap().take(&what);
                    }
                    Act::Merge(from, into) => {
                        let (from, into) = (root(&merged, id(from)), root(&merged, id(into)));
                        if from != into {
                            let before: Vec<Together> = [from, into].map(|case| together(case, &merged)).into();
                            merged.get_mut(&from).unwrap().take(&What::MergedInto { case: into });
                            merged.get_mut(&into).unwrap().take(&What::Absorbed { case: from });
                            let after = together(into, &merged);
                            let contacts: BTreeSet<Uuid> = before.iter().flat_map(|each| &each.contacts).copied().collect();
                            prop_assert_eq!(after.contacts, contacts, "nothing is lost by merging");
                            prop_assert_eq!(after.cases.len(), before[0].cases.len() + before[1].cases.len());
                        }
                    }
                    Act::Part(case) => part(&mut merged, id(case)),
                }
                // Each case is in exactly one whole.
                let roots: BTreeSet<Uuid> = (0..4).map(|number| root(&merged, id(number))).collect();
                let all: usize = roots.iter().map(|root| together(*root, &merged).cases.len()).sum();
                prop_assert_eq!(all, 4);
            }
            for number in 0..4 {
                part(&mut merged, id(number));
            }
            prop_assert_eq!(merged, never);
        }
    }

    #[test]
    fn every_name_is_read_back_and_is_what_is_stored() {
        for decision in Decision::ALL {
            assert_eq!(Decision::parse(decision.name()), Some(*decision));
            assert_eq!(serde_json::to_value(decision).unwrap(), decision.name());
        }
        for relation in Relation::ALL {
            assert_eq!(Relation::parse(relation.name()), Some(*relation));
            assert_eq!(serde_json::to_value(relation).unwrap(), relation.name());
        }
    }

    #[test]
    fn a_merge_that_leads_in_a_circle_ends() {
        let mut cases = four();
        for (from, into) in [(0, 1), (1, 0)] {
            cases.get_mut(&id(into)).unwrap().take(&What::Absorbed { case: id(from) });
        }
        assert_eq!(together(id(0), &cases).cases.len(), 2);
    }
}
