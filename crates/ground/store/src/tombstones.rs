//! Tombstones: a list of what was erased, outside the databases, so that a backup from before an erasure does not bring anything
//! back. A line holds a day and a keyed commitment to the id of a folder, and is signed. Who reads the list without the service
//! key learns how many folders were erased on which day, and nothing else. `docs/store.md` has the format.
//!
//! Commitment and signing key come from the *oldest* key of the zone's ring: they stay the same when the ring is rotated, every
//! backup of the instance holds that key (wrapped), and unattended work has it. A commitment is the same each time, so that
//! laying a stone twice is harmless and looking a folder up needs no trial of every line.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use data_encoding::HEXLOWER;
use plainsight_vault::{DataKeyRing, SigningKey};
use thiserror::Error;
use time::Date;
use time::macros::format_description;
use uuid::Uuid;

use crate::backup::{hex, sync_folder};

const CONTEXT: &str = "plainsight/tombstone/1";
/// The first line of every list.
const FIRST: &str = "plainsight-tombstones=1";

/// A list of tombstones that is not what it should be.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum TombstoneError {
    /// The first line is another one.
    #[error("this is no list of tombstones, or one of a newer version: its first line must be {FIRST}")]
    NotAList,
    /// A line that cannot be read.
    #[error("line {line} of the list of tombstones cannot be read")]
    Malformed {
        /// The line's number, from 1.
        line: usize,
    },
    /// A line that this instance did not sign.
    #[error("line {line} of the list of tombstones was not signed by this instance: it was forged, changed, or belongs to another one")]
    BadSignature {
        /// The line's number, from 1.
        line: usize,
    },
}

/// One line of a list. Nobody has checked who signed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tombstone {
    day: Date,
    commitment: [u8; 32],
    signature: [u8; 64],
}

impl Tombstone {
    /// The line, without its end.
    fn to_line(&self) -> String {
        format!("{} {} {}", self.day, HEXLOWER.encode(&self.commitment), HEXLOWER.encode(&self.signature))
    }

    fn parse(line: &str) -> Option<Self> {
        let mut parts = line.split(' ');
        let (day, commitment, signature) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        let tombstone = Self {
            day: Date::parse(day, format_description!("[year]-[month]-[day]")).ok()?,
            commitment: hex(commitment)?,
            signature: hex(signature)?,
        };
        // One way to write each, so that equal stones are equal lines.
        (tombstone.to_line() == line).then_some(tombstone)
    }

    /// The day of the erasure, or of its late finding.
    pub fn day(&self) -> Date {
        self.day
    }
}

/// A list as it was read. Nobody has checked its signatures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UntrustedTombstones {
    stones: Vec<(usize, Tombstone)>,
    torn: bool,
}

impl UntrustedTombstones {
    /// Reads a list. A last line without an end was being written when the machine stopped: the key of its folder was not deleted
    /// yet, so it is passed over. Whatever else is no tombstone is an error.
    ///
    /// # Errors
    /// [`TombstoneError`] names the line.
    pub fn parse(bytes: &[u8]) -> Result<Self, TombstoneError> {
        let (whole, torn) = match bytes.iter().rposition(|byte| *byte == b'\n') {
            Some(end) => (bytes.get(..end).unwrap_or_default(), end + 1 < bytes.len()),
            None => (&[][..], !bytes.is_empty()),
        };
        if bytes.is_empty() || whole.is_empty() && FIRST.as_bytes().starts_with(bytes) {
            return Ok(Self { stones: Vec::new(), torn });
        }
        let mut lines = whole.split(|byte| *byte == b'\n').enumerate();
        if lines.next().map(|(_, line)| line) != Some(FIRST.as_bytes()) {
            return Err(TombstoneError::NotAList);
        }
        let read = |(place, line): (usize, &[u8])| {
            let stone = std::str::from_utf8(line).ok().and_then(Tombstone::parse);
            stone.map(|stone| (place + 1, stone)).ok_or(TombstoneError::Malformed { line: place + 1 })
        };
        Ok(Self { stones: lines.map(read).collect::<Result<_, _>>()?, torn })
    }

    /// How many lines it has.
    pub fn len(&self) -> usize {
        self.stones.len()
    }

    /// Whether it has no line.
    pub fn is_empty(&self) -> bool {
        self.stones.is_empty()
    }

    /// Whether the last line was cut, and passed over.
    pub fn is_torn(&self) -> bool {
        self.torn
    }

    /// The list, if every line was signed with these keys.
    ///
    /// # Errors
    /// [`TombstoneError::BadSignature`] names the first line that was not.
    pub fn trust(self, keys: &TombstoneKeys) -> Result<Tombstones, TombstoneError> {
        let (tombstones, refused) = self.trust_some(keys);
        refused.first().map_or(Ok(tombstones), |line| Err(TombstoneError::BadSignature { line: *line }))
    }

    /// The lines that these keys signed, and the numbers of the others.
    pub fn trust_some(self, keys: &TombstoneKeys) -> (Tombstones, Vec<usize>) {
        let (mut tombstones, mut refused) = (Tombstones::default(), Vec::new());
        for (line, stone) in self.stones {
            if keys.signed(&stone) {
                tombstones.add(stone);
            } else {
                refused.push(line);
            }
        }
        (tombstones, refused)
    }
}

/// Tombstones whose signatures were made or checked here, each folder once.
#[derive(Clone, Debug, Default)]
pub struct Tombstones {
    stones: Vec<Tombstone>,
    commitments: HashSet<[u8; 32]>,
}

impl Tombstones {
    fn add(&mut self, stone: Tombstone) {
        if self.commitments.insert(stone.commitment) {
            self.stones.push(stone);
        }
    }

    /// Takes in another list; gives how many folders were new.
    pub fn merge(&mut self, other: Self) -> usize {
        let before = self.stones.len();
        other.stones.into_iter().for_each(|stone| self.add(stone));
        self.stones.len() - before
    }

    /// How many folders were erased.
    pub fn len(&self) -> usize {
        self.stones.len()
    }

    /// Whether nothing was erased.
    pub fn is_empty(&self) -> bool {
        self.stones.is_empty()
    }

    /// Whether this folder was erased.
    pub fn tell_of(&self, keys: &TombstoneKeys, folder: Uuid) -> bool {
        self.commitments.contains(&keys.commitment(folder))
    }
}

/// What tombstones of one organisation and zone are made and checked with.
#[derive(Clone)]
pub struct TombstoneKeys {
    ring: DataKeyRing,
    place: Vec<u8>,
    signing: SigningKey,
}

impl TombstoneKeys {
    /// The keys that come from the service ring of the zone.
    pub fn new(ring: &DataKeyRing, organisation: Uuid, zone: &str) -> Self {
        let place = [organisation.as_bytes(), zone.as_bytes()].concat();
        let signing = SigningKey::from_bytes(ring.blind("tombstones/signing/1", &place));
        Self { ring: ring.clone(), place, signing }
    }

    fn commitment(&self, folder: Uuid) -> [u8; 32] {
        self.ring.blind("tombstones/folder/1", &[self.place.as_slice(), folder.as_bytes()].concat())
    }

    fn message(&self, day: Date, commitment: &[u8; 32]) -> Vec<u8> {
        [day.to_string().as_bytes(), &self.place, commitment].concat()
    }

    /// The tombstone of a folder that was erased on this day.
    pub fn carve(&self, folder: Uuid, day: Date) -> Tombstone {
        let commitment = self.commitment(folder);
        Tombstone { day, commitment, signature: self.signing.sign(CONTEXT, &self.message(day, &commitment)) }
    }

    fn signed(&self, stone: &Tombstone) -> bool {
        self.signing.verifying_key().verify(CONTEXT, &self.message(stone.day, &stone.commitment), &stone.signature).is_ok()
    }
}

/// The file of the list. Lines are only added; each is on the disk when [`Self::lay`] returns.
#[derive(Clone, Debug)]
pub struct TombstoneFile {
    path: Arc<Path>,
}

impl TombstoneFile {
    /// The list in this file, which need not be there yet.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into().into() }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The list; empty when the file is not there.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn read(&self) -> io::Result<Vec<u8>> {
        match tokio::fs::read(&self.path).await {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            read => read,
        }
    }

    /// Whether a line could be added, without adding one.
    ///
    /// # Errors
    /// When the file cannot be made or written.
    pub async fn check(&self) -> io::Result<()> {
        self.lay(Vec::new()).await
    }

    /// Adds lines, and waits until they are on the disk.
    ///
    /// # Errors
    /// When the file cannot be written: then nothing may be erased.
    pub async fn lay(&self, stones: Vec<Tombstone>) -> io::Result<()> {
        let path = Arc::clone(&self.path);
        tokio::task::spawn_blocking(move || add_lines(&path, &stones)).await.map_err(io::Error::other)?
    }

    /// Adds those of a list that are not in the file; gives how many.
    ///
    /// # Errors
    /// When the file cannot be read or written, or is no list.
    pub async fn lay_missing(&self, list: &Tombstones) -> io::Result<usize> {
        let there = UntrustedTombstones::parse(&self.read().await?).map_err(io::Error::other)?;
        let there: HashSet<[u8; 32]> = there.stones.into_iter().map(|(_, stone)| stone.commitment).collect();
        let missing: Vec<Tombstone> = list.stones.iter().filter(|stone| !there.contains(&stone.commitment)).cloned().collect();
        let count = missing.len();
        self.lay(missing).await?;
        Ok(count)
    }
}

fn add_lines(path: &Path, stones: &[Tombstone]) -> io::Result<()> {
    let fresh = !path.exists();
    let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path)?;
    // The public process and the desk write to one list.
    file.lock()?;
    let end = mend(&mut file)?;
    let mut text = String::new();
    if end == 0 {
        let _ = writeln!(text, "{FIRST}");
    }
    for stone in stones {
        let _ = writeln!(text, "{}", stone.to_line());
    }
    if !text.is_empty() {
        file.seek(SeekFrom::Start(end))?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
    }
    if fresh {
        // A path of one word lies in the folder in which we stand.
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        sync_folder(folder)?;
    }
    Ok(())
}

/// Cuts off a last line that a crash left unfinished: nothing was erased on its word. Gives where the next line begins.
fn mend(file: &mut File) -> io::Result<u64> {
    let mut text = Vec::new();
    let length = file.metadata()?.len();
    // A line is shorter than this.
    let from = length.saturating_sub(512);
    file.seek(SeekFrom::Start(from))?;
    file.read_to_end(&mut text)?;
    match text.iter().rposition(|byte| *byte == b'\n') {
        Some(end) if end + 1 == text.len() => Ok(length),
        Some(end) => {
            let keep = from + u64::try_from(end).map_err(io::Error::other)? + 1;
            file.set_len(keep)?;
            Ok(keep)
        }
        None if length == 0 || from == 0 && FIRST.as_bytes().starts_with(&text) => {
            file.set_len(0)?;
            Ok(0)
        }
        None => Err(io::Error::other(TombstoneError::NotAList)),
    }
}
