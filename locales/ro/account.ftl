# Contul propriu la birou: chei de acces în locul codului de șase cifre.

desk-account = Contul dumneavoastră
account-title = Contul dumneavoastră
account-back = Înapoi la contul dumneavoastră
account-passkeys = Chei de acces
account-passkeys-lead = O cheie de acces este păstrată de telefonul sau calculatorul dumneavoastră ori de o cheie de securitate. Vă puteți autentifica cu parola și o cheie de acces, în locul codului de șase cifre. Nu poate fi copiată pe hârtie sau spusă cuiva și funcționează numai pe pagina acestui birou.
account-passkeys-none = Încă nu aveți nicio cheie de acces.
account-passkeys-code = Codul de șase cifre funcționează în continuare, cu sau fără chei de acces. O cheie de acces nu deschide nimic fără parola dumneavoastră.
account-passkeys-nowhere = Aici nu se pot adăuga chei de acces: browserele le creează numai pentru o adresă cu nume care începe cu https.
account-passkey-added = Adăugată: { $day }.
account-passkey-used = Folosită ultima dată: { $day }.
account-passkey-unused = Încă nefolosită.
account-passkey-damaged = O cheie de acces care nu poate fi citită
account-passkey-damaged-hint = Nu lasă pe nimeni să intre. Ștergeți-o, anunțați administratorul și adăugați-o din nou.
account-passkey-remove = Șterge
account-passkey-add = Adăugați o cheie de acces
account-passkey-add-lead = Dați cheii de acces un nume după care o veți recunoaște. Apoi browserul vă întreabă unde să o păstreze.
account-passkey-add-device = Alegeți un dispozitiv pe care îl folosiți numai dumneavoastră. Nu folosiți unul pe care familia sau colegii îl pot debloca.
account-passkey-name = Numele cheii de acces
account-passkey-name-hint = De exemplu: telefonul meu de serviciu. Îl vedeți numai dumneavoastră.
account-passkey-make = Creează cheia de acces
account-passkey-off = Browserul creează cheia de acces cu ajutorul unui script. Aici scripturile sunt oprite sau browserul nu cunoaște chei de acces. Vă puteți autentifica în continuare cu codul de șase cifre.
account-passkey-wrong-name = Dați cheii de acces un nume de cel mult 60 de litere.
account-passkey-wrong-late = A durat mai mult de cinci minute. Creați cheia de acces din nou.
account-passkey-wrong-known = Această cheie de acces este deja în contul dumneavoastră.
account-passkey-wrong-many = Aveți zece chei de acces. Ștergeți una înainte să adăugați alta.
account-passkey-wrong-none = Browserul nu a trimis nicio cheie de acces sau a trimis una pe care acest birou nu o poate folosi. Încercați din nou sau alegeți alt dispozitiv.
account-passkey-remove-title = Ștergeți „{ $name }”?
account-passkey-remove-lead = De atunci nimeni nu se mai poate autentifica cu ea. Vă autentificați cu codul de șase cifre sau cu altă cheie de acces.
account-passkey-remove-device = Ștergeți-o și de pe dispozitiv: dispozitivul nu știe că aici nu mai deschide nimic.
account-passkey-remove-button = Șterge cheia de acces
account-passkey-remove-not = Păstreaz-o
account-done-added = Cheia de acces a fost adăugată. O puteți folosi la următoarea autentificare.
account-done-removed = Cheia de acces a fost ștearsă. Nimeni nu se mai poate autentifica cu ea.

# Lângă butonul care cere browserului o cheie de acces.
passkey-waiting = Browserul cere cheia de acces.
passkey-known = Acest dispozitiv are deja o cheie de acces a dumneavoastră.
passkey-stopped = Nu a fost folosită nicio cheie de acces. Încercați din nou sau continuați în alt fel.
passkey-broken = Cheia de acces nu a putut fi cerută. Reîncărcați pagina și încercați încă o dată.
