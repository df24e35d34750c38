//! Verifying a chain: it needs no key, only the table and, to find a cut or rewritten end, a head that was signed before.

use plainsight_vault::SigningKey;
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use thiserror::Error;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::chain::{Link, START, VERSION};
use crate::error::LedgerError;
use crate::head::SignedHead;
use crate::rows::{entries, heads};

/// Entries read at a time.
const PAGE: u64 = 1000;

/// A chain that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many entries it has.
    pub entries: u64,
    /// The hash of the last one.
    pub head: [u8; 32],
}

/// A chain that was changed.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("the ledger was changed at entry {at}: {why}")]
pub struct Broken {
    /// The number of the first entry that does not hold, from 1.
    pub at: u64,
    /// What does not hold.
    pub why: Why,
}

/// What does not hold.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum Why {
    /// The number is missing: an entry was dropped.
    #[error("it is missing")]
    Missing,
    /// Its hash does not follow from its content and the entry before: one of them was changed, swapped or inserted.
    #[error("its content does not give its hash")]
    Changed,
    /// It was written by a version that this program does not know.
    #[error("its version is unknown")]
    UnknownVersion,
    /// The row that keeps the chain's end does not name this as the last entry.
    #[error("the kept end of the chain is another")]
    OtherEnd,
    /// The signed head knows more entries than the chain has: its end was cut off.
    #[error("the signed head knows it and the chain ends before it")]
    CutOff,
    /// The signed head knows another entry under this number: the chain was written anew.
    #[error("the signed head knows another entry here")]
    Rewritten,
    /// The signed head belongs to another chain.
    #[error("the signed head is of another organisation or zone")]
    OtherChain,
}

/// Verifies the chain of `organisation` and `zone` from its first entry, and against `head` when one is given. Without a head a
/// chain whose end was cut off or written anew together with the kept end looks whole.
///
/// # Errors
/// [`LedgerError::Broken`] names the first entry that does not hold; otherwise the database's.
pub async fn verify(
    read: &impl ConnectionTrait,
    organisation: Uuid,
    zone: &str,
    head: Option<&SignedHead>,
) -> Result<Verified, LedgerError> {
    if head.is_some_and(|head| head.organisation() != organisation || head.zone() != zone) {
        return Err(Broken { at: 0, why: Why::OtherChain }.into());
    }
    let mut last = 0_i64;
    let mut hash = START;
    loop {
        let page = entries::Entity::find()
            .filter(entries::Column::Organisation.eq(organisation))
            .filter(entries::Column::Zone.eq(zone))
            .filter(entries::Column::Seq.gt(if last == 0 { i64::MIN } else { last }))
            .order_by_asc(entries::Column::Seq)
            .limit(PAGE)
            .all(read)
            .await?;
        let full = page.len() as u64 == PAGE;
        for row in page {
            let due = last + 1;
            let broken = |why| Broken { at: due.unsigned_abs(), why };
            if row.seq != due {
                return Err(broken(Why::Missing).into());
            }
            if row.version != VERSION {
                return Err(broken(Why::UnknownVersion).into());
            }
            let link = Link { version: row.version, organisation, zone, seq: row.seq, hour: row.hour, body: &row.body };
            hash = link.hash(&hash);
            if row.hash != hash {
                return Err(broken(Why::Changed).into());
            }
            if head.is_some_and(|head| head.entries() == due.unsigned_abs() && head.hash() != hash) {
                return Err(broken(Why::Rewritten).into());
            }
            last = due;
        }
        if !full {
            break;
        }
    }
    let verified = Verified { entries: last.unsigned_abs(), head: hash };
    if let Some(head) = head
        && head.entries() > verified.entries
    {
        return Err(Broken { at: verified.entries + 1, why: Why::CutOff }.into());
    }
    check_end(read, organisation, zone, verified).await?;
    Ok(verified)
}

async fn check_end(read: &impl ConnectionTrait, organisation: Uuid, zone: &str, verified: Verified) -> Result<(), LedgerError> {
    let kept = heads::Entity::find_by_id((organisation, zone.to_owned())).one(read).await?;
    let (entries, hash) = kept.map_or((0, START.to_vec()), |kept| (kept.entries, kept.hash));
    if u64::try_from(entries) == Ok(verified.entries) && hash == verified.head {
        return Ok(());
    }
    let at = verified.entries.min(u64::try_from(entries).unwrap_or_default()) + 1;
    Err(Broken { at, why: Why::OtherEnd }.into())
}

/// Verifies the chain and signs its end. Send the text of the head out of the building: what lies inside can be rewritten with it.
///
/// # Errors
/// As [`verify`]: a broken chain is not signed.
pub async fn sign_head(
    read: &impl ConnectionTrait,
    organisation: Uuid,
    zone: &str,
    key: &SigningKey,
    now: OffsetDateTime,
) -> Result<SignedHead, LedgerError> {
    let Verified { entries, head } = verify(read, organisation, zone, None).await?;
    Ok(SignedHead::sign(organisation, zone, entries, head, now, key)?)
}
