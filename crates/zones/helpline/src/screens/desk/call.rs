//! A contact by telephone, at the door, by letter, mail or text, written down on one screen while listening. Whether it is safe
//! to talk comes first; everything can be reached with the keyboard alone, in the order of a call; it keeps itself.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;

use plainsight_pages::components::{
    CheckboxItem, Checkboxes, Details, ErrorMessage, ErrorSummary, Input, Label, NotificationBanner, RadioItem, Radios, Select, SelectItem,
    Textarea,
};
use plainsight_pages::{Language, Locale, Markup};
use plainsight_people::SignedIn;
use plainsight_vocabulary::{Answer, ConsentLevel, Proximity, Sign};

use super::{Desk, failed, summary, teams, whole, working, works_here};
use crate::acts::file::Intake;
use crate::acts::open;
use crate::acts::write_down;
use crate::fields::Fields;
use crate::questions::{self, Page};
use crate::reference::reference;
use crate::report::{Path as ReportPath, Reach};
use crate::screens::bits;
use crate::site::{intake_of, intake_team};
use crate::trouble::Trouble;
use crate::written_down::{Clash, LONG, Marks, SPOKEN, Sheet};

/// Kinds of callers with prompts of their own, each so many.
const PROMPTS: [(Proximity, usize); 5] =
    [(Proximity::Myself, 4), (Proximity::Known, 3), (Proximity::Public, 3), (Proximity::Business, 3), (Proximity::Professional, 4)];

#[derive(Template)]
#[template(path = "desk/call.html")]
struct Call<'a> {
    words: &'a Locale,
    notice: Option<Markup>,
    summary: Option<ErrorSummary>,
    heading: String,
    action: String,
    saw: String,
    kept: String,
    first: Markup,
    who: Markup,
    prompts: Vec<Prompt>,
    what: Markup,
    contact: Markup,
    last: Markup,
}

struct Prompt {
    caller: &'static str,
    title: String,
    lines: Vec<String>,
    open: bool,
}

/// What the screen shows.
struct Shown {
    sheet: Sheet,
    saw: Marks,
    problems: Vec<(&'static str, String)>,
    notice: Option<&'static str>,
    kept: bool,
}

/// A fresh sheet has an address of its own from the first moment: reloading and going back lead to the same one.
pub(super) async fn begin(State(desk): State<Desk>, who: SignedIn, language: Language) -> Response {
    if let Err(error) = works_here(&who) {
        return failed(&desk, &language, &error);
    }
    Redirect::to(&language.href(&format!("/helpline/call/{}", desk.cabinet.new_id()))).into_response()
}

pub(super) async fn show(State(desk): State<Desk>, who: SignedIn, language: Language, Path(id): Path<Uuid>) -> Response {
    if let Err(error) = works_here(&who) {
        return failed(&desk, &language, &error);
    }
    let (sheet, kept) = match open::open(&desk.cabinet, &who, id).await {
        Ok(opened) if opened.header.flags.unfinished => (Sheet::of(&opened.report), true),
        Ok(_) => return Redirect::to(&language.href(&format!("/helpline/contacts/{id}"))).into_response(),
        // Nothing was kept under it yet, or not for these eyes: the two look alike.
        Err(Trouble::NotFound) => (Sheet::blank(language.locale.tag()), false),
        Err(error) => return failed(&desk, &language, &error),
    };
    let saw = sheet.marks();
    page(&desk, &who, &language, id, Shown { sheet, saw, problems: Vec::new(), notice: no_key(&who), kept })
}

pub(super) async fn keep(State(desk): State<Desk>, who: SignedIn, language: Language, Path(id): Path<Uuid>, body: Bytes) -> Response {
    if let Err(error) = works_here(&who) {
        return failed(&desk, &language, &error);
    }
    let words = &*language.locale;
    let fields = Fields::parse(&body);
    let typed = Sheet::sent(&fields);
    let saw = Marks::from_field(fields.get("saw").unwrap_or_default());
    let go = fields.get("go").unwrap_or("keep");
    let mut problems: Vec<(&'static str, String)> = typed
        .too_long()
        .into_iter()
        .map(|(field, longest)| (field, words.with("desk-error-too-long", &[("longest", longest.into())])))
        .collect();
    if go == "finish" {
        problems.extend(unfit(words, &typed));
    }
    let finish = go == "finish" && problems.is_empty();
    // Nothing was kept: what was typed is shown once more, with the reason.
    let unkept = |status: StatusCode, notice, sheet, saw, problems| {
        let shown = Shown { sheet, saw, problems, notice: Some(notice), kept: false };
        (status, page(&desk, &who, &language, id, shown)).into_response()
    };
    if let Some(notice) = no_key(&who).filter(|_| go != "quiet") {
        return unkept(StatusCode::CONFLICT, notice, typed, saw, problems);
    }
    let storable = typed.without_too_long();
    let kept = match intake(&desk, &who).await {
        Ok(intake) => write_down::keep(&desk.cabinet, &who, &intake, id, &storable, &saw, finish).await,
        Err(error) => Err(error),
    };
    match kept {
        Ok(kept) if go == "quiet" => {
            let told = said(words, &desk, &kept, &saw.after(&storable, &kept.sheet, &kept.clashes), &problems);
            ([(header::CONTENT_TYPE, "application/json")], told.to_string()).into_response()
        }
        Ok(kept) if finish && kept.clashes.is_empty() => Redirect::to(&language.href(&format!("/helpline/contacts/{id}"))).into_response(),
        Ok(kept) => {
            problems.extend(kept.clashes.iter().map(|clash| (clash.field, clash_words(words, clash))));
            let saw = kept.sheet.marks();
            let sheet = shown_after(&kept, &typed);
            page(&desk, &who, &language, id, Shown { sheet, saw, problems, notice: None, kept: kept.stored })
        }
        Err(Trouble::Finished) if go == "quiet" => StatusCode::CONFLICT.into_response(),
        Err(Trouble::Finished) => unkept(StatusCode::CONFLICT, "desk-call-finished-meanwhile", typed, saw, Vec::new()),
        Err(error) if error.is_passing() || matches!(error, Trouble::Meanwhile) => {
            tracing::error!(%error, "what was being written down could not be kept");
            if go == "quiet" {
                return StatusCode::SERVICE_UNAVAILABLE.into_response();
            }
            unkept(StatusCode::SERVICE_UNAVAILABLE, "desk-not-stored", typed, saw, problems)
        }
        Err(error) => failed(&desk, &language, &error),
    }
}

/// After a keeping: what is stored, but in fields that clash or are too long what this member typed: it must not vanish.
fn shown_after(kept: &write_down::Kept, typed: &Sheet) -> Sheet {
    let long = typed.too_long();
    let ours = |field: &str| kept.clashes.iter().any(|clash| clash.field == field) || long.iter().any(|(each, _)| *each == field);
    kept.sheet.with_from(typed, ours)
}

/// What the script shows beside the sheet, and the marks that it sends with the next keeping.
fn said(words: &Locale, desk: &Desk, kept: &write_down::Kept, saw: &Marks, problems: &[(&'static str, String)]) -> serde_json::Value {
    let told = match (kept.clashes.first(), problems.first()) {
        (Some(_), _) => words.text("desk-call-clash-quiet").into_owned(),
        (None, Some((_, problem))) => problem.clone(),
        (None, None) if !kept.stored => words.text("desk-call-not-kept").into_owned(),
        (None, None) => words.with("desk-call-kept-at", &[("time", desk.clock(desk.cabinet.now()).as_str().into())]),
    };
    serde_json::json!({ "saw": saw.to_field(), "said": told })
}

fn clash_words(words: &Locale, clash: &Clash) -> String {
    let theirs = if clash.theirs.is_empty() { words.text("check-nothing").into_owned() } else { clash.theirs.clone() };
    words.with("desk-call-clash", &[("theirs", theirs.as_str().into())])
}

/// What must be mended before it is finished. What is kept meanwhile is kept all the same.
fn unfit(words: &Locale, sheet: &Sheet) -> Vec<(&'static str, String)> {
    if !sheet.says_something() {
        return vec![("words", words.text("desk-error-empty").into_owned())];
    }
    let told = questions::check(Page::Contact, &sheet.to_report(), |_| true).into_iter().filter(|problem| problem.field == "address");
    told.map(|problem| (problem.field, words.text(problem.message).into_owned())).collect()
}

/// Without a team's key nothing can be sealed to anybody: said before somebody types a whole call, not after.
fn no_key(who: &SignedIn) -> Option<&'static str> {
    teams(who).is_empty().then_some("desk-call-no-key")
}

/// The team that this member writes down for: the one that takes reports, or one whose key they hold.
async fn intake(desk: &Desk, who: &SignedIn) -> Result<Intake, Trouble> {
    let held = working(desk, &teams(who)).await?;
    let intake = intake_team(&desk.cabinet).await?.filter(|team| held.contains(team));
    let team = intake.or_else(|| held.first().copied()).ok_or(Trouble::NotFound)?;
    intake_of(&desk.cabinet, &desk.settings, team).await
}

fn page(desk: &Desk, who: &SignedIn, language: &Language, id: Uuid, shown: Shown) -> Response {
    let words = &*language.locale;
    let text = |id: &str| words.text(id).into_owned();
    let draw = Draw { words, sheet: &shown.sheet, problems: &shown.problems };
    let caller = shown.sheet.get("caller");
    let prompts = PROMPTS.map(|(kind, count)| Prompt {
        caller: kind.code(),
        title: words.with("desk-prompts", &[("caller", text(&format!("proximity-{kind}")).as_str().into())]),
        lines: (1..=count).map(|number| text(&format!("desk-prompt-{kind}-{number}"))).collect(),
        open: caller == kind.code(),
    });
    let call = Call {
        words,
        notice: shown.notice.map(|notice| NotificationBanner::new(text("notice-title"), text(notice)).into()),
        summary: summary(words, &shown.problems),
        heading: words.with("desk-call-title", &[("reference", reference(id).as_str().into())]),
        action: language.href(&format!("/helpline/call/{id}")),
        saw: shown.saw.to_field(),
        kept: text(if shown.kept { "desk-call-kept" } else { "desk-call-not-kept" }),
        first: draw.first(),
        who: draw.choice("caller", "desk-call-caller", Proximity::ALL.iter().map(|kind| (kind.code(), format!("proximity-{kind}")))),
        prompts: prompts.into(),
        what: draw.what(),
        contact: draw.contact(),
        last: draw.last(),
    };
    let wrong = !shown.problems.is_empty();
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    (status, whole(desk, who, language, &text("desk-call-begin"), wrong, &call)).into_response()
}

/// Draws the fields of a sheet.
struct Draw<'a> {
    words: &'a Locale,
    sheet: &'a Sheet,
    problems: &'a [(&'static str, String)],
}

impl Draw<'_> {
    fn text(&self, id: &str) -> String {
        self.words.text(id).into_owned()
    }

    fn error(&self, field: &str) -> Option<ErrorMessage> {
        let (_, problem) = self.problems.iter().find(|(each, _)| *each == field)?;
        Some(ErrorMessage::new(problem.clone(), self.text("error-prefix")))
    }

    fn choice(&self, name: &'static str, legend: &str, of: impl Iterator<Item = (&'static str, String)>) -> Markup {
        let chosen = self.sheet.get(name);
        let items = of.map(|(code, label)| RadioItem::new(code, self.text(&label)).checked(chosen == code));
        let radios = Radios::new(name).legend(self.text(legend)).items(items).error(self.error(name));
        radios.classes("govuk-radios--inline govuk-radios--small").private().into()
    }

    fn answer(&self, name: &'static str, legend: &str) -> Markup {
        self.choice(name, legend, Answer::ALL.iter().map(|answer| (answer.code(), format!("answer-{answer}"))))
    }

    fn line(&self, name: &'static str, label: &str) -> Markup {
        if LONG.contains(&name) {
            let area = Textarea::new(name).label(self.text(label)).value(self.sheet.get(name)).error(self.error(name));
            return area.rows(if name == "words" { 8 } else { 4 }).private().into();
        }
        let input = Input::new(name).label(self.text(label)).value(self.sheet.get(name)).error(self.error(name));
        input.private().classes("govuk-input--width-30").into()
    }

    fn first(&self) -> Markup {
        Markup::join([
            bits::paragraph(&self.text("desk-call-safe-hint")),
            self.answer("safe", "desk-call-safe"),
            self.answer("danger", "desk-call-danger"),
        ])
    }

    fn what(&self) -> Markup {
        let none = SelectItem::new("", self.text("desk-call-setting-none"));
        let settings = plainsight_vocabulary::settings();
        let items = settings.iter().map(|setting| SelectItem::new(setting.id.clone(), self.text(&setting.name_key())));
        let setting = Select {
            label: Label::new(self.text("desk-setting")),
            value: Some(self.sheet.get("setting").to_owned()),
            ..Select::new("setting").items(std::iter::once(none).chain(items))
        };
        Markup::join([
            self.answer("child", "desk-call-child"),
            self.line("place", "desk-place"),
            setting.into(),
            self.line("words", "desk-call-words"),
            self.signs(),
            self.line("advice", "desk-call-advice"),
        ])
    }

    /// The signs of the setting, or all; whatever is ticked is always among them.
    fn signs(&self) -> Markup {
        let ticked: Vec<&str> = self.sheet.signs().collect();
        let path = if self.sheet.get("caller") == Proximity::Myself.code() { ReportPath::Me } else { ReportPath::Noticed };
        let mut signs: Vec<&'static Sign> = match plainsight_vocabulary::setting(self.sheet.get("setting")) {
            Some(setting) => plainsight_vocabulary::signs_for_professional(setting).iter().collect(),
            None => plainsight_vocabulary::signs().iter().collect(),
        };
        for sign in ticked.iter().filter_map(|id| plainsight_vocabulary::sign(id)) {
            if !signs.iter().any(|each| each.id == sign.id) {
                signs.insert(0, sign);
            }
        }
        let items = signs
            .into_iter()
            .map(|sign| CheckboxItem::new(sign.id.clone(), bits::sign(self.words, sign, path)).checked(ticked.contains(&sign.id.as_str())));
        let boxes = Checkboxes::new("signs").legend(self.text("desk-signs-seen")).items(items).private().classes("govuk-checkboxes--small");
        Details::new(self.text("desk-call-signs"), Markup::from(boxes)).open(!ticked.is_empty()).into()
    }

    fn contact(&self) -> Markup {
        let limits = CheckboxItem::new("yes", self.text("desk-call-limits")).checked(self.sheet.get("limits") == "yes");
        let naming = ConsentLevel::ALL.iter().map(|level| (level.code(), format!("desk-call-naming-{level}")));
        let reaches = [Reach::Nobody, Reach::Telephone, Reach::Text, Reach::Email];
        Markup::join([
            bits::paragraph(&self.text("desk-call-limits-hint")),
            Checkboxes::new("limits").items([limits]).private().classes("govuk-checkboxes--small").into(),
            self.choice("naming", "desk-call-naming", naming),
            self.choice(
                "reach",
                "desk-call-reach",
                reaches.into_iter().map(|reach| (reach.name(), format!("desk-call-reach-{}", reach.name()))),
            ),
            self.line("address", "desk-safe-contact-address"),
            self.line("times", "desk-safe-contact-times"),
            self.line("code-word", "desk-safe-contact-code"),
        ])
    }

    fn last(&self) -> Markup {
        Markup::join([
            self.line("language", "desk-call-language"),
            self.line("interpreter", "desk-interpreter"),
            self.choice("channel", "desk-channel", SPOKEN.iter().map(|channel| (channel.code(), format!("arrived-{channel}")))),
        ])
    }
}
