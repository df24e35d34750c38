//! What the program is built from: licences that may be linked, crates that may not.

use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::run;

/// Licences under which a dependency may be linked into the program.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Crates that must not enter the tree, and why.
const BANNED: &[(&str, &str)] = &[
    ("openssl-sys", "one TLS only, and it is rustls"),
    ("native-tls", "one TLS only, and it is rustls"),
    ("sodiumoxide", "unmaintained"),
    ("sharks", "its secret sharing is flawed: use blahaj"),
    ("crypto_box", "the envelope is HPKE"),
];

/// Crates that others may bring along and that no room of ours names.
const NOT_OURS: &[(&str, &str)] = &[
    ("chrono", "time and jiff are the two time libraries"),
    ("lazy_static", "the standard library has OnceLock and LazyLock"),
    ("once_cell", "the standard library has OnceLock and LazyLock"),
];

pub struct Metadata {
    pub members: Vec<Member>,
    packages: Vec<(String, Option<String>)>,
}

pub struct Member {
    pub name: String,
    /// Relative to the workspace.
    pub folder: String,
    pub dependencies: Vec<Dependency>,
}

pub struct Dependency {
    pub name: String,
    /// `normal`, `dev` or `build`.
    pub kind: String,
}

pub fn metadata() -> Result<Metadata> {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let text = run::output(command.args(["metadata", "--format-version", "1", "--locked"]))?;
    let json: Value = serde_json::from_str(&text)?;
    let packages = json["packages"].as_array().context("cargo metadata has no packages")?;
    let root = run::root();
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let members = packages
        .iter()
        .filter(|package| package["source"].is_null())
        .map(|package| {
            let manifest = word(&package["manifest_path"]);
            let folder =
                manifest.trim_start_matches(&*root.to_string_lossy()).trim_start_matches('/').trim_end_matches("/Cargo.toml").to_owned();
            let dependencies = package["dependencies"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|dependency| Dependency {
                    name: word(&dependency["name"]),
                    kind: dependency["kind"].as_str().unwrap_or("normal").to_owned(),
                })
                .collect();
            Member { name: word(&package["name"]), folder, dependencies }
        })
        .collect();
    let packages = packages
        .iter()
        .filter(|package| !package["source"].is_null())
        .map(|package| (word(&package["name"]), package["license"].as_str().map(str::to_owned)))
        .collect();
    Ok(Metadata { members, packages })
}

pub fn check(metadata: &Metadata, wrong: &mut Vec<String>) {
    for member in &metadata.members {
        for dependency in &member.dependencies {
            if let Some((name, why)) = NOT_OURS.iter().find(|(name, _)| *name == dependency.name) {
                wrong.push(format!("{} depends on {name}: {why}", member.name));
            }
        }
    }
    for (name, licence) in &metadata.packages {
        if let Some((_, why)) = BANNED.iter().find(|(banned, _)| banned == name) {
            wrong.push(format!("the crate {name} is banned: {why}"));
        }
        match licence {
            None => wrong.push(format!("the crate {name} states no licence")),
            Some(licence) => match spdx::Expression::parse_mode(licence, spdx::ParseMode::LAX) {
                Err(error) => wrong.push(format!("the licence of the crate {name} cannot be read: {licence}: {}", error.reason)),
                Ok(expression) if !expression.evaluate(|requirement| LICENCES.contains(&requirement.to_string().as_str())) => {
                    wrong.push(format!("the licence of the crate {name} is not on the list: {licence}"));
                }
                Ok(_) => {}
            },
        }
    }
}
