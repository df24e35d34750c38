//! The first public page beside a bare axum page of the same size, turn about.

use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::Result;

use crate::instance::{Running, free_port};
use crate::load::rate;

const TURNS: usize = 3;
const DURING: Duration = Duration::from_secs(4);

pub(crate) async fn measure() -> Result<()> {
    let bare = free_port()?;
    let mut peer = Command::new(std::env::current_exe()?).args(["bare", &format!("127.0.0.1:{bare}")]).stdout(Stdio::null()).spawn()?;
    let mut ours = Running::load(0, None)?;
    ours.start().await?;
    // The pool of receipts fills for a minute after a start; this measures pages, so it waits for that.
    println!("waiting for the pool of receipts ...");
    tokio::time::sleep(Duration::from_secs(90)).await;
    let mut ratios = Vec::new();
    for connections in [8, 64] {
        for _ in 0..TURNS {
            let theirs = rate(bare, "/", connections, DURING).await?;
            let own = rate(ours.public, "/?lang=en", connections, DURING).await?;
            println!("{connections:>3} connections: bare axum {theirs:>8.0}/s   first page {own:>8.0}/s   ratio {:.2}", own / theirs);
            ratios.push(own / theirs);
        }
    }
    ratios.sort_by(f64::total_cmp);
    println!("median ratio {:.2} (wanted: 0.50 or more)", ratios.get(ratios.len() / 2).copied().unwrap_or_default());
    peer.kill()?;
    peer.wait()?;
    Ok(())
}
