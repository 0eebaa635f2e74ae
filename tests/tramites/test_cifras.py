"""The daily sums: the same figures as the rows give, whatever was closed and whenever."""

import random
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from mesa.consultas.estadisticas import _cuantil, cifras
from tests.fabricas import CiudadanoFactory, GestionFactory, PersonalFactory
from tests.tramites import carreras
from tramites import registro
from tramites.acciones.cerrar_dias import cerrar_dias
from tramites.models import Cifra, Envio, Estado, Gestion, Previo, Veredicto, VersionFormulario
from tramites.models.cifra import Concepto, Grano

pytestmark = pytest.mark.django_db

HOY = date(2026, 3, 12)  # a Thursday
DIA = timedelta(days=1)
PERIODOS = [
    (HOY, HOY),
    (HOY - 13 * 7 * DIA, HOY),
    (date(2025, 12, 1), date(2026, 1, 31)),
    (date(2026, 1, 5), date(2026, 1, 11)),  # one whole week
    (date(2026, 1, 6), date(2026, 1, 17)),  # edges, and none or one whole week
    (date(2026, 1, 7), date(2026, 1, 8)),
    (date(2024, 1, 1), HOY),
    (date(2020, 1, 1), date(2020, 3, 1)),
]


def momento(dia: date, azar: random.Random) -> datetime:
    """Some time of that day in Guatemala, its last and first minutes among them."""
    hora = azar.choice([time(0, 0, 1), time(23, 59, 59, 999999), time(18, 30), time(azar.randrange(24), 5)])
    return datetime.combine(dia, hora, tzinfo=timezone.get_current_timezone())


def enviar(gestion: Gestion, ronda: int, cuando: datetime) -> None:
    version = VersionFormulario.objects.filter(gestion=gestion).first()
    version = version or VersionFormulario.objects.create(
        gestion=gestion, n=1, contenido={}, resumen="a" * 64, fecha_acta=HOY, confirmada_en=cuando
    )
    Envio.objects.create(
        gestion=gestion, ronda=ronda, ficha=uuid4(), enviado_en=cuando, version_formulario=version, resumen=""
    )


@pytest.fixture
def historia() -> None:
    """Sixty Gestiones over five months, some of today: previos, admissions, archived, waiting."""
    azar, quien, actora = random.Random(3), CiudadanoFactory(), PersonalFactory(primer_nombre="INÉS")
    for _ in range(60):
        cuando = momento(HOY - azar.randrange(150) * DIA, azar)
        gestion = GestionFactory(solicitante=quien, creada_en=cuando)
        ronda, fin = 1, cuando
        enviar(gestion, ronda, fin)
        while azar.random() < 0.5 and (fin := fin + azar.randrange(40) * DIA).date() <= HOY:
            Previo.objects.create(
                gestion=gestion, ronda=ronda, motivo="m", emitido_en=fin, emitido_por=actora
            )
            Veredicto.objects.create(
                gestion=gestion, ronda=ronda, renglon=1, resultado="OBSERVADO", texto="X", juzgado_en=fin,
                defecto=azar.choice(["NO SE LEE.", "FALTA FIRMAR.", ""]),
            )  # fmt: skip
            ronda += 1
            enviar(gestion, ronda, fin)
        estado = azar.choice([Estado.RECIBIDA, Estado.OBSERVADA, Estado.ADMITIDA, Estado.ARCHIVADA])
        cambios = {"estado": estado, "recibida_en": cuando}
        if estado == Estado.ADMITIDA:
            cambios["admitida_en"] = min(fin + azar.randrange(9) * DIA, momento(HOY, azar))
        elif estado == Estado.ARCHIVADA:
            cambios |= {"archivada_en": fin, "causa_archivo": "plazo", "estado_al_archivar": "OBSERVADA"}
        else:
            cambios |= {"asignada_a": azar.choice([None, actora]), "en_cola_desde": fin}
        Gestion.objects.filter(pk=gestion.pk).update(**cambios)


def todas() -> list:
    return [cifras(desde, hasta, HOY) for desde, hasta in PERIODOS]


def guardado() -> list[tuple]:
    return sorted(Cifra.objects.values_list("grano", "desde", "tramite", "concepto", "clave", "n"))


def test_las_sumas_dan_las_mismas_cifras_que_las_filas(historia):
    de_las_filas = todas()
    assert any(c.mediana for c in de_las_filas)
    assert any(c.defectos for c in de_las_filas)
    cerrar_dias(hoy=HOY)
    assert todas() == de_las_filas


@pytest.mark.parametrize("atraso", [1, 2, 4, 9, 30, 400])
def test_los_dias_que_nadie_cerro_se_cuentan_de_las_filas(historia, atraso):
    """The task was away: the page is right all the same."""
    de_las_filas = todas()
    cerrar_dias(hoy=HOY - atraso * DIA)
    assert todas() == de_las_filas


@pytest.mark.parametrize("cerradas", [False, True])
def test_cada_tramite_tiene_sus_cifras_y_juntas_son_las_de_todos(historia, cerradas):
    """MO13: figures apart by procedure and over all, of closed days and of the others."""
    permiso = replace(registro.obtener("invalidez"), clave="permiso", rotulo="Juguete")
    Gestion.objects.filter(numero__in=[*Gestion.objects.values_list("numero", flat=True)][::3]).update(
        tramite="permiso"
    )
    if cerradas:
        cerrar_dias(hoy=HOY - 20 * DIA)
    with registro.prestado(permiso):
        for desde, hasta in PERIODOS:
            juntas = cifras(desde, hasta, HOY)
            apartes = [cifras(desde, hasta, HOY, clave) for clave in ("invalidez", "permiso")]
            assert juntas.recibidas == sum(c.recibidas for c in apartes)
            for que in ("estados", "edades"):
                de_cada = [[b.n for b in getattr(c, que)] for c in apartes]
                assert [b.n for b in getattr(juntas, que)] == [sum(n) for n in zip(*de_cada, strict=True)]
            decididas = [sum(s.decididas for s in c.semanas) for c in apartes]
            hechas = [(t.rotulo, t.recibidas, t.decididas) for t in juntas.tipos]
            assert [t for t in hechas if t[0] in ("Invalidez", "Juguete")] == [
                (rotulo, c.recibidas, n)
                for rotulo, c, n in zip(("Invalidez", "Juguete"), apartes, decididas, strict=True)
            ]
            assert all(c.tipos == juntas.tipos for c in apartes)
        apartes = [cifras(date(2024, 1, 1), HOY, HOY, clave) for clave in ("invalidez", "permiso")]
        assert all(c.recibidas and c.mediana is not None for c in apartes)


@pytest.mark.parametrize(("otras", "quedan"), [(0, True), (1, False)])
def test_lo_sumado_antes_es_del_unico_tramite_que_habia(historia, otras, quedan):
    """A database of the version before: its sums are told whose they are, or added up again."""
    cerrar_dias(hoy=HOY)
    bien, de_las_filas = guardado(), todas()
    Cifra.objects.filter(tramite="").delete()
    Cifra.objects.update(tramite="")  # as they were kept
    GestionFactory.create_batch(otras, tramite="permiso")
    import_module("tramites.migrations.0019_cifras_por_tramite").decir_cual(apps, None)
    assert Cifra.objects.exists() is quedan
    assert todas() == de_las_filas
    assert not quedan or guardado() == [fila for fila in bien if fila[2]]


def test_cerrar_dia_por_dia_deja_lo_mismo_que_rehacer(historia):
    for n in range(160, -1, -7):
        cerrar_dias(hoy=HOY - n * DIA)
    cerrar_dias(hoy=HOY)
    dia_por_dia = guardado()
    assert {g for g, *_ in dia_por_dia} == set(Grano.values)
    cerrar_dias(hoy=HOY, todo=True)
    assert guardado() == dia_por_dia
    cerrar_dias(hoy=HOY)
    assert guardado() == dia_por_dia


def test_lo_que_llego_tarde_a_un_dia_cerrado_entra_en_la_siguiente_suma(historia):
    cerrar_dias(hoy=HOY)
    enviar(GestionFactory(), 1, momento(HOY - 2 * DIA, random.Random(1)))
    cerrar_dias(hoy=HOY)
    incremental = guardado()
    cerrar_dias(hoy=HOY, todo=True)
    assert guardado() == incremental


def test_dias_que_un_reloj_adelantado_cerro_se_cuentan_de_las_filas(historia):
    """What was closed before it ended goes on: the page does not wait for the next sum to be right."""
    cerrar_dias(hoy=HOY + 3 * DIA)
    enviar(GestionFactory(), 1, momento(HOY, random.Random(1)))
    del_adelantado = todas()
    cerrar_dias(hoy=HOY)
    assert todas() == del_adelantado


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_muchos_que_cierran_a_la_vez_lo_hacen_uno_tras_otro(historia):
    """From nothing, and over what was closed: none fails, and the sums are those of one."""
    for _ in range(2):
        assert carreras.correr(lambda _: cerrar_dias(hoy=HOY)) == [HOY - DIA] * carreras.HILOS
    hecho = guardado()
    cerrar_dias(hoy=HOY, todo=True)
    assert guardado() == hecho


def test_solo_se_cierra_lo_que_termino(historia):
    cerrar_dias(hoy=HOY)
    assert not Cifra.objects.filter(desde__gte=HOY).exists()
    semanas = Cifra.objects.filter(grano=Grano.SEMANA)
    assert semanas.exists()
    assert all(c.desde.weekday() == 0 and c.desde + 6 * DIA < HOY for c in semanas)


def test_el_comando_rehace_lo_que_alguien_estropeo(historia, capsys):
    call_command("rehacer_cifras")
    bien = guardado()
    Cifra.objects.filter(concepto=Concepto.ENVIO).update(n=7)
    Cifra.objects.filter(concepto=Concepto.PREVIO).delete()
    call_command("rehacer_cifras")
    assert guardado() == bien
    assert "Cifras sumadas hasta el" in capsys.readouterr().out


@pytest.mark.parametrize(("horas", "dias"), [(0, 0), (11, 0), (12, 1), (35, 1), (36, 2), (24 * 40, 40)])
def test_la_espera_se_cuenta_en_dias_enteros_los_mas_cercanos(horas, dias):
    llegada = momento(HOY - 60 * DIA, random.Random(1))
    fin = llegada + timedelta(hours=horas)
    enviar(GestionFactory(estado="ADMITIDA", recibida_en=llegada, admitida_en=fin), 1, llegada)
    assert cifras(HOY - 90 * DIA, HOY, HOY).mediana == dias


@pytest.mark.parametrize(
    ("esperas", "parte", "valor"),
    [([], 0.5, None), ([4], 0.9, 4), ([1, 9], 0.5, 1), ([1, 2, 9], 0.5, 2), (range(1, 11), 0.9, 9)],
)
def test_el_cuantil_es_el_valor_de_un_caso(esperas, parte, valor):
    conteo = dict.fromkeys(esperas, 1)
    assert _cuantil(type(Cifra.objects.contar(HOY, HOY))(conteo), parte) == valor


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("consulta", "indice"),
    [
        (
            lambda: Cifra.objects.filter(grano=Grano.DIA, desde__range=(HOY - 5 * DIA, HOY)),
            "tramites_cifra_una",
        ),
        (
            lambda: Envio.objects.filter(enviado_en__gte=momento(HOY, random.Random(1))),
            "tramites_envio_fecha",
        ),
        (
            lambda: Previo.objects.filter(emitido_en__gte=momento(HOY, random.Random(1))),
            "tramites_previo_fecha",
        ),
        (
            lambda: Gestion.objects.filter(admitida_en__gte=momento(HOY, random.Random(1))).order_by(),
            "tramites_gestion_admitida",
        ),
    ],
)
def test_lo_de_un_dia_se_halla_por_su_indice(historia, consulta, indice):
    """Whatever is not closed is found by its date, however much there is behind."""
    cerrar_dias(hoy=HOY)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SET LOCAL enable_seqscan = off")  # sixty rows are cheaper to read whole
    assert indice in consulta().explain()
