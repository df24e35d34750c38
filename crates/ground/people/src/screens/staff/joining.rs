//! A new member: the form, and the one page that shows the first password and the secret of the second factor.

use askama::Template;
use axum::extract::{Form as Posted, State};
use axum::response::Response;
use plainsight_ledger::Actor;
use plainsight_pages::components::{CheckboxItem, Checkboxes, ErrorSummary, WarningText};
use plainsight_pages::{Language, Locale, Markup, Typed};

use super::filled::Filled;
use super::grants::conflict_words;
use super::{Administrator, PEOPLE_PAGE, Staff, failed, role_name, whole};
use crate::acts::member::{HandedOver, NameField, NewMember, create_member, wrong_names};
use crate::error::ActError;
use crate::roles::RoleName;

#[derive(Template)]
#[template(path = "staff/add.html")]
struct Add<'a> {
    words: &'a Locale,
    summary: Option<ErrorSummary>,
    fields: Markup,
    action: String,
    back: String,
}

#[derive(Template)]
#[template(path = "staff/added.html")]
struct Added<'a> {
    words: &'a Locale,
    title: String,
    lead: String,
    warning: Markup,
    sign_in_name: &'a str,
    phrase: &'a str,
    secret: &'a str,
    address: &'a str,
    back: String,
}

pub(super) async fn ask(State(staff): State<Staff>, who: Administrator, language: Language) -> Response {
    page(&staff, &who, &language, &Filled::default())
}

fn page(staff: &Staff, who: &Administrator, language: &Language, filled: &Filled) -> Response {
    let words = &*language.locale;
    let roles = staff.roles.iter().map(|role| CheckboxItem::new(role.to_string(), role_name(words, &role.to_string())));
    let mut sign_in = filled.input(words, "sign_in_name", "people-sign-in-name").hint(words.text("people-sign-in-hint"));
    (sign_in.spellcheck, sign_in.autocapitalize) = (Some(false), Some("none".to_owned()));
    let add = Add {
        words,
        summary: filled.summary(words),
        fields: Markup::join([
            filled.input(words, "name", "people-name").hint(words.text("people-name-hint")).into(),
            filled.input(words, "email", "people-email").kind("email").into(),
            sign_in.into(),
            Checkboxes::new("roles")
                .legend(words.text("people-roles"))
                .hint(words.text("people-roles-hint"))
                .items(roles)
                .values(filled.typed.all("roles").iter().map(String::as_str))
                .error(filled.error(words, "roles"))
                .into(),
        ]),
        action: language.href("/people/add"),
        back: language.href(PEOPLE_PAGE),
    };
    whole(staff, &who.signed_in.member, language, PEOPLE_PAGE, &words.text("people-add"), filled.is_wrong(), &add)
}

pub(super) async fn add(State(staff): State<Staff>, who: Administrator, language: Language, Posted(typed): Posted<Typed>) -> Response {
    let words = &*language.locale;
    let mut form = Filled::new(typed);
    let typed = form.typed.clone();
    // A role that no room offers would open nothing, and nobody would know why.
    let offered = |text: &String| text.parse().ok().filter(|role| staff.roles.contains(role));
    let roles: Option<Vec<RoleName>> = typed.all("roles").iter().map(offered).collect();
    let roles = roles.unwrap_or_default();
    let new = NewMember {
        name: typed.get("name"),
        email: typed.get("email"),
        sign_in_name: typed.get("sign_in_name"),
        roles: &roles,
        password: None,
    };
    for wrong in wrong_names(&new) {
        let (field, id) = match wrong {
            NameField::Name => ("name", "people-wrong-name"),
            NameField::Email => ("email", "people-wrong-email"),
            NameField::SignIn => ("sign_in_name", "people-wrong-sign-in"),
        };
        form.add(words, field, id);
    }
    if roles.is_empty() {
        form.add(words, "roles", "people-wrong-roles");
    }
    if !form.is_wrong() {
        match create_member(&staff.people, Actor::Member(who.signed_in.member.id), &new).await {
            Ok(handed) => {
                let once =
                    Once { title: "people-added", lead: "people-added-lead", name: new.name.trim(), sign_in_name: new.sign_in_name.trim() };
                return handed_over(&staff, &who, &language, &once, &handed);
            }
            Err(ActError::RoleConflict(conflict)) => form.say("roles", conflict_words(words, &conflict)),
            Err(ActError::NameTaken) => form.add(words, "sign_in_name", "people-wrong-taken"),
            Err(error) => return failed(&staff.face, &language, &error),
        }
    }
    page(&staff, &who, &language, &form)
}

/// Whose password and second factor are shown once, and why.
pub(super) struct Once<'a> {
    /// The ids of the heading and of the sentence under it.
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) name: &'a str,
    pub(super) sign_in_name: &'a str,
}

/// Shown as the answer to the form itself, so that no address leads here a second time. The desk's pages are kept by no cache.
pub(super) fn handed_over(staff: &Staff, who: &Administrator, language: &Language, once: &Once<'_>, handed: &HandedOver) -> Response {
    let words = &*language.locale;
    let added = Added {
        words,
        title: words.text(once.title).into_owned(),
        lead: words.with(once.lead, &[("name", once.name.to_owned().into())]),
        warning: WarningText::new(words.text("people-added-once"), words.text("warning-prefix").into_owned()).into(),
        sign_in_name: once.sign_in_name,
        phrase: handed.words.as_ref().map_or("", |phrase| phrase.as_str()),
        secret: &handed.enrolment.secret,
        address: &handed.enrolment.address,
        back: language.href(PEOPLE_PAGE),
    };
    whole(staff, &who.signed_in.member, language, PEOPLE_PAGE, &added.title, false, &added)
}
