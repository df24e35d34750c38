//! The language of one request. There are no cookies on the public face, so a chosen language travels in the address.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{FromRef, FromRequestParts};
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;

use crate::{Locale, Locales};

/// The language of the page to write, and whether it was chosen in the address (`?lang=ro`) or only asked for by the
/// browser.
#[derive(Clone)]
pub struct Language {
    pub locale: Arc<Locale>,
    pub chosen: bool,
}

impl Language {
    /// Reads `?lang=`, else `Accept-Language`.
    pub fn of(parts: &Parts, locales: &Locales) -> Self {
        let chosen = parts.uri.query().and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("lang=")));
        if let Some(locale) = chosen.and_then(|tag| locales.find(tag)) {
            return Self { locale, chosen: true };
        }
        let wishes = parts.headers.get(ACCEPT_LANGUAGE).and_then(|header| header.to_str().ok());
        Self { locale: locales.negotiate(wishes), chosen: false }
    }

    /// An address of ours that keeps the chosen language. Every link and every form action of a page goes through it.
    pub fn href(&self, path: &str) -> String {
        if self.chosen { with_lang(path, self.locale.tag()) } else { path.to_owned() }
    }
}

/// `path` with `?lang=tag`, before a fragment, in the place of another `lang`.
pub(crate) fn with_lang(path: &str, tag: &str) -> String {
    let (rest, fragment) = path.split_once('#').map_or((path, None), |(rest, fragment)| (rest, Some(fragment)));
    let (base, query) = rest.split_once('?').unwrap_or((rest, ""));
    let mut pairs: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("lang=")).collect();
    let lang = format!("lang={tag}");
    pairs.push(&lang);
    let mut address = format!("{base}?{}", pairs.join("&"));
    if let Some(fragment) = fragment {
        address.push('#');
        address.push_str(fragment);
    }
    address
}

impl<S> FromRequestParts<S> for Language
where
    S: Send + Sync,
    Locales: FromRef<S>,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::of(parts, &Locales::from_ref(state)))
    }
}

#[cfg(test)]
mod tests {
    use super::with_lang;

    #[test]
    fn the_language_stands_once_and_before_the_fragment() {
        for (path, expected) in [
            ("/signs", "/signs?lang=ro"),
            ("/signs?setting=farm", "/signs?setting=farm&lang=ro"),
            ("/signs?lang=en", "/signs?lang=ro"),
            ("/signs?lang=en&setting=farm#work", "/signs?setting=farm&lang=ro#work"),
            ("/#top", "/?lang=ro#top"),
        ] {
            assert_eq!(with_lang(path, "ro"), expected);
        }
    }
}
