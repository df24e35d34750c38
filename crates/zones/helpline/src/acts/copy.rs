//! All that is kept about somebody who asks for a copy: what lies in the contacts of their request, and in the cases that it has to
//! do with. Each folder is in the ledger as opened before it is shown; nothing counts as read by it.

use uuid::Uuid;

use plainsight_ledger::Actor;
use plainsight_people::SignedIn;
use plainsight_store::work;

use super::case::{CaseFolder, OpenCase, read};
use super::open::{Folder, folder, hold};
use crate::cabinet::Cabinet;
use crate::records::{SUPERVISOR, ZONE};
use crate::trouble::Trouble;

/// What a copy is made from.
pub(crate) struct Gathered {
    /// The contacts of the request, in the order of their ids.
    pub(crate) contacts: Vec<(Uuid, Folder)>,
    /// The cases that the request has to do with.
    pub(crate) cases: Vec<CaseFolder>,
    /// What is kept and cannot be opened with these keys.
    pub(crate) unread: Vec<Uuid>,
}

/// Opens everything that a request reaches. What was erased is not kept any more; what does not open with these keys is named.
pub(crate) async fn gather(cabinet: &Cabinet, who: &SignedIn, request: &OpenCase) -> Result<Gathered, Trouble> {
    if !who.member.holds(ZONE, SUPERVISOR) {
        return Err(Trouble::NotFound);
    }
    let mut gathered = Gathered { contacts: Vec::new(), cases: Vec::new(), unread: Vec::new() };
    for contact in &request.together.contacts {
        match hold(cabinet, who, *contact).await {
            Ok(held) => gathered.contacts.push((*contact, folder(cabinet, &held).await?)),
            Err(Trouble::NotFound) => gathered.unread.push(*contact),
            Err(Trouble::Erased) => {}
            Err(error) => return Err(error),
        }
    }
    let mut waiting: Vec<Uuid> = request.together.relations.keys().copied().collect();
    while let Some(case) = waiting.pop() {
        if gathered.cases.iter().any(|folder| folder.id == case) {
            continue;
        }
        match read(cabinet, who, case).await {
            Ok((_, folder)) => {
                waiting.extend(&folder.case.absorbed);
                gathered.cases.push(folder);
            }
            Err(Trouble::NotFound) => gathered.unread.push(case),
            Err(Trouble::Erased) => {}
            Err(error) => return Err(error),
        }
    }
    let opened = gathered.contacts.iter().map(|(id, _)| (*id, "contact.opened"));
    let opened: Vec<_> = opened.chain(gathered.cases.iter().map(|case| (case.id, "case.opened"))).collect();
    let (inside, member) = (cabinet.clone(), who.member.id);
    cabinet
        .store
        .content()
        .tx(
            "helpline.gather_copy",
            work!([inside, opened], |tx| {
                for (id, act) in opened {
                    inside.record(tx, Actor::Member(member), act, id, serde_json::json!({ "for": "copy" })).await?;
                }
                Ok::<_, Trouble>(())
            }),
        )
        .await?;
    Ok(gathered)
}
