"""Numbers, renglones, steps and keys that do not exist, at every address that takes one: never a fault."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, SlugConverter, UUIDConverter

from tests.tramites import escenas
from tramites.models import Gestion

ENTEROS = (0, 99, 2**63)
CLAVES = {
    IntConverter: ENTEROS,
    SlugConverter: ("no-existe",),
    UUIDConverter: (uuid.UUID(int=0),),
}
PROPIOS = ("gestiones/", "revision/", "tramites/", "verificar/", "notificaciones/", "correos/")


def _patrones(nodo: URLResolver, prefijo: str = ""):
    for patron in nodo.url_patterns:
        ruta = prefijo + str(patron.pattern)
        if isinstance(patron, URLResolver):
            yield from _patrones(patron, ruta)
        elif isinstance(patron, URLPattern) and patron.pattern.converters and ruta.startswith(PROPIOS):
            yield ruta, patron.pattern.converters


RUTAS = dict(_patrones(get_resolver()))


def _direcciones(ruta: str, conversores: dict, gestion: Gestion):
    """The address with each of its keys wrong in turn; the others are of the person's own Gestión."""
    buenos = {"numero": gestion.numero, "renglon": 1, "ronda": 1, "pagina": 1, "clave": "invalidez"}
    buenos["pk"] = gestion.documentos_vigentes[0].pk
    for nombre, conversor in conversores.items():
        for malo in CLAVES.get(type(conversor), ()):
            valores = {n: buenos.get(n, CLAVES[type(c)][0]) for n, c in conversores.items()} | {nombre: malo}
            yield "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda m, v=valores: str(v[m[1]]), ruta)


@pytest.mark.parametrize(
    ("punto", "quien"),
    [(escenas.con_archivos, "titular"), (escenas.observada, "titular"), (escenas.observada, "jefatura")],
)
def test_lo_que_no_existe_no_es_un_fallo(titular, punto, quien):
    """S14: each of them by GET and by POST; the person's pages by its owner, the desk's by jefatura."""
    gestion, de_onsec = punto(titular), quien != "titular"
    cliente = Client(raise_request_exception=False)
    cliente.force_login(escenas.analista(papel=quien) if de_onsec else titular)
    pedidas = [
        (metodo, direccion)
        for ruta, conversores in RUTAS.items()
        if ruta.startswith("revision/") is de_onsec
        for direccion in _direcciones(ruta, conversores, gestion)
        for metodo in ("get", "post")
    ]
    assert len(pedidas) > 100
    assert [p for p in pedidas if getattr(cliente, p[0])(p[1]).status_code >= 500] == []
