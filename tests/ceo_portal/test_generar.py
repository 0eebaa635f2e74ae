"""`generar_gestiones`: thousands of Gestiones that nobody could tell from those that people made."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from bitacora.models import Evento, PorSellar, Sello
from bitacora.sellado import sellar
from bitacora.verificacion import verificar
from ceo_portal.demo.generacion import carga, personas
from ceo_portal.demo.generacion import generar as modulo
from ceo_portal.demo.generacion.generar import generar
from ceo_portal.demo.generacion.historias import HISTORIAS, desistir_del_borrador
from ceo_portal.demo.generacion.obra import completar
from ceo_portal.demo.gestos import Reloj, revisar
from cuentas.demo import sembrar_cuentas
from cuentas.models import Usuario
from mesa.consultas.estadisticas import cifras
from notificaciones.models import Correo
from territorio import cui as reglas_cui
from territorio.consultas import codigos_municipios
from tests.fabricas import CiudadanoFactory
from tests.tramites import escenas
from tramites.acciones.admitir import admitir
from tramites.models import Documento, Envio, Estado, Gestion, Palabra, VersionFormulario
from tramites.models.cifra import Cifra
from tramites.plazo import archivar_el
from tramites.reglas.correccion import Correccion
from tramites.reglas.revision import sin_verificar, veredictos_de

N = 300
CORTAS = (completar, desistir_del_borrador)
ESQUEMA = """
SELECT 'llave', conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated::text
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT 'indice', indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid),
    indisvalid::text FROM pg_index WHERE indrelid::regclass::text !~ '^pg_'
UNION ALL SELECT 'disparador', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), tgenabled::text
FROM pg_trigger WHERE NOT tgisinternal
ORDER BY 1, 2, 3
"""


def esquema() -> list[tuple[str, ...]]:
    """Every key, index and trigger, as PostgreSQL describes it."""
    with connection.cursor() as cursor:
        cursor.execute(ESQUEMA)
        return cursor.fetchall()


@contextmanager
def deshaciendo() -> Iterator[None]:
    """As a TestCase: what asks to be durable is not so in here, and nothing stays."""
    todo = transaction.atomic()
    todo._from_testcase = True
    with todo:
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def generada(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Path]:
    """Generated once for all these tests; yields where its anchors are."""
    anclas = tmp_path_factory.mktemp("anclas")
    with django_db_blocker.unblock(), override_settings(RUTA_ANCLAS=anclas), deshaciendo():
        generar(N, ahora=timezone.now(), completas=0.4)
        yield anclas


@pytest.fixture
def base(generada, django_db_blocker, settings) -> Iterator[None]:
    """That base, as it was generated."""
    settings.RUTA_ANCLAS = generada
    with django_db_blocker.unblock(), deshaciendo():
        yield


@pytest.fixture
def pocas_historias(monkeypatch) -> None:
    """What just came in, and drafts that are over: played in no time."""
    monkeypatch.setattr(modulo, "HISTORIAS", [h for h in HISTORIAS if h.escenas[-1] in CORTAS])


def una(**filtros: object) -> Gestion:
    """One of those, the newest, with all it holds."""
    gestion = Gestion.objects.filter(**filtros).order_by("-numero").first()
    assert gestion is not None, filtros
    return Gestion.de(gestion.solicitante, gestion.numero)


def completa(estado: str) -> Gestion:
    """One in that state that keeps its whole history."""
    return una(estado=estado, pk__in=Documento.objects.filter(retirado_en=None).values("gestion"))


@pytest.mark.base
def test_hay_de_todo_y_en_su_orden(base):
    """Every state and cause, rounds, names that repeat and accents, and a tray that waits today."""
    gestiones = list(Gestion.objects.order_by("numero"))
    assert len(gestiones) >= N
    assert {g.estado for g in gestiones} == set(Estado.values)
    suyas = [g for g in gestiones if len(g.titular_cui) == 13 and "2000000" <= g.titular_cui[:7] < "4900000"]
    assert [g.creada_en for g in suyas] == sorted(g.creada_en for g in suyas)
    assert suyas[-1].creada_en < timezone.now()
    assert Envio.objects.filter(ronda=3).exists()
    assert Gestion.objects.filter(estado=Estado.RECIBIDA, asignada_a=None).count() > 3
    assert Gestion.objects.filter(estado=Estado.RECIBIDA, asignada_a__isnull=False).exists()
    assert Correo.objects.exclude(estado=Correo.Estado.ENVIADO).filter(gestion__isnull=False).count() == 0
    assert any("Á" in g.titular_nombre or "Ñ" in g.titular_nombre for g in suyas)


@pytest.mark.base
def test_su_bitacora_se_verifica(base):
    """Seals, anchors and digests: nothing waits for its seal."""
    assert verificar(ahora=timezone.now()) is None
    assert Sello.objects.count() == Evento.objects.count() > 5 * N
    assert not PorSellar.objects.exists()


@pytest.mark.base
def test_lo_generado_cumple_las_reglas(base):
    """What the actions promise of each row holds of the copies."""
    for persona in Usuario.objects.filter(tipo=Usuario.Tipo.CIUDADANO):
        assert reglas_cui.validar(persona.cui, codigos_municipios()) == persona.usuario
    for gestion in Gestion.objects.prefetch_related("versiones", "envios", "documentos"):
        assert (
            gestion.campos_de_nombre(gestion.titular_nombre)["titular_busqueda"] == gestion.titular_busqueda
        )
        actos = list(Evento.objects.filter(gestion=gestion.numero).order_by("pk").values_list("ocurrido_en"))
        assert actos == sorted(actos)
        assert actos[-1][0] < timezone.now()
        if gestion.base_plazo:
            assert gestion.archivar_el == archivar_el(gestion.base_plazo, gestion.meses_archivo)
        for version in gestion.versiones.all():
            assert version.resumen == VersionFormulario.resumir(version.contenido)
            assert version.contenido["gestion"] == gestion.numero
            assert version.contenido["cui"] == gestion.titular_cui
        if gestion.documentos.exists():
            _lo_enviado(gestion)


def _lo_enviado(gestion: Gestion) -> None:
    for envio in gestion.envios.all():
        documentos = gestion.documentos_al(envio.enviado_en)
        cuerpo = [envio.version_formulario.resumen, *(f"{d.renglon} {d.sha256}" for d in documentos)]
        assert envio.resumen == hashlib.sha256("\n".join(cuerpo).encode()).hexdigest()
    if gestion.estado == Estado.ADMITIDA:
        assert sin_verificar(gestion, list(veredictos_de(gestion))) == []


@pytest.mark.base
def test_los_formularios_de_lo_generado_valen(base):
    """Answers, catalogues and dates: the very forms take them again."""
    gestion = completa(Estado.RECIBIDA)
    for paso in gestion.definicion.formularios:
        formulario = gestion.formulario(paso, timezone.localdate())
        assert formulario.is_valid(), formulario.errors
        congelado = gestion.ultimo_envio.version_formulario.contenido["pasos"][paso.clave]
        assert [list(p) for p in formulario.legibles()] == congelado["legibles"]


@pytest.mark.base
@pytest.mark.parametrize("estado", Estado.values)
def test_se_abren_como_las_de_cualquiera(base, estado):
    """Short or whole, by its owner and at the desk."""
    analista = Usuario.objects.filter(papel=Usuario.Papel.ANALISTA).order_by("pk")[0]
    navegador = Client()
    for gestion in Gestion.objects.filter(estado=estado).order_by("-numero")[:6]:
        navegador.force_login(gestion.solicitante)
        assert navegador.get(reverse("gestion", args=[gestion.numero])).status_code == 200
        if gestion.recibida_en:
            navegador.force_login(analista)
            assert navegador.get(reverse("revision", args=[gestion.numero])).status_code == 200
            assert navegador.get(reverse("historia", args=[gestion.numero])).status_code == 200


@pytest.mark.base
def test_se_sigue_con_ellas(base):
    """The real actions go on from where a copy stands: admit one, correct another, open a new one."""
    analista = Usuario.objects.filter(papel=Usuario.Papel.ANALISTA).order_by("pk")[0]
    recibida = completa(Estado.RECIBIDA)
    Gestion.objects.filter(pk=recibida.pk).update(asignada_a=None, asignada_en=None)
    revisada = revisar(recibida, analista, Reloj(timezone.now()), {})
    admitir(numero=revisada.numero, actor=analista, version=revisada.version, ahora=timezone.now())
    observada = una(estado=Estado.OBSERVADA, previos__casos__paso="", previos__ronda=1)
    correccion = Correccion(observada)
    assert correccion.pasos == set()
    escenas.remandar(escenas.reponer(observada, *correccion.renglones))
    mayor = Gestion.objects.order_by("-numero")[0].numero
    assert escenas.nueva(escenas.titular()).numero == mayor + 1


@pytest.mark.base
def test_las_cifras_salen_de_ellas(base):
    """The office's figures over what was generated."""
    hoy = timezone.localdate()
    obtenidas = cifras(hoy - timedelta(days=360), hoy - timedelta(days=1), hoy)
    assert obtenidas.recibidas > N / 4
    assert obtenidas.mediana
    assert obtenidas.con_previo
    assert obtenidas.defectos
    assert obtenidas.cargas
    assert sum(b.n for b in obtenidas.estados) == Gestion.objects.exclude(recibida_en=None).count()
    assert Cifra.objects.desde_el_principio()[0] == hoy - timedelta(days=1)


@pytest.fixture
def generadas(pocas_historias, settings, anclas) -> Callable[..., dict[str, list[tuple[object, ...]]]]:
    """Forty, and undone: every row that they left, by its table, in a base that is each time the same."""
    ahora, vez = timezone.now(), count()
    tablas = (*carga.TODAS, PorSellar, Palabra)

    def generar_y_deshacer(**opciones: object) -> dict[str, list[tuple[object, ...]]]:
        settings.RUTA_ANCLAS = shutil.copytree(anclas, anclas.with_name(f"anclas-{next(vez)}"))
        primeras = carga.primeras_claves()
        with deshaciendo():
            generar(40, ahora=ahora, **opciones)
            filas = {t._meta.db_table: list(t.objects.order_by("pk").values_list()) for t in tablas}
        carga.contar_desde(primeras)  # sequences go on after what was undone
        return filas

    sembrar_cuentas(ahora=ahora)
    sellar(ahora=ahora)
    return generar_y_deshacer


@pytest.mark.django_db
def test_la_misma_semilla_da_lo_mismo(generadas):
    """Deterministic, every column of every row; with another seed, other people."""
    una_vez = generadas(semilla=1)
    assert generadas(semilla=1) == una_vez
    assert generadas(semilla=2)["tramites_gestion"] != una_vez["tramites_gestion"]


@pytest.mark.django_db
@pytest.mark.postgresql
def test_sin_disparadores_queda_lo_mismo_que_con_ellos(generadas, monkeypatch):
    """A large load lifts them and writes at once what they write with each row; a small one does not."""
    sin_ellos = generadas()
    monkeypatch.setattr(carga, "despejadas", nullcontext)
    assert generadas() == sin_ellos
    assert sin_ellos["tramites_palabra"]
    assert len(sin_ellos["bitacora_sello"]) == len(sin_ellos["bitacora_evento"])


@pytest.mark.django_db
def test_mas_gente_de_la_que_hay_se_dice_y_no_deja_nada(pocas_historias, monkeypatch):
    """Who fills in the copies is another process: what stops it stops all, with its reason."""
    monkeypatch.setattr(modulo, "inventadas", lambda: personas.PREFIJOS - 20)
    with deshaciendo(), pytest.raises(ValueError, match="personas inventadas"):
        generar(60, ahora=timezone.now())
    assert not Gestion.objects.exists()


@pytest.mark.django_db
def test_dos_veces_se_suman(pocas_historias):
    """A second run goes on with other people."""
    for _ in range(2):
        generar(30, ahora=timezone.now())
    assert Gestion.objects.count() == 60
    assert verificar(ahora=timezone.now()) is None


@pytest.mark.django_db
@pytest.mark.postgresql
def test_indices_llaves_y_disparadores_quedan_como_estaban(pocas_historias, monkeypatch):
    """Exactly, and checked: done or cut half-way."""
    antes = esquema()
    generar(30, ahora=timezone.now())
    assert esquema() == antes
    with monkeypatch.context() as rota:
        rota.setattr(carga, "contar_desde", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            generar(300, ahora=timezone.now())
    assert esquema() == antes
    assert Gestion.objects.count() == 30


@pytest.mark.django_db
def test_no_se_mezcla_con_personas_reales(pocas_historias):
    """Unless it is asked for."""
    CiudadanoFactory(email="persona@ejemplo.gt")
    with pytest.raises(CommandError, match="personas reales"):
        call_command("generar_gestiones", "5")
    call_command("generar_gestiones", "5", "--mezclar")
    assert Gestion.objects.count() == 5


@pytest.mark.django_db
def test_fuera_de_la_demostracion_se_niega(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="demostración"):
        call_command("generar_gestiones", "5")
