//! The one neutral path of the report site. Every step is a post to it; which page comes next follows from the encrypted
//! form state and the button that was pressed, so that no address bar and no history tells what somebody did.

use plainsight_vault::{Receipt, ReceiptError, Root};
use plainsight_vocabulary::{Answer, Proximity, Urgency};

use crate::acts::come_back::{self, Added, Mailbox};
use crate::acts::file::{Sending, file, is_need, sent_before, urgency};
use crate::acts::withdraw::{Withdrawn, withdraw};
use crate::attached::Stowed;
use crate::chosen::Chosen;
use crate::draft::{Draft, State};
use crate::fields::Fields;
use crate::gate::{Comer, Passage, millis};
use crate::message::Message;
use crate::questions::{self, Page, Problem};
use crate::report::{LONGEST_TEXT, Path, Reach, Way};
use crate::reveals;
use crate::site::Site;
use crate::trouble::Trouble;
use crate::wishes::Wish;

use super::files::{self, Arrived};

/// Something to tell above a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notice {
    Expired,
    /// The mailbox closed by itself.
    Closed,
    Unknown,
    NotStored,
    Added,
    /// What was added says that somebody is in danger now: who is on duty is being told.
    Alerted,
    /// How the reporter may be reached is what they chose now.
    Changed,
    /// Many people come back at this moment: press again.
    Busy,
}

/// What is written on the pages of a mailbox and is not stored yet.
#[derive(Clone, Default)]
pub(crate) struct Unsent {
    pub(crate) text: String,
    pub(crate) danger: Option<Answer>,
    pub(crate) wish: Option<Wish>,
    pub(crate) files: Vec<Chosen>,
}

/// The page that follows a post.
pub(crate) enum View {
    Start,
    Question {
        page: Page,
        draft: Box<Draft>,
        problems: Vec<Problem>,
        notice: Option<Notice>,
    },
    Sent {
        draft: Box<Draft>,
        receipt: Receipt,
        practised: Option<bool>,
    },
    AlreadySent,
    /// Many are sending: the draft carries the place in the line.
    Wait {
        draft: Box<Draft>,
        question: String,
        /// It was their turn already, and took longer than was told.
        longer: bool,
    },
    Read {
        problem: Option<ReadProblem>,
        typed: String,
        notice: Option<Notice>,
        /// What was being written when the mailbox closed: it waits for the number.
        unsent: Unsent,
    },
    /// What a well-formed receipt leads to while too many come back or something is broken: of the size of all answers.
    TryAgain {
        typed: String,
        unsent: Unsent,
    },
    /// Nothing, whatever the reason.
    NothingToRead,
    Messages {
        draft: Box<Draft>,
        messages: Vec<Message>,
        typed: Unsent,
        problem: Option<Problem>,
        notice: Option<Notice>,
        skip: usize,
    },
    /// How may we reach you from now on?
    Wishes {
        draft: Box<Draft>,
        unsent: Unsent,
        problems: Vec<Problem>,
        notice: Option<Notice>,
    },
    AskWithdraw {
        draft: Box<Draft>,
    },
    Withdrawn(Withdrawn),
}

/// Why a typed receipt cannot be tried at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ReadProblem {
    Missing,
    Length,
    Check,
    Word(String),
}

/// Decides what a posted form leads to. `language` is the language of the page.
pub(crate) async fn step(site: &Site, fields: &Fields, arrived: Arrived, language: &str) -> View {
    let go = fields.get("go").unwrap_or("continue");
    match go {
        "me" => return begin(site, Way::Me, Proximity::Myself, language),
        "known" => return begin(site, Way::Noticed, Proximity::Known, language),
        "noticed" => return begin(site, Way::Noticed, Proximity::Public, language),
        "work" => return begin(site, Way::Work, Proximity::Professional, language),
        "complain" => return complain(site, language),
        "read" => return View::Read { problem: None, typed: String::new(), notice: None, unsent: Unsent::default() },
        "open" => return open(site, fields, language).await,
        "start" => return View::Start,
        _ => {}
    }
    let page = fields.get("page").unwrap_or_default();
    let (mut draft, notice) = match site.drafts.open(fields.get("state"), site.cabinet.now()) {
        State::Open(draft) => (draft, None),
        State::Expired(draft) => (draft, Some(Notice::Expired)),
        State::None | State::Unknown => match Page::parse(page) {
            Some(page) => {
                let way = page.way().unwrap_or(Way::Noticed);
                let mut draft = Box::new(Draft::new(&site.cabinet, way.path(), language));
                draft.report.proximity = way.proximity();
                draft.report.about = way.about();
                (draft, Some(Notice::Unknown))
            }
            None => return View::Start,
        },
    };
    draft.report.language = language.to_owned();
    files::put_in(site, &mut draft, fields, arrived).await;
    match page {
        "sent" => sent_page(site, fields, draft),
        "messages" | "wishes" | "withdraw" => mailbox_page(site, fields, go, draft).await,
        _ => match Page::parse(page) {
            Some(page) => question_page(site, fields, go, page, draft, notice).await,
            None => View::Start,
        },
    }
}

fn begin(site: &Site, way: Way, proximity: Proximity, language: &str) -> View {
    let mut draft = Box::new(Draft::new(&site.cabinet, way.path(), language));
    draft.report.proximity = Some(proximity);
    View::Question { page: Page::first(way), draft, problems: Vec::new(), notice: None }
}

/// A complaint about us. The answer waits under the number, for whoever does not choose otherwise: that endangers nobody.
pub(super) fn complain(site: &Site, language: &str) -> View {
    let way = Way::Complain;
    let mut draft = Box::new(Draft::new(&site.cabinet, way.path(), language));
    draft.report.about = way.about();
    draft.report.safe_contact.reach = Reach::Receipt;
    show(Page::first(way), draft)
}

async fn question_page(site: &Site, fields: &Fields, go: &str, page: Page, mut draft: Box<Draft>, notice: Option<Notice>) -> View {
    if page != Page::Check && !draft.was_sent() {
        questions::absorb(page, fields, &mut draft.report);
    }
    // Back at the answers they may become others: then it is asked anew.
    draft.take_out = (page == Page::Reveals && go == "stay").then(|| fields.all(reveals::TAKE_OUT).map(str::to_owned).collect());
    let way = draft.report.way();
    let danger = urgency(&draft.report) == Urgency::Danger;
    if go != "send" && !draft.was_sent() {
        files::drop_gone(site, &mut draft).await;
    }
    let stay = |draft, problems| View::Question { page, draft, problems, notice };
    // A page that had expired is shown again before anything is done with it: the reporter looks once more, and the notice
    // speaks of what they see. So it is when a file is not among those that are sent, but in danger.
    let alarm = danger && go == "send";
    if notice.is_some() || files::is_about_files(go) || (!draft.lost.is_empty() && !alarm) {
        return stay(draft, Vec::new());
    }
    match go {
        "send" => {
            if page == Page::Reveals && !draft.was_sent() {
                reveals::take_out(fields, &mut draft.report);
            }
            send(site, fields, page, draft).await
        }

        "back" => match page.previous(way) {
            Some(previous) if questions::too_long(&draft.report).is_empty() => show(previous, draft),
            Some(_) => {
                let problems = questions::too_long(&draft.report);
                stay(draft, problems)
            }
            None => View::Start,
        },
        "stay" => stay(draft, Vec::new()),
        _ => {
            if let Some(edited) = go.strip_prefix("edit-").and_then(Page::parse) {
                return show(edited, draft);
            }
            let problems = questions::check(page, &draft.report, known_setting);
            if !problems.is_empty() {
                return stay(draft, problems);
            }
            let next = if go == "check" { Page::Check } else { page.next(way) };
            show(next, draft)
        }
    }
}

fn show(page: Page, draft: Box<Draft>) -> View {
    View::Question { page, draft, problems: Vec::new(), notice: None }
}

/// Files the report. Whatever goes wrong, the page comes back with everything that was typed.
async fn send(site: &Site, fields: &Fields, page: Page, mut draft: Box<Draft>) -> View {
    let mut report = draft.report.clone();
    questions::finish(&mut report, known_setting, |sign| plainsight_vocabulary::sign(sign).is_some());
    // A file alone says something: it may be all that somebody can give.
    let silent = !report.says_something() && !draft.files.iter().any(Chosen::is_whole);
    // The page of all answers has no field to mend an empty report in: the first question has.
    let page = if matches!(page, Page::Check | Page::Reveals | Page::Files) && silent { Page::first(report.way()) } else { page };
    let mut problems = questions::too_long(&draft.report);
    problems.extend(questions::nothing_to_send(page, &report).filter(|_| silent));
    if !problems.is_empty() {
        return View::Question { page, draft, problems, notice: None };
    }
    // Who wants to be known to nobody is asked once about what may say who they are. In danger nothing stands between the
    // press and the alarm: whoever has to run must not leave a report behind that was not sent.
    let in_danger = urgency(&report) == Urgency::Danger;
    let prepare = |draft: &Draft| Sending::with_files(&draft.form, &report, draft.files.iter().filter_map(Chosen::stowed).collect());
    let mut sending = match prepare(&draft) {
        Ok(sending) => sending,
        Err(error) => return not_stored(page, draft, &error),
    };
    if !in_danger && !draft.files.is_empty() {
        match sent_before(&site.cabinet, &sending).await {
            Ok(Some(receipt)) => return sent(site, draft, receipt),
            Err(Trouble::AlreadyFiled) => return View::AlreadySent,
            Ok(None) | Err(_) => {}
        }
        files::drop_gone(site, &mut draft).await;
        if !draft.lost.is_empty() {
            return show(page, draft);
        }
        // Nothing has changed; but what is sent is what was looked at.
        sending = match prepare(&draft) {
            Ok(sending) => sending,
            Err(error) => return not_stored(page, draft, &error),
        };
    }
    // Whoever has a place in the line with exactly this was asked already.
    let asked = page == Page::Reveals || draft.was_sent() || draft.place.as_ref().is_some_and(|place| place.is_of(&sending.form));
    if !asked && !in_danger && reveals::asks(&report, !draft.files.is_empty()) {
        return show(Page::Reveals, draft);
    }
    let need = is_need(&report);
    // What is stored already waits for nothing: its number is shown again, however many are sending.
    if !need && !site.gate.is_calm() {
        match sent_before(&site.cabinet, &sending).await {
            Ok(Some(receipt)) => return sent(site, draft, receipt),
            Err(Trouble::AlreadyFiled) => return View::AlreadySent,
            Ok(None) | Err(_) => {}
        }
    }
    let now = millis(site.cabinet.now());
    let longer = draft.place.as_ref().is_some_and(|place| place.is_of(&sending.form) && place.turn <= now);
    let comer = Comer { form: &sending.form, need, place: draft.place.clone(), solution: fields.get("work") };
    let _slot = match site.gate.pass(comer).await {
        Passage::Turn(slot) => slot,
        Passage::Wait(place) => {
            let question = place.question(&sending.form);
            draft.place = Some(place);
            return View::Wait { draft, question, longer };
        }
    };
    let filed = match site.intake().await {
        Ok(intake) => file(&site.cabinet, &intake, &report, &sending, &site.pool).await,
        Err(error) => Err(error),
    };
    match filed {
        Ok(receipt) => sent(site, draft, receipt),
        Err(Trouble::AlreadyFiled) => View::AlreadySent,
        Err(error) => not_stored(page, draft, &error),
    }
}

fn sent(site: &Site, mut draft: Box<Draft>, receipt: Receipt) -> View {
    draft.mark_sent(&receipt, site.cabinet.now());
    View::Sent { draft, receipt, practised: None }
}

fn not_stored(page: Page, draft: Box<Draft>, error: &Trouble) -> View {
    tracing::error!(%error, "a report could not be stored");
    View::Question { page, draft, problems: Vec::new(), notice: Some(Notice::NotStored) }
}

fn sent_page(site: &Site, fields: &Fields, draft: Box<Draft>) -> View {
    let Some(receipt) = draft.receipt(site.cabinet.now()) else { return View::AlreadySent };
    let practised = fields
        .get("receipt")
        .filter(|typed| !typed.trim().is_empty())
        .map(|typed| Receipt::parse(typed).is_ok_and(|typed| typed == receipt));
    View::Sent { draft, receipt, practised }
}

/// Somebody comes back with a receipt. From here on every well-formed one costs the same work.
async fn open(site: &Site, fields: &Fields, language: &str) -> View {
    let typed = fields.text("receipt");
    let mut unsent = unsent(fields);
    // Files wait for the number too, in the state of the page that asks for it.
    if let State::Open(mut before) | State::Expired(mut before) = site.drafts.open(fields.get("state"), site.cabinet.now()) {
        unsent.files = std::mem::take(&mut before.files);
    }
    let problem = |problem, typed| View::Read { problem: Some(problem), typed, notice: None, unsent: unsent.clone() };
    if typed.trim().is_empty() {
        return problem(ReadProblem::Missing, typed);
    }
    let receipt = match Receipt::parse(&typed) {
        Ok(receipt) => receipt,
        Err(ReceiptError::UnknownWord(word)) => return problem(ReadProblem::Word(word), typed),
        Err(ReceiptError::CheckDigits) => return problem(ReadProblem::Check, typed),
        Err(_) => return problem(ReadProblem::Length, typed),
    };
    let busy = |typed| View::TryAgain { typed, unsent: unsent.clone() };
    let Some(_place) = site.queue() else { return busy(typed) };
    let Some(root) = site.pool.stretch(receipt).await else { return busy(typed) };
    let mailbox = match come_back::read(&site.cabinet, site.pool.pepper(), &root).await {
        Ok(mailbox) => mailbox,
        Err(error) => {
            tracing::error!(%error, "a mailbox could not be read");
            return busy(typed);
        }
    };
    let mut draft = Box::new(Draft::new(&site.cabinet, Path::Noticed, language));
    match mailbox {
        Mailbox { contact: Some(_), messages } => {
            draft.open_mailbox(&root, site.cabinet.now());
            draft.files = std::mem::take(&mut unsent.files);
            files::drop_gone(site, &mut draft).await;
            // The mailbox closed on the page that asks how to reach them: there they go on.
            if unsent.wish.is_some() {
                return View::Wishes { draft, unsent, problems: Vec::new(), notice: None };
            }
            View::Messages { draft, messages, typed: unsent, problem: None, notice: None, skip: 0 }
        }
        Mailbox { contact: None, .. } => View::NothingToRead,
    }
}

/// What is pressed on the pages of an opened mailbox.
async fn mailbox_page(site: &Site, fields: &Fields, go: &str, mut draft: Box<Draft>) -> View {
    let mut typed = unsent(fields);
    let Some(root) = draft.mailbox(site.cabinet.now()) else {
        typed.files = std::mem::take(&mut draft.files);
        return View::Read { problem: None, typed: String::new(), notice: Some(Notice::Closed), unsent: typed };
    };
    let mut problem = None;
    let mut notice = None;
    let in_danger = typed.danger == Some(Answer::Yes);
    if !(in_danger && go == "add") {
        files::drop_gone(site, &mut draft).await;
    }
    let whole: Vec<Stowed> = draft.files.iter().filter_map(Chosen::stowed).collect();
    match go {
        "withdraw-ask" => return View::AskWithdraw { draft },
        "wishes-ask" => return View::Wishes { draft, unsent: typed, problems: Vec::new(), notice: None },
        "wishes" => {
            let wish = typed.wish.clone().unwrap_or_default();
            let problems = wish.check();
            if !problems.is_empty() {
                return View::Wishes { draft, unsent: typed, problems, notice: None };
            }
            match add(site, &root, &draft, Added { wishes: Some(wish.finished()), ..Added::default() }).await {
                Ok(()) => {
                    notice = Some(Notice::Changed);
                    typed.wish = None;
                    draft.renew_form(&site.cabinet);
                }
                Err(Trouble::NotFound) => return View::NothingToRead,
                Err(error) => {
                    tracing::error!(%error, "how a reporter may be reached could not be stored");
                    return View::Wishes { draft, unsent: typed, problems, notice: Some(Notice::NotStored) };
                }
            }
        }
        "withdraw" => match withdraw(&site.cabinet, site.pool.pepper(), &root).await {
            Ok(outcome) => {
                draft.close_mailbox();
                return View::Withdrawn(outcome);
            }
            Err(Trouble::NotFound) => return View::NothingToRead,
            Err(error) => {
                tracing::error!(%error, "a report could not be withdrawn");
                notice = Some(Notice::NotStored);
            }
        },
        // What is wrong with a file is said before anything is sent, but in danger.
        "add" if !draft.lost.is_empty() && !in_danger => {}
        "add" if typed.text.trim().is_empty() && typed.danger.is_none() && whole.is_empty() => {
            problem = Some(Problem { field: "words", message: "error-message-empty" })
        }
        "add" if typed.text.chars().count() > LONGEST_TEXT => problem = Some(Problem { field: "words", message: "error-words-too-long" }),
        "add" => {
            let added = Added { text: typed.text.clone(), danger: typed.danger, files: whole, ..Added::default() };
            match add(site, &root, &draft, added).await {
                Ok(()) => {
                    notice = Some(if in_danger { Notice::Alerted } else { Notice::Added });
                    draft.files.retain(|file| !file.is_whole());
                    draft.renew_form(&site.cabinet);
                }
                Err(Trouble::NotFound) => return View::NothingToRead,
                Err(error) => {
                    tracing::error!(%error, "what a reporter added could not be stored");
                    notice = Some(Notice::NotStored);
                }
            }
        }
        _ => {}
    }
    let skip = if go == "older" { fields.get("skip").and_then(|skip| skip.parse().ok()).unwrap_or(0) } else { 0 };
    let kept = if matches!(notice, Some(Notice::Added | Notice::Alerted)) { Unsent::default() } else { typed };
    match come_back::read(&site.cabinet, site.pool.pepper(), &root).await {
        Ok(Mailbox { contact: Some(_), messages }) => View::Messages { draft, messages, typed: kept, problem, notice, skip },
        Ok(Mailbox { contact: None, .. }) => View::NothingToRead,
        Err(error) => {
            tracing::error!(%error, "a mailbox could not be read");
            // What was stored was stored, though it cannot be shown now.
            let notice = notice.or(Some(Notice::NotStored));
            View::Messages { draft, messages: Vec::new(), typed: kept, problem, notice, skip }
        }
    }
}

/// What is written on the pages of a mailbox.
fn unsent(fields: &Fields) -> Unsent {
    let danger = fields.get("danger").and_then(Answer::from_code);
    Unsent { text: fields.text("words"), danger, wish: Wish::from_fields(fields), files: Vec::new() }
}

/// Stores what the reporter adds.
async fn add(site: &Site, root: &Root, draft: &Draft, added: Added) -> Result<(), Trouble> {
    let settings = site.settings.clone();
    come_back::write(&site.cabinet, site.pool.pepper(), root, draft.form.clone(), added, move |at, urgency| settings.due(at, urgency)).await
}

fn known_setting(setting: &str) -> bool {
    plainsight_vocabulary::setting(setting).is_some()
}
