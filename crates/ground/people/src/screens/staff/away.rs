//! Absences: everybody writes down their own from day to day and takes them back, a supervisor those of others.

use axum::extract::{Form as Posted, Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use jiff::civil::Date;
use plainsight_ledger::Actor;
use plainsight_pages::components::SelectItem;
use plainsight_pages::{Language, Locale, Markup, Typed};
use uuid::Uuid;

use super::filled::Filled;
use super::rota::{Asked, Seen, away_words, page};
use super::{Colleague, ROTA_PAGE, Staff, failed};
use crate::acts::member::Listed;
use crate::acts::rota::{add_absence, remove_absence};
use crate::error::ActError;

/// The fields of an absence. Who it is of is asked only where there is a choice.
pub(super) fn fields(words: &Locale, filled: &Filled, who: &Colleague, seen: &Seen) -> Markup {
    let me = &who.signed_in.member;
    let may = |it: &&Listed| !it.closed && it.member.id != me.id && me.may_excuse(&it.member);
    let mut others: Vec<SelectItem> =
        seen.listed.iter().filter(may).map(|it| SelectItem::new(it.member.id.to_string(), it.member.name.clone())).collect();
    others.sort_by_key(|item| item.text.to_lowercase());
    let myself = SelectItem::new(me.id.to_string(), words.with("rota-myself", &[("name", me.name.clone().into())]));
    let day = |name: &str, label: &str| filled.input(words, name, label).kind("date").into();
    let days = [day("first", "rota-first"), day("last", "rota-last")];
    if others.is_empty() {
        return Markup::join(days);
    }
    let who = filled.select(words, "who", "rota-who", [myself].into_iter().chain(others));
    Markup::join([who.into()].into_iter().chain(days))
}

pub(super) async fn add(State(staff): State<Staff>, who: Colleague, language: Language, Posted(typed): Posted<Typed>) -> Response {
    match put(&staff, &who, &language, typed).await {
        Ok(Ok(id)) => Redirect::to(&language.href(&format!("{ROTA_PAGE}?away={id}"))).into_response(),
        Ok(Err(form)) => page(&staff, &who, &language, &Asked::default(), &form).await,
        Err(error) => failed(&staff.face, &language, &error),
    }
}

/// Writes the absence down, or says everything that has to be mended.
async fn put(staff: &Staff, who: &Colleague, language: &Language, typed: Typed) -> Result<Result<Uuid, Filled>, ActError> {
    let (people, words, me) = (&staff.people, &*language.locale, &who.signed_in.member);
    let seen = Seen::by(staff, who).await?;
    let mut form = Filled::new(typed);
    let typed = form.typed.clone();
    let of = match typed.given("who") {
        None => Some(me.id),
        Some(id) => id.parse().ok(),
    };
    let of = of.and_then(|id| seen.open(id)).filter(|it| me.may_excuse(&it.member));
    if of.is_none() {
        form.add(words, "who", "rota-wrong-who");
    }
    let mut day = |field: &'static str| {
        let day = typed.get(field).trim().parse::<Date>().ok();
        if day.is_none() {
            form.add(words, field, "rota-wrong-day");
        }
        day
    };
    let (first, last) = (day("first"), day("last"));
    let (Some(of), Some(first), Some(last)) = (of, first, last) else { return Ok(Err(form)) };
    if last < first {
        form.add(words, "last", "rota-wrong-order");
        return Ok(Err(form));
    }
    // The last day is away whole.
    let ends = last.tomorrow().ok().and_then(|day| staff.clock.midnight(day));
    let (Some(from), Some(to)) = (staff.clock.midnight(first), ends) else {
        form.add(words, "last", "rota-wrong-day");
        return Ok(Err(form));
    };
    if to <= people.now() {
        form.add(words, "last", "rota-wrong-over");
        return Ok(Err(form));
    }
    if let Some(there) = seen.absences.iter().find(|it| it.member == of.member.id && it.from < to && from < it.to) {
        let (name, when) = (of.member.name.clone(), away_words(staff, words, there));
        form.add_with(words, "first", "rota-wrong-away", &[("name", name.into()), ("when", when.into())]);
        return Ok(Err(form));
    }
    match add_absence(people, Actor::Member(me.id), of.member.id, from, to).await {
        Ok(id) => Ok(Ok(id)),
        // Closed since the form was shown.
        Err(ActError::NotFound) => {
            form.add(words, "who", "rota-wrong-who");
            Ok(Err(form))
        }
        Err(error) => Err(error),
    }
}

/// Takes an absence back, if it is the member's own or of somebody whom they supervise.
pub(super) async fn take_back(State(staff): State<Staff>, who: Colleague, language: Language, Path(id): Path<Uuid>) -> Response {
    let back = async {
        let (seen, me) = (Seen::by(&staff, &who).await?, &who.signed_in.member);
        let absence = seen.absences.iter().find(|it| it.id == id).ok_or(ActError::NotFound)?;
        let of = seen.listed.iter().find(|it| it.member.id == absence.member).ok_or(ActError::NotFound)?;
        if !me.may_excuse(&of.member) {
            return Err(ActError::NotFound);
        }
        remove_absence(&staff.people, Actor::Member(me.id), id).await
    };
    match back.await {
        Ok(()) => Redirect::to(&language.href(&format!("{ROTA_PAGE}?done=back"))).into_response(),
        // It is back already, or is none of theirs: the page as it stands says which.
        Err(ActError::NotFound) => Redirect::to(&language.href(ROTA_PAGE)).into_response(),
        Err(error) => failed(&staff.face, &language, &error),
    }
}
