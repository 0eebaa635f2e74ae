"""What may be opened now (T0)."""

from tramites import registro
from tramites.definicion import Tramite

from .rechazos import AccionRechazada


def exigir_publicado(tramite: Tramite) -> None:
    """A new Gestión is of a procedure that ONSEC publishes; those already open go on."""
    if tramite.clave not in {t.clave for t in registro.publicados()}:
        raise AccionRechazada("Este trámite todavía no se pide en el portal. Llame a ONSEC.")
