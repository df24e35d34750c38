//! A closed loop of visitors on connections that stay open.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::Result;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Requests a second of `connections` visitors who ask for `path` again and again. Written by hand, so that the visitors
/// cost the two cores little.
pub(crate) async fn rate(port: u16, path: &str, connections: usize, during: Duration) -> Result<f64> {
    let done = Arc::new(AtomicU64::new(0));
    let request = Arc::new(format!("GET {path} HTTP/1.1\r\nhost: localhost\r\naccept-encoding: gzip\r\n\r\n"));
    let begin = Instant::now();
    let mut visitors = Vec::new();
    for _ in 0..connections {
        let (done, request) = (done.clone(), request.clone());
        visitors.push(tokio::spawn(async move {
            let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
            stream.set_nodelay(true)?;
            let mut buffer = vec![0; 64 * 1024];
            while begin.elapsed() < during {
                stream.write_all(request.as_bytes()).await?;
                let mut have = 0;
                let mut whole = None;
                while whole.is_none_or(|whole| have < whole) {
                    let read = stream.read(&mut buffer[have..]).await?;
                    anyhow::ensure!(read > 0, "the connection was closed");
                    have += read;
                    whole = whole.or_else(|| length(&buffer[..have]));
                }
                anyhow::ensure!(buffer.starts_with(b"HTTP/1.1 200"), "not a page");
                done.fetch_add(1, Ordering::Relaxed);
            }
            Ok::<(), anyhow::Error>(())
        }));
    }
    for visitor in visitors {
        visitor.await??;
    }
    Ok(done.load(Ordering::Relaxed) as f64 / begin.elapsed().as_secs_f64())
}

/// Head and body together, once the head is there.
fn length(answer: &[u8]) -> Option<usize> {
    let head = answer.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(answer.get(..head)?).ok()?.to_ascii_lowercase();
    let body = text.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok())?;
    Some(head + body)
}

/// The value below which this share of the times lies.
pub(crate) fn quantile(times: &mut [Duration], share: f64) -> Duration {
    times.sort_unstable();
    let at = ((times.len() as f64 - 1.0) * share).round() as usize;
    times.get(at).copied().unwrap_or_default()
}
