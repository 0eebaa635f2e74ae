"""Every act, who did it and when (F3)."""

import pytest
from django.urls import reverse

from bitacora.models import Evento
from cuentas.models import Usuario
from tests.tramites import escenas
from tests.tramites.ciudadano.lectura import arbol, filas, palabras, texto

pytestmark = pytest.mark.django_db


Papel = Usuario.Papel


def test_el_historial_dice_cada_acto_en_palabras_y_quien_lo_hizo(mesa, analista, tomada, pagina):
    """F3: who, when, from which state to which, over what."""
    escenas.observar_en(tomada, analista, {1: escenas.FIRMA}, {"beneficiario": "FALTA LLENAR."})
    escenas.devolver(tomada, analista)
    respuesta = mesa.get(pagina("historia", tomada))
    actos = [(acto, detalle, quien) for _, acto, detalle, quien in filas(respuesta)]
    suyo = "SOFÍA PALENCIA · Analista"
    assert ("Un analista tomó la Gestión", "SOFÍA PALENCIA", suyo) in actos
    assert (
        "Se revisó un documento",
        "Ronda 1 · Documento 1, Formulario de Solicitud de Pensión debidamente firmado y ratificado"
        " · Con observación",
        suyo,
    ) in actos
    assert ("Se revisó un paso", "Ronda 1 · Paso 2, Datos del Beneficiario · Con observación", suyo) in actos
    assert ("Envió la solicitud a ONSEC", "Ronda 1", f"{tomada.solicitante} · titular") in actos
    assert any(acto == "ONSEC la devolvió con observaciones" for acto, _, _ in actos)
    assert len(actos) == Evento.objects.filter(gestion=tomada.numero).count()


@pytest.mark.parametrize("accion", ["admitida", "archivada", "desistida"])
def test_el_historial_se_lee_en_todos_los_estados(entrar, titular, pagina, accion):
    gestion = {
        "admitida": lambda: escenas.admitida(titular),
        "archivada": lambda: escenas.archivada(escenas.observada(titular)),
        "desistida": lambda: escenas.desistida(escenas.enviada_sin_papeles(titular)),
    }[accion]()
    navegador = entrar(Papel.JEFATURA)
    for nombre in ("historia", "revision", "como_la_persona"):
        assert navegador.get(pagina(nombre, gestion)).status_code == 200
    assert texto(arbol(navegador.get(pagina("historia", gestion))).find(".//tbody/tr/th"))


def test_lo_que_la_persona_corrige_no_se_ve_hasta_que_lo_envia(mesa, analista, titular, pagina):
    """matriz.md §4, F8: neither in «Como la ve la persona» nor in the two histories."""
    gestion = escenas.observada(titular, analista)
    direccion = pagina("como_la_persona", gestion)
    antes = filas(mesa.get(direccion))
    escenas.reponer(gestion, 1)
    assert filas(mesa.get(direccion)) == antes
    assert antes[0][3] == "Ver 1 cargado"
    for nombre in ("como_la_persona", "historia"):
        leido = palabras(mesa.get(pagina(nombre, gestion)))
        assert "Eliminó un archivo" not in leido
        assert "Corregido: falta enviarlo." not in leido
        assert "Confirmó el formulario" in leido  # before the first sending
    escenas.remandar(gestion)
    for nombre in ("como_la_persona", "historia"):
        assert "Eliminó un archivo" in palabras(mesa.get(pagina(nombre, gestion)))


def test_lo_que_no_se_envio_tampoco_se_ve_si_se_archiva(mesa, analista, titular, pagina):
    """matriz.md §4: what was never sent is not the office's."""
    gestion = escenas.observada(titular, analista)
    escenas.quitar(gestion, gestion.documentos_vigentes[0])
    escenas.desistida(gestion)
    for nombre in ("como_la_persona", "historia"):
        leido = palabras(mesa.get(pagina(nombre, gestion)))
        assert "La Gestión se archivó" in leido
        assert "Eliminó un archivo" not in leido


def test_la_persona_si_ve_lo_que_corrige(cliente, analista, titular):
    gestion = escenas.observada(titular, analista)
    escenas.quitar(gestion, gestion.documentos_vigentes[0])
    assert "Eliminó un archivo" in palabras(cliente.get(reverse("gestion", args=[gestion.numero])))
