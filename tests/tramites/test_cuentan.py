"""The files that count are one set: for the desk, papers, copies and their owner (matriz.md §4, §5)."""

import io
from importlib import import_module
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from mesa.consultas.exportacion import escribir
from tests.fabricas import DocumentoFactory
from tests.tramites import escenas
from tests.tramites.ciudadano.lectura import palabras
from tramites.acciones.admitir import admitir
from tramites.acciones.imprimir import imprimir_admision, imprimir_constancia
from tramites.acciones.tomar import tomar
from tramites.consultas.expediente import Expediente, abrir
from tramites.models import Gestion, Veredicto
from tramites.reglas.correccion import Correccion
from tramites.reglas.rechazos import AccionRechazada


@pytest.fixture
def analista(db):
    return escenas.analista()


@pytest.fixture
def con_anulado(titular, analista) -> Gestion:
    """Renglón 1 loaded, step 2 changed, confirmed again, another loaded without deleting the first; sent."""
    gestion = escenas.con_archivos(titular)
    gestion.documentos.filter(renglon=1).update(nombre="anulado.pdf")
    escenas.guardar(gestion, "beneficiario", profesion="ENFERMERA")
    escenas.rehacer(gestion)
    escenas.adjuntar(Gestion.de(titular, gestion.numero), 1, nombre="bueno.pdf")
    escenas.mandar(Gestion.de(titular, gestion.numero))
    return tomar(numero=gestion.numero, actor=analista, ahora=timezone.now())


def nombres(documentos) -> list[str]:
    return [d.nombre for d in documentos if d.renglon == 1]


def escrito(papel) -> str:
    with papel.open("rb") as pdf:
        return " ".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf.read())).pages)


def test_un_formulario_anulado_esta_aparte_en_la_mesa(con_anulado, analista):
    renglones = Expediente(abrir(con_anulado.numero), timezone.localdate()).renglones
    uno = next(r for r in renglones if r.clave == 1)
    assert (nombres(uno.archivos), nombres(uno.anteriores)) == (["bueno.pdf"], ["anulado.pdf"])
    navegador = Client()
    navegador.force_login(analista)
    pagina = navegador.get(reverse("revision", args=[con_anulado.numero]))
    assert pagina.context["visor"]["documento"].nombre == "bueno.pdf"
    assert "Versiones anteriores (1)" in palabras(pagina)


def test_un_formulario_anulado_no_sale_verificado(con_anulado, analista, titular):
    """Neither for its owner nor on the papers; the copy tells it apart."""
    gestion = escenas.observar_en(con_anulado, analista, {}, {})
    admitir(numero=gestion.numero, actor=analista, version=gestion.version, ahora=timezone.now())
    gestion = Gestion.de(titular, gestion.numero)
    correccion = Correccion(gestion)
    assert nombres(d for d in gestion.documentos_vigentes if correccion.verificado(d)) == ["bueno.pdf"]
    for papel in (imprimir_constancia(gestion.ultimo_envio), imprimir_admision(gestion)):
        assert "bueno.pdf" in escrito(papel)
        assert "anulado.pdf" not in escrito(papel)
    salida = io.BytesIO()
    escribir(Expediente(abrir(gestion.numero), timezone.localdate()), salida, quien="X", ahora=timezone.now())
    indice = ZipFile(salida).read("indice.txt").decode()
    assert [linea for linea in indice.splitlines() if "anulado.pdf" in linea and "no cuenta" in linea]


def test_el_previo_no_salva_a_un_formulario_anulado(con_anulado, analista, titular):
    """E9: the case names the good one, but that says nothing of the void one."""
    bueno = con_anulado.documentos.get(nombre="bueno.pdf")
    caso = {"texto": escenas.FIRMA, "archivos": (bueno.pk,)}
    escenas.devolver(escenas.observar_en(con_anulado, analista, {1: caso}, {}), analista)
    gestion = Gestion.de(titular, con_anulado.numero)
    correccion = Correccion(gestion)
    assert nombres(d for d in gestion.documentos_vigentes if correccion.verificado(d)) == []
    assert [d.nombre for d in correccion.observados_presentes()] == ["bueno.pdf"]


def test_un_archivo_nuevo_pide_otro_veredicto_antes_de_admitir(titular, analista):
    """B7.3: «Otros» grew after it was verified."""
    gestion = escenas.tomada(titular, analista)
    DocumentoFactory(gestion=gestion, renglon=8, envio=gestion.ultimo_envio)
    escenas.observar_en(Gestion.objects.get(pk=gestion.pk), analista, {}, {})
    escenas.subir(Gestion.de(titular, gestion.numero), 8)
    gestion = Gestion.objects.get(pk=gestion.pk)
    navegador = Client()
    navegador.force_login(analista)
    assert "Hay un archivo nuevo desde su veredicto." in palabras(
        navegador.get(reverse("revision", args=[gestion.numero]))
    )
    with pytest.raises(AccionRechazada, match="Falta revisar: 8"):
        escenas.devolver(gestion, analista)
    with pytest.raises(AccionRechazada, match="8 sin «Verificado»"):
        admitir(numero=gestion.numero, actor=analista, version=gestion.version, ahora=timezone.now())
    gestion = escenas.dictaminar(gestion, analista, renglon=8)
    admitir(numero=gestion.numero, actor=analista, version=gestion.version, ahora=timezone.now())


def test_lo_retirado_antes_de_reenviar_no_cuenta_y_conto_en_su_ronda(titular, analista):
    """E4: hidden and kept; the office reads what was sent, each time."""
    gestion = escenas.observada(titular, analista)
    observado = next(d for d in gestion.documentos.all() if d.renglon == 1)
    antes = gestion.previos.get().emitido_en
    escenas.remandar(escenas.reponer(gestion, 1))
    gestion = Gestion.de(titular, gestion.numero)
    [nuevo] = [d for d in gestion.documentos_que_cuentan if d.renglon == 1]
    assert nuevo != observado
    assert [d for d in gestion.documentos_al(antes) if d.renglon == 1] == [observado]


def test_lo_verificado_en_una_ronda_sigue_siendo_de_los_mismos_archivos(titular, analista):
    gestion = escenas.reponer(escenas.observada(titular, analista), 1)
    escenas.remandar(gestion)
    for nuevo in Veredicto.objects.filter(gestion=gestion.pk, ronda=2):
        viejo = Veredicto.objects.get(gestion=gestion.pk, ronda=1, renglon=nuevo.renglon)
        assert set(nuevo.vistos.all()) == set(viejo.vistos.all()) != set()


def test_los_veredictos_de_antes_reciben_los_archivos_que_vieron(con_anulado, analista):
    """Existing rows: the migration writes what the action writes today."""
    escenas.observar_en(con_anulado, analista, {}, {})
    esperados = {v.pk: set(v.vistos.all()) for v in Veredicto.objects.all()}
    Veredicto.vistos.through.objects.all().delete()
    migracion = import_module("tramites.migrations.0009_archivos_del_veredicto")
    migracion.reconstruir(apps, SimpleNamespace(connection=connection))
    assert {v.pk: set(v.vistos.all()) for v in Veredicto.objects.all()} == esperados


def test_contar_no_cuesta_consultas_por_archivo(titular, analista):
    """What is asked under the lock does not grow with the files."""

    def consultas() -> int:
        with CaptureQueriesContext(connection) as hechas:
            escenas.dictaminar(gestion, analista, renglon=5)
        return len(hechas)

    gestion = escenas.tomada(titular, analista)
    consultas()
    antes = consultas()
    for _ in range(5):
        DocumentoFactory(gestion=gestion, renglon=5, envio=gestion.ultimo_envio)
    consultas()
    assert consultas() <= antes + 1
