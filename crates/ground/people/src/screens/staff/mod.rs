//! The pages about those who work here: the rota for everybody, members and teams for administrators.

mod away;
mod changes;
mod filled;
mod grants;
mod joining;
mod losing;
mod member;
mod members;
mod recovery;
mod reset;
mod rota;
mod taking;
mod teams;
mod turns;

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::FromRef;
use axum::response::Response;
use axum::routing::{get, post};
use plainsight_pages::components::{NotificationBanner, SideItem, SideSection};
use plainsight_pages::{Content, DeskSite, Language, Locale, Locales, Markup};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::acts::member::Listed;
use crate::member::Member;
use crate::registry::People;
use crate::roles::{ADMINISTRATOR, AUDITOR, Permission, RoleName, ZONE};
use crate::screens::clock::WallClock;
use crate::screens::frame::{Frame, failed};
use crate::screens::{Allowed, Desk, needs_fresh, word_or};

pub use recovery::RECOVERY_PAGE;

/// Where the rota is. An auditor, who answers for no team, finds nothing there.
pub const ROTA_PAGE: &str = "/rota";

/// Whoever may stand on a rota.
pub(super) struct MayAnswer;

impl Permission for MayAnswer {
    fn permits(member: &Member) -> bool {
        !member.holds(ZONE, AUDITOR)
    }
}

type Colleague = Allowed<MayAnswer>;

/// Where members and teams are. Whoever is no administrator finds nothing there.
pub const PEOPLE_PAGE: &str = "/people";

/// What cannot be taken back wants the password typed so lately.
const FRESH: Duration = Duration::minutes(5);

/// Whoever makes and ends accounts.
pub(super) struct KeepsMembers;

impl Permission for KeepsMembers {
    fn permits(member: &Member) -> bool {
        member.holds(ZONE, ADMINISTRATOR)
    }
}

type Administrator = Allowed<KeepsMembers>;

/// A zone as these pages know it: what its people find at the side of ours too, and the roles that it offers.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// The zone: shown to those who work in it.
    pub zone: &'static str,
    /// The id of the message that names it.
    pub title: &'static str,
    /// The id of the message and the path of each page.
    pub pages: &'static [(&'static str, &'static str)],
    /// The roles that a member may hold there.
    pub roles: &'static [&'static str],
}

/// What these pages need.
#[derive(Clone)]
pub struct Staff {
    people: People,
    face: DeskSite,
    clock: WallClock,
    rooms: Arc<[Room]>,
    /// Every role that a new member may get.
    roles: Arc<[RoleName]>,
    /// The site value that names a team which is never on call.
    never_on_call: Option<&'static str>,
}

impl Staff {
    /// The staff of this desk, by the clock of a time zone, with the way back to the rooms they work in.
    #[must_use]
    pub fn new(desk: &Desk, zone: &str, rooms: impl IntoIterator<Item = Room>) -> Self {
        let (people, face) = (desk.people.clone(), desk.face.clone());
        let rooms: Arc<[Room]> = rooms.into_iter().collect();
        let theirs = rooms.iter().flat_map(|room| room.roles.iter().map(|role| (room.zone, *role)));
        let roles = theirs.chain(crate::roles().iter().copied()).filter_map(|(zone, role)| RoleName::new(zone, role).ok()).collect();
        Self { people, face, clock: WallClock::new(zone), rooms, roles, never_on_call: None }
    }

    /// The team that this site value names keeps a key and takes no contacts: without turns it is no hole in the rota.
    #[must_use]
    pub fn never_on_call(self, site_value: &'static str) -> Self {
        Self { never_on_call: Some(site_value), ..self }
    }

    /// A moment in full: day and time.
    fn date_time(&self, words: &Locale, at: OffsetDateTime) -> String {
        words.date_time(at, self.clock.offset(at))
    }

    /// The day of a moment in full.
    fn date(&self, words: &Locale, at: OffsetDateTime) -> String {
        words.date(at, self.clock.offset(at))
    }
}

impl FromRef<Staff> for Locales {
    fn from_ref(staff: &Staff) -> Self {
        staff.face.locales.clone()
    }
}

/// The pages of the staff; the binary puts them among the zones' pages, behind the sign-in.
pub fn staff(staff: Staff) -> Router {
    let desk = Desk::new(staff.people.clone(), staff.face.clone());
    let fresh = Router::new()
        .route("/people/add", get(joining::ask).post(joining::add))
        .route("/people/{id}/end", get(member::ask_end).post(member::end))
        .route("/people/{id}/roles", get(changes::ask_roles).post(changes::roles))
        .route("/people/{id}/pager", get(changes::ask_pager).post(changes::pager_address))
        .route("/people/{id}/reset", get(reset::ask).post(reset::reset))
        .route("/people/teams/add", get(teams::ask).post(teams::add))
        .route("/people/teams/{id}/rotate", post(teams::rotate))
        .route("/people/teams/{id}/grant", post(grants::give))
        .route("/people/teams/{id}/holders/{holder}/take", get(taking::ask).post(taking::take))
        .route("/recovery/ask", post(recovery::ask_for))
        .route("/recovery/zones/{zone}/drill", post(recovery::drill))
        .route("/recovery/zones/{zone}/cover", post(recovery::cover))
        .route("/recovery/zones/{zone}/make", get(recovery::ask_make).post(recovery::make))
        .route("/recovery/requests/{id}/agree", post(recovery::agree_to))
        .route("/recovery/requests/{id}/stop", post(recovery::stop_it))
        .route("/recovery/requests/{id}/finish", post(recovery::finish_it))
        .with_state(staff.clone());
    Router::new()
        .route(ROTA_PAGE, get(rota::show))
        .route("/rota/turns", post(turns::add))
        .route("/rota/turns/{id}/remove", post(turns::remove))
        .route("/rota/absences", post(away::add))
        .route("/rota/absences/{id}/back", post(away::take_back))
        .route(RECOVERY_PAGE, get(recovery::show))
        .route(PEOPLE_PAGE, get(members::show))
        .route("/people/{id}", get(member::show))
        .route("/people/{id}/languages", post(member::languages))
        .with_state(staff)
        .merge(needs_fresh(&desk, FRESH, fresh))
}

/// The links to these pages, for the side of every page at the desk. `here` is the path of the page itself.
#[must_use]
pub fn staff_nav(language: &Language, member: &Member, here: &str) -> SideSection {
    let words = &*language.locale;
    let item = |id: &str, path: &str| SideItem::new(words.text(id), language.href(path)).active(here == path);
    let people = KeepsMembers::permits(member).then(|| item("people-nav", PEOPLE_PAGE));
    SideSection::new(words.text("staff-nav"), [item("rota-title", ROTA_PAGE)].into_iter().chain(people))
}

fn whole(staff: &Staff, member: &Member, language: &Language, here: &str, title: &str, wrong: bool, body: &impl Template) -> Response {
    let last = staff_nav(language, member, here);
    Frame { face: &staff.face, rooms: &staff.rooms, language, member, last }.around(title, wrong, body)
}

/// What a role is called; its own name where no language has a word for it.
fn role_name(words: &Locale, role: &str) -> String {
    word_or(words, &format!("people-role-{}", role.replace(':', "-")), role)
}

pub(super) fn role_names(words: &Locale, member: &Member) -> String {
    member.roles.iter().map(|role| role_name(words, &role.to_string())).collect::<Vec<_>>().join(", ")
}

/// What languages are called; the tag of one that has no word yet.
fn language_names(words: &Locale, tags: &[String]) -> String {
    tags.iter().map(|tag| word_or(words, &format!("language-{}", tag.to_lowercase()), tag)).collect::<Vec<_>>().join(", ")
}

/// What was done, at the top of the page.
fn banner(words: &Locale, text: impl Into<Content>) -> Markup {
    NotificationBanner::new(words.text("notice-title").into_owned(), text).into()
}

/// The name of a member, unless they left.
fn name_of(words: &Locale, listed: &[Listed], member: Uuid) -> String {
    let found = listed.iter().find(|it| it.member.id == member).filter(|it| !it.closed);
    found.map_or_else(|| words.text("rota-left").into_owned(), |it| it.member.name.clone())
}

fn names_of(words: &Locale, listed: &[Listed], members: &[Uuid]) -> String {
    let mut names: Vec<_> = members.iter().map(|member| name_of(words, listed, *member)).collect();
    // They come in the order of their ids, which says nothing to anybody.
    names.sort_unstable();
    names.join(", ")
}
