"""P8. A file of 1, 5 and 10 MB (and 50) through gunicorn, beside what does nothing but keep its bytes."""

import io
import os
import socket
import uuid
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

from django.conf import settings
from django.urls import reverse
from pypdf import PdfWriter

from bench import bases
from bench.corrida import PISO, Corrida, persona
from bench.informe import Linea, Meta, exacto
from bench.navegador import Navegador
from bench.servidor import Servidor, servidor
from tests.tramites import escenas
from tramites.models import Documento

TITULO = "Subir un archivo"
MEGA = 1 << 20
BORDE = "frontera-de-la-subida"
MARCA = b"0" * 32
SIN_TOPES = {"DOCUMENTO_MAX_MB": "60", "DOCUMENTOS_MAX_POR_RENGLON": "100000"} | dict.fromkeys(
    ("GESTION_MAX_MB", "PERSONA_MAX_MB"), "1000000"
)


class Sumidero(StreamRequestHandler):
    """What comes through the socket goes to a file and to the disk; nobody looks at it."""

    def handle(self) -> None:
        largo = int(self.rfile.readline())
        ruta = Path(settings.RUTA_VAR, f"sumidero-{uuid.uuid4()}")
        with ruta.open("wb") as archivo:
            while largo > 0:
                trozo = self.rfile.read(min(largo, 64 * 1024))
                archivo.write(trozo)
                largo -= len(trozo)
            archivo.flush()
            os.fsync(archivo.fileno())
        ruta.unlink()
        self.wfile.write(b"1")


def medir(corrida: Corrida) -> Iterator[Linea]:
    with (
        bases.con(0),
        ThreadingTCPServer(("127.0.0.1", 0), Sumidero) as sumidero,
        servidor(**SIN_TOPES) as portal,
    ):
        Thread(target=sumidero.serve_forever, daemon=True).start()
        gestion = escenas.hasta_documentos(persona())
        navegador = corrida.navegador(gestion.solicitante)
        propia = reverse("archivos", args=[gestion.numero, 2])
        for megas in (1, 5, 10):
            pdf = _pdf(megas * MEGA)
            series = corrida.rondas(
                {
                    "portal": partial(_subir, portal, navegador, propia, pdf, 302),
                    "copia": partial(_subir, portal, navegador, reverse("bench_copia"), pdf, 200),
                    "sumidero": partial(_al_sumidero, sumidero.server_address[1], pdf),
                },
                partial(_pagina, portal, navegador),
            )
            veces = series["portal"].veces(series["sumidero"], pared=True)
            yield Linea(f"{megas} MB", "ritmo sobre el sumidero, con fsync", veces, Meta(al_menos=0.4))
            copia = series["portal"].veces(series["copia"], pared=True)
            yield Linea(f"{megas} MB", "ritmo sobre una vista que copia", copia)
        sumidero.shutdown()
        yield _memoria(portal, navegador, propia, veces=100 if corrida.completo else 20)
        for documento in Documento.objects.filter(gestion=gestion):
            documento.archivo.delete(save=False)


def _memoria(portal: Servidor, navegador: Navegador, ruta: str, *, veces: int) -> Linea:
    pdf = _pdf(50 * MEGA)
    _subir(portal, navegador, ruta, pdf, 302)
    antes = portal.megas_de("Rss")
    for _ in range(veces):
        _subir(portal, navegador, ruta, pdf, 302)
    crecio = exacto(round(portal.megas_de("Rss") - antes, 1))
    return Linea(f"{veces} × 50 MB", "MB que crece el servidor", crecio, Meta(a_lo_mas=10))


def _pdf(octetos: int) -> bytes:
    """An honest PDF of that size, with a mark to make each sending of it another file."""
    escritor, salida = PdfWriter(), io.BytesIO()
    escritor.add_blank_page(612, 792)
    escritor.add_metadata({"/Subject": MARCA.decode() + "x" * octetos})
    escritor.write(salida)
    return salida.getvalue()


def _subir(portal: Servidor, navegador: Navegador, ruta: str, pdf: bytes, espera: int) -> None:
    campos = {"csrfmiddlewaretoken": "b" * 32, "ficha": str(uuid.uuid4())}
    partes = [
        f'--{BORDE}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode()
        for n, v in campos.items()
    ]
    cabeza = (
        'Content-Disposition: form-data; name="archivo"; filename="d.pdf"\r\nContent-Type: application/pdf'
    )
    partes += [f"--{BORDE}\r\n{cabeza}\r\n\r\n".encode(), _distinto(pdf), f"\r\n--{BORDE}--\r\n".encode()]
    conexion = portal.conexion()
    conexion.request(
        "POST",
        ruta,
        b"".join(partes),
        {
            "Cookie": navegador.galletas,
            "Content-Type": f"multipart/form-data; boundary={BORDE}",
            "Origin": f"http://127.0.0.1:{portal.puerto}",
            "Host": f"127.0.0.1:{portal.puerto}",
        },
    )
    respuesta = conexion.getresponse()
    respuesta.read()
    conexion.close()
    if respuesta.status != espera:
        raise RuntimeError(f"{ruta}: {respuesta.status}")


def _distinto(pdf: bytes) -> bytes:
    lugar = pdf.index(MARCA)
    return pdf[:lugar] + uuid.uuid4().hex.encode() + pdf[lugar + len(MARCA) :]


def _al_sumidero(puerto: int, pdf: bytes) -> None:
    with socket.create_connection(("127.0.0.1", puerto)) as enchufe:
        enchufe.sendall(b"%d\n" % len(pdf) + _distinto(pdf))
        enchufe.recv(1)


def _pagina(portal: Servidor, navegador: Navegador) -> None:
    conexion = portal.conexion()
    conexion.request("GET", PISO, headers={"Cookie": navegador.galletas})
    conexion.getresponse().read()
    conexion.close()
