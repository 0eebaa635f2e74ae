"""Every pension that the portal can process; a new one is a folder here plus one entry below."""

from tramites.definicion import Tramite

from .invalidez import INVALIDEZ
from .jubilacion import JUBILACION

PENSIONES: tuple[Tramite, ...] = (INVALIDEZ, JUBILACION)
