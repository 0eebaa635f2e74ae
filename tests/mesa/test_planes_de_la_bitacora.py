"""Which index each search of the log walks: a page costs the same at any size, of whatever day it is."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, transaction
from django.utils import timezone

from bitacora.models import Evento
from cuentas.models import Usuario
from mesa.consultas.bitacora import POCAS, Busqueda, pagina_de
from tests.fabricas import PersonalFactory
from tests.tramites.test_planes import indices
from tramites.eventos import TipoEvento

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
N = 24_000
DE_TIPO, DE_ALGUIEN, POR_DIA = (
    f"bitacora_evento_{nombre}" for nombre in ("de_tipo", "de_alguien", "por_dia")
)
GESTION, LLAVE = "bitacora_evento_gestion", "bitacora_evento_pkey"
# An act each hour, back from now; one in a thousand is rare.
LLENAR = """
INSERT INTO bitacora_evento (tipo, ocurrido_en, actor_id, papel, gestion, datos, resumen)
SELECT CASE WHEN n %% 1000 = 1 THEN %(raro)s ELSE %(comun)s END, now() - (%(n)s - n) * interval '1 hour',
    %(quien)s + CASE WHEN n %% 100 < 3 THEN n %% 100 ELSE 3 END, 'analista', n / 8, '{}', repeat('0', 64)
FROM generate_series(1, %(n)s) AS n
"""


@pytest.fixture(scope="module")
def llena(django_db_setup, django_db_blocker) -> Iterator[Usuario]:
    """Who did one in a hundred of some years of acts, as two others did; once for them all."""
    with django_db_blocker.unblock(), transaction.atomic():
        quien = PersonalFactory(primer_nombre="ROSENDA", papel=Usuario.Papel.AUDITORIA)
        otras = [PersonalFactory(primer_nombre=nombre) for nombre in ("ISABEL", "ISABEL", "INÉS")]
        assert [u.pk - quien.pk for u in otras] == [1, 2, 3]
        tipos = {"raro": TipoEvento.DESARCHIVADA, "comun": TipoEvento.EXPEDIENTE_LEIDO}
        with connection.cursor() as cursor:
            cursor.execute(LLENAR, tipos | {"quien": quien.pk, "n": N})
            cursor.execute("ANALYZE bitacora_evento")
        yield quien
        transaction.set_rollback(True)


def dia(hace: int):
    return timezone.localdate() - timedelta(days=hace)


BUSQUEDAS = [
    ({}, POR_DIA),
    ({"tipo": TipoEvento.DESARCHIVADA}, DE_TIPO),
    ({"gestion": 77}, GESTION),
    ({"persona": "rosenda"}, DE_ALGUIEN),
    ({"persona": "isabel"}, DE_ALGUIEN),
    ({"desde": dia(900), "hasta": dia(898)}, POR_DIA),
    ({"tipo": TipoEvento.DESARCHIVADA, "hasta": dia(500)}, DE_TIPO),
    ({"persona": "isabel", "desde": dia(900), "hasta": dia(870)}, DE_ALGUIEN),
]


@pytest.mark.parametrize(("pedido", "recorre"), BUSQUEDAS, ids=str)
def test_cada_busqueda_recorre_su_indice(llena, db, pedido, recorre):
    """First page, the next and back: never a walk through what lies outside what was asked."""
    busqueda = Busqueda(**pedido)
    primera = pagina_de(llena, busqueda, "", 7)
    segunda = pagina_de(llena, busqueda, primera.siguiente, 7) if primera.siguiente else primera
    assert primera.filas
    for pagina in ("", primera.siguiente, segunda.anterior):
        usados = indices(partial(pagina_de, llena, busqueda, pagina, 7), "bitacora_evento")
        assert usados - {LLAVE} == {recorre}


@pytest.mark.parametrize("pocas", [POCAS, 1])
def test_lo_de_varias_personas_sale_en_un_solo_orden(llena, db, pocas, monkeypatch):
    """Walked apart or all at once: every act of theirs, newest first, a page after another."""
    monkeypatch.setattr("mesa.consultas.bitacora.POCAS", pocas)
    busqueda = Busqueda(persona="isabel", desde=dia(200))
    esperadas = Evento.objects.filter(
        actor__primer_nombre="ISABEL", ocurrido_en__date__gte=dia(200)
    ).order_by("-ocurrido_en", "-id")
    numeros, pedida = [], ""
    for _ in range(len(esperadas) // 20 + 1):
        pagina = pagina_de(llena, busqueda, pedida, 20)
        numeros += [acto.pk for acto in pagina]
        pedida = pagina.siguiente
    assert not pedida
    assert numeros == [acto.pk for acto in esperadas]
