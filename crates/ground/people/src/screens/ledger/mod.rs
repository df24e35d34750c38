//! The ledger as an auditor reads it: who did what and when, what stands out, and whether the chains are whole.

mod chain;
mod filters;
mod list;
mod sheet;

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::FromRef;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use plainsight_pages::components::{SideItem, SideSection};
use plainsight_pages::{DeskPage, DeskSite, Language, Locale, Locales};
use plainsight_vault::keys::SigningKey;
use time::{OffsetDateTime, UtcOffset};

use crate::audit::{Book, ReadsLedger};
use crate::registry::People;
use crate::screens::clock::WallClock;
use crate::screens::{Allowed, Desk, views, word_or, zone_name};

/// Where an auditor's work is. Whoever is no auditor finds nothing there.
pub const LEDGER_PAGE: &str = "/ledger";

type Auditor = Allowed<ReadsLedger>;

/// What the pages of the ledger need.
#[derive(Clone)]
pub struct Auditing {
    people: People,
    face: DeskSite,
    books: Arc<[Book]>,
    /// Signs the ends of chains that hold.
    key: SigningKey,
    clock: WallClock,
}

impl Auditing {
    /// The chains of these books, and that of this room. A place that nobody knows keeps the time of UTC.
    #[must_use]
    pub fn new(desk: &Desk, books: impl IntoIterator<Item = Book>, key: SigningKey, zone: &str) -> Self {
        let books = books.into_iter().chain([desk.people.book()]).collect();
        Self { people: desk.people.clone(), face: desk.face.clone(), books, key, clock: WallClock::new(zone) }
    }

    /// The offset of the desk's clock from UTC at a moment.
    fn offset(&self, at: OffsetDateTime) -> UtcOffset {
        self.clock.offset(at)
    }
}

impl FromRef<Auditing> for Locales {
    fn from_ref(auditing: &Auditing) -> Self {
        auditing.face.locales.clone()
    }
}

/// The pages of the ledger; the binary puts them among the zones' pages, behind the sign-in.
pub fn ledger(auditing: Auditing) -> Router {
    Router::new()
        .route(LEDGER_PAGE, get(list::show))
        .route("/ledger/entries.csv", get(sheet::download))
        .route("/ledger/chain", get(chain::show).post(chain::compare))
        .with_state(auditing)
}

/// Which of the pages is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Entries,
    Chain,
}

fn whole(
    auditing: &Auditing,
    auditor: &Auditor,
    language: &Language,
    tab: Tab,
    title: &str,
    wrong: bool,
    body: &impl Template,
) -> Response {
    let words = &*language.locale;
    let items = [
        SideItem::new(words.text("ledger-entries"), language.href(LEDGER_PAGE)).active(tab == Tab::Entries),
        SideItem::new(words.text("ledger-chain-nav"), language.href("/ledger/chain")).active(tab == Tab::Chain),
    ];
    DeskPage::new(&auditing.face, language, title, body)
        .hat(auditor.signed_in.member.name.as_str(), words.text("ledger-role"))
        .nav([SideSection::new(words.text("ledger-title"), items)])
        .error(wrong)
        .own_heading()
        .into_response()
}

fn failed(auditing: &Auditing, language: &Language, error: &crate::ActError) -> Response {
    views::broken(&auditing.face, language, error)
}

/// What an act is called. A code that a later or earlier version wrote is shown as it is.
fn act_name(words: &Locale, act: &str) -> String {
    word_or(words, &act_id(act), act)
}

/// The id of the message that says an act in words.
fn act_id(act: &str) -> String {
    format!("act-{}", act.replace('.', "-"))
}
