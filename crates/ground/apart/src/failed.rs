//! How a worker ended that did not end well.

use std::io;
use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;

use crate::Limits;
use crate::confine::exit;

/// Why a run gave no answer. Nothing that the worker wrote before may be believed.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// The program could not be started.
    #[error(
        "the worker could not be started: {0}; see whether the program is where it was and whether this machine is out of processes or memory"
    )]
    CouldNotStart(#[source] io::Error),
    /// The kernel did not confine it, so it refused to work.
    #[error(
        "the worker could not be confined and read nothing; this kernel must offer seccomp filters, and the service must be allowed to use them"
    )]
    NotConfined,
    /// It took longer than it may, by the clock or in computing.
    #[error("the worker took longer than {seconds} seconds and was ended; keep the sealed original alone")]
    TookTooLong {
        /// How long it might have taken.
        seconds: u64,
    },
    /// It asked for more memory than it may have.
    #[error("the worker needed more than {} MiB of memory; keep the sealed original alone", memory >> 20)]
    TooMuchMemory {
        /// How much it might have used, in bytes.
        memory: u64,
    },
    /// It answered more than it may, and was ended.
    #[error("the worker answered more than {most} bytes and was ended; keep the sealed original alone")]
    TooMuchAnswer {
        /// How much it might have answered.
        most: u64,
    },
    /// It tried something that is not computing: a socket, a file, another program. A file may have taken it over.
    #[error("the worker tried what it may not do and was ended; keep the sealed original alone, and treat the file as an attack")]
    Forbidden,
    /// A signal ended it.
    #[error("the worker was ended by signal {signal}; try again, and keep the sealed original alone if it happens again")]
    Killed {
        /// The number of the signal.
        signal: i32,
    },
    /// It gave up, or fell over.
    #[error("the worker gave up with code {code}; keep the sealed original alone")]
    GaveUp {
        /// The code it exited with.
        code: i32,
    },
    /// It ended as if all were well and had not read everything.
    #[error("the worker ended before it had read everything; keep the sealed original alone")]
    ReadTooLittle,
    /// A pipe to it broke in another way.
    #[error("the pipe to the worker broke: {0}; try again")]
    Broken(#[source] io::Error),
    /// What was to be given to it could not be read.
    #[error("the input for the worker could not be read: {0}")]
    Input(#[source] io::Error),
    /// Its answer could not be passed on.
    #[error("the worker's answer could not be passed on: {0}")]
    Output(#[source] io::Error),
}

impl Failed {
    /// How this worker ended, if it did not end well.
    pub(crate) fn of(status: ExitStatus, limits: &Limits) -> Option<Self> {
        let memory = limits.memory;
        match (status.code(), status.signal()) {
            (Some(0), _) => None,
            (Some(exit::NOT_CONFINED), _) => Some(Self::NotConfined),
            (Some(exit::NO_MEMORY), _) => Some(Self::TooMuchMemory { memory }),
            (Some(code), _) => Some(Self::GaveUp { code }),
            // A Rust program that is refused memory aborts, and so does one whose stack is full.
            (None, Some(libc::SIGABRT)) => Some(Self::TooMuchMemory { memory }),
            (None, Some(libc::SIGXCPU)) => Some(Self::TookTooLong { seconds: limits.seconds }),
            (None, Some(libc::SIGSYS)) => Some(Self::Forbidden),
            (None, signal) => Some(Self::Killed { signal: signal.unwrap_or_default() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No way of ending but exit code 0 is an answer.
    #[test]
    fn each_way_to_end_has_its_name() {
        let check = |wait: i32, expected: &str| {
            let named = Failed::of(ExitStatus::from_raw(wait), &Limits::default()).map(|failed| format!("{failed:?}"));
            assert_eq!(named.as_deref().unwrap_or("fine"), expected);
        };
        check(0, "fine");
        check(1 << 8, "GaveUp { code: 1 }");
        check(101 << 8, "GaveUp { code: 101 }");
        check(exit::NOT_CONFINED << 8, "NotConfined");
        check(exit::NO_MEMORY << 8, "TooMuchMemory { memory: 536870912 }");
        check(libc::SIGABRT, "TooMuchMemory { memory: 536870912 }");
        check(libc::SIGSYS, "Forbidden");
        check(libc::SIGSYS | 0x80, "Forbidden");
        check(libc::SIGXCPU, "TookTooLong { seconds: 60 }");
        check(libc::SIGKILL, "Killed { signal: 9 }");
        check(libc::SIGSEGV, "Killed { signal: 11 }");
    }
}
