# The door of the desk: sign in, unlock, go on. Staff read this.

door-title = Autentificare
door-lead = Pentru membrii echipei. Tot ce deschideți aici este notat în registru.
door-name = Nume de utilizator sau adresă de e-mail
door-password = Parolă
door-code = Cod de șase cifre
door-code-hint = Din aplicația de pe telefonul dumneavoastră.
door-button = Intră
door-refused = Numele, parola și codul nu se potrivesc. Verificați-le pe toate trei și încercați din nou cu un cod nou.
door-locked-title = Biroul este blocat
door-locked-lead = Nu l-a folosit nimeni timp de 15 minute sau l-ați blocat. Scrieți parola ca să continuați de unde ați rămas.
door-locked-button = Deblochează
door-locked-refused = Aceasta nu este parola acestui birou. Încercați din nou sau ieșiți.
door-form-kept = Ce ați scris nu a fost încă trimis. Este păstrat în această pagină: continuați, apoi îl puteți reciti și trimite.
door-form-lost = Ce ați scris nu a putut fi păstrat și nu a fost trimis. Mergeți înapoi în browser și copiați textul înainte să continuați.
door-ended = Ați lipsit mult, așa că trebuie să vă autentificați din nou. Ce ați scris este încă păstrat.
door-kept-title = Trimiteți ce ați scris?
door-kept-lead = Ați scris acest text înainte ca biroul să se blocheze. Nu a fost încă trimis.
door-kept-send = Trimite acum
door-kept-drop = Nu trimite
