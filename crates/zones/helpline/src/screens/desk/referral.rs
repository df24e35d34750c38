//! The emergency door: what one adviser writes down after telephoning. Short, for it is filled at three in the morning.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use plainsight_pages::components::{
    CheckboxItem, Checkboxes, ErrorMessage, ErrorSummary, Input, NotificationBanner, RadioItem, Radios, Textarea,
};
use plainsight_pages::{Language, Locale, Markup};
use plainsight_people::SignedIn;

use super::forms::saw;
use super::{Desk, failed, summary, whole, works_here};
use crate::acts::open::hold;
use crate::acts::refer::{Call, refer};
use crate::fields::Fields;
use crate::form::FormKey;
use crate::message::{Ground, Receiver};
use crate::reference::reference;
use crate::report::{LONGEST_LINE, LONGEST_TEXT};

/// How far back a time of day may lie: "23:50" typed at 00:10 was yesterday.
const DAY: i64 = 24 * 60;

#[derive(Template)]
#[template(path = "desk/referral.html")]
struct Referral<'a> {
    language: &'a Language,
    words: &'a Locale,
    id: Uuid,
    reference: &'a str,
    notice: Option<Markup>,
    summary: Option<ErrorSummary>,
    form: String,
    alarm: u32,
    fields: Markup,
}

/// The form as it was typed.
#[derive(Default)]
struct Typed {
    form: Option<FormKey>,
    /// The alarm that stood on the page of the contact.
    saw: u32,
    receiver: String,
    at: String,
    taker: String,
    reference: String,
    none_given: bool,
    told: String,
    ground: String,
}

type Problems = Vec<(&'static str, &'static str)>;

impl Typed {
    fn of(fields: &Fields) -> Self {
        Self {
            form: fields.get("form").and_then(FormKey::from_field),
            saw: saw(fields),
            receiver: fields.text("receiver"),
            at: fields.text("at"),
            taker: fields.text("taker"),
            reference: fields.text("reference"),
            none_given: fields.get("none") == Some("yes"),
            told: fields.text("told"),
            ground: fields.text("ground"),
        }
    }

    /// The key of this form with what stands in it: the same again is one referral, anything else another.
    fn key(&self) -> Option<FormKey> {
        let Self { form, saw: _, receiver, at, taker, reference, none_given, told, ground } = self;
        let none_given = if *none_given { "none" } else { "" };
        let texts: [&str; 7] = [receiver, at, taker, reference, none_given, told, ground];
        form.as_ref().map(|form| texts.iter().fold(form.with(b"refer"), |form, text| form.with(text.as_bytes())))
    }

    /// The call, or everything that is to be mended. It cannot be recorded without a reference or "none given".
    fn check(&self, now: OffsetDateTime, offset: time::UtcOffset) -> Result<Call, Problems> {
        let mut problems = Problems::new();
        let receiver = Receiver::parse(&self.receiver);
        let ground = Ground::parse(&self.ground);
        let passed_at = passed_at(&self.at, now, offset);
        let reference = self.reference.trim();
        let mut wrong = |is: bool, field, message| {
            if is {
                problems.push((field, message));
            }
        };
        wrong(receiver.is_none(), "receiver", "desk-error-receiver");
        wrong(passed_at.is_none(), "at", "desk-error-time");
        wrong(self.taker.trim().is_empty(), "taker", "desk-error-taker");
        wrong(self.taker.chars().count() > LONGEST_LINE, "taker", "desk-error-too-long");
        wrong(reference.is_empty() != self.none_given, "reference", "desk-error-reference");
        wrong(reference.chars().count() > LONGEST_LINE, "reference", "desk-error-too-long");
        wrong(self.told.trim().is_empty(), "told", "desk-error-told");
        wrong(self.told.chars().count() > LONGEST_TEXT, "told", "desk-error-too-long");
        wrong(ground.is_none(), "ground", "desk-error-ground");
        match (receiver, ground, passed_at) {
            (Some(receiver), Some(ground), Some(passed_at)) if problems.is_empty() => Ok(Call {
                receiver,
                passed_at,
                call_taker: self.taker.trim().to_owned(),
                incident_reference: (!self.none_given).then(|| reference.to_owned()),
                told: self.told.clone(),
                ground,
                form: self.key(),
            }),
            _ => Err(problems),
        }
    }
}

/// The last moment at which a clock showed this time of day.
fn passed_at(text: &str, now: OffsetDateTime, offset: time::UtcOffset) -> Option<OffsetDateTime> {
    let (hour, minute) = text.trim().split_once([':', '.'])?;
    let time = time::Time::from_hms(hour.trim().parse().ok()?, minute.trim().parse().ok()?, 0).ok()?;
    let today = now.to_offset(offset).replace_time(time);
    let at = if today > now + Duration::minutes(1) { today - Duration::minutes(DAY) } else { today };
    Some(at.to_offset(time::UtcOffset::UTC))
}

pub(super) async fn show(
    State(desk): State<Desk>,
    who: SignedIn,
    language: Language,
    Path(id): Path<Uuid>,
    RawQuery(query): RawQuery,
) -> Response {
    if let Err(error) = works_here(&who) {
        return failed(&desk, &language, &error);
    }
    if let Err(error) = hold(&desk.cabinet, &who, id).await {
        return failed(&desk, &language, &error);
    }
    let saw = saw(&Fields::parse(query.unwrap_or_default().as_bytes()));
    let typed = Typed { saw, at: desk.clock(desk.cabinet.now()), ..Typed::default() };
    page(&desk, &who, &language, id, &typed, &[], false)
}

pub(super) async fn record(State(desk): State<Desk>, who: SignedIn, language: Language, Path(id): Path<Uuid>, body: Bytes) -> Response {
    if let Err(error) = works_here(&who) {
        return failed(&desk, &language, &error);
    }
    if let Err(error) = hold(&desk.cabinet, &who, id).await {
        return failed(&desk, &language, &error);
    }
    let typed = Typed::of(&Fields::parse(&body));
    let call = match typed.check(desk.cabinet.now(), desk.offset(desk.cabinet.now())) {
        Ok(call) => call,
        Err(problems) => {
            return (StatusCode::UNPROCESSABLE_ENTITY, page(&desk, &who, &language, id, &typed, &problems, false)).into_response();
        }
    };
    match refer(&desk.cabinet, &who, id, call, typed.saw).await {
        Ok(()) => Redirect::to(&language.href(&format!("/helpline/contacts/{id}"))).into_response(),
        Err(error) if error.is_passing() => {
            tracing::error!(%error, "an urgent referral could not be stored");
            (StatusCode::SERVICE_UNAVAILABLE, page(&desk, &who, &language, id, &typed, &[], true)).into_response()
        }
        Err(error) => failed(&desk, &language, &error),
    }
}

fn page(
    desk: &Desk,
    who: &SignedIn,
    language: &Language,
    id: Uuid,
    typed: &Typed,
    problems: &[(&'static str, &'static str)],
    not_stored: bool,
) -> Response {
    let words = &*language.locale;
    let text = |id: &str| words.text(id).into_owned();
    let said = |(field, message): &(&'static str, &'static str)| {
        let longest = if *field == "told" { LONGEST_TEXT } else { LONGEST_LINE };
        (*field, words.with(message, &[("longest", longest.into())]))
    };
    let problems: Vec<(&'static str, String)> = problems.iter().map(said).collect();
    let error = |field: &str| {
        let (_, problem) = problems.iter().find(|(each, _)| *each == field)?;
        Some(ErrorMessage::new(problem.clone(), text("error-prefix")))
    };
    let line = |name: &'static str, label: &str, value: &str| {
        Input::new(name).label(text(label)).value(value).error(error(name)).autocomplete("off").classes("govuk-input--width-20")
    };
    let receivers = Receiver::ALL.map(|receiver| {
        RadioItem::new(receiver.name(), text(&format!("desk-receiver-{}", receiver.name()))).checked(typed.receiver == receiver.name())
    });
    let grounds = Ground::ALL.map(|ground| {
        RadioItem::new(ground.name(), text(&format!("desk-ground-{}", ground.name()))).checked(typed.ground == ground.name())
    });
    let fields = Markup::join([
        Radios::new("receiver").legend(text("desk-referral-receiver")).items(receivers).error(error("receiver")).into(),
        line("at", "desk-referral-at", &typed.at).hint(text("desk-referral-at-hint")).into(),
        line("taker", "desk-referral-taker", &typed.taker).into(),
        line("reference", "desk-referral-reference", &typed.reference).into(),
        Checkboxes::new("none").items([CheckboxItem::new("yes", text("desk-referral-none")).checked(typed.none_given)]).into(),
        Textarea::new("told").label(text("desk-referral-told")).value(typed.told.as_str()).error(error("told")).rows(4).into(),
        Radios::new("ground").legend(text("desk-referral-ground")).items(grounds).error(error("ground")).into(),
    ]);
    let reference = reference(id);
    let notice = not_stored.then(|| NotificationBanner::new(text("notice-title"), text("desk-not-stored")).into());
    let form = typed.form.as_ref().map(FormKey::to_field).unwrap_or_else(|| FormKey::new(&desk.cabinet).to_field());
    let alarm = typed.saw;
    let body = Referral { language, words, id, form, alarm, reference: &reference, notice, summary: summary(words, &problems), fields };
    whole(desk, who, language, &text("desk-referral-title"), !problems.is_empty(), &body).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    fn typed() -> Typed {
        Typed {
            form: None,
            saw: 0,
            receiver: "emergency".into(),
            at: "03:05".into(),
            taker: "operator 4".into(),
            reference: String::new(),
            none_given: true,
            told: "a woman is locked in".into(),
            ground: "danger-to-life".into(),
        }
    }

    #[test]
    fn a_referral_needs_a_reference_or_the_word_that_none_was_given() {
        let now = datetime!(2026-02-03 03:10 UTC);
        assert!(typed().check(now, time::UtcOffset::UTC).is_ok());
        for (reference, none_given) in [("", false), ("CAD 1", true)] {
            let typed = Typed { reference: reference.into(), none_given, ..typed() };
            assert_eq!(typed.check(now, time::UtcOffset::UTC).err(), Some(vec![("reference", "desk-error-reference")]));
        }
        let typed = Typed { reference: "CAD 1".into(), none_given: false, ..typed() };
        assert_eq!(typed.check(now, time::UtcOffset::UTC).unwrap().incident_reference.as_deref(), Some("CAD 1"));
    }

    #[test]
    fn a_time_after_now_was_yesterday() {
        let now = datetime!(2026-02-03 00:10 UTC);
        assert_eq!(passed_at("23:50", now, time::UtcOffset::UTC), Some(datetime!(2026-02-02 23:50 UTC)));
        assert_eq!(passed_at("0.05", now, time::UtcOffset::UTC), Some(datetime!(2026-02-03 00:05 UTC)));
        let summer = time::UtcOffset::from_hms(1, 0, 0).unwrap();
        assert_eq!(passed_at("01:10", now, summer), Some(datetime!(2026-02-03 00:10 UTC)));
        for wrong in ["", "25:00", "noon", "3"] {
            assert_eq!(passed_at(wrong, now, time::UtcOffset::UTC), None, "{wrong}");
        }
    }
}
