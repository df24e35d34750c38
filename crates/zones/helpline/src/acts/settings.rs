//! A supervisor changes what the public is told: each change is a version, checked by the parser of the operator's file, made on
//! what its maker saw, and in the ledger. What somebody in danger calls is changed by two.

use serde_json::json;
use uuid::Uuid;

use plainsight_people::SignedIn;
use plainsight_store::{Tx, put_site_value, site_value, work};
use plainsight_vocabulary::{EditError, Weight, jurisdictions, weigh};

use super::senders::Decider;
use crate::cabinet::Cabinet;
use crate::records::settings::{self, proposals};
use crate::standing::{Held, Made, Proposal, Standing, Version, all_routes, fingerprint};
use crate::trouble::Trouble;

/// What became of a change.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Done {
    /// It holds, under this number.
    Holds(i64),
    /// A second person must look at it.
    Waits,
}

/// Why a change was not made.
#[derive(Debug)]
pub(crate) enum Unchanged {
    /// A field is to be mended.
    Edit(EditError),
    /// No page takes this away.
    Refused(String),
    /// It was made over another file: what else stood there, such as how long things are kept, would come back with it.
    OtherFile,
    /// It does not carry the signature of whom it names, or they have left: nobody can be the second.
    Unsigned,
    /// Somebody changed something since the form was drawn.
    Meanwhile,
    Trouble(Trouble),
}

impl<E: Into<Trouble>> From<E> for Unchanged {
    fn from(error: E) -> Self {
        match error.into() {
            Trouble::Meanwhile => Self::Meanwhile,
            error => Self::Trouble(error),
        }
    }
}

/// The versions after this number, the newest first, and no more than `most`: each holds a whole file. Those that do not open are left out
/// and logged.
pub(crate) async fn versions(cabinet: &Cabinet, after: i64, most: Option<u64>) -> Result<Vec<Version>, Trouble> {
    let rows = settings::after(cabinet.store.content().read(), cabinet.organisation, after, most).await?;
    let opened = rows.iter().filter_map(|row| match Version::open(cabinet, row) {
        Ok(version) => Some(version),
        Err(error) => {
            tracing::error!(%error, number = row.number, "a version of the settings does not open");
            None
        }
    });
    Ok(opened.collect())
}

/// What waits for a second person, the oldest first.
pub(crate) async fn waiting(cabinet: &Cabinet) -> Result<Vec<(Uuid, Proposal)>, Trouble> {
    let rows = proposals::all(cabinet.store.content().read(), cabinet.organisation).await?;
    let mut all = rows.iter().map(|row| Ok((row.id, Proposal::open(cabinet, row)?))).collect::<Result<Vec<_>, Trouble>>()?;
    all.sort_by_key(|(id, proposal)| (proposal.at, *id));
    Ok(all)
}

/// What the text would be, and how weighty that is.
pub(crate) async fn weighed(cabinet: &Cabinet, standing: &Standing, made: &Made) -> Result<(String, Weight), Unchanged> {
    let (held, file) = (standing.now(), standing.file().ok_or(Trouble::NotFound)?);
    let text = match made {
        Made::Edit(edit) => edit.apply(&file.name, &held.text, jurisdictions()).map_err(Unchanged::Edit)?,
        Made::Again(number) => {
            let version = earlier(cabinet, *number).await?;
            if version.base != fingerprint(&file.text) {
                return Err(Unchanged::OtherFile);
            }
            version.text
        }
    };
    let routes = |text: &str| all_routes(&file.name, text).map_err(|error| Unchanged::Edit(EditError::File(error)));
    let weight = weigh(&routes(&held.text)?, &routes(&text)?, cabinet.now());
    standing.make(&text).map_err(|_| Unchanged::Edit(EditError::Shape))?;
    Ok((text, weight))
}

/// Where the public process writes with which file it began.
const PUBLIC_FILE: &str = "helpline/public-operator-file";

/// Writes down with which file the public process began.
pub(crate) async fn note_public_file(cabinet: &Cabinet, standing: &Standing) -> Result<(), Trouble> {
    let Some(mark) = standing.mark(cabinet) else { return Ok(()) };
    let organisation = cabinet.organisation;
    if site_value(cabinet.store.content().read(), organisation, PUBLIC_FILE).await?.is_some_and(|before| before == mark) {
        return Ok(());
    }
    cabinet
        .store
        .content()
        .tx(
            "helpline.note_public_file",
            work!([mark], |tx| put_site_value(tx, organisation, PUBLIC_FILE, &mark).await.map_err(Trouble::from)),
        )
        .await
}

/// Whether the report site began with another file than this process: what it tells the public is then not what the desk shows.
pub(crate) async fn public_has_another_file(cabinet: &Cabinet, standing: &Standing) -> Result<bool, Trouble> {
    let public = site_value(cabinet.store.content().read(), cabinet.organisation, PUBLIC_FILE).await?;
    Ok(public.is_some_and(|public| standing.mark(cabinet).is_some_and(|ours| ours != public)))
}

/// One of those that wait.
pub(crate) async fn proposal(cabinet: &Cabinet, id: Uuid) -> Result<Proposal, Trouble> {
    let row = proposals::find(cabinet.store.content().read(), cabinet.organisation, id).await?.ok_or(Trouble::NotFound)?;
    Proposal::open(cabinet, &row)
}

pub(crate) async fn earlier(cabinet: &Cabinet, number: i64) -> Result<Version, Trouble> {
    let row = settings::find(cabinet.store.content().read(), cabinet.organisation, number).await?.ok_or(Trouble::NotFound)?;
    Version::open(cabinet, &row)
}

/// Makes a change that was drawn on `seen`, the number of the newest version then.
pub(crate) async fn change(cabinet: &Cabinet, who: &SignedIn, standing: &Standing, made: Made, seen: i64) -> Result<Done, Unchanged> {
    Decider::of(who)?;
    standing.catch_up(cabinet).await?;
    let held = standing.now();
    if held.newest != seen {
        return Err(Unchanged::Meanwhile);
    }
    let (text, weight) = weighed(cabinet, standing, &made).await?;
    match weight {
        Weight::Refused(fact) => Err(Unchanged::Refused(fact)),
        Weight::NeedsSecond => {
            let id = cabinet.new_id();
            let row = Proposal { made, by: who.member.id, at: cabinet.now() }.seal(cabinet, id, &who.unlocked.signing)?;
            let (inside, actor) = (cabinet.clone(), plainsight_ledger::Actor::Member(who.member.id));
            cabinet
                .store
                .content()
                .tx(
                    "helpline.propose_settings",
                    work!([inside, row], |tx| {
                        proposals::insert(tx, row).await?;
                        inside.record(tx, actor, "settings.proposed", None, json!({ "proposal": id })).await
                    }),
                )
                .await?;
            Ok(Done::Waits)
        }
        Weight::Light => {
            let act = if matches!(made, Made::Again(_)) { "settings.brought_back" } else { "settings.changed" };
            put(cabinet, who, standing, (&held, made, text), (act, None)).await
        }
    }
}

/// A second person says yes to a change, or anybody who decides says no.
pub(crate) async fn decide(
    cabinet: &Cabinet,
    who: &SignedIn,
    standing: &Standing,
    id: Uuid,
    (yes, seen): (bool, i64),
) -> Result<Done, Unchanged> {
    Decider::of(who)?;
    standing.catch_up(cabinet).await?;
    let proposal = proposal(cabinet, id).await?;
    if !yes {
        let (inside, actor) = (cabinet.clone(), plainsight_ledger::Actor::Member(who.member.id));
        cabinet
            .store
            .content()
            .tx(
                "helpline.refuse_settings",
                work!([inside], |tx| {
                    take_out(&inside, tx, id).await?;
                    inside.record(tx, actor, "settings.refused", None, json!({ "proposal": id })).await
                }),
            )
            .await?;
        return Ok(Done::Waits);
    }
    if proposal.by == who.member.id {
        return Err(Trouble::NeedsSecondPerson.into());
    }
    let read = cabinet.store.content().read();
    let row = proposals::find(read, cabinet.organisation, id).await?.ok_or(Trouble::NotFound)?;
    let key = plainsight_people::verifying_key_of(read, cabinet.organisation, proposal.by).await?;
    if !key.map_or(Ok(false), |key| Proposal::is_signed(cabinet, &row, &key))? || Proposal::open(cabinet, &row)? != proposal {
        return Err(Unchanged::Unsigned);
    }
    // Made on what holds now, and on what they were shown.
    let held = standing.now();
    if held.newest != seen {
        return Err(Unchanged::Meanwhile);
    }
    let (text, weight) = weighed(cabinet, standing, &proposal.made).await?;
    if let Weight::Refused(fact) = weight {
        return Err(Unchanged::Refused(fact));
    }
    put(cabinet, who, standing, (&held, proposal.made, text), ("settings.confirmed", Some((id, proposal.by)))).await
}

/// Takes a proposal out, which nobody else decided on meanwhile.
async fn take_out(cabinet: &Cabinet, tx: &Tx, id: Uuid) -> Result<(), Trouble> {
    proposals::find_to_change(tx, cabinet.organisation, id).await?.ok_or(Trouble::NotFound)?;
    Ok(proposals::delete(tx, cabinet.organisation, id).await?)
}

/// Writes the next version, unless another was written since; of a proposal, whose it was.
async fn put(
    cabinet: &Cabinet,
    who: &SignedIn,
    standing: &Standing,
    (held, made, text): (&Held, Made, String),
    (act, proposal): (&'static str, Option<(Uuid, Uuid)>),
) -> Result<Done, Unchanged> {
    let file = standing.file().ok_or(Trouble::NotFound)?;
    let (number, me) = (held.newest + 1, who.member.id);
    let (by, second) = proposal.map_or((me, None), |(_, by)| (by, Some(me)));
    let version = Version { number, made, text, base: fingerprint(&file.text), by, second, at: cabinet.now() };
    let row = version.seal(cabinet)?;
    let (inside, actor, proposed) = (cabinet.clone(), plainsight_ledger::Actor::Member(me), proposal.map(|(id, _)| id));
    let written = cabinet
        .store
        .content()
        .tx(
            "helpline.change_settings",
            work!([inside, row], |tx| {
                if settings::newest(tx, inside.organisation).await? != number - 1 {
                    return Err(Trouble::Meanwhile);
                }
                if let Some(id) = proposed {
                    take_out(&inside, tx, id).await?;
                }
                settings::insert(tx, row).await?;
                inside.record(tx, actor, act, None, json!({ "version": number })).await
            }),
        )
        .await;
    // On PostgreSQL two can pass the question at the same moment: the second finds the number taken.
    if written.is_err() && settings::newest(cabinet.store.content().read(), cabinet.organisation).await? != number - 1 {
        standing.catch_up(cabinet).await?;
        return Err(Unchanged::Meanwhile);
    }
    written?;
    standing.catch_up(cabinet).await?;
    Ok(Done::Holds(number))
}
