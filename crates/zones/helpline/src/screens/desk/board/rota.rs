//! Who answers now and next, when nobody does, and who is away.

use time::{Duration, OffsetDateTime};

use plainsight_pages::Locale;
use plainsight_people::acts::rota::{absences, turns};
use plainsight_people::acts::team::TeamListed;

use crate::screens::desk::{Desk, Names};
use crate::trouble::Trouble;

/// So many holes of a team are named; the rota shows all.
const NAMED: usize = 4;

/// A team on the board.
pub(super) struct OnDuty {
    pub(super) name: String,
    pub(super) now: String,
    pub(super) next: Option<String>,
    /// Times when nobody is on call, and whether each begins within a day.
    pub(super) holes: Vec<(String, bool)>,
    pub(super) more: Option<String>,
}

pub(super) async fn on_duty(desk: &Desk, words: &Locale, names: &Names, ours: &[TeamListed]) -> Result<Vec<OnDuty>, Trouble> {
    let now = desk.cabinet.now();
    let (day, week) = (now + Duration::DAY, now + Duration::WEEK);
    let mut teams = Vec::new();
    for team in ours {
        let (turns, open) = turns(&desk.people, team.id, now, week).await?;
        let first = turns.first().map(|turn| turn.members.clone()).unwrap_or_default();
        let next = turns.iter().skip(1).find(|turn| !turn.members.is_empty() && turn.members != first);
        let next = next.map(|turn| {
            let who = names.all(words, turn.members.iter().copied());
            words.with("desk-board-next", &[("who", who.as_str().into()), ("from", at(desk, words, turn.from).as_str().into())])
        });
        let said = open.iter().take(NAMED).map(|hole| {
            let (from, to) = (at(desk, words, hole.from), at(desk, words, hole.to));
            (words.with("desk-shift-hole", &[("from", from.as_str().into()), ("to", to.as_str().into())]), hole.from < day)
        });
        let more = open.len().saturating_sub(NAMED);
        teams.push(OnDuty {
            name: team.name.clone(),
            now: names.all(words, first),
            next,
            holes: said.collect(),
            more: (more > 0).then(|| words.with("desk-board-more-holes", &[("count", more.into())])),
        });
    }
    Ok(teams)
}

/// Who of these teams is away now or within a week, with from when to when.
pub(super) async fn away(desk: &Desk, words: &Locale, names: &Names, ours: &[TeamListed]) -> Result<Vec<String>, Trouble> {
    let now = desk.cabinet.now();
    let theirs = absences(&desk.people).await?.into_iter().filter(|away| ours.iter().any(|team| team.holders.contains(&away.member)));
    let near = theirs.filter(|away| away.to > now && away.from < now + Duration::WEEK);
    let said = |away: plainsight_people::rota::Away| {
        let (who, from, to) = (names.of(words, away.member), at(desk, words, away.from), at(desk, words, away.to));
        words.with("desk-board-away", &[("who", who.as_str().into()), ("from", from.as_str().into()), ("to", to.as_str().into())])
    };
    Ok(near.map(said).collect())
}

fn at(desk: &Desk, words: &Locale, moment: OffsetDateTime) -> String {
    words.date_time(moment, desk.offset(moment))
}
