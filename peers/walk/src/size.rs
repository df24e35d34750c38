//! The size of the program, its start, its memory, and what the first page costs over the wire.

use std::time::Duration;

use anyhow::Result;

use crate::instance::{Running, program};

pub(crate) async fn measure() -> Result<()> {
    println!("program: {:.1} MB (wanted: under 40)", std::fs::metadata(program()?)?.len() as f64 / 1e6);
    let mut house = Running::load(300, None)?;
    let first = house.start().await?;
    println!("start to first page, 300 contacts: {:.0} ms (wanted: under 1000)", first.as_secs_f64() * 1000.0);
    for (when, wait) in [("2 s after the start, receipts being stretched", 2), ("at rest, 100 s later", 100)] {
        tokio::time::sleep(Duration::from_secs(wait)).await;
        let resident = house.resident()?;
        let both: u64 = resident.iter().filter(|(part, _)| part != "parent").map(|(_, kilobytes)| kilobytes).sum();
        let parts =
            resident.iter().map(|(part, kilobytes)| format!("{part} {:.0}", *kilobytes as f64 / 1024.0)).collect::<Vec<_>>().join(", ");
        println!("resident, {when}: {:.0} MB in public and desk together ({parts}) (wanted: under 120)", both as f64 / 1024.0);
    }
    Ok(())
}
