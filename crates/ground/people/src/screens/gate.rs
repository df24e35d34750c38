//! Who is at the door: the middleware in front of every zone's pages, and the extractors behind it.

use std::marker::PhantomData;
use std::sync::Arc;

use axum::extract::{Form, FromRequest as _, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use plainsight_vault::form_state::DayKeys;
use time::{Duration, OffsetDateTime};
use tower_sessions::Session;
use uuid::Uuid;

use crate::acts::member::read_member;
use crate::acts::sign_in::refresh;
use crate::desk_memory::SessionKey;
use crate::error::ActError;
use crate::kept_form::{DeskPath, KeptForm, LARGEST};
use crate::member::{Member, Unlocked};
use crate::records::members;
use crate::registry::People;
use crate::roles::Permission;
use crate::screens::{Desk, views};
use crate::session_store::{SessionRows, who};

/// A member who is signed in and unlocked. A page that takes it is reached by nobody else.
#[derive(Clone)]
pub struct SignedIn {
    /// Who it is, read afresh for this request.
    pub member: Arc<Member>,
    /// Their keys, and nothing that outlives the session.
    pub unlocked: Arc<Unlocked>,
    /// When they last typed the password.
    pub proved: OffsetDateTime,
}

impl<S: Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Redirect;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Redirect> {
        // Only the gate puts it there. A page mounted outside the gate refuses everybody.
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Redirect::to("/sign-in"))
    }
}

/// A signed-in member who has the permission `P`. Everybody else is told that there is no such page.
pub struct Allowed<P> {
    /// Who it is.
    pub signed_in: SignedIn,
    permission: PhantomData<fn() -> P>,
}

impl<S: Sync, P: Permission> FromRequestParts<S> for Allowed<P> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let signed_in = SignedIn::from_request_parts(parts, state).await.map_err(Redirect::into_response)?;
        if P::permits(&signed_in.member) {
            Ok(Self { signed_in, permission: PhantomData })
        } else {
            Err(StatusCode::NOT_FOUND.into_response())
        }
    }
}

/// What a session is worth now.
pub(super) enum Standing {
    /// Signed in and unlocked.
    In(SignedIn),
    /// Signed in; the keys are gone until the password is typed.
    Locked(Arc<Member>),
    /// No live session. It may be known whose it was.
    Out(Option<Uuid>),
}

pub(super) async fn standing(people: &People, session: &Session) -> Result<Standing, ActError> {
    let Some(id) = session.id() else { return Ok(Standing::Out(None)) };
    let key = SessionKey::of(id);
    let Some(who) = who(session).await.map_err(|_| ActError::Sealed("sessions"))? else {
        people.memory().lock(key);
        return Ok(Standing::Out(SessionRows(people.clone()).whose(id).await?));
    };
    let row = members::find(people.read(), people.organisation(), who.member)
        .await?
        .filter(|row| !row.closed && row.generation == who.generation);
    let Some(row) = row else {
        people.memory().lock(key);
        return Ok(Standing::Out(None));
    };
    let member = Arc::new(read_member(people, &row)?);
    let Some(present) = people.memory().use_at(key, people.now()) else {
        return Ok(Standing::Locked(member));
    };
    let unlocked = refresh(people, &present.unlocked).await?;
    if !Arc::ptr_eq(&unlocked, &present.unlocked) {
        people.memory().replace(key, Arc::clone(&unlocked));
    }
    Ok(Standing::In(SignedIn { member, unlocked, proved: present.proved }))
}

/// In front of every zone's pages.
pub(super) async fn gate(State(desk): State<Desk>, session: Session, mut request: Request, next: Next) -> Response {
    match standing(&desk.people, &session).await {
        Ok(Standing::In(signed_in)) => {
            request.extensions_mut().insert(signed_in);
            next.run(request).await
        }
        Ok(Standing::Locked(member)) => stopped(&desk, request, Some(member.id), Door::Unlock).await,
        Ok(Standing::Out(former)) => stopped(&desk, request, former, Door::SignIn).await,
        Err(error) => views::failed(&desk, &views::language(&desk, request.headers()), &error),
    }
}

/// In front of pages that want the password typed lately.
pub(super) async fn fresh(State((desk, max_age)): State<(Desk, Duration)>, request: Request, next: Next) -> Response {
    let Some(signed_in) = request.extensions().get::<SignedIn>().cloned() else {
        return Redirect::to("/sign-in").into_response();
    };
    if desk.people.now() - signed_in.proved < max_age {
        return next.run(request).await;
    }
    stopped(&desk, request, Some(signed_in.member.id), Door::Unlock).await
}

/// Which page stands in the way.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Door {
    SignIn,
    Unlock,
}

/// A page that was asked for too early is gone to after the door; a form that was posted waits in the door's page.
async fn stopped(desk: &Desk, request: Request, member: Option<Uuid>, door: Door) -> Response {
    let path = request.uri().path_and_query().and_then(|path| DeskPath::parse(path.as_str()).ok());
    let language = views::language(desk, request.headers());
    if request.method() == Method::GET || request.method() == Method::HEAD {
        return to_door(door, path.as_ref()).into_response();
    }
    let kept = match (member, path) {
        (Some(member), Some(path)) => keep(&desk.people, member, path, request).await,
        _ => None,
    };
    // A form that could not be kept is said to be lost, so that nobody believes it was sent.
    let notice = if kept.is_some() { views::Notice::FormKept } else { views::Notice::FormLost };
    let page = views::Page { next: DeskPath::home(), kept, notice };
    match door {
        Door::SignIn => views::sign_in(desk, &language, &page, "", StatusCode::UNAUTHORIZED),
        Door::Unlock => views::locked(desk, &language, &page, StatusCode::UNAUTHORIZED),
    }
}

fn to_door(door: Door, next: Option<&DeskPath>) -> Redirect {
    let page = match door {
        Door::SignIn => "/sign-in",
        Door::Unlock => "/locked",
    };
    match next.filter(|path| path.as_str() != "/") {
        Some(next) => match serde_urlencoded::to_string([("next", next.as_str())]) {
            Ok(query) => Redirect::to(&format!("{page}?{query}")),
            Err(_) => Redirect::to(page),
        },
        None => Redirect::to(page),
    }
}

/// Seals a posted form for the member who wrote it. Only plain forms of a size that fits are kept.
async fn keep(people: &People, member: Uuid, path: DeskPath, request: Request) -> Option<String> {
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|it| it.to_str().ok()?.parse::<usize>().ok());
    // On its way each byte of a letter that is not Latin takes three signs.
    if length.is_some_and(|length| length > 3 * LARGEST) {
        return None;
    }
    let Form(fields) = Form::<Vec<(String, String)>>::from_request(request, &()).await.ok()?;
    seal(people, &KeptForm { member, path, fields })
}

pub(super) fn seal(people: &People, form: &KeptForm) -> Option<String> {
    let plain = zeroize::Zeroizing::new(serde_json::to_vec(form).ok()?);
    if plain.len() > LARGEST {
        return None;
    }
    let now = people.now().unix_timestamp();
    day_keys(people, now).seal(&plain, now, &mut people.rng()).ok()
}

/// The kept form of this member, if it is one of ours. Somebody else's form is as good as none.
pub(super) fn open(people: &People, kept: &str, member: Uuid) -> Option<KeptForm> {
    let now = people.now().unix_timestamp();
    // An expired state still holds what was typed, and the member decides; see `vault::form_state`.
    let opened = day_keys(people, now).open(kept, now).ok()?;
    let form: KeptForm = serde_json::from_slice(&opened.plaintext).ok()?;
    (form.member == member).then_some(form)
}

fn day_keys(people: &People, now: i64) -> DayKeys {
    DayKeys::derive(&people.blind("people.kept_form", &[]), DayKeys::day_of(now))
}
