# One's own account at the desk: passkeys in the place of the six-digit code.

desk-account = Your account
account-title = Your account
account-back = Back to your account
account-passkeys = Passkeys
account-passkeys-lead = A passkey is kept by your phone, your computer or a security key. You can sign in with your password and a passkey, in the place of the six-digit code. It cannot be copied down or told to anybody, and it works on this desk’s own page only.
account-passkeys-none = You have no passkey yet.
account-passkeys-code = The six-digit code goes on working, with passkeys and without. A passkey never opens anything without your password.
account-passkeys-nowhere = Passkeys cannot be added here: browsers make them only for an address with a name that begins with https.
account-passkey-added = Added on { $day }.
account-passkey-used = Last used on { $day }.
account-passkey-unused = Not used yet.
account-passkey-damaged = A passkey that cannot be read
account-passkey-damaged-hint = It lets nobody in. Remove it, tell your administrator, and add it again.
account-passkey-remove = Remove
account-passkey-add = Add a passkey
account-passkey-add-lead = Give the passkey a name by which you will know it again. Then your browser asks where to keep it.
account-passkey-add-device = Choose a device that only you use. Do not use one that your family or colleagues can unlock.
account-passkey-name = Name of the passkey
account-passkey-name-hint = For example: my work phone. Only you see it.
account-passkey-make = Make the passkey
account-passkey-off = Your browser makes the passkey with a script. Here scripts are switched off, or the browser knows no passkeys. You can go on signing in with the six-digit code.
account-passkey-wrong-name = Give the passkey a name of at most 60 letters.
account-passkey-wrong-late = This took longer than five minutes. Make the passkey again.
account-passkey-wrong-known = This passkey is in your account already.
account-passkey-wrong-many = You have ten passkeys. Remove one before you add another.
account-passkey-wrong-none = No passkey came from your browser, or one that this desk cannot use. Try again, or choose another device.
account-passkey-remove-title = Remove “{ $name }”?
account-passkey-remove-lead = From then on nobody can sign in with it. You sign in with the six-digit code or with another passkey.
account-passkey-remove-device = Remove it from the device as well: the device does not know that it opens nothing here any more.
account-passkey-remove-button = Remove the passkey
account-passkey-remove-not = Keep it
account-done-added = The passkey is added. You can use it the next time you sign in.
account-done-removed = The passkey is removed. Nobody can sign in with it any more.

# Beside the button that asks the browser for a passkey.
passkey-waiting = Your browser is asking for the passkey.
passkey-known = This device has a passkey of yours already.
passkey-stopped = No passkey was used. Try again, or use another way to go on.
passkey-broken = The passkey could not be asked for. Load this page again and try once more.
