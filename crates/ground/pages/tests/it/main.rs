//! Both faces as a browser meets them: headers, assets, leaving, and pages for answers that have none.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod assets;
mod face;
mod headers;
mod layout;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use plainsight_pages::{DeskSite, Locales, PublicSite};
use tower::ServiceExt;

pub(crate) const WEATHER: &str = "https://weather.example.org/";

pub(crate) fn public_site() -> PublicSite {
    PublicSite::new(Locales::load(None).unwrap(), WEATHER)
}

pub(crate) fn desk_site() -> DeskSite {
    DeskSite::new(Locales::load(None).unwrap(), "A <b>helpline</b>", true)
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

pub(crate) async fn ask(face: &Router, request: Request<Body>) -> Answer {
    let answer = face.clone().oneshot(request).await.unwrap();
    let (parts, body) = answer.into_parts();
    Answer { status: parts.status, headers: parts.headers, body: body.collect().await.unwrap().to_bytes().to_vec() }
}

pub(crate) async fn get(face: &Router, path: &str) -> Answer {
    ask(face, Request::get(path).body(Body::empty()).unwrap()).await
}

pub(crate) async fn get_with(face: &Router, path: &str, header: &str, value: &str) -> Answer {
    ask(face, Request::get(path).header(header, value).body(Body::empty()).unwrap()).await
}
