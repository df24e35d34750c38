//! One shift's visits in order, with the earliest and the latest moments that tell in constant time whether another fits between two.

use crate::problem::{Break, FAR, Route, Seconds, Stop};
use crate::ready::Ready;

/// The visits of a shift in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    pub(crate) visits: Vec<usize>,
    /// After so many visits and so many breaks, the team is free from here on.
    free: Vec<Seconds>,
    /// The latest arrival at the next visit, after so many breaks, that leaves all the rest possible.
    by: Vec<Seconds>,
    /// So much later than its end the shift may be back: 0 but where somebody asks what would be.
    longer: Seconds,
}

/// The earliest arrival after a way that may hold breaks: a break after the way where that is not too late, else before.
fn gap(mut time: Seconds, way: Seconds, breaks: &[Break]) -> Seconds {
    if time >= FAR {
        return FAR;
    }
    let mut rest = way;
    for pause in breaks {
        if time + rest <= pause.to {
            time = (time + rest).max(pause.from) + pause.seconds;
            rest = 0;
        } else if time <= pause.to {
            time = time.max(pause.from) + pause.seconds;
        } else {
            return FAR;
        }
    }
    time + rest
}

/// The latest moment to leave so that such a gap ends by `time`.
fn gap_back(mut time: Seconds, way: Seconds, breaks: &[Break]) -> Seconds {
    // Only gaps that hold one break or none take the way after it; of several the first has the way before it.
    for (at, pause) in breaks.iter().enumerate().rev() {
        let before = if at == 0 { way } else { 0 };
        if pause.from + pause.seconds > time {
            return -FAR;
        }
        time = pause.to.min(time - pause.seconds) - before;
    }
    if breaks.is_empty() { time - way } else { time }
}

impl Line {
    pub(crate) fn of(ready: &Ready<'_>, shift: usize, visits: Vec<usize>, fixed: &[Option<Seconds>]) -> Self {
        Self::longer(ready, shift, visits, fixed, 0)
    }

    /// The same in a shift that ends later.
    pub(crate) fn longer(ready: &Ready<'_>, shift: usize, visits: Vec<usize>, fixed: &[Option<Seconds>], longer: Seconds) -> Self {
        let mut line = Self { visits, longer, ..Self::default() };
        line.renew(ready, shift, fixed);
        line
    }

    fn place(&self, ready: &Ready<'_>, shift: usize, at: usize) -> usize {
        self.visits.get(at).map_or(ready.problem.shifts[shift].base, |visit| ready.problem.visits[*visit].place)
    }

    /// Where the team is after so many visits.
    fn after(&self, ready: &Ready<'_>, shift: usize, at: usize) -> usize {
        at.checked_sub(1).map_or(ready.problem.shifts[shift].base, |before| self.place(ready, shift, before))
    }

    /// Reckons everything anew after the visits changed.
    pub(crate) fn renew(&mut self, ready: &Ready<'_>, shift: usize, fixed: &[Option<Seconds>]) {
        let (work, breaks) = (&ready.problem.shifts[shift], ready.breaks(shift));
        let (length, wide) = (self.visits.len(), breaks.len() + 1);
        for (moments, none) in [(&mut self.free, FAR), (&mut self.by, -FAR)] {
            moments.clear();
            moments.resize((length + 1) * wide, none);
        }
        self.free[0] = work.start;
        self.by[length * wide + breaks.len()] = work.end + self.longer;
        for at in 0..length {
            let visit = self.visits[at];
            let way = ready.problem.travel.way(self.after(ready, shift, at), ready.problem.visits[visit].place);
            for from in 0..wide {
                for to in from..wide {
                    let begins = ready.begins(visit, gap(self.free[at * wide + from], way, &breaks[from..to]), fixed[visit]);
                    if begins < FAR {
                        let free = &mut self.free[(at + 1) * wide + to];
                        *free = (*free).min(begins + ready.problem.visits[visit].seconds);
                    }
                }
            }
        }
        for at in (0..length).rev() {
            let visit = self.visits[at];
            let way = ready.problem.travel.way(ready.problem.visits[visit].place, self.place(ready, shift, at + 1));
            for from in 0..wide {
                for to in from..wide {
                    let free = gap_back(self.by[(at + 1) * wide + to], way, &breaks[from..to]);
                    if free > -FAR / 2 {
                        let begins = ready.begins_by(visit, free - ready.problem.visits[visit].seconds, fixed[visit]);
                        let by = &mut self.by[at * wide + from];
                        *by = (*by).max(begins);
                    }
                }
            }
        }
    }

    /// How much longer the way becomes with a visit at a place in the order.
    pub(crate) fn detour(&self, ready: &Ready<'_>, shift: usize, at: usize, visit: usize) -> Seconds {
        let (travel, there) = (&ready.problem.travel, ready.problem.visits[visit].place);
        let (before, after) = (self.after(ready, shift, at), self.place(ready, shift, at));
        let was = if self.visits.is_empty() { 0 } else { travel.way(before, after) };
        travel.way(before, there) + travel.way(there, after) - was
    }

    /// When a visit would begin at a place in the order, where it fits there.
    pub(crate) fn fits(&self, ready: &Ready<'_>, shift: usize, at: usize, visit: usize, fixed: Option<Seconds>) -> Option<Seconds> {
        let (travel, there, breaks) = (&ready.problem.travel, ready.problem.visits[visit].place, ready.breaks(shift));
        let wide = breaks.len() + 1;
        let (way, on) = (travel.way(self.after(ready, shift, at), there), travel.way(there, self.place(ready, shift, at)));
        let mut best = None;
        for from in 0..wide {
            for to in from..wide {
                let begins = ready.begins(visit, gap(self.free[at * wide + from], way, &breaks[from..to]), fixed);
                if begins >= FAR || best.is_some_and(|best| best <= begins) {
                    continue;
                }
                let free = begins + ready.problem.visits[visit].seconds;
                if (to..wide).any(|last| gap(free, on, &breaks[to..last]) <= self.by[at * wide + last]) {
                    best = Some(begins);
                }
            }
        }
        best
    }

    /// The seconds on the way.
    pub(crate) fn travel(&self, ready: &Ready<'_>, shift: usize) -> Seconds {
        if self.visits.is_empty() {
            return 0;
        }
        (0..=self.visits.len()).map(|at| ready.problem.travel.way(self.after(ready, shift, at), self.place(ready, shift, at))).sum()
    }

    /// The visits and breaks with their times, each as early as can be.
    pub(crate) fn timed(&self, ready: &Ready<'_>, shift: usize, fixed: &[Option<Seconds>]) -> Route {
        let (breaks, travel) = (ready.breaks(shift), &ready.problem.travel);
        let mut route = Route::default();
        if self.visits.is_empty() {
            return route;
        }
        let (mut time, mut taken, wide) = (ready.problem.shifts[shift].start, 0, breaks.len() + 1);
        for at in 0..=self.visits.len() {
            let way = travel.way(self.after(ready, shift, at), self.place(ready, shift, at));
            let fitting = (taken..wide).find(|to| {
                let arrives = gap(time, way, &breaks[taken..*to]);
                let begins = self.visits.get(at).map_or(arrives, |visit| ready.begins(*visit, arrives, fixed[*visit]));
                begins <= self.by[at * wide + to]
            });
            let to = fitting.unwrap_or(taken);
            let mut rest = way;
            for pause in &breaks[taken..to] {
                let before = if time + rest <= pause.to { std::mem::take(&mut rest) } else { 0 };
                let begins = (time + before).max(pause.from);
                route.breaks.push(begins);
                time = begins + pause.seconds;
            }
            (time, taken) = (time + rest, to);
            if let Some(visit) = self.visits.get(at) {
                let start = ready.begins(*visit, time, fixed[*visit]);
                route.stops.push(Stop { visit: *visit, start });
                time = start + ready.problem.visits[*visit].seconds;
            }
        }
        route
    }
}
