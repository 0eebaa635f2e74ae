"""«Reasignar»."""

import pytest

from cuentas.models import Usuario
from tests.tramites import escenas
from tests.tramites.ciudadano.lectura import botones, campos, errores, palabras

pytestmark = pytest.mark.django_db


Papel = Usuario.Papel


def confirmar(navegador, direccion, **dicho):
    """Open the window and press its button: the hidden fields go as they were shown."""
    ocultos = {n: v for n, v in campos(navegador.get(direccion)).items() if n in ("version", "motivo") and v}
    return navegador.post(direccion, ocultos | dicho)


def test_jefatura_reasigna_solo_a_quien_puede_revisarla(entrar, tomada, pagina):
    """matriz.md §2: not to the owner's own CUI."""
    propia = escenas.analista(cui=tomada.titular_cui, primer_nombre="PROPIA")
    otra = escenas.analista(primer_nombre="DIEGO", primer_apellido="IXCOT")
    navegador = entrar(Papel.JEFATURA)
    assert "Reasignar" in botones(navegador.get(pagina("revision", tomada)))
    respuesta = navegador.get(pagina("reasignar", tomada))
    assert "DIEGO IXCOT" in palabras(respuesta)
    assert "PROPIA" not in palabras(respuesta)
    prohibida = navegador.post(pagina("reasignar", tomada), {"a": propia.pk, "version": tomada.version})
    assert errores(prohibida)
    confirmar(navegador, pagina("reasignar", tomada), a=otra.pk)
    tomada.refresh_from_db()
    assert tomada.asignada_a == otra


def test_reasignar_sin_elegir_lo_pide(entrar, tomada, pagina):
    respuesta = confirmar(entrar(Papel.JEFATURA), pagina("reasignar", tomada))
    assert errores(respuesta) == ["Elija a quién reasignarla."]
