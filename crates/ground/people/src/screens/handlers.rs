//! Handlers of the door: parse, call an act, render.

use axum::extract::{Form, Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;
use tower_sessions::Session;

use crate::acts::passkey::{self, PasskeyCredentials, prove_with_passkey};
use crate::acts::sign_in::{self, Credentials, Proved, SignInError};
use crate::desk_memory::{SESSION_END, SessionKey};
use crate::error::ActError;
use crate::kept_form::DeskPath;
use crate::screens::gate::{Standing, open, standing};
use crate::screens::{Desk, views};
use crate::session_store::{SessionRows, WHO, Who};

#[derive(Deserialize)]
pub(super) struct Towards {
    next: Option<String>,
}

/// Where to go after the door: a path on this desk, or its first page.
fn target(next: Option<&str>) -> DeskPath {
    next.and_then(|next| DeskPath::parse(next).ok()).unwrap_or_else(DeskPath::home)
}

pub(super) async fn sign_in_page(
    State(desk): State<Desk>,
    session: Session,
    Query(towards): Query<Towards>,
    headers: HeaderMap,
) -> Response {
    let next = target(towards.next.as_deref());
    let language = views::language(&desk, &headers);
    match standing(&desk.people, &session).await {
        Ok(Standing::In(_)) => Redirect::to(next.as_str()).into_response(),
        Ok(_) => {
            let page = views::Page { next, kept: None, notice: views::Notice::None };
            views::sign_in(&desk, &language, &page, "", StatusCode::OK)
        }
        Err(error) => views::failed(&desk, &language, &error),
    }
}

// No Debug on purpose: these hold passwords and what members typed.
#[derive(Deserialize)]
pub(super) struct SignInForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    passkey: String,
    next: Option<String>,
    kept: Option<String>,
}

pub(super) async fn sign_in(State(desk): State<Desk>, session: Session, headers: HeaderMap, Form(form): Form<SignInForm>) -> Response {
    let language = views::language(&desk, &headers);
    let next = target(form.next.as_deref());
    let (name, password) = (form.name.clone(), form.password.into());
    // Which of the two was sent decides, and nothing that the desk knows of the name.
    let (proved, notice) = match desk.place.as_ref().filter(|_| !form.passkey.is_empty()) {
        Some(place) => {
            let typed = PasskeyCredentials { name, password, answer: form.passkey };
            (prove_with_passkey(&desk.people, place, &typed).await, views::Notice::PasskeyRefused)
        }
        None => {
            let typed = Credentials { name, password, code: form.code.into() };
            (sign_in::prove(&desk.people, &typed).await, views::Notice::Refused)
        }
    };
    match proved {
        Ok(proved) => match begin(&desk, &session, &proved).await {
            Ok(()) => go_on(&desk, &language, &proved, &next, form.kept.as_deref()),
            Err(error) => views::failed(&desk, &language, &error),
        },
        Err(SignInError::Refused) => {
            let page = views::Page { next, kept: form.kept, notice };
            views::sign_in(&desk, &language, &page, &form.name, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(SignInError::Act(error)) => views::failed(&desk, &language, &error),
    }
}

/// What the page's script hands to the browser to ask for a passkey. It asks for no name, so it tells of none.
pub(super) async fn passkey_options(State(desk): State<Desk>) -> Response {
    match &desk.place {
        Some(place) => ([(CONTENT_TYPE, "application/json")], passkey::passkey_options(&desk.people, place).to_string()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A new session with a new id; whatever session the browser came with ends.
async fn begin(desk: &Desk, session: &Session, proved: &Proved) -> Result<(), ActError> {
    let failed = |_| ActError::Sealed("sessions");
    if let Some(old) = session.id() {
        desk.people.memory().lock(SessionKey::of(old));
        session.flush().await.map_err(failed)?;
    }
    let who = Who { member: proved.member.id, generation: proved.generation };
    session.insert(WHO, who).await.map_err(failed)?;
    session.save().await.map_err(failed)?;
    let id = session.id().ok_or(ActError::Sealed("sessions"))?;
    let now = desk.people.now();
    desk.people.memory().unlock(SessionKey::of(id), proved.unlocked.clone(), now, now + SESSION_END);
    Ok(())
}

/// To the page that was wanted, or to the form that was kept for this member.
fn go_on(desk: &Desk, language: &views::Language, proved: &Proved, next: &DeskPath, kept: Option<&str>) -> Response {
    match kept.and_then(|kept| open(&desk.people, kept, proved.member.id)) {
        Some(form) => views::carry_on(desk, language, &proved.member, &form),
        None => Redirect::to(next.as_str()).into_response(),
    }
}

pub(super) async fn locked_page(
    State(desk): State<Desk>,
    session: Session,
    Query(towards): Query<Towards>,
    headers: HeaderMap,
) -> Response {
    let language = views::language(&desk, &headers);
    match standing(&desk.people, &session).await {
        Ok(Standing::Out(_)) => Redirect::to("/sign-in").into_response(),
        Ok(_) => {
            let page = views::Page { next: target(towards.next.as_deref()), kept: None, notice: views::Notice::None };
            views::locked(&desk, &language, &page, StatusCode::OK)
        }
        Err(error) => views::failed(&desk, &language, &error),
    }
}

#[derive(Deserialize)]
pub(super) struct UnlockForm {
    #[serde(default)]
    password: String,
    next: Option<String>,
    kept: Option<String>,
}

pub(super) async fn unlock(State(desk): State<Desk>, session: Session, headers: HeaderMap, Form(form): Form<UnlockForm>) -> Response {
    let language = views::language(&desk, &headers);
    let next = target(form.next.as_deref());
    let member = match standing(&desk.people, &session).await {
        Ok(Standing::In(signed_in)) => signed_in.member,
        Ok(Standing::Locked(member)) => member,
        // The session ended while the page stood open: the form it holds goes along to the sign-in.
        Ok(Standing::Out(_)) => {
            let page = views::Page { next, kept: form.kept, notice: views::Notice::Ended };
            return views::sign_in(&desk, &language, &page, "", StatusCode::UNAUTHORIZED);
        }
        Err(error) => return views::failed(&desk, &language, &error),
    };
    match sign_in::unlock(&desk.people, member.id, form.password.into()).await {
        Ok(proved) => match keep_keys(&desk, &session, &proved).await {
            Ok(()) => go_on(&desk, &language, &proved, &next, form.kept.as_deref()),
            Err(error) => views::failed(&desk, &language, &error),
        },
        Err(SignInError::Refused) => {
            let page = views::Page { next, kept: form.kept, notice: views::Notice::Refused };
            views::locked(&desk, &language, &page, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(SignInError::Act(error)) => views::failed(&desk, &language, &error),
    }
}

/// Puts the keys back into the memory of a session that lives; its end stays where it was.
async fn keep_keys(desk: &Desk, session: &Session, proved: &Proved) -> Result<(), ActError> {
    let id = session.id().ok_or(ActError::NotFound)?;
    let key = SessionKey::of(id);
    let ends = SessionRows(desk.people.clone()).ends(key).await?.ok_or(ActError::NotFound)?;
    desk.people.memory().unlock(key, proved.unlocked.clone(), desk.people.now(), ends);
    Ok(())
}

pub(super) async fn lock(State(desk): State<Desk>, session: Session) -> Redirect {
    if let Some(id) = session.id() {
        desk.people.memory().lock(SessionKey::of(id));
    }
    Redirect::to("/locked")
}

pub(super) async fn sign_out(State(desk): State<Desk>, session: Session) -> Response {
    let standing = standing(&desk.people, &session).await;
    if let Some(id) = session.id() {
        desk.people.memory().lock(SessionKey::of(id));
    }
    // The session ends even when the entry cannot be written: leaving must never fail.
    if let Err(error) = session.flush().await {
        tracing::warn!(%error, "a session could not be ended in the table");
    }
    let member = match standing {
        Ok(Standing::In(signed_in)) => Some(signed_in.member.id),
        Ok(Standing::Locked(member)) => Some(member.id),
        _ => None,
    };
    if let Some(member) = member
        && let Err(error) = sign_in::signed_out(&desk.people, member).await
    {
        tracing::warn!(%error, "signing out could not be written to the ledger");
    }
    Redirect::to("/sign-in").into_response()
}
