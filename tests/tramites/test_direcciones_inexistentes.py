"""Numbers, renglones, steps and keys that do not exist, at every address that takes one: never a fault."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, SlugConverter, UUIDConverter

from tests.tramites import escenas
from tramites.models import Gestion

ENTEROS = (0, 9, 99, 2**31, 2**63, 10**40)
CLAVES = {
    IntConverter: ENTEROS,
    SlugConverter: ("no-existe", "-", "_" * 300),
    UUIDConverter: (uuid.UUID(int=0), uuid.UUID(int=2**128 - 1)),
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


@pytest.fixture(params=["CREACION", "OBSERVADA"])
def gestion(request, titular) -> Gestion:
    return escenas.con_archivos(titular) if request.param == "CREACION" else escenas.observada(titular)


def test_hay_direcciones_que_recorrer():
    assert len(RUTAS) > 30


@pytest.mark.parametrize("quien", ["titular", "jefatura", "administracion"])
def test_lo_que_no_existe_no_es_un_fallo(gestion, quien):
    """S14: each of them by GET and by POST, by its owner and at the desk."""
    persona = gestion.solicitante if quien == "titular" else escenas.analista(papel=quien)
    cliente = Client(raise_request_exception=False)
    cliente.force_login(persona)
    fallas = [
        (metodo, direccion, respuesta.status_code)
        for ruta, conversores in RUTAS.items()
        for direccion in _direcciones(ruta, conversores, gestion)
        for metodo in ("get", "post")
        if (respuesta := getattr(cliente, metodo)(direccion)).status_code >= 500
    ]
    assert fallas == []
