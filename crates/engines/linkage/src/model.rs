//! The model of Fellegi and Sunter (1969): for every field and level, how often pairs of the same person and pairs of
//! strangers show it. The weight of a pair is the sum of log2(m / u) over its fields, a missing value weighs nothing.

use serde::{Deserialize, Serialize};

use crate::blocking::Rule;
use crate::field::{Field, MOST_FIELDS, Seen};
use crate::keys::Key;
use crate::run::RunError;
use crate::table::Table;

/// What one level of a field tells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// What a person calls it.
    pub name: String,
    /// Probability among pairs of the same person.
    pub m: f64,
    /// Probability among pairs of strangers.
    pub u: f64,
}

/// A field and its levels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// What is compared.
    #[serde(flatten)]
    pub field: Field,
    /// Its levels, from "different" upward.
    pub levels: Vec<Level>,
}

/// What a set of records taught about telling same from different; can be kept as TOML and edited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// The probability that two records drawn at random are the same.
    pub prior: f64,
    /// The probability that they are two people of one household: strangers to each other in what is personal, the same in
    /// what a household shares.
    #[serde(default)]
    pub household: f64,
    /// A pair is a link from this probability.
    pub threshold: f64,
    /// From how many records it was learned; 0 when nobody knows.
    #[serde(default)]
    pub records: u64,
    /// Which pairs are looked at.
    pub rules: Vec<Rule>,
    /// What is compared.
    pub evidence: Vec<Evidence>,
}

/// What one field says about a pair: a bar of a waterfall chart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    /// The field.
    pub field: String,
    /// The level, "missing" when a value is.
    pub level: String,
    /// In bits: positive speaks for the same person.
    pub weight: f64,
}

/// What is wrong with a model.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ModelError {
    /// Not TOML, or not of this form.
    #[error("not a model: {0}")]
    Form(String),
    /// A number that is no probability.
    #[error("{0}: not a probability between 0 and 1 (0 and 1 themselves excluded)")]
    Probability(String),
    /// Too many fields, or levels that are not those of the measure.
    #[error("{0}: the levels are not those of what it measures, or there are more than 16 fields")]
    Levels(String),
    /// A column that may never enter a score.
    #[error("nobody is linked by {0:?}: leave nationality, ethnicity, religion, sex life and immigration status out")]
    Refused(String),
}

/// The farthest that the frequency of a value may move a weight, in bits.
const FREQUENCY_REACH: f64 = 12.0;

impl Model {
    /// # Errors
    /// When the text is not a model.
    pub fn from_toml(text: &str) -> Result<Self, ModelError> {
        let model: Self = toml::from_str(text).map_err(|error| ModelError::Form(error.to_string()))?;
        model.check()?;
        Ok(model)
    }

    /// # Errors
    /// When the model is not a valid one.
    pub fn to_toml(&self) -> Result<String, ModelError> {
        self.check()?;
        toml::to_string_pretty(self).map_err(|error| ModelError::Form(error.to_string()))
    }

    /// # Errors
    /// With what is wrong.
    pub fn check(&self) -> Result<(), ModelError> {
        let probability = |name: &str, value: f64| {
            if value > 0.0 && value < 1.0 { Ok(()) } else { Err(ModelError::Probability(name.to_owned())) }
        };
        probability("prior", self.prior)?;
        if !(0.0..1.0).contains(&self.household) {
            return Err(ModelError::Probability("household".to_owned()));
        }
        probability("threshold", self.threshold)?;
        let of_rules = self.rules.iter().flat_map(|rule| &rule.keys).flat_map(Key::columns);
        if let Some(column) = of_rules.into_iter().find(|column| crate::refused::refused(column)) {
            return Err(ModelError::Refused(column.to_owned()));
        }
        for (at, evidence) in self.evidence.iter().enumerate() {
            let field = &evidence.field;
            if let Some(column) = field.columns.iter().find(|column| crate::refused::refused(column)) {
                return Err(ModelError::Refused(column.clone()));
            }
            if at >= MOST_FIELDS || evidence.levels.len() != field.levels().len() {
                return Err(ModelError::Levels(field.name.clone()));
            }
            for level in &evidence.levels {
                probability(&format!("{}, {}", field.name, level.name), level.m)?;
                probability(&format!("{}, {}", field.name, level.name), level.u)?;
            }
        }
        Ok(())
    }

    /// The model for records that lack some of its columns, and of which there are more or fewer than it was learned from:
    /// what cannot be compared is left out, and each record has as many others of the same as it had there.
    ///
    /// # Errors
    /// [`RunError::Nothing`] when no column or no rule is left.
    pub fn fitted(&self, table: &Table) -> Result<Self, RunError> {
        let has = |column: &str| table.find(column).is_some();
        let named = table.columns.iter().any(|column| column.kind.is_name());
        let mut fitted = self.clone();
        fitted.evidence.retain(|evidence| evidence.field.columns.iter().all(|column| has(column)));
        fitted
            .rules
            .retain(|rule| rule.keys.iter().all(|key| key.columns().all(has) && (named || !matches!(key, Key::Word | Key::TwoWords))));
        if fitted.evidence.is_empty() || fitted.rules.is_empty() || table.rows < 2 {
            return Err(RunError::Nothing);
        }
        if self.records > 0 {
            let scale = self.records as f64 / table.rows as f64;
            fitted.prior = (self.prior * scale).clamp(1e-12, 0.5);
            fitted.household = (self.household * scale).clamp(0.0, 0.4);
        }
        Ok(fitted)
    }

    /// The fields, in their order.
    #[must_use]
    pub fn fields(&self) -> Vec<Field> {
        self.evidence.iter().map(|evidence| evidence.field.clone()).collect()
    }
}

/// A model made ready for many pairs.
#[derive(Clone, Debug)]
pub(crate) struct Scale {
    /// log2(m / u) and log2(u) of each field and level; u as a share of its group.
    weights: Vec<[(f32, f32); 16]>,
    shared: Vec<bool>,
    prior: f64,
    /// The odds of a household to strangers, in bits; none when there are no households.
    household: Option<f64>,
}

impl Scale {
    pub(crate) fn new(model: &Model) -> Self {
        let weights = model.evidence.iter().map(|evidence| {
            let mut row = [(0.0, 0.0); 16];
            for (from, to) in evidence.field.groups() {
                let group = || evidence.levels.iter().take(to as usize).skip(from as usize - 1);
                let (m, u): (f64, f64) = (group().map(|level| level.m).sum(), group().map(|level| level.u).sum());
                for (level, place) in group().zip(row.iter_mut().skip(from as usize)) {
                    *place = (((level.m / m) / (level.u / u)).log2() as f32, (level.u / u).log2() as f32);
                }
            }
            row
        });
        let shared = model.evidence.iter().map(|evidence| evidence.field.shared_by_households()).collect();
        let household = (model.household > 0.0).then(|| model.household.log2());
        Self { weights: weights.collect(), shared, prior: (model.prior / (1.0 - model.prior)).log2(), household }
    }

    fn part(&self, seen: &Seen, field: usize) -> f64 {
        let level = Seen::level(seen.pattern, field);
        let Some((weight, chance)) = self.weights.get(field).and_then(|row| row.get(level as usize)) else { return 0.0 };
        let share = seen.shares.get(field).copied().unwrap_or(0.0);
        let rarity = if level == 0 || share <= 0.0 { 0.0 } else { f64::from(*chance - share.log2()) };
        f64::from(*weight) + rarity.clamp(-FREQUENCY_REACH, FREQUENCY_REACH)
    }

    /// The evidence of a pair in bits, without the prior.
    pub(crate) fn evidence(&self, seen: &Seen) -> f64 {
        (0..self.weights.len()).map(|field| self.part(seen, field)).sum()
    }

    /// The odds that two records drawn at random are the same, in bits.
    pub(crate) fn prior(&self) -> f64 {
        self.prior
    }

    /// The part of the evidence that a household shares.
    pub(crate) fn shared_evidence(&self, seen: &Seen) -> f64 {
        self.shared.iter().enumerate().filter(|(_, shared)| **shared).map(|(field, _)| self.part(seen, field)).sum()
    }

    /// What the possibility of a household takes from the weight, in bits.
    fn household_part(&self, seen: &Seen) -> f64 {
        let Some(household) = self.household else { return 0.0 };
        let odds = household + self.shared_evidence(seen);
        if odds > 40.0 { -odds } else { -(1.0 + odds.exp2()).log2() }
    }

    /// The weight of a pair without the prior: 0 says nothing.
    pub(crate) fn weight_without_prior(&self, seen: &Seen) -> f64 {
        self.evidence(seen) + self.household_part(seen)
    }

    /// The weight of a pair in bits with the prior: 0 is as likely as not.
    pub(crate) fn weight(&self, seen: &Seen) -> f64 {
        self.prior + self.evidence(seen) + self.household_part(seen)
    }

    pub(crate) fn explain(&self, model: &Model, seen: &Seen) -> Vec<Part> {
        let prior = Part { field: "prior".to_owned(), level: "two records at random".to_owned(), weight: self.prior };
        let parts = model.evidence.iter().enumerate().map(|(at, evidence)| {
            let level = usize::from(Seen::level(seen.pattern, at));
            let name = level.checked_sub(1).and_then(|level| evidence.field.levels().get(level)).unwrap_or(&"missing");
            Part { field: evidence.field.name.clone(), level: (*name).to_owned(), weight: self.part(seen, at) }
        });
        let household = self.household.map(|_| Part {
            field: "household".to_owned(),
            level: "may be two people of one home".to_owned(),
            weight: self.household_part(seen),
        });
        std::iter::once(prior).chain(parts).chain(household).collect()
    }
}

/// The probability that belongs to a weight in bits.
#[must_use]
pub fn probability(weight: f64) -> f64 {
    1.0 / (1.0 + (-weight).exp2())
}
