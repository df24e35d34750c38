//! The privacy notice. What it says of the program is true of every instance and stands in the translations; what only the
//! operator knows comes from their own file, and what they did not state is not said.

use askama::Template;

use plainsight_pages::{Language, Locale, Markup};
use plainsight_vocabulary::Supervisor;

use super::promises;
use crate::site::Site;

#[derive(Template)]
#[template(path = "public/privacy.html")]
pub(super) struct Privacy<'a> {
    language: &'a Language,
    words: &'a Locale,
    /// Who answers for it, in a sentence.
    controller: Option<String>,
    /// How to reach them: what it is, and the address.
    reach: Vec<(&'static str, &'a str)>,
    promises: Markup,
    /// On which grounds of the law, a sentence each.
    grounds: [&'static str; 4],
    /// How long each class of reports is kept.
    kept: [&'static str; 3],
    rights: [&'static str; 4],
    complaints_to: Option<&'a str>,
    within: Option<&'static str>,
    supervisor: Option<Supervisor>,
}

impl<'a> Privacy<'a> {
    pub(super) fn new(site: &'a Site, language: &'a Language) -> Self {
        let words = &*language.locale;
        let settings = &site.settings;
        let stated = &settings.controller;
        let reach = [("privacy-address", &stated.address), ("privacy-email", &stated.email), ("privacy-dpo", &stated.dpo_email)];
        let at_home = settings.in_united_kingdom();
        let sensitive = if at_home { "privacy-ground-sensitive-uk" } else { "privacy-ground-sensitive" };
        Self {
            language,
            words,
            controller: stated.name.as_deref().map(|name| words.with("privacy-controller", &[("name", name.into())])),
            reach: reach.into_iter().filter_map(|(label, text)| Some((label, text.as_deref()?))).collect(),
            promises: promises(site, words),
            grounds: ["privacy-ground-interest", "privacy-ground-life", sensitive, "privacy-ground-agreed"],
            kept: ["privacy-long-anonymous", "privacy-long-ordinary", "privacy-long-safeguarding"],
            rights: ["privacy-right-see", "privacy-right-correct", "privacy-right-delete", "privacy-right-object"],
            complaints_to: stated.complaints_to.as_deref(),
            // Data (Use and Access) Act 2025, section 103.
            within: at_home.then_some("complain-within"),
            supervisor: settings.jurisdictions.first().and_then(|first| Supervisor::of(&first.id)),
        }
    }
}
