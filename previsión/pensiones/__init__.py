"""Every pension that the portal can process; a new one is a module here plus one entry below."""

from tramites.definicion import Tramite

from .invalidez import INVALIDEZ

PENSIONES: tuple[Tramite, ...] = (INVALIDEZ,)
