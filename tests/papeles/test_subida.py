"""Uploads over the limit, through Django's own request handling."""

import io
import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.http import HttpRequest, JsonResponse
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import path

from papeles.inspeccionar import MEGA
from papeles.subida import HOLGURA, Subida, exceso_de
from tests.disco import caben


def recibir(request: HttpRequest) -> JsonResponse:
    """Tell what arrived."""
    exceso = exceso_de(request)
    archivo = request.FILES.get("archivo")
    return JsonResponse(
        {
            "ficha": request.POST.get("ficha"),
            "exceso": exceso and (exceso.datos or exceso.clave),
            "tamano": archivo.size if archivo else None,
            "en_disco": isinstance(archivo, TemporaryUploadedFile),
        }
    )


urlpatterns = [path("subir/", recibir)]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture(autouse=True)
def carpeta(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.DOCUMENTO_MAX_MB = 1
    return tmp_path


def enviar(archivo: bytes, **cabeceras: object) -> dict:
    campos = {"ficha": "abc", "archivo": SimpleUploadedFile("a.pdf", archivo)}
    return Client().post("/subir/", campos, **cabeceras).json()


@pytest.mark.parametrize("tamano", [1, 3000, MEGA])
def test_lo_que_cabe_llega_a_disco(tamano):
    """S10: always a file, so that the child gets its descriptor."""
    assert enviar(b"x" * tamano) == {"ficha": "abc", "exceso": None, "tamano": tamano, "en_disco": True}


@pytest.mark.parametrize("tamano", [MEGA + 1, 30 * MEGA])
def test_lo_que_no_cabe_se_dice_y_no_queda_en_disco(tamano, carpeta):
    """S10: the earlier fields are still read, so the token is checked and the page can answer."""
    respuesta = enviar(b"x" * tamano)
    assert respuesta["ficha"] == "abc"
    assert respuesta["tamano"] is None
    assert respuesta["exceso"] == {"n": "1.1" if tamano == MEGA + 1 else "30", "max": 1}
    assert os.listdir(carpeta) == []


@pytest.mark.parametrize("caben_octetos", [0, 8_192, 100_000, 299_999])
def test_lo_que_el_disco_no_recibe_se_dice_y_no_es_un_fallo(carpeta, caben_octetos):
    """`sin_espacio`, before any view: the temporary folder is full, or files may not grow."""
    with caben(caben_octetos):
        respuesta = enviar(b"x" * 300_000)
    assert respuesta == {"ficha": "abc", "exceso": "sin_espacio", "tamano": None, "en_disco": False}
    assert os.listdir(carpeta) == []


def test_sin_carpeta_donde_recibir_se_dice(settings, tmp_path):
    """`sin_espacio` too: the temporary folder is gone or cannot be written."""
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "no-existe")
    assert enviar(b"x" * 3000)["exceso"] == "sin_espacio"


def test_un_proceso_que_muere_recibiendo_no_deja_nada(carpeta, monkeypatch):
    """The file has no name while it is received: whatever ends the process, the disk has it back."""
    vistas = []
    recibir_trozo = Subida.receive_data_chunk

    def mirar(self, raw_data, start):
        vistas.append(os.listdir(carpeta))
        return recibir_trozo(self, raw_data, start)

    monkeypatch.setattr(Subida, "receive_data_chunk", mirar)
    assert enviar(b"x" * 300_000)["tamano"] == 300_000
    assert vistas
    assert not any(vistas)


def test_un_exceso_corriente_se_escucha_entero():
    """S10: so that the browser gets to read our answer; none of it is kept."""
    campos = {"ficha": "abc", "archivo": SimpleUploadedFile("a.pdf", b"x" * 3 * MEGA)}
    cuerpo = encode_multipart(BOUNDARY, campos)
    leido = Contador(cuerpo)
    Client().generic("POST", "/subir/", cuerpo, MULTIPART_CONTENT, **{"wsgi.input": leido})
    assert leido.cuenta == len(cuerpo)


def test_lo_anunciado_de_mas_ni_se_empieza_a_leer():
    """S10: of a body that says it is huge, no more than the first fields are read."""
    cuerpo = encode_multipart(
        BOUNDARY, {"ficha": "abc", "archivo": SimpleUploadedFile("a.pdf", b"x" * 50 * MEGA)}
    )
    leido = Contador(cuerpo)
    respuesta = Client().generic("POST", "/subir/", cuerpo, MULTIPART_CONTENT, **{"wsgi.input": leido})
    assert respuesta.json()["exceso"] == {"n": "50", "max": 1}
    assert 0 < leido.cuenta < 2 * 64 * 1024 + HOLGURA


def test_una_longitud_anunciada_de_menos_no_abre_la_puerta():
    """S10: the bytes received are counted, not the ones promised."""
    campos = {"ficha": "abc", "archivo": SimpleUploadedFile("a.pdf", b"x" * 2 * MEGA)}
    cuerpo = encode_multipart(BOUNDARY, campos)
    respuesta = Client().generic(
        "POST", "/subir/", cuerpo, MULTIPART_CONTENT, CONTENT_LENGTH=str(MEGA + HOLGURA)
    )
    assert respuesta.json()["exceso"]["max"] == 1
    assert respuesta.json()["tamano"] is None


def test_varios_archivos_cuentan_juntos():
    """S10: the limit is of the request, not of each of its parts."""
    campos = {"ficha": "abc", "uno": SimpleUploadedFile("a.pdf", b"x" * 700_000)}
    campos["archivo"] = SimpleUploadedFile("b.pdf", b"x" * 400_000)
    assert Client().post("/subir/", campos).json()["exceso"] is not None


class Contador(io.BytesIO):
    """A request body that tells how much of it was read."""

    cuenta = 0

    def read(self, cantidad: int | None = -1) -> bytes:
        trozo = super().read(cantidad)
        self.cuenta += len(trozo)
        return trozo
