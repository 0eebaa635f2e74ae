"""The files at the desk: page by page, whole, or with a written reason (F1, F3)."""

import io
from uuid import uuid4

import pytest
from PIL import Image

from bitacora.models import Evento
from cuentas.models import Usuario
from papeles.paginas import Dibujo, PaginaNoDibujada, dibujar
from tests.tramites import escenas
from tests.tramites.ciudadano.lectura import arbol, errores, palabras
from tramites.consultas.historial import lecturas
from tramites.models import Documento, Gestion

pytestmark = pytest.mark.django_db
Papel = Usuario.Papel


@pytest.fixture
def gestion(titular) -> Gestion:
    """With PDFs that open; the second document has three pages."""
    gestion = escenas.con_archivos(titular)
    gestion.documentos.filter(renglon=2).delete()
    escenas.subir(gestion, 2, escenas.pdf(3))
    gestion = Gestion.de(titular, gestion.numero)
    escenas.mandar(gestion)
    return Gestion.de(titular, gestion.numero)


@pytest.fixture
def documento(gestion) -> Documento:
    return gestion.documentos.get(renglon=2)


def leidos(gestion) -> int:
    return Evento.objects.filter(gestion=gestion.numero, tipo="documento_leido").count()


def test_una_pagina_se_ve_como_imagen_sin_guardar_copia_y_su_lectura_se_escribe(
    mesa, gestion, documento, pagina
):
    """F1, F3, S43: a picture, no copy, one event a reading."""
    for n in (1, 3):
        respuesta = mesa.get(pagina("pagina", gestion, documento.pk, n))
        assert respuesta["Content-Type"] == "image/jpeg"
        assert "no-store" in respuesta["Cache-Control"]
        assert Image.open(io.BytesIO(respuesta.content)).size == (1237, 1600)
    assert leidos(gestion) == 1


def test_la_pagina_se_amplia(mesa, gestion, documento, pagina):
    respuesta = mesa.get(pagina("pagina", gestion, documento.pk, 1), {"grande": ""})
    assert max(Image.open(io.BytesIO(respuesta.content)).size) == 2800


@pytest.mark.parametrize("n", [0, 4])
def test_la_pagina_que_no_hay_es_404(mesa, gestion, documento, pagina, n):
    assert mesa.get(pagina("pagina", gestion, documento.pk, n)).status_code == 404


def test_el_visor_muestra_lo_pedido_y_lleva_de_pagina_en_pagina(mesa, gestion, documento, pagina):
    direccion = pagina("revision", gestion)
    respuesta = mesa.get(direccion, {"abrir": 2, "ver": documento.pk, "pagina": 2})
    imagen = arbol(respuesta).find(".//figure[@id='visor']//img")
    assert imagen.get("src") == pagina("pagina", gestion, documento.pk, 2)
    assert "Página 2 de 3" in imagen.get("alt")
    assert arbol(respuesta).find(".//details[@id='lugar-2']").get("open") is not None
    for rara in ("x", "-1", "99", "²"):
        assert mesa.get(direccion, {"ver": documento.pk, "pagina": rara}).status_code == 200
    assert mesa.get(direccion, {"ver": "no-es-uuid"}).status_code == 200


def test_se_descarga_tal_como_llego(mesa, gestion, documento, pagina):
    """S12: to keep, never to run."""
    respuesta = mesa.get(pagina("archivo_revision", gestion, documento.pk))
    assert b"".join(respuesta.streaming_content) == documento.archivo.read()
    assert respuesta["Content-Disposition"].startswith("attachment")
    assert "sandbox" in respuesta["Content-Security-Policy"]


@pytest.mark.parametrize("nombre", ["factura.exe", "constancia médica.docx", "ACTA.PDF"])
def test_se_llame_como_se_llame_se_descarga_como_pdf(mesa, gestion, documento, pagina, nombre):
    """S11, S12: what is downloaded is what it says, in both forms of the header."""
    Documento.objects.filter(pk=documento.pk).update(nombre=nombre)
    cabecera = mesa.get(pagina("archivo_revision", gestion, documento.pk))["Content-Disposition"]
    assert cabecera.strip('"').endswith(".pdf")


def test_cuando_no_hay_turno_la_pagina_se_pide_otra_vez(mesa, gestion, documento, pagina, settings, tmp_path):
    """P9: too many pages at once are a sentence where the page would be, never a 500 nor a pile."""
    sin_turnos = tmp_path / "ocupado"
    sin_turnos.write_text("")
    settings.RUTA_TURNOS = sin_turnos
    respuesta = mesa.get(pagina("pagina", gestion, documento.pk, 1))
    assert respuesta.status_code == 503
    assert int(respuesta["Retry-After"]) > 0
    assert respuesta["Content-Type"] == "image/svg+xml"
    assert "Vuelva a cargar la página" in respuesta.content.decode()
    assert "default-src 'none'" in respuesta["Content-Security-Policy"]


@pytest.mark.parametrize("nombre", ["archivo_revision", "pagina"])
def test_el_archivo_de_otra_gestion_o_sin_enviar_no_existe(mesa, gestion, documento, pagina, nombre):
    """S15; matriz.md §4: what is loaded to correct is not the office's until it is sent."""
    extra = [1] if nombre == "pagina" else []
    otra = escenas.enviada_sin_papeles(escenas.titular())
    assert mesa.get(pagina(nombre, otra, documento.pk, *extra)).status_code == 404
    assert mesa.get(pagina(nombre, gestion, uuid4(), *extra)).status_code == 404
    sin_enviar = escenas.adjuntar(gestion, 8)
    assert mesa.get(pagina(nombre, gestion, sin_enviar.pk, *extra)).status_code == 404
    assert leidos(gestion) == 0


def test_lo_que_la_persona_carga_para_corregir_no_se_ve_hasta_que_lo_envia(entrar, titular, pagina):
    """matriz.md §4."""
    quien = escenas.analista()
    observada = escenas.observada(titular, quien)
    nuevo = escenas.subir(observada, 1, escenas.pdf(2), nombre="corregido.pdf").documento
    navegador = entrar(quien)
    for nombre in ("revision", "como_la_persona"):
        assert "corregido.pdf" not in palabras(navegador.get(pagina(nombre, observada)))
    assert navegador.get(pagina("archivo_revision", observada, nuevo.pk)).status_code == 404


@pytest.mark.parametrize("papel", [Papel.AUDITORIA, Papel.ADMINISTRACION])
def test_auditoria_y_administracion_leen_un_archivo_solo_con_motivo(
    entrar, gestion, documento, pagina, papel
):
    """matriz.md §3: the reason is written."""
    navegador, imagen = entrar(papel), pagina("pagina", gestion, documento.pk, 1)
    assert navegador.get(imagen).status_code == 403
    direccion = pagina("leer_con_motivo", gestion)
    assert documento.nombre not in palabras(navegador.get(direccion))
    assert errores(navegador.post(direccion, {"archivo": documento.pk, "motivo": "  "})) == [
        "Escriba por qué necesita ver el archivo."
    ]
    assert leidos(gestion) == 0
    respuesta = navegador.post(direccion, {"archivo": documento.pk, "motivo": "Queja 12"}, follow=True)
    assert len(arbol(respuesta).findall(".//main//img")) == 3
    assert navegador.get(imagen).status_code == 200
    assert leidos(gestion) == 1
    assert "Queja 12" in gestion.notas.get().texto
    otro = gestion.documentos.get(renglon=3)
    assert navegador.get(pagina("pagina", gestion, otro.pk, 1)).status_code == 403


@pytest.mark.parametrize("papel", [Papel.CONSULTA, Papel.ADMINISTRACION, Papel.AUDITORIA])
def test_los_demas_papeles_no_descargan(entrar, gestion, documento, pagina, papel):
    navegador = entrar(papel)
    for nombre, extra in (("archivo_revision", []), ("pagina", [1]), ("archivo_leido", [])):
        assert navegador.get(pagina(nombre, gestion, documento.pk, *extra)).status_code == 403
    assert leidos(gestion) == 0


def test_la_pagina_como_la_ve_la_persona_no_deja_apretar_nada(mesa, gestion, pagina):
    """F8: to read, not to act."""
    respuesta = mesa.get(pagina("como_la_persona", gestion))
    principal = arbol(respuesta).find(".//main")
    assert "Qué sigue" in palabras(respuesta)
    assert "Quién ha visto mi expediente" in palabras(respuesta)
    assert not [e.tag for e in principal.iter() if e.tag in ("form", "button", "input")]
    assert [a.get("href") for a in principal.iter("a")] == [pagina("revision", gestion)]


# ── the child that draws ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("roto", [b"", b"hola", b"%PDF-1.4\nroto"])
def test_lo_que_no_se_puede_dibujar_se_dice_y_no_tumba_nada(roto):
    """S9: whatever a file does, it does it to the child."""
    with pytest.raises(PaginaNoDibujada):
        dibujar(io.BytesIO(roto), 1)


def test_el_hijo_tiene_tiempo_y_memoria_contados():
    """S7: its limits are set before the first byte."""
    pdf = io.BytesIO(escenas.pdf(1))
    with pytest.raises(PaginaNoDibujada):
        dibujar(pdf, 1, Dibujo(memoria_mb=40))
    with pytest.raises(PaginaNoDibujada):
        dibujar(pdf, 1, Dibujo(segundos=0))


def test_un_archivo_perdido_es_404_y_no_500(mesa, gestion, documento, pagina):
    documento.archivo.storage.delete(documento.archivo.name)
    assert mesa.get(pagina("pagina", gestion, documento.pk, 1)).status_code == 404


def test_abrir_un_papel_de_onsec_es_una_lectura(titular, analista, mesa, pagina):
    """matriz.md §7: «Quién ha visto mi expediente» tells the papers too."""
    gestion = escenas.observada(titular, analista)
    mesa.get(pagina("constancia_revision", gestion))
    mesa.get(pagina("aviso_previo_revision", gestion, 1))
    leidos = Evento.objects.filter(tipo="papel_leido", gestion=gestion.numero, actor=analista)
    assert [e.datos for e in leidos.order_by("id")] == [{"papel": "constancia"}, {"papel": "previo"}]
    assert {"Constancia de recepción", "Aviso de previo"} <= {x.que for x in lecturas(gestion)}
    mesa.get(pagina("admision_revision", gestion))
    assert leidos.count() == 2
