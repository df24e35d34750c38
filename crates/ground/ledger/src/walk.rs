//! Walking several chains at once, the newest entry first, for whoever reads who did what.

use std::collections::VecDeque;

use sea_orm::ConnectionTrait;
use serde_json::Value;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::append::Ledger;
use crate::entry::{OpenedActor, OpenedEntry};
use crate::error::LedgerError;

/// The act under which an entry is shown whose seal does not open: it was changed, or sealed by another key. A reader must see
/// that it is there; that the chain does not hold is told by [`crate::verify()`].
pub const UNREADABLE: &str = "entry.unreadable";

/// Entries read at a time.
const PAGE: u64 = 500;

/// From when (included) until when (not included); open on a side where nothing is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The first moment.
    pub from: Option<OffsetDateTime>,
    /// The first moment after.
    pub to: Option<OffsetDateTime>,
}

impl Span {
    fn holds(&self, at: OffsetDateTime) -> bool {
        self.from.is_none_or(|from| from <= at) && self.to.is_none_or(|to| at < to)
    }
}

/// A walk through the chains of one organisation. Each chain keeps its own order; between chains the later one comes first.
pub struct Walk<'a> {
    organisation: Uuid,
    span: Span,
    strands: Vec<Strand<'a>>,
}

/// One chain, with what was read of it and not given yet.
struct Strand<'a> {
    zone: &'a str,
    ledger: &'a Ledger,
    ready: VecDeque<OpenedEntry>,
    before: Option<u64>,
    done: bool,
}

impl<'a> Walk<'a> {
    /// A walk through these chains, each a zone and the ledger that opens its entries.
    pub fn new(organisation: Uuid, chains: impl IntoIterator<Item = (&'a str, &'a Ledger)>, span: Span) -> Self {
        let strand = |(zone, ledger)| Strand { zone, ledger, ready: VecDeque::new(), before: None, done: false };
        Self { organisation, span, strands: chains.into_iter().map(strand).collect() }
    }

    /// The next entry, with the place of its chain among those that were given.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn next(&mut self, read: &impl ConnectionTrait) -> Result<Option<(usize, OpenedEntry)>, LedgerError> {
        for strand in &mut self.strands {
            strand.fill(read, self.organisation, &self.span).await?;
        }
        let heads = self.strands.iter().enumerate().filter_map(|(place, strand)| Some((latest(strand.ready.front()?), place)));
        let Some((_, place)) = heads.max() else { return Ok(None) };
        Ok(self.strands.get_mut(place).and_then(|strand| strand.ready.pop_front()).map(|entry| (place, entry)))
    }
}

impl Strand<'_> {
    async fn fill(&mut self, read: &impl ConnectionTrait, organisation: Uuid, span: &Span) -> Result<(), LedgerError> {
        while self.ready.is_empty() && !self.done {
            let rows = self.ledger.rows(read, organisation, self.zone, self.before, span, PAGE).await?;
            self.done = (rows.len() as u64) < PAGE;
            self.before = rows.last().map(|row| row.seq.unsigned_abs()).or(self.before);
            let opened = rows.iter().map(|row| {
                let entry = self.ledger.open_row(organisation, self.zone, row);
                entry.unwrap_or_else(|_| unreadable(row.seq.unsigned_abs(), plainsight_store::from_unix(row.hour)))
            });
            self.ready.extend(opened.filter(|entry| span.holds(entry.when())));
        }
        Ok(())
    }
}

/// The latest moment at which it can have been. What carries only its hour must not hold back what lies behind it in its chain.
fn latest(entry: &OpenedEntry) -> OffsetDateTime {
    entry.at.unwrap_or(entry.hour + Duration::seconds(3599))
}

fn unreadable(seq: u64, hour: OffsetDateTime) -> OpenedEntry {
    let actor = OpenedActor::System("unknown".to_owned());
    OpenedEntry { seq, hour, at: None, actor, act: UNREADABLE.to_owned(), record: None, detail: Value::Null }
}
