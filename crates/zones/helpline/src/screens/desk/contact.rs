//! One contact: what was reported, the folder, the safe-contact card that is never out of sight, and what can be done.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;

use plainsight_pages::components::{
    CheckboxItem, Checkboxes, ErrorMessage, ErrorSummary, NotificationBanner, SummaryList, SummaryRow, Textarea,
};
use plainsight_pages::{Language, Locale, Markup};
use plainsight_people::SignedIn;
use plainsight_people::acts::member::list_members;
use plainsight_vocabulary::tasking_phrases;

use super::{Desk, due_words, failed, left, summary, tags, whole, works_here};
use crate::acts::open::{OpenContact, Paper};
use crate::acts::{answer, open, refer};
use crate::fields::Fields;
use crate::header::Due;
use crate::message::From;
use crate::reference::reference;
use crate::report::{LONGEST_TEXT, Path as ReportPath, Reach, Report};
use crate::screens::bits;
use crate::trouble::Trouble;

#[derive(Template)]
#[template(path = "desk/contact.html")]
struct Contact<'a> {
    language: &'a Language,
    words: &'a Locale,
    id: Uuid,
    notice: Option<Markup>,
    summary: Option<ErrorSummary>,
    tags: Markup,
    heading: String,
    next: String,
    due: String,
    report: Markup,
    signs: Vec<String>,
    own_words: &'a str,
    papers: Vec<Shown>,
    review: Markup,
    reply: Option<Markup>,
    note: Markup,
    safe_contact: Markup,
    danger: bool,
}

struct Shown {
    kind: &'static str,
    title: String,
    at: String,
    facts: Markup,
    text: String,
}

#[derive(Template)]
#[template(path = "desk/review.html")]
struct Review<'a> {
    language: &'a Language,
    words: &'a Locale,
    id: Uuid,
    own: bool,
    field: Markup,
}

/// The names of colleagues, by id.
struct Names(std::collections::HashMap<Uuid, String>);

/// What a form sent that could not be taken: shown again beside what to mend.
#[derive(Default)]
struct Again {
    reply: String,
    note: String,
    review: String,
    problems: Vec<(&'static str, String)>,
    /// The tasking guard spoke: offer the box that says it was checked.
    tasking: bool,
    notice: Option<&'static str>,
}

pub(super) async fn show(State(desk): State<Desk>, who: SignedIn, language: Language, Path(id): Path<Uuid>) -> Response {
    if let Err(error) = works_here(&who) {
        return failed(&desk, &language, &error);
    }
    page(&desk, &who, &language, id, Again::default()).await
}

async fn page(desk: &Desk, who: &SignedIn, language: &Language, id: Uuid, again: Again) -> Response {
    let words = &*language.locale;
    let opened = match open::open(&desk.cabinet, who, id).await {
        Ok(opened) => opened,
        Err(error) => return failed(desk, language, &error),
    };
    let status = if again.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let now = desk.cabinet.now();
    let reference = reference(id);
    let names = match list_members(&desk.people).await {
        Ok(listed) => Names(listed.into_iter().map(|listed| (listed.member.id, listed.member.name)).collect()),
        Err(error) => return failed(desk, language, &error.into()),
    };
    let withdrawn = opened.header.flags.withdrawn;
    let notice = match again.notice {
        Some(notice) => Some(words.text(notice).into_owned()),
        None if withdrawn => Some(words.text("desk-withdrawn-notice").into_owned()),
        None => None,
    };
    let contact = Contact {
        language,
        words,
        id,
        notice: notice.map(|text| NotificationBanner::new(words.text("notice-title").into_owned(), text).into()),
        summary: summary(words, &again.problems),
        tags: tags(words, &opened.header),
        heading: words.with("desk-contact-title", &[("reference", reference.as_str().into())]),
        next: due_words(words, &opened.header),
        due: opened.header.next_due().map(|(_, by)| left(words, by, now)).unwrap_or_default(),
        report: facts(words, &opened.report),
        signs: opened
            .report
            .signs_seen()
            .filter_map(plainsight_vocabulary::sign)
            .map(|sign| words.text(&sign.witness_key()).into_owned())
            .collect(),
        own_words: &opened.report.words,
        papers: opened.papers.iter().map(|(_, _, paper)| shown(words, paper, &names, desk.offset(now))).collect(),
        review: review_form(language, &opened, who, &again),
        reply: (!withdrawn).then(|| reply_form(words, &again)),
        note: note_form(words, &again),
        safe_contact: safe_contact(words, &opened.report),
        danger: matches!(opened.header.next_due(), Some((Due::Danger, _))),
    };
    (status, whole(desk, who, language, &reference, !again.problems.is_empty(), &contact)).into_response()
}

pub(super) async fn reply(State(desk): State<Desk>, who: SignedIn, language: Language, Path(id): Path<Uuid>, body: Bytes) -> Response {
    let fields = Fields::parse(&body);
    let text = fields.text("reply");
    let asks = fields.get("as") == Some("ask");
    let mut again = Again { problems: check(&language.locale, "reply", &text), reply: text.clone(), ..Again::default() };
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
    let done = answer::reply(&desk.cabinet, &who, id, text, asks).await;
    after(&desk, &who, &language, id, done, again).await
}

pub(super) async fn note(State(desk): State<Desk>, who: SignedIn, language: Language, Path(id): Path<Uuid>, body: Bytes) -> Response {
    let text = Fields::parse(&body).text("note");
    let again = Again { problems: check(&language.locale, "note", &text), note: text.clone(), ..Again::default() };
    if !again.problems.is_empty() {
        return page(&desk, &who, &language, id, again).await;
    }
    let done = answer::note(&desk.cabinet, &who, id, text).await;
    after(&desk, &who, &language, id, done, again).await
}

pub(super) async fn review(State(desk): State<Desk>, who: SignedIn, language: Language, Path(id): Path<Uuid>, body: Bytes) -> Response {
    let text = Fields::parse(&body).text("review");
    let again = Again { problems: check(&language.locale, "review", &text), review: text.clone(), ..Again::default() };
    if !again.problems.is_empty() {
        return page(&desk, &who, &language, id, again).await;
    }
    let done = refer::review(&desk.cabinet, &who, id, text).await;
    after(&desk, &who, &language, id, done, again).await
}

pub(super) async fn safe(State(desk): State<Desk>, who: SignedIn, language: Language, Path(id): Path<Uuid>) -> Response {
    let done = answer::mark_safe(&desk.cabinet, &who, id).await;
    after(&desk, &who, &language, id, done, Again::default()).await
}

/// After an act: the page again, or what was typed with the reason why it could not be saved.
async fn after(desk: &Desk, who: &SignedIn, language: &Language, id: Uuid, done: Result<(), Trouble>, again: Again) -> Response {
    match done {
        Ok(()) => Redirect::to(&language.href(&format!("/helpline/contacts/{id}"))).into_response(),
        // The reply was being written when the reporter withdrew: it reaches nobody, and can be kept as a note.
        Err(Trouble::Withdrawn) => page(desk, who, language, id, Again { note: again.reply, ..Again::default() }).await,
        Err(error) if error.is_passing() => {
            tracing::error!(%error, "an act at the desk could not be stored");
            page(desk, who, language, id, Again { notice: Some("desk-not-stored"), ..again }).await
        }
        Err(error) => failed(desk, language, &error),
    }
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

fn error(words: &Locale, again: &Again, field: &str) -> Option<ErrorMessage> {
    let (_, problem) = again.problems.iter().find(|(each, _)| *each == field)?;
    Some(ErrorMessage::new(problem.clone(), words.text("error-prefix").into_owned()))
}

fn reply_form(words: &Locale, again: &Again) -> Markup {
    let field = Textarea::new("reply")
        .label(words.text("desk-reply-text").into_owned())
        .hint(words.text("desk-reply-hint").into_owned())
        .value(again.reply.as_str())
        .error(error(words, again, "reply"))
        .rows(5);
    let mut pieces = vec![Markup::from(field)];
    if again.tasking {
        let item = CheckboxItem::new("yes", words.text("desk-reply-tasking-confirm").into_owned());
        pieces.push(Checkboxes::new("checked").items([item]).into());
    }
    pieces.push(bits::paragraph(&words.text("desk-reply-no-way")));
    Markup::join(pieces)
}

fn note_form(words: &Locale, again: &Again) -> Markup {
    Textarea::new("note")
        .label(words.text("desk-note-text").into_owned())
        .value(again.note.as_str())
        .error(error(words, again, "note"))
        .rows(3)
        .into()
}

fn review_form(language: &Language, opened: &OpenContact, who: &SignedIn, again: &Again) -> Markup {
    let words = &*language.locale;
    if !opened.header.flags.review_due {
        return Markup::default();
    }
    let field = Textarea::new("review")
        .label(words.text("desk-review-text").into_owned())
        .value(again.review.as_str())
        .error(error(words, again, "review"))
        .rows(3);
    let own = !refer::may_review(&opened.papers, who.member.id);
    Markup::of(&Review { language, words, id: opened.id, own, field: field.into() })
}

fn facts(words: &Locale, report: &Report) -> Markup {
    let nothing = || words.text("check-nothing").into_owned();
    let answer = |answer: Option<plainsight_vocabulary::Answer>| {
        answer.map_or_else(nothing, |answer| words.text(&format!("answer-{answer}")).into_owned())
    };
    let path = match report.path {
        ReportPath::Me => "desk-path-me",
        ReportPath::Noticed => "desk-path-noticed",
    };
    let setting =
        report.setting.as_deref().and_then(plainsight_vocabulary::setting).map(|setting| words.text(&setting.name_key()).into_owned());
    let naming = report.naming.map(|level| words.text(&format!("naming-{level}")).into_owned());
    let place = if report.place.trim().is_empty() { nothing() } else { report.place.clone() };
    let rows = [
        ("desk-path", words.text(path).into_owned()),
        ("desk-danger", answer(report.danger)),
        ("desk-child", answer(report.child)),
        ("desk-setting", setting.unwrap_or_else(nothing)),
        ("desk-place", place),
        ("desk-naming", naming.unwrap_or_else(nothing)),
        ("desk-language-of-report", bits::language_name(words, &report.language)),
    ];
    SummaryList::new(rows.map(|(label, value)| SummaryRow::new(words.text(label).into_owned(), value))).into()
}

/// The card that is never out of sight: how this person may be reached, and how never.
fn safe_contact(words: &Locale, report: &Report) -> Markup {
    let contact = &report.safe_contact;
    match contact.reach {
        Reach::Nobody => return bits::paragraph(&words.text("desk-safe-contact-nobody")),
        Reach::Receipt => return bits::paragraph(&words.text("desk-safe-contact-receipt")),
        Reach::Telephone | Reach::Text | Reach::Email => {}
    }
    let nothing = words.text("check-nothing").into_owned();
    let given = |text: &str| if text.trim().is_empty() { nothing.clone() } else { text.to_owned() };
    let rows = [
        ("check-contact", words.text(&format!("reach-{}", contact.reach.name())).into_owned()),
        ("desk-safe-contact-address", given(&contact.address)),
        ("desk-safe-contact-times", given(&contact.times)),
        ("desk-safe-contact-code", given(&contact.code_word)),
    ];
    SummaryList::new(rows.map(|(label, value)| SummaryRow::new(words.text(label).into_owned(), value))).into()
}

fn shown(words: &Locale, paper: &Paper, names: &Names, offset: time::UtcOffset) -> Shown {
    let name = |member: Uuid| names.0.get(&member).cloned().unwrap_or_else(|| words.text("desk-unknown-member").into_owned());
    let by = |id: &str, member: Uuid| words.with(id, &[("name", name(member).as_str().into())]);
    match paper {
        Paper::Message(message) => Shown {
            kind: if message.from == From::Reporter { "reporter" } else { "desk" },
            title: match (message.from, message.asks) {
                (From::Reporter, _) => words.text("desk-from-reporter").into_owned(),
                (From::Desk, true) => by("desk-question-by", message.member.unwrap_or_default()),
                (From::Desk, false) => by("desk-from-desk", message.member.unwrap_or_default()),
            },
            at: words.date_time(message.at, offset),
            facts: Markup::default(),
            text: message.text.clone(),
        },
        Paper::Note(note) => Shown {
            kind: "note",
            title: by("desk-note-by", note.member),
            at: words.date_time(note.at, offset),
            facts: Markup::default(),
            text: note.text.clone(),
        },
        Paper::UrgentReferral(referral) => Shown {
            kind: "referral",
            title: by("desk-referral-by", referral.member),
            at: words.date_time(referral.passed_at, offset),
            facts: referral_facts(words, referral),
            text: referral.told.clone(),
        },
        Paper::Damaged => Shown {
            kind: "damaged",
            title: words.text("desk-paper-damaged").into_owned(),
            at: String::new(),
            facts: Markup::default(),
            text: words.text("desk-paper-damaged-text").into_owned(),
        },
        Paper::Review(review) => Shown {
            kind: "review",
            title: by("desk-review-by", review.member),
            at: words.date_time(review.at, offset),
            facts: Markup::default(),
            text: review.text.clone(),
        },
    }
}

fn referral_facts(words: &Locale, referral: &crate::message::UrgentReferral) -> Markup {
    let reference = referral.incident_reference.clone().unwrap_or_else(|| words.text("desk-referral-none").into_owned());
    let rows = [
        ("desk-referral-receiver", words.text(&format!("desk-receiver-{}", referral.receiver.name())).into_owned()),
        ("desk-referral-taker", referral.call_taker.clone()),
        ("desk-referral-reference", reference),
        ("desk-referral-ground", words.text(&format!("desk-ground-{}", referral.ground.name())).into_owned()),
    ];
    SummaryList::new(rows.map(|(label, value)| SummaryRow::new(words.text(label).into_owned(), value))).into()
}
