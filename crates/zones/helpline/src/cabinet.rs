//! What every act of the helpline needs: the records, the service's key to the headers, the ledger, the clock, randomness.

use std::sync::Arc;

use rand::rngs::StdRng;
use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use plainsight_ledger::{Actor, Entry, Ledger};
use plainsight_store::{Clock, Entropy, Holder, Jobs, Store, StoreError, TombstoneFile, Tx, load_service_ring, work};
use plainsight_vault::{ColumnPlace, DataKeyRing, EnvelopePlace, InstanceKey, Kind};

use crate::header::Header;
use crate::records::{ZONE, changes, contacts};
use crate::trouble::Trouble;

/// The helpline's records of one organisation, with what is needed to write and read them.
#[derive(Clone)]
pub struct Cabinet {
    pub organisation: Uuid,
    pub store: Store,
    /// Opens class S of this zone.
    pub ring: DataKeyRing,
    pub ledger: Ledger,
    pub jobs: Jobs,
    pub clock: Arc<dyn Clock>,
    pub entropy: Arc<dyn Entropy>,
    /// What was erased, outside the databases.
    pub tombstones: TombstoneFile,
}

impl Cabinet {
    /// The records of an organisation, with the service key that this holder's key opens.
    ///
    /// # Errors
    /// When the database is away, or the key is not this organisation's.
    pub async fn open(
        store: &Store,
        organisation: Uuid,
        (holder, key): (Holder, &InstanceKey),
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        tombstones: TombstoneFile,
    ) -> Result<Self, StoreError> {
        let ring = load_service_ring(store.content().read(), organisation, ZONE, holder, key).await?;
        let (ledger, jobs) = (Ledger::new(ring.clone()), Jobs::new(ring.clone()));
        Ok(Self { organisation, store: store.clone(), ring, ledger, jobs, clock, entropy, tombstones })
    }

    pub(crate) fn now(&self) -> OffsetDateTime {
        self.clock.now()
    }

    pub(crate) fn rng(&self) -> StdRng {
        self.entropy.rng()
    }

    /// A fresh random id (version 4).
    pub(crate) fn new_id(&self) -> Uuid {
        let mut bytes = [0; 16];
        rand::Rng::fill_bytes(&mut self.rng(), &mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }

    pub(crate) fn column<'a>(&self, table: &'a str, row: Uuid, column: &'a str) -> ColumnPlace<'a> {
        ColumnPlace { organisation: self.organisation, zone: ZONE, table, row, column }
    }

    pub(crate) fn envelope(&self, kind: Kind, epoch: u32, record: Uuid) -> EnvelopePlace<'static> {
        EnvelopePlace { kind, organisation: self.organisation, zone: ZONE, epoch, record }
    }

    /// Where a paper of a contact lives. Both ids are bound: a paper that was signed for one contact is nothing in the
    /// folder of another, not even under the same id.
    pub(crate) fn paper_envelope(&self, kind: Kind, contact: Uuid, paper: Uuid) -> EnvelopePlace<'static> {
        let hash = Sha256::new().chain_update(b"plainsight paper place v1").chain_update(contact).chain_update(paper).finalize();
        let mut record = [0; 16];
        record.copy_from_slice(&hash[..16]);
        self.envelope(kind, 0, Uuid::from_bytes(record))
    }

    pub(crate) fn seal_header(&self, contact: Uuid, header: &Header) -> Result<Vec<u8>, Trouble> {
        Ok(self.ring.seal(&self.column("helpline_contacts", contact, "header"), &header.to_bytes()?, &mut self.rng()))
    }

    pub(crate) fn open_header(&self, contact: Uuid, sealed: &[u8]) -> Result<Header, Trouble> {
        let bytes = self.ring.open(&self.column("helpline_contacts", contact, "header"), sealed)?;
        Ok(Header::from_bytes(&bytes)?)
    }

    pub(crate) fn seal_time(&self, table: &str, row: Uuid, column: &str, at: OffsetDateTime) -> Vec<u8> {
        self.ring.seal(&self.column(table, row, column), &at.unix_timestamp().to_be_bytes(), &mut self.rng())
    }

    pub(crate) fn open_time(&self, table: &str, row: Uuid, column: &str, sealed: &[u8]) -> Result<OffsetDateTime, Trouble> {
        let bytes = self.ring.open(&self.column(table, row, column), sealed)?;
        let seconds = bytes.as_slice().try_into().map(i64::from_be_bytes).map_err(|_| Trouble::Damaged("a stored time"))?;
        OffsetDateTime::from_unix_timestamp(seconds).map_err(|_| Trouble::Damaged("a stored time"))
    }

    /// Writes one entry of the ledger in the caller's transaction, about a contact or about many. What the public does carries
    /// only the hour.
    pub(crate) async fn record(
        &self,
        tx: &Tx,
        actor: Actor,
        act: &str,
        contact: impl Into<Option<Uuid>>,
        detail: serde_json::Value,
    ) -> Result<(), Trouble> {
        let at = match actor {
            Actor::Member(_) => self.now(),
            Actor::Reporter | Actor::System(_) => hour(self.now()),
        };
        let entry = Entry { organisation: self.organisation, zone: ZONE, at, actor, act, record: contact.into(), detail };
        self.ledger.append(tx, &entry, &mut self.rng()).await?;
        Ok(())
    }

    /// Writes one entry about what a member did with many contacts at once, and changes nothing else.
    pub(crate) async fn record_of(&self, member: Uuid, act: &'static str, detail: serde_json::Value) -> Result<(), Trouble> {
        let inside = self.clone();
        self.store
            .content()
            .tx("helpline.record", work!([inside, detail], |tx| inside.record(tx, Actor::Member(member), act, None, detail).await))
            .await
    }

    /// Changes the header of a contact under the transaction's lock, and tells the lists.
    pub(crate) async fn change_header(&self, tx: &Tx, contact: Uuid, change: impl FnOnce(&mut Header)) -> Result<Header, Trouble> {
        let row = contacts::find_to_change(tx, self.organisation, contact).await?.ok_or(Trouble::NotFound)?;
        let mut header = self.open_header(contact, &row.header)?;
        // Somebody may have withdrawn since the caller read the contact: nothing is shown of it or put into it any more.
        if header.flags.erased {
            return Err(Trouble::Erased);
        }
        change(&mut header);
        header.settle(self.now());
        contacts::set_header(tx, self.organisation, contact, self.seal_header(contact, &header)?).await?;
        changes::note(tx, self.organisation, contact).await?;
        Ok(header)
    }
}

/// The full hour that a time lies in.
pub(crate) fn hour(at: OffsetDateTime) -> OffsetDateTime {
    at - Duration::seconds(at.unix_timestamp().rem_euclid(3600)) - Duration::nanoseconds(at.nanosecond().into())
}
