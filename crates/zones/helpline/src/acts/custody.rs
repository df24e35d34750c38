//! The way to an original: an asking, a second person, the opening. Each step is a paper that its member signs, and an entry in the
//! ledger.

use std::collections::HashMap;

use time::OffsetDateTime;
use uuid::Uuid;

use plainsight_ledger::Actor;
use plainsight_people::{SignedIn, Unlocked};
use plainsight_store::work;
use plainsight_vault::{Kind, envelope};

use super::answer::{paper_id, put, seal_signed};
use super::open::{Held, Paper, read_papers};
use crate::attached::{Attached, Custody, CustodyStep};
use crate::cabinet::Cabinet;
use crate::custody::{Asking, Standing, askings};
use crate::exhibit::{Exhibit, exhibits};
use crate::form::{FormKey, Written};
use crate::parcel::FileKey;
use crate::records::papers::{self, PaperKind};
use crate::records::{CUSTODIAN, SUPERVISOR, ZONE, contacts, files};
use crate::ticket::{Purpose, Ticket, Tickets};
use crate::trouble::Trouble;

/// What is told of the files of a folder, with who signed each paper.
pub(crate) struct Evidence {
    pub(crate) held: Held,
    pub(crate) papers: Vec<(Uuid, OffsetDateTime, Paper)>,
    /// Whose key signed a paper; none is there for one that nobody signed.
    pub(crate) signed: HashMap<Uuid, Uuid>,
}

impl Evidence {
    pub(crate) async fn read(cabinet: &Cabinet, who: &SignedIn, folder: Uuid) -> Result<Self, Trouble> {
        let (held, papers) = read_papers(cabinet, who, folder).await?;
        let content = cabinet.store.content().read();
        let signers = plainsight_people::signers(content, cabinet.organisation).await?;
        let keys: Vec<_> = signers.iter().map(|(_, key)| *key).collect();
        let mut signed = HashMap::new();
        for row in papers::of_contact(content, cabinet.organisation, folder).await? {
            let Some(kind) = PaperKind::parse(&row.kind) else { continue };
            let place = cabinet.paper_envelope(kind.envelope(), folder, row.id);
            let signer = envelope::open_signed(&row.sealed, &place, &held.key, &keys).ok().map(|opened| opened.signer.to_bytes());
            signed.extend(signers.iter().find(|(_, key)| Some(key.to_bytes()) == signer).map(|(member, _)| (row.id, *member)));
        }
        Ok(Self { held, papers, signed })
    }

    pub(crate) fn exhibit(&self, file: Uuid) -> Result<Exhibit<'_>, Trouble> {
        exhibits(&self.papers).into_iter().find(|exhibit| exhibit.id == file).ok_or(Trouble::NotFound)
    }

    /// Whether a paper was signed by the member whom it names.
    pub(crate) fn is_by(&self, paper: Uuid, member: Uuid) -> bool {
        self.signed.get(&paper) == Some(&member)
    }

    pub(crate) fn askings(&self, exhibit: &Exhibit<'_>) -> Vec<Asking> {
        askings(exhibit, |id, custody| self.is_by(id, custody.member))
    }
}

/// Whether a member may ask for this original: they keep originals, and hold the key of those who keep it.
pub(crate) fn may_ask(who: &SignedIn, file: &Attached) -> bool {
    let key = |team, epoch| who.unlocked.team_key(team, epoch).is_some();
    who.member.holds(ZONE, CUSTODIAN) && file.kept.as_ref().is_none_or(|kept| key(kept.team, kept.epoch))
}

/// Whether a member may be the second person of somebody else's asking.
pub(crate) fn may_agree(who: &SignedIn) -> bool {
    who.member.holds(ZONE, CUSTODIAN) || who.member.holds(ZONE, SUPERVISOR)
}

/// Asks to open an original.
pub(crate) async fn ask(cabinet: &Cabinet, who: &SignedIn, (folder, file): (Uuid, Uuid), reason: Written) -> Result<Uuid, Trouble> {
    let evidence = Evidence::read(cabinet, who, folder).await?;
    if !may_ask(who, evidence.exhibit(file)?.file) {
        return Err(Trouble::NotFound);
    }
    let form = reason.key("ask-original").map(|key| key.with(file.as_bytes())).unwrap_or_else(|| FormKey::new(cabinet));
    let step = Step { file, step: CustodyStep::Asked, reason: reason.text, form };
    let act = ["contact.original_asked", "case.original_asked"];
    step.write(cabinet, who, &evidence.held, act).await
}

/// A second person says yes or no.
pub(crate) async fn answer(
    cabinet: &Cabinet,
    who: &SignedIn,
    (folder, file, asked): (Uuid, Uuid, Uuid),
    agrees: bool,
    reason: Written,
) -> Result<(), Trouble> {
    let evidence = Evidence::read(cabinet, who, folder).await?;
    let exhibit = evidence.exhibit(file)?;
    let asking = evidence.askings(&exhibit).into_iter().find(|asking| asking.id == asked).ok_or(Trouble::NotFound)?;
    if !may_agree(who) || asking.member == who.member.id {
        return Err(Trouble::NeedsSecondPerson);
    }
    if asking.standing(exhibit.file.from, cabinet.now()) != Standing::Waits {
        return Err(Trouble::AskingOver);
    }
    let (step, act) = if agrees {
        (CustodyStep::Agreed(asked), ["contact.original_agreed", "case.original_agreed"])
    } else {
        (CustodyStep::Refused(asked), ["contact.original_refused", "case.original_refused"])
    };
    // One answer of each member: pressed twice it is one.
    let form = FormKey::of_record(cabinet, asked, "original answered", &who.member.id.to_string());
    Step { file, step, reason: reason.text, form }.write(cabinet, who, &evidence.held, act).await.map(drop)
}

/// Opens an original on an asking, once: gives the token with which it is fetched.
pub(crate) async fn open(
    cabinet: &Cabinet,
    tickets: &Tickets,
    who: &SignedIn,
    (folder, file, asked): (Uuid, Uuid, Uuid),
) -> Result<String, Trouble> {
    let evidence = Evidence::read(cabinet, who, folder).await?;
    let exhibit = evidence.exhibit(file)?;
    let asking = evidence.askings(&exhibit).into_iter().find(|asking| asking.id == asked).ok_or(Trouble::NotFound)?;
    if !may_ask(who, exhibit.file) || asking.member != who.member.id {
        return Err(Trouble::NotFound);
    }
    match asking.standing(exhibit.file.from, cabinet.now()) {
        Standing::MayOpen => {}
        Standing::Waits => return Err(Trouble::NeedsSecondPerson),
        Standing::Refused | Standing::Over | Standing::Used => return Err(Trouble::AskingOver),
    }
    let form = FormKey::of_record(cabinet, asked, "original opened", "");
    if papers::exists(cabinet.store.content().read(), cabinet.organisation, folder, paper_id(&form, folder)).await? {
        return Err(Trouble::AskingOver);
    }
    let act = ["contact.original_opened", "case.original_opened"];
    Step { file, step: CustodyStep::Opened(asked), reason: asking.reason, form }.write_new(cabinet, who, &evidence.held, act).await?;
    let ticket = Ticket::new(&who.unlocked, (folder, file), file, Purpose::Original);
    Ok(tickets.draw(ticket, cabinet.now(), &mut cabinet.rng()))
}

/// The key of an original: the folder's key opened its paper, the custodians' opens what lies in it. Where nobody kept it, the
/// folder's opens it alone.
pub(crate) async fn key_of_original(
    cabinet: &Cabinet,
    unlocked: &Unlocked,
    held: &Held,
    (id, file): (Uuid, &Attached),
) -> Result<FileKey, Trouble> {
    let bytes = if let Some(kept) = &file.kept {
        let key = unlocked.team_key(kept.team, kept.epoch).ok_or(Trouble::NotFound)?;
        envelope::open(&kept.sealed, &cabinet.envelope(Kind::FileKey, kept.epoch, id), key)?
    } else {
        let row = files::find(cabinet.store.content().read(), cabinet.organisation, id).await?.ok_or(Trouble::FileGone)?;
        envelope::open(&row.key, &cabinet.paper_envelope(Kind::FileKey, held.row.id, id), &held.key)?
    };
    FileKey::from_bytes(&bytes).ok_or(Trouble::Damaged("the key of a file"))
}

/// A step to be written down.
struct Step {
    file: Uuid,
    step: CustodyStep,
    reason: String,
    form: FormKey,
}

impl Step {
    /// Writes it down; pressed twice it is written once.
    async fn write(self, cabinet: &Cabinet, who: &SignedIn, held: &Held, act: [&'static str; 2]) -> Result<Uuid, Trouble> {
        self.store(cabinet, who, held, act).await.map(|(id, _)| id)
    }

    /// Writes down what is done once: whoever comes second is told.
    async fn write_new(self, cabinet: &Cabinet, who: &SignedIn, held: &Held, act: [&'static str; 2]) -> Result<(), Trouble> {
        match self.store(cabinet, who, held, act).await? {
            (_, true) => Ok(()),
            (_, false) => Err(Trouble::AskingOver),
        }
    }

    async fn store(
        self,
        cabinet: &Cabinet,
        who: &SignedIn,
        held: &Held,
        [of_contact, of_case]: [&'static str; 2],
    ) -> Result<(Uuid, bool), Trouble> {
        let (folder, member, file) = (held.row.id, who.member.id, self.file);
        let id = paper_id(&self.form, folder);
        let custody = Custody { of: file, step: self.step, reason: self.reason, at: cabinet.now(), member };
        let (key, signing) = (held.key.public(), &who.unlocked.signing);
        let paper = seal_signed(cabinet, (folder, id), PaperKind::Custody, &key, signing, &custody)?;
        let inside = cabinet.clone();
        let new = cabinet
            .store
            .content()
            .tx(
                "helpline.custody",
                work!([inside, paper], |tx| {
                    let row = contacts::find_to_change(tx, inside.organisation, folder).await?.ok_or(Trouble::NotFound)?;
                    let header = inside.open_header(folder, &row.header)?;
                    if header.flags.erased {
                        return Err(Trouble::Erased);
                    }
                    if !put(&inside, tx, paper).await? {
                        return Ok(false);
                    }
                    let act = if header.is_case() { of_case } else { of_contact };
                    inside.record(tx, Actor::Member(member), act, folder, serde_json::json!({ "file": file })).await?;
                    Ok(true)
                }),
            )
            .await?;
        Ok((id, new))
    }
}
