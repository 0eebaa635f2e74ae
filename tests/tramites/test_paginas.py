"""Pages by keys: forwards and backwards they are the plain order, once, whatever the ties and the nulls."""

import random
from datetime import UTC, datetime, timedelta
from itertools import chain
from uuid import uuid4

import pytest
from django.db.models import F
from django.utils import timezone

from mesa.consultas.bandeja import ORDENES, Criterio, Pestana, bandeja, enviadas
from tests.fabricas import CiudadanoFactory, GestionFactory, PersonalFactory
from tramites.consultas.paginas import Borde
from tramites.habiles import Calendario
from tramites.models import COLA, Causa, Estado, Gestion

pytestmark = pytest.mark.django_db
INICIO = datetime(2026, 1, 5, 15, tzinfo=UTC)
ORDEN_LLANO = {
    "antiguas": (F("en_cola_desde").asc(nulls_last=True), "recibida_en", "numero"),
    "recientes": (F("en_cola_desde").desc(nulls_last=True), "-recibida_en", "-numero"),
    "numero": ("numero",),
    "numero-desc": ("-numero",),
}
DE_A = 7
CUANTAS = 60
PAGINAS = CUANTAS // DE_A + 1


@pytest.fixture
def analista():
    return PersonalFactory()


@pytest.fixture
def barajadas(analista) -> None:
    """In every state, held or not, with few different dates and the queue's date where the rule has none."""
    azar, persona = random.Random(7), CiudadanoFactory()
    filas = []
    for n in range(CUANTAS):
        estado = azar.choice([e for e in Estado if e != Estado.CREACION])
        archivo = {"causa_archivo": Causa.PLAZO, "estado_al_archivar": "OBSERVADA", "archivada_en": INICIO}
        filas.append(
            GestionFactory.build(
                solicitante=persona,
                titular_nombre="ANA XOL" if n % 2 else "ANA CHOC",
                titular_busqueda="ana xol" if n % 2 else "ana choc",
                titular_cui=persona.cui,
                ficha=uuid4(),
                estado=estado,
                asignada_a=azar.choice([analista, None]),
                recibida_en=INICIO + timedelta(days=azar.randrange(4)),
                en_cola_desde=azar.choice([None, *(INICIO + timedelta(days=d) for d in range(3))]),
                **archivo if estado == Estado.ARCHIVADA else {},
            )
        )
    azar.shuffle(filas)
    Gestion.objects.bulk_create(filas)


def pedir(analista, pestana, orden, pagina="", **criterio):
    pedido = Criterio(orden=orden, **criterio)
    hoy = timezone.localdate()
    return bandeja(analista, pestana, pedido, Calendario(), hoy, pagina, DE_A).pagina


def recorrer(pedir_pagina, *, hacia: str, desde: str = "") -> list[list[int]]:
    """Each page's numbers, from that one on; a list that comes back on itself would have no last one."""
    paginas, pedida = [], desde
    for _ in range(PAGINAS):
        pagina = pedir_pagina(pedida)
        paginas.append([g.numero for g in pagina])
        if not (pedida := getattr(pagina, hacia)):
            return paginas
    raise AssertionError(f"hacia «{hacia}», la lista no termina")


def juntas(paginas) -> list[int]:
    return list(chain.from_iterable(paginas))


def llanas(analista, pestana, orden, **condicion) -> list[int]:
    filas = enviadas().filter(estado__in=pestana.estados, **pestana.de_quien(analista), **condicion)
    return list(filas.order_by(*ORDEN_LLANO[orden]).values_list("numero", flat=True))


@pytest.mark.parametrize("orden", ORDENES)
@pytest.mark.parametrize("pestana", Pestana)
def test_ida_y_vuelta_dan_la_lista_entera_una_vez(barajadas, analista, pestana, orden):
    todas = llanas(analista, pestana, orden)
    assert len(todas) > DE_A or pestana in (Pestana.POR_ASIGNAR, Pestana.MIAS)
    ida = recorrer(lambda pagina: pedir(analista, pestana, orden, pagina), hacia="siguiente")
    assert juntas(ida) == todas
    ultima = pedir(analista, pestana, orden)
    for _ in ida[1:]:
        ultima = pedir(analista, pestana, orden, ultima.siguiente)
    if ultima.anterior:
        vuelta = recorrer(
            lambda pagina: pedir(analista, pestana, orden, pagina), hacia="anterior", desde=ultima.anterior
        )
        assert juntas(reversed(vuelta)) == todas[: -len(ultima)]


@pytest.mark.parametrize("orden", ORDENES)
@pytest.mark.parametrize(
    ("criterio", "condicion"),
    [
        ({"estado": "OBSERVADA"}, {"estado": "OBSERVADA"}),
        ({"texto": "xol"}, {"titular_busqueda": "ana xol"}),
        ({"dias": 1}, {"estado": "RECIBIDA", "en_cola_desde__isnull": False}),
    ],
    ids=str,
)
def test_tambien_lo_filtrado(barajadas, analista, criterio, condicion, orden):
    todas = llanas(analista, Pestana.TODAS, orden, **condicion)
    assert todas
    ida = recorrer(lambda p: pedir(analista, Pestana.TODAS, orden, p, **criterio), hacia="siguiente")
    assert juntas(ida) == todas


@pytest.mark.parametrize("orden", ORDENES)
def test_lo_comun_que_se_recorre_da_lo_mismo_que_lo_raro_que_se_halla(
    barajadas, analista, orden, monkeypatch
):
    """A common name is walked along the order, a rare one is found first: one list."""
    monkeypatch.setattr("mesa.consultas.busqueda.CANDIDATAS", 3)
    for texto, nombre in (("xol", "ana xol"), ("ho", None), ("an choc", None), ("ana choc", "ana choc")):
        ida = recorrer(
            lambda p, t=texto: pedir(analista, Pestana.TODAS, orden, p, texto=t), hacia="siguiente"
        )
        todas = llanas(analista, Pestana.TODAS, orden, titular_busqueda=nombre) if nombre else []
        assert juntas(ida) == todas


def test_lo_que_se_mueve_entre_dos_paginas_no_repite_ni_esconde_otra(barajadas, analista):
    """With OFFSET, one that leaves the first page hides another from the second."""
    primera = pedir(analista, Pestana.TODAS, "antiguas")
    esperadas = llanas(analista, Pestana.TODAS, "antiguas")[DE_A : 2 * DE_A]
    salen = [g.numero for g in primera][:3]
    Gestion.objects.filter(numero__in=salen).update(
        en_cola_desde=None, recibida_en=INICIO - timedelta(days=9)
    )
    segunda = pedir(analista, Pestana.TODAS, "antiguas", primera.siguiente)
    assert [g.numero for g in segunda] == esperadas


@pytest.mark.parametrize(
    "pagina",
    [
        "2",
        "x",
        "despues",
        "despues.",
        "despues.1",
        "despues.1.2",
        "despues.1.2.3.4",
        "despues.n.n.3",
        "despues.1.n.3",
        "despues.1.2.n",
        "antes.999999999999999999.1.1",
        "despues.1.2.９",
        "despues.-999999999999999999.1.1",
        "despues.1e3.2.3",
        "despues.1.2.3'--",
        "despues." + "9" * 400,
    ],
)
def test_una_pagina_que_no_es_ninguna_da_la_primera(barajadas, analista, pagina):
    dada = pedir(analista, Pestana.TODAS, "antiguas", pagina)
    assert dada.perdida
    assert list(dada) == list(pedir(analista, Pestana.TODAS, "antiguas"))


def test_una_pagina_que_ya_paso_da_la_primera(barajadas, analista):
    ultima = Gestion.objects.latest("numero")
    pasada = Borde.escrito(ultima, ORDENES["numero"], "despues")
    dada = pedir(analista, Pestana.TODAS, "numero", pasada)
    assert dada.perdida
    assert list(dada) == list(pedir(analista, Pestana.TODAS, "numero"))


def test_la_direccion_de_una_pagina_no_lleva_mas_que_fechas_y_numero(barajadas, analista):
    siguiente = pedir(analista, Pestana.TODAS, "antiguas").siguiente
    assert len(siguiente.split(".")) == 1 + len(COLA)
    assert set(siguiente) <= set("despuesn.-0123456789")
