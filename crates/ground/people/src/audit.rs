//! Reading the ledger: which chains an auditor reads, which entries they asked for, and what a record is called. No database here.

use std::collections::HashMap;

use plainsight_ledger::{Ledger, OpenedActor, OpenedEntry, Span};
use uuid::Uuid;

use crate::member::Member;
use crate::roles::{AUDITOR, Permission, ZONE};

/// One chain that an auditor reads: that of a zone.
#[derive(Clone)]
pub struct Book {
    /// The zone.
    pub zone: &'static str,
    /// Opens its entries.
    pub ledger: Ledger,
    /// The codes of the acts that the zone writes, for the form that filters by them.
    pub acts: &'static [&'static str],
    /// What staff call a record of the zone: by the act that was done to it, or by the name of the detail that names it.
    pub reference: fn(&str, Uuid) -> String,
}

/// May read the ledger.
pub(crate) struct ReadsLedger;

impl Permission for ReadsLedger {
    fn permits(member: &Member) -> bool {
        member.holds(ZONE, AUDITOR)
    }
}

/// Whose acts are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whom {
    Member(Uuid),
    /// All reporters: the ledger does not tell one from another.
    Reporters,
    /// Clocks and commands.
    Program,
}

impl Whom {
    fn did(self, entry: &OpenedEntry) -> bool {
        match (self, &entry.actor) {
            (Self::Member(wanted), OpenedActor::Member(who)) => wanted == *who,
            (Self::Reporters, OpenedActor::Reporter) | (Self::Program, OpenedActor::System(_)) => true,
            _ => false,
        }
    }
}

/// Which entries are wanted: those that fit everything that is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) whom: Option<Whom>,
    pub(crate) act: Option<String>,
    /// A reference or an id, as somebody typed it.
    pub(crate) record: Option<String>,
    pub(crate) span: Span,
}

impl Wanted {
    pub(crate) fn is_everything(&self) -> bool {
        *self == Self::default()
    }

    /// What was asked for, for the ledger's own entry of it: never the values.
    pub(crate) fn kinds(&self) -> Vec<&'static str> {
        let kinds = [
            ("who", self.whom.is_some()),
            ("act", self.act.is_some()),
            ("record", self.record.is_some()),
            ("days", self.span != Span::default()),
        ];
        kinds.into_iter().filter(|(_, said)| *said).map(|(kind, _)| kind).collect()
    }

    /// Whether an entry of this book is wanted. The days were seen to by the walk.
    pub(crate) fn fits(&self, entry: &OpenedEntry, book: &Book, names: &Names) -> bool {
        let record = |typed: &String| {
            let is = |id: Uuid| same(typed, &names.record(book, &entry.act, id)) || same(typed, &id.to_string());
            entry.record.is_some_and(is)
        };
        self.whom.is_none_or(|whom| whom.did(entry))
            && self.act.as_ref().is_none_or(|act| *act == entry.act)
            && self.record.as_ref().is_none_or(record)
    }
}

/// Spaces, hyphens and case never decide whether a reference is the one that was meant.
fn same(typed: &str, reference: &str) -> bool {
    let signs =
        |text: &str| text.chars().filter(|sign| !sign.is_whitespace() && *sign != '-').flat_map(char::to_lowercase).collect::<String>();
    signs(typed) == signs(reference)
}

/// What members and teams are called. Names stand in the members' own table and never in the ledger.
pub(crate) struct Names {
    pub(crate) members: HashMap<Uuid, String>,
    pub(crate) teams: HashMap<Uuid, String>,
}

impl Names {
    pub(crate) fn of(&self, id: Uuid) -> Option<&str> {
        self.members.get(&id).or_else(|| self.teams.get(&id)).map(String::as_str)
    }

    pub(crate) fn members(&self) -> impl Iterator<Item = (Uuid, &str)> {
        self.members.iter().map(|(id, name)| (*id, name.as_str()))
    }

    /// What a record is called: a colleague's or a team's name, else the reference that its zone gives it.
    pub(crate) fn record(&self, book: &Book, what: &str, id: Uuid) -> String {
        self.of(id).map_or_else(|| (book.reference)(what, id), str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn a_reference_is_found_however_it_is_typed() {
        for typed in ["C-7K2M-91Q", "c-7k2m-91q", " C 7K2M 91Q", "c7k2m91q"] {
            assert!(same(typed, "C-7K2M-91Q"), "{typed}");
        }
        assert!(!same("C-7K2M", "C-7K2M-91Q") && !same("", "C-7K2M-91Q"));
    }
}
