//! What another system needs to ask the questions: the codes with their words, and the ways to reach help that hold today.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use plainsight_pages::Locale;
use plainsight_vocabulary::{Answer, ConsentLevel};

use super::caller::answer;
use super::problem::Problem;
use super::reports::{Emergency, is_tag};
use crate::report::{Path, Reach, Seen};
use crate::screens::bits;
use crate::screens::public::routes;
use crate::site::Site;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct In {
    /// In which language, as a BCP 47 tag; English where we have no other.
    #[param(max_length = 35, pattern = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")]
    #[serde(default)]
    language: Option<String>,
}

/// The words of the language that was asked for.
fn words(site: &Site, asked: Result<Query<In>, QueryRejection>) -> Result<Arc<Locale>, Problem> {
    let wrong = || Problem::one("/language", "once, and a BCP 47 tag such as en, ro or zh-Hant");
    let Query(asked) = asked.map_err(|_| wrong())?;
    let tag = asked.language.as_deref().unwrap_or("en");
    if is_tag(tag) { Ok(site.locales.get(tag)) } else { Err(wrong()) }
}

/// Everything to ask with.
#[derive(Serialize, ToSchema)]
pub(super) struct FormOut {
    /// The language of the words below.
    language: String,
    languages: Vec<LanguageOut>,
    emergency: Emergency,
    /// Who reads what is sent, and when: show it.
    hours: Option<String>,
    settings: Vec<SettingOut>,
    signs: Vec<SignOut>,
    answers: Vec<Choice>,
    seen: Vec<Choice>,
    naming: Vec<Choice>,
    reach: Vec<Choice>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct LanguageOut {
    tag: String,
    /// What it calls itself.
    name: String,
}

#[derive(Serialize, ToSchema)]
pub(super) struct SettingOut {
    code: &'static str,
    words: String,
    /// The codes of the signs to ask about here, those that tell most first.
    signs: Vec<&'static str>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct SignOut {
    code: &'static str,
    /// As somebody is asked who noticed something.
    noticed: String,
    /// As somebody is asked to whom it happens.
    me: String,
}

#[derive(Serialize, ToSchema)]
pub(super) struct Choice {
    code: &'static str,
    words: String,
}

/// A way to reach help that somebody confirmed and that holds today.
#[derive(Serialize, ToSchema)]
pub(super) struct RouteOut {
    id: String,
    name: String,
    /// What it is for: `emergency`, `helpline`, `children`, `crisis` and so on.
    kind: &'static str,
    /// How somebody gets through: `voice`, `text` and so on.
    means: &'static str,
    telephone: Option<String>,
    also: Option<String>,
    web: Option<String>,
    /// Whether somebody answers at this moment; null where nobody said.
    open_now: Option<bool>,
    hours: Vec<String>,
    /// Cost, languages, whether a name is asked for.
    conditions: Vec<String>,
}

/// The questions, their codes and their words.
#[utoipa::path(
    get,
    path = "/api/v1/form",
    tag = "Form",
    params(In),
    responses(
        (status = 200, description = "Everything to ask with.", body = FormOut),
        (status = 422, description = "No language tag.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn form(State(site): State<Site>, asked: Result<Query<In>, QueryRejection>) -> Result<Response, Problem> {
    let words = &*words(&site, asked)?;
    let settings = plainsight_vocabulary::settings();
    let setting_out = |setting: &'static plainsight_vocabulary::Setting| SettingOut {
        code: &setting.id,
        words: words.text(&setting.name_key()).into_owned(),
        signs: plainsight_vocabulary::signs_for(setting).iter().map(|sign| &*sign.id).collect(),
    };
    let sign_out = |sign: &'static plainsight_vocabulary::Sign| SignOut {
        code: &sign.id,
        noticed: bits::sign(words, sign, Path::Noticed),
        me: bits::sign(words, sign, Path::Me),
    };
    let out = FormOut {
        language: words.tag().to_owned(),
        languages: site.locales.menu().map(|each| LanguageOut { tag: each.tag().to_owned(), name: each.own_name().to_owned() }).collect(),
        emergency: Emergency::of(&site, words.tag(), false),
        hours: routes::reading_hours(&site, words, site.cabinet.now()).map(|hours| bits::unmarked(&hours)),
        settings: settings.iter().map(setting_out).collect(),
        signs: plainsight_vocabulary::signs().iter().map(sign_out).collect(),
        answers: choices(words, "answer", Answer::ALL.iter().map(|each| each.code())),
        seen: choices(words, "seen", Seen::ALL.iter().map(|each| each.name())),
        naming: choices(words, "naming", ConsentLevel::ALL.iter().map(|each| each.code())),
        reach: choices(words, "reach", Reach::ALL.iter().map(|each| each.name())),
    };
    Ok(answer(StatusCode::OK, &out))
}

/// The ways to reach help that are shown today.
#[utoipa::path(
    get,
    path = "/api/v1/routes",
    tag = "Form",
    params(In),
    responses(
        (status = 200, description = "What holds today; ask again each day.", body = [RouteOut]),
        (status = 422, description = "No language tag.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn routes(State(site): State<Site>, asked: Result<Query<In>, QueryRejection>) -> Result<Response, Problem> {
    let words = &*words(&site, asked)?;
    let now = site.cabinet.now();
    let mut out = Vec::new();
    for jurisdiction in &site.settings.jurisdictions {
        out.extend(jurisdiction.routes_to_show(now).iter().map(|route| {
            RouteOut {
                id: route.id.to_owned(),
                name: routes::name(route, words),
                kind: route.kind.code(),
                means: route.means.code(),
                telephone: route.telephone.map(|number| number.as_str().to_owned()),
                also: route.also.map(|number| number.as_str().to_owned()),
                web: route.web.map(|web| web.as_str().to_owned()),
                open_now: route.hours.and_then(|_| route.open_now(now)),
                hours: route
                    .hours
                    .map(|hours| routes::opening_times(words, hours))
                    .unwrap_or_default()
                    .iter()
                    .map(|text| bits::unmarked(text))
                    .collect(),
                conditions: routes::conditions(jurisdiction, route, words).iter().map(|text| bits::unmarked(text)).collect(),
            }
        }));
    }
    Ok(answer(StatusCode::OK, &out))
}

fn choices(words: &Locale, list: &str, codes: impl Iterator<Item = &'static str>) -> Vec<Choice> {
    codes.map(|code| Choice { code, words: words.text(&format!("{list}-{code}")).into_owned() }).collect()
}
