# Pagina de sesizare. Cuvinte simple; credem mai întâi; spunem ce urmează; nicio promisiune pe care nu o putem ține.

## Prima pagină
start-danger-title = Este cineva în pericol acum?
start-danger-call = Sunați la { $number }
start-danger-more = Dacă nu puteți vorbi sau aveți nevoie de altă limbă
start-lead = Veți fi luat(ă) în serios de fiecare dată.
start-what-happens = O persoană pregătită citește ce trimiteți.
start-may-act = Dacă viața cuiva sau un copil este în pericol, s-ar putea să trebuiască să acționăm.
start-within = Se citește în { $normal }.
start-within-both = Dacă vi se întâmplă chiar dumneavoastră, se citește în { $soon }. Restul se citește în { $normal }.
start-choose = Cum vă putem ajuta?
start-me = Mi se întâmplă mie
start-me-hint = O singură pagină scurtă. Vă puteți opri oricând.
start-known = I se întâmplă cuiva pe care îl cunosc
start-noticed = Am observat ceva
start-noticed-hint = Ați văzut sau ați auzit ceva care vă îngrijorează.
start-work = Lucrez cu oameni
start-work-hint = Sănătate, școală, primărie, poliție, asociație, biserică. Ne puteți suna pentru un sfat sau ne puteți scrie aici.
start-signs = Care sunt semnele?
start-read = Citiți un mesaj
start-call-us = Vorbiți cu cineva
start-phone-honest = Această pagină nu vă păstrează răspunsurile pe telefon. Telefonul poate arăta totuși că ați fost aici.
start-leave-honest = „Ieșiți acum” deschide o pagină despre vreme. Nu șterge istoricul. Dacă apăsați Înapoi, puteți ajunge iar aici: închideți fila.

## Când se citesc mesajele
hours-open = Cineva citește mesajele acum.
hours-closed = Nimeni nu citește mesajele până la { $time }. În pericol, sunați la { $number }.
hours-closed-always = Nimeni nu citește mesajele acum. În pericol, sunați la { $number }.

## Pericol acum
now-title = Cereți ajutor acum
now-call = Sunați la { $number } dacă cineva este în pericol
now-say = Spuneți „police” (poliția) și numele limbii dumneavoastră. Pot aduce un interpret.
now-cannot-talk = Dacă nu puteți vorbi
now-no-routes = Nicio altă cale nu a fost verificată încă.
now-call-list = Un apel poate rămâne în lista de apeluri, chiar dacă este gratuit.

## Cine s-ar putea răni
hurt-title = Dacă simțiți că v-ați putea face rău
hurt-matter = Viața dumneavoastră contează. Vorbiți cu cineva acum.
hurt-ambulance = Sunteți rănit(ă) sau pe cale să vă faceți rău acum? Sunați la { $number } și spuneți „ambulance” (ambulanță).
hurt-listen = Puteți vorbi și cu oameni care ascultă. Nu aveți nevoie de un motiv ca să sunați.
hurt-other = Este cineva pe care îl ajutați? Rămâneți cu persoana, dacă nu vă puneți în pericol, și sunați pentru ea.
hurt-not-here = Nu așteptați un răspuns de la noi. Ce scrieți aici s-ar putea să nu fie citit imediat.
hurt-me = Dacă simțiți că v-ați putea face rău: viața dumneavoastră contează. Vorbiți cu cineva acum.
hurt-them = Dacă persoana și-ar putea face rău: cine poate ajuta acum

## Printre întrebări
question-count = Întrebarea { $number } din { $of }
button-continue = Continuați
button-back = Înapoi
button-send-now = Trimit ce am scris
button-send = Trimit
button-check = Verific întâi răspunsurile
button-change = Schimbați
question-optional = Puteți lăsa orice întrebare fără răspuns.
page-expired = Această pagină este mai veche de o zi. Ce ați scris este încă aici. Verificați și mergeți mai departe.
page-unknown = Pagina nu a putut fi deschisă din nou. Ce ați scris pe ea este mai jos. Vă rugăm să continuați de aici.
answers-not-saved = Răspunsurile nu se salvează pe acest telefon.

## Mi se întâmplă mie
me-title = Spuneți-ne ce puteți
me-lead = Puteți cere un loc sigur, un medic, un avocat, pe cineva care vă vorbește limba. Puteți spune nu.
me-place = Unde sunteți?
me-place-hint = O adresă, numele unui magazin, un oraș, ce vedeți pe fereastră. Orice ajută.
me-words = Ce vreți să ne spuneți?
me-words-hint = În orice limbă. Oricât de scurt.
me-signs = Sau bifați ce vi se întâmplă
me-child = Aveți sub 18 ani?
me-danger = Sunteți în pericol chiar acum?

## Am observat ceva
danger-page-title = Înainte de toate
danger-title = Este cineva în pericol chiar acum?
danger-call-first = Dacă da, sunați întâi la { $number }. Apoi spuneți-ne aici.
danger-child = Este vorba de cineva sub 18 ani?
work-title = Lucrați cu oameni
work-lead = Puteți suna pentru un sfat înainte să hotărâți ceva. Nu trebuie să spuneți numele persoanei.
work-now-title = Ce să faceți acum
work-now-alone = Vorbiți cu persoana singură, într-un loc liniștit, fără cel care a venit cu ea.
work-now-interpreter = Folosiți un interpret care nu o cunoaște. Niciodată un însoțitor.
work-now-no-promise = Spuneți cine sunteți și ce se poate întâmpla. Nu promiteți nimic ce nu puteți ține.
work-now-no-question = Întrebați de ce are nevoie acum: siguranță, mâncare, îngrijire, cineva pe care să îl sune. Povestea celor întâmplate lăsați-o celor pregătiți să o asculte.
work-now-record = Nu întrebați persoana pe care o bănuiți și nu o preveniți. Notați ce ați văzut și auzit.
work-steps-title = Pașii la locul dumneavoastră de muncă
work-step-danger = În pericol acum: sunați imediat la numărul de urgență.
work-step-child = Un copil sau poate un copil: anunțați astăzi protecția copilului și poliția, precum și responsabilul cu protecția. Nu aveți nevoie de acordul nimănui.
work-step-adult = Un adult: spuneți-i ce ajutor există și întrebați ce își dorește. Anunțați responsabilul cu protecția. Dacă nu se poate apăra singur, serviciul pentru adulți vulnerabili poate interveni.
work-step-referral-uk = Sprijinul vine prin mecanismul național de referire. Numai un prim intervenient poate trimite pe cineva, iar un adult trebuie să fie de acord. Înainte să fie de acord, trebuie să știe că hotărăște Ministerul de Interne britanic, că poate spune nu și că poate cere mai întâi sfatul unui avocat. Un raport aici nu este o referire.
work-step-notify = O primărie, poliția și alte câteva instituții publice au obligația de a notifica Ministerul de Interne britanic despre fiecare posibilă victimă. Când un adult refuză referirea, se face fără numele lui. Un raport aici nu îi ține locul.
work-step-advice = Nu sunteți sigur? Sunați pentru un sfat sau scrieți-ne mai jos. Vă spunem ce putem face și cine mai trebuie să știe.
work-form-title = Scrieți-ne
work-form = Lăsați necompletat ce nu știți. Nu scrieți numele persoanei decât dacă a fost de acord sau dacă o viață ori un copil este în pericol.
work-role = Ce lucrați? (puteți lăsa necompletat)
work-role-hint = De exemplu: asistentă medicală, funcționar la locuințe, profesor
work-note-title = O notă pentru evidența dumneavoastră
work-note-lead = Copiați aceasta în evidența locului dumneavoastră de muncă. Nu spune nimic din ce ne-ați scris. Nu treceți în ea numărul pentru mesaje. Unele evidențe pot fi citite de familie sau de cine ține telefonul persoanei: întrebați cum se ascunde o însemnare.
work-note-sent = { $day }: Am citit sfaturile despre o posibilă exploatare și am trimis un raport liniei de ajutor, pe internet.
work-note-saw = Ce am văzut și auzit eu, cu cuvintele persoanei:
work-note-told = Cui am spus, când și numărul lor de referință (responsabil cu protecția, poliție, protecția copilului, primărie):
work-note-agreed = Ce i s-a spus persoanei, cu ce interpret, și cu ce a fost sau nu a fost de acord:
work-note-next = Ce urmează, cine face și până când:
place-title = Unde a fost?
place-setting = Ce fel de loc?
place-words = Ce loc anume?
place-words-hint = Un nume, o stradă, un cod poștal, o pagină web sau o mașină. Ajunge ce știți.
signs-title = Ce ați văzut?
signs-hint = Răspundeți la ce puteți. Niciun semn nu dovedește ceva singur.
signs-more = Mai multe semne
signs-none = Alegeți întâi un fel de loc sau spuneți-ne cu cuvintele dumneavoastră pe pagina următoare.
signs-do-not-ask = Nu întrebați, nu urmăriți, nu filmați. Siguranța dumneavoastră este pe primul loc.
words-title = Cu cuvintele dumneavoastră
words-hint = În orice limbă. Ce ați văzut sau ați auzit și când? Ce v-a îngrijorat?
words-do-not-look = Nu vă întoarceți să vă uitați. Ajunge ce știți deja.

seen-yes = Da
seen-no = Nu
seen-could-not-see = Nu am putut vedea

## Excepții și contact
exceptions-title = Înainte să alegeți
exceptions-text = Ce ne spuneți rămâne în echipa noastră. Sunt două excepții. Dacă credem că viața cuiva este în pericol sau că un copil este în pericol, s-ar putea să trebuiască să spunem cuiva a cărui muncă este să apere oamenii. Vă spunem întâi dumneavoastră, dacă putem.
child-exceptions = Dacă credem că ești în pericol, s-ar putea să trebuiască să spunem cuiva a cărui muncă este să te apere. Îți spunem întâi ție, dacă putem.
child-lines = Dacă ai sub 18 ani, poți suna și la
contact-title = Numele dumneavoastră și cum vă găsim
naming-title = Cine poate ști cine sunteți?
naming-share = Puteți spune celor care pot ajuta
naming-share-hint = Putem da mai departe numele și felul în care vă găsim.
naming-confidential = Doar echipa noastră
naming-confidential-hint = Echipa noastră știe cine sunteți.
naming-anonymous = Nimeni
naming-anonymous-hint = Nu vă scrieți numele nicăieri. Echipa poate citi tot ce scrieți.
reach-title = Vă putem contacta?
reach-nobody = Nu, nu mă contactați
reach-receipt = Doar aici: mă întorc cu numărul pe care mi-l dați
reach-telephone = Prin telefon
reach-text = Prin SMS
reach-email = Prin e-mail
reach-safe = Alegeți o cale pe care nimeni altcineva nu o vede și nu o aude.
contact-address = Număr de telefon sau e-mail
contact-address-hint = Doar dacă ați ales telefon, SMS sau e-mail.
contact-times = Când este sigur?
contact-times-hint = De exemplu: lunea după ora 10 dimineața.
contact-code = Un cuvânt pe care să îl spunem întâi
contact-code-hint = Ca să știți că suntem noi.

## Fotografii și alte fișiere
files-title = Fotografii și fișiere
files-later = Adăugați fotografii și fișiere
files-no-risk = Nu vă puneți în pericol ca să faceți o fotografie. Ce aveți este de ajuns. Nu aveți nevoie de niciun fișier.
files-lead = Puteți adăuga fotografii, filme, înregistrări de sunet, fișiere PDF și documente. Cel mult 10, fiecare de cel mult 100 MB.
files-locked = Fiecare fișier este încuiat de îndată ce ajunge aici. Înainte ca un consilier să se uite la el, scoatem din el ce spune despre dumneavoastră și despre telefonul dumneavoastră. Ce se vede într-o fotografie rămâne. Originalul este pus sub cheie.
files-choose = Alegeți fișiere
files-choose-hint = Puteți alege mai multe deodată.
files-add = Adăugați aceste fișiere
files-list = Fișierele dumneavoastră
files-size = cam { $megabytes } MB
files-size-small = sub 1 MB
files-not-whole = Nu a ajuns tot. Alegeți încă o dată același fișier sau scoateți-l.
files-none = Niciunul
files-count = { $count ->
    [one] Un fișier.
    [few] { $count } fișiere.
   *[other] { $count } de fișiere.
}
files-count-missing = { $count ->
    [one] Un fișier nu a ajuns întreg și nu va fi trimis.
    [few] { $count } fișiere nu au ajuns întregi și nu vor fi trimise.
   *[other] { $count } de fișiere nu au ajuns întregi și nu vor fi trimise.
}
files-lost-large = „{ $name }” are peste 100 MB. Nu îl putem primi aici. Scrieți-ne că îl aveți.
files-lost-empty = „{ $name }” este gol. Alegeți-l încă o dată.
files-lost-many = „{ $name }” nu a fost adăugat: se pot trimite cel mult 10 fișiere. Mai târziu puteți trimite și altele, cu numărul dumneavoastră.
files-lost-full = „{ $name }” nu a fost adăugat: acum nu mai este loc pentru fișiere. Trimiteți acum ce ați scris. Fișierele le puteți adăuga mai târziu, cu numărul dumneavoastră.
files-lost-gone = „{ $name }” nu mai este aici. Fișierele care nu sunt trimise se șterg după o zi. Alegeți-l încă o dată dacă vreți să îl trimiteți.
files-lost-cut = „{ $name }” nu a ajuns întreg. Alegeți-l încă o dată.
files-lost-not-now = „{ $name }” nu a putut fi păstrat. Încercați încă o dată sau trimiteți ce ați scris fără el.
files-said-waits = Așteaptă
files-said-part = { $percent }% trimis
files-said-again = Nu este conexiune. Încercăm mai departe automat.
files-said-here = gata de trimis
files-said-here-aloud = „{ $name }” este gata de trimis.
files-said-not-here = „{ $name }” a fost scos.
files-said-stop = Opriți
files-said-away = Scoateți
files-said-unfinished = Un fișier este încă pe drum. Așteptați până ajunge sau apăsați încă o dată ca să mergeți mai departe fără el.

## Verificarea răspunsurilor
check-title = Verificați răspunsurile
check-lead = Nu s-a trimis nimic încă.
check-nothing = Fără răspuns
check-place = Unde
check-setting = Ce fel de loc
check-signs = Ce s-a văzut
check-self-signs = Ce vi se întâmplă
check-words = Cuvintele dumneavoastră
check-child = Sub 18 ani
check-danger = În pericol acum
check-naming = Cine poate ști
check-contact = Contact
check-times = Ore sigure
check-code = Cuvântul de spus întâi
check-files = Fișiere

## Înainte de a trimite o sesizare anonimă
reveals-title = Se poate afla de aici cine sunteți?
reveals-lead = Ați ales ca nimeni să nu știe cine sunteți. Din ce ați scris s-ar putea afla. Echipa noastră citește tot ce trimiteți.
reveals-question = Ce să scoatem înainte de a trimite?
reveals-take-out = Scoateți: { $text }
reveals-others = Lăsați numele și numerele altor oameni. Ne ajută.
reveals-files = Trimiteți și fișiere. Nu putem vedea dacă numele lor sau ce se vede într-o fotografie spune cine sunteți. Mergeți înapoi ca să scoateți unul.
reveals-nothing = Nu a mai rămas nimic din care să se afle cine sunteți.

## Când scriu mulți oameni deodată
wait-title = Încă nu s-a trimis: acum scriu mulți oameni
wait-lead = { $seconds ->
    [one] Vă vine rândul în circa o secundă.
    [few] Vă vine rândul în circa { $seconds } secunde.
   *[other] Vă vine rândul în circa { $seconds } de secunde.
}
wait-longer = Durează mai mult decât am crezut. Ne pare rău. Locul dumneavoastră rămâne păstrat.
wait-kept = Ce ați scris este în siguranță în această pagină. Vă rugăm să lăsați pagina deschisă.
wait-by-hand = Până atunci nu trebuie să faceți nimic. Apoi apăsați „Trimite acum”. Dacă apăsați prea devreme, nu se pierde nimic: vedeți din nou această pagină și vă păstrați locul.
wait-by-itself = Nu trebuie să faceți nimic. Se trimite singur. Telefonul dumneavoastră face un calcul. Așa vedem că nu este o mașină care trimite mii de mesaje.
wait-bar = Cât s-a făcut din calcul
wait-half = Încă se lucrează. Nu se pierde nimic.
wait-sending = Se trimite acum. Vă rugăm să lăsați pagina deschisă.
wait-send = Trimite acum
wait-back = Înapoi la răspunsurile mele
wait-danger = Dacă cineva este în pericol acum, nu așteptați această pagină: sunați la { $number }.

## Numărul
sent-title = Am primit sesizarea dumneavoastră
sent-number = Numărul dumneavoastră
sent-words = Același număr, în cuvinte
sent-what-for = Cu acest număr vă puteți întoarce aici ca să citiți răspunsul nostru. Fără el, nimeni nu vă poate deschide sesizarea pe acest site. Noi nu păstrăm numărul.
sent-keep = Păstrați numărul doar dacă este sigur. Îl puteți scrie ca pe un număr de telefon sau puteți ține minte cuvintele.
sent-lost = L-ați pierdut? Sunați-ne sau trimiteți din nou și numiți același loc: le putem pune împreună.
sent-next = Ce urmează
sent-next-read = O persoană pregătită vă citește sesizarea în { $within }.
sent-next-answer = Răspunsul nostru vă așteaptă aici, la „Citiți un mesaj”.
sent-danger = Ați spus că cineva este în pericol acum. Alertăm acum persoana de serviciu. S-ar putea să nu vadă imediat: sunați acum la { $number }.
sent-files-left-out = Un fișier pe care l-ați ales nu a fost trimis. Îl puteți adăuga mai târziu: reveniți aici cu numărul dumneavoastră.
sent-practise = Încercați o dată
sent-practise-lead = Puteți verifica dacă aveți numărul corect. Nu este nevoie.
sent-practise-right = Este corect.
sent-practise-wrong = Nu este același număr. Uitați-vă din nou mai sus.
sent-close = Închideți această pagină
sent-already-title = A fost deja trimis
sent-already-text = Acest formular a fost trimis mai devreme, iar numărul lui nu se mai arată. Nu trebuie să îl trimiteți din nou.
within-minutes = { $count ->
    [one] { $count } minut
    [few] { $count } minute
   *[other] { $count } de minute
}
within-hours = { $count ->
    [one] { $count } oră
    [few] { $count } ore
   *[other] { $count } de ore
}
within-staffed-hours = { $count ->
    [one] { $count } oră din programul nostru
    [few] { $count } ore din programul nostru
   *[other] { $count } de ore din programul nostru
}

## Citirea unui mesaj
read-title = Citiți un mesaj
read-number = Numărul sau cuvintele dumneavoastră
read-number-hint = 25 de cifre sau 8 cuvinte. Spațiile nu contează.
read-button = Deschideți
read-wait = Durează câteva secunde. Vă rugăm să așteptați.
read-nothing-title = Nimic de citit
read-nothing = Nu este nimic de citit pentru acest număr. Fie nu a răspuns nimeni încă, fie numărul nu este corect, fie nu mai este folosit.
read-messages = Mesaje
read-from-us = De la noi
read-from-you = De la dumneavoastră
read-question = O întrebare pentru dumneavoastră
read-outcome = Ce am făcut cu sesizarea dumneavoastră
outcome-passed-on = Le-am spus celor a căror treabă este să îi țină pe oameni în siguranță. Ca toți să fie în siguranță, nu putem spune mai mult. Ați făcut bine că ne-ați spus.
outcome-help-offered = A fost oferit ajutor. Ca toți să fie în siguranță, nu putem spune mai mult. Ați făcut bine că ne-ați spus.
outcome-advised = V-am spus ce puteți face. Ne puteți întreba din nou aici, oricând. Ați făcut bine că ne-ați spus.
outcome-looked-into-nothing-more = Ne-am uitat la ce ne-ați spus. Acum nu mai putem face nimic. Ați făcut bine că ne-ați spus.
outcome-kept = Păstrăm ce ne-ați spus. Poate ajuta pe cineva mai târziu. Ați făcut bine că ne-ați spus.
read-proof = O hârtie care spune că ați sesizat
read-proof-lead = Tipăriți sau copiați doar dacă nu o poate găsi nimeni care nu trebuie să știe.
proof-says = La { $day } s-a făcut o sesizare la { $operator }. Aici nu stă nimic din ce spune ea.
sent-proof = Dacă veți avea nevoie de o hârtie care spune că ați sesizat, întoarceți-vă cu numărul și cereți-ne-o. Spune doar ziua și numele nostru.
read-no-answer-yet = Sesizarea este la noi. Nu este niciun răspuns încă.
read-older = Mesaje mai vechi
read-not-now = Mulți oameni citesc mesaje acum sau ceva nu a mers. Nu s-a pierdut nimic. Apăsați din nou peste un minut.
read-danger = Sunteți în pericol acum? Sunați la { $number }. Ce scrieți aici s-ar putea să nu fie citit imediat.
read-ask-danger = Este cineva în pericol chiar acum?
read-said-danger = În pericol acum: { $answer }
read-closed = Pentru siguranța dumneavoastră, mesajele se închid singure după o jumătate de oră. Ce ați scris nu s-a pierdut și nu s-a trimis încă. Scrieți din nou numărul ca să continuați.
read-add-title = Spuneți-ne mai mult
read-add-hint = Doar ce știți deja. Nu întrebați, nu urmăriți, nu filmați. Nu scrieți numele sau numărul dumneavoastră dacă nu vreți să știm cine sunteți.
read-add-button = Trimit
read-added = Am primit ce ați scris.
read-said-files = { $count ->
    [one] Ați trimis un fișier.
    [few] Ați trimis { $count } fișiere.
   *[other] Ați trimis { $count } de fișiere.
}
read-said-wishes = Ați schimbat cum vă putem contacta: { $reach }
wishes-button = Schimbați cum vă contactăm
wishes-title = Cum vă putem contacta acum?
wishes-lead = Alegeți din nou. Nu trebuie să ne spuneți nimic altceva. Când cineva din echipa noastră deschide sesizarea, vede ce alegeți acum. Ce ați ales înainte va fi marcat ca nesigur.
wishes-save = Salvați
wishes-keep = Înapoi, fără schimbări
wishes-changed = Salvat. De acum așa vă putem contacta.
read-withdraw = Îmi retrag sesizarea
read-withdraw-title = Vreți să o retrageți?
read-withdraw-text = Ne oprim și ștergem ce avem voie să ștergem. Ce s-a spus deja altora pentru siguranța cuiva nu se mai poate lua înapoi. Numărul dumneavoastră nu va mai funcționa.
read-withdraw-button = Da, o retrag
read-withdraw-keep = Nu, o păstrez
withdrawn-title = Sesizarea a fost retrasă
withdrawn-erased = Nu o citise nimeni. A fost ștearsă și nimeni nu o mai poate citi.
withdrawn-stopped = Echipa noastră o citise. Nimeni altcineva nu a aflat. Am oprit lucrul la ea.
withdrawn-still-read = Echipa noastră vă citise sesizarea. O persoană va citi totuși ce ați scris ultima dată. Nimeni altcineva nu a aflat. Am oprit lucrul la ea.
withdrawn-passed-on = Spusesem deja, prin telefon, unui serviciu a cărui muncă este să apere oamenii. Asta nu se mai poate lua înapoi. De acum facem doar ce ține oamenii în siguranță.
withdrawn-passed-on-still-read = Spusesem deja, prin telefon, unui serviciu a cărui muncă este să apere oamenii. Asta nu se mai poate lua înapoi. O persoană din echipa noastră se va uita totuși la sesizare, ca oamenii să fie în siguranță.
withdrawn-danger = O persoană din echipa noastră se va uita totuși la sesizare, ca oamenii să fie în siguranță. Nu spunem nimănui altcuiva, decât dacă viața cuiva sau un copil este în pericol.

## Ce este de îndreptat
error-nothing-to-send = Răspundeți la o întrebare sau scrieți câteva cuvinte, apoi trimiteți.
error-words-too-long = Este mai lung decât putem primi. Scurtați la { $longest } de semne.
error-line-too-long = Este mai lung decât putem primi. Scurtați la { $longest } de semne.
error-reach-missing = Alegeți unul dintre răspunsuri.
error-address-missing = Scrieți numărul sau adresa de e-mail ori alegeți altă cale.
error-telephone = Scrieți un număr de telefon, de exemplu 020 7946 0000.
error-email = Scrieți o adresă de e-mail, de exemplu nume@example.org.
error-setting-unknown = Alegeți unul dintre locurile din listă.
error-receipt-missing = Scrieți numărul sau cuvintele dumneavoastră.
error-receipt-length = Numărul are 25 de cifre sau 8 cuvinte. Verificați și încercați din nou.
error-receipt-check = Una sau mai multe cifre nu sunt corecte. Verificați numărul și încercați din nou.
error-receipt-word = Cuvântul „{ $word }” nu este dintre ale noastre. Verificați și încercați din nou.
error-message-empty = Scrieți ce vreți să ne spuneți.
error-not-stored-title = Nu s-a trimis
error-not-stored = Nu am putut salva acum. Ce ați scris este încă aici. Încercați din nou peste un minut. În pericol, sunați la { $number }.

## Semne
signs-page-title = Recunoașteți semnele
signs-page-lead = Niciun semn nu dovedește ceva singur. Mai multe la un loc sunt un motiv să ne spuneți.
signs-page-choose = Unde sunteți?
signs-page-tell = Spuneți-ne ce ați văzut
signs-page-print = Puteți tipări această pagină.

## Pe hârtie
card-title = Cartonașe și un afiș de tipărit
card-lead = Opt cartonașe mici încap pe o foaie. Pe următoarea este un afiș. Nu scrie pe ele despre ce este vorba.
card-safe-title = Siguranța pe primul loc
card-safe-carry = Nu purtați un cartonaș la dumneavoastră dacă cineva vă caută prin lucruri. Învățați mai bine un număr pe de rost.
card-safe-give = Dați un cartonaș numai când nu vede nimeni altcineva. Întrebați întâi dacă îl poate păstra în siguranță.
card-safe-poster = Lăsați afișul unde oamenii sunt singuri, de exemplu pe partea dinăuntru a ușii de la toaletă.
card-safe-printer = Un calculator sau o imprimantă de la serviciu poate păstra o listă cu ce s-a tipărit.
card-how = Pentru a tipări, deschideți meniul browserului și alegeți „Tipărire”. Folosiți hârtie A4. Tăiați pe linii.
card-card = Cartonașul
card-poster = Afișul
card-danger = În pericol acum
card-say = Spuneți „police” (poliția) și numele limbii dumneavoastră.
card-interpreter = Puteți cere un interpret.
card-free = Gratuit.
card-talk = Ca să vorbiți cu cineva
card-checked = Verificat: { $day }.
card-until = Luați unul nou după { $day }.
poster-title = Puteți vorbi cu cineva
poster-lead = Dumneavoastră alegeți ce spuneți.
poster-say = Spuneți „police” (poliția) sau „ambulance” (ambulanța) și numele limbii dumneavoastră.
poster-speechless = Dacă nu puteți vorbi sau nu auziți

## Ce păstrăm
privacy-title = Ce păstrăm
privacy-controller = { $name } răspunde de ceea ce trimiteți aici. Legea numește aceasta operator de date.
privacy-address = Adresă
privacy-email = E-mail
privacy-dpo = Responsabil cu protecția datelor
privacy-read-by = Doar echipa noastră pregătită citește ce trimiteți. Este încuiat înainte de a fi salvat și numai ei au cheia.
promises-title = Ce promitem
privacy-kept-title = Ce păstrăm
privacy-kept = Ce scrieți și trimiteți, răspunsurile noastre și când a venit. După ce cineva a citit o sesizare, păstrăm numai ora sau numai ziua, dacă ați ales ca nimeni să nu știe cine sunteți.
privacy-kept-log = Mai păstrăm o listă cu cine din echipa noastră v-a deschis sesizarea și când. Numele și cuvintele dumneavoastră nu sunt în ea.
privacy-kept-files = Fișierele pe care le-ați ales, dar nu le-ați trimis, sunt și ele încuiate și se șterg după o zi.
privacy-not-kept-title = Ce nu păstrăm
privacy-not-kept = Numărul dumneavoastră pentru citirea mesajelor, adresa telefonului sau a calculatorului, ce browser folosiți și tot ce ați scris, dar nu ați trimis. Acest site nu pune cookie-uri.
privacy-cannot-title = Ce nu putem ascunde
privacy-cannot = Telefonul poate arăta că ați fost aici. Cine vă administrează rețeaua poate vedea că ați deschis această pagină, dar nu și ce ați scris. Unele tastaturi țin minte ce scrieți.
privacy-why-title = De ce avem voie să păstrăm
privacy-why = Folosim ce trimiteți ca să ajutăm oameni exploatați și ca să ținem oamenii în siguranță. Pentru nimic altceva.
privacy-ground-interest = Este destul de important încât legea ne lasă să o facem fără să cerem întâi acordul fiecăruia. Se numește interes legitim (GDPR, articolul 6 alineatul (1) litera (f)).
privacy-ground-life = Când o viață este în pericol, legea ne lasă să folosim ce știm ca să o apărăm (articolul 6 alineatul (1) litera (d) și articolul 9 alineatul (2) litera (c)).
privacy-ground-sensitive = Ce scrieți poate vorbi despre sănătate, credință, viața sexuală sau infracțiuni. Legea ne lasă să păstrăm aceasta ca să apărăm oamenii aflați în primejdie (articolul 9 alineatul (2) litera (g) și articolul 10).
privacy-ground-sensitive-uk = Ce scrieți poate vorbi despre sănătate, credință, viața sexuală sau infracțiuni. Legea ne lasă să păstrăm aceasta ca să apărăm oamenii aflați în primejdie (articolul 9 alineatul (2) litera (g) și articolul 10; în Marea Britanie, Data Protection Act 2018, anexa 1, punctul 18).
privacy-ground-agreed = Dacă ne lăsați să dăm ceva mai departe, o facem pentru că ați fost de acord (articolul 6 alineatul (1) litera (a)). Vă puteți răzgândi. Ce s-a dat înainte nu se mai poate lua înapoi.
privacy-to-title = La cine poate ajunge
privacy-to-agreed = Dacă sunteți de acord: la oameni care pot ajuta, de exemplu o casă sigură, un medic, un avocat sau poliția.
privacy-to-told = Într-un astfel de pericol spunem, prin telefon, serviciilor de urgență, poliției sau protecției copilului. Notăm cui am spus și de ce.
privacy-to-court = Un tribunal ne poate obliga să predăm ce avem.
privacy-to-nobody = Nu vindem nimic și nimeni care face reclamă nu primește nimic. Programul pune pericolul primul în lista noastră; restul îl hotărăsc oamenii.
privacy-long-title = Cât timp păstrăm
privacy-long-lead = Depinde de sesizare. Fiecare este marcată când vine:
privacy-long-anonymous = Ați ales ca nimeni să nu știe cine sunteți: cel mai scurt timp.
privacy-long-ordinary = Orice altă sesizare: mai mult.
privacy-long-safeguarding = Cineva este în pericol sau a trebuit să spunem unui serviciu pentru siguranța cuiva: cel mai lung timp, chiar dacă ați ales ca nimeni să nu știe cine sunteți.
privacy-long-anonymous-time = Ați ales ca nimeni să nu știe cine sunteți: { $time }.
privacy-long-ordinary-time = Orice altă sesizare: { $time }.
privacy-long-safeguarding-time = Cineva este în pericol sau a trebuit să spunem unui serviciu pentru siguranța cuiva: { $time }, chiar dacă ați ales ca nimeni să nu știe cine sunteți.
privacy-time-days = { $count ->
    [one] o zi
    [few] { $count } zile
   *[other] { $count } de zile
  }
privacy-time-months = { $count ->
    [one] o lună
    [few] { $count } luni
   *[other] { $count } de luni
  }
privacy-time-years = { $count ->
    [one] un an
    [few] { $count } ani
   *[other] { $count } de ani
  }
privacy-long-counted = Numărăm din ziua în care nu mai este nimic de făcut. Apoi se șterge de la sine, dacă legea nu ne obligă să păstrăm.
privacy-long-not-counted = Programul nu numără niciun termen: hotărăște echipa noastră și puteți întreba cât.
privacy-long-withdraw = Dacă retrageți o sesizare pe care nu a citit-o nimeni și care nu vorbește de pericol, se șterge pe loc.
privacy-rights-title = Drepturile dumneavoastră
privacy-rights-lead = Ne puteți cere:
privacy-right-see = să vă arătăm ce păstrăm despre dumneavoastră
privacy-right-correct = să îndreptăm ce este greșit
privacy-right-delete = să ștergem sau să nu folosim cât timp verificăm
privacy-right-object = să nu mai folosim, din cauza situației dumneavoastră
privacy-rights-how = Deschideți „Citiți un mesaj” cu numărul dumneavoastră și scrieți acolo. S-ar putea să vă întrebăm întâi ceva, ca nimeni altcineva să nu vadă ce este al dumneavoastră. Primiți răspuns în cel mult o lună. Dacă nu avem voie, vă spunem de ce.

## Plângeri despre noi
complain-title = Plângeți-vă de noi
complain-lead = Vă puteți plânge fără să vă spuneți numele. Nu schimbă nimic din felul în care vă ajutăm.
complain-link = Scrieți o plângere
complain-not-danger = Aici sunt numai plângerile despre noi. Dacă cineva este în pericol, sunați la { $number }.
complain-words = Ce nu a fost bine?
complain-words-hint = În orice limbă. Nu trebuie să spuneți cine sunteți.
complain-sent-title = Am primit plângerea dumneavoastră
complain-sent-next = O persoană o citește, o cercetează și vă scrie fără întârziere.
complain-sent-next-within = În cel mult 30 de zile o persoană vă spune că am primit-o. O cercetăm fără întârziere și vă spunem ce am aflat.
complain-within = Vă spunem în cel mult 30 de zile că am primit plângerea.
complain-to = O puteți trimite și la
complain-supervisor = Vă puteți plânge și la autoritatea pentru protecția datelor:

notice-title = Important

## Ce i se spune aplicației unui oraș (Open311)
open311-service = Cineva poate fi exploatat
open311-description = Cineva poate fi obligat să muncească, să vândă sex, să comită infracțiuni sau să-și cedeze locuința. Dacă cineva e în pericol acum, sunați mai întâi la { $number }. Ce trimiteți e citit de oameni ai unei linii de ajutor și nu se arată nimănui altcuiva; nu se poate căuta nimic despre asta.
open311-danger = E cineva în pericol acum? Atunci sunați mai întâi la numărul de urgență.
open311-child = Poate cineva să aibă sub 18 ani?
open311-setting = Unde se întâmplă?
open311-signs = Ce ați văzut?
open311-notice = Oamenii liniei de ajutor vor citi asta. Acest număr nu duce nicăieri, ca nimeni să nu poată afla că ați scris. Dacă cineva e în pericol acum, sunați la { $number }.
