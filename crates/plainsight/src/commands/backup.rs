//! `plainsight backup ...`: copies of everything that an instance knows, but for its keys.

use std::fs;
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use time::{Duration, OffsetDateTime};

use plainsight_store::backup::{self, Copied, Kind, Manifest, TOMBSTONES, UntrustedManifest, stamp};
use plainsight_store::{Holder, UntrustedTombstones, Which};

use super::bar::Line;
use crate::cli;
use crate::config::Config;
use crate::instance::{Instance, read_key};
use crate::{remark, say, system};

/// The file in which a backup says what it is. It is written last.
pub(super) const MANIFEST: &str = "manifest";
/// How the name of a backup ends while it is made.
const UNFINISHED: &str = ".unfinished";
/// So long a copy of the keystore may lie about: until then an erased contact could be opened again by whoever has a copy and a
/// team's key. What reporters are promised rests on it, so it is no setting.
const KEYS_KEPT: Duration = Duration::days(14);
/// An unfinished backup of this age is nobody's any more.
const ABANDONED: Duration = Duration::days(1);

pub(crate) async fn backup(command: &cli::Backup) -> Result<ExitCode> {
    match command {
        cli::Backup::Make { instance, folder } => make(instance, folder).await,
        cli::Backup::List { folder } => list(folder),
        cli::Backup::Check { folder, config } => check(folder, config.as_deref()).await,
        cli::Backup::Prune { folder, content_days } => prune(folder, Duration::days((*content_days).into())),
    }
}

/// A backup that was made to its end.
pub(super) struct Found {
    pub(super) folder: PathBuf,
    pub(super) manifest: UntrustedManifest,
}

impl Found {
    /// Reads what a backup says of itself.
    pub(super) fn read(folder: &Path) -> Result<Self> {
        let file = folder.join(MANIFEST);
        let text = fs::read_to_string(&file).with_context(|| {
            format!("{} is no backup: its manifest cannot be read. Name a folder that `plainsight backup list` shows", folder.display())
        })?;
        let manifest = UntrustedManifest::parse(&text).with_context(|| format!("{} is damaged", file.display()))?;
        Ok(Self { folder: folder.to_owned(), manifest })
    }

    fn file(&self, which: Which) -> PathBuf {
        self.folder.join(self.manifest.unchecked().kind.file(which))
    }

    /// Whether its copy of the keystore was deleted when its time was over.
    pub(super) fn has_keys(&self) -> bool {
        self.file(Which::Keystore).exists()
    }

    fn made(&self) -> OffsetDateTime {
        self.manifest.unchecked().made
    }
}

/// The finished backups in a folder, the oldest first, and what looks like one and cannot be read.
fn found(folder: &Path) -> Result<(Vec<Found>, Vec<anyhow::Error>)> {
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(folder).with_context(|| format!("could not read the folder {}", folder.display()))? {
        let path = entry?.path();
        // What has no such name was not made here: a `lost+found`, or what somebody put beside.
        let named = path.file_name().and_then(|name| name.to_str()).is_some_and(|name| backup::unstamp(name).is_some());
        if named && path.is_dir() {
            match Found::read(&path) {
                Ok(one) => found.push(one),
                Err(error) => wrong.push(error),
            }
        }
    }
    let tomorrow = system::clock().now() + Duration::DAY;
    for one in found.extract_if(.., |one| one.made() > tomorrow) {
        wrong.push(anyhow::anyhow!("{} says that it was made in the future", one.folder.display()));
    }
    found.sort_by_key(Found::made);
    Ok((found, wrong))
}

async fn make(instance: &cli::Instance, folder: &Path) -> Result<ExitCode> {
    let instance = Instance::open(Config::read(&instance.config)?).await?;
    let cabinet = instance.cabinet(Holder::Desk).await?;
    let key = instance.desk_key()?.signing_key();
    let made = instance.clock.now().replace_nanosecond(0)?;
    outside(folder, &instance.config)?;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).with_context(|| format!("could not make {}", folder.display()))?;
    closed(folder)?;
    let to = folder.join(stamp(made));
    let unfinished = super::folder::beside(&to, UNFINISHED);
    if to.exists() || unfinished.exists() {
        bail!("{} exists already: nothing is written over. Try again in a second", to.display());
    }
    fs::DirBuilder::new().mode(0o700).create(&unfinished).with_context(|| format!("could not make {}", unfinished.display()))?;

    let filled = async {
        let line = Line::new();
        let (content, keystore) = instance.store.copy_out(&unfinished, &|which, done, of| line.show(named(which), done, of)).await?;
        line.end();
        // After both databases: what was erased while they were copied is told of here.
        let tombstones = backup::write_file(&unfinished.join(TOMBSTONES), &cabinet.tombstones.read().await?).await?;
        let program = env!("CARGO_PKG_VERSION").to_owned();
        let manifest = Manifest { made, program, kind: instance.store.kind(), content, keystore, tombstones };
        backup::write_file(&unfinished.join(MANIFEST), manifest.sign(&key).as_bytes()).await?;
        anyhow::Ok(manifest)
    };
    let filled = tokio::select! {
        filled = filled => filled,
        _ = tokio::signal::ctrl_c() => Err(anyhow::anyhow!("stopped")),
    };
    let manifest = match filled {
        Ok(manifest) => manifest,
        Err(error) => {
            let _ = fs::remove_dir_all(&unfinished);
            return Err(error.context("no backup was made; what was written of it is deleted"));
        }
    };
    // A full disk is a reason to make a backup, not to refuse one.
    if let Err(error) = plainsight_helpline::note_backup(&cabinet, &stamp(made)).await {
        remark(format_args!("the backup is not in the ledger: {error}"));
    }
    synced(&unfinished)?;
    fs::rename(&unfinished, &to).with_context(|| format!("could not give {} its name", to.display()))?;
    synced(folder)?;
    say(format_args!("made {}", to.display()));
    say(told(&manifest, true));
    instance.store.close().await;
    // Else it would come to light on the night of the restoring.
    if let Err(error) = UntrustedTombstones::parse(&fs::read(to.join(TOMBSTONES))?) {
        say(format_args!("WRONG  the list of tombstones cannot be read, and no backup with it can be put back: {error}"));
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn named(which: Which) -> &'static str {
    match which {
        Which::Content => "content",
        Which::Keystore => "keystore",
    }
}

/// The names in a folder must survive a power cut, too.
fn synced(folder: &Path) -> Result<()> {
    backup::sync_folder(folder).with_context(|| format!("could not settle {}", folder.display()))
}

/// A backup in the data folder would be lost with it.
fn outside(folder: &Path, config: &Config) -> Result<()> {
    let absolute = |path: &Path| path.canonicalize().or_else(|_| std::path::absolute(path));
    if let Some(data) = &config.data
        && absolute(folder)?.starts_with(absolute(data)?)
    {
        bail!("{} lies in the data folder, and would be lost with it: give a folder on another disk", folder.display());
    }
    Ok(())
}

fn closed(folder: &Path) -> Result<()> {
    let mode = fs::metadata(folder)?.permissions().mode();
    if mode & 0o077 != 0 {
        remark(format_args!(
            "others may enter {0}: run `chmod 700 {0}`. What the program writes there is closed to them",
            folder.display()
        ));
    }
    Ok(())
}

/// What a backup holds, in a line.
fn told(manifest: &Manifest, has_keys: bool) -> String {
    let part = |name, copied: &Copied| format!("{name} {} rows in {}", copied.total(), size(copied.part.bytes));
    let keystore = if has_keys { part("keystore", &manifest.keystore) } else { "keystore deleted, its time was over".to_owned() };
    let database = match manifest.kind {
        Kind::Sqlite => "SQLite",
        Kind::Postgres => "PostgreSQL",
    };
    format!(
        "{}, {keystore}, tombstones {}; {database}, version {}",
        part("content", &manifest.content),
        size(manifest.tombstones.bytes),
        manifest.program
    )
}

fn size(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{bytes} bytes"),
        10_000..10_000_000 => format!("{} KB", bytes / 1000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}

fn list(folder: &Path) -> Result<ExitCode> {
    let (found, wrong) = found(folder)?;
    for one in &found {
        let name = one.folder.file_name().unwrap_or_default().display();
        say(format_args!("{name}  {}", told(one.manifest.unchecked(), one.has_keys())));
    }
    for error in &wrong {
        say(format_args!("WRONG  {error:#}"));
    }
    if found.is_empty() {
        say(format_args!("no backup in {}", folder.display()));
    }
    Ok(if found.is_empty() || !wrong.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

async fn check(folder: &Path, config: Option<&Path>) -> Result<ExitCode> {
    let key = match config {
        Some(file) => Some(read_key(&Config::read(file)?.keys.desk)?.signing_key().verifying_key()),
        None => None,
    };
    let (all, wrong) = if folder.join(MANIFEST).exists() { (vec![Found::read(folder)?], Vec::new()) } else { found(folder)? };
    if all.is_empty() && wrong.is_empty() {
        bail!("there is no backup in {}", folder.display());
    }
    let mut whole = wrong.is_empty();
    for error in &wrong {
        say(format_args!("WRONG  {error:#}"));
    }
    for one in all {
        let signed = key.as_ref().map(|key| one.manifest.clone().trust(key));
        let name = one.folder.display().to_string();
        let checked = match signed {
            Some(Err(error)) => Err(anyhow::Error::from(error)),
            _ => check_one(&one).await,
        };
        match checked {
            Ok(()) => say(format_args!("whole  {name}: {}", told(one.manifest.unchecked(), one.has_keys()))),
            Err(error) => {
                whole = false;
                say(format_args!("WRONG  {name}: {error:#}"));
            }
        }
    }
    if key.is_none() {
        say("Without --config nobody checked who made them.");
    }
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Every file of a backup against its manifest.
pub(super) async fn check_one(one: &Found) -> Result<()> {
    let manifest = one.manifest.unchecked();
    backup::check(&one.folder, manifest.kind, Which::Content, &manifest.content).await?;
    if one.has_keys() || manifest.made > system::clock().now() - KEYS_KEPT {
        backup::check(&one.folder, manifest.kind, Which::Keystore, &manifest.keystore).await?;
    }
    let list = one.folder.join(TOMBSTONES);
    backup::check_part(&list, &manifest.tombstones).await?;
    UntrustedTombstones::parse(&fs::read(&list)?).with_context(|| list.display().to_string())?;
    Ok(())
}

fn prune(folder: &Path, content_kept: Duration) -> Result<ExitCode> {
    if content_kept < KEYS_KEPT {
        bail!("content is kept for at least 14 days: without it the keystore beside it opens nothing");
    }
    let now = system::clock().now();
    let (found, wrong) = found(folder)?;
    let newest = found.iter().rfind(|one| one.has_keys()).map(Found::made);
    let mut stale = None;
    for one in &found {
        let age = now - one.made();
        let name = one.folder.display();
        if Some(one.made()) == newest {
            // The only way back to anything is not thrown away; somebody has to find out why there is no newer one.
            stale = (age > KEYS_KEPT).then(|| one.folder.clone());
        } else if age > content_kept {
            remove(&one.folder, one.manifest.unchecked().kind)?;
            say(format_args!("deleted {name}"));
        } else if age > KEYS_KEPT && one.has_keys() {
            let file = one.file(Which::Keystore);
            fs::remove_file(&file).with_context(|| format!("could not delete {}", file.display()))?;
            synced(&one.folder)?;
            say(format_args!("deleted the keystore of {name}"));
        }
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(UNFINISHED) && age(&path, now).is_some_and(|age| age > ABANDONED) {
            let kind = if path.join(Kind::Postgres.file(Which::Content)).exists() { Kind::Postgres } else { Kind::Sqlite };
            remove(&path, kind)?;
            say(format_args!("deleted {}, which was never finished", path.display()));
        }
    }
    for error in &wrong {
        say(format_args!("WRONG  {error:#}; left alone"));
    }
    if let Some(stale) = &stale {
        say(format_args!(
            "WRONG  {} is the newest backup and older than 14 days: what was erased since could be opened with it. Find out why no newer one was made",
            stale.display()
        ));
    }
    Ok(if wrong.is_empty() && stale.is_none() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Deletes the files of a backup, and the folder when nothing else is in it.
fn remove(folder: &Path, kind: Kind) -> Result<()> {
    // The keystore first: broken off here, the least is left.
    for name in [kind.file(Which::Keystore), kind.file(Which::Content), TOMBSTONES, MANIFEST] {
        match fs::remove_file(folder.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("could not delete {}", folder.join(name).display()));
            }
            _ => {}
        }
    }
    fs::remove_dir(folder).with_context(|| format!("{} holds something that is not this program's, and stays", folder.display()))
}

/// How old a folder is by its name.
fn age(folder: &Path, now: OffsetDateTime) -> Option<Duration> {
    let name = folder.file_name()?.to_str()?.strip_suffix(UNFINISHED)?;
    Some(now - backup::unstamp(name)?)
}
