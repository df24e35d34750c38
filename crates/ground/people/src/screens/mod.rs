//! The door of the desk: sign in, unlock, go on with a late form, sign out. Behind it, the ledger for those who audit, and the
//! rota and the members for those who work here.

mod account;
mod clock;
mod frame;
mod gate;
mod handlers;
mod ledger;
mod staff;
mod views;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use plainsight_pages::{DeskSite, Locale};
use time::Duration;
use tower_sessions::SessionManagerLayer;
use tower_sessions::cookie::SameSite;

pub use account::{ACCOUNT_PAGE, Accounts, account};
pub use gate::{Allowed, SignedIn};
pub use ledger::{Auditing, LEDGER_PAGE, ledger};
pub use staff::{PEOPLE_PAGE, RECOVERY_PAGE, ROTA_PAGE, Room, Staff, staff, staff_nav};

use crate::passkey::RelyingParty;
use crate::registry::People;
use crate::session_store::SessionRows;

/// The desk's only cookie. The `__Host-` prefix makes browsers refuse it without `Secure`, with a `Domain`, or with
/// another path than `/`.
pub const COOKIE: &str = "__Host-desk";

/// What the door needs: the members, and how the desk's pages look.
#[derive(Clone)]
pub struct Desk {
    pub(crate) people: People,
    pub(crate) face: DeskSite,
    /// Where passkeys are made for; none where no browser makes them.
    pub(crate) place: Option<RelyingParty>,
}

impl Desk {
    /// A desk for one organisation.
    #[must_use]
    pub fn new(people: People, face: DeskSite) -> Self {
        Self { people, face, place: None }
    }

    /// The same desk at its address, as people type it: members may sign in with a passkey there.
    #[must_use]
    pub fn at(mut self, origin: &str) -> Self {
        self.place = RelyingParty::at(origin);
        self
    }

    /// The members.
    #[must_use]
    pub fn people(&self) -> &People {
        &self.people
    }
}

/// The whole desk: this room's own pages, and the zones' pages behind the sign-in.
///
/// Nothing in `zones` is reached without an unlocked member. The binary adds headers and the csrf layer around it.
pub fn desk(desk: &Desk, zones: Router) -> Router {
    let sessions = SessionManagerLayer::new(SessionRows(desk.people.clone()))
        .with_name(COOKIE)
        .with_secure(true)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/");
    let door = Router::new()
        .route("/sign-in", get(handlers::sign_in_page).post(handlers::sign_in))
        .route("/sign-in/passkey", get(handlers::passkey_options))
        .route("/locked", get(handlers::locked_page).post(handlers::unlock))
        .route("/lock", post(handlers::lock))
        .route("/sign-out", post(handlers::sign_out))
        .with_state(desk.clone());
    zones.layer(from_fn_with_state(desk.clone(), gate::gate)).merge(door).layer(sessions)
}

/// Asks for the password again before these pages when it was typed longer than `max_age` ago: for grants, exports and
/// custodian files. A form that was posted is kept and posted again after.
pub fn needs_fresh(desk: &Desk, max_age: Duration, pages: Router) -> Router {
    let desk = desk.clone();
    pages.layer(from_fn_with_state((desk, max_age), gate::fresh))
}

/// What a zone is called; its own name where no language has a word for it.
fn zone_name(words: &Locale, zone: &str) -> String {
    word_or(words, &format!("ledger-zone-{zone}"), zone)
}

/// A text, or another one where no language has it: the name of a zone, a role or an act of another version.
fn word_or(words: &Locale, id: &str, other: &str) -> String {
    if words.has(id) { words.text(id).into_owned() } else { other.to_owned() }
}
