//! The page of a shift: who is on call and when nobody is, what is left to do, and who has how much in hand. Read together when
//! one shift hands over to the next, and printed. It says nothing of what was reported.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use time::OffsetDateTime;
use uuid::Uuid;

use plainsight_pages::components::{Cell, Table};
use plainsight_pages::{Language, Locale, Markup};
use plainsight_people::SignedIn;
use plainsight_people::acts::rota::{absences, on_call};
use plainsight_people::acts::team::TeamListed;

use super::{Desk, Names, due_words, failed, left, names, ours, teams, whole, works_here};
use crate::header::Header;
use crate::index::Filter;
use crate::reference::reference;
use crate::screens::bits;
use crate::strain::MUCH;
use crate::trouble::Trouble;

/// What the next shift must know of, in the order of weight.
const COUNTED: [Filter; 9] = [
    Filter::Danger,
    Filter::Unfinished,
    Filter::Overdue,
    Filter::Soon,
    Filter::New,
    Filter::DueSoon,
    Filter::ReviewDue,
    Filter::Supervisor,
    Filter::Waiting,
];
/// So many open dangers are named.
const NAMED: usize = 50;

#[derive(Template)]
#[template(path = "desk/shift.html")]
struct Shift<'a> {
    language: &'a Language,
    words: &'a Locale,
    now: String,
    teams: Vec<Team>,
    away: String,
    counts: Vec<Count>,
    dangers: Markup,
    hands: Markup,
}

struct Team {
    name: String,
    on_call: String,
    /// Whose turn it is who hold no key of the team.
    keyless: Option<String>,
    hole: Option<String>,
}

struct Count {
    name: &'static str,
    title: String,
    count: usize,
}

pub(super) async fn show(State(desk): State<Desk>, who: SignedIn, language: Language) -> Response {
    match shift(&desk, &who, &language).await {
        Ok(shift) => whole(&desk, &who, &language, &language.locale.text("desk-shift-title"), false, &shift).into_response(),
        Err(error) => failed(&desk, &language, &error),
    }
}

async fn shift<'a>(desk: &Desk, who: &SignedIn, language: &'a Language) -> Result<Shift<'a>, Trouble> {
    works_here(who)?;
    let words = &*language.locale;
    desk.index.catch_up(&desk.cabinet).await?;
    let now = desk.cabinet.now();
    let held = teams(who);
    let names = names(desk).await?;
    let view = desk.library.view(who);
    let eyes = super::list::eyes(desk, who, &held, &view);
    let listed = desk.index.list(&eyes, &[Filter::Danger], 0, NAMED);
    let counts =
        COUNTED.map(|filter| Count { name: filter.name(), title: super::list::filter_title(words, filter), count: listed.count(filter) });
    let ours = ours(desk, &held).await?;
    let away = absences(&desk.people).await?.into_iter().filter(|away| away.from <= now && now < away.to);
    Ok(Shift {
        language,
        words,
        now: words.date_time(now, desk.offset(now)),
        teams: on_duty(desk, words, &names, &ours).await?,
        away: names.all(words, away.map(|away| away.member)),
        counts: counts.into(),
        dangers: dangers(language, &names, &listed.rows, now),
        hands: in_hands(desk, words, &names, &ours, &held),
    })
}

/// Who is on call for each team, and the next time when nobody is.
async fn on_duty(desk: &Desk, words: &Locale, names: &Names, ours: &[TeamListed]) -> Result<Vec<Team>, Trouble> {
    let now = desk.cabinet.now();
    let at = |moment: OffsetDateTime| words.date_time(moment, desk.offset(moment));
    let mut teams = Vec::new();
    for team in ours {
        let turn = on_call(&desk.people, team.id, now).await?;
        let said = |from: String, to: String| words.with("desk-shift-hole", &[("from", from.as_str().into()), ("to", to.as_str().into())]);
        let on_call = names.all(words, turn.members);
        let cannot = names.all(words, turn.keyless);
        let keyless = (!cannot.is_empty()).then(|| words.with("rota-keyless", &[("names", cannot.as_str().into())]));
        teams.push(Team { name: team.name.clone(), on_call, keyless, hole: turn.hole.map(|hole| said(at(hole.from), at(hole.to))) });
    }
    Ok(teams)
}

/// The open dangers, each with what is next and who has it in hand.
fn dangers(language: &Language, names: &Names, rows: &[(Uuid, Header)], now: OffsetDateTime) -> Markup {
    if rows.is_empty() {
        return Markup::default();
    }
    let words = &*language.locale;
    let rows = rows.iter().map(|(id, header)| {
        let link = bits::link(&language.href(&format!("/helpline/contacts/{id}")), &reference(*id));
        let next = format!("{}. {}", due_words(words, header), left(words, header, now));
        let hands = names.all(words, header.hands.iter().copied());
        vec![Cell::new(link), Cell::new(next), Cell::new(hands)]
    });
    let head = ["desk-column-reference", "desk-column-state", "desk-column-hands"].map(|id| words.text(id).into_owned());
    Table::new(words.text("desk-filter-danger").into_owned()).head(head).rows(rows).first_cell_is_header().into()
}

/// How much each colleague has in hand, and who has read so much that somebody else should take the next.
fn in_hands(desk: &Desk, words: &Locale, names: &Names, ours: &[TeamListed], held: &[Uuid]) -> Markup {
    let now = desk.cabinet.now();
    let load = desk.index.load(held);
    let mut members: Vec<Uuid> = ours.iter().flat_map(|team| &team.holders).copied().collect();
    // Whoever left with something in their hands stands here until somebody takes it.
    members.extend(load.by_member.keys().copied());
    members.sort_unstable();
    members.dedup();
    let of = |member: Uuid| {
        let strain = desk.strain.of(member, now);
        let much = if strain >= MUCH { format!("{strain}: {}", words.text("desk-shift-much")) } else { strain.to_string() };
        [names.of(words, member), load.by_member.get(&member).copied().unwrap_or_default().to_string(), much]
    };
    let mut rows: Vec<[String; 3]> = members.into_iter().map(of).collect();
    rows.sort();
    rows.push([words.text("desk-shift-nobodys").into_owned(), load.nobody.to_string(), String::new()]);
    let head = ["desk-shift-who", "desk-shift-in-hand", "desk-shift-distressing"].map(|id| words.text(id).into_owned());
    let rows = rows.into_iter().map(|row| row.map(Cell::new).into());
    Table::new(words.text("desk-hands-of-all").into_owned()).head(head).rows(rows).first_cell_is_header().into()
}
