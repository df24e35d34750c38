//! The handle on one organisation's members that acts and screens share.

use std::sync::Arc;

use plainsight_ledger::{Actor, Entry, Ledger};
use plainsight_store::{Clock, Entropy, Holder, Store, Tx, load_service_ring};
use plainsight_vault::column::{ColumnPlace, DataKeyRing};
use plainsight_vault::instance::InstanceKey;
use plainsight_vault::password::PasswordCost;
use rand::rngs::StdRng;
use sea_orm::DatabaseConnection;
use time::OffsetDateTime;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::audit::Book;
use crate::challenge::Challenges;
use crate::desk_memory::DeskMemory;
use crate::error::ActError;
use crate::passwords::Passwords;
use crate::pause::{Pause, RealPause};
use crate::roles::ZONE;

/// One organisation's members, teams and sessions, with the key that opens their service-sealed columns.
///
/// Cheap to clone. It holds no key of any member: those are in [`DeskMemory`] while somebody is unlocked.
#[derive(Clone)]
pub struct People(Arc<Inner>);

struct Inner {
    store: Store,
    organisation: Uuid,
    ring: DataKeyRing,
    ledger: Ledger,
    passwords: Arc<Passwords>,
    memory: DeskMemory,
    challenges: Challenges,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    pause: Arc<dyn Pause>,
}

impl std::fmt::Debug for People {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("People").field("organisation", &self.0.organisation).finish_non_exhaustive()
    }
}

/// How costly a password is to try, and how a delay is waited for. [`Settings::default`] is the real thing.
pub struct Settings {
    /// Argon2 cost of newly wrapped secrets.
    pub cost: PasswordCost,
    /// How the delay after failed sign-ins passes.
    pub pause: Arc<dyn Pause>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { cost: PasswordCost::default(), pause: Arc::new(RealPause) }
    }
}

impl Settings {
    /// Light passwords and no waiting. Only for tests: such a password is cheap to guess.
    #[must_use]
    pub fn light_for_tests(pause: Arc<dyn Pause>) -> Self {
        Self { cost: PasswordCost::light_for_tests_only(), pause }
    }
}

impl People {
    /// Opens the members of an organisation with the desk's instance key.
    ///
    /// # Errors
    /// When the database is away, or the key is not this organisation's.
    pub async fn open(
        store: &Store,
        organisation: Uuid,
        desk_key: &InstanceKey,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        settings: Settings,
    ) -> Result<Self, ActError> {
        let ring = load_service_ring(store.content().read(), organisation, ZONE, Holder::Desk, desk_key).await?;
        let passwords = Arc::new(Passwords::new(settings.cost, desk_key.pepper(), &mut entropy.rng())?);
        Ok(Self(Arc::new(Inner {
            store: store.clone(),
            organisation,
            ledger: Ledger::new(ring.clone()),
            ring,
            passwords,
            memory: DeskMemory::default(),
            challenges: Challenges::new(&mut entropy.rng()),
            clock,
            entropy,
            pause: settings.pause,
        })))
    }

    /// The organisation.
    #[must_use]
    pub fn organisation(&self) -> Uuid {
        self.0.organisation
    }

    /// The unlocked sessions.
    #[must_use]
    pub fn memory(&self) -> &DeskMemory {
        &self.0.memory
    }

    /// The challenges that passkeys answer.
    pub(crate) fn challenges(&self) -> &Challenges {
        &self.0.challenges
    }

    /// How many passwords have been stretched to open a secret. Sign-in costs one, whatever was wrong.
    #[must_use]
    pub fn password_work(&self) -> u64 {
        self.0.passwords.calls()
    }

    /// The time now, from the clock that was given.
    #[must_use]
    pub fn now(&self) -> OffsetDateTime {
        self.0.clock.now()
    }

    pub(crate) fn store(&self) -> &Store {
        &self.0.store
    }

    pub(crate) fn read(&self) -> &DatabaseConnection {
        self.0.store.content().read()
    }

    pub(crate) fn passwords(&self) -> &Arc<Passwords> {
        &self.0.passwords
    }

    pub(crate) fn pause(&self) -> &dyn Pause {
        self.0.pause.as_ref()
    }

    pub(crate) fn rng(&self) -> StdRng {
        self.0.entropy.rng()
    }

    pub(crate) fn new_id(&self) -> Uuid {
        let mut bytes = [0_u8; 16];
        rand_core::Rng::fill_bytes(&mut self.rng(), &mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }

    fn place<'a>(&self, table: &'a str, row: Uuid, column: &'a str) -> ColumnPlace<'a> {
        ColumnPlace { organisation: self.0.organisation, zone: ZONE, table, row, column }
    }

    /// Seals a service column of this room.
    pub(crate) fn seal(&self, table: &str, row: Uuid, column: &str, plain: &[u8]) -> Vec<u8> {
        self.0.ring.seal(&self.place(table, row, column), plain, &mut self.rng())
    }

    /// Opens a service column of this room.
    pub(crate) fn unseal(&self, table: &'static str, row: Uuid, column: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, ActError> {
        self.0.ring.open(&self.place(table, row, column), sealed).map_err(|_| ActError::Sealed(table))
    }

    /// A keyed hash under this room's key: for look-ups and for proofs that the desk wrote a row.
    pub(crate) fn blind(&self, label: &str, value: &[u8]) -> [u8; 32] {
        self.0.ring.blind(label, value)
    }

    /// Whether a stored proof is ours.
    pub(crate) fn is_proven(&self, label: &str, value: &[u8], proof: &[u8]) -> bool {
        use subtle::ConstantTimeEq as _;
        self.blind(label, value).ct_eq(proof).into()
    }

    /// The chain of this room. Its records are members and teams, who have names; any other is called by the beginning of its id.
    pub(crate) fn book(&self) -> Book {
        let reference = |_: &str, id: Uuid| id.simple().to_string().chars().take(8).collect();
        Book { zone: ZONE, ledger: self.0.ledger.clone(), acts: crate::act_codes(), reference }
    }

    /// One ledger entry in this room's chain, inside the act's transaction. Codes and ids only, never a name.
    pub(crate) async fn note(
        &self,
        tx: &Tx,
        actor: Actor,
        act: &str,
        record: Option<Uuid>,
        detail: serde_json::Value,
    ) -> Result<(), ActError> {
        let entry = Entry { organisation: self.0.organisation, zone: ZONE, at: self.now(), actor, act, record, detail };
        self.0.ledger.append(tx, &entry, &mut self.rng()).await?;
        Ok(())
    }
}
