"""Step 6 and the files window: what the table says, what goes in and what comes out."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.tramites import escenas
from tramites import registro
from tramites.models import Documento, Gestion

from .lectura import (
    arbol,
    avisos,
    botones,
    campos,
    columnas,
    errores,
    filas,
    leer_acta,
    palabras,
    texto,
    titulos,
)

REQUISITOS = registro.obtener("invalidez").requisitos
PIE = (
    "Los documentos [1, 2, 3, 4, 5, 6] son obligatorios y los documentos [7, 8] son opcionales. "
    "No se podrá enviar la solicitud si los documentos obligatorios no son completados."
)


@pytest.fixture
def gestion(titular) -> Gestion:
    return escenas.hasta_documentos(titular)


def ventana(gestion, renglon=2) -> str:
    return reverse("archivos", args=[gestion.numero, renglon])


def archivo(nombre="prueba.pdf", contenido=None) -> dict:
    """What the form of the files window sends."""
    datos = escenas.pdf(ancho=321) if contenido is None else contenido
    return {"ficha": str(uuid.uuid4()), "archivo": SimpleUploadedFile(nombre, datos)}


def test_la_tabla_tiene_sus_columnas_sus_renglones_y_su_pie(cliente, gestion, paso):
    """B6.1, B6.2, B6.5, B6.7: X on 1 to 6, also in words; «-» while there is nothing."""
    pagina = cliente.get(paso(gestion, "documentos"))
    assert columnas(pagina) == ["#", "Documento", "Obligatorio", "Ya cargados", "Acción"]
    leidas = filas(pagina)
    assert [f[0] for f in leidas] == [str(n) for n in range(1, 9)]
    assert [f[2:] for f in leidas] == [["X", "-", "Cargar"]] * 6 + [["", "-", "Cargar"]] * 2
    for fila, requisito in zip(leidas, REQUISITOS, strict=True):
        assert fila[1] == f"{requisito.nombre} {requisito.nota}".strip()
    celdas = [texto(f.findall("./td")[1]) for f in arbol(pagina).findall(".//main//tbody/tr")]
    assert celdas == ["XObligatorio"] * 6 + ["Opcional"] * 2
    assert PIE in palabras(pagina)
    assert "Importante: Solo se permiten archivos PDF." in palabras(pagina)
    assert all(e.text in {r.nota for r in REQUISITOS} for e in arbol(pagina).findall(".//main//tbody//em"))


@pytest.mark.parametrize(("cuantos", "dice"), [(0, "-"), (1, "Ver 1 cargado"), (2, "Ver 2 cargados")])
def test_ya_cargados_cuenta_y_abre_la_ventana(cliente, gestion, paso, cuantos, dice):
    """B6.1, B6.3: both «Ver …» and «Cargar» open the window; «Cargar» on the file field."""
    for _ in range(cuantos):
        escenas.adjuntar(gestion, 5)
    pagina = cliente.get(paso(gestion, "documentos"))
    assert filas(pagina)[4][3] == dice
    direcciones = [a.get("href") for a in arbol(pagina).findall(".//main//tbody/tr")[4].findall(".//a")]
    propia = ventana(gestion, 5)
    assert direcciones == ([propia] if cuantos else []) + [f"{propia}#id_archivo"]


def test_continuar_nombra_los_que_faltan(cliente, gestion, paso):
    """B6.6: each by its number and name, with the way to load it."""
    for renglon in (1, 3, 4, 6):
        escenas.adjuntar(gestion, renglon)
    respuesta = cliente.post(paso(gestion, "documentos"))
    assert respuesta.status_code == 200
    assert (
        "Faltan documentos obligatorios: 2. Certificación de nacimiento (vigente); "
        "5. Certificación de Tiempo de Servicio. Cárguelos para continuar."
    ) in palabras(respuesta)
    assert len(errores(respuesta)) == 2
    assert "4 de 6 obligatorios cargados" in palabras(respuesta)


def test_con_los_obligatorios_continuar_avanza(cliente, titular, paso):
    """B6.6, B6.7: 7 and 8 may stay empty; the 5 may not."""
    gestion = escenas.con_archivos(titular)
    assert cliente.post(paso(gestion, "documentos"))["Location"] == paso(gestion, "validacion")
    Documento.objects.filter(renglon=5).delete()
    assert cliente.post(paso(gestion, "documentos")).status_code == 200


def test_el_formulario_de_una_version_anterior_no_cuenta_y_se_dice(cliente, titular, paso):
    """B4.3, B6.6, matriz.md §4: renglón 1 asks for the new paper; the old file stays in sight."""
    gestion = escenas.con_archivos(titular)
    escenas.guardar(gestion, "datos-generales", segundo_nombre="ANA")
    leer_acta(cliente, paso(gestion, "acta"))
    cliente.post(paso(gestion, "notificado"), {"confirmo": "on"})
    fila = filas(cliente.get(paso(gestion, "documentos")))[0]
    assert "De una versión anterior." in fila[1]
    assert "Descargue, firme y cargue el formulario nuevo." in fila[1]
    assert fila[3] == "Ver 1 cargado"
    assert "Faltan documentos obligatorios: 1. Formulario" in palabras(
        cliente.post(paso(gestion, "documentos"))
    )
    assert "De una versión anterior: no cuenta." in palabras(cliente.get(ventana(gestion, 1)))


def test_la_ventana_de_archivos_se_lee_entera(cliente, gestion):
    """B6.1, B6.4: code, name, note, and the three columns; the original name is kept."""
    escenas.subir(gestion, 3, nombre="Mi DPI ambos lados, ñandú.pdf")
    pagina = cliente.get(ventana(gestion, 3))
    assert titulos(pagina) == ["Archivo solicitado"]
    assert columnas(pagina) == ["Archivo", "Fecha de carga", "Verificado", "Acción"]
    assert filas(pagina)[0][0].startswith("Mi DPI ambos lados, ñandú.pdf 1 página")
    assert filas(pagina)[0][2:] == ["NO", "Eliminar"]
    for frase in (gestion.codigo_solicitado, "3. Documento personal", "Ambos lados del documento"):
        assert frase in palabras(pagina)
    assert botones(pagina) == ["Eliminar", "Cargar archivo", "Volver a los documentos"]


def test_cargar_guarda_avisa_y_vuelve_a_la_ventana(cliente, gestion):
    """B6.3, B6.4, S13: the same form twice is one file; the same bytes elsewhere are noticed."""
    datos = archivo("acta.pdf")
    respuesta = cliente.post(ventana(gestion), datos, follow=True)
    assert respuesta.redirect_chain == [(ventana(gestion), 302)]
    assert avisos(respuesta) == ["Se cargó acta.pdf."]
    cliente.post(ventana(gestion), datos | archivo("acta.pdf") | {"ficha": datos["ficha"]})
    assert Documento.objects.count() == 1
    respuesta = cliente.post(ventana(gestion, 8), archivo("otra.pdf"), follow=True)
    assert avisos(respuesta)[-1] == (
        "Este archivo es igual a «acta.pdf», en el documento 2. Si fue un error, elimínelo."
    )


@pytest.mark.parametrize(
    ("datos", "mensaje"),
    [
        ({}, "Elija un archivo PDF y luego presione «Cargar archivo»."),
        ({"archivo": "no soy un archivo"}, "Elija un archivo PDF y luego presione «Cargar archivo»."),
        (archivo("a.pdf", b""), "El archivo está vacío. Elija otro o vuelva a guardarlo como PDF."),
        (archivo("a.pdf", b"hola"), "El archivo no es un PDF, aunque su nombre lo diga."),
        (archivo("a.pdf", b"%PDF-1.7 roto"), "El PDF está dañado y no se puede abrir."),
    ],
    ids=["nada", "texto", "vacío", "otro", "roto"],
)
def test_lo_rechazado_se_dice_en_la_misma_ventana(cliente, gestion, datos, mensaje):
    """B6.4, mensajes.md §1: beside the field and in the summary; what was loaded stays."""
    escenas.adjuntar(gestion, 2)
    respuesta = cliente.post(ventana(gestion), datos)
    assert respuesta.status_code == 200
    assert palabras(respuesta).count(mensaje) == 2
    assert errores(respuesta)[0].endswith("Sus otros archivos siguen guardados.")
    assert texto(arbol(respuesta).find(".//title")).startswith("Error: ")
    assert Documento.objects.count() == 1


def test_la_pagina_abierta_mucho_tiempo_pide_elegir_otra_vez(titular, gestion):
    """mensajes.md §1 `clave_csrf`: the token of the files window lapsed; its words and the file's name."""
    navegador = Client(enforce_csrf_checks=True)
    navegador.force_login(titular)
    respuesta = navegador.post(ventana(gestion), archivo("dpi.pdf"))
    assert respuesta.status_code == 403
    assert (
        "No se cargó dpi.pdf. La página estuvo abierta mucho tiempo. Elija el archivo de nuevo y cárguelo. "
        "Sus otros archivos siguen guardados."
    ) in palabras(respuesta)
    assert not Documento.objects.exists()


def test_lo_mas_grande_que_el_limite_no_llega_ni_a_inspeccionarse(cliente, gestion, settings):
    """B6.3, S10: the sentence names the configured maximum."""
    settings.DOCUMENTO_MAX_MB = 1
    respuesta = cliente.post(ventana(gestion), archivo("a.pdf", b"%PDF-1.7" + b"x" * 3_000_000))
    assert "y el máximo es 1 MB. Divídalo en dos PDF o escanéelo con menor calidad." in errores(respuesta)[0]
    assert not Documento.objects.exists()


def test_cuando_no_hay_turno_se_dice_y_no_se_guarda(cliente, gestion, settings, tmp_path):
    """P9, mensajes.md §1 `sin_espacio`: too many files being inspected are a sentence, never a 500."""
    sin_turnos = tmp_path / "ocupado"
    sin_turnos.write_text("")
    settings.RUTA_TURNOS = sin_turnos
    pagina = cliente.post(ventana(gestion), archivo("dpi.pdf"))
    assert errores(pagina) == [
        "No se cargó dpi.pdf. No pudimos guardar el archivo. Intente de nuevo en unos minutos. "
        "Sus otros archivos siguen guardados."
    ]
    assert not Documento.objects.exists()


def test_eliminar_pregunta_antes_y_borra(cliente, gestion):
    """E4, S19: the question by GET, the act by POST; the second «Sí» finds nothing."""
    documento = escenas.adjuntar(gestion, 2, nombre="malo.pdf")
    eliminar = reverse("eliminar", args=[gestion.numero, documento.pk])
    pregunta = cliente.get(eliminar)
    assert titulos(pregunta) == ["¿Desea eliminar malo.pdf?"]
    assert botones(pregunta) == ["Sí, eliminar", "No"]
    assert Documento.objects.exists()
    assert avisos(cliente.post(eliminar, follow=True)) == ["Se eliminó malo.pdf."]
    assert not Documento.objects.exists()
    assert cliente.post(eliminar).status_code == 404


def test_una_enviada_no_muestra_eliminar_ni_cargar(cliente, titular):
    """S22, E4: it is read and no more; by hand, 409."""
    gestion = escenas.enviada_sin_papeles(titular)
    pagina = cliente.get(ventana(gestion))
    assert botones(pagina) == ["Volver a la Gestión"]
    assert cliente.post(ventana(gestion), archivo()).status_code == 409
    documento = gestion.documentos_vigentes[0]
    assert cliente.post(reverse("eliminar", args=[gestion.numero, documento.pk])).status_code == 409
    assert Documento.objects.count() == 6


@pytest.mark.parametrize("renglon", [0, 9, 10**12])
def test_un_renglon_que_no_hay_no_existe(cliente, gestion, renglon):
    """S14."""
    assert cliente.get(ventana(gestion, renglon)).status_code == 404
    assert cliente.post(ventana(gestion, renglon), archivo()).status_code == 404


def test_antes_del_paso_5_la_ventana_no_carga(cliente, titular, paso):
    """B0, S20: it leads to the step that is missing."""
    gestion = escenas.hasta_acta(titular)
    respuesta = cliente.post(ventana(gestion), archivo(), follow=True)
    assert respuesta.redirect_chain == [(paso(gestion, "acta"), 302)]
    assert not Documento.objects.exists()


def test_la_ventana_trae_una_ficha_nueva_cada_vez(cliente, gestion):
    """S13."""
    assert campos(cliente.get(ventana(gestion)))["ficha"] != campos(cliente.get(ventana(gestion)))["ficha"]
