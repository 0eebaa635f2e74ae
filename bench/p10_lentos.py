"""P10. Two people who upload at 50 kB/s: what the others notice, and what they would under gthread."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

from django.urls import reverse

from bench import bases
from bench.corrida import PISO, Corrida, persona
from bench.informe import Linea, Meta
from bench.navegador import Navegador
from bench.rondas import Reparto
from bench.servidor import DE_FABRICA, DEL_PORTAL, PACIENCIA_S, Servidor, a_la_vez, latencias, p95, servidor
from tests.tramites import escenas

TITULO = "Dos que suben despacio"
RITMO, PAUSA_S, SEGUNDOS = 50_000, 0.1, 2
HILOS = "2"  # as many threads as slow people: a server that gives each one a thread has none left


def medir(corrida: Corrida) -> Iterator[Linea]:
    with bases.con(0):
        gestion = escenas.hasta_documentos(persona())
        navegador = corrida.navegador(gestion.solicitante)
        ruta = reverse("archivos", args=[gestion.numero, 2])
        de_fabrica = tuple(HILOS if parte == "8" else parte for parte in DE_FABRICA)
        for caso, orden in (("portal", DEL_PORTAL), ("gthread", de_fabrica)):
            with servidor(orden, HILOS=HILOS) as este:
                try:
                    razones: Reparto | str = Reparto.de(_razon(este, navegador, ruta) for _ in range(7))
                except TimeoutError:
                    razones = f"nadie contesta en {PACIENCIA_S} s"
            meta = Meta(a_lo_mas=1.5) if caso == "portal" else None
            yield Linea(f"{caso}, {HILOS} hilos", "p95 de las demás, veces lo usual", razones, meta)


def _razon(este: Servidor, navegador: Navegador, ruta: str) -> float:
    en_paz = p95(latencias(este, navegador, PISO, SEGUNDOS / 2))
    fin = threading.Event()
    lentos = [threading.Thread(target=_subir_despacio, args=(este, navegador, ruta, fin)) for _ in range(2)]
    with a_la_vez(*lentos):
        fin.wait(3 * PAUSA_S)  # until both are under way
        try:
            despacio = latencias(este, navegador, PISO, SEGUNDOS)
        finally:
            fin.set()
    return p95(despacio) / en_paz


def _subir_despacio(este: Servidor, navegador: Navegador, ruta: str, fin: threading.Event) -> None:
    """It never ends: what it holds is given back when it is told to stop."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", este.puerto)) as enchufe:
        cabeza = f"POST {ruta} HTTP/1.1\r\nHost: localhost\r\nCookie: {navegador.galletas}\r\n"
        cabeza += "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 5000000\r\n\r\n--x\r\n"
        cabeza += 'Content-Disposition: form-data; name="archivo"; filename="d.pdf"\r\n\r\n'
        enchufe.sendall(cabeza.encode())
        while not fin.wait(PAUSA_S):
            enchufe.sendall(b"x" * int(RITMO * PAUSA_S))
