//! The desk's pages on SQLite and PostgreSQL, whole: request, database, ledger, page. `cargo bench -p plainsight-helpline --bench pages --
//! 1000000 100000` (contacts, cases). PostgreSQL as for the tests: its programs found, or PLAINSIGHT_TEST_POSTGRES.
#![allow(clippy::print_stdout)]

use std::sync::Arc;
use std::time::Instant;

use plainsight_helpline::measure::pages::{Pages, migrations};
use plainsight_helpline::measure::{resident, spread};
use plainsight_testkit::{TestClock, TestDb, TestEntropy};
use time::macros::datetime;

type Ended = Result<(), Box<dyn std::error::Error + Send + Sync>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Ended {
    let mut numbers = std::env::args().filter_map(|word| word.parse().ok());
    let (contacts, cases) = (numbers.next().unwrap_or(100_000), numbers.next().unwrap_or(10_000));
    measure("SQLite", &TestDb::sqlite(&migrations()).await, contacts, cases).await?;
    measure("PostgreSQL", &TestDb::postgres(&migrations()).await, contacts, cases).await
}

async fn measure(name: &str, db: &TestDb, contacts: usize, cases: usize) -> Ended {
    let clock = Arc::new(TestClock::at(datetime!(2026-12-01 10:20:30 UTC)));
    let start = Instant::now();
    let mut pages = Pages::fill(db.store(), clock, Arc::new(TestEntropy::new(1)), contacts, cases).await?;
    println!("{name}: {contacts} contacts, {cases} cases written in {:.0} s", start.elapsed().as_secs_f64());
    let (start, before) = (Instant::now(), resident());
    pages.read_headers().await?;
    println!("headers read and opened in {:.1} s, {} MiB", start.elapsed().as_secs_f64(), resident().saturating_sub(before));
    pages.put_words();
    println!("with the words in memory the process holds {} MiB", resident());
    let (case, contact) = (pages.case, pages.contact);
    let fixed = [
        ("list", "/helpline".to_owned()),
        ("list of all", "/helpline?show=all&page=9".to_owned()),
        ("cases", "/helpline/cases".to_owned()),
        ("case", format!("/helpline/cases/{case}")),
        ("contact", format!("/helpline/contacts/{contact}")),
        ("shift", "/helpline/shift".to_owned()),
    ];
    for (name, path) in fixed {
        let mut took = Vec::new();
        for _ in 0..60 {
            let start = Instant::now();
            pages.ask(&path, None).await?;
            took.push(start.elapsed());
        }
        println!("{}", spread(name, took));
    }
    let mut took = Vec::new();
    for _ in 0..300 {
        let question = pages.question();
        let posted = form(&question);
        let start = Instant::now();
        pages.ask("/helpline/search", Some(posted)).await?;
        took.push(start.elapsed());
    }
    println!("{}", spread("search", took));
    Ok(())
}

/// The form of the search with these words.
fn form(question: &str) -> String {
    let mut posted = String::from("q=");
    for byte in question.bytes() {
        posted.push_str(&format!("%{byte:02X}"));
    }
    posted
}
