//! Which fields of a table are compared.

use crate::field::{Field, MOST_FIELDS, Measure};
use crate::kind::Kind;
use crate::table::Table;

/// The fields that fit a table: given and family name together, postcode and address together, every other column alone.
/// Columns without differences are left out.
#[must_use]
pub fn fields(table: &Table) -> Vec<Field> {
    let idle = table.idle();
    let useful: Vec<_> = table.columns.iter().filter(|column| !idle.contains(&column.name.as_str())).collect();
    let named = |kind: Kind| useful.iter().find(|column| column.kind == kind).map(|column| column.name.clone());
    let mut fields = Vec::new();
    let mut together = Vec::new();
    // Names of one source say one thing, however many columns they fill: the fullest speaks for all.
    if let Some((fullest, others)) = table.one_source() {
        fields.push(Field { name: fullest.clone(), measure: Measure::Column(Kind::FullName), columns: vec![fullest.clone()] });
        together.push(fullest);
        together.extend(others);
    } else if let (Some(given), Some(family)) = (named(Kind::GivenName), named(Kind::FamilyName)) {
        let columns = vec![given.clone(), family.clone()];
        for (name, measure) in [("given name", Measure::Given), ("family name", Measure::Family), ("order of names", Measure::Order)] {
            fields.push(Field { name: name.to_owned(), measure, columns: columns.clone() });
        }
        together.extend([given, family]);
    }
    if let (Some(postcode), Some(address)) = (named(Kind::Postcode), named(Kind::Address)) {
        fields.push(Field { name: "home".to_owned(), measure: Measure::Home, columns: vec![postcode.clone(), address.clone()] });
        together.extend([postcode, address]);
    }
    if let (Some(north), Some(east)) = (named(Kind::Latitude), named(Kind::Longitude)) {
        fields.push(Field { name: "where".to_owned(), measure: Measure::Where, columns: vec![north.clone(), east.clone()] });
        together.extend([north, east]);
    }
    // Of more than are compared, those that tell most.
    let mut others: Vec<_> = useful.iter().filter(|column| !together.contains(&column.name)).collect();
    if fields.len() + others.len() > MOST_FIELDS {
        others.sort_by_key(|column| rank(column.kind));
    }
    for column in others {
        fields.push(Field { name: column.name.clone(), measure: Measure::Column(column.kind), columns: vec![column.name.clone()] });
    }
    fields.truncate(MOST_FIELDS);
    fields
}

/// How early a column is taken when there are more than are compared.
fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Identifier | Kind::Phone | Kind::Plate | Kind::Account => 0,
        Kind::GivenName | Kind::FamilyName | Kind::FullName | Kind::Date => 1,
        Kind::Postcode | Kind::Address | Kind::Age | Kind::Latitude | Kind::Longitude => 2,
        Kind::Text => 3,
        Kind::Exact => 4,
    }
}
