//! Each set of public data says where it is from and under which licence.

use std::fs;
use std::path::Path;

use anyhow::Result;

pub fn check(wrong: &mut Vec<String>) -> Result<()> {
    let data = Path::new("data");
    if !data.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(data)? {
        let path = entry?.path();
        if path.is_dir() && !has_licence(&path)? {
            wrong.push(format!("{} has no file named LICENCE or SOURCES that says where it is from", path.display()));
        }
    }
    Ok(())
}

fn has_licence(folder: &Path) -> Result<bool> {
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().to_uppercase();
        if name.starts_with("LICENCE") || name.starts_with("SOURCES") {
            return Ok(true);
        }
    }
    Ok(false)
}
