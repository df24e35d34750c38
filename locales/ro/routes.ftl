### Căi spre ajutor. Datele (numere, adrese, program) sunt în fișierele de jurisdicție, niciodată aici.

jurisdiction-england = Anglia
jurisdiction-romania = România

## La ce folosește

route-kind-emergency = Cineva este în pericol acum
route-kind-operator = Vorbiți cu noi
route-kind-helpline = Vorbiți cu o linie de ajutor
route-kind-crisis = Dacă simțiți că v-ați putea face rău
route-kind-police = Vorbiți cu poliția
route-kind-anonymous-line = Spuneți cuiva fără să vă dați numele
route-kind-support = Un loc sigur și sprijin
route-kind-children = Copii și tineri
route-kind-agency = Instituție a statului

## Anglia

route-emergency = Urgență: poliție, ambulanță sau pompieri
route-emergency-note = Spuneți „police” și limba dumneavoastră. Pot aduce un interpret.
route-emergency-relay = Urgență prin text (text relay)
route-emergency-relay-note = Scrieți în loc să vorbiți. Folosiți aplicația Relay UK sau un telefon cu text.
route-emergency-bsl = Urgență în limba semnelor britanică
route-emergency-bsl-note = Un apel video cu un interpret în limba semnelor. Nu trebuie să vă înregistrați.
route-emergency-text = Urgență prin mesaj text
route-emergency-text-note = Telefonul trebuie înregistrat dinainte. Trimiteți cuvântul „register” la acest număr, înainte să aveți nevoie.
route-modern-slavery-helpline = Linia de ajutor Modern Slavery & Exploitation Helpline
route-modern-slavery-helpline-note = O organizație caritabilă. Puteți vorbi despre dumneavoastră sau despre altcineva.
route-police = Poliția, când nu este o urgență
route-police-note = Le puteți spune și pe internet. S-ar putea să vă întrebe cum vă numiți.
route-police-relay = Poliția prin text (text relay), când nu este o urgență
route-police-relay-note = Scrieți în loc să vorbiți. Folosiți aplicația Relay UK sau un telefon cu text.
route-crimestoppers = Crimestoppers
route-crimestoppers-note = O organizație caritabilă, nu poliția. Nu vă întreabă cum vă numiți.
route-salvation-army = Armata Salvării (The Salvation Army)
route-salvation-army-note = Pentru adulți. Puteți cere un loc sigur, un doctor, un avocat, pe cineva care vă vorbește limba. Puteți spune nu.
route-justice-and-care = Justice and Care
route-justice-and-care-note = O organizație caritabilă. Lucrează alături de poliție și sprijină oamenii pe drumul spre siguranță.
route-samaritans = Samaritans
route-samaritans-note = O organizație caritabilă. Le puteți vorbi despre orice este greu de dus.
route-childline = Childline
route-childline-note = Pentru oricine are sub 19 ani. Puteți vorbi despre orice.
route-nspcc = NSPCC
route-nspcc-note = Pentru adulții îngrijorați pentru un copil.

## România

route-emergency-romania = Urgență: poliție, ambulanță sau pompieri
route-emergency-romania-note = Spuneți de ce aveți nevoie și unde sunteți.
route-anitp = Agenția Națională Împotriva Traficului de Persoane (ANITP)
route-anitp-note = O instituție a statului din România.

## Cum, când, cât costă

route-means-voice = Sunați
route-means-text-relay = Scrieți prin text relay
route-means-video = Apel video
route-means-text-message = Trimiteți un mesaj text
route-means-web = Intrați pe site
route-call = Sunați la { $number }
route-also = La { $number } răspund aceiași oameni.
route-web = { $address }
route-cost-free = Gratuit. Apelul poate rămâne în lista de apeluri.
route-cost-free-inside = Gratuit în interiorul țării. Apelul poate rămâne în lista de apeluri.
route-cost-ordinary = Costă cât un apel obișnuit. Apelul poate rămâne în lista de apeluri.
route-hours-always = Deschis toată ziua, în fiecare zi.
route-hours-line = { $days }: { $from } – { $to }
route-hours-days = { $first } – { $last }
route-hours-open = Deschis acum.
route-hours-closed = Închis acum. Se deschide { $when }.
route-hours-zone = Orele sunt cele din { $place }.
route-languages-interpreter = Multe limbi. Pot aduce un interpret.
route-languages-listed = Limbi: { $languages }
route-anonymous-yes = Nu vă întreabă cum vă numiți.
route-anonymous-choice = Dumneavoastră alegeți dacă vă spuneți numele.
route-anonymous-may-ask = S-ar putea să vă întrebe cum vă numiți.
route-anonymous-no = Au nevoie de numele dumneavoastră.
route-only-inside = Acest număr merge doar din { $country }.
route-none = Nu avem aici numere verificate de arătat. În pericol, sunați la numărul de urgență.

## Dacă nu puteți vorbi

emergency-question = Este cineva în pericol acum?
emergency-call = Sunați la { $number }
emergency-language = Spuneți „police” și limba dumneavoastră. Pot aduce un interpret.
emergency-silent-title = Dacă nu puteți vorbi
emergency-silent = De pe mobil: sunați la { $number }. Ascultați. Dacă nu puteți vorbi, tușiți sau bateți ușor în telefon. Apăsați { $press } când vi se cere. Poliția nu află astfel unde sunteți: șoptiți locul, dacă puteți.
emergency-nobody-reads = Nimeni nu citește mesajele până { $when }. În pericol, sunați la { $number }.

## Zile

day-mon = luni
day-tue = marți
day-wed = miercuri
day-thu = joi
day-fri = vineri
day-sat = sâmbătă
day-sun = duminică
