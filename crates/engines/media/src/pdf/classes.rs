//! Which entries of which objects are needed to draw a page, and what is behind each. Whatever is not here is dropped.

use crate::Trace;

/// What an object is, by the place from which it is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    /// Numbers, names, truths and arrays of these.
    Plain,
    Fonts,
    Font,
    FontList,
    Descriptor,
    FontFile,
    Encoding,
    Mapping,
    Glyphs,
    /// What one letter draws; it has no resources of its own.
    Glyph,
    GlyphMap,
    SystemInfo,
    States,
    State,
    SoftMask,
    Spaces,
    Space,
    Calibration,
    Patterns,
    Pattern,
    Shadings,
    Shading,
    Functions,
    Function,
    Pictures,
    Picture,
    Image,
    Form,
    Group,
}

use Class::{
    Descriptor, Encoding, Font, FontFile, FontList, Form, Function, Functions, GlyphMap, Glyphs, Group, Image, Mapping, Pattern, Picture,
    Plain, Shading, SoftMask, Space, State, SystemInfo,
};

pub(crate) fn entries(class: Class) -> &'static [(&'static str, Class)] {
    match class {
        Class::Font => &[
            ("Type", Plain),
            ("Subtype", Plain),
            ("BaseFont", Plain),
            ("FirstChar", Plain),
            ("LastChar", Plain),
            ("Widths", Plain),
            ("FontDescriptor", Descriptor),
            ("Encoding", Encoding),
            ("ToUnicode", Mapping),
            ("DescendantFonts", FontList),
            ("FontBBox", Plain),
            ("FontMatrix", Plain),
            ("CharProcs", Glyphs),
            ("CIDSystemInfo", SystemInfo),
            ("DW", Plain),
            ("W", Plain),
            ("DW2", Plain),
            ("W2", Plain),
            ("CIDToGIDMap", GlyphMap),
        ],
        Class::Descriptor => &[
            ("Type", Plain),
            ("FontName", Plain),
            ("Flags", Plain),
            ("FontBBox", Plain),
            ("ItalicAngle", Plain),
            ("Ascent", Plain),
            ("Descent", Plain),
            ("Leading", Plain),
            ("CapHeight", Plain),
            ("XHeight", Plain),
            ("StemV", Plain),
            ("StemH", Plain),
            ("AvgWidth", Plain),
            ("MaxWidth", Plain),
            ("MissingWidth", Plain),
            ("FontStretch", Plain),
            ("FontWeight", Plain),
            ("FontFile", FontFile),
            ("FontFile2", FontFile),
            ("FontFile3", FontFile),
        ],
        Class::FontFile => &[("Length1", Plain), ("Length2", Plain), ("Length3", Plain), ("Subtype", Plain)],
        Class::Encoding => &[
            ("Type", Plain),
            ("BaseEncoding", Plain),
            ("Differences", Plain),
            ("CMapName", Plain),
            ("CIDSystemInfo", SystemInfo),
            ("WMode", Plain),
            ("UseCMap", Mapping),
        ],
        Class::Mapping => &[("Type", Plain), ("CMapName", Plain), ("CIDSystemInfo", SystemInfo), ("WMode", Plain), ("UseCMap", Mapping)],
        Class::State => &[
            ("Type", Plain),
            ("LW", Plain),
            ("LC", Plain),
            ("LJ", Plain),
            ("ML", Plain),
            ("D", Plain),
            ("RI", Plain),
            ("OP", Plain),
            ("op", Plain),
            ("OPM", Plain),
            ("Font", FontList),
            ("FL", Plain),
            ("SM", Plain),
            ("SA", Plain),
            ("BM", Plain),
            ("SMask", SoftMask),
            ("CA", Plain),
            ("ca", Plain),
            ("AIS", Plain),
            ("TK", Plain),
        ],
        Class::SoftMask => &[("Type", Plain), ("S", Plain), ("G", Form), ("BC", Plain), ("TR", Function)],
        Class::Calibration => &[("WhitePoint", Plain), ("BlackPoint", Plain), ("Gamma", Plain), ("Matrix", Plain), ("Range", Plain)],
        Class::Pattern => &[
            ("Type", Plain),
            ("PatternType", Plain),
            ("PaintType", Plain),
            ("TilingType", Plain),
            ("BBox", Plain),
            ("XStep", Plain),
            ("YStep", Plain),
            ("Matrix", Plain),
            ("Shading", Shading),
            ("ExtGState", State),
        ],
        Class::Shading => &[
            ("ShadingType", Plain),
            ("ColorSpace", Space),
            ("Background", Plain),
            ("BBox", Plain),
            ("AntiAlias", Plain),
            ("Domain", Plain),
            ("Matrix", Plain),
            ("Function", Functions),
            ("Coords", Plain),
            ("Extend", Plain),
            ("BitsPerCoordinate", Plain),
            ("BitsPerComponent", Plain),
            ("BitsPerFlag", Plain),
            ("Decode", Plain),
            ("VerticesPerRow", Plain),
        ],
        Class::Function => &[
            ("FunctionType", Plain),
            ("Domain", Plain),
            ("Range", Plain),
            ("Size", Plain),
            ("BitsPerSample", Plain),
            ("Order", Plain),
            ("Encode", Plain),
            ("Decode", Plain),
            ("C0", Plain),
            ("C1", Plain),
            ("N", Plain),
            ("Functions", Functions),
            ("Bounds", Plain),
        ],
        Class::Image => &[
            ("Type", Plain),
            ("Subtype", Plain),
            ("Width", Plain),
            ("Height", Plain),
            ("ColorSpace", Space),
            ("BitsPerComponent", Plain),
            ("Decode", Plain),
            ("ImageMask", Plain),
            ("Mask", Image),
            ("SMask", Image),
            ("Interpolate", Plain),
            ("Intent", Plain),
            ("Matte", Plain),
        ],
        Class::Form => &[("Type", Plain), ("Subtype", Plain), ("FormType", Plain), ("BBox", Plain), ("Matrix", Plain), ("Group", Group)],
        Class::Group => &[("Type", Plain), ("S", Plain), ("CS", Space), ("I", Plain), ("K", Plain)],
        _ => &[],
    }
}

/// What is behind each name of a map from names to objects.
pub(crate) fn members(class: Class) -> Option<Class> {
    Some(match class {
        Class::Fonts => Font,
        Class::States => State,
        Class::Spaces => Space,
        Class::Patterns => Pattern,
        Class::Shadings => Shading,
        Class::Pictures => Picture,
        _ => return None,
    })
}

/// The maps of resources.
pub(crate) const RESOURCES: &[(&str, Class)] = &[
    ("Font", Class::Fonts),
    ("ExtGState", Class::States),
    ("ColorSpace", Class::Spaces),
    ("Pattern", Class::Patterns),
    ("Shading", Class::Shadings),
    ("XObject", Class::Pictures),
];

/// What an entry that is dropped would have told; `None` where it says nothing.
pub(crate) fn tells(key: &[u8]) -> Option<Trace> {
    Some(match key {
        b"Length" | b"Filter" | b"DecodeParms" | b"Resources" | b"ProcSet" | b"Parent" | b"Kids" | b"Count" | b"Contents" | b"Annots"
        | b"Tabs" | b"StructParent" | b"StructParents" | b"Name" | b"CharSet" | b"CIDSet" | b"OC" | b"Properties" | b"TrimBox"
        | b"BleedBox" | b"ArtBox" | b"SMaskInData" | b"N" | b"Alternate" | b"AP" | b"AS" | b"Border" | b"BS" | b"MK" | b"DA" | b"DR"
        | b"Pages" | b"PageMode" | b"PageLayout" | b"PageLabels" | b"ViewerPreferences" | b"Version" | b"MarkInfo" | b"DefaultForm"
        | b"StmF" | b"DL" => return None,
        b"LastModified" | b"M" | b"CreationDate" | b"ModDate" => Trace::Time,
        b"Thumb" => Trace::Thumbnail,
        b"AA" | b"A" | b"OpenAction" | b"JS" => Trace::Script,
        b"T" | b"Lang" | b"Perms" | b"FontFamily" => Trace::Author,
        b"NM" | b"RC" | b"Subj" | b"Alt" | b"TU" | b"Title" | b"Popup" | b"IRT" | b"StructTreeRoot" | b"Outlines" | b"V" | b"DV" => {
            Trace::Comment
        }
        b"Metadata" | b"PieceInfo" | b"OutputIntents" | b"SpiderInfo" | b"OPI" | b"ID" | b"Extensions" => Trace::Software,
        b"HT" | b"TR" | b"TR2" | b"BG" | b"BG2" | b"UCR" | b"UCR2" => Trace::Device,
        b"Threads" | b"URI" | b"Dests" | b"Measure" => Trace::Link,
        b"AF" | b"Collection" => Trace::Attachment,
        _ => Trace::UnknownPart,
    })
}
