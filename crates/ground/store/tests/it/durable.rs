//! What was acknowledged survives a process that is killed.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use plainsight_store::{Address, OpenOptions, Store, StoreError, work};
use plainsight_testkit::TestDb;

use crate::trial;

const CHILD: &str = "PLAINSIGHT_TEST_WRITER";
const MARK: &str = "acknowledged ";

/// The test starts itself as a child that writes as fast as it can and says what was acknowledged, and kills it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_process_loses_nothing_that_it_acknowledged() {
    if let Ok(address) = std::env::var(CHILD) {
        return write_for_ever(&address).await;
    }
    for db in [TestDb::sqlite(&trial::migrations()).await, TestDb::postgres(&trial::migrations()).await] {
        // Killed early in the life of the log, and after it was folded into the file some times.
        for (round, enough) in [(1_u128, 20), (2, 400)] {
            let address = match db.address() {
                Address::Sqlite(folder) => format!("{round} sqlite {}", folder.display()),
                Address::Postgres(url) => format!("{round} postgres {url}"),
            };
            let mut child = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "durable::a_killed_process_loses_nothing_that_it_acknowledged", "--nocapture"])
                .env(CHILD, address)
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            let mut acknowledged = BTreeSet::new();
            for line in BufReader::new(child.stdout.take().unwrap()).lines() {
                let line = line.unwrap();
                let Some(number) = line.strip_prefix(MARK) else { continue };
                acknowledged.insert(number.parse::<u128>().unwrap());
                if acknowledged.len() == enough {
                    // The kill signal; lines that are still in the pipe are read on.
                    child.kill().unwrap();
                }
            }
            assert!(!child.wait().unwrap().success());
            assert!(acknowledged.len() >= enough, "the child ended after {} works", acknowledged.len());

            let reopened = Store::open(db.address(), OpenOptions::default()).await.unwrap();
            let there: BTreeSet<u128> = trial::ids(reopened.content().read(), round).await.into_iter().collect();
            let lost: Vec<_> = acknowledged.difference(&there).collect();
            assert!(lost.is_empty(), "acknowledged and not there: {lost:?}");
            // The file is in order for writing too.
            let next = trial::id(round, u128::MAX);
            let put: Result<(), StoreError> = reopened.content().tx("trial.put", work!([next], |tx| trial::put(tx, next, b"").await)).await;
            put.unwrap();
            reopened.close().await;
        }
    }
}

async fn write_for_ever(address: &str) {
    let mut words = address.splitn(3, ' ');
    let round: u128 = words.next().unwrap().parse().unwrap();
    let address = match (words.next().unwrap(), words.next().unwrap()) {
        ("sqlite", folder) => Address::Sqlite(PathBuf::from(folder)),
        (_, url) => Address::Postgres(url.to_owned()),
    };
    let store = Store::open(&address, OpenOptions::default()).await.unwrap();
    let writers = (0..8_u128).map(|writer| {
        let store = store.clone();
        tokio::spawn(async move {
            for number in (writer..100_000).step_by(8) {
                let id = trial::id(round, number);
                let put: Result<(), StoreError> =
                    store.content().tx("trial.put", work!([id], |tx| trial::put(tx, id, &[1; 2000]).await)).await;
                put.unwrap();
                // One write a line: lines of several writers must not run into each other.
                let line = format!("\n{MARK}{number}\n");
                let mut out = std::io::stdout().lock();
                if out.write_all(line.as_bytes()).and_then(|()| out.flush()).is_err() {
                    return;
                }
            }
        })
    });
    futures_util::future::join_all(writers).await;
}
