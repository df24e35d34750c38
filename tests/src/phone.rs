//! A visitor without scripts, cookies or modern headers: reads pages, presses buttons, keeps what the page carries.

use anyhow::{Context, Result, bail};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{Method, Request, Response, StatusCode, header};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

/// What stands between the parts of a form.
const EDGE: &str = "----edge-of-a-part";

/// The visitor's phone, showing one page.
pub struct Phone {
    client: Client<HttpConnector, Full<Bytes>>,
    origin: String,
    /// The page that is shown.
    pub page: String,
    pub status: StatusCode,
    /// The `Origin` header sent with posts; old phones send `null`, older ones none.
    pub origin_header: Option<String>,
    /// Off for a reporter's phone, whatever the site sends; on for a browser at the desk.
    pub keep_cookies: bool,
    cookie: Option<String>,
}

impl Phone {
    pub fn new(origin: &str) -> Self {
        Self {
            client: Client::builder(TokioExecutor::new()).build_http(),
            origin: origin.to_owned(),
            page: String::new(),
            status: StatusCode::OK,
            origin_header: None,
            keep_cookies: false,
            cookie: None,
        }
    }

    pub async fn get(&mut self, path: &str) -> Result<Response<()>> {
        let request = Request::builder().method(Method::GET).uri(format!("{}{path}", self.origin)).body(Full::default())?;
        self.show(request).await
    }

    /// Presses a button of the page: posts its hidden fields, what was typed, and the button.
    pub async fn press(&mut self, go: &str, typed: &[(&str, &str)]) -> Result<()> {
        let mut fields: Vec<(String, String)> =
            ["state", "page"].iter().filter_map(|name| Some(((*name).to_owned(), self.hidden(name)?))).collect();
        fields.extend(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        fields.push(("go".to_owned(), go.to_owned()));
        self.post("/help?lang=en", &fields).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(String, String)]) -> Result<()> {
        let body = fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect::<Vec<_>>().join("&");
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(format!("{}{path}", self.origin))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(origin) = &self.origin_header {
            request = request.header(header::ORIGIN, origin);
        }
        let answer = self.show(request.body(Full::from(body))?).await?;
        // "See other": a browser of any age goes there by itself.
        match answer.headers().get(header::LOCATION) {
            Some(elsewhere) if self.status == StatusCode::SEE_OTHER => {
                let path = elsewhere.to_str()?.to_owned();
                self.get(&path).await.map(drop)
            }
            _ => Ok(()),
        }
    }

    /// Presses a button of the page with files chosen, in one post in parts.
    pub async fn press_with_files(&mut self, go: &str, typed: &[(&str, &str)], files: &[(&str, &[u8])]) -> Result<()> {
        let mut fields: Vec<(&str, String)> = ["state", "page"].iter().filter_map(|name| Some((*name, self.hidden(name)?))).collect();
        fields.extend(typed.iter().map(|(name, value)| (*name, (*value).to_owned())));
        fields.push(("go", go.to_owned()));
        let files: Vec<(&str, &str, &[u8])> = files.iter().map(|(name, holds)| ("files", *name, *holds)).collect();
        self.post_parts("/help?lang=en", &fields, &files).await
    }

    /// Posts fields and files (field, name, what it holds) in parts.
    pub async fn post_parts(&mut self, path: &str, fields: &[(&str, String)], files: &[(&str, &str, &[u8])]) -> Result<()> {
        let mut body = Vec::with_capacity(files.iter().map(|(_, _, holds)| holds.len() + 300).sum::<usize>() + 100_000);
        for (name, value) in fields {
            body.extend_from_slice(format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").as_bytes());
        }
        for (field, name, holds) in files {
            let head = format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(holds);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{EDGE}--\r\n").as_bytes());
        let request = Request::builder()
            .method(Method::POST)
            .uri(format!("{}{path}", self.origin))
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={EDGE}"));
        self.show(request.body(Full::from(body))?).await.map(drop)
    }

    /// The value of a hidden field of the page.
    pub fn hidden(&self, name: &str) -> Option<String> {
        let field =
            self.page.split("<input").find(|field| field.contains(&format!("name=\"{name}\"")) && field.contains("type=\"hidden\""))?;
        let value = field.split_once("value=\"")?.1.split('"').next()?;
        Some(value.to_owned())
    }

    /// The receipt on the page, as 25 digits.
    pub fn receipt(&self) -> Result<String> {
        let shown = self.page.split_once("data-receipt=\"").context("the page shows no receipt")?.1;
        let digits: String = shown.split('"').next().unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
        if digits.len() != 25 {
            bail!("the receipt has {} digits", digits.len());
        }
        Ok(digits)
    }

    /// Sends a report of the path "It is happening to me" and gives the receipt.
    pub async fn report(&mut self, words: &str) -> Result<String> {
        self.press("me", &[]).await?;
        self.press("send", &[("words", words), ("reach", "receipt")]).await?;
        self.receipt()
    }

    async fn show(&mut self, mut request: Request<Full<Bytes>>) -> Result<Response<()>> {
        if let Some(cookie) = &self.cookie {
            request.headers_mut().insert(header::COOKIE, cookie.parse()?);
        }
        let response = self.client.request(request).await?;
        let (parts, body) = response.into_parts();
        self.status = parts.status;
        if let (true, Some(set)) = (self.keep_cookies, parts.headers.get(header::SET_COOKIE)) {
            self.cookie = set.to_str()?.split(';').next().map(str::to_owned);
        }
        self.page = String::from_utf8_lossy(&body.collect().await?.to_bytes()).into_owned();
        Ok(Response::from_parts(parts, ()))
    }
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
            },
        )
        .collect()
}
