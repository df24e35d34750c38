//! What a worker sees, and that it does nothing where it cannot be confined.

use std::io::Write;
use std::os::fd::AsRawFd;

use plainsight_apart::Failed;

use crate::{USUAL, run};

/// Nothing that the service has open comes along, no variable and no folder. (What the tests themselves were started with may.)
#[tokio::test]
async fn a_worker_gets_no_surroundings() {
    let mut ours = tempfile::NamedTempFile::new().unwrap();
    ours.write_all(b"the service's own").unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let socket = std::fs::read_link(format!("/proc/self/fd/{}", listener.as_raw_fd())).unwrap();
    let around = String::from_utf8(run("around", USUAL, b"").await.unwrap()).unwrap();
    assert!(around.starts_with("0 variables\nin /\nopen pipe:"), "{around}");
    for own in [ours.path(), &socket] {
        assert!(!around.contains(&own.display().to_string()), "{around}");
    }
}

#[tokio::test]
async fn what_was_left_open_by_mistake_cannot_be_read() {
    assert!(matches!(run("reads-what-was-left-open", USUAL, b"").await, Err(Failed::Forbidden)));
}

/// Fail closed: a kernel without filters of system calls gets no file to read.
#[tokio::test]
async fn a_worker_that_cannot_be_confined_refuses_to_work() {
    assert!(matches!(run("without-seccomp", USUAL, b"").await, Err(Failed::NotConfined)));
}

/// Both ways at once, much more than any pipe holds, byte for byte.
#[tokio::test]
async fn what_goes_in_comes_out() {
    let limits = plainsight_apart::Limits { answer: 32 << 20, ..USUAL };
    let input: Vec<u8> = (0..20_000_003_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    assert!(run("echo", limits, &input).await.unwrap() == input);
    assert_eq!(run("echo", limits, b"").await.unwrap(), b"");
}
