//! A file cleaned apart: what goes in and what comes out is measured on the way and compared with what the worker says.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::head::MOST_HEAD;
use crate::{Apart, BadHead, Failed, Head, Measuring, Outcome};

/// Why a file was not cleaned although nobody says that it cannot be.
#[derive(Debug, thiserror::Error)]
pub enum CannotRun {
    /// The worker did not end well.
    #[error(transparent)]
    Failed(#[from] Failed),
    /// It answered what it may not.
    #[error("{0}; keep the sealed original alone, and treat the file as an attack")]
    Answer(#[from] BadHead),
}

/// Cleans what `input` gives and writes the copy to `copy`, both in pieces.
///
/// # Errors
/// [`CannotRun`]. **What went to `copy` may be believed only after `Ok` with [`Outcome::Cleaned`]**; drop it otherwise. That a
/// file cannot be cleaned is no error but [`Outcome::Refused`].
pub async fn clean<I, O>(apart: &Apart, input: I, copy: O) -> Result<Head, CannotRun>
where
    I: AsyncRead + Unpin,
    O: AsyncWrite + Unpin,
{
    let mut input = Measured { inner: input, measuring: Measuring::default() };
    let mut sorting = Sorting::new(copy);
    let ran = apart.run(&mut input, &mut sorting).await;
    // What the worker said wrong is why it was ended, not that it could not be passed on.
    if let Stage::Bad(bad) = sorting.stage {
        return Err(bad.into());
    }
    ran?;
    let head = sorting.end()?;
    if head.input == input.measuring.end() { Ok(head) } else { Err(BadHead::OtherInput.into()) }
}

/// Measures what is read through it.
struct Measured<I> {
    inner: I,
    measuring: Measuring,
}

impl<I: AsyncRead + Unpin> AsyncRead for Measured<I> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let this = &mut *self;
        ready!(Pin::new(&mut this.inner).poll_read(context, buffer))?;
        this.measuring.take(buffer.filled().get(before..).unwrap_or_default());
        Poll::Ready(Ok(()))
    }
}

/// Keeps the head for itself and passes the copy behind it on.
pub(crate) struct Sorting<O> {
    copy: O,
    stage: Stage,
    measuring: Measuring,
}

enum Stage {
    /// What is there of the head, its length in front.
    Head(Vec<u8>),
    Copy(Head),
    Bad(BadHead),
}

const LENGTH: usize = 4;

impl<O> Sorting<O> {
    pub(crate) fn new(copy: O) -> Self {
        Self { copy, stage: Stage::Head(Vec::new()), measuring: Measuring::default() }
    }

    /// Takes bytes of the head, and says how many it took.
    fn take_head(&mut self, bytes: &[u8]) -> Result<usize, BadHead> {
        let Stage::Head(had) = &mut self.stage else { return Ok(0) };
        let needed = match had.first_chunk::<LENGTH>() {
            None => LENGTH,
            Some(length) => LENGTH + said(*length)?,
        };
        let taken = bytes.get(..needed.saturating_sub(had.len())).unwrap_or(bytes);
        had.extend_from_slice(taken);
        if let Some((length, json)) = had.split_first_chunk::<LENGTH>()
            && json.len() == said(*length)?
        {
            self.stage = Stage::Copy(Head::parse(json)?);
        }
        Ok(taken.len())
    }

    /// The head, once the copy behind it is whole.
    pub(crate) fn end(self) -> Result<Head, BadHead> {
        match self.stage {
            Stage::Head(_) => Err(BadHead::CutOff),
            Stage::Bad(bad) => Err(bad),
            Stage::Copy(head) => {
                let whole = match &head.outcome {
                    Outcome::Cleaned(copy) => copy.output == self.measuring.end(),
                    Outcome::Refused { .. } => self.measuring.length() == 0,
                };
                if whole { Ok(head) } else { Err(BadHead::OtherOutput) }
            }
        }
    }

    fn bad(&mut self, bad: BadHead) -> io::Error {
        self.stage = Stage::Bad(bad);
        io::Error::new(io::ErrorKind::InvalidData, bad)
    }
}

fn said(length: [u8; LENGTH]) -> Result<usize, BadHead> {
    usize::try_from(u32::from_be_bytes(length)).ok().filter(|length| *length <= MOST_HEAD).ok_or(BadHead::TooLong)
}

impl<O: AsyncWrite + Unpin> AsyncWrite for Sorting<O> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = &mut *self;
        match &this.stage {
            Stage::Head(_) => Poll::Ready(this.take_head(bytes).map_err(|bad| this.bad(bad))),
            Stage::Bad(bad) => Poll::Ready(Err(io::Error::new(io::ErrorKind::InvalidData, *bad))),
            Stage::Copy(head) => {
                let most = match &head.outcome {
                    Outcome::Cleaned(copy) => copy.output.length,
                    Outcome::Refused { .. } => 0,
                };
                if most - this.measuring.length() < bytes.len() as u64 {
                    return Poll::Ready(Err(this.bad(BadHead::OtherOutput)));
                }
                let passed = ready!(Pin::new(&mut this.copy).poll_write(context, bytes))?;
                this.measuring.take(bytes.get(..passed).unwrap_or_default());
                Poll::Ready(Ok(passed))
            }
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.copy).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.copy).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncWriteExt;

    use super::*;
    use crate::head::tests::{cleaned, refused};

    async fn sort(answer: &[u8], piece: usize) -> (Result<Head, BadHead>, Vec<u8>) {
        let mut copy = Vec::new();
        let mut sorting = Sorting::new(&mut copy);
        for chunk in answer.chunks(piece) {
            if sorting.write_all(chunk).await.is_err() {
                break;
            }
        }
        (sorting.end(), copy)
    }

    /// However the pipe cuts an answer, the copy is what follows the head, and nothing of the head.
    #[tokio::test]
    async fn head_and_copy_are_told_apart() {
        let copy = b"\0\0\0\x09{looks like a head}".repeat(40);
        let answer = [cleaned(b"abc", &copy).frame().unwrap(), copy.clone()].concat();
        for piece in [1, 2, 3, 4, 5, 7, 64, 300, answer.len()] {
            let (head, passed) = sort(&answer, piece).await;
            assert_eq!(head, Ok(cleaned(b"abc", &copy)), "pieces of {piece}");
            assert_eq!(passed, copy);
        }
        let (head, passed) = sort(&refused(b"abc").frame().unwrap(), 5).await;
        assert_eq!((head, passed), (Ok(refused(b"abc")), Vec::new()));
    }

    /// A copy that is shorter, longer or other than was announced is none, and more than was announced is not even passed on.
    #[tokio::test]
    async fn another_copy_than_announced_is_none() {
        let frame = cleaned(b"abc", b"copy").frame().unwrap();
        let check = async |answer: Vec<u8>, expected: BadHead, most: usize| {
            for piece in [1, 8, answer.len().max(1)] {
                let (head, passed) = sort(&answer, piece).await;
                assert_eq!(head, Err(expected));
                assert!(passed.len() <= most, "{passed:?}");
            }
        };
        check([&frame[..], b"cop"].concat(), BadHead::OtherOutput, 3).await;
        check([&frame[..], b"kopy"].concat(), BadHead::OtherOutput, 4).await;
        check([&frame[..], b"copyright"].concat(), BadHead::OtherOutput, 4).await;
        check([&refused(b"abc").frame().unwrap()[..], b"!"].concat(), BadHead::OtherOutput, 0).await;
        check(frame[..frame.len() - 1].to_vec(), BadHead::CutOff, 0).await;
        check(frame[..3].to_vec(), BadHead::CutOff, 0).await;
        check(Vec::new(), BadHead::CutOff, 0).await;
        check(vec![0xff; 20], BadHead::TooLong, 0).await;
        check(b"\0\0\0\x02{}copy".to_vec(), BadHead::Garbled, 0).await;
        check(b"\0\0\0\0copy".to_vec(), BadHead::Garbled, 0).await;
    }
}
