"""Section E on screen: the red number, the Caso de Previo, the files window and the sending back."""

import hashlib
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.tramites import escenas
from tramites.models import Documento, Envio, Estado, Gestion

from .lectura import (
    arbol,
    avisos,
    botones,
    campos,
    columnas,
    enlace,
    errores,
    filas,
    palabras,
    titulos,
    visible,
)

CASO = f"Caso de Previo: {escenas.FIRMA}"
MISMO = "Es el mismo archivo que ONSEC observó. Revise que sea el corregido."
CERRADO = "Ya enviado. ONSEC no pidió cambiarlo"
GUIA = (
    "Dar clic en el numeral que esté resaltado en rojo para visualizar el previo de la solicitud.",
    "En la ventana emergente dar clic en eliminar archivo para cargar el nuevo documento PDF.",
    "Luego de cargar el nuevo documento, dar clic en continuar y en la ventana emergente leer "
    "cuidadosamente y clic en Sí para enviar la solicitud.",
    "El número en rojo marca el documento que debe corregir. Ábralo, elimine el archivo anterior y cargue "
    "el nuevo. Luego pulse «Continuar» y «Sí» para enviarla otra vez.",
)


@pytest.fixture
def gestion(titular) -> Gestion:
    """The manual's own case."""
    return escenas.observada(titular)


def ventana(gestion, renglon=1) -> str:
    return reverse("archivos", args=[gestion.numero, renglon])


def ruta(nombre, gestion, *otros) -> str:
    return reverse(nombre, args=[gestion.numero, *otros])


def archivo(nombre="corregido.pdf") -> dict:
    return {
        "ficha": str(uuid.uuid4()),
        "archivo": SimpleUploadedFile(nombre, escenas.pdf(ancho=777)),
    }


def de_renglon(gestion, renglon) -> list[Documento]:
    return [
        d for d in Gestion.de(gestion.solicitante, gestion.numero).documentos_vigentes if d.renglon == renglon
    ]


# ── the table ─────────────────────────────────────────────────────────────────


def test_el_renglon_observado_lleva_su_numero_en_rojo_con_icono_y_palabras(cliente, gestion, paso):
    """E1, E5: never colour alone; the case stands under the name, the count is real, 8 is open."""
    pagina = cliente.get(paso(gestion, "documentos"))
    rojos = arbol(pagina).findall(".//main//a[@class='n mal']")
    assert [visible(n) for n in rojos] == ["1"]
    assert any("svg" in str(parte.tag) for parte in rojos[0])
    assert "con observación: ver el Caso de Previo" in palabras(pagina)
    leidas = filas(pagina)
    assert "Hay que corregir." in leidas[0][1]
    assert CASO in leidas[0][1]
    assert leidas[0][3:] == ["Ver 1 cargado", "Cargar"]
    assert [f[4] for f in leidas[1:]] == [CERRADO] * 5 + ["ONSEC no lo pidió", "Cargar"]


def test_numero_ver_y_cargar_abren_la_misma_ventana(cliente, gestion, paso):
    """E1: the three ways to the files of the renglón."""
    fila = arbol(cliente.get(paso(gestion, "documentos"))).findall(".//main//tbody/tr")[0]
    destinos = [a.get("href").partition("#")[0] for a in fila.findall(".//a")]
    assert destinos == [ventana(gestion)] * 3


def test_el_motivo_el_plazo_y_la_guia_estan_a_la_vista(cliente, gestion, paso):
    """E7, FB4, textos.md §14: word for word."""
    gestion = escenas.notificada(gestion)
    leido = palabras(cliente.get(paso(gestion, "documentos")))
    assert f"Motivo de envío a PREVIO: {escenas.MOTIVO}" in leido
    assert f"Puede actuar hasta el {gestion.ultimo_dia:%d-%m-%Y}. Se archivará el" in leido
    assert "Devuelta para corregir: no es una denegación" in leido
    for frase in GUIA:
        assert frase in leido


# ── the files window ──────────────────────────────────────────────────────────


def test_la_ventana_repite_el_caso_y_trae_verificado_y_eliminar(cliente, gestion):
    """E1, E2, E3: code of the creation, columns, «NO» with its «Eliminar»."""
    pagina = cliente.get(ventana(gestion))
    assert titulos(pagina) == ["Archivo solicitado"]
    leido = palabras(pagina)
    assert gestion.codigo_solicitado in leido
    assert CASO in leido
    assert "Formulario de Solicitud de Pensión debidamente firmado y ratificado" in leido
    assert columnas(pagina) == ["Archivo", "Fecha de carga", "Verificado", "Acción"]
    assert filas(pagina)[0][2:] == ["NO", "Eliminar"]
    assert botones(pagina) == ["Eliminar", "Cargar archivo", "Volver a los documentos"]


def test_lo_aceptado_dice_si_y_no_se_toca(cliente, gestion):
    """E3, E6: a renglón that ONSEC verified is read only; by hand, 409."""
    pagina = cliente.get(ventana(gestion, 2))
    assert columnas(pagina) == ["Archivo", "Fecha de carga", "Verificado"]
    assert filas(pagina)[0][2] == "SI"
    assert CERRADO in palabras(pagina)
    assert botones(pagina) == ["Volver a los documentos"]
    documento = de_renglon(gestion, 2)[0]
    assert cliente.post(ventana(gestion, 2), archivo()).status_code == 409
    assert cliente.get(ruta("eliminar", gestion, documento.pk)).status_code == 409
    assert cliente.post(ruta("eliminar", gestion, documento.pk)).status_code == 409
    assert Documento.objects.filter(retirado_en=None).count() == 6


def test_si_el_caso_nombra_un_archivo_los_otros_quedan_en_si(cliente, titular):
    """E9: of two certifications only the named one is observed; the other has no «Eliminar»."""
    quien = escenas.analista()
    gestion = escenas.con_archivos(titular)
    escenas.adjuntar(gestion, 5, nombre="salud.pdf")
    escenas.mandar(Gestion.de(titular, gestion.numero))
    malo, _bueno = de_renglon(gestion, 5)
    gestion = escenas.tomar(numero=gestion.numero, actor=quien, ahora=escenas.timezone.now())
    caso = {"texto": "PERIODOS INCOMPLETOS.", "archivos": (malo.pk,)}
    gestion = escenas.devolver(
        escenas.observar_en(Gestion.de(titular, gestion.numero), quien, {5: caso}, {}), quien
    )
    assert [f[2:] for f in filas(cliente.get(ventana(gestion, 5)))] == [["NO", "Eliminar"], ["SI", ""]]


def test_eliminar_lo_enviado_lo_oculta_y_lo_conserva(cliente, gestion):
    """E4: asked before; the version stays in the expediente, out of its owner's sight."""
    documento = de_renglon(gestion, 1)[0]
    pregunta = cliente.get(ruta("eliminar", gestion, documento.pk))
    assert titulos(pregunta) == [f"¿Desea eliminar {documento.nombre}?"]
    assert "ONSEC conserva la versión que usted envió." in palabras(pregunta)
    assert botones(pregunta) == ["Sí, eliminar", "No"]
    respuesta = cliente.post(ruta("eliminar", gestion, documento.pk), follow=True)
    assert avisos(respuesta) == [f"Se eliminó {documento.nombre}."]
    documento.refresh_from_db()
    assert documento.retirado_en
    assert documento.archivo.storage.exists(documento.archivo.name)
    assert cliente.get(ruta("documento", gestion, documento.pk)).status_code == 404


def test_un_renglon_vacio_observado_abre_cargar_sin_eliminar(cliente, titular, paso):
    """E9: «pendiente de cargar»."""
    gestion = escenas.observada(titular, casos={7: "CERTIFICACIÓN DE HORARIOS PENDIENTE DE CARGAR."})
    assert filas(cliente.get(paso(gestion, "documentos")))[6][3:] == ["-", "Cargar"]
    pagina = cliente.get(ventana(gestion, 7))
    assert botones(pagina) == ["Cargar archivo", "Volver a los documentos"]
    cliente.post(ventana(gestion, 7), archivo())
    assert cliente.post(paso(gestion, "documentos"))["Location"] == ruta("enviar", gestion)


# ── «¿Sustituye al archivo observado?» ────────────────────────────────────────


def test_al_agregar_sin_eliminar_se_pregunta(cliente, gestion):
    """E6: «Sí» hides the observed one; both had been kept until then."""
    observado = de_renglon(gestion, 1)[0]
    pregunta = cliente.post(ventana(gestion), archivo(), follow=True)
    assert titulos(pregunta) == ["¿Sustituye al archivo observado?"]
    assert botones(pregunta) == ["Sí", "No"]
    assert observado.nombre in palabras(pregunta)
    assert len(de_renglon(gestion, 1)) == 2
    respuesta = cliente.post(ruta("sustituir", gestion, 1), {"documento": observado.pk}, follow=True)
    assert avisos(respuesta) == [f"Se eliminó {observado.nombre}."]
    assert [d.nombre for d in de_renglon(gestion, 1)] == ["corregido.pdf"]


def test_si_no_sustituye_los_dos_quedan_y_continuar_lo_dice(cliente, gestion, paso):
    """E6, T3: «No» comes back to the window; sending still asks to remove it."""
    pregunta = cliente.post(ventana(gestion), archivo(), follow=True)
    no = arbol(pregunta).findall(".//main//footer//form")[1]
    assert no.get("action") == ventana(gestion)
    respuesta = cliente.post(paso(gestion, "documentos"))
    assert "Elimine el archivo observado en el documento 1 y cargue el corregido." in palabras(respuesta)
    assert errores(respuesta) == [
        "Corregir el documento 1: Formulario de Solicitud de Pensión debidamente firmado y ratificado"
    ]


def test_quien_ya_elimino_no_es_preguntado(cliente, gestion):
    """E6: nor is «Otros», where nothing was observed; only an observed file is replaced."""
    escenas.quitar(gestion, de_renglon(gestion, 1)[0])
    for renglon in (1, 8):
        respuesta = cliente.post(ventana(gestion, renglon), archivo(), follow=True)
        assert respuesta.redirect_chain[-1] == (ventana(gestion, renglon), 302)
    ajeno = de_renglon(gestion, 2)[0]
    escenas.adjuntar(gestion, 8)
    assert cliente.post(ruta("sustituir", gestion, 1), {"documento": ajeno.pk}).status_code == 302
    assert de_renglon(gestion, 2) == [ajeno]


def test_lo_que_no_se_observo_no_se_sustituye(cliente, gestion):
    """S15, S21: with the question open, another file's key does not exist there."""
    cliente.post(ventana(gestion), archivo())
    ajeno = de_renglon(gestion, 2)[0]
    for clave in (ajeno.pk, "", "x"):
        assert cliente.post(ruta("sustituir", gestion, 1), {"documento": clave}).status_code == 404


def test_cargar_el_mismo_archivo_observado_se_avisa(cliente, gestion):
    """E6, B6.4: byte by byte what ONSEC returned, also once removed; it is not refused."""
    observado = de_renglon(gestion, 1)[0]
    with observado.archivo.open("rb") as abierto:
        iguales = abierto.read()
    Documento.objects.filter(pk=observado.pk).update(sha256=hashlib.sha256(iguales).hexdigest())
    escenas.quitar(gestion, observado)
    datos = archivo() | {"archivo": SimpleUploadedFile("otra_vez.pdf", iguales)}
    respuesta = cliente.post(ventana(gestion), datos, follow=True)
    assert avisos(respuesta) == ["Se cargó otra_vez.pdf.", MISMO]
    assert MISMO not in avisos(cliente.post(ventana(gestion), archivo("otro.pdf"), follow=True))


# ── sending it back ───────────────────────────────────────────────────────────


def test_continuar_dice_lo_que_falta_con_su_enlace(cliente, gestion, paso):
    """E6: by number and name, and the way to it."""
    respuesta = cliente.post(paso(gestion, "documentos"))
    assert (
        "Cargue un archivo nuevo en: 1. Formulario de Solicitud de Pensión debidamente firmado y ratificado. "
        "Después presione «Continuar»." in palabras(respuesta)
    )
    rotulo = "Corregir el documento 1: Formulario de Solicitud de Pensión debidamente firmado y ratificado"
    assert enlace(respuesta, rotulo) == ventana(gestion)


def test_la_ventana_1_no_se_abre_por_mano_antes_de_corregir(cliente, gestion, paso):
    """E6, S20: by GET and by POST, back to the table with the reason."""
    for pedir in (cliente.get, cliente.post):
        datos = {"ficha": str(uuid.uuid4()), "version": gestion.version}
        respuesta = pedir(ruta("enviar", gestion), datos, follow=True)
        assert respuesta.redirect_chain[-1] == (paso(gestion, "documentos"), 302)
        assert avisos(respuesta)[0].startswith("Cargue un archivo nuevo en: 1.")
    assert Envio.objects.count() == 1


def test_continuar_va_directo_a_la_ventana_1_y_conserva_el_numero(cliente, gestion, paso):
    """E6, B7.1, B7.7, c10: «Continuar», «Sí», «Aceptar»; window 2 says the same number."""
    gestion = escenas.reponer(gestion, 1)
    assert cliente.post(paso(gestion, "documentos"))["Location"] == ruta("enviar", gestion)
    ventana_1 = cliente.get(ruta("enviar", gestion))
    assert botones(ventana_1) == ["Sí", "No"]
    assert "CERTIFICACIÓN DE SOLVENCIA" in palabras(ventana_1)
    datos = {c: campos(ventana_1)[c] for c in ("ficha", "version")}
    ventana_2 = cliente.post(ruta("enviar", gestion), datos, follow=True)
    assert ventana_2.redirect_chain == [(ruta("enviada", gestion), 302)]
    assert f"Su número de Gestión No. {gestion.numero}, ha sido ingresada" in palabras(ventana_2)
    assert botones(ventana_2) == ["Aceptar"]
    gestion = Gestion.de(gestion.solicitante, gestion.numero)
    assert (gestion.estado, gestion.ronda) == (Estado.RECIBIDA, 2)
    # The same «Sí» again is the same sending; another one is late.
    assert cliente.post(ruta("enviar", gestion), datos)["Location"] == ruta("enviada", gestion)
    assert cliente.post(ruta("enviar", gestion), datos | {"ficha": str(uuid.uuid4())}).status_code == 409
    assert Envio.objects.count() == 2


def test_la_version_que_se_vio_viaja_con_el_si(cliente, gestion):
    """matriz.md §1: what changed in another tab is a 409, and nothing is sent."""
    gestion = escenas.reponer(gestion, 1)
    datos = {c: campos(cliente.get(ruta("enviar", gestion)))[c] for c in ("ficha", "version")}
    escenas.subir(gestion, 8, escenas.pdf(ancho=808))
    respuesta = cliente.post(ruta("enviar", gestion), datos)
    assert respuesta.status_code == 409
    assert titulos(respuesta) == ["Esta Gestión cambió"]
    assert Envio.objects.count() == 1


def test_corregido_lo_dice_y_ya_no_llena_el_boton(cliente, gestion, paso):
    """E1: the case goes on in sight after the new file is in."""
    gestion = escenas.reponer(gestion, 1)
    pagina = cliente.get(paso(gestion, "documentos"))
    assert "Corregido: falta enviarlo." in filas(pagina)[0][1]
    assert CASO in filas(pagina)[0][1]
    assert [visible(n) for n in arbol(pagina).findall(".//main//a[@class='n bien']")] == ["1"]
    assert not arbol(pagina).findall(".//main//a[@class='n mal']")
    assert not arbol(pagina).findall(".//main//*[@class='caso']")
    assert "1 de 1 documento corregido" in palabras(pagina)


def test_la_tabla_no_pregunta_mas_por_tener_mas(cliente, gestion, paso, django_assert_max_num_queries):
    """arquitectura.md «Lists»: a fixed number of queries, with one file or with many."""
    for n in range(6):
        escenas.adjuntar(gestion, 8, nombre=f"{n}.pdf")
    with django_assert_max_num_queries(30) as pocas:
        cliente.get(paso(gestion, "documentos"))
    for n in range(4):
        escenas.adjuntar(gestion, 1, nombre=f"{n}.pdf")
    with django_assert_max_num_queries(len(pocas)):
        cliente.get(paso(gestion, "documentos"))


@pytest.mark.parametrize("ruta_final", ["documentos", "datos-generales", "validacion"])
def test_ya_reenviada_los_pasos_no_se_abren(cliente, gestion, paso, ruta_final):
    """matriz.md §4: by GET, the Gestión's page; by POST, 409."""
    gestion = escenas.reponer(gestion, 1)
    escenas.remandar(gestion)
    assert cliente.get(paso(gestion, ruta_final))["Location"] == ruta("gestion", gestion)
    assert cliente.post(paso(gestion, ruta_final)).status_code == 409
