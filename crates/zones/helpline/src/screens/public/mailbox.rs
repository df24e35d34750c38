//! The pages of an opened mailbox: the messages, and how may we reach you from now on.

use std::borrow::Cow;

use askama::Template;

use plainsight_pages::components::{Details, ErrorMessage, Label, Textarea};
use plainsight_pages::{Language, Locale, Markup};
use plainsight_vocabulary::Answer;

use super::files;
use super::help::{Notice, Unsent};
use super::questions::{Form, answers};
use super::routes;
use super::view::{banner, summary, told};
use crate::draft::Draft;
use crate::message::{From, Message};
use crate::proof::Proof;
use crate::questions::Problem;
use crate::report::{LONGEST_TEXT, Report};
use crate::screens::bits;
use crate::site::Site;

/// So many bytes of messages fit into one answer; older ones come on the next page.
const MESSAGES_FIT: usize = 36 * 1024;

#[derive(Template)]
#[template(path = "public/messages.html")]
pub(super) struct MessagesPage<'a> {
    language: &'a Language,
    words: &'a Locale,
    above: Markup,
    messages: Vec<Shown<'a>>,
    /// What is written here wakes nobody: in danger only a call helps.
    danger: String,
    hours: Option<String>,
    state: String,
    fields: Markup,
    older: Option<usize>,
}

struct Shown<'a> {
    who: String,
    ours: bool,
    /// What was chosen and not written: of danger, of how to be reached.
    chosen: Vec<String>,
    text: Cow<'a, str>,
    /// To be printed or copied.
    proof: Option<String>,
    at: String,
}

#[derive(Template)]
#[template(path = "public/wishes.html")]
pub(super) struct WishesPage<'a> {
    language: &'a Language,
    words: &'a Locale,
    above: Markup,
    state: String,
    fields: Markup,
    unsent: &'a Unsent,
}

pub(super) fn messages<'a>(
    (site, language): (&Site, &'a Language),
    (draft, state): (&Draft, String),
    said: &'a [Message],
    typed: &Unsent,
    problem: Option<&Problem>,
    notice: Option<Notice>,
    skip: usize,
) -> MessagesPage<'a> {
    let words = &*language.locale;
    let mut shown = Vec::new();
    let mut room = MESSAGES_FIT;
    // The newest first into the room there is; then shown in the order of time.
    for message in said.iter().rev().skip(skip) {
        let size = message.text.len() * 2 + 400 + if message.proof.is_some() { 2000 } else { 0 };
        if size > room && !shown.is_empty() {
            break;
        }
        room = room.saturating_sub(size);
        shown.push(message);
    }
    let older = (skip + shown.len() < said.len()).then_some(skip + shown.len());
    let shown = shown
        .into_iter()
        .rev()
        .map(|message| {
            let who = match (message.from, message.asks) {
                (From::Reporter, _) => "read-from-you",
                (From::Desk, _) if message.proof.is_some() => "read-proof",
                (From::Desk, _) if message.outcome.is_some() => "read-outcome",
                (From::Desk, true) => "read-question",
                (From::Desk, false) => "read-from-us",
            };
            Shown {
                who: words.text(who).into_owned(),
                ours: message.from == From::Desk,
                chosen: chosen(words, message),
                proof: message.proof.as_ref().map(|proof| paper(words, proof)),
                text: message.outcome.map_or(Cow::Borrowed(message.text.as_str()), |outcome| words.text(&outcome.key())),
                at: words.date(message.at, time::UtcOffset::UTC),
            }
        })
        .collect();
    let problem = problem.map(|problem| words.with(problem.message, &[("longest", LONGEST_TEXT.into())]));
    let error = problem.clone().map(|problem| ErrorMessage::new(problem, words.text("error-prefix").into_owned()));
    let field = Textarea::new("words")
        .label(Label::new(words.text("read-add-title").into_owned()).classes("govuk-label--s"))
        .hint(words.text("read-add-hint").into_owned())
        .value(typed.text.as_str())
        .error(error)
        .rows(5)
        .private();
    let urgent = typed.danger == Some(Answer::Yes);
    // Folded: whoever only reads has no use for it.
    let unfold = !draft.files.is_empty() || !draft.lost.is_empty();
    let to_send = Markup::join([
        bits::paragraph(&words.text("files-no-risk")),
        bits::paragraph(&words.text("files-locked")),
        files::block(site, words, draft, urgent),
    ]);
    let fields = Markup::join([
        answers(words, "danger", "read-ask-danger", typed.danger).into(),
        field.into(),
        Details::new(words.text("files-later").into_owned(), to_send).open(unfold).into(),
    ]);
    let news = match notice {
        Some(Notice::Added) => banner(words, words.text("read-added").into_owned()),
        Some(Notice::Changed) => banner(words, words.text("wishes-changed").into_owned()),
        Some(Notice::Alerted) => banner(words, words.with("sent-danger", &[("number", site.emergency_number().into())])),
        Some(_) => banner(words, words.text("read-not-now").into_owned()),
        None => Markup::default(),
    };
    let mistake = problem.map(|problem| summary(words, problem, "words")).unwrap_or_default();
    let lost = files::summary(words, &draft.lost, true).unwrap_or_default();
    let above = Markup::join([mistake, lost, news]);
    let danger = words.with("read-danger", &[("number", site.emergency_number().into())]);
    let hours = routes::reading_hours(site, words, site.cabinet.now());
    MessagesPage { language, words, above, messages: shown, danger, hours, state, fields, older }
}

/// The text of a proof: what it says, and the lines by which it is checked.
pub(crate) fn paper(words: &Locale, proof: &Proof) -> String {
    let day = words.date(proof.day.midnight().assume_utc(), time::UtcOffset::UTC);
    let says = words.with("proof-says", &[("day", day.as_str().into()), ("operator", proof.operator.as_str().into())]);
    // A mark that a screen hides would be copied with the text.
    format!("{}\n\n{}", bits::unmarked(&says), proof.to_lines())
}

/// What was chosen in a message. Of how to be reached only the way: whoever makes somebody open their messages must find
/// neither a number nor the word by which we are known.
fn chosen(words: &Locale, message: &Message) -> Vec<String> {
    let danger = message.danger.map(|danger| words.with("read-said-danger", &[("answer", words.text(&format!("answer-{danger}")).into())]));
    let reach = message.wishes.as_ref().map(|wishes| {
        let reach = words.text(&format!("reach-{}", wishes.reach.name()));
        words.with("read-said-wishes", &[("reach", (&*reach).into())])
    });
    // How many, never what they are called: the page may be seen by others.
    let files = (!message.files.is_empty()).then(|| words.with("read-said-files", &[("count", message.files.len().into())]));
    danger.into_iter().chain(reach).chain(files).collect()
}

/// How may we reach you from now on? What was said before is not shown, as nothing of the report is.
pub(super) fn wishes<'a>(
    (site, language): (&Site, &'a Language),
    state: String,
    unsent: &'a Unsent,
    problems: &[Problem],
    notice: Option<Notice>,
) -> WishesPage<'a> {
    let words = &*language.locale;
    let wish = unsent.wish.clone().unwrap_or_default();
    let report = Report { safe_contact: wish.contact, ..Report::default() };
    let form = Form { site, language, words, report: &report, take_out: None, problems, draft: None };
    let mut above: Vec<Markup> = form.summary().map(Markup::from).into_iter().collect();
    above.extend(notice.map(|notice| told(site, words, notice)));
    WishesPage { language, words, above: Markup::join(above), state, fields: form.reach_chosen(wish.chosen), unsent }
}
