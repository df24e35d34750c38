//! What an administrator changes of a member who stays: roles, and where they are paged.

use askama::Template;
use axum::extract::{Form as Posted, Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use plainsight_ledger::Actor;
use plainsight_pages::components::{CheckboxItem, Checkboxes, ErrorSummary};
use plainsight_pages::{Language, Locale, Markup, Typed};
use uuid::Uuid;

use super::filled::Filled;
use super::grants::conflict_words;
use super::member::find;
use super::{Administrator, PEOPLE_PAGE, Staff, failed, role_name, whole};
use crate::acts::member::{Listed, change_roles};
use crate::acts::rota::{pager, set_pager};
use crate::error::ActError;
use crate::roles::{ADMINISTRATOR, RoleName, ZONE};

/// A form on a page of its own.
#[derive(Template)]
#[template(path = "staff/change.html")]
pub(super) struct Change<'a> {
    pub(super) words: &'a Locale,
    pub(super) summary: Option<ErrorSummary>,
    pub(super) title: &'a str,
    pub(super) lead: String,
    /// Nothing where the member may not do it: then the lead says why.
    pub(super) fields: Option<Markup>,
    pub(super) action: String,
    pub(super) button: String,
    pub(super) back: String,
}

/// An open account; a closed one is changed no more.
async fn open(staff: &Staff, id: Uuid) -> Result<Listed, ActError> {
    let (it, _) = find(staff, id).await?;
    if it.closed { Err(ActError::NotFound) } else { Ok(it) }
}

/// What is changed of a member, in the ids of its words, and the last part of where it is.
struct What {
    path: &'static str,
    title: &'static str,
    lead: &'static str,
    button: &'static str,
}

const ROLES: What = What { path: "roles", title: "people-roles-title", lead: "people-roles-lead", button: "people-roles-button" };
const PAGER: What = What { path: "pager", title: "people-pager-title", lead: "people-pager-lead", button: "people-pager-button" };

fn page(
    staff: &Staff,
    who: &Administrator,
    language: &Language,
    it: &Listed,
    filled: &Filled,
    (what, fields): (&What, Markup),
) -> Response {
    let words = &*language.locale;
    let here = format!("{PEOPLE_PAGE}/{}", it.member.id);
    let title = words.with(what.title, &[("name", it.member.name.clone().into())]);
    let change = Change {
        words,
        summary: filled.summary(words),
        title: &title,
        lead: words.text(what.lead).into_owned(),
        fields: Some(fields),
        action: language.href(&format!("{here}/{}", what.path)),
        button: words.text(what.button).into_owned(),
        back: language.href(&here),
    };
    whole(staff, &who.signed_in.member, language, PEOPLE_PAGE, &title, filled.is_wrong(), &change)
}

fn done(language: &Language, id: Uuid, what: &str) -> Response {
    Redirect::to(&language.href(&format!("{PEOPLE_PAGE}/{id}?done={what}"))).into_response()
}

pub(super) async fn ask_roles(State(staff): State<Staff>, who: Administrator, language: Language, Path(id): Path<Uuid>) -> Response {
    match open(&staff, id).await {
        Ok(it) => {
            let now = it.member.roles.iter().map(|role| ("roles", role.to_string()));
            roles_page(&staff, &who, &language, &it, &Filled::new(Typed::from_pairs(now)))
        }
        Err(error) => failed(&staff.face, &language, &error),
    }
}

fn roles_page(staff: &Staff, who: &Administrator, language: &Language, it: &Listed, filled: &Filled) -> Response {
    let words = &*language.locale;
    let items = staff.roles.iter().map(|role| CheckboxItem::new(role.to_string(), role_name(words, &role.to_string())));
    let fields = Checkboxes::new("roles")
        .legend(words.text("people-roles"))
        .hint(words.text("people-roles-hint"))
        .items(items)
        .values(filled.typed.all("roles").iter().map(String::as_str))
        .error(filled.error(words, "roles"));
    page(staff, who, language, it, filled, (&ROLES, fields.into()))
}

pub(super) async fn roles(
    State(staff): State<Staff>,
    who: Administrator,
    language: Language,
    Path(id): Path<Uuid>,
    Posted(typed): Posted<Typed>,
) -> Response {
    let it = match open(&staff, id).await {
        Ok(it) => it,
        Err(error) => return failed(&staff.face, &language, &error),
    };
    let words = &*language.locale;
    let mut form = Filled::new(typed);
    let offered = |text: &String| text.parse().ok().filter(|role| staff.roles.contains(role));
    let roles: Option<Vec<RoleName>> = form.typed.all("roles").iter().map(offered).collect();
    let roles = roles.unwrap_or_default();
    let keeps = roles.iter().any(|role| role.zone == ZONE && role.role == ADMINISTRATOR);
    if roles.is_empty() {
        form.add(words, "roles", "people-wrong-roles");
    } else if id == who.signed_in.member.id && !keeps {
        // Perhaps the last one: nobody would be left who could give it back.
        form.add(words, "roles", "people-wrong-own-role");
    } else {
        match change_roles(&staff.people, Actor::Member(who.signed_in.member.id), id, &roles).await {
            Ok(()) => return done(&language, id, "roles"),
            Err(ActError::RoleConflict(conflict)) => form.say("roles", conflict_words(words, &conflict)),
            Err(ActError::StillHolds) => form.add(words, "roles", "people-wrong-still-holds"),
            Err(error) => return failed(&staff.face, &language, &error),
        }
    }
    roles_page(&staff, &who, &language, &it, &form)
}

pub(super) async fn ask_pager(State(staff): State<Staff>, who: Administrator, language: Language, Path(id): Path<Uuid>) -> Response {
    let read = async {
        let it = open(&staff, id).await?;
        Ok((it, pager(&staff.people, id).await?))
    };
    match read.await {
        Ok((it, address)) => {
            let now = address.map(|address| ("address", address.to_string()));
            pager_page(&staff, &who, &language, &it, &Filled::new(Typed::from_pairs(now)))
        }
        Err(error) => failed(&staff.face, &language, &error),
    }
}

fn pager_page(staff: &Staff, who: &Administrator, language: &Language, it: &Listed, filled: &Filled) -> Response {
    let words = &*language.locale;
    let field = filled.input(words, "address", "people-pager").kind("email").hint(words.text("people-pager-hint"));
    page(staff, who, language, it, filled, (&PAGER, field.into()))
}

pub(super) async fn pager_address(
    State(staff): State<Staff>,
    who: Administrator,
    language: Language,
    Path(id): Path<Uuid>,
    Posted(typed): Posted<Typed>,
) -> Response {
    let it = match open(&staff, id).await {
        Ok(it) => it,
        Err(error) => return failed(&staff.face, &language, &error),
    };
    let mut form = Filled::new(typed);
    let address = form.typed.given("address").map(str::to_owned);
    match set_pager(&staff.people, Actor::Member(who.signed_in.member.id), id, address.as_deref()).await {
        Ok(()) => done(&language, id, "pager"),
        Err(ActError::Name(_)) => {
            form.add(&language.locale, "address", "people-wrong-email");
            pager_page(&staff, &who, &language, &it, &form)
        }
        Err(error) => failed(&staff.face, &language, &error),
    }
}
