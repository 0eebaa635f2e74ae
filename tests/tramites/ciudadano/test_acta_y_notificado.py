"""Steps 4 and 5: the acta that is read, the confirmation, and the paper that comes out."""

import io
from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse
from pypdf import PdfReader

from bitacora.models import Evento
from tests.tramites import escenas
from tramites.models import Gestion, VersionFormulario

from .lectura import arbol, avisos, botones, campos, errores, leer_acta, palabras, texto

# Late evening in Guatemala: the next day in UTC.
NOCHE = datetime(2026, 5, 21, 4, 30, tzinfo=UTC)
VISPERA = datetime(2026, 5, 21, 5, 59, tzinfo=UTC)
PASADA_LA_MEDIANOCHE = datetime(2026, 5, 21, 6, 1, tzinfo=UTC)
DIA_SIGUIENTE = datetime(2026, 5, 21, 14, 0, tzinfo=UTC)


@pytest.fixture
def en_el_acta(titular):
    return escenas.hasta_acta(titular)


def test_el_acta_solo_se_lee(cliente, en_el_acta, paso):
    """B4.1, B4.3: name, CUI 4-5-4 and months are the Gestión's own; there is nothing to fill."""
    pagina = cliente.get(paso(en_el_acta, "acta"))
    cui = en_el_acta.titular_cui
    assert "YO: ROSALINDA TZOC BARRERA me identifico" in palabras(pagina)
    assert f"con CUI {cui[:4]} {cui[4:9]} {cui[9:]} extendido" in palabras(pagina)
    assert set(campos(pagina)) == {"csrfmiddlewaretoken", "vista"}
    assert botones(pagina) == ["Continuar"]
    assert not arbol(pagina).findall(".//main//textarea")


def test_continuar_en_el_acta_queda_en_el_historial(cliente, en_el_acta, paso):
    """Each «Continuar» of the person is an act of the log, that of the acta too."""
    leer_acta(cliente, paso(en_el_acta, "acta"))
    evento = Evento.objects.filter(gestion=en_el_acta.numero).latest("pk")
    assert (evento.tipo, evento.datos) == ("paso_guardado", {"paso": 4, "clave": "acta"})


def test_la_fecha_del_acta_es_la_de_guatemala_y_se_repite_arriba(client, titular, paso):
    """B4.1, B4.3: at 22:30 of the 20th it is still the 20th; FECHA says the same."""
    with time_machine.travel(NOCHE, tick=False):
        client.force_login(titular)
        pagina = client.get(paso(escenas.hasta_acta(titular, NOCHE), "acta"))
    assert "el VEINTE DE MAYO DE DOS MIL VEINTISÉIS (20-05-2026), YO:" in palabras(pagina)
    assert "FECHA 20-05-2026" in palabras(pagina)


def test_si_cambio_el_dia_se_muestra_el_acta_otra_vez(client, titular, paso):
    """B4.3: confirming on another day goes back to step 4, and fixes nothing."""
    with time_machine.travel(NOCHE, tick=False):
        client.force_login(titular)
        gestion = escenas.hasta_acta(titular, NOCHE)
        leer_acta(client, paso(gestion, "acta"))
    with time_machine.travel(DIA_SIGUIENTE, tick=False):
        client.force_login(titular)
        respuesta = client.post(paso(gestion, "notificado"), {"confirmo": "on"}, follow=True)
        assert respuesta.redirect_chain == [(paso(gestion, "acta"), 302)]
        assert avisos(respuesta) == ["Cambió la fecha del acta. Léala otra vez y presione «Continuar»."]
        assert not VersionFormulario.objects.exists()
        leer_acta(client, paso(gestion, "acta"))
        client.post(paso(gestion, "notificado"), {"confirmo": "on"})
    assert f"{VersionFormulario.objects.get().fecha_acta:%d-%m-%Y}" == "21-05-2026"


def test_el_acta_vista_antes_de_medianoche_se_muestra_otra_vez(client, titular, paso):
    """B4.3: shown at 23:59, «Continuar» at 00:01: nothing is noted until the new date is seen."""
    with time_machine.travel(VISPERA, tick=False):
        client.force_login(titular)
        gestion = escenas.hasta_acta(titular, VISPERA)
        vista = campos(client.get(paso(gestion, "acta")))
    with time_machine.travel(PASADA_LA_MEDIANOCHE, tick=False):
        respuesta = client.post(paso(gestion, "acta"), vista, follow=True)
        assert respuesta.redirect_chain == [(paso(gestion, "acta"), 302)]
        assert avisos(respuesta) == ["Cambió la fecha del acta. Léala otra vez y presione «Continuar»."]
        assert "FECHA 21-05-2026" in palabras(respuesta)
        assert not gestion.respuestas.filter(paso="acta").exists()
        seguir = client.post(paso(gestion, "acta"), campos(respuesta))
    assert seguir["Location"] == paso(gestion, "notificado")


def test_confirmada_el_acta_conserva_su_fecha(client, titular, paso):
    """B4.3: a later day shows the frozen date."""
    with time_machine.travel(NOCHE, tick=False):
        gestion = escenas.hasta_documentos(titular, NOCHE)
    with time_machine.travel(DIA_SIGUIENTE, tick=False):
        client.force_login(titular)
        assert "FECHA 20-05-2026" in palabras(client.get(paso(gestion, "acta")))


def test_el_paso_5_tiene_su_casilla_su_nota_y_sus_botones_abiertos(cliente, en_el_acta, paso):
    """B5.1, B5.2, B5.3: numeral 2 with its number; no button is disabled in what is served."""
    leer_acta(cliente, paso(en_el_acta, "acta"))
    pagina = cliente.get(paso(en_el_acta, "notificado"))
    leido = palabras(pagina)
    assert "CONFIRMO QUE HE LEÍDO ÍNTEGRAMENTE" in leido
    assert "(Debe marcar LA CONFIRMACIÓN para poder CONTINUAR)" in leido
    assert "2. La persona que solicite Pensión Civil por Invalidez" in leido
    assert botones(pagina) == ["Guardar y Descargar", "Continuar"]
    assert not arbol(pagina).findall(".//*[@disabled]")
    assert "Fírmelo en los dos lugares señalados: el formulario y el acta." in leido


@pytest.mark.parametrize("datos", [{}, {"accion": "continuar"}, {"accion": "descargar"}, {"confirmo": ""}])
def test_sin_la_marca_el_servidor_lo_dice(cliente, en_el_acta, paso, datos):
    """B5.2, B5.3: with either button, and with a form that brings nothing."""
    leer_acta(cliente, paso(en_el_acta, "acta"))
    respuesta = cliente.post(paso(en_el_acta, "notificado"), datos)
    assert respuesta.status_code == 200
    assert errores(respuesta) == ["Debe marcar la confirmación para poder continuar."]
    assert texto(arbol(respuesta).find(".//title")).startswith("Error: ")
    assert not VersionFormulario.objects.exists()


def test_continuar_no_exige_la_descarga_pero_avisa(cliente, en_el_acta, paso):
    """B5.3: and once downloaded it says no more."""
    leer_acta(cliente, paso(en_el_acta, "acta"))
    confirmar = {"confirmo": "on", "accion": "continuar"}
    respuesta = cliente.post(paso(en_el_acta, "notificado"), confirmar, follow=True)
    assert respuesta.redirect_chain == [(paso(en_el_acta, "documentos"), 302)]
    assert avisos(respuesta) == [
        "Todavía no ha descargado el formulario. Lo necesita firmado como documento 1."
    ]
    cliente.post(paso(en_el_acta, "notificado"), confirmar | {"accion": "descargar"})
    assert avisos(cliente.post(paso(en_el_acta, "notificado"), confirmar, follow=True)) == []


def test_guardar_y_descargar_entrega_un_pdf_con_todo(cliente, en_el_acta, paso):
    """B5.3, B4.3: one PDF of steps 1-5 with both places to sign; the same bytes later, and to resume."""
    leer_acta(cliente, paso(en_el_acta, "acta"))
    datos = {"confirmo": "on", "accion": "descargar"}
    respuesta = cliente.post(paso(en_el_acta, "notificado"), datos, follow=True)
    contenido = respuesta.getvalue()
    leido = " ".join(" ".join(p.extract_text() for p in PdfReader(io.BytesIO(contenido)).pages).split())
    for frase in (
        f"Gestión No. {en_el_acta.numero}",
        "I. DATOS GENERALES DEL(A) SERVIDOR(A) PÚBLICO(A) QUE SOLICITA",
        "DECLARO BAJO JURAMENTO QUE",
        "FIRMA DEL SOLICITANTE",
        "ACTA DE RATIFICACIÓN",
        "Firma del solicitante:",
        "QUEDO ENTERADO(A) QUE:",
    ):
        assert frase in leido
    pdf = reverse("formulario_pdf", args=[en_el_acta.numero])
    assert cliente.get(pdf).getvalue() == contenido
    cliente.post(paso(en_el_acta, "notificado"), datos)
    assert cliente.get(pdf).getvalue() == contenido


def test_antes_de_confirmar_no_hay_formulario_que_descargar(cliente, en_el_acta):
    """matriz.md §3 `descargar_formulario`: 409, with what to do."""
    respuesta = cliente.get(reverse("formulario_pdf", args=[en_el_acta.numero]))
    assert respuesta.status_code == 409
    assert "Primero confirme el paso 5." in palabras(respuesta)


def test_tras_anularse_no_se_descarga_el_anterior(cliente, titular):
    """B4.3: what lost its force is not served as if it stood."""
    gestion = escenas.hasta_documentos(titular)
    escenas.guardar(gestion, "datos-generales", segundo_nombre="ANA")
    assert cliente.get(reverse("formulario_pdf", args=[gestion.numero])).status_code == 409
    assert Gestion.de(titular, gestion.numero).formulario_vigente is None
