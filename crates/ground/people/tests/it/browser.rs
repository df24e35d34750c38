//! A browser at the desk's door: sends requests, keeps the cookie.

use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use axum::routing::{get, post};
use axum::{Form, Router};
use plainsight_people::{
    Accounts, Allowed, Auditing, Book, Desk, Member, People, Permission, Room, SignedIn, Staff, account, desk, ledger, needs_fresh, staff,
};
use plainsight_vault::SigningKey;
use time::Duration;
use tower::ServiceExt as _;
use tower_sessions::session::Id;
use zeroize::Zeroizing;

use super::world::{Person, World};

/// The address of the desk in these tests.
pub(crate) const ORIGIN: &str = "https://desk.example.org";

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    /// Where a redirect leads.
    pub(crate) fn leads_to(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{self:?}");
        self.headers[header::LOCATION].to_str().unwrap()
    }
}

pub(crate) struct Browser {
    router: Router,
    pub(crate) cookie: Option<String>,
}

struct Adviser;

impl Permission for Adviser {
    fn permits(member: &Member) -> bool {
        member.holds("helpline", "adviser")
    }
}

/// A zone with a page that tells who is there and of how many teams they hold a key, a page for advisers, a form, and a page
/// that wants the password typed within five minutes.
fn zone(desk: &Desk) -> Router {
    async fn who(signed_in: SignedIn) -> String {
        format!("{} {}", signed_in.member.id, signed_in.unlocked.held_teams().count())
    }
    async fn advisers(allowed: Allowed<Adviser>) -> String {
        allowed.signed_in.member.id.to_string()
    }
    async fn note(_: SignedIn, Form(fields): Form<Vec<(String, String)>>) -> String {
        format!("{fields:?}")
    }
    let export = needs_fresh(desk, Duration::minutes(5), Router::new().route("/export", get(who).post(note)));
    Router::new()
        .route("/", get(who))
        .route("/contacts", get(who))
        .route("/advisers", get(advisers))
        .route("/note", post(note))
        .merge(export)
}

fn face(people: &People) -> Desk {
    let locales = plainsight_pages::Locales::load(None).unwrap();
    Desk::new(people.clone(), plainsight_pages::DeskSite::new(locales, "Testing desk", false))
}

fn router(people: &People) -> Router {
    let face = face(people);
    desk(&face, zone(&face))
}

impl Browser {
    pub(crate) fn at(people: &People) -> Self {
        Self { router: router(people), cookie: None }
    }

    /// A browser at a desk that has the pages of the ledger too.
    pub(crate) fn at_ledger(people: &People, book: Book) -> Self {
        let face = face(people);
        let auditing = Auditing::new(&face, [book], SigningKey::from_bytes([6; 32]), "Europe/London");
        Self { router: desk(&face, zone(&face).merge(ledger(auditing))), cookie: None }
    }

    /// A browser at a desk that has the rota and the pages of members in it.
    pub(crate) fn at_staff(people: &People) -> Self {
        let face = face(people);
        let pages: &[_] = &[("desk-my-list", "/contacts")];
        let helpline = Room { zone: "helpline", title: "desk-helpline", pages, roles: &["adviser", "supervisor"] };
        let intelligence = Room { zone: "intelligence", title: "desk-helpline", pages: &[], roles: &["analyst"] };
        let pages = staff(Staff::new(&face, "Europe/London", [helpline, intelligence]));
        Self { router: desk(&face, zone(&face).merge(pages)), cookie: None }
    }

    /// A browser at a desk with an address, that has the pages of one's own account.
    pub(crate) fn at_account(people: &People) -> Self {
        let face = face(people).at(ORIGIN);
        let pages = account(Accounts::new(&face, "Europe/London", []));
        Self { router: desk(&face, zone(&face).merge(pages)), cookie: None }
    }

    /// The same browser, after the program was started again.
    pub(crate) fn at_restarted(&self, people: &People) -> Self {
        Self { router: router(people), cookie: self.cookie.clone() }
    }

    /// The same browser at the zone's pages without the gate in front of them.
    pub(crate) fn outside_the_gate(&self, people: &People) -> Self {
        Self { router: zone(&face(people)), cookie: self.cookie.clone() }
    }

    async fn send(&mut self, method: Method, path: &str, form: Option<String>) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        if let Some(form) = &form {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").header(header::CONTENT_LENGTH, form.len());
        }
        let answer = self.router.clone().oneshot(request.body(Body::from(form.unwrap_or_default())).unwrap()).await.unwrap();
        let (parts, body) = answer.into_parts();
        if let Some(set) = parts.headers.get(header::SET_COOKIE) {
            let set = set.to_str().unwrap();
            let cookie = set.split(';').next().unwrap().to_owned();
            self.cookie = (!set.contains("Max-Age=0")).then_some(cookie);
        }
        let bytes = axum::body::to_bytes(body, 1_000_000).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    pub(crate) async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Answer {
        let form = serde_urlencoded::to_string(form).unwrap();
        self.send(Method::POST, path, Some(form)).await
    }

    /// Signs in with everything right.
    pub(crate) async fn sign_in(&mut self, world: &World, person: &Person) -> Answer {
        self.sign_in_with(world, person, &[]).await
    }

    /// Signs in with everything right and further fields.
    pub(crate) async fn sign_in_with(&mut self, world: &World, person: &Person, more: &[(&str, &str)]) -> Answer {
        let code = Zeroizing::new(world.code(person));
        let mut form = vec![("name", person.sign_in_name.as_str()), ("password", &person.password), ("code", &code)];
        form.extend_from_slice(more);
        self.post("/sign-in", &form).await
    }

    pub(crate) async fn unlock(&mut self, person: &Person) -> Answer {
        self.post("/locked", &[("password", &person.password)]).await
    }

    /// Whether the desk's first page opens.
    pub(crate) async fn is_in(&mut self) -> bool {
        self.get("/").await.status == StatusCode::OK
    }

    /// The session id in the cookie.
    pub(crate) fn session(&self) -> Id {
        self.cookie.as_deref().unwrap().split_once('=').unwrap().1.parse().unwrap()
    }
}
