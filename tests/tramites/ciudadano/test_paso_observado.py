"""E8: a step that ONSEC returned is re-opened; its paper is void and is signed again."""

import pytest
from django.urls import reverse

from tests.tramites import escenas
from tramites.models import Estado, Gestion, RespuestaPaso

from .lectura import arbol, avisos, botones, campos, errores, filas, leer_acta, palabras, texto

ANULADO = "Usted cambió sus datos. Confirme de nuevo los pasos 4 y 5, y descargue el formulario."
PAPEL = "¿Necesita otra vez el formulario?"
CASO = "DATOS DEL BENEFICIARIO MUNICIPIO DE NACIMIENTO NO COINCIDE."


@pytest.fixture
def gestion(titular) -> Gestion:
    return escenas.observada(titular, pasos={"beneficiario": CASO})


def respuestas(gestion, clave="beneficiario") -> dict:
    return RespuestaPaso.objects.get(gestion=gestion, paso=clave).valores


def lista(pagina) -> list[str]:
    """What the side list says of each step, without the one in hand."""
    return [texto(li) for li in arbol(pagina).findall(".//ol[@class='pasos']/li")]


def test_el_caso_esta_en_la_pagina_del_paso_y_en_la_tabla(cliente, gestion, paso):
    """E1, E8: with what saving will do; the table leads to the step and renglón 1 waits."""
    pagina = palabras(cliente.get(paso(gestion, "beneficiario")))
    assert f"Caso de Previo: {CASO}" in pagina
    assert "Al guardar este paso, el formulario que firmó perderá vigencia." in pagina
    tabla = cliente.get(paso(gestion, "documentos"))
    assert f"Caso de Previo: {CASO}" in palabras(tabla)
    assert filas(tabla)[0][3:] == ["Ver 1 cargado", "Se abre cuando corrija el paso."]


def test_la_lista_de_pasos_dice_que_pide_onsec(cliente, gestion, paso):
    """E8, matriz.md §4: what to correct, what depends on it, what stays as it was sent."""
    assert lista(cliente.get(paso(gestion, "beneficiario"))) == [
        "Datos Generales Ya enviado",
        "Datos del Beneficiario Está aquí",
        "Bajo Juramento Ya enviado",
        "Acta de Ratificación Pendiente",
        "Notificado Pendiente",
        "Documentos de Respaldo Hay que corregir",
        "Validación Pendiente",
    ]


@pytest.mark.parametrize("clave", ["datos-generales", "juramento"])
def test_los_otros_pasos_se_leen_y_no_se_escriben(cliente, gestion, paso, clave):
    """E6, matriz.md §4: without a field or a button to save; by hand, 409 and nothing changes."""
    antes = respuestas(gestion, clave)
    pagina = cliente.get(paso(gestion, clave))
    assert "Ya enviado. ONSEC no pidió cambiarlo." in palabras(pagina)
    assert not campos(pagina)
    assert botones(pagina) == ["Ver los documentos"]
    assert cliente.post(paso(gestion, clave), antes | {"primer_apellido": "OTRO"}).status_code == 409
    assert respuestas(gestion, clave) == antes


@pytest.mark.parametrize("clave", ["acta", "notificado"])
def test_sin_caso_de_paso_el_acta_y_el_notificado_solo_se_leen(cliente, titular, paso, clave):
    """matriz.md §4: 4 and 5 open only when a step had a case."""
    gestion = escenas.observada(titular)
    assert "Ya enviado. ONSEC no pidió cambiarlo." in palabras(cliente.get(paso(gestion, clave)))
    assert cliente.post(paso(gestion, clave), {"confirmo": "on"}).status_code == 409


def test_la_validacion_no_es_del_reenvio(cliente, gestion, paso):
    """B7.1: the summary belongs to the first sending."""
    assert cliente.get(paso(gestion, "validacion"))["Location"] == paso(gestion, "documentos")
    assert cliente.post(paso(gestion, "validacion")).status_code == 409


@pytest.mark.parametrize("clave", ["acta", "notificado"])
def test_lo_que_depende_del_paso_espera(cliente, gestion, paso, clave):
    """E8, B0: the acta is not read again before the step is corrected."""
    respuesta = cliente.get(paso(gestion, clave), follow=True)
    assert respuesta.redirect_chain == [(paso(gestion, "beneficiario"), 302)]
    assert avisos(respuesta) == ["Primero complete el paso 2, Datos del Beneficiario."]


def test_de_la_correccion_del_paso_al_reenvio(cliente, gestion, paso):
    """E8: saved, the paper is void; 4 and 5 again, the new PDF in renglón 1, and it is sent."""
    vieja = gestion.formulario_vigente
    corregido = respuestas(gestion) | {"direccion": "5a. avenida 3-40 zona 2"}
    respuesta = cliente.post(paso(gestion, "beneficiario"), corregido, follow=True)
    assert respuesta.redirect_chain == [(paso(gestion, "acta"), 302)]
    assert avisos(respuesta)[0] == ANULADO
    vieja.refresh_from_db()
    assert vieja.anulada_en
    assert cliente.get(reverse("formulario_pdf", args=[gestion.numero])).status_code == 409
    assert leer_acta(cliente, paso(gestion, "acta"))["Location"] == paso(gestion, "notificado")
    confirmado = cliente.post(paso(gestion, "notificado"), {"confirmo": "on"})
    assert confirmado["Location"] == paso(gestion, "documentos")
    tabla = cliente.get(paso(gestion, "documentos"))
    assert filas(tabla)[0][3:] == ["Ver 1 cargado", "Cargar"]
    escenas.reponer(Gestion.de(gestion.solicitante, gestion.numero), 1)
    assert cliente.post(paso(gestion, "documentos"))["Location"] == reverse("enviar", args=[gestion.numero])
    ventana = campos(cliente.get(reverse("enviar", args=[gestion.numero])))
    cliente.post(reverse("enviar", args=[gestion.numero]), {c: ventana[c] for c in ("ficha", "version")})
    gestion = Gestion.de(gestion.solicitante, gestion.numero)
    assert gestion.estado == Estado.RECIBIDA
    enviado = gestion.formulario_vigente.contenido["pasos"]["beneficiario"]["valores"]
    assert enviado["direccion"] == "5a. avenida 3-40 zona 2"


def test_lo_corregido_deja_de_dar_la_alarma(cliente, gestion, paso):
    """E1, E8: each part as it is done; the paper is offered only once it is the one to sign."""
    observada = cliente.get(paso(gestion, "documentos"))
    assert "Cuando lo corrija, descargue, firme" in palabras(observada)
    assert PAPEL not in palabras(observada)
    gestion = escenas.rehacer(gestion, "beneficiario")
    por_firmar = cliente.get(paso(gestion, "documentos"))
    assert "Cambiar otra vez" in palabras(por_firmar)
    assert "ONSEC observó un paso. Descargue, firme y cargue el formulario nuevo." in palabras(por_firmar)
    assert PAPEL in palabras(por_firmar)
    corregido = cliente.get(paso(gestion, "beneficiario"))
    assert not arbol(corregido).findall(".//main//*[@class='franja mal']")
    escenas.reponer(gestion, 1)
    lista_para_enviar = cliente.get(paso(gestion, "documentos"))
    assert palabras(lista_para_enviar).count("Corregido: falta enviarlo.") == 2
    assert f"Caso de Previo: {CASO}" in palabras(lista_para_enviar)
    assert "ONSEC observó un paso." not in palabras(lista_para_enviar)
    assert not arbol(lista_para_enviar).findall(".//main//*[@class='caso']")


def test_guardar_sin_cambios_tambien_es_corregir(cliente, gestion, paso):
    """E8: the answers may have been right; the paper is signed again all the same."""
    cliente.post(paso(gestion, "beneficiario"), respuestas(gestion))
    assert Gestion.de(gestion.solicitante, gestion.numero).formulario_vigente is None


def test_continuar_lleva_al_paso_que_falta(cliente, gestion, paso):
    """E8: its sentence and its link come first."""
    respuesta = cliente.post(paso(gestion, "documentos"))
    assert "Primero complete el paso 2, Datos del Beneficiario." in palabras(respuesta)
    assert errores(respuesta)[0] == "Ir al paso 2: Datos del Beneficiario"


def test_un_error_en_el_paso_observado_no_pierde_lo_tecleado(cliente, gestion, paso):
    """E8, B0: the step stays to be corrected, with what was typed."""
    respuesta = cliente.post(paso(gestion, "beneficiario"), respuestas(gestion) | {"correo": "no es"})
    assert errores(respuesta) == ["Escriba un correo como nombre@ejemplo.com."]
    assert campos(respuesta)["correo"] == "no es"
    assert cliente.post(paso(gestion, "acta"), follow=True).redirect_chain == [
        (paso(gestion, "beneficiario"), 302)
    ]


def test_el_renglon_1_no_se_carga_antes_del_paso(cliente, gestion, paso):
    """E8: by hand it leads to the step."""
    ventana = reverse("archivos", args=[gestion.numero, 1])
    assert botones(cliente.get(ventana)) == ["Eliminar", "Volver a los documentos"]
    assert cliente.post(ventana, {}, follow=True).redirect_chain == [(paso(gestion, "beneficiario"), 302)]
