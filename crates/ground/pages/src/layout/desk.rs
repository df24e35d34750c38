//! The desk face: quiet, dense, for people who live in it.

use std::sync::Arc;

use askama::Template;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};

use super::{respond, style};
use crate::components::{Button, SideNavigation, SideSection, SkipLink};
use crate::headers::desk_headers_with_files;
use crate::{Language, Locale, Locales, Markup, assets, desk_headers};

/// What is the same on all pages of the desk. Cheap to clone.
#[derive(Clone)]
pub struct DeskSite {
    pub locales: Locales,
    /// The operator's name, shown beside the mark.
    pub name: Arc<str>,
    /// Every page says that its data are invented.
    pub invented: bool,
    /// What every answer carries.
    pub(crate) headers: Arc<HeaderMap>,
}

impl DeskSite {
    pub fn new(locales: Locales, name: impl Into<Arc<str>>, invented: bool) -> Self {
        Self { locales, name: name.into(), invented, headers: Arc::new(desk_headers()) }
    }

    /// Pages may show pictures, sound and film from this origin, where files of strangers are. `None` when it is no origin: scheme,
    /// host and port, and nothing after them.
    pub fn with_files(self, origin: &str) -> Option<Self> {
        Some(Self { headers: Arc::new(desk_headers_with_files(origin)?), ..self })
    }
}

/// Who is at the desk, and in which role.
#[derive(Debug, Clone, Default)]
pub struct Hat {
    pub member: String,
    /// As in "Adviser".
    pub role: String,
}

/// Light or dark; by the wish of the device unless the member chose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    Device,
    Light,
    Dark,
}

impl Theme {
    fn name(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// One page of the desk around `body`.
#[derive(Template)]
#[template(path = "layout/desk.html")]
pub struct DeskPage<'a, B: Template> {
    site: &'a DeskSite,
    language: &'a Language,
    title: String,
    body: B,
    hat: Option<Hat>,
    sections: Vec<SideSection>,
    search: Option<Markup>,
    notice: Option<Markup>,
    aside: Option<Markup>,
    theme: Theme,
    calm: bool,
    error: bool,
    heading: bool,
}

impl<'a, B: Template> DeskPage<'a, B> {
    /// `title` is the heading of the page and the title of the window.
    pub fn new(site: &'a DeskSite, language: &'a Language, title: impl Into<String>, body: B) -> Self {
        Self {
            site,
            language,
            title: title.into(),
            body,
            hat: None,
            sections: Vec::new(),
            search: None,
            notice: None,
            aside: None,
            theme: Theme::Device,
            calm: false,
            error: false,
            heading: true,
        }
    }

    /// Who is at the desk; without, the page is that of someone who is not signed in.
    pub fn hat(mut self, member: impl Into<String>, role: impl Into<String>) -> Self {
        self.hat = Some(Hat { member: member.into(), role: role.into() });
        self
    }

    /// The zones and lists at the side, with their counts.
    pub fn nav(mut self, sections: impl IntoIterator<Item = SideSection>) -> Self {
        self.sections = sections.into_iter().collect();
        self
    }

    /// The search form at the top.
    pub fn search(mut self, form: impl Into<Markup>) -> Self {
        self.search = Some(form.into());
        self
    }

    /// News above the heading.
    pub fn notice(mut self, notice: impl Into<Markup>) -> Self {
        self.notice = Some(notice.into());
        self
    }

    /// The card that must never be out of sight: safe contact, handling, consent.
    pub fn aside(mut self, card: impl Into<Markup>) -> Self {
        self.aside = Some(card.into());
        self
    }

    pub fn theme(mut self, theme: Theme) -> Self {
        self.theme = theme;
        self
    }

    /// More air between the lines.
    pub fn calm(mut self, calm: bool) -> Self {
        self.calm = calm;
        self
    }

    /// Something on the page has to be mended.
    pub fn error(mut self, error: bool) -> Self {
        self.error = error;
        self
    }

    /// The body brings its own `h1` (a page heading in a label, an identity bar).
    pub fn own_heading(mut self) -> Self {
        self.heading = false;
        self
    }

    fn locale(&self) -> &Locale {
        &self.language.locale
    }

    fn window_title(&self) -> String {
        let title = format!("{} – {}", self.title, self.site.name);
        if self.error { self.locale().with("title-with-error", &[("title", title.into())]) } else { title }
    }

    fn style(&self) -> String {
        style("desk", self.locale())
    }

    fn script(&self) -> Option<String> {
        assets::href("desk.js")
    }

    fn icon(&self) -> Option<String> {
        assets::href("icon.svg")
    }

    fn skip(&self) -> SkipLink {
        SkipLink::new(self.locale().text("skip-to-content"), "#content")
    }

    fn side(&self) -> Option<SideNavigation> {
        (!self.sections.is_empty()).then(|| SideNavigation::new(self.locale().text("desk-nav"), self.sections.clone()))
    }

    fn sign_out(&self) -> Button {
        Button::new(self.locale().text("desk-sign-out")).classes("ps-button-link")
    }

    fn home(&self) -> String {
        self.language.href("/")
    }

    fn account(&self) -> String {
        self.language.href("/account")
    }

    fn sign_out_action(&self) -> String {
        self.language.href("/sign-out")
    }

    fn body(&self) -> Markup {
        Markup::of(&self.body)
    }
}

impl<B: Template> IntoResponse for DeskPage<'_, B> {
    fn into_response(self) -> Response {
        respond(&self)
    }
}
