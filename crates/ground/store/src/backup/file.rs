//! Files of a backup: hashed as they are written, closed to others, on the disk before anybody hears of them.

use std::fs::OpenOptions;
use std::io::{self, BufWriter, Read as _, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::BackupError;
use super::manifest::Part;

/// A file that knows the checksum of what was written into it.
pub(super) struct Hashed {
    file: BufWriter<std::fs::File>,
    hash: Sha256,
    bytes: u64,
}

impl Hashed {
    pub(super) fn create(path: &Path) -> io::Result<Self> {
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        Ok(Self { file: BufWriter::with_capacity(1 << 16, file), hash: Sha256::new(), bytes: 0 })
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.hash.update(bytes);
        self.bytes += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        Ok(())
    }

    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    pub(super) fn end(mut self) -> io::Result<Part> {
        self.file.flush()?;
        self.file.get_ref().sync_all()?;
        Ok(Part { bytes: self.bytes, hash: self.hash.finalize().into() })
    }
}

/// A file that is hashed while it is read.
pub(super) struct Hashing {
    file: std::fs::File,
    hash: Sha256,
    bytes: u64,
}

impl Hashing {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        Ok(Self { file: std::fs::File::open(path)?, hash: Sha256::new(), bytes: 0 })
    }

    /// What was read so far.
    pub(super) fn end(self) -> Part {
        Part { bytes: self.bytes, hash: self.hash.finalize().into() }
    }
}

impl io::Read for Hashing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.hash.update(buffer.get(..read).unwrap_or_default());
        self.bytes += u64::try_from(read).unwrap_or(u64::MAX);
        Ok(read)
    }
}

/// Waits until the names in a folder are on the disk: they must survive a power cut, too.
///
/// # Errors
/// When the folder cannot be opened or settled.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    std::fs::File::open(folder)?.sync_all()
}

/// Reads a file to its end; gives its checksum. Each piece goes to `each` too.
pub(super) fn read_through(path: &Path, mut each: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<Part> {
    let mut file = Hashing::open(path)?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer)?;
        let piece = buffer.get(..read).unwrap_or_default();
        if piece.is_empty() {
            return Ok(file.end());
        }
        each(piece)?;
    }
}

/// Size and checksum of a file.
///
/// # Errors
/// When it cannot be read.
pub async fn hash_file(path: &Path) -> Result<Part, BackupError> {
    let owned = path.to_owned();
    let read = tokio::task::spawn_blocking(move || read_through(&owned, |_| Ok(()))).await;
    read.map_err(io::Error::other).and_then(|part| part).map_err(BackupError::file(path))
}

/// Writes a small file whole, closed to others, and waits until it is on the disk.
///
/// # Errors
/// When it is there already or cannot be written.
pub async fn write_file(path: &Path, bytes: &[u8]) -> Result<Part, BackupError> {
    let wrong = BackupError::file(path);
    let mut file = Hashed::create(path).map_err(&wrong)?;
    file.write(bytes).map_err(&wrong)?;
    file.end().map_err(wrong)
}
