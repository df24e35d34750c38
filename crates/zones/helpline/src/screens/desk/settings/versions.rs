//! Earlier versions, and changes that wait for a second person.

use askama::Template;
use axum::extract::{Form as Posted, Path, State};
use axum::response::Response;
use uuid::Uuid;

use plainsight_pages::components::Button;
use plainsight_pages::{Language, Locale, Markup, Typed};
use plainsight_people::SignedIn;
use plainsight_vocabulary::OperatorEdit;

use super::route::Filled;
use super::{PAGE, back, described, failed, meanwhile, names, seen};
use crate::acts::senders::Decider;
use crate::acts::settings::{Done, Unchanged, change, decide as decided, earlier, proposal as waits, weighed};
use crate::screens::bits;
use crate::screens::desk::Desk;
use crate::screens::public::routes::preview;
use crate::standing::{Made, Proposal, Version, all_routes};
use crate::trouble::Trouble;

#[derive(Template)]
#[template(
    source = r#"<h2 class="govuk-heading-m">{{ title }}</h2><div class="ps-scroll" tabindex="0" role="region" aria-label="{{ title }}"><pre class="ps-pre" dir="ltr">{{ text }}</pre></div>"#,
    ext = "html"
)]
struct Text<'a> {
    title: &'a str,
    text: &'a str,
}

/// The lines that only one of two texts has, as `-` and `+`: enough to see what a version would change back.
fn differences(before: &str, after: &str) -> String {
    let other = |line: &&str, text: &str| !text.lines().any(|each| each == *line);
    let gone = before.lines().filter(|line| other(line, after)).map(|line| format!("- {line}"));
    let new = after.lines().filter(|line| other(line, before)).map(|line| format!("+ {line}"));
    gone.chain(new).collect::<Vec<_>>().join("\n")
}

pub(in super::super) async fn show(State(desk): State<Desk>, who: SignedIn, language: Language, Path(number): Path<i64>) -> Response {
    match one(&desk, &who, &language, number, None).await {
        Ok(answer) => answer,
        Err(error) => failed(&desk, &language, &error),
    }
}

async fn found(desk: &Desk, who: &SignedIn, number: i64) -> Result<Version, Trouble> {
    Decider::of(who)?;
    desk.standing.catch_up(&desk.cabinet).await?;
    earlier(&desk.cabinet, number).await
}

async fn one(
    desk: &Desk,
    who: &SignedIn,
    language: &Language,
    number: i64,
    problem: Option<(String, Vec<String>)>,
) -> Result<Response, Trouble> {
    let version = found(desk, who, number).await?;
    let words = &*language.locale;
    let (held, names) = (desk.standing.now(), names(desk).await?);
    let changes = differences(&held.text, &version.text);
    let mut lead = vec![described(words, &names, &version.made, version.by), words.date_time(version.at, desk.offset(version.at))];
    let same = changes.is_empty();
    lead.push(words.text(if same { "desk-settings-same" } else { "desk-settings-bring-back-lead" }).into_owned());
    let wrong = problem.is_some();
    let (problem, meanwhile) = problem.unwrap_or_default();
    lead.extend(Some(problem).filter(|problem| !problem.is_empty()));
    let text = |title: &str, text: &str| Markup::of(&Text { title: &words.text(title), text });
    let before = if same { Markup::default() } else { text("desk-settings-differs", &changes) };
    let title = words.with("desk-settings-number", &[("number", number.into())]);
    let button = Button::new(words.text("desk-settings-bring-back").into_owned()).named("go", "save");
    let filled = Filled {
        language,
        words,
        summary: None,
        title,
        meanwhile,
        lead,
        before: Markup::join([before, text("desk-settings-whole", &version.text)]),
        action: language.href(&format!("{PAGE}/versions/{number}")),
        hidden: vec![("seen".to_owned(), held.newest.to_string())],
        fields: Markup::default(),
        buttons: if same { Vec::new() } else { vec![button] },
    };
    Ok(filled.answer(desk, who, wrong))
}

pub(in super::super) async fn bring_back(
    State(desk): State<Desk>,
    who: SignedIn,
    language: Language,
    Path(number): Path<i64>,
    Posted(typed): Posted<Typed>,
) -> Response {
    let seen = seen(&typed);
    let answer = async {
        let words = &*language.locale;
        match change(&desk.cabinet, &who, &desk.standing, Made::Again(number), seen).await {
            Ok(Done::Holds(_)) => Ok(back(&language, "holds")),
            Ok(Done::Waits) => Ok(back(&language, "waits")),
            Err(Unchanged::Meanwhile) => {
                let changed = meanwhile(&desk, words, seen).await?;
                one(&desk, &who, &language, number, Some((String::new(), changed))).await
            }
            Err(unchanged) => one(&desk, &who, &language, number, Some((refused(words, unchanged)?, Vec::new()))).await,
        }
    };
    answer.await.unwrap_or_else(|error: Trouble| failed(&desk, &language, &error))
}

/// Why it cannot be, in words.
fn refused(words: &Locale, unchanged: Unchanged) -> Result<String, Trouble> {
    match unchanged {
        Unchanged::Refused(_) => Ok(words.text("desk-settings-wrong-guarded").into_owned()),
        Unchanged::OtherFile => Ok(words.text("desk-settings-wrong-other-file").into_owned()),
        Unchanged::Edit(_) => Ok(words.text("desk-settings-wrong-file").into_owned()),
        Unchanged::Unsigned => Ok(words.text("desk-settings-wrong-unsigned").into_owned()),
        Unchanged::Meanwhile => Err(Trouble::Meanwhile),
        Unchanged::Trouble(error) => Err(error),
    }
}

pub(in super::super) async fn proposal(State(desk): State<Desk>, who: SignedIn, language: Language, Path(id): Path<Uuid>) -> Response {
    match proposed(&desk, &who, &language, id, None).await {
        Ok(answer) => answer,
        Err(error) => failed(&desk, &language, &error),
    }
}

async fn proposed(desk: &Desk, who: &SignedIn, language: &Language, id: Uuid, problem: Option<String>) -> Result<Response, Trouble> {
    Decider::of(who)?;
    desk.standing.catch_up(&desk.cabinet).await?;
    let proposal = waits(&desk.cabinet, id).await?;
    let words = &*language.locale;
    let mine = proposal.by == who.member.id;
    let mut lead = vec![
        described(words, &names(desk).await?, &proposal.made, proposal.by),
        words.date_time(proposal.at, desk.offset(proposal.at)),
        words.text(if mine { "desk-settings-own-proposal" } else { "desk-settings-proposal-lead" }).into_owned(),
    ];
    let wrong = problem.is_some();
    lead.extend(problem);
    let yes = Button::new(words.text("desk-settings-yes").into_owned()).named("go", "yes");
    let no = Button::new(words.text(if mine { "desk-settings-withdraw" } else { "desk-settings-no" }).into_owned())
        .named("go", "no")
        .secondary();
    let title = words.text("desk-settings-waiting").into_owned();
    let filled = Filled {
        language,
        words,
        summary: None,
        title,
        meanwhile: Vec::new(),
        lead,
        before: what_changes(desk, words, &proposal).await,
        action: language.href(&format!("{PAGE}/proposals/{id}")),
        hidden: vec![("seen".to_owned(), desk.standing.now().newest.to_string())],
        fields: Markup::default(),
        buttons: if mine { vec![no] } else { vec![yes, no] },
    };
    Ok(filled.answer(desk, who, wrong))
}

/// The route before and after, and the lines of the text that change.
async fn what_changes(desk: &Desk, words: &Locale, proposal: &Proposal) -> Markup {
    let Ok((text, _)) = weighed(&desk.cabinet, &desk.standing, &proposal.made).await else {
        return bits::paragraph(&words.text("desk-settings-wrong-file"));
    };
    let held = desk.standing.now();
    let mut parts = Vec::new();
    if let Made::Edit(OperatorEdit::Route { jurisdiction, route, .. }) = &proposal.made {
        for (title, prefix, text) in [("desk-settings-now", "now", &held.text), ("desk-settings-then", "then", &text)] {
            let all = all_routes("", text).unwrap_or_default();
            let shown = all.iter().find(|one| one.id == *jurisdiction);
            let shown = shown.and_then(|one| preview(one, route, words, desk.cabinet.now(), prefix));
            let shown = shown.unwrap_or_else(|| bits::paragraph(&words.text("desk-settings-not-shown")));
            parts.push(Markup::of(&super::route::UnderTitle { title: &words.text(title), route: shown }));
        }
    }
    parts.push(Markup::of(&Text { title: &words.text("desk-settings-differs"), text: &differences(&held.text, &text) }));
    Markup::join(parts)
}

pub(in super::super) async fn decide(
    State(desk): State<Desk>,
    who: SignedIn,
    language: Language,
    Path(id): Path<Uuid>,
    Posted(typed): Posted<Typed>,
) -> Response {
    let yes = typed.get("go") == "yes";
    let seen = seen(&typed);
    let answer = async {
        match decided(&desk.cabinet, &who, &desk.standing, id, (yes, seen)).await {
            Ok(Done::Holds(_)) => Ok(back(&language, "holds")),
            Ok(Done::Waits) => Ok(back(&language, "refused")),
            Err(Unchanged::Meanwhile) => {
                proposed(&desk, &who, &language, id, Some(language.locale.text("desk-settings-meanwhile").into_owned())).await
            }
            Err(unchanged) => proposed(&desk, &who, &language, id, Some(refused(&language.locale, unchanged)?)).await,
        }
    };
    answer.await.unwrap_or_else(|error: Trouble| failed(&desk, &language, &error))
}
