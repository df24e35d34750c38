//! Which room may depend on which (ARCHITECTURE.md, "Arrows").

use super::supply::Metadata;

const TESTING: &[&str] = &["plainsight-testkit", "plainsight-fuzz"];

/// A room's storey in the house, from the folder that it lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Storey {
    Engine,
    Ground,
    Crossings,
    Zone,
    Binary,
    Outside,
}

fn storey(folder: &str) -> Storey {
    match folder {
        _ if folder.starts_with("crates/engines/") => Storey::Engine,
        _ if folder.starts_with("crates/ground/") => Storey::Ground,
        _ if folder.starts_with("crates/crossings") => Storey::Crossings,
        _ if folder.starts_with("crates/zones/") => Storey::Zone,
        _ if folder.starts_with("crates/plainsight") => Storey::Binary,
        _ => Storey::Outside,
    }
}

fn allowed(from: Storey, to: Storey, to_name: &str) -> bool {
    match from {
        Storey::Binary | Storey::Outside => true,
        Storey::Zone => matches!(to, Storey::Crossings | Storey::Ground | Storey::Engine),
        Storey::Crossings | Storey::Ground => to == Storey::Ground,
        Storey::Engine => to_name == "plainsight-names",
    }
}

pub fn check(metadata: &Metadata, wrong: &mut Vec<String>) {
    for package in &metadata.members {
        let from = storey(&package.folder);
        for dependency in &package.dependencies {
            let Some(target) = metadata.members.iter().find(|member| member.name == dependency.name) else { continue };
            let to = storey(&target.folder);
            if dependency.kind == "dev" {
                if !(TESTING.contains(&target.name.as_str()) || to == Storey::Engine || allowed(from, to, &target.name)) {
                    wrong.push(format!("{} may not depend on {} even in tests", package.name, target.name));
                }
            } else if from != Storey::Outside && TESTING.contains(&target.name.as_str()) {
                wrong.push(format!("{} uses {}, which is for tests only", package.name, target.name));
            } else if !allowed(from, to, &target.name) {
                wrong.push(format!("{} ({from:?}) may not depend on {} ({to:?})", package.name, target.name));
            }
        }
    }
}
