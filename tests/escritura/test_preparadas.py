"""A prepared query gives what the queryset would, whoever asks and whatever the values (decision 0045)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from escritura.preparadas import Objetos, Parametro, Preparada
from mesa.consultas.bandeja import ORDENES, Criterio, Pestana, _preparar, bandeja, cuentas
from tests.fabricas import GestionFactory, PersonalFactory
from tramites.habiles import Calendario
from tramites.models import Estado, Gestion

pytestmark = pytest.mark.django_db
DIA = datetime(2026, 3, 2, 15, tzinfo=UTC)


def parametro(nombre: str, columna: str) -> Parametro:
    return Parametro(nombre, Gestion._meta.get_field(columna))


def hay(estado=Estado.RECIBIDA, **datos) -> Gestion:
    entrada = DIA if estado == Estado.RECIBIDA else None
    return GestionFactory(
        estado=estado, ficha=uuid4(), **{"recibida_en": DIA, "en_cola_desde": entrada} | datos
    )


def test_da_lo_que_daria_la_consulta_con_cada_valor():
    ana = PersonalFactory()
    for n in range(4):
        hay(asignada_a=ana if n % 2 else None, recibida_en=DIA + timedelta(days=n))
    columnas = ("numero", "recibida_en", "estado", "asignada_a__is_active", "notificada_en")

    def filas(desde, quien):
        lista = Gestion.objects.filter(Q(recibida_en__gte=desde) | Q(asignada_a=quien))
        return lista.order_by("-numero").values_list(*columnas)[:3]

    preparada = Preparada(filas(parametro("desde", "recibida_en"), parametro("quien", "asignada_a")))
    for desde in (DIA - timedelta(days=1), DIA + timedelta(days=2), DIA + timedelta(days=9)):
        for quien in (ana.pk, 0):
            assert preparada.con(desde=desde, quien=quien) == list(filas(desde, quien))


def test_lo_que_se_escribe_en_un_valor_no_es_sql():
    hay()
    preparada = Preparada(Gestion.objects.filter(titular_cui=parametro("cui", "titular_cui")).values_list())
    assert preparada.con(cui="' OR '1'='1") == []


def test_sin_un_valor_no_se_pregunta():
    preparada = Preparada(Gestion.objects.filter(numero=parametro("numero", "numero")).values_list("pk"))
    with pytest.raises(KeyError):
        preparada.con()


def test_lo_que_no_puede_dar_filas_no_pregunta(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Preparada(Gestion.objects.filter(pk__in=()).values_list("pk")).con() == []


def numeros(usuario, pestana, **criterio) -> list[int]:
    hoja = bandeja(usuario, pestana, Criterio(**criterio), Calendario(), timezone.localdate(), "", 25)
    return [fila.numero for fila in hoja.pagina]


@pytest.mark.parametrize("orden", ORDENES)
def test_cada_persona_ve_lo_suyo_aunque_la_lista_ya_este_preparada(orden):
    """Twice around: prepared by one, asked by all; one has a CUI with a Gestión, which they never see."""
    ana, luz, eva = PersonalFactory(), PersonalFactory(), PersonalFactory(cui="1002003000101")
    suyas = {quien: hay(asignada_a=quien).numero for quien in (ana, luz, eva)}
    propia = hay(titular_cui=eva.cui).numero
    for _ in range(2):
        for quien, suya in suyas.items():
            assert numeros(quien, Pestana.MIAS, orden=orden) == [suya]
            assert numeros(quien, Pestana.TODAS, orden=orden, a_cargo=ana.pk) == [suyas[ana]]
            assert (propia in numeros(quien, Pestana.POR_ASIGNAR, orden=orden)) is (quien is not eva)
            conteos, _ = cuentas(quien, Pestana, con_borradores=False)
            assert [conteos[p].n for p in (Pestana.POR_ASIGNAR, Pestana.MIAS)] == [quien is not eva, 1]


def test_una_lista_se_prepara_una_vez():
    ana, luz = PersonalFactory(), PersonalFactory()
    _preparar.cache_clear()
    for quien in (ana, luz, ana):
        numeros(quien, Pestana.MIAS)
        numeros(quien, Pestana.TODAS, a_cargo=quien.pk)
    assert _preparar.cache_info().misses == 2


# ── whole objects ─────────────────────────────────────────────────────────────


def de_la_persona(quien, numero):
    """With what it brings: a relation that may be absent, another, a computed column."""
    lista = Gestion.objects.filter(solicitante=quien, numero=numero)
    return lista.select_related("asignada_a", "solicitante").annotate(dia=TruncDate("recibida_en"))


def test_los_objetos_son_los_de_la_consulta_con_lo_que_trae(django_assert_num_queries):
    preparada = Objetos(
        lambda: de_la_persona(parametro("quien", "solicitante"), parametro("numero", "numero"))
    )
    for gestion in (hay(), hay(asignada_a=PersonalFactory()), hay(), hay(Estado.CREACION)):
        quien = gestion.solicitante_id
        with django_assert_num_queries(1):
            (leida,) = preparada.con(quien=quien, numero=gestion.numero)
            assert leida.solicitante.pk == quien
            assert (leida.asignada_a and leida.asignada_a.pk) == gestion.asignada_a_id
        (comun,) = de_la_persona(quien, gestion.numero)
        assert {**leida.__dict__, "_state": 0} == {**comun.__dict__, "_state": 0}
        assert (leida._state.db, leida._state.adding) == (comun._state.db, comun._state.adding)
        assert preparada.con(quien=quien + 1, numero=gestion.numero) == []


def test_un_numero_que_ninguna_fila_tiene_no_es_un_error():
    preparada = Objetos(lambda: Gestion.objects.filter(numero=parametro("numero", "numero")))
    assert preparada.con(numero=10**30) == []


@pytest.mark.django_db(transaction=True)
def test_dos_hilos_preguntan_a_la_vez_y_cada_uno_recibe_lo_suyo():
    preparada = Objetos(lambda: Gestion.objects.filter(numero=parametro("numero", "numero")))
    numeros = [hay().numero for _ in range(4)]

    def preguntar(numero):
        try:
            return {g.numero for _ in range(25) for g in preparada.con(numero=numero)}
        finally:
            connection.close()

    with ThreadPoolExecutor(len(numeros)) as hilos:
        assert list(hilos.map(preguntar, numeros)) == [{n} for n in numeros]
