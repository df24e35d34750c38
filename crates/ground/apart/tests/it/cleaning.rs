//! A file cleaned apart, and workers that lie about it.

use plainsight_apart::{BadHead, CannotRun, Failed, Head, Outcome, clean};

use crate::{USUAL, worker};

async fn cleaned(what: &str, input: &[u8]) -> Result<(Head, Vec<u8>), CannotRun> {
    let mut copy = Vec::new();
    let head = clean(&worker(what, USUAL), input, &mut copy).await?;
    Ok((head, copy))
}

#[tokio::test]
async fn a_copy_comes_back_with_what_is_said_of_it() {
    let input = vec![7; 300_000];
    let (head, copy) = cleaned("cleans", &input).await.unwrap();
    assert!(copy == input[1..]);
    let Outcome::Cleaned(said) = head.outcome else { panic!("{head:?}") };
    assert_eq!((said.kind.as_str(), said.output.length), ("jpeg", 299_999));
}

/// That a file cannot be cleaned is an answer and no failure, and nothing comes with it.
#[tokio::test]
async fn a_refusal_is_an_answer() {
    let (head, copy) = cleaned("refuses", b"file").await.unwrap();
    assert!(matches!(head.outcome, Outcome::Refused { reason, kind: None } if reason.as_str() == "unknown-kind"));
    assert_eq!(copy, b"");
}

#[tokio::test]
async fn a_worker_that_lies_is_not_believed() {
    let lie = |ran: Result<(Head, Vec<u8>), CannotRun>| match ran {
        Err(CannotRun::Answer(bad)) => bad,
        other => panic!("{other:?}"),
    };
    assert_eq!(lie(cleaned("cleans-another", b"file").await), BadHead::OtherInput);
    assert_eq!(lie(cleaned("cleans-in-part", b"file").await), BadHead::OtherOutput);
    // One that says nothing, and one that says anything at all.
    assert_eq!(lie(cleaned("deaf", b"file").await), BadHead::CutOff);
    assert_eq!(lie(cleaned("chatters", b"file").await), BadHead::TooLong);
}

#[tokio::test]
async fn a_worker_that_fails_is_no_answer() {
    assert!(matches!(cleaned("connects", b"file").await, Err(CannotRun::Failed(Failed::Forbidden))));
    assert!(matches!(cleaned("panics", b"file").await, Err(CannotRun::Failed(Failed::GaveUp { code: 101 }))));
}
