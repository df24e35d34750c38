//! The door for the script of the report site, which sends a file in pieces: each is put away when it comes, and the answer
//! says which are here. Whatever was lost on the way is sent again; nothing is stored twice. The page holds a ticket for
//! each file; no address carries anything.

use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use zeroize::Zeroizing;

use crate::acts::stow;
use crate::chosen::{Chosen, Ticket, Why};
use crate::fields::Fields;
use crate::parcel::{LARGEST, PARCEL};
use crate::screens::posted::{Cut, Posted, harmless};
use crate::site::Site;

use super::files;

/// One post of the script: what it wants is the field `do`.
pub(super) async fn part(State(site): State<Site>, request: Request) -> Response {
    let mut posted = match Posted::open(request).await {
        Ok(posted) => posted,
        Err(refused) => return refused,
    };
    let piece = match piece(&mut posted).await {
        Ok(piece) => piece,
        Err(refused) => return refused,
    };
    let answer = match posted.fields.get("do") {
        Some("begin") => begin(&site, &posted.fields).await,
        Some("put") => put(&site, &posted.fields, &piece).await,
        Some("there") => there(&site, &posted.fields).await,
        Some("away") => away(&site, &posted.fields).await,
        _ => return StatusCode::BAD_REQUEST.into_response(),
    };
    match answer {
        Ok(answer) => answered(StatusCode::OK, &answer),
        Err(why @ Why::NotNow) => answered(StatusCode::SERVICE_UNAVAILABLE, &json!({ "why": why.code() })),
        Err(why) => answered(StatusCode::UNPROCESSABLE_ENTITY, &json!({ "why": why.code() })),
    }
}

fn answered(status: StatusCode, answer: &serde_json::Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], answer.to_string()).into_response()
}

/// What the piece holds; nothing where there is none. More than a piece is refused, and half a one is as good as none.
async fn piece(posted: &mut Posted) -> Result<Zeroizing<Vec<u8>>, Response> {
    let mut piece = Zeroizing::new(Vec::new());
    while posted.next_file().await.map_err(IntoResponse::into_response)?.is_some() {
        loop {
            match posted.chunk().await {
                Ok(Some(chunk)) if piece.len() + chunk.len() <= PARCEL => piece.extend_from_slice(&chunk),
                Ok(Some(_)) => return Err(StatusCode::PAYLOAD_TOO_LARGE.into_response()),
                Ok(None) => break,
                Err(Cut) => return Err(StatusCode::BAD_REQUEST.into_response()),
            }
        }
    }
    if posted.was_cut() { Err(StatusCode::BAD_REQUEST.into_response()) } else { Ok(piece) }
}

/// Begins a file of this name and size.
async fn begin(site: &Site, fields: &Fields) -> Result<serde_json::Value, Why> {
    let size = fields.get("size").and_then(|size| size.parse().ok()).unwrap_or(LARGEST + 1);
    let layout = files::layout(size)?;
    files::count(site).await;
    if !site.room.begin(site.settings.waiting_files, layout.parcels()) {
        return Err(Why::Full);
    }
    let (id, key) = stow::begin(&site.cabinet).await.map_err(|error| files::why(&error))?;
    let name = harmless(fields.get("name").unwrap_or_default());
    let ticket = files::ticket(site, &Chosen { id, key, name, size, hash: None }).ok_or(Why::NotNow)?;
    Ok(json!({ "ticket": ticket, "there": [] }))
}

async fn put(site: &Site, fields: &Fields, piece: &[u8]) -> Result<serde_json::Value, Why> {
    let file = opened(site, fields)?;
    let layout = files::layout(file.size)?;
    let number = fields.get("number").and_then(|number| number.parse().ok()).ok_or(Why::Cut)?;
    files::count(site).await;
    if !site.room.has_room(site.settings.waiting_files) {
        return Err(Why::Full);
    }
    // Not a piece of this file: it is another one by now.
    if number >= layout.filled() || piece.len() != layout.holds(number) {
        return Err(Why::Cut);
    }
    stow::put_parcel(&site.cabinet, file.id, &file.key, layout, number, piece).await.map_err(|error| files::why(&error))?;
    site.room.stored(1);
    tell(site, file).await
}

async fn there(site: &Site, fields: &Fields) -> Result<serde_json::Value, Why> {
    let file = opened(site, fields)?;
    let fate = stow::fate(&site.cabinet, file.id).await.map_err(|error| files::why(&error))?;
    if fate == stow::Fate::Waits { tell(site, file).await } else { Err(Why::Gone) }
}

async fn away(site: &Site, fields: &Fields) -> Result<serde_json::Value, Why> {
    let file = opened(site, fields)?;
    files::forget(site, file.id).await;
    Ok(json!({}))
}

fn opened(site: &Site, fields: &Fields) -> Result<Chosen, Why> {
    let sealed = fields.get("ticket").unwrap_or_default();
    site.drafts.open_ticket(sealed, site.cabinet.now()).map(|Ticket { ticket }| ticket).ok_or(Why::Gone)
}

/// Which pieces are here. When all are, the file is looked through once and the ticket says so: the form takes it as whole.
async fn tell(site: &Site, file: Chosen) -> Result<serde_json::Value, Why> {
    let layout = files::layout(file.size)?;
    let there = stow::there(&site.cabinet, file.id, layout).await.map_err(|error| files::why(&error))?;
    if there.len() < layout.filled() as usize {
        return Ok(json!({ "there": there }));
    }
    let hash = stow::hash(&site.cabinet, file.id, &file.key, layout).await.map_err(|error| files::why(&error))?;
    let whole = files::ticket(site, &Chosen { hash: Some(hash), ..file }).ok_or(Why::NotNow)?;
    Ok(json!({ "there": there, "whole": whole }))
}
