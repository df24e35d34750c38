//! The rota: for each team whose key the member holds, the week as it will be, the turns it is made of, and who is away.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use jiff::ToSpan as _;
use jiff::civil::Date;
use plainsight_pages::components::{ErrorSummary, PageArrow, Pagination};
use plainsight_pages::{Content, Language, Locale, Markup};
use serde::Deserialize;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::filled::Filled;
use super::{Colleague, ROTA_PAGE, Staff, away, banner, failed, name_of, names_of, recovery, turns, whole};
use crate::acts::member::{Listed, list_members};
use crate::acts::rota::{absences, holes, on_call, slots, stretches, torn};
use crate::acts::team::{TeamListed, list_teams};
use crate::error::ActError;
use crate::rota::{Away, Hole, Slot, Stretch, clock};

/// So many torn holes are told by themselves; more are counted.
const TOLD: usize = 10;

pub(super) const WEEKDAYS: [&str; 7] =
    ["weekday-monday", "weekday-tuesday", "weekday-wednesday", "weekday-thursday", "weekday-friday", "weekday-saturday", "weekday-sunday"];

/// What the address asks for: a week by any day of it, and what was done just now.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    week: String,
    done: String,
    away: String,
}

#[derive(Template)]
#[template(path = "staff/rota.html")]
struct Rota<'a> {
    words: &'a Locale,
    summary: Option<ErrorSummary>,
    notice: Markup,
    week: String,
    clock: String,
    weeks: Markup,
    teams: Vec<Team>,
    absences: Vec<Absent>,
    /// A turn was added or taken off just now: the turns are open to be looked at.
    changed: bool,
    /// The form for an absence.
    away: Markup,
    away_action: String,
    /// The form for a turn, for those who supervise a team.
    turn: Option<Markup>,
    turn_action: String,
    /// For those who have a part in bringing a team's key back.
    recovery: Markup,
}

struct Team {
    id: Uuid,
    name: String,
    on_call: String,
    /// Whose turn it is who hold no key of the team.
    keyless: Option<String>,
    holes: Vec<String>,
    days: Vec<Day>,
    turns: Vec<Turn>,
    supervised: bool,
}

struct Day {
    title: String,
    rows: Vec<Row>,
}

struct Row {
    when: String,
    /// Who answers; nobody is a hole.
    members: String,
    away: Option<String>,
    keyless: Option<String>,
}

struct Turn {
    day: String,
    when: String,
    member: String,
    remove: String,
}

struct Absent {
    name: String,
    when: String,
    /// Where the absence is taken back, for those who may.
    back: Option<String>,
}

/// What the page and both of its forms are made from.
pub(super) struct Seen {
    pub(super) listed: Vec<Listed>,
    /// The teams whose key the member holds, by name.
    pub(super) teams: Vec<TeamListed>,
    pub(super) absences: Vec<Away>,
}

impl Seen {
    /// What this member sees of the rota.
    pub(super) async fn by(staff: &Staff, who: &Colleague) -> Result<Self, ActError> {
        let mut teams = list_teams(&staff.people, staff.people.now()).await?;
        teams.retain(|team| who.signed_in.unlocked.held_teams().any(|held| held == team.id));
        if let Some(name) = staff.never_on_call {
            let named = plainsight_store::site_value(staff.people.read(), staff.people.organisation(), name).await?;
            if let Some(team) = named.and_then(|id| Uuid::parse_str(&id).ok())
                && slots(&staff.people, team).await?.is_empty()
            {
                teams.retain(|each| each.id != team);
            }
        }
        teams.sort_by_key(|team| team.name.to_lowercase());
        Ok(Self { listed: list_members(&staff.people).await?, teams, absences: absences(&staff.people).await? })
    }

    /// The teams among them whose rota this member keeps.
    pub(super) fn supervised<'a>(&'a self, who: &'a Colleague) -> impl Iterator<Item = &'a TeamListed> {
        self.teams.iter().filter(|team| who.signed_in.member.supervises(&team.zone))
    }

    /// The member with an open account of this id.
    pub(super) fn open(&self, id: Uuid) -> Option<&Listed> {
        self.listed.iter().find(|it| it.member.id == id && !it.closed)
    }
}

pub(super) async fn show(State(staff): State<Staff>, who: Colleague, language: Language, Query(asked): Query<Asked>) -> Response {
    page(&staff, &who, &language, &asked, &Filled::default()).await
}

/// The page, with a form as it was typed and what is wrong with it. The turn and the absence have no field of the same name.
pub(super) async fn page(staff: &Staff, who: &Colleague, language: &Language, asked: &Asked, filled: &Filled) -> Response {
    let words = &*language.locale;
    match read(staff, who, language, asked, filled).await {
        Ok(rota) => {
            let (title, wrong) = (words.text("rota-title"), filled.is_wrong());
            whole(staff, &who.signed_in.member, language, ROTA_PAGE, &title, wrong, &rota)
        }
        Err(error) => failed(&staff.face, language, &error),
    }
}

async fn read<'a>(staff: &Staff, who: &Colleague, language: &'a Language, asked: &Asked, filled: &Filled) -> Result<Rota<'a>, ActError> {
    let words = &*language.locale;
    let seen = Seen::by(staff, who).await?;
    let monday = monday(staff, &asked.week);
    let cuts: Vec<OffsetDateTime> = (0..=7).filter_map(|day| staff.clock.midnight(monday.checked_add(day.days()).ok()?)).collect();
    let mut teams = Vec::new();
    let mut on_rota = vec![who.signed_in.member.id];
    for team in &seen.teams {
        let slots = slots(&staff.people, team.id).await?;
        on_rota.extend(slots.iter().map(|slot| slot.member));
        teams.push(self::team(staff, who, language, &seen, team, &slots, &cuts).await?);
    }
    Ok(Rota {
        words,
        summary: filled.summary(words),
        notice: said(staff, who, words, &seen, asked).await?,
        week: words.with("rota-week", &[("day", cuts.first().map(|day| staff.date(words, *day)).unwrap_or_default().into())]),
        clock: words.with("rota-clock", &[("zone", staff.clock.name().to_owned().into())]),
        weeks: weeks(language, monday),
        teams,
        changed: matches!(asked.done.as_str(), "added" | "removed"),
        absences: absent(staff, who, language, &seen, &on_rota),
        away: away::fields(words, filled, who, &seen),
        away_action: language.href("/rota/absences"),
        turn: turns::fields(words, filled, who, &seen),
        turn_action: language.href("/rota/turns"),
        recovery: recovery::way_in(staff, language, &who.signed_in).await,
    })
}

async fn team(
    staff: &Staff,
    who: &Colleague,
    language: &Language,
    seen: &Seen,
    team: &TeamListed,
    slots: &[Slot],
    cuts: &[OffsetDateTime],
) -> Result<Team, ActError> {
    let (words, people, now) = (&*language.locale, &staff.people, staff.people.now());
    let coming = holes(people, team.id, now, now + Duration::days(7)).await?;
    let turn = on_call(people, team.id, now).await?;
    let week = stretches(people, team.id, cuts).await?;
    let mut slots: Vec<&Slot> = slots.iter().collect();
    slots.sort_by_key(|slot| (slot.weekday, slot.from, slot.member));
    let supervised = who.signed_in.member.supervises(&team.zone);
    Ok(Team {
        id: team.id,
        name: team.name.clone(),
        on_call: names_of(words, &seen.listed, &turn.members),
        keyless: keyless("rota-keyless", words, seen, &turn.keyless),
        holes: coming.iter().map(|hole| hole_words(staff, words, hole)).collect(),
        days: cuts.windows(2).map(|day| self::day(staff, words, seen, &week, day)).collect(),
        turns: slots.into_iter().map(|slot| self::turn(staff, language, seen, slot)).collect(),
        supervised,
    })
}

/// The rows of one day: from its first moment to that of the next.
fn day(staff: &Staff, words: &Locale, seen: &Seen, week: &[Stretch], day: &[OffsetDateTime]) -> Day {
    let (Some(&begins), Some(&ends)) = (day.first(), day.last()) else { return Day { title: String::new(), rows: Vec::new() } };
    let time = |at: OffsetDateTime| if at == ends { clock(24 * 60) } else { words.time(at, staff.clock.offset(at)) };
    let row = |stretch: &Stretch| Row {
        when: format!("{}–{}", time(stretch.from), time(stretch.to)),
        members: names_of(words, &seen.listed, &stretch.members),
        away: (!stretch.away.is_empty())
            .then(|| words.with("rota-row-away", &[("names", names_of(words, &seen.listed, &stretch.away).into())])),
        keyless: keyless("rota-row-keyless", words, seen, &stretch.keyless),
    };
    let now = staff.people.now();
    let date = staff.date(words, begins);
    let title = if begins <= now && now < ends { words.with("rota-today", &[("date", date.into())]) } else { date };
    Day { title, rows: week.iter().filter(|it| begins <= it.from && it.from < ends).map(row).collect() }
}

/// Whose turn it is who could open nothing: somebody who holds the team's key has to give it to them.
fn keyless(id: &str, words: &Locale, seen: &Seen, members: &[Uuid]) -> Option<String> {
    (!members.is_empty()).then(|| words.with(id, &[("names", names_of(words, &seen.listed, members).into())]))
}

fn turn(staff: &Staff, language: &Language, seen: &Seen, slot: &Slot) -> Turn {
    let words = &*language.locale;
    Turn {
        day: weekday(words, slot.weekday),
        when: turn_time(staff, words, slot),
        member: name_of(words, &seen.listed, slot.member),
        remove: language.href(&format!("/rota/turns/{}/remove", slot.id)),
    }
}

/// From when to when a turn lasts, with the clock it is read from where that is another than ours.
pub(super) fn turn_time(staff: &Staff, words: &Locale, slot: &Slot) -> String {
    let id = if slot.to > slot.from { "rota-turn-time" } else { "rota-turn-night" };
    let time = words.with(id, &[("from", clock(slot.from).into()), ("to", clock(slot.to).into())]);
    if slot.zone == staff.clock.name() { time } else { format!("{time} ({})", slot.zone) }
}

pub(super) fn weekday(words: &Locale, number: u8) -> String {
    let id = WEEKDAYS.get(usize::from(number).wrapping_sub(1));
    id.map(|id| words.text(id).into_owned()).unwrap_or_default()
}

fn hole_words(staff: &Staff, words: &Locale, hole: &Hole) -> String {
    let [from, to] = [hole.from, hole.to].map(|at| staff.date_time(words, at));
    words.with("rota-hole", &[("from", from.into()), ("to", to.into())])
}

/// From which day to which somebody is away, or from which hour where it does not begin or end with a day.
pub(super) fn away_words(staff: &Staff, words: &Locale, away: &Away) -> String {
    let is_midnight = |at: OffsetDateTime| staff.clock.day(at).and_then(|day| staff.clock.midnight(day)) == Some(at);
    let whole_days = is_midnight(away.from) && is_midnight(away.to);
    let last = away.to.saturating_sub(Duration::SECOND);
    let [from, to] = if whole_days {
        [away.from, last].map(|at| staff.date(words, at))
    } else {
        [away.from, away.to].map(|at| staff.date_time(words, at))
    };
    if from == to { from } else { words.with("rota-away-time", &[("from", from.into()), ("to", to.into())]) }
}

/// Who is away now or will be: the member, and those on the rotas that are shown or whom the member may excuse.
fn absent(staff: &Staff, who: &Colleague, language: &Language, seen: &Seen, on_rota: &[Uuid]) -> Vec<Absent> {
    let (words, now) = (&*language.locale, staff.people.now());
    let coming = seen.absences.iter().filter(|away| away.to > now);
    let shown = coming.filter_map(|away| {
        let colleague = seen.open(away.member)?;
        let may = who.signed_in.member.may_excuse(&colleague.member);
        (may || on_rota.contains(&away.member)).then(|| Absent {
            name: colleague.member.name.clone(),
            when: away_words(staff, words, away),
            back: may.then(|| language.href(&format!("/rota/absences/{}/back", away.id))),
        })
    });
    shown.collect()
}

/// The Monday of the week that holds a day; of this week where none was asked for.
fn monday(staff: &Staff, asked: &str) -> Date {
    let day = asked.trim().parse().ok().or_else(|| staff.clock.day(staff.people.now())).unwrap_or_default();
    let back = i64::from(day.weekday().to_monday_zero_offset()).days();
    day.checked_sub(back).unwrap_or(day)
}

/// The links to the weeks before and after.
fn weeks(language: &Language, monday: Date) -> Markup {
    let words = &*language.locale;
    let arrow = |day: Result<Date, jiff::Error>, id: &str| {
        let day = day.ok()?;
        Some(PageArrow::new(words.text(id).into_owned(), language.href(&format!("{ROTA_PAGE}?week={day}"))))
    };
    let before = arrow(monday.checked_sub(7.days()), "rota-week-before");
    let after = arrow(monday.checked_add(7.days()), "rota-week-after");
    Pagination::arrows(words.text("rota-weeks").into_owned(), before, after).into()
}

/// What was done just now. Of an absence, every hole that it tears, at once.
async fn said(staff: &Staff, who: &Colleague, words: &Locale, seen: &Seen, asked: &Asked) -> Result<Markup, ActError> {
    let done = match asked.done.as_str() {
        "added" => "rota-done-added",
        "removed" => "rota-done-removed",
        "back" => "rota-done-back",
        _ => "",
    };
    if !done.is_empty() {
        return Ok(banner(words, words.text(done).into_owned()));
    }
    let id: Option<Uuid> = asked.away.parse().ok();
    let may = |away: &Away| seen.open(away.member).is_some_and(|colleague| who.signed_in.member.may_excuse(&colleague.member));
    let Some(away) = seen.absences.iter().find(|away| Some(away.id) == id && may(away)) else { return Ok(Markup::default()) };
    let now = staff.people.now();
    let mut lines = Vec::new();
    for team in &seen.teams {
        for hole in torn(&staff.people, team.id, away, now).await? {
            lines.push(words.with("rota-torn", &[("team", team.name.clone().into()), ("hole", hole_words(staff, words, &hole).into())]));
        }
    }
    let more = lines.len().saturating_sub(TOLD);
    lines.truncate(TOLD);
    if more > 0 {
        lines.push(words.with("rota-torn-more", &[("count", more.into())]));
    }
    let variables = [("name", name_of(words, &seen.listed, away.member).into()), ("when", away_words(staff, words, away).into())];
    let (heading, next) =
        (words.with("rota-done-away", &variables), words.text(if lines.is_empty() { "rota-no-hole" } else { "rota-torn-next" }));
    Ok(banner(words, Content::html(Markup::of(&Said { heading, lines, next: next.into_owned() }))))
}

#[derive(Template)]
#[template(path = "staff/said.html")]
struct Said {
    heading: String,
    lines: Vec<String>,
    next: String,
}
