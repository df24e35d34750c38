# Registrul, așa cum îl citește un auditor: cine ce a făcut și când. Citește personalul.

ledger-title = Registru
ledger-role = Auditor
ledger-lead = Cine ce a deschis și ce a făcut, și când. Cuprinde coduri și numere, niciodată cuvintele unei sesizări. Și faptul că îl citiți este notat în el.
ledger-entries = Înregistrări
ledger-chain = Este lanțul întreg?
ledger-chain-nav = Lanțul

ledger-alarms = Ce iese în evidență
ledger-alarms-lead = Acestea sunt întrebări de pus, nu dovezi: o noapte aglomerată poate arăta la fel.
ledger-alarm = Întrebați
ledger-alarm-opened = { $member } a deschis { $count ->
    [one] o înregistrare
    [few] { $count } înregistrări diferite
   *[other] { $count } de înregistrări diferite
} într-o oră: { $period }.
ledger-alarm-rows = { $member } a exportat { $count ->
    [one] un rând
    [few] { $count } rânduri
   *[other] { $count } de rânduri
} în 24 de ore: { $period }.
ledger-alarm-exports = { $member } a exportat de { $count ->
    [one] { $count } ori
    [few] { $count } ori
   *[other] { $count } de ori
} într-o oră: { $period }.
ledger-alarm-searches = { $member } a căutat de { $count ->
    [one] { $count } ori
    [few] { $count } ori
   *[other] { $count } de ori
} într-o oră: { $period }. Ce a căutat nu este în registru.
ledger-alarm-own = { $member } s-a căutat pe sine { $count ->
    [one] o dată
    [few] de { $count } ori
   *[other] de { $count } de ori
} într-o oră: { $period }.
ledger-alarm-entries = Arată ziua aceea
ledger-alarms-more = { $count ->
    [one] Mai este una. Alegeți mai puține zile ca să o vedeți.
    [few] Mai sunt { $count }. Alegeți mai puține zile ca să le vedeți.
   *[other] Mai sunt { $count }. Alegeți mai puține zile ca să le vedeți.
}
ledger-quiet = Nimic nu iese în evidență în aceste zile.
ledger-quiet-lately = { $days ->
    [one] Nimic nu iese în evidență în ultima zi.
    [few] Nimic nu iese în evidență în ultimele { $days } zile.
   *[other] Nimic nu iese în evidență în ultimele { $days } de zile.
}
ledger-limits = Ce se arată aici
ledger-limit-opened = Un membru deschide mai mult de { $limit ->
    [one] o înregistrare
    [few] { $limit } înregistrări diferite
   *[other] { $limit } de înregistrări diferite
} într-o oră.
ledger-limit-rows = Un membru exportă mai mult de { $limit ->
    [one] un rând
    [few] { $limit } rânduri
   *[other] { $limit } de rânduri
} în 24 de ore.
ledger-limit-exports = Un membru exportă de mai mult de { $limit ->
    [one] { $limit } ori
    [few] { $limit } ori
   *[other] { $limit } de ori
} într-o oră.
ledger-limit-searches = Un membru caută de mai mult de { $limit ->
    [one] { $limit } ori
    [few] { $limit } ori
   *[other] { $limit } de ori
} într-o oră.

ledger-filter = Filtrați înregistrările
ledger-filter-button = Filtrează
ledger-on = Filtre active
ledger-take-away = Scoateți filtrul
ledger-on-who = Cine: { $value }
ledger-on-act = Ce: { $value }
ledger-on-record = Dosar: { $value }
ledger-on-from = De la { $value }
ledger-on-to = Până la { $value }
ledger-who = Cine
ledger-act = Ce
ledger-record = Dosar
ledger-reference = Referință sau id
ledger-from = Din ziua
ledger-to = Până în ziua
ledger-when = Când
ledger-more = Altele, în coduri
ledger-number = Număr
ledger-anybody = Oricine
ledger-anything = Orice
ledger-reporter = Cine a făcut o sesizare
ledger-program = Programul
ledger-program-named = Programul ({ $name })
ledger-somebody = Cineva care nu este pe lista membrilor
ledger-within = { $from }–{ $to }
ledger-clock = Orele sunt cele din { $zone }. Pentru ce au făcut cei care sesizează și programul se păstrează numai ora întreagă.
ledger-count = { $count ->
    [one] { $count } înregistrare.
    [few] { $count } înregistrări.
   *[other] { $count } de înregistrări.
}
ledger-page = Pagina { $page } din { $pages }.
ledger-empty = Nicio înregistrare nu se potrivește. Scoateți un filtru sau alegeți alte zile.
ledger-download = { $count ->
    [one] Descărcați această înregistrare (CSV)
    [few] Descărcați aceste { $count } înregistrări (CSV)
   *[other] Descărcați aceste { $count } de înregistrări (CSV)
}
ledger-download-too-long = { $most ->
    [one] Un fișier cuprinde cel mult o înregistrare: alegeți mai puține zile.
    [few] Un fișier cuprinde cel mult { $most } înregistrări: alegeți mai puține zile ca să le descărcați.
   *[other] Un fișier cuprinde cel mult { $most } de înregistrări: alegeți mai puține zile ca să le descărcați.
}
ledger-pages = Pagini de înregistrări
ledger-newer = Mai noi
ledger-older = Mai vechi

ledger-wrong-who = Alegeți pe cineva din listă.
ledger-wrong-record = Scrieți o referință precum C-7K2M-91Q sau un identificator.
ledger-wrong-day = Scrieți ziua ca an, lună și zi, de exemplu 2026-11-24.
ledger-wrong-order = Alegeți o ultimă zi care nu este înaintea celei dintâi.

ledger-zone-helpline = Linia de ajutor
ledger-zone-people = Membri

ledger-checked = Verificat de la prima înregistrare până la ultima: { $time }
ledger-compared = Comparat cu capătul pentru { $zone } semnat { $time }.
ledger-tag-whole = Întreg
ledger-tag-broken = Rupt
ledger-whole = { $count ->
    [0] Nu există încă nicio înregistrare.
    [one] Singura înregistrare decurge din conținutul ei.
    [few] Fiecare dintre cele { $count } înregistrări decurge din cea dinainte: nimic nu a fost schimbat, scos, mutat sau adăugat.
   *[other] Fiecare dintre cele { $count } de înregistrări decurge din cea dinainte: nimic nu a fost schimbat, scos, mutat sau adăugat.
}
ledger-broken = La înregistrarea { $number }: { $why }
ledger-broken-next = Nu schimbați nimic, păstrați o copie a bazei de date și anunțați astăzi pe cine răspunde de protecția datelor. Înregistrările dinaintea acesteia sunt în regulă.
ledger-why-missing = lipsește.
ledger-why-changed = conținutul nu îi dă suma de control. Ea sau cea dinainte a fost schimbată, mutată sau adăugată.
ledger-why-version = a fost scrisă de o versiune pe care acest program nu o cunoaște.
ledger-why-end = capătul păstrat al lanțului este altul.
ledger-why-cut-off = capătul semnat o cunoaște, iar lanțul se termină înaintea ei. Sfârșitul a fost tăiat.
ledger-why-rewritten = capătul semnat cunoaște aici altă înregistrare. Lanțul a fost scris din nou.
ledger-why-other-chain = capătul semnat este al altui lanț.
ledger-head-why = Tipăriți această pagină sau păstrați capetele în afara clădirii. Cine poate scrie toată baza de date poate tăia sfârșitul unui lanț sau îl poate scrie din nou; numai un capăt semnat mai demult și păstrat în altă parte arată acest lucru.
ledger-head = Un capăt semnat mai demult
ledger-head-hint = Lipiți cele opt rânduri sau copiați-le de pe hârtie. Lanțul este comparat cu el.
ledger-head-button = Compară
ledger-wrong-head = Scrieți toate cele opt rânduri ale unui capăt, fiecare o dată, așa cum au fost tipărite.
ledger-wrong-signature = Această instanță nu a semnat acest capăt. Comparați-l literă cu literă cu hârtia; dacă este la fel, anunțați pe cine răspunde de protecția datelor.
ledger-wrong-chain = Acest capăt este al altei organizații sau zone.

# Cum se numesc faptele. Un punct din cod este aici o cratimă.
act-alarm-clock_passes = A anunțat echipa că trece un termen
act-alarm-danger_in_hand = A oprit alertele: pericolul este în mâinile cuiva
act-alarm-danger_not_paged = Nu a putut alerta pentru un pericol
act-alarm-danger_paged = A alertat pentru un pericol
act-alarm-passkey_copied = A refuzat o cheie de acces care poate să fi fost copiată
act-alarm-review_not_paged = Nu a putut anunța că o verificare întârzie
act-alarm-review_overdue = A anunțat că o verificare întârzie
act-backup-made = A făcut o copie de rezervă
act-backup-restored = A pus totul la loc dintr-o copie de rezervă
act-case-answered = A notat răspunsul la o cerere despre date
act-case-asked = A notat o cerere despre date
act-case-begun = A început un caz
act-case-closed = A închis un caz
act-case-copy_kept = A păstrat ce s-a hotărât pentru o copie
act-case-decided = A hotărât ce se face într-un caz
act-case-file_brought = A pus un fișier într-un caz
act-case-file_cleaned = A pus să fie curățat un fișier al unui caz
act-case-file_looked_at = A privit copia curățată a unui fișier dintr-un caz
act-case-file_not_cleaned = Un fișier al unui caz nu a putut fi curățat
act-case-file_saved = A salvat copia curățată a unui fișier dintr-un caz
act-case-held = A păstrat un caz pentru lege
act-case-hold_ended = A încheiat păstrarea pentru lege a unui caz
act-case-look_again = A stabilit când se privește din nou un caz
act-case-merged = A unit un caz cu altul
act-case-more_time = A luat mai mult timp pentru o cerere despre date
act-case-noted = A scris o notă într-un caz
act-case-opened = A deschis un caz
act-case-original_agreed = A fost de acord să se deschidă originalul unui fișier dintr-un caz
act-case-original_asked = A cerut să deschidă originalul unui fișier dintr-un caz
act-case-original_opened = A deschis originalul unui fișier dintr-un caz
act-case-original_refused = A refuzat să se deschidă originalul unui fișier dintr-un caz
act-case-parted = A făcut dintr-un caz unit iar unul aparte
act-case-put_in = A pus un contact într-un caz
act-case-related = A spus că un caz are legătură cu altul
act-case-reopened = A deschis din nou un caz închis
act-case-titled = A numit un caz
act-case-took_out = A scos un contact dintr-un caz
act-case-unrelated = A spus că un caz nu are legătură cu altul
act-contact-added_to = A adăugat la sesizarea sa
act-contact-asked = A întrebat persoana care a sesizat
act-contact-closed = A închis un contact
act-contact-decided = A hotărât ce se face cu un contact
act-contact-dialogue_goes_on = A lăsat dialogul să continue
act-contact-erased = A șters un contact
act-contact-erased_again = Șters din nou după punerea la loc a unei copii
act-contact-erased_by_time = Șters pentru că i-a trecut termenul
act-contact-file_brought = A pus un fișier într-un contact
act-contact-file_cleaned = A pus să fie curățat un fișier al unui contact
act-contact-file_looked_at = A privit copia curățată a unui fișier dintr-un contact
act-contact-file_not_cleaned = Un fișier al unui contact nu a putut fi curățat
act-contact-file_saved = A salvat copia curățată a unui fișier dintr-un contact
act-contact-filed = A trimis o sesizare
act-contact-handed_over = A predat un contact
act-contact-held = A păstrat un contact pentru lege
act-contact-hold_ended = A încheiat păstrarea pentru lege
act-contact-key_gone = Șters pentru că cheia nu era în copia de rezervă
act-contact-let_go = A lăsat un contact din mână
act-contact-marked_danger = A marcat un pericol
act-contact-marked_safe = A marcat pericolul ca rezolvat
act-contact-noted = A scris o notă
act-contact-opened = A deschis un contact
act-contact-original_agreed = A fost de acord să se deschidă originalul unui fișier dintr-un contact
act-contact-original_asked = A cerut să deschidă originalul unui fișier dintr-un contact
act-contact-original_opened = A deschis originalul unui fișier dintr-un contact
act-contact-original_refused = A refuzat să se deschidă originalul unui fișier dintr-un contact
act-contact-outcome_told = A spus persoanei ce s-a întâmplat mai departe
act-contact-proof_given = A dat o dovadă că s-a făcut o sesizare
act-contact-referral_reviewed = A verificat o trimitere urgentă
act-contact-referred_urgently = A trimis urgent mai departe
act-contact-reopened = A redeschis un contact închis
act-contact-replied = A răspuns persoanei care a sesizat
act-contact-taken = A luat un contact în mână
act-contact-taken_down = A scris la un apel care este notat
act-contact-withdrawn = Și-a retras sesizarea
act-contact-written_down = A terminat de notat un apel
act-contacts-searched = A căutat în contacte
act-list-exported = A exportat o listă
act-sender-added = A primit alt sistem
act-sender-ended = A oprit alt sistem
act-sender-hook_gone = Alt sistem nu mai vrea să fie anunțat
act-sender-hook_set = A schimbat unde e anunțat alt sistem
act-sender-key_ended = A oprit o cheie a altui sistem
act-sender-key_made = A făcut o cheie pentru alt sistem
act-sender-signing_made = A făcut un secret cu care semnează alt sistem
act-settings-brought_back = A readus o versiune anterioară a celor spuse publicului
act-settings-changed = A schimbat ce i se spune publicului
act-settings-confirmed = A confirmat schimbarea unui număr protejat
act-settings-proposed = A cerut schimbarea unui număr protejat
act-settings-refused = A refuzat schimbarea unui număr protejat
act-entry-unreadable = Nu se deschide: a fost schimbată sau sigilată cu altă cheie
act-ledger-exported = A descărcat înregistrări din registru
act-ledger-read = A citit registrul
act-ledger-verified = A verificat dacă lanțurile sunt întregi
act-member-closed = A închis un cont
act-member-languages = A schimbat limbile unui membru
act-member-made = A creat un cont
act-member-pager = A schimbat unde este alertat un membru
act-member-reset = A resetat un cont
act-member-roles = A schimbat rolurile unui membru
act-member-signed-in = S-a autentificat
act-member-signed-out = A ieșit
act-member-unlocked = A deblocat biroul
act-organisation-made = A creat organizația
act-passkey-added = A adăugat o cheie de acces
act-passkey-removed = A șters o cheie de acces
act-recovery-agreed = A fost de acord cu o recuperare
act-recovery-asked = A cerut o recuperare
act-recovery-covered = A pus echipe sub cheia de recuperare
act-recovery-finished = A primit înapoi cheia unei echipe prin recuperare
act-recovery-made = A creat o cheie de recuperare
act-recovery-over = O recuperare a expirat înainte să o încheie cineva
act-recovery-stopped = A oprit o recuperare
act-recovery-told = Toți au fost anunțați despre o recuperare
act-recovery-tried = A încercat o parte a unei chei de recuperare
act-rota-added = A adăugat o tură în grafic
act-rota-away = A notat o absență
act-rota-back = A anulat o absență
act-rota-removed = A scos o tură din grafic
act-sign-in-refused = A refuzat o autentificare
act-team-granted = A dat cheia unei echipe
act-team-left = A luat cheia unei echipe
act-team-made = A creat o echipă
act-team-new-epoch = A creat o cheie nouă pentru o echipă
