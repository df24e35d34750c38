//! 256 durable sealed reports at 200 a second, then as many as stretching allows.

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::instance::Running;
use crate::load::quantile;

const REPORTS: usize = 256;
const A_SECOND: f64 = 200.0;
const SUSTAINED: Duration = Duration::from_secs(20);
const SENDERS: usize = 8;

pub(crate) async fn measure() -> Result<()> {
    let mut house = Running::load(0, None)?;
    house.start().await?;
    let mut phones = Vec::new();
    for _ in 0..REPORTS {
        let mut phone = house.phone();
        phone.get("/?lang=en").await?;
        phone.press("me", &[]).await?;
        phones.push(phone);
    }
    println!("waiting for the pool of receipts ...");
    tokio::time::sleep(Duration::from_secs(90)).await;
    let words = "He keeps my passport and says I owe him for the journey. ".repeat(8);
    let begin = Instant::now();
    let mut sent = Vec::new();
    for (number, mut phone) in phones.into_iter().enumerate() {
        let due = begin + Duration::from_secs_f64(number as f64 / A_SECOND);
        let words = words.clone();
        sent.push(tokio::spawn(async move {
            tokio::time::sleep_until(due.into()).await;
            phone.press("send", &[("words", &words), ("reach", "receipt")]).await?;
            phone.receipt()?;
            // From the moment it should have been sent, so that a late start counts.
            Ok::<Duration, anyhow::Error>(due.elapsed())
        }));
    }
    let mut times = Vec::new();
    for each in sent {
        times.push(each.await??);
    }
    let rate = times.len() as f64 / begin.elapsed().as_secs_f64();
    println!(
        "burst of {REPORTS}: {rate:.0}/s, p50 {:.0} ms, p99 {:.0} ms, worst {:.0} ms (wanted: 200/s offered, p99 under 250 ms)",
        millis(quantile(&mut times, 0.50)),
        millis(quantile(&mut times, 0.99)),
        millis(quantile(&mut times, 1.0)),
    );

    let begin = Instant::now();
    let mut senders = Vec::new();
    for _ in 0..SENDERS {
        let mut phone = house.phone();
        senders.push(tokio::spawn(async move {
            let mut times = Vec::new();
            while begin.elapsed() < SUSTAINED {
                let one = Instant::now();
                phone.get("/?lang=en").await?;
                phone.report("again and again").await?;
                times.push(one.elapsed());
            }
            Ok::<Vec<Duration>, anyhow::Error>(times)
        }));
    }
    let mut times = Vec::new();
    for each in senders {
        times.extend(each.await??);
    }
    println!(
        "sustained, {SENDERS} senders, pool empty: {:.1}/s, p50 {:.0} ms, p99 {:.0} ms; none was refused",
        times.len() as f64 / begin.elapsed().as_secs_f64(),
        millis(quantile(&mut times, 0.50)),
        millis(quantile(&mut times, 0.99)),
    );
    Ok(())
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
