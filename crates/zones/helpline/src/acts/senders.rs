//! A supervisor lets other systems hand contacts in, gives them keys, and ends both.

use time::Date;
use uuid::Uuid;
use zeroize::Zeroizing;

use plainsight_ledger::Actor;
use plainsight_people::SignedIn;
use plainsight_store::work;
use plainsight_vocabulary::Channel;

use crate::cabinet::Cabinet;
use crate::records::{SUPERVISOR, ZONE, senders};
use crate::sender::{Hook, Key, LONGEST_NAME, PER_HOUR, Scope, Sender, WAYS};
use crate::signature::Secret;
use crate::trouble::Trouble;

impl Sender {
    pub(super) fn open(cabinet: &Cabinet, row: &senders::Model) -> Result<Self, Trouble> {
        let opened = cabinet.ring.open(&cabinet.column("helpline_senders", row.id, "sealed"), &row.sealed)?;
        serde_json::from_slice(&opened).map_err(|_| Trouble::Damaged("a sender"))
    }

    fn seal(&self, cabinet: &Cabinet, id: Uuid) -> Result<Vec<u8>, Trouble> {
        let text = Zeroizing::new(serde_json::to_vec(self).map_err(|_| Trouble::Damaged("a sender"))?);
        Ok(cabinet.ring.seal(&cabinet.column("helpline_senders", id, "sealed"), &text, &mut cabinet.rng()))
    }
}

/// Who decides about senders: a supervisor at the desk, or whoever holds the machine.
#[derive(Clone, Copy)]
pub(crate) struct Decider(Actor);

impl Decider {
    /// Everybody else gets what does not exist.
    pub(crate) fn of(who: &SignedIn) -> Result<Self, Trouble> {
        if who.member.holds(ZONE, SUPERVISOR) { Ok(Self(Actor::Member(who.member.id))) } else { Err(Trouble::NotFound) }
    }

    pub(crate) fn command_line() -> Self {
        Self(Actor::System("command line"))
    }
}

/// All senders by name, those that hold first.
pub(crate) async fn all(cabinet: &Cabinet) -> Result<Vec<(Uuid, Sender)>, Trouble> {
    let rows = senders::all(cabinet.store.content().read(), cabinet.organisation).await?;
    let mut all = rows.iter().map(|row| Ok((row.id, Sender::open(cabinet, row)?))).collect::<Result<Vec<_>, Trouble>>()?;
    all.sort_by(|(_, one), (_, other)| (one.ended.is_some(), &one.name).cmp(&(other.ended.is_some(), &other.name)));
    Ok(all)
}

pub(crate) async fn find(cabinet: &Cabinet, id: Uuid) -> Result<Sender, Trouble> {
    let row = senders::find(cabinet.store.content().read(), cabinet.organisation, id).await?.ok_or(Trouble::NotFound)?;
    Sender::open(cabinet, &row)
}

/// Adds a sender under this id with its first key, which is shown once. The id comes with the form, so that a form sent twice
/// adds one: then there is no key to show, and a new one can be made.
pub(crate) async fn add(cabinet: &Cabinet, by: Decider, id: Uuid, mut sender: Sender) -> Result<Option<Key>, Trouble> {
    let key = sender.new_key(id, today(cabinet), &mut cabinet.rng());
    let row = senders::Model { organisation: cabinet.organisation, id, sealed: sender.seal(cabinet, id)? };
    let inside = cabinet.clone();
    let added = cabinet
        .store
        .content()
        .tx(
            "helpline.add_sender",
            work!([inside, row], |tx| {
                if senders::find_to_change(tx, inside.organisation, id).await?.is_some() {
                    return Ok(false);
                }
                senders::insert(tx, row).await?;
                inside.record(tx, by.0, "sender.added", None, serde_json::json!({ "sender": id })).await?;
                Ok::<_, Trouble>(true)
            }),
        )
        .await?;
    Ok(added.then_some(key))
}

pub(crate) async fn new_key(cabinet: &Cabinet, by: Decider, id: Uuid, form: Uuid) -> Result<Key, Trouble> {
    change(cabinet, by, (id, Some(form)), "sender.key_made", move |sender, inside| {
        Some(sender.new_key(id, today(inside), &mut inside.rng()))
    })
    .await
}

pub(crate) async fn end_key(cabinet: &Cabinet, by: Decider, id: Uuid, number: u16) -> Result<(), Trouble> {
    change(cabinet, by, (id, None), "sender.key_ended", move |sender, inside| sender.end_key(number, today(inside)).then_some(())).await
}

pub(crate) async fn end(cabinet: &Cabinet, by: Decider, id: Uuid) -> Result<(), Trouble> {
    change(cabinet, by, (id, None), "sender.ended", |sender, inside| {
        sender.end(today(inside));
        Some(())
    })
    .await
}

/// Gives it a secret to sign its messages with; one before holds no longer.
pub(crate) async fn new_signing(cabinet: &Cabinet, by: Decider, id: Uuid, form: Uuid) -> Result<Secret, Trouble> {
    let secret = Secret::draw(&mut cabinet.rng());
    change(cabinet, by, (id, Some(form)), "sender.signing_made", move |sender, _| {
        sender.signs = Some(secret.clone());
        Some(secret)
    })
    .await
}

/// From now on it is told of its reports at this address; the secret of the signatures is new. No address: it is told nothing.
pub(crate) async fn set_hook(
    cabinet: &Cabinet,
    by: Decider,
    id: Uuid,
    form: Uuid,
    address: Option<String>,
) -> Result<Option<Secret>, Trouble> {
    let secret = Secret::draw(&mut cabinet.rng());
    change(cabinet, by, (id, Some(form)), "sender.hook_set", move |sender, _| {
        sender.hook = address.map(|address| Hook { address, secret, gone: false });
        Some(sender.hook.as_ref().map(|hook| hook.secret.clone()))
    })
    .await
}

/// It said that it wants to hear nothing any more.
pub(crate) async fn hook_gone(cabinet: &Cabinet, id: Uuid, address: String) -> Result<(), Trouble> {
    let by = Decider(Actor::System("helpline"));
    change(cabinet, by, (id, None), "sender.hook_gone", move |sender, _| {
        // Not the one that was entered meanwhile.
        sender.hook.as_mut().filter(|hook| hook.address == address)?.gone = true;
        Some(())
    })
    .await
}

/// The day, to the day of the world's clock: nobody's deadline hangs on it.
fn today(cabinet: &Cabinet) -> Date {
    cabinet.now().date()
}

/// Changes a sender that was not ended, under the lock of its row; nothing happens where `change` has nothing to do, nor when
/// this form was sent before ([`Trouble::AlreadyFiled`]): a secret that was shown must not end by being asked for twice.
async fn change<T: Send + 'static>(
    cabinet: &Cabinet,
    by: Decider,
    (id, form): (Uuid, Option<Uuid>),
    act: &'static str,
    change: impl FnOnce(&mut Sender, &Cabinet) -> Option<T> + Clone + Send + Sync + 'static,
) -> Result<T, Trouble> {
    let inside = cabinet.clone();
    cabinet
        .store
        .content()
        .tx(
            "helpline.change_sender",
            work!([inside, change], |tx| {
                let row = senders::find_to_change(tx, inside.organisation, id).await?.ok_or(Trouble::NotFound)?;
                let mut sender = Sender::open(&inside, &row)?;
                if sender.ended.is_some() {
                    return Err(Trouble::NotFound);
                }
                if form.is_some_and(|form| !sender.takes(form)) {
                    return Err(Trouble::AlreadyFiled);
                }
                let done = change(&mut sender, &inside).ok_or(Trouble::NotFound)?;
                senders::set(tx, inside.organisation, id, sender.seal(&inside, id)?).await?;
                inside.record(tx, by.0, act, None, serde_json::json!({ "sender": id })).await?;
                Ok(done)
            }),
        )
        .await
}

/// A sender as the command line adds one.
pub struct NewSender {
    pub name: String,
    /// By what way its contacts arrive: `app`, `web`, `text-message` or `email`.
    pub way: String,
    /// What it may do: `reports`, `mailbox`, `messages`, `open311`.
    pub scopes: Vec<String>,
    pub per_hour: Option<u32>,
}

impl NewSender {
    /// The sender, or the first thing to be mended.
    fn checked(&self, today: Date) -> Result<Sender, String> {
        let name = self.name.trim();
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            return Err(format!("the name must have 1 to {LONGEST_NAME} characters"));
        }
        let way = Channel::from_code(&self.way).filter(|way| WAYS.contains(way));
        let way = way.ok_or_else(|| format!("{:?} is no way to arrive: app, web, text-message or email", self.way))?;
        let scope =
            |scope: &String| Scope::parse(scope).ok_or_else(|| format!("{scope:?} is no scope: reports, mailbox, messages or open311"));
        let scopes = self.scopes.iter().map(scope).collect::<Result<Vec<_>, _>>()?;
        let per_hour = self.per_hour.unwrap_or(PER_HOUR);
        if per_hour == 0 {
            return Err("at least one an hour, or it can hand in nothing".to_owned());
        }
        Ok(Sender::new(name, way, scopes, per_hour, today))
    }
}

/// What is shown once when a sender was added.
pub struct AddedSender {
    pub id: Uuid,
    pub key: Zeroizing<String>,
    /// What it signs its messages with, if it may hand in any.
    pub signing: Option<Zeroizing<String>>,
}

/// Adds a sender from the command line; the inner error is what has to be mended in it.
pub async fn add_sender(cabinet: &Cabinet, new: &NewSender) -> Result<Result<AddedSender, String>, Trouble> {
    let mut sender = match new.checked(today(cabinet)) {
        Ok(sender) => sender,
        Err(wrong) => return Ok(Err(wrong)),
    };
    sender.signs = sender.scopes.contains(&Scope::Messages).then(|| Secret::draw(&mut cabinet.rng()));
    let signing = sender.signs.as_ref().map(Secret::text);
    let id = cabinet.new_id();
    let key = add(cabinet, Decider::command_line(), id, sender).await?.ok_or(Trouble::Meanwhile)?;
    Ok(Ok(AddedSender { id, key: key.text(), signing }))
}

/// Ends a sender from the command line. `NotFound` when there is none that holds.
pub async fn end_sender(cabinet: &Cabinet, id: Uuid) -> Result<(), Trouble> {
    end(cabinet, Decider::command_line(), id).await
}

/// Every sender as a line: its id, its name, what it may do, and until when.
pub async fn list_senders(cabinet: &Cabinet) -> Result<Vec<String>, Trouble> {
    let line = |(id, sender): (Uuid, Sender)| {
        let scopes = sender.scopes.iter().map(|scope| scope.name()).collect::<Vec<_>>().join(", ");
        let keys = sender.keys.iter().filter(|key| key.ended.is_none()).count();
        let ended = sender.ended.map(|day| format!(", ended {day}")).unwrap_or_default();
        format!("{id}  {}  ({scopes}; {keys} keys, {} an hour{ended})", sender.name, sender.per_hour)
    };
    Ok(all(cabinet).await?.into_iter().map(line).collect())
}
