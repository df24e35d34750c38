//! Requests about data: writing one down, and what the page of its case says of it.

pub(super) mod copy;
pub(super) mod letter;
pub(super) mod look;
mod passages;

use askama::Template;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use time::Date;
use uuid::Uuid;

use plainsight_pages::components::{ErrorSummary, Legend, RadioItem, SelectItem};
use plainsight_pages::{FieldErrors, Form, Language, Locale, Markup, Typed};
use plainsight_people::SignedIn;

use super::{Desk, failed, ours, supervises, teams, whole, working};
use crate::acts::case::{CaseFolder, Request, begin_request};
use crate::asked::{Asked, Wish};
use crate::case::What;
use crate::fields::Fields;
use crate::form::{FormKey, Written};
use crate::records::{SUPERVISOR, ZONE};
use crate::report::{LONGEST_LINE, LONGEST_TEXT};
use crate::screens::bits;
use crate::trouble::Trouble;

/// A request is written down at the latest after so long: an older day is a slip of the pen.
const OLDEST: time::Duration = time::Duration::days(366);

#[derive(Template)]
#[template(path = "desk/asked/new.html")]
struct New<'a> {
    words: &'a Locale,
    summary: Option<ErrorSummary>,
    fields: Markup,
    action: String,
    key: String,
    contact: String,
    back: String,
}

pub(super) async fn ask(State(desk): State<Desk>, who: SignedIn, language: Language, RawQuery(query): RawQuery) -> Response {
    let query = Fields::parse(query.unwrap_or_default().as_bytes());
    let today = desk.today().to_string();
    let contact = query.get("contact").unwrap_or_default();
    let typed = Typed::from_pairs([("came", today.as_str()), ("contact", contact)]);
    match choices(&desk, &who, &typed).await {
        Ok(choices) => page(&desk, &who, &language, &typed, &FieldErrors::new(), choices),
        Err(error) => failed(&desk, &language, &error),
    }
}

/// The teams between which is chosen; none where there is no choice.
async fn choices(desk: &Desk, who: &SignedIn, typed: &Typed) -> Result<Vec<SelectItem>, Trouble> {
    supervises(who)?;
    let mine = working(desk, &teams(who)).await?;
    if !typed.get("contact").is_empty() || mine.len() < 2 {
        return Ok(Vec::new());
    }
    let listed = ours(desk, &mine).await?.into_iter();
    Ok(listed.map(|team| SelectItem::new(team.id.to_string(), team.name)).collect())
}

fn page(desk: &Desk, who: &SignedIn, language: &Language, typed: &Typed, errors: &FieldErrors, choices: Vec<SelectItem>) -> Response {
    let words = &*language.locale;
    let form = typed.given("form").and_then(FormKey::from_field).unwrap_or_else(|| FormKey::new(&desk.cabinet));
    let new = New {
        words,
        summary: Form::desk(words, typed, errors).summary(),
        fields: fields(words, typed, errors, choices),
        action: language.href("/helpline/asked"),
        key: form.to_field(),
        contact: typed.get("contact").to_owned(),
        back: language.href("/helpline/cases?show=asked"),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    (status, whole(desk, who, language, &words.text("desk-asked-new"), !errors.is_empty(), &new)).into_response()
}

fn fields(words: &Locale, typed: &Typed, errors: &FieldErrors, choices: Vec<SelectItem>) -> Markup {
    let form = Form::desk(words, typed, errors);
    let wishes = Wish::ALL.iter().map(|wish| RadioItem::new(wish.name(), wish_words(words, *wish)));
    let mut pieces: Vec<Markup> = vec![
        form.radios_of("wish", Legend::new(words.text("desk-asked-wish")), wishes).into(),
        form.input("came", "desk-asked-came").kind("date").hint(words.text("desk-asked-came-hint")).classes("govuk-input--width-10").into(),
        form.input("title", "desk-case-title").hint(words.text("desk-asked-title-hint")).private().into(),
        form.textarea("from", "desk-asked-from").hint(words.text("desk-asked-from-hint")).private().into(),
    ];
    if !choices.is_empty() {
        pieces.push(form.select("team", "desk-asked-team", choices).into());
    }
    Markup::join(pieces)
}

fn wish_words(words: &Locale, wish: Wish) -> String {
    words.text(&format!("desk-asked-{}", wish.name())).into_owned()
}

pub(super) async fn begin(State(desk): State<Desk>, who: SignedIn, language: Language, body: Bytes) -> Response {
    let sent = Fields::parse(&body);
    let names = ["wish", "came", "title", "from", "team", "contact", "form"];
    let values = names.map(|name| (name, sent.text(name)));
    let typed = Typed::from_pairs(values.each_ref().map(|(name, value)| (*name, value.as_str())));
    let choices = match choices(&desk, &who, &typed).await {
        Ok(choices) => choices,
        Err(error) => return failed(&desk, &language, &error),
    };
    let (request, errors) = read(&desk, &typed);
    let Some((wish, came)) = request.filter(|_| errors.is_empty()) else {
        return page(&desk, &who, &language, &typed, &errors, choices);
    };
    drop(errors);
    let contact = typed.given("contact").and_then(|id| Uuid::parse_str(id).ok());
    let team = match contact {
        Some(contact) => {
            if let Err(error) = desk.index.catch_up(&desk.cabinet).await {
                return failed(&desk, &language, &error);
            }
            desk.index.header(&teams(&who), contact).map(|header| header.team)
        }
        None => match typed.given("team").and_then(|id| Uuid::parse_str(id).ok()) {
            Some(team) => Some(team),
            None => match working(&desk, &teams(&who)).await {
                Ok(working) => working.first().copied(),
                Err(error) => return failed(&desk, &language, &error),
            },
        },
    };
    let Some(team) = team else { return failed(&desk, &language, &Trouble::NotFound) };
    let request = Request { team, wish, came, from: typed.get("from") };
    let title = Written { text: typed.get("title").to_owned(), form: typed.given("form").and_then(FormKey::from_field) };
    match begin_request(&desk.cabinet, &who, contact, &request, title).await {
        Ok(case) => Redirect::to(&language.href(&format!("/helpline/cases/{case}"))).into_response(),
        Err(error) => failed(&desk, &language, &error),
    }
}

/// What was typed, and what has to be mended in it.
fn read(desk: &Desk, typed: &Typed) -> (Option<(Wish, Date)>, FieldErrors) {
    let mut errors = FieldErrors::new();
    let wish = Wish::parse(typed.get("wish"));
    if wish.is_none() {
        errors.add("wish", "desk-error-choose");
    }
    let today = desk.today();
    let came = bits::day(typed.get("came")).filter(|came| *came <= today && today - *came <= OLDEST);
    if came.is_none() {
        errors.add("came", "desk-asked-wrong-came");
    }
    for (field, longest) in [("title", LONGEST_LINE), ("from", LONGEST_TEXT)] {
        let typed = typed.get(field);
        if typed.trim().is_empty() {
            errors.add(field, "desk-error-empty");
        } else if typed.chars().count() > longest {
            errors.add(field, "desk-asked-too-long");
        }
    }
    (wish.zip(came), errors)
}

#[derive(Template)]
#[template(path = "desk/asked/card.html")]
struct Card<'a> {
    words: &'a Locale,
    wish: String,
    days: String,
    state: String,
    late: bool,
    copy: Option<String>,
    /// Copies that were given: when, and where they are read.
    given: Vec<(String, String)>,
}

/// What is asked and until when, on the page of the case.
pub(super) fn card(desk: &Desk, who: &SignedIn, language: &Language, folder: &CaseFolder) -> Option<Markup> {
    let words = &*language.locale;
    let asked = folder.case.asked?;
    let day = |date: Date| words.date(date.midnight().assume_utc(), time::UtcOffset::UTC);
    let late = folder.case.waiting().is_some() && desk.today() > asked.by;
    let supervisor = who.member.holds(ZONE, SUPERVISOR);
    let copies = folder.entries.iter().flatten().filter_map(|entry| match &entry.what {
        What::Answered { copy: Some(_), .. } if supervisor => {
            let href = language.href(&format!("/helpline/cases/{}/copies/{}", folder.id, entry.number));
            Some((words.date_time(entry.at, desk.offset(entry.at)), href))
        }
        _ => None,
    });
    Some(Markup::of(&Card {
        words,
        wish: wish_words(words, asked.wish),
        days: words.with("desk-asked-days", &[("came", day(asked.came).as_str().into()), ("by", day(asked.by).as_str().into())]),
        state: state(words, &asked, late),
        late,
        copy: (supervisor && asked.wish == Wish::Copy && !folder.case.closed && folder.case.into.is_none())
            .then(|| language.href(&format!("/helpline/cases/{}/copy", folder.id))),
        given: copies.collect(),
    }))
}

fn state(words: &Locale, asked: &Asked, late: bool) -> String {
    match asked.answered {
        Some(answered) => words.text(&format!("desk-answered-{}", answered.name())).into_owned(),
        None => words.text(if late { "desk-asked-late" } else { "desk-asked-open" }).into_owned(),
    }
}
