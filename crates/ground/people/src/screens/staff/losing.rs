//! What a member loses by an administrator's hand, asked on a page of its own: the account, or what opens it.

use askama::Template;
use axum::response::Response;
use plainsight_pages::components::WarningText;
use plainsight_pages::{Language, Locale, Markup};
use uuid::Uuid;

use super::member::key_names;
use super::{Administrator, PEOPLE_PAGE, Staff, whole};
use crate::acts::member::Listed;
use crate::acts::team::TeamListed;

/// What is asked, in the ids of its words, and the last part of where it is.
pub(super) struct Loss {
    path: &'static str,
    title: &'static str,
    /// Instead of the question, for one's own account.
    myself: &'static str,
    lead: &'static str,
    /// What comes of it before the keys are named, the keys, and what comes after.
    first: &'static str,
    keys: &'static str,
    after: [&'static str; 2],
    button: &'static str,
    not: &'static str,
}

pub(super) const END: Loss = Loss {
    path: "end",
    title: "people-end-title",
    myself: "people-wrong-myself",
    lead: "people-end-lead",
    first: "people-end-sign-in",
    keys: "people-end-keys",
    after: ["people-end-rota", "people-end-saw"],
    button: "people-end-button",
    not: "people-end-not",
};

pub(super) const RESET: Loss = Loss {
    path: "reset",
    title: "people-reset-title",
    myself: "people-wrong-reset-myself",
    lead: "people-reset-lead",
    first: "people-reset-sign-in",
    keys: "people-reset-keys",
    after: ["people-reset-share", "people-reset-stays"],
    button: "people-reset-button",
    not: "people-change-not",
};

#[derive(Template)]
#[template(path = "staff/losing.html")]
struct Losing<'a> {
    words: &'a Locale,
    loss: &'a Loss,
    title: &'a str,
    sign_in_name: &'a str,
    /// Teams whose key only this member holds.
    lost: Markup,
    keys: String,
    myself: bool,
    action: String,
    back: String,
}

impl Loss {
    pub(super) fn page(
        &self,
        staff: &Staff,
        who: &Administrator,
        language: &Language,
        (it, teams): (&Listed, &[TeamListed]),
        wrong: bool,
    ) -> Response {
        let (words, id) = (&*language.locale, it.member.id);
        let title = words.with(self.title, &[("name", it.member.name.clone().into())]);
        let losing = Losing {
            words,
            loss: self,
            title: &title,
            sign_in_name: &it.sign_in_name,
            lost: lost_warning(words, teams, id),
            keys: key_names(teams),
            myself: id == who.signed_in.member.id,
            action: language.href(&format!("{PEOPLE_PAGE}/{id}/{}", self.path)),
            back: language.href(&format!("{PEOPLE_PAGE}/{id}")),
        };
        whole(staff, &who.signed_in.member, language, PEOPLE_PAGE, &title, wrong, &losing)
    }
}

/// That this member alone holds the key of some of these teams, which they are about to lose.
fn lost_warning(words: &Locale, teams: &[TeamListed], id: Uuid) -> Markup {
    let alone: Vec<TeamListed> = teams.iter().filter(|team| team.holders == [id]).cloned().collect();
    if alone.is_empty() {
        return Markup::default();
    }
    let lost = words.with("people-end-lost", &[("teams", key_names(&alone).into())]);
    WarningText::new(lost, words.text("warning-prefix").into_owned()).into()
}
