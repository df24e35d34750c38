//! Other systems hand contacts in, and get nothing but what they need: through the doors as they are called from outside.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::{Value, json};
use time::Duration;
use tower::ServiceExt;
use uuid::Uuid;

use super::public_site::public_settings;
use super::world::{CANARY, START, World, lies_in, on_both, on_sqlite};
use crate::acts::answer::reply;
use crate::acts::events::{Delivered, Delivery, Events, Poster, Posting, SENDER_EVENT, SenderEvent};
use crate::acts::senders::{self, Decider};
use crate::acts::tidy::{Swept, sweep};
use crate::form::Written;
use crate::header::Header;
use crate::records::contacts;
use crate::sender::tests::sender;
use crate::sender::{Scope, Sender};
use crate::signature::Secret;
use crate::trouble::Trouble;
use plainsight_vault::{Receipt, stretch};
use plainsight_vocabulary::{Channel, Urgency};

const KEY: &str = "7f0c2a0e-0c5e-4a57-9d37-1d5a0a4ed1b1";

/// Calls the doors of one helpline.
struct Doors {
    router: Router,
    key: String,
    sender: Uuid,
}

struct Answer {
    status: StatusCode,
    headers: axum::http::HeaderMap,
    text: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }
}

impl Doors {
    async fn new(world: &World, receipts: usize, sender: Sender) -> Self {
        let site = world.site_with(public_settings(&["always"]), receipts).await;
        let id = world.desk.new_id();
        let key = senders::add(&world.desk, Decider::of(&world.sue).unwrap(), id, sender).await.unwrap().unwrap();
        Self { router: crate::public(site), key: key.text().to_string(), sender: id }
    }

    async fn ask(&self, method: Method, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = self.router.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
        let (parts, body) = answer.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, text: String::from_utf8(bytes.to_vec()).unwrap() }
    }

    /// With the key, an idempotency key and JSON.
    async fn post(&self, path: &str, idempotency: &str, body: &Value) -> Answer {
        let bearer = format!("Bearer {}", self.key);
        let headers = [("authorization", &*bearer), ("idempotency-key", idempotency), ("content-type", "application/json")];
        self.ask(Method::POST, path, &headers, body.to_string()).await
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, &[], Body::empty()).await
    }

    async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.ask(Method::POST, path, &[("content-type", "application/x-www-form-urlencoded")], body).await
    }

    /// A message of a gateway, signed at this moment.
    async fn message(&self, world: &World, secret: &Secret, id: &str, body: &Value) -> Answer {
        let (text, now) = (body.to_string(), world.now());
        let (at, signed) = (now.unix_timestamp().to_string(), secret.sign(id, now, text.as_bytes()));
        let headers =
            [("webhook-id", id), ("webhook-timestamp", &*at), ("webhook-signature", &*signed), ("content-type", "application/json")];
        self.ask(Method::POST, &format!("/api/v1/messages/{}", self.sender), &headers, text).await
    }
}

async fn all_contacts(world: &World) -> Vec<(Uuid, Header)> {
    let rows = contacts::headers(world.db.content().read(), world.organisation).await.unwrap();
    rows.into_iter().map(|(id, sealed)| (id, world.desk.open_header(id, &sealed).unwrap())).collect()
}

fn whole_report() -> Value {
    json!({
        "path": "noticed", "proximity": "professional", "language": "ro", "danger": "not-sure", "child": "no",
        "setting": plainsight_vocabulary::settings()[0].id, "place": "Hall Lane 4", "signs": { plainsight_vocabulary::signs()[0].id.to_string(): "yes" },
        "words": CANARY, "naming": "confidential",
        "safe_contact": { "reach": "text", "address": "07700 900123", "times": "after 6", "code_word": "apples" },
        "role": "nurse",
    })
}

/// What somebody told elsewhere arrives whole, sealed, with the name of the system that handed it in; and the person gets a
/// receipt that opens their mailbox.
#[tokio::test]
async fn a_report_that_is_handed_in_is_as_good_as_one_of_the_site() {
    on_both(|world| async move {
        let doors = Doors::new(&world, 2, sender(&[Scope::Reports, Scope::Mailbox])).await;
        let answer = doors.post("/api/v1/reports", KEY, &whole_report()).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
        assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
        let out = answer.json();
        assert_eq!(
            out["emergency"],
            json!({ "number": "999", "text": "Sunați la 999 dacă cineva este în pericol" }),
            "in their language, and that nobody is being alarmed"
        );
        let receipt = Receipt::parse(out["receipt"].as_str().unwrap()).unwrap();
        let root = stretch(&receipt, &world.salt()).unwrap();
        let contact = world.locate(&root).await.expect("the receipt leads to the contact");

        assert!(!lies_in(&world.everything_stored().await, CANARY));
        let report = world.open(&world.ana, contact).await.unwrap().report;
        assert_eq!((&*report.words, &*report.place, &*report.language, &*report.role), (CANARY, "Hall Lane 4", "ro", "nurse"));
        assert_eq!((report.channel, report.handed.unwrap().by.as_str()), (Channel::App, "A partner's app"));
        assert_eq!(report.safe_contact.address, "07700 900123");
        let entry = world.ledger().await.into_iter().find(|entry| entry.act == "contact.filed").unwrap();
        assert_eq!(entry.detail["sender"], doors.sender.to_string());

        // The person reads the answer there, adds something, and withdraws.
        reply(&world.desk, &world.ana, contact, Written::from("We are here."), false).await.unwrap();
        let told = json!({ "receipt": out["receipt"] });
        let read = doors.post("/api/v1/mailbox/read", KEY, &told).await;
        assert_eq!((read.status, read.text.len()), (StatusCode::OK, 64 * 1024));
        assert_eq!(read.json()["messages"][0]["text"], "We are here.");
        assert_eq!(read.json()["messages"][0]["from"], "us");
        let adds = json!({ "receipt": out["receipt"], "words": "A blue van came.", "danger": "yes" });
        for _ in 0..2 {
            assert_eq!(doors.post("/api/v1/mailbox/add", "another key of theirs", &adds).await.status, StatusCode::BAD_REQUEST);
            let added = doors.post("/api/v1/mailbox/add", KEY, &adds).await;
            assert_eq!((added.status, added.text.len()), (StatusCode::OK, 64 * 1024));
            assert!(added.json()["emergency"]["text"].as_str().unwrap().contains("We are alerting"), "{}", &added.text[..200]);
        }
        assert_eq!(world.open(&world.ana, contact).await.unwrap().papers.len(), 2, "sent twice it is stored once");
        assert!(world.header(contact).await.alarm.on, "danger that is told elsewhere alarms people here");
        let withdrawn = doors.post("/api/v1/mailbox/withdraw", KEY, &told).await;
        assert_eq!(withdrawn.json()["outcome"], "danger");
        let gone = doors.post("/api/v1/mailbox/read", KEY, &told).await;
        assert_eq!((gone.status, gone.json()["messages"].clone(), gone.text.len()), (StatusCode::OK, json!([]), 64 * 1024));
        // Size and moment of an answer tell nobody on the network whether there is a report.
        let nothing = doors.post("/api/v1/mailbox/add", "key-of-one-more-adding", &adds).await;
        assert_eq!((nothing.status, nothing.json()["stored"].clone(), nothing.text.len()), (StatusCode::OK, json!(false), 64 * 1024));
        assert!(!nothing.json()["emergency"]["text"].as_str().unwrap().contains("alerting"), "nobody is alarmed");
        let nothing = doors.post("/api/v1/mailbox/withdraw", KEY, &told).await;
        assert_eq!((nothing.status, nothing.json()["outcome"].clone(), nothing.text.len()), (StatusCode::OK, json!("nothing"), 64 * 1024));
        assert_eq!(withdrawn.text.len(), 64 * 1024);
    })
    .await;
}

#[tokio::test]
async fn the_same_key_is_the_same_sending_and_never_another() {
    on_both(|world| async move {
        let doors = Doors::new(&world, 3, sender(&[Scope::Reports])).await;
        let (first, report) = (json!({ "path": "me", "words": "first" }), json!({ "path": "me", "words": "second" }));
        let one = doors.post("/api/v1/reports", KEY, &first).await.json();
        let again = doors.post("/api/v1/reports", KEY, &first).await;
        assert_eq!((again.status, again.json()), (StatusCode::CREATED, one), "the same receipt is shown again");
        let other = doors.post("/api/v1/reports", KEY, &report).await;
        assert_eq!((other.status, other.json()["type"].as_str()), (StatusCode::CONFLICT, Some("urn:plainsight:problem:other-content")));
        assert_eq!(all_contacts(&world).await.len(), 1);
        // Another system may choose the same key.
        let theirs =
            senders::add(&world.desk, Decider::of(&world.sue).unwrap(), Uuid::from_u128(9), sender(&[Scope::Reports])).await.unwrap();
        let theirs = Doors { key: theirs.unwrap().text().to_string(), ..doors };
        assert_eq!(theirs.post("/api/v1/reports", KEY, &report).await.status, StatusCode::CREATED);
        assert_eq!(all_contacts(&world).await.len(), 2);
        // After a quarter of an hour the receipt is gone; what was stored is not stored again.
        world.clock.advance(Duration::minutes(15));
        let late = theirs.post("/api/v1/reports", KEY, &report).await;
        assert_eq!((late.status, late.json()["type"].as_str()), (StatusCode::CONFLICT, Some("urn:plainsight:problem:already-sent")));
        sweep(&world.desk, &mut Swept::default(), None).await.unwrap();
        assert_eq!(theirs.post("/api/v1/reports", KEY, &report).await.status, StatusCode::CONFLICT);
        // What was never stored is never told that it was, however late.
        for _ in 0..2 {
            let never = theirs.post("/api/v1/reports", KEY, &json!({ "path": "me", "words": "third" })).await;
            assert_eq!(never.json()["type"].as_str(), Some("urn:plainsight:problem:other-content"));
        }
        assert_eq!(all_contacts(&world).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn ten_sendings_at_once_under_one_key_store_one_and_all_get_its_receipt() {
    on_both(|world| async move {
        let doors = Doors::new(&world, 10, sender(&[Scope::Reports])).await;
        let report = json!({ "path": "noticed", "words": "ten at once" });
        let all = futures_util::future::join_all((0..10).map(|_| doors.post("/api/v1/reports", KEY, &report))).await;
        let receipts: std::collections::BTreeSet<String> = all.iter().map(|each| each.json()["receipt"].to_string()).collect();
        assert_eq!((receipts.len(), all_contacts(&world).await.len()), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn without_a_key_that_holds_and_may_nothing_is_taken_and_nothing_is_told() {
    on_both(|world| async move {
        let mut doors = Doors::new(&world, 1, sender(&[Scope::Reports])).await;
        let report = json!({ "path": "me", "words": "x" });
        assert_eq!(doors.post("/api/v1/mailbox/read", KEY, &json!({ "receipt": "1" })).await.status, StatusCode::FORBIDDEN);
        let key = doors.key.clone();
        for wrong in ["", "psk1_aaaa", &key[..key.len() - 1], "nonsense", &key.replace("psk1_", "psk2_")] {
            doors.key = wrong.to_owned();
            let answer = doors.post("/api/v1/reports", KEY, &report).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{wrong}");
            assert_eq!(answer.headers[header::WWW_AUTHENTICATE], "Bearer");
            assert_eq!(answer.headers[header::CONTENT_TYPE], "application/problem+json");
        }
        doors.key = key.clone();
        let by = Decider::of(&world.sue).unwrap();
        let second = senders::new_key(&world.desk, by, doors.sender, Uuid::from_u128(77)).await.unwrap();
        senders::end_key(&world.desk, by, doors.sender, 1).await.unwrap();
        assert_eq!(doors.post("/api/v1/reports", KEY, &report).await.status, StatusCode::UNAUTHORIZED);
        doors.key = second.text().to_string();
        assert_eq!(doors.post("/api/v1/reports", KEY, &report).await.status, StatusCode::CREATED);
        senders::end(&world.desk, by, doors.sender).await.unwrap();
        assert_eq!(doors.post("/api/v1/reports", KEY, &report).await.status, StatusCode::UNAUTHORIZED);
        assert!(
            matches!(senders::new_key(&world.desk, by, doors.sender, Uuid::from_u128(77)).await, Err(Trouble::NotFound)),
            "what has ended begins no more"
        );
        assert!(Decider::of(&world.ana).is_err(), "an adviser gives nobody a key");
        let acts = world.acts().await;
        for act in ["sender.added", "sender.key_made", "sender.key_ended", "sender.ended"] {
            assert!(acts.iter().any(|each| each == act), "{act}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_is_named_with_its_place_and_nothing_is_stored() {
    on_sqlite(|world| async move {
        let doors = Doors::new(&world, 0, sender(&[Scope::Reports])).await;
        let long = "x".repeat(10_001);
        let wrong = [
            (json!({ "path": "me" }), ""),
            (json!({ "path": "me", "words": " \n" }), "/words"),
            (json!({ "path": "me", "words": long }), "/words"),
            (json!({ "path": "you", "words": "x" }), "/path"),
            (json!({ "words": "x" }), ""),
            (json!({ "path": "me", "words": "x", "nationality": "any" }), "/nationality"),
            (json!({ "path": "me", "danger": "perhaps" }), "/danger"),
            (json!({ "path": "me", "setting": "moon" }), "/setting"),
            (json!({ "path": "me", "signs": { "NO/NE": "yes" } }), "/signs/NO~1NE"),
            (json!({ "path": "me", "words": "x", "language": "english" }), "/language"),
            (json!({ "path": "me", "words": "x", "safe_contact": { "reach": "text" } }), "/safe_contact/address"),
            (json!({ "path": "me", "words": "x", "safe_contact": { "reach": "email", "address": "no" } }), "/safe_contact/address"),
            (json!([]), ""),
        ];
        for (report, pointer) in wrong {
            let answer = doors.post("/api/v1/reports", KEY, &report).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{report}");
            let errors = answer.json()["errors"].clone();
            assert!(errors.as_array().unwrap().iter().any(|error| error["pointer"] == pointer), "{report}: {errors}");
        }
        let bearer = format!("Bearer {}", doors.key);
        let headers = [("authorization", &*bearer), ("idempotency-key", KEY), ("content-type", "application/json")];
        let ask = async |headers: &[(&str, &str)], body: String| doors.ask(Method::POST, "/api/v1/reports", headers, body).await.status;
        assert_eq!(ask(&headers, "{".to_owned()).await, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(ask(&headers, "\u{0}".repeat(513 * 1024)).await, StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(ask(&headers[..2], "{}".to_owned()).await, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        assert_eq!(ask(&[headers[0], headers[2]], "{}".to_owned()).await, StatusCode::BAD_REQUEST);
        assert_eq!(doors.get("/api/v1/reports").await.status, StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(doors.get("/api/v1/nothing").await.status, StatusCode::NOT_FOUND);
        assert!(doors.get("/api/v1/nothing").await.text.contains("urn:plainsight:problem:not-found"));
        assert_eq!(all_contacts(&world).await, []);
    })
    .await;
}

/// A stolen key must not bury what others tell.
#[tokio::test]
async fn no_more_than_was_agreed_for_an_hour_is_taken_and_what_comes_after_is_told_when() {
    on_sqlite(|world| async move {
        let doors = Doors::new(&world, 4, Sender { per_hour: 2, ..sender(&[Scope::Reports]) }).await;
        let send = async |number: u32| {
            let report = json!({ "path": "noticed", "words": format!("number {number}") });
            doors.post("/api/v1/reports", &format!("key-of-sending-{number:03}"), &report).await
        };
        assert_eq!((send(1).await.status, send(2).await.status), (StatusCode::CREATED, StatusCode::CREATED));
        let third = send(3).await;
        assert_eq!(third.status, StatusCode::TOO_MANY_REQUESTS);
        // What was stored is told again, whatever the ceiling says: its answer may have been lost.
        assert_eq!(send(2).await.status, StatusCode::CREATED);
        // And no danger is refused for what others sent.
        let danger = doors.post("/api/v1/reports", "key-of-sending-danger", &json!({ "path": "me", "danger": "yes" })).await;
        assert_eq!(danger.status, StatusCode::CREATED);
        let wait: i64 = third.headers[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
        world.clock.advance(Duration::seconds(wait));
        assert_eq!(send(3).await.status, StatusCode::CREATED);
    })
    .await;
}

#[tokio::test]
async fn a_message_that_comes_a_thousand_times_is_stored_once() {
    on_both(|world| async move {
        let mut gateway = sender(&[Scope::Messages]);
        (gateway.way, gateway.per_hour) = (Channel::TextMessage, 5000);
        let doors = Doors::new(&world, 0, gateway).await;
        let secret = senders::new_signing(&world.desk, Decider::of(&world.sue).unwrap(), doors.sender, Uuid::from_u128(71)).await.unwrap();
        let body = json!({ "type": "message.received", "data": { "from": "+447700900123", "words": CANARY } });
        let first = doors.message(&world, &secret, "msg_1", &body).await;
        assert_eq!((first.status, first.json()), (StatusCode::OK, json!({ "new": true })));
        for _ in 0..999 {
            let again = doors.message(&world, &secret, "msg_1", &body).await;
            assert_eq!((again.status, again.json()), (StatusCode::OK, json!({ "new": false })));
        }
        // A gateway tries again for days, each time with the time of the attempt.
        for _ in 0..6 {
            world.clock.advance(Duration::days(1));
            sweep(&world.desk, &mut Swept::default(), None).await.unwrap();
            assert_eq!(doors.message(&world, &secret, "msg_1", &body).await.json(), json!({ "new": false }));
        }
        let all = all_contacts(&world).await;
        assert_eq!((all.len(), all[0].1.urgency), (1, Urgency::Soon), "nobody was asked how urgent it is");
        assert!(!lies_in(&world.everything_stored().await, CANARY));
        let opened = world.open(&world.ana, all[0].0).await.unwrap();
        let handed = opened.report.handed.unwrap();
        assert_eq!((opened.report.channel, &*handed.from, opened.mailbox), (Channel::TextMessage, "+447700900123", false));
        assert_eq!(opened.report.safe_contact.address, "", "nobody said that it is safe to answer there");

        // Replayed as it was once signed, it is not even looked at.
        let (text, old) = (body.to_string(), START);
        let (at, signed) = (old.unix_timestamp().to_string(), secret.sign("msg_1", old, text.as_bytes()));
        let headers =
            [("webhook-id", "msg_1"), ("webhook-timestamp", &*at), ("webhook-signature", &*signed), ("content-type", "application/json")];
        let path = format!("/api/v1/messages/{}", doors.sender);
        assert_eq!(doors.ask(Method::POST, &path, &headers, text).await.status, StatusCode::UNAUTHORIZED);
        // Another id is another message; a secret of somebody else, and one that was changed, is none.
        assert_eq!(doors.message(&world, &secret, "msg_2", &body).await.json(), json!({ "new": true }));
        senders::new_signing(&world.desk, Decider::of(&world.sue).unwrap(), doors.sender, Uuid::from_u128(72)).await.unwrap();
        assert_eq!(doors.message(&world, &secret, "msg_3", &body).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(all_contacts(&world).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn an_address_that_was_never_given_out_looks_like_one_that_signs_nothing() {
    on_sqlite(|world| async move {
        let doors = Doors::new(&world, 0, sender(&[Scope::Messages])).await;
        let secret = Secret::draw(&mut world.entropy.rng());
        let body = json!({ "type": "message.received", "data": { "from": "1", "words": "x" } });
        let not_signing = doors.message(&world, &secret, "msg_1", &body).await;
        let nobody = Doors { sender: Uuid::from_u128(3), ..doors }.message(&world, &secret, "msg_1", &body).await;
        assert_eq!((not_signing.status, not_signing.text), (nobody.status, nobody.text));
    })
    .await;
}

/// Address, headers and body of a request.
type Posted = (String, Vec<(String, String)>, Vec<u8>);

/// Keeps what would have been posted, and answers as it is told to.
#[derive(Clone)]
struct Kept {
    posted: Arc<Mutex<Vec<Posted>>>,
    answers: Arc<Mutex<Vec<Result<u16, String>>>>,
}

impl Poster for Kept {
    fn post<'a>(&'a self, delivery: &'a Delivery) -> Posting<'a> {
        let headers = delivery.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        self.posted.lock().unwrap().push((delivery.address.clone(), headers, delivery.body.clone()));
        let answer = self.answers.lock().unwrap().pop().unwrap_or(Ok(204));
        Box::pin(async move { answer })
    }
}

/// The events that wait, taken out of the jobs.
async fn events_waiting(world: &World) -> Vec<SenderEvent> {
    let found = Arc::new(Mutex::new(Vec::new()));
    let keep = found.clone();
    let handlers = plainsight_store::Handlers::new().register(SENDER_EVENT, 1, move |_, event: SenderEvent| {
        keep.lock().unwrap().push(event);
        async { Ok(()) }
    });
    let clock: Arc<dyn plainsight_store::Clock> = world.clock.clone();
    world.desk.jobs.run_due(&world.desk.store, world.organisation, &handlers, &clock, &world.entropy).await.unwrap();
    let found = found.lock().unwrap();
    found.clone()
}

/// A system that wants to is told that there is news, under a reference that leads nowhere, and never what.
#[tokio::test]
async fn who_handed_it_in_is_told_that_there_is_news_and_never_what() {
    on_both(|world| async move {
        let doors = Doors::new(&world, 2, sender(&[Scope::Reports, Scope::Mailbox])).await;
        let by = Decider::of(&world.sue).unwrap();
        let secret = senders::set_hook(&world.desk, by, doors.sender, Uuid::from_u128(73), Some("https://partner.example/hook".into()))
            .await
            .unwrap()
            .unwrap();
        let out = doors.post("/api/v1/reports", KEY, &json!({ "path": "me", "words": CANARY })).await.json();
        let contact = all_contacts(&world).await[0].0;
        world.open(&world.ana, contact).await.unwrap();
        world.open(&world.ben, contact).await.unwrap();
        reply(&world.desk, &world.ana, contact, Written::from("Come back on Sunday"), true).await.unwrap();
        let events = events_waiting(&world).await;
        assert_eq!(events.len(), 2, "read for the first time, and a message");

        let kept = Kept { posted: Arc::default(), answers: Arc::default() };
        let teller = Events { cabinet: world.desk.clone(), poster: Arc::new(kept.clone()) };
        kept.answers.lock().unwrap().extend([Ok(200), Err("no connection".to_owned()), Ok(500)]);
        assert_eq!(teller.deliver(&events[0]).await.unwrap(), Delivered::NotNow);
        assert_eq!(teller.deliver(&events[0]).await.unwrap(), Delivered::NotNow);
        assert_eq!(teller.deliver(&events[0]).await.unwrap(), Delivered::Done);
        assert_eq!(teller.deliver(&events[1]).await.unwrap(), Delivered::Done);
        let posted = kept.posted.lock().unwrap().clone();
        let ids: std::collections::BTreeSet<&str> = posted[..3].iter().map(|(_, headers, _)| headers[0].1.as_str()).collect();
        assert_eq!(ids.len(), 1, "each attempt carries the same id, so that it is taken once");
        let read = |body: &[u8]| serde_json::from_slice::<Value>(body).unwrap();
        let mut kinds: Vec<String> = posted[2..].iter().map(|(_, _, body)| read(body)["type"].as_str().unwrap().to_owned()).collect();
        kinds.sort_unstable();
        assert_eq!(kinds, ["mailbox.message", "report.read"]);
        for (address, headers, body) in &posted {
            assert_eq!((&**address, &read(body)["data"]), ("https://partner.example/hook", &json!({ "reference": out["reference"] })));
            assert!(!String::from_utf8_lossy(body).contains(&contact.to_string()), "no number of ours");
            let given =
                crate::signature::Headers { id: Some(&headers[0].1), timestamp: Some(&headers[1].1), signature: Some(&headers[2].1) };
            assert!(secret.check(given, body, world.now()).is_ok());
        }

        // An old address that wants no more does not silence the one that was entered meanwhile.
        senders::hook_gone(&world.desk, doors.sender, "https://old.example/".into()).await.unwrap_err();
        assert!(!senders::find(&world.desk, doors.sender).await.unwrap().hook.unwrap().gone);
        // Gone means gone, until somebody enters an address again.
        kept.answers.lock().unwrap().push(Ok(410));
        assert_eq!(teller.deliver(&events[0]).await.unwrap(), Delivered::Done);
        assert_eq!(teller.deliver(&events[0]).await.unwrap(), Delivered::Done);
        assert_eq!(kept.posted.lock().unwrap().len(), posted.len() + 1);
        assert!(senders::find(&world.desk, doors.sender).await.unwrap().hook.unwrap().gone);
        // One form shows one secret; sent again it ends nothing.
        let form = Uuid::from_u128(73);
        let again = senders::set_hook(&world.desk, by, doors.sender, form, Some("https://partner.example/hook".into())).await;
        assert!(matches!(again, Err(Trouble::AlreadyFiled)));
    })
    .await;
}

#[tokio::test]
async fn of_a_withdrawn_report_nobody_is_told_anything_more() {
    on_both(|world| async move {
        let doors = Doors::new(&world, 2, sender(&[Scope::Reports, Scope::Mailbox])).await;
        senders::set_hook(
            &world.desk,
            Decider::of(&world.sue).unwrap(),
            doors.sender,
            Uuid::from_u128(73),
            Some("https://p.example/".into()),
        )
        .await
        .unwrap();
        let out = doors.post("/api/v1/reports", KEY, &json!({ "path": "me", "danger": "yes" })).await.json();
        let contact = all_contacts(&world).await[0].0;
        assert_eq!(doors.post("/api/v1/mailbox/withdraw", KEY, &json!({ "receipt": out["receipt"] })).await.json()["outcome"], "danger");
        world.open(&world.ana, contact).await.unwrap();
        assert_eq!(events_waiting(&world).await.len(), 0);

        // Nor of one that is withdrawn while the event is on its way.
        let out = doors.post("/api/v1/reports", "key-of-the-next-report", &json!({ "path": "noticed", "words": "x" })).await.json();
        let (contact, _) = all_contacts(&world).await.into_iter().find(|(id, _)| *id != contact).unwrap();
        world.open(&world.ana, contact).await.unwrap();
        let events = events_waiting(&world).await;
        assert_eq!(events.len(), 1);
        assert_eq!(doors.post("/api/v1/mailbox/withdraw", KEY, &json!({ "receipt": out["receipt"] })).await.json()["outcome"], "stopped");
        let kept = Kept { posted: Arc::default(), answers: Arc::default() };
        let teller = Events { cabinet: world.desk.clone(), poster: Arc::new(kept.clone()) };
        assert_eq!(teller.deliver(&events[0]).await.unwrap(), Delivered::Done);
        assert!(kept.posted.lock().unwrap().is_empty());
    })
    .await;
}

const SERVICE: &str = "modern-slavery";

#[tokio::test]
async fn a_city_hands_in_by_open311_and_can_look_nothing_up() {
    on_both(|world| async move {
        let doors = Doors::new(&world, 0, sender(&[Scope::Open311])).await;
        let fields = [
            ("api_key", &*doors.key),
            ("service_code", SERVICE),
            ("lat", "51.6500"),
            ("long", "-0.2000"),
            ("address_string", "High Street"),
            ("description", CANARY),
            ("first_name", "Mara"),
            ("phone", "07700 900123"),
            ("device_id", "never kept"),
            ("media_url", "https://city.example/p.jpg"),
            ("attribute[danger]", "no"),
            ("attribute[signs][]", &*plainsight_vocabulary::signs()[0].id),
        ];
        let long = format!("{CANARY} and more words than two people write alike");
        let fields = fields.map(|(name, value)| (name, if name == "description" { &*long } else { value }));
        let taken = doors.form("/open311/v2/requests.json", &fields).await;
        assert_eq!(taken.status, StatusCode::OK, "{}", taken.text);
        let id = taken.json()[0]["service_request_id"].as_str().unwrap().to_owned();
        let again = doors.form("/open311/v2/requests.xml", &fields).await;
        assert!(again.text.starts_with("<?xml") && again.text.contains("<service_request_id>"), "{}", again.text);
        let all = all_contacts(&world).await;
        assert_eq!(all.len(), 1, "pressed twice it is one");
        let opened = world.open(&world.ana, all[0].0).await.unwrap();
        assert_eq!(opened.report.place, "High Street\n51.65000, -0.20000");
        assert!(opened.report.words.starts_with(&long) && opened.report.words.ends_with("p.jpg"));
        assert_eq!(opened.report.handed.unwrap().from, "Mara\n07700 900123");
        assert!(!opened.mailbox);

        // Two people who say no more than that they are in danger are two, and so are two who write the same few words.
        for few in [("attribute[danger]", "yes"), ("description", "help me")] {
            for _ in 0..2 {
                let taken = doors.form("/open311/v2/requests.json", &[("api_key", &*doors.key), ("service_code", SERVICE), few]).await;
                assert_eq!(taken.status, StatusCode::OK);
            }
        }
        let all = all_contacts(&world).await;
        assert_eq!((all.len(), all.iter().filter(|(_, header)| header.alarm.on).count()), (5, 2));
        // The next window begins in a moment; what was sent just now is still the same.
        world.clock.advance(Duration::minutes(10));
        assert_eq!(doors.form("/open311/v2/requests.json", &fields).await.status, StatusCode::OK);
        assert_eq!(all_contacts(&world).await.len(), 5);

        let nothing = doors.get("/open311/v2/requests/1.json").await;
        assert_eq!(nothing.status, StatusCode::NOT_FOUND);
        for path in [format!("/open311/v2/requests/{id}.json"), "/open311/v2/requests.json".into(), "/open311/v2/tokens/x.json".into()] {
            let answer = doors.get(&path).await;
            assert_eq!((answer.status, &answer.text), (StatusCode::NOT_FOUND, &nothing.text), "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn open311_says_what_it_takes_and_what_is_wrong_in_both_forms() {
    on_sqlite(|world| async move {
        let doors = Doors::new(&world, 0, sender(&[Scope::Open311])).await;
        assert_eq!(doors.get("/open311/v2/services.json").await.json()[0]["type"], "blackbox");
        assert!(doors.get("/open311/v2/services.xml").await.text.contains("<type>blackbox</type>"));
        let attributes = doors.get("/open311/v2/services/modern-slavery.json").await.json()["attributes"].clone();
        assert_eq!(attributes[0]["code"], "danger");
        assert!(doors.get("/open311/v2/services/modern-slavery.xml").await.text.contains("<key>not-sure</key>"));
        assert_eq!(doors.get("/open311/v2/discovery.json").await.json()["endpoints"][0]["formats"][1], "text/xml");
        assert_eq!(doors.get("/open311/v2/services/other.json").await.status, StatusCode::NOT_FOUND);
        let key = doors.key.clone();
        let wrong: [(&[(&str, &str)], StatusCode); 7] = [
            (&[("service_code", SERVICE), ("description", "x")], StatusCode::FORBIDDEN),
            (&[("api_key", &key), ("service_code", "graffiti"), ("description", "x")], StatusCode::NOT_FOUND),
            (&[("api_key", &key), ("service_code", SERVICE)], StatusCode::BAD_REQUEST),
            (&[("api_key", &key), ("service_code", SERVICE), ("lat", "51")], StatusCode::BAD_REQUEST),
            (&[("api_key", &key), ("service_code", SERVICE), ("lat", "99"), ("long", "0")], StatusCode::BAD_REQUEST),
            (&[("api_key", &key), ("service_code", SERVICE), ("attribute[danger]", "perhaps")], StatusCode::BAD_REQUEST),
            (&[("api_key", &key), ("service_code", SERVICE), ("attribute[signs][]", "none")], StatusCode::BAD_REQUEST),
        ];
        for (fields, status) in wrong {
            let answer = doors.form("/open311/v2/requests.json", fields).await;
            assert_eq!((answer.status, answer.json()[0]["code"].as_u64()), (status, Some(status.as_u16().into())), "{fields:?}");
        }
        assert!(doors.form("/open311/v2/requests.xml", &[]).await.text.contains("<errors><error><code>403</code>"));
        assert_eq!(all_contacts(&world).await, []);
    })
    .await;
}

/// Somebody builds on it: whoever changes the interface changes this file too, and sees what they change.
#[test]
fn the_description_is_the_file_in_docs() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/openapi.json");
    let made = crate::screens::api::description();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&file, made).unwrap();
    }
    assert!(
        std::fs::read_to_string(&file).unwrap_or_default() == made,
        "docs/openapi.json is old: run this test with UPDATE_GOLDEN=1 and look at the change"
    );
}

#[tokio::test]
async fn whoever_asks_gets_the_questions_and_the_routes_without_a_key() {
    on_sqlite(|world| async move {
        let doors = Doors::new(&world, 0, sender(&[])).await;
        let form = doors.get("/api/v1/form?language=ro").await.json();
        assert_eq!(form["language"], "ro");
        assert_eq!(form["signs"].as_array().unwrap().len(), plainsight_vocabulary::signs().len());
        for list in ["answers", "seen", "naming", "reach", "settings"] {
            for choice in form[list].as_array().unwrap() {
                let words = choice["words"].as_str().unwrap();
                assert!(!words.is_empty() && !words.contains('-') || words.contains(' '), "{list}: {words} is no text");
            }
        }
        let routes = doors.get("/api/v1/routes").await.json();
        assert!(routes.as_array().unwrap().iter().any(|route| route["kind"] == "emergency" && route["telephone"] == "999"), "{routes}");
        let other = doors.get("/api/v1/form?language=xx").await;
        assert_eq!((other.status, other.json()["language"].as_str()), (StatusCode::OK, Some("en")));
        for wrong in ["language=%00", "language=", "language=en&language=ro"] {
            assert_eq!(doors.get(&format!("/api/v1/form?{wrong}")).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        }
    })
    .await;
}
