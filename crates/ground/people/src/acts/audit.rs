//! Reading the ledger. Whoever reads it is written down in it, before they see what they asked for.

use plainsight_ledger::alarms::{Alarm, Limits, Watch};
use plainsight_ledger::{Actor, Broken, LedgerError, OpenedEntry, SignedHead, Span, Walk, sign_head, verify};
use plainsight_vault::keys::SigningKey;
use serde_json::{Value, json};
use time::Duration;
use uuid::Uuid;

use crate::acts::member::list_members;
use crate::acts::team::list_teams;
use crate::audit::{Book, Names, Wanted};
use crate::error::ActError;
use crate::registry::People;

/// Entries of one page.
pub(crate) const PAGE: u64 = 50;
/// The most entries of one file.
pub(crate) const MOST_ROWS: u64 = 100_000;
/// Alarms look so far back where no day is chosen.
pub(crate) const LOOK_BACK: Duration = Duration::days(30);

/// One entry, and the place of its book.
pub(crate) struct Line {
    pub(crate) book: usize,
    pub(crate) entry: OpenedEntry,
}

/// Some of the entries that fit, and how many fit.
pub(crate) struct Found {
    pub(crate) lines: Vec<Line>,
    pub(crate) count: u64,
}

/// One page of the entries that fit, the newest first.
///
/// # Errors
/// Failures of the database.
pub(crate) async fn look(
    people: &People,
    auditor: Uuid,
    books: &[Book],
    names: &Names,
    wanted: &Wanted,
    page: u64,
) -> Result<Found, ActError> {
    let found = find(people, books, names, wanted, page.saturating_mul(PAGE), PAGE).await?;
    note(people, auditor, "ledger.read", json!({ "found": found.count, "page": page.saturating_add(1), "filters": wanted.kinds() }))
        .await?;
    Ok(found)
}

/// All the entries that fit, to be taken along as a file. None when there are more than one file takes.
///
/// # Errors
/// Failures of the database.
pub(crate) async fn export(
    people: &People,
    auditor: Uuid,
    books: &[Book],
    names: &Names,
    wanted: &Wanted,
) -> Result<Option<Vec<Line>>, ActError> {
    let found = find(people, books, names, wanted, 0, MOST_ROWS).await?;
    if found.count > MOST_ROWS {
        return Ok(None);
    }
    note(people, auditor, "ledger.exported", json!({ "rows": found.lines.len(), "filters": wanted.kinds() })).await?;
    Ok(Some(found.lines))
}

async fn find(people: &People, books: &[Book], names: &Names, wanted: &Wanted, skip: u64, take: u64) -> Result<Found, ActError> {
    let mut found = Found { lines: Vec::new(), count: 0 };
    let mut walk = walk(people, books, wanted.span);
    while let Some((place, entry)) = walk.next(people.read()).await? {
        let Some(book) = books.get(place) else { continue };
        if !wanted.fits(&entry, book, names) {
            continue;
        }
        found.count += 1;
        if (skip..skip.saturating_add(take)).contains(&(found.count - 1)) {
            found.lines.push(Line { book: place, entry });
        }
        // Where everything is wanted the table knows how many there are, and nothing more has to be opened.
        if wanted.is_everything() && found.count >= skip.saturating_add(take) {
            found.count = 0;
            for book in books {
                found.count += book.ledger.count(people.read(), people.organisation(), book.zone).await?;
            }
            break;
        }
    }
    Ok(found)
}

/// What stands out in the days that were chosen, else in the last [`LOOK_BACK`]; whatever else was asked for.
///
/// # Errors
/// Failures of the database.
pub(crate) async fn alarms(people: &People, books: &[Book], chosen: Span) -> Result<Vec<Alarm>, ActError> {
    let lately = Span { from: Some(people.now() - LOOK_BACK), to: None };
    let mut walk = walk(people, books, if chosen == Span::default() { lately } else { chosen });
    let mut watch = Watch::default();
    while let Some((_, entry)) = walk.next(people.read()).await? {
        watch.note(&entry);
    }
    Ok(watch.alarms(&Limits::STANDARD))
}

fn walk<'a>(people: &People, books: &'a [Book], span: Span) -> Walk<'a> {
    Walk::new(people.organisation(), books.iter().map(|book| (book.zone, &book.ledger)), span)
}

/// The chain of one book: its signed end when it is whole, or where it was changed.
pub(crate) struct Checked {
    pub(crate) zone: &'static str,
    pub(crate) end: Result<SignedHead, Broken>,
}

/// Verifies every chain from its first entry, the one of `before` against that head, and signs the ends of those that hold.
///
/// # Errors
/// Failures of the database.
pub(crate) async fn check(
    people: &People,
    auditor: Uuid,
    books: &[Book],
    key: &SigningKey,
    before: Option<&SignedHead>,
) -> Result<Vec<Checked>, ActError> {
    let mut all = Vec::new();
    for book in books {
        let end = match end(people, book, key, before.filter(|head| head.zone() == book.zone)).await {
            Ok(head) => Ok(head),
            Err(LedgerError::Broken(broken)) => Err(broken),
            Err(error) => return Err(error.into()),
        };
        all.push(Checked { zone: book.zone, end });
    }
    let broken = all.iter().filter(|checked| checked.end.is_err()).count();
    note(people, auditor, "ledger.verified", json!({ "chains": all.len(), "broken": broken, "against-head": before.is_some() })).await?;
    Ok(all)
}

async fn end(people: &People, book: &Book, key: &SigningKey, before: Option<&SignedHead>) -> Result<SignedHead, LedgerError> {
    if before.is_some() {
        verify(people.read(), people.organisation(), book.zone, before).await?;
    }
    sign_head(people.read(), people.organisation(), book.zone, key, people.now()).await
}

/// What members and teams are called.
///
/// # Errors
/// Failures of the database.
pub(crate) async fn names(people: &People) -> Result<Names, ActError> {
    let members = list_members(people).await?.into_iter().map(|listed| (listed.member.id, listed.member.name));
    let teams = list_teams(people, people.now()).await?.into_iter().map(|team| (team.id, team.name));
    Ok(Names { members: members.collect(), teams: teams.collect() })
}

async fn note(people: &People, auditor: Uuid, act: &'static str, detail: Value) -> Result<(), ActError> {
    let inside = people.clone();
    people
        .store()
        .content()
        .tx("people.read_ledger", move |tx| {
            let (people, detail) = (inside.clone(), detail.clone());
            Box::pin(async move { people.note(tx, Actor::Member(auditor), act, None, detail).await })
        })
        .await
}
