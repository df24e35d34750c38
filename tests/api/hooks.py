"""Signs the messages that schemathesis makes up, as a gateway would: else none of them would get past the door."""

import base64
import hashlib
import hmac
import json
import os
import time
import uuid

import schemathesis

SENDER = os.environ["PLAINSIGHT_SENDER"]
SECRET = base64.b64decode(os.environ["PLAINSIGHT_SIGNING"].removeprefix("whsec_"))


@schemathesis.hook
def before_call(context, case, kwargs):
    """Only a message to an address that was not made up is signed; without its own headers it stays refused."""
    if "/messages/" not in case.path or case.body is schemathesis.core.NOT_SET:
        return
    # What was made wrong on purpose stays wrong: it must be refused.
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    if not all(case.headers.get(name) for name in ("webhook-id", "webhook-timestamp", "webhook-signature")):
        return
    case.path_parameters["sender"] = SENDER
    text = json.dumps(case.body).encode()
    name, at = str(uuid.uuid4()), str(int(time.time()))
    signed = hmac.new(SECRET, f"{name}.{at}.".encode() + text, hashlib.sha256).digest()
    # As bytes: what is signed must be what is sent.
    case.body = text
    case.headers["webhook-id"] = name
    case.headers["webhook-timestamp"] = at
    case.headers["webhook-signature"] = "v1," + base64.b64encode(signed).decode()
