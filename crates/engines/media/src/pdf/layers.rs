//! Layers (ISO 32000-2, 8.11): which are not shown when the file is opened.

use std::collections::{BTreeMap, BTreeSet};

use super::content::Layers;
use super::file::File;
use super::parse::{Dict, Object};
use crate::refused::Fault;

type Made<T> = Result<T, Fault>;

fn references(file: &File<'_>, object: Option<&Object>) -> Made<Vec<u32>> {
    let Some(object) = object else { return Ok(Vec::new()) };
    if let Object::Ref(number) = object
        && !matches!(file.get(*number)?.object, Object::Array(_))
    {
        return Ok(vec![*number]);
    }
    Ok(match file.resolve(object)? {
        Object::Array(array) => array.iter().filter_map(|item| if let Object::Ref(number) = item { Some(*number) } else { None }).collect(),
        _ => Vec::new(),
    })
}

/// The layers of a file that are off by default.
pub(crate) fn hidden(file: &File<'_>, root: &Dict) -> Made<BTreeSet<u32>> {
    let Some(properties) = file.dict(root.get("OCProperties"))? else { return Ok(BTreeSet::new()) };
    let Some(usual) = file.dict(properties.get("D"))? else { return Ok(BTreeSet::new()) };
    let all = references(file, properties.get("OCGs"))?;
    let mut hidden: BTreeSet<u32> = if usual.name("BaseState") == Some(b"OFF") { all.iter().copied().collect() } else { BTreeSet::new() };
    for shown in references(file, usual.get("ON"))? {
        hidden.remove(&shown);
    }
    hidden.extend(references(file, usual.get("OFF"))?);
    // A layer that says of itself that it is off on a screen, where the file heeds that.
    if usual.get("AS").is_some() {
        for group in &all {
            let group_dict = file.dict(Some(&Object::Ref(*group)))?.unwrap_or_default();
            let usage = file.dict(group_dict.get("Usage"))?.unwrap_or_default();
            let view = file.dict(usage.get("View"))?.unwrap_or_default();
            if view.name("ViewState") == Some(b"OFF") {
                hidden.insert(*group);
            }
        }
    }
    Ok(hidden)
}

/// Whether something that belongs to a layer, or to a rule about layers, is shown.
pub(crate) fn is_shown(file: &File<'_>, hidden: &BTreeSet<u32>, of: &Object) -> Made<bool> {
    let Some(dict) = file.dict(Some(of))? else { return Ok(true) };
    if dict.name("Type") != Some(b"OCMD") {
        return Ok(!matches!(of, Object::Ref(number) if hidden.contains(number)));
    }
    if dict.get("VE").is_some() {
        return Err(Fault::Unknown("a rule about layers"));
    }
    let groups = references(file, dict.get("OCGs"))?;
    if groups.is_empty() {
        return Ok(true);
    }
    let on = |group: &u32| !hidden.contains(group);
    Ok(match dict.name("P").unwrap_or(b"AnyOn") {
        b"AllOn" => groups.iter().all(on),
        b"AnyOff" => !groups.iter().all(on),
        b"AllOff" => !groups.iter().any(on),
        _ => groups.iter().any(on),
    })
}

/// What the resources of a page or a form say of layers.
pub(crate) fn of(file: &File<'_>, hidden: &BTreeSet<u32>, resources: &Dict) -> Made<Layers> {
    let mut shown = BTreeMap::new();
    for (name, value) in file.dict(resources.get("Properties"))?.unwrap_or_default().0 {
        shown.insert(name, is_shown(file, hidden, &value)?);
    }
    let mut unseen = BTreeSet::new();
    for (name, value) in file.dict(resources.get("XObject"))?.unwrap_or_default().0 {
        let dict = file.dict(Some(&value))?.unwrap_or_default();
        if let Some(layer) = dict.get("OC")
            && !is_shown(file, hidden, layer)?
        {
            unseen.insert(name);
        }
    }
    Ok(Layers { shown, unseen, ..Layers::default() })
}
