//! Making a zone's recovery key, on a page of its own: who keeps a share, and how many of them are needed.

use askama::Template;
use axum::extract::{Form as Posted, Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use plainsight_pages::components::{CheckboxItem, Checkboxes, ErrorSummary, SelectItem, WarningText};
use plainsight_pages::{Language, Locale, Markup, Typed};
use uuid::Uuid;

use super::super::filled::Filled;
use super::super::{Colleague, Staff, failed, whole};
use super::deeds::refusal;
use super::view::team_names;
use super::{RECOVERY_PAGE, Seen};
use crate::acts::recovery::{ZoneRecovery, make_recovery, may_be_officer};
use crate::error::ActError;
use crate::recovery::{MOST_OFFICERS, RecoveryRefused};
use crate::screens::{SignedIn, zone_name};

#[derive(Template)]
#[template(path = "staff/recovery_make.html")]
struct Make<'a> {
    words: &'a Locale,
    summary: Option<ErrorSummary>,
    title: &'a str,
    /// The teams of this member that it will bring back.
    covers: String,
    /// What ends with the key that stands.
    warning: Markup,
    fields: Markup,
    action: String,
    back: String,
}

pub(in super::super) async fn ask_make(
    State(staff): State<Staff>,
    who: Colleague,
    language: Language,
    Path(zone): Path<String>,
) -> Response {
    page(&staff, &who, &language, &zone, &Filled::default()).await
}

async fn page(staff: &Staff, who: &Colleague, language: &Language, zone: &str, filled: &Filled) -> Response {
    let (words, me) = (&*language.locale, &who.signed_in);
    let seen = match Seen::read(staff).await {
        Ok(seen) => seen,
        Err(error) => return failed(&staff.face, language, &error),
    };
    // Whoever holds no key there finds no page: there is nothing of theirs to bring back.
    let Some(found) = seen.theirs(me).find(|(it, part)| it.zone == zone && part.holder).map(|(it, _)| it) else {
        return failed(&staff.face, language, &ActError::NotFound);
    };
    let title = words.with("recovery-make-title", &[("zone", zone_name(words, zone).into())]);
    let covers: Vec<Uuid> = found.covered.iter().chain(&found.uncovered).copied().filter(|team| seen.holds(me, *team)).collect();
    let make = Make {
        words,
        summary: filled.summary(words),
        title: &title,
        covers: team_names(&seen, &covers),
        warning: warning(words, &seen, me, found),
        fields: fields(words, filled, &seen, zone),
        action: language.href(&format!("/recovery/zones/{zone}/make")),
        back: language.href(RECOVERY_PAGE),
    };
    whole(staff, &me.member, language, RECOVERY_PAGE, &title, filled.is_wrong(), &make)
}

/// A key that stands goes with its shares, its requests, and the teams that only others can add again.
fn warning(words: &Locale, seen: &Seen, me: &SignedIn, zone: &ZoneRecovery) -> Markup {
    if zone.key.as_ref().is_none_or(|key| key.used) {
        return Markup::default();
    }
    let others: Vec<Uuid> = zone.covered.iter().copied().filter(|team| !seen.holds(me, *team)).collect();
    let text = if others.is_empty() {
        words.text("recovery-make-instead").into_owned()
    } else {
        words.with("recovery-make-instead-others", &[("teams", team_names(seen, &others).into())])
    };
    WarningText::new(text, words.text("warning-prefix").into_owned()).into()
}

fn fields(words: &Locale, filled: &Filled, seen: &Seen, zone: &str) -> Markup {
    let may = seen.listed.iter().filter(|it| !it.closed && may_be_officer(&it.member, zone).is_ok());
    let mut officers: Vec<_> = may.map(|it| (it.member.id.to_string(), it.member.name.clone())).collect();
    officers.sort_by_key(|(_, name)| name.to_lowercase());
    let needs = (2..=MOST_OFFICERS).map(|number| SelectItem::new(number.to_string(), number.to_string()));
    Markup::join([
        Checkboxes::new("officers")
            .legend(words.text("recovery-make-officers"))
            .hint(words.with("recovery-make-officers-hint", &[("most", MOST_OFFICERS.into())]))
            .items(officers.into_iter().map(|(id, name)| CheckboxItem::new(id, name)))
            .values(filled.typed.all("officers").iter().map(String::as_str))
            .error(filled.error(words, "officers"))
            .into(),
        filled.select(words, "need", "recovery-make-need", needs).hint(words.text("recovery-make-need-hint")).into(),
    ])
}

pub(in super::super) async fn make(
    State(staff): State<Staff>,
    who: Colleague,
    language: Language,
    Path(zone): Path<String>,
    Posted(typed): Posted<Typed>,
) -> Response {
    let mut form = Filled::new(typed);
    let officers: Vec<Uuid> = form.typed.all("officers").iter().filter_map(|id| id.parse().ok()).collect();
    let need = form.typed.get("need").parse().unwrap_or_default();
    let error = match make_recovery(&staff.people, &who.signed_in.unlocked, &zone, &officers, need).await {
        Ok(_) => return Redirect::to(&language.href(&format!("{RECOVERY_PAGE}?done=made"))).into_response(),
        Err(error) => error,
    };
    match refusal(&staff, &language.locale, &error) {
        Some(text) => {
            let too_many = matches!(error, ActError::Recovery(RecoveryRefused::Numbers)) && officers.len() >= 2;
            form.say(if too_many { "need" } else { "officers" }, text);
            page(&staff, &who, &language, &zone, &form).await
        }
        None => failed(&staff.face, &language, &error),
    }
}
