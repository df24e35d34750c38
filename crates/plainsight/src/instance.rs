//! An opened instance: its configuration, its records, its organisation and its key files.

use std::fs;
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use uuid::Uuid;

use plainsight_helpline::Cabinet;
use plainsight_people::People;
use plainsight_store::backup::{Held, hold};
use plainsight_store::{Clock, Entropy, Holder, OpenOptions, Store};
use plainsight_vault::InstanceKey;

use crate::config::Config;
use crate::{schema, system};

/// The zones that this program has.
pub(crate) const ZONES: &[&str] = &["helpline"];

/// Read connections of one process.
const READERS: u32 = 4;

/// A running program's view of its instance.
pub(crate) struct Instance {
    pub config: Config,
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub entropy: Arc<dyn Entropy>,
    /// While this is open nobody puts a backup in the place of what we read and write.
    _held: Held,
}

impl Instance {
    /// Opens the records; refuses a database that this program does not know, or that is not up to date.
    pub(crate) async fn open(config: Config) -> Result<Self> {
        let instance = Self::open_unchecked(config).await?;
        instance.store.check_schema(&schema::migrations()).await.context("the database does not fit this program")?;
        Ok(instance)
    }

    /// Opens the records and brings them up to date.
    pub(crate) async fn open_and_migrate(config: Config) -> Result<Self> {
        let instance = Self::open_unchecked(config).await?;
        instance.store.migrate(&schema::migrations()).await.context("the database could not be brought up to date")?;
        Ok(instance)
    }

    async fn open_unchecked(config: Config) -> Result<Self> {
        let address = config.address()?;
        // Before the databases: nobody may look at them while a backup takes their place.
        let held = hold(&address).await.context("the database could not be opened")?;
        let store = Store::open(&address, OpenOptions { read_connections: READERS, ..OpenOptions::default() })
            .await
            .context("the database could not be opened")?;
        Ok(Self { config, store, clock: system::clock(), entropy: system::entropy(), _held: held })
    }

    /// The one organisation of this instance.
    pub(crate) async fn organisation(&self) -> Result<Uuid> {
        let mut all = plainsight_people::acts::organisation::list_organisations(&self.store).await?;
        match (all.pop(), all.is_empty()) {
            (Some((organisation, _)), true) => Ok(organisation),
            (None, _) => bail!("this instance has no organisation yet: run `plainsight organisation add`"),
            (Some(_), false) => bail!("this database holds several organisations; each needs an instance of its own"),
        }
    }

    pub(crate) fn public_key(&self) -> Result<InstanceKey> {
        read_key(&self.config.keys.public)
    }

    pub(crate) fn desk_key(&self) -> Result<InstanceKey> {
        read_key(&self.config.keys.desk)
    }

    /// The members of the organisation; needs the desk's key.
    pub(crate) async fn people(&self) -> Result<People> {
        let organisation = self.organisation().await?;
        let key = self.desk_key()?;
        People::open(&self.store, organisation, &key, self.clock.clone(), self.entropy.clone(), plainsight_people::Settings::default())
            .await
            .context("the members could not be opened: is this the right desk key?")
    }

    /// The helpline's records, with the service key that the holder's file opens.
    pub(crate) async fn cabinet(&self, holder: Holder) -> Result<Cabinet> {
        let organisation = self.organisation().await?;
        let key = match holder {
            Holder::Public => self.public_key()?,
            Holder::Desk => self.desk_key()?,
        };
        let (clock, entropy) = (self.clock.clone(), self.entropy.clone());
        Cabinet::open(&self.store, organisation, (holder, &key), clock, entropy, self.config.tombstones())
            .await
            .context("the helpline's service key does not open: is this the right key file?")
    }
}

/// Reads a key file; refuses one that others may read.
pub(crate) fn read_key(file: &Path) -> Result<InstanceKey> {
    let about = fs::metadata(file).with_context(|| format!("there is no key file {}: run `plainsight init`", file.display()))?;
    if about.permissions().mode() & 0o077 != 0 {
        bail!("others may read the key file {}: run `chmod 600 {}`", file.display(), file.display());
    }
    let text = zeroize::Zeroizing::new(fs::read_to_string(file).with_context(|| format!("could not read {}", file.display()))?);
    InstanceKey::from_text(&text).with_context(|| format!("{} is not a key file", file.display()))
}

/// Makes a key file unless it is there.
pub(crate) fn ensure_key(file: &Path, entropy: &dyn Entropy) -> Result<bool> {
    if file.exists() {
        read_key(file)?;
        return Ok(false);
    }
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).with_context(|| format!("could not make the folder {}", folder.display()))?;
    }
    let key = InstanceKey::generate(&mut entropy.rng());
    let mut options = fs::OpenOptions::new();
    let mut made =
        options.write(true).create_new(true).mode(0o600).open(file).with_context(|| format!("could not write {}", file.display()))?;
    made.write_all(key.to_text().as_bytes())?;
    made.write_all(b"\n")?;
    made.sync_all()?;
    Ok(true)
}
