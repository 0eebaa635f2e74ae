"""Which index each list of the desk and each search walks: what makes them cost the same at any size."""

import json
from collections.abc import Iterator
from functools import partial
from itertools import product

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cuentas.models import Usuario
from mesa.consultas.bandeja import Criterio, Pestana, bandeja, borradores, cuentas, revisores
from mesa.consultas.estadisticas import cifras
from notificaciones.consultas import LAS_NUEVAS_ANTES, mias
from tests.fabricas import PersonalFactory
from tramites.acciones.tomar_siguiente import tomar_siguiente
from tramites.consultas.paginas import paginar
from tramites.habiles import Calendario
from tramites.models import Gestion

pytestmark = pytest.mark.django_db
N = 24_000
# Rows of every state and age over some years; one in fourteen is in the queue.
LLENAR = """
INSERT INTO tramites_gestion (tramite, tramite_version, solicitante_id, ficha, estado, version, meses_archivo,
    creada_en, recibida_en, ultima_accion_en, ciclo, asignada_a_id, en_cola_desde, causa_archivo,
    estado_al_archivar, titular_nombre, titular_busqueda, titular_cui)
SELECT CASE WHEN n %% 200 = 3 THEN 'permiso' ELSE 'invalidez' END, 1, %(quien)s, gen_random_uuid(), e, 1,
    6, dia, CASE WHEN e <> 'CREACION' THEN dia END, dia, 0,
    CASE WHEN e <> 'CREACION' AND n %% 3 > 0 THEN %(analista)s + (n %% 2) END,
    CASE WHEN e = 'RECIBIDA' THEN now() - n %% 90 * interval '1 day' END,
    CASE e WHEN 'ARCHIVADA' THEN 'plazo' ELSE '' END, CASE e WHEN 'ARCHIVADA' THEN 'OBSERVADA' ELSE '' END,
    'X',
    (ARRAY['maria', 'ana', 'rosa', 'juana'])[1 + n %% 4] || ' ' || md5(n::text), lpad(n::text, 13, '1')
FROM (SELECT n, now() - (%(n)s - n) * interval '6 hours' AS dia,
    (ARRAY['CREACION', 'RECIBIDA', 'OBSERVADA', 'ADMITIDA', 'ADMITIDA', 'ADMITIDA', 'ADMITIDA', 'ADMITIDA',
    'ADMITIDA', 'ADMITIDA', 'ADMITIDA', 'ARCHIVADA', 'ARCHIVADA', 'ARCHIVADA'])[1 + n %% 14] AS e
    FROM generate_series(1, %(n)s) AS n) AS filas
"""
INTERNOS = """
INSERT INTO tramites_datosinternos (gestion_id, solvencia, providencia, posible_alteracion)
SELECT numero, 'pendiente', '', numero % 500 = 1 FROM tramites_gestion
WHERE recibida_en IS NOT NULL
"""
ESTADO, ANALISTA = "tramites_cola_por_estado", "tramites_cola_de_analista"
NUMERO, NUMERO_DE = "tramites_numero_por_estado", "tramites_numero_de_analista"
TRAMITE, NUMERO_TRAMITE = "tramites_cola_por_tramite", "tramites_numero_por_tramite"
LLAVE, CUI, NOMBRE = "tramites_gestion_pkey", "tramites_gestion_cui", "tramites_gestion_nombre"
# By number and of most rows, the key itself serves as well.
DENSOS = (NUMERO, NUMERO_DE)
RESERVADAS, EN_MANO = "tramites_internos_reservados", "tramites_en_mano"


@pytest.fixture(scope="module")
def personas(django_db_setup, django_db_blocker) -> Iterator[tuple[Usuario, Usuario]]:
    """Jefatura, and an analyst that holds a third of some thousands of rows; once for them all."""
    with django_db_blocker.unblock(), transaction.atomic():
        jefa = PersonalFactory(papel=Usuario.Papel.JEFATURA, cui=None)
        analista, otra = PersonalFactory(), PersonalFactory()
        assert otra.pk == analista.pk + 1
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(LLENAR, {"quien": jefa.pk, "analista": analista.pk, "n": N})
                cursor.execute(INTERNOS)
                cursor.execute("SELECT gin_clean_pending_list('tramites_gestion_nombre')")
                cursor.execute("ANALYZE tramites_gestion, tramites_datosinternos")
        yield jefa, analista
        transaction.set_rollback(True)


@pytest.fixture
def jefa(personas, db) -> Usuario:
    return personas[0]


@pytest.fixture
def llena(personas, db) -> Usuario:
    return personas[1]


def indices(hacer, tabla: str = "tramites_gestion") -> set[str]:
    """The indexes that its queries walk over the table; «todas las filas» when one reads it whole."""
    with CaptureQueriesContext(connection) as hechas:
        hacer()
    usados = set()
    with connection.cursor() as cursor:
        for consulta in hechas:
            if f'"{tabla}"' in consulta["sql"] and consulta["sql"].startswith("SELECT"):
                cursor.execute(f"EXPLAIN (FORMAT JSON) {consulta['sql']}")
                (plan,) = cursor.fetchone()
                usados |= set(_nodos((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"], tabla))
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = %s", [tabla])
        suyos = {nombre for [nombre] in cursor.fetchall()} | {"todas las filas", RESERVADAS}
    return usados & suyos


def _nodos(plan: dict, tabla: str) -> Iterator[str]:
    if plan["Node Type"] == "Seq Scan" and plan["Relation Name"] == tabla:
        yield "todas las filas"
    if "Index Name" in plan:
        yield plan["Index Name"]
    for hijo in plan.get("Plans", ()):
        yield from _nodos(hijo, tabla)


def pedir(usuario, pestana, pagina="", **criterio):
    return bandeja(
        usuario, pestana, Criterio(**criterio), Calendario(), timezone.localdate(), pagina, 25
    ).pagina


LISTAS = [
    (Pestana.POR_ASIGNAR, {}, ANALISTA),
    (Pestana.POR_ASIGNAR, {"orden": "recientes"}, ANALISTA),
    (Pestana.POR_ASIGNAR, {"orden": "numero-desc"}, NUMERO_DE),
    (Pestana.MIAS, {}, ANALISTA),
    (Pestana.OBSERVADAS, {}, ESTADO),
    (Pestana.ADMITIDAS, {}, ESTADO),
    (Pestana.ADMITIDAS, {"orden": "recientes"}, ESTADO),
    (Pestana.ADMITIDAS, {"orden": "numero"}, NUMERO),
    (Pestana.ARCHIVADAS, {}, ESTADO),
    (Pestana.TODAS, {}, ESTADO),
    (Pestana.TODAS, {"orden": "recientes"}, ESTADO),
    (Pestana.TODAS, {"orden": "numero"}, NUMERO),
    (Pestana.TODAS, {"estado": "OBSERVADA"}, ESTADO),
    (Pestana.TODAS, {"dias": 20}, ESTADO),
    (Pestana.TODAS, {"a_cargo": ...}, ANALISTA),
    (Pestana.TODAS, {"a_cargo": ..., "orden": "numero"}, NUMERO_DE),
    (Pestana.TODAS, {"a_cargo": ..., "estado": "ADMITIDA"}, ANALISTA),
    (Pestana.ADMITIDAS, {"tramite": "permiso"}, TRAMITE),
    (Pestana.TODAS, {"tramite": "permiso"}, TRAMITE),
    (Pestana.TODAS, {"tramite": "permiso", "orden": "numero"}, NUMERO_TRAMITE),
    (Pestana.TODAS, {"texto": "maria"}, ESTADO),
]
BUSQUEDAS = [
    ({"texto": "5"}, (LLAVE,)),
    ({"texto": "1111111111234"}, (CUI,)),
    ({"texto": "d41d8c"}, (NOMBRE,)),
    ({"texto": "maria 1679091c5a880faf6fb5e6087eb1b2dc"}, (NOMBRE,)),
    ({"texto": "xo"}, (NOMBRE,)),
    ({"texto": "zzzzz"}, (NOMBRE,)),
    ({"reservadas": True}, (RESERVADAS,)),
]


@pytest.mark.postgresql
def test_cada_lista_recorre_su_indice(llena, jefa, monkeypatch):
    """Every page of it, forwards and backwards: a walk from the edge, and the rows by their keys."""
    monkeypatch.setattr("mesa.consultas.busqueda.CANDIDATAS", 100)
    for usuario, (pestana, pedido, recorre) in product((jefa, llena), LISTAS):
        if pestana is Pestana.MIAS and usuario is jefa:
            continue
        criterio = {campo: llena.pk if valor is ... else valor for campo, valor in pedido.items()}
        siguiente = pedir(usuario, pestana, **criterio).siguiente
        anterior = pedir(usuario, pestana, siguiente, **criterio).anterior
        # What is common is met at once, wherever one begins to read.
        dan_igual = {LLAVE, "todas las filas"} if "texto" in criterio else {LLAVE}
        for pagina in ("", siguiente, anterior):
            # Who has a CUI leaves out, by it, the numbers of their own.
            usados = indices(partial(pedir, usuario, pestana, pagina, **criterio)) - {usuario.cui and CUI}
            por_la_llave = recorre in DENSOS and usados == {LLAVE}
            assert por_la_llave or usados - dan_igual == {recorre}, (pestana, pedido, pagina)


@pytest.mark.postgresql
def test_lo_que_se_busca_se_halla_por_su_indice(llena, jefa):
    for criterio, recorren in BUSQUEDAS:
        usados = indices(partial(pedir, jefa, Pestana.TODAS, **criterio))
        assert usados - {LLAVE} == set(recorren) - {LLAVE}, criterio


@pytest.mark.postgresql
def test_los_conteos_salen_de_los_indices(llena, jefa):
    """What is worked off, to the last; the rest up to a thousand, and so wherever it begins to read."""
    de_trabajo = [p for p in Pestana if p.es_de_trabajo]
    assert indices(lambda: cuentas(llena, de_trabajo, con_borradores=False)) <= {
        *(ESTADO, ANALISTA, NUMERO, NUMERO_DE, CUI)
    }
    conteos, _ = cuentas(jefa, Pestana, con_borradores=True)
    assert str(conteos[Pestana.TODAS]) == str(conteos[Pestana.ADMITIDAS]) == "1,000+"
    assert str(conteos[Pestana.OBSERVADAS]) == f"{Gestion.objects.filter(estado='OBSERVADA').count():,}"


@pytest.mark.postgresql
def test_lo_que_nadie_decidio_se_cuenta_sin_leer_una_fila(llena):
    """The statistics, of an office that has much at hand: along an index, and no row of the table."""
    hoy = timezone.localdate()
    with CaptureQueriesContext(connection) as hechas:
        cifras(hoy, hoy, hoy)
    (contar,) = [q["sql"] for q in hechas if "FILTER" in q["sql"]]
    with connection.cursor() as cursor:
        # Inside the test's transaction no page is known to be whole, which makes the index look dear.
        cursor.execute("SET LOCAL enable_bitmapscan = off; SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {contar}")
        plan = "\n".join(paso for (paso,) in cursor.fetchall())
    assert f"Index Only Scan using {EN_MANO}" in plan
    assert "Sort" not in plan


@pytest.mark.postgresql
def test_los_borradores_los_avisos_y_la_toma_recorren_el_suyo(llena, jefa):
    assert indices(lambda: borradores(jefa, "", 25)) <= {"tramites_borradores", LLAVE}
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO notificaciones_notificacion
            (plantilla, contexto, asunto, destinatario_id, creada_en)
            SELECT 'x', '{}', 'x', CASE WHEN n %% 9 = 0 THEN %s ELSE %s END, now() - n * interval '1 hour'
            FROM generate_series(1, %s) AS n""",
            [jefa.pk, llena.pk, N],
        )
        cursor.execute("ANALYZE notificaciones_notificacion")
    avisos = indices(lambda: paginar(mias(jefa), LAS_NUEVAS_ANTES, "", 20), "notificaciones_notificacion")
    assert avisos - {"notificaciones_notificacion_pkey"} == {"notificaciones_de_alguien"}
    with CaptureQueriesContext(connection) as hechas:
        tomar_siguiente(actor=llena, ahora=timezone.now())
    tomar = next(q["sql"] for q in hechas if "SKIP LOCKED" in q["sql"])
    assert indices(lambda: connection.cursor().execute(tomar)) == {ANALISTA}


@pytest.mark.parametrize(
    ("pestana", "criterio", "recorre"),
    [
        (Pestana.POR_ASIGNAR, {}, ANALISTA),
        (Pestana.ADMITIDAS, {}, ESTADO),
        (Pestana.TODAS, {"orden": "recientes"}, ESTADO),
        (Pestana.TODAS, {"orden": "numero"}, NUMERO),
        (Pestana.TODAS, {"a_cargo": 1, "orden": "numero"}, NUMERO_DE),
    ],
    ids=str,
)
def test_sqlite_recorre_los_mismos(jefa, pestana, criterio, recorre):
    """Neither a scan of the table nor a sort of it."""
    if connection.vendor != "sqlite":
        return
    with CaptureQueriesContext(connection) as hechas:
        pedir(jefa, pestana, **criterio)
    (sql, *_) = [q["sql"] for q in hechas if '"ultima_ronda"' in q["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        pasos = [fila[3] for fila in cursor.fetchall()]
    assert any(f"INDEX {recorre} " in paso for paso in pasos)
    assert not [paso for paso in pasos if paso.startswith("SCAN tramites_gestion")]


@pytest.mark.postgresql
def test_quien_revisa_se_busca_entre_el_personal():
    """The list of «A cargo» reads none of the citizens, of whom there may be a million."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "cuentas_usuario_personal" in revisores().explain()
