//! Work apart: whatever reads a stranger's file does it in a process of its own that can compute, read its standard input
//! and write its standard output, and nothing else. It has no network, no files, no keys, and bounded memory and time.
//!
//! [`Apart`] is the side of the service: it starts the worker, feeds it and takes its answer in pieces, so that no file is
//! ever whole in the service's memory, and says with [`Failed`] how a worker ended that did not end well. [`confine()`] is the
//! side of the worker: called before a byte is read, and what it returns is the only way to the input.
//!
//! [`clean`] runs the cleaning of a file so; [`Head`] is what the worker says of it. [`Scanner`] asks a virus scanner, where
//! an operator has chosen one.
//!
//! Nothing here knows what a file means, and no content of one is in any error or log.

mod calls;
mod cleaning;
mod confine;
mod failed;
#[doc(hidden)]
pub mod fuzz;
mod head;
mod limits;
mod run;
mod scan;

pub use cleaning::{CannotRun, clean};
pub use confine::{Confined, NotConfined, NotReceived, Received, confine};
pub use failed::Failed;
pub use head::{BadHead, CleanedCopy, Code, Head, Measure, Measuring, Outcome};
pub use limits::{Limits, MOST_FILE};
pub use run::{Apart, Program};
pub use scan::{CannotScan, Scanned, Scanner};
