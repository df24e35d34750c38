//! What a backup says of itself: a text file, one `key=value` a line, signed. `docs/store.md` has the format.

use std::fmt::Write as _;

use data_encoding::HEXLOWER;
use plainsight_vault::{SigningKey, VerifyingKey};
use thiserror::Error;
use time::OffsetDateTime;
use time::macros::format_description;

use crate::migrate::Which;

const CONTEXT: &str = "plainsight/backup-manifest/1";
const FIRST: &str = "plainsight-backup=1";

/// A manifest that is not what it should be.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum ManifestError {
    /// The first line is another one.
    #[error("this is no manifest of a backup, or one of a newer version: its first line must be {FIRST}")]
    NotAManifest,
    /// A line that cannot be read, is missing, or does not belong there.
    #[error("line {line} of the manifest cannot be read; it should be {due}=...")]
    Malformed {
        /// The line's number, from 1.
        line: usize,
        /// What should stand there.
        due: &'static str,
    },
    /// Signed by another key than the one that is trusted.
    #[error("the backup was made by another instance, or with another desk key")]
    OtherKey,
    /// The signature does not belong to the text.
    #[error("the signature does not fit: the manifest was changed")]
    BadSignature,
}

/// Which kind of database the files come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Two database files.
    Sqlite,
    /// Two files of rows, as `COPY` writes them.
    Postgres,
}

impl Kind {
    /// The word in the manifest.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }

    /// The name of a database's file.
    pub fn file(self, which: Which) -> &'static str {
        match (self, which) {
            (Self::Sqlite, Which::Content) => "content.sqlite",
            (Self::Sqlite, Which::Keystore) => "keystore.sqlite",
            (Self::Postgres, Which::Content) => "content.rows",
            (Self::Postgres, Which::Keystore) => "keystore.rows",
        }
    }
}

/// The name of the copied list of tombstones.
pub const TOMBSTONES: &str = "tombstones";

/// One file of a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its size.
    pub bytes: u64,
    /// SHA-256.
    pub hash: [u8; 32],
}

/// The copy of one database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// Its file.
    pub part: Part,
    /// The migrations that had been applied, in the order of their names.
    pub schema: Vec<String>,
    /// How many rows each table has.
    pub rows: Vec<(String, u64)>,
}

impl Copied {
    /// The rows of all tables but that of the migrations, which is no record of anything.
    pub fn total(&self) -> u64 {
        self.rows.iter().filter(|(table, _)| table != crate::migrate::TABLE).map(|(_, rows)| *rows).sum()
    }
}

/// What a backup says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// When it was begun, to the second.
    pub made: OffsetDateTime,
    /// The program that made it.
    pub program: String,
    /// Which kind of database it comes from.
    pub kind: Kind,
    /// The copy of the content.
    pub content: Copied,
    /// The copy of the keystore.
    pub keystore: Copied,
    /// The copy of the list of tombstones.
    pub tombstones: Part,
}

/// A manifest as it was read: nobody has checked who signed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UntrustedManifest {
    manifest: Manifest,
    key: [u8; 32],
    signature: [u8; 64],
}

impl Manifest {
    /// The copy of one of the databases.
    pub fn copied(&self, which: Which) -> &Copied {
        match which {
            Which::Content => &self.content,
            Which::Keystore => &self.keystore,
        }
    }

    /// Everything above the signature.
    fn body(&self) -> String {
        let mut text = format!("{FIRST}\nmade={}\nprogram={}\nkind={}\n", stamp(self.made), self.program, self.kind.as_str());
        for (name, copied) in [("content", &self.content), ("keystore", &self.keystore)] {
            let Part { bytes, hash } = &copied.part;
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{name}={bytes} {}", HEXLOWER.encode(hash));
            for migration in &copied.schema {
                let _ = writeln!(text, "schema={migration}");
            }
            for (table, rows) in &copied.rows {
                let _ = writeln!(text, "rows={table} {rows}");
            }
        }
        let _ = writeln!(text, "tombstones={} {}", self.tombstones.bytes, HEXLOWER.encode(&self.tombstones.hash));
        text
    }

    /// The signed text.
    pub fn sign(&self, key: &SigningKey) -> String {
        let body = self.body();
        let signature = HEXLOWER.encode(&key.sign(CONTEXT, body.as_bytes()));
        format!("{body}key={}\nsignature={signature}\n", HEXLOWER.encode(&key.verifying_key().to_bytes()))
    }
}

/// How the time of a backup is written, in its manifest and in the name of its folder.
pub fn stamp(made: OffsetDateTime) -> String {
    let format = format_description!("[year]-[month]-[day]T[hour][minute][second]Z");
    made.to_offset(time::UtcOffset::UTC).format(format).unwrap_or_default()
}

/// The time that [`stamp`] wrote.
pub fn unstamp(text: &str) -> Option<OffsetDateTime> {
    let format = format_description!("[year]-[month]-[day]T[hour][minute][second]Z");
    let made = time::PrimitiveDateTime::parse(text, format).ok()?.assume_utc();
    (stamp(made) == text).then_some(made)
}

impl UntrustedManifest {
    /// Reads a manifest.
    ///
    /// # Errors
    /// [`ManifestError`] names the line.
    pub fn parse(text: &str) -> Result<Self, ManifestError> {
        let mut lines = Lines { rest: text, number: 0 };
        if lines.rest.lines().next() != Some(FIRST) {
            return Err(ManifestError::NotAManifest);
        }
        lines.take("plainsight-backup", |text| (text == "1").then_some(()))?;
        let made = lines.take("made", unstamp)?;
        let program = lines.take("program", |text| text.bytes().all(|byte| byte.is_ascii_graphic()).then(|| text.to_owned()))?;
        let kind = lines.take("kind", |text| [Kind::Sqlite, Kind::Postgres].into_iter().find(|kind| kind.as_str() == text))?;
        let content = lines.copied("content")?;
        let keystore = lines.copied("keystore")?;
        let tombstones = lines.take("tombstones", part)?;
        let key = lines.take("key", hex)?;
        let signature = lines.take("signature", hex)?;
        lines.end()?;
        Ok(Self { manifest: Manifest { made, program, kind, content, keystore, tombstones }, key, signature })
    }

    /// What it says, though anybody could have written it: for showing what lies there.
    pub fn unchecked(&self) -> &Manifest {
        &self.manifest
    }

    /// The manifest, if `key` signed it.
    ///
    /// # Errors
    /// [`ManifestError::OtherKey`] or [`ManifestError::BadSignature`].
    pub fn trust(self, key: &VerifyingKey) -> Result<Manifest, ManifestError> {
        if self.key != key.to_bytes() {
            return Err(ManifestError::OtherKey);
        }
        // There is one way to write a manifest: what was read gives the text that was signed.
        let body = self.manifest.body();
        key.verify(CONTEXT, body.as_bytes(), &self.signature).map_err(|_| ManifestError::BadSignature)?;
        Ok(self.manifest)
    }
}

struct Lines<'a> {
    rest: &'a str,
    number: usize,
}

impl<'a> Lines<'a> {
    /// The value of the next line, if it has this name.
    fn peek(&self, name: &str) -> Option<(&'a str, &'a str)> {
        let (line, rest) = self.rest.split_once('\n')?;
        Some((line.strip_prefix(name)?.strip_prefix('=')?, rest))
    }

    fn take<T>(&mut self, due: &'static str, read: impl FnOnce(&'a str) -> Option<T>) -> Result<T, ManifestError> {
        self.number += 1;
        let wrong = ManifestError::Malformed { line: self.number, due };
        let (value, rest) = self.peek(due).ok_or(wrong.clone())?;
        self.rest = rest;
        read(value).ok_or(wrong)
    }

    fn copied(&mut self, name: &'static str) -> Result<Copied, ManifestError> {
        let part = self.take(name, part)?;
        let (mut schema, mut rows) = (Vec::new(), Vec::new());
        while self.peek("schema").is_some() {
            schema.push(self.take("schema", |text| named(text, "/").then(|| text.to_owned()))?);
        }
        while self.peek("rows").is_some() {
            rows.push(self.take("rows", |text| {
                let (table, rows) = text.split_once(' ')?;
                named(table, "").then_some((table.to_owned(), number(rows)?))
            })?);
        }
        Ok(Copied { part, schema, rows })
    }

    fn end(&mut self) -> Result<(), ManifestError> {
        if self.rest.is_empty() { Ok(()) } else { Err(ManifestError::Malformed { line: self.number + 1, due: "the end" }) }
    }
}

/// Letters, digits and `_`, and what else is allowed.
pub(super) fn named(text: &str, more: &str) -> bool {
    !text.is_empty() && text.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_' || more.contains(letter))
}

/// A number as we write it.
fn number(text: &str) -> Option<u64> {
    text.parse().ok().filter(|number: &u64| number.to_string() == text)
}

fn part(text: &str) -> Option<Part> {
    let (bytes, hash) = text.split_once(' ')?;
    Some(Part { bytes: number(bytes)?, hash: hex(hash)? })
}

pub(crate) fn hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    HEXLOWER.decode(text.as_bytes()).ok()?.try_into().ok()
}
