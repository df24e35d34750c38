//! One contact: what was reported, the folder, the safe-contact card that is never out of sight, and what can be done.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use time::OffsetDateTime;
use uuid::Uuid;

use plainsight_pages::components::{ErrorSummary, NotificationBanner, SummaryList, SummaryRow};
use plainsight_pages::{Language, Locale, Markup};
use plainsight_people::SignedIn;
use plainsight_vocabulary::{Answer, Proximity};

use super::forms::{Again, Forms};
use super::hands;
use super::{Desk, Names, alike, cases, due_words, failed, files, keeping, left, names, safe_contact, summary, tags, whole, works_here};
use crate::acts::open;
use crate::acts::open::{OpenContact, Paper};
use crate::case::Decision;
use crate::exhibit::exhibits;
use crate::form::FormKey;
use crate::header::{Due, Header};
use crate::message::{From, Mark, UrgentReferral};
use crate::reference::{case_reference, reference};
use crate::report::{About, Path as ReportPath, Report};
use crate::screens::bits;

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
    /// What whoever opens a complaint about us has to know first.
    complaint: Option<String>,
    report: Markup,
    signs: Vec<String>,
    own_words: &'a str,
    advice: String,
    /// Where writing it down goes on.
    unfinished: Option<String>,
    hands: Markup,
    keeping: Markup,
    alike: Markup,
    cases: Markup,
    papers: Vec<Shown>,
    put: Markup,
    forms: Markup,
    alarm: u32,
    safe_contact: Markup,
}

pub(super) struct Shown {
    kind: &'static str,
    pub(super) title: String,
    pub(super) at: String,
    facts: Markup,
    pub(super) text: String,
}

pub(super) async fn show(State(desk): State<Desk>, who: SignedIn, language: Language, Path(id): Path<Uuid>) -> Response {
    if let Err(error) = works_here(&who) {
        return failed(&desk, &language, &error);
    }
    page(&desk, &who, &language, id, Again::default()).await
}

pub(super) async fn page(desk: &Desk, who: &SignedIn, language: &Language, id: Uuid, again: Again) -> Response {
    let words = &*language.locale;
    let progress = desk.read_new(who).await;
    let view = desk.library.view(who);
    let opened = match open::open_knowing(&desk.cabinet, who, id, |said| view.reports_from(id, said)).await {
        Ok(opened) => opened,
        Err(error) => return failed(desk, language, &error),
    };
    desk.strain.read(who.member.id, id, &opened.header, desk.cabinet.now());
    // It is read at this moment, and not when somebody looks at the list next: how long it waited is counted from it.
    if let Err(error) = desk.index.catch_up(&desk.cabinet).await {
        tracing::error!(%error, "the list could not catch up");
    }
    let status = if again.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let now = desk.cabinet.now();
    let reference = reference(id);
    let names = match names(desk).await {
        Ok(names) => names,
        Err(error) => return failed(desk, language, &error),
    };
    let hands = match hands::card(desk, who, language, &opened, &names, &again).await {
        Ok(card) => card,
        Err(error) => return failed(desk, language, &error),
    };
    files::clean(desk, who, id, &opened.papers).await;
    let alike = alike::card(desk, who, language, &opened, (&view, progress));
    let in_danger = matches!(opened.header.next_due(), Some((Due::Danger, _)));
    let unfinished = opened.header.flags.unfinished.then(|| language.href(&format!("/helpline/call/{id}")));
    let standing = match (opened.header.flags.withdrawn, opened.header.flags.closed) {
        (true, _) if in_danger => Some("desk-withdrawn-danger-notice"),
        (true, _) => Some("desk-withdrawn-notice"),
        (false, true) => Some("desk-closed-notice"),
        (false, false) => None,
    };
    let notices: Vec<_> = again.notice.into_iter().chain(standing).map(|notice| words.text(notice)).collect();
    let notice = (!notices.is_empty()).then(|| notices.join(" "));
    let contact = Contact {
        language,
        words,
        id,
        notice: notice.map(|text| NotificationBanner::new(words.text("notice-title").into_owned(), text).into()),
        summary: summary(words, &again.problems),
        tags: tags(words, &opened.header),
        heading: words.with("desk-contact-title", &[("reference", reference.as_str().into())]),
        next: due_words(words, &opened.header),
        due: left(words, &opened.header, now),
        complaint: (opened.report.about == About::Complaint).then(|| complaint(desk, words, &opened.header)),
        report: facts(words, &opened.report),
        signs: opened
            .report
            .signs_seen()
            .filter_map(plainsight_vocabulary::sign)
            .map(|sign| bits::sign(words, sign, opened.report.path))
            .collect(),
        own_words: &opened.report.words,
        advice: opened.report.spoken.as_ref().map(|spoken| spoken.advice.clone()).unwrap_or_default(),
        unfinished,
        hands,
        keeping: keeping::card(desk, who, language, &opened, &again),
        alike,
        cases: cases::card::card(desk, who, language, &opened, &again),
        put: files::put::form(words, language, id),
        papers: papers(desk, who, language, &opened, &names),
        forms: Markup::of(&Forms::new(desk, language, &opened, who, &again, &FormKey::new(&desk.cabinet))),
        alarm: opened.header.alarm.number,
        safe_contact: safe_contact::card(words, &opened, desk.offset(now)),
    };
    (status, whole(desk, who, language, &reference, !again.problems.is_empty(), &contact)).into_response()
}

/// What the folder holds. What became of a file stands on its card.
fn papers(desk: &Desk, who: &SignedIn, language: &Language, opened: &OpenContact, names: &Names) -> Vec<Shown> {
    let found = exhibits(&opened.papers);
    let shown = |(id, _, paper): &(Uuid, OffsetDateTime, Paper)| {
        let exhibit = found.iter().find(|exhibit| exhibit.id == *id);
        let shown = shown(&language.locale, paper, names, desk.offset(desk.cabinet.now()));
        match exhibit {
            Some(exhibit) => {
                Shown { facts: files::card::card(desk, who, language, (opened.id, false), exhibit), text: String::new(), ..shown }
            }
            None => shown,
        }
    };
    opened.papers.iter().filter(|(_, _, paper)| !matches!(paper, Paper::Cleaning(_))).map(shown).collect()
}

/// The Data (Use and Access) Act 2025, section 103, counts 30 days that begin with the day on which the complaint came.
fn complaint(desk: &Desk, words: &Locale, header: &Header) -> String {
    let mut text = words.text("desk-complaint").into_owned();
    if desk.settings.in_united_kingdom() {
        let last = header.clocks.arrived.saturating_add(time::Duration::days(29));
        let date = words.date(last, bits::offset(&desk.zone, last));
        text = format!("{text} {}", words.with("desk-complaint-by", &[("date", date.as_str().into())]));
    }
    text
}

fn facts(words: &Locale, report: &Report) -> Markup {
    SummaryList::new(fact_rows(words, report).into_iter().map(|(label, value)| SummaryRow::new(words.text(label).into_owned(), value)))
        .into()
}

/// What was answered: the id of each question's label, and the answer in words.
pub(super) fn fact_rows(words: &Locale, report: &Report) -> Vec<(&'static str, String)> {
    let nothing = || words.text("check-nothing").into_owned();
    let answer = |answer: Option<Answer>| answer.map_or_else(nothing, |answer| words.text(&format!("answer-{answer}")).into_owned());
    let path = match (report.path, report.proximity) {
        _ if report.about == About::Complaint => "desk-path-complaint",
        (ReportPath::Me, _) => "desk-path-me",
        (ReportPath::Noticed, Some(Proximity::Known)) => "desk-path-known",
        (ReportPath::Noticed, Some(Proximity::Professional)) => "desk-path-professional",
        (ReportPath::Noticed, Some(Proximity::Business)) => "desk-path-business",
        (ReportPath::Noticed, _) => "desk-path-noticed",
    };
    let setting =
        report.setting.as_deref().and_then(plainsight_vocabulary::setting).map(|setting| words.text(&setting.name_key()).into_owned());
    let naming = report.naming.map(|level| words.text(&format!("naming-{level}")).into_owned());
    let place = if report.place.trim().is_empty() { nothing() } else { report.place.clone() };
    let mut rows = vec![
        ("desk-path", words.text(path).into_owned()),
        ("desk-danger", answer(report.danger)),
        ("desk-child", answer(report.child)),
        ("desk-setting", setting.unwrap_or_else(nothing)),
        ("desk-place", place),
        ("desk-naming", naming.unwrap_or_else(nothing)),
        ("desk-language-of-report", bits::language_name(words, &report.language)),
    ];
    if report.about == About::Complaint {
        // What the page of a complaint does not ask would stand here as not answered.
        rows.retain(|(label, _)| ["desk-path", "desk-language-of-report"].contains(label));
    }
    if !report.role.trim().is_empty() {
        rows.push(("desk-role", report.role.clone()));
    }
    if let Some(spoken) = &report.spoken {
        rows.push(("desk-channel", words.text(&format!("arrived-{}", report.channel)).into_owned()));
        rows.push(("desk-safe-to-talk", answer(spoken.safe_to_talk)));
        rows.push(("desk-told-limits", words.text(if spoken.told_limits { "answer-yes" } else { "answer-no" }).into_owned()));
        if !spoken.interpreter.trim().is_empty() {
            rows.push(("desk-interpreter", spoken.interpreter.clone()));
        }
    }
    if let Some(handed) = &report.handed {
        rows.push(("desk-channel", words.text(&format!("arrived-{}", report.channel)).into_owned()));
        rows.push(("desk-handed-by", handed.by.clone()));
        if !handed.from.trim().is_empty() {
            rows.push(("desk-handed-from", handed.from.clone()));
        }
    }
    rows
}

pub(super) fn shown(words: &Locale, paper: &Paper, names: &Names, offset: time::UtcOffset) -> Shown {
    let by = |id: &str, member: Uuid| words.with(id, &[("name", names.of(words, member).as_str().into())]);
    match paper {
        Paper::Message(message) => Shown {
            kind: if message.from == From::Reporter { "reporter" } else { "desk" },
            // What the reporter says of danger now stands first: it must not be read over.
            title: match (message.from, message.asks) {
                (From::Reporter, _) => words
                    .text(match message.danger {
                        Some(Answer::Yes) => "desk-from-reporter-danger",
                        Some(Answer::NotSure) => "desk-from-reporter-unsure",
                        Some(Answer::No) => "desk-from-reporter-no-danger",
                        None if message.is_only_wishes() => "desk-from-reporter-wishes",
                        None => "desk-from-reporter",
                    })
                    .into_owned(),
                (From::Desk, _) if message.proof.is_some() => by("desk-proof-by", message.member.unwrap_or_default()),
                (From::Desk, _) if message.outcome.is_some() => by("desk-outcome-by", message.member.unwrap_or_default()),
                (From::Desk, true) => by("desk-question-by", message.member.unwrap_or_default()),
                (From::Desk, false) => by("desk-from-desk", message.member.unwrap_or_default()),
            },
            at: words.date_time(message.at, offset),
            // The address stands on the card alone: here it would stay after it has become unsafe.
            facts: if message.wishes.is_some() { bits::paragraph(&words.text("desk-wishes-on-card")) } else { Markup::default() },
            text: message.outcome.map_or_else(|| message.text.clone(), |outcome| words.text(&outcome.key()).into_owned()),
        },
        Paper::Note(note) => Shown {
            kind: "note",
            title: match (note.to, note.case) {
                _ if note.decision.is_some() => words.with(
                    "desk-decided-by",
                    &[
                        ("name", names.of(words, note.member).as_str().into()),
                        ("decision", (&*decision_words(words, note.decision)).into()),
                    ],
                ),
                (_, Some(case)) => words.with(
                    if note.marks == Some(Mark::OutOfCase) { "desk-out-of-case-by" } else { "desk-in-case-by" },
                    &[("name", names.of(words, note.member).as_str().into()), ("case", case_reference(case).as_str().into())],
                ),
                (Some(to), None) => words.with(
                    "desk-handed-over-by",
                    &[("name", names.of(words, note.member).as_str().into()), ("to", names.of(words, to).as_str().into())],
                ),
                (None, None) => by(
                    match note.marks {
                        Some(Mark::Danger) => "desk-danger-by",
                        Some(Mark::Safe) => "desk-safe-by",
                        Some(Mark::Closed) => "desk-closed-by",
                        Some(Mark::GoOn) => "desk-go-on-by",
                        Some(Mark::Source) => "desk-source-by",
                        Some(Mark::Held) => "desk-held-by",
                        Some(Mark::HoldEnded) => "desk-hold-ended-by",
                        None | Some(Mark::Decided | Mark::HandedOver | Mark::InCase | Mark::OutOfCase) => "desk-note-by",
                    },
                    note.member,
                ),
            },
            at: words.date_time(note.at, offset),
            facts: if note.marks == Some(Mark::Source) { bits::paragraph(&words.text("desk-source-why")) } else { Markup::default() },
            text: note.text.clone(),
        },
        Paper::UrgentReferral(referral) => Shown {
            kind: "referral",
            title: by("desk-referral-by", referral.member),
            at: words.date_time(referral.passed_at, offset),
            facts: referral_facts(words, referral),
            text: referral.told.clone(),
        },
        Paper::File(file) => Shown {
            kind: "file",
            title: match file.member {
                Some(member) => by("desk-file-by", member),
                None => words.text("desk-file-from-reporter").into_owned(),
            },
            at: words.date_time(file.at, offset),
            facts: Markup::default(),
            text: file.name.clone(),
        },
        Paper::Cleaning(cleaning) => Shown {
            kind: "file",
            title: by("desk-cleaning-by", cleaning.member),
            at: words.date_time(cleaning.at, offset),
            facts: Markup::default(),
            text: String::new(),
        },
        Paper::Custody(custody) => Shown {
            kind: "file",
            title: by("desk-custody-by", custody.member),
            at: words.date_time(custody.at, offset),
            facts: Markup::default(),
            text: custody.reason.clone(),
        },
        Paper::Damaged(_) => Shown {
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

/// What was decided, in words; nothing when nothing was.
pub(super) fn decision_words(words: &Locale, decision: Option<Decision>) -> String {
    decision.map(|decision| words.text(&format!("desk-decision-{}", decision.name())).into_owned()).unwrap_or_default()
}

fn referral_facts(words: &Locale, referral: &UrgentReferral) -> Markup {
    let rows = referral_rows(words, referral);
    SummaryList::new(rows.map(|(label, value)| SummaryRow::new(words.text(label).into_owned(), value))).into()
}

/// To whom it was passed, and why.
pub(super) fn referral_rows(words: &Locale, referral: &UrgentReferral) -> [(&'static str, String); 4] {
    let reference = referral.incident_reference.clone().unwrap_or_else(|| words.text("desk-referral-none").into_owned());
    [
        ("desk-referral-receiver", words.text(&format!("desk-receiver-{}", referral.receiver.name())).into_owned()),
        ("desk-referral-taker", referral.call_taker.clone()),
        ("desk-referral-reference", reference),
        ("desk-referral-ground", words.text(&format!("desk-ground-{}", referral.ground.name())).into_owned()),
    ]
}
