//! The description of the interface, as OpenAPI: made from the code, kept as a file that a test compares (docs/openapi.json).

use std::sync::LazyLock;

use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use utoipa::OpenApi;
use utoipa::openapi::schema::{AnyOf, Object, ObjectBuilder, SchemaType, Type};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{RefOr, Schema};

use plainsight_vocabulary::{Answer, ConsentLevel, Proximity};

use super::{form, mailbox, messages, problem, reports};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Plainsight: handing contacts in",
        version = "1",
        description = "For systems that hand in what people tell them: a partner's form, an app, a text gateway. \
            Read docs/api.md first, above all what you owe the person in front of you."
    ),
    paths(
        form::form,
        form::routes,
        reports::hand_in,
        mailbox::read,
        mailbox::add,
        mailbox::withdraw,
        messages::take,
    ),
    components(schemas(problem::Problem, problem::Wrong)),
    tags(
        (name = "Form", description = "What to ask, and where help is. No key needed."),
        (name = "Reports", description = "Reports that somebody filled in elsewhere."),
        (name = "Mailbox", description = "What waits under a receipt, for the person who holds it."),
        (name = "Messages", description = "Text messages and mails, by signed webhooks."),
    )
)]
struct Interface;

/// The description as text, with a line break at its end.
pub(crate) fn description() -> &'static str {
    static TEXT: LazyLock<String> = LazyLock::new(|| {
        let mut api = Interface::openapi();
        let mut key = Http::new(HttpAuthScheme::Bearer);
        key.description = Some("A key that the helpline gave your system: `Authorization: Bearer psk1_...`.".to_owned());
        let components = api.components.get_or_insert_default();
        components.add_security_scheme("key", SecurityScheme::Http(key));
        let signature = utoipa::openapi::security::ApiKeyValue::with_description(
            "webhook-signature",
            "Standard Webhooks 1.0: https://www.standardwebhooks.com",
        );
        components.add_security_scheme("signature", SecurityScheme::ApiKey(utoipa::openapi::security::ApiKey::Header(signature)));
        for (name, one_of) in
            [("ReportIn", &["danger", "child", "setting", "place", "signs", "words"][..]), ("AddIn", &["words", "danger"][..])]
        {
            if let Some(schema) = components.schemas.remove(name) {
                components.schemas.insert(name.to_owned(), needs_one(schema, one_of));
            }
        }
        if let Some(schema) = components.schemas.remove("SafeContactIn") {
            components.schemas.insert("SafeContactIn".to_owned(), all_of(schema, ways_to_reach()));
        }
        let text = api.to_pretty_json().unwrap_or_default();
        format!("{text}\n")
    });
    &TEXT
}

pub(super) async fn show() -> Response {
    ([(CONTENT_TYPE, "application/json")], description()).into_response()
}

/// The schema, with the rule that one of these properties must be there and say something.
fn needs_one(schema: RefOr<Schema>, properties: &[&str]) -> RefOr<Schema> {
    let mut any = AnyOf::new();
    for property in properties {
        let mut there = ObjectBuilder::new().required(*property);
        // Null is the same as left out, and no sign at all says nothing: neither is enough.
        let says = ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::String, Type::Object])).min_properties(Some(1));
        there = there.property(*property, says);
        any.items.push(RefOr::T(Schema::Object(there.schema_type(SchemaType::AnyValue).build())));
    }
    all_of(schema, any)
}

fn all_of(schema: RefOr<Schema>, any: AnyOf) -> RefOr<Schema> {
    let all = utoipa::openapi::schema::AllOfBuilder::new().item(schema).item(Schema::AnyOf(any));
    RefOr::T(Schema::AllOf(all.build()))
}

/// Which address belongs to which way to be reached.
fn ways_to_reach() -> AnyOf {
    let reach = |ways: &[&str]| {
        let one_of = ObjectBuilder::new().schema_type(SchemaType::new(Type::String)).enum_values(Some(ways.iter().copied()));
        ObjectBuilder::new().schema_type(SchemaType::AnyValue).property("reach", one_of)
    };
    let with = |ways: &[&str], pattern: &str| {
        let address = ObjectBuilder::new().schema_type(SchemaType::new(Type::String)).pattern(Some(pattern));
        reach(ways).property("address", address).required("address")
    };
    let mut any = AnyOf::new();
    for way in [reach(&["nobody", "receipt"]), with(&["telephone", "text"], TELEPHONE), with(&["email"], EMAIL)] {
        any.items.push(RefOr::T(Schema::Object(way.build())));
    }
    any
}

/// A telephone number: 5 to 20 digits, at most one mark between two. `reports::is_telephone` says the same.
const TELEPHONE: &str = "^[+]?[0-9]([ .()/-]?[0-9]){4,19}$";
/// An e-mail address. `reports::is_email` says the same.
const EMAIL: &str = "^[!-?A-~]+@[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+$";

/// One of these codes, or nothing.
fn codes(codes: impl IntoIterator<Item = impl Into<String>>) -> Object {
    let codes = codes.into_iter().map(|code| serde_json::Value::String(code.into())).chain([serde_json::Value::Null]);
    ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::String, Type::Null])).enum_values(Some(codes)).build()
}

pub(super) fn answers() -> Object {
    codes(Answer::ALL.iter().map(|each| each.code()))
}

pub(super) fn proximities() -> Object {
    codes(Proximity::ALL.iter().map(|each| each.code()))
}

pub(super) fn consents() -> Object {
    codes(ConsentLevel::ALL.iter().map(|each| each.code()))
}

pub(super) fn settings() -> Object {
    codes(plainsight_vocabulary::settings().iter().map(|setting| &*setting.id))
}

/// Sign -> whether it was seen.
pub(super) fn signs() -> Object {
    let seen = ObjectBuilder::new().schema_type(SchemaType::new(Type::String)).enum_values(Some(["yes", "no", "could-not-see"]));
    let names = plainsight_vocabulary::signs().iter().map(|sign| serde_json::Value::String(sign.id.to_string()));
    let names = ObjectBuilder::new().schema_type(SchemaType::new(Type::String)).enum_values(Some(names));
    ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::Object, Type::Null]))
        .additional_properties(Some(RefOr::T(Schema::Object(seen.build()))))
        .property_names(Some(Schema::Object(names.build())))
        .build()
}
