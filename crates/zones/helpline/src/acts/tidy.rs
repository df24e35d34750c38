//! What the clock sweeps: receipts past their 15 minutes, old change numbers, keys without a contact, what is kept no longer.

use std::collections::HashSet;

use time::Duration;
use uuid::Uuid;

use plainsight_store::work;
use plainsight_vocabulary::KeptFor;

use super::erasure::{cut_logs, delete_key, lay_missing};
use super::file::open_until;
use super::keep::erase_by_time;
use super::stow::sweep_files;
use crate::cabinet::Cabinet;
use crate::records::{changes, contacts, filings, keystore};
use crate::trouble::Trouble;

/// A sent form is remembered this long after its receipt is gone, so that the same form cannot file twice: longer than a
/// form state lives.
const REMEMBERED: Duration = Duration::hours(48);
/// So many contacts whose time is over are erased in one sweep.
const AT_A_TIME: usize = 500;
/// So many changes are kept; a list that fell further behind reads everything anew.
const CHANGES_KEPT: i64 = 10_000;

/// What a sweep remembers for the next one.
#[derive(Debug, Default)]
pub(crate) struct Swept {
    /// Keys that had no contact. A key is deleted only when two sweeps in a row found it alone: between the two writes of a filing
    /// it is alone for a moment.
    orphans: HashSet<Uuid>,
    /// Erased contacts that have a tombstone.
    buried: HashSet<Uuid>,
    /// Something was erased, and the databases' logs may still hold it.
    logs_to_cut: bool,
}

pub(crate) async fn sweep(cabinet: &Cabinet, swept: &mut Swept, kept: Option<&KeptFor>) -> Result<(), Trouble> {
    sweep_filings(cabinet).await?;
    sweep_files(cabinet).await?;
    let over = sweep_keys(cabinet, swept, kept).await?;
    // Some at a time: what is left waits for the next sweep, and no list has to read everything anew.
    for contact in over.into_iter().take(AT_A_TIME) {
        let Some(kept) = kept else { break };
        swept.logs_to_cut = true;
        if let Err(error) = erase_by_time(cabinet, contact, kept).await {
            tracing::error!(%error, "a contact whose time is over could not be erased; trying again");
        }
    }
    cabinet.store.content().tx("helpline.prune_changes", work!(|tx| changes::prune(tx, CHANGES_KEPT).await.map_err(Trouble::from))).await?;
    if swept.logs_to_cut {
        swept.logs_to_cut = !cut_logs(cabinet).await;
    }
    Ok(())
}

async fn sweep_filings(cabinet: &Cabinet) -> Result<(), Trouble> {
    let now = cabinet.now();
    for filing in filings::all(cabinet.store.content().read(), cabinet.organisation).await? {
        let row = filing.form.get(..16).and_then(|bytes| Uuid::from_slice(bytes).ok()).unwrap_or_default();
        let (until, _) = open_until(cabinet, row, &filing.until)?;
        if now < until || (filing.receipt.is_empty() && now < until + REMEMBERED) {
            continue;
        }
        let organisation = cabinet.organisation;
        let gone = now >= until + REMEMBERED;
        let form = filing.form;
        cabinet
            .store
            .content()
            .tx(
                "helpline.forget_filing",
                work!([form], |tx| {
                    let done = if gone {
                        filings::forget(tx, organisation, &form).await
                    } else {
                        filings::empty_receipt(tx, organisation, &form).await
                    };
                    done.map_err(Trouble::from)
                }),
            )
            .await?;
    }
    Ok(())
}

/// Deletes keys without a contact, and ends what a crash left half erased. Gives the contacts that are kept no longer.
async fn sweep_keys(cabinet: &Cabinet, swept: &mut Swept, kept: Option<&KeptFor>) -> Result<Vec<Uuid>, Trouble> {
    let keys = keystore::contacts(cabinet.store.keystore().read(), cabinet.organisation).await?;
    let (mut live, mut erased, mut over) = (HashSet::new(), HashSet::new(), Vec::new());
    let now = cabinet.now();
    for (contact, sealed) in contacts::headers(cabinet.store.content().read(), cabinet.organisation).await? {
        let mut header = cabinet.open_header(contact, &sealed)?;
        if header.flags.erased {
            erased.insert(contact);
            continue;
        }
        live.insert(contact);
        // Of one that was closed before days were noted the day is noted now.
        let noted = header.settled;
        header.settle(now);
        if kept.is_some_and(|kept| header.settled != noted || header.kept_until(kept).is_some_and(|until| until <= now)) {
            over.push(contact);
        }
    }
    let fresh: Vec<Uuid> = erased.difference(&swept.buried).copied().collect();
    lay_missing(cabinet, &fresh).await?;
    swept.logs_to_cut |= !fresh.is_empty();
    swept.buried.extend(fresh);
    let mut alone = HashSet::new();
    for contact in keys {
        if erased.contains(&contact) {
            delete_key(cabinet, contact).await?;
            swept.logs_to_cut = true;
        } else if !live.contains(&contact) {
            // Without a record nothing was erased: no tombstone, for the record may only be missing in the backup that was put back.
            if swept.orphans.contains(&contact) {
                delete_key(cabinet, contact).await?;
            }
            alone.insert(contact);
        }
    }
    swept.orphans = alone;
    Ok(over)
}
