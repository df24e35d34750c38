//! A file and all that its folder says of it: how it came, what became of it, who had the original before their eyes. Pure.

use time::OffsetDateTime;
use uuid::Uuid;

use crate::acts::open::Paper;
use crate::attached::{Attached, CleanCopy, Cleaning, CleaningEnd, Custody, Obstacle};

/// A file of a folder, with what was done about it in order of time.
pub(crate) struct Exhibit<'a> {
    pub(crate) id: Uuid,
    pub(crate) file: &'a Attached,
    pub(crate) cleanings: Vec<(Uuid, &'a Cleaning)>,
    pub(crate) custody: Vec<(Uuid, &'a Custody)>,
}

/// The files of a folder in the order in which they came.
pub(crate) fn exhibits(papers: &[(Uuid, OffsetDateTime, Paper)]) -> Vec<Exhibit<'_>> {
    let mut found = Vec::new();
    for (id, _, paper) in papers {
        if let Paper::File(file) = paper {
            found.push(Exhibit { id: *id, file, cleanings: Vec::new(), custody: Vec::new() });
        }
    }
    for (id, _, paper) in papers {
        let of = match paper {
            Paper::Cleaning(cleaning) => cleaning.of,
            Paper::Custody(custody) => custody.of,
            _ => continue,
        };
        let Some(exhibit) = found.iter_mut().find(|exhibit| exhibit.id == of) else { continue };
        match paper {
            Paper::Cleaning(cleaning) => exhibit.cleanings.push((*id, cleaning)),
            Paper::Custody(custody) => exhibit.custody.push((*id, custody)),
            _ => {}
        }
    }
    found
}

impl Exhibit<'_> {
    /// What became of it, so far as somebody has tried: the paper that says so, and how it ended. A copy that was made once stays.
    pub(crate) fn end(&self) -> Option<(Uuid, &CleaningEnd)> {
        let copy = self.cleanings.iter().find(|(_, cleaning)| matches!(cleaning.end, CleaningEnd::Copy(_)));
        copy.or(self.cleanings.last()).map(|(id, cleaning)| (*id, &cleaning.end))
    }

    /// The cleaned copy and the paper that holds its key.
    pub(crate) fn copy(&self) -> Option<(Uuid, &CleanCopy)> {
        match self.end() {
            Some((id, CleaningEnd::Copy(copy))) => Some((id, copy)),
            _ => None,
        }
    }

    /// Nobody has tried to clean it yet.
    pub(crate) fn waits(&self) -> bool {
        self.cleanings.is_empty()
    }

    /// It was tried in vain, and may be tried again.
    pub(crate) fn may_be_tried_again(&self) -> bool {
        match self.end() {
            Some((_, CleaningEnd::Cannot(code))) => Obstacle::parse(code).is_some_and(Obstacle::passes),
            _ => false,
        }
    }
}
