//! The side of the worker: gives up everything but computing, before it reads a byte.

use std::io::{self, Read, Write};

use rustix::process::{DumpableBehavior, Resource, Rlimit, Signal};
use seccompiler::TargetArch;

use crate::{Limits, Measure, Measuring, calls};

/// Codes with which a worker says why it ended.
pub(crate) mod exit {
    pub(crate) const NOT_CONFINED: i32 = 70;
    pub(crate) const NO_MEMORY: i32 = 71;
}

/// Pieces in which the input's buffer grows: doubling would take half as much again of what a worker has.
const STEP: usize = 4 << 20;

/// Why the kernel did not confine this process.
#[derive(Debug, thiserror::Error)]
pub enum NotConfined {
    /// A limit could not be set.
    #[error("not confined: the limit of {what} could not be set: {source}; nothing was read")]
    Limit {
        /// Which.
        what: &'static str,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// The filter of system calls was not taken.
    #[error(
        "not confined: this kernel did not take the filter of system calls: {0}; it must be built with seccomp filters. Nothing was read"
    )]
    Filter(#[source] seccompiler::Error),
    /// Nobody has tried which calls are needed here.
    #[error("not confined: no filter of system calls is known for {0}; run this on x86_64 or aarch64. Nothing was read")]
    Machine(&'static str),
}

impl NotConfined {
    /// What the process exits with, so that the service knows.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        exit::NOT_CONFINED as u8
    }
}

/// Gives up, for good, everything but computing, reading standard input and writing standard output and error.
///
/// It is called first of all and while the process has one thread. From here on the kernel ends the process at any other
/// call, at `limits.memory` allocations fail, and after `limits.seconds` of computing it is ended.
///
/// # Errors
/// [`NotConfined`] when any of it cannot be had. The process must then end with [`NotConfined::exit_code`].
pub fn confine(limits: &Limits) -> Result<Confined, NotConfined> {
    let machine = match std::env::consts::ARCH {
        "x86_64" => TargetArch::x86_64,
        "aarch64" => TargetArch::aarch64,
        other => return Err(NotConfined::Machine(other)),
    };
    // A parent that is gone already leaves an input that is at its end.
    rustix::process::set_parent_process_death_signal(Some(Signal::KILL)).map_err(|error| not("the parent's death", error))?;
    rustix::process::set_dumpable_behavior(DumpableBehavior::NotDumpable).map_err(|error| not("dumps", error))?;
    limit("core files", Resource::Core, 0, 0)?;
    limit("written files", Resource::Fsize, 0, 0)?;
    limit("processes", Resource::Nproc, 0, 0)?;
    // What is open stays open; nothing can be opened any more.
    limit("open files", Resource::Nofile, 0, 0)?;
    // The first is a signal that tells why, the second an end that cannot be put off.
    limit("seconds", Resource::Cpu, limits.seconds, limits.seconds.saturating_add(1))?;
    let own = u64::from(rustix::process::getpid().as_raw_nonzero().get().unsigned_abs());
    let filter = calls::filter(own, machine).map_err(|error| NotConfined::Filter(error.into()))?;
    limit("memory", Resource::As, limits.memory, limits.memory)?;
    // Threads that are there already are taken in too. This also gives up all new privileges.
    seccompiler::apply_filter_all_threads(&filter).map_err(NotConfined::Filter)?;
    Ok(Confined { _only_here: () })
}

fn limit(what: &'static str, resource: Resource, soft: u64, hard: u64) -> Result<(), NotConfined> {
    rustix::process::setrlimit(resource, Rlimit { current: Some(soft), maximum: Some(hard) }).map_err(|error| not(what, error))
}

fn not(what: &'static str, error: rustix::io::Errno) -> NotConfined {
    NotConfined::Limit { what, source: error.into() }
}

/// This process is confined: the only way to its input.
#[derive(Debug)]
pub struct Confined {
    _only_here: (),
}

/// What came in.
#[derive(Debug)]
pub struct Received {
    /// The bytes; `None` when there were more than may be.
    pub bytes: Option<Vec<u8>>,
    /// Length and digest of all that came, also of what was too much.
    pub measure: Measure,
}

/// Why the input could not be taken.
#[derive(Debug, thiserror::Error)]
pub enum NotReceived {
    /// There is no memory for it.
    #[error("not received: there is no memory for the input")]
    NoMemory,
    /// The pipe broke.
    #[error("not received: {0}")]
    Broken(#[from] io::Error),
}

impl NotReceived {
    /// What the process exits with, so that the service knows.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::NoMemory => exit::NO_MEMORY as u8,
            Self::Broken(_) => 1,
        }
    }
}

impl Confined {
    /// Reads standard input to its end, and keeps it if it is no longer than `most`.
    ///
    /// # Errors
    /// [`NotReceived`] when the pipe breaks or there is no memory for it.
    pub fn receive(&self, most: u64) -> Result<Received, NotReceived> {
        let mut stdin = io::stdin().lock();
        let mut measuring = Measuring::default();
        let mut kept = Some(Vec::new());
        let mut chunk = vec![0; 1 << 16];
        loop {
            let got = match stdin.read(&mut chunk) {
                Ok(0) => break,
                Ok(got) => chunk.get(..got).unwrap_or_default(),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error.into()),
            };
            measuring.take(got);
            if measuring.length() > most {
                kept = None;
            }
            if let Some(bytes) = &mut kept {
                if bytes.capacity() - bytes.len() < got.len() {
                    bytes.try_reserve_exact(STEP).map_err(|_| NotReceived::NoMemory)?;
                }
                bytes.extend_from_slice(got);
            }
        }
        Ok(Received { bytes: kept, measure: measuring.end() })
    }

    /// Hands a writer to standard output to `answer`, and sends what is left in it.
    ///
    /// # Errors
    /// Those of `answer` and of the pipe.
    pub fn answer(self, answer: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        let mut stdout = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
        answer(&mut stdout)?;
        stdout.flush()
    }
}
