//! One zone's recovery as a page shows it.

use askama::Template;
use plainsight_pages::{Language, Locale, Markup};
use uuid::Uuid;

use super::super::{Staff, name_of, names_of};
use super::Seen;
use crate::acts::recovery::{Asked, ZoneRecovery};
use crate::recovery::{Concern, KeyState};
use crate::screens::{SignedIn, zone_name};

#[derive(Template)]
#[template(path = "staff/recovery_zone.html")]
struct Zone<'a> {
    words: &'a Locale,
    id: &'a str,
    title: String,
    /// Under a heading of its own on the page of members.
    under: bool,
    /// Number, maker, how many are needed.
    key: String,
    last_drill: String,
    concerns: Vec<Note>,
    officers: Vec<Officer>,
    covered: String,
    requests: Vec<Request>,
    try_share: Option<String>,
    cover: Option<Cover>,
    /// The page on which a holder makes a recovery key.
    make: Option<String>,
}

/// What wants attention; `grave` when nothing could be brought back.
struct Note {
    grave: bool,
    text: String,
}

struct Officer {
    name: String,
    tried: String,
    counts: bool,
}

struct Cover {
    action: String,
    teams: String,
}

struct Request {
    id: Uuid,
    title: String,
    asked: String,
    reason: String,
    agreed: String,
    time: String,
    /// Who could stop it and does not know of it yet.
    unreached: String,
    agree: Option<String>,
    finish: Option<String>,
    stop: Option<String>,
}

/// What a page lets a member do there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Deeds {
    All,
    /// The page of members tells, and lets nobody do more than stop.
    Stop,
}

pub(super) fn zone(staff: &Staff, language: &Language, me: &SignedIn, seen: &Seen, zone: &ZoneRecovery, deeds: Deeds) -> Markup {
    let part = seen.part(me, zone);
    let words = &*language.locale;
    let now = staff.people.now();
    let mine: Vec<Uuid> = zone.uncovered.iter().copied().filter(|team| seen.holds(me, *team)).collect();
    let all = deeds == Deeds::All;
    let usable = zone.key.as_ref().is_some_and(|key| !key.used);
    let action = |deed: &str| language.href(&format!("/recovery/zones/{}/{deed}", zone.zone));
    // A team may have the name of its zone: on the page of members the two would sound the same.
    let zone_title = zone_name(words, &zone.zone);
    let title = if all { zone_title } else { words.with("recovery-of", &[("zone", zone_title.into())]) };
    Markup::of(&Zone {
        words,
        id: &zone.zone,
        title,
        under: deeds == Deeds::Stop,
        key: zone.key.as_ref().map(|key| key_words(staff, words, seen, key)).unwrap_or_default(),
        last_drill: zone.key.as_ref().filter(|key| !key.used).map(|key| drill_words(staff, words, key)).unwrap_or_default(),
        concerns: zone.concerns(now).iter().map(|concern| note(words, seen, concern)).collect(),
        officers: zone.key.iter().filter(|key| !key.used).flat_map(|key| &key.officers).map(|it| officer(staff, words, seen, it)).collect(),
        covered: team_names(seen, &zone.covered),
        requests: zone.requests.iter().map(|asked| request(staff, language, me, seen, zone, asked, deeds)).collect(),
        try_share: (all && part.officer).then(|| action("drill")),
        make: (all && part.holder).then(|| action("make")),
        cover: (all && usable && !mine.is_empty()).then(|| Cover { action: action("cover"), teams: team_names(seen, &mine) }),
    })
}

pub(super) fn team_names(seen: &Seen, ids: &[Uuid]) -> String {
    let named = ids.iter().filter_map(|id| seen.teams.iter().find(|team| team.id == *id));
    named.map(|team| team.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn key_words(staff: &Staff, words: &Locale, seen: &Seen, key: &KeyState) -> String {
    let variables = [
        ("number", key.number.into()),
        ("name", name_of(words, &seen.listed, key.made_by).into()),
        ("date", key.made_at.map_or_else(|| words.text("recovery-day-unknown").into_owned(), |at| staff.date(words, at)).into()),
        ("need", u32::from(key.need).into()),
        ("of", key.officers.len().into()),
    ];
    words.with(if key.used { "recovery-key-used" } else { "recovery-key" }, &variables)
}

fn drill_words(staff: &Staff, words: &Locale, key: &KeyState) -> String {
    match key.last_drill() {
        Some(at) => words.with("recovery-last-drill", &[("date", staff.date(words, at).into())]),
        None => words.text("recovery-no-drill").into_owned(),
    }
}

fn officer(staff: &Staff, words: &Locale, seen: &Seen, it: &crate::recovery::Officer) -> Officer {
    let tried = match it.tried {
        Some(at) => words.with("recovery-tried", &[("date", staff.date(words, at).into())]),
        None => words.text("recovery-never-tried").into_owned(),
    };
    Officer { name: name_of(words, &seen.listed, it.member), tried, counts: it.counts }
}

fn note(words: &Locale, seen: &Seen, concern: &Concern) -> Note {
    let text = match concern {
        Concern::Damaged => words.text("recovery-concern-damaged").into_owned(),
        Concern::NoKey => words.text("recovery-concern-none").into_owned(),
        Concern::UsedUp => words.text("recovery-concern-used").into_owned(),
        Concern::TooFew { counting, need } => {
            words.with("recovery-concern-few", &[("counting", (*counting).into()), ("need", u32::from(*need).into())])
        }
        Concern::NoneToSpare => words.text("recovery-concern-spare").into_owned(),
        Concern::DrillDue(late) => words.with("recovery-concern-drill", &[("names", names_of(words, &seen.listed, late).into())]),
        Concern::NotCovered(team) => words.with("recovery-concern-uncovered", &[("team", team_names(seen, &[*team]).into())]),
    };
    Note { grave: matches!(concern, Concern::TooFew { .. }), text }
}

fn request(staff: &Staff, language: &Language, me: &SignedIn, seen: &Seen, zone: &ZoneRecovery, it: &Asked, deeds: Deeds) -> Request {
    let (part, all) = (seen.part(me, zone), deeds == Deeds::All);
    let (words, now) = (&*language.locale, staff.people.now());
    let need = zone.key.as_ref().map_or(0, |key| key.need);
    let named = |id: Uuid| name_of(words, &seen.listed, id);
    let time = match it.ready_at {
        None => words.text("recovery-time-untold").into_owned(),
        Some(at) if at > now => words.with("recovery-time-until", &[("moment", staff.date_time(words, at).into())]),
        Some(_) => words.text("recovery-time-over").into_owned(),
    };
    let unreached = if it.unreached.is_empty() {
        String::new()
    } else {
        words.with("recovery-unreached", &[("names", names_of(words, &seen.listed, &it.unreached).into())])
    };
    let enough = it.agreed.len() >= usize::from(need);
    let ready = enough && it.ready_at.is_some_and(|at| at <= now);
    let action = |deed: &str| language.href(&format!("/recovery/requests/{}/{deed}", it.id));
    let agreed =
        [("names", names_of(words, &seen.listed, &it.agreed).into()), ("count", it.agreed.len().into()), ("need", u32::from(need).into())];
    Request {
        id: it.id,
        title: words.with("recovery-request", &[("teams", team_names(seen, &it.teams).into()), ("name", named(it.target).into())]),
        asked: words.with("recovery-asked", &[("name", named(it.asked_by).into()), ("moment", staff.date_time(words, it.asked_at).into())]),
        reason: it.reason.clone(),
        agreed: words.with("recovery-agreed", &agreed),
        time,
        unreached,
        agree: (all && part.officer && !it.agreed.contains(&me.member.id)).then(|| action("agree")),
        finish: (all && ready && it.target == me.member.id).then(|| action("finish")),
        stop: part.may_stop().then(|| action("stop")),
    }
}
