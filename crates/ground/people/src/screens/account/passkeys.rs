//! A member's passkeys: the list, adding one with the browser's help, removing one.

use askama::Template;
use axum::extract::{Form as Posted, Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Redirect, Response};
use plainsight_pages::components::{ErrorSummary, Input, NotificationBanner, WarningText};
use plainsight_pages::{Language, Locale, Markup, Typed};
use serde::Deserialize;
use tower_sessions::Session;
use uuid::Uuid;

use super::{ACCOUNT_PAGE, Accounts, Wrong, failed, whole};
use crate::acts::passkey::{PasskeyListed, add_passkey, list_passkeys, new_passkey_options, remove_passkey};
use crate::desk_memory::SessionKey;
use crate::error::ActError;
use crate::passkey::PasskeyRefused;
use crate::registry::People;
use crate::screens::SignedIn;
use crate::screens::views::PasskeyPart;
use crate::session_store::{WHO, Who};

/// What was done just now.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Done {
    done: String,
}

struct Row {
    name: String,
    added: String,
    used: String,
    remove: String,
}

#[derive(Template)]
#[template(path = "account/list.html")]
struct List<'a> {
    words: &'a Locale,
    notice: Markup,
    rows: Vec<Row>,
    /// None where no browser would make one.
    add: Option<String>,
}

#[derive(Template)]
#[template(path = "account/add.html")]
struct Add<'a> {
    words: &'a Locale,
    summary: Option<ErrorSummary>,
    name: Input,
    part: Markup,
    action: String,
    back: String,
}

#[derive(Template)]
#[template(path = "account/remove.html")]
struct Remove<'a> {
    words: &'a Locale,
    title: &'a str,
    warning: Markup,
    action: String,
    back: String,
}

/// What a passkey is called; a damaged one has no name that could be read.
fn called(words: &Locale, it: &PasskeyListed) -> String {
    it.known.as_ref().map_or_else(|| words.text("account-passkey-damaged").into_owned(), |(name, _)| name.clone())
}

pub(super) async fn show(State(accounts): State<Accounts>, who: SignedIn, language: Language, Query(done): Query<Done>) -> Response {
    let words = &*language.locale;
    let listed = match list_passkeys(&accounts.desk.people, who.member.id).await {
        Ok(listed) => listed,
        Err(error) => return failed(&accounts.desk.face, &language, &error),
    };
    let rows = listed.iter().map(|it| Row {
        name: called(words, it),
        added: it
            .known
            .as_ref()
            .map_or_else(String::new, |(_, added)| words.with("account-passkey-added", &[("day", accounts.date(words, *added).into())])),
        used: match (it.known.is_some(), it.last_used) {
            (false, _) => words.text("account-passkey-damaged-hint").into_owned(),
            (true, None) => words.text("account-passkey-unused").into_owned(),
            (true, Some(at)) => words.with("account-passkey-used", &[("day", accounts.date(words, at).into())]),
        },
        remove: language.href(&format!("{ACCOUNT_PAGE}/passkeys/{}/remove", it.id)),
    });
    let text = match done.done.as_str() {
        "added" => Some("account-done-added"),
        "removed" => Some("account-done-removed"),
        _ => None,
    };
    let banner = |text| NotificationBanner::new(words.text("notice-title").into_owned(), words.text(text).into_owned()).into();
    let list = List {
        words,
        notice: text.map_or_else(Markup::default, banner),
        rows: rows.collect(),
        add: accounts.desk.place.is_some().then(|| language.href("/account/passkeys/add")),
    };
    whole(&accounts, &who.member, &language, &words.text("account-title"), false, &list)
}

pub(super) async fn ask(State(accounts): State<Accounts>, who: SignedIn, language: Language) -> Response {
    page(&accounts, &who, &language, "", None)
}

fn page(accounts: &Accounts, who: &SignedIn, language: &Language, typed: &str, wrong: Option<Wrong>) -> Response {
    if accounts.desk.place.is_none() {
        return failed(&accounts.desk.face, language, &ActError::NotFound);
    }
    let words = &*language.locale;
    let at_name = wrong.filter(|wrong| wrong.field == "name").map(|wrong| wrong.message(words));
    let mut name = Input::new("name").label(words.text("account-passkey-name")).hint(words.text("account-passkey-name-hint"));
    name.classes = "govuk-input--width-20".into();
    let options = language.href("/account/passkeys/options");
    let part = PasskeyPart::new(words, "create", options, "account-passkey-make");
    let add = Add {
        words,
        summary: wrong.map(|wrong| wrong.summary(words)),
        name: name.value(typed).error(at_name).autocomplete("off"),
        part: part.wrong(wrong.filter(|wrong| wrong.field == "passkey").map(|wrong| wrong.message(words))).markup(),
        action: language.href("/account/passkeys/add"),
        back: language.href(ACCOUNT_PAGE),
    };
    whole(accounts, &who.member, language, &words.text("account-passkey-add"), wrong.is_some(), &add)
}

/// What the page's script hands to the browser, asked for when the button is pressed, so that five minutes suffice.
pub(super) async fn options(State(accounts): State<Accounts>, who: SignedIn, language: Language) -> Response {
    let Some(place) = &accounts.desk.place else { return failed(&accounts.desk.face, &language, &ActError::NotFound) };
    match new_passkey_options(&accounts.desk.people, place, who.member.id).await {
        Ok(options) => ([(header::CONTENT_TYPE, "application/json")], options.to_string()).into_response(),
        Err(error) => failed(&accounts.desk.face, &language, &error),
    }
}

pub(super) async fn add(State(accounts): State<Accounts>, who: SignedIn, language: Language, Posted(typed): Posted<Typed>) -> Response {
    let Some(place) = &accounts.desk.place else { return failed(&accounts.desk.face, &language, &ActError::NotFound) };
    let (name, answer) = (typed.get("name"), typed.get("passkey"));
    let refused = match add_passkey(&accounts.desk.people, place, who.member.id, name, answer).await {
        Ok(_) => return Redirect::to(&language.href(&format!("{ACCOUNT_PAGE}?done=added"))).into_response(),
        Err(ActError::Passkey(refused)) => refused,
        Err(error) => return failed(&accounts.desk.face, &language, &error),
    };
    let (field, text) = match refused {
        PasskeyRefused::Name => ("name", "account-passkey-wrong-name"),
        PasskeyRefused::Challenge => ("passkey", "account-passkey-wrong-late"),
        PasskeyRefused::Known => ("passkey", "account-passkey-wrong-known"),
        PasskeyRefused::TooMany => ("passkey", "account-passkey-wrong-many"),
        PasskeyRefused::NotRead | PasskeyRefused::Wrong | PasskeyRefused::Copied => ("passkey", "account-passkey-wrong-none"),
    };
    page(&accounts, &who, &language, name, Some(Wrong { field, text }))
}

/// What is lost with the passkey, before it is.
pub(super) async fn ask_remove(State(accounts): State<Accounts>, who: SignedIn, language: Language, Path(id): Path<Uuid>) -> Response {
    let words = &*language.locale;
    let listed = list_passkeys(&accounts.desk.people, who.member.id).await;
    let found = listed.and_then(|all| all.into_iter().find(|it| it.id == id).ok_or(ActError::NotFound));
    let it = match found {
        Ok(it) => it,
        Err(error) => return failed(&accounts.desk.face, &language, &error),
    };
    let title = words.with("account-passkey-remove-title", &[("name", called(words, &it).into())]);
    let remove = Remove {
        words,
        title: &title,
        warning: WarningText::new(words.text("account-passkey-remove-device"), words.text("warning-prefix").into_owned()).into(),
        action: language.href(&format!("{ACCOUNT_PAGE}/passkeys/{id}/remove")),
        back: language.href(ACCOUNT_PAGE),
    };
    whole(&accounts, &who.member, &language, &title, false, &remove)
}

pub(super) async fn remove(
    State(accounts): State<Accounts>,
    who: SignedIn,
    session: Session,
    language: Language,
    Path(id): Path<Uuid>,
) -> Response {
    match remove_and_stay(&accounts.desk.people, who.member.id, &session, id).await {
        // Removed already is as good as removed now.
        Ok(()) | Err(ActError::NotFound) => Redirect::to(&language.href(&format!("{ACCOUNT_PAGE}?done=removed"))).into_response(),
        Err(error) => failed(&accounts.desk.face, &language, &error),
    }
}

/// Every other session of the member ends with the passkey; this one goes on.
async fn remove_and_stay(people: &People, member: Uuid, session: &Session, id: Uuid) -> Result<(), ActError> {
    let stays = session.id().map(SessionKey::of).ok_or(ActError::NotFound)?;
    let generation = remove_passkey(people, member, stays, id).await?;
    let failed = |_| ActError::Sealed("sessions");
    session.insert(WHO, Who { member, generation }).await.map_err(failed)?;
    session.save().await.map_err(failed)
}
