//! Backups, and putting one back.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Instance;

#[derive(Debug, Subcommand)]
pub enum Backup {
    /// Copy both databases and the list of tombstones into a new folder below this one, while the instance runs or stands still
    Make {
        #[command(flatten)]
        instance: Instance,
        /// The folder that holds the backups: on another disk, closed to others
        folder: PathBuf,
    },
    /// List the backups in a folder, and what each holds
    List {
        /// The folder that holds the backups
        folder: PathBuf,
    },
    /// Check every byte of a backup, or of all in a folder, against what it says of itself
    Check {
        /// A backup, or the folder that holds them
        folder: PathBuf,
        /// The configuration file of the instance: checks with its desk key also that the backup was made here
        #[arg(long, env = "PLAINSIGHT_CONFIG", value_name = "FILE")]
        config: Option<PathBuf>,
    },
    /// Delete copies of the keystore that are older than 14 days, and whole backups that are older than the content is kept
    Prune {
        /// The folder that holds the backups
        folder: PathBuf,
        /// So many days copies of the content are kept
        #[arg(long, default_value_t = 90, value_name = "NUMBER")]
        content_days: u16,
    },
}

#[derive(Debug, Args)]
pub struct Restore {
    #[command(flatten)]
    pub instance: Instance,
    /// The backup: the folder that holds its manifest
    pub backup: PathBuf,
    /// Take the keystore from this newer backup: for content that is older than copies of the keystore live
    #[arg(long, value_name = "DIR")]
    pub keys: Option<PathBuf>,
    /// A list of tombstones that was kept elsewhere; may be given several times. Those of the backup and of this instance count anyway
    #[arg(long, value_name = "FILE")]
    pub tombstones: Vec<PathBuf>,
    /// This instance holds data: set it aside, and put the backup in its place
    #[arg(long)]
    pub replace: bool,
    /// Go on although lines of a list of tombstones were not signed by this instance: they count for nothing
    #[arg(long)]
    pub ignore_forged: bool,
}
