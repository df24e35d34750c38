//! A member's own account: the passkeys they may sign in with. Everybody who is signed in has this page, and sees nobody
//! else's.

mod passkeys;

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::FromRef;
use axum::response::Response;
use axum::routing::get;
use plainsight_pages::components::{ErrorItem, ErrorMessage, ErrorSummary, SideItem, SideSection};
use plainsight_pages::{Language, Locale, Locales};
use time::{Duration, OffsetDateTime};

use crate::member::Member;
use crate::roles::{AUDITOR, ZONE};
use crate::screens::clock::WallClock;
use crate::screens::frame::{Frame, failed};
use crate::screens::{Desk, LEDGER_PAGE, Room, needs_fresh, staff_nav};

/// Where a member's own account is.
pub const ACCOUNT_PAGE: &str = "/account";

/// What opens the door later wants the password typed so lately.
const FRESH: Duration = Duration::minutes(5);

/// What these pages need.
#[derive(Clone)]
pub struct Accounts {
    desk: Desk,
    clock: WallClock,
    rooms: Arc<[Room]>,
}

impl Accounts {
    /// The accounts of this desk, by the clock of a time zone, with the way back to the rooms that members work in.
    #[must_use]
    pub fn new(desk: &Desk, zone: &str, rooms: impl IntoIterator<Item = Room>) -> Self {
        Self { desk: desk.clone(), clock: WallClock::new(zone), rooms: rooms.into_iter().collect() }
    }

    /// The day of a moment in full.
    fn date(&self, words: &Locale, at: OffsetDateTime) -> String {
        words.date(at, self.clock.offset(at))
    }
}

impl FromRef<Accounts> for Locales {
    fn from_ref(accounts: &Accounts) -> Self {
        accounts.desk.face.locales.clone()
    }
}

/// The pages of one's own account; the binary puts them among the zones' pages, behind the sign-in.
pub fn account(accounts: Accounts) -> Router {
    let desk = accounts.desk.clone();
    let fresh = Router::new()
        .route("/account/passkeys/add", get(passkeys::ask).post(passkeys::add))
        .route("/account/passkeys/options", get(passkeys::options))
        .route("/account/passkeys/{id}/remove", get(passkeys::ask_remove).post(passkeys::remove))
        .with_state(accounts.clone());
    Router::new().route(ACCOUNT_PAGE, get(passkeys::show)).with_state(accounts).merge(needs_fresh(&desk, FRESH, fresh))
}

fn whole(accounts: &Accounts, member: &Member, language: &Language, title: &str, wrong: bool, body: &impl Template) -> Response {
    // An auditor answers for no team: the rota is not theirs to see.
    let last = if member.holds(ZONE, AUDITOR) {
        let words = &*language.locale;
        SideSection::new(words.text("ledger-title"), [SideItem::new(words.text("ledger-entries"), language.href(LEDGER_PAGE))])
    } else {
        staff_nav(language, member, ACCOUNT_PAGE)
    };
    Frame { face: &accounts.desk.face, rooms: &accounts.rooms, language, member, last }.around(title, wrong, body)
}

/// One thing that has to be mended: the field, and the id of the text that says how.
#[derive(Clone, Copy)]
struct Wrong {
    field: &'static str,
    text: &'static str,
}

impl Wrong {
    fn summary(self, words: &Locale) -> ErrorSummary {
        ErrorSummary::new(words.text("error-summary-title"), [ErrorItem::new(words.text(self.text), self.field)])
    }

    fn message(self, words: &Locale) -> ErrorMessage {
        ErrorMessage::new(words.text(self.text), words.text("error-prefix"))
    }
}
