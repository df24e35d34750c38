//! Places and how far they are from each other.

/// The radius of the earth in kilometres, as SaTScan has it.
pub const EARTH_RADIUS: f64 = 6367.0;

/// How places are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coordinates {
    /// Two axes of one unit, whichever it is: distances are in that unit.
    Planar,
    /// Latitude, then longitude, in degrees: distances are in kilometres.
    Degrees,
}

/// An area by its middle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// East, or the latitude.
    pub first: f64,
    /// North, or the longitude.
    pub second: f64,
}

impl Place {
    /// Whether it lies on the plane or on the earth.
    #[must_use]
    pub fn valid(&self, coordinates: Coordinates) -> bool {
        let finite = self.first.is_finite() && self.second.is_finite();
        finite && (coordinates == Coordinates::Planar || (self.first.abs() <= 90.0 && self.second.abs() <= 180.0))
    }

    /// How far another is; great circles by the haversine.
    pub(crate) fn far(&self, other: &Self, coordinates: Coordinates) -> f64 {
        match coordinates {
            Coordinates::Planar => (self.first - other.first).hypot(self.second - other.second),
            Coordinates::Degrees => {
                let (here, there) = (self.first.to_radians(), other.first.to_radians());
                let across = ((self.second - other.second).to_radians() / 2.0).sin();
                let chord = ((here - there) / 2.0).sin().powi(2) + here.cos() * there.cos() * across.powi(2);
                2.0 * EARTH_RADIUS * chord.min(1.0).sqrt().asin()
            }
        }
    }
}

/// The form of an ellipse: how many times longer than wide, and the angle of its long axis from east, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ellipse {
    /// At least 1.
    pub ratio: f64,
    /// Counter-clockwise.
    pub angle: f64,
}

impl Ellipse {
    /// The forms that SaTScan tries (Kulldorff, Huang, Pickle and Duczmal 2006): 1.5, 2, 3, 4 and 5 times as long as wide, at 4, 6,
    /// 9, 12 and 15 angles.
    #[must_use]
    pub fn usual() -> Vec<Self> {
        [(1.5, 4), (2.0, 6), (3.0, 9), (4.0, 12), (5.0, 15)]
            .into_iter()
            .flat_map(|(ratio, angles)| (0..angles).map(move |at| Self { ratio, angle: 180.0 * f64::from(at) / f64::from(angles) }))
            .collect()
    }

    /// The short half axis of the ellipse around `from` that `to` lies on.
    pub(crate) fn far(&self, from: &Place, to: &Place) -> f64 {
        let (east, north) = (to.first - from.first, to.second - from.second);
        let (sine, cosine) = self.angle.to_radians().sin_cos();
        ((east * cosine + north * sine) / self.ratio).hypot(north * cosine - east * sine)
    }

    /// What the ratio of a long ellipse counts, for a strength of the penalty: 0 none, 0.5 some, 1 much.
    pub(crate) fn weight(&self, strength: f64) -> f64 {
        (4.0 * self.ratio / (self.ratio + 1.0).powi(2)).powf(strength)
    }
}
