//! What stands around the pages of this room: who it is, and the way back to the rooms that they work in.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use plainsight_pages::components::{SideItem, SideSection};
use plainsight_pages::{DeskPage, DeskSite, Language, Trouble, desk_trouble};

use super::Room;
use super::staff::role_names;
use super::views;
use crate::error::ActError;
use crate::member::Member;

/// The frame of one page.
pub(super) struct Frame<'a> {
    pub(super) face: &'a DeskSite,
    pub(super) rooms: &'a [Room],
    pub(super) language: &'a Language,
    pub(super) member: &'a Member,
    /// What stands at the side below the rooms.
    pub(super) last: SideSection,
}

impl Frame<'_> {
    /// The whole page; one with a mistake says so in its status and its title.
    pub(super) fn around(self, title: &str, wrong: bool, body: &impl Template) -> Response {
        let words = &*self.language.locale;
        let rooms = self.rooms.iter().filter(|room| self.member.works_in(room.zone)).map(|room| {
            let items = room.pages.iter().map(|(id, path)| SideItem::new(words.text(id), self.language.href(path)));
            SideSection::new(words.text(room.title), items)
        });
        let nav: Vec<SideSection> = rooms.chain([self.last]).collect();
        let page = DeskPage::new(self.face, self.language, title, body)
            .hat(self.member.name.as_str(), role_names(words, self.member))
            .nav(nav)
            .error(wrong)
            .own_heading();
        let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        (status, page).into_response()
    }
}

/// The page for an act that failed. What a member may not see looks like what does not exist.
pub(super) fn failed(face: &DeskSite, language: &Language, error: &ActError) -> Response {
    match error {
        ActError::NotFound => desk_trouble(face, language, Trouble::NotFound),
        error => views::broken(face, language, error),
    }
}
