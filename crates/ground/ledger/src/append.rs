//! Appending to a chain and reading it for viewers.

use plainsight_store::{Tx, unix};
use plainsight_vault::{ColumnPlace, DataKeyRing};
use rand_core::CryptoRng;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::chain::{Link, START, VERSION};
use crate::entry::{Body, Entry, OpenedEntry};
use crate::error::LedgerError;
use crate::rows::{entries, heads};
use crate::walk::Span;

/// The writer and reader of an organisation's ledger in one zone, with the ring that seals its bodies.
#[derive(Clone, Debug)]
pub struct Ledger {
    ring: DataKeyRing,
}

fn place(organisation: Uuid, zone: &str, seq: i64) -> ColumnPlace<'_> {
    let row = Uuid::from_u128(u128::from(seq.unsigned_abs()));
    ColumnPlace { organisation, zone, table: "ledger_entries", row, column: "body" }
}

impl Ledger {
    /// A ledger whose bodies this ring seals: the service ring of the organisation's zone.
    pub fn new(ring: DataKeyRing) -> Self {
        Self { ring }
    }

    /// Appends an entry in the transaction of the act that it records. On PostgreSQL this locks the chain's head until the
    /// transaction ends, so append last.
    ///
    /// # Errors
    /// [`LedgerError::NotACode`] when a text that is no code would enter; otherwise the database's.
    pub async fn append(&self, tx: &Tx, entry: &Entry<'_>, rng: &mut (impl CryptoRng + ?Sized)) -> Result<(), LedgerError> {
        let body = entry.body()?;
        let Entry { organisation, zone, .. } = *entry;
        let first =
            heads::ActiveModel { organisation: Set(organisation), zone: Set(zone.to_owned()), entries: Set(0), hash: Set(START.to_vec()) };
        let there = OnConflict::columns([heads::Column::Organisation, heads::Column::Zone]).do_nothing().to_owned();
        let find = heads::Entity::find_by_id((organisation, zone.to_owned())).lock_exclusive();
        let head = match find.clone().one(tx).await? {
            Some(head) => head,
            None => {
                heads::Entity::insert(first).on_conflict(there).exec_without_returning(tx).await?;
                find.one(tx).await?.ok_or_else(broken_head)?
            }
        };
        let seq = head.entries + 1;
        let plain = Zeroizing::new(serde_json::to_vec(&body).map_err(|_| LedgerError::NotACode { what: "detail".to_owned() })?);
        let sealed = self.ring.seal(&place(organisation, zone, seq), &plain, rng);
        let link = Link { version: VERSION, organisation, zone, seq, hour: entry.hour(), body: &sealed };
        let hash = link.hash(&head.hash).to_vec();
        let row = entries::ActiveModel {
            organisation: Set(organisation),
            zone: Set(zone.to_owned()),
            seq: Set(seq),
            version: Set(VERSION),
            hour: Set(entry.hour()),
            hash: Set(hash.clone()),
            body: Set(sealed),
        };
        entries::Entity::insert(row).exec_without_returning(tx).await?;
        heads::Entity::update_many()
            .col_expr(heads::Column::Entries, Expr::value(seq))
            .col_expr(heads::Column::Hash, Expr::value(hash))
            .filter(heads::Column::Organisation.eq(organisation))
            .filter(heads::Column::Zone.eq(zone))
            .exec(tx)
            .await?;
        Ok(())
    }

    /// Up to `limit` entries, the newest first, older than `before` when it is given.
    ///
    /// # Errors
    /// [`LedgerError::Sealed`] when an entry does not open with this ring; otherwise the database's.
    pub async fn read(
        &self,
        read: &impl ConnectionTrait,
        organisation: Uuid,
        zone: &str,
        before: Option<u64>,
        limit: u64,
    ) -> Result<Vec<OpenedEntry>, LedgerError> {
        let rows = self.rows(read, organisation, zone, before, &Span::default(), limit).await?;
        rows.iter().map(|row| self.open_row(organisation, zone, row)).collect()
    }

    /// How many entries a chain has.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn count(&self, read: &impl ConnectionTrait, organisation: Uuid, zone: &str) -> Result<u64, LedgerError> {
        let find = entries::Entity::find().filter(entries::Column::Organisation.eq(organisation)).filter(entries::Column::Zone.eq(zone));
        Ok(find.count(read).await?)
    }

    /// The rows that [`Self::read`] opens. The hours of a span are those in clear: its edges can lie within one.
    pub(crate) async fn rows(
        &self,
        read: &impl ConnectionTrait,
        organisation: Uuid,
        zone: &str,
        before: Option<u64>,
        span: &Span,
        limit: u64,
    ) -> Result<Vec<entries::Model>, LedgerError> {
        let mut find =
            entries::Entity::find().filter(entries::Column::Organisation.eq(organisation)).filter(entries::Column::Zone.eq(zone));
        if let Some(before) = before {
            find = find.filter(entries::Column::Seq.lt(i64::try_from(before).unwrap_or(i64::MAX)));
        }
        if let Some(from) = span.from {
            find = find.filter(entries::Column::Hour.gt(unix(from) - 3600));
        }
        if let Some(to) = span.to {
            find = find.filter(entries::Column::Hour.lt(unix(to)));
        }
        Ok(find.order_by_desc(entries::Column::Seq).limit(limit).all(read).await?)
    }

    pub(crate) fn open_row(&self, organisation: Uuid, zone: &str, row: &entries::Model) -> Result<OpenedEntry, LedgerError> {
        let sealed = || LedgerError::Sealed { seq: row.seq.unsigned_abs() };
        let plain = self.ring.open(&place(organisation, zone, row.seq), &row.body).map_err(|_| sealed())?;
        let body: Body = serde_json::from_slice(&plain).map_err(|_| sealed())?;
        Ok(body.opened(row.seq, row.hour))
    }
}

/// The head was just made and is not there: only a database that does not keep its promises gets here.
fn broken_head() -> LedgerError {
    LedgerError::Store(plainsight_store::StoreError::Conflict)
}
