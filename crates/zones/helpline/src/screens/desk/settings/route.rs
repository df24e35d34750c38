//! One route to help: its facts are checked again, or changed, after a look at what the public will see.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Form as Posted, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use time::Duration;

use plainsight_pages::components::{Button, CheckboxItem, ErrorSummary, Legend, SelectItem};
use plainsight_pages::{FieldErrors, Form, Language, Locale, Markup, Typed};
use plainsight_people::SignedIn;
use plainsight_vocabulary::{Anonymity, CheckedBy, Cost, EditError, FactName, Jurisdiction, OperatorEdit, Route, Weight, is_guarded};

use super::{PAGE, back, failed, meanwhile, route_name, seen};
use crate::acts::senders::Decider;
use crate::acts::settings::{Done, Unchanged, change, weighed};
use crate::screens::bits;
use crate::screens::desk::{Desk, whole};
use crate::screens::public::routes::preview;
use crate::standing::{Made, all_routes};
use crate::trouble::Trouble;

/// A check holds for half a year unless somebody writes another day.
pub(super) const USUAL: Duration = Duration::days(182);

#[derive(Template)]
#[template(path = "desk/settings/form.html")]
pub(super) struct Filled<'a> {
    pub(super) language: &'a Language,
    pub(super) words: &'a Locale,
    pub(super) summary: Option<ErrorSummary>,
    pub(super) title: String,
    pub(super) meanwhile: Vec<String>,
    pub(super) lead: Vec<String>,
    pub(super) before: Markup,
    pub(super) action: String,
    pub(super) hidden: Vec<(String, String)>,
    pub(super) fields: Markup,
    pub(super) buttons: Vec<Button>,
}

impl Filled<'_> {
    /// The page, and whether something has to be mended on it.
    pub(super) fn answer(&self, desk: &Desk, who: &SignedIn, wrong: bool) -> Response {
        let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        (status, whole(desk, who, self.language, &self.title, wrong, self)).into_response()
    }
}

/// Where a route is.
type Place = Path<(String, String)>;

/// A route that is looked at.
struct Looked {
    jurisdiction: Jurisdiction,
    route: Route,
    /// Its facts as they are typed, and whether each is shown.
    facts: BTreeMap<FactName, (String, bool)>,
}

impl Looked {
    /// The route as it holds now.
    async fn at(desk: &Desk, who: &SignedIn, jurisdiction: &str, route: &str) -> Result<Self, Trouble> {
        Decider::of(who)?;
        desk.standing.catch_up(&desk.cabinet).await?;
        let settings = desk.standing.settings();
        let jurisdiction = settings.jurisdictions.iter().find(|one| one.id == jurisdiction).ok_or(Trouble::NotFound)?.clone();
        let route = jurisdiction.route(route).ok_or(Trouble::NotFound)?.clone();
        let place = format!("{}/{}", jurisdiction.id, route.id);
        let report = jurisdiction.report(desk.cabinet.now()).into_iter().find(|report| report.route == place);
        let facts = report.map(|report| report.facts).unwrap_or_default().into_iter().filter_map(|fact| {
            let name = FactName::from_code(fact.fact.rsplit('/').next()?)?;
            let value = if name == FactName::Hours { fact.value.replace(", ", "\n") } else { fact.value };
            Some((name, (value, fact.standing.is_shown())))
        });
        Ok(Self { facts: facts.collect(), jurisdiction, route })
    }

    /// The facts that the form asks for: seldom ones only where the route has them.
    fn asked(&self) -> impl Iterator<Item = FactName> {
        let seldom = |name: &FactName| matches!(name, FactName::AlsoTelephone | FactName::Silent);
        FactName::ALL.iter().copied().filter(move |name| !seldom(name) || self.facts.contains_key(name))
    }

    fn action(&self, language: &Language) -> String {
        language.href(&format!("{PAGE}/routes/{}/{}", self.jurisdiction.id, self.route.id))
    }

    /// The languages in which a route of the operator's own has a name.
    fn tags(&self, desk: &Desk) -> Vec<String> {
        let mut tags: Vec<String> = match &self.route.name {
            plainsight_vocabulary::RouteName::Own(names) => names.keys().cloned().collect(),
            plainsight_vocabulary::RouteName::Key(_) => return Vec::new(),
        };
        tags.extend(desk.face.locales.menu().map(|locale| locale.tag().to_owned()));
        tags.sort();
        tags.dedup();
        tags
    }
}

pub(in super::super) async fn show(State(desk): State<Desk>, who: SignedIn, language: Language, Path((one, route)): Place) -> Response {
    match Looked::at(&desk, &who, &one, &route).await {
        Ok(looked) => {
            let typed = beginning(&desk, &who, &looked);
            form(&desk, &who, &language, &looked, (&typed, &FieldErrors::new()), Vec::new())
        }
        Err(error) => failed(&desk, &language, &error),
    }
}

/// The form as it is first drawn.
fn beginning(desk: &Desk, who: &SignedIn, looked: &Looked) -> Typed {
    let today = looked.jurisdiction.today(desk.cabinet.now());
    let mut pairs: Vec<(String, String)> = Vec::new();
    for (name, (value, shown)) in &looked.facts {
        pairs.push((name.code().to_owned(), value.clone()));
        if *shown {
            pairs.push(("checked".to_owned(), name.code().to_owned()));
        }
    }
    for tag in looked.tags(desk) {
        if let plainsight_vocabulary::RouteName::Own(names) = &looked.route.name {
            pairs.push((format!("name-{tag}"), names.get(&tag).cloned().unwrap_or_default()));
        }
    }
    pairs.push(("by".to_owned(), who.member.name.clone()));
    pairs.push(("review_by".to_owned(), today.saturating_add(USUAL).to_string()));
    pairs.push(("seen".to_owned(), desk.standing.now().newest.to_string()));
    Typed::from_pairs(pairs)
}

/// Who checked it and until when it holds.
pub(super) fn check_fields(form: &Form<'_>) -> [Markup; 2] {
    [
        form.input("by", "desk-settings-by").hint(form.text("desk-settings-by-hint")).autocomplete("off").into(),
        form.input("review_by", "desk-settings-review").hint(form.text("desk-settings-review-hint")).autocomplete("off").into(),
    ]
}

fn form(
    desk: &Desk,
    who: &SignedIn,
    language: &Language,
    looked: &Looked,
    (typed, errors): (&Typed, &FieldErrors),
    meanwhile: Vec<String>,
) -> Response {
    let words = &*language.locale;
    let form = Form::desk(words, typed, errors);
    let mut fields: Vec<Markup> = Vec::new();
    for tag in looked.tags(desk) {
        let label = words.with("desk-settings-name-in", &[("language", bits::language_name(words, &tag).as_str().into())]);
        fields.push(form.input_of(&format!("name-{tag}"), label).autocomplete("off").into());
    }
    for name in looked.asked() {
        let label = format!("desk-settings-fact-{name}");
        let hint = words.text(&format!("desk-settings-fact-{name}-hint")).into_owned();
        let choice = |codes: Vec<&'static str>, prefix: &str| {
            let none = SelectItem::new("", words.text("desk-settings-unsaid").into_owned());
            let items = codes.into_iter().map(|code| SelectItem::new(code, words.text(&format!("{prefix}-{code}")).into_owned()));
            form.select(name.code(), &label, std::iter::once(none).chain(items)).into()
        };
        fields.push(match name {
            FactName::Hours => form.textarea(name.code(), &label).hint(hint).rows(3).into(),
            FactName::Cost => choice(Cost::ALL.iter().map(|cost| cost.code()).collect(), "route-cost"),
            FactName::Anonymous => choice(Anonymity::ALL.iter().map(|one| one.code()).collect(), "route-anonymous"),
            _ => form.input(name.code(), &label).hint(hint).autocomplete("off").into(),
        });
    }
    if !looked.route.own {
        let item = |name: FactName| CheckboxItem::new(name.code(), words.text(&format!("desk-settings-fact-{name}")));
        let legend = Legend::new(words.text("desk-settings-checked"));
        fields.push(form.checkboxes_of("checked", legend, looked.asked().map(item)).into());
    }
    fields.extend(check_fields(&form));
    let guarded = is_guarded(looked.route.kind);
    let mut buttons = vec![Button::new(words.text("desk-settings-look").into_owned()).named("go", "look")];
    if !guarded {
        buttons.push(Button::new(words.text("desk-settings-stop").into_owned()).named("go", "stop").secondary());
    }
    let asked = if looked.route.own { "desk-settings-own-lead" } else { "desk-settings-route-lead" };
    let mut lead = vec![words.text(asked).into_owned()];
    if guarded {
        lead.push(words.text("desk-settings-guarded").into_owned());
    }
    let filled = Filled {
        language,
        words,
        summary: form.summary(),
        title: route_name(words, &looked.route),
        lead,
        before: now_shown(desk, words, looked, &looked.jurisdiction, "desk-settings-now", "now"),
        action: looked.action(language),
        hidden: vec![("seen".to_owned(), typed.get("seen").to_owned())],
        fields: Markup::join(fields),
        buttons,
        meanwhile,
    };
    let wrong = !errors.is_empty() || !filled.meanwhile.is_empty();
    filled.answer(desk, who, wrong)
}

#[derive(Template)]
#[template(source = r#"<h2 class="govuk-heading-m">{{ title }}</h2>{{ route }}"#, ext = "html")]
pub(super) struct UnderTitle<'a> {
    pub(super) title: &'a str,
    pub(super) route: Markup,
}

/// The route as the public sees it by this jurisdiction.
fn now_shown(desk: &Desk, words: &Locale, looked: &Looked, jurisdiction: &Jurisdiction, title: &str, prefix: &str) -> Markup {
    let route = preview(jurisdiction, &looked.route.id, words, desk.cabinet.now(), prefix);
    let route = route.unwrap_or_else(|| bits::paragraph(&words.text("desk-settings-not-shown")));
    Markup::of(&UnderTitle { title: &words.text(title), route })
}

/// The change that the form asks for, or what is to be mended before it can be one.
fn read(desk: &Desk, looked: &Looked, typed: &Typed, stop: bool) -> Result<OperatorEdit, FieldErrors> {
    let (jurisdiction, route) = (looked.jurisdiction.id.clone(), looked.route.id.clone());
    if stop {
        return Ok(OperatorEdit::StopShowing { jurisdiction, route });
    }
    let mut errors = FieldErrors::new();
    let (mut facts, mut gone, mut changed_unticked) = (BTreeMap::new(), Vec::new(), false);
    let ticked = |name: FactName| looked.route.own || typed.all("checked").iter().any(|code| code == name.code());
    for name in looked.asked() {
        let value = typed.get(name.code()).replace('\r', "").trim().to_owned();
        let before = looked.facts.get(&name).map(|(value, _)| value.as_str());
        match (value.is_empty(), before) {
            (true, Some(_)) => gone.push(name),
            (true, None) => {}
            (false, _) if ticked(name) => {
                facts.insert(name, value);
            }
            (false, before) => changed_unticked |= before != Some(&*value),
        }
    }
    if changed_unticked || (facts.is_empty() && gone.is_empty()) {
        errors.add("checked", "desk-settings-wrong-checked");
    }
    let names: BTreeMap<String, String> =
        looked.tags(desk).into_iter().filter_map(|tag| Some((tag.clone(), typed.given(&format!("name-{tag}"))?.to_owned()))).collect();
    if looked.route.own && names.is_empty() {
        errors.add("name-en", "desk-settings-wrong-name");
    }
    let check = check(typed, looked.jurisdiction.today(desk.cabinet.now()));
    if errors.is_empty() { Ok(OperatorEdit::Route { jurisdiction, route, facts, gone, names, check }) } else { Err(errors) }
}

/// Who checked it today, as typed.
pub(super) fn check(typed: &Typed, today: time::Date) -> CheckedBy {
    CheckedBy { by: typed.get("by").trim().to_owned(), on: today.to_string(), review_by: typed.get("review_by").trim().to_owned() }
}

/// What is wrong, at the field at which it is mended.
pub(super) fn at_field(error: &EditError) -> FieldErrors {
    let mut errors = FieldErrors::new();
    match error {
        EditError::Fact(name) => errors.add(name.code(), wrong(*name)),
        EditError::Statutory(name) => errors.add(name.code(), "desk-settings-wrong-law"),
        EditError::Name => errors.add("name-en", "desk-settings-wrong-name"),
        EditError::By => errors.add("by", "desk-settings-wrong-by"),
        EditError::ReviewBy => errors.add("review_by", "desk-settings-wrong-review"),
        EditError::NoRoute | EditError::Shape | EditError::File(_) => {
            tracing::warn!(%error, "a change of the settings does not hold");
            errors.add("by", "desk-settings-wrong-file")
        }
    };
    errors
}

fn wrong(name: FactName) -> &'static str {
    match name {
        FactName::Telephone | FactName::AlsoTelephone | FactName::Silent => "desk-settings-wrong-telephone",
        FactName::Web => "desk-settings-wrong-web",
        FactName::Hours => "desk-settings-wrong-hours",
        FactName::Languages => "desk-settings-wrong-languages",
        FactName::Cost | FactName::Anonymous => "desk-settings-wrong-choice",
    }
}

pub(in super::super) async fn send(
    State(desk): State<Desk>,
    who: SignedIn,
    language: Language,
    Path((one, route)): Place,
    Posted(typed): Posted<Typed>,
) -> Response {
    match sent(&desk, &who, &language, (&one, &route), typed).await {
        Ok(answer) => answer,
        Err(error) => failed(&desk, &language, &error),
    }
}

async fn sent(desk: &Desk, who: &SignedIn, language: &Language, (one, route): (&str, &str), mut typed: Typed) -> Result<Response, Trouble> {
    let looked = Looked::at(desk, who, one, route).await?;
    let none = FieldErrors::new();
    let stop = typed.get("go") == "stop" || (typed.get("go") == "save" && typed.get("what") == "stop");
    let wrong = |typed: &Typed, errors: &FieldErrors| form(desk, who, language, &looked, (typed, errors), Vec::new());
    if typed.get("go") == "edit" {
        return Ok(wrong(&typed, &none));
    }
    let edit = match read(desk, &looked, &typed, stop) {
        Ok(edit) => edit,
        Err(errors) => return Ok(wrong(&typed, &errors)),
    };
    let seen = seen(&typed);
    let unchanged = if seen != desk.standing.now().newest {
        Unchanged::Meanwhile
    } else if typed.get("go") == "save" {
        match change(&desk.cabinet, who, &desk.standing, Made::Edit(edit), seen).await {
            Ok(Done::Holds(_)) => return Ok(back(language, "holds")),
            Ok(Done::Waits) => return Ok(back(language, "waits")),
            Err(unchanged) => unchanged,
        }
    } else {
        match weighed(&desk.cabinet, &desk.standing, &Made::Edit(edit)).await {
            Ok((_, Weight::Refused(fact))) => Unchanged::Refused(fact),
            Ok((text, weight)) => return look(desk, who, language, &looked, &typed, (&text, weight == Weight::NeedsSecond, stop)),
            Err(unchanged) => unchanged,
        }
    };
    match unchanged {
        Unchanged::Edit(error) => Ok(wrong(&typed, &at_field(&error))),
        Unchanged::Refused(fact) => {
            let mut errors = FieldErrors::new();
            let field = fact.rsplit('/').next().and_then(FactName::from_code).map_or("by", FactName::code);
            errors.add(field, "desk-settings-wrong-guarded");
            Ok(wrong(&typed, &errors))
        }
        Unchanged::Meanwhile => {
            let changed = meanwhile(desk, &language.locale, seen).await?;
            typed.set("seen", desk.standing.now().newest.to_string());
            Ok(form(desk, who, language, &looked, (&typed, &none), changed))
        }
        // An edit is made over what holds.
        Unchanged::OtherFile | Unchanged::Unsigned => Err(Trouble::NotFound),
        Unchanged::Trouble(error) => Err(error),
    }
}

/// What the public sees now and will see, before it holds.
fn look(
    desk: &Desk,
    who: &SignedIn,
    language: &Language,
    looked: &Looked,
    typed: &Typed,
    (text, needs_second, stop): (&str, bool, bool),
) -> Result<Response, Trouble> {
    let words = &*language.locale;
    let all = all_routes("", text).map_err(|_| Trouble::Damaged("the changed settings"))?;
    let after = all.iter().find(|one| one.id == looked.jurisdiction.id).ok_or(Trouble::NotFound)?;
    let before = Markup::join([
        now_shown(desk, words, looked, &looked.jurisdiction, "desk-settings-now", "now"),
        now_shown(desk, words, looked, after, "desk-settings-then", "then"),
    ]);
    let mut hidden: Vec<(String, String)> = typed
        .iter()
        .filter(|(name, _)| !["go", "what"].contains(name))
        .flat_map(|(name, values)| values.iter().map(move |value| (name.to_owned(), value.clone())))
        .collect();
    if stop {
        hidden.push(("what".to_owned(), "stop".to_owned()));
    }
    let save = if needs_second { "desk-settings-propose" } else { "desk-settings-save" };
    let lead = if needs_second { "desk-settings-needs-second" } else { "desk-settings-look-lead" };
    let filled = Filled {
        language,
        words,
        summary: None,
        title: words.with("desk-settings-look-at", &[("what", route_name(words, &looked.route).as_str().into())]),
        meanwhile: Vec::new(),
        lead: vec![words.text(lead).into_owned()],
        before,
        action: looked.action(language),
        hidden,
        fields: Markup::default(),
        buttons: vec![
            Button::new(words.text(save).into_owned()).named("go", "save"),
            Button::new(words.text("desk-settings-edit").into_owned()).named("go", "edit").secondary(),
        ],
    };
    let title = filled.title.clone();
    Ok(whole(desk, who, language, &title, false, &filled))
}
