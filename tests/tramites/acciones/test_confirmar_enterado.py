"""Step 5 freezes the form."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests.tramites import escenas
from tramites.acciones.confirmar_enterado import confirmar_enterado
from tramites.acciones.imprimir import imprimir_formulario
from tramites.models import Gestion, VersionFormulario
from tramites.reglas.rechazos import AccionRechazada, Conflicto, PasoPendiente

MANANA_UTC = datetime(2026, 3, 11, 2, 30, tzinfo=UTC)  # 20:30 of 10 March in Guatemala


def confirmar(gestion, ahora, descarga=False):
    return confirmar_enterado(
        numero=gestion.numero, actor=gestion.solicitante, descarga=descarga, ahora=ahora
    )


def test_la_fecha_del_acta_es_la_de_guatemala(titular):
    """B4.3: between 18:00 and 24:00 the UTC day is already another."""
    gestion = escenas.hasta_documentos(titular, MANANA_UTC)
    assert f"{gestion.formulario_vigente.fecha_acta:%d-%m-%Y}" == "10-03-2026"


def test_si_cambia_el_dia_el_acta_se_lee_otra_vez(titular):
    """B4.3: the date that is fixed is the one that was seen."""
    gestion = escenas.hasta_acta(titular, MANANA_UTC)
    escenas.leer(gestion, MANANA_UTC)
    with pytest.raises(PasoPendiente) as rechazo:
        confirmar(gestion, MANANA_UTC + timedelta(hours=8))
    assert rechazo.value.paso.clave == "acta"
    assert not VersionFormulario.objects.exists()


def test_confirmar_dos_veces_es_la_misma_version(titular):
    """B4.3: a second «Guardar y Descargar» gives the same paper."""
    gestion = escenas.hasta_documentos(titular)
    assert confirmar(gestion, gestion.creada_en) == gestion.formulario_vigente
    assert VersionFormulario.objects.count() == 1


def test_lo_que_ya_no_vale_hoy_no_se_congela(titular):
    """B7.1: an answer that a newer day or catalogue made invalid sends the person back to it."""
    gestion = escenas.hasta_acta(titular)
    escenas.leer(gestion, gestion.ultima_accion_en)
    respuesta = gestion.respuestas.get(paso="beneficiario")
    respuesta.valores |= {"genero": "YA-NO-EXISTE"}
    respuesta.save()
    with pytest.raises(PasoPendiente) as rechazo:
        confirmar(gestion, gestion.ultima_accion_en)
    assert rechazo.value.paso.clave == "beneficiario"


def test_lo_congelado_guarda_lo_que_se_leia(titular):
    """B4.3: option names, not only codes, so that no later catalogue changes the paper."""
    congelado = escenas.hasta_documentos(titular).formulario_vigente.congelado()
    assert ["Género", "Femenino"] in [list(par) for par in congelado.pasos["beneficiario"]["legibles"]]
    assert congelado.nombre_completo == "ROSALINDA TZOC BARRERA"


def test_el_pdf_es_el_mismo_byte_por_byte(titular):
    """B4.3: rendered once per version and kept."""
    version = escenas.hasta_documentos(titular).formulario_vigente
    primero = imprimir_formulario(version).open("rb").read()
    nombre = VersionFormulario.objects.get().pdf.name
    segundo = imprimir_formulario(VersionFormulario.objects.get()).open("rb").read()
    assert primero == segundo
    assert primero.startswith(b"%PDF-")
    assert VersionFormulario.objects.get().pdf.name == nombre


def test_tras_un_cambio_hay_version_nueva(titular):
    """B4.3: the number of the version grows, and the old one stays, voided."""
    gestion = escenas.hasta_documentos(titular)
    escenas.guardar(gestion, "datos-generales", tercer_nombre="ABRIL")
    for clave in ("beneficiario", "juramento"):
        escenas.guardar(gestion, clave, **({"tercer_nombre": "ABRIL"} if clave == "beneficiario" else {}))
    escenas.leer(gestion, gestion.ultima_accion_en)
    nueva = confirmar(gestion, gestion.ultima_accion_en)
    assert nueva.n == 2
    assert Gestion.de(titular, gestion.numero).formulario_vigente == nueva


def test_los_textos_de_onsec_se_congelan_con_el_formulario(titular):
    """B4.3, B5.1: what staff edit afterwards does not reach a paper already confirmed."""
    version = escenas.hasta_documentos(titular).formulario_vigente
    assert version.congelado().textos == {"enterado_1": ""}


def test_un_papel_imposible_es_una_frase_y_no_una_falla(titular, monkeypatch):
    """S29: what cannot be printed is refused with what to do."""
    monkeypatch.setattr("papeles.generar.MAXIMO_PAPEL", 10)
    with pytest.raises(AccionRechazada, match="Intente de nuevo en unos minutos"):
        imprimir_formulario(escenas.hasta_documentos(titular).formulario_vigente)


# ── returned with a case of a step (E8, matriz.md §3) ────────────────────────────


def test_la_correccion_se_confirma_con_version_nueva(titular):
    """matriz.md §3: «T, si hubo caso de paso»; acta and step 5 again, with today's date."""
    gestion = escenas.observada(titular, pasos={"beneficiario": "FALTA EL TELÉFONO."})
    with pytest.raises(PasoPendiente) as rechazo:
        confirmar(gestion, timezone.now())
    assert rechazo.value.paso.clave == "beneficiario"
    escenas.guardar(gestion, "beneficiario", telefono="44445555")
    with pytest.raises(PasoPendiente) as rechazo:
        confirmar(gestion, timezone.now())
    assert rechazo.value.paso.clave == "acta"
    nueva = escenas.rehacer(gestion).formulario_vigente
    assert (nueva.n, nueva.fecha_acta) == (2, timezone.localdate())
    assert nueva.contenido["pasos"]["beneficiario"]["valores"]["telefono"] == "+50244445555"


def test_sin_caso_de_paso_no_hay_nada_que_confirmar(titular):
    """matriz.md §3: 409."""
    gestion = escenas.observada(titular)
    with pytest.raises(Conflicto):
        confirmar(gestion, timezone.now())
    with pytest.raises(Conflicto):
        escenas.leer(gestion)


def test_lo_que_onsec_no_observo_no_se_revalida(titular):
    """matriz.md §4: a closed step that no longer holds today is frozen as it was sent."""
    gestion = escenas.observada(titular, pasos={"juramento": "FALTA EL DETALLE."})
    respuesta = gestion.respuestas.get(paso="beneficiario")
    enviada = gestion.formulario_vigente.contenido["pasos"]["beneficiario"]
    respuesta.valores |= {"genero": "YA-NO-EXISTE"}
    respuesta.save()
    nueva = escenas.rehacer(gestion, "juramento").formulario_vigente
    assert (nueva.n, nueva.contenido["pasos"]["beneficiario"]) == (2, enviada)


@pytest.mark.parametrize("escena", [escenas.enviada_sin_papeles, escenas.admitida])
def test_lo_que_onsec_tiene_no_se_confirma(titular, escena):
    """matriz.md §3: 409."""
    with pytest.raises(Conflicto):
        confirmar(escena(titular), timezone.now())
