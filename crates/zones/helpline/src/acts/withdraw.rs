//! A reporter withdraws: we stop, delete what we may, and say honestly what has already left.

use plainsight_ledger::Actor;
use plainsight_store::work;
use plainsight_vault::Root;
use plainsight_vocabulary::Urgency;

use super::erasure::{empty, erase_key};
use crate::cabinet::Cabinet;
use crate::header::Header;
use crate::records::{contacts, handed};
use crate::trouble::Trouble;

/// What became of a withdrawn report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Withdrawn {
    /// Nobody had read it; it is erased and nobody can read it any more.
    Erased,
    /// The team had read it, nobody else was told. Kept closed, for the time that the notice states.
    Stopped,
    /// The team had read the report, and not yet what was written last: a person still reads that. Somebody may be forced to
    /// withdraw.
    StillRead,
    /// Somebody outside was told by an urgent referral: that cannot be called back.
    AlreadyPassedOn,
    /// ... and a person here still looks at it: the danger is open, or something is unread.
    PassedOnAndStillRead,
    /// It speaks of danger that nobody has dealt with yet: a person will still look at it. Somebody may be forced to withdraw.
    DangerStays,
}

impl Withdrawn {
    fn of(header: &Header) -> Self {
        let danger = header.urgency == Urgency::Danger;
        let open = danger && !header.flags.safe;
        if header.flags.referred && (open || header.flags.reporter_wrote) {
            Self::PassedOnAndStillRead
        } else if header.flags.referred {
            Self::AlreadyPassedOn
        } else if open {
            Self::DangerStays
        } else if (header.flags.read || danger) && header.flags.reporter_wrote {
            Self::StillRead
        } else if header.flags.read || danger || header.flags.held {
            Self::Stopped
        } else {
            Self::Erased
        }
    }
}

pub(crate) async fn withdraw(cabinet: &Cabinet, pepper: &[u8; 32], root: &Root) -> Result<Withdrawn, Trouble> {
    let locate = root.locate(pepper);
    let row = contacts::find_by_locate(cabinet.store.content().read(), cabinet.organisation, &locate).await?.ok_or(Trouble::NotFound)?;
    let contact = row.id;
    let inside = cabinet.clone();
    let outcome = cabinet
        .store
        .content()
        .tx(
            "helpline.withdraw",
            work!([inside], |tx| {
                // Judged under the lock: an adviser may open the report at this very moment.
                let row = contacts::find_to_change(tx, inside.organisation, contact).await?.ok_or(Trouble::NotFound)?;
                let outcome = Withdrawn::of(&inside.open_header(contact, &row.header)?);
                let erased = outcome == Withdrawn::Erased;
                contacts::forget_locate(tx, inside.organisation, contact).await?;
                // Whoever handed it in is told nothing more of it.
                handed::forget(tx, inside.organisation, contact).await?;
                if erased {
                    empty(&inside, tx, contact).await?;
                }
                let change = |header: &mut Header| {
                    header.flags.withdrawn = true;
                    header.flags.erased = erased;
                    header.flags.waiting_for_reporter = false;
                };
                inside.change_header(tx, contact, change).await?;
                inside.record(tx, Actor::Reporter, "contact.withdrawn", contact, serde_json::json!({ "erased": erased })).await?;
                Ok::<_, Trouble>(outcome)
            }),
        )
        .await?;
    if outcome == Withdrawn::Erased {
        erase_key(cabinet, contact).await?;
    }
    Ok(outcome)
}
