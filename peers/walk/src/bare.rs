//! The peer: one fixed page from axum, nothing else.

use anyhow::Result;
use axum::Router;
use axum::response::Html;
use axum::routing::get;

/// About as many bytes as our first page.
const BYTES: usize = 4_500;

pub(crate) async fn serve(address: &str) -> Result<()> {
    let page: &'static str = Box::leak("x".repeat(BYTES).into_boxed_str());
    let listener = tokio::net::TcpListener::bind(address).await?;
    axum::serve(listener, Router::new().route("/", get(move || async move { Html(page) }))).await?;
    Ok(())
}
