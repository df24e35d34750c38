//! Makes sure that the folder of built styles and scripts exists, so that a bare clone compiles; the pages are then
//! without style until `cargo xtask setup` has built them.

use std::path::Path;

fn main() {
    let root = Path::new("../../..");
    let dist = root.join("web/dist");
    println!("cargo::rerun-if-changed={}", dist.display());
    println!("cargo::rerun-if-changed={}", root.join("locales").display());
    println!("cargo::rerun-if-changed=templates");
    if !dist.join("manifest.json").exists() {
        if let Err(why) = std::fs::create_dir_all(&dist) {
            println!("cargo::warning=could not make {}: {why}", dist.display());
        }
        println!(
            "cargo::warning=web/dist is empty: pages will have no styles. Run `cargo xtask setup` (or: cd web && npm ci --ignore-scripts && node build.mjs)"
        );
    }
}
