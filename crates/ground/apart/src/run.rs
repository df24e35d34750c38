//! The side of the service: starts a worker, feeds it, takes its answer, and sees to its end.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::Semaphore;

use crate::{Failed, Limits};

/// How much of an input or an answer is in memory at a time.
const CHUNK: usize = 1 << 16;

/// What is run apart.
#[derive(Clone, Debug)]
pub struct Program {
    path: PathBuf,
    /// By what name it stands in the list of processes.
    called: OsString,
    arguments: Vec<OsString>,
}

impl Program {
    /// The program at this path. Everybody on the machine can read its arguments: nothing of a file is ever one.
    #[must_use]
    pub fn at(path: PathBuf, arguments: &[&str]) -> Self {
        Self { called: path.clone().into(), path, arguments: arguments.iter().map(OsString::from).collect() }
    }

    /// This very program with other arguments, also when another has been laid in its place since it was started.
    #[must_use]
    pub fn this(arguments: &[&str]) -> Self {
        let called = std::env::args_os().next().unwrap_or_default();
        Self { called, ..Self::at(PathBuf::from("/proc/self/exe"), arguments) }
    }
}

/// Runs a program apart, a few at a time. Clones share the turns.
#[derive(Clone, Debug)]
pub struct Apart {
    program: Arc<Program>,
    limits: Limits,
    turns: Arc<Semaphore>,
}

impl Apart {
    /// For this program, which calls [`confine`](crate::confine()) with the same limits before all else.
    #[must_use]
    pub fn new(program: Program, limits: Limits) -> Self {
        Self { program: Arc::new(program), limits, turns: Arc::new(Semaphore::new(limits.at_once)) }
    }

    /// Runs it once: gives it `input` to the end and passes its answer to `output`, both in pieces and at the same time.
    /// Waits for a turn first; the time counts from when the worker has started, and goes on while `input` or `output` lag.
    ///
    /// Dropping the future ends the worker. It is called on a thread that lasts (a runtime's own, no `spawn_blocking`): the
    /// kernel ends the worker with the thread that started it.
    ///
    /// # Errors
    /// [`Failed`] says how it ended. What went to `output` until then is worth nothing: keep it only after `Ok`.
    pub async fn run<I, O>(&self, input: &mut I, output: &mut O) -> Result<(), Failed>
    where
        I: AsyncRead + Unpin,
        O: AsyncWrite + Unpin,
    {
        let _turn = self.turns.acquire().await.map_err(|error| Failed::CouldNotStart(io::Error::other(error)))?;
        let mut worker = self.start().map_err(Failed::CouldNotStart)?;
        let time = Duration::from_secs(self.limits.seconds);
        let worked = tokio::time::timeout(time, worker.work(input, output, self.limits.answer))
            .await
            .unwrap_or(Err(Failed::TookTooLong { seconds: self.limits.seconds }));
        worker.end().await;
        let (status, fed) = worked?;
        match (Failed::of(status, &self.limits), fed) {
            (Some(failed), _) => Err(failed),
            (None, Fed::Everything) => Ok(()),
            (None, Fed::Part) => Err(Failed::ReadTooLittle),
        }
    }

    fn start(&self) -> io::Result<Worker> {
        let mut command = Command::new(&self.program.path);
        command
            .arg0(&self.program.called)
            .args(&self.program.arguments)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // What a worker complains of may hold what it read.
            .stderr(Stdio::null())
            .process_group(0)
            .kill_on_drop(true);
        let mut child = command.spawn()?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(stdin), Some(stdout)) => Ok(Worker { child, pipes: Some((stdin, stdout)) }),
            _ => Err(io::Error::other("it has no pipes")),
        }
    }
}

/// How much of the input a worker took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fed {
    Everything,
    Part,
}

/// A worker that runs. Dropped, it is ended with everything that it started.
struct Worker {
    child: Child,
    pipes: Option<(ChildStdin, ChildStdout)>,
}

impl Worker {
    async fn work<I, O>(&mut self, input: &mut I, output: &mut O, most: u64) -> Result<(ExitStatus, Fed), Failed>
    where
        I: AsyncRead + Unpin,
        O: AsyncWrite + Unpin,
    {
        let Some((stdin, stdout)) = self.pipes.take() else { return Err(Failed::Broken(io::ErrorKind::BrokenPipe.into())) };
        let child = &mut self.child;
        let mut feeding = std::pin::pin!(feed(input, stdin));
        let mut ending = std::pin::pin!(async {
            drain(stdout, output, most).await?;
            child.wait().await.map_err(Failed::Broken)
        });
        // A worker that has ended needs no more, however long the input still takes to come.
        let mut fed = None;
        loop {
            tokio::select! {
                status = &mut ending => return Ok((status?, fed.unwrap_or(Fed::Part))),
                now = &mut feeding, if fed.is_none() => fed = Some(now?),
            }
        }
    }

    /// Ends it if it has not ended, and takes leave of it, so that the kernel forgets it too.
    async fn end(&mut self) {
        self.kill();
        // It fails only for a child that is not ours, and then there is nobody to wait for.
        let _ = self.child.wait().await;
    }

    fn kill(&mut self) {
        // Without a number it is gone, and the number may be another's.
        let number = self.child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
        if let Some(group) = number {
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Gives the worker the input to its end. One that does not want it any more tells why with how it ends.
async fn feed<I: AsyncRead + Unpin>(input: &mut I, mut stdin: ChildStdin) -> Result<Fed, Failed> {
    let mut chunk = vec![0; CHUNK];
    loop {
        let got = input.read(&mut chunk).await.map_err(Failed::Input)?;
        if got == 0 {
            return Ok(Fed::Everything);
        }
        match stdin.write_all(chunk.get(..got).unwrap_or_default()).await {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(Fed::Part),
            Err(error) => return Err(Failed::Broken(error)),
        }
    }
}

/// Passes the worker's answer on to its end.
async fn drain<O: AsyncWrite + Unpin>(mut stdout: ChildStdout, output: &mut O, most: u64) -> Result<(), Failed> {
    let mut chunk = vec![0; CHUNK];
    let mut left = most;
    loop {
        let got = stdout.read(&mut chunk).await.map_err(Failed::Broken)?;
        if got == 0 {
            return output.flush().await.map_err(Failed::Output);
        }
        left = left.checked_sub(got as u64).ok_or(Failed::TooMuchAnswer { most })?;
        output.write_all(chunk.get(..got).unwrap_or_default()).await.map_err(Failed::Output)?;
    }
}
