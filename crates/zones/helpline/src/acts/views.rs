//! A member keeps a list or a search to look at again. Nobody else can open it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use plainsight_people::SignedIn;
use plainsight_store::work;
use plainsight_vault::{Kind, envelope};

use crate::cabinet::Cabinet;
use crate::form::FormKey;
use crate::records::views;
use crate::trouble::Trouble;

/// So many are shown above a list without hiding it.
pub(crate) const MOST_VIEWS: usize = 12;

/// What is looked at again.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub(crate) name: String,
    /// What is looked for; a list looks for nothing.
    pub(crate) text: String,
    /// The names of the lists by which it is narrowed.
    pub(crate) filters: Vec<String>,
}

shows_nothing!(Kept);

/// Keeps a view. False when the member keeps as many as there is room for.
pub(crate) async fn keep(cabinet: &Cabinet, who: &SignedIn, kept: &Kept, form: Option<FormKey>) -> Result<bool, Trouble> {
    let (organisation, member) = (cabinet.organisation, who.member.id);
    let text = Zeroizing::new(serde_json::to_vec(kept).map_err(|_| Trouble::Damaged("a view"))?);
    let id = form.map_or_else(|| cabinet.new_id(), |form| form.with(b"view").with(&text).row());
    let place = cabinet.envelope(Kind::Note, 0, id);
    let sealed = envelope::seal_signed(&place, &[&who.unlocked.member.public()], &text, &who.unlocked.signing, &mut cabinet.rng())?;
    let row = views::Model { organisation, member, id, sealed };
    cabinet
        .store
        .content()
        .tx(
            "helpline.keep_view",
            work!([row], |tx| {
                let before = views::of_member(tx, organisation, member).await?;
                if before.iter().any(|view| view.id == row.id) {
                    return Ok(true);
                }
                if before.len() >= MOST_VIEWS {
                    return Ok(false);
                }
                views::insert(tx, row).await?;
                Ok::<_, Trouble>(true)
            }),
        )
        .await
}

/// What a member keeps, by name. One that does not open is passed over: it was sealed to a key that they lost.
pub(crate) async fn kept(cabinet: &Cabinet, who: &SignedIn) -> Result<Vec<(Uuid, Kept)>, Trouble> {
    let rows = views::of_member(cabinet.store.content().read(), cabinet.organisation, who.member.id).await?;
    let own = [who.unlocked.signing.verifying_key()];
    let open = |row: &views::Model| {
        let opened = envelope::open_signed(&row.sealed, &cabinet.envelope(Kind::Note, 0, row.id), &who.unlocked.member, &own).ok()?;
        serde_json::from_slice(&opened.plaintext).ok()
    };
    let mut kept: Vec<(Uuid, Kept)> = rows.iter().filter_map(|row| Some((row.id, open(row)?))).collect();
    kept.sort_by(|(_, one), (_, other)| one.name.cmp(&other.name));
    Ok(kept)
}

pub(crate) async fn forget(cabinet: &Cabinet, who: &SignedIn, id: Uuid) -> Result<(), Trouble> {
    let (organisation, member) = (cabinet.organisation, who.member.id);
    cabinet
        .store
        .content()
        .tx("helpline.forget_view", work!(|tx| views::forget(tx, organisation, member, id).await.map_err(Trouble::from)))
        .await
}
