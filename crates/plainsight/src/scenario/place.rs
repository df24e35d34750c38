//! The places and things of an invented borough.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::error::ScenarioError;

/// A ward, with the sector of its invented postcodes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ward {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Outward code and sector digit, such as `WM91 1`.
    pub sector: String,
}

/// A street and its ward.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Street {
    /// The ward's id.
    pub ward: String,
    /// Name.
    pub name: String,
}

/// A kind of place in the scenario and what the vocabulary calls it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// The scenario's id.
    pub kind: String,
    /// The vocabulary's venue kind.
    pub venue: String,
    /// The vocabulary's setting, where there is one.
    #[serde(deserialize_with = "empty_is_none")]
    pub setting: Option<String>,
    /// Whether the public goes there as customers.
    #[serde(deserialize_with = "yes_or_no")]
    pub customers: bool,
    /// A short English word for it.
    pub short: String,
}

/// A premises, or a pitch, crew or site that people speak of as a place.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Premises {
    /// Id.
    pub id: String,
    /// A [`Kind`].
    pub kind: String,
    /// Its own name.
    pub name: String,
    /// House or unit number, empty when there is none.
    pub number: String,
    /// Street name, empty when it is nowhere in particular.
    pub street: String,
    /// Postcode-like text that cannot be real.
    pub postcode: String,
    /// How people spell it, several.
    #[serde(deserialize_with = "list")]
    pub spellings: Vec<String>,
    /// How often it is reported within its kind.
    pub weight: u32,
}

/// A vehicle seen at a premises, with a plate that cannot be issued.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vehicle {
    /// Id.
    pub id: String,
    /// The plate.
    pub plate: String,
    /// What it looks like.
    pub description: String,
    /// The premises' id.
    pub premises: String,
}

/// Somebody people speak of by a nickname.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// Id.
    pub id: String,
    /// What people call them.
    pub called: String,
    /// What they look like or do.
    pub description: String,
    /// The premises' id.
    pub premises: String,
}

/// Everything that stands in the borough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    pub wards: Vec<Ward>,
    pub streets: Vec<Street>,
    pub kinds: Vec<Kind>,
    pub premises: Vec<Premises>,
    pub vehicles: Vec<Vehicle>,
    pub figures: Vec<Figure>,
}

impl Places {
    /// Refuses a place that names a ward, street, kind or premises which does not exist, and ids that stand twice.
    pub(crate) fn check(&self) -> Result<(), ScenarioError> {
        let unfit = ScenarioError::unfit;
        for street in &self.streets {
            if !self.wards.iter().any(|ward| ward.id == street.ward) {
                return Err(unfit("streets.csv", format!("{} lies in the unknown ward \"{}\"", street.name, street.ward)));
            }
        }
        let mut seen = BTreeMap::new();
        for premises in &self.premises {
            if seen.insert(&premises.id, ()).is_some() {
                return Err(unfit("premises.csv", format!("\"{}\" stands twice", premises.id)));
            }
            if !self.kinds.iter().any(|kind| kind.kind == premises.kind) {
                return Err(unfit("premises.csv", format!("{} is of the unknown kind \"{}\"", premises.id, premises.kind)));
            }
            if !premises.street.is_empty() {
                let Some(street) = self.streets.iter().find(|street| street.name == premises.street) else {
                    return Err(unfit("premises.csv", format!("{} stands in the unknown street \"{}\"", premises.id, premises.street)));
                };
                let in_sector = self.wards.iter().any(|ward| ward.id == street.ward && premises.postcode.starts_with(&ward.sector));
                if !in_sector {
                    return Err(unfit("premises.csv", format!("the postcode of {} is not of its ward", premises.id)));
                }
            }
            if premises.weight == 0 {
                return Err(unfit("premises.csv", format!("{} has no weight and would never be reported", premises.id)));
            }
        }
        let known = |id: &str| self.premises.iter().any(|premises| premises.id == id);
        if let Some(vehicle) = self.vehicles.iter().find(|vehicle| !known(&vehicle.premises)) {
            return Err(unfit("vehicles.csv", format!("{} belongs to the unknown premises \"{}\"", vehicle.id, vehicle.premises)));
        }
        if let Some(figure) = self.figures.iter().find(|figure| !known(&figure.premises)) {
            return Err(unfit("figures.csv", format!("{} belongs to the unknown premises \"{}\"", figure.id, figure.premises)));
        }
        Ok(())
    }
}

fn empty_is_none<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(from)?;
    Ok((!text.is_empty()).then_some(text))
}

fn list<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    let text = String::deserialize(from)?;
    Ok(text.split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect())
}

fn yes_or_no<'de, D: serde::Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    match String::deserialize(from)?.as_str() {
        "yes" => Ok(true),
        "no" => Ok(false),
        other => Err(serde::de::Error::custom(format!("\"{other}\" should be yes or no"))),
    }
}
