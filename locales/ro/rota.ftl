# The rota: who answers when, and who is away. Staff read this.

staff-nav = Cine lucrează aici
rota-title = Program de gardă
rota-lead = Cine este alarmat și când, și cine lipsește.
rota-clock = Orele sunt cele din { $zone }.
rota-week = Săptămâna care începe { $day }
rota-weeks = Săptămâni
rota-week-before = Săptămâna dinainte
rota-week-after = Săptămâna următoare
rota-no-team = Nu aveți încă nicio cheie de echipă. Programul echipei apare aici după ce cineva din echipă vă dă cheia.
rota-today = { $date } (astăzi)
rota-now = De gardă acum:
rota-now-nobody = nimeni. Un pericol alarmează toată echipa.
rota-holes = În următoarele șapte zile, un pericol ar alarma toată echipa în aceste intervale:
rota-hole = Nimeni nu este de gardă de la { $from } până la { $to }
rota-covered = În următoarele șapte zile este cineva de gardă la orice oră.
rota-nobody = Nimeni
rota-when = Când
rota-on-call = De gardă
rota-row-away = (lipsește: { $names })
rota-row-keyless = (nu poate deschide încă: { $names })
rota-keyless = { $names } nu poate deschide încă: dați cheia echipei
rota-left = un fost coleg
rota-turns = Turele din fiecare săptămână
rota-turn-time = { $from } – { $to }
rota-turn-night = { $from } – { $to } în ziua următoare
rota-remove = Scoateți

rota-add = Adăugați o tură săptămânală
rota-add-lead = Dacă sfârșitul nu este după început, tura se încheie în ziua următoare. Miezul nopții ca sfârșit se scrie 24:00.
rota-add-button = Adaugă tura
rota-team = Echipa
rota-member = Cine
rota-weekday = Ziua
rota-from = De la, de exemplu 20:00
rota-to = Până la, de exemplu 08:00
rota-choose-team = Alegeți o echipă
rota-choose-member = Alegeți pe cineva
rota-choose-day = Alegeți o zi

rota-away = Cine lipsește
rota-away-none = Nimeni nu a notat că lipsește.
rota-away-time = { $from } – { $to }
rota-away-add = Notați o absență
rota-away-button = Notează absența
rota-back = Retrageți
rota-who = Cine lipsește
rota-myself = { $name } (dumneavoastră)
rota-first = Prima zi de absență
rota-last = Ultima zi de absență

rota-done-added = Tura este în program.
rota-done-removed = Tura a fost scoasă din program. Verificați mai jos dacă răspunde cineva în locul ei.
rota-done-back = Absența a fost retrasă.
rota-done-away = { $name } lipsește: { $when }.
rota-no-hole = În tot acest timp este altcineva de gardă sau nu cade nicio tură.
rota-torn = { $team }: { $hole }
rota-torn-more = { $count ->
    [one] Mai este un asemenea interval.
    [few] Mai sunt { $count } asemenea intervale.
   *[other] Mai sunt { $count } de asemenea intervale.
}
rota-torn-next = Stabiliți cu un coleg cine preia aceste ture și rugați un coordonator să le treacă în program. Până atunci, un pericol alarmează toată echipa.

rota-wrong-team = Alegeți una dintre echipele din listă.
rota-wrong-member = Alegeți pe cineva din listă. Cine nu este în listă nu are aici un cont deschis.
rota-wrong-weekday = Alegeți o zi a săptămânii.
rota-wrong-time = Scrieți o oră, de exemplu 09:30.
rota-wrong-doubled = { $name } are deja o tură atunci: { $day }, { $time }. Alegeți alte ore sau scoateți mai întâi acea tură.
rota-wrong-zone = { $name } nu are niciun rol acolo unde lucrează această echipă. Alegeți pe altcineva.
rota-wrong-who = Alegeți pe cineva din listă.
rota-wrong-day = Scrieți ziua ca an, lună și zi, de exemplu 2026-12-24.
rota-wrong-order = Alegeți o ultimă zi care nu este înaintea celei dintâi.
rota-wrong-over = Aceste zile au trecut. Verificați anul.
rota-wrong-away = { $name } lipsește deja atunci: { $when }. Retrageți mai întâi acea absență sau alegeți alte zile.
