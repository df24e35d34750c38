# Recuperarea cheii unei echipe de către mai mulți responsabili. O citește personalul.

recovery-title = Recuperare
recovery-of = Recuperare: { $zone }
recovery-lead = Dacă toți cei care au cheia unei echipe au plecat, o parte dintre responsabili, împreună, o pot da unui membru. Durează cel puțin o zi, toți sunt anunțați, iar un responsabil sau cine are o cheie poate opri totul.
recovery-people-lead = Dacă cheia unei echipe s-ar mai putea recupera în cazul în care toți cei care o au ar pleca.
recovery-way-in = Recuperare: ce aveți de făcut ca să revină cheia unei echipe
recovery-way-in-asked = Cineva cere cheia unei echipe. Vedeți dacă este în regulă.
recovery-way-in-unread = Nu se poate citi cum stă recuperarea. Spuneți celui care administrează acest birou.
recovery-key = Cheia de recuperare numărul { $number }, făcută de { $name }, { $date }. Sunt necesari { $need } responsabili din { $of }.
recovery-key-used = Cheia de recuperare numărul { $number }, făcută de { $name }, { $date }. A fost folosită.
recovery-day-unknown = într-o zi necunoscută
recovery-last-drill = Fiecare responsabil și-a încercat partea cel mai devreme la data de { $date }.
recovery-no-drill = Nu toți responsabilii și-au încercat încă partea.
recovery-tried = Și-a încercat partea: { $date }
recovery-never-tried = Nu și-a încercat încă partea
recovery-no-longer = Contul a fost închis sau resetat, ori persoana nu mai poate face acest lucru.
recovery-covers = Aduce înapoi cheia echipei
recovery-tag-look = De văzut
recovery-tag-grave = Nu se recuperează nimic
recovery-tag-lost = Nu contează
recovery-tag-asked = Cerere

recovery-concern-damaged = Ceva din înregistrările acestei recuperări este stricat sau nu a fost scris de acest birou. Aici este lăsat deoparte. Spuneți celui care administrează acest birou.
recovery-concern-none = Nu există o cheie de recuperare. Odată cu ultima persoană care are cheia unei echipe, cheia s-ar pierde. Cine are o cheie o face pe pagina Recuperare.
recovery-concern-used = Cheia de recuperare a fost folosită și nu mai aduce nimic înapoi. Cine are cheia unei echipe face una nouă pe pagina Recuperare.
recovery-concern-few = Responsabili cu o parte valabilă: { $counting }. Necesari: { $need }. Cine are cheia unei echipe face o nouă cheie de recuperare pe pagina Recuperare.
recovery-concern-spare = Dacă mai pleacă sau este resetat un responsabil, nu se mai recuperează nimic. Faceți o nouă cheie de recuperare, cu mai mulți responsabili.
recovery-concern-drill = Acești responsabili nu și-au încercat partea în ultimele 180 de zile: { $names }.
recovery-concern-uncovered = Cheia echipei { $team } nu ar putea fi recuperată. Cine o are o adaugă pe pagina Recuperare.

recovery-try-lead = Încercați dacă partea dumneavoastră se deschide și este cea bună. Nu este arătată și nu este pusă laolaltă cu alta.
recovery-try-button = Îmi încerc partea
recovery-cover-lead = Aveți o cheie pe care responsabilii de mai sus nu ar putea-o recupera. Dacă aveți încredere în ei, adăugați-o:
recovery-cover-button = Adaugă la cheia de recuperare

recovery-request = Cheia echipei { $teams } pentru { $name }
recovery-asked = Cerută de { $name }, { $moment }.
recovery-agreed =
    { $count ->
        [0] Niciun responsabil cu o parte valabilă nu a fost de acord. Necesari: { $need }.
       *[other] Au fost de acord: { $names }. Adică { $count } din { $need }.
    }
recovery-time-untold = Cei care pot opri cererea nu știu încă toți de ea. Cele 24 de ore se numără de atunci sau după trei zile de la primul anunț.
recovery-unreached = Încă neanunțați: { $names }. Se încearcă din nou la fiecare zece minute. Dacă puteți, spuneți-le chiar dumneavoastră.
recovery-time-until = Se poate încheia după: { $moment }.
recovery-time-over = Cele 24 de ore au trecut.
recovery-agree-button = Sunt de acord
recovery-stop-button = Oprește
recovery-finish-button = Iau cheia

recovery-ask = Cereți cheia unei echipe
recovery-ask-lead = Pentru o echipă a cărei cheie nu o mai are nimeni. Cererea este și acordul dumneavoastră. Vorbiți cu ceilalți responsabili înainte să fie de acord: ei știu doar ce scrieți aici.
recovery-ask-teams = Echipe
recovery-ask-for = Cine să primească cheia
recovery-ask-reason = De ce
recovery-ask-reason-hint = Citesc responsabilii și cei care au o cheie. Nimic despre oamenii care au scris sau au sunat.
recovery-ask-button = Cere și anunță pe toată lumea

recovery-done-tried = Partea dumneavoastră se deschide și este cea bună.
recovery-done-covered = Cheia de recuperare cuprinde echipele a căror cheie o aveți.
recovery-done-asked = Cererea este făcută și sunteți de acord cu ea. Toți sunt anunțați în următorul minut.
recovery-done-agreed = Sunteți de acord. Numai membrul numit poate folosi partea dumneavoastră.
recovery-done-stopped = A fost oprită. Cine o mai dorește trebuie să ceară din nou.
recovery-done-finished = Aveți cheia. Faceți una nouă pentru echipă și o nouă cheie de recuperare: aceasta s-a consumat.

recovery-wrong-few = Au fost de acord { $count } din { $need } responsabili cu o parte valabilă. Întrebați-i pe ceilalți.
recovery-wrong-uncovered = Cea mai nouă cheie a acestei echipe nu s-ar recupera: nimeni nu a adăugat-o la cheia de recuperare.
recovery-wrong-officer = Numai un responsabil poate face acest lucru; de oprit poate opri și cine are cheia unei echipe.
recovery-wrong-again = Ați fost deja de acord cu aceasta.
recovery-wrong-over = S-a încheiat: a fost oprită, terminată sau înlocuită ori este mai veche de 14 zile.
recovery-wrong-not-you = Numai membrul numit poate lua cheia.
recovery-wrong-account = Contul membrului numit a fost resetat între timp. Opriți și cereți din nou.
recovery-wrong-teams = Alegeți cel puțin o echipă. Toate trebuie să fie din același loc de lucru.
recovery-wrong-reason = Scrieți de ce, în cel mult 500 de litere.
recovery-wrong-damaged = Ceva din înregistrări a fost schimbat sau stricat. Spuneți celui care administrează acest birou înainte de a continua.

recovery-make = Creați o cheie de recuperare
recovery-make-new = Creați altă cheie de recuperare în locul ei
recovery-make-title = Creați o cheie de recuperare: { $zone }
recovery-make-lead = Dacă nu ar mai fi nimeni care să dețină o cheie de-a dumneavoastră, destui dintre acești responsabili ar putea, împreună, să o dea unui membru ales de ei. Alegeți oameni care vor mai fi aici, care nu împart toți aceeași casă sau același telefon și pe care i-ați recunoaște când sună.
recovery-make-instead = Există deja o cheie de recuperare. După aceasta, părțile ei nu mai valorează nimic.
recovery-make-instead-others = Există deja o cheie de recuperare. După aceasta, părțile ei nu mai valorează nimic. Cei care dețin cheia pentru { $teams } trebuie să o adauge ei înșiși la cea nouă: spuneți-le.
recovery-make-officers = Responsabili
recovery-make-officers-hint = Cel puțin doi, cel mult { $most }. Nu trebuie să lucreze aici: poate fi și un membru al consiliului.
recovery-make-need = Câți dintre ei sunt necesari
recovery-make-need-hint = Mai puțini decât sunt, ca unul să poată pleca.
recovery-make-button = Creați cheia de recuperare
recovery-make-not = Nu creați
recovery-done-made = Cheia de recuperare este creată. Fiecare responsabil își încearcă partea pe această pagină.
recovery-wrong-numbers = Alegeți cel puțin doi responsabili și nu mai mulți necesari decât sunt.
recovery-wrong-needed = Cheia de recuperare existentă este ultima cale către cheia unei echipe pe care nu o mai deține nimeni. Recuperați-o întâi pe aceea.
recovery-wrong-asked-for = Cineva cere cheia unei echipe cu cheia de recuperare existentă. Așteptați să se încheie sau opriți cererea.
