//! What can be done with a case: each form of its page, and what happens to it when it is sent.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use time::{Date, OffsetDateTime, Time};
use uuid::Uuid;

use plainsight_pages::components::{ErrorMessage, Input, Label, RadioItem, Radios, Select, SelectItem, Textarea};
use plainsight_pages::{Language, Locale, Markup};
use plainsight_people::SignedIn;

use super::card::{by_reference, case_by_reference};
use super::page::page;
use crate::acts::case::{OpenCase, add, merge, more_time, part, put_in, relate};
use crate::acts::hands::{let_go, take};
use crate::asked::Answered;
use crate::case::{Decision, Relation, What};
use crate::fields::Fields;
use crate::form::{FormKey, Written};
use crate::reference::{case_reference, reference};
use crate::report::{LONGEST_LINE, LONGEST_TEXT};
use crate::screens::bits;
use crate::screens::desk::{Desk, failed, works_here};
use crate::trouble::Trouble;

/// A case is looked at again within this, whatever day is named.
const LATEST_LOOK: time::Duration = time::Duration::days(366);

/// What a form sent that could not be taken: shown again beside what to mend.
#[derive(Default)]
pub(super) struct Sent {
    fields: Fields,
    pub(super) form: Option<FormKey>,
    pub(super) problems: Vec<(&'static str, String)>,
    pub(super) notice: Option<&'static str>,
}

impl Sent {
    fn error(&self, words: &Locale, field: &str) -> Option<ErrorMessage> {
        let (_, problem) = self.problems.iter().find(|(each, _)| *each == field)?;
        Some(ErrorMessage::new(problem.clone(), words.text("error-prefix").into_owned()))
    }

    fn textarea(&self, words: &Locale, field: &str, label: &str) -> Markup {
        let value = self.fields.text(field);
        Textarea::new(field).label(words.text(label).into_owned()).value(value).error(self.error(words, field)).rows(3).private().into()
    }

    fn line(&self, words: &Locale, field: &str, label: &str) -> Markup {
        Input::new(field)
            .label(words.text(label).into_owned())
            .value(self.fields.text(field))
            .error(self.error(words, field))
            .private()
            .into()
    }

    fn date(&self, words: &Locale, field: &str, label: &str) -> Markup {
        Input::new(field)
            .kind("date")
            .hint(words.text("desk-case-day-hint").into_owned())
            .label(words.text(label).into_owned())
            .value(self.fields.text(field))
            .error(self.error(words, field))
            .classes("govuk-input--width-10")
            .into()
    }

    fn choice(&self, words: &Locale, field: &str, label: &str, items: impl IntoIterator<Item = (String, String)>) -> Markup {
        let first = SelectItem::new("", words.text("desk-choose"));
        let items = items.into_iter().map(|(value, text)| SelectItem::new(value, text));
        let select = Select {
            label: Label::new(words.text(label).into_owned()),
            value: Some(self.fields.text(field)),
            error_message: self.error(words, field),
            ..Select::new(field).items(std::iter::once(first).chain(items))
        };
        select.into()
    }

    fn need(&mut self, words: &Locale, field: &'static str, problem: &str) {
        self.problems.push((field, words.text(problem).into_owned()));
    }
}

/// One form, folded until it is wanted or has to be mended.
pub(super) struct Form {
    pub(super) go: &'static str,
    pub(super) title: String,
    pub(super) button: String,
    pub(super) fields: Markup,
    pub(super) open: bool,
}

/// The forms that can be sent now.
pub(super) fn forms(words: &Locale, opened: &OpenCase, sent: &Sent, supervisor: bool, today: Date) -> Vec<Form> {
    let Some(main) = opened.main() else { return Vec::new() };
    let sent_go = sent.fields.get("go").filter(|_| !sent.problems.is_empty() || sent.notice.is_some());
    let form = |go: &'static str, fields: Markup| Form {
        go,
        title: words.text(&format!("desk-case-{go}")).into_owned(),
        button: words.text(&format!("desk-case-{go}-button")).into_owned(),
        fields,
        open: sent_go == Some(go),
    };
    let reason = |go: &str| sent.textarea(words, &format!("{go}-reason"), "desk-case-reason");
    if main.case.into.is_some() {
        return vec![form("part", reason("part"))];
    }
    let mut all = Vec::new();
    if supervisor && let Some(asked) = main.case.waiting().filter(|_| !main.case.closed) {
        let answers = Answered::ALL.iter().map(|answered| {
            let text = words.text(&format!("desk-answered-{}", answered.name())).into_owned();
            RadioItem::new(answered.name(), text).checked(sent.fields.get("answered") == Some(answered.name()))
        });
        let legend = words.text("desk-asked-answer").into_owned();
        let answer =
            Radios::new("answered").legend(legend).items(answers).error(sent.error(words, "answered")).classes("govuk-radios--small");
        all.push(form("answer", Markup::join([answer.into(), reason("answer")])));
        if asked.by < asked.at_the_latest() && today <= asked.by {
            all.push(form("more-time", reason("more-time")));
        }
    }
    if main.case.closed {
        all.push(form("reopen", reason("reopen")));
    } else {
        let decisions = Decision::ALL.iter().map(|decision| {
            let text = words.text(&format!("desk-decision-{}", decision.name())).into_owned();
            let hint = words.text(&format!("desk-decision-{}-hint", decision.name())).into_owned();
            RadioItem::new(decision.name(), text).hint(hint).checked(sent.fields.get("decision") == Some(decision.name()))
        });
        let legend = words.text("desk-case-decision").into_owned();
        let decision = Radios::new("decision")
            .legend(legend)
            .items(decisions)
            .error(sent.error(words, "decision"))
            .private()
            .classes("govuk-radios--small");
        let when = sent.date(words, "decide-look-again", "desk-case-look-again-by");
        all.push(form("decide", Markup::join([decision.into(), reason("decide"), when])));
    }
    all.push(form("note", sent.textarea(words, "note", "desk-note-text")));
    if !main.case.closed {
        all.push(form("put-in", Markup::join([sent.line(words, "put-in", "desk-case-contact-reference"), reason("put-in")])));
    }
    let own = &main.case.contacts;
    if !own.is_empty() {
        let contacts = own.iter().map(|id| (id.to_string(), reference(*id)));
        all.push(form("take-out", Markup::join([sent.choice(words, "take-out", "desk-case-which-contact", contacts), reason("take-out")])));
    }
    let relations = Relation::ALL
        .iter()
        .map(|relation| (relation.name().to_owned(), words.text(&format!("desk-relation-{}", relation.name())).into_owned()));
    all.push(form(
        "relate",
        Markup::join([
            sent.line(words, "relate", "desk-case-reference"),
            sent.choice(words, "relation", "desk-case-relation", relations),
            reason("relate"),
        ]),
    ));
    if !main.case.relations.is_empty() {
        let others = main.case.relations.keys().map(|id| (id.to_string(), case_reference(*id)));
        all.push(form("unrelate", Markup::join([sent.choice(words, "unrelate", "desk-case-which", others), reason("unrelate")])));
    }
    let waits = main.case.waiting().is_some();
    if !waits {
        all.push(form("merge", Markup::join([sent.line(words, "merge", "desk-case-reference"), reason("merge")])));
    }
    all.push(form("title", sent.line(words, "title", "desk-case-title")));
    if !main.case.closed {
        all.push(form("look-again", sent.date(words, "look-again", "desk-case-look-again-by")));
        if !waits {
            all.push(form("close", reason("close")));
        }
    }
    if supervisor {
        let go = if main.header.flags.held { "hold-end" } else { "hold" };
        all.push(form(go, reason(go)));
    }
    all
}

pub(in crate::screens::desk) async fn send(
    State(desk): State<Desk>,
    who: SignedIn,
    language: Language,
    Path(id): Path<Uuid>,
    body: Bytes,
) -> Response {
    if let Err(error) = works_here(&who) {
        return failed(&desk, &language, &error);
    }
    let fields = Fields::parse(&body);
    let mut sent = Sent { form: fields.get("form").and_then(FormKey::from_field), fields, ..Sent::default() };
    let done = act(&desk, &who, &language.locale, id, &mut sent).await;
    if !sent.problems.is_empty() {
        return page(&desk, &who, &language, id, sent).await;
    }
    match done {
        Ok(()) => Redirect::to(&language.href(&format!("/helpline/cases/{id}"))).into_response(),
        // A colleague closed or merged it since this page was made; the page that comes back says so.
        Err(Trouble::CaseClosed | Trouble::Merged) => {
            sent.notice = Some("desk-case-closed-first");
            page(&desk, &who, &language, id, sent).await
        }
        Err(Trouble::Unanswered) => {
            sent.notice = Some("desk-asked-unanswered");
            page(&desk, &who, &language, id, sent).await
        }
        Err(error) if error.is_passing() || matches!(error, Trouble::Meanwhile) => {
            tracing::error!(%error, "an act on a case could not be stored");
            sent.notice = Some("desk-not-stored");
            page(&desk, &who, &language, id, sent).await
        }
        Err(error) => failed(&desk, &language, &error),
    }
}

/// Does what the form asks for; with problems nothing is done.
async fn act(desk: &Desk, who: &SignedIn, words: &Locale, id: Uuid, sent: &mut Sent) -> Result<(), Trouble> {
    let cabinet = &desk.cabinet;
    match sent.fields.get("go").unwrap_or_default().to_owned().as_str() {
        "take" => take(cabinet, who, id).await,
        "let-go" => let_go(cabinet, who, id).await,
        "note" => {
            let text = text(words, sent, "note", true);
            do_if_well(sent, add(cabinet, who, id, What::Noted, text, None)).await
        }
        "decide" => {
            let decision = sent.fields.get("decision").and_then(Decision::parse);
            if decision.is_none() {
                sent.need(words, "decision", "desk-error-decision");
            }
            let text = text(words, sent, "decide-reason", true);
            let look_again = day(desk, words, sent, "decide-look-again", false);
            let Some(decision) = decision else { return Ok(()) };
            do_if_well(sent, add(cabinet, who, id, What::Decided { decision }, text, look_again.map(|(_, at)| at))).await
        }
        "look-again" => {
            let Some((on, at)) = day(desk, words, sent, "look-again", true) else { return Ok(()) };
            let text = Written { text: String::new(), form: sent.form.clone() };
            do_if_well(sent, add(cabinet, who, id, What::LookAgain { on }, text, Some(at))).await
        }
        "title" => {
            let Written { text: title, form } = line(words, sent, "title");
            let text = Written { text: String::new(), form };
            do_if_well(sent, add(cabinet, who, id, What::Titled { title }, text, None)).await
        }
        "close" => {
            let text = text(words, sent, "close-reason", true);
            do_if_well(sent, add(cabinet, who, id, What::Closed, text, None)).await
        }
        "reopen" => {
            let text = text(words, sent, "reopen-reason", true);
            do_if_well(sent, add(cabinet, who, id, What::Reopened, text, None)).await
        }
        "hold" => {
            let text = text(words, sent, "hold-reason", true);
            do_if_well(sent, add(cabinet, who, id, What::Held, text, None)).await
        }
        "hold-end" => {
            let text = text(words, sent, "hold-end-reason", true);
            do_if_well(sent, add(cabinet, who, id, What::HoldEnded, text, None)).await
        }
        "answer" => {
            let answered = sent.fields.get("answered").and_then(Answered::parse);
            if answered.is_none() {
                sent.need(words, "answered", "desk-error-choose");
            }
            let text = text(words, sent, "answer-reason", true);
            let Some(answered) = answered else { return Ok(()) };
            do_if_well(sent, add(cabinet, who, id, What::Answered { answered, copy: None }, text, None)).await
        }
        "more-time" => {
            let text = text(words, sent, "more-time-reason", true);
            do_if_well(sent, more_time(cabinet, who, id, text)).await
        }
        "put-in" => {
            let text = text(words, sent, "put-in-reason", false);
            let found = by_reference(desk, who, &sent.fields.text("put-in"), false).await;
            let Some(contact) = named(words, sent, "put-in", found) else { return Ok(()) };
            do_if_well(sent, put_in(cabinet, who, id, contact, true, text)).await
        }
        "take-out" => {
            let text = text(words, sent, "take-out-reason", true);
            let chosen = chosen(sent, "take-out").ok_or("desk-error-choose");
            let Some(contact) = named(words, sent, "take-out", chosen) else { return Ok(()) };
            do_if_well(sent, put_in(cabinet, who, id, contact, false, text)).await
        }
        "relate" => {
            let text = text(words, sent, "relate-reason", true);
            let relation = sent.fields.get("relation").and_then(Relation::parse);
            if relation.is_none() {
                sent.need(words, "relation", "desk-error-choose");
            }
            let found = another(desk, who, id, &sent.fields.text("relate")).await;
            let Some(other) = named(words, sent, "relate", found) else { return Ok(()) };
            do_if_well(sent, relate(cabinet, who, (id, other), relation, text)).await
        }
        "unrelate" => {
            let text = text(words, sent, "unrelate-reason", true);
            let chosen = chosen(sent, "unrelate").ok_or("desk-error-choose");
            let Some(other) = named(words, sent, "unrelate", chosen) else { return Ok(()) };
            do_if_well(sent, relate(cabinet, who, (id, other), None, text)).await
        }
        "merge" => {
            let text = text(words, sent, "merge-reason", true);
            let found = another(desk, who, id, &sent.fields.text("merge")).await;
            let Some(into) = named(words, sent, "merge", found) else { return Ok(()) };
            match do_if_well(sent, merge(cabinet, who, id, into, text)).await {
                // It goes on in this one already.
                Err(Trouble::NotFound) => {
                    sent.need(words, "merge", "desk-error-merge");
                    Ok(())
                }
                done => done,
            }
        }
        "part" => {
            let text = text(words, sent, "part-reason", true);
            do_if_well(sent, part(cabinet, who, id, text)).await
        }
        _ => Err(Trouble::NotFound),
    }
}

async fn do_if_well(sent: &Sent, act: impl Future<Output = Result<(), Trouble>>) -> Result<(), Trouble> {
    if sent.problems.is_empty() { act.await } else { Ok(()) }
}

/// A text of a form; without one it cannot be sent, where a reason is needed.
fn text(words: &Locale, sent: &mut Sent, field: &'static str, needed: bool) -> Written {
    let written = Written { text: sent.fields.text(field), form: sent.form.clone() };
    if needed && written.text.trim().is_empty() {
        sent.need(words, field, "desk-error-empty");
    } else if written.text.chars().count() > LONGEST_TEXT {
        sent.problems.push((field, words.with("desk-error-too-long", &[("longest", LONGEST_TEXT.into())])));
    }
    written
}

fn line(words: &Locale, sent: &mut Sent, field: &'static str) -> Written {
    let written = text(words, sent, field, true);
    if written.text.chars().count() > LONGEST_LINE && sent.problems.is_empty() {
        sent.problems.push((field, words.with("desk-error-too-long", &[("longest", LONGEST_LINE.into())])));
    }
    written
}

/// The day that a field names, and nine in the morning of it on the desk's clock.
fn day(desk: &Desk, words: &Locale, sent: &mut Sent, field: &'static str, needed: bool) -> Option<(Date, OffsetDateTime)> {
    let typed = sent.fields.text(field);
    if typed.trim().is_empty() && !needed {
        return None;
    }
    let now = desk.cabinet.now();
    let date = bits::day(&typed);
    let at = date.map(|date| {
        let nine = date.with_time(Time::MIDNIGHT).assume_utc() + time::Duration::hours(9);
        nine - time::Duration::seconds(i64::from(desk.offset(nine).whole_seconds()))
    });
    match (date, at) {
        (Some(date), Some(at)) if at > now && at - now < LATEST_LOOK => Some((date, at)),
        _ => {
            sent.need(words, field, "desk-error-day");
            None
        }
    }
}

fn chosen(sent: &Sent, field: &str) -> Option<Uuid> {
    sent.fields.get(field).and_then(|id| Uuid::parse_str(id).ok())
}

/// Another case, by its reference.
async fn another(desk: &Desk, who: &SignedIn, case: Uuid, typed: &str) -> Result<Uuid, &'static str> {
    match case_by_reference(desk, who, typed).await {
        Ok(other) if other == case => Err("desk-error-same-case"),
        found => found,
    }
}

fn named(words: &Locale, sent: &mut Sent, field: &'static str, found: Result<Uuid, &'static str>) -> Option<Uuid> {
    found.inspect_err(|problem| sent.need(words, field, problem)).ok()
}
