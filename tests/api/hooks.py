"""Gives schemathesis what it cannot make up: the signature of a gateway under its messages, and a receipt that leads somewhere.
Without them nothing of what it sends would get past the door."""

import base64
import hashlib
import hmac
import json
import os
import time
import uuid

import schemathesis

SENDER = os.environ["PLAINSIGHT_SENDER"]
RECEIPT = os.environ["PLAINSIGHT_RECEIPT"]
SECRET = base64.b64decode(os.environ["PLAINSIGHT_SIGNING"].removeprefix("whsec_"))


@schemathesis.hook
def before_call(context, case, kwargs):
    # What was made wrong on purpose stays wrong: it must be refused.
    if case.meta is None or not case.meta.generation.mode.is_positive or not isinstance(case.body, dict):
        return
    if case.path.endswith(("/mailbox/read", "/mailbox/add")) and "receipt" in case.body:
        case.body["receipt"] = RECEIPT
    if "/messages/" not in case.path:
        return
    if not all(case.headers.get(name) for name in ("webhook-id", "webhook-timestamp", "webhook-signature")):
        return
    case.path_parameters["sender"] = SENDER
    # As the library writes it: what is signed must be what is sent.
    text = json.dumps(case.body, allow_nan=False).encode()
    name, at = str(uuid.uuid4()), str(int(time.time()))
    signed = hmac.new(SECRET, f"{name}.{at}.".encode() + text, hashlib.sha256).digest()
    case.headers["webhook-id"] = name
    case.headers["webhook-timestamp"] = at
    case.headers["webhook-signature"] = "v1," + base64.b64encode(signed).decode()
