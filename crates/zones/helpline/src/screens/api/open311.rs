//! The intake half of Open311 GeoReport v2, as a service of the type `blackbox`: a city's app can hand in what somebody tells
//! it, and nothing can be looked up. Lists of requests, which cities publish, would tell where somebody asked for help.

use std::fmt::Write;

use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{Request, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Serialize;

use plainsight_vocabulary::Answer;

use super::caller::{body, by_key, count};
use super::problem::Problem;
use crate::acts::hand_in;
use crate::fields::Fields;
use crate::questions;
use crate::report::{Handed, Report, Seen};
use crate::screens::bits;
use crate::sender::Scope;
use crate::site::Site;

/// The one service.
const SERVICE: &str = "modern-slavery";

pub(super) fn router() -> Router<Site> {
    Router::new()
        .route("/{what}", get(ask).post(hand_in))
        .route("/services/{code}", get(definition))
        .route("/requests/{id}", get(nothing))
        .route("/tokens/{token}", get(nothing))
        .fallback(nothing)
        .method_not_allowed_fallback(async || refused(Form::Xml, StatusCode::METHOD_NOT_ALLOWED, "not by this method"))
}

/// In which form an answer is wanted: the ending of the address.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Json,
    Xml,
}

impl Form {
    /// The name before the ending, and the form.
    fn split(name: &str) -> Option<(&str, Self)> {
        name.strip_suffix(".json").map(|name| (name, Self::Json)).or_else(|| name.strip_suffix(".xml").map(|name| (name, Self::Xml)))
    }
}

#[derive(Serialize)]
struct Mistake<'a> {
    code: u16,
    description: &'a str,
}

#[derive(Template)]
#[template(
    source = r#"<?xml version="1.0" encoding="utf-8"?>
<errors><error><code>{{ code }}</code><description>{{ description }}</description></error></errors>
"#,
    ext = "xml"
)]
struct MistakeXml<'a> {
    code: u16,
    description: &'a str,
}

#[derive(Serialize)]
struct Service {
    service_code: &'static str,
    service_name: String,
    description: String,
    metadata: bool,
    #[serde(rename = "type")]
    kind: &'static str,
    keywords: &'static str,
    group: &'static str,
}

#[derive(Template)]
#[template(
    source = r#"<?xml version="1.0" encoding="utf-8"?>
<services><service><service_code>{{ one.service_code }}</service_code><service_name>{{ one.service_name }}</service_name><description>{{ one.description }}</description><metadata>{{ one.metadata }}</metadata><type>{{ one.kind }}</type><keywords>{{ one.keywords }}</keywords><group>{{ one.group }}</group></service></services>
"#,
    ext = "xml"
)]
struct ServicesXml<'a> {
    one: &'a Service,
}

#[derive(Serialize)]
struct Attribute {
    variable: bool,
    code: &'static str,
    datatype: &'static str,
    required: bool,
    datatype_description: &'static str,
    order: u8,
    description: String,
    values: Vec<Value>,
}

#[derive(Serialize)]
struct Value {
    key: String,
    name: String,
}

#[derive(Serialize)]
struct Definition {
    service_code: &'static str,
    attributes: Vec<Attribute>,
}

#[derive(Template)]
#[template(
    source = r#"<?xml version="1.0" encoding="utf-8"?>
<service_definition><service_code>{{ whole.service_code }}</service_code><attributes>{% for one in whole.attributes %}<attribute><variable>{{ one.variable }}</variable><code>{{ one.code }}</code><datatype>{{ one.datatype }}</datatype><required>{{ one.required }}</required><datatype_description>{{ one.datatype_description }}</datatype_description><order>{{ one.order }}</order><description>{{ one.description }}</description>{% if !one.values.is_empty() %}<values>{% for value in one.values %}<value><key>{{ value.key }}</key><name>{{ value.name }}</name></value>{% endfor %}</values>{% endif %}</attribute>{% endfor %}</attributes></service_definition>
"#,
    ext = "xml"
)]
struct DefinitionXml<'a> {
    whole: &'a Definition,
}

#[derive(Serialize)]
struct Taken {
    service_request_id: String,
    service_notice: String,
    account_id: Option<String>,
}

#[derive(Template)]
#[template(
    source = r#"<?xml version="1.0" encoding="utf-8"?>
<service_requests><request><service_request_id>{{ one.service_request_id }}</service_request_id><service_notice>{{ one.service_notice }}</service_notice><account_id/></request></service_requests>
"#,
    ext = "xml"
)]
struct TakenXml<'a> {
    one: &'a Taken,
}

fn written(form: Form, status: StatusCode, json: &impl Serialize, xml: &impl Template) -> Response {
    let (kind, text) = match form {
        Form::Json => ("application/json; charset=utf-8", serde_json::to_string(json).ok()),
        Form::Xml => ("text/xml; charset=utf-8", xml.render().ok()),
    };
    match text {
        Some(text) => (status, [(CONTENT_TYPE, kind)], text).into_response(),
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn refused(form: Form, status: StatusCode, description: &str) -> Response {
    let code = status.as_u16();
    written(form, status, &[Mistake { code, description }], &MistakeXml { code, description })
}

/// Requests, tokens, and all that does not exist: each looks like the other.
async fn nothing(request: Request<Body>) -> Response {
    let form = Form::split(request.uri().path()).map_or(Form::Xml, |(_, form)| form);
    refused(form, StatusCode::NOT_FOUND, "there is nothing to look up here: this service is a blackbox")
}

async fn ask(State(site): State<Site>, Path(what): Path<String>) -> Response {
    match Form::split(&what) {
        Some(("discovery", form)) => discovery(form),
        Some(("services", form)) => services(&site, form),
        Some((_, form)) => refused(form, StatusCode::NOT_FOUND, "there is nothing to look up here: this service is a blackbox"),
        None => refused(Form::Xml, StatusCode::NOT_FOUND, "say in which form: .json or .xml"),
    }
}

#[derive(Serialize)]
struct Discovery {
    changeset: &'static str,
    contact: &'static str,
    key_service: &'static str,
    endpoints: [Endpoint; 1],
}

#[derive(Serialize)]
struct Endpoint {
    specification: &'static str,
    url: &'static str,
    changeset: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    formats: [&'static str; 2],
}

#[derive(Template)]
#[template(
    source = r#"<?xml version="1.0" encoding="utf-8"?>
<discovery><changeset>{{ one.changeset }}</changeset><contact>{{ one.contact }}</contact><key_service>{{ one.key_service }}</key_service><endpoints>{% for endpoint in one.endpoints %}<endpoint><specification>{{ endpoint.specification }}</specification><url>{{ endpoint.url }}</url><changeset>{{ endpoint.changeset }}</changeset><type>{{ endpoint.kind }}</type><formats>{% for format in endpoint.formats %}<format>{{ format }}</format>{% endfor %}</formats></endpoint>{% endfor %}</endpoints></discovery>
"#,
    ext = "xml"
)]
struct DiscoveryXml<'a> {
    one: &'a Discovery,
}

fn discovery(form: Form) -> Response {
    let endpoint = Endpoint {
        specification: "http://wiki.open311.org/GeoReport_v2",
        url: "/open311/v2",
        changeset: "2026-11-28T00:00:00Z",
        kind: "production",
        formats: ["application/json", "text/xml"],
    };
    let found = Discovery {
        changeset: "2026-11-28T00:00:00Z",
        contact: "Ask the helpline that runs this service.",
        key_service: "Ask the helpline that runs this service for a key.",
        endpoints: [endpoint],
    };
    written(form, StatusCode::OK, &found, &DiscoveryXml { one: &found })
}

fn services(site: &Site, form: Form) -> Response {
    let words = &*site.locales.english();
    let one = Service {
        service_code: SERVICE,
        service_name: words.text("open311-service").into_owned(),
        description: bits::unmarked(&words.with("open311-description", &[("number", site.emergency_number().into())])),
        metadata: true,
        kind: "blackbox",
        keywords: "modern slavery, trafficking, forced labour, exploitation",
        group: "safeguarding",
    };
    written(form, StatusCode::OK, &[&one], &ServicesXml { one: &one })
}

async fn definition(State(site): State<Site>, Path(code): Path<String>) -> Response {
    let Some((code, form)) = Form::split(&code) else {
        return refused(Form::Xml, StatusCode::NOT_FOUND, "say in which form: .json or .xml");
    };
    if code != SERVICE {
        return refused(form, StatusCode::NOT_FOUND, "there is no such service_code");
    }
    let words = &*site.locales.english();
    let value = |key: &str, name: String| Value { key: key.to_owned(), name };
    let answers = || Answer::ALL.iter().map(|each| value(each.code(), words.text(&format!("answer-{each}")).into_owned())).collect();
    let settings =
        plainsight_vocabulary::settings().iter().map(|each| value(&each.id, words.text(&each.name_key()).into_owned())).collect();
    let signs =
        plainsight_vocabulary::signs().iter().map(|each| value(&each.id, bits::sign(words, each, crate::report::Path::Noticed))).collect();
    let attribute = |order, code, datatype, values| Attribute {
        variable: true,
        code,
        datatype,
        required: false,
        datatype_description: "May be left out.",
        order,
        description: words.text(&format!("open311-{code}")).into_owned(),
        values,
    };
    let whole = Definition {
        service_code: SERVICE,
        attributes: vec![
            attribute(1, "danger", "singlevaluelist", answers()),
            attribute(2, "child", "singlevaluelist", answers()),
            attribute(3, "setting", "singlevaluelist", settings),
            attribute(4, "signs", "multivaluelist", signs),
        ],
    };
    written(form, StatusCode::OK, &whole, &DefinitionXml { whole: &whole })
}

async fn hand_in(State(site): State<Site>, Path(what): Path<String>, request: Request<Body>) -> Response {
    let form = match Form::split(&what) {
        Some(("requests", form)) => form,
        Some((_, form)) => return refused(form, StatusCode::NOT_FOUND, "requests are sent to requests.json or requests.xml"),
        None => return refused(Form::Xml, StatusCode::NOT_FOUND, "say in which form: .json or .xml"),
    };
    match take(&site, request).await {
        Ok(taken) => written(form, StatusCode::OK, &[&taken], &TakenXml { one: &taken }),
        Err(Refused::Request(description)) => refused(form, StatusCode::BAD_REQUEST, &description),
        Err(Refused::NoService) => refused(form, StatusCode::NOT_FOUND, "there is no such service_code"),
        // GeoReport v2 has 403 for a key that is missing or wrong.
        Err(Refused::Other(problem)) if problem.status() == StatusCode::UNAUTHORIZED => {
            refused(form, StatusCode::FORBIDDEN, "the api_key is missing or does not hold: ask the helpline for one")
        }
        Err(Refused::Other(problem)) => refused(form, problem.status(), problem.detail()),
    }
}

enum Refused {
    Request(String),
    NoService,
    Other(Problem),
}

impl<T: Into<Problem>> From<T> for Refused {
    fn from(problem: T) -> Self {
        Self::Other(problem.into())
    }
}

async fn take(site: &Site, request: Request<Body>) -> Result<Taken, Refused> {
    let (_, body) = body(request).await?;
    let fields = Fields::parse(&body);
    let caller = by_key(site, fields.get("api_key").unwrap_or_default(), Scope::Open311).await?;
    if fields.get("service_code") != Some(SERVICE) {
        return Err(Refused::NoService);
    }
    let report = report(&fields)?;
    let danger = report.danger == Some(Answer::Yes);
    let room = || count(site, &caller.sender, caller.id, danger);
    hand_in::request(&site.cabinet, &site.intake().await?, &caller, report, &room).await?;
    let words = site.locales.english();
    let notice = bits::unmarked(&words.with("open311-notice", &[("number", site.emergency_number().into())]));
    // A number as the standard wants one. It is no number of ours, and leads nowhere.
    let service_request_id = site.cabinet.new_id().simple().to_string();
    Ok(Taken { service_request_id, service_notice: notice, account_id: None })
}

/// What a request says. The device and account of who sent it are not read at all.
fn report(fields: &Fields) -> Result<Report, Refused> {
    let wrong = |text: &str| Refused::Request(text.to_owned());
    let code = |name: &str| {
        let given = fields.get(&format!("attribute[{name}]")).filter(|given| !given.is_empty());
        given
            .map(|given| Answer::from_code(given).ok_or_else(|| Refused::Request(format!("attribute[{name}] is none of its values"))))
            .transpose()
    };
    let mut report = Report { words: fields.text("description"), danger: code("danger")?, child: code("child")?, ..Report::default() };
    if let Some(setting) = fields.get("attribute[setting]").filter(|setting| !setting.is_empty()) {
        plainsight_vocabulary::setting(setting).ok_or_else(|| wrong("attribute[setting] is none of its values"))?;
        report.setting = Some(setting.to_owned());
    }
    for sign in fields.all("attribute[signs][]").chain(fields.all("attribute[signs]")) {
        plainsight_vocabulary::sign(sign).ok_or_else(|| wrong("attribute[signs][] holds what is none of its values"))?;
        report.signs.insert(sign.to_owned(), Seen::Yes);
    }
    report.place = place(fields)?;
    report.handed = Some(Handed { from: who(fields), ..Handed::default() });
    if let Some(media) = fields.get("media_url").filter(|media| !media.is_empty()) {
        // Never fetched: the request would tell whoever keeps the picture that we look at it.
        let _ = write!(report.words, "\n\n{media}");
    }
    if !report.says_something() {
        return Err(wrong("description, an address, a point or an attribute must say something"));
    }
    if let Some(problem) = questions::too_long(&report).first() {
        let name = if problem.field == "words" {
            "description has more than 10,000 characters"
        } else {
            "the address has more than 500 characters"
        };
        return Err(wrong(name));
    }
    Ok(report)
}

/// The address in words, the point on the map, or both.
fn place(fields: &Fields) -> Result<String, Refused> {
    let number = |name: &str, largest: f64| {
        let given = fields.get(name).map(str::trim).filter(|given| !given.is_empty());
        let parse = |given: &str| given.parse::<f64>().ok().filter(|number| number.abs() <= largest);
        given.map(|given| parse(given).ok_or_else(|| Refused::Request(format!("{name} is no number of degrees")))).transpose()
    };
    let point = match (number("lat", 90.0)?, number("long", 180.0)?) {
        (Some(lat), Some(long)) => Some(format!("{lat:.5}, {long:.5}")),
        (None, None) => None,
        _ => return Err(Refused::Request("lat and long belong together".to_owned())),
    };
    let words = [fields.text("address_string"), fields.text("address_id")];
    let parts: Vec<String> = words.into_iter().filter(|part| !part.trim().is_empty()).chain(point).collect();
    Ok(parts.join("\n"))
}

/// Who the app says it is, a line each.
fn who(fields: &Fields) -> String {
    let name = format!("{} {}", fields.text("first_name").trim(), fields.text("last_name").trim());
    let lines = [name.trim().to_owned(), fields.text("phone"), fields.text("email")];
    let mut lines: Vec<String> = lines.into_iter().filter(|line| !line.trim().is_empty()).collect();
    lines.iter_mut().for_each(|line| *line = line.chars().take(200).collect());
    lines.join("\n")
}
