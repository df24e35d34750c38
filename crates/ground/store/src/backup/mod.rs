//! Copies of the two databases: made while they are in use, checked, and put back.
//!
//! The content is copied before the keystore, and the list of tombstones after both. A contact that is filed meanwhile has its key
//! in the copy or is not in it at all; one that is erased meanwhile has its tombstone in the list. The other order would lose keys.
//!
//! Architecture invariant: no key file and no pepper is read here, so none can get into a copy.

mod file;
mod hold;
mod manifest;
mod postgres;
mod rows;
mod sqlite;
mod swap;

use std::path::{Path, PathBuf};

use sea_orm::DbBackend;
use thiserror::Error;

pub use file::{hash_file, sync_folder, write_file};
pub use hold::{Held, HeldAlone, hold, hold_alone};
pub(crate) use manifest::hex;
pub use manifest::{Copied, Kind, Manifest, ManifestError, Part, TOMBSTONES, UntrustedManifest, stamp, unstamp};
pub use swap::{clear, left_over, swap_in};

use crate::database::Side;
use crate::error::StoreError;
use crate::migrate::{Migration, Which};
use crate::sqlite::make_folder;
use crate::store::{Address, OpenOptions, Store};

/// Why a copy could not be made, checked or put back.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum BackupError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file or folder could not be used.
    #[error("{path}: {error}")]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// A file is not the one that the manifest speaks of.
    #[error("{path} was cut or changed: the manifest speaks of {expected} bytes with another checksum, and it has {found}")]
    Changed {
        /// Which.
        path: PathBuf,
        /// How many bytes the manifest says.
        expected: u64,
        /// How many it has.
        found: u64,
    },
    /// A table does not hold what the manifest says.
    #[error("{path}: the table {table} has {found} rows, and the manifest speaks of {expected}")]
    Rows {
        /// In which file.
        path: PathBuf,
        /// The table.
        table: String,
        /// As the manifest says.
        expected: u64,
        /// As they were counted.
        found: u64,
    },
    /// A file of rows has a line that does not belong there, or a table that this program does not know.
    #[error("{path}: line {line} does not belong there")]
    Format {
        /// Which file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
    },
    /// SQLite finds the file damaged.
    #[error("{path}: the database is damaged")]
    Damaged {
        /// Which file.
        path: PathBuf,
    },
    /// The backup was made by a newer version.
    #[error("the backup holds {name:?}, which this version does not know: it was made by a newer version, restore it with that one")]
    Newer {
        /// The migration that is not known.
        name: String,
    },
    /// Something uses the databases that are to be replaced.
    #[error("something still uses this instance: stop it first (systemctl stop plainsight-public plainsight-desk)")]
    InUse,
    /// A backup takes the place of the databases just now.
    #[error("a backup is being put back: wait until `plainsight restore` has ended")]
    BeingRestored,
    /// Putting a backup back broke off in the middle.
    #[error(
        "putting a backup back broke off: run `plainsight restore` again. To stay with what was there, move the files of {0}/before-restore-... back if there are any, and delete {0}/restoring", folder.display()
    )]
    Unfinished {
        /// The data folder.
        folder: PathBuf,
    },
    /// The backup comes from the other kind of database.
    #[error("the backup comes from {backup}, and this instance is configured for {here}: it can only be put back into its own kind")]
    OtherKind {
        /// As the manifest says.
        backup: &'static str,
        /// As the store is.
        here: &'static str,
    },
}

impl BackupError {
    fn file(path: &Path) -> impl Fn(std::io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |error| Self::File { path: path.clone(), error }
    }
}

/// Told how far the copying is: the database, what is done, and of how much.
pub type Progress<'a> = &'a (dyn Fn(Which, u64, u64) + Send + Sync);

impl Store {
    /// Which kind of files it is copied into.
    pub fn kind(&self) -> Kind {
        if self.content().backend() == DbBackend::Postgres { Kind::Postgres } else { Kind::Sqlite }
    }

    /// Copies both databases into a folder, while others read and write them: first the content, then the keystore. On PostgreSQL
    /// both are of one moment.
    ///
    /// # Errors
    /// [`BackupError`]; what was written until then has to be thrown away.
    pub async fn copy_out(&self, folder: &Path, progress: Progress<'_>) -> Result<(Copied, Copied), BackupError> {
        match (&*self.content().side, &*self.keystore().side) {
            (Side::Sqlite { file: content, .. }, Side::Sqlite { file: keystore, .. }) => Ok((
                sqlite::copy_out(content, folder, Which::Content, progress).await?,
                sqlite::copy_out(keystore, folder, Which::Keystore, progress).await?,
            )),
            (Side::Postgres(pools), Side::Postgres(keystore)) => {
                postgres::copy_out(pools, [pools.schema(), keystore.schema()], folder, progress).await
            }
            _ => unreachable!("both databases of a store are of one kind"),
        }
    }
}

/// Checks a copy against what its manifest says: bytes, checksum, and the rows of every table.
///
/// # Errors
/// [`BackupError`] names the file, and the table.
pub async fn check(folder: &Path, kind: Kind, which: Which, copied: &Copied) -> Result<(), BackupError> {
    let path = folder.join(kind.file(which));
    check_part(&path, &copied.part).await?;
    match kind {
        Kind::Sqlite => sqlite::check(&path, copied).await,
        Kind::Postgres => postgres::check(&path, copied).await,
    }
}

/// Checks the bytes and the checksum of a file.
///
/// # Errors
/// [`BackupError::Changed`] names the file.
pub async fn check_part(path: &Path, part: &Part) -> Result<(), BackupError> {
    let found = hash_file(path).await?;
    if found == *part {
        return Ok(());
    }
    Err(BackupError::Changed { path: path.to_owned(), expected: part.bytes, found: found.bytes })
}

/// Which databases are put back: the content from one backup, the keystore from the same or a newer one.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The folder of the backup.
    pub folder: &'a Path,
    /// What its manifest says.
    pub manifest: &'a Manifest,
}

/// The name under which databases stand beside those that are served, until they take their place.
pub const RESTORING: &str = "restoring";

/// Puts copies back into fresh databases beside those of this address, and brings them up to date. Nothing of it is served before
/// [`swap_in`]. What is read is what was checked: the checksum is that of the bytes which were put back.
///
/// # Errors
/// [`BackupError`] names the file.
pub async fn copy_in(
    address: &Address,
    content: Source<'_>,
    keystore: Source<'_>,
    migrations: &[Migration],
    progress: Progress<'_>,
) -> Result<Store, BackupError> {
    let here = match address {
        Address::Sqlite(_) => Kind::Sqlite,
        Address::Postgres(_) => Kind::Postgres,
    };
    for (which, Source { manifest, .. }) in [(Which::Content, content), (Which::Keystore, keystore)] {
        if manifest.kind != here {
            return Err(BackupError::OtherKind { backup: manifest.kind.as_str(), here: here.as_str() });
        }
        let unknown = |name: &&String| !migrations.iter().any(|ours| ours.database == which && ours.name == name.as_str());
        if let Some(name) = manifest.copied(which).schema.iter().find(unknown) {
            return Err(BackupError::Newer { name: name.clone() });
        }
    }
    swap::clear(address).await?;
    let options = OpenOptions { beside: Some(RESTORING), ..OpenOptions::default() };
    let store = match address {
        Address::Sqlite(folder) => {
            let folder = folder.join(RESTORING);
            make_folder(&folder)?;
            sqlite::copy_in(&folder, Which::Content, content, progress).await?;
            sqlite::copy_in(&folder, Which::Keystore, keystore, progress).await?;
            Store::open(address, options).await?
        }
        Address::Postgres(_) => postgres::copy_in(address, options, (content, keystore), migrations, progress).await?,
    };
    store.migrate(migrations).await?;
    Ok(store)
}
