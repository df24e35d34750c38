//! Asks ClamAV's daemon whether a file is known as harmful, where an operator has chosen that.
//!
//! **The scanner is given the original in clear**, and lays it in its temporary folder while it looks. The protocol is that of
//! clamd(8), "INSTREAM": `zINSTREAM\0`, then chunks behind their lengths in four bytes with the highest first, an empty chunk
//! at the end, and a reply that ends in a zero byte (<https://docs.clamav.net/manual/Usage/ClamdProtocol.html>).

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::UnixStream;

/// How much of a file is in memory at a time.
const CHUNK: usize = 1 << 16;

/// The longest reply; a signature's name is some dozens of bytes.
const MOST_REPLY: u64 = 1024;

/// A scanner that an operator has chosen.
#[derive(Clone, Debug)]
pub struct Scanner {
    /// The socket that it listens on.
    pub socket: PathBuf,
    /// How long one scan may take.
    pub patience: Duration,
}

/// What a scanner says of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scanned {
    /// It knows nothing against it. That is no proof: a new attack is known to nobody.
    NothingKnown,
    /// It knows it as harmful, under this name.
    Found(String),
}

/// Why a file was not scanned. It is never taken for "nothing known".
#[derive(Debug, thiserror::Error)]
pub enum CannotScan {
    /// Nobody listens.
    #[error("not scanned: the scanner at {} does not answer: {source}; start it, or see who may use its socket", socket.display())]
    NotThere {
        /// Where it was looked for.
        socket: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// It took too long.
    #[error("not scanned: the scanner took longer than {} seconds; see whether it is overloaded", patience.as_secs_f64())]
    TookTooLong {
        /// How long it might have taken.
        patience: Duration,
    },
    /// The file is longer than the scanner takes.
    #[error(
        "not scanned: the file is longer than the scanner takes; raise StreamMaxLength, MaxFileSize and MaxScanSize in its configuration"
    )]
    TooLong,
    /// It failed, and says so.
    #[error("not scanned: the scanner failed; its own log says why")]
    ScannerFailed,
    /// It replied what no scanner replies, or before it had everything.
    #[error("not scanned: what answered at the scanner's socket does not speak the scanner's language; see what listens there")]
    Garbled,
    /// The connection broke.
    #[error("not scanned: the connection to the scanner broke: {0}; see whether it is running")]
    Broken(#[source] io::Error),
    /// The file could not be read.
    #[error("not scanned: the file could not be read: {0}")]
    Input(#[source] io::Error),
}

impl Scanner {
    /// The scanner at this socket, with two minutes for a file.
    #[must_use]
    pub fn at(socket: PathBuf) -> Self {
        Self { socket, patience: Duration::from_secs(120) }
    }

    /// Gives it what `input` gives, in pieces, and says what it says.
    ///
    /// # Errors
    /// [`CannotScan`] when there is no answer that can be relied on.
    pub async fn scan<I: AsyncRead + Unpin>(&self, input: &mut I) -> Result<Scanned, CannotScan> {
        tokio::time::timeout(self.patience, self.ask(input)).await.unwrap_or(Err(CannotScan::TookTooLong { patience: self.patience }))
    }

    async fn ask<I: AsyncRead + Unpin>(&self, input: &mut I) -> Result<Scanned, CannotScan> {
        let mut connection =
            UnixStream::connect(&self.socket).await.map_err(|source| CannotScan::NotThere { socket: self.socket.clone(), source })?;
        // Halves that do not close: clamd may take a half-closed connection for one that is gone.
        let (from, to) = connection.split();
        let mut telling = std::pin::pin!(tell(input, to));
        let mut hearing = std::pin::pin!(hear(from));
        // It replies early when a file is too long for it, and closes: then no more is sent, and the reply is read all the same.
        let mut told = None;
        let reply = loop {
            tokio::select! {
                reply = &mut hearing => break reply?,
                now = &mut telling, if told.is_none() => match now? {
                    Ok(()) => told = Some(true),
                    Err(_) => told = Some(false),
                },
            }
        };
        match understand(&reply)? {
            // Said before the whole file was there, it is about something else.
            Scanned::NothingKnown if told != Some(true) => Err(CannotScan::Garbled),
            scanned => Ok(scanned),
        }
    }
}

/// Sends the file. The inner error is the connection's: what the scanner replied before says more.
async fn tell<I: AsyncRead + Unpin, O: AsyncWrite + Unpin>(input: &mut I, mut to: O) -> Result<io::Result<()>, CannotScan> {
    if let Err(error) = to.write_all(b"zINSTREAM\0").await {
        return Ok(Err(error));
    }
    let mut chunk = vec![0; CHUNK];
    loop {
        let got = input.read(&mut chunk).await.map_err(CannotScan::Input)?;
        let length = u32::try_from(got).map_err(|error| CannotScan::Input(io::Error::other(error)))?;
        let sent = async {
            to.write_all(&length.to_be_bytes()).await?;
            to.write_all(chunk.get(..got).unwrap_or_default()).await?;
            to.flush().await
        };
        match sent.await {
            Err(error) => return Ok(Err(error)),
            Ok(()) if got == 0 => return Ok(Ok(())),
            Ok(()) => {}
        }
    }
}

/// Reads the reply up to its zero byte.
async fn hear<I: AsyncRead + Unpin>(from: I) -> Result<Vec<u8>, CannotScan> {
    let mut from = tokio::io::BufReader::new(from).take(MOST_REPLY);
    let mut reply = Vec::new();
    tokio::io::AsyncBufReadExt::read_until(&mut from, 0, &mut reply).await.map_err(CannotScan::Broken)?;
    match reply.pop() {
        Some(0) => Ok(reply),
        Some(_) => Err(CannotScan::Garbled),
        None => Err(CannotScan::Broken(io::ErrorKind::UnexpectedEof.into())),
    }
}

/// What a reply means. Only the one sentence that says so means that nothing is known.
pub(crate) fn understand(reply: &[u8]) -> Result<Scanned, CannotScan> {
    let reply = std::str::from_utf8(reply).map_err(|_| CannotScan::Garbled)?;
    if reply == "stream: OK" {
        return Ok(Scanned::NothingKnown);
    }
    if let Some(name) = reply.strip_prefix("stream: ").and_then(|rest| rest.strip_suffix(" FOUND")) {
        let printable = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
        return if printable { Ok(Scanned::Found(name.to_owned())) } else { Err(CannotScan::Garbled) };
    }
    if reply.starts_with("INSTREAM size limit exceeded") {
        return Err(CannotScan::TooLong);
    }
    Err(if reply.ends_with("ERROR") { CannotScan::ScannerFailed } else { CannotScan::Garbled })
}
