//! Two at once; the third waits for its turn and then has it.

use std::future::Future;
use std::pin::pin;

use plainsight_apart::{Apart, Program};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};

use crate::{USUAL, children, worker};

#[tokio::test]
async fn two_run_at_once_and_a_third_waits() {
    let apart = worker("echo", USUAL);
    let start = |input: &'static [u8]| {
        let apart = apart.clone();
        let ((mut given, gives), (mut takes, taken)) = (duplex(64), duplex(64));
        let run = async move { apart.run(&mut given, &mut takes).await };
        let talk = async move { talk(gives, taken, input).await };
        (run, talk)
    };
    let ((first, first_says), (second, second_says), (third, third_says)) = (start(b"1"), start(b"2"), start(b"3"));
    let (mut first, mut second, mut third) = (pin!(first), pin!(second), pin!(third));
    let held_first = tokio::select! { held = first_says => held, ran = &mut first => panic!("{ran:?}") };
    let held_second = tokio::select! { held = second_says => held, ran = &mut second => panic!("{ran:?}") };
    assert_eq!(children().len(), 2);

    let waiting = std::future::poll_fn(|context| std::task::Poll::Ready(third.as_mut().poll(context).is_pending()));
    assert!(waiting.await);
    assert_eq!(children().len(), 2, "the third has not been started");

    drop(held_first);
    first.await.unwrap();
    let held_third = tokio::select! { held = third_says => held, ran = &mut third => panic!("{ran:?}") };
    assert_eq!(children().len(), 2, "now it has");
    drop((held_second, held_third));
    second.await.unwrap();
    third.await.unwrap();
    assert_eq!(children().len(), 0);
}

/// The service starts itself, under the name by which people know it.
#[tokio::test]
async fn a_program_runs_itself_apart() {
    let mut listed = Vec::new();
    Apart::new(Program::this(&["--list"]), USUAL).run(&mut &b""[..], &mut listed).await.unwrap();
    assert!(String::from_utf8(listed).unwrap().contains("a_program_runs_itself_apart: test"));
}

/// Waits until the worker has answered, and hands back what keeps it waiting for more.
async fn talk(mut gives: DuplexStream, mut taken: DuplexStream, input: &[u8]) -> (DuplexStream, DuplexStream) {
    gives.write_all(input).await.unwrap();
    let mut answer = vec![0; input.len()];
    taken.read_exact(&mut answer).await.unwrap();
    assert_eq!(answer, input);
    (gives, taken)
}
