//! "Tell the reporter what became of it": the fixed sentences, each as the reporter will read it.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use uuid::Uuid;

use plainsight_pages::components::{RadioItem, Radios};
use plainsight_pages::{Language, Locale, Markup};
use plainsight_people::SignedIn;

use super::Desk;
use super::contact::page;
use super::forms::{Again, after};
use crate::acts::open::OpenContact;
use crate::acts::tell;
use crate::fields::Fields;
use crate::form::FormKey;
use crate::header::Due;
use crate::outcome::Outcome;
use crate::screens::bits;
use crate::trouble::Trouble;

#[derive(Template)]
#[template(path = "desk/tell.html")]
struct Tell<'a> {
    words: &'a Locale,
    action: String,
    form: String,
    choices: Markup,
    /// Whether it may be said that it was passed on.
    passed_on: bool,
    open: bool,
}

/// The form, open when it is what comes next.
pub(super) fn form(desk: &Desk, language: &Language, opened: &OpenContact, again: &Again, form: String) -> Markup {
    let words = &*language.locale;
    // Whoever reads it has the pages in the language in which they reported, or in English where there are none in it.
    let theirs = desk.face.locales.find(&opened.report.language).unwrap_or_else(|| desk.face.locales.english());
    let named = bits::language_name(words, theirs.tag());
    let items = Outcome::ALL.iter().copied().filter(|outcome| outcome.is_true_of(&opened.papers)).map(|outcome| {
        let item =
            RadioItem::new(outcome.name(), words.text(&outcome.key()).into_owned()).checked(again.typed("outcome") == outcome.name());
        if theirs.tag() == words.tag() {
            return item;
        }
        let read = theirs.text(&outcome.key());
        item.hint(words.with("desk-tell-they-read", &[("language", named.as_str().into()), ("sentence", (&*read).into())]))
    });
    let choices =
        Radios::new("outcome").legend(words.text("desk-tell-legend").into_owned()).items(items).error(again.error(words, "outcome"));
    Markup::of(&Tell {
        words,
        action: language.href(&format!("/helpline/contacts/{}/tell", opened.id)),
        form,
        choices: choices.into(),
        passed_on: Outcome::PassedOn.is_true_of(&opened.papers),
        open: matches!(opened.header.next_due(), Some((Due::Feedback, _))) || again.problems.iter().any(|(field, _)| *field == "outcome"),
    })
}

pub(super) async fn send(State(desk): State<Desk>, who: SignedIn, language: Language, Path(id): Path<Uuid>, body: Bytes) -> Response {
    let words = &*language.locale;
    let fields = Fields::parse(&body);
    let chosen = fields.get("outcome").unwrap_or_default();
    let form = fields.get("form").and_then(FormKey::from_field);
    let mut again = Again::typed_in("outcome", chosen);
    again.form.clone_from(&form);
    let Some(outcome) = Outcome::parse(chosen) else {
        again.problems.push(("outcome", words.text("desk-tell-choose").into_owned()));
        return page(&desk, &who, &language, id, again).await;
    };
    match tell::tell(&desk.cabinet, &who, id, outcome, form).await {
        Err(Trouble::NothingPassedOn) => {
            again.problems.push(("outcome", words.text("desk-tell-not-passed-on").into_owned()));
            page(&desk, &who, &language, id, again).await
        }
        // There is no text to keep: the page shows what changed, and the choice is gone.
        Err(error @ (Trouble::Withdrawn | Trouble::Paused)) => after(&desk, &who, &language, id, Err(error), Again::default()).await,
        done => after(&desk, &who, &language, id, done, again).await,
    }
}
