//! A scanner as clamd(8) describes it, and everything that may stand at its socket instead.

use std::path::PathBuf;
use std::time::Duration;

use plainsight_apart::{CannotScan, Scanned, Scanner};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{UnixListener, UnixStream};

/// How the scanner of a test behaves.
#[derive(Clone, Copy)]
enum Does {
    /// Takes the whole file and then replies, ended as clamd ends it.
    Replies(&'static [u8]),
    /// Takes so many bytes of the file at most, replies, and closes: StreamMaxLength.
    Takes(usize, &'static [u8]),
    /// Replies before it has heard anything.
    Hurries(&'static [u8]),
    /// Takes everything and never replies.
    Hangs,
    /// Closes at once.
    Closes,
}

/// One scan by a scanner that `does` so, and the file as it arrived there.
async fn scan(does: Does, file: &[u8]) -> (Result<Scanned, CannotScan>, Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("clamd.ctl");
    let listener = UnixListener::bind(&socket).unwrap();
    let serve = tokio::spawn(async move {
        let (connection, _) = listener.accept().await.unwrap();
        serve(does, connection).await
    });
    let patience = if matches!(does, Does::Hangs) { Duration::from_millis(50) } else { Duration::from_secs(60) };
    let scanned = Scanner { socket, patience }.scan(&mut &file[..]).await;
    (scanned, serve.await.unwrap())
}

async fn serve(does: Does, mut connection: UnixStream) -> Vec<u8> {
    let mut file = Vec::new();
    match does {
        Does::Closes => return file,
        Does::Hurries(reply) => {
            connection.write_all(reply).await.unwrap();
            // It stays until the other side has gone.
            let _ = connection.read_to_end(&mut Vec::new()).await;
            return file;
        }
        Does::Replies(_) | Does::Takes(..) | Does::Hangs => {}
    }
    let mut command = [0; 10];
    connection.read_exact(&mut command).await.unwrap();
    assert_eq!(&command, b"zINSTREAM\0");
    let most = if let Does::Takes(most, _) = does { most } else { usize::MAX };
    while file.len() <= most {
        let length = connection.read_u32().await.unwrap() as usize;
        if length == 0 {
            break;
        }
        let from = file.len();
        file.resize(from + length, 0);
        connection.read_exact(&mut file[from..]).await.unwrap();
    }
    match does {
        Does::Replies(reply) | Does::Takes(_, reply) => connection.write_all(reply).await.unwrap(),
        _ => drop(connection.read_to_end(&mut Vec::new()).await),
    }
    file
}

#[tokio::test]
async fn the_whole_file_is_given_in_pieces() {
    let file: Vec<u8> = (0..300_001_u32).map(|at| (at % 251) as u8).collect();
    let (scanned, arrived) = scan(Does::Replies(b"stream: OK\0"), &file).await;
    assert_eq!(scanned.unwrap(), Scanned::NothingKnown);
    assert!(arrived == file);
    let (scanned, arrived) = scan(Does::Replies(b"stream: OK\0"), b"").await;
    assert_eq!((scanned.unwrap(), arrived), (Scanned::NothingKnown, Vec::new()));
}

#[tokio::test]
async fn what_is_found_is_told_with_its_name() {
    let (scanned, _) = scan(Does::Replies(b"stream: Win.Test.EICAR_HDB-1 FOUND\0"), b"file").await;
    assert_eq!(scanned.unwrap(), Scanned::Found("Win.Test.EICAR_HDB-1".to_owned()));
}

/// What a scanner may answer and what may stand in its place; nothing of it means that nothing is known.
#[tokio::test]
async fn no_other_answer_means_that_nothing_is_known() {
    let file = vec![7; 1 << 20];
    let check = async |does: Does, expected: &str| {
        let (scanned, _) = scan(does, &file).await;
        let named = format!("{:?}", scanned.unwrap_err());
        assert!(named.starts_with(expected), "{named} is not {expected}");
    };
    check(Does::Takes(100_000, b"INSTREAM size limit exceeded. ERROR\0"), "TooLong").await;
    check(Does::Replies(b"stream: Can't allocate memory ERROR\0"), "ScannerFailed").await;
    check(Does::Replies(b"COMMAND UNAVAILABLE\0"), "Garbled").await;
    check(Does::Replies(b"UNKNOWN COMMAND\0"), "Garbled").await;
    check(Does::Replies(b"stream: OK"), "Garbled").await;
    check(Does::Replies(b"stream: OK\n"), "Garbled").await;
    check(Does::Replies(b"\0stream: OK\0"), "Garbled").await;
    check(Does::Replies(b"stream:  FOUND\0"), "Garbled").await;
    check(Does::Replies(b"stream: \xff FOUND\0"), "Garbled").await;
    check(Does::Replies(b"stream: a\nb FOUND\0"), "Garbled").await;
    check(Does::Replies(&[b'x'; 5000]), "Garbled").await;
    check(Does::Replies(b""), "Broken").await;
    check(Does::Takes(100_000, b"stream: OK\0"), "Garbled").await;
    check(Does::Hurries(b"stream: OK\0"), "Garbled").await;
    check(Does::Hangs, "TookTooLong").await;
    check(Does::Closes, "Broken").await;
}

#[tokio::test]
async fn a_scanner_that_is_not_there_is_named() {
    let failed = Scanner::at(PathBuf::from("/nowhere/clamd.ctl")).scan(&mut &b"file"[..]).await.unwrap_err();
    assert!(matches!(&failed, CannotScan::NotThere { .. }), "{failed:?}");
    assert!(failed.to_string().contains("/nowhere/clamd.ctl"));
}
