//! From files to languages.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use fluent_bundle::FluentResource;
use fluent_bundle::concurrent::FluentBundle;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use unic_langid::LanguageIdentifier;

use super::{Inner, LONG, Locale, LocaleError, Locales, RIGHT_TO_LEFT, pseudo};

#[derive(rust_embed::RustEmbed)]
#[folder = "../../../locales"]
#[allow_missing = true]
struct Embedded;

/// One file of a language: where it stands, for messages to people, and its text.
struct File {
    name: String,
    text: String,
}

impl File {
    /// Without the mark that some editors put before the first letter.
    fn new(name: String, text: &str) -> Self {
        Self { name, text: text.strip_prefix('\u{feff}').unwrap_or(text).to_owned() }
    }
}

/// Scripts that run from right to left, by the language's tag, when a file does not say so itself.
const RIGHT_TO_LEFT_LANGUAGES: &[&str] = &["ar", "ckb", "dv", "fa", "he", "prs", "ps", "sd", "ug", "ur", "yi"];

pub(super) fn load(folder: Option<&Path>) -> Result<Locales, LocaleError> {
    let mut files = embedded();
    // What a page gives to a message is known from the program's own English: a file over it may use less, not more.
    let given = variables_of(&parse_all(files.get("en").ok_or(LocaleError::NoEnglish)?)?);
    if let Some(folder) = folder {
        for (tag, mut over) in from_folder(folder)? {
            files.entry(tag).or_default().append(&mut over);
        }
    }
    let english_files = files.remove("en").ok_or(LocaleError::NoEnglish)?;
    let english_texts = parse_all(&english_files)?;
    check_variables(&english_files, &english_texts, &given)?;
    let mut known = variables_of(&english_texts);
    known.extend(given);
    let english = Arc::new(build("en", english_texts, None, false)?);

    let mut others = Vec::new();
    for (tag, files) in &files {
        let resources = parse_all(files)?;
        check_variables(files, &resources, &known)?;
        let locale = build(tag, resources, Some(english.clone()), false)?;
        let missing = known.keys().filter(|id| !locale.has(id)).count();
        if missing > 0 {
            tracing::warn!(rule = "pages.locale.incomplete", tag, missing, "messages are missing and are shown in English");
        }
        others.push(Arc::new(locale));
    }

    let mut all = vec![english.clone()];
    all.append(&mut others);
    for (tag, change) in [(LONG, pseudo::long as fn(&str) -> String), (RIGHT_TO_LEFT, pseudo::right_to_left)] {
        let resources = english_files.iter().map(|file| pseudo_texts(file, change)).collect::<Result<Vec<_>, _>>()?;
        all.push(Arc::new(build(tag, resources, Some(english.clone()), true)?));
    }
    Ok(Locales(Arc::new(Inner { english, all })))
}

fn embedded() -> BTreeMap<String, Vec<File>> {
    let mut files: BTreeMap<String, Vec<File>> = BTreeMap::new();
    for path in Embedded::iter() {
        let Some((tag, name)) = path.split_once('/') else { continue };
        if !name.ends_with(".ftl") || name.contains('/') {
            continue;
        }
        if let Some(file) = Embedded::get(&path) {
            let text = String::from_utf8_lossy(&file.data).into_owned();
            files.entry(tag.to_owned()).or_default().push(File::new(format!("locales/{path}"), &text));
        }
    }
    files
}

fn from_folder(folder: &Path) -> Result<BTreeMap<String, Vec<File>>, LocaleError> {
    let mut files: BTreeMap<String, Vec<File>> = BTreeMap::new();
    for language in entries(folder)? {
        if !language.is_dir() {
            continue;
        }
        let name = language.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        // "RO" and "pt_br" are the languages "ro" and "pt-BR", not further ones.
        let tag = name.parse::<LanguageIdentifier>().map_err(|_| LocaleError::NotATag(name))?.to_string();
        let mut here = Vec::new();
        for path in entries(&language)? {
            if path.extension().is_some_and(|extension| extension == "ftl") {
                let text = fs::read_to_string(&path).map_err(|why| LocaleError::Unreadable { path: path.clone(), why })?;
                here.push(File::new(path.display().to_string(), &text));
            }
        }
        files.entry(tag).or_default().append(&mut here);
    }
    Ok(files)
}

/// Sorted by name, so that the result does not depend on the file system.
fn entries(folder: &Path) -> Result<Vec<std::path::PathBuf>, LocaleError> {
    let unreadable = |why| LocaleError::Unreadable { path: folder.to_owned(), why };
    let mut entries = fs::read_dir(folder)
        .map_err(unreadable)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(unreadable)?;
    entries.sort();
    Ok(entries)
}

fn parse_all(files: &[File]) -> Result<Vec<FluentResource>, LocaleError> {
    files.iter().map(parse).collect()
}

fn parse(file: &File) -> Result<FluentResource, LocaleError> {
    FluentResource::try_new(file.text.clone()).map_err(|(_, errors)| {
        let (at, why) = errors.first().map_or((0, "not Fluent".to_owned()), |error| (error.pos.start, error.kind.to_string()));
        let line = file.text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
        LocaleError::Syntax { file: file.name.clone(), line, why }
    })
}

/// The texts of a pseudo-language. A text that begins with a bracket can be written so that it does not read back; the
/// file then stays English, because a language for tests must not stop the start.
fn pseudo_texts(english: &File, change: fn(&str) -> String) -> Result<FluentResource, LocaleError> {
    let changed = File { name: english.name.clone(), text: pseudo::transform(&english.text, change) };
    parse(&changed).or_else(|_| parse(english))
}

#[cfg(test)]
pub(super) fn parse_text(
    text: &str,
    change: fn(&str) -> String,
) -> (Result<FluentResource, LocaleError>, Result<FluentResource, LocaleError>) {
    let file = File::new("x.ftl".to_owned(), text);
    (parse(&file), pseudo_texts(&file, change))
}

fn build(tag: &str, resources: Vec<FluentResource>, fallback: Option<Arc<Locale>>, pseudo: bool) -> Result<Locale, LocaleError> {
    let language: LanguageIdentifier = tag.parse().map_err(|_| LocaleError::NotATag(tag.to_owned()))?;
    let mut rtl = RIGHT_TO_LEFT_LANGUAGES.contains(&language.language.as_str());
    let mut plain = HashMap::new();
    for resource in &resources {
        for entry in resource.entries() {
            if let Entry::Message(message) = entry
                && let Some(pattern) = &message.value
            {
                match plain_text(pattern) {
                    Some(text) => plain.insert(message.id.name.to_owned(), text.into_boxed_str()),
                    // A later file may bring variables into a text that had none.
                    None => plain.remove(message.id.name),
                };
            }
        }
    }
    if let Some(direction) = plain.get("language-direction")
        && !pseudo
    {
        rtl = &**direction == "rtl";
    }
    let own_name = if pseudo { tag.to_owned() } else { plain.get("language-name").map_or(tag, |name| name).to_owned() };
    // Plural rules and numbers of a pseudo-language are those of English, which its texts were made from.
    let rules = if pseudo { "en".parse().unwrap_or_default() } else { language };
    let mut bundle = FluentBundle::new_concurrent(vec![rules]);
    // Marks that keep a Latin name or a number apart are needed where the text runs the other way, and are noise elsewhere.
    bundle.set_use_isolating(rtl);
    for resource in resources {
        bundle.add_resource_overriding(resource);
    }
    Ok(Locale { tag: tag.to_owned(), own_name, rtl, pseudo, plain, bundle, fallback })
}

fn plain_text(pattern: &Pattern<&str>) -> Option<String> {
    let mut text = String::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => text.push_str(value),
            PatternElement::Placeable { .. } => return None,
        }
    }
    Some(text)
}

/// The variables of every message.
pub(super) fn variables_of(resources: &[FluentResource]) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages = BTreeMap::new();
    for entry in resources.iter().flat_map(FluentResource::entries) {
        if let Entry::Message(message) = entry {
            let mut variables = BTreeSet::new();
            if let Some(pattern) = &message.value {
                in_pattern(pattern, &mut variables);
            }
            messages.insert(message.id.name.to_owned(), variables);
        }
    }
    messages
}

fn in_pattern(pattern: &Pattern<&str>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            in_expression(expression, found);
        }
    }
}

fn in_expression(expression: &Expression<&str>, found: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => in_inline(inline, found),
        Expression::Select { selector, variants } => {
            in_inline(selector, found);
            variants.iter().for_each(|variant| in_pattern(&variant.value, found));
        }
    }
}

fn in_inline(inline: &InlineExpression<&str>, found: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            found.insert(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments, .. } => arguments.positional.iter().for_each(|inline| in_inline(inline, found)),
        InlineExpression::Placeable { expression } => in_expression(expression, found),
        _ => {}
    }
}

fn check_variables(files: &[File], resources: &[FluentResource], known: &BTreeMap<String, BTreeSet<String>>) -> Result<(), LocaleError> {
    for (file, resource) in files.iter().zip(resources) {
        for (message, variables) in variables_of(std::slice::from_ref(resource)) {
            let Some(allowed) = known.get(&message) else { continue };
            if let Some(variable) = variables.difference(allowed).next() {
                return Err(LocaleError::UnknownVariable { file: file.name.clone(), message, variable: variable.clone() });
            }
        }
    }
    Ok(())
}
