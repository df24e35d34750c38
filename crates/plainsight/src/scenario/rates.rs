//! How often what happens: base rates of published figures and of our own, from `rates.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::error::ScenarioError;
use super::place::Places;
use super::text::Language;

/// Names with their weight. A map in order of the names, so that a seed always gives the same.
pub type Shares = BTreeMap<String, f64>;

const FILE: &str = "rates.toml";

/// The rates of a scenario.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rates {
    /// Shares of all contacts.
    pub share: Overall,
    /// Kinds of place of those who noticed.
    pub kinds_noticed: Shares,
    /// Kinds of place of those who write about themselves.
    pub kinds_me: Shares,
    /// Languages of those who noticed.
    pub languages_noticed: Shares,
    /// Languages of those who write about themselves.
    pub languages_me: Shares,
    /// Who writes, having noticed.
    pub voices_noticed: Shares,
    /// Who writes about themselves.
    pub voices_me: Shares,
    /// Share, confidential, anonymous.
    pub identity_noticed: Shares,
    /// Share, confidential, anonymous.
    pub identity_me: Shares,
    /// None, receipt, channels.
    pub safe_noticed: Shares,
    /// None, receipt, channels.
    pub safe_me: Shares,
    /// Yes, no, not sure, unanswered.
    pub child_noticed: Shares,
    /// Yes, no, not sure, unanswered.
    pub child_me: Shares,
    /// Kind of place, sign id, share of "yes" among those who answered the signs.
    pub signs: BTreeMap<String, Shares>,
    /// What an answer is that is not "yes".
    pub answers: Answers,
    /// Hours and weekdays.
    pub when: When,
}

/// Shares of all contacts.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overall {
    /// Written about oneself.
    pub me: f64,
    /// Somebody in danger now.
    pub danger: f64,
    /// Of those who noticed: answered the signs.
    pub signs_answered: f64,
    /// Wrote something in their own words.
    pub own_words: f64,
    /// Of those who can come back: added something later.
    pub later_messages: f64,
    /// Names a vehicle where one is known.
    pub names_vehicle: f64,
    /// Gives a postcode.
    pub gives_postcode: f64,
    /// Spells the place in a way of their own.
    pub another_spelling: f64,
}

/// What an answer is that is not "yes".
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    /// Of those: could not see.
    pub could_not_see: f64,
    /// Of those: left out.
    pub left_out: f64,
}

/// Weights of hours and weekdays in local time.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// 24 weights from midnight.
    pub hours_noticed: Vec<f64>,
    /// 24 weights from midnight.
    pub hours_me: Vec<f64>,
    /// 7 weights from Monday.
    pub weekdays: Vec<f64>,
}

impl Rates {
    pub(crate) fn check(&self, places: &Places, languages: &[Language]) -> Result<(), ScenarioError> {
        let unfit = |problem: String| Err(ScenarioError::unfit(FILE, problem));
        if self.when.hours_me.len() != 24 || self.when.hours_noticed.len() != 24 || self.when.weekdays.len() != 7 {
            return unfit("there must be 24 hours and 7 weekdays".to_owned());
        }
        let tables = [
            &self.kinds_noticed,
            &self.kinds_me,
            &self.languages_noticed,
            &self.languages_me,
            &self.voices_noticed,
            &self.voices_me,
            &self.identity_noticed,
            &self.identity_me,
            &self.safe_noticed,
            &self.safe_me,
            &self.child_noticed,
            &self.child_me,
        ];
        if tables.iter().any(|table| table.values().sum::<f64>() <= 0.0 || table.values().any(|share| *share < 0.0)) {
            return unfit("a table of shares is empty or has a share below zero".to_owned());
        }
        for kind in self.kinds_noticed.keys().chain(self.kinds_me.keys()).chain(self.signs.keys()) {
            if !places.premises.iter().any(|premises| premises.kind == *kind) {
                return unfit(format!("there is no premises of the kind \"{kind}\""));
            }
        }
        for tag in self.languages_noticed.keys().chain(self.languages_me.keys()) {
            if !languages.iter().any(|language| language.language == *tag) {
                return unfit(format!("there are no texts in the language \"{tag}\""));
            }
        }
        Ok(())
    }
}
