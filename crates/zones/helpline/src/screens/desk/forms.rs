//! What can be done with one contact: each form of its page, and what happens to it when it is sent.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;

use plainsight_pages::components::{CheckboxItem, Checkboxes, ErrorMessage, RadioItem, Radios, Textarea};
use plainsight_pages::{Language, Locale, Markup};
use plainsight_people::SignedIn;
use plainsight_vocabulary::tasking_phrases;

use super::contact::{decision_words, page};
use super::{Desk, failed, tell};
use crate::acts::open::{OpenContact, Paper};
use crate::acts::{answer, close, danger, decide, prove, refer};
use crate::case::Decision;
use crate::fields::Fields;
use crate::form::{FormKey, Written};
use crate::header::{Due, StillOpen};
use crate::proof::may_have;
use crate::records::{SUPERVISOR, ZONE};
use crate::report::LONGEST_TEXT;
use crate::screens::bits;
use crate::trouble::Trouble;

/// What a form sent that could not be taken: shown again beside what to mend.
#[derive(Default)]
pub(super) struct Again {
    /// The form's own key, when its sending may have been stored all the same.
    pub(super) form: Option<FormKey>,
    /// To whom it was to be given.
    pub(super) to: Option<String>,
    /// What was to be decided.
    decision: Option<String>,
    /// The field that was sent and its text.
    typed: Option<(&'static str, String)>,
    pub(super) problems: Vec<(&'static str, String)>,
    /// The tasking guard spoke: offer the box that says it was checked.
    tasking: bool,
    pub(super) notice: Option<&'static str>,
}

impl Again {
    /// What was sent in `field`, with what is wrong with it.
    pub(super) fn sent(words: &Locale, field: &'static str, text: &str) -> Self {
        Self { problems: check(words, field, text), typed: Some((field, text.to_owned())), ..Self::default() }
    }

    /// What was typed into `field`, which something else than its being empty may be wrong with.
    pub(super) fn typed_in(field: &'static str, text: &str) -> Self {
        Self { typed: Some((field, text.to_owned())), ..Self::default() }
    }

    pub(super) fn typed(&self, field: &str) -> &str {
        self.typed.as_ref().filter(|(each, _)| *each == field).map_or("", |(_, text)| text)
    }

    /// What is wrong with a field.
    pub(super) fn error(&self, words: &Locale, field: &str) -> Option<ErrorMessage> {
        let (_, problem) = self.problems.iter().find(|(each, _)| *each == field)?;
        Some(ErrorMessage::new(problem.clone(), words.text("error-prefix").into_owned()))
    }

    /// A text to be written, with what was typed and what is wrong with it.
    pub(super) fn textarea(&self, words: &Locale, field: &'static str, rows: u16) -> Textarea {
        Textarea::new(field)
            .label(words.text(&format!("desk-{field}-text")).into_owned())
            .value(self.typed(field))
            .error(self.error(words, field))
            .rows(rows)
    }
}

/// The forms of a contact's page; those that cannot be sent now are not there.
#[derive(Template)]
#[template(path = "desk/forms.html")]
pub(super) struct Forms<'a> {
    language: &'a Language,
    words: &'a Locale,
    id: Uuid,
    /// Tells one sending of the page's forms from another.
    form: String,
    /// The alarm that this page shows: what goes off later is not dealt with from here.
    alarm: u32,
    safe: Option<Markup>,
    danger: Option<Markup>,
    /// The form to mark a danger is open, for it came back to be mended.
    danger_open: bool,
    review: Option<Review>,
    paused: Option<Paused>,
    reply: Option<Markup>,
    /// What became of it.
    tell: Option<Markup>,
    /// A proof of filing may be given, and was not yet.
    proof: bool,
    note: Markup,
    decide: Markup,
    /// What was decided so far.
    decided: String,
    decide_open: bool,
    /// An answer would reach nobody: how to reach them stands on the card.
    no_mailbox: bool,
    close: Option<Close>,
}

/// The review of an urgent referral, which somebody else must write.
enum Review {
    Own,
    Form(Markup),
}

/// The dialogue waits for a supervisor.
enum Paused {
    /// Somebody else's to decide; in danger it is answered all the same.
    InDanger,
    /// Somebody else's to decide.
    Waits,
    /// A supervisor decides here.
    Form(Markup),
}

/// Closing, or opening again.
enum Close {
    Form(Markup),
    Not(&'static str),
    Reopen,
}

impl<'a> Forms<'a> {
    pub(super) fn new(desk: &Desk, language: &'a Language, opened: &OpenContact, who: &SignedIn, again: &Again, fresh: &FormKey) -> Self {
        let words = &*language.locale;
        let header = &opened.header;
        let withdrawn = header.flags.withdrawn;
        let review = header.flags.review_due.then(|| {
            if refer::may_review(&opened.papers, who.member.id).is_some() {
                Review::Form(again.textarea(words, "review", 3).into())
            } else {
                Review::Own
            }
        });
        let in_danger = matches!(header.next_due(), Some((Due::Danger, _)));
        let paused = (header.flags.supervisor_due && !withdrawn).then(|| {
            if who.member.holds(ZONE, SUPERVISOR) {
                Paused::Form(again.textarea(words, "go-on", 3).into())
            } else if in_danger {
                Paused::InDanger
            } else {
                Paused::Waits
            }
        });
        let replies = !withdrawn && opened.mailbox && (paused.is_none() || in_danger);
        let close = match header.still_open() {
            _ if header.flags.closed => Close::Reopen,
            Some(reason) => Close::Not(still_open(reason)),
            None => Close::Form(again.textarea(words, "close", 3).into()),
        };
        let form = again.form.as_ref().unwrap_or(fresh).to_field();
        Self {
            language,
            words,
            id: opened.id,
            tell: replies.then(|| tell::form(desk, language, opened, again, form.clone())),
            form,
            alarm: header.alarm.number,
            safe: in_danger.then(|| again.textarea(words, "safe", 3).into()),
            // Also in a danger that pages nobody any more: passed on, it may become worse.
            danger: (!header.alarm.on).then(|| again.textarea(words, "danger", 3).into()),
            danger_open: again.problems.iter().any(|(field, _)| *field == "danger"),
            review,
            paused,
            reply: replies.then(|| reply_form(words, again)),
            proof: replies && may_have(&opened.report) && !given(opened),
            note: again.textarea(words, "note", 3).into(),
            decide: decide_form(words, again),
            decided: decision_words(words, opened.said.decision),
            decide_open: again.decision.is_some(),
            no_mailbox: !withdrawn && !opened.mailbox,
            close: (!withdrawn && !header.flags.unfinished).then_some(close),
        }
    }

    fn action(&self, act: &str) -> String {
        self.language.href(&format!("/helpline/contacts/{}/{act}", self.id))
    }
}

/// Whether a proof of filing lies in the mailbox.
fn given(opened: &OpenContact) -> bool {
    opened.papers.iter().any(|(_, _, paper)| matches!(paper, Paper::Message(message) if message.proof.is_some()))
}

/// What stands in the way of closing, in words.
fn still_open(reason: StillOpen) -> &'static str {
    match reason {
        StillOpen::Danger => "desk-close-danger",
        StillOpen::Review => "desk-close-review",
        StillOpen::Unread => "desk-close-unread",
    }
}

fn reply_form(words: &Locale, again: &Again) -> Markup {
    let field = again.textarea(words, "reply", 5).hint(words.text("desk-reply-hint").into_owned());
    let mut pieces = vec![Markup::from(field)];
    if again.tasking {
        let item = CheckboxItem::new("yes", words.text("desk-reply-tasking-confirm").into_owned());
        pieces.push(Checkboxes::new("checked").items([item]).into());
    }
    pieces.push(bits::paragraph(&words.text("desk-reply-no-way")));
    Markup::join(pieces)
}

/// What is done about it, and why.
fn decide_form(words: &Locale, again: &Again) -> Markup {
    let decisions = Decision::ALL.iter().map(|decision| {
        let text = words.text(&format!("desk-decision-{}", decision.name())).into_owned();
        RadioItem::new(decision.name(), text).checked(again.decision.as_deref() == Some(decision.name()))
    });
    let legend = words.text("desk-case-decision").into_owned();
    let decision = Radios::new("decision").legend(legend).items(decisions).error(again.error(words, "decision"));
    Markup::join([decision.classes("govuk-radios--small").into(), again.textarea(words, "decide", 3).into()])
}

pub(super) async fn decide(State(desk): State<Desk>, who: SignedIn, language: Language, Path(id): Path<Uuid>, body: Bytes) -> Response {
    let fields = Fields::parse(&body);
    let words = &language.locale;
    let written = Written::sent(&fields, "decide");
    let chosen = fields.get("decision").unwrap_or_default();
    let decision = Decision::parse(chosen);
    let mut again = Again { form: written.form.clone(), decision: Some(chosen.to_owned()), ..Again::sent(words, "decide", &written.text) };
    if decision.is_none() {
        again.problems.insert(0, ("decision", words.text("desk-error-decision").into_owned()));
    }
    let Some(decision) = decision.filter(|_| again.problems.is_empty()) else { return page(&desk, &who, &language, id, again).await };
    let done = decide::decide(&desk.cabinet, &who, id, decision, written, desk.danger_within()).await;
    after(&desk, &who, &language, id, done, again).await
}

pub(super) async fn reply(State(desk): State<Desk>, who: SignedIn, language: Language, Path(id): Path<Uuid>, body: Bytes) -> Response {
    let fields = Fields::parse(&body);
    let text = fields.text("reply");
    let asks = fields.get("as") == Some("ask");
    let mut again = Again::sent(&language.locale, "reply", &text);
    if again.problems.is_empty() && fields.get("checked") != Some("yes") {
        // Nobody tasks a reporter: a phrase that may do so has to be looked at twice.
        if let Some(hit) = tasking_phrases(&text).first() {
            let phrase = text.get(hit.range.clone()).unwrap_or_default();
            again.problems.push(("reply", language.locale.with("desk-reply-tasking", &[("phrase", phrase.into())])));
            again.tasking = true;
        }
    }
    if !again.problems.is_empty() {
        return page(&desk, &who, &language, id, again).await;
    }
    let written = Written { text, form: fields.get("form").and_then(FormKey::from_field) };
    again.form.clone_from(&written.form);
    let done = answer::reply(&desk.cabinet, &who, id, written, asks).await;
    after(&desk, &who, &language, id, done, again).await
}

/// A form with one text: checks it and does one act with it.
macro_rules! one_text {
    ($name:ident, $field:literal, |$desk:ident, $who:ident, $id:ident, $written:ident, $fields:ident| $act:expr) => {
        pub(super) async fn $name(
            State($desk): State<Desk>,
            $who: SignedIn,
            language: Language,
            Path($id): Path<Uuid>,
            body: Bytes,
        ) -> Response {
            let $fields = Fields::parse(&body);
            let $written = Written::sent(&$fields, $field);
            let again = Again { form: $written.form.clone(), ..Again::sent(&language.locale, $field, &$written.text) };
            if !again.problems.is_empty() {
                return page(&$desk, &$who, &language, $id, again).await;
            }
            let done = $act.await;
            after(&$desk, &$who, &language, $id, done, again).await
        }
    };
}

one_text!(note, "note", |desk, who, id, written, fields| answer::note(&desk.cabinet, &who, id, written));
one_text!(review, "review", |desk, who, id, written, fields| refer::review(&desk.cabinet, &who, id, written));
one_text!(go_on, "go-on", |desk, who, id, written, fields| answer::go_on(&desk.cabinet, &who, id, written));
one_text!(danger, "danger", |desk, who, id, written, fields| danger::mark_danger(&desk.cabinet, &who, id, written, desk.danger_within()));
one_text!(safe, "safe", |desk, who, id, written, fields| danger::mark_safe(&desk.cabinet, &who, id, written, saw(&fields)));
one_text!(close, "close", |desk, who, id, written, fields| close::close(&desk.cabinet, &who, id, written));

/// The alarm that stood on the page from which a form was sent; none is before all of them.
pub(super) fn saw(fields: &Fields) -> u32 {
    fields.get("alarm").and_then(|number| number.parse().ok()).unwrap_or_default()
}

pub(super) async fn prove(State(desk): State<Desk>, who: SignedIn, language: Language, Path(id): Path<Uuid>, body: Bytes) -> Response {
    let form = Fields::parse(&body).get("form").and_then(FormKey::from_field);
    let done = prove::prove(&desk.cabinet, &who, id, (&desk.signing, &desk.face.name), form).await;
    after(&desk, &who, &language, id, done, Again::default()).await
}

pub(super) async fn reopen(State(desk): State<Desk>, who: SignedIn, language: Language, Path(id): Path<Uuid>) -> Response {
    let done = close::reopen(&desk.cabinet, &who, id).await;
    after(&desk, &who, &language, id, done, Again::default()).await
}

/// After an act: the page again, or what was typed with the reason why it could not be saved.
pub(super) async fn after(
    desk: &Desk,
    who: &SignedIn,
    language: &Language,
    id: Uuid,
    done: Result<(), Trouble>,
    mut again: Again,
) -> Response {
    match done {
        Ok(()) => return Redirect::to(&language.href(&format!("/helpline/contacts/{id}"))).into_response(),
        // The contact changed while this was being written, and the page now says how: the text can be kept as a note.
        Err(Trouble::Withdrawn | Trouble::Paused | Trouble::StillOpen(_) | Trouble::NeedsSecondPerson) => {
            again.typed = again.typed.map(|(_, text)| ("note", text));
            again.notice = Some("desk-changed-meanwhile");
        }
        Err(Trouble::CaseClosed | Trouble::Merged) => again.notice = Some("desk-case-closed-first"),
        Err(error) if error.is_passing() || matches!(error, Trouble::Meanwhile) => {
            tracing::error!(%error, "an act at the desk could not be stored");
            again.notice = Some("desk-not-stored");
        }
        Err(error) => return failed(desk, language, &error),
    }
    page(desk, who, language, id, again).await
}

fn check(words: &Locale, field: &'static str, text: &str) -> Vec<(&'static str, String)> {
    if text.trim().is_empty() {
        vec![(field, words.text("desk-error-empty").into_owned())]
    } else if text.chars().count() > LONGEST_TEXT {
        vec![(field, words.with("desk-error-too-long", &[("longest", LONGEST_TEXT.into())]))]
    } else {
        Vec::new()
    }
}
