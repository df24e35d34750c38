//! `plainsight restore`: puts a backup back, and erases again what was erased since, before anything of it is served.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow, bail};

use plainsight_helpline::{Cabinet, Replayed, note_restored, replay};
use plainsight_ledger::verify;
use plainsight_people::acts::organisation::list_organisations;
use plainsight_people::acts::sign_in::forget_sessions;
use plainsight_store::backup::{self, Manifest, Source, TOMBSTONES, stamp};
use plainsight_store::{Address, Holder, OpenOptions, Store, TombstoneKeys, Tombstones, UntrustedTombstones, schema_columns};
use plainsight_vault::{InstanceKey, VerifyingKey};

use super::backup::{Found, check_one, named};
use super::bar::Line;
use super::ledger::zones;
use super::newer_list::NewerList;
use crate::cli;
use crate::config::Config;
use crate::instance::read_key;
use crate::{remark, say, schema, system};

/// A backup whose manifest this instance signed.
struct Trusted {
    found: Found,
    manifest: Manifest,
}

impl Trusted {
    fn read(folder: &Path, key: &VerifyingKey) -> Result<Self> {
        let found = Found::read(folder)?;
        let manifest = found.manifest.clone().trust(key).with_context(|| folder.display().to_string())?;
        Ok(Self { found, manifest })
    }

    fn source(&self) -> Source<'_> {
        Source { folder: &self.found.folder, manifest: &self.manifest }
    }
}

pub(crate) async fn restore(command: &cli::Restore) -> Result<ExitCode> {
    let config = Config::read(&command.instance.config)?;
    let address = config.address()?;
    let key = read_key(&config.keys.desk).context("the key file is not in the backup: put the copy back that you keep elsewhere")?;
    let verifying = key.signing_key().verifying_key();
    let content = Trusted::read(&command.backup, &verifying)?;
    let newer = command.keys.as_deref().map(|folder| Trusted::read(folder, &verifying)).transpose()?;
    let keystore = newer.as_ref().unwrap_or(&content);
    if newer.is_some() && content.found.has_keys() {
        bail!(
            "this backup has its own keystore: leave --keys out. It is for a backup whose keystore was deleted when its 14 days were over"
        );
    }
    fit(&content, keystore)?;

    let mut held = backup::hold_alone(&address).await?;
    let before = Before::look(&address).await;
    if before.holds_data() && !command.replace {
        bail!("this instance holds data already. To set that aside and put the backup in its place, say --replace");
    }
    for one in [Some(&content), newer.as_ref()].into_iter().flatten() {
        check_one(&one.found).await.context("nothing was changed")?;
    }
    let restored = put_back(command, &config, &address, &key, &content, keystore).await;
    let restored = match restored {
        Ok(restored) => restored,
        Err(error) => {
            if let Err(left) = backup::clear(&address).await {
                remark(format_args!("what was put back so far could not be deleted: {left}"));
            }
            return Err(error.context("nothing was put in place; what was there is as it was"));
        }
    };
    let aside = backup::swap_in(&mut held, &address, &free_stamp(&address).await?, before.holds_data()).await;
    let aside = aside.context("the restored databases could not all be put in their place: run this command again")?;
    drop(held);
    let question = NewerList::beside(config.tombstones().path());
    if !command.tombstones.is_empty() {
        question.answered()?;
    }
    tell(&content, keystore, &restored, &before, aside, &question)?;
    Ok(ExitCode::SUCCESS)
}

/// A time under which nothing is set aside yet: somebody may restore twice within a second.
async fn free_stamp(address: &Address) -> Result<String> {
    loop {
        let now = stamp(system::clock().now());
        let plain = |name: &str| name.to_lowercase().replace('-', "_");
        let (left, _) = backup::left_over(address).await?;
        if !left.iter().any(|left| plain(left).ends_with(&plain(&now))) {
            return Ok(now);
        }
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
}

/// A content needs a keystore of the same time or a later one: an earlier one lacks the keys of what came in between, and what has
/// no key is swept for good.
fn fit(content: &Trusted, keystore: &Trusted) -> Result<()> {
    if keystore.manifest.made < content.manifest.made {
        bail!(
            "the keystore of {} is older than the content: what came in between would have no key. Take the content of the same backup, or an older one",
            stamp(keystore.manifest.made)
        );
    }
    if !keystore.found.has_keys() {
        bail!(
            "the keystore of {} was deleted when its 14 days were over: name the newest backup with --keys",
            keystore.found.folder.display()
        );
    }
    Ok(())
}

/// What was here before.
enum Before {
    Nothing,
    /// With the number of entries in each ledger, as far as it holds.
    Data(Vec<(&'static str, u64)>),
    Unreadable,
}

impl Before {
    fn holds_data(&self) -> bool {
        !matches!(self, Self::Nothing)
    }

    async fn look(address: &Address) -> Self {
        if let Address::Sqlite(folder) = address {
            let filled = |name: &str| fs::metadata(folder.join(name)).is_ok_and(|about| about.len() > 0);
            match (filled("content.sqlite"), filled("keystore.sqlite")) {
                (false, false) => return Self::Nothing,
                (true, true) => {}
                // An instance that lost a file.
                _ => return Self::Unreadable,
            }
        }
        let Ok(store) = Store::open(address, OpenOptions::default()).await else { return Self::Unreadable };
        let read = async {
            let reader = store.content().read();
            if schema_columns(reader).await?.is_empty() {
                return anyhow::Ok(Self::Nothing);
            }
            let Some((organisation, _)) = list_organisations(&store).await?.pop() else { return Ok(Self::Nothing) };
            let mut ledgers = Vec::new();
            for zone in zones() {
                if let Ok(verified) = verify(reader, organisation, zone, None).await {
                    ledgers.push((zone, verified.entries));
                }
            }
            Ok(Self::Data(ledgers))
        };
        let before = read.await.unwrap_or(Self::Unreadable);
        store.close().await;
        before
    }
}

/// What was put back.
struct Restored {
    tombstones: usize,
    replayed: Replayed,
    ledgers: Vec<Counted>,
}

/// The entries of a ledger.
struct Counted {
    zone: &'static str,
    from_backup: u64,
    now: u64,
}

async fn put_back(
    command: &cli::Restore,
    config: &Config,
    address: &Address,
    key: &InstanceKey,
    content: &Trusted,
    keystore: &Trusted,
) -> Result<Restored> {
    let line = Line::new();
    let store = backup::copy_in(address, content.source(), keystore.source(), &schema::migrations(), &|which, done, of| {
        line.show(named(which), done, of);
    })
    .await?;
    line.end();
    let restored = erase_again(command, config, key, &store, content, keystore).await;
    store.close().await;
    restored
}

async fn erase_again(
    command: &cli::Restore,
    config: &Config,
    key: &InstanceKey,
    store: &Store,
    content: &Trusted,
    keystore: &Trusted,
) -> Result<Restored> {
    let read = store.content().read();
    let organisation = match list_organisations(store).await?.as_slice() {
        [(organisation, _)] => *organisation,
        _ => bail!("the backup does not hold exactly one organisation"),
    };
    let cabinet = Cabinet::open(store, organisation, (Holder::Desk, key), system::clock(), system::entropy(), config.tombstones())
        .await
        .context("the service key in the backup does not open: is this the right desk key?")?;
    let whole = async |zone| {
        let verified = verify(read, organisation, zone, None).await.with_context(|| format!("the ledger of {zone} in the backup"))?;
        anyhow::Ok(verified.entries)
    };
    let mut ledgers = Vec::new();
    for zone in zones() {
        ledgers.push(Counted { zone, from_backup: whole(zone).await?, now: 0 });
    }
    // Before a list is laid: when this breaks off, the next try would find that one.
    if command.tombstones.is_empty() {
        let question = NewerList::beside(cabinet.tombstones.path());
        if !cabinet.tombstones.path().exists() || question.since()?.is_some() {
            question.ask(&stamp(keystore.manifest.made)).await?;
        }
    }
    let tombstones = lists(command, &cabinet, content, keystore)?;
    let laid = cabinet.tombstones.lay_missing(&tombstones).await;
    laid.with_context(|| format!("the list of tombstones {} cannot be written", cabinet.tombstones.path().display()))?;
    let replayed = replay(&cabinet, &tombstones).await?;
    forget_sessions(store, organisation).await?;
    note_restored(&cabinet, &stamp(content.manifest.made), &stamp(keystore.manifest.made), replayed).await?;
    for ledger in &mut ledgers {
        ledger.now = whole(ledger.zone).await?;
    }
    Ok(Restored { tombstones: tombstones.len(), replayed, ledgers })
}

/// Every list of tombstones that there is: of the backups, of this instance, and what was given.
fn lists(command: &cli::Restore, cabinet: &Cabinet, content: &Trusted, keystore: &Trusted) -> Result<Tombstones> {
    let keys = TombstoneKeys::new(&cabinet.ring, cabinet.organisation, "helpline");
    let own = cabinet.tombstones.path().to_owned();
    let mut files = vec![content.found.folder.join(TOMBSTONES), keystore.found.folder.join(TOMBSTONES)];
    // Mostly the two are of one backup.
    files.dedup();
    files.extend(own.exists().then_some(own));
    files.extend(command.tombstones.iter().cloned());
    let mut all = Tombstones::default();
    for file in files {
        let name = file.display();
        let bytes = fs::read(&file).with_context(|| format!("could not read {name}"))?;
        let list = UntrustedTombstones::parse(&bytes).with_context(|| name.to_string())?;
        if list.is_torn() {
            remark(format_args!("the last line of {name} is cut, and passed over"));
        }
        let (trusted, refused) = list.trust_some(&keys);
        if let Some(first) = refused.first() {
            let lines = refused.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
            if !command.ignore_forged {
                return Err(anyhow!(
                    "{name}: line {first} was not signed by this instance: it was forged, changed, or belongs to another one. Find out who wrote it; --ignore-forged goes on without such lines ({lines})"
                ));
            }
            remark(format_args!("{name}: these lines were not signed by this instance and count for nothing: {lines}"));
        }
        all.merge(trusted);
    }
    Ok(all)
}

fn counted(number: u64, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

fn tell(
    content: &Trusted,
    keystore: &Trusted,
    restored: &Restored,
    before: &Before,
    aside: Option<String>,
    question: &NewerList,
) -> Result<()> {
    let (made, keys) = (stamp(content.manifest.made), stamp(keystore.manifest.made));
    say(format_args!("put back: the content of {made}, the keystore of {keys}"));
    let Replayed { erased, without_key, keys_alone } = restored.replayed;
    let (stones, erased) = (counted(restored.tombstones as u64, "tombstone"), counted(erased, "folder"));
    say(format_args!("{stones}; {erased} erased again before anybody could open them"));
    if let Some(since) = question.since()? {
        say(format_args!(
            "WRONG  this instance had no list of tombstones, and none was given: what was erased after {since} is back. Is a newer list kept elsewhere, restore again with --replace --tombstones FILE. Is there none, delete {}: until then this is said again",
            question.path().display()
        ));
    }
    if without_key > 0 {
        say(format_args!("{} without a key swept: nobody could have read them", counted(without_key, "folder")));
    }
    if keys_alone > 0 {
        say(format_args!("{} without a folder deleted: what they opened came after this content", counted(keys_alone, "key")));
    }
    for Counted { zone, from_backup, now } in &restored.ledgers {
        let was = match before {
            Before::Data(ledgers) => ledgers.iter().find(|(name, _)| name == zone).map(|(_, was)| *was),
            _ => None,
        };
        let lost = was.map(|was| format!("; {was} were here, so {} are lost", was.saturating_sub(*from_backup))).unwrap_or_default();
        say(format_args!("ledger of {zone}: whole, {from_backup} entries from the backup and {} about restoring{lost}", now - from_backup));
    }
    if let Some(aside) = aside {
        say(format_args!("what was here is set aside: {aside}"));
        say("Delete it within 14 days, as a copy of the keystore. `plainsight doctor` reminds you.");
    }
    say(
        "What happened after the backup is undone. Before you start, do again: close the accounts of those who left, reset who lost a password or a device, rotate the keys that were rotated; `plainsight ledger verify --head FILE` with the newest head that you kept says how much is missing.",
    );
    say("Then run `plainsight doctor`, start, and make a backup.");
    Ok(())
}
