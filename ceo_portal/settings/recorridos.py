"""The server of the browser journeys: the demo, able to read the accounts of the suite's factories."""

from .demo import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT = RUTA_VAR / "estaticos"
