//! How fast and how large the walk is, beside a bare axum page in the same run.
//!
//! `cargo build --release -p plainsight && cargo run --release -p plainsight-peers-walk [-- page|burst|list|size ...]`

#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a benchmark reads the clock and prints")]

mod bare;
mod burst;
mod instance;
mod list;
mod load;
mod page;
mod size;

use anyhow::{Result, bail};

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [word, address] = arguments.as_slice()
        && word == "bare"
    {
        return bare::serve(address).await;
    }
    let all = ["size", "page", "burst", "list"].map(str::to_owned);
    let wanted = if arguments.is_empty() { all.to_vec() } else { arguments };
    for each in wanted {
        println!("== {each}");
        match each.as_str() {
            "size" => size::measure().await?,
            "page" => page::measure().await?,
            "burst" => burst::measure().await?,
            "list" => list::measure().await?,
            other => bail!("there is no measurement {other:?}; there are: {}", all.join(", ")),
        }
    }
    Ok(())
}
