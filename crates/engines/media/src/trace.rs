//! What a file can say about its maker, by kind and never by value.

use crate::named::named;

named! {
    /// A kind of thing that was removed.
    pub enum Trace {
        /// Where it was made.
        Place = "place",
        /// When it was made or changed.
        Time = "time",
        /// What it was made with: camera, telephone, printer, screen.
        Device = "device",
        /// Who made it.
        Author = "author",
        /// Words that are not part of what is seen: comments, titles, descriptions, names of parts.
        Comment = "comment",
        /// What it was before: older revisions, deleted text, what was cut away.
        EarlierVersion = "earlier-version",
        /// A small picture of it, which may show what the large one no longer does.
        Thumbnail = "thumbnail",
        /// Another file inside.
        Attachment = "attachment",
        /// Something that runs.
        Script = "script",
        /// Content that is there and is not shown.
        HiddenLayer = "hidden-layer",
        /// The program that wrote it and how it was set.
        Software = "software",
        /// An address that points out of the file.
        Link = "link",
        /// Bytes after the end or in gaps.
        TrailingBytes = "trailing-bytes",
        /// A part of no known meaning.
        UnknownPart = "unknown-part",
    }
}

named! {
    /// Something that may say a little, and was kept because the file would not look or sound the same without.
    pub enum Kept {
        /// Which way is up, written anew and alone.
        Orientation = "orientation",
        /// A known space of colours, its profile written anew.
        ColourSpace = "colour-space",
        /// How finely the encoder rounded: another encoder would have rounded otherwise.
        EncoderTables = "encoder-tables",
        /// That pixels are not square.
        PixelShape = "pixel-shape",
        /// How often and how fast an animation runs.
        Timing = "timing",
        /// Transparency.
        Transparency = "transparency",
        /// The names of typefaces.
        Typefaces = "typefaces",
        /// A page's layout: styles, numbering, masters.
        Layout = "layout",
        /// The codec's own settings, without which nothing can be decoded.
        CodecSettings = "codec-settings",
    }
}
