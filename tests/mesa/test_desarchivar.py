"""«Desarchivar» (T7)."""

import pytest

from cuentas.models import Usuario
from tests.tramites import escenas
from tests.tramites.ciudadano.lectura import botones, campos, errores
from tramites.models import Estado, Gestion

pytestmark = pytest.mark.django_db


Papel = Usuario.Papel


def estado(gestion: Gestion) -> str:
    return Gestion.objects.get(pk=gestion.pk).estado


def confirmar(navegador, direccion, **dicho):
    """Open the window and press its button: the hidden fields go as they were shown."""
    ocultos = {n: v for n, v in campos(navegador.get(direccion)).items() if n in ("version", "motivo") and v}
    return navegador.post(direccion, ocultos | dicho)


def test_jefatura_desarchiva_con_motivo_y_con_la_peticion_si_habia_desistido(entrar, recibida, pagina):
    """T7: reason of 20 letters; the written request's reference."""
    archivada = escenas.desistida(recibida)
    navegador = entrar(Papel.JEFATURA)
    corto = confirmar(navegador, pagina("desarchivar", archivada), motivo="corto")
    assert errores(corto) == ["Escriba el motivo con 20 letras o más."]
    sin = confirmar(navegador, pagina("desarchivar", archivada), motivo="La persona lo pidió por escrito.")
    assert errores(sin) == ["Escriba la referencia de la petición escrita de la persona."]
    confirmar(
        navegador,
        pagina("desarchivar", archivada),
        motivo="La persona lo pidió por escrito.",
        referencia="OF-12-2026",
    )
    assert estado(archivada) == Estado.RECIBIDA


def test_un_analista_no_desarchiva(mesa, recibida, pagina):
    archivada = escenas.desistida(recibida)
    assert mesa.get(pagina("desarchivar", archivada)).status_code == 403
    assert "Desarchivar" not in botones(mesa.get(pagina("revision", archivada)))
