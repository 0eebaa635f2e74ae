"""P2. «Continuar» in step 2, with everything right and with five mistakes, beside formtools."""

import json
from collections.abc import Callable, Iterator
from http import HTTPStatus
from itertools import cycle
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench import bases
from bench.corrida import Corrida, persona
from bench.informe import Linea, Meta, exacto
from bench.navegador import Navegador
from bench.p01_pasos import PARES, PASO_2
from bench.pares.asistente import nombres
from tests.tramites import escenas
from tramites.models import Gestion

TITULO = "«Continuar» en el paso 2"
CINCO = {
    "primer_apellido": "",
    "primer_nombre": "",
    "genero": "",
    "municipio_nacimiento": "9999",
    "telefono": "12",
}
CASOS = {"bien": ({}, HTTPStatus.FOUND), "cinco errores": (CINCO, HTTPStatus.OK)}
# What the account says, so that nothing has to be told: a notice would write the session.
DE_LA_CUENTA = {
    "primer_nombre": "ANA",
    "primer_apellido": "BATZ",
    "segundo_apellido": "",
    "fecha_nacimiento": "14/03/1968",
}
OFICIOS = ("MAESTRA", "CONTADORA")
TRANSACCION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def medir(corrida: Corrida) -> Iterator[Linea]:
    with bases.con(0):
        ciudadana = persona()
        navegador = corrida.navegador(ciudadana)
        casos = {caso: _propio(navegador, escenas.hasta_acta(ciudadana), caso) for caso in CASOS}
        casos |= {f"{caso} {cual}": _par(navegador, cual, caso) for caso in CASOS for cual in PARES}
        series = corrida.rondas(casos, corrida.piso_de(ciudadana))
        for caso in CASOS:
            yield Linea(caso, "veces el piso, peticiones/s", series[caso].ritmo_del_piso(), Meta(0.33))
            for cual, par in PARES.items():
                veces = series[caso].veces(series[f"{caso} {cual}"])
                yield Linea(caso, f"veces más rápido que {par}", veces, Meta(1))
            yield Linea(caso, "ms de procesador", series[caso].cpu_ms)
            yield Linea(caso, "consultas, sin la bitácora", exacto(_consultas(casos[caso])), Meta(a_lo_mas=6))


def _propio(navegador: Navegador, gestion: Gestion, caso: str) -> Callable[[], bytes]:
    """Somebody who changes one datum each time, on a page that shows what stands."""
    cambios, espera = CASOS[caso]
    ruta, envios = f"/gestiones/{gestion.numero}/paso/{PASO_2}/", []
    for oficio, siguiente in (OFICIOS, OFICIOS[::-1]):
        escenas.guardar(gestion, PASO_2, **DE_LA_CUENTA | {"profesion": oficio} | cambios)
        visto = _mostrado(gestion)
        envios.append(visto | {"profesion": siguiente, "visto": json.dumps(visto), "accion": "continuar"})
    turnos = cycle(envios[::-1])
    return lambda: navegador.pedir(ruta, next(turnos), espera=espera)


def _mostrado(gestion: Gestion) -> dict[str, Any]:
    fresca = Gestion.de(gestion.solicitante, gestion.numero)
    return fresca.mostrado(fresca.definicion.paso(PASO_2), timezone.localdate())


def _par(navegador: Navegador, cual: str, caso: str) -> Callable[[], bytes]:
    cambios, espera = CASOS[caso]
    turnos = cycle(
        nombres(f"asistente_{cual}", escenas.RESPUESTAS[PASO_2] | {"profesion": oficio} | cambios)
        for oficio in OFICIOS
    )
    return lambda: navegador.pedir(f"/bench/asistente/{cual}/{PASO_2}/", next(turnos), espera=espera)


def _consultas(llamada: Callable[[], bytes]) -> int:
    """Its queries, less those of the log and of transactions."""
    with CaptureQueriesContext(connection) as captura:
        llamada()
    dichas = [c["sql"] for c in captura.captured_queries]
    return sum(not sql.startswith(TRANSACCION) and '"bitacora_' not in sql for sql in dichas)
