### Cuvintele domeniului: situații, locuri, feluri de exploatare, contacte, termene.

## Recunoașteți semnele

setting-safety = Nu întrebați, nu urmăriți, nu filmați. Siguranța dumneavoastră este pe primul loc.
setting-together = Un singur semn nu dovedește nimic. Mai multe semne împreună sunt un motiv bun să ne spuneți.
setting-unsure = Nu trebuie să fiți sigur sau sigură.
setting-more = Mai multe semne
setting-self-question = Vi se întâmplă dumneavoastră?

setting-car-wash = Spălătorie auto manuală
setting-car-wash-intro = Uitați-vă la cei care spală mașinile, la cum sunt tratați și unde dorm.
setting-nail-bar = Salon de unghii, înfrumusețare sau frizerie
setting-nail-bar-intro = Uitați-vă la cei care fac munca și la cine le dă ordine.
setting-building-site = Șantier sau echipă de pavaj
setting-building-site-intro = Uitați-vă cum vin și pleacă lucrătorii, cum sunt îmbrăcați și cine vorbește în locul lor.
setting-farm = Fermă, câmp sau hală de ambalare
setting-farm-intro = Uitați-vă cum călătoresc lucrătorii, unde stau și ce li se ia din salariu.
setting-factory = Fabrică, depozit sau curățenie
setting-factory-intro = Uitați-vă cine controlează munca, banii și drumul spre casă.
setting-restaurant = Restaurant, mâncare la pachet sau bucătărie
setting-restaurant-intro = Uitați-vă la programul lung, la cine doarme acolo și la cine are voie să vorbească cu clienții.
setting-care = Cămin de îngrijire sau îngrijire la domiciliu
setting-care-intro = Uitați-vă la îngrijitori care au plătit pentru locul de muncă și se tem că își pierd viza.
setting-private-house = Casă particulară cu personal de serviciu
setting-private-house-intro = Uitați-vă la cineva care gătește, face curat sau are grijă de copii și nu este niciodată liber.
setting-flat = Apartament sau casă unde se vinde sex
setting-flat-intro = Unii oameni aleg să vândă sex. Nu asta căutăm. Căutăm forță, control și alții care iau banii.
setting-neighbour = Casa unui vecin
setting-neighbour-intro = Uitați-vă la o casă ocupată de alții, mult prea plină sau cu cineva care nu iese niciodată.
setting-child = Un copil sau un tânăr
setting-child-intro = Un copil nu trebuie să fie forțat ca să fie ceva rău. Spuneți-ne chiar dacă nu sunteți sigur sau sigură de vârstă.
setting-street = Strada: cerșit, furt, dormit afară
setting-street-intro = Uitați-vă cine îi lasă acolo, cine îi supraveghează și cine ia banii.
setting-delivery = Livrări sau taxi
setting-delivery-intro = Uitați-vă la curieri și șoferi care își dau altcuiva banii sau actele.
setting-hotel = Hotel sau cazare pe termen scurt
setting-hotel-intro = Uitați-vă la oaspeți care nu au voie să vorbească sau să plece și la lucrători care nu sunt niciodată liberi.
setting-fishing = Vas de pescuit
setting-fishing-intro = Uitați-vă la echipajul care nu are voie pe uscat, nu este plătit sau este rănit.
setting-travel = Aeroport, autobuz, tren sau pe drum
setting-travel-intro = Uitați-vă la cineva care nu știe unde merge și la cine îi ține actele.
setting-online = Pe internet
setting-online-intro = Uitați-vă la oferte prea bune și la oameni supravegheați sau puși să dea bani.
setting-other = În altă parte sau nu știu sigur
setting-other-intro = Aceste semne pot fi văzute în multe locuri.

## Categorii de semne

category-liv = Locuință
category-wrk = Muncă
category-ctl = Control
category-hlt = Sănătate
category-mon = Bani
category-doc = Acte
category-beh = Comportament
category-rec = Recrutare și călătorie
category-ven = Locul și prețurile
category-sex = Exploatare sexuală
category-chd = Copii
category-crm = Infracțiuni forțate
category-cuc = Locuință ocupată de alții
category-dom = Servitute domestică

## Tăria semnelor (birou; judecata noastră)

strength-strong = Puternic
strength-medium = Mediu
strength-weak = Slab
sign-proxy-warning = Singur nu spune nimic. Se potrivește multor oameni liberi. Doar alături de alte semne.

## Răspunsuri

answer-yes = Da
answer-no = Nu
answer-not-sure = Nu știu sigur
answer-could-not-see = Nu am putut vedea

## Cât de aproape este persoana

proximity-self = Mi se întâmplă mie
proximity-known = Cuiva pe care îl cunosc
proximity-public = Am observat ceva
proximity-business = Este în firma mea sau la furnizorii mei
proximity-professional = Lucrez cu oameni

## Cum a venit un contact

arrived-phone = Telefon
arrived-web = Site
arrived-app = Aplicație
arrived-email = E-mail
arrived-letter = Scrisoare
arrived-text-message = Mesaj text
arrived-in-person = Personal

## Ce este un caz

case-kind-modern-slavery = Sclavie modernă, potențială
case-kind-labour-abuse = Abuz la locul de muncă
case-kind-information = Informații generale
case-kind-professional-advice = Sfat pentru un profesionist
case-kind-not-slavery = Nu este sclavie
case-kind-international = Internațional
case-kind-undecided = Încă nu s-a hotărât

## Ce putem face cu identitatea dumneavoastră

consent-share = Puteți spune altora cine sunt
consent-share-explain = Putem spune altora cine sunteți, ca să poată ajuta sau acționa.
consent-confidential = Puteți ști cine sunt, dar alții nu
consent-confidential-explain = Păstrăm numele și felul în care vă putem contacta. Nu le dăm mai departe.
consent-anonymous = Nimeni nu știe cine sunt
consent-anonymous-explain = Nu ne spuneți numele. Vă putem totuși răspunde prin numărul de confirmare.

## Cât de repede

urgency-danger = Pericol acum
urgency-soon = Curând
urgency-normal = Normal
clock-danger = În pericol, o persoană este chemată la mesajul dumneavoastră în cel mult { $count ->
    [one] { $count } minut
   *[few] { $count } minute
    [other] { $count } de minute
}.
clock-soon = Dacă vi se întâmplă dumneavoastră sau dacă poate fi vorba de un copil, o persoană citește mesajul în cel mult { $count ->
    [one] { $count } minut
   *[few] { $count } minute
    [other] { $count } de minute
}.
clock-normal = O persoană citește mesajul în cel mult { $count ->
    [one] { $count } oră de program
   *[few] { $count } ore de program
    [other] { $count } de ore de program
}.
clock-acknowledged = Primiți un prim răspuns în cel mult { $count ->
    [one] { $count } oră
   *[few] { $count } ore
    [other] { $count } de ore
}.
clock-feedback = Vă spunem ce putem despre urmări în cel mult { $count ->
    [one] { $count } zi
   *[few] { $count } zile
    [other] { $count } de zile
}.

## Un răspuns care cere prea mult (birou)

tasking-title = Acest răspuns poate cere persoanei să facă ceva periculos
tasking-advice = Nu cereți nimănui să afle mai multe, să se întoarcă, să urmărească, să filmeze sau să țină legătura cu un suspect. Întrebați doar despre ce a văzut deja.
tasking-find-out = Cere să afle sau să verifice ceva
tasking-ask = Cere să vorbească cu cineva sau să pună întrebări
tasking-go-back = Cere să se întoarcă sau să se mai uite o dată
tasking-follow = Cere să urmărească pe cineva
tasking-record = Cere să filmeze, să fotografieze sau să noteze ceva
tasking-watch = Cere să stea de pază sau să țină la curent
tasking-stay-in-touch = Cere să țină legătura, să câștige încrederea sau să se prefacă

## Feluri de exploatare (birou)

exploitation-labour = Prin muncă
exploitation-labour-wages-taken = Salariu luat
exploitation-labour-child = Munca unui copil
exploitation-labour-abuse = Abuz la locul de muncă, sub pragul sclaviei
exploitation-sexual = Sexuală
exploitation-sexual-child = Sexuală, a unui copil
exploitation-sexual-taken = Dus undeva pentru exploatare sexuală
exploitation-sexual-online = Sexuală, pe internet
exploitation-criminal = Infracțiuni forțate
exploitation-criminal-drugs-supply = Vânzare forțată de droguri (county lines)
exploitation-criminal-cannabis = Muncă forțată într-o cultură de canabis
exploitation-criminal-theft = Furt forțat
exploitation-criminal-begging = Cerșetorie forțată
exploitation-criminal-home-takeover = Locuință ocupată de alții (cuckooing)
exploitation-domestic = Servitute domestică
exploitation-financial = Financiară: fraudă, ajutoare sau împrumuturi pe numele persoanei
exploitation-organ = Prelevare de organe
exploitation-forced-marriage = Căsătorie forțată
exploitation-surrogacy = Mamă surogat, forțat
exploitation-forced-adoption = Adopție forțată
exploitation-forced-military = Luptă armată forțată
exploitation-other = Altul
exploitation-not-known = Încă nu se știe

## Feluri de locuri (birou)

venue-hand-car-wash = Spălătorie auto manuală
venue-nail-beauty-bar = Salon de unghii sau înfrumusețare
venue-barber = Frizerie
venue-massage-parlour = Salon de masaj
venue-brothel-house = Bordel într-o casă
venue-brothel-flat = Bordel într-un apartament
venue-brothel-hotel = Bordel într-un hotel
venue-brothel-short-let = Bordel într-o cazare pe termen scurt
venue-escort-online = Escortă sau anunțuri pe internet
venue-construction-site = Șantier
venue-farm = Fermă sau câmp
venue-packhouse = Hală de ambalare
venue-food-factory = Fabrică de alimente
venue-other-factory = Altă fabrică
venue-warehouse = Depozit
venue-recycling-waste = Reciclare sau deșeuri
venue-restaurant = Restaurant
venue-takeaway = Mâncare la pachet
venue-hotel-kitchen = Bucătărie de hotel
venue-hotel = Hotel
venue-care-home = Cămin de îngrijire
venue-home-care = Îngrijire la domiciliu
venue-private-house = Casă particulară
venue-paving-crew = Echipă de pavaj sau asfaltare
venue-leaflets-charity-bags = Pliante sau saci pentru donații
venue-fishing-vessel = Vas de pescuit
venue-shop = Magazin
venue-market-stall = Tarabă de piață
venue-delivery = Livrări
venue-taxi = Taxi
venue-cleaning = Curățenie
venue-clothing-workshop = Atelier de croitorie
venue-cannabis-grow = Cultură de canabis
venue-cuckooed-home = Locuință ocupată de alții
venue-street-pitch = Stradă sau loc de cerșit
venue-homeless-service = Serviciu pentru oameni fără adăpost
venue-school-college = Școală sau colegiu
venue-place-of-worship = Lăcaș de cult
venue-airport = Aeroport
venue-port = Port
venue-bus-station = Autogară
venue-rail-station = Gară
venue-online-platform = Platformă de internet
venue-vehicle = Vehicul
venue-other = Altul

## Promisiunile operatorului: apar doar cât sunt bifate și nu au trecut de ziua reverificării

promise-no-name-without-consent = Nu spunem nimănui cine sunteți fără acordul dumneavoastră, decât dacă viața cuiva sau un copil este în pericol.
promise-no-employer = Nu îi spunem șefului dumneavoastră.
promise-no-immigration = Nu le spunem autorităților de imigrare.
promise-interpreter-free = Interpretul nu vă costă nimic.
promise-no-cost = Ajutorul nostru nu vă costă nimic.

## Autorități pentru protecția datelor

supervisor-ico = ICO, autoritatea pentru protecția datelor din Marea Britanie
supervisor-anspdcp = Autoritatea Națională de Supraveghere a Prelucrării Datelor cu Caracter Personal (ANSPDCP)
