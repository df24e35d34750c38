# Ce poartă fiecare pagină.

language-name = Română
language-direction = ltr

## Cadrul paginilor publice
public-title = Ajutor și sfaturi
title-with-error = Eroare: { $title }
skip-to-content = Salt la conținut
language-menu = Limba
back = Înapoi
footer-title = Mai mult
footer-signs = Care sunt semnele?
footer-privacy = Ce păstrăm
footer-complain = Plângeți-vă de noi
read-a-message = Citiți un mesaj

## Plecarea
leave-now = Ieșiți acum
leave-activated = Se încarcă.
leave-timed-out = Timpul pentru „Ieșiți acum” a trecut.
leave-press-twice = Shift: mai apăsați de 2 ori ca să ieșiți.
leave-press-once = Shift: mai apăsați o dată ca să ieșiți.

## Date inventate
invented-title = Date inventate.
invented-text = Nimeni și nimic de aici nu este real. Nu sesizați nimic aici.

## Formulare
error-summary-title = Ceva nu este în regulă
error-prefix = Eroare
warning-prefix = Atenție
field-limit =
    { $limit ->
        [one] Puteți scrie cel mult o literă.
        [few] Puteți scrie cel mult { $limit } litere.
       *[other] Puteți scrie cel mult { $limit } de litere.
    }
password-show = Arătați
password-hide = Ascundeți
password-show-label = Arătați parola
password-hide-label = Ascundeți parola
password-shown = Parola se vede
password-hidden = Parola este ascunsă

## Necazuri
trouble-not-found-title = Nu găsim această pagină
trouble-not-found-text = Poate că adresa este greșită sau pagina a fost mutată.
trouble-malformed-title = Nu am putut citi ce ați trimis
trouble-malformed-text = Lipsea ceva din ce a trimis browserul. Mergeți înapoi și încercați din nou.
trouble-too-large-title = Este prea mult deodată
trouble-too-large-text = Mergeți înapoi și trimiteți mai puțin: un text mai scurt sau un fișier mai mic.
trouble-timeout-title = A durat prea mult
trouble-timeout-text = Am încetat să așteptăm. Nu știm dacă a ajuns. Vă rugăm să încercați din nou.
trouble-busy-title = Sunt mulți oameni aici acum
trouble-busy-text = Vă rugăm să așteptați zece secunde, apoi încercați din nou.
trouble-broken-title = Ne pare rău, nu a mers
trouble-broken-text = Greșeala este a noastră, nu a dumneavoastră. Vă rugăm să încercați din nou peste câteva minute.
trouble-danger = Dacă cineva este în pericol acum, nu așteptați această pagină. Sunați la numărul de urgență.
trouble-home = Mergeți la prima pagină
trouble-desk-home = Mergeți la lista mea

## Biroul
desk-nav = Munca dumneavoastră
desk-sign-out = Ieșiți din cont
desk-aside = Mereu la vedere

## Date și ore
date-time = { $date }, ora { $time }
date-full = { $weekday }, { $day } { $month } { $year }
weekday-monday = luni
weekday-tuesday = marți
weekday-wednesday = miercuri
weekday-thursday = joi
weekday-friday = vineri
weekday-saturday = sâmbătă
weekday-sunday = duminică
month-1 = ianuarie
month-2 = februarie
month-3 = martie
month-4 = aprilie
month-5 = mai
month-6 = iunie
month-7 = iulie
month-8 = august
month-9 = septembrie
month-10 = octombrie
month-11 = noiembrie
month-12 = decembrie

## Names of languages, as in “Languages: Romanian”
language-am = Amharică
language-ar = Arabă
language-bfi = Limbajul britanic al semnelor
language-bg = Bulgară
language-bg-latn = Bulgară cu litere latine
language-cy = Galeză
language-en = Engleză
language-es = Spaniolă
language-hi = Hindi
language-pa = Punjabi
language-pl = Poloneză
language-pt = Portugheză
language-ro = Română
language-sq = Albaneză
language-ti = Tigrinya
language-vi = Vietnameză
