//! A report that somebody filled in elsewhere.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use plainsight_vocabulary::{Answer, ConsentLevel, Proximity, Urgency};

use super::caller::{answer, body, caller, count, idempotency_key, json, place};
use super::description::{answers, consents, proximities, settings, signs};
use super::problem::{Problem, Refused, Wrong, in_pointer};
use crate::acts::file::urgency;
use crate::acts::hand_in;
use crate::questions;
use crate::report::{Path, Reach, Report, SafeContact, Seen};
use crate::screens::bits;
use crate::sender::Scope;
use crate::site::Site;

/// What somebody tells. Ask for nothing that they do not want to say: all but `path` may be left out, but one of `danger`,
/// `child`, `setting`, `place`, `signs` and `words` must be there.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReportIn {
    /// Whether it happens to the person who tells (`me`) or to somebody else (`noticed`).
    path: PathIn,
    /// How near they are to it.
    #[schema(schema_with = proximities)]
    #[serde(default)]
    proximity: Option<Proximity>,
    /// The language in which they wrote, as a BCP 47 tag; `en` if left out.
    #[schema(pattern = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$", max_length = 35)]
    #[serde(default)]
    language: Option<String>,
    /// Whether somebody is in danger now. `yes` alarms people at once: show the emergency number before you send.
    #[schema(schema_with = answers)]
    #[serde(default)]
    danger: Option<Answer>,
    /// Whether the person who tells, or somebody in what they noticed, may be under 18.
    #[schema(schema_with = answers)]
    #[serde(default)]
    child: Option<Answer>,
    /// Where it happens, as a code of `GET /form`.
    #[schema(schema_with = settings)]
    #[serde(default)]
    setting: Option<String>,
    /// Where it happens, in their words: an address, a postcode, a web site, a number plate.
    #[schema(min_length = 1, max_length = 500, pattern = "\\S")]
    #[serde(default)]
    place: Option<String>,
    /// Signs that were seen or not, by the codes of `GET /form`.
    #[schema(schema_with = signs)]
    #[serde(default)]
    signs: Option<BTreeMap<String, SeenIn>>,
    /// What they tell, in their words and their language.
    #[schema(min_length = 1, max_length = 10_000, pattern = "\\S")]
    #[serde(default)]
    words: Option<String>,
    /// Who may know who they are. Left out means that nobody asked them.
    #[schema(schema_with = consents)]
    #[serde(default)]
    naming: Option<ConsentLevel>,
    /// How they may be reached. Left out: not at all.
    #[serde(default)]
    safe_contact: Option<SafeContactIn>,
    /// What somebody who works with people does.
    #[schema(max_length = 500)]
    #[serde(default)]
    role: Option<String>,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum PathIn {
    Me,
    Noticed,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum SeenIn {
    Yes,
    No,
    CouldNotSee,
}

/// How somebody may be reached. Ask whether it is safe before you send a number: a message on the wrong phone can endanger
/// them.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SafeContactIn {
    reach: ReachIn,
    /// The telephone number or e-mail address; needed with `telephone`, `text` and `email`.
    #[schema(max_length = 500)]
    #[serde(default)]
    address: String,
    /// When it is safe, in their words.
    #[schema(max_length = 500)]
    #[serde(default)]
    times: String,
    /// A word that the adviser says first.
    #[schema(max_length = 500)]
    #[serde(default)]
    code_word: String,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ReachIn {
    /// Not at all.
    Nobody,
    /// Only with the receipt.
    Receipt,
    Telephone,
    Text,
    Email,
}

/// The report is stored. Show all of it to the person who told, and keep the receipt no longer than you must: whoever has it
/// can read the answers.
#[derive(Serialize, ToSchema)]
pub(super) struct ReportOut {
    /// Five groups of five digits. Nobody can give it again.
    #[schema(pattern = "^\\d{5}( \\d{5}){4}$")]
    receipt: String,
    /// By what an event names this report. It leads nowhere else.
    reference: Uuid,
    /// How soon it is read.
    urgency: &'static str,
    emergency: Emergency,
}

/// What to show whoever is in danger.
#[derive(Serialize, ToSchema)]
pub(super) struct Emergency {
    /// The emergency number of the helpline's country.
    number: String,
    /// What to say with it, in the language of the report if we have it: that people are being alarmed only when they are.
    text: String,
}

impl Emergency {
    pub(super) fn of(site: &Site, language: &str, alarmed: bool) -> Self {
        let words = site.locales.get(language);
        let number = site.emergency_number();
        let text = words.with(if alarmed { "sent-danger" } else { "now-call" }, &[("number", number.into())]);
        Self { number: number.to_owned(), text: bits::unmarked(&text) }
    }
}

/// Hand in a report, and get a receipt for the person who told it.
#[utoipa::path(
    post,
    path = "/api/v1/reports",
    tag = "Reports",
    security(("key" = ["reports"])),
    params(("Idempotency-Key" = String, Header, description = "New for each sending, the same when you send again.", min_length = 16, max_length = 128, pattern = "^[!-~]+$")),
    request_body = ReportIn,
    responses(
        (status = 201, description = "Stored. The same key again answers the same for 15 minutes.", body = ReportOut),
        (status = 400, description = "No idempotency key.", body = Problem, content_type = "application/problem+json"),
        Refused,
        (status = 409, description = "Stored more than 15 minutes ago; or the key of another sending.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not at this moment: send the same again.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn hand_in(State(site): State<Site>, request: Request<Body>) -> Result<Response, Problem> {
    let (headers, body) = body(request).await?;
    let caller = caller(&site, &headers, Scope::Reports).await?;
    let key = idempotency_key(&headers)?;
    let report = json::<ReportIn>(&headers, &body)?.checked()?;
    let urgency = urgency(&report);
    let emergency = Emergency::of(&site, &report.language, urgency == Urgency::Danger);
    let room = || count(&site, &caller.sender, caller.id, urgency == Urgency::Danger);
    let _place = place(&site).await?;
    let handed = hand_in::report(&site.cabinet, &site.intake().await?, &caller, key, report, (&site.pool, &room)).await?;
    let urgency = match urgency {
        Urgency::Danger => "danger",
        Urgency::Soon => "soon",
        Urgency::Normal => "normal",
    };
    let out = ReportOut { receipt: handed.receipt.digits().to_string(), reference: handed.reference, urgency, emergency };
    Ok(answer(StatusCode::CREATED, &out))
}

impl ReportIn {
    /// The report, if nothing is to be mended.
    fn checked(self) -> Result<Report, Problem> {
        let says_something = self.danger.is_some()
            || self.child.is_some()
            || self.setting.is_some()
            || self.place.is_some()
            || self.signs.as_ref().is_some_and(|signs| !signs.is_empty())
            || self.words.is_some();
        let mut wrong = Vec::new();
        let mut named = |pointer: String, detail: &str| wrong.push(Wrong { pointer, detail: detail.to_owned() });
        if !says_something {
            named(String::new(), "one of danger, child, setting, place, signs and words must be there");
        }
        let blank = |text: &Option<String>| text.as_ref().is_some_and(|text| text.trim().is_empty());
        for (pointer, text) in [("/place", &self.place), ("/words", &self.words)] {
            if blank(text) {
                named(pointer.to_owned(), "leave it out if there is nothing to say");
            }
        }
        if self.language.as_deref().is_some_and(|tag| !is_tag(tag)) {
            named("/language".to_owned(), "a BCP 47 tag such as en, ro or zh-Hant");
        }
        if self.setting.as_deref().is_some_and(|setting| plainsight_vocabulary::setting(setting).is_none()) {
            named("/setting".to_owned(), "a code of GET /api/v1/form");
        }
        for sign in self.signs.iter().flat_map(BTreeMap::keys).filter(|sign| plainsight_vocabulary::sign(sign).is_none()) {
            named(format!("/signs/{}", in_pointer(sign)), "a code of GET /api/v1/form");
        }
        let mut report = self.into_report();
        if let Some(detail) = wrong_address(&report.safe_contact) {
            named("/safe_contact/address".to_owned(), detail);
        }
        for problem in questions::too_long(&report) {
            let pointer = match problem.field {
                "address" => "/safe_contact/address",
                "times" => "/safe_contact/times",
                "code-word" => "/safe_contact/code_word",
                "place" => "/place",
                "role" => "/role",
                _ => "/words",
            };
            let words = problem.field == "words";
            named(pointer.to_owned(), if words { "at most 10,000 characters" } else { "at most 500 characters" });
        }
        if !wrong.is_empty() {
            return Err(Problem::wrong(wrong));
        }
        questions::finish(&mut report, |_| true, |_| true);
        Ok(report)
    }

    fn into_report(self) -> Report {
        let seen = |seen| match seen {
            SeenIn::Yes => Seen::Yes,
            SeenIn::No => Seen::No,
            SeenIn::CouldNotSee => Seen::CouldNotSee,
        };
        let path = match self.path {
            PathIn::Me => Path::Me,
            PathIn::Noticed => Path::Noticed,
        };
        Report {
            path,
            proximity: self.proximity.or((path == Path::Me).then_some(Proximity::Myself)),
            language: self.language.unwrap_or_else(|| "en".to_owned()),
            danger: self.danger,
            child: self.child,
            setting: self.setting,
            place: self.place.unwrap_or_default(),
            signs: self.signs.unwrap_or_default().into_iter().map(|(sign, was)| (sign, seen(was))).collect(),
            words: self.words.unwrap_or_default(),
            naming: self.naming,
            safe_contact: self.safe_contact.map(SafeContactIn::into_safe_contact).unwrap_or_default(),
            role: self.role.unwrap_or_default(),
            ..Report::default()
        }
    }
}

impl SafeContactIn {
    fn into_safe_contact(self) -> SafeContact {
        let reach = match self.reach {
            ReachIn::Nobody => Reach::Nobody,
            ReachIn::Receipt => Reach::Receipt,
            ReachIn::Telephone => Reach::Telephone,
            ReachIn::Text => Reach::Text,
            ReachIn::Email => Reach::Email,
        };
        SafeContact { reach, address: self.address, times: self.times, code_word: self.code_word }
    }
}

/// What is wrong with the address, for the way that was chosen.
fn wrong_address(contact: &SafeContact) -> Option<&'static str> {
    match contact.reach {
        Reach::Nobody | Reach::Receipt => None,
        Reach::Telephone | Reach::Text => {
            (!is_telephone(&contact.address)).then_some("a telephone number: 5 to 20 digits, at most one mark between two")
        }
        Reach::Email => (!is_email(&contact.address)).then_some("an e-mail address"),
    }
}

/// Stricter than the pages, which take a number as people write it: a program can write it as it is described.
fn is_telephone(text: &str) -> bool {
    let text = text.strip_prefix('+').unwrap_or(text).as_bytes();
    let digits = text.iter().filter(|byte| byte.is_ascii_digit()).count();
    let fits = |byte: &u8| byte.is_ascii_digit() || b" .()/-".contains(byte);
    let ends = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let marks_touch = text.windows(2).any(|two| !two[0].is_ascii_digit() && !two[1].is_ascii_digit());
    (5..=20).contains(&digits) && text.iter().all(fits) && ends(text.first()) && ends(text.last()) && !marks_touch
}

fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else { return false };
    let part = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic()) && domain.contains('.') && domain.split('.').all(part)
}

/// Whether this is shaped like a language tag, as the description says.
pub(super) fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    (2..=3).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && rest.len() <= 3
        && rest.iter().all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_addresses_are_taken_as_they_are_described() {
        for good in ["07700 900123", "+40-21-313-3100", "12345", "020/7946.0000"] {
            assert!(is_telephone(good), "{good}");
        }
        for bad in ["", "1234", "+", "12345 ", "12  345", "1234a5", "123456789012345678901", "++12345"] {
            assert!(!is_telephone(bad), "{bad}");
        }
        assert!(is_email("a@b.org") && is_email("a.b+c@mail.b-c.org"));
        for bad in ["", "a@b", "@b.org", "a@", "a@.org", "a@b.", "a@b..org", "a b@c.org", "a@b@c.org", "ă@b.org"] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
