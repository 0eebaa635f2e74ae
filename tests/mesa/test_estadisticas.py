"""The statistics: counts that add up, in few queries."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mesa.consultas.estadisticas import Semana, cifras
from tests.fabricas import GestionFactory
from tests.tramites import escenas
from tests.tramites.ciudadano.lectura import arbol, filas, palabras, texto
from tramites.habiles import Calendario

pytestmark = pytest.mark.django_db


def consultas(navegador) -> int:
    with CaptureQueriesContext(connection) as hechas:
        navegador.get(reverse("estadisticas"))
    return len(hechas)


@pytest.fixture
def historia(titular) -> None:
    """One admitted, one returned for its signature, one that waits."""
    quien = escenas.analista(primer_nombre="DIEGO", primer_apellido="IXCOT")
    escenas.admitida(titular, quien)
    firma = {"texto": escenas.FIRMA, "defecto": "FALTA FIRMAR."}
    escenas.observada(escenas.titular(), quien, {1: firma})
    escenas.enviada_sin_papeles(escenas.titular())


def test_las_cifras_cuentan_lo_recibido_lo_decidido_y_lo_que_espera(historia):
    hoy = timezone.localdate()
    hechas = cifras(hoy - timedelta(days=30), hoy, hoy)
    assert hechas.recibidas == 3
    assert hechas.con_previo == 50
    assert hechas.mediana is not None
    assert [(b.rotulo, b.n) for b in hechas.estados] == [
        ("Solicitud Recibida", 1),
        ("Solicitud con observaciones", 1),
        ("Expediente Admitido", 1),
        ("Expediente Archivado", 0),
    ]
    lunes = hoy - timedelta(days=hoy.weekday())
    assert hechas.semanas[-1] == Semana(lunes, 3, 2)
    assert [(b.rotulo, b.n) for b in hechas.edades] == [
        ("0 a 4", 1),
        ("5 a 9", 0),
        ("10 a 19", 0),
        ("20 o más", 0),
    ]
    assert [(b.rotulo, b.n) for b in hechas.defectos] == [("FALTA FIRMAR.", 1)]
    assert hechas.cargas == [("DIEGO IXCOT", 0, 1)]


def test_lo_reenviado_se_recibe_otra_vez_en_la_cifra_y_en_la_semana(titular):
    """F1: each round is received and decided; the figure is the sum of its weeks."""
    gestion = escenas.observada(titular)
    escenas.remandar(escenas.reponer(gestion, 1))
    hoy = timezone.localdate()
    hechas = cifras(hoy, hoy, hoy)
    assert hechas.recibidas == 2
    assert [(s.recibidas, s.decididas) for s in hechas.semanas] == [(2, 1)]


def test_fuera_del_periodo_no_se_cuenta_nada(historia):
    vieja = cifras(date(2020, 1, 6), date(2020, 1, 12), timezone.localdate())
    assert (vieja.recibidas, vieja.mediana, vieja.con_previo, vieja.defectos) == (0, None, None, [])
    assert vieja.semanas == [Semana(date(2020, 1, 6), 0, 0)]


@pytest.mark.parametrize(
    ("dias", "tramo"), [(0, 0), (4, 0), (5, 1), (9, 1), (10, 2), (19, 2), (20, 3), (90, 3)]
)
def test_cada_espera_cae_en_su_tramo_de_dias_habiles(dias, tramo):
    """formatos.md, «Días hábiles»."""
    hoy = date(2026, 11, 20)
    desde = Calendario().hace(dias, hoy)
    while Calendario().transcurridos(desde, hoy) < dias:
        desde -= timedelta(days=1)
    momento = datetime.combine(desde, datetime.min.time(), tzinfo=timezone.get_current_timezone())
    GestionFactory(estado="RECIBIDA", recibida_en=momento, en_cola_desde=momento)
    assert [b.n for b in cifras(hoy, hoy, hoy).edades] == [int(n == tramo) for n in range(4)]


def test_la_pagina_dice_en_tablas_lo_que_pinta(mesa, historia):
    """Each bar has its number beside it; the pictures are hidden from assistive technology."""
    respuesta = mesa.get(reverse("estadisticas"))
    assert "Recibidas y decididas por semana" in palabras(respuesta)
    assert all(svg.get("aria-hidden") == "true" for svg in arbol(respuesta).findall(".//main//svg"))
    ultima = next(f for f in reversed(filas(respuesta)) if len(f) == 4)
    assert ultima[2:] == ["3", "2"]
    assert all(texto(c) for c in arbol(respuesta).findall(".//main//caption"))


def test_el_periodo_se_elige_y_uno_mal_escrito_no_rompe(mesa):
    escrito = palabras(mesa.get(reverse("estadisticas"), {"desde": "01/01/2026", "hasta": "31-01-2026"}))
    assert "Del 01-01-2026 al 31-01-2026." in escrito
    assert mesa.get(reverse("estadisticas"), {"desde": "ayer", "hasta": "9/9/1"}).status_code == 200


def test_mas_gestiones_cuestan_las_mismas_consultas(mesa, historia):
    consultas(mesa)
    antes = consultas(mesa)
    for _ in range(3):
        escenas.observada(escenas.titular(), None, {1: {"texto": "X", "defecto": "NO SE LEE."}})
    assert consultas(mesa) == antes
