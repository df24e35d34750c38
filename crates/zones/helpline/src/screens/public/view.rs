//! Draws what a step of the journey leads to.

use std::time::Duration;

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rand::Rng;

use time::OffsetDateTime;

use plainsight_pages::components::{Button, ErrorItem, ErrorMessage, ErrorSummary, Input, Label, NotificationBanner};
use plainsight_pages::{Language, Locale, Markup, PublicPage, assets};
use plainsight_vault::{Receipt, WordList};
use plainsight_vocabulary::{Answer, Urgency};

use super::help::{Notice, ReadProblem, Unsent, View};
use super::questions::Form;
use super::{files, html, mailbox, render, routes};
use crate::acts::file::urgency;
use crate::acts::withdraw::Withdrawn;
use crate::draft::Draft;
use crate::gate::millis;
use crate::proof::may_have;
use crate::questions::{Page, Problem};
use crate::report::{Path, Report, Way};
use crate::screens::bits;
use crate::site::Site;

/// Every answer to a receipt has this size, whatever it says.
const ANSWER_SIZE: usize = 64 * 1024;

#[derive(Template)]
#[template(path = "public/journey.html")]
struct Journey<'a> {
    language: &'a Language,
    words: &'a Locale,
    above: Markup,
    state: String,
    page: &'static str,
    /// With files in it.
    in_parts: bool,
    count: Option<String>,
    title: String,
    inside: Markup,
    buttons: Markup,
    languages: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "public/sent.html")]
struct SentPage<'a> {
    words: &'a Locale,
    title: &'static str,
    /// Of a complaint there is no place to join it by.
    lost: Option<&'static str>,
    danger: Option<String>,
    /// A file that was chosen was not sent.
    left_out: Option<String>,
    digits: &'a str,
    receipt_words: String,
    list: &'a str,
    next: Option<String>,
    hours: Option<String>,
    /// Lines for children, when the reporter may be one.
    child_lines: Option<String>,
    /// For the record of somebody who works with people.
    note: Option<String>,
    /// That a proof can be asked for.
    proof: bool,
    practise: Markup,
}

#[derive(Template)]
#[template(path = "public/practise.html")]
struct Practise<'a> {
    language: &'a Language,
    words: &'a Locale,
    state: String,
    answer: Option<String>,
    field: Markup,
}

#[derive(Template)]
#[template(path = "public/read.html")]
struct Read<'a> {
    language: &'a Language,
    words: &'a Locale,
    above: Markup,
    field: Markup,
    unsent: Unsent,
    /// With the files that wait for the number.
    state: String,
}

#[derive(Template)]
#[template(path = "public/withdraw.html")]
struct AskWithdraw<'a> {
    language: &'a Language,
    words: &'a Locale,
    state: String,
}

#[derive(Template)]
#[template(path = "public/wait.html")]
struct Waiting<'a> {
    language: &'a Language,
    words: &'a Locale,
    state: String,
    question: &'a str,
    bits: u8,
    /// Milliseconds until it may be sent without work.
    left: i64,
    lead: String,
    /// It took longer than was told before.
    longer: bool,
    danger: String,
    buttons: Markup,
    script: Option<String>,
}

#[derive(Template)]
#[template(path = "public/said.html")]
struct Said {
    title: String,
    text: String,
    below: Markup,
}

/// The answer to a step. What a receipt leads to has one size and comes on the full second.
pub(crate) async fn respond(site: &Site, language: &Language, view: View) -> Response {
    let words = &*language.locale;
    match view {
        View::Start => axum::response::Redirect::to(&language.href("/")).into_response(),
        View::Question { page, draft, problems, notice } => question(site, language, page, &draft, &problems, notice),
        View::Sent { draft, receipt, practised } => sent(site, language, &draft, &receipt, practised),
        View::AlreadySent => said(site, language, "sent-already-title", "sent-already-text"),
        View::Wait { draft, question, longer } => waiting(site, language, &draft, &question, longer),
        View::Read { problem, typed, notice, unsent } => {
            let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            let body = read(site, language, problem.as_ref(), &typed, notice, unsent);
            let page = PublicPage::new(&site.face, language, "/", &body).within_a_form().error(problem.is_some());
            (status, html(render(&page))).into_response()
        }
        View::TryAgain { typed, unsent } => answer(site, language, &read(site, language, None, &typed, Some(Notice::Busy), unsent)).await,
        View::NothingToRead => {
            let text = words.text("read-nothing").into_owned();
            let said = Said { title: words.text("read-nothing-title").into_owned(), text, below: Markup::default() };
            answer(site, language, &said).await
        }
        View::Messages { draft, messages, typed, problem, notice, skip } => {
            let state = seal(site, &draft);
            answer(site, language, &mailbox::messages((site, language), (&draft, state), &messages, &typed, problem.as_ref(), notice, skip))
                .await
        }
        // Of the size of all answers, so that nobody who sees the network can tell who changes how they are reached.
        View::Wishes { draft, unsent, problems, notice } => {
            answer(site, language, &mailbox::wishes((site, language), seal(site, &draft), &unsent, &problems, notice)).await
        }
        View::AskWithdraw { draft } => whole(site, language, &AskWithdraw { language, words, state: seal(site, &draft) }),
        View::Withdrawn(outcome) => {
            let text = match outcome {
                Withdrawn::Erased => "withdrawn-erased",
                Withdrawn::Stopped => "withdrawn-stopped",
                Withdrawn::StillRead => "withdrawn-still-read",
                Withdrawn::AlreadyPassedOn => "withdrawn-passed-on",
                Withdrawn::PassedOnAndStillRead => "withdrawn-passed-on-still-read",
                Withdrawn::DangerStays => "withdrawn-danger",
            };
            said(site, language, "withdrawn-title", text)
        }
    }
}

fn question(site: &Site, language: &Language, page: Page, draft: &Draft, problems: &[Problem], notice: Option<Notice>) -> Response {
    let words = &*language.locale;
    let take_out = draft.take_out.as_deref();
    let form = Form { site, language, words, report: &draft.report, take_out, problems, draft: Some(draft) };
    let mut above: Vec<Markup> = form.summary().map(Markup::from).into_iter().collect();
    above.extend(files::summary(words, &draft.lost, page == Page::Files));
    above.extend(notice.map(|notice| told(site, words, notice)));
    let count = page.number(draft.report.way()).filter(|_| page != Page::Check);
    let journey = Journey {
        language,
        words,
        above: Markup::join(above),
        state: seal_for_page(site, draft, problems),
        page: page.name(),
        in_parts: page == Page::Files,
        count: count.map(|(number, of)| words.with("question-count", &[("number", number.into()), ("of", (of - 1).into())])),
        title: form.title(page),
        inside: form.fields(page),
        buttons: form.buttons(page),
        languages: site
            .locales
            .menu()
            .filter(|other| other.tag() != words.tag())
            .map(|other| (other.tag().to_owned(), other.own_name().to_owned()))
            .collect(),
    };
    let wrong = !problems.is_empty() || !draft.lost.is_empty();
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = PublicPage::new(&site.face, language, "/", &journey).within_a_form().error(wrong);
    (status, html(render(&page))).into_response()
}

/// Many are sending. The page says how long, and a script on it shows work and sends by itself; without one a button does.
fn waiting(site: &Site, language: &Language, draft: &Draft, question: &str, longer: bool) -> Response {
    let words = &*language.locale;
    let now = millis(site.cabinet.now());
    let (left, bits) = draft.place.as_ref().map_or((0, 0), |place| ((place.turn - now).max(0), place.bits));
    // A little more rather than less: who presses at the second that was told should be let through.
    let seconds = (left + 999) / 1000;
    let send = Button::new(words.text("wait-send").into_owned()).named("go", "send");
    let back = Button::new(words.text("wait-back").into_owned()).named("go", "check").secondary();
    let page = Waiting {
        language,
        words,
        state: seal(site, draft),
        question,
        bits,
        left,
        lead: words.with("wait-lead", &[("seconds", seconds.max(1).into())]),
        longer,
        danger: words.with("wait-danger", &[("number", site.emergency_number().into())]),
        buttons: Markup::join([send.into(), back.into()]),
        script: assets::href("wait.js"),
    };
    whole(site, language, &page)
}

fn sent(site: &Site, language: &Language, draft: &Draft, receipt: &Receipt, practised: Option<bool>) -> Response {
    let words = &*language.locale;
    let list = WordList::for_language(words.tag());
    let practised = practised.map(|right| words.text(if right { "sent-practise-right" } else { "sent-practise-wrong" }).into_owned());
    let field =
        Input::new("receipt").label(words.text("read-number").into_owned()).hint(words.text("read-number-hint").into_owned()).private();
    let practise = Practise { language, words, state: seal(site, draft), answer: practised, field: field.into() };
    let urgency = urgency(&draft.report);
    let digits = receipt.digits();
    let complaint = draft.report.way() == Way::Complain;
    let page = SentPage {
        words,
        left_out: (!draft.lost.is_empty() || draft.files.iter().any(|file| !file.is_whole()))
            .then(|| words.text("sent-files-left-out").into_owned()),
        danger: (urgency == Urgency::Danger).then(|| words.with("sent-danger", &[("number", site.emergency_number().into())])),
        digits: &digits,
        receipt_words: list.map(|list| receipt.words(list).join(" ")).unwrap_or_default(),
        list: list.map_or("", WordList::tag),
        title: if complaint { "complain-sent-title" } else { "sent-title" },
        lost: (!complaint).then_some("sent-lost"),
        next: if complaint {
            let text = if site.settings.in_united_kingdom() { "complain-sent-next-within" } else { "complain-sent-next" };
            Some(words.text(text).into_owned())
        } else {
            within(site, words, urgency).map(|within| words.with("sent-next-read", &[("within", within.as_str().into())]))
        },
        hours: routes::reading_hours(site, words, site.cabinet.now()),
        child_lines: may_be_child(&draft.report).then(|| routes::child_lines(site, words)).filter(|lines| !lines.is_empty()),
        note: (draft.report.way() == Way::Work).then(|| note(site, words, draft.sent_at().unwrap_or_else(|| site.cabinet.now()))),
        proof: may_have(&draft.report),
        practise: Markup::of(&practise),
    };
    whole(site, language, &page)
}

/// What somebody who works with people can put into their own record: that they wrote here, on which day, and what to write
/// down themselves. Nothing of the report and no number: a record is read by others.
fn note(site: &Site, words: &Locale, sent: OffsetDateTime) -> String {
    let zone = site.settings.jurisdictions.first().map_or("UTC", |first| first.zone.as_str());
    let day = words.date(sent, bits::offset(zone, sent));
    let lines = ["work-note-sent", "work-note-saw", "work-note-told", "work-note-agreed", "work-note-next"];
    let lines = lines.map(|id| words.with(id, &[("day", day.as_str().into())]));
    lines.join("\n\n")
}

fn may_be_child(report: &Report) -> bool {
    report.path == Path::Me && matches!(report.child, Some(Answer::Yes | Answer::NotSure))
}

/// How long reading may take, as the clocks really run. While nobody reads, only a time that counts staffed hours holds.
fn within(site: &Site, words: &Locale, urgency: Urgency) -> Option<String> {
    let closed = site.settings.staffed.as_ref().is_some_and(|hours| !hours.open_now(site.cabinet.now()));
    if closed && urgency != Urgency::Normal {
        return None;
    }
    let clocks = &site.settings.clocks;
    let (unit, count) = match urgency {
        Urgency::Danger => ("within-minutes", clocks.danger.whole_minutes()),
        Urgency::Soon if clocks.soon.whole_minutes() % 60 == 0 => ("within-hours", clocks.soon.whole_hours()),
        Urgency::Soon => ("within-minutes", clocks.soon.whole_minutes()),
        Urgency::Normal if site.settings.staffed.as_ref().is_none_or(|hours| hours.is_always()) => {
            ("within-hours", clocks.first_read_staffed.whole_hours())
        }
        Urgency::Normal => ("within-staffed-hours", clocks.first_read_staffed.whole_hours()),
    };
    Some(words.with(unit, &[("count", count.into())]))
}

/// How long reading takes, for the first page: soon for whom it is happening to, while somebody reads.
pub(super) fn reads_within(site: &Site, words: &Locale) -> Option<String> {
    let normal = within(site, words, Urgency::Normal)?;
    Some(match within(site, words, Urgency::Soon) {
        Some(soon) => words.with("start-within-both", &[("soon", soon.as_str().into()), ("normal", normal.as_str().into())]),
        None => words.with("start-within", &[("normal", normal.as_str().into())]),
    })
}

fn read<'a>(
    site: &Site,
    language: &'a Language,
    problem: Option<&ReadProblem>,
    typed: &str,
    notice: Option<Notice>,
    unsent: Unsent,
) -> Read<'a> {
    let words = &*language.locale;
    let problem = problem.map(|problem| match problem {
        ReadProblem::Missing => words.text("error-receipt-missing").into_owned(),
        ReadProblem::Length => words.text("error-receipt-length").into_owned(),
        ReadProblem::Check => words.text("error-receipt-check").into_owned(),
        ReadProblem::Word(word) => words.with("error-receipt-word", &[("word", word.as_str().into())]),
    });
    let summary = problem.clone().map(|problem| summary(words, problem, "receipt")).unwrap_or_default();
    let error = problem.map(|problem| ErrorMessage::new(problem, words.text("error-prefix").into_owned()));
    let field = Input::new("receipt")
        .label(Label::new(words.text("read-number").into_owned()).classes("govuk-label--s"))
        .hint(words.text("read-number-hint").into_owned())
        .value(typed)
        .error(error)
        .private();
    let above = Markup::join([summary, notice.map(|notice| told(site, words, notice)).unwrap_or_default()]);
    let state = if unsent.files.is_empty() {
        String::new()
    } else {
        let mut draft = Draft::new(&site.cabinet, Path::Noticed, words.tag());
        draft.files.clone_from(&unsent.files);
        seal(site, &draft)
    };
    Read { language, words, above, field: field.into(), unsent, state }
}

/// The mistake above the page, where a screen reader is told of it first.
pub(super) fn summary(words: &Locale, problem: String, field: &str) -> Markup {
    ErrorSummary::new(words.text("error-summary-title").into_owned(), [ErrorItem::new(problem, field)]).into()
}

pub(super) fn told(site: &Site, words: &Locale, notice: Notice) -> Markup {
    let text = match notice {
        Notice::Expired => words.text("page-expired").into_owned(),
        Notice::Closed => words.text("read-closed").into_owned(),
        Notice::Unknown => words.text("page-unknown").into_owned(),
        Notice::NotStored => words.with("error-not-stored", &[("number", site.emergency_number().into())]),
        Notice::Added | Notice::Alerted => words.text("read-added").into_owned(),
        Notice::Changed => words.text("wishes-changed").into_owned(),
        Notice::Busy => words.text("read-not-now").into_owned(),
    };
    banner(words, text)
}

pub(super) fn banner(words: &Locale, text: String) -> Markup {
    NotificationBanner::new(words.text("notice-title").into_owned(), text).into()
}

fn said(site: &Site, language: &Language, title: &str, text: &str) -> Response {
    let words = &*language.locale;
    let said = Said {
        title: words.text(title).into_owned(),
        text: words.text(text).into_owned(),
        below: bits::link("/leave", &words.text("sent-close")),
    };
    whole(site, language, &said)
}

fn seal(site: &Site, draft: &Draft) -> String {
    site.drafts.seal(draft, &site.cabinet).unwrap_or_else(|error| {
        // Too long a draft: the fields on the page still hold what was typed there.
        tracing::warn!(%error, "a form state could not be sealed");
        String::new()
    })
}

/// A text that is too long to be carried stays on the page only, where the reporter shortens it.
fn seal_for_page(site: &Site, draft: &Draft, problems: &[Problem]) -> String {
    if problems.is_empty() {
        return seal(site, draft);
    }
    let mut carried = draft.clone();
    for problem in problems {
        match problem.field {
            "words" => carried.report.words.clear(),
            "role" => carried.report.role.clear(),
            "place" => carried.report.place.clear(),
            "address" => carried.report.safe_contact.address.clear(),
            "times" => carried.report.safe_contact.times.clear(),
            "code-word" => carried.report.safe_contact.code_word.clear(),
            _ => {}
        }
    }
    seal(site, &carried)
}

fn whole(site: &Site, language: &Language, body: &impl Template) -> Response {
    html(render(&PublicPage::new(&site.face, language, "/", body).within_a_form()))
}

/// The answer to somebody who came back: always of one size, always on the full second, never packed.
async fn answer(site: &Site, language: &Language, body: &impl Template) -> Response {
    let mut page = render(&PublicPage::new(&site.face, language, "/", body).within_a_form());
    pad(&mut page, &mut site.cabinet.rng());
    let past = u64::from(site.cabinet.now().nanosecond());
    tokio::time::sleep(Duration::from_nanos(1_000_000_000_u64.saturating_sub(past))).await;
    let mut response = html(page);
    response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("identity"));
    response
}

/// Fills a page to the size of all answers with a comment of noise, which no packing on the way could shrink. Only a
/// page that brings a long text back to be mended is larger: then a whole number of times.
fn pad(page: &mut String, rng: &mut impl Rng) {
    const AROUND: usize = "<!---->".len();
    let length = page.len() + AROUND;
    let missing = length.next_multiple_of(ANSWER_SIZE) - length;
    let mut noise = vec![0; missing];
    rng.fill_bytes(&mut noise);
    page.push_str("<!--");
    page.extend(
        noise.iter().map(|byte| char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_."[usize::from(byte & 63)])),
    );
    page.push_str("-->");
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn every_answer_has_one_size() {
        let mut rng = rand::rngs::StdRng::seed_from_u64(1);
        for length in [0, 1, 9_000, ANSWER_SIZE - 7] {
            let mut page = "x".repeat(length);
            pad(&mut page, &mut rng);
            assert_eq!(page.len(), ANSWER_SIZE);
        }
        let mut page = "x".repeat(ANSWER_SIZE);
        pad(&mut page, &mut rng);
        assert_eq!(page.len(), 2 * ANSWER_SIZE);
    }
}
