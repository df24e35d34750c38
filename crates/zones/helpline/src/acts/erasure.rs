//! What every erasing has in common: content, then tombstone, then key. And doing it again in a database that was put back from
//! a backup of before.

use std::collections::HashSet;

use sea_orm::DbBackend;
use uuid::Uuid;

use plainsight_ledger::Actor;
use plainsight_store::{StoreError, TombstoneKeys, Tombstones, Tx, UntrustedTombstones, work};

use super::stow::let_go_of_all;
use crate::cabinet::Cabinet;
use crate::header::{Flags, Header};
use crate::records::{ZONE, contacts, handed, keystore, papers};
use crate::trouble::Trouble;

/// The keys of this zone's tombstones.
pub(crate) fn keys(cabinet: &Cabinet) -> TombstoneKeys {
    TombstoneKeys::new(&cabinet.ring, cabinet.organisation, ZONE)
}

/// Takes the content of a contact out of the database. Its key is deleted after.
pub(crate) async fn empty(cabinet: &Cabinet, tx: &Tx, contact: Uuid) -> Result<(), Trouble> {
    contacts::empty_report(tx, cabinet.organisation, contact).await?;
    papers::erase(tx, cabinet.organisation, contact).await?;
    let_go_of_all(cabinet, tx, contact).await?;
    handed::forget(tx, cabinet.organisation, contact).await?;
    Ok(())
}

/// Takes everything out of a folder, and marks it as erased.
pub(crate) async fn erase_in(cabinet: &Cabinet, tx: &Tx, contact: Uuid) -> Result<(), Trouble> {
    contacts::forget_locate(tx, cabinet.organisation, contact).await?;
    empty(cabinet, tx, contact).await?;
    let change = |header: &mut Header| {
        let withdrawn = header.flags.withdrawn;
        header.flags = Flags { erased: true, withdrawn, ..Flags::default() };
        header.alarm.on = false;
        header.hands.clear();
    };
    cabinet.change_header(tx, contact, change).await.map(drop)
}

/// Deletes the key of a folder that is marked as erased, after its tombstone is on the disk: were the key gone first, a crash
/// could leave an erasure that no restored backup knows of. A crash before this leaves a key whose contact is marked erased;
/// `tidy` does the rest.
pub(crate) async fn erase_key(cabinet: &Cabinet, contact: Uuid) -> Result<(), Trouble> {
    lay(cabinet, [contact]).await?;
    delete_key(cabinet, contact).await?;
    // On PostgreSQL this reads whole tables: the worker does it, in nobody's way.
    if cabinet.store.content().backend() == DbBackend::Sqlite {
        cut_logs(cabinet).await;
    }
    Ok(())
}

/// Writes tombstones, and waits until they are on the disk.
pub(crate) async fn lay(cabinet: &Cabinet, folders: impl IntoIterator<Item = Uuid>) -> Result<(), Trouble> {
    let (keys, day) = (keys(cabinet), cabinet.now().date());
    let stones = folders.into_iter().map(|folder| keys.carve(folder, day)).collect();
    Ok(cabinet.tombstones.lay(stones).await?)
}

/// Writes the tombstones that these erased folders do not have: of what was erased by an older version of this program, on
/// another host, or just before a crash. The day is today's, for nothing says when it was.
pub(crate) async fn lay_missing(cabinet: &Cabinet, erased: &[Uuid]) -> Result<(), Trouble> {
    if erased.is_empty() {
        return Ok(());
    }
    let keys = keys(cabinet);
    // What somebody else wrote into the list says nothing: the tombstone that is missing is laid beside it.
    let (there, _) = UntrustedTombstones::parse(&cabinet.tombstones.read().await?)?.trust_some(&keys);
    lay(cabinet, erased.iter().copied().filter(|folder| !there.tell_of(&keys, *folder))).await
}

pub(crate) async fn delete_key(cabinet: &Cabinet, contact: Uuid) -> Result<(), Trouble> {
    let organisation = cabinet.organisation;
    cabinet
        .store
        .keystore()
        .tx("helpline.erase_key", work!(|tx| keystore::erase(tx, organisation, contact).await.map_err(StoreError::from)))
        .await?;
    Ok(())
}

/// Sees to it that what was erased is in no log either; true when it is done. A reader or a backup that still needs the old pages
/// is no failure of the erasure: the worker tries again.
pub(crate) async fn cut_logs(cabinet: &Cabinet) -> bool {
    let mut done = true;
    let (content, keystore) = (cabinet.store.content(), cabinet.store.keystore());
    // On PostgreSQL one call clears up both.
    let databases = if content.backend() == DbBackend::Sqlite { vec![content, keystore] } else { vec![content] };
    for database in databases {
        if let Err(error) = database.checkpoint_truncate().await {
            done = false;
            tracing::debug!(%error, "the log of a database could not be cut yet; trying again");
        }
    }
    done
}

/// What was erased again in databases that were put back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Replayed {
    /// Folders that a tombstone tells of.
    pub erased: u64,
    /// Folders without a key: nobody can read them, and nobody is shown them.
    pub without_key: u64,
    /// Keys without a folder.
    pub keys_alone: u64,
}

/// Erases again what tombstones tell of, and sweeps what a content and a keystore of different days leave over. To be called
/// before anything is served, with nobody else at the databases. A legal hold that an older backup still knows saves nothing: a
/// tombstone was laid only after every hold had ended.
///
/// # Errors
/// Those of the database and of the list of tombstones.
pub async fn replay(cabinet: &Cabinet, tombstones: &Tombstones) -> Result<Replayed, Trouble> {
    let keys = keys(cabinet);
    let mut replayed = Replayed::default();
    // For what is only without a key no stone is laid: nothing tells that it was erased, and a better backup may hold it.
    let mut buried = Vec::new();
    let wrapped: HashSet<Uuid> = keystore::contacts(cabinet.store.keystore().read(), cabinet.organisation).await?.into_iter().collect();
    let (mut folders, mut dead) = (HashSet::new(), Vec::new());
    for (folder, sealed) in contacts::headers(cabinet.store.content().read(), cabinet.organisation).await? {
        folders.insert(folder);
        if cabinet.open_header(folder, &sealed)?.flags.erased {
            dead.push(folder);
            buried.push(folder);
            continue;
        }
        let act = if tombstones.tell_of(&keys, folder) {
            buried.push(folder);
            replayed.erased += 1;
            "contact.erased_again"
        } else if !wrapped.contains(&folder) {
            replayed.without_key += 1;
            "contact.key_gone"
        } else {
            continue;
        };
        dead.push(folder);
        erase_again(cabinet, folder, act).await?;
    }
    lay_missing(cabinet, &buried).await?;
    for folder in dead.into_iter().filter(|folder| wrapped.contains(folder)) {
        delete_key(cabinet, folder).await?;
    }
    for alone in wrapped.difference(&folders) {
        replayed.keys_alone += 1;
        delete_key(cabinet, *alone).await?;
    }
    cut_logs(cabinet).await;
    Ok(replayed)
}

async fn erase_again(cabinet: &Cabinet, folder: Uuid, act: &'static str) -> Result<(), Trouble> {
    let inside = cabinet.clone();
    cabinet
        .store
        .content()
        .tx(
            "helpline.erase_again",
            work!([inside], |tx| {
                erase_in(&inside, tx, folder).await?;
                inside.record(tx, Actor::System("restore"), act, folder, serde_json::json!({})).await
            }),
        )
        .await
}

/// Writes into the ledger that a copy of everything was made.
///
/// # Errors
/// Those of the database.
pub async fn note_backup(cabinet: &Cabinet, made: &str) -> Result<(), Trouble> {
    note(cabinet, "backup.made", serde_json::json!({ "made": made })).await
}

/// Writes into the ledger that everything was put back from a copy, and what was erased again.
///
/// # Errors
/// Those of the database.
pub async fn note_restored(cabinet: &Cabinet, content: &str, keystore: &str, replayed: Replayed) -> Result<(), Trouble> {
    let Replayed { erased, without_key, keys_alone } = replayed;
    let detail = serde_json::json!({
        "content": content, "keystore": keystore, "erased": erased, "without_key": without_key, "keys_alone": keys_alone
    });
    note(cabinet, "backup.restored", detail).await
}

async fn note(cabinet: &Cabinet, act: &'static str, detail: serde_json::Value) -> Result<(), Trouble> {
    let inside = cabinet.clone();
    cabinet
        .store
        .content()
        .tx("helpline.note_backup", work!([inside, detail], |tx| inside.record(tx, Actor::System("backup"), act, None, detail).await))
        .await
}
