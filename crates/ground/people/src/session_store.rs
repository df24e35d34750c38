//! Where tower-sessions keeps its sessions: our own table, through the store room.
//!
//! The row's key is SHA-256 of the session id, its data is sealed, and its end is ours: ten hours from the first
//! request, by the clock that was given, whatever the library thinks.

use async_trait::async_trait;
use rand_core::Rng as _;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use tower_sessions::{Session, SessionStore};
use uuid::Uuid;

use crate::desk_memory::{SESSION_END, SessionKey};
use crate::error::ActError;
use crate::records::sessions;
use crate::registry::People;

/// The one value a session holds.
pub(crate) const WHO: &str = "who";
/// How long an ended row stays, only to say whose late form may be kept.
pub(crate) const REMEMBERED: time::Duration = time::Duration::hours(24);

/// Whose session it is. No key, no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Who {
    pub(crate) member: Uuid,
    /// Counts resets and removals; a session of an older generation is dead.
    pub(crate) generation: i32,
}

impl SessionKey {
    /// The key of a session id.
    #[must_use]
    pub fn of(id: Id) -> Self {
        Self(Sha256::digest(id.0.to_le_bytes()).into())
    }

    /// The first half, as the row id that the sealed data is bound to.
    fn row(self) -> Uuid {
        let mut bytes = [0_u8; 16];
        bytes.copy_from_slice(&self.0[..16]);
        Uuid::from_bytes(bytes)
    }
}

/// Sessions in the store room.
#[derive(Clone, Debug)]
pub(crate) struct SessionRows(pub(crate) People);

fn backend(error: impl std::fmt::Display) -> Error {
    Error::Backend(error.to_string())
}

impl SessionRows {
    fn seal(&self, key: SessionKey, record: &Record) -> Result<Vec<u8>> {
        let plain = serde_json::to_vec(&record.data).map_err(|error| Error::Encode(error.to_string()))?;
        Ok(self.0.seal("sessions", key.row(), "data", &plain))
    }

    async fn row(&self, key: SessionKey) -> std::result::Result<Option<sessions::Model>, ActError> {
        Ok(sessions::find(self.0.read(), self.0.organisation(), &key.0).await?)
    }

    /// Whose session an id was, if it ended less than a day ago or has not ended.
    pub(crate) async fn whose(&self, id: Id) -> std::result::Result<Option<Uuid>, ActError> {
        let forgotten = (self.0.now() - REMEMBERED).unix_timestamp();
        Ok(self.row(SessionKey::of(id)).await?.filter(|row| row.ends > forgotten).map(|row| row.member))
    }

    /// When a session ends.
    pub(crate) async fn ends(&self, key: SessionKey) -> std::result::Result<Option<OffsetDateTime>, ActError> {
        Ok(self.row(key).await?.and_then(|row| OffsetDateTime::from_unix_timestamp(row.ends).ok()))
    }
}

#[async_trait]
impl SessionStore for SessionRows {
    async fn create(&self, record: &mut Record) -> Result<()> {
        // The id comes from the randomness that was given, not from the library's own.
        let mut id = [0_u8; 16];
        self.0.rng().fill_bytes(&mut id);
        record.id = Id(i128::from_le_bytes(id));
        let who: Who = record
            .data
            .get(WHO)
            .cloned()
            .and_then(|value| serde_json::from_value(value).ok())
            .ok_or_else(|| Error::Encode("a session belongs to a member".to_owned()))?;
        let ends = self.0.now() + SESSION_END;
        record.expiry_date = ends;
        let key = SessionKey::of(record.id);
        let row = sessions::Model {
            organisation: self.0.organisation(),
            key: key.0.to_vec(),
            member: who.member,
            ends: ends.unix_timestamp(),
            data: self.seal(key, record)?,
        };
        self.0
            .store()
            .content()
            .tx("people.session_create", move |tx| {
                let row = row.clone();
                Box::pin(async move { Ok::<(), ActError>(sessions::insert(tx, row).await?) })
            })
            .await
            .map_err(backend)
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let key = SessionKey::of(record.id);
        let (organisation, data) = (self.0.organisation(), self.seal(key, record)?);
        self.0
            .store()
            .content()
            .tx("people.session_save", move |tx| {
                let data = data.clone();
                Box::pin(async move { Ok::<(), ActError>(sessions::save(tx, organisation, &key.0, data).await?) })
            })
            .await
            .map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let key = SessionKey::of(*id);
        let now = self.0.now().unix_timestamp();
        let Some(row) = self.row(key).await.map_err(backend)?.filter(|row| row.ends > now) else {
            return Ok(None);
        };
        let plain = self.0.unseal("sessions", key.row(), "data", &row.data).map_err(backend)?;
        let data = serde_json::from_slice(&plain).map_err(|error| Error::Decode(error.to_string()))?;
        let expiry_date = OffsetDateTime::from_unix_timestamp(row.ends).map_err(backend)?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let key = SessionKey::of(*id);
        let (organisation, now) = (self.0.organisation(), self.0.now().unix_timestamp());
        self.0
            .store()
            .content()
            .tx("people.session_end", move |tx| {
                Box::pin(async move { Ok::<(), ActError>(sessions::end(tx, organisation, &key.0, now).await?) })
            })
            .await
            .map_err(backend)
    }
}

/// Whose session this is, if it is live.
pub(crate) async fn who(session: &Session) -> std::result::Result<Option<Who>, tower_sessions::session::Error> {
    session.get(WHO).await
}

/// Forgets sessions that ended more than a day ago. Returns how many.
///
/// # Errors
/// Failures of the database.
pub async fn forget_ended(people: &People) -> std::result::Result<u64, ActError> {
    let (organisation, before) = (people.organisation(), (people.now() - REMEMBERED).unix_timestamp());
    people
        .store()
        .content()
        .tx("people.sessions_forget", move |tx| {
            Box::pin(async move { Ok::<u64, ActError>(sessions::delete_ended_before(tx, organisation, before).await?) })
        })
        .await
}
