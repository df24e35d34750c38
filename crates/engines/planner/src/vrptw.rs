//! Routes with time windows and loads, all customers served, the least distance: the classical problem that solvers are measured on.
//!
//! Ruin and recreate by strings (slack induction by string removals; Christiaens and Vanden Berghe 2020) under simulated annealing,
//! with the feasibility of an insertion told in constant time from the earliest departure before and the latest start after it
//! (Savelsbergh 1992), and the best place in each route kept for as long as the route stays as it is.

use plainsight_names::Watch;

use crate::budget::Budget;
use crate::random::Random;
use crate::rounds::{Searcher, search};

/// A customer, or the depot (the first).
#[derive(Clone, Copy, Debug)]
pub struct Customer {
    /// Where, on a plane; a unit of distance takes a unit of time.
    pub x: f64,
    /// Where, on a plane.
    pub y: f64,
    /// What it takes of a vehicle's capacity.
    pub demand: f64,
    /// Service begins no earlier.
    pub ready: f64,
    /// Service begins no later; the depot is reached no later.
    pub due: f64,
    /// How long service takes.
    pub service: f64,
}

/// An instance.
#[derive(Clone, Debug)]
pub struct Vrptw {
    /// So many vehicles at most.
    pub vehicles: usize,
    /// The load of each.
    pub capacity: f64,
    /// The depot, then the customers.
    pub customers: Vec<Customer>,
}

/// Why an instance cannot be read or served.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum VrptwError {
    /// A line is not what stands there in Solomon's format.
    #[error("line {line}: {what}")]
    Line {
        /// Counted from 1.
        line: usize,
        /// What is wrong, and what should stand there.
        what: String,
    },
    /// A customer that no vehicle can serve even alone.
    #[error("line {line}: customer {customer} cannot be served by any vehicle: {why}")]
    Unservable {
        /// Counted from 1; 0 where the instance was not read from text.
        line: usize,
        /// Its number.
        customer: usize,
        /// The reason.
        why: &'static str,
    },
}

/// Routes, without the depot.
#[derive(Clone, Debug, PartialEq)]
pub struct Routes {
    /// The customers of each route by number, in order.
    pub routes: Vec<Vec<usize>>,
    /// The sum of all ways, in double precision.
    pub distance: f64,
}

impl Vrptw {
    /// Reads an instance in Solomon's format. Every wrong line is named at once.
    ///
    /// # Errors
    /// Lines that are no customers, duplicate or missing numbers, windows that end before they begin, customers that nobody can
    /// serve.
    pub fn read(text: &str) -> Result<Self, Vec<VrptwError>> {
        let mut wrong = Vec::new();
        let mut fleet = None;
        let (mut customers, mut lines) = (Vec::new(), Vec::new());
        for (line, row) in (1..).zip(text.lines()) {
            let cells: Vec<&str> = row.split_whitespace().collect();
            let numeric = cells.first().is_some_and(|cell| cell.starts_with(|sign: char| sign.is_ascii_digit() || sign == '-'));
            if !numeric {
                continue;
            }
            let numbers: Vec<f64> = cells.iter().filter_map(|cell| cell.parse().ok()).filter(|number: &f64| number.is_finite()).collect();
            match (numbers.as_slice(), cells.len(), fleet) {
                ([vehicles, capacity], 2, None) if *vehicles >= 1.0 && *capacity >= 0.0 => fleet = Some((*vehicles as usize, *capacity)),
                ([number, x, y, demand, ready, due, service], 7, Some(_)) => {
                    if *number != customers.len() as f64 {
                        let what = format!("this customer should be number {}, and is {number}: numbers go up by one", customers.len());
                        wrong.push(VrptwError::Line { line, what });
                    }
                    if ready > due || *service < 0.0 || *demand < 0.0 {
                        let what = "the window ends before it begins, or a demand or service is below nothing".to_owned();
                        wrong.push(VrptwError::Line { line, what });
                    }
                    customers.push(Customer { x: *x, y: *y, demand: *demand, ready: *ready, due: *due, service: *service });
                    lines.push(line);
                }
                _ => {
                    let what = if fleet.is_none() {
                        "the number of vehicles and their capacity should stand here".to_owned()
                    } else {
                        "seven numbers should stand here: number, x, y, demand, ready time, due date, service time".to_owned()
                    };
                    wrong.push(VrptwError::Line { line, what });
                }
            }
        }
        let Some((vehicles, capacity)) = fleet.filter(|_| customers.len() > 1 && customers.len() < usize::from(u16::MAX)) else {
            wrong.push(VrptwError::Line { line: 1, what: "a fleet, a depot and between 1 and 65,533 customers are needed".to_owned() });
            return Err(wrong);
        };
        let instance = Self { vehicles, capacity, customers };
        wrong.extend(instance.unservable().into_iter().map(|(customer, why)| VrptwError::Unservable {
            line: lines.get(customer).copied().unwrap_or_default(),
            customer,
            why,
        }));
        if wrong.is_empty() { Ok(instance) } else { Err(wrong) }
    }

    /// The customers that a vehicle cannot serve even alone, with the reason.
    #[must_use]
    pub fn unservable(&self) -> Vec<(usize, &'static str)> {
        let Some(depot) = self.customers.first() else { return Vec::new() };
        let reason = |customer: &Customer| {
            let way = (customer.x - depot.x).hypot(customer.y - depot.y);
            let start = (depot.ready + way).max(customer.ready);
            if customer.demand > self.capacity {
                Some("its demand is more than a vehicle's capacity")
            } else if start > customer.due {
                Some("it cannot be reached before its window ends")
            } else if start + customer.service + way > depot.due + SLIP {
                Some("the vehicle would be back after the depot closes")
            } else {
                None
            }
        };
        (1..).zip(self.customers.iter().skip(1)).filter_map(|(number, customer)| reason(customer).map(|why| (number, why))).collect()
    }

    /// Checks routes by the rules alone and gives their distance: each customer once, loads, windows, the number of vehicles.
    ///
    /// # Errors
    /// The first rule that is broken, in words.
    pub fn check(&self, routes: &[Vec<usize>]) -> Result<f64, String> {
        let depot = *self.customers.first().ok_or("there is no depot")?;
        let mut served = vec![false; self.customers.len()];
        let mut distance = 0.0;
        if routes.iter().filter(|route| !route.is_empty()).count() > self.vehicles {
            return Err("more routes than vehicles".to_owned());
        }
        for route in routes {
            let (mut at, mut time, mut load) = (depot, depot.ready, 0.0);
            for number in route {
                let next = *self.customers.get(*number).filter(|_| *number > 0).ok_or("no such customer")?;
                let seen = served.get_mut(*number).ok_or("no such customer")?;
                if std::mem::replace(seen, true) {
                    return Err(format!("customer {number} is served twice"));
                }
                let way = (at.x - next.x).hypot(at.y - next.y);
                distance += way;
                time = (time + way).max(next.ready);
                if time > next.due + SLIP {
                    return Err(format!("customer {number} is served too late"));
                }
                time += next.service;
                load += next.demand;
                at = next;
            }
            let way = (at.x - depot.x).hypot(at.y - depot.y);
            distance += way;
            if time + way > depot.due + SLIP || load > self.capacity + SLIP {
                return Err("a route is too long or too heavy".to_owned());
            }
        }
        match served.iter().skip(1).position(|seen| !seen) {
            Some(missing) => Err(format!("customer {} is not served", missing + 1)),
            None => Ok(distance),
        }
    }

    /// Serves all customers with little distance. `searches` of their own, on up to `threads` threads, meet after a fixed number of
    /// steps each: the answer depends on the seed, the number of searches and the steps, never on the threads.
    #[must_use]
    pub fn solve(&self, seed: u64, searches: usize, threads: usize, budget: &dyn Budget, watch: &dyn Watch) -> Routes {
        let ways = Ways::new(self);
        let searchers: Vec<Routing<'_>> = (0..searches.max(1)).map(|stream| Routing::new(self, &ways, seed, stream as u64)).collect();
        let best = search(searchers, threads, budget, watch);
        let routes: Vec<Vec<usize>> =
            best.routes.into_iter().filter(|route| !route.is_empty()).map(|route| route.into_iter().map(usize::from).collect()).collect();
        Routes { distance: self.check(&routes).unwrap_or(f64::INFINITY), routes }
    }
}

/// What sums of floating point may slip by.
const SLIP: f64 = 1e-6;
/// What a customer that is not served costs.
const UNSERVED: f64 = 1e6;

/// All ways, and of each customer the others, nearest first.
struct Ways {
    count: usize,
    ways: Vec<f64>,
    near: Vec<Vec<u16>>,
}

impl Ways {
    fn new(instance: &Vrptw) -> Self {
        let count = instance.customers.len();
        let ways: Vec<f64> = instance
            .customers
            .iter()
            .flat_map(|one| instance.customers.iter().map(|other| (one.x - other.x).hypot(one.y - other.y)))
            .collect();
        let near = (0..count)
            .map(|from| {
                let mut others: Vec<u16> = (1..count as u16).collect();
                others.sort_by(|one, other| ways[from * count + usize::from(*one)].total_cmp(&ways[from * count + usize::from(*other)]));
                others
            })
            .collect();
        Self { count, ways, near }
    }

    fn way(&self, from: u16, to: u16) -> f64 {
        self.ways[usize::from(from) * self.count + usize::from(to)]
    }
}

/// A route, the depot at both ends, with the earliest departure from and the latest start at each stop.
#[derive(Clone, Debug, Default)]
struct Route {
    stops: Vec<u16>,
    leaves: Vec<f64>,
    latest: Vec<f64>,
    load: f64,
    /// Told apart from every other state of any route.
    version: u64,
}

/// The best place for a customer in a route of that version.
#[derive(Clone, Copy, Debug)]
struct Place {
    version: u64,
    cost: f64,
    at: usize,
}

/// What a search found best.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    cost: f64,
    routes: Vec<Vec<u16>>,
}

struct Routing<'a> {
    instance: &'a Vrptw,
    ways: &'a Ways,
    random: Random,
    routes: Vec<Route>,
    route_of: Vec<Option<u16>>,
    absent: Vec<u16>,
    cost: f64,
    versions: u64,
    places: Vec<Place>,
    saved: Vec<(usize, Route)>,
    best: Found,
}

impl<'a> Routing<'a> {
    fn new(instance: &'a Vrptw, ways: &'a Ways, seed: u64, stream: u64) -> Self {
        let count = instance.customers.len();
        let mut routing = Self {
            instance,
            ways,
            random: Random::new(seed, stream),
            routes: Vec::new(),
            route_of: vec![None; count],
            absent: (1..count as u16).collect(),
            cost: UNSERVED * (count - 1) as f64,
            versions: 0,
            places: vec![Place { version: u64::MAX, cost: 0.0, at: 0 }; count * instance.vehicles.min(count)],
            saved: Vec::new(),
            best: Found { cost: f64::INFINITY, routes: Vec::new() },
        };
        routing.recreate();
        routing.saved.clear();
        routing.keep_best();
        routing
    }

    fn keep_best(&mut self) {
        if self.cost < self.best.cost - SLIP {
            let inner = |route: &Route| route.stops.get(1..route.stops.len().saturating_sub(1)).unwrap_or_default().to_vec();
            self.best = Found { cost: self.cost, routes: self.routes.iter().map(inner).collect() };
        }
    }

    /// Reckons a route anew after its stops changed.
    fn renew(&mut self, at: usize) {
        self.versions += 1;
        let (route, customers) = (&mut self.routes[at], &self.instance.customers);
        route.version = self.versions;
        let length = route.stops.len();
        route.leaves.resize(length, 0.0);
        route.latest.resize(length, 0.0);
        route.leaves[0] = customers[0].ready;
        route.load = 0.0;
        for stop in 1..length {
            let (from, to) = (route.stops[stop - 1], route.stops[stop]);
            let customer = customers[usize::from(to)];
            route.leaves[stop] = (route.leaves[stop - 1] + self.ways.way(from, to)).max(customer.ready) + customer.service;
            route.load += customer.demand;
        }
        route.latest[length - 1] = customers[0].due;
        for stop in (0..length - 1).rev() {
            let (here, to) = (route.stops[stop], route.stops[stop + 1]);
            let customer = customers[usize::from(here)];
            route.latest[stop] = (route.latest[stop + 1] - self.ways.way(here, to) - customer.service).min(customer.due);
        }
    }

    fn save(&mut self, at: usize) {
        if !self.saved.iter().any(|(saved, _)| *saved == at) {
            self.saved.push((at, self.routes[at].clone()));
        }
    }

    fn take_out(&mut self, at: usize, from: usize, until: usize) {
        self.save(at);
        let ways = self.ways;
        let route = &mut self.routes[at];
        let sum = |stops: &[u16]| stops.windows(2).map(|pair| ways.way(pair[0], pair[1])).sum::<f64>();
        self.cost -= sum(&route.stops[from - 1..=until]);
        for customer in route.stops.drain(from..until) {
            self.route_of[usize::from(customer)] = None;
            self.absent.push(customer);
            self.cost += UNSERVED;
        }
        self.cost += ways.way(route.stops[from - 1], route.stops[from]);
    }

    /// Takes strings of customers near one another out of their routes (Christiaens and Vanden Berghe 2020, algorithm 2).
    fn ruin(&mut self) {
        const AVERAGE: f64 = 10.0;
        const LONGEST: f64 = 10.0;
        let used = self.routes.iter().filter(|route| route.stops.len() > 2).count().max(1);
        let longest = LONGEST.min((self.ways.count - 1 - self.absent.len()) as f64 / used as f64).max(1.0);
        let strings = (4.0 * AVERAGE / (1.0 + longest) - 1.0).max(1.0);
        let strings = (self.random.share() * strings + 1.0) as usize;
        let seed = 1 + self.random.below(self.ways.count - 1);
        let mut ruined: Vec<usize> = Vec::new();
        let ways = self.ways;
        for customer in &ways.near[seed] {
            if ruined.len() >= strings {
                break;
            }
            let Some(at) = self.route_of[usize::from(*customer)].map(usize::from).filter(|at| !ruined.contains(at)) else { continue };
            ruined.push(at);
            let size = self.routes[at].stops.len() - 2;
            let length = (self.random.share() * longest.min(size as f64) + 1.0) as usize;
            let length = length.min(size);
            let Some(stop) = self.routes[at].stops.iter().skip(1).position(|stop| stop == customer) else { continue };
            let stop = stop + 1;
            // A string that holds the customer; or a longer one of which some in its middle stay.
            let mut kept = 0;
            if length > 1 && length < size && self.random.share() < 0.5 {
                kept = 1;
                while length + kept < size && self.random.share() > 0.01 {
                    kept += 1;
                }
            }
            let whole = length + kept;
            let first = stop.saturating_sub(whole - 1).max(1);
            let last = stop.min(size + 1 - whole);
            let from = first + self.random.below(last - first + 1);
            if kept == 0 {
                self.take_out(at, from, from + length);
            } else {
                let before = 1 + self.random.below(length - 1);
                self.take_out(at, from + before + kept, from + whole);
                self.take_out(at, from, from + before);
            }
            self.renew(at);
        }
    }

    fn order(&mut self) {
        let (customers, ways) = (&self.instance.customers, self.ways);
        self.random.shuffle(&mut self.absent);
        let of = |number: &u16| customers[usize::from(*number)];
        match self.random.below(17) {
            0..4 => {}
            4..8 => self.absent.sort_by(|a, b| of(b).demand.total_cmp(&of(a).demand)),
            8..10 => self.absent.sort_by(|a, b| ways.way(0, *b).total_cmp(&ways.way(0, *a))),
            10 => self.absent.sort_by(|a, b| ways.way(0, *a).total_cmp(&ways.way(0, *b))),
            11..13 => self.absent.sort_by(|a, b| (of(a).due - of(a).ready).total_cmp(&(of(b).due - of(b).ready))),
            13..15 => self.absent.sort_by(|a, b| of(a).ready.total_cmp(&of(b).ready)),
            _ => self.absent.sort_by(|a, b| of(b).due.total_cmp(&of(a).due)),
        }
    }

    /// Puts every absent customer where it costs least, overlooking a place now and then.
    fn recreate(&mut self) {
        const BLINK: f64 = 0.01;
        self.order();
        let absent = std::mem::take(&mut self.absent);
        for customer in absent {
            let mut best: Option<(f64, usize, usize)> = None;
            for at in 0..self.routes.len() {
                let place = self.place(customer, at);
                if place.cost < best.map_or(f64::INFINITY, |(cost, ..)| cost) && self.random.share() >= BLINK {
                    best = Some((place.cost, at, place.at));
                }
            }
            let alone = self.routes.iter().filter(|route| route.stops.len() > 2).count() < self.instance.vehicles;
            if best.is_none() && alone && self.routes.len() < self.instance.vehicles.min(self.ways.count) {
                let at = self.routes.len();
                self.routes.push(Route { stops: vec![0, 0], ..Route::default() });
                self.renew(at);
                let place = self.place(customer, at);
                best = (place.cost < f64::INFINITY).then_some((place.cost, at, place.at));
            }
            let Some((cost, at, stop)) = best else {
                self.absent.push(customer);
                continue;
            };
            self.save(at);
            self.routes[at].stops.insert(stop, customer);
            self.route_of[usize::from(customer)] = Some(at as u16);
            self.renew(at);
            self.cost += cost - UNSERVED;
        }
    }

    /// The best place of a customer in a route, reckoned where it is not known of the route as it stands.
    fn place(&mut self, number: u16, at: usize) -> Place {
        let key = at * self.ways.count + usize::from(number);
        let route = &self.routes[at];
        if let Some(known) = self.places.get(key).filter(|known| known.version == route.version) {
            return *known;
        }
        let customer = self.instance.customers[usize::from(number)];
        let mut best = Place { version: route.version, cost: f64::INFINITY, at: 0 };
        if route.load + customer.demand <= self.instance.capacity {
            let to = &self.ways.ways[usize::from(number) * self.ways.count..][..self.ways.count];
            for stop in 1..route.stops.len() {
                let leaves = route.leaves[stop - 1];
                if leaves > customer.due {
                    break;
                }
                let (before, after) = (route.stops[stop - 1], route.stops[stop]);
                let (there, on) = (to[usize::from(before)], to[usize::from(after)]);
                let start = (leaves + there).max(customer.ready);
                if start <= customer.due && start + customer.service + on <= route.latest[stop] {
                    let cost = there + on - self.ways.way(before, after);
                    if cost < best.cost {
                        best = Place { cost, at: stop, ..best };
                    }
                }
            }
        }
        if let Some(place) = self.places.get_mut(key) {
            *place = best;
        }
        best
    }
}

impl Searcher for Routing<'_> {
    type Found = Found;

    fn step(&mut self, spent: f64) {
        // From a hundredth of the distance of a whole route down to nothing that matters.
        const HOT: f64 = 10.0;
        const COLD: f64 = 0.1;
        let heat = HOT * (COLD / HOT).powf(spent.min(1.0));
        let (cost, missing) = (self.cost, self.absent.clone());
        let routes = self.routes.len();
        self.ruin();
        self.recreate();
        let limit = cost - heat * self.random.share().max(1e-300).ln();
        if self.cost < limit {
            self.saved.clear();
            self.keep_best();
            return;
        }
        for customer in std::mem::take(&mut self.absent) {
            self.route_of[usize::from(customer)] = None;
        }
        for (at, route) in std::mem::take(&mut self.saved) {
            self.routes[at] = route;
        }
        self.routes.truncate(routes);
        for at in 0..self.routes.len() {
            for stop in 1..self.routes[at].stops.len() - 1 {
                self.route_of[usize::from(self.routes[at].stops[stop])] = Some(at as u16);
            }
        }
        for customer in &missing {
            self.route_of[usize::from(*customer)] = None;
        }
        self.absent = missing;
        self.cost = cost;
    }

    fn best(&self) -> &Found {
        &self.best
    }

    fn better(one: &Found, other: &Found) -> bool {
        one.cost < other.cost - SLIP
    }

    fn take_over(&mut self, found: &Found) {
        self.routes.clear();
        self.absent.clear();
        self.route_of.fill(None);
        self.cost = found.cost;
        for stops in found.routes.iter().filter(|stops| !stops.is_empty()) {
            let at = self.routes.len();
            for customer in stops {
                self.route_of[usize::from(*customer)] = Some(at as u16);
            }
            let stops = [0].into_iter().chain(stops.iter().copied()).chain([0]).collect();
            self.routes.push(Route { stops, ..Route::default() });
            self.renew(at);
        }
        self.absent = (1..self.ways.count as u16).filter(|customer| self.route_of[usize::from(*customer)].is_none()).collect();
        if Self::better(found, &self.best) {
            self.best = found.clone();
        }
    }
}
