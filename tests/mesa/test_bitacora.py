"""The log for auditoría: what it finds, what it takes away, and who may only verify it."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bitacora.models import Evento
from bitacora.sellado import sellar
from cuentas.models import Usuario
from tests.arquitectura.matriz import SIN_GESTION
from tests.tramites import escenas
from tests.tramites.ciudadano.lectura import avisos, botones, errores, filas, palabras

pytestmark = pytest.mark.django_db
Papel = Usuario.Papel
CLAVES = {
    Papel.ANALISTA: "A",
    Papel.JEFATURA: "J",
    Papel.ADMINISTRACION: "D",
    Papel.AUDITORIA: "U",
    Papel.CONSULTA: "K",
}


@pytest.fixture
def auditora(entrar):
    return entrar(Papel.AUDITORIA)


def buscar(navegador, **datos):
    return navegador.get(reverse("bitacora"), datos)


def actos(respuesta) -> list[str]:
    return [fila[3] for fila in filas(respuesta)]


def exportar(navegador, **datos) -> list[list[str]]:
    respuesta = navegador.post(reverse("exportar_bitacora"), datos)
    texto = b"".join(respuesta.streaming_content).decode()
    return list(csv.reader(io.StringIO(texto.removeprefix("\ufeff"))))


@pytest.mark.parametrize("papel", CLAVES)
@pytest.mark.parametrize("nombre", SIN_GESTION)
def test_cada_papel_hace_lo_que_dice_la_matriz(entrar, papel, nombre):
    """matriz.md §3 «bitácora: buscar, exportar, verificar | U (D: solo verificar)», S17."""
    direccion = reverse(nombre)
    navegador = entrar(papel)
    respuesta = navegador.get(direccion) if nombre == "bitacora" else navegador.post(direccion)
    # D reaches the page, where only «Verificar» awaits.
    permitidos = SIN_GESTION["verificar_bitacora" if nombre == "bitacora" else nombre].split()
    assert (respuesta.status_code < 400) is (CLAVES[papel] in permitidos)
    if respuesta.status_code >= 400:
        assert respuesta.status_code == 403


def test_para_la_persona_no_existe(cliente):
    for nombre in SIN_GESTION:
        direccion = reverse(nombre)
        metodo = cliente.get if nombre == "bitacora" else cliente.post
        assert metodo(direccion).status_code == 404


def test_administracion_solo_verifica(entrar, recibida):
    """matriz.md §3: neither a search nor a row."""
    pagina = buscar(entrar(Papel.ADMINISTRACION), gestion=recibida.numero)
    assert botones(pagina) == ["Verificar"]
    assert "Creó la Gestión" not in palabras(pagina)


def test_se_busca_por_gestion_acto_fecha_y_persona(auditora, recibida, analista, mesa, pagina):
    """F3, matriz.md §3; each filter by itself."""
    otra = escenas.nueva(escenas.titular(primer_nombre="FIDELIA", primer_apellido="XOL"))
    mesa.get(pagina("revision", recibida))
    assert set(actos(buscar(auditora, gestion=otra.numero))) == {"Creó la Gestión"}
    assert len(actos(buscar(auditora, tipo="gestion_creada"))) == 2
    hoy = f"{timezone.localdate():%d/%m/%Y}"
    assert actos(buscar(auditora, desde=hoy, hasta=hoy, tipo="enviada")) == ["Envió la solicitud a ONSEC"]
    assert actos(buscar(auditora, hasta="31/12/2020")) == []
    for persona in ("fidelia xol", otra.solicitante.cui, otra.solicitante.email):
        assert actos(buscar(auditora, persona=persona, tipo="gestion_creada")) == ["Creó la Gestión"]
    (lectura,) = filas(buscar(auditora, tipo="expediente_leido"))
    assert lectura[2:] == [str(recibida.numero), "ONSEC leyó el expediente", "—", f"{analista} · Analista"]


def test_lo_que_no_se_entiende_se_dice_y_no_se_deja_de_filtrar_en_silencio(auditora, recibida):
    """mensajes.md §3: an audit that ignores a filter would lie."""
    respuesta = buscar(auditora, desde="ayer", gestion="doce", tipo="nada")
    assert len(errores(respuesta)) == 3
    assert filas(respuesta) == []
    assert buscar(auditora, gestion="9" * 30, persona="a\x00b").status_code == 200


def test_nadie_lee_lo_de_la_gestion_de_su_propio_cui(entrar, recibida):
    """matriz.md §2, S18."""
    propia = entrar(escenas.analista(papel="auditoria", cui=recibida.titular_cui))
    assert actos(buscar(propia, gestion=recibida.numero)) == []
    assert len(exportar(propia, gestion=recibida.numero)) == 1


def test_se_exporta_lo_que_se_busco_y_queda_anotado_sin_lo_escrito(auditora, recibida):
    """matriz.md §3: CSV in the order of the acts; the log keeps which filters, not what was typed (S45)."""
    rotulos, *registros = exportar(auditora, gestion=recibida.numero, persona=recibida.solicitante.email)
    assert rotulos[0] == "Registro"
    assert [r[3] for r in registros][-1] == "Creó la Gestión"
    assert registros[0][6] == Evento.objects.get(pk=registros[0][0]).resumen
    evento = Evento.objects.get(tipo="bitacora_exportada")
    assert evento.datos == {"registros": len(registros), "filtros": ["gestion", "persona"]}


@pytest.mark.parametrize("signo", "=+-@")
def test_una_hoja_de_calculo_no_toma_un_nombre_por_formula(auditora, signo):
    """S34."""
    escenas.nueva(escenas.titular(primer_nombre=f"{signo}HYPERLINK(1)", segundo_nombre=""))
    _, registro = exportar(auditora, tipo="gestion_creada")
    assert registro[5].startswith(f"'{signo}HYPERLINK(1)")


def test_una_exportacion_mal_pedida_no_exporta(auditora):
    respuesta = auditora.post(reverse("exportar_bitacora"), {"desde": "ayer"})
    assert errores(respuesta) == ["Escriba la fecha así: 31/12/1980."]
    assert not Evento.objects.filter(tipo="bitacora_exportada").exists()


def test_verificar_dice_si_la_cadena_se_sostiene(auditora, recibida):
    """S44: whole; and, with an event older than ten minutes that nobody sealed, which one."""
    verificar = reverse("verificar_bitacora")
    sellar(ahora=timezone.now())
    (dicho,) = avisos(auditora.post(verificar, follow=True))
    assert dicho.startswith("La bitácora está íntegra. Sellos: ")
    viejo = Evento.objects.registrar("gestion_creada", ahora=timezone.now() - timedelta(hours=1))
    (dicho,) = avisos(auditora.post(verificar, follow=True))
    assert dicho == f"La bitácora no está íntegra. Evento {viejo.pk}: lleva más de diez minutos sin sello."


def test_la_pagina_hace_las_mismas_consultas_con_uno_que_con_muchos(
    auditora, titular, django_assert_max_num_queries
):
    """arquitectura.md «Lists»: a fixed number of queries."""
    escenas.nueva(titular)
    with django_assert_max_num_queries(20) as pocas:
        buscar(auditora)
    for _ in range(10):
        escenas.enviada_sin_papeles(titular)
    with django_assert_max_num_queries(len(pocas)):
        buscar(auditora)
