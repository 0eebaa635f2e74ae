"""Procedures that live together: each with its draft, its place in the menu and its name (MO13, FA10)."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.tramites import escenas
from tests.tramites.ciudadano.lectura import columnas, enlace, filas, menu, palabras, titulos, visible
from tramites import registro
from tramites.acciones.crear import crear
from tramites.models import Gestion


def abrir(titular, tramite) -> Gestion:
    return crear(actor=titular, tramite=tramite, ficha=uuid.uuid4(), ahora=timezone.now())


def nueva(cliente, tramite):
    """«Aceptar» of its window, and «+ Nueva Solicitud»."""
    cliente.post(reverse("derecho", args=[tramite.clave]))
    return cliente.post(reverse("inicio_tramite", args=[tramite.clave]), {"ficha": uuid.uuid4()})


@pytest.mark.parametrize("al_reves", [False, True])
def test_el_borrador_de_otro_tramite_no_se_confunde_con_este(cliente, titular, permiso, al_reves):
    """FA10: «+ Nueva Solicitud» opens its own; a second time, its own draft is offered."""
    uno, otro = (permiso, registro.obtener("invalidez"))[:: -1 if al_reves else 1]
    abrir(titular, uno)
    assert nueva(cliente, otro).status_code == 302
    suya = Gestion.objects.get(tramite=otro.clave)
    assert f"Ya tiene abierta la Gestión No. {suya.numero}. ¿Desea continuarla?" in titulos(
        nueva(cliente, otro)
    )


def test_la_que_onsec_tiene_de_otro_tramite_no_se_pregunta(cliente, titular, permiso):
    """FA10, C6: «otra en trámite» is of the same procedure."""
    escenas.enviada_sin_papeles(titular)
    assert nueva(cliente, permiso).status_code == 302
    assert nueva(cliente, registro.obtener("invalidez")).status_code == 200


def test_cada_familia_es_una_entrada_con_sus_solicitudes(cliente, titular, permiso):
    """MO13: «Pensiones» stays where it was; the others have their own table under «Mis Solicitudes»."""
    pension, suya = escenas.nueva(titular), abrir(titular, permiso)
    permisos = reverse("solicitudes_de", args=["permisos"])
    entradas = [(visible(e), e.get("href")) for e in menu(cliente.get(reverse("tablero")))]
    desde = entradas.index(("Mis Solicitudes", reverse("solicitudes")))
    assert entradas[desde + 1 : desde + 4] == [
        ("Pensiones", reverse("solicitudes")),
        ("Permisos", permisos),
        ("Previos", reverse("previos")),
    ]
    for direccion, titulo, esta, no_esta in (
        (reverse("solicitudes"), "Pensiones", pension, suya),
        (permisos, "Permisos", suya, pension),
    ):
        pagina = cliente.get(direccion)
        assert titulos(pagina)[0] == f"Mis Solicitudes · {titulo}"
        assert f"Gestión No. {esta.numero}" in palabras(pagina)
        assert f"Gestión No. {no_esta.numero}" not in palabras(pagina)
        activas = [visible(e) for e in menu(pagina) if e.get("aria-current")]
        assert activas == [titulo]
    pagina = cliente.get(reverse("gestion", args=[suya.numero]))
    assert [visible(e) for e in menu(pagina) if e.get("aria-current")] == ["Permisos"]


def test_el_filtro_de_cada_familia_vuelve_a_la_suya(cliente, titular, permiso):
    """C4: what is looked for does not leave its table."""
    suya = abrir(titular, permiso)
    direccion = reverse("solicitudes_de", args=["permisos"])
    respuesta = cliente.post(direccion, {"q": str(suya.numero)}, follow=True)
    assert respuesta.redirect_chain[0][0].startswith(direccion)
    assert f"Gestión No. {suya.numero}" in palabras(respuesta)


@pytest.mark.parametrize("familia", ["pensiones", "no-existe"])
def test_una_familia_que_no_hay_es_404(cliente, familia):
    """«Pensiones» has one address, the contract's."""
    assert cliente.get(reverse("solicitudes_de", args=[familia])).status_code == 404


def test_seguimiento_lleva_a_las_de_su_familia(cliente, titular, permiso):
    """C7: «Seguimiento a Solicitud» of each procedure."""
    cliente.post(reverse("derecho", args=[permiso.clave]))
    pagina = cliente.get(reverse("inicio_tramite", args=[permiso.clave]))
    assert enlace(pagina, "Seguimiento a Solicitud") == reverse("solicitudes_de", args=["permisos"])


@pytest.fixture
def en_la_mesa(client, permiso, db):
    """One of each procedure in the queue, and jefatura before it."""
    client.force_login(escenas.analista(papel="jefatura"))
    pension, otra = (escenas.enviada_sin_papeles(escenas.titular()) for _ in range(2))
    Gestion.objects.filter(pk=otra.pk).update(tramite=permiso.clave)
    return client, pension, otra


def test_las_cifras_se_filtran_por_tipo(en_la_mesa):
    """MO13: of one procedure or over all, and each beside the others."""
    navegador, *_ = en_la_mesa
    for pedido, recibidas in (("", 2), ("permiso", 1), ("no-existe", 2)):
        pagina = navegador.get(reverse("estadisticas"), {"tipo": pedido})
        assert f"Recibidas {recibidas} Mediana" in palabras(pagina)
        assert ["Juguete", "1", "0"] in filas(pagina)
        assert ["Invalidez", "1", "0"] in filas(pagina)


@pytest.mark.parametrize("vista", ["por-asignar", "todas"])
def test_la_bandeja_dice_el_tipo_de_cada_una_y_filtra_por_el(en_la_mesa, vista):
    """MO13: filter and column «Tipo»; the filter keeps through the page's other ones."""
    navegador, pension, otra = en_la_mesa
    todas = navegador.get(reverse("mesa"), {"vista": vista})
    tipo = columnas(todas).index("Tipo")
    assert {fila[0].split()[-1]: fila[tipo] for fila in filas(todas)} == {
        str(pension.numero): "Invalidez",
        str(otra.numero): "Juguete",
    }
    for pedido, esta in (("invalidez", pension), ("permiso", otra)):
        for mas in ({}, {"orden": "numero"}, {"q": esta.titular_nombre}, {"dias": ""}):
            hojas = filas(navegador.get(reverse("mesa"), {"vista": vista, "tipo": pedido} | mas))
            assert [fila[tipo] for fila in hojas] == [{"invalidez": "Invalidez"}.get(pedido, "Juguete")]
    assert len(filas(navegador.get(reverse("mesa"), {"vista": vista, "tipo": "no-existe"}))) == 2
