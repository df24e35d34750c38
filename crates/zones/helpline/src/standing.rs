//! What holds of the operator's own words: routes, promises, clocks. The file on the server is the base; changes from a page are
//! versions of its text in the database, each made on the text that held then.
//!
//! A version holds as long as the file is the one on which the version stands. Whoever changes the file on the server means it:
//! from the next start on the file holds, the page says so, and no version is lost. So neither ever loses in silence.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use uuid::Uuid;

use plainsight_vault::{SigningKey, VerifyingKey};
use plainsight_vocabulary::{Jurisdiction, OperatorEdit, OperatorFacts};

use crate::cabinet::Cabinet;
use crate::records::settings;
use crate::screens::public::cache::Pages;
use crate::site::PublicSettings;
use crate::trouble::Trouble;

/// Makes settings of what the operator states.
pub type MakeSettings = Arc<dyn Fn(&OperatorFacts) -> Result<PublicSettings, String> + Send + Sync>;

/// The operator's file as this process read it when it started.
#[derive(Clone)]
pub struct OperatorFile {
    /// Its name, for messages.
    pub name: String,
    pub text: String,
    pub make: MakeSettings,
}

/// What a version came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Made {
    Edit(OperatorEdit),
    /// This earlier version was brought back.
    Again(i64),
}

/// The operator's words as a page left them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Version {
    pub(crate) number: i64,
    pub(crate) made: Made,
    /// The whole text, as the file would be.
    pub(crate) text: String,
    /// The fingerprint of the file on which it stands.
    pub(crate) base: String,
    pub(crate) by: Uuid,
    /// Who confirmed it, where two must look.
    pub(crate) second: Option<Uuid>,
    #[serde(with = "time::serde::timestamp")]
    pub(crate) at: OffsetDateTime,
}

/// A change that waits for a second person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Proposal {
    pub(crate) made: Made,
    pub(crate) by: Uuid,
    #[serde(with = "time::serde::timestamp")]
    pub(crate) at: OffsetDateTime,
}

/// Which of the two holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// Nobody changed anything from a page.
    File,
    Version,
    /// The file on the server is another than the one on which the newest version stands.
    FileIsNewer,
    /// The newest version does not fit this program any more, for this reason: the file holds.
    DoesNotFit(String),
}

/// The fingerprint of a text.
pub(crate) fn fingerprint(text: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(text.as_bytes()))
}

/// Which of file and newest version holds. A file that was written from the version says the same as it.
pub(crate) fn which(file: &str, newest: Option<&Version>) -> Holds {
    match newest {
        None => Holds::File,
        Some(version) if version.base == fingerprint(file) || version.text == file => Holds::Version,
        Some(_) => Holds::FileIsNewer,
    }
}

/// What holds at a moment.
pub(crate) struct Held {
    pub(crate) settings: Arc<PublicSettings>,
    /// Pages that were made of it.
    pub(crate) pages: Arc<Pages>,
    pub(crate) text: String,
    pub(crate) holds: Holds,
    /// The newest version that was seen, whether it holds or not.
    pub(crate) newest: i64,
}

/// What holds, shared by all who ask; it can change while the program runs.
#[derive(Clone)]
pub struct Standing {
    file: Option<Arc<OperatorFile>>,
    held: Arc<RwLock<Arc<Held>>>,
}

impl fmt::Debug for Standing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Standing").finish_non_exhaustive()
    }
}

/// Settings that nothing changes, as tests have them.
impl From<PublicSettings> for Standing {
    fn from(settings: PublicSettings) -> Self {
        Self::of(None, settings)
    }
}

impl OperatorFile {
    /// The settings that a text gives in the place of the file's own.
    fn settings(&self, text: &str) -> Result<PublicSettings, String> {
        let facts = OperatorFacts::parse(&self.name, text).map_err(|error| error.to_string())?;
        (self.make)(&facts)
    }
}

impl Standing {
    fn of(file: Option<Arc<OperatorFile>>, settings: PublicSettings) -> Self {
        let text = file.as_ref().map(|file| file.text.clone()).unwrap_or_default();
        let held = Held { settings: Arc::new(settings), pages: Arc::default(), text, holds: Holds::File, newest: 0 };
        Self { file, held: Arc::new(RwLock::new(Arc::new(held))) }
    }

    /// Begins with the file, and takes what pages changed over it.
    ///
    /// # Errors
    /// When the file does not hold: its words say what to mend; and failures of the database.
    pub async fn begin(file: OperatorFile, cabinet: &Cabinet) -> Result<Result<Self, String>, Trouble> {
        let settings = match file.settings(&file.text) {
            Ok(settings) => settings,
            Err(error) => return Ok(Err(error)),
        };
        let standing = Self::of(Some(Arc::new(file)), settings);
        standing.catch_up(cabinet).await?;
        Ok(Ok(standing))
    }

    pub(crate) fn now(&self) -> Arc<Held> {
        self.held.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The settings that hold now.
    pub fn settings(&self) -> Arc<PublicSettings> {
        self.now().settings.clone()
    }

    /// The text of the operator's file as it holds now, and in words where it is from.
    pub fn text(&self) -> (String, String) {
        let held = self.now();
        let from = match &held.holds {
            Holds::File => "the file on the server; nothing was changed at the desk".to_owned(),
            Holds::Version => format!("version {} of the desk, over the file on the server", held.newest),
            Holds::FileIsNewer => format!("the file on the server, which was changed after version {} of the desk", held.newest),
            Holds::DoesNotFit(why) => format!("the file on the server; version {} of the desk does not fit: {why}", held.newest),
        };
        (held.text.clone(), from)
    }

    /// Whether the operator states nothing at all.
    #[must_use]
    pub fn file_is_empty(&self) -> bool {
        self.file.as_ref().is_some_and(|file| file.text.trim().is_empty())
    }

    pub(crate) fn file(&self) -> Option<&OperatorFile> {
        self.file.as_deref()
    }

    /// A mark of the file that this process began with, the same for whoever holds the service's key.
    pub(crate) fn mark(&self, cabinet: &Cabinet) -> Option<String> {
        let file = self.file.as_ref()?;
        Some(data_encoding::HEXLOWER.encode(&cabinet.ring.blind("helpline/operator file/1", file.text.as_bytes())))
    }

    /// Tells the desk with which file the report site began. Called by the public process when it starts.
    ///
    /// # Errors
    /// Failures of the database.
    pub async fn tell_desk(&self, cabinet: &Cabinet) -> Result<(), Trouble> {
        crate::acts::settings::note_public_file(cabinet, self).await
    }

    /// The settings that a text gives.
    pub(crate) fn make(&self, text: &str) -> Result<PublicSettings, String> {
        self.file.as_ref().ok_or("there is no file to begin with")?.settings(text)
    }

    /// Takes over what was changed from a page since the last look; asks for one number when nothing was.
    ///
    /// # Errors
    /// Failures of the database; what held goes on holding.
    pub async fn catch_up(&self, cabinet: &Cabinet) -> Result<(), Trouble> {
        let Some(file) = &self.file else { return Ok(()) };
        let database = cabinet.store.content().read();
        let newest = settings::newest(database, cabinet.organisation).await?;
        let before = self.now().newest;
        if newest == before {
            return Ok(());
        }
        if newest < before {
            // Nobody takes a version back by deleting its row: what held goes on holding.
            tracing::error!(newest, before, "versions of the settings are gone from the database");
            return Ok(());
        }
        let row = settings::find(database, cabinet.organisation, newest).await?.ok_or(Trouble::Meanwhile)?;
        let (changed, holds) = match Version::open(cabinet, &row) {
            Ok(version) => match which(&file.text, Some(&version)) {
                Holds::Version => match file.settings(&version.text) {
                    Ok(settings) => (Some((settings, version.text)), Holds::Version),
                    Err(why) => (None, Holds::DoesNotFit(why)),
                },
                other => (None, other),
            },
            // What held goes on holding.
            Err(error) if before > 0 => return Err(error),
            // One damaged row keeps neither the report site nor the desk from starting.
            Err(error) => (None, Holds::DoesNotFit(error.to_string())),
        };
        match &holds {
            Holds::DoesNotFit(why) => {
                tracing::error!(%why, version = newest, "what was changed at the desk does not fit; the operator's file holds");
            }
            Holds::FileIsNewer => {
                tracing::warn!(version = newest, "the operator's file was changed since this version was made at the desk; the file holds");
            }
            Holds::File | Holds::Version => {}
        }
        let of_file = || Ok((file.settings(&file.text).map_err(|_| Trouble::Damaged("the operator's file"))?, file.text.clone()));
        let (settings, text) = changed.map_or_else(of_file, Ok::<_, Trouble>)?;
        let held = Held { settings: Arc::new(settings), pages: Arc::default(), text, holds, newest };
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(held);
        Ok(())
    }
}

impl Version {
    pub(crate) fn open(cabinet: &Cabinet, row: &settings::Model) -> Result<Self, Trouble> {
        let opened = cabinet.ring.open(&cabinet.column("helpline_settings", row.id, "sealed"), &row.sealed)?;
        let version: Self = serde_json::from_slice(&opened).map_err(|_| Trouble::Damaged("a version of the settings"))?;
        // Under another number it would be an old version that somebody put in the place of the newest.
        if version.number == row.number { Ok(version) } else { Err(Trouble::Damaged("a version of the settings")) }
    }

    pub(crate) fn seal(&self, cabinet: &Cabinet) -> Result<settings::Model, Trouble> {
        let (id, text) = (cabinet.new_id(), serde_json::to_vec(self).map_err(|_| Trouble::Damaged("a version of the settings"))?);
        let sealed = cabinet.ring.seal(&cabinet.column("helpline_settings", id, "sealed"), &text, &mut cabinet.rng());
        Ok(settings::Model { organisation: cabinet.organisation, number: self.number, id, sealed })
    }
}

/// What whoever proposes a change signs.
const SIGNED: &str = "helpline.settings-proposal";

/// A change that waits, as it is stored: its text and whose key signed that.
#[derive(Serialize, Deserialize)]
struct SignedProposal {
    text: String,
    signature: String,
}

impl Proposal {
    pub(crate) fn open(cabinet: &Cabinet, row: &settings::proposals::Model) -> Result<Self, Trouble> {
        let (text, _) = stored(cabinet, row)?;
        serde_json::from_slice(&text).map_err(|_| Trouble::Damaged("a change that waits"))
    }

    /// Whether this key signed it. The service's key seals it: whoever has that and the database could put words into the mouth of
    /// somebody, and be the second to say yes.
    pub(crate) fn is_signed(cabinet: &Cabinet, row: &settings::proposals::Model, key: &VerifyingKey) -> Result<bool, Trouble> {
        let (text, signature) = stored(cabinet, row)?;
        Ok(signature.is_some_and(|signature| key.verify(SIGNED, &place(cabinet, row.id, &text), &signature).is_ok()))
    }

    pub(crate) fn seal(&self, cabinet: &Cabinet, id: Uuid, key: &SigningKey) -> Result<settings::proposals::Model, Trouble> {
        let damaged = |_| Trouble::Damaged("a change that waits");
        let text = serde_json::to_string(self).map_err(damaged)?;
        let signature = data_encoding::HEXLOWER.encode(&key.sign(SIGNED, &place(cabinet, id, text.as_bytes())));
        let signed = serde_json::to_vec(&SignedProposal { text, signature }).map_err(damaged)?;
        let sealed = cabinet.ring.seal(&cabinet.column("helpline_proposals", id, "sealed"), &signed, &mut cabinet.rng());
        Ok(settings::proposals::Model { organisation: cabinet.organisation, id, sealed })
    }
}

/// What is signed is bound to its place: under another id it is nothing.
fn place(cabinet: &Cabinet, id: Uuid, text: &[u8]) -> Vec<u8> {
    [cabinet.organisation.as_bytes().as_slice(), id.as_bytes(), text].concat()
}

/// The text of a change that waits, and its signature. Those from before they were signed have none.
fn stored(cabinet: &Cabinet, row: &settings::proposals::Model) -> Result<(Vec<u8>, Option<[u8; 64]>), Trouble> {
    let opened = cabinet.ring.open(&cabinet.column("helpline_proposals", row.id, "sealed"), &row.sealed)?;
    let Ok(signed) = serde_json::from_slice::<SignedProposal>(&opened) else { return Ok((opened.to_vec(), None)) };
    let signature = data_encoding::HEXLOWER.decode(signed.signature.as_bytes()).ok().and_then(|bytes| bytes.try_into().ok());
    Ok((signed.text.into_bytes(), signature))
}

/// What is shipped and what the operator states, all jurisdictions: for weighing a change.
pub(crate) fn all_routes(name: &str, text: &str) -> Result<Vec<Jurisdiction>, plainsight_vocabulary::FileError> {
    OperatorFacts::parse(name, text)?.apply(plainsight_vocabulary::jurisdictions())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str, base: &str) -> Version {
        let (by, at) = (Uuid::nil(), OffsetDateTime::UNIX_EPOCH);
        Version { number: 1, made: Made::Again(0), text: text.into(), base: fingerprint(base), by, second: None, at }
    }

    #[test]
    fn a_version_holds_over_the_file_on_which_it_stands_and_over_no_other() {
        assert_eq!(which("file", None), Holds::File);
        assert_eq!(which("file", Some(&version("changed", "file"))), Holds::Version);
        assert_eq!(which("a newer file", Some(&version("changed", "file"))), Holds::FileIsNewer);
        assert_eq!(which("changed", Some(&version("changed", "file"))), Holds::Version, "the version was written into the file");
    }
}
