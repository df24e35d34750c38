# Biroul liniei de ajutor. Citește personalul.

desk-helpline = Linia de ajutor
desk-my-list = Lista mea
desk-role-adviser = Consilier
desk-role-supervisor = Coordonator
desk-list-title = Lista mea
desk-list-empty = Nimic aici. Sesizările noi apar singure când cineva trimite una.
desk-list-count = { $count ->
    [one] { $count } contact
    [few] { $count } contacte
   *[other] { $count } de contacte
}
desk-filters = Filtrați lista
desk-filter-open = De făcut
desk-filter-danger = Pericol
desk-filter-new = Noi
desk-filter-overdue = Întârziate
desk-filter-waiting = Așteaptă răspuns
desk-filter-review = De verificat
desk-filter-supervisor = Pentru coordonator
desk-filter-withdrawn = Retrase
desk-filter-closed = Închise
desk-filter-all = Toate
desk-column-reference = Referință
desk-column-state = Urmează
desk-column-due = Până la
desk-column-language = Limba
desk-column-arrived = Sosit
desk-column-size = Lungime
desk-due-danger = Pericol: acționați acum
desk-danger-seen = deschis, încă nerezolvat
desk-due-read = De citit
desk-due-acknowledge = De răspuns
desk-due-feedback = De spus ce s-a întâmplat mai departe
desk-due-nothing = Nimic
desk-left-minutes = { $count ->
    [one] încă { $count } minut
    [few] încă { $count } minute
   *[other] încă { $count } de minute
}
desk-left-hours = { $count ->
    [one] încă { $count } oră
    [few] încă { $count } ore
   *[other] încă { $count } de ore
}
desk-left-days = { $count ->
    [one] încă { $count } zi
    [few] încă { $count } zile
   *[other] încă { $count } de zile
}
desk-overdue-minutes = { $count ->
    [one] { $count } minut întârziere
    [few] { $count } minute întârziere
   *[other] { $count } de minute întârziere
}
desk-overdue-hours = { $count ->
    [one] { $count } oră întârziere
    [few] { $count } ore întârziere
   *[other] { $count } de ore întârziere
}
desk-overdue-days = { $count ->
    [one] { $count } zi întârziere
    [few] { $count } zile întârziere
   *[other] { $count } de zile întârziere
}
desk-language-other = alta
desk-size-short = scurt
desk-size-medium = mediu
desk-size-long = lung
desk-size-very-long = foarte lung
desk-tag-new = Nou
desk-tag-danger = Pericol
desk-tag-soon = Curând
desk-tag-withdrawn = Retras
desk-tag-told = Informat
desk-tag-closed = Închis
desk-tag-review = De verificat
desk-tag-supervisor = Pentru coordonator
desk-tag-wrote = A scris din nou
desk-tag-waiting = Așteaptă răspuns
desk-tag-safe = Pericol rezolvat
desk-next-page = Înainte
desk-previous-page = Înapoi

desk-contact-title = Contact { $reference }
desk-report = Ce spune persoana
desk-path = Cine scrie
desk-path-me = I se întâmplă chiar persoanei
desk-path-noticed = Persoana a observat ceva
desk-path-known = I se întâmplă cuiva pe care persoana îl cunoaște
desk-path-professional = Persoana lucrează cu oameni
desk-place = Locul
desk-setting = Felul locului
desk-signs-seen = Semne văzute
desk-signs-none = Niciun semn bifat
desk-words = Cu cuvintele proprii
desk-words-none = Nimic scris
desk-child = Sub 18 ani
desk-danger = În pericol acum
desk-naming = Cine poate ști cine este
desk-language-of-report = Limba paginilor
desk-safe-contact = Contact sigur
desk-safe-contact-nobody = Nu contactați această persoană.
desk-safe-contact-receipt = Doar aici, prin mesaj. Niciodată telefon, SMS sau e-mail.
desk-safe-contact-times = Ore sigure
desk-safe-contact-code = Spuneți întâi
desk-safe-contact-address = Număr sau adresă
desk-timeline = Dosar
desk-timeline-empty = Nimic încă. Răspunsurile, notele și trimiterile apar aici, în ordine.
desk-from-reporter = Persoana
desk-from-reporter-wishes = Persoana: a schimbat cum poate fi contactată
desk-wishes-on-card = Ce este valabil acum stă la „Contact sigur”.
desk-wishes-since = Schimbat de persoană la { $date }. Nu folosiți nimic altceva, orice ar sta în altă parte în acest dosar.
desk-wishes-unsure = Un mesaj al persoanei nu se deschide. Este posibil să fi schimbat ceva aici. Nu o contactați înainte ca supervizorul să se uite.
desk-wishes-earlier = Ce a spus înainte
desk-wishes-not-safe = Nu mai este sigur de folosit.
desk-from-reporter-danger = Persoana: cineva este în pericol acum
desk-from-reporter-unsure = Persoana: nu știe sigur dacă este cineva în pericol
desk-from-reporter-no-danger = Persoana: nimeni nu este în pericol acum
desk-from-desk = Răspuns de la { $name }
desk-question-by = Întrebare de la { $name }
desk-outcome-by = { $name } a spus ce s-a întâmplat mai departe
desk-proof-by = Dovadă de sesizare, dată de { $name }
desk-file-by = Fișier de la { $name }
desk-file-from-reporter = Fișier de la cel care a sesizat
desk-cleaning-by = Un fișier a fost curățat pentru { $name }
desk-custody-by = Despre un original, de { $name }
desk-note-by = Notă de la { $name }
desk-safe-by = Pericol marcat ca rezolvat de { $name }
desk-danger-by = Marcat ca pericol de { $name }
desk-go-on-by = { $name } a verificat: dialogul poate continua
desk-closed-by = Închis de { $name }
desk-referral-by = Trimitere urgentă făcută de { $name }
desk-review-by = Verificare făcută de { $name }
desk-unknown-member = un fost coleg
desk-paper-damaged = Deteriorată sau neautentică
desk-paper-damaged-text = Această înregistrare nu se deschide sau nu a fost scrisă de persoana pe care o numește. Nu acționați pe baza ei. Anunțați supervizorul: este posibil ca cineva să fi modificat datele.

desk-acts = Ce puteți face
desk-reply-title = Răspundeți persoanei
desk-reply-text = Mesajul dumneavoastră
desk-reply-hint = Nu cereți nimănui să afle mai mult, să se întoarcă, să urmărească, să filmeze sau să rămână în legătură cu un suspect.
desk-reply-send = Răspundeți
desk-reply-ask = Întrebați (așteaptă persoana)
desk-reply-tasking = S-ar putea ca aceasta să ceară ceva periculos: „{ $phrase }”. Schimbați sau bifați că nu este așa.
desk-reply-tasking-confirm = Am verificat: nu cere să afle mai mult, să se întoarcă, să urmărească sau să filmeze
desk-tell-title = Spuneți persoanei ce s-a întâmplat mai departe
desk-tell-hint = Oricine găsește numărul poate citi. Alegeți cu grijă momentul: niciodată cât timp o vizită sau o operațiune urmează să aibă loc ori cât timp s-ar vedea cine ne-a spus. Se spune doar propoziția.
desk-tell-legend = Ce s-a întâmplat mai departe
desk-tell-they-read = Persoana citește ({ $language }): { $sentence }
desk-tell-not-passed-on = Că a fost transmis mai departe se poate spune după ce în dosar există o trimitere urgentă.
desk-tell-choose = Alegeți ce s-a întâmplat mai departe.
desk-tell-button = Spuneți persoanei
desk-proof-title = Dați o dovadă că s-a făcut o sesizare
desk-proof-hint = Doar dacă persoana a cerut-o. Când se întoarce găsește un text scurt semnat: ziua, numele nostru și un număr tras la sorți, nimic din sesizare.
desk-proof-button = Dați dovada
desk-reply-no-way = Această persoană poate citi doar dacă se întoarce cu numărul ei.
desk-note-title = Notă privată
desk-note-text = Notă pentru echipă
desk-note-save = Salvați nota
desk-safe-title = Pericol
desk-safe-hint = Când pericolul este rezolvat, scrieți de ce. Ceasul de pericol și alarma se opresc atunci.
desk-safe-text = De ce este rezolvat pericolul
desk-safe-button = Pericolul este rezolvat
desk-danger-title = Cineva este în pericol: porniți alarma
desk-danger-hint = Chemați întâi ajutor. Aceasta pornește apoi ceasul de pericol și anunță persoana de serviciu.
desk-danger-text = De ce credeți asta
desk-danger-button = Marcați ca pericol și anunțați
desk-paused-title = Dialogul este oprit un timp
desk-paused-lead = Această persoană a scris de trei ori sau mai mult. Cine tot aduce vești poate fi în pericol sau poate ajunge informator fără ca cineva să fi hotărât asta. Un coordonator se uită înainte să răspundem.
desk-paused-waits = Un coordonator trebuie să se uite. Puteți scrie o notă. Dacă cineva este în pericol, marcați: atunci puteți scrie imediat.
desk-paused-danger = Din cauza pericolului puteți scrie imediat. Un coordonator se uită de îndată ce este cineva.
desk-go-on-text = De ce poate continua dialogul
desk-go-on-button = Dialogul poate continua
desk-close-title = Închideți acest contact
desk-close-hint = Iese din lista dumneavoastră. Revine singur când persoana scrie din nou.
desk-close-text = De ce se închide
desk-close-button = Închideți
desk-close-danger = Încă nu se poate închide. Întâi marcați pericolul ca rezolvat.
desk-close-review = Încă nu se poate închide. Întâi o a doua persoană trebuie să verifice trimiterea urgentă.
desk-close-unread = Încă nu se poate închide. Persoana a scris din nou. Citiți întâi mesajul.
desk-closed-notice = Acest contact este închis. Nu mai este nimic de făcut.
desk-reopen-title = Deschideți din nou
desk-reopen-hint = Revine în lista dumneavoastră.
desk-reopen-button = Deschideți din nou

desk-referral-title = Trimitere urgentă
desk-referral-lead = Întâi telefonul. Apoi scrieți aici cui ați spus. Nu aveți nevoie de voia nimănui; un coleg verifică în 24 de ore.
desk-referral-open = Înregistrați o trimitere urgentă
desk-referral-receiver = Pe cine ați sunat?
desk-receiver-emergency = 999 sau 112
desk-receiver-police-control-room = Dispeceratul poliției
desk-receiver-childrens-services = Protecția copilului
desk-receiver-ambulance = Ambulanța
desk-referral-at = La ce oră ați transmis?
desk-referral-at-hint = De exemplu 03:05. Azi sau ieri, dacă a trecut de miezul nopții.
desk-referral-taker = Cine a preluat apelul?
desk-referral-reference = Numărul incidentului
desk-referral-none = Refuzat sau nu s-a dat
desk-referral-told = Ce le-ați spus?
desk-referral-ground = De ce
desk-ground-consent = Persoana a fost de acord
desk-ground-danger-to-life = Pericol pentru viață
desk-ground-child-at-risk = Un copil este în pericol
desk-ground-serious-harm = Vătămare gravă
desk-referral-save = Înregistrați
desk-referral-saved = Trimiterea este înregistrată. Un coleg a fost rugat să o verifice în 24 de ore.
desk-review-title = Verificarea trimiterii urgente
desk-review-lead = Un coleg a transmis singur. Uitați-vă acum, după: a fost bine și mai este ceva de făcut?
desk-review-own = Dumneavoastră ați făcut această trimitere. Altcineva trebuie să o verifice.
desk-review-text = Ce ați constatat
desk-review-save = Înregistrați verificarea

desk-saved = Salvat.
desk-withdrawn-notice = Persoana și-a retras sesizarea. Nu o contactați. Lucrul s-a oprit.
desk-withdrawn-danger-notice = Persoana și-a retras sesizarea. Nu o contactați. Poate că a fost silită de cineva: pericolul rămâne deschis până îl marcați ca rezolvat.
desk-erased = A fost șters. Nimeni nu îl mai poate citi.
desk-changed-meanwhile = Nu s-a salvat: ceva s-a schimbat în timp ce scriați. Uitați-vă la ce este nou, apoi hotărâți. Textul dumneavoastră este în căsuța pentru note.
desk-not-stored = Nu s-a putut salva acum. Ce ați scris este încă aici. Încercați din nou peste un minut.
desk-error-empty = Scrieți întâi ceva.
desk-error-too-long = Este mai lung de { $longest } de semne. Vă rugăm să scurtați.
desk-error-receiver = Alegeți pe cine ați sunat.
desk-error-time = Scrieți ora ca 03:05.
desk-error-told = Scrieți ce le-ați spus.
desk-error-taker = Scrieți cine a preluat apelul sau „nu a dat numele”.
desk-error-reference = Scrieți numărul sau bifați „Refuzat sau nu s-a dat”.
desk-error-ground = Alegeți de ce.
desk-page-subject = Vă rugăm să intrați
desk-page-body = Ceva are nevoie de atenția dumneavoastră. Vă rugăm să intrați la birou.

# Fișa pe care un consilier notează ce spune cineva.
desk-call-begin = Notați un contact
desk-call-title = Contactul { $reference }: notați-l
desk-call-lead = Începeți de sus. Lăsați necompletat ce nu a spus nimeni. Ce scrieți se păstrează singur, sigilat, și vă puteți opri oricând: contactul rămâne pe listă până îl încheie cineva.
desk-call-kept = Păstrat. Rămâne pe listă până este încheiat.
desk-call-not-kept = Încă nu s-a păstrat nimic.
desk-call-unkept = Nu s-a păstrat acum. Se încearcă din nou; ce ați scris este încă aici.
desk-call-no-key = Încă nu aveți cheia niciunei echipe, așa că aici nu se poate păstra nimic. Cereți-o unui coleg și scrieți pe hârtie până atunci.
desk-call-kept-at = Păstrat la { $time }
desk-call-safe-hint = Mai întâi: poate vorbi acum? Dacă nu, stabiliți un cuvânt și când și cum continuați. Nimeni nu trebuie să spună de ce.
desk-call-safe = Poate vorbi în siguranță?
desk-call-danger = Este cineva în pericol acum?
desk-call-caller = Cine este?
desk-call-child = Are cineva sub 18 ani?
desk-call-setting-none = Nu s-a spus
desk-call-words = Ce spune, cu propriile cuvinte
desk-call-signs = Semne: bifați ce a văzut
desk-call-limits-hint = Spuneți-i înainte să aleagă: păstrăm totul pentru noi, în afară de cazul în care o viață sau un copil este în pericol.
desk-call-limits = I-am spus când putem fi nevoiți să acționăm fără să întrebăm
desk-call-naming = Cine poate ști cine este?
desk-call-naming-share = Putem spune celor care pot ajuta
desk-call-naming-confidential = Doar echipa noastră
desk-call-naming-anonymous = Nimeni
desk-call-reach = Îl putem contacta?
desk-call-reach-nobody = Nu
desk-call-reach-telephone = Telefon
desk-call-reach-text = Mesaj text
desk-call-reach-email = E-mail
desk-call-advice = Ce ați sfătuit și unde ați îndrumat
desk-call-language = Limba, ca etichetă (ro, vi, zh-Hans)
desk-call-finish = Încheiați
desk-call-keep = Păstrați și continuați mai târziu
desk-call-clash = Un coleg a schimbat între timp acest câmp. Rămâne ce a scris: „{ $theirs }”. Textul dumneavoastră este în casetă. Faceți din cele două unul singur și păstrați din nou.
desk-call-clash-quiet = Un coleg a schimbat un câmp pe care l-ați schimbat și dumneavoastră. Apăsați „Păstrați” ca să le vedeți pe amândouă.
desk-call-finished-meanwhile = Un coleg a încheiat acest contact. Nimic din ce ați scris nu a fost salvat peste el. Textul dumneavoastră este încă aici: copiați-l într-o notă la contact.
desk-channel = Cum a venit
desk-safe-to-talk = Poate vorbi în siguranță
desk-told-limits = I s-a spus când putem acționa fără să întrebăm
desk-interpreter = Interpret: număr și linie
desk-advice = Ce s-a sfătuit
desk-prompts = Ce să întrebați: { $caller }
desk-prompt-self-1 = Unde sunteți acum? Cine mai este acolo?
desk-prompt-self-2 = Sunteți rănit? Aveți nevoie de un medic?
desk-prompt-self-3 = Ce ați dori să se întâmple? Puteți spune nu la orice.
desk-prompt-self-4 = Există un loc sigur unde vă putem găsi, și când?
desk-prompt-known-1 = De unde știți? Ați văzut sau v-a povestit persoana?
desk-prompt-known-2 = Știe că sunați? Ce își dorește?
desk-prompt-known-3 = Vă rugăm să nu o mai întrebați și să nu mergeți acolo.
desk-prompt-public-1 = Ce ați văzut dumneavoastră, unde și când?
desk-prompt-public-2 = Câți oameni? Vreun vehicul, numele unei firme, un număr de telefon?
desk-prompt-public-3 = Vă rugăm să nu vă întoarceți, să nu urmăriți și să nu filmați. Ce ați văzut este de ajuns.
desk-prompt-business-1 = Este locul dumneavoastră, un furnizor sau un client? Cine îi angajează pe oameni?
desk-prompt-business-2 = Este cineva în pericol dacă angajatorul află?
desk-prompt-business-3 = Vă rugăm să nu schimbați nimic acolo și să nu spuneți nimănui acolo înainte să vorbim.
desk-prompt-professional-1 = Este persoana cu dumneavoastră? Poate vorbi singură, cu un interpret al ei?
desk-prompt-professional-2 = A fost de acord să sunați? Pentru un copil nu este nevoie de acord.
desk-prompt-professional-3 = Cui i-ați spus: responsabilului cu protecția, poliției, primăriei?
desk-prompt-professional-4 = Sunteți prim intervenient sau trebuie găsit cineva?
desk-due-finish = Terminați de notat
desk-tag-unfinished = Neîncheiat
desk-unfinished-lead = Un consilier a început să noteze și nu a încheiat. Poate s-a întrerupt apelul.
desk-unfinished-go-on = Continuați să notați
desk-path-business = Este în firma persoanei care scrie

desk-filter-mine = În mâinile mele
desk-filter-soon = În decurs de o oră
desk-filter-due = Scadente în tura aceasta
desk-filter-spoken = În limbile mele
desk-filter-unfinished = Neîncheiate
desk-column-hands = În mâinile cui
desk-hands = În mâinile
desk-hands-nobody = nimănui încă
desk-take-button = Preluați
desk-let-go-button = Renunțați
desk-hand-over-title = Predați
desk-hand-over-to = Cui?
desk-hand-over-choose = Alegeți un coleg
desk-hand-over-text = Ce trebuie să știe
desk-hand-over-button = Predați
desk-handed-over-by = { $name } a predat către { $to }
desk-error-hand-over = Alegeți cui predați.
desk-no-mailbox-title = Răspunsul
desk-no-mailbox = Nu are un număr cu care să citească răspunsuri. Contactați persoana numai cum scrie pe fișa de contact sigur și notați aceasta.

desk-shift = Tura
desk-shift-title = Tura aceasta
desk-shift-on-call = De gardă acum
desk-shift-nobody-on-call = nimeni. Un pericol alarmează toată echipa.
desk-shift-hole = Nimeni nu este de gardă de la { $from } până la { $to }
desk-shift-away = Absenți
desk-shift-rota = Programul de gardă și cine lipsește
desk-shift-left = Ce a rămas de făcut
desk-hands-of-all = În mâinile cui
desk-shift-who = Cine
desk-shift-in-hand = Contacte în lucru
desk-shift-distressing = Contacte apăsătoare citite în tura aceasta
desk-shift-much = următorul ar trebui să îl ia altcineva
desk-shift-nobodys = În mâinile nimănui
desk-shift-strain-hint = Ce a citit cineva se numără doar în memorie, timp de opt ore. Nimic din aceasta nu se păstrează.
desk-rest = Ați citit { $count ->
    [one] un contact greu de dus
    [few] { $count } contacte greu de dus
   *[other] { $count } de contacte greu de dus
} în tura aceasta. Vă rugăm să vă opriți un timp și să vorbiți cu un coleg sau cu supervizorul. Pe următorul îl poate lua altcineva.
desk-role = Ce lucrează

desk-path-complaint = O plângere despre noi
desk-complaint = Aceasta este o plângere despre noi, nu o sesizare. Să o cerceteze și să răspundă cineva despre care nu este vorba în ea.
desk-complaint-by = Spuneți-i cel târziu pe { $date } că am primit-o: legea dă 30 de zile. Un răspuns scris ajunge.

## Căutarea și listele ca fișiere
desk-search = Căutare
desk-search-title = Căutare
desk-search-label = Căutați
desk-search-hint = Cuvinte, un nume scris oricum, un număr de telefon, o plăcuță, un cod poștal, o adresă de e-mail, @nume sau o referință. Trebuie găsit tot ce scrieți.
desk-search-nothing = Scrieți ce căutați.
desk-search-found = { $count ->
    [0] Nu s-a găsit nimic.
    [one] S-a găsit una.
    [few] S-au găsit { $count }.
   *[other] S-au găsit { $count }.
  }
desk-search-cut = S-au căutat numai primele { $count } cuvinte.
desk-reading = Încă se citește: { $read } din { $all }. Ce este deschis se citește întâi. Ce nu s-a citit încă nu se găsește.
desk-narrow = Restrângeți
desk-filters-chosen = Alese
desk-filter-remove = Scoateți
desk-filter-child = Un copil
desk-filter-complaint = Plângeri despre noi
desk-list-file = { $count ->
    [one] Un rând ca fișier (CSV)
    [few] { $count } rânduri ca fișier (CSV)
   *[other] { $count } de rânduri ca fișier (CSV)
  }
desk-column-why = Găsit după
desk-column-tags = Semne
desk-why = { $term }: { $places }
desk-why-spelling = { $term }, scris altfel: { $places }
desk-why-reference = Referința
desk-part-words = sesizare
desk-part-place = loc
desk-part-reach = cum pot fi găsiți
desk-part-message = mesaj
desk-part-note = notă
desk-part-referral = trimitere

## Ce poate fi despre același lucru
desk-alike = Poate fi despre același lucru
desk-alike-none = Nimic din ce s-a citit până acum.
desk-alike-hint = Propus după ce stă în amândouă. Nimic nu se unește de la sine.
desk-alike-fact-not-safe = Același { $kind }: { $value } (nu mai este sigur de folosit)
desk-alike-fact = Același { $kind }: { $value }
desk-alike-place = Același loc: { $words }
desk-alike-words = Amândouă spun: { $words }
desk-fact-telephone = număr de telefon, ultimele cifre
desk-fact-email = adresă de e-mail
desk-fact-plate = plăcuță de înmatriculare
desk-fact-handle = nume pe o platformă
desk-fact-postcode = cod poștal
desk-alike-begin = Puneți-le pe amândouă într-un caz nou
desk-alike-join = Puneți-l și pe acesta în { $case }

## Cazuri
desk-cases = Cazuri
desk-cases-open = Deschise
desk-cases-mine = La mine
desk-cases-due = De privit acum
desk-cases-closed = Închise
desk-cases-all = Toate
desk-cases-count = { $count ->
    [one] Un caz
    [few] { $count } cazuri
   *[other] { $count } de cazuri
  }
desk-cases-empty = Niciun caz aici. Un caz începe pe pagina unui contact.
desk-tag-case = Caz
desk-due-look-again = De privit din nou
desk-case-not-read = Încă necitit
desk-case-look-again = De privit
desk-case-begun = Început
desk-case-none = Nu este în niciun caz.
desk-case-put-in = Puneți un contact
desk-case-into = Puneți-l într-un caz
desk-case-put-in-button = Puneți-l
desk-case-begin-button = Începeți un caz
desk-case-reference = Referința unui caz
desk-case-reference-hint = De exemplu K-7K2M-91Q.
desk-case-title = Cum se numește cazul
desk-case-title-hint = Câteva cuvinte. Fără ele poartă numele acestui contact.
desk-case-untitled = Cazul lui { $reference }
desk-case-contacts = Contactele din acest caz
desk-case-contacts-none = Niciun contact nu este în el.
desk-case-do = Ce este de făcut
desk-case-related = Are legătură cu
desk-case-related-none = Niciun alt caz.
desk-case-merged-in = Unite cu el
desk-case-goes-on = Acest caz continuă în altul:
desk-case-closed-notice = Acest caz este închis.
desk-case-tag-merged = Unit
desk-case-reason = De ce
desk-case-decide = Hotărâți ce se face
desk-case-decide-button = Hotărâți
desk-case-decision = Ce se face
desk-case-note = Scrieți o notă
desk-case-note-button = Păstrați nota
desk-case-take-out = Scoateți un contact
desk-case-take-out-button = Scoateți-l
desk-case-relate = Spuneți că are legătură cu alt caz
desk-case-relate-button = Spuneți
desk-case-unrelate = Spuneți că nu are legătură cu un caz
desk-case-unrelate-button = Spuneți
desk-case-merge = Uniți-l cu alt caz
desk-case-merge-button = Uniți
desk-case-part = Faceți-l din nou un caz aparte
desk-case-part-button = Faceți-l caz aparte
desk-case-title-button = Numiți-l așa
desk-case-look-again-button = De privit în acea zi
desk-case-close = Închideți cazul
desk-case-close-button = Închideți
desk-case-reopen = Deschideți-l din nou
desk-case-reopen-button = Deschideți
desk-case-look-again-by = De privit din nou în ziua
desk-case-contact-reference = Referința unui contact
desk-case-which-contact = Care contact
desk-case-which = Care caz
desk-case-relation = Ce au în comun
desk-choose = Alegeți
desk-decide-title = Hotărâți ce se face cu acest contact
desk-decide-hint = Doar pentru acest contact. Dacă este un caz, hotărâți acolo. Un pericol acum alarmează imediat.
desk-decide-text = De ce
desk-decide-button = Păstrați hotărârea
desk-decided = Hotărât până acum: { $decision }
desk-decided-by = A hotărât { $name }: { $decision }
desk-column-decision = Hotărâre
desk-decision-danger-now = Pericol acum
desk-decision-danger-now-hint = Cineva merge acolo imediat. Se privește din nou mâine.
desk-decision-investigate = Aflați mai mult
desk-decision-investigate-hint = Se privește din nou peste o săptămână.
desk-decision-advise = Sfătuiți
desk-decision-advise-hint = Le spunem ce pot face și cine poate ajuta.
desk-decision-labour-abuse = Abuz la muncă
desk-decision-labour-abuse-hint = Drepturile la muncă sunt încălcate, iar oamenii pot pleca.
desk-decision-information = Informație
desk-decision-information-hint = Nimic de făcut acum. Poate ajuta la înțelegerea altui caz.
desk-decision-not-slavery = Nu este sclavie
desk-decision-not-slavery-hint = Altceva. Le-am spus unde să se adreseze.
desk-decision-international = Altă țară
desk-decision-international-hint = Se întâmplă în străinătate.
desk-decision-malicious = Poate spus din ură
desk-decision-malicious-hint = Bănuim și nu suntem siguri. Spuneți de ce credeți așa.
desk-relation-same-people = Aceiași oameni
desk-relation-same-place = Același loc
desk-relation-same-vehicle = Același vehicul
desk-relation-same-exploiter = Aceiași oameni în spate
desk-relation-other = Altceva
desk-by = de { $name }
desk-in-case-by = { $name } l-a pus în cazul { $case }
desk-out-of-case-by = { $name } l-a scos din cazul { $case }
desk-did-begun = Început ca „{ $title }”
desk-did-came = { $reference } a venit
desk-did-noted = Notă
desk-did-titled = Numit „{ $title }”
desk-did-put-in = { $reference } a fost pus în caz
desk-did-took-out = { $reference } a fost scos
desk-did-decided = Hotărât: { $decision }
desk-did-look-again = De privit din nou în { $date }
desk-did-related = Are legătură cu { $case }: { $relation }
desk-did-unrelated = Nu are legătură cu { $case }
desk-did-merged-into = Continuă în { $case }
desk-did-parted-from = Din nou caz aparte, nu mai este în { $case }
desk-did-absorbed = { $case } continuă aici
desk-did-let-go = { $case } este din nou caz aparte
desk-did-closed = Închis
desk-did-reopened = Deschis din nou
desk-error-reference-none = Scrieți o referință ca C-7K2M-91Q sau K-7K2M-91Q.
desk-error-reference-unknown = Nu există această referință.
desk-error-reference-several = Mai multe au această referință. Deschideți-o pe cea bună din căutare și puneți-o acolo.
desk-error-choose = Alegeți una.
desk-error-decision = Alegeți ce se face.
desk-error-day = Alegeți o zi de mâine încolo, în cel mult un an.
desk-error-same-case = Este același caz. Scrieți referința altuia.
desk-error-merge = Acestea două sunt deja un singur caz.

## Cât se păstrează
desk-keeping = Cât se păstrează
desk-kept-held = Nu poate fi șters: legea cere păstrarea lui.
desk-kept-no-time = Nu este stabilit niciun termen. Se păstrează până îl șterge cineva.
desk-kept-until = Se șterge pe { $date }, dacă nu vine nimic nou.
desk-kept-in-case = Se păstrează cât este într-un caz deschis.
desk-kept-due = Se păstrează cât mai este ceva de făcut. Apoi începe termenul.
desk-keep-text = De ce
desk-hold = Păstrați-l pentru lege
desk-hold-end = Încheiați păstrarea pentru lege
desk-held-by = Păstrat pentru lege de { $name }
desk-hold-ended-by = Păstrarea pentru lege încheiată de { $name }
desk-tag-held = Păstrat pentru lege
desk-tag-erased = Șters
desk-erase = Ștergeți-l
desk-erase-lead = Nimeni nu îl mai poate citi. În registru rămâne că a fost șters, de cine și de ce.
desk-erase-why = De ce
desk-erase-asked = A cerut persoana despre care este vorba
desk-erase-mistake = A ajuns aici din greșeală
desk-erase-no-right = Nu avem dreptul să îl păstrăm
desk-erase-sure = L-am citit și sunt sigur
desk-erase-button = Ștergeți pentru totdeauna
desk-erase-kept = Nu a fost șters: cineva spune că trebuie păstrat sau există un pericol deschis.
desk-error-sure = Spuneți că sunteți sigur.

## Ce se păstrează pentru mai târziu
desk-views = Ce păstrați
desk-view-keep = Păstrați pentru a privi din nou
desk-view-name = Numiți-o
desk-view-keep-button = Păstrați
desk-view-kept = S-a păstrat. O găsiți deasupra listei; nimeni altcineva nu o vede.
desk-view-forget = Uitați
desk-view-too-many = Păstrați deja { $count }. Uitați întâi una.
desk-case-hold = Păstrați-l pentru lege
desk-case-hold-button = Păstrați-l
desk-case-hold-end = Încheiați păstrarea pentru lege
desk-case-hold-end-button = Încheiați
desk-did-held = Păstrat pentru lege
desk-did-hold-ended = Păstrarea pentru lege încheiată
desk-case-closed-first = Nu s-a salvat: cineva a închis acest caz sau l-a unit cu altul. Deschideți-l din nou sau mergeți la celălalt.
desk-case-day-hint = De exemplu 2026-12-05.

## Alte sisteme
desk-systems = Alte sisteme
desk-systems-lead = Formularul unui partener, o aplicație, un serviciu de SMS sau aplicația unui oraș pot transmite ce li se spune. Fiecare sistem are cheile lui și poate fi oprit oricând. Nicio cheie nu deschide ce s-a spus.
desk-systems-none = Niciun alt sistem nu transmite încă nimic.
desk-systems-table = Sisteme care transmit contacte
desk-systems-back = Înapoi la sisteme
desk-system-add = Primiți alt sistem
desk-system-add-lead = Înțelegeți-vă mai întâi cu cei care îl țin despre cum păstrează ce scriu oamenii și că arată numărul de urgență. Pagina următoare îi arată cheia, o singură dată.
desk-system-add-button = Faceți-i cheia
desk-system-name = Nume
desk-system-name-hint = Consilierii îl văd la fiecare contact. De exemplu „Aplicația primăriei Barnet”.
desk-system-may = Ce are voie
desk-system-way = Cum vin contactele lui
desk-system-state = Stare
desk-system-holds = În folosință
desk-system-ended = Oprit
desk-system-ended-on = Oprit pe { $date }
desk-system-since = Din
desk-system-per-hour = Câte pe oră
desk-system-per-hour-hint = Cel mult atâtea poate transmite într-o oră, ca o cheie furată să nu îngroape ce spun alții. 600 e mult.
desk-scope-reports = Transmite sesizări
desk-scope-reports-hint = Oamenii completează acolo un formular și primesc un număr de confirmare.
desk-scope-mailbox = Citește cu numărul
desk-scope-mailbox-hint = Oamenii citesc acolo răspunsurile noastre, cu numărul lor. Fără el nu se deschide nimic.
desk-scope-messages = Transmite mesaje
desk-scope-messages-hint = Un serviciu transmite SMS-uri și e-mailuri cum vin. Nimeni nu primește un număr.
desk-scope-open311 = Transmite cereri Open311
desk-scope-open311-hint = Aplicația unui oraș transmite ce anunță cineva. Nu se poate căuta nimic.
desk-system-keys = Chei
desk-system-key = Cheia lui
desk-system-key-lead = Dați-o celor care țin sistemul, pe o cale în care aveți încredere.
desk-system-key-head = Cheie
desk-system-key-number = Cheia { $number }
desk-system-key-end = Opriți cheia { $number }
desk-system-made = Făcută pe
desk-system-new-key-lead = Ca să schimbați o cheie fără pauză: faceți una nouă, lăsați-i să o folosească, apoi opriți-o pe cea veche.
desk-system-new-key = Faceți altă cheie
desk-system-messages = Mesaje
desk-system-messages-lead = Serviciul lui trimite fiecare mesaj, semnat, la această adresă a site-ului de sesizări:
desk-system-signing = Secretul lui pentru semnat
desk-system-signing-lead = Serviciul semnează cu el fiecare mesaj. Dați-l celor care îl țin, pe o cale în care aveți încredere.
desk-system-signing-again = Are un secret. Unul nou îl oprește imediat.
desk-system-signing-new = Faceți un secret pentru semnat
desk-system-told = Când apare ceva nou
desk-system-hook = Adresa la care anunțăm
desk-system-hook-hint = Începe cu https://. Anunțăm că o sesizare a fost citită sau că așteaptă un mesaj, printr-un număr care nu duce nicăieri, și niciodată ce scrie.
desk-system-hook-on = E anunțat la { $address }.
desk-system-hook-off = Nu e anunțat de nimic.
desk-system-hook-gone = { $address } a spus că nu mai vrea să afle nimic. Scrieți o adresă ca să începeți din nou.
desk-system-hook-set = Anunțați acolo
desk-system-hook-remove = Nu mai anunțați
desk-system-hook-secret = Secretul semnăturii noastre
desk-system-hook-lead = Cu el verifică dacă un anunț vine de la noi. Dați-l celor care țin sistemul, pe o cale în care aveți încredere.
desk-system-once = Se arată o singură dată și nu se păstrează nicăieri. Dacă se pierde, faceți altul.
desk-system-secret-back = Îl am: mai departe
desk-system-end-title = Opriți-l
desk-system-end-lead = De atunci nicio cheie a lui nu mai ține și nu mai e anunțat de nimic. Ce a transmis rămâne. Nu se poate da înapoi.
desk-system-end = Opriți acest sistem
desk-system-wrong-name = Scrieți un nume de cel mult 80 de caractere.
desk-system-wrong-scopes = Alegeți cel puțin un lucru pe care are voie să-l facă.
desk-system-wrong-way = Alegeți cum vin contactele lui.
desk-system-wrong-per-hour = Scrieți un număr întreg de la 1 la 100.000.
desk-system-wrong-address = Scrieți o adresă care începe cu https://.
desk-handed-by = Transmis de
desk-handed-from = De la (nimeni nu a întrebat dacă e sigur să răspundem acolo)
desk-source-by = Numărul apare și în alte sesizări; observat când { $name } a deschis contactul
desk-source-why = Sesizările care dau același număr sau aceeași adresă sunt trei cu aceasta. Un supervizor se uită înainte ca dialogul să continue, ca nimeni să nu devină informator răspunzându-ne.

desk-cases-asked = Cereri despre date
desk-asked-new = Cineva întreabă despre datele sale
desk-asked-here = Persoana întreabă despre datele sale
desk-asked-lead = Notați cererea în ziua în care vine, în orice cuvinte și pe orice cale. Este un caz de sine stătător, cu termen: răspunsul este datorat într-o lună.
desk-asked-wish = Ce se cere
desk-asked-copy = O copie a ceea ce păstrăm despre persoană
desk-asked-correct = Să se corecteze ceva
desk-asked-erase = Să se șteargă
desk-asked-limit = Să nu mai fie folosit, deocamdată
desk-asked-object = Să încetăm să folosim datele
desk-asked-came = Când a venit
desk-asked-came-hint = De exemplu 2026-11-28. Luna se numără din această zi.
desk-asked-title-hint = Inițialele și ce se cere. Nu mai mult decât trebuie ca să o recunoașteți.
desk-asked-from = Cine cere și cum știm că este chiar persoana
desk-asked-from-hint = Un răspuns dat cui nu trebuie poate pune persoana în pericol. Cine are un număr de dovadă scrie sub numărul său. Ceilalți: ceva ce știu numai ei sau o vizită. Nu cereți pașaportul acolo unde ajunge mai puțin. Nu trimiteți niciodată unde poate citi altcineva.
desk-asked-team = Ce echipă răspunde
desk-asked-button = Notați cererea
desk-asked-back = La cererile despre date
desk-asked-wrong-came = Scrieți ziua în care a venit, de exemplu 2026-11-28: nu mai târziu de azi și în ultimul an.
desk-asked-too-long = Este prea lung.
desk-asked-card = O cerere despre date
desk-asked-days = A venit la { $came }. Ultima zi pentru răspuns este { $by }.
desk-asked-open = Încă fără răspuns. Căutați persoana și puneți în acest caz fiecare contact despre ea.
desk-asked-late = Ultima zi a trecut. Răspundeți acum și spuneți de ce ați întârziat.
desk-answered-done = Răspuns: s-a făcut tot
desk-answered-partly = Răspuns: s-a făcut o parte
desk-answered-nothing = Răspuns: nu se păstrează nimic
desk-answered-refused = Răspuns: refuzat
desk-asked-answer = Care este răspunsul
desk-case-answer = Răspundeți la cerere
desk-case-answer-button = Notați răspunsul
desk-case-more-time = Luați încă două luni
desk-case-more-time-button = Luați mai mult timp
desk-did-asked = S-a cerut: { $wish }
desk-did-more-time = Mai mult timp, până la { $date }
desk-did-answered = { $answer }
desk-copy-prepare = Pregătiți copia
desk-copy-title = Pregătiți copia
desk-copy-lead = Acesta este tot ce se află în contactele cererii și în cazurile cu care are legătură. Parcurgeți fiecare pasaj, schimbați cuvintele unde este numit altcineva și hotărâți. Ce schimbați aici rămâne neschimbat în dosare.
desk-copy-rule-others = Ce au spus alții despre ei înșiși, numele, numerele și adresele lor, le aparține. Scoateți-le.
desk-copy-rule-source = Cine ne-a spus nu trebuie să poată fi recunoscut: nici după nume, nici după ce numai el putea vedea.
desk-copy-rule-safe = Întrebați-vă cine altcineva ar putea citi scrisoarea.
desk-copy-none = Nu este încă nimic în această cerere. Dacă nu se păstrează nimic, mergeți mai departe: copia o spune.
desk-copy-text = Cuvinte
desk-copy-look-at = Priviți la:
desk-copy-decision = Ce se face cu el
desk-copy-decide = Hotărâți despre acest pasaj
desk-copy-give = Se dă așa cum stă mai sus
desk-copy-others = Se lasă afară: este despre altcineva
desk-copy-source = Se lasă afară: ar arăta cine ne-a spus
desk-copy-harm = Se lasă afară: ar putea face un rău grav
desk-copy-crime = Se lasă afară: ar împiedica descoperirea unei infracțiuni
desk-copy-language = Limba scrisorii
desk-copy-look = Păstrați și vedeți toată copia
desk-copy-back = Păstrați și mergeți la pagina de dinainte
desk-copy-rules = La ce să fiți atent
desk-copy-next = Păstrați și mergeți la pagina următoare
desk-copy-later = Păstrați și continuați mai târziu
desk-copy-leave = Înapoi la caz, fără a păstra această pagină
desk-copy-page = Pagina { $page } din { $pages }.
desk-copy-decided = S-a hotărât despre { $decided } din { $all } pasaje.
desk-copy-kept = Păstrat ultima dată la { $time }.
desk-copy-clash = Între timp a hotărât un coleg, și rămâne hotărârea lui: { $theirs }. Pentru a o pune pe a dumneavoastră în loc, păstrați încă o dată această pagină
desk-copy-theirs = Cuvintele pe care le-a păstrat colegul:
desk-copy-nothing-decided = nu s-a hotărât încă nimic
desk-copy-changed = Dosarele s-au schimbat după ce s-a hotărât. Hotărâți din nou. Acum spun:
desk-copy-in-language = Arătați-o în această limbă
desk-copy-look-again = S-a schimbat ceva în timp ce citeați. Citiți încă o dată: nu s-a dat încă nimic.
desk-copy-look-title = Aceasta este ceea ce primește persoana
desk-copy-look-lead = Citiți încă o dată, așa cum o va citi persoana și așa cum ar citi-o cineva care nu trebuie să o aibă. Nu s-a dat încă nimic.
desk-copy-give-button = Păstrați ca dată
desk-copy-change = Înapoi la pasaje
desk-copy-given = Copia care a fost dată
desk-copy-given-lead = Stă sigilată în caz, cuvânt cu cuvânt. Tipăriți această pagină sau
desk-copy-file = salvați-o ca fișier
copy-title = Ce păstrăm despre dumneavoastră
copy-day = { $date }
copy-why = Păstrăm aceste date ca să ajutăm oameni care ar putea fi exploatați, ca să fie în siguranță și ca să putem răspunde pentru ce am făcut.
copy-source = Ele vin din ce ne-au spus oamenii și din ce am notat noi. Nu spunem cine ne-a spus.
copy-passed = O parte am transmis prin telefon, pentru că cineva era în pericol sau a fost de acord. Mai jos scrie cui.
copy-not-passed = Din cele de mai jos nu reiese că am transmis ceva cuiva.
copy-rights = Ne puteți cere să corectăm ce este greșit, să ștergem, să lăsăm datele nefolosite cât verificăm sau să încetăm să le folosim. Dacă nu avem voie, spunem de ce.
copy-nothing = Nu este nimic ce vă putem da.
copy-below = Aceasta este ceea ce păstrăm:
copy-kind-facts = Ce s-a răspuns
copy-kind-words = În cuvintele lor
copy-kind-advice = Sfatul care a fost dat
copy-kind-reach = Cum se poate lua legătura
copy-kind-from = Un mesaj către noi
copy-kind-to = Un mesaj de la noi
copy-kind-note = O notă a noastră
copy-kind-file = Un fișier care ne-a fost trimis
copy-kind-review = O verificare a ceea ce am făcut
copy-kind-referral = Ce am transmis mai departe
copy-kind-case = Dintr-un caz
copy-left-others = O parte am lăsat afară, pentru că este despre altcineva.
copy-left-perhaps = Legea ne permite să lăsăm unele lucruri afară. Poate că am făcut-o și nu avem voie să spunem dacă am făcut-o.
# Panoul coordonatorilor
desk-filter-unattended = În pericol, și nimeni nu se ocupă
desk-filter-hour = În ora următoare
desk-filter-to-read = De citit
desk-filter-to-answer = De răspuns
desk-filter-to-tell = De spus ce s-a întâmplat
desk-filter-nobodys = În mâinile nimănui
desk-filter-theirs = În mâinile unui coleg
desk-filter-held = Sub păstrare legală
desk-board = Panou
desk-board-title = Panoul
desk-board-as-of = Situația de { $date }. Reîncărcați pagina pentru cifre mai noi.
desk-board-unattended = { $count ->
    [one] Un contact este în pericol și nimeni nu se ocupă de el. Deschideți-l acum sau aveți grijă să o facă cineva.
    [few] { $count } contacte sunt în pericol și nimeni nu se ocupă de ele. Deschideți-le acum sau aveți grijă să o facă cineva.
   *[other] { $count } de contacte sunt în pericol și nimeni nu se ocupă de ele. Deschideți-le acum sau aveți grijă să o facă cineva.
}
desk-board-attended = Nimeni nu este în pericol fără ca cineva să se ocupe.
desk-board-due-title = Ce este scadent
desk-board-due = Scadente, după ce este de făcut
desk-board-clock = Ce
desk-board-by-team = Scadente, după echipă
desk-board-team = Echipa
desk-board-no-team = Altă echipă
desk-board-by-language = Scadente, după limbă
desk-board-language = Limba
desk-board-untold = Răspunsuri întârziate către cei care au scris
desk-board-cases = Cazuri de revăzut în tura aceasta
desk-board-rota = De gardă
desk-board-next = Urmează: { $who }, de la { $from }
desk-board-no-holes = În următoarele șapte zile este cineva de gardă la orice oră.
desk-board-more-holes = { $count ->
    [one] Încă un interval fără nimeni: vedeți programul de gardă.
    [few] Încă { $count } intervale fără nimeni: vedeți programul de gardă.
   *[other] Încă { $count } de intervale fără nimeni: vedeți programul de gardă.
}
desk-board-away = { $who }: de la { $from } până la { $to }
desk-board-waiting = Așteaptă un coordonator
desk-board-hands-title = În mâinile cui
desk-board-hands = Contacte în lucru, după nume
desk-board-oldest = Cel mai vechi a venit acum
desk-board-hands-hint = Ca să vedeți cine are nevoie de ajutor și ce are nevoie de cineva. Nu spune cât de bine lucrează cineva, fiindcă fiecare contact cântărește altfel.
desk-board-came = Ce a venit
desk-board-chart = Fiecare rând este o zi, fiecare bară o oră. În orele umbrite lucrează cineva.
desk-board-chart-title = { $count ->
    [one] Un contact a venit astăzi și în cele șapte zile de dinainte, din care { $outside } în afara orelor de lucru.
    [few] { $count } contacte au venit astăzi și în cele șapte zile de dinainte, din care { $outside } în afara orelor de lucru.
   *[other] { $count } de contacte au venit astăzi și în cele șapte zile de dinainte, din care { $outside } în afara orelor de lucru.
}
desk-board-chart-title-unstaffed = { $count ->
    [one] Un contact a venit astăzi și în cele șapte zile de dinainte. Nimeni nu a spus când se lucrează.
    [few] { $count } contacte au venit astăzi și în cele șapte zile de dinainte. Nimeni nu a spus când se lucrează.
   *[other] { $count } de contacte au venit astăzi și în cele șapte zile de dinainte. Nimeni nu a spus când se lucrează.
}
desk-board-chart-source = Contacte pe oră, după ceasul biroului; în orele umbrite lucrează cineva. { $count ->
    [0] Ora este cunoscută la toate.
    [one] La unul se cunoaște doar ziua: a fost trimis fără nume.
    [few] La { $count } se cunoaște doar ziua: au fost trimise fără nume.
   *[other] La { $count } de contacte se cunoaște doar ziua: au fost trimise fără nume.
}
desk-board-chart-twin = Aceleași cifre într-un tabel
desk-board-chart-twin-caption = Contacte pe oră și zi; în paranteze când nu lucrează nimeni
desk-board-hour = Ora
desk-board-no-hour = Se cunoaște doar ziua
desk-board-mon = lun.
desk-board-tue = mar.
desk-board-wed = mie.
desk-board-thu = joi
desk-board-fri = vin.
desk-board-sat = sâm.
desk-board-sun = dum.
desk-board-waits-title = Cât au așteptat oamenii
desk-board-waits = De la trimitere la prima citire
desk-board-waits-since = Numărat în memorie din { $date }, de când a pornit programul, pentru cel mult două săptămâni. Nu se scrie nicăieri.
desk-board-none-read = Încă nu s-a citit nimic pentru prima dată.
desk-board-wait-kind = Ce, și termenul lui
desk-board-wait-of = { $kind }: { $clock }
desk-board-others = Tot restul
desk-board-staffed-hours = { $count ->
    [one] o oră de lucru
    [few] { $count } ore de lucru
   *[other] { $count } de ore de lucru
}
desk-board-when = Când
desk-board-this-week = Ultimele 7 zile
desk-board-last-week = Cele 7 zile de dinainte
desk-board-read = Citite
desk-board-half = Jumătate au așteptat cel mult
desk-board-most = 9 din 10 au așteptat cel mult
desk-board-kept = În termen
desk-board-in-time = { $count } din { $all }
desk-board-too-few = sub { $count }: prea puține pentru o concluzie
desk-board-minutes = { $count ->
    [one] un minut
    [few] { $count } minute
   *[other] { $count } de minute
}
desk-board-hours = { $count ->
    [one] o oră
    [few] { $count } ore
   *[other] { $count } de ore
}
desk-board-days = { $count ->
    [one] o zi
    [few] { $count } zile
   *[other] { $count } de zile
}

# Ce i se spune publicului
desk-settings = Ce spunem
desk-settings-title = Ce i se spune publicului
desk-settings-lead = Căile spre ajutor, promisiunile și termenele, așa cum le arată paginile publice. Un număr sau o promisiune a cărei zi de verificare a trecut dispare singură. O schimbare de aici ajunge pe paginile publice în câteva secunde.
desk-settings-done = Este valabil. Paginile publice îl arată în câteva secunde.
desk-settings-waits = Așteaptă până se uită un al doilea coordonator. Până atunci nu se schimbă nimic.
desk-settings-refused = Nu s-a făcut. Nu s-a schimbat nimic.
desk-settings-file = Este valabil fișierul de pe server. Aici nu s-a schimbat nimic.
desk-settings-version = Este valabilă versiunea { $number }, peste fișierul de pe server.
desk-settings-file-newer = Este valabil fișierul de pe server, nu versiunea { $number }.
desk-settings-file-newer-hint = Cineva a schimbat fișierul de pe server după ultima schimbare de aici. Următoarea schimbare de aici pornește de la acel fișier. Toate versiunile anterioare se păstrează mai jos și pot fi readuse.
desk-settings-not-fit = Versiunea cea mai nouă nu se mai potrivește cu acest program: { $why }
desk-settings-waiting = Așteaptă un al doilea coordonator
desk-settings-promises = Promisiuni
desk-settings-promise = O promisiune
desk-settings-not-promised = Nepromis
desk-settings-routes = Căi spre ajutor: { $place }
desk-settings-route = Cale
desk-settings-reach = Număr sau adresă
desk-settings-hours = Program
desk-settings-review = De verificat din nou până la
desk-settings-state = Stare
desk-settings-by = Cine a verificat
desk-settings-shown = Se arată
desk-settings-soon = Se arată, expiră în 30 de zile
desk-settings-passed = Expirat: ascuns
desk-settings-unchecked = Neverificat: ascuns
desk-settings-law-due = Se arată prin lege, verificați din nou
desk-settings-plain = Termene, program și timpi de păstrare
desk-settings-plain-hint = Acestea stau în fișierul de pe server și le schimbă acolo cine administrează serverul.
desk-settings-unsaid = Nu a spus nimeni
desk-settings-staffed = La birou lucrează cineva
desk-settings-clocks = Termene
desk-settings-clock-danger = Pericol: { $count ->
    [one] un minut
    [few] { $count } minute
   *[other] { $count } de minute
}
desk-settings-clock-soon = Cineva scrie despre sine, sau un copil: { $count ->
    [one] un minut
    [few] { $count } minute
   *[other] { $count } de minute
}
desk-settings-clock-read = Tot restul se citește în { $count ->
    [one] o oră
    [few] { $count } ore
   *[other] { $count } de ore
} de lucru
desk-settings-clock-answer = Răspuns în { $count ->
    [one] o oră
    [few] { $count } ore
   *[other] { $count } de ore
}
desk-settings-clock-feedback = Ce s-a întâmplat, în { $count ->
    [one] o zi
    [few] { $count } zile
   *[other] { $count } de zile
}
desk-settings-kept = Timpi de păstrare
desk-settings-kept-anonymous = Anonime: { $count ->
    [one] o zi
    [few] { $count } zile
   *[other] { $count } de zile
}
desk-settings-kept-ordinary = Obișnuite: { $count ->
    [one] o zi
    [few] { $count } zile
   *[other] { $count } de zile
}
desk-settings-kept-safeguarding = Pericol, sau cineva a trebuit protejat: { $count ->
    [one] o zi
    [few] { $count } zile
   *[other] { $count } de zile
}
desk-settings-versions = Versiuni
desk-settings-no-versions = Fiecare schimbare făcută aici va fi trecută cu cine și când a făcut-o și poate fi anulată.
desk-settings-version-head = Versiune
desk-settings-number = Versiunea { $number }
desk-settings-what = Ce
desk-settings-when = Când
desk-settings-second = { $who } a confirmat.
desk-settings-did-again = { $who } a readus versiunea { $what }.
desk-settings-did-route = { $who } a verificat sau a schimbat { $what }.
desk-settings-did-stop = { $who } a scos { $what } de pe paginile publice.
desk-settings-did-promise = { $who } a promis: „{ $what }”
desk-settings-did-take = { $who } a retras o promisiune: „{ $what }”
desk-settings-back = Înapoi la ce i se spune publicului
desk-settings-meanwhile = S-a schimbat ceva de când ați deschis pagina. Nu s-a suprascris nimic, iar ce ați scris este încă aici. Uitați-vă la amândouă, apoi apăsați din nou.
desk-settings-route-lead = Sunați la număr sau deschideți adresa înainte de a spune că este valabilă. Bifați ce ați verificat astăzi; ce nu este bifat rămâne cum este.
desk-settings-own-lead = Această cale este a dumneavoastră. Sunați la număr și deschideți adresa: răspundeți pentru tot ce este pe pagină până în ziua de mai jos.
desk-settings-guarded = Aici sună oameni în pericol, copii sau oameni care și-ar putea face rău. Un număr schimbat este valabil abia după ce îl confirmă un al doilea coordonator, și niciunul nu poate fi scos de aici. Pentru a verifica din nou același număr ajunge o persoană.
desk-settings-checked = Ce ați verificat astăzi?
desk-settings-by-hint = Numele stă în fișier. Publicul nu îl vede niciodată.
desk-settings-review-hint = O zi din anul următor, de exemplu 2027-05-23. După ea nu se mai arată.
desk-settings-name-in = Nume ({ $language })
desk-settings-fact-telephone = Telefon
desk-settings-fact-telephone-hint = Cifre și spații, de exemplu 020 7946 0123
desk-settings-fact-also = Alt număr la care răspund aceiași oameni
desk-settings-fact-also-hint = Cifre și spații
desk-settings-fact-silent = Ce se apasă când nu se poate vorbi
desk-settings-fact-silent-hint = Cifre
desk-settings-fact-web = Adresă web
desk-settings-fact-web-hint = Începe cu https://
desk-settings-fact-hours = Când răspunde cineva
desk-settings-fact-hours-hint = always, sau câte un rând: mon-fri 09:00-17:00
desk-settings-fact-cost = Cât costă
desk-settings-fact-cost-hint = Alegeți
desk-settings-fact-languages = Limbi
desk-settings-fact-languages-hint = interpreter, sau listed și limbile: listed en ro
desk-settings-fact-anonymous = Dacă se cere un nume
desk-settings-fact-anonymous-hint = Alegeți
desk-settings-look = Vedeți ce va vedea publicul
desk-settings-stop = Nu o mai arătați
desk-settings-now = Ce vede publicul acum
desk-settings-then = Ce va vedea publicul
desk-settings-not-shown = Nimic: nu se arată.
desk-settings-look-at = Înainte de a fi valabil: { $what }
desk-settings-look-lead = Încă nu s-a schimbat nimic. Comparați-le, literă cu literă.
desk-settings-needs-second = Încă nu s-a schimbat nimic. Acest număr este protejat: trebuie să îl confirme un al doilea coordonator.
desk-settings-save = Să fie valabil
desk-settings-propose = Întrebați un al doilea coordonator
desk-settings-edit = Schimbați ceva
desk-settings-promise-lead = Paginile publice spun: „{ $sentence }”
desk-settings-promise-only = Promiteți doar ce se respectă în toate cazurile. Dispare după ziua de verificare dacă nu o verifică cineva din nou.
desk-settings-give = Promiteți până atunci
desk-settings-take = Retrageți promisiunea
desk-settings-same = Aceasta este valabilă acum.
desk-settings-bring-back-lead = Readucerea face o versiune nouă cu acest text. Nu se pierde nimic.
desk-settings-differs = Rânduri care ar dispărea (-) și ar apărea (+)
desk-settings-whole = Tot textul
desk-settings-bring-back = Readuceți-o
desk-settings-own-proposal = Dumneavoastră ați cerut-o: trebuie să o confirme altcineva.
desk-settings-proposal-lead = Verificați singuri, pe altă cale decât colegul, înainte de a spune da.
desk-settings-yes = Da, să fie valabil
desk-settings-no = Nu
desk-settings-withdraw = Retrageți-o
desk-settings-wrong-checked = Bifați ce ați verificat; ce ați schimbat trebuie verificat.
desk-settings-wrong-name = Scrieți un nume de cel mult 200 de litere.
desk-settings-wrong-by = Scrieți cine a verificat, în cel mult 200 de litere.
desk-settings-wrong-review = Scrieți o zi de după astăzi, în cel mult un an, de exemplu 2027-05-23.
desk-settings-wrong-file = Fișierul nu ar mai fi valabil așa. Rugați pe cine administrează serverul să se uite.
desk-settings-wrong-law = Aceasta o stabilește legea. O puteți verifica din nou, dar nu o puteți schimba.
desk-settings-wrong-telephone = Scrieți un număr de telefon din cifre și spații, de exemplu 020 7946 0123.
desk-settings-wrong-web = Scrieți o adresă care începe cu https://.
desk-settings-wrong-hours = Scrieți always sau rânduri ca mon-fri 09:00-17:00.
desk-settings-wrong-languages = Scrieți interpreter, sau listed și limbile, de exemplu listed en ro.
desk-settings-wrong-choice = Alegeți una dintre acestea.
desk-settings-wrong-guarded = Aici sună oameni în pericol, copii sau oameni care și-ar putea face rău: nu se poate scoate de aici.
desk-settings-wrong-unsigned = Nu poartă semnătura celui pe care îl numește, sau acela a plecat. Refuzați și lăsați pe cineva să propună din nou.
desk-settings-other-file = Site-ul de raportare a pornit cu alt fișier pe serverul lui decât biroul: ce i se spune publicului nu este ce vedeți aici. Cereți celui care administrează serverele să pună același fișier pe amândouă și să le pornească din nou.
desk-asked-unanswered = Nu s-a schimbat nimic: cererea nu are încă răspuns. Răspundeți întâi la ea.
copy-kind-unread = Ceva ce nu se poate deschide
desk-copy-unread = Nu se poate deschide aici. Poate că altcineva poate: întrebați înainte de a da copia.
desk-settings-wrong-other-file = Această versiune a fost făcută peste alt fișier de pe server. Ar reveni odată cu ea și ce mai era în acel fișier, de exemplu cât timp se păstrează datele. Schimbați de mână ce aveți nevoie.
