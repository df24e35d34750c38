//! Members and teams as an administrator sees them: who works here, what they may do, and who holds which key.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use plainsight_pages::components::{ErrorSummary, SelectItem, Tag};
use plainsight_pages::{Language, Locale, Markup};
use serde::Deserialize;
use uuid::Uuid;

use super::filled::Filled;
use super::{Administrator, PEOPLE_PAGE, Staff, banner, failed, language_names, name_of, names_of, recovery, role_names, whole};
use crate::acts::member::{Listed, list_members};
use crate::acts::team::{TeamListed, list_teams};
use crate::error::ActError;
use crate::screens::zone_name;

/// What was done just now.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Done {
    done: String,
}

#[derive(Template)]
#[template(path = "staff/members.html")]
struct Members<'a> {
    words: &'a Locale,
    summary: Option<ErrorSummary>,
    notice: Markup,
    add: String,
    add_team: String,
    members: Vec<Row>,
    teams: Vec<Team>,
    recovery: Vec<Markup>,
    way_in: Markup,
}

struct Row {
    page: String,
    name: String,
    sign_in_name: String,
    roles: String,
    speaks: String,
    keys: String,
    state: Markup,
}

struct Team {
    id: Uuid,
    name: String,
    zone: String,
    key: String,
    holders: String,
    /// Fewer than two holders: what one forgets, nobody reads.
    few: Option<String>,
    due: bool,
    grant: Option<Grant>,
}

/// The form of a holder who gives the key to somebody.
struct Grant {
    action: String,
    rotate: String,
    field: Markup,
    /// The pages on which it is taken from the others.
    takes: Vec<Take>,
}

struct Take {
    page: String,
    text: String,
}

pub(super) async fn show(State(staff): State<Staff>, who: Administrator, language: Language, Query(done): Query<Done>) -> Response {
    page(&staff, &who, &language, &done, &Filled::default()).await
}

pub(super) async fn page(staff: &Staff, who: &Administrator, language: &Language, done: &Done, filled: &Filled) -> Response {
    let words = &*language.locale;
    match read(staff, who, language, done, filled).await {
        Ok(members) => {
            let title = words.text("people-title");
            whole(staff, &who.signed_in.member, language, PEOPLE_PAGE, &title, filled.is_wrong(), &members)
        }
        Err(error) => failed(&staff.face, language, &error),
    }
}

async fn read<'a>(
    staff: &Staff,
    who: &Administrator,
    language: &'a Language,
    done: &Done,
    filled: &Filled,
) -> Result<Members<'a>, ActError> {
    let words = &*language.locale;
    let (mut listed, teams) = (list_members(&staff.people).await?, list_teams(&staff.people, staff.people.now()).await?);
    // Who works here first, by name; who left after them.
    listed.sort_by_key(|it| (it.closed, it.member.name.to_lowercase()));
    let done = match done.done.as_str() {
        "ended" => "people-done-ended",
        "granted" => "people-done-granted",
        "taken" => "people-done-taken",
        "team" => "people-done-team",
        "rotated" => "people-done-rotated",
        _ => "",
    };
    Ok(Members {
        words,
        summary: filled.summary(words),
        notice: if done.is_empty() { Markup::default() } else { banner(words, words.text(done).into_owned()) },
        add: language.href("/people/add"),
        add_team: language.href("/people/teams/add"),
        members: listed.iter().map(|it| row(staff, language, it, &teams)).collect(),
        teams: teams.iter().map(|it| team(who, language, it, &listed, filled)).collect(),
        recovery: recovery::for_administrators(staff, language, &who.signed_in).await?,
        way_in: recovery::way_in(staff, language, &who.signed_in).await,
    })
}

fn row(staff: &Staff, language: &Language, it: &Listed, teams: &[TeamListed]) -> Row {
    let words = &*language.locale;
    let held = teams.iter().filter(|team| team.holders.contains(&it.member.id)).map(|team| team.name.as_str());
    Row {
        page: language.href(&format!("{PEOPLE_PAGE}/{}", it.member.id)),
        name: it.member.name.clone(),
        sign_in_name: it.sign_in_name.clone(),
        roles: role_names(words, &it.member),
        speaks: language_names(words, &it.member.speaks),
        keys: held.collect::<Vec<_>>().join(", "),
        state: state(staff, words, it),
    }
}

/// Whether the account is open, has been signed in to with its second factor, and is unlocked now.
pub(super) fn state(staff: &Staff, words: &Locale, it: &Listed) -> Markup {
    let (id, colour) = if it.closed {
        ("people-state-ended", "grey")
    } else if !it.second_factor_used {
        ("people-state-new", "yellow")
    } else if staff.people.memory().is_unlocked(it.member.id, staff.people.now()) {
        ("people-state-unlocked", "green")
    } else {
        ("people-state-locked", "blue")
    };
    Tag::new(words.text(id).into_owned()).colour(colour).into()
}

fn team(who: &Administrator, language: &Language, team: &TeamListed, listed: &[Listed], filled: &Filled) -> Team {
    let words = &*language.locale;
    let few = match team.holders.len() {
        0 => Some("people-team-lost"),
        1 => Some("people-team-few"),
        _ => None,
    };
    Team {
        id: team.id,
        name: team.name.clone(),
        zone: zone_name(words, &team.zone),
        key: words.with("people-team-key", &[("number", team.epoch.into())]),
        holders: names_of(words, listed, &team.holders),
        few: few.map(|id| words.text(id).into_owned()),
        due: team.rotation_due,
        grant: grant(who, language, team, listed, filled),
    }
}

/// Only who holds the newest key, unlocked, can give it: the grant is signed with their own.
fn grant(who: &Administrator, language: &Language, team: &TeamListed, listed: &[Listed], filled: &Filled) -> Option<Grant> {
    let (words, me) = (&*language.locale, &who.signed_in);
    let held = me.unlocked.newest(team.id).is_some_and(|(epoch, _)| epoch == team.epoch);
    if !held || !team.holders.contains(&me.member.id) {
        return None;
    }
    let without = listed.iter().filter(|it| !it.closed && !team.holders.contains(&it.member.id));
    let items: Vec<_> = without.map(|it| SelectItem::new(it.member.id.to_string(), it.member.name.clone())).collect();
    let choose = [SelectItem::new("", words.text("rota-choose-member").into_owned())];
    let field = filled.select(words, &grant_field(team.id), "people-grant-who", choose.into_iter().chain(items));
    let action = |deed: &str| language.href(&format!("{PEOPLE_PAGE}/teams/{}/{deed}", team.id));
    let others = team.holders.iter().filter(|holder| **holder != me.member.id);
    let takes = others.map(|holder| {
        let named = [("team", team.name.clone().into()), ("name", name_of(words, listed, *holder).into())];
        Take { page: action(&format!("holders/{holder}/take")), text: words.with("people-take", &named) }
    });
    Some(Grant { action: action("grant"), rotate: action("rotate"), field: field.into(), takes: takes.collect() })
}

/// The name of the field of one team's form: each has its own, so that a mistake stands beside it.
pub(super) fn grant_field(team: Uuid) -> String {
    format!("member-{team}")
}
