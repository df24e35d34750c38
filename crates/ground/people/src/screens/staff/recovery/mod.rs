//! The page of recovery, for officers, for holders, and for whoever a request names: what stands, the drill, and the way of a
//! request. Administrators see the same on their own page, without the deeds.

mod deeds;
mod making;
mod view;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use plainsight_pages::components::ErrorSummary;
use plainsight_pages::{Language, Locale, Markup};
use serde::Deserialize;
use uuid::Uuid;

use self::view::Deeds;
use super::filled::Filled;
use super::{Colleague, Staff, banner, failed, whole};
use crate::acts::member::{Listed, list_members};
use crate::acts::recovery::{ZoneRecovery, list_recovery};
use crate::acts::team::{TeamListed, list_teams};
use crate::error::ActError;
use crate::screens::SignedIn;

pub(super) use deeds::{agree_to, ask_for, cover, drill, finish_it, stop_it};
pub(super) use making::{ask_make, make};

/// Where recovery is. Whoever has no part in it finds nothing there.
pub const RECOVERY_PAGE: &str = "/recovery";

/// What was done just now.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Done {
    done: String,
}

/// Everything that the page shows, read once.
pub(super) struct Seen {
    zones: Vec<ZoneRecovery>,
    teams: Vec<TeamListed>,
    listed: Vec<Listed>,
}

/// What a member is in the recovery of one zone.
#[derive(Clone, Copy, Default)]
struct Part {
    /// They have a share that counts, of a key that was not used.
    officer: bool,
    /// They hold the newest key of a team there.
    holder: bool,
    /// A request names them.
    named: bool,
}

impl Part {
    fn any(self) -> bool {
        self.officer || self.holder || self.named
    }

    fn may_stop(self) -> bool {
        self.officer || self.holder
    }
}

impl Seen {
    pub(super) async fn read(staff: &Staff) -> Result<Self, ActError> {
        let (people, now) = (&staff.people, staff.people.now());
        Ok(Self { zones: list_recovery(people, now).await?, teams: list_teams(people, now).await?, listed: list_members(people).await? })
    }

    fn holds(&self, me: &SignedIn, team: Uuid) -> bool {
        let found = self.teams.iter().find(|it| it.id == team);
        found.is_some_and(|it| it.holders.contains(&me.member.id) && me.unlocked.newest(team).is_some_and(|(epoch, _)| epoch == it.epoch))
    }

    fn part(&self, me: &SignedIn, zone: &ZoneRecovery) -> Part {
        let id = me.member.id;
        let key = zone.key.as_ref().filter(|key| !key.used);
        Part {
            officer: key.is_some_and(|key| key.officers.iter().any(|it| it.member == id && it.counts)),
            holder: self.teams.iter().any(|team| team.zone == zone.zone && self.holds(me, team.id)),
            named: zone.requests.iter().any(|asked| asked.target == id),
        }
    }

    /// The zones in whose recovery a member has a part.
    fn theirs<'a>(&'a self, me: &'a SignedIn) -> impl Iterator<Item = (&'a ZoneRecovery, Part)> {
        self.zones.iter().map(|zone| (zone, self.part(me, zone))).filter(|(_, part)| part.any())
    }
}

#[derive(Template)]
#[template(path = "staff/recovery.html")]
struct Page<'a> {
    words: &'a Locale,
    summary: Option<ErrorSummary>,
    notice: Markup,
    zones: Vec<Markup>,
    ask: Option<Markup>,
    ask_action: String,
}

pub(super) async fn show(State(staff): State<Staff>, who: Colleague, language: Language, Query(done): Query<Done>) -> Response {
    page(&staff, &who, &language, &done, &Filled::default()).await
}

async fn page(staff: &Staff, who: &Colleague, language: &Language, done: &Done, filled: &Filled) -> Response {
    let words = &*language.locale;
    let seen = match Seen::read(staff).await {
        Ok(seen) if seen.theirs(&who.signed_in).next().is_some() => seen,
        Ok(_) => return failed(&staff.face, language, &ActError::NotFound),
        Err(error) => return failed(&staff.face, language, &error),
    };
    let done = match done.done.as_str() {
        "tried" => "recovery-done-tried",
        "covered" => "recovery-done-covered",
        "made" => "recovery-done-made",
        "asked" => "recovery-done-asked",
        "agreed" => "recovery-done-agreed",
        "stopped" => "recovery-done-stopped",
        "finished" => "recovery-done-finished",
        _ => "",
    };
    let shown = Page {
        words,
        summary: filled.summary(words),
        notice: if done.is_empty() { Markup::default() } else { banner(words, words.text(done).into_owned()) },
        zones: seen.theirs(&who.signed_in).map(|(zone, _)| view::zone(staff, language, &who.signed_in, &seen, zone, Deeds::All)).collect(),
        ask: deeds::ask_fields(words, filled, &who.signed_in, &seen),
        ask_action: language.href("/recovery/ask"),
    };
    whole(staff, &who.signed_in.member, language, RECOVERY_PAGE, &words.text("recovery-title"), filled.is_wrong(), &shown)
}

/// How recovery stands, for the page of members; with a way to stop a request for those who may.
pub(super) async fn for_administrators(staff: &Staff, language: &Language, me: &SignedIn) -> Result<Vec<Markup>, ActError> {
    let seen = Seen::read(staff).await?;
    Ok(seen.zones.iter().map(|zone| view::zone(staff, language, me, &seen, zone, Deeds::Stop)).collect())
}

/// A line that leads to the page, for those who have a part in it; more than a line while somebody asks for a key.
///
/// It stands on other pages, which it must not break: where nothing can be read, it says so to everybody.
pub(super) async fn way_in(staff: &Staff, language: &Language, me: &SignedIn) -> Markup {
    let words = &*language.locale;
    let page = language.href(RECOVERY_PAGE);
    let seen = match Seen::read(staff).await {
        Ok(seen) => seen,
        Err(error) => {
            tracing::error!(%error, "how recovery stands cannot be read");
            return Markup::of(&WayIn { words, page, asked: false, unread: true });
        }
    };
    let mut theirs = seen.theirs(me).peekable();
    if theirs.peek().is_none() {
        return Markup::default();
    }
    let asked = theirs.any(|(zone, _)| !zone.requests.is_empty());
    Markup::of(&WayIn { words, page, asked, unread: false })
}

#[derive(Template)]
#[template(path = "staff/recovery_way_in.html")]
struct WayIn<'a> {
    words: &'a Locale,
    page: String,
    asked: bool,
    unread: bool,
}
