### The field's words: settings, venues, kinds of exploitation, contacts, clocks.

## Spot the signs

setting-safety = Do not ask, follow or film. Your safety first.
setting-together = One sign alone proves nothing. Several together are a good reason to tell us.
setting-unsure = You do not have to be sure.
setting-more = More signs
setting-self-question = Is this happening to you?

setting-car-wash = Hand car wash
setting-car-wash-intro = Look at the people who wash the cars, how they are treated and where they sleep.
setting-nail-bar = Nail bar, beauty or barber shop
setting-nail-bar-intro = Look at the people who do the work, and at who gives them orders.
setting-building-site = Building site or paving crew
setting-building-site-intro = Look at how workers come and go, what they wear and who speaks for them.
setting-farm = Farm, field or packing shed
setting-farm-intro = Look at how workers travel, where they live and what is taken from their pay.
setting-factory = Factory, warehouse or cleaning
setting-factory-intro = Look at who controls the work, the pay and the way home.
setting-restaurant = Restaurant, takeaway or kitchen
setting-restaurant-intro = Look at long hours, who sleeps on site and who may talk to customers.
setting-care = Care home or care at home
setting-care-intro = Look at carers who paid for their job and are afraid to lose their visa.
setting-private-house = Private house with a domestic worker
setting-private-house-intro = Look at someone who cooks, cleans or minds children and is never free.
setting-flat = Flat or house where people sell sex
setting-flat-intro = Some people choose to sell sex. That is not what we look for. We look for force, control and others taking the money.
setting-neighbour = A neighbour's home
setting-neighbour-intro = Look at a home taken over by others, far too full, or with someone who never gets out.
setting-child = A child or young person
setting-child-intro = A child never has to be forced for it to be wrong. Tell us even if you are not sure of the age.
setting-street = Street: begging, stealing, sleeping rough
setting-street-intro = Look at who drops people off, who watches them and who takes the money.
setting-delivery = Delivery or taxi
setting-delivery-intro = Look at riders and drivers who hand over their pay or their papers.
setting-hotel = Hotel or short let
setting-hotel-intro = Look at guests who may not speak or leave, and at workers who are never free.
setting-fishing = Fishing boat
setting-fishing-intro = Look at crew who may not go ashore, are not paid or are hurt.
setting-travel = Airport, bus, train or on the road
setting-travel-intro = Look at someone who does not know where they are going, and at who holds their papers.
setting-online = Online
setting-online-intro = Look at offers that are too good, and at people who are watched or made to hand over money.
setting-other = Somewhere else, or not sure
setting-other-intro = These signs can be seen in many places.

## Categories of signs

category-liv = Living
category-wrk = Work
category-ctl = Control
category-hlt = Health
category-mon = Money
category-doc = Documents
category-beh = Behaviour
category-rec = Recruitment and travel
category-ven = Venue and prices
category-sex = Sexual exploitation
category-chd = Children
category-crm = Forced crime
category-cuc = Home taken over
category-dom = Domestic servitude

## Strength of signs (desk; our own judgement)

strength-strong = Strong
strength-medium = Medium
strength-weak = Weak
sign-proxy-warning = Says nothing by itself. It can fit many people who are free. Only beside other signs.

## Answers

answer-yes = Yes
answer-no = No
answer-not-sure = Not sure
answer-could-not-see = Could not see

## How near the person is

proximity-self = It is happening to me
proximity-known = To someone I know
proximity-public = I noticed something
proximity-business = It is in my business or my supply chain
proximity-professional = I work with people

## How a contact came

arrived-phone = Phone
arrived-web = Web site
arrived-app = App
arrived-email = E-mail
arrived-letter = Letter
arrived-text-message = Text message
arrived-in-person = In person

## What a case is

case-kind-modern-slavery = Modern slavery, potential
case-kind-labour-abuse = Labour abuse
case-kind-information = General information
case-kind-professional-advice = Advice to a professional
case-kind-not-slavery = Not slavery
case-kind-international = International
case-kind-undecided = Not decided yet

## What we may do with who you are

consent-share = You may pass on who I am
consent-share-explain = We may tell others who you are, so that they can help or act.
consent-confidential = You may know who I am, others may not
consent-confidential-explain = We keep your name and how to reach you. We do not pass them on.
consent-anonymous = Nobody knows who I am
consent-anonymous-explain = You do not tell us your name. We can still answer you with your receipt.

## How soon

urgency-danger = Danger now
urgency-soon = Soon
urgency-normal = Normal
clock-danger = In danger, a person is called to your message within { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}.
clock-soon = If it is happening to you, or a child may be concerned, a person reads your message within { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}.
clock-normal = A person reads your message within { $count ->
    [one] { $count } staffed hour
   *[other] { $count } staffed hours
}.
clock-acknowledged = You get a first answer within { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}.
clock-feedback = We tell you what we can about what became of it within { $count ->
    [one] { $count } day
   *[other] { $count } days
}.

## A reply that asks too much (desk)

tasking-title = This reply may ask the person to do something dangerous
tasking-advice = Do not ask anyone to find out more, go back, follow, film or stay in touch with a suspect. Ask only about what they already saw.
tasking-find-out = Asks to find out or check something
tasking-ask = Asks to speak to someone or ask questions
tasking-go-back = Asks to go back or look again
tasking-follow = Asks to follow someone
tasking-record = Asks to film, photograph or note something down
tasking-watch = Asks to keep watch or report back
tasking-stay-in-touch = Asks to stay in touch, win trust or pretend

## Kinds of exploitation (desk)

exploitation-labour = Labour
exploitation-labour-wages-taken = Wages taken
exploitation-labour-child = Child labour
exploitation-labour-abuse = Labour abuse, below slavery
exploitation-sexual = Sexual
exploitation-sexual-child = Sexual, of a child
exploitation-sexual-taken = Taken somewhere for sexual exploitation
exploitation-sexual-online = Sexual, online
exploitation-criminal = Forced crime
exploitation-criminal-drugs-supply = Forced drug supply (county lines)
exploitation-criminal-cannabis = Forced work in a cannabis grow
exploitation-criminal-theft = Forced theft
exploitation-criminal-begging = Forced begging
exploitation-criminal-home-takeover = Home taken over (cuckooing)
exploitation-domestic = Domestic servitude
exploitation-financial = Financial: fraud, benefits or loans in their name
exploitation-organ = Organ removal
exploitation-forced-marriage = Forced marriage
exploitation-surrogacy = Forced surrogacy
exploitation-forced-adoption = Forced adoption
exploitation-forced-military = Forced fighting
exploitation-other = Other
exploitation-not-known = Not known yet

## Kinds of venue (desk)

venue-hand-car-wash = Hand car wash
venue-nail-beauty-bar = Nail or beauty bar
venue-barber = Barber
venue-massage-parlour = Massage parlour
venue-brothel-house = Brothel in a house
venue-brothel-flat = Brothel in a flat
venue-brothel-hotel = Brothel in a hotel
venue-brothel-short-let = Brothel in a short let
venue-escort-online = Escort or online adverts
venue-construction-site = Construction site
venue-farm = Farm or field
venue-packhouse = Packhouse
venue-food-factory = Food factory
venue-other-factory = Other factory
venue-warehouse = Warehouse
venue-recycling-waste = Recycling or waste
venue-restaurant = Restaurant
venue-takeaway = Takeaway
venue-hotel-kitchen = Hotel kitchen
venue-hotel = Hotel
venue-care-home = Care home
venue-home-care = Care at home
venue-private-house = Private house
venue-paving-crew = Paving or tarmac crew
venue-leaflets-charity-bags = Leaflets or charity bags
venue-fishing-vessel = Fishing vessel
venue-shop = Shop
venue-market-stall = Market stall
venue-delivery = Delivery
venue-taxi = Taxi or minicab
venue-cleaning = Cleaning
venue-clothing-workshop = Clothing workshop
venue-cannabis-grow = Cannabis grow
venue-cuckooed-home = Home taken over
venue-street-pitch = Street or begging pitch
venue-homeless-service = Homeless service
venue-school-college = School or college
venue-place-of-worship = Place of worship
venue-airport = Airport
venue-port = Port
venue-bus-station = Bus station
venue-rail-station = Rail station
venue-online-platform = Online platform
venue-vehicle = Vehicle
venue-other = Other

## Promises of the operator: shown only while ticked and within the review day

promise-no-name-without-consent = We tell nobody who you are unless you agree, or a life or a child is in danger.
promise-no-employer = We do not tell your boss.
promise-no-immigration = We do not tell immigration officers.
promise-interpreter-free = An interpreter costs you nothing.
promise-no-cost = Our help costs you nothing.

## Authorities for data protection

supervisor-ico = ICO, the data protection authority of the United Kingdom
supervisor-anspdcp = National Supervisory Authority for Personal Data Processing (ANSPDCP)
