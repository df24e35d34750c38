//! The privacy notice. What it says of the program is true of every instance and stands in the translations; what only the
//! operator knows comes from their own file, and what they did not state is not said.

use askama::Template;

use plainsight_pages::{Language, Locale, Markup};
use plainsight_vocabulary::{KeptFor, Supervisor};

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
    kept: [String; 3],
    /// From when on that is counted, or that it is not.
    counted: &'static str,
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
            kept: kept(words, settings.kept.as_ref()),
            counted: if settings.kept.is_some() { "privacy-long-counted" } else { "privacy-long-not-counted" },
            rights: ["privacy-right-see", "privacy-right-correct", "privacy-right-delete", "privacy-right-object"],
            complaints_to: stated.complaints_to.as_deref(),
            // Data (Use and Access) Act 2025, section 103.
            within: at_home.then_some("complain-within"),
            supervisor: settings.jurisdictions.first().and_then(|first| Supervisor::of(&first.id)),
        }
    }
}

/// How long each class is kept, with the operator's own times where they set them.
fn kept(words: &Locale, kept: Option<&KeptFor>) -> [String; 3] {
    let classes = [
        ("privacy-long-anonymous", kept.map(|kept| kept.anonymous_days)),
        ("privacy-long-ordinary", kept.map(|kept| kept.ordinary_days)),
        ("privacy-long-safeguarding", kept.map(|kept| kept.safeguarding_days)),
    ];
    classes.map(|(id, days)| match days {
        Some(days) => words.with(&format!("{id}-time"), &[("time", time(words, days).as_str().into())]),
        None => words.text(id).into_owned(),
    })
}

/// A number of days as people say it.
fn time(words: &Locale, days: u32) -> String {
    let (unit, count) = match days {
        _ if days.is_multiple_of(365) => ("years", days / 365),
        _ if days.is_multiple_of(30) => ("months", days / 30),
        _ => ("days", days),
    };
    words.with(&format!("privacy-time-{unit}"), &[("count", u64::from(count).into())])
}
