"""The server of the browser journeys: the demo, able to read the accounts of the suite's factories."""

from .demo import *

CLAVE_ITERACIONES = 1
STATIC_ROOT = RUTA_VAR / "estaticos"
