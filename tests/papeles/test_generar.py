"""What every paper of the portal keeps: accessible, repeatable, closed to the outside, one at a time."""

import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

import pikepdf
import pytest
import weasyprint
from django.core.checks import run_checks
from django.utils.safestring import mark_safe
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from papeles import checks
from papeles import generar as modulo
from papeles.generar import ImpresionNoDisponible, ImpresoDemasiadoLargo, generar, qr
from papeles.impreso import Impreso
from tramites.constancias import constancia_de
from tramites.models import Documento, Envio, Gestion, VersionFormulario

CREADO = datetime(2026, 6, 11, 16, 14, 7, tzinfo=UTC)


def papel(nombre: str = "ROSALINDA TZOC BARRERA", ronda: int = 1, archivos=("dpi.pdf",)) -> Impreso:
    """The paper that the engine itself prints; no row is saved."""
    gestion = Gestion(numero=81, tramite="invalidez", tramite_version=1, titular_cui="1600325470202")
    envio = Envio(
        gestion=gestion,
        ronda=ronda,
        enviado_en=CREADO,
        version_formulario=VersionFormulario(contenido={"nombre_completo": nombre}),
        codigo="0123456789ABCDEF0123",
        resumen="ab" * 32,
    )
    documentos = [Documento(renglon=3, nombre=a, paginas=2, sha256="0f" * 32) for a in archivos]
    return constancia_de(envio, documentos)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return generar(papel(), creado=CREADO)


def test_el_mismo_papel_da_los_mismos_bytes(pdf):
    """B4.3: nothing in it depends on when or how often it is rendered."""
    assert generar(papel(), creado=CREADO) == pdf
    assert generar(papel(ronda=2), creado=CREADO) != pdf
    assert generar(papel(), creado=CREADO.replace(hour=17)) != pdf


def test_es_un_pdf_accesible(pdf):
    """B5.3, WCAG 1.3.1, 2.4.2, 3.1.1: PDF/UA-1, tagged, with language and title shown."""
    with pikepdf.open(BytesIO(pdf)) as abierto:
        raiz = abierto.Root
        assert raiz.MarkInfo.Marked
        assert str(raiz.Lang) == "es-GT"
        assert raiz.ViewerPreferences.DisplayDocTitle
        assert str(abierto.docinfo["/Title"]) == "Constancia de recepción. Gestión No. 81"
        assert str(abierto.docinfo["/CreationDate"]) == "D:20260611161407+00'00"
        assert abierto.open_metadata()["pdfuaid:part"] == "1"
        usadas = {str(o.S) for o in _estructura(abierto)}
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH", "/TD"} <= usadas


def test_las_cabeceras_de_la_tabla_tienen_sus_celdas(pdf):
    """WCAG 1.3.1: each cell names the header of its column."""
    with pikepdf.open(BytesIO(pdf)) as abierto:
        celdas = [o for o in _estructura(abierto) if o.S == "/TD"]
        assert len(celdas) == 5
        assert all(len(celda.A.Headers) == 1 for celda in celdas)


def test_el_qr_lleva_texto_alterno(pdf):
    """WCAG 1.1.1."""
    with pikepdf.open(BytesIO(pdf)) as abierto:
        figuras = [
            o for o in abierto.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"
        ]
        assert [str(f.Alt) for f in figuras] == [
            "Código QR para comprobar la constancia de la Gestión No. 81"
        ]


def _estructura(abierto: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    pendientes, vistos = [abierto.Root.StructTreeRoot.K], []
    while pendientes:
        nodo = pendientes.pop()
        if isinstance(nodo, pikepdf.Array):
            pendientes.extend(nodo)
        elif isinstance(nodo, pikepdf.Dictionary) and "/S" in nodo:
            vistos.append(nodo)
            pendientes.append(nodo.get("/K", pikepdf.Array()))
    return vistos


def test_solo_usa_las_fuentes_del_portal_y_van_incrustadas():
    """B5.3: the same letters on every machine, whatever fonts it has, even for a script that ours lack."""
    pdf = generar(papel("ROSALINDA ไทย Цзок"), creado=CREADO)
    with pikepdf.open(BytesIO(pdf)) as abierto:
        descriptores = [
            o
            for o in abierto.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
        ]
        assert all("/FontFile2" in descriptor for descriptor in descriptores)
        usadas = {str(descriptor.FontName).partition("+")[2] for descriptor in descriptores}
    assert usadas == {"Noto-Sans", "Noto-Sans-Bold", "Noto-Serif-Bold"}


@pytest.mark.parametrize("fuente", ["NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic", "NotoSerif-Bold"])
def test_las_fuentes_tienen_todas_las_letras_de_guatemala(fuente):
    """cui.md §5: ñ, accents, diaeresis, Mayan apostrophes and the signs of the texts."""
    letras = TTFont(modulo.FUENTES.with_name(f"{fuente}.ttf")).getBestCmap()
    faltan = [
        c for c in "ÁÉÍÓÚÜÑáéíóúüñẄẅẌẍÄÖäö'’‘ʼ´“”«»¡¿–—·…№°ªº()-_/@#&%+*\u0308\u0301" if ord(c) not in letras
    ]
    assert not faltan


def test_el_papel_no_alcanza_ni_archivos_ni_la_red():
    """S27: a paper full of references renders, brings nothing in and knocks at no door."""
    with Canario() as (direccion, visitas):
        hostil = mark_safe(
            f'<img src="{direccion}/i.png" alt="x"><img src="file:///etc/passwd" alt="y">'
            f'<link rel="attachment" href="file:///etc/passwd"><link rel="attachment" href="{direccion}/a">'
            f'<link rel="stylesheet" href="{direccion}/e.css"><object data="{direccion}/o.svg"></object>'
            f"<style>@import url({direccion}/s.css); p {{ background: url({direccion}/f.png) }}"
            f"@font-face {{ font-family: f; src: url({direccion}/f.woff2) }}</style>"
            f'<svg xmlns="http://www.w3.org/2000/svg"><title>z</title><image href="{direccion}/v.png"/></svg>'
        )
        base = papel()
        pdf = generar(replace(base, contexto={**base.contexto, "codigo_qr": hostil}), creado=CREADO)
    assert visitas == []
    assert b"root:" not in pdf
    with pikepdf.open(BytesIO(pdf)) as abierto:
        assert not abierto.attachments
        assert not any(
            isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image" for o in abierto.objects
        )


@pytest.mark.parametrize(
    "malo",
    ["<img src=file:///etc/passwd>", "<link rel=attachment href=file:///etc/passwd>", "{{7*7}}", "<script>"],
)
def test_lo_que_escribe_la_persona_es_solo_texto(malo):
    """S26, S27, S28: names and file names print as typed."""
    pdf = generar(
        papel(malo, archivos=[malo]),
        creado=CREADO,
    )
    texto = "".join(p.extract_text() for p in PdfReader(BytesIO(pdf)).pages)
    assert "".join(texto.split()).count("".join(malo.split())) == 2
    with pikepdf.open(BytesIO(pdf)) as abierto:
        assert not abierto.attachments


class Canario:
    """A web server that notes whoever calls."""

    def __enter__(self):
        visitas = self.visitas = []

        class Puerta(BaseHTTPRequestHandler):
            def do_GET(self):
                visitas.append(self.path)
                self.send_error(404)

        self.servidor = ThreadingHTTPServer(("127.0.0.1", 0), Puerta)
        threading.Thread(target=self.servidor.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.servidor.server_port}", visitas

    def __exit__(self, *_):
        self.servidor.shutdown()
        self.servidor.server_close()


@pytest.mark.parametrize(
    "largo", ["W" * 1_000_000, "una palabra " * 90_000], ids=["sin espacios", "con espacios"]
)
def test_un_dato_de_un_megabyte_se_rechaza_en_el_acto(largo, monkeypatch):
    """S29: refused by its length, without laying it out."""
    monkeypatch.setattr(weasyprint, "HTML", None)
    with pytest.raises(ImpresoDemasiadoLargo):
        generar(papel(largo), creado=CREADO)


def test_una_palabra_enorme_no_entra_aunque_el_papel_sea_corto():
    """S29: the square of a word's length is what hangs WeasyPrint."""
    with pytest.raises(ImpresoDemasiadoLargo):
        generar(papel("W" * 2_001), creado=CREADO)
    assert generar(papel("W" * 400), creado=CREADO)


def test_nunca_se_hacen_dos_a_la_vez(monkeypatch, pdf):
    """P6: renders are bounded in each process, and simultaneous requests give the same bytes."""
    dentro, juntos = [], []
    original = weasyprint.HTML.write_pdf

    def observado(self, *args, **kwargs):
        dentro.append(1)
        juntos.append(len(dentro))
        try:
            return original(self, *args, **kwargs)
        finally:
            dentro.pop()

    monkeypatch.setattr(weasyprint.HTML, "write_pdf", observado)
    with ThreadPoolExecutor(4) as hilos:
        hechos = list(hilos.map(lambda _: generar(papel(), creado=CREADO), range(6)))
    assert hechos == [pdf] * 6
    assert juntos == [1] * 6


def test_sin_las_bibliotecas_se_dice_y_el_portal_sigue(monkeypatch):
    """contrato.md, Commands: what depends on a missing library refuses with its own error."""
    modulo._taller.cache_clear()
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(ImpresionNoDisponible):
        generar(papel(), creado=CREADO)
    monkeypatch.undo()
    assert generar(papel(), creado=CREADO)


def test_la_revision_de_django_nombra_lo_que_falta(monkeypatch):
    """contrato.md «Commands»: a system check when absent, a warning so that all else runs."""
    assert not [aviso for aviso in run_checks() if aviso.id == "papeles.W001"]
    monkeypatch.setattr(checks, "BIBLIOTECAS", {"libinventada.so.0": "libinventada-0"})
    (aviso,) = [aviso for aviso in run_checks() if aviso.id == "papeles.W001"]
    assert aviso.hint == "apt-get install libinventada-0"


def test_el_qr_escapa_su_titulo():
    """S26."""
    assert "<script>" not in qr("CEO:81", "<script>")


HOSTILES = {
    "signos que se escapan": "&" * 1000,
    "etiquetas": "<b>" * 330,
    "una palabra": "W" * 1000,
    "controles": "A\x01\x02\x08\x0b\x1f\x7fB",
    "emoji": "👩\u200d👩\u200d👧 " * 80,
    "de derecha a izquierda": "\u202eשלום مرحبا " * 60,
    "marcas sobre marcas": "a" + "\u0301" * 900,
    "renglones": "a\n" * 500,
}


@pytest.mark.parametrize("caso", HOSTILES.values(), ids=HOSTILES)
def test_lo_que_cabe_en_su_campo_se_imprime(caso):
    """A case of a previo takes a thousand letters, whichever they are."""
    contexto = {"numero": 81, "tramite_nombre": "X", "datos": [], "motivo": caso[:300], "meses": 6}
    impreso = Impreso(
        plantilla="tramites/impreso/previo.html",
        titulo="Aviso",
        contexto=contexto | {"casos": [(f"Documento {n}", "Formulario", caso) for n in range(1, 9)]},
    )
    hojas = PdfReader(BytesIO(generar(impreso, creado=CREADO))).pages
    leido = "".join("".join(h.extract_text() for h in hojas).replace("\0", "").split())
    assert "Documento8" in leido
    if caso in ("&" * 1000, "W" * 1000):
        assert leido.count(caso[0]) >= 8 * len(caso)
