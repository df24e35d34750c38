//! The public face: calm, plain, forgettable.

use std::sync::Arc;

use askama::Template;
use axum::response::{IntoResponse, Response};

use super::{respond, style};
use crate::components::{BackLink, Button, ExitThisPage, LanguageItem, LanguageNavigation, SkipLink};
use crate::language::with_lang;
use crate::{Language, Locale, Locales, Markup, assets};

/// What the operator sets for all public pages. Cheap to clone.
#[derive(Clone)]
pub struct PublicSite(Arc<Settings>);

struct Settings {
    locales: Locales,
    cover_title: Option<String>,
    leave_to: String,
    invented: bool,
    signs: String,
    privacy: String,
    complain: Option<String>,
    message: MessageDoor,
}

/// The one neutral address under which a message is read: the form's action and the field that says what is wanted.
/// It is a form, not a link, so that the history of the phone shows nothing of it.
#[derive(Debug, Clone)]
pub struct MessageDoor {
    pub action: String,
    pub name: String,
    pub value: String,
}

impl PublicSite {
    /// `leave_to` is the page that *Leave now* opens: a weather page of the operator's choice.
    pub fn new(locales: Locales, leave_to: impl Into<String>) -> Self {
        let message = MessageDoor { action: "/help".to_owned(), name: "go".to_owned(), value: "message".to_owned() };
        Self(Arc::new(Settings {
            locales,
            cover_title: None,
            leave_to: leave_to.into(),
            invented: false,
            signs: "/signs".to_owned(),
            privacy: "/privacy".to_owned(),
            complain: None,
            message,
        }))
    }

    fn change(self, change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = Arc::try_unwrap(self.0).unwrap_or_else(|shared| Settings {
            locales: shared.locales.clone(),
            cover_title: shared.cover_title.clone(),
            leave_to: shared.leave_to.clone(),
            invented: shared.invented,
            signs: shared.signs.clone(),
            privacy: shared.privacy.clone(),
            complain: shared.complain.clone(),
            message: shared.message.clone(),
        });
        change(&mut settings);
        Self(Arc::new(settings))
    }

    /// Instead of "Help and advice".
    pub fn cover_title(self, title: impl Into<String>) -> Self {
        let title = title.into();
        self.change(|settings| settings.cover_title = Some(title))
    }

    /// Every page says that its data are invented.
    pub fn invented(self, invented: bool) -> Self {
        self.change(|settings| settings.invented = invented)
    }

    /// Where the signs stand, and what is kept.
    pub fn paths(self, signs: impl Into<String>, privacy: impl Into<String>) -> Self {
        let (signs, privacy) = (signs.into(), privacy.into());
        self.change(|settings| {
            settings.signs = signs;
            settings.privacy = privacy;
        })
    }

    /// Where somebody complains about us; without it the foot of the page has no such link.
    pub fn complain(self, path: impl Into<String>) -> Self {
        let path = path.into();
        self.change(|settings| settings.complain = Some(path))
    }

    /// Where a message is read.
    pub fn message(self, door: MessageDoor) -> Self {
        self.change(|settings| settings.message = door)
    }

    pub fn locales(&self) -> &Locales {
        &self.0.locales
    }

    pub fn leave_to(&self) -> &str {
        &self.0.leave_to
    }

    /// The neutral name of the site, in the language of the page.
    pub fn title<'a>(&'a self, locale: &'a Locale) -> std::borrow::Cow<'a, str> {
        self.0.cover_title.as_deref().map_or_else(|| locale.text("public-title"), Into::into)
    }
}

/// One page of the public face around `body`. The window's title is the neutral one on every page.
#[derive(Template)]
#[template(path = "layout/public.html")]
pub struct PublicPage<'a, B: Template> {
    site: &'a PublicSite,
    language: &'a Language,
    path: &'a str,
    body: B,
    back: Option<String>,
    error: bool,
    in_form: bool,
}

impl<'a, B: Template> PublicPage<'a, B> {
    /// `path` is where this page can be asked for again in another language: of a page that answers a form, the page
    /// of the form.
    pub fn new(site: &'a PublicSite, language: &'a Language, path: &'a str, body: B) -> Self {
        Self { site, language, path, body, back: None, error: false, in_form: false }
    }

    /// One page back; the language is kept.
    pub fn back(mut self, href: &str) -> Self {
        self.back = Some(self.language.href(href));
        self
    }

    /// Something on the page has to be mended: the window's title says so first.
    pub fn error(mut self, error: bool) -> Self {
        self.error = error;
        self
    }

    /// The page answers a form and its body offers the languages itself: a link of the menu would lose what was typed.
    pub fn within_a_form(mut self) -> Self {
        self.in_form = true;
        self
    }

    fn locale(&self) -> &Locale {
        &self.language.locale
    }

    fn title(&self) -> String {
        let title = self.site.title(self.locale());
        if self.error { self.locale().with("title-with-error", &[("title", title.into())]) } else { title.into_owned() }
    }

    fn name(&self) -> std::borrow::Cow<'_, str> {
        self.site.title(self.locale())
    }

    fn home(&self) -> String {
        self.language.href("/")
    }

    fn style(&self) -> String {
        style("public", self.locale())
    }

    fn script(&self) -> Option<String> {
        assets::href("public.js")
    }

    fn icon(&self) -> Option<String> {
        assets::href("icon.svg")
    }

    fn skip(&self) -> SkipLink {
        SkipLink::new(self.locale().text("skip-to-content"), "#content")
    }

    fn leave(&self) -> ExitThisPage {
        let locale = self.locale();
        let word = |id: &str| Some(locale.text(id).into_owned());
        ExitThisPage {
            activated_text: word("leave-activated"),
            timed_out_text: word("leave-timed-out"),
            press_two_more_times_text: word("leave-press-twice"),
            press_one_more_time_text: word("leave-press-once"),
            ..ExitThisPage::new(locale.text("leave-now"), "/leave")
        }
    }

    fn back_link(&self) -> Option<BackLink> {
        self.back.as_ref().map(|href| BackLink::new(self.locale().text("back"), href.as_str()))
    }

    fn languages(&self) -> LanguageNavigation {
        let items = self.site.locales().menu().map(|locale| LanguageItem {
            content: locale.own_name().into(),
            href: Some(with_lang(self.path, locale.tag())),
            lang: Some(locale.tag().to_owned()),
            dir: Some(locale.dir().to_owned()),
            current: locale.tag() == self.locale().tag(),
            ..LanguageItem::default()
        });
        LanguageNavigation::new(self.locale().text("language-menu"), items)
    }

    fn message_button(&self) -> Button {
        let door = &self.site.0.message;
        Button::new(self.locale().text("read-a-message")).named(door.name.as_str(), door.value.as_str()).classes("ps-button-link")
    }

    fn message_action(&self) -> String {
        self.language.href(&self.site.0.message.action)
    }

    fn footer_links(&self) -> Vec<(std::borrow::Cow<'_, str>, String)> {
        let locale = self.locale();
        let mut links = vec![
            (locale.text("footer-signs"), self.language.href(&self.site.0.signs)),
            (locale.text("footer-privacy"), self.language.href(&self.site.0.privacy)),
        ];
        links.extend(self.site.0.complain.as_ref().map(|path| (locale.text("footer-complain"), self.language.href(path))));
        links
    }

    fn invented(&self) -> bool {
        self.site.0.invented
    }

    fn body(&self) -> Markup {
        Markup::of(&self.body)
    }
}

impl<B: Template> IntoResponse for PublicPage<'_, B> {
    fn into_response(self) -> Response {
        respond(&self)
    }
}
