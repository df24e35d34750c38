//! A browser without scripts: it asks a router for pages, reads their forms and posts them as they stand.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use tower::ServiceExt;

/// Asks one router; `headers` go with every request.
pub(crate) struct Browser {
    router: Router,
    headers: Vec<(&'static str, String)>,
    query: &'static str,
}

/// An answer.
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) html: String,
    pub(crate) size: usize,
}

impl Browser {
    pub(crate) fn new(router: Router) -> Self {
        Self { router, headers: Vec::new(), query: "" }
    }

    /// Every page is asked for with this query, for example `?lang=ro`.
    pub(crate) fn query(mut self, query: &'static str) -> Self {
        self.query = query;
        self
    }

    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    async fn ask(&self, method: Method, path: &str, body: Option<Vec<u8>>) -> Page {
        self.ask_as(method, path, "application/x-www-form-urlencoded", body).await
    }

    async fn ask_as(&self, method: Method, path: &str, kind: &str, body: Option<Vec<u8>>) -> Page {
        let mut request = Request::builder().method(method).uri(format!("{path}{}", self.query));
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if body.is_some() && !self.headers.iter().any(|(name, _)| *name == header::CONTENT_TYPE.as_str()) {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        let request = request.body(body.map_or_else(Body::empty, Body::from)).unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let bytes: Bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let html = String::from_utf8_lossy(&bytes).into_owned();
        Page { status: parts.status, headers: parts.headers, html, size: bytes.len() }
    }

    pub(crate) async fn get(&self, path: &str) -> Page {
        self.ask(Method::GET, path, None).await
    }

    pub(crate) async fn post_bytes(&self, path: &str, body: &[u8]) -> Page {
        self.ask(Method::POST, path, Some(body.to_vec())).await
    }

    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.post_bytes(path, body.as_bytes()).await
    }

    /// Posts a body as it is, of this kind.
    pub(crate) async fn post_as(&self, path: &str, kind: &str, body: Vec<u8>) -> Page {
        self.ask_as(Method::POST, path, kind, Some(body)).await
    }

    /// Posts the form of a page in parts, with files chosen.
    pub(crate) async fn press_with_files(&self, page: &Page, filled: &[(&str, &str)], files: &[(&str, &[u8])], go: &str) -> Page {
        let mut parts = Parts::default();
        for (name, value) in page.form().iter().filter(|(name, _)| name != "files" && !filled.iter().any(|(filled, _)| filled == name)) {
            parts = parts.field(name, value);
        }
        parts = filled.iter().fold(parts, |parts, (name, value)| parts.field(name, value));
        parts = files.iter().fold(parts, |parts, (name, holds)| parts.file("files", name, holds));
        self.post_as("/help", Parts::KIND, parts.field("go", go).end()).await
    }

    /// Posts the form of a page as it stands, with some fields filled in and one button pressed.
    pub(crate) async fn press(&self, page: &Page, filled: &[(&str, &str)], go: &str) -> Page {
        let mut fields: Vec<(String, String)> =
            page.form().into_iter().filter(|(name, _)| !filled.iter().any(|(filled, _)| filled == name)).collect();
        fields.extend(filled.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        fields.push(("go".to_owned(), go.to_owned()));
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.post("/help", &fields).await
    }
}

impl Page {
    /// What the form with the state in it would send: hidden fields, texts, and chosen answers.
    pub(crate) fn form(&self) -> Vec<(String, String)> {
        let mut fields = Vec::new();
        for form in self.html.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap();
            if !form.contains("name=\"state\"") && !form.contains("name=\"receipt\"") {
                continue;
            }
            for (tag, rest) in tags(form) {
                let Some(name) = attribute(tag, "name") else { continue };
                if tag.starts_with("textarea") {
                    fields.push((name, unescape(rest.split("</textarea>").next().unwrap())));
                } else if tag.starts_with("input") {
                    let choice = matches!(attribute(tag, "type").as_deref(), Some("radio" | "checkbox"));
                    if !choice || tag.split_whitespace().any(|word| word == "checked") {
                        fields.push((name, attribute(tag, "value").unwrap_or_default()));
                    }
                }
            }
            break;
        }
        fields
    }

    pub(crate) fn field(&self, name: &str) -> String {
        self.form().into_iter().find(|(field, _)| field == name).map(|(_, value)| value).unwrap_or_default()
    }

    pub(crate) fn has_id(&self, id: &str) -> bool {
        tags(&self.html).any(|(tag, _)| attribute(tag, "id").as_deref() == Some(id))
    }

    /// The page's text as people read it, with one space between words.
    pub(crate) fn text(&self) -> String {
        self.pieces().join(" ")
    }

    /// The text without the marks that keep names and numbers in order.
    pub(crate) fn plain(&self) -> String {
        crate::screens::unmarked(&self.text())
    }

    /// The pieces of text between tags.
    pub(crate) fn pieces(&self) -> Vec<String> {
        let body = self.html.split("<body").nth(1).unwrap_or(&self.html);
        let mut pieces = Vec::new();
        for after in body.split('>').skip(1) {
            let text = unescape(after.split('<').next().unwrap());
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if !text.is_empty() {
                pieces.push(text);
            }
        }
        pieces
    }

    /// The targets of the links of the summary of errors.
    pub(crate) fn summary_targets(&self) -> Vec<String> {
        let Some(summary) = self.html.split("govuk-error-summary__list").nth(1) else { return Vec::new() };
        let summary = summary.split("</ul>").next().unwrap();
        tags(summary).filter_map(|(tag, _)| attribute(tag, "href")?.strip_prefix('#').map(str::to_owned)).collect()
    }

    /// Where an answer sends the browser.
    pub(crate) fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// What no page of ours may have: a cookie, a script or a style in its text, something from elsewhere, a message
    /// that no language has.
    pub(crate) fn check_decent(&self) {
        assert!(!self.headers.contains_key(header::SET_COOKIE), "a cookie");
        let policy = self.headers.get("content-security-policy").map(|value| value.to_str().unwrap()).unwrap_or_default();
        assert!(policy.contains("default-src 'none'"), "no policy");
        for (tag, rest) in tags(&self.html) {
            let name = tag.split(|sign: char| sign.is_whitespace() || sign == '/').next().unwrap();
            assert!(name != "style" && name != "iframe" && name != "object" && name != "base", "<{tag}>");
            if name == "script" {
                assert!(attribute(tag, "src").is_some() && rest.starts_with("</script>"), "<{tag}>");
            }
            // What stands between quotes is text.
            for word in tag.split('"').step_by(2).flat_map(str::split_whitespace).skip(1) {
                let attribute = word.split('=').next().unwrap();
                assert!(attribute != "style" && !attribute.starts_with("on"), "<{tag}>");
            }
            for loaded in ["src", "action", "formaction", "poster", "srcset"] {
                if let Some(address) = attribute(tag, loaded) {
                    assert!(address.starts_with('/') && !address.starts_with("//"), "<{tag}>");
                }
            }
            if name == "link" {
                assert!(attribute(tag, "href").is_some_and(|address| address.starts_with('/')), "<{tag}>");
            }
        }
        for piece in self.pieces() {
            let missing = piece.split('[').skip(1).any(|after| {
                let id = after.split(']').next().unwrap();
                after.len() > id.len()
                    && id.contains('-')
                    && id.chars().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-')
            });
            assert!(!missing, "a message is missing: {piece}");
        }
    }
}

/// A body in parts, as a browser sends it.
#[derive(Default)]
pub(crate) struct Parts(Vec<u8>);

impl Parts {
    pub(crate) const KIND: &str = "multipart/form-data; boundary=----edge";

    pub(crate) fn field(mut self, name: &str, value: &str) -> Self {
        self.0.extend(format!("------edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        self
    }

    pub(crate) fn file(mut self, field: &str, name: &str, holds: &[u8]) -> Self {
        let head = format!("------edge\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n");
        self.0.extend(format!("{head}Content-Type: application/octet-stream\r\n\r\n").bytes());
        self.0.extend_from_slice(holds);
        self.0.extend_from_slice(b"\r\n");
        self
    }

    pub(crate) fn end(mut self) -> Vec<u8> {
        self.0.extend_from_slice(b"------edge--\r\n");
        self.0
    }
}

/// The tags of a page, each with what follows it. Comments are passed over.
fn tags(html: &str) -> impl Iterator<Item = (&str, &str)> {
    html.split('<').skip(1).filter(|piece| !piece.starts_with(['!', '/'])).filter_map(move |piece| {
        let tag = piece.split('>').next()?;
        let end = tag.as_ptr() as usize - html.as_ptr() as usize + tag.len() + 1;
        Some((tag, html.get(end..).unwrap_or_default()))
    })
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    Some(unescape(tag[start..].split('"').next()?))
}

fn unescape(text: &str) -> String {
    let named = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    let mut out = String::new();
    let mut rest = named.as_str();
    while let Some(start) = rest.find("&#") {
        out.push_str(&rest[..start]);
        rest = &rest[start + 2..];
        let Some(end) = rest.find(';') else { break };
        out.extend(rest[..end].parse().ok().and_then(char::from_u32));
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    out.replace("&amp;", "&")
}
