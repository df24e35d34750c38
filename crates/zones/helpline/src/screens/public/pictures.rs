//! A picture beside each sign, one for each part of life: for people who read little, or in another script. Drawn for this
//! project as lines on a grid of 32; no face, no skin, no sex, nobody in chains.

use askama::Template;

use plainsight_pages::Markup;
use plainsight_vocabulary::Category;

/// Says nothing to a screen reader, which reads the sign beside it.
#[derive(Template)]
#[template(
    source = r#"<svg class="ps-picture" viewBox="0 0 32 32" width="40" height="40" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"><path d="{{ lines }}"/></svg>"#,
    ext = "html"
)]
struct Picture {
    lines: &'static str,
}

pub(super) fn picture(category: Category) -> Markup {
    let lines = match category {
        // A bed.
        Category::Living => "M4 25v-16M4 21h24v4M28 21v-4a4 4 0 0 0-4-4h-10v8M9 17a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
        // A hammer.
        Category::Work => "M5 27 17 15M13 9l5-5 4 1 6 6-2 2-2-1-1 1 2 2-4 4z",
        // A padlock.
        Category::Control => "M7 15h18v13h-18zM11 15v-5a5 5 0 0 1 10 0v5M16 20v3",
        // A cross.
        Category::Health => "M12 4h8v8h8v8h-8v8h-8v-8h-8v-8h8z",
        // A banknote.
        Category::Money => "M3 9h26v14h-26zM16 20a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM7 14v4M25 14v4",
        // A passport.
        Category::Documents => "M8 3h16v26h-16zM16 17a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 23h8",
        // A worried look.
        Category::Behaviour => "M16 28a12 12 0 1 0 0-24 12 12 0 0 0 0 24zM11 13v1M21 13v1M11 22c2-3 8-3 10 0",
        // A van.
        Category::Recruitment => {
            "M6 23h-3v-14h15v14h-6M18 13h6l5 5v5h-3M20 23h-2M9 26a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM23 26a3 3 0 1 0 0-6 3 3 0 0 0 0 6z"
        }
        // A shop.
        Category::Venue => "M5 14v14h22v-14M3 14l3-9h20l3 9zM13 28v-8h6v8",
        // A closed door.
        Category::Sex => "M8 28v-24h16v24M4 28h24M20 16v2",
        // Somebody small beside somebody tall.
        Category::Child => {
            "M11 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM6 28v-10a5 5 0 0 1 10 0v10M23 19a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM19 28v-3a4 4 0 0 1 8 0v3"
        }
        // A parcel that is handed on.
        Category::Criminal => "M4 10l10-5 10 5v11l-10 5-10-5zM4 10l10 5 10-5M14 15v11M26 27h4M28 25l2 2-2 2",
        // Somebody comes into a home.
        Category::Cuckooing => "M3 15 16 4l13 11M7 13v15h18v-15M11 21h9M16 17l4 4-4 4",
        // A broom.
        Category::Domestic => "M23 3 15 16M10 14l10 6M10 14c-4 3-6 8-6 12 6 2 12 1 16-6M10 27l3-6",
    };
    Markup::of(&Picture { lines })
}
