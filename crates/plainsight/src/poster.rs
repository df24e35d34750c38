//! Telling another system that there is news: one request over TLS, whose answer is looked at for its status alone.

use std::sync::OnceLock;
use std::time::Duration;

use anyhow::{Context, Result};
use axum::http::{Request, header};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

use plainsight_helpline::{Delivery, Posting};

/// How long an answer may take (Standard Webhooks recommend 15 to 30 seconds).
const PATIENCE: Duration = Duration::from_secs(20);

/// Posts over HTTP, and follows nobody elsewhere: a redirect is an answer that was not taken.
pub(crate) struct Poster {
    /// Made when it is first needed: a machine without certificates still runs its clocks.
    client: OnceLock<HttpsClient>,
    patience: Duration,
}

type HttpsClient = Client<HttpsConnector<HttpConnector>, Full<Bytes>>;

impl Default for Poster {
    fn default() -> Self {
        Self { client: OnceLock::new(), patience: PATIENCE }
    }
}

impl Poster {
    /// Believes the certificates that this machine believes.
    fn client(&self) -> Result<&HttpsClient> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let connector = HttpsConnectorBuilder::new()
            .with_native_roots()
            .context("this machine's certificates could not be read: install the package ca-certificates")?
            // Plain only to this machine: the page refuses every other address.
            .https_or_http()
            .enable_http1()
            .build();
        Ok(self.client.get_or_init(|| Client::builder(TokioExecutor::new()).build(connector)))
    }

    async fn send(&self, delivery: &Delivery) -> Result<u16> {
        let mut request = Request::post(&delivery.address)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::USER_AGENT, concat!("plainsight/", env!("CARGO_PKG_VERSION")));
        for (name, value) in &delivery.headers {
            request = request.header(*name, value);
        }
        let request = request.body(Full::new(Bytes::copy_from_slice(&delivery.body)))?;
        let answer = tokio::time::timeout(self.patience, self.client()?.request(request))
            .await
            .with_context(|| format!("no answer within {} seconds", self.patience.as_secs()))?
            .context("no connection")?;
        Ok(answer.status().as_u16())
    }
}

impl plainsight_helpline::Poster for Poster {
    fn post<'a>(&'a self, delivery: &'a Delivery) -> Posting<'a> {
        Box::pin(async move {
            self.send(delivery).await.map_err(|error| {
                // Only the outermost words: what lies below can name the partner.
                error.to_string()
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plainsight_helpline::Poster as _;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    /// A server that answers one request with this, and gives what it was sent.
    async fn server(answer: Option<&'static str>) -> (String, tokio::task::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/hook", listener.local_addr().unwrap());
        let asked = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut asked = String::new();
            while !asked.ends_with('}') {
                let mut bytes = [0; 4096];
                let count = stream.read(&mut bytes).await.unwrap();
                asked.push_str(&String::from_utf8_lossy(&bytes[..count]));
            }
            match answer {
                Some(answer) => stream.write_all(answer.as_bytes()).await.unwrap(),
                None => tokio::time::sleep(Duration::from_secs(60)).await,
            }
            asked
        });
        (address, asked)
    }

    fn delivery(address: &str) -> Delivery {
        let headers = [("webhook-id", "msg_1".into()), ("webhook-timestamp", "1".into()), ("webhook-signature", "v1,AA==".into())];
        Delivery { address: address.to_owned(), headers, body: b"{\"type\":\"report.read\"}".to_vec() }
    }

    #[tokio::test]
    async fn the_body_and_the_three_headers_arrive_and_the_status_comes_back() {
        let (address, asked) = server(Some("HTTP/1.1 204 No Content\r\n\r\n")).await;
        assert_eq!(Poster::default().post(&delivery(&address)).await, Ok(204));
        let asked = asked.await.unwrap();
        for part in [
            "POST /hook HTTP/1.1",
            "webhook-id: msg_1",
            "webhook-signature: v1,AA==",
            "content-type: application/json",
            "{\"type\":\"report.read\"}",
        ] {
            assert!(asked.contains(part), "{part} is not in {asked}");
        }
    }

    #[tokio::test]
    async fn a_redirect_is_not_followed() {
        let (address, _) = server(Some("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")).await;
        assert_eq!(Poster::default().post(&delivery(&address)).await, Ok(302));
    }

    #[tokio::test]
    async fn who_does_not_answer_is_given_up() {
        let (address, _) = server(None).await;
        let poster = Poster { patience: Duration::from_millis(50), ..Poster::default() };
        assert!(poster.post(&delivery(&address)).await.unwrap_err().contains("no answer"));
        assert!(poster.post(&delivery("http://127.0.0.1:1/")).await.is_err());
    }
}
