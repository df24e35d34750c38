//! What a file can say about its maker, by kind and never by value.

/// A kind of thing that was removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trace {
    /// Where it was made.
    Place,
    /// When it was made or changed.
    Time,
    /// What it was made with: camera, telephone, printer, screen.
    Device,
    /// Who made it.
    Author,
    /// Words that are not part of what is seen: comments, titles, descriptions, names of parts.
    Comment,
    /// What it was before: older revisions, deleted text, what was cut away.
    EarlierVersion,
    /// A small picture of it, which may show what the large one no longer does.
    Thumbnail,
    /// Another file inside.
    Attachment,
    /// Something that runs.
    Script,
    /// Content that is there and is not shown.
    HiddenLayer,
    /// The program that wrote it and how it was set.
    Software,
    /// An address that points out of the file.
    Link,
    /// Bytes after the end or in gaps.
    TrailingBytes,
    /// A part of no known meaning.
    UnknownPart,
}

/// Something that may say a little, and was kept because the file would not look or sound the same without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kept {
    /// Which way is up, written anew and alone.
    Orientation,
    /// A known space of colours, its profile written anew.
    ColourSpace,
    /// How finely the encoder rounded: another encoder would have rounded otherwise.
    EncoderTables,
    /// That pixels are not square.
    PixelShape,
    /// How often and how fast an animation runs.
    Timing,
    /// Transparency.
    Transparency,
    /// The names of typefaces.
    Typefaces,
    /// A page's layout: styles, numbering, masters.
    Layout,
    /// The codec's own settings, without which nothing can be decoded.
    CodecSettings,
}
