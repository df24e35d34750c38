//! The advisers' desk: the list, one contact, the urgent referral.

mod alike;
mod asked;
mod board;
mod call;
mod cases;
mod contact;
mod files;
mod forms;
mod hands;
mod keeping;
mod list;
mod referral;
mod rows;
mod safe_contact;
mod search;
mod settings;
mod shift;
mod systems;
mod tell;
mod views;

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use time::{Date, Duration, OffsetDateTime};

use axum::extract::FromRef;

use plainsight_pages::components::{ErrorItem, ErrorSummary, SideItem, SideSection, Tag};
use plainsight_pages::{DeskPage, DeskSite, Language, Locale, Locales, Markup, Trouble as PageTrouble, desk_trouble};
use plainsight_people::acts::member::list_members;
use plainsight_people::acts::team::{TeamListed, list_teams};
use plainsight_people::{People, SignedIn, staff_nav};
use plainsight_vault::SigningKey;
use plainsight_vocabulary::Urgency;

use self::files::Files;
pub(in crate::screens) use self::files::card::{Shows, shows};
use crate::acts::clean::Cleaner;
use crate::acts::stow::custodians_team;
use crate::cabinet::Cabinet;
use crate::header::{Due, Header};
use crate::index::Index;
use crate::records::{SUPERVISOR, ZONE};
use crate::screens::bits;
use crate::search::library::{Library, Progress};
use crate::site::{PublicSettings, intake_team};
use crate::standing::Standing;
use crate::strain::Strain;
use crate::trouble::Trouble;

/// The desk of one helpline. As with [`crate::Site`], each request works with a clone that takes what holds at that moment.
pub struct Desk {
    pub(crate) standing: Standing,
    pub(crate) cabinet: Cabinet,
    pub(crate) face: DeskSite,
    pub(crate) index: Index,
    /// The names of colleagues.
    pub(crate) people: People,
    /// The time zone of the desk, for the clock on its wall.
    pub(crate) zone: String,
    /// The clocks and hours that the site promises.
    pub(crate) settings: Arc<PublicSettings>,
    pub(crate) strain: Strain,
    /// Signs what is proved to others. The public process has no such key.
    pub(crate) signing: SigningKey,
    /// What the unlocked may search.
    pub(crate) library: Library,
    /// Where files are cleaned and shown; none in rehearsals, which have no files.
    pub(crate) files: Option<Files>,
}

impl Clone for Desk {
    fn clone(&self) -> Self {
        Self {
            standing: self.standing.clone(),
            cabinet: self.cabinet.clone(),
            face: self.face.clone(),
            index: self.index.clone(),
            people: self.people.clone(),
            zone: self.zone.clone(),
            settings: self.standing.settings(),
            strain: self.strain.clone(),
            signing: self.signing.clone(),
            library: self.library.clone(),
            files: self.files.clone(),
        }
    }
}

impl Desk {
    pub fn new(
        cabinet: Cabinet,
        face: DeskSite,
        people: People,
        zone: impl Into<String>,
        standing: impl Into<Standing>,
        signing: SigningKey,
    ) -> Self {
        let standing = standing.into();
        Self {
            cabinet,
            face,
            index: Index::new(),
            people,
            zone: zone.into(),
            settings: standing.settings(),
            standing,
            strain: Strain::default(),
            signing,
            library: Library::default(),
            files: None,
        }
    }

    /// With a place where files are cleaned, and the origin at which they are shown.
    #[must_use]
    pub fn with_files(self, cleaner: Cleaner, origin: &str) -> Self {
        Self { files: Some(Files::new(cleaner, origin)), ..self }
    }

    /// Reads what was written a moment ago, for a page that shows something else first: a fault is no reason to show none.
    async fn read_new(&self, who: &SignedIn) -> Progress {
        let caught_up = self.index.catch_up(&self.cabinet).await;
        let mut progress = self.library.catch_up(&self.cabinet, &self.index, who).await;
        if let Err(error) = caught_up {
            tracing::error!(%error, "the list could not catch up");
            progress.left += 1;
        }
        progress
    }

    /// How long a danger may wait for a person.
    pub(crate) fn danger_within(&self) -> Duration {
        self.settings.clocks.danger
    }

    /// The time of day on the desk's clock: 03:05.
    pub(crate) fn clock(&self, at: OffsetDateTime) -> String {
        let here = at.to_offset(self.offset(at));
        format!("{:02}:{:02}", here.hour(), here.minute())
    }

    /// The day on the desk's calendar.
    pub(crate) fn today(&self) -> Date {
        let now = self.cabinet.now();
        now.to_offset(self.offset(now)).date()
    }

    /// The offset of the desk's clock from UTC at a moment.
    pub(crate) fn offset(&self, at: OffsetDateTime) -> time::UtcOffset {
        bits::offset(&self.zone, at)
    }
}

impl FromRef<Desk> for Locales {
    fn from_ref(desk: &Desk) -> Self {
        desk.face.locales.clone()
    }
}

/// The routes of the desk; `people` puts the session around them.
pub(crate) fn router(desk: Desk) -> Router {
    Router::new()
        .route("/", get(first))
        .route("/helpline", get(list::list))
        .route("/helpline/list.csv", get(list::csv))
        .route("/helpline/search", get(search::show).post(search::find))
        .route("/helpline/views", post(views::send))
        .route("/helpline/views/{id}/forget", post(views::forget_view))
        .route("/helpline/cases", get(cases::list))
        .route("/helpline/cases.csv", get(cases::csv))
        .route("/helpline/cases/{id}", get(cases::page::show).post(cases::forms::send))
        .route("/helpline/asked", get(asked::ask).post(asked::begin))
        .route("/helpline/cases/{id}/copy", get(asked::copy::show).post(asked::copy::send))
        .route("/helpline/cases/{id}/copy/letter", get(asked::look::show).post(asked::look::send))
        .route("/helpline/cases/{id}/copies/{number}", get(asked::letter::show))
        .route("/helpline/cases/{id}/copies/{number}/file", get(asked::letter::file))
        .route("/helpline/contacts/{id}/keep", post(keeping::keep))
        .route("/helpline/contacts/{id}/erase", post(keeping::erase_contact))
        .route("/helpline/contacts/{id}/case", post(cases::card::send))
        .route("/helpline/shift", get(shift::show))
        .route("/helpline/board", get(board::show))
        .route("/helpline/systems", get(systems::list))
        .route("/helpline/settings", get(settings::show))
        .route("/helpline/call", get(call::begin))
        .route("/helpline/call/{id}", get(call::show).post(call::keep))
        .route("/helpline/contacts/{id}", get(contact::show))
        .route("/helpline/contacts/{id}/take", post(hands::take))
        .route("/helpline/contacts/{id}/let-go", post(hands::let_go))
        .route("/helpline/contacts/{id}/hand-over", post(hands::hand_over))
        .route("/helpline/contacts/{id}/reply", post(forms::reply))
        .route("/helpline/contacts/{id}/tell", post(tell::send))
        .route("/helpline/contacts/{id}/proof", post(forms::prove))
        .route("/helpline/contacts/{id}/note", post(forms::note))
        .route("/helpline/contacts/{id}/danger", post(forms::danger))
        .route("/helpline/contacts/{id}/decide", post(forms::decide))
        .route("/helpline/contacts/{id}/safe", post(forms::safe))
        .route("/helpline/contacts/{id}/go-on", post(forms::go_on))
        .route("/helpline/contacts/{id}/close", post(forms::close))
        .route("/helpline/contacts/{id}/reopen", post(forms::reopen))
        .route("/helpline/contacts/{id}/review", post(forms::review))
        .route("/helpline/contacts/{id}/referral", get(referral::show).post(referral::record))
        .merge(files::routes())
        .with_state(desk)
}

/// The routes before which the password is asked for again.
pub(crate) fn fresh_router(desk: Desk) -> Router {
    Router::new()
        .route("/helpline/systems/add", get(systems::ask).post(systems::add))
        .route("/helpline/systems/{id}", get(systems::show).post(systems::send))
        .route("/helpline/settings/routes/{jurisdiction}/{route}", get(settings::route::show).post(settings::route::send))
        .route("/helpline/settings/promises/{promise}", get(settings::promise::show).post(settings::promise::send))
        .route("/helpline/settings/versions/{number}", get(settings::versions::show).post(settings::versions::bring_back))
        .route("/helpline/settings/proposals/{id}", get(settings::versions::proposal).post(settings::versions::decide))
        .merge(files::fresh_routes())
        .with_state(desk)
}

/// What stands at the side of every page: the id of its text, and where it is. The list comes first.
pub(crate) const PAGES: &[(&str, &str)] = &[
    ("desk-my-list", "/helpline"),
    ("desk-search", "/helpline/search"),
    ("desk-cases", "/helpline/cases"),
    ("desk-call-begin", "/helpline/call"),
    ("desk-shift", "/helpline/shift"),
];
/// Beside them, for supervisors: each with what its page is titled.
const SUPERVISORS: [(&(&str, &str), &str); 3] = [
    (&("desk-board", "/helpline/board"), "desk-board-title"),
    (&("desk-settings", "/helpline/settings"), "desk-settings-title"),
    (&("desk-systems", "/helpline/systems"), "desk-systems"),
];

/// What each of these pages is titled: by its title a page is known as the one where one is. A record is none of them.
const TITLES: [&str; 5] = ["desk-list-title", "desk-search-title", "desk-cases", "desk-call-begin", "desk-shift-title"];

/// The first page of the desk: an auditor works at the ledger and sees no list, nor does an administrator who does not work here.
async fn first(who: SignedIn) -> Redirect {
    let holds = |role| who.member.holds(plainsight_people::ZONE, role);
    if holds(plainsight_people::AUDITOR) {
        Redirect::to(plainsight_people::LEDGER_PAGE)
    } else if holds(plainsight_people::ADMINISTRATOR) && !who.member.works_in(ZONE) {
        Redirect::to(plainsight_people::PEOPLE_PAGE)
    } else {
        Redirect::to("/helpline")
    }
}

/// Whether the member works here at all; who does not, gets the page of things that do not exist.
fn works_here(who: &SignedIn) -> Result<(), Trouble> {
    if who.member.works_in(ZONE) { Ok(()) } else { Err(Trouble::NotFound) }
}

/// Whether the member supervises here: what a supervisor answers for does not exist for anybody else.
fn supervises(who: &SignedIn) -> Result<(), Trouble> {
    if who.member.holds(ZONE, SUPERVISOR) { Ok(()) } else { Err(Trouble::NotFound) }
}

/// The teams whose contacts a member sees: those whose key they hold.
fn teams(who: &SignedIn) -> Vec<uuid::Uuid> {
    who.unlocked.held_teams().collect()
}

/// Of these teams those that take contacts: one that keeps originals and does nothing else is none.
async fn working(desk: &Desk, held: &[uuid::Uuid]) -> Result<Vec<uuid::Uuid>, Trouble> {
    let keeps = custodians_team(&desk.cabinet).await?;
    let takes = intake_team(&desk.cabinet).await?;
    Ok(held.iter().copied().filter(|team| Some(*team) != keeps || Some(*team) == takes || held.len() == 1).collect())
}

/// Those of these teams that take contacts, with their names and who holds their keys.
async fn ours(desk: &Desk, held: &[uuid::Uuid]) -> Result<Vec<TeamListed>, Trouble> {
    let working = working(desk, held).await?;
    let mut ours = list_teams(&desk.people, desk.cabinet.now()).await?;
    ours.retain(|team| working.contains(&team.id));
    Ok(ours)
}

fn whole(desk: &Desk, who: &SignedIn, language: &Language, title: &str, wrong: bool, body: &impl Template) -> Response {
    let words = &*language.locale;
    let danger = desk.index.danger(&teams(who));
    let list = words.text("desk-my-list");
    let list = if danger > 0 { format!("{list} ({danger})") } else { list.into_owned() };
    let supervisor = who.member.holds(ZONE, SUPERVISOR);
    let pages = PAGES.iter().zip(TITLES).chain(SUPERVISORS.into_iter().filter(|_| supervisor));
    let items = pages.enumerate().map(|(place, ((id, path), titled))| {
        let text = if place == 0 { list.clone() } else { words.text(id).into_owned() };
        SideItem::new(text, language.href(path)).active(words.text(titled) == title)
    });
    let nav = [SideSection::new(words.text("desk-helpline"), items), staff_nav(language, &who.member, "")];
    let role = if supervisor { "desk-role-supervisor" } else { "desk-role-adviser" };
    DeskPage::new(&desk.face, language, title, body)
        .hat(who.member.name.as_str(), words.text(role))
        .nav(nav)
        .error(wrong)
        .own_heading()
        .into_response()
}

/// The page for an act that failed. What a member may not see looks like what does not exist.
fn failed(desk: &Desk, language: &Language, error: &Trouble) -> Response {
    match error {
        Trouble::NotFound | Trouble::NeedsSecondPerson => desk_trouble(&desk.face, language, PageTrouble::NotFound),
        Trouble::Erased => {
            let words = &language.locale;
            let erased = words.text("desk-erased");
            let page = DeskPage::new(&desk.face, language, words.text("desk-tag-erased"), bits::Paragraph { text: &erased });
            (StatusCode::GONE, page).into_response()
        }
        error => {
            tracing::error!(%error, "an act at the desk failed");
            desk_trouble(&desk.face, language, if error.is_passing() { PageTrouble::Busy } else { PageTrouble::Broken })
        }
    }
}

/// The names of colleagues, by id.
struct Names(std::collections::HashMap<uuid::Uuid, String>);

impl Names {
    fn of(&self, words: &Locale, member: uuid::Uuid) -> String {
        self.0.get(&member).cloned().unwrap_or_else(|| words.text("desk-unknown-member").into_owned())
    }

    /// The names of several, in the order in which they are given.
    fn all(&self, words: &Locale, members: impl IntoIterator<Item = uuid::Uuid>) -> String {
        members.into_iter().map(|member| self.of(words, member)).collect::<Vec<_>>().join(", ")
    }
}

async fn names(desk: &Desk) -> Result<Names, Trouble> {
    let listed = list_members(&desk.people).await?;
    Ok(Names(listed.into_iter().map(|listed| (listed.member.id, listed.member.name)).collect()))
}

/// What is due next, in words.
fn due_words(words: &Locale, header: &Header) -> String {
    let id = match header.next_due() {
        Some((Due::Read, _)) if header.flags.unfinished => "desk-due-finish",
        Some((Due::Danger, _)) => "desk-due-danger",
        Some((Due::Read, _)) => "desk-due-read",
        Some((Due::Acknowledge, _)) => "desk-due-acknowledge",
        Some((Due::Feedback, _)) => "desk-due-feedback",
        Some((Due::LookAgain, _)) => "desk-due-look-again",
        None => "desk-due-nothing",
    };
    words.text(id).into_owned()
}

/// How long is left, or how late it is: minutes, hours, days. Of a danger that is open, that somebody has looked.
fn left(words: &Locale, header: &Header, now: OffsetDateTime) -> String {
    let Some(by) = header.due_by() else {
        return header.next_due().map(|_| words.text("desk-danger-seen").into_owned()).unwrap_or_default();
    };
    let minutes = (by - now).whole_minutes();
    let (late, minutes) = (minutes < 0, minutes.abs());
    let (unit, count) = match minutes {
        0..120 => ("minutes", minutes),
        120..2880 => ("hours", minutes / 60),
        _ => ("days", minutes / 1440),
    };
    words.with(&format!("desk-{}-{unit}", if late { "overdue" } else { "left" }), &[("count", count.into())])
}

/// The tags of a contact: a word each, colour only beside it.
fn tags(words: &Locale, header: &Header) -> Markup {
    Markup::join(tag_words(header).into_iter().map(|(id, colour)| Markup::from(Tag::new(words.text(id).into_owned()).colour(colour))))
}

/// The words of its tags, and the colour of each.
fn tag_words(header: &Header) -> Vec<(&'static str, &'static str)> {
    let flags = &header.flags;
    if header.is_case() {
        return if flags.closed {
            vec![("desk-tag-case", "purple"), ("desk-tag-closed", "grey")]
        } else {
            vec![("desk-tag-case", "purple")]
        };
    }
    let mut tags = Vec::new();
    match header.urgency {
        Urgency::Danger if flags.safe => tags.push(("desk-tag-safe", "green")),
        Urgency::Danger => tags.push(("desk-tag-danger", "red")),
        Urgency::Soon => tags.push(("desk-tag-soon", "yellow")),
        Urgency::Normal => {}
    }
    if flags.erased {
        return vec![("desk-tag-erased", "grey")];
    }
    if flags.held {
        tags.push(("desk-tag-held", "purple"));
    }
    if flags.unfinished {
        tags.push(("desk-tag-unfinished", "orange"));
    }
    if flags.withdrawn {
        tags.push(("desk-tag-withdrawn", "grey"));
    } else if flags.closed {
        tags.push(("desk-tag-closed", "grey"));
    } else if !flags.read {
        tags.push(("desk-tag-new", "blue"));
    }
    if flags.reporter_wrote {
        tags.push(("desk-tag-wrote", "blue"));
    }
    if flags.waiting_for_reporter {
        tags.push(("desk-tag-waiting", "grey"));
    }
    if flags.told_outcome && !flags.closed && !flags.withdrawn {
        tags.push(("desk-tag-told", "grey"));
    }
    if flags.review_due {
        tags.push(("desk-tag-review", "orange"));
    }
    if flags.supervisor_due {
        tags.push(("desk-tag-supervisor", "orange"));
    }
    tags
}

/// Everything that is to be mended in a form, at the top of the page.
fn summary(words: &Locale, problems: &[(&'static str, String)]) -> Option<ErrorSummary> {
    if problems.is_empty() {
        return None;
    }
    let items = problems.iter().map(|(field, problem)| ErrorItem::new(problem.clone(), field));
    Some(ErrorSummary::new(words.text("error-summary-title").into_owned(), items))
}
