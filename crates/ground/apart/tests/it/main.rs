//! Workers of their own, confined by the kernel under which the tests run.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod cleaning;
mod confined;
mod ends;
mod scanner;
mod turns;

use plainsight_apart::{Apart, Failed, Limits, Program};

/// Bounds that a test can reach: half a GiB as in use, a second.
const SMALL: Limits = Limits { memory: 512 << 20, seconds: 1, at_once: 2, answer: 1 << 20 };

/// The usual time, for what must not run out of it.
const USUAL: Limits = Limits { seconds: 60, ..SMALL };

/// The test worker, trying `what`.
fn worker(what: &str, limits: Limits) -> Apart {
    let numbers = [limits.memory, limits.seconds].map(|number| number.to_string());
    let arguments = [what, &numbers[0], &numbers[1]];
    Apart::new(Program::at(env!("CARGO_BIN_EXE_apart-worker").into(), &arguments), limits)
}

/// Runs it with this input, and sees to it that nothing of it is left.
async fn run(what: &str, limits: Limits, input: &[u8]) -> Result<Vec<u8>, Failed> {
    let apart = worker(what, limits);
    let mut output = Vec::new();
    let ran = apart.run(&mut &input[..], &mut output).await;
    assert_eq!(children(), Vec::<String>::new(), "a worker is left of {what:?}");
    ran.map(|()| output)
}

/// Every process that this thread has started and nobody has taken leave of. Each test has a thread, and a runtime, of its own.
fn children() -> Vec<String> {
    let thread = std::fs::read_link("/proc/thread-self").unwrap();
    let list = std::fs::read_to_string(std::path::Path::new("/proc").join(thread).join("children")).unwrap();
    list.split_whitespace().map(str::to_owned).collect()
}
