# The door of the desk: sign in, unlock, go on. Staff read this.

door-title = Sign in
door-lead = For members of staff. Everything you open here is written in the record.
door-name = Sign-in name or e-mail address
door-password = Password
door-code = Six-digit code
door-code-hint = From the application on your phone.
door-button = Sign in
door-refused = Name, password and code do not go together. Check all three and try again with a fresh code.
door-locked-title = The desk is locked
door-locked-lead = Nobody used it for 15 minutes, or you locked it. Type your password to go on where you were.
door-locked-button = Unlock
door-locked-refused = That is not the password of this desk. Try again, or sign out.
door-form-kept = What you wrote was not sent yet. It is kept in this page: go on, and you can look at it and send it.
door-form-lost = What you wrote could not be kept and was not sent. Go back in your browser and copy it before you go on.
door-ended = You were away for long, so you have to sign in again. What you wrote is still kept.
door-kept-title = Send what you wrote?
door-kept-lead = You wrote this before the desk was locked. It was not sent yet.
door-kept-send = Send it now
door-kept-drop = Do not send it
