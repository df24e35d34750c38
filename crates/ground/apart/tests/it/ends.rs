//! Whatever a worker tries, it ends, the service lives, and the service is told which it was.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use plainsight_apart::{Apart, Failed, Limits, Program};
use tokio::io::{AsyncRead, AsyncWriteExt, ReadBuf};

use crate::{SMALL, USUAL, children, run, worker};

#[tokio::test]
async fn what_is_not_computing_ends_the_worker() {
    for what in ["connects", "opens", "writes-a-file", "execs", "starts-a-thread"] {
        let failed = run(what, USUAL, b"").await.unwrap_err();
        assert!(matches!(failed, Failed::Forbidden), "{what}: {failed:?}");
    }
    assert!(!std::path::Path::new("/tmp/apart-was-here").exists());
}

#[tokio::test]
async fn a_worker_that_wants_too_much_memory_is_named() {
    assert!(matches!(run("hoards", USUAL, b"").await, Err(Failed::TooMuchMemory { .. })));
    // The input itself may be what does not fit.
    let tight = Limits { memory: 48 << 20, ..USUAL };
    assert!(matches!(run("receives", tight, &vec![7; 64 << 20]).await, Err(Failed::TooMuchMemory { .. })));
}

#[tokio::test]
async fn a_worker_that_takes_for_ever_is_ended() {
    assert!(matches!(run("spins", SMALL, b"").await, Err(Failed::TookTooLong { seconds: 1 })));
    assert!(matches!(run("waits", SMALL, &vec![7; 1 << 20]).await, Err(Failed::TookTooLong { seconds: 1 })));
}

#[tokio::test]
async fn a_worker_that_answers_for_ever_is_ended() {
    assert!(matches!(run("chatters", USUAL, b"").await, Err(Failed::TooMuchAnswer { most: 1_048_576 })));
}

/// An input that fits into the pipe cannot be told from one that was read: there the worker's own measure tells.
#[tokio::test]
async fn a_worker_that_does_not_read_gives_no_answer() {
    assert!(matches!(run("deaf", USUAL, &vec![7; 1 << 20]).await, Err(Failed::ReadTooLittle)));
}

#[tokio::test]
async fn a_worker_that_gives_up_is_named_although_it_read_nothing() {
    assert!(matches!(run("gives-up", USUAL, &vec![7; 1 << 20]).await, Err(Failed::GaveUp { code: 3 })));
    assert!(matches!(run("panics", USUAL, &vec![7; 1 << 20]).await, Err(Failed::GaveUp { code: 101 })));
}

/// An input that never comes to its end does not keep the service waiting for a worker that is gone.
#[tokio::test]
async fn a_worker_that_ends_while_the_input_is_still_coming_is_named() {
    let (mut input, _held) = tokio::io::duplex(64);
    let failed = worker("gives-up", USUAL).run(&mut input, &mut Vec::new()).await.unwrap_err();
    assert!(matches!(failed, Failed::GaveUp { code: 3 }), "{failed:?}");
}

#[tokio::test]
async fn a_program_that_is_not_there_is_named() {
    let apart = Apart::new(Program::at("/nowhere/plainsight".into(), &[]), SMALL);
    assert!(matches!(apart.run(&mut &b""[..], &mut Vec::new()).await, Err(Failed::CouldNotStart(_))));
}

/// The two sides of the service fail as themselves, and the worker ends.
#[tokio::test]
async fn an_input_or_output_that_breaks_is_named() {
    struct Broken;
    impl AsyncRead for Broken {
        fn poll_read(self: Pin<&mut Self>, _: &mut Context<'_>, _: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Err(io::ErrorKind::UnexpectedEof.into()))
        }
    }
    let apart = worker("echo", USUAL);
    assert!(matches!(apart.run(&mut Broken, &mut Vec::new()).await, Err(Failed::Input(_))));
    let (mut closed, other) = tokio::io::duplex(64);
    drop(other);
    assert!(matches!(apart.run(&mut &b"word"[..], &mut closed).await, Err(Failed::Output(_))));
    assert_eq!(children(), Vec::<String>::new());
}

/// A request that is given up takes its worker with it.
#[tokio::test]
async fn dropping_a_run_ends_its_worker() {
    let apart = worker("echo", USUAL);
    let (mut input, mut held) = tokio::io::duplex(64);
    let (mut output, mut heard) = tokio::io::duplex(64);
    held.write_all(b"x").await.unwrap();
    tokio::select! {
        ran = apart.run(&mut input, &mut output) => panic!("{ran:?}"),
        byte = tokio::io::AsyncReadExt::read_u8(&mut heard) => assert_eq!(byte.unwrap(), b'x'),
    }
    // The kernel has the signal already; the runtime takes leave of the child when it next looks.
    while !children().is_empty() {
        tokio::task::yield_now().await;
        let _ = tokio::process::Command::new("/bin/true").status().await;
    }
}
